"""Rows: one document of a recalculation as integers of the currency's minor unit, held to what it says.

>>> Reader("EUR").amounts(["1.90", "-0.30"])
(190, -30)
>>> Reader("EUR").amounts(["1.9"])
Traceback (most recent call last):
...
ValueError: an amount: expected a number with 2 decimals, got '1.9'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter
from typing import Any, NamedTuple

from taxengine.core.errors import InvariantBroken, Problem
from taxengine.core.money import minor_digits, shown

TOTALS = ("net", "tax", "gross", "withheld", "payable")
LONGEST = 120
"""So many characters of a text are kept; a longer one is cut, and told from others by a hash."""

_TOTALS = itemgetter(*TOTALS)
_RATE = itemgetter("taxRate", "name", "type", "country", "state", "percentageDecimal")
_WIDEST = 20  # digits of a whole number of minor units: a sum of a hundred million of them has under 28
_DATE = re.compile("[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_NOTHING = (0, 0, 0, 0, 0)

Amounts = tuple[int, ...]
Change = tuple[int, int]
"""Of tax, and of what is withheld."""


class Rate(NamedTuple):
    """A rate in one place, as a calculation's breakdown tells it from others."""

    id: str
    name: str
    type: str
    country: str
    state: str
    percentage: str
    withheld: bool


class Row(NamedTuple):
    """A document; a credit note's amounts are negative here."""

    id: str
    date: str
    file: str
    number: int
    before: Amounts | None
    after: Amounts | None
    difference: Amounts
    causes: Mapping[str, Change]
    rates: Mapping[Rate, Change]

    @property
    def changed(self) -> bool:
        return bool(self.causes or self.rates or any(self.difference)) or None in (self.before, self.after)


class Reader:
    """Reads the rows of one currency."""

    def __init__(self, currency: str) -> None:
        self.digits = minor_digits(currency)
        point = rf"\.[0-9]{{{self.digits}}}" if self.digits else ""
        self._fits = re.compile(rf"(?:-?[0-9]{{1,{_WIDEST - self.digits}}}{point} )*").fullmatch

    def amounts(self, texts: Sequence[str]) -> Amounts:
        """Amounts in minor units: all of them are looked at in one go, there are very many."""
        told = "".join([f"{text} " for text in texts])
        if self._fits(told) is None or told.count(" ") != len(texts):
            wrong = next(text for text in texts if " " in f"{text}" or self._fits(f"{text} ") is None)
            digits = f"{self.digits} decimals" if self.digits else "no decimals"
            raise ValueError(f"an amount: expected a number with {digits}, got {shown(wrong)}")
        return tuple(map(int, told.replace(".", "").split()))

    def row(self, given: Mapping[str, Any]) -> Row:
        """A row that was calculated; `InvariantBroken` where its parts are not what its difference is."""
        negative = given["kind"] == "creditNote"
        before, after = self._side(given["before"], negative), self._side(given["after"], negative)
        difference = self._side(given["difference"], negative) or _NOTHING
        row = Row(
            short(given["invoice"]),
            checked_date(given["taxDate"]),
            *place_of(given["place"]),
            before,
            after,
            difference,
            self._causes(given["causes"], negative) if given["causes"] else {},
            self._rates(given["taxes"], negative) if given["taxes"] else {},
        )
        _tie(row)
        return row

    def _side(self, totals: Mapping[str, str] | None, negative: bool) -> Amounts | None:
        if totals is None:
            return None
        amounts = self.amounts(_TOTALS(totals))
        return tuple([-amount for amount in amounts]) if negative else amounts

    def _causes(self, causes: Iterable[Mapping[str, Any]], negative: bool) -> dict[str, Change]:
        found: dict[str, Change] = {}
        for one in causes:
            tax, withheld = self.amounts((one["tax"], one["withheld"]))
            _add(found, short(one["cause"]), (tax, withheld), negative)
        return found

    def _rates(self, taxes: Iterable[Mapping[str, Any]], negative: bool) -> dict[Rate, Change]:
        found: dict[Rate, Change] = {}
        for one in taxes:
            before, after = self.amounts((one["before"], one["after"]))
            withheld = bool(one["withheld"])
            change = (0, after - before) if withheld else (after - before, 0)
            _add(found, Rate._make((*map(short, _RATE(one)), withheld)), change, negative)
        return found


def _add(found: dict[Any, Change], key: object, change: Change, negative: bool) -> None:
    tax, withheld = found.get(key, (0, 0))
    sign = -1 if negative else 1
    found[key] = (tax + sign * change[0], withheld + sign * change[1])


def _tie(row: Row) -> None:
    """Every figure that the report adds up is the difference of the document."""
    if row.before == row.after and not row.changed:
        return
    pairs = zip(row.before or _NOTHING, row.after or _NOTHING, strict=True)
    if row.difference != tuple([after - before for before, after in pairs]):
        raise _untied(row, "its difference", "after less before")
    change = (row.difference[TOTALS.index("tax")], row.difference[TOTALS.index("withheld")])
    for name, parts in (("its causes", row.causes), ("its taxes", row.rates)):
        if change != (sum([tax for tax, _ in parts.values()]), sum([kept for _, kept in parts.values()])):
            raise _untied(row, name, "its difference of tax and of what is withheld")


def _untied(row: Row, what: str, whole: str) -> InvariantBroken:
    told = f"{shown(row.id)} ({shown(row.file)}, {row.number}): expected {what} to be {whole}"
    return InvariantBroken(Problem("invariantBroken", told))


def place_of(place: Mapping[str, Any]) -> tuple[str, int]:
    """The file that a document stands in, and its number there."""
    file, number = place["file"], place["number"]
    if not isinstance(file, str) or not isinstance(number, int):
        raise ValueError(f"place: expected a file and a number, got {shown(file)} and {shown(number)}")
    return file, number


@lru_cache(maxsize=4096)
def checked_date(text: str) -> str:
    """A date as a document writes it."""
    if _DATE.fullmatch(text) is None:
        raise ValueError(f"taxDate: expected a date, got {shown(text)}")
    return text


def short(text: str | None) -> str:
    """A text that takes little room; none is empty.

    >>> short(None), len(short("x" * 5000)), short("x" * 5000) == short("x" * 5001)
    ('', 113, False)
    """
    if text is None or len(text) <= LONGEST:
        return text or ""
    return f"{text[: LONGEST - 20]} … {sha256(text.encode(errors='replace')).hexdigest()[:10]}"
