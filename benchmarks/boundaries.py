"""Boundaries: a Streamlined boundary file of a million rows, imported over the rate file of its state."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.measuring import Run, compiled, run_process
from benchmarks.report import Report, Table, Target, shown

COUNTIES, PLACES, DISTRICTS = 87, 900, 12
FIRST_ZIP, ZIPS = 55001, 1800
COUNTY_CODES = [f"{1 + 2 * at:03d}" for at in range(COUNTIES)]
PLACE_CODES = [f"{100 + 70 * at:05d}" for at in range(PLACES)]
DISTRICT_CODES = [f"{80001 + at}" for at in range(DISTRICTS)]
QUARTERS = [f"{year}{month:02d}01" for year in range(2019, 2026) for month in (1, 4, 7, 10)]
NOTE = (
    "`taxengine rates convert boundary.csv --rates rates.csv --to jsonl -o out.jsonl`, its start included. "
    "The files are made in the layout of the Streamlined states: of a hundred rows, ninety are ZIP+4 "
    "ranges, some of which overlap or go on into the next ZIP, and ten are streets; "
    f"{ZIPS} ZIPs, {COUNTIES} counties, {PLACES} places, {DISTRICTS} districts that overlap. The memory is "
    "the most that the process held."
)


def measure(quick: bool) -> Report:
    """A small file and a large one."""
    counts = (2_000,) if quick else (100_000, 1_000_000)
    with compiled() as environment:
        runs = {count: _import_file(count, environment) for count in counts}
    rows = [(count, one.seconds, one.cpu_seconds, one.peak_mb, rates) for count, (one, rates) in runs.items()]
    table = Table("Boundaries", ("rows", "seconds", "seconds on a core", "peak MB", "rates"), rows, NOTE)
    run, _ = runs[counts[-1]]
    what = f"import of {shown(counts[-1])} boundary rows"
    return Report(
        [table], [Target(what, run.cpu_seconds, 30.0, "s on a core"), Target(what, run.peak_mb, 500.0, "MB")]
    )


def _import_file(count: int, environment: dict[str, str]) -> tuple[Run, int]:
    """One run of the command, and how many rates it wrote; raises `ValueError` where it wrote none."""
    with tempfile.TemporaryDirectory() as folder:
        boundary, rates, out = (Path(folder, name) for name in ("boundary.csv", "rates.csv", "out.jsonl"))
        boundary.write_text("".join(boundary_rows(count)), encoding="utf-8")
        rates.write_text("".join(rate_rows()), encoding="utf-8")
        command = str(Path(sys.executable).with_name("taxengine"))
        files = [str(boundary), "--rates", str(rates), "--to", "jsonl", "-o", str(out)]
        run = run_process([command, "rates", "convert", *files], environment)
        with out.open(encoding="utf-8") as file:
            written = sum('"byPostalCode":true' in line for line in file)
    if not written:
        raise ValueError("taxengine rates convert: expected rates with ZIP codes, got none")
    return run, written


def rate_rows() -> Iterator[str]:
    """The rate file: the state, its counties, places and districts, some with a change of rate."""
    yield _rate("45", "27", "0.06875", "20090701", "29991231")
    for kind, codes in (("00", COUNTY_CODES), ("01", PLACE_CODES), ("63", DISTRICT_CODES)):
        for at, code in enumerate(codes):
            fraction = f"0.00{at % 8 + 1}5"
            if at % 10:
                yield _rate(kind, code, fraction, "20100101", "99991231")
            else:
                yield _rate(kind, code, fraction, "20100101", "20211231")
                yield _rate(kind, code, f"0.00{at % 8 + 2}", "20220101", "29991231")


def _rate(kind: str, code: str, fraction: str, begin: str, end: str) -> str:
    return f"27,{kind},{code},{fraction},{fraction},{fraction},{fraction},{begin},{end}\n"


def boundary_rows(count: int) -> Iterator[str]:
    """So many records: a Z for each ZIP, streets, and ZIP+4 ranges that lie side by side, or overlap."""
    chance = Random(5)
    zips = min(ZIPS, max(1, count // 50))
    each, over = divmod(count - zips, zips)
    for at in range(zips):
        code = FIRST_ZIP + at
        yield _record("Z", chance, at, low=f"{code},,{code},")
        ranges = each + (at < over)
        width = max(1, 9998 // max(1, ranges))
        for number in range(ranges):
            if number % 10 == 9:
                yield _record("A", chance, at, zip5=f"{code},{number % 9999 + 1}")
                continue
            low = min(1 + number * width, 9999)
            overlap = width // 2 if number % 50 == 0 else 0
            high, last = min(low + width - 1 + overlap, 9999), code
            if number == ranges - 1 and at % 20 == 0:
                high, last = 20, code + 1
            yield _record("4", chance, at, low=f"{code},{low},{last},{high:04d}")


def _record(kind: str, chance: Random, at: int, *, zip5: str = ",", low: str = ",,,") -> str:
    """One record of 89 columns; a ZIP lies in one county or two, some places and some districts."""
    county = COUNTY_CODES[(at // 20 + (chance.random() < 0.05)) % COUNTIES]
    near = PLACES * at // ZIPS
    place = PLACE_CODES[(near + chance.randrange(4)) % PLACES] if chance.random() < 0.6 else ""
    begin = QUARTERS[at % 3 if chance.random() < 0.9 else chance.randrange(len(QUARTERS))]
    districts = [
        DISTRICT_CODES[(at // 150 + step) % DISTRICTS] for step in range(chance.choice((0, 1, 1, 2)))
    ]
    triplets = "".join(f"ST,{code},63," for code in districts) + ",,," * (20 - len(districts))
    street = "100,198,E,,MAIN,ST,,,,,,ANYTOWN" if kind == "A" else "," * 11
    return f"{kind},{begin},29991231,{street},{zip5},{low},,27,27,{county},{place},,,,{triplets[:-1]}\n"


def draw(report: Report, axes: Any) -> None:
    """Seconds by the size of the file."""
    rows = report.tables[0].records()
    files = [f"{shown(row['rows'])} rows" for row in rows]
    bars = axes.barh(files, [row["seconds"] for row in rows], 0.6)
    axes.bar_label(
        bars, labels=[f"{row['seconds']:.1f} s, {row['peak MB']:.0f} MB" for row in rows], padding=3
    )
    axes.invert_yaxis()
    axes.margins(x=0.3)
    axes.set_title("Import of boundaries")
    axes.set_xlabel("seconds; less is better")
