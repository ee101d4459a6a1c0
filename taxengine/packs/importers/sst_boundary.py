"""Streamlined boundaries: which ZIP codes lie in which jurisdictions, joined with the state's rate file.

No header, 29 columns and up to 20 triplets of special districts. A record is of a ZIP range (Z), a ZIP+4
range (4) or a range of houses in a street (A). What comes out are the rates of the rate file, by code,
for addresses whose `jurisdictions` somebody has resolved; and again with the ZIP codes that the state
assigns to them, for those where nobody has (`byPostalCode`). Those ranges are disjoint: a ZIP+4 has one
record's jurisdictions, each a rate of its own, and overlapping districts add up.

The law (Streamlined Sales and Use Tax Agreement, section 305) lets a seller who knows no more than the
ZIP+4 take the lowest combined rate there, and who knows no more than the ZIP the lowest in it. So of
several records that are in force the one with the lowest general rate within the state is taken. Houses
cannot be told from ZIP codes: street records count only where no other record speaks of their ZIP.

Source of the layout: Streamlined Sales Tax Governing Board, Rate and Boundary Files; page not compared.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from taxengine.core.arithmetic import ZERO, exactly
from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.rates import TaxRate
from taxengine.documents.parsing import decoded
from taxengine.packs.importers.areas import Areas, pieces
from taxengine.packs.importers.reading import Findings, Reading
from taxengine.packs.importers.rows import FilePath, day_of
from taxengine.packs.importers.sst import (
    STATE,
    Jurisdiction,
    Periods,
    jurisdiction_of,
    periods_of,
    rates_of,
)

COLUMNS = 29
_ZIP, _ZIP_LOW, _PLUS4_LOW, _ZIP_HIGH, _PLUS4_HIGH = 15, 17, 18, 19, 20
_STATE, _COUNTY, _PLACE = 22, 24, 25
_MOST_ZIPS = 5000
"""No state has more ZIP codes: a record over more of them is a slip."""
_ZIP5 = re.compile("[0-9]{1,5}").fullmatch


def read(path: FilePath, rates: FilePath) -> Reading:
    """The rates of a Streamlined rate file (`rates`) with the ZIP codes of a boundary file."""
    return Reading(lambda findings: _Boundaries(findings, periods_of(rates, findings)).rates(path))


class _Boundaries:
    """Reads one boundary file over the rates of its state."""

    def __init__(self, findings: Findings, periods: Periods) -> None:
        self._findings = findings
        self._periods = periods
        self._costs: dict[tuple[Sequence[Jurisdiction], int], tuple[Decimal, int | None]] = {}
        self._areas = Areas(self._cost)
        self._kinds: dict[tuple[str, ...], int | None] = {}
        self._unknown: set[Jurisdiction] = set()
        self._line = 0

    def rates(self, path: FilePath) -> Iterator[TaxRate]:
        """All rates, first those of the rate file by code, then those by ZIP code."""
        if not self._findings.problems:
            self._read(path)
        if self._findings.problems:
            return
        for jurisdiction, periods in self._periods.items():
            for period in periods:
                yield from rates_of(self._findings, jurisdiction, period)
        cells = sorted(self._areas.spread().items(), key=lambda one: one[0])
        self._tell()
        numbers: dict[Jurisdiction, int] = {}
        for (jurisdiction, since, until), ranges in cells:
            for text in pieces(ranges):
                number = numbers[jurisdiction] = numbers.get(jurisdiction, 0) + 1
                yield from self._with_zips(jurisdiction, (since, until), text, number)

    def _with_zips(
        self, jurisdiction: Jurisdiction, days: tuple[int, int], text: str, number: int
    ) -> Iterator[TaxRate]:
        """The rates of a jurisdiction while these ZIP codes lie in it."""
        since, until = date.fromordinal(days[0]), date.fromordinal(days[1])
        for period in self._periods[jurisdiction]:
            starts, ends = max(period.since or date.min, since), min(period.until or date.max, until)
            if starts < ends:
                yield from rates_of(
                    self._findings,
                    jurisdiction,
                    period,
                    f"-zip-{number}",
                    jurisdiction=text,
                    by_postal_code=True,
                    valid_from=starts,
                    valid_until=None if ends == date.max else ends,
                )

    def _read(self, path: FilePath) -> None:
        read = {"4": self._plus4, "Z": self._zips, "A": self._street}
        with Path(path).open("rb") as stream:
            for line in stream:
                self._line += 1
                cells = decoded(line, self._line).rstrip("\r\n").split(",", COLUMNS)
                record = read.get(cells[0].upper())
                if record is None and not any(cells):
                    continue
                if record is None:
                    self._wrong("record type", "Z, 4 or A", cells[0][:9])
                elif len(cells) < COLUMNS:
                    self._wrong("", f"{COLUMNS} cells or more", f"{len(cells)}", "invalidCsv")
                else:
                    record(cells)
                if self._findings.full:
                    return
        if not self._line:
            raise InvalidInput(Problem("emptyDocument", "file: expected boundaries, got nothing"))

    def _plus4(self, cells: list[str]) -> None:
        low, high = cells[_ZIP_LOW], cells[_ZIP_HIGH] or cells[_ZIP_LOW]
        more_low, more_high = cells[_PLUS4_LOW] or "0001", cells[_PLUS4_HIGH] or "9999"
        digits = low + high + more_low + more_high
        first = last = 0
        if digits.isdigit() and digits.isascii() and low and len(digits) <= 18:
            # The files drop leading zeros: as numbers, 55 is +4 0055, and 7001 the ZIP 07001.
            first, last = int(low) * 10000 + int(more_low), int(high) * 10000 + int(more_high)
        wide = last - first >= _MOST_ZIPS * 10000 or last > 999_999_999
        if not 0 < first <= last or wide or len(more_low) > 4 or len(more_high) > 4:
            got = f"{low}-{more_low}, {high}-{more_high}"[:40]
            self._wrong("ZIP", "a lower ZIP+4, then a higher one", got, "invalidPostalCode")
            return
        kind = self._kind(cells)
        if kind is not None:
            self._areas.add_plus4(first, last, kind)

    def _zips(self, cells: list[str]) -> None:
        low, high = cells[_ZIP_LOW], cells[_ZIP_HIGH] or cells[_ZIP_LOW]
        if not (_ZIP5(low) and _ZIP5(high) and int(low) <= int(high) < int(low) + _MOST_ZIPS):
            self._wrong("ZIP", "a lower end, then a higher one", f"{low},{high}"[:20], "invalidPostalCode")
            return
        kind = self._kind(cells)
        if kind is not None:
            self._areas.add_zips(int(low), int(high), kind)

    def _street(self, cells: list[str]) -> None:
        """A street may hold commas in quotes, so it is read by the rules of CSV where it does."""
        self._findings.skip("left out: a ZIP code does not tell the houses of a street", f"line {self._line}")
        if '"' in ",".join(cells):
            cells = _unquoted(cells)
        if len(cells) < COLUMNS or not _ZIP5(cells[_ZIP]):
            self._wrong("ZIP", "the ZIP code of the street", cells[_ZIP][:20] if cells[_ZIP:] else "")
            return
        kind = self._kind(cells)
        if kind is not None:
            self._areas.add_street(int(cells[_ZIP]), kind)

    def _kind(self, cells: list[str]) -> int | None:
        """The number of the record's kind: its days and jurisdictions. Most records are of a known one."""
        key = (cells[1], cells[2], cells[_STATE], cells[_COUNTY], cells[_PLACE], *cells[COLUMNS:])
        if key in self._kinds:
            kind = self._kinds[key]
            if kind is None:
                self._void()
            return kind
        since, until = day_of(cells[1], last=False), day_of(cells[2], last=True)
        if not isinstance(since, date) or until is False:
            self._wrong("begin, end", "dates such as 20260101", f"{cells[1]},{cells[2]}"[:30], "invalidDate")
            return None
        ends = until.toordinal() if isinstance(until, date) else date.max.toordinal()
        if ends <= since.toordinal():
            self._kinds[key] = None
            self._void()
            return None
        kind = self._kinds[key] = self._areas.kind(since.toordinal(), ends, self._joined(cells))
        return kind

    def _void(self) -> None:
        self._findings.skip("left out, since it ended before it began", f"line {self._line}")

    def _joined(self, cells: list[str]) -> Iterator[Jurisdiction]:
        """The jurisdictions of a record, as far as the rate file knows them."""
        state = cells[_STATE].zfill(2)
        named = [(STATE, state), ("00", cells[_COUNTY]), ("01", cells[_PLACE])]
        districts = cells[COLUMNS].split(",") if cells[COLUMNS:] else []
        for source, code, kind in zip(*[iter(districts)] * 3, strict=False):
            if kind.strip().zfill(2) != STATE and (source or code):
                named.append((kind.strip().zfill(2), code))
        for kind, code in named:
            if code.strip():
                found = jurisdiction_of(state, kind, code.strip())
                if found in self._periods:
                    yield found
                elif found not in self._unknown:
                    self._unknown.add(found)
                    told = "not in the rate file, so it levies nothing"
                    self._findings.skip(told, f"line {self._line}: {found.level} {found.code}")

    @exactly
    def _cost(self, names: Sequence[Any], day: int) -> tuple[Decimal, int | None]:
        """What the general rates of jurisdictions add up to on a day, and when one of them changes."""
        key = names, day
        known = self._costs.get(key)
        if known is None:
            total, days = ZERO, set()
            on = date.fromordinal(day)
            for name in names:
                for period in self._periods[name]:
                    days |= {one.toordinal() for one in (period.since, period.until) if one is not None}
                    if (period.since or date.min) <= on < (period.until or date.max):
                        total += period.general[0]
            changes = sorted(days)
            at = bisect_right(changes, day)
            known = self._costs[key] = total, changes[at] if at < len(changes) else None
        return known

    def _tell(self) -> None:
        areas = self._areas
        if areas.chosen:
            told = "several records are in force: the one with the lowest rate was taken, as the law has it"
            self._findings.change(told, f"{areas.chosen} area{'' if areas.chosen == 1 else 's'}")
        for code in areas.zips_from_plus4:
            told = "the ZIP alone has no record: the lowest of its ZIP+4s was taken"
            self._findings.change(told, f"ZIP {code:05d}")
        for code in areas.zips_from_streets:
            told = "the ZIP stands in street records only: the lowest of them was taken"
            self._findings.change(told, f"ZIP {code:05d}")

    def _wrong(self, column: str, expected: str, got: str, code: str = "invalidValue") -> None:
        self._findings.wrong(self._line, column, expected, got, code)


def _unquoted(cells: list[str]) -> list[str]:
    import csv

    (row,) = csv.reader([",".join(cells)])
    return row[:COLUMNS] + ([",".join(row[COLUMNS:])] if len(row) > COLUMNS else [])
