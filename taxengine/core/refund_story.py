"""Story of a refund: of each line what part it takes, what went before, and how each figure came about.

>>> cumulated(Decimal("1.90"), Decimal("0.64"), Decimal("0.63"), Fraction(2, 3), "halfUp")
'1.90 x 2/3 = 1.266666666666..., rounded halfUp: 1.27, less 0.63 refunded before: 0.64'
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from taxengine.core.reckoning import NONE, Reckoning, keyed
from taxengine.core.result import Calculation, Refunded
from taxengine.core.words import rate_name, shown

Data = dict[str, object]


def refund_story(calculation: Calculation, source: Refunded) -> Iterator[tuple[str, str, str, Data]]:
    """The story from the top: of which invoice, what was asked, each line, what was paid, the sums."""
    head, totals, asked = calculation.head, calculation.totals, dict(source.asked)
    provider, work = calculation.provenance.provider, Reckoning(source.of, source.previous)
    text = f"Credit note of invoice {head.invoice}, {head.currency}, tax date {head.tax_date}"
    yield "", "invoice", f"{text}, rates from {provider}", {"provider": provider, **asked}
    for at, key in enumerate(keyed(calculation)):
        more = at - len(calculation.lines)
        path = f"lines[{at}]" if more < 0 else f"adjustments[{more}]"
        for step in _line(calculation, work, key, asked.get("basis")):
            yield path, *step
    for notice in calculation.warnings:
        yield notice.path, "warning", f"Note: {notice.message}", notice.to_dict()
    if source.of.totals.paid:
        part = f"{work.before.gross + totals.gross} of {source.of.totals.gross} gross"
        less = f" ({work.before.paid} before)" if work.before.paid else ""
        text = (
            f"paid: {source.of.totals.paid}, of which {work.before.paid + totals.paid}{less} goes with {part}"
        )
        yield "totals", "paid", text, {"paid": str(totals.paid)}
    yield "totals", "totals", totals.sentence, totals.to_dict()


def _line(
    calculation: Calculation, work: Reckoning, key: str, basis: object
) -> Iterator[tuple[str, str, Data]]:
    line, part = keyed(calculation)[key], work.parts[key]
    mode, upto = calculation.policy.rounding.mode, part.before + (line.share or NONE)
    what = f"{key.split('s.', maxsplit=1)[0].capitalize()} {line.id}: {_fraction(upto - part.before)} of it"
    before = f", after {_fraction(part.before)} before" if part.before else ""
    figures = f"net {line.net} + tax {line.tax} = gross {line.gross} ({line.reason.value})"
    yield "line", f"{what}{before}: {figures}", {"share": str(line.share), "before": str(part.before)}
    if basis:
        left = part.left(str(basis))
        yield "amount", f"{basis}: {getattr(line, str(basis))} of the {left} left", {"left": str(left)}
    cells = [*zip(part.line.figures, line.figures, part.taken, strict=True)]
    for row, cell in zip(line.taxes, cells[6::2], strict=True):
        text = f"{rate_name(row.rate)}: {cumulated(*cell, upto, mode)}"
        yield "tax", text, {"taxRate": row.rate.id, "tax": str(row.tax)}
    if basis != "net":
        net = f"{line.gross} - {line.tax} = {line.net}" if basis else cumulated(*cells[2], upto, mode)
        yield "net", f"net: {net}", {"net": str(line.net)}


def cumulated(whole: Decimal, rest: Decimal, taken: Decimal, upto: Fraction, mode: str) -> str:
    """How a figure follows from that of the invoice."""
    exact = Fraction(whole) * upto
    text = f"{whole}" if upto == 1 else f"{whole} x {_fraction(upto)} = {shown(exact)}"
    rounded = f", rounded {mode}: {taken + rest}" if exact != taken + rest else ""
    return f"{text}{rounded}{f', less {taken} refunded before: {rest}' if taken else ''}"


def _fraction(part: Fraction) -> str:
    return str(part) if part.denominator < 10**6 else shown(part)
