"""Importers: tests of each, with small files written by hand in the documented layouts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from taxengine import Address, RateTable
from taxengine.core.errors import InvalidRate
from taxengine.packs.importers.reading import Reading


def written(folder: Path, text: str | bytes, name: str = "rates.csv") -> Path:
    """A file that holds the text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusals(reading: Reading) -> list[tuple[str, object]]:
    """What is wrong with a file: each code with its line. No rate may come after the first problem."""
    with pytest.raises(InvalidRate) as refused:
        list(reading)
    return [(one.code, one.data.get("line")) for one in refused.value.problems]


def told(reading: Reading) -> list[tuple[str, str]]:
    """The report, each reason with its message."""
    return [(one.code, one.message) for one in reading.report]


def stack(
    table: RateTable,
    postal_code: str | None,
    category: str = "books",
    on: str = "2026-03-01",
    state: str = "MN",
    **fields: object,
) -> Iterator[str]:
    """The rates that apply there and then, each as its level and percentage."""
    place = Address(country="US", state=state, postal_code=postal_code, **fields)  # type: ignore[arg-type]
    for rate in table.rates_for(place, date.fromisoformat(on), category):
        yield f"{rate.level} {rate.jurisdiction_code or ''} {rate.percentage_decimal}".replace("  ", " ")
