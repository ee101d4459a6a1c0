"""Reporting: what became of long work: its rows, their sums in a few lines, and the page of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple

from taxengine.cli.auditing import Row, Rows, Task, shown
from taxengine.cli.output import WholeFile, output
from taxengine.cli.printing import say
from taxengine.cli.session import Session
from taxengine.core.explain import explain
from taxengine.core.money import minor_digits
from taxengine.core.result import Calculation
from taxengine.recalculation.attribution import compare
from taxengine.recalculation.files import as_text
from taxengine.recalculation.report.tally import TAX, Tally
from taxengine.showing.figures import amount


class Sides(NamedTuple):
    """Two calculations of one document, and the seals of what they come from."""

    before: Calculation | None
    after: Calculation | None
    seals: Mapping[str, str]


class Reported:
    """Makes the rows of a comparison, and adds them up for the page.

    `tasks` gives all of the work again: the explanations of the largest differences are made at the end.
    """

    def __init__(
        self,
        sides: Callable[[Task], Sides],
        tasks: Callable[[], Iterator[Task]],
        work: Row,
        path: str | None,
        *,
        force: bool,
    ) -> None:
        self._sides, self._tasks, self._work, self._path, self._force = sides, tasks, work, path, force
        self._tally, self._seals = Tally(), sha256()
        if path is not None:
            # Where it can keep no settings it says so at length, which is no matter of the user's.
            logging.getLogger("matplotlib").setLevel(logging.ERROR)
            from taxengine.recalculation.report import page  # noqa: F401  # its extra is there, or the run ends

            WholeFile(path, force=force).close()

    def run(self, session: Session, target: str | None, *, force: bool, resume: bool) -> None:
        """Do all of the work, write its rows and its page, and tell its sums."""
        rows = Rows(session, self.row, self)
        rows.over(self._tasks(), target, self._work, self.write, force=force, resume=resume)
        self.tell()

    def row(self, task: Task) -> Row:
        """The row of one document."""
        before, after, seals = self._sides(task)
        return {**compare(before, after).to_dict(), "place": shown(task.place), **seals}

    def add(self, row: Mapping[str, Any]) -> None:
        """Take a row into the sums."""
        self._tally.add(row)
        for name in ("seal", "sealAfter"):
            self._seals.update(row.get(name, "").encode())

    def tell(self) -> None:
        """The sums, a line a currency."""
        for one in self._tally.ranked():
            told = partial(_amount, currency=one.code)
            causes = [f"{name} {told(sums.tax)}" for name, sums in one.causes.kept.items() if sums.tax]
            before, after, by = (told(sums[TAX]) for sums in (one.before, one.after, one.difference))
            many = f"{one.documents:,} document{'' if one.documents == 1 else 's'}"
            line = f"{one.code}: {many}, {one.changed:,} changed: tax {before} -> {after}"
            say(f"{line}, {by}{': ' if causes else ''}{', '.join(causes)}")
        if self._tally.refused:
            say(f"{self._tally.refused:,} refused")

    def write(self) -> None:
        """The page, where one was asked for."""
        self._tally.check()
        if self._path is None:
            return
        from taxengine.recalculation.report.page import page

        stories = self._stories(set(self._tally.explain()))
        with output(self._path, force=self._force) as out:
            out.write(page(self._tally, self._made(), stories))

    def _stories(self, wanted: set[tuple[str, int]]) -> dict[tuple[str, int], tuple[list[str], list[str]]]:
        """The explanations of both sides of the documents at these places."""
        stories = {}
        for task in self._tasks() if wanted else ():
            at = task.place.shown, task.place.number
            if at in wanted:
                before, after, _ = self._sides(task)
                stories[at] = (_story(before), _story(after))
                wanted.remove(at)
                if not wanted:
                    break
        return stories

    def _made(self) -> dict[str, str]:
        """How the page was made."""
        work = self._work
        made = {"engine": f"taxengine {work['engine']}, rules {work['rules']}"}
        made["command"] = f"taxengine audit {work['command']}"
        made |= {name: as_text(str(held)) for name, held in work["options"].items() if held is not None}
        made["files"] = f"{len(work['inputs']):,}"
        made["all seals together"] = f"sha256:{self._seals.hexdigest()}"
        return made


def _amount(minor_units: int, currency: str) -> str:
    return amount(Decimal(minor_units).scaleb(-minor_digits(currency)))


def _story(calculation: Calculation | None) -> list[str]:
    return [] if calculation is None else str(explain(calculation)).splitlines()
