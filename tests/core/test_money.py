"""Money: the one door for numbers, and the currencies."""

from __future__ import annotations

import decimal
import enum
import re
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from taxengine.core import money
from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.money import check_currency, decimal_of, minor_digits, minor_unit, shown
from taxengine.core.tables.currencies import CURRENCIES, CURRENT, HISTORIC, NO_CURRENCY

GRAMMAR = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?")
SIGNALS = list(decimal.Context().traps)
HOSTILE = [
    {
        "prec": 3,
        "rounding": decimal.ROUND_UP,
        "Emin": -5,
        "Emax": 5,
        "capitals": 0,
        "clamp": 1,
        "traps": SIGNALS,
    },
    {
        "prec": 1,
        "rounding": decimal.ROUND_FLOOR,
        "Emin": 0,
        "Emax": 0,
        "capitals": 0,
        "clamp": 1,
        "traps": [],
    },
]
NOT_FINITE = [
    "NaN",
    "nan",
    "NAN",
    "sNaN",
    "snan",
    "-NaN",
    "NaN123",
    "Infinity",
    "inf",
    "-inf",
    "INF",
    "-Infinity",
]
HOSTILE_VALUES = [
    *("123456789.123456789", "-0", "1e5", 0.1, 10**14 + 1, 10**400),
    *map(Decimal, ("123456789.123456789", "-0.00", "12E+3", "1E+1000000", "sNaN", "1E-13", "0E+9")),
]


def refusal(value: object, path: str = "amount") -> Problem:
    with pytest.raises(InvalidInput) as caught:
        decimal_of(value, path)
    (problem,) = caught.value.problems
    assert problem.path == path
    assert problem.message.startswith(f"{path}: expected a decimal number, got ")
    assert problem.message.isascii()
    assert len(problem.message) < 100
    return problem


numbers = st.from_regex(GRAMMAR, fullmatch=True)


@given(numbers)
def test_a_number_in_the_grammar_is_read_exactly(text: str) -> None:
    number = decimal_of(text)
    assert Fraction(number) == Fraction(text)
    assert decimal_of(number) == number
    assert f"{number:f}".removeprefix("-").lstrip("0") == text.removeprefix("-").lstrip("0")


@given(st.text() | st.text("0123456789.,-+eE_ \n\u0661\u06f1NaIinf", max_size=40))
@example("9" * 15 + "." + "9" * 12)
@example("9" * 16)
@example("0." + "1" * 13)
@example("-" + "9" * 15 + "." + "9" * 12)
def test_any_other_text_is_refused(text: str) -> None:
    if GRAMMAR.fullmatch(text):
        assert decimal_of(text) == Decimal(text)
    else:
        assert refusal(text).code == "invalidNumber"


@given(st.decimals(allow_nan=True, allow_infinity=True) | st.decimals(-(10**16), 10**16, places=6))
@example(Decimal("1E-12"))
@example(Decimal("1E-13"))
@example(Decimal("999999999999999E-12"))
@example(Decimal("1E+14"))
@example(Decimal("1E+15"))
@example(Decimal("-1.000E+3"))
@example(Decimal("0E+1000000"))
@example(Decimal("0E-12"))
@example(Decimal("0E-13"))
@example(Decimal("-0E+2"))
@example(Decimal("sNaN1"))
def test_a_decimal_passes_where_its_plain_form_does(value: Decimal) -> None:
    plain = f"{value:f}" if value.is_finite() and value.adjusted() < 10_000 else "too long"
    if value.is_zero() and value.as_tuple().exponent >= 0:
        plain = "0"
    if GRAMMAR.fullmatch(plain):
        number = decimal_of(value)
        assert Fraction(number) == Fraction(value)
        assert number.as_tuple().exponent <= 0
        assert not (number.is_zero() and number.is_signed())
        assert GRAMMAR.fullmatch(f"{number:f}")
    else:
        assert refusal(value).code == "invalidNumber"


@given(st.integers() | st.integers(10**14, 10**16) | st.integers(-(10**16), -(10**14)))
@example(10**15)
@example(10**15 - 1)
@example(1 - 10**15)
@example(-(10**15))
def test_an_integer_passes_up_to_fifteen_digits(value: int) -> None:
    if abs(value) < 10**15:
        assert decimal_of(value) == value
        assert type(decimal_of(value)) is Decimal
    else:
        assert refusal(value).code == "invalidNumber"


@pytest.mark.parametrize("text", ["-0", "-0.00", "-000.000000000000"])
def test_there_is_no_negative_zero(text: str) -> None:
    for value in (text, Decimal(text)):
        number = decimal_of(value)
        assert number.is_zero()
        assert not number.is_signed()
        assert str(number) == str(Decimal(text)).removeprefix("-") or "E" in str(Decimal(text))


@pytest.mark.parametrize("spelling", NOT_FINITE)
def test_what_is_not_finite_is_refused(spelling: str) -> None:
    for value in (spelling, Decimal(spelling)):
        problem = refusal(value)
        assert problem.code == "invalidNumber"
        assert "finite" in problem.hint
    if not spelling.lower().lstrip("-").startswith(("snan", "nan1")):
        assert refusal(float(spelling)).code == "invalidType"


@pytest.mark.parametrize(
    "value", [0.1, 1.0, True, False, None, (0, (1,), 0), [], {}, b"1", 1j, Fraction(1, 2), object, object()]
)
def test_no_other_type_is_a_number(value: object) -> None:
    assert refusal(value).code == "invalidType"


def test_a_float_is_told_what_to_pass() -> None:
    problem = refusal(0.1)
    assert problem.message == "amount: expected a decimal number, got a float (0.1)"
    assert problem.hint == 'pass amounts as a string, such as "19.99", or a Decimal: a float cannot hold 0.1'
    assert refusal(True).message == "amount: expected a decimal number, got a bool (True)"
    assert refusal([1]).message == "amount: expected a decimal number, got a list"
    assert refusal(None).message == "amount: expected a decimal number, got None"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "leave the field out"),
        ("19,99", "19.99, not 19,99"),
        ("1,234.56", "nothing between thousands"),
        ("1.234,56", "nothing between thousands"),
        ("1,234,567", "nothing between thousands"),
        ("1e5", "without an exponent"),
        ("-1.5E-7", "without an exponent"),
        (" 1", "without spaces"),
        ("1\n", "without spaces"),
        ("1\u00a0000", "without spaces"),
        ("1_000", "without underscores"),
        ("+1", "without a plus sign"),
        ("\u0661\u0662.\u0665", "ASCII digits"),
        ("\uff11", "ASCII digits"),
        ("\u22121", "- for a minus"),
        (".5", "before the point"),
        ("5.", "after it"),
        ("19%", "0.19"),
        ("$5", "the number alone"),
        ("1-2", "the number alone"),
        ("9" * 16, "at most 15 digits"),
        ("1." + "0" * 13, "at most 15 digits before the point and 12 after it"),
    ],
)
def test_a_refused_text_is_told_what_to_write(text: str, hint: str) -> None:
    problem = refusal(text)
    assert problem.code == "invalidNumber"
    assert hint in problem.hint


def test_a_refusal_without_a_path_still_reads_as_a_sentence() -> None:
    with pytest.raises(InvalidInput, match=r"^number: expected a decimal number, got 'x'$"):
        decimal_of("x")


def test_subclasses_are_read_by_what_they_hold() -> None:
    class Text(str):
        __slots__ = ()

        def __str__(self) -> str:
            return "666"

    class Count(enum.IntEnum):
        THREE = 3

    class Amount(Decimal):
        __slots__ = ()

    assert decimal_of(Text("1.50")) == Decimal("1.50")
    for value, expected in ((Count.THREE, "3"), (Amount("2.5"), "2.5")):
        number = decimal_of(value)
        assert (type(number), str(number)) == (Decimal, expected)
    assert refusal(Text("x")).message.endswith("got 'x'")
    assert refusal(Amount("NaN")).code == "invalidNumber"


@pytest.mark.parametrize("settings", HOSTILE)
@pytest.mark.parametrize("value", HOSTILE_VALUES)
def test_the_callers_context_is_neither_read_nor_changed(settings: dict[str, object], value: object) -> None:
    def answer() -> object:
        try:
            return str(decimal_of(value))
        except InvalidInput as error:
            return error.problems[0].code

    expected = answer()
    context = decimal.Context(**settings)  # type: ignore[arg-type]
    before = repr(context)
    with decimal.localcontext(context) as inside:
        assert answer() == expected
        assert repr(inside) == before
        assert not any(inside.flags.values())


@pytest.mark.parametrize("part", ["9", "9.", "-", ",", "1,", "e", " ", "1e1", "\0", "\u0661", "."])
def test_a_hostile_text_is_refused_at_once(part: str) -> None:
    text = part * (100_000 // len(part))
    start = time.perf_counter()
    for value in (text, f"{text}!", f"1{text}", f"{text}\n"):
        refusal(value)
    assert time.perf_counter() - start < 0.05


def test_a_huge_number_is_refused_without_writing_it_out() -> None:
    for value in (Decimal("1E+1000000"), Decimal("1E-1000000"), 10**100_000, Decimal("9" * 10**5)):
        start = time.perf_counter()
        assert refusal(value).code == "invalidNumber"
        assert time.perf_counter() - start < 0.05


@given(st.text(max_size=100) | st.integers() | st.floats() | st.decimals() | st.none() | st.booleans())
def test_what_is_shown_is_short_ascii_on_one_line(value: object) -> None:
    text = shown(value)
    assert text.isascii()
    assert text.isprintable()
    assert len(text) <= 60
    assert not isinstance(value, str) or text == ascii(value) or text.endswith("...")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x" * 58, f"'{'x' * 58}'"),
        ("x" * 59, f"'{'x' * 55}'..."),
        ("x" * 61, f"'{'x' * 55}'..."),
        ("it's", '"it\'s"'),
        ("", "''"),
        (2**128 - 1, str(2**128 - 1)),
        (-(2**128), "an integer of 129 bits"),
        (Decimal("9" * 60), "9" * 60),
        (Decimal("9" * 61), "9" * 57 + "..."),
        (Decimal("1E+5"), "1E+5"),
        (0.1, "0.1"),
        (True, "True"),
        (None, "None"),
        (b"1", "a bytes"),
        (object(), "an object"),
        ({1: 2}, "a dict"),
        ([10**5000], "a list"),
        ([], "an empty list"),
        ((), "an empty tuple"),
    ],
)
def test_a_value_is_shown_as_it_was_written_as_far_as_it_fits(value: object, text: str) -> None:
    assert shown(value) == text


# ---- currencies ----


@pytest.mark.parametrize("code", sorted(CURRENCIES))
def test_each_currency_has_its_minor_unit(code: str) -> None:
    assert check_currency(code) == code
    assert minor_unit(code) == Decimal(1).scaleb(-minor_digits(code))
    assert minor_unit(code).as_tuple().exponent == -minor_digits(code)


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        *(("JPY", 0), ("USD", 2), ("KWD", 3), ("CLF", 4), ("UYW", 4), ("UYI", 0), ("IQD", 3), ("ISK", 0)),
        *(("HRK", 2), ("BGN", 2), ("ANG", 2), ("DEM", 2), ("FRF", 2), ("ITL", 0), ("CHE", 2), ("BOV", 2)),
    ],
)
def test_minor_digits_are_those_of_iso_4217(code: str, digits: int) -> None:
    assert minor_digits(code) == digits


@pytest.mark.parametrize("code", sorted(NO_CURRENCY))
def test_metals_units_of_account_and_test_codes_are_refused(code: str) -> None:
    problem = unknown(code)
    assert problem.hint == f"{code} is {NO_CURRENCY[code]}: name the currency of the amounts"


def unknown(code: object) -> Problem:
    with pytest.raises(InvalidInput) as caught:
        check_currency(code)
    (problem,) = caught.value.problems
    assert problem.path == "currency"
    return problem


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("usd", "did you mean USD?"),
        ("Eur", "did you mean EUR?"),
        (" EUR\n", "did you mean EUR?"),
        ("UDS", "did you mean USD?"),
        ("ERU", "did you mean EUR?"),
        ("CNH", "did you mean CNY?"),
        ("EURO", "did you mean EUR?"),
        ("GBX", "did you mean GBP?"),
        ("NTD", "did you mean TWD?"),
        ("RMB", "did you mean CNY?"),
        ("SFR", "did you mean CHF?"),
        ("UKP", "did you mean GBP?"),
        ("US$", "did you mean USD?"),
        ("JPX", "did you mean JPY?"),
        ("BXD", "did you mean BBD or BHD or BMD?"),
        ("GPB", "did you mean GBP?"),
        ("QQQ", "three capital letters, such as EUR"),
        ("", "three capital letters, such as EUR"),
        ("\uff35\uff33\uff24", "three capital letters, such as EUR"),
        ("     EUR", "did you mean EUR?"),
        ("      EUR", "three capital letters, such as EUR"),
        ("E" * 1000, "three capital letters, such as EUR"),
    ],
)
def test_an_unknown_currency_is_told_what_may_have_been_meant(code: str, hint: str) -> None:
    problem = unknown(code)
    assert problem.code == "unknownCurrency"
    assert problem.hint == hint


@pytest.mark.parametrize("code", [None, 978, b"EUR", ["EUR"], ("EUR",), 1.5, True])
def test_a_currency_is_text(code: object) -> None:
    assert unknown(code).code == "invalidType"


@given(st.text(max_size=4) | st.text("EURUSDBTCeur\u0415\uff25\u0131\n", max_size=4))
def test_only_listed_codes_are_currencies(code: str) -> None:
    if code in CURRENT or code in HISTORIC:
        assert check_currency(code) == code
    else:
        assert unknown(code).code == "unknownCurrency"


@pytest.mark.parametrize("door", [minor_digits, minor_unit])
def test_an_unknown_currency_has_no_minor_unit(door: object) -> None:
    with pytest.raises(InvalidInput, match="'XXX'"):
        door("XXX")  # type: ignore[operator]


def test_a_currency_refused_without_a_path_still_reads_as_a_sentence() -> None:
    with pytest.raises(InvalidInput, match=r"^currency: expected an ISO 4217 currency code, got 'x'$"):
        check_currency("x", "")


def test_a_currency_may_be_a_subclass_of_text() -> None:
    class Code(enum.StrEnum):
        EUR = "EUR"

    assert type(check_currency(Code.EUR)) is str


def test_the_limits_that_are_told_are_those_of_the_grammar() -> None:
    assert decimal_of("9" * money.INTEGER_DIGITS + "." + "9" * money.DECIMALS)
