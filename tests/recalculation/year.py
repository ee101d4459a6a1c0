"""Year: invoices and refunds of a made-up merchant in 2020, sealed, and the rates that they are to bear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from taxengine import Address, Customer, Invoice, Line, RateTable, TaxRate, calculate, refund
from taxengine.recalculation import Sealed, seal

STATES = {"CA": "0.0725", "NY": "0.04", "TX": "0.0625", "WA": "0.065"}
SOLD = ("books", "hardware", "software", "food.bread")


def rate(id: str, country: str, percentage: str, **more: Any) -> TaxRate:
    kind = "salesTax" if country == "US" else "valueAddedTax"
    return TaxRate(id=id, country=country, type=kind, percentage_decimal=percentage, inclusive=None, **more)


def rates(standard: str, reduced: str) -> list[TaxRate]:
    """Those of four countries; Germany's two as they are given."""
    return [
        rate("de-standard", "DE", standard),
        rate("de-reduced", "DE", reduced, tax_categories=["books", "food"], treatment="reduced"),
        rate("at-standard", "AT", "0.20"),
        rate("fr-standard", "FR", "0.20"),
        rate("fr-books", "FR", "0.055", tax_categories=["books"], treatment="reduced"),
        *(rate(f"us-{state}", "US", share, state=state, level="state") for state, share in STATES.items()),
    ]


def results(numbers: range) -> Iterator[Sealed]:
    """The sealed results of these documents: each twentieth invoice has a refund after it."""
    table = RateTable(rates("0.19", "0.07"))
    for number in numbers:
        rng = Random(number)
        done = calculate(_invoice(rng, number), table)
        yield seal(done)
        if number % 20 == 0:
            yield seal(refund(done, lines=[rng.choice(done.lines).id]))


def _invoice(rng: Random, number: int) -> Invoice:
    country = rng.choices(["DE", "AT", "FR", "US"], [70, 10, 10, 10])[0]
    state = rng.choice([*STATES]) if country == "US" else None
    lines = [
        Line(
            id=str(at),
            tax_category=rng.choice(SOLD),
            quantity=rng.randrange(1, 4),
            unit_price=f"{rng.lognormvariate(3.4, 1):.2f}",
        )
        for at in range(1, rng.choice([2, 2, 2, 3, 4]))
    ]
    return Invoice(
        id=f"inv_{number:07}",
        currency="USD" if country == "US" else "EUR",
        tax_date=date(2020, 1, 1) + timedelta(days=rng.randrange(366)),
        tax_behavior="exclusive" if country == "US" else "inclusive",
        customer=Customer(id=f"c{number}", address=Address(country=country, state=state)),
        lines=lines,
    )
