"""Invoice: what is sold, on which date, at which prices, with which discounts and charges.

>>> from datetime import date
>>> invoice = Invoice(id="inv_1", currency="EUR", tax_date=date(2026, 3, 1),
...                   lines=[Line(id="1", quantity=3, unit_price="19.99", tax_category="books")])
>>> invoice.lines[0].unit_price
Decimal('19.99')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

from taxengine.core import checks
from taxengine.core.adjustments import (
    Charge,
    Discount,
    Payment,
    RateRef,
    TaxBehavior,
    behavior,
    rate_refs,
)
from taxengine.core.arithmetic import ONE, exactly
from taxengine.core.errors import InvalidInvoice, Problem
from taxengine.core.money import check_currency, minor_unit
from taxengine.core.parties import Customer, Merchant
from taxengine.core.place import Address
from taxengine.core.policy import Policy, as_policy
from taxengine.core.values import Exactly, MaybeExactly, derived, free, given, value

Kind = Literal["invoice", "creditNote"]
LineKind = Literal["goods", "service", "digital", "shipping"]
Sourcing = Literal["destination", "origin", "auto"]


@value(InvalidInvoice)
class Line:
    """One thing sold: `quantity` times `unit_price`, or the whole line's `amount`, in major units.

    `tax_rates` are exactly the rates that apply, and `[]` that none does; without them the line's
    `tax_category` and place decide. `entered_percent` (19 is 19 %) is used where no rate matches.
    `tax_behavior` decides only where a rate's `inclusive` is None.

    Raises `InvalidInvoice` with every problem found.
    """

    id: str = given(checks.text)
    quantity: Exactly = given(checks.number, default=ONE)
    unit_price: MaybeExactly = given(checks.number, default=None)
    amount: MaybeExactly = given(checks.number, default=None)
    tax_category: str | None = given(checks.text, default=None)
    tax_rates: Sequence[RateRef] | None = given(rate_refs, default=None)
    tax_behavior: TaxBehavior | None = given(behavior, default=None)
    discounts: Sequence[Discount] = given(checks.many(Discount), default=())
    charges: Sequence[Charge] = given(checks.many(Charge), default=())
    ship_to: Address | None = given(checks.instance(Address), default=None)
    ship_from: Address | None = given(checks.instance(Address), default=None)
    entered_percent: MaybeExactly = given(checks.number, default=None)
    product: str | None = given(checks.text, default=None)
    kind: LineKind | None = given(checks.choice(*get_args(LineKind)), default=None)
    description: str | None = given(checks.long_text, default=None)
    meta: Mapping[str, object] = free(default=None)
    plain: bool = derived(default=False)
    """Whether its amount is no more than a price times a quantity."""
    usual: bool = derived(default=False)
    """Whether nothing but its category says how it is taxed."""

    def check_whole(self, problems: checks.Problems) -> None:
        price, own = self.unit_price, self.__dict__
        if (price is None) == (self.amount is None):
            checks.either(problems, "unitPrice", price, "amount", self.amount)
        if self.entered_percent is not None:
            if not -100 <= self.entered_percent <= 100:
                hint = "19 is 19 %; for more name a rate with allowAbove100 in taxRates"
                path, told = "enteredPercent", "a per cent figure up to 100"
                checks.fault(problems, "percentageAbove100", path, told, f"{self.entered_percent:f}", hint)
        else:
            if price is not None and not self.discounts and not self.charges:
                own["plain"] = True
            if (
                self.tax_rates is None
                and self.tax_behavior is None
                and self.ship_to is self.ship_from is None
            ):
                own["usual"] = True


@value(InvalidInvoice)
class Invoice:
    """A document to be taxed. `tax_date` fixes the rates; a credit note states positive amounts.

    `policy` may be a preset's name. `tax_behavior` and `tax_rates` are defaults for the lines, charges
    and discounts. `provider` names the provider it was created under, where that must hold.

    Raises `InvalidInvoice` with every problem found.
    """

    _implied = MappingProxyType({"sourcing": "destination", "policy": Policy.preset("default")})
    id: str = given(checks.text)
    currency: str = given(checks.refusing(check_currency))
    tax_date: date = given(checks.day)
    lines: Sequence[Line] = given(checks.many(Line))
    kind: Kind = given(checks.choice(*get_args(Kind)), default="invoice")
    merchant: Merchant | None = given(checks.instance(Merchant), default=None)
    customer: Customer | None = given(checks.instance(Customer), default=None)
    discounts: Sequence[Discount] = given(checks.many(Discount), default=())
    charges: Sequence[Charge] = given(checks.many(Charge), default=())
    payments: Sequence[Payment] = given(checks.many(Payment), default=())
    policy: Policy | str | None = given(checks.refusing(as_policy), default=None)
    sourcing: Sourcing | None = given(checks.choice(*get_args(Sourcing)), default=None)
    tax_behavior: TaxBehavior | None = given(behavior, default=None)
    tax_rates: Sequence[RateRef] | None = given(rate_refs, default=None)
    provider: str | None = given(checks.text, default=None)
    meta: Mapping[str, object] = free(default=None)
    plain: bool = derived(default=False)
    """Whether it is no more than its lines."""
    unfit: tuple[Problem, ...] = derived(default=())
    """Payments that it cannot have: no tax depends on them, so they are told with whatever else is wrong."""

    def check_whole(self, problems: checks.Problems) -> None:
        """What only the invoice as a whole can break."""
        if not self.lines:
            checks.fault(problems, "missingField", "lines", "at least one line", [])
        own, ids = self.__dict__, [line.id for line in self.lines]
        if len({*ids}) < len(ids):
            first = {key: index for index, key in reversed([*enumerate(ids)])}
            for index, key in enumerate(ids):
                if first[key] < index:
                    checks.fault(problems, "duplicateId", f"lines[{index}].id", "an id of its own", key)
        own["plain"] = not (self.discounts or self.charges or self.payments)
        if self.payments:
            own["unfit"] = tuple(_unfit_payments(self))
            problems += self.unfit if problems else ()


@exactly
def _unfit_payments(invoice: Invoice) -> checks.Problems:
    problems: checks.Problems = []
    unit = minor_unit(invoice.currency)
    for index, payment in enumerate(invoice.payments):
        if payment.amount % unit:
            told = f"whole multiples of {unit} in {invoice.currency}"
            path = f"payments[{index}].amount"
            checks.fault(problems, "paymentTooFine", path, told, f"{payment.amount:f}")
    return problems
