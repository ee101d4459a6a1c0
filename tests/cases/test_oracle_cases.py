"""The oracle against the published cases: the proof of the oracle."""

from collections import Counter

import pytest

from tests.cases.adapter import Case, NotExpressible, cases, express
from tests.cases.allocation import allocation_cases
from tests.cases.compare import compare
from tests.cases.known import KNOWN, KNOWN_ALLOCATIONS
from tests.oracle import calculate
from tests.oracle.sums import allocate

pytestmark = pytest.mark.usefixtures("shared_path")


def verdict(case: Case) -> str:
    """`reproduced`, `known`, `not expressible`, or what differs."""
    try:
        expressed = express(case)
    except NotExpressible:
        return "not expressible"
    found = compare(case, calculate(expressed.document, expressed.rates))
    if not found:
        return "reproduced"
    return "known" if case["id"] in KNOWN else f"{case['id']}: {found}"


def test_every_expressible_case_is_reproduced_or_known() -> None:
    verdicts = Counter(verdict(case) for case in cases())
    assert verdicts == {"reproduced": 364, "known": len(KNOWN), "not expressible": 72}


def test_every_expressible_e_invoice_is_reproduced() -> None:
    verdicts = Counter(verdict(case) for case in cases() if case["rule"] == "en16931")
    assert verdicts == {"reproduced": 161, "not expressible": 1}


def test_the_splits_by_largest_remainder_are_reproduced() -> None:
    reproduced = set()
    for case in allocation_cases():
        keys = [f"{i:03}" for i in range(len(case.weights))]
        if tuple(allocate(case.total, case.shares, keys)) == case.expected:
            reproduced.add(case.id)
    following = {case.id for case in allocation_cases() if case.largest_remainder}
    assert reproduced == following - set(KNOWN_ALLOCATIONS)
    assert len(reproduced) == 26
