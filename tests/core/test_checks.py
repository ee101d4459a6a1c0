"""Checks: each notes what is wrong, in one form, and goes on."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core import checks
from taxengine.core.checks import Check, covers
from taxengine.core.errors import InvalidInput, Problem

Outcome = tuple[object, list[Problem]]


HUGE = pytest.param(10**5000, id="an integer of 5001 digits")


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


def outcome(check: Check, value: object) -> Outcome:
    problems: list[Problem] = []
    return check(problems, value, "field"), problems


def refusal(check: Check, value: object) -> Problem:
    _, problems = outcome(check, value)
    (problem,) = problems
    assert problem.path == "field"
    assert problem.message.startswith("field: expected ")
    assert "\n" not in problem.message
    assert problem.message.isascii()
    return problem


anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.binary(),
    st.dates(),
    st.datetimes(),
    st.lists(st.integers()),
    st.dictionaries(st.text(), st.integers()),
    st.decimals(),
)
CHECKS: dict[str, Check] = {
    "text": checks.text,
    "long_text": checks.long_text,
    "number": checks.number,
    "flag": checks.flag,
    "day": checks.day,
    "choice": checks.choice("red", "green"),
    "member": checks.member(Colour),
    "instance": checks.instance(Colour),
    "texts": checks.texts,
    "free": checks.free,
}


@given(st.sampled_from(sorted(CHECKS)), anything)
def test_a_check_never_raises_and_each_problem_stands_at_the_field(name: str, value: object) -> None:
    _, problems = outcome(CHECKS[name], value)
    for problem in problems:
        assert problem.path.startswith("field")
        assert problem.message.startswith(f"{problem.path}: expected ")
        assert "\n" not in problem.message
        assert len(problem.message) < 200


@given(
    st.text(
        min_size=1, max_size=255, alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    )
)
def test_a_text_is_kept_as_it_is(value: str) -> None:
    assert outcome(checks.text, value) == (value, [])
    assert outcome(checks.long_text, value) == (value, [])


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1, "invalidType"),
        (None, "invalidType"),
        (b"x", "invalidType"),
        ("", "invalidText"),
        ("x" * 256, "invalidText"),
        ("a\0b", "invalidText"),
        ("\0", "invalidText"),
        ("\ud800", "invalidText"),
        ("é\udfff", "invalidText"),
    ],
)
def test_what_is_no_text_is_refused(value: object, code: str) -> None:
    assert refusal(checks.text, value).code == code


def test_the_limit_of_a_text_is_counted_in_characters() -> None:
    assert outcome(checks.text, "ä" * 255)[1] == []
    assert refusal(checks.text, "ä" * 256).message == "field: expected 1 to 255 characters, got 256"
    assert outcome(checks.long_text, "ä" * 1000)[1] == []
    assert refusal(checks.long_text, "ä" * 1001).code == "invalidText"


def test_a_long_text_may_be_empty() -> None:
    assert outcome(checks.long_text, "") == ("", [])


def test_a_number_that_is_refused_counts_as_zero() -> None:
    assert outcome(checks.number, "1.50") == (Decimal("1.50"), [])
    value, problems = outcome(checks.number, 1.5)
    assert value == Decimal(0)
    assert [problem.code for problem in problems] == ["invalidType"]


@pytest.mark.parametrize("value", [0, 1, "true", None, [], Decimal(1)])
def test_what_merely_counts_as_true_or_false_is_no_flag(value: object) -> None:
    assert refusal(checks.flag, value).code == "invalidType"


@pytest.mark.parametrize("value", [True, False])
def test_a_flag_is_kept(value: bool) -> None:
    assert outcome(checks.flag, value) == (value, [])


@pytest.mark.parametrize("value", [datetime(2026, 3, 1), "2026-03-01", 20260301, None])
def test_what_is_no_date_without_a_time_is_refused(value: object) -> None:
    assert refusal(checks.day, value).code == "invalidDate"


@given(st.dates())
def test_a_date_is_kept(value: date) -> None:
    assert outcome(checks.day, value) == (value, [])


maybe_dates = st.one_of(st.none(), st.dates())


@given(maybe_dates, maybe_dates)
def test_a_period_is_half_open_and_not_empty(since: date | None, until: date | None) -> None:
    problems: list[Problem] = []
    checks.period(problems, since, until)
    holds_a_day = since is None or until is None or since < until
    assert [problem.code for problem in problems] == ([] if holds_a_day else ["reversedDates"])


def test_one_of_the_choices_is_kept_and_a_near_miss_gets_a_hint() -> None:
    check = checks.choice("halfUp", "halfEven")
    assert outcome(check, "halfUp") == ("halfUp", [])
    near, far = refusal(check, "halfup"), refusal(check, 17)
    assert (near.code, near.hint) == ("invalidValue", "did you mean halfUp?")
    assert (far.code, far.hint) == ("invalidValue", "")


def test_a_member_is_taken_by_its_value() -> None:
    assert outcome(checks.member(Colour), "red") == (Colour.RED, [])
    assert outcome(checks.member(Colour), Colour.GREEN) == (Colour.GREEN, [])
    assert refusal(checks.member(Colour), "gren").hint == "did you mean green?"
    assert refusal(checks.member(Colour), "RED").code == "invalidValue"
    assert refusal(checks.member(Colour), ["red"]).code == "invalidValue"


def test_an_instance_is_kept() -> None:
    assert outcome(checks.instance(Colour), Colour.RED) == (Colour.RED, [])
    assert refusal(checks.instance(Colour), "red").message == "field: expected Colour, got 'red'"


def test_a_sequence_is_a_tuple_and_each_item_is_checked_at_its_index() -> None:
    assert outcome(checks.texts, iter(["a", "b"])) == (("a", "b"), [])
    _, problems = outcome(checks.texts, ["a", 1, ""])
    assert [problem.path for problem in problems] == ["field[1]", "field[2]"]


@pytest.mark.parametrize("value", ["ab", b"ab", {"a": 1}, 5, None])
def test_what_is_no_list_is_refused(value: object) -> None:
    assert outcome(checks.texts, value)[0] == ()
    assert refusal(checks.texts, value).code == "invalidType"


def test_a_door_that_raises_is_a_check() -> None:
    def door(value: Any, path: str) -> str:
        if value != "open":
            raise InvalidInput(Problem("invalidValue", f"{path}: expected open, got {value}", path))
        return "opened"

    check = checks.refusing(door)
    assert outcome(check, "open") == ("opened", [])
    assert outcome(check, "shut")[0] is None
    assert refusal(check, "shut").code == "invalidValue"


def test_free_data_is_copied() -> None:
    own = {"a": 1}
    kept, problems = outcome(checks.free, own)
    own["a"] = 2
    assert (kept, problems) == ({"a": 1}, [])
    assert isinstance(kept, Mapping)


@pytest.mark.parametrize(
    "value", [{}, {"a": None}, {"a": [1, "x", True, -0.5, {"b": []}]}, {"a": {"b": {"c": 2**1000}}}]
)
def test_free_data_is_any_json_and_copied_whole(value: dict[str, Any]) -> None:
    own = copy.deepcopy(value)
    kept, problems = outcome(checks.free, own)
    for held in own.values():
        if isinstance(held, list):
            held.append("later")
    own["b"] = 1
    assert (kept, problems) == (value, [])
    assert json.loads(json.dumps(kept)) == value


def deep(levels: int) -> dict[str, Any]:
    return {"a": deep(levels - 1)} if levels else {}


def test_free_data_is_not_nested_without_end() -> None:
    assert outcome(checks.free, deep(checks.DEEPEST - 1))[1] == []
    assert [one.code for one in outcome(checks.free, deep(checks.DEEPEST))[1]] == ["invalidType"]
    endless: dict[str, Any] = {}
    endless["a"] = endless
    assert [one.code for one in outcome(checks.free, endless)[1]] == ["invalidType"]


@pytest.mark.parametrize(
    "value",
    [Decimal(1), float("nan"), float("inf"), b"x", {1}, date(2026, 3, 1), {1: "a"}, object(), HUGE],
)
def test_free_data_that_no_json_holds_is_refused_where_it_stands(value: object) -> None:
    _, problems = outcome(checks.free, {"a": [0, value]})
    assert [(one.code, one.path) for one in problems] == [("invalidType", "field.a[1]")]


@pytest.mark.parametrize("value", [None, [], "x", [("a", 1)]])
def test_free_data_is_an_object(value: object) -> None:
    assert outcome(checks.free, value)[0] == {}
    assert refusal(checks.free, value).code == "invalidType"


labels = st.text(alphabet="abc", min_size=1, max_size=2)


@given(st.lists(labels, min_size=1, max_size=3), st.lists(labels, max_size=3))
def test_a_category_covers_itself_and_what_is_within_it(broad: list[str], rest: list[str]) -> None:
    assert covers(".".join(broad), ".".join([*broad, *rest]))


@given(st.lists(labels, min_size=1, max_size=3), st.lists(labels, min_size=1, max_size=3))
def test_a_category_covers_nothing_else(broad: list[str], narrow: list[str]) -> None:
    assert covers(".".join(broad), ".".join(narrow)) == (narrow[: len(broad)] == broad)


@pytest.mark.parametrize(
    "value", ["food.", ".food", "food..bread", ".", " food", "food ", "food. bread", " "]
)
def test_a_category_of_which_a_part_is_empty_or_has_blanks_around_it_is_refused(value: str) -> None:
    """It would match nothing, and the line be taxed as if it were anything."""
    problem = refusal(checks.category, value)
    assert (problem.code, problem.message) == (
        "invalidValue",
        f"field: expected a tax category such as food.bread, without blanks or dots around it, got {value!r}",
    )


def test_a_category_is_a_text() -> None:
    assert refusal(checks.category, 5).code == "invalidType"
    assert refusal(checks.category, "").code == "invalidText"
    assert outcome(checks.category, "digital goods.e-books") == ("digital goods.e-books", [])
