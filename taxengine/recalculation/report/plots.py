"""Plots: bars as SVG, drawn without colours: filled is more tax, hatched is less.

The same figures give the same bytes: no date, no random ids, letters as outlines, nobody's own settings.

>>> bars([Bar("Rate", -300.0, "−300.00")], "EUR").decode()[:5]
'<?xml'
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any, NamedTuple

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.textpath import TextPath
from matplotlib.ticker import FuncFormatter, MaxNLocator

WIDTH = 8.5
"""Of a plot, in inches: on a desk it is shown as it is, on a phone at three fifths."""
SIZE = 11.0
INK, PAPER, FAINT = "#1a1a1a", "#ffffff", "#d0d0d0"
ROW = 0.31
MARGINS = 1.2
LONGEST = 3.2
"""A label, in inches."""
LARGE = {"trillion": 1e12, "billion": 1e9, "million": 1e6}
STYLE: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": SIZE,
    "text.parse_math": False,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.7,
    "hatch.linewidth": 0.9,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "svg.fonttype": "path",
    "svg.hashsalt": "taxengine",
}
CLEAR: Any = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.3}
"""Behind a figure that a line of the scale would cross."""
_PLAIN = {"Date": None, "Creator": None, "Type": None, "Format": None}


class Bar(NamedTuple):
    """What it is of, how long it is, what stands beside it; `apart` is a sum of others."""

    label: str
    value: float
    text: str
    apart: bool = False


def bars(rows: Sequence[Bar], unit: str) -> bytes:
    """Bars from left to right in the order given, each with its figure in a column of its own."""
    with style.context(["default", STYLE]):
        left = max(_inches(fit(row.label)) for row in rows) + 0.15
        right = max(_inches(row.text) for row in rows) + 0.2
        height = ROW * len(rows) + 0.12
        figure = Figure(figsize=(WIDTH, height + 0.5))
        axes = _axes(figure, left, 0.45, WIDTH - left - right, height)
        for at, row in enumerate(rows):
            _draw(axes.barh, [at], [row.value], 0.62, apart=row.apart)
            _beside(axes, at, row)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_yticks([])
        axes.axvline(0, color=INK, linewidth=1)
        axes.spines["bottom"].set_visible(False)
        axes.grid(axis="x")
        _scale(axes.xaxis, 5)
        _reach(axes.set_xlim, [row.value for row in rows], 0.03)
        axes.set_xlabel(f"Difference of tax, {unit}", fontsize=SIZE - 1)
        return _svg(figure)


def _beside(axes: Axes, at: int, row: Bar) -> None:
    across, weight = axes.get_yaxis_transform(), "bold" if row.apart else "normal"
    axes.annotate(
        fit(row.label), (0, at), (-8, 0), xycoords=across, textcoords="offset points",
        ha="right", va="center", weight=weight, annotation_clip=False,
    )  # fmt: skip
    axes.annotate(
        row.text, (1, at), (72 * WIDTH * (1 - axes.get_position().x1) - 1, 0), xycoords=across,
        textcoords="offset points", ha="right", va="center", weight=weight, annotation_clip=False,
    )  # fmt: skip


def timeline(rows: Sequence[Bar], unit: str) -> bytes:
    """Bars side by side in the order of time; the largest each way has its figure."""
    with style.context(["default", STYLE]):
        figure, axes = _upright(f"Difference of tax, {unit}", 0.4)
        values = [row.value for row in rows]
        slots = max(len(rows), 8)
        for at, row in enumerate(rows):
            _draw(axes.bar, [at], [row.value], 0.72)
        middle = (len(rows) - 1) / 2
        axes.set_xlim(middle - slots / 2, middle + slots / 2)
        _reach(axes.set_ylim, values, 0.13)
        slot = (WIDTH - MARGINS) / slots
        every = max(1, -(-max(_inches(row.label) + 0.12 for row in rows) // slot))
        shown = range(0, len(rows), int(every))
        axes.set_xticks(list(shown), [rows[at].label for at in shown])
        axes.tick_params(axis="x", pad=8)
        all_fit = max(_inches(row.text) for row in rows) + 0.06 < slot
        # The largest each way: its figure stands beyond every other bar.
        ends = {values.index(most) for most in (max(values), min(values))}
        for at in range(len(rows)):
            beyond = at in ends and values[at] in (max(0, *values), min(0, *values))
            if values[at] and (all_fit or beyond):
                _above(axes, at, rows[at], slot, len(rows))
        return _svg(figure)


def histogram(rows: Sequence[Bar], edges: Sequence[str], unit: str) -> bytes:
    """Bars side by side, each between two of the `edges`; those left of the middle are of less tax.

    A bar's label says on which side it is: "less" or "more". An edge without a text has no mark.
    """
    with style.context(["default", STYLE]):
        slots = max(len(rows), 8)
        widest = max(_inches(edge) for edge in edges)
        apart = (WIDTH - MARGINS) / slots * (1 if all(edges) else 3)
        below = 0.55 if widest + 0.08 < apart else 0.45 + widest
        figure, axes = _upright("Documents", below)
        slot = (WIDTH - MARGINS) / slots
        for at, row in enumerate(rows):
            sign = -1 if row.label == "less" else 1
            _draw(axes.bar, [at], [row.value], 0.86, less=sign < 0)
        middle = (len(rows) - 1) / 2
        axes.set_xlim(middle - slots / 2, middle + slots / 2)
        flat = max(_inches(row.text, SIZE - 2) for row in rows) + 0.04 < slot
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.set_ylim(0, max(row.value for row in rows) * (1.12 if flat else 1.3))
        for at, row in enumerate(rows):
            if row.value:
                axes.annotate(
                    row.text, (at, row.value), (0, 3), textcoords="offset points", ha="center",
                    va="bottom", fontsize=SIZE - 2, rotation=0 if flat else 90,
                    bbox=CLEAR,
                )  # fmt: skip
        marks = [(at - 0.5, edge) for at, edge in enumerate(edges) if edge]
        axes.set_xticks([at for at, _ in marks], [edge for _, edge in marks], fontsize=SIZE - 1)
        axes.tick_params(axis="x", length=4, rotation=0 if below == 0.55 else 90)
        axes.set_xlabel(f"Difference of the tax of one document, {unit}", fontsize=SIZE - 1)
        return _svg(figure)


def _upright(title: str, below: float) -> tuple[Figure, Axes]:
    """A picture of bars side by side, with its scale at the left."""
    height, wide = 2.6, WIDTH - MARGINS
    figure = Figure(figsize=(WIDTH, height + below + 0.35))
    axes = _axes(figure, MARGINS - 0.1, below, wide, height)
    axes.axhline(0, color=INK, linewidth=1)
    axes.spines["bottom"].set_visible(False)
    axes.grid(axis="y")
    _scale(axes.yaxis, 6)
    axes.set_title(title, loc="left", fontsize=SIZE - 1, pad=10, x=(0.15 - MARGINS) / wide)
    return figure, axes


def _above(axes: Axes, at: int, row: Bar, slot: float, count: int) -> None:
    """The figure of a bar at its end, shifted where it would stand out at a side."""
    half = _inches(row.text) / 2
    slots = max(count, 8)
    from_left = (at - (count - 1) / 2 + slots / 2) * slot
    shift = max(0.0, half - from_left) - max(0.0, half - (slots * slot - from_left))
    axes.annotate(
        row.text, (at, row.value), (72 * shift, 3 if row.value > 0 else -3), textcoords="offset points",
        ha="center", va="bottom" if row.value > 0 else "top", fontsize=SIZE - 1,
        bbox=CLEAR if 2 * half < slot else None,
    )  # fmt: skip


def _axes(figure: Figure, left: float, bottom: float, wide: float, high: float) -> Axes:
    """Axes at a place in inches."""
    total = float(figure.get_figheight())
    return figure.add_axes((left / WIDTH, bottom / total, wide / WIDTH, high / total))


def _draw(
    draw: Any, at: Any, value: Any, breadth: float, *, less: bool | None = None, apart: bool = False
) -> None:
    hatched = value[0] < 0 if less is None else less
    dark, light = ("#8c8c8c", "#e4e4e4") if apart else ("#4a4a4a", PAPER)
    fill, hatch = (light, "//" if apart else "/////") if hatched else (dark, None)
    draw(at, value, breadth, facecolor=fill, edgecolor=INK, hatch=hatch, linewidth=0.9)


def _scale(axis: Any, marks: int) -> None:
    axis.set_major_locator(MaxNLocator(marks, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: brief(value)))
    axis.set_tick_params(labelsize=SIZE - 1)


def _reach(limit: Any, values: Sequence[float], room: float) -> None:
    """The scale from the least to the most, zero in it, with room at the ends that are used."""
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0
    limit(low - (room * span if low else 0), high + (room * span if high or not low else 0))


def brief(value: float) -> str:
    """A mark on a scale.

    >>> brief(-2500.0), brief(0.02), brief(3e7), brief(2.5e13), brief(4e20)
    ('−2,500', '0.02', '30 million', '25 trillion', '4e+20')
    """
    size = abs(value)
    name = next((name for name, least in LARGE.items() if size >= 10 * least), "")
    told = f"{value / LARGE[name]:,.10g} {name}" if name else f"{value:,.10g}"
    return (told if size < 1e17 else f"{value:.3g}").replace("-", "−")


def fit(label: str) -> str:
    """A label with signs that the font has, not too long for its column.

    >>> fit("東京"), fit("Côte d’Ivoire"), fit("W" * 99)
    ('\\\\u6771\\\\u4eac', 'Côte d’Ivoire', 'WWWWWWWWWWWWWWWWWW…')
    """
    spelt = "".join(char if _drawn(char) else ascii(char)[1:-1] for char in label)
    at = len(spelt)
    while _inches(spelt) > LONGEST:
        at = min(at - 1, int(at * LONGEST / _inches(spelt)))
        spelt = f"{spelt[:at]}…"
    return spelt


def _drawn(char: str) -> bool:
    return char in "’…–−" or (char < "\u0250" and char.isprintable())


@lru_cache(maxsize=4096)
def _inches(text: str, size: float = SIZE) -> float:
    """How wide a text is, in the heavier of the two weights."""
    if not text:
        return 0.0
    return float(TextPath((0, 0), text, size=size).get_extents().x1) / 72 * 1.1


def _svg(figure: Figure) -> bytes:
    target = BytesIO()
    figure.savefig(target, format="svg", metadata=_PLAIN)
    return target.getvalue()
