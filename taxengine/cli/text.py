"""Text: answers as lines for a person; a refusal is told on standard error only.

>>> text = Text("ascii")
>>> text.told(["one, 1 €"]) + text.told(["two"])
b'one, 1 \\\\u20ac\\n\\ntwo\\n'
"""

from __future__ import annotations

import sys
from collections.abc import Iterable


class Text:
    """Paragraphs, in the encoding of standard output; what it cannot hold is spelt out."""

    def __init__(self, encoding: str | None = None) -> None:
        self._encoding = encoding or getattr(sys.stdout, "encoding", None) or "utf-8"
        self._between = ""

    def start(self, many: bool) -> bytes:  # noqa: ARG002  # one paragraph after the other
        return b""

    def told(self, lines: Iterable[str]) -> bytes:
        """A paragraph; there is an empty line between two of them."""
        before, self._between = self._between, "\n"
        paragraph = "".join(f"{line}\n" for line in lines)
        return f"{before}{paragraph}".encode(self._encoding, "backslashreplace")

    def refused(self, *_: object) -> bytes:
        return b""

    def end(self) -> Iterable[bytes]:
        return ()
