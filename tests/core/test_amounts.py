"""Amounts: what lines, discounts and charges come to before tax, against the oracle and by example."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.amounts import Amounts, AmountStep, Scale, line_amount
from taxengine.core.arithmetic import exactly
from taxengine.core.invoice import Invoice, Line
from taxengine.core.money import minor_unit
from taxengine.core.policy import DECIMAL_MODES, Policy, Rounding
from tests.core.samples import CURRENCIES, MODES, decimals, invoice, line, lines, policies
from tests.oracle import sums

CENT = Decimal("0.01")
amounts_of = exactly(Amounts)


def scale(currency: str = "EUR", **policy: Any) -> Scale:
    return Scale(minor_unit(currency), Policy(**policy))


def rounded(value: Fraction, unit: Decimal, policy: Policy, kept: bool) -> Fraction:
    mode = policy.rounding.mode
    return sums.round_to_int(value / Fraction(unit), mode) * Fraction(unit) if kept else value


@given(lines("1"), st.sampled_from(CURRENCIES), policies)
def test_a_line_amount_is_price_times_quantity_less_discounts_plus_charges(
    of: Line, currency: str, policy: Policy
) -> None:
    unit = minor_unit(currency)
    step = policy.discount_amounts == "rounded"
    start = of.amount if of.unit_price is None else Fraction(of.quantity) * Fraction(of.unit_price)
    running = rounded(Fraction(start or 0), unit, policy, step)
    for part in (*of.discounts, *of.charges):
        sign = 1 if isinstance(part, Charge) else -1
        figure = Fraction(part.amount) if part.percent is None else Fraction(part.percent) / 100 * running  # type: ignore[arg-type]
        running += sign * rounded(figure, unit, policy, step)
    expected = rounded(running, unit, policy, policy.line_amounts == "rounded")
    answer = line_amount(of, Scale(unit, policy))
    assert Fraction(answer) == expected
    assert answer or not answer.is_signed()


def test_each_discount_is_of_what_the_earlier_ones_left_and_charges_come_last() -> None:
    of = line("100.00", discounts=[Discount(percent=10), Discount(amount=5), Discount(percent=10)],
              charges=[Charge(percent=10), Charge(amount=1)])  # fmt: skip
    steps: list[AmountStep] = []
    assert line_amount(of, scale(), steps) == Decimal("85.15")
    told = [(step.running, step.exact, step.kept) for step in steps]
    assert told == [
        (Decimal("100.00"), 10, 10),
        (90, 5, 5),
        (85, Decimal("8.5"), Decimal("8.5")),
        (Decimal("76.5"), Decimal("7.65"), Decimal("7.65")),
        (Decimal("84.15"), 1, 1),
    ]


def test_what_is_rounded_on_the_way_is_the_policys_choice() -> None:
    of = Line(id="1", quantity=3, unit_price="1.115", discounts=[Discount(percent=10)])
    assert str(line_amount(of, scale())) == "3.01"  # 3.345 is 3.35, less 0.34
    assert str(line_amount(of, scale(discount_amounts="exact"))) == "3.01"  # 3.345 less 0.3345 is 3.0105
    assert str(line_amount(of, scale(line_amounts="exact"))) == "3.01050"
    cut = Line(id="1", quantity=3, unit_price="1.119", discounts=[Discount(percent=50)])
    assert str(line_amount(cut, scale())) == "1.68"
    down = Rounding(mode="down")
    assert str(line_amount(cut, scale(rounding=down))) == "1.68"
    assert str(line_amount(cut, scale(rounding=down, discount_amounts="exact"))) == "1.67"


@pytest.mark.parametrize("mode", MODES)
def test_the_mode_governs_line_amounts(mode: Any) -> None:
    chosen = scale(rounding=Rounding(mode=mode))
    for text in ("0.005", "0.015", "-0.005", "-0.015", "0.001", "-0.009"):
        exact = Fraction(text) * 100
        assert Fraction(line_amount(line(text), chosen)) * 100 == sums.round_to_int(exact, mode)
    assert chosen.mode == DECIMAL_MODES[mode]


# ---- discounts and charges of the invoice ----


def left(of: Invoice, **policy: Any) -> list[str]:
    return [str(amount) for amount in amounts_of(of, scale(of.currency, **policy)).left]


def three(*discounts: Discount, **more: Any) -> Invoice:
    own = [
        line("10.00", "a", tax_category="food"),
        line("20.00", "b"),
        line("70.00", "c", tax_category="food.bread"),
    ]
    return invoice(*own, discounts=discounts, **more)


def test_a_discount_is_spread_in_proportion_and_the_next_one_finds_what_is_left() -> None:
    assert left(three(Discount(amount=10))) == ["9.00", "18.00", "63.00"]
    assert left(three(Discount(amount=10), Discount(percent=10))) == ["8.10", "16.20", "56.70"]
    assert left(three(Discount(percent=100))) == ["0.00", "0.00", "0.00"]
    assert left(three(Discount(amount=150))) == ["-5.00", "-10.00", "-35.00"]


def test_a_discount_over_a_category_lowers_its_lines_only() -> None:
    assert left(three(Discount(amount=8, spread_over="food"))) == ["9.00", "20.00", "63.00"]
    assert left(three(Discount(percent=10, spread_over="food.bread"))) == ["10.00", "20.00", "63.00"]


def test_a_discount_taxed_by_itself_is_a_negative_amount_and_leaves_the_lines_alone() -> None:
    of = three(Discount(percent=10), Discount(percent=10, tax_rates=[]), Discount(percent=10))
    found = amounts_of(of, scale())
    assert found.discounts == [None, Decimal("-9.00"), None]
    assert [str(amount) for amount in found.left] == ["8.10", "16.20", "56.70"]
    assert [spread.of for spread in found.spreads] == [0, 2]
    assert found.spreads[1].shares == {0: Decimal("0.90"), 1: Decimal("1.80"), 2: Decimal("6.30")}


def test_a_charge_in_per_cent_is_of_the_lines_after_discounts() -> None:
    of = three(Discount(percent=50), charges=[Charge(percent=10), Charge(amount="4.999")])
    assert amounts_of(of, scale()).charges == [Decimal("5.00"), Decimal("5.00")]
    assert amounts_of(of, scale(line_amounts="exact")).charges == [5, Decimal("4.999")]


def test_lines_of_the_other_sign_bear_no_share() -> None:
    of = invoice(line("30.00", "a"), line("-10.00", "b"), line("0", "c"), discounts=[Discount(amount=4)])
    assert left(of) == ["26.00", "-10.00", "0.00"]
    turned = invoice(line("-30.00", "a"), line("10.00", "b"), discounts=[Discount(amount=4)])
    assert left(turned) == ["-34.00", "10.00"]


def test_under_exact_line_amounts_the_shares_are_exact() -> None:
    of = invoice(*[line("1.00", name) for name in "abc"], discounts=[Discount(amount=1)])
    found = amounts_of(of, scale(line_amounts="exact"))
    assert found.left == [Fraction(2, 3)] * 3
    assert left(of) == ["0.66", "0.67", "0.67"]


@pytest.mark.parametrize(
    "own", [[line("1.00", "a"), line("-1.00", "b")], [line("0", "a")], [line("5", "a", tax_category="food")]]
)
def test_an_amount_is_not_spread_over_nothing(own: list[Line]) -> None:
    spread_over = "books" if own[0].tax_category else None
    found = amounts_of(invoice(*own, discounts=[Discount(amount=1, spread_over=spread_over)]), scale())
    assert [(one.code, one.path) for one in found.problems] == [("spreadOverZero", "discounts[0]")]
    nothing = amounts_of(invoice(*own, discounts=[Discount(percent=10, spread_over=spread_over)]), scale())
    assert nothing.problems == []


@given(st.lists(decimals(2), min_size=1, max_size=5), st.lists(decimals(2, 1000), min_size=1, max_size=3))
def test_no_cent_of_a_discount_is_lost(own: list[str], discounts: list[str]) -> None:
    of = invoice(
        *[line(amount, str(number)) for number, amount in enumerate(own)],
        discounts=[Discount(amount=amount) for amount in discounts],
    )
    found = amounts_of(of, scale())
    if found.problems:
        return
    assert sum(map(Fraction, found.left)) == sum(map(Fraction, own)) - sum(map(Fraction, discounts))


@pytest.mark.parametrize("sign", ["", "-"])
def test_an_amount_beyond_any_money_is_refused_where_it_stands(sign: str) -> None:
    most = "999999999999999"
    of = invoice(
        Line(id="1", quantity=f"{sign}{most}", unit_price="2"),
        line(most, "2"),
        discounts=[Discount(percent=most, tax_rates=[])],
        charges=[Charge(amount=1), Charge(percent=most)],
    )
    found = amounts_of(of, scale()).problems
    assert [one.path for one in found] == ["lines[0]", "discounts[0]", "charges[1]"]
    assert {one.code for one in found} == {"amountTooLarge"}


def test_the_largest_amount_is_taken() -> None:
    largest = Line(id="1", quantity="1000000000", unit_price="1000000")
    assert amounts_of(invoice(largest), scale()).problems == []
    beyond = Line(id="1", quantity="1000000000", unit_price="1000000.00000001")
    assert [one.code for one in amounts_of(invoice(beyond), scale()).problems] == ["amountTooLarge"]
