"""Credits: why a credit note comes out otherwise: for the reasons that its invoice does, line by line.

>>> from taxengine.core.arithmetic import ONE
>>> divided(Decimal("-2.00"), {CauseName.RATE: Decimal("-6.00")}, Fraction(1, 3), CauseName.ROUNDING, ONE)
{<CauseName.RATE: 'rate'>: Decimal('-2'), <CauseName.ROUNDING: 'rounding'>: Decimal('0')}
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from taxengine.core.arithmetic import ZERO, allocate
from taxengine.core.money import minor_unit
from taxengine.core.result import Calculation
from taxengine.recalculation.comparison import Cause, CauseName, Comparison, figures_of, moved_by

RANKS = {name: str(rank) for rank, name in enumerate(CauseName)}
"""What breaks ties: the order in which the causes are named."""
HALF = Fraction(1, 2)


def credit_causes(before: Calculation, after: Calculation, invoices: Comparison) -> list[Cause]:
    """The causes of what differs between two credit notes.

    Of each cause of the invoice's line the share that is refunded, the mean of both where they differ. What
    is left is `amount` where other shares are refunded; else a unit has moved from one refund to another.
    """
    unit = minor_unit(before.head.currency)
    zero = ZERO.quantize(unit)
    found: list[Cause] = []
    shares = [
        {key: line.share or Fraction(0) for key, line in figures_of(of).items()} for of in (before, after)
    ]
    for key, wholes in moved_by(before, after).items():
        one, other = (of.get(key, Fraction(0)) for of in shares)
        own = [each for each in invoices.causes if each.line == key[1]]
        rest = CauseName.ROUNDING if one == other else CauseName.AMOUNT
        parts: dict[CauseName, list[Decimal]] = {}
        for at, whole in enumerate(wholes):
            weights = {each.cause: (each.tax, each.withheld)[at] for each in own}
            for name, part in divided(whole, weights, (one + other) * HALF, rest, unit).items():
                parts.setdefault(name, [zero, zero])[at] += part
        found += [Cause(name, key[1], *both) for name, both in parts.items() if any(both)]
    return found


def divided(
    whole: Decimal, weights: Mapping[CauseName, Decimal], share: Fraction, rest: CauseName, unit: Decimal
) -> dict[CauseName, Decimal]:
    """The whole in minor units: that share of each weight, and the rest."""
    exact = {name: Fraction(weight) * share for name, weight in weights.items()}
    exact[rest] = exact.get(rest, Fraction(0)) + Fraction(whole) - sum(exact.values())
    parts = allocate(whole, [*exact.values()], unit, [(RANKS[name],) for name in exact])
    return dict(zip(exact, parts, strict=True))
