"""Rows: the lines of a CSV file with their numbers, and cells as text, fractions and dates.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     path = Path(folder, "rates.csv")
...     _ = path.write_bytes(b"\\xef\\xbb\\xbfzip,rate\\r\\n501,.0825\\r\\n")
...     findings = Findings()
...     [(row.line, row["zip"], row.number("rate")) for row in rows(path, findings, ["zip", "rate"])]
[(2, '501', Decimal('0.0825'))]
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal

from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.money import decimal_of
from taxengine.documents.fields import in_words
from taxengine.documents.parsing import MOST_BYTES_OF_RATES, MOST_VALUES_OF_RATES, decoded, parse
from taxengine.packs.importers.reading import Findings

FilePath = str | os.PathLike[str]

COUNTRIES = {"EL": "GR", "UK": "GB"}
"""Codes that people write for a country, and its own."""

_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})").fullmatch
_DASHED = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})").fullmatch
_AMERICAN = re.compile(r"(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})/(?P<y>[0-9]{4})").fullmatch
_LONGEST_HEADER = 10_000
_OPEN_FROM = 2999
"""Dates of this year and later are the sources' way to say that there is no end."""


class Row:
    """One row: its cells by column, and the line that it ends on."""

    __slots__ = ("_cells", "_findings", "line")

    def __init__(self, findings: Findings, line: int, cells: Mapping[str, str]) -> None:
        self._findings = findings
        self._cells = cells
        self.line = line

    @property
    def place(self) -> str:
        """Where it stands, for a report."""
        return f"line {self.line}"

    def __getitem__(self, column: str) -> str:
        return self._cells.get(column, "").strip()

    def number(self, column: str) -> Decimal | None:
        """The number in a cell; None where there is none, or it is none, which is a problem then."""
        text = self[column]
        if not text:
            return None
        try:
            return decimal_of(f"0{text}" if text.startswith(".") else text)
        except InvalidInput as error:
            hint = error.problems[0].hint
            told = f"line {self.line}, {column}: expected a number, got {in_words(text)}"
            self._findings.problems.append(Problem("invalidNumber", told, column, hint, {"line": self.line}))
            return None

    def needed(self, column: str) -> Decimal | None:
        """The number that must be in a cell."""
        if not self[column]:
            self._findings.wrong(self.line, column, "a number", "", "missingField")
        return self.number(column)

    def day(self, column: str) -> date | None:
        """A first day; None where there is none, or it is none, which is a problem then."""
        return self._day(column, last=False)

    def day_after(self, column: str) -> date | None:
        """The day after the last one; None where there is no end."""
        return self._day(column, last=True)

    def _day(self, column: str, *, last: bool) -> date | None:
        text = self[column]
        found = day_of(text, last=last) if text else None
        if found is False:
            self._findings.wrong(self.line, column, "a date", text, "invalidDate")
        return found or None


def day_of(text: str, *, last: bool) -> date | Literal[False] | None:
    """The date that is spelt, or the day after it (`last`); None: open; False: it is no date.

    >>> day_of("20240331", last=True), day_of("3/31/2024", last=False), day_of("29991231", last=True)
    (datetime.date(2024, 4, 1), datetime.date(2024, 3, 31), None)
    """
    found = _COMPACT(text) or _DASHED(text)
    american = None if found else _AMERICAN(text)
    if found:
        year, month, day = map(int, found.groups())
    elif american:
        year, month, day = int(american["y"]), int(american["m"]), int(american["d"])
    else:
        return False
    try:
        spelt = date(year, month, day)
    except ValueError:
        return False
    if year >= _OPEN_FROM:
        return None if last else False
    return spelt + timedelta(days=1) if last else spelt


def json_of(path: FilePath) -> object:
    """The JSON value that a file holds. Raises `InvalidInput`."""
    with Path(path).open("rb") as stream:
        document = stream.read(MOST_BYTES_OF_RATES + 1)
    return parse(document, most_bytes=MOST_BYTES_OF_RATES, most_values=MOST_VALUES_OF_RATES)


def lines_of(path: FilePath) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers, as text. Raises `InvalidInput` where it is no UTF-8."""
    with Path(path).open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            yield number, decoded(line, number)


def table(path: FilePath, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    """The rows of CSV that hold anything, each with the line that it ends on."""
    reader = csv.reader((line for _, line in lines_of(path)), strict=True)
    empty = True
    try:
        for cells in reader:
            if any(cells):
                empty = False
                yield reader.line_num, cells
            if findings.full:
                return
    except csv.Error as error:
        told = f"line {reader.line_num}: expected CSV, got {error}"
        findings.problems.append(
            Problem("invalidCsv", told, "", "is the file cut short?", {"line": reader.line_num})
        )
    if empty and not findings.problems:
        raise InvalidInput(Problem("emptyDocument", "file: expected rates, got nothing"))


def rows(
    path: FilePath, findings: Findings, needed: Sequence[str], optional: Iterable[str] = ()
) -> Iterator[Row]:
    """The rows below a header, whatever the order of its columns and the case of their names."""
    lines = table(path, findings)
    _, header = next(lines, (0, []))
    columns = _columns(findings, header, {name.lower(): name for name in (*needed, *optional)}, needed)
    if findings.problems:
        return
    for line, cells in lines:
        if len(cells) == len(columns):
            yield Row(findings, line, dict(zip(columns, cells, strict=True)))
        else:
            short(findings, line, str(len(columns)), len(cells))


def has_columns(path: FilePath, names: Iterable[str]) -> bool:
    """Whether the first line of the file names these columns."""
    with Path(path).open("rb") as stream:
        first = stream.readline(_LONGEST_HEADER).decode("utf-8-sig", "replace")
    found = {cell.strip().strip('"').lower() for cell in first.split(",")}
    return found.issuperset(name.lower() for name in names)


def _columns(
    findings: Findings, header: list[str], known: Mapping[str, str], needed: Iterable[str]
) -> list[str]:
    columns = [known.get(cell.strip().lower(), "") for cell in header]
    for name in needed:
        if name not in columns:
            told = f"line 1: expected a column {name}, got none"
            findings.problems.append(Problem("missingField", told, name, "", {"line": 1}))
    for cell, name in zip(header, columns, strict=True):
        if name and columns.count(name) > 1:
            findings.wrong(1, name, "the column once", cell, "duplicateKey")
        elif not name and cell.strip():
            findings.skip(f"column {in_words(cell.strip())} is not read", "line 1")
    return columns


def short(findings: Findings, line: int, expected: str, got: int) -> None:
    """A row has more or fewer cells than it should."""
    told = f"line {line}: expected {expected} cells, got {got}"
    hint = "is the file cut short? put a cell that holds a comma in double quotes"
    findings.problems.append(Problem("invalidCsv", told, "", hint, {"line": line}))
