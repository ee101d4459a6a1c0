"""Party: what a sealed result says of persons, in a block that can be taken out later.

Names, the lines of an address, tax numbers and the customer's id do not decide a tax that is settled. They
lie beside what is sealed, which holds a salted hash of them; so does the digest of the whole invoice, from
which one could guess them.

>>> invoice = {"id": "1", "customer": {"name": "Ada", "address": {"country": "DE", "line1": "Weg 1"}}}
>>> rest, fields = parted(invoice)
>>> rest
{'id': '1', 'customer': {'address': {'country': 'DE'}}}
>>> fields
{'customer.name': 'Ada', 'customer.address.line1': 'Weg 1'}
>>> rejoined(rest, fields) == invoice
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

Document = dict[str, Any]

_OF_ADDRESS = ("line1", "line2", "meta")
_OF_MERCHANT = ("name", "taxIds", "meta")
_OF_CUSTOMER = ("id", "name", "taxIds", "meta")
_STEP = re.compile(r"([A-Za-z0-9]+)(?:\[([0-9]+)\])?(?:\.|$)")

TAX_IDS = "customer.taxIds"
"""The field on which it may rest which country taxes a sale."""


def parted(invoice: Mapping[str, Any]) -> tuple[Document, Document]:
    """The document of an invoice without what it says of persons, and that by its paths."""
    rest: Document = dict(invoice)
    fields: Document = {}
    known: dict[str, Any] = {}
    for path, names in _places(invoice):
        holder = _copied(rest, path, known)
        for name in names:
            if name in holder:
                fields[f"{path}.{name}"] = holder.pop(name)
    return rest, fields


def rejoined(rest: Mapping[str, Any], fields: Mapping[str, Any]) -> Document:
    """The document of the invoice again."""
    whole: Document = dict(rest)
    known: dict[str, Any] = {}
    for path, held in fields.items():
        where, _, name = path.rpartition(".")
        _copied(whole, where, known)[name] = held
    return whole


def _places(invoice: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The objects of an invoice that say something of persons, by their paths, and the names of that."""
    for party, names in (("merchant", _OF_MERCHANT), ("customer", _OF_CUSTOMER)):
        if party in invoice:
            yield party, names
            if "address" in invoice[party]:
                yield f"{party}.address", _OF_ADDRESS
            for name in ("certificates", "registrations"):
                for index in range(len(invoice[party].get(name, ()))):
                    yield f"{party}.{name}[{index}]", ("number", "meta")
    for index, line in enumerate(invoice.get("lines", ())):
        for end in ("shipTo", "shipFrom"):
            if end in line:
                yield f"lines[{index}].{end}", _OF_ADDRESS


def _copied(whole: Document, path: str, known: dict[str, Any]) -> Document:
    """The object at the path, a copy that stands in the place of the original; `known` are those copied.

    `whole` is a copy already. Each list and object is copied once, however many paths go through it.
    """
    holder: Any = whole
    for found in _STEP.finditer(path):
        steps: list[str | int] = [found[1]] if found[2] is None else [found[1], int(found[2])]
        for end, step in enumerate(steps, start=1):
            at = path[: found.start()] + repr(steps[:end])
            if at not in known:
                inner = holder[step]
                known[at] = holder[step] = list(inner) if isinstance(inner, list) else dict(inner)
            holder = known[at]
    made: Document = holder
    return made
