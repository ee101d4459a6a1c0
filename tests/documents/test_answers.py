"""Answers: the bytes written in one go are those of the document, whatever it holds."""

from __future__ import annotations

import json
from datetime import date

import pytest

from taxengine.core.calculation import calculate
from taxengine.core.errors import TaxEngineError
from taxengine.core.invoice import Invoice, Line
from taxengine.core.rates import TaxRate
from taxengine.core.refund import refund
from taxengine.core.table import RateTable
from taxengine.documents import answers, read_calculation, read_invoice, read_rates
from taxengine.documents.answers import Answers
from taxengine.documents.writing import encoded
from tests.differential.cases import case_of

AWKWARD = ['"', "\\", '"taxable":"@","tax":"@"', "@", "{}%s", "é\u2028", "\x7f", "", "a b"]


def calculated(name: str, key: str) -> Invoice:
    rate = TaxRate(
        id=key or "r", name=name or None, country="DE", type="valueAddedTax", percentage_decimal="0.19",
        inclusive=False,
    )  # fmt: skip
    lines = [Line(id=key or "1", amount="9.99", tax_rates=[rate]), Line(id="2", amount="-0.01", tax_rates=[])]
    return Invoice(id=key or "1", currency="EUR", tax_date=date(2026, 3, 1), lines=lines)


def test_the_bytes_of_random_calculations_are_those_of_their_documents() -> None:
    writer, seen = Answers(), 0
    for seed in range(600):
        document, rates = case_of(seed)
        try:
            calculation = calculate(read_invoice(document), RateTable(read_rates(rates)))
        except TaxEngineError:
            continue
        seen += 1
        assert writer.spelt(calculation) == encoded(calculation.to_dict())
        if calculation.head.kind == "invoice":
            note = refund(calculation)
            assert writer.spelt(note) == encoded(note.to_dict())
            assert read_calculation(writer.spelt(note)) == note
    assert seen > 300


@pytest.mark.parametrize("name", AWKWARD)
@pytest.mark.parametrize("key", AWKWARD)
def test_texts_are_escaped(name: str, key: str) -> None:
    calculation = calculate(calculated(name, key))
    assert Answers().spelt(calculation) == encoded(calculation.to_dict())
    assert json.loads(Answers().spelt(calculation)) == calculation.to_dict()


def test_what_is_remembered_is_bounded_and_never_taken_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_KNOWN", 3)
    writer = Answers()
    for number in range(20):
        calculation = calculate(calculated(f"rate {number}", f"r{number}"))
        assert writer.spelt(calculation) == encoded(calculation.to_dict())
        assert len(writer._rates) <= 3
