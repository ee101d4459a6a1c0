"""Figures: amounts, dates and countries as a person reads them, in English.

>>> amount(Decimal("-1234567.50")), money(Decimal("19.90"), "EUR"), long_date(date(2026, 3, 1))
('-1,234,567.50', 'EUR 19.90', '1 March 2026')
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from taxengine.core.rates import TaxType

LOCALE = Locale("en")
MINUS = "−"

TYPES: dict[str, str] = {
    TaxType.SALES_TAX: "Sales tax",
    TaxType.VAT: "VAT",
    TaxType.LEASE_TAX: "Lease tax",
    TaxType.AMUSEMENT_TAX: "Amusement tax",
    TaxType.COMMUNICATIONS_TAX: "Communications tax",
    TaxType.SERVICE_TAX: "Service tax",
    TaxType.RETAIL_DELIVERY_FEE: "Retail delivery fee",
    TaxType.EXCISE: "Excise",
    TaxType.WITHHOLDING: "Withholding tax",
}
"""What a kind of tax is called; one that is not here by its letters."""


def amount(value: Decimal) -> str:
    """An amount with all its digits, in groups of three."""
    digits = max(0, -int(value.as_tuple().exponent))
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return format_decimal(value, format=pattern, locale=LOCALE, decimal_quantization=False)


def signed(value: Decimal) -> str:
    """An amount with a minus sign that is as wide as a plus."""
    return amount(value).replace("-", MINUS)


def money(value: Decimal, currency: str) -> str:
    """An amount with its currency by its code: a dollar sign would leave open which."""
    return f"{currency} {amount(value)}"


def long_date(day: date) -> str:
    """A date with its month by name."""
    return format_date(day, "d MMMM yyyy", locale=LOCALE)


@lru_cache(maxsize=1024)
def country(code: str) -> str:
    """A country by its name."""
    return str(LOCALE.territories.get(code, code))


def type_of_tax(name: str) -> str:
    """A kind of tax by what it is called.

    >>> type_of_tax("valueAddedTax"), type_of_tax("gst")
    ('VAT', 'GST')
    """
    return TYPES.get(name, name.upper())
