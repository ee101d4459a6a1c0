"""Samples: documents that hold every field there is, and the ways to change one."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]
Steps = tuple[str | int, ...]

ADDRESS: Document = {
    "line1": "1 Market Street",
    "line2": "Floor 2",
    "city": "San Francisco",
    "county": "San Francisco",
    "state": "CA",
    "postalCode": "94105",
    "country": "US",
    "jurisdictions": ["06075"],
    "meta": {"geocoder": "own"},
}
DISCOUNT: Document = {"amount": "1.00", "description": "coupon", "spreadOver": "books", "meta": {"a": 1}}
OWN_DISCOUNT: Document = {
    "percent": "5",
    "taxCategory": "books",
    "taxRates": ["r1"],
    "taxBehavior": "inclusive",
}
CHARGE: Document = {
    "amount": "4.90",
    "description": "shipping",
    "strategy": "own",
    "taxCategory": "shipping",
    "taxRates": ["r1"],
    "taxBehavior": "exclusive",
    "meta": {"carrier": "x"},
}
LINE: Document = {
    "id": "1",
    "quantity": "3",
    "unitPrice": "19.99",
    "taxCategory": "books.paper",
    "taxRates": ["r1", "r2"],
    "taxBehavior": "inclusive",
    "discounts": [{"percent": "10", "description": "sale", "meta": {}}],
    "charges": [{"amount": "0.50", "description": "wrapping"}],
    "shipTo": ADDRESS,
    "shipFrom": ADDRESS,
    "enteredPercent": "8.25",
    "product": "sku-1",
    "kind": "goods",
    "description": "A book",
    "meta": {"row": 7, "nested": {"list": [1, "two", None, True, {"deep": "x"}]}},
}
INVOICE: Document = {
    "format": 1,
    "id": "inv_1",
    "currency": "USD",
    "taxDate": "2026-03-01",
    "lines": [LINE, {"id": "2", "amount": "-5.00", "taxRates": []}],
    "kind": "invoice",
    "merchant": {
        "name": "Acme",
        "address": ADDRESS,
        "taxIds": [{"type": "vat", "value": "DE123456789", "meta": {"t": 1}}],
        "registrations": [
            {
                "country": "US",
                "state": "CA",
                "type": "salesTax",
                "scheme": "oss",
                "validFrom": "2020-01-01",
                "validUntil": "2030-01-01",
                "meta": {"n": 1},
            }
        ],
        "meta": {"m": 1},
    },
    "customer": {
        "id": "c1",
        "name": "Zoë",
        "address": ADDRESS,
        "taxStatus": "taxable",
        "taxIds": [{"type": "ein", "value": "12-3456789"}],
        "certificates": [
            {
                "country": "US",
                "state": "CA",
                "types": ["salesTax"],
                "taxCategories": ["books"],
                "validFrom": "2020-01-01",
                "validUntil": "2030-01-01",
                "number": "X-1",
                "meta": {"c": 1},
            }
        ],
        "meta": {"c": 1},
    },
    "discounts": [DISCOUNT, OWN_DISCOUNT],
    "charges": [CHARGE],
    "payments": [{"amount": "1.00", "kind": "voucher", "meta": {"p": 1}}],
    "policy": {
        "preset": "en16931",
        "rounding": {
            "level": "line",
            "mode": "halfEven",
            "inclusive": "netFirst",
            "groupBy": "rate",
            "meta": {"a": [1]},
        },
        "lineAmounts": "rounded",
        "discountAmounts": "exact",
        "cashIncrement": "0.05",
        "meta": {"by": {"whom": ["me"]}},
    },
    "sourcing": "destination",
    "taxBehavior": "exclusive",
    "taxRates": ["r1"],
    "provider": "manual",
    "meta": {"order": "o-1"},
}
# Each part its own, so that a change at one place is none at another.
INVOICE = json.loads(json.dumps(INVOICE))
SMALL: Document = {
    "id": "inv_1",
    "currency": "EUR",
    "taxDate": "2026-03-01",
    "lines": [{"id": "1", "amount": "19.90"}],
}
RATE: Document = {
    "format": 1,
    "id": "taxRate_0123456789abcdef0123456789abcdef",
    "active": True,
    "country": "US",
    "name": "California",
    "description": "Combined",
    "displayName": "Sales tax",
    "percentage": "300",
    "percentageDecimal": "0.03",
    "inclusive": False,
    "jurisdiction": "01242, 941*, 94100..94199",
    "state": "CA",
    "type": "salesTax",
    "validFrom": "2026-01-01",
    "validUntil": "2027-01-01",
    "level": "state",
    "taxCategories": ["books", "food.bread"],
    "treatment": "reduced",
    "compoundOn": ["gst"],
    "replaces": ["hst"],
    "when": "intrastate",
    "overridesPlace": True,
    "jurisdictionCode": "06075",
    "byPostalCode": True,
    "allowAbove100": True,
    "amountPerUnit": "0.10",
    "amountPer": "line",
    "currency": "USD",
    "taxablePortion": "0.5",
    "withheld": True,
    "created": "2026-01-01T00:00:00.000Z",
    "updated": "2026-01-02T00:00:00.000Z",
    "meta": {"k": {"v": [1, "2"]}},
}
SMALL_RATE: Document = {
    "country": "DE",
    "type": "valueAddedTax",
    "percentageDecimal": "0.19",
    "inclusive": None,
}
BRACKETED_RATE: Document = {
    "id": "ct-clothing",
    "country": "US",
    "type": "salesTax",
    "inclusive": False,
    "percentageDecimal": "0",
    "currency": "USD",
    "brackets": [
        {"from": "100", "percentageDecimal": "0.0635"},
        {"over": "1000", "percentageDecimal": "0.0775"},
    ],
    "bracketBy": "whole",
}
POLICY: Document = {"format": 1, **INVOICE["policy"]}


def changed(document: Document, steps: Steps, value: object) -> Document:
    """A copy of the document with another value at one place."""
    copied = copy.deepcopy(document)
    inside: Any = copied
    for step in steps[:-1]:
        inside = inside[step]
    inside[steps[-1]] = value
    return copied


def without(document: Document, steps: Steps) -> Document:
    """A copy of the document without the field at one place."""
    copied = copy.deepcopy(document)
    inside: Any = copied
    for step in steps[:-1]:
        inside = inside[step]
    del inside[steps[-1]]
    return copied


def leaves(value: object, steps: Steps = ()) -> Iterator[tuple[Steps, object]]:
    """Every value that holds no other, with the way to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*steps, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*steps, index))
    else:
        yield steps, value


def objects(value: object, steps: Steps = ()) -> Iterator[tuple[Steps, Document]]:
    """Every object, the outermost first, with the way to it."""
    if isinstance(value, dict):
        yield steps, value
        for name, inner in value.items():
            yield from objects(inner, (*steps, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from objects(inner, (*steps, index))


def path_of(steps: Steps) -> str:
    """The way as a problem's path shows it."""
    spelt = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return spelt.removeprefix(".")
