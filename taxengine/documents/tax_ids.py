"""Tax ids: whether VAT ids are written as their member states write them, digits and check digits.

python-stdnum knows how; where it is not installed nothing is said. Whether an id is in force, VIES says.

>>> from datetime import date
>>> from taxengine.core.invoice import Line
>>> invoice = Invoice(id="i", currency="EUR", tax_date=date(2026, 3, 1), lines=[Line(id="1", amount="1")])
>>> misspelt(invoice)
[]
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from taxengine.core import checks
from taxengine.core.errors import Problem
from taxengine.core.invoice import Invoice
from taxengine.core.vat_ids import vat_ids


def misspelt(invoice: Invoice) -> list[Problem]:
    """A problem for each VAT id of a member state, of either party, that is not one by its form."""
    parties = {"merchant": invoice.merchant, "customer": invoice.customer}
    stated = [
        (f"{name}.taxIds[{index}].value", one)
        for name, party in parties.items()
        for index, one in enumerate(() if party is None else party.tax_ids)
        if vat_ids([one]).areas
    ]
    form = _form() if stated else None
    if form is None:
        return []
    return [
        Problem(
            "invalidTaxId",
            f"{path}: expected a VAT id as its member state writes them, got {checks.shown(one.value)}",
            path,
            "correct it, or leave it out: without a VAT id the customer is a consumer",
        )
        for path, one in stated
        if not form.is_valid(one.value)
    ]


def _form() -> Any:
    """What python-stdnum knows of VAT ids, None without it."""
    try:
        return import_module("stdnum.eu.vat")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "stdnum":
            raise
        return None
