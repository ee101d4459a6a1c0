"""The oracle against the worked examples of the specification."""

from fractions import Fraction
from typing import Any

import pytest

from tests.oracle import calculate
from tests.oracle.sums import allocate, round_to_int

Document = dict[str, Any]


def invoice(*lines: Document, **fields: Any) -> Document:
    numbered = [{"id": str(i + 1), **line} for i, line in enumerate(lines)]
    return {"id": "inv", "currency": "USD", "taxDate": "2026-03-01", "lines": numbered, **fields}


def rate(rate_id: str, percentage: str | None, *, inclusive: bool | None = False, **fields: Any) -> Document:
    stated = {} if percentage is None else {"percentageDecimal": percentage}
    return {
        "id": rate_id,
        "country": "DE",
        "type": "valueAddedTax",
        "inclusive": inclusive,
        **stated,
        **fields,
    }


def line(amount: str, *rates: str, **fields: Any) -> Document:
    return {"amount": amount, "taxRates": list(rates), **fields}


def shown(answer: Document, i: int = 0) -> tuple[str, str, str]:
    row = answer["lines"][i]
    return row["net"], row["tax"], row["gross"]


def taxes(answer: Document, i: int = 0) -> list[str]:
    return [tax["tax"] for tax in answer["lines"][i]["taxes"]]


def codes(answer: Document) -> set[str]:
    return {problem["code"] for problem in answer["error"]["problems"]}


def test_the_worked_tie_of_tax_first_and_net_first() -> None:
    twelve = rate("r", "0.12", inclusive=True)
    assert shown(calculate(invoice(line("52.50", "r")), [twelve])) == ("46.87", "5.63", "52.50")
    assert shown(calculate(invoice(line("52.50", "r"), policy="pretix"), [twelve])) == (
        "46.88",
        "5.62",
        "52.50",
    )


def test_inclusive_taxes_are_solved_together() -> None:
    both = [rate("a", "0.10", inclusive=True), rate("b", "0.175", inclusive=True)]
    answer = calculate(invoice(line("10.00", "a", "b")), both)
    assert taxes(answer) == ["0.78", "1.37"]
    assert shown(answer) == ("7.85", "2.15", "10.00")


def test_state_and_local_tax_may_be_added_before_rounding() -> None:
    both = [rate("state", "0.0625"), rate("local", "0.02")]
    document = invoice(line("0.90", "state", "local"))
    assert calculate({**document, "policy": "us-item"}, both)["totals"]["tax"] == "0.07"
    assert calculate(document, both)["totals"]["tax"] == "0.08"


@pytest.mark.parametrize(
    ("mode", "rounded"),
    [
        ("halfUp", [1, -1, 2, -2, 2]),
        ("halfEven", [0, 0, 2, -2, 2]),
        ("halfDown", [0, 0, 1, -1, 2]),
        ("up", [1, -1, 2, -2, 2]),
        ("down", [0, 0, 1, -1, 1]),
        ("ceiling", [1, 0, 2, -1, 2]),
        ("floor", [0, -1, 1, -2, 1]),
    ],
)
def test_every_mode_of_rounding(mode: str, rounded: list[int]) -> None:
    values = [Fraction(1, 2), Fraction(-1, 2), Fraction(3, 2), Fraction(-3, 2), Fraction(17, 10)]
    assert [round_to_int(value, mode) for value in values] == rounded


def test_left_over_units_go_to_the_largest_remainders_whatever_the_order() -> None:
    assert allocate(100, [Fraction(100, 3)] * 3, ["b", "a", "c"]) == [33, 34, 33]
    assert allocate(-100, [Fraction(-100, 3)] * 3, ["b", "a", "c"]) == [-33, -34, -33]
    assert allocate(2, [Fraction(1, 2), Fraction(3, 2)], ["a", "b"]) == [0, 2]


def test_the_breakdown_is_rounded_once_and_allocated_back() -> None:
    document = invoice(line("0.03", "r"), line("0.03", "r"), line("0.03", "r"), policy="en16931")
    answer = calculate(document, [rate("r", "0.19")])
    assert answer["totals"]["tax"] == "0.02"
    assert [row["tax"] for row in answer["lines"]] == ["0.01", "0.01", "0.00"]


def test_a_unit_is_taxed_and_multiplied() -> None:
    document = invoice({"unitPrice": "9.08", "quantity": "2", "taxRates": ["r"]}, policy="magento-unit")
    assert shown(calculate(document, [rate("r", "0.20")])) == ("18.16", "3.64", "21.80")


def test_a_compound_tax_is_charged_on_top_of_the_other() -> None:
    rates = [rate("gst", "0.05", type="gst"), rate("qst", "0.10", type="qst", compoundOn=["gst"])]
    answer = calculate(invoice(line("100.00", "gst", "qst")), rates)
    assert taxes(answer) == ["5.00", "10.50"]
    assert answer["lines"][0]["taxes"][1]["taxable"] == "105.00"


def test_fixed_amounts_per_unit_line_and_invoice() -> None:
    rates = [
        rate("unit", None, amountPerUnit="0.10"),
        rate("line", None, amountPerUnit="0.10", amountPer="line"),
        rate("invoice", None, amountPerUnit="0.10", amountPer="invoice"),
    ]
    twice = {"unitPrice": "1.00", "quantity": "3", "taxRates": ["unit", "line", "invoice"]}
    answer = calculate(invoice(twice, {**twice, "quantity": "-1"}), rates)
    assert taxes(answer) == ["0.30", "0.10", "0.08"]
    assert taxes(answer, 1) == ["-0.10", "-0.10", "0.02"]


def test_a_withheld_tax_lowers_the_payable_alone() -> None:
    rates = [rate("vat", "0.21"), rate("irpf", "0.15", type="withholding", withheld=True)]
    totals = calculate(invoice(line("100.00", "vat", "irpf")), rates)["totals"]
    assert (totals["tax"], totals["gross"], totals["withheld"]) == ("21.00", "121.00", "15.00")
    assert totals["payable"] == "106.00"


def test_a_partly_taxable_line_reports_the_part() -> None:
    answer = calculate(invoice(line("100.00", "r")), [rate("r", "0.10", taxablePortion="0.7")])
    assert answer["lines"][0]["taxes"][0]["taxable"] == "70.00"
    assert taxes(answer) == ["7.00"]


def test_exact_line_amounts_are_rounded_once() -> None:
    lines = [{"unitPrice": "3.05", "quantity": "20.10", "taxRates": ["r"]}] * 2
    answer = calculate(invoice(*lines, policy="gobl-precise"), [rate("r", "0.23")])
    assert answer["totals"]["net"] == "122.61"
    assert [row["amount"] for row in answer["lines"]] == ["61.31", "61.31"]


def test_a_discount_is_spread_and_one_with_rates_stands_alone() -> None:
    spread = calculate(
        invoice(line("10.00", "r"), line("20.00"), discounts=[{"amount": "1.00"}]), [rate("r", "0.1")]
    )
    assert [row["discount"] for row in spread["lines"]] == ["0.33", "0.67"]
    own = invoice(line("10.00", "r"), discounts=[{"percent": "10", "taxRates": ["r"]}])
    answer = calculate(own, [rate("r", "0.1")])
    assert answer["adjustments"][0]["id"] == "discount-0"
    assert answer["adjustments"][0]["gross"] == "-1.10"


def test_what_is_spread_over_nothing_is_refused() -> None:
    document = invoice(line("10.00"), line("-10.00"), discounts=[{"amount": "1.00"}])
    assert codes(calculate(document, [])) == {"spreadOverZero"}
    document["discounts"] = [{"amount": "0"}]
    assert calculate(document, [])["totals"]["gross"] == "0.00"


def test_the_strategies_of_a_charge() -> None:
    rates = [rate("low", "0.05"), rate("high", "0.20")]
    lines = (line("30.00", "low"), line("10.00", "high"))
    tax = {}
    for strategy in ("proportional", "highest", "principal", "own"):
        charge = {
            "amount": "4.00",
            "strategy": strategy,
            **({"taxRates": ["high"]} if strategy == "own" else {}),
        }
        tax[strategy] = calculate(invoice(*lines, charges=[charge]), rates)["adjustments"][0]["tax"]
    assert tax == {"proportional": "0.35", "highest": "0.80", "principal": "0.20", "own": "0.80"}


def test_cash_rounding_touches_no_tax() -> None:
    document = invoice(line("4.92"), policy={"cashIncrement": "0.05"})
    totals = calculate(document, [])["totals"]
    assert (totals["gross"], totals["cashRounding"], totals["payable"]) == ("4.92", "-0.02", "4.90")


US = {"country": "US", "state": "California", "city": "San Francisco", "postalCode": "94105-1234"}


def matched(rates: list[Document], address: Document = US, **fields: Any) -> Document:
    document = invoice({"amount": "100.00", "taxCategory": "food.bread"}, customer={"address": address})
    return calculate({**document, **fields}, [{"type": "salesTax", "country": "US", **one} for one in rates])


def of(rate_id: str, percentage: str, **fields: Any) -> Document:
    return {"id": rate_id, "percentageDecimal": percentage, "inclusive": False, **fields}


def applied(answer: Document) -> list[str]:
    return sorted(tax["taxRate"] for tax in answer["lines"][0]["taxes"])


def test_the_narrower_place_wins_and_levels_add_up() -> None:
    combined = [of("ca", "0.07", state="CA"), of("prefix", "0.08", jurisdiction="941*"), of("us", "0.01")]
    assert applied(matched(combined)) == ["prefix"]
    levels = [
        of("ca", "0.07", state="US-CA", level="state"),
        of("sf", "0.01", state="San Francisco", level="city"),
    ]
    assert applied(matched(levels)) == ["ca", "sf"]


def test_place_against_category_is_ambiguous_unless_it_overrides() -> None:
    zip_rate, food = (
        of("zip", "0.08", jurisdiction="94105"),
        of("food", "0", state="CA", taxCategories=["food"]),
    )
    assert codes(matched([zip_rate, food])) == {"ambiguousRates"}
    assert applied(matched([zip_rate, {**food, "overridesPlace": True}])) == ["food"]


def test_a_combined_rate_among_levels_is_ambiguous() -> None:
    rates = [of("zip", "0.08", jurisdiction="94105"), of("state", "0.07", state="CA", level="state")]
    assert codes(matched(rates)) == {"ambiguousRates"}


def test_a_tie_is_ambiguous_unless_one_validity_lies_in_the_other() -> None:
    assert codes(matched([of("a", "0.07"), of("b", "0.07")])) == {"ambiguousRates"}
    assert applied(matched([of("a", "0.07"), of("b", "0.07", validFrom="2026-01-01")])) == ["b"]


def test_a_wider_type_is_replaced() -> None:
    rates = [
        {**of("gst", "0.05"), "country": "CA", "type": "gst"},
        {**of("hst", "0.13", state="Ontario", replaces=["gst"]), "country": "CA", "type": "hst"},
    ]
    assert applied(matched(rates, {"country": "CA", "state": "ON"})) == ["hst"]
    assert applied(matched(rates, {"country": "CA", "state": "QC"})) == ["gst"]


def test_the_reasons_in_their_order() -> None:
    rates = [of("r", "0.07")]
    customer = {"address": US}
    assert (
        matched(rates, lines=[{"id": "1", "amount": "1", "taxRates": []}])["lines"][0]["reason"]
        == "noneStated"
    )
    exempt = matched(rates, customer={**customer, "taxStatus": "exempt"})
    assert exempt["lines"][0]["reason"] == "customerExempt"
    reverse = matched(rates, customer={"taxStatus": "reverseCharge"})
    assert reverse["lines"][0]["taxes"][0]["reason"] == "reverseCharge"
    elsewhere = matched(rates, merchant={"registrations": [{"country": "US", "state": "NY"}]})
    assert elsewhere["lines"][0]["reason"] == "notCollecting"
    assert codes(matched([])) == {"missingRate"}
    typed = matched([], lines=[{"id": "1", "amount": "100", "taxCategory": "x", "enteredPercent": "8.25"}])
    assert (typed["totals"]["tax"], typed["lines"][0]["taxes"][0]["taxRate"]) == ("8.25", None)


def test_a_sale_across_an_eu_border_is_taxed_at_the_origin_unless_the_merchant_says_otherwise() -> None:
    vat = {"type": "valueAddedTax"}
    rates = [{**of("de", "0.19"), "country": "DE", **vat}, {**of("fr", "0"), "country": "FR", **vat}]
    german = {"country": "DE"}
    for registrations, expected in (
        ([{"country": "FR"}], "zeroRated"),
        ([{"country": "FR", "type": "excise"}], "placeOfSupplyNeeded"),
        ([{"country": "FR", "scheme": "oss"}], "standardRated"),
        ([{"country": "FR"}, {"country": "DE"}], "standardRated"),
        ([{"country": "US"}], "notCollecting"),
    ):
        merchant = {"address": {"country": "FR"}, "registrations": registrations}
        answer = matched(rates, german, merchant=merchant)
        got = codes(answer).pop() if "error" in answer else answer["lines"][0]["reason"]
        assert got == expected


def stepped(percentage: str, *steps: tuple[str, str, str], **fields: Any) -> Document:
    brackets = [{name: amount, "percentageDecimal": percent} for name, amount, percent in steps]
    return rate("r", percentage, currency="USD", brackets=brackets, **fields)


def test_a_bracket_taxes_all_of_a_price_or_its_part() -> None:
    new_york = stepped("0", ("from", "110", "0.04"), treatment="exempt")
    answer = calculate(invoice(line("109.99", "r"), line("-110.00", "r")), [new_york])
    assert (taxes(answer), taxes(answer, 1)) == (["0.00"], ["-4.40"])
    assert [row["reason"] for row in answer["lines"]] == ["productExempt", "standardRated"]
    massachusetts = stepped("0", ("over", "175", "0.0625"), bracketBy="part")
    shoes = {"unitPrice": "200.00", "quantity": "2", "taxRates": ["r"]}
    row = calculate(invoice(shoes), [massachusetts])["lines"][0]["taxes"][0]
    assert (row["percentageDecimal"], row["taxable"], row["tax"]) == ("0.0625", "50.00", "3.13")


def test_an_inclusive_price_is_solved_for_where_one_net_gives_it() -> None:
    jump = stepped("0", ("from", "110", "0.04"), inclusive=True)
    nets = [shown(calculate(invoice(line(price, "r")), [jump]))[0] for price in ("109.99", "114.40")]
    assert nets == ["109.99", "110.00"]
    assert codes(calculate(invoice(line("112.00", "r")), [jump])) == {"noSoleBracket"}
    parts = stepped("0", ("over", "175", "0.0625"), bracketBy="part", inclusive=True)
    assert shown(calculate(invoice(line("201.56", "r")), [parts])) == ("200.00", "1.56", "201.56")


def test_what_is_taxed_by_itself_has_no_unit() -> None:
    document = invoice(line("5.00"), charges=[{"amount": "1.00", "taxRates": ["r"]}])
    assert codes(calculate(document, [stepped("0", ("over", "1", "0.1"))])) == {"bracketsWithoutUnit"}
