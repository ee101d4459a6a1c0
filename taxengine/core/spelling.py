"""Spelling: values as documents show them, and in the one form that digests are made of.

>>> from taxengine.core.adjustments import Discount
>>> to_dict(Discount(percent="10.0")), canonical(Discount(percent="10.0"))
({'percent': '10.0'}, '{"percent":"10"}')
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from taxengine.core import checks
from taxengine.core.values import compiled, fields_of


def to_dict(one: Any) -> dict[str, Any]:
    """A value as a document shows it: JSON types, numbers as strings, defaults left out."""
    shown: dict[str, Any] = {}
    for each in fields_of(type(one)):
        held = getattr(one, each.name)
        if held is not each.default and held not in (each.default, {}):
            shown[each.document] = as_document(held)
    return shown


def as_document(held: Any) -> Any:
    """What a field holds, as a document shows it; free data is copied, so that its value stays as it is."""
    if isinstance(held, Decimal):
        return f"{held:f}"
    if isinstance(held, (tuple, list)):
        return [as_document(item) for item in held]
    if isinstance(held, dict):
        return {key: as_document(item) for key, item in held.items()}
    if isinstance(held, date):
        return held.isoformat()
    if isinstance(held, StrEnum):
        return held.value
    reference = getattr(held, "to_reference", None)
    if reference is not None:
        return reference()
    return to_dict(held) if hasattr(held, "_declared") else held


def canonical(one: Any) -> str:
    """A value in its one spelling: JSON, fields by name, each number one way, defaults left out.

    It is what digests are made of, so what writes it is written out too, when it is first needed. A class
    names in `_unspelt` what is no part of it, and in `_implied` what says no more than nothing would.
    """
    kind: Any = type(one)
    return _writer(kind)(one)


@cache
def _writer(cls: Any) -> Callable[[Any], str]:
    quoted, _ = _json()
    scope: dict[str, Any] = {"_spelt": _spelt, "plain": plain, "quoted": quoted}
    body, implied = ["parts = []"], getattr(cls, "_implied", {})
    spelt = (one for one in fields_of(cls) if one.name not in getattr(cls, "_unspelt", ()))
    for name, document, check, default, _ in sorted(spelt, key=lambda one: one.document):
        scope[f"default_{name}"] = implied.get(name, default)
        kept = "{quoted(held)}" if check in (checks.text, checks.long_text) else "{_spelt(held)}"
        kept = '"{plain(held)}"' if check is checks.number else kept
        test = f"held is not default_{name} and held != default_{name}"
        if name in implied:
            test = f"held is not None and {test}"
        elif default == () or check is checks.free:
            test = "held"
        elif default is None:
            test = "held is not None"
        body += [f"held = self.{name}", f"if {test}: parts.append(f'{quoted(document)}:{kept}')"]
    made: Callable[[Any], str] = compiled(
        "spell", "self", [*body, "return f\"{{{','.join(parts)}}}\""], scope
    )
    return made


@cache
def _json() -> tuple[Callable[[str], str], Callable[[Any], str]]:
    """What writes a text, and what writes anything, as JSON; here, since only digests need it."""
    from json import JSONEncoder
    from json.encoder import encode_basestring_ascii

    encoder = JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return encode_basestring_ascii, encoder.encode


def canonical_json(held: object) -> str:
    """Plain JSON types in their one spelling."""
    return _json()[1](held)


def _spelt(held: Any) -> str:
    kind: Any = type(held)
    return _speller(kind)(held)


def _spelt_items(held: tuple[Any, ...]) -> str:
    kinds = {*map(type, held)}
    spell = _speller(kinds.pop()) if len(kinds) == 1 else _spelt
    return f"[{','.join(map(spell, held))}]"


@cache
def _speller(kind: Any) -> Callable[[Any], str]:
    """What spells the values of a type."""
    quoted, written = _json()
    if issubclass(kind, tuple):
        return _spelt_items
    if issubclass(kind, str):
        return quoted
    if issubclass(kind, date):
        return lambda held: quoted(held.isoformat())
    if hasattr(kind, "to_reference"):
        return lambda held: written(held.to_reference())
    return _writer(kind) if hasattr(kind, "_declared") else written


def plain(number: Decimal) -> str:
    """A number's one spelling: no exponent, no trailing zeros.

    >>> plain(Decimal("1E+2")), plain(Decimal("0.190"))
    ('100', '0.19')
    """
    spelt = str(number)
    if spelt.isdigit():
        return spelt
    if "E" in spelt or "e" in spelt:  # which of the two, the caller's context says
        spelt = f"{number:f}"
    return spelt.rstrip("0").rstrip(".") if "." in spelt else spelt
