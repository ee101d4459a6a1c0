"""Shop tables: the tax rates that WooCommerce and shops like it export.

Columns Country code, State code, Postcode / ZIP, City, Rate %, Tax name, Priority, Compound, Shipping,
Tax class. `*` is anything, `;` stands between items; postcodes may be `902*` and `90210...90220`. A shop
takes one rate of each priority, the nearest, and adds them up: here a priority is a level, the first of
a country the state's. A compound rate comes on top of those that are not. A class is a tax category, and
its rates go before those of no class.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     path = Path(folder, "rates.csv")
...     _ = path.write_text("Country code,State code,Postcode / ZIP,City,Rate %,Tax name,Priority,Compound,"
...         "Shipping,Tax class\\nUS,CA,902*;90310...90312,*,9.5000,CA tax,1,0,1,\\n")
...     for rate in read(path): print(rate.id, rate.percentage_decimal, rate.jurisdiction)
shop-us-ca-2 0.095000 902*, 90310..90312
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from taxengine.core.arithmetic import exactly
from taxengine.core.errors import InvalidInput
from taxengine.core.place import check_country
from taxengine.core.rates import Level, TaxRate, TaxType
from taxengine.core.selection import usual_type
from taxengine.packs.importers.reading import Findings, Reading
from taxengine.packs.importers.rows import COUNTRIES, FilePath, Row, rows

COLUMNS = ("Country code", "State code", "Postcode / ZIP", "City", "Rate %", "Tax name", "Priority")
_MORE = ("Compound", "Shipping", "Tax class")
_LEVELS = (Level.STATE, Level.COUNTY, Level.CITY, Level.DISTRICT, Level.COUNTRY)
_NAMED = {
    **{name: TaxType(name) for name in ("gst", "hst", "pst", "qst", "rst", "igst", "cgst", "sgst", "igic")},
    **dict.fromkeys(("tps",), TaxType.GST),
    **dict.fromkeys(("tvq",), TaxType.QST),
    **dict.fromkeys(("tvh",), TaxType.HST),
}
_NO = ("", "0", "no", "false")


class _Entry(NamedTuple):
    row: Row
    country: str
    state: str
    city: str
    postcodes: str
    fraction: Decimal
    priority: int
    compound: bool

    @property
    def id(self) -> str:
        """The rate's id: its place and its line."""
        place = "-".join(part.lower() for part in (self.country, self.state, self.city) if part)
        return f"shop-{place}-{self.row.line}"

    def under(self, other: _Entry) -> bool:
        """Whether a compound rate comes on top of this one: it is none itself, or one of before."""
        meets = not self.state or not other.state or self.state.upper() == other.state.upper()
        return meets and (not self.compound or self.priority < other.priority)


def read(path: FilePath) -> Reading:
    """The rates of a shop's table. It is held whole: priorities are known at its end."""
    return Reading(lambda findings: _rates(findings, path))


def _rates(findings: Findings, path: FilePath) -> Iterator[TaxRate]:
    entries = [entry for row in rows(path, findings, COLUMNS, _MORE) for entry in _entries(findings, row)]
    groups: dict[str, dict[int, list[_Entry]]] = {}
    for one in entries:
        groups.setdefault(one.country, {}).setdefault(one.priority, []).append(one)
    for country, by_priority in groups.items():
        if len(by_priority) > len(_LEVELS):
            line = entries[0].row.line
            findings.wrong(
                line, "Priority", f"up to {len(_LEVELS)} priorities of {country}", len(by_priority)
            )
            return
        types = {one.id: kind for group in by_priority.values() for one, kind in _typed(country, group)}
        for place, priority in enumerate(sorted(by_priority)):
            level = _LEVELS[place] if len(by_priority) > 1 else None
            for one in by_priority[priority]:
                below = _below(one, by_priority, types) if one.compound else ()
                yield from _rate(findings, one, level, types[one.id], below)


def _typed(country: str, group: Sequence[_Entry]) -> Iterator[tuple[_Entry, TaxType]]:
    """Each rate of a priority with the type that its name gives.

    Those that can meet, in one state, have one type, or both would apply: the country's usual one where
    their names differ, as GST and HST do.
    """
    anywhere = any(not one.state for one in group)
    named: dict[str, set[TaxType | None]] = {}
    for one in group:
        named.setdefault("" if anywhere else one.state, set()).add(_NAMED.get(one.row["Tax name"].lower()))
    for one in group:
        kinds = named["" if anywhere else one.state]
        (only,) = kinds if len(kinds) == 1 else (None,)
        yield one, only or usual_type(country)


def _below(
    one: _Entry, by_priority: Mapping[int, Sequence[_Entry]], types: Mapping[str, TaxType]
) -> tuple[str, ...]:
    """What a compound rate is charged on: a type where all of it is meant, else the rates by their ids."""
    others: dict[TaxType, list[_Entry]] = {}
    for priority, group in by_priority.items():
        for other in group if priority != one.priority else ():
            others.setdefault(types[other.id], []).append(other)
    below: list[str] = []
    for kind, group in others.items():
        under = [other for other in group if other.under(one)]
        if len(under) == len(group) and kind != types[one.id]:
            below.append(kind)
        else:
            below += [other.id for other in under]
    return tuple(below)


def _entries(findings: Findings, row: Row) -> Iterator[_Entry]:
    """A row as entries, one a city."""
    before = len(findings.problems)
    percent, country = row.needed("Rate %"), _country(findings, row)
    priority = row["Priority"] or "1"
    if not (priority.isascii() and priority.isdigit() and len(priority) < 5):
        findings.wrong(row.line, "Priority", "a whole number", priority, "invalidNumber")
    if percent is None or country is None or len(findings.problems) > before:
        return
    state, postcodes = _any(row["State code"]), _postcodes(row["Postcode / ZIP"])
    cities = [city.strip() for city in _any(row["City"]).split(";")]
    if cities != [""] and postcodes:
        findings.change("the city is left out, since the postcodes say where it is", row.place)
        cities = [""]
    elif cities != [""] and state:
        told = "left out, since a rate names a state or a city: give it the city's postcodes"
        findings.skip(told, row.place)
        return
    compound = row["Compound"].lower() not in _NO
    for city in cities:
        yield _Entry(row, country, state, city, postcodes, _hundredth(percent), int(priority), compound)


def _country(findings: Findings, row: Row) -> str | None:
    code = _any(row["Country code"]).upper()
    if not code:
        told = "left out, since a rate is of one country, and this one is of any"
        findings.skip(told, row.place)
        return None
    try:
        return check_country(COUNTRIES.get(code, code))
    except InvalidInput as error:
        findings.refuse(error, row.line, "Country code")
        return None


def _any(cell: str) -> str:
    return "" if cell == "*" else cell


def _postcodes(cell: str) -> str:
    """The postcodes as our patterns; a `*` among them is any."""
    items = [item.strip() for item in cell.split(";") if item.strip()]
    return "" if "*" in items else ", ".join(item.replace("...", "..") for item in items)


@exactly
def _hundredth(percent: Decimal) -> Decimal:
    return percent.scaleb(-2)


def _rate(
    findings: Findings, one: _Entry, level: Level | None, kind: TaxType, below: Sequence[str]
) -> Iterator[TaxRate]:
    row = one.row
    own = row["Tax class"]
    fields: dict[str, Any] = {}
    if own and own.lower() not in ("standard", "standard-rate"):
        fields = {"tax_categories": (own,), "overrides_place": True}
    yield from findings.rate(
        row.line,
        id=one.id,
        name=row["Tax name"] or None,
        display_name=row["Tax name"] or None,
        country=one.country,
        state=one.state or one.city or None,
        jurisdiction=one.postcodes or None,
        type=kind,
        percentage_decimal=one.fraction,
        inclusive=None,
        level=level,
        compound_on=below,
        **fields,
    )
