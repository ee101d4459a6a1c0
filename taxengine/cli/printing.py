"""Printing: lines on standard error, and what becomes of a stream that nobody reads."""

from __future__ import annotations

import os
import sys

from taxengine.showing.text import printable


def say(text: str) -> None:
    """A line on standard error. Where nobody can read it, nothing is said."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{printable(text)}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        pass


def silence() -> None:
    """Give up standard output: what is left in its buffer goes nowhere, and its end is no error again."""
    if sys.stdout is None:
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass  # no file behind it, or none left to open
