"""Run: many documents, each answered by itself, whatever becomes of the others.

>>> blocks = iter([Block("in.jsonl", "line", [(1, b"{}"), (2, b"{}")])])
>>> many, blocks = told_apart(blocks, several=False)
>>> many, len(list(blocks))
(True, 1)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Protocol

from taxengine.cli.inputs import Block, Document
from taxengine.cli.output import Output
from taxengine.cli.progress import Progress
from taxengine.cli.session import Session
from taxengine.core.errors import InvalidInput, InvalidInvoice, TaxEngineError
from taxengine.core.invoice import Invoice
from taxengine.documents.parsing import parse
from taxengine.documents.reading import invoice_id, read_invoice


class Frame(Protocol):
    """What stands around answers, and how a refusal is written among them."""

    def start(self, many: bool, /) -> bytes:
        """What stands before the first."""
        ...

    def refused(self, invoice: str | None, place: str, error: TaxEngineError, /) -> bytes:
        """The refusal of the document at that place; `invoice` is its id, where that could be read."""
        ...

    def end(self) -> Iterable[bytes]:
        """What stands after the last."""
        ...


TOGETHER = 8
"""How many documents go through a stage at once: the code of a stage runs a sixth faster when it runs again
at once, and more of them would crowd one another out."""


class Run:
    """Documents in, answers out: an invoice goes through the stages, and `tell` writes what they made of it.

    A stage changes nothing but its value; each may refuse an invoice. `read` stands for what reads one.
    """

    def __init__(
        self,
        session: Session,
        frame: Frame,
        tell: Callable[[Any], bytes],
        stages: Iterable[Callable[[Any], object]] = (),
        read: Callable[[Document], object] | None = None,
    ) -> None:
        self._session = session
        self._frame = frame
        self._tell = tell
        self._stages = (read or read_one, *stages)

    def over(self, blocks: Iterator[Block], out: Output, progress: Progress, *, many: bool) -> None:
        """Answer all of them, each block before the next is waited for."""
        out.write(self._frame.start(many))
        for block in blocks:
            for start in range(0, len(block.items), TOGETHER):
                out.write(b"".join(self._answers(block, block.items[start : start + TOGETHER])))
            out.flush()
            progress.add(len(block.items))
        for part in self._frame.end():
            out.write(part)

    def _answers(self, block: Block, items: Sequence[tuple[int, Document]]) -> list[bytes]:
        values: list[Any] = [document for _, document in items]
        sound = True
        for stage in self._stages:
            if sound:
                try:
                    values = [stage(value) for value in values]
                except Exception:  # noqa: BLE001  # whose it is, is found out one by one
                    sound = False
                else:
                    continue
            values = [_tried(stage, value) for value in values]
        return [
            self._answer(block, at, document, value)
            for (at, document), value in zip(items, values, strict=True)
        ]

    def _answer(self, block: Block, at: int, document: Document, value: Any) -> bytes:
        """The answer to one document, of which the stages have made `value`, or why they could not."""
        try:
            if isinstance(value, Exception):
                raise value
            return self._tell(value)
        except TaxEngineError as error:
            refusal, invoice = _located(error, block, at, document), invoice_id(document)
            self._session.refuse(refusal, block.place(at), invoice)
        except Exception as error:  # noqa: BLE001  # a bug with one invoice does not stop the rest
            refusal, invoice = self._session.bug(error, block.place(at)), invoice_id(document)
        return self._frame.refused(invoice, block.place(at), refusal)


def _tried(stage: Callable[[Any], object], value: Any) -> object:
    """What the stage makes of the value, or what keeps it from it; what is refused stays so."""
    if isinstance(value, Exception):
        return value
    try:
        return stage(value)
    except Exception as error:  # noqa: BLE001  # told in its turn
        return error


def read_one(document: Document) -> Invoice:
    """The invoice of a document, or why there is none."""
    if isinstance(document, InvalidInput):
        raise document
    return read_invoice(document)  # type: ignore[arg-type]  # refuses what is none


def _located(error: TaxEngineError, block: Block, at: int, document: Document) -> TaxEngineError:
    """The error with the line of the file, where it names a line of the document."""
    if block.kind == "line" and isinstance(error, InvalidInvoice) and isinstance(document, bytes):
        try:
            parse(document, line=at)
        except InvalidInput as located:
            return InvalidInvoice(located.problems)
    return error


def told_apart(blocks: Iterator[Block], *, several: bool) -> tuple[bool, Iterator[Block]]:
    """Whether there are many documents; waits for the second where the first does not tell."""
    first = next(blocks, None)
    if first is None:
        return several, iter(())
    if several or first.kind == "item" or len(first.items) > 1:
        return True, chain([first], blocks)
    second = next(blocks, None)
    return second is not None, chain([first], blocks if second is None else chain([second], blocks))
