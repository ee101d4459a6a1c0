"""ZIP tables: one combined estimate for each ZIP code of a state, as several publishers give it away.

Columns State, ZipCode, TaxRegionName, EstimatedCombinedRate, StateRate, EstimatedCountyRate,
EstimatedCityRate, EstimatedSpecialRate, RiskLevel; fractions. The month stands in the file's name only
(`..._202603.csv`). Spreadsheets take the zeros off ZIP codes: 501 is 00501.

A ZIP code does not decide local tax everywhere: these are estimates, of one place in the ZIP.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     path = Path(folder, "NJ202603.csv")
...     _ = path.write_text("State,ZipCode,EstimatedCombinedRate\\nNJ,7001,0.06625\\n")
...     for rate in read(path): print(rate.id, rate.percentage_decimal, rate.valid_from)
zip-nj-07001 0.06625 2026-03-01
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from taxengine.core.arithmetic import exactly
from taxengine.core.place import canonical_state
from taxengine.core.rates import TaxRate, TaxType
from taxengine.packs.importers.reading import Findings, Reading
from taxengine.packs.importers.rows import FilePath, Row, rows

COLUMNS = ("State", "ZipCode", "EstimatedCombinedRate")
_PARTS = ("StateRate", "EstimatedCountyRate", "EstimatedCityRate", "EstimatedSpecialRate")
_MORE = ("TaxRegionName", *_PARTS, "RiskLevel")
_MONTH = re.compile(r"(?<![0-9])(20[0-9]{2})-?(0[1-9]|1[0-2])(?![0-9])").search


def read(path: FilePath) -> Reading:
    """The combined rates of a ZIP table, each for its ZIP."""
    return Reading(lambda findings: _rates(findings, path))


def _rates(findings: Findings, path: FilePath) -> Iterator[TaxRate]:
    month = _MONTH(Path(path).name)
    since = date(int(month[1]), int(month[2]), 1) if month else None
    if since is None:
        findings.doubt("the name holds no month such as 202603, so the rates have no first day", "the file")
    seen: dict[tuple[str, str], tuple[int, Decimal]] = {}
    for row in rows(path, findings, COLUMNS, _MORE):
        combined, parts = row.needed(COLUMNS[2]), [row.number(name) for name in _PARTS]
        state, code = canonical_state("US", row["State"]), row["ZipCode"].zfill(5)
        if state is None:
            findings.wrong(row.line, "State", "a state of the US", row["State"])
        if not (code.isascii() and code.isdigit() and len(code) == 5):
            findings.wrong(row.line, "ZipCode", "a ZIP code", row["ZipCode"], "invalidPostalCode")
        elif combined is not None and state is not None:
            before = seen.setdefault((state, code), (row.line, combined))
            if before == (row.line, combined):
                _compare(findings, row, combined, parts)
                yield from _rate(findings, row, state, code, combined, since)
            elif before[1] == combined:
                findings.skip("left out, since it says the same as a line before", row.place)
            else:
                told = f"the ZIP code once, or as line {before[0]} has it"
                findings.wrong(row.line, "ZipCode", told, code, "duplicateId")


@exactly
def _compare(findings: Findings, row: Row, combined: Decimal, parts: list[Decimal | None]) -> None:
    stated = [part for part in parts if part is not None]
    if stated and sum(stated) != combined:
        told = "the parts do not add up to the combined rate, which was taken"
        findings.doubt(told, row.place)


def _rate(
    findings: Findings, row: Row, state: str, code: str, combined: Decimal, since: date | None
) -> Iterator[TaxRate]:
    risk = row["RiskLevel"]
    yield from findings.rate(
        row.line,
        id=f"zip-{state.lower()}-{code}",
        name=" ".join(filter(None, (state, code, row["TaxRegionName"]))),
        country="US",
        state=state,
        jurisdiction=code,
        type=TaxType.SALES_TAX,
        percentage_decimal=combined,
        inclusive=None,
        valid_from=since,
        meta={"riskLevel": risk} if risk else None,
    )
