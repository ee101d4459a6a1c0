"""Credits: why a credit note comes out otherwise: for the reasons that its invoice does, line by line.

>>> from taxengine.core.arithmetic import ONE
>>> weights = {CauseName.RATE: Decimal("-6.00"), CauseName.ROUNDING: Decimal("0.00")}
>>> divided(Decimal("-2.00"), weights, ONE)
{<CauseName.RATE: 'rate'>: Decimal('-2'), <CauseName.ROUNDING: 'rounding'>: Decimal('0')}
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from taxengine.core.arithmetic import ZERO, allocate
from taxengine.core.money import minor_unit
from taxengine.core.result import Calculation
from taxengine.recalculation.comparison import Cause, CauseName, Comparison, moved_by

RANKS = {name: str(rank) for rank, name in enumerate(CauseName)}
"""What breaks ties: the order in which the causes are named."""


def credit_causes(before: Calculation, after: Calculation, invoices: Comparison) -> list[Cause]:
    """The causes of what differs between two credit notes, in the proportions of those of their invoices.

    Where the invoice's line has none, its rounding has moved a unit from one refund to another.
    """
    unit = minor_unit(before.head.currency)
    zero = ZERO.quantize(unit)
    found: list[Cause] = []
    for (_, line), wholes in moved_by(before, after).items():
        own = [one for one in invoices.causes if one.line == line]
        shares: dict[CauseName, list[Decimal]] = {}
        for at, whole in enumerate(wholes):
            weights = {one.cause: (one.tax, one.withheld)[at] for one in own}
            for name, part in divided(whole, weights, unit).items():
                shares.setdefault(name, [zero, zero])[at] += part
        found += [Cause(name, line, *both) for name, both in shares.items() if any(both)]
    return found


def divided(whole: Decimal, weights: Mapping[CauseName, Decimal], unit: Decimal) -> dict[CauseName, Decimal]:
    """The whole in minor units, in proportion to the weights; without any it is rounding."""
    of = sum(weights.values(), ZERO)
    if not of:
        return {CauseName.ROUNDING: whole}
    exact = [Fraction(whole) * Fraction(weight) / Fraction(of) for weight in weights.values()]
    parts = allocate(whole, exact, unit, [(RANKS[name],) for name in weights])
    return dict(zip(weights, parts, strict=True))
