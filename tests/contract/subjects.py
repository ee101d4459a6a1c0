"""Subjects: how each installed provider is made, and what it is asked.

A provider that is installed and has no subject here fails the suite: nothing is covered by forgetting it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from taxengine import Address, Charge, Customer, Discount, Invoice, Line, RateTable, TaxProvider, TaxRate

DAY = date(2026, 3, 1)


class Subject(NamedTuple):
    """A provider, ready to be asked; an invoice that it taxes, and one that it cannot decide."""

    provider: TaxProvider
    taxes: Invoice
    cannot_decide: Invoice


Factory = Callable[[Any], Subject]
"""Makes the subject from what the entry point points to."""


def sale(country: str, category: str | None, **more: Any) -> Invoice:
    """Two lines, with a charge and a discount that are taxed by themselves, to a country."""
    usual: dict[str, Any] = {
        "lines": [
            Line(id="1", quantity=3, unit_price="19.99", tax_category=category),
            Line(id="2", amount="7.50", tax_category=category),
        ],
        "charges": [
            Charge(amount="4.99", tax_category=category),
            Charge(amount="1.00", strategy="principal"),
        ],
        "discounts": [Discount(amount="1.00", tax_category=category), Discount(percent="10")],
        "customer": Customer(address=Address(country=country)),
    }
    return Invoice(id="asked", currency="EUR", tax_date=DAY, **{**usual, **more})


def _manual(kind: Any) -> Subject:
    vat = TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=None)
    one = sale("DE", "books", tax_behavior="exclusive")
    return Subject(kind(RateTable([vat])), one, sale("FR", "books"))


def _house(kind: Any) -> Subject:
    """The provider that docs/write-a-provider.md shows."""
    return Subject(kind({"DE": "0.19", "AT": "0.20"}), sale("AT", "licence"), sale("FR", "licence"))


FACTORIES: Mapping[str, Factory] = {"manual": _manual}
OF_THE_DOCS: Mapping[str, Factory] = {"house": _house}


def uncovered(names: Iterable[str], factories: Mapping[str, Factory]) -> list[str]:
    """The installed providers that nobody asks."""
    return sorted(set(names) - set(factories))
