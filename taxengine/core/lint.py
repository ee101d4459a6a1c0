"""Lint: what looks wrong in a table of rates, though nothing in it is impossible.

Ties are not guessed at: matching is asked about the corners of each rate (its place, its first day, its
categories), so that what is found here is what a line would meet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from taxengine.core import checks
from taxengine.core.place import Place
from taxengine.core.rates import HALVES, TaxRate, When, unequal_halves
from taxengine.core.selection import Query, Selection, ambiguous_rates

_CROWD = 50
_HALF = Decimal("0.5")
_LOCAL = ("county", "city", "district")
_TRADES: Sequence[When | None] = (None, "intrastate", "interstate")
_STANDS = {"hst": "gst pst qst rst", "igst": "cgst sgst", "valueAddedTax": "igic ipsi"}
_INSTEAD = [(one, other) for one, others in _STANDS.items() for other in others.split()]
"""Taxes that stand for others: no sale bears both."""
Select = Callable[[Query], Selection]


class Finding(NamedTuple):
    """One thing to look at: a code, a sentence, and the ids of the rates that it is about."""

    code: str
    message: str
    rates: tuple[str, ...]


def findings(rates: Sequence[TaxRate], select: Select) -> list[Finding]:
    """Everything found, each once."""
    active = [rate for rate in rates if rate.active]
    found = [finding for rate in rates for finding in _slips(rate)]
    ask = _patient(select)
    asked = (*_unreachable(active, ask), *_ties(active, ask), *_doubled(active, ask))
    return list(dict.fromkeys((*found, *_gaps(active), *asked)))


def _patient(select: Select) -> Select:
    """Asks once where a crowd of rates ties, not again for each day on which one more joins it."""
    crowds: dict[Query, Selection] = {}

    def ask(query: Query) -> Selection:
        spot = query._replace(tax_date=date.min)
        found = crowds.get(spot) or select(query)
        if found.rivals is not None and len(found.lost) > _CROWD:
            crowds[spot] = found
        return found

    return ask


def _slips(rate: TaxRate) -> Iterator[Finding]:
    for _, percentage in rate.percentages():
        if not 0 <= percentage <= _HALF:
            told = f"{checks.shown(rate.id)}: expected a fraction such as 0.19 for 19 %, got {percentage:f}"
            yield Finding("percentLooksWrong", told, (rate.id,))
    if rate.state_name is not None and rate.level not in _LOCAL:
        told = f"{checks.shown(rate.id)}: expected a state of {rate.country}, got {checks.shown(rate.state)}"
        yield Finding("unknownPlace", f"{told}, which only a city or county can match", (rate.id,))


def _gaps(rates: Sequence[TaxRate]) -> Iterator[Finding]:
    """Between the versions of one id, and between the rates that follow each other in one place."""
    following: dict[object, list[TaxRate]] = defaultdict(list)
    for rate in rates:
        place = rate.state_code or rate.state_name, frozenset(rate.patterns), rate.jurisdiction_code
        following[rate.id].append(rate)
        following[rate.area, place, *_group(rate), rate.when, frozenset(rate.tax_categories)].append(rate)
    for group in following.values():
        group.sort(key=lambda rate: (rate.valid_from or date.min, rate.id))
        last = group[0]
        for rate in group[1:]:
            since, until = rate.valid_from, last.valid_until
            if until is not None and since is not None and until < since:
                told = f"no rate from {until} until {since}, before {checks.shown(rate.id)}"
                yield Finding("gap", told, tuple(dict.fromkeys((last.id, rate.id))))
            last = max(last, rate, key=lambda one: one.valid_until or date.max)


def _group(rate: TaxRate) -> tuple[str | None, ...]:
    return rate.area, rate.type, rate.level, rate.jurisdiction_code


def _unreachable(rates: Sequence[TaxRate], select: Select) -> Iterator[Finding]:
    for rate in rates:
        if not any(_wins(rate, query, select) for query in _corners(rate)):
            told = f"{checks.shown(rate.id)} never applies: wherever it matches another rate wins"
            yield Finding("unreachable", told, (rate.id,))


def _wins(rate: TaxRate, query: Query, select: Select) -> bool:
    """Whether it applies, or ties, on some day: where it is beaten, asked again when what beat it ends."""
    day: date | None = query.tax_date
    while day is not None and rate.in_force(day):
        selection = select(query._replace(tax_date=day))
        if selection.rivals is not None:
            return True
        better = next((by.rate for one, by, _ in selection.lost if one.rate is rate), None)
        if better is None:
            return True
        day = better.valid_until
    return False


def _ties(rates: Sequence[TaxRate], select: Select) -> Iterator[Finding]:
    finer: dict[object, set[tuple[str, date, str | None]]] = defaultdict(set)
    for rate in rates:
        for category in rate.tax_categories:
            finer[_group(rate)].add(
                (category, rate.valid_from or date.min, rate.state_code or rate.state_name)
            )
    traded = {rate.area for rate in rates if rate.when is not None}
    tied = set()
    for rate in rates:
        state = rate.state_code or rate.state_name
        others = {(name, since) for name, since, where in finer[_group(rate)] if where in (None, state)}
        for own in _corners(rate):
            queries = [own] + [
                own._replace(tax_category=name, tax_date=max(own.tax_date, since))
                for name, since in sorted(others)
                if own.tax_category is None or checks.covers(own.tax_category, name)
            ]
            for query in queries:
                for trade in _TRADES if rate.when is None and rate.area in traded else (rate.when,):
                    rivals = select(query._replace(trade=trade)).rivals
                    if rivals is not None and rivals not in tied:
                        tied.add(rivals)
                        ids = tuple(one.rate.id for one in rivals)
                        yield Finding("ambiguousRates", ambiguous_rates(rivals, query).message, ids)


def _doubled(rates: Sequence[TaxRate], select: Select) -> Iterator[Finding]:
    """Where two taxes apply of which one stands for the other, or one half without its equal."""
    kinds = {(rate.area, rate.type) for rate in rates}
    for rate in rates:
        pairs = [one for one in _INSTEAD if rate.type in one and kinds >= {(rate.area, kind) for kind in one}]
        for corner in _corners(rate) if pairs or rate.type in HALVES else ():
            for trade in _TRADES if rate.when is None else (rate.when,):
                query = corner._replace(trade=trade)
                winners = [one.rate for one in select(query).winners]
                if (problem := unequal_halves(winners)) is not None:
                    yield Finding("equalHalves", problem.message, tuple(one.id for one in winners))
                taxes = {one.type: one.id for one in winners}
                for one, other in pairs:
                    if one in taxes and other in taxes:
                        got = f"{checks.shown(taxes[one])} and {checks.shown(taxes[other])}"
                        told = f"expected either {one} or {other} for {query}, got {got}"
                        yield Finding("doubleTax", told, (taxes[one], taxes[other]))


def _corners(rate: TaxRate) -> Iterator[Query]:
    """Queries that the rate matches, on its first day: at both ends of each of its patterns."""
    resolved = frozenset({rate.jurisdiction_code} if rate.jurisdiction_code else ())
    ends: dict[str | None, None] = {}
    for pattern in rate.patterns:
        whole = pattern.country == "US" and pattern.kind == "prefix"
        ends |= dict.fromkeys(end.ljust(5, "0") if whole else end for end in (pattern.low, pattern.high))
    for code in ends or (None,):
        place = Place(rate.country, rate.state_code, None, None, rate.state_name, code, resolved, rate.area)
        for category in rate.tax_categories or (None,):
            yield Query(place, rate.valid_from or date.min, category, rate.when)
