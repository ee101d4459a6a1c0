"""Report: the figures as documents.md writes a Calculation."""

from typing import Any

from tests.oracle.amounts import cash_rounding, payments_paid
from tests.oracle.policy import Policy
from tests.oracle.rows import Document, Row, Tax, one_reason
from tests.oracle.sums import Number, money, round_to_int, size

LIMIT = 10**15  # major units


def report(
    document: Document, lines: list[Row], adjustments: list[Row], policy: Policy, digits: int
) -> dict[str, Any]:
    """Lines, adjustments, breakdown and totals."""
    rows = lines + adjustments
    parts: dict[str, list[Row]] = {}
    for row in adjustments:
        parts.setdefault(row.id, []).append(row)
    return {
        "lines": [figures([row], policy.mode, digits) for row in lines],
        "adjustments": [figures(shares, policy.mode, digits) for shares in parts.values()],
        "taxes": breakdown(rows, digits),
        "totals": totals(document, rows, policy, digits),
    }


def figures(shares: list[Row], mode: str, digits: int) -> dict[str, Any]:
    """One line, or one adjustment with all of its shares."""
    amount: Number = sum(row.amount for row in shares)
    return {
        "id": shares[0].id,
        "amount": money(round_to_int(amount, mode), digits),
        "discount": money(round_to_int(shares[0].discount, mode), digits),
        "net": money(sum(row.net for row in shares), digits),
        "tax": money(sum(tax.shown for row in shares for tax in row.charged), digits),
        "gross": money(sum(row.gross for row in shares), digits),
        "reason": one_reason({row.treatment.reason for row in shares}),
        "taxes": [tax_figures(tax, tax.taxable, tax.shown, digits) for row in shares for tax in row.taxes],
    }


def tax_figures(tax: Tax, taxable: int, shown: int, digits: int) -> dict[str, Any]:
    return {
        "taxRate": tax.id,
        "type": tax.type,
        "percentageDecimal": tax.percentage_text,
        "inclusive": tax.inclusive,
        "taxable": money(taxable, digits),
        "tax": money(shown, digits),
        "reason": tax.reason,
        "withheld": tax.withheld,
    }


def breakdown(rows: list[Row], digits: int) -> list[dict[str, Any]]:
    """One row a rate and reason, each the sum of its rows; in order of first appearance."""
    groups: dict[Any, list[Tax]] = {}
    for row in rows:
        for tax in row.taxes:
            groups.setdefault((tax.identity, tax.reason), []).append(tax)
    summed = []
    for group in groups.values():
        figures_of = tax_figures(
            group[0], sum(tax.taxable for tax in group), sum(tax.shown for tax in group), digits
        )
        del figures_of["inclusive"]
        if len({tax.percentage for tax in group}) > 1:  # of several brackets
            figures_of["percentageDecimal"] = None
        summed.append(figures_of)
    return summed


def totals(document: Document, rows: list[Row], policy: Policy, digits: int) -> dict[str, str]:
    scale = 10**digits
    gross = sum(row.gross for row in rows)
    withheld = sum(tax.shown for row in rows for tax in row.taxes if tax.withheld)
    paid = payments_paid(document, scale)
    payable = gross - withheld - paid
    rounding = cash_rounding(payable, policy.cash_increment, scale)
    return {
        "net": money(sum(row.net for row in rows), digits),
        "tax": money(sum(tax.shown for row in rows for tax in row.charged), digits),
        "gross": money(gross, digits),
        "withheld": money(withheld, digits),
        "paid": money(paid, digits),
        "cashRounding": money(rounding, digits),
        "payable": money(payable + rounding, digits),
    }


def too_large(rows: list[Row], answer: dict[str, Any], digits: int) -> bool:
    """Whether a figure is past 10^15 major units."""
    limit = LIMIT * 10**digits
    for row in rows:
        figures_of: list[Number] = [row.amount, row.discount, row.net, row.gross]
        for tax in row.taxes:
            figures_of += tax.shown, tax.taxable
        if any(size(figure) > limit for figure in figures_of):
            return True
    return any(abs(int(text.replace(".", ""))) > limit for text in answer["totals"].values())
