"""Invoice: what only the document as a whole can break."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from taxengine.core.adjustments import Charge, Discount, Payment
from taxengine.core.calculation import calculate
from taxengine.core.errors import InvalidInvoice
from taxengine.core.invoice import Invoice, Line
from taxengine.core.table import RateTable
from tests.core.samples import DAY, invoice, line


def problems(kind: Any, **arguments: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInvoice) as caught:
        kind(**arguments)
    return [(one.code, one.path) for one in caught.value.problems]


def test_a_line_has_a_price_or_an_amount() -> None:
    assert problems(Line, id="1") == [("missingField", "unitPrice")]
    assert problems(Line, id="1", unit_price=1, amount=1) == [("conflictingFields", "unitPrice")]


@pytest.mark.parametrize(
    ("more", "plain"),
    [
        ({"unit_price": 1}, True),
        ({"unit_price": 1, "quantity": 3, "tax_category": "a", "tax_rates": ["r"]}, True),
        ({"amount": 1}, False),
        ({"unit_price": 1, "discounts": [Discount(amount=1)]}, False),
        ({"unit_price": 1, "charges": [Charge(amount=1)]}, False),
        ({"unit_price": 1, "entered_percent": "0"}, False),
    ],
)
def test_a_line_is_plain_where_it_is_a_price_times_a_quantity(more: dict[str, Any], plain: bool) -> None:
    assert Line(id="1", **more).plain is plain


@pytest.mark.parametrize(
    ("more", "plain"),
    [
        ({}, True),
        ({"policy": "en16931", "kind": "creditNote"}, True),
        ({"discounts": [Discount(amount=1)]}, False),
        ({"charges": [Charge(amount=1)]}, False),
        ({"payments": [Payment(amount=1)]}, False),
    ],
)
def test_an_invoice_is_plain_where_it_is_no_more_than_its_lines(more: dict[str, Any], plain: bool) -> None:
    assert invoice(line(), **more).plain is plain


def test_an_invoice_has_lines_of_different_ids() -> None:
    usual: dict[str, Any] = {"id": "i", "currency": "EUR", "tax_date": DAY}
    assert problems(Invoice, lines=[], **usual) == [("missingField", "lines")]
    again = [line(id_="a"), line(id_="b"), line(id_="a"), line(id_="b")]
    expected = [("duplicateId", "lines[2].id"), ("duplicateId", "lines[3].id")]
    assert problems(Invoice, lines=again, **usual) == expected


def test_ids_that_only_look_alike_are_two() -> None:
    alike = ["é", "e\u0301", "A", "a", "1", "01", "1\u200b"]
    assert len(invoice(*[line(id_=one) for one in alike]).lines) == len(alike)


@pytest.mark.parametrize(
    ("currency", "finer"), [("JPY", "0.1"), ("EUR", "0.001"), ("KWD", "0.0001"), ("CLF", "0.00001")]
)
def test_a_payment_is_not_finer_than_the_currency(currency: str, finer: str) -> None:
    paid = [Payment(amount="1"), Payment(amount=finer), Payment(amount="-" + finer)]
    expected = [("paymentTooFine", "payments[1].amount"), ("paymentTooFine", "payments[2].amount")]
    usual: dict[str, Any] = {"id": "i", "currency": currency, "tax_date": DAY, "payments": paid}
    of = Invoice(**usual, lines=[line(tax_rates=[])])
    assert problems(calculate, invoice=of) == expected
    twice = problems(Invoice, **usual, lines=[line(), line()])
    assert twice == [("duplicateId", "lines[1].id"), *expected]


def test_a_payment_that_is_too_fine_hides_nothing_that_is_undetermined() -> None:
    of = invoice(line(), payments=[Payment(amount="0.001")])
    with pytest.raises(InvalidInvoice) as caught:
        calculate(of, RateTable(()))
    codes = [(one.code, one.path) for one in caught.value.problems]
    assert codes == [("paymentTooFine", "payments[0].amount"), ("missingTaxCategory", "lines[0]")]


@pytest.mark.parametrize("percent", ["100.000001", "1900", "-101"])
def test_a_percentage_typed_by_hand_is_at_most_100(percent: str) -> None:
    """1900 is not 19 %, and a slip of the decimal point makes no tax of it."""
    assert problems(Line, id="1", amount=1, entered_percent=percent) == [
        ("percentageAbove100", "enteredPercent")
    ]
    assert [line(entered_percent=most).entered_percent for most in ("100", "-100")] == [100, -100]


def test_a_payment_may_have_zeros_to_spare() -> None:
    of = invoice(line(), payments=[Payment(amount="10.000"), Payment(amount=Decimal("1E+1"))])
    assert [one.amount for one in of.payments] == [Decimal(10), Decimal(10)]


def test_a_policy_by_a_name_that_is_none_is_found_at_the_policy() -> None:
    usual: dict[str, Any] = {"id": "i", "currency": "EUR", "tax_date": DAY, "lines": [line()]}
    assert problems(Invoice, policy="nobody", **usual) == [("unknownPreset", "policy")]
