"""Rates: what one says, what contradicts itself, and what stays the same however it is spelt."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core.errors import InvalidRate
from taxengine.core.rates import Level, TaxRate, TaxType, Treatment
from taxengine.core.reasons import Reason, reason_of
from tests.core.samples import rate


def refused(**more: Any) -> list[tuple[str, str, str]]:
    arguments: dict[str, Any] = {"country": "DE", "type": "valueAddedTax", "inclusive": None, **more}
    with pytest.raises(InvalidRate) as caught:
        TaxRate(**arguments)
    return [(one.code, one.path, one.hint) for one in caught.value.problems]


def codes(**more: Any) -> list[tuple[str, str]]:
    return [(code, path) for code, path, _ in refused(**more)]


fractions = st.decimals(min_value=-1, max_value=1, places=6)


@given(fractions)
def test_a_percentage_repeats_the_fraction_in_basis_points(fraction: Decimal) -> None:
    points = fraction * 10_000
    assert rate(percent=str(fraction), percentage=f"{points:f}").percentage == points  # type: ignore[arg-type]
    off = f"{points + Decimal('0.01'):f}"
    assert codes(percentage_decimal=str(fraction), percentage=off) == [("percentageDisagrees", "percentage")]


def test_a_percentage_alone_says_nothing_also_beside_a_fixed_amount() -> None:
    missing = [("missingField", "percentageDecimal")]
    assert codes(percentage="300") == missing
    assert codes(percentage="300", amount_per_unit="0.25") == missing
    assert "basis points" in refused(percentage="300")[0][2]
    assert refused()[0][2] == ""


def test_19_for_19_per_cent_is_refused_with_what_to_write() -> None:
    ((code, path, hint),) = refused(percentage_decimal="19")
    assert (code, path) == ("percentageAbove100", "percentageDecimal")
    assert hint == "write 0.19 for 19 %, or set allowAbove100"
    assert rate(percent="19", allow_above_100=True).percentage_decimal == 19
    assert rate(percent="1").percentage_decimal == 1


def test_a_fixed_amount_needs_no_percentage() -> None:
    assert rate(percent=None, amount_per_unit="0.25").percentage_decimal is None


@pytest.mark.parametrize("portion", ["-0.1", "1.000001"])
def test_a_portion_is_between_nothing_and_all(portion: str) -> None:
    assert codes(percentage_decimal="0.1", taxable_portion=portion) == [("invalidValue", "taxablePortion")]


def test_a_withheld_tax_is_not_inside_the_price() -> None:
    assert codes(percentage_decimal="0.1", withheld=True, inclusive=True) == [("invalidRateSet", "inclusive")]
    assert rate(withheld=True, inclusive=None).withheld


@pytest.mark.parametrize("treatment", ["zero", "exempt", "outsideScope"])
def test_what_levies_nothing_has_no_figure(treatment: str) -> None:
    broken = [("invalidRateSet", "percentageDecimal")]
    assert codes(percentage_decimal="0.1", treatment=treatment) == broken
    assert codes(percentage_decimal="0.1", amount_per_unit="1", treatment=treatment) == broken
    assert codes(amount_per_unit="1", treatment=treatment) == [("invalidRateSet", "amountPerUnit")]
    assert rate(percent="0", treatment=treatment).treatment is Treatment(treatment)
    assert rate(percent="0", amount_per_unit="0", treatment=treatment).treatment is Treatment(treatment)


def test_every_problem_is_told_at_once() -> None:
    found = codes(percentage_decimal="19", percentage="1", taxable_portion="2", withheld=True, inclusive=True,
                  valid_from=date(2026, 1, 1), valid_until=date(2026, 1, 1))  # fmt: skip
    assert [code for code, _ in found] == [
        "reversedDates", "percentageDisagrees", "percentageAbove100", "invalidValue", "invalidRateSet",
    ]  # fmt: skip


days = st.dates(min_value=date(2000, 1, 1), max_value=date(2050, 1, 1))


@given(st.one_of(st.none(), days), st.one_of(st.none(), days), days)
def test_a_rate_is_in_force_from_its_first_day_to_the_day_before_its_end(
    since: date | None, until: date | None, day: date
) -> None:
    if since is not None and until is not None and until <= since:
        return
    one = rate(valid_from=since, valid_until=until)
    first = since or date.min
    last = date.max if until is None else until - timedelta(days=1)
    assert one.in_force(day) == (first <= day <= last)


def test_postal_patterns_and_states_are_read_when_the_rate_is_made() -> None:
    assert codes(percentage_decimal="0.1", jurisdiction="94105,,!") != []
    one = TaxRate(id="x", country="US", type="salesTax", percentage_decimal="0.1", inclusive=False,
                  jurisdiction="94105, 941*", state="California")  # fmt: skip
    assert len(one.patterns) == 2
    assert one.state_code == "CA"
    assert rate().patterns == ()
    assert rate().state_code is None


# ---- identity ----


def test_a_rate_without_an_id_has_the_same_one_for_ever() -> None:
    published = TaxRate(country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)
    said = '{"country":"DE","inclusive":false,"percentageDecimal":"0.19","type":"valueAddedTax"}'
    assert published.id == f"taxRate_{hashlib.sha256(said.encode()).hexdigest()[:32]}"
    assert published.id == "taxRate_817cef7aa523ecf80d039cc3d7de0ed2"


same = st.sampled_from(
    [
        {"percent": "0.190"},
        {"percent": Decimal("0.19")},
        {"percentage": "1900"},
        {"created": "2026-03-01T12:00:00Z"},
    ]
)


@given(same)
def test_spelling_and_stamps_change_neither_id_nor_digest(more: dict[str, Any]) -> None:
    assert rate("", **more).id == rate("").id
    assert rate("a", **more).digest == rate("a").digest


@pytest.mark.parametrize(
    "more",
    [
        {"percent": "0.2"}, {"inclusive": True}, {"inclusive": None}, {"country": "AT"}, {"type": "gst"},
        {"state": "Bayern"}, {"jurisdiction": "1*"}, {"name": "VAT"}, {"treatment": "reduced"},
        {"valid_from": date(2026, 1, 1)}, {"meta": {"a": 1}}, {"active": False}, {"withheld": True},
    ],
)  # fmt: skip
def test_whatever_a_rate_says_changes_its_id_and_digest(more: dict[str, Any]) -> None:
    assert rate("", **more).id != rate("").id
    assert rate("a", **more).digest != rate("a").digest


def test_the_digest_is_the_same_at_each_asking_and_of_each_id() -> None:
    one = rate("")
    assert one.digest == one.digest == rate(one.id).digest
    assert rate("b").digest != rate("a").digest


def test_a_rate_is_a_key_by_its_id_and_its_start() -> None:
    assert len({rate(), rate(percent="0.190"), rate(valid_from=date(2026, 1, 1))}) == 2
    assert hash(rate(meta={"a": []})) == hash(rate())


def test_a_document_shows_what_was_said() -> None:
    one = rate(percent="0.190", level="state", tax_categories=["food"], valid_from=date(2026, 1, 1))
    assert one.to_dict() == {
        "id": "vat", "country": "DE", "percentageDecimal": "0.190", "inclusive": False,
        "type": "valueAddedTax", "validFrom": "2026-01-01", "level": "state", "taxCategories": ["food"],
    }  # fmt: skip
    assert one.to_reference() == "vat"
    assert one.type is TaxType.VAT
    assert one.level is Level.STATE


# ---- reasons ----


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, "standardRated"),
        ({"percent": "0"}, "zeroRated"),
        ({"percent": "0", "amount_per_unit": "0"}, "zeroRated"),
        ({"percent": "0", "amount_per_unit": "1"}, "standardRated"),
        ({"percent": None, "amount_per_unit": "1"}, "standardRated"),
        ({"percent": "-0.1"}, "standardRated"),
        ({"treatment": "reduced"}, "reducedRated"),
        ({"percent": "0", "treatment": "reduced"}, "reducedRated"),
        ({"percent": "0", "treatment": "zero"}, "zeroRated"),
        ({"percent": "0", "treatment": "exempt"}, "productExempt"),
        ({"percent": "0", "treatment": "outsideScope"}, "outsideScope"),
    ],
)
def test_a_rate_gives_its_reason(more: dict[str, Any], reason: str) -> None:
    assert reason_of(rate(**more)) is Reason(reason)
