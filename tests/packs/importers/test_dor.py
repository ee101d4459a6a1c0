"""Washington's files: location codes, and ZIP+4 ranges."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from taxengine import RateTable
from taxengine.packs.importers import dor
from tests.packs.importers import refusals, stack, told, written

HEADER = "Name,Code,State,Local,RTA,Rate,Effective Date,Expiration Date\n"
ROWS = (
    "SEATTLE,1726,.065,.0245,.014,.1035,20260101,20260331\nASOTIN,201,.065,.017,0,.082,1/1/2026,3/31/2026\n"
)
ZIP_HEADER = "ZIP,PLUS4_LOW,PLUS4_HIGH,CODE,STATE,LOCAL,TOT_RATE,EFF_START,EFF_END\n"
ZIP_ROWS = """\
98101,1,1999,1726,.065,.0385,.1035,20260101,20260331
98101,2000,2999,1700,.065,.024,.089,20260101,20260331
98102,0001,9999,1726,.065,.0385,.1035,20260101,20260331
"""


def test_state_local_and_transit_are_rates_of_their_own_by_location_code(tmp_path: Path) -> None:
    table = RateTable(dor.read(written(tmp_path, HEADER + ROWS)))
    there = {"state": "WA", "on": "2026-03-31"}
    assert list(stack(table, None, jurisdictions=["1726"], **there)) == [
        "state 0.065",
        "city 1726 0.0245",
        "district 1726 0.014",
    ]
    assert list(stack(table, None, jurisdictions=["0201"], **there)) == ["state 0.065", "city 0201 0.017"]
    assert {(one.valid_from, one.valid_until) for one in table} == {(date(2026, 1, 1), date(2026, 4, 1))}
    assert table.check() == []


def test_a_zip_plus_four_has_the_local_rate_of_its_location(tmp_path: Path) -> None:
    reading = dor.read(written(tmp_path, ZIP_HEADER + ZIP_ROWS))
    table = RateTable(reading)
    there = {"state": "WA", "on": "2026-03-31"}
    assert list(stack(table, "98101-1999", **there)) == ["state 0.065", "city 1726 0.0385"]
    assert list(stack(table, "98101-2000", **there)) == ["state 0.065", "city 1700 0.024"]
    assert list(stack(table, "98102", **there)) == ["state 0.065", "city 1726 0.0385"]
    for lowest in ("98101", "98101-5000"):
        assert list(stack(table, lowest, **there)) == ["state 0.065", "city 1700 0.024"]
    assert len(table) == 3
    assert told(reading) == [
        ("changed", "ZIP 98101, ZIP 98102: the ZIP without +4 has the lowest of its ZIP+4s")
    ]


def test_an_open_end_and_rows_of_several_quarters_are_known(tmp_path: Path) -> None:
    rows = ZIP_ROWS.replace("20260331", "99991231", 1)
    rows += "98103,1,9,1700,.065,.024,.089,20250101,20251231\n"
    table = RateTable(dor.read(written(tmp_path, ZIP_HEADER + rows)))
    periods = {one.id: (one.valid_from, one.valid_until) for one in table}
    assert periods["dor-wa-state"] == (date(2025, 1, 1), None)


def test_parts_that_do_not_add_up_are_told_and_a_row_twice_counts_once(tmp_path: Path) -> None:
    rows = ROWS.replace(".1035", ".1") + ROWS.splitlines()[1] + "\n"
    reading = dor.read(written(tmp_path, HEADER + rows))
    assert len(list(reading)) == 4
    assert told(reading) == [
        ("doubtful", "line 2: the parts do not add up to the whole; the parts were taken"),
        ("skipped", "line 4: left out, since it says the same as a line before"),
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Name,Code,State,Local,Rate,Effective Date,Expiration Date\n", [("missingField", 1)]),
        (f"{HEADER}A,17X6,.065,.02,0,.085,20260101,20260331\n", [("invalidValue", 2)]),
        (f"{HEADER}A,1726,,.02,0,.085,20260101,20260331\n", [("missingField", 2)]),
        (f"{ZIP_HEADER}98101,1,2,1726,,.03,.095,20260101,20260331\n", [("missingField", 2)]),
        (f"{HEADER}A,1726,6.5,.02,0,.085,20260101,20260331\n", [("percentageAbove100", 2)]),
        (f"{HEADER}A,1726,.065,,0,.085,2026,20260331\n", [("invalidDate", 2), ("missingField", 2)]),
        (f"{HEADER}{ROWS}B,1726,.065,.03,.014,.109,20260101,20260331\n", [("duplicateId", 4)]),
        (f"{HEADER}{ROWS}B,1727,.07,.03,0,.1,20260101,20260331\n", [("duplicateId", 4)]),
        (f"{ZIP_HEADER}9810X,1,2,1726,.065,.03,.095,20260101,20260331\n", [("invalidPostalCode", 2)]),
        (f"{ZIP_HEADER}98101,5,2,1726,.065,.03,.095,20260101,20260331\n", [("invalidValue", 2)]),
        (f"{ZIP_HEADER}98101,1,2,1726,.065,.03,.095,20260101,20261331\n", [("invalidDate", 2)]),
        (f"{ZIP_HEADER}98101,1,2,17261,.065,.03,.095,20260101,20261231\n", [("invalidValue", 2)]),
    ],
)
def test_a_bad_file_gives_all_that_is_wrong_with_its_lines(
    tmp_path: Path, text: str, problems: list[tuple[str, object]]
) -> None:
    assert sorted(refusals(dor.read(written(tmp_path, text)))) == problems
