"""Importing: what `import taxengine` adds to a bare Python, in time and in memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from statistics import median
from typing import Any

from benchmarks.measuring import Contestant, children_seconds, compiled, race, resident_mb
from benchmarks.report import Report, Table, Target

BARE, OURS = "bare Python", "taxengine"
MODULES = {BARE: "sys", OURS: "taxengine", "py-moneyed": "moneyed", "prices": "prices", "pyvat": "pyvat"}
NOTE = (
    "Each row is a fresh process that imports one thing and ends: its time on a core, start and end "
    "included, and its resident memory. `adds` is over the bare Python of the same round."
)


def measure(quick: bool) -> Report:
    """Many fresh processes, in turns."""
    with compiled() as environment:
        starts = {
            name: Contestant(partial(_start, module, environment), once=True)
            for name, module in MODULES.items()
        }
        done = race(starts, rounds=2 if quick else 40, clock=children_seconds)
        memory = {
            name: median(_memory_mb(module, environment) for _ in range(1 if quick else 5))
            for name, module in MODULES.items()
        }
    rows = []
    for name in MODULES:
        adds = done.difference(name, BARE).median / 1e3
        rows.append((name, done.median(name) / 1e3, adds, memory[name], memory[name] - memory[BARE]))
    columns = ("import", "ms", "adds ms", "MB", "adds MB")
    _, _, adds_ms, _, adds_mb = rows[1]
    targets = [
        Target("import taxengine adds", adds_ms, 40.0, "ms"),
        Target("import taxengine adds", adds_mb, 6.0, "MB"),
    ]
    return Report([Table("Import", columns, rows, NOTE)], targets)


def _start(module: str, environment: Mapping[str, str]) -> None:
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True, env=environment)


def _memory_mb(module: str, environment: Mapping[str, str]) -> float:
    """The resident memory of a process that has imported the module and waits."""
    code = f"import {module}, sys; print(flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        if process.stdout is not None:
            process.stdout.readline()
        held = resident_mb(process.pid)
        process.communicate()
    return held


def draw(report: Report, axes: Any) -> None:
    """What each import adds."""
    rows = report.tables[0].records()[1:]
    colours = ["C0" if row["import"] == OURS else "C5" for row in rows]
    bars = axes.barh([row["import"] for row in rows], [row["adds ms"] for row in rows], 0.6, color=colours)
    told = [f"{row['adds ms']:.0f} ms, {row['adds MB']:.0f} MB" for row in rows]
    axes.bar_label(bars, labels=told, padding=3, fontsize=8)
    axes.invert_yaxis()
    axes.margins(x=0.3)
    axes.set_title("What an import adds to a bare Python")
    axes.set_xlabel("milliseconds; less is better")
