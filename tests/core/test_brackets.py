"""Brackets: what a rate charges by the price of one unit, on each side of each threshold, to the cent."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.brackets import Bracket
from taxengine.core.calculation import calculate
from taxengine.core.determination import StatedTax, Taxed
from taxengine.core.errors import InvalidInvoice, InvalidRate, Undetermined
from taxengine.core.explain import explain
from taxengine.core.invoice import Line
from taxengine.core.parties import Customer
from taxengine.core.place import Address
from taxengine.core.policy import Policy, Rounding
from taxengine.core.rates import TaxRate
from taxengine.core.result import Calculation
from taxengine.core.stack import applied
from taxengine.core.table import RateTable
from tests.core.samples import EXAMPLES, LEVELS, determined, invoice, line, policies, rate


def over(amount: str, percentage: str) -> Bracket:
    return Bracket(over=amount, percentage_decimal=percentage)


def from_(amount: str, percentage: str) -> Bracket:
    return Bracket(from_=amount, percentage_decimal=percentage)


def stepped(percent: str, *steps: Bracket, id_: str = "r", inclusive: bool = False, **more: Any) -> TaxRate:
    return rate(id_, percent, inclusive, brackets=steps, currency="EUR", **more)


def in_parts(percent: str, *steps: Bracket, **more: Any) -> TaxRate:
    return stepped(percent, *steps, bracket_by="part", **more)


NEW_YORK = stepped("0", from_("110", "0.04"), id_="ny", treatment="exempt")
MASSACHUSETTS = in_parts("0", over("175", "0.0625"), id_="ma", treatment="exempt")
TENNESSEE = [
    rate("tn", "0.07", False),
    in_parts("0.0225", over("1600", "0"), id_="local"),
    in_parts("0", over("1600", "0.0275"), over("3200", "0"), id_="single", treatment="exempt"),
]
INDIA = stepped("0.05", over("2500", "0.18"), id_="in")


def sold(*rates: TaxRate, policy: Any = None, **more: Any) -> Calculation:
    """A single line of these rates."""
    of = invoice(Line(id="1", **more))
    return calculate(of, determined(of, Taxed(rates)), policy=policy)


def taxed(*rates: TaxRate, **more: Any) -> list[tuple[str, str, str, str]]:
    rows = sold(*rates, **more).lines[0].taxes
    return [
        (f"{row.percentage_decimal}", str(row.taxable), str(row.tax), row.rate.reason.value) for row in rows
    ]


def refused(*rates: TaxRate, **more: Any) -> Any:
    with pytest.raises(InvalidInvoice) as caught:
        sold(*rates, **more)
    (problem,) = caught.value.problems
    return problem


# ---- what the law says ----


@pytest.mark.parametrize(
    ("price", "row"),
    [
        ("109.99", ("0", "109.99", "0.00", "productExempt")),
        ("110.00", ("0.04", "110.00", "4.40", "standardRated")),
        ("-109.99", ("0", "-109.99", "0.00", "productExempt")),
        ("-110.00", ("0.04", "-110.00", "-4.40", "standardRated")),
        ("0", ("0", "0.00", "0.00", "productExempt")),
    ],
)
def test_from_its_threshold_on_a_bracket_taxes_the_whole_price(price: str, row: tuple[str, ...]) -> None:
    assert taxed(NEW_YORK, unit_price=price) == [row]


@pytest.mark.parametrize(
    ("price", "row"),
    [
        ("2500.00", ("0.05", "2500.00", "125.00", "standardRated")),
        ("2500.01", ("0.18", "2500.01", "450.00", "standardRated")),
    ],
)
def test_over_its_threshold_and_not_at_it(price: str, row: tuple[str, ...]) -> None:
    assert taxed(INDIA, unit_price=price) == [row]


@pytest.mark.parametrize(
    ("price", "row"),
    [
        ("100.00", ("0", "100.00", "0.00", "productExempt")),
        ("175.00", ("0", "175.00", "0.00", "productExempt")),
        ("175.08", ("0.0625", "0.08", "0.01", "standardRated")),
        ("200.00", ("0.0625", "25.00", "1.56", "standardRated")),
        ("-200.00", ("0.0625", "-25.00", "-1.56", "standardRated")),
    ],
)
def test_each_part_bears_its_own_percentage(price: str, row: tuple[str, ...]) -> None:
    assert taxed(MASSACHUSETTS, unit_price=price) == [row]


@pytest.mark.parametrize(
    ("price", "taxes"),
    [
        ("1000", ["70.00", "22.50", "0.00"]),
        ("1600", ["112.00", "36.00", "0.00"]),
        ("2000", ["140.00", "36.00", "11.00"]),
        ("4000", ["280.00", "36.00", "44.00"]),
    ],
)
def test_a_cap_and_a_band_beside_a_tax_on_all(price: str, taxes: list[str]) -> None:
    assert [tax for _, _, tax, _ in taxed(*TENNESSEE, unit_price=price)] == taxes
    assert [tax for _, _, tax, _ in taxed(*TENNESSEE[::-1], unit_price=price)] == taxes[::-1]


def test_what_a_row_says_can_be_multiplied_again() -> None:
    for price in ("900", "1600.01", "3200", "9999.99"):
        for percentage, taxable, tax, _ in taxed(*TENNESSEE, unit_price=price):
            assert abs(Fraction(percentage) * Fraction(taxable) - Fraction(tax)) <= Fraction("0.005")


# ---- what is compared ----


@pytest.mark.parametrize(
    ("more", "tax"),
    [
        ({"quantity": 2, "unit_price": "109.99"}, "0.00"),
        ({"quantity": -2, "unit_price": "110.00"}, "-8.80"),
        ({"quantity": 2, "amount": "220.00"}, "8.80"),
        ({"quantity": 2, "amount": "219.99"}, "0.00"),
        ({"quantity": "0.5", "unit_price": "110.00"}, "2.20"),
        ({"quantity": 0, "amount": "110.00"}, "4.40"),
        ({"unit_price": "120.00", "discounts": [Discount(amount="10.01")]}, "0.00"),
        ({"unit_price": "120.00", "discounts": [Discount(amount="10.00")]}, "4.40"),
        ({"unit_price": "100.00", "charges": [Charge(amount="10.00")]}, "4.40"),
        ({"unit_price": "10.00", "discounts": [Discount(amount="120.00")]}, "-4.40"),
    ],
)
def test_it_is_the_net_price_of_one_unit(more: dict[str, Any], tax: str) -> None:
    assert str(sold(NEW_YORK, **more).totals.tax) == tax


def test_the_share_of_a_discount_of_the_invoice_counts() -> None:
    of = invoice(line("110.00", "1"), line("330.00", "2"), discounts=[Discount(amount="0.01")])
    done = calculate(of, determined(of, Taxed([NEW_YORK])))
    assert [str(one.tax) for one in done.lines] == ["4.40", "13.20"]
    of = invoice(line("110.00", "1"), line("330.00", "2"), discounts=[Discount(amount="0.04")])
    done = calculate(of, determined(of, Taxed([NEW_YORK])))
    assert [str(one.tax) for one in done.lines] == ["0.00", "13.20"]


def test_a_tax_inside_the_price_is_not_of_the_price_that_is_compared() -> None:
    vat = rate("vat", "0.19", True)
    assert str(sold(vat, NEW_YORK, unit_price="130.89").lines[0].taxes[1].tax) == "0.00"
    assert str(sold(vat, NEW_YORK, unit_price="130.90").lines[0].taxes[1].tax) == "4.40"


# ---- what is beside it ----


def test_a_level_that_exempts_does_not_count_while_another_taxes() -> None:
    place: dict[str, Any] = {"country": "US", "type": "salesTax"}
    steps: dict[str, Any] = {"brackets": [from_("110", "0.04")], "currency": "USD", "treatment": "exempt"}
    state = rate("state", "0", level="state", tax_categories=["clothing"], **place, **steps)
    table = RateTable([state, rate("county", "0.0425", level="county", **place)])
    customer, found = Customer(address=Address(country="US")), []
    for price in ("100.00", "110.00"):
        sale = line(price, tax_category="clothing")
        (one,) = calculate(invoice(sale, currency="USD", customer=customer), table).lines
        found.append((one.reason.value, sorted((row.rate.reason.value, str(row.tax)) for row in one.taxes)))
    assert found == [
        ("standardRated", [("noTaxAtLevel", "0.00"), ("standardRated", "4.25")]),
        ("standardRated", [("standardRated", "4.40"), ("standardRated", "4.68")]),
    ]


def test_another_tax_may_be_charged_on_top() -> None:
    on_top = rate("top", "0.10", False, compound_on=["ma"])
    rows = sold(MASSACHUSETTS, on_top, unit_price="200.00").lines[0].taxes
    assert [(str(row.taxable), str(row.tax)) for row in rows] == [("25.00", "1.56"), ("201.56", "20.16")]


def test_fixed_amounts_may_stand_beside_it_and_lower_an_inclusive_net() -> None:
    fee = rate("fee", None, True, amount_per_unit="1.00")
    assert [str(row.tax) for row in sold(fee, NEW_YORK, unit_price="110.99").lines[0].taxes] == [
        "1.00",
        "0.00",
    ]
    assert [str(row.tax) for row in sold(fee, NEW_YORK, unit_price="111.00").lines[0].taxes] == [
        "1.00",
        "4.40",
    ]
    turned = sold(rate("fee", None, True, amount_per_unit="111.00"), NEW_YORK, unit_price="1.00")
    assert [str(row.tax) for row in turned.lines[0].taxes] == ["111.00", "-4.40"]


@pytest.mark.parametrize("strategy", ["proportional", "highest", "principal"])
def test_a_charge_is_taxed_at_the_bracket_of_its_line_and_thresholds_are_left_aside(strategy: str) -> None:
    of = invoice(line("200.00"), charges=[Charge(amount="16.00", strategy=strategy)])
    done = calculate(of, determined(of, Taxed([MASSACHUSETTS])))
    assert [(str(row.taxable), str(row.tax)) for row in done.adjustments[0].taxes] == [("16.00", "1.00")]
    capped = calculate(of, determined(of, Taxed([in_parts("0.0225", over("160", "0"))])))
    assert [(str(row.taxable), str(row.tax)) for row in capped.adjustments[0].taxes] == [("0.00", "0.00")]


def test_lines_in_different_brackets_are_different_sets_for_a_charge() -> None:
    lines = [Line(id="1", unit_price="100.00"), Line(id="2", unit_price="3000.00")]
    of = invoice(*lines, charges=[Charge(amount="31.00")])
    done = calculate(of, determined(of, Taxed([INDIA])))
    assert [str(row.tax) for row in done.adjustments[0].taxes] == ["0.05", "5.40"]


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"charges": [Charge(amount="5.00", tax_rates=[NEW_YORK])]}, "charges[0]"),
        ({"discounts": [Discount(amount="5.00", tax_rates=[NEW_YORK])]}, "discounts[0]"),
    ],
)
def test_what_is_taxed_by_itself_has_no_unit(more: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidInvoice) as caught:
        calculate(invoice(Line(id="1", unit_price="5", tax_rates=[]), **more))
    (problem,) = caught.value.problems
    assert (problem.code, problem.path, problem.data) == ("bracketsWithoutUnit", path, {"rates": ["ny"]})


def test_a_provider_that_states_amounts_states_the_percentage_that_applies() -> None:
    with pytest.raises(InvalidRate, match="the percentage that applies"):
        Taxed([NEW_YORK], stated=[StatedTax(Decimal("110.00"), Decimal("4.40"))])


def test_thresholds_are_in_the_currency_of_the_invoice_whoever_says_which_rates_apply() -> None:
    of = invoice(Line(id="1", unit_price="5", tax_rates=[NEW_YORK]), currency="USD")
    for determination in (None, determined(of, Taxed([NEW_YORK]))):
        with pytest.raises(Undetermined) as caught:
            calculate(of, determination)
        assert [(one.code, one.path) for one in caught.value.problems] == [("rateCurrency", "lines[0]")]


# ---- prices with the tax inside ----


@pytest.mark.parametrize(
    ("price", "net"), [("109.99", "109.99"), ("114.40", "110.00"), ("-114.40", "-110.00"), ("0", "0.00")]
)
def test_an_inclusive_price_is_that_of_one_bracket(price: str, net: str) -> None:
    inside = stepped("0", from_("110", "0.04"), inclusive=True)
    assert str(sold(inside, unit_price=price).lines[0].net) == net


@pytest.mark.parametrize("price", ["110.00", "112.00", "114.39", "-112.00"])
def test_a_price_that_no_bracket_gives_is_refused(price: str) -> None:
    problem = refused(stepped("0", from_("110", "0.04"), inclusive=True), unit_price=price)
    assert (problem.code, problem.path, problem.data) == ("noSoleBracket", "lines[0]", {"rates": ["r"]})
    assert problem.message.endswith(f"{price}, which none gives")


def test_a_price_that_two_brackets_give_is_refused() -> None:
    falling = stepped("0.10", over("100", "0.05"), inclusive=True)
    assert refused(falling, unit_price="108.00").message.endswith("108.00, which several give")
    assert str(sold(falling, unit_price="104.00").totals.tax) == "9.45"
    assert str(sold(falling, unit_price="126.00").totals.tax) == "6.00"


def test_every_problem_is_told_at_once() -> None:
    inside = stepped("0", from_("110", "0.04"), inclusive=True)
    of = invoice(line("112.00", "1"), line("113.00", "2"))
    with pytest.raises(InvalidInvoice) as caught:
        calculate(of, determined(of, Taxed([inside])))
    assert [one.path for one in caught.value.problems] == ["lines[0]", "lines[1]"]


# ---- properties ----

prices = st.integers(0, 500_000).map(lambda cents: Decimal(cents).scaleb(-2))
parted = st.sampled_from(
    [
        MASSACHUSETTS,
        *TENNESSEE[1:],
        in_parts("0.05", over("0.01", "0"), over("999.99", "0.05")),
        in_parts("0", over("33.333", "0.333333"), over("1000", "0"), over("2000", "0.333333")),
    ]
)


@EXAMPLES
@given(parted, prices, prices, st.sampled_from(("1", "2", "3.5")))
def test_parts_join_a_higher_price_never_bears_less_and_never_more_than_its_percentage_more(
    of: TaxRate, one: Decimal, other: Decimal, quantity: str
) -> None:
    low, high = sorted((one, other))
    exact = Policy(rounding=Rounding(level="line", mode="down"), line_amounts="exact")
    less, more = (
        Fraction(sold(of, policy=exact, quantity=quantity, unit_price=price).totals.tax)
        for price in (low, high)
    )
    steepest = max(Fraction(percentage) for _, percentage in of.percentages())
    unit = Fraction("0.01")
    assert -unit < more - less <= steepest * Fraction(quantity) * Fraction(high - low) + unit


@EXAMPLES
@given(parted, prices, st.sampled_from(("1", "2", "3.5", "-1", "-4")), policies)
def test_what_a_price_comes_to_with_its_tax_gives_the_same_net_and_tax_when_the_tax_is_inside(
    of: TaxRate, price: Decimal, quantity: str, policy: Policy
) -> None:
    assume(policy.cash_increment is None and policy.line_amounts == "rounded")
    on_top = sold(of, policy=policy, quantity=quantity, unit_price=price).lines[0]
    inside = rate("r", of.percentage_decimal, True, brackets=of.brackets, bracket_by="part", currency="EUR")
    back = sold(inside, policy=policy, quantity=quantity, amount=on_top.gross).lines[0]
    assert back.gross == on_top.gross
    assert abs(back.net - on_top.net) <= Decimal("0.01") * (1 + abs(Decimal(quantity)).to_integral_value())


@EXAMPLES
@given(st.sampled_from((NEW_YORK, INDIA)), prices, st.sampled_from(LEVELS))
def test_the_whole_price_bears_the_percentage_of_its_bracket(of: TaxRate, price: Decimal, level: Any) -> None:
    done = sold(of, policy=Policy(rounding=Rounding(level=level)), unit_price=price)
    (row,) = done.lines[0].taxes
    first = of.brackets[0]
    reached = price >= (first.from_ or price) and price > (first.over or -1)
    expected = first.percentage_decimal if reached else of.percentage_decimal
    assert row.percentage_decimal == expected
    assert abs(Fraction(row.tax) - Fraction(expected or 0) * Fraction(price)) <= Fraction("0.005")


# ---- what is shown ----


def test_the_answer_says_which_bracket() -> None:
    shown = [
        sold(TENNESSEE[2], unit_price=price).to_dict()["lines"][0]["taxes"][0]["bracket"]  # type: ignore[index]
        for price in ("1600", "1600.01", "3200.01")
    ]
    assert shown == [{"upTo": "1600"}, {"over": "1600", "upTo": "3200"}, {"over": "3200"}]
    ends = sold(NEW_YORK, unit_price="1").to_dict()["taxes"][0]["bracket"]  # type: ignore[index]
    assert ends == {"below": "110"}
    assert "bracket" not in sold(rate(), unit_price="1").to_dict()["taxes"][0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("amounts", "row"),
    [
        (("100.00", "200.00"), ("0.05", {"upTo": "2500"}, "300.00", "15.00")),
        (("100.00", "3000.00"), (None, None, "3100.00", "545.00")),
        (("100.00", "3000.00", "200.00"), (None, None, "3300.00", "555.00")),
    ],
)
def test_the_breakdown_has_one_row_a_rate_and_reason(amounts: tuple[str, ...], row: tuple[Any, ...]) -> None:
    of = invoice(*(line(amount, str(at)) for at, amount in enumerate(amounts)))
    done = calculate(of, determined(of, Taxed([INDIA])))
    (shown,) = done.to_dict()["taxes"]  # type: ignore[misc]
    assert (shown["percentageDecimal"], shown.get("bracket"), shown["taxable"], shown["tax"]) == row


def test_brackets_of_one_percentage_keep_it_in_the_breakdown() -> None:
    of = invoice(line("2000", "1"), line("4000", "2"))
    (row,) = calculate(of, determined(of, Taxed([TENNESSEE[2]]))).taxes
    assert (str(row.percentage_decimal), row.rate.bracket, str(row.tax)) == ("0.0275", None, "55.00")


def test_by_percentage_each_bracket_is_rounded_apart() -> None:
    of = invoice(line("0.10", "1"), line("3000.09", "2"))
    by_rate = calculate(of, determined(of, Taxed([INDIA])), policy=Policy(rounding=Rounding(level="tax")))
    assert str(by_rate.totals.tax) == "540.02"
    apart = Policy(rounding=Rounding(level="tax", group_by="percentage"))
    assert str(calculate(of, determined(of, Taxed([INDIA])), policy=apart).totals.tax) == "540.03"


def told(*rates: TaxRate, **more: Any) -> list[str]:
    steps = explain(sold(*rates, **more)).steps
    return [step.text for step in steps if step.kind == "tax"]


def test_the_story_names_the_bracket_the_unit_and_the_formula() -> None:
    assert told(NEW_YORK, quantity=2, unit_price="120.00") == [
        "ny, 4 % exclusive (from 110 a unit; one is 120): 240.00 x 0.04 = 9.6"
    ]
    assert told(*TENNESSEE[1:], quantity=2, unit_price="2000") == [
        "local, 2.25 % exclusive (over 1600 a unit; one is 2000): 3200 x 0.0225 = 72",
        "single, 2.75 % exclusive (over 1600 up to 3200 a unit; one is 2000): (4000.00 - 3200) x 0.0275 = 22",
    ]


def test_the_story_of_an_inclusive_price_solves_for_the_net() -> None:
    inside = in_parts("0", over("175", "0.0625"), inclusive=True)
    (text,) = told(inside, unit_price="201.56")
    assert text.startswith("r, 6.25 % inclusive (over 175 a unit; one is 199.997647058823...): ")
    assert text.endswith(
        "((201.56 + 10.9375) / 1.0625 - 175) x 0.0625 = 1.562352941176..., rounded halfUp: 1.56"
    )
    (text,) = told(inside, unit_price="-201.56")
    assert "((-201.56 - 10.9375) / 1.0625 + 175) x 0.0625 = -1.562352941176..." in text


def test_the_story_of_a_charge_leaves_the_unit_out() -> None:
    of = invoice(line("200.00"), charges=[Charge(amount="16.00")])
    steps = explain(calculate(of, determined(of, Taxed([MASSACHUSETTS])))).steps
    (text,) = [step.text for step in steps if step.path == "charges[0]" and step.kind == "tax"]
    assert text == "ma, 6.25 % exclusive (over 175 a unit): 16.00 x 0.0625 = 1"
    (data,) = [step.data for step in steps if step.path == "charges[0]" and step.kind == "tax"]
    assert data["bracket"] == {"over": "175"}


# ---- what is refused of a rate ----


def codes(**more: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRate) as caught:
        rate(**{"percent": "0.05", "currency": "EUR", **more})
    return [(one.code, one.path) for one in caught.value.problems]


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"amount_per_unit": "1"}, ("conflictingFields", "amountPerUnit")),
        ({"compound_on": ["gst"]}, ("conflictingFields", "compoundOn")),
        ({"taxable_portion": "0.5"}, ("conflictingFields", "taxablePortion")),
        ({"withheld": True}, ("conflictingFields", "withheld")),
        ({"currency": None}, ("missingField", "currency")),
        ({"brackets": [over("10", "1.5")]}, ("percentageAbove100", "brackets[0].percentageDecimal")),
        ({"brackets": [over("10", "0.05")]}, ("invalidRateSet", "brackets[0].percentageDecimal")),
        ({"brackets": [over("10", "0")]}, ("invalidRateSet", "brackets[0].percentageDecimal")),
        ({"brackets": [over("9", "0.1"), from_("9", "0.2")]}, ("invalidValue", "brackets[1]")),
        ({"brackets": [over("9", "0.1"), over("9.0", "0.2")]}, ("invalidValue", "brackets[1]")),
        ({"brackets": [], "bracket_by": "part"}, ("missingField", "brackets")),
        ({"brackets": [from_("9", "0")], "bracket_by": "part"}, ("invalidValue", "brackets[0].from")),
        ({"brackets": [over("9", "0.1")], "bracket_by": "part"}, ("invalidRateSet", "brackets")),
    ],
)
def test_what_has_no_one_meaning_is_refused(more: dict[str, Any], problem: tuple[str, str]) -> None:
    assert codes(**{"brackets": [over("10", "0.18")], **more}) == [problem]


def test_a_rate_has_a_hundred_brackets_at_most() -> None:
    steps = [over(str(at), ("0.05", "0.1")[at % 2]) for at in range(1, 102)]
    assert codes(brackets=steps) == [("invalidValue", "brackets")]
    many = stepped("0.05", *steps[:100])
    assert [str(sold(many, unit_price=price).totals.tax) for price in ("1", "1.01", "100", "101")] == [
        "0.05", "0.10", "10.00", "5.05",
    ]  # fmt: skip


def test_a_bracket_begins_at_one_amount_above_nothing() -> None:
    for fields, problem in (
        ({}, ("missingField", "from")),
        ({"from_": "1", "over": "1"}, ("conflictingFields", "from")),
        ({"from_": "0"}, ("invalidValue", "from")),
        ({"over": "-1"}, ("invalidValue", "over")),
    ):
        with pytest.raises(InvalidRate) as caught:
            Bracket(percentage_decimal="0.1", **fields)
        assert [(one.code, one.path) for one in caught.value.problems] == [problem]


def test_at_a_price_and_over_it_may_differ() -> None:
    three = stepped("0.05", from_("10", "0.10"), over("10", "0.20"))
    assert [str(sold(three, unit_price=price).totals.tax) for price in ("9.99", "10", "10.01")] == [
        "0.50", "1.00", "2.00",
    ]  # fmt: skip


def test_brackets_are_part_of_what_a_rate_is() -> None:
    assert NEW_YORK.digest != stepped("0", over("110", "0.04"), id_="ny", treatment="exempt").digest
    assert NEW_YORK.digest == stepped("0", from_("110.0", "0.040"), id_="ny", treatment="exempt").digest
    assert NEW_YORK.to_dict()["brackets"] == [{"from": "110", "percentageDecimal": "0.04"}]


def test_a_percentage_of_a_bracket_that_looks_wrong_is_found() -> None:
    found = RateTable([stepped("0.05", over("10", "0.9"))]).check()
    assert [one.code for one in found] == ["percentLooksWrong"]


def test_a_rate_that_is_settled_has_its_place_and_an_open_one_has_none() -> None:
    assert applied(NEW_YORK).bracket is None
    row = sold(NEW_YORK, unit_price="110").lines[0].taxes[0]
    assert row.rate.bracket is not None
