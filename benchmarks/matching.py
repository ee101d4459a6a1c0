"""Matching: a look-up in ten rates and in a million, first and again, and what a table costs to build."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.measuring import Contestant, race, resident_mb
from benchmarks.report import Report, Table, Target, shown
from benchmarks.samples import TAX_DATE, district_address, district_rates
from taxengine import Address, Customer, Invoice, Line, RateTable, calculate

LOOKUP, FIRST, AGAIN = "rates_for", "calculate, new place", "calculate, known place"
BATCH = 50
NOTE = (
    "Microseconds each. A state's rate and those of ZIP+4 districts (one code, a range, a prefix); each "
    "address bears two of them. `rates_for` remembers nothing; `new place` is an invoice of one line to an "
    "address that the table has not been asked about, `known place` to one that it has. `build` is "
    "`RateTable(rates)`, `MB` what the rates and the table hold."
)


@dataclass(frozen=True, slots=True)
class Built:
    """A table, and what it cost."""

    table: RateTable
    seconds: float
    megabytes: float


def measure(quick: bool) -> Report:
    """Tables of every size, built first, then asked in turns."""
    sizes, rounds = ((10, 1000), 2) if quick else ((10, 1000, 100_000, 1_000_000), 40)
    built = {size: _build(size) for size in sizes}
    contestants = {
        f"{name} {size}": contestant
        for size, one in built.items()
        for name, contestant in _contestants(one.table, size, rounds)
    }
    done = race(contestants, rounds)
    names = (LOOKUP, FIRST, AGAIN)
    rows = [
        (size, *(done.median(f"{name} {size}") for name in names), one.seconds, one.megabytes)
        for size, one in built.items()
    ]
    targets = [
        Target(
            f"{name}: {shown(sizes[-1])} rates, where ten take 1",
            done.ratio(f"{name} {sizes[-1]}", f"{name} {sizes[0]}").median,
            2.0,
        )
        for name in names
    ]
    return Report([Table("Matching", ("rates", *names, "build s", "MB"), rows, NOTE)], targets)


def _build(size: int) -> Built:
    gc.collect()
    before = resident_mb()
    gc.disable()  # it would read a million rates again and again, and find nothing
    try:
        rates = list(district_rates(size))
        start = time.thread_time()
        table = RateTable(rates)
        seconds = time.thread_time() - start
    finally:
        gc.enable()
    return Built(table, seconds, resident_mb() - before)


def _contestants(table: RateTable, size: int, rounds: int) -> Iterator[tuple[str, Contestant]]:
    """Every batch asks about districts from all over the table."""
    cities = _cities(size)
    known = [next(cities) for _ in range(BATCH)]
    invoices = [_invoice(address) for address in known]
    batches = iter([[_invoice(next(cities)) for _ in range(BATCH)] for _ in range(rounds + 1)])

    def look_up() -> None:
        for address in known:
            table.rates_for(address, TAX_DATE, "saas")

    yield LOOKUP, Contestant(look_up, BATCH)
    yield FIRST, Contestant(lambda: _calculate(next(batches), table), BATCH, once=True)
    yield AGAIN, Contestant(lambda: _calculate(invoices, table), BATCH)


def _cities(size: int) -> Iterator[Address]:
    """Addresses without end, no two alike."""
    city = 0
    while True:
        yield district_address(city * 7_919 % (size - 1), city)
        city += 1


def _invoice(address: Address) -> Invoice:
    return Invoice(
        id="inv_1",
        currency="USD",
        tax_date=TAX_DATE,
        customer=Customer(address=address),
        lines=[Line(id="1", amount="100.00", tax_category="saas")],
    )


def _calculate(invoices: Sequence[Invoice], table: RateTable) -> None:
    for one in invoices:
        calculate(one, table)


def draw(report: Report, axes: Any) -> None:
    """Time over size: flat lines."""
    rows = report.tables[0].records()
    for name in (LOOKUP, FIRST, AGAIN):
        axes.plot([row["rates"] for row in rows], [row[name] for row in rows], marker="o", label=name)
    axes.set_xscale("log")
    axes.margins(y=0.1)
    axes.set_ylim(bottom=0)
    axes.set_title("Matching")
    axes.set_xlabel("rates in the table")
    axes.set_ylabel("microseconds; less is better")
    axes.legend(frameon=False, fontsize=8, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.15))
