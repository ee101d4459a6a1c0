"""Inputs: documents from files and standard input: one, an array of them, or JSON Lines, as they arrive.

>>> import io
>>> list(documents(io.BytesIO(b'{"id": "1"}\\n\\n{"id": "2"}\\n'), "in.jsonl"))
[Block(name='in.jsonl', kind='line', items=[(1, b'{"id": "1"}'), (3, b'{"id": "2"}')])]
>>> list(documents(io.BytesIO(b'[{"id": "1"}]'), "in.json"))
[Block(name='in.json', kind='item', items=[(0, {'id': '1'})])]
>>> list(documents(io.BytesIO(b'{\\n"id": "1"\\n}'), "in.json"))
[Block(name='in.json', kind='whole', items=[(0, b'{\\n"id": "1"\\n}')])]
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import BinaryIO, Literal, NamedTuple

from taxengine.cli.output import UnfitPath
from taxengine.core.errors import InvalidInput
from taxengine.documents.parsing import MOST_BYTES, MOST_BYTES_OF_RATES, MOST_VALUES_OF_RATES, parse

AT_ONCE = 1 << 18
"""How many bytes are asked for at once: some 200 invoices."""

_BLANK = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?')

Document = bytes | object
"""Text as it was read, or a value of an array, or why there is neither."""

Kind = Literal["line", "item", "whole"]


class Block(NamedTuple):
    """Documents that arrived together; each with its line, its place in an array, or 0."""

    name: str
    kind: Kind
    items: list[tuple[int, Document]]

    def place(self, number: int) -> str:
        """Where a document stands, for a person."""
        if self.kind == "line":
            return f"{self.name}:{number}"
        return f"{self.name}[{number}]" if self.kind == "item" else self.name


def check_path(path: str) -> None:
    """Raise `UnfitPath` unless there is something to read at the path."""
    if path == "-":
        if sys.stdin is None:
            raise UnfitPath("'-': standard input is closed")
        return
    try:
        found = os.stat(path)
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) else str(error)
        raise UnfitPath(f"{path!r}: {told}") from error
    if stat.S_ISDIR(found.st_mode):
        raise UnfitPath(f"{path!r}: expected a file, got a folder")
    if not os.access(path, os.R_OK):
        raise UnfitPath(f"{path!r}: Permission denied")


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input for `-`. Raises `UnfitPath`."""
    check_path(path)
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = open(path, "rb")  # noqa: SIM115  # the `with` below closes it; what it raises is ours
    except OSError as error:
        raise UnfitPath(f"{path!r}: {error.strerror}") from error
    with stream:
        yield stream


def from_files(paths: Iterable[str], *, most: int | None = None) -> Iterator[Block]:
    """The documents of all files, in order, each of at most so many bytes."""
    for path in paths:
        with opened(path) as stream:
            yield from documents(stream, "standard input" if path == "-" else path, most=most)


def documents(stream: BinaryIO, name: str, *, most: int | None = None) -> Iterator[Block]:
    """The documents in a stream, as soon as they are there; memory stays flat for JSON Lines."""
    chunks, most = _chunks(stream), most or MOST_BYTES
    head = _first_line(chunks, most)
    if _is_lines(head, chunks, most):
        for items in _lines(bytes(head), chunks, most):
            yield Block(name, "line", items)
        return
    limit = MOST_BYTES_OF_RATES if _start(head) == b"[" else most
    whole = _rest(head, chunks, limit)
    if _start(whole) == b"[":
        yield _array(whole, name)
    elif _was_lines(whole):
        for items in _lines(whole, (), most):
            yield Block(name, "line", items)
    else:
        yield Block(name, "whole", [(0, whole)])


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """What is there, without waiting for more than the next byte."""
    read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
    return iter(lambda: read(AT_ONCE), b"")


def _first_line(chunks: Iterator[bytes], most: int) -> bytearray:
    """The bytes up to the end of the first line that is not blank, and what comes with them."""
    head = bytearray()
    for chunk in chunks:
        head += chunk
        if b"\n" in head.lstrip(_BLANK) or len(head) > most:
            break
    return head.removeprefix(_BOM)


def _start(head: bytes | bytearray) -> bytes:
    return bytes(head[:1024].lstrip(_BLANK)[:1])


def _is_lines(head: bytearray, chunks: Iterator[bytes], most: int) -> bool:
    """Whether the first line is a document, or a broken one, and not the first line of one."""
    first, _, more = bytes(head).lstrip(_BLANK).partition(b"\n")
    if b"\0" in first or first.startswith(b"[") or not first:
        return False
    if first.startswith(b"{"):
        return not _is_open(first)
    while b"\n" not in more.lstrip(_BLANK) and len(head) <= most:
        chunk = next(chunks, b"")
        if not chunk:
            break
        head += chunk
        more += chunk
    return more.lstrip(_BLANK).startswith(b"{")


def _is_open(line: bytes) -> bool:
    """Whether a document goes on after the line: a bracket is open, and no text, which has no line breaks."""
    bare = _TEXT.sub(_left_open, line)
    opening, closing = (sum(map(bare.count, pair)) for pair in ((b"{", b"["), (b"}", b"]")))
    return b'"' not in bare and opening > closing


def _left_open(text: re.Match[bytes]) -> bytes:
    return b"" if len(text[0]) > 1 and text[0].endswith(b'"') else b'"'


def _was_lines(whole: bytes) -> bool:
    """Whether these are JSON Lines after all, of which the first is cut short."""
    rows = whole.strip(_BLANK).split(b"\n")
    return len(rows) > 2 and all(
        row.startswith(b"{") and row.rstrip(_BLANK).endswith(b"}") and not _is_open(row)
        for row in (rows[1], rows[-1])
    )


def _rest(head: bytearray, chunks: Iterator[bytes], limit: int) -> bytes:
    while len(head) <= limit and (chunk := next(chunks, b"")):
        head += chunk
    return bytes(head)


def _array(whole: bytes, name: str) -> Block:
    """The items of an array; an array that is none is one broken document."""
    try:
        found = parse(whole, most_bytes=MOST_BYTES_OF_RATES, most_values=MOST_VALUES_OF_RATES)
    except InvalidInput as error:
        return Block(name, "whole", [(0, error)])
    items: list[tuple[int, Document]] = list(enumerate(found)) if isinstance(found, list) else [(0, found)]
    return Block(name, "item", items)


def _lines(head: bytes, chunks: Iterable[bytes], most: int) -> Iterator[list[tuple[int, Document]]]:
    """The lines of each chunk that have come to their end; what is left of a line too long is dropped."""
    number, rest, too_long = 0, b"", False
    for chunk in chain([head], chunks):
        rows = (rest + chunk).split(b"\n")
        rest = rows.pop()
        items: list[tuple[int, Document]] = []
        for row in rows:
            number += 1
            if too_long:
                too_long = False
            elif row and not row.isspace():
                items.append((number, row))
        if too_long:
            rest = b""
        elif len(rest) > most:
            items.append((number + 1, rest))
            rest, too_long = b"", True
        if items:
            yield items
    if rest and not rest.isspace():
        yield [(number + 1, rest)]
