"""View: a calculation in the words and figures of a page: who, what, how much, and why.

It shows `displayName`, never a rate's `name`, which customers are not meant to see.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from taxengine.cli.figures import (
    REASONS,
    address_lines,
    adjustment,
    kind_of_tax,
    percentage,
    price,
    reason,
    where_levied,
)
from taxengine.cli.story import story_view, title_of
from taxengine.core.adjustments import Charge, Discount
from taxengine.core.arithmetic import ZERO
from taxengine.core.determination import Notice
from taxengine.core.errors import TaxEngineError
from taxengine.core.explain import Explanation
from taxengine.core.figures import LineAmounts, TaxAmount
from taxengine.core.invoice import Invoice, Line
from taxengine.core.money import minor_digits
from taxengine.core.parties import Customer, Merchant
from taxengine.core.result import Calculation
from taxengine.core.spelling import plain
from taxengine.showing.figures import MINUS, amount, long_date, money, signed

NO_BREAK = "\N{NO-BREAK SPACE}"
Anchor = str
View = dict[str, Any]


def calculated_view(anchor: Anchor, invoice: Invoice, calculation: Calculation, story: Explanation) -> View:
    """An invoice that was calculated."""
    provenance = calculation.provenance
    reasons = dict.fromkeys(REASONS[line.reason] for line in calculation.lines)
    return {
        "anchor": anchor,
        "kind": "Credit note" if invoice.kind == "creditNote" else "Invoice",
        "id": invoice.id,
        "date": long_date(invoice.tax_date),
        "currency": invoice.currency,
        "merchant": invoice.merchant and _merchant(invoice.merchant),
        "customer": invoice.customer and _customer(invoice.customer),
        "warnings": [_warning(notice, invoice) for notice in calculation.warnings],
        "lines": [*_sold(invoice, calculation), *_adjusted(invoice, calculation)],
        "taxes": [_tax(tax, calculation) for tax in calculation.taxes],
        "reasons": ", ".join(reasons),
        "totals": _totals(calculation, invoice.currency),
        "story": story_view(invoice, calculation, story),
        "engine": provenance.engine,
        "rules": provenance.rules,
        "provider": provenance.provider,
        "input": provenance.input,
        "rates": provenance.rates,
    }


def refused_view(anchor: Anchor, invoice: str | None, place: str, error: TaxEngineError) -> View:
    """An invoice that was refused."""
    verdicts = {3: "The document is invalid:", 4: "Some tax is undetermined:", 5: "The provider failed:"}
    return {
        "anchor": anchor,
        "id": invoice,
        "place": place,
        "verdict": verdicts.get(error.exit_code, "Something went wrong that should not:"),
        "problems": error.problems,
    }


def _warning(notice: Notice, invoice: Invoice) -> str:
    """A warning, a line of the invoice by its id and not by its path."""
    told = notice.message.removeprefix(f"{notice.path}: ")
    found = re.match(r"lines\[([0-9]+)\]", notice.path)
    return told if found is None else f"Line {invoice.lines[int(found[1])].id}: {told}"


class _Party(NamedTuple):
    name: str | None
    lines: list[str]
    notes: list[str]


def _merchant(merchant: Merchant) -> _Party:
    notes = [f"{one.type} {one.value}" for one in merchant.tax_ids]
    return _Party(merchant.name, address_lines(merchant.address), notes)


def _customer(customer: Customer) -> _Party:
    notes = [f"{one.type} {one.value}" for one in customer.tax_ids]
    status = {"exempt": "exempt from tax", "reverseCharge": "reverse charge"}.get(customer.tax_status)
    notes += [status] if status else []
    return _Party(customer.name or customer.id, address_lines(customer.address), notes)


def _sold(invoice: Invoice, calculation: Calculation) -> list[View]:
    return [
        {
            "what": line.description or line.product or line.tax_category or "",
            "notes": _notes(line),
            "price": _price(line, minor_digits(invoice.currency)),
            "steps": [*map(_step, line.discounts), *map(_step, line.charges)],
            **_figures(result),
        }
        for line, result in zip(invoice.lines, calculation.lines, strict=True)
    ]


def _price(line: Line, digits: int) -> str:
    if line.unit_price is None:
        return ""
    return f"{plain(line.quantity)} × {price(line.unit_price, digits)}".replace("-", MINUS)


def _notes(line: Line) -> list[str]:
    named = {line.description, line.product, line.tax_category} - {None}
    first = line.description or line.product or line.tax_category
    return [text for text in (line.product, line.tax_category) if text and text != first and text in named]


def _step(part: Charge | Discount) -> str:
    sign = "+" if isinstance(part, Charge) else "−"
    figure = amount(part.amount or ZERO)
    if part.percent is not None:
        figure = f"{plain(part.percent)}{NO_BREAK}%"
    return f"{sign} {figure} {part.description or ''}".rstrip()


def _adjusted(invoice: Invoice, calculation: Calculation) -> list[View]:
    shown = []
    for result in calculation.adjustments:
        what = adjustment(invoice, result.id).description or ""
        row = {"what": what, "notes": [], "price": "", "steps": []}
        shown.append({**row, **_figures(result), "id": title_of(result.id)})
    return shown


def _figures(result: LineAmounts) -> View:
    taxes = [f"{kind_of_tax(tax)} {rate(tax)}{_side(tax)}" for tax in result.taxes]
    discounted = f"{signed(result.amount)} {MINUS} {signed(result.discount)}"
    return {
        "id": result.id,
        "discounted": f"{discounted} discount" if result.discount else "",
        "net": signed(result.net),
        "tax": signed(result.tax),
        "gross": signed(result.gross),
        "labels": taxes or [REASONS[result.reason]],
    }


def rate(tax: TaxAmount) -> str:
    """What a tax charges, the per cent sign at its figure."""
    return percentage(tax).replace(" %", f"{NO_BREAK}%")


def _side(tax: TaxAmount) -> str:
    return " withheld" if tax.rate.withheld else " incl." if tax.rate.inclusive else ""


def _tax(tax: TaxAmount, calculation: Calculation) -> View:
    sides = {
        one.rate.inclusive
        for line in (*calculation.lines, *calculation.adjustments)
        for one in line.taxes
        if one.rate.id == tax.rate.id and one.rate.reason == tax.rate.reason
    }
    side = "" if sides == {False} else "inside the price" if sides == {True} else "partly inside the price"
    if tax.rate.withheld:
        side = "withheld by the customer"
    note = ", ".join(part for part in (where_levied(tax), reason(tax), side) if part)
    return {
        "label": kind_of_tax(tax),
        "note": note,
        "rate": rate(tax),
        "taxable": signed(tax.taxable),
        "tax": signed(tax.tax),
    }


class _Total(NamedTuple):
    name: str
    value: str


def _totals(calculation: Calculation, currency: str) -> list[_Total]:
    totals = calculation.totals
    rows = [("Net", totals.net), ("Tax", totals.tax), ("Gross", totals.gross)]
    rest = (
        ("Withheld by the customer", -totals.withheld),
        ("Paid", -totals.paid),
        ("Cash rounding", totals.cash_rounding),
    )
    rows += [(name, value) for name, value in rest if value]
    return [
        *(_Total(name, signed(value)) for name, value in rows),
        _Total("Payable", money(totals.payable, currency).replace("-", MINUS)),
    ]
