"""Comparing: what changed from one list of rates to another.

>>> old = TaxRate(id="a", country="DE", type="valueAddedTax", percentage_decimal="0.16", inclusive=None)
>>> new = TaxRate(id="a", country="DE", type="valueAddedTax", percentage_decimal="0.190", inclusive=None)
>>> told_changes(changes([old], [new]))
['changed a: percentageDecimal 0.16 -> 0.190', '0 added, 0 removed, 1 changed, 0 the same']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from taxengine.core.rates import TaxRate
from taxengine.documents.writing import encode, rate_document
from taxengine.showing.text import printable

_UNTOLD = ("created", "updated")
"""When something was recorded says nothing of a tax."""


def changes(before: Iterable[TaxRate], after: Iterable[TaxRate]) -> dict[str, Any]:
    """Added, removed and changed rates, told apart by id and first day; numbers by value."""
    old, new = _by_version(before), _by_version(after)
    changed = []
    for key in [key for key in old if key in new and old[key].digest != new[key].digest]:
        was, now = rate_document(old[key]), rate_document(new[key])
        names = [name for name in {**now, **was} if was.get(name) != now.get(name) and name not in _UNTOLD]
        fields = {name: {"before": was.get(name), "after": now.get(name)} for name in names}
        changed.append({"id": key[0], "validFrom": key[1], "fields": fields})
    same = sum(key in new for key in old) - len(changed)
    return {
        "added": [rate_document(rate) for key, rate in new.items() if key not in old],
        "removed": [rate_document(rate) for key, rate in old.items() if key not in new],
        "changed": changed,
        "same": same,
    }


def _by_version(rates: Iterable[TaxRate]) -> dict[tuple[str, str | None], TaxRate]:
    return {(rate.id, rate.valid_from.isoformat() if rate.valid_from else None): rate for rate in rates}


def told_changes(found: Mapping[str, Any]) -> list[str]:
    """The changes as lines."""
    lines = [f"added {_named(rate)}" for rate in found["added"]]
    lines += [f"removed {_named(rate)}" for rate in found["removed"]]
    for one in found["changed"]:
        fields = (
            f"{name} {_spelt(each['before'])} -> {_spelt(each['after'])}"
            for name, each in one["fields"].items()
        )
        lines.append(f"changed {_named(one)}: {', '.join(fields)}")
    counts = ", ".join(f"{len(found[kind])} {kind}" for kind in ("added", "removed", "changed"))
    return [*map(printable, lines), f"{counts}, {found['same']} the same"]


def _named(rate: Mapping[str, Any]) -> str:
    since = rate.get("validFrom")
    return f"{rate['id']} from {since}" if since else str(rate["id"])


def _spelt(value: object) -> str:
    return (
        value if isinstance(value, str) else "none" if value is None else encode({"": value})[4:-1].decode()
    )
