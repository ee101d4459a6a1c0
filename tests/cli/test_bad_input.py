"""Bad input, as a new user would try it: one clear message, the right exit code, no traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli import RATES, command, invoice, process

DOCUMENT = json.dumps(invoice())


@pytest.mark.parametrize(
    ("document", "code", "problem", "told"),
    [
        (
            DOCUMENT.replace('"100.00"', "19,99"),
            3,
            "invalidJson",
            "write a point before the decimals: 19.99, not 19,99",
        ),
        (
            DOCUMENT.replace("100.00", "19,99"),
            3,
            "invalidNumber",
            "write a point before the decimals: 19.99, not 19,99",
        ),
        (
            DOCUMENT.replace('"100.00"', "1e5"),
            3,
            "invalidNumber",
            "lines[0].amount: expected a decimal number, got '1e5'",
        ),
        (
            DOCUMENT.replace("100.00", "1e5"),
            3,
            "invalidNumber",
            "lines[0].amount: expected a decimal number, got '1e5'",
        ),
        (
            DOCUMENT.replace("taxCategory", "taxCatgory"),
            3,
            "unknownField",
            "lines[0].taxCatgory: unknown field, did you mean taxCategory?",
        ),
        (
            DOCUMENT.replace("EUR", "XXX"),
            3,
            "unknownCurrency",
            "currency: expected an ISO 4217 currency code, got 'XXX'",
        ),
        (DOCUMENT.replace('"DE"', '"AT"'), 4, "ambiguousRates", "at-10"),
        (DOCUMENT.replace('"DE"', '"FR"'), 4, "missingRate", "expected a rate for FR"),
        (
            DOCUMENT.replace(', "taxCategory": "books"', ""),
            4,
            "missingTaxCategory",
            "lines[0]: expected a tax category",
        ),
        (DOCUMENT.replace("}]}", "},]}"), 3, "invalidJson", "remove the comma after the last one"),
        (
            DOCUMENT.replace(': "EUR"', ': "EUR", "currency": "EUR"'),
            3,
            "duplicateKey",
            "currency: expected the key once",
        ),
        (DOCUMENT.replace('"100.00"', "NaN"), 3, "invalidNumber", "got 'NaN'"),
        (
            DOCUMENT.replace("2026-03-01", "2026-03-01T10:00"),
            3,
            "invalidDate",
            "taxDate: expected a date such as 2026-03-01",
        ),
        (DOCUMENT[:-10], 3, "invalidJson", "is the document cut short?"),
        ("", 3, "emptyDocument", "expected JSON, got nothing"),
        (" \n\r\n\t", 3, "emptyDocument", "expected JSON, got nothing"),
        ("null", 3, "invalidType", "expected an object, got null"),
        ('"inv_1"', 3, "invalidType", "expected an object"),
        ("[1]", 3, "invalidType", "expected an object, got the number 1"),
        ("[" * 100_000, 3, "documentTooDeep", "expected less deeply nested values"),
        ("id,currency\n1,EUR\n", 3, "invalidJson", "expected JSON, got 'id'"),
        ("<invoice/>", 3, "invalidJson", "expected JSON, got '<'"),
        (DOCUMENT + DOCUMENT, 3, "invalidJson", "one document a line is JSON Lines"),
        (
            DOCUMENT.replace('"currency"', '"format": 2, "currency"'),
            3,
            "unknownFormat",
            "the format known here",
        ),
        (DOCUMENT.replace('"inv_1"', "1"), 3, "invalidType", "id: expected text, got the number 1"),
        (DOCUMENT.replace('"books"}', '"books", "taxRates": ["de-7"]}'), 4, "unknownRate", "de-7"),
    ],
)
def test_a_bad_invoice_has_one_clear_message(
    rates: Path, document: str, code: int, problem: str, told: str
) -> None:
    done = command("calculate", "-", "--rates", rates, given=document.encode())
    answer = json.loads(done.out.splitlines()[0]) if document.startswith("[1") else done.json()
    assert (done.code, answer["error"]["code"]) == (code, problem)
    assert told in done.err
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("changes", "code", "problem", "told"),
    [
        ({"percentageDecimal": "19"}, 3, "percentageAbove100", "write 0.19 for 19 %, or set allowAbove100"),
        ({"percentageDecimal": "1900"}, 3, "percentageAbove100", "expected a fraction up to 1, got '1900'"),
        ({"percentage": "19"}, 3, "percentageDisagrees", "expected 1900 basis points"),
        ({"percentageDecimal": "0,19"}, 3, "invalidNumber", "write a point before the decimals"),
        ({"type": "vat"}, 3, "invalidValue", "rates[0].type"),
        ({"country": "XX"}, 3, "unknownCountry", "rates[0].country"),
        ({"validFrom": "2026-02-01", "validUntil": "2026-01-01"}, 3, "reversedDates", "rates[0].validUntil"),
    ],
)
def test_a_bad_rate_has_one_clear_message(
    rates: Path, changes: dict[str, Any], code: int, problem: str, told: str
) -> None:
    rates.write_text(json.dumps([RATES[0] | changes]))
    done = command("calculate", "-", "--rates", rates, given=DOCUMENT.encode())
    assert (done.code, done.json()["error"]["code"]) == (code, problem)
    assert told in done.err
    assert done.err.count("\n") == 1


def test_a_float_in_json_is_a_number_and_exact(rates: Path) -> None:
    done = command("calculate", "-", "--rates", rates, given=DOCUMENT.replace('"100.00"', "19.99").encode())
    assert (done.code, done.json()["lines"][0]["net"]) == (0, "19.99")


@pytest.mark.parametrize("option", [["calculate", "{}"], ["calculate", "-", "--rates", "{}"], ["check", "{}"],
                                    ["check", "--schedule", "{}"], ["rates", "list", "{}"]])  # fmt: skip
def test_a_folder_and_a_missing_file_are_usage_errors(here: Path, option: list[str]) -> None:
    for path in (here, here / "nonesuch"):
        done = command(*(part.format(path) for part in option), given=DOCUMENT.encode())
        assert (done.code, done.out) == (2, b"")
        assert str(path) in done.err


@pytest.mark.parametrize(
    "content",
    [
        b"",
        bytes(range(256)) * 40,
        b"\x89PNG\r\n\x1a\n" + bytes(5000),
        DOCUMENT.encode("utf-16"),
        DOCUMENT.encode("utf-16-be"),
        DOCUMENT.encode("utf-32"),
        b'{"id": "\xff"}',
        b"\0" * 100,
        b"\n" * 100 + b"\xff\xfe",
    ],
    ids=["empty", "bytes", "png", "utf-16", "utf-16 without a mark", "utf-32", "latin-1", "zeros", "late"],
)
def test_a_file_that_is_no_text_is_invalid_and_told_once(here: Path, rates: Path, content: bytes) -> None:
    (here / "file").write_bytes(content)
    for arguments in (
        ["calculate", "file", "--rates", str(rates)],
        ["rates", "list", "file"],
        ["check", "file"],
    ):
        done = command(*arguments)
        assert done.code == 3
        assert (done.err.count("\n"), done.err[:16]) == (1, "taxengine: file:")
        assert done.json()["error"]["problems"]


def test_a_line_too_long_is_refused_and_the_rest_goes_on(here: Path, rates: Path) -> None:
    with (here / "in.jsonl").open("w") as file:
        file.write(f"{json.dumps(invoice('a'))}\n")
        file.write(f'{{"id": "{"x" * 17_000_000}"}}\n')
        file.write(f"{json.dumps(invoice('b'))}\n")
    done = command("calculate", "in.jsonl", "--rates", rates)
    assert [one["invoice"] for one in done.lines()] == ["a", None, "b"]
    assert done.lines()[1]["error"]["code"] == "documentTooLarge"
    assert done.code == 3


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null"])
def test_a_device_is_read_as_far_as_a_document_goes(rates: Path, path: str) -> None:
    assert process("calculate", path, "--rates", rates).code == 3


def test_standard_input_by_its_path_is_read(rates: Path) -> None:
    assert process("calculate", "/dev/stdin", "--rates", rates, given=DOCUMENT.encode()).code == 0
    done = process("calculate", "-", "--rates", "/dev/fd/0", given=b"")
    assert done.code == 3


def test_nothing_ever_ends_in_a_traceback_without_debug(here: Path, rates: Path) -> None:
    (here / "nul").write_bytes(b"\0")
    done = process("calculate", "nul", "--rates", rates)
    assert (done.code, "Traceback" in done.err) == (3, False)
    assert "Traceback" in process("calculate", "nul", "--rates", rates, "--debug").err
    assert "Traceback" in process("--debug", "calculate", "nul", "--rates", rates).err
