"""Brackets: what a rate charges by the price of one unit, straight from its steps, on no formula of the net.

The taxes of a line are functions of its net; an inclusive price is solved for on each side of every
threshold, by the line through two points.
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from tests.oracle.rows import Refused, Row, Tax
from tests.oracle.stack import FixedPart, under
from tests.oracle.sums import Number, sign, size

Amounts = dict[int, Number]


def has_brackets(row: Row) -> bool:
    return any(tax.steps for tax in row.taxes)


def step_of(tax: Tax, unit: Number) -> int:
    """How many of the steps a unit of this price has reached."""
    return sum(unit > amount if beyond else unit >= amount for amount, beyond, _ in tax.steps)


def percentage_at(tax: Tax, step: int) -> Fraction:
    return tax.steps[step - 1][2] if step else tax.percentage or Fraction(0)


def parts_of(tax: Tax, unit: Number) -> list[Number]:
    """How much of the price of a unit lies in each step."""
    starts: list[Number] = [0, *(amount for amount, _, _ in tax.steps)]
    ends = [*starts[1:], unit]
    return [max(0, min(unit, end) - start) for start, end in zip(starts, ends, strict=True)]


def bracket_tax(tax: Tax, unit: Number) -> Number:
    """The tax on one unit."""
    if not tax.by_part:
        return percentage_at(tax, step_of(tax, unit)) * unit
    return sum(percentage_at(tax, step) * part for step, part in enumerate(parts_of(tax, unit)))


def amounts_at(row: Row, net: Number, units: Number, fixed: FixedPart) -> Amounts:
    """Each tax of the row at this net."""
    found: Amounts = {}

    def amount_of(tax: Tax) -> Number:
        if id(tax) not in found:
            if tax.steps:
                found[id(tax)] = sign(net) * units * bracket_tax(tax, size(net) / Fraction(units))
            else:
                base = net + sum(amount_of(one) for one in under(tax, row.taxes))
                own = fixed(tax) if tax.fixed is not None else 0
                found[id(tax)] = (tax.percentage or 0) * tax.portion * base + own
        return found[id(tax)]

    for tax in row.taxes:
        amount_of(tax)
    return found


def settle(row: Row, fixed: FixedPart, scale: int) -> None:
    """The net of the row, its taxes, and what each rate charges there."""
    for tax in row.taxes:
        tax.steps = tuple((amount * scale, beyond, percent) for amount, beyond, percent in tax.steps)
    units = size(row.quantity) or 1
    inside = [tax for tax in row.taxes if tax.inclusive]

    def price_of(net: Number) -> Number:
        amounts = amounts_at(row, net, units, fixed)
        return net + sum(amounts[id(tax)] for tax in inside)

    nets = [row.left]
    if inside:
        edges = {amount * units for tax in row.taxes for amount, _, _ in tax.steps}
        nets = solutions(price_of, sorted({0, *edges, *(-edge for edge in edges)}), row.left)
    if len(nets) != 1:
        raise Refused(("noSoleBracket", row.path))
    row.net_exact = nets[0]
    amounts = amounts_at(row, row.net_exact, units, fixed)
    for tax in row.taxes:
        tax.exact = amounts[id(tax)]
        if tax.steps:
            state_bracket(tax, row.net_exact, units)


def state_bracket(tax: Tax, net: Number, units: Number) -> None:
    """What the row of the tax says: one percentage, on the part of the net that it is charged on."""
    unit = size(net) / Fraction(units)
    own, tax.bracket = tax.percentage, step_of(tax, unit)
    reached = [percentage_at(tax, step) for step in range(tax.bracket + 1)]
    tax.percentage = reached[-1]
    if tax.by_part:
        charged = [step for step, percent in enumerate(reached) if percent]
        if charged:
            parts = parts_of(tax, unit)
            tax.percentage = reached[charged[0]]
            tax.charged = sign(net) * units * sum(parts[step] for step in charged)
            tax.portion = Fraction(int(reached[-1] != 0))
    if tax.percentage != own:
        tax.reason = "standardRated"


def solutions(price_of: Callable[[Number], Number], points: list[Number], price: Number) -> list[Number]:
    """The nets that come to this price: at a point, or between two, where the price is a straight line."""
    found = [point for point in points if price_of(point) == price]
    spans = [(None, points[0]), *pairwise(points), (points[-1], None)]
    for low, high in spans:
        if low is None:
            one, other = (high or 0) - 1, (high or 0) - 2
        elif high is None:
            one, other = low + 1, low + 2
        else:
            one, other = (low + Fraction(high - low, part) for part in (2, 3))
        slope = (price_of(one) - price_of(other)) / Fraction(one - other)
        if slope == 0:
            continue
        net = one + (price - price_of(one)) / slope
        if (low is None or net > low) and (high is None or net < high):
            found.append(net)
    return found
