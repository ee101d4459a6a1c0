"""Refunding: an invoice and its earlier refunds among results, and what of it is to be refunded.

>>> wanted("1=2, 3")
{'1': '2', '3': None}
>>> wanted('{"a,b": "0.5"}')
{'a,b': '0.5'}
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any

import click
import msgspec

from taxengine.cli.forms import Json
from taxengine.cli.keys import key_option
from taxengine.cli.options import output_options
from taxengine.cli.output import output
from taxengine.cli.sealed_options import FILES, sealed_paths
from taxengine.cli.session import Session, debugging, pass_session
from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.explain import explain
from taxengine.core.refund import refund as refund_of
from taxengine.core.result import Calculation
from taxengine.documents import parse, read_calculation
from taxengine.recalculation.files import Place, documents, files_of
from taxengine.recalculation.pairs import head_of
from taxengine.recalculation.replaying import replay, seal

MOST_INDENTED = 1 << 20
"""How long a file may be to be looked at as one document; a longer one is JSON Lines."""
MOST_NAMED = 5


class _Head(msgspec.Struct):
    invoice: str
    kind: str


_plain = msgspec.json.Decoder(_Head).decode


def wanted(spelt: str) -> dict[str, Any]:
    """The quantity of each line that is asked for, None: what is left of it."""
    if spelt.lstrip().startswith("{"):
        found = parse(spelt)
        return {key: None if size is None else str(size) for key, size in found.items()}  # type: ignore[attr-defined]
    pairs = (part.strip().partition("=") for part in spelt.split(","))
    return {key: size if equals else None for key, equals, size in pairs}


def found(
    paths: Iterable[str], invoice: str | None, key: bytes | None
) -> tuple[Calculation, list[Calculation]]:
    """The invoice of that id, or the only one, and the credit notes of it.

    Sealed results are replayed; a credit note may also be there as its calculation. Other invoices are
    passed over unread. Raises `InvalidInput` where there is no such invoice, or several.
    """
    invoices: dict[str, list[bytes]] = {}
    refunds: dict[str, list[bytes]] = {}
    for place, line in _documents(paths):
        if isinstance(line, InvalidInput):
            raise line
        head = _head(line)
        if head is None:
            told = f"{place}: expected a sealed result or a credit note, got something else"
            raise InvalidInput(Problem("invalidType", told))
        if invoice in (None, head[0]):
            (invoices if head[1] == "invoice" else refunds).setdefault(head[0], []).append(line)
    if [len(lines) for lines in invoices.values()] != [1]:
        ids = ", ".join([one for one, lines in invoices.items() for _ in lines][:MOST_NAMED]) or "none"
        told = f"invoice: expected one sealed invoice{f' {invoice}' if invoice else ''}, got {ids}"
        hint = "name its id with --invoice" if len(invoices) > 1 else "name the file that holds it, once"
        raise InvalidInput(Problem("invalidValue", told, "invoice", hint))
    ((of, (sealed,)),) = invoices.items()
    return replay(sealed, key=key), [_credit(one, key) for one in refunds.get(of, ())]


def _documents(paths: Iterable[str]) -> Iterator[tuple[Place, bytes | InvalidInput]]:
    """The lines of the files, or a file as a whole where it is one document."""
    for path in files_of(paths):
        if path != "-" and os.path.getsize(path) < MOST_INDENTED:
            with open(path, "rb") as file:
                whole = file.read()
            if whole.count(b"\n") > 1 and _head(whole) is not None:
                yield Place(path, 1), whole
                continue
        yield from documents([path])


def _head(line: bytes) -> tuple[str, str] | None:
    """The id and kind of a sealed result, or of the calculation of a credit note."""
    head = head_of(line)
    if head is not None:
        return head
    try:
        plain = _plain(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return (plain.invoice, plain.kind) if plain.kind == "creditNote" else None


def _credit(line: bytes, key: bytes | None) -> Calculation:
    return read_calculation(line) if head_of(line) is None else replay(line, key=key)


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
    sources: tuple[str, ...],
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
    sizes = None if lines is None else wanted(lines)
    with output(target, force=force) as out:
        of, previous = found(sources, invoice, key)
        credit = refund_of(of, lines=sizes, amount=amount, basis=basis, previous=previous)
        if seals:
            out.write(seal(credit, key=key).encode() + b"\n")
        else:
            story = {"explanation": explain(credit).to_dict()} if explains else {}
            out.write(Json().document({**credit.to_dict(), **story}))
