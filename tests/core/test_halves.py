"""Halves: CGST and SGST are the same amount on each line and in all, or the pair is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from taxengine.core.adjustments import Charge
from taxengine.core.brackets import Bracket
from taxengine.core.calculation import calculate
from taxengine.core.determination import Determination, Taxed
from taxengine.core.errors import InvalidInvoice
from taxengine.core.figures import LineAmounts, TaxAmount
from taxengine.core.invoice import Invoice
from taxengine.core.parties import Customer, Merchant
from taxengine.core.place import Address
from taxengine.core.policy import Policy, Rounding
from taxengine.core.rates import TaxRate
from taxengine.core.result import Calculation
from taxengine.core.stack import applied
from taxengine.core.table import RateTable
from tests.core.samples import EXAMPLES, asked, determined, invoice, line, policies, rate

HALVES = ("cgst", "sgst")
KEPT = ("unit", "line", "tax")
kept = policies.filter(lambda policy: policy.rounding.level in KEPT)


def half(kind: str, id_: str, percent: str = "0.09", *, inclusive: bool = False, **more: Any) -> TaxRate:
    return rate(id_, percent, inclusive, country="IN", type=kind, **more)


@st.composite
def pairs(draw: st.DrawFn) -> list[TaxRate]:
    """A pair, whose rates may be of many ids, and perhaps a tax beside it, in any order."""
    percent, inclusive = draw(st.sampled_from(("0.09", "0.025", "0.333333"))), draw(st.booleans())
    name = f"{percent}-{inclusive}"
    more: dict[str, Any] = {}
    if not inclusive and draw(st.booleans()):
        steps = [Bracket(over="25", percentage_decimal="0.2")]
        name, more = f"{name}-steps", {"brackets": steps, "currency": "INR"}
    letters = [draw(st.sampled_from("abc")) for _ in HALVES]
    found = [
        half(kind, f"{kind}-{name}-{letter}", percent, inclusive=inclusive, **more)
        for kind, letter in zip(HALVES, letters, strict=True)
    ]
    if draw(st.booleans()):
        found.append(half("excise", "cess", "0.01"))
    return draw(st.permutations(found))


def sides(rows: Any) -> tuple[list[Decimal], ...]:
    return tuple([sum((row.tax for row in rows if row.rate.type == kind), Decimal(0))] for kind in HALVES)


def every(of: Calculation) -> tuple[LineAmounts, ...]:
    return (*of.lines, *of.adjustments)


@EXAMPLES
@given(asked(sets=pairs()), kept)
def test_both_are_the_same_on_each_line_and_in_all(of: Determination, policy: Policy) -> None:
    try:
        done = calculate(of.invoice, of, policy=policy)
    except InvalidInvoice as error:
        codes = {one.code for one in error.problems}
        assume(not codes <= {"spreadOverZero", "bracketsWithoutUnit", "noSoleBracket"})
        raise
    for one in every(done):
        central, state = sides(one.taxes)
        assert central == state, one.id
    central, state = sides(done.taxes)
    assert central == state


def totals(rows: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {kind: [] for kind in HALVES}
    for row in rows:
        found[row.rate.type].append(str(row.tax))
    return found


def test_one_rate_of_the_state_beside_two_of_the_union_is_rounded_with_each() -> None:
    """0.5 and 0.5 together are 1, each by itself 1: the partner decides which it is."""
    state = half("sgst", "s", "0.5")
    of = invoice(line("0.01", "1"), line("0.01", "2"), currency="INR")
    outcomes = [Taxed([half("cgst", "a", "0.5"), state]), Taxed([half("cgst", "b", "0.5"), state])]
    done = calculate(of, determined(of, *outcomes), policy=Policy(rounding=Rounding(level="tax")))
    assert [totals(one.taxes) for one in done.lines] == [{"cgst": ["0.01"], "sgst": ["0.01"]}] * 2
    together = Policy(rounding=Rounding(level="tax", group_by="percentage"))
    done = calculate(of, determined(of, *outcomes), policy=together)
    assert [totals(one.taxes) for one in done.lines] == [
        {"cgst": ["0.01"], "sgst": ["0.01"]}, {"cgst": ["0.00"], "sgst": ["0.00"]},
    ]  # fmt: skip


def test_the_shares_of_a_charge_tie_alike_whatever_the_rates_are_called() -> None:
    of = invoice(line("10.00", "1"), line("10.00", "2"), currency="INR", charges=[Charge(amount="0.02")])
    outcomes = [
        Taxed([half("cgst", "a", "0.25"), half("sgst", "z", "0.25")]),
        Taxed([half("cgst", "b", "0.25"), half("sgst", "y", "0.25")]),
    ]
    policy = Policy(rounding=Rounding(level="tax", group_by="percentage"))
    charge = calculate(of, determined(of, *outcomes), policy=policy).adjustments[0]
    tax = {row.rate.id: str(row.tax) for row in charge.taxes}
    assert (tax["a"], tax["b"]) == (tax["z"], tax["y"])
    assert tax["a"] != tax["b"]


INTRASTATE = [half(kind, f"{kind}-9", when="intrastate") for kind in HALVES]
INTERSTATE = half("igst", "igst-18", "0.18", when="interstate")


def matched(to: str, **more: Any) -> Invoice:
    own = [
        line("0.05", "1", tax_category="x"),
        line("0.06", "2", tax_category="x"),
        line("0.17", "3", tax_category="x"),
    ]
    places = {"customer": Customer(address=Address(country="IN", state=to))}
    return invoice(
        *own, currency="INR", merchant=Merchant(address=Address(country="IN", state="KA")), **places, **more
    )


@pytest.mark.parametrize("level", KEPT)
@pytest.mark.parametrize("group_by", ["rate", "percentage"])
def test_matched_within_a_state_they_are_equal_and_across_states_there_is_one(
    level: Any, group_by: Any
) -> None:
    table = RateTable([*INTRASTATE, INTERSTATE])
    policy = Policy(rounding=Rounding(level=level, group_by=group_by))
    within = calculate(matched("KA"), table, policy=policy)
    assert [totals(one.taxes)["cgst"] for one in within.lines] == [
        totals(one.taxes)["sgst"] for one in within.lines
    ]
    assert {row.rate.type for row in calculate(matched("MH"), table, policy=policy).taxes} == {"igst"}


@pytest.mark.parametrize("level", ["lineTotal", "invoice"])
def test_where_what_is_rounded_is_their_sum_the_pair_is_refused_with_a_hint(level: Any) -> None:
    policy = Policy(rounding=Rounding(level=level))
    with pytest.raises(InvalidInvoice) as caught:
        calculate(matched("KA"), RateTable([*INTRASTATE, INTERSTATE]), policy=policy)
    assert [(one.code, one.path, one.hint) for one in caught.value.problems] == [
        ("equalHalves", f"lines[{index}]", "use unit, line or tax") for index in range(3)
    ]
    assert calculate(matched("MH"), RateTable([*INTRASTATE, INTERSTATE]), policy=policy).totals.tax
    alone = invoice(line("1.00"), currency="INR")
    assert calculate(alone, determined(alone, Taxed([applied(INTRASTATE[0])])), policy=policy).totals.tax


def test_a_half_that_stands_alone_is_a_tax_as_any_other() -> None:
    of = invoice(line("0.05", "1"), line("0.06", "2"), currency="INR")
    done = calculate(of, determined(of, Taxed([INTRASTATE[0]])), policy="en16931")
    rows: tuple[TaxAmount, ...] = done.taxes
    assert [str(row.tax) for row in rows] == ["0.01"]
