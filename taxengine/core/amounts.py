"""Amounts: what each line, charge and discount comes to before tax.

>>> from decimal import Decimal
>>> from taxengine.core.adjustments import Discount
>>> from taxengine.core.invoice import Line
>>> from taxengine.core.policy import Policy
>>> line = Line(id="1", quantity=3, unit_price="1.115", discounts=[Discount(percent="10")])
>>> line_amount(line, Scale(Decimal("0.01"), Policy()))
Decimal('3.01')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, cast

from taxengine.core import checks
from taxengine.core.adjustments import Charge, Discount
from taxengine.core.arithmetic import ZERO, Exact, allocate, exactly, product, round_to, split, total
from taxengine.core.errors import Problem
from taxengine.core.invoice import Invoice, Line
from taxengine.core.policy import Policy
from taxengine.core.rates import TaxRate

LIMIT = Decimal(10**15)
"""No amount may be larger, in major units."""


class Scale:
    """How finely amounts are kept: the minor unit, the mode, and which of them are rounded."""

    __slots__ = ("discounts", "lines", "mode", "unit")

    def __init__(self, unit: Decimal, policy: Policy) -> None:
        self.unit = unit
        self.mode = policy.decimal_mode
        self.lines = policy.line_amounts == "rounded"
        self.discounts = policy.discount_amounts == "rounded"

    def line(self, amount: Exact) -> Exact:
        """A line amount, or one of the invoice's: rounded where line amounts are."""
        return round_to(amount, self.unit, self.mode) if self.lines else amount

    def discount(self, amount: Decimal) -> Decimal:
        """A step on the way to a line amount: rounded where discount amounts are."""
        return round_to(amount, self.unit, self.mode) if self.discounts else amount


def _of(part: Discount | Charge, whole: Exact) -> Exact:
    """What a discount or charge comes to, as an amount or as a percentage of `whole`."""
    if part.amount is not None:
        return part.amount
    percent = part.percent if part.percent is not None else ZERO
    return product(percent.scaleb(-2), whole)


class AmountStep(NamedTuple):
    """A discount or charge of a line: what it is of, and what it comes to before and after rounding."""

    part: Discount | Charge
    running: Decimal
    exact: Decimal
    kept: Decimal


class Spread(NamedTuple):
    """What was spread over the lines, as the story tells it: which amount, on what, each line's share.

    `of` is a discount of the invoice, by its index, or a rate with an amount an invoice. `shares` are
    by the index of the line, `exact` what they were before they were allocated.
    """

    of: int | TaxRate
    base: Exact
    amount: Exact
    exact: Sequence[Exact]
    shares: Mapping[int, Exact]


@exactly
def line_amount(line: Line, scale: Scale, steps: list[AmountStep] | None = None) -> Decimal:
    """Quantity times unit price, less the line's discounts in order, plus its charges in order.

    What each comes to is noted in `steps`, where given.
    """
    running = line.amount if line.unit_price is None else line.quantity * line.unit_price
    running = scale.discount(running if running is not None else ZERO)
    parts: list[Discount | Charge] = [*line.discounts, *line.charges]
    for part in parts:
        exact = cast(Decimal, _of(part, running))
        kept = scale.discount(exact)
        if steps is not None:
            steps.append(AmountStep(part, running, exact, kept))
        running += kept if isinstance(part, Charge) else -kept
    return cast(Decimal, scale.line(running))


class Amounts:
    """The amounts of an invoice: of its lines before and after invoice discounts, and of the rest.

    `lines` are before, `left` after the spread discounts; `discounts` holds the negative amounts of
    those taxed by themselves (None for the spread ones), `charges` those of the charges. `spreads` tells
    how each discount, and each amount that a rate asks once an invoice, fell on the lines.
    """

    __slots__ = ("charges", "discounts", "invoice", "left", "lines", "problems", "scale", "spreads")

    def __init__(self, invoice: Invoice, scale: Scale) -> None:
        self.invoice = invoice
        self.scale = scale
        self.problems: checks.Problems = []
        self.spreads: list[Spread] = []
        self.lines: list[Decimal] = [line_amount(line, scale) for line in invoice.lines]
        self.left: list[Exact] = list(self.lines)
        self.discounts = [self._discount(*one) for one in enumerate(invoice.discounts)]
        base = total(self.left) if invoice.charges else ZERO
        self.charges = [scale.line(_of(charge, base)) for charge in invoice.charges]
        for path, amounts in (
            ("lines", self.lines),
            ("discounts", self.discounts),
            ("charges", self.charges),
        ):
            self._limit(path, amounts)

    def _limit(self, path: str, amounts: Sequence[Exact | None]) -> None:
        for index, amount in enumerate(amounts):
            if amount is not None and not -LIMIT <= amount <= LIMIT:
                where = f"{path}[{index}]"
                told = f"{where}: expected an amount below 10^15 major units, got {checks.shown(str(amount))}"
                self.problems.append(Problem("amountTooLarge", told, where))

    def _discount(self, index: int, discount: Discount) -> Exact | None:
        if discount.taxed_itself:
            return -self.scale.line(_of(discount, total(self.left)))
        lines = self.invoice.lines
        chosen = [place for place, line in enumerate(lines) if _falls_on(discount, line)]
        base = total([self.left[place] for place in chosen])
        amount = self.scale.line(_of(discount, base))
        if not amount:
            return None
        if not base:
            path = f"discounts[{index}]"
            told = f"{path}: expected lines that do not add up to zero, to spread {amount} over"
            hint = "give it a taxCategory or taxRates of its own"
            self.problems.append(Problem("spreadOverZero", told, path, hint))
            return None
        chosen = [place for place in chosen if (self.left[place] > 0) == (base > 0) and self.left[place]]
        exact = split(amount, [self.left[place] for place in chosen])
        shares = dict(zip(chosen, self._spread(amount, exact, chosen), strict=True))
        self.spreads.append(Spread(index, base, amount, exact, shares))
        for place, share in shares.items():
            self.left[place] = total([self.left[place], -share])
        return None

    def _spread(self, amount: Exact, exact: Sequence[Exact], chosen: Sequence[int]) -> Sequence[Exact]:
        if not self.scale.lines:
            return exact
        ranks = [(self.invoice.lines[place].id,) for place in chosen]
        return allocate(cast(Decimal, amount), exact, self.scale.unit, ranks)


def _falls_on(discount: Discount, line: Line) -> bool:
    if discount.spread_over is None:
        return True
    return line.tax_category is not None and checks.covers(discount.spread_over, line.tax_category)
