"""Law: what a provider determined, as it stands in a sealed result, and read back from there.

Outcomes are told once and named by their place in the list, since most lines of an invoice share one.

>>> from datetime import date
>>> from taxengine.core.invoice import Line
>>> from taxengine.core.rates import TaxRate
>>> vat = TaxRate(id="vat", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)
>>> invoice = Invoice(id="1", currency="EUR", tax_date=date(2026, 3, 1), lines=[Line(id="1", amount="9.00")])
>>> told, rates = law_document(Determination(invoice=invoice, lines=[Taxed([vat])], provider="example"))
>>> told["outcomes"], told["lines"]
([{'taxed': [{'rate': 0}], 'reason': 'standardRated'}], [0])
>>> law_of(told, rates, invoice, ()).lines[0].reason.value
'standardRated'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import msgspec

from taxengine.core.determination import (
    Determination,
    Notice,
    NotTaxed,
    Outcome,
    StatedTax,
    Taxed,
    TaxedIn,
    Unresolved,
)
from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.invoice import Invoice
from taxengine.core.matching import taxed_in
from taxengine.core.rates import TaxRate
from taxengine.core.reasons import Reason
from taxengine.core.stack import AppliedRate, applied
from taxengine.core.values import document_name
from taxengine.documents.reading import RATE, read_as
from taxengine.documents.writing import encoded, rate_document

Document = dict[str, Any]
Numbered = dict[int, tuple[int, TaxRate]]
"""Rates in the order of their first use, each with its place there."""

_NO_RATE: Final = AppliedRate(
    None, None, None, "", None, None, None, None, None, inclusive=False, reason=Reason.STANDARD_RATED,
    withheld=False,
)  # fmt: skip
_TOLD: Final = AppliedRate._fields[1:-1]
"""What is told of an applied rate where it is not as the rate has it; its bracket is a line's own."""


def law_document(determination: Determination) -> tuple[Document, list[TaxRate]]:
    """What was determined, as plain JSON types, and the rates that it names by their place."""
    rates: Numbered = {}
    outcomes: dict[bytes, tuple[int, Document]] = {}
    places: dict[int, int] = {}

    def at(outcome: Outcome | None) -> int | None:
        if outcome is None:
            return None
        if id(outcome) not in places:
            told = _outcome(outcome, rates)
            places[id(outcome)], _ = outcomes.setdefault(encoded(told), (len(outcomes), told))
        return places[id(outcome)]

    invoice = determination.invoice
    told: Document = {
        "provider": determination.provider,
        "sourcing": determination.sourcing,
        "missingRate": determination.missing_rate,
        "degraded": determination.degraded,
        "lines": [at(outcome) for outcome in determination.lines],
        "charges": [at(outcome) for outcome in determination.charges],
        "discounts": [at(outcome) for outcome in determination.discounts],
        "places": [taxed_in(determination, line) for line in (*invoice.lines, None)],
    }
    told["outcomes"] = [one for _, one in outcomes.values()]
    return told, [rate for _, rate in rates.values()]


def _outcome(outcome: Outcome, rates: Numbered) -> Document:
    if isinstance(outcome, Unresolved):
        told = "determination: expected one whose lines are all determined, got one that is not"
        raise InvalidInput(Problem("invalidValue", told))
    kind = "taxed" if isinstance(outcome, Taxed) else "notTaxed"
    told_of: Document = {
        kind: [_row(one, rates) for one in outcome.stack.rates],
        "reason": outcome.reason.value,
    }
    if outcome.stated is not None:
        told_of["stated"] = [{"taxable": f"{one.taxable:f}", "tax": f"{one.tax:f}"} for one in outcome.stated]
    if outcome.entered:
        told_of["entered"] = True
    return told_of


def _row(one: AppliedRate, rates: Numbered) -> Document:
    """The place of its rate, and whatever is not as that rate has it."""
    told: Document = {}
    usual = _NO_RATE
    if one.rate is not None:
        told["rate"], _ = rates.setdefault(id(one.rate), (len(rates), one.rate))
        usual = applied(one.rate)
    for name in _TOLD:
        held = getattr(one, name)
        if held != getattr(usual, name):
            told[document_name(name)] = f"{held:f}" if isinstance(held, Decimal) else held
    return told


def law_of(
    told: Mapping[str, Any], rates: Sequence[TaxRate], invoice: Invoice, warnings: Iterable[Notice]
) -> Determination:
    """What was determined, of its document; what does not fit is a broken document."""
    outcomes = _outcomes(encoded(told["outcomes"]), tuple(map(_Same, rates)))
    placed = [None if one is None else (one[0], one[1]) for one in told["places"]]
    places: dict[str | None, TaxedIn] = dict(zip((line.id for line in invoice.lines), placed, strict=False))
    places[None] = placed[-1]
    return Determination(
        invoice=invoice,
        lines=[outcomes[int(index)] for index in told["lines"]],
        charges=[None if index is None else outcomes[int(index)] for index in told["charges"]],
        discounts=[None if index is None else outcomes[int(index)] for index in told["discounts"]],
        provider=told["provider"],
        sourcing=told["sourcing"],
        missing_rate=told["missingRate"],
        degraded=told["degraded"],
        warnings=warnings,
        places=places,
    )


class _Same:
    """A rate as a key: itself, since equal ones may be spelt differently, and are shown so."""

    __slots__ = ("rate",)

    def __init__(self, rate: TaxRate) -> None:
        self.rate = rate

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.rate is other.rate

    def __hash__(self) -> int:
        return id(self.rate)


@lru_cache(maxsize=4096)
def _outcomes(spelt: bytes, rates: tuple[_Same, ...]) -> tuple[Taxed | NotTaxed, ...]:
    """The outcomes; invoices by the million share few of them."""
    return tuple(_outcome_of(told, rates) for told in msgspec.json.decode(spelt))


def _outcome_of(told: Mapping[str, Any], rates: Sequence[_Same]) -> Taxed | NotTaxed:
    rows = [_row_of(one, rates) for one in told.get("taxed", told.get("notTaxed"))]
    if "taxed" not in told:
        return NotTaxed(Reason(told["reason"]), rows)
    stated = told.get("stated")
    amounts = stated and [StatedTax(Decimal(one["taxable"]), Decimal(one["tax"])) for one in stated]
    return Taxed(rows, stated=amounts, entered=told.get("entered", False))


def _row_of(told: Mapping[str, Any], rates: Sequence[_Same]) -> AppliedRate:
    row = _NO_RATE if told.get("rate") is None else applied(rates[told["rate"]].rate)
    changes: dict[str, Any] = {name: told[key] for name, key in _KEYS if key in told}
    if changes.get("percentage_decimal") is not None:
        changes["percentage_decimal"] = Decimal(changes["percentage_decimal"])
    if "reason" in changes:
        changes["reason"] = Reason(changes["reason"])
    return row._replace(**changes)


_KEYS: Final = [(name, document_name(name)) for name in _TOLD]


def rates_document(rates: Iterable[TaxRate]) -> list[Document]:
    """The rates in full, as published objects."""
    return [rate_document(rate) for rate in rates]


def rates_of(told: Iterable[object]) -> list[TaxRate]:
    """The rates, of their documents. Raises `InvalidRate`."""
    return [_rate(encoded(one)) for one in told]


@lru_cache(maxsize=16384)
def _rate(spelt: bytes) -> TaxRate:
    """A rate; invoices by the million share few of them."""
    rate: TaxRate = read_as(RATE, spelt)
    return rate
