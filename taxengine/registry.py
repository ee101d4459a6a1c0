"""Registry: the providers that are installed, by name.

A provider is found by its entry point in the group `taxengine.providers`, ours and any other alike.

>>> "manual" in installed()
True
"""

from __future__ import annotations

from difflib import get_close_matches
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from taxengine.core.errors import NotConnected, Problem

GROUP = "taxengine.providers"


def installed() -> dict[str, EntryPoint]:
    """The entry points of all providers, by name."""
    return {found.name: found for found in sorted(entry_points(group=GROUP), key=lambda one: one.name)}


def load(name: str) -> Any:
    """What the entry point of that name points to: a provider's class, or a function that makes one.

    Raises `NotConnected` where none is installed under that name.
    """
    found = installed()
    if name in found:
        return found[name].load()
    near = get_close_matches(name, found, n=1)
    hint = f"did you mean {near[0]}?" if near else f"installed: {', '.join(found) or 'none'}"
    told = f"provider: expected the name of an installed one, got {name!r}"
    raise NotConnected(Problem("notConnected", told, "provider", hint))
