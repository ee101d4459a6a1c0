"""Importing: rates from any file that is known, our own formats and public ones, told apart by content."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from taxengine.core.determination import Notice
from taxengine.core.errors import InvalidRate, Problem
from taxengine.core.rates import TaxRate
from taxengine.documents.rates_files import RatesFile, read_rates_file, write_rates
from taxengine.packs.importers import detect, read

if TYPE_CHECKING:
    from taxengine.packs.importers.reading import Reading


@contextmanager
def whole(path: str) -> Iterator[str]:
    """A path that may be read twice: of the file, or of what standard input holds."""
    if path != "-":
        yield path
        return
    with NamedTemporaryFile() as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.flush()
        yield copy.name


def imported(path: str, source: str | None, beside: str | None) -> Reading | None:
    """The reading of a public rate file, by its format or else by its content; None: a file of our own."""
    source = source or detect(path)
    if source is None:
        return None
    if source != "sst-boundary":
        return read(source, path)
    if beside is None:
        told = "expected the state's rate file beside its boundary file, got none"
        hint = "taxengine rates convert BOUNDARIES --rates RATES"
        raise InvalidRate(Problem("missingField", told, "", hint))
    return read(source, path, beside)


def read_any(path: str, source: str | None = None, beside: str | None = None) -> RatesFile:
    """All rates of a file, with the report."""
    reading = imported(path, source, beside)
    return read_rates_file(path) if reading is None else RatesFile(list(reading), reading.report)


def lines_of(rates: Iterable[TaxRate]) -> Iterator[bytes]:
    """The rates as JSON Lines, one after the other: those of a large file are never held together."""
    for rate in rates:
        yield write_rates([rate], "jsonl").encode()


def told(notice: Notice) -> str:
    """What became of a part of the file, for a person."""
    return f"taxengine: {notice.code}: {notice.message}"
