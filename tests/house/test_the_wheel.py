"""The wheel: built twice, installed into an empty environment without a network, and used from there."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

from taxengine.core.version import __version__
from tests.house import ROOT

pytestmark = pytest.mark.xdist_group("wheel")  # one build for all

INFO = f"taxengine-{__version__}.dist-info"
PACKED = ["pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "taxengine", "providers", ".gitignore"]


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PIP_", "COVERAGE"))
    }
    return subprocess.run(
        command, cwd=cwd, env=clean | environment, capture_output=True, text=True, check=False, timeout=120
    )


def build(checkout: Path, *, kind: str, into: Path) -> Path:
    """Build from a copy, so that neither the checkout's dates nor its path can matter."""
    into.mkdir()
    done = run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", into, cwd=checkout)
    assert done.returncode == 0, done.stderr
    (built,) = into.iterdir()
    return built


def copy_of_the_checkout(target: Path, *, touched: bool = False) -> Path:
    target.mkdir(parents=True)
    for name in PACKED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, target / name)
    if touched:
        for path in target.rglob("*"):
            os.utime(path, (1_700_000_000, 1_700_000_000))
    return target


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    return build(copy_of_the_checkout(folder / "checkout"), kind="wheel", into=folder / "dist")


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds the wheel and nothing else, not even pip."""
    folder = tmp_path_factory.mktemp("installed")
    assert run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder).returncode == 0
    python = folder / "venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index"]
    done = run(*pip, wheel, cwd=folder)
    assert done.returncode == 0, done.stderr
    return python


def test_the_wheel_holds_both_packages_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.partition("/")[0] for name in names} == {"taxengine", "taxengine_manual", INFO}
    assert {"taxengine/py.typed", "taxengine_manual/py.typed"} <= set(names)
    assert [name for name in names if "__pycache__" in name or "test" in name] == []
    data = {path.name for path in (ROOT / "taxengine" / "packs" / "data").iterdir()}
    assert {name.rpartition("/")[2] for name in names if name.startswith("taxengine/packs/data/")} == data
    assert "eu.json" in data


def test_the_metadata_asks_for_nothing_outside_the_extras(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        metadata = message_from_string(archive.read(f"{INFO}/METADATA").decode())
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert set(metadata.get_all("Provides-Extra", [])) == {"documents", "cli", "report", "all"}
    assert [need for need in metadata.get_all("Requires-Dist", []) if "extra ==" not in need] == []


def test_the_same_sources_give_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    again = build(
        copy_of_the_checkout(tmp_path / "elsewhere", touched=True), kind="wheel", into=tmp_path / "dist"
    )
    assert again.name == wheel.name
    assert hashlib.sha256(again.read_bytes()).hexdigest() == hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_the_source_archive_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    archive = build(copy_of_the_checkout(tmp_path / "checkout"), kind="sdist", into=tmp_path / "sdist")
    shutil.unpack_archive(archive, tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    again = build(unpacked, kind="wheel", into=tmp_path / "dist")
    assert hashlib.sha256(again.read_bytes()).hexdigest() == hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_the_installed_core_calculates(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "-I", ROOT / "tests" / "typing" / "user_code.py", cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("71.36\n119.00\n59.50\n", "")


def test_the_installed_packs_give_a_first_invoice(installed: Path, tmp_path: Path) -> None:
    code = (
        "from datetime import date\n"
        "from taxengine import Address, Customer, Invoice, Line, calculate\n"
        "from taxengine.packs import load\n"
        "invoice = Invoice(id='1', currency='EUR', tax_date=date(2026, 3, 1), tax_behavior='inclusive',\n"
        "                  customer=Customer(address=Address(country='FR')),\n"
        "                  lines=[Line(id='1', tax_category='homeware', unit_price='24.00')])\n"
        "print(calculate(invoice, load('eu')).totals.tax)"
    )
    done = run(installed, "-I", "-c", code, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("4.00\n", "")


def test_the_installed_providers_are_found(installed: Path, tmp_path: Path) -> None:
    code = (
        "from importlib.metadata import entry_points\n"
        "import taxengine\n"
        "(manual,) = entry_points(group='taxengine.providers')\n"
        "print(manual.name, manual.load().__module__.partition('.')[0], taxengine.__version__)"
    )
    done = run(installed, "-I", "-c", code, cwd=tmp_path)
    assert (done.stdout, done.stderr) == (f"manual taxengine_manual {__version__}\n", "")


def test_the_command_without_its_extra_says_what_to_install(installed: Path, tmp_path: Path) -> None:
    done = run(installed.parent / "taxengine", "--help", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "pip install 'taxengine[cli]'" in line


def test_the_documents_without_their_extra_say_what_to_install(installed: Path, tmp_path: Path) -> None:
    code = (
        "try:\n"
        "    import taxengine.documents\n"
        "except ImportError as error:\n"
        "    print(type(error).__name__, error, sep=': ')"
    )
    done = run(installed, "-I", "-c", code, cwd=tmp_path)
    (line,) = done.stdout.splitlines()
    assert line.startswith("MissingExtra: ")
    assert "pip install 'taxengine[documents]'" in line


@pytest.mark.parametrize(
    ("source", "surfaces"),
    [
        ("raise ImportError('this msgspec is broken')", "this msgspec is broken"),
        ("import nonesuch_of_msgspec", "No module named 'nonesuch_of_msgspec'"),
    ],
)
def test_an_extra_that_is_there_but_broken_says_so_itself(
    installed: Path, tmp_path: Path, source: str, surfaces: str
) -> None:
    for name, text in (("pydantic", ""), ("msgspec", source)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(text)
    done = run(installed, "-c", "import taxengine.documents", cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert surfaces in done.stderr.splitlines()[-1]
    assert "pip install" not in done.stderr.splitlines()[-1]


# ---- types, as a user's own checker sees them in the installed package ----


@pytest.fixture
def user_code(tmp_path: Path) -> Path:
    return Path(shutil.copy(ROOT / "tests" / "typing" / "user_code.py", tmp_path))


def test_user_code_is_clean_under_mypy_strict(installed: Path, user_code: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--python-executable",
        installed,
        "--cache-dir",
        os.devnull,
    ]
    done = run(*command, user_code, cwd=user_code.parent)
    assert done.returncode == 0, done.stdout + done.stderr


def test_user_code_is_clean_under_pyright_strict(installed: Path, user_code: Path) -> None:
    command = [sys.executable, "-m", "pyright", "--pythonpath", installed, user_code]
    done = run(*command, cwd=user_code.parent, PYRIGHT_PYTHON_IGNORE_WARNINGS="1")
    assert done.returncode == 0, done.stdout + done.stderr
