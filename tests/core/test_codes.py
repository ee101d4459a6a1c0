"""Codes: each problem that the engine can tell is in the table, and the table holds no other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from taxengine.core import errors
from taxengine.core.errors import TaxEngineError
from taxengine.core.tables.codes import CODES, EXIT_CODES
from tests.conftest import ROOT

TABLE = ROOT / "taxengine" / "core" / "tables" / "codes.py"
SOURCES = [
    path
    for folder in ("taxengine", "providers")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path != TABLE
]
# Where the code stands among the arguments of what makes or notes a problem.
MAKERS = {"Problem": 0, "fault": 1, "note": 1}


def texts(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def assigned(function: ast.AST, name: str) -> Iterator[str]:
    """The texts that a variable may hold: those of every assignment to it, alone or in a tuple."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                names = [one.id for one in ast.walk(target) if isinstance(one, ast.Name)]
                if name in names:
                    yield from texts(node.value)


def told(source: str) -> Iterator[str]:
    """The codes that a module tells, as far as it spells them."""
    tree = ast.parse(source)
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
    for function in functions:
        for node in ast.walk(function):
            if not isinstance(node, ast.Call):
                continue
            at = MAKERS.get(getattr(node.func, "id", None) or getattr(node.func, "attr", None) or "")
            if at is None or len(node.args) <= at:
                continue
            code = node.args[at]
            if isinstance(code, ast.Name):
                yield from (text for text in assigned(function, code.id) if text.isidentifier())
            else:
                yield from texts(code)


KNOWN = {one.code for one in CODES}
# What a variable that holds a code is assigned together with.
BESIDE_A_CODE = {"neither", "both"}
# What only a provider that asks a service can tell.
FOR_PROVIDERS = {"providerUnavailable"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_code_that_a_module_tells_is_in_the_table(path: Path) -> None:
    assert set(told(path.read_text(encoding="utf-8"))) - BESIDE_A_CODE <= KNOWN


def test_every_code_of_the_table_is_told_somewhere() -> None:
    spelt = {text for path in SOURCES for text in texts(ast.parse(path.read_text(encoding="utf-8")))}
    assert KNOWN - spelt == FOR_PROVIDERS


def test_a_code_that_is_told_is_seen() -> None:
    source = "def f(a):\\n    code, got = ('x', 1) if a else ('y', 2)\\n"
    source += "    fault(p, code, '')\\n    Problem('z')\\n"
    assert set(told(source.replace("\\n", "\n"))) == {"x", "y", "z"}


def test_each_code_stands_once_with_the_exit_code_of_its_kind_and_what_to_do() -> None:
    assert len(KNOWN) == len(CODES) == len(EXIT_CODES)
    kinds = {
        kind.exit_code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, TaxEngineError)
    }
    assert {one.exit_code for one in CODES} <= kinds
    assert all(one.when and one.remedy for one in CODES)
