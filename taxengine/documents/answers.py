"""Answers: the documents of calculations as bytes, spelt in one go.

The bytes are those of `Calculation.to_dict`, which a property test holds; a stream of invoices is
answered without building the objects in between. What recurs from one to the next, rates and policies,
is spelt once.

>>> from datetime import date
>>> from taxengine.core.calculation import calculate
>>> from taxengine.core.invoice import Invoice, Line
>>> lines = [Line(id="1", amount="9.00", tax_rates=[])]
>>> calculation = calculate(Invoice(id="inv_1", currency="EUR", tax_date=date(2026, 3, 1), lines=lines))
>>> Answers().spelt(calculation)[:78]
b'{"format":1,"invoice":"inv_1","kind":"invoice","currency":"EUR","taxDate":"202'
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from taxengine.core.determination import Notice
from taxengine.core.figures import LineAmounts, TaxAmount, Totals
from taxengine.core.policy import Policy
from taxengine.core.provenance import Provenance
from taxengine.core.result import Calculation
from taxengine.core.stack import AppliedRate
from taxengine.documents.writing import encoded

MOST_KNOWN: Final = 4096
"""How many rates are remembered in their spelling."""
_MARK: Any = "@"
_MARKED: Final = '"taxable":"@","tax":"@"'


class Answers:
    """Writes calculations one after the other; used by one thread at a time."""

    def __init__(self) -> None:
        self._rates: dict[int, tuple[AppliedRate, str, str]] = {}
        self._policy: tuple[Policy | None, str] = (None, "")

    def spelt(self, calculation: Calculation) -> bytes:
        """The document of a calculation, as UTF-8."""
        lines, adjustments, taxes, totals, policy, _ = calculation
        invoice, kind, currency, tax_date = calculation.head
        if policy is not self._policy[0]:
            self._policy = policy, _json(policy.to_dict())
        return (
            f'{{"format":1,"invoice":{_json(invoice)},"kind":"{kind}","currency":"{currency}",'
            f'"taxDate":"{tax_date.isoformat()}",'
            f'"lines":[{",".join([self._line(line) for line in lines])}],'
            f'"adjustments":[{",".join([self._line(line) for line in adjustments])}],'
            f'"taxes":[{",".join([self._row(row) for row in taxes])}],"totals":{_totals(totals)},'
            f'"warnings":{_warnings(calculation.warnings)},"policy":{self._policy[1]},'
            f'"provenance":{_provenance(calculation.provenance)}}}'
        ).encode()

    def _line(self, line: LineAmounts) -> str:
        """A line; its figures are mostly one and the same object, and are spelt once."""
        key, amount, discount, net, tax, gross, reason, taxes, entered, share = line
        if entered is not None or share is not None:
            return _json(line.to_dict({}))
        known, net_spelt, tax_spelt, rows = self._rates, str(net), str(tax), []
        spelt_key = f'"{key}"' if key.isalnum() and key.isascii() else _json(key)
        for rate, taxable, part in taxes:
            _, before, after = known.get(id(rate)) or self._remembered(rate)
            base = net_spelt if taxable is net else str(taxable)
            rows.append(
                f'{before}"taxable":"{base}","tax":"{tax_spelt if part is tax else str(part)}"{after}'
            )
        return (
            f'{{"id":{spelt_key},"amount":"{net_spelt if amount is net else str(amount)}",'
            f'"discount":"{discount!s}","net":"{net_spelt}","tax":"{tax_spelt}","gross":"{gross!s}",'
            f'"reason":"{reason._value_}","taxes":[{",".join(rows)}]}}'
        )

    def _row(self, row: TaxAmount) -> str:
        rate, taxable, tax = row
        _, before, after = self._rates.get(id(rate)) or self._remembered(rate)
        return f'{before}"taxable":"{taxable!s}","tax":"{tax!s}"{after}'

    def _remembered(self, rate: AppliedRate) -> tuple[AppliedRate, str, str]:
        """What stands before and after the amounts of a rate's row; quotes in a name are escaped."""
        if len(self._rates) >= MOST_KNOWN:
            self._rates.clear()
        before, _, after = _json(TaxAmount(rate, _MARK, _MARK).to_dict()).partition(_MARKED)
        known = self._rates[id(rate)] = rate, before, after
        return known


def _json(value: object) -> str:
    return encoded(value).decode()


def _totals(totals: Totals) -> str:
    net, tax, gross, withheld, paid, rounding, payable = totals
    return (
        f'{{"net":"{net!s}","tax":"{tax!s}","gross":"{gross!s}","withheld":"{withheld!s}","paid":"{paid!s}",'
        f'"cashRounding":"{rounding!s}","payable":"{payable!s}"}}'
    )


def _warnings(warnings: Iterable[Notice]) -> str:
    return _json([notice.to_dict() for notice in warnings]) if warnings else "[]"


def _provenance(provenance: Provenance) -> str:
    provider, given, rates, degraded, engine, rules = provenance
    return (
        f'{{"provider":{_json(provider)},"engine":{_json(engine)},"rules":{rules},"input":{_json(given)},'
        f'"rates":"{rates}","degraded":{"true" if degraded else "false"}}}'
    )
