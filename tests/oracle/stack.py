"""Stack: the taxes of one row as affine functions of its net amount, calculation.md section 2."""

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction

from tests.oracle.checks import Problem
from tests.oracle.rows import Refused, Row, Tax
from tests.oracle.sums import Number, allocate, round_to_int, sign, size

FixedPart = Callable[[Tax], Number]


def set_coefficients(taxes: list[Tax], fixed_part: FixedPart) -> None:
    """tax = a * net + b for each tax; `fixed_part` gives what is fixed of a tax on this row."""
    done: dict[int, bool] = {}
    for tax in taxes:
        set_coefficient(tax, taxes, fixed_part, done)


def under(tax: Tax, taxes: list[Tax]) -> list[Tax]:
    """The taxes of the row that this one is charged on top of."""
    if not tax.compound_on:
        return []
    return [
        one for one in taxes if one is not tax and (one.id in tax.compound_on or one.type in tax.compound_on)
    ]


def set_coefficient(tax: Tax, taxes: list[Tax], fixed_part: FixedPart, done: dict[int, bool]) -> None:
    if done.get(id(tax)):
        return
    if id(tax) in done:
        raise Refused(("compoundCycle", ""))
    done[id(tax)] = False
    rate = Fraction(0) if tax.percentage is None else tax.percentage
    if tax.portion != 1:
        rate = rate * tax.portion
    below = under(tax, taxes)
    for one in below:
        set_coefficient(one, taxes, fixed_part, done)
    tax.a, tax.b = rate, 0
    if below:
        tax.a = rate * (1 + sum(one.a for one in below))
        tax.b = rate * sum(one.b for one in below)
    if tax.fixed is not None:
        tax.b += fixed_part(tax)
    done[id(tax)] = True


def solve(row: Row) -> None:
    """The exact net of the row, and the exact amount of each tax."""
    inside = [tax for tax in row.taxes if tax.inclusive]
    row.net_exact = row.left
    if inside:
        factor = 1 + sum(tax.a for tax in inside)
        if factor == 0:
            raise Refused(("invalidRateSet", row.path))
        row.net_exact = (row.left - sum(tax.b for tax in inside)) / Fraction(factor)
    for tax in row.taxes:
        tax.exact = tax.a * row.net_exact + tax.b


def fixed_on_row(row: Row, invoice_shares: dict[str, dict[int, int]], scale: int) -> FixedPart:
    """What is fixed of a tax on a line, or once on a discount or charge of its own."""

    def part(tax: Tax) -> Number:
        amount = (tax.fixed or 0) * scale
        if row.adjustment:
            return amount * sign(row.amount)
        if tax.fixed_per == "invoice":
            return invoice_shares[tax.id or ""][id(row)]
        return amount * (row.quantity if tax.fixed_per == "unit" else sign(row.quantity))

    return part


def left_aside(_: Tax) -> Number:
    """Charges taxed as the lines are leave fixed amounts aside."""
    return 0


def fixed_per_invoice(
    lines: list[Row], scale: int, mode: str, problems: list[Problem]
) -> dict[str, dict[int, int]]:
    """Each amount per invoice, rounded, over the lines that bear it, by their absolute amounts."""
    bearers: dict[str, list[tuple[Row, Tax]]] = defaultdict(list)
    for row in lines:
        for tax in row.taxes:
            if tax.fixed is not None and tax.fixed_per == "invoice":
                bearers[tax.id or ""].append((row, tax))
    return {rate_id: shares_of(rows, scale, mode, problems) for rate_id, rows in bearers.items()}


def shares_of(
    bearing: list[tuple[Row, Tax]], scale: int, mode: str, problems: list[Problem]
) -> dict[int, int]:
    rows = [row for row, _ in bearing]
    weight: Number = sum(size(row.amount) for row in rows)
    direction = sign(sum(row.amount for row in rows)) or 1
    total = direction * round_to_int((bearing[0][1].fixed or 0) * scale, mode)
    if weight == 0:
        if total != 0:
            problems.append(("spreadOverZero", "lines"))
        return {id(row): 0 for row in rows}
    shares = [total * (size(row.amount) / Fraction(weight)) for row in rows]
    given = allocate(total, shares, [row.id for row in rows])
    return {id(row): share for row, share in zip(rows, given, strict=True)}
