"""Installing: what pages say about it, and a package that a page shows, as an installer would leave it."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def check_installing(text: str) -> None:
    """Raise `ValueError` unless each command is a make target, or installs a clone with extras it has."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    extras = _project(ROOT)["optional-dependencies"].keys()
    for row in text.splitlines():
        words = row.partition("#")[0].split()
        asked = {name for found in re.findall(r"\[([\w,]+)\]", row) for name in found.split(",")}
        if words[0] == "make" and targets.issuperset(words[1:]):
            continue
        if words[:2] == ["pip", "install"] and words[2].strip("'").startswith(".") and asked <= extras:
            continue
        raise ValueError(f"a command that nobody can follow: {row}")


def install(folder: Path) -> None:
    """Write the `dist-info` that an installer would make of the folder's `pyproject.toml`."""
    project = _project(folder)
    name, version = project["name"], project["version"]
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    groups = (
        f"[{group}]\n" + "".join(f"{entry} = {target}\n" for entry, target in entries.items())
        for group, entries in project["entry-points"].items()
    )
    (info / "entry_points.txt").write_text("\n".join(groups))


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """What is in the folder can be imported, for a while."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name, module in list(sys.modules.items()):
            if (getattr(module, "__file__", None) or "").startswith(f"{folder}/"):
                del sys.modules[name]


def _project(folder: Path) -> Any:
    return tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
