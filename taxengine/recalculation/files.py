"""Files: sealed results from files and folders, one a line, each with its place, as they come.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     with open(f"{folder}/june.jsonl", "wb") as june:
...         _ = june.write(b'{"format":1}\\n\\n{}\\n')
...     [(place.number, line) for place, line in documents([folder])]
[(1, b'{"format":1}'), (3, b'{}')]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO, NamedTuple

from taxengine.core.errors import InvalidInput, Problem
from taxengine.recalculation.sealed import MOST_BYTES

ENDINGS = (".jsonl", ".json")
"""The files of a folder that are read."""


class Place(NamedTuple):
    """Where a document stands: its file as it was named, the line, from 1, and the byte it begins at."""

    file: str
    number: int
    start: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.number}"


def files_of(paths: Iterable[str]) -> list[str]:
    """The files, and those in the folders and below them, in the order of their names; `-` stays.

    Raises `OSError` for a path that is none.
    """
    found: list[str] = []
    for path in paths:
        if path == "-" or not os.path.isdir(path):
            found.append(path)
            if path != "-":
                os.stat(path)
        else:
            found += sorted(
                os.path.join(folder, name)
                for folder, _, names in os.walk(path)
                for name in names
                if name.endswith(ENDINGS) and not name.startswith(".")
            )
    return found


def documents(paths: Iterable[str]) -> Iterator[tuple[Place, bytes | InvalidInput]]:
    """The lines that are not blank, each with its place, or why there is none."""
    for path in files_of(paths):
        if path == "-":
            yield from _lines("standard input", sys.stdin.buffer)
        else:
            with open(path, "rb", buffering=1 << 18) as stream:
                yield from _lines(path, stream)


def _lines(name: str, stream: BinaryIO) -> Iterator[tuple[Place, bytes | InvalidInput]]:
    start = 0
    for number, (line, length) in enumerate(iter(partial(_line, stream), (b"", 0)), start=1):
        place = Place(name, number, start)
        start += length
        if number == 1 and line.strip() == b"{":  # a document that was indented is one document still
            yield place, line + stream.read(MOST_BYTES)
            return
        if length > len(line):
            yield place, _too_long()
        elif not line.isspace():
            yield place, line.removesuffix(b"\n")


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
    """The line of a file that begins at that byte."""
    with open(file, "rb") as stream:
        stream.seek(start)
        line, length = _line(stream)
    return _too_long() if length > len(line) else line.removesuffix(b"\n")
