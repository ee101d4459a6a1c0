"""Tax ids: whether VAT ids are written as their member states write them, digits and check digits.

By the form alone: whether an id is in force, VIES says.

>>> from datetime import date
>>> from taxengine.core.invoice import Line
>>> from taxengine.core.parties import Customer, TaxId
>>> customer = Customer(tax_ids=[TaxId(type="vat", value="DE123456789")])
>>> lines = [Line(id="1", amount="1")]
>>> invoice = Invoice(id="i", currency="EUR", tax_date=date(2026, 3, 1), customer=customer, lines=lines)
>>> [problem.path for problem in misspelt(invoice)]
['customer.taxIds[0].value']
"""

from __future__ import annotations

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
    if not stated:
        return []
    from stdnum.eu.vat import is_valid  # here, since few ask and it brings a module a member state

    return [
        Problem(
            "invalidTaxId",
            f"{path}: expected a VAT id as its member state writes them, got {checks.shown(one.value)}",
            path,
            "correct it, or leave it out: without a VAT id the customer is a consumer",
        )
        for path, one in stated
        if not is_valid(one.value)
    ]
