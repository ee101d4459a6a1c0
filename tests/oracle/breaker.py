"""Breaker: makes a valid invoice refusable, in one way that the specification names."""

from random import Random

from tests.oracle.rate_pools import Document
from tests.oracle.texts import pick


def bad_number(rng: Random, document: Document, _: list[Document]) -> None:
    line = document["lines"][-1]
    text = pick(
        rng,
        (
            "19,99",
            "1e5",
            "",
            "+1",
            "1.",
            ".5",
            "NaN",
            "1_0",
            " 1",
            "1234567890123456",
            "٣",
            "0.1234567890123",
        ),
    )
    line["amount" if "amount" in line else "unitPrice"] = text


def same_id(_: Random, document: Document, __: list[Document]) -> None:
    document["lines"].append(dict(document["lines"][0]))


def no_currency(rng: Random, document: Document, _: list[Document]) -> None:
    document["currency"] = pick(rng, ("XXX", "XTS", "XAU", "ABC"))


def fine_payment(_: Random, document: Document, __: list[Document]) -> None:
    document["payments"] = [{"amount": "1.00001", "kind": "voucher"}]


def typed_in_full(rng: Random, document: Document, _: list[Document]) -> None:
    document["lines"][0]["enteredPercent"] = pick(rng, ("1900", "100.01", "-101"))


def no_registrations(_: Random, document: Document, __: list[Document]) -> None:
    document["merchant"] = {**(document.get("merchant") or {}), "registrations": []}


def unknown_preset(_: Random, document: Document, __: list[Document]) -> None:
    document["policy"] = "en16932"


def unknown_rate(_: Random, document: Document, __: list[Document]) -> None:
    for line in document["lines"][:2]:
        line["taxRates"] = [*(line.get("taxRates") or ()), "taxRate_none"]


def inactive_rate(_: Random, document: Document, rates: list[Document]) -> None:
    rates.append({**rates[0], "id": "inactive", "active": False, "validFrom": "2001-01-01"})
    rates[-1].pop("validUntil", None)
    document["lines"][-1]["taxRates"] = ["inactive"]


def old_rate(_: Random, document: Document, rates: list[Document]) -> None:
    rates.append({**rates[0], "id": "old", "validFrom": "2001-01-01", "validUntil": "2002-01-01"})
    document["lines"][0]["taxRates"] = ["old"]


def enormous(_: Random, document: Document, __: list[Document]) -> None:
    line = document["lines"][0]
    line.pop("amount", None)
    line |= {"quantity": "999999999999999", "unitPrice": "999999999999999"}


def no_solution(_: Random, document: Document, rates: list[Document]) -> None:
    common = {"country": rates[0]["country"], "type": "excise", "inclusive": True}
    rates += [
        {**common, "id": "m1", "percentageDecimal": "-0.6"},
        {**common, "id": "m2", "percentageDecimal": "-0.4"},
    ]
    document["lines"][-1]["taxRates"] = ["m1", "m2"]


BREAKERS = (
    bad_number, same_id, no_currency, fine_payment, no_registrations, unknown_preset,
    unknown_rate, inactive_rate, old_rate, enormous, no_solution, typed_in_full,
)  # fmt: skip


def break_one(rng: Random, document: Document, rates: list[Document]) -> None:
    """Break the invoice in one way."""
    pick(rng, BREAKERS)(rng, document, rates)
