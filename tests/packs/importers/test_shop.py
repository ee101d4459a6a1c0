"""Shop tables: wildcards, lists and ranges of postcodes, priorities, compound rates, classes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from taxengine import Address, Customer, Invoice, Line, RateTable, calculate
from taxengine.packs.importers import shop
from tests.packs.importers import refusals, told, written

HEADER = "Country code,State code,Postcode / ZIP,City,Rate %,Tax name,Priority,Compound,Shipping,Tax class\n"


def table_of(tmp_path: Path, rows: str) -> RateTable:
    return RateTable(shop.read(written(tmp_path, HEADER + rows)))


def taxes(table: RateTable, country: str, category: str = "books", **fields: str) -> list[Decimal]:
    """What each tax of a sale of 100 there comes to."""
    line = Line(id="1", amount="100", tax_category=category, tax_behavior="exclusive")
    customer = Customer(address=Address(country=country, **fields))
    invoice = Invoice(id="i", currency="USD", tax_date=date(2026, 3, 1), customer=customer, lines=[line])
    return [tax.tax for tax in calculate(invoice, table).lines[0].taxes]


def test_a_rate_is_per_cent(tmp_path: Path) -> None:
    table = table_of(tmp_path, "DE,*,*,*,19.0000,VAT,1,0,1,\nUK,,,,20,VAT,1,0,1,\nEL,,,,24,VAT,1,0,1,\n")
    assert [(one.country, f"{one.percentage_decimal}", one.type) for one in table] == [
        ("DE", "0.190000", "valueAddedTax"),
        ("GB", "0.20", "valueAddedTax"),
        ("GR", "0.24", "valueAddedTax"),
    ]
    assert all(one.level is None and one.jurisdiction is None and one.state is None for one in table)


def test_postcodes_are_lists_prefixes_and_ranges(tmp_path: Path) -> None:
    table = table_of(
        tmp_path, "US,CA,*,*,7.25,State,1,0,1,\nUS,CA,902*; 90310...90312;94105,*,9.5,Local,1,0,1,\n"
    )
    for code, tax in (
        ("90210", "9.50"), ("90310", "9.50"), ("90312", "9.50"), ("90313", "7.25"), ("94105", "9.50"),
        ("90311-1234", "9.50"), ("94105-0001", "9.50"), ("90401", "7.25"),
    ):  # fmt: skip
        assert taxes(table, "US", state="CA", postal_code=code) == [Decimal(tax)], code


def test_one_rate_of_each_priority_applies_the_nearest_and_priorities_add(tmp_path: Path) -> None:
    rows = "US,CA,*,*,6,State,1,0,1,\nUS,CA,94105,*,6.5,State there,1,0,1,\nUS,CA,94105,*,1,City,2,0,1,\n"
    table = table_of(tmp_path, rows)
    assert taxes(table, "US", state="CA", postal_code="94105") == [Decimal("6.50"), Decimal("1.00")]
    assert taxes(table, "US", state="CA", postal_code="90000") == [Decimal("6.00")]
    assert table.check() == []


def test_a_harmonised_tax_of_the_same_priority_takes_the_place_of_the_federal_one(tmp_path: Path) -> None:
    rows = "CA,*,*,*,5,GST,1,0,1,\nCA,ON,*,*,13,HST,1,0,1,\nCA,BC,*,*,7,PST,2,0,1,\n"
    table = table_of(tmp_path, rows)
    assert taxes(table, "CA", state="ON") == [Decimal("13.00")]
    assert taxes(table, "CA", state="BC") == [Decimal("5.00"), Decimal("7.00")]
    assert {one.name: one.type for one in table} == {"GST": "gst", "HST": "gst", "PST": "pst"}
    apart = table_of(
        tmp_path, "CA,ON,*,*,13,HST,1,0,1,\nCA,QC,*,*,5,GST,1,0,1,\nCA,QC,*,*,9.975,QST,2,0,1,\n"
    )
    assert [one.type for one in apart] == ["hst", "gst", "qst"]


def test_a_compound_rate_is_charged_on_top_of_the_others(tmp_path: Path) -> None:
    table = table_of(tmp_path, "CA,*,*,*,5,GST,1,0,1,\nCA,QC,*,*,10,QST,2,1,1,\n")
    assert taxes(table, "CA", state="QC") == [Decimal("5.00"), Decimal("10.50")]
    rows = "US,CA,*,*,10,State,1,0,1,\nUS,NV,*,*,20,State,1,0,1,\nUS,CA,*,*,10,City,2,1,1,\n"
    same = table_of(tmp_path, rows + "US,CA,*,*,10,On all,3,yes,1,\n")
    assert taxes(same, "US", state="CA") == [Decimal("10.00"), Decimal("11.00"), Decimal("12.10")]


def test_a_class_is_a_tax_category_whose_rates_go_before_those_of_none(tmp_path: Path) -> None:
    rows = "US,CA,94105,*,9.5,Local,1,0,1,\nUS,CA,*,*,0,Nothing,1,0,1,zero-rate\n"
    rows += "US,*,*,*,7,Usual,1,0,1,standard\n"
    table = table_of(tmp_path, rows)
    there = {"state": "CA", "postal_code": "94105"}
    assert taxes(table, "US", "zero-rate", **there) == [Decimal("0.00")]
    assert taxes(table, "US", **there) == [Decimal("9.50")]
    assert taxes(table, "US", state="NV") == [Decimal("7.00")]


def test_a_city_is_named_where_no_state_is_and_left_out_where_postcodes_say_it(tmp_path: Path) -> None:
    rows = "US,CA,94105,SAN FRANCISCO,9,SF,1,0,1,\nUS,CA,,LOS ANGELES,9,LA,1,0,1,\n"
    rows += "JP,,,TOKYO;OSAKA,10,JCT,1,0,1,\n"
    reading = shop.read(written(tmp_path, HEADER + rows))
    assert [(one.state, one.jurisdiction) for one in reading] == [
        ("CA", "94105"),
        ("TOKYO", None),
        ("OSAKA", None),
    ]
    assert told(reading) == [
        ("changed", "line 2: the city is left out, since the postcodes say where it is"),
        ("skipped", "line 3: left out, since a rate names a state or a city: give it the city's postcodes"),
    ]


def test_a_rate_of_any_country_is_left_out_and_told(tmp_path: Path) -> None:
    reading = shop.read(written(tmp_path, f"{HEADER}*,*,*,*,5,World,1,0,1,\n"))
    assert list(reading) == []
    assert told(reading) == [
        ("skipped", "line 2: left out, since a rate is of one country, and this one is of any")
    ]


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ("DE,,,,nineteen,VAT,1,0,1,\n", [("invalidNumber", 2)]),
        ("DE,,,,,VAT,1,0,1,\nDE,,,,190,VAT,1,0,1,\n", [("missingField", 2), ("percentageAbove100", 3)]),
        ("DE,,,,190,VAT,1,0,1,\n", [("percentageAbove100", 2)]),
        ("XX,,,,19,VAT,1,0,1,\n", [("unknownCountry", 2)]),
        ("DE,,,,19,VAT,first,0,1,\n", [("invalidNumber", 2)]),
        ("DE,,1?;2,,19,VAT,1,0,1,\n", [("invalidPostalCode", 2)]),
        ("DE,,,,19,VAT\n", [("invalidCsv", 2)]),
        ("".join(f"DE,,,,1,VAT,{at},0,1,\n" for at in range(1, 7)), [("invalidValue", 2)]),
    ],
)
def test_a_bad_file_gives_all_that_is_wrong_with_its_lines(
    tmp_path: Path, rows: str, problems: list[tuple[str, object]]
) -> None:
    assert refusals(shop.read(written(tmp_path, HEADER + rows))) == problems
