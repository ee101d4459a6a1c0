"""taxengine: sales tax, VAT and GST on invoices, exact to the last minor unit and explained.

This is the front door; importing it loads the standard library only.
"""

from taxengine.core.adjustments import Charge, Discount, Payment
from taxengine.core.calculation import calculate
from taxengine.core.determination import Determination, NotTaxed, Taxed, Unresolved
from taxengine.core.errors import (
    AmbiguousRates,
    InvalidInput,
    InvalidInvoice,
    InvalidPolicy,
    InvalidRate,
    Problem,
    ProviderError,
    ProviderProtocolError,
    ProviderRefused,
    ProviderUnavailable,
    TaxEngineError,
    Undetermined,
)
from taxengine.core.explain import explain
from taxengine.core.invoice import Invoice, Line
from taxengine.core.matching import determine
from taxengine.core.parties import Certificate, Customer, Merchant, Registration, TaxId
from taxengine.core.place import Address
from taxengine.core.policy import Policy, Rounding
from taxengine.core.provider import Capabilities, TaxProvider
from taxengine.core.rates import TaxRate
from taxengine.core.reasons import Reason
from taxengine.core.refund import refund
from taxengine.core.result import Calculation
from taxengine.core.stack import applied
from taxengine.core.table import RateTable
from taxengine.core.version import __version__ as __version__

__all__ = [
    "Address",
    "AmbiguousRates",
    "Calculation",
    "Capabilities",
    "Certificate",
    "Charge",
    "Customer",
    "Determination",
    "Discount",
    "InvalidInput",
    "InvalidInvoice",
    "InvalidPolicy",
    "InvalidRate",
    "Invoice",
    "Line",
    "Merchant",
    "NotTaxed",
    "Payment",
    "Policy",
    "Problem",
    "ProviderError",
    "ProviderProtocolError",
    "ProviderRefused",
    "ProviderUnavailable",
    "RateTable",
    "Reason",
    "Registration",
    "Rounding",
    "TaxEngineError",
    "TaxId",
    "TaxProvider",
    "TaxRate",
    "Taxed",
    "Undetermined",
    "Unresolved",
    "applied",
    "calculate",
    "determine",
    "explain",
    "refund",
]
