"""Reasons: why a line is taxed as it is, or not taxed at all.

>>> Reason.CUSTOMER_EXEMPT.value
'customerExempt'
"""

from __future__ import annotations

from enum import StrEnum

from taxengine.core.rates import TaxRate, Treatment


class Reason(StrEnum):
    """Every tax row and every line carries one; exempt, zero-rated and not collecting are not the same."""

    NONE_STATED = "noneStated"
    CUSTOMER_EXEMPT = "customerExempt"
    REVERSE_CHARGE = "reverseCharge"
    NOT_COLLECTING = "notCollecting"
    NO_TAX_AT_LEVEL = "noTaxAtLevel"
    PRODUCT_EXEMPT = "productExempt"
    ZERO_RATED = "zeroRated"
    REDUCED_RATED = "reducedRated"
    STANDARD_RATED = "standardRated"
    OUTSIDE_SCOPE = "outsideScope"
    NOT_SUPPORTED = "notSupported"
    MIXED = "mixed"


_BY_TREATMENT = {
    Treatment.REDUCED: Reason.REDUCED_RATED,
    Treatment.ZERO: Reason.ZERO_RATED,
    Treatment.EXEMPT: Reason.PRODUCT_EXEMPT,
    Treatment.OUTSIDE_SCOPE: Reason.OUTSIDE_SCOPE,
}


def reason_of(rate: TaxRate) -> Reason:
    """The reason of a line that this rate alone matched.

    >>> nought = TaxRate(country="GB", type="valueAddedTax", percentage_decimal="0", inclusive=None)
    >>> reason_of(nought).value
    'zeroRated'
    """
    if rate.treatment != Treatment.STANDARD:
        return _BY_TREATMENT[Treatment(rate.treatment)]
    return Reason.STANDARD_RATED if rate.percentage_decimal or rate.amount_per_unit else Reason.ZERO_RATED
