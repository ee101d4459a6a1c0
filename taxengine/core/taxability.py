"""Taxability: whether a sale is taxed at all, by which rates, and the reason.

>>> terms = Terms(None, None, date(2026, 3, 1), "EUR", tax_status="exempt")
>>> treat(Sale("books"), terms, None).outcome.reason.value
'customerExempt'
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from taxengine.core import checks
from taxengine.core.adjustments import RateRef, TaxBehavior
from taxengine.core.arithmetic import ZERO, exactly
from taxengine.core.determination import Notice, NotTaxed, Taxed
from taxengine.core.errors import InvalidRate, Problem
from taxengine.core.invoice import Sourcing
from taxengine.core.parties import Certificate, Registration, TaxStatus
from taxengine.core.place import Place, in_eu_vat
from taxengine.core.rates import TaxRate, TaxType, foreign
from taxengine.core.reasons import Reason
from taxengine.core.selection import Failed, Query, ambiguous_rates, failures, missing_rate, spelt, usual_type
from taxengine.core.sourcing import crosses_eu_border, decide, place_of_supply_needed, trade
from taxengine.core.spelling import plain
from taxengine.core.stack import AppliedRate, applied, bare
from taxengine.core.table import RateTable
from taxengine.core.values import replace

Notices = tuple[Notice, ...]
ONCE = "reverseChargeNote"
"""The notice that is about the whole invoice: the words for it."""


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

    @property
    def place(self) -> Place | None:
        """The place that taxes, None where it is not known."""
        place = decide(self.destination, self.origin, self.sourcing)
        return None if isinstance(place, Problem) else place


class Sale(NamedTuple):
    """What is to be taxed: a line, or a charge or discount that is taxed by itself."""

    tax_category: str | None
    tax_rates: Sequence[RateRef] | None = None
    objects: tuple[int, ...] = ()
    tax_behavior: TaxBehavior | None = None
    entered_percent: Decimal | None = None
    product: str | None = None


class Treated(NamedTuple):
    """An outcome, or the problems that stand in its way, and notices. Paths are within the sale."""

    outcome: Taxed | NotTaxed | None
    problems: Sequence[Problem] = ()
    notices: Notices = ()


def treat(sale: Sale, terms: Terms, table: RateTable | None) -> Treated:
    """How a sale is taxed, or not."""
    return stated(sale, terms, table) or _matched(sale, terms, table)


def stated(sale: Sale, terms: Terms, table: RateTable | None) -> Treated | None:
    """What the invoice itself says of the sale, in the order of the law; None: rates are to be matched."""
    if sale.tax_rates is not None and not sale.tax_rates:
        return Treated(NotTaxed(Reason.NONE_STATED))
    if terms.tax_status == "exempt" or _certified("", sale, terms, terms.place):
        return _exempt(sale)
    if sale.tax_category is None and sale.tax_rates is None:
        return _uncategorised(sale)
    if terms.tax_status == "reverseCharge":
        return _reverse_charge(terms)
    return None if sale.tax_rates is None else _explicit(sale.tax_rates, sale, terms, table)


def question(sale: Sale, terms: Terms) -> Query | Problem:
    """What a sale asks of the rates, or what is missing to ask."""
    wrong = checks.no_category(sale.tax_category, "taxCategory")
    place = wrong or decide(terms.destination, terms.origin, terms.sourcing)
    if isinstance(place, Problem):
        return place
    moved = trade(terms.destination, terms.origin)
    query = Query(place, terms.tax_date, sale.tax_category, moved)
    if terms.registrations is None:
        return query
    valid = [one for one in terms.registrations if one.in_force(terms.tax_date)]
    abroad = terms.sourcing == "destination" and crosses_eu_border(place, terms.origin, valid, terms.tax_date)
    here = place.country, place.state or place.state_name
    covering = tuple(one for one in valid if one.at(*here))
    if abroad and not any(one.covers(usual_type(place.country)) for one in covering):
        # The one-stop shop reports every tax of the member state of destination.
        covering = tuple(replace(one, type=None) for one in valid if one.scheme == "oss")
        if not covering:
            hint = "add a registration of the destination, or one with scheme oss; or state sourcing origin"
            return place_of_supply_needed(
                "the member state that taxes a sale across a border of the EU", hint
            )
    return query._replace(registrations=covering)


def _certified(kind: str, sale: Sale, terms: Terms, place: Place | None, rate: TaxRate | None = None) -> bool:
    """Whether a certificate takes this type of tax off the sale ("": every type).

    Where there is no address the place of the rate counts.
    """
    country = state = None
    if place is not None:
        country, state = place.country, place.state or place.state_name
    elif rate is not None:
        country, state = rate.country, rate.state
    held = (one for one in terms.certificates if not one.types or kind in one.types)
    return any(one.covers(country, state, sale.tax_category, terms.tax_date) for one in held)


def _exempt(sale: Sale) -> Treated:
    told = "the customer is exempt: the rates that are named do not apply"
    notices = (Notice("explicitRatesNotApplied", "taxRates", told),) if sale.tax_rates else ()
    return Treated(NotTaxed(Reason.CUSTOMER_EXEMPT), (), notices)


def _uncategorised(sale: Sale) -> Treated:
    product = f" for product {checks.shown(sale.product)}" if sale.product else ""
    told = f"expected a tax category{product}, got none"
    data = {"product": sale.product} if sale.product else {}
    hint = "add a taxCategory, or the taxRates that apply"
    return Treated(None, [Problem("missingTaxCategory", told, "", hint, data)])


def _reverse_charge(terms: Terms) -> Treated:
    place = terms.place
    country = place and place.country
    row = bare(usual_type(country), place, ZERO, Reason.REVERSE_CHARGE)
    told = "Reverse charge: the customer accounts for the tax"
    if country is not None and in_eu_vat(country, terms.tax_date):
        told += " (Article 196, Council Directive 2006/112/EC)"
    return Treated(NotTaxed(Reason.REVERSE_CHARGE, [row]), (), (Notice(ONCE, "customer.taxStatus", told),))


def _explicit(refs: Sequence[RateRef], sale: Sale, terms: Terms, table: RateTable | None) -> Treated:
    """Exactly the rates that are named."""
    rates, problems, notices = [], [], []
    for index, ref in enumerate(refs):
        path = f"taxRates[{index}]"
        rate = _named(ref, terms, table, path)
        if isinstance(rate, Problem):
            problems.append(rate)
            continue
        rates.append(rate)
        failed = _elsewhere(rate, terms)
        if failed is not None:
            told = f"rate {checks.shown(rate.id)} is of another place: {failed}"
            notices.append(Notice("rateOfAnotherPlace", path, told))
    return Treated(None, problems) if problems else _applied(rates, sale, terms, tuple(notices))


def _named(ref: RateRef, terms: Terms, table: RateTable | None, path: str) -> TaxRate | Problem:
    name, rate = (ref.id, ref) if isinstance(ref, TaxRate) else (ref, None)
    if rate is None and table is not None:
        rate = table.get(name, terms.tax_date)
    if rate is None:
        code, wanted, hint = "unknownRate", "the id of a rate that there is", "add the rate to the table"
    elif not rate.in_force(terms.tax_date):
        code, wanted = "rateNotInForce", f"a rate in force on {terms.tax_date}"
        hint = "add a version of it for that date"
    elif not rate.active:
        code, wanted, hint = "inactiveRate", "a rate that is active", "activate it, or name another"
    else:
        return rate
    return Problem(code, f"expected {wanted}, got {checks.shown(name)}", path, hint, {"rate": name})


def _elsewhere(rate: TaxRate, terms: Terms) -> Failed | None:
    """What says that a rate is one of another place; an address that leaves it open says nothing."""
    place = terms.place
    if place is None:
        return None
    tests = ("country", "state", "jurisdiction", "jurisdictionCode")
    failed = failures(rate, Query(place, terms.tax_date))
    return next((one for one in failed if one.test in tests and one.got), None)


def _matched(sale: Sale, terms: Terms, table: RateTable | None) -> Treated:
    """The rates of the place, as far as the merchant collects them there."""
    query = question(sale, terms)
    if isinstance(query, Problem):
        return Treated(None, [query])
    table = RateTable(()) if table is None else table
    winners, _, rivals = table.select(query)
    if query.registrations is not None and not winners:
        anyone = table.select(query._replace(registrations=None))
        if anyone.winners or not query.registrations:
            return Treated(NotTaxed(Reason.NOT_COLLECTING))
    if rivals is not None:
        return Treated(None, [ambiguous_rates(rivals, query)])
    if winners:
        return _applied([one.rate for one in winners], sale, terms, _doubts(query.place, table))
    if sale.entered_percent is not None:
        return _entered(sale.entered_percent, sale, terms, query.place)
    if terms.missing_rate == "untaxed":
        told = f"no tax, since there is no rate for {query}"
        return Treated(NotTaxed(Reason.NOT_SUPPORTED), (), (Notice("notSupported", "", told),))
    return Treated(None, [missing_rate(query)])


def _doubts(place: Place, table: RateTable) -> Notices:
    """A warning where rates may have been missed, since the address leaves open what they ask for."""
    fields = table.unsaid(place)
    if not fields:
        return ()
    state = f"; {checks.shown(place.state_name)} is no state of {place.country}" if place.state_name else ""
    told = f"rates of {spelt(place)} ask for {' and '.join(fields)}, which the address does not say{state}"
    return (Notice("incompleteAddress", "", f"{told}: some may be missing"),)


@exactly
def _entered(percent: Decimal, sale: Sale, terms: Terms, place: Place) -> Treated:
    """The percentage that was typed by hand."""
    kind = usual_type(place.country)
    if _certified(kind, sale, terms, place):
        return _exempt(sale)
    row = bare(kind, place, Decimal(plain(percent.scaleb(-2))), Reason.STANDARD_RATED)
    return _taxed([row._replace(inclusive=sale.tax_behavior == "inclusive")], entered=True)


def _applied(rates: Sequence[TaxRate], sale: Sale, terms: Terms, notices: Notices = ()) -> Treated:
    """The rates as they stand on the line, without those that a certificate takes out."""
    place = terms.place
    kept = [rate for rate in rates if not _certified(rate.type, sale, terms, place, rate)]
    if not kept:
        return _exempt(sale)
    if sale.tax_rates and len(kept) < len(rates):
        told = "the customer is exempt from some of the rates that are named"
        notices += (Notice("explicitRatesNotApplied", "taxRates", told),)
    problem = _unfit(kept, sale, terms)
    if problem is not None:
        return Treated(None, [problem])
    inclusive = sale.tax_behavior == "inclusive"
    other = [rate.id for rate in kept if not rate.withheld and rate.inclusive is (not inclusive)]
    if sale.tax_behavior is not None and other:
        told = f"the price is {sale.tax_behavior}, rate {checks.shown(other[0])} is not: the rate decides"
        notices += (Notice("taxBehaviorDisagrees", "taxBehavior", told),)
    return _taxed([applied(rate, inclusive, _level_reason(rate, kept)) for rate in kept], notices)


def _taxed(rates: Sequence[AppliedRate], notices: Notices = (), *, entered: bool = False) -> Treated:
    try:
        return Treated(Taxed(rates, entered=entered), (), notices)
    except InvalidRate as error:
        return Treated(None, error.problems)


def _unfit(rates: Sequence[TaxRate], sale: Sale, terms: Terms) -> Problem | None:
    """What keeps these rates from being applied to this sale."""
    undecided = [rate.id for rate in rates if rate.inclusive is None and not rate.withheld]
    if undecided and sale.tax_behavior is None:
        told = f"expected a taxBehavior, since rate {checks.shown(undecided[0])} leaves it open, got none"
        hint = "say inclusive or exclusive, on the line or on the invoice"
        return Problem("missingTaxBehavior", told, "", hint, {"rates": undecided})
    return foreign(rates, terms.currency)


def _level_reason(rate: TaxRate, rates: Sequence[TaxRate]) -> Reason | None:
    """One level of several that levies no sales tax says so; None: the rate's own reason."""
    levels = {(one.level, one.jurisdiction_code) for one in rates if one.type == rate.type and one.level}
    idle = not rate.percentage_decimal and not rate.amount_per_unit
    several = rate.level is not None and len(levels) > 1
    return Reason.NO_TAX_AT_LEVEL if rate.type == TaxType.SALES_TAX and idle and several else None
