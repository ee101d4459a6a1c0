"""Table: calculations as a person reads them in a terminal."""

from __future__ import annotations

from taxengine.cli.figures import (
    REASONS,
    adjustment,
    kind_of_tax,
    percentage,
    reason,
    where_levied,
)
from taxengine.cli.listing import listed
from taxengine.cli.text import Text
from taxengine.core.explain import Explanation
from taxengine.core.figures import LineAmounts
from taxengine.core.invoice import Invoice
from taxengine.core.result import Calculation
from taxengine.core.spelling import plain
from taxengine.showing.figures import amount
from taxengine.showing.text import printable


class Table(Text):
    """A listing of the lines, each tax, and the totals."""

    def calculated(self, invoice: Invoice, calculation: Calculation, story: Explanation | None) -> bytes:
        lines = [*_head(invoice, calculation), "", *_lines(invoice, calculation), "", *_taxes(calculation)]
        lines += _totals(calculation)
        lines += [printable(f"note: {notice.message}") for notice in calculation.warnings]
        if story is not None:
            lines += ["", *map(printable, str(story).split("\n"))]
        return self.told(lines)


def _head(invoice: Invoice, calculation: Calculation) -> list[str]:
    kind = "Credit note" if invoice.kind == "creditNote" else "Invoice"
    policy = calculation.policy.name or "of its own"
    told = [f"{kind} {invoice.id}  {invoice.tax_date}  {invoice.currency}  policy {policy}"]
    parties = ((invoice.merchant, "from"), (invoice.customer, "to"))
    told += ["  ".join(f"{word} {party.name}" for party, word in parties if party is not None and party.name)]
    return [printable(line) for line in told if line]


def _lines(invoice: Invoice, calculation: Calculation) -> list[str]:
    rows = [["line", "what", "quantity", "price", "net", "tax", "gross", ""]]
    for sold, line in zip(invoice.lines, calculation.lines, strict=True):
        what = sold.description or sold.product or sold.tax_category or ""
        price = "" if sold.unit_price is None else f"{sold.unit_price:,f}"
        rows.append([line.id, what, plain(sold.quantity) if price else "", price, *_amounts(line)])
    rows += [
        [line.id, adjustment(invoice, line.id).description or "", "", "", *_amounts(line)]
        for line in calculation.adjustments
    ]
    return listed(rows, "<<>>>>><")


def _amounts(line: LineAmounts) -> list[str]:
    return [amount(line.net), amount(line.tax), amount(line.gross), REASONS[line.reason]]


def _taxes(calculation: Calculation) -> list[str]:
    rows = [["tax", "where", "rate", "taxable", "tax", ""]]
    for tax in calculation.taxes:
        held = "withheld" if tax.rate.withheld else reason(tax)
        figures = [percentage(tax), amount(tax.taxable), amount(tax.tax)]
        rows.append([kind_of_tax(tax), where_levied(tax), *figures, held])
    return [*listed(rows, "<<>>><"), ""] if len(rows) > 1 else []


def _totals(calculation: Calculation) -> list[str]:
    totals = calculation.totals
    shown = [("net", totals.net), ("tax", totals.tax), ("gross", totals.gross)]
    rest = (("withheld", -totals.withheld), ("paid", -totals.paid), ("cash rounding", totals.cash_rounding))
    shown += [(name, value) for name, value in rest if value]
    shown.append(("payable", totals.payable))
    wide = max(len(amount(value)) for _, value in shown)
    currency = calculation.head.currency
    return [f"{name:13}  {amount(value):>{wide}} {currency}" for name, value in shown]
