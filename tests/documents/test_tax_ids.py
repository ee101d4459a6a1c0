"""Tax ids: their form is checked, digits and check digits."""

from __future__ import annotations

from datetime import date

import pytest

from taxengine.core.invoice import Invoice, Line
from taxengine.core.parties import Customer, Merchant, TaxId
from taxengine.core.values import replace
from taxengine.documents.tax_ids import misspelt

INVOICE = Invoice(
    id="i", currency="EUR", tax_date=date(2026, 3, 1), lines=[Line(id="1", amount="1")],
    merchant=Merchant(tax_ids=[TaxId(type="vat", value="FR12")]),
    customer=Customer(
        tax_ids=[
            TaxId(type="vat", value="DE136695976"),
            TaxId(type="vat", value="DE136695977"),
            TaxId(type="ein", value="12-3456789"),
        ]
    ),
)  # fmt: skip


def test_a_vat_id_that_no_member_state_writes_is_named() -> None:
    found = misspelt(INVOICE)
    assert [(one.code, one.path) for one in found] == [
        ("invalidTaxId", "merchant.taxIds[0].value"),
        ("invalidTaxId", "customer.taxIds[1].value"),
    ]
    assert found[1].message == (
        "customer.taxIds[1].value: expected a VAT id as its member state writes them, got 'DE136695977'"
    )


@pytest.mark.parametrize(
    "value", ["FR40303265045", "XI110305878", "EL094259216", "ATU13585627", "IE6433435F"]
)
def test_a_vat_id_in_its_form_is_none_to_speak_of(value: str) -> None:
    customer = Customer(tax_ids=[TaxId(type="vat", value=value)])
    assert misspelt(replace(INVOICE, merchant=None, customer=customer)) == []


def test_without_vat_ids_there_is_nothing_to_say() -> None:
    assert misspelt(replace(INVOICE, merchant=None, customer=None)) == []
