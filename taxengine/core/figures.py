"""Figures: the amounts of a tax, of a line and of an invoice, as a result shows them.

>>> Totals(*map(Decimal, ("8.40", "1.60", "10.00", "0.00", "0.00", "0.00", "10.00"))).gross
Decimal('10.00')
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from taxengine.core.errors import InvalidInvoice, Problem
from taxengine.core.reasons import Reason
from taxengine.core.spelling import plain
from taxengine.core.stack import AppliedRate, breakdown_key
from taxengine.core.vat_codes import vat_codes


class TaxAmount(NamedTuple):
    """One tax of a line, or one row of the breakdown: the rate as applied, and two amounts.

    `tax` is withheld, and no part of any total of tax, where `rate.withheld`.
    """

    rate: AppliedRate
    taxable: Decimal
    tax: Decimal

    def plus(self, other: TaxAmount) -> TaxAmount:
        """Both amounts together, at the rate of the first; without what another bracket says otherwise.

        Raises `InvalidInvoice` where two different rates go by one id: nobody could tell them apart.
        """
        own, theirs = self.rate.rate, other.rate.rate
        if own is not theirs and own != theirs:
            told = f"taxRates: expected an id of its own for each rate, got {self.rate.id} for two"
            raise InvalidInvoice(Problem("duplicateId", told, data={"rates": [self.rate.id]}))
        rate = self.rate
        if rate.bracket != other.rate.bracket:
            one = rate.percentage_decimal == other.rate.percentage_decimal
            rate = rate._replace(bracket=None, percentage_decimal=rate.percentage_decimal if one else None)
        return TaxAmount(rate, self.taxable + other.taxable, self.tax + other.tax)

    @property
    def percentage_decimal(self) -> Decimal | None:
        """The rate as a fraction; None where it is a fixed amount only, or differs by bracket."""
        return self.rate.percentage_decimal

    def to_dict(self) -> dict[str, object]:
        """The row as the document shows it."""
        rate = self.rate
        percentage = rate.percentage_decimal
        category, vatex = vat_codes(rate)
        shown: dict[str, object] = {
            "taxRate": rate.id,
            "name": rate.name,
            "type": str(rate.type),
            "level": rate.level and str(rate.level),
            "country": rate.country,
            "state": rate.state,
            "jurisdiction": rate.jurisdiction,
            "percentageDecimal": None if percentage is None else f"{percentage:f}",
            "inclusive": rate.inclusive,
            "taxable": str(self.taxable),
            "tax": str(self.tax),
            "reason": rate.reason.value,
            "withheld": rate.withheld,
            "vatCategoryCode": category,
            "vatexCode": vatex,
        }
        if rate.bracket is not None:
            shown["bracket"] = rate.bracket.to_dict()
        return shown


class Entered(NamedTuple):
    """A percentage typed by hand on a line, and whether it was used."""

    value: Decimal
    used: bool


class LineAmounts(NamedTuple):
    """The figures of a line, or of a charge or discount that is taxed by itself.

    `amount` is before invoice discounts, `discount` its share of them, positive when it lowers. `share` is
    the part of an invoice's line that a refund takes.
    """

    id: str
    amount: Decimal
    discount: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal
    reason: Reason
    taxes: tuple[TaxAmount, ...]
    entered: Entered | None = None
    share: Fraction | None = None

    @property
    def figures(self) -> list[Decimal]:
        """All of its amounts: its own, then what each tax is on and what it comes to."""
        return [*self[1:6], *(amount for row in self.taxes for amount in row[1:])]

    def to_dict(self, seen: dict[int, dict[str, object]]) -> dict[str, object]:
        """The line as the document shows it; `seen` are the rates that it has shown before.

        Figures are mostly one and the same object, and are spelt once.
        """
        _, amount, discount, net, tax, gross, *_ = self
        net_spelt, tax_spelt = str(net), str(tax)
        rows = []
        for rate, taxable, part in self.taxes:
            known = seen.get(id(rate))
            if known is None:
                known = seen[id(rate)] = TaxAmount(rate, taxable, part).to_dict()
            row = known.copy()
            row["taxable"] = net_spelt if taxable is net else str(taxable)
            row["tax"] = tax_spelt if part is tax else str(part)
            rows.append(row)
        shown: dict[str, object] = {
            "id": self.id,
            "amount": net_spelt if amount is net else str(amount),
            "discount": str(discount),
            "net": net_spelt,
            "tax": tax_spelt,
            "gross": str(gross),
            "reason": self.reason._value_,
            "taxes": rows,
        }
        if self.entered is not None:
            shown["enteredPercent"] = {"value": plain(self.entered.value), "used": self.entered.used}
        if self.share is not None:
            shown["share"] = str(self.share)
        return shown


class Totals(NamedTuple):
    """The sums of an invoice, in major units: payable = gross - withheld - paid + cash_rounding."""

    net: Decimal
    tax: Decimal
    gross: Decimal
    withheld: Decimal
    paid: Decimal
    cash_rounding: Decimal
    payable: Decimal

    @property
    def sentence(self) -> str:
        """The totals in words."""
        parts = f"net {self.net} + tax {self.tax} = gross {self.gross}"
        for told, value in (("withheld", self.withheld), ("paid", self.paid)):
            parts += f", {told} {value}" if value else ""
        coins = f" after cash rounding of {self.cash_rounding}" if self.cash_rounding else ""
        return f"Totals: {parts}; payable {self.payable}{coins}"

    def to_dict(self) -> dict[str, object]:
        """The totals as the document shows them."""
        return {
            "net": str(self.net),
            "tax": str(self.tax),
            "gross": str(self.gross),
            "withheld": str(self.withheld),
            "paid": str(self.paid),
            "cashRounding": str(self.cash_rounding),
            "payable": str(self.payable),
        }


def breakdown(rows: Iterable[TaxAmount]) -> list[TaxAmount]:
    """One row a rate and reason, in order of first appearance."""
    known: dict[Hashable, TaxAmount] = {}
    for row in rows:
        key = breakdown_key(row.rate)
        known[key] = known[key].plus(row) if key in known else row
    return list(known.values())
