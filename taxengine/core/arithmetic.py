"""Arithmetic: the decimal context, the only rounding, and allocation by largest remainder.

Every public entry of the engine is `exactly` decorated: it runs in a context of unlimited precision
in which any operation that would lose a digit raises, and hands the caller's context back untouched.
Digits are lost in one place only, `round_to`.

A quotient need not be a finite decimal. `quotient` cuts it at 60 digits by `ROUND_05UP`, which
leaves a last digit of 0 or 5 only where the quotient is exact: whatever is rounded from it later,
to fewer digits and in any mode, is as if it had been rounded from the exact value (M. Cowlishaw,
General Decimal Arithmetic Specification 1.70, "round-05up").

>>> round_to(quotient(Decimal(10), Decimal(3)), Decimal("0.01"), "ROUND_HALF_UP")
Decimal('3.33')
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import (
    MAX_EMAX,
    MAX_PREC,
    MIN_EMIN,
    ROUND_05UP,
    ROUND_DOWN,
    ROUND_HALF_EVEN,
    Clamped,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
    Underflow,
    getcontext,
    setcontext,
)
from fractions import Fraction
from functools import wraps
from typing import ParamSpec, TypeVar

from taxengine.core.errors import InvalidInvoice, Problem

Exact = Decimal | Fraction
"""An exact value: a `Decimal`, or a `Fraction` where the value is no finite decimal."""

ZERO = Decimal(0)
ONE = Decimal(1)
SYMMETRIC = frozenset({"ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_HALF_DOWN", "ROUND_UP", "ROUND_DOWN"})
"""Rounding modes that treat a value and its negation alike."""

_WRONG: list[type[DecimalException]] = [
    Clamped,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    Subnormal,
    Underflow,
]


def _context(prec: int, rounding: str, traps: list[type[DecimalException]]) -> Context:
    return Context(prec, rounding, Emin=MIN_EMIN, Emax=MAX_EMAX, capitals=1, clamp=0, flags=[], traps=traps)


EXACT = _context(MAX_PREC, ROUND_HALF_EVEN, [*_WRONG, Inexact, Rounded])
STICKY = _context(60, ROUND_05UP, _WRONG)
ROUNDING = _context(120, ROUND_HALF_EVEN, _WRONG)
"""The context of `round_to` alone; hot loops pass it to `quantize` by position."""


def tight_context(unit: Decimal, limit: Decimal) -> Context:
    """A context in which rounding to `unit` refuses (`InvalidOperation`) what comes near `limit`."""
    digits = limit.adjusted() - unit.adjusted()
    return _context(digits, ROUND_HALF_EVEN, _WRONG)


P = ParamSpec("P")
R = TypeVar("R")


def exactly(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` in the exact context. For functions that return, never for generators."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        callers = getcontext()
        setcontext(EXACT)
        try:
            return function(*args, **kwargs)
        finally:
            setcontext(callers)

    return run


def quotient(numerator: Decimal, denominator: Decimal) -> Decimal:
    """`numerator / denominator`, fit to be rounded once; not fit for sums or comparisons."""
    return STICKY.divide(numerator, denominator)


def ratio(numerator: Exact, denominator: Exact) -> Exact:
    """`numerator / denominator` exactly; a `Decimal` where no division is needed.

    >>> ratio(Decimal("2.5"), Decimal(1)), ratio(Decimal(1), Decimal(3))
    (Decimal('2.5'), Fraction(1, 3))
    """
    if denominator == 1:
        return numerator
    return Fraction(numerator) / Fraction(denominator)


def product(left: Exact, right: Exact) -> Exact:
    """`left * right` exactly."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left * right
    return Fraction(left) * Fraction(right)


def total(values: Sequence[Exact]) -> Exact:
    """The exact sum.

    >>> total([Decimal("0.1"), Fraction(1, 3)])
    Fraction(13, 30)
    """
    decimals = sum((value for value in values if isinstance(value, Decimal)), ZERO)
    fractions = [value for value in values if isinstance(value, Fraction)]
    return sum(fractions, Fraction(decimals)) if fractions else decimals


def round_to(value: Exact, unit: Decimal, mode: str) -> Decimal:
    """`value` in whole multiples of `unit` (a power of ten), rounded once; never a negative zero.

    Raises `InvalidInvoice` (`amountTooLarge`) where it has more digits than the context holds.

    >>> round_to(Decimal("-0.004"), Decimal("0.01"), "ROUND_HALF_UP")
    Decimal('0.00')
    """
    if isinstance(value, Fraction):
        value = quotient(Decimal(value.numerator), Decimal(value.denominator))
    try:
        rounded = value.quantize(unit, mode, ROUNDING)
    except InvalidOperation:
        told = f"expected an amount below 10^15 major units, got one of {value.adjusted() + 1} digits"
        raise InvalidInvoice(Problem("amountTooLarge", told)) from None
    return rounded or abs(rounded)


def allocate(
    amount: Decimal, shares: Sequence[Exact], unit: Decimal, ranks: Sequence[tuple[str, ...]]
) -> list[Decimal]:
    """`amount` over its exact `shares`, in multiples of `unit`, by largest remainder.

    Each share is cut toward zero; the units left over go to the largest remainders, signed in the
    direction of the units left over. Ties: the larger absolute share, then the lower rank; so the
    order of the shares changes nothing. `amount` is in multiples of `unit`.

    >>> allocate(Decimal("1.00"), [Fraction(1, 3)] * 3, Decimal("0.01"), [("a",), ("b",), ("c",)])
    [Decimal('0.34'), Decimal('0.33'), Decimal('0.33')]
    """
    cut = [round_to(share, unit, ROUND_DOWN) for share in shares]
    left = int((amount - sum(cut, ZERO)) // unit)
    if not left:
        return cut
    step = unit if left > 0 else -unit

    def claim(index: int) -> tuple[Exact, Exact, tuple[str, ...]]:
        share = shares[index]
        remainder = share - cut[index] if isinstance(share, Decimal) else share - Fraction(cut[index])
        return (-remainder if left > 0 else remainder), -size(share), ranks[index]

    order = sorted(range(len(shares)), key=claim)
    for turn in range(abs(left)):
        cut[order[turn % len(order)]] += step
    return cut


def size(value: Exact) -> Exact:
    """The absolute value."""
    return -value if value < 0 else value


def split(amount: Exact, weights: Sequence[Exact]) -> list[Exact]:
    """The exact shares of `amount` in proportion to `weights`, whose sum is not zero.

    >>> split(Decimal(10), [Decimal(1), Decimal(3)])
    [Fraction(5, 2), Fraction(15, 2)]
    """
    whole = Fraction(total(weights))
    return [Fraction(amount) * Fraction(weight) / whole for weight in weights]
