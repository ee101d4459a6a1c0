"""Postal codes: normalised by country, and matched by the patterns of a rate's jurisdiction."""

from __future__ import annotations

import itertools
import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core import money, postal
from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.postal import (
    ANYWHERE,
    PostalPattern,
    normal_postal_code,
    parse_patterns,
    postal_shape,
    postal_views,
)


def matches(country: str, pattern: str, code: str) -> bool:
    (parsed,) = parse_patterns(country, pattern)
    return parsed.matches(normal_postal_code(country, code))


def breadth(country: str, pattern: str) -> tuple[int, int]:
    (parsed,) = parse_patterns(country, pattern)
    return parsed.breadth


def refusals(country: str, text: str) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as caught:
        parse_patterns(country, text)
    assert all(
        (each.code, each.path) == ("invalidPostalCode", "jurisdiction") for each in caught.value.problems
    )
    return caught.value.problems


# ---- codes ----


@pytest.mark.parametrize(
    ("country", "written", "code"),
    [
        ("US", "01242", "01242"),
        ("US", "94105-1234", "941051234"),
        ("US", " 94105 ", "94105"),
        ("US", "123", "123"),
        ("GB", "sw1a 1aa", "SW1A1AA"),
        ("CA", "k1a-0b1", "K1A0B1"),
        ("NL", "1012 AB", "1012AB"),
        ("NL", "NL-1012 AB", "1012AB"),
        ("LV", "LV-1010", "1010"),
        ("DE", "D-78266", "78266"),
        ("DE", "DE 78266", "78266"),
        ("DE", "X-78266", "X78266"),
        ("IE", "D02 X285", "D02X285"),
        ("LU", "L-1234", "1234"),
        ("MT", "VLT 1117", "VLT1117"),
        ("GR", "EL-105 57", "10557"),
        ("DE", "D", "D"),
        ("AR", "C1425", "C1425"),
    ],
)
def test_a_code_is_compared_in_capitals_without_blanks_hyphens_and_signs(
    country: str, written: str, code: str
) -> None:
    assert normal_postal_code(country, written) == code
    assert normal_postal_code(country, code) == code


SIGNED = {
    signs.partition(" ")[0]: signs
    for signs in (
        *(
            "AD",
            "AT A",
            "AX FI",
            "BE B",
            "BG",
            "CH",
            "CY",
            "CZ",
            "DE D",
            "DK",
            "EE",
            "ES E",
            "FI FIN",
            "FR F",
        ),
        *(
            "GR EL",
            "HR",
            "HU H",
            "IT I",
            "LI FL",
            "LT",
            "LU L",
            "LV",
            "MC F",
            "MD",
            "NL",
            "NO N",
            "PL",
            "PT P",
        ),
        *("RO", "SE S", "SI SLO", "SK", "SM I", "VA V I"),
    )
}
SIGNS = ["A", "B", "D", "E", "F", "FI", "FL", "H", "I", "L", "N", "P", "S", "V", "EL", "FIN", "SLO"]


def test_the_sign_of_a_country_before_its_digits_is_left_out() -> None:
    for country in (*SIGNED, "US", "GB", "CA", "AR"):
        for sign in (*SIGNS, country):
            expected = "1010" if sign in SIGNED.get(country, "").split() else f"{sign}1010"
            assert normal_postal_code(country, f"{sign}-1010") == expected


def test_a_code_may_have_32_characters() -> None:
    assert normal_postal_code("US", "9" * 32) == "9" * 32


@given(
    st.sampled_from(["US", "GB", "DE", "LV", "BR"]),
    st.from_regex(r"[0-9A-Za-z -]{0,31}[0-9]", fullmatch=True),
)
def test_normalising_twice_is_normalising_once(country: str, written: str) -> None:
    code = normal_postal_code(country, written)
    assert re.fullmatch("[0-9A-Z]+", code)
    assert normal_postal_code(country, code) in {code, re.sub("^[A-Z]+", "", code)}


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "-",
        "94105\n",
        "94105\t",
        "$",
        "94105$",
        "94.105",
        "9" * 33,
        "941*",
        "94100..94199",
        "94105,",
        "\0",
    ],
)
def test_a_code_of_other_characters_is_refused(written: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        normal_postal_code("US", written)
    (problem,) = caught.value.problems
    assert (problem.code, problem.path) == ("invalidPostalCode", "postalCode")
    assert problem.message.startswith("postalCode: expected a postal code, got '")


def test_no_character_outside_ascii_passes_for_one_inside() -> None:
    strange = [
        character
        for character in map(
            chr, itertools.chain(range(0x80, 0xD800), range(0x1D400, 0x1D800), range(0xE000, 0x10000))
        )
        if character.isalnum() or character.isspace() or unicodedata.category(character) in ("Cf", "Pd", "Mn")
    ]
    assert len(strange) > 10_000
    passed = []
    for character in strange:
        try:
            passed.append(normal_postal_code("US", f"941{character}5"))
        except InvalidInput:
            continue
    assert passed == []


# ---- patterns ----


def test_several_patterns_stand_with_commas_between() -> None:
    patterns = parse_patterns("US", "94105, 941*,94100 .. 94199")
    assert list(patterns) == [
        PostalPattern("US", "exact", "94105", "94105"),
        PostalPattern("US", "prefix", "941", "941"),
        PostalPattern("US", "range", "94100", "94199"),
    ]
    assert len({*patterns, *parse_patterns("US", "94105")}) == 3


@pytest.mark.parametrize(
    ("country", "pattern", "code", "expected"),
    [
        ("US", "01242", "01242", True),
        ("US", "01242", "1242", False),
        ("US", "94105", "94105-1234", True),
        ("US", "94105-1234", "94105", False),
        ("US", "94105-1234", "94105 1234", True),
        ("US", "94105-1234", "94105-1235", False),
        ("US", "941*", "94105", True),
        ("US", "941*", "94105-1234", True),
        ("US", "941*", "94205", False),
        ("US", "941051*", "94105-1234", True),
        ("US", "941051*", "94105", False),
        ("US", "94100..94199", "94100", True),
        ("US", "94100..94199", "94199-9999", True),
        ("US", "94100..94199", "94200", False),
        ("US", "94100..94199", "941500", False),
        ("US", "941050000..941059999", "94105-1234", True),
        ("US", "941050000..941059999", "94105", False),
        ("DE", "10115", "D-10115", True),
        ("DE", "10115", "101151234", False),
        ("DE", "D-10*", "10115", True),
        ("CA", "V5*", "V5K 0A1", True),
        ("CA", "K1A0A1..K1A9Z9", "K1A 0B1", True),
        ("CA", "K1A0A1..K1A9Z9", "K2A 0B1", False),
        ("NL", "1012AA..1012ZZ", "1012 KL", True),
        ("NL", "1012AA..1012ZZ", "1012", False),
        ("PT", "9000..9999", "9500-321", False),
    ],
)
def test_a_pattern_matches_the_codes_that_it_says(
    country: str, pattern: str, code: str, expected: bool
) -> None:
    assert matches(country, pattern, code) is expected


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        ("B", ["B1 1AA", "B33 8TH", "B1"], ["BT1 5GS", "BN1 1AA", "BT1"]),
        ("B*", ["B1 1AA", "B33 8TH", "B1"], ["BT1 5GS", "BN1 1AA"]),
        ("BT*", ["BT1 5GS", "BT99 1AA", "BT1"], ["B1 1AA"]),
        ("bt", ["BT1 5GS"], ["B1 1AA"]),
        ("E1", ["E1 6AN", "E1"], ["E10 5AA", "E1W 1AA", "E11 1AA", "EC1A 1BB"]),
        ("E1 *", ["E1 6AN", "E1"], ["E10 5AA", "E1W 1AA"]),
        ("E1*", ["E1 6AN", "E1W 1AA", "E1", "E1W"], ["E10 5AA", "E11 1AA", "EC1A 1BB"]),
        ("E10", ["E10 5AA"], ["E1 0AA", "E1 6AN"]),
        ("SW1*", ["SW1A 1AA", "SW1Y 4AH"], ["SW10 0AA", "SW11 1AA", "SW2 1AA"]),
        ("SW1A", ["SW1A 1AA", "SW1A"], ["SW1Y 4AH"]),
        ("SW1A*", ["SW1A 1AA"], ["SW1Y 4AH"]),
        ("SW1A 1AA", ["SW1A1AA"], ["SW1A 2AA", "SW1A"]),
        ("SW1A1AA*", ["SW1A1AA"], ["SW1A 2AA"]),
        ("SW1A1AA", ["SW1A 1AA"], ["SW1A 1AB"]),
        ("E1 6", ["E1 6AN"], ["E16 1AN", "E1 7AN", "E16"]),
        ("E1 6*", ["E1 6AN"], ["E16 1AN", "E1 7AN"]),
        ("E1 6A*", ["E1 6AN", "E1 6AA"], ["E1 6BN", "E16 1AN"]),
        ("E16", ["E16 1AN"], ["E1 6AN"]),
        ("E16*", ["E16 1AN"], ["E1 6AN"]),
        ("SW1A1*", ["SW1A 1AA"], ["SW1A 2AA"]),
        ("E1..E9", ["E1 6AN", "E9 5AA", "E5"], ["E10 5AA", "E1W 1AA", "EC1A 1BB"]),
        ("E10..E18", ["E10 5AA", "E18 1AA"], ["E1 0AA", "E19 1AA"]),
        ("E1 6AA..E1 6ZZ", ["E1 6AN"], ["E1 7AA", "E1"]),
        ("E5..E5", ["E5 1AA"], ["E6 1AA"]),
        ("E1 61", ["E161"], ["E1 6AN", "E16 1AA"]),
        ("E 16", ["E16 1AN"], ["E1 6AN"]),
        ("GIR 0AA", ["GIR 0AA"], ["GIR 0AB"]),
        ("GIR", ["GIR 0AA"], []),
        ("GIR0*", ["GIR 0AA"], ["GIR 1AA"]),
        ("ABCD1", ["ABCD1"], ["ABCD2"]),
        ("12*", ["123"], ["1"]),
    ],
)
def test_a_british_pattern_keeps_to_areas_and_outward_codes(
    pattern: str, inside: list[str], outside: list[str]
) -> None:
    for country in ("GB", "GG", "IM", "JE"):
        assert [code for code in inside if not matches(country, pattern, code)] == []
        assert [code for code in outside if matches(country, pattern, code)] == []


@pytest.mark.parametrize(
    ("pattern", "kind", "low", "high"),
    [
        ("B", "prefix", "B", "B"),
        ("E1*", "prefix", "E1", "E1"),
        ("E1", "range", "E1", "E1"),
        ("E1 6", "range", "E16AA", "E16ZZ"),
        ("E1 6A", "range", "E16AA", "E16AZ"),
        ("E1 6AN", "exact", "E16AN", "E16AN"),
        ("E1 6AN*", "exact", "E16AN", "E16AN"),
        ("GIR 0*", "prefix", "GIR0", "GIR0"),
        ("GIR 0AA", "exact", "GIR0AA", "GIR0AA"),
    ],
)
def test_a_british_pattern_is_one_of_the_three_kinds(pattern: str, kind: str, low: str, high: str) -> None:
    (parsed,) = parse_patterns("GB", pattern)
    assert parsed == ("GB", kind, low, high)


def test_the_same_codes_are_the_same_pattern_however_they_are_written() -> None:
    assert len({*parse_patterns("US", "94105-1234, 941051234,94105 1234")}) == 1


def test_other_countries_have_plain_prefixes() -> None:
    assert matches("CA", "V*", "VA1 1AA")
    assert not matches("CA", "V5K", "V5K 0A1")


@pytest.mark.parametrize(
    ("country", "text", "hint"),
    [
        ("US", "*", "leave the field out"),
        ("US", "", "up to 32 ASCII"),
        ("US", "94105,", "up to 32 ASCII"),
        ("US", "9*1", "up to 32 ASCII"),
        ("US", "94105;94107", "up to 32 ASCII"),
        ("US", "941**", "up to 32 ASCII"),
        ("US", "9410\u0665", "up to 32 ASCII"),
        ("US", "94105\n", "up to 32 ASCII"),
        ("US", "94100..94199..94299", "up to 32 ASCII"),
        ("US", "941*..942*", "up to 32 ASCII"),
        ("US", "94100..", "up to 32 ASCII"),
        ("US", "94100-94199", "a range is written 94100..94199"),
        ("US", "94199 .. 94100", "first: 94100..94199"),
        ("US", "94100..941990000", "letters and digits at the same places"),
        ("NL", "1012AA..101200", "letters and digits at the same places"),
        ("GB", "B..E", "both ends are outward codes"),
    ],
)
def test_what_is_no_pattern_is_refused(country: str, text: str, hint: str) -> None:
    assert hint in refusals(country, text)[0].hint


def test_all_that_is_wrong_with_the_patterns_is_said_at_once() -> None:
    assert len(refusals("US", "94105, 9*1, 94199..94100, x!")) == 3
    assert len(refusals("US", "!," * 50_000)) == 10


# ---- which is the more specific ----


@pytest.mark.parametrize(
    ("country", "from_narrow_to_wide"),
    [
        ("US", ["94105-1234", "941051230..941051239", "94105", "94100..94103", "941*", "94000..94999", "9*"]),
        ("DE", ["10115", "10115..10117", "10000..19999", "101*", "10*", "1*"]),
        ("GB", ["E1 6AN", "E1 6A", "E1 6", "E1 1AA..E1 8ZZ", "E1", "E1..E9", "E1*", "E*"]),
    ],
)
def test_patterns_are_ordered_from_narrow_to_wide(country: str, from_narrow_to_wide: list[str]) -> None:
    breadths = [breadth(country, pattern) for pattern in from_narrow_to_wide]
    assert breadths == sorted(set(breadths))
    assert breadths[-1] < ANYWHERE


@pytest.mark.parametrize(
    ("pattern", "codes"),
    [
        *(("94105", 10_000), ("94105-1234", 1), ("941*", 10**6), ("94105*", 10_000), ("94100..94199", 10**6)),
        *(("941050000..941059999", 10_000), ("9*", 10**8), ("00000..99999", 10**9), ("1234567890", 1)),
    ],
)
def test_in_the_us_breadth_counts_zip_plus_four_codes(pattern: str, codes: int) -> None:
    assert breadth("US", pattern) == (codes, 0)


@given(st.from_regex("[0-9]{2}", fullmatch=True), st.from_regex("[0-9]{2}", fullmatch=True))
def test_the_width_of_a_range_is_the_number_of_codes_in_it(one: str, other: str) -> None:
    low, high = sorted((f"{one}A", f"{other}C"))
    (pattern,) = parse_patterns("MT", f"{low}..{high}")
    inside = [
        code
        for code in map("".join, itertools.product("0123456789", "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if pattern.matches(code)
    ]
    assert pattern.breadth == (1, len(inside))


@pytest.mark.parametrize(
    ("country", "pattern", "expected"),
    [
        ("DE", "10115", (0, 0)),
        ("DE", "10115..10115", (1, 1)),
        ("DE", "10115..10117", (1, 3)),
        ("DE", "101*", (2, -3)),
        ("GB", "E1 6AN", (0, 0)),
        ("GB", "E1 6A", (1, 26)),
        ("GB", "E1 6", (1, 676)),
        ("GB", "E1", (1, 6760)),
        ("GB", "E1..E2", (1, 2 * 6760)),
        ("GB", "E1*", (2, -2)),
        ("CA", "K1A0A1..K1A0B0", (1, 10)),
    ],
)
def test_elsewhere_breadth_orders_by_kind_first(
    country: str, pattern: str, expected: tuple[int, int]
) -> None:
    assert breadth(country, pattern) == expected


def test_no_pattern_is_as_broad_as_none() -> None:
    widest = [breadth("US", f"{'0' * digits}..{'9' * digits}") for digits in range(1, 10)]
    assert set(widest) == {(10**9, 0)}
    assert ANYWHERE == (10**10, 0)


@given(st.from_regex("[0-9]{5}", fullmatch=True), st.from_regex("[0-9]{4}", fullmatch=True))
def test_a_zip_plus_four_is_wherever_its_zip_is(code: str, more: str) -> None:
    for pattern in parse_patterns("US", f"{code}, {code[:3]}*, {code[:3]}00..{code[:3]}99"):
        assert pattern.matches(code)
        assert pattern.matches(code + more)


def test_the_plus_four_of_0000_is_the_zip_of_an_address_that_says_no_more() -> None:
    (alone,) = parse_patterns("US", "94105-0000")
    assert alone.matches("94105")
    assert alone.matches("941050000")
    assert not alone.matches("941050001")
    assert not alone.matches("94106")
    (range_of_plus_four,) = parse_patterns("US", "94105-0000..94105-9999")
    assert range_of_plus_four.matches("941050001")
    assert not range_of_plus_four.matches("94105")
    assert not parse_patterns("DE", "101150000")[0].matches("10115")


@given(
    st.from_regex("[A-Z]{1,2}[0-9][0-9A-Z]?", fullmatch=True), st.from_regex("[0-9][A-Z]{2}", fullmatch=True)
)
def test_a_british_code_is_in_its_own_area_district_and_sector_only(outward: str, inward: str) -> None:
    code = normal_postal_code("GB", outward + inward)
    assert postal_views("GB", code) == (code, outward)
    area = re.match("[A-Z]+", outward)
    assert area is not None
    for pattern in (
        area[0],
        f"{area[0]}*",
        outward,
        f"{outward} *",
        f"{outward} {inward[0]}",
        f"{outward} {inward}",
    ):
        assert matches("GB", pattern, code)
    assert not matches("GB", f"{area[0]}Q", code)


def test_a_shape_says_where_letters_and_digits_are() -> None:
    assert postal_shape("SW1A1AA") == "AA9A9AA"
    assert postal_shape("0Z9") == "9A9"


# ---- hostile text ----


@pytest.mark.parametrize("part", ["9", "A", "A9", "9A", "9AA", " ", "-", "A1 ", "AA9A9AA", "*", ".."])
def test_no_pattern_of_ours_is_slow_on_hostile_text(part: str) -> None:
    finders = {
        name: value
        for module in (money, postal)
        for name, value in vars(module).items()
        if isinstance(getattr(value, "__self__", None), re.Pattern)
    }
    assert len(finders) == 9
    for ending in ("", "!", "\n"):
        text = part * (100_000 // len(part)) + ending
        for name, find in finders.items():
            start = time.perf_counter()
            find(text)
            assert time.perf_counter() - start < 0.05, name


def test_a_hostile_jurisdiction_is_refused_at_once() -> None:
    for text in ("9" * 100_000, "A9" * 50_000, "9.." * 33_000, "*" * 100_000, f"94105{' ' * 100_000}1"):
        start = time.perf_counter()
        refusals("GB", text)
        assert time.perf_counter() - start < 0.05
