"""The core is pure: the standard library alone, no clock, no environment, no files, no binary floats.

import-linter says who imports whom among ourselves; this is an allow-list of everything else: a walk over the
sources, and a run under an audit hook, since each sees what the other cannot.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT

CORE = ROOT / "taxengine" / "core"

# None allows the whole module. What is not here is not for the core: os, sys, time, random, io, locale ...
ALLOWED: dict[str, set[str] | None] = {
    "__future__": None,
    "abc": None,
    "bisect": None,
    "collections": None,
    "datetime": {"date", "datetime", "timedelta"},  # no clock: see FORBIDDEN_METHODS
    "decimal": None,
    "difflib": None,
    "enum": None,
    "fractions": None,
    "functools": None,
    "hashlib": None,
    "heapq": None,
    "itertools": None,
    "json": None,  # to write: what is read goes through `documents`, see FORBIDDEN_METHODS
    "math": {"comb", "gcd", "isqrt", "lcm", "prod"},
    "operator": None,
    "re": None,
    "string": None,
    "textwrap": None,
    "types": None,
    "typing": None,
    "unicodedata": None,
}
FORBIDDEN_CALLS = {
    "float",
    "open",
    "eval",
    "exec",
    "compile",
    "__import__",
    "input",
    "print",
    "round",
    "breakpoint",
}
FORBIDDEN_METHODS = {"now", "today", "utcnow", "fromtimestamp", "from_float", "load", "loads"}
# The constructors are written out by `exec`, as those of dataclasses are, from the names of fields alone.
EXCUSED = {"values.py": ["exec("]}


def impurities(source: str) -> list[str]:
    """What in `source` has no place in the core, one sentence each."""
    return [
        f"line {getattr(node, 'lineno', 0)}: {problem}"
        for node in ast.walk(ast.parse(source))
        for problem in _problems(node)
    ]


def _problems(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [f"import {n.name}" for n in names if not _allowed(n.name, None)]
        case ast.ImportFrom(module=module, names=names, level=level):
            return [
                f"from {module} import {n.name}" for n in names if level or not _allowed(module or "", n.name)
            ]
        case ast.Constant(value=float() | complex()):
            return [f"the float literal {node.value}"]
        case ast.Call(func=ast.Name(id=name)) if name in FORBIDDEN_CALLS:
            return [f"{name}("]
        case ast.Attribute(attr=name) if name in FORBIDDEN_METHODS:
            return [f".{name}"]
    return []


def _allowed(module: str, name: str | None) -> bool:
    root = module.partition(".")[0]
    if root == "taxengine":  # never the front door, which imports the core
        return module.startswith("taxengine.core")
    if root not in ALLOWED:
        return False
    names = ALLOWED[root]
    return names is None or name in names


@pytest.mark.parametrize("path", sorted(CORE.rglob("*.py")), ids=lambda path: str(path.relative_to(CORE)))
def test_a_module_of_the_core_is_pure(path: Path) -> None:
    found = impurities(path.read_text(encoding="utf-8"))
    assert [problem.partition(": ")[2] for problem in found] == EXCUSED.get(path.name, []), found


@pytest.mark.parametrize(
    "planted",
    [
        "import os",
        "import decimal, requests",
        "from time import time",
        "moment = datetime.now()",
        "import math",
        "from math import ceil",
        "from . import money",
        "from taxengine import calculate",
        "from taxengine.documents import read_invoice",
        "def later():\n    import pydantic",
        "rate = 0.19",
        "rate = -1e5",
        "rate = 1j",
        "rate = float('0.19')",
        "text = open('rates.json').read()",
        "today = date.today()",
        "amount = round(amount, 2)",
    ],
)
def test_an_impurity_is_seen(planted: str) -> None:
    assert impurities(planted)


@pytest.mark.parametrize(
    "fine", ["from decimal import Decimal", "import taxengine.core.money", "x = Decimal('0.19')"]
)
def test_what_is_pure_passes(fine: str) -> None:
    assert impurities(fine) == []


def bare_python(code: str) -> str:
    """Run `code` in a Python that sees the standard library and this checkout, nothing else."""
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, '.')\n{code}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_front_door_loads_the_standard_library_only() -> None:
    loaded = bare_python(
        "before = set(sys.modules)\nimport taxengine\nprint(*sorted(set(sys.modules) - before))"
    )
    roots = {name.partition(".")[0] for name in loaded.split()}
    assert roots - sys.stdlib_module_names == {"taxengine"}


def test_the_front_door_does_not_load_what_is_slow_or_impure() -> None:
    loaded = bare_python("import taxengine\nprint(*sorted(sys.modules))").split()
    heavy = {"asyncio", "http", "logging", "random", "socket", "sqlite3", "ssl", "subprocess", "urllib"}
    heavy |= {"ast", "dataclasses", "difflib", "hashlib", "inspect", "json"}
    assert heavy & set(loaded) == set()


UNDER_AUDIT = """
from datetime import date
from taxengine import Address, Customer, Invoice, Line, RateTable, TaxRate, calculate, explain

def refuse(event, arguments):
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    outside = event.startswith(("socket.", "subprocess.", "os.", "shutil.", "ctypes.", "sqlite3.", "urllib."))
    if writes or (outside and event not in {"os.listdir", "os.scandir"}):  # these two: imports
        raise RuntimeError(f"{event}: {arguments}")

sys.addaudithook(refuse)
try:
    open("/dev/null", "w")
    raise SystemExit("the hook does not bite")
except RuntimeError:
    pass
vat = TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)
invoice = Invoice(id="1", currency="EUR", tax_date=date(2026, 3, 1),
                  customer=Customer(address=Address(country="DE", postal_code="10115")),
                  lines=[Line(id="1", tax_category="saas", amount="100.00")])
calculation = calculate(invoice, RateTable([vat]))
str(explain(calculation)), calculation.to_dict()
print(calculation.totals.gross)
"""


def test_a_calculation_touches_nothing_outside() -> None:
    assert bare_python(UNDER_AUDIT).strip() == "119.00"
