"""Stripe: an export of `tax_rate` objects, a list or its pages.

`percentage` is per cent, a flat amount is in minor units, and `jurisdiction` is a label for people, not
a postal code. Such rates are applied by their ids; several of one place tie where they are matched.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     path = Path(folder, "tax_rates.json")
...     _ = path.write_text('{"object": "list", "data": [{"id": "txr_1", "object": "tax_rate", '
...         '"active": true, "country": "DE", "inclusive": false, "percentage": 19.0, "tax_type": "vat"}]}')
...     for rate in read(path): print(rate.id, rate.type.value, rate.percentage_decimal)
txr_1 valueAddedTax 0.190
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from taxengine.core.arithmetic import exactly
from taxengine.core.errors import InvalidInput
from taxengine.core.money import check_currency, decimal_of, minor_unit
from taxengine.core.place import check_country
from taxengine.core.rates import TaxRate, TaxType
from taxengine.core.selection import usual_type
from taxengine.documents.fields import note, repeated
from taxengine.documents.parsing import Repeated
from taxengine.packs.importers.reading import Findings, Reading
from taxengine.packs.importers.rows import COUNTRIES, FilePath, json_of

_TYPES = {"vat": TaxType.VAT} | {
    name: TaxType("".join([first, *map(str.capitalize, others)]))
    for name in (
        *("amusement_tax", "communications_tax", "gst", "hst", "igst", "jct", "lease_tax", "pst", "qst"),
        *("retail_delivery_fee", "rst", "sales_tax", "service_tax"),
    )
    for first, *others in [name.split("_")]
}


def read(path: FilePath) -> Reading:
    """The rates of an export."""
    return Reading(lambda findings: _rates(findings, json_of(path)))


def _rates(findings: Findings, document: object) -> Iterator[TaxRate]:
    listed, path = document, ""
    if isinstance(document, Mapping):
        listed, path = (document["data"], "data") if "data" in document else ([document], "")
        if document.get("has_more") is True:
            findings.doubt("has_more is true: this is a page, and other rates are not here", "has_more")
    if not isinstance(listed, list):
        note(findings.problems, "invalidType", path, "a list of tax_rate objects", listed)
        return
    for index, one in enumerate(listed):
        where = f"{path}[{index}]"
        if not isinstance(one, Mapping) or one.get("object", "tax_rate") != "tax_rate":
            note(findings.problems, "invalidType", where, "a tax_rate object", one)
        elif isinstance(one, Repeated):
            findings.problems.extend(repeated(key).within(where) for key in one.keys_again)
        else:
            yield from _rate(findings, one, where)


def _rate(findings: Findings, one: Mapping[str, Any], where: str) -> Iterator[TaxRate]:
    country = _country(findings, one, where)
    if country is None:
        return
    kind = _TYPES.get(str(one.get("tax_type")))
    if kind is None:
        kind = usual_type(country)
        findings.change("no tax_type that is known: the usual one of its country was taken", where)
    try:
        yield TaxRate(
            id=one.get("id", ""),
            active=one.get("active", True),
            country=country,
            state=one.get("state"),
            name=one.get("display_name"),
            display_name=one.get("display_name"),
            description=one.get("description") or one.get("jurisdiction"),
            type=kind,
            inclusive=one.get("inclusive"),
            meta=one.get("metadata") or {},
            **_figures(one),
        )
    except InvalidInput as error:
        findings.problems.extend(problem.within(where) for problem in error.problems)


def _country(findings: Findings, one: Mapping[str, Any], where: str) -> str | None:
    """The country; where none is stated, the label may be a country's code."""
    stated = one.get("country")
    code = str(stated or one.get("jurisdiction") or "").upper()
    try:
        country = check_country(COUNTRIES.get(code, code))
    except InvalidInput as error:
        if stated:
            findings.problems.extend(problem.within(where) for problem in error.problems)
        else:
            findings.skip("left out, since it states no country", where)
        return None
    if not stated:
        findings.change("its country was taken from its jurisdiction", where)
    return country


@exactly
def _figures(one: Mapping[str, Any]) -> dict[str, Any]:
    """The percentage, or the flat amount of an invoice."""
    flat = one.get("flat_amount")
    if one.get("rate_type") == "flat_amount" and isinstance(flat, Mapping):
        currency = check_currency(str(flat.get("currency", "")).upper(), "flat_amount.currency")
        amount: Decimal = decimal_of(flat.get("amount"), "flat_amount.amount")
        own = amount * minor_unit(currency)
        return {"amount_per_unit": own, "amount_per": "invoice", "currency": currency}
    return {"percentage_decimal": decimal_of(one.get("percentage"), "percentage").scaleb(-2)}
