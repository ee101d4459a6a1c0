"""Sourcing: which address decides where a sale is taxed.

The destination is where the goods or the customer are, the origin is where they come from. The rules of
the place of supply, by which `auto` will choose between them, have their place in `_RULES`.

>>> from datetime import date
>>> from taxengine.core.parties import Customer
>>> customer = Customer(address=Address(country="DE"))
>>> line = Line(id="1", amount="9.00", tax_category="books", ship_to=Address(country="AT"))
>>> invoice = Invoice(id="1", currency="EUR", tax_date=date(2026, 3, 1), customer=customer, lines=[line])
>>> place_of(invoice, line, "destination").country, source_of(line, "destination")
('AT', 'shipTo')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from taxengine.core.errors import Problem
from taxengine.core.invoice import Invoice, Line, Sourcing
from taxengine.core.parties import Registration
from taxengine.core.place import Address, Place, in_eu_vat
from taxengine.core.rates import When

_RULES: Mapping[Sourcing, Callable[[Place | None, Place | None], Place | None]] = {
    "destination": lambda destination, _: destination,
    "origin": lambda _, origin: origin,
}


def destination(invoice: Invoice, line: Line | None) -> Address | None:
    """Where the line goes; without a line, where the invoice does."""
    if line is not None and line.ship_to is not None:
        return line.ship_to
    return None if invoice.customer is None else invoice.customer.address


def origin(invoice: Invoice, line: Line | None) -> Address | None:
    """Where the line comes from; without a line, where the invoice does."""
    if line is not None and line.ship_from is not None:
        return line.ship_from
    return None if invoice.merchant is None else invoice.merchant.address


def place_of(invoice: Invoice, line: Line | None, sourcing: Sourcing) -> Address | None:
    """The address whose place taxes the line, None where it is not known."""
    return origin(invoice, line) if sourcing == "origin" else destination(invoice, line)


def source_of(line: Line | None, sourcing: Sourcing) -> str:
    """Which field of the document that address stands in."""
    if sourcing == "origin":
        return "merchant.address" if line is None or line.ship_from is None else "shipFrom"
    return "customer.address" if line is None or line.ship_to is None else "shipTo"


def decide(destination: Place | None, origin: Place | None, sourcing: Sourcing) -> Place | Problem:
    """The place that taxes, or what is missing to know it."""
    rule = _RULES.get(sourcing)
    if rule is None:
        return place_of_supply_needed("the address that decides", "state sourcing destination or origin")
    place = rule(destination, origin)
    if place is not None:
        return place
    party, field = ("merchant", "shipFrom") if sourcing == "origin" else ("customer", "shipTo")
    told = f"expected the address of the {sourcing}, got neither {party}.address nor a {field}"
    return Problem("missingAddress", told, "", f"add {party}.address, or a {field} on the line")


def place_of_supply_needed(what: str, hint: str) -> Problem:
    """What to say where only the place of supply can tell."""
    return Problem("placeOfSupplyNeeded", f"expected {what} to be known, got no place of supply", "", hint)


def trade(destination: Place | None, origin: Place | None) -> When | None:
    """Whether a sale stays within one state; None where that is not known.

    What comes from another country is interstate (India: Integrated Goods and Services Tax Act 2017,
    section 7(2) and (4)).

    >>> trade(Address(country="IN", state="MH").place, Address(country="IN", state="Maharashtra").place)
    'intrastate'
    """
    if destination is None or origin is None:
        return None
    if destination.area != origin.area:
        return "interstate"
    one, other = destination.state or destination.state_name, origin.state or origin.state_name
    if one is None or other is None:
        return None
    return "intrastate" if one == other else "interstate"


def crosses_eu_border(
    destination: Place, origin: Place | None, registrations: Iterable[Registration], tax_date: date
) -> bool:
    """Whether a merchant registered in the EU sells, or may sell, from one member state to another."""
    if not any(in_eu_vat(one.area or "", tax_date) for one in registrations):
        return False
    if origin is None:
        return in_eu_vat(destination.area, tax_date)
    ends = {destination.area, origin.area}
    return len(ends) > 1 and all(in_eu_vat(area, tax_date) for area in ends)
