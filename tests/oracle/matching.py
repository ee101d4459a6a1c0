"""Matching: which rates of a list apply to a line, by going through the whole list.

matching.md sections 2 and 3, literally: no index, no memory.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from tests.oracle.places import Place, patterns, postal_rank, state_of, subdivision, territory

Rate = dict[str, Any]
Specificity = tuple[tuple[int, int], bool, bool, bool, bool]  # postal, jurisdiction code, city, county, state


class Ambiguous(Exception):
    """Two rates, and nothing that says which of them applies."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rate that matches, with the two sides of its specificity: larger is more specific."""

    rate: Rate
    place: Specificity
    category: int


def in_force(valid_from: str | None, valid_until: str | None, date: str) -> bool:
    """Half-open, open where absent; ISO dates compare as text."""
    return (valid_from is None or valid_from <= date) and (valid_until is None or date < valid_until)


def covers_category(general: str, category: str | None) -> bool:
    """`food` covers `food` and `food.bread`, not `foodstuff`."""
    return category is not None and (category == general or category.startswith(general + "."))


def category_rank(rate: Rate, category: str | None) -> int | None:
    """The length of the longest category of the rate that covers the line's; 0: for all; None: for others."""
    wanted = rate.get("taxCategories")
    if not wanted:
        return 0
    lengths = [name.count(".") + 1 for name in wanted if covers_category(name, category)]
    return max(lengths, default=None)


def state_rank(rate: Rate, where: Place) -> tuple[bool, bool, bool] | None:
    """Whether the rate's `state` names the place's city, county or state; None where it names another."""
    text = rate.get("state")
    if not text:
        return (False, False, False)
    if subdivision(rate["country"], text) is not None:
        return (False, False, True) if state_of(rate["country"], text) == where.state else None
    name = text.casefold()
    if name == where.city:
        return (True, False, False)
    return (False, True, False) if name == where.county else None


def when_holds(when: str | None, origin: Place | None, destination: Place | None) -> bool:
    """`intrastate`: one state of one country; `interstate`: two states of one country."""
    if when is None:
        return True
    if origin is None or destination is None or origin.area != destination.area:
        return False
    if origin.state is None or destination.state is None:
        return False
    return (origin.state == destination.state) == (when == "intrastate")


def trade_known(origin: Place | None, destination: Place | None) -> bool:
    """Whether the states of both are; across a border nobody asks for them."""
    if origin is None or destination is None:
        return False
    return origin.area != destination.area or (origin.state is not None and destination.state is not None)


def candidate(
    rate: Rate, where: Place, origin: Place | None, destination: Place | None, category: str | None, date: str
) -> Candidate | None:
    """The rate with its specificity where it matches, else None."""
    area, _ = territory(rate["country"], patterns(rate.get("jurisdiction") or ""))
    if area != where.area or not rate.get("active", True):
        return None
    if not in_force(rate.get("validFrom"), rate.get("validUntil"), date):
        return None
    by_state = state_rank(rate, where)
    by_category = category_rank(rate, category)
    if by_state is None or by_category is None or not when_holds(rate.get("when"), origin, destination):
        return None
    jurisdiction, code = rate.get("jurisdiction"), rate.get("jurisdictionCode")
    if area != rate["country"]:
        jurisdiction = None  # it is for the whole territory
    postal = postal_rank(jurisdiction, where.postal, rate["country"]) if jurisdiction else (0, 0)
    by_postal_code = rate.get("byPostalCode") and jurisdiction and not where.jurisdictions
    if postal is None or (code and code not in where.jurisdictions and not by_postal_code):
        return None
    return Candidate(rate, (postal, bool(code), *by_state), by_category)


def inside(a: Rate, b: Rate) -> bool:
    """Whether the validity of a is contained in b's and not equal to it."""
    start_a, start_b = a.get("validFrom") or "", b.get("validFrom") or ""
    end_a, end_b = a.get("validUntil") or "9999-99-99", b.get("validUntil") or "9999-99-99"
    return start_b <= start_a and end_a <= end_b and (start_a, end_a) != (start_b, end_b)


def beats(a: Candidate, b: Candidate) -> bool:
    """Whether a stands against b in one group."""
    if a.rate.get("overridesPlace") and a.category > b.category:
        return True
    if a.place < b.place or a.category < b.category:
        return False
    if (a.place, a.category) == (b.place, b.category):
        return inside(a.rate, b.rate)
    return True


def winner(group: list[Candidate]) -> Candidate:
    """The one rate of a group that stands against every other."""
    for one in group:
        if all(one is other or beats(one, other) for other in group):
            return one
    raise Ambiguous


def replaced(one: Candidate, matching: list[Candidate]) -> bool:
    """Whether a matching rate of a narrower place takes this one out."""
    return any(
        one.rate["type"] in (other.rate.get("replaces") or ()) and other.place > one.place
        for other in matching
    )


def select(matching: list[Candidate]) -> list[Rate]:
    """Which of the matching rates apply."""
    groups: dict[tuple[str, str | None, str | None], list[Candidate]] = defaultdict(list)
    for one in matching:
        if not replaced(one, matching):
            rate = one.rate
            groups[rate["type"], rate.get("level"), rate.get("jurisdictionCode")].append(one)
    winners = [winner(group) for group in groups.values()]
    for combined in winners:
        for levelled in winners:
            if (
                combined.rate.get("level") is None
                and levelled.rate.get("level") is not None
                and combined.rate["type"] == levelled.rate["type"]
                and levelled.place <= combined.place
            ):
                raise Ambiguous
    return [one.rate for one in winners]
