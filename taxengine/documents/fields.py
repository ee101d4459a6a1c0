"""Fields: how a value of a document is read, by its JSON type: text, number, date, flag, list, free data.

A reader takes the problems so far, the value and its name. It returns the value for the core to judge,
or notes a problem. Null does not come here: it is the same as absent.

>>> problems = []
>>> day(problems, "2026-03-01", "taxDate"), number(problems, NumberText("19.990"), "amount")
(datetime.date(2026, 3, 1), '19.990')
>>> text(problems, NumberText("12"), "id"), [problem.message for problem in problems]
(<Absent.ABSENT: 'absent'>, ['id: expected text, got the number 12'])
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from math import isfinite
from typing import Any, Final

from taxengine.core.checks import DEEPEST
from taxengine.core.errors import Problem
from taxengine.documents.parsing import NumberText, Repeated, too_deep

Problems = list[Problem]
Read = Callable[[Problems, Any, str], object]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
LONGEST_NUMBER: Final = 64
_INTEGER = re.compile(r"0|-?[1-9][0-9]*").fullmatch


class Absent(Enum):
    """What stands for a value that could not be read."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


class Field:
    """A reader, what it expects in words, and whether exact text needs no reading."""

    __slots__ = ("expected", "read", "takes_text")

    def __init__(self, read: Read, expected: str, *, takes_text: bool = False) -> None:
        self.read = read
        self.expected = expected
        self.takes_text = takes_text


def note(problems: Problems, code: str, path: str, expected: str, value: object, *, hint: str = "") -> None:
    """Note that `path` holds something else than expected, in the words of JSON."""
    told = f"{path or 'document'}: expected {expected}, got {in_words(value)}"
    problems.append(Problem(code, told, path, hint))


def in_words(value: object) -> str:
    """A value of a document as an error prints it: short, on one line, in ASCII.

    >>> in_words(NumberText("19.990")), in_words({"a": 1}), in_words(True), in_words("é")
    ('the number 19.990', 'an object', 'true', "'\\\\xe9'")
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int) and value.bit_length() > LONGEST_NUMBER:
        return "a number of many digits"  # Python refuses to spell one of more than 4300
    if isinstance(value, (NumberText, int, float, Decimal)):
        return f"the number {str(value)[:LONGEST_NUMBER]}"
    if isinstance(value, str):
        return ascii(value) if len(value) <= 40 else f"{ascii(value[:37])[:-1]}...'"
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, (list, tuple)) else f"a value of the type {type(value).__name__}"


def text(problems: Problems, value: Any, name: str) -> object:
    """Text: a number or a flag is none, however it looks."""
    if isinstance(value, str) and not isinstance(value, NumberText):
        return value
    short = isinstance(value, NumberText) and len(value) <= LONGEST_NUMBER
    hint = f'write it in quotes: "{value}"' if short else ""
    note(problems, "invalidType", name, "text", value, hint=hint)
    return ABSENT


def sound_text(problems: Problems, value: Any, name: str) -> object:
    """Text that a file can hold, where no check of the core follows."""
    read = text(problems, value, name)
    if read is not ABSENT and not _holds(value):
        note(problems, "invalidText", name, "text without NUL and lone surrogates", value)
        return ABSENT
    return read


def number(problems: Problems, value: Any, name: str) -> object:
    """A number, by its text or as a JSON number; the core's door takes it or refuses it."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
        note(problems, "invalidType", name, "a decimal number", value)
    return value


def day(problems: Problems, value: Any, name: str) -> object:
    """A date `YYYY-MM-DD`: no time, no other spelling."""
    if isinstance(value, str) and len(value) == 10 and not isinstance(value, NumberText):
        found = _day_of(value)
    else:
        found = value if type(value) is date else None
    if found is None:
        note(problems, "invalidDate", name, "a date such as 2026-03-01", value)
        return ABSENT
    return found


@lru_cache(maxsize=1024)
def _day_of(spelt: str) -> date | None:
    if not _DATE(spelt):
        return None
    try:
        return date.fromisoformat(spelt)
    except ValueError:
        return None


def flag(problems: Problems, value: Any, name: str) -> object:
    """True or false, as JSON writes them."""
    if isinstance(value, bool):
        return value
    hint = "write true or false, without quotes" if value in ("true", "false") else ""
    note(problems, "invalidType", name, "true or false", value, hint=hint)
    return ABSENT


def flag_or_null(problems: Problems, value: Any, name: str) -> object:
    """True, false, or null, which is a value here."""
    return None if value is None else flag(problems, value, name)


def texts(problems: Problems, values: Any, name: str) -> object:
    """A list of texts."""
    if not isinstance(values, (list, tuple)):
        note(problems, "invalidType", name, "a list of texts", values)
        return ABSENT
    before = len(problems)
    read = [text(problems, value, f"{name}[{index}]") for index, value in enumerate(values)]
    return ABSENT if len(problems) > before else read


def version(problems: Problems, value: Any, name: str) -> object:
    """The format of the document: 1 is known."""
    if isinstance(value, bool) or not isinstance(value, (NumberText, int)) or str(value) != "1":
        note(problems, "unknownFormat", name, "the number 1, the format known here", value)
    return ABSENT


class WrittenNumber(float):
    """A number of free data that is no plain integer: its value, and its text as it was written."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> WrittenNumber:
        made = super().__new__(cls, text)
        made.text = text
        return made


def free(problems: Problems, value: Any, name: str) -> object:
    """Free data, copied: any JSON, its texts without NUL and lone surrogates, its numbers as written."""
    if not isinstance(value, Mapping):
        note(problems, "invalidType", name, "an object", value)
        return ABSENT
    return _free(problems, value, name, 0)


def _free(problems: Problems, value: Any, key: str | int, depth: int) -> object:
    """A copy of the value that stands under the key; paths are put together only where there is a problem."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (NumberText, int, float, Decimal)):
        return _free_number(problems, value, key)
    if isinstance(value, str):
        if not _holds(value):
            note(problems, "invalidText", step(key), "text without NUL and lone surrogates", value)
        return value
    if not isinstance(value, (Mapping, list, tuple)):
        note(problems, "invalidType", step(key), "what JSON can hold", value)
        return None
    if depth == DEEPEST:
        problems.append(too_deep(step(key)))
        return None
    before = len(problems)
    deeper = depth + 1
    if isinstance(value, Mapping):
        copied: object = _free_object(problems, value, deeper)
    else:
        copied = [_free(problems, item, index, deeper) for index, item in enumerate(value)]
    if len(problems) > before:
        problems[before:] = [problem.within(step(key)) for problem in problems[before:]]
    return copied


def _free_object(problems: Problems, value: Mapping[Any, Any], depth: int) -> dict[str, object]:
    copied = {}
    for key, item in value.items():
        if not isinstance(key, str) or not _holds(key):
            note(problems, "invalidText", step(key), "a key of text without NUL and lone surrogates", key)
        else:
            copied[key] = _free(problems, item, key, depth)
    if isinstance(value, Repeated):
        problems.extend(repeated(key) for key in value.keys_again)
    return copied


def _free_number(problems: Problems, value: NumberText | float | Decimal, key: str | int) -> object:
    if isinstance(value, int) or (isinstance(value, float) and isfinite(value)):
        return value
    spelt = str(value)
    if len(spelt) <= LONGEST_NUMBER:
        if _INTEGER(spelt):
            return int(spelt)
        if "n" not in spelt.lower() and isfinite(float(spelt)):
            return WrittenNumber(spelt)
    note(problems, "invalidNumber", step(key), "a number that every reader of JSON can hold", value)
    return None


def _holds(value: str) -> bool:
    """Whether a file or a database can hold the text."""
    if "\0" in value:
        return False
    try:
        return value.isascii() or bool(value.encode())
    except UnicodeEncodeError:
        return False


def repeated(key: str) -> Problem:
    """The problem of a key that stands twice in an object."""
    path = name_of(key)
    return Problem("duplicateKey", f"{path}: expected the key once, got it again", path)


def name_of(key: object) -> str:
    """A key as a path shows it: in brackets where it is no plain name.

    >>> name_of("unitPrice"), name_of("a b\\n"), name_of(12)
    ('unitPrice', "['a b\\\\n']", '[12]')
    """
    if isinstance(key, str) and len(key) <= 40 and key.isascii() and key.isidentifier():
        return key
    printed = ascii(key[:40] if isinstance(key, str) else key)
    return f"[{printed[:80]}]"


def step(key: object) -> str:
    """A key or an index as a path shows it."""
    return f"[{key}]" if isinstance(key, int) else name_of(key)


TEXT: Final = Field(text, "text", takes_text=True)
SOUND_TEXT: Final = Field(sound_text, "text")
COUNTRY: Final = Field(text, "an ISO 3166-1 country code", takes_text=True)
CURRENCY: Final = Field(text, "an ISO 4217 currency code", takes_text=True)
NUMBER: Final = Field(number, "a decimal number", takes_text=True)
DAY: Final = Field(day, "a date such as 2026-03-01")
FLAG: Final = Field(flag, "true or false")
FLAG_OR_NULL: Final = Field(flag_or_null, "true, false or null")
TEXTS: Final = Field(texts, "a list of texts")
FREE: Final = Field(free, "an object")
FORMAT: Final = Field(version, "1")
