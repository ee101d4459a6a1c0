"""Manual: rates kept by hand. The smallest provider, whole, to learn from.

>>> from datetime import date
>>> from taxengine import Address, Customer, Invoice, Line, RateTable, TaxRate, calculate
>>> rate = TaxRate(id="ie-23", country="IE", type="valueAddedTax", percentage_decimal="0.23", inclusive=False)
>>> invoice = Invoice(id="1", currency="EUR", tax_date=date(2026, 3, 1),
...                   customer=Customer(address=Address(country="IE")),
...                   lines=[Line(id="1", amount="100.00", tax_category="saas")])
>>> calculate(invoice, ManualProvider(RateTable([rate])).determine(invoice)).totals.tax
Decimal('23.00')
"""

from taxengine import Capabilities, Determination, Invoice, RateTable, determine

__all__ = ["ManualProvider"]


class ManualProvider:
    """Asks a `RateTable`. A rate that is missing is an error, or no tax where the caller says so."""

    name = "manual"
    capabilities = Capabilities()

    def __init__(self, rates: RateTable, *, missing_rate: str = "error") -> None:
        self._rates = rates
        self._missing_rate = missing_rate

    def determine(self, invoice: Invoice, /) -> Determination:
        """The rates that the table holds for each line's place, date and category."""
        return determine(invoice, self._rates, missing_rate=self._missing_rate)
