"""Input types: every field of each, against all that it must not take, and what it makes of the rest."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from taxengine.core.adjustments import Charge, Discount, Payment
from taxengine.core.brackets import Bracket
from taxengine.core.errors import InvalidInput, InvalidInvoice, InvalidPolicy, InvalidRate, Problem
from taxengine.core.invoice import Invoice, Line
from taxengine.core.parties import Certificate, Customer, Merchant, Registration, TaxId
from taxengine.core.place import Address
from taxengine.core.policy import Policy, Rounding
from taxengine.core.rates import TaxRate
from taxengine.core.values import document_name, fields_of

DAY = date(2026, 3, 1)
GERMANY = Address(country="DE")
RATE = TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)
LINE = Line(id="1", amount="1.00")

# What each kind of field takes, none aside; whatever else stands in WRONG is refused.
TAKES: dict[str, list[Any]] = {
    "number": ["1", "-0.5", "0", Decimal("0.25"), 1, "0.000000000001", "999999999999999", Decimal("1E+2")],
    "fraction": ["1", "-0.5", "0", Decimal("0.25"), 1, "0.000000000001"],
    "points": ["1900", "1900.00", Decimal("19E+2"), 1900],
    "percent": ["19", "0", "-100", Decimal("8.25"), 100],
    "portion": ["1", "0", Decimal("0.25"), "0.000000000001"],
    "coin": ["1", Decimal("0.05"), 5, "0.000000000001"],
    "text": ["x", "Zürich", "x" * 255],
    "long": ["x", "", "x" * 1000],
    "maybe": ["x", "", "x" * 40],
    "stamp": ["2024-01-01T00:00:00.000Z", "2026-03-01", "2026-03-01T12:30:00+02:00", ""],
    "scheme": ["oss", "nonUnionOss", "ioss"],
    "category": ["x", "food.bread", "digital goods", "x" * 255],
    "categories": [(), ["a"], ("a.b", "b"), iter(["a"])],
    "patterns": ["10115", "1*, 20000..29999", ""],
    "flag": [True, False],
    "day": [DAY, date.min],
    "texts": [(), ["a"], ("a", "b"), iter(["a"])],
    "free": [{}, {"a": 1}],
    "country": ["DE", "de", "UK", "EL"],
    "currency": ["EUR", "JPY", "HRK"],
    "type": ["valueAddedTax", "gst"],
    "types": [(), ["gst"]],
    "level of a place": ["country", "state", "county", "city", "district"],
    "treatment": ["standard", "reduced"],
    "per": ["unit", "line", "invoice"],
    "when": ["intrastate", "interstate"],
    "refs": [[], ["a", "b"], [RATE], iter([RATE, "b"])],
    "behavior": ["inclusive", "exclusive"],
    "address": [GERMANY],
    "discounts": [(), [Discount(percent=1)]],
    "charges": [(), [Charge(amount=1)]],
    "payments": [(), [Payment(amount=1)]],
    "lines": [[LINE]],
    "tax ids": [(), [TaxId(type="vat", value="DE1")]],
    "registrations": [[Registration(country="DE")]],
    "certificates": [(), [Certificate(country="DE")]],
    "brackets": [(), []],
    "bracket by": ["whole", "part"],
    "strategy": ["own", "proportional", "highest", "principal"],
    "paid by": ["voucher", "prepaid"],
    "status": ["taxable", "exempt", "reverseCharge"],
    "kind": ["invoice", "creditNote"],
    "line kind": ["goods", "service", "digital", "shipping"],
    "sourcing": ["destination", "origin", "auto"],
    "policy": ["default", Policy()],
    "preset": ["default", "en16931"],
    "merchant": [Merchant()],
    "customer": [Customer()],
    "rounding": [Rounding(), Rounding(mode="down")],
    "level": ["unit", "line", "lineTotal", "tax", "invoice"],
    "mode": ["halfUp", "halfEven", "halfDown", "up", "down", "ceiling", "floor"],
    "order": ["taxFirst", "netFirst"],
    "group": ["rate", "percentage"],
    "amounts": ["rounded", "exact"],
}

# A question mark: may be None as well.
_dated = {"valid_from": "day?", "valid_until": "day?", "meta": "free?"}
_figures = {"amount": "number?", "percent": "number?", "description": "long?", "meta": "free?"}
_taxed = {"tax_category": "text?", "tax_rates": "refs?", "tax_behavior": "behavior?"}
FIELDS: dict[type, dict[str, str]] = {
    TaxRate: {
        "id": "maybe", "active": "flag", "country": "country", "name": "maybe?", "description": "maybe?",
        "display_name": "maybe?", "percentage": "points?", "percentage_decimal": "fraction?",
        "inclusive": "flag?", "jurisdiction": "patterns?", "state": "maybe?", "type": "type", **_dated,
        "level": "level of a place?", "tax_categories": "categories", "treatment": "treatment",
        "compound_on": "texts", "replaces": "types", "when": "when?", "overrides_place": "flag",
        "jurisdiction_code": "maybe?", "by_postal_code": "flag", "allow_above_100": "flag",
        "amount_per_unit": "number?", "amount_per": "per", "currency": "currency?",
        "taxable_portion": "portion?", "withheld": "flag", "brackets": "brackets", "bracket_by": "bracket by",
        "created": "stamp?", "updated": "stamp?",
    },
    TaxId: {"type": "text", "value": "text", "meta": "free?"},
    Registration: {
        "country": "country", "state": "text?", "type": "type?", "scheme": "scheme?", **_dated,
    },
    Certificate: {
        "country": "country?", "state": "text?", "types": "types", "tax_categories": "categories",
        "number": "text?", **_dated,
    },
    Merchant: {
        "name": "long?", "address": "address?", "tax_ids": "tax ids", "registrations": "registrations?",
        "meta": "free?",
    },
    Customer: {
        "id": "text?", "name": "long?", "address": "address?", "tax_status": "status",
        "tax_ids": "tax ids", "certificates": "certificates", "meta": "free?",
    },
    Discount: {**_figures, **_taxed, "spread_over": "category?"},
    Charge: {**_figures, **_taxed, "strategy": "strategy?"},
    Payment: {"amount": "number", "kind": "paid by", "meta": "free?"},
    Line: {
        **_taxed, "id": "text", "quantity": "number", "unit_price": "number?", "amount": "number?",
        "discounts": "discounts", "charges": "charges", "ship_to": "address?", "ship_from": "address?",
        "entered_percent": "percent?", "product": "text?", "kind": "line kind?", "description": "long?",
        "meta": "free?",
    },
    Invoice: {
        "id": "text", "currency": "currency", "tax_date": "day", "lines": "lines", "kind": "kind",
        "merchant": "merchant?", "customer": "customer?", "discounts": "discounts", "charges": "charges",
        "payments": "payments", "policy": "policy?", "sourcing": "sourcing?", "tax_behavior": "behavior?",
        "tax_rates": "refs?", "provider": "text?", "meta": "free?",
    },
    Rounding: {"level": "level", "mode": "mode", "inclusive": "order", "group_by": "group", "meta": "free?"},
    Policy: {
        "rounding": "rounding", "line_amounts": "amounts", "discount_amounts": "amounts",
        "cash_increment": "coin?", "name": "preset?", "meta": "free?",
    },
}  # fmt: skip

COMPLETE: dict[type, dict[str, Any]] = {
    TaxRate: {"country": "DE", "type": "valueAddedTax", "inclusive": None, "percentage_decimal": "0.19"},
    TaxId: {"type": "vat", "value": "DE1"},
    Registration: {"country": "DE"},
    Certificate: {"country": "DE"},
    Merchant: {},
    Customer: {},
    Discount: {"percent": "10"},
    Charge: {"percent": "10"},
    Payment: {"amount": "1"},
    Line: {"id": "1", "unit_price": "1"},
    Invoice: {"id": "i", "currency": "EUR", "tax_date": DAY, "lines": [LINE]},
    Rounding: {},
    Policy: {},
}
RAISES: dict[type, type[InvalidInput]] = {
    TaxRate: InvalidRate,
    Rounding: InvalidPolicy,
    Policy: InvalidPolicy,
}

SPELLINGS = [
    "NaN", "nan", "sNaN", "-NaN", "NaN1", "Infinity", "inf", "-inf", "1e5", "1E+1000000", "19,99", "1_0",
    "1 ", "١٢", "+1", ".5", "5.", "0x1", "9" * 16, "0." + "1" * 13, "", "1\n", "--1", "1/2",
]  # fmt: skip
WRONG: list[Any] = [
    None, True, 0.1, 19.99, float("nan"), math.inf, 1j, (0, (1,), 0), (1, 2), [1], {"a": 1}, {1, 2}, b"1",
    bytearray(b"1"), object(), type, Fraction(1, 2), *SPELLINGS, 10**15, -(10**400), 10**5000, 7,
    *map(Decimal, ("NaN", "sNaN", "Infinity", "-Infinity", "1E+15", "1E-13", "1E+1000000", "-1E+99")),
    datetime(2026, 3, 1, tzinfo=UTC), time(1), "2026-03-01", "a\0b", "\ud800", "x" * 100_001,
]  # fmt: skip


def cases() -> Iterator[tuple[type, str, str]]:
    for kind, table in FIELDS.items():
        for name, takes in table.items():
            yield kind, name, takes


NUMBERS = {"number", "percent", "fraction", "points", "portion", "coin"}
CASES = list(cases())
every_field = pytest.mark.parametrize(
    ("kind", "name", "takes"), CASES, ids=[f"{kind.__name__}.{name}" for kind, name, _ in CASES]
)


# Fields of which one at least, or exactly one, is stated.
EITHER = {("amount", "unit_price"), ("amount", "percent"), ("amount_per_unit", "percentage_decimal")}


def made(kind: type, name: str, value: Any) -> Any:
    arguments = {**COMPLETE[kind], name: value}
    for one, other in EITHER:
        if {one, other} <= set(FIELDS[kind]) and kind is not TaxRate and name in (one, other):
            arguments = {**arguments, one: "1", other: None} if value is None and name == other else arguments
            arguments = {**arguments, other: None} if value is not None and name == one else arguments
    if kind is TaxRate and name == "percentage_decimal" and value is None:
        arguments["amount_per_unit"] = "1"
    if name == "bracket_by" and isinstance(value, str) and value == "part":
        arguments |= {"brackets": [Bracket(over="10", percentage_decimal="0")], "currency": "EUR"}
    return kind(**arguments)


def fits(takes: str, value: Any) -> bool:
    """Whether a wrong value is a right one here: a text is a text, None is none."""
    plain, maybe = takes.removesuffix("?"), takes.endswith("?")
    if value is None:
        return maybe
    if plain in ("text", "long", "maybe", "patterns", "category", "stamp"):
        if not isinstance(value, str) or "\0" in value or "\ud800" in value:
            return False
        if plain == "stamp":
            return value in ("", "2026-03-01")
        if plain == "category" and not all(part and part == part.strip() for part in value.split(".")):
            return False
        return len(value) <= 255 and (value != "" or plain != "text")
    if plain in ("flag", "free"):
        return isinstance(value, bool if plain == "flag" else dict)
    return plain in ("number", "percent", "coin") and type(value) is int and abs(value) < 10**15


def test_the_table_names_every_field_that_there_is() -> None:
    for kind, table in FIELDS.items():
        own = {one.name for one in fields_of(kind)}
        assert set(table) == own, kind.__name__


@every_field
def test_a_field_takes_what_it_should(kind: type, name: str, takes: str) -> None:
    for value in TAKES[takes.removesuffix("?")]:
        held = getattr(made(kind, name, copy.copy(value)), name)
        if takes.removesuffix("?") in NUMBERS:
            assert type(held) is Decimal
            assert held == Decimal(value)
    if takes.endswith("?"):
        assert getattr(made(kind, name, None), name) in (None, {})


@every_field
def test_a_field_refuses_everything_else_and_says_where(kind: type, name: str, takes: str) -> None:
    path = document_name(name)
    for value in WRONG:
        if fits(takes, value):
            continue
        with pytest.raises(InvalidInput) as caught:
            made(kind, name, value)
        error = caught.value
        assert type(error) is RAISES.get(kind, InvalidInvoice), (path, value)
        assert isinstance(error, ValueError)
        assert isinstance(error, TypeError)
        wrong = [problem for problem in error.problems if leads_to(path, problem)]
        assert wrong, (path, value, str(error))
        assert all(len(problem.message) < 300 and "\n" not in problem.message for problem in wrong)


def leads_to(path: str, problem: Problem) -> bool:
    return problem.path == path or problem.path.startswith((f"{path}[", f"{path}."))
