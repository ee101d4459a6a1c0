"""Report: what a subject has measured, as a table to read, as JSON, and against its targets.

>>> table = Table("Sizes", ("lines", "µs"), [(10, 12.345), (1000, 1234.5)])
>>> print(table.text())
### Sizes
<BLANKLINE>
| lines |    µs |
|------:|------:|
|    10 |  12.3 |
| 1 000 | 1 234 |
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.measuring import Spread

Cell = str | int | float | Spread


@dataclass(frozen=True, slots=True)
class Table:
    """Figures in rows, and what must be known to read them."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""

    def records(self) -> list[dict[str, Any]]:
        """The rows by the names of their columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def text(self) -> str:
        """The table in Markdown, aligned for the eye."""
        cells = [list(self.columns), *([shown(cell) for cell in row] for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        left = [isinstance(cell, str) for cell in self.rows[0]]
        ruler = [
            "-" * (width + 2) if text else "-" * (width + 1) + ":"
            for width, text in zip(widths, left, strict=True)
        ]
        lines = [
            "| "
            + " | ".join(
                cell.ljust(width) if text else cell.rjust(width)
                for cell, width, text in zip(row, widths, left, strict=True)
            )
            + " |"
            for row in cells
        ]
        note = f"\n{self.note}\n" if self.note else ""
        return "\n".join([f"### {self.title}\n{note}", lines[0], f"|{'|'.join(ruler)}|", *lines[1:]])


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to keep: at most `limit`, or at least it."""

    what: str
    got: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether it is kept."""
        return self.got >= self.limit if self.at_least else self.got <= self.limit

    def __str__(self) -> str:
        bound = "at least" if self.at_least else "at most"
        figures = f"{shown(self.got)} {self.unit}".strip()
        return f"{'met   ' if self.met else 'MISSED'} {self.what}: {figures}, {bound} {shown(self.limit)}"


@dataclass(frozen=True, slots=True)
class Report:
    """What one subject has to say."""

    tables: Sequence[Table]
    targets: Sequence[Target] = field(default=())

    def text(self) -> str:
        """All of it, to read."""
        parts = [table.text() for table in self.tables]
        if self.targets:
            parts.append("\n".join(f"- {target}" for target in self.targets))
        return "\n\n".join(parts)

    def to_dict(self) -> dict[str, object]:
        """All of it, as JSON types."""
        return {
            "tables": [
                {
                    "title": table.title,
                    "note": table.note,
                    "rows": [{name: _plain(cell) for name, cell in row.items()} for row in table.records()],
                }
                for table in self.tables
            ],
            "targets": [
                {
                    **asdict(target),
                    "got": _plain(target.got),
                    "limit": _plain(target.limit),
                    "met": target.met,
                }
                for target in self.targets
            ],
        }


def shown(cell: Cell) -> str:
    """A figure to three digits, or in whole numbers where it has more.

    >>> shown(0.3456), shown(47.25), shown(1000000), shown("tax")
    ('0.346', '47.2', '1 000 000', 'tax')
    """
    if isinstance(cell, float):
        return f"{cell:.3g}" if abs(cell) < 1000 else f"{cell:,.0f}".replace(",", " ")
    return f"{cell:,}".replace(",", " ") if isinstance(cell, int) else str(cell)


def _plain(cell: Cell) -> object:
    if isinstance(cell, Spread):
        return {name: _plain(value) for name, value in asdict(cell).items()}
    return float(f"{cell:.4g}") if isinstance(cell, float) else cell
