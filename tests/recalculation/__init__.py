"""Recalculation: sealed results of random invoices, and the errors that refused ones are met with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from taxengine.core.calculation import calculate
from taxengine.core.errors import TaxEngineError
from taxengine.core.result import Calculation
from taxengine.core.table import RateTable
from taxengine.documents import read_invoice, read_rates
from tests.differential.cases import case_of

KEY = b"a key that is long enough"


def calculated(seeds: range) -> Iterator[Calculation]:
    """The results of random invoices, without those that are refused: matched and explicit, all policies."""
    for seed in seeds:
        document, rates = case_of(seed)
        try:
            yield calculate(read_invoice(document), RateTable(read_rates(rates)))
        except TaxEngineError:
            continue


def refusal(of: Any, *arguments: Any, **options: Any) -> TaxEngineError:
    """The error that a call raises."""
    with pytest.raises(TaxEngineError) as refused:
        of(*arguments, **options)
    return refused.value
