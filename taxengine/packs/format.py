"""Format: a pack as it lies in its file, read and checked; a file in which a byte has changed is refused.

A pack is one JSON document: a header, and rows, one a line. `sha256` is that of the file's own bytes with
those 64 digits left out.

>>> row = Row("eu-dk-standard", "DK", "valueAddedTax", None, "0.25", "Denmark", date(2019, 1, 1))
>>> rate = row.rate()
>>> rate.id, rate.name, rate.inclusive, f"{rate.percentage_decimal:f}"
('eu-dk-standard', 'Denmark VAT', None, '0.25')
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from taxengine.core.errors import InvalidRate, Problem
from taxengine.core.rates import TaxRate, Treatment, When

FORMAT = 1
STALE_AFTER = timedelta(days=180)
"""So long after its `as_of` a pack may be asked about without a warning."""

_LABELS = {
    "valueAddedTax": "VAT",
    "salesTax": "sales tax",
    "jct": "consumption tax",
}
_DATES = ("validFrom", "validUntil", "verified")
_FIELDS = {"id": "id", "type": "kind", "class": "tax_class", "rate": "percentage", "name": "called"}
_FIELDS |= {"validFrom": "valid_from", "validUntil": "valid_until"}


class Row(NamedTuple):
    """One fact: a place, a tax, a class (None: the standard rate) and its rate, with dates and a source.

    `place` is a country, with `-` a state, with a blank postal patterns: `DE`, `ES-CN`, `DE 78266`.
    `verified` is the day on which it was last compared with another statement of it. `caution` is told on
    each result that it is applied to.
    """

    id: str
    place: str
    kind: str
    tax_class: str | None
    percentage: str
    called: str
    valid_from: date
    valid_until: date | None = None
    source: str = ""
    verified: date = date.min
    note: str = ""
    treatment: str = ""
    when: When | None = None
    replaces: tuple[str, ...] = ()
    caution: str = ""

    def rate(self) -> TaxRate:
        """The row as a rate. Prices may hold its tax or not: the line's `tax_behavior` decides."""
        where, _, patterns = self.place.partition(" ")
        country, _, state = where.partition("-")
        label = _LABELS.get(self.kind, self.kind.upper())
        usual = Treatment.REDUCED if self.tax_class else Treatment.STANDARD
        return TaxRate(
            id=self.id,
            country=country,
            state=state or None,
            jurisdiction=patterns or None,
            name=" ".join(filter(None, (self.called, label, self.tax_class))),
            display_name=label[0].upper() + label[1:],
            type=self.kind,
            percentage_decimal=self.percentage,
            inclusive=None,
            tax_categories=(self.tax_class,) if self.tax_class else (),
            treatment=self.treatment or usual,
            replaces=self.replaces,
            when=self.when,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )


class Pack(NamedTuple):
    """A pack: what it is called and covers, as of when, since when its history is known, and its rows.

    `without` says what one might look for in it and will not find.
    """

    name: str
    title: str
    version: str
    as_of: date
    history_from: date
    licence: str
    without: tuple[str, ...]
    sha256: str
    rows: tuple[Row, ...]

    @property
    def stale_from(self) -> date:
        """The first tax date on which it is too old to be used without a warning."""
        return self.as_of + STALE_AFTER

    def head(self) -> dict[str, object]:
        """What it is, without the rows, as a document shows it."""
        return {
            "name": self.name,
            "title": self.title,
            "version": self.version,
            "asOf": self.as_of.isoformat(),
            "historyFrom": self.history_from.isoformat(),
            "rows": len(self.rows),
            "licence": self.licence,
            "sha256": self.sha256,
        }

    def to_dict(self) -> dict[str, object]:
        """The pack as a document: its head, what it is without, and each row with its source."""
        documents = {field: document for document, field in _FIELDS.items()}
        rows = [
            {documents.get(name, name): _shown(held) for name, held in row._asdict().items() if held}
            for row in self.rows
        ]
        return {**self.head(), "without": list(self.without), "rows": rows}


def read_pack(text: bytes, name: str) -> Pack:
    """The pack in the bytes of a file. Raises `InvalidRate`, `packChanged`, unless they are as sealed."""
    document: Mapping[str, Any] = {}
    stated, got = "", "a file that cannot be read"
    with suppress(ValueError, KeyError, TypeError):
        document = json.loads(text)
        stated = str(document["sha256"])
        got = digest_of(text, stated.encode())
    if got == stated:
        return _pack(document)
    told = f"pack {name}: expected the file that was published, sha256 {stated[:64]!a}, got {got}"
    raise InvalidRate(Problem("packChanged", told, "", "install taxengine again; keep your own rates apart"))


def digest_of(text: bytes, stated: bytes) -> str:
    """SHA-256 of a pack's file, without the digits that state it."""
    return sha256(text.replace(stated, b"", 1)).hexdigest()


def _shown(held: object) -> object:
    return held.isoformat() if isinstance(held, date) else list(held) if isinstance(held, tuple) else held


def _pack(document: Mapping[str, Any]) -> Pack:
    if document["format"] != FORMAT:
        told = f"pack {document['name']}: expected format {FORMAT}, got {document['format']}"
        raise InvalidRate(Problem("unknownFormat", told, "format", "upgrade"))
    return Pack(
        document["name"],
        document["title"],
        document["version"],
        date.fromisoformat(document["asOf"]),
        date.fromisoformat(document["historyFrom"]),
        document["licence"],
        tuple(document["without"]),
        document["sha256"],
        tuple(map(_row, document["rows"])),
    )


def _row(document: Mapping[str, Any]) -> Row:
    held: dict[str, Any] = {"tax_class": None}
    for name, value in document.items():
        held[_FIELDS.get(name, name)] = date.fromisoformat(value) if name in _DATES else value
    held["replaces"] = tuple(held.get("replaces", ()))
    return Row(**held)
