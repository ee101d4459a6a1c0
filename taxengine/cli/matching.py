"""Matching: which rates of a table apply at an address on a date, and what became of the others.

Rates that are only for sales within a state, or across its border, do not apply: no origin is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from taxengine.core.determination import Determination, Notice, Unresolved
from taxengine.core.errors import TaxEngineError, Undetermined
from taxengine.core.invoice import Invoice, Line
from taxengine.core.matching import Verdict, determine, trace
from taxengine.core.parties import Customer
from taxengine.core.place import Address
from taxengine.core.rates import TaxRate
from taxengine.core.table import RateTable
from taxengine.documents.writing import FORMAT, rate_document
from taxengine.showing.text import printable

ANY_CATEGORY = "-"
"""Stands for a category that no rate names."""


class Matched(NamedTuple):
    """The answer as a document, and why there is none where there is none."""

    document: Mapping[str, Any]
    error: TaxEngineError | None


def matched(table: RateTable, address: Address, on: date, category: str | None) -> Matched:
    """The rates that apply, each rate considered with its reason, and what stands in the way."""
    error: TaxEngineError | None = None
    taken: tuple[TaxRate, ...] = ()
    try:
        taken = table.rates_for(address, on, category)
    except Undetermined as refused:
        error = refused
    determination = determine(_sale(address, on, category), table)
    warnings = [] if error else [*table.cautions(taken, on), *_doubts(determination)]
    document: dict[str, Any] = {
        "format": FORMAT,
        "taxDate": on.isoformat(),
        "taxCategory": category,
        "rates": [rate_document(rate) for rate in taken],
        "warnings": [one.to_dict() for one in warnings],
        "considered": list(_considered(determination, category)),
    }
    return Matched(document if error is None else {**document, "error": error.to_dict()}, error)


def _sale(address: Address, on: date, category: str | None) -> Invoice:
    """An invoice of one line."""
    line = Line(id="1", amount="1", tax_category=category or ANY_CATEGORY, tax_behavior="exclusive")
    return Invoice(id="1", currency="EUR", tax_date=on, customer=Customer(address=address), lines=[line])


def _doubts(determination: Determination) -> Iterator[Notice]:
    """What the place leaves open; nothing of the price and the currency, which are not asked about."""
    (outcome,) = determination.lines
    found = outcome.problems if isinstance(outcome, Unresolved) else determination.warnings
    for one in found:
        if one.code in ("missingAddress", "equalHalves", "incompleteAddress"):
            yield Notice(one.code, "", one.message.removeprefix("lines[0]: "))


def _considered(determination: Determination, category: str | None) -> Iterator[dict[str, object]]:
    """What became of each rate, as the explanation of the invoice has it."""
    for verdict in trace(determination, 0):
        if verdict.kind != "place":
            yield {"what": verdict.kind, **_without(verdict, category)}


def _without(verdict: Verdict, category: str | None) -> dict[str, object]:
    """What is told, without the category that stands for none."""
    told: dict[str, object] = {"text": verdict.text, **verdict.data}
    if category is None and told.get("got") == ANY_CATEGORY:
        told |= {"text": verdict.text.removesuffix(f"got {ANY_CATEGORY}") + "got none", "got": ""}
    return told


def told_match(found: Matched) -> list[str]:
    """The answer as lines."""
    document = found.document
    taken = [str(rate["id"]) for rate in document["rates"]]
    category = document["taxCategory"]
    sold = "no tax category" if category is None else f"tax category {category}"
    told = ", ".join(taken) or ("undetermined" if found.error else "none")
    lines = [f"rates that apply on {document['taxDate']}, {sold}: {told}"]
    lines += [f"{one['code']}: {one['message']}" for one in document["warnings"]]
    if document["considered"]:
        lines += ["", "rates considered, the nearest first:"]
    lines += [f"  {one['text']}" for one in document["considered"]]
    return [printable(line) for line in lines]
