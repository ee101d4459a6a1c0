"""Importers as one: told apart by content, the same shape, and nothing kept of a bad file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from taxengine import TaxRate
from taxengine.core.errors import InvalidInput, InvalidRate, Problem
from taxengine.packs.importers import IMPORTERS, detect
from taxengine.packs.importers.reading import Findings, Reading
from tests.cli import RATES, command
from tests.documents.samples import RATE
from tests.packs.importers import (
    test_dor,
    test_shop,
    test_sst,
    test_stripe,
    test_vat_rates_csv,
    test_zips,
    written,
)
from tests.packs.importers.test_sst_boundary import RATES as OF_MINNESOTA
from tests.packs.importers.test_sst_boundary import record

FILES = {
    "sst": test_sst.GEORGIA,
    "sst-boundary": record("Z", "55401", "55401", county="053", place="43000"),
    "zip": test_zips.HEADER + test_zips.ROWS,
    "dor": test_dor.HEADER + test_dor.ROWS,
    "shop": test_shop.HEADER + "DE,,,,19,VAT,1,0,1,\n",
    "vat-rates": '{"details": "", "version": 1, "items": {"DE": [{"effective_from": "0000-01-01", '
    '"rates": {"standard": 19}}]}}',
    "vat-rates-csv": test_vat_rates_csv.HEADER + "2020-01-01,,DE,EUR,0.19,standard,\n",
    "stripe": json.dumps({"object": "list", "data": [test_stripe.tax_rate()]}),
}


@pytest.mark.parametrize("name", IMPORTERS)
def test_each_format_is_known_by_its_content_also_after_a_mark(tmp_path: Path, name: str) -> None:
    assert detect(written(tmp_path, FILES[name])) == name
    assert detect(written(tmp_path, b"\xef\xbb\xbf" + FILES[name].encode())) == name


def test_the_other_file_of_washington_is_known_too(tmp_path: Path) -> None:
    assert detect(written(tmp_path, test_dor.ZIP_HEADER)) == "dor"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "id,country,type,percentageDecimal,inclusive\n",
        json.dumps(RATES),
        json.dumps({**RATE, "meta": {"object": "tax_rate", "items": {}}}),
        "{}",
        "[]",
        "\x00\x01",
    ],
)
def test_a_file_of_our_own_is_none_of_them(tmp_path: Path, text: str) -> None:
    assert detect(written(tmp_path, text)) is None


@pytest.mark.parametrize("name", IMPORTERS)
def test_each_importer_has_the_same_shape(tmp_path: Path, name: str) -> None:
    module = import_module(f"taxengine.packs.importers.{IMPORTERS[name]}")
    beside = [written(tmp_path, OF_MINNESOTA, "rates.csv")] if name == "sst-boundary" else []
    reading = module.read(written(tmp_path, FILES[name], "file_202603"), *beside)
    assert isinstance(reading, Iterator)
    assert isinstance(next(reading), TaxRate)
    list(reading)
    assert isinstance(reading.report, list)


@pytest.mark.parametrize("name", IMPORTERS)
def test_a_file_that_is_not_there_is_told_as_open_does(tmp_path: Path, name: str) -> None:
    module = import_module(f"taxengine.packs.importers.{IMPORTERS[name]}")
    beside = [tmp_path / "none"] if name == "sst-boundary" else []
    with pytest.raises(FileNotFoundError):
        list(module.read(tmp_path / "none", *beside))


def test_no_rate_comes_after_the_first_problem() -> None:
    good = TaxRate(country="DE", type="gst", percentage_decimal=0, inclusive=None)

    def importer(findings: Findings) -> Iterator[TaxRate]:
        yield good
        findings.wrong(7, "x", "a number", "y")
        yield good
        raise InvalidInput(Problem("invalidText", "the end"))

    reading = Reading(importer)
    assert next(reading) == good
    with pytest.raises(InvalidRate) as refused:
        next(reading)
    assert [one.message for one in refused.value.problems] == [
        "line 7, x: expected a number, got 'y'",
        "the end",
    ]


def test_a_reading_stops_where_nobody_would_read_on() -> None:
    good = TaxRate(country="DE", type="gst", percentage_decimal=0, inclusive=None)

    def importer(findings: Findings) -> Iterator[TaxRate]:
        while True:
            findings.wrong(1, "", "a number", "y")
            yield good

    with pytest.raises(InvalidRate) as refused:
        list(Reading(importer))
    assert len(refused.value.problems) == 100


# ---- the command line ----


def test_a_file_is_converted_by_its_content_or_by_name_and_the_report_is_told(tmp_path: Path) -> None:
    rates, boundary = written(tmp_path, OF_MINNESOTA), written(tmp_path, FILES["sst-boundary"], "b.csv")
    done = command("rates", "convert", boundary, "--rates", rates, "--to", "jsonl")
    assert (done.code, done.err) == (0, "")
    assert [one["id"] for one in done.lines() if "jurisdiction" in one] == [
        "sst-mn-county-053-zip-1",
        "sst-mn-city-43000-zip-1",
        "sst-mn-city-43000-zip-1",
        "sst-mn-state-zip-1",
        "sst-mn-state-food-zip-1",
    ]
    named = command("rates", "convert", rates, "--from", "sst", "--to", "csv", "-o", tmp_path / "out.csv")
    assert named.code == 0
    assert command("rates", "check", tmp_path / "out.csv").json()["rates"] == 10
    wrong = command("rates", "convert", rates, "--from", "shop")
    assert wrong.code == 3
    assert "expected a column Country code, got none" in wrong.err


def test_a_large_file_is_written_as_it_comes_and_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    twice = written(tmp_path, test_sst.GEORGIA * 2)
    done = command("rates", "convert", twice, "--to", "jsonl", "-o", out)
    assert (done.code, len(out.read_text().splitlines())) == (0, 8)
    assert done.err.startswith("taxengine: skipped: line 7, line 8")
    bad = written(tmp_path, test_sst.GEORGIA + "13,00\n")
    refused = command("rates", "convert", bad, "--to", "jsonl", "-o", tmp_path / "none.jsonl")
    assert (refused.code, (tmp_path / "none.jsonl").exists()) == (3, False)
    assert "line 7: expected 9 cells, got 2" in refused.err
    assert command("rates", "convert", bad).out == b""


def test_boundaries_alone_say_what_they_need(tmp_path: Path) -> None:
    boundary = written(tmp_path, FILES["sst-boundary"])
    for arguments in (["convert", boundary], ["list", boundary], ["check", boundary]):
        done = command("rates", *arguments)
        assert done.code == 3
        assert "taxengine rates convert BOUNDARIES --rates RATES" in done.err


def test_public_files_are_read_wherever_rates_are(tmp_path: Path) -> None:
    path = written(tmp_path, FILES["shop"])
    assert [one["id"] for one in command("rates", "list", path).json()["rates"]] == ["shop-de-2"]
    invoice = {"id": "i", "currency": "EUR", "taxDate": "2026-03-01", "taxBehavior": "exclusive",
               "customer": {"address": {"country": "DE"}},
               "lines": [{"id": "1", "amount": "100", "taxCategory": "books"}]}  # fmt: skip
    piped = command("rates", "list", "-", given=path.read_bytes())
    assert [one["id"] for one in piped.json()["rates"]] == ["shop-de-2"]
    done = command("calculate", "-", "--rates", path, given=json.dumps(invoice).encode())
    assert done.json()["totals"]["tax"] == "19.00"
