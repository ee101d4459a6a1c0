"""Building: the core's values from documents, by the names of their fields, with no reader in between.

What is proved of the core is proved without `taxengine.documents`, which has its own tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from taxengine.core.adjustments import Charge, Discount, Payment
from taxengine.core.calculation import calculate
from taxengine.core.errors import InvalidInput, TaxEngineError
from taxengine.core.invoice import Invoice, Line
from taxengine.core.matching import determine
from taxengine.core.parties import Certificate, Customer, Merchant, Registration
from taxengine.core.place import Address
from taxengine.core.policy import Policy, Rounding
from taxengine.core.rates import TaxRate
from taxengine.core.table import RateTable

Document = Mapping[str, Any]

_CAPITAL = re.compile("[A-Z]+|[0-9]+(?=$)")
_DATES = ("taxDate", "validFrom", "validUntil")


def attribute_of(name: str) -> str:
    """The attribute of a document's field.

    >>> attribute_of("taxDate"), attribute_of("allowAbove100")
    ('tax_date', 'allow_above_100')
    """
    return _CAPITAL.sub(lambda found: f"_{found[0].lower()}", name)


def built(kind: Callable[..., Any], document: Document, **parts: Any) -> Any:
    """The value of `kind` that a document describes; `parts` say how its fields are built."""
    arguments: dict[str, Any] = {}
    for name, held in document.items():
        attribute = attribute_of(name)
        build = parts.get(attribute)
        try:
            if name in _DATES and held is not None:
                held = date.fromisoformat(held)  # noqa: PLW2901  # as the constructor takes it
            elif build is not None and held is not None:
                held = build(held)  # noqa: PLW2901
        except InvalidInput as error:
            raise error.within(name) from None
        arguments[attribute] = held
    return kind(**arguments)


def many(build: Callable[[Any], Any]) -> Callable[[Sequence[Any]], list[Any]]:
    """A list of parts, whose problems are found at their index."""

    def build_all(documents: Sequence[Any]) -> list[Any]:
        values = []
        for index, document in enumerate(documents):
            try:
                values.append(build(document))
            except InvalidInput as error:
                raise error.within(f"[{index}]") from None
        return values

    return build_all


def rate_of(document: Document) -> TaxRate:
    """The rate that a document describes; `inclusive` may be absent."""
    rate: TaxRate = built(TaxRate, {"inclusive": None, **document})
    return rate


def policy_of(document: str | Document) -> Policy:
    """A policy: a preset's name, or axes, perhaps upon a preset."""
    if isinstance(document, str):
        return Policy.preset(document)
    base = Policy.preset(document.get("preset") or "default")
    axes = {"level": base.rounding.level, "mode": base.rounding.mode}
    axes |= {"inclusive": base.rounding.inclusive, "groupBy": base.rounding.group_by}
    amounts = {"lineAmounts": base.line_amounts, "discountAmounts": base.discount_amounts}
    rest = {name: held for name, held in document.items() if name not in ("preset", "rounding")}
    chosen = {**amounts, **rest, "rounding": axes | document.get("rounding", {})}
    policy: Policy = built(Policy, chosen, rounding=_rounding)
    return policy


def _rounding(axes: Document) -> Rounding:
    rounding: Rounding = built(Rounding, axes)
    return rounding


def _of(kind: Callable[..., Any], **parts: Any) -> Callable[[Document], Any]:
    return lambda document: built(kind, document, **parts)


_ADDRESS = _of(Address)
_ADJUSTED = {"discounts": many(_of(Discount)), "charges": many(_of(Charge))}
_PARTS: dict[str, Callable[[Any], Any]] = {
    "lines": many(_of(Line, ship_to=_ADDRESS, ship_from=_ADDRESS, **_ADJUSTED)),
    "merchant": _of(Merchant, address=_ADDRESS, registrations=many(_of(Registration))),
    "customer": _of(Customer, address=_ADDRESS, certificates=many(_of(Certificate))),
    "payments": many(_of(Payment)),
    "policy": policy_of,
    **_ADJUSTED,
}


def invoice_of(document: Document) -> Invoice:
    """The invoice that a document describes."""
    invoice: Invoice = built(Invoice, document, **_PARTS)
    return invoice


def answer(document: Document, rates: Sequence[Document], *, missing_rate: str = "error") -> dict[str, Any]:
    """What the core makes of a document and its rates: a calculation, or an error, as documents."""
    try:
        invoice = invoice_of(document)
        table = RateTable([rate_of(rate) for rate in rates])
        return calculate(invoice, determine(invoice, table, missing_rate=missing_rate)).to_dict()
    except TaxEngineError as error:
        return {"error": error.to_dict()}
