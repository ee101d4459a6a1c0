"""Pairs: the results of two sets that are of one document, found wherever they stand.

The second set is indexed on disk first, so that memory stays flat. The credit notes of an invoice are told
apart by what was asked for and how many were before; of several alike the first belongs to the first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from taxengine.core.errors import InvalidInput
from taxengine.documents.parsing import parse
from taxengine.recalculation.files import Place, documents, files_of, line_at
from taxengine.recalculation.hashing import canonical


class _Calculation(msgspec.Struct):
    invoice: str
    kind: str


class _Content(msgspec.Struct):
    calculation: _Calculation


class _Sealed(msgspec.Struct):
    sealed: _Content


class _Refund(msgspec.Struct):
    asked: msgspec.Raw
    previous: list[msgspec.Raw]


class _ContentOfRefund(msgspec.Struct):
    refund: _Refund


class _SealedRefund(msgspec.Struct):
    sealed: _ContentOfRefund


_head = msgspec.json.Decoder(_Sealed).decode
_refund = msgspec.json.Decoder(_SealedRefund).decode


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


def _key_of(line: bytes | InvalidInput) -> tuple[str, str, str] | None:
    """What tells a result from those of other documents: its head, and for a refund what was asked."""
    head = head_of(line) if isinstance(line, bytes) else None
    if head is None or not isinstance(line, bytes) or head[1] == "invoice":
        return head and (*head, "")
    try:
        refund = _refund(line).sealed.refund
        return *head, f"{len(refund.previous)} {canonical(parse(bytes(refund.asked))).decode()}"
    except (msgspec.MsgspecError, UnicodeError, RecursionError, InvalidInput):
        return *head, ""


class Pair(NamedTuple):
    """Two results of one document; None on the side where there is none."""

    before: tuple[Place, bytes | InvalidInput] | None
    after: tuple[Place, bytes | InvalidInput] | None

    @property
    def place(self) -> Place:
        """Where the first of them stands."""
        return next(one[0] for one in self if one is not None)


def pairs(before: Iterable[str], after: Iterable[str]) -> Iterator[Pair]:
    """Those of the first set in their order, then those that only the second has, in theirs."""
    files = files_of(after)
    index = sqlite3.connect("")  # a file that is gone at the end
    try:
        index.execute(
            "CREATE TABLE found (id TEXT, kind TEXT, asked TEXT, nth INTEGER, file INTEGER, number INTEGER,"
            " start INTEGER, PRIMARY KEY (id, kind, asked, nth)) WITHOUT ROWID"
        )
        index.execute(
            "CREATE TABLE seen (id TEXT, kind TEXT, asked TEXT, nth INTEGER, PRIMARY KEY (id, kind, asked))"
            " WITHOUT ROWID"
        )
        unread = list(_indexed(index, files))
        index.execute("DELETE FROM seen")
        for place, line in documents(before):
            yield Pair((place, line), _other(index, files, line))
        rest = index.execute("SELECT file, number, start FROM found ORDER BY file, number")
        for found in rest:
            yield Pair(None, _found(files, *found))
        for one in unread:
            yield Pair(None, one)
    finally:
        index.close()


def _indexed(index: sqlite3.Connection, files: list[str]) -> Iterator[tuple[Place, bytes | InvalidInput]]:
    """Put the set into the index, files by number, since names need be no text; what has no id comes back."""
    for at, path in enumerate(files):
        for place, line in documents([path]):
            key = _key_of(line)
            if key is None:
                yield place, line
            else:
                row = (*_nth(index, key), at, place.number, place.start)
                index.execute("INSERT INTO found VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _nth(index: sqlite3.Connection, key: tuple[str, str, str]) -> tuple[str, str, str, int]:
    """Which of those with this key it is."""
    told = "INSERT INTO seen VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET nth = nth + 1 RETURNING nth"
    return *key, index.execute(told, key).fetchone()[0]


def _other(
    index: sqlite3.Connection, files: list[str], line: bytes | InvalidInput
) -> tuple[Place, bytes | InvalidInput] | None:
    key = _key_of(line)
    if key is None:
        return None
    told = (
        "DELETE FROM found WHERE id = ? AND kind = ? AND asked = ? AND nth = ? RETURNING file, number, start"
    )
    found = index.execute(told, _nth(index, key)).fetchone()
    return None if found is None else _found(files, *found)


def _found(files: list[str], file: int, number: int, start: int) -> tuple[Place, bytes | InvalidInput]:
    return Place(files[file], number, start), line_at(files[file], start)
