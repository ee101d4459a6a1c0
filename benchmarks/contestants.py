"""Contestants: the same invoice by other libraries. None matches a rate to a place, but for pyvat.

Each function takes the lines and the rates as fractions, and returns the sums of net, tax and gross.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import cast

import prices  # type: ignore[import-untyped]  # it ships no types
import pyvat  # type: ignore[import-untyped]  # it ships no types
from moneyed import Money

from benchmarks.samples import TAX_DATE, PriceAndQuantity

Lines = Sequence[PriceAndQuantity]
Sums = tuple[Decimal, Decimal, Decimal]
Contest = Callable[[Lines, Sequence[Decimal]], Sums]

CENT = Decimal("0.01")
_ITEM = pyvat.ItemType.generic_electronic_service
_BUYER, _SELLER = pyvat.Party("DE", is_business=False), pyvat.Party("DE", is_business=True)


# ---- py-moneyed: Money(price) * quantity, * rate, .round(2), and the sums; nothing else ----


def moneyed_exclusive(lines: Lines, rates: Sequence[Decimal]) -> Sums:
    (rate,) = rates
    net = tax = gross = Money(0, "USD")
    for price, quantity in lines:
        amount = Money(price, "USD") * quantity
        own = (amount * rate).round(2)
        net += amount
        tax += own
        gross += amount + own
    return net.amount, tax.amount, gross.amount


def moneyed_inclusive(lines: Lines, rates: Sequence[Decimal]) -> Sums:
    (rate,) = rates
    part = rate / (1 + rate)
    net = tax = gross = Money(0, "USD")
    for price, quantity in lines:
        amount = Money(price, "USD") * quantity
        own = (amount * part).round(2)
        net += amount - own
        tax += own
        gross += amount
    return net.amount, tax.amount, gross.amount


def moneyed_stacked(lines: Lines, rates: Sequence[Decimal]) -> Sums:
    first, second = rates
    net = tax = gross = Money(0, "USD")
    for price, quantity in lines:
        amount = Money(price, "USD") * quantity
        one = (amount * first).round(2)
        two = (amount * second).round(2)
        net += amount
        own = one + two
        tax += own
        gross += amount + own
    return net.amount, tax.amount, gross.amount


# ---- prices: Money and TaxedMoney, taxed by its own flat_tax ----


def prices_exclusive(lines: Lines, rates: Sequence[Decimal]) -> Sums:
    (rate,) = rates
    nothing = prices.Money(Decimal(0), "USD")
    sums = prices.TaxedMoney(nothing, nothing)
    for price, quantity in lines:
        sums += prices.flat_tax(prices.Money(price, "USD") * quantity, rate, keep_gross=False)
    return sums.net.amount, sums.tax.amount, sums.gross.amount


def prices_inclusive(lines: Lines, rates: Sequence[Decimal]) -> Sums:
    (rate,) = rates
    nothing = prices.Money(Decimal(0), "USD")
    sums = prices.TaxedMoney(nothing, nothing)
    for price, quantity in lines:
        sums += prices.flat_tax(prices.Money(price, "USD") * quantity, rate, keep_gross=True)
    return sums.net.amount, sums.tax.amount, sums.gross.amount


def prices_stacked(lines: Lines, rates: Sequence[Decimal]) -> Sums:
    first, second = rates
    nothing = prices.Money(Decimal(0), "USD")
    sums = prices.TaxedMoney(nothing, nothing)
    for price, quantity in lines:
        amount = prices.Money(price, "USD") * quantity
        one = prices.flat_tax(amount, first, keep_gross=False)
        two = prices.flat_tax(amount, second, keep_gross=False)
        sums += prices.TaxedMoney(amount, one.gross + two.tax)
    return sums.net.amount, sums.tax.amount, sums.gross.amount


# ---- pyvat and Decimal by hand: the rate is looked up for each line; it knows one, others are given ----


def _rate() -> Decimal:
    return cast(Decimal, pyvat.get_sale_vat_charge(TAX_DATE, _ITEM, _BUYER, _SELLER).rate)


def pyvat_exclusive(lines: Lines, _: Sequence[Decimal]) -> Sums:
    net = tax = Decimal(0)
    for price, quantity in lines:
        amount = price * quantity
        net += amount
        tax += (amount * _rate() / 100).quantize(CENT, ROUND_HALF_UP)
    return net, tax, net + tax


def pyvat_inclusive(lines: Lines, _: Sequence[Decimal]) -> Sums:
    gross = tax = Decimal(0)
    for price, quantity in lines:
        rate = _rate()
        amount = price * quantity
        gross += amount
        tax += (amount * rate / (100 + rate)).quantize(CENT, ROUND_HALF_UP)
    return gross - tax, tax, gross


def pyvat_stacked(lines: Lines, rates: Sequence[Decimal]) -> Sums:
    first, second = rates
    net = tax = Decimal(0)
    for price, quantity in lines:
        _rate()
        amount = price * quantity
        net += amount
        tax += (amount * first).quantize(CENT, ROUND_HALF_UP)
        tax += (amount * second).quantize(CENT, ROUND_HALF_UP)
    return net, tax, net + tax


# ---- the Decimal operations alone: what nothing can go below ----


def decimal_exclusive(lines: Lines, rates: Sequence[Decimal]) -> Sums:
    (rate,) = rates
    net = tax = Decimal(0)
    for price, quantity in lines:
        amount = price * quantity
        net += amount
        tax += (amount * rate).quantize(CENT, ROUND_HALF_UP)
    return net, tax, net + tax


def decimal_inclusive(lines: Lines, rates: Sequence[Decimal]) -> Sums:
    (rate,) = rates
    gross = tax = Decimal(0)
    divisor = 1 + rate
    for price, quantity in lines:
        amount = price * quantity
        gross += amount
        tax += (amount * rate / divisor).quantize(CENT, ROUND_HALF_UP)
    return gross - tax, tax, gross


def decimal_stacked(lines: Lines, rates: Sequence[Decimal]) -> Sums:
    first, second = rates
    net = tax = Decimal(0)
    for price, quantity in lines:
        amount = price * quantity
        net += amount
        tax += (amount * first).quantize(CENT, ROUND_HALF_UP)
        tax += (amount * second).quantize(CENT, ROUND_HALF_UP)
    return net, tax, net + tax


CONTESTS: Mapping[str, Mapping[str, Contest]] = {
    "exclusive": {
        "py-moneyed": moneyed_exclusive,
        "prices": prices_exclusive,
        "pyvat": pyvat_exclusive,
        "Decimal": decimal_exclusive,
    },
    "inclusive": {
        "py-moneyed": moneyed_inclusive,
        "prices": prices_inclusive,
        "pyvat": pyvat_inclusive,
        "Decimal": decimal_inclusive,
    },
    "two stacked": {
        "py-moneyed": moneyed_stacked,
        "prices": prices_stacked,
        "pyvat": pyvat_stacked,
        "Decimal": decimal_stacked,
    },
}
