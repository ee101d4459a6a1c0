"""Contexts: whatever the caller's decimal context is, the bytes are the same and it is left alone."""

from __future__ import annotations

import asyncio
import decimal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Context, Decimal, getcontext, localcontext, setcontext
from functools import cache
from random import Random
from typing import Any

import pytest

from taxengine.core.calculation import calculate
from taxengine.core.errors import TaxEngineError
from taxengine.core.matching import determine
from taxengine.core.rates import TaxRate
from taxengine.core.table import RateTable
from tests.building import invoice_of, rate_of
from tests.hostile.golden import cases, made_of

pytestmark = pytest.mark.usefixtures("untraced")

SIGNALS = list(Context().traps)
MODES = [name for name in dir(decimal) if name.startswith("ROUND_")]
EACH = 3
"""So many documents under each context; together they are gone through several times."""


def hostile(seed: int) -> Context:
    """A context as bad as they come."""
    rng = Random(seed)
    return Context(
        prec=rng.choice((1, 1, 2, 3, 5, 9, 28, 100)),
        rounding=rng.choice(MODES),
        Emin=-rng.choice((0, 1, 5, 20, 999_999)),
        Emax=rng.choice((0, 1, 5, 20, 999_999)),
        capitals=rng.randrange(2),
        clamp=rng.randrange(2),
        flags=rng.sample(SIGNALS, rng.randrange(4)),
        traps=rng.choice(([], SIGNALS, rng.sample(SIGNALS, rng.randrange(len(SIGNALS))))),
    )


@cache
def expected() -> list[bytes]:
    """What is made of each case in a usual context."""
    with localcontext(Context()):
        return [made_of(case) for case in cases()]


def work(seed: int) -> list[int]:
    """The cases that come out otherwise in the context that is set; it fails where the context changes."""
    context, before = getcontext(), repr(getcontext())
    numbers = [(seed * EACH + at) % len(cases()) for at in range(EACH)]
    wrong = [number for number in numbers if made_of(cases()[number]) != expected()[number]]
    assert getcontext() is context
    assert repr(getcontext()) == before
    return wrong


def in_the_main_thread(seed: int) -> list[int]:
    usual = getcontext()
    setcontext(hostile(seed))
    try:
        return work(seed)
    finally:
        setcontext(usual)


def in_a_pooled_thread(seed: int) -> list[int]:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(setcontext, hostile(seed)).result()  # and the thread keeps it
        return pool.submit(work, seed).result()


def in_asyncio(seed: int) -> list[int]:
    async def task(number: int) -> list[int]:
        setcontext(hostile(number))
        await asyncio.sleep(0)
        found = work(seed)
        await asyncio.sleep(0)
        assert repr(getcontext()) == repr(hostile(number))
        return found

    async def both() -> list[int]:
        one, other = await asyncio.gather(task(seed), task(seed + 1))
        return one + other

    return asyncio.run(both())


def in_a_generator(seed: int) -> list[int]:
    """A generator of the caller's that keeps a context of its own open while others run."""

    def generator() -> Iterator[list[int]]:
        with localcontext(hostile(seed)):
            yield work(seed)
            yield work(seed + 1)

    usual = getcontext()
    try:
        running = generator()
        first = next(running)
        setcontext(hostile(seed + 2))
        between = work(seed + 2)
        return first + between + [one for found in running for one in found]
    finally:
        setcontext(usual)


VENUES: list[Callable[[int], list[int]]] = [
    in_the_main_thread,
    in_a_pooled_thread,
    in_asyncio,
    in_a_generator,
]


@pytest.mark.parametrize("venue", VENUES, ids=lambda venue: venue.__name__)
@pytest.mark.parametrize("first", range(0, 200, 50))
def test_the_bytes_are_the_same_and_the_context_is_left_alone(
    venue: Callable[[int], list[int]], first: int
) -> None:
    expected()
    for seed in range(first, first + 50):
        assert venue(seed) == [], f"context {seed}: {hostile(seed)}"


def test_the_contexts_are_hostile() -> None:
    """In most of them, arithmetic itself goes wrong or raises: this test would be of no use otherwise."""
    harmed = 0
    for seed in range(200):
        with localcontext(hostile(seed)):
            try:
                harmed += Decimal("19.99") * Decimal("1.19") != Decimal("23.7881")
            except decimal.DecimalException:
                harmed += 1
    assert harmed > 130


WRONG: list[tuple[type[Any], dict[str, Any]]] = [
    (TaxRate, {"country": "DE", "type": "gst", "inclusive": None, "percentage_decimal": Decimal("sNaN")}),
    (
        TaxRate,
        {"country": "DE", "type": "gst", "inclusive": None, "percentage_decimal": "19", "percentage": "1"},
    ),
    (TaxRate, {"country": "DE", "type": "gst", "inclusive": None, "percentage_decimal": "0.0000001"}),
]


@pytest.mark.parametrize(("kind", "arguments"), WRONG)
def test_constructors_leave_the_context_alone_also_where_they_raise(
    kind: Any, arguments: dict[str, Any]
) -> None:
    def told() -> str:
        try:
            return str(kind(**arguments).digest)
        except TaxEngineError as error:
            return str(error)

    with localcontext(Context()):
        usual = told()
    for seed in range(60):
        with localcontext(hostile(seed)) as context:
            before = repr(context)
            assert told() == usual
            assert repr(context) == before


# ---- threads that share a table ----


def test_threads_that_share_one_table_get_the_same_figures() -> None:
    asked = []
    for document, rates in cases()[1:120:2]:
        try:
            asked.append((invoice_of(document), RateTable([rate_of(rate) for rate in rates])))
        except TaxEngineError:
            continue

    def answer(at: int) -> str:
        try:
            return repr(calculate(asked[at][0], determine(*asked[at])).to_dict())
        except TaxEngineError as error:
            return repr(error.to_dict())

    def all_of_them(worker: int) -> list[str]:
        setcontext(hostile(worker))
        order = Random(worker).sample(range(len(asked)), len(asked))
        found = {at: answer(at) for at in order}
        return [found[at] for at in range(len(asked))]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(all_of_them, range(6)))
    finally:
        sys.setswitchinterval(interval)
    fresh = [repr_of(invoice, list(table)) for invoice, table in asked]
    assert all(one == fresh for one in answers)


def repr_of(invoice: Any, rates: list[TaxRate]) -> str:
    """The answer by a table that nobody shares."""
    try:
        return repr(calculate(invoice, RateTable(rates)).to_dict())
    except TaxEngineError as error:
        return repr(error.to_dict())
