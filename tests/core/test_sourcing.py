"""Sourcing: which address decides, and what is said where none does."""

from __future__ import annotations

from datetime import date

import pytest

from taxengine.core.determination import NotTaxed, Taxed, Unresolved
from taxengine.core.errors import Problem
from taxengine.core.invoice import Invoice, Line, Sourcing
from taxengine.core.matching import determine
from taxengine.core.parties import Customer, Merchant, Registration
from taxengine.core.place import Address
from taxengine.core.sourcing import destination, origin, trade
from taxengine.core.table import RateTable
from tests.core.samples import DAY, line, rate
from tests.core.samples import invoice as invoice_of

COUNTRIES = ("DE", "FR", "IT", "US", "GB")
TABLE = RateTable([rate(country.lower(), country=country) for country in COUNTRIES])


def place(country: str) -> Address:
    return Address(country=country)


def sold(
    to: str | None,
    by: str | None = None,
    *,
    registered: list[Registration] | None = None,
    sourcing: Sourcing | None = None,
    on: date = DAY,
    own: Line | None = None,
) -> str:
    """What became of a sale: the id of its rate, the reason why there is none, or the code of its problem."""
    of = Invoice(
        id="i",
        currency="EUR",
        tax_date=on,
        lines=[own or line(tax_category="books")],
        customer=Customer(address=to and place(to)) if to else None,
        merchant=Merchant(address=by and place(by), registrations=registered) if by or registered else None,
        sourcing=sourcing,
    )
    outcome = determine(of, TABLE).lines[0]
    if isinstance(outcome, Taxed):
        return outcome.stack.rates[0].id or ""
    return outcome.reason.value if isinstance(outcome, NotTaxed) else outcome.problems[0].code


def test_a_line_goes_where_it_is_shipped_else_to_the_customer() -> None:
    of = invoice_of(line(), customer=Customer(address=place("DE")))
    assert destination(of, None) == place("DE")
    assert destination(of, line(ship_to=place("FR"))) == place("FR")
    assert destination(invoice_of(line()), line()) is None


def test_a_line_comes_from_where_it_is_shipped_else_from_the_merchant() -> None:
    of = invoice_of(line(), merchant=Merchant(address=place("DE")))
    assert origin(of, line()) == place("DE")
    assert origin(of, line(ship_from=place("FR"))) == place("FR")
    assert origin(invoice_of(line(), merchant=Merchant()), None) is None


def test_the_destination_decides_unless_the_origin_is_asked_for() -> None:
    assert sold("DE", "FR") == "de"
    assert sold("DE", "FR", sourcing="destination") == "de"
    assert sold("DE", "FR", sourcing="origin") == "fr"
    both = line(tax_category="x", ship_to=place("IT"), ship_from=place("GB"))
    assert sold("DE", "FR", own=both) == "it"
    assert sold("DE", "FR", own=both, sourcing="origin") == "gb"


def missing(sourcing: Sourcing) -> Problem:
    outcome = determine(invoice_of(line(tax_category="x")), TABLE, sourcing=sourcing).lines[0]
    assert isinstance(outcome, Unresolved)
    return outcome.problems[0]


def test_a_missing_address_is_named() -> None:
    to, by = missing("destination"), missing("origin")
    assert (to.code, to.path) == (by.code, by.path) == ("missingAddress", "lines[0]")
    assert to.message == (
        "lines[0]: expected the address of the destination, got neither customer.address nor a shipTo"
    )
    assert by.hint == "add merchant.address, or a shipFrom on the line"


@pytest.mark.parametrize(
    ("to", "by", "expected"),
    [
        (Address(country="IN", state="MH"), Address(country="IN", state="Maharashtra"), "intrastate"),
        (Address(country="GI", state="West"), Address(country="GI", state="WEST"), "intrastate"),
        (Address(country="IN", state="MH"), Address(country="IN", state="KA"), "interstate"),
        (Address(country="IN", state="MH"), Address(country="DE"), "interstate"),
        (Address(country="IN", state="MH"), Address(country="IN"), None),
        (Address(country="IN"), Address(country="IN", state="MH"), None),
        (Address(country="IN", state="TN"), Address(country="IN", state="Tamilnadu"), None),
        (Address(country="IN", state="Maharastra"), Address(country="IN", state="Maharastra"), None),
        (Address(country="IN", state="27"), Address(country="IN", state="MH"), None),
        (Address(country="IN", state="Tamilnadu"), Address(country="SG"), "interstate"),
        (Address(country="GI", state="West"), Address(country="GI", state="East"), "interstate"),
        (Address(country="IN", state="Delhi"), Address(country="IN", state="New Delhi"), "intrastate"),
        (Address(country="IN"), None, None),
        (None, Address(country="IN"), None),
    ],
)
def test_trade_is_within_a_state_between_two_or_not_known(
    to: Address | None, by: Address | None, expected: str | None
) -> None:
    assert trade(to and to.place, by and by.place) == expected


# ---- a sale across a border within the EU (calculation.md section 5, notCollecting) ----

GERMAN, FRENCH, BRITISH = (Registration(country=country) for country in ("DE", "FR", "GB"))
OSS = Registration(country="DE", scheme="oss")


@pytest.mark.parametrize(
    ("to", "by", "registered", "expected"),
    [
        ("DE", "DE", [GERMAN], "de"),
        ("FR", "DE", [GERMAN], "de"),
        ("FR", "IT", [GERMAN], "placeOfSupplyNeeded"),
        ("FR", None, [GERMAN], "placeOfSupplyNeeded"),
        ("FR", "DE", [GERMAN, FRENCH], "fr"),
        ("FR", "DE", [OSS], "fr"),
        ("FR", None, [OSS], "fr"),
        ("DE", None, [GERMAN], "de"),
        ("FR", "US", [GERMAN], "notCollecting"),
        ("US", "DE", [GERMAN], "notCollecting"),
        ("US", None, [GERMAN], "notCollecting"),
        ("FR", "FR", [GERMAN], "notCollecting"),
        ("FR", "DE", [BRITISH], "notCollecting"),
        ("FR", "DE", None, "fr"),
    ],
    ids=[
        "at home",
        "across, below the threshold",
        "across, from where the merchant is not registered",
        "from nowhere known",
        "registered there",
        "one-stop shop",
        "one-stop shop from nowhere",
        "registered where it goes",
        "from outside",
        "to outside",
        "to outside from nowhere",
        "within another",
        "not registered in the EU",
        "registrations not stated",
    ],
)
def test_a_sale_across_a_border_of_the_eu(
    to: str, by: str | None, registered: list[Registration] | None, expected: str
) -> None:
    assert sold(to, by, registered=registered) == expected


def test_where_the_origin_is_asked_for_the_border_does_not_matter() -> None:
    assert sold("FR", "DE", registered=[GERMAN], sourcing="origin") == "de"
    assert sold("FR", "IT", registered=[GERMAN], sourcing="origin") == "notCollecting"


def test_great_britain_was_a_member_state_until_it_left() -> None:
    assert sold("GB", "DE", registered=[GERMAN], on=date(2020, 12, 31)) == "de"
    assert sold("GB", "DE", registered=[GERMAN], on=date(2021, 1, 1)) == "notCollecting"
    assert sold("DE", "GB", registered=[GERMAN, BRITISH], on=date(2020, 12, 31)) == "de"


def test_northern_ireland_is_no_border_that_goods_cross_unasked() -> None:
    northern = line(tax_category="x", ship_to=Address(country="GB", state="NIR"))
    assert sold("FR", "DE", registered=[GERMAN], own=northern) == "placeOfSupplyNeeded"
    goods = line(tax_category="x", kind="goods", ship_to=Address(country="GB", postal_code="BT1 1AA"))
    assert sold("FR", "DE", registered=[GERMAN], own=goods) == "de"
    service = line(tax_category="x", kind="service", ship_to=Address(country="GB", state="NIR"))
    assert sold("FR", "DE", registered=[GERMAN], own=service) == "notCollecting"


def test_a_registration_counts_on_the_tax_date_alone() -> None:
    ended = Registration(country="DE", valid_until=DAY)
    assert sold("FR", "DE", registered=[ended]) == "notCollecting"
    later = Registration(country="FR", valid_from=date(2027, 1, 1))
    assert sold("FR", "DE", registered=[GERMAN, later]) == "de"


@pytest.mark.parametrize(
    ("by", "hint"),
    [
        (
            None,
            "add merchant.address or a shipFrom; or a registration of the destination, or scheme oss",
        ),
        ("IT", "add a registration of IT; or state the taxRates that apply"),
    ],
)
def test_what_would_decide_such_a_sale_is_said(by: str | None, hint: str) -> None:
    merchant = Merchant(address=by and place(by), registrations=[GERMAN])
    of = invoice_of(line(tax_category="x"), customer=Customer(address=place("FR")), merchant=merchant)
    outcome = determine(of, TABLE).lines[0]
    assert isinstance(outcome, Unresolved)
    assert outcome.problems[0].hint == hint
