"""Streamlined boundaries: which ZIP codes lie where, and each trap of the files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taxengine import Address, Customer, Invoice, Line, RateTable, calculate
from taxengine.packs.importers import areas, sst_boundary
from tests.packs.importers import refusals, stack, told, written

RATES = """\
27,45,27,0.06875,0.06875,0,0,20090701,29991231
27,00,053,0.0015,0.0015,,,20070101,29991231
27,00,123,0.005,0.005,,,20070101,29991231
27,01,43000,0.005,0.005,0.005,0.005,20051001,20211231
27,01,43000,0.006,0.006,0.006,0.006,20220101,29991231
27,01,58000,0.01,0.01,0.002,0.002,20051001,29991231
27,63,80004,0.0025,0.0025,,,20051001,29991231
27,63,80005,0.0075,0.0075,,,20051001,29991231
"""


def record(
    kind: str,
    low: str = "",
    high: str = "",
    *,
    county: str = "",
    place: str = "",
    districts: Iterable[tuple[str, str]] = (),
    zip_code: str = "",
    begin: str = "20190101",
    end: str = "29991231",
    triplets: int = 20,
) -> str:
    """One row; `low` and `high` are a ZIP, or a ZIP and +4 with a hyphen between."""
    (zip_low, _, more_low), (zip_high, _, more_high) = low.partition("-"), high.partition("-")
    cells = [kind, begin, end, *[""] * 12, zip_code, "", zip_low, more_low, zip_high, more_high, ""]
    cells += ["27", "27", county, place, "", "", ""]
    special = [cell for code, of in districts for cell in ("ST", code, of)]
    return ",".join([*cells, *special, *[""] * (3 * triplets - len(special))]) + "\n"


def table_of(tmp_path: Path, *rows: str, rates: str = RATES) -> RateTable:
    return RateTable(
        sst_boundary.read(written(tmp_path, "".join(rows), "boundary.csv"), written(tmp_path, rates))
    )


def reading_of(tmp_path: Path, *rows: str) -> sst_boundary.Reading:
    return sst_boundary.read(written(tmp_path, "".join(rows), "boundary.csv"), written(tmp_path, RATES))


MINNEAPOLIS = ["state 0.06875", "county 27053 0.0015", "city 2743000 0.006"]


def test_a_zip_plus_four_alone_gives_state_county_city_and_districts_each_its_own(tmp_path: Path) -> None:
    there = {"county": "053", "place": "43000", "districts": [("80004", "63"), ("80005", "63")]}
    table = table_of(tmp_path, record("4", "55401-0001", "55401-4999", **there))  # type: ignore[arg-type]
    overlapping = ["district 27-63-80004 0.0025", "district 27-63-80005 0.0075"]
    assert list(stack(table, "55401-1234")) == [*MINNEAPOLIS, *overlapping]
    line = Line(id="1", amount="1000.00", tax_category="books", tax_behavior="exclusive")
    address = Address(country="US", state="MN", postal_code="554011234")
    invoice = Invoice(id="i", currency="USD", tax_date=date(2026, 3, 1), lines=[line],
                      customer=Customer(address=address))  # fmt: skip
    calculation = calculate(invoice, table)
    taxes = [tax.tax for tax in calculation.lines[0].taxes]
    assert taxes == [Decimal(text) for text in ("68.75", "1.50", "6.00", "2.50", "7.50")]
    assert calculation.warnings == ()


def test_food_gets_the_food_rate_of_each_and_the_general_one_where_the_file_is_blank(tmp_path: Path) -> None:
    row = record("4", "55101-0001", "55101-9999", county="123", place="58000", districts=[("80004", "63")])
    table = table_of(tmp_path, row)
    assert list(stack(table, "55101-0001", "food.bread")) == [
        "state 0",
        "county 27123 0.005",
        "city 2758000 0.002",
        "district 27-63-80004 0.0025",
    ]
    assert table.check() == []


def test_the_record_with_the_lowest_sum_is_taken_and_what_comes_out_is_disjoint(tmp_path: Path) -> None:
    rows = [
        record("4", "55101-0001", "55101-4000", county="123", place="58000"),
        record("4", "55101-2000", "55101-6000", county="053", place="43000"),
    ]
    table = table_of(tmp_path, *rows)
    assert list(stack(table, "55101-1999")) == ["state 0.06875", "county 27123 0.005", "city 2758000 0.01"]
    assert list(stack(table, "55101-2000")) == MINNEAPOLIS
    assert list(stack(table, "55101-6000")) == MINNEAPOLIS
    reading = reading_of(tmp_path, *rows)
    ranges = [one.jurisdiction for one in reading if one.by_postal_code and one.level == "city"]
    assert ranges[0] != ranges[-1]
    assert told(reading)[0] == (
        "changed",
        "1 area: several records are in force: the one with the lowest rate was taken, as the law has it",
    )


def test_the_lowest_may_be_another_after_a_rate_has_changed(tmp_path: Path) -> None:
    rates = RATES.replace("0.006,0.006,0.006,0.006", "0.02,0.02,0.02,0.02")
    rows = [
        record("4", "55101-0001", "55101-9999", place="58000"),
        record("4", "55101-0001", "55101-9999", place="43000"),
    ]
    table = table_of(tmp_path, *rows, rates=rates)
    assert list(stack(table, "55101-0007", on="2021-12-31"))[-1] == "city 2743000 0.005"
    assert list(stack(table, "55101-0007", on="2022-01-01"))[-1] == "city 2758000 0.01"


def test_plus_fours_and_zips_that_lost_their_zeros_are_padded(tmp_path: Path) -> None:
    table = table_of(tmp_path, record("4", "55401-55", "55401-0060", county="053"))
    assert list(stack(table, "55401-0055"))[-1] == "county 27053 0.0015"
    short = table_of(tmp_path, record("Z", "7001", "7003", county="053"))
    assert list(stack(short, "07002"))[-1] == "county 27053 0.0015"


def test_a_range_may_go_on_into_the_next_zips(tmp_path: Path) -> None:
    table = table_of(
        tmp_path,
        record("4", "55012-0011", "55014-0020", county="053"),
        record("Z", "55012", "55014", place="58000"),
    )
    for code, county in (
        ("55012-0010", False), ("55012-0011", True), ("55012-9999", True), ("55013-0001", True),
        ("55013-9999", True), ("55014-0020", True), ("55014-0021", False), ("55013", False),
    ):  # fmt: skip
        assert list(stack(table, code))[-1] == ("county 27053 0.0015" if county else "city 2758000 0.01")


def test_a_zip_alone_has_its_own_record_and_a_plus_four_without_one_has_it_too(tmp_path: Path) -> None:
    table = table_of(
        tmp_path,
        record("Z", "55101", "55101", county="123"),
        record("4", "55101-1000", "55101-1999", county="053", place="43000"),
    )
    for code in ("55101", "55101-0999", "55101-2000", "55101-0000"):
        assert list(stack(table, code)) == ["state 0.06875", "county 27123 0.005"]
    assert list(stack(table, "55101-1000")) == MINNEAPOLIS


def test_a_zip_without_a_record_of_its_own_has_the_lowest_of_its_plus_fours(tmp_path: Path) -> None:
    rows = [
        record("4", "55101-0001", "55101-4999", county="123"),
        record("4", "55101-5000", "55101-5999", county="053"),
    ]
    table = table_of(tmp_path, *rows)
    for code in ("55101", "55101-7000", "55101-5500"):
        assert list(stack(table, code))[-1] == "county 27053 0.0015"
    reading = reading_of(tmp_path, *rows)
    list(reading)
    assert told(reading)[-1] == (
        "changed", "ZIP 55101: the ZIP alone has no record: the lowest of its ZIP+4s was taken"
    )  # fmt: skip


def test_street_records_count_only_where_no_other_speaks_of_the_zip(tmp_path: Path) -> None:
    rows = [
        record("Z", "55101", "55101", county="123"),
        record("A", zip_code="55101", county="053"),
        record("A", zip_code="55102", county="123"),
        record("A", zip_code="55102", county="053"),
    ]
    table = table_of(tmp_path, *rows)
    assert list(stack(table, "55101-0001"))[-1] == "county 27123 0.005"
    assert list(stack(table, "55102-0001"))[-1] == "county 27053 0.0015"
    reading = reading_of(tmp_path, *rows)
    list(reading)
    messages = dict(told(reading))
    assert messages["skipped"] == (
        "line 2, line 3, line 4: left out: a ZIP code does not tell the houses of a street"
    )
    assert messages["changed"].startswith("ZIP 55102: the ZIP stands in street records only")


def test_a_street_may_hold_a_comma_in_quotes(tmp_path: Path) -> None:
    row = record("A", zip_code="55102", county="053").replace(",,,", ',"MAIN, EAST",,', 1)
    assert list(stack(table_of(tmp_path, row), "55102"))[-1] == "county 27053 0.0015"


def test_triplets_of_the_state_are_skipped_and_a_county_in_one_counts_once(tmp_path: Path) -> None:
    districts = [("27", "45"), ("053", "00"), ("80004", "63"), ("80004", "63")]
    row = record("Z", "55401", "55401", county="053", districts=districts)
    assert list(stack(table_of(tmp_path, row), "55401")) == [
        "state 0.06875",
        "county 27053 0.0015",
        "district 27-63-80004 0.0025",
    ]


@pytest.mark.parametrize("triplets", [0, 1, 18, 20])
def test_rows_may_be_shorter_or_longer_and_begin_in_small_letters_after_a_mark(
    tmp_path: Path, triplets: int
) -> None:
    rows = record("z", "55401", "55401", county="053", triplets=triplets)
    rows += record("a", zip_code="55402", county="123", triplets=triplets)
    marked = written(tmp_path, b"\xef\xbb\xbf" + rows.encode() + b"\r\n", "boundary.csv")
    table = RateTable(sst_boundary.read(marked, written(tmp_path, RATES)))
    assert list(stack(table, "55401"))[-1] == "county 27053 0.0015"


def test_codes_that_somebody_has_resolved_go_before_postal_codes(tmp_path: Path) -> None:
    table = table_of(tmp_path, record("Z", "55101", "55101", county="053"))
    there = {"jurisdictions": ["27123", "2758000"]}
    resolved = ["state 0.06875", "county 27123 0.005", "city 2758000 0.01"]
    assert list(stack(table, "55101", **there)) == resolved
    assert list(stack(table, "99999", **there)) == resolved


def test_a_jurisdiction_without_a_rate_levies_nothing_and_is_told_once(tmp_path: Path) -> None:
    rows = [record("Z", f"5510{at}", f"5510{at}", county="999", place="58000") for at in range(3)]
    assert list(stack(table_of(tmp_path, *rows), "55102")) == ["state 0.06875", "city 2758000 0.01"]
    reading = reading_of(tmp_path, *rows)
    list(reading)
    assert told(reading) == [("skipped", "line 1: county 999: not in the rate file, so it levies nothing")]


def test_a_record_that_ended_before_it_began_is_left_out(tmp_path: Path) -> None:
    rows = [record("Z", "55101", "55101", begin="20200101", end="20191231", county="053")] * 2
    reading = reading_of(tmp_path, *rows)
    assert not [one for one in reading if one.by_postal_code]
    assert told(reading) == [("skipped", "line 1, line 2: left out, since it ended before it began")]


def test_boundaries_that_move_keep_their_days(tmp_path: Path) -> None:
    table = table_of(
        tmp_path,
        record("Z", "55101", "55101", county="053", begin="20190101", end="20251231"),
        record("Z", "55101", "55101", county="123", begin="20260101"),
    )
    assert list(stack(table, "55101", on="2025-12-31"))[-1] == "county 27053 0.0015"
    assert list(stack(table, "55101", on="2026-01-01"))[-1] == "county 27123 0.005"


def test_many_codes_go_on_in_the_next_rate_and_neighbours_are_one(tmp_path: Path) -> None:
    rows = [
        record("4", f"55{zip_code}-{low:04d}", f"55{zip_code}-{low + 4:04d}", county=county)
        for zip_code in (101, 102)
        for low in range(1, 9990, 10)
        for low, county in ((low, "053"), (low + 5, "123"))
    ]
    rates = [one for one in reading_of(tmp_path, *rows) if one.by_postal_code]
    counties = [one for one in rates if one.level == "county"]
    assert len({one.id for one in counties}) == len(counties) == 2
    (state,) = [one for one in rates if one.level == "state" and not one.tax_categories]
    assert state.jurisdiction == "55101..55102"


def test_long_lists_of_codes_are_cut_between_two_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(areas, "_MOST_TEXT", 20)
    every_other = areas.array("I", range(551010001, 551010009, 2))
    assert list(areas.pieces(areas.Ranges(every_other, every_other))) == [
        "551010001,551010003,551010005",
        "551010007",
    ]
    three = every_other[:3]
    assert list(areas.pieces(areas.Ranges(three, three))) == ["551010001,551010003,551010005"]


def test_what_is_remembered_is_bounded_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [record("4", f"55101-{at}", f"55101-{at}", county=("053", "123")[at % 2]) for at in range(1, 9)]
    before = list(reading_of(tmp_path, *rows))
    monkeypatch.setattr(areas, "_MOST_MEMORY", 1)
    assert list(reading_of(tmp_path, *rows)) == before


def test_a_district_without_a_code_and_a_void_street_say_nothing(tmp_path: Path) -> None:
    rows = [
        record("Z", "55101", "55101", districts=[("", "63"), ("80004", "63")]),
        record("A", zip_code="55102", begin="20200101", end="20191231"),
    ]
    table = table_of(tmp_path, *rows)
    assert list(stack(table, "55101")) == ["state 0.06875", "district 27-63-80004 0.0025"]
    assert list(stack(table, "55102")) == ["state 0.06875"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (record("B", "55101", "55101"), ("invalidValue", 2)),
        ("4,20190101,29991231,55101\n", ("invalidCsv", 2)),
        ("4,2019", ("invalidCsv", 2)),
        (record("4", "5510X-0001", "55101-0002"), ("invalidPostalCode", 2)),
        (record("4", "55101-00X1", "55101-0002"), ("invalidPostalCode", 2)),
        (record("4", "55101-0005", "55101-0002"), ("invalidPostalCode", 2)),
        (record("4", "55101-00001", "55101-0002"), ("invalidPostalCode", 2)),
        (record("4", "551012-1", "551012-2"), ("invalidPostalCode", 2)),
        (record("4", "00001-1", "99999-2"), ("invalidPostalCode", 2)),
        (record("Z", "55102", "55101"), ("invalidPostalCode", 2)),
        (record("Z", "00001", "99999"), ("invalidPostalCode", 2)),
        (record("Z", "55101", "55101", begin="2019-13-01"), ("invalidDate", 2)),
        (record("4", "55101-0001", "55101-0002", end=""), ("invalidDate", 2)),
        (record("A", zip_code=""), ("invalidValue", 2)),
        ("\x00\x00\x00\x00", ("invalidText", None)),
        (b"\xff\xfe4\x00".decode("latin-1"), ("invalidText", None)),
    ],
)
def test_a_bad_row_is_told_with_its_line(tmp_path: Path, row: str, problem: tuple[str, object]) -> None:
    text = record("Z", "55101", "55101").encode() + row.encode("latin-1")
    bad = sst_boundary.read(written(tmp_path, text, "boundary.csv"), written(tmp_path, RATES))
    assert refusals(bad) == [problem]


def test_nothing_and_too_much_are_told_and_a_bad_rate_file_before_any_boundary(tmp_path: Path) -> None:
    assert refusals(reading_of(tmp_path)) == [("emptyDocument", None)]
    assert len(refusals(reading_of(tmp_path, *[record("B")] * 500))) == 100
    bad = sst_boundary.read(written(tmp_path, "B\n", "boundary.csv"), written(tmp_path, "27,45,27\n"))
    assert refusals(bad) == [("invalidCsv", 1)]


def test_the_real_sample_is_imported_and_gives_the_stacks_of_its_time(shared_path: Path) -> None:
    folder = shared_path / "data" / "sst"
    reading = sst_boundary.read(folder / "mn_MNB2026Q2FEB18-sample.csv", folder / "mn_MNR2026Q2FEB18.csv")
    table = RateTable(reading)
    assert {one.code for one in table.check()} <= {"gap"}
    then = {"on": "2019-03-01"}
    assert list(stack(table, "55401-1234", **then)) == [
        "state 0.06875", "county 27053 0.0015", "city 2743000 0.0050", "district 27-63-80004 0.0050",
    ]  # fmt: skip
    assert list(stack(table, "55049-1500", **then))[-1] == "city 2741426 0.0050"
    assert list(stack(table, "55101-2393", **then))[-1] == "county 27123 0.0050"
    assert list(stack(table, "55101-2394", **then))[-1] == "city 2758000 0.0050"


# ---- against what the law says, tried out by brute force ----

SETS = [("053", "43000", ()), ("123", "58000", ()), ("053", "", ("80004", "80005")), ("", "", ())]
YEARS = [2019, 2021, 2023, 2025]


@st.composite
def records(draw: st.DrawFn) -> tuple[str, int, int, int, int, int]:
    """A kind, both ends as nine digits, the set, the first year and the one after the last."""
    kind = draw(st.sampled_from("44ZA"))
    ends = sorted(
        draw(st.tuples(*[st.integers(551010001, 551010012) | st.integers(551020001, 551020004)] * 2))
    )
    years = sorted(draw(st.lists(st.sampled_from(YEARS), min_size=2, max_size=2, unique=True)))
    return kind, ends[0], ends[1], draw(st.integers(0, len(SETS) - 1)), *years  # type: ignore[return-value]


def row_of(one: tuple[str, int, int, int, int, int]) -> str:
    kind, low, high, names, since, until = one
    county, place, districts = SETS[names]
    more = {"county": county, "place": place, "districts": [(code, "63") for code in districts]}
    dates = {"begin": f"{since}0101", "end": f"{until - 1}1231"}
    if kind == "A":
        return record("A", zip_code=str(low // 10000), **more, **dates)  # type: ignore[arg-type]
    if kind == "Z":
        return record("Z", str(low // 10000), str(high // 10000), **more, **dates)  # type: ignore[arg-type]
    return record(
        "4", f"{low // 10000}-{low % 10000}", f"{high // 10000}-{high % 10000:04d}", **more, **dates
    )  # type: ignore[arg-type]


COSTS = [Decimal("0.0065"), Decimal("0.015"), Decimal("0.0115"), Decimal(0)]


def lawful(
    found: list[tuple[str, int, int, int, int, int]], zip_code: int, plus4: int, year: int
) -> int | None:
    """The set that applies: of the first rank that has any record in force, the cheapest."""

    def of(kind: str) -> list[tuple[str, int, int, int, int, int]]:
        return [one for one in found if one[0] == kind and one[1] // 10000 <= zip_code <= one[2] // 10000]

    streets = [one for one in found if one[0] == "A" and one[1] // 10000 == zip_code]
    whole = of("Z") or of("4") or streets
    exact = [one for one in of("4") if one[1] <= zip_code * 10000 + plus4 <= one[2]] if plus4 else []
    for rank in (exact, whole):
        held = [one[3] for one in rank if one[4] <= year < one[5]]
        if held:
            return min(held, key=lambda at: COSTS[at])
    return None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(found=st.lists(records(), min_size=1, max_size=6))
def test_whatever_the_records_each_code_has_what_the_law_gives_it(
    tmp_path: Path, found: list[tuple[str, int, int, int, int, int]]
) -> None:
    flat = RATES.replace("0.006,0.006,0.006,0.006", "0.005,0.005,0.005,0.005")
    table = table_of(tmp_path, *map(row_of, found), rates=flat)
    for zip_code in (55101, 55102):
        for plus4 in (0, *range(1, 14)):
            for year in YEARS[:-1]:
                code = f"{zip_code}-{plus4:04d}" if plus4 else str(zip_code)
                got = [one.split()[1] for one in stack(table, code, on=f"{year}-06-01")][1:]
                names = lawful(found, zip_code, plus4, year)
                county, place, districts = ("", "", ()) if names is None else SETS[names]
                expected = [f"27{name}" for name in (county, place) if name]
                assert got == [*expected, *(f"27-63-{name}" for name in districts)]
