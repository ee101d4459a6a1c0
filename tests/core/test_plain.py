"""Plain: the common invoice in one pass gives what the general way gives, in every field."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core import plain
from taxengine.core.calculation import Work, calculate
from taxengine.core.determination import Determination, NotTaxed, StatedTax, Taxed, Unresolved
from taxengine.core.errors import InvalidInvoice, InvariantBroken, Problem, TaxEngineError
from taxengine.core.invoice import Line
from taxengine.core.matching import determine
from taxengine.core.plain import calculate_plain
from taxengine.core.policy import Policy, Rounding
from taxengine.core.rates import TaxRate
from taxengine.core.reasons import Reason
from taxengine.core.result import Calculation
from taxengine.core.table import RateTable
from tests.building import invoice_of, rate_of
from tests.core.samples import EXAMPLES, MODES, asked, determined, invoice, line, rate
from tests.oracle.generator import random_case

PLAIN = st.builds(
    lambda mode, group, discounts: Policy(
        rounding=Rounding(mode=mode, group_by=group), discount_amounts=discounts
    ),
    st.sampled_from(MODES),
    st.sampled_from(("rate", "percentage")),
    st.sampled_from(("rounded", "exact")),
)


quickly = calculate_plain


def generally(of: Determination, policy: Policy) -> Calculation:
    return Work(of.invoice, of, policy).calculation()


def same(one: Calculation, other: Calculation) -> None:
    """Every field, down to the digits of zero and the sign of it."""
    assert repr(tuple(one.totals)) == repr(tuple(other.totals))
    for name in ("lines", "adjustments", "taxes"):
        assert repr(getattr(one, name)) == repr(getattr(other, name))
    assert one.policy is other.policy
    assert one.source is other.source
    assert one.to_dict() == other.to_dict()


@st.composite
def plain_sets(draw: st.DrawFn) -> list[TaxRate]:
    """What most lines bear: nothing, one tax on either side of the price, or several on top of it."""
    percents = st.sampled_from(("0.19", "0.2", "0.07", "0.0825", "0.09975", "0.333333", "1", "0", "0.000001"))
    inside = draw(st.booleans())
    count = 1 if inside else draw(st.integers(0, 3))
    drawn = draw(st.lists(percents, min_size=count, max_size=count, unique=True))
    return [rate(f"{percent} {inside}", percent, inside) for percent in drawn]


@EXAMPLES
@given(asked(plain=True, sets=plain_sets()), PLAIN)
def test_a_plain_invoice_is_calculated_as_the_general_way_calculates_it(
    of: Determination, policy: Policy
) -> None:
    fast, slowly = quickly(of, policy), generally(of, policy)
    assert fast is not None
    same(fast, slowly)
    same(calculate(of.invoice, of, policy=policy), slowly)


@EXAMPLES
@given(asked(adjusted=False), PLAIN)
def test_whatever_is_on_the_lines_both_ways_agree_or_the_general_one_is_taken(
    of: Determination, policy: Policy
) -> None:
    fast = quickly(of, policy)
    assert (fast is not None) <= all(one.stack.plain for one in of.lines)  # type: ignore[union-attr]
    try:
        slowly = generally(of, policy)
    except InvalidInvoice as error:
        assert fast is None
        assert error.code == "spreadOverZero"
        return
    if fast is not None:
        same(fast, slowly)
    same(calculate(of.invoice, of, policy=policy), slowly)


def test_two_different_rates_of_one_id_are_refused_on_every_way() -> None:
    of = invoice(Line(id="1", unit_price="1"), Line(id="2", unit_price="1"))
    asked_ = determined(of, Taxed([rate()]), Taxed([rate(percent="0.07")]))
    for chosen in ("default", "en16931"):
        with pytest.raises(InvalidInvoice) as caught:
            calculate(of, asked_, policy=chosen)
        assert caught.value.code == "duplicateId"
    again = determined(of, Taxed([rate()]), Taxed([rate(percent="0.190")]))
    assert len(calculate(of, again).taxes) == 1


@pytest.mark.parametrize("matched", [False, True])
def test_random_documents_of_both_kinds_agree(matched: bool) -> None:
    rng = Random(20260302 + matched)
    taken = 0
    for _ in range(600):
        document, rates = random_case(rng, matched=matched)
        for name in ("discounts", "charges", "payments"):
            document.pop(name, None)
        axes = {"mode": rng.choice(MODES), "groupBy": rng.choice(("rate", "percentage"))}
        document["policy"] = {"rounding": axes, "discountAmounts": rng.choice(("rounded", "exact"))}
        try:
            of = invoice_of(document)
            determination = determine(of, RateTable([rate_of(one) for one in rates]))
            slowly = generally(determination, of.policy)  # type: ignore[arg-type]
        except TaxEngineError:
            continue
        fast = quickly(determination, of.policy)  # type: ignore[arg-type]
        if fast is not None:
            same(fast, slowly)
            taken += 1
        same(calculate(of, determination), slowly)
    assert taken > 150


# ---- where it steps aside ----

TAXED = Taxed([rate()])


@pytest.mark.parametrize(
    "outcome",
    [
        Unresolved(Problem("missingRate", "none")),
        Taxed([rate()], stated=[StatedTax(Decimal("100.00"), Decimal("19.00"))]),
        Taxed([rate(withheld=True)]),
        Taxed([rate(percent="-0.1")]),
        Taxed([rate("a", inclusive=True), rate("b")]),
        Taxed([rate("a", inclusive=True), rate("b", inclusive=True)]),
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_the_general_way(outcome: Any) -> None:
    of = invoice(line(id_="1"), line(id_="2"))
    assert quickly(determined(of, outcome), Policy()) is None
    assert quickly(determined(of, TAXED, outcome), Policy()) is None
    assert quickly(determined(of, TAXED), Policy()) is not None


def test_a_percentage_typed_by_hand_is_left_to_the_general_way() -> None:
    of = invoice(Line(id="1", unit_price="1", entered_percent="19"))
    assert quickly(determined(of, TAXED), Policy()) is None


@pytest.mark.parametrize("outcome", [TAXED, Taxed([rate(inclusive=True)]), NotTaxed(Reason.CUSTOMER_EXEMPT)])
@pytest.mark.parametrize("sign", ["", "-"])
def test_amounts_beyond_any_money_are_refused_on_every_way(outcome: Any, sign: str) -> None:
    for lines in (
        [Line(id="1", quantity=f"{sign}999999999999999", unit_price="2")],
        [line(f"{sign}999999999999999", "1"), line(f"{sign}999999999999999", "2")],
    ):
        of = determined(invoice(*lines), outcome)
        assert quickly(of, Policy()) is None
        with pytest.raises(InvalidInvoice) as caught:
            calculate(of.invoice, of)
        assert caught.value.code == "amountTooLarge"


def test_a_coefficient_beyond_any_money_is_refused_on_every_way() -> None:
    many = [rate(str(at), "9" * 15, allow_above_100=True) for at in range(10)]
    chain = [rate(str(at), "9" * 15, allow_above_100=True, compound_on=[str(at - 1)]) for at in range(10)]
    for rates in (many[:1], many, chain):
        of = determined(invoice(Line(id="1", unit_price="1000")), Taxed(rates))
        assert quickly(of, Policy()) is None
        with pytest.raises(InvalidInvoice) as caught:
            calculate(of.invoice, of)
        assert caught.value.code == "amountTooLarge"


@pytest.mark.parametrize(
    "rates",
    [[rate()], [rate(inclusive=True)], [rate("a"), rate("b")], [rate("a"), rate("b"), rate("c")]],
    ids=["exclusive", "inclusive", "two", "three"],
)
def test_a_tax_that_strays_from_its_exact_value_is_never_shown(
    monkeypatch: pytest.MonkeyPatch, rates: list[TaxRate]
) -> None:
    """Invariant 6, by a bound that nothing can keep."""
    of = determined(invoice(Line(id="1", unit_price="0.10")), Taxed(rates))
    assert quickly(of, Policy()) is not None
    grid_of = plain.grid_of
    monkeypatch.setattr(plain, "grid_of", lambda *of: grid_of(*of)._replace(low=Decimal(0), high=Decimal(0)))
    assert quickly(of, Policy()) is None


def test_lines_of_several_outcomes_keep_their_order_and_share_their_breakdown() -> None:
    one, other = Taxed([rate("a")]), Taxed([rate("b", "0.07")])
    again = Taxed([one.stack.rates[0]])
    of = invoice(*[Line(id=str(at), unit_price="1.00") for at in range(6)])
    done = quickly(determined(of, one, one, other, again, other, one), Policy())
    assert done is not None
    assert [row.id for row in done.lines] == list("012345")
    assert [(row.rate.id, str(row.tax)) for row in done.taxes] == [("a", "0.76"), ("b", "0.14")]


def test_the_plain_way_is_taken_where_policy_and_invoice_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    asked_: list[Policy] = []

    def noted(of: Determination, policy: Policy) -> Calculation | None:
        asked_.append(policy)
        return calculate_plain(of, policy)

    monkeypatch.setattr("taxengine.core.calculation.calculate_plain", noted)
    of = determined(invoice(Line(id="1", unit_price="1.00")), TAXED)
    calculate(of.invoice, of)
    assert len(asked_) == 1
    calculate(of.invoice, of, policy="en16931")
    assert len(asked_) == 1
    assert plain.LOWEST == -(10**15)


def test_sums_that_do_not_come_out_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invariants 1 and 2, by a run whose sum is not that of its lines."""
    of = determined(invoice(Line(id="1", unit_price="0.10")), TAXED)
    for field in ("net", "tax"):
        run = plain._run

        def off(*given: Any, run: Any = run, field: str = field) -> Any:
            done = run(*given)
            return done._replace(**{field: getattr(done, field) + Decimal("0.01")})

        with monkeypatch.context() as planted:
            planted.setattr(plain, "_run", off)
            with pytest.raises(InvariantBroken):
                quickly(of, Policy())
    assert quickly(of, Policy()) is not None
