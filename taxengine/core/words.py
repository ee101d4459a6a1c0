"""Words: figures and rates as an explanation prints them.

>>> shown(Fraction(1, 3)), money(Decimal("10.00"))
('0.333333333333...', '10.00')
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from taxengine.core.arithmetic import ONE, Exact, quotient, round_to
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
        parts.append(
            f"{plain(rate.rate.amount_per_unit)} a{'n' if rate.rate.amount_per == 'invoice' else ''} "
            f"{rate.rate.amount_per}"
        )
    side = "withheld" if rate.withheld else "inclusive" if rate.inclusive else "exclusive"
    return f"{' and '.join(parts)} {side}"
