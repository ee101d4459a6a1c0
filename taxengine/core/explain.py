"""Explanation: the story of every amount of a calculation, as data and as sentences.

Nothing of it is kept while calculating. `explain` does the sum once more, which gives the same figures,
and listens this time.

>>> from datetime import date
>>> from taxengine.core.calculation import calculate
>>> from taxengine.core.invoice import Invoice, Line
>>> from taxengine.core.rates import TaxRate
>>> vat = TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=True)
>>> invoice = Invoice(id="inv_1", currency="EUR", tax_date=date(2026, 3, 1),
...                   lines=[Line(id="1", unit_price="10.00", tax_rates=[vat])])
>>> print(explain(calculate(invoice)))
Invoice inv_1, EUR, tax date 2026-03-01, rates from manual
Policy default: level line, mode halfUp, taxFirst, by rate, line amounts rounded
Line 1: net 8.40 + tax 1.60 = gross 10.00 (standardRated)
  amount: 1 x 10.00 = 10.00
  de-19: named on the line
  de-19, 19 % inclusive: 10.00 x 0.19 / 1.19 = 1.596638655462..., rounded halfUp: 1.60
  net: 10.00 - 1.60 = 8.40
Totals: net 8.40 + tax 1.60 = gross 10.00; payable 10.00
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.amounts import AmountStep, Scale, Spread, line_amount
from taxengine.core.arithmetic import ONE, ZERO, Exact, exactly, total
from taxengine.core.calculation import Work
from taxengine.core.errors import InvalidInput, InvariantBroken, Problem
from taxengine.core.figures import LineAmounts
from taxengine.core.levels import Rounded, net_first
from taxengine.core.matching import trace
from taxengine.core.rates import TaxRate
from taxengine.core.refund_story import refund_story
from taxengine.core.result import Calculation, Record, Refunded
from taxengine.core.rows import Row
from taxengine.core.spelling import plain
from taxengine.core.table import RateTable
from taxengine.core.words import Share, allocated, bracket, formula, money, named, percent, rate_name, shown


class Step(NamedTuple):
    """One thing that happened to an amount: where, what kind, the sentence, and the values behind it."""

    path: str
    kind: str
    text: str
    data: Mapping[str, object]

    def to_dict(self) -> dict[str, object]:
        """The step as a document shows it."""
        return {"path": self.path, "kind": self.kind, "text": self.text, "data": dict(self.data)}


class Explanation(NamedTuple):
    """The steps of a calculation; `str()` of it is the story."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        wide = ("invoice", "policy", "line", "group", "discount", "fixed", "totals", "warning")
        return "\n".join(step.text if step.kind in wide else f"  {step.text}" for step in self.steps)

    def to_dict(self) -> dict[str, object]:
        """The `explanation` of a calculation document."""
        return {"steps": [step.to_dict() for step in self.steps]}


@exactly
def explain(calculation: Calculation) -> Explanation:
    """The story of each amount: rates taken and passed over, formulas, roundings, left-over units.

    Raises `InvalidInput` for a calculation that was read from a document: calculate it again first.
    """
    determination = calculation.source
    if isinstance(determination, Record):
        told = "calculation: expected one that was calculated here, got one that was read from a document"
        raise InvalidInput(Problem("invalidValue", told, hint="calculate the invoice again, then explain"))
    if isinstance(determination, Refunded):
        return Explanation(tuple(Step(*one) for one in refund_story(calculation, determination)))
    story = _Story(calculation, Work(determination.invoice, determination, calculation.policy))
    return Explanation(tuple(story.steps()))


class _Story:
    def __init__(self, calculation: Calculation, work: Work) -> None:
        self.calculation = calculation
        self.work = work
        self.groups: list[Rounded] = []
        again = work.calculation(self.groups.append)
        if again.totals != calculation.totals or again.lines != calculation.lines:
            told = "explain: expected the same figures, got others"
            raise InvariantBroken(Problem("invariantBroken", told))
        self.mode = work.policy.rounding.mode
        self.giving_way = net_first(work.rows, work.policy)
        together = [group for group in self.groups if len(group.cells) > 1]
        self.grouped = {(id(cell.row), cell.tax) for group in together for cell in group.cells}
        self.rows: dict[str, list[Row]] = {}
        for row in work.rows:
            self.rows.setdefault(row.path, []).append(row)

    def steps(self) -> Iterator[Step]:
        """The story from the top: who and how, each line, what was rounded together, the sums."""
        head, totals = self.calculation.head, self.calculation.totals
        provider = self.work.determination.provider
        text = f"Invoice {head.invoice}, {head.currency}, tax date {head.tax_date}, rates from {provider}"
        yield Step("", "invoice", text, {"provider": provider})
        yield self._policy()
        for spread in self.work.amounts.spreads:
            yield self._spread(spread)
        lines = (*self.calculation.lines, *self.calculation.adjustments)
        for path, line in zip(self.rows, lines, strict=True):
            yield from self._line(path, line)
        for group in self.groups:
            if len(group.cells) > 1:
                yield self._group(group)
        if self.work.policy.line_amounts == "exact":
            yield from self._pools()
        for notice in self.calculation.warnings:
            yield Step(notice.path, "warning", f"Note: {notice.message}", notice.to_dict())
        yield Step("totals", "totals", totals.sentence, totals.to_dict())

    def _policy(self) -> Step:
        policy = self.work.policy
        axes = policy.rounding
        name = policy.name or "of its own"
        exact = ", discounts exact" if policy.discount_amounts == "exact" else ""
        text = f"Policy {name}: level {axes.level}, mode {axes.mode}, {axes.inclusive}, by {axes.group_by}, "
        text += f"line amounts {policy.line_amounts}{exact}"
        return Step("policy", "policy", text, policy.to_dict())

    def _spread(self, spread: Spread) -> Step:
        """What fell on the lines: a discount of the invoice, or an amount that a rate asks once."""
        if isinstance(spread.of, TaxRate):
            path, kind, what, of = "taxes", "fixed", f"{spread.of.id}, once an invoice", ""
        else:
            path, kind, what = f"discounts[{spread.of}]", "discount", f"Spread discount-{spread.of}"
            percent_of = self.work.invoice.discounts[spread.of].percent
            of = "" if percent_of is None else f" ({plain(percent_of)} % of {money(spread.base)})"
        lines = [(f"line {self.work.invoice.lines[at].id}", share) for at, share in spread.shares.items()]
        shares = [(name, exact, share) for (name, share), exact in zip(lines, spread.exact, strict=True)]
        text = f"{what}: {money(spread.amount)}{of} over the lines by amount; "
        data = {self.work.invoice.lines[at].id: shown(share) for at, share in spread.shares.items()}
        return Step(path, kind, text + allocated(shares, self.work.unit), {"shares": data})

    def _line(self, path: str, line: LineAmounts) -> Iterator[Step]:
        rows = self.rows[path]
        what = "Line" if path.startswith("lines") else "Adjustment"
        text = f"{what} {line.id}: net {line.net} + tax {line.tax} = gross {line.gross} ({line.reason.value})"
        yield Step(path, "line", text, {"net": str(line.net), "tax": str(line.tax), "gross": str(line.gross)})
        kind, index = path[:-1].split("[")
        if kind == "lines":
            yield self._amount(path, int(index), line)
        else:
            yield self._adjustment(path, kind, int(index), rows)
        if not any(row.share for row in rows):
            yield from self._rates(path, kind, int(index), rows)
        for row in rows:
            yield from self._taxes(row)

    def _adjustment(self, path: str, kind: str, index: int, rows: Sequence[Row]) -> Step:
        """What a charge or discount comes to, and by whose rates it is taxed."""
        part: Charge | Discount = getattr(self.work.invoice, kind)[index]
        amount = money(total([row.amount for row in rows]))
        of = "" if part.percent is None else f"{plain(part.percent)} % of the lines: "
        by = "by its own rates" if rows[0].stack.rates else "by none"
        if any(row.share for row in rows):
            won = f"as line {rows[0].share} is"
            ways = {
                "highest": f"{won}, whose rates are the highest",
                "principal": f"{won}, as most of the net",
            }
            by = ways.get(getattr(part, "strategy", None) or "", "as the lines are, by their nets")
            if len(rows) > 1:
                shares = [(f"line {row.share}", row.due, row.amount) for row in rows]
                by += f"; {allocated(shares, self.work.unit, 'as')}"
        return Step(path, "amount", f"amount: {of}{amount}, taxed {by}", {"amount": amount})

    def _amount(self, path: str, index: int, result: LineAmounts) -> Step:
        steps: list[AmountStep] = []
        line = self.work.invoice.lines[index]
        scale = Scale(self.work.unit, self.work.policy)
        amount = line_amount(line, scale, steps)
        exact = line.amount or ZERO
        text = "amount: "
        if line.unit_price is not None:
            exact = line.quantity * line.unit_price
            text += f"{plain(line.quantity)} x {line.unit_price} = "
        left: Exact = scale.discount(exact)
        text += self._kept(exact, left) + (" as stated" if line.unit_price is None else "")
        for step in steps:
            kind = "charge" if isinstance(step.part, Charge) else "discount"
            text += f"; {kind} "
            if step.part.percent is not None:
                text += f"{plain(step.part.percent)} % of {money(step.running)} = "
            text += self._kept(step.exact, step.kept)
            left = step.running + (step.kept if kind == "charge" else -step.kept)
        if steps:
            text += f"; {money(left)} is left"
        if left != amount:
            text += f", rounded {self.mode}: {amount}"
        rest = self.work.amounts.left[index]
        if rest != amount:
            share = money(total([amount, -rest]))
            text += f"; {share} of the invoice's discounts falls on it, {money(rest)} is left"
        return Step(path, "amount", text, {"amount": str(result.amount), "discount": str(result.discount)})

    def _kept(self, exact: Exact, kept: Exact) -> str:
        if exact == kept:
            return money(kept)
        return f"{shown(exact)}, rounded {self.mode}: {kept}"

    def _rates(self, path: str, kind: str, index: int, rows: Sequence[Row]) -> Iterator[Step]:
        """The rates considered, where a table was asked or the document names them."""
        determination = self.work.determination
        verdicts = trace(determination, index, kind)
        for told in verdicts:
            yield Step(path, told.kind, told.text, told.data)
        if getattr(determination, kind)[index].entered:
            yield Step(path, "entered", "no rate matches: the percentage typed by hand is used", {})
        if not verdicts and not isinstance(determination.rates, RateTable):
            by = f"determined by {determination.provider}"
            applied = [f"{rate_name(one)}: {by}" for row in rows for one in row.stack.rates]
            yield Step(path, "rates", f"rates: {', '.join(applied) or 'none'}", {})

    def _taxes(self, row: Row) -> Iterator[Step]:
        exacts = row.exact_taxes()
        for tax, rate in enumerate(row.stack.rates):
            told = f"{rate_name(rate)}, {percent(rate)}{bracket(row, tax)}: {formula(row, tax, exacts[tax])}"
            if row.stated is not None:
                told += f", the provider states {row.taxes[tax]}"
            elif (id(row), tax) in self.grouped:
                told += f", rounded with others: {row.taxes[tax]}"
            elif exacts[tax] != row.taxes[tax]:
                told += f", {self._rounding(row, tax)}: {row.taxes[tax]}"
            data: dict[str, object] = {
                "taxRate": rate.id,
                "exact": shown(exacts[tax]),
                "tax": str(row.taxes[tax]),
            }
            if rate.bracket is not None:
                data["bracket"] = rate.bracket.to_dict()
            yield Step(row.path, "tax", told, data)
        exact, text = self.work.policy.line_amounts == "exact", ""
        if exact and not row.stack.only_inclusive:
            text = f"net: {shown(row.exact_net())}, rounded with others: {row.net}"
        elif row.stack.inclusive:
            inside = "".join(f" - {row.taxes[tax]}" for tax in row.stack.inclusive)
            text = f"net: {row.gross if exact else money(row.amount)}{inside} = {row.net}"
            text += f"; the price, {shown(row.amount)}, is rounded with others" if exact else ""
        if text:
            yield Step(row.path, "net", text, {"net": str(row.net)})

    def _rounding(self, row: Row, tax: int) -> str:
        if self.giving_way.get(id(row)) == tax:
            return f"the net rounded {self.mode}, the tax is the rest"
        if self.work.policy.rounding.level == "unit":
            return f"rounded {self.mode} for one unit, times {plain(row.quantity or ONE)}"
        return f"rounded {self.mode}"

    def _group(self, group: Rounded) -> Step:
        cells = zip(group.cells, group.parts, strict=True)
        shares = [
            (f"{named(row)} {rate_name(row.stack.rates[tax])}", exact, part)
            for (row, tax, exact), part in cells
        ]
        return self._together(self._what(group), shares)

    def _pools(self) -> Iterator[Step]:
        """Under exact line amounts: the prices that hold their taxes, and the other nets."""
        for what, inside in (("All prices with tax", True), ("All nets", False)):
            rows = [row for row in self.work.rows if row.stack.only_inclusive is inside]
            exacts = [row.amount if inside else row.exact_net() for row in rows]
            parts = [row.gross if inside else row.net for row in rows]
            if rows:
                yield self._together(what, [*zip(map(named, rows), exacts, parts, strict=True)])

    def _together(self, what: str, shares: Sequence[Share]) -> Step:
        exact, rounded = total([one[1] for one in shares]), total([one[2] for one in shares])
        text = f"{what} together: {shown(exact)}, rounded {self.mode}: {rounded}; "
        parts = {name: str(part) for name, _, part in shares}
        data = {"exact": shown(exact), "rounded": str(rounded), "parts": parts}
        return Step("taxes", "group", text + allocated(shares, self.work.unit), data)

    def _what(self, group: Rounded) -> str:
        row, tax, _ = group.cells[0]
        rate, rounding = row.stack.rates[tax], self.work.policy.rounding
        if rounding.level == "lineTotal" and not rate.withheld:
            return f"All taxes of {named(row)}"
        if rounding.level == "invoice" and not rate.withheld:
            return f"All taxes of {'-'.join(filter(None, row.place))}" if row.place else "All taxes"
        by_id = rate.id is not None and rounding.group_by == "rate"
        return f"All of {rate.id if by_id else f'{rate.type} {percent(rate)}'}"
