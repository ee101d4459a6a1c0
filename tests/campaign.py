"""Campaign: what takes too long for every commit, with a result that is kept.

python tests/campaign.py                              everything, a million random invoices
python tests/campaign.py oracle --count 1000000       random invoices against the oracle
python tests/campaign.py oracle --first 42 --count 1  one of them again, by its seed
python tests/campaign.py refunds --count 1000000      random sequences of refunds, until nothing is left
python tests/campaign.py integers                     all of the small spaces against whole numbers
python tests/campaign.py growth                       the time of long invoices, as they double
python tests/campaign.py seals --count 100000         sealed results replayed by each Python, with no network;
                                                      and flipped bytes
python tests/campaign.py report --count 1000000       a year of invoices under other rates, and the page of it

Each part writes what it found to benchmarks/results/campaign.json, and any difference ends it with 1.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "providers")]

from taxengine.core.errors import InvalidInput  # noqa: E402
from taxengine.documents import encode, write_rates  # noqa: E402
from taxengine.recalculation import replay, seal  # noqa: E402
from tests.differential.cases import differing, smallest  # noqa: E402
from tests.differential.growth import Growth, growths  # noqa: E402
from tests.differential.integers import MOST, NET_FIRST, SPACES, Space, wrong  # noqa: E402
from tests.differential.refunds import wrong as wrong_refunds  # noqa: E402
from tests.house.other_pythons import environment, installed  # noqa: E402
from tests.recalculation import KEY, calculated  # noqa: E402
from tests.recalculation.golden import with_refunds  # noqa: E402
from tests.recalculation.report import TOTALS  # noqa: E402
from tests.recalculation.report.test_page import Tables, sums  # noqa: E402
from tests.recalculation.report.test_page import number as amount  # noqa: E402
from tests.recalculation.year import rates, results  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "campaign.json"
CHUNK = 1000
PROGRESS_SECONDS = 10
Result = dict[str, Any]
Part = Callable[[argparse.Namespace], Result]


def oracle_chunk(seeds: range) -> tuple[Counter[str], list[str]]:
    """The counts of a chunk of cases, and the differences, each in few words."""
    counts: Counter[str] = Counter()
    found = [str(smallest(one)) for one in differing(seeds, counts)]
    counts["differences"] += len(found)
    return counts, found


def refunds_chunk(seeds: range) -> tuple[Counter[str], list[str]]:
    """The counts of a chunk of sequences of refunds, and what is wrong with them."""
    counts: Counter[str] = Counter()
    found = [told for seed in seeds for told in wrong_refunds(seed, counts)]
    counts["differences"] += len(found)
    return counts, found


def integers_chunk(space: Space) -> tuple[Counter[str], list[str]]:
    """One small space, in parts of 10 000 amounts."""
    bad = [one for first in range(0, MOST, 10_000) for one in wrong(space, range(first, first + 10_000))]
    counts = Counter(
        {
            "amounts": MOST,
            f"{space.order} {'inclusive' if space.inclusive else 'exclusive'}": MOST,
            "differences": len(bad),
        }
    )
    return counts, [f"{space}: {one}" for one in bad[:5]]


def spread(
    name: str, work: Callable[[Any], tuple[Counter[str], list[str]]], parts: list[Any], workers: int
) -> Result:
    """The work over all parts on several cores, with its progress."""
    start = shown = time.monotonic()
    counts: Counter[str] = Counter()
    found: list[str] = []
    with get_context("spawn").Pool(workers) as pool:
        for done, (of_part, told_of_part) in enumerate(pool.imap_unordered(work, parts), start=1):
            counts.update(of_part)
            found += told_of_part
            for one in told_of_part:
                print(one, flush=True)
            if time.monotonic() - shown > PROGRESS_SECONDS or done == len(parts):
                shown = time.monotonic()
                print(
                    f"{name}: {done} of {len(parts)} parts, {shown - start:.0f} s, {dict(counts)}", flush=True
                )
    return {
        **counts,
        "seconds": round(time.monotonic() - start),
        "workers": workers,
        "first differences": found[:3],
    }


def seeded(name: str, work: Callable[[Any], tuple[Counter[str], list[str]]]) -> Part:
    """A part that does its work for the seeds from `first` on."""

    def run(options: argparse.Namespace) -> Result:
        last = options.first + options.count
        parts = [range(start, min(start + CHUNK, last)) for start in range(options.first, last, CHUNK)]
        print(f"{name}: the seeds {options.first} to {last - 1}", flush=True)
        return {"seeds": [options.first, last - 1], **spread(name, work, parts, options.workers)}

    return run


def integers(options: argparse.Namespace) -> Result:
    """Every amount of every small space."""
    spaces = [*SPACES, *NET_FIRST]
    return {"spaces": len(spaces), **spread("integers", integers_chunk, spaces, options.workers)}


def growth(options: argparse.Namespace) -> Result:
    """The time at n, 2n, 4n lines, and what it grows by for each doubling."""

    def rows() -> Iterator[Growth]:
        for row in growths():
            print(f"growth: {row}", flush=True)
            yield row

    every = list(rows())
    return {"differences": sum(not row.linear for row in every), "rows": [row._asdict() for row in every]}


def seals_chunk(task: tuple[range, str]) -> tuple[Counter[str], list[str]]:
    """Seal the results of a chunk of cases into a file, the digests of what must come out beside it."""
    seeds, folder = task
    lines, digests = [], []
    for number, calculation in enumerate(with_refunds(calculated(seeds), every=10)):
        lines.append(seal(calculation, key=KEY if number % 3 == 0 else None).encode() + b"\n")
        digests.append(sha256(encode(calculation)).hexdigest() + "\n")
    name = f"{seeds.start:09}"
    (Path(folder) / f"{name}.jsonl").write_bytes(b"".join(lines))
    (Path(folder) / f"{name}.digests").write_text("".join(digests), encoding="ascii")
    return Counter({"sealed": len(lines), "bytes": sum(map(len, lines))}), []


def seals(options: argparse.Namespace) -> Result:
    """Random results sealed, then replayed by every Python that is installed, with no way out."""
    seeds = options.first, options.first + options.count * 4 // 3  # of three cases about one is refused
    parts = [range(start, min(start + CHUNK, seeds[1])) for start in range(*seeds, CHUNK)]
    with TemporaryDirectory() as folder:
        found = spread("seals", seals_chunk, [(part, folder) for part in parts], options.workers)
        told = [path.read_text(encoding="ascii") for path in sorted(Path(folder).glob("*.digests"))]
        (Path(folder) / "digests").write_text("".join(told), encoding="ascii")
        replayed = {}
        for (major, minor), interpreter in sorted(installed().items()):
            own = (major, minor) == sys.version_info[:2]
            python = sys.executable if own else environment(f".venv-{major}.{minor}", interpreter)
            replayed[f"{major}.{minor}"] = _replayed(str(python), folder)
            print(
                f"seals: Python {major}.{minor}: {replayed[f'{major}.{minor}']} of {found['sealed']}",
                flush=True,
            )
    flipped = flips(options.flips)
    print(f"seals: {flipped['detected']} of {options.flips} flipped bytes found", flush=True)
    missed = options.flips - flipped["detected"] + sum(found["sealed"] - count for count in replayed.values())
    return {
        **found,
        "replayed": replayed,
        "pythons": ", ".join(replayed),
        "flips": options.flips,
        **flipped,
        "differences": missed,
    }


def _replayed(python: str, folder: str) -> int:
    """How many come out the same by that Python, in a network of its own that leads nowhere."""
    script = ROOT / "tests" / "recalculation" / "replaying.py"
    command = ["unshare", "--net", python, "-X", "utf8", str(script), folder]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[-2000:], done.stdout, flush=True)
    return int(done.stdout.split()[1]) if done.stdout else 0


def flips(count: int) -> dict[str, int]:
    """How many of so many changed bytes in sealed results are found, each in a result of its own turn."""
    rng = Random(count)
    documents = [seal(calculation).encode() + b"\n" for calculation in calculated(range(500))]
    detected = 0
    for number in range(count):
        data = bytearray(documents[number % len(documents)])
        at = rng.randrange(len(data))
        data[at] ^= 1 << rng.randrange(8) if number % 2 else rng.randrange(1, 256)
        try:
            replay(bytes(data))
        except InvalidInput:
            detected += 1
    return {"detected": detected}


def year_chunk(task: tuple[range, str]) -> tuple[Counter[str], list[str]]:
    """Seal the results of a part of a made-up year into a file."""
    numbers, folder = task
    lines = [done.encode() + b"\n" for done in results(numbers)]
    (Path(folder) / f"{numbers.start:09}.jsonl").write_bytes(b"".join(lines))
    return Counter({"sealed": len(lines), "bytes": sum(map(len, lines))}), []


def report(options: argparse.Namespace) -> Result:
    """A year of sealed results under Germany's rates of its second half, and the page of that."""
    parts = [range(start, min(start + CHUNK, options.count)) for start in range(0, options.count, CHUNK)]
    with TemporaryDirectory() as folder:
        year, page, rows = (f"{folder}/{name}" for name in ("year", "report.html", "rows.jsonl"))
        Path(year).mkdir()
        found = spread("report", year_chunk, [(part, year) for part in parts], options.workers)
        Path(f"{folder}/rates.json").write_text(write_rates(rates("0.16", "0.05")), encoding="utf-8")
        command = [
            "audit",
            "recalculate",
            year,
            "--rates",
            f"{folder}/rates.json",
            "--report",
            page,
            "-o",
            rows,
        ]
        start = time.monotonic()
        done = subprocess.run([sys.executable, "-m", "taxengine.cli", *command], cwd=ROOT, check=False)
        seconds = round(time.monotonic() - start)
        with open(rows, "rb") as file:
            expected = sums(json.loads(row) for row in file)
        shown = Path(page).read_text(encoding="utf-8")
        if options.keep:
            Path(options.keep).write_text(shown, encoding="utf-8")
    tables, differences = Tables(shown).tables, int(done.returncode != 0)
    for code in {code for code, _, _ in expected}:
        for name, (_, *cells) in zip(TOTALS, tables[code, "totals"][1:], strict=True):
            for side, cell in zip(("before", "after", "difference"), cells, strict=False):
                differences += amount(cell) != expected[code, side, name]
        for name in ("cause", "place", "rate"):
            head, *_, total = tables[code, name]
            differences += amount(total[head.index("Difference")]) != expected[code, "difference", "tax"]
    print(f"report: {seconds} s, a page of {len(shown):,} characters", flush=True)
    return {**found, "recalculated in seconds": seconds, "page": len(shown), "differences": differences}


PARTS: dict[str, Part] = {
    "growth": growth,
    "integers": integers,
    "oracle": seeded("oracle", oracle_chunk),
    "refunds": seeded("refunds", refunds_chunk),
    "report": report,
    "seals": seals,
}


def keep(name: str, result: Result) -> None:
    """Write a part's result beside those of the others."""
    known: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    known[name] = {
        "date": datetime.now(UTC).date().isoformat(),
        "command": " ".join(["python", "tests/campaign.py", *sys.argv[1:]]).partition(" --keep")[0],
        "python": platform.python_version(),
        **result,
    }
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", nargs="?", choices=[*PARTS, "all"], default="all")
    parser.add_argument(
        "--count", type=int, default=1_000_000, help="random invoices, or sequences of refunds"
    )
    parser.add_argument(
        "--first", type=int, default=1_000_000, help="the first seed; the tests take those below 20 000"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--flips", type=int, default=50_000, help="changed bytes in sealed results")
    parser.add_argument("--keep", metavar="FILE", help="keep the page of the report there")
    options = parser.parse_args(arguments)
    bad = 0
    for name, run in PARTS.items():
        if options.part in (name, "all"):
            result = run(options)
            keep(name, result)
            bad += result["differences"]
            print(f"{name}: {result['differences']} differences", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
