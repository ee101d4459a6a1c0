"""Tally: rows of a recalculation folded one by one into what a report shows; memory stays bounded.

>>> tally = Tally()
>>> same = {"net": "10.00", "tax": "1.90", "gross": "11.90", "withheld": "0.00", "payable": "11.90"}
>>> none = dict.fromkeys(same, "0.00")
>>> tally.add({"format": 1, "invoice": "a", "kind": "invoice", "currency": "EUR", "taxDate": "2020-07-15",
...            "place": {"file": "june.jsonl", "number": 1}, "before": same, "after": same,
...            "difference": none, "causes": [], "taxes": []})
>>> tally.currencies["EUR"].documents, tally.currencies["EUR"].changed
(1, 0)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Mapping
from heapq import heappush, heappushpop
from itertools import zip_longest
from typing import Any, Generic, NamedTuple, TypeVar

from taxengine.core.errors import InvalidInput, InvariantBroken, Problem, TaxEngineError
from taxengine.core.money import shown
from taxengine.recalculation.report.rows import TOTALS, Reader, Row, place_of, short

KEPT = 2000
"""So many places, rates, months and codes are kept apart; what comes later is all others, to the cent."""
LARGEST = 100
REFUSALS = 100
TAX, WITHHELD = TOTALS.index("tax"), TOTALS.index("withheld")
STEPS = [digit * 10**power for power in range(30) for digit in (1, 2, 5)]
"""Where the bins of the histogram begin, in minor units."""

Key = TypeVar("Key", bound=Hashable)
Sums = TypeVar("Sums")


class Changes:
    """Of documents: those with more tax, with less, and what is withheld."""

    __slots__ = ("documents", "less", "more", "withheld")

    def __init__(self) -> None:
        self.documents = self.more = self.less = self.withheld = 0

    def add(self, tax: int, withheld: int) -> None:
        self.documents += 1
        self.withheld += withheld
        if tax > 0:
            self.more += tax
        else:
            self.less += tax

    @property
    def tax(self) -> int:
        return self.more + self.less


class Period:
    """All documents of a month, changed or not."""

    __slots__ = ("after", "before", "changed", "documents")

    def __init__(self) -> None:
        self.documents = self.changed = self.before = self.after = 0

    @property
    def tax(self) -> int:
        return self.after - self.before


class Bin:
    """The documents whose tax differs by about as much."""

    __slots__ = ("documents", "tax")

    def __init__(self) -> None:
        self.documents = self.tax = 0


class Groups(Generic[Key, Sums]):
    """Sums by a key: the first `KEPT` keys, and all others together."""

    def __init__(self, make: Callable[[], Sums]) -> None:
        self._make = make
        self.kept: dict[Key, Sums] = {}
        self.others = make()

    def of(self, key: Key) -> Sums:
        """The sums to which something of the key is to be added."""
        sums = self.kept.get(key)
        if sums is None:
            if len(self.kept) >= KEPT:
                return self.others
            sums = self.kept[key] = self._make()
        return sums

    def all(self) -> Iterator[Sums]:
        yield from self.kept.values()
        yield self.others


class Refusal(NamedTuple):
    """A document that could not be done."""

    id: str
    file: str
    number: int
    code: str
    message: str


class Currency:
    """The documents of one currency."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.reader = Reader(code)
        self.documents = self.changed = self.moved = self.only_before = self.only_after = 0
        self.before, self.after, self.difference = ([0] * len(TOTALS) for _ in range(3))
        self.causes: Groups[str, Changes] = Groups(Changes)
        self.places: Groups[tuple[str, str], Changes] = Groups(Changes)
        self.rates: Groups[Any, Changes] = Groups(Changes)
        self.months: Groups[str, Period] = Groups(Period)
        self.bins: dict[int, Bin] = {}
        self._heap: list[tuple[int, int, int, Row]] = []

    @property
    def largest(self) -> list[Row]:
        """The documents whose tax differs most (then: what is withheld), the first of equals first."""
        return [row for *_, row in sorted(self._heap, reverse=True)]

    def add(self, row: Row) -> None:
        self.documents += 1
        tax = row.difference[TAX]
        for sums, amounts in ((self.before, row.before), (self.after, row.after)):
            if amounts is not None:
                for at, amount in enumerate(amounts):
                    sums[at] += amount
        month = self.months.of(row.date[:7])
        month.documents += 1
        month.before += row.before[TAX] if row.before else 0
        month.after += row.after[TAX] if row.after else 0
        reach = bisect_right(STEPS, abs(tax))
        held = self.bins.setdefault(reach if tax >= 0 else -reach, Bin())
        held.documents += 1
        held.tax += tax
        if row.changed:
            month.changed += 1
            self._add_changed(row)

    def _add_changed(self, row: Row) -> None:
        self.changed += 1
        self.only_before += row.after is None
        self.only_after += row.before is None
        self.moved += not any(row.difference) and None not in (row.before, row.after)
        for at, amount in enumerate(row.difference):
            self.difference[at] += amount
        for cause, change in row.causes.items():
            self.causes.of(cause).add(*change)
        places: dict[tuple[str, str], tuple[int, int]] = {}
        for rate, (tax, withheld) in row.rates.items():
            self.rates.of(rate).add(tax, withheld)
            place = (rate.country, rate.state)
            held = places.get(place, (0, 0))
            places[place] = (held[0] + tax, held[1] + withheld)
        for place, change in places.items():
            self.places.of(place).add(*change)
        tax, withheld = abs(row.difference[TAX]), abs(row.difference[WITHHELD])
        if tax or withheld:
            entry = (tax, withheld, -self.documents, row)
            (heappush if len(self._heap) < LARGEST else heappushpop)(self._heap, entry)

    def check(self) -> None:
        """Each way to divide the difference adds up to it; `InvariantBroken` where one does not."""
        change = (self.difference[TAX], self.difference[WITHHELD])
        months, bins = list(self.months.all()), self.bins.values()
        sums: dict[str, tuple[object, object]] = {
            "totals": ([b + d for b, d in zip(self.before, self.difference, strict=True)], self.after),
            "months": ([sum(one.documents for one in months), sum(one.changed for one in months)],
                       [self.documents, self.changed]),
            "tax by month": ([sum(one.before for one in months), sum(one.after for one in months)],
                             [self.before[TAX], self.after[TAX]]),
            "histogram": ([sum(one.documents for one in bins), sum(one.tax for one in bins)],
                          [self.documents, change[0]]),
        }  # fmt: skip
        parts: dict[str, Groups[Any, Changes]] = {
            "causes": self.causes,
            "places": self.places,
            "rates": self.rates,
        }
        for name, groups in parts.items():
            held = list(groups.all())
            sums[name] = ((sum(one.tax for one in held), sum(one.withheld for one in held)), change)
        for name, (found, expected) in sums.items():
            tie(f"{self.code}, {name}", found, expected)


class Tally:
    """All rows of a recalculation, by currency; and what was refused."""

    def __init__(self) -> None:
        self.currencies: dict[str, Currency] = {}
        self.refused = 0
        self.refusals: list[Refusal] = []
        self.codes: Groups[str, Bin] = Groups(Bin)

    def add(self, row: Mapping[str, Any]) -> None:
        """Take a row in, whole or not at all; `InvalidInput` where it is none."""
        try:
            if row["format"] != 1:
                raise ValueError(f"format: expected 1, got {shown(row['format'])}")
            if "error" in row:
                self._refuse(row)
                return
            code = row["currency"]
            currency = self.currencies.get(code) or Currency(code)
            parsed = currency.reader.row(row)
        except TaxEngineError:
            raise
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            told = f"no {error} in it" if isinstance(error, KeyError) else str(error)
            hint = "give the rows as `audit recalculate` and `audit compare` write them"
            message = f"row: expected a document of a recalculation, got {told}"
            raise InvalidInput(Problem("invalidType", message, hint=hint)) from error
        self.currencies[code] = currency
        currency.add(parsed)

    def _refuse(self, row: Mapping[str, Any]) -> None:
        error = row["error"]
        refusal = Refusal(
            short(row["invoice"]), *place_of(row["place"]), short(error["code"]), short(error["message"])
        )
        self.refused += 1
        self.codes.of(refusal.code).documents += 1
        if len(self.refusals) < REFUSALS:
            self.refusals.append(refusal)

    def ranked(self) -> list[Currency]:
        """The currencies, that of the most documents first."""
        return sorted(self.currencies.values(), key=lambda one: (-one.documents, one.code))

    def explain(self, limit: int = LARGEST) -> list[tuple[str, int]]:
        """The documents (file, number) whose explanations the page has room for: each currency's largest."""
        turns = zip_longest(*(one.largest for one in self.ranked()))
        wanted = dict.fromkeys((row.file, row.number) for turn in turns for row in turn if row is not None)
        return list(wanted)[:limit]

    def check(self) -> None:
        """Everything adds up; `InvariantBroken` where it does not."""
        for currency in self.currencies.values():
            currency.check()
        tie("refused", sum(one.documents for one in self.codes.all()), self.refused)


def tie(what: str, found: object, expected: object) -> None:
    """A sum of the report is what it is a sum of."""
    if found != expected:
        told = f"report, {what}: expected a sum of {expected}, got {found}"
        raise InvariantBroken(Problem("invariantBroken", told))
