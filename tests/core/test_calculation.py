"""Calculation: one sum from amounts to totals; what it refuses, and whose word it takes."""

from __future__ import annotations

import inspect
from decimal import Decimal
from typing import Any

import pytest

from taxengine.core import calculation
from taxengine.core.adjustments import Charge, Discount
from taxengine.core.calculation import calculate
from taxengine.core.determination import Determination, StatedTax, Taxed, Unresolved
from taxengine.core.errors import (
    AmbiguousRates,
    InvalidInvoice,
    InvalidPolicy,
    Problem,
    ProviderRefused,
    StatedAmountMismatch,
    Undetermined,
)
from taxengine.core.invoice import Invoice
from taxengine.core.parties import Customer
from taxengine.core.place import Address
from taxengine.core.policy import Policy, Rounding
from taxengine.core.result import Calculation
from taxengine.core.table import RateTable
from tests.core.samples import LEVELS, determined, invoice, line, rate

TAXED = Taxed([rate()])
OF = invoice(line())


def asked(of: Invoice = OF, outcome: Any = TAXED, **more: Any) -> Determination:
    return determined(of, outcome, **more)


# ---- what it takes ----


def test_a_table_a_determination_or_the_rates_on_the_lines_decide() -> None:
    vat = rate()
    german = Customer(address=Address(country="DE"))
    matched = invoice(line(tax_category="books"), customer=german)
    named = invoice(line(tax_rates=[vat]))
    for of, rates in ((matched, RateTable([vat])), (OF, asked()), (named, None), (named, RateTable([]))):
        assert str(calculate(of, rates).totals.gross) == "119.00"


@pytest.mark.parametrize("wrong", [None, {"id": "i"}, "i", 5])
def test_what_is_no_invoice_is_refused(wrong: Any) -> None:
    with pytest.raises(InvalidInvoice) as caught:
        calculate(wrong)
    assert (caught.value.code, "read_invoice" in caught.value.problems[0].hint) == ("invalidType", True)


@pytest.mark.parametrize("wrong", [[rate()], rate(), {"rates": []}, "de-19", 0])
def test_what_is_neither_a_table_nor_a_determination_is_refused(wrong: Any) -> None:
    with pytest.raises(InvalidInvoice) as caught:
        calculate(OF, wrong)
    assert (caught.value.code, "RateTable(" in caught.value.problems[0].hint) == ("invalidType", True)


@pytest.mark.parametrize("wrong", [5, "", "nobody", b"default", {"preset": "default"}, 0])
def test_what_is_no_policy_is_refused(wrong: Any) -> None:
    with pytest.raises(InvalidPolicy):
        calculate(OF, asked(), policy=wrong)


def test_the_policy_of_the_call_goes_before_the_invoices_own_and_that_before_the_default() -> None:
    own = invoice(line(), policy="peppol")
    assert calculate(own, asked(own)).policy.name == "peppol"
    assert calculate(own, asked(own), policy="lago").policy.name == "lago"
    assert calculate(own, asked(own), policy=Policy()).policy.name is None
    assert calculate(OF, asked()).policy.name == "default"


@pytest.mark.parametrize("policy", ["default", "en16931"])
def test_a_determination_of_another_invoice_is_not_taken(policy: str) -> None:
    other = invoice(line("7.00"))
    with pytest.raises(InvalidInvoice, match="expected a determination of invoice i"):
        calculate(OF, asked(other), policy=policy)
    twin = invoice(line())
    assert twin is not OF
    assert calculate(OF, asked(twin), policy=policy).totals.gross == Decimal("119.00")


def test_an_invoice_stays_with_the_provider_that_it_was_created_under() -> None:
    of = invoice(line(), provider="sphere")
    with pytest.raises(ProviderRefused) as caught:
        calculate(of, asked(of))
    assert caught.value.problems[0].path == "provider"
    assert calculate(of, Determination(invoice=of, lines=[TAXED], provider="sphere")).totals.tax == 19


# ---- what it refuses ----


def unresolved(code: str, path: str) -> Unresolved:
    return Unresolved(Problem(code, f"{path}: told", path))


THREE = invoice(line(id_="1"), line(id_="2"), line(id_="3"))


def test_every_line_whose_tax_cannot_be_decided_is_told() -> None:
    of = determined(
        THREE, unresolved("missingRate", "lines[0]"), TAXED, unresolved("missingAddress", "lines[2]")
    )
    with pytest.raises(Undetermined) as caught:
        calculate(THREE, of)
    assert [one.path for one in caught.value.problems] == ["lines[0]", "lines[2]"]
    assert not isinstance(caught.value, AmbiguousRates)


def test_rates_that_tie_are_told_apart_where_nothing_else_is_missing() -> None:
    tie = unresolved("ambiguousRates", "lines[0]")
    with pytest.raises(AmbiguousRates):
        calculate(OF, asked(outcome=tie))
    with pytest.raises(Undetermined) as caught:
        calculate(THREE, determined(THREE, tie, unresolved("missingRate", "lines[1]"), TAXED))
    assert type(caught.value) is Undetermined


def test_adjustments_are_told_too() -> None:
    of = invoice(
        line(),
        charges=[Charge(amount=1, strategy="own")],
        discounts=[Discount(amount=1), Discount(amount=1, tax_category="a")],
    )
    with pytest.raises(Undetermined) as caught:
        calculate(
            of,
            asked(
                of,
                charges=[unresolved("missingRate", "charges[0]")],
                discounts=[None, unresolved("missingRate", "discounts[1]")],
            ),
        )
    assert [one.path for one in caught.value.problems] == ["discounts[1]", "charges[0]"]


def test_a_problem_of_the_document_goes_before_an_undetermined_tax_and_both_are_told() -> None:
    of = invoice(line("0"), discounts=[Discount(amount=5)])
    with pytest.raises(InvalidInvoice) as caught:
        calculate(of, asked(of, unresolved("missingRate", "lines[0]")))
    assert {one.code for one in caught.value.problems} == {"spreadOverZero", "missingRate"}


def test_a_code_of_a_provider_of_its_own_is_told_as_it_is() -> None:
    with pytest.raises(Undetermined) as caught:
        calculate(OF, asked(outcome=unresolved("closedOnSundays", "lines[0]")))
    assert caught.value.code == "closedOnSundays"


HALVES = [rate("c", "0.09", type="cgst"), rate("s", "0.09", type="sgst")]


@pytest.mark.parametrize("level", LEVELS)
def test_halves_that_the_law_wants_equal_are_refused_where_rounding_may_part_them(level: Any) -> None:
    policy = Policy(rounding=Rounding(level=level))
    if level in ("lineTotal", "invoice"):
        with pytest.raises(InvalidInvoice) as caught:
            calculate(THREE, determined(THREE, TAXED, Taxed(HALVES)), policy=policy)
        assert [(one.code, one.path) for one in caught.value.problems] == [
            ("equalHalves", "lines[1]"),
            ("equalHalves", "lines[2]"),
        ]
        assert caught.value.problems[0].hint == "use unit, line or tax"
    else:
        one, other = calculate(THREE, determined(THREE, Taxed(HALVES)), policy=policy).taxes
        assert one.tax == other.tax
    assert calculate(OF, asked(outcome=Taxed(HALVES[:1])), policy=policy).totals.tax == 9


def test_the_engine_is_one_function_of_its_arguments() -> None:
    """What is asked for in passing (`policy`) has a name; nothing else is read."""
    parameters = inspect.signature(calculate).parameters.values()
    assert [(one.name, one.kind.name) for one in parameters] == [
        ("invoice", "POSITIONAL_OR_KEYWORD"),
        ("rates", "POSITIONAL_OR_KEYWORD"),
        ("policy", "KEYWORD_ONLY"),
    ]
    assert calculation.DEFAULT == Policy.preset("default")


@pytest.mark.parametrize(("taxable", "tax"), [("1000.00", "190.00"), ("-10.00", "-1.90")])
def test_a_provider_taxes_no_more_than_the_line_and_not_against_it(taxable: str, tax: str) -> None:
    stated = Taxed([rate()], stated=[StatedTax(Decimal(taxable), Decimal(tax))])
    with pytest.raises(StatedAmountMismatch, match=r"lines\[0\]: expected a part of 10.00"):
        calculate_stated(stated)


def test_a_provider_may_tax_a_part_of_a_line() -> None:
    part = Taxed([rate()], stated=[StatedTax(Decimal("5.00"), Decimal("0.95"))])
    assert calculate_stated(part).totals.tax == Decimal("0.95")


def calculate_stated(outcome: Taxed) -> Calculation:
    of = invoice(line(amount="10.00"))
    return calculate(of, determined(of, outcome))
