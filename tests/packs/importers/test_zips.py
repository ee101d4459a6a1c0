"""ZIP tables: one estimate a ZIP, whose month stands in the file's name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from taxengine import RateTable
from taxengine.packs.importers import zips
from tests.packs.importers import refusals, stack, told, written

HEADER = (
    "State,ZipCode,TaxRegionName,EstimatedCombinedRate,StateRate,EstimatedCountyRate,EstimatedCityRate,"
    "EstimatedSpecialRate,RiskLevel\n"
)
ROWS = "CA,94105,SAN FRANCISCO,0.08625,0.06,0.0025,0,0.02375,1\nNJ,7001,AVENEL,0.06625,0.06625,0,0,0,2\n"


def test_each_zip_has_its_combined_rate_from_the_month_of_the_file(tmp_path: Path) -> None:
    rates = list(zips.read(written(tmp_path, HEADER + ROWS, "TAXRATES_ZIP5_CA202603.csv")))
    assert [(one.id, one.percentage_decimal, one.valid_from) for one in rates] == [
        ("zip-ca-94105", Decimal("0.08625"), date(2026, 3, 1)),
        ("zip-nj-07001", Decimal("0.06625"), date(2026, 3, 1)),
    ]
    assert [(one.level, one.name, one.meta) for one in rates] == [
        (None, "CA 94105 SAN FRANCISCO", {"riskLevel": "1"}),
        (None, "NJ 07001 AVENEL", {"riskLevel": "2"}),
    ]


def test_a_zip_that_lost_its_zeros_matches_with_them(tmp_path: Path) -> None:
    table = RateTable(zips.read(written(tmp_path, HEADER + ROWS, "202603.csv")))
    assert list(stack(table, "07001-1234", state="NJ")) == ["None 0.06625"]


def test_a_file_without_a_month_in_its_name_is_told(tmp_path: Path) -> None:
    for name in ("rates.csv", "rates_20263.csv", "zip_1234567.csv"):
        reading = zips.read(written(tmp_path, HEADER + ROWS, name))
        assert [one.valid_from for one in reading] == [None, None]
        assert [code for code, _ in told(reading)] == ["doubtful"]


def test_parts_that_do_not_add_up_are_told_and_the_combined_rate_is_taken(tmp_path: Path) -> None:
    rows = ROWS.replace("0.02375", "0.01") + "CA,94110,SF,0.08625,,,,,\n"
    reading = zips.read(written(tmp_path, HEADER + rows, "202603.csv"))
    assert [f"{one.percentage_decimal}" for one in reading] == ["0.08625", "0.06625", "0.08625"]
    assert told(reading) == [
        ("doubtful", "line 2: the parts do not add up to the combined rate, which was taken")
    ]


def test_a_zip_twice_is_one_where_both_say_the_same_and_refused_where_not(tmp_path: Path) -> None:
    again = "CA,94105,SF,0.08625,,,,,\n"
    reading = zips.read(written(tmp_path, HEADER + ROWS + again, "202603.csv"))
    assert len(list(reading)) == 2
    assert told(reading) == [("skipped", "line 4: left out, since it says the same as a line before")]
    other = again.replace("0.08625", "0.09")
    assert refusals(zips.read(written(tmp_path, HEADER + ROWS + other, "202603.csv"))) == [("duplicateId", 4)]
    elsewhere = again.replace("CA", "NV").replace("0.08625", "0.09")
    assert len(list(zips.read(written(tmp_path, HEADER + ROWS + elsewhere, "202603.csv")))) == 3


def test_columns_are_known_in_any_order_and_case_and_others_are_told(tmp_path: Path) -> None:
    text = "\ufeffzipcode,State,ESTIMATEDCOMBINEDRATE,Colour\n94105,california,.08625,red\n"
    reading = zips.read(written(tmp_path, text, "202603.csv"))
    assert [one.id for one in reading] == ["zip-ca-94105"]
    assert told(reading) == [("skipped", "line 1: column 'Colour' is not read")]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("State,ZipCode\nCA,94105\n", [("missingField", 1)]),
        ("State,ZipCode,ZipCode,EstimatedCombinedRate\n", [("duplicateKey", 1), ("duplicateKey", 1)]),
        ("", [("emptyDocument", None)]),
        (f"{HEADER}CA,94105,SF,8.625,,,,,\n", [("percentageAbove100", 2)]),
        (f"{HEADER}CA,94105,SF,,,,,,\nZZ,94105,SF,0.08,,,,,\n", [("missingField", 2), ("invalidValue", 3)]),
        (
            f"{HEADER}CA,9410X,SF,0.08,,,,,\nCA,941055,SF,0.08,,,,,\n",
            [("invalidPostalCode", 2), ("invalidPostalCode", 3)],
        ),
        (f"{HEADER}CA,94105,SF,8.625%,x,,,,\n", [("invalidNumber", 2), ("invalidNumber", 2)]),
        (f"{HEADER}CA,94105,SF,0.08", [("invalidCsv", 2)]),
        (f"{HEADER}CA,94105,caf\xe9,0.08,,,,,\n".encode("latin-1"), [("invalidText", None)]),
    ],
)
def test_a_bad_file_gives_all_that_is_wrong_with_its_lines(
    tmp_path: Path, text: str | bytes, problems: list[tuple[str, object]]
) -> None:
    assert refusals(zips.read(written(tmp_path, text, "202603.csv"))) == problems
