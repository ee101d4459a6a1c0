"""Levels: what is rounded together, and how what was rounded goes back to lines and taxes.

Every level but `unit` is a way to put taxes into groups: a group's exact sum is rounded once and
allocated over its members. At `line` each tax is a group of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal
from typing import NamedTuple

from taxengine.core.arithmetic import ONE, ZERO, Exact, allocate, ratio, round_to, total
from taxengine.core.errors import InvariantBroken, Problem
from taxengine.core.policy import Policy
from taxengine.core.rates import HALVES
from taxengine.core.rows import Row
from taxengine.core.stack import AppliedRate, breakdown_key


class Cell(NamedTuple):
    """One tax of one row, with its exact value."""

    row: Row
    tax: int
    exact: Exact


class Rounded(NamedTuple):
    """What became of one group, for the story: its exact sum, the rounded one, and each member's part."""

    cells: Sequence[Cell]
    exact: Exact
    rounded: Decimal
    parts: Sequence[Decimal]


Trace = Callable[[Rounded], None]


def round_taxes(rows: Sequence[Row], policy: Policy, unit: Decimal, trace: Trace | None = None) -> None:
    """Fill in the `taxes` of every row by the policy's level, mode and order."""
    cells: list[Cell] = []
    giving_way = net_first(rows, policy)
    for row in rows:
        if row.stated is not None:
            row.taxes = [one.tax for one in row.stated]
            continue
        row.taxes = [ZERO] * len(row.stack.rates)
        first = giving_way.get(id(row))
        for tax, exact in enumerate(row.exact_taxes()):
            if tax == first:
                row.taxes[tax] = _rest(row, unit, policy.decimal_mode)
                _check(row, tax, exact, policy.bound * unit)
            elif policy.rounding.level == "unit":
                _round_by_unit(Cell(row, tax, exact), unit, policy)
            else:
                cells.append(Cell(row, tax, exact))
    groups: dict[Hashable, list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[_together(cell, policy)].append(cell)
    for group in groups.values():
        rounded = _round_group(group, unit, policy)
        if trace is not None:
            trace(rounded)


def _round_group(group: Sequence[Cell], unit: Decimal, policy: Policy) -> Rounded:
    exact = total([cell.exact for cell in group])
    rounded = round_to(exact, unit, policy.decimal_mode)
    parts, bound = [rounded], policy.bound
    if len(group) > 1:
        ranks = [cell.row.rank(cell.tax) for cell in group]
        parts, bound = allocate(rounded, [cell.exact for cell in group], unit, ranks), ONE
    for cell, part in zip(group, parts, strict=True):
        cell.row.taxes[cell.tax] = part
        _check(cell.row, cell.tax, cell.exact, bound * unit)
    return Rounded(group, exact, rounded, parts)


def _together(cell: Cell, policy: Policy) -> Hashable:
    """What a tax is rounded together with: those of the same key."""
    row, rate, level = cell.row, cell.row.stack.rates[cell.tax], policy.rounding.level
    if level == "line":
        return row.path, row.share, cell.tax
    if level == "lineTotal":
        return (row.path, rate.id) if rate.withheld else row.path
    if rate.withheld:
        return "withheld", rate.id
    if level == "invoice":
        return row.place
    if rate.type not in HALVES:
        return _alike(rate, policy)
    # Halves that are equal by law stay so on each line: each is rounded with those of the same pair.
    pair = [_alike(one, policy) for one in row.stack.rates if one.type in HALVES]
    return rate.type, frozenset(pair)


def _alike(rate: AppliedRate, policy: Policy) -> Hashable:
    """What makes two taxes of an invoice one."""
    if policy.rounding.group_by == "percentage":
        return rate.type, rate.percentage_decimal, rate.reason
    return breakdown_key(rate)


def _round_by_unit(cell: Cell, unit: Decimal, policy: Policy) -> None:
    """The tax of one unit, rounded, times the quantity."""
    row, mode = cell.row, policy.decimal_mode
    quantity = row.quantity or ONE
    tax = round_to(ratio(cell.exact, quantity), unit, mode) * quantity
    row.taxes[cell.tax] = round_to(tax, unit, mode)
    again = ZERO if quantity == quantity.to_integral_value() else ONE
    _check(row, cell.tax, cell.exact, policy.bound * unit * (abs(quantity) + again))


def net_first(rows: Sequence[Row], policy: Policy) -> dict[int, int]:
    """The one tax that gives way to the net, under `netFirst`, of each row that has one."""
    level = policy.rounding.level
    if (
        policy.rounding.inclusive != "netFirst"
        or policy.line_amounts == "exact"
        or level in ("tax", "invoice")
    ):
        return {}
    charged = {id(row): [at for at, one in enumerate(row.stack.rates) if not one.withheld] for row in rows}
    together: dict[str, int] = defaultdict(int)
    for row in rows:
        # At `lineTotal` the shares of one charge are one line.
        together[row.path] += len(charged[id(row)]) if level == "lineTotal" else 0
    return {
        id(row): charged[id(row)][0]
        for row in rows
        if len(row.stack.inclusive) == len(charged[id(row)]) == 1 and together[row.path] < 2
    }


def _rest(row: Row, unit: Decimal, mode: str) -> Decimal:
    return round_to(row.amount, unit, mode) - round_to(row.exact_net(), unit, mode)


def _check(row: Row, index: int, exact: Exact, bound: Decimal) -> None:
    """Invariant 6: a tax lies as near to its exact value as its rounding allows."""
    off = total([row.taxes[index], -exact])
    if not -bound <= off <= bound:
        told = f"{row.path}: expected a tax within {bound} of its exact value {exact}, got {row.taxes[index]}"
        raise InvariantBroken(Problem("invariantBroken", told, row.path))


def price(rows: Sequence[Row], policy: Policy, unit: Decimal) -> None:
    """Fill in the `net`, `tax` and `gross` of every row whose taxes are rounded.

    The shown price stands and the net gives way. Under exact line amounts there is no shown price in
    minor units: the grosses of rows with inclusive taxes only, and the nets of the others, are the
    rounded sums of their exact values, allocated.
    """
    for row in rows:
        charged = (tax for tax, one in zip(row.taxes, row.stack.rates, strict=True) if not one.withheld)
        row.tax = sum(charged, unit - unit)
    if policy.line_amounts == "rounded":
        for row in rows:
            inside = sum((row.taxes[index] for index in row.stack.inclusive), ZERO)
            row.net = round_to(row.amount, unit, policy.decimal_mode) - inside
            row.gross = row.net + row.tax
        return
    inclusive = [row for row in rows if row.stack.only_inclusive]
    for row, gross in zip(
        inclusive, _pool(inclusive, [row.amount for row in inclusive], policy, unit), strict=True
    ):
        row.gross = gross
        row.net = gross - row.tax
    others = [row for row in rows if not row.stack.only_inclusive]
    for row, net in zip(
        others, _pool(others, [row.exact_net() for row in others], policy, unit), strict=True
    ):
        row.net = net
        row.gross = net + row.tax


def _pool(rows: Sequence[Row], values: Sequence[Exact], policy: Policy, unit: Decimal) -> list[Decimal]:
    whole = round_to(total(values), unit, policy.decimal_mode)
    return allocate(whole, values, unit, [(row.key, row.share) for row in rows])


def taxable_amounts(row: Row, unit: Decimal, mode: str) -> list[Decimal]:
    """The taxable amount that each tax of a row shows: its portion of the net and the taxes under it."""
    if row.stated is not None:
        return [one.taxable for one in row.stated]
    shown = []
    for one, portion, under in zip(row.stack.rates, row.stack.portions, row.stack.under, strict=True):
        base = row.net + sum((row.taxes[index] for index in under), ZERO)
        beside = one.bracket.offset * row.units if one.bracket else ZERO
        shown.append(base if portion is ONE and not beside else round_to(portion * base + beside, unit, mode))
    return shown
