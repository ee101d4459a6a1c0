"""Parties: where and when a registration or a certificate holds, and for what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from taxengine.core.errors import InvalidInvoice
from taxengine.core.parties import Certificate, Customer, Merchant, Registration
from taxengine.core.rates import TaxType

DAY = date(2026, 3, 1)
DATED: list[Any] = [Registration, Certificate]


@pytest.mark.parametrize("kind", DATED)
def test_a_period_is_half_open(kind: Any) -> None:
    one = kind(country="DE", valid_from=date(2026, 1, 1), valid_until=DAY)
    assert [one.in_force(day) for day in (date(2025, 12, 31), date(2026, 1, 1), DAY)] == [False, True, False]
    assert kind(country="DE").in_force(date.min)
    with pytest.raises(InvalidInvoice) as caught:
        kind(country="DE", valid_from=DAY, valid_until=DAY)
    assert caught.value.code == "reversedDates"


@pytest.mark.parametrize("kind", DATED)
@pytest.mark.parametrize(
    ("own", "area", "state", "there"),
    [
        (("US", None), "US", "CA", True),
        (("US", None), "US", None, True),
        (("US", None), "CA", None, False),
        (("US", None), None, None, False),
        (("US", "California"), "US", "CA", True),
        (("US", "US-CA"), "US", "CA", True),
        (("US", "CA"), "US", "NY", False),
        (("US", "CA"), "US", None, False),
        (("US", "CA"), "CA", "CA", False),
        (("DE", "Bayern"), "DE", "BY", True),
        (("DE", "Bayern"), "DE", "HE", False),
        (("US", "San  Francisco"), "US", "san francisco", True),
    ],
)
def test_a_place_is_that_area_and_that_state(
    kind: Any, own: tuple[str, str | None], area: str | None, state: str | None, there: bool
) -> None:
    assert kind(country=own[0], state=own[1]).at(area, state) is there


def test_a_certificate_of_no_country_holds_everywhere() -> None:
    assert Certificate().at("US", "CA")
    assert Certificate().at(None, None)


def test_a_state_needs_its_country() -> None:
    with pytest.raises(InvalidInvoice) as caught:
        Certificate(state="CA")
    assert [(one.code, one.path) for one in caught.value.problems] == [("missingField", "country")]


@pytest.mark.parametrize(
    ("own", "kind", "covered"),
    [
        (None, "qst", True),
        ("gst", "gst", True),
        ("gst", "hst", True),
        ("gst", "cgst", True),
        ("gst", "sgst", True),
        ("gst", "igst", True),
        ("gst", "qst", False),
        ("gst", "valueAddedTax", False),
        ("hst", "gst", True),
        ("hst", "qst", False),
        ("cgst", "gst", False),
        ("valueAddedTax", "valueAddedTax", True),
    ],
)
def test_a_registration_covers_its_type_and_gst_what_makes_it_up(
    own: str | None, kind: str, covered: bool
) -> None:
    assert Registration(country="CA", type=own).covers(kind) is covered
    assert Registration(country="CA", type=own).covers(TaxType(kind)) is covered


@pytest.mark.parametrize(
    ("categories", "category", "covered"),
    [
        ([], "food", True),
        ([], None, True),
        (["food"], "food", True),
        (["food"], "food.bread", True),
        (["books", "food"], "food.bread", True),
        (["food.bread"], "food", False),
        (["food"], None, False),
    ],
)
def test_a_certificate_covers_its_categories(
    categories: list[str], category: str | None, covered: bool
) -> None:
    one = Certificate(country="US", tax_categories=categories)
    assert one.covers("US", "CA", category, DAY) is covered


def test_a_certificate_covers_nothing_elsewhere_or_at_another_time() -> None:
    one = Certificate(country="US", state="CA", valid_until=DAY)
    assert one.covers("US", "CA", None, date(2026, 2, 28))
    assert not one.covers("US", "NY", None, date(2026, 2, 28))
    assert not one.covers("US", "CA", None, DAY)


def test_an_empty_list_of_registrations_says_nothing_and_is_refused() -> None:
    with pytest.raises(InvalidInvoice) as caught:
        Merchant(registrations=[])
    assert [(one.code, one.path) for one in caught.value.problems] == [("invalidValue", "registrations")]
    assert "leave the field out" in caught.value.problems[0].hint
    assert Merchant().registrations is None


def test_a_customer_pays_tax_unless_it_is_said() -> None:
    assert Customer().tax_status == "taxable"
    assert Customer().certificates == ()
