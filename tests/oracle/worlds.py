"""Worlds: places with rates that match there, for lines that name a tax category only.

Each world is a country as a merchant would keep it: what usually matches, what shadows it, and now and then a
pair that ties.
"""

from random import Random
from typing import Any

from tests.oracle.texts import percentage, pick

Document = dict[str, Any]


def rate(rate_id: str, country: str, tax_type: str, text: str, **fields: Any) -> Document:
    """A rate that is exclusive unless said."""
    return {
        "id": rate_id,
        "country": country,
        "type": tax_type,
        "percentageDecimal": text,
        "inclusive": False,
        **fields,
    }


CATEGORIES = ("food", "food.bread", "saas", "clothing", "books")

US_ADDRESSES = (
    {"country": "US", "state": "CA", "city": "San Francisco", "county": "San Francisco",
     "postalCode": "94105", "jurisdictions": ["J1", "J2"]},
    {"country": "US", "state": "California", "city": "Los Angeles", "county": "Los Angeles",
     "postalCode": "90012-1234", "jurisdictions": ["J2"]},
    {"country": "US", "state": "us-ny", "city": "New York", "county": "New York", "postalCode": "10001"},
    {"country": "US", "state": "TX", "city": "austin", "county": "Travis", "postalCode": "787011234"},
    {"country": "US", "state": "CA", "postalCode": "94117"},
)  # fmt: skip
CA_ADDRESSES = (
    {"country": "CA", "state": "QC", "city": "Montreal", "postalCode": "H2X 1Y4"},
    {"country": "CA", "state": "Ontario", "city": "Ottawa", "postalCode": "K1A-0B1"},
    {"country": "CA", "state": "CA-BC", "postalCode": "v5k0a1"},
    {"country": "CA", "state": "AB"},
)
EU_ADDRESSES = (
    {"country": "DE", "postalCode": "10115", "city": "Berlin"},
    {"country": "DE", "postalCode": "27498"},
    {"country": "FR", "postalCode": "75001"},
    {"country": "ES", "postalCode": "35001"},
    {"country": "ES", "postalCode": "28013"},
)
IN_ADDRESSES = (
    {"country": "IN", "state": "MH", "postalCode": "400001"},
    {"country": "IN", "state": "Karnataka", "postalCode": "560001"},
    {"country": "IN", "state": "IN-MH"},
)
GB_ADDRESSES = (
    {"country": "GB", "postalCode": "E1 6AN"},
    {"country": "GB", "postalCode": "E10 5NP"},
    {"country": "GB", "postalCode": "b1 1aa"},
    {"country": "GB", "postalCode": "BT1 1AA"},
)
JP_ADDRESSES = ({"country": "JP", "postalCode": "100-0001"}, {"country": "JP", "postalCode": "600-8216"})


def us_levels(rng: Random) -> list[Document]:
    """State, county, city and districts, each a level of its own."""
    rates = [
        rate("ca-state", "US", "salesTax", "0.0725", state="CA", level="state"),
        rate("ny-state", "US", "salesTax", "0.04", state="New York", level="state", inclusive=None),
        rate("tx-state", "US", "salesTax", "0.0625", state="US-TX", level="state"),
        rate("la-county", "US", "salesTax", "0.0025", state="los angeles", level="county"),
        rate("sf-city", "US", "salesTax", percentage(rng), state="San Francisco", level="city"),
        rate("d1", "US", "salesTax", "0.005", level="district", jurisdictionCode="J1"),
        rate("d2", "US", "salesTax", percentage(rng), level="district", jurisdictionCode="J2"),
        rate(
            "z1",
            "US",
            "salesTax",
            percentage(rng),
            level="district",
            jurisdictionCode="Z1",
            jurisdiction="10001, 94117-0000",
            byPostalCode=True,
        ),
        rate(
            "z2",
            "US",
            "salesTax",
            "0.003",
            level="district",
            jurisdictionCode="Z2",
            jurisdiction="78701-1000..78701-2000",
            byPostalCode=True,
        ),
        rate("country", "US", "salesTax", "0", level="country"),
    ]
    if rng.random() < 0.3:
        rates.append(rate("ca-food", "US", "salesTax", "0", state="CA", level="state", treatment="exempt",
                          taxCategories=["food"], overridesPlace=True))  # fmt: skip
    if rng.random() < 0.2:
        fee = {
            "id": "fee",
            "country": "US",
            "type": "retailDeliveryFee",
            "amountPerUnit": "0.28",
            "inclusive": False,
        }
        rates.append({**fee, "amountPer": pick(rng, ("invoice", "line"))})
    if rng.random() < 0.04:
        rates.append(rate("ca-combined", "US", "salesTax", "0.09", state="CA"))  # meets the levels: ambiguous
    return rates


def us_combined(rng: Random) -> list[Document]:
    """Combined rates by state, prefix, range, ZIP and ZIP+4: the narrowest wins."""
    rates = [
        rate("us", "US", "salesTax", "0.01"),
        rate("state", "US", "salesTax", "0.0725", state="CA"),
        rate("prefix", "US", "salesTax", "0.08", jurisdiction="941*"),
        rate("range", "US", "salesTax", "0.081", jurisdiction="94100..94109, 78701..78702"),
        rate(
            "zip", "US", "salesTax", "0.08625", jurisdiction="94105", inclusive=pick(rng, (True, False, None))
        ),
        rate("zip4", "US", "salesTax", percentage(rng), jurisdiction="90012-1234"),
        rate("la", "US", "salesTax", "0.095", jurisdiction="90012"),
        rate("city", "US", "salesTax", "0.08875", state="new york"),
        rate("austin", "US", "salesTax", "0.0825", state="Austin"),
    ]
    if rng.random() < 0.3:
        rates.append(rate("food", "US", "salesTax", "0", state="CA", treatment="exempt",
                          taxCategories=["food"], overridesPlace=rng.random() < 0.9))  # fmt: skip
    if rng.random() < 0.12:
        rates.append(rate("bread", "US", "salesTax", "0.01", taxCategories=["food.bread", "books"]))
    return rates


def canada(rng: Random) -> list[Document]:
    """GST, what replaces it, and what stands beside it or on top of it."""
    rates = [
        rate("gst", "CA", "gst", "0.05", inclusive=pick(rng, (False, True, None))),
        rate("hst-on", "CA", "hst", "0.13", state="ON", replaces=["gst"], inclusive=pick(rng, (False, True))),
        rate("pst-bc", "CA", "pst", "0.07", state="British Columbia"),
        rate("qst", "CA", "qst", "0.09975", state="CA-QC", inclusive=pick(rng, (False, True))),
    ]
    if rng.random() < 0.3:
        rates[3]["compoundOn"] = pick(rng, (["gst"], ["gst", "hst"]))
    if rng.random() < 0.3:
        rates.append(rate("gst-food", "CA", "gst", "0", treatment="zero", taxCategories=["food"]))
    if rng.random() < 0.2:
        rates.append(rate("hst-ottawa", "CA", "hst", "0.14", jurisdiction="K1A*", replaces=["gst"]))
    return rates


def europe(rng: Random) -> list[Document]:
    """Standard and reduced rates, versions, a lowered rate inside an open one, a territory, a withholding."""
    flag = pick(rng, (False, True, None))
    vat = "valueAddedTax"
    rates = [
        rate("de", "DE", vat, "0.19", inclusive=flag, validFrom="2007-01-01"),
        rate("de-2020", "DE", vat, "0.16", inclusive=flag, validFrom="2020-07-01", validUntil="2021-01-01"),
        rate("de-food", "DE", vat, "0.07", inclusive=flag, taxCategories=["food"], treatment="reduced"),
        rate("heligoland", "DE", vat, "0", jurisdiction="27498", treatment="outsideScope",
             overridesPlace=True, taxCategories=[*CATEGORIES]),
        rate("fr", "FR", vat, "0.196", inclusive=flag, validUntil="2014-01-01"),
        rate("fr", "FR", vat, "0.20", inclusive=flag, validFrom="2014-01-01"),
        rate("fr-books", "FR", vat, "0.055", taxCategories=["books", "food.bread"], treatment="reduced"),
        rate("es", "ES", vat, "0.21", inclusive=flag),
        rate("igic", "ES", "igic", "0.07", jurisdiction="35*,38*", replaces=[vat], inclusive=flag),
    ]  # fmt: skip
    if rng.random() < 0.25:
        rates.append(rate("irpf", "ES", "withholding", "0.15", withheld=True))
    if rng.random() < 0.2:
        rates.append(rate("surcharge", "ES", "serviceTax", "0.052", compoundOn=[vat]))
    if rng.random() < 0.04:
        rates.append(rate("de-b", "DE", vat, "0.19", inclusive=flag, validFrom="2007-01-01"))
    return rates


def india(rng: Random) -> list[Document]:
    """Halves within a state, the whole between two."""
    flag = rng.random() < 0.3
    halves = [rate(name, "IN", name, "0.09", when="intrastate", inclusive=flag) for name in ("cgst", "sgst")]
    rates = [*halves, rate("igst", "IN", "igst", "0.18", when="interstate", inclusive=flag)]
    if rng.random() < 0.3:
        rates.append(rate("igst-food", "IN", "igst", "0.05", taxCategories=["food"], when="interstate"))
    return rates


def britain(rng: Random) -> list[Document]:
    """Areas and outward codes."""
    flag = pick(rng, (True, None))
    rates = [
        rate("gb", "GB", "valueAddedTax", "0.20", inclusive=flag),
        rate(
            "gb-books", "GB", "valueAddedTax", "0", inclusive=flag, taxCategories=["books"], treatment="zero"
        ),
        rate("gb-b", "GB", "valueAddedTax", "0.175", inclusive=flag, jurisdiction="B"),
        rate("gb-e1", "GB", "valueAddedTax", "0.125", inclusive=flag, jurisdiction="E1"),
    ]
    if rng.random() < 0.3:
        rates.append(rate("gb-e", "GB", "valueAddedTax", "0.05", inclusive=flag, jurisdiction="e"))
        rates.append(rate("gb-full", "GB", "valueAddedTax", "0.01", inclusive=flag, jurisdiction="E16AN"))
    return rates


def japan(rng: Random) -> list[Document]:
    flag = pick(rng, (True, True, False))
    return [
        rate("jct", "JP", "jct", "0.10", inclusive=flag),
        rate("jct-food", "JP", "jct", "0.08", inclusive=flag, taxCategories=["food"], treatment="reduced"),
    ]


# name, rates, addresses, whether sourcing at the origin is asked of it too
WORLDS = (
    (us_levels, US_ADDRESSES, True),
    (us_combined, US_ADDRESSES, True),
    (canada, CA_ADDRESSES, True),
    (europe, EU_ADDRESSES, False),
    (india, IN_ADDRESSES, True),
    (britain, GB_ADDRESSES, True),
    (japan, JP_ADDRESSES, True),
)

NOISE = (
    rate("off", "US", "salesTax", "0.5", active=False),
    rate("elsewhere", "AU", "gst", "0.10"),
    rate("expired", "DE", "valueAddedTax", "0.16", validUntil="2000-01-01"),
    rate("future", "CA", "gst", "0.06", validFrom="2099-01-01"),
    rate("no-code", "US", "salesTax", "0.5", jurisdictionCode="J9"),
    rate("other-category", "GB", "valueAddedTax", "0.5", taxCategories=["fo", "foodstuff", "food.bread.rye"]),
)


def shuffled(rng: Random, rates: list[Document]) -> list[Document]:
    """The world's rates with some of the noise, in no order."""
    mixed = rates + [one for one in NOISE if rng.random() < 0.15]
    rng.shuffle(mixed)
    return mixed
