"""Statement: the rows of a calculation, put together as its lines, breakdown and totals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from taxengine.core.amounts import LIMIT, Amounts
from taxengine.core.arithmetic import ONE, ZERO, Exact, ratio, round_to, total
from taxengine.core.determination import Determination, Outcome, Taxed
from taxengine.core.errors import InvalidInvoice, InvalidPolicy, Problem
from taxengine.core.figures import Entered, LineAmounts, TaxAmount, Totals, breakdown
from taxengine.core.invoice import Line
from taxengine.core.levels import taxable_amounts
from taxengine.core.policy import Policy
from taxengine.core.result import Calculation
from taxengine.core.rows import Row
from taxengine.core.stack import one_reason


class Statement:
    """What an invoice comes to, stated line by line and in all."""

    def __init__(self, determination: Determination, policy: Policy, unit: Decimal) -> None:
        self.determination = determination
        self.invoice = determination.invoice
        self.policy = policy
        self.unit = unit

    def calculation(self, amounts: Amounts, lines: Sequence[Row], adjustments: Sequence[Row]) -> Calculation:
        """The result; the rows have their taxes, nets and grosses."""
        invoice, unit, mode = self.invoice, self.unit, self.policy.decimal_mode
        shown = [
            self._line(row, amounts.lines[index], amounts.left[index], line, self.determination.lines[index])
            for index, (row, line) in enumerate(zip(lines, invoice.lines, strict=True))
        ]
        rest = [_adjustment(rows, unit, mode) for rows in _by_path(adjustments)]
        every = (*shown, *rest)
        taxes = breakdown(row for line in every for row in line.taxes)
        return Calculation(
            lines=shown,
            adjustments=rest,
            taxes=taxes,
            totals=self._totals(every, taxes),
            policy=self.policy,
            source=self.determination,
        )

    def _line(self, row: Row, amount: Decimal, left: Exact, line: Line, outcome: Outcome) -> LineAmounts:
        unit, mode = self.unit, self.policy.decimal_mode
        entered = None
        if line.entered_percent is not None:
            entered = Entered(line.entered_percent, isinstance(outcome, Taxed) and outcome.entered)
        taxes, discount = tax_amounts(row, unit, mode), round_to(total([amount, -left]), unit, mode)
        figures = round_to(amount, unit, mode), discount, row.net, row.tax, row.gross
        return LineAmounts(row.key, *figures, row.reason, taxes, entered)

    def _totals(self, lines: Sequence[LineAmounts], taxes: Sequence[TaxAmount]) -> Totals:
        zero = ZERO.quantize(self.unit)
        net = sum((line.net for line in lines), zero)
        tax = sum((line.tax for line in lines), zero)
        gross = net + tax
        withheld = sum((row.tax for row in taxes if row.rate.withheld), zero)
        paid = round_to(sum((one.amount for one in self.invoice.payments), ZERO), self.unit, ROUND_HALF_UP)
        due = gross - withheld - paid
        rounding = in_coins(due, self.policy, self.unit) - due
        totals = Totals(net, tax, gross, withheld, paid, rounding, due + rounding)
        for line in lines:
            _limit(f"line {line.id}", line[1:6])
        for of, rows in (("lines", [row for line in lines for row in line.taxes]), ("taxes", taxes)):
            _limit(of, [amount for row in rows for amount in row[1:]])
        _limit("totals", totals)
        return totals


def in_coins(due: Decimal, policy: Policy, unit: Decimal) -> Decimal:
    """What is payable in coins: always half up."""
    increment = policy.cash_increment
    if increment is None:
        return due
    if increment % unit:
        told = f"policy.cashIncrement: expected whole multiples of {unit}, got {increment:f}"
        raise InvalidPolicy(Problem("invalidValue", told, "policy.cashIncrement"))
    coins = round_to(ratio(due, increment), ONE, ROUND_HALF_UP)
    return round_to(coins * increment, unit, ROUND_HALF_UP)


def _limit(what: str, amounts: Sequence[Decimal]) -> None:
    """No amount of a result may be larger than one that may come in."""
    if amounts and not -LIMIT <= min(amounts) <= max(amounts) <= LIMIT:
        told = f"{what}: expected amounts below 10^15 major units, got {max(amounts, key=abs)}"
        raise InvalidInvoice(Problem("amountTooLarge", told))


def _by_path(rows: Sequence[Row]) -> list[list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.path, []).append(row)
    return list(groups.values())


def tax_amounts(row: Row, unit: Decimal, mode: str) -> tuple[TaxAmount, ...]:
    """The tax rows that a row shows."""
    shown = taxable_amounts(row, unit, mode)
    return tuple(map(TaxAmount, row.stack.rates, shown, row.taxes))


def _adjustment(rows: Sequence[Row], unit: Decimal, mode: str) -> LineAmounts:
    """A charge or discount, which may be taxed in several shares."""
    zero = ZERO.quantize(unit)
    amount = round_to(total([row.amount for row in rows]), unit, mode)
    net, tax = sum((row.net for row in rows), zero), sum((row.tax for row in rows), zero)
    gross, reason = sum((row.gross for row in rows), zero), one_reason(row.reason for row in rows)
    taxes = tuple(one for row in rows for one in tax_amounts(row, unit, mode))
    return LineAmounts(rows[0].key, amount, zero, net, tax, gross, reason, taxes)
