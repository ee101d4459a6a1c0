"""Mixtures: an invoice as it stood between two calculations, and what each change added to its taxes.

The amounts, the law and the policy may have been changed in any order. For each order there are the
calculations on the way from the one to the other: what a group adds is the step at which it was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, permutations
from typing import NamedTuple, cast

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.arithmetic import ZERO
from taxengine.core.calculation import calculate
from taxengine.core.determination import Determination, Outcome, Taxed, TaxedIn
from taxengine.core.errors import InvalidInput, StatedAmountMismatch
from taxengine.core.figures import LineAmounts
from taxengine.core.invoice import Line
from taxengine.core.matching import taxed_in
from taxengine.core.policy import Policy
from taxengine.core.values import replace
from taxengine.recalculation.comparison import Figures, Key, figures_of
from taxengine.recalculation.difference import Group, Part, Side, base_of, law_of


class Step(NamedTuple):
    """The change of one group, from one calculation to the next."""

    group: Group
    before: Figures
    after: Figures


Measure = Callable[[LineAmounts], Decimal]


class Walks:
    """The orders in which the groups can have been changed, step by step.

    An order that comes by a mixture that has no calculation is left out.
    """

    def __init__(self, before: Side, after: Side, groups: Sequence[Group]) -> None:
        self.groups = groups
        self.orders: list[list[Step]] = []
        known: dict[frozenset[Group], Figures | None] = {
            frozenset(): before.figures,
            frozenset(groups): after.figures,
        }
        for order in permutations(groups):
            points = []
            for count in range(len(order) + 1):
                changed = frozenset(order[:count])
                if changed not in known:
                    amounts, law, policy = (after if group in changed else before for group in Group)
                    known[changed] = mixture(amounts, law, policy.policy)
                points.append(known[changed])
            if all(point is not None for point in points):
                steps = pairwise(point for point in points if point is not None)
                self.orders.append([Step(group, *step) for group, step in zip(order, steps, strict=True)])

    def share(self, group: Group, key: Key, measure: Measure) -> Fraction:
        """What the group adds to a tax of the line, which is the mean over all orders."""
        added = sum((measure(one.after[key]) - measure(one.before[key]) for one in self._steps(group)), ZERO)
        return Fraction(added) / len(self.orders)

    def moves(self, group: Group, key: Key) -> bool:
        """Whether the group changes the amount of the line that is to be taxed."""
        return any(base_of(one.before[key]) != base_of(one.after[key]) for one in self._steps(group))

    def _steps(self, group: Group) -> list[Step]:
        return [one for steps in self.orders for one in steps if one.group is group]


def mixture(amounts: Side, law: Side, policy: Policy) -> Figures | None:
    """The figures by the amounts of one side, the law of another and a policy; None where there are none.

    What a provider stated holds for the amount that it was stated on, and for no other.
    """
    try:
        parts = {key: _mixed(key, amounts, law) for key in amounts.parts}
        invoice = amounts.invoice
        owns = [parts.get((Discount, f"discount-{index}")) for index in range(len(invoice.discounts))]
        charges = [parts[Charge, f"charge-{index}"] for index in range(len(invoice.charges))]
        lines = [parts[Line, line.id] for line in invoice.lines]
        invoice = replace(
            invoice, lines=[part.item for part in lines], charges=[part.item for part in charges],
            payments=(), tax_rates=None, provider=None, policy=None,
        )  # fmt: skip
        determination = Determination(
            invoice=invoice,
            lines=[cast(Outcome, part.outcome) for part in lines],
            charges=[part.outcome for part in charges],
            discounts=[None if own is None else own.outcome for own in owns],
            provider=law.determination.provider,
            places=_places(amounts, law) if policy.rounding.level == "invoice" else None,
        )
        figures = figures_of(calculate(invoice, determination, policy=policy))
    except (InvalidInput, StatedAmountMismatch):
        return None
    for key, part in parts.items():
        if part.stated is not None:
            owner = amounts if part.outcome is amounts.parts[key].outcome else law
            if base_of(figures[key]) != base_of(owner.figures[key]):
                return None
    return figures


def _mixed(key: Key, amounts: Side, law: Side) -> Part:
    """A line or adjustment with its own amounts and the law of the other side, where that has it."""
    part, other = amounts.parts[key], law.parts.get(key)
    item = part.item
    if isinstance(item, Charge):
        owner, of = (amounts, part) if other is None else (law, other)
        strategy, behavior = owner.treatment(cast(Charge, of.item)), of.item.tax_behavior
        item = replace(item, strategy=strategy, tax_behavior=behavior, tax_category=None, tax_rates=None)
    elif isinstance(item, Line) and other is not None and item.tax_category != other.item.tax_category:
        item = replace(item, tax_category=other.item.tax_category)
    if other is None:
        return Part(item, _by_law(part.outcome, law))
    follows = other.stated is not None and law_of(part) == law_of(other)
    if follows and base_of(amounts.figures[key]) != base_of(law.figures[key]):
        return Part(item, part.outcome)  # of the same law, what was stated on its own amount
    return Part(item, other.outcome)


def _by_law(outcome: Outcome | None, law: Side) -> Outcome | None:
    """The outcome of what the other side does not have, with that side's versions of the rates it knows."""
    if not isinstance(outcome, Taxed) or law.rates.keys().isdisjoint(one.id for one in outcome.stack.rates):
        return outcome
    rates = []
    for one in outcome.stack.rates:
        there = law.rates.get(one.id or "", one)
        left_open = there.rate is not None and there.rate.inclusive is None
        rates.append(there._replace(inclusive=one.inclusive) if left_open else there)
    return Taxed(rates, entered=outcome.entered)


def _places(amounts: Side, law: Side) -> dict[str | None, TaxedIn]:
    """Where each line is taxed by the law of the one side, or of the only one that has it."""
    found: dict[str | None, TaxedIn] = {None: taxed_in(law.determination, None)}
    for key, part in amounts.parts.items():
        if part.line is not None:
            owner = law if key in law.parts else amounts
            found[part.line.id] = taxed_in(owner.determination, owner.parts[key].line)
    return found
