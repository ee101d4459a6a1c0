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
from fractions import Fraction
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
from taxengine.core.reckoning import Reckoning
from taxengine.core.refund import refund
from taxengine.core.result import Calculation, Refunded
from taxengine.documents.calculations import read_calculation
from taxengine.documents.fields import name_of, step
from taxengine.documents.reading import INVOICE, POLICY, read_as
from taxengine.documents.sound import Found
from taxengine.documents.writing import document_of, encoded
from taxengine.recalculation.hashing import check_key, hashed
from taxengine.recalculation.law import law_document, law_of, rates_document, rates_of
from taxengine.recalculation.party import parted, rejoined
from taxengine.recalculation.sealed import Document, Sealed, check_rules, party_block, read_sealed, sealed

MOST_DIFFERENCES = 20
"""How many differences of one replay are named."""


def seal(calculation: Calculation, *, key: bytes | None = None) -> Sealed:
    """A result with all it takes to compute it again, under a hash; with a `key`, an HMAC.

    A refund is sealed with the invoice that it is of, and what was refunded of it before. The result is
    replayed at once: nothing is sealed that would not be the same. Raises `InvalidInput` for a calculation
    that was read from a document, since its rates are not known, and for a key that is none.
    """
    check_key(key)
    content, fields, personal = _content(calculation)
    party, given = None, calculation.provenance.input
    if personal and given is not None:
        party = party_block(given, fields)
        content["party"] = {"hash": hashed(party), "fields": list(fields)}
    done = sealed(content, party, calculation.provenance.engine, key)
    try:
        replay(done.encode(), key=key)
    except TaxEngineError as error:
        told = f"seal: expected a result that replays, got one that does not: {error}"
        raise InvariantBroken(Problem("invariantBroken", told)) from error
    return done


def _content(calculation: Calculation) -> tuple[Document, Document, bool]:
    """What is to be sealed, what it says of persons, and whether it says anything of them."""
    source = calculation.source
    content: Document = {"rules": calculation.provenance.rules}
    if isinstance(source, Determination):
        law, rates = law_document(source)
        invoice, fields = parted(document_of(source.invoice))
        content |= {"invoice": invoice, "rates": rates_document(rates)}
        content |= {"policy": calculation.policy.to_dict(), "determination": law}
        personal = bool(fields)
    elif isinstance(source, Refunded):
        of, fields, personal = _content(source.of)
        earlier = [_calculation_document(one, traced=not personal) for one in source.previous]
        content["refund"] = {"of": of, "previous": earlier, "asked": dict(source.asked)}
    else:
        told = "calculation: expected one that was calculated here, got one that was read from a document"
        raise InvalidInput(Problem("invalidValue", told, hint="calculate the invoice again, then seal it"))
    content["calculation"] = _calculation_document(calculation, traced=not personal)
    return content, fields, personal


def _calculation_document(calculation: Calculation, *, traced: bool) -> Document:
    """A calculation as it is sealed: without the engine's version, which stands beside.

    The digest of the input lies with what is said of persons, where anything is: it could be guessed from.
    """
    shown: Document = dict(calculation.to_dict())
    provenance = calculation.provenance.to_dict()
    del provenance["engine"]
    return {**shown, "provenance": provenance if traced else {**provenance, "input": None}}


def replay(document: str | bytes | Mapping[str, object] | Sealed, *, key: bytes | None = None) -> Calculation:
    """The result, computed again from what is sealed and nothing else, and the same to the last byte.

    Its provenance is that of the first calculation; where the party block was taken out, `input` is None.
    Raises `InvalidInput`: what `read_sealed` refuses, `replayDiffers` with the path of each figure that
    is not the same. It never reaches for other rates.
    """
    done = read_sealed(document, key=key)
    try:
        fields, given = ({}, None) if done.party is None else (done.party["fields"], done.party["input"])
        return _again(done.content, fields, given, done.version)
    except (AttributeError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        if isinstance(error, InvalidInput) and error.code in ("replayDiffers", "unknownRules"):
            raise
        told = f"sealed: expected the content of a sealed result, got something else: {error}"
        raise InvalidInput(Problem("sealBroken", told, "sealed")) from error


def _again(content: Document, fields: Document, given: str | None, version: str) -> Calculation:
    """What a content comes to, with what it says of persons, if it is what stands in it."""
    check_rules(content, version)
    if "refund" not in content:
        invoice = _invoice(rejoined(content["invoice"], fields))
        told = content["calculation"]["warnings"]
        warnings = [Notice(one["code"], one["path"], one["message"]) for one in told]
        law = law_of(content["determination"], rates_of(content["rates"]), invoice, warnings)
        calculation = calculate(invoice, law, policy=_policy(encoded(content["policy"])))
        return _same(calculation, content, given, version)
    told = content["refund"]
    previous = [read_calculation(_with_engine(one, version)) for one in told["previous"]]
    of, asked = _again(told["of"], fields, None, version), told["asked"]
    if "shares" in asked:
        shares = {key: Fraction(share) for key, share in asked["shares"].items()}
        calculation = Reckoning(of, previous).by_shares(shares)
    else:
        calculation = refund(of, previous=previous, **asked)
    return _same(calculation, content, given, version)


def _with_engine(shown: Document, version: str) -> Document:
    return {**shown, "provenance": {**shown["provenance"], "engine": version}}


def _invoice(document: Document) -> Invoice:
    found = Found()
    invoice = INVOICE.read(found, document)
    made: Invoice = read_as(INVOICE, document) if found else invoice
    return made


@lru_cache(maxsize=256)
def _policy(spelt: bytes) -> Policy:
    policy: Policy = read_as(POLICY, spelt)
    return policy


def _same(calculation: Calculation, content: Document, given: str | None, version: str) -> Calculation:
    """The calculation with the provenance of the first one, where it has its figures.

    `given` is the digest of the input where that lies with what is said of persons.
    """
    then: Document = content["calculation"]
    traced = then["provenance"]
    now = _calculation_document(calculation, traced=traced["input"] is not None)
    given = traced["input"] if given is None else given
    own = given if isinstance(calculation.source, Refunded) else calculation.provenance.input
    if now != then or given not in (None, own):
        found = list(islice(_differences(then, now, ""), MOST_DIFFERENCES))
        problems = [
            Problem("replayDiffers", f"{path}: expected {was}, as it was sealed, got {got}", path)
            for path, was, got in found
        ]
        told = "party.input: expected the digest of the invoice, got that of another"
        raise InvalidInput(problems or [Problem("replayDiffers", told, "party.input")])
    provider, rates, degraded = traced["provider"], traced["rates"], traced["degraded"]
    rules = int(traced["rules"])
    return calculation.traced_to(Provenance(provider, given, rates, degraded, engine=version, rules=rules))


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
