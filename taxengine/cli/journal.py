"""Journal: the output of long work, which can be stopped, gone on with, and is whole once it has its name.

Rows are written to a folder beside the file that they are to become, with a note of the work that they
belong to. Each document gives one row, so that the number of whole rows says where to go on.

>>> import tempfile
>>> from pathlib import Path
>>> with tempfile.TemporaryDirectory() as folder:
...     with Journal(f"{folder}/out.jsonl", {"work": 1}) as journal:
...         journal.write(b"row 1\\n")
...     with Journal(f"{folder}/out.jsonl", {"work": 1}, resume=True) as journal:
...         print(journal.done, list(journal.rows()))
...         journal.write(b"row 2\\n")
...         journal.commit()
...     Path(f"{folder}/out.jsonl").read_text()
1 [b'row 1\\n']
'row 1\\nrow 2\\n'
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import IO, Self

from taxengine.cli.output import UnfitPath, Unwritten

SUFFIX = ".partial"
"""What the folder of unfinished work is called after its file."""
EVERY = 1 << 20
"""After how many bytes rows are put on the disk."""


class Journal:
    """Rows that become the file `path` at the end; `work` says what they are the rows of."""

    def __init__(
        self, path: str, work: Mapping[str, object], *, force: bool = False, resume: bool = False
    ) -> None:
        self._path, self._force = path, force
        self._folder = f"{path}{SUFFIX}"
        self._rows_path, self._note = f"{self._folder}/rows.jsonl", f"{self._folder}/work.json"
        self.done = 0
        self._unwritten = 0
        if not os.path.basename(path) or os.path.isdir(path) or os.path.islink(path) or "\0" in path:
            raise UnfitPath(f"-o: expected the path of a file, got {path!r}")
        if os.path.exists(path) and not force:
            raise self._unfit("expected a path where nothing is yet, got a file", "use --force to replace it")
        spelt = json.dumps(work, sort_keys=True, indent=1) + "\n"
        try:
            self._take(spelt, resume=resume)
        except OSError as error:
            raise UnfitPath(f"-o: {self._folder!r}: {error.strerror}") from error

    def _take(self, spelt: str, *, resume: bool) -> None:
        """Begin, or go on where the same work was stopped."""
        found = os.path.exists(self._folder)
        if found and not resume:
            if not self._force:
                raise self._unfit(
                    "work was stopped here before it was done",
                    f"--resume goes on, --force begins again; it is kept in {os.path.basename(self._folder)}",
                )
            shutil.rmtree(self._folder)
            found = False
        if not found:
            os.mkdir(self._folder, 0o700)
            with open(self._note, "w", encoding="utf-8") as note:
                note.write(spelt)
                note.flush()
                os.fsync(note.fileno())
        self._lock = open(self._note, encoding="utf-8")  # noqa: SIM115  # held until the end
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise self._unfit("another run is at work here", "wait for it, or write elsewhere") from None
        if self._lock.read() != spelt:
            self._lock.close()
            raise self._unfit(
                "other work was stopped here: other files, rates, options, or another version",
                "--force begins again",
            )
        self._rows: IO[bytes] = open(self._rows_path, "ab+")  # noqa: SIM115  # held until the end
        self._cut()

    def _cut(self) -> None:
        """Count the whole rows, and drop what of one was not written to its end."""
        whole = 0
        self._rows.seek(0)
        for row in self._rows:
            if row.endswith(b"\n"):
                whole += len(row)
                self.done += 1
        self._rows.truncate(whole)
        self._rows.seek(whole)

    def rows(self) -> Iterator[bytes]:
        """The rows that are there."""
        self._rows.flush()
        with open(self._rows_path, "rb") as stream:
            yield from stream

    def write(self, row: bytes) -> None:
        """Add a row, which ends with a line break. Raises `Unwritten`."""
        try:
            self._rows.write(row)
            self._unwritten += len(row)
            if self._unwritten > EVERY:
                self.flush()
        except OSError as error:
            raise Unwritten(f"{self._folder}: {error.strerror}; --resume goes on") from error

    def flush(self) -> None:
        """Put what there is on the disk."""
        self._rows.flush()
        os.fsync(self._rows.fileno())
        self._unwritten = 0

    def commit(self) -> None:
        """Give the rows their name, and take the folder away. Raises `Unwritten`, `UnfitPath`."""
        try:
            self.flush()
            if self._force:
                os.rename(self._rows_path, self._path)
            else:
                os.link(self._rows_path, self._path)
            parent = os.open(os.path.dirname(self._path) or ".", os.O_RDONLY)
            os.fsync(parent)
            os.close(parent)
            shutil.rmtree(self._folder)
        except FileExistsError as error:
            hint = "use --force to replace it"
            raise self._unfit("expected a path where nothing is yet, got a file", hint) from error
        except OSError as error:
            raise Unwritten(f"{self._path}: {error.strerror}; --resume goes on") from error

    def _unfit(self, told: str, hint: str) -> UnfitPath:
        return UnfitPath(f"-o {os.path.basename(self._path)}: {told} ({hint})")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._rows.close()
        self._lock.close()
