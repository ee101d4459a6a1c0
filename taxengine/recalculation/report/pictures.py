"""Pictures: the plots of a tally, each with its figures in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from taxengine.recalculation.report import plots
from taxengine.recalculation.report.plots import Bar
from taxengine.recalculation.report.tally import TAX, Changes, Currency
from taxengine.recalculation.report.words import Figures, bin_name, edge_name, money_of
from taxengine.showing.figures import MINUS

DRAWN = 20
"""So many places have a bar of their own; the others have one together."""


class Picture(NamedTuple):
    """A plot, and in words what it shows."""

    svg: bytes
    alt: str


def ranking(
    currency: Currency, title: str, told: Sequence[tuple[str, str, Changes]], others: Changes
) -> Picture | None:
    """The groups in their order, those that have no bar of their own as one, and the total."""
    figures = Figures(currency)
    rows = [_bar(figures, label, one.tax) for label, _, one in told[:DRAWN]]
    rest = sum(one.tax for *_, one in told[DRAWN:]) + others.tax
    if len(told) > DRAWN or others.documents:
        rows.append(_bar(figures, "All others", rest, apart=True))
    if not any(row.value for row in rows):
        return None
    rows.append(_bar(figures, "Total", currency.difference[TAX], apart=True))
    return Picture(plots.bars(rows, currency.code), _alt(f"Bar chart. {title}", currency.code, rows))


def _alt(title: str, unit: str, rows: Iterable[Bar]) -> str:
    return f"{title}, in {unit}: {'; '.join(f'{row.label} {row.text}' for row in rows)}."


def timeline(currency: Currency, told: Sequence[tuple[str, int]]) -> Picture | None:
    """The differences of periods, in their order."""
    if not any(tax for _, tax in told):
        return None
    figures = Figures(currency)
    bars = [_bar(figures, label, tax) for label, tax in told]
    alt = _alt("Bars in the order of time. By month", currency.code, bars)
    return Picture(plots.timeline(bars, currency.code), alt)


def histogram(currency: Currency, figures: Figures) -> Picture | None:
    """Every bin from the lowest to the highest, so that a gap is seen as one."""
    used = [at for at in currency.bins if at]
    if not used:
        return None
    every = [at for at in range(min(used), max(used) + 1) if at]
    counts = [currency.bins[at].documents if at in currency.bins else 0 for at in every]
    told = list(zip(every, counts, strict=True))
    rows = [Bar("less" if at < 0 else "more", float(number), f"{number:,}") for at, number in told]
    alt = "; ".join(f"{bin_name(at, figures.digits)}: {number:,}" for at, number in told if number)
    svg = plots.histogram(rows, edges(every, figures.digits), currency.code)
    return Picture(svg, f"Histogram. Documents by the difference of their tax, in {currency.code}: {alt}.")


def edges(every: Sequence[int], digits: int) -> list[str]:
    """The bounds of the bins from left to right; of many, only the powers of ten have a text.

    >>> edges([-2, -1, 1, 2], 2), edges([3], 0)
    (['−0.05', '−0.02', '0', '0.02', '0.05'], ['5', '10'])
    """
    first = every[0] if every[0] < 0 else every[0] - 1
    bounds = [first, *(at + 1 if at < 0 else at for at in every)]
    few = len(every) <= 14
    return [_edge(at, every, digits) if few or at % 3 == 0 else "" for at in bounds]


def _edge(at: int, every: Sequence[int], digits: int) -> str:
    if at == 0 and every[0] < 0 < every[-1]:
        return "0"
    return f"{MINUS if every[0] < 0 == at else ''}{edge_name(at, digits)}"


def _bar(figures: Figures, label: str, units: int, *, apart: bool = False) -> Bar:
    return Bar(label, float(money_of(units, figures.digits)), figures.change(units), apart)
