"""Documents: invoices, rates, policies and calculations as JSON, in and out, with models and schemas.

Needs the extra `documents` (pydantic, msgspec). The models are loaded when one is asked for.

>>> invoice = read_invoice('''{"id": "inv_1", "currency": "EUR", "taxDate": "2026-03-01",
...     "lines": [{"id": "1", "amount": 19.90, "taxRates": []}]}''')
>>> from taxengine import calculate
>>> read_calculation(write(calculate(invoice))).totals.payable
Decimal('19.90')
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from taxengine.core.errors import MissingExtra, Problem

for _package in ("msgspec", "pydantic"):
    # Only their own absence is told so: whatever else goes wrong in an import shows as itself.
    if find_spec(_package) is None:
        raise MissingExtra(
            Problem("missingExtra", f"documents need {_package}: pip install 'taxengine[documents]'")
        )

from taxengine.documents.calculations import read_calculation  # noqa: E402  # after the packages it needs
from taxengine.documents.parsing import parse  # noqa: E402
from taxengine.documents.rates_files import (  # noqa: E402
    RatesFile,
    read_rates,
    read_rates_file,
    write_rates,
)
from taxengine.documents.reading import invoice_id, read_invoice, read_policy  # noqa: E402
from taxengine.documents.writing import encode, error_document, write  # noqa: E402

if TYPE_CHECKING:
    from taxengine.documents.models import (
        AddressModel,
        CertificateModel,
        ChargeModel,
        CustomerModel,
        DiscountModel,
        InvoiceModel,
        LineModel,
        MerchantModel,
        PaymentModel,
        PolicyModel,
        RegistrationModel,
        RoundingModel,
        TaxIdModel,
        TaxRateModel,
    )
    from taxengine.documents.result_models import CalculationModel, ErrorModel
    from taxengine.documents.schemas import schema

__all__ = [
    "AddressModel",
    "CalculationModel",
    "CertificateModel",
    "ChargeModel",
    "CustomerModel",
    "DiscountModel",
    "ErrorModel",
    "InvoiceModel",
    "LineModel",
    "MerchantModel",
    "PaymentModel",
    "PolicyModel",
    "RatesFile",
    "RegistrationModel",
    "RoundingModel",
    "TaxIdModel",
    "TaxRateModel",
    "encode",
    "error_document",
    "invoice_id",
    "parse",
    "read_calculation",
    "read_invoice",
    "read_policy",
    "read_rates",
    "read_rates_file",
    "schema",
    "write",
    "write_rates",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if name == "schema":
            return import_module("taxengine.documents.schemas").schema
        result = name in ("CalculationModel", "ErrorModel")
        return getattr(import_module(f"taxengine.documents.{'result_models' if result else 'models'}"), name)
