"""Allocation: the published splits of an amount by weights, and which follow the largest remainder."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tests.cases.adapter import CASES, read_cases


@dataclass(frozen=True)
class AllocationCase:
    """A split in whole units; `largest_remainder`: the published parts are those of our rule."""

    id: str
    rule: str
    total: int
    weights: tuple[Fraction, ...]
    expected: tuple[int, ...]
    largest_remainder: bool

    @property
    def shares(self) -> list[Fraction]:
        """The exact parts."""
        return [self.total * weight / sum(self.weights) for weight in self.weights]


def allocation_cases() -> Iterator[AllocationCase]:
    """Every published split."""
    for case in read_cases(CASES / "allocation.jsonl"):
        unit = Fraction(case["unit"])
        yield AllocationCase(
            id=case["id"],
            rule=case["rule"],
            total=int(Fraction(case["total"]) / unit),
            weights=tuple(Fraction(weight) for weight in case["weights"]),
            expected=tuple(int(Fraction(part) / unit) for part in case["expected"]),
            largest_remainder="largest_remainder" in case["agrees_with"],
        )
