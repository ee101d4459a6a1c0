"""Rates files: tax rates from JSON, JSON Lines or CSV, told apart by what is in them.

>>> rates = read_rates('''id,country,type,percentageDecimal,inclusive
... de-19,DE,valueAddedTax,0.19,
... ''')
>>> print(write_rates(rates, "jsonl"))
{"id":"de-19","country":"DE","percentageDecimal":"0.19","inclusive":null,"type":"valueAddedTax"}
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple, get_args

from taxengine.core.determination import Notice
from taxengine.core.errors import InvalidInput, InvalidRate, Problem
from taxengine.core.rates import TaxRate
from taxengine.documents.fields import FORMAT, Problems, in_words
from taxengine.documents.parsing import MOST_BYTES_OF_RATES, MOST_VALUES_OF_RATES, decoded, parse
from taxengine.documents.rates_csv import at_line, read_csv, write_csv
from taxengine.documents.reading import RATE, looks_like_an_invoice
from taxengine.documents.shapes import MOST_PROBLEMS, Shape, many, one
from taxengine.documents.writing import encode, encoded, rate_document

RatesFormat = Literal["json", "jsonl", "csv"]
RatesDocument = str | bytes | Mapping[str, object] | Sequence[Mapping[str, object]]


_LIST = many(RATE, "a rate, or a list of rates")
_HOLDERS = {
    "rates": Shape(lambda rates: rates, {"format": FORMAT, "rates": _LIST}, required=["rates"]),
    "data": Shape(
        lambda data: data,
        {
            "format": FORMAT,
            "data": one(Shape(lambda tax_rates: tax_rates, {"tax_rates": _LIST}, required=["tax_rates"])),
        },
        required=["data"],
    ),
}


_NO_RATES = Problem(
    "invalidType",
    "document: expected rates, got what looks like an invoice",
    hint="invoices are read by read_invoice, and given to the command as FILE, without --rates",
)


class RatesFile(NamedTuple):
    """The rates of a file, and what of it was left out or changed, and why."""

    rates: list[TaxRate]
    report: list[Notice]


def read_rates(document: RatesDocument) -> list[TaxRate]:
    """The rates of the document: one rate, a list, `{"rates": [...]}`, `{"data": {"taxRates": [...]}}`.

    As text also JSON Lines and CSV. Raises `InvalidRate` with every problem found,
    up to 100.
    """
    if isinstance(document, str):
        return _read(io.StringIO(document, newline="\n")).rates
    if isinstance(document, bytes):
        return _read(io.BytesIO(document)).rates
    return _of_json(document).rates


def read_rates_file(path: str | os.PathLike[str]) -> RatesFile:
    """The rates of a file, with the report. Raises `InvalidRate`, and `OSError` as `open` does."""
    with Path(path).open("rb") as stream:
        return _read(stream)


def write_rates(rates: Iterable[TaxRate], form: RatesFormat = "json") -> str:
    """The rates as one JSON document (`json`), a line each (`jsonl`), or a row each (`csv`)."""
    if form == "csv":
        return write_csv(rates)
    if form == "jsonl":
        return "".join(f"{encoded(rate_document(rate)).decode()}\n" for rate in rates)
    if form == "json":
        return encode(rates, pretty=True).decode() + "\n"
    told = f"format: expected one of {', '.join(get_args(RatesFormat))}, got {form!a}"
    raise InvalidInput(Problem("invalidValue", told, "format"))


def _read(stream: IO[Any]) -> RatesFile:
    """By the first lines: CSV begins with no bracket; in JSON Lines the first line is a whole object."""
    try:
        lines = enumerate(_lines(stream), start=1)
        filled = ((number, line) for number, line in lines if line.strip())
        number, first = next(filled, (1, ""))
        start = decoded(first, number).lstrip()[:1]
        if first and start not in ("{", "["):
            return _of_csv(chain([(number, first)], lines))
        second = next(filled, None)
        if second is not None and start == "{" and _is_whole(first):
            return _of_json_lines(chain([(number, first), second], filled))
        rest = [] if second is None else [second[1], stream.read(MOST_BYTES_OF_RATES)]
        document = first[:0].join([first, *rest])
        return _of_json(
            parse(document, most_bytes=MOST_BYTES_OF_RATES, most_values=MOST_VALUES_OF_RATES, line=number)
        )
    except InvalidInput as error:
        raise InvalidRate(error.problems) from error.__cause__


def _lines(stream: IO[Any]) -> Iterator[Any]:
    """Lines, none of them longer than a document may be by more than a character."""
    while line := stream.readline(MOST_BYTES_OF_RATES + 1):
        yield line


def _is_whole(line: str | bytes) -> bool:
    try:
        parse(line)
    except InvalidInput:
        return False
    return True


def _of_csv(lines: Iterable[tuple[int, str | bytes]]) -> RatesFile:
    problems: Problems = []
    rates = read_csv(problems, (decoded(line, number) for number, line in lines))
    return _found(problems, rates)


def _of_json_lines(lines: Iterable[tuple[int, str | bytes]]) -> RatesFile:
    problems: Problems = []
    rates: list[Any] = []
    for index, (number, line) in enumerate(lines):
        found: Problems = []
        try:
            value = parse(line, line=number)
        except InvalidInput as error:
            found.extend(error.problems)
        else:
            if looks_like_an_invoice(value):
                raise InvalidInput(_NO_RATES)
            if isinstance(value, Mapping):
                rates.append(RATE.read(found, value))
            else:
                told = f"line {number}: expected an object, got {in_words(value)}"
                found.append(Problem("invalidType", told))
        problems.extend(at_line(found, index, number))
        if len(problems) >= MOST_PROBLEMS:
            break
    return _found(problems, rates)


def _of_json(document: object) -> RatesFile:
    """One rate, a list of them, or an object that holds one."""
    if looks_like_an_invoice(document):
        raise InvalidRate(_NO_RATES)
    problems: Problems = []
    if isinstance(document, Mapping):
        shape = next((each for name, each in _HOLDERS.items() if name in document), None)
        rates: Any = [RATE.read(problems, document)] if shape is None else shape.read(problems, document)
    else:
        rates = _LIST.read(problems, document, "rates")
    return _found(problems, rates)


def _found(problems: Problems, rates: list[TaxRate]) -> RatesFile:
    if problems:
        raise InvalidRate(problems[:MOST_PROBLEMS])
    return RatesFile(rates, [])
