"""Taxability: which treatment a row gets, in the order of calculation.md section 5."""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.matching import Ambiguous, candidate, covers_category, in_force, select, trade_known
from tests.oracle.places import EU, Place, place, state_of
from tests.oracle.rows import (
    COVERED_BY_GST,
    Document,
    Refused,
    Tax,
    Treatment,
    entered_tax,
    reverse_charge,
    tax_of_rate,
)

Types = frozenset[str] | None  # None: every type


@dataclass(slots=True)
class Item:
    """What is to be taxed: a line, or a discount or charge of its own."""

    path: str
    category: str | None
    rate_ids: list[str] | None
    behavior: str | None
    entered: Any
    origin: Place | None
    destination: Place | None
    where: Place | None = None
    undecided: bool = False


@dataclass(slots=True)
class Case:
    """What the invoice says once for all of its rows."""

    date: str
    sourcing: str
    status: str
    certificates: list[Document]
    registrations: list[Document]
    rates: list[Document]
    missing_rate: str = "error"
    by_id: dict[str, list[Document]] = field(default_factory=lambda: defaultdict(list))
    places: dict[int, Place] = field(default_factory=dict)

    def place(self, *addresses: Document | None) -> Place | None:
        """The place of the first address that is there."""
        for address in addresses:
            if address is not None:
                known = self.places.get(id(address))
                if known is None:
                    known = self.places[id(address)] = place(address)
                return known
        return None


def treat(item: Item, case: Case) -> Treatment:
    """The treatment of one row; raises Refused with its problems."""
    if item.rate_ids == []:
        return Treatment([], "noneStated")
    if case.status == "exempt" or exempts(case, item.where, item.category):
        return Treatment([], "customerExempt")
    if item.rate_ids is None and item.category is None:
        raise Refused(("missingTaxCategory", item.path))
    if case.status == "reverseCharge":
        return Treatment([reverse_charge(item.where)])
    if item.rate_ids is not None:
        return explicit(item, item.rate_ids, case)
    return matched(item, case)


def exempts(case: Case, where: Place | None, category: str | None, tax_type: str | None = None) -> bool:
    """Whether a certificate covers the place, category and date: for all taxes, or for those of a type."""
    return any(certificate_covers(one, where, category, case.date, tax_type) for one in case.certificates)


def certificate_covers(
    certificate: Document, where: Place | None, category: str | None, date: str, tax_type: str | None
) -> bool:
    types, categories = certificate.get("types"), certificate.get("taxCategories")
    if types and tax_type not in types:
        return False
    if categories and not any(covers_category(name, category) for name in categories):
        return False
    if not in_force(certificate.get("validFrom"), certificate.get("validUntil"), date):
        return False
    country, state = certificate.get("country"), certificate.get("state")
    if country is not None and (where is None or where.area != country):
        return False
    return state is None or (where is not None and where.state == state_of(where.country, state))


def less_certified(item: Item, case: Case, rates: list[Document], entered: Tax | None = None) -> Treatment:
    """The rates less those that a certificate takes out; without an address the rate's own place counts."""
    kept = []
    for rate in rates:
        where = item.where or place_of_rate(rate)
        if not exempts(case, where, item.category, rate["type"]):
            kept.append(rate)
    if entered is not None and not exempts(case, item.where, item.category, entered.type):
        return Treatment([entered])
    if not kept:
        return Treatment([], "customerExempt")
    taxes = [tax_of_rate(rate, inclusive(rate, item)) for rate in kept]
    halves = [
        sorted(each for rate in kept if rate["type"] == half for each in percentages_of(rate))
        for half in ("cgst", "sgst")
    ]
    if halves[0] != halves[1]:
        raise Refused(("equalHalves", item.path))
    mark_levels(taxes)
    return Treatment(taxes)


def percentages_of(rate: Document) -> list[Fraction]:
    """Its own and those of its brackets."""
    told = [
        rate.get("percentageDecimal") or "0",
        *(one["percentageDecimal"] for one in rate.get("brackets") or ()),
    ]
    return [Fraction(each) for each in told]


def place_of_rate(rate: Document) -> Place:
    """Where a rate is for, as far as it says: its territory by its postal codes, else country and state."""
    first = (rate.get("jurisdiction") or "").split(",")[0].strip(" *").partition("..")[0]
    return place({"country": rate["country"], "state": rate.get("state"), "postalCode": first or None})


def inclusive(rate: Document, item: Item) -> bool:
    """Whether the tax is inside the price: the rate decides; where it is null, the tax behavior."""
    if rate["inclusive"] is not None:
        return bool(rate["inclusive"])
    if item.behavior is None:
        raise Refused(("missingTaxBehavior", item.path))
    return item.behavior == "inclusive"


def mark_levels(taxes: list[Tax]) -> None:
    """A sales tax of 0 % at one level of several is `noTaxAtLevel`."""
    levelled = [tax for tax in taxes if tax.type == "salesTax" and tax.level is not None and not tax.withheld]
    if len({tax.level for tax in levelled}) > 1:
        for tax in levelled:
            if tax.percentage == 0 and tax.fixed is None:
                tax.reason = "noTaxAtLevel"


def explicit(item: Item, ids: list[str], case: Case) -> Treatment:
    """Exactly the rates that are named, each in the version that is in force."""
    problems, rates = [], []
    for i, rate_id in enumerate(ids):
        versions = case.by_id.get(rate_id, [])
        current = [
            rate for rate in versions if in_force(rate.get("validFrom"), rate.get("validUntil"), case.date)
        ]
        path = f"{item.path}.taxRates[{i}]"
        if not versions:
            problems.append(("unknownRate", path))
        elif not current:
            problems.append(("rateNotInForce", path))
        elif not current[0].get("active", True):
            problems.append(("inactiveRate", path))
        else:
            rates.append(current[0])
    if problems:
        raise Refused(*problems)
    return less_certified(item, case, rates)


def matched(item: Item, case: Case) -> Treatment:
    """The rates that match at the place, for the types that the merchant collects there."""
    where = item.where
    if item.undecided:
        raise Refused(("placeOfSupplyNeeded", item.path))
    if where is None:
        raise Refused(("missingAddress", item.path))
    types = collected(item, where, case)
    if types == frozenset():
        return Treatment([], "notCollecting")
    matching = [
        one
        for rate in case.rates
        if (one := candidate(rate, where, item.origin, item.destination, item.category, case.date))
        is not None
    ]
    allowed = [one for one in matching if types is None or one.rate["type"] in types]
    if matching and not allowed:
        return Treatment([], "notCollecting")
    try:
        rates = select(allowed)
    except Ambiguous:
        raise Refused(("ambiguousRates", item.path)) from None
    if rates and not trade_known(item.origin, item.destination):
        settle_trade(item, where, case, types, {rate["id"] for rate in rates})
    if rates:
        return less_certified(item, case, rates)
    if item.entered is not None:
        return less_certified(item, case, [], entered_tax(item.entered, where, item.behavior == "inclusive"))
    if case.missing_rate == "untaxed":
        return Treatment([], "notSupported")
    raise Refused(("missingRate", item.path))


def settle_trade(item: Item, where: Place, case: Case, types: Types, ids: set[str]) -> None:
    """Refuse what would bear other rates if it stayed within a state, or if it did not."""
    for trade in ("intrastate", "interstate"):
        supposed = []
        for rate in case.rates:
            if rate.get("when") in (None, trade) and (types is None or rate["type"] in types):
                plain = {**rate, "when": None}
                one = candidate(plain, where, item.origin, item.destination, item.category, case.date)
                supposed += [one] if one is not None else []
        try:
            others = {rate["id"] for rate in select(supposed)}
        except Ambiguous:
            others = set()
        if others != ids:
            raise Refused(("missingAddress", item.path))


def collected(item: Item, where: Place, case: Case) -> Types:
    """The tax types that the registrations cover at the place; all of them where none are given."""
    if not case.registrations:
        return None
    valid = in_force_of(case)
    here = [one for one in valid if covers_place(one, where)]
    abroad = case.sourcing == "destination" and crosses_within_eu(
        item.origin, item.destination, valid, case.date
    )
    if abroad and not registered(where, valid):
        return None  # by the one-stop shop, or it would be undecided
    return covered_types(here) if here else frozenset()


def in_force_of(case: Case) -> list[Document]:
    return [
        one for one in case.registrations if in_force(one.get("validFrom"), one.get("validUntil"), case.date)
    ]


def registered(where: Place, valid: list[Document]) -> bool:
    """Whether a registration covers VAT at the place."""
    here = [one for one in valid if covers_place(one, where)]
    types = covered_types(here) if here else frozenset[str]()
    return types is None or "valueAddedTax" in types


def place_that_taxes(
    origin: Place | None, destination: Place | None, case: Case
) -> tuple[Place | None, bool]:
    """The place, and whether the place of supply leaves it undecided.

    Across a border of the EU, by a merchant registered there, a line that is not said to be goods, service
    or digital is taxed where the merchant says, by a registration or oss, else at the origin, where all
    three would be; before 2019 a digital service would not.
    """
    if case.sourcing == "origin":
        return origin, False
    valid = in_force_of(case)
    if destination is None or not crosses_within_eu(origin, destination, valid, case.date):
        return destination, False
    if registered(destination, valid) or any(one.get("scheme") == "oss" for one in valid):
        return destination, False
    if origin is None or case.date < "2019-01-01":
        return destination, True
    return origin, not registered(origin, valid)


def covers_place(registration: Document, where: Place) -> bool:
    state = registration.get("state")
    same_state = state is None or state_of(where.country, state) == where.state
    return registration["country"] == where.area and same_state


def covered_types(registrations: list[Document]) -> Types:
    """A registration without a type covers all; gst covers its kin; GST and HST are one registration."""
    types: set[str] = set()
    for registration in registrations:
        tax_type = registration.get("type")
        if tax_type is None:
            return None
        types |= {"gst": COVERED_BY_GST, "hst": frozenset(("gst", "hst"))}.get(tax_type, {tax_type})
    return frozenset(types)


def crosses_within_eu(
    origin: Place | None, destination: Place, registrations: list[Document], date: str
) -> bool:
    """A sale that may cross a border within the EU, by a merchant registered in a state of it."""
    members = EU | {"GB"} if date < "2021-01-01" else EU  # Withdrawal Agreement, Article 126
    northern = destination.area == "GB" and destination.state == "NIR"  # goods: its Protocol, Article 8
    if (destination.area not in members and not northern) or not any(
        one["country"] in members for one in registrations
    ):
        return False
    return origin is None or (origin.area in members and origin.area != destination.area)
