"""Refunds against a reckoning in whole numbers: a share of what the campaign takes."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.differential import refunds
from tests.differential.refunds import refund, wrong

pytestmark = pytest.mark.usefixtures("untraced")

SHARE = 500


@pytest.mark.parametrize("first", range(0, 5000, SHARE))
def test_any_sequence_of_refunds_adds_up_to_the_whole(first: int) -> None:
    counts: Counter[str] = Counter()
    assert [told for seed in range(first, first + SHARE) for told in wrong(seed, counts)] == []
    assert counts["sequences"] == SHARE
    assert counts["refunds"] > 2 * SHARE


@pytest.mark.parametrize("first", range(25_000_000, 25_002_000, SHARE))
def test_so_does_one_of_invoices_whose_rates_have_brackets(first: int) -> None:
    assert [told for seed in range(first, first + SHARE) for told in wrong(seed)] == []


def test_a_cent_too_much_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof that the net has no hole: what an earlier refund took is forgotten."""

    def forgetful(of: Any, *, previous: Any, **request: Any) -> Any:
        return refund(of, previous=previous[:1], **request)

    monkeypatch.setattr(refunds, "refund", forgetful)
    assert next(told for seed in range(200) for told in wrong(seed)).startswith("seed ")
