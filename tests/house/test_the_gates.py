"""The gates: each goes red on a planted bug, and is green without it.

A gate that runs over nothing, or whose failure is swallowed, looks like one that passes. The Makefile and the
configuration are the real ones; the tree under them is tiny, so that each case takes a second or two.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT

CONFIGURATION = ["Makefile", "pyproject.toml", "constraints.txt", "tests/conftest.py"]
SUM = '''\
"""Sum: of two numbers.

>>> add(1, 2)
3
"""


def add(one: int, other: int) -> int:
    return one + other
'''
TEST = """\
from taxengine.core.sum import add


def test_one_and_two_are_three() -> None:
    assert add(1, 2) == 3
"""
USER = '''\
"""User: adds."""

from taxengine.core.sum import add

print(add(1, 2))
'''
TINY = {
    "taxengine/__init__.py": '"""Tiny: a stand-in."""\n',
    "taxengine/core/__init__.py": '"""Core: of the stand-in."""\n',
    "taxengine/core/sum.py": SUM,
    "providers/taxengine_manual/__init__.py": SUM,
    "tests/test_sum.py": TEST,
    "tests/typing/user_code.py": USER,
    "examples/demo.py": USER,
    "benchmarks/run.py": USER,
}
UNTESTED = "\n\ndef untested(number: int) -> int:{}\n    return -number\n"


def make(checkout: Path, *targets: str, floor: int = 1) -> subprocess.CompletedProcess[str]:
    """Run the Makefile's own recipes with the tools of the environment that runs this test."""
    unset = ("COVERAGE", "COV_", "MAKE", "MFLAGS", "PYTEST", "PYTHON", "VENV", "FLOOR", "WORKERS")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(unset)}
    if not (checkout / ".venv").exists():
        (checkout / ".venv").symlink_to(sys.prefix)
    settings = [f"FLOOR={floor}", "WORKERS=0"]
    return subprocess.run(
        ["make", "--assume-old=.venv/.dev", *settings, *targets],
        cwd=checkout,
        env=clean | {"PYTHONPATH": f"{checkout}:{checkout / 'providers'}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout + done.stderr


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    for name, text in TINY.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in CONFIGURATION:
        shutil.copy2(ROOT / name, tmp_path / name)
    return tmp_path


def plant(checkout: Path, name: str, text: str) -> None:
    with (checkout / name).open("a", encoding="utf-8") as file:
        file.write(text)


def test_the_gates_are_green_where_nothing_is_planted(tiny: Path) -> None:
    done = make(tiny, "lint", "types", "tests", "coverage")
    assert done.returncode == 0, said(done)


@pytest.mark.parametrize(
    ("gate", "name", "planted", "complaint"),
    [
        pytest.param(
            "lint", "taxengine/core/sum.py", "\nx = {  'a':1 }\n", "would be reformatted", id="format"
        ),
        pytest.param("lint", "examples/demo.py", "import os\n", "F401", id="lint"),
        pytest.param(
            "lint", "examples/demo.py", "import os  # noqa\n", "PGH004", id="lint excused without a reason"
        ),
        pytest.param(
            "types", "taxengine/core/sum.py", "\n\ndef f(x):\n    return x\n", "no-untyped-def", id="mypy"
        ),
        pytest.param("types", "tests/typing/user_code.py", "import os\n", "reportUnusedImport", id="pyright"),
        pytest.param("tests", "tests/test_sum.py", "    assert add(1, 2) == 4\n", "1 failed", id="test"),
        pytest.param(
            "tests", "taxengine/core/sum.py", '__test__ = {"wrong": ">>> 1\\n2"}\n', "1 failed", id="doctest"
        ),
        pytest.param(
            "tests",
            "tests/test_sum.py",
            "    import warnings; warnings.warn('!')\n",
            "1 failed",
            id="warning",
        ),
        pytest.param(
            "tests",
            "tests/test_sum.py",
            "\n\nimport pytest\n\npytest.skip('later', allow_module_level=True)\n",
            "GATE: skipped",
            id="skip",
        ),
        pytest.param(
            "tests",
            "tests/test_sum.py",
            "\n\ndef test_later() -> None:\n    __import__('pytest').xfail('later')\n",
            "GATE: excused",
            id="excuse",
        ),
        pytest.param(
            "coverage",
            "taxengine/core/sum.py",
            UNTESTED.format("  # pragma: no cover"),
            "total of",
            id="core coverage",
        ),
        pytest.param(
            "coverage",
            "providers/taxengine_manual/__init__.py",
            UNTESTED.format(""),
            "less than fail-under=95",
            id="coverage",
        ),
    ],
)
def test_a_planted_bug_turns_its_gate_red(
    tiny: Path, gate: str, name: str, planted: str, complaint: str
) -> None:
    plant(tiny, name, planted)
    if gate == "coverage":
        measured = make(tiny, "tests")
        assert measured.returncode == 0, said(measured)
    done = make(tiny, gate)
    assert done.returncode != 0
    assert complaint in said(done)


def test_fewer_tests_than_there_have_been_are_red(tiny: Path) -> None:
    done = make(tiny, "tests", floor=4)
    assert done.returncode != 0
    assert "GATE: only 3 tests passed, and there have been 4" in said(done)


def test_no_tests_at_all_are_red(tiny: Path) -> None:
    for name in ("taxengine/core/sum.py", "providers/taxengine_manual/__init__.py", "tests/test_sum.py"):
        (tiny / name).write_text('"""Nothing: at all."""\n', encoding="utf-8")
    assert make(tiny, "tests", floor=0).returncode != 0


@pytest.mark.parametrize(
    ("name", "planted", "complaint"),
    [
        (
            "taxengine/core/errors.py",
            "from taxengine.core import calculation\n",
            "taxengine.core.errors -> taxengine.core.calculation",
        ),
        (
            "taxengine/core/calculation.py",
            "from taxengine import documents\n",
            "taxengine.core.calculation -> taxengine.documents",
        ),
        ("taxengine/registry.py", "import taxengine_manual\n", "taxengine.registry -> taxengine_manual"),
        (
            "providers/taxengine_manual/__init__.py",
            "import taxengine.cli\n",
            "taxengine_manual -> taxengine.cli",
        ),
        ("taxengine/core/misc.py", '"""Misc: a module that no layer names."""\n', "taxengine.core.misc"),
        ("taxengine/manager.py", '"""Manager: a room that no layer names."""\n', "taxengine.manager"),
    ],
)
def test_a_planted_import_breaks_its_contract(
    tmp_path: Path, name: str, planted: str, complaint: str
) -> None:
    for folder in ("taxengine", "providers"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy2(ROOT / file, tmp_path / file)
    plant(tmp_path, name, planted)
    done = make(tmp_path, "contracts")
    assert done.returncode != 0
    assert complaint in said(done)
