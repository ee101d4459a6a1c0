"""Terms: what an invoice says about all that is on it, and where each sale on it is taxed.

>>> from taxengine.core.place import Address
>>> terms = Terms(Address(country="FR").place, Address(country="DE").place, date(2026, 3, 1), "EUR",
...               sourcing="auto")
>>> settled(Sale("books", kind="goods"), terms)[0].sourcing
'origin'
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from taxengine.core import checks
from taxengine.core.adjustments import RateRef, TaxBehavior
from taxengine.core.errors import Problem
from taxengine.core.invoice import LineKind, Sourcing
from taxengine.core.parties import Certificate, Registration, TaxStatus
from taxengine.core.place import Place, in_eu_vat
from taxengine.core.place_of_supply import DIRECTIVE, Answer, Deal, Supply, needed, of_union, supplied
from taxengine.core.rates import TaxRate
from taxengine.core.selection import Query, usual_type
from taxengine.core.sourcing import decide, missing_address, outside_the_eu, trade
from taxengine.core.values import replace
from taxengine.core.vat_ids import NONE, VatIds


def objects(refs: Sequence[RateRef] | None) -> tuple[int, ...]:
    """Which objects the rates are: equal ones may be spelt differently (0.19, 0.190), and are shown so."""
    return tuple(id(ref) for ref in refs if isinstance(ref, TaxRate)) if refs else ()


class Terms(NamedTuple):
    """What an invoice says about all that is on it, as far as the law asks."""

    destination: Place | None
    origin: Place | None
    tax_date: date
    currency: str
    tax_behavior: TaxBehavior | None = None
    tax_rates: Sequence[RateRef] | None = None
    objects: tuple[int, ...] = ()
    tax_status: TaxStatus = "taxable"
    certificates: Sequence[Certificate] = ()
    registrations: Sequence[Registration] | None = None
    sourcing: Sourcing = "destination"
    missing_rate: str = "error"
    ids: VatIds = NONE

    @property
    def place(self) -> Place | None:
        """The place that taxes, None where it is not known, or not settled yet."""
        return {"destination": self.destination, "origin": self.origin}.get(self.sourcing)


class Sale(NamedTuple):
    """What is to be taxed: a line, or a charge or discount that is taxed by itself.

    `kind` is stated where `decides_by_kind` says that it may matter.
    """

    tax_category: str | None
    tax_rates: Sequence[RateRef] | None = None
    objects: tuple[int, ...] = ()
    tax_behavior: TaxBehavior | None = None
    entered_percent: Decimal | None = None
    product: str | None = None
    kind: LineKind | None = None


def decides_by_kind(sourcing: Sourcing, registrations: Sequence[Registration] | None) -> bool:
    """Whether what is sold, and the customer's tax ids, may matter to where a sale is taxed."""
    return sourcing == "auto" or registrations is not None


def settled(sale: Sale, terms: Terms) -> tuple[Terms, Answer | None]:
    """The terms with the address that decides, and the rule that chose it; None: the sourcing stated.

    A problem leaves the terms as they are.
    """
    if not decides_by_kind(terms.sourcing, terms.registrations) or terms.sourcing == "origin":
        return terms, None
    answer = _automatic(sale, terms) if terms.sourcing == "auto" else _across(sale, terms)
    return (terms._replace(sourcing=answer.end) if isinstance(answer, Supply) else terms), answer


def _valid(terms: Terms) -> tuple[Registration, ...] | None:
    held = terms.registrations
    return None if held is None else tuple(one for one in held if one.in_force(terms.tax_date))


def _automatic(sale: Sale, terms: Terms) -> Answer:
    """`auto`: the place of supply where a sale crosses a border, else the rules of the country."""
    to, by, day, valid = terms.destination, terms.origin, terms.tax_date, _valid(terms)
    if sale.kind == "shipping":
        return needed("with which goods this goes", "state shipTo and shipFrom on the line of shipping")
    if to is None:
        return missing_address("destination")
    ends = (to,) if by is None else (to, by)
    european = any(of_union(each, day, goods=True) for each in ends)
    ruled = european or any(one.area == "GB" or in_eu_vat(one.area or "", day) for one in valid or ())
    if by is None and ruled:
        return missing_address("origin")
    if by is None or to.area == by.area:
        return outside_the_eu(to, by)
    return supplied(Deal(by, to, day, terms.ids, valid), sale.kind)


def _across(sale: Sale, terms: Terms) -> Answer | None:
    """`destination`: what decides where a merchant registered in the EU sells, or may sell, across a border.

    None where no border there is crossed. A registration of the destination taxes there; so does the
    one-stop shop what it is for: goods and digital services to consumers (article 369b).
    """
    to, by, day, valid = terms.destination, terms.origin, terms.tax_date, _valid(terms) or ()
    goods = sale.kind not in ("service", "digital")
    if to is None or not of_union(to, day, goods=goods):
        return None
    if by is not None and (by.area == to.area or not of_union(by, day, goods=goods)):
        return None
    if not any(in_eu_vat(one.area or "", day) for one in valid):
        return None
    deal = Deal(to if by is None else by, to, day, terms.ids, valid)
    answer = supplied(deal, sale.kind)
    if deal.registered(to) or (deal.scheme("oss") and deal.ids.consumer and sale.kind != "service"):
        if isinstance(answer, Supply) and (answer.end, answer.reason) == ("destination", None):
            return answer
        rule = f"registered in {to.area}" if deal.registered(to) else f"scheme oss (Title XII, {DIRECTIVE})"
        return Supply("destination", f"{rule}: where the customer is", schemes=("oss",))
    if by is None:
        hint = "add merchant.address or a shipFrom; or a registration of the destination, or scheme oss"
        return needed("where a sale across a border of the EU comes from", hint)
    return answer


def question(sale: Sale, terms: Terms, answer: Answer | None) -> Query | Problem:
    """What a sale asks of the rates by its settled terms, or what is missing to ask."""
    wrong = checks.no_category(sale.tax_category, "taxCategory")
    if isinstance(answer, Problem):
        return wrong or answer
    place = wrong or decide(terms.destination, terms.origin, terms.sourcing)
    if isinstance(place, Problem):
        return place
    query = Query(place, terms.tax_date, sale.tax_category, trade(terms.destination, terms.origin))
    valid = _valid(terms)
    if valid is None:
        return query
    here = place.area, place.state or place.state_name
    covering = tuple(one for one in valid if one.at(*here))
    if answer is not None and answer.border:
        return _covered(query, answer, terms, valid, covering)
    return query._replace(registrations=covering)


def _covered(
    query: Query,
    supply: Supply,
    terms: Terms,
    valid: Sequence[Registration],
    covering: tuple[Registration, ...],
) -> Query | Problem:
    """The registrations that tax a sale across a border of the EU, which is never just not collected."""
    place = terms.origin if supply.category in ("K", "G") and terms.origin is not None else query.place
    here = place.area, place.state or place.state_name
    if supply.category in ("AE", "O") or any(
        one.at(*here) and one.covers(usual_type(place.area)) for one in valid
    ):
        return query._replace(registrations=covering)
    # The one-stop shop reports every tax of the member state of destination.
    covering = tuple(replace(one, type=None) for one in valid if one.scheme in supply.schemes)
    if covering:
        return query._replace(registrations=covering)
    told = f"expected a registration of {place.area}, where this is taxed by the place of supply, got none"
    hint = f"add a registration of {place.area}; or state the taxRates that apply"
    return Problem("placeOfSupplyNeeded", f"{told} ({supply.rule})", "", hint)


def in_doubt(terms: Terms) -> bool:
    """Whether goods said to leave the EU, or Great Britain for it, may be those of Northern Ireland."""
    to, by = terms.destination, terms.origin
    ends = (to, by if to is not None and in_eu_vat(to.area, terms.tax_date) else None)
    return any(
        each is not None and each.area == "GB" and not (each.postal_code or each.state) for each in ends
    )


def stated_reverse_charge(sale: Sale, terms: Terms) -> tuple[str | None, str]:
    """The code of EN 16931 and the words for the invoice where reverse charge is stated.

    An article is named only where it is that of the sale; goods that leave the EU have no code either.
    """
    to, by, day = terms.destination, terms.origin, terms.tax_date
    if to is None or by is None or to.area == by.area:
        return "AE", _AS_STATED
    goods = sale.kind in ("goods", "shipping")
    seller, buyer = (of_union(each, day, goods=goods) for each in (by, to))
    if goods and seller:
        words = f"Intra-Community supply of goods (Article 138(1), {DIRECTIVE})"
        return ("K", words) if buyer else (None, _AS_STATED)
    if buyer and sale.kind in ("service", "digital"):
        return "AE", f"{_CHARGED} (Articles 44 and 196, {DIRECTIVE})"
    return "AE", _AS_STATED


_CHARGED = "Reverse charge: the customer accounts for the tax"
_AS_STATED = f"{_CHARGED}, as stated"
