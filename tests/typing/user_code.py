"""User code: what an embedding service writes, as mypy and pyright see it in their strictest modes.

It runs, too, with the standard library alone. A `type: ignore` here is an expectation: both checkers complain
where the line would pass without it.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=true

from datetime import date
from decimal import Decimal
from typing import assert_type

from taxengine import (
    Address,
    Calculation,
    Customer,
    Invoice,
    Line,
    RateTable,
    TaxRate,
    calculate,
    explain,
    refund,
)

vat = TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)

# Explicit rates: no matching, no address, no dependency.
invoice = Invoice(
    id="inv_1",
    currency="EUR",
    tax_date=date(2026, 3, 1),
    lines=[Line(id="1", quantity=3, unit_price="19.99", tax_rates=[vat])],
)
calculation = calculate(invoice)
assert_type(calculation, Calculation)
assert_type(calculation.totals.gross, Decimal)
print(calculation.totals.gross)

# A table says which rates apply, and why.
invoice = Invoice(
    id="inv_2",
    currency="EUR",
    tax_date=date(2026, 3, 1),
    customer=Customer(address=Address(country="DE", postal_code="10115")),
    lines=[Line(id="1", tax_category="saas", amount=Decimal("100.00"))],
)
calculation = calculate(invoice, RateTable([vat]), policy="en16931")
story: str = str(explain(calculation))
saved: dict[str, object] = dict(calculation.to_dict())
for line in calculation.lines:
    for row in line.taxes:
        assert_type(row.tax, Decimal)
print(calculation.totals.gross)

# A part of it goes back: by lines, by quantities, or an amount.
first = refund(calculation, lines={"1": "0.5"})
assert_type(refund(calculation, amount="10.00", basis="net", previous=[first]), Calculation)
print(refund(calculation, lines=["1"], previous=[first]).totals.gross)


def refused() -> None:
    """What a type checker must not let pass: a binary float, a misspelt field, a change of a frozen value."""
    Line(id="1", amount=19.99)  # type: ignore[arg-type]
    Line(id="1", amount="19.99", taxCatgory="saas")  # type: ignore[call-arg]
    invoice.currency = "USD"  # type: ignore[misc]
    refund(calculation, amount=1.5)  # type: ignore[arg-type]
