"""Plain: the common invoice in one pass.

No discounts or charges on the invoice, no fixed amounts, each tax of each line rounded by itself: most
invoices are like that, and a checkout waits for them. The figures are those of the general way, which a
property test holds; where anything is out of the ordinary, this way steps aside.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from itertools import groupby
from operator import add
from typing import NamedTuple

from taxengine.core.amounts import LIMIT, Scale, line_amount
from taxengine.core.arithmetic import ROUNDING, STICKY, exactly
from taxengine.core.determination import Determination, NotTaxed, Outcome, Taxed, Unresolved
from taxengine.core.errors import InvariantBroken, Problem
from taxengine.core.invoice import Line
from taxengine.core.money import minor_unit
from taxengine.core.policy import Policy
from taxengine.core.result import Calculation, LineAmounts, TaxAmount, Totals
from taxengine.core.stack import breakdown_key

LOWEST = -LIMIT
_new = tuple.__new__


class _Aside(Exception):
    """Something is out of the ordinary: the general way takes over, and says so if it is wrong."""


class Grid(NamedTuple):
    """How amounts are rounded, spelt out for the loops."""

    unit: Decimal
    mode: str
    zero: Decimal
    low: Decimal
    high: Decimal
    policy: Policy


class Run(NamedTuple):
    """The lines of one outcome, next to each other: their figures and the sums of them."""

    lines: list[LineAmounts]
    taxes: list[TaxAmount]
    net: Decimal
    tax: Decimal
    gross: Decimal


@exactly
def calculate_plain(determination: Determination, policy: Policy) -> Calculation | None:
    """The calculation, or None where it takes the general way."""
    invoice, outcomes = determination.invoice, determination.lines
    unit = minor_unit(invoice.currency)
    zero, bound = unit - unit, unit * policy.bound
    grid = _new(Grid, (unit, policy.decimal_mode, zero, -bound, bound, policy))
    first = outcomes[0]
    try:
        if outcomes.count(first) == len(outcomes):
            lines, taxes, net, tax, gross = _run(first, invoice.lines, grid)
        else:
            rest = iter(invoice.lines)
            runs = [_run(one[0], [next(rest) for _ in one], grid) for one in _alike(outcomes)]
            lines, taxes, net, tax, gross = _together(runs)
    except (_Aside, InvalidOperation):
        return None
    every = (net, tax, gross, *[amount for row in taxes for amount in row[1:]])
    if not LOWEST <= min(every) <= max(every) <= LIMIT:
        return None
    totals = _new(Totals, (net, tax, gross, zero, zero, zero, gross))
    if net + sum([row[2] for row in taxes], zero) != gross:
        raise InvariantBroken(Problem("invariantBroken", f"totals: expected net + tax = gross, got {totals}"))
    return _new(Calculation, (tuple(lines), (), tuple(taxes), totals, policy, determination))


def _alike(outcomes: Iterable[Outcome]) -> Iterable[list[Outcome]]:
    return (list(group) for _, group in groupby(outcomes, key=id))


def _run(outcome: Outcome, lines: Iterable[Line], grid: Grid) -> Run:
    if isinstance(outcome, Unresolved) or outcome.stated is not None or not outcome.stack.plain:
        raise _Aside
    if len(outcome.stack.rates) != 1:
        return _several(outcome, lines, grid)
    if outcome.stack.inclusive:
        return _one_inclusive(outcome, lines, grid)
    return _one_exclusive(outcome, lines, grid)


def _amount(line: Line, grid: Grid) -> Decimal:
    """The amount of a line that has more to it than a price and a quantity."""
    if line.entered_percent is not None:
        raise _Aside
    return line_amount(line, Scale(grid.unit, grid.policy))


def _one_exclusive(outcome: Taxed | NotTaxed, lines: Iterable[Line], grid: Grid) -> Run:
    """One tax on top of the price."""
    unit, mode, zero, low, high, _ = grid
    reason, rate, slope = outcome.reason, outcome.stack.rates[0], outcome.stack.slopes[0]
    net_sum = tax_sum = gross_sum = zero
    done = []
    for line in lines:
        price = line.unit_price
        if line.plain and price is not None:
            net = (line.quantity * price).quantize(unit, mode, ROUNDING) or zero
        else:
            net = _amount(line, grid)
        exact = slope * net
        tax = exact.quantize(unit, mode, ROUNDING) or zero
        gross = net + tax
        if not low <= tax - exact <= high or not LOWEST <= gross <= LIMIT:
            raise _Aside
        net_sum += net
        tax_sum += tax
        gross_sum += gross
        rows = (_new(TaxAmount, (rate, net, tax)),)
        done.append(_new(LineAmounts, (line.id, net, zero, net, tax, gross, reason, rows, None)))
    return _new(Run, (done, [_new(TaxAmount, (rate, net_sum, tax_sum))], net_sum, tax_sum, gross_sum))


def _one_inclusive(outcome: Taxed | NotTaxed, lines: Iterable[Line], grid: Grid) -> Run:
    """One tax inside the price."""
    unit, mode, zero, low, high, _ = grid
    stack, reason = outcome.stack, outcome.reason
    rate, slope, divisor = stack.rates[0], stack.slopes[0], stack.divisor
    low, high = low * divisor, high * divisor
    divide = STICKY.divide
    net_sum = tax_sum = gross_sum = zero
    done = []
    for line in lines:
        price = line.unit_price
        if line.plain and price is not None:
            gross = (line.quantity * price).quantize(unit, mode, ROUNDING) or zero
        else:
            gross = _amount(line, grid)
        exact = slope * gross
        tax = divide(exact, divisor).quantize(unit, mode, ROUNDING) or zero
        if not low <= tax * divisor - exact <= high or not LOWEST <= gross <= LIMIT:
            raise _Aside
        net = gross - tax
        net_sum += net
        tax_sum += tax
        gross_sum += gross
        rows = (_new(TaxAmount, (rate, net, tax)),)
        done.append(_new(LineAmounts, (line.id, gross, zero, net, tax, gross, reason, rows, None)))
    return _new(Run, (done, [_new(TaxAmount, (rate, net_sum, tax_sum))], net_sum, tax_sum, gross_sum))


def _several(outcome: Taxed | NotTaxed, lines: Iterable[Line], grid: Grid) -> Run:
    """No tax, or several, all on top of the price or all inside it."""
    unit, mode, zero, low, high, _ = grid
    stack, reason = outcome.stack, outcome.reason
    taxes = list(zip(stack.rates, stack.slopes, strict=True))
    if stack.inclusive:
        raise _Aside
    net_sum = tax_sum = gross_sum = zero
    sums = [zero] * len(taxes)
    done = []
    for line in lines:
        price = line.unit_price
        if line.plain and price is not None:
            net = (line.quantity * price).quantize(unit, mode, ROUNDING) or zero
        else:
            net = _amount(line, grid)
        tax, rows, parts = zero, [], []
        for rate, slope in taxes:
            exact = slope * net
            part = exact.quantize(unit, mode, ROUNDING) or zero
            if not low <= part - exact <= high:
                raise _Aside
            tax += part
            parts.append(part)
            rows.append(_new(TaxAmount, (rate, net, part)))
        gross = net + tax
        if not LOWEST <= gross <= LIMIT:
            raise _Aside
        sums = list(map(add, sums, parts))
        net_sum += net
        tax_sum += tax
        gross_sum += gross
        done.append(_new(LineAmounts, (line.id, net, zero, net, tax, gross, reason, tuple(rows), None)))
    breakdown = [_new(TaxAmount, (rate, net_sum, part)) for (rate, _), part in zip(taxes, sums, strict=True)]
    return _new(Run, (done, breakdown, net_sum, tax_sum, gross_sum))


def _together(runs: Sequence[Run]) -> Run:
    rows: dict[Hashable, TaxAmount] = {}
    for run in runs:
        for row in run.taxes:
            key = breakdown_key(row.rate)
            known = rows.get(key)
            rows[key] = row if known is None else known.plus(row)
    lines = [line for run in runs for line in run.lines]
    net, tax, gross = (sum(column[1:], column[0]) for column in zip(*[run[2:] for run in runs], strict=True))
    return Run(lines, list(rows.values()), net, tax, gross)
