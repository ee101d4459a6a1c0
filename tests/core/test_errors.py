"""Errors: one tree, each leaf also the builtin that a caller would catch, each problem with its path."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core import errors
from taxengine.core.errors import InvalidInvoice, Problem, TaxEngineError, Undetermined

BUILTINS = {
    "InvalidInput": (3, ValueError, TypeError),
    "InvalidInvoice": (3, ValueError, TypeError),
    "InvalidRate": (3, ValueError, TypeError),
    "InvalidPolicy": (3, ValueError, TypeError),
    "Undetermined": (4, LookupError),
    "AmbiguousRates": (4, LookupError),
    "ProviderError": (5,),
    "ProviderUnavailable": (5, ConnectionError),
    "ProviderRefused": (5, ValueError),
    "NotConnected": (5, LookupError),
    "ProviderProtocolError": (5, ValueError),
    "StatedAmountMismatch": (5, ArithmeticError),
    "MissingExtra": (2, ImportError),
    "InvariantBroken": (1, ArithmeticError),
}


def leaves(root: type[TaxEngineError]) -> Iterator[type[TaxEngineError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from leaves(kind)


KINDS = {kind.__name__: kind for kind in leaves(TaxEngineError) if kind.__module__ == errors.__name__}
paths = st.sampled_from(["", "amount", "lines[0].amount", "[2]", "[2].id"])
prefixes = st.sampled_from(["", "lines[1]", "charges", "customer.address"])
problems = st.builds(Problem, st.sampled_from(["invalidNumber", "missingField"]), st.text(max_size=20), paths)


def test_the_tree_is_the_one_that_is_drawn() -> None:
    assert set(KINDS) == set(BUILTINS)
    drawn = errors.__doc__ or ""
    assert all(name in drawn for name in KINDS)


@pytest.mark.parametrize("name", BUILTINS)
def test_an_error_has_its_exit_code_and_is_the_builtin_that_a_caller_would_catch(name: str) -> None:
    code, *builtins = BUILTINS[name]
    assert KINDS[name].exit_code == code
    assert all(issubclass(KINDS[name], builtin) for builtin in builtins)  # type: ignore[arg-type]
    assert issubclass(KINDS[name], TaxEngineError)


@pytest.mark.parametrize("name", BUILTINS)
def test_an_error_survives_a_pickle(name: str) -> None:
    problem = Problem("code", "told", "path", "hint", {"rates": ["a", "b"]})
    error = pickle.loads(pickle.dumps(KINDS[name](problem)))
    assert type(error) is KINDS[name]
    assert error.problems == (problem,)
    assert str(error) == "told"


@pytest.mark.parametrize("name", BUILTINS)
def test_the_code_is_that_of_the_problems_where_they_agree(name: str) -> None:
    kind = KINDS[name]
    one, other = Problem("oneCode", "one"), Problem("otherCode", "other")
    assert kind(one).code == kind([one, one]).code == "oneCode"
    assert kind([one, other]).code == kind([]).code == kind.mixed_code != "error"


def test_an_error_of_no_problem_has_a_code_too() -> None:
    assert TaxEngineError([]).code == "error"


@given(st.lists(problems))
def test_an_error_says_all_that_is_wrong(given_problems: list[Problem]) -> None:
    error = InvalidInvoice(iter(given_problems))
    assert str(error) == "; ".join(one.message for one in given_problems)
    assert error.to_dict() == {
        "code": error.code,
        "message": str(error),
        "problems": [one.to_dict() for one in given_problems],
    }


@given(problems, prefixes)
def test_a_problem_seen_from_outside_has_the_longer_path(problem: Problem, prefix: str) -> None:
    moved = problem.within(prefix)
    assert moved.path.startswith(prefix)
    assert moved.path.endswith(problem.path)
    assert ".." not in moved.path
    assert ".[" not in moved.path
    assert moved.code == problem.code


@pytest.mark.parametrize(
    ("path", "prefix", "expected"),
    [
        ("quantity", "lines[2]", "lines[2].quantity"),
        ("[0].amount", "discounts", "discounts[0].amount"),
        ("", "lines[2]", "lines[2]"),
        ("quantity", "", "quantity"),
    ],
)
def test_paths_are_joined_as_a_document_writes_them(path: str, prefix: str, expected: str) -> None:
    assert Problem("code", "told", path).within(prefix).path == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("quantity: expected a number", "lines[2].quantity: expected a number"),
        ("quantity.x: expected a number", "lines[2].quantity.x: expected a number"),
        ("quantities: are not this field", "quantities: are not this field"),
        ("nothing begins with the path", "nothing begins with the path"),
    ],
)
def test_the_sentence_follows_where_it_begins_with_the_path(message: str, expected: str) -> None:
    assert Problem("code", message, "quantity").within("lines[2]").message == expected


def test_every_problem_of_an_error_is_moved() -> None:
    error = Undetermined([Problem("a", "x", "x"), Problem("b", "y", "y")]).within("lines[0]")
    assert type(error) is Undetermined
    assert [one.path for one in error.problems] == ["lines[0].x", "lines[0].y"]


def test_a_document_shows_a_hint_and_data_where_there_are_any() -> None:
    assert Problem("c", "m", "p").to_dict() == {"code": "c", "path": "p", "message": "m"}
    shown = Problem("c", "m", "p", "h", {"rates": ["a"], "code": "other"}).to_dict()
    assert shown == {"code": "c", "path": "p", "message": "m", "hint": "h", "rates": ["a"]}


def test_a_problem_is_a_key() -> None:
    assert len({Problem("c", "m", data={"a": []}), Problem("c", "m", data={"a": []})}) == 1
