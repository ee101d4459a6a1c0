"""Text: what comes from documents, as it may safely reach a terminal or a page.

A name in an invoice may hold a line break, an escape sequence that moves the cursor, or a mark that turns
the direction of writing; a person would read something that is not there.

>>> printable("Acme\\x1b[2J\\nline 2 \\u202egnp")
'Acme\\\\x1b[2J\\\\nline 2 \\\\u202egnp'
>>> width("東京"), width("é")
(4, 1)
"""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"  # Persian, the scripts of India and emoji are spelt with them
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(text: str) -> str:
    """The text on one line, with what controls a terminal or cannot be seen spelt out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_spelt, text))


def _spelt(char: str) -> str:
    if char.isprintable() or char in _JOINERS or unicodedata.category(char) not in _UNSEEN:
        return char
    return ascii(char)[1:-1]


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or char in _JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
