"""Stack: the taxes of one line as affine functions of its net amount, exact.

Each tax k is `a_k * net + b_k`. The coefficients depend on the rates alone, never on an amount: a
stack is built once for each distinct set of rates and used for every line that has it.

    a_k = r_k * (1 + sum of a_j over the taxes j that k is charged on)
    b_k = f_k + r_k * (sum of b_j over them)                      f_k: the fixed amount on the line
    net = (amount - sum of inclusive b_k) / (1 + sum of inclusive a_k)

>>> vat = TaxRate(id="vat", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=True)
>>> Stack([applied(vat)]).divisor
Decimal('1.19')
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from taxengine.core.arithmetic import ONE, ZERO, exactly
from taxengine.core.brackets import LOWEST, Edge, Within, within
from taxengine.core.errors import InvalidRate, Problem
from taxengine.core.place import Place
from taxengine.core.rates import TaxRate, TaxType
from taxengine.core.reasons import Reason, reason_of

MOST_RATES = 100
"""How many taxes one line may carry."""


class AppliedRate(NamedTuple):
    """A tax as it stands on a line: the rate, or the bare percentage where none has an id, and why.

    `category` is the code of EN 16931 where a rule gives it, "" for none, None where the reason tells.
    """

    rate: TaxRate | None
    id: str | None
    name: str | None
    type: str
    level: str | None
    country: str | None
    state: str | None
    jurisdiction: str | None
    percentage_decimal: Decimal | None
    inclusive: bool
    reason: Reason
    withheld: bool
    category: str | None = None
    bracket: Within | None = None


def applied(rate: TaxRate, inclusive: bool | None = None, reason: Reason | None = None) -> AppliedRate:
    """A rate as it applies: `inclusive` decides only where the rate's own is None."""
    inside = rate.inclusive if rate.inclusive is not None else bool(inclusive) and not rate.withheld
    why = reason_of(rate) if reason is None else reason
    return AppliedRate(
        rate, rate.id, rate.name, rate.type, rate.level, rate.country, rate.state, rate.jurisdiction,
        rate.percentage_decimal, inside, why, rate.withheld,
    )  # fmt: skip


def bare(kind: TaxType, place: Place | None, percentage: Decimal, reason: Reason) -> AppliedRate:
    """A percentage without a rate behind it."""
    country, state = (place.country, place.state or place.state_name) if place else (None, None)
    return AppliedRate(
        None, None, None, kind, None, country, state, None, percentage, inclusive=False, reason=reason,
        withheld=False,
    )  # fmt: skip


class Stack:
    """The taxes of a line, in order, with their exact coefficients; see the module.

    `slopes` are the a_k, `divisor` is 1 + the sum of the inclusive ones. `fixed` says whether any tax
    has a fixed amount; then `intercepts` turns the fixed amounts of a line into the b_k. `bracketed` says
    whether any has brackets, among which each line has a place, and a stack, of its own.
    Raises `InvalidRate` where the set has no unique solution or `compoundOn` goes in a circle.
    """

    __slots__ = (
        "_pieces", "bracketed", "divisor", "fixed", "inclusive", "plain", "portions", "rates", "reason",
        "slopes", "under",
    )  # fmt: skip

    rates: tuple[AppliedRate, ...]
    under: tuple[tuple[int, ...], ...]
    slopes: tuple[Decimal, ...]
    portions: tuple[Decimal, ...]
    inclusive: tuple[int, ...]
    divisor: Decimal
    fixed: bool
    bracketed: bool
    plain: bool
    reason: Reason
    _pieces: Sequence[tuple[Edge, Edge | None, Stack]]

    @exactly
    def __init__(self, rates: Iterable[AppliedRate]) -> None:
        self.rates = tuple(rates)
        if len(self.rates) > MOST_RATES:
            told = f"rates: expected at most {MOST_RATES} on one line, got {len(self.rates)}"
            raise InvalidRate(Problem("invalidRateSet", told))
        self.portions = tuple(_portion(one) for one in self.rates)
        self.under = tuple(_under(one, self.rates) for one in self.rates)
        self.slopes = tuple(self._solve([ONE] * len(self.rates), [ZERO] * len(self.rates)))
        self.inclusive = tuple(index for index, one in enumerate(self.rates) if one.inclusive)
        self.divisor = ONE + sum((self.slopes[index] for index in self.inclusive), ZERO)
        self.bracketed = any(
            one.rate is not None and one.rate.brackets and one.bracket is None for one in self.rates
        )
        self.fixed = self.bracketed or any(
            one.rate is not None and one.rate.amount_per_unit for one in self.rates
        )
        self._pieces = ()
        self.reason = _reason(self.rates)
        whole = all(portion is ONE for portion in self.portions) and not any(self.under)
        usual = not any(one.withheld for one in self.rates) and all(slope >= 0 for slope in self.slopes)
        self.plain = whole and usual and not self.fixed
        if self.divisor == 0:
            ids = [one.id for one in self.rates if one.inclusive]
            told = f"rates: expected inclusive rates that do not add up to -100 %, got {ids}"
            raise InvalidRate(Problem("invalidRateSet", told, data={"rates": ids}))

    @property
    def only_inclusive(self) -> bool:
        """Whether there are taxes and each, withheld ones aside, is inside the price."""
        return 0 < len(self.inclusive) == sum(not one.withheld for one in self.rates)

    @property
    def pieces(self) -> Sequence[tuple[Edge, Edge | None, Stack]]:
        """The stack in each of its brackets, from one edge to the next; those of all its rates are merged."""
        if not self._pieces:
            edges = {step.edge for one in self.rates if one.rate is not None for step in one.rate.brackets}
            low = [LOWEST, *sorted(edges)]
            self._pieces = [
                (edge, above, Stack(_in_bracket(one, edge) for one in self.rates))
                for edge, above in zip(low, [*low[1:], None], strict=True)
            ]
        return self._pieces

    def intercepts(self, fixed: Sequence[Decimal], units: Decimal = ZERO) -> list[Decimal]:
        """The b_k of a line whose taxes have these fixed amounts, and so many units among brackets."""
        parts = [
            part + (one.percentage_decimal or ZERO) * one.bracket.offset * units if one.bracket else part
            for part, one in zip(fixed, self.rates, strict=True)
        ]
        return self._solve([ZERO] * len(fixed), parts)

    def _solve(self, bases: Sequence[Decimal], fixed: Sequence[Decimal]) -> list[Decimal]:
        """x_k = fixed_k + r_k * (base_k + the sum of the x_j that k is charged on)."""
        solved: dict[int, Decimal] = {}
        waiting = list(range(len(self.rates)))
        while waiting:
            ready = [index for index in waiting if all(other in solved for other in self.under[index])]
            if not ready:
                ids = [self.rates[index].id for index in waiting]
                told = f"compoundOn: expected no circle, got one among {ids}"
                raise InvalidRate(Problem("compoundCycle", told, data={"rates": ids}))
            for index in ready:
                below = bases[index] + sum((solved[other] for other in self.under[index]), ZERO)
                rate = (self.rates[index].percentage_decimal or ZERO) * self.portions[index]
                solved[index] = fixed[index] + rate * below
            waiting = [index for index in waiting if index not in solved]
        return [solved[index] for index in range(len(self.rates))]


def _portion(one: AppliedRate) -> Decimal:
    if one.bracket is not None:
        return one.bracket.portion
    portion = None if one.rate is None else one.rate.taxable_portion
    return ONE if portion is None else portion


def _in_bracket(one: AppliedRate, low: Edge) -> AppliedRate:
    """A rate as it applies in the bracket that begins at `low`."""
    rate = one.rate
    if rate is None or not rate.brackets:
        return one
    own = rate.percentage_decimal or ZERO
    percentage, bracket = within(rate.brackets, own, rate.bracket_by, low)
    reason = one.reason if percentage == own else Reason.STANDARD_RATED
    return one._replace(percentage_decimal=percentage, reason=reason, bracket=bracket)


def _under(one: AppliedRate, rates: Sequence[AppliedRate]) -> tuple[int, ...]:
    """Which taxes of the line this one is charged on top of: by id or by type, never itself."""
    if one.rate is None or not one.rate.compound_on:
        return ()
    named = set(one.rate.compound_on)
    return tuple(
        index
        for index, other in enumerate(rates)
        if other is not one and (other.id in named or other.type in named)
    )


def _reason(rates: Sequence[AppliedRate]) -> Reason:
    """The reason of a line with these taxes, withheld ones aside.

    A level that levies no sales tax does not count while another level does.
    """
    counted = [one for one in rates if not one.withheld] or rates
    levying = [one for one in counted if one.reason != Reason.NO_TAX_AT_LEVEL]
    if any(one.type == TaxType.SALES_TAX and one.level for one in levying):
        counted = levying
    return one_reason(one.reason for one in counted)


def one_reason(reasons: Iterable[Reason]) -> Reason:
    """The reason that all share, else `mixed`.

    >>> one_reason([Reason.STANDARD_RATED, Reason.ZERO_RATED]).value
    'mixed'
    """
    found = set(reasons)
    return found.pop() if len(found) == 1 else Reason.MIXED


def breakdown_key(rate: AppliedRate) -> Hashable:
    """What makes two tax rows one row of the breakdown: the rate's id, or what it says, and the reason."""
    if rate.id is not None:
        return rate.id, rate.reason
    return rate.type, rate.country, rate.percentage_decimal, rate.reason, rate.category
