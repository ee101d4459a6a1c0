"""Integers: the tax of an amount in cents, by whole numbers alone, for every amount of a small space.

An amount has one tax, so that the whole space is gone through: 0 to 99 999 cents, the common rates, all
modes, on top of the price and inside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from taxengine.core.calculation import calculate
from taxengine.core.determination import Determination, Taxed
from taxengine.core.invoice import Invoice, Line
from taxengine.core.policy import Policy, Rounding
from taxengine.core.rates import TaxRate

MOST = 100_000
_DAY = date(2026, 3, 1)
PERCENTS = (
    "3", "5", "5.5", "6", "7", "7.7", "8.1", "8.25", "8.875", "9.975", "10", "13", "19", "20", "21", "23",
    "25", "27",
)  # fmt: skip
MODES = ("halfUp", "halfEven", "halfDown", "up", "down", "ceiling", "floor")


class Space(NamedTuple):
    """One rate, one mode, one side of the price: a space of as many cases as there are amounts."""

    percent: str
    mode: str
    inclusive: bool
    order: str = "taxFirst"

    @property
    def fraction(self) -> tuple[int, int]:
        """The tax as a fraction of the price."""
        whole, _, places = self.percent.partition(".")
        numerator, denominator = int(whole + places), 100 * 10 ** len(places)
        return numerator, denominator + self.inclusive * numerator


SPACES = [Space(percent, mode, side) for percent in PERCENTS for mode in MODES for side in (False, True)]
NET_FIRST = [Space(percent, mode, True, "netFirst") for percent in PERCENTS for mode in MODES]


# Whether the size of a quotient is rounded up: by the quotient, twice the rest, the denominator, the sign.
AWAY: dict[str, Callable[[int, int, int, bool], bool]] = {
    "halfUp": lambda quotient, twice, denominator, minus: twice >= denominator,
    "halfDown": lambda quotient, twice, denominator, minus: twice > denominator,
    "halfEven": lambda quotient, twice, denominator, minus: twice + quotient % 2 > denominator,
    "up": lambda quotient, twice, denominator, minus: twice > 0,
    "down": lambda quotient, twice, denominator, minus: False,
    "ceiling": lambda quotient, twice, denominator, minus: twice > 0 and not minus,
    "floor": lambda quotient, twice, denominator, minus: twice > 0 and minus,
}


def tax(cents: int, space: Space) -> int:
    """The tax of an amount, in cents.

    >>> tax(50, Space("5", "halfEven", False)), tax(50, Space("5", "halfUp", False))
    (2, 3)
    >>> tax(5250, Space("12", "halfUp", True)), tax(5250, Space("12", "halfUp", True, "netFirst"))
    (563, 562)
    """
    numerator, denominator = space.fraction
    if space.order == "netFirst":
        numerator = denominator - numerator
    quotient, rest = divmod(abs(cents) * numerator, denominator)
    size = quotient + AWAY[space.mode](quotient, 2 * rest, denominator, cents < 0)
    signed = -size if cents < 0 else size
    return cents - signed if space.order == "netFirst" else signed


@cache
def money(cents: int) -> Decimal:
    """Cents as an amount."""
    return Decimal(cents).scaleb(-2)


@cache
def invoice_of(amounts: range) -> Invoice:
    """A line for each amount."""
    lines = [Line(id=str(cents), unit_price=money(cents)) for cents in amounts]
    return Invoice(id="small", currency="EUR", tax_date=_DAY, lines=lines)


def wrong(space: Space, amounts: range) -> list[tuple[int, str, int]]:
    """The amounts whose tax, net or gross is not that of whole numbers, with our tax and the right one."""
    of = invoice_of(amounts)
    percentage = Decimal(space.percent).scaleb(-2)
    rate = TaxRate(
        id="r", country="DE", type="valueAddedTax", percentage_decimal=percentage, inclusive=space.inclusive
    )
    outcomes = [Taxed([rate])] * len(amounts)
    rounding: Any = {"mode": space.mode, "inclusive": space.order}
    policy = Policy(rounding=Rounding(**rounding))
    asked = Determination(invoice=of, lines=outcomes, provider="small")
    return list(_differences(calculate(of, asked, policy=policy).lines, space, amounts))


def _differences(lines: Sequence[Any], space: Space, amounts: range) -> Iterator[tuple[int, str, int]]:
    for cents, line in zip(amounts, lines, strict=True):
        due = tax(cents, space)
        net, gross = (cents - due, cents) if space.inclusive else (cents, cents + due)
        if line.tax != money(due) or line.net != money(net) or line.gross != money(gross):
            yield cents, str(line.tax), due
