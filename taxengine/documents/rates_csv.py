"""Rates CSV: a row a rate, the columns named as the fields of the JSON.

A list has `;` between its items, a flag is `true` or `false`, `meta` and `brackets` are JSON, and an
empty cell is an absent field, but for `inclusive`, where it is null.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula. So text that begins so
is written with an apostrophe before it, which reading takes off again; numbers stay numbers.

>>> from taxengine.core.rates import TaxRate
>>> rate = TaxRate(id="=1+1", country="DE", type="valueAddedTax", percentage_decimal="-0.19", inclusive=None)
>>> print(write_csv([rate]))
id,country,percentageDecimal,inclusive,type
'=1+1,DE,-0.19,,valueAddedTax
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from taxengine.core.errors import InvalidInput, InvalidRate, Problem
from taxengine.core.rates import TaxRate
from taxengine.documents.fields import DAY, FLAG, FLAG_OR_NULL, FREE, NUMBER, TEXTS, Problems, repeated
from taxengine.documents.parsing import parse
from taxengine.documents.reading import BRACKETS, RATE
from taxengine.documents.shapes import MOST_PROBLEMS
from taxengine.documents.writing import encoded, rate_document

_COLUMNS = {name: read for name, (_, _, read) in RATE.fields.items() if name != "format"}
_ALWAYS = ("id", "country", "percentageDecimal", "inclusive", "type")
_JSON = (FREE.read, BRACKETS.read)
_NO_TEXT = (NUMBER.read, DAY.read, FLAG.read, FLAG_OR_NULL.read, *_JSON)

# What a spreadsheet may take for the start of a formula, wide forms included, after blanks and apostrophes.
_FORMULA = re.compile("[\\s'\ufeff\u200b]*[-=+@\uff0d\uff1d\uff0b\uff20]|'*[\t\r\n]").match
_COLUMN_NAMES = "columns stand between commas, named as the fields of the JSON; free data goes into meta"
_NO_COMMAS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_QUOTED_COMMA = "put a cell that holds a comma in double quotes"


def read_csv(problems: Problems, lines: Iterable[str]) -> list[TaxRate]:
    """The rates in lines of CSV; what is wrong is noted with its path, and its line in `data`."""
    reader = csv.reader(lines, strict=True)
    rates: list[TaxRate] = []
    columns: list[str] | None = None
    try:
        for row in reader:
            if not any(row):
                continue
            if columns is None:
                columns = _header(row)
            elif len(problems) < MOST_PROBLEMS:
                rates.append(_rate(problems, columns, row, len(rates), reader.line_num))
    except csv.Error as error:
        told = f"line {reader.line_num}: expected CSV, got {error}"
        problems.append(Problem("invalidCsv", told, "", _QUOTED_COMMA, {"line": reader.line_num}))
    return rates


def _header(row: list[str]) -> list[str]:
    """The columns; raises where one is unknown or stands twice, since each row would have that problem."""
    problems: Problems = []
    between = next((sign for sign in _NO_COMMAS if len(row) == 1 and sign in row[0]), None)
    if between is not None:
        told = f"line 1: expected CSV with commas between its cells, got {_NO_COMMAS[between]}"
        hint = "save it with commas between cells and points in numbers (0.19): spreadsheets offer both"
        raise InvalidRate(Problem("invalidCsv", told, "", hint))
    for index, name in enumerate(row):
        if name not in _COLUMNS:
            unknown = RATE.unknown(name)
            problems.append(unknown._replace(hint=_COLUMN_NAMES if unknown.hint else ""))
        elif name in row[:index]:
            problems.append(repeated(name))
    if problems:
        raise InvalidRate(problems)
    return row


def _rate(problems: Problems, columns: list[str], row: list[str], index: int, line: int) -> Any:
    found: Problems = []
    rate = None
    if len(row) == len(columns):
        rate = RATE.read(found, _document(found, dict(zip(columns, row, strict=True))))
    else:
        told = f"line {line}: expected {len(columns)} cells, as the first line has, got {len(row)}"
        found.append(Problem("invalidCsv", told, "", _QUOTED_COMMA))
    problems.extend(at_line(found, index, line))
    return rate


def at_line(found: Iterable[Problem], index: int, line: int) -> Iterator[Problem]:
    """Problems of a rate as those of its file, with the line that it ends on."""
    for problem in found:
        yield problem.within(f"rates[{index}]")._replace(data={**problem.data, "line": line})


def _document(problems: Problems, cells: Mapping[str, str]) -> dict[str, object]:
    """The rate as JSON would have it."""
    document: dict[str, object] = {}
    for name, cell in cells.items():
        read = _COLUMNS[name]
        if not cell:
            if read is FLAG_OR_NULL.read:
                document[name] = None
        elif read in _JSON:
            document[name] = _parsed(problems, cell, name)
        elif read in (FLAG.read, FLAG_OR_NULL.read):
            document[name] = {"true": True, "false": False}.get(cell.lower(), cell)
        elif read in _NO_TEXT:
            document[name] = cell
        else:
            plain = cell[1:] if cell.startswith("'") and _FORMULA(cell) else cell
            if read is TEXTS.read:
                document[name] = _parsed(problems, plain, name) if plain[:1] == "[" else plain.split(";")
            else:
                document[name] = plain
    return document


def _parsed(problems: Problems, cell: str, name: str) -> object:
    try:
        return parse(cell)
    except InvalidInput as error:
        problems.extend(problem.within(name) for problem in error.problems)
        return None


def write_csv(rates: Iterable[TaxRate]) -> str:
    """The rates as CSV, with the columns that any of them uses; lines end as RFC 4180 has it."""
    documents = [rate_document(rate) for rate in rates]
    used = {name for document in documents for name in document}.union(_ALWAYS)
    columns = [name for name in _COLUMNS if name in used]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for document in documents:
        writer.writerow([_cell(name, document.get(name)) for name in columns])
    return out.getvalue()


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if _COLUMNS[name] in _JSON:
        return encoded(value).decode()
    text = _joined(value) if isinstance(value, list) else str(value)
    return f"'{text}" if _COLUMNS[name] not in _NO_TEXT and _FORMULA(text) else text


def _joined(items: list[str]) -> str:
    text = ";".join(items)
    plain = text.split(";") == items and "" not in items and not text.startswith("[")
    return text if plain else encoded(items).decode()
