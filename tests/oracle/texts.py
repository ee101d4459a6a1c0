"""Texts: random numbers as documents write them, the nasty ones on purpose."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

PERCENTAGES = (
    "0.19", "0.20", "0.21", "0.07", "0.05", "0.10", "0.08", "0.0825", "0.08625", "0.0625", "0.02", "0.12",
    "0.175", "0.09975", "0.055", "0.255", "0.06", "0.03", "0.0025", "0.333333", "0.5", "1", "0.000001",
    "-0.05", "0.015", "0",
)  # fmt: skip
TIES = (
    "0.125",
    "52.50",
    "0.50",
    "0.10",
    "2.50",
    "12.5",
    "0.005",
    "0.015",
    "1.005",
    "10.00",
    "0.25",
    "7.5",
    "0.90",
)
QUANTITIES = (
    "2",
    "3",
    "7",
    "10",
    "1.5",
    "0.333",
    "12",
    "100",
    "-1",
    "-3",
    "-2.5",
    "0",
    "0.001",
    "1234567",
    "1.0",
    "0.5",
)
PERCENTS = ("10", "5", "50", "100", "2.5", "33.33", "12.5", "0", "-10", "150", "0.01", "20")
SMALL = ("1.00", "0.50", "5", "0.01", "0.005", "2.345", "0", "-1.00", "10", "0.30", "1")


def pick(rng: Random, options: Sequence[T]) -> T:
    """One of the options; quicker than `choice`."""
    return options[int(rng.random() * len(options))]


def price(rng: Random) -> str:
    """An amount: mostly cents, else ties, sub-cent prices, many places, zero, negative, huge."""
    kind = rng.random()
    if kind < 0.45:
        units = int(rng.random() * 20_000)
        return f"{units // 100}.{units % 100:02}"
    if kind < 0.6:
        return pick(rng, TIES)
    if kind < 0.7:
        return str(int(rng.random() * 500))
    if kind < 0.78:
        return f"0.{int(rng.random() * 1_000_000):06}"
    if kind < 0.84:
        return f"{int(rng.random() * 1000)}.{int(rng.random() * 10**12):012}"
    if kind < 0.88:
        return "0"
    if kind < 0.97:
        units = int(rng.random() * 20_000)
        return f"-{units // 100}.{units % 100:02}"
    return f"{int(rng.random() * 10**11)}.{int(rng.random() * 1000):03}"


def minor(rng: Random, digits: int) -> str:
    """An amount in whole minor units."""
    units = int(rng.random() * 5_000) - 500
    text = str(abs(units)).rjust(digits + 1, "0")
    text = f"{text[:-digits]}.{text[-digits:]}" if digits else text
    return f"-{text}" if units < 0 else text


def percentage(rng: Random) -> str:
    """A rate as a fraction: mostly a common one, else any of six places."""
    return pick(rng, PERCENTAGES) if rng.random() < 0.9 else f"0.{int(rng.random() * 400_000):06}"
