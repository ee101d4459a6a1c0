"""Sealing: results as sealed results, one a line; and those that are sealed already, checked."""

from __future__ import annotations

from collections.abc import Iterable

from taxengine.cli.forms import JsonLines
from taxengine.cli.inputs import Document
from taxengine.cli.run import read_one
from taxengine.core.errors import TaxEngineError
from taxengine.core.invoice import Invoice
from taxengine.core.result import Calculation
from taxengine.recalculation.replaying import seal
from taxengine.recalculation.sealed import Sealed, read_sealed


class Sealing:
    """The frame and the two ends of a run that seals."""

    def __init__(self, key: bytes | None, *, without_party: bool) -> None:
        self._key, self._without_party = key, without_party
        self._lines = JsonLines()

    def start(self, many: bool) -> bytes:  # noqa: ARG002  # one or many, it is lines
        return b""

    def end(self) -> Iterable[bytes]:
        return ()

    def refused(self, invoice: str | None, place: str, error: TaxEngineError) -> bytes:
        return self._lines.refused(invoice, place, error)

    def read(self, document: Document) -> Invoice | Sealed:
        """An invoice, or a result that is sealed."""
        if isinstance(document, bytes) and document.startswith(b'{"format":1,"sealed":'):
            return read_sealed(document, key=self._key)
        return read_one(document)

    def told(self, value: Calculation | Sealed) -> bytes:
        """The line of a result."""
        done = value if isinstance(value, Sealed) else seal(value, key=self._key)
        return (done.without_party() if self._without_party else done).encode() + b"\n"
