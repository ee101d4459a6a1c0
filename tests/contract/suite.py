"""Suite: the promises of the provider protocol, one function each.

Each takes a `Subject` and fails where the provider does not keep the promise.
"""

from __future__ import annotations

import ast
import contextlib
import inspect
import pickle
from collections.abc import Callable
from decimal import Context, localcontext
from typing import Any

import pytest

from taxengine import (
    Capabilities,
    Determination,
    Invoice,
    NotTaxed,
    ProviderRefused,
    Taxed,
    TaxEngineError,
    Undetermined,
    Unresolved,
    calculate,
    explain,
)
from taxengine.core.provenance import input_digest
from taxengine.core.provider import ask
from taxengine.core.values import replace
from tests.contract.subjects import Subject

Promise = Callable[[Subject], None]
Outcomes = list[Any]


def outcomes_of(answer: Determination) -> Outcomes:
    """What was determined: of the lines, and of the adjustments that are taxed by themselves."""
    adjustments = [one for one in (*answer.charges, *answer.discounts) if one is not None]
    return [*answer.lines, *adjustments]


def it_says_what_it_can_honour(subject: Subject) -> None:
    assert isinstance(subject.provider.name, str)
    assert isinstance(subject.provider.capabilities, Capabilities)


def it_taxes_each_line_and_each_adjustment_that_is_taxed_by_itself(subject: Subject) -> None:
    answer = ask(subject.provider, subject.taxes)
    assert answer.invoice is subject.taxes
    assert answer.provider == subject.provider.name
    assert len(answer.lines) == len(subject.taxes.lines)
    for one in outcomes_of(answer):
        assert isinstance(one, Taxed)
        assert one.stack.rates
    assert [one is not None for one in answer.charges] == [True, False]
    assert [one is not None for one in answer.discounts] == [True, False]


def its_answer_is_calculated_and_explained(subject: Subject) -> None:
    done = calculate(subject.taxes, ask(subject.provider, subject.taxes))
    assert done.totals.tax > 0
    assert done.totals.net + done.totals.tax == done.totals.gross
    assert done.provenance.provider == subject.provider.name
    assert f"rates from {subject.provider.name}" in str(explain(done))


def it_answers_the_same_question_the_same_way(subject: Subject) -> None:
    one, other = (calculate(subject.taxes, ask(subject.provider, subject.taxes)) for _ in range(2))
    assert one == other


def it_leaves_the_invoice_and_the_callers_context_alone(subject: Subject) -> None:
    before = input_digest(subject.taxes)
    with localcontext(Context(prec=1, Emax=1, Emin=-1, capitals=0)) as context:
        shown = repr(context)
        hostile = calculate(subject.taxes, ask(subject.provider, subject.taxes))
        assert repr(context) == shown
    assert input_digest(subject.taxes) == before
    assert hostile == calculate(subject.taxes, ask(subject.provider, subject.taxes))


def what_it_cannot_decide_it_says_with_the_path_and_what_is_missing(subject: Subject) -> None:
    answer = ask(subject.provider, subject.cannot_decide)
    undecided = [one for one in outcomes_of(answer) if isinstance(one, Unresolved)]
    assert undecided
    paths = [f"lines[{at}]" for at in range(len(subject.cannot_decide.lines))]
    for one in undecided:
        assert one.problems
        for problem in one.problems:
            assert problem.code
            assert problem.hint
            assert problem.message.startswith(problem.path)
            assert problem.path.startswith((*paths, "charges[", "discounts["))
    with pytest.raises(Undetermined) as caught:
        calculate(subject.cannot_decide, answer)
    assert len(caught.value.problems) >= len(undecided)


def what_it_cannot_decide_is_never_a_tax_of_zero(subject: Subject) -> None:
    for one in outcomes_of(ask(subject.provider, subject.cannot_decide)):
        assert not isinstance(one, NotTaxed)
        assert not (isinstance(one, Taxed) and not any(one.stack.slopes))


def refused_or(subject: Subject, of: Invoice, can: bool) -> Determination | None:
    """The answer where it can honour this; else it refuses, before it is asked."""
    if can:
        return ask(subject.provider, of)
    with pytest.raises(ProviderRefused):
        ask(subject.provider, of)
    return None


def prices_with_tax_are_honoured_or_refused(subject: Subject) -> None:
    of = replace(subject.taxes, tax_behavior="inclusive")
    answer = refused_or(subject, of, subject.provider.capabilities.inclusive_prices)
    if answer is not None:
        done = calculate(of, answer)
        open_rates = [
            row.rate.rate
            for row in done.taxes
            if row.rate.rate is not None and row.rate.rate.inclusive is None
        ]
        assert not open_rates or all(line.gross == line.amount - line.discount for line in done.lines)


def credit_notes_are_honoured_or_refused(subject: Subject) -> None:
    of = replace(subject.taxes, kind="creditNote")
    answer = refused_or(subject, of, subject.provider.capabilities.credit_notes)
    if answer is not None:
        figures = calculate(subject.taxes, ask(subject.provider, subject.taxes)).totals
        assert calculate(of, answer).totals == figures


def rates_named_on_a_line_are_honoured_or_refused(subject: Subject) -> None:
    lines = [replace(one, tax_rates=[]) for one in subject.taxes.lines]
    of = replace(subject.taxes, lines=lines)
    answer = refused_or(subject, of, subject.provider.capabilities.explicit_rates)
    if answer is not None:
        assert all(isinstance(one, NotTaxed) and one.reason.value == "noneStated" for one in answer.lines)


def amounts_are_stated_only_where_that_is_declared(subject: Subject) -> None:
    states = subject.provider.capabilities.states_amounts
    stated = [
        one.stated for one in outcomes_of(ask(subject.provider, subject.taxes)) if one.stated is not None
    ]
    assert states or not stated


def an_invoice_of_another_provider_is_refused(subject: Subject) -> None:
    with pytest.raises(ProviderRefused):
        ask(subject.provider, replace(subject.taxes, provider="another"))
    own = replace(subject.taxes, provider=subject.provider.name)
    assert calculate(own, ask(subject.provider, own)).totals.tax > 0


def its_answer_can_be_sent_to_another_process(subject: Subject) -> None:
    answer = ask(subject.provider, subject.taxes)
    again = pickle.loads(pickle.dumps(answer))
    assert calculate(again.invoice, again).totals == calculate(subject.taxes, answer).totals


def it_raises_nothing_but_the_errors_of_the_tree(subject: Subject) -> None:
    """Whatever it is asked: without a customer, without a category, in another currency, long ago."""
    usual = subject.taxes
    bare = [replace(one, tax_category=None) for one in usual.lines]
    for changes in (
        {"customer": None},
        {"lines": bare},
        {"lines": bare, "customer": None, "charges": (), "discounts": ()},
        {"currency": "JPY"},
        {"tax_date": usual.tax_date.replace(year=1970)},
        {"policy": "lago", "sourcing": "origin"},
    ):
        of = replace(usual, **changes)
        with contextlib.suppress(TaxEngineError):
            calculate(of, ask(subject.provider, of))


def it_is_written_against_the_public_interface(subject: Subject) -> None:
    source = inspect.getsource(inspect.getmodule(type(subject.provider)) or type(subject.provider))
    imported = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert not {name for name in imported if name and name.startswith("taxengine.core")}


PROMISES: list[Promise] = [
    held
    for name, held in list(globals().items())
    if inspect.isfunction(held) and held.__module__ == __name__ and name not in ("outcomes_of", "refused_or")
]
