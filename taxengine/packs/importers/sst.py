"""Streamlined Sales Tax: the rate files of the member states, a row a jurisdiction and period.

No header, nine columns: state, type and code of the jurisdiction, general rate within the state and from
outside it, food and drug rate within and from outside, first day, last day. Each row becomes a rate of
its level; a county, city or district is told by its code, which an address holds in `jurisdictions`:
FIPS `27053` for a county, `2743000` for a place, `27-63-80004` for a district.

Food and drugs get a rate of their own, for the tax categories `food` and `drugs`, where their columns
say another one than the general; blank columns say nothing, so the general rate holds.

Source of the layout: Streamlined Sales Tax Governing Board, Rate and Boundary Files; page not compared.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     path = Path(folder, "rates.csv")
...     _ = path.write_text("13,45,13,0.04,0.04,0,0,20110101,29991231\\n"
...                         "13,00,001,0.04,0.04,,,20221001,29991231\\n")
...     for rate in read(path): print(rate.id, rate.percentage_decimal, rate.jurisdiction_code)
sst-ga-state 0.04 None
sst-ga-state-food 0 None
sst-ga-county-001 0.04 13001
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from taxengine.core.errors import Problem
from taxengine.core.rates import Level, TaxRate, TaxType, Treatment, When
from taxengine.packs.importers.reading import Findings, Reading
from taxengine.packs.importers.rows import FilePath, Row, short, table

FOOD = ("food", "drugs")
"""The tax categories of the columns for food and drugs."""

STATE = "45"
_LEVELS = {"45": Level.STATE, "00": Level.COUNTY, "01": Level.CITY, "63": Level.DISTRICT}
_COLUMNS = (
    *("state", "type", "code", "general intrastate", "general interstate"),
    *("food intrastate", "food interstate", "begin", "end"),
)

# The numbers of the states. Source: ANSI INCITS 38, as the Census Bureau lists it; page not compared.
_STATES = dict(
    pair.split()
    for pair in (
        *("01 AL", "02 AK", "04 AZ", "05 AR", "06 CA", "08 CO", "09 CT", "10 DE", "11 DC", "12 FL", "13 GA"),
        *("15 HI", "16 ID", "17 IL", "18 IN", "19 IA", "20 KS", "21 KY", "22 LA", "23 ME", "24 MD", "25 MA"),
        *("26 MI", "27 MN", "28 MS", "29 MO", "30 MT", "31 NE", "32 NV", "33 NH", "34 NJ", "35 NM", "36 NY"),
        *("37 NC", "38 ND", "39 OH", "40 OK", "41 OR", "42 PA", "44 RI", "45 SC", "46 SD", "47 TN", "48 TX"),
        *("49 UT", "50 VT", "51 VA", "53 WA", "54 WV", "55 WI", "56 WY"),
    )
)


class Jurisdiction(NamedTuple):
    """An authority as the files name it: the state's number, its type, its code."""

    state: str
    kind: str
    code: str

    @property
    def level(self) -> Level:
        """Its level; a type that is none of the four usual ones is a district of its own."""
        return _LEVELS.get(self.kind, Level.DISTRICT)

    @property
    def key(self) -> str:
        """How its rates are named."""
        level = _LEVELS.get(self.kind, self.kind)
        return f"sst-{_STATES[self.state].lower()}-{level}{'' if self.kind == STATE else f'-{self.code}'}"

    @property
    def place(self) -> dict[str, Any]:
        """The fields of a rate that say whose it is."""
        state = _STATES[self.state]
        plain = self.kind in ("00", "01")
        code = f"{self.state}{self.code}" if plain else f"{self.state}-{self.kind}-{self.code}"
        of_state = self.kind == STATE
        return {
            "country": "US",
            "state": state,
            "level": self.level,
            "jurisdiction_code": None if of_state else code,
            "name": f"{state} {self.level}{'' if of_state else f' {self.code}'}",
        }


class Period(NamedTuple):
    """What a jurisdiction levies from one day until another; `food` None: the file does not say."""

    line: int
    general: tuple[Decimal, Decimal]
    food: tuple[Decimal, Decimal] | None
    since: date | None
    until: date | None

    def overlaps(self, later: Period) -> bool:
        """Whether it still holds when a later one begins."""
        return self.until is None or (later.since or date.min) < self.until


Periods = Mapping[Jurisdiction, Sequence[Period]]


def read(path: FilePath) -> Reading:
    """The rates of a Streamlined rate file, by jurisdiction code and level."""
    return Reading(lambda findings: _rates(findings, path))


def _rates(findings: Findings, path: FilePath) -> Iterator[TaxRate]:
    for jurisdiction, periods in periods_of(path, findings).items():
        for period in periods:
            yield from rates_of(findings, jurisdiction, period)


def periods_of(path: FilePath, findings: Findings) -> Periods:
    """What the file says, by jurisdiction and in order of time. A rate file is small: it is held whole."""
    found: dict[Jurisdiction, list[Period]] = {}
    for line, cells in table(path, findings):
        if len(cells) != len(_COLUMNS):
            short(findings, line, str(len(_COLUMNS)), len(cells))
            continue
        row = Row(findings, line, dict(zip(_COLUMNS, cells, strict=True)))
        jurisdiction, period = _jurisdiction(findings, row), _period(findings, row)
        if jurisdiction is not None and period is not None:
            found.setdefault(jurisdiction, []).append(period)
    return {jurisdiction: _in_order(findings, periods) for jurisdiction, periods in found.items()}


def _jurisdiction(findings: Findings, row: Row) -> Jurisdiction | None:
    state, kind, code = row["state"].zfill(2), row["type"].zfill(2), row["code"]
    if state not in _STATES:
        findings.wrong(row.line, "state", "the number of a state, such as 27", row["state"])
    elif not (code.isascii() and code.isalnum() and kind.isascii() and kind.isalnum()):
        findings.wrong(row.line, "code", "the type and code of a jurisdiction", f"{row['type']},{code}")
    else:
        if kind not in _LEVELS:
            told = f"a jurisdiction of type {kind} is taken as a district of its own"
            findings.change(told, row.place)
        return jurisdiction_of(state, kind, code)
    return None


def jurisdiction_of(state: str, kind: str, code: str) -> Jurisdiction:
    """A jurisdiction, its code as long as the files have it: 3 digits for a county, else 5."""
    if kind == STATE:
        return Jurisdiction(state, kind, state)
    return Jurisdiction(state, kind, code.zfill(3 if kind == "00" else 5))


def _period(findings: Findings, row: Row) -> Period | None:
    before = len(findings.problems)
    within, outside = row.needed("general intrastate"), row.needed("general interstate")
    food_within, food_outside = row.number("food intrastate"), row.number("food interstate")
    if not row["begin"] or not row["end"]:
        findings.wrong(row.line, "begin", "two dates such as 20260101", row["begin"], "invalidDate")
    since, until = row.day("begin"), row.day_after("end")
    if within is None or outside is None or len(findings.problems) > before:
        return None
    food = None
    if food_within is not None or food_outside is not None:
        food = (
            within if food_within is None else food_within,
            outside if food_outside is None else food_outside,
        )
    return Period(row.line, (within, outside), food, since, until)


def _in_order(findings: Findings, periods: list[Period]) -> list[Period]:
    """The periods by their first days, each at its end where the next begins; two of one day are refused."""
    periods.sort(key=lambda one: (one.since or date.min, one.line))
    kept: list[Period] = []
    for one in periods:
        last = kept[-1] if kept else None
        if last is not None and last[1:] == one[1:]:
            findings.skip("left out, since it says the same as a line before", f"line {one.line}")
            continue
        if last is not None and last.overlaps(one):
            if last.since == one.since:
                told = (
                    f"line {one.line}: expected one rate of its jurisdiction from {one.since}, got a second"
                )
                hint = f"line {last.line} says another one"
                findings.problems.append(Problem("duplicateId", told, "begin", hint, {"line": one.line}))
                continue
            findings.change("ends where the next line of its jurisdiction begins", f"line {last.line}")
            kept[-1] = last._replace(until=one.since)
        kept.append(one)
    return kept


def rates_of(
    findings: Findings, whose: Jurisdiction, period: Period, suffix: str = "", **fields: Any
) -> Iterator[TaxRate]:
    """The rates of a period: general, and food where it differs; by `when` where the origin matters."""
    yield from _pair(findings, whose, period, period.general, suffix, fields)
    if period.food is not None and period.food != period.general:
        untaxed = not any(period.food)
        treatment = Treatment.EXEMPT if untaxed else Treatment.REDUCED
        own = {**fields, "tax_categories": FOOD, "treatment": treatment}
        yield from _pair(findings, whose, period, period.food, f"-food{suffix}", own)


def _pair(
    findings: Findings,
    whose: Jurisdiction,
    period: Period,
    pair: Iterable[Decimal],
    suffix: str,
    fields: Mapping[str, Any],
) -> Iterator[TaxRate]:
    within, outside = pair
    trades: Sequence[tuple[When | None, Decimal]] = [("intrastate", within), ("interstate", outside)]
    if within == outside:
        trades = [(None, within)]
    else:
        told = "the rates within the state and from outside differ: without its origin a sale is refused"
        findings.doubt(told, f"line {period.line}")
    for when, fraction in trades:
        own: dict[str, Any] = {"valid_from": period.since, "valid_until": period.until, **fields}
        yield from findings.rate(
            period.line,
            id=f"{whose.key}{suffix}{f'-{when}' if when else ''}",
            type=TaxType.SALES_TAX,
            percentage_decimal=fraction,
            inclusive=None,
            when=when,
            **whose.place,
            **own,
        )
