"""Measuring: contestants in one run, in turns; medians, and ratios with their spread.

Machines are noisy, and the noise of one moment strikes all who run in it. So each round times every
contestant once, in an order that rotates; a ratio is the median of the rounds' ratios, and its spread
the middle half of them. What counts is time on a core, which others who want it do not lengthen. The
garbage collector sleeps while a contestant runs.

>>> done = Race({"ours": [2.0, 2.2, 2.1], "theirs": [4.0, 4.4, 8.4]})
>>> done.median("theirs"), str(done.ratio("ours", "theirs"))
(4.4, '0.50 (0.38 to 0.50)')
"""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles

import psutil  # type: ignore[import-untyped]  # it ships no types

BATCH_SECONDS = 0.002
"""How long a contestant runs at a stretch: long against the clock, short against the noise."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A median, and the quartiles around it."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.low:.2f} to {self.high:.2f})"


def spread_of(values: Sequence[float]) -> Spread:
    """The median of values and their quartiles."""
    low, middle, high = quantiles(values, n=4, method="inclusive") if len(values) > 1 else [*values] * 3
    return Spread(middle, low, high)


@dataclass(frozen=True, slots=True)
class Contestant:
    """What is timed: `run` does the work of `calls` calls; `once`: not again in the same round."""

    run: Callable[[], object]
    calls: int = 1
    once: bool = False


@dataclass(frozen=True, slots=True)
class Race:
    """The times of each contestant by round, in microseconds a call."""

    times: Mapping[str, Sequence[float]]

    def median(self, name: str) -> float:
        """The median time of a contestant."""
        return median(self.times[name])

    def ratio(self, name: str, other: str) -> Spread:
        """How long one takes where the other takes 1, round by round."""
        return spread_of([one / two for one, two in zip(self.times[name], self.times[other], strict=True)])

    def difference(self, name: str, other: str) -> Spread:
        """How much longer one takes than the other, round by round."""
        return spread_of([one - two for one, two in zip(self.times[name], self.times[other], strict=True)])


Clock = Callable[[], float]


def race(contestants: Mapping[str, Contestant], rounds: int, clock: Clock = time.thread_time) -> Race:
    """Time them in turns, after a warm-up in which each finds how often it fits into a batch."""
    repeats = {name: _repeats(one, clock) for name, one in contestants.items()}
    names = list(contestants)
    times: dict[str, list[float]] = {name: [] for name in names}
    gc.collect()
    gc.disable()
    try:
        for turn in range(rounds):
            first = turn % len(names)
            for name in names[first:] + names[:first]:
                one = contestants[name]
                times[name].append(_seconds(one.run, repeats[name], clock) / repeats[name] / one.calls * 1e6)
    finally:
        gc.enable()
    return Race(times)


def _seconds(run: Callable[[], object], repeats: int, clock: Clock) -> float:
    start = clock()
    for _ in range(repeats):
        run()
    return clock() - start


def _repeats(one: Contestant, clock: Clock) -> int:
    warm = [_seconds(one.run, 1, clock) for _ in range(1 if one.once else 5)]
    return 1 if one.once else max(1, round(BATCH_SECONDS / max(min(warm), 1e-9)))


@contextmanager
def compiled() -> Iterator[dict[str, str]]:
    """An environment in which Python compiles a module once, as it does where a user installs it.

    Its cache is its own: nothing is left in the checkout, and nothing there is out of date.
    """
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        yield {**kept, "PYTHONPYCACHEPREFIX": folder}


@dataclass(frozen=True, slots=True)
class Run:
    """A process that has ended: its time by the clock and on the cores, and the most memory it held."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


def run_process(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run a command to its end. Its memory is looked at every 10 ms, that of its children included.

    Raises `RuntimeError` with what it said where it fails.
    """
    start, busy, peak = time.perf_counter(), children_seconds(), 0
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment
    ) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            peak = max(peak, _memory(watched))
            time.sleep(0.01)
        seconds = time.perf_counter() - start
        said = process.stderr.read().decode() if process.stderr else ""
    if process.returncode:
        raise RuntimeError(f"{command[0]}: exit code {process.returncode}: {said[-500:]}")
    return Run(seconds, children_seconds() - busy, peak / 1e6)


def resident_mb(pid: int | None = None) -> float:
    """The memory that a process holds, this one's where none is named."""
    return float(psutil.Process(pid).memory_info().rss / 1e6)


def _memory(process: psutil.Process) -> int:
    try:
        family = [process, *process.children(recursive=True)]
        return sum(one.memory_info().rss for one in family)
    except psutil.Error:  # it ended while it was looked at
        return 0


def children_seconds() -> float:
    """How long the processes that have ended were on a core: a clock for those that are started."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime
