"""Comparison: two calculations of an invoice, by how much they differ, and the causes, which add up."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.arithmetic import ZERO, exactly
from taxengine.core.errors import InvalidInput, InvariantBroken, Problem
from taxengine.core.figures import LineAmounts, TaxAmount
from taxengine.core.invoice import Line
from taxengine.core.money import minor_unit
from taxengine.core.result import Calculation
from taxengine.core.stack import AppliedRate


class CauseName(StrEnum):
    """Why a tax differs. The order settles ties: of equal shares an earlier cause gets the unit left over."""

    RATE = "rate"
    AMOUNT = "amount"
    PLACE = "place"
    TAXABILITY = "taxability"
    POLICY = "policy"
    PROVIDER = "provider"
    ROUNDING = "rounding"
    ONLY_BEFORE = "onlyBefore"
    ONLY_AFTER = "onlyAfter"


Key = tuple[type[Line | Charge | Discount], str]
"""What a line is matched by: what it is, and its id. A line may be called charge-0 too."""
Figures = Mapping[Key, LineAmounts]


class Cause(NamedTuple):
    """What one cause changed on a line, charge or discount; `line` None: on the invoice as a whole."""

    cause: CauseName
    line: str | None
    tax: Decimal
    withheld: Decimal

    def to_dict(self) -> dict[str, object]:
        """The cause as the document shows it."""
        cause, tax, withheld = self.cause.value, str(self.tax), str(self.withheld)
        return {"cause": cause, "line": self.line, "tax": tax, "withheld": withheld}


class Difference(NamedTuple):
    """After less before, in major units."""

    net: Decimal
    tax: Decimal
    gross: Decimal
    withheld: Decimal
    payable: Decimal

    def to_dict(self) -> dict[str, object]:
        """The difference as the document shows it."""
        return {name: str(amount) for name, amount in self._asdict().items()}


class TaxDifference(NamedTuple):
    """A tax of the invoice whose amount differs, before and after."""

    rate: AppliedRate
    before: Decimal
    after: Decimal

    def to_dict(self) -> dict[str, object]:
        """The row as the document shows it."""
        rate, percentage = self.rate, self.rate.percentage_decimal
        return {
            "taxRate": rate.id,
            "name": rate.name,
            "type": str(rate.type),
            "country": rate.country,
            "state": rate.state,
            "percentageDecimal": None if percentage is None else f"{percentage:f}",
            "withheld": rate.withheld,
            "before": str(self.before),
            "after": str(self.after),
        }


class Comparison:
    """The difference between two calculations of an invoice, with its causes. Immutable.

    Raises `InvariantBroken` unless the causes add up to the difference, on each line and in all.
    """

    __slots__ = ("after", "before", "causes", "difference", "taxes")

    before: Calculation | None
    after: Calculation | None
    causes: tuple[Cause, ...]
    difference: Difference
    taxes: tuple[TaxDifference, ...]

    @exactly
    def __init__(
        self, before: Calculation | None, after: Calculation | None, causes: Iterable[Cause]
    ) -> None:
        put = object.__setattr__
        put(self, "before", before)
        put(self, "after", after)
        put(self, "causes", tuple(causes))
        put(self, "difference", difference_of(before, after))
        put(self, "taxes", tuple(_taxes(before, after)))
        _check_sums(self)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Comparison is immutable: {name} stays as it is")

    def __reduce__(self) -> tuple[object, ...]:
        return Comparison, (self.before, self.after, self.causes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Comparison) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self.causes, self.difference))

    def __repr__(self) -> str:
        told = ", ".join(f"{one.cause} {one.tax}" for one in self.causes)
        return f"Comparison(invoice={_either(self.before, self.after).head.invoice!r}, causes=[{told}])"

    def to_dict(self) -> dict[str, object]:
        """The row of a recalculated document: plain JSON types, amounts as strings."""
        before, after = self.before, self.after
        head = _either(before, after).head
        return {
            "format": 1,
            "invoice": head.invoice,
            "kind": head.kind,
            "currency": head.currency,
            "taxDate": head.tax_date.isoformat(),
            "before": None if before is None else before.totals.to_dict(),
            "after": None if after is None else after.totals.to_dict(),
            "difference": self.difference.to_dict(),
            "causes": [cause.to_dict() for cause in self.causes],
            "taxes": [row.to_dict() for row in self.taxes],
        }


# ---- what differs ----


def _either(before: Calculation | None, after: Calculation | None) -> Calculation:
    found = after if before is None else before
    if found is None:
        told = "compare: expected a calculation before or after, got neither"
        raise InvalidInput(Problem("invalidType", told, "", "pass at least one calculation"))
    return found


def figures_of(calculation: Calculation) -> dict[Key, LineAmounts]:
    """The figures of each line, charge and discount."""
    found: dict[Key, LineAmounts] = {(Line, one.id): one for one in calculation.lines}
    for one in calculation.adjustments:
        found[Charge if one.id.startswith("charge") else Discount, one.id] = one
    return found


Moved = dict[Key, tuple[Decimal, Decimal]]


def tax_of(line: LineAmounts) -> Decimal:
    return line.tax


def withheld_of(line: LineAmounts) -> Decimal:
    return sum((row.tax for row in line.taxes if row.rate.withheld), ZERO)


MEASURES = (tax_of, withheld_of)


def moved_by(before: Calculation, after: Calculation) -> Moved:
    """By how much the tax and the withheld tax of each line differ, where they do."""
    old, new = figures_of(before), figures_of(after)
    moved: Moved = {}
    for key in (*old, *(key for key in new if key not in old)):
        one, other = old.get(key), new.get(key)
        tax, withheld = (
            (ZERO if other is None else measure(other)) - (ZERO if one is None else measure(one))
            for measure in MEASURES
        )
        if tax or withheld:
            moved[key] = tax, withheld
    return moved


# ---- the difference, and that all adds up ----


def difference_of(before: Calculation | None, after: Calculation | None) -> Difference:
    zero = ZERO.quantize(minor_unit(_either(before, after).head.currency))
    one, other = (
        (zero,) * 5 if of is None else tuple(getattr(of.totals, name) for name in Difference._fields)
        for of in (before, after)
    )
    return Difference(*(new - old for old, new in zip(one, other, strict=True)))


def _taxes(before: Calculation | None, after: Calculation | None) -> list[TaxDifference]:
    """The rows of both breakdowns, joined, whatever their reasons; those that differ."""
    rows = [() if of is None else of.taxes for of in (before, after)]
    zero = ZERO.quantize(minor_unit(_either(before, after).head.currency))
    joined: dict[Hashable, TaxDifference] = {}
    for at, side in enumerate(rows):
        for row in side:
            rate, old, new = joined.get(_joint(row), (row.rate, zero, zero))
            joined[_joint(row)] = TaxDifference(rate, old + row.tax * (1 - at), new + row.tax * at)
    return [row for row in joined.values() if row.before != row.after]


def _joint(row: TaxAmount) -> Hashable:
    rate = row.rate
    return rate.id, rate.type, rate.country, rate.state, rate.percentage_decimal, rate.withheld


def _check_sums(of: Comparison) -> None:
    tax = sum((one.tax for one in of.causes), ZERO)
    withheld = sum((one.withheld for one in of.causes), ZERO)
    whole = of.difference
    rows = sum((row.after - row.before for row in of.taxes if not row.rate.withheld), ZERO)
    if (tax, withheld, rows) != (whole.tax, whole.withheld, whole.tax):
        told = f"causes: expected {whole.tax} and {whole.withheld} withheld, got {tax} and {withheld}"
        raise InvariantBroken(Problem("invariantBroken", told))
    if of.before is None or of.after is None:
        return
    left: dict[str | None, list[Decimal]] = {}
    for (_, line), amounts in moved_by(of.before, of.after).items():
        known = left.setdefault(line, [ZERO, ZERO])
        known[:] = known[0] + amounts[0], known[1] + amounts[1]
    for cause in of.causes:
        known = left.setdefault(cause.line, [ZERO, ZERO])
        known[:] = known[0] - cause.tax, known[1] - cause.withheld
    for key, rest in left.items():
        if any(rest):
            told = f"line {key}: expected causes that add up to its difference, {rest[0]} is left"
            raise InvariantBroken(Problem("invariantBroken", told))
