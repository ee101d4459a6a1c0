"""Invariants: the six that hold under every policy, mode, sign and currency, each as a property."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from taxengine.core.arithmetic import exactly
from taxengine.core.calculation import Work, calculate
from taxengine.core.determination import Determination, Taxed
from taxengine.core.errors import InvalidInvoice
from taxengine.core.figures import LineAmounts, TaxAmount
from taxengine.core.invoice import Invoice, Line
from taxengine.core.money import minor_unit
from taxengine.core.policy import Policy
from taxengine.core.result import Calculation
from taxengine.core.stack import breakdown_key
from taxengine.core.values import replace
from tests.core.samples import EXAMPLES, SYMMETRIC, asked, determined, invoice, line, policies, rate

pytestmark = pytest.mark.usefixtures("untraced")

MAY_BE_REFUSED = {"spreadOverZero", "bracketsWithoutUnit", "noSoleBracket"}


def calculated(of: Determination, policy: Policy) -> Calculation:
    """The calculation; an example that has no answer is set aside."""
    try:
        return calculate(of.invoice, of, policy=policy)
    except InvalidInvoice as error:
        assume(not {one.code for one in error.problems} <= MAY_BE_REFUSED)
        raise


def every(of: Calculation) -> tuple[LineAmounts, ...]:
    return (*of.lines, *of.adjustments)


def charged(rows: Any) -> Fraction:
    return sum((Fraction(row.tax) for row in rows if not row.rate.withheld), Fraction(0))


def withheld(rows: Any) -> Fraction:
    return sum((Fraction(row.tax) for row in rows if row.rate.withheld), Fraction(0))


BY: dict[str, Callable[[TaxAmount], object]] = {
    "rate": lambda row: (row.rate.id, row.rate.reason),
    "jurisdiction": lambda row: (row.rate.country, row.rate.state, row.rate.jurisdiction),
    "type": lambda row: row.rate.type,
    "all": lambda row: None,
}


@EXAMPLES
@given(asked(), policies)
def test_1_the_taxes_add_up_to_the_breakdown_and_to_the_total(of: Determination, policy: Policy) -> None:
    done = calculated(of, policy)
    rows = [row for one in every(done) for row in one.taxes]
    for by in BY.values():
        for key in {by(row) for row in rows} | {by(row) for row in done.taxes}:
            parts = [row for row in rows if by(row) == key]
            wholes = [row for row in done.taxes if by(row) == key]
            assert charged(parts) == charged(wholes)
            assert withheld(parts) == withheld(wholes)
    keys = [breakdown_key(row.rate) for row in done.taxes]
    assert len(set(keys)) == len(keys)
    assert charged(rows) == Fraction(done.totals.tax) == sum(Fraction(one.tax) for one in every(done))
    assert withheld(rows) == Fraction(done.totals.withheld)


@EXAMPLES
@given(asked(), policies)
def test_2_net_and_tax_are_the_gross_on_each_line_and_on_the_invoice(
    of: Determination, policy: Policy
) -> None:
    done = calculated(of, policy)
    for one in every(done):
        assert Fraction(one.net) + charged(one.taxes) == Fraction(one.gross)
        assert Fraction(one.tax) == charged(one.taxes)
    totals = done.totals
    for name in ("net", "tax", "gross"):
        assert sum(Fraction(getattr(one, name)) for one in every(done)) == Fraction(getattr(totals, name))
    assert Fraction(totals.net) + Fraction(totals.tax) == Fraction(totals.gross)
    due = Fraction(totals.gross) - Fraction(totals.withheld) - Fraction(totals.paid)
    assert due + Fraction(totals.cash_rounding) == Fraction(totals.payable)
    paid = sum(Fraction(one.amount) for one in of.invoice.payments)
    assert paid == Fraction(totals.paid)


@EXAMPLES
@given(asked(), policies)
def test_2_what_is_payable_in_coins_is_the_nearest_whole_number_of_them(
    of: Determination, policy: Policy
) -> None:
    totals = calculated(of, policy).totals
    increment = policy.cash_increment
    if increment is None:
        assert not totals.cash_rounding
    else:
        assert (Fraction(totals.payable) / Fraction(increment)).denominator == 1
        assert 2 * abs(Fraction(totals.cash_rounding)) <= Fraction(increment)


@EXAMPLES
@given(asked(), policies)
def test_3_the_customer_pays_no_other_price_than_the_one_shown(of: Determination, policy: Policy) -> None:
    done = calculated(of, policy)
    unit = Fraction(minor_unit(of.invoice.currency))
    if policy.line_amounts == "exact":
        inside = [index for index, one in enumerate(of.lines) if one.stack.only_inclusive]  # type: ignore[union-attr]
        amounts = Work(of.invoice, of, policy)
        amounts.calculation()
        prices = [Fraction(amounts.rows[index].amount) for index in inside]
        shown = [Fraction(done.lines[index].gross) for index in inside]
        assert all(abs(one - other) < unit for one, other in zip(prices, shown, strict=True))
        if all((one / unit).denominator == 1 for one in prices) and not done.adjustments:
            assert prices == shown
        return
    for one, outcome in zip(done.lines, of.lines, strict=True):
        if not outcome.stack.rates or outcome.stack.only_inclusive:  # type: ignore[union-attr]
            assert one.gross == one.amount - one.discount


def negated(of: Determination) -> Determination:
    """Quantities, amounts, discounts, charges and payments the other way round."""

    def other(one: Any) -> Any:
        return one if one.amount is None else replace(one, amount=one.amount.copy_negate())

    def turned(one: Line) -> Line:
        own: dict[str, Any] = {
            "discounts": [other(part) for part in one.discounts],
            "charges": [other(part) for part in one.charges],
        }
        if one.amount is not None:
            own["amount"] = one.amount.copy_negate()
        return replace(one, quantity=one.quantity.copy_negate(), **own)

    turned_round: Invoice = replace(
        of.invoice,
        lines=[turned(one) for one in of.invoice.lines],
        **{
            name: [other(one) for one in getattr(of.invoice, name)]
            for name in ("discounts", "charges", "payments")
        },
    )
    parts = {"lines": of.lines, "charges": of.charges, "discounts": of.discounts}
    return Determination(invoice=turned_round, provider=of.provider, **parts)


def figures(of: Calculation) -> list[Decimal]:
    """Every amount of a calculation."""
    found: list[Decimal] = list(of.totals)
    for one in every(of):
        found += [*one[1:6], *[amount for row in one.taxes for amount in row[1:]]]
    return found + [amount for row in of.taxes for amount in row[1:]]


@EXAMPLES
@given(asked(), policies.filter(lambda one: one.rounding.mode in SYMMETRIC))
def test_4_everything_negated_gives_the_exact_negation(of: Determination, policy: Policy) -> None:
    rates = [one.rate for outcome in of.lines for one in outcome.stack.rates]  # type: ignore[union-attr]
    assume(policy.cash_increment is None)  # coins are rounded half up, which knows no other side of zero
    assume(not any(one.amount_per == "invoice" for one in rates if one is not None))  # see below
    one, other = calculated(of, policy), calculated(negated(of), policy)
    assert figures(other) == [-amount for amount in figures(one)]


@EXAMPLES
@given(asked(), policies)
def test_4_there_is_no_negative_zero_and_every_amount_has_the_digits_of_its_currency(
    of: Determination, policy: Policy
) -> None:
    exponent = minor_unit(of.invoice.currency).as_tuple().exponent
    for amount in figures(calculated(of, policy)):
        assert amount or not amount.is_signed()
        assert amount.as_tuple().exponent == exponent


@EXAMPLES
@given(st.data(), asked(), policies)
def test_5_the_order_of_lines_and_rates_changes_no_amount(
    data: st.DataObject, of: Determination, policy: Policy
) -> None:
    order = data.draw(st.permutations(range(len(of.lines))))
    lines = [of.invoice.lines[at] for at in order]

    def turned(outcome: Any) -> Any:
        return Taxed(outcome.stack.rates[::-1]) if isinstance(outcome, Taxed) else outcome

    other = Determination(
        invoice=replace(of.invoice, lines=lines),
        lines=[turned(of.lines[at]) for at in order],
        charges=[turned(one) for one in of.charges],
        discounts=[turned(one) for one in of.discounts],
        provider=of.provider,
    )
    one, again = calculated(of, policy), calculated(other, policy)
    assert one.totals == again.totals
    assert rows(one.taxes) == rows(again.taxes)
    assert {line.id: row_of(line) for line in every(one)} == {line.id: row_of(line) for line in every(again)}


def rows(taxes: Any) -> list[tuple[str, ...]]:
    return sorted((str(row.rate.id), row.rate.reason, str(row.taxable), str(row.tax)) for row in taxes)


def row_of(one: LineAmounts) -> tuple[Any, ...]:
    return (*map(str, one[1:6]), rows(one.taxes))


@EXAMPLES
@given(asked(), policies)
def test_6_each_tax_lies_as_near_to_its_exact_value_as_its_rounding_allows(
    of: Determination, policy: Policy
) -> None:
    work = Work(of.invoice, of, policy)
    try:
        work.calculation()
    except InvalidInvoice as error:
        assume(error.code not in MAY_BE_REFUSED)
        raise
    unit = Fraction(minor_unit(of.invoice.currency))
    half = policy.rounding.mode.startswith("half")
    for row in work.rows:
        for exact, shown in zip(exactly(row.exact_taxes)(), row.taxes, strict=True):
            bound = (Fraction(1, 2) if half else 1) * unit
            if policy.rounding.level == "unit":
                bound *= abs(Fraction(row.quantity)) + (Fraction(row.quantity).denominator > 1) or 1
            elif policy.rounding.level != "line":
                bound = unit
            assert abs(Fraction(shown) - Fraction(exact)) <= bound


@pytest.mark.parametrize(
    ("amounts", "tax"), [(("5", "7"), "-1.00"), (("5", "-7"), "1.00"), (("5", "-5"), "1.00")]
)
def test_4_an_amount_per_invoice_turns_with_the_sum_of_its_lines_and_is_positive_over_none(
    amounts: tuple[str, str], tax: str
) -> None:
    fee = rate("fee", None, amount_per_unit="1.00", amount_per="invoice")
    of = determined(invoice(line(amounts[0], "a"), line(amounts[1], "b")), Taxed([fee]))
    assert str(calculated(negated(of), Policy()).totals.tax) == tax
