"""Generate: the parts of the documents that the code knows best, and the outputs that pages show.

python tests/docs/generate.py             write them; then read the diff, line by line
python tests/docs/generate.py --check     say what is out of date; exits with 1 where anything is
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from taxengine.cli import session
from taxengine.core import amounts, brackets, checks, errors, matching, money, stack
from taxengine.core.tables.codes import CODES
from taxengine.documents import parsing, shapes
from tests.docs.installing import ROOT
from tests.docs.pages import GENERATED, PAGES, Running


def codes() -> str:
    """The table of all codes."""
    rows = ["| code | exit code | when | what to do |", "|---|---|---|---|"]
    rows += [f"| `{one.code}` | {one.exit_code} | {one.when} | {one.remedy} |" for one in CODES]
    return "\n".join(rows) + "\n"


def error_tree() -> str:
    """The tree as the module of the errors draws it."""
    drawn = re.search(r"^    TaxEngineError\n(?: {4}.*\n)+", errors.__doc__ or "", re.MULTILINE)
    if drawn is None:
        raise SystemExit("taxengine/core/errors.py: expected a drawing of the tree, got none")
    return f"```text\n{re.sub('^    ', '', drawn[0], flags=re.MULTILINE)}```\n"


def limits() -> str:
    """The limits, by the constants that set them."""
    number = f"{money.INTEGER_DIGITS} digits before the point, {money.DECIMALS} after it"
    document = _size(parsing.MOST_BYTES, parsing.MOST_VALUES)
    documents = _size(parsing.MOST_BYTES_OF_RATES, parsing.MOST_VALUES_OF_RATES)
    rows = [
        ("a number of the input", number, "invalidNumber"),
        ("an amount of the result", f"{amounts.LIMIT:,f} major units", "amountTooLarge"),
        ("taxes on a line", f"{stack.MOST_RATES}", "invalidRateSet"),
        ("brackets of a rate", f"{brackets.MOST_BRACKETS}", "invalidValue"),
        ("a document, or a line of JSON Lines", document, "documentTooLarge"),
        ("a file of rates, an array of invoices", documents, "documentTooLarge"),
        ("JSON Lines", "none: they are read and answered line by line", ""),
        ("levels in `meta`", f"{checks.DEEPEST}", "documentTooDeep"),
        ("an id, a tax category", "255 characters", "invalidText"),
        ("a description, a name of a party", "1000 characters", "invalidText"),
        ("problems told at once", f"{shapes.MOST_PROBLEMS}; as sentences {session.MOST_SENTENCES}", ""),
        ("rates that an explanation names for a line", f"{matching.MOST_VERDICTS}, the nearest first", ""),
    ]
    told = [f"| {what} | {limit} | {code and f'`{code}`'} |" for what, limit, code in rows]
    return "\n".join(["| what | limit | beyond it |", "|---|---|---|", *told]) + "\n"


def _size(most_bytes: int, most_values: int) -> str:
    return f"{most_bytes >> 20} MiB, {most_values:,} values"


SECTIONS: Mapping[str, Callable[[], str]] = {"codes": codes, "error-tree": error_tree, "limits": limits}


def generated(page: str) -> str:
    """The page with its generated parts as they should be."""
    return GENERATED.sub(lambda found: f"{found[1]}{SECTIONS[found[2]]()}{found[4]}", page)


def with_outputs(page: str, running: Running) -> str:
    """The page with what its blocks really print."""
    for block, got in sorted(running.outputs, key=lambda one: one[0].start, reverse=True):
        page = f"{page[: block.start]}{got}{page[block.end :]}"
    return page


def real(page: str) -> str:
    """The page with its generated parts and its outputs as they should be."""
    page = generated(page)
    with tempfile.TemporaryDirectory() as folder:
        running = Running(Path(shutil.copytree(ROOT / "examples", folder, dirs_exist_ok=True)))
        running.run(page)
    return with_outputs(page, running)


def main(arguments: list[str]) -> int:
    stale = []
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        now = real(page)
        if now != page:
            stale.append(str(path.relative_to(ROOT)))
            if "--check" not in arguments:
                path.write_text(now, encoding="utf-8")
    print("\n".join(stale) or "all is up to date")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
