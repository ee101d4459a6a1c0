"""Cases: random invoices through the engine and through the oracle, and the smallest that differs.

A case is told by its seed alone: `case_of(seed)` is the same everywhere and for ever.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any, NamedTuple

from taxengine.core.calculation import calculate
from taxengine.core.errors import TaxEngineError
from taxengine.core.table import RateTable
from taxengine.documents import read_invoice, read_rates
from tests.oracle import calculate as oracle
from tests.oracle.bracket_pools import add_brackets
from tests.oracle.compare import OF_THE_SUM, differences
from tests.oracle.generator import random_case

Document = dict[str, Any]


class Difference(NamedTuple):
    """A case in which the engine and the oracle disagree."""

    seed: int
    document: Document
    rates: list[Document]
    told: list[str]

    def __str__(self) -> str:
        given = json.dumps({"invoice": self.document, "rates": self.rates}, indent=1)
        return f"seed {self.seed}:\n" + "\n".join(self.told) + f"\n{given}"


BRACKETED = 1_000_000
"""From this seed on the rates of a case have brackets."""


def case_of(seed: int) -> tuple[Document, list[Document]]:
    """The case of a seed: explicit rates where it is even, matched ones where it is odd."""
    rng = Random(seed)
    document, rates = random_case(rng, matched=bool(seed % 2))
    if seed >= BRACKETED:
        add_brackets(rng, document, rates)
    return document, rates


def engine(document: Document, rates: list[Document]) -> Document:
    """What a user gets: documents in, a document out."""
    try:
        return calculate(read_invoice(document), RateTable(read_rates(rates))).to_dict()
    except TaxEngineError as error:
        return {"error": error.to_dict()}


def told(document: Document, rates: list[Document]) -> list[str]:
    """How the two differ.

    The specification wants all problems of an invoice in one error; the oracle stops after those of the law.
    Of several that the sum itself meets, each may meet another one first.
    """
    return compared(oracle(document, rates), engine(document, rates))


def compared(theirs: Document, ours: Document) -> list[str]:
    """`told`, of two answers."""
    if codes(theirs) and codes(ours) and codes(theirs) | codes(ours) <= OF_THE_SUM:
        return []
    if "error" in theirs and "error" in ours and codes(theirs) - OF_THE_SUM:
        of_the_law = [
            one for one in ours["error"]["problems"] if one["code"] not in OF_THE_SUM - codes(theirs)
        ]
        ours = {"error": {**ours["error"], "problems": of_the_law}}
    return differences(theirs, ours)


def codes(answer: Document) -> set[str]:
    """The codes of what is refused; none where it is calculated."""
    return {one["code"] for one in answer.get("error", {"problems": ()})["problems"]}


def differing(seeds: Iterator[int] | range, counts: Counter[str] | None = None) -> Iterator[Difference]:
    """The cases of these seeds that differ; `counts` are told what became of each."""
    for seed in seeds:
        document, rates = case_of(seed)
        ours = engine(document, rates)
        found = compared(oracle(document, rates), ours)
        if counts is not None:
            kind = "matched" if seed % 2 else "explicit"
            counts[f"{kind} {'refused' if codes(ours) else 'calculated'}"] += 1
        if found:
            yield Difference(seed, document, rates, found)


# ---- the smallest case that still differs ----


def _smaller(value: Any) -> Iterator[Any]:
    """The value with one part of it left out, the largest parts first."""
    if isinstance(value, dict):
        for key in value:
            yield {name: held for name, held in value.items() if name != key}
        for key, held in value.items():
            for other in _smaller(held):
                yield {**value, key: other}
    elif isinstance(value, list):
        for at in range(len(value)):
            yield value[:at] + value[at + 1 :]
        for at, held in enumerate(value):
            for other in _smaller(held):
                yield [*value[:at], other, *value[at + 1 :]]


def smallest(found: Difference) -> Difference:
    """The difference in as few words as it takes: parts are left out for as long as something differs."""
    kinds = _kinds(found.told)
    best = found
    again = True
    while again:
        again = False
        for document, rates in _smaller_cases(best):
            try:
                now = told(deepcopy(document), deepcopy(rates))
            except Exception:  # noqa: BLE001  # the oracle takes complete documents only
                continue
            if _kinds(now) & kinds and "missingField" not in codes(engine(document, rates)):
                best = Difference(found.seed, document, rates, now)
                again = True
                break
    return best


def _smaller_cases(of: Difference) -> Iterator[tuple[Document, list[Document]]]:
    for rates in _smaller(of.rates):
        yield of.document, rates
    for document in _smaller(of.document):
        yield document, of.rates


def _kinds(differences_told: list[str]) -> set[str]:
    """What differs, without the figures: a case must not become another one on the way."""
    return {one.partition(":")[0].partition(" ")[0] for one in differences_told}


def reached(seeds: range) -> Counter[str]:
    """How many of these cases are calculated, and which refusals are met: refusals alone prove little."""
    counts: Counter[str] = Counter()
    for seed in seeds:
        answer = engine(*case_of(seed))
        counts.update(codes(answer) or {"calculated"})
    return counts
