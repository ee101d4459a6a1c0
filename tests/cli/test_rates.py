"""Rates: list, check, convert, match and diff, in each format, with what a spreadsheet would run disarmed."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from taxengine.cli.options import today
from tests.cli import RATES, command, process, rate

FORMULAS = [
    *["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\ufeff=1", "\u200b=1", " =1", "'=1", "''=1"],
    *["＝1+1", "－1", "＋1", "＠x", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")'],
]


def write(path: Path, rates: list[dict[str, Any]]) -> Path:
    path.write_text(json.dumps(rates))
    return path


def test_the_rates_of_a_file_are_listed(rates: Path) -> None:
    done = command("rates", "list", rates)
    assert (done.code, done.err) == (0, "")
    assert [one["id"] for one in done.json()["rates"]] == ["de-19", "at-20", "at-10"]
    assert [one["id"] for one in command("rates", "list", rates, "--format", "jsonl").lines()] == [
        "de-19",
        "at-20",
        "at-10",
    ]
    assert command("rates", "list", rates, "--country", "de", "--format", "table").out.decode().splitlines()[
        2:
    ] == ["de-19  DE       valueAddedTax  19 %  no"]


def test_rates_are_listed_by_country_and_date(rates: Path) -> None:
    write(rates, [RATES[0] | {"validUntil": "2026-01-01"}, RATES[1]])
    assert len(command("rates", "list", rates, "--on", "2025-12-31").json()["rates"]) == 2
    assert len(command("rates", "list", rates, "--on", "2026-01-01").json()["rates"]) == 1
    nothing = command("rates", "list", rates, "--country", "FR", "--format", "table")
    assert nothing.out == b"no rates\n"


def test_the_columns_say_what_there_is(rates: Path) -> None:
    write(rates, [
        rate("a", "US", "0.06") | {"state": "CA", "jurisdiction": "941*", "level": "city", "active": False,
                                   "taxCategories": ["x", "y"], "validFrom": "2026-01-01", "inclusive": None},
        rate("b", "US", "0") | {"percentageDecimal": None, "amountPerUnit": "0.25", "inclusive": True},
    ])  # fmt: skip
    shown = command("rates", "list", rates, "--format", "table").out.decode()
    for part in (
        "CA",
        "941* city",
        "6 %",
        "as the line says",
        "x, y",
        "2026-01-01",
        "inactive",
        "0.25/unit",
        "yes",
    ):
        assert part in shown


def test_a_file_without_findings_is_well(rates: Path) -> None:
    write(rates, RATES[:2])
    done = command("rates", "check", rates)
    assert (done.code, done.json()) == (0, {"format": 1, "rates": 2, "findings": [], "report": []})
    assert command("rates", "check", rates, "--format", "table").out == b"2 rates, no findings\n"


@pytest.mark.parametrize(
    ("changes", "code", "finding"),
    [
        ([{}, {"id": "other"}], 4, "ambiguousRates"),
        ([{}, {"id": "igic", "type": "igic"}], 3, "doubleTax"),
        (
            [
                {"validFrom": "2026-01-01", "validUntil": "2026-03-01"},
                {"id": "inner", "validFrom": "2026-01-01", "validUntil": "2026-02-01"},
                {"id": "later", "validFrom": "2026-02-01", "validUntil": "2026-03-01"},
            ],
            3,
            "unreachable",
        ),
        ([{"percentageDecimal": "0.6"}], 0, "percentLooksWrong"),
        ([{"percentageDecimal": "-0.1"}], 0, "percentLooksWrong"),
        ([{"state": "Californiaa", "country": "US"}], 0, "unknownPlace"),
        ([{"validUntil": "2025-01-01"}, {"validFrom": "2026-01-01"}], 0, "gap"),
        ([{"percentageDecimal": "19"}], 3, "percentageAbove100"),
        ([{"percentageDecimal": "1900"}], 3, "percentageAbove100"),
        ([{}, {}], 3, "duplicateId"),
        ([{"validUntil": "2026-02-01"}, {"validFrom": "2026-01-01"}], 3, "overlappingVersions"),
        ([{"validFrom": "2026-01-01", "validUntil": "2025-01-01"}], 3, "reversedDates"),
    ],
)
def test_what_is_wrong_with_rates_is_found(
    rates: Path, changes: list[dict[str, Any]], code: int, finding: str
) -> None:
    write(rates, [RATES[0] | one for one in changes])
    done = command("rates", "check", rates)
    answer = done.json()
    found = answer["error"]["problems"] if "error" in answer else answer["findings"]
    assert (done.code, [one["code"] for one in found]) == (code, [finding])
    if "findings" in answer:
        assert found[0]["rates"]
        assert f"{finding}: " in command("rates", "check", rates, "--format", "table").out.decode()


def test_a_range_of_formats_is_read_and_written_back(here: Path, rates: Path) -> None:
    for form in ("json", "jsonl", "csv"):
        assert command("rates", "convert", rates, "--to", form, "-o", f"rates.{form}.out").code == 0
        assert command("rates", "diff", rates, f"rates.{form}.out").json()["same"] == 3
        back = command("rates", "convert", f"rates.{form}.out", "--to", "json")
        assert back.json()["rates"] == json.loads(rates.read_text())


def test_rates_come_from_standard_input_too(rates: Path) -> None:
    done = process("rates", "list", "-", given=rates.read_bytes())
    assert len(done.json()["rates"]) == 3


def test_the_rates_of_the_vat_project_are_read_and_what_was_left_out_is_told(shared_path: Path) -> None:
    source = shared_path / "data" / "vat" / "ibericode_vat-rates.json"
    done = command("rates", "convert", source, "--to", "jsonl")
    assert done.code == 0
    assert len(done.lines()) > 100
    assert "left out" in done.err
    assert command("rates", "check", source).json()["report"]


def test_a_conversion_is_written_whole_or_not_at_all(here: Path, rates: Path) -> None:
    (here / "out.csv").write_text("old")
    assert command("rates", "convert", rates, "--to", "csv", "-o", "out.csv").code == 2
    rates.write_text("[{}]")
    assert command("rates", "convert", rates, "--to", "csv", "-o", "out.csv", "--force").code == 3
    assert (here / "out.csv").read_text() == "old"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_text_is_a_formula_and_each_comes_back(here: Path, rates: Path, text: str) -> None:
    """A cell begins as a formula for a spreadsheet even after blanks and marks that it skips."""
    texts = dict.fromkeys(["name", "displayName", "description", "state", "jurisdictionCode"], text)
    more = {"compoundOn": [text, "b"], "percentageDecimal": "-0.19", "meta": {"k": text}}
    before = RATES[0] | texts | more | {"id": f"x{text}"}
    write(rates, [before])
    done = command("rates", "convert", rates, "--to", "csv", "-o", "rates.csv")
    assert (done.code, done.err) == (0, "")
    head, row = csv.reader(io.StringIO((here / "rates.csv").read_bytes().decode(), newline=""))
    for name, cell in zip(head, row, strict=True):
        bare = cell.lstrip(" \t\r\n\ufeff\u200b")
        if name == "percentageDecimal":
            assert cell == "-0.19"
        else:
            assert not bare.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
            assert not cell.startswith(("\t", "\r", "\n", "\0"))
    assert command("rates", "convert", "rates.csv").json()["rates"] == [before]


def test_the_rates_that_apply_at_an_address_and_why(rates: Path) -> None:
    write(rates, [*RATES, rate("de-7", "DE", "0.07") | {"taxCategories": ["books"]}])
    done = command("rates", "match", rates, "--country", "DE", "--category", "books", "--on", "2026-03-01")
    assert (done.code, done.err) == (0, "")
    answer = done.json()
    assert [one["id"] for one in answer["rates"]] == ["de-7"]
    assert (answer["taxDate"], answer["taxCategory"]) == ("2026-03-01", "books")
    assert {"what": "lost", "taxRate": "de-19", "by": "de-7"}.items() <= answer["considered"][1].items()
    shown = command(
        "rates", "match", rates, "--country", "DE", "--on", "2026-03-01", "--format", "table"
    ).out.decode()
    assert shown.splitlines() == [
        "rates that apply on 2026-03-01, no tax category: de-19",
        "",
        "rates considered, the nearest first:",
        "  de-19: taken",
        "  de-7: taxCategories: expected books, got none",
    ]
    bare = command("rates", "match", rates, "--country", "DE", "--on", "2026-03-01").json()["considered"][1]
    assert (bare["text"], bare["got"]) == ("de-7: taxCategories: expected books, got none", "")
    assert answer["considered"][0]["text"] == "de-7: taken"


def test_where_no_rate_applies_or_two_tie_the_answer_says_so(rates: Path) -> None:
    missing = command("rates", "match", rates, "--country", "FR", "--on", "2026-03-01")
    assert (missing.code, missing.json()["error"]["code"], missing.json()["rates"]) == (4, "missingRate", [])
    nowhere = ["--country", "FR", "--category", "x", "--on", "2026-03-01", "--format", "table"]
    assert command("rates", "match", rates, *nowhere).out == (
        b"rates that apply on 2026-03-01, tax category x: undetermined\n"
    )
    tied = command("rates", "match", rates, "--country", "AT", "--on", "2026-03-01", "--format", "table")
    assert tied.code == 4
    assert "at-10: nothing decides between" in tied.out.decode()
    assert "and nothing that decides" in tied.err


def test_an_address_is_asked_about_in_all_its_parts(rates: Path) -> None:
    place = {"state": "California", "jurisdiction": "94100..94199", "jurisdictionCode": "SF1"}
    write(rates, [rate("sf", "US", "0.0025") | {"level": "city", "type": "salesTax"} | place])
    where = ["--country", "US", "--state", "CA", "--city", "San Francisco", "--county", "San Francisco"]
    codes = ["--jurisdiction", "X", "--jurisdiction", "SF1"]
    hit = command("rates", "match", rates, *where, "--postal-code", "94105-1234", *codes)
    assert [one["id"] for one in hit.json()["rates"]] == ["sf"]
    assert command("rates", "match", rates, *where, "--postal-code", "94105", "--jurisdiction", "X").code == 4
    assert command("rates", "match", rates, *where, "--postal-code", "9410é").code == 2


def test_today_is_the_date_where_none_is_given(rates: Path) -> None:
    before = today()
    answer = command("rates", "match", rates, "--country", "DE").json()
    assert before <= date.fromisoformat(answer["taxDate"]) <= today()


def test_two_files_are_compared_rate_by_rate(here: Path, rates: Path) -> None:
    after = [
        RATES[0] | {"percentageDecimal": "0.190", "updated": "2026-01-01T00:00:00Z"},
        RATES[1] | {"percentageDecimal": "0.21", "name": "Standard", "taxCategories": ["x"]},
        rate("fr-20", "FR", "0.2") | {"validFrom": "2014-01-01"},
    ]
    write(here / "after.json", after)
    found = command("rates", "diff", rates, "after.json").json()
    assert [one["id"] for one in found["added"]] == ["fr-20"]
    assert [one["id"] for one in found["removed"]] == ["at-10"]
    assert found["changed"] == [{"id": "at-20", "validFrom": None, "fields": {
        "name": {"before": None, "after": "Standard"},
        "percentageDecimal": {"before": "0.20", "after": "0.21"},
        "taxCategories": {"before": None, "after": ["x"]},
    }}]  # fmt: skip
    assert found["same"] == 1
    assert command("rates", "diff", rates, "after.json", "--format", "table").out.decode().splitlines() == [
        "added fr-20 from 2014-01-01",
        "removed at-10",
        'changed at-20: name none -> Standard, percentageDecimal 0.20 -> 0.21, taxCategories none -> ["x"]',
        "1 added, 1 removed, 1 changed, 1 the same",
    ]
