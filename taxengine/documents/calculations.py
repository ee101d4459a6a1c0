"""Calculations: results read back from their documents, and refused unless they add up.

>>> from datetime import date
>>> from taxengine import Invoice, Line, TaxRate, calculate
>>> from taxengine.documents.writing import write
>>> vat = TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)
>>> lines = [Line(id="1", amount="100.00", tax_rates=[vat])]
>>> calculation = calculate(Invoice(id="inv_1", currency="EUR", tax_date=date(2026, 3, 1), lines=lines))
>>> document = write(calculation)
>>> read_calculation(document) == calculation
True
>>> read_calculation(document.replace('"gross":"119.00"', '"gross":"119.01"'))
Traceback (most recent call last):
...
taxengine.core.errors.InvalidInvoice: line 1: expected net + tax = gross, got 100.00 + 19.00 and 119.01
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

from taxengine.core.brackets import Within
from taxengine.core.determination import Notice
from taxengine.core.errors import InvalidInvoice, InvariantBroken, Problem
from taxengine.core.figures import Entered, LineAmounts, TaxAmount, Totals
from taxengine.core.invoice import Kind
from taxengine.core.money import check_currency, minor_digits
from taxengine.core.provenance import Provenance
from taxengine.core.rates import Level, TaxType
from taxengine.core.reasons import Reason
from taxengine.core.result import Calculation, Head, Record
from taxengine.core.stack import AppliedRate
from taxengine.core.values import document_name
from taxengine.documents.fields import (
    ABSENT,
    CURRENCY,
    DAY,
    FLAG,
    FORMAT,
    SOUND_TEXT,
    Field,
    Problems,
    free,
    note,
    sound_text,
)
from taxengine.documents.parsing import NumberText
from taxengine.documents.reading import POLICY, read_as
from taxengine.documents.shapes import Shape, many, one

_SHARE = re.compile(r"[0-9]{1,4000}(/[0-9]{1,4000})?").fullmatch
# Wider than the door for input: a per cent figure typed by hand has two decimals more as a fraction.
_EXACT = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,30})?").fullmatch


def _exact(problems: Problems, value: Any, name: str) -> object:
    spelt = str(value) if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool) else ""
    if not _EXACT(spelt):
        note(problems, "invalidNumber", name, "a decimal number", value)
        return ABSENT
    return Decimal(spelt)


def _share(problems: Problems, value: Any, name: str) -> object:
    """A part of a line: above 0, up to 1."""
    if isinstance(value, str) and not isinstance(value, NumberText) and _SHARE(value):
        over, _, under = value.partition("/")
        if 0 < int(over) <= int(under or 1):
            return Fraction(int(over), int(under or 1))
    note(problems, "invalidValue", name, "a fraction up to 1, such as 1/3", value)
    return ABSENT


def _among(values: Iterable[str]) -> Field:
    """A field that holds one of the values, which are enumerated or literal."""
    known = {str(value): value for value in values}

    def read(problems: Problems, value: Any, name: str) -> object:
        if isinstance(value, str) and value in known:
            return known[value]
        note(problems, "invalidValue", name, f"one of {', '.join(known)}", value)
        return ABSENT

    return Field(read, "text")


def _whole(problems: Problems, value: Any, name: str) -> object:
    if isinstance(value, (int, NumberText)) and not isinstance(value, bool) and str(value).isdecimal():
        return int(value)
    note(problems, "invalidType", name, "a whole number", value)
    return ABSENT


def _text_or_null(problems: Problems, value: Any, name: str) -> object:
    return None if value is None else sound_text(problems, value, name)


EXACT = Field(_exact, "a decimal number")
WHOLE = Field(_whole, "a whole number")
REASON = _among(Reason)
SHARE = Field(_share, "text")


def _tax(
    *,
    type: str,
    inclusive: bool,
    taxable: Decimal,
    tax: Decimal,
    reason: Reason,
    withheld: bool,
    tax_rate: str | None = None,
    country: str | None = None,
    percentage_decimal: Decimal | None = None,
    vat_category_code: str | None = None,
    bracket: Within | None = None,
    **shown: Any,
) -> TaxAmount:
    named = {name: shown.get(name) for name in ("name", "level", "state", "jurisdiction")}
    rate = AppliedRate(
        rate=None,
        id=tax_rate,
        type=type,
        country=country,
        percentage_decimal=percentage_decimal,
        inclusive=inclusive,
        reason=reason,
        withheld=withheld,
        category=vat_category_code or "",
        bracket=bracket,
        **named,
    )
    return TaxAmount(rate, taxable, tax)


def _line(
    *, taxes: Iterable[TaxAmount], entered_percent: Entered | None = None, **amounts: Any
) -> LineAmounts:
    return LineAmounts(taxes=tuple(taxes), entered=entered_percent, **amounts)


def _calculation(
    *,
    invoice: str,
    kind: str,
    currency: str,
    tax_date: date,
    warnings: Iterable[Notice],
    provenance: Provenance,
    **parts: Any,
) -> Calculation:
    record = Record(Head(invoice, kind, check_currency(currency), tax_date), tuple(warnings), provenance)
    try:
        calculation = Calculation(source=record, **parts)
    except InvariantBroken as error:
        raise InvalidInvoice(Problem("conflictingFields", one.message) for one in error.problems) from error
    problems = list(_misspelt(calculation, minor_digits(currency)))
    if problems:
        raise InvalidInvoice(problems)
    return calculation


def _misspelt(calculation: Calculation, digits: int) -> Iterator[Problem]:
    """Amounts without exactly the minor digits of the currency: whoever wrote them rounded otherwise."""
    rows: list[tuple[str, Any]] = [("totals", calculation.totals)]
    for name in ("lines", "adjustments"):
        for index, line in enumerate(getattr(calculation, name)):
            rows.append((f"{name}[{index}]", line))
            rows += [(f"{name}[{index}].taxes[{at}]", tax) for at, tax in enumerate(line.taxes)]
    rows += [(f"taxes[{index}]", tax) for index, tax in enumerate(calculation.taxes)]
    for path, row in rows:
        for name, amount in zip(row._fields, row, strict=True):
            if isinstance(amount, Decimal) and amount.as_tuple().exponent != -digits:
                inner = f"{path}.{document_name(name)}"
                told = (
                    f"{inner}: expected {digits} decimals, as {calculation.head.currency} has, got {amount:f}"
                )
                yield Problem("invalidNumber", told, inner)


def _left_out(problems: Problems, value: Any, name: str) -> object:
    free(problems, value, name)
    return ABSENT


def _shape(build: Callable[..., Any], required: Mapping[str, Field], **optional: Field) -> Shape:
    return Shape(build, {**required, **optional}, required=required, sound_only=True)


def _bracket(**bounds: Decimal) -> Within:
    return Within(tuple((document_name(name), amount) for name, amount in bounds.items()))


BRACKET = _shape(_bracket, {}, **dict.fromkeys(("from_", "over", "below", "up_to"), EXACT))
TAX = _shape(
    _tax,
    {
        "type": _among(TaxType),
        "inclusive": FLAG,
        "taxable": EXACT,
        "tax": EXACT,
        "reason": REASON,
        "withheld": FLAG,
    },
    tax_rate=SOUND_TEXT,
    country=SOUND_TEXT,
    name=SOUND_TEXT,
    level=_among(Level),
    state=SOUND_TEXT,
    jurisdiction=SOUND_TEXT,
    percentage_decimal=EXACT,
    vat_category_code=SOUND_TEXT,
    vatex_code=SOUND_TEXT,
    bracket=one(BRACKET),
)
ENTERED = _shape(Entered, {"value": EXACT, "used": FLAG})
LINE_AMOUNTS = _shape(
    _line,
    {
        "id": SOUND_TEXT,
        **dict.fromkeys(("amount", "discount", "net", "tax", "gross"), EXACT),
        "reason": REASON,
        "taxes": many(TAX),
    },
    entered_percent=one(ENTERED),
    share=SHARE,
)
TOTALS = _shape(Totals, dict.fromkeys(Totals._fields, EXACT))
NOTICE = _shape(Notice, dict.fromkeys(Notice._fields, SOUND_TEXT))
_PROVENANCE = {
    **dict.fromkeys(("provider", "engine", "rates"), SOUND_TEXT),
    "input": Field(_text_or_null, "text or null"),
    "rules": WHOLE,
    "degraded": FLAG,
}
PROVENANCE = Shape(Provenance, _PROVENANCE, required=_PROVENANCE, nullable=["input"], sound_only=True)
CALCULATION = _shape(
    _calculation,
    {
        "invoice": SOUND_TEXT,
        "kind": _among(get_args(Kind)),
        "currency": CURRENCY,
        "tax_date": DAY,
        "lines": many(LINE_AMOUNTS),
        "adjustments": many(LINE_AMOUNTS),
        "taxes": many(TAX),
        "totals": one(TOTALS),
        "warnings": many(NOTICE),
        "policy": one(POLICY),
        "provenance": one(PROVENANCE),
    },
    format=FORMAT,
    explanation=Field(_left_out, "an object"),
)


def read_calculation(document: str | bytes | Mapping[str, object]) -> Calculation:
    """The calculation that the document holds, with all its checks; an `explanation` is left out.

    Raises `InvalidInvoice` where it cannot be read, or does not add up.
    """
    calculation: Calculation = read_as(CALCULATION, document)
    return calculation
