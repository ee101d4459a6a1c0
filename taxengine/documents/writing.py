"""Writing: values of the core as JSON, the same bytes for the same value, wherever and whenever.

Amounts are text, the order of keys is fixed, and nothing depends on the clock or the machine.

>>> from taxengine.core.rates import TaxRate
>>> rate = TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.190", inclusive=None)
>>> print(write(rate))
{"format":1,"id":"de-19","country":"DE","percentageDecimal":"0.190","inclusive":null,"type":"valueAddedTax"}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

import msgspec

from taxengine.core.errors import InvalidInput, Problem, TaxEngineError
from taxengine.core.invoice import Invoice
from taxengine.core.policy import Policy
from taxengine.core.rates import TaxRate
from taxengine.core.result import Calculation
from taxengine.core.spelling import to_dict
from taxengine.documents.fields import Problems, WrittenNumber, free
from taxengine.documents.parsing import NumberText

FORMAT: Final = 1
"""The version of the documents that are written."""

_RAW = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ufff9-\ufffb]")

Writable = Calculation | Invoice | Policy | TaxRate | Iterable[TaxRate] | Mapping[str, object]


def raw(value: object) -> object:
    """What is written for a type that an encoder of JSON does not know."""
    if isinstance(value, WrittenNumber):
        return msgspec.Raw(value.text.encode())
    if isinstance(value, NumberText):
        return msgspec.Raw(value.encode())
    if isinstance(value, str):
        return str(value)
    told = f"document: expected what JSON can hold, got a value of the type {type(value).__name__}"
    raise InvalidInput(Problem("invalidType", told))


encoded = msgspec.json.Encoder(enc_hook=raw).encode
"""Plain JSON types as UTF-8."""


def write(value: Writable, *, pretty: bool = False) -> str:
    """The JSON document of the value, on one line, or indented.

    A list of rates becomes `{"format": 1, "rates": [...]}`; a mapping is a document already. Rates that
    an invoice holds are written by their ids. Raises `InvalidInput` where free data is no JSON.
    """
    return encode(value, pretty=pretty).decode()


def encode(value: Writable, *, pretty: bool = False) -> bytes:
    """`write`, as UTF-8."""
    spelt = encoded(document_of(value))
    return msgspec.json.format(spelt, indent=2) if pretty else spelt


def plain_bytes(spelt: bytes) -> bytes:
    """JSON whose texts hold nothing that a terminal obeys, and nothing that turns the writing: escaped.

    >>> plain_bytes('{"name": "\\x9b2J é"}'.encode())
    b'{"name": "\\\\u009b2J \\xc3\\xa9"}'
    """
    if spelt.isascii() and b"\x7f" not in spelt:
        return spelt
    return _RAW.sub(_escaped, spelt.decode()).encode()


def _escaped(char: re.Match[str]) -> str:
    return f"\\u{ord(char[0]):04x}"


def document_of(value: Writable) -> dict[str, Any]:
    """The document of the value, as plain JSON types."""
    if isinstance(value, Calculation):
        return value.to_dict()
    if isinstance(value, TaxRate):
        return {"format": FORMAT, **rate_document(value)}
    if isinstance(value, Invoice):
        return {"format": FORMAT, **_checked(to_dict(value))}
    if isinstance(value, Policy):
        return {"format": FORMAT, **value.to_dict()}
    if isinstance(value, Mapping):
        return dict(cast("Mapping[str, Any]", value))
    return {"format": FORMAT, "rates": [rate_document(rate) for rate in value]}


def rate_document(rate: TaxRate) -> dict[str, Any]:
    """A rate as the published object, as plain JSON types."""
    shown: dict[str, Any] = rate.to_dict()
    return _checked(shown) if rate.meta else shown


def error_document(invoice: str | None, error: TaxEngineError) -> dict[str, object]:
    """What is answered for an invoice that was refused; `invoice` is its id, where that could be read.

    >>> error_document("inv_1", InvalidInput(Problem("missingField", "currency: ...", "currency")))
    ... # doctest: +NORMALIZE_WHITESPACE
    {'invoice': 'inv_1', 'error': {'code': 'missingField', 'message': 'currency: ...',
     'problems': [{'code': 'missingField', 'path': 'currency', 'message': 'currency: ...'}]}}
    """
    return {"invoice": invoice, "error": error.to_dict()}


def _checked(shown: dict[str, Any]) -> dict[str, Any]:
    """The document with its free data checked: what a caller put there need not be JSON."""
    problems: Problems = []
    for path, holder in _holders(shown, ""):
        found: Problems = []
        holder["meta"] = free(found, holder["meta"], "meta")
        problems.extend(problem.within(path) for problem in found)
    if problems:
        raise InvalidInput(problems)
    return shown


def _holders(shown: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects that hold free data, each with its path."""
    if "meta" in shown:
        yield path, shown
    for name, value in shown.items():
        inner = f"{path}.{name}" if path else name
        if isinstance(value, dict) and name != "meta":
            yield from _holders(value, inner)
        elif isinstance(value, list):
            for index, one in enumerate(value):
                if isinstance(one, dict):
                    yield from _holders(one, f"{inner}[{index}]")
