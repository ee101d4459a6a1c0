"""Generate: the parts of the documents that the code knows best, and the outputs that pages show.

python tests/docs/generate.py             write them; then read the diff, line by line
python tests/docs/generate.py --check     say what is out of date; exits with 1 where anything is
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from taxengine.cli import session
from taxengine.core import amounts, brackets, checks, errors, matching, money, stack
from taxengine.core.spelling import plain
from taxengine.core.tables.codes import CODES
from taxengine.documents import parsing, shapes
from taxengine.packs import available, read
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
        ("a file of rates, an array of invoices, a sealed result", documents, "documentTooLarge"),
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


def packs() -> str:
    """The packs that ship, and what each is without."""
    rows = ["| pack | what | rows | as of | history from |", "|---|---|---|---|---|"]
    rows += [
        f"| `{one.name}` | {one.title} | {len(one.rows)} | {one.as_of} | {one.history_from} |"
        for one in map(read, available())
    ]
    told = [f"- `{one.name}`: {'; '.join(one.without)}." for one in map(read, available())]
    return "\n".join([*rows, "", "What they do not hold:", "", *told]) + "\n"


def packs_rows() -> str:
    """Each row of each pack with its source."""
    told = []
    for one in map(read, available()):
        told += [
            f"## {one.name}",
            "",
            f"{one.title}; version {one.version}, as of {one.as_of}, {one.licence}.",
            "",
        ]
        told += [
            "| rate | place | tax | % | from | until | verified | source |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for row in one.rows:
            percent = plain(Decimal(row.percentage).scaleb(2))
            host = row.source.split("/")[2].removeprefix("www.")
            note = "; ".join(filter(None, (row.when or "", row.note)))
            cells = [
                f"`{row.id}`",
                row.place,
                row.kind,
                percent,
                str(row.valid_from),
                str(row.valid_until or ""),
            ]
            cells += [str(row.verified), f"[{host}]({row.source}){note and f'; {note}'}"]
            told.append(f"| {' | '.join(cells)} |")
        told.append("")
    return "\n".join(told)


def targets() -> str:
    """What the last whole run of the benchmarks came to, beside what it was to reach."""
    last = json.loads((RESULTS / "latest.json").read_text(encoding="utf-8"))
    told = f"{last['date']}, {last['python']}, {last['cpus']} processors, by `make bench`:"
    rows = [
        f"| {one['what']} | {_figure(one)} | {'at least' if one['at_least'] else 'at most'} "
        f"{one['limit']:g} {one['unit']} | {'yes' if one['met'] else 'no'} |".replace("  ", " ")
        for subject in last["subjects"].values()
        for one in subject["targets"]
    ]
    return "\n".join([told, "", "| what | figure | is to be | met |", "|---|---:|---|---|", *rows]) + "\n"


def _figure(target: Mapping[str, Any]) -> str:
    return (
        f"{target['got']:,.3g} {target['unit']}".strip() if target["got"] < 1000 else f"{target['got']:,.0f}"
    )


def campaigns() -> str:
    """What each campaign tried last, and the differences that it found."""
    known = json.loads((RESULTS / "campaign.json").read_text(encoding="utf-8"))
    rows = [
        f"| {_TRIED[name].format(**one)} | {one['differences']} | {one['date']}, Python {one['python']} "
        f"| `{one['command']}` |"
        for name, one in sorted(known.items())
    ]
    return "\n".join(["| what | differences | when | command |", "|---|---:|---|---|", *rows]) + "\n"


_TRIED = {
    "growth": "time of long invoices as their lines double, which stays in proportion",
    "integers": "{amounts:,} amounts of small spaces against arithmetic in whole numbers",
    "oracle": "random invoices against the oracle, the seeds {seeds[0]:,} to {seeds[1]:,}",
    "refunds": "{refunds:,} refunds in {sequences:,} random sequences, each until nothing is left",
    "report": "{sealed:,} sealed results under other rates, whose page of {page:,} characters adds up",
    "seals": "{sealed:,} sealed results replayed by Python {pythons} offline, and {flips:,} changed bytes",
}
RESULTS = ROOT / "benchmarks" / "results"
SECTIONS: Mapping[str, Callable[[], str]] = {
    "campaigns": campaigns,
    "codes": codes,
    "error-tree": error_tree,
    "limits": limits,
    "packs": packs,
    "packs-rows": packs_rows,
    "targets": targets,
}


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
