"""Auditing: long work over sealed results: a row for each document, whatever becomes of the others.

>>> from taxengine.core.errors import Problem
>>> row = refused_row("inv_1", Place("june.jsonl", 3), InvalidInput(Problem("sealBroken", "...")))
>>> row["place"], row["error"]["code"]
({'file': 'june.jsonl', 'number': 3}, 'sealBroken')
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain, islice
from typing import Any, NamedTuple, Protocol

import msgspec

from taxengine.cli.journal import Journal
from taxengine.cli.options import on_terminal
from taxengine.cli.output import Output, output
from taxengine.cli.progress import Progress
from taxengine.cli.session import Session
from taxengine.core.errors import InvalidInput, Problem, TaxEngineError
from taxengine.core.tables.codes import EXIT_CODES
from taxengine.core.version import RULES, __version__
from taxengine.documents.writing import FORMAT, encode, plain_bytes
from taxengine.recalculation.files import Place
from taxengine.recalculation.pairs import head_of

Row = dict[str, Any]
Line = bytes | InvalidInput


class Task(NamedTuple):
    """One document to be done, or two results of it; None where there is none on that side."""

    place: Place
    before: Line | None
    after: Line | None = None

    @property
    def invoice(self) -> str | None:
        """The id of the document, where it can be read."""
        heads = (head_of(line) for line in (self.before, self.after) if isinstance(line, bytes))
        return next((head[0] for head in heads if head is not None), None)


def sound(line: Line | None) -> bytes:
    """The line, or why there is none, raised."""
    if isinstance(line, InvalidInput):
        raise line
    return line or b""


class Sink(Protocol):
    """What sees each row on its way out."""

    def add(self, row: Mapping[str, Any], /) -> None: ...


def work_of(command: str, files: Sequence[str], options: Mapping[str, object]) -> Row:
    """What a run is about, so that only the same run goes on with what was stopped."""
    inputs: list[list[object]] = []
    for path in files:
        if path != "-":
            try:
                found = os.stat(path)
            except OSError:
                inputs.append([path])  # a link that leads nowhere
            else:
                inputs.append([path, found.st_size, found.st_mtime_ns])
    return {
        "command": command,
        "engine": __version__,
        "rules": RULES,
        "inputs": inputs,
        "options": dict(options),
    }


def refused_row(invoice: str | None, place: Place, error: TaxEngineError) -> Row:
    """The row of a document that could not be done."""
    return {"format": FORMAT, "invoice": invoice, "place": shown(place), "error": error.to_dict()}


def shown(place: Place) -> Row:
    """A place as a row shows it."""
    return {"file": place.shown, "number": place.number}


class Rows:
    """Does the tasks one after the other; `do` makes the row of one, or refuses it."""

    def __init__(self, session: Session, do: Callable[[Task], Row | bytes], sink: Sink | None = None) -> None:
        self._session, self._do, self._sink = session, do, sink
        self.done = self.refused = 0

    def over(
        self,
        tasks: Iterator[Task],
        target: str | None,
        work: Row,
        at_end: Callable[[], None] = lambda: None,
        *,
        force: bool,
        resume: bool,
    ) -> None:
        """All of them, to standard output or into a file that is whole at its end.

        `at_end` is called when all is done, before the file gets its name. Raises `InvalidInput` where there
        is nothing to do: an empty file is no month without invoices.
        """
        first = next(tasks, None)
        if first is None:
            told = "documents: expected at least one sealed result, got none"
            raise InvalidInput(Problem("emptyDocument", told, "", "taxengine audit seal makes them"))
        tasks = chain([first], tasks)
        if target in (None, "-"):
            with output(None, force=False) as out, Progress(quiet=on_terminal()) as progress:
                self._write(tasks, out, progress)
            at_end()
            return
        with Journal(str(target), work, force=force, resume=resume) as journal, Progress() as progress:
            for row in journal.rows():
                self._again(row)
            progress.add(journal.done)
            self._write(islice(tasks, journal.done, None), journal, progress)
            at_end()
            journal.commit()

    def _again(self, row: bytes) -> None:
        """A row that an earlier run wrote."""
        found = msgspec.json.decode(row)
        self.done += 1
        if "error" in found:
            self.refused += 1
            codes = {EXIT_CODES.get(one["code"], 1) for one in found["error"]["problems"]}
            self._session.note(min(codes, default=1))
        if self._sink is not None:
            self._sink.add(found)

    def _write(self, tasks: Iterator[Task], out: Output, progress: Progress) -> None:
        for task in tasks:
            out.write(self._row(task))
            progress.add(1)
        out.flush()

    def _row(self, task: Task) -> bytes:
        self.done += 1
        try:
            return self._told(self._do(task))
        except Exception as error:  # noqa: BLE001  # a bug with one document does not stop the rest
            return self._refused(task, error)

    def _told(self, row: Row | bytes) -> bytes:
        if isinstance(row, bytes):
            return row
        spelt = plain_bytes(encode(row)) + b"\n"
        if self._sink is not None:
            self._sink.add(row)
        return spelt

    def _refused(self, task: Task, error: Exception) -> bytes:
        self.refused += 1
        place = str(task.place)
        if isinstance(error, TaxEngineError):
            self._session.refuse(error, place, task.invoice)
        else:
            error = self._session.bug(error, place)
        try:
            return self._told(refused_row(task.invoice, task.place, error))
        except Exception as unforeseen:  # noqa: BLE001  # what refuses it cannot be written down
            return self._told(refused_row(None, task.place, self._session.bug(unforeseen, place)))


def digest_of(path: str) -> str:
    """The SHA-256 of a file, so that a run says which one it was."""
    if path == "-" or not os.path.isfile(path):
        return path
    with open(path, "rb") as file:
        hashed = sha256()
        while part := file.read(1 << 20):
            hashed.update(part)
    return f"sha256:{hashed.hexdigest()}"
