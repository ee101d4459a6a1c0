"""Stripe's export: per cent, minor units, and labels that are no postal codes."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from taxengine.core.errors import InvalidRate
from taxengine.packs.importers import stripe
from taxengine.packs.importers.reading import Reading
from tests.packs.importers import told, written


def tax_rate(**changes: Any) -> dict[str, Any]:
    """An object as the interface answers it."""
    return {
        "id": "txr_1", "object": "tax_rate", "active": True, "country": "DE", "created": 1700000000,
        "description": None, "display_name": "VAT", "effective_percentage": 19.0, "flat_amount": None,
        "inclusive": True, "jurisdiction": "Germany", "livemode": False, "metadata": {"a": "b"},
        "percentage": 19.0, "rate_type": "percentage", "state": None, "tax_type": "vat",
    } | changes  # fmt: skip


def reading_of(tmp_path: Path, document: object) -> Reading:
    return stripe.read(written(tmp_path, json.dumps(document), "tax_rates.json"))


def test_a_percentage_is_per_cent_and_a_jurisdiction_a_label(tmp_path: Path) -> None:
    (rate,) = reading_of(tmp_path, {"object": "list", "data": [tax_rate()], "has_more": False})
    assert (rate.id, rate.percentage_decimal, rate.type, rate.inclusive) == (
        "txr_1", Decimal("0.190"), "valueAddedTax", True,
    )  # fmt: skip
    assert (rate.description, rate.jurisdiction, rate.meta) == ("Germany", None, {"a": "b"})
    text = json.dumps(tax_rate()).replace("19.0", "8.8750")
    (exact,) = stripe.read(written(tmp_path, f"[{text}]"))
    assert exact.percentage_decimal == Decimal("0.08875")


def test_one_object_a_list_and_a_page_are_read(tmp_path: Path) -> None:
    for document in (tax_rate(), [tax_rate()], {"data": [tax_rate()]}):
        assert [one.id for one in reading_of(tmp_path, document)] == ["txr_1"]
    page = reading_of(tmp_path, {"data": [tax_rate()], "has_more": True})
    list(page)
    assert told(page) == [
        ("doubtful", "has_more: has_more is true: this is a page, and other rates are not here")
    ]


def test_types_and_states_are_known_and_an_unknown_type_is_the_usual_one(tmp_path: Path) -> None:
    document = [
        tax_rate(id="a", country="US", state="NY", tax_type="sales_tax"),
        tax_rate(id="b", country="CA", tax_type="qst", active=False),
        tax_rate(id="c", country="US", tax_type=None),
        tax_rate(id="d", country="UK", tax_type="vat"),
    ]
    reading = reading_of(tmp_path, document)
    shown = [(one.country, one.type, one.state, one.active) for one in reading]
    assert shown == [
        ("US", "salesTax", "NY", True),
        ("CA", "qst", None, False),
        ("US", "salesTax", None, True),
        ("GB", "valueAddedTax", None, True),
    ]
    assert told(reading) == [
        ("changed", "[2]: no tax_type that is known: the usual one of its country was taken")
    ]


def test_a_rate_without_a_country_takes_it_from_its_label_or_is_left_out(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path, [tax_rate(country=None, jurisdiction="el"), tax_rate(country=None, jurisdiction="Texas")]
    )
    assert [one.country for one in reading] == ["GR"]
    assert told(reading) == [
        ("changed", "[0]: its country was taken from its jurisdiction"),
        ("skipped", "[1]: left out, since it states no country"),
    ]


def test_a_flat_amount_is_in_minor_units_and_of_the_whole_invoice(tmp_path: Path) -> None:
    fee = tax_rate(
        country="US", state="CO", tax_type="retail_delivery_fee", rate_type="flat_amount", percentage=0.0,
        flat_amount={"amount": 28, "currency": "usd"}, inclusive=False,
    )  # fmt: skip
    (rate,) = reading_of(tmp_path, [fee])
    assert (rate.type, rate.amount_per_unit, rate.amount_per, rate.currency, rate.percentage_decimal) == (
        "retailDeliveryFee", Decimal("0.28"), "invoice", "USD", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"data": 1}, "data"),
        ([1], "[0]"),
        ([{"object": "price"}], "[0]"),
        ([tax_rate(percentage=1900)], "[0].percentageDecimal"),
        ([tax_rate(percentage="x")], "[0].percentage"),
        ([tax_rate(country="ZZ")], "[0].country"),
        (
            [tax_rate(rate_type="flat_amount", flat_amount={"amount": 1, "currency": "zzz"})],
            "[0].flat_amount.currency",
        ),
        ([tax_rate(inclusive="yes")], "[0].inclusive"),
    ],
)
def test_a_bad_object_is_told_by_its_path(tmp_path: Path, document: object, path: str) -> None:
    with pytest.raises(InvalidRate) as refused:
        list(reading_of(tmp_path, document))
    assert path in [one.path for one in refused.value.problems]


def test_a_key_that_stands_twice_and_a_file_cut_short_are_refused(tmp_path: Path) -> None:
    twice = json.dumps([tax_rate()]).replace('"percentage": 19.0', '"percentage": 19.0, "percentage": 0')
    for text, code in ((twice, "duplicateKey"), (twice[:-20], "invalidJson"), ("", "emptyDocument")):
        with pytest.raises(InvalidRate) as refused:
            list(stripe.read(written(tmp_path, text)))
        assert refused.value.code == code
