"""Provenance: who determined the taxes of a calculation, and the digests of what went into it.

>>> digest({"b": 1, "a": None}) == digest({"a": None, "b": 1})
True
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple

from taxengine.core.arithmetic import exactly
from taxengine.core.invoice import Invoice
from taxengine.core.values import plain, to_dict
from taxengine.core.version import RULES, __version__

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


class Provenance(NamedTuple):
    """Where the figures of a calculation come from.

    `input` and `rates` are SHA-256 over canonical forms, in which the order of fields, the spelling of
    numbers and white space do not matter; so they serve as idempotency and cache keys. `degraded` says
    that a provider was down and something else answered for it.
    """

    provider: str
    input: str
    rates: str
    degraded: bool = False
    engine: str = __version__
    rules: int = RULES

    def to_dict(self) -> dict[str, object]:
        """The provenance as the document shows it."""
        return {
            "provider": self.provider,
            "engine": self.engine,
            "rules": self.rules,
            "input": self.input,
            "rates": self.rates,
            "degraded": self.degraded,
        }


def digest(document: object) -> str:
    """The SHA-256 of a JSON document in its canonical spelling, with the name of the hash before it."""
    return f"sha256:{hashlib.sha256(_CANONICAL.encode(document).encode()).hexdigest()}"


@exactly
def input_digest(invoice: Invoice) -> str:
    """The digest of an invoice."""
    return digest(to_dict(invoice, plain))


def rates_digest(digests: Iterable[str]) -> str:
    """The digest of a set of rates, from theirs."""
    return digest(sorted(set(digests)))
