"""Result: a calculation, which cannot be built unless it adds up.

>>> totals = Totals(ZERO, ZERO, Decimal(1), ZERO, ZERO, ZERO, Decimal(1))
>>> check_totals(totals, ZERO, ZERO, ZERO)
Traceback (most recent call last):
...
taxengine.core.errors.InvariantBroken: totals: expected 0 + 0 = 0 of the lines, got 0 + 0 = 1
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Self

from taxengine.core.arithmetic import ZERO, exactly
from taxengine.core.determination import Determination, Notice
from taxengine.core.errors import InvariantBroken, Problem
from taxengine.core.figures import LineAmounts, TaxAmount, Totals
from taxengine.core.policy import Policy
from taxengine.core.provenance import Provenance, digest, input_digest, rates_digest
from taxengine.core.spelling import canonical_json
from taxengine.core.stack import breakdown_key


class Head(NamedTuple):
    """Which document a calculation is of."""

    invoice: str
    kind: str
    currency: str
    tax_date: date


class Record(NamedTuple):
    """What a calculation knows of its document where it was not calculated here: it was read."""

    head: Head
    warnings: tuple[Notice, ...]
    provenance: Provenance


class Refunded(NamedTuple):
    """What a credit note was made of: an invoice, what was refunded of it before, and what was asked for."""

    of: Calculation
    previous: tuple[Calculation, ...]
    asked: Mapping[str, object]

    @property
    def head(self) -> Head:
        """Which document it is of: that of the invoice."""
        return self.of.head._replace(kind="creditNote")

    @property
    def provenance(self) -> Provenance:
        """That of the invoice, whose rates stand; the input is the invoice's with what was asked for."""
        whole = self.of.provenance
        earlier = sorted(one.provenance.input or "" for one in self.previous)
        given = digest(canonical_json([whole.input, self.asked, earlier]))
        return Provenance(whole.provider, given, whole.rates, whole.degraded)

    @property
    def warnings(self) -> tuple[Notice, ...]:
        """Those of the invoice as a whole; what is to be said of a line stays there."""
        return tuple(one for one in self.of.warnings if "[" not in one.path)


class _Figures(NamedTuple):
    lines: tuple[LineAmounts, ...]
    adjustments: tuple[LineAmounts, ...]
    taxes: tuple[TaxAmount, ...]
    totals: Totals
    policy: Policy
    source: Determination | Record | Refunded


class Calculation(_Figures):
    """The tax of an invoice: its lines, adjustments, breakdown and totals. Immutable.

    `source` is what it was made of: a determination, an invoice refunded, or the record of one that was read.
    Raises `InvariantBroken` unless every part adds up, to the last minor unit.
    """

    def __new__(
        cls,
        *,
        lines: Iterable[LineAmounts],
        adjustments: Iterable[LineAmounts],
        taxes: Iterable[TaxAmount],
        totals: Totals,
        policy: Policy,
        source: Determination | Record | Refunded,
    ) -> Self:
        figures = (tuple(lines), tuple(adjustments), tuple(taxes), totals, policy, source)
        one = tuple.__new__(cls, figures)
        check_sums(one)
        return one

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Calculation is immutable: {name} stays as it is")

    def __reduce__(self) -> tuple[object, ...]:
        record = Record(self.head, self.warnings, self.provenance)
        return _restore, (self.lines, self.adjustments, self.taxes, self.totals, self.policy, record)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calculation) and self.to_dict() == other.to_dict()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.head, self.totals))

    def __repr__(self) -> str:
        totals = ", ".join(f"{name}={value}" for name, value in self.totals.to_dict().items())
        return f"Calculation(invoice={self.head.invoice!r}, currency={self.head.currency!r}, {totals})"

    @property
    def head(self) -> Head:
        """Which document it is of."""
        if not isinstance(self.source, Determination):
            return self.source.head
        invoice = self.source.invoice
        return Head(invoice.id, invoice.kind, invoice.currency, invoice.tax_date)

    @property
    def warnings(self) -> tuple[Notice, ...]:
        """What is worth a look, though nothing is wrong with the figures."""
        return self.source.warnings

    @property
    def provenance(self) -> Provenance:
        """Who determined the taxes, and the digests of what went in; computed on first access."""
        known: Provenance | None = self.__dict__.get("_provenance")
        if known is None:
            known = self.__dict__["_provenance"] = self._traced()
        return known

    def _traced(self) -> Provenance:
        if not isinstance(self.source, Determination):
            return self.source.provenance
        asked = self.source
        rates = {row.rate.id: row.rate.rate for row in self.taxes}.values()
        digests = [rate.digest for rate in rates if rate is not None]
        return Provenance(asked.provider, input_digest(asked.invoice), rates_digest(digests), asked.degraded)

    def traced_to(self, provenance: Provenance) -> Calculation:
        """The same figures, which an earlier calculation had, with its provenance."""
        same: Calculation = tuple.__new__(Calculation, self)
        same.__dict__["_provenance"] = provenance
        return same

    def to_dict(self) -> dict[str, object]:
        """The calculation document: plain JSON types, amounts as strings, always the same key order."""
        seen: dict[int, dict[str, object]] = {}
        return {
            "format": 1,
            "invoice": self.head.invoice,
            "kind": self.head.kind,
            "currency": self.head.currency,
            "taxDate": self.head.tax_date.isoformat(),
            "lines": [line.to_dict(seen) for line in self.lines],
            "adjustments": [line.to_dict(seen) for line in self.adjustments],
            "taxes": [row.to_dict() for row in self.taxes],
            "totals": self.totals.to_dict(),
            "warnings": [notice.to_dict() for notice in self.warnings],
            "policy": self.policy.to_dict(),
            "provenance": self.provenance.to_dict(),
        }


def _restore(*parts: Any) -> Calculation:
    lines, adjustments, taxes, totals, policy, record = parts
    return Calculation(
        lines=lines, adjustments=adjustments, taxes=taxes, totals=totals, policy=policy, source=record
    )


def _broken(told: str) -> InvariantBroken:
    return InvariantBroken(Problem("invariantBroken", told))


@exactly
def check_sums(calculation: Calculation) -> None:
    """Raise `InvariantBroken` unless lines, breakdown and totals add up in every direction."""
    totals = calculation.totals
    net = tax = gross = withheld = ZERO
    left = {breakdown_key(row.rate): (row.taxable, row.tax) for row in calculation.taxes}
    for line in (*calculation.lines, *calculation.adjustments):
        if line.net + line.tax != line.gross:
            raise _broken(
                f"line {line.id}: expected net + tax = gross, got {line.net} + {line.tax} and {line.gross}"
            )
        charged = ZERO
        for row in line.taxes:
            key = breakdown_key(row.rate)
            taxable, rest = left.get(key, (ZERO, ZERO))
            left[key] = taxable - row.taxable, rest - row.tax
            if row.rate.withheld:
                withheld += row.tax
            else:
                charged += row.tax
        if charged != line.tax:
            raise _broken(f"line {line.id}: expected its taxes to add up to {line.tax}, got {charged}")
        net += line.net
        tax += line.tax
        gross += line.gross
    shown = sum((row.tax for row in calculation.taxes if not row.rate.withheld), ZERO)
    if any(map(any, left.values())) or len(left) != len(calculation.taxes) or shown != tax:
        raise _broken(f"taxes: expected a breakdown of the taxes of the lines, got a difference: {left}")
    check_totals(totals, net, tax, gross)
    due = gross - totals.withheld - totals.paid + totals.cash_rounding
    if withheld != totals.withheld or due != totals.payable:
        raise _broken(f"totals: expected a payable of {due} and {withheld} withheld, got {totals.payable}")


def check_totals(totals: Totals, net: Decimal, tax: Decimal, gross: Decimal) -> None:
    """Raise `InvariantBroken` unless the totals are the sums of the lines, and add up."""
    if net + tax != gross or (net, tax, gross) != totals[:3]:
        got = f"{totals.net} + {totals.tax} = {totals.gross}"
        raise _broken(f"totals: expected {net} + {tax} = {gross} of the lines, got {got}")
