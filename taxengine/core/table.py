"""Table: the rates that one may ask, checked together, indexed, and never changed.

>>> from taxengine.core.place import Address
>>> vat = TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)
>>> table = RateTable([vat])
>>> [rate.id for rate in table.rates_for(Address(country="DE"), date(2026, 3, 1), "saas")]
['de-19']
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, get_args

from taxengine.core import checks
from taxengine.core.determination import Notice
from taxengine.core.errors import AmbiguousRates, InvalidRate, Problem, Undetermined
from taxengine.core.index import Index
from taxengine.core.lint import Finding, findings
from taxengine.core.place import Address, Place
from taxengine.core.rates import TaxRate, When
from taxengine.core.selection import (
    Breadth,
    Match,
    Query,
    Selection,
    ambiguous_rates,
    match,
    mismatch,
    missing_rate,
    select,
    spelt,
)

MOST_ANSWERS = 65_536
"""So many answers are remembered; then all are forgotten, which costs less than to choose.

Questions count by their size: a customer may bring a thousand certificates.
"""


class RateTable:
    """Rates, immutable and indexed: a look-up costs the same in ten of them and in a million.

    It may be pickled, shared between threads, and used after a fork. Ties are no error here, since rates
    that are only named may well tie: `check` finds them, and matching refuses them.

    Raises `InvalidRate` with all problems: an id twice from one date, versions of an id that overlap, a
    circle of `compoundOn`.
    """

    __slots__ = ("_answers", "_by_id", "_digest", "_held", "_index", "_rates")

    def __init__(self, rates: Iterable[TaxRate]) -> None:
        if isinstance(rates, (str, bytes)) or not isinstance(rates, Iterable):
            told = f"rates: expected a list of rates, got {checks.shown(rates)}"
            raise InvalidRate(Problem("invalidType", told, "rates", "write RateTable([rate])"))
        self._rates = tuple(rates)
        self._by_id = _checked(self._rates)
        self._index = Index(self._rates)
        self._digest: str | None = None
        self._forget()

    def __setattr__(self, name: str, value: object) -> None:
        if name not in ("_answers", "_digest", "_held") and hasattr(self, name):
            raise AttributeError(f"a RateTable is immutable: {name} stays as it is")
        object.__setattr__(self, name, value)

    def rates_for(
        self, address: Address, tax_date: date, tax_category: str | None = None
    ) -> tuple[TaxRate, ...]:
        """The rates that apply there and then; those with `when` do not, since no origin is known.

        Raises `AmbiguousRates`, or `Undetermined` (`missingRate`) where none does.
        """
        if not isinstance(address, Address) or not isinstance(tax_date, date):
            got = f"{checks.shown(address)} and {checks.shown(tax_date)}"
            told = f"rates_for: expected an Address and a date, got {got}"
            raise InvalidRate(Problem("invalidType", told))
        query = Query(address.place, tax_date, tax_category)
        selection = self.select(query)
        if selection.rivals is not None:
            raise AmbiguousRates(ambiguous_rates(selection.rivals, query))
        rates = tuple(one.rate for one in selection.winners)
        problem = self.unanswered(query, rates)
        if problem is not None:
            raise Undetermined(problem)
        return rates

    def select(self, query: Query) -> Selection:
        """Which rates match, and which of them apply."""
        found = self._index.candidates(query)
        return select(match(rate, query, at) for rate, at in found if mismatch(rate, query, at) is None)

    def candidates(self, query: Query) -> Iterable[tuple[TaxRate, Breadth]]:
        """The rates that may match, as the index finds them, each with the breadth of its postal patterns."""
        return self._index.candidates(query)

    def unsaid(self, place: Place, resolved: bool) -> list[str]:
        """Fields of an address that its rates ask for and that this place leaves open.

        `resolved`: its postal code has said what its jurisdictions are.
        """
        return self._index.unsaid(place, resolved)

    def unanswered(self, query: Query, rates: Sequence[TaxRate]) -> Problem | None:
        """What to say where no rate matches; one that knows where it ends may not be content with some."""
        return None if rates else missing_rate(query)

    def undecided(self, query: Query, winners: Sequence[Match]) -> Problem | None:
        """What to say where others would win, were it known whether the sale stays within one state."""
        asked = query.trade is None and query.place.area in self._index.traded
        supposed = [self.select(query._replace(trade=trade)) for trade in get_args(When) if asked]
        ids = [one.rate.id for one in winners]
        if all(one.rivals is None and [each.rate.id for each in one.winners] == ids for one in supposed):
            return None
        told = f"expected both states of a sale to {spelt(query.place)}, as its rates ask, got none known"
        hint = "add merchant.address, or a shipFrom on the line; give both states, by their codes"
        return Problem("missingAddress", told, "", hint)

    def cautions(self, rates: Sequence[TaxRate], tax_date: date) -> tuple[Notice, ...]:  # noqa: ARG002
        """What a result should say of these rates; a table that knows how old it is may have something."""
        return ()

    def get(self, rate_id: str, tax_date: date) -> TaxRate | None:
        """The rate of that id: its version in force, else another one; None where there is none."""
        versions = self._by_id.get(rate_id)
        if versions is None:
            return None
        started = bisect_right(versions, tax_date, key=lambda at: self._rates[at].valid_from or date.min)
        return self._rates[versions[started - 1]]

    def with_rate(self, rate: TaxRate) -> RateTable:
        """A table with one rate more."""
        return RateTable((*self._rates, rate))

    def check(self) -> list[Finding]:
        """What looks wrong: ties, gaps, rates that never win, percentages and places that look like slips."""
        return findings(self._rates, self.select)

    @property
    def digest(self) -> str:
        """SHA-256 over the rates; their order, and the spelling of numbers, do not matter."""
        if self._digest is None:
            from hashlib import sha256  # here, since it is dear to import and most never ask

            lines = "\n".join(sorted(rate.digest for rate in self._rates))
            self._digest = f"sha256:{sha256(lines.encode()).hexdigest()}"
        return self._digest

    def answers(self, question: object) -> dict[Any, Any]:
        """What has been found out for one question; filled by `remember`.

        A dictionary's operations are atomic each, and an answer depends on nothing but the table and its
        question: at worst, two threads find out the same thing.
        """
        known = self._answers.get(question)
        if known is None:
            self._make_room(_parts(question) // 16)
            known = self._answers.setdefault(question, {})
        return known

    def remember(self, answers: dict[Any, Any], key: object, answer: object) -> None:
        """Keep an answer, within bounds."""
        self._make_room()
        answers[key] = answer

    def _make_room(self, more: int = 1) -> None:
        if self._held >= MOST_ANSWERS:
            self._forget()
        self._held += more

    def _forget(self) -> None:
        self._answers: dict[object, dict[Any, Any]] = {}
        self._held = 0

    def __iter__(self) -> Iterator[TaxRate]:
        return iter(self._rates)

    def __len__(self) -> int:
        return len(self._rates)

    def __reduce__(self) -> tuple[type[RateTable], tuple[object, ...]]:
        return RateTable, (self._rates,)

    def __repr__(self) -> str:
        return f"RateTable({len(self._rates)} rates)"


def _parts(held: object) -> int:
    """Of how many parts something consists, those of its parts included."""
    if isinstance(held, (tuple, frozenset)):
        return 1 + sum(map(_parts, held))
    return 1 + sum(map(_parts, vars(held).values())) if hasattr(held, "of_checked") else 1


def _checked(rates: Sequence[TaxRate]) -> dict[str, list[int]]:
    """Where the versions of each id stand, by date; raises where a table of these cannot be."""
    problems: checks.Problems = []
    by_id: dict[str, list[int]] = defaultdict(list)
    for index, rate in enumerate(rates):
        if isinstance(rate, TaxRate):
            by_id[rate.id].append(index)
        else:
            checks.fault(problems, "invalidType", f"rates[{index}]", "a TaxRate", rate)
    for versions in by_id.values():
        if len(versions) > 1:
            versions.sort(key=lambda index: (rates[index].valid_from or date.min, index))
            for earlier, later in pairwise(versions):
                _check_versions(problems, rates, earlier, later)
    compound = (
        {} if problems else {at: rate for at, rate in enumerate(rates) if rate.compound_on and rate.active}
    )
    if compound:
        _check_circles(problems, compound)
    if problems:
        raise InvalidRate(problems)
    return dict(by_id)


def _check_versions(problems: checks.Problems, rates: Sequence[TaxRate], earlier: int, later: int) -> None:
    first, second = rates[earlier], rates[later]
    shown, since = checks.shown(second.id), second.valid_from or "ever"
    if first.valid_from == second.valid_from:
        told = f"rates[{later}].id: expected each id once from a date, got {shown} from {since} again"
        hint = f"it is the id of rates[{earlier}]"
        problems.append(Problem("duplicateId", told, f"rates[{later}].id", hint, {"rates": [first.id]}))
    elif first.valid_until is None or (second.valid_from or date.min) < first.valid_until:
        path = f"rates[{later}].validFrom"
        told = f"{path}: expected a date after rates[{earlier}], a version of {shown}, got {since}"
        hint = f"give rates[{earlier}] the validUntil {since}"
        problems.append(Problem("overlappingVersions", told, path, hint, {"rates": [first.id]}))


def _check_circles(problems: checks.Problems, compound: Mapping[int, TaxRate]) -> None:
    """Refuse rates that are charged on top of each other and may meet on a line."""
    named: dict[tuple[str, str], set[int]] = defaultdict(set)
    for index, rate in compound.items():
        named[rate.area, rate.id].add(index)
        named[rate.area, rate.type].add(index)
    under = {
        index: {
            other
            for name in rate.compound_on
            for other in named.get((rate.area, name), ())
            if other != index and _may_meet(rate, compound[other])
        }
        for index, rate in compound.items()
    }
    above: dict[int, list[int]] = defaultdict(list)
    for index, others in under.items():
        for other in others:
            above[other].append(index)
    waiting = {index: len(others) for index, others in under.items()}
    free = [index for index, count in waiting.items() if not count]
    while free:
        for index in above[free.pop()]:
            waiting[index] -= 1
            if not waiting[index]:
                free.append(index)
    circling = sorted(index for index, count in waiting.items() if count)
    if circling:
        ids = [compound[index].id for index in circling]
        path = f"rates[{circling[0]}].compoundOn"
        told = f"{path}: expected no circle, got one among {checks.shown(', '.join(ids))}"
        problems.append(Problem("compoundCycle", told, path, data={"rates": ids}))


def _may_meet(one: TaxRate, other: TaxRate) -> bool:
    """Whether both may be on one line, as far as state and dates tell."""
    states = {rate.state_code for rate in (one, other) if rate.state_code}
    since = max(one.valid_from or date.min, other.valid_from or date.min)
    return len(states) < 2 and since < min(one.valid_until or date.max, other.valid_until or date.max)
