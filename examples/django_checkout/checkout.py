"""Checkout: from a cart to an order. No request, no response: call it from a view, a task, a shell."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from django.conf import settings

from examples.django_checkout.models import Order, Product
from taxengine import RateTable, calculate
from taxengine.documents import read_invoice, read_rates_file


@cache
def rates() -> RateTable:
    """Built once a process: a table never changes, and threads may share it."""
    return RateTable(read_rates_file(settings.TAX_RATES).rates)


def place_order(number: str, cart: Mapping[str, object], ship_to: Mapping[str, object], today: date) -> Order:
    """Tax the cart, a quantity for each SKU, and save the order.

    Raises `TaxEngineError` with all problems and their paths; nothing is saved then.
    """
    products = [Product.objects.get(sku=sku) for sku in cart]
    invoice = read_invoice(
        {
            "id": number,
            "currency": "GBP",
            "taxDate": today,
            "taxBehavior": "inclusive",
            "customer": {"address": ship_to},
            "lines": [
                {
                    "id": product.sku,
                    "product": product.sku,
                    "taxCategory": product.tax_category,
                    "quantity": cart[product.sku],
                    "unitPrice": product.price,
                }
                for product in products
            ],
        }
    )
    calculation = calculate(invoice, rates())
    order: Order = Order.objects.create(
        number=number,
        tax=calculation.totals.tax,
        gross=calculation.totals.gross,
        calculation=calculation.to_dict(),
    )
    return order
