"""Demo: real invoices, taxed, and each cent explained; one that is refused; a page to read.

Run by `make demo`. The invoices and rates beside this file are plain JSON: change them and run it again.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from taxengine import RateTable, TaxEngineError, Undetermined, calculate, explain
from taxengine.documents import read_invoice, read_rates

HERE = Path(__file__).parent
PAGE = HERE.parent / "build" / "demo.html"
TAXED = ("gb-inclusive.json", "quebec.json", "chicago.json")


def demo() -> int:
    """Print the story of three invoices and the refusal of a fourth, and write the page of them all."""
    rates = RateTable(read_rates((HERE / "rates.json").read_bytes()))
    for name in TAXED:
        print(explain(calculate(read_invoice((HERE / name).read_bytes()), rates)), end="\n\n")
    try:
        calculate(read_invoice((HERE / "refused.json").read_bytes()), rates)
    except TaxEngineError as error:
        print(f"refused.json is refused ({error.code}):")
        for problem in error.problems:
            print(f"  {problem.message}\n    {problem.hint}")
    PAGE.parent.mkdir(exist_ok=True)
    files = [str(HERE / name) for name in (*TAXED, "refused.json")]
    command = [
        sys.executable,
        "-m",
        "taxengine.cli",
        "calculate",
        *files,
        "--rates",
        str(HERE / "rates.json"),
    ]
    command += ["--explain", "--format", "html", "--force", "-o", str(PAGE)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != Undetermined.exit_code:  # the refused invoice is in the page, with its problems
        print(done.stderr, file=sys.stderr)
        return 1
    print(f"\nThe same as a page, to open in a browser: {PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(demo())
