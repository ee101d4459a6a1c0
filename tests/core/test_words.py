"""Words: figures and rates as an explanation prints them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from taxengine.core.arithmetic import exactly
from taxengine.core.stack import applied
from taxengine.core.words import money, percent, shown
from tests.core.samples import rate


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "19 % exclusive"),
        ({"inclusive": True}, "19 % inclusive"),
        ({"withheld": True}, "19 % withheld"),
        ({"percent": None, "amount_per_unit": "0.250"}, "0.25 a unit exclusive"),
        (
            {"percent": "0.00001", "amount_per_unit": "1", "amount_per": "invoice"},
            "0.001 % and 1 an invoice exclusive",
        ),
        ({"percent": None, "amount_per_unit": "1", "amount_per": "line"}, "1 a line exclusive"),
    ],
)
def test_a_rate_is_told_in_words(more: dict[str, Any], expected: str) -> None:
    assert percent(applied(rate(**more))) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1.500"), "1.5"),
        (Fraction(1, 4), "0.25"),
        (Fraction(-2, 3), "-0.666666666666..."),
        (Fraction(1, 2**12), "0.000244140625"),
        (Fraction(10**15, 7), "142857142857142.857142857142..."),
    ],
)
def test_an_exact_value_ends_in_dots_only_where_it_goes_on(value: Any, expected: str) -> None:
    assert shown(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("10.00"), "10.00"),
        (Decimal("1E+2"), "100"),
        (Decimal("0E-8"), "0.00000000"),
        (Fraction(1, 8), "0.125"),
    ],
)
def test_an_amount_keeps_its_zeros(value: Any, expected: str) -> None:
    assert exactly(money)(value) == expected
