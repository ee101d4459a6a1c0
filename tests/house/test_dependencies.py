"""Dependencies: each declared one is used, each used one is declared, and every installed one is pinned."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house import ROOT

PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS: dict[str, list[str]] = PYPROJECT["project"]["optional-dependencies"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = {
    canonicalize_name(name): version
    for name, _, version in (line.partition("==") for line in CONSTRAINTS[1:])
}
OURS = {"taxengine", "taxengine_manual"}
PARTS = {"pydantic-core": "pydantic"}  # released together and pinned to each other


def extra(name: str) -> set[str]:
    """The distributions of an extra, with those of the extras it includes."""
    found: set[str] = set()
    for requirement in map(Requirement, EXTRAS[name]):
        if requirement.name == "taxengine":
            found.update(*(extra(included) for included in requirement.extras))
        else:
            found.add(canonicalize_name(requirement.name))
    return found


def imported(folder: str) -> set[str]:
    """The third-party distributions that the modules under `folder` import, wherever in the module."""
    roots: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                roots.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                roots.add(node.module.partition(".")[0])
    distributions = metadata.packages_distributions()
    third_party = roots - sys.stdlib_module_names - OURS
    names = {canonicalize_name(distributions[root][0]) for root in third_party}
    return {PARTS.get(name, name) for name in names}


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [
        ("taxengine/core", set()),
        ("taxengine/documents", extra("documents")),
        ("taxengine/showing", extra("cli")),
        ("taxengine/cli", extra("cli")),
        ("taxengine/recalculation/report", extra("report")),
        ("providers/taxengine_manual", set()),
    ],
)
def test_a_room_imports_only_what_its_extra_installs(folder: str, allowed: set[str]) -> None:
    assert imported(folder) <= allowed


def test_the_modules_outside_the_rooms_import_the_standard_library_only() -> None:
    rooms = ("core", "documents", "showing", "recalculation", "cli")
    assert imported("taxengine") == set().union(*(imported(f"taxengine/{room}") for room in rooms))


def test_each_dependency_of_an_extra_is_used() -> None:
    assert extra("all") == imported("taxengine") | imported("providers")


def test_the_base_has_no_dependencies() -> None:
    assert PYPROJECT["project"]["dependencies"] == []


def test_constraints_hold_names_and_versions_only() -> None:
    assert CONSTRAINTS[0].startswith("# ")
    assert [
        line for line in CONSTRAINTS[1:] if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*", line)
    ] == []
    assert CONSTRAINTS[1:] == sorted(CONSTRAINTS[1:], key=str.casefold)


def needed(requirements: list[Requirement]) -> set[str]:
    """The names of the distributions that `requirements` bring in here, with all that those need in turn."""
    names: set[str] = set()
    queue = list(requirements)
    while queue:
        requirement = queue.pop()
        name = canonicalize_name(requirement.name)
        if name in names and not requirement.extras:
            continue
        names.add(name)
        for text in metadata.requires(name) or []:
            inner = Requirement(text)
            if inner.marker is None or any(
                inner.marker.evaluate({"extra": e}) for e in ["", *requirement.extras]
            ):
                queue.append(inner)
    return names


def test_every_distribution_that_is_brought_in_is_pinned_and_at_its_pin() -> None:
    groups = [
        Requirement(text)
        for name in ("test", "check", "bench")
        for text in PYPROJECT["dependency-groups"][name]
    ]
    wrong = {
        name: f"{version} is installed, {PINS.get(name)} is pinned"
        for name in needed([Requirement("taxengine[all]"), *groups]) - {"taxengine"}
        if (version := metadata.version(name)) != PINS.get(name)
    }
    assert wrong == {}


def test_every_pin_lies_in_its_declared_range() -> None:
    groups = [
        item for group in PYPROJECT["dependency-groups"].values() for item in group if isinstance(item, str)
    ]
    extras = [
        item for requirements in EXTRAS.values() for item in requirements if not item.startswith("taxengine[")
    ]
    requirements = [Requirement(text) for text in [*groups, *extras, *PYPROJECT["build-system"]["requires"]]]
    assert [str(r) for r in requirements if PINS.get(canonicalize_name(r.name), "0") not in r.specifier] == []


def test_the_version_is_stated_once() -> None:
    import taxengine

    assert metadata.version("taxengine") == taxengine.__version__
    stated = [
        str(path.relative_to(ROOT))
        for folder in (Path("taxengine"), Path("providers"))
        for path in sorted((ROOT / folder).rglob("*.py"))
        if re.search(
            rf"""^[^>#]*=\s*["']{re.escape(taxengine.__version__)}["']""",
            path.read_text("utf-8"),
            re.MULTILINE,
        )
    ]
    assert stated == ["taxengine/core/version.py"]
