"""Plots: nothing runs into anything else or out of the picture, with one bar or with many."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from taxengine.recalculation.report import plots
from taxengine.recalculation.report.pictures import edges
from taxengine.recalculation.report.plots import WIDTH, Bar, bars, histogram, timeline

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Figure]:
    """The figures as they were before they became SVG."""
    figures: list[Figure] = []
    svg = plots._svg

    def kept(figure: Figure) -> bytes:
        figures.append(figure)
        return svg(figure)

    monkeypatch.setattr(plots, "_svg", kept)
    return figures


def boxes(figure: Figure) -> dict[Any, Any]:
    """Where each text stands, in pixels; the figure is drawn for it."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    (axes,) = figure.axes
    low, high = sorted(axes.get_xlim())
    ticks = [
        label
        for mark, label in zip(axes.get_xticks(), axes.get_xticklabels(), strict=True)
        if low <= mark <= high
    ]
    bottom, top = sorted(axes.get_ylim())
    ticks += [
        label
        for mark, label in zip(axes.get_yticks(), axes.get_yticklabels(), strict=True)
        if bottom <= mark <= top
    ]
    texts = [*axes.texts, *ticks, axes.xaxis.label, axes._left_title]
    return {text: text.get_window_extent() for text in texts if text.get_text()}


def in_the_way(figure: Figure) -> list[str]:
    """Texts that overlap another, and texts that stand out of the picture."""
    found = list(boxes(figure).items())
    wide, high = figure.bbox.width, figure.bbox.height
    out = [
        text.get_text()
        for text, box in found
        if box.x0 < -0.5 or box.y0 < -0.5 or box.x1 > wide + 0.5 or box.y1 > high + 0.5
    ]
    over = [
        f"{one.get_text()} / {other.get_text()}"
        for at, (one, box) in enumerate(found)
        for other, second in found[at + 1 :]
        if min(box.x1, second.x1) - max(box.x0, second.x0) > 0.5
        if min(box.y1, second.y1) - max(box.y0, second.y0) > 0.5
    ]
    return out + over


def bar(label: str, value: float, *, apart: bool = False) -> Bar:
    return Bar(label, value, f"{value:+,.2f}".replace("-", "−"), apart)


@pytest.mark.parametrize(
    "rows",
    [
        [bar("Rate", -300.0)],
        [bar("Rate", 0.01), bar("Total", 0.01, apart=True)],
        [bar("Rate", 0.0), bar("Place", 0.0)],
        [bar(f"Place number {at}", (-1.7) ** at) for at in range(40)],
        [bar("W" * 120, -123_456_789_012_345.67), bar("x", 987_654_321_012_345.0)],
        [bar("東京 $x^2$ \\frac", 5.0), bar("", -5.0)],
    ],
    ids=["one", "one cent", "zeros", "forty", "long", "odd"],
)
def test_bars_keep_apart(rows: list[Bar], drawn: list[Figure]) -> None:
    bars(rows, "EUR")
    assert in_the_way(drawn[0]) == []
    (axes,) = drawn[0].axes
    assert [patch.get_width() for patch in axes.patches] == [row.value for row in rows]


@pytest.mark.parametrize(
    "values",
    [
        [-3.2],
        [5.0, -5.0],
        [0.0, 0.0, -1.0],
        [(-1) ** at * (at % 7) * 12_345.67 for at in range(12)],
        [(-1.3) ** at for at in range(60)],
        [123_456_789_012.34] * 60,
        [-123_456_789_012_345.67, *[0.0] * 30, 1e-2],
    ],
    ids=["one", "two", "one way", "year", "five years", "huge", "at the ends"],
)
def test_a_timeline_keeps_apart(values: list[float], drawn: list[Figure]) -> None:
    timeline([bar(f"Sep {2000 + at}", value) for at, value in enumerate(values)], "EUR")
    assert in_the_way(drawn[0]) == []


@pytest.mark.parametrize(
    ("every", "count"),
    [
        ([1], 1),
        ([-1], 1),
        ([-2, -1, 1, 2], 1234567),
        (list(range(3, 9)), 10),
        (list(range(-9, -2)), 10),
        ([at for at in range(-30, 31) if at], 123_456_789),
        ([at for at in range(-7, 8) if at], 99_999),
        (list(range(20, 34)), 99_999),
    ],
)
@pytest.mark.parametrize("digits", [0, 2, 4])
def test_a_histogram_keeps_apart(every: list[int], count: int, digits: int, drawn: list[Figure]) -> None:
    rows = [Bar("less" if at < 0 else "more", float(count), f"{count:,}") for at in every]
    rows[0] = rows[0]._replace(value=0.0)
    if len(rows) == 1:
        rows[0] = rows[0]._replace(value=float(count))
    histogram(rows, edges(every, digits), "EUR")
    assert in_the_way(drawn[0]) == []


def test_a_text_in_the_way_would_be_seen(drawn: list[Figure]) -> None:
    timeline([bar("Sep 2000", 1.0)], "EUR")
    drawn[0].axes[0].annotate("over it", (0, 1.0))
    drawn[0].axes[0].annotate("out of it", (99, 1.0), annotation_clip=False)
    found = in_the_way(drawn[0])
    assert "out of it" in found
    assert any(" / " in one for one in found)


def test_more_and_less_differ_without_a_colour(drawn: list[Figure]) -> None:
    bars([bar("more", 5.0), bar("less", -5.0)], "EUR")
    more, less = drawn[0].axes[0].patches
    assert (more.get_hatch(), bool(less.get_hatch())) == (None, True)
    assert all(len(set(patch.get_facecolor()[:3])) == 1 for patch in (more, less))


def test_a_plot_is_plain_svg_of_a_known_width(drawn: list[Figure]) -> None:
    root = ElementTree.fromstring(bars([bar("Rate", -300.0)], "EUR"))
    assert root.get("width") == f"{WIDTH * 72:.0f}pt"
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "metadata", "defs", "style", "g", "path", "use", "pattern", "rect", "clipPath", "RDF", "Work"}  # fmt: skip  # noqa: E501  # one list
    assert "text" not in names


def test_the_same_figures_give_the_same_bytes_whatever_a_user_has_set(tmp_path: Path) -> None:
    """In another process, with another hash seed, and a matplotlibrc that asks for something else."""
    code = (
        "import sys\n"
        "from taxengine.recalculation.report.plots import Bar, bars\n"
        "sys.stdout.buffer.write(bars([Bar('Rate', -300.0, '-300.00')], 'EUR'))"
    )
    (tmp_path / "matplotlibrc").write_text("svg.fonttype: none\nfont.size: 30\naxes.facecolor: red\n")
    setting = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "MATPLOTLIBRC": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, env=os.environ | setting
    )
    assert done.stderr == b""
    assert done.stdout == bars([Bar("Rate", -300.0, "-300.00")], "EUR")
