"""Pairs: the results of two sets that are of one document, found wherever they stand.

The second set is indexed on disk first, so that memory stays flat. Of several results with one id and kind,
as the credit notes of an invoice are, the first belongs to the first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from taxengine.core.errors import InvalidInput
from taxengine.recalculation.files import Place, documents, line_at


class _Calculation(msgspec.Struct):
    invoice: str
    kind: str


class _Content(msgspec.Struct):
    calculation: _Calculation


class _Sealed(msgspec.Struct):
    sealed: _Content


_head = msgspec.json.Decoder(_Sealed).decode


def head_of(line: bytes) -> tuple[str, str] | None:
    """The id and kind of what a sealed result is of, None where that cannot be read; nothing is checked.

    >>> head_of(b'{"sealed": {"calculation": {"invoice": "inv_1", "kind": "invoice"}}}'), head_of(b"{")
    (('inv_1', 'invoice'), None)
    """
    try:
        calculation = _head(line).sealed.calculation
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return calculation.invoice, calculation.kind


class Pair(NamedTuple):
    """Two results of one document; None on the side where there is none."""

    before: tuple[Place, bytes | InvalidInput] | None
    after: tuple[Place, bytes | InvalidInput] | None


def pairs(before: Iterable[str], after: Iterable[str]) -> Iterator[Pair]:
    """Those of the first set in their order, then those that only the second has, in theirs."""
    index = sqlite3.connect("")  # a file that is gone at the end
    try:
        index.execute(
            "CREATE TABLE found (id TEXT, kind TEXT, nth INTEGER, file TEXT, number INTEGER, start INTEGER,"
            " PRIMARY KEY (id, kind, nth)) WITHOUT ROWID"
        )
        index.execute(
            "CREATE TABLE seen (id TEXT, kind TEXT, nth INTEGER, PRIMARY KEY (id, kind)) WITHOUT ROWID"
        )
        unread = list(_indexed(index, after))
        index.execute("DELETE FROM seen")
        for place, line in documents(before):
            yield Pair((place, line), _other(index, line))
        rest = index.execute("SELECT file, number, start FROM found ORDER BY file, number")
        for file, number, start in rest:
            yield Pair(None, (Place(file, number), line_at(file, start)))
        for one in unread:
            yield Pair(None, one)
    finally:
        index.close()


def _indexed(index: sqlite3.Connection, paths: Iterable[str]) -> Iterator[tuple[Place, bytes | InvalidInput]]:
    """Put the set into the index; what has no id comes back."""
    for place, line in documents(paths):
        head = None if isinstance(line, InvalidInput) else head_of(line)
        if head is None:
            yield place, line
        else:
            index.execute("INSERT INTO found VALUES (?, ?, ?, ?, ?, ?)", (*_nth(index, head), *place))


def _nth(index: sqlite3.Connection, head: tuple[str, str]) -> tuple[str, str, int]:
    """Which of those with this id and kind it is."""
    told = "INSERT INTO seen VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET nth = nth + 1 RETURNING nth"
    return *head, index.execute(told, head).fetchone()[0]


def _other(
    index: sqlite3.Connection, line: bytes | InvalidInput
) -> tuple[Place, bytes | InvalidInput] | None:
    head = None if isinstance(line, InvalidInput) else head_of(line)
    if head is None:
        return None
    told = "DELETE FROM found WHERE id = ? AND kind = ? AND nth = ? RETURNING file, number, start"
    found = index.execute(told, _nth(index, head)).fetchone()
    if found is None:
        return None
    file, number, start = found
    return Place(file, number, start), line_at(file, start)
