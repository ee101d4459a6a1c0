"""Matching: which rates apply to a line, which win, and what is told of the others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.determination import Determination, NotTaxed, Outcome, Taxed, Unresolved
from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.invoice import Invoice, Line
from taxengine.core.matching import MOST_VERDICTS, determine, trace
from taxengine.core.parties import Certificate, Customer, Merchant, Registration
from taxengine.core.place import Address
from taxengine.core.rates import TaxRate
from taxengine.core.table import RateTable
from tests.core.samples import DAY, line, rate
from tests.core.samples import invoice as invoice_of

SAN_FRANCISCO = {
    "country": "US",
    "state": "California",
    "county": "San Francisco",
    "city": "San Francisco",
    "postal_code": "94105-1234",
}


def us(id_: str, **more: Any) -> TaxRate:
    return rate(id_, "0.08", country="US", type="salesTax", **more)


def asked(
    rates: Sequence[TaxRate],
    to: dict[str, Any],
    *,
    by: dict[str, Any] | None = None,
    on: date = DAY,
    category: str = "food.bread",
    **more: Any,
) -> Determination:
    merchant = None if by is None else Merchant(address=Address(**by))
    of = Invoice(
        id="i",
        currency="USD",
        tax_date=on,
        lines=[line(tax_category=category)],
        merchant=merchant,
        customer=Customer(address=Address(**to)),
        **more,
    )
    return determine(of, RateTable(rates))


def ids(outcome: Outcome | None) -> list[str | None]:
    assert isinstance(outcome, Taxed), outcome.problems[0] if isinstance(outcome, Unresolved) else outcome
    return [one.id for one in outcome.stack.rates]


def taken(rates: Sequence[TaxRate], to: dict[str, Any], **more: Any) -> list[str | None]:
    return ids(asked(rates, to, **more).lines[0])


def problem(outcome: Outcome | None) -> Problem:
    assert isinstance(outcome, Unresolved)
    return outcome.problems[0]


def refused(rates: Sequence[TaxRate], to: dict[str, Any], **more: Any) -> Problem:
    return problem(asked(rates, to, **more).lines[0])


def matches(one: TaxRate, to: dict[str, Any], **more: Any) -> bool:
    outcome = asked([one], to, **more).lines[0]
    assert isinstance(outcome, Taxed) or problem(outcome).code == "missingRate"
    return isinstance(outcome, Taxed)


# ---- which rates match ----


@pytest.mark.parametrize("state", ["CA", "US-CA", "us-ca", "California", " california "])
def test_a_state_is_compared_by_its_code_however_it_is_written(state: str) -> None:
    assert matches(us("r", state=state), SAN_FRANCISCO)
    assert not matches(us("r", state=state), {"country": "US", "state": "NY"})
    assert not matches(us("r", state=state), {"country": "US"})


def test_a_state_that_is_none_is_a_city_or_a_county() -> None:
    published = us("r", state="San Francisco")
    assert matches(published, {"country": "US", "city": "SAN  FRANCISCO"})
    assert matches(published, {"country": "US", "county": "san francisco"})
    assert matches(published, {"country": "US", "state": "San Francisco"})
    assert not matches(published, {"country": "US", "state": "CA"})


def test_a_city_is_more_specific_than_a_county_and_a_county_than_a_state() -> None:
    rates = [
        us("country"),
        us("state", state="CA"),
        us("city", state="Oakland"),
        us("county", state="Alameda"),
    ]
    oakland = {"country": "US", "state": "CA", "county": "Alameda", "city": "Oakland"}
    assert taken(rates, oakland) == ["city"]
    assert taken(rates, {**oakland, "city": "Berkeley"}) == ["county"]
    assert taken(rates, {**oakland, "city": "Fresno", "county": "Fresno"}) == ["state"]
    assert taken(rates, {"country": "US", "state": "NV"}) == ["country"]


def test_countries_without_a_table_of_states_compare_names() -> None:
    assert matches(rate(country="GI", state="Westside"), {"country": "GI", "state": "WESTSIDE"})


def test_a_rate_applies_from_its_first_day_and_no_more_on_the_day_it_ends() -> None:
    version = rate(valid_from=date(2020, 7, 1), valid_until=date(2021, 1, 1))
    days = [date(2020, 6, 30), date(2020, 7, 1), date(2020, 12, 31), date(2021, 1, 1)]
    assert [matches(version, {"country": "DE"}, on=day) for day in days] == [False, True, True, False]


def test_an_inactive_rate_does_not_match() -> None:
    assert not matches(us("r", active=False), SAN_FRANCISCO)


def test_a_zip_plus_four_matches_what_its_zip_matches() -> None:
    for pattern in ("94105", "941051234", "94105-1234", "941*", "94100..94199", "94105-1200..94105-1299"):
        assert matches(us("r", jurisdiction=pattern), SAN_FRANCISCO)
    assert not matches(us("r", jurisdiction="94105-1234"), {"country": "US", "postal_code": "94105"})
    assert not matches(us("r", jurisdiction="94105"), {"country": "US"})


@pytest.mark.parametrize(
    ("pattern", "code", "expected"),
    [
        ("B", "BT1 1AA", False),
        ("B", "B1 1AA", True),
        ("BT", "BT1 1AA", True),
        ("E1", "E10 5NP", False),
        ("E1", "E1 6AN", True),
        ("E10", "E10 5NP", True),
    ],
)
def test_in_great_britain_a_pattern_is_an_area_or_an_outward_code(
    pattern: str, code: str, expected: bool
) -> None:
    outcome = matches(rate(country="GB", jurisdiction=pattern), {"country": "GB", "postal_code": code})
    assert outcome is expected


def test_a_jurisdiction_code_matches_an_address_that_has_it_resolved() -> None:
    coded = us("r", jurisdiction_code="06075")
    assert matches(coded, {**SAN_FRANCISCO, "jurisdictions": ["06", "06075"]})
    assert not matches(coded, SAN_FRANCISCO)


def test_a_category_covers_those_below_it() -> None:
    food = rate(tax_categories=["food", "books"])
    assert [matches(food, {"country": "DE"}, category=name) for name in ("food", "food.bread", "books")] == [
        True
    ] * 3
    assert not matches(food, {"country": "DE"}, category="foodstuff")


MH, KA = {"country": "IN", "state": "MH"}, {"country": "IN", "state": "Karnataka"}


@pytest.mark.parametrize(
    ("to", "by", "expected"),
    [
        (MH, MH, ["cgst", "sgst"]),
        (MH, KA, ["igst"]),
        (MH, {"country": "DE"}, ["igst"]),
        (MH, None, None),
        (MH, {"country": "IN"}, None),
        ({"country": "IN"}, MH, None),
        ({"country": "IN", "state": "Maharastra"}, MH, None),
    ],
    ids=[
        "one state",
        "two states",
        "from abroad",
        "no origin",
        "origin unknown",
        "destination unknown",
        "a name that no table knows",
    ],
)
def test_intrastate_and_interstate_are_asked_of_both_ends(
    to: dict[str, Any], by: dict[str, Any] | None, expected: list[str] | None
) -> None:
    halves = [rate(name, country="IN", type=name, when="intrastate") for name in ("sgst", "cgst")]
    rates = [*halves, rate("igst", country="IN", type="igst", when="interstate")]
    if expected is None:
        assert refused(rates, to, by=by).code == "missingRate"
    else:
        assert taken(rates, to, by=by) == expected


@pytest.mark.parametrize(("central", "state"), [("0.09", "0.06"), ("0.09", None), (None, "0.09")])
@pytest.mark.parametrize("named", [True, False])
def test_halves_that_are_not_equal_are_refused(
    central: str | None, state: str | None, *, named: bool
) -> None:
    rates = [
        rate(kind, percent, country="IN", type=kind)
        for kind, percent in (("cgst", central), ("sgst", state))
        if percent is not None
    ]
    more = {"tax_rates": [one.id for one in rates]} if named else {}
    found = refused(rates, MH, by=MH, **more)
    got = " and ".join(f"{one.id!r} of {one.type}" for one in rates)
    told = "lines[0]: expected cgst and sgst of the same percentages, as the law has them, got "
    assert (found.code, found.message) == ("equalHalves", told + got)


TOPEKA = {"country": "US", "state": "KS", "postal_code": "66603"}


@pytest.mark.parametrize("by", [None, {"country": "US"}, {"country": "US", "state": "Kansass"}])
@pytest.mark.parametrize("local", ["within", "across", "tie"])
def test_rates_are_not_left_out_where_nobody_knows_whether_the_sale_stays_within_a_state(
    by: dict[str, Any] | None, local: str
) -> None:
    rates = {
        "within": [us("city", level="city", when="intrastate")],
        "across": [us("city", level="city", when="interstate")],
        "tie": [us("rival", level="state", when="intrastate")],
    }[local]
    found = refused([us("state", level="state"), *rates], TOPEKA, by=by)
    assert (found.code, found.message) == (
        "missingAddress",
        "lines[0]: expected both states of a sale to US-KS 66603, as its rates ask, got none known",
    )
    assert found.hint == "add merchant.address, or a shipFrom on the line; give both states, by their codes"


def test_what_is_the_same_within_a_state_and_across_needs_no_origin() -> None:
    """Rates of another category, or of another place, change nothing."""
    rates = [
        us("state", level="state"),
        us("food", level="state", tax_categories=["books"], when="intrastate"),
        us("far", level="city", jurisdiction="10001", when="interstate"),
    ]
    assert taken(rates, TOPEKA) == ["state"]
    local = [us("state", level="state"), us("city", level="city", when="intrastate")]
    assert taken(local, TOPEKA, by=TOPEKA) == ["state", "city"]


# ---- which of them apply ----


def test_germany_lowered_its_rate_in_the_second_half_of_2020() -> None:
    rates = [
        rate("19", valid_from=date(2007, 1, 1)),
        rate("16", valid_from=date(2020, 7, 1), valid_until=date(2021, 1, 1)),
    ]
    days = [date(2020, 6, 30), date(2020, 7, 1), date(2020, 12, 31), date(2021, 1, 1)]
    assert [taken(rates, {"country": "DE"}, on=day) for day in days] == [["19"], ["16"], ["16"], ["19"]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((None, None), (None, None)),
        ((date(2020, 1, 1), None), (date(2020, 1, 1), None)),
        ((date(2020, 1, 1), date(2027, 1, 1)), (date(2021, 1, 1), date(2028, 1, 1))),
    ],
    ids=["both open", "the same", "crossing"],
)
def test_rates_that_nothing_tells_apart_are_ambiguous(
    first: tuple[date, date], second: tuple[date, date]
) -> None:
    rates = [
        us(name, valid_from=since, valid_until=until)
        for name, (since, until) in zip("ab", (first, second), strict=True)
    ]
    found = refused(rates, SAN_FRANCISCO)
    assert (found.code, found.path, found.data) == (
        "ambiguousRates",
        "lines[0]",
        {"rates": ["a", "b"]} | dict(found.data),
    )
    assert sorted(found.data["rates"]) == ["a", "b"]  # type: ignore[call-overload]
    assert "a narrower place, category or validity" in found.hint


def test_the_innermost_of_several_validities_wins() -> None:
    spans = [(2019, 2030), (2020, 2029), (2021, 2028)]
    rates = [
        us(str(since), valid_from=date(since, 1, 1), valid_until=date(until, 1, 1)) for since, until in spans
    ]
    assert taken(rates, SAN_FRANCISCO) == ["2021"]
    same = us("again", valid_from=date(2021, 1, 1), valid_until=date(2028, 1, 1))
    assert refused([*rates, same], SAN_FRANCISCO).data == {"rates": ["2021", "again"]}


def test_a_combined_rate_of_a_zip_takes_the_place_of_the_states() -> None:
    rates = [us("state", state="CA"), us("zip", jurisdiction="94105", state="CA")]
    assert taken(rates, SAN_FRANCISCO) == ["zip"]


def test_postal_patterns_are_weighed_by_the_codes_that_they_cover() -> None:
    patterns = {"us": None, "range": "94100..94149", "prefix": "941*", "zip": "94105", "zip4": "94105-1234"}
    rates = [us(name, jurisdiction=pattern) for name, pattern in patterns.items()]
    assert taken(rates, SAN_FRANCISCO) == ["zip4"]
    assert taken(rates, {"country": "US", "postal_code": "94105"}) == ["zip"]
    assert taken(rates, {"country": "US", "postal_code": "94106"}) == ["range"]
    assert taken(rates, {"country": "US", "postal_code": "94150"}) == ["prefix"]
    assert taken(rates, {"country": "US", "postal_code": "10001"}) == ["us"]


def test_postal_codes_stand_for_a_jurisdiction_that_nobody_has_resolved() -> None:
    district = {"state": "CA", "level": "district", "by_postal_code": True}
    rates = [
        us("state", state="CA", level="state"),
        us("one", jurisdiction="94105-0000, 94105-0001..94105-4000", jurisdiction_code="D1", **district),
        us("two", jurisdiction="94100..94199", jurisdiction_code="D2", **district),
        us("asked", state="CA", level="city", jurisdiction="94105", jurisdiction_code="C"),
        us("nowhere", jurisdiction_code="N", **district),
    ]
    place = {"country": "US", "state": "CA"}
    assert taken(rates, place | {"postal_code": "94105"}) == ["state", "two", "one"]
    assert taken(rates, place | {"postal_code": "94105-1234"}) == ["state", "two", "one"]
    assert taken(rates, place | {"postal_code": "94105-4001"}) == ["state", "two"]
    assert taken(rates, place | {"postal_code": "94105", "jurisdictions": ["D2", "C"]}) == [
        "state", "asked", "two"
    ]  # fmt: skip
    assert taken(rates, place | {"postal_code": "94105", "jurisdictions": ["X"]}) == ["state"]


def test_a_jurisdiction_that_its_postal_codes_resolve_is_not_asked_for() -> None:
    state = us("state", state="CA", level="state")
    city = us("city", state="CA", level="city", jurisdiction_code="C")
    here = us(
        "zip", state="CA", level="city", jurisdiction_code="C", jurisdiction="94105", by_postal_code=True
    )
    for rates, code, told in (
        ([state, city], "94105", ["incompleteAddress"]),
        ([state, city, here], "94105", []),
        ([state, city, here], "94106", ["incompleteAddress"]),
    ):
        customer = Customer(address=Address(country="US", state="CA", postal_code=code))
        sold = Line(id="1", amount="1", tax_category="x")
        whole = Invoice(id="i", currency="USD", tax_date=date(2026, 3, 1), customer=customer, lines=[sold])
        assert [one.code for one in determine(whole, RateTable(rates)).warnings] == told


def test_elsewhere_exact_codes_go_before_ranges_and_ranges_before_prefixes() -> None:
    patterns = {"de": None, "range": "10000..19999", "prefix": "101*", "wide": "1*", "exact": "10115"}
    rates = [rate(name, jurisdiction=pattern) for name, pattern in patterns.items()]
    assert taken(rates, {"country": "DE", "postal_code": "10115"}) == ["exact"]
    assert taken(rates, {"country": "DE", "postal_code": "10119"}) == ["range"]
    without = [one for one in rates if one.id != "range"]
    assert taken(without, {"country": "DE", "postal_code": "10119"}) == ["prefix"]


def test_levels_stack_and_so_do_districts_with_codes_of_their_own() -> None:
    rates = [
        us("city", level="city", state="San Francisco"),
        us("d2", level="district", jurisdiction_code="2"),
        us("state", level="state", state="CA"),
        us("d1", level="district", jurisdiction_code="1"),
        us("county", level="county", jurisdiction="941*"),
        us("other", level="district", jurisdiction_code="3"),
    ]
    there = {**SAN_FRANCISCO, "jurisdictions": ["1", "2"]}
    assert taken(rates, there) == ["state", "county", "city", "d1", "d2"]


def test_taxes_of_different_types_stack() -> None:
    rates = [rate("qst", country="CA", type="qst", state="QC"), rate("gst", country="CA", type="gst")]
    assert taken(rates, {"country": "CA", "state": "Quebec"}) == ["gst", "qst"]
    assert taken(rates, {"country": "CA", "state": "AB"}) == ["gst"]


def test_hst_replaces_gst_where_it_matches() -> None:
    rates = [
        rate("gst", country="CA", type="gst"),
        rate("gst-food", country="CA", type="gst", tax_categories=["food"]),
        rate("hst", country="CA", type="hst", state="ON", replaces=["gst"]),
    ]
    assert taken(rates, {"country": "CA", "state": "ON"}) == ["hst"]
    assert taken(rates, {"country": "CA", "state": "BC"}) == ["gst-food"]


def test_a_rate_replaces_only_what_is_of_a_wider_place() -> None:
    gst = rate("gst", country="CA", type="gst", jurisdiction="K1A*")
    hst = rate("hst", country="CA", type="hst", state="ON", replaces=["gst"])
    assert taken([gst, hst], {"country": "CA", "state": "ON", "postal_code": "K1A 0B1"}) == ["hst", "gst"]


def test_a_territory_takes_out_the_wider_tax_whatever_its_category() -> None:
    rates = [rate("es", country="ES"), rate("es-food", country="ES", tax_categories=["food"])]
    own = rate("own", country="ES", jurisdiction="35*", replaces=["valueAddedTax"])
    assert taken([*rates, own], {"country": "ES", "postal_code": "35001"}) == ["own"]


def test_the_more_specific_category_wins() -> None:
    rates = [
        rate("all"),
        rate("food", tax_categories=["food", "x"]),
        rate("bread", tax_categories=["food.bread"]),
    ]
    assert taken(rates, {"country": "DE"}) == ["bread"]
    assert taken(rates, {"country": "DE"}, category="food.fruit") == ["food"]
    assert taken(rates, {"country": "DE"}, category="books") == ["all"]


ZIP = us("zip", state="CA", jurisdiction="94105")
FOOD = us("food", state="CA", tax_categories=["food"])


def test_a_zip_for_all_goods_against_a_state_for_food_is_ambiguous() -> None:
    found = refused([ZIP, FOOD], SAN_FRANCISCO)
    assert (found.code, found.data) == ("ambiguousRates", {"rates": ["zip", "food"]})
    assert found.hint == "add the rate that says both: the place of 'zip' and the taxCategories of 'food'"
    assert found.message.startswith(
        "lines[0]: expected one salesTax for US-CA 941051234, category 'food.bread'"
    )


def test_the_rate_that_says_both_resolves_it() -> None:
    both = us("both", state="CA", jurisdiction="94105", tax_categories=["food"])
    assert taken([ZIP, FOOD, both], SAN_FRANCISCO) == ["both"]


def test_a_rate_that_overrides_its_place_wins_there() -> None:
    override = us("exempt", state="CA", tax_categories=["food"], overrides_place=True)
    assert taken([ZIP, override], SAN_FRANCISCO) == ["exempt"]
    assert taken([ZIP, override], SAN_FRANCISCO, category="books") == ["zip"]
    finer = us("finer", jurisdiction="94105", tax_categories=["food.bread"])
    assert taken([ZIP, override, finer], SAN_FRANCISCO) == ["finer"]


def test_a_combined_rate_that_meets_one_by_level_is_ambiguous() -> None:
    combined, level = us("combined", jurisdiction="94105"), us("level", level="state", state="CA")
    found = refused([level, combined], SAN_FRANCISCO)
    assert found.data == {"rates": ["combined", "level"]}
    assert found.hint.startswith("'combined' is a combined rate")


def test_a_level_of_a_narrower_place_adds_to_a_combined_rate() -> None:
    rates = [us("state", state="CA"), us("district", level="district", jurisdiction="94105")]
    assert taken(rates, SAN_FRANCISCO) == ["state", "district"]
    fee = rate("fee", "0.01", country="US", type="retailDeliveryFee", level="country")
    assert taken([us("zip", jurisdiction="94105"), fee], SAN_FRANCISCO) == ["zip", "fee"]


def test_a_combined_rate_that_lost_meets_no_level() -> None:
    rates = [
        us("wide"),
        us("zip", jurisdiction="94105"),
        us("district", level="district", jurisdiction="94105-1234"),
    ]
    assert taken(rates, SAN_FRANCISCO) == ["zip", "district"]


# ---- determine ----


def test_nothing_is_raised_for_what_is_missing_and_each_line_is_told_apart() -> None:
    of = invoice_of(
        line(id_="1", tax_category="food", ship_to=Address(country="FR")),
        line(id_="2", tax_category="food"),
        line(id_="3"),
    )
    outcomes = determine(of, RateTable([rate(country="FR")])).lines
    assert ids(outcomes[0]) == ["vat"]
    assert [(problem(one).code, problem(one).path) for one in outcomes[1:]] == [
        ("missingAddress", "lines[1]"),
        ("missingTaxCategory", "lines[2]"),
    ]


def test_lines_with_the_same_taxes_share_one_outcome_and_invoices_do_too() -> None:
    table = RateTable([rate(), rate("food", tax_categories=["food"])])
    of = invoice_of(
        *(line(id_=str(at), tax_category=name) for at, name in enumerate(("a", "b", "food", "a"))),
        customer=Customer(address=Address(country="DE")),
    )
    first, second = determine(of, table).lines, determine(of, table).lines
    assert first[0] is first[1] is first[3] is not first[2]
    assert all(one is other for one, other in zip(first, second, strict=True))


def test_charges_and_discounts_of_their_own_have_outcomes() -> None:
    of = invoice_of(
        line(tax_category="goods"),
        customer=Customer(address=Address(country="DE")),
        charges=[
            Charge(amount="5", tax_category="shipping"),
            Charge(amount="5"),
            Charge(amount="5", tax_rates=[]),
            Charge(amount="5", strategy="own"),
            Charge(amount="5", strategy="highest"),
            Charge(amount="5", tax_rates=["vat"]),
        ],
        discounts=[
            Discount(amount="1"),
            Discount(amount="1", tax_rates=["none"]),
            Discount(amount="1", tax_category="goods"),
        ],
    )
    determination = determine(of, RateTable([rate(), rate("post", tax_categories=["shipping"])]))
    shipping, spread, untaxed, uncategorised, highest, named = determination.charges
    assert (ids(shipping), spread, highest, ids(named)) == (["post"], None, None, ["vat"])
    assert isinstance(untaxed, NotTaxed)
    assert (problem(uncategorised).code, problem(uncategorised).path) == ("missingTaxCategory", "charges[3]")
    assert determination.discounts[0] is None
    assert problem(determination.discounts[1]).path == "discounts[1].taxRates[0]"
    assert ids(determination.discounts[2]) == ["vat"]


def test_rates_of_the_invoice_are_those_of_its_lines_and_of_charges_without_a_strategy() -> None:
    of = invoice_of(
        line(),
        line(id_="2", tax_rates=[]),
        tax_rates=["vat"],
        charges=[
            Charge(amount="5"),
            Charge(amount="5", strategy="proportional"),
            Charge(amount="5", tax_category="x"),
        ],
        discounts=[Discount(amount="1")],
    )
    determination = determine(of, RateTable([rate()]))
    assert ids(determination.lines[0]) == ["vat"]
    assert isinstance(determination.lines[1], NotTaxed)
    first, second, third = determination.charges
    assert (ids(first), second, ids(third), determination.discounts) == (["vat"], None, ["vat"], (None,))


def test_without_a_table_the_rates_that_are_named_are_enough() -> None:
    of = invoice_of(
        line(tax_rates=[rate()]),
        line(id_="2", tax_rates=["vat"]),
        line(id_="3", tax_category="food"),
        line(id_="4", tax_rates=[rate()], ship_to=Address(country="DE")),
        customer=Customer(address=Address(country="DE")),
    )
    first, second, third, fourth = determine(of, None).lines
    assert ids(first) == ids(fourth) == ["vat"]
    assert (problem(second).code, problem(third).code) == ("unknownRate", "missingRate")


def test_a_determination_says_what_was_asked() -> None:
    table = RateTable([rate()])
    of = invoice_of(
        line(tax_category="x"), sourcing="origin", merchant=Merchant(address=Address(country="DE"))
    )
    determination = determine(of, table, missing_rate="untaxed")
    assert (determination.provider, determination.sourcing) == ("manual", "origin")
    assert (determination.rates, determination.missing_rate) == (table, "untaxed")
    assert ids(determination.lines[0]) == ["vat"]
    assert problem(determine(of, table, sourcing="destination").lines[0]).code == "missingAddress"


def test_options_that_are_none_are_refused() -> None:
    of, table = invoice_of(line(tax_category="x")), RateTable([rate()])
    with pytest.raises(InvalidInput, match="missing_rate: expected error or untaxed, got 'zero'"):
        determine(of, table, missing_rate="zero")
    with pytest.raises(InvalidInput, match="sourcing: expected destination, origin or auto, got 'here'"):
        determine(of, table, sourcing="here")  # type: ignore[arg-type]
    with pytest.raises(InvalidInput, match="rates: expected a RateTable, got"):
        determine(of, [rate()])  # type: ignore[arg-type]


def test_a_rate_that_no_line_matches_is_told_with_what_to_add() -> None:
    found = refused([us("r", state="NY")], SAN_FRANCISCO)
    assert (found.code, found.path) == ("missingRate", "lines[0]")
    assert (
        found.message
        == "lines[0]: expected a rate for US-CA 941051234, category 'food.bread' on 2026-03-01, got none"
    )
    assert found.hint == "add a rate with country US, state CA, type salesTax"


# ---- memory and context change nothing ----


def shape(determination: Determination) -> object:
    def plain(outcome: Outcome | None) -> object:
        if isinstance(outcome, Unresolved):
            return outcome.problems[0].to_dict()
        return outcome and (outcome.reason, outcome.stack.rates, outcome.entered)

    parts = (determination.lines, determination.charges, determination.discounts)
    return [[plain(one) for one in part] for part in parts], determination.warnings


POOL = [
    rate(),
    rate("food", tax_categories=["food"], inclusive=None),
    rate("fr", country="FR"),
    us("us"),
    us("tied"),
    us("ca", state="CA", level="state"),
    rate("fixed", None, country="GB", amount_per_unit="1", currency="GBP"),
]
ADDRESSES = [
    None,
    *(Address(country=name) for name in ("DE", "FR", "US", "GB", "JP")),
    Address(country="US", state="CA"),
]


@st.composite
def invoices(draw: st.DrawFn) -> Invoice:
    address, flag = st.sampled_from(ADDRESSES), st.sampled_from((None, None, "inclusive", "exclusive"))
    own = st.sampled_from((None, None, None, (), ("vat",), ("none", "food")))
    lines = [
        line(
            id_=str(at),
            tax_category=draw(st.sampled_from((None, "food", "food.bread", "saas"))),
            tax_rates=draw(own),
            tax_behavior=draw(flag),
            ship_to=draw(st.none() | address),
            product=draw(st.sampled_from((None, "p1", "p2"))),
            entered_percent=draw(st.sampled_from((None, None, "5"))),
        )
        for at in range(draw(st.integers(1, 4)))
    ]
    customer = Customer(
        address=draw(address),
        tax_status=draw(st.sampled_from(("taxable", "taxable", "exempt", "reverseCharge"))),
        certificates=draw(st.sampled_from(((), (Certificate(country="DE", types=["valueAddedTax"]),)))),
    )
    held = draw(
        st.sampled_from(
            (None, None, [Registration(country="DE")], [Registration(country="FR", scheme="oss")])
        )
    )
    return Invoice(
        id="i",
        currency=draw(st.sampled_from(("EUR", "GBP"))),
        tax_date=DAY,
        lines=lines,
        customer=customer,
        merchant=Merchant(address=draw(address), registrations=held),
        tax_behavior=draw(flag),
        tax_rates=draw(own),
        sourcing=draw(st.sampled_from((None, "origin", "auto"))),
        charges=[Charge(amount="1", tax_category="saas")],
        discounts=[Discount(amount="1", tax_rates=["vat"])],
    )


@given(st.lists(invoices(), min_size=2, max_size=6), st.sampled_from(("error", "untaxed")))
def test_what_a_table_remembers_never_changes_an_answer(several: list[Invoice], missing_rate: str) -> None:
    warm = RateTable(POOL)
    for of in (*several, *several):
        fresh = determine(of, RateTable(POOL), missing_rate=missing_rate)
        assert shape(determine(of, warm, missing_rate=missing_rate)) == shape(fresh)


def test_equal_rates_keep_the_spelling_in_which_each_was_given() -> None:
    table = RateTable([])
    for text in ("0.19", "0.190"):
        own = rate("own", text)
        for of in (invoice_of(line(tax_rates=[own])), invoice_of(line(), tax_rates=[own])):
            outcome = determine(of, table).lines[0]
            assert str(outcome.stack.rates[0].percentage_decimal) == text  # type: ignore[union-attr]
    there = Customer(address=Address(country="DE"))
    for percent in ("5", "5.00"):
        of = invoice_of(line(tax_category="x", entered_percent=percent), customer=there)
        outcome = determine(of, table).lines[0]
        assert str(outcome.stack.rates[0].percentage_decimal) == "0.05"  # type: ignore[union-attr]


@given(invoices())
def test_the_callers_decimal_context_changes_nothing(of: Invoice) -> None:
    calm = shape(determine(of, RateTable(POOL)))
    with localcontext() as context:
        context.prec, context.Emax, context.Emin = 1, 1, -1
        context.clear_flags()  # those of earlier tests
        for trap in context.traps:
            context.traps[trap] = True
        assert shape(determine(of, RateTable(POOL))) == calm
        assert not any(context.flags.values())


# ---- the explanation ----


def told(determination: Determination) -> list[str]:
    return [verdict.text for verdict in trace(determination, 0)]


def test_a_line_tells_its_place_and_each_rate_with_the_nearest_first() -> None:
    rates = [
        us("ny", state="NY"),
        us("wide"),
        us("zip", jurisdiction="94105"),
        us("old", state="NY", valid_until=DAY),
        us("off", active=False),
        us("books", tax_categories=["books", "maps"]),
        rate("de"),
        us("code", jurisdiction_code="06"),
        us("within", when="intrastate"),
        us("far", jurisdiction="10001"),
        us("next", valid_from=date(2027, 1, 1)),
    ]
    assert told(asked(rates, SAN_FRANCISCO)) == [
        "place: US-CA 941051234, from customer.address",
        "zip: taken",
        "wide: lost to the more specific zip",
        "books: taxCategories: expected books, maps, got food.bread",
        "code: jurisdictionCode: expected 06, got none",
        "far: jurisdiction: expected 10001, got 941051234",
        "next: taxDate: expected from 2027-01-01 until further notice, got 2026-03-01",
        "ny: state: expected US-NY, got US-CA",
        "off: active: expected true, got false",
        "within: when: expected intrastate, got none",
        "old: taxDate: expected from ever until 2026-03-01, got 2026-03-01",
    ]


def test_verdicts_are_data_too() -> None:
    place, taken_, failed = trace(asked([us("us"), us("ny", state="NY")], SAN_FRANCISCO), 0)
    assert (place.kind, place.data) == ("place", {"place": "US-CA 941051234", "from": "customer.address"})
    assert (taken_.kind, taken_.data) == ("taken", {"taxRate": "us"})
    assert failed.data == {"taxRate": "ny", "test": "state", "expected": "US-NY", "got": "US-CA"}


def test_a_replaced_rate_and_an_exempted_one_say_so() -> None:
    rates = [
        rate("gst", country="CA", type="gst"),
        rate("hst", country="CA", type="hst", state="ON", replaces=["gst"]),
    ]
    exempt = Customer(address=Address(country="CA", state="ON"), certificates=[Certificate(types=["hst"])])
    of = invoice_of(line(tax_category="x"), customer=exempt)
    determination = determine(of, RateTable(rates))
    assert told(determination)[1:] == ["hst: the customer is exempt from it", "gst: replaced by hst"]
    assert determination.lines[0].reason == "customerExempt"  # type: ignore[union-attr]


def test_a_city_and_an_unregistered_type_say_what_was_expected() -> None:
    merchant = Merchant(registrations=[Registration(country="US", type="excise")])
    of = invoice_of(
        line(tax_category="x"), customer=Customer(address=Address(**SAN_FRANCISCO)), merchant=merchant
    )  # type: ignore[arg-type]
    assert told(determine(of, RateTable([us("a"), us("oakland", state="Oakland")])))[1:] == [
        "a: registrations: expected salesTax, got excise",
        "oakland: state: expected Oakland, got san francisco",
    ]


def test_rates_that_tie_are_told_as_such() -> None:
    assert told(asked([us("a"), us("b")], SAN_FRANCISCO))[1:] == [
        "a: nothing decides between it and another",
        "b: nothing decides between it and another",
    ]


def test_where_nothing_was_matched_nothing_is_told_of_rates() -> None:
    table = RateTable([rate()])
    named = invoice_of(line(tax_rates=["vat", rate("own")]))
    assert told(determine(named, table)) == ["vat: named on the line", "own: named on the line"]
    whole = invoice_of(line(), tax_rates=["vat"])
    assert told(determine(whole, table)) == ["vat: named on the invoice"]
    exempt = invoice_of(
        line(tax_category="x"), customer=Customer(tax_status="exempt", address=Address(country="DE"))
    )
    assert told(determine(exempt, table)) == []
    assert told(determine(invoice_of(line(tax_category="x")), table)) == []
    assert told(determine(invoice_of(line(tax_category="x"), customer=exempt.customer), None)) == []


def test_an_address_of_the_line_is_named_as_where_the_place_comes_from() -> None:
    there = Address(country="DE")
    table = RateTable([rate()])
    of = invoice_of(line(tax_category="x", ship_to=there, ship_from=there))
    assert told(determine(of, table))[0] == "place: DE, from shipTo"
    assert told(determine(of, table, sourcing="origin"))[0] == "place: DE, from shipFrom"
    plain = invoice_of(line(tax_category="x"), merchant=Merchant(address=there))
    assert told(determine(plain, table, sourcing="origin"))[0] == "place: DE, from merchant.address"


def test_an_explanation_is_bounded() -> None:
    rates = [us(f"z{at:03d}", jurisdiction=f"{at:05d}") for at in range(200)]
    assert len(told(asked(rates, SAN_FRANCISCO))) == MOST_VERDICTS + 1
    tied = [us(f"t{at:03d}") for at in range(60)]
    assert len(told(asked(tied, SAN_FRANCISCO))) == 61


def test_an_address_that_leaves_open_what_the_rates_ask_for_is_a_warning() -> None:
    gst = rate("gst", "0.05", country="CA", type="gst")
    qst = rate("qst", "0.09975", country="CA", type="qst", state="QC")
    local = rate("local", "0.01", country="CA", type="pst", state="BC", jurisdiction_code="J1")
    asked_for = {
        None: "rates of CA ask for state, which the address does not say: some may be missing",
        "Quebek": (
            "rates of CA quebek ask for state, which the address does not say; "
            "'quebek' is no state of CA: some may be missing"
        ),
        "BC": "rates of CA-BC ask for jurisdictions, which the address does not say: some may be missing",
        "QC": None,
    }
    for state, told in asked_for.items():
        sold = Line(id="1", amount="1", tax_category="x")
        customer = Customer(address=Address(country="CA", state=state))
        whole = Invoice(id="i", currency="CAD", tax_date=date(2026, 3, 1), customer=customer, lines=[sold])
        warnings = determine(whole, RateTable([gst, qst, local])).warnings
        expected = [] if told is None else [("incompleteAddress", f"lines[0]: {told}")]
        assert [(one.code, one.message) for one in warnings] == expected


def test_a_territory_that_postal_codes_decide_leaves_nothing_open_where_one_is_said() -> None:
    mainland = rate("pt", "0.23", country="PT")
    azores = rate("azores", "0.16", country="PT", state="20", replaces=["valueAddedTax"])
    table = RateTable([mainland, azores])
    told = "postalCode or state"
    assert table.unsaid(Address(country="PT").place, resolved=False) == [told]
    assert table.unsaid(Address(country="PT", postal_code="1000-001").place, resolved=False) == []
    assert table.unsaid(Address(country="PT", state="Lisboa").place, resolved=False) == []
    assert table.unsaid(Address(country="PT", postal_code="9500-100").place, resolved=False) == []
