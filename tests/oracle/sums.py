"""Sums: numbers from text, rounding, and allocation by largest remainder.

Amounts are in minor units: an int once it is rounded, a Fraction before.

>>> number("-12.50")
Fraction(-25, 2)
>>> [round_to_int(Fraction(5, 2), mode) for mode in ("halfUp", "halfEven", "halfDown", "floor")]
[3, 2, 2, 2]
>>> allocate(100, [Fraction(100, 3)] * 3, ["b", "a", "c"])
[33, 34, 33]
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

Number = Fraction | int

MINOR_DIGITS = {
    "JPY": 0, "KRW": 0, "VND": 0,
    "USD": 2, "EUR": 2, "GBP": 2, "CHF": 2, "CAD": 2, "INR": 2, "AUD": 2, "SEK": 2, "BGN": 2,
    "KWD": 3, "BHD": 3, "OMR": 3,
    "CLF": 4,
}  # fmt: skip

GRAMMAR = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?", re.ASCII)


def is_number(text: str) -> bool:
    """Whether the text is a number by the grammar of calculation.md section 1."""
    return GRAMMAR.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def number(text: str) -> Fraction:
    """The exact value of a decimal text."""
    whole, _, places = text.partition(".")
    return Fraction(int(whole + places), 10 ** len(places))


def read(value: Any) -> Fraction:
    """The exact value of a number in a document: a text, or a JSON integer."""
    return number(value) if isinstance(value, str) else Fraction(value)


def sign(value: Number) -> int:
    """-1, 0 or 1."""
    return (value > 0) - (value < 0)


def size(value: Number) -> Number:
    """The absolute value."""
    return -value if value < 0 else value


def round_to_int(value: Number, mode: str) -> int:
    """The value rounded to a whole number of minor units."""
    if isinstance(value, int):
        return value
    numerator, denominator = value.numerator, value.denominator
    if denominator == 1:
        return numerator
    below, rest = divmod(numerator, denominator)  # below <= value < below + 1
    positive = numerator > 0
    if mode == "floor":
        return below
    if mode == "ceiling":
        return below + 1
    if mode == "down":
        return below if positive else below + 1
    if mode == "up":
        return below + 1 if positive else below
    if 2 * rest != denominator:
        return below + 1 if 2 * rest > denominator else below
    away_from_zero = below + 1 if positive else below
    if mode == "halfUp":
        return away_from_zero
    toward_zero = below if positive else below + 1
    if mode == "halfDown":
        return toward_zero
    if mode == "halfEven":
        return below if below % 2 == 0 else below + 1
    raise ValueError(mode)


def cut(value: Number) -> int:
    """The value without its fraction, toward zero."""
    return round_to_int(value, "down")


def allocate(total: int, shares: Sequence[Number], keys: Sequence[Any]) -> list[int]:
    """The total in whole units: each share cut toward zero, the units left over to the largest remainders.

    Remainders are signed in the direction of the units left over; ties go to the larger absolute share,
    then to the smaller key.
    """
    allocated = [cut(share) for share in shares]
    left = total - sum(allocated)
    if left == 0:
        return allocated
    step = sign(left)
    order = sorted(
        range(len(shares)),
        key=lambda i: (-step * (shares[i] - allocated[i]), -abs(shares[i]), keys[i]),
    )
    if abs(left) > len(order):
        raise ArithmeticError(f"{left} units left over for {len(order)} shares")
    for i in order[: abs(left)]:
        allocated[i] += step
    return allocated


def money(units: int, digits: int) -> str:
    """Minor units as text with exactly the currency's digits.

    >>> money(-5, 2), money(1234, 0)
    ('-0.05', '1234')
    """
    if digits == 0:
        return str(units)
    text = str(abs(units)).rjust(digits + 1, "0")
    return f"{'-' if units < 0 else ''}{text[:-digits]}.{text[-digits:]}"


def decimal_text(value: Fraction) -> str:
    """A finite decimal as its shortest text.

    >>> decimal_text(Fraction(69, 800)), decimal_text(Fraction(-1)), decimal_text(Fraction(0))
    ('0.08625', '-1', '0')
    """
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return money((value * 10**places).numerator, places)
