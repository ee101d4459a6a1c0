"""Plot: the subjects of a whole run on one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib.figure import Figure

from benchmarks.report import Report

Draw = Callable[[Report, Any], None]
# The colours of Okabe and Ito, which colour-blind readers can tell apart.
COLOURS = ("#0072B2", "#56B4E9", "#D55E00", "#E69F00", "#009E73", "#999999")
STYLE: Any = {
    "axes.prop_cycle": cycler(color=COLOURS),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelcolor": "#444444",
    "figure.constrained_layout.h_pad": 0.15,
    "figure.constrained_layout.w_pad": 0.15,
    "font.size": 9,
    "svg.fonttype": "none",
    "svg.hashsalt": "taxengine",
}


def plot(reports: Mapping[str, Report], draws: Mapping[str, Draw], path: Path) -> None:
    """Write the page; each subject draws its own part of it."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(12, 3.6 * ((len(reports) + 1) // 2)), layout="constrained")
        for place, (name, report) in enumerate(reports.items(), start=1):
            draws[name](report, figure.add_subplot((len(reports) + 1) // 2, 2, place))
        figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
