"""Provenance: who determined the taxes of a calculation, and the digests of what went into it.

>>> digest("{}")
'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from taxengine.core.arithmetic import exactly
from taxengine.core.invoice import Invoice
from taxengine.core.spelling import canonical
from taxengine.core.version import RULES, __version__


class Provenance(NamedTuple):
    """Where the figures of a calculation come from.

    `input` and `rates` are SHA-256 over canonical forms, in which the order of fields, the spelling of
    numbers and white space do not matter; so they serve as idempotency and cache keys. `input` is None
    where what it was made of was taken out of a sealed result. `degraded` says that a provider was down
    and something else answered for it.
    """

    provider: str
    input: str | None
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


def digest(spelt: str) -> str:
    """The SHA-256 of a canonical form, with the name of the hash before it."""
    return f"sha256:{_sha256()(spelt.encode()).hexdigest()}"


@cache
def _sha256() -> Any:
    from hashlib import sha256  # here, since it is dear to import and not each result is asked for digests

    return sha256


@exactly
def input_digest(invoice: Invoice) -> str:
    """The digest of an invoice."""
    return digest(canonical(invoice))


def rates_digest(digests: Iterable[str]) -> str:
    """The digest of a set of rates, from theirs."""
    return _joint_digest(tuple(digests))


@lru_cache(maxsize=1024)
def _joint_digest(digests: tuple[str, ...]) -> str:
    return digest(",".join(sorted(set(digests))))
