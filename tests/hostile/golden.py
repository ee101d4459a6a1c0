"""Golden: generated documents, all that the core makes of them, and one digest over it.

As a script it prints the digest, so that other Pythons and settings can be compared. It needs the standard
library only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import locale
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from taxengine.core.calculation import calculate
from taxengine.core.errors import TaxEngineError
from taxengine.core.explain import explain
from taxengine.core.matching import determine
from taxengine.core.table import RateTable
from tests.building import Document, invoice_of, rate_of
from tests.oracle.generator import random_case

COUNT = 300
Case = tuple[Document, list[dict[str, Any]]]


@cache
def cases() -> list[Case]:
    """Documents of both kinds with their rates; some of them are refused."""
    rng = Random(20261122)
    return [random_case(rng, matched=bool(number % 2)) for number in range(COUNT)]


def made_of(case: Case) -> bytes:
    """Everything that the core makes of a case, or says against it: values, figures, digests, the story."""
    document, rates = case
    try:
        table = RateTable([rate_of(rate) for rate in rates])
        invoice = invoice_of(document)
        determination = determine(invoice, table)
        calculation = calculate(invoice, determination)
        story = explain(calculation)
        made = [
            calculation.to_dict(),
            repr(calculation),
            story.to_dict(),
            str(story),
            table.digest,
            [rate.to_dict() for rate in table],
            [finding._asdict() for finding in table.check()],
            str(calculation.policy.feasible("en16931", calculation.taxes)),
        ]
    except TaxEngineError as error:
        made = [type(error).__name__, error.to_dict()]
    return json.dumps(made, default=str).encode()


def digest(some: Iterable[Case]) -> str:
    """One digest over all that is made of these cases."""
    return hashlib.sha256(b"\n".join(map(made_of, some))).hexdigest()


if __name__ == "__main__":
    with contextlib.suppress(locale.Error):  # one that is not installed is as good as C
        locale.setlocale(locale.LC_ALL, "")
    print(digest(cases()))
