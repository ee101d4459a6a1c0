"""One invoice: `calculate(invoice, table)` against libraries that multiply and do not match."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, get_args

from benchmarks.contestants import CONTESTS, Contest, Lines, Sums
from benchmarks.measuring import Contestant, Race, race
from benchmarks.report import Cell, Report, Table, Target
from benchmarks.samples import KINDS, Kind, district_rates, invoice_of, priced
from taxengine import Calculation, Invoice, Policy, RateTable, Rounding, calculate
from taxengine.core.policy import RoundingLevel

OURS, DIGESTS, BUILT = "taxengine", "with digests", "invoice built too"
OTHERS = ("py-moneyed", "prices", "pyvat")
FLOOR = "Decimal"
HOW = (
    "Microseconds an invoice. `taxengine` finds the rates of each line in a table of {rates}, rounds each "
    "tax of each line, and checks that lines, breakdown and totals add up; the others only multiply, round "
    "and add, but for pyvat, which looks up one rate a line. `with digests` also reads the SHA-256 of what "
    "went in; `invoice built too` starts from prices; `Decimal` is bare arithmetic, the floor."
)


def measure(quick: bool) -> Report:
    """Every kind at every size, in turns; then the levels of rounding at ten lines."""
    sizes = (1, 10) if quick else (1, 10, 100, 1000)
    rounds, others = (2, 10) if quick else (50, 5_000)
    tables = {kind.name: RateTable([*kind.rates, *district_rates(others)]) for kind in KINDS}
    races = {kind.name: _race(kind, tables[kind.name], sizes, rounds) for kind in KINDS}
    return Report(
        [_sizes(races, sizes, others), _levels(tables, rounds)],
        list(_targets(races, sizes)),
    )


def _race(kind: Kind, table: RateTable, sizes: Sequence[int], rounds: int) -> Race:
    contestants = {}
    for size in sizes:
        several = range(max(1, 20 // size))
        prices = [priced(number, size) for number in several]
        invoices = [invoice_of(kind, number, prices[number]) for number in several]
        for name, run in _contestants(kind, table, prices, invoices):
            contestants[f"{name} {size}"] = Contestant(run, len(several))
    return race(contestants, rounds)


def _contestants(
    kind: Kind, table: RateTable, prices: Sequence[Lines], invoices: Sequence[Invoice]
) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each contestant with its work on all the invoices; all come to the same sums."""
    expected = [_sums(calculate(one, table)) for one in invoices]

    yield OURS, lambda: [calculate(one, table) for one in invoices]
    yield DIGESTS, lambda: [calculate(one, table).provenance for one in invoices]
    yield BUILT, lambda: [calculate(invoice_of(kind, *one), table) for one in enumerate(prices)]
    for name, contest in CONTESTS[kind.name].items():
        got = _each(contest, prices, kind.percentages)
        if got != expected:
            raise ValueError(f"{name}, {kind.name}: expected {expected}, got {got}")
        yield name, partial(_each, contest, prices, kind.percentages)


def _each(contest: Contest, prices: Sequence[Lines], rates: Sequence[Decimal]) -> list[Sums]:
    return [contest(lines, rates) for lines in prices]


def _sums(calculation: Calculation) -> Sums:
    totals = calculation.totals
    return totals.net, totals.tax, totals.gross


def _sizes(races: dict[str, Race], sizes: Sequence[int], others: int) -> Table:
    names = (OURS, DIGESTS, BUILT, *OTHERS, FLOOR)
    rows: list[Sequence[Cell]] = [
        (
            kind,
            size,
            *(done.median(f"{name} {size}") for name in names),
            done.ratio(f"{OURS} {size}", f"{OTHERS[0]} {size}"),
        )
        for kind, done in races.items()
        for size in sizes
    ]
    columns = ("tax", "lines", *names, f"{OURS} / {OTHERS[0]}")
    return Table("One invoice", columns, rows, HOW.format(rates=f"{others:,}".replace(",", " ")))


def _levels(tables: dict[str, RateTable], rounds: int) -> Table:
    """Ten lines under each level of rounding, two stacked taxes."""
    kind, prices = KINDS[-1], priced(0, 10)
    table, invoice, rates = tables[kind.name], invoice_of(kind, 0, prices), kind.percentages
    policies = {level: Policy(rounding=Rounding(level=level)) for level in get_args(RoundingLevel)}
    contestants: dict[str, Contestant] = {
        level: Contestant(partial(calculate, invoice, table, policy=policy))
        for level, policy in policies.items()
    }
    moneyed = CONTESTS[kind.name][OTHERS[0]]
    contestants[OTHERS[0]] = Contestant(lambda: moneyed(prices, rates))
    done = race(contestants, rounds)
    rows = [(level, done.median(level), done.ratio(level, OTHERS[0])) for level in policies]
    note = "Ten lines with two stacked taxes, what is rounded together named by `Rounding(level=...)`."
    return Table("Levels of rounding", ("level", OURS, f"{OURS} / {OTHERS[0]}"), rows, note)


def _targets(races: dict[str, Race], sizes: Sequence[int]) -> Iterator[Target]:
    for kind, done in races.items():
        for other in OTHERS:
            got = done.ratio(f"{OURS} 10", f"{other} 10").median
            limit = 0.4 if other == OTHERS[0] else 1.0
            yield Target(f"ten lines, {kind}, where {other} takes 1", got, limit)
    plain = races["exclusive"]
    yield Target(
        f"one line, exclusive, where {OTHERS[0]} takes 1",
        plain.ratio(f"{OURS} 1", f"{OTHERS[0]} 1").median,
        round(4 / 6.5, 3),
    )
    if sizes[-1] == 1000:
        for kind, done in races.items():
            got = done.ratio(f"{OURS} 1000", f"{OURS} 10").median
            yield Target(f"1 000 lines, {kind}, where ten take 1", got, 110.0)


def draw(report: Report, axes: Any) -> None:
    """Ten lines by each contestant, as bars."""
    rows = [row for row in report.tables[0].records() if row["lines"] == 10]
    names = (OURS, DIGESTS, *OTHERS)
    height = 0.8 / len(names)
    for place, name in enumerate(names):
        at = [index + place * height for index in range(len(rows))]
        bars = axes.barh(at, [row[name] for row in rows], height=height * 0.9, label=name)
        axes.bar_label(bars, fmt="%.0f", padding=3, fontsize=8)
    axes.set_yticks([index + 0.4 - height / 2 for index in range(len(rows))], [row["tax"] for row in rows])
    axes.invert_yaxis()
    axes.margins(x=0.08)
    axes.set_title("One invoice of ten lines")
    axes.set_xlabel("microseconds; less is better")
    axes.legend(frameon=False, fontsize=8, ncols=len(names), loc="upper center", bbox_to_anchor=(0.45, -0.15))
