"""Brackets in documents: read from JSON and CSV, all problems at once; in the schema and in the answer."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from taxengine.core.calculation import calculate
from taxengine.core.errors import InvalidInput
from taxengine.core.table import RateTable
from taxengine.documents import read_calculation, read_invoice, read_rates, schema
from taxengine.documents.models import TaxRateModel
from taxengine.documents.rates_files import write_rates
from taxengine.documents.result_models import CalculationModel
from tests.documents.samples import BRACKETED_RATE, Document


def problems_of(document: object) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refused:
        read_rates(document)  # type: ignore[arg-type]
    return [(one.code, one.path) for one in refused.value.problems]


def stepped(*brackets: object, **fields: object) -> Document:
    return {**BRACKETED_RATE, "brackets": list(brackets), **fields}


PERCENT = "rates[0].brackets[0].percentageDecimal"


@pytest.mark.parametrize(
    ("brackets", "expected"),
    [
        ("over 100", [("invalidType", "rates[0].brackets")]),
        (["over 100"], [("invalidType", "rates[0].brackets[0]")]),
        ([{"over": "1"}], [("missingField", PERCENT)]),
        ([{"percentageDecimal": "0.1"}], [("missingField", "rates[0].brackets[0].from")]),
        ([{"over": "1", "percentageDecimal": 0.1}], [("invalidType", PERCENT)]),
        (
            [{"fro": "1", "percentageDecimal": "x"}, {"over": True, "percentageDecimal": "0.1"}],
            [
                ("unknownField", "rates[0].brackets[0].fro"),
                ("invalidNumber", "rates[0].brackets[0].percentageDecimal"),
                ("invalidType", "rates[0].brackets[1].over"),
            ],
        ),
        (
            [{"over": "9", "percentageDecimal": "0.1"}, {"from": "8", "percentageDecimal": "0.1"}],
            [
                ("invalidValue", "rates[0].brackets[1]"),
                ("invalidRateSet", "rates[0].brackets[1].percentageDecimal"),
            ],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_brackets_is_told_at_once_with_its_path(
    brackets: Any, expected: list[tuple[str, str]]
) -> None:
    assert problems_of([{**BRACKETED_RATE, "brackets": brackets}]) == expected


def test_what_else_is_wrong_with_the_rate_is_told_beside_it() -> None:
    rate = stepped({"over": "x", "percentageDecimal": "0.1"}, type="x", validFrom="today")
    assert problems_of([rate]) == [
        ("invalidNumber", "rates[0].brackets[0].over"),
        ("invalidDate", "rates[0].validFrom"),
        ("invalidValue", "rates[0].type"),
    ]


def test_a_number_is_read_from_its_text() -> None:
    rest = '"type": "salesTax", "inclusive": false, "percentageDecimal": 0, "currency": "USD"}'
    steps = '[{"from": 110.00, "percentageDecimal": 0.04}]'
    (rate,) = read_rates(f'{{"country": "US", "brackets": {steps}, {rest}')
    assert rate.to_dict()["brackets"] == [{"from": "110.00", "percentageDecimal": "0.04"}]


def test_a_spreadsheet_keeps_them_as_json() -> None:
    rates = read_rates([BRACKETED_RATE])
    text = write_rates(rates, "csv")
    assert '"[{""from"":""100"",""percentageDecimal"":""0.0635""},' in text
    assert read_rates(text) == rates
    assert problems_of(text.replace('""from""', '""fron""'))[0] == (
        "unknownField",
        "rates[0].brackets[0].fron",
    )
    assert problems_of(text.replace("[{", "[["))[0] == ("invalidJson", "rates[0].brackets")


def test_the_schema_describes_them() -> None:
    jsonschema.validate(BRACKETED_RATE, schema("rate"))
    for wrong in (stepped({"over": "1"}), stepped({"above": "1", "percentageDecimal": "0.1"}), stepped(1)):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema("rate"))
    assert TaxRateModel.model_validate(BRACKETED_RATE).to_core() == read_rates([BRACKETED_RATE])[0]


def test_an_answer_with_brackets_is_read_back_whole() -> None:
    lines = [{"id": str(at), "amount": at, "taxRates": ["ct-clothing"]} for at in ("99", "100", "2000")]
    of = read_invoice({"id": "i", "currency": "USD", "taxDate": "2026-08-16", "lines": lines})
    done = calculate(of, RateTable(read_rates([BRACKETED_RATE])))
    document = done.to_dict()
    shown = [line["taxes"][0]["bracket"] for line in document["lines"]]  # type: ignore[attr-defined]
    assert shown == [{"below": "100"}, {"from": "100", "upTo": "1000"}, {"over": "1000"}]
    assert read_calculation(document) == done
    jsonschema.validate(document, schema("calculation"))
    assert CalculationModel.model_validate(document).to_core() == done
