"""Streamlined rate files: nine columns without a header, and each trap in them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from taxengine import Address, Customer, Invoice, Line, Merchant, RateTable, calculate
from taxengine.packs.importers import sst
from tests.packs.importers import refusals, stack, told, written

GEORGIA = """\
13,45,13,0.04,0.04,0,0,20110101,29991231
13,00,001,0.03,0.03,0.03,0.03,20220401,20220930
13,00,001,0.04,0.04,0.04,0.04,20221001,99991231
13,01,04000,0.019,0.019,0.019,0.019,20221001,29991231
13,63,00044,0.01,0.01,0,0,20180401,29991231
13,63,00060,0.0075,0.0075,0.0075,0.0075,20170401,29991231
"""


def test_each_jurisdiction_has_its_rate_by_level_and_code(tmp_path: Path) -> None:
    rates = list(sst.read(written(tmp_path, GEORGIA)))
    shown = [(one.id, one.level, one.jurisdiction_code, one.state) for one in rates if not one.tax_categories]
    assert shown == [
        ("sst-ga-state", "state", None, "GA"),
        ("sst-ga-county-001", "county", "13001", "GA"),
        ("sst-ga-county-001", "county", "13001", "GA"),
        ("sst-ga-city-04000", "city", "1304000", "GA"),
        ("sst-ga-district-00044", "district", "13-63-00044", "GA"),
        ("sst-ga-district-00060", "district", "13-63-00060", "GA"),
    ]
    assert all(one.inclusive is None and one.type == "salesTax" and one.country == "US" for one in rates)


def test_the_last_day_is_within_and_two_years_mean_no_end(tmp_path: Path) -> None:
    periods = [(one.valid_from, one.valid_until) for one in sst.read(written(tmp_path, GEORGIA))]
    assert periods[2:4] == [
        (date(2022, 4, 1), date(2022, 10, 1)),
        (date(2022, 10, 1), None),
    ]
    assert periods[0] == (date(2011, 1, 1), None)


def test_columns_6_and_7_are_food_and_drugs_and_not_the_rate_from_outside(tmp_path: Path) -> None:
    table = RateTable(sst.read(written(tmp_path, GEORGIA)))
    codes = {"jurisdictions": ["13001", "1304000", "13-63-00044", "13-63-00060"], "state": "GA"}
    general = ["state 0.04", "county 13001 0.04", "city 1304000 0.019"]
    districts = ["district 13-63-00044 0.01", "district 13-63-00060 0.0075"]
    assert sorted(stack(table, None, **codes)) == sorted([*general, *districts])
    food = ["state 0", "county 13001 0.04", "city 1304000 0.019"]
    districts[0] = "district 13-63-00044 0"
    for category in ("food", "food.bread", "drugs"):
        assert sorted(stack(table, None, category, **codes)) == sorted([*food, *districts])
    assert table.check() == []


def test_a_food_rate_of_none_is_exempt_and_a_lower_one_reduced(tmp_path: Path) -> None:
    rows = "05,45,05,0.065,0.065,0,0,20200101,29991231\n47,45,47,0.07,0.07,0.04,0.04,20200101,29991231\n"
    food = [one for one in sst.read(written(tmp_path, rows)) if one.tax_categories]
    assert [(one.treatment, one.percentage_decimal) for one in food] == [
        ("exempt", Decimal(0)),
        ("reduced", Decimal("0.04")),
    ]


def test_blank_food_columns_are_not_zero(tmp_path: Path) -> None:
    kansas = (
        "20,45,20,0.065,0.065,0.02,0.02,20240101,29991231\n20,00,091,0.01475,0.01475,,,20240101,29991231\n"
    )
    table = RateTable(sst.read(written(tmp_path, kansas)))
    there = {"state": "KS", "jurisdictions": ["20091"]}
    assert list(stack(table, None, "food", **there)) == ["state 0.02", "county 20091 0.01475"]
    half = "20,45,20,0.065,0.065,,0.02,20240101,29991231\n"
    pairs = [(one.when, one.percentage_decimal) for one in sst.read(written(tmp_path, half))]
    assert pairs == [
        (None, Decimal("0.065")),
        ("intrastate", Decimal("0.065")),
        ("interstate", Decimal("0.02")),
    ]


def test_a_line_that_is_doubtful_twice_is_told_once(tmp_path: Path) -> None:
    """Its general rates differ within the state and from outside, and so do those of food."""
    reading = sst.read(written(tmp_path, "27,45,27,0.06,0.05,0.02,0.01,20240101,29991231\n"))
    assert len(list(reading)) == 4
    assert [message.partition(":")[0] for _, message in told(reading)] == ["line 1"]


def test_columns_4_and_5_are_for_sales_within_the_state_and_from_outside(tmp_path: Path) -> None:
    reading = sst.read(written(tmp_path, "27,45,27,0.06,0.05,0,0,20240101,29991231\n"))
    table = RateTable(reading)
    assert [message for _, message in told(reading)] == [
        "line 1: the rates within the state and from outside differ: without its origin a sale is refused"
    ]

    def tax(origin: str, category: str) -> Decimal:
        merchant = Merchant(address=Address(country="US", state=origin))
        customer = Customer(address=Address(country="US", state="MN"))
        line = Line(id="1", amount="100", tax_category=category, tax_behavior="exclusive")
        invoice = Invoice(id="i", currency="USD", tax_date=date(2026, 3, 1), merchant=merchant,
                          customer=customer, lines=[line])  # fmt: skip
        return calculate(invoice, table).totals.tax

    assert [tax(state, "books") for state in ("MN", "WI")] == [6, 5]
    assert [tax(state, "food") for state in ("MN", "WI")] == [0, 0]


def test_a_jurisdiction_that_levies_nothing_has_a_row_of_its_own(tmp_path: Path) -> None:
    rows = "55,45,55,0.05,0.05,0,0,20200101,29991231\n55,01,00100,0.0,0.0,0.0,0.0,20200101,99991231\n"
    table = RateTable(sst.read(written(tmp_path, rows)))
    there = {"state": "WI", "jurisdictions": ["5500100"]}
    assert list(stack(table, None, **there)) == ["state 0.05", "city 5500100 0.0"]


def test_codes_and_fractions_that_lost_their_zeros_are_the_same(tmp_path: Path) -> None:
    short = "1,45,1,.04,.04,,,20200101,29991231\n1,0,1,.01,.01,,,20200101,29991231\n"
    rates = list(sst.read(written(tmp_path, short)))
    assert [(one.jurisdiction_code, one.percentage_decimal, one.state) for one in rates] == [
        (None, Decimal("0.04"), "AL"),
        ("01001", Decimal("0.01"), "AL"),
    ]


def test_another_type_is_a_district_of_its_own_and_told(tmp_path: Path) -> None:
    reading = sst.read(written(tmp_path, "27,51,00044,0.01,0.01,,,20200101,29991231\n"))
    assert [(one.id, one.level, one.jurisdiction_code) for one in reading] == [
        ("sst-mn-51-00044", "district", "27-51-00044")
    ]
    assert told(reading) == [
        ("changed", "line 1: a jurisdiction of type 51 is taken as a district of its own")
    ]


def test_a_period_ends_where_the_next_begins_and_a_line_twice_counts_once(tmp_path: Path) -> None:
    rows = """\
55,00,039,0.0,0.0,0.0,0.0,19800101,20200331
55,00,039,0.005,0.005,0.005,0.005,20200331,99991231
55,00,039,0.005,0.005,0.005,0.005,20200331,99991231
"""
    reading = sst.read(written(tmp_path, rows))
    assert [(one.valid_from, one.valid_until) for one in reading] == [
        (date(1980, 1, 1), date(2020, 3, 31)),
        (date(2020, 3, 31), None),
    ]
    assert told(reading) == [
        ("changed", "line 1: ends where the next line of its jurisdiction begins"),
        ("skipped", "line 3: left out, since it says the same as a line before"),
    ]


def test_a_mark_at_the_beginning_and_other_line_ends_change_nothing(tmp_path: Path) -> None:
    plain = list(sst.read(written(tmp_path, GEORGIA)))
    marked = b"\xef\xbb\xbf" + GEORGIA.replace("\n", "\r\n").encode() + b"\r\n"
    assert list(sst.read(written(tmp_path, marked))) == plain
    assert list(sst.read(written(tmp_path, GEORGIA.rstrip("\n")))) == plain


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (b"", [("emptyDocument", None)]),
        (b"\n\n", [("emptyDocument", None)]),
        (GEORGIA.encode("utf-16"), [("invalidText", None)]),
        (b"13,45,13,0.04,0.04,0,0,20110101,29991231\n13,00,001,0.0\n", [("invalidCsv", 2)]),
        (b"13,45,13,0.04,0.04,0,0,20110101\n", [("invalidCsv", 1)]),
        (b"13,45,13,0.04,0.04,0,0,20110101,2999123", [("invalidDate", 1)]),
        (b"13,45,13,0.04,0.04,0,0,20110231,29991231\n", [("invalidDate", 1)]),
        (b"13,45,13,0.04,0.04,0,0,29991231,29991231\n", [("invalidDate", 1)]),
        (b"13,45,13,0.04,0.04,0,0,,\n", [("invalidDate", 1)]),
        (b"13,45,13,4,4,0,0,20110101,29991231\n", [("percentageAbove100", 1)]),
        (b"13,45,13,4e-2,0.04,0,0,20110101,29991231\n", [("invalidNumber", 1)]),
        (b"13,45,13,,0.04,0,0,20110101,29991231\n", [("missingField", 1)]),
        (b"99,45,99,0.04,0.04,0,0,20110101,29991231\n", [("invalidValue", 1)]),
        (b"13,00,,0.04,0.04,0,0,20110101,29991231\n", [("invalidValue", 1)]),
        (b"13,45,13,0.04,0.04,0,0,20110101,20100101\n", [("reversedDates", 1)]),
        (b'13,45,"13,0.04,0.04,0,0,20110101,29991231\n', [("invalidCsv", 1)]),
        (
            b"13,45,13,0.04,0.04,,,20110101,29991231\n13,45,13,0.05,0.05,,,20110101,29991231\n",
            [("duplicateId", 2)],
        ),
    ],
)
def test_a_bad_file_gives_all_that_is_wrong_with_its_lines(
    tmp_path: Path, text: bytes, problems: list[tuple[str, object]]
) -> None:
    found = refusals(sst.read(written(tmp_path, text)))
    assert list(dict.fromkeys(found)) == problems


def test_all_problems_are_told_at_once_up_to_a_hundred(tmp_path: Path) -> None:
    rows = "13,45,13,x,0.04,0,0,20110101,20300101\n" * 2 + "bad\n"
    assert refusals(sst.read(written(tmp_path, rows))) == [
        ("invalidNumber", 1),
        ("invalidNumber", 2),
        ("invalidCsv", 3),
    ]
    assert len(refusals(sst.read(written(tmp_path, "bad\n" * 500)))) == 100


@pytest.mark.parametrize(
    ("name", "rows", "food"),
    [
        ("ga_GAR2026Q2FEB19.csv", 449, 2),
        ("mn_MNR2026Q2FEB18.csv", 148, 0),
        ("wi_WIR2026Q2FEB18.csv", 1941, 0),
    ],
)
def test_a_real_file_is_imported_whole(shared_path: Path, name: str, rows: int, food: int) -> None:
    reading = sst.read(shared_path / "data" / "sst" / name)
    rates = list(reading)
    assert len(rates) == rows + food
    assert [code for code, _ in told(reading)] == (["changed"] if name.startswith("wi") else [])
    assert {one.code for one in RateTable(rates).check()} <= {"gap"}


def test_real_rates_are_those_that_the_state_states(shared_path: Path) -> None:
    files = (shared_path / "data" / "sst").glob("*R2026*.csv")
    table = RateTable([rate for path in files for rate in sst.read(path)])
    assert list(stack(table, None, on="2026-04-01", jurisdictions=["27053", "2743000"])) == [
        "state 0.06875",
        "county 27053 0.0015",
        "city 2743000 0.0050",
    ]
    milwaukee = {"state": "WI", "jurisdictions": ["55079", "5553000"]}
    assert [one.split()[-1] for one in stack(table, None, **milwaukee)] == ["0.05", "0.009", "0.02"]
