"""VAT rates as CSV: the file of the kdeldycke project, with several territories in a cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from taxengine import Address, RateTable
from taxengine.packs.importers import vat_rates_csv
from tests.packs.importers import refusals, told, written

HEADER = "start_date,stop_date,territory_codes,currency_code,rate,rate_type,description\n"


def test_a_cell_may_hold_lines_and_both_codes_of_greece_are_one(tmp_path: Path) -> None:
    rows = '2016-06-01,,"GR\nEL",EUR,0.24,standard,"Greece\n(member state)"\n'
    rows += '2011-01-04,,"GB\nUK\nIM",GBP,0.2,standard,\n'
    rates = list(vat_rates_csv.read(written(tmp_path, HEADER + rows)))
    assert [(one.id, one.country, one.description) for one in rates] == [
        ("vat-GR-standard", "GR", "Greece (member state)"),
        ("vat-GB-standard", "GB", None),
    ]


def test_the_stop_date_is_the_first_day_without_the_rate(tmp_path: Path) -> None:
    rows = "2014-01-13,,CY,EUR,0.19,standard,\n2013-01-14,2014-01-13,CY,EUR,0.18,standard,\n"
    rates = list(vat_rates_csv.read(written(tmp_path, HEADER + rows)))
    assert [(one.valid_from, one.valid_until) for one in rates] == [
        (date(2013, 1, 14), date(2014, 1, 13)),
        (date(2014, 1, 13), None),
    ]
    assert RateTable(rates).check() == []


def test_a_stop_date_that_is_the_last_day_is_seen_by_the_next_row_and_told(tmp_path: Path) -> None:
    rows = "2023-01-01,,HR,EUR,0.25,standard,\n2012-03-01,2022-12-31,HR,HRK,0.25,standard,\n"
    reading = vat_rates_csv.read(written(tmp_path, HEADER + rows))
    assert [one.valid_until for one in reading] == [date(2023, 1, 1), None]
    assert told(reading) == [
        (
            "changed",
            "line 3: its stop_date is taken as its last day, since the next rate begins on the day after",
        )
    ]


def test_subdivisions_postal_codes_and_what_nobody_can_name_are_told_apart(tmp_path: Path) -> None:
    rows = '2011-01-01,,"PT-20\nAT-6691\nGB-BFPO 57\nIC\nGR-81x",EUR,0.18,standard,\n'
    reading = vat_rates_csv.read(written(tmp_path, HEADER + rows))
    assert [(one.country, one.state, one.jurisdiction) for one in reading] == [
        ("PT", "20", None),
        ("AT", None, "6691"),
        ("GB", None, "BFPO 57"),
        ("IC", None, None),
    ]
    assert told(reading) == [
        (
            "skipped",
            "line 6: 'GR-81x': left out, since it is no place that an address can name",
        )
    ]


def test_a_territory_without_tax_lies_outside_the_scope_and_takes_its_countrys_out(tmp_path: Path) -> None:
    rows = "2012-09-01,,ES-CE,EUR,0,standard,\n2011-01-04,,AI,XCD,0,standard,\n"
    rows += "2012-09-01,,ES,EUR,0.1,super_reduced,\n"
    rates = list(vat_rates_csv.read(written(tmp_path, HEADER + rows)))
    assert [(one.treatment, one.replaces, one.tax_categories) for one in rates] == [
        ("outsideScope", ("valueAddedTax",), ()),
        ("outsideScope", (), ()),
        ("reduced", (), ("superReduced",)),
    ]


def test_currencies_that_are_no_more_stay_known(tmp_path: Path) -> None:
    rows = "".join(
        f"20{at:02d}-01-01,20{at + 1:02d}-01-01,{country},{currency},0.2,standard,\n"
        for at, (country, currency) in enumerate([("HR", "HRK"), ("BG", "BGN"), ("CW", "ANG")])
    )
    assert len(list(vat_rates_csv.read(written(tmp_path, HEADER + rows)))) == 3


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",,DE,EUR,0.19,standard,", ("missingField", 2)),
        ("2020-02-30,,DE,EUR,0.19,standard,", ("invalidDate", 2)),
        ("2020-01-01,,DE,EUR,19,standard,", ("percentageAbove100", 2)),
        ("2020-01-01,,DE,ABC,0.19,standard,", ("unknownCurrency", 2)),
        ("2020-01-01,,DE,EUR,,standard,", ("missingField", 2)),
        ("2020-01-01,2019-01-01,DE,EUR,0.19,standard,", ("reversedDates", 2)),
        ('2020-01-01,,"DE,EUR,0.19,standard,', ("invalidCsv", 2)),
    ],
)
def test_a_bad_row_is_told_with_its_line(tmp_path: Path, row: str, problem: tuple[str, object]) -> None:
    assert refusals(vat_rates_csv.read(written(tmp_path, HEADER + row + "\n"))) == [problem]


def test_the_real_file_gives_rates_that_a_table_takes(shared_path: Path) -> None:
    reading = vat_rates_csv.read(shared_path / "data" / "vat" / "kdeldycke_vat_rates.csv")
    table = RateTable(reading)
    assert len(table) == 256
    assert table.check() == []
    assert [code for code, _ in told(reading)] == ["skipped", "changed"]
    for country, on, fraction in (
        ("HR", date(2022, 12, 31), "0.25"), ("LU", date(2023, 12, 31), "0.16"),
        ("DE", date(2020, 8, 1), "0.16"), ("GR", date(2026, 1, 1), "0.24"), ("GB", date(2026, 1, 1), "0.2"),
    ):  # fmt: skip
        rate = table.get(f"vat-{country}-standard", on)
        assert rate is not None
        assert rate.in_force(on)
        assert f"{rate.percentage_decimal}" == fraction


def test_codes_that_mean_one_place_are_one_rate(tmp_path: Path) -> None:
    rows = '2014-01-01,,"FR\nMC",EUR,0.2,standard,\n2014-01-01,,"FR-GP\nGP",EUR,0.085,standard,\n'
    rows += '2012-09-01,,"ES-CN\nES-GC\nES-TF\nIC",EUR,0,standard,\n'
    rates = list(vat_rates_csv.read(written(tmp_path, HEADER + rows)))
    assert [one.id for one in rates] == ["vat-FR-standard", "vat-FR-GP-standard", "vat-ES-CN-standard"]
    table = RateTable(rates)
    assert table.check() == []
    for country, found in (
        ("MC", "vat-FR-standard"),
        ("IC", "vat-ES-CN-standard"),
        ("GP", "vat-FR-GP-standard"),
    ):
        assert [one.id for one in table.rates_for(Address(country=country), date(2026, 3, 1))] == [found]
