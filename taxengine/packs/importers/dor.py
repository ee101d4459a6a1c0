"""Washington: the Department of Revenue's quarterly rates, by location code and by ZIP+4.

Two files. `Rates_YYQn`: Name, Code, State, Local, RTA, Rate, Effective Date, Expiration Date; a row a
location code, for addresses whose `jurisdictions` hold it. The ZIP+4 file: ZIP, PLUS4_LOW, PLUS4_HIGH,
CODE, STATE, LOCAL, TOT_RATE, EFF_START, EFF_END; a row a range, its local rate with the regional transit
authority's in it. Both give the state's rate once, and the local one by code. Of the ZIP+4 file a ZIP
without +4, and a +4 that no row holds, have the lowest local rate of the ZIP.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     path = Path(folder, "Rates_26Q1.csv")
...     _ = path.write_text("Name,Code,State,Local,RTA,Rate,Effective Date,Expiration Date\\n"
...                         "SEATTLE,1726,.065,.0245,.014,.1035,20260101,20260331\\n")
...     for rate in read(path): print(rate.id, rate.percentage_decimal, rate.valid_until)
dor-wa-1726 0.0245 2026-04-01
dor-wa-1726-rta 0.014 2026-04-01
dor-wa-state 0.065 2026-04-01
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from taxengine.core.arithmetic import exactly
from taxengine.core.rates import Level, TaxRate, TaxType
from taxengine.packs.importers.areas import Areas, pieces
from taxengine.packs.importers.reading import Findings, Reading
from taxengine.packs.importers.rows import FilePath, Row, has_columns, rows

COLUMNS = ("Name", "Code", "State", "Local", "RTA", "Rate", "Effective Date", "Expiration Date")
ZIP_COLUMNS = (
    *("ZIP", "PLUS4_LOW", "PLUS4_HIGH", "CODE", "STATE", "LOCAL"),
    *("TOT_RATE", "EFF_START", "EFF_END"),
)


class _Local(NamedTuple):
    """What a location levies."""

    code: str
    local: Decimal


class _Span(NamedTuple):
    since: date | None
    until: date | None


def read(path: FilePath) -> Reading:
    """The rates of either file."""
    by_zip = has_columns(path, ZIP_COLUMNS)
    return Reading(lambda findings: (_by_zip if by_zip else _by_code)(findings, path))


def _by_code(findings: Findings, path: FilePath) -> Iterator[TaxRate]:
    states = _States(findings)
    seen: dict[tuple[str, _Span], tuple[Decimal | None, ...]] = {}
    for row in rows(path, findings, COLUMNS):
        before = len(findings.problems)
        code, span = row["Code"].zfill(4), _Span(row.day("Effective Date"), row.day_after("Expiration Date"))
        parts = tuple(row.needed(name) for name in ("State", "Local", "RTA"))
        _compare(findings, row, parts, row.needed("Rate"))
        if not _sound(findings, row, "Code", code) or len(findings.problems) > before:
            continue
        if (code, span) in seen:
            if seen[code, span] == parts:
                findings.skip("left out, since it says the same as a line before", row.place)
            else:
                findings.wrong(row.line, "Code", "each location code once", code, "duplicateId")
            continue
        seen[code, span] = parts
        state, local, transit = parts
        states.add(row.line, state, span)
        name = f"WA {row['Name']}"
        own = _Own(f"dor-wa-{code}", name, Level.CITY, code)
        yield from _rate(findings, row.line, own, local, span)
        if transit:
            told = f"{name}, regional transit authority"
            own = _Own(f"dor-wa-{code}-rta", told, Level.DISTRICT, code)
            yield from _rate(findings, row.line, own, transit, span)
    yield from states.rate()


def _by_zip(findings: Findings, path: FilePath) -> Iterator[TaxRate]:
    states = _States(findings)
    areas = Areas(lambda names, _: (_total(names), None))
    for row in rows(path, findings, ZIP_COLUMNS):
        code, span = row["CODE"].zfill(4), _Span(row.day("EFF_START"), row.day_after("EFF_END"))
        state, local = row.needed("STATE"), row.needed("LOCAL")
        _compare(findings, row, (state, local), row.needed("TOT_RATE"))
        ends = [row[name].zfill(width) for name, width in (("ZIP", 5), ("PLUS4_LOW", 4), ("PLUS4_HIGH", 4))]
        if not all(end.isascii() and end.isdigit() for end in ends) or len("".join(ends)) != 13:
            findings.wrong(row.line, "ZIP", "a ZIP and two +4s", " ".join(ends)[:20], "invalidPostalCode")
        elif ends[1] > ends[2]:
            findings.wrong(row.line, "PLUS4_LOW", "a lower end, then a higher one", row["PLUS4_LOW"])
        elif _sound(findings, row, "CODE", code) and local is not None:
            states.add(row.line, state, span)
            kind = areas.kind(*_days(span), [_Local(code, local)])
            areas.add_plus4(int(ends[0] + ends[1]), int(ends[0] + ends[2]), kind)
    yield from states.rate()
    numbers: dict[str, int] = {}
    if findings.problems:
        return
    for (place, since, until), ranges in sorted(areas.spread().items(), key=lambda one: one[0]):
        for text in pieces(ranges):
            number = numbers[place.code] = numbers.get(place.code, 0) + 1
            name = f"WA location {place.code}"
            own = _Own(f"dor-wa-{place.code}-zip-{number}", name, Level.CITY, place.code)
            span = _Span(_date(since), _date(until))
            yield from _rate(findings, 0, own, place.local, span, jurisdiction=text, by_postal_code=True)
    for zip_code in areas.zips_from_plus4:
        findings.change("the ZIP without +4 has the lowest of its ZIP+4s", f"ZIP {zip_code:05d}")


@exactly
def _total(names: Sequence[Any]) -> Decimal:
    return sum((name.local for name in names), Decimal(0))


@exactly
def _compare(findings: Findings, row: Row, parts: Sequence[Decimal | None], whole: Decimal | None) -> None:
    stated = [part for part in parts if part is not None]
    if len(stated) == len(parts) and whole is not None and sum(stated) != whole:
        findings.doubt("the parts do not add up to the whole; the parts were taken", row.place)


def _sound(findings: Findings, row: Row, column: str, code: str) -> bool:
    sound = code.isascii() and code.isdigit() and len(code) == 4
    if not sound:
        findings.wrong(row.line, column, "a location code of four digits", row[column])
    return sound


def _days(span: _Span) -> tuple[int, int]:
    return (span.since or date.min).toordinal(), (span.until or date.max).toordinal()


def _date(day: int) -> date | None:
    found = date.fromordinal(day)
    return None if found in (date.min, date.max) else found


class _States:
    """The state's own rate: one for all rows, for as long as any of them holds."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._known: tuple[int, Decimal] | None = None
        self._spans: list[_Span] = []

    def add(self, line: int, state: Decimal | None, span: _Span) -> None:
        if state is None:
            return
        self._known = self._known or (line, state)
        if self._known[1] != state:
            told = f"the state's rate as in line {self._known[0]}, {self._known[1]}"
            self._findings.wrong(line, "State", told, f"{state:f}", "duplicateId")
        self._spans.append(span)

    def rate(self) -> Iterator[TaxRate]:
        if self._known is not None:
            starts, ends = zip(*self._spans, strict=True)
            since = None if None in starts else min(starts)
            span = _Span(since, None if None in ends else max(ends))
            own = _Own("dor-wa-state", "WA state", Level.STATE, None)
            yield from _rate(self._findings, self._known[0], own, self._known[1], span)


class _Own(NamedTuple):
    """What a rate is called, and whose it is."""

    id: str
    name: str
    level: Level
    jurisdiction_code: str | None


def _rate(
    findings: Findings, line: int, own: _Own, fraction: Decimal | None, span: _Span, **fields: Any
) -> Iterator[TaxRate]:
    yield from findings.rate(
        line,
        country="US",
        state="WA",
        type=TaxType.SALES_TAX,
        percentage_decimal=fraction,
        inclusive=None,
        valid_from=span.since,
        valid_until=span.until,
        **own._asdict(),
        **fields,
    )
