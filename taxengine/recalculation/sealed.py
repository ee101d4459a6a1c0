"""Sealed: a result as a document that holds all it takes to compute it again, and a hash over it.

    {"format": 1,
     "sealed": {"rules": 1, "invoice": {...}, "rates": [...], "policy": {...}, "determination": {...},
                "calculation": {...}, "party": {"hash": "sha256:...", "fields": ["customer.name", ...]}},
     "party": {"salt": "...", "input": "sha256:...", "fields": {"customer.name": "..."}},
     "engine": {"version": "0.1.0", "hash": "sha256:..."},
     "seal": "sha256:..."}

A refund has {"refund": {"of": {...}, "previous": [...], "asked": {...}}} in place of invoice, rates, policy
and determination: what is sealed of the invoice, the credit notes before it, and what was asked for.

The hash is that of the value of `sealed`, in the spelling of `hashing`: anybody can make it again. The
engine's version stands beside it, with a hash of its own, so that a release that changes no cent changes
no seal. `party` can be taken out, and the rest is as it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from secrets import token_hex
from typing import Any, Final, NamedTuple

import msgspec

from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.version import RULES
from taxengine.documents.fields import LONGEST_NUMBER, name_of
from taxengine.documents.parsing import MOST_BYTES_OF_RATES, MOST_VALUES_OF_RATES, NumberText, parse
from taxengine.documents.reading import value_of
from taxengine.documents.writing import FORMAT, encoded, plain_bytes
from taxengine.recalculation.hashing import canonical, check_key, hash_of, hashed, is_keyed, same

Document = dict[str, Any]

KNOWN_RULES: Final = frozenset({RULES})
"""The rules versions that this engine calculates by."""
MOST_BYTES: Final = MOST_BYTES_OF_RATES
"""How long one sealed result may be: it holds its invoice, and more."""

_KEYS: Final = ("format", "sealed", "party", "engine", "seal")
_quick = msgspec.json.Decoder(float_hook=NumberText).decode


def _whole(spelt: str) -> int | str:
    """A whole number, by its text where it has another spelling, as -0 has."""
    return int(spelt) if len(spelt) < LONGEST_NUMBER and str(int(spelt)) == spelt else NumberText(spelt)


_careful = json.JSONDecoder(parse_int=_whole, parse_float=NumberText, parse_constant=NumberText).decode


class Sealed(NamedTuple):
    """A sealed result whose hashes hold: `seal` makes one, and `read_sealed` of its document.

    `content` is what is sealed, `party` what can be taken out, None where it was; `version` is that of
    the engine that calculated it, `hash` the seal, which names the content among all others.
    """

    content: Document
    party: Document | None
    version: str
    hash: str
    engine_hash: str

    def encode(self) -> bytes:
        """The document, as UTF-8 on one line: the only spelling that `read_sealed` takes as bytes."""
        return plain_bytes(encoded(self.to_dict()))

    def to_dict(self) -> Document:
        """The document, as plain JSON types."""
        party = {} if self.party is None else {"party": self.party}
        engine = {"version": self.version, "hash": self.engine_hash}
        return {"format": FORMAT, "sealed": self.content, **party, "engine": engine, "seal": self.hash}

    def without_party(self) -> Sealed:
        """The same result without what it says of persons; its seal holds."""
        return self._replace(party=None)

    @property
    def invoice(self) -> str:
        """The id of the document that it is the result of."""
        return str(self.content["calculation"]["invoice"])


def sealed(content: Document, party: Document | None, version: str, key: bytes | None) -> Sealed:
    """The content under its seal."""
    whole = hashed(content, key)
    return Sealed(content, party, version, whole, _engine_hash(version, whole, key))


def _engine_hash(version: str, seal: str, key: bytes | None) -> str:
    return hashed({"version": version, "seal": seal}, key)


def party_block(given: str, fields: Document) -> Document:
    """What can be taken out, with a salt that nobody else knows.

    So nobody, and whoever has the key neither, finds by trying what its hash was made of.
    """
    return {"salt": token_hex(16), "input": given, "fields": fields}


def read_sealed(document: str | bytes | Mapping[str, object] | Sealed, *, key: bytes | None = None) -> Sealed:
    """The sealed result that the document holds, its hashes checked.

    As text or bytes it must be spelt as `Sealed.encode` does it: a document that was reformatted is
    passed as the object that a JSON parser made of it. `key` is the one that it was sealed with.

    Raises `InvalidInput`: `sealBroken` where anything is not as it was sealed, `sealKeyNeeded`,
    `unexpectedSeal` where a key is given and it was sealed without, `unknownRules`, and what no JSON is
    refused for.
    """
    check_key(key)
    if isinstance(document, Sealed) and key is None:
        return document
    try:
        return _checked(document.to_dict() if isinstance(document, Sealed) else _object(document), key)
    except (UnicodeEncodeError, RecursionError, TypeError, msgspec.MsgspecError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise _broken("expected a sealed result", f"what no JSON can hold: {error}") from error


def _checked(whole: Document, key: bytes | None) -> Sealed:
    """The sealed result of a document, whose hashes hold."""
    content, party, engine, seal = (whole.get(name) for name in ("sealed", "party", "engine", "seal"))
    if not (isinstance(content, dict) and isinstance(engine, dict) and isinstance(seal, str)):
        got = "the refusal of an invoice" if "error" in whole else "something else"
        raise _broken("expected a sealed result", got, "taxengine audit seal makes one")
    version, engine_hash = engine.get("version"), engine.get("hash")
    if not (isinstance(version, str) and isinstance(engine_hash, str)) or len(engine) != 2:
        raise _broken("expected the version of an engine, with its hash", "something else")
    _check_keyed(seal, key)
    if not same(hash_of(canonical(content), key), seal):
        raise _broken("expected the hash of what is sealed", "another", path="seal")
    if not same(_engine_hash(version, seal, key), engine_hash):
        raise _broken("expected the hash of the engine's version", "another", path="engine")
    _check_party(content, party)
    check_rules(content, version)
    return Sealed(content, party if isinstance(party, dict) else None, version, seal, engine_hash)


def check_rules(content: Mapping[str, Any], version: str) -> None:
    """Raise `InvalidInput`, `unknownRules`, unless this engine still has the rules of the content."""
    rules = str(content.get("rules"))
    if rules not in map(str, KNOWN_RULES):
        known = ", ".join(map(str, sorted(KNOWN_RULES)))
        told = f"rules: expected a version that this engine has ({known}), got {rules[:20]}"
        hint = f"replay it with the release that sealed it, taxengine {version[:20]}"
        raise InvalidInput(Problem("unknownRules", told, "sealed.rules", hint))


def _object(document: str | bytes | Mapping[str, object]) -> Document:
    """The object of the document; its bytes must be as they were written."""
    value: Any = document
    if isinstance(document, (str, bytes)):
        data = document.encode("utf-8", "surrogatepass") if isinstance(document, str) else document
        value = _parsed(data.removesuffix(b"\n"))
    if not isinstance(value, Mapping):
        value = value_of(value, InvalidInput)
    if not isinstance(value, Mapping):
        raise _broken("expected a sealed result", "something else", "taxengine audit seal makes one")
    for name in value:
        if name not in _KEYS and "sealed" in value:
            told = f"{name_of(name)}: unknown field"
            raise InvalidInput(Problem("unknownField", told, name_of(name), f"fields: {', '.join(_KEYS)}"))
    if "sealed" in value and str(value.get("format")) != str(FORMAT):
        told = f"format: expected {FORMAT}, the format known here, got {str(value.get('format'))[:20]}"
        raise InvalidInput(Problem("unknownFormat", told, "format"))
    return dict(value)


def _parsed(data: bytes) -> object:
    if len(data) <= MOST_BYTES:
        try:
            value = _quick(data)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            pass  # what is wrong is told below
        else:
            if plain_bytes(encoded(value)) == data:
                return value
    value = parse(data, most_bytes=MOST_BYTES, most_values=MOST_VALUES_OF_RATES)
    value = value if not isinstance(value, dict) else _careful(data.decode())
    if isinstance(value, dict) and "sealed" in value and plain_bytes(encoded(value)) != data:
        hint = "pass the object that a JSON parser makes of it, where something else has reformatted it"
        raise _broken("expected the very bytes that were sealed", "another spelling of them", hint)
    return value


def _broken(expected: str, got: str, hint: str = "", path: str = "") -> InvalidInput:
    hint = hint or "the document was changed after it was sealed: look for it in a backup"
    told = f"{path or 'document'}: {expected}, got {got}"
    return InvalidInput(Problem("sealBroken", told, path, hint))


def _check_keyed(seal: str, key: bytes | None) -> None:
    if key is None and is_keyed(seal):
        told = "seal: expected the key that it was sealed with, got none"
        raise InvalidInput(
            Problem("sealKeyNeeded", told, "seal", "in a shell: --key-file, or TAXENGINE_SEAL_KEY")
        )
    if key is not None and not is_keyed(seal):
        told = "seal: expected one made with a key, got one that anybody could have made"
        raise InvalidInput(Problem("unexpectedSeal", told, "seal", "read it without a key if that is meant"))


def _check_party(content: Document, party: object) -> None:
    """The party block is the one that was sealed, or was taken out."""
    bound = content.get("party")
    if party is None:
        return
    if bound is None or not isinstance(party, dict) or party.keys() != {"salt", "input", "fields"}:
        raise _broken("expected no party block, or the one that was sealed", "another", path="party")
    if not same(hashed(party), str(bound.get("hash"))):
        raise _broken("expected the party block that was sealed", "another", path="party")
