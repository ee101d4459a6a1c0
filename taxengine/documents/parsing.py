"""Parsing: JSON text as plain values, strictly, with every number kept as it was written.

>>> parse('{"amount": 19.990, "id": "1"}')
{'amount': '19.990', 'id': '1'}
>>> parse('{"lines": [1, 2,]}')
Traceback (most recent call last):
...
taxengine.core.errors.InvalidInput: line 1, column 16: expected JSON, got a comma before ']'
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import msgspec

from taxengine.core.errors import InvalidInput, Problem

MOST_BYTES = 16 * 2**20
"""How long one document may be; a line of JSON Lines is a document."""
MOST_VALUES = 500_000
"""How many values one document may hold: about 100 000 lines of an invoice."""
MOST_BYTES_OF_RATES = 8 * MOST_BYTES
MOST_VALUES_OF_RATES = 10 * MOST_VALUES

_BOM = "\ufeff"
_LINE_END = b"\n"
_BLANK = " \t\n\r"
_WORD = re.compile(r"[A-Za-z_]+|.", re.DOTALL)
_HINTS = {
    "'": 'write text in double quotes: "..."',
    "/": "JSON has no comments: free data goes into meta",
    "#": "JSON has no comments: free data goes into meta",
    "+": "write a number as 5 or -0.5",
    ".": "write a number with digits on both sides of the point: 0.5",
    "None": "write null",
    "True": "write true",
    "False": "write false",
}


class NumberText(str):
    """A number of a JSON document, by its text; so it is told from text in quotes."""

    __slots__ = ()


class Repeated(dict[str, Any]):
    """An object that holds a key twice; `keys_again` are those keys. The last value stands."""

    __slots__ = ("keys_again",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        times = Counter(name for name, _ in pairs)
        self.keys_again = tuple(name for name in self if times[name] > 1)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else Repeated(pairs)


# NaN and Infinity come out as numbers, so that the number door refuses them by their path.
_decode = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=NumberText, parse_float=NumberText, parse_constant=NumberText
).decode

_usual = msgspec.json.Decoder(float_hook=NumberText).decode
_SPACED = re.compile(rb"[ \t\r\n]:").search


def parse(
    document: str | bytes, *, most_bytes: int = MOST_BYTES, most_values: int = MOST_VALUES, line: int = 1
) -> object:
    """The value that the JSON text is; numbers are `NumberText`. Bytes are UTF-8, a leading BOM is dropped.

    `line` is the number of its first line in the file it comes from. A key that stands twice is marked
    for the reader, which knows its path. Raises `InvalidInput`: `emptyDocument`, `invalidJson`,
    `invalidText`, `documentTooLarge`, `documentTooDeep`.
    """
    if len(document) > most_bytes:
        told = f"document: expected at most {most_bytes} bytes, got {len(document)}"
        raise InvalidInput(Problem("documentTooLarge", told))
    text = decoded(document, line)
    if text.count(",") >= most_values:
        told = f"document: expected at most {most_values} values, got {text.count(',') + 1} or more"
        raise InvalidInput(Problem("documentTooLarge", told))
    try:
        return _decode(text)
    except json.JSONDecodeError as error:
        raise InvalidInput(_invalid_json(text, error, line)) from error
    except RecursionError:
        raise InvalidInput(too_deep("document")) from None


def parse_usual(document: bytes) -> tuple[object, int] | None:
    """The value of a usual document and how many keys it must show, three times as fast as `parse`; or None.

    A key that stands twice is not marked: it is then fewer keys than there are colons after quotes. What
    this parser would tell in other words, or read another way, is left to `parse`: free data, white space
    before a colon, anything that is wrong.
    """
    if len(document) > MOST_BYTES or document.count(b",") >= MOST_VALUES or b'"meta"' in document:
        return None
    keys = document.count(b'":')
    if document.count(b":") > keys and _SPACED(document):
        return None
    try:
        return _usual(document), keys
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def decoded(document: str | bytes, line: int = 1) -> str:
    """Text, or the UTF-8 that bytes hold, without a BOM; they begin at that line of their file.

    >>> decoded('{"id": 1}'.encode("utf-16"))
    Traceback (most recent call last):
    ...
    taxengine.core.errors.InvalidInput: line 1: expected UTF-8 text, got UTF-16
    """
    if isinstance(document, str):
        text = document
    else:
        try:
            text = str(document, "utf-8")
        except UnicodeDecodeError as error:
            wide = _wide(document)
            got = wide or f"the byte 0x{document[error.start]:02X}"
            told = f"line {line + document.count(_LINE_END, 0, error.start)}: expected UTF-8 text, got {got}"
            hint = "save the file as UTF-8" if wide else "is this a text file, saved as UTF-8?"
            raise InvalidInput(Problem("invalidText", told, "", hint)) from error
    if "\0" in text[:4]:
        told = f"line {line}: expected UTF-8 text, got NUL characters"
        raise InvalidInput(Problem("invalidText", told, "", "save the file as UTF-8"))
    return text.removeprefix(_BOM)


def _wide(document: bytes) -> str:
    """The wider encoding that a byte order mark announces."""
    if document[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        return "UTF-32"
    return "UTF-16" if document[:2] in (b"\xff\xfe", b"\xfe\xff") else ""


def too_deep(path: str) -> Problem:
    """The problem of values that lie too deep in others."""
    return Problem("documentTooDeep", f"{path}: expected less deeply nested values", path)


def _invalid_json(text: str, error: json.JSONDecodeError, first_line: int) -> Problem:
    """What is wrong and where, in the same words whichever Python reads it."""
    if not text.strip(_BLANK):
        hint = "a document is a JSON object: {...}"
        return Problem("emptyDocument", "document: expected JSON, got nothing", "", hint)
    at, got, hint = _fault(text, error)
    line, column = text.count("\n", 0, at) + first_line, at - text.rfind("\n", 0, at)
    told = f"line {line}, column {column}: expected JSON, got {got}"
    return Problem("invalidJson", told, "", hint, {"line": line, "column": column})


def _fault(text: str, error: json.JSONDecodeError) -> tuple[int, str, str]:
    """Position, what stands there, and what to do."""
    at = error.pos
    before = text[:at].rstrip(_BLANK)
    if text[at : at + 1] == ",":
        before, rest = text[: at + 1], text[at + 1 :].lstrip(_BLANK)
    else:
        rest = text[at:]
    if before.endswith(",") and rest[:1] in ("]", "}"):
        return len(before) - 1, f"a comma before {rest[0]!r}", "remove the comma after the last one"
    if error.msg.startswith("Unterminated string"):
        return at, "text without its closing quote", "is the document cut short?"
    if not text[at:].strip(_BLANK):
        return at, "the end of the document", "is the document cut short?"
    if error.msg.startswith("Extra data"):
        hint = "one document a line is JSON Lines; several in one document are an array: [...]"
        return at, "more text after the end of the document", hint
    if error.msg.startswith("Invalid control character"):
        return at, f"{text[at]!a} inside text", "write it as \\n, \\t or \\u00.."
    if error.msg.startswith("Invalid \\"):
        at -= text[at] != "\\"
        return at, f"an unknown escape in text, {text[at : at + 6]!a}", "write a backslash as \\\\"
    word = _WORD.match(text, at)
    got = word[0] if word else ""
    hint = _HINTS.get(got, "")
    if got.isdigit() and before.endswith(","):
        hint = "write a point before the decimals: 19.99, not 19,99"
    return at, ascii(got[:20]), hint
