"""Reading: the shape of every importer: the rates of a file as they come, and what became of the rest.

`read(path)` gives a `Reading`: an iterator of rates. Its `report` is whole once the last rate has come,
and so is the verdict: where anything is wrong, no rate comes after it, and `InvalidRate` tells it all,
each problem with its line. So nothing is kept of a file before its end.

>>> def importer(findings):
...     findings.skip("left out, since the street decides", "line 3")
...     findings.skip("left out, since the street decides", "line 7")
...     yield from ()
>>> reading = Reading(importer)
>>> list(reading)
[]
>>> print(reading.report[0].message)
line 3, line 7: left out, since the street decides
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from taxengine.core.determination import Notice
from taxengine.core.errors import InvalidInput, InvalidRate, Problem
from taxengine.core.rates import TaxRate
from taxengine.documents.fields import in_words
from taxengine.documents.shapes import MOST_PROBLEMS

_FEW = 5
"""So many places of one kind are named; the others are counted."""


class Findings:
    """What an importer finds on its way: problems, and by reason what it left out, changed or doubts."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._found: dict[tuple[str, str], list[str]] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._last: dict[tuple[str, str], str] = {}

    @property
    def full(self) -> bool:
        """Whether so much is wrong that nobody would read on."""
        return len(self.problems) >= MOST_PROBLEMS

    def skip(self, why: str, place: str) -> None:
        """Something was left out."""
        self._tell("skipped", why, place)

    def change(self, why: str, place: str) -> None:
        """Something was taken otherwise than it stands there."""
        self._tell("changed", why, place)

    def doubt(self, why: str, place: str) -> None:
        """Something was taken as it stands, and looks wrong."""
        self._tell("doubtful", why, place)

    def _tell(self, code: str, why: str, place: str) -> None:
        if self._last.get((code, why)) == place:
            return  # a row may be read for two things
        self._last[code, why] = place
        places = self._found.setdefault((code, why), [])
        if len(places) < _FEW:
            places.append(place)
        self._counts[code, why] = self._counts.get((code, why), 0) + 1

    def wrong(self, line: int, column: str, expected: str, got: object, code: str = "invalidValue") -> None:
        """A cell is not what it should be."""
        where = f"line {line}, {column}" if column else f"line {line}"
        told = f"{where}: expected {expected}, got {in_words(got)}"
        self.problems.append(Problem(code, told, column, "", {"line": line}))

    def refuse(self, error: InvalidInput, line: int, column: str = "") -> None:
        """What a row says was refused by the core."""
        where = f"line {line}, {column}" if column else f"line {line}"
        for one in error.problems:
            data = {**one.data, "line": line}
            self.problems.append(Problem(one.code, f"{where}: {one.message}", column, one.hint, data))

    def rate(self, line: int, **fields: Any) -> Iterator[TaxRate]:
        """The rate with these fields, or none and its problems."""
        try:
            yield TaxRate(**fields)
        except InvalidInput as error:
            self.refuse(error, line)

    @property
    def notices(self) -> list[Notice]:
        """A notice a reason, with the first places and how many there are."""
        notices = []
        for (code, why), places in self._found.items():
            more = self._counts[code, why] - len(places)
            told = f"{', '.join(places)}{f' and {more} more' if more else ''}: {why}"
            notices.append(Notice(code, places[0], told))
        return notices


Importer = Callable[[Findings], Iterable[TaxRate]]


class Reading(Iterator[TaxRate]):
    """The rates of a file, one by one, with the report of what was left out or changed, and why.

    Raises `InvalidRate` with every problem, up to 100, at its end; `OSError` as `open` does.
    """

    def __init__(self, importer: Importer) -> None:
        self._findings = Findings()
        self._rates = self._sound(importer)

    def _sound(self, importer: Importer) -> Iterator[TaxRate]:
        findings = self._findings
        try:
            for rate in importer(findings):
                if findings.full:
                    break
                if not findings.problems:
                    yield rate
        except InvalidInput as error:
            findings.problems.extend(error.problems)
        if findings.problems:
            raise InvalidRate(findings.problems[:MOST_PROBLEMS])

    def __next__(self) -> TaxRate:
        return next(self._rates)

    @property
    def report(self) -> list[Notice]:
        """What was left out, changed or looks doubtful so far, each reason once."""
        return self._findings.notices
