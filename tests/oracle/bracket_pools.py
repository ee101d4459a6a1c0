"""Bracket pools: steps by the price of one unit upon the rates of a case, often at a price that is there."""

from random import Random
from typing import Any

from tests.oracle.sums import is_number, read
from tests.oracle.texts import pick

Document = dict[str, Any]

THRESHOLDS = ("0.01", "0.5", "1", "2.5", "5", "10", "52.50", "100", "110", "333.333", "1600")
PERCENTAGES = ("0.05", "0.0625", "0.04", "0.18", "0.0275", "-0.02", "0.333333", "0.5")
EXCLUDING = ("amountPerUnit", "compoundOn", "taxablePortion", "withheld")
TO_BREAK = ("-0.6", "-0.4")  # percentages that the breaker adds up to -100 %


def add_brackets(rng: Random, document: Document, rates: list[Document]) -> None:
    """Give some of the rates steps, in the invoice's currency."""
    prices = [str(line.get("unitPrice") or line.get("amount")).lstrip("-") for line in document["lines"]]
    prices = [price for price in prices if is_number(price) and read(price) > 0]
    thresholds = (*prices, *THRESHOLDS[: 2 + 3 * len(prices)])
    for i, one in enumerate(rates):
        rate = rates[i] = dict(one)  # those of a world are shared
        if rate.get("percentageDecimal") in TO_BREAK:
            continue
        if rng.random() < 0.7 and not any(rate.get(field) for field in EXCLUDING):
            found = sorted({pick(rng, thresholds) for _ in range(1 + int(rng.random() * 3))}, key=read)
            rate |= {"currency": document["currency"], "brackets": []}
            (by_part if rng.random() < 0.5 else whole)(rng, rate, distinct(found))


def distinct(texts: list[str]) -> list[str]:
    """Each value once, however it is written."""
    return list({read(text): text for text in texts}.values())


def whole(rng: Random, rate: Document, thresholds: list[str]) -> None:
    """Any percentages but 0, each other than the one before."""
    before = rate["percentageDecimal"]
    for threshold in thresholds:
        percentage = pick(rng, [one for one in PERCENTAGES if read(one) != read(before)])
        name = pick(rng, ("from", "over"))
        rate["brackets"].append({name: threshold, "percentageDecimal": percentage})
        before = percentage
    if thresholds and rng.random() < 0.2 and rate["brackets"][-1].get("from"):
        # The one price by itself: from it on, and over it.
        percentage = pick(rng, [one for one in PERCENTAGES if read(one) != read(before)])
        rate["brackets"].append({"over": thresholds[-1], "percentageDecimal": percentage})


def by_part(rng: Random, rate: Document, thresholds: list[str]) -> None:
    """One percentage, on and off."""
    rate["bracketBy"] = "part"
    own = rate["percentageDecimal"]
    charged = own if read(own) else pick(rng, PERCENTAGES)
    now = read(own) != 0
    for threshold in thresholds:
        now = not now
        rate["brackets"].append({"over": threshold, "percentageDecimal": charged if now else "0"})
