"""Tax ids: their form is checked where python-stdnum is there, and nothing is said where it is not."""

from __future__ import annotations

import sys
from datetime import date
from types import ModuleType

import pytest

from taxengine.core.invoice import Invoice, Line
from taxengine.core.parties import Customer, Merchant, TaxId
from taxengine.documents.tax_ids import misspelt

IDS = [
    TaxId(type="vat", value="DE136695976"),
    TaxId(type="vat", value="DE123"),
    TaxId(type="ein", value="12-3456789"),
]
INVOICE = Invoice(
    id="i",
    currency="EUR",
    tax_date=date(2026, 3, 1),
    merchant=Merchant(tax_ids=[TaxId(type="vat", value="FR12")]),
    customer=Customer(tax_ids=IDS),
    lines=[Line(id="1", amount="1")],
)


@pytest.fixture
def stdnum(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked of python-stdnum: here a VAT id of Germany has nine digits."""
    vat = ModuleType("stdnum.eu.vat")
    vat.is_valid = lambda number: len(number) == 11  # type: ignore[attr-defined]
    for name in ("stdnum", "stdnum.eu"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, "stdnum.eu.vat", vat)


@pytest.mark.usefixtures("stdnum")
def test_a_vat_id_that_no_member_state_writes_is_named() -> None:
    found = misspelt(INVOICE)
    assert [(one.code, one.path) for one in found] == [
        ("invalidTaxId", "merchant.taxIds[0].value"),
        ("invalidTaxId", "customer.taxIds[1].value"),
    ]
    assert found[1].message == (
        "customer.taxIds[1].value: expected a VAT id as its member state writes them, got 'DE123'"
    )


@pytest.mark.usefixtures("stdnum")
def test_without_vat_ids_nothing_is_asked() -> None:
    assert misspelt(Invoice(id="i", currency="EUR", tax_date=date(2026, 3, 1), lines=INVOICE.lines)) == []


def test_without_the_package_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "stdnum", None)
    monkeypatch.delitem(sys.modules, "stdnum.eu", raising=False)
    monkeypatch.delitem(sys.modules, "stdnum.eu.vat", raising=False)
    assert misspelt(INVOICE) == []


def test_another_module_that_is_not_there_is_not_taken_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise ModuleNotFoundError("No module named 'zeep'", name="zeep")

    monkeypatch.setattr("taxengine.documents.tax_ids.import_module", missing)
    with pytest.raises(ModuleNotFoundError, match="zeep"):
        misspelt(INVOICE)
