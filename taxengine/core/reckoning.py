"""Reckoning: what refunds have taken of an invoice, and what the next one comes to.

>>> from datetime import date
>>> from taxengine.core.calculation import calculate
>>> from taxengine.core.invoice import Invoice, Line
>>> lines = [Line(id="1", amount="9.99", tax_rates=[])]
>>> of = calculate(Invoice(id="inv_1", currency="EUR", tax_date=date(2026, 3, 1), lines=lines))
>>> Reckoning(of, []).by_shares({"lines.1": Fraction(1, 3)}).totals.gross
Decimal('3.33')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from taxengine.core import checks
from taxengine.core.arithmetic import ZERO, allocate, exactly, quotient, round_to, split
from taxengine.core.determination import Determination
from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.figures import LineAmounts, TaxAmount, Totals, breakdown
from taxengine.core.money import minor_unit
from taxengine.core.result import Calculation, Refunded
from taxengine.core.shares import sign
from taxengine.core.spelling import plain
from taxengine.core.statement import in_coins
from taxengine.core.words import shown

NONE = Fraction(0)
MOST_BITS, FINEST = 1000, 10**100
"""A part taken whose denominator has more bits is put at the nearest one with so fine a denominator."""


def refuse_any(problems: checks.Problems) -> None:
    """Raise `InvalidInput` where there are problems."""
    if problems:
        raise InvalidInput(problems)


def keyed(of: Calculation) -> dict[str, LineAmounts]:
    """The lines and adjustments, each by what tells it from all others."""
    kinds = (("lines", of.lines), ("adjustments", of.adjustments))
    rows = [(f"{kind}.{line.id}", line) for kind, own in kinds for line in own]
    if len(lines := dict(rows)) < len(rows):
        told = f"lines: expected an id of its own for each line of {of.head.invoice}, got one twice"
        raise InvalidInput(Problem("duplicateId", told, "lines"))
    return lines


class Part(NamedTuple):
    """A line of an invoice, its quantity where known, what refunds took of its figures, and which part."""

    line: LineAmounts
    quantity: Decimal | None
    taken: Sequence[Decimal]
    before: Fraction

    def left(self, basis: str) -> Decimal:
        """What is left of its net or gross amount."""
        at = LineAmounts._fields.index(basis) - 1
        return self.line.figures[at] - self.taken[at] if self.before < 1 else ZERO

    def share(self, problems: checks.Problems, size: Decimal | None) -> Fraction:
        """The share that a quantity of it is, None: what is left."""
        path, got, left = f"lines.{self.line.id}", "all" if size is None else plain(size), 1 - self.before
        share = left if size is None else Fraction(size) / Fraction(self.quantity or 1)
        if size is not None and not self.quantity:
            known = "not known" if self.quantity is None else "0"
            hint = "pass None for all that is left of it, or refund an amount"
            told = f"{path}: expected all that is left, since the quantity is {known}, got {got}"
            problems.append(Problem("invalidValue", told, path, hint))
        elif not 0 < share <= left:
            rest = shown(left * Fraction(self.quantity or 0))
            told = f"{path}: expected a part of the {rest} left, got {got}"
            problems.append(Problem("refundTooMuch", told, path, data={"left": rest}))
        return share


class Reckoning:
    """An invoice, what refunds have taken of it, and what the next one comes to."""

    def __init__(self, of: Calculation, previous: Sequence[Calculation]) -> None:
        self.of, self.previous, self.unit = of, previous, minor_unit(of.head.currency)
        self.zero = ZERO.quantize(self.unit)
        before = zip([self.zero] * 7, *(one.totals for one in previous), strict=True)
        self.before = Totals._make(map(sum, before))
        sizes: list[Decimal | None] = [None] * len(of.lines)
        if isinstance(of.source, Determination):
            sizes = [line.quantity for line in of.source.invoice.lines]
        sizes += [sign(line.amount) for line in of.adjustments]
        self.parts: dict[str, Part] = {}
        notes = [*map(keyed, previous)]
        for (key, line), size in zip(keyed(of).items(), sizes, strict=True):
            taken = [note[key] for note in notes if key in note]
            columns = zip(line.figures, *(one.figures for one in taken), strict=True)
            share = sum((one.share or NONE for one in taken), NONE)
            self.parts[key] = Part(line, size, [sum(column[1:], ZERO) for column in columns], share)
            if share > 1:
                told = f"previous: expected at most the whole of line {line.id}, got {shown(share)} of it"
                raise InvalidInput(Problem("refundTooMuch", told, "previous"))
            self._check_taken(self.parts[key], len(taken))

    def _check_taken(self, part: Part, notes: int) -> None:
        """What was taken of each figure is the share that was taken, but for what each note rounds."""
        most = Fraction(self.unit) * notes * (2 + len(part.line.taxes))
        for whole, taken in zip(part.line.figures[4:], part.taken[4:], strict=True):
            share = Fraction(whole) * part.before
            if abs(Fraction(taken) - share) > most:
                told = f"{shown(share)} of {whole} to be taken of line {part.line.id}"
                hint = "pass the credit notes that refund made of this very invoice"
                raise InvalidInput(
                    Problem("invalidValue", f"previous: expected {told}, got {taken}", "previous", hint)
                )

    def by_lines(self, wanted: Mapping[str, Decimal | None] | None) -> Calculation:
        """The refund of these quantities, or of all; a line goes before an adjustment of the same id."""
        parts = self.parts.values()
        if wanted is None:
            return self._credit([1 - part.before for part in parts], {})
        problems: checks.Problems = []
        unused = dict(wanted)
        shares = [
            part.share(problems, unused.pop(part.line.id)) if part.line.id in unused else NONE
            for part in parts
        ]
        for key in unused:
            near = checks.closest(key, (part.line.id for part in parts))
            hint = f"did you mean {near[0]}?" if near else "name one of the invoice's lines"
            checks.fault(problems, "unknownLine", f"lines.{key}", "the id of a line", key, hint)
        refuse_any(problems)
        sizes = {key: None if size is None else plain(size) for key, size in wanted.items()}
        return self._credit(shares, {"lines": sizes})

    def by_amount(self, amount: Decimal, basis: str) -> Calculation:
        """The refund of an amount, over what is left of each line."""
        asked, parts = {"amount": plain(amount), "basis": basis}, self.parts.values()
        left = [part.left(basis) for part in parts]
        whole = sum(left, self.zero)
        if amount == whole:
            return self._credit([1 - part.before for part in parts], asked, left)
        if amount % self.unit:
            told = f"amount: expected whole multiples of {self.unit}, got {plain(amount)}"
            raise InvalidInput(Problem("invalidValue", told, "amount"))
        if not 0 < Fraction(amount) / Fraction(whole or -amount) < 1:
            told = f"amount: expected a part of the {whole} {basis} left, got {plain(amount)}"
            raise InvalidInput(Problem("refundTooMuch", told, "amount", data={"left": str(whole)}))
        given = allocate(amount, split(amount, left), self.unit, [(part.line.id,) for part in parts])
        shares = [
            (1 - part.before) * Fraction(one) / Fraction(rest) if one else NONE
            for part, one, rest in zip(parts, given, left, strict=True)
        ]
        return self._credit(shares, asked, given)

    @exactly
    def by_shares(self, shares: Mapping[str, Fraction]) -> Calculation:
        """The refund of a share of each line, by the names that `keyed` gives them."""
        taken = [shares.get(key, NONE) for key in self.parts]
        over = [key for key, part in self.parts.items() if part.before + shares.get(key, NONE) > 1]
        refuse_any([Problem("refundTooMuch", f"{key}: expected a part of what is left", key) for key in over])
        return self._credit(taken, {"shares": {key: str(share) for key, share in shares.items()}})

    def upto(self, whole: Decimal, part: Fraction) -> Decimal:
        """A part of a figure, rounded as the invoice was."""
        exact = quotient(whole * part.numerator, Decimal(part.denominator))
        return round_to(exact, self.unit, self.of.policy.decimal_mode)

    def _credit(
        self, shares: Sequence[Fraction], asked: Mapping[str, object], given: Sequence[Decimal] = ()
    ) -> Calculation:
        """The refund of a share of each line; `given` is what an amount gives each, of its basis."""
        lines, basis = {}, asked.get("basis")
        for (key, part), share, own in zip(self.parts.items(), shares, given or shares, strict=True):
            if share:
                lines[key] = self._line(part, share, basis, own)
        if not lines:
            told = "lines: expected something that is left to refund, got nothing"
            raise InvalidInput(Problem("refundTooMuch", told, "lines", data={"left": "0"}))
        taxes = breakdown(row for line in lines.values() for row in line.taxes)
        last = all(part.before + share == 1 for part, share in zip(self.parts.values(), shares, strict=True))
        return Calculation(
            lines=[line for key, line in lines.items() if key.startswith("lines.")],
            adjustments=[line for key, line in lines.items() if key.startswith("adjustments.")],
            taxes=taxes,
            totals=self._totals(lines.values(), taxes, last=last),
            policy=self.of.policy,
            source=Refunded(self.of, tuple(self.previous), asked),
        )

    def _line(self, part: Part, share: Fraction, basis: object, given: Any) -> LineAmounts:
        of, upto = part.line, part.before + share
        if upto.denominator.bit_length() > MOST_BITS:
            upto = upto.limit_denominator(FINEST)
        now = [self.upto(whole, upto) - less for whole, less in zip(of.figures, part.taken, strict=True)]
        rows = [*map(TaxAmount, (row.rate for row in of.taxes), now[5::2], now[6::2])]
        tax = sum((row.tax for row in rows if not row.rate.withheld), self.zero)
        net = given if basis == "net" else given - tax if basis else now[2]
        # What is the net on the invoice is the net here; what is the price there is the price here.
        taxes = tuple(
            row._replace(taxable=net) if whole.taxable == of.net else row
            for row, whole in zip(rows, of.taxes, strict=True)
        )
        if of.amount - of.discount == of.net + _inside(of.taxes):
            now[0] = net + _inside(taxes) + now[1]
        return LineAmounts(
            of.id, now[0], now[1], net, tax, net + tax, of.reason, taxes, of.entered, upto - part.before
        )

    def _totals(self, lines: Iterable[LineAmounts], taxes: Sequence[TaxAmount], *, last: bool) -> Totals:
        of, before = self.of.totals, self.before
        net, tax, gross = (
            sum(column, self.zero) for column in zip(*(line[3:6] for line in lines), strict=True)
        )
        withheld = sum((row.tax for row in taxes if row.rate.withheld), self.zero)
        # As much of what was paid goes back as of the gross amount, and never more than all of it.
        part = Fraction(last)
        if of.gross and not last:
            part = min(max(Fraction(before.gross + gross) / Fraction(of.gross), part), Fraction(1))
        paid = self.upto(of.paid, part) - before.paid
        due = before.gross + gross - before.withheld - withheld - before.paid - paid
        coins = due + of.cash_rounding if last else in_coins(due, self.of.policy, self.unit)
        payable = coins - before.payable
        return Totals(net, tax, gross, withheld, paid, payable - gross + withheld + paid, payable)


def _inside(taxes: Iterable[TaxAmount]) -> Decimal:
    return sum((row.tax for row in taxes if row.rate.inclusive), ZERO)
