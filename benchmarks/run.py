"""Run: every figure that a document quotes, measured again; `make bench`, or this file.

Prints a table for each subject. A whole run also writes `latest.json` and `latest.svg` into
`benchmarks/results`; `--quick` and `--only` just print, unless `--results` names a folder.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
if sys.path[0] == str(ROOT / "benchmarks"):
    sys.path[0] = str(ROOT)  # the modules here are `benchmarks.matching`, not `matching`

from benchmarks import boundaries, documents, importing, matching, one_invoice  # noqa: E402 - see above
from benchmarks.plot import plot  # noqa: E402
from benchmarks.report import Report  # noqa: E402

SUBJECTS: Mapping[str, ModuleType] = {
    "one_invoice": one_invoice,
    "importing": importing,
    "documents": documents,
    "boundaries": boundaries,
    "matching": matching,  # last: a million rates crowd out what comes after
}
VERSIONS = ("taxengine", "py-moneyed", "prices", "pyvat")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write. Exit code 1 where a whole run misses a target."""
    parser = argparse.ArgumentParser(description="Measure taxengine, and those it is compared with.")
    parser.add_argument("--quick", action="store_true", help="see that it works; its figures mean nothing")
    parser.add_argument("--only", choices=SUBJECTS, action="append", help="one subject; may be repeated")
    parser.add_argument("--results", type=Path, metavar="FOLDER", help="where latest.json and latest.svg go")
    options = parser.parse_args(arguments)
    reports: dict[str, Report] = {}
    for name in options.only or SUBJECTS:
        reports[name] = SUBJECTS[name].measure(options.quick)
        print(f"{reports[name].text()}\n", flush=True)
    whole = not (options.quick or options.only)
    folder = options.results or (ROOT / "benchmarks" / "results" if whole else None)
    if folder is not None:
        write(reports, folder, options.quick)
    missed = [target for report in reports.values() for target in report.targets if not target.met]
    return int(whole and bool(missed))


def write(reports: Mapping[str, Report], folder: Path, quick: bool) -> None:
    """The JSON file and the plot. They tell what was run on, never where."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        "format": 1,
        "date": datetime.now(UTC).date().isoformat(),
        "quick": quick,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "machine": platform.machine(),
        "cpus": os.cpu_count(),
        "versions": {name: version(name) for name in VERSIONS},
        "subjects": {name: report.to_dict() for name, report in reports.items()},
    }
    text = json.dumps(told, indent=2, ensure_ascii=False)
    (folder / "latest.json").write_text(f"{text}\n", encoding="utf-8")
    plot(reports, {name: SUBJECTS[name].draw for name in reports}, folder / "latest.svg")


if __name__ == "__main__":
    sys.exit(main())
