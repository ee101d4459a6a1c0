"""Forms: how answers are written: JSON, JSON Lines, a table or a page.

>>> from taxengine.core.errors import InvalidInput, Problem
>>> form = JsonLines()
>>> form.refused("inv_1", "in.json", InvalidInput(Problem("missingField", "lines: none", "lines")))
b'{"invoice":"inv_1","error":{"code":"missingField","message":"lines: none",\
"problems":[{"code":"missingField","path":"lines","message":"lines: none"}]}}\\n'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from taxengine.cli.run import Frame
from taxengine.cli.text import Text
from taxengine.core.errors import TaxEngineError
from taxengine.core.explain import Explanation
from taxengine.core.invoice import Invoice
from taxengine.core.result import Calculation
from taxengine.documents.answers import Answers
from taxengine.documents.writing import encode, error_document, plain_bytes

FORMATS = (
    "A table on a terminal; else json for one, jsonl (a line each) for many. Of many, json is an array. "
    "Where jsonl is stated each is answered as it comes; else the first waits for a second, or the end."
)


class Form(Frame, Protocol):
    """A way to write answers, in their order, each as soon as it is there."""

    def calculated(self, invoice: Invoice, calculation: Calculation, story: Explanation | None, /) -> bytes:
        """The answer to an invoice that was calculated."""
        ...


class JsonLines:
    """One answer a line."""

    def __init__(self) -> None:
        self._answers = Answers()

    def start(self, many: bool) -> bytes:  # noqa: ARG002  # one or many, it is lines
        return b""

    def calculated(self, _: Invoice, calculation: Calculation, story: Explanation | None) -> bytes:
        if story is None:
            return plain_bytes(self._answers.spelt(calculation)) + b"\n"
        return self.document({**calculation.to_dict(), "explanation": story.to_dict()})

    def refused(self, invoice: str | None, _: str, error: TaxEngineError) -> bytes:
        return self.document(error_document(invoice, error))

    def document(self, document: Mapping[str, object]) -> bytes:
        """Any other answer."""
        return plain_bytes(encode(document)) + b"\n"

    def end(self) -> Iterable[bytes]:
        return ()


class Json:
    """One document, indented: an answer, or an array of them."""

    def __init__(self) -> None:
        self._many = False
        self._between = b""

    def start(self, many: bool) -> bytes:
        self._many = many
        return b"[" if many else b""

    def calculated(self, _: Invoice, calculation: Calculation, story: Explanation | None) -> bytes:
        document = calculation.to_dict()
        return self.document(document if story is None else {**document, "explanation": story.to_dict()})

    def refused(self, invoice: str | None, _: str, error: TaxEngineError) -> bytes:
        return self.document(error_document(invoice, error))

    def document(self, document: Mapping[str, object]) -> bytes:
        """Any other answer."""
        spelt = plain_bytes(encode(document, pretty=True))
        if not self._many:
            return spelt + b"\n"
        before, self._between = self._between, b","
        return before + b"\n  " + spelt.replace(b"\n", b"\n  ")

    def end(self) -> Iterable[bytes]:
        if self._many:
            yield b"\n]\n" if self._between else b"]\n"


def form_of(name: str) -> Json | JsonLines | Text:
    """The form of that name: json, jsonl, or text for a table."""
    if name == "table":
        return Text()
    return Json() if name == "json" else JsonLines()
