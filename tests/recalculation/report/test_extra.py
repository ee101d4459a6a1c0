"""Extra: without its packages the report says in one line what to install."""

from __future__ import annotations

import pytest

from tests.documents.test_extra import last_line


@pytest.mark.parametrize("package", ["babel", "jinja2", "matplotlib"])
def test_a_missing_package_is_told_in_one_line(package: str) -> None:
    told = f"the report needs {package}: pip install 'taxengine[report]'"
    then = f"sys.modules[{package!r}] = None; import taxengine.recalculation.report.tally"
    assert last_line("nothing", then) == f"taxengine.core.errors.MissingExtra: {told}"
