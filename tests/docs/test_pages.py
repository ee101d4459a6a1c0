"""Pages: each shows what happens, and says what the code says."""

from __future__ import annotations

import ast
import difflib
import re
import shutil
from pathlib import Path

import pytest

from taxengine import Reason
from taxengine.core.tables.codes import CODES
from tests.docs.generate import generated
from tests.docs.installing import ROOT
from tests.docs.pages import PAGES, Running, Wrong

EACH_PAGE = pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
TO_MEND = "\nIf what happens is right: python tests/docs/generate.py, and read the diff."


def differences(page: str, folder: Path) -> str:
    """How what the page shows differs from what happens, as diffs."""
    running = Running(folder)
    running.run(page)
    told = []
    for block, real in running.outputs:
        rows = difflib.unified_diff(
            block.text.splitlines(), real.splitlines(), f"line {block.line}: shown", "real", lineterm="", n=1
        )
        told += list(rows)
    return "\n".join(told)


@EACH_PAGE
def test_a_page_shows_what_happens(path: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "examples", tmp_path, dirs_exist_ok=True))
    told = differences(path.read_text(encoding="utf-8"), folder)
    assert not told, f"{path.relative_to(ROOT)}\n{told}{TO_MEND}"


@EACH_PAGE
def test_the_generated_parts_of_a_page_are_up_to_date(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    assert page == generated(page), TO_MEND


@pytest.mark.parametrize("path", PAGES[1:], ids=lambda path: path.name)
def test_a_page_says_first_what_its_reader_can_do_after_it(path: Path) -> None:
    if path.name == "presets.md":
        return  # generated: a table to look things up in
    first = path.read_text(encoding="utf-8").split("\n\n")[1]
    assert first.startswith(("After this page you ", "From here you can "))


def test_every_page_is_on_the_map() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert [
        path.name for path in PAGES[1:] if path.name != "index.md" and f"({path.name})" not in index
    ] == []


# ---- what tables by hand must name ----


def spelt(**calls: int) -> set[str]:
    """The codes, as literals, that the engine passes to calls of these names, at that place in them."""
    found = set()
    for path in sorted((ROOT / "taxengine").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            at = calls.get(name or "", len(node.args))
            code = node.args[at] if at < len(node.args) else None
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                found.add(code.value)
    return found


def rows(page: str, heading: str) -> set[str]:
    """The codes in the first column of the table under a heading of a page."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    section = text.split(f"## {heading}\n")[1].split("\n## ")[0]
    return {
        code
        for cell in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
        for code in re.findall(r"`(\w+)`", cell)
    }


def test_every_code_of_a_problem_is_in_the_table() -> None:
    assert spelt(Problem=0, fault=1, note=1) - {one.code for one in CODES} == set()


def test_every_warning_is_in_the_table() -> None:
    assert rows("errors.md", "Warnings") == spelt(Notice=0) | {"reverseChargeNote"}


def test_every_finding_is_in_the_table() -> None:
    assert rows("errors.md", "Findings of `rates check`") == spelt(Finding=0)


def test_every_reason_is_in_the_table() -> None:
    assert rows("explanations.md", "The reasons") == {reason.value for reason in Reason}


# ---- the runner ----


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("```python\nprint(1)\n```\n\n```text\n2\n```\n", "-2\n+1"),
        ("```console\n$ echo 1; false\n2\n$ echo $?\n```\n", "-2\n+1\n $ echo $?\n+1"),
    ],
)
def test_a_wrong_output_is_seen(page: str, told: str, tmp_path: Path) -> None:
    assert told in differences(page, tmp_path)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("```python\n1 / 0\n```\n", "line 1: expected it to run, got\nTraceback"),
        ("\n\n```ruby\nputs 1\n```\n", "line 3: expected a block that can be run, got ruby"),
        ("```\n1\n```\n", "line 1: expected a block that can be run, got no language"),
        ("```text\n1\n```\n", "line 1: expected a block that can be run, got text"),
        ("```json\n{,}\n```\n", "line 1: expected json, got Expecting property name"),
        ("```json a.json\n{}\n```\n", "line 1: expected the text before it to name `a.json`"),
        (
            "`README.md/..`\n```python examples/demo.py\nx\n```\n",
            "line 2: expected the text before it to name",
        ),
        ("`examples/demo.py`\n```python examples/demo.py\nx = 9\n```\n", "line 2: expected an excerpt of"),
        ("```sh\nmake money\n```\n", "line 1: expected sh, got a command that nobody can follow: make money"),
        ("```sh\npip install '.[gold]'\n```\n", "line 1: expected sh, got a command that nobody can follow"),
    ],
)
def test_a_block_that_cannot_be_run_is_told_with_its_line(page: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(Wrong) as wrong:
        Running(tmp_path).run(page)
    assert str(wrong.value).startswith(told)
