"""First invoices: what a consumer pays in each country, province and territory, from the packs alone.

`EXPECTED` is one sale of 100.00 each, on 2026-11-22: where it goes, by which rates, and the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest

from taxengine import Address, Customer, Invoice, Line, Merchant, calculate
from taxengine.packs import available, load

EVERY = load(*available())
DAY = date(2026, 11, 22)


class Sale(NamedTuple):
    """A consumer's address, and what the sale bears: rates by their ids, the tax of 100.00, the reason."""

    address: Mapping[str, str]
    rates: str
    tax: str
    reason: str = "standardRated"
    origin: Mapping[str, str] | None = None
    warning: str = ""


# The percentages are those of the EU's own table: https://europa.eu/youreurope/business/taxation/vat/
MEMBERS = """AT 20 BE 21 BG 20 CY 19 CZ 21 DE 19 DK 25 EE 24 ES 21 FI 25.5 FR 20 GR 24 HR 25 HU 27 IE 23 IT 22
LT 21 LU 17 LV 21 MT 18 NL 21 PL 23 PT 23 RO 21 SE 25 SI 22 SK 23""".split()  # noqa: SIM905  # a table
CODES = {"AT": "1010", "GR": "104 31", "PT": "1000-001"}
"""Where postal codes decide between the country's rate and a territory's."""
OUTSIDE = "outsideScope"
ISLANDS = "rateCaution"

EXPECTED = [
    *(
        Sale(
            {"country": country, **({"postal_code": CODES[country]} if country in CODES else {})},
            f"eu-{country.lower()}-standard",
            percent,
        )
        for country, percent in zip(MEMBERS[::2], MEMBERS[1::2], strict=True)
    ),
    Sale({"country": "EL", "postal_code": "104 31"}, "eu-gr-standard", "24"),
    # Territories, each in the three spellings that it has.
    Sale({"country": "IC"}, "eu-es-canary-islands-igic", "7"),
    Sale({"country": "ES", "state": "CN"}, "eu-es-canary-islands-igic", "7"),
    Sale({"country": "ES", "postal_code": "38001"}, "eu-es-canary-islands-igic", "7"),
    Sale({"country": "ES", "state": "CE"}, "eu-es-ceuta", "0", OUTSIDE),
    Sale({"country": "ES", "postal_code": "51001"}, "eu-es-ceuta", "0", OUTSIDE),
    Sale({"country": "EA", "postal_code": "52001"}, "eu-es-melilla", "0", OUTSIDE),
    Sale({"country": "ES", "state": "Melilla"}, "eu-es-melilla", "0", OUTSIDE),
    Sale({"country": "AT", "postal_code": "6691"}, "eu-at-jungholz-mittelberg-standard", "19"),
    Sale({"country": "AT", "postal_code": "6993"}, "eu-at-jungholz-mittelberg-standard", "19"),
    Sale({"country": "PT", "state": "20"}, "eu-pt-azores-standard", "16"),
    Sale({"country": "PT", "postal_code": "9500-101"}, "eu-pt-azores-standard", "16"),
    Sale({"country": "PT", "state": "Madeira"}, "eu-pt-madeira-standard", "22"),
    Sale({"country": "PT", "postal_code": "9000-001"}, "eu-pt-madeira-standard", "22"),
    *(Sale({"country": cc}, f"eu-{cc.lower()}-standard", "8.5") for cc in ("GP", "MQ", "RE")),
    Sale({"country": "FR", "postal_code": "97110"}, "eu-gp-standard", "8.5"),
    Sale({"country": "FR", "state": "MQ"}, "eu-mq-standard", "8.5"),
    Sale({"country": "FR", "postal_code": "97400"}, "eu-re-standard", "8.5"),
    Sale({"country": "GF"}, "eu-gf", "0", OUTSIDE),
    Sale({"country": "FR", "postal_code": "97300"}, "eu-gf", "0", OUTSIDE),
    Sale({"country": "YT"}, "eu-yt", "0", OUTSIDE),
    Sale({"country": "FR", "postal_code": "97600"}, "eu-yt", "0", OUTSIDE),
    Sale({"country": "GR", "postal_code": "811 00", "state": "L"}, "eu-gr-islands-standard", "17",
         origin={"country": "GR", "postal_code": "85300", "state": "L"}, warning=ISLANDS),
    Sale({"country": "GR", "postal_code": "811 00"}, "eu-gr-standard", "24", origin={"country": "DE"}),
    Sale({"country": "GR", "postal_code": "811 00", "state": "L"}, "eu-gr-standard", "24",
         origin={"country": "GR", "postal_code": "10431", "state": "I"}),
    Sale({"country": "GR", "postal_code": "85302", "state": "L"}, "eu-gr-islands-standard", "17",
         origin={"country": "GR", "postal_code": "85300", "state": "L"}, warning=ISLANDS),
    Sale({"country": "GR", "postal_code": "85302"}, "eu-gr-standard", "24", origin={"country": "DE"}),
    Sale({"country": "GR", "postal_code": "85302", "state": "L"}, "eu-gr-standard", "24",
         origin={"country": "GR", "postal_code": "10431", "state": "I"}),
    Sale({"country": "GR", "postal_code": "85303", "state": "L"}, "eu-gr-border-islands-standard", "17",
         origin={"country": "GR", "postal_code": "85300", "state": "L"}, warning=ISLANDS),
    Sale({"country": "GR", "postal_code": "85303"}, "eu-gr-standard", "24", origin={"country": "DE"}),
    Sale({"country": "GR", "postal_code": "85303", "state": "L"}, "eu-gr-standard", "24",
         origin={"country": "GR", "postal_code": "10431", "state": "I"}),
    Sale({"country": "GR", "postal_code": "63086"}, "eu-gr-mount-athos", "0", OUTSIDE),
    Sale({"country": "GR", "state": "69"}, "eu-gr-mount-athos", "0", OUTSIDE),
    Sale({"country": "IT", "postal_code": "23041"}, "eu-it-livigno", "0", OUTSIDE),
    Sale({"country": "IT", "postal_code": "23030", "city": "Livigno"}, "eu-it-livigno", "0", OUTSIDE),
    Sale({"country": "IT", "postal_code": "23030", "city": "Valfurva"}, "eu-it-standard", "22"),
    Sale({"country": "IT", "postal_code": "22061"}, "eu-it-campione", "0", OUTSIDE),
    Sale({"country": "DE", "postal_code": "78266"}, "eu-de-buesingen", "0", OUTSIDE),
    Sale({"country": "DE", "postal_code": "27498"}, "eu-de-heligoland", "0", OUTSIDE),
    Sale({"country": "AX"}, "eu-ax", "0", OUTSIDE),
    Sale({"country": "FI", "postal_code": "22100"}, "eu-ax", "0", OUTSIDE),
    Sale({"country": "MC", "postal_code": "98000"}, "eu-fr-standard", "20"),
    Sale({"country": "IM", "postal_code": "IM1 1AA"}, "gb-standard", "20"),
    Sale({"country": "GB", "postal_code": "BT1 5GS"}, "gb-standard", "20"),
    Sale({"country": "GB", "state": "NIR"}, "gb-standard", "20"),
    # Beside the Union.
    Sale({"country": "GB", "postal_code": "SW1A 1AA"}, "gb-standard", "20"),
    Sale({"country": "UK"}, "gb-standard", "20"),
    Sale({"country": "CH"}, "ch-standard", "8.1"),
    Sale({"country": "LI"}, "li-standard", "8.1"),
    Sale({"country": "NO"}, "no-standard", "25"),
    Sale({"country": "IS"}, "is-standard", "24"),
    # Canada, each province and territory.
    *(Sale({"country": "CA", "state": state}, "ca-gst", "5") for state in ("AB", "NT", "NU", "YT")),
    Sale({"country": "CA", "state": "ON"}, "ca-on-hst", "13"),
    Sale({"country": "CA", "state": "NB"}, "ca-nb-hst", "15"),
    Sale({"country": "CA", "state": "NL"}, "ca-nl-hst", "15"),
    Sale({"country": "CA", "state": "PE"}, "ca-pe-hst", "15"),
    Sale({"country": "CA", "state": "Nova Scotia"}, "ca-ns-hst", "14"),
    Sale({"country": "CA", "state": "BC"}, "ca-gst ca-bc-pst", "12"),
    Sale({"country": "CA", "state": "SK"}, "ca-gst ca-sk-pst", "11"),
    Sale({"country": "CA", "state": "MB"}, "ca-gst ca-mb-rst", "12"),
    Sale({"country": "CA", "state": "Québec"}, "ca-gst ca-qc-qst", "14.98"),
    Sale({"country": "CA", "state": "PEI"}, "ca-pe-hst", "15"),
    # India.
    Sale({"country": "IN", "state": "MH"}, "in-cgst-standard in-sgst-standard", "18",
         origin={"country": "IN", "state": "Maharashtra"}),
    Sale({"country": "IN", "state": "MH"}, "in-igst-standard", "18", origin={"country": "IN", "state": "KA"}),
    Sale({"country": "IN", "state": "MH"}, "in-igst-standard", "18", origin={"country": "SG"}),
    # One rate each.
    Sale({"country": "AU"}, "au-gst", "10"),
    Sale({"country": "NZ"}, "nz-gst", "15"),
    Sale({"country": "SG"}, "sg-gst", "9"),
    Sale({"country": "AE"}, "ae-standard", "5"),
    Sale({"country": "SA"}, "sa-standard", "15"),
    Sale({"country": "ZA"}, "za-standard", "15"),
    Sale({"country": "JP"}, "jp-standard", "10"),
    # The United States: the states alone, and said to be.
    Sale({"country": "US", "state": "CA"}, "us-ca", "7.25", warning="rateCaution"),
    Sale({"country": "US", "state": "Massachusetts"}, "us-ma", "6.25"),
    Sale({"country": "US", "state": "NH"}, "us-nh", "0", OUTSIDE),
    Sale({"country": "US", "state": "AK"}, "us-ak", "0", OUTSIDE, warning="rateCaution"),
]  # fmt: skip


def spelt(sale: Sale) -> str:
    where = " ".join(sale.address.values())
    return where if sale.origin is None else f"{where} from {' '.join(sale.origin.values())}"


def sold(sale: Sale, category: str = "homeware", tax_behavior: str = "exclusive") -> Invoice:
    return Invoice(
        id="1",
        currency="EUR",
        tax_date=DAY,
        tax_behavior=tax_behavior,  # type: ignore[arg-type]
        merchant=None if sale.origin is None else Merchant(address=Address(**sale.origin)),
        customer=Customer(address=Address(**sale.address)),
        lines=[Line(id="1", tax_category=category, amount="100.00")],
    )


@pytest.mark.parametrize("sale", EXPECTED, ids=spelt)
def test_a_consumers_invoice_bears_the_right_tax_and_says_why(sale: Sale) -> None:
    done = calculate(sold(sale), EVERY)
    (line,) = done.lines
    assert [row.rate.id for row in done.taxes] == sale.rates.split()
    assert (line.tax, line.reason.value) == (Decimal(sale.tax).quantize(Decimal("0.01")), sale.reason)
    assert [notice.code for notice in done.warnings] == ([sale.warning] if sale.warning else [])
    codes = {row.to_dict()["vatCategoryCode"] for row in done.taxes}
    assert codes == {code_of(sale)}


VAT = ("eu-", "gb-", "ch-", "li-", "no-", "is-", "ae-", "sa-", "za-")


def code_of(sale: Sale) -> str | None:
    """The code of EN 16931: L is IGIC, O outside the scope, S at the standard rate of a VAT."""
    if sale.rates == "eu-es-canary-islands-igic":
        return "L"
    return None if not sale.rates.startswith(VAT) else "O" if sale.reason == OUTSIDE else "S"


@pytest.mark.parametrize("sale", EXPECTED, ids=spelt)
def test_a_price_with_its_tax_is_taxed_by_the_same_rates(sale: Sale) -> None:
    done = calculate(sold(sale, tax_behavior="inclusive"), EVERY)
    assert done.totals.gross == 100
    assert [row.rate.id for row in done.taxes] == sale.rates.split()


@pytest.mark.parametrize(
    ("country", "category", "percent"),
    [
        ("DE", "reduced", "7"),
        ("FR", "superReduced", "2.1"),
        ("FR", "reduced1", "5.5"),
        ("IE", "parking", "13.5"),
        ("SE", "reduced2.food", "12"),
        ("GB", "reduced", "5"),
        ("CH", "reduced1", "2.6"),
        ("JP", "reduced", "8"),
        ("NO", "reduced2", "15"),
    ],
)
def test_a_class_named_as_the_tax_category_bears_its_rate(country: str, category: str, percent: str) -> None:
    done = calculate(sold(Sale({"country": country}, "", ""), category), EVERY)
    assert done.totals.tax == Decimal(percent)
    assert done.lines[0].reason.value == "reducedRated"


@pytest.mark.parametrize(("slab", "percent"), [("slab5", "5"), ("slab40", "40")])
def test_the_halves_of_a_slab_are_equal(slab: str, percent: str) -> None:
    within = Sale({"country": "IN", "state": "KA"}, "", "", origin={"country": "IN", "state": "KA"})
    done = calculate(sold(within, slab), EVERY)
    first, second = done.taxes
    assert first.tax == second.tax == Decimal(percent) / 2
    across = Sale({"country": "IN", "state": "KA"}, "", "", origin={"country": "IN", "state": "MH"})
    assert calculate(sold(across, slab), EVERY).totals.tax == Decimal(percent)
