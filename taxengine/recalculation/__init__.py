"""Recalculation: sealed results that answer for themselves, years later, with no network and no store.

Needs the extra `documents`.

>>> from datetime import date
>>> from taxengine import Invoice, Line, TaxRate, calculate
>>> vat = TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)
>>> lines = [Line(id="1", amount="100.00", tax_rates=[vat])]
>>> calculation = calculate(Invoice(id="inv_1", currency="EUR", tax_date=date(2026, 3, 1), lines=lines))
>>> document = seal(calculation).encode()
>>> replay(document) == calculation
True
>>> replay(document.replace(b"100.00", b"100.01"))
Traceback (most recent call last):
...
taxengine.core.errors.InvalidInput: seal: expected the hash of what is sealed, got another
"""

from taxengine.recalculation.recalculating import recalculate
from taxengine.recalculation.replaying import replay, seal
from taxengine.recalculation.sealed import Sealed, read_sealed

__all__ = ["Sealed", "read_sealed", "recalculate", "replay", "seal"]
