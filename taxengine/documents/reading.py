"""Reading: invoices, rates and policies from JSON, all problems at once, each with its path.

>>> read_invoice('''{"id": "inv_1", "currency": "EUR", "taxDate": "2026-03-01",
...                  "lines": [{"id": "1", "amount": 19.990}]}''').lines[0].amount
Decimal('19.990')
>>> read_invoice('{"id": "1", "curency": "EUR", "taxDate": "2026-03-01T00:00", "lines": [{"id": 1}]}')
Traceback (most recent call last):
...
taxengine.core.errors.InvalidInvoice: curency: unknown field, did you mean currency?;
    taxDate: expected a date such as 2026-03-01, got '2026-03-01T00:00';
    lines[0].id: expected text, got the number 1;
    lines[0].unitPrice: expected either unitPrice or amount, got neither;
    currency: expected an ISO 4217 currency code, got none
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from taxengine.core.adjustments import Charge, Discount, Payment
from taxengine.core.brackets import Bracket
from taxengine.core.errors import InvalidInput, InvalidPolicy, InvalidRate, Problem
from taxengine.core.invoice import Invoice, Line
from taxengine.core.parties import Certificate, Customer, Merchant, Registration, TaxId
from taxengine.core.place import Address
from taxengine.core.policy import Policy, Rounding
from taxengine.core.rates import TaxRate
from taxengine.core.values import replace
from taxengine.documents.fields import (
    ABSENT,
    COUNTRY,
    CURRENCY,
    FLAG_OR_NULL,
    FORMAT,
    FREE,
    NUMBER,
    TEXT,
    TEXTS,
    Field,
    Problems,
    note,
    sound_text,
)
from taxengine.documents.parsing import NumberText, parse, parse_usual
from taxengine.documents.shapes import MOST_PROBLEMS, Shape, many, one
from taxengine.documents.sound import Found

_SOME_DAY = date(2000, 1, 1)
# An id that no document states, so that it is never a duplicate.
_NO_ID = "\ufdd0"


def _policy(
    preset: str | None = None, rounding: Mapping[str, Any] | None = None, meta: Any = None, **amounts: Any
) -> Policy:
    """A policy by its axes, or a preset with overrides; one that overrides nothing is the preset itself."""
    try:
        base = Policy() if preset is None else Policy.preset(preset)
    except InvalidPolicy as error:
        raise InvalidPolicy(
            one._replace(path="preset", message=one.message.replace("policy", "preset", 1))
            for one in error.problems
        ) from None
    own = base.rounding
    axes = {"level": own.level, "mode": own.mode, "inclusive": own.inclusive, "group_by": own.group_by}
    kept = {
        "line_amounts": base.line_amounts,
        "discount_amounts": base.discount_amounts,
        "cash_increment": base.cash_increment,
    }
    chosen = Rounding(**{**axes, **(rounding or {})})
    built = Policy(rounding=chosen, **{**kept, **amounts})
    same = replace(built, rounding=replace(chosen, meta=None)) == replace(base, name=None)
    if same and meta is None and not chosen.meta:
        return base
    return replace(built, name=base.name if same else None, meta=meta)


def _axes(**given: Any) -> Mapping[str, Any]:
    """The axes that are given, once they have been judged."""
    Rounding(**given)
    return given


POLICY = Shape(
    _policy,
    {
        "format": FORMAT,
        "preset": TEXT,
        "rounding": one(Shape.of(Rounding, build=_axes)),
        "line_amounts": TEXT,
        "discount_amounts": TEXT,
        "cash_increment": NUMBER,
        "meta": FREE,
    },
    error=InvalidPolicy,
)


def _policy_or_name(problems: Problems, value: Any, name: str) -> object:
    """A policy, or the text that names a preset."""
    if isinstance(value, Mapping):
        return POLICY.read(problems, value, name)
    note(problems, "invalidType", name, "an object or the name of a preset", value)
    return ABSENT


ROUNDING = Shape.of(Rounding, error=InvalidPolicy)
ADDRESS = Shape(
    Address,
    {
        "line1": TEXT,
        "line2": TEXT,
        "city": TEXT,
        "county": TEXT,
        "state": TEXT,
        "postal_code": TEXT,
        "country": COUNTRY,
        "jurisdictions": TEXTS,
        "meta": FREE,
    },
    required=["country"],
    recurring=True,
)
TAX_ID = Shape.of(TaxId, stand_in={"type": "-", "value": "-"})
REGISTRATION = Shape.of(Registration, stand_in={"country": "US"}, country=COUNTRY)
CERTIFICATE = Shape.of(Certificate, stand_in={"number": "-"}, country=COUNTRY, types=TEXTS)
MERCHANT = Shape.of(Merchant, address=one(ADDRESS), tax_ids=many(TAX_ID), registrations=many(REGISTRATION))
CUSTOMER = Shape.of(Customer, address=one(ADDRESS), tax_ids=many(TAX_ID), certificates=many(CERTIFICATE))
DISCOUNT = Shape.of(Discount, stand_in={"amount": "0"})
CHARGE = Shape.of(Charge, stand_in={"amount": "0"})
PAYMENT = Shape.of(Payment, stand_in={"amount": "0"})
LINE = Shape.of(
    Line,
    stand_in={"id": _NO_ID, "amount": "0"},
    discounts=many(DISCOUNT),
    charges=many(CHARGE),
    ship_to=one(ADDRESS),
    ship_from=one(ADDRESS),
)
INVOICE = Shape.of(
    Invoice,
    stand_in={"id": "-", "tax_date": _SOME_DAY},
    format=FORMAT,
    currency=CURRENCY,
    lines=many(LINE, "a list of lines"),
    merchant=one(MERCHANT),
    customer=one(CUSTOMER),
    discounts=many(DISCOUNT),
    charges=many(CHARGE),
    payments=many(PAYMENT),
    policy=Field(_policy_or_name, "an object or the name of a preset", takes_text=True),
)
BRACKET = Shape.of(Bracket, error=InvalidRate)
_EACH_BRACKET = many(BRACKET)


def _brackets(problems: Problems, values: Any, name: str) -> object:
    """All of them or none: each is judged by the one before."""
    before = len(problems)
    read = _EACH_BRACKET.read(problems, values, name)
    return ABSENT if len(problems) > before else read


BRACKETS = Field(_brackets, _EACH_BRACKET.expected)
RATE = Shape.of(
    TaxRate,
    error=InvalidRate,
    nullable=["inclusive"],
    stand_in={"inclusive": None},
    format=FORMAT,
    country=COUNTRY,
    currency=CURRENCY,
    inclusive=FLAG_OR_NULL,
    replaces=TEXTS,
    brackets=BRACKETS,
)


def read_invoice(document: str | bytes | Mapping[str, object]) -> Invoice:
    """The invoice that the JSON describes; text, UTF-8, or what a JSON parser made of it.

    A parser that makes floats of numbers has lost what was written, so floats are refused: pass the
    text, or amounts as strings. Raises `InvalidInvoice` with every problem found, up to 100.
    """
    invoice: Invoice | None = _sound(document) if isinstance(document, bytes) else None
    return read_as(INVOICE, document) if invoice is None else invoice


def _sound(document: bytes) -> Any:
    """The invoice with which nothing is wrong; None where it is to be read with more care."""
    usual, found = parse_usual(document), Found()
    if usual is None:
        return None
    value, keys = usual
    invoice = INVOICE.read(found, value)
    return None if found or found.keys != keys else invoice


def invoice_id(document: object) -> str | None:
    """The id in an invoice's document, None where none can be read: for the error of a refused one.

    >>> invoice_id('{"id": "inv_1", "currency": "XXX"}'), invoice_id("{")
    ('inv_1', None)
    """
    try:
        value = value_of(document, InvalidInput)
    except InvalidInput:
        return None
    found = value.get("id") if isinstance(value, Mapping) else None
    problems: Problems = []
    return str(found) if sound_text(problems, found, "id") is not ABSENT else None


def read_policy(document: str | bytes | Mapping[str, object]) -> Policy:
    """The policy that the JSON describes: an object, or the name of a preset in quotes.

    >>> read_policy('{"preset": "en16931", "rounding": {"mode": "halfEven"}}').rounding.level
    'tax'

    Raises `InvalidPolicy`.
    """
    value = value_of(document, InvalidPolicy)
    if isinstance(value, str) and not isinstance(value, NumberText):
        return Policy.preset(value)
    policy: Policy = read_as(POLICY, value)
    return policy


def value_of(document: object, error: type[InvalidInput]) -> object:
    """The value that a document is, parsed where it is text."""
    if not isinstance(document, (str, bytes)):
        return document
    try:
        return parse(document)
    except InvalidInput as refused:
        raise error(refused.problems) from refused.__cause__


_NO_INVOICE = Problem(
    "invalidType",
    "document: expected an invoice, got what looks like rates",
    hint="rates are read by read_rates, and given to the command as --rates FILE",
)


def _looks_like_rates(value: object) -> bool:
    if not isinstance(value, Mapping) or "lines" in value:
        return False
    return bool(value.keys() & {"rates", "data"}) or {"country", "inclusive"} <= value.keys()


def looks_like_an_invoice(value: object) -> bool:
    """Whether what is no rate is an invoice, or a list of them.

    >>> looks_like_an_invoice({"id": "1", "currency": "EUR", "lines": []})
    True
    """
    one = value[0] if isinstance(value, list) and value else value
    return isinstance(one, Mapping) and "lines" in one and "country" not in one


def read_as(shape: Shape, document: object) -> Any:
    """What the shape makes of the document; raises its error with the problems."""
    problems: Problems = []
    value = value_of(document, shape.error)
    built = shape.read(problems, value)
    if problems:
        mistaken = shape is INVOICE and _looks_like_rates(value)
        raise shape.error(_NO_INVOICE if mistaken else problems[:MOST_PROBLEMS])
    return built
