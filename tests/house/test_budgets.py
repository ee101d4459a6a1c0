"""Budgets: what stays small stays readable."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import pytest

from tests.house import ROOT

TABLES = ROOT / "taxengine" / "core" / "tables"
SOURCES = [
    path
    for folder in ("taxengine", "providers")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if TABLES not in path.parents
]


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def code_lines_of(path: Path) -> int:
    """Lines that do something: no blank ones, no comments, no docstrings with their doctests."""
    source = path.read_text(encoding="utf-8")
    told = {
        number
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node.value.value, str)
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    quiet = (
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    )
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    busy = {n for one in tokens if one.type not in quiet for n in range(one.start[0], one.end[0] + 1)}
    return len(busy - told)


def long_functions(source: str, *, limit: int = 40) -> dict[str, int]:
    lengths = {
        f"{node.name} (line {node.lineno})": (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    return {name: length for name, length in lengths.items() if length >= limit}


def test_the_core_stays_under_5450_lines_of_code() -> None:
    core = [path for path in SOURCES if ROOT / "taxengine" / "core" in path.parents]
    assert sum(map(code_lines_of, core)) < 5450


def test_what_only_tells_is_no_line_of_code(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text('"""One.\n\n>>> 1\n1\n"""\n\n# why\nONE = (\n    1\n)\n')
    assert code_lines_of(path) == 3


def test_a_module_stays_under_300_lines() -> None:
    assert {str(path.relative_to(ROOT)): n for path in SOURCES if (n := lines_of(path)) >= 300} == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_function_stays_under_40_lines(path: Path) -> None:
    assert long_functions(path.read_text(encoding="utf-8")) == {}


def test_a_long_function_is_seen() -> None:
    source = "def long():\n" + "    pass\n" * 39
    assert long_functions(source) == {"long (line 1)": 40}


def test_a_module_says_what_it_is_in_its_first_line() -> None:
    """ "Noun: what it is.", so that a listing of first lines is a map of the project."""
    first = {
        path: (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]
        for path in SOURCES
    }
    wrong = {
        str(path.relative_to(ROOT)): line
        for path, line in first.items()
        if ": " not in line or line[-1] != "."
    }
    assert wrong == {}


def test_the_front_door_offers_at_most_40_names_in_order() -> None:
    import taxengine

    assert len(taxengine.__all__) <= 40
    assert list(taxengine.__all__) == sorted(taxengine.__all__)
    assert [name for name in taxengine.__all__ if not hasattr(taxengine, name)] == []


def test_the_readme_stays_under_150_lines() -> None:
    assert lines_of(ROOT / "README.md") < 150


def test_the_providers_folder_is_no_package() -> None:
    """A wheel that ships a bare `providers` package would be overwritten by any other that does."""
    assert not (ROOT / "providers" / "__init__.py").exists()
