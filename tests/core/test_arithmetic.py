"""Arithmetic: the only rounding, the quotient that is fit for it, and allocation by largest remainder."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Context, Decimal, Inexact, InvalidOperation, getcontext, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core import arithmetic
from taxengine.core.arithmetic import (
    ONE,
    SYMMETRIC,
    ZERO,
    Exact,
    allocate,
    exactly,
    product,
    quotient,
    ratio,
    round_to,
    size,
    split,
    total,
)
from taxengine.core.errors import InvalidInput
from taxengine.core.policy import DECIMAL_MODES
from tests.oracle import sums

MODES = list(DECIMAL_MODES.items())
UNITS = [Decimal(1), Decimal("0.01"), Decimal("0.001"), Decimal("0.0001")]

numbers = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9)
fractions = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**4)
ties = st.builds(lambda halves: Decimal(halves) / 2000, st.integers(-(10**6), 10**6))
exacts = st.one_of(numbers, fractions, ties)
modes = st.sampled_from(MODES)
units = st.sampled_from(UNITS)


def whole(value: Decimal, unit: Decimal) -> int:
    """An amount as a number of units; it fails where the amount is not whole."""
    count = Fraction(value) / Fraction(unit)
    assert count.denominator == 1
    return count.numerator


@exactly
def rounded(value: Exact, unit: Decimal, mode: str) -> Decimal:
    return round_to(value, unit, mode)


@given(exacts, units, modes)
def test_a_value_is_rounded_as_the_oracle_rounds_it(
    value: Exact, unit: Decimal, mode: tuple[str, str]
) -> None:
    ours, theirs = mode[1], mode[0]
    expected = sums.round_to_int(Fraction(value) / Fraction(unit), theirs)
    assert whole(rounded(value, unit, ours), unit) == expected


@given(exacts, units, modes)
def test_what_is_rounded_has_the_digits_of_its_unit_and_no_negative_zero(
    value: Exact, unit: Decimal, mode: tuple[str, str]
) -> None:
    answer = rounded(value, unit, mode[1])
    assert answer.as_tuple().exponent == unit.as_tuple().exponent
    assert answer or not answer.is_signed()


@given(exacts, units, modes)
def test_rounding_again_changes_nothing(value: Exact, unit: Decimal, mode: tuple[str, str]) -> None:
    once = rounded(value, unit, mode[1])
    assert rounded(once, unit, mode[1]) == once


@given(exacts, units, st.sampled_from(sorted(SYMMETRIC)))
def test_a_symmetric_mode_rounds_the_negation_to_the_negation(value: Exact, unit: Decimal, mode: str) -> None:
    assert rounded(value, unit, mode) == -rounded(-value, unit, mode)


def test_the_symmetric_modes_are_all_but_the_two_that_know_up_from_down() -> None:
    assert set(DECIMAL_MODES.values()) - SYMMETRIC == {"ROUND_CEILING", "ROUND_FLOOR"}


@given(
    st.integers(-(10**30), 10**30),
    st.integers(-(10**30), 10**30).filter(bool),
    units,
    modes,
)
def test_a_quotient_is_rounded_once_even_at_60_digits(
    numerator: int, denominator: int, unit: Decimal, mode: tuple[str, str]
) -> None:
    cut = quotient(Decimal(numerator), Decimal(denominator))
    expected = sums.round_to_int(Fraction(numerator, denominator) / Fraction(unit), mode[0])
    assert whole(rounded(cut, unit, mode[1]), unit) == expected


@pytest.mark.parametrize(("ours", "theirs"), [(ours, theirs) for theirs, ours in MODES])
@pytest.mark.parametrize("side", [-1, 0, 1])
def test_a_quotient_a_hair_beside_a_tie_is_no_tie(ours: str, theirs: str, side: int) -> None:
    # One part in 10^80 from half a cent: far beyond the 60 digits that the quotient is cut at.
    denominator = 2 * 10**80
    numerator = denominator * 5 // 1000 + side
    cut = quotient(Decimal(numerator), Decimal(denominator))
    expected = sums.round_to_int(Fraction(100 * numerator, denominator), theirs)
    assert whole(rounded(cut, Decimal("0.01"), ours), Decimal("0.01")) == expected


def test_a_value_of_more_digits_than_any_amount_has_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        rounded(Decimal(10) ** 24 * Decimal(10) ** 120, Decimal("0.01"), "ROUND_HALF_UP")
    assert caught.value.code == "amountTooLarge"


@given(exacts, exacts.filter(bool))
def test_a_ratio_is_exact(numerator: Exact, denominator: Exact) -> None:
    answer = exactly(ratio)(numerator, denominator)
    assert Fraction(answer) == Fraction(numerator) / Fraction(denominator)


@given(exacts)
def test_a_ratio_to_one_is_what_it_was(value: Exact) -> None:
    assert exactly(ratio)(value, ONE) is value


@given(exacts, exacts)
def test_a_product_is_exact_and_a_decimal_where_both_are(left: Exact, right: Exact) -> None:
    answer = exactly(product)(left, right)
    assert Fraction(answer) == Fraction(left) * Fraction(right)
    assert isinstance(answer, Decimal) == (isinstance(left, Decimal) and isinstance(right, Decimal))


@given(st.lists(exacts))
def test_a_total_is_exact_and_a_decimal_where_all_are(values: list[Exact]) -> None:
    answer = exactly(total)(values)
    assert Fraction(answer) == sum(map(Fraction, values), Fraction(0))
    assert isinstance(answer, Decimal) == all(isinstance(value, Decimal) for value in values)


@given(exacts)
def test_a_size_is_the_absolute_value(value: Exact) -> None:
    assert exactly(size)(value) == abs(Fraction(value))


@given(exacts, st.lists(exacts, min_size=1, max_size=6))
def test_a_split_adds_up_and_keeps_the_proportions(amount: Exact, weights: list[Exact]) -> None:
    whole_weight = sum(map(Fraction, weights))
    if not whole_weight:
        return
    shares = exactly(split)(amount, weights)
    assert sum(shares) == Fraction(amount)
    assert all(
        share * whole_weight == Fraction(amount) * Fraction(weight)
        for share, weight in zip(shares, weights, strict=True)
    )


shares_lists = st.lists(st.one_of(ties, fractions, numbers), min_size=1, max_size=7)


@exactly
def allocated(shares: list[Exact], unit: Decimal, mode: str, ranks: list[tuple[str, ...]]) -> list[Decimal]:
    amount = round_to(total(shares), unit, mode)
    return allocate(amount, shares, unit, ranks)


def names(shares: list[Exact]) -> list[tuple[str, ...]]:
    return [(str(index), "r") for index in range(len(shares))]


@given(shares_lists, units, modes)
def test_an_allocation_is_that_of_the_oracle(
    shares: list[Exact], unit: Decimal, mode: tuple[str, str]
) -> None:
    exact = [Fraction(share) / Fraction(unit) for share in shares]
    expected = sums.allocate(sums.round_to_int(sum(exact, Fraction(0)), mode[0]), exact, names(shares))
    answer = allocated(shares, unit, mode[1], names(shares))
    assert [whole(part, unit) for part in answer] == expected


@given(shares_lists, units, modes)
def test_an_allocation_adds_up_and_each_part_is_within_a_unit(
    shares: list[Exact], unit: Decimal, mode: tuple[str, str]
) -> None:
    parts = allocated(shares, unit, mode[1], names(shares))
    assert sum(map(Fraction, parts)) == Fraction(rounded(exactly(total)(shares), unit, mode[1]))
    for part, share in zip(parts, shares, strict=True):
        assert abs(Fraction(part) - Fraction(share)) < Fraction(unit)
        assert part or not part.is_signed()


@given(st.data(), shares_lists, units, modes)
def test_the_order_of_the_shares_changes_no_part(
    data: st.DataObject, shares: list[Exact], unit: Decimal, mode: tuple[str, str]
) -> None:
    ranks = names(shares)
    order = data.draw(st.permutations(range(len(shares))))
    turned = allocated([shares[at] for at in order], unit, mode[1], [ranks[at] for at in order])
    assert turned == [allocated(shares, unit, mode[1], ranks)[at] for at in order]


def test_of_equal_remainders_the_larger_share_comes_first_then_the_lower_rank() -> None:
    shares: list[Exact] = [Decimal("0.005"), Decimal("1.005"), Decimal("0.005"), Decimal("0.005")]
    ranks = [("b",), ("d",), ("a",), ("c",)]
    parts = allocate(Decimal("1.02"), shares, Decimal("0.01"), ranks)
    assert list(map(str, parts)) == ["0.00", "1.01", "0.01", "0.00"]


def test_units_are_taken_from_those_whose_remainder_points_the_other_way() -> None:
    shares: list[Exact] = [Decimal("0.019"), Decimal("-0.012"), Decimal("-0.016")]
    parts = allocate(Decimal("-0.01"), shares, Decimal("0.01"), [("1",), ("2",), ("3",)])
    assert list(map(str, parts)) == ["0.01", "-0.01", "-0.01"]
    parts = allocate(Decimal("-0.02"), shares, Decimal("0.01"), [("1",), ("2",), ("3",)])
    assert list(map(str, parts)) == ["0.01", "-0.01", "-0.02"]


def test_more_units_than_shares_go_round_again() -> None:
    parts = allocate(Decimal("0.05"), [ZERO, ZERO], Decimal("0.01"), [("a",), ("b",)])
    assert list(map(str, parts)) == ["0.03", "0.02"]


# ---- the context ----


@exactly
def lossy() -> Decimal:
    return Decimal(1) / Decimal(3)


@exactly
def sum_of(one: Decimal, other: Decimal) -> Decimal:
    return one + other


def test_an_operation_that_would_lose_a_digit_raises() -> None:
    with pytest.raises(MemoryError):  # no digit is dropped, so there is no end to them
        lossy()
    with pytest.raises(Inexact):
        exactly(Decimal("0.005").quantize)(Decimal("0.01"))


@given(st.integers(-(10**60), 10**60), st.integers(-(10**60), 10**60), st.integers(0, 40))
def test_sums_are_exact_whatever_their_length(one: int, other: int, places: int) -> None:
    low = Decimal(other).scaleb(-places, Context(prec=200))
    assert Fraction(sum_of(Decimal(one), low)) == one + Fraction(other, 10**places)


def test_the_callers_context_comes_back_untouched_after_a_result_and_after_an_error() -> None:
    with localcontext(Context(prec=3, rounding=ROUND_FLOOR, capitals=0, clamp=1, Emax=5, Emin=-5)) as own:
        before = own.copy()
        sum_of(Decimal("123456.789"), Decimal("0.0001"))
        with pytest.raises(Inexact):
            exactly(Decimal("0.005").quantize)(Decimal("0.01"))
        assert getcontext() is own
        assert repr(own) == repr(before)


def test_the_context_spells_out_every_field() -> None:
    assert repr(arithmetic.EXACT.copy()).startswith("Context(prec=")
    for context in (arithmetic.EXACT, arithmetic.STICKY, arithmetic.ROUNDING):
        assert (context.capitals, context.clamp) == (1, 0)
        assert context.traps[InvalidOperation]
