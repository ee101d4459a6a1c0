"""Plain: the common invoice in one pass.

No discounts or charges on the invoice, no fixed amounts, each tax of each line rounded by itself: most
invoices are like that, and a checkout waits for them. The figures are those of the general way, which a
property test holds; where anything is out of the ordinary, this way steps aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Context, Decimal, InvalidOperation, getcontext, setcontext
from functools import cache
from itertools import groupby, repeat
from operator import add, itemgetter
from typing import NamedTuple

from taxengine.core.amounts import LIMIT, Scale, line_amount
from taxengine.core.arithmetic import EXACT, STICKY, exactly, tight_context
from taxengine.core.determination import Determination, NotTaxed, Outcome, Taxed, Unresolved
from taxengine.core.errors import InvariantBroken, Problem
from taxengine.core.figures import LineAmounts, TaxAmount, Totals, breakdown
from taxengine.core.invoice import Line
from taxengine.core.money import minor_unit
from taxengine.core.policy import Policy, bound_of
from taxengine.core.result import Calculation

LOWEST = -LIMIT
_new = tuple.__new__
_GROSS, _TAX = itemgetter(5), itemgetter(2)


class _Aside(Exception):
    """Something is out of the ordinary: the general way takes over, and says so if it is wrong."""


class Grid(NamedTuple):
    """How amounts are rounded, spelt out for the loops; `tight` refuses amounts near the limit."""

    unit: Decimal
    mode: str
    tight: Context
    zero: Decimal
    low: Decimal
    high: Decimal


@cache
@exactly
def grid_of(currency: str, mode: str) -> Grid:
    """The grid of a currency: the same for every invoice in it."""
    unit = minor_unit(currency)
    bound = unit * bound_of(mode)
    return Grid(unit, mode, tight_context(unit, LIMIT), unit - unit, -bound, bound)


class Run(NamedTuple):
    """The lines of one outcome, next to each other: their figures and the sums of them."""

    lines: list[LineAmounts]
    taxes: list[TaxAmount]
    net: Decimal
    tax: Decimal


def calculate_plain(determination: Determination, policy: Policy) -> Calculation | None:
    """The calculation, or None where it takes the general way."""
    invoice, outcomes = determination.invoice, determination.lines
    grid = grid_of(invoice.currency, policy.decimal_mode)
    first, zero = outcomes[0], grid.zero
    callers = getcontext()
    setcontext(EXACT)
    try:
        if len(outcomes) == 1 or outcomes.count(first) == len(outcomes):
            lines, taxes, net, tax = _run(first, invoice.lines, policy, grid)
        else:
            lines, taxes, net, tax = _together(list(_runs(determination, policy, grid)))
        gross = net + tax
        if sum(map(_GROSS, lines), zero) != gross or sum(map(_TAX, taxes), zero) != tax:
            told = f"totals: expected the lines and the breakdown to add up to {gross}, they do not"
            raise InvariantBroken(Problem("invariantBroken", told))
    except (_Aside, InvalidOperation):
        return None
    finally:
        setcontext(callers)
    if not LOWEST < net < LIMIT or not LOWEST < gross < LIMIT:
        return None
    totals = _new(Totals, (net, tax, gross, zero, zero, zero, gross))
    return _new(Calculation, (tuple(lines), (), tuple(taxes), totals, policy, determination))


def _runs(determination: Determination, policy: Policy, grid: Grid) -> Iterator[Run]:
    rest = iter(determination.invoice.lines)
    for _, alike in groupby(determination.lines, key=id):
        outcomes = list(alike)
        yield _run(outcomes[0], [next(rest) for _ in outcomes], policy, grid)


def _run(outcome: Outcome, lines: Iterable[Line], policy: Policy, grid: Grid) -> Run:
    if isinstance(outcome, Unresolved) or outcome.stated is not None or not outcome.stack.plain:
        raise _Aside
    taxes, inclusive = len(outcome.stack.rates), outcome.stack.inclusive
    if taxes == 1:
        return (_one_inclusive if inclusive else _one_exclusive)(outcome, lines, policy, grid)
    if inclusive:
        raise _Aside
    return (_two_exclusive if taxes == 2 else _exclusive)(outcome, lines, policy, grid)


def _odd(line: Line, policy: Policy, grid: Grid) -> Decimal:
    """The amount of a line that has more to it than a price and a quantity."""
    if line.entered_percent is not None:
        raise _Aside
    amount = line_amount(line, Scale(grid.unit, policy))
    return amount.quantize(grid.unit, grid.mode, grid.tight)


# In each of these loops an amount near the limit trips the tight context, each tax is held against its
# exact value (invariant 6 of a calculation), and the exact context lets no digit go unseen.


def _one_exclusive(outcome: Taxed | NotTaxed, lines: Iterable[Line], policy: Policy, grid: Grid) -> Run:
    """One tax on top of the price."""
    unit, mode, tight, zero, low, high = grid
    reason, rate, slope = outcome.reason, outcome.stack.rates[0], outcome.stack.slopes[0]
    net_sum = tax_sum = zero
    done = []
    for line in lines:
        if line.plain:
            net = (line.quantity * line.unit_price).quantize(unit, mode, tight) or zero  # type: ignore[operator]
        else:
            net = _odd(line, policy, grid)
        exact = slope * net
        tax = exact.quantize(unit, mode, tight) or zero
        if not low <= tax - exact <= high:
            raise _Aside
        net_sum += net
        tax_sum += tax
        rows = (_new(TaxAmount, (rate, net, tax)),)
        done.append(_new(LineAmounts, (line.id, net, zero, net, tax, net + tax, reason, rows, None, None)))
    return _new(Run, (done, [_new(TaxAmount, (rate, net_sum, tax_sum))], net_sum, tax_sum))


def _one_inclusive(outcome: Taxed | NotTaxed, lines: Iterable[Line], policy: Policy, grid: Grid) -> Run:
    """One tax inside the price."""
    unit, mode, tight, zero, low, high = grid
    stack, reason = outcome.stack, outcome.reason
    rate, slope, divisor, divide = stack.rates[0], stack.slopes[0], stack.divisor, STICKY.divide
    low, high = low * divisor, high * divisor
    net_sum = tax_sum = zero
    done = []
    for line in lines:
        if line.plain:
            gross = (line.quantity * line.unit_price).quantize(unit, mode, tight) or zero  # type: ignore[operator]
        else:
            gross = _odd(line, policy, grid)
        exact = slope * gross
        tax = divide(exact, divisor).quantize(unit, mode, tight) or zero
        if not low <= tax * divisor - exact <= high:
            raise _Aside
        net = gross - tax
        net_sum += net
        tax_sum += tax
        rows = (_new(TaxAmount, (rate, net, tax)),)
        done.append(_new(LineAmounts, (line.id, gross, zero, net, tax, gross, reason, rows, None, None)))
    return _new(Run, (done, [_new(TaxAmount, (rate, net_sum, tax_sum))], net_sum, tax_sum))


def _two_exclusive(outcome: Taxed | NotTaxed, lines: Iterable[Line], policy: Policy, grid: Grid) -> Run:
    """Two taxes on top of the price, as GST and QST are."""
    unit, mode, tight, zero, low, high = grid
    reason, (one, other), (slope, steep) = outcome.reason, outcome.stack.rates, outcome.stack.slopes
    net_sum = one_sum = other_sum = zero
    done = []
    for line in lines:
        if line.plain:
            net = (line.quantity * line.unit_price).quantize(unit, mode, tight) or zero  # type: ignore[operator]
        else:
            net = _odd(line, policy, grid)
        exact, beside = slope * net, steep * net
        tax = exact.quantize(unit, mode, tight) or zero
        more = beside.quantize(unit, mode, tight) or zero
        if not low <= tax - exact <= high or not low <= more - beside <= high:
            raise _Aside
        net_sum += net
        one_sum += tax
        other_sum += more
        rows = (_new(TaxAmount, (one, net, tax)), _new(TaxAmount, (other, net, more)))
        tax += more
        done.append(_new(LineAmounts, (line.id, net, zero, net, tax, net + tax, reason, rows, None, None)))
    sums = [_new(TaxAmount, (one, net_sum, one_sum)), _new(TaxAmount, (other, net_sum, other_sum))]
    return _new(Run, (done, sums, net_sum, one_sum + other_sum))


def _exclusive(outcome: Taxed | NotTaxed, lines: Iterable[Line], policy: Policy, grid: Grid) -> Run:
    """No tax, or any number of them on top of the price; tax by tax."""
    unit, mode, tight, zero, low, high = grid
    lines = list(lines)
    nets = [
        (line.quantity * line.unit_price).quantize(unit, mode, tight) or zero  # type: ignore[operator]
        if line.plain
        else _odd(line, policy, grid)
        for line in lines
    ]
    net_sum, taxes, columns, sums = sum(nets, zero), [zero] * len(nets), [], []
    for rate, slope in zip(outcome.stack.rates, outcome.stack.slopes, strict=True):
        exacts = [slope * net for net in nets]
        parts = [exact.quantize(unit, mode, tight) or zero for exact in exacts]
        if not all(low <= part - exact <= high for part, exact in zip(parts, exacts, strict=True)):
            raise _Aside
        taxes = list(map(add, taxes, parts))
        columns.append([_new(TaxAmount, (rate, net, part)) for net, part in zip(nets, parts, strict=True)])
        sums.append(_new(TaxAmount, (rate, net_sum, sum(parts, zero))))
    rows = zip(*columns, strict=True) if columns else repeat(())
    done = [
        _new(LineAmounts, (line.id, net, zero, net, tax, net + tax, outcome.reason, row, None, None))
        for line, net, tax, row in zip(lines, nets, taxes, rows)  # noqa: B905  # rows may go on for ever
    ]
    return _new(Run, (done, sums, net_sum, sum(taxes, zero)))


def _together(runs: Sequence[Run]) -> Run:
    rows = breakdown(row for run in runs for row in run.taxes)
    lines = [line for run in runs for line in run.lines]
    net, tax = runs[0].net, runs[0].tax
    for run in runs[1:]:
        net += run.net
        tax += run.tax
    return Run(lines, rows, net, tax)
