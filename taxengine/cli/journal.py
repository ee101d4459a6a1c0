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
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import IO, Self

from taxengine.cli.output import REPLACE, UnfitPath, Unwritten, link_new, standing

SUFFIX = ".partial"
"""What the folder of unfinished work is called after its file."""
ROWS, NOTE = "rows.jsonl", "work.json"
"""What is in that folder. The note is locked while a run is at work, and says whose the rows are."""
EVERY = 1 << 20
"""After how many bytes rows are put on the disk."""
_MARK = b'{\n "taxengine": '
"""How a note begins, by which it is told from the file of somebody else."""


class Journal:
    """Rows that become the file `path` at the end; `work` says what they are the rows of."""

    def __init__(
        self, path: str, work: Mapping[str, object], *, force: bool = False, resume: bool = False
    ) -> None:
        self._path, self._force = path, force
        self._folder = f"{path}{SUFFIX}"
        self._rows_path, self._note_path = f"{self._folder}/{ROWS}", f"{self._folder}/{NOTE}"
        self.done = 0
        self._unwritten = 0
        if not os.path.basename(path) or "\0" in path:
            raise UnfitPath(f"-o: expected the path of a file, got {path!r}")
        standing(path, force=force)
        spelt = json.dumps({"taxengine": work}, sort_keys=True, indent=1).encode() + b"\n"
        try:
            self._note = self._locked()
            try:
                self._take(spelt, resume=resume)
            except BaseException:
                self._note.close()
                raise
        except OSError as error:
            raise UnfitPath(f"-o: {self._folder!r}: {error.strerror}") from error

    def _locked(self) -> IO[bytes]:
        """The note, which nobody else has; nothing is changed before that."""
        try:
            os.mkdir(self._folder, 0o700)
        except FileExistsError:
            self._check_folder()
        note = _opened(self._note_path, os.O_CREAT)
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not _is_at(note, self._note_path):
                raise BlockingIOError  # its run has come to its end meanwhile
        except BlockingIOError:
            note.close()
            raise self._unfit("another run is at work here", "wait for it, or write elsewhere") from None
        return note

    def _check_folder(self) -> None:
        """Whether the folder that is there already can be ours."""
        if not stat.S_ISDIR(os.lstat(self._folder).st_mode):
            raise self._foreign("a folder", "something else")
        names = set(os.listdir(self._folder))
        odd = sorted(names - {ROWS, NOTE} if NOTE in names else names)
        if odd:
            raise self._foreign("a folder of unfinished work alone", f"one that holds {odd[0]!a}")

    def _foreign(self, expected: str, got: str) -> UnfitPath:
        return self._unfit(
            f"{os.path.basename(self._folder)}: expected {expected}, got {got}",
            "move it away, or write elsewhere",
        )

    def _take(self, spelt: bytes, *, resume: bool) -> None:
        """Begin, or go on where the same work was stopped."""
        held = self._note.read()
        if held[: len(_MARK)] != _MARK[: len(held)]:
            raise self._foreign("a folder of unfinished work", f"one with a {NOTE} of another kind")
        if self._is_begun():
            if not (resume or self._force):
                raise self._unfit(
                    "work was stopped here before it was done",
                    f"--resume goes on, --force begins again; it is kept in {os.path.basename(self._folder)}",
                )
            if resume and held != spelt:
                told = "other work was stopped here: other files, rates, options, or another version"
                raise self._unfit(told, "--force begins again")
        if not (resume and held == spelt):
            self._begin(spelt)
        self._rows = _opened(self._rows_path, os.O_CREAT | os.O_APPEND)
        self._cut()

    def _is_begun(self) -> bool:
        """Whether there is anything of a row. A run may have been stopped before its note was whole."""
        try:
            return os.stat(self._rows_path, follow_symlinks=False).st_size > 0
        except FileNotFoundError:
            return False

    def _begin(self, spelt: bytes) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self._rows_path)  # not emptied: it may have got its name before its run was killed
        self._note.seek(0)
        self._note.truncate()
        self._note.write(spelt)
        self._note.flush()
        os.fsync(self._note.fileno())

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
            if not _is_at(self._rows, self._rows_path):
                raise Unwritten(f"{self._rows_path}: it is no longer what was written; nothing has its name")
            self._give_name()
            parent = os.open(os.path.dirname(self._path) or ".", os.O_RDONLY)
            os.fsync(parent)
            os.close(parent)
        except FileExistsError as error:
            raise self._unfit("expected a path where nothing is yet, got a file", REPLACE) from error
        except OSError as error:
            raise Unwritten(f"{self._path}: {error.strerror}; --resume goes on") from error
        with suppress(OSError):  # the file is whole, whatever becomes of the folder
            for path in (self._rows_path, self._note_path):
                with suppress(FileNotFoundError):
                    os.unlink(path)
            os.rmdir(self._folder)

    def _give_name(self) -> None:
        before = standing(self._path, force=self._force)
        if before is not None:
            with suppress(OSError):  # readable for whom the old one was
                os.fchmod(self._rows.fileno(), stat.S_IMODE(before.st_mode))
        if self._force:
            os.rename(self._rows_path, self._path)
        else:
            link_new(self._rows_path, self._path)

    def _unfit(self, told: str, hint: str) -> UnfitPath:
        return UnfitPath(f"-o {os.path.basename(self._path)}: {told} ({hint})")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._rows.close()
        self._note.close()


def _opened(path: str, flags: int) -> IO[bytes]:
    """A file of the folder to read and write, which is no link to elsewhere."""
    number = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | flags, 0o666)
    return os.fdopen(number, "rb+")


def _is_at(file: IO[bytes], path: str) -> bool:
    """Whether the open file is what stands at the path."""
    try:
        found = os.stat(path, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(file.fileno()), found)
