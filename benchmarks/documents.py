"""Documents: invoices as JSON in, calculations as JSON out, in a loop and by the command line."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measuring import Contestant, Race, Run, compiled, race, run_process
from benchmarks.report import Report, Table, Target, shown
from benchmarks.samples import KINDS, district_rates, invoice_of, priced
from taxengine import RateTable, calculate
from taxengine.documents.reading import read_invoice
from taxengine.documents.writing import write

LINES = 10
TOWNS = 500
PLAIN, READ, SUM, WRITE, ALL = "json alone", "read_invoice", "calculate", "write", "all three"
LOOP_NOTE = (
    "Microseconds an invoice of ten lines, in one process that is warm. `json alone` is the standard library "
    "that parses the invoice and spells out the calculation, with nothing between."
)
FILE_NOTE = (
    "`taxengine calculate in.jsonl --rates rates.json -o out.jsonl`, its start included; ten lines each, "
    f"to {TOWNS} towns. `a core` is over the seconds that the cores worked; the memory is the most that the "
    "process held."
)


def measure(quick: bool) -> Report:
    """The steps in turns, then whole files, a small and a large one."""
    several, rounds, counts = (5, 2, (50, 200)) if quick else (50, 40, (10_000, 30_000, 100_000))
    steps = _steps(several, rounds)
    with compiled() as environment:
        _calculate_file(1, environment)  # compiles what the others start with
        runs = {count: _calculate_file(count, environment) for count in counts}
    return Report([_loop_table(steps), _file_table(runs)], list(_targets(runs)))


def _documents(count: int) -> Iterator[str]:
    """Invoices as JSON, each at prices of its own, to one of many towns."""
    for number in range(count):
        yield write(invoice_of(KINDS[number % len(KINDS)], number, priced(number, LINES), number % TOWNS))


def _rates() -> RateTable:
    """Both German rates would tie: the exclusive one, Canada's two, and some districts of the US."""
    return RateTable([*KINDS[0].rates, *KINDS[2].rates, *district_rates(200)])


def _steps(several: int, rounds: int) -> Race:
    table, texts = _rates(), list(_documents(several))
    invoices = [read_invoice(text) for text in texts]
    calculations = [calculate(one, table) for one in invoices]
    answers = [json.loads(write(one)) for one in calculations]

    steps: dict[str, Callable[[], object]] = {
        PLAIN: lambda: [
            (json.loads(text), json.dumps(answer)) for text, answer in zip(texts, answers, strict=True)
        ],
        READ: lambda: [read_invoice(text) for text in texts],
        SUM: lambda: [calculate(one, table) for one in invoices],
        WRITE: lambda: [write(one) for one in calculations],
        ALL: lambda: [write(calculate(read_invoice(text), table)) for text in texts],
    }
    return race({name: Contestant(run, several) for name, run in steps.items()}, rounds)


def _calculate_file(count: int, environment: Mapping[str, str]) -> Run:
    """The command line over a file of so many invoices; raises `ValueError` if an answer is missing."""
    with tempfile.TemporaryDirectory() as folder:
        invoices, rates, answers = (Path(folder, name) for name in ("in.jsonl", "rates.json", "out.jsonl"))
        with invoices.open("w", encoding="utf-8") as file:
            file.writelines(f"{text}\n" for text in _documents(count))
        rates.write_text(write(_rates()), encoding="utf-8")
        command = str(Path(sys.executable).with_name("taxengine"))
        files = [str(invoices), "--rates", str(rates), "-o", str(answers), "--format", "jsonl"]
        run = run_process([command, "calculate", *files], environment)
        with answers.open(encoding="utf-8") as file:
            answered = sum('"totals"' in line for line in file)
    if answered != count:
        raise ValueError(f"taxengine calculate: expected {count} calculations, got {answered}")
    return run


def _loop_table(done: Race) -> Table:
    rows = [(name, done.median(name), done.ratio(name, PLAIN)) for name in done.times]
    return Table("Documents in a loop", ("step", "µs", f"/ {PLAIN}"), rows, LOOP_NOTE)


def _file_table(runs: dict[int, Run]) -> Table:
    rows = [
        (count, one.seconds, count / one.seconds, count / one.cpu_seconds, one.peak_mb)
        for count, one in runs.items()
    ]
    columns = ("invoices", "seconds", "invoices/s", "invoices/s a core", "peak MB")
    return Table("Documents by the command line", columns, rows, FILE_NOTE)


def _targets(runs: dict[int, Run]) -> Sequence[Target]:
    small, *_, large = runs
    pace = large / runs[large].cpu_seconds
    return [
        Target("taxengine calculate, ten-line invoices a second a core", pace, 10_000.0, at_least=True),
        Target(
            "peak memory of the largest file, where the smallest takes 1",
            runs[large].peak_mb / runs[small].peak_mb,
            1.2,
        ),
    ]


def draw(report: Report, axes: Any) -> None:
    """Pace and memory by the size of the file."""
    rows = report.tables[1].records()
    files = [f"{shown(row['invoices'])} invoices" for row in rows]
    bars = axes.barh(files, [row["invoices/s a core"] for row in rows], 0.6)
    told = [f"{shown(row['invoices/s a core'])}/s, {row['peak MB']:.0f} MB at most" for row in rows]
    axes.bar_label(bars, labels=told, padding=3, fontsize=8)
    axes.invert_yaxis()
    axes.margins(x=0.45)
    axes.set_title("Documents by the command line")
    axes.set_xlabel("invoices of ten lines a second a core; more is better")
