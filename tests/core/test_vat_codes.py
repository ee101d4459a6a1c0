"""VAT codes: what EN 16931 calls a tax row, by its type and reason, and what no rate says is left out."""

from __future__ import annotations

import pytest

from taxengine.core.rates import TaxRate, TaxType
from taxengine.core.reasons import Reason
from taxengine.core.stack import AppliedRate, applied
from taxengine.core.vat_codes import vat_codes


def row(
    kind: str = "valueAddedTax",
    reason: Reason = Reason.STANDARD_RATED,
    percentage: str | None = "0.19",
    **fields: object,
) -> AppliedRate:
    fixed = {"percentage_decimal": percentage} if percentage is not None else {"amount_per_unit": "1"}
    rate = TaxRate(country="DE", type=kind, inclusive=False, **fixed)  # type: ignore[arg-type]
    return applied(rate)._replace(reason=reason, **fields)  # type: ignore[arg-type]


# EN 16931-1:2017, BT-118 and BT-151; business rules BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O, BR-AF, BR-AG.
@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (row(), ("S", None)),
        (row(reason=Reason.REDUCED_RATED), ("S", None)),
        (row(reason=Reason.ZERO_RATED, percentage="0"), ("Z", None)),
        (row(percentage="0"), ("Z", None)),
        (row(reason=Reason.PRODUCT_EXEMPT, percentage="0"), ("E", None)),
        (row(reason=Reason.OUTSIDE_SCOPE, percentage="0"), ("O", "VATEX-EU-O")),
        (row(reason=Reason.OUTSIDE_SCOPE, percentage="0", country="CH"), ("O", None)),
        (row(category="AE"), ("AE", "VATEX-EU-AE")),
        (row(category="AE", country="GB"), ("AE", None)),
        (row(category="AE", country=None), ("AE", None)),
        (row(category="K", country="GB"), ("K", "VATEX-EU-IC")),
        (row(category="G"), ("G", "VATEX-EU-G")),
        (row(category=""), (None, None)),
        (row("igic"), ("L", None)),
        (row("igic", Reason.ZERO_RATED, "0"), ("L", None)),
        (row("igic", Reason.PRODUCT_EXEMPT, "0"), ("E", None)),
        (row("ipsi"), ("M", None)),
        (row(percentage=None), (None, None)),
        (row(withheld=True), (None, None)),
        (row(reason=Reason.CUSTOMER_EXEMPT), (None, None)),
        (row("salesTax"), (None, None)),
        (row("gst", Reason.ZERO_RATED, "0"), (None, None)),
        (row("withholding"), (None, None)),
    ],
)
def test_a_row_has_the_codes_that_follow_from_it(
    of: AppliedRate, expected: tuple[str | None, str | None]
) -> None:
    assert vat_codes(of) == expected


def test_no_kind_of_tax_but_those_of_en_16931_has_a_code() -> None:
    kinds = {TaxType.VAT, TaxType.IGIC, TaxType.IPSI}
    assert {kind for kind in TaxType if vat_codes(row(kind))[0]} == kinds
    assert all(vat_codes(row(kind, percentage="0.1"))[0] in ("S", "L", "M") for kind in kinds)
