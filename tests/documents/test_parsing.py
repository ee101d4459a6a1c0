"""Parsing: what is JSON and what is not, as the tables of JSONTestSuite have it, and the limits."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core.errors import InvalidInput
from taxengine.documents.fields import free
from taxengine.documents.parsing import MOST_BYTES, MOST_VALUES, NumberText, Repeated, parse

# Of JSONTestSuite: n_ must be refused, y_ must be accepted.
REFUSED: dict[str, str | bytes] = {
    "n_array_1_true_without_comma": "[1 true]",
    "n_array_colon_instead_of_comma": '["": 1]',
    "n_array_comma_after_close": '[""],',
    "n_array_double_comma": "[1,,2]",
    "n_array_double_extra_comma": '["x",,]',
    "n_array_extra_close": '["x"]]',
    "n_array_extra_comma": '["",]',
    "n_array_incomplete": '["x"',
    "n_array_inner_array_no_comma": "[3[4]]",
    "n_array_items_separated_by_semicolon": "[1:2]",
    "n_array_just_comma": "[,]",
    "n_array_just_minus": "[-]",
    "n_array_missing_value": '[   , ""]',
    "n_array_newlines_unclosed": '["a",\n4\n,1,',
    "n_array_number_and_several_commas": "[1,,]",
    "n_array_spaces_vertical_tab_formfeed": '["\x0ba"\\f]',
    "n_array_star_inside": "[*]",
    "n_array_unclosed": '[""',
    "n_array_unclosed_with_object_inside": "[{}",
    "n_incomplete_false": "[fals]",
    "n_incomplete_null": "[nul]",
    "n_incomplete_true": "[tru]",
    "n_multidigit_number_then_00": "123\0",
    "n_number_plus_plus_1234": "[++1234]",
    "n_number_plus_1": "[+1]",
    "n_number_minus_01": "[-01]",
    "n_number_minus_2_dot": "[-2.]",
    "n_number_dot_1": "[.-1]",
    "n_number_dot_2e_minus_3": "[.2e-3]",
    "n_number_0_dot_3e": "[0.3e]",
    "n_number_0_capital_E": "[0E]",
    "n_number_2_dot_e_3": "[2.e3]",
    "n_number_1_000": "[1 000.0]",
    "n_number_1eE2": "[1eE2]",
    "n_number_expression": "[1+2]",
    "n_number_hex": "[0x42]",
    "n_number_invalid_negative_real": "[-123.123foo]",
    "n_number_invalid_utf8": b"[123\xe5]",
    "n_number_leading_zero": "[012]",
    "n_number_fullwidth_digit": "[\uff11]",
    "n_number_underscore": "[1_000]",
    "n_object_bad_value": '["x", truth]',
    "n_object_bracket_key": "{[: 'x'}",
    "n_object_comma_instead_of_colon": '{"x", null}',
    "n_object_double_colon": '{"x"::"b"}',
    "n_object_emoji": "{\U0001f1e8\U0001f1ed}",
    "n_object_garbage_at_end": '{"a":"a" 123}',
    "n_object_key_with_single_quotes": "{key: 'value'}",
    "n_object_missing_colon": '{"a" b}',
    "n_object_missing_key": '{:"b"}',
    "n_object_missing_value": '{"a":',
    "n_object_non_string_key": "{1:1}",
    "n_object_trailing_comma": '{"id":0,}',
    "n_object_trailing_comment": '{"a":"b"}/**/',
    "n_object_trailing_comment_slash_open": '{"a":"b"}//',
    "n_object_comment_inside": '{"a": 1 # one\n}',
    "n_object_two_commas_in_a_row": '{"a":"b",,"c":"d"}',
    "n_object_unquoted_key": '{a: "b"}',
    "n_object_with_trailing_garbage": '{"a": true} "x"',
    "n_single_space": " ",
    "n_string_1_surrogate_then_escape": '["\\uD800\\"]',
    "n_string_backslash_00": '["\\\0"]',
    "n_string_escape_x": '["\\x00"]',
    "n_string_incomplete_escape": '["\\"]',
    "n_string_incomplete_escaped_character": '["\\u00A"]',
    "n_string_invalid_unicode_escape": '["\\uqqqq"]',
    "n_string_invalid_utf8_in_escape": b'["\\u\xe5"]',
    "n_string_leading_uescaped_thinspace": '[\\u0020"asd"]',
    "n_string_no_quotes_with_bad_escape": "[\\n]",
    "n_string_single_doublequote": '"',
    "n_string_single_quote": "['single quote']",
    "n_string_single_string_no_double_quotes": "abc",
    "n_string_start_escape_unclosed": '["\\',
    "n_string_unescaped_newline": '["new\nline"]',
    "n_string_unescaped_tab": '["\t"]',
    "n_string_unescaped_control": '["a\x00a"]',
    "n_structure_angle_bracket": "<.>",
    "n_structure_array_trailing_garbage": "[1]x",
    "n_structure_ascii_unicode_identifier": "a\u00e5",
    "n_structure_capitalized_true": "[True]",
    "n_structure_close_unopened_array": "1]",
    "n_structure_double_array": "[][]",
    "n_structure_end_array": "]",
    "n_structure_incomplete_utf8_bom": b"\xef\xbb{}",
    "n_structure_lone_invalid_utf8": b"\xe5",
    "n_structure_no_data": "",
    "n_structure_null_byte_outside_string": "[\0]",
    "n_structure_number_with_trailing_garbage": "2@",
    "n_structure_object_followed_by_closing_object": "{}}",
    "n_structure_unicode_identifier": "\u00e5",
    "n_structure_utf8_bom_no_data": b"\xef\xbb\xbf",
    "n_structure_whitespace_formfeed": "[\x0c]",
    "n_structure_whitespace_word_joiner": "[\u2060]",
    "n_structure_no_break_space": "\u00a0{}",
    "n_structure_python_none": "[None]",
    "n_structure_undefined": "undefined",
    "i_utf16_with_bom": '{"a": 1}'.encode("utf-16"),
    "i_utf16_big_endian": b"\xfe\xff" + '{"a": 1}'.encode("utf-16-be"),
    "i_utf16_without_bom": '{"a": 1}'.encode("utf-16-le"),
    "i_utf32": '{"a": 1}'.encode("utf-32"),
    "i_two_boms": b"\xef\xbb\xbf\xef\xbb\xbf{}",
    "i_overlong_utf8": b'["\xc0\xaf"]',
    "i_utf8_of_a_surrogate": b'["\xed\xa0\x80"]',
    "a_png": b"\x89PNG\r\n\x1a\n",
}
ACCEPTED: dict[str, tuple[str | bytes, Any]] = {
    "y_array_empty": ("[]", []),
    "y_array_with_several_null": ("[1,null,null,2]", ["1", None, None, "2"]),
    "y_array_with_trailing_space": ("[2] ", ["2"]),
    "y_number": ("[123e65]", ["123e65"]),
    "y_number_double_close_to_zero": ("[-0.000000000000000000000000001]", ["-0.000000000000000000000000001"]),
    "y_number_minus_zero": ("[-0]", ["-0"]),
    "y_number_real_capital_e": ("[1E+22]", ["1E+22"]),
    "y_number_trailing_zeros": ("[19.990]", ["19.990"]),
    "y_object_empty_key": ('{"":0}', {"": "0"}),
    "y_string_accepted_surrogate_pair": ('["\\uD801\\udc37"]', ["\U00010437"]),
    "y_string_allowed_escapes": ('["\\"\\\\\\/\\b\\f\\n\\r\\t"]', ['"\\/\b\f\n\r\t']),
    "y_string_u2028": ('["\u2028"]', ["\u2028"]),
    "y_string_bidi_override": ('["\u202e"]', ["\u202e"]),
    "y_structure_lonely_string": ('"asd"', "asd"),
    "y_structure_lonely_true": ("true", True),
    "y_structure_whitespace_array": (" \t\r\n[] \t\r\n", []),
    "bom_of_a_spreadsheet": (b"\xef\xbb\xbf[1]", ["1"]),
    "bom_in_text": ("\ufeff[1]", ["1"]),
}


@pytest.mark.parametrize("document", REFUSED.values(), ids=REFUSED.keys())
def test_row_18_what_is_no_json_is_refused_in_one_clear_line(document: str | bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse(document)
    (problem,) = refused.value.problems
    assert problem.code in ("invalidJson", "invalidText", "emptyDocument")
    assert problem.message.isascii()
    assert "\n" not in problem.message
    assert len(problem.message) < 120


@pytest.mark.parametrize(("document", "value"), ACCEPTED.values(), ids=ACCEPTED.keys())
def test_row_18_what_is_json_is_read(document: str | bytes, value: object) -> None:
    assert parse(document) == value


@pytest.mark.parametrize(
    ("document", "sentence", "hint"),
    [
        (
            '{"a": 1,}',
            "line 1, column 8: expected JSON, got a comma before '}'",
            "remove the comma after the last one",
        ),
        (
            '{"a": [\n  1,\n  2,\n]}',
            "line 3, column 4: expected JSON, got a comma before ']'",
            "remove the comma after the last one",
        ),
        (
            '{"a": 19,99}',
            "line 1, column 10: expected JSON, got '9'",
            "write a point before the decimals: 19.99, not 19,99",
        ),
        (
            "{'a': 1}",
            'line 1, column 2: expected JSON, got "\'"',
            'write text in double quotes: "..."',
        ),
        (
            '{"a": 1 // one\n}',
            "line 1, column 9: expected JSON, got '/'",
            "JSON has no comments: free data goes into meta",
        ),
        ('{"a": None}', "line 1, column 7: expected JSON, got 'None'", "write null"),
        ('{"a": +1}', "line 1, column 7: expected JSON, got '+'", "write a number as 5 or -0.5"),
        (
            '{"a": 1',
            "line 1, column 8: expected JSON, got the end of the document",
            "is the document cut short?",
        ),
        (
            '{"a": "x',
            "line 1, column 7: expected JSON, got text without its closing quote",
            "is the document cut short?",
        ),
        (
            '{"a": "\t"}',
            "line 1, column 8: expected JSON, got '\\t' inside text",
            "write it as \\n, \\t or \\u00..",
        ),
        (
            '{"a": "\\x"}',
            "line 1, column 8: expected JSON, got an unknown escape in text, '\\\\x\"}'",
            "write a backslash as \\\\",
        ),
        (
            '{"a": 1}\n{"a": 2}',
            "line 2, column 1: expected JSON, got more text after the end of the document",
            "one document a line is JSON Lines; several in one document are an array: [...]",
        ),
        ("", "document: expected JSON, got nothing", "a document is a JSON object: {...}"),
        (
            b"\x89PNG",
            "line 1: expected UTF-8 text, got the byte 0x89",
            "is this a text file, saved as UTF-8?",
        ),
        (
            b'{"a":\n"\xe9"}',
            "line 2: expected UTF-8 text, got the byte 0xE9",
            "is this a text file, saved as UTF-8?",
        ),
        ('{"a": 1}'.encode("utf-16"), "line 1: expected UTF-8 text, got UTF-16", "save the file as UTF-8"),
        ('{"a": 1}'.encode("utf-32"), "line 1: expected UTF-8 text, got UTF-32", "save the file as UTF-8"),
    ],
)
def test_a_new_user_is_told_where_and_what_to_do(document: str | bytes, sentence: str, hint: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse(document)
    assert [(each.message, each.hint) for each in refused.value.problems] == [(sentence, hint)]


def test_line_numbers_are_those_of_the_file() -> None:
    with pytest.raises(InvalidInput, match="line 8, column 1"):
        parse('{"a":\n}', line=7)


@pytest.mark.parametrize(
    "token", ["0.03", "9.0", "1E400", "-0", "19.990", "0.1000000000000000055511151231257827"]
)
def test_row_17_a_number_is_its_text_and_never_a_float(token: str) -> None:
    read = parse(token)
    assert type(read) is NumberText
    assert read == token


@pytest.mark.parametrize("token", ["NaN", "Infinity", "-Infinity"])
def test_row_18_nan_and_infinity_come_out_as_numbers_which_the_number_door_refuses(token: str) -> None:
    assert parse(f"[{token}]") == [token]
    assert isinstance(parse(token), NumberText)


def test_row_16_an_object_with_a_repeated_key_is_marked() -> None:
    read = parse('{"a": 1, "b": {"c": 1, "c": 2, "c": 3, "d": 4, "d": 4}}')
    assert type(read) is dict
    assert isinstance(read["b"], Repeated)
    assert read["b"].keys_again == ("c", "d")


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_row_19_nesting_without_end_is_refused_and_not_a_recursion_error(opening: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse(opening * 100_000)
    assert refused.value.code == "documentTooDeep"


def test_row_19_a_document_that_is_too_large_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(InvalidInput, match="at most 16777216 bytes, got 16777217") as refused:
        parse(b" " * (MOST_BYTES + 1))
    assert refused.value.code == "documentTooLarge"
    with pytest.raises(InvalidInput, match="at most 500000 values, got 500001 or more") as refused:
        parse("[" + "1," * MOST_VALUES + "1]")
    assert refused.value.code == "documentTooLarge"


def test_row_19_an_integer_of_5000_digits_is_text_until_the_number_door_refuses_it() -> None:
    assert parse("9" * 5000) == "9" * 5000


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), inner)
    ),
    max_leaves=20,
)


@given(json_values)
def test_what_json_writes_is_read_back_equal(value: object) -> None:
    problems: list[Any] = []
    assert free(problems, {"x": parse(json.dumps(value))}, "meta") == {"x": value}
    assert problems == []


@given(st.text() | st.binary())
def test_any_text_is_read_or_refused_and_nothing_else_is_raised(document: str | bytes) -> None:
    with suppress(InvalidInput):
        parse(document)
