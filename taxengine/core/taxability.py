"""Taxability: whether a sale is taxed at all, by which rates, and the reason.

>>> from datetime import date
>>> terms = Terms(None, None, date(2026, 3, 1), "EUR", tax_status="exempt")
>>> treat(Sale("books"), terms, None).outcome.reason.value
'customerExempt'
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from taxengine.core import checks
from taxengine.core.adjustments import RateRef
from taxengine.core.arithmetic import ZERO, exactly
from taxengine.core.determination import Notice, NotTaxed, Taxed
from taxengine.core.errors import InvalidRate, Problem
from taxengine.core.place import Place
from taxengine.core.place_of_supply import Answer, Supply
from taxengine.core.rates import TaxRate, TaxType, foreign, unequal_halves
from taxengine.core.reasons import Reason
from taxengine.core.selection import Failed, Query, ambiguous_rates, failures, spelt, usual_type
from taxengine.core.spelling import plain
from taxengine.core.stack import AppliedRate, applied, bare
from taxengine.core.table import RateTable
from taxengine.core.terms import Sale, Terms, in_doubt, question, settled, stated_reverse_charge

Notices = tuple[Notice, ...]
ONCE = "reverseChargeNote"
OF_ALL = frozenset({ONCE, "exportNote", "taxIdNotVerified", "staleRates", "rateCaution"})
"""Notices that are about the whole invoice: the words for it, and what they rest on."""


class Treated(NamedTuple):
    """An outcome, or the problems that stand in its way, and notices. Paths are within the sale."""

    outcome: Taxed | NotTaxed | None
    problems: Sequence[Problem] = ()
    notices: Notices = ()


def treat(sale: Sale, terms: Terms, table: RateTable | None) -> Treated:
    """How a sale is taxed, or not."""
    terms, answer = settled(sale, terms)
    return stated(sale, terms, table) or _supplied_or_matched(sale, terms, answer, table)


def stated(sale: Sale, terms: Terms, table: RateTable | None) -> Treated | None:
    """What the invoice itself says of the sale, in the order of the law; None: rates are to be matched."""
    if sale.tax_rates is not None and not sale.tax_rates:
        return Treated(NotTaxed(Reason.NONE_STATED))
    if terms.tax_status == "exempt" or _certified("", sale, terms, terms.place):
        return _exempt(sale)
    if sale.tax_category is None and sale.tax_rates is None:
        return _uncategorised(sale)
    if terms.tax_status == "reverseCharge":
        return _reverse_charge(sale, terms)
    return None if sale.tax_rates is None else _explicit(sale.tax_rates, sale, terms, table)


def _certified(kind: str, sale: Sale, terms: Terms, place: Place | None, rate: TaxRate | None = None) -> bool:
    """Whether a certificate takes this type of tax off the sale ("": every type).

    Where there is no address the place of the rate counts.
    """
    area = state = None
    if place is not None:
        area, state = place.area, place.state or place.state_name
    elif rate is not None:
        area, state = rate.area, rate.state_code or rate.state_name
    held = (one for one in terms.certificates if not one.types or kind in one.types)
    return any(one.covers(area, state, sale.tax_category, terms.tax_date) for one in held)


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


def _reverse_charge(sale: Sale, terms: Terms) -> Treated:
    """As the invoice states it; its code and its words, as far as the place of supply tells."""
    category, told = stated_reverse_charge(sale, terms)
    row = _untaxed_row(terms.place, Reason.REVERSE_CHARGE, category)
    return Treated(NotTaxed(Reason.REVERSE_CHARGE, [row]), (), (Notice(ONCE, "customer.taxStatus", told),))


def _untaxed_row(place: Place | None, reason: Reason, category: str | None) -> AppliedRate:
    row = bare(usual_type(place and place.area), place, ZERO, reason)
    return row._replace(category=category) if row.type == TaxType.VAT else row


def _supplied(supply: Supply, reason: Reason, terms: Terms) -> Treated:
    """No tax by the place of supply: one row that says so, and the words for the invoice."""
    row = _untaxed_row(terms.place, reason, supply.category)
    words = supply.rule[:1].upper() + supply.rule[1:]
    notices = []
    if reason == Reason.REVERSE_CHARGE:
        notices.append(Notice(ONCE, "customer.taxIds", words))
    elif supply.category == "G":
        notices.append(Notice("exportNote", "", words))
        if in_doubt(terms):
            told = (
                "a GB address has neither postalCode nor state: in Northern Ireland the rules of the EU hold"
            )
            notices.append(Notice("incompleteAddress", "", told))
    if supply.on_id:
        told = "customer.taxIds: taken as written, not verified (VIES does it for VAT ids of member states)"
        notices.append(Notice("taxIdNotVerified", "customer.taxIds", f"{told}: {supply.rule}"))
    return Treated(NotTaxed(reason, [row]), (), tuple(notices))


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
    return Treated(None, problems) if problems else _applied(rates, sale, terms, table, tuple(notices))


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


def _supplied_or_matched(sale: Sale, terms: Terms, answer: Answer | None, table: RateTable | None) -> Treated:
    """No tax where the place of supply says so, else the rates of the place."""
    query = question(sale, terms, answer)
    if isinstance(query, Problem):
        return Treated(None, [query])
    if isinstance(answer, Supply) and answer.reason is not None:
        return _supplied(answer, answer.reason, terms)
    return _matched(sale, terms, query, RateTable(()) if table is None else table)


def _matched(sale: Sale, terms: Terms, query: Query, table: RateTable) -> Treated:
    """The rates of the place, as far as the merchant collects them there."""
    winners, _, rivals = table.select(query)
    if query.registrations is not None and not winners:
        anyone = table.select(query._replace(registrations=None))
        if anyone.winners or not query.registrations:
            return Treated(NotTaxed(Reason.NOT_COLLECTING))
    if rivals is not None:
        return Treated(None, [ambiguous_rates(rivals, query)])
    rates = [one.rate for one in winners]
    problem = table.unanswered(query, rates)
    if problem is None and (unknown := table.undecided(query, winners)) is not None:
        return Treated(None, [unknown])
    if problem is None:
        resolved = any(rate.by_postal_code for rate in rates)
        return _applied(rates, sale, terms, table, _doubts(query.place, table, resolved))
    if sale.entered_percent is not None:
        return _entered(sale.entered_percent, sale, terms, query.place)
    if terms.missing_rate == "untaxed":
        told = f"no tax, since there is no rate for {query}"
        return Treated(NotTaxed(Reason.NOT_SUPPORTED), (), (Notice("notSupported", "", told),))
    return Treated(None, [problem])


def _doubts(place: Place, table: RateTable, resolved: bool) -> Notices:
    """A warning where rates may have been missed, since the address leaves open what they ask for."""
    if not (fields := table.unsaid(place, resolved)):
        return ()
    state = f"; {checks.shown(place.state_name)} is no state of {place.country}" if place.state_name else ""
    told = f"rates of {spelt(place)} ask for {' and '.join(fields)}, which the address does not say{state}"
    return (Notice("incompleteAddress", "", f"{told}: some may be missing"),)


@exactly
def _entered(percent: Decimal, sale: Sale, terms: Terms, place: Place) -> Treated:
    """The percentage that was typed by hand."""
    kind = usual_type(place.area)
    if _certified(kind, sale, terms, place):
        return _exempt(sale)
    row = bare(kind, place, Decimal(plain(percent.scaleb(-2))), Reason.STANDARD_RATED)
    return _taxed([row._replace(inclusive=sale.tax_behavior == "inclusive")], entered=True)


def _applied(
    rates: Sequence[TaxRate], sale: Sale, terms: Terms, table: RateTable | None, notices: Notices
) -> Treated:
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
    notices += () if table is None else table.cautions(kept, terms.tax_date)
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
    return unequal_halves(rates) or foreign(rates, terms.currency)


def _level_reason(rate: TaxRate, rates: Sequence[TaxRate]) -> Reason | None:
    """One level of several that levies no sales tax says so; None: the rate's own reason."""
    levels = {(one.level, one.jurisdiction_code) for one in rates if one.type == rate.type and one.level}
    idle = not rate.percentage_decimal and not rate.amount_per_unit
    several = rate.level is not None and len(levels) > 1
    return Reason.NO_TAX_AT_LEVEL if rate.type == TaxType.SALES_TAX and idle and several else None
