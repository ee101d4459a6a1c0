"""Extra: without its packages the page says in one line what to install; sums are made without them."""

from __future__ import annotations

import pytest

from tests.documents.test_extra import last_line


@pytest.mark.parametrize("package", ["babel", "jinja2", "matplotlib"])
def test_a_missing_package_is_told_in_one_line(package: str) -> None:
    told = f"the report needs {package}: pip install 'taxengine[report]'"
    then = f"sys.modules[{package!r}] = None; import taxengine.recalculation.report.page"
    assert last_line("nothing", then) == f"taxengine.core.errors.MissingExtra: {told}"


def test_the_sums_need_none_of_them() -> None:
    then = (
        "sys.modules['matplotlib'] = sys.modules['jinja2'] = sys.modules['babel'] = None\n"
        "from taxengine.recalculation.report.tally import Tally; print(Tally().refused)"
    )
    assert last_line("nothing", then) == "0"
