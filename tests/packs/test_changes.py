"""Changes: every rate change that ships: the day before it, the day, and the day after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest

from taxengine import Address, Undetermined
from taxengine.packs import available, load, read

EVERY = load(*available())
DAY = timedelta(days=1)


class Change(NamedTuple):
    """From that day a rate is another; None: there was none of that class, or there is none any more."""

    place: str
    tax_class: str | None
    day: str
    before: str | None
    after: str | None
    trade: str | None = None


# Written by hand from the sources that docs/packs.md names, not from the files of the packs.
CHANGES = [
    Change("AT", "superReduced", "2026-07-01", None, "4.9"),
    Change("AT 6691", "superReduced", "2026-07-01", None, "4.9"),
    Change("CY", "superReduced", "2023-07-21", None, "3"),
    Change("CZ", "reduced", "2024-01-01", None, "12"),
    Change("DE", None, "2020-07-01", "19", "16"),
    Change("DE", None, "2021-01-01", "16", "19"),
    Change("DE", "reduced", "2020-07-01", "7", "5"),
    Change("DE", "reduced", "2021-01-01", "5", "7"),
    Change("EE", None, "2024-01-01", "20", "22"),
    Change("EE", None, "2025-07-01", "22", "24"),
    Change("EE", "reduced1", "2025-01-01", None, "9"),
    Change("EE", "reduced2", "2025-01-01", None, "13"),
    Change("ES-CN", None, "2020-01-01", "6.5", "7"),
    Change("ES-CN", "reduced", "2020-01-01", None, "3"),
    Change("FI", None, "2024-09-01", "24", "25.5"),
    Change("FI", "reduced2", "2026-01-01", "14", "13.5"),
    Change("GR 81400", None, "2026-01-01", "24", "17", "intrastate"),
    Change("GR 81400", "reduced1", "2026-01-01", "6", "4", "intrastate"),
    Change("GR 81400", "reduced2", "2026-01-01", "13", "9", "intrastate"),
    Change("IE", None, "2020-09-01", "23", "21"),
    Change("IE", None, "2021-03-01", "21", "23"),
    Change("LT", "reduced2", "2026-01-01", "9", "12"),
    Change("LU", None, "2023-01-01", "17", "16"),
    Change("LU", None, "2024-01-01", "16", "17"),
    Change("LU", "reduced1", "2023-01-01", "8", "7"),
    Change("LU", "reduced1", "2024-01-01", "7", "8"),
    Change("LU", "parking", "2023-01-01", "14", "13"),
    Change("LU", "parking", "2024-01-01", "13", "14"),
    Change("MT", "reduced3", "2024-01-01", None, "12"),
    Change("PT-20", None, "2021-07-01", "18", "16"),
    Change("PT-20", "reduced1", "2021-07-01", None, "4"),
    Change("PT-20", "reduced2", "2021-07-01", None, "9"),
    Change("PT-30", "reduced1", "2024-10-01", "5", "4"),
    Change("RO", None, "2025-08-01", "19", "21"),
    Change("RO", "reduced", "2025-08-01", None, "11"),
    Change("SI", "reduced1", "2020-01-01", None, "5"),
    Change("SK", None, "2025-01-01", "20", "23"),
    Change("SK", "reduced1", "2025-01-01", None, "5"),
    Change("SK", "reduced2", "2025-01-01", None, "19"),
    Change("CH", None, "2024-01-01", "7.7", "8.1"),
    Change("CH", "reduced1", "2024-01-01", "2.5", "2.6"),
    Change("CH", "reduced2", "2024-01-01", "3.7", "3.8"),
    Change("LI", None, "2024-01-01", "7.7", "8.1"),
    Change("LI", "reduced1", "2024-01-01", "2.5", "2.6"),
    Change("LI", "reduced2", "2024-01-01", "3.7", "3.8"),
    Change("NO", "reduced1", "2020-04-01", "12", "6"),
    Change("NO", "reduced1", "2021-10-01", "6", "12"),
    Change("CA-NS", None, "2025-04-01", "15", "14"),
    Change("CA-MB", None, "2019-07-01", "5 + 8", "5 + 7"),
    Change("IN", "slab12", "2025-09-22", "6 + 6", None, "intrastate"),
    Change("IN", "slab12", "2025-09-22", "12", None, "interstate"),
    Change("IN", "slab28", "2025-09-22", "14 + 14", None, "intrastate"),
    Change("IN", "slab28", "2025-09-22", "28", None, "interstate"),
    Change("IN", "slab40", "2025-09-22", None, "20 + 20", "intrastate"),
    Change("IN", "slab40", "2025-09-22", None, "40", "interstate"),
    Change("SG", None, "2023-01-01", "7", "8"),
    Change("SG", None, "2024-01-01", "8", "9"),
    Change("SA", None, "2020-07-01", "5", "15"),
    Change("JP", None, "2019-10-01", "8", "10"),
    Change("JP", "reduced", "2019-10-01", None, "8"),
    Change("US-SD", None, "2027-07-01", "4.2", None),
]


def percents(change: Change, day: date) -> str | None:
    """What applies there on that day, in per cent."""
    from taxengine.core.selection import Query

    where, _, code = change.place.partition(" ")
    country, _, state = where.partition("-")
    place = Address(country=country, state=state or None, postal_code=code or None).place
    query = Query(place, day, change.tax_class, change.trade)  # type: ignore[arg-type]
    rates = [one.rate for one in EVERY.select(query).winners]
    if EVERY.unanswered(query, rates) is not None:
        return None
    return " + ".join(f"{(rate.percentage_decimal or 0) * 100:.3f}".rstrip("0").rstrip(".") for rate in rates)


@pytest.mark.parametrize(
    "change", CHANGES, ids=lambda one: f"{one.place} {one.tax_class} {one.day} {one.trade}"
)
def test_the_day_before_the_day_and_the_day_after(change: Change) -> None:
    day = date.fromisoformat(change.day)
    assert [percents(change, on) for on in (day - DAY, day, day + DAY)] == [
        change.before,
        change.after,
        change.after,
    ]


def test_no_change_that_ships_is_missing_from_the_table() -> None:
    """A row that begins after its pack's history, or ends, is a change, and stands in the table."""
    ships = set()
    for name in available():
        pack = read(name)
        for row in pack.rows:
            where = row.place.partition(" ")[0] if row.place[:2] != "AT" else row.place[:7].rstrip()
            where = "GR 81400" if row.id.startswith("eu-gr-border") else where
            for day in (row.valid_from, row.valid_until):
                if day is not None and day != pack.history_from:
                    ships.add((where, row.tax_class, str(day), row.when))
    assert ships == {(one.place, one.tax_class, one.day, one.trade) for one in CHANGES}


def test_where_there_is_no_rate_that_is_an_error() -> None:
    with pytest.raises(Undetermined):
        EVERY.rates_for(Address(country="US", state="SD"), date(2027, 7, 1))
