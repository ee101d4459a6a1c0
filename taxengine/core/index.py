"""Index: where each rate is filed, so that those that may match are found without reading the others.

A rate lies under the narrowest thing that it asks of a place: its postal patterns (exact by hash,
prefixes by length, ranges in a tree), else its jurisdiction code, else its state, else its country; and
there by tax category, and by date where many lie together.

>>> spans = Spans([(1, 5, "a"), (2, 3, "b"), (4, 9, "c")])
>>> sorted(spans.at(2)), spans.at(6)
(['a', 'b'], ['c'])
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from taxengine.core.place import ANYWHERE, Place, PostalPattern, postal_shape, postal_views
from taxengine.core.rates import TaxRate
from taxengine.core.selection import Breadth, Query, breadth_in_all
from taxengine.core.territories import territory_of_rate

V = TypeVar("V")
Entry = tuple[TaxRate, PostalPattern | None, Breadth]
_FEW = 16
"""So many entries are faster read through than searched."""


class Spans(Generic[V]):
    """Closed intervals with values; those that hold a point are found in O(log n + found).

    Sorted by their lower ends, with the highest upper end of each half, and of each half of that. Where
    none overlap, as rates of postal ranges mostly do, at most one holds the point: the last to begin.
    """

    __slots__ = ("_lows", "_overlap", "_spans", "_tops")

    def __init__(self, spans: Iterable[tuple[Any, Any, V]]) -> None:
        self._spans = sorted(spans, key=lambda span: (span[0], span[1]))
        self._lows = [low for low, _, _ in self._spans]
        self._tops = [high for _, high, _ in self._spans]
        self._overlap = any(high >= low for high, low in zip(self._tops, self._lows[1:], strict=False))
        self._top(0, len(self._spans))

    def _top(self, start: int, end: int) -> Any:
        middle = (start + end) // 2
        for first, last in ((start, middle), (middle + 1, end)):
            if first < last:
                self._tops[middle] = max(self._tops[middle], self._top(first, last))
        return self._tops[middle]

    def at(self, point: Any) -> list[V]:
        """The values of the intervals that hold the point, in no order."""
        if not self._overlap:
            last = bisect_right(self._lows, point) - 1
            return [self._spans[last][2]] if last >= 0 and point <= self._spans[last][1] else []
        found = []
        halves = [(0, len(self._spans))]
        while halves:
            start, end = halves.pop()
            middle = (start + end) // 2
            if start == end or self._tops[middle] < point:
                continue
            low, high, value = self._spans[middle]
            if low <= point:
                if point <= high:
                    found.append(value)
                halves.append((middle + 1, end))
            halves.append((start, middle))
        return found


Leaf = list[Entry] | Spans[Entry]


class Index:
    """The active rates, filed. What it finds for a query holds every rate that matches, and few others."""

    __slots__ = ("_asked", "_ranges", "_shelves", "traded")

    def __init__(self, rates: Sequence[TaxRate]) -> None:
        shelves: dict[tuple[str, str, str | None], dict[str, list[Entry]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._asked: dict[tuple[str, str | None], set[str]] = defaultdict(set)
        self.traded = {rate.area for rate in rates if rate.when is not None}
        for rate in rates:
            if rate.active:
                self._note(rate)
                for kind, text, entry in _spots(rate):
                    for category in rate.tax_categories or (None,):
                        shelves[rate.area, kind, category][text].append(entry)
        self._ranges = {
            (area, category): _ranges(shelf)
            for (area, kind, category), shelf in shelves.items()
            if kind == "range"
        }
        self._shelves: dict[tuple[str, str, str | None], dict[str, Leaf]] = {
            where: {text: _leaf(entries) for text, entries in shelf.items()}
            for where, shelf in shelves.items()
            if where[1] != "range"
        }

    def _note(self, rate: TaxRate) -> None:
        asked = self._asked[rate.area, rate.state_code]
        if rate.state_code is not None:
            territory, _ = territory_of_rate(rate.country, rate.state_code, ())
            told = "postalCode or state" if territory is not None and territory.codes else "state"
            self._asked[rate.area, None].add(told)
        if rate.patterns:
            asked.add("postalCode")
        if rate.jurisdiction_code is not None and not rate.by_postal_code:
            asked.add("jurisdictions")

    def unsaid(self, place: Place, resolved: bool) -> list[str]:
        """What rates of the country, or of the state, ask of a place that this one does not say."""
        asked = {
            *self._asked.get((place.area, None), ()),
            *self._asked.get((place.area, place.state), ()),
        }
        codes = resolved or place.jurisdictions
        said = {"state": place.state, "postalCode": place.postal_code, "jurisdictions": codes}
        said["postalCode or state"] = place.postal_code or place.state
        return [field for field, value in said.items() if field in asked and not value]

    def candidates(self, query: Query) -> Iterable[tuple[TaxRate, Breadth]]:
        """The rates that may match, each with the breadth of its postal patterns that do."""
        day, code = query.tax_date.toordinal(), query.place.postal_code
        found: dict[int, tuple[TaxRate, Breadth]] = {}
        for leaf in self._leaves(query):
            for rate, pattern, breadth in leaf if isinstance(leaf, list) else leaf.at(day):
                if pattern is None or (code is not None and pattern.matches(code)):
                    known = found.get(id(rate))
                    if known is None or breadth < known[1]:
                        found[id(rate)] = rate, breadth
        return found.values()

    def _leaves(self, query: Query) -> Iterator[Leaf]:
        area, code = query.place.area, query.place.postal_code
        spots = _spots_of(query.place)
        for category in _ancestors(query.tax_category):
            for kind, texts in spots:
                shelf = self._shelves.get((area, kind, category))
                if shelf is not None:
                    yield from (shelf[text] for text in texts if text in shelf)
            ranges = self._ranges.get((area, category))
            if ranges is not None and code is not None:
                for view in postal_views(query.place.country, code):
                    spans = ranges.get(postal_shape(view))
                    if spans is not None:
                        yield from spans.at(view)


def _spots(rate: TaxRate) -> Iterator[tuple[str, str, Entry]]:
    if rate.patterns:
        whole = breadth_in_all(rate) if len(rate.patterns) > 1 else None
        for pattern in rate.patterns:
            text = f"{pattern.low}..{pattern.high}" if pattern.kind == "range" else pattern.low
            yield pattern.kind, text, (rate, pattern, whole or pattern.breadth)
    elif rate.jurisdiction_code is not None:
        yield "code", rate.jurisdiction_code, (rate, None, ANYWHERE)
    elif rate.state_code is not None:
        yield "state", rate.state_code, (rate, None, ANYWHERE)
    elif rate.state_name is not None:
        yield "name", rate.state_name, (rate, None, ANYWHERE)
    else:
        yield "country", "", (rate, None, ANYWHERE)


def _spots_of(place: Place) -> list[tuple[str, list[str]]]:
    """Where rates for this place lie, ranges aside."""
    code = place.postal_code or ""
    return [
        ("exact", list(postal_views(place.country, code)) if code else []),
        ("prefix", [code[:end] for end in range(1, len(code) + 1)]),
        ("code", list(place.jurisdictions)),
        ("state", [place.state] if place.state else []),
        ("name", [name for name in (place.city, place.county, place.state_name) if name]),
        ("country", [""]),
    ]


def _ancestors(category: str | None) -> list[str | None]:
    """No category, and each that covers this one.

    >>> _ancestors("food.bread")
    [None, 'food', 'food.bread']
    """
    parts = category.split(".") if category else []
    return [None, *(".".join(parts[:end]) for end in range(1, len(parts) + 1))]


def _leaf(entries: list[Entry]) -> Leaf:
    if len(entries) <= _FEW:
        return entries
    return Spans((*_days(one[0].valid_from, one[0].valid_until), one) for one in entries)


def _days(since: date | None, until: date | None) -> tuple[int, int]:
    """The first and the last day of a validity, as numbers."""
    return (since or date.min).toordinal(), until.toordinal() - 1 if until else date.max.toordinal()


def _ranges(shelf: dict[str, list[Entry]]) -> dict[str, Spans[Leaf]]:
    by_shape: dict[str, list[tuple[str, str, Leaf]]] = defaultdict(list)
    for text, entries in shelf.items():
        low, _, high = text.partition("..")
        by_shape[postal_shape(low)].append((low, high, _leaf(entries)))
    return {shape: Spans(spans) for shape, spans in by_shape.items()}
