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

from taxengine.core import checks
from taxengine.core.determination import Notice
from taxengine.core.errors import Problem
from taxengine.core.rates import TaxRate, Treatment
from taxengine.core.selection import Query
from taxengine.core.table import RateTable
from taxengine.packs.format import Pack


class PackTable(RateTable):
    """The rates of packs, and others beside them.

    Beyond what a table does it says where a pack's history begins, refuses a class of goods for which the
    pack has no rate there and then (the standard rate would be a guess), and warns of a pack that is too
    old for the tax date, and where a rate has a condition.
    """

    __slots__ = ("_areas", "_cautions", "_classes", "_homes", "_others", "_traded", "packs")

    def __init__(self, packs: Iterable[Pack], others: Iterable[TaxRate] = ()) -> None:
        self.packs = tuple(packs)
        self._others = tuple(others)
        rows = [(row, row.rate(), pack) for pack in self.packs for row in pack.rows]
        super().__init__((*(rate for _, rate, _ in rows), *self._others))
        self._homes: Mapping[str, Pack] = {row.id: pack for row, _, pack in rows}
        self._areas: Mapping[str, Pack] = {rate.area: pack for _, rate, pack in rows}
        self._traded = {rate.area for _, rate, _ in rows if rate.when}
        self._cautions = {row.id: row.caution for row, _, _ in rows if row.caution}
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

        Nor is one where the standard rate would be a guess: for a class of goods that the packs name, and
        have no rate for there and then.
        """
        pack, classes = self._areas.get(query.place.area), self._classes.get(query.place.area, ())
        problem = super().unanswered(query, rates and self._decided(query, rates, classes))
        if problem is None or pack is None:
            return problem
        why, hint, open_ = "", problem.hint, self.unsaid(query.place, resolved=False)
        if query.tax_date < pack.history_from:
            why = f"the history of pack {pack.name} begins on {pack.history_from}"
            hint += " for that date"
        elif rates:
            why = "the pack names no such class there and then"
            hint = f"the classes there are {', '.join(classes)}; another category is standard"
        elif open_:
            why, hint = (
                "the pack's rates ask for more of the address",
                f"add {' and '.join(open_)} to the address",
            )
        elif query.trade is None and query.place.area in self._traded:
            why = "the pack's rates ask whether the sale stays within one state"
            hint = "add merchant.address, or a shipFrom on the line, and the states of both"
        return problem._replace(message=": ".join(filter(None, (problem.message, why))), hint=hint)

    def _decided(self, query: Query, rates: Sequence[TaxRate], classes: Iterable[str]) -> Sequence[TaxRate]:
        """The rates, or none: where they are standard ones of packs, and the category is a class of some."""
        plain = all(
            rate.id in self._homes and not rate.tax_categories and rate.treatment == Treatment.STANDARD
            for rate in rates
        )
        words = {word for named in self._classes.values() for word in named} if classes and plain else ()
        category = query.tax_category
        return () if category and any(checks.covers(word, category) for word in words) else rates

    def cautions(self, rates: Sequence[TaxRate], tax_date: date) -> tuple[Notice, ...]:
        """Warnings: of a pack that is too old for the tax date, and of what a rate leaves out."""
        homes = dict.fromkeys(self._homes[rate.id] for rate in rates if rate.id in self._homes)
        stale = [_stale(pack, tax_date) for pack in homes if tax_date >= pack.stale_from]
        told = [(rate.id, self._cautions[rate.id]) for rate in rates if rate.id in self._cautions]
        return (*stale, *(Notice("rateCaution", "", f"{name}: {caution}") for name, caution in told))


def _stale(pack: Pack, tax_date: date) -> Notice:
    told = f"taxDate: pack {pack.name} is as of {pack.as_of}; what has changed until {tax_date} is not in it"
    return Notice("staleRates", "taxDate", told)
