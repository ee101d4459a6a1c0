"""Limits: long invoices are calculated, absurd ones refused, and nothing that was passed in is changed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any, NoReturn

import pytest

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.calculation import calculate
from taxengine.core.determination import Taxed
from taxengine.core.errors import InvalidRate, TaxEngineError
from taxengine.core.explain import explain
from taxengine.core.invoice import Line
from taxengine.core.matching import determine
from taxengine.core.spelling import canonical
from taxengine.core.stack import MOST_RATES
from taxengine.core.table import RateTable
from tests.building import invoice_of, rate_of
from tests.core.samples import determined, invoice, line, rate
from tests.oracle.generator import random_case

LONG = 100_000


@pytest.fixture
def without_collecting() -> Iterator[None]:
    """Python's own garbage collector reads all that other tests keep alive, again and again."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("untraced", "without_collecting")
def test_an_invoice_of_100_000_lines_is_calculated() -> None:
    """That its time is linear, the campaign shows: `python tests/campaign.py growth`."""
    of = invoice(*[Line(id=str(at), quantity=at % 5, unit_price="1.05") for at in range(LONG)])
    asked = determined(of, Taxed([rate(percent="0.1")]))
    by_line, by_tax = (calculate(of, asked, policy=name) for name in ("default", "en16931"))
    assert by_line.totals.net == by_tax.totals.net == Decimal("210000.00")
    assert by_tax.totals.tax == Decimal("21000.00")
    assert by_line.totals.tax == Decimal("21200.00")  # 0.11, 0.21, 0.32 and 0.42, 20 000 times each
    assert len(by_tax.lines) == LONG


def test_a_thousand_taxes_on_one_line_are_refused() -> None:
    rates = [rate(str(at), "0.001") for at in range(1000)]
    with pytest.raises(InvalidRate) as caught:
        Taxed(rates)
    assert caught.value.code == "invalidRateSet"
    named = invoice(line(tax_rates=rates))
    with pytest.raises(TaxEngineError) as refused:
        calculate(named)
    assert refused.value.problems[0].path.startswith("lines[0]")
    as_many = invoice(line(tax_rates=rates[:MOST_RATES]))
    assert calculate(as_many).totals.tax == MOST_RATES * Decimal("0.10")


# ---- what is passed in is left as it is ----


def refuse(*_: object, **__: object) -> NoReturn:
    raise AssertionError("what was passed in is written to")


WRITERS = (
    "__setitem__", "__delitem__", "append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse",
    "update", "setdefault", "popitem", "__iadd__", "__imul__", "__ior__",
)  # fmt: skip


class SealedDict(dict[str, Any]):
    """An object that nobody may write to."""


class SealedList(list[Any]):
    """A list that nobody may write to."""


for kind in (SealedDict, SealedList):
    for writer in WRITERS:
        if hasattr(kind, writer):
            setattr(kind, writer, refuse)


def sealed(document: Any) -> Any:
    """The document, of objects and lists that refuse to be written to."""
    if isinstance(document, dict):
        return SealedDict({key: sealed(held) for key, held in document.items()})
    return SealedList(map(sealed, document)) if isinstance(document, list) else document


def test_the_seal_holds() -> None:
    with pytest.raises(AssertionError):
        sealed({"a": [1]})["a"].append(2)
    with pytest.raises(AssertionError):
        sealed({"a": 1})["b"] = 2


def made() -> Iterator[str]:
    """What is made of some documents, all of it."""
    rng = Random(15)
    for _ in range(60):
        document, rates = random_case(rng)
        try:
            of = invoice_of(sealed(document))
            table = RateTable(sealed([rate_of(sealed(one)) for one in rates]))
            before = canonical(of), table.digest
            done = calculate(of, determine(of, table))
            yield str(explain(done)) + repr(done.to_dict())
        except TaxEngineError as error:
            yield str(error)
        else:
            assert (canonical(of), table.digest) == before


def test_documents_values_and_tables_are_never_written_to() -> None:
    assert list(made()) == list(made())


def test_parts_may_be_shared_and_changed_afterwards() -> None:
    """One discount in two places, one list for two invoices, and lists that go on to change."""
    shared = Discount(percent=10)
    rates = [rate()]
    lines = [
        line("10.00", "1", discounts=[shared], tax_rates=rates),
        line("20.00", "2", discounts=[shared, shared], tax_rates=rates),
    ]
    own: dict[str, Any] = {
        "discounts": [shared],
        "charges": [Charge(amount=1, tax_rates=rates)],
        "meta": {"a": [1]},
    }
    one, other = invoice(*lines, **own), invoice(*lines, **own)
    before = calculate(one).to_dict()
    lines.clear()
    rates.clear()
    own["meta"]["a"].append(2)
    own["discounts"].clear()
    assert calculate(one).to_dict() == calculate(other).to_dict() == before
    shown: Any = calculate(one).to_dict()
    shown["lines"].clear()
    shown["totals"]["net"] = "0"
    assert calculate(one).to_dict() == before
