"""Selection: whether a rate matches what is asked, and which of those that match apply.

`mismatch` is the one predicate: matching asks it of the rates that an index offers, the explanation of
any rate. The most specific rate of a group wins, different groups add up, and no order breaks a tie.

>>> from taxengine.core.place import Address
>>> query = Query(Address(country="US", state="NY").place, date(2026, 3, 1), "books")
>>> rate = TaxRate(country="US", state="CA", type="salesTax", percentage_decimal="0.0725", inclusive=False)
>>> str(mismatch(rate, query))
'state: expected US-CA, got US-NY'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from taxengine.core import checks
from taxengine.core.errors import Problem
from taxengine.core.parties import Registration
from taxengine.core.place import ANYWHERE, Place
from taxengine.core.rates import Level, TaxRate, TaxType, When

Breadth = tuple[int, int]
_STATE, _COUNTRY = 2, 3
_LEVELS: dict[str | None, int] = {level: height for height, level in enumerate((None, *Level))}


class Query(NamedTuple):
    """What is asked of the rates. `trade` None: not known; `registrations` None: not asked about."""

    place: Place
    tax_date: date
    tax_category: str | None = None
    trade: When | None = None
    registrations: tuple[Registration, ...] | None = None

    def __str__(self) -> str:
        category = f", category {checks.shown(self.tax_category)}" if self.tax_category else ""
        day = f" on {self.tax_date}" if self.tax_date > date.min else ""
        return f"{spelt(self.place)}{category}{day}"


class Failed(NamedTuple):
    """A test that a rate failed; `got` is empty where the query does not say."""

    test: str
    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.test}: expected {self.expected}, got {self.got or 'none'}"


class Match(NamedTuple):
    """A rate that matches, with the two sides of its specificity: the lesser is the more specific."""

    rate: TaxRate
    place: tuple[Breadth, bool, int]
    category: int


class Selection(NamedTuple):
    """Which of the rates that match apply; `lost` says who lost to whom and how, `rivals` which two tie."""

    winners: Sequence[Match]
    lost: Sequence[tuple[Match, Match, str]]
    rivals: tuple[Match, Match] | None = None


def spelt(place: Place) -> str:
    """A place as an error names it.

    >>> from taxengine.core.place import Address
    >>> spelt(Address(country="US", state="California", postal_code="94105").place)
    'US-CA 94105'
    """
    return " ".join(filter(None, (_spelt_state(place) or place.country, place.postal_code)))


def _spelt_state(place: Place) -> str:
    if place.state:
        return f"{place.country}-{place.state}"
    return f"{place.country} {_bare(place.state_name)}" if place.state_name else ""


def mismatch(rate: TaxRate, query: Query, breadth: Breadth | None = None) -> Failed | None:
    """The first test that the rate fails, None where it matches. `breadth`: where an index has found it."""
    return next(failures(rate, query, breadth), None)


def failures(rate: TaxRate, query: Query, breadth: Breadth | None = None) -> Iterator[Failed]:
    """Every test that the rate fails."""
    for test, passed, expected, got in _tests(rate, query, breadth):
        if not passed:
            yield Failed(test, _bare(expected), _bare(got or ""))


def _bare(text: str | None) -> str:
    return checks.shown(str(text)).strip("'")


def _tests(
    rate: TaxRate, query: Query, breadth: Breadth | None
) -> Iterator[tuple[str, object, str | None, str | None]]:
    """Each test with what it expects and what the query says."""
    place = query.place
    yield "active", rate.active, "true", "false"
    dates = f"from {rate.valid_from or 'ever'} until {rate.valid_until or 'further notice'}"
    yield "taxDate", rate.in_force(query.tax_date), dates, str(query.tax_date)
    yield "country", rate.area == place.area, rate.area, place.area
    coded = rate.state_code is not None
    state = f"{rate.country}-{rate.state_code}" if coded else rate.state
    names = _spelt_state(place) if coded else place.city or place.county or place.state_name
    yield "state", _depth(rate, place) is not None, state, names
    yield "when", rate.when in (None, query.trade), rate.when, query.trade
    covered = not rate.patterns or breadth or breadth_at(rate, place.postal_code)
    yield "jurisdiction", covered, rate.jurisdiction, place.postal_code
    code, resolved = rate.jurisdiction_code, place.jurisdictions
    within = code is None or code in resolved or (rate.by_postal_code and rate.patterns and not resolved)
    yield "jurisdictionCode", within, code, ", ".join(sorted(resolved))
    category = not rate.tax_categories or _fineness(rate, query.tax_category)
    yield "taxCategories", category, ", ".join(rate.tax_categories), query.tax_category
    held = query.registrations
    registered = held is None or any(one.covers(rate.type) for one in held)
    yield "registrations", registered, rate.type, ", ".join(str(one.type) for one in held or ())


def _depth(rate: TaxRate, place: Place) -> int | None:
    """Whether the rate's `state` names the place's city (0), county or state, or nothing; None: another's."""
    if rate.state_code is not None:
        return _STATE if rate.state_code == place.state else None
    if rate.state_name is None:
        return _COUNTRY
    names = (place.city, place.county, place.state_name)
    return names.index(rate.state_name) if rate.state_name in names else None


def _fineness(rate: TaxRate, category: str | None) -> int:
    """The length of the rate's longest category that covers this one; 0 where none does, or it has none."""
    if category is None:
        return 0
    return max((len(own) for own in rate.tax_categories if checks.covers(own, category)), default=0)


def breadth_in_all(rate: TaxRate) -> Breadth | None:
    """How many ZIP+4 codes an American rate's patterns cover together.

    None elsewhere, where codes cannot be counted: the narrowest pattern that matches speaks for the rate.
    """
    return (sum(one.breadth[0] for one in set(rate.patterns)), 0) if rate.country == "US" else None


def breadth_at(rate: TaxRate, code: str | None) -> Breadth | None:
    """How much the rate's postal patterns cover, where one of them covers the code; else None."""
    if not rate.patterns:
        return ANYWHERE
    hits = [one.breadth for one in rate.patterns if code is not None and one.matches(code)]
    return breadth_in_all(rate) or min(hits) if hits else None


def match(rate: TaxRate, query: Query, breadth: Breadth) -> Match:
    """A rate that matches, weighed; `breadth` is that of `breadth_at`."""
    depth = _depth(rate, query.place)
    place = breadth, rate.jurisdiction_code is None, _COUNTRY if depth is None else depth
    return Match(rate, place, -_fineness(rate, query.tax_category))


def select(matches: Iterable[Match]) -> Selection:
    """Which of the rates that match apply. The order in which they come changes nothing."""
    lost: list[tuple[Match, Match, str]] = []
    winners: list[Match] = []
    rivals = None
    groups: dict[object, list[Match]] = {}
    for one in _unreplaced(sorted(matches, key=lambda one: (one.rate.id, _validity(one))), lost):
        groups.setdefault((one.rate.type, one.rate.level, one.rate.jurisdiction_code), []).append(one)
    for group in groups.values():
        best, *others = _contest(group) if len(group) > 1 else group
        rivals = rivals or ((best, others[0]) if others else None)
        winners.append(best)
        lost += [(one, best, "lost") for one in group if one is not best]
    winners.sort(key=lambda one: one.place, reverse=True)
    winners.sort(key=lambda one: _LEVELS[one.rate.level])
    return Selection(winners, lost, rivals or _clash(winners))


def _validity(one: Match) -> tuple[date, date]:
    return one.rate.valid_from or date.min, one.rate.valid_until or date.max


def _unreplaced(matches: Sequence[Match], lost: list[tuple[Match, Match, str]]) -> Iterator[Match]:
    narrowest: dict[str, Match] = {}
    for one in matches:
        for kind in one.rate.replaces:
            narrowest[kind] = min(narrowest.get(kind, one), one, key=lambda each: each.place)
    for one in matches:
        by = narrowest.get(one.rate.type)
        if by is not None and by.place < one.place:
            lost.append((one, by, "replaced"))
        else:
            yield one


def _contest(group: Sequence[Match]) -> Sequence[Match]:
    """The rate of a group that wins, or two or more that nothing decides between."""
    overriding = min((one.category for one in group if one.rate.overrides_place), default=0)
    group = [one for one in group if one.category <= overriding]
    narrowest = min(group, key=lambda one: (one.place, one.category))
    finest = min(group, key=lambda one: (one.category, one.place))
    if narrowest[1:] != finest[1:]:
        return narrowest, finest
    tied = [one for one in group if one[1:] == narrowest[1:]]
    latest = max(tied, key=lambda one: _validity(one)[0])
    soonest = min(tied, key=lambda one: _validity(one)[1])
    inner = _validity(latest)[0], _validity(soonest)[1]
    return [one for one in tied if _validity(one) == inner] or (latest, soonest)


def _clash(winners: Sequence[Match]) -> tuple[Match, Match] | None:
    """A combined rate and one by level, of the same type and for the same or a wider place: tax twice."""
    for one in winners:
        for other in winners:
            levels = one.rate.level is None and other.rate.level is not None
            if levels and one.rate.type == other.rate.type and other.place >= one.place:
                return one, other
    return None


_USUAL = {"US": TaxType.SALES_TAX, "JP": TaxType.JCT}
_USUAL |= dict.fromkeys(("AU", "CA", "IN", "NZ", "SG"), TaxType.GST)
_USUAL |= {"IC": TaxType.IGIC, "ES-CE": TaxType.IPSI, "ES-ML": TaxType.IPSI}


def usual_type(area: str | None) -> TaxType:
    """The type of a percentage that comes without one.

    >>> usual_type("US").value, usual_type("FR").value
    ('salesTax', 'valueAddedTax')
    """
    return _USUAL.get(area or "", TaxType.VAT)


def missing_rate(query: Query) -> Problem:
    """What to say where nothing matches."""
    place = query.place
    named = {"country": place.country, "state": place.state or place.state_name or ""}
    if place.area != place.country and not place.state:
        named["jurisdiction"] = place.postal_code or ""
    data = {**named, "type": usual_type(place.area).value}
    hint = "add a rate with " + ", ".join(f"{name} {text}" for name, text in data.items() if text)
    data |= {"taxCategory": query.tax_category or "", "taxDate": str(query.tax_date)}
    return Problem("missingRate", f"expected a rate for {query}, got none", "", hint, data)


def ambiguous_rates(rivals: tuple[Match, Match], query: Query) -> Problem:
    """What to say where two rates tie."""
    rates = [one.rate for one in rivals]
    first, second = (checks.shown(rate.id) for rate in rates)
    if (rates[0].level is None) != (rates[1].level is None):
        hint = f"{first} is a combined rate: give it a level, or deactivate one of them"
    elif rivals[0].category != rivals[1].category:
        hint = f"add the rate that says both: the place of {first} and the taxCategories of {second}"
    else:
        hint = "give one of them a narrower place, category or validity, or deactivate it"
    told = f"expected one {rates[0].type} for {query}, got {first} and {second}, and nothing that decides"
    return Problem("ambiguousRates", told, "", hint, {"rates": [rate.id for rate in rates]})
