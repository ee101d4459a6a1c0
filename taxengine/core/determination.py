"""Determination: which taxes apply to each line of an invoice, and why; never how much.

A provider makes one. Each line has one of three outcomes: `Taxed`, `NotTaxed` or `Unresolved`.

>>> from datetime import date
>>> from taxengine.core.invoice import Invoice, Line
>>> line = Line(id="1", amount="10.00", tax_category="books")
>>> invoice = Invoice(id="i", currency="EUR", tax_date=date(2026, 3, 1), lines=[line])
>>> vat = TaxRate(id="de-7", country="DE", type="valueAddedTax", percentage_decimal="0.07", inclusive=False)
>>> Determination(invoice=invoice, lines=[Taxed([vat])], provider="example").provider
'example'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, Self

from taxengine.core import checks
from taxengine.core.errors import InvalidInvoice, InvalidRate, Problem
from taxengine.core.invoice import Invoice, Sourcing
from taxengine.core.money import decimal_of
from taxengine.core.rates import TaxRate
from taxengine.core.reasons import Reason
from taxengine.core.stack import AppliedRate, Stack, applied


class Notice(NamedTuple):
    """A warning on a result: nothing is wrong with the figures, something is worth a look."""

    code: str
    path: str
    message: str

    def to_dict(self) -> dict[str, object]:
        """The warning as the document shows it."""
        return {"code": self.code, "path": self.path, "message": self.message}


class StatedTax(NamedTuple):
    """What a provider says one tax of a line comes to, in major units."""

    taxable: Decimal
    tax: Decimal


class Taxed:
    """The taxes of a line. Rates whose `inclusive` is None are passed as `applied(rate, inclusive=...)`.

    `stated` are the provider's own amounts, one for each rate, where it states any. `entered` says that
    the percentage was typed by hand on the line.
    """

    __slots__ = ("entered", "reason", "stack", "stated")

    stack: Stack
    reason: Reason
    stated: tuple[StatedTax, ...] | None
    entered: bool

    def __init__(
        self,
        rates: Iterable[TaxRate | AppliedRate],
        *,
        stated: Iterable[StatedTax] | None = None,
        entered: bool = False,
    ) -> None:
        self.stack = Stack([one if isinstance(one, AppliedRate) else _certain(one) for one in rates])
        _check_rates(self.stack.rates)
        self.reason = self.stack.reason
        self.stated = (
            None if stated is None else tuple(map(_exact, stated if checks.is_list(stated) else [stated]))
        )
        self.entered = entered
        if self.stated is not None and (len(self.stated) != len(self.stack.rates) or self.stack.bracketed):
            told = f"stated: expected {len(self.stack.rates)} amounts, one a rate, got {len(self.stated)}"
            if self.stack.bracketed:
                told = (
                    "stated: expected the percentage that applies beside its amount, got a rate with brackets"
                )
            raise InvalidRate(Problem("invalidRateSet", told))


def _exact(stated: StatedTax) -> StatedTax:
    if not isinstance(stated, StatedTax):
        told = f"stated: expected StatedTax(taxable, tax), got {checks.shown(stated)}"
        raise InvalidRate(Problem("invalidType", told, "stated"))
    return StatedTax(decimal_of(stated.taxable, "stated.taxable"), decimal_of(stated.tax, "stated.tax"))


TAXING = frozenset({Reason.STANDARD_RATED, Reason.REDUCED_RATED, Reason.NO_TAX_AT_LEVEL, Reason.MIXED})
"""Reasons that a rate gives; without one they would be a silent zero."""


def _check_rates(rates: Sequence[AppliedRate]) -> None:
    ids = [one.id for one in rates if one.id is not None]
    if not rates:
        told = "rates: expected at least one, got none"
        hint = "say NotTaxed(reason) where there is no tax"
        raise InvalidRate(Problem("invalidRateSet", told, "rates", hint))
    if len(set(ids)) < len(ids):
        raise InvalidRate(Problem("duplicateId", f"rates: expected each rate once, got {ids}", "rates"))


def _certain(rate: TaxRate) -> AppliedRate:
    if not isinstance(rate, TaxRate):
        told = f"rates: expected TaxRate, got {checks.shown(rate)}"
        raise InvalidRate(Problem("invalidType", told))
    if rate.inclusive is None and not rate.withheld:
        told = f"rate {rate.id}: expected applied(rate, inclusive=...), got a rate that leaves it to the line"
        raise InvalidRate(Problem("missingTaxBehavior", told))
    return applied(rate)


class NotTaxed:
    """No tax, and the reason. `rows` are those that show it, as reverse charge has one of 0."""

    __slots__ = ("entered", "reason", "stack", "stated")

    stack: Stack
    reason: Reason
    stated: None
    entered: bool

    def __init__(self, reason: Reason, rows: Iterable[AppliedRate] = ()) -> None:
        if not isinstance(reason, Reason) or reason in TAXING:
            told = f"reason: expected one for which there is no tax, got {checks.shown(reason)}"
            raise InvalidRate(Problem("invalidValue", told, "reason"))
        self.stack = Stack(rows)
        self.reason = reason
        self.stated = None
        self.entered = False


class Unresolved:
    """The tax cannot be decided; the problems say what is missing, with their paths in the invoice."""

    __slots__ = ("problems",)

    def __init__(self, *problems: Problem) -> None:
        if not problems or not all(isinstance(one, Problem) for one in problems):
            told = f"problems: expected at least one Problem, got {checks.shown(problems)}"
            raise InvalidRate(Problem("invalidType", told, "problems"))
        self.problems = problems


Outcome = Taxed | NotTaxed | Unresolved
TaxedIn = tuple[str, str | None] | None
"""A country and a state in it, as far as what is taxed there is rounded together; None: no address."""


def _check_adjustments(
    invoice: Invoice, charges: Sequence[Outcome | None], discounts: Sequence[Outcome | None]
) -> None:
    """An adjustment that is taxed by itself has an outcome and another has none, or one would be lost."""
    problems: checks.Problems = []
    own = [charge.taxed_itself(invoice.tax_rates) for charge in invoice.charges]
    for name, itself, outcomes in (
        ("charges", own, charges),
        ("discounts", [discount.taxed_itself for discount in invoice.discounts], discounts),
    ):
        for index, (alone, outcome) in enumerate(zip(itself, outcomes, strict=True)):
            if alone != (outcome is not None):
                expected = "an outcome, it is taxed by itself" if alone else "no outcome, the lines decide"
                checks.fault(problems, "invalidValue", f"{name}[{index}]", expected, outcome)
    if problems:
        raise InvalidInvoice(problems)


class _Parts(NamedTuple):
    invoice: Invoice
    lines: tuple[Outcome, ...]
    provider: str
    charges: tuple[Outcome | None, ...]
    discounts: tuple[Outcome | None, ...]
    warnings: tuple[Notice, ...]
    sourcing: Sourcing
    degraded: bool
    rates: object
    missing_rate: str
    places: Mapping[str | None, TaxedIn] | None


class Determination(_Parts):
    """The outcomes of an invoice: one a line, and one for each charge and discount taxed by itself.

    `charges` and `discounts` are as long as the invoice's, None where there is nothing to determine.
    `rates` is what was asked, for `explain`. `places` are the country and state that tax each line, by its
    id, and under None the charges and discounts; where they are not stated the sourcing says.
    Raises `InvalidInvoice` where a length does not fit.
    """

    __slots__ = ()

    def __new__(
        cls,
        *,
        invoice: Invoice,
        lines: Iterable[Outcome],
        provider: str,
        charges: Sequence[Outcome | None] = (),
        discounts: Sequence[Outcome | None] = (),
        warnings: Iterable[Notice] = (),
        sourcing: Sourcing = "destination",
        degraded: bool = False,
        rates: object = None,
        missing_rate: str = "error",
        places: Mapping[str | None, TaxedIn] | None = None,
    ) -> Self:
        lines = tuple(lines)
        charges = tuple(charges) or (None,) * len(invoice.charges)
        discounts = tuple(discounts) or (None,) * len(invoice.discounts)
        for name, own, theirs in (
            ("lines", lines, invoice.lines),
            ("charges", charges, invoice.charges),
            ("discounts", discounts, invoice.discounts),
        ):
            if len(own) != len(theirs):
                told = f"{name}: expected {len(theirs)} outcomes, got {len(own)}"
                raise InvalidInvoice(Problem("invalidValue", told, name))
        kinds = (Taxed, NotTaxed, Unresolved)
        for index, one in enumerate(lines):
            if not isinstance(one, kinds):
                told = f"lines[{index}]: expected Taxed, NotTaxed or Unresolved, got {checks.shown(one)}"
                raise InvalidInvoice(Problem("invalidType", told, f"lines[{index}]"))
        if charges or discounts:
            _check_adjustments(invoice, charges, discounts)
        parts = (
            invoice, lines, provider, charges, discounts, tuple(warnings), sourcing, degraded, rates,
            missing_rate, places,
        )  # fmt: skip
        return tuple.__new__(cls, parts)

    def __reduce__(self) -> tuple[object, ...]:
        return Determination._make, (tuple(self),)
