"""Stack: the taxes of a line as affine functions of its net, against the definition in fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from taxengine.core.errors import InvalidRate
from taxengine.core.rates import TaxRate
from taxengine.core.reasons import Reason
from taxengine.core.stack import MOST_RATES, Stack, applied, breakdown_key
from tests.core.samples import minor, rate, rate_sets


def stack(*rates: TaxRate) -> Stack:
    return Stack([applied(one) for one in rates])


def refused(*rates: TaxRate) -> tuple[str, Any]:
    with pytest.raises(InvalidRate) as caught:
        stack(*rates)
    (problem,) = caught.value.problems
    return problem.code, problem.data.get("rates")


def base_of(one: TaxRate, rates: list[TaxRate], net: Fraction, taxes: list[Fraction]) -> Fraction:
    """What a tax is charged on: the net and the taxes that it names, by id or by type."""
    named = set(one.compound_on)
    under = [at for at, other in enumerate(rates) if other is not one and ({other.id, other.type} & named)]
    return net + sum((taxes[at] for at in under), Fraction(0))


amounts = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=1000)


@given(rate_sets(), amounts, st.fractions(min_value=-5, max_value=5))
def test_each_tax_is_its_rate_on_its_base_and_the_parts_add_up_to_the_price(
    rates: list[TaxRate], amount: Fraction, fixed: Fraction
) -> None:
    try:
        one = stack(*rates)
    except InvalidRate as error:
        assume(error.code != "invalidRateSet")
        raise
    fixed_amounts = [minor("0.25") if rate_.amount_per_unit else minor("0") for rate_ in rates]
    intercepts = list(map(Fraction, one.intercepts(fixed_amounts)))
    inside = sum((intercepts[at] for at in one.inclusive), Fraction(0))
    net = (amount - inside) / Fraction(one.divisor)
    taxes = [Fraction(slope) * net + part for slope, part in zip(one.slopes, intercepts, strict=True)]
    for rate_, tax, own in zip(rates, taxes, fixed_amounts, strict=True):
        percent = Fraction(rate_.percentage_decimal or 0)
        portion = Fraction(1 if rate_.taxable_portion is None else rate_.taxable_portion)
        assert tax == percent * portion * base_of(rate_, rates, net, taxes) + Fraction(own)
    assert net + sum((taxes[at] for at in one.inclusive), Fraction(0)) == amount


@given(rate_sets(most=3), st.randoms())
def test_the_order_of_the_rates_changes_no_coefficient(rates: list[TaxRate], rng: Any) -> None:
    turned = list(rates)
    rng.shuffle(turned)
    try:
        one, other = stack(*rates), stack(*turned)
    except InvalidRate:
        with pytest.raises(InvalidRate):
            stack(*turned)
        return
    assert one.divisor == other.divisor
    expected = {rate_.id: slope for rate_, slope in zip(rates, one.slopes, strict=True)}
    assert {rate_.id: slope for rate_, slope in zip(turned, other.slopes, strict=True)} == expected


def test_inclusive_rates_that_eat_the_whole_price_have_no_answer() -> None:
    assert refused(rate("a", "-0.6", True), rate("b", "-0.4", True)) == ("invalidRateSet", ["a", "b"])
    assert stack(rate("a", "-0.6", True), rate("b", "-0.4", False)).divisor == minor("0.4")


def test_a_circle_has_no_answer() -> None:
    a, b = rate("a", compound_on=["b"]), rate("b", compound_on=["a"])
    assert refused(a, b, rate("c")) == ("compoundCycle", ["a", "b"])
    assert refused(rate("a", type="gst", compound_on=["qst"]), rate("b", type="qst", compound_on=["gst"]))


def test_a_tax_is_charged_on_others_by_id_or_type_and_never_on_itself() -> None:
    gst, qst = rate("gst", "0.05", type="gst"), rate("q", "0.1", type="qst", compound_on=["gst"])
    assert stack(gst, qst).slopes == (minor("0.05"), minor("0.105"))
    assert stack(qst, gst).slopes == (minor("0.105"), minor("0.05"))
    itself = rate("s", "0.1", type="gst", compound_on=["s", "gst", "nobody"])
    assert stack(itself).under == ((),)
    assert stack(gst, itself).under == ((), (0,))


def test_so_many_rates_may_stand_on_a_line_and_no_more() -> None:
    many = [rate(str(number), "0.01") for number in range(MOST_RATES + 1)]
    assert len(stack(*many[:-1]).rates) == MOST_RATES == 100
    assert refused(*many) == ("invalidRateSet", None)


def test_the_rate_says_whether_the_price_holds_it_and_else_the_line_does() -> None:
    both = [
        applied(rate(inclusive=own), line).inclusive
        for own in (True, False, None)
        for line in (True, False, None)
    ]
    assert both == [True, True, True, False, False, False, True, False, False]
    assert not applied(rate(withheld=True, inclusive=None), True).inclusive


def test_an_applied_rate_says_all_that_a_tax_row_shows() -> None:
    of = rate(state="Bayern", level="state", jurisdiction="8*", name="USt", treatment="reduced")
    one = applied(of)
    assert one.rate is of
    assert (one.id, one.name, one.type, one.level, one.country, one.state, one.jurisdiction) == (
        "vat", "USt", "valueAddedTax", "state", "DE", "Bayern", "8*",
    )  # fmt: skip
    assert (one.percentage_decimal, one.reason, one.withheld) == (minor("0.19"), Reason.REDUCED_RATED, False)
    assert applied(of, reason=Reason.NO_TAX_AT_LEVEL).reason is Reason.NO_TAX_AT_LEVEL


@pytest.mark.parametrize(
    ("rates", "plain", "only_inclusive", "fixed"),
    [
        ([], True, False, False),
        ([rate("a")], True, False, False),
        ([rate("a", inclusive=True)], True, True, False),
        ([rate("a"), rate("b", "0")], True, False, False),
        ([rate("a", inclusive=True), rate("b")], True, False, False),
        ([rate("a", "-0.1")], False, False, False),
        ([rate("a", withheld=True)], False, False, False),
        ([rate("a", inclusive=True), rate("b", withheld=True)], False, True, False),
        ([rate("a", amount_per_unit="1")], False, False, True),
        ([rate("a", amount_per_unit="0")], True, False, False),
        ([rate("a", taxable_portion="0.5")], False, False, False),
        ([rate("a"), rate("b", compound_on=["a"])], False, False, False),
    ],
)
def test_a_plain_stack_has_rates_of_the_net_and_nothing_else(
    rates: list[TaxRate], plain: bool, only_inclusive: bool, fixed: bool
) -> None:
    one = stack(*rates)
    assert (one.plain, one.only_inclusive, one.fixed) == (plain, only_inclusive, fixed)


STANDARD, ZERO, NONE = Reason.STANDARD_RATED, Reason.ZERO_RATED, Reason.NO_TAX_AT_LEVEL


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        ([STANDARD], STANDARD),
        ([STANDARD, STANDARD], STANDARD),
        ([STANDARD, ZERO], Reason.MIXED),
        ([STANDARD, NONE], STANDARD),
        ([NONE, NONE], NONE),
        ([STANDARD, ZERO, NONE], Reason.MIXED),
        ([], Reason.MIXED),
    ],
)
def test_the_reason_of_a_line_is_that_of_its_taxes(reasons: list[Reason], expected: Reason) -> None:
    levels = ("country", "state", "county")
    rates = [
        TaxRate(country="US", type="salesTax", percentage_decimal="0.01", inclusive=False, level=level)
        for level, _ in zip(levels, reasons, strict=False)
    ]
    stack = Stack([applied(rate, None, reason) for rate, reason in zip(rates, reasons, strict=True)])
    assert stack.reason is expected


def test_a_level_without_tax_counts_beside_a_tax_of_no_level() -> None:
    idle = TaxRate(country="US", type="salesTax", percentage_decimal="0", inclusive=False, level="state")
    fee = TaxRate(country="US", type="retailDeliveryFee", amount_per_unit="0.28", inclusive=False)
    assert Stack([applied(idle, None, NONE), applied(fee)]).reason is Reason.MIXED


def test_a_withheld_tax_says_nothing_of_the_line_unless_it_is_alone() -> None:
    withheld = rate("w", treatment="reduced", withheld=True)
    assert stack(rate(), withheld).reason is STANDARD
    assert stack(withheld).reason is Reason.REDUCED_RATED


def test_rows_of_one_rate_and_reason_are_one_row_of_the_breakdown() -> None:
    one, other = applied(rate()), applied(rate(percent="0.07"))
    assert breakdown_key(one) == breakdown_key(other)
    assert breakdown_key(one) != breakdown_key(applied(rate("b")))
    assert breakdown_key(one) != breakdown_key(one._replace(reason=NONE))
    bare, percent = one._replace(id=None, rate=None), one._replace(id=None, percentage_decimal=minor("0.1"))
    assert breakdown_key(bare) != breakdown_key(percent)
    assert breakdown_key(bare) != breakdown_key(bare._replace(country="AT"))
