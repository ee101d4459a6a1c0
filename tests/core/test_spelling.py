"""Spelling: a value as a document shows it, and its one form for digests, which says the same."""

from __future__ import annotations

import json
from datetime import date
from decimal import Context, Decimal, localcontext
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.determination import Determination
from taxengine.core.errors import TaxEngineError
from taxengine.core.invoice import Invoice
from taxengine.core.parties import Certificate, Customer, Merchant, Registration, TaxId
from taxengine.core.place import Address
from taxengine.core.policy import Policy, Rounding
from taxengine.core.spelling import canonical, plain, to_dict
from taxengine.core.values import replace
from tests.building import invoice_of
from tests.core.samples import EXAMPLES, asked, invoice, line, rate
from tests.oracle.generator import random_case

NUMBERS = {
    "amount", "percent", "quantity", "unitPrice", "enteredPercent", "percentageDecimal", "amountPerUnit",
    "taxablePortion", "cashIncrement",
}  # fmt: skip


def plainly(document: Any, field: str = "") -> Any:
    """A document with each number in its one spelling."""
    if isinstance(document, dict):
        return {key: held if key == "meta" else plainly(held, key) for key, held in document.items()}
    if isinstance(document, list):
        return [plainly(held) for held in document]
    return plain(Decimal(document)) if field in NUMBERS and document is not None else document


IMPLIED = {"sourcing": "destination", "policy": Policy.preset("default").to_dict()}


def same(of: Any) -> None:
    """The form for digests says what the document says, sorted, without white space, in ASCII."""
    spelt, document = canonical(of), to_dict(of)
    told = {key: held for key, held in document.items() if IMPLIED.get(key) != held}
    assert json.loads(spelt) == plainly(told)
    assert spelt == json.dumps(json.loads(spelt), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


@EXAMPLES
@given(asked())
def test_a_digest_is_made_of_what_the_document_says(of: Determination) -> None:
    same(of.invoice)


def test_the_documents_of_the_generator_are_spelt_the_same_way() -> None:
    rng = Random(7)
    spelt = 0
    for _ in range(200):
        document, _ = random_case(rng)
        try:
            of = invoice_of(document)
        except TaxEngineError:
            continue
        same(of)
        spelt += 1
    assert spelt > 150


FULL = invoice(
    line("1.0", 'ä"\\\u2028', tax_rates=[rate("a"), "b"], ship_to=Address(country="DE", postal_code="10115")),
    line(id_="2", unit_price="0.10", quantity="1.0", discounts=[Discount(percent="10.00")], tax_rates=[]),
    merchant=Merchant(registrations=[Registration(country="DE", valid_from=date(2026, 1, 1), type="gst")]),
    customer=Customer(tax_ids=[TaxId(type="vat", value="DE1")], certificates=[Certificate(types=["gst"])]),
    charges=[Charge(amount=Decimal("1E+2"))],
    policy=Policy(rounding=Rounding(mode="down"), cash_increment="0.050"),
    meta={"z": [1, {"b": None, "a": 0.5}], "a": "é"},
)


def test_every_kind_of_field_is_spelt() -> None:
    same(FULL)
    shown = to_dict(FULL)
    assert shown["lines"][0]["taxRates"] == ["a", "b"]
    assert shown["lines"][1] == {
        "id": "2",
        "unitPrice": "0.10",
        "taxRates": [],
        "discounts": [{"percent": "10.00"}],
    }
    assert (shown["policy"]["rounding"]["mode"], shown["policy"]["cashIncrement"]) == ("down", "0.05")
    assert shown["merchant"] == {
        "registrations": [{"country": "DE", "type": "gst", "validFrom": "2026-01-01"}]
    }
    assert '"cashIncrement":"0.05"' in canonical(FULL)


@pytest.mark.parametrize(
    "written_out",
    [
        {"kind": "invoice"},
        {"sourcing": "destination"},
        {"policy": "default"},
        {"policy": Policy.preset("default")},
        {"discounts": [], "charges": (), "payments": []},
        {"meta": {}},
        {"tax_behavior": None, "tax_rates": None, "merchant": None},
    ],
)
def test_a_default_that_is_written_out_is_digested_as_one_that_is_not(written_out: dict[str, Any]) -> None:
    assert canonical(invoice(line(), **written_out)) == canonical(invoice(line(quantity="1.0")))


@pytest.mark.parametrize(
    "stated",
    [
        {"sourcing": "origin"},
        {"policy": "en16931"},
        {"policy": Policy()},
        {"policy": replace(Policy.preset("default"), meta={"a": 1})},
        {"tax_rates": []},
        {"kind": "creditNote"},
    ],
)
def test_what_changes_the_answer_changes_the_digest(stated: dict[str, Any]) -> None:
    """A policy of the same axes that is no preset is shown without a name: another answer."""
    assert canonical(invoice(line(), **stated)) != canonical(invoice(line()))


def test_a_rate_is_digested_without_what_repeats_or_stamps_it() -> None:
    of = rate(percentage="1900", created="2026-03-01", updated="2026-03-02T12:00:00Z")
    assert to_dict(of)["percentage"] == "1900"
    assert canonical(of) == canonical(rate())


@pytest.mark.parametrize("text", ["1E-12", "0.0000001", "1E+14", "0E-20", "120", "0.1900"])
def test_the_context_of_the_caller_spells_nothing(text: str) -> None:
    number = Decimal(text)
    expected = plain(number), canonical(Charge(amount="0.0000001"))
    with localcontext(Context(capitals=0, prec=1)):
        assert (plain(number), canonical(Charge(amount="0.0000001"))) == expected


numbers = st.decimals(allow_nan=False, allow_infinity=False, places=12, min_value=-(10**15), max_value=10**15)


@given(numbers, st.integers(0, 6))
def test_a_number_has_one_plain_spelling(number: Decimal, zeros: int) -> None:
    with localcontext(Context(prec=60)):
        longer = number.quantize(Decimal(1).scaleb(-12 - zeros))
    spelt = plain(number)
    assert Decimal(spelt) == number
    assert plain(longer) == spelt
    assert "e" not in spelt.lower()
    assert "." not in spelt or spelt[-1] != "0"


def test_what_a_document_shows_of_free_data_is_a_copy() -> None:
    shown = to_dict(FULL)
    shown["meta"]["z"][1]["a"] = shown["meta"]["new"] = 1
    assert FULL.meta == {"z": [1, {"b": None, "a": 0.5}], "a": "é"}
    policy = Policy(meta={"a": [1]}, rounding=Rounding(meta={"b": {}}))
    told: Any = policy.to_dict()
    told["meta"]["a"].append(told["rounding"]["meta"].pop("b"))
    assert policy.to_dict()["meta"] == {"a": [1]}
    assert policy.rounding.meta == {"b": {}}


def test_an_invoice_says_itself_again() -> None:
    """What a document shows of an invoice makes the same invoice; rates stand in it by their ids."""
    shown = to_dict(FULL)
    again: Invoice = invoice_of({**shown, "merchant": {}, "customer": {}})
    assert to_dict(again)["lines"] == shown["lines"]
    assert to_dict(again)["meta"] == shown["meta"]
