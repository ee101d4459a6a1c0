"""Provenance: digests that stay the same however a document is spelt, and change with whatever it says."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from taxengine.core.calculation import calculate
from taxengine.core.determination import Determination, Taxed
from taxengine.core.errors import TaxEngineError
from taxengine.core.provenance import Provenance, digest, input_digest, rates_digest
from taxengine.core.values import replace
from taxengine.core.version import RULES, __version__
from tests.building import invoice_of
from tests.core.samples import determined, invoice, line, rate
from tests.oracle.generator import random_case

OF = invoice(line("10.00", "1"), line("20.50", "2", description="x"))


def turned(document: Any) -> Any:
    """The same document with the fields of every object in another order."""
    if isinstance(document, dict):
        return {key: turned(held) for key, held in reversed(document.items())}
    return [turned(one) for one in document] if isinstance(document, list) else document


def longer(document: Any, field: str = "") -> Any:
    """The same document with zeros to spare behind its amounts."""
    if isinstance(document, dict):
        return {key: longer(held, key) for key, held in document.items()}
    if isinstance(document, list):
        return [longer(one) for one in document]
    if field in ("amount", "unitPrice", "quantity", "percent") and "." in document and len(document) < 14:
        return f"{document}00"
    return document


def test_neither_the_order_of_fields_nor_the_spelling_of_numbers_matters() -> None:
    rng = Random(3)
    tried = 0
    for _ in range(150):
        document, _ = random_case(rng)
        try:
            of = input_digest(invoice_of(document))
        except TaxEngineError:
            continue
        assert input_digest(invoice_of(turned(document))) == of
        assert input_digest(invoice_of(longer(document))) == of
        tried += 1
    assert tried > 100


@pytest.mark.parametrize(
    "more",
    [
        {"id": "j"}, {"currency": "USD"}, {"kind": "creditNote"}, {"lines": OF.lines[:1]},
        {"lines": OF.lines[::-1]}, {"policy": "en16931"}, {"tax_behavior": "inclusive"}, {"meta": {"a": 1}},
    ],
)  # fmt: skip
def test_whatever_an_invoice_says_changes_its_digest(more: dict[str, Any]) -> None:
    assert input_digest(replace(OF, **more)) != input_digest(OF)


def test_a_digest_names_its_hash() -> None:
    assert digest("{}") == "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_a_set_of_rates_has_one_digest_in_any_order() -> None:
    assert rates_digest(["b", "a", "b"]) == rates_digest(["a", "b"]) != rates_digest(["a"])


def calculated(*outcomes: Any, **more: Any) -> Provenance:
    of = determined(OF, *outcomes)
    return calculate(OF, Determination(**{**of._asdict(), **more})).provenance


def test_a_calculation_says_who_determined_and_by_which_rates() -> None:
    one = calculated(Taxed([rate("a")]), Taxed([rate("b", "0.07")]), provider="elsewhere", degraded=True)
    assert one == Provenance(
        "elsewhere", input_digest(OF), rates_digest([rate("a").digest, rate("b", "0.07").digest]), True
    )
    assert (one.engine, one.rules) == (__version__, RULES)
    assert one.to_dict() == {
        "provider": "elsewhere", "engine": __version__, "rules": RULES, "input": input_digest(OF),
        "rates": one.rates, "degraded": True,
    }  # fmt: skip
    assert calculated(Taxed([rate("a")])).rates != one.rates
    assert not calculated(Taxed([rate("a")])).degraded


def test_the_provenance_is_computed_once() -> None:
    done = calculate(OF, determined(OF, Taxed([rate()])))
    assert done.provenance is done.provenance
