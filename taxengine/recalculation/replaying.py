"""Replaying: a result is sealed with all it takes to compute it again, and computed again from that alone.

>>> from datetime import date
>>> from taxengine.core.calculation import calculate
>>> from taxengine.core.invoice import Line
>>> from taxengine.core.rates import TaxRate
>>> vat = TaxRate(id="vat", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)
>>> lines = [Line(id="1", amount="9.00", tax_rates=[vat])]
>>> calculation = calculate(Invoice(id="inv_1", currency="EUR", tax_date=date(2026, 3, 1), lines=lines))
>>> sealed_result = seal(calculation)
>>> replay(sealed_result.encode()).totals == calculation.totals
True
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from taxengine.core import checks
from taxengine.core.calculation import calculate
from taxengine.core.determination import Determination, Notice
from taxengine.core.errors import InvalidInput, InvariantBroken, Problem, TaxEngineError
from taxengine.core.invoice import Invoice
from taxengine.core.policy import Policy
from taxengine.core.provenance import Provenance
from taxengine.core.result import Calculation
from taxengine.documents.fields import name_of, step
from taxengine.documents.reading import INVOICE, POLICY, read_as
from taxengine.documents.sound import Found
from taxengine.documents.writing import document_of, encoded
from taxengine.recalculation.hashing import check_key, hashed
from taxengine.recalculation.law import law_document, law_of, rates_document, rates_of
from taxengine.recalculation.party import parted, rejoined
from taxengine.recalculation.sealed import Document, Sealed, party_block, read_sealed, sealed

MOST_DIFFERENCES = 20
"""How many differences of one replay are named."""


def seal(calculation: Calculation, *, key: bytes | None = None) -> Sealed:
    """A result with all it takes to compute it again, under a hash; with a `key`, an HMAC.

    It is replayed at once: nothing is sealed that would not be the same. Raises `InvalidInput` for a
    calculation that was read from a document, since its rates are not known, and for a key that is none.
    """
    check_key(key)
    determination = calculation.source
    if not isinstance(determination, Determination):
        told = "calculation: expected one that was calculated here, got one that was read from a document"
        raise InvalidInput(Problem("invalidValue", told, hint="calculate the invoice again, then seal it"))
    law, rates = law_document(determination)
    invoice, fields = parted(document_of(determination.invoice))
    shown = _calculation_document(calculation)
    content: Document = {
        "rules": calculation.provenance.rules,
        "invoice": invoice,
        "rates": rates_document(rates),
        "policy": calculation.policy.to_dict(),
        "determination": law,
        "calculation": shown,
    }
    party = None
    if fields:
        party = party_block(str(calculation.provenance.input), fields, key)
        content["party"] = {"hash": hashed(party), "fields": list(fields)}
        shown["provenance"]["input"] = None
    done = sealed(content, party, calculation.provenance.engine, key)
    try:
        replay(done)
    except TaxEngineError as error:
        told = f"seal: expected a result that replays, got one that does not: {error}"
        raise InvariantBroken(Problem("invariantBroken", told)) from error
    return done


def _calculation_document(calculation: Calculation) -> Document:
    """The calculation as it is sealed: without the engine's version, which stands beside."""
    shown: Document = dict(calculation.to_dict())
    traced = calculation.provenance.to_dict()
    del traced["engine"]
    return {**shown, "provenance": traced}


def replay(document: str | bytes | Mapping[str, object] | Sealed, *, key: bytes | None = None) -> Calculation:
    """The result, computed again from what is sealed and nothing else, and the same to the last byte.

    Its provenance is that of the first calculation; where the party block was taken out, `input` is None.
    Raises `InvalidInput`: what `read_sealed` refuses, `replayDiffers` with the path of each figure that
    is not the same. It never reaches for other rates.
    """
    done = read_sealed(document, key=key)
    determination, policy = law_in(done)
    return _same(calculate(determination.invoice, determination, policy=policy), done)


def law_in(done: Sealed) -> tuple[Determination, Policy]:
    """What a sealed result says was determined, of its invoice, and how it was rounded.

    Raises `InvalidInput`, `sealBroken`, for a content that no seal was put on here.
    """
    content = done.content
    try:
        fields = {} if done.party is None else done.party["fields"]
        invoice = _invoice(rejoined(content["invoice"], fields))
        warnings = [
            Notice(one["code"], one["path"], one["message"]) for one in content["calculation"]["warnings"]
        ]
        law = law_of(content["determination"], rates_of(content["rates"]), invoice, warnings)
        return law, _policy(encoded(content["policy"]))
    except (AttributeError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        told = f"sealed: expected the content of a sealed result, got something else: {error}"
        raise InvalidInput(Problem("sealBroken", told, "sealed")) from error


def _invoice(document: Document) -> Invoice:
    found = Found()
    invoice = INVOICE.read(found, document)
    made: Invoice = read_as(INVOICE, document) if found else invoice
    return made


@lru_cache(maxsize=256)
def _policy(spelt: bytes) -> Policy:
    policy: Policy = read_as(POLICY, spelt)
    return policy


def _same(calculation: Calculation, done: Sealed) -> Calculation:
    """The calculation with the provenance of the first one, where it has its figures."""
    content = done.content
    now, then = _calculation_document(calculation), content["calculation"]
    given = calculation.provenance.input
    given_then = then["provenance"]["input"]
    if "party" in content:
        now["provenance"]["input"] = None
        given_then = None if done.party is None else done.party["input"]
    if now != then or given_then not in (None, given):
        found = list(islice(_differences(then, now, ""), MOST_DIFFERENCES))
        problems = [
            Problem("replayDiffers", f"{path}: expected {was}, as it was sealed, got {got}", path)
            for path, was, got in found
        ]
        told = "party.input: expected the digest of the invoice, got that of another"
        raise InvalidInput(problems or [Problem("replayDiffers", told, "party.input")])
    traced = then["provenance"]
    provenance = Provenance(
        traced["provider"],
        given_then,
        traced["rates"],
        traced["degraded"],
        engine=done.version,
        rules=int(traced["rules"]),
    )
    return calculation.traced_to(provenance)


def _differences(then: Any, now: Any, path: str) -> Iterator[tuple[str, str, str]]:
    """The values that are not the same, each with its path."""
    if isinstance(then, dict) and isinstance(now, dict):
        for name in {**then, **now}:
            inner = f"{path}.{name_of(name)}" if path else name_of(name)
            yield from _differences(then.get(name), now.get(name), inner)
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for index, (was, got) in enumerate(zip(then, now, strict=True)):
            yield from _differences(was, got, f"{path}{step(index)}")
    elif then != now:
        yield path, checks.shown(then), checks.shown(now)
