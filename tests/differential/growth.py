"""Growth: how the time of long invoices grows as they double, on every way through the core."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.calculation import calculate
from taxengine.core.explain import explain
from taxengine.core.invoice import Invoice, Line
from taxengine.core.parties import Customer
from taxengine.core.place import Address
from taxengine.core.policy import Policy, Rounding
from taxengine.core.rates import TaxRate
from taxengine.core.table import RateTable

FIRST = 12_500
DOUBLINGS = 3
MOST_RATIO = 2.2
"""What a doubling may cost (reliability.md, row 11)."""

RATE = TaxRate(id="de", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)
OTHER = TaxRate(id="food", country="DE", type="valueAddedTax", percentage_decimal="0.07", inclusive=False,
                tax_categories=["food"])  # fmt: skip
TABLE = RateTable([RATE, OTHER])
GERMANY = Customer(address=Address(country="DE"))


class Growth(NamedTuple):
    """The seconds of one way at each number of lines; `ratio` is what a doubling costs on average.

    Python's own garbage collector reads all that is alive again and again, so that no program of many values
    is linear under it: `ratio` is without it, `collected` are the seconds with it.
    """

    way: str
    lines: list[int]
    seconds: list[float]
    ratio: float
    collected: list[float]

    @property
    def linear(self) -> bool:
        """Whether a doubling costs no more than it may."""
        return self.ratio <= MOST_RATIO


def invoice_of(count: int, **more: Any) -> Invoice:
    """A long invoice, of two categories."""
    lines = [
        Line(id=str(at), quantity=at % 7 + 1, unit_price="19.99", tax_category="food" if at % 3 else "books")
        for at in range(count)
    ]
    return Invoice(
        id="long", currency="EUR", tax_date=date(2026, 3, 1), customer=GERMANY, lines=lines, **more
    )


def _level(level: Any, **more: Any) -> Policy:
    return Policy(rounding=Rounding(level=level, **more))


ADJUSTED: dict[str, Any] = {
    "discounts": [Discount(percent="3.3"), Discount(amount="1.00", spread_over="food")],
    "charges": [
        Charge(amount="4.99"),
        Charge(percent="1", strategy="highest"),
        Charge(amount="1", strategy="principal"),
    ],
}
WAYS: dict[str, Callable[[Invoice], object]] = {
    "line": lambda of: calculate(of, TABLE),
    "unit": lambda of: calculate(of, TABLE, policy=_level("unit")),
    "lineTotal, net first": lambda of: calculate(of, TABLE, policy=_level("lineTotal", inclusive="netFirst")),
    "tax": lambda of: calculate(of, TABLE, policy="en16931"),
    "invoice": lambda of: calculate(of, TABLE, policy="lago"),
    "exact": lambda of: calculate(of, TABLE, policy="gobl-precise"),
    "as a document": lambda of: calculate(of, TABLE).to_dict(),
}
EXPLAINED = "explained"


def seconds_of(way: Callable[[Invoice], object], of: Invoice, *, collecting: bool) -> float:
    """The best of three runs."""
    best = float("inf")
    for _ in range(3):
        gc.collect()
        if not collecting:
            gc.disable()
        start = time.perf_counter()
        way(of)
        best = min(best, time.perf_counter() - start)
        gc.enable()
    return best


def grown(name: str, way: Callable[[Invoice], object], first: int, **more: Any) -> Growth:
    """One way, at each number of lines."""
    counts = [first * 2**power for power in range(DOUBLINGS + 1)]
    invoices = [invoice_of(count, **more) for count in counts]
    seconds = [seconds_of(way, of, collecting=False) for of in invoices]
    collected = [seconds_of(way, of, collecting=True) for of in invoices]
    ratio = (seconds[-1] / seconds[0]) ** (1 / DOUBLINGS)
    rounded = [[round(one, 3) for one in row] for row in (seconds, collected)]
    return Growth(name, counts, rounded[0], round(ratio, 2), rounded[1])


def growths() -> Iterator[Growth]:
    """Every way; the last step has 100 000 lines."""
    for name, way in WAYS.items():
        yield grown(name, way, FIRST)
    yield grown("discounts and charges", WAYS["line"], FIRST, **ADJUSTED)
    yield grown(EXPLAINED, lambda of: explain(calculate(of, TABLE)), FIRST // 50)
