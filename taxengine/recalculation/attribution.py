"""Attribution: every minor unit of difference between two calculations of an invoice, by its cause.

>>> from datetime import date
>>> from taxengine import Invoice, Line, TaxRate, calculate
>>> def taxed(percentage, amount):
...     vat = TaxRate(id="de", country="DE", type="valueAddedTax", percentage_decimal=percentage,
...                   inclusive=False)
...     lines = [Line(id="1", amount=amount, tax_rates=[vat])]
...     return calculate(Invoice(id="i", currency="EUR", tax_date=date(2020, 7, 15), lines=lines))
>>> for cause in compare(taxed("0.19", "10.00"), taxed("0.16", "10.00")).causes:
...     print(cause.cause, cause.line, cause.tax)
rate 1 -0.30
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from taxengine.core.arithmetic import ZERO, allocate, exactly
from taxengine.core.determination import Determination
from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.money import minor_unit
from taxengine.core.result import Calculation, Refunded
from taxengine.recalculation.comparison import (
    MEASURES,
    Cause,
    CauseName,
    Comparison,
    Key,
    Moved,
    difference_of,
    moved_by,
)
from taxengine.recalculation.credits import RANKS, credit_causes
from taxengine.recalculation.difference import Both, Group, Side
from taxengine.recalculation.mixtures import Walks

__all__ = ["Cause", "CauseName", "Comparison", "compare"]


@exactly
def compare(before: Calculation | None, after: Calculation | None) -> Comparison:
    """Attribute each minor unit of difference in tax, after less before, to a cause.

    None stands for an invoice that only the other side has. Two credit notes differ for the reasons that
    their invoices do. Raises `InvalidInput` where the two are not of one invoice, or where one was read and
    does not say what it was calculated from.
    """
    if before is None or after is None:
        name = CauseName.ONLY_AFTER if before is None else CauseName.ONLY_BEFORE
        whole = difference_of(before, after)
        return Comparison(before, after, [Cause(name, None, whole.tax, whole.withheld)])
    _check_heads(before, after)
    if isinstance(before.source, Refunded) and isinstance(after.source, Refunded):
        return Comparison(before, after, _of_credits(before, after, before.source.of, after.source.of))
    sources = _source(before, "before"), _source(after, "after")
    moved = moved_by(before, after)
    causes = _causes(Side(before, sources[0]), Side(after, sources[1]), moved) if moved else ()
    return Comparison(before, after, causes)


def _of_credits(before: Calculation, after: Calculation, of: Calculation, now: Calculation) -> list[Cause]:
    return credit_causes(before, after, compare(of, now)) if moved_by(before, after) else []


def _check_heads(before: Calculation, after: Calculation) -> None:
    for name in ("invoice", "currency", "kind"):
        one, other = getattr(before.head, name), getattr(after.head, name)
        if one != other:
            told = f"{name}: expected two calculations of one invoice, got {one} and {other}"
            hint = "match the calculations by the id of their invoice, and keep its currency and kind"
            raise InvalidInput(Problem("invalidValue", told, name, hint))


def _source(calculation: Calculation, side: str) -> Determination:
    if isinstance(calculation.source, Determination):
        return calculation.source
    got, hint = (
        "one that was read",
        "calculate it, or replay its sealed result: only that says what lies behind",
    )
    if isinstance(calculation.source, Refunded):
        got, hint = "a refund", "compare it with a refund, or its invoice with an invoice"
    told = f"{side}: expected a calculation of an invoice, got {got}"
    raise InvalidInput(Problem("invalidType", told, side, hint))


def _causes(before: Side, after: Side, moved: Moved) -> list[Cause]:
    both = Both(before, after)
    walks = Walks(before, after, list(both.groups()))
    unit = minor_unit(before.invoice.currency)
    zero = ZERO.quantize(unit)
    found: dict[tuple[str, CauseName], list[Decimal]] = {}
    for key, wholes in moved.items():
        shared = key in before.parts and key in after.parts
        grounds = _grounds(both, walks, key) if shared else {None: (CauseName.AMOUNT,)}
        if len(grounds) == 1 and len(names := next(iter(grounds.values()))) == 1:
            pair = found.setdefault((key[1], names[0]), [zero, zero])
            pair[:] = pair[0] + wholes[0], pair[1] + wholes[1]
            continue
        for at, (measure, whole) in enumerate(zip(MEASURES, wholes, strict=True)):
            shares: dict[CauseName, Fraction] = defaultdict(Fraction)
            for group, names in grounds.items():
                if whole:
                    part = Fraction(whole) / len(grounds)
                    if group is not None and walks.orders:
                        part = walks.share(group, key, measure)
                    for name in names:
                        shares[name] += part / len(names)
            ranks = [(RANKS[name],) for name in shares]
            for name, amount in zip(shares, allocate(whole, list(shares.values()), unit, ranks), strict=True):
                found.setdefault((key[1], name), [zero, zero])[at] += amount
    return [Cause(name, line, *both) for (line, name), both in found.items() if any(both)]


def _grounds(both: Both, walks: Walks, key: Key) -> Mapping[Group | None, tuple[CauseName, ...]]:
    """The causes that stand behind each group on a line.

    Where a group was changed on other lines only, and moves the amount of this one or what its tax depends
    on, the cause is theirs; where it moves but a unit in the allocation, that is rounding.
    """
    if not walks.groups:
        return {None: (CauseName.ROUNDING,)}
    own = {group: both.own(group, key) for group in walks.groups}
    if not walks.orders and any(own.values()):
        return {group: names for group, names in own.items() if names}
    grounds: dict[Group | None, tuple[CauseName, ...]] = {}
    for group, names in own.items():
        grounds[group] = names or (CauseName.ROUNDING,)
        if not names and (not walks.orders or both.leans(key) or walks.moves(group, key)):
            grounds[group] = (CauseName.AMOUNT,) if group is Group.AMOUNTS else both.grounds
    return grounds
