"""Explain: the story of each amount is true, complete, and costs nothing unless it is asked for."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from taxengine.core.adjustments import Charge, Discount, Payment
from taxengine.core.calculation import calculate
from taxengine.core.determination import Determination, Notice, NotTaxed, StatedTax, Taxed
from taxengine.core.errors import InvalidInvoice
from taxengine.core.explain import explain
from taxengine.core.invoice import Invoice, Line
from taxengine.core.parties import Customer
from taxengine.core.place import Address
from taxengine.core.policy import Policy, Rounding
from taxengine.core.reasons import Reason
from taxengine.core.table import RateTable
from tests.core.samples import EXAMPLES, asked, determined, invoice, line, policies, rate


def story(of: Invoice, *outcomes: Any, policy: Any = None, **more: Any) -> list[str]:
    done = calculate(of, determined(of, *outcomes, **more), policy=policy)
    return str(explain(done)).splitlines()


def one(*rates: Any, policy: Any = None, **more: Any) -> list[str]:
    """What is told of the taxes of a single line."""
    given_line = Line(id="1", **{"unit_price": "10.00", **more})
    return [text.strip() for text in story(invoice(given_line), Taxed(rates), policy=policy)[3:-1]]


# ---- it is true ----


@EXAMPLES
@given(asked(), policies)
def test_every_figure_told_is_that_of_the_calculation(of: Determination, policy: Policy) -> None:
    try:
        done = calculate(of.invoice, of, policy=policy)
    except InvalidInvoice:
        return
    told = explain(done)
    every = (*done.lines, *done.adjustments)
    lines = [step.data for step in told.steps if step.kind == "line"]
    assert lines == [{"net": str(row.net), "tax": str(row.tax), "gross": str(row.gross)} for row in every]
    taxes = [(step.data["taxRate"], step.data["tax"]) for step in told.steps if step.kind == "tax"]
    assert taxes == [(row.rate.id, str(row.tax)) for row_ in every for row in row_.taxes]
    (totals,) = [step.data for step in told.steps if step.kind == "totals"]
    assert totals == done.totals.to_dict()
    assert json.loads(json.dumps(told.to_dict())) == told.to_dict()


@EXAMPLES
@given(asked(), policies)
def test_every_sum_that_is_told_comes_out(of: Determination, policy: Policy) -> None:
    """Left of `=` is what is right of it, wherever neither goes on behind dots."""
    try:
        done = calculate(of.invoice, of, policy=policy)
    except InvalidInvoice:
        return
    for step in explain(done).steps:
        if step.kind in ("line", "totals", "net", "tax", "amount"):
            for told in re.split(r"[:;,] ", step.text):
                left, equals, right = told.partition(" = ")
                if equals and "..." not in told:
                    assert value_of(left) == value_of(right), step.text


def value_of(told: str) -> Fraction:
    """What a sum comes to: `x`, `/`, `+`, `-` between figures, in brackets or not; words are passed over."""
    plain = re.sub(r"([\d.]+) % of", r"\1 / 100 x", told)
    plain = re.sub(r"\((standard|reduced|zero)\w*\)|\(\w+\)|net|tax|gross|amount|discount|charge", " ", plain)
    plain = plain.replace("x", "*").strip()
    assert re.fullmatch(r"[-+*/(). \d]+", plain), told
    exact = re.sub(r"\d+(\.\d+)?", lambda found: f"Fraction('{found[0]}')", plain)
    result: Fraction = eval(exact, {"Fraction": Fraction})
    return result


# ---- it is complete ----


def test_one_line_is_told_from_its_price_to_its_net() -> None:
    assert one(rate("de-19", inclusive=True), quantity="3", unit_price="19.99") == [
        "amount: 3 x 19.99 = 59.97",
        "rates: de-19: determined by manual",
        "de-19, 19 % inclusive: 59.97 x 0.19 / 1.19 = 9.575042016806..., rounded halfUp: 9.58",
        "net: 59.97 - 9.58 = 50.39",
    ]


def test_a_tax_that_needs_no_rounding_says_so_by_saying_nothing() -> None:
    assert one(rate("a", "0.2"))[-1] == "a, 20 % exclusive: 10.00 x 0.2 = 2"


@pytest.mark.parametrize(
    ("more", "policy", "expected"),
    [
        ({"unit_price": "1.115", "quantity": "3"}, {}, "3 x 1.115 = 3.345, rounded halfUp: 3.35"),
        (
            {"unit_price": "1.115", "quantity": "3"},
            {"discount_amounts": "exact"},
            "3 x 1.115 = 3.345, rounded halfUp: 3.35",
        ),
        ({"unit_price": "1.115", "quantity": "3"}, {"line_amounts": "exact"}, "3 x 1.115 = 3.345"),
        ({"unit_price": None, "amount": "0.005"}, {}, "0.005, rounded halfUp: 0.01 as stated"),
        ({"unit_price": None, "amount": "5.00"}, {}, "5.00 as stated"),
        (
            {
                "discounts": [Discount(percent="3.33"), Discount(amount="1")],
                "charges": [Charge(percent="10")],
            },
            {},
            (
                "1 x 10.00 = 10.00; discount 3.33 % of 10.00 = 0.333, rounded halfUp: 0.33; "
                "discount 1.00; charge 10 % of 8.67 = 0.867, rounded halfUp: 0.87; 9.54 is left"
            ),
        ),
        (
            {"discounts": [Discount(percent="3.33")]},
            {"discount_amounts": "exact"},
            "1 x 10.00 = 10.00; discount 3.33 % of 10.00 = 0.333000; 9.667000 is left, rounded halfUp: 9.67",
        ),
    ],
)
def test_an_amount_is_told_step_by_step(more: dict[str, Any], policy: Any, expected: str) -> None:
    assert one(rate(), policy=Policy(**policy), **more)[0] == f"amount: {expected}"


def test_a_unit_is_rounded_and_multiplied() -> None:
    unit = Policy.preset("magento-unit")
    assert one(rate("a"), policy=unit, quantity="3", unit_price="0.30")[-1].endswith(
        "0.90 x 0.19 = 0.171, rounded halfUp for one unit, times 3: 0.18"
    )
    none = one(rate("a", None, amount_per_unit="0.005"), policy=unit, quantity="0")
    assert none[-1] == "a, 0.005 a unit exclusive: 0 x 0.005 = 0"


def test_the_net_gives_way_only_where_it_does() -> None:
    first = Policy(rounding=Rounding(inclusive="netFirst"))
    tie, other = rate("a", "0.12", True), rate("b", "0.05", True)
    withheld = rate("w", "0.0333", withheld=True)
    text = "the net rounded halfUp, the tax is the rest: 5.62"
    assert one(tie, policy=first, unit_price="52.50")[2].endswith(text)
    told = one(tie, withheld, policy=first, unit_price="52.50")
    assert told[2].endswith(text)
    assert told[3].endswith("rounded halfUp: 1.56")
    assert "the net rounded" not in "".join(one(tie, other, policy=first, unit_price="52.50"))


def test_what_is_rounded_together_is_told_once_with_where_each_unit_went() -> None:
    of = invoice(*[line("0.05", name) for name in "abc"])
    told = story(of, Taxed([rate("r", "0.1")]), policy="en16931")
    assert told[-2] == (
        "All of valueAddedTax 10 % exclusive together: 0.015, rounded halfUp: 0.02; "
        "allocated by largest remainder: 0.01 to line a r (0.00 +0.01 left over), "
        "0.01 to line b r (0.00 +0.01 left over), 0.00 to line c r"
    )
    assert "  r, 10 % exclusive: 0.05 x 0.1 = 0.005, rounded with others: 0.01" in told


US = Customer(address=Address(country="US", state="CA"))


@pytest.mark.parametrize(
    ("policy", "more", "expected"),
    [
        ("us-item", {}, "All taxes of line 1 together"),
        ("us-invoice", {"customer": US}, "All taxes of US-CA together"),
        ("us-invoice", {}, "All taxes together"),
        ("odoo-globally", {}, "All of r together"),
    ],
)
def test_a_group_is_named_by_what_it_holds(policy: str, more: Any, expected: str) -> None:
    of = invoice(line("0.05", "1"), line("0.05", "2"), **more)
    told = story(of, Taxed([rate("r", "0.1"), rate("s", "0.01")]), policy=policy)
    assert any(text.startswith(expected) for text in told), told


def test_a_discount_of_the_invoice_is_told_with_each_share() -> None:
    of = invoice(
        line("30.00", "a"), line("60.00", "b"), discounts=[Discount(percent=10), Discount(amount="1.00")]
    )
    told = story(of, Taxed([rate("r")]))
    assert told[2:4] == [
        (
            "Spread discount-0: 9.00 (10 % of 90.00) over the lines by amount; "
            "allocated: 3.00 to line a, 6.00 to line b"
        ),
        (
            "Spread discount-1: 1.00 over the lines by amount; "
            "allocated by largest remainder: 0.33 to line a, 0.67 to line b (0.66 +0.01 left over)"
        ),
    ]
    assert "  amount: 30.00 as stated; 3.33 of the invoice's discounts falls on it, 26.67 is left" in told


def test_adjustments_are_told_as_lines_are_with_whose_rates_they_bear() -> None:
    food, goods = Taxed([rate("f", "0.07")]), Taxed([rate("g", "0.19")])
    charges = [
        Charge(amount="3.00"),
        Charge(percent=10, strategy="highest"),
        Charge(amount=1, strategy="principal"),
        Charge(amount=1, strategy="own"),
    ]
    of = invoice(
        line("10.00", "a"),
        line("20.00", "b"),
        charges=charges,
        discounts=[Discount(amount=1, tax_rates=["f"])],
    )
    told = story(of, food, goods, charges=[None, None, None, food], discounts=[food])
    assert [text for text in told if "taxed " in text] == [
        "  amount: -1.00, taxed by its own rates",
        "  amount: 3.00, taxed as the lines are, by their nets; allocated: 1.00 as line a, 2.00 as line b",
        "  amount: 10 % of the lines: 3.00, taxed as line b is, whose rates are the highest",
        "  amount: 1.00, taxed as line b is, as most of the net",
        "  amount: 1.00, taxed by its own rates",
    ]
    assert "Adjustment charge-0: net 3.00 + tax 0.45 = gross 3.45 (mixed)" in told or "mixed" not in "".join(
        told
    )


def test_a_share_of_a_charge_that_got_what_was_left_over_says_so() -> None:
    of = invoice(line("30.00", "a"), line("60.00", "b"), charges=[Charge(amount="0.50")])
    told = story(of, Taxed([rate("f", "0.07")]), Taxed([rate("g", "0.19")]))
    assert (
        "  amount: 0.50, taxed as the lines are, by their nets; allocated by largest remainder: "
        "0.17 as line a (0.16 +0.01 left over), 0.33 as line b"
    ) in told


def test_under_exact_amounts_prices_and_nets_are_told_with_what_was_left_over() -> None:
    """Three times 1.004 are 3.012: of 3.01, the one cent left over goes to the first of equals."""
    exact = Policy(line_amounts="exact")
    lines_ = [line(id_=name, unit_price="1.006") for name in "ab"]
    of = invoice(*lines_, discounts=[Discount(amount="0.001")])
    inside = story(of, Taxed([rate("r", "0.2", True)]), policy=exact)
    left = "0.0005 of the invoice's discounts falls on it, 1.0055 is left"
    assert inside[4] == f"  amount: 1 x 1.006 = 1.006; {left}"
    assert inside[2] == (
        "Spread discount-0: 0.001 over the lines by amount; allocated: 0.0005 to line a, 0.0005 to line b"
    )
    assert inside[-2] == (
        "All prices with tax together: 2.011, rounded halfUp: 2.01; allocated by largest remainder: "
        "1.01 to line a (1.00 +0.01 left over), 1.00 to line b"
    )
    (group,) = [step for step in told_of(of, Taxed([rate("r", "0.2", True)]), exact) if step.kind == "group"]
    assert group.data == {
        "exact": "2.011",
        "rounded": "2.01",
        "parts": {"line a": "1.01", "line b": "1.00"},
    }
    on_top = story(of, Taxed([rate("r", "0.2")]), policy=exact)
    assert on_top[-2].startswith("All nets together: 2.011, rounded halfUp: 2.01; allocated by largest")


def told_of(of: Invoice, outcome: Any, policy: Policy) -> tuple[Any, ...]:
    return explain(calculate(of, determined(of, outcome), policy=policy)).steps


def test_an_amount_a_rate_asks_once_is_told_with_each_share() -> None:
    fee = rate("fee", None, amount_per_unit="0.29", amount_per="invoice")
    of = invoice(line("39.98", "a"), line("7.49", "b"), line("3.10", "c"))
    shipped = invoice(*of.lines, charges=[Charge(amount="5.00")])
    assert story(shipped, Taxed([fee]))[-2] == (
        "  fee, 0.29 an invoice exclusive: 0, since it falls on the lines"
    )
    told = story(of, Taxed([fee]))
    assert "  fee, 0.29 an invoice exclusive: 0.23" in told
    assert told[2] == (
        "fee, once an invoice: 0.29 over the lines by amount; allocated by largest remainder: "
        "0.23 to line a (0.22 +0.01 left over), 0.04 to line b, 0.02 to line c (0.01 +0.01 left over)"
    )


def test_taxes_without_an_id_are_told_by_their_kind() -> None:
    place = Address(country="DE")
    of = invoice(
        *[line("0.05", name, tax_category="x", entered_percent="10") for name in "ab"],
        customer=Customer(address=place),
    )
    told = str(explain(calculate(of, RateTable(()), policy="odoo-globally"))).splitlines()
    assert "  valueAddedTax, 10 % exclusive: 0.05 x 0.1 = 0.005, rounded with others: 0.01" in told
    assert any(text.startswith("All of valueAddedTax 10 % exclusive together") for text in told)
    assert told.count("  no rate matches: the percentage typed by hand is used") == 2


def test_a_charge_and_a_discount_with_rates_of_their_own_are_told_as_lines_are() -> None:
    of = invoice(
        line("10.00", tax_category="food"),
        charges=[Charge(amount=1, tax_category="books"), Charge(amount=2, tax_rates=["a"]), Charge(amount=3)],
        discounts=[Discount(amount=1, tax_category="food")],
        customer=Customer(address=Address(country="DE")),
    )
    table = RateTable([rate("a"), rate("b", "0.07", tax_categories=["food"])])
    steps = explain(calculate(of, table)).steps
    verdicts = {
        path: [
            step.text for step in steps if step.path == path and step.kind not in ("line", "amount", "tax")
        ]
        for path in ("discounts[0]", "charges[0]", "charges[1]", "charges[2]")
    }
    place = "place: DE, from customer.address"
    assert verdicts == {
        "discounts[0]": [place, "b: taken", "a: lost to the more specific b"],
        "charges[0]": [place, "a: taken", "b: taxCategories: expected food, got books"],
        "charges[1]": ["a: named on the charge"],
        "charges[2]": [],
    }


def test_the_end_tells_what_is_payable_and_why() -> None:
    of = invoice(line("10.00"), payments=[Payment(amount="2.00")])
    taxes = Taxed([rate("r", "0.2"), rate("w", "0.05", withheld=True)])
    assert story(of, taxes)[-1] == (
        "Totals: net 10.00 + tax 2.00 = gross 12.00, withheld 0.50, paid 2.00; payable 9.50"
    )
    told = story(of, taxes, policy=Policy(cash_increment="1"))
    assert told[-1].endswith("payable 10.00 after cash rounding of 0.50")
    assert told[1].startswith(
        "Policy of its own: level line, mode halfUp, taxFirst, by rate, line amounts rounded"
    )
    assert story(of, taxes, policy="odoo-per-line")[1].endswith("line amounts rounded, discounts exact")


def test_a_line_without_rates_and_one_by_a_provider_are_told() -> None:
    told = story(invoice(line("10.00")), NotTaxed(Reason.CUSTOMER_EXEMPT))
    assert told[2:5] == [
        "Line 1: net 10.00 + tax 0.00 = gross 10.00 (customerExempt)",
        "  amount: 10.00 as stated",
        "  rates: none",
    ]
    stated = Taxed([rate("r")], stated=[StatedTax(Decimal("10.00"), Decimal("1.91"))])
    assert story(invoice(line("10.00")), stated)[-2].endswith("= 1.9, the provider states 1.91")


def test_a_table_tells_what_it_took_and_passed_over() -> None:
    german = Customer(address=Address(country="DE"))
    of = invoice(line("10.00", tax_category="books"), customer=german)
    table = RateTable([rate("a"), rate("b", "0.07", tax_categories=["food"])])
    told = str(explain(calculate(of, table))).splitlines()
    assert "  a: taken" in told
    assert any(text.startswith("  b: ") and "food" in text for text in told)


def test_warnings_are_told() -> None:
    notice = Notice("rateOfAnotherPlace", "lines[0]", "lines[0]: look here")
    assert "Note: lines[0]: look here" in story(invoice(line()), Taxed([rate()]), warnings=[notice])


def test_a_fixed_amount_inside_the_price_is_taken_out_first() -> None:
    bag, vat = rate("bag", None, True, amount_per_unit="0.25"), rate("vat", "0.2", True)
    told = one(bag, vat, unit_price="6.25", quantity="2")
    assert told[2] == "bag, 0.25 a unit inclusive: 2 x 0.25 = 0.5"
    assert told[3] == "vat, 20 % inclusive: (12.50 - 0.50) x 0.2 / 1.2 = 2"
    sack = rate("sack", None, False, amount_per_unit="0.25", amount_per="line")
    assert one(sack)[-1] == "sack, 0.25 a line exclusive: 0.25"
