"""Refund: a credit note for a part of an invoice; whatever the parts, together they come to the whole.

The rule is cumulative. A refund takes an exact share of a line. With c, the sum of that share and of those
that earlier refunds took, each tax of the refund is round(tax of the line x c) less what the earlier ones
took of it. So what rounding leaves over goes into the next refund, and once c is 1 all is taken, to the
minor unit, for each line and rate.

A price reduced after the sale reduces its taxable amount (Directive 2006/112/EC, article 90 (1)), so the
rates are those of the sale. A credit note, of type 381 in EN 16931, states positive amounts.

>>> from datetime import date
>>> from taxengine.core.calculation import calculate
>>> from taxengine.core.invoice import Invoice, Line
>>> from taxengine.core.rates import TaxRate
>>> vat = TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)
>>> done = calculate(Invoice(id="inv_1", currency="EUR", tax_date=date(2026, 3, 1),
...                          lines=[Line(id="1", quantity=3, unit_price="3.33", tax_rates=[vat])]))
>>> first = refund(done, lines={"1": 1})
>>> rest = refund(done, amount="7.93", previous=[first])
>>> [str(one.totals.tax) for one in (done, first, rest)], rest.lines[0].share
(['1.90', '0.63', '1.27'], Fraction(2, 3))
>>> refund(done, lines=["1"], previous=[first, rest])
Traceback (most recent call last):
...
taxengine.core.errors.InvalidInput: lines.1: expected a part of the 0 left, got all
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from taxengine.core import checks
from taxengine.core.arithmetic import ZERO, exactly
from taxengine.core.errors import Problem
from taxengine.core.figures import LineAmounts
from taxengine.core.money import Number
from taxengine.core.reckoning import Reckoning, keyed, refuse_any
from taxengine.core.result import Calculation

_calculation, _calculations = checks.instance(Calculation), checks.many(Calculation)
_basis = checks.choice("gross", "net")


@exactly
def refund(
    calculation: Calculation,
    *,
    lines: Iterable[str] | Mapping[str, Number | None] | None = None,
    amount: Number | None = None,
    basis: Literal["gross", "net"] = "gross",
    previous: Iterable[Calculation] = (),
) -> Calculation:
    """The credit note for what is left of these lines, for quantities of them, for an amount, or for all.

    `lines`: ids, or a quantity for each id (None: what is left). `amount`: spread over all that is left, of
    `basis` "gross" or "net". `previous`: every earlier refund of the invoice, in any order. Raises
    `InvalidInput` with all problems at once: `refundTooMuch`, `unknownLine`, `conflictingFields` ...
    """
    problems: checks.Problems = []
    _calculation(problems, calculation, "calculation")
    earlier = _calculations(problems, previous, "previous")
    _basis(problems, basis, "basis")
    wanted = None if lines is None else _wanted(problems, lines)
    sought = None if amount is None else checks.number(problems, amount, "amount")
    if lines is not None and amount is not None:
        told = "amount: expected either lines or an amount, got both"
        problems.append(Problem("conflictingFields", told, "amount"))
    refuse_any(problems or _unfit(calculation, earlier))
    work = Reckoning(calculation, earlier)
    return work.by_lines(wanted) if sought is None else work.by_amount(sought, basis)


def _wanted(problems: checks.Problems, lines: Any) -> dict[str, Decimal | None]:
    """The quantity of each line asked for, None: what is left."""
    sized: Mapping[str, Number | None] = lines if isinstance(lines, Mapping) else {}
    noted = len(problems)
    ids: Any = checks.texts(problems, [*lines] if sized else lines, "lines")
    if len(problems) > noted:
        return {}
    if not ids or len({*ids}) < len(ids):
        checks.fault(problems, "invalidValue", "lines", "each line that is to be refunded, once", [*ids])
    own = ((key, sized.get(key)) for key in ids)
    return {key: n if n is None else checks.number(problems, n, f"lines.{key}") for key, n in own}


def _unfit(of: Calculation, previous: Sequence[Calculation]) -> checks.Problems:
    """Why it cannot be refunded: it is no invoice, or what came before is not of it."""
    problems: checks.Problems = []
    head, own = of.head, keyed(of)
    if head.kind != "invoice":
        checks.fault(problems, "invalidValue", "calculation", "that of an invoice", head.kind)
    hint = "pass the credit notes that refund made of this very invoice"
    ids = [*map(id, previous)]
    for at, one in enumerate(previous):
        if ids.index(id(one)) < at:
            told = f"previous[{at}]: expected each refund once, got one again"
            problems.append(Problem("duplicateId", told, f"previous[{at}]"))
        lines = keyed(one).items()
        odd = [line.id for key, line in lines if not (line.share and key in own and _alike(line, own[key]))]
        if odd or one.head != head._replace(kind="creditNote"):
            wanted, got = (" ".join(map(str, each)) for each in (head[:1] + head[2:], one.head))
            told = f"previous[{at}]: expected a refund of {wanted}, got {got}"
            told += f", without the shares or rates of its lines {', '.join(odd[:9])}" if odd else ""
            problems.append(Problem("invalidValue", told, f"previous[{at}]", hint))
    return problems


def _alike(line: LineAmounts, other: LineAmounts) -> bool:
    """Whether their rates are the same, or show the same where one was calculated and the other read."""
    rates, others = ([row._replace(taxable=ZERO, tax=ZERO) for row in one.taxes] for one in (line, other))
    return rates == others or [row.to_dict() for row in rates] == [row.to_dict() for row in others]
