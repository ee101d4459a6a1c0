"""Packs: rates that ship with taxengine, as data: each with its source and the day it was verified.

Needs the standard library and the core alone.

>>> from datetime import date
>>> from taxengine import Address
>>> table = load("eu", "ca")
>>> [rate.id for rate in table.rates_for(Address(country="DE"), date(2026, 3, 1))]
['eu-de-standard']
>>> [rate.id for rate in table.rates_for(Address(country="CA", state="QC"), date(2026, 3, 1))]
['ca-gst', 'ca-qc-qst']
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from pkgutil import get_data

from taxengine.core.errors import InvalidRate, Problem
from taxengine.core.rates import TaxRate
from taxengine.packs.format import STALE_AFTER, Pack, Row, read_pack
from taxengine.packs.table import PackTable

__all__ = ["STALE_AFTER", "Pack", "PackTable", "Row", "available", "load", "named", "read"]

_NAMES = "ae au ca ch eu gb in is jp li no nz sa sg us za"


def available() -> tuple[str, ...]:
    """The names of the packs that ship.

    >>> available()[:3]
    ('ae', 'au', 'ca')
    """
    return tuple(_NAMES.split())


@lru_cache(maxsize=64)
def read(name: str) -> Pack:
    """A pack: its header and its rows. Raises `InvalidRate`: `unknownPack`, `packChanged`.

    >>> read("eu").history_from.isoformat()
    '2019-01-01'
    """
    named(name)
    return read_pack(get_data(__name__, f"data/{name}.json") or b"", name)


def named(*names: str) -> tuple[str, ...]:
    """The names, each once, if there are packs of all of them. Raises `InvalidRate`: `unknownPack`."""
    for name in names:
        if name not in available():
            near = get_close_matches(str(name), available(), n=1)
            told = f"pack: expected one of {', '.join(available())}, got {name!a}"
            hint = f"did you mean {near[0]}?" if near else "a pack is named as its country; eu is the Union"
            raise InvalidRate(Problem("unknownPack", told, "", hint))
    return tuple(dict.fromkeys(names))


def load(*names: str, rates: Iterable[TaxRate] = ()) -> PackTable:
    """The table of the packs of these names, with `rates` of your own beside them.

    Raises `InvalidRate`: `unknownPack`, `packChanged`, and what a table refuses.
    """
    if not names:
        told = f"packs: expected at least one of {', '.join(available())}, got none"
        raise InvalidRate(Problem("unknownPack", told, "", 'write load("eu")'))
    return PackTable([read(name) for name in named(*names)], rates)
