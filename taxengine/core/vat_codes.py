"""VAT codes: the category of EN 16931 and the reason for an exemption, of a tax as it stands on a line.

Categories are those of UNCL5305 as EN 16931-1 restricts it: S, Z, E, AE, K, G, O, L (IGIC), M (IPSI).
Reasons are those of the VATEX list (Connecting Europe Facility) that follow from the category alone; why a
product is exempt (VATEX-EU-132 and others) no rate says.

>>> from decimal import Decimal
>>> from taxengine.core.rates import TaxType
>>> from taxengine.core.stack import bare
>>> vat_codes(bare(TaxType.VAT, None, Decimal("0.19"), Reason.STANDARD_RATED))
('S', None)
"""

from __future__ import annotations

from taxengine.core.rates import TaxType
from taxengine.core.reasons import Reason
from taxengine.core.stack import AppliedRate
from taxengine.core.tables.countries import EU_VAT

_TAXED = frozenset({Reason.STANDARD_RATED, Reason.REDUCED_RATED, Reason.ZERO_RATED})
_UNTAXED = {Reason.PRODUCT_EXEMPT: "E", Reason.OUTSIDE_SCOPE: "O"}
_OWN = {TaxType.VAT: "S", TaxType.IGIC: "L", TaxType.IPSI: "M"}
_VATEX = {"AE": "VATEX-EU-AE", "O": "VATEX-EU-O"}
_VATEX_OF_GOODS = {"K": "VATEX-EU-IC", "G": "VATEX-EU-G"}
_MEMBERS = frozenset(country for country, (_, until) in EU_VAT.items() if not until)


def vat_codes(rate: AppliedRate) -> tuple[str | None, str | None]:
    """The category and the reason, None where EN 16931 has none for it."""
    code = rate.category
    if code is None:
        code = None if rate.withheld else _derived(rate)
    british = code == "G" and rate.country == "GB" and rate.state != "NIR"  # what leaves the EU it is not
    goods = None if british else _VATEX_OF_GOODS.get(code or "")
    return code or None, goods or (_VATEX.get(code or "") if rate.country in _MEMBERS else None)


def _derived(rate: AppliedRate) -> str | None:
    own = _OWN.get(TaxType(rate.type))
    if own is None or rate.reason not in _TAXED:
        return None if own is None else _UNTAXED.get(rate.reason)
    if own != "S":
        return own
    return None if rate.percentage_decimal is None else "S" if rate.percentage_decimal else "Z"
