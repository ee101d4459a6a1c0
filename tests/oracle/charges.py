"""Charges: those of the invoice that are taxed as its lines are: proportional, highest, principal."""

from copy import copy
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.checks import Problem
from tests.oracle.rows import Document, Row, Tax, Treatment
from tests.oracle.stack import left_aside, set_coefficients
from tests.oracle.sums import Number, allocate, round_to_int, sign, size


def strategy_of(charge: Document, invoice: Document) -> str:
    """The strategy stated, else `own` where the charge, or the invoice for it, says what taxes it."""
    stated: str | None = charge.get("strategy")
    if stated is not None:
        return stated
    says = charge.get("taxRates"), charge.get("taxCategory"), invoice.get("taxRates")
    return "proportional" if says == (None, None, None) else "own"


@dataclass(slots=True, eq=False)
class RateSet:
    """The lines that are taxed alike."""

    lines: list[Row] = field(default_factory=list)

    @property
    def net(self) -> Number:
        return sum(row.net_exact for row in self.lines)

    @property
    def tie(self) -> str:
        return min(row.id for row in self.lines)


def rate_sets(lines: list[Row]) -> list[RateSet]:
    """The lines by their rates with inclusive flags and reasons."""
    sets: dict[Any, RateSet] = {}
    for row in lines:
        key = (
            row.treatment.untaxed,
            frozenset((tax.identity, tax.inclusive, tax.reason, tax.bracket) for tax in row.taxes),
        )
        sets.setdefault(key, RateSet()).lines.append(row)
    return list(sets.values())


def percentage_sum(row: Row) -> Number:
    """The sum of a line's a_k, those withheld aside."""
    return sum(tax.a for tax in row.charged)


def copied(treatment: Treatment) -> Treatment:
    """The same treatment for another row."""
    taxes: list[Tax] = [copy(tax) for tax in treatment.taxes]
    for tax in taxes:
        tax.charged = None  # thresholds are left aside, as fixed amounts are
    return Treatment(taxes, treatment.untaxed)


def shared_rows(
    charge_id: str,
    path: str,
    strategy: str,
    amount: Number,
    lines: list[Row],
    mode: str,
    problems: list[Problem],
) -> list[Row]:
    """The charge as rows taxed like the lines: one, or one for each rate set."""
    if strategy == "highest":
        line = min(lines, key=lambda row: (-percentage_sum(row), row.id))
        parts = [(line, amount)]
    elif strategy == "principal":
        principal = min(rate_sets(lines), key=lambda one: (-size(one.net), one.tie))
        parts = [(principal.lines[0], amount)]
    else:
        parts = proportional_parts(path, amount, rate_sets(lines), mode, problems)
    rows = [
        Row(
            id=charge_id,
            path=path,
            quantity=sign(amount) or 1,
            amount=part,
            place=None,
            treatment=copied(line.treatment),
            adjustment=True,
            tie=line.id,
        )
        for line, part in parts
    ]
    for row in rows:
        set_coefficients(row.taxes, left_aside)
    return rows


def proportional_parts(
    path: str, amount: Number, sets: list[RateSet], mode: str, problems: list[Problem]
) -> list[tuple[Row, Number]]:
    """The charge in minor units over the sets, by their exact nets."""
    firsts = [min(one.lines, key=lambda row: row.id) for one in sets]
    total = sum(one.net for one in sets)
    if total == 0:
        if amount != 0:
            problems.append(("spreadOverZero", path))
        return [(first, 0) for first in firsts]
    shares = [amount * one.net / Fraction(total) for one in sets]
    given = allocate(round_to_int(amount, mode), shares, [one.tie for one in sets])
    return list(zip(firsts, given, strict=True))
