"""Businesses: a merchant in Berlin who reports to the one-stop shop, and merchants abroad, from packs alone.

Articles are those of Council Directive 2006/112/EC; the rules are tested by themselves in the core's tests,
and here with the rates that ship: rate, reason and category code (EN 16931) of one sale of 100.00.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest

from taxengine import Address, Customer, Invoice, Line, Merchant, Registration, TaxId, calculate
from taxengine.packs import available, load
from tests.packs.test_first_invoices import CODES, MEMBERS

EVERY = load(*available())
BERLIN = {"country": "DE", "postal_code": "10115"}
PERCENT = dict(zip(MEMBERS[::2], MEMBERS[1::2], strict=True))
OTHERS = [one for one in PERCENT if one != "DE"]
SHOP = [Registration(country="DE"), Registration(country="DE", scheme="oss")]


class Got(NamedTuple):
    """The rates of a sale, its tax, its reason and its category codes."""

    rates: str
    tax: str
    reason: str
    code: str | None


def at(country: str, **more: str) -> dict[str, str]:
    """An address in the country, with the postal code that tells it from its territories."""
    return {"country": country, **({"postal_code": CODES[country]} if country in CODES else {}), **more}


def sold(
    to: Mapping[str, str],
    kind: str,
    vat_id: str | None = None,
    *,
    by: Mapping[str, str] = BERLIN,
    registered: Sequence[Registration] | None = SHOP,
) -> Got:
    buyer = Customer(
        address=Address(**to), tax_ids=[] if vat_id is None else [TaxId(type="eu_vat", value=vat_id)]
    )
    invoice = Invoice(
        id="1",
        currency="EUR",
        tax_date=date(2026, 11, 22),
        tax_behavior="exclusive",
        sourcing="auto",
        merchant=Merchant(address=Address(**by), registrations=registered),
        customer=buyer,
        lines=[Line(id="1", tax_category="homeware", amount="100.00", kind=kind)],  # type: ignore[arg-type]
    )
    done = calculate(invoice, EVERY)
    (line,) = done.lines
    codes = {row.to_dict()["vatCategoryCode"] for row in done.taxes}
    rates = " ".join(row.rate.id or "-" for row in done.taxes)
    (code,) = codes
    return Got(rates, f"{line.tax.normalize():f}", line.reason.value, code)  # type: ignore[arg-type]


def standard(country: str) -> Got:
    return Got(f"eu-{country.lower()}-standard", PERCENT[country], "standardRated", "S")


@pytest.mark.parametrize("country", OTHERS)
def test_consumers_in_the_union(country: str) -> None:
    """Article 33(a): distance sales of goods; article 45: services; article 58: digital services."""
    assert sold(at(country), "goods") == standard(country)
    assert sold(at(country), "service") == standard("DE")
    assert sold(at(country), "digital") == standard(country)


@pytest.mark.parametrize("country", OTHERS)
def test_businesses_in_the_union(country: str) -> None:
    """Article 138: exempt, and taxed as the customer's acquisition; articles 44 and 196: reverse charge."""
    vat_id = f"{'EL' if country == 'GR' else country}123456789"
    assert sold(at(country), "goods", vat_id) == Got("-", "0", "reverseCharge", "K")
    for kind in ("service", "digital"):
        assert sold(at(country), kind, vat_id) == Got("-", "0", "reverseCharge", "AE")


@pytest.mark.parametrize("country", PERCENT)
def test_a_business_in_the_merchants_own_country_pays_its_rate(country: str) -> None:
    vat_id = f"{'EL' if country == 'GR' else country}123456789"
    own = [Registration(country=country)]
    for kind in ("goods", "service", "digital"):
        assert sold(at(country), kind, vat_id, by=at(country), registered=own) == standard(country)


@pytest.mark.parametrize(
    "to",
    [
        *({"country": country} for country in ("CH", "LI", "NO", "IS", "GB", "AU", "NZ", "JP", "SG", "ZA")),
        {"country": "US", "state": "NY"},
        {"country": "CA", "state": "ON"},
        {"country": "IN", "state": "MH"},
        *({"country": country} for country in ("IC", "GP", "MQ", "RE", "GF", "YT", "AX")),
        {"country": "ES", "state": "CE"},
        {"country": "ES", "postal_code": "52001"},
        {"country": "DE", "postal_code": "78266"},
        {"country": "DE", "postal_code": "27498"},
        {"country": "IT", "postal_code": "23041"},
        {"country": "IT", "postal_code": "22061"},
        {"country": "GR", "postal_code": "63086"},
    ],
    ids=lambda to: " ".join(to.values()),
)
def test_goods_that_leave_the_vat_area_are_exports(to: Mapping[str, str]) -> None:
    """Article 146(1): also where the territory is a member state's."""
    assert sold(to, "goods") == Got("-", "0", "zeroRated", "G")


@pytest.mark.parametrize(
    ("to", "rate", "percent"),
    [
        ({"country": "MC"}, "eu-fr-standard", "20"),
        ({"country": "PT", "state": "20"}, "eu-pt-azores-standard", "16"),
        ({"country": "PT", "postal_code": "9000-001"}, "eu-pt-madeira-standard", "22"),
        ({"country": "AT", "postal_code": "6691"}, "eu-at-jungholz-mittelberg-standard", "19"),
        ({"country": "GB", "state": "NIR"}, "gb-standard", "20"),
    ],
    ids=lambda one: " ".join(one.values()) if isinstance(one, dict) else "",
)
def test_consumers_in_territories_of_the_vat_area(to: Mapping[str, str], rate: str, percent: str) -> None:
    """Article 7 for Monaco, article 105 for the Azores and Madeira; the Windsor Framework for goods."""
    assert sold(to, "goods") == Got(rate, percent, "standardRated", "S")


@pytest.mark.parametrize(
    ("by", "to", "rates", "percent", "code"),
    [
        ("GB", {"country": "GB"}, "gb-standard", "20", "S"),
        ("CH", {"country": "CH"}, "ch-standard", "8.1", "S"),
        ("NO", {"country": "NO"}, "no-standard", "25", "S"),
        ("AU", {"country": "AU"}, "au-gst", "10", None),
        ("NZ", {"country": "NZ"}, "nz-gst", "15", None),
        ("JP", {"country": "JP"}, "jp-standard", "10", None),
        ("CA", {"country": "CA", "state": "AB"}, "ca-gst", "5", None),
        ("CA", {"country": "CA", "state": "NT"}, "ca-gst", "5", None),
        ("CA", {"country": "CA", "state": "NU"}, "ca-gst", "5", None),
        ("CA", {"country": "CA", "state": "YT"}, "ca-gst", "5", None),
        ("CA", {"country": "CA", "state": "ON"}, "ca-on-hst", "13", None),
        ("CA", {"country": "CA", "state": "NB"}, "ca-nb-hst", "15", None),
        ("CA", {"country": "CA", "state": "NL"}, "ca-nl-hst", "15", None),
        ("CA", {"country": "CA", "state": "PE"}, "ca-pe-hst", "15", None),
        ("CA", {"country": "CA", "state": "NS"}, "ca-ns-hst", "14", None),
        ("CA", {"country": "CA", "state": "BC"}, "ca-gst ca-bc-pst", "12", None),
        ("CA", {"country": "CA", "state": "SK"}, "ca-gst ca-sk-pst", "11", None),
        ("CA", {"country": "CA", "state": "MB"}, "ca-gst ca-mb-rst", "12", None),
        ("CA", {"country": "CA", "state": "QC"}, "ca-gst ca-qc-qst", "14.98", None),
        ("IN", {"country": "IN", "state": "KA"}, "in-cgst-standard in-sgst-standard", "18", None),
        ("IN", {"country": "IN", "state": "MH"}, "in-igst-standard", "18", None),
    ],
    ids=lambda one: " ".join(one.values()) if isinstance(one, dict) else "",
)  # fmt: skip
def test_a_business_beside_the_union_pays_what_a_consumer_does(
    by: str, to: Mapping[str, str], rates: str, percent: str, code: str | None
) -> None:
    """It deducts the tax itself; none of these laws takes it off a domestic invoice to a business."""
    states = {"CA": {"state": "ON"}, "IN": {"state": "KA"}}
    seller = {"country": by, **states.get(by, {})}
    business = sold(to, "goods", f"{by}123456789", by=seller, registered=None)
    assert business == sold(to, "goods", by=seller, registered=None)
    assert business == Got(rates, percent, "standardRated", code)
    assert Decimal(business.tax) > 0


EXEMPT, CHARGED = Got("-", "0", "reverseCharge", "K"), Got("-", "0", "reverseCharge", "AE")
EXPORT, OUTSIDE = Got("-", "0", "zeroRated", "G"), Got("-", "0", "outsideScope", "O")


@pytest.mark.parametrize(
    ("to", "vat_id", "goods", "service"),
    [
        ({"country": "PT", "state": "20"}, "PT123456789", EXEMPT, CHARGED),
        ({"country": "PT", "postal_code": "9000-001"}, "PT123456789", EXEMPT, CHARGED),
        ({"country": "AT", "postal_code": "6691"}, "ATU12345678", EXEMPT, CHARGED),
        ({"country": "AT", "postal_code": "6992"}, "ATU12345678", EXEMPT, CHARGED),
        ({"country": "GR", "postal_code": "85300"}, "EL123456789", EXEMPT, CHARGED),
        ({"country": "MC"}, "FR12345678901", EXEMPT, CHARGED),
        ({"country": "GB", "state": "NIR"}, "XI123456789", EXEMPT, OUTSIDE),
        ({"country": "IM"}, "GB123456789", EXPORT, OUTSIDE),
        *(
            (to, vat_id, EXPORT, OUTSIDE)
            for to, vat_id in [
                ({"country": "IC"}, "ESB12345678"),
                ({"country": "ES", "state": "CE"}, "ESB12345678"),
                ({"country": "ES", "postal_code": "52001"}, "ESB12345678"),
                ({"country": "GP"}, "FR12345678901"),
                ({"country": "MQ"}, "FR12345678901"),
                ({"country": "RE"}, "FR12345678901"),
                ({"country": "GF"}, "FR12345678901"),
                ({"country": "YT"}, "FR12345678901"),
                ({"country": "AX"}, "FI12345678"),
                ({"country": "DE", "postal_code": "78266"}, "DE123456789"),
                ({"country": "DE", "postal_code": "27498"}, "DE123456789"),
                ({"country": "IT", "postal_code": "23041"}, "IT12345678901"),
                ({"country": "IT", "postal_code": "22061"}, "IT12345678901"),
                ({"country": "GR", "postal_code": "63086"}, "EL123456789"),
            ]
        ),
    ],
    ids=lambda one: " ".join(one.values()) if isinstance(one, dict) else "",
)
def test_businesses_in_territories(to: Mapping[str, str], vat_id: str, goods: Got, service: Got) -> None:
    """Articles 138 and 44 within the VAT area (article 7, the Windsor Framework), 146 and 44 beyond."""
    assert sold(to, "goods", vat_id) == goods
    for kind in ("service", "digital"):
        assert sold(to, kind, vat_id) == service


@pytest.mark.parametrize(
    ("by", "to", "goods", "service"),
    [
        ({"country": "PT", "postal_code": "1000-001"}, {"country": "PT", "state": "20"},
         Got("eu-pt-azores-standard", "16", "standardRated", "S"), None),
        ({"country": "PT", "state": "30"}, {"country": "PT", "state": "30"},
         Got("eu-pt-madeira-standard", "22", "standardRated", "S"), None),
        ({"country": "AT", "postal_code": "1010"}, {"country": "AT", "postal_code": "6691"},
         Got("eu-at-jungholz-mittelberg-standard", "19", "standardRated", "S"), None),
        ({"country": "FR", "postal_code": "75001"}, {"country": "MC"},
         Got("eu-fr-standard", "20", "standardRated", "S"), None),
        ({"country": "RE"}, {"country": "RE"}, Got("eu-re-standard", "8.5", "standardRated", "S"), None),
        ({"country": "GB", "postal_code": "SW1A 1AA"}, {"country": "GB", "state": "NIR"},
         Got("gb-standard", "20", "standardRated", "S"), None),
        ({"country": "IC"}, {"country": "IC"},
         Got("eu-es-canary-islands-igic", "7", "standardRated", "L"), None),
        ({"country": "ES", "postal_code": "28001"}, {"country": "IC"}, EXPORT, OUTSIDE),
    ],
    ids=lambda one: " ".join(one.values()) if isinstance(one, dict) else "",
)  # fmt: skip
def test_a_business_in_a_territory_buys_in_its_country(
    by: Mapping[str, str], to: Mapping[str, str], goods: Got, service: Got | None
) -> None:
    """Ley 20/1991 (IGIC) in the Canary Islands, article 105 and its country's law in the others."""
    own = [Registration(country=by["country"])]
    assert sold(to, "goods", f"{by['country']}123456789", by=by, registered=own) == goods
    assert sold(to, "service", f"{by['country']}123456789", by=by, registered=own) == (service or goods)
