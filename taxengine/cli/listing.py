"""Listing: columns of text, as wide as what is in them; numbers stand to the right.

>>> print("\\n".join(listed([["tax", "amount"], ["VAT", "1.00"], ["GST", "12.50"]], "<>")))
tax  amount
---  ------
VAT    1.00
GST   12.50
"""

from __future__ import annotations

from collections.abc import Sequence

from taxengine.showing.text import printable, width

MOST = 40
"""How wide a column of text may be; what is longer is cut."""


def listed(rows: Sequence[Sequence[str]], sides: str, *, most: int = MOST) -> list[str]:
    """Lines of a table; the first row is its head. `sides` has `<` or `>` for each column.

    A column in which nothing stands is left out.
    """
    limits = [most if side == "<" else None for side in sides]
    cells = [[_short(printable(cell), limits[at]) for at, cell in enumerate(row)] for row in rows]
    kept = [at for at in range(len(sides)) if any(row[at] for row in cells[1:])]
    widths = {at: max(width(row[at]) for row in cells) for at in kept}
    lines = ["  ".join(_padded(row[at], widths[at], sides[at]) for at in kept).rstrip() for row in cells]
    rule = "  ".join("-" * widths[at] for at in kept)
    return [lines[0], rule, *lines[1:]]


def _short(text: str, most: int | None) -> str:
    if most is None or width(text) <= most:
        return text
    while width(text) > most - 3:
        text = text[:-1]
    return f"{text}..."


def _padded(text: str, columns: int, side: str) -> str:
    blank = " " * (columns - width(text))
    return f"{text}{blank}" if side == "<" else f"{blank}{text}"
