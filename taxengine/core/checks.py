"""Checks: the tests that every input type shares; each notes what is wrong and goes on.

A check takes the list of problems, the value and its path, and returns the value to keep.

>>> problems = []
>>> text(problems, "", "id"), [problem.message for problem in problems]
('', ['id: expected 1 to 255 characters, got none'])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeGuard, TypeVar, cast

from taxengine.core.arithmetic import ZERO
from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.money import decimal_of
from taxengine.core.money import shown as shown  # noqa: PLC0414  # who notes a problem needs it, too

T = TypeVar("T")
Problems = list[Problem]
Check = Callable[[Problems, Any, str], Any]

DEEPEST: Final = 100
"""How deep free data may be nested."""


def closest(value: object, choices: Iterable[str]) -> list[str]:
    """The choice that may have been meant, if any."""
    from difflib import get_close_matches  # here, since it is dear to import and only errors need it

    return get_close_matches(value[:60], list(choices), n=1) if isinstance(value, str) else []


def fault(problems: Problems, code: str, path: str, expected: str, value: object, hint: str = "") -> None:
    """Note that `path` holds something else than expected."""
    problems.append(Problem(code, f"{path}: expected {expected}, got {shown(value)}", path, hint))


def text(problems: Problems, value: object, path: str, limit: int = 255) -> str:
    """Text of 1 to `limit` characters, without NUL and lone surrogates."""
    if not isinstance(value, str):
        fault(problems, "invalidType", path, "text", value)
        return ""
    if not 0 < len(value) <= limit:
        got = str(len(value)) if value else "none"
        told = f"{path}: expected 1 to {limit} characters, got {got}"
        problems.append(Problem("invalidText", told, path))
    elif "\0" in value or (not value.isascii() and not _encodes(value)):
        fault(problems, "invalidText", path, "text without NUL and lone surrogates", value)
    return value


def _encodes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def long_text(problems: Problems, value: object, path: str) -> str:
    """Text of up to 1000 characters; empty is allowed."""
    return text(problems, value, path, 1000) if value != "" else ""


def number(problems: Problems, value: object, path: str) -> Decimal:
    """A number by the one door; zero where it is refused."""
    try:
        return decimal_of(value, path)
    except InvalidInput as error:
        problems.extend(error.problems)
        return ZERO


def flag(problems: Problems, value: object, path: str) -> bool:
    """True or False, nothing that merely counts as one."""
    if not isinstance(value, bool):
        fault(problems, "invalidType", path, "true or false", value)
    return bool(value)


def day(problems: Problems, value: object, path: str) -> date | None:
    """A date without a time."""
    if isinstance(value, datetime) or not isinstance(value, date):
        fault(problems, "invalidDate", path, "a date without a time", value, "such as date(2026, 3, 1)")
        return None
    return value


def period(problems: Problems, since: date | None, until: date | None) -> None:
    """Half-open, and not empty."""
    if since is not None and until is not None and until <= since:
        told = f"validUntil: expected a date after validFrom ({since}), got {until}"
        problems.append(Problem("reversedDates", told, "validUntil"))


def either(problems: Problems, first: str, one: object, second: str, other: object) -> None:
    """Exactly one of two fields."""
    if (one is None) == (other is None):
        code, got = ("missingField", "neither") if one is None else ("conflictingFields", "both")
        problems.append(Problem(code, f"{first}: expected either {first} or {second}, got {got}", first))


def choice(*choices: str) -> Check:
    """One of the choices."""

    def check(problems: Problems, value: object, path: str) -> object:
        if value not in choices:
            near = closest(value, choices)
            hint = f"did you mean {near[0]}?" if near else ""
            fault(problems, "invalidValue", path, f"one of {', '.join(choices)}", value, hint)
        return value

    return check


def member(kind: type[StrEnum]) -> Check:
    """A member of an enumeration, by its value."""
    among = choice(*kind)

    def check(problems: Problems, value: object, path: str) -> object:
        if not isinstance(value, kind):
            noted = len(problems)
            among(problems, value, path)
            return value if len(problems) > noted else kind(str(value))
        return value

    return check


def instance(kind: type) -> Check:
    """A value of one type."""

    def check(problems: Problems, value: object, path: str) -> object:
        if not isinstance(value, kind):
            fault(problems, "invalidType", path, kind.__name__, value)
        return value

    return check


def is_list(values: object) -> TypeGuard[Iterable[Any]]:
    """Whether these are items in an order of their own: no text, no mapping, and no set.

    >>> is_list(["a"]), is_list("a"), is_list({"a"})
    (True, False, False)
    """
    return isinstance(values, Iterable) and not isinstance(values, (str, bytes, bytearray, Mapping, Set))


def sequence(item: Check) -> Check:
    """A tuple, each item checked."""

    def check(problems: Problems, values: object, path: str) -> tuple[object, ...]:
        if not is_list(values):
            fault(problems, "invalidType", path, "a list", values)
            return ()
        return tuple(item(problems, one, f"{path}[{index}]") for index, one in enumerate(values))

    return check


def many(kind: type) -> Check:
    """A tuple of values of one type."""
    one_by_one, only = sequence(instance(kind)), {kind}

    def check(problems: Problems, values: object, path: str) -> tuple[object, ...]:
        if isinstance(values, (list, tuple)) and {*map(type, values)} <= only:
            return tuple(values)
        return one_by_one(problems, values, path)  # type: ignore[no-any-return]  # a check of tuples

    return check


def refusing(door: Callable[[Any, str], T]) -> Check:
    """A function of (value, path) that raises, as a check."""

    def check(problems: Problems, value: object, path: str) -> T | None:
        try:
            return door(value, path)
        except InvalidInput as error:
            problems.extend(error.problems)
            return None

    return check


def free(problems: Problems, value: object, path: str) -> Mapping[str, object]:
    """Free data of the caller: an object of JSON types, copied whole, so that nothing changes it later."""
    if not isinstance(value, Mapping):
        fault(problems, "invalidType", path, "an object", value)
        return {}
    return cast(Mapping[str, object], _free(problems, value, path, 0))


def _free(problems: Problems, value: object, path: str, depth: int) -> object:
    deeper = depth + 1
    if depth < DEEPEST and isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: _free(problems, held, f"{path}.{key}", deeper) for key, held in value.items()}
    if depth < DEEPEST and isinstance(value, (list, tuple)):
        return [_free(problems, held, f"{path}[{at}]", deeper) for at, held in enumerate(value)]
    whole = isinstance(value, int) and value.bit_length() <= 1024
    finite = isinstance(value, float) and value - value == 0  # infinity and NaN less themselves are NaN
    if value is None or isinstance(value, str) or whole or finite:
        return value
    expected = f"what JSON can hold, up to {DEEPEST} levels deep"
    fault(problems, "invalidType", path, expected, type(value).__name__)
    return None


def category(problems: Problems, value: Any, path: str) -> str:
    """A dotted tax category: `food.` would match nothing that is sold."""
    if text(problems, value, path):
        wrong = no_category(value, path)
        problems += [wrong._replace(message=f"{path}: {wrong.message}")] if wrong else []
    return value  # type: ignore[no-any-return]  # a text, or noted


def no_category(value: str | None, path: str) -> Problem | None:
    """What is wrong with a tax category, if anything: a part that is empty or has blanks around it."""
    if value is None or all(part and part == part.strip() for part in value.split(".")):
        return None
    told = f"expected a tax category such as food.bread, without blanks or dots around it, got {shown(value)}"
    return Problem("invalidValue", told, path)


texts = sequence(text)
"""A tuple of texts."""
categories = sequence(category)
"""A tuple of tax categories."""


def covers(broad: str, narrow: str) -> bool:
    """Whether one dotted tax category is, or contains, the other.

    >>> covers("food", "food.bread"), covers("food", "foodstuff")
    (True, False)
    """
    return narrow == broad or narrow.startswith(f"{broad}.")
