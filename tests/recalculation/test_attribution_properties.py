"""Attribution of random differences: it adds up, has no direction and no order, and names what changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import floor
from random import Random
from typing import Any

import pytest

from taxengine.core.errors import TaxEngineError
from taxengine.core.money import minor_unit
from taxengine.core.result import Calculation
from taxengine.recalculation.attribution import CauseName, Comparison, compare
from tests.recalculation.pairs import (
    AMOUNTS,
    BEHAVIOR,
    CATEGORIES,
    KINDS,
    PLACES,
    POLICY,
    PROVIDER,
    RATES,
    Given,
    pairs,
)

pytestmark = pytest.mark.usefixtures("untraced")

SEEDS = range(300)
TOGETHER = (
    *((kind,) for kind in KINDS),
    (AMOUNTS, RATES),
    (AMOUNTS, POLICY),
    (RATES, POLICY),
    (CATEGORIES, PLACES),
    (RATES, PROVIDER),
    KINDS,
)
EACH = pytest.mark.parametrize("kinds", TOGETHER, ids="+".join)


def spread(comparison: Comparison, sign: int = 1) -> Counter[tuple[Any, ...]]:
    """The causes, in no order."""
    return Counter((one.cause, one.line, sign * one.tax, sign * one.withheld) for one in comparison.causes)


def by_line(calculation: Calculation) -> dict[str, tuple[Decimal, Decimal]]:
    """The tax and withheld tax of each line, as its document shows them."""
    document: Any = calculation.to_dict()
    return {
        line["id"]: (
            sum((Decimal(row["tax"]) for row in line["taxes"] if not row["withheld"]), Decimal(0)),
            sum((Decimal(row["tax"]) for row in line["taxes"] if row["withheld"]), Decimal(0)),
        )
        for line in (*document["lines"], *document["adjustments"])
    }


@EACH
def test_the_causes_add_up_on_each_line_and_in_all(kinds: tuple[str, ...]) -> None:
    moved = 0
    for seed, _, _, before, after in pairs(SEEDS, *kinds):
        row: Any = compare(before, after).to_dict()
        sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
        for cause in row["causes"]:
            sums[cause["line"]][0] += Decimal(cause["tax"])
            sums[cause["line"]][1] += Decimal(cause["withheld"])
        old, new = by_line(before), by_line(after)
        for line in {*old, *new}:
            one, other = old.get(line, (0, 0)), new.get(line, (0, 0))
            assert sums[line] == [other[0] - one[0], other[1] - one[1]], (seed, line)
        whole, taxes = row["difference"], row["taxes"]
        assert sum(tax for tax, _ in sums.values()) == Decimal(whole["tax"])
        assert sum(withheld for _, withheld in sums.values()) == Decimal(whole["withheld"])
        charged = [one for one in taxes if not one["withheld"]]
        assert sum(Decimal(one["after"]) - Decimal(one["before"]) for one in charged) == Decimal(whole["tax"])
        assert len({(one["cause"], one["line"]) for one in row["causes"]}) == len(row["causes"])
        moved += bool(row["causes"])
    assert moved > 12 or kinds == (PROVIDER,)


@EACH
def test_swapping_before_and_after_negates_every_cause(kinds: tuple[str, ...]) -> None:
    for seed, _, _, before, after in pairs(SEEDS, *kinds):
        assert spread(compare(after, before)) == spread(compare(before, after), -1), seed


@EACH
def test_the_order_of_lines_and_rates_changes_no_cause(kinds: tuple[str, ...]) -> None:
    for seed, one, other, before, after in pairs(SEEDS, *kinds):
        expected = spread(compare(before, after))
        rng = Random(seed)
        for given in (one, other):
            rng.shuffle(given.document["lines"])
            rng.shuffle(given.rates)
        assert spread(compare(one.calculation(), other.calculation())) == expected, seed


NAMES = {
    (AMOUNTS,): {CauseName.AMOUNT},
    (RATES,): {CauseName.RATE},
    (BEHAVIOR,): {CauseName.RATE},
    (POLICY,): {CauseName.POLICY},
    (CATEGORIES,): {CauseName.TAXABILITY},
    (PLACES,): {CauseName.PLACE},
    (RATES, PROVIDER): {CauseName.PROVIDER},
}


@pytest.mark.parametrize("kinds", NAMES, ids="+".join)
def test_a_change_of_one_kind_has_that_cause_and_perhaps_a_unit_or_two_of_rounding(
    kinds: tuple[str, ...],
) -> None:
    found: Counter[CauseName] = Counter()
    for seed, _, _, before, after in pairs(SEEDS, *kinds):
        comparison = compare(before, after)
        unit = minor_unit(before.head.currency)
        for cause in comparison.causes:
            found[cause.cause] += 1
            if cause.cause is CauseName.ROUNDING:
                # An allocated tax lies within a unit of its exact value, before and after.
                rows = *before.lines, *before.adjustments, *after.lines, *after.adjustments
                taxes = max(len(one.taxes) for one in rows if one.id == cause.line)
                assert max(abs(cause.tax), abs(cause.withheld)) < 2 * unit * taxes + unit, seed
    assert found.keys() - {CauseName.ROUNDING} == NAMES[kinds]
    assert found[CauseName.ROUNDING] * 5 < found.total()


def test_another_provider_that_answers_the_same_changes_nothing() -> None:
    for _, _, _, before, after in pairs(SEEDS, PROVIDER):
        assert (before.provenance.provider, after.provenance.provider) == ("manual", "other")
        assert compare(before, after).causes == ()


# ---- the split, worked out apart ----


def shapley(values: dict[frozenset[str], dict[str, int]], line: str) -> dict[str, Fraction]:
    """What each kind adds to the tax of a line, in the mean of all orders, in minor units."""
    kinds = max(values, key=len)
    orders = list(permutations(sorted(kinds)))
    shares: dict[str, Fraction] = defaultdict(Fraction)
    for order in orders:
        changed: frozenset[str] = frozenset()
        for kind in order:
            more = changed | {kind}
            shares[kind] += Fraction(values[more][line] - values[changed][line], len(orders))
            changed = more
    return shares


def allocated(named: list[tuple[str, Fraction]], whole: int) -> dict[str, int]:
    """Whole units of the shares: cut, and what is left over to the largest remainders."""
    shares: dict[str, Fraction] = defaultdict(Fraction)
    for name, share in named:
        shares[name] += share
    cut = {name: floor(abs(share)) * (1 if share > 0 else -1) for name, share in shares.items()}
    left = whole - sum(cut.values())
    step = 1 if left > 0 else -1
    names = [name for name in ("rate", "amount", "policy", "rounding") if name in shares]
    names.sort(key=lambda name: ((cut[name] - shares[name]) * step, -abs(shares[name])))
    for name in names[: abs(left)]:
        cut[name] += step
    return {name: units for name, units in cut.items() if units}


def of_every(given: Given, other: Given, changed: frozenset[str]) -> Given:
    """The documents with the amounts, the rates and the policy of one or the other."""
    amounts = other if AMOUNTS in changed else given
    document = deepcopy(amounts.document)
    document.pop("policy", None)
    held = (other if POLICY in changed else given).document.get("policy")
    document |= {} if held is None else {"policy": held}
    return Given(document, (other if RATES in changed else given).rates)


def test_the_split_is_the_mean_of_all_orders_in_whole_units() -> None:
    """Whole documents are mixed here and calculated by the public way: no mixture is the engine's."""
    kinds = (AMOUNTS, RATES, POLICY)
    checked = 0
    for seed, one, other, before, after in pairs(range(900), *kinds):
        values: dict[frozenset[str], dict[str, int]] = {}
        subsets = {frozenset(order[:n]) for order in permutations(kinds) for n in range(4)}
        unit = minor_unit(before.head.currency)
        try:
            for changed in subsets:
                mixed = of_every(one, other, changed).calculation()
                values[changed] = {name: int(tax / unit) for name, (tax, _) in by_line(mixed).items()}
        except TaxEngineError:
            continue
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for cause in compare(before, after).causes:
            if cause.tax:
                found[cause.line or ""][cause.cause.value] = int(cause.tax / unit)
        old, new = values[frozenset()], values[frozenset(kinds)]
        for line in old.keys() & new.keys():
            if old[line] == new[line]:
                assert line not in found
                continue
            shares = shapley(values, line)
            expected = [  # what was changed on other lines only is rounding here
                allocated(
                    [(amount, shares[AMOUNTS]), (rate, shares[RATES]), ("policy", shares[POLICY])],
                    new[line] - old[line],
                )
                for amount in ("amount", "rounding")
                for rate in ("rate", "rounding")
            ]
            assert found[line] in expected, (seed, line)
            checked += len(found[line]) > 1 and "rounding" not in found[line]
    assert checked > 300
