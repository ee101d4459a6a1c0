"""Attribution by example: each figure is worked out in the comments."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from taxengine.core.adjustments import Charge, Discount, Payment
from taxengine.core.brackets import Bracket
from taxengine.core.calculation import calculate
from taxengine.core.determination import Determination, NotTaxed, StatedTax, Taxed
from taxengine.core.errors import InvalidInput, InvariantBroken
from taxengine.core.invoice import Invoice, Line
from taxengine.core.matching import determine
from taxengine.core.parties import Certificate, Customer, Merchant, Registration
from taxengine.core.place import Address
from taxengine.core.policy import Policy, Rounding
from taxengine.core.rates import TaxRate
from taxengine.core.reasons import Reason
from taxengine.core.refund import refund
from taxengine.core.result import Calculation
from taxengine.core.table import RateTable
from taxengine.core.values import replace
from taxengine.documents import read_calculation, write
from taxengine.recalculation import mixtures
from taxengine.recalculation.attribution import Cause, CauseName, Comparison, compare
from taxengine.recalculation.difference import Side
from tests.core.samples import determined, invoice, line, rate

Told = list[tuple[str, str | None, str]]

VAT, LOWER = rate("de"), rate("de", "0.16")


def told(before: Calculation, after: Calculation) -> Told:
    """The causes as (cause, line, tax)."""
    return [(one.cause.value, one.line, str(one.tax)) for one in compare(before, after).causes]


def named(of: Invoice, **more: Any) -> Calculation:
    return calculate(of, **more)


def by_table(of: Invoice, *rates: TaxRate, **more: Any) -> Calculation:
    return calculate(of, determine(of, RateTable(rates), **more))


@pytest.fixture
def no_mixtures(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise AssertionError("a mixture was calculated")

    monkeypatch.setattr(mixtures, "mixture", none)


# ---- one change ----


@pytest.mark.usefixtures("no_mixtures")
def test_what_is_the_same_has_no_causes() -> None:
    same = [named(invoice(line(tax_rates=[VAT]), line("5.00", "2", tax_rates=[VAT]))) for _ in range(2)]
    comparison = compare(*same)
    assert (comparison.causes, comparison.taxes) == ((), ())
    assert set(comparison.difference) == {Decimal("0.00")}
    assert comparison == compare(*reversed(same))


@pytest.mark.usefixtures("no_mixtures")
def test_another_rate() -> None:
    # 100.00 at 19 % is 19.00, at 16 % it is 16.00.
    before, after = (named(invoice(line(tax_rates=[one]))) for one in (VAT, LOWER))
    assert told(before, after) == [("rate", "1", "-3.00")]


@pytest.mark.usefixtures("no_mixtures")
def test_another_amount() -> None:
    before, after = (named(invoice(line(amount, tax_rates=[VAT]))) for amount in ("100.00", "110.00"))
    assert told(before, after) == [("amount", "1", "1.90")]


@pytest.mark.usefixtures("no_mixtures")
def test_another_policy() -> None:
    # 0.19 x 0.50 = 0.095 a line: 0.10 each, and 0.19 where both are rounded at once.
    of = invoice(line("0.50", tax_rates=[VAT]), line("0.50", "2", tax_rates=[VAT]))
    assert told(named(of), named(of, policy="en16931")) == [("policy", "2", "-0.01")]


@pytest.mark.usefixtures("no_mixtures")
def test_payments_and_coins_change_what_is_payable_and_no_tax() -> None:
    of = invoice(line(tax_rates=[VAT]))
    paid = replace(of, payments=[Payment(amount="19.00")])
    comparison = compare(named(of), named(paid, policy=Policy(cash_increment="0.05")))
    assert comparison.causes == ()
    assert comparison.difference.to_dict() == {
        "net": "0.00", "tax": "0.00", "gross": "0.00", "withheld": "0.00", "payable": "-19.00",
    }  # fmt: skip


@pytest.mark.usefixtures("no_mixtures")
def test_prices_that_hold_the_tax_now_are_a_change_of_rates() -> None:
    # 119.00 x 0.19 = 22.61 on top; 119.00 x 0.19 / 1.19 = 19.00 inside.
    open_rate = rate("de", inclusive=None)
    before, after = (
        named(invoice(line("119.00", tax_rates=[open_rate], tax_behavior=one)))
        for one in ("exclusive", "inclusive")
    )
    assert told(before, after) == [("rate", "1", "-3.61")]


def german(*lines: Line, **more: Any) -> Invoice:
    """An invoice to Germany, of one line of books where no other is given."""
    given = {"customer": Customer(address=Address(country="DE")), **more}
    return invoice(*(lines or [line(tax_category="books")]), **given)


FRENCH = rate("fr", "0.20", country="FR")
BOOKS = rate("de-books", "0.07", tax_categories=["books"], treatment="reduced")


@pytest.mark.usefixtures("no_mixtures")
@pytest.mark.parametrize(
    ("after", "expected"),
    [
        # 19.00 before, by the German rate
        (german(customer=Customer(address=Address(country="FR"))), [("place", "1", "1.00")]),
        (german(line(tax_category="press")), [("taxability", "1", "-12.00")]),
        (
            german(customer=Customer(address=Address(country="DE"), tax_status="exempt")),
            [("taxability", "1", "-19.00")],
        ),
        (german(line(tax_rates=["fr"])), [("taxability", "1", "1.00")]),
        (
            german(
                customer=Customer(address=Address(country="DE"), certificates=[Certificate(country="DE")])
            ),
            [("taxability", "1", "-19.00")],
        ),
        (
            german(merchant=Merchant(registrations=[Registration(country="US")])),
            [("taxability", "1", "-19.00")],
        ),
        # Another address and another category: nothing says which of the two it was.
        (
            german(line(tax_rates=["fr"]), customer=Customer(address=Address(country="FR"))),
            [("place", "1", "0.50"), ("taxability", "1", "0.50")],
        ),
    ],
    ids=["place", "category", "status", "named", "certificate", "registration", "both"],
)
def test_what_the_invoice_says_otherwise(after: Invoice, expected: Told) -> None:
    press = rate("de-press", "0.07", tax_categories=["press"], treatment="reduced")
    before, now = (by_table(one, VAT, press, FRENCH) for one in (german(), after))
    assert told(before, now) == expected


@pytest.mark.usefixtures("no_mixtures")
def test_what_the_law_answers_otherwise() -> None:
    of = german(merchant=Merchant(address=Address(country="FR")))
    before = by_table(of, VAT, FRENCH)
    # the same invoice, taxed where it comes from: 20 % of 100.00
    assert told(before, by_table(of, VAT, FRENCH, sourcing="origin")) == [("place", "1", "1.00")]
    # a reduced rate was added for books: 7 %
    assert told(before, by_table(of, VAT, FRENCH, BOOKS)) == [("taxability", "1", "-12.00")]
    # another rate of the same standing: 17 %
    assert told(before, by_table(of, rate("de-2", "0.17"))) == [("rate", "1", "-2.00")]


@pytest.mark.usefixtures("no_mixtures")
def test_an_address_that_decides_nothing_is_no_other_place() -> None:
    # The merchant has moved within the country, and books have a rate of their own now: 7 %.
    here, there = (
        german(merchant=Merchant(address=Address(country="DE", postal_code=code)))
        for code in ("10115", "80331")
    )
    assert told(by_table(here, VAT), by_table(there, VAT, BOOKS)) == [("taxability", "1", "-12.00")]


@pytest.mark.usefixtures("no_mixtures")
def test_another_percentage_typed_by_hand_is_another_rate() -> None:
    # 7.00, then 19.00, where no rate matches
    before, after = (by_table(german(line(tax_category="a", entered_percent=one))) for one in ("7", "19"))
    assert told(before, after) == [("rate", "1", "12.00")]


@pytest.mark.usefixtures("no_mixtures")
def test_another_provider_that_answers_otherwise() -> None:
    of = german()
    for outcome, tax in ((Taxed([LOWER]), "-3.00"), (NotTaxed(Reason.PRODUCT_EXEMPT), "-19.00")):
        after = calculate(of, determined(of, outcome)._replace(provider="other"))
        assert told(by_table(of, VAT), after) == [("provider", "1", tax)]
    # What the invoice says comes first.
    moved = german(customer=Customer(address=Address(country="FR")))
    after = calculate(moved, determined(moved, Taxed([FRENCH]))._replace(provider="other"))
    assert told(by_table(of, VAT), after) == [("place", "1", "1.00")]


@pytest.mark.usefixtures("no_mixtures")
def test_goods_that_come_from_another_state_are_another_place() -> None:
    # Maharashtra to Maharashtra: 9 % and 9 %; from Karnataka: 12 % (a rate of its own, to be seen)
    halves = [rate(name, "0.09", country="IN", type=name, when="intrastate") for name in ("cgst", "sgst")]
    whole = rate("igst", "0.12", country="IN", type="igst", when="interstate")

    def sold(state: str) -> Calculation:
        of = german(
            customer=Customer(address=Address(country="IN", state="MH")),
            merchant=Merchant(address=Address(country="IN", state=state)),
        )
        return by_table(of, *halves, whole)

    assert told(sold("MH"), sold("KA")) == [("place", "1", "-6.00")]


# ---- several changes ----


def test_changes_that_interact_are_shared_by_the_mean_of_their_orders() -> None:
    # 100.00 at 19 %: 19.00. 200.00 at 16 %: 32.00. Difference 13.00.
    # Amount first: +19.00, then the rate: -6.00. Rate first: -3.00, then the amount: +16.00.
    # The means: amount (19.00 + 16.00) / 2 = 17.50, rate (-6.00 - 3.00) / 2 = -4.50.
    before, after = named(invoice(line(tax_rates=[VAT]))), named(invoice(line("200.00", tax_rates=[LOWER])))
    assert told(before, after) == [("amount", "1", "17.50"), ("rate", "1", "-4.50")]


def test_a_unit_that_cannot_be_halved_goes_to_the_larger_share_or_to_the_first_cause() -> None:
    # 1.00 at 19 %: 0.19, and 1.50 at 19 %: 0.285, so 0.29.
    # 16 %: 0.16 and 0.24. Amount (0.10 + 0.08) / 2 = 0.09, rate (-0.05 - 0.03) / 2 = -0.04.
    # 14 %: 0.14 and 0.21. Amount (0.10 + 0.07) / 2 = 0.085, rate (-0.08 - 0.05) / 2 = -0.065; cut 0.08 and
    # -0.06, which is the difference of 0.02 already.
    # 30 %: 0.30 and 0.45. Amount (0.10 + 0.15) / 2 = 0.125, rate (0.16 + 0.11) / 2 = 0.135; cut they are 0.12
    # and 0.13 of 0.26: the remainders are equal, and the rate has the larger share.
    # 29 %: 0.29 and 0.435, so 0.44. Amount (0.10 + 0.15) / 2 = 0.125, rate (0.15 + 0.10) / 2 = 0.125; cut
    # they are 0.12 and 0.12 of 0.25: equal throughout, the rate comes first.
    before = named(invoice(line("1.00", tax_rates=[VAT])))
    for percent, amount, by_rate in (
        ("0.16", "0.09", "-0.04"),
        ("0.14", "0.08", "-0.06"),
        ("0.30", "0.12", "0.14"),
        ("0.29", "0.12", "0.13"),
    ):
        after = named(invoice(line("1.50", tax_rates=[rate("de", percent)])))
        assert told(before, after) == [("amount", "1", amount), ("rate", "1", by_rate)]
        negated = [(one.cause.value, str(-one.tax)) for one in compare(after, before).causes]
        assert negated == [("amount", amount), ("rate", by_rate)]


def test_three_changes_at_once() -> None:
    # Amount a: 0.50 or 1.50; rate r: 19 % or 15 %; mode m: halfUp or up.
    #   a r m            exact    tax        a r m             exact    tax
    #   0.50 19 halfUp   0.095    0.10       0.50 19 up        0.095    0.10
    #   1.50 19 halfUp   0.285    0.29       1.50 19 up        0.285    0.29
    #   0.50 15 halfUp   0.075    0.08       0.50 15 up        0.075    0.08
    #   1.50 15 halfUp   0.225    0.23       1.50 15 up        0.225    0.23
    # The mode adds nothing anywhere. Amount: 0.19 or 0.15, mean 0.17. Rate: -0.02 or -0.06, mean -0.04.
    up = Policy(rounding=Rounding(mode="up"))
    before = named(invoice(line("0.50", tax_rates=[VAT])))
    after = named(invoice(line("1.50", tax_rates=[rate("de", "0.15")])), policy=up)
    assert told(before, after) == [("amount", "1", "0.17"), ("rate", "1", "-0.04")]
    # With 0.52 and 1.52 it does: 0.0988 0.10 0.10, 0.2888 0.29 0.29, 0.078 0.08 0.08, 0.228 0.23 0.23;
    # with 0.22 and 1.22: 0.0418 0.04 0.05, 0.2318 0.23 0.24, 0.033 0.03 0.04, 0.183 0.18 0.19: 0.01 each.
    # Amount: 0.19 or 0.15, mean 0.17. Rate: -0.01 or -0.05, mean -0.03. Policy 0.01. In all 0.19 - 0.04.
    before = named(invoice(line("0.22", tax_rates=[VAT])))
    after = named(invoice(line("1.22", tax_rates=[rate("de", "0.15")])), policy=up)
    assert told(before, after) == [("amount", "1", "0.17"), ("rate", "1", "-0.03"), ("policy", "1", "0.01")]


def test_withheld_taxes_have_their_causes_too() -> None:
    # Withheld 15 % of 100.00, then 19 %: 15.00 to 19.00; the VAT is as it was.
    def held(percent: str) -> Calculation:
        kept = rate("irpf", percent, type="withholding", withheld=True)
        return named(invoice(line(tax_rates=[VAT, kept])))

    comparison = compare(held("0.15"), held("0.19"))
    assert comparison.causes == (Cause(CauseName.RATE, "1", Decimal("0.00"), Decimal("4.00")),)
    assert [(str(row.rate.percentage_decimal), row.before, row.after) for row in comparison.taxes] == [
        ("0.15", Decimal("15.00"), Decimal("0.00")),
        ("0.19", Decimal("0.00"), Decimal("19.00")),
    ]


# ---- lines that lean on others ----


def test_a_line_on_one_side_only_is_a_matter_of_amount() -> None:
    # Line 2 is new: 50.00 at 16 % is 8.00. Line 1: 19 % to 16 % of 100.00.
    before = named(invoice(line(tax_rates=[VAT])))
    after = named(invoice(line(tax_rates=[LOWER]), line("50.00", "2", tax_rates=[LOWER])))
    assert told(before, after) == [("rate", "1", "-3.00"), ("amount", "2", "8.00")]
    assert told(after, before) == [("rate", "1", "3.00"), ("amount", "2", "-8.00")]


def side(of: Calculation) -> Side:
    assert isinstance(of.source, Determination)
    return Side(of, of.source)


@pytest.mark.parametrize(
    ("inclusive", "tax", "between"),
    # 58.00 at 16 % is 9.28 on top, or holds 8.00 (x 0.16 / 1.16); at 19 % 11.02, or 9.26 (x 0.19 / 1.19).
    [(False, "9.28", "11.02"), (None, "8.00", "9.26")],
)
def test_a_line_on_one_side_only_goes_by_the_rates_of_either_law(
    inclusive: bool | None, tax: str, between: str
) -> None:
    # Line 1 is as above. By the amounts of after and the law of before line 2 has 19 % as well, or two rates
    # would go by one id; it is inside where the line says so.
    old, new = rate("de", "0.19", inclusive), rate("de", "0.16", inclusive)
    before = named(invoice(line(tax_rates=[old]), tax_behavior="exclusive"))
    second = line("58.00", "2", tax_rates=[new], tax_behavior="inclusive")
    after = named(invoice(line("200.00", tax_rates=[new]), second, tax_behavior="exclusive"))
    expected = [("amount", "1", "17.50"), ("rate", "1", "-4.50"), ("amount", "2", tax)]
    assert told(before, after) == expected
    mixed = mixtures.mixture(side(after), side(before), before.policy)
    assert mixed is not None
    assert str(mixed[Line, "2"].tax) == between


def test_a_unit_that_moves_in_the_allocation_is_rounding() -> None:
    # By en16931 both lines are rounded together: 0.19 x 1.00 = 0.19; 0.095 each, and the unit is line 1's.
    # With 0.53 on line 2: 0.1957, so 0.20; 0.095 and 0.1007 are cut to 0.09 and 0.10, the unit is line 1's.
    # With 0.51: 0.1919, so 0.19; 0.095 and 0.0969 are cut to 0.09 each, the unit is line 2's.
    def two(second: str) -> Calculation:
        of = invoice(line("0.50", tax_rates=[VAT]), line(second, "2", tax_rates=[VAT]))
        return named(of, policy="en16931")

    assert told(two("0.50"), two("0.51")) == [("rounding", "1", "-0.01"), ("amount", "2", "0.01")]
    assert told(two("0.50"), two("0.53")) == [("amount", "2", "0.01")]


def test_a_discount_that_falls_otherwise_is_a_matter_of_amount() -> None:
    # A discount of 10.00 over 100.00 and 100.00: 95.00 each, 18.05. Over 100.00 and 300.00: 97.50 and 292.50.
    def two(second: str) -> Calculation:
        lines = line(tax_rates=[VAT]), line(second, "2", tax_rates=[VAT])
        return named(invoice(*lines, discounts=[Discount(amount="10.00")]))

    assert told(two("100.00"), two("300.00")) == [("amount", "1", "0.48"), ("amount", "2", "37.53")]


def test_a_discount_of_less_than_a_cent_that_leads_into_another_bracket_is_a_matter_of_amount() -> None:
    # 10 % from 100.00 a unit on. Half of 0.001 off, carried exactly, is a price below that.
    steps = [Bracket(from_="100", percentage_decimal="0.10")]
    luxury = rate("luxury", "0", treatment="exempt", currency="EUR", brackets=steps)

    def two(*discounts: Discount) -> Calculation:
        lines = line(tax_rates=[luxury]), line(id_="2", tax_rates=[VAT])
        return named(invoice(*lines, discounts=discounts), policy="odoo-globally")

    assert told(two(), two(Discount(amount="0.001"))) == [("amount", "1", "-10.00")]


def test_a_category_that_takes_a_discount_with_it_is_taxability_on_both_lines() -> None:
    # 10.00 off books: 95.00 each, 18.05; then line 2 is no book: 90.00, 17.10, and 100.00, 19.00.
    def two(second: str) -> Calculation:
        lines = line(tax_category="books"), line(id_="2", tax_category=second)
        discounts = [Discount(amount="10.00", spread_over="books")]
        return by_table(german(*lines, discounts=discounts), VAT)

    assert told(two("books"), two("tools")) == [("taxability", "1", "-0.95"), ("taxability", "2", "0.95")]


def test_a_category_and_an_amount_that_change_at_once() -> None:
    # Before: 95.00 and 95.00, as above: 18.05 each. After: 90.00, 17.10, and 200.00 that is no book, 38.00.
    # Amount first: 10.00 over 100.00 and 200.00 leaves 96.67 and 193.33: 18.37 and 36.73.
    # Category first: 90.00 and 100.00 are left: 17.10 and 19.00.
    # Line 1: amount (0.32 + 0.00) / 2, taxability (-1.27 - 0.95) / 2.
    # Line 2: amount (18.68 + 19.00) / 2, taxability (1.27 + 0.95) / 2.
    def two(second: str, amount: str) -> Calculation:
        lines = line(tax_category="books"), line(amount, "2", tax_category=second)
        discounts = [Discount(amount="10.00", spread_over="books")]
        return by_table(german(*lines, discounts=discounts), VAT)

    assert told(two("books", "100.00"), two("tools", "200.00")) == [
        ("amount", "1", "0.16"),
        ("taxability", "1", "-1.11"),
        ("amount", "2", "18.84"),
        ("taxability", "2", "1.11"),
    ]


def test_a_charge_taxed_as_the_lines_are_has_their_causes() -> None:
    # 10.00 of shipping over 100.00 at 19 %: 1.90; at 16 %: 1.60.
    def shipped(*lines: Any) -> Calculation:
        return named(invoice(*lines, charges=[Charge(amount="10.00")]))

    before = shipped(line(tax_rates=[VAT]))
    assert told(before, shipped(line(tax_rates=[LOWER]))) == [
        ("rate", "1", "-3.00"),
        ("rate", "charge-0", "-0.30"),
    ]
    # With 100.00 untaxed beside it, half of the shipping is: 0.95.
    books = line(id_="2", tax_rates=[rate("zero", "0", treatment="zero")])
    mixed = shipped(line(tax_rates=[VAT]), books)
    assert told(before, mixed) == [("amount", "charge-0", "-0.95")]
    # Of 300.00 untaxed it is three quarters: 0.475, so 0.48.
    assert told(mixed, shipped(line(tax_rates=[VAT]), replace(books, amount="300.00"))) == [
        ("amount", "charge-0", "-0.47")
    ]


def test_how_a_charge_is_taxed_is_taxability() -> None:
    # Proportional: half of 10.00 at 19 %, half at 7 %: 0.95 + 0.35. Highest: 1.90. Own, at 7 %: 0.70.
    def shipped(**how: Any) -> Calculation:
        low = rate("low", "0.07")
        lines = line(tax_rates=[VAT]), line(id_="2", tax_rates=[low])
        return named(invoice(*lines, charges=[Charge(amount="10.00", **how)]))

    assert told(shipped(), shipped(strategy="highest")) == [("taxability", "charge-0", "0.60")]
    assert told(shipped(), shipped(tax_rates=[rate("low", "0.07")])) == [("taxability", "charge-0", "-0.60")]


def test_the_treatment_of_a_charge_and_its_amount_at_once() -> None:
    # Before: 10.00 as the line is, at 19 %: 1.90. After: 20.00, untaxed. Difference -1.90.
    # Amount first: +1.90 and then -3.80; treatment first: -1.90 and then 0. Means: 0.95 and -2.85.
    before = named(invoice(line(tax_rates=[VAT]), charges=[Charge(amount="10.00")]))
    after = named(invoice(line(tax_rates=[VAT]), charges=[Charge(amount="20.00", tax_rates=[])]))
    expected = [("amount", "charge-0", "0.95"), ("taxability", "charge-0", "-2.85")]
    assert told(before, after) == expected


def test_an_allowance_with_rates_of_its_own_is_matched_by_its_place() -> None:
    # -10.00 at 19 %, then at 16 %; the second one is new: -5.00 at 16 %.
    def less(one: TaxRate, *amounts: str) -> Calculation:
        discounts = [Discount(amount=amount, tax_rates=[one]) for amount in amounts]
        return named(invoice(line(tax_rates=[one]), discounts=discounts))

    assert told(less(VAT, "10.00"), less(LOWER, "10.00", "5.00")) == [
        ("rate", "1", "-3.00"),
        ("rate", "discount-0", "0.30"),
        ("amount", "discount-1", "-0.80"),
    ]


def test_an_amount_once_an_invoice_is_shared_by_its_lines() -> None:
    # A fee of 1.00 over 100.00 and 100.00: 0.50 each; over 100.00 and 300.00: 0.25 and 0.75.
    fee = rate("fee", None, amount_per_unit="1.00", amount_per="invoice", type="excise")

    def two(second: str, *rates: TaxRate) -> Calculation:
        return named(invoice(line(tax_rates=[fee]), line(second, "2", tax_rates=rates)))

    assert told(two("100.00", fee), two("300.00", fee)) == [("amount", "1", "-0.25"), ("amount", "2", "0.25")]
    # Line 2 bears it no longer: line 1 bears all of it, for the same cause.
    assert told(two("100.00", fee), two("100.00")) == [
        ("taxability", "1", "0.50"),
        ("taxability", "2", "-0.50"),
    ]


def test_a_line_that_is_called_as_a_charge_is_both() -> None:
    # The line 100.00 and the charge 10.00: 19.00 + 1.90, then 16.00 + 1.60.
    before, after = (
        named(invoice(line(id_="charge-0", tax_rates=[one]), charges=[Charge(amount="10.00")]))
        for one in (VAT, LOWER)
    )
    assert told(before, after) == [("rate", "charge-0", "-3.30")]


# ---- places that round together ----


def test_where_a_line_is_taxed_matters_to_what_is_rounded_together() -> None:
    # us-invoice rounds all tax of a state at once. Both lines in CA: 0.05 x 0.90 = 0.045, so 0.05 (0.03, 0.02
    # by the tie of 0.0225 each). The second in NY, at the same named rate: 0.0225 each, rounded apart: 0.02.
    five = rate("us", "0.05", country="US", type="salesTax")

    def sold(state: str, moving: str = "2") -> Calculation:
        there = Address(country="US", state=state)
        lines = [
            line("0.45", key, tax_rates=[five], ship_to=there if key == moving else None) for key in "12"
        ]
        home = Customer(address=Address(country="US", state="CA"))
        return named(invoice(*lines, customer=home), policy="us-invoice")

    assert [str(one.tax) for one in (*sold("CA").lines, *sold("NY").lines)] == [
        "0.03",
        "0.02",
        "0.02",
        "0.02",
    ]
    assert told(sold("CA"), sold("NY")) == [("rounding", "1", "-0.01")]
    assert told(sold("NY"), sold("CA")) == [("rounding", "1", "0.01")]
    # Where the line that had the unit is the one that moves, the place is the cause.
    assert told(sold("CA", "1"), sold("NY", "1")) == [("place", "1", "-0.01")]


def test_a_mixture_is_taxed_where_its_law_says() -> None:
    # Amounts and places at once, by us-invoice. Line 2 goes from CA to NY, line 1 from 0.45 to 0.65:
    #   before, before    0.0225 + 0.0225 = 0.045, so 0.05: 0.03 (the tie is line 1's) and 0.02
    #   after, before     0.0325 + 0.0225 = 0.055, so 0.06: 0.04 (the larger share) and 0.02
    #   before, after     0.02 and 0.02, each by itself
    #   after, after      0.03 and 0.02
    # Line 1 is the same in all; nothing is told of it. So with the second line's amount instead:
    #   after, before     0.0225 + 0.0325 = 0.055, so 0.06: 0.02 and 0.04
    #   after, after      0.02 and 0.03
    # Line 1, -0.01: amounts (-0.01 + 0.00) / 2, law (-0.01 + 0.00) / 2: both rounding. Line 2, 0.01:
    # amounts (0.02 + 0.01) / 2 = 0.015, law (0.00 - 0.01) / 2 = -0.005; cut 0.01 + 0: nothing is left over.
    five = rate("us", "0.05", country="US", type="salesTax")

    def sold(first: str, second: str, state: str) -> Calculation:
        lines = (
            line(first, tax_rates=[five]),
            line(second, "2", tax_rates=[five], ship_to=Address(country="US", state=state)),
        )
        home = Customer(address=Address(country="US", state="CA"))
        return named(invoice(*lines, customer=home), policy="us-invoice")

    # And with 0.65 on line 2 throughout, and 0.45 to 0.65 on line 1:
    #   before, before    0.0225 + 0.0325 = 0.055, so 0.06: 0.02 and 0.04
    #   after, before     0.0325 + 0.0325 = 0.065, so 0.07: 0.04 and 0.03
    #   before, after     0.02 and 0.03
    #   after, after      0.03 and 0.03
    # Line 1, 0.01: amounts (0.02 + 0.01) / 2, law (0.00 - 0.01) / 2; cut 0.01 + 0. Line 2, -0.01: amounts and
    # law (-0.01 + 0.00) / 2 each, rounding and place: the tie is the place's.
    assert told(sold("0.45", "0.65", "CA"), sold("0.65", "0.65", "NY")) == [
        ("amount", "1", "0.01"),
        ("place", "2", "-0.01"),
    ]
    assert told(sold("0.45", "0.45", "CA"), sold("0.65", "0.45", "NY")) == []
    assert told(sold("0.45", "0.45", "CA"), sold("0.45", "0.65", "NY")) == [
        ("rounding", "1", "-0.01"),
        ("amount", "2", "0.01"),
    ]


def test_a_charge_is_taxed_where_the_invoice_is() -> None:
    # By us-invoice: 100.00 at 5 %, 5.00, and 0.50 on the charge; 200.00 at 6 %, 12.00, and 0.60.
    # Line: amount (5.00 + 6.00) / 2, rate (1.00 + 2.00) / 2. The charge is 10.00 in all: rate 0.10.
    def sold(amount: str, percent: str) -> Calculation:
        one = rate("us", percent, country="US", type="salesTax")
        home = Customer(address=Address(country="US", state="CA"))
        of = invoice(line(amount, tax_rates=[one]), charges=[Charge(amount="10.00")], customer=home)
        return named(of, policy="us-invoice")

    assert told(sold("100.00", "0.05"), sold("200.00", "0.06")) == [
        ("amount", "1", "5.50"),
        ("rate", "1", "1.50"),
        ("rate", "charge-0", "0.10"),
    ]


# ---- mixtures that have no calculation ----


def stating(amount: str, tax: str, of_rate: TaxRate) -> Calculation:
    of = invoice(line(amount))
    stated = Taxed([of_rate], stated=[StatedTax(Decimal(amount), Decimal(tax))])
    return calculate(of, determined(of, stated)._replace(provider="other"))


def test_stated_amounts_hold_for_their_own_amount_only() -> None:
    # 100.00 at 19 %: 19.00. The provider stated 31.99 on 200.00 at 16 %. Its law on 100.00 has no figures, so
    # one order is left: the amount first, 38.00 - 19.00, then the provider, 31.99 - 38.00.
    before = named(invoice(line(tax_rates=[VAT])))
    expected = [("amount", "1", "19.00"), ("provider", "1", "-6.01")]
    assert told(before, stating("200.00", "31.99", LOWER)) == expected
    assert told(stating("200.00", "31.99", LOWER), before) == [
        ("amount", "1", "-19.00"),
        ("provider", "1", "6.01"),
    ]


def test_stated_amounts_that_follow_the_amount_are_no_other_law() -> None:
    # 19.00 stated on 100.00, 38.01 on 200.00, both at 19 %; by another policy too, which changes nothing.
    before, after = stating("100.00", "19.00", VAT), stating("200.00", "38.01", VAT)
    assert told(before, after) == [("amount", "1", "19.01")]
    assert isinstance(after.source, Determination)
    otherwise = calculate(after.source.invoice, after.source, policy="gobl-currency")
    assert told(before, otherwise) == [("amount", "1", "19.01")]


def test_stated_amounts_leave_the_orders_of_other_lines_alone() -> None:
    # Line 1 is stated on both its amounts, by one law. Line 2 goes from 0.22 to 0.50 at 19 %, halfUp to up:
    # 0.0418 is 0.04 or 0.05, 0.095 is 0.10. Amount (0.06 + 0.05) / 2, policy (0.01 + 0.00) / 2: cut 0.05 + 0,
    # the remainders are equal, the larger share has the unit.
    def two(amount: str, tax: str, second: str) -> Determination:
        of = invoice(line(amount), line(second, "2"))
        stated = Taxed([VAT], stated=[StatedTax(Decimal(amount), Decimal(tax))])
        return determined(of, stated, Taxed([rate("b")]))

    old, new = two("100.00", "19.00", "0.22"), two("200.00", "38.01", "0.50")
    up = Policy(rounding=Rounding(mode="up"))
    assert told(calculate(old.invoice, old), calculate(new.invoice, new, policy=up)) == [
        ("amount", "1", "19.01"),
        ("amount", "2", "0.06"),
    ]


@pytest.mark.usefixtures("no_mixtures")
def test_a_provider_that_states_otherwise_answers_otherwise() -> None:
    assert told(stating("100.00", "19.00", VAT), stating("100.00", "19.01", VAT)) == [
        ("provider", "1", "0.01")
    ]


def test_where_no_order_can_be_calculated_each_change_has_an_equal_part() -> None:
    # 19.01 stated on 100.00, 31.99 stated on 200.00: 12.98 in all, and neither law has figures for the other.
    assert told(stating("100.00", "19.01", VAT), stating("200.00", "31.99", LOWER)) == [
        ("amount", "1", "6.49"),
        ("rate", "1", "6.49"),
    ]


def test_where_no_order_can_be_calculated_a_line_has_the_causes_of_its_own_changes() -> None:
    # As above, and line 2 beside it: only its amount changes, 100.00 to 50.00. Line 3 leans on both.
    def three(amount: str, tax: str, second: str, of_rate: TaxRate) -> Calculation:
        of = invoice(line(amount), line(second, "2"), charges=[Charge(amount="10.00", strategy="principal")])
        stated = Taxed([of_rate], stated=[StatedTax(Decimal(amount), Decimal(tax))])
        return calculate(of, determined(of, stated, Taxed([rate("b", "0.07")])))

    # The charge of 10.00 is taxed as the larger line is: 1.90 before, 1.60 after.
    before = three("100.00", "19.01", "50.00", VAT)
    after = three("200.00", "31.99", "100.00", LOWER)
    assert told(before, after) == [
        ("amount", "1", "6.49"),
        ("rate", "1", "6.49"),
        ("amount", "2", "3.50"),
        ("amount", "charge-0", "-0.15"),
        ("rate", "charge-0", "-0.15"),
    ]


# ---- what is refused, and what holds ----


def alone() -> Calculation:
    return named(invoice(line(tax_rates=[VAT])))


def test_what_was_read_does_not_say_what_it_was_calculated_from() -> None:
    read = read_calculation(write(alone()))
    for pair in ((read, alone()), (alone(), read), (alone(), pickle.loads(pickle.dumps(alone())))):
        with pytest.raises(InvalidInput, match=r"(before|after): expected .*, got one that was read") as no:
            compare(*pair)
        assert "replay its sealed result" in no.value.problems[0].hint


def test_a_refund_is_compared_with_a_refund_alone() -> None:
    back = refund(alone(), amount="11.90")
    with pytest.raises(InvalidInput, match=r"kind: expected two calculations of one invoice") as no:
        compare(back, alone())
    read = read_calculation(write(back))
    with pytest.raises(InvalidInput, match=r"before: expected .*, got a refund") as no:
        compare(back, read)
    assert no.value.problems[0].hint == "compare it with a refund, or its invoice with an invoice"


@pytest.mark.parametrize("change", [{"id": "j"}, {"currency": "USD"}, {"kind": "creditNote"}], ids=str)
def test_two_calculations_of_different_invoices_are_refused(change: dict[str, str]) -> None:
    other = named(replace(invoice(line(tax_rates=[VAT])), **change))
    with pytest.raises(InvalidInput, match="expected two calculations of one invoice, got"):
        compare(alone(), other)


def test_an_invoice_on_one_side_only_has_one_cause() -> None:
    only: Any = compare(None, alone()).to_dict()
    assert (only["before"], only["after"]["tax"], only["difference"]["payable"]) == (None, "19.00", "119.00")
    assert only["causes"] == [{"cause": "onlyAfter", "line": None, "tax": "19.00", "withheld": "0.00"}]
    assert (only["taxes"][0]["before"], only["taxes"][0]["after"]) == ("0.00", "19.00")
    gone = compare(alone(), None)
    assert gone.causes == (Cause(CauseName.ONLY_BEFORE, None, Decimal("-19.00"), Decimal("0.00")),)
    assert gone.to_dict()["after"] is None
    with pytest.raises(InvalidInput, match="expected a calculation before or after, got neither"):
        compare(None, None)


def test_the_row_of_a_recalculated_document() -> None:
    of = replace(invoice(line("10.00", tax_rates=[VAT])), id="inv_1", tax_date=date(2020, 7, 15))
    comparison = compare(named(of), named(replace(of, lines=[line("10.00", tax_rates=[LOWER])])))
    totals = {"withheld": "0.00", "paid": "0.00", "cashRounding": "0.00"}
    row = {
        "taxRate": "de", "name": None, "type": "valueAddedTax", "country": "DE", "state": None,
        "withheld": False,
    }  # fmt: skip
    assert comparison.to_dict() == {
        "format": 1,
        "invoice": "inv_1",
        "kind": "invoice",
        "currency": "EUR",
        "taxDate": "2020-07-15",
        "before": {"net": "10.00", "tax": "1.90", "gross": "11.90", **totals, "payable": "11.90"},
        "after": {"net": "10.00", "tax": "1.60", "gross": "11.60", **totals, "payable": "11.60"},
        "difference": {
            "net": "0.00", "tax": "-0.30", "gross": "-0.30", "withheld": "0.00", "payable": "-0.30",
        },
        "causes": [{"cause": "rate", "line": "1", "tax": "-0.30", "withheld": "0.00"}],
        "taxes": [
            {**row, "percentageDecimal": "0.19", "before": "1.90", "after": "0.00"},
            {**row, "percentageDecimal": "0.16", "before": "0.00", "after": "1.60"},
        ],
    }  # fmt: skip
    assert repr(comparison) == "Comparison(invoice='inv_1', causes=[rate -0.30])"


def test_a_tax_that_is_only_told_for_another_reason_is_the_same_tax() -> None:
    # The breakdown has a row a reason; joined, they are one, which does not differ.
    of = invoice(line(tax_rates=[VAT]), line("50.00", "2", tax_rates=[VAT]))
    odd = Taxed([Taxed([VAT]).stack.rates[0]._replace(reason=Reason.REDUCED_RATED)])
    comparison = compare(named(of), calculate(of, determined(of, Taxed([VAT]), odd)))
    assert (comparison.causes, comparison.taxes) == ((), ())


def one_unit_off(cause: Cause) -> Sequence[Cause]:
    return [cause._replace(tax=cause.tax + Decimal("0.01"))]


def on_another_line(cause: Cause) -> Sequence[Cause]:
    return [cause._replace(line="2")]


def and_withheld(cause: Cause) -> Sequence[Cause]:
    return [cause._replace(withheld=Decimal("0.01"))]


@pytest.mark.parametrize("forge", [one_unit_off, on_another_line, and_withheld, lambda _: []])
def test_causes_that_do_not_add_up_are_a_bug(forge: Callable[[Cause], Sequence[Cause]]) -> None:
    before, after = alone(), named(invoice(line(tax_rates=[LOWER]), line("0.00", "2", tax_rates=[])))
    good = compare(before, after)
    with pytest.raises(InvariantBroken, match="expected"):
        Comparison(before, after, forge(good.causes[0]))


def test_a_comparison_is_a_value() -> None:
    before, after = alone(), named(invoice(line(tax_rates=[LOWER])))
    comparison = compare(before, after)
    for same in (compare(before, after), pickle.loads(pickle.dumps(comparison)), copy.copy(comparison)):
        assert same == comparison
        assert hash(same) == hash(comparison)
    assert comparison != compare(after, before)
    assert comparison != comparison.to_dict()
    with pytest.raises(AttributeError, match="immutable: causes stays"):
        comparison.causes = ()  # type: ignore[misc]


def test_what_differs_without_a_change_is_rounding() -> None:
    """As another engine's rules would have it: the same invoice, law and policy, a cent apart."""
    before = alone()
    tax = before.lines[0].taxes[0]._replace(tax=Decimal("19.01"))
    odd = before.lines[0]._replace(tax=tax.tax, gross=Decimal("119.01"), taxes=(tax,))
    totals = before.totals._replace(tax=tax.tax, gross=odd.gross, payable=odd.gross)
    after = Calculation(
        lines=[odd], adjustments=[], taxes=[tax], totals=totals, policy=before.policy, source=before.source
    )
    assert told(before, after) == [("rounding", "1", "0.01")]
