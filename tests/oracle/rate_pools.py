"""Rate pools: random rates to be named explicitly, in every combination that has an answer."""

from random import Random
from typing import Any

from tests.oracle.texts import percentage, pick

Document = dict[str, Any]

IDS = ("b", "a", "r10", "r9", "Z", "taxRate_0a", "r1")
TYPES = (
    "salesTax",
    "valueAddedTax",
    "gst",
    "pst",
    "qst",
    "excise",
    "serviceTax",
)  # in the order of compounding
LEVELS = ("country", "state", "county", "city", "district")
UNIT_AMOUNTS = ("0.10", "0.005", "1.25", "0.28", "2", "-0.50", "0.333")
PORTIONS = ("0.5", "0.7", "0.3333", "0", "1", "0.25")
COUNTRIES = ("DE", "US", "CA", "GB")


def rate_pool(rng: Random) -> list[Document]:
    """One to five rates; each may be compound on earlier ones, so that there is no cycle."""
    country = pick(rng, COUNTRIES)
    count = 1 + int(rng.random() * 5)
    first = int(rng.random() * len(IDS))
    inclusive_share = pick(rng, (0.0, 0.3, 1.0))
    pool: list[Document] = []
    type_index = 0
    for i in range(count):
        if rng.random() < 0.6:
            type_index = min(type_index + 1 + int(rng.random() * 2), len(TYPES) - 1)
        rate: Document = {
            "id": IDS[(first + i) % len(IDS)],
            "country": country,
            "type": TYPES[type_index],
            "inclusive": rng.random() < inclusive_share,
        }
        if rng.random() < 0.12:
            rate["inclusive"] = None
        fill(rng, rate, pool)
        pool.append(rate)
    if rng.random() < 0.02:
        return [{"id": name, "country": "IN", "type": name, "inclusive": False, "percentageDecimal": "0.09"}
                for name in ("cgst", "sgst")]  # fmt: skip
    return pool


def fill(rng: Random, rate: Document, earlier: list[Document]) -> None:
    """The rate's figures and what else it may say."""
    kind = rng.random()
    if kind < 0.08:
        rate["treatment"] = pick(rng, ("exempt", "zero", "outsideScope"))
        rate["percentageDecimal"] = "0"
        return
    if kind < 0.16:
        rate |= {
            "type": "withholding",
            "inclusive": False,
            "withheld": True,
            "percentageDecimal": percentage(rng),
        }
        return
    if kind < 0.26:
        rate["amountPerUnit"] = pick(rng, UNIT_AMOUNTS)
        if rng.random() < 0.6:
            rate["amountPer"] = pick(rng, ("line", "invoice", "unit"))
    if kind > 0.19:
        rate["percentageDecimal"] = percentage(rng)
        if rate["percentageDecimal"] == "0" and "amountPerUnit" in rate:
            rate["percentageDecimal"] = "0.04"
    if rng.random() < 0.08 and rate.get("percentageDecimal", "0") != "0":
        rate["treatment"] = "reduced"
    if rng.random() < 0.08:
        rate["taxablePortion"] = pick(rng, PORTIONS)
    if rate["type"] == "salesTax" and rng.random() < 0.5:
        rate["level"] = pick(rng, LEVELS)
    below = [one for one in earlier if not one.get("withheld")]
    if below and rng.random() < 0.3 and "percentageDecimal" in rate:
        rate["compoundOn"] = compound_on(rng, rate, below)


def compound_on(rng: Random, rate: Document, below: list[Document]) -> list[str]:
    """Earlier rates by id, or by types that come before this rate's own; an unknown one is ignored."""
    targets = []
    for one in below:
        if rng.random() < 0.5:
            targets.append(one["id"])
        elif one["type"] != rate["type"]:
            targets.append(one["type"])
    return targets or ["communicationsTax"]
