"""Extra: without its packages the room says in one line what to install; other failures stay."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from taxengine import documents

ROOT = Path(__file__).resolve().parents[2]
BLOCKED = """
import importlib.abc, sys
sys.path.insert(0, {root!r})

class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent())
{then}
"""


def last_line(name: str, then: str) -> str:
    script = BLOCKED.format(root=str(ROOT), name=name, then=then)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    return (done.stderr or done.stdout).strip().splitlines()[-1]


@pytest.mark.parametrize("package", ["pydantic", "msgspec"])
def test_a_missing_package_is_told_in_one_line(package: str) -> None:
    told = f"documents need {package}: pip install 'taxengine[documents]'"
    then = f"sys.modules[{package!r}] = None; import taxengine.documents"
    assert last_line("nothing", then) == f"taxengine.core.errors.MissingExtra: {told}"


@pytest.mark.parametrize("package", ["pydantic_core", "annotated_types", "msgspec._core"])
def test_a_package_that_is_broken_shows_as_itself(package: str) -> None:
    shown = last_line(package, "from taxengine.documents import InvoiceModel")
    assert shown == f"ModuleNotFoundError: No module named {package!r}"


def test_reading_and_writing_load_no_model() -> None:
    then = "from taxengine.documents import read_invoice, write; print('pydantic' in sys.modules)"
    assert last_line("nothing", then) == "False"


def test_every_public_name_is_there_in_order_and_no_other() -> None:
    assert list(documents.__all__) == sorted(documents.__all__)
    assert [name for name in documents.__all__ if not hasattr(documents, name)] == []
    with pytest.raises(AttributeError, match="has no attribute 'InvoceModel'"):
        documents.InvoceModel  # type: ignore[attr-defined]  # noqa: B018
