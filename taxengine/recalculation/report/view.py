"""View: a tally as the tables and plots of a page, each table with a total that is held to the cent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from taxengine.recalculation.report import pictures
from taxengine.recalculation.report.pictures import Picture
from taxengine.recalculation.report.rows import TOTALS, Row
from taxengine.recalculation.report.tally import TAX, WITHHELD, Bin, Changes, Currency, Groups, Period, tie
from taxengine.recalculation.report.words import (
    Calendar,
    Figures,
    bin_name,
    cause_name,
    count,
    percent,
    place_name,
    rate_name,
)

MOST_DIGITS = 54
"""So many characters of figures have room in a row."""
NO_WIDER = "-" * 10  # a date
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

    @property
    def huge(self) -> bool:
        return huge([self.total.cells, *(row.cells for row in self.rows)])


def huge(rows: Iterable[Sequence[str]]) -> bool:
    """Whether the figures of a table are too long to stand beside each other, each on one line."""
    return sum(max(map(len, column)) for column in zip(*rows, strict=True)) > MOST_DIGITS


class Part(NamedTuple):
    """One way to divide the difference; it is drawn only where it is shown."""

    name: str
    title: str
    note: str
    draw: Callable[[], Picture | None]
    table: Table


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


def parts(currency: Currency, shown: int = SHOWN) -> list[Part]:
    """Every way to divide the difference; `shown` places and rates have a row of their own."""
    figures = Figures(currency)
    return [
        _ranked(currency, "cause", "By cause", currency.causes, cause_name, shown),
        _ranked(currency, "place", "By country and state", currency.places, _place, shown),
        _ranked(currency, "rate", "By rate", currency.rates, rate_name, shown),
        _months(currency, figures),
        _bins(currency, figures),
    ]


def _place(place: tuple[str, str]) -> tuple[str, str]:
    return place_name(place), ""


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
    draw = _nothing if name == "rate" else partial(pictures.ranking, currency, title, told, groups.others)
    note = "A document counts in each row in which it has a part." if len(rows) > 1 else ""
    return Part(name, title, note, draw, Table(head, rows, total))


def _nothing() -> None:
    """A rate is a row of figures alone: what went from one to another would drown what changed."""


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
    told = [(label, one.tax) for label, one in labelled]
    return Part(
        "month",
        "By month",
        "By the month of the tax date.",
        partial(pictures.timeline, currency, told),
        table,
    )


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
    return Part(
        "size", "By size", note, partial(pictures.histogram, currency, figures), Table(head, rows, total)
    )


def largest(currency: Currency, limit: int) -> dict[str, Any]:
    """The documents that differ most, all others together, and the total."""
    figures, rows = Figures(currency), currency.largest[:limit]
    shown: list[dict[str, Any]] = [
        {
            "id": row.id,
            "date": row.date,
            "file": row.file,
            "number": row.number,
            "figures": (
                figures.plain(row.before[TAX]) if row.before else "–",
                figures.plain(row.after[TAX]) if row.after else "–",
                figures.change(row.difference[TAX]),
            ),
            "causes": [_cause(cause, change, figures) for cause, change in row.causes.items()],
        }
        for row in rows
    ]
    return {
        "rows": shown,
        "huge": huge([(*row["figures"], NO_WIDER) for row in shown]),
        "sums": _largest_sums(currency, rows),
    }


def _largest_sums(currency: Currency, rows: Sequence[Row]) -> list[Line]:
    before = sum(row.before[TAX] for row in rows if row.before)
    after = sum(row.after[TAX] for row in rows if row.after)
    tie(f"{currency.code}, largest", after - before, sum(row.difference[TAX] for row in rows))
    figures, number, total = (
        Figures(currency),
        currency.documents,
        (currency.before[TAX], currency.after[TAX]),
    )
    others = (number - len(rows), (total[0] - before, total[1] - after))
    told = ([("All others", *others)] if others[0] else []) + [("Total", number, total)]
    return [
        Line(
            label,
            count(documents, "document", "documents"),
            (figures.plain(was), figures.plain(would), figures.change(would - was)),
        )
        for label, documents, (was, would) in told
    ]


def _cause(cause: str, change: tuple[int, int], figures: Figures) -> str:
    tax, withheld = change
    told = f"{cause_name(cause)[0]} {figures.change(tax)}"
    return f"{told}, withheld {figures.change(withheld)}" if withheld else told
