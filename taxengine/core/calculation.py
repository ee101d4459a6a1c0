"""Calculation: the sum. Law says which rates; this module alone says how much.

>>> from datetime import date
>>> from taxengine.core.rates import TaxRate
>>> vat = TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)
>>> invoice = Invoice(id="inv_1", currency="EUR", tax_date=date(2026, 3, 1),
...                   lines=[Line(id="1", quantity=3, unit_price="19.99", tax_rates=[vat])])
>>> calculate(invoice).totals.gross
Decimal('71.36')
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from taxengine.core.amounts import Amounts, Scale
from taxengine.core.arithmetic import ZERO, exactly, size, total
from taxengine.core.determination import (
    Determination,
    NotTaxed,
    Outcome,
    StatedTax,
    Taxed,
    TaxedIn,
    Unresolved,
)
from taxengine.core.errors import (
    AmbiguousRates,
    InvalidInvoice,
    Problem,
    ProviderRefused,
    StatedAmountMismatch,
    Undetermined,
)
from taxengine.core.invoice import Invoice, Line
from taxengine.core.levels import Trace, price, round_taxes
from taxengine.core.matching import determine, taxed_in
from taxengine.core.money import minor_unit
from taxengine.core.plain import calculate_plain
from taxengine.core.policy import Policy, as_policy
from taxengine.core.rates import HALVES, foreign
from taxengine.core.result import Calculation
from taxengine.core.rows import Row
from taxengine.core.shares import Spot, charge_rows, fix_amounts, sign
from taxengine.core.stack import AppliedRate
from taxengine.core.statement import Statement
from taxengine.core.table import RateTable
from taxengine.core.tables.codes import EXIT_CODES

DEFAULT = Policy.preset("default")


def calculate(
    invoice: Invoice, rates: RateTable | Determination | None = None, *, policy: Policy | str | None = None
) -> Calculation:
    """The tax of an invoice, line by line and in all.

    `rates`: a table that decides which rates apply, a provider's determination, or nothing where every
    line names its rates. `policy`: else the invoice's own, else the default. Raises `Undetermined` or
    `AmbiguousRates` where a line's tax cannot be decided, `InvalidInvoice` where an amount has no answer,
    `ProviderRefused` where the invoice belongs to another provider; all problems at once.
    """
    if type(rates) is not RateTable or type(invoice) is not Invoice:
        _check_kinds(invoice, rates)
    chosen = policy if policy is not None else invoice.policy or DEFAULT
    if type(chosen) is not Policy:
        chosen = as_policy(chosen)
    determination = rates if isinstance(rates, Determination) else determine(invoice, rates)
    if determination.invoice is not invoice and determination.invoice != invoice:
        told = (
            f"rates: expected a determination of invoice {invoice.id}, got one of {determination.invoice.id}"
        )
        raise InvalidInvoice(Problem("invalidValue", told, hint="determine the taxes of this very invoice"))
    if invoice.provider is not None and invoice.provider != determination.provider:
        told = f"provider: expected {invoice.provider}, as the invoice says, got {determination.provider}"
        raise ProviderRefused(Problem("providerRefused", told, "provider"))
    if chosen.plain and invoice.plain:
        usual = calculate_plain(determination, chosen)
        if usual is not None:
            return usual
    return Work(invoice, determination, chosen).calculation()


def _check_kinds(invoice: object, rates: object) -> None:
    if not isinstance(invoice, Invoice):
        told = f"invoice: expected an Invoice, got {type(invoice).__name__}"
        hint = "taxengine.documents.read_invoice makes one of JSON"
        raise InvalidInvoice(Problem("invalidType", told, hint=hint))
    if rates is not None and not isinstance(rates, (Determination, RateTable)):
        told = f"rates: expected a RateTable or a Determination, got {type(rates).__name__}"
        hint = "RateTable(rates) makes one of a list of TaxRate"
        raise InvalidInvoice(Problem("invalidType", told, hint=hint))


class Work:
    """One calculation under way: from amounts before tax, over rows, to amounts after rounding."""

    def __init__(self, invoice: Invoice, determination: Determination, policy: Policy) -> None:
        self.invoice = invoice
        self.determination = determination
        self.policy = policy
        self.unit = minor_unit(invoice.currency)
        self.problems: list[Problem] = []
        self.amounts: Amounts
        self.rows: list[Row] = []

    @exactly
    def calculation(self, trace: Trace | None = None) -> Calculation:
        """Do it; `trace` is told of each rounding."""
        scale = Scale(self.unit, self.policy)
        amounts = self.amounts = Amounts(self.invoice, scale)
        self.problems += [*self.invoice.unfit, *amounts.problems]
        lines = self._lines(amounts)
        own = self._own(amounts)
        self._check_halves([*lines, *own])
        if self.problems:
            raise refusal(self.problems)
        for row in (*lines, *own):
            _check_base(row, self.unit)
        self.problems += fix_amounts(lines, own, amounts)
        if self.problems:
            raise refusal(self.problems)
        adjustments = self._adjustments(amounts, lines, own, scale)
        rows = self.rows = [*lines, *adjustments]
        round_taxes(rows, self.policy, self.unit, trace)
        price(rows, self.policy, self.unit)
        return Statement(self.determination, self.policy, self.unit).calculation(amounts, lines, adjustments)

    def _resolved(self, outcome: Outcome, path: str) -> Taxed | NotTaxed | None:
        if isinstance(outcome, Unresolved):
            self.problems += outcome.problems
            return None
        rates = (one.rate for one in outcome.stack.rates if one.rate is not None)
        problem = foreign(rates, self.invoice.currency) if outcome.stack.fixed else None
        if problem is not None:
            self.problems.append(problem.within(path))
        if outcome.stated is not None:
            for one, stated in zip(outcome.stack.rates, outcome.stated, strict=True):
                _check_stated(one, stated, self.unit, path)
        return outcome

    def _place(self, line: Line | None) -> TaxedIn:
        return taxed_in(self.determination, line) if self.policy.rounding.level == "invoice" else None

    def _lines(self, amounts: Amounts) -> list[Row]:
        rows = []
        for index, (line, outcome) in enumerate(
            zip(self.invoice.lines, self.determination.lines, strict=True)
        ):
            path = f"lines[{index}]"
            resolved = self._resolved(outcome, path)
            if resolved is not None:
                amount = amounts.left[index]
                rows.append(Row(line.id, path, amount, line.quantity, resolved, place=self._place(line)))
        return rows

    def _own(self, amounts: Amounts) -> list[Row]:
        """The discounts and charges that are taxed by themselves."""
        rows = []
        for kind, parts, outcomes in (
            ("discount", amounts.discounts, self.determination.discounts),
            ("charge", amounts.charges, self.determination.charges),
        ):
            for index, (amount, outcome) in enumerate(zip(parts, outcomes, strict=True)):
                if outcome is not None and amount is not None:
                    path = f"{kind}s[{index}]"
                    resolved = self._resolved(outcome, path)
                    if resolved is not None:
                        key, side, place = f"{kind}-{index}", sign(amount), self._place(None)
                        rows.append(Row(key, path, amount, side, resolved, place=place))
        return rows

    def _adjustments(
        self, amounts: Amounts, lines: Sequence[Row], own: Sequence[Row], scale: Scale
    ) -> list[Row]:
        """The rows of discounts and charges, in the order of the invoice."""
        known = {row.path: row for row in own}
        rows = [row for row in own if row.path.startswith("discounts")]
        for index, (charge, amount) in enumerate(zip(self.invoice.charges, amounts.charges, strict=True)):
            path = f"charges[{index}]"
            if path in known:
                rows.append(known[path])
            else:
                spot = Spot(f"charge-{index}", path, amount, self._place(None))
                rows += charge_rows(charge, spot, lines, scale)
        return rows

    def _check_halves(self, rows: Sequence[Row]) -> None:
        """CGST and SGST are halves by law, which only rounding each by itself keeps equal."""
        level = self.policy.rounding.level
        if level not in ("lineTotal", "invoice"):
            return
        for row in rows:
            types = {one.type for one in row.stack.rates}
            if types >= HALVES:
                told = f"{row.path}: expected a level that keeps cgst and sgst equal, got {level}"
                self.problems.append(Problem("equalHalves", told, row.path, "use unit, line or tax"))


def refusal(problems: Sequence[Problem]) -> InvalidInvoice | Undetermined:
    """The error of all problems at once; an invalid document goes before an undetermined tax."""
    codes = {problem.code for problem in problems}
    if any(EXIT_CODES.get(code) == InvalidInvoice.exit_code for code in codes):
        return InvalidInvoice(problems)
    return AmbiguousRates(problems) if codes == {"ambiguousRates"} else Undetermined(problems)


def _check_base(row: Row, unit: Decimal) -> None:
    """What a provider says is taxable is of the row: a part of its amount and of the taxes on it."""
    stated = row.stated or ()
    most = total([size(row.amount), unit, *(abs(one.tax) for one in stated)])
    for one in stated:
        against = (one.taxable < 0) is not (row.amount < 0) and one.taxable != 0
        if abs(one.taxable) > most or against:
            told = (
                f"{row.path}: expected a part of {row.amount} as taxable, the provider stated {one.taxable}"
            )
            raise StatedAmountMismatch(Problem("statedAmountMismatch", told, row.path))


def _check_stated(one: AppliedRate, stated: StatedTax, unit: Decimal, path: str) -> None:
    """A provider's own amount lies within one minor unit of its rate on its taxable amount."""
    exact = (one.percentage_decimal or ZERO) * stated.taxable
    if one.rate is not None and one.rate.amount_per_unit is not None:
        return
    if abs(stated.tax - exact) > unit or stated.tax % unit or stated.taxable % unit:
        told = (
            f"{path}: expected a tax of about {exact} on {stated.taxable}, the provider stated {stated.tax}"
        )
        raise StatedAmountMismatch(Problem("statedAmountMismatch", told, path))
