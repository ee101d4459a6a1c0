"""Calculate: an invoice document and rates to the figures of its Calculation document."""

from collections.abc import Callable
from typing import Any

from tests.oracle.amounts import apply_discounts, invoice_amount, line_amount, quantity_of
from tests.oracle.brackets import has_brackets, settle
from tests.oracle.charges import shared_rows, strategy_of
from tests.oracle.checks import Problem, problems_of
from tests.oracle.determine import case_of, item_of, treat_all
from tests.oracle.policy import Policy, read_policy
from tests.oracle.report import report, too_large
from tests.oracle.rounding import round_rows
from tests.oracle.rows import Document, Refused, Row, Treatment
from tests.oracle.stack import fixed_on_row, fixed_per_invoice, left_aside, set_coefficients, solve
from tests.oracle.sums import MINOR_DIGITS, Number, sign
from tests.oracle.taxability import Case


def calculate(document: Document, rates: list[Document], *, missing_rate: str = "error") -> dict[str, Any]:
    """The figures of the Calculation, or `{"error": {"problems": [{"code", "path"}]}}`.

    Problems come in three stages, each reported whole before the next is looked at: those of the document,
    those of the law (which rates apply), those of the sum. A payment that is too fine is told with the first
    stage that has any: no tax depends on it.

    >>> invoice = {"id": "i", "currency": "EUR", "taxDate": "2026-01-01",
    ...            "lines": [{"id": "1", "amount": "52.50", "taxRates": ["r"]}]}
    >>> rate = {"id": "r", "country": "DE", "type": "valueAddedTax",
    ...         "percentageDecimal": "0.12", "inclusive": True}
    >>> calculate(invoice, [rate])["totals"]["net"]
    '46.87'
    """
    try:
        found = problems_of(document)
        if any(code != "paymentTooFine" for code, _ in found):
            raise Refused(*found)
        case = case_of(document, rates, missing_rate)
        return calculated(document, case, treat_all(document, case, found))
    except Refused as refused:
        problems = [{"code": code, "path": path} for code, path in refused.problems]
        return {"error": {"problems": problems}}


def calculated(document: Document, case: Case, treatments: dict[str, Treatment]) -> dict[str, Any]:
    """The sum, once it is known which rates apply."""
    policy = read_policy(document.get("policy"))
    digits = MINOR_DIGITS[document["currency"]]
    scale = 10**digits
    problems = unequal_halves(treatments, policy)
    lines = line_rows(document, case, treatments, scale, policy)
    own_discounts = apply_discounts(document.get("discounts") or (), lines, scale, policy, problems)
    shares = fixed_per_invoice(lines, scale, policy.mode, problems)
    for row in lines:
        set_coefficients(row.taxes, fixed_on_row(row, shares, scale))
        if has_brackets(row):
            collect(problems, lambda row: settle(row, fixed_on_row(row, shares, scale), scale), row)
            set_coefficients(row.taxes, left_aside)
        else:
            collect(problems, solve, row)
    adjustments = [
        own_row(f"discount-{i}", amount, treatments[f"discounts[{i}]"], scale) for i, amount in own_discounts
    ]
    base = sum(row.left for row in lines)
    for i, charge in enumerate(document.get("charges") or ()):
        amount = invoice_amount(charge, base, scale, policy)
        strategy = strategy_of(charge, document)
        if strategy == "own":
            adjustments.append(own_row(f"charge-{i}", amount, treatments[f"charges[{i}]"], scale))
        else:
            adjustments += shared_rows(
                f"charge-{i}", f"charges[{i}]", strategy, amount, lines, policy.mode, problems
            )
    where = item_of("", {}, document, case).where
    for row in adjustments:
        row.place = where
        unsettled = has_brackets(row) and any(tax.bracket is None for tax in row.taxes if tax.steps)
        collect(problems, refuse_brackets if unsettled else solve, row)
    refuse(problems)
    round_rows(lines + adjustments, policy)
    answer = report(document, lines, adjustments, policy, digits)
    refuse([("amountTooLarge", "")] if too_large(lines + adjustments, answer, digits) else [])
    return answer


def refuse_brackets(row: Row) -> None:
    raise Refused(("bracketsWithoutUnit", row.path))


def refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused(*problems)


def collect(problems: list[Problem], step: Callable[[Row], None], row: Row) -> None:
    """Go on after a problem, so that all of them are reported."""
    try:
        step(row)
    except Refused as refused:
        problems += refused.problems


def line_rows(
    document: Document, case: Case, treatments: dict[str, Treatment], scale: int, policy: Policy
) -> list[Row]:
    """The invoice's lines with their amounts."""
    return [
        Row(
            id=line["id"],
            path=f"lines[{i}]",
            quantity=quantity_of(line),
            amount=line_amount(line, scale, policy),
            place=item_of(f"lines[{i}]", line, document, case).where,
            treatment=treatments[f"lines[{i}]"],
            category=line.get("taxCategory"),
        )
        for i, line in enumerate(document["lines"])
    ]


def own_row(row_id: str, amount: Number, treatment: Treatment, scale: int) -> Row:
    """A discount or charge of its own: a line of quantity 1 or -1."""
    name, _, i = row_id.partition("-")
    row = Row(row_id, f"{name}s[{i}]", sign(amount) or 1, amount, None, treatment, adjustment=True)
    set_coefficients(row.taxes, fixed_on_row(row, {}, scale))
    return row


def unequal_halves(treatments: dict[str, Treatment], policy: Policy) -> list[Problem]:
    """CGST and SGST must be equal, which a rounding of their sum cannot promise."""
    if policy.level not in ("lineTotal", "invoice"):
        return []
    if any({"cgst", "sgst"} <= {tax.type for tax in one.taxes} for one in treatments.values()):
        return [("equalHalves", "policy")]
    return []
