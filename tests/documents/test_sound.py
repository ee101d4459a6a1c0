"""Sound: bytes are read in one go where nothing is wrong, and come to what the careful way says of text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings

from taxengine.core.errors import TaxEngineError
from taxengine.core.invoice import Invoice
from taxengine.documents import reading
from taxengine.documents.reading import read_invoice
from tests.differential.cases import case_of
from tests.documents.mutations import mutated
from tests.documents.samples import INVOICE, SMALL, Document


def outcome(document: str | bytes) -> object:
    """The invoice with its very numbers, or all that is said of it."""
    try:
        invoice = read_invoice(document)
    except TaxEngineError as error:
        return error.to_dict()
    return repr(invoice), invoice


def same(text: str) -> object:
    careful = outcome(text)
    assert outcome(text.encode()) == careful
    return careful


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The careful way is closed."""

    def refused(*_: Any) -> Invoice:
        raise AssertionError("read a second time")

    monkeypatch.setattr(reading, "read_as", refused)


@given(mutated(INVOICE, SMALL))
@example({"id": "1", "currency": "EUR", "taxDate": "2026-03-01", "lines": [{"id": "1", "amount": 5}] * 2})
@settings(max_examples=300)
def test_both_ways_read_and_refuse_the_same(document: Document) -> None:
    same(json.dumps(document))
    same(json.dumps(document, separators=(",", ":")))


@pytest.mark.parametrize("seed", range(300))
def test_both_ways_read_random_invoices_alike(seed: int) -> None:
    same(json.dumps(case_of(seed)[0]))


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("seed", range(0, 40, 2))
def test_a_usual_invoice_is_read_once(seed: int) -> None:
    document = {**SMALL, "lines": [{"id": str(seed), "quantity": seed, "unitPrice": "1.50"}]}
    assert read_invoice(json.dumps(document).encode()).lines[0].quantity == seed


@pytest.mark.parametrize(
    "spelt",
    [
        '"amount": "1", "amount": "2"',
        '"amount" : "1", "amount": "2"',
        '"amount": "1", "description": "a\\": b"',
        '"amount": "1", "amount": "2", "description": "a\\": b"',
        '"amount" : "1", "amount": "2", "description": "a\\": b"',
        '"amount": "1", "description": "Plan : Pro"',
        '"amount": 1.50',
        '"amount": 1e2',
        '"amount": -0',
        '"amount": -0.0',
        '"amount": 12345678901234567890',
        '"amount": 123456789012345678901234567890.5',
        '"amount": true',
        '"amount": null',
        '"amount": "1", "meta": {"a": -0, "b": 1.50, "a": 1}',
        '"amount": "1", "description": "\\ud800"',
        '"amount": "1", "description": "a\\u0000"',
        '"amount": "1", "shipTo": {"country": "US", "postalCode": 94105.0}',
        '"amount": "1", "shipTo": {"country": "US", "postalCode": "94105.0"}',
        '"amount": "1", "shipTo": {"country": "US", "country": "DE"}',
        '"amount": 01',
        '"amount": NaN',
        '"amount": "1",',
    ],
)
def test_what_a_fast_parser_tells_otherwise_is_read_with_care(spelt: str) -> None:
    same('{"id": "1", "currency": "EUR", "taxDate": "2026-03-01", "lines": [{"id": "1", ' + spelt + "}]}")


def test_a_number_does_not_pass_for_a_text_that_was_read_before() -> None:
    head = '{"id": "1", "currency": "EUR", "taxDate": "2026-03-01", "lines": [{"id": "1", "amount": "1"}],'
    known = head + '"customer": {"address": {"country": "US", "postalCode": "941.5"}}}'
    for text in (known, known.replace('"941.5"', "941.5")):
        same(text)


@pytest.mark.parametrize("text", ["", "[]", "[" * 9999, '"x"', "{", "\ufeff{}", '{"id": "1"} x', "null"])
def test_what_is_no_invoice_at_all_is_refused_alike(text: str) -> None:
    assert isinstance(same(text), dict)


@pytest.mark.parametrize("broken", [b'{"id": "\xff"}', "{}".encode("utf-16"), b"\0{}"])
def test_what_is_no_text_is_refused(broken: bytes) -> None:
    with pytest.raises(TaxEngineError):
        read_invoice(broken)
