"""Table: rates of packs, which know since when and until when they are known, and what they leave open.

>>> from taxengine.core.place import Address
>>> from taxengine.packs import load
>>> load("eu").rates_for(Address(country="DE"), date(2018, 12, 31))
Traceback (most recent call last):
...
taxengine.core.errors.Undetermined: expected a rate for DE on 2018-12-31, got none: the history of pack eu \
begins on 2019-01-01
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from taxengine.core import checks
from taxengine.core.determination import Notice
from taxengine.core.errors import Problem
from taxengine.core.place import Place
from taxengine.core.rates import TaxRate, Treatment
from taxengine.core.selection import Query
from taxengine.core.table import RateTable
from taxengine.packs.format import Pack

_BLANKS = str.maketrans("", "", " _-")
_WORDS = frozenset({"parking"})
"""Classes that are words of their own: what is near them, as packing is, is no slip."""


class PackTable(RateTable):
    """The rates of packs, and others beside them.

    Beyond what a table does it says where a pack's history begins, refuses a class of goods for which the
    pack has no rate there and then (the standard rate would be a guess), and warns of a pack that is too
    old for the tax date, and where a rate has a condition.
    """

    __slots__ = (
        "_areas", "_cautions", "_classes", "_homes", "_others", "_provinces", "_traded", "packs",
    )  # fmt: skip

    def __init__(self, packs: Iterable[Pack], others: Iterable[TaxRate] = ()) -> None:
        self.packs = tuple(packs)
        self._others = tuple(others)
        rows = [(row, row.rate(), pack) for pack in self.packs for row in pack.rows]
        super().__init__((*(rate for _, rate, _ in rows), *self._others))
        self._homes: Mapping[str, Pack] = {row.id: pack for row, _, pack in rows}
        self._areas: Mapping[str, Pack] = {rate.area: pack for _, rate, pack in rows}
        self._traded = {rate.area for _, rate, _ in rows if rate.when}
        self._cautions = {row.id: row.caution for row, _, _ in rows if row.caution}
        self._provinces = {rate.area for _, rate, _ in rows if rate.state_code}
        self._classes: dict[str, dict[str, None]] = {}
        for row, rate, _ in rows:
            if row.tax_class:
                self._classes.setdefault(rate.area, {})[row.tax_class] = None

    def __reduce__(self) -> tuple[type[PackTable], tuple[object, ...]]:
        return PackTable, (self.packs, self._others)

    def with_rate(self, rate: TaxRate) -> PackTable:
        """A table with one rate more."""
        return PackTable(self.packs, (*self._others, rate))

    def unanswered(self, query: Query, rates: Sequence[TaxRate]) -> Problem | None:
        """Why no rate is known: the history begins later, or the invoice says too little.

        Nor is one where the rates would be a guess: those of a country whose provinces add to them or
        replace them, without the province; the standard rate for a class of goods that the packs name, and
        have no rate for there and then.
        """
        place = query.place
        pack, classes = self._areas.get(place.area), self._classes.get(place.area, ())
        open_ = self.unsaid(place, resolved=False)
        if rates and not (
            "state" in open_
            and place.area in self._provinces
            and self._homes.keys() & {rate.id for rate in rates}
        ):
            open_ = []
        problem = super().unanswered(query, [] if open_ else rates and self._decided(query, rates))
        if problem is None or pack is None:
            return problem
        why, hint = "", problem.hint
        if query.tax_date < pack.history_from:
            why = f"the history of pack {pack.name} begins on {pack.history_from}"
            hint += " for that date"
        elif open_:
            why, hint = "the pack's rates ask for more of the address", _wanting(place, open_)
        elif rates:
            why = "the pack names no such class there and then"
            hint = self._class_hint(query, classes)
        elif query.trade is None and place.area in self._traded:
            why = "the pack's rates ask whether the sale stays within one state"
            hint = "add merchant.address, or a shipFrom on the line, and the states of both, by their codes"
        return problem._replace(message=": ".join(filter(None, (problem.message, why))), hint=hint)

    def _decided(self, query: Query, rates: Sequence[TaxRate]) -> Sequence[TaxRate]:
        """The rates, or none: where they are standard ones of packs, and the category is a class of some."""
        plain = query.place.area in self._classes and all(
            rate.id in self._homes and not rate.tax_categories and rate.treatment == Treatment.STANDARD
            for rate in rates
        )
        return () if plain and self._named(query.tax_category or "") else rates

    def _named(self, category: str) -> list[str]:
        """The class that the category is or is a slip for; with another number, those of that name."""
        spelt = {_spelt(word): word for named in self._classes.values() for word in named}
        told = _spelt(category.partition(".")[0])
        alike = [word for each, word in spelt.items() if each == told or _stem(each) == _stem(told)]
        return alike or [
            spelt[near] for near in get_close_matches(told, spelt, cutoff=0.85) if near not in _WORDS
        ]

    def _class_hint(self, query: Query, classes: Iterable[str]) -> str:
        """Which class is meant, and which there are."""
        there = [
            word
            for word in classes
            if any(one.rate.tax_categories for one in self.select(query._replace(tax_category=word)).winners)
        ]
        near = [word for word in self._named(query.tax_category or "") if word in there]
        told = f"the classes there are {', '.join(there)}" if there else "there are no classes there"
        return f"{f'did you mean {near[0]}? ' if near else ''}{told}; another category is standard"

    def cautions(self, rates: Sequence[TaxRate], tax_date: date) -> tuple[Notice, ...]:
        """Warnings: of a pack that is too old for the tax date, and of what a rate leaves out."""
        homes = dict.fromkeys(self._homes[rate.id] for rate in rates if rate.id in self._homes)
        stale = [_stale(pack, tax_date) for pack in homes if tax_date >= pack.stale_from]
        told = [(rate.id, self._cautions[rate.id]) for rate in rates if rate.id in self._cautions]
        return (*stale, *(Notice("rateCaution", "", f"{name}: {caution}") for name, caution in told))


def _spelt(name: str) -> str:
    """A class, or what is meant for one: `Super_reduced` is `superReduced`."""
    return name.casefold().translate(_BLANKS)


def _stem(name: str) -> str:
    """What a class is called, without its number."""
    return name.rstrip("0123456789")


def _wanting(place: Place, fields: Sequence[str]) -> str:
    """What to do about an address that leaves fields open; a state that is none says nothing."""
    if place.state_name is None or "state" not in fields:
        return f"add {' and '.join(fields)} to the address"
    return f"{checks.shown(place.state_name)} is no state of {place.country}: write its code, or its name"


def _stale(pack: Pack, tax_date: date) -> Notice:
    told = f"taxDate: pack {pack.name} is as of {pack.as_of}; what has changed until {tax_date} is not in it"
    return Notice("staleRates", "taxDate", told)
