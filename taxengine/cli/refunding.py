"""Refunding: an invoice and its earlier refunds among results, and what of it is to be refunded.

>>> wanted("1=2, 3")
{'1': '2', '3': None}
>>> wanted('{"a,b": "0.5"}')
{'a,b': '0.5'}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import click
import msgspec

from taxengine.cli.auditing import sound
from taxengine.cli.forms import Json
from taxengine.cli.keys import key_option
from taxengine.cli.options import naming, output_options
from taxengine.cli.output import output
from taxengine.cli.sealed_options import FILES, Given, check_outputs, sealed_paths
from taxengine.cli.session import Session, debugging, pass_session
from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.explain import explain
from taxengine.core.refund import refund as refund_of
from taxengine.core.result import Calculation
from taxengine.documents import parse, read_calculation
from taxengine.recalculation.files import documents
from taxengine.recalculation.pairs import head_of
from taxengine.recalculation.replaying import replay, seal
from taxengine.recalculation.sealed import Sealed, read_sealed

MOST_NAMED = 5


class _Head(msgspec.Struct):
    invoice: str | None = None
    kind: str = ""
    error: object = None
    sealed: object = None


_plain = msgspec.json.Decoder(_Head).decode


def wanted(spelt: str) -> dict[str, Any]:
    """The quantity of each line that is asked for, None: what is left of it.

    Raises `InvalidInput` for a line that is named twice.
    """
    if spelt.lstrip().startswith("{"):
        found: Any = parse(spelt)
        named = [*found, *getattr(found, "keys_again", ())]
        sizes = {key: None if size is None else str(size) for key, size in found.items()}
    else:
        pairs = [part.strip().partition("=") for part in spelt.split(",")]
        named = [key for key, _, _ in pairs]
        sizes = {key: size if equals else None for key, equals, size in pairs}
    problems = [
        Problem("duplicateKey", f"lines.{key}: expected each line once, got it twice", f"lines.{key}")
        for key, times in Counter(named).items()
        if times > 1
    ]
    if problems:
        raise InvalidInput(problems)
    return sizes


class Note(NamedTuple):
    """A credit note that was found, and what it is known by; `place` says where it stands."""

    place: str
    held: Sealed | bytes
    invoice: str

    def calculation(self) -> Calculation:
        """The credit note, a sealed one computed again."""
        return read_calculation(self.held) if isinstance(self.held, bytes) else replay(self.held)


def found(
    files: Iterable[str], invoice: str | None, key: bytes | None
) -> tuple[Calculation, list[Calculation]]:
    """The invoice of that id, or the only one, and the credit notes of it.

    Sealed results are replayed; a credit note may also be there as its calculation, unless there is a key.
    Other invoices are passed over unread, and refusals; each credit note is checked, since its id alone
    says of which invoice it is. Raises `InvalidInput` where there is no such invoice, or several, and for a
    credit note whose invoice is not there.
    """
    invoices: dict[str, list[tuple[str, bytes]]] = {}
    notes: list[Note] = []
    strays: dict[str, str] = {}
    for place, line in documents(files):
        with naming(str(place)):
            head = _head(sound(line))
            if head is None:
                continue
            of, kind = head
            if kind == "invoice":
                kept = sound(line) if invoice in (None, of) else b""
                invoices.setdefault(of, []).append((str(place), kept))
                continue
            note = Note(str(place), _checked(sound(line), key), of)
        strays.setdefault(of, str(place))
        if invoice in (None, of):
            notes.append(note)
    stood, sealed = _sole(invoices, invoice)
    _check_strays({of: where for of, where in strays.items() if of not in invoices})
    with naming(stood):
        calculation = replay(sealed, key=key)
    return calculation, list(_told_apart(one for one in notes if one.invoice == calculation.head.invoice))


def _head(line: bytes) -> tuple[str, str] | None:
    """The id and kind of a sealed result, or of the calculation of a credit note; None for a refusal."""
    head = head_of(line)
    if head is not None:
        return head
    try:
        plain = _plain(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        plain = _Head()
    if plain.error is not None and plain.sealed is None:
        return None
    if plain.invoice is None or plain.kind != "creditNote":
        raise InvalidInput(
            Problem("invalidType", "document: expected a sealed result or a credit note, got something else")
        )
    return plain.invoice, plain.kind


def _checked(line: bytes, key: bytes | None) -> Sealed | bytes:
    """A credit note whose seal holds; without a key one without a seal, too."""
    if head_of(line) is not None:
        return read_sealed(line, key=key)
    if key is not None:
        told = "document: expected a credit note sealed with the key, got one that is not sealed"
        raise InvalidInput(
            Problem("unexpectedSeal", told, hint="make it with --sealed, or leave out the key")
        )
    return line


def _sole(invoices: Mapping[str, Sequence[tuple[str, bytes]]], invoice: str | None) -> tuple[str, bytes]:
    """The invoice that is meant, which is there once, with its place."""
    ones = [(of, one) for of, own in invoices.items() if invoice in (None, of) for one in own]
    if len(ones) != 1:
        got = ", ".join([of for of, _ in ones[:MOST_NAMED]]) or "none"
        told = f"invoice: expected one sealed invoice{f' {invoice}' if invoice else ''}, got {got}"
        several = len({of for of, _ in ones}) > 1
        hint = "name its id with --invoice" if several else "name the file that holds it, once"
        raise InvalidInput(Problem("invalidValue", told, "invoice", hint))
    return ones[0][1]


def _check_strays(strays: Mapping[str, str]) -> None:
    """Each credit note is of an invoice that is there: else its id may be another than it was."""
    hint = "name the file that holds the invoice too, or leave the credit note out"
    told = [
        f"{at}: expected a credit note of an invoice that is here, got one of {of}"
        for of, at in strays.items()
    ]
    if told:
        raise InvalidInput([Problem("invalidValue", one, "", hint) for one in told[:MOST_NAMED]])


def _told_apart(notes: Iterable[Note]) -> Iterator[Calculation]:
    """The credit notes, each of which is there once."""
    seen: dict[str, str] = {}
    for note in notes:
        with naming(note.place):
            calculation = note.calculation()
        own = {calculation.provenance.input, note.held.hash if isinstance(note.held, Sealed) else None}
        for mark in own - {None}:
            if mark in seen:
                told = f"{note.place}: expected each refund once, got that of {seen[mark]} again"
                raise InvalidInput(Problem("duplicateId", told, "", "leave one of them out"))
            seen[str(mark)] = note.place
        yield calculation


@click.command(
    epilog=FILES
    + """\
  taxengine audit refund july.jsonl --amount 11.90 --sealed -o refund.jsonl
  taxengine audit refund july.jsonl refund.jsonl --all
"""
)
@sealed_paths
@click.option("--invoice", metavar="ID", help="Of which invoice, where there are several.")
@click.option("--lines", metavar="ID[=QUANTITY],...", help="What is left of these lines, or so much of them.")
@click.option("--amount", metavar="AMOUNT", help="An amount, over all that is left.")
@click.option("--net", "basis", flag_value="net", default="gross", help="The amount is before tax.")
@click.option("--all", "everything", is_flag=True, help="All that is left.")
@click.option("--sealed", "seals", is_flag=True, help="Write the credit note as a sealed result.")
@click.option("--explain", "explains", is_flag=True, help="Say how each figure came about.")
@key_option
@output_options
@debugging
@pass_session
def refund(
    session: Session,
    /,
    *,
    sources: Given,
    invoice: str | None,
    lines: str | None,
    amount: str | None,
    basis: Any,
    everything: bool,
    seals: bool,
    explains: bool,
    key: bytes | None,
    target: str | None,
    force: bool,
) -> None:
    """The credit note for a part of a sealed invoice, at its own rates, after its earlier refunds.

    PATH holds the sealed invoice, and the refunds that were made of it: sealed, or as they were calculated.
    Partial refunds add up to the invoice, to the cent, for each line and rate, and never to more.
    """
    session.answers_refusals = True
    if [lines, amount, everything or None].count(None) != 2:
        raise click.UsageError("say what is to be refunded: --lines, --amount or --all")
    if basis == "net" and amount is None:
        raise click.UsageError("--net needs --amount, which it says is before tax")
    check_outputs(sources.files, target)
    sizes = None if lines is None else wanted(lines)
    with output(target, force=force) as out:
        of, previous = found(sources.files, invoice, key)
        credit = refund_of(of, lines=sizes, amount=amount, basis=basis, previous=previous)
        if seals:
            out.write(seal(credit, key=key).encode() + b"\n")
        else:
            story = {"explanation": explain(credit).to_dict()} if explains else {}
            out.write(Json().document({**credit.to_dict(), **story}))
