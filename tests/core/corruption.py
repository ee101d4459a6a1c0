"""Corruption: a sound calculation, and every way to make one that does not add up.

As a script it exits with 1 where one of them is built; so `python -O` can be asked too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal

from taxengine.core.adjustments import Charge, Payment
from taxengine.core.calculation import calculate
from taxengine.core.determination import Taxed
from taxengine.core.errors import InvariantBroken
from taxengine.core.figures import LineAmounts, TaxAmount, Totals
from taxengine.core.result import Calculation
from tests.core.samples import determined, invoice, line, rate

CENT = Decimal("0.01")
Parts = tuple[tuple[LineAmounts, ...], tuple[LineAmounts, ...], tuple[TaxAmount, ...], Totals]
Corrupted = Iterator[tuple[str, Parts]]


def sound() -> Calculation:
    """Two lines with a charge, taxes of three kinds, one of them withheld, and a payment."""
    rates = [rate("a", "0.19"), rate("b", "0.02"), rate("w", "0.05", withheld=True, type="withholding")]
    of = invoice(
        line("10.00", "1"),
        line("20.55", "2"),
        charges=[Charge(amount="4.99")],
        payments=[Payment(amount="5.00")],
    )
    return calculate(of, determined(of, Taxed(rates), Taxed([rate("c", "0.07", True)])))


def shifted(row: TaxAmount, field: str = "tax") -> TaxAmount:
    return row._replace(**{field: getattr(row, field) + CENT})


def _lines(own: tuple[LineAmounts, ...], name: str) -> Iterator[tuple[str, tuple[LineAmounts, ...]]]:
    for at, one in enumerate(own):

        def with_(other: LineAmounts, at: int = at) -> tuple[LineAmounts, ...]:
            return (*own[:at], other, *own[at + 1 :])

        for field in ("net", "tax", "gross"):
            yield f"{name}[{at}].{field}", with_(one._replace(**{field: getattr(one, field) + CENT}))
        both = one._replace(net=one.net + CENT, gross=one.gross + CENT)
        yield f"{name}[{at}] net and gross", with_(both)
        both = one._replace(tax=one.tax + CENT, gross=one.gross + CENT)
        yield f"{name}[{at}] tax and gross", with_(both)
        for tax, row in enumerate(one.taxes):
            for field in ("tax", "taxable"):
                rows = (*one.taxes[:tax], shifted(row, field), *one.taxes[tax + 1 :])
                yield f"{name}[{at}].taxes[{tax}].{field}", with_(one._replace(taxes=rows))
        yield f"{name}[{at}] without its taxes", with_(one._replace(taxes=()))
    yield f"{name} without the last", own[:-1]
    yield f"{name} with the first twice", (own[0], *own)


def _taxes(own: tuple[TaxAmount, ...]) -> Iterator[tuple[str, tuple[TaxAmount, ...]]]:
    for at, row in enumerate(own):
        yield f"taxes[{at}].tax", (*own[:at], shifted(row), *own[at + 1 :])
        yield f"taxes[{at}].taxable", (*own[:at], shifted(row, "taxable"), *own[at + 1 :])
        yield f"taxes without [{at}]", (*own[:at], *own[at + 1 :])
        yield f"taxes with [{at}] twice", (*own, row)
        yield f"taxes with a stranger of 0 after [{at}]", (*own, row._replace(tax=CENT - CENT))
        other = row.rate._replace(id="stranger")
        yield f"taxes[{at}] under another id", (*own[:at], row._replace(rate=other), *own[at + 1 :])
        apart = row.rate._replace(withheld=not row.rate.withheld)
        yield f"taxes[{at}] of the other side", (*own[:at], row._replace(rate=apart), *own[at + 1 :])


def corruptions(of: Calculation) -> Corrupted:
    """Each with its name."""
    lines, adjustments, taxes, totals = of.lines, of.adjustments, of.taxes, of.totals
    for name, other in _lines(lines, "lines"):
        yield name, (other, adjustments, taxes, totals)
    for name, other in _lines(adjustments, "adjustments"):
        yield name, (lines, other, taxes, totals)
    for name, rows in _taxes(taxes):
        yield name, (lines, adjustments, rows, totals)
    for field in Totals._fields:
        off = totals._replace(**{field: getattr(totals, field) + CENT})
        yield f"totals.{field}", (lines, adjustments, taxes, off)
    moved = totals._replace(withheld=totals.withheld + CENT, payable=totals.payable - CENT)
    yield "totals withheld and payable", (lines, adjustments, taxes, moved)
    moved = totals._replace(net=totals.net + CENT, gross=totals.gross + CENT, payable=totals.payable + CENT)
    yield "totals net, gross and payable", (lines, adjustments, taxes, moved)


def is_built(of: Calculation, parts: Parts) -> bool:
    """Whether a calculation of these parts can be made."""
    lines, adjustments, taxes, totals = parts
    try:
        Calculation(
            lines=lines,
            adjustments=adjustments,
            taxes=taxes,
            totals=totals,
            policy=of.policy,
            source=of.source,
        )
    except InvariantBroken:
        return False
    return True


def accepted() -> list[str]:
    """The corruptions that are not noticed."""
    of = sound()
    if not is_built(of, (of.lines, of.adjustments, of.taxes, of.totals)):
        return ["the sound one is refused"]
    return [name for name, parts in corruptions(of) if is_built(of, parts)]


if __name__ == "__main__":
    unnoticed = accepted()
    print(len(list(corruptions(sound()))), "corruptions, not noticed:", unnoticed, "; assert:", __debug__)
    sys.exit(bool(unnoticed))
