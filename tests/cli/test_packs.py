"""Packs: listed, and named wherever a file of rates may stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from taxengine import packs
from taxengine.packs import available, read
from tests.cli import command, invoice

FRENCH = invoice(country="FR", taxBehavior="inclusive")


@pytest.fixture
def french(here: Path) -> Path:
    (here / "french.json").write_text(json.dumps(FRENCH))
    return here / "french.json"


def test_the_packs_are_listed() -> None:
    done = command("rates", "packs")
    assert (done.code, done.err) == (0, "")
    found = {one["name"]: one for one in done.json()["packs"]}
    assert tuple(found) == available()
    assert found["ca"] == read("ca").head()
    assert {"asOf", "historyFrom", "licence", "rows", "sha256", "title", "version"} < found["eu"].keys()
    table = command("rates", "packs", "--format", "table").out.decode().splitlines()
    assert table[0].split() == ["pack", "version", "as", "of", "history", "from", "rows", "licence", "what"]
    assert len(table) == 2 + len(available())


def test_a_pack_shows_its_rows_with_their_sources_and_what_it_is_without() -> None:
    document = command("rates", "packs", "ca").json()
    assert document["rows"][0]["source"].startswith("https://www.canada.ca/")
    assert document["rows"][0]["verified"] == "2026-11-22"
    assert document["without"]
    shown = command("rates", "packs", "ca", "--format", "table").out.decode()
    assert "ca-qc-qst  CA-QC  qst  9.975 %  2019-01-01" in shown
    assert "not in it:" in shown


def test_a_pack_that_is_not_there_is_a_usage_error_with_a_suggestion(french: Path) -> None:
    for arguments in (
        ["rates", "packs", "cax"],
        ["rates", "list", "pack:eu,cax"],
        ["calculate", french, "--rates", "pack:cax"],
    ):
        done = command(*arguments)
        assert (done.code, done.out) == (2, b"")
        assert "got 'cax'; did you mean ca?" in done.err
    assert command("rates", "list", "pack:").code == 2


def test_a_match_says_what_a_calculation_would_warn_of() -> None:
    where = ["rates", "match", "pack:eu,us", "--country", "FR", "--on"]
    assert command(*where, "2026-12-01").json()["warnings"] == []
    (stale,) = command(*where, "2027-12-01").json()["warnings"]
    assert (stale["code"], stale["path"]) == ("staleRates", "taxDate")
    shown = command(*where, "2027-12-01", "--format", "table").out.decode().splitlines()
    assert shown[1].startswith("staleRates: taxDate: pack eu is as of ")
    new_york = ["rates", "match", "pack:us", "--country", "US", "--state", "NY", "--on", "2026-12-01"]
    assert [one["code"] for one in command(*new_york).json()["warnings"]] == ["rateCaution"]
    kos = ["rates", "match", "pack:eu", "--country", "GR", "--postal-code", "85300", "--on", "2026-12-01"]
    (unknown,) = command(*kos).json()["warnings"]
    assert unknown["code"] == "missingAddress"
    assert unknown["message"].startswith("expected both states of a sale to GR 85300")
    somewhere = command("rates", "match", "pack:eu", "--country", "GR", "--on", "2026-12-01").json()
    assert [one["code"] for one in somewhere["warnings"]] == ["incompleteAddress"]
    assert somewhere["warnings"][0]["message"].startswith("rates of GR ask for ")
    assert "warnings" in command(*new_york, "--category", "food").json()


def test_an_invoice_is_taxed_from_a_pack(french: Path) -> None:
    done = command("calculate", french, "--rates", "pack:eu,ca")
    assert (done.code, done.err) == (0, "")
    assert [row["taxRate"] for row in done.json()["taxes"]] == ["eu-fr-standard"]
    assert command("check", french, "--rates", "pack:eu").json()["problems"] == []
    missing = command("check", french, "--rates", "pack:ca")
    assert (missing.code, missing.json()["error"]["code"]) == (4, "missingRate")


def test_a_date_before_the_history_is_answered_as_such(french: Path) -> None:
    french.write_text(json.dumps(FRENCH | {"taxDate": "2018-06-01"}))
    done = command("calculate", french, "--rates", "pack:eu")
    assert (done.code, done.json()["error"]["code"]) == (4, "missingRate")
    assert "the history of pack eu begins on 2019-01-01" in done.err


def test_packs_stand_where_files_of_rates_stand(here: Path) -> None:
    assert len(command("rates", "list", "pack:ca").json()["rates"]) == len(read("ca").rows)
    assert command("rates", "list", "pack:ca,ch", "--format", "jsonl").lines()[0]["id"] == "ca-gst"
    assert command("rates", "convert", "pack: ca , ch", "--to", "csv", "-o", "packs.csv").code == 0
    same = command("rates", "diff", "pack:ca,ch", "packs.csv").json()
    assert (same["same"], same["changed"]) == (len(read("ca").rows) + len(read("ch").rows), [])
    found = command("rates", "match", "pack:ca", "--country", "CA", "--state", "QC", "--on", "2026-03-01")
    assert [one["id"] for one in found.json()["rates"]] == ["ca-gst", "ca-qc-qst"]
    schedule = {"countries": ["FR"], "merchant": {"address": {"country": "FR"}}, "taxDate": "2026-03-01"}
    (here / "schedule.json").write_text(json.dumps(schedule))
    assert command("check", "--schedule", "schedule.json", "--rates", "pack:eu").code == 0


def test_all_packs_pass_the_check() -> None:
    done = command("rates", "check", f"pack:{','.join(available())}")
    assert (done.code, done.json()["findings"]) == (0, [])


def test_an_old_pack_is_told_by_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = read("ca")
    monkeypatch.setattr("taxengine.cli.rates.today", lambda: pack.stale_from)
    assert [one["code"] for one in command("rates", "check", "pack:ca").json()["report"]] == ["staleRates"]
    shown = command("rates", "check", "pack:ca", "--format", "table")
    assert (shown.code, b"staleRates: pack ca is as of 2026-11-22" in shown.out) == (0, True)


def test_a_file_of_a_pack_that_has_changed_is_refused(french: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (Path(packs.__file__).parent / "data" / "eu.json").read_bytes()
    monkeypatch.setattr(packs, "get_data", lambda *_: text.replace(b'"0.20"', b'"0.02"', 1))
    read.cache_clear()
    try:
        done = command("calculate", french, "--rates", "pack:eu")
    finally:
        read.cache_clear()
    assert (done.code, done.json()["error"]["code"]) == (3, "packChanged")
    assert "pack:eu: pack eu: expected the file that was published" in done.err
