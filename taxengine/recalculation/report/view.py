"""View: a tally as the tables and plots of a page, each table with a total that is held to the cent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from taxengine.recalculation.report import plots
from taxengine.recalculation.report.plots import Bar
from taxengine.recalculation.report.rows import TOTALS
from taxengine.recalculation.report.tally import TAX, WITHHELD, Bin, Changes, Currency, Groups, Period, tie
from taxengine.recalculation.report.words import (
    NO_BREAK,
    Calendar,
    bin_name,
    cause_name,
    edge_name,
    money_of,
    place_name,
    rate_name,
)
from taxengine.showing.figures import MINUS, signed

DRAWN = 20
"""So many places have a bar of their own; the others have one together."""
SHOWN = 40
"""So many places and rates have a row of their own."""


class Line(NamedTuple):
    """A row of a table: what it is of, what that means, its figures."""

    label: str
    note: str
    cells: Sequence[str]


class Table(NamedTuple):
    """Rows, and their total."""

    head: Sequence[str]
    rows: Sequence[Line]
    total: Line


class Picture(NamedTuple):
    """A plot, and in words what it shows."""

    svg: bytes
    alt: str


class Part(NamedTuple):
    """One way to divide the difference."""

    name: str
    title: str
    note: str
    picture: Picture | None
    table: Table


class Figures:
    """Amounts of one currency as the page writes them."""

    def __init__(self, currency: Currency) -> None:
        self.code, self.digits = currency.code, currency.reader.digits

    def plain(self, units: int) -> str:
        return signed(money_of(units, self.digits))

    def change(self, units: int) -> str:
        """With its sign, whichever it is."""
        return f"+{self.plain(units)}" if units > 0 else self.plain(units)

    def bar(self, label: str, units: int, *, apart: bool = False) -> Bar:
        return Bar(label, float(money_of(units, self.digits)), self.change(units), apart)


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


def totals(currency: Currency, figures: Figures) -> Sequence[Line]:
    """Before, after and the difference of each total."""
    found = zip(TOTALS, currency.before, currency.after, currency.difference, strict=True)
    names = {"withheld": "Withheld by the customer"}
    rows = []
    for name, before, after, difference in found:
        tie(f"{currency.code}, {name}", after - before, difference)
        cells = (
            figures.plain(before),
            figures.plain(after),
            figures.change(difference),
            percent(difference, before),
        )
        rows.append(Line(names.get(name, name.capitalize()), "", cells))
    return rows


def parts(currency: Currency, *, drawn: bool = False, shown: int = SHOWN) -> list[Part]:
    """Every way to divide the difference, with its plot where `drawn`."""
    figures = Figures(currency)
    made = [
        _ranked(currency, "cause", "By cause", currency.causes, cause_name, shown),
        _ranked(
            currency, "place", "By country and state", currency.places, lambda at: (place_name(at), ""), shown
        ),
        _ranked(currency, "rate", "By rate", currency.rates, rate_name, shown),
        _months(currency, figures),
        _bins(currency, figures),
    ]
    return [part if drawn else part._replace(picture=None) for part in made]


def _ranked(
    currency: Currency,
    name: str,
    title: str,
    groups: Groups[Any, Changes],
    named: Callable[[Any], tuple[str, str]],
    shown: int,
) -> Part:
    """The groups that changed most first; those that have no row of their own are one row."""
    figures = Figures(currency)
    rank = sorted(groups.kept.items(), key=lambda item: (-abs(item[1].tax), -item[1].more, named(item[0])))
    told = [(*named(key), changes) for key, changes in rank]
    rest = [changes for *_, changes in told[shown:]] + ([groups.others] if groups.others.documents else [])
    withheld = any(changes.withheld for changes in groups.all())
    rows = [
        Line(label, note, (f"{one.documents:,}", *_cells([one], figures, withheld)))
        for label, note, one in told[:shown]
    ]
    if rest:
        more = " or more" if groups.others.documents else ""
        label = f"All others ({len(rest):,}{more})"
        rows.append(Line(label, "", ("", *_cells(rest, figures, withheld))))
    every = [changes for *_, changes in told[:shown]] + rest
    _tied(currency, name, every)
    head = ["", "Documents", "More tax", "Less tax", "Difference", *(["Withheld"] if withheld else [])]
    total = Line("Total", "", (f"{currency.changed:,}", *_cells(every, figures, withheld)))
    picture = None if name == "rate" else _bars(currency, title, told, groups.others)
    note = "A document counts in each row in which it has a part." if len(rows) > 1 else ""
    return Part(name, title, note, picture, Table(head, rows, total))


def _cells(changes: Sequence[Changes], figures: Figures, withheld: bool) -> list[str]:
    sums = [sum(one.more for one in changes), sum(one.less for one in changes)]
    sums.append(sum(sums))
    if withheld:
        sums.append(sum(one.withheld for one in changes))
    return [figures.change(units) for units in sums]


def _tied(currency: Currency, name: str, changes: Iterable[Changes]) -> None:
    held = list(changes)
    found = (sum(one.tax for one in held), sum(one.withheld for one in held))
    tie(f"{currency.code}, by {name}", found, (currency.difference[TAX], currency.difference[WITHHELD]))


def _bars(
    currency: Currency, title: str, told: Sequence[tuple[str, str, Changes]], others: Changes
) -> Picture | None:
    figures = Figures(currency)
    rows = [figures.bar(label, one.tax) for label, _, one in told[:DRAWN]]
    rest = sum(one.tax for *_, one in told[DRAWN:]) + others.tax
    if len(told) > DRAWN:
        rows.append(figures.bar("All others", rest, apart=True))
    if not any(row.value for row in rows):
        return None
    rows.append(figures.bar("Total", currency.difference[TAX], apart=True))
    return Picture(plots.bars(rows, currency.code), _alt(f"Bar chart. {title}", currency.code, rows))


def _alt(title: str, unit: str, rows: Iterable[Bar]) -> str:
    return f"{title}, in {unit}: {'; '.join(f'{row.label} {row.text}' for row in rows)}."


def _months(currency: Currency, figures: Figures) -> Part:
    calendar = Calendar(currency.months.kept)
    held = [Period() for _ in calendar.labels]
    for month, period in currency.months.kept.items():
        _join(held[calendar.at(month)], period)
    labelled = list(zip(calendar.labels, held, strict=True))
    if currency.months.others.documents:
        labelled.append(("All others", currency.months.others))
    total = Period()
    for _, period in labelled:
        _join(total, period)
    expected = [currency.documents, currency.changed, currency.before[TAX], currency.after[TAX]]
    tie(f"{currency.code}, by month", _sums(total), expected)
    rows = [Line(label, "", _period(one, figures)) for label, one in labelled if one.documents]
    head = ("", "Documents", "Changed", "Tax before", "Tax after", "Difference")
    table = Table(head, rows, Line("Total", "", _period(total, figures)))
    bars = [figures.bar(label, one.tax) for label, one in labelled]
    drawn = any(bar.value for bar in bars)
    alt = _alt("Bars in the order of time. By month of the tax date", currency.code, bars)
    picture = Picture(plots.timeline(bars, currency.code), alt) if drawn else None
    return Part("month", "By month", "By the month of the tax date.", picture, table)


def _join(into: Period, one: Period) -> None:
    into.documents += one.documents
    into.changed += one.changed
    into.before += one.before
    into.after += one.after


def _sums(one: Period) -> list[int]:
    return [one.documents, one.changed, one.before, one.after]


def _period(one: Period, figures: Figures) -> list[str]:
    amounts = (figures.plain(one.before), figures.plain(one.after), figures.change(one.tax))
    return [f"{one.documents:,}", f"{one.changed:,}", *amounts]


def _bins(currency: Currency, figures: Figures) -> Part:
    held = sorted(currency.bins.items())
    found = [sum(one.documents for _, one in held), sum(one.tax for _, one in held)]
    tie(f"{currency.code}, by size", found, [currency.documents, currency.difference[TAX]])
    rows = [
        Line(bin_name(at, figures.digits), "", (f"{one.documents:,}", figures.change(one.tax)))
        for at, one in held
    ]
    total = Line("Total", "", (f"{found[0]:,}", figures.change(found[1])))
    same = currency.bins.get(0, Bin()).documents
    note = f"{count(same, 'document', 'documents')} without a difference of tax, not drawn." if same else ""
    head = ("Difference of one document", "Documents", "Sum")
    return Part("size", "By size", note, _histogram(currency, figures), Table(head, rows, total))


def _histogram(currency: Currency, figures: Figures) -> Picture | None:
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


def largest(currency: Currency, limit: int) -> dict[str, Any]:
    """The documents that differ most, all others together, and the total."""
    figures, rows = Figures(currency), currency.largest[:limit]
    shown = [
        {
            "id": row.id,
            "date": row.date,
            "file": row.file,
            "number": row.number,
            "before": figures.plain(row.before[TAX]) if row.before else "–",
            "after": figures.plain(row.after[TAX]) if row.after else "–",
            "difference": figures.change(row.difference[TAX]),
            "causes": [_cause(cause, change, figures) for cause, change in row.causes.items()],
        }
        for row in rows
    ]
    held = [[row.before[TAX] if row.before else 0, row.after[TAX] if row.after else 0] for row in rows]
    sums = [sum(pair[side] for pair in held) for side in (0, 1)]
    total = [currency.before[TAX], currency.after[TAX]]
    tie(f"{currency.code}, largest", sums[1] - sums[0], sum(row.difference[TAX] for row in rows))
    others = [whole - part for whole, part in zip(total, sums, strict=True)]
    number = currency.documents - len(rows)
    sides = [("All others" if number else "", number, others), ("Total", currency.documents, total)]
    return {
        "rows": shown,
        "sums": [
            (label, f"{documents:,}", figures.plain(b), figures.plain(a), figures.change(a - b))
            for label, documents, (b, a) in sides
            if label
        ],
    }


def _cause(cause: str, change: tuple[int, int], figures: Figures) -> str:
    tax, withheld = change
    told = f"{cause_name(cause)[0]} {figures.change(tax)}"
    return f"{told}, withheld {figures.change(withheld)}" if withheld else told
