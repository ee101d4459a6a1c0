"""Claims: what other tables say of rates since 2019, and where the packs say something else.

Each claim is a place, a class, a period and a percentage. Both files are read as they are published; the
rates are read here, not by the importers, so that a mistake of theirs is not ours too.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from taxengine.packs import Row, available, read

SINCE, OPEN = date(2019, 1, 1), date.max


class Claim(NamedTuple):
    """That in a place, for a class, a percentage holds from a day until another, the latter not included."""

    place: str
    tax_class: str
    since: date
    until: date
    percent: Decimal


class Difference(NamedTuple):
    """Where a claim is not what the packs say; `ours` is None where they say nothing."""

    place: str
    tax_class: str
    since: str
    until: str
    theirs: str
    ours: str | None


def of_vat_rates(path: Path) -> Iterator[Claim]:
    """Those of the ibericode JSON: all classes; an exception is a place by its name."""
    for country, periods in json.loads(path.read_text(encoding="utf-8"))["items"].items():
        until = OPEN
        dated = [(period["effective_from"].replace("0000-", "0001-"), period) for period in periods]
        for start, period in sorted(dated, key=lambda one: one[0], reverse=True):
            since = date.fromisoformat(start)
            for name, percent in period["rates"].items():
                spelt = re.sub("_([a-z])", lambda found: found[1].upper(), name)
                yield Claim(country, spelt, since, until, Decimal(str(percent)))
            for one in period.get("exceptions", ()):
                yield Claim(one["name"], "standard", since, until, Decimal(str(one["standard"])))
            until = since


def of_vat_rates_csv(path: Path) -> Iterator[Claim]:
    """Those of the kdeldycke CSV: standard rates, of many places at once."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for place in row["territory_codes"].split("\n"):
                since, until = row["start_date"], row["stop_date"]
                yield Claim(
                    place,
                    row["rate_type"],
                    date.fromisoformat(since),
                    date.fromisoformat(until) if until else OPEN,
                    Decimal(row["rate"]) * 100,
                )


# Territories by the names that the two files have for them.
IDS = {
    "Canary Islands": "eu-es-canary-islands-igic", "ES-CN": "eu-es-canary-islands-igic",
    "ES-GC": "eu-es-canary-islands-igic", "ES-TF": "eu-es-canary-islands-igic",
    "IC": "eu-es-canary-islands-igic",
    "Ceuta": "eu-es-ceuta", "ES-CE": "eu-es-ceuta", "Melilla": "eu-es-melilla", "ES-ML": "eu-es-melilla",
    "EA": "eu-es-ceuta", "Campione d'Italia": "eu-it-campione", "IT-22060": "eu-it-campione",
    "CH-6911": "eu-it-campione", "Livigno": "eu-it-livigno", "IT-23030": "eu-it-livigno",
    "Mount Athos": "eu-gr-mount-athos", "GR-69": "eu-gr-mount-athos", "EL-69": "eu-gr-mount-athos",
    "Guadeloupe": "eu-gp-standard", "FR-GP": "eu-gp-standard", "Martinique": "eu-mq-standard",
    "FR-MQ": "eu-mq-standard", "Reunion": "eu-re-standard", "FR-RE": "eu-re-standard", "Guyane": "eu-gf",
    "FR-GF": "eu-gf", "GF": "eu-gf", "Mayotte": "eu-yt", "FR-YT": "eu-yt", "YT": "eu-yt",
    "Büsingen am Hochrhein": "eu-de-buesingen", "DE-78266": "eu-de-buesingen", "CH-8238": "eu-de-buesingen",
    "Heligoland": "eu-de-heligoland", "DE-27498": "eu-de-heligoland", "Madeira": "eu-pt-madeira-standard",
    "PT-30": "eu-pt-madeira-standard", "Azores": "eu-pt-azores-standard", "PT-20": "eu-pt-azores-standard",
    "Jungholz": "eu-at-jungholz-mittelberg-standard", "Mittelberg": "eu-at-jungholz-mittelberg-standard",
    "AX": "eu-ax", "FI-01": "eu-ax", "EL": "eu-gr-standard", "UK": "gb-standard", "IM": "gb-standard",
    "MC": "eu-fr-standard", "AU": "au-gst", "NZ": "nz-gst",
} | {
    f"{country}-{code}": "eu-at-jungholz-mittelberg-standard"
    for country, codes in {"AT": (6691, 6991, 6992, 6993), "DE": (87491, 87567, 87568, 87569)}.items()
    for code in codes
}  # fmt: skip
ROWS: dict[str, list[Row]] = {}
for _name in available():
    for _row in read(_name).rows:
        ROWS.setdefault(_row.id, []).append(_row)


def rows_of(place: str, tax_class: str) -> list[Row]:
    """The rows of the packs for the place and class; none where they are not about it."""
    pack = "" if place in ("GB", "CH", "NO", "JP", "ZA") else "eu-"
    named = IDS.get(place) if tax_class == "standard" else None
    return ROWS.get(named or f"{pack}{place.lower()}-{tax_class}", [])


def differences(claims: Iterator[Claim]) -> Iterator[Difference]:
    """Where the claims differ from the packs, since 2019, each as the longest period of one difference."""
    for claim in claims:
        rows = rows_of(claim.place, claim.tax_class)
        since = max(claim.since, SINCE)
        if claim.until <= since:
            continue
        ends = {day for row in rows for day in (row.valid_from, row.valid_until or OPEN)}
        days = [since, *sorted(day for day in ends if since < day < claim.until)]
        told: Difference | None = None
        for day, until in zip(days, [*days[1:], claim.until], strict=True):
            ours = next((one for one in rows if one.valid_from <= day < (one.valid_until or OPEN)), None)
            percent = None if ours is None else Decimal(ours.percentage) * 100
            if percent == claim.percent:
                if told is not None:
                    yield told
                told = None
                continue
            ends_at = "" if until == OPEN else str(until)
            spelt = None if percent is None else f"{percent.normalize():f}"
            if told is not None and told.ours == spelt:
                told = told._replace(until=ends_at)
                continue
            if told is not None:
                yield told
            theirs = f"{claim.percent.normalize():f}"
            told = Difference(claim.place, claim.tax_class, str(day), ends_at, theirs, spelt)
        if told is not None:
            yield told
