"""Sourcing: which address decides where a sale is taxed.

The destination is where the goods or the customer are, the origin is where they come from. `auto` chooses
between them: here by the rules of other countries, in `place_of_supply` by those of the EU.

>>> from datetime import date
>>> from taxengine.core.parties import Customer
>>> customer = Customer(address=Address(country="DE"))
>>> line = Line(id="1", amount="9.00", tax_category="books", ship_to=Address(country="AT"))
>>> invoice = Invoice(id="1", currency="EUR", tax_date=date(2026, 3, 1), customer=customer, lines=[line])
>>> destination(invoice, line).country, source_of(invoice, "destination", line.ship_to.place)
('AT', 'shipTo')
"""

from __future__ import annotations

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.errors import Problem
from taxengine.core.invoice import Invoice, Line, LineKind, Sourcing
from taxengine.core.place import Address, Place
from taxengine.core.place_of_supply import Supply
from taxengine.core.rates import When
from taxengine.core.tables.origin_states import ORIGIN_STATES
from taxengine.core.tables.subdivisions import SUBDIVISIONS

_LAWS = {
    "CA": " (Excise Tax Act, Schedule IX: the province)",
    "IN": " (Integrated Goods and Services Tax Act 2017, sections 10 to 13: the state)",
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


def ends(invoice: Invoice, line: Line | None, sourcing: str) -> tuple[Address | None, Address | None]:
    """Where a line goes and where it comes from, as the sourcing sees it.

    By `auto` a service is not sent abroad: who buys and who sells it are where they are established. What
    carries the goods goes where they do.
    """
    if line is None or sourcing != "auto":
        return destination(invoice, line), origin(invoice, line)
    if carries(line):
        line = next((one for one in invoice.lines if one.kind == "goods"), line)
    to, by = destination(invoice, line), origin(invoice, line)
    if line.kind in ("service", "digital"):
        to, by = _established(to, destination(invoice, None)), _established(by, origin(invoice, None))
    return to, by


def _established(sent: Address | None, own: Address | None) -> Address | None:
    """The party's own address; within its area, where the line names a nearer one, that."""
    return own if own is not None and sent is not None and sent.place.area != own.place.area else sent


def carries(line: Line) -> bool:
    """Whether a line is the shipping of others, and says nothing of its own about where."""
    return line.kind == "shipping" and line.ship_to is None and line.ship_from is None


def kind_of(part: Line | Charge | Discount | None, invoice: Invoice) -> LineKind | None:
    """What a line sells; shipping, a charge, a discount are part of what the lines do, if all sell the same.

    Shipping goes with the goods; it is `shipping` still where those go, or come from, several ways.
    """
    if isinstance(part, Line) and part.kind != "shipping":
        return part.kind
    kinds: set[LineKind | None] = {line.kind for line in invoice.lines if line.kind != "shipping"}
    if isinstance(part, Line) and "goods" in kinds:
        return "shipping" if carries(part) and len(_ways(invoice)) > 1 else "goods"
    return "goods" if not kinds else kinds.pop() if len(kinds) == 1 else None


def _ways(invoice: Invoice) -> set[tuple[object, ...]]:
    """From where to where the goods go: in the US by the whole address, elsewhere by area and state."""
    goods = (ends(invoice, line, "auto") for line in invoice.lines if line.kind == "goods")
    return {tuple(map(_near, pair)) for pair in goods}


def _near(one: Address | None) -> object:
    return one and (one.place if one.place.area == "US" else (one.place.area, one.place.state))


def source_of(invoice: Invoice, end: Sourcing, place: Place) -> str:
    """Which field of the document the address of that place stands in."""
    party = (origin if end == "origin" else destination)(invoice, None)
    if party is not None and party.place == place:
        return "merchant.address" if end == "origin" else "customer.address"
    return "shipFrom" if end == "origin" else "shipTo"


def decide(destination: Place | None, origin: Place | None, sourcing: Sourcing) -> Place | Problem:
    """The place that taxes by the sourcing stated, or what is missing to know it."""
    place = origin if sourcing == "origin" else destination
    return missing_address(sourcing) if place is None else place


def missing_address(end: str) -> Problem:
    """What to say where the address of one end is not there."""
    party, field = ("merchant", "shipFrom") if end == "origin" else ("customer", "shipTo")
    told = f"expected the address of the {end}, got neither {party}.address nor a {field}"
    return Problem("missingAddress", told, "", f"add {party}.address, or a {field} on the line")


def outside_the_eu(destination: Place, origin: Place | None) -> Supply | Problem:
    """Where the customer is; inside a state of the US that sources at the origin, where it comes from.

    Without the origin such a sale cannot be told from one that enters the state.
    """
    area, law = destination.area, ORIGIN_STATES.get(destination.state or "")
    if area == "US" and law is not None:
        if origin is None:
            return missing_address("origin")
        if origin.area == "US" and origin.state == destination.state:
            return Supply("origin", f"within {destination.state}: where it comes from ({law})", border=False)
    return Supply("destination", f"where the customer is{_LAWS.get(area, '')}", border=False)


def trade(destination: Place | None, origin: Place | None) -> When | None:
    """Whether a sale stays within one state; None where that is not known.

    A name that the country's table of states does not know may be that of any of them. What comes from
    another country is interstate (India: Integrated Goods and Services Tax Act 2017, section 7(2) and (4)).

    >>> trade(Address(country="IN", state="MH").place, Address(country="IN", state="Maharashtra").place)
    'intrastate'
    """
    if destination is None or origin is None:
        return None
    if destination.area != origin.area:
        return "interstate"
    one, other = destination.state, origin.state
    if destination.country not in SUBDIVISIONS:
        one, other = destination.state_name, origin.state_name
    if one is None or other is None:
        return None
    return "intrastate" if one == other else "interstate"
