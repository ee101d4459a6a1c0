"""Figures: taxes, percentages, prices and addresses as a person reads them, in English."""

from __future__ import annotations

from decimal import Decimal

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.figures import TaxAmount
from taxengine.core.invoice import Invoice
from taxengine.core.place import Address
from taxengine.core.reasons import Reason
from taxengine.core.spelling import plain
from taxengine.showing.figures import amount, country, type_of_tax

REASONS = {
    Reason.NONE_STATED: "no tax stated",
    Reason.CUSTOMER_EXEMPT: "customer exempt",
    Reason.REVERSE_CHARGE: "reverse charge",
    Reason.NOT_COLLECTING: "not collecting there",
    Reason.NO_TAX_AT_LEVEL: "no tax at this level",
    Reason.PRODUCT_EXEMPT: "exempt",
    Reason.ZERO_RATED: "zero-rated",
    Reason.REDUCED_RATED: "reduced rate",
    Reason.STANDARD_RATED: "standard rate",
    Reason.OUTSIDE_SCOPE: "outside the scope",
    Reason.NOT_SUPPORTED: "not supported",
    Reason.MIXED: "mixed",
}


def reason(tax: TaxAmount) -> str:
    """Why a tax is as it is, with its code of EN 16931 where the place of supply gives one."""
    told = REASONS[tax.rate.reason]
    return f"{told} (VAT category {tax.rate.category})" if tax.rate.category else told


def kind_of_tax(tax: TaxAmount) -> str:
    """A tax as a customer may see it: its `displayName`, else its kind; never its `name`."""
    rate = tax.rate
    if rate.rate is not None and rate.rate.display_name:
        return rate.rate.display_name
    kind = type_of_tax(rate.type)
    return f"{kind} ({rate.level})" if rate.level else kind


def where_levied(tax: TaxAmount) -> str:
    """Where the tax is levied: country, state, postal codes, as far as stated."""
    rate = tax.rate
    return ", ".join(part for part in (country(rate.country), rate.state, rate.jurisdiction) if part)


def percentage(tax: TaxAmount) -> str:
    """What a tax charges: a percentage, a fixed amount, or both."""
    rate, parts = tax.rate, []
    if rate.percentage_decimal is not None:
        parts.append(f"{plain(rate.percentage_decimal.scaleb(2))} %")
    if rate.rate is not None and rate.rate.amount_per_unit is not None:
        parts.append(f"{plain(rate.rate.amount_per_unit)} per {rate.rate.amount_per}")
    return " + ".join(parts)


def address_lines(address: Address | None) -> list[str]:
    """An address as on an envelope."""
    if address is None:
        return []
    town = " ".join(part for part in (address.city, address.state, address.postal_code) if part)
    return [line for line in (address.line1, address.line2, town, country(address.country)) if line]


def price(value: Decimal, digits: int) -> str:
    """A price as it was given, with the minor digits of the currency at least.

    >>> price(Decimal("19.9"), 2), price(Decimal("0.333"), 2), price(Decimal(120), 0)
    ('19.90', '0.333', '120')
    """
    given = -int(value.as_tuple().exponent)
    return amount(value if given >= digits else value.quantize(Decimal(1).scaleb(-digits)))


def adjustment(invoice: Invoice, row: str) -> Charge | Discount:
    """The charge or discount that a row of `adjustments` is of: their ids are `charge-0`, `discount-0`."""
    kind, _, index = row.partition("-")
    return invoice.charges[int(index)] if kind == "charge" else invoice.discounts[int(index)]
