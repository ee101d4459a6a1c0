"""Words: figures and rates as an explanation prints them.

>>> shown(Fraction(1, 3)), money(Decimal("10.00"))
('0.333333333333...', '10.00')
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from taxengine.core.arithmetic import ONE, ZERO, Exact, quotient, ratio, round_to, size, total
from taxengine.core.rows import Row
from taxengine.core.spelling import plain
from taxengine.core.stack import AppliedRate

DIGITS = 12
"""How many decimals of an exact value are shown before the dots."""


def shown(value: Exact) -> str:
    """An exact value in figures; dots where it goes on.

    >>> shown(Decimal("11.3900")), shown(Fraction(1, 3))
    ('11.39', '0.333333333333...')
    """
    if isinstance(value, Fraction):
        value = quotient(Decimal(value.numerator), Decimal(value.denominator))
        places = value.as_tuple().exponent
        if isinstance(places, int) and places < -DIGITS:
            return f"{round_to(value, ONE.scaleb(-DIGITS), 'ROUND_DOWN'):f}..."
    return plain(value)


def money(value: Exact) -> str:
    """An amount as it is kept: its zeros count.

    >>> money(Decimal("10.00"))
    '10.00'
    """
    return f"{value:f}" if isinstance(value, Decimal) else shown(value)


def percent(rate: AppliedRate) -> str:
    """What a rate charges, in words.

    >>> from taxengine.core.stack import applied
    >>> from taxengine.core.rates import TaxRate
    >>> percent(applied(TaxRate(country="DE", type="excise", amount_per_unit="0.25", inclusive=False)))
    '0.25 a unit exclusive'
    """
    parts = []
    if rate.percentage_decimal is not None:
        parts.append(f"{plain(rate.percentage_decimal * 100)} %")
    if rate.rate is not None and rate.rate.amount_per_unit is not None:
        per = rate.rate.amount_per
        parts.append(f"{plain(rate.rate.amount_per_unit)} a{'n' if per == 'invoice' else ''} {per}")
    side = "withheld" if rate.withheld else "inclusive" if rate.inclusive else "exclusive"
    return f"{' and '.join(parts)} {side}"


Share = tuple[str, Exact, Exact]
"""Whose it is, exactly, and as it was allocated."""


def rate_name(rate: AppliedRate) -> str:
    """The id of a rate, the kind of tax where it has none."""
    return rate.id or rate.type


def named(row: Row) -> str:
    """Whose a row is; of a charge in shares, which."""
    what = "line " if row.path.startswith("lines") else ""
    return f"{what}{row.key}{f' as line {row.share}' if row.share else ''}"


def formula(row: Row, tax: int, exact: Exact) -> str:
    """How a tax of a row comes about, in figures."""
    stack, one, rate = row.stack, row.stack.rates[tax], row.stack.rates[tax].rate
    if rate is not None and rate.amount_per_unit is not None and not stack.slopes[tax]:
        each = plain(rate.amount_per_unit)
        units = f"{plain(row.quantity)} x {each} = " if rate.amount_per == "unit" else ""
        return "0, since it falls on the lines" if row.share else f"{units}{shown(exact)}"
    inside = sum((row.intercepts[at] for at in stack.inclusive), ZERO) if row.intercepts else ZERO
    net = money(row.amount) if not inside else f"({money(row.amount)}{_less(inside)})"
    over = "" if stack.divisor == ONE else f" / {plain(stack.divisor)}"
    beside = one.bracket.offset * row.units if one.bracket else ZERO
    if one.bracket and beside:
        part = f"({net}{over}{_less(-beside)})" if one.bracket.portion else plain(beside)
        return f"{part} x {plain(one.percentage_decimal or ZERO)} = {shown(exact)}"
    fixed = row.intercepts[tax] if row.intercepts else ZERO
    told = f"{net} x {plain(stack.slopes[tax])}{over}"
    return f"{told} + {plain(fixed)} = {shown(exact)}" if fixed else f"{told} = {shown(exact)}"


def allocated(shares: Sequence[Share], unit: Decimal, joint: str = "to") -> str:
    """What each got of an amount: its exact share cut to the minor unit, and what was left over to whom.

    >>> third = Fraction(1, 150)
    >>> allocated([("a", third, Decimal("0.01")), ("b", third, Decimal("0.00"))], Decimal("0.01"))
    'allocated by largest remainder: 0.01 to a (0.00 +0.01 left over), 0.00 to b'
    """
    told, how = [], ""
    for name, exact, part in shares:
        cut, over = round_to(exact, unit, ROUND_DOWN), ""
        if part not in (exact, cut):
            over, how = f" ({cut} {total([part, -cut]):+f} left over)", " by largest remainder"
        told.append(f"{money(part)} {joint} {name}{over}")
    return f"allocated{how}: {', '.join(told)}"


def bracket(row: Row, tax: int) -> str:
    """The bracket that the row lies in, and what one unit comes to."""
    found = row.stack.rates[tax].bracket
    if found is None:
        return ""
    words = {"from": "from", "over": "over", "upTo": "up to", "below": "below"}
    bounds = " ".join(f"{words[name]} {plain(amount)}" for name, amount in found.bounds)
    unit = f"; one is {shown(ratio(size(row.exact_net()), abs(row.units)))}" if row.units else ""
    return f" ({bounds} a unit{unit})"


def _less(amount: Decimal) -> str:
    return f" - {money(amount)}" if amount > 0 else f" + {money(-amount)}"
