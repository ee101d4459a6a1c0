"""Shares: charges and fixed amounts that fall on lines by what those lines come to.

A charge without rates of its own is taxed as the lines are: in proportion to their nets, at their
highest rates, or as their principal rate set. An amount a rate asks once an invoice is spread over the
lines that carry the rate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from taxengine.core.adjustments import Charge
from taxengine.core.amounts import Amounts, Scale, Spread
from taxengine.core.arithmetic import ONE, ZERO, Exact, allocate, round_to, size, split, total
from taxengine.core.determination import NotTaxed, Taxed, TaxedIn
from taxengine.core.errors import InvalidInvoice, Problem
from taxengine.core.rates import TaxRate
from taxengine.core.rows import Row, settle
from taxengine.core.stack import AppliedRate, breakdown_key


def sign(amount: Exact) -> Decimal:
    """1, -1 below zero, or 0."""
    return -ONE if amount < 0 else ONE if amount else ZERO


class Spot(NamedTuple):
    """A charge to be taxed as the lines are: its id and path among the adjustments, amount and place."""

    key: str
    path: str
    amount: Exact
    place: TaxedIn


def charge_rows(charge: Charge, spot: Spot, lines: Sequence[Row], scale: Scale) -> list[Row]:
    """The rows of a charge that is taxed as the lines are."""
    if charge.strategy == "highest":
        like = min(lines, key=lambda row: (-_height(row), row.key))
        return [_row(charge, spot, spot.amount, spot.amount, like)]
    sets: dict[object, list[Row]] = defaultdict(list)
    for row in lines:
        rates = frozenset((breakdown_key(one), one.inclusive, one.bracket) for one in row.stack.rates)
        sets[rates, row.reason].append(row)
    nets = [total([row.exact_net() for row in rows]) for rows in sets.values()]
    first = [min(rows, key=lambda row: row.key) for rows in sets.values()]
    if charge.strategy == "principal":
        index = min(range(len(nets)), key=lambda at: (-size(nets[at]), first[at].key))
        return [_row(charge, spot, spot.amount, spot.amount, first[index])]
    whole = round_to(spot.amount, scale.unit, scale.mode)
    exact: Sequence[Exact] = [ZERO] * len(nets)
    parts = [whole] * len(nets)
    if spot.amount:
        if not total(nets):
            told = f"{spot.path}: expected lines that do not add up to zero, to spread {whole} over"
            hint = "give it a taxCategory or taxRates of its own, or the strategy principal"
            raise InvalidInvoice(Problem("spreadOverZero", told, spot.path, hint))
        exact = split(spot.amount, nets)
        parts = allocate(whole, exact, scale.unit, [(row.key,) for row in first])
    return [_row(charge, spot, *one) for one in zip(parts, exact, first, strict=True)]


def _height(row: Row) -> Decimal:
    slopes = zip(row.stack.slopes, row.stack.rates, strict=True)
    return sum((slope for slope, rate in slopes if not rate.withheld), ZERO)


def _row(charge: Charge, spot: Spot, amount: Exact, due: Exact, like: Row) -> Row:
    """A row of the charge, as `like` is taxed; fixed amounts and thresholds are about goods, not delivery."""
    rates: Iterable[AppliedRate] = like.stack.rates
    if charge.tax_behavior is not None:
        inside = charge.tax_behavior == "inclusive"
        rates = [one._replace(inclusive=inside) if _open(one) else one for one in rates]
    outcome = Taxed(rates) if like.stack.rates else NotTaxed(like.reason)
    row = Row(spot.key, spot.path, amount, sign(spot.amount), outcome, place=spot.place, share=like.key)
    row.due = due
    return row


def _open(one: AppliedRate) -> bool:
    return one.rate is not None and one.rate.inclusive is None and not one.withheld


def fix_amounts(lines: Sequence[Row], own: Sequence[Row], amounts: Amounts) -> list[Problem]:
    """Fill in the `intercepts` of the rows whose rates have fixed amounts, and find their brackets.

    A line amount takes the quantity's sign. An amount an invoice is rounded and allocated over the
    lines by their absolute amounts, with the sign of their sum; on an adjustment it counts once.
    """
    if not any(row.stack.fixed for row in (*lines, *own)):
        return []
    once = _once(lines, amounts)
    problems: list[Problem] = []
    for row in (*lines, *own):
        if row.stack.fixed:
            fixed = [_fixed(one, row, once) for one in row.stack.rates]
            if row.stack.bracketed:
                problems += settle(row, fixed)
            else:
                row.intercepts = row.stack.intercepts(fixed)
    return problems


def _fixed(one: AppliedRate, row: Row, once: Mapping[tuple[str | None, str], Decimal]) -> Decimal:
    if one.rate is None or one.rate.amount_per_unit is None:
        return ZERO
    amount, per = one.rate.amount_per_unit, one.rate.amount_per
    if per == "unit":
        return amount * row.quantity
    if per == "line":
        return amount * sign(row.quantity)
    return once.get((one.id, row.path), amount * sign(row.amount))


def _once(lines: Sequence[Row], amounts: Amounts) -> dict[tuple[str | None, str], Decimal]:
    """For each rate with an amount an invoice, and each line that carries it, the line's part."""
    scale = amounts.scale
    carriers: dict[TaxRate, list[int]] = defaultdict(list)
    for index, row in enumerate(lines):
        for one in row.stack.rates:
            if one.rate is not None and one.rate.amount_per_unit and one.rate.amount_per == "invoice":
                carriers[one.rate].append(index)
    parts: dict[tuple[str | None, str], Decimal] = {}
    for rate, carrying in carriers.items():
        weights = [abs(amounts.lines[index]) for index in carrying]
        side = sign(sum((amounts.lines[index] for index in carrying), ZERO)) or ONE
        whole = round_to(rate.amount_per_unit or ZERO, scale.unit, scale.mode) * side
        shares = [ZERO] * len(carrying)
        if whole:
            if not any(weights):
                told = f"lines: expected amounts other than zero, to spread {whole} of {rate.id} over"
                raise InvalidInvoice(Problem("spreadOverZero", told, "lines"))
            ranks = [(lines[index].key,) for index in carrying]
            exact = split(whole, weights)
            shares = allocate(whole, exact, scale.unit, ranks)
            parted = dict(zip(carrying, shares, strict=True))
            amounts.spreads.append(Spread(rate, total(weights), whole, exact, parted))
        parts |= {(rate.id, lines[index].path): share for index, share in zip(carrying, shares, strict=True)}
    return parts
