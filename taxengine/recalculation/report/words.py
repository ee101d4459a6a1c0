"""Words: what the report calls causes, places, rates, periods and the bins of its histogram.

>>> place_name(("US", "TX")), place_name(("", "")), month_name("2020-07")
('United States, TX', 'No place', 'Jul 2020')
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from taxengine.core.spelling import plain
from taxengine.recalculation.report.rows import Rate
from taxengine.recalculation.report.tally import STEPS, Currency
from taxengine.showing.figures import MINUS, amount, country, signed, type_of_tax

NO_BREAK = "\N{NO-BREAK SPACE}"
MOST_PERIODS = 60

CAUSES = {
    "rate": ("Rate", "another percentage, bracket or fixed amount, or another rate of the same kind"),
    "amount": ("Taxable amount", "other quantities, prices, discounts, or lines"),
    "place": ("Place", "taxed in another place"),
    "taxability": ("Taxability", "taxable, exempt, reduced or reverse-charged where it was not"),
    "policy": ("Policy", "another way of rounding or of spreading discounts"),
    "provider": ("Provider", "another source of rates or of stated amounts"),
    "rounding": ("Rounding only", "minor units that moved with the rest of the invoice"),
    "onlyBefore": ("Only before", "documents that are not in the second set"),
    "onlyAfter": ("Only after", "documents that are not in the first set"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = (1, 3, 12, 120, 1200, 12000)


def cause_name(cause: str) -> tuple[str, str]:
    """A cause, and what it means."""
    return CAUSES.get(cause, (cause, ""))


def place_name(place: tuple[str, str]) -> str:
    """A country by its name, and a state by its code."""
    return ", ".join(part for part in (country(place[0]), place[1]) if part) or "No place"


def rate_name(rate: Rate) -> tuple[str, str]:
    """A rate by its name or id, and what tells it from others."""
    parts = (
        type_of_tax(rate.type),
        _percent(rate.percentage),
        place_name((rate.country, rate.state)),
        rate.id if rate.name else "",
        "withheld by the customer" if rate.withheld else "",
    )
    return rate.name or rate.id or type_of_tax(rate.type), ", ".join(part for part in parts if part)


def _percent(fraction: str) -> str:
    try:
        return f"{plain(Decimal(fraction).scaleb(2))}{NO_BREAK}%" if fraction else ""
    except InvalidOperation:
        return fraction


def month_name(month: str) -> str:
    """A month of a year."""
    return f"{_MONTHS[int(month[5:]) - 1]} {month[:4]}"


class Calendar:
    """Months in so few periods of the same length that each can be seen: months, quarters, years and longer.

    >>> Calendar(["2020-07", "2020-08"]).labels
    ['Jul 2020', 'Aug 2020']
    >>> Calendar(["2001-01", "2012-12"]).labels[:2]
    ['Q1 2001', 'Q2 2001']
    >>> Calendar(["1999-01", "2020-12"]).labels[-1], Calendar(["1900-01", "2020-12"]).labels[-1]
    ('2020', '2020–2029')
    """

    def __init__(self, months: Iterable[str]) -> None:
        numbers = [_number(month) for month in months]
        first, last = min(numbers), max(numbers)
        self._step = next(step for step in _STEPS if last // step - first // step < MOST_PERIODS)
        self._first = first // self._step
        self.labels = [self._label(at) for at in range(self._first, last // self._step + 1)]

    def at(self, month: str) -> int:
        """Which of the periods the month lies in."""
        return _number(month) // self._step - self._first

    def _label(self, at: int) -> str:
        year, month = divmod(at * self._step, 12)
        if self._step == 1:
            return month_name(f"{year:04}-{month + 1:02}")
        if self._step == 3:
            return f"Q{month // 3 + 1} {year:04}"
        years = self._step // 12
        return f"{year:04}" if years == 1 else f"{year:04}–{year + years - 1:04}"


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def money_of(units: int, digits: int) -> Decimal:
    """Minor units as an amount with the currency's digits.

    >>> money_of(-30, 2), money_of(7, 0)
    (Decimal('-0.30'), Decimal('7'))
    """
    return Decimal(f"{units}E-{digits}")


def bin_name(at: int, digits: int) -> str:
    """The amounts of a bin: from its lower bound, to just under its upper one.

    >>> bin_name(0, 2), bin_name(1, 2), bin_name(-5, 2), bin_name(5, 0)
    ('0', '0.01', '−0.20 to −0.49', '20 to 49')
    """
    if at == 0:
        return "0"
    low, high = STEPS[abs(at) - 1], STEPS[abs(at)] - 1
    sign = MINUS if at < 0 else ""
    ends = dict.fromkeys(f"{sign}{amount(money_of(units, digits))}" for units in (low, high))
    return " to ".join(ends)


def edge_name(at: int, digits: int) -> str:
    """The bound of a bin as a mark on a scale.

    >>> edge_name(0, 2), edge_name(9, 2), edge_name(-9, 2)
    ('0.01', '10', '−10')
    """
    value = plain(money_of(STEPS[abs(at)], digits))
    whole, point, rest = value.partition(".")
    return f"{MINUS if at < 0 else ''}{int(whole):,}{point}{rest}"


class Figures:
    """Amounts of one currency as the page writes them."""

    def __init__(self, currency: Currency) -> None:
        self.code, self.digits = currency.code, currency.reader.digits

    def plain(self, units: int) -> str:
        return signed(money_of(units, self.digits))

    def change(self, units: int) -> str:
        """With its sign, whichever it is."""
        return f"+{self.plain(units)}" if units > 0 else self.plain(units)


def percent(part: int, whole: int) -> str:
    """A change against what was there before; nothing against nothing.

    >>> percent(-300, 16300), percent(1, 0), percent(-1, 10**9)
    ('−1.84\xa0%', '', 'under 0.01\xa0%')
    """
    if not part or not whole:
        return ""
    told = (Decimal(part) * 100 / abs(whole)).quantize(Decimal("0.01"))
    if not told:
        return f"under 0.01{NO_BREAK}%"
    return f"{'+' if told > 0 else ''}{signed(told)}{NO_BREAK}%"


def count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
