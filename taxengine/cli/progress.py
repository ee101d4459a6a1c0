"""Progress: how many documents are done, on one line of a terminal, and nowhere else.

>>> import io
>>> with Progress(io.StringIO()) as progress:
...     progress.add(200)
>>> progress.done
200
"""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import Self, TextIO

EVERY = 0.2
"""Seconds between two looks."""


class Progress:
    """A line that is written over while a run lasts, and taken away at its end."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        chosen = sys.stderr if stream is None else stream
        self._stream = None if quiet or chosen is None or not chosen.isatty() else chosen
        self._next = monotonic() + EVERY
        self._shown = False
        self.done = 0

    def add(self, count: int) -> None:
        """So many more are done."""
        self.done += count
        if self._stream is not None and monotonic() >= self._next:
            self._stream.write(f"{self.done:,} invoices\r")  # what is said next is written over it
            self._stream.flush()
            self._next, self._shown = monotonic() + EVERY, True

    def clear(self) -> None:
        """Take the line away, so that something else can be said."""
        if self._shown and self._stream is not None:
            self._stream.write(f"{' ' * len(f'{self.done:,} invoices')}\r")
            self._stream.flush()
            self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()
