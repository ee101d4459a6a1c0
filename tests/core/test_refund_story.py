"""The story of a refund: of which invoice, each line's part, what went before, each rounding."""

from __future__ import annotations

import pytest

from taxengine import InvalidInput, Payment, calculate, explain, refund
from taxengine.core.adjustments import Charge
from taxengine.core.determination import Notice, Taxed
from tests.core.samples import determined, invoice, line, rate
from tests.core.test_refund import THREE, done, read


def test_each_tax_is_told_with_what_went_before() -> None:
    first = refund(THREE, lines={"1": 1})
    assert str(explain(first)) == (
        "Credit note of invoice i, EUR, tax date 2026-03-01, rates from manual\n"
        "Line 1: 1/3 of it: net 3.33 + tax 0.63 = gross 3.96 (standardRated)\n"
        "  vat: 1.90 x 1/3 = 0.633333333333..., rounded halfUp: 0.63\n"
        "  net: 9.99 x 1/3 = 3.33\n"
        "Totals: net 3.33 + tax 0.63 = gross 3.96; payable 3.96"
    )
    second = str(explain(refund(THREE, lines={"1": 1}, previous=[first])))
    assert "Line 1: 1/3 of it, after 1/3 before: net 3.33 + tax 0.64 = gross 3.97" in second
    assert (
        "vat: 1.90 x 2/3 = 1.266666666666..., rounded halfUp: 1.27, less 0.63 refunded before: 0.64" in second
    )
    assert "net: 9.99 x 2/3 = 6.66, less 3.33 refunded before: 3.33" in second
    last = str(explain(refund(THREE, previous=[first])))
    assert "vat: 1.90, less 0.63 refunded before: 1.27" in last


def test_of_an_amount_it_tells_of_what_is_left_it_is_a_part() -> None:
    story = str(explain(refund(THREE, amount="5.00")))
    assert "Line 1: 500/1189 of it: net 4.20 + tax 0.80 = gross 5.00" in story
    assert "gross: 5.00 of the 11.89 left" in story
    assert "net: 5.00 - 0.80 = 4.20" in story
    net = str(explain(refund(THREE, amount="5.00", basis="net")))
    assert "net: 5.00 of the 9.99 left" in net
    assert net.count("net: ") == 1


def test_payments_warnings_and_adjustments_are_told() -> None:
    of = invoice(line("10.00"), charges=[Charge(amount="1.00")], payments=[Payment(amount="6.00")])
    notice = Notice("staleRates", "taxDate", "The rates are old")
    one = calculate(of, determined(of, Taxed([rate()]), warnings=[notice]))
    first = refund(one, lines=["charge-0"])
    story = explain(first)
    assert "paid: 6.00, of which 0.55 goes with 1.19 of 13.09 gross" in str(story)
    assert "\nNote: The rates are old\n" in str(story)
    assert [step.path for step in story.steps] == ["", *["adjustments[0]"] * 3, "taxDate", "totals", "totals"]
    rest = str(explain(refund(one, previous=[first])))
    assert "paid: 6.00, of which 6.00 (0.55 before) goes with 13.09 of 13.09 gross" in rest


def test_a_part_of_many_figures_is_told_in_decimals() -> None:
    of = done(line("1234567.89"))
    assert "Line 1: 0.008403362088... of it" in str(explain(refund(of, amount="12345.68")))


def test_the_steps_are_data() -> None:
    steps = {step.kind: step.data for step in explain(refund(THREE, amount="5.00")).steps}
    assert steps["invoice"] == {"provider": "manual", "amount": "5", "basis": "gross"}
    assert steps["line"] == {"share": "500/1189", "before": "0"}
    assert steps["amount"] == {"left": "11.89"}
    assert steps["tax"] == {"taxRate": "vat", "tax": "0.80"}
    assert steps["net"] == {"net": "4.20"}


def test_a_credit_note_that_was_read_is_not_explained() -> None:
    with pytest.raises(InvalidInput):
        explain(read(refund(THREE)))
