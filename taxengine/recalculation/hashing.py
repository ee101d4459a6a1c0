"""Hashing: the one spelling of a JSON value that hashes are made of, and hashes with and without a key.

The spelling is UTF-8 JSON with sorted keys and no white space. A bare SHA-256 finds accidents: whoever
forges a document can hash it again. An HMAC, whose key only its owner has, finds forgery too.

>>> hashed({"b": 1, "a": "é"}) == hashed({"a": "é", "b": 1})
True
>>> hashed({}, b"secret key of 16")[:12]
'hmac-sha256:'
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Any, Final

import msgspec

from taxengine.core.errors import InvalidInput, Problem
from taxengine.documents.writing import raw

SHORTEST_KEY: Final = 16
"""How many bytes a key has at least: fewer could be tried one after the other."""
_BARE, _KEYED = "sha256:", "hmac-sha256:"

canonical = msgspec.json.Encoder(enc_hook=raw, order="sorted", decimal_format="number").encode
"""A JSON value in its one spelling."""


def hashed(value: Any, key: bytes | None = None) -> str:
    """The hash of a JSON value; with a key an HMAC."""
    return hash_of(canonical(value), key)


def hash_of(data: bytes, key: bytes | None = None) -> str:
    """The hash of bytes; with a key an HMAC (RFC 2104)."""
    if key is None:
        return _BARE + sha256(data).hexdigest()
    return _KEYED + hmac.new(key, data, sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two hashes are the same, told in a time that does not depend on where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def is_keyed(told: str) -> bool:
    """Whether a hash was made with a key."""
    return told.startswith(_KEYED)


def check_key(key: bytes | None) -> bytes | None:
    """The key, long enough. Raises `InvalidInput`; what it is is never told."""
    if key is None:
        return None
    if not isinstance(key, bytes):
        told = f"key: expected bytes, got a value of the type {type(key).__name__}"
        raise InvalidInput(Problem("invalidType", told, "key"))
    if len(key) < SHORTEST_KEY:
        told = f"key: expected at least {SHORTEST_KEY} bytes, got {len(key)}"
        hint = "python -c 'import secrets; print(secrets.token_hex(32))' makes one"
        raise InvalidInput(Problem("invalidValue", told, "key", hint))
    return key
