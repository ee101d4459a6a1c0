"""Rows: the taxable things of one calculation while their taxes are being worked out.

A line is a row, and so is a charge or discount with rates of its own; a charge that is taxed as the
lines are is one row for each of their rate sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from taxengine.core.arithmetic import ONE, ZERO, Exact, product, ratio, total
from taxengine.core.brackets import Edge
from taxengine.core.determination import NotTaxed, StatedTax, Taxed, TaxedIn
from taxengine.core.errors import Problem
from taxengine.core.rates import HALVES
from taxengine.core.reasons import Reason
from taxengine.core.stack import Stack


class Row:
    """One taxable amount with its stack; `taxes`, `net`, `tax` and `gross` are filled in by rounding.

    `amount` is what is taxed, `intercepts` the fixed parts b_k of its taxes (empty: none). `key` is the
    id of the line or adjustment that it belongs to, `path` where that stands in the document. `share`
    tells the rows of one charge apart, `due` is such a share before it was allocated. `place` is the
    country and state that it is taxed in. `units` counts among brackets, with the sign of the net; 0:
    their thresholds are left aside.
    """

    __slots__ = (
        "amount", "due", "gross", "intercepts", "key", "net", "path", "place", "quantity", "reason", "share",
        "stack", "stated", "tax", "taxes", "units",
    )  # fmt: skip

    due: Exact
    net: Decimal
    tax: Decimal
    gross: Decimal
    taxes: list[Decimal]

    def __init__(
        self,
        key: str,
        path: str,
        amount: Exact,
        quantity: Decimal,
        outcome: Taxed | NotTaxed,
        *,
        place: TaxedIn = None,
        share: str = "",
    ) -> None:
        self.key = key
        self.path = path
        self.amount = amount
        self.quantity = quantity
        self.stack: Stack = outcome.stack
        self.reason: Reason = outcome.reason
        self.stated: tuple[StatedTax, ...] | None = outcome.stated
        self.place = place
        self.share = share
        self.intercepts: Sequence[Decimal] = ()
        self.units = ZERO

    def exact_net(self) -> Exact:
        """The net amount before rounding."""
        inside = (
            sum((self.intercepts[index] for index in self.stack.inclusive), ZERO) if self.intercepts else ZERO
        )
        return ratio(total([self.amount, -inside]), self.stack.divisor)

    def exact_taxes(self) -> list[Exact]:
        """The taxes before rounding: a_k * net + b_k."""
        net = self.exact_net()
        fixed = self.intercepts or [ZERO] * len(self.stack.slopes)
        if isinstance(net, Decimal):
            return [slope * net + part for slope, part in zip(self.stack.slopes, fixed, strict=True)]
        return [
            Fraction(slope) * net + Fraction(part)
            for slope, part in zip(self.stack.slopes, fixed, strict=True)
        ]

    def rank(self, tax: int) -> tuple[str, ...]:
        """What breaks ties in an allocation: the line's id, the rate's, and the share of a charge.

        Halves that are equal by law have one rank.
        """
        rates = self.stack.rates
        alike = [one for one in rates if one.type in HALVES] if rates[tax].type in HALVES else [rates[tax]]
        return self.key, min(one.id or "" for one in alike), self.share


def settle(row: Row, fixed: Sequence[Decimal]) -> list[Problem]:
    """Give a row the stack and intercepts of its bracket, or say what is wrong; `fixed` are its amounts.

    What is compared is the net price of one unit: the line's net amount after every discount, divided by
    its quantity (0 counts as 1), without its sign. Where tax is inside the price each bracket is tried:
    it must be one alone whose net lies in it.
    """
    ids = [one.id for one in row.stack.rates if one.rate is not None and one.rate.brackets]
    if not row.path.startswith("lines"):
        told = f"{row.path}: expected rates without brackets, which ask for the price of one unit, got {ids}"
        hint = "put it on its line, spread the discount over lines, or tax the charge as the lines are"
        return [Problem("bracketsWithoutUnit", told, row.path, hint, {"rates": ids})]
    units, found = abs(row.quantity) or ONE, []
    for low, high, stack in row.stack.pieces:
        for side in (ONE, -ONE):
            if stack.inclusive:
                row.stack, row.intercepts = stack, stack.intercepts(fixed, units * side)
            net = product(row.exact_net(), side)
            here = net > 0 or (net == 0 and side > 0)
            if here and _reaches(net, units, low) and not (high and _reaches(net, units, high)):
                found.append((stack, units * side))
    if len(found) != 1:
        got = f"{row.amount}, which {'several give' if found else 'none gives'}"
        told = f"{row.path}: expected an inclusive price that one bracket of {ids} gives, got {got}"
        return [Problem("noSoleBracket", told, row.path, "state the price without tax", {"rates": ids})]
    row.stack, row.units = found[0]
    row.intercepts, row.reason = row.stack.intercepts(fixed, row.units), row.stack.reason
    return []


def _reaches(net: Exact, units: Decimal, edge: Edge) -> bool:
    amount, beyond = edge
    return net > amount * units or (net == amount * units and not beyond)
