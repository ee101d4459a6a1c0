"""Page: a tally as one html file that needs nothing else: plots, tables, the largest differences, why.

Each text is made visible and escaped by the template; the plots are pictures within the page, and its policy
allows nothing but them and the one style.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.util import find_spec
from itertools import islice
from typing import Any, NamedTuple

from taxengine.core.errors import MissingExtra, Problem

for _package in ("babel", "jinja2", "matplotlib"):
    # Only their own absence is told so: whatever else goes wrong in an import shows as itself.
    if find_spec(_package) is None:
        raise MissingExtra(
            Problem("missingExtra", f"the report needs {_package}: pip install 'taxengine[report]'")
        )

from taxengine.recalculation.report.tally import LARGEST, TAX, Currency, Tally  # noqa: E402  # after the packages it needs
from taxengine.recalculation.report.view import Part, huge, largest, parts, totals  # noqa: E402
from taxengine.recalculation.report.words import Figures, count, percent  # noqa: E402
from taxengine.showing import html  # noqa: E402
from taxengine.showing.text import printable  # noqa: E402

Stories = Mapping[tuple[str, int], tuple[Sequence[str], Sequence[str]]]
"""For a file and a number in it: the explanation before, and after, in lines."""

IN_FULL = 4
"""So many currencies, those of the most documents, have plots and long tables."""
BRIEF = 5
"""So many rows a table of any other currency has."""
LONGEST_STORY = 8000
"""So many characters of a side of an explanation are shown, as html writes them."""
LONGEST_VALUE = 2000
MOST_VALUES = 200


class Story(NamedTuple):
    """An explanation that the page holds."""

    anchor: str
    id: str
    place: str
    before: list[str]
    after: list[str]


def page(tally: Tally, made: Mapping[str, object], stories: Stories) -> bytes:
    """The page; `made` says how it was made (versions, hashes, policy), `stories` why the largest differ.

    Give the stories of `tally.explain()`: of others there is nothing to link from. The same arguments give
    the same bytes. `InvariantBroken` where the total of a table is not what it is the total of.
    """
    tally.check()
    macros = html.template("taxengine.recalculation.report", "page.html.j2")
    css = html.source("taxengine.recalculation.report", "page.css")
    ranked = tally.ranked()
    anchors = _anchors(tally, stories)
    shown = [
        macros.top(_title(tally), css, html.digest(css)),
        macros.headline(_headline(tally)),
        *(macros.currency(_currency(one, at < IN_FULL, anchors)) for at, one in enumerate(ranked)),
        macros.refused(_refused(tally)) if tally.refused else "",
        macros.explanations(_told(tally, stories, anchors)) if anchors else "",
        macros.made(list(_made(made))),
        macros.bottom(),
    ]
    return "".join(map(str, shown)).encode()


def _title(tally: Tally) -> str:
    documents = sum(one.documents for one in tally.currencies.values()) + tally.refused
    return f"Recalculation of {count(documents, 'document', 'documents')}"


def _headline(tally: Tally) -> dict[str, Any]:
    ranked = tally.ranked()
    documents, changed = sum(one.documents for one in ranked), sum(one.changed for one in ranked)
    told = [f"{documents - changed:,} the same", f"{changed:,} changed", f"{tally.refused:,} refused"]
    return {"title": _title(tally), "told": told, "currencies": [_difference(one) for one in ranked]}


def _difference(currency: Currency) -> dict[str, Any]:
    """What the tax was, what it would have been, and the difference."""
    figures, difference = Figures(currency), currency.difference[TAX]
    less = "more" if difference > 0 else "less" if difference < 0 else ""
    size = figures.plain(abs(difference))
    return {
        "code": currency.code,
        "anchor": f"currency-{currency.code}",
        "before": figures.plain(currency.before[TAX]),
        "after": figures.plain(currency.after[TAX]),
        "difference": figures.change(difference),
        "percent": percent(difference, currency.before[TAX]),
        "verdict": f"{currency.code} {size} {less} tax" if less else "The same tax in all",
    }


def _currency(currency: Currency, full: bool, anchors: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    figures = Figures(currency)
    most = largest(currency, LARGEST if full else BRIEF)
    for row in most["rows"]:
        row["anchor"] = anchors.get((row["file"], row["number"]), "")
    divided = [_part(part, full) for part in (parts(currency) if full else parts(currency, BRIEF))]
    return {
        **_difference(currency),
        "drawn": any(part["picture"] for part in divided),
        "documents": _documents(currency),
        "totals": (lines := totals(currency, figures)),
        "huge": huge([line.cells for line in lines]),
        "parts": divided,
        "largest": most,
    }


def _documents(currency: Currency) -> str:
    told = [
        count(currency.documents, "document", "documents"),
        f"{currency.documents - currency.changed:,} the same",
        f"{currency.changed:,} changed",
    ]
    more = (
        (currency.moved, "with the same totals"),
        (currency.only_before, "only before"),
        (currency.only_after, "only after"),
    )
    return ", ".join(told + [f"{number:,} of them {what}" for number, what in more if number])


def _part(part: Part, drawn: bool) -> dict[str, Any]:
    picture = part.draw() if drawn else None
    held = picture and {"data": b64encode(picture.svg).decode(), "alt": picture.alt}
    return {"name": part.name, "title": part.title, "note": part.note, "table": part.table, "picture": held}


def _refused(tally: Tally) -> dict[str, Any]:
    codes = sorted(tally.codes.kept.items(), key=lambda item: (-item[1].documents, item[0]))
    rows = [(code, one.documents) for code, one in codes[:20]]
    others = tally.refused - sum(number for _, number in rows)
    return {
        "count": count(tally.refused, "document was refused", "documents were refused"),
        "codes": rows + ([("All others", others)] if others else []),
        "total": tally.refused,
        "rows": tally.refusals,
        "rest": tally.refused - len(tally.refusals),
    }


def _anchors(tally: Tally, stories: Stories) -> dict[tuple[str, int], str]:
    """Where the explanations stand that are there, of the documents that the page lists."""
    listed = [
        (row.file, row.number)
        for at, currency in enumerate(tally.ranked())
        for row in currency.largest[: LARGEST if at < IN_FULL else BRIEF]
    ]
    found = [key for key in dict.fromkeys(listed) if key in stories]
    wanted = set(tally.explain())
    return {
        key: f"explanation-{at}" for at, key in enumerate((key for key in found if key in wanted), start=1)
    }


def _told(tally: Tally, stories: Stories, anchors: Mapping[tuple[str, int], str]) -> list[Story]:
    ids = {(row.file, row.number): row.id for one in tally.ranked() for row in one.largest}
    return [
        Story(anchor, ids[key], f"{key[0]}, {key[1]}", *(cut(side) for side in stories[key]))
        for key, anchor in anchors.items()
    ]


def cut(lines: Iterable[str]) -> list[str]:
    """As many lines as there is room for, and how many are left out.

    >>> cut(["a", "b"]), cut(["<" * 1000, "b"] * 3)[-1]
    (['a', 'b'], '… 4 more lines')
    """
    kept: list[str] = []
    room, all_lines = LONGEST_STORY, list(lines)
    for line in all_lines:
        room -= len(escape(printable(line)).encode(errors="replace")) + 10
        if room < 0:
            left = len(all_lines) - len(kept)
            return [*kept, f"… {count(left, 'more line', 'more lines')}"]
        kept.append(line)
    return kept


def _made(made: Mapping[str, object]) -> Iterable[tuple[str, list[str]]]:
    """Labels and values; of a list, each on a line of its own."""
    for label, value in islice(made.items(), MOST_VALUES):
        texts = value if isinstance(value, list | tuple) else [value]
        yield label, [f"{text}"[:LONGEST_VALUE] for text in texts[:MOST_VALUES]]
