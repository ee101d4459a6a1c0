"""Place of supply: where a sale that touches the EU is taxed, and how, by the VAT Directive.

Articles are those of Council Directive 2006/112/EC. Each rule answers with a `Supply`: the end of the sale
that taxes it, or the reason for which there is no tax, and the article; or with the problem of what is
missing. Services that the Directive places by something else (immovable property, transport, events,
meals, hire: articles 47 to 57) are not told apart: name their rates, or the address that decides.

>>> from taxengine.core.place import Address
>>> deal = Deal(Address(country="DE").place, Address(country="FR").place, date(2026, 3, 1))
>>> of_goods(deal).end, of_goods(deal._replace(ids=VatIds(("FR",), None, True))).category
('origin', 'K')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Literal, NamedTuple

from taxengine.core import checks
from taxengine.core.errors import Problem
from taxengine.core.parties import Registration
from taxengine.core.place import Place, in_eu_vat
from taxengine.core.reasons import Reason
from taxengine.core.selection import usual_type
from taxengine.core.vat_ids import NONE, XI, VatIds

End = Literal["destination", "origin"]
DIRECTIVE = "Council Directive 2006/112/EC"
_BRITISH = "Value Added Tax Act 1994"
_LEFT = date(2021, 1, 1)
_ONE_THRESHOLD = date(2021, 7, 1)
"""Since when one threshold and one one-stop shop are for goods and digital services (Directive 2017/2455)."""
_DIGITAL_THRESHOLD = date(2019, 1, 1)


class Supply(NamedTuple):
    """Where a sale is taxed, or why it is not: `rule` says it with its article.

    `reason` None: the rates of that end apply, and a registration must cover it. `category` is the code of
    EN 16931 where a rule gives it, `on_id` whether all rests on a tax id of the customer's, `schemes`
    those that stand for a registration, `border` whether the rules of the EU were asked.
    """

    end: End
    rule: str
    reason: Reason | None = None
    category: str | None = None
    on_id: bool = False
    schemes: tuple[str, ...] = ()
    border: bool = True


Answer = Supply | Problem


class Deal(NamedTuple):
    """What the rules ask of a sale. `registrations`, those in force; None: not stated."""

    origin: Place
    destination: Place
    tax_date: date
    ids: VatIds = NONE
    registrations: tuple[Registration, ...] | None = None

    def registered(self, place: Place, schemes: tuple[str | None, ...] = (None, "oss")) -> bool:
        """Whether a registration covers the usual tax of the place; one of an import scheme is no other."""
        state, kind = place.state or place.state_name, usual_type(place.area)
        held = [one for one in self.registrations or () if one.scheme in schemes]
        return any(one.at(place.area, state) and one.covers(kind) for one in held)

    def scheme(self, name: str) -> bool:
        """Whether a registration is for that special scheme."""
        return any(one.scheme == name for one in self.registrations or ())

    @property
    def british(self) -> bool:
        """Whether it is sold from the United Kingdom since that has left the EU: by a law of its own."""
        return self.origin.area == "GB" and self.tax_date >= _LEFT

    @property
    def above(self) -> bool:
        """Whether the merchant says that it is above the threshold of cross-border sales."""
        return self.registered(self.destination) or self.scheme("oss")


def of_union(place: Place, tax_date: date, *, goods: bool) -> str | None:
    """The member state that a place is in; `XI` for goods in Northern Ireland since the UK has left.

    Protocol on Ireland/Northern Ireland (Windsor Framework), article 8: for goods alone.
    """
    if in_eu_vat(place.area, tax_date):
        return place.area
    northern = place.area == "GB" and place.state == "NIR" and tax_date >= _LEFT
    return XI if goods and northern else None


def of_goods(deal: Deal) -> Answer:
    """Goods that are sent: articles 31 to 39, 138 and 146."""
    seller = of_union(deal.origin, deal.tax_date, goods=True)
    buyer = of_union(deal.destination, deal.tax_date, goods=True)
    if seller is None and buyer is None and not deal.british:
        return between_others(deal)
    if buyer is None:
        return export_of_goods(deal)
    if seller is None:
        brought = import_of_goods(deal)
        return export_of_goods(deal) if deal.british and isinstance(brought, Problem) else brought
    if seller in deal.ids.areas and len(deal.ids.areas) == 1:
        rule = "goods to a business of the merchant's own member state: where the transport begins"
        return Supply("origin", f"{rule} (Articles 32 and 138(1)(b), {DIRECTIVE})")
    business = bought_by_business(deal, seller, buyer, goods=True)
    if isinstance(business, Problem):
        return business
    return INTRA_COMMUNITY if business else distance_sale(deal)


_SUPPLY = f"exempt intra-Community supply of goods to a business (Article 138(1), {DIRECTIVE})"
INTRA_COMMUNITY = Supply("destination", _SUPPLY, Reason.REVERSE_CHARGE, "K", on_id=True)
"""To a business with a VAT id of another member state, which is a condition of it since 2020 (Directive
(EU) 2018/1910): exempt, and taxed there as the customer's acquisition."""


def distance_sale(deal: Deal) -> Supply:
    """To a consumer in another member state: taxed where the transport ends, article 33(a).

    Up to the threshold of article 59c, where it begins (article 32); before 2021-07-01 articles 33 and 34.
    """
    one = deal.tax_date >= _ONE_THRESHOLD
    if deal.above if one else deal.registered(deal.destination):
        article = "Article 33(a)" if one else "Article 33"
        rule = f"distance sale of goods: where the transport ends ({article}, {DIRECTIVE})"
        return Supply("destination", rule, schemes=("oss",))
    article = "Articles 32 and 59c" if one else "Article 34"
    return Supply("origin", f"distance sale of goods below the threshold: {_below(deal, article)}")


def _below(deal: Deal, article: str) -> str:
    told = f"at the origin, since no registration of {deal.destination.area} nor scheme oss is stated"
    return f"{told} ({article}, {DIRECTIVE})"


def export_of_goods(deal: Deal) -> Supply:
    """Out of the EU, or into a territory that is outside its VAT: exempt with credit, article 146(1).

    What France sends to its departments overseas is one, though its registration is for those too.
    So it is out of Great Britain, to member states too, where nobody says that the merchant imports there.

    A merchant who is registered at the destination is taken to import there himself, and taxed there.
    """
    own = any(one.area == deal.destination.area for one in deal.registrations or ())
    if own and deal.registered(deal.destination):
        return Supply("destination", "export of goods to where the merchant is registered: taxed there")
    outside = of_union(deal.origin, deal.tax_date, goods=True) is None
    law = f"{_BRITISH}, section 30(6)" if outside else f"Article 146(1), {DIRECTIVE}"
    rule = f"export of goods ({law})"
    return Supply("origin", rule, Reason.ZERO_RATED, "G")


def import_of_goods(deal: Deal) -> Answer:
    """Into the EU: the customer's import, unless the merchant imports himself or uses the import scheme.

    Article 32, second paragraph; article 33(c) since 2021-07-01, for consumers, whose consignments of more
    than 150 EUR (article 369l) the merchant has to tell apart. The one-stop shop of the EU imports nothing.
    """
    if deal.registered(deal.destination, (None,)):
        rule = f"import of goods by the merchant: where they arrive (Article 32, {DIRECTIVE})"
        return Supply("destination", rule)
    if deal.scheme("ioss") and deal.ids.consumer and deal.tax_date >= _ONE_THRESHOLD:
        rule = f"distance sale of imported goods up to 150 EUR: where it ends (Article 33(c), {DIRECTIVE})"
        return Supply("destination", rule, schemes=("ioss",))
    wanted = "who imports these goods into the EU"
    hint = "add a registration of the destination, or scheme ioss; where the customer does, taxRates []"
    return needed(wanted, hint)


def of_services(deal: Deal, *, digital: bool = False) -> Answer:
    """Services that no other article places: articles 44, 45, 58 and 196."""
    seller = of_union(deal.origin, deal.tax_date, goods=False)
    buyer = of_union(deal.destination, deal.tax_date, goods=False)
    if seller is None and buyer is None and not deal.british:
        return between_others(deal)
    business = bought_by_business(deal, seller, buyer, goods=False)
    if isinstance(business, Problem):
        return business
    if business:
        return service_to_business(deal, buyer)
    if digital:
        return digital_to_consumer(deal, seller, buyer)
    if seller is None and not deal.british:
        wanted = f"whether {deal.origin.area} taxes a service to a consumer in the EU"
        return needed(wanted, "name the taxRates that apply there, [] for none; or state sourcing")
    law = f"{_BRITISH}, section 7A(2)(b)" if deal.british else f"Article 45, {DIRECTIVE}"
    return Supply("origin", f"service to a consumer: where the merchant is ({law})")


def service_to_business(deal: Deal, buyer: str | None) -> Supply:
    """Where the business is, article 44; it accounts for the tax itself, article 196."""
    if buyer is not None:
        rule = f"service to a business of a member state: reverse charge (Articles 44 and 196, {DIRECTIVE})"
        return Supply("destination", rule, Reason.REVERSE_CHARGE, "AE", on_id=True)
    where, law = "outside the EU", f"Article 44, {DIRECTIVE}"
    if deal.british:
        where, law = "abroad", f"{_BRITISH}, section 7A(2)(a)"
    if deal.registered(deal.destination):
        return Supply("destination", f"service to a business: where it is ({law})")
    rule = f"service to a business {where}: outside the scope ({law})"
    return Supply("origin", rule, Reason.OUTSIDE_SCOPE, "O", on_id=True)


def digital_to_consumer(deal: Deal, seller: str | None, buyer: str | None) -> Supply:
    """Telecommunications, broadcasting, electronic services: article 58."""
    if buyer is None:
        where, law = "outside the EU", f"Article 58, {DIRECTIVE}"
        if deal.british:
            where, law = "abroad", f"{_BRITISH}, Schedule 4A, paragraph 15"
        if deal.registered(deal.destination):
            rule = "digital service to a consumer where the merchant is registered: taxed there"
            return Supply("destination", f"{rule} ({law})")
        rule = f"digital service to a consumer {where}: outside the scope ({law})"
        return Supply("origin", rule, Reason.OUTSIDE_SCOPE, "O")
    below = seller is not None and not deal.above and deal.tax_date >= _DIGITAL_THRESHOLD
    if below:
        article = "Articles 45 and 59c" if deal.tax_date >= _ONE_THRESHOLD else "Article 58(2)"
        return Supply("origin", f"digital service below the threshold: {_below(deal, article)}")
    rule = f"digital service to a consumer: where it is (Article 58, {DIRECTIVE})"
    return Supply("destination", rule, schemes=("oss",) if seller is not None else ("nonUnionOss", "oss"))


def between_others(deal: Deal) -> Answer:
    """Across a border of countries whose rules are not here: a registration of the destination taxes it."""
    if deal.registered(deal.destination):
        return Supply("destination", "where the customer is and the merchant registered", border=False)
    hint = "add a registration of the destination; or state sourcing, or taxRates, [] for none"
    return needed(f"which of {deal.origin.area} and {deal.destination.area} taxes a sale between them", hint)


RULES: Mapping[str, Callable[[Deal], Answer]] = {
    "goods": of_goods,
    "shipping": of_goods,  # article 78(b): what transport costs is part of what the goods do
    "service": of_services,
    "digital": partial(of_services, digital=True),
}


def supplied(deal: Deal, kind: str | None) -> Answer:
    """The answer of the rules; where the kind is not stated, what they all agree on."""
    if kind is not None:
        return RULES[kind](deal)
    answers = [RULES[each](deal) for each in ("goods", "service", "digital")]
    agreed = {one.code if isinstance(one, Problem) else (one.end, *one[2:4]) for one in answers}
    if len(agreed) == 1:
        return answers[0]
    return needed("what is sold", "state kind on the line: goods, service or digital")


def bought_by_business(deal: Deal, seller: str | None, buyer: str | None, *, goods: bool) -> bool | Problem:
    """Whether the customer has shown that it is a business elsewhere than the merchant.

    In the EU by a VAT id of another member state (article 138(1)(b); Implementing Regulation (EU) No
    282/2011, article 18(1)); outside, by any number of its tax authority (article 18(3) there).
    """
    ids = deal.ids
    if buyer is None:
        return ids.stated
    valid = {area for area in ids.areas if (area == XI and goods) or in_eu_vat(area, deal.tax_date)}
    if valid - {seller}:
        return True
    if ids.areas or ids.odd is not None:
        got = checks.shown(ids.odd) if not ids.areas else f"one of {ids.areas[0]}"
        told = f"expected a VAT id of another member state, with its prefix and type vat, got {got}"
        hint = "correct customer.taxIds; without any the customer is a consumer"
        return Problem("placeOfSupplyNeeded", told, "", hint)
    return False


def needed(what: str, hint: str) -> Problem:
    """What to say where only the place of supply can tell, and something is missing for it."""
    return Problem("placeOfSupplyNeeded", f"expected {what} to be known, got no place of supply", "", hint)
