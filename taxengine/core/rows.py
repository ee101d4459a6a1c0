"""Rows: the taxable things of one calculation while their taxes are being worked out.

A line is a row, and so is a charge or discount with rates of its own; a charge that is taxed as the
lines are is one row for each of their rate sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from taxengine.core.arithmetic import ZERO, Exact, ratio, total
from taxengine.core.determination import NotTaxed, StatedTax, Taxed
from taxengine.core.reasons import Reason
from taxengine.core.stack import Stack

Place = tuple[str, str | None] | None


class Row:
    """One taxable amount with its stack; `taxes`, `net`, `tax` and `gross` are filled in by rounding.

    `amount` is what is taxed, `intercepts` the fixed parts b_k of its taxes (empty: none). `key` is the
    id of the line or adjustment that it belongs to, `path` where that stands in the document. `share`
    tells the rows of one charge apart, `due` is such a share before it was allocated. `place` is the
    country and state that it is taxed in.
    """

    __slots__ = (
        "amount", "due", "gross", "intercepts", "key", "net", "path", "place", "quantity", "reason", "share",
        "stack", "stated", "tax", "taxes",
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
        place: Place = None,
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
        """What breaks ties in an allocation: the line's id, the rate's, and the share of a charge."""
        return self.key, self.stack.rates[tax].id or "", self.share
