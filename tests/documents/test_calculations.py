"""Calculations: a stored result is read back whole, or refused."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from taxengine import refund
from taxengine.core.errors import InvalidInvoice
from taxengine.documents import read_calculation, write
from tests.documents.samples import Document, changed, leaves, path_of, without
from tests.documents.test_contract import CALCULATION


def problems_of(document: object) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInvoice) as refused:
        read_calculation(json.dumps(document))
    return [(each.code, each.path) for each in refused.value.problems]


AMOUNTS = (
    "amount",
    "discount",
    "net",
    "tax",
    "gross",
    "taxable",
    "withheld",
    "paid",
    "cashRounding",
    "payable",
)
FIGURES = [
    steps
    for steps, value in leaves(CALCULATION)
    if steps[-1] in AMOUNTS
    and not isinstance(value, bool)
    and steps[-1] not in ("amount", "discount", "taxable")
]


@pytest.mark.parametrize("steps", FIGURES, ids=path_of)
def test_a_figure_that_was_changed_no_longer_adds_up(steps: tuple[str | int, ...]) -> None:
    assert problems_of(changed(CALCULATION, steps, "1.23"))[0][0] == "conflictingFields"


@pytest.mark.parametrize("spelt", ["119", "119.0", "119.000"])
def test_an_amount_has_exactly_the_decimals_of_its_currency(spelt: str) -> None:
    document = json.loads(json.dumps(CALCULATION).replace('"119.00"', f'"{spelt}"'))
    assert problems_of(document) == [("invalidNumber", "lines[0].gross")]
    total = changed(CALCULATION, ("totals", "net"), "105.0")
    assert problems_of(total) == [("invalidNumber", "totals.net")]
    assert problems_of(changed(CALCULATION, ("taxes", 0, "taxable"), "100")) == [
        ("invalidNumber", "taxes[0].taxable")
    ]
    assert problems_of(changed(CALCULATION, ("lines", 0, "taxes", 0, "taxable"), "100")) == [
        ("invalidNumber", "lines[0].taxes[0].taxable")
    ]


@pytest.mark.parametrize(
    ("steps", "value", "code"),
    [
        (("format",), 2, "unknownFormat"),
        (("kind",), "bill", "invalidValue"),
        (("currency",), "XXX", "unknownCurrency"),
        (("taxDate",), "2026-03-01T00:00", "invalidDate"),
        (("lines", 0, "reason"), "because", "invalidValue"),
        (("lines", 0, "taxes", 0, "type"), "vat", "invalidValue"),
        (("lines", 0, "taxes", 0, "level"), "village", "invalidValue"),
        (("lines", 0, "taxes", 0, "percentageDecimal"), "1e5", "invalidNumber"),
        (("lines", 0, "taxes", 0, "inclusive"), "no", "invalidType"),
        (("lines", 0, "net"), True, "invalidNumber"),
        (("lines", 0, "id"), "\ud800", "invalidText"),
        (("lines", 0, "id"), 1, "invalidType"),
        (("warnings",), [{"code": "x", "path": "", "message": "a\0"}], "invalidText"),
        (("policy", "preset"), "nope", "unknownPreset"),
        (("provenance", "rules"), -1, "invalidType"),
        (("provenance", "rules"), "1", "invalidType"),
        (("provenance", "engin"), "1", "unknownField"),
        (("explanation",), [], "invalidType"),
    ],
)
def test_a_value_that_no_result_has_is_refused(
    steps: tuple[str | int, ...], value: object, code: str
) -> None:
    assert code in [each for each, _ in problems_of(changed(CALCULATION, steps, value))]


def test_what_is_missing_is_named() -> None:
    for steps, value in leaves(CALCULATION):
        if value is None or isinstance(steps[-1], int) or steps[0] in ("format", "policy"):
            continue
        if steps[-1] in ("taxRate", "country", "percentageDecimal", "vatCategoryCode"):
            continue
        assert problems_of(without(CALCULATION, steps)) == [("missingField", path_of(steps))]
    everything = problems_of({})
    assert {path for _, path in everything} == CALCULATION.keys() - {"format"}


def test_an_explanation_is_accepted_and_left_out() -> None:
    explained: Document = {**CALCULATION, "explanation": {"steps": [{"text": "one"}]}}
    assert read_calculation(explained) == read_calculation(CALCULATION)


def test_an_entered_percentage_comes_back() -> None:
    entered = changed(CALCULATION, ("lines", 1, "enteredPercent"), {"value": "57.31", "used": False})
    assert read_calculation(entered).to_dict() == entered


REFUNDED = refund(read_calculation(CALCULATION), amount="29.75")


@pytest.mark.parametrize("share", ["1/4", "1", "2/8"])
def test_the_share_of_a_refund_comes_back(share: str) -> None:
    document = changed(json.loads(write(REFUNDED)), ("lines", 0, "share"), share)
    assert read_calculation(document).lines[0].share == Fraction(share)
    assert read_calculation(write(REFUNDED)) == REFUNDED


@pytest.mark.parametrize("share", ["0", "5/4", "1/0", "-1/2", "0.5", "1/", "", 1, "9" * 4001, "１"])
def test_a_share_is_a_fraction_up_to_1(share: object) -> None:
    document = changed(json.loads(write(REFUNDED)), ("lines", 0, "share"), share)
    assert problems_of(document) == [("invalidValue", "lines[0].share")]
