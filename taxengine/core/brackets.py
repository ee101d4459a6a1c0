"""Brackets: percentages that change with the price of one unit, from an amount on or over it.

>>> clothing = [Bracket(over="175", percentage_decimal="0.0625")]
>>> within(clothing, ZERO, "part", (Decimal(175), True))
(Decimal('0.0625'), Within(bounds=(('over', Decimal('175')),), portion=Decimal('1'), offset=Decimal('-175')))
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from taxengine.core import checks
from taxengine.core.arithmetic import ONE, ZERO
from taxengine.core.errors import InvalidRate
from taxengine.core.values import Exactly, MaybeExactly, given, value

Edge = tuple[Decimal, bool]
"""A threshold, and whether one unit must exceed it: edges are in the order of their brackets."""
LOWEST: Edge = ZERO, False
MOST_BRACKETS = 100
"""How many brackets one rate may have."""


@value(InvalidRate)
class Bracket:
    """A step of a rate: its percentage holds for units of a price `from_` that amount on, or `over` it."""

    from_: MaybeExactly = given(checks.number, default=None)
    over: MaybeExactly = given(checks.number, default=None)
    percentage_decimal: Exactly = given(checks.number)

    def check_whole(self, problems: checks.Problems) -> None:
        checks.either(problems, "from", self.from_, "over", self.over)
        path, (amount, _) = "from" if self.over is None else "over", self.edge
        if amount <= 0 and not problems:
            checks.fault(problems, "invalidValue", path, "an amount above 0", f"{amount:f}")

    @property
    def edge(self) -> Edge:
        """Where it begins."""
        amount = self.from_ if self.over is None else self.over
        return ZERO if amount is None else amount, self.over is not None


class Within(NamedTuple):
    """The bracket that one unit of a line lies in, by its bounds, and what bears the percentage there.

    That is `portion` (all or nothing) of the net, and `offset` beside it for each unit.
    """

    bounds: tuple[tuple[str, Decimal], ...]
    portion: Decimal = ONE
    offset: Decimal = ZERO

    def to_dict(self) -> dict[str, object]:
        """The bounds as a document shows them."""
        return {name: f"{amount:f}" for name, amount in self.bounds}


def check_brackets(problems: checks.Problems, rate: Any) -> None:
    """Each a step above the one before, on a rate that says nothing else of its base."""
    fault, part = checks.fault, rate.bracket_by == "part"
    for path, stated in (
        ("amountPerUnit", rate.amount_per_unit is not None),
        ("compoundOn", rate.compound_on),
        ("taxablePortion", rate.taxable_portion is not None),
        ("withheld", rate.withheld),
    ):
        if stated:
            hint = "state it as a rate of its own"
            fault(problems, "conflictingFields", path, "none beside brackets", "one", hint)
    if rate.currency is None:
        fault(problems, "missingField", "currency", "the currency of the brackets", None)
    if len(rate.brackets) > MOST_BRACKETS:
        fault(problems, "invalidValue", "brackets", f"at most {MOST_BRACKETS}", len(rate.brackets))
    edges = [LOWEST, *(step.edge for step in rate.brackets)]
    for index, (before, after) in enumerate(pairwise(edges)):
        path, amount = f"brackets[{index}]", f"{after[0]:f}"
        if after <= before:
            fault(problems, "invalidValue", path, "a threshold above the one before", amount)
        if part and not after[1]:
            fault(problems, "invalidValue", f"{path}.from", "over, since bracketBy is part", amount)
    _check_percentages(problems, [percentage for _, percentage in rate.percentages()], part=part)


def _check_percentages(problems: checks.Problems, told: Sequence[Decimal], *, part: bool) -> None:
    """Each another than the one before, and by part one alone beside 0, since a row says one."""
    for index, (first, then) in enumerate(pairwise(told)):
        if first == then or not (part or then):
            expected = "another percentage than before" if then else "other than 0 where bracketBy is whole"
            checks.fault(
                problems, "invalidRateSet", f"brackets[{index}].percentageDecimal", expected, f"{then:f}"
            )
    if part and len({*told} - {ZERO}) > 1:
        hint = "state each percentage as a rate of its own"
        expected = "one percentage beside 0 where bracketBy is part"
        checks.fault(
            problems, "invalidRateSet", "brackets", expected, ", ".join(f"{one:f}" for one in told), hint
        )


def within(steps: Sequence[Bracket], own: Decimal, by: str, low: Edge) -> tuple[Decimal, Within]:
    """The percentage that holds in the bracket that begins at `low`, and on what."""
    passed = sum(step.edge <= low for step in steps)
    percentages = [own, *(step.percentage_decimal for step in steps)]
    percentage, portion, offset = percentages[passed], ONE, ZERO
    if by == "part" and any(percentages[: passed + 1]):
        # One percentage is not 0: it is on some of the parts below, and perhaps on what is over them.
        starts = [ZERO, *(step.edge[0] for step in steps)]
        below = (after - before for before, after in pairwise(starts[: passed + 1]))
        offset = sum((part for part, charged in zip(below, percentages, strict=False) if charged), ZERO)
        if percentage:
            offset -= starts[passed]
        else:
            portion, percentage = ZERO, next(one for one in percentages if one)
    low_bound = [("over" if step.over is not None else "from", step.edge[0]) for step in steps[:passed]]
    high_bound = [("upTo" if step.over is not None else "below", step.edge[0]) for step in steps[passed:]]
    return percentage, Within((*low_bound[-1:], *high_bound[:1]), portion, offset)
