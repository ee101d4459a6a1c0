"""Adjustments: what a discount, a charge and a payment may say."""

from __future__ import annotations

from typing import Any

import pytest

from taxengine.core.adjustments import Charge, Discount, rate_refs
from taxengine.core.errors import InvalidInvoice, Problem
from tests.core.samples import rate

KINDS: list[Any] = [Discount, Charge]


def problems(kind: Any, **arguments: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInvoice) as caught:
        kind(**arguments)
    return [(one.code, one.path) for one in caught.value.problems]


@pytest.mark.parametrize("kind", KINDS)
def test_either_an_amount_or_a_percentage(kind: Any) -> None:
    assert problems(kind) == [("missingField", "amount")]
    assert problems(kind, amount=0, percent=0) == [("conflictingFields", "amount")]
    assert kind(amount=0).percent is None
    assert kind(percent=0).amount is None


@pytest.mark.parametrize("more", [{"tax_category": "food"}, {"tax_rates": []}, {"tax_rates": ["a"]}])
def test_what_is_taxed_itself_is_not_spread(more: dict[str, Any]) -> None:
    assert Discount(amount=1, **more).taxed_itself
    assert problems(Discount, amount=1, spread_over="food", **more) == [("conflictingFields", "spreadOver")]


def test_a_discount_is_spread_unless_it_is_taxed_itself() -> None:
    assert not Discount(amount=1).taxed_itself
    assert not Discount(amount=1, spread_over="food").taxed_itself


@pytest.mark.parametrize("more", [{"tax_category": "food"}, {"tax_rates": []}])
@pytest.mark.parametrize("strategy", ["proportional", "highest", "principal"])
def test_rates_of_its_own_mean_the_strategy_own(more: dict[str, Any], strategy: str) -> None:
    assert problems(Charge, amount=1, strategy=strategy, **more) == [("conflictingFields", "strategy")]
    assert Charge(amount=1, strategy="own", **more).strategy == "own"
    assert Charge(amount=1, **more).strategy is None
    assert Charge(amount=1, strategy=strategy).strategy == strategy  # type: ignore[arg-type]


def refs(values: object) -> tuple[object, list[Problem]]:
    found: list[Problem] = []
    return rate_refs(found, values, "taxRates"), found


def test_rates_are_named_or_given_each_once() -> None:
    vat = rate("a")
    assert refs([vat, "b"]) == ((vat, "b"), [])
    assert refs([]) == ((), [])
    for again in (["a", "a"], [vat, "a"], ["a", vat], [vat, rate("a", "0.07")]):
        assert [(one.code, one.path) for one in refs(again)[1]] == [("duplicateId", "taxRates[1]")]


@pytest.mark.parametrize("values", ["a", rate(), {"a": 1}, {"a"}, 5])
def test_what_is_no_list_of_rates_is_refused(values: object) -> None:
    assert [(one.code, one.path) for one in refs(values)[1]] == [("invalidType", "taxRates")]


def test_a_rate_that_is_neither_text_nor_rate_is_refused_where_it_stands() -> None:
    assert [(one.code, one.path) for one in refs(["a", 5, ""])[1]] == [
        ("invalidType", "taxRates[1]"),
        ("invalidText", "taxRates[2]"),
        ("duplicateId", "taxRates[2]"),
    ]
