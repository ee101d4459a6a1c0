"""Protocols: they say what others do, and do nothing themselves."""

from __future__ import annotations

import pytest

from taxengine.core.policy import BreakdownRow
from taxengine.core.provider import TaxProvider
from tests.core.samples import invoice, line


@pytest.mark.parametrize("name", ["taxable", "tax", "percentage_decimal"])
def test_a_breakdown_row_has_no_figures_of_its_own(name: str) -> None:
    assert getattr(BreakdownRow, name).fget(object()) is None


def test_the_protocol_of_a_provider_determines_nothing() -> None:
    assert TaxProvider.determine(object(), invoice(line())) is None  # type: ignore[arg-type, func-returns-value]
