"""Worked examples: the figures that calculation.md names, each by hand."""

from __future__ import annotations

from typing import Any

import pytest

from taxengine.core.adjustments import Charge, Discount, Payment
from taxengine.core.calculation import calculate
from taxengine.core.errors import InvalidInvoice
from taxengine.core.invoice import Line
from taxengine.core.policy import Policy, Rounding
from taxengine.core.rates import TaxRate
from taxengine.core.result import Calculation
from tests.core.samples import invoice, line, rate


def named(*lines: Line, policy: Any = None, **more: Any) -> Calculation:
    """An invoice whose lines name their rates."""
    return calculate(invoice(*lines, **more), policy=policy)


def one(amount: str, *rates: TaxRate, policy: Any = None, **more: Any) -> Calculation:
    return named(line(amount, tax_rates=rates), policy=policy, **more)


def taxes(of: Calculation) -> list[str]:
    return [str(row.tax) for row in of.taxes]


def sums(of: Calculation) -> tuple[str, str, str]:
    return str(of.totals.net), str(of.totals.tax), str(of.totals.gross)


# ---- 2: one line, many taxes ----


def test_two_taxes_inside_one_price_are_taken_out_together() -> None:
    """10.00 with 10 % and 17.5 % in it holds 2.1569, not the 2.40 of each taken out by itself."""
    of = one("10.00", rate("a", "0.1", True), rate("b", "0.175", True))
    assert taxes(of) == ["0.78", "1.37"]
    assert sums(of) == ("7.85", "2.15", "10.00")


def test_quebec_stacks_and_once_compounded() -> None:
    gst = rate("gst", "0.05", type="gst", country="CA")
    today = rate("qst", "0.09975", type="qst", country="CA")
    before_2013 = rate("qst", "0.095", type="qst", country="CA", compound_on=["gst"])
    assert taxes(one("100.00", gst, today)) == ["5.00", "9.98"]
    compounded = one("100.00", gst, before_2013)
    assert taxes(compounded) == ["5.00", "9.98"]  # 9.5 % of 105.00
    assert [str(row.taxable) for row in compounded.taxes] == ["100.00", "105.00"]


def test_an_inclusive_and_an_exclusive_tax_on_one_line() -> None:
    of = one("119.00", rate("in", "0.19", True), rate("out", "0.05"))
    assert taxes(of) == ["19.00", "5.00"]
    assert sums(of) == ("100.00", "24.00", "124.00")


def test_a_compound_tax_inside_the_price() -> None:
    of = one("115.50", rate("a", "0.05", True), rate("b", "0.1", True, compound_on=["a"]))
    assert taxes(of) == ["5.00", "10.50"]


def test_a_fixed_amount_inside_the_price_comes_out_before_the_percentages() -> None:
    bottle = rate("bottle", None, True, amount_per_unit="0.25")
    of = named(line(unit_price="1.44", quantity="10", tax_rates=[bottle, rate("vat", "0.19", True)]))
    assert taxes(of) == ["2.50", "1.90"]
    assert sums(of) == ("10.00", "4.40", "14.40")


def test_vat_on_an_excise() -> None:
    excise = rate("excise", None, type="excise", amount_per_unit="1.20")
    vat = rate("vat", "0.2", compound_on=["excise"])
    of = named(line(unit_price="10.00", quantity="3", tax_rates=[excise, vat]))
    assert taxes(of) == ["3.60", "6.72"]  # 20 % of 33.60


@pytest.mark.parametrize(
    ("per", "expected"),
    [("unit", ["0.75", "0.50"]), ("line", ["0.25", "0.25"]), ("invoice", ["0.15", "0.10"])],
)
def test_fixed_amounts_per_unit_line_and_invoice(per: str, expected: list[str]) -> None:
    fee = rate("fee", None, amount_per_unit="0.25", amount_per=per)
    lines = [line(unit_price="1.00", quantity=count, id_=count, tax_rates=[fee]) for count in ("3", "2")]
    assert [str(row.tax) for row in named(*lines).lines] == expected


def test_a_partly_taxable_line_shows_what_was_taxed() -> None:
    of = one("200.00", rate("half", "0.1", taxable_portion="0.5"))
    assert [(str(row.taxable), str(row.tax)) for row in of.taxes] == [("100.00", "10.00")]


def test_a_withheld_tax_lowers_what_is_payable_and_nothing_else() -> None:
    of = one("1000.00", rate("iva", "0.21"), rate("irpf", "0.15", withheld=True, type="withholding"))
    assert sums(of) == ("1000.00", "210.00", "1210.00")
    assert (str(of.totals.withheld), str(of.totals.payable)) == ("150.00", "1060.00")


# ---- 1: amounts ----


def test_usage_billing_has_prices_of_many_places() -> None:
    of = named(line(unit_price="0.000123", quantity="1234567", tax_rates=[rate()]))
    assert sums(of) == ("151.85", "28.85", "180.70")


@pytest.mark.parametrize(
    ("currency", "amount", "tax"),
    [
        ("JPY", "1005", "101"),
        ("KWD", "1.005", "0.101"),
        ("CLF", "1.0005", "0.1001"),
        ("USD", "10.05", "1.01"),
    ],
)
def test_each_currency_has_its_digits(currency: str, amount: str, tax: str) -> None:
    assert taxes(one(amount, rate("r", "0.1"), currency=currency)) == [tax]


@pytest.mark.parametrize(
    ("currency", "amount", "tax"),
    [("HRK", "10.05", "1.01"), ("BGN", "10.05", "1.01"), ("IQD", "1.005", "0.101")],
)
def test_historic_currencies_and_those_that_are_shown_otherwise(currency: str, amount: str, tax: str) -> None:
    assert taxes(one(amount, rate("r", "0.1"), currency=currency)) == [tax]


def test_a_discount_may_exceed_its_line() -> None:
    of = named(line("10.00", discounts=[Discount(amount=15)], tax_rates=[rate()]))
    assert sums(of) == ("-5.00", "-0.95", "-5.95")


def test_a_credit_note_states_positive_amounts() -> None:
    assert sums(one("10.00", rate(), kind="creditNote")) == sums(one("10.00", rate()))


def test_a_percentage_may_be_negative() -> None:
    assert sums(one("10.00", rate("subsidy", "-0.1"))) == ("10.00", "-1.00", "9.00")


# ---- 3: rounding ----


def test_state_and_local_are_added_before_rounding_on_the_item_basis() -> None:
    """SSUTA 324: 0.90 at 6.25 % and 2 % is 0.07, and 0.08 where each is rounded."""
    rates = rate("state", "0.0625"), rate("local", "0.02")
    assert sums(one("0.90", *rates, policy="us-item"))[1] == "0.07"
    assert sums(one("0.90", *rates))[1] == "0.08"


@pytest.mark.parametrize(
    ("order", "expected"), [("taxFirst", ("46.87", "5.63")), ("netFirst", ("46.88", "5.62"))]
)
def test_a_tie_inside_the_price_goes_to_the_tax_or_to_the_net(order: Any, expected: tuple[str, str]) -> None:
    of = one("52.50", rate("r", "0.12", True), policy=Policy(rounding=Rounding(inclusive=order)))
    assert sums(of)[:2] == expected


def test_the_tax_is_rounded_once_a_rate_and_given_back_to_the_lines() -> None:
    lines = [line("0.33", name, tax_rates=[rate("r", "0.1")]) for name in ("c", "a", "b")]
    of = named(*lines, policy="en16931")
    assert sums(of) == ("0.99", "0.10", "1.09")
    assert [str(row.tax) for row in of.lines] == [
        "0.03",
        "0.04",
        "0.03",
    ]  # the lower id has the unit left over


def test_japan_cuts_once_a_rate_and_invoice() -> None:
    eight, ten = rate("8", "0.08", country="JP", type="jct"), rate("10", "0.1", country="JP", type="jct")
    lines = [
        line("199", "1", tax_rates=[eight]),
        line("119", "2", tax_rates=[eight]),
        line("109", "3", tax_rates=[ten]),
    ]
    of = named(*lines, currency="JPY", policy="jp-qualified-invoice")
    assert taxes(of) == ["25", "10"]  # 25.44 and 10.9


def test_the_exact_sum_of_exact_lines_is_rounded_once() -> None:
    lines = [line("0.335", name, tax_rates=[rate("r", "0.1")]) for name in "abc"]
    assert sums(named(*lines, policy="odoo-globally")) == ("1.01", "0.10", "1.11")
    assert sums(named(*lines)) == ("1.02", "0.09", "1.11")


@pytest.mark.parametrize(("currency", "amount", "increment", "payable"), [
    ("CHF", "9.98", "0.05", "10.00"), ("CHF", "9.92", "0.05", "9.90"), ("CHF", "9.975", "0.05", "10.00"),
    ("AUD", "9.925", "0.05", "9.95"), ("SEK", "99.50", "1.00", "100.00"), ("SEK", "99.49", "1.00", "99.00"),
    ("JPY", "995", "10", "1000"),
])  # fmt: skip
def test_cash_is_rounded_half_up_and_no_tax_is_touched(
    currency: str, amount: str, increment: str, payable: str
) -> None:
    usual = one(amount, rate("r", "0.081", True), currency=currency)
    of = one(amount, rate("r", "0.081", True), currency=currency, policy=Policy(cash_increment=increment))
    assert str(of.totals.payable) == payable
    assert taxes(of) == taxes(usual)
    assert of.totals.payable == of.totals.gross + of.totals.cash_rounding


# ---- 4: discounts and charges ----


def test_a_document_allowance_of_en_16931_is_a_negative_amount_with_a_rate_of_its_own() -> None:
    """As in the standard's own example: lines, an allowance at each rate, tax once a rate."""
    high, low = rate("S25", "0.25"), rate("S12", "0.12")
    lines = [line("1000.00", "1", tax_rates=[high]), line("200.00", "2", tax_rates=[low])]
    allowances = [Discount(amount="100.00", tax_rates=[high]), Discount(amount="20.00", tax_rates=[low])]
    of = named(*lines, discounts=allowances, policy="en16931")
    assert [(str(row.taxable), str(row.tax)) for row in of.taxes] == [
        ("900.00", "225.00"),
        ("180.00", "21.60"),
    ]
    assert [str(row.amount) for row in of.adjustments] == ["-100.00", "-20.00"]
    assert sums(of) == ("1080.00", "246.60", "1326.60")


def test_a_discount_of_100_per_cent_leaves_amounts_per_unit() -> None:
    bag = rate("bag", None, amount_per_unit="0.25")
    of = named(line("10.00", tax_rates=[rate(), bag], quantity="2"), discounts=[Discount(percent=100)])
    assert taxes(of) == ["0.00", "0.50"]


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        ("own", [("low", "1.00", "0.07")]),
        ("proportional", [("low", "0.75", "0.05"), ("high", "0.25", "0.05")]),
        ("highest", [("high", "1.00", "0.19")]),
        ("principal", [("low", "1.00", "0.07")]),
    ],
)
def test_a_charge_is_taxed_by_each_strategy(strategy: Any, expected: list[tuple[str, str, str]]) -> None:
    low, high = rate("low", "0.07"), rate("high", "0.19")
    own: Any = {"tax_rates": [low]} if strategy == "own" else {}
    of = named(
        line("30.00", "1", tax_rates=[low]),
        line("10.00", "2", tax_rates=[high]),
        charges=[Charge(amount="1.00", strategy=strategy, **own)],
    )
    (charge,) = of.adjustments
    assert [(row.rate.id, str(row.taxable), str(row.tax)) for row in charge.taxes] == expected


def test_a_voucher_that_is_money_is_a_payment_and_changes_no_tax() -> None:
    of = one("100.00", rate(), payments=[Payment(amount="50.00", kind="voucher")])
    assert sums(of) == ("100.00", "19.00", "119.00")
    assert str(of.totals.payable) == "69.00"


def test_an_empty_list_of_rates_means_untaxed() -> None:
    of = named(line("10.00", tax_rates=[]), charges=[Charge(amount="1.00", tax_rates=[])])
    assert sums(of) == ("11.00", "0.00", "11.00")
    assert {row.reason.value for row in (*of.lines, *of.adjustments)} == {"noneStated"}


def test_two_rates_of_one_id_on_two_lines_are_refused() -> None:
    with pytest.raises(InvalidInvoice) as caught:
        named(line("1", "1", tax_rates=[rate()]), line("1", "2", tax_rates=[rate(percent="0.07")]))
    assert caught.value.code == "duplicateId"
