"""Facts: the packs against what three published tables say, and every difference explained.

A difference that is not in the lists fails, and so does an entry of the lists that is none any more.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from taxengine.packs import available, read
from tests.packs.claims import Claim, Difference, differences, of_vat_rates, of_vat_rates_csv, rows_of

ENDED = "a class that has ended, or has another name today: the packs hold the reduced classes of today"
IGIC = "VAT of 0 there, as the file means it; the tax that is levied is IGIC"
AZORES = "16 % since Decreto Legislativo Regional 15-A/2021/A; the file stopped before"

OF_VAT_RATES: Mapping[Difference, str] = {
    Difference("Canary Islands", "standard", "2019-01-01", "2020-01-01", "0", "6.5"): IGIC,
    Difference("Canary Islands", "standard", "2020-01-01", "", "0", "7"): IGIC,
    Difference("Azores", "standard", "2021-07-01", "", "18", "16"): AZORES,
    Difference("CZ", "reduced1", "2019-01-01", "2024-01-01", "10", None): ENDED,
    Difference("CZ", "reduced2", "2019-01-01", "2024-01-01", "15", None): ENDED,
    Difference("EE", "reduced", "2019-01-01", "2024-01-01", "9", None): ENDED,
    Difference("EE", "reduced1", "2024-01-01", "2025-01-01", "5", None): ENDED,
    Difference("EE", "reduced2", "2024-01-01", "2025-01-01", "9", None): ENDED,
    Difference("EE", "reduced", "2025-07-01", "", "13", None): "13 % is reduced2, as in the half year before",
    Difference("EE", "pressPublications", "2025-07-01", "", "9", None): "9 % is reduced1, as before",
    Difference("FI", "reduced2", "2026-01-01", "", "14", "13.5"): "13.5 % since 2026; the file is older",
    Difference(
        "LT", "reduced2", "2026-01-01", "", "9", "12"
    ): "Law XV-287: 12 % since 2026; the file is older",
    Difference("LU", "parking", "2019-01-01", "2023-01-01", "13", "14"): (
        "the intermediate rate was 14 %, and 13 % in 2023 alone: Law of 26 October 2022"
    ),
    Difference("RO", "reduced1", "2019-01-01", "2025-08-01", "5", None): ENDED,
    Difference("RO", "reduced2", "2019-01-01", "2025-08-01", "9", None): ENDED,
    Difference("SI", "reduced1", "2019-01-01", "2020-01-01", "5", None): "the class began in 2020",
    Difference("SK", "reduced", "2019-01-01", "2025-01-01", "10", None): ENDED,
}

# Places that the CSV lists with a VAT of 0, or with another rate, and that no pack is about.
OTHERS = [
    "AI", "BM", "FK", "FO", "FR-BL", "BL", "FR-MF", "MF", "FR-NC", "NC", "FR-PF", "PF", "FR-PM", "PM",
    "FR-TF", "TF", "FR-WF", "WF", "GG", "GI", "GL", "GS", "IO", "JE", "KY", "MS", "NL-AW", "AW",
    "NL-CW", "NL-SX", "CW", "SX", "NL-BQ1", "NL-BQ2", "NL-BQ3", "BQ", "BQ-BO", "BQ-SA", "BQ-SE", "PN",
    "AC", "SH", "SH-AC", "SH-HL", "TA", "SH-TA", "TC", "VG", "CP",
]  # fmt: skip
BASES = [f"{country}-BFPO {number}" for country in ("GB", "UK") for number in (57, 58, 59)]
OF_VAT_RATES_CSV: Mapping[Difference, str] = {
    Difference(
        "IE", "standard", "2020-09-01", "2021-03-01", "23", "21"
    ): "21 % for six months: July Stimulus",
    Difference("PT-20", "standard", "2021-07-01", "", "18", "16"): AZORES,
    Difference("ZA", "standard", "2019-01-01", "", "14", "15"): "15 % since April 2018; the file is older",
    **{
        Difference(place, "standard", since, until, "0", ours): IGIC
        for place in ("ES-CN", "ES-GC", "ES-TF", "IC")
        for since, until, ours in (("2019-01-01", "2020-01-01", "6.5"), ("2020-01-01", "", "7"))
    },
    **{
        Difference(place, "standard", "2019-01-01", "", "0", None): "no pack: not shipped, so never a 0"
        for place in OTHERS
    },
    **{
        Difference(
            place, "standard", "2019-01-01", "", "19", None
        ): "bases in Cyprus: no country of their own"
        for place in BASES
    },
    **{
        Difference(place, "standard", "2019-01-01", "", percent, None): "no pack: not shipped"
        for place, percent in (("KR", "10"), ("RU", "18"), ("AL", "20"))
    },
}

# Rows that neither file speaks of, by the beginnings of their ids: the figures of the project's own
# specification, and the page that the row names, support them.
BESIDE = (
    *("eu-at-superReduced", "eu-at-jungholz-mittelberg-", "eu-cy-superReduced", "eu-mt-reduced3"),
    *("eu-es-canary-islands-igic-reduced", "eu-pt-azores-reduced", "eu-pt-madeira-reduced"),
    *("eu-gp-reduced", "eu-mq-reduced", "eu-re-reduced", "eu-gr-islands-", "eu-gr-border-islands-"),
    *("ch-reduced", "li-", "no-reduced", "is-", "ca-", "in-", "sg-", "ae-", "sa-", "jp-reduced", "us-"),
)


def both(shared: Path) -> Iterator[Claim]:
    yield from of_vat_rates(shared / "data" / "vat" / "ibericode_vat-rates.json")
    yield from of_vat_rates_csv(shared / "data" / "vat" / "kdeldycke_vat_rates.csv")


def test_the_vat_rates_json_differs_where_it_is_explained_and_nowhere_else(shared_path: Path) -> None:
    claims = of_vat_rates(shared_path / "data" / "vat" / "ibericode_vat-rates.json")
    assert set(differences(claims)) == OF_VAT_RATES.keys()


def test_the_vat_rates_csv_differs_where_it_is_explained_and_nowhere_else(shared_path: Path) -> None:
    claims = of_vat_rates_csv(shared_path / "data" / "vat" / "kdeldycke_vat_rates.csv")
    assert set(differences(claims)) == OF_VAT_RATES_CSV.keys()


def test_each_row_is_in_one_of_the_files_or_says_what_supports_it(shared_path: Path) -> None:
    claimed = {row.id for claim in both(shared_path) for row in rows_of(claim.place, claim.tax_class)}
    others = {row.id for name in available() for row in read(name).rows} - claimed
    assert [one for one in sorted(others) if not one.startswith(BESIDE)] == []
    assert [begin for begin in BESIDE if not any(one.startswith(begin) for one in others)] == []


def test_each_member_state_has_its_history(shared_path: Path) -> None:
    claims = list(of_vat_rates(shared_path / "data" / "vat" / "ibericode_vat-rates.json"))
    members = {claim.place for claim in claims if len(claim.place) == 2} - {"GB"}
    assert len(members) == 27
    for country in members:
        rows = rows_of(country, "standard")
        assert (rows[0].valid_from, rows[-1].valid_until) == (date(2019, 1, 1), None), country


@pytest.mark.parametrize(
    ("state", "code", "file"),
    [
        ("ga", "13", "ga_GAR2026Q2FEB19.csv"),
        ("mn", "27", "mn_MNR2026Q2FEB18.csv"),
        ("wi", "55", "wi_WIR2026Q2FEB18.csv"),
    ],
)
def test_the_states_own_files_say_the_same(shared_path: Path, state: str, code: str, file: str) -> None:
    """The row of type 45 that is open: its general rate within the state and from outside."""
    with (shared_path / "data" / "sst" / file).open(encoding="utf-8", newline="") as rows:
        found = [row for row in csv.reader(rows) if row[0] == code and row[1] == "45" and row[8] > "20261122"]
    (ours,) = [row for row in read("us").rows if row.id == f"us-{state}"]
    assert {Decimal(row[3]) for row in found} | {Decimal(row[4]) for row in found} == {
        Decimal(ours.percentage)
    }
