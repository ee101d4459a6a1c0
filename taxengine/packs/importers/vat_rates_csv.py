"""VAT rates as CSV: the file of the kdeldycke/vat-rates project, standard rates with their history.

Columns start_date, stop_date, territory_codes, currency_code, rate, rate_type, description. A cell may
hold lines: several codes of one territory. A code is a country (EL and UK are Greece and Great Britain),
`PT-20` a subdivision, `AT-6691` a postal code. The day of stop_date is the first without the rate; in
some rows it is the last one, which the next row's start_date tells. A territory without tax lies outside
the scope, and takes its country's VAT out there. Of codes that mean one place (FR and MC, ES-CN and IC)
the first stands for all.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     path = Path(folder, "rates.csv")
...     _ = path.write_text("start_date,stop_date,territory_codes,currency_code,rate,rate_type,description\\n"
...         '2016-06-01,,"GR\\nEL",EUR,0.24,standard,Greece\\n1984-01-01,,AT-6691,EUR,0.19,standard,\\n')
...     for rate in read(path): print(rate.id, rate.percentage_decimal, rate.jurisdiction)
vat-GR-standard 0.24 None
vat-AT-6691-standard 0.19 6691
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from taxengine.core.errors import InvalidInput
from taxengine.core.money import check_currency
from taxengine.core.place import canonical_state, check_country
from taxengine.core.rates import TaxRate, TaxType, Treatment
from taxengine.core.territories import located
from taxengine.packs.importers.reading import Findings, Reading
from taxengine.packs.importers.rows import COUNTRIES, FilePath, Row, rows

COLUMNS = ("start_date", "stop_date", "territory_codes", "currency_code", "rate", "rate_type", "description")


class _Territory(NamedTuple):
    country: str
    part: str = ""
    """The subdivision or postal code."""
    by_postal_code: bool = False

    @property
    def meant(self) -> object:
        """The place, however it is spelt."""
        return self if self.by_postal_code else located(self.country, self.part or None)


class _Entry(NamedTuple):
    row: Row
    rate: Decimal
    since: date
    until: date | None


_Key = tuple[_Territory, str]


def read(path: FilePath) -> Reading:
    """The rates of a file of the project. It is held whole: a row's end is read by the one that follows."""
    return Reading(lambda findings: _rates(findings, path))


def _rates(findings: Findings, path: FilePath) -> Iterator[TaxRate]:
    found: dict[_Key, list[_Entry]] = {}
    first: dict[object, _Territory] = {}
    for row in rows(path, findings, COLUMNS):
        entry = _entry(findings, row)
        if entry is not None:
            for territory in {first.setdefault(one.meant, one): None for one in _territories(findings, row)}:
                found.setdefault((territory, row["rate_type"] or "standard"), []).append(entry)
    for key, entries in found.items():
        for entry in _ended(findings, sorted(entries, key=lambda one: one.since)):
            yield from _rate(findings, key, entry)


def _entry(findings: Findings, row: Row) -> _Entry | None:
    fraction, since, until = row.needed("rate"), row.day("start_date"), row.day("stop_date")
    if not row["start_date"]:
        findings.wrong(row.line, "start_date", "a date such as 2026-01-01", "", "missingField")
    try:
        check_currency(row["currency_code"])
    except InvalidInput as error:
        findings.refuse(error, row.line, "currency_code")
    return None if fraction is None or since is None else _Entry(row, fraction, since, until)


def _territories(findings: Findings, row: Row) -> Iterator[_Territory]:
    for code in row["territory_codes"].splitlines():
        country, _, part = code.strip().upper().partition("-")
        country = COUNTRIES.get(country, country)
        try:
            check_country(country)
        except InvalidInput:
            findings.skip("left out, since it is no place that an address can name", f"{row.place}: {code!a}")
            continue
        if not part:
            yield _Territory(country)
        elif canonical_state(country, part) is not None:
            yield _Territory(country, part)
        elif part[-1:].isdigit() and len(part) > 3:
            yield _Territory(country, part, by_postal_code=True)
        else:
            findings.skip("left out, since it is no place that an address can name", f"{row.place}: {code!a}")


def _ended(findings: Findings, entries: list[_Entry]) -> Iterator[_Entry]:
    """Each entry, one day longer where the next begins on the day after its last."""
    for one, later in zip(entries, [*entries[1:], None], strict=True):
        if later is not None and one.until is not None and later.since == one.until + timedelta(days=1):
            told = "its stop_date is taken as its last day, since the next rate begins on the day after"
            findings.change(told, one.row.place)
            yield one._replace(until=later.since)
        else:
            yield one


def _rate(findings: Findings, key: _Key, entry: _Entry) -> Iterator[TaxRate]:
    territory, kind = key
    fields: dict[str, Any] = {}
    if kind != "standard":
        first, *others = kind.split("_")
        own = first + "".join(other.capitalize() for other in others)
        fields = {"tax_categories": (own,), "treatment": Treatment.REDUCED}
    if not entry.rate:
        fields["treatment"] = Treatment.OUTSIDE_SCOPE
        if territory.part:
            fields["replaces"] = (TaxType.VAT,)
    place = "-".join(filter(None, territory[:2]))
    description = " ".join(entry.row["description"].split())
    yield from findings.rate(
        entry.row.line,
        id=f"vat-{place}-{kind}",
        name=f"{place} {kind}",
        description=description[:500] or None,
        country=territory.country,
        state=None if territory.by_postal_code else territory.part or None,
        jurisdiction=territory.part if territory.by_postal_code else None,
        type=TaxType.VAT,
        percentage_decimal=entry.rate,
        inclusive=None,
        valid_from=entry.since,
        valid_until=entry.until,
        **fields,
    )
