"""Samples: the invoices and rates that are measured, the same in every run.

Each line comes to an odd number of cents, and no percentage here takes such an amount to half a cent:
every way to round agrees, so that contestants that round differently must come to the same totals.

>>> [str(price * quantity) for price, quantity in priced(0, 3)]
['1.01', '478.17', '1588.85']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taxengine import Address, Customer, Invoice, Line, TaxRate

TAX_DATE = date(2026, 3, 1)
CATEGORIES = ("saas", "books", "clothing")
PriceAndQuantity = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to be taxed: the rates of a place."""

    name: str
    told: str
    country: str
    state: str | None
    currency: str
    rates: Sequence[TaxRate]

    @property
    def percentages(self) -> list[Decimal]:
        """The rates as fractions."""
        return [rate.percentage_decimal for rate in self.rates if rate.percentage_decimal is not None]

    def address(self, number: int) -> Address:
        """One of its addresses."""
        return Address(country=self.country, state=self.state, city=f"City {number}")


def _vat(rate_id: str, inclusive: bool) -> TaxRate:
    return TaxRate(
        id=rate_id, country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=inclusive
    )


_GST = TaxRate(id="ca-gst", country="CA", type="gst", percentage_decimal="0.05", inclusive=False)
_QST = TaxRate(
    id="ca-qc-qst", country="CA", state="QC", type="qst", percentage_decimal="0.09975", inclusive=False
)
KINDS = (
    Kind("exclusive", "19 % on top", "DE", None, "EUR", [_vat("de-19", inclusive=False)]),
    Kind("inclusive", "19 % in the price", "DE", None, "EUR", [_vat("de-19-in", inclusive=True)]),
    Kind("two stacked", "5 % and 9.975 % on top", "CA", "QC", "CAD", [_GST, _QST]),
)


def priced(number: int, lines: int) -> list[PriceAndQuantity]:
    """The unit prices and quantities of an invoice."""
    cents = ((number * 104_729 + line * 7_919) % 50_000 * 2 + 101 for line in range(lines))
    return [(Decimal(one).scaleb(-2), Decimal(line % 3 * 2 + 1)) for line, one in enumerate(cents)]


def invoice_of(
    kind: Kind, number: int, prices: Sequence[PriceAndQuantity], town: int | None = None
) -> Invoice:
    """An invoice whose rates a table has to find; to a town of its own where none is named."""
    return Invoice(
        id=f"inv_{number}",
        currency=kind.currency,
        tax_date=TAX_DATE,
        customer=Customer(address=kind.address(number if town is None else town)),
        lines=[
            Line(
                id=str(index),
                quantity=quantity,
                unit_price=price,
                tax_category=CATEGORIES[index % len(CATEGORIES)],
            )
            for index, (price, quantity) in enumerate(prices, start=1)
        ],
    )


def district_code(number: int) -> str:
    """The ZIP+4 code at which district `number` begins; a million of them fit into the country.

    >>> district_code(1), district_code(999_999)
    ('00000-0900', '89999-9100')
    """
    digits = f"{number * 900:09}"
    return f"{digits[:5]}-{digits[5:]}"


def district_rates(count: int) -> Iterator[TaxRate]:
    """A state's rate, then those of districts: one ZIP+4 code, ten of them as a range, or as a prefix."""
    yield TaxRate(
        id="us-ca", country="US", state="CA", type="salesTax", level="state", percentage_decimal="0.0725",
        inclusive=False,
    )  # fmt: skip
    for number in range(count - 1):
        code = district_code(number)
        pattern = (code, f"{code}..{code[:-1]}9", f"{code[:-1]}*")[number % 3]
        yield TaxRate(
            id=f"us-{number}", country="US", jurisdiction=pattern, type="salesTax", level="district",
            percentage_decimal=Decimal(number % 40 + 1).scaleb(-4), inclusive=False,
        )  # fmt: skip


def district_address(number: int, city: int) -> Address:
    """An address in a district; each city of it is a place of its own."""
    return Address(country="US", state="CA", postal_code=district_code(number), city=f"City {city}")
