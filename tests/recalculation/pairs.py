"""Pairs: random invoices calculated twice, with a change of one kind or of several in between.

A pair is told by its seed and its kinds of change alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any, NamedTuple

from taxengine.core.calculation import calculate
from taxengine.core.errors import TaxEngineError
from taxengine.core.matching import determine
from taxengine.core.result import Calculation
from taxengine.core.table import RateTable
from taxengine.documents import read_invoice, read_rates
from tests.differential.cases import BRACKETED, case_of
from tests.oracle import generator, worlds
from tests.oracle.sums import MINOR_DIGITS

Document = dict[str, Any]

PERCENTAGES = ("0.05", "0.07", "0.16", "0.21", "0.0825", "0.125")
AMOUNTS, RATES, POLICY, PROVIDER = "amounts", "rates", "policy", "provider"
CATEGORIES, PLACES, BEHAVIOR = "categories", "places", "behavior"
KINDS = (AMOUNTS, RATES, POLICY, PROVIDER, CATEGORIES, PLACES, BEHAVIOR)


class Given(NamedTuple):
    """What one side is calculated from."""

    document: Document
    rates: list[Document]
    provider: str = "manual"

    def calculation(self) -> Calculation:
        invoice = read_invoice(self.document)
        determination = determine(invoice, RateTable(read_rates(self.rates)))
        return calculate(invoice, determination._replace(provider=self.provider))


def changed(rng: Random, given: Given, kinds: tuple[str, ...]) -> Given:
    """The same with changes of these kinds, each made at random."""
    document, rates = deepcopy((given.document, given.rates))
    if AMOUNTS in kinds:
        _change_amounts(rng, document)
    if RATES in kinds:
        for rate in rates:
            # One of 0 % has another reason, which would be a change of another kind.
            fits = rate.get("percentageDecimal", "0").strip("0.") and "brackets" not in rate
            if fits and rng.random() < 0.7:
                rate["percentageDecimal"] = rng.choice(PERCENTAGES)
    if POLICY in kinds:
        document["policy"] = generator.policy(rng, MINOR_DIGITS[document["currency"]])
    if CATEGORIES in kinds:
        for line in document["lines"]:
            if "taxCategory" in line and rng.random() < 0.6:
                line["taxCategory"] = rng.choice(worlds.CATEGORIES)
    if PLACES in kinds:
        _change_places(rng, document)
    if BEHAVIOR in kinds:
        document["taxBehavior"] = rng.choice(("inclusive", "exclusive"))
    return Given(document, rates, "other" if PROVIDER in kinds else given.provider)


def _change_amounts(rng: Random, document: Document) -> None:
    digits = MINOR_DIGITS[document["currency"]]
    for line in document["lines"]:
        if rng.random() < 0.6:
            line["unitPrice" if "unitPrice" in line else "amount"] = f"{rng.randint(1, 99999) / 100:.2f}"
        if rng.random() < 0.2:
            line["discounts"] = [generator.portion(rng)]
    if rng.random() < 0.3:
        document["discounts"] = [generator.portion(rng)]
    if rng.random() < 0.3:
        document["charges"] = [*document.get("charges", ()), generator.portion(rng)]
    if rng.random() < 0.2:
        document["lines"].append({**deepcopy(document["lines"][0]), "id": "new"})
    elif len(document["lines"]) > 1 and rng.random() < 0.2:
        del document["lines"][rng.randrange(len(document["lines"]))]
    document["payments"] = [{"amount": "1" if digits == 0 else "1.5"}]


def _change_places(rng: Random, document: Document) -> None:
    customer = document.get("customer", {})
    country = customer.get("address", {}).get("country")
    for _, addresses, _ in worlds.WORLDS:
        if any(one["country"] == country for one in addresses):
            document["customer"] = {**customer, "address": rng.choice(addresses)}
            return


def pairs(seeds: range, *kinds: str) -> Iterator[tuple[int, Given, Given, Calculation, Calculation]]:
    """The pairs of these seeds of which both sides are calculated; half of the cases name their rates."""
    for number in seeds:
        seed = number if number % 3 else BRACKETED + number
        rng = Random(f"{seed} {kinds}")
        before = Given(*case_of(seed))
        try:
            old = before.calculation()
            after = changed(rng, before, kinds)
            yield seed, before, after, old, after.calculation()
        except TaxEngineError:
            continue
