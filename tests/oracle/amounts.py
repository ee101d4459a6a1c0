"""Amounts: what a line comes to before tax, and what the invoice's discounts take from it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from tests.oracle.checks import Problem
from tests.oracle.matching import covers_category
from tests.oracle.policy import Policy
from tests.oracle.rows import Document, Row
from tests.oracle.sums import Number, allocate, read, round_to_int, sign


def line_amount(line: Document, scale: int, policy: Policy) -> Number:
    """Quantity x unit price - discounts + charges, in minor units."""
    amount: Number
    if line.get("amount") is not None:
        amount = read(line["amount"]) * scale
    else:
        amount = quantity_of(line) * read(line["unitPrice"]) * scale
    if not policy.exact_discounts:
        amount = round_to_int(amount, policy.mode)
    for step, entries in ((-1, line.get("discounts")), (1, line.get("charges"))):
        for entry in entries or ():
            value = entry_amount(entry, amount, scale)
            amount += step * (value if policy.exact_discounts else round_to_int(value, policy.mode))
    return amount if policy.exact_lines else round_to_int(amount, policy.mode)


def quantity_of(line: Document) -> Fraction:
    quantity = line.get("quantity")
    return Fraction(1) if quantity is None else read(quantity)


def entry_amount(entry: Document, base: Number, scale: int) -> Number:
    """The amount that a discount or charge states, or its percentage of the base."""
    if entry.get("amount") is not None:
        return read(entry["amount"]) * scale
    return read(entry["percent"]) * base / 100


def invoice_amount(entry: Document, base: Number, scale: int, policy: Policy) -> Number:
    """The amount of a discount or charge of the invoice: in minor units, unless line amounts are exact."""
    value = entry_amount(entry, base, scale)
    return value if policy.exact_lines else round_to_int(value, policy.mode)


def has_own_rates(discount: Document) -> bool:
    """Whether a discount of the invoice is a taxed amount of its own."""
    return discount.get("taxRates") is not None or discount.get("taxCategory") is not None


def apply_discounts(
    discounts: Sequence[Document], lines: list[Row], scale: int, policy: Policy, problems: list[Problem]
) -> list[tuple[int, Number]]:
    """Spread the invoice's discounts over the lines, in order; those of their own are returned, negative."""
    own = []
    for i, discount in enumerate(discounts):
        applies_to = lines
        if discount.get("spreadOver") is not None:
            applies_to = [row for row in lines if covers_category(discount["spreadOver"], row.category)]
        total = sum(row.left for row in applies_to)
        amount = invoice_amount(discount, total, scale, policy)
        if has_own_rates(discount):
            own.append((i, -amount))
        elif amount != 0:
            if total == 0:
                problems.append(("spreadOverZero", f"discounts[{i}]"))
            else:
                spread(amount, total, applies_to, policy)
    return own


def spread(amount: Number, total: Number, applies_to: list[Row], policy: Policy) -> None:
    """In proportion to the amounts of the lines whose sign is that of their sum."""
    bearing = [row for row in applies_to if sign(row.left) == sign(total)]
    weight = sum(row.left for row in bearing)
    shares = [Fraction(amount * row.left) / weight for row in bearing]
    if policy.exact_lines:
        given: Sequence[Number] = shares
    else:
        given = allocate(round_to_int(amount, policy.mode), shares, [row.id for row in bearing])
    for row, share in zip(bearing, given, strict=True):
        row.discount += share


def payments_paid(document: Document, scale: int) -> int:
    """What vouchers and prepayments lower the payable by, in minor units."""
    return sum((read(payment["amount"]) * scale).numerator for payment in document.get("payments") or ())


def cash_rounding(payable: int, increment: Fraction | None, scale: int) -> int:
    """What is added so that the payable is a multiple of the increment: always halfUp."""
    if increment is None:
        return 0
    step = increment * scale
    rounded: Any = round_to_int(Fraction(payable) / step, "halfUp") * step
    return int(rounded) - payable
