"""Taxability: which treatment a line gets, in the order of the law, and what is said with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from taxengine.core.adjustments import Charge
from taxengine.core.determination import Determination, NotTaxed, Taxed, Unresolved
from taxengine.core.errors import Problem
from taxengine.core.invoice import Line
from taxengine.core.matching import determine
from taxengine.core.parties import Certificate, Customer, Merchant, Registration
from taxengine.core.place import Address
from taxengine.core.rates import TaxRate
from taxengine.core.stack import AppliedRate
from taxengine.core.table import RateTable
from tests.core.samples import DAY, line, rate
from tests.core.samples import invoice as invoice_of

GERMANY = Address(country="DE", state="BY", postal_code="80331")
VAT = rate()
ON = Address(country="CA", state="ON")


def at(address: Address | None = GERMANY, **more: Any) -> Customer:
    return Customer(address=address, **more)


def asked(
    *lines: Line,
    rates: Sequence[TaxRate] = (VAT,),
    customer: Customer | None = None,
    missing_rate: str = "error",
    currency: str = "EUR",
    **more: Any,
) -> Determination:
    of = invoice_of(*lines, customer=customer, currency=currency, **more)
    return determine(of, RateTable(rates), missing_rate=missing_rate)


def reason(determination: Determination) -> str:
    outcome = determination.lines[0]
    assert not isinstance(outcome, Unresolved), outcome.problems[0]
    return outcome.reason.value


def rows(determination: Determination) -> tuple[AppliedRate, ...]:
    outcome = determination.lines[0]
    assert isinstance(outcome, Taxed)
    return outcome.stack.rates


def problem(determination: Determination) -> Problem:
    outcome = determination.lines[0]
    assert isinstance(outcome, Unresolved)
    return outcome.problems[0]


def warnings(determination: Determination) -> list[tuple[str, str]]:
    return [(notice.code, notice.path) for notice in determination.warnings]


# ---- 1: none is stated ----


def test_an_empty_list_of_rates_says_that_none_applies_before_anything_else() -> None:
    for status in ("taxable", "exempt", "reverseCharge"):
        determination = asked(line(tax_rates=[]), customer=at(None, tax_status=status))
        assert (reason(determination), warnings(determination)) == ("noneStated", [])
    assert reason(asked(line(tax_category="x"), tax_rates=[])) == "noneStated"


# ---- 2: the customer is exempt ----


def test_a_category_that_is_none_is_a_problem_where_it_is_asked_about() -> None:
    """Checked once a category, not once a line: nothing else would see the slip."""
    slip = problem(asked(line(tax_category="food."), customer=at()))
    assert (slip.code, slip.path) == ("invalidValue", "lines[0].taxCategory")
    assert slip.message.startswith("lines[0].taxCategory: expected a tax category such as food.bread")
    assert rows(asked(line(tax_category="food.", tax_rates=["vat"]), customer=at()))[0].id == "vat"


def test_an_exempt_customer_needs_no_address_and_no_category() -> None:
    assert reason(asked(line(), customer=at(None, tax_status="exempt"))) == "customerExempt"


def test_an_exempt_customer_goes_before_rates_that_are_named_with_a_warning() -> None:
    determination = asked(line(tax_rates=["vat", "unknown"]), customer=at(tax_status="exempt"))
    assert reason(determination) == "customerExempt"
    assert warnings(determination) == [("explicitRatesNotApplied", "lines[0].taxRates")]


@pytest.mark.parametrize(
    ("certificate", "covered"),
    [
        ({}, True),
        ({"country": "DE"}, True),
        ({"country": "DE", "state": "Bayern"}, True),
        ({"country": "DE", "state": "BE"}, False),
        ({"country": "FR"}, False),
        ({"tax_categories": ["food"]}, True),
        ({"tax_categories": ["books", "food.bread"]}, True),
        ({"tax_categories": ["food.bread.rye"]}, False),
        ({"valid_from": DAY}, True),
        ({"valid_until": DAY}, False),
    ],
)
def test_a_certificate_covers_its_place_category_and_dates(
    certificate: dict[str, Any], covered: bool
) -> None:
    held = at(certificates=[Certificate(**certificate)])
    expected = "customerExempt" if covered else "standardRated"
    assert reason(asked(line(tax_category="food.bread"), customer=held)) == expected


def test_a_certificate_of_no_country_needs_no_address() -> None:
    assert reason(asked(line(), customer=at(None, certificates=[Certificate()]))) == "customerExempt"
    elsewhere = at(None, certificates=[Certificate(country="DE")])
    assert problem(asked(line(tax_category="x"), customer=elsewhere)).code == "missingAddress"


def test_a_certificate_goes_before_rates_that_are_named_with_a_warning() -> None:
    determination = asked(line(tax_rates=["vat"]), customer=at(certificates=[Certificate(country="DE")]))
    assert reason(determination) == "customerExempt"
    assert warnings(determination) == [("explicitRatesNotApplied", "lines[0].taxRates")]


QUEBEC = [
    rate("gst", country="CA", type="gst"),
    rate("qst", country="CA", type="qst", state="QC"),
    rate("hst", country="CA", type="hst", state="ON", replaces=["gst"]),
]


def test_a_certificate_with_types_takes_out_those_rates_alone() -> None:
    held = at(
        Address(country="CA", state="QC"), certificates=[Certificate(country="CA", state="QC", types=["qst"])]
    )
    determination = asked(line(tax_category="x"), rates=QUEBEC, customer=held)
    assert [row.id for row in rows(determination)] == ["gst"]
    named = asked(line(tax_rates=["gst", "qst"]), rates=QUEBEC, customer=held)
    assert [row.id for row in rows(named)] == ["gst"]
    assert warnings(named) == [("explicitRatesNotApplied", "lines[0].taxRates")]


def test_a_certificate_takes_out_after_the_choice_so_that_nothing_comes_back() -> None:
    held = at(ON, certificates=[Certificate(types=["hst"])])
    determination = asked(line(tax_category="x"), rates=QUEBEC, customer=held)
    assert (reason(determination), warnings(determination)) == ("customerExempt", [])


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        ({"country": "CA", "types": ["qst"]}, ["gst"]),
        ({"country": "CA", "state": "Quebec"}, ["gst"]),
        ({"country": "CA", "state": "ON", "types": ["qst"]}, ["gst", "qst"]),
        ({"country": "CA"}, None),
        ({"country": "CA", "types": ["gst", "qst"]}, None),
    ],
)
def test_without_an_address_the_place_of_the_rate_counts(
    certificate: dict[str, Any], expected: list[str] | None
) -> None:
    held = at(None, certificates=[Certificate(**certificate)])
    determination = asked(line(tax_rates=["gst", "qst"]), rates=QUEBEC, customer=held)
    if expected is None:
        assert reason(determination) == "customerExempt"
        assert warnings(determination) == [("explicitRatesNotApplied", "lines[0].taxRates")]
    else:
        assert [row.id for row in rows(determination)] == expected


# ---- 3: a category is needed ----


@pytest.mark.parametrize("status", ["taxable", "reverseCharge"])
def test_a_line_without_category_and_rates_names_its_product(status: str) -> None:
    merchant = Merchant(registrations=[Registration(country="FR")])
    sold = [line(id_=str(at_), product=f"p{at_}", entered_percent="5") for at_ in (1, 2)]
    determination = asked(*sold, line(id_="3"), customer=at(tax_status=status), merchant=merchant)
    told = [one.problems[0] for one in determination.lines if isinstance(one, Unresolved)]
    assert [one.code for one in told] == ["missingTaxCategory"] * 3
    assert told[1].message == "lines[1]: expected a tax category for product 'p2', got none"
    assert (told[1].data, told[2].data) == ({"product": "p2"}, {})
    assert told[2].message == "lines[2]: expected a tax category, got none"


# ---- 4: reverse charge ----


def test_a_reverse_charge_has_one_row_of_nothing_and_one_note() -> None:
    business = at(tax_status="reverseCharge")
    determination = asked(
        line(tax_category="x"), line(id_="2", tax_rates=["unknown"]), rates=[], customer=business
    )
    assert reason(determination) == "reverseCharge"
    first, second = determination.lines
    assert isinstance(first, NotTaxed)
    assert isinstance(second, NotTaxed)
    (row,) = first.stack.rates
    assert (row.rate, row.id, row.type, row.country, row.state) == (None, None, "valueAddedTax", "DE", "BY")
    assert (row.percentage_decimal, row.inclusive, row.withheld, row.reason) == (
        0,
        False,
        False,
        "reverseCharge",
    )
    (note,) = determination.warnings
    assert (note.code, note.path) == ("reverseChargeNote", "customer.taxStatus")
    assert note.message == "Reverse charge: the customer accounts for the tax, as stated"


@pytest.mark.parametrize(
    ("to", "by", "expected"),
    [
        ("AU", "DE", "gst"),
        ("US", None, "salesTax"),
        (None, "FR", "valueAddedTax"),
        (None, "JP", "valueAddedTax"),
        (None, None, "valueAddedTax"),
        ("GB", None, "valueAddedTax"),
    ],
)
def test_a_reverse_charge_has_the_tax_type_of_its_country(
    to: str | None, by: str | None, expected: str
) -> None:
    merchant = Merchant(address=by and Address(country=by))  # type: ignore[arg-type]
    customer = at(to and Address(country=to), tax_status="reverseCharge")  # type: ignore[arg-type]
    determination = asked(line(tax_category="x"), customer=customer, merchant=merchant)
    outcome = determination.lines[0]
    assert isinstance(outcome, NotTaxed)
    assert outcome.stack.rates[0].type == expected


# ---- 5: rates that are named ----


def test_rates_that_are_named_need_no_address_and_no_registration() -> None:
    merchant = Merchant(registrations=[Registration(country="FR")])
    determination = asked(line(tax_rates=["vat"]), merchant=merchant)
    assert ([row.id for row in rows(determination)], warnings(determination)) == (["vat"], [])


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("none", "unknownRate"),
        ("old", "rateNotInForce"),
        ("off", "inactiveRate"),
        (rate("mine", valid_from=date(2030, 1, 1)), "rateNotInForce"),
        (rate("mine", active=False), "inactiveRate"),
    ],
)
def test_a_rate_that_cannot_be_named_is_an_error_at_its_place(named: str | TaxRate, code: str) -> None:
    rates = [VAT, rate("old", valid_until=DAY), rate("off", active=False)]
    found = problem(asked(line(tax_rates=["vat", named]), rates=rates))
    assert (found.code, found.path) == (code, "lines[0].taxRates[1]")
    name = named if isinstance(named, str) else named.id
    assert found.data == {"rate": name}
    assert found.message.startswith("lines[0].taxRates[1]: expected ")
    assert found.message.endswith(f"got '{name}'")


def test_an_id_means_the_version_in_force() -> None:
    rates = [rate(percent="0.16", valid_until=DAY), rate(percent="0.19", valid_from=DAY)]
    assert rows(asked(line(tax_rates=["vat"]), rates=rates))[0].percentage_decimal == Decimal("0.19")


@pytest.mark.parametrize(
    ("rate_place", "address", "warned"),
    [
        ({"country": "FR"}, {"country": "DE"}, True),
        ({"country": "DE", "state": "BY"}, {"country": "DE", "state": "BE"}, True),
        ({"country": "DE", "state": "BY"}, {"country": "DE"}, False),
        ({"country": "DE", "jurisdiction": "101*"}, {"country": "DE", "postal_code": "80331"}, True),
        ({"country": "DE", "jurisdiction": "101*"}, {"country": "DE"}, False),
        (
            {"country": "DE", "state": "BY", "jurisdiction": "101*"},
            {"country": "DE", "postal_code": "80331"},
            True,
        ),
        ({"country": "DE", "jurisdiction_code": "1"}, {"country": "DE", "jurisdictions": ["2"]}, True),
        ({"country": "DE", "tax_categories": ["food"]}, {"country": "DE"}, False),
    ],
)
def test_a_rate_of_another_place_is_applied_with_a_warning(
    rate_place: dict[str, Any], address: dict[str, Any], warned: bool
) -> None:
    determination = asked(
        line(tax_rates=["vat"]), rates=[rate(**rate_place)], customer=at(Address(**address))
    )
    assert [row.id for row in rows(determination)] == ["vat"]
    assert warnings(determination) == [("rateOfAnotherPlace", "lines[0].taxRates[0]")] * warned


def test_the_warning_says_what_the_place_is() -> None:
    determination = asked(line(tax_rates=["vat"]), customer=at(Address(country="FR")))
    assert determination.warnings[0].message == (
        "lines[0].taxRates[0]: rate 'vat' is of another place: country: expected DE, got FR"
    )


def test_more_rates_than_a_line_may_carry_are_a_problem_of_the_line() -> None:
    many = [rate(f"r{index}") for index in range(101)]
    found = problem(asked(line(tax_rates=many)))
    assert (found.code, found.path) == ("invalidRateSet", "lines[0]")
    assert found.message == "lines[0]: rates: expected at most 100 on one line, got 101"


def test_rates_that_circle_only_on_a_line_are_a_problem_of_the_line() -> None:
    circle = [rate("a", state="BY", compound_on=["b"]), rate("b", state="BE", compound_on=["a"])]
    assert problem(asked(line(tax_rates=circle))).code == "compoundCycle"


# ---- 6: registrations ----


@pytest.mark.parametrize(
    ("registration", "expected"),
    [
        ({"country": "CA"}, ["hst"]),
        ({"country": "CA", "type": "gst"}, ["hst"]),
        ({"country": "CA", "type": "hst"}, ["hst"]),
        ({"country": "CA", "state": "Ontario"}, ["hst"]),
        ({"country": "CA", "state": "QC"}, None),
        ({"country": "CA", "type": "qst"}, None),
        ({"country": "US"}, None),
        ({"country": "CA", "valid_until": DAY}, None),
        ({"country": "CA", "valid_from": DAY}, ["hst"]),
    ],
)
def test_a_registration_covers_its_place_types_and_dates(
    registration: dict[str, Any], expected: list[str] | None
) -> None:
    merchant = Merchant(registrations=[Registration(**registration)])
    determination = asked(line(tax_category="x"), rates=QUEBEC, customer=at(ON), merchant=merchant)
    if expected is None:
        assert reason(determination) == "notCollecting"
    else:
        assert [row.id for row in rows(determination)] == expected


def test_where_nothing_covers_the_place_no_rate_is_needed() -> None:
    merchant = Merchant(registrations=[Registration(country="US")])
    assert (
        reason(asked(line(tax_category="x"), rates=[], customer=at(), merchant=merchant)) == "notCollecting"
    )
    covered = Merchant(
        address=Address(country="DE"), registrations=[Registration(country="DE", type="excise")]
    )
    assert (
        problem(asked(line(tax_category="x"), rates=[], customer=at(), merchant=covered)).code
        == "missingRate"
    )


def test_types_that_are_not_registered_do_not_match() -> None:
    merchant = Merchant(registrations=[Registration(country="CA", type="qst")])
    customer = at(Address(country="CA", state="QC"))
    assert [
        row.id
        for row in rows(asked(line(tax_category="x"), rates=QUEBEC, customer=customer, merchant=merchant))
    ] == ["qst"]


def test_a_registration_for_another_tax_does_not_tax_a_sale_across_a_border_of_the_eu() -> None:
    excise = Registration(country="DE", type="excise")
    vat = Registration(country="FR", type="valueAddedTax")
    merchant = Merchant(address=Address(country="FR"), registrations=[vat, excise])
    french = rate("fr", country="FR")
    determination = asked(line(tax_category="x"), rates=[VAT, french], customer=at(), merchant=merchant)
    assert [row.id for row in rows(determination)] == ["fr"]


def test_a_tie_of_rates_that_are_not_collected_is_no_tie() -> None:
    merchant = Merchant(
        address=Address(country="DE"), registrations=[Registration(country="DE", type="excise")]
    )
    determination = asked(line(tax_category="x"), rates=[VAT, rate("b")], customer=at(), merchant=merchant)
    assert reason(determination) == "notCollecting"


# ---- 7: nothing matched ----


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("US", "salesTax"),
        ("AU", "gst"),
        ("CA", "gst"),
        ("IN", "gst"),
        ("NZ", "gst"),
        ("SG", "gst"),
        ("JP", "jct"),
        ("CH", "valueAddedTax"),
    ],
)
def test_a_percentage_typed_by_hand_is_used_where_no_rate_is(country: str, expected: str) -> None:
    typed = line(tax_category="x", entered_percent="57.31")
    determination = asked(typed, customer=at(Address(country=country, state="Zug")), missing_rate="untaxed")
    (row,) = rows(determination)
    assert (row.rate, row.id, row.name, row.type) == (None, None, None, expected)
    assert (row.percentage_decimal, row.inclusive, row.reason) == (Decimal("0.5731"), False, "standardRated")
    assert row.country == country
    assert determination.lines[0].entered  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("own", "whole", "inclusive"),
    [
        ("inclusive", None, True),
        (None, "inclusive", True),
        ("exclusive", "inclusive", False),
        (None, None, False),
    ],
)
def test_a_percentage_typed_by_hand_takes_the_tax_behavior(
    own: str | None, whole: str | None, inclusive: bool
) -> None:
    typed = line(tax_category="x", entered_percent="5", tax_behavior=own)
    assert rows(asked(typed, rates=[], customer=at(), tax_behavior=whole))[0].inclusive is inclusive


def test_a_percentage_typed_by_hand_is_not_used_where_a_rate_is_or_none_may_be() -> None:
    typed = line(tax_category="x", entered_percent="5")
    assert [row.id for row in rows(asked(typed, customer=at()))] == ["vat"]
    named = line(tax_rates=["vat"], entered_percent="5")
    assert [row.id for row in rows(asked(named))] == ["vat"]
    assert problem(asked(typed)).code == "missingAddress"
    assert problem(asked(typed, rates=[VAT, rate("b")], customer=at())).code == "ambiguousRates"
    merchant = Merchant(registrations=[Registration(country="US")])
    assert reason(asked(typed, customer=at(), merchant=merchant)) == "notCollecting"


def test_a_percentage_typed_by_hand_that_has_no_answer_is_a_problem_of_its_line() -> None:
    typed = line(tax_category="x", entered_percent="-100", tax_behavior="inclusive")
    assert problem(asked(typed, rates=[], customer=at())).code == "invalidRateSet"


def test_a_certificate_takes_out_a_percentage_typed_by_hand() -> None:
    typed = line(tax_category="x", entered_percent="5")
    for types, expected in ((["valueAddedTax"], "customerExempt"), (["gst"], "standardRated")):
        held = at(certificates=[Certificate(types=types)])
        assert reason(asked(typed, rates=[], customer=held)) == expected


def test_a_missing_rate_is_no_tax_only_where_that_is_asked_for() -> None:
    sold = line(tax_category="x")
    determination = asked(sold, rates=[], customer=at(), missing_rate="untaxed")
    assert (reason(determination), warnings(determination)) == (
        "notSupported",
        [("notSupported", "lines[0]")],
    )
    assert problem(asked(sold, rates=[], customer=at())).code == "missingRate"
    assert problem(asked(sold, rates=[], missing_rate="untaxed")).code == "missingAddress"


# ---- how a rate stands on a line ----


def test_a_rate_that_leaves_it_open_asks_for_a_tax_behavior() -> None:
    open_, withheld = rate("open", inclusive=None), rate("held", inclusive=None, withheld=True)
    found = problem(asked(line(tax_rates=[withheld, open_])))
    assert (found.code, found.path, found.data) == ("missingTaxBehavior", "lines[0]", {"rates": ["open"]})
    assert not rows(asked(line(tax_rates=[withheld])))[0].inclusive
    for own, whole, expected in (
        ("inclusive", "exclusive", True),
        (None, "inclusive", True),
        ("exclusive", None, False),
    ):
        stated = asked(line(tax_rates=[open_, withheld], tax_behavior=own), tax_behavior=whole)
        assert [row.inclusive for row in rows(stated)] == [expected, False]
        assert warnings(stated) == []


@pytest.mark.parametrize(("behavior", "inclusive"), [("inclusive", False), ("exclusive", True)])
def test_a_tax_behavior_that_disagrees_is_a_warning_and_the_rate_decides(
    behavior: str, inclusive: bool
) -> None:
    rates = [rate("a", inclusive=inclusive), rate("b", type="excise", inclusive=None)]
    determination = asked(line(tax_category="x", tax_behavior=behavior), rates=rates, customer=at())
    assert [row.inclusive for row in rows(determination)] == [inclusive, not inclusive]
    assert warnings(determination) == [("taxBehaviorDisagrees", "lines[0].taxBehavior")]
    assert determination.warnings[0].message == (
        f"lines[0].taxBehavior: the price is {behavior}, rate 'a' is not: the rate decides"
    )


def test_a_withheld_rate_disagrees_with_no_tax_behavior() -> None:
    rates = [rate("a", inclusive=True), rate("b", type="withholding", withheld=True)]
    determination = asked(line(tax_category="x", tax_behavior="inclusive"), rates=rates, customer=at())
    assert warnings(determination) == []


def test_an_amount_in_another_currency_is_refused() -> None:
    fee = rate("fee", None, amount_per_unit="0.25", currency="USD")
    found = problem(asked(line(tax_rates=[VAT, fee])))
    assert (found.code, found.path, found.data) == ("rateCurrency", "lines[0]", {"rates": ["fee"]})
    assert len(rows(asked(line(tax_rates=[VAT, fee]), currency="USD"))) == 2
    unnamed = rate("fee", None, amount_per_unit="0.25")
    assert len(rows(asked(line(tax_rates=[unnamed, rate("p", currency="USD")])))) == 2


def test_a_level_without_sales_tax_says_so_among_several() -> None:
    def us(id_: str, percent: str, level: str | None, **more: Any) -> TaxRate:
        return rate(id_, percent, country="US", type="salesTax", level=level, **more)

    state, county, city = (
        us("s", "0", "state"),
        us("c", "0.01", "county", treatment="standard"),
        us("t", "0", "city", treatment="zero"),
    )
    reasons = [row.reason.value for row in rows(asked(line(tax_rates=[state, county, city])))]
    assert reasons == ["noTaxAtLevel", "standardRated", "noTaxAtLevel"]
    assert reason(asked(line(tax_rates=[state, county, city]))) == "standardRated"
    assert reason(asked(line(tax_rates=[state]))) == "zeroRated"
    assert reason(asked(line(tax_rates=[state, us("x", "0.02", None)]))) == "mixed"
    exempt = us("e", "0", "state", treatment="exempt")
    assert [row.reason.value for row in rows(asked(line(tax_rates=[exempt, county])))] == [
        "noTaxAtLevel",
        "standardRated",
    ]
    fee = rate("f", None, country="US", type="salesTax", level="state", amount_per_unit="1")
    assert [row.reason.value for row in rows(asked(line(tax_rates=[fee, county])))] == ["standardRated"] * 2
    other = rate("o", "0", country="US", type="excise", level="city")
    assert rows(asked(line(tax_rates=[other, county, state])))[0].reason == "zeroRated"
    districts = [
        us("d1", "0", "district", jurisdiction_code="1"),
        us("d2", "0.01", "district", jurisdiction_code="2"),
    ]
    assert reason(asked(line(tax_rates=districts))) == "standardRated"


def test_what_is_said_of_a_charge_has_the_path_of_the_charge() -> None:
    charge = Charge(amount="5", tax_rates=["none"])
    outcome = asked(line(tax_rates=[]), charges=[charge]).charges[0]
    assert isinstance(outcome, Unresolved)
    assert outcome.problems[0].path == "charges[0].taxRates[0]"
