"""The engine against the published cases, by generic policies: no preset, no rule of any one system."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from taxengine.core.arithmetic import ONE, allocate, exactly, ratio
from tests.building import answer
from tests.cases.adapter import Case, NotExpressible, cases, express
from tests.cases.allocation import AllocationCase, allocation_cases
from tests.cases.compare import compare
from tests.cases.known import KNOWN, KNOWN_ALLOCATIONS
from tests.conftest import SHARED

pytestmark = pytest.mark.usefixtures("shared_path")

PUBLISHED: list[Any] = list(cases()) if SHARED.is_dir() else []
SPLITS: list[Any] = list(allocation_cases()) if SHARED.is_dir() else []
# One parameter where there are none, so that the fixture skips by name and not an empty list by itself.
every_case = pytest.mark.parametrize("case", PUBLISHED or [{"id": "none"}], ids=lambda case: case["id"])
every_split = pytest.mark.parametrize("split", SPLITS or [None], ids=lambda split: split and split.id)


def differences(case: Case) -> tuple[str, ...] | None:
    """What differs from the published figures; None where no document can state the case."""
    try:
        expressed = express(case)
    except NotExpressible:
        return None
    return tuple(compare(case, answer(expressed.document, expressed.rates)))


@cache
def verdicts() -> dict[str, str]:
    told = {None: "not expressible", (): "reproduced"}
    return {case["id"]: told.get(differences(case), "differs") for case in PUBLISHED}


@every_case
def test_a_published_case_gives_the_published_figures(case: Case) -> None:
    """Totals, lines and taxes; or it is known, with the reason, and really differs."""
    found = differences(case)
    if case["id"] in KNOWN:
        assert found, f"{case['id']} is reproduced: take it out of known.py"
    else:
        assert not found


def test_of_the_expressible_cases_all_but_a_few_are_reproduced() -> None:
    counts = Counter(verdicts().values())
    assert counts == {"reproduced": 364, "differs": len(KNOWN), "not expressible": 72}
    assert counts["reproduced"] >= Decimal("0.96") * (counts["reproduced"] + counts["differs"])


def test_every_expressible_e_invoice_is_reproduced() -> None:
    invoices = [case["id"] for case in PUBLISHED if case["rule"] == "en16931"]
    assert Counter(verdicts()[one] for one in invoices) == {"reproduced": 161, "not expressible": 1}


def test_each_case_that_is_not_reproduced_has_its_reason() -> None:
    assert set(KNOWN) == {name for name, verdict in verdicts().items() if verdict == "differs"}
    assert all(len(reason) > 40 for reason in KNOWN.values())


@exactly
def parts_of(split: AllocationCase) -> tuple[int, ...]:
    """The split by the engine's own allocation."""
    shares = [ratio(Decimal(share.numerator), Decimal(share.denominator)) for share in split.shares]
    ranks = [(f"{index:03}",) for index in range(len(shares))]
    return tuple(map(int, allocate(Decimal(split.total), shares, ONE, ranks)))


@every_split
def test_a_published_split_by_largest_remainder_is_ours(split: AllocationCase) -> None:
    if split.id in KNOWN_ALLOCATIONS:
        assert parts_of(split) != split.expected
    else:
        assert (parts_of(split) == split.expected) == split.largest_remainder
        assert sum(parts_of(split)) == split.total
