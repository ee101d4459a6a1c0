"""Areas: ZIP codes and what lies in each, for every time, from records that overlap.

Records claim ZIP+4 codes or whole ZIP codes for a time, each with its set of names (jurisdictions). A
ZIP+4 has what the ZIP+4 records say; where none speaks of it then, what those of its ZIP say. Of several
records one is chosen: the cheapest, as the law has it. A ZIP without records of its own has the cheapest
that its ZIP+4 records say, else its streets. So all that comes out is disjoint.

A ZIP without +4 is its +4 of 0000, which is nobody's.

>>> def cost(names, day): return len(names), None
>>> areas = Areas(cost)
>>> areas.add_zips(55101, 55101, areas.kind(0, 9, ["county"]))
>>> areas.add_plus4(551010001, 551011499, areas.kind(0, 9, ["county", "city"]))
>>> areas.add_plus4(551011000, 551011999, areas.kind(0, 5, ["county"]))
>>> for cell, ranges in sorted(areas.spread().items()): print(*cell, *pieces(ranges))
city 0 9 551010001..551010999
city 5 9 551011000..551011499
county 0 9 55101
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

Cost = Callable[[Sequence[Any], int], tuple[Any, int | None]]
"""What names come to on a day, and the next day on which that changes, None where it does not."""

Cell = tuple[Any, int, int]
"""A name, the day from which it lies somewhere, and the day from which it does not."""

_HIGH, _LOW = 32, 46
"""Where the ends of a range stand in a record: +4 codes, above the number of its kind."""
_PLUS4 = (1 << 14) - 1
_KIND = (1 << _HIGH) - 1
_MOST_MEMORY = 50_000
_MOST_TEXT = 60_000


class Ranges(NamedTuple):
    """Ranges of nine digits, in order; neighbours are joined."""

    lows: array[int]
    highs: array[int]

    def add(self, low: int, high: int) -> None:
        """One more, above all that are there."""
        if self.highs and self.highs[-1] + 1 == low:
            self.highs[-1] = high
        else:
            self.lows.append(low)
            self.highs.append(high)


class Timeline(NamedTuple):
    """What lies in an area through time, as the ranges that it is added to; whether it was a choice."""

    ranges: Sequence[Ranges]
    chosen: bool


class Areas:
    """Collects records, and spreads them over the ZIP codes. A record takes 8 bytes."""

    def __init__(self, cost: Cost) -> None:
        self._cost = cost
        self._kinds: list[tuple[int, int, int]] = []
        self._kind_of: dict[tuple[int, int, int], int] = {}
        self._sets: list[tuple[Hashable, ...]] = []
        self._set_of: dict[tuple[Hashable, ...], int] = {}
        self._plus4: dict[int, array[int]] = {}
        self._zips: dict[int, set[int]] = {}
        self._streets: dict[int, set[int]] = {}
        self._cells: dict[Cell, Ranges] = {}
        self._known: dict[tuple[Sequence[int], ...], Timeline] = {}
        self.chosen = 0
        """How many areas had several records in force, of which the cheapest was taken."""
        self.zips_from_plus4: list[int] = []
        self.zips_from_streets: list[int] = []

    def kind(self, since: int, until: int, names: Iterable[Any]) -> int:
        """The number of a kind of record: from a day, until a day, with these names."""
        unique = tuple(sorted(set(names)))
        at = self._set_of.setdefault(unique, len(self._sets))
        if at == len(self._sets):
            self._sets.append(unique)
        key = since, until, at
        number = self._kind_of.setdefault(key, len(self._kinds))
        if number == len(self._kinds):
            self._kinds.append(key)
        return number

    def add_plus4(self, low: int, high: int, kind: int) -> None:
        """A record of ZIP+4 codes, nine digits each; it may go on into the next ZIPs."""
        first, last = low // 10000, high // 10000
        for code in range(first, last + 1):
            start = max(low % 10000, 1) if code == first else 1
            end = high % 10000 if code == last else 9999
            if end:
                record = start << _LOW | end << _HIGH | kind
                held = self._plus4.get(code)
                if held is None:
                    self._plus4[code] = array("Q", (record,))
                else:
                    held.append(record)

    def add_zips(self, low: int, high: int, kind: int) -> None:
        """A record of whole ZIP codes."""
        for code in range(low, high + 1):
            self._zips.setdefault(code, set()).add(kind)

    def add_street(self, code: int, kind: int) -> None:
        """A record of a street in a ZIP: it counts only where nothing else speaks of the ZIP."""
        self._streets.setdefault(code, set()).add(kind)

    def spread(self) -> Mapping[Cell, Ranges]:
        """Where each name lies, and when: disjoint for each name."""
        for code in sorted({*self._plus4, *self._zips, *self._streets}):
            self._spread(code)
        return self._cells

    def _spread(self, code: int) -> None:
        records = sorted(set(self._plus4.pop(code, ())))
        of_zip = self._zips.get(code)
        if of_zip is None and records:
            self.zips_from_plus4.append(code)
            of_zip = {record & _KIND for record in records}
        elif of_zip is None:
            self.zips_from_streets.append(code)
            of_zip = self._streets[code]
        whole = tuple(sorted(of_zip))
        starts, ends, _ = zip(*[self._kinds[number] for number in whole], strict=True)
        since, until = min(starts), max(ends)
        at, chosen = 0, False
        for low, high, kinds in _segments(records):
            chosen |= self._add(code, at, low - 1, (whole,))
            start, end, _ = self._kinds[kinds[0]]
            ranks = (kinds,) if start <= since and until <= end else (kinds, whole)
            self.chosen += self._add(code, low, high, ranks)
            at = high + 1
        if at <= 9999:
            chosen |= self._add(code, at, 9999, (whole,))
        self.chosen += chosen and code in self._zips

    def _add(self, code: int, low: int, high: int, ranks: tuple[Sequence[int], ...]) -> bool:
        """Fill a part of a ZIP; whether it was a choice."""
        if low > high:
            return False
        timeline = self._known.get(ranks)
        if timeline is None:
            if len(self._known) >= _MOST_MEMORY:
                self._known.clear()
            timeline = self._known[ranks] = self._timeline(ranks)
        start = code * 10000
        for ranges in timeline.ranges:
            ranges.add(start + low, start + high)
        return timeline.chosen

    def _timeline(self, ranks: Iterable[Sequence[int]]) -> Timeline:
        """The cheapest of the first rank that has any record in force, day by day."""
        records = [[self._kinds[number] for number in rank] for rank in ranks]
        days = sorted({day for rank in records for since, until, _ in rank for day in (since, until)})
        spans: dict[Any, list[list[int]]] = {}
        several = False
        for since, until in pairwise(days):
            held = (
                [self._sets[at] for start, end, at in rank if start <= since and until <= end]
                for rank in records
            )
            rivals = sorted(set(next(filter(None, held), ())))
            several |= len(rivals) > 1
            for start, end, names in self._cheapest(rivals, since, until):
                for name in names:
                    lately = spans.setdefault(name, [])
                    if lately and lately[-1][1] == start:
                        lately[-1][1] = end
                    else:
                        lately.append([start, end])
        cells = ((name, start, end) for name, found in spans.items() for start, end in found)
        ranges = [self._cells.setdefault(cell, Ranges(array("I"), array("I"))) for cell in cells]
        return Timeline(ranges, several)

    def _cheapest(
        self, rivals: Sequence[tuple[Any, ...]], since: int, until: int
    ) -> Iterator[tuple[int, int, tuple[Any, ...]]]:
        """The cheapest set of names from day to day; it may change where a rate does."""
        if len(rivals) < 2:
            yield from ((since, until, names) for names in rivals)
            return
        start = since
        while start < until:
            costs = [self._cost(names, start) for names in rivals]
            end = min([until, *(change for _, change in costs if change is not None)])
            cheapest = min(range(len(rivals)), key=lambda at: (costs[at][0], len(rivals[at]), at))
            yield start, end, rivals[cheapest]
            start = end


def _segments(records: Sequence[int]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Ranges of +4 codes with the kinds of the records that hold them, disjoint and in order."""
    at, count = 0, len(records)
    while at < count:
        low, high = records[at] >> _LOW, records[at] >> _HIGH & _PLUS4
        end = at + 1
        while end < count and records[end] >> _LOW <= high:
            high = max(high, records[end] >> _HIGH & _PLUS4)
            end += 1
        if end == at + 1:
            yield low, high, (records[at] & _KIND,)
        else:
            yield from _cut(records[at:end])
        at = end


def _cut(records: Sequence[int]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Records that overlap, cut where any of them begins or ends."""
    changes: dict[int, list[tuple[int, bool]]] = {}
    for record in records:
        low, high, kind = record >> _LOW, record >> _HIGH & _PLUS4, record & _KIND
        changes.setdefault(low, []).append((kind, True))
        changes.setdefault(high + 1, []).append((kind, False))
    held: dict[int, int] = {}
    for low, after in pairwise(sorted(changes)):
        for kind, begins in changes[low]:
            held[kind] = held.get(kind, 0) + (1 if begins else -1)
            if not held[kind]:
                del held[kind]
        yield low, after - 1, tuple(sorted(held))


def pieces(ranges: Ranges) -> Iterator[str]:
    """The ranges as our patterns, in texts that a rate may hold: a long one goes on in the next rate."""
    held: list[str] = []
    size = 0
    for pattern in patterns(ranges):
        held.append(pattern)
        size += len(pattern) + 1
        if size > _MOST_TEXT:
            yield ",".join(held)
            held, size = [], 0
    if held:
        yield ",".join(held)


def patterns(ranges: Ranges) -> Iterator[str]:
    """The ranges as our patterns: whole ZIPs, a ZIP alone (its +4 of 0000), ZIP+4s.

    >>> list(patterns(Ranges(array("I", [551010000, 560010000]), array("I", [551030001, 560010000]))))
    ['55101..55102', '551030000', '551030001', '560010000']
    """
    for low, high in zip(ranges.lows, ranges.highs, strict=True):
        (first, start), (last, end) = divmod(low, 10000), divmod(high, 10000)
        if first == last and (start, end) != (0, 9999):
            yield from _part(low, high)
            continue
        if start:
            yield from _part(low, first * 10000 + 9999)
        whole = first + (start > 0), last - (end < 9999)
        if whole[0] <= whole[1]:
            yield f"{whole[0]:05d}" if whole[0] == whole[1] else f"{whole[0]:05d}..{whole[1]:05d}"
        if end < 9999:
            yield from _part(last * 10000, high)


def _part(low: int, high: int) -> Iterator[str]:
    """A part of one ZIP."""
    if low % 10000 == 0:
        yield f"{low:09d}"
        low += 1
    if low <= high:
        yield f"{low:09d}" if low == high else f"{low:09d}..{high:09d}"
