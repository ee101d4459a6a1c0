"""Explanation: an immutable list of steps, of a calculation made here, only where it is asked for."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import Any

import pytest

from taxengine.core.calculation import calculate
from taxengine.core.determination import Taxed
from taxengine.core.errors import InvalidInput, InvariantBroken
from taxengine.core.explain import Explanation, Step, explain
from taxengine.core.parties import Customer
from taxengine.core.place import Address
from taxengine.core.result import Calculation
from taxengine.core.table import RateTable
from tests.core.samples import determined, invoice, line, rate


def test_a_calculation_that_was_read_is_to_be_calculated_again() -> None:
    of = invoice(line())
    done: Calculation = pickle.loads(pickle.dumps(calculate(of, determined(of, Taxed([rate()])))))
    with pytest.raises(InvalidInput) as caught:
        explain(done)
    assert "again" in caught.value.problems[0].hint


def test_figures_that_the_sum_does_not_give_are_not_explained() -> None:
    of = invoice(line(id_="1"), line(id_="2"))
    asked_ = determined(of, Taxed([rate()]))
    done, other = calculate(of, asked_), calculate(of, determined(of, Taxed([rate(percent="0.2")])))
    forged = Calculation(
        lines=other.lines, adjustments=other.adjustments, taxes=other.taxes, totals=other.totals,
        policy=done.policy, source=asked_,
    )  # fmt: skip
    with pytest.raises(InvariantBroken):
        explain(forged)


def test_an_explanation_is_immutable_and_its_steps_are_data() -> None:
    of = invoice(line())
    told = explain(calculate(of, determined(of, Taxed([rate()]))))
    with pytest.raises(AttributeError):
        told.steps = ()  # type: ignore[misc]
    assert [step["kind"] for step in told.to_dict()["steps"]] == [step.kind for step in told.steps]  # type: ignore[attr-defined]
    step = Step("lines[0]", "tax", "told", {"tax": "1"})
    assert str(Explanation((step,))) == "  told"
    assert step.to_dict() == {"path": "lines[0]", "kind": "tax", "text": "told", "data": {"tax": "1"}}


def test_nothing_is_explained_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr("taxengine.core.explain.Explanation", never)
    monkeypatch.setattr("taxengine.core.explain.trace", never)
    of = invoice(line("10.00", tax_category="books"), customer=Customer(address=Address(country="DE")))
    assert calculate(of, RateTable([rate()])).totals.tax == Decimal("1.90")
