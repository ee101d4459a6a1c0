"""Files: sealed results from files and folders, one a line, each with its place, as they come.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     with open(f"{folder}/june.jsonl", "wb") as june:
...         _ = june.write(b'{"format":1}\\n\\n{}\\n')
...     [(place.number, line) for place, line in documents([folder])]
[(1, b'{"format":1}'), (3, b'{}')]
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO, NamedTuple, cast

import msgspec

from taxengine.core.errors import InvalidInput, Problem
from taxengine.recalculation.sealed import MOST_BYTES

ENDINGS = (".jsonl", ".json")
"""The files of a folder that are read, in small letters or large."""
UNFINISHED = ".partial"
"""How the folders end in which commands keep rows until they are all there: these are no input."""
MOST_INDENTED = 64 * 2**20
"""How long a file may be to be one document on several lines."""

_object = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


class Place(NamedTuple):
    """Where a document stands: its file as it was named, the line, from 1, and the byte it begins at."""

    file: str
    number: int
    start: int = 0

    def __str__(self) -> str:
        return f"{self.shown}:{self.number}"

    @property
    def shown(self) -> str:
        """The name of the file as text, whatever its bytes are."""
        return as_text(self.file)


def as_text(path: str) -> str:
    """A path as text that can be written down: bytes of it that are no UTF-8 are spelt out.

    >>> as_text("caf\\udce9.jsonl")
    'caf\\\\xe9.jsonl'
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def files_of(paths: Iterable[str]) -> list[str]:
    """The files, and those in the folders and below them, in the order of their names; `-` stays.

    Links that lead nowhere are among them, since something is missing there; pipes, devices and what work
    that was not done yet has left are not. Raises `OSError` for a path that is none.
    """
    found: list[str] = []
    for path in paths:
        if path != "-":
            os.stat(path)
        found += _files(path)
    return found


def _files(path: str) -> list[str]:
    return sorted(_below(path)) if path != "-" and os.path.isdir(path) else [path]


def _below(path: str) -> Iterator[str]:
    for folder, folders, names in os.walk(path, onerror=_refused):
        folders[:] = [name for name in folders if not name.endswith(UNFINISHED)]
        for name in names:
            if name.lower().endswith(ENDINGS) and not name.startswith("."):
                file = os.path.join(folder, name)
                if os.path.isfile(file) or not os.path.exists(file):
                    yield file


def _refused(error: OSError) -> None:
    raise error


def documents(paths: Iterable[str]) -> Iterator[tuple[Place, bytes | InvalidInput]]:
    """The lines that are not blank, each with its place, or why there is none."""
    for path in chain.from_iterable(map(_files, paths)):
        if path == "-":
            yield from _lines("standard input", sys.stdin.buffer)
            continue
        try:
            stream = open(path, "rb", buffering=1 << 18)  # noqa: SIM115  # the `with` below closes it
        except OSError as error:
            yield Place(path, 1), _unread(path, error)
            continue
        with stream:
            yield from _lines(path, stream)


def _unread(path: str, error: OSError) -> InvalidInput:
    told = f"document: expected a file that can be read, got {as_text(path)}: {error.strerror}"
    return InvalidInput(Problem("invalidValue", told, hint="mend the link, or let the file be read"))


def _lines(name: str, stream: BinaryIO, start: int = 0) -> Iterator[tuple[Place, bytes | InvalidInput]]:
    at_start = not start
    number = 0
    while (read := _line(stream))[1]:
        line, length = read
        number += 1
        place = Place(name, number, start)
        start += length
        if at_start and number == 1 and line.strip() == b"{":
            rest = stream.read(MOST_INDENTED)
            if _is_object(line + rest):  # a document that was indented is one document still
                yield place, line + rest
                return
            stream = cast("BinaryIO", io.BufferedReader(_Again(rest, stream)))
        if length > len(line):
            yield place, _too_long()
        elif not line.isspace():
            yield place, line.removesuffix(b"\n")


def _is_object(text: bytes) -> bool:
    try:
        _object(text)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    return True


class _Again(io.RawIOBase):
    """What was read of a stream already, and then the rest of it."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = io.BytesIO(head), stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head.read(len(buffer)) or self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _line(stream: BinaryIO) -> tuple[bytes, int]:
    """The next line, or its beginning where it is too long, and how long it is."""
    line = part = stream.readline(MOST_BYTES + 2)
    length = len(line)
    while part and len(line) > MOST_BYTES and not part.endswith(b"\n"):
        part = stream.readline(MOST_BYTES)
        length += len(part)
    return (line, length) if length == len(line) <= MOST_BYTES + 1 else (line[:1], max(length, 2))


def _too_long() -> InvalidInput:
    return InvalidInput(
        Problem("documentTooLarge", f"document: expected at most {MOST_BYTES} bytes, got more")
    )


def line_at(file: str, start: int) -> bytes | InvalidInput:
    """The document of a file that begins at that byte."""
    try:
        with open(file, "rb") as stream:
            stream.seek(start)
            return next((line for _, line in _lines(file, stream, start)), b"")
    except OSError as error:
        return _unread(file, error)
