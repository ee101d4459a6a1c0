"""Shares: charges that are taxed as the lines are, and amounts that a rate asks once an invoice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.calculation import calculate
from taxengine.core.determination import NotTaxed, Taxed
from taxengine.core.errors import InvalidInvoice
from taxengine.core.policy import Policy
from taxengine.core.rates import TaxRate
from taxengine.core.reasons import Reason
from taxengine.core.result import Calculation
from taxengine.core.shares import sign
from taxengine.core.stack import applied
from tests.core.samples import determined, invoice, line, rate

FOOD, GOODS = rate("food", "0.07", treatment="reduced"), rate("goods", "0.19")
EXEMPT = NotTaxed(Reason.CUSTOMER_EXEMPT)


def charged(*amounts: str, charge: Charge, outcomes: list[Any] | None = None, **more: Any) -> Calculation:
    """Lines of food, goods, and what is exempt, in that order, and a charge on top."""
    own = outcomes or [Taxed([FOOD]), Taxed([GOODS]), EXEMPT]
    of = invoice(*[line(amount, str(at)) for at, amount in enumerate(amounts)], charges=[charge])
    return calculate(of, determined(of, *own), **more)


def rows(of: Calculation) -> list[tuple[str | None, str, str]]:
    (shipping,) = of.adjustments
    return [(row.rate.id, str(row.taxable), str(row.tax)) for row in shipping.taxes]


def test_a_proportional_charge_has_the_mix_of_rates_of_the_lines_by_net() -> None:
    of = charged("30.00", "60.00", charge=Charge(amount="4.99"))
    assert rows(of) == [("food", "1.66", "0.12"), ("goods", "3.33", "0.63")]
    assert of.adjustments[0].reason is Reason.MIXED
    assert (str(of.adjustments[0].amount), str(of.adjustments[0].net)) == ("4.99", "4.99")


def test_lines_of_one_rate_set_are_put_together_in_whatever_order_their_rates_stand() -> None:
    city = rate("city", "0.01", type="salesTax")
    of = charged(
        "10.00", "20.00", "30.00",
        charge=Charge(amount="6.00"),
        outcomes=[Taxed([GOODS, city]), Taxed([city, GOODS]), Taxed([FOOD])],
    )  # fmt: skip
    assert sorted(rows(of)) == [("city", "3.00", "0.03"), ("food", "3.00", "0.21"), ("goods", "3.00", "0.57")]


def test_a_share_of_untaxed_lines_is_untaxed_by_their_reason() -> None:
    of = charged("10.00", "10.00", "20.00", charge=Charge(amount="4.00"))
    assert rows(of) == [("food", "1.00", "0.07"), ("goods", "1.00", "0.19")]
    assert (of.adjustments[0].net, of.adjustments[0].reason) == (Decimal("4.00"), Reason.MIXED)
    alone = charged("10.00", charge=Charge(amount="4.00"), outcomes=[EXEMPT])
    assert (rows(alone), alone.adjustments[0].reason) == ([], Reason.CUSTOMER_EXEMPT)


def test_the_nets_decide_and_not_the_prices() -> None:
    half = rate("half", "1", True)
    of = charged("20.00", "10.00", charge=Charge(amount="4.00"), outcomes=[Taxed([half]), Taxed([GOODS])])
    assert [row[:2] for row in rows(of)] == [("half", "1.00"), ("goods", "2.00")]


def test_a_charge_of_the_highest_rate_takes_the_line_with_the_largest_sum() -> None:
    highest = Charge(amount="4.00", strategy="highest")
    assert rows(charged("90.00", "1.00", "5.00", charge=highest)) == [("goods", "4.00", "0.76")]
    two = [Taxed([GOODS]), Taxed([rate("a", "0.1"), rate("b", "0.1")])]
    assert [row[0] for row in rows(charged("1.00", "1.00", charge=highest, outcomes=two))] == ["a", "b"]
    withheld = [Taxed([GOODS]), Taxed([FOOD, rate("w", "0.5", withheld=True)])]
    assert [row[0] for row in rows(charged("1.00", "1.00", charge=highest, outcomes=withheld))] == ["goods"]


def test_of_equally_high_rates_the_lower_line_id_decides() -> None:
    same = [Taxed([rate("z", "0.19")]), Taxed([rate("a", "0.19")])]
    assert (
        rows(charged("1.00", "9.00", charge=Charge(amount="4.00", strategy="highest"), outcomes=same))[0][0]
        == "z"
    )


def test_a_principal_charge_takes_the_rate_set_of_the_largest_total() -> None:
    principal = Charge(amount="4.00", strategy="principal")
    assert rows(charged("30.00", "20.00", charge=principal)) == [("food", "4.00", "0.28")]
    assert rows(charged("-30.00", "20.00", charge=principal)) == [("food", "4.00", "0.28")]
    assert rows(charged("20.00", "20.00", charge=principal)) == [("food", "4.00", "0.28")]
    assert (
        rows(
            charged(
                "20.00",
                "15.00",
                "5.01",
                charge=principal,
                outcomes=[Taxed([FOOD]), Taxed([GOODS]), Taxed([GOODS])],
            )
        )[0][0]
        == "goods"
    )
    assert rows(charged("20.00", "10.00", "30.00", charge=principal)) == []


def test_a_charge_over_lines_that_add_up_to_zero_has_no_mix() -> None:
    with pytest.raises(InvalidInvoice) as caught:
        charged("10.00", "-10.00", charge=Charge(amount="4.00"))
    assert [(one.code, one.path) for one in caught.value.problems] == [("spreadOverZero", "charges[0]")]
    nothing = charged("10.00", "-10.00", charge=Charge(amount="0.004"))
    assert rows(nothing) == [("food", "0.00", "0.00"), ("goods", "0.00", "0.00")]
    assert rows(charged("10.00", "-10.00", charge=Charge(amount="4.00", strategy="principal"))) != []


def test_a_negative_charge_is_shared_as_a_positive_one() -> None:
    of = charged("30.00", "60.00", charge=Charge(amount="-4.99"))
    assert rows(of) == [("food", "-1.66", "-0.12"), ("goods", "-3.33", "-0.63")]


OPEN = rate("open", "0.19", None)


@pytest.mark.parametrize(
    ("behavior", "net", "tax"),
    [(None, "100.00", "19.00"), ("inclusive", "84.03", "15.97"), ("exclusive", "100.00", "19.00")],
)
def test_a_charge_says_on_which_side_an_open_rate_is(behavior: Any, net: str, tax: str) -> None:
    charge = Charge(amount="100.00", tax_behavior=behavior, strategy="highest")
    of = charged("10.00", charge=charge, outcomes=[Taxed([applied(OPEN, False)])])
    assert (str(of.adjustments[0].net), str(of.adjustments[0].tax)) == (net, tax)
    fixed = charged("10.00", charge=charge, outcomes=[Taxed([GOODS])])
    assert str(fixed.adjustments[0].tax) == "19.00"


def test_fixed_amounts_are_about_goods_and_not_about_their_delivery() -> None:
    bag = rate("bag", None, amount_per_unit="0.25")
    for strategy in ("proportional", "highest", "principal"):
        of = charged("10.00", charge=Charge(amount="4.00", strategy=strategy), outcomes=[Taxed([GOODS, bag])])  # type: ignore[arg-type]
        assert rows(of) == [("goods", "4.00", "0.76"), ("bag", "4.00", "0.00")]


def test_under_exact_line_amounts_a_proportional_charge_is_whole_and_others_are_not() -> None:
    policy = Policy(line_amounts="exact")
    of = charged("10.00", "10.00", charge=Charge(amount="1.005"), policy=policy)
    assert str(of.adjustments[0].amount) == "1.01"
    of = charged("10.00", "10.00", charge=Charge(amount="1.005", strategy="highest"), policy=policy)
    assert str(of.totals.net) == "21.01"


@pytest.mark.parametrize(("amount", "expected"), [("0.01", 1), ("-3", -1), ("0", 0), ("0.00", 0)])
def test_a_sign_is_one_either_way_or_nothing(amount: str, expected: int) -> None:
    assert sign(Decimal(amount)) == expected


# ---- fixed amounts ----


def taxes(*lines: Any, rates: list[TaxRate], own: dict[str, Any] | None = None) -> list[str]:
    of = invoice(*lines, **(own or {}))
    done = calculate(of, determined(of, Taxed(rates), **({"charges": [Taxed(rates)]} if own else {})))
    return [str(one.tax) for one in (*done.lines, *done.adjustments)]


@pytest.mark.parametrize(
    ("per", "quantity", "expected"),
    [
        ("unit", "3", "0.75"), ("unit", "-3", "-0.75"), ("unit", "0", "0.00"), ("unit", "1.5", "0.38"),
        ("line", "3", "0.25"), ("line", "-3", "-0.25"), ("line", "0", "0.00"), ("line", "1.5", "0.25"),
    ],
)  # fmt: skip
def test_a_fixed_amount_is_per_unit_or_per_line(per: str, quantity: str, expected: str) -> None:
    bag = rate("bag", None, amount_per_unit="0.25", amount_per=per)
    assert taxes(line(unit_price="1.00", quantity=quantity), rates=[bag]) == [expected]


FEE = rate("fee", None, amount_per_unit="1.005", amount_per="invoice")


def test_an_amount_per_invoice_is_rounded_and_allocated_by_absolute_amounts() -> None:
    assert taxes(line("10.00", "a"), line("20.00", "b"), rates=[FEE]) == ["0.34", "0.67"]
    assert taxes(line("10.00", "b"), line("10.00", "a"), line("-5.00", "c"), rates=[FEE]) == [
        "0.40",
        "0.41",
        "0.20",
    ]
    assert taxes(line("-10.00", "a"), line("-20.00", "b"), rates=[FEE]) == ["-0.34", "-0.67"]
    assert taxes(line("10.00", "a"), line("-10.00", "b"), rates=[FEE]) == ["0.51", "0.50"]


def test_an_amount_per_invoice_counts_once_more_on_a_charge_of_its_own() -> None:
    shipping = {"charges": [Charge(amount="5.00", strategy="own")]}
    assert taxes(line("10.00", "a"), rates=[FEE], own=shipping) == ["1.01", "1.01"]
    refund = {"charges": [Charge(amount="-5.00", strategy="own")]}
    assert taxes(line("10.00", "a"), rates=[FEE], own=refund) == ["1.01", "-1.01"]
    free = {"charges": [Charge(amount="0", strategy="own")]}
    assert taxes(line("10.00", "a"), rates=[FEE], own=free) == ["1.01", "0.00"]


def test_an_amount_per_invoice_is_shared_by_the_lines_that_bear_it() -> None:
    of = invoice(line("10.00", "a"), line("30.00", "b"), line("10.00", "c"))
    done = calculate(of, determined(of, Taxed([FEE, GOODS]), Taxed([GOODS]), Taxed([FEE])))
    assert [str(row.tax) for one in done.lines for row in one.taxes if row.rate.id == "fee"] == [
        "0.51",
        "0.50",
    ]


def test_an_amount_per_invoice_needs_an_amount_to_fall_on() -> None:
    with pytest.raises(InvalidInvoice) as caught:
        taxes(line("0", "a"), rates=[FEE])
    assert [(one.code, one.path) for one in caught.value.problems] == [("spreadOverZero", "lines")]
    small = rate("fee", None, amount_per_unit="0.004", amount_per="invoice")
    assert taxes(line("0", "a"), rates=[small]) == ["0.00"]


def test_the_lines_that_bear_a_fee_count_before_discounts_of_the_invoice() -> None:
    of = invoice(
        line("10.00", "a", tax_category="food"),
        line("10.00", "b"),
        discounts=[Discount(percent=100, spread_over="food")],
    )
    done = calculate(
        of, determined(of, Taxed([rate("fee", None, amount_per_unit="1.00", amount_per="invoice")]))
    )
    assert [str(one.tax) for one in done.lines] == ["0.50", "0.50"]
