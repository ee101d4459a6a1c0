"""Packing: the packs that ship, as documents and as lines: what they are, and each row with its source.

>>> document, lines = told_packs()
>>> document["packs"][0]["name"], lines[0].split()
('ae', ['pack', 'version', 'as', 'of', 'history', 'from', 'rows', 'licence', 'what'])
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from taxengine.cli.listing import listed
from taxengine.core.determination import Notice
from taxengine.core.spelling import plain
from taxengine.core.table import RateTable
from taxengine.packs import PackTable, available, read
from taxengine.showing.text import printable

Told = tuple[Mapping[str, Any], Sequence[str]]


def told_packs() -> Told:
    """All packs."""
    packs = [read(name) for name in available()]
    head = ["pack", "version", "as of", "history from", "rows", "licence", "what"]
    rows = [
        [
            one.name,
            one.version,
            str(one.as_of),
            str(one.history_from),
            str(len(one.rows)),
            one.licence,
            one.title,
        ]
        for one in packs
    ]
    return {"packs": [one.head() for one in packs]}, listed([head, *rows], "<<<<><<", most=60)


def pack_document(name: str) -> Told:
    """One pack with its rows. Raises `InvalidRate` where there is none of that name."""
    pack = read(name)
    head = ["id", "place", "tax", "rate", "from", "until", "verified", "source"]
    rows = [
        [
            row.id,
            row.place,
            row.kind,
            f"{plain(Decimal(row.percentage).scaleb(2))} %",
            str(row.valid_from),
            str(row.valid_until or ""),
            str(row.verified),
            row.source,
        ]
        for row in pack.rows
    ]
    lines = [printable(f"{pack.title}; as of {pack.as_of}, version {pack.version}, {pack.licence}"), ""]
    lines += listed([head, *rows], "<<<><<<<", most=60)
    lines += ["", "not in it:", *(printable(f"- {one}") for one in pack.without)]
    return pack.to_dict(), lines


def stale_packs(table: RateTable, today: date) -> Iterator[Notice]:
    """The packs that are too old to be used today without a warning."""
    for pack in table.packs if isinstance(table, PackTable) else ():
        if today >= pack.stale_from:
            told = f"pack {pack.name} is as of {pack.as_of}; what has changed since is not in it"
            yield Notice("staleRates", "", told)
