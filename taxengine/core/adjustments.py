"""Adjustments: what lowers or raises an invoice, or is paid on it: discounts, charges, payments.

>>> Discount(percent="10").percent
Decimal('10')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from taxengine.core import checks
from taxengine.core.errors import InvalidInvoice
from taxengine.core.rates import TaxRate
from taxengine.core.values import Exactly, MaybeExactly, free, given, value

TaxBehavior = Literal["inclusive", "exclusive"]
Strategy = Literal["own", "proportional", "highest", "principal"]
PaymentKind = Literal["voucher", "prepaid"]
RateRef = str | TaxRate

behavior = checks.choice(*get_args(TaxBehavior))


def rate_refs(problems: checks.Problems, values: object, path: str) -> tuple[RateRef, ...]:
    """Rates or their ids, each once. An empty list says that none applies."""
    if not checks.is_list(values):
        checks.fault(problems, "invalidType", path, "a list of rates or rate ids", values)
        return ()
    refs = tuple(values)
    seen = set()
    for index, ref in enumerate(refs):
        name = ref.id if isinstance(ref, TaxRate) else checks.text(problems, ref, f"{path}[{index}]")
        if name in seen:
            checks.fault(problems, "duplicateId", f"{path}[{index}]", "each rate once", name)
        seen.add(name)
    return refs


@value(InvalidInvoice)
class Discount:
    """A reduction: an `amount` in major units, or a `percent` (10 is 10 %) of what earlier ones left.

    On a line it lowers the line amount. On an invoice it is spread over the lines (all, or those that
    the category `spread_over` covers) before tax; with `tax_category` or `tax_rates` it is a taxed
    negative amount of its own (EN 16931's document level allowance).
    """

    amount: MaybeExactly = given(checks.number, default=None)
    percent: MaybeExactly = given(checks.number, default=None)
    description: str | None = given(checks.long_text, default=None)
    spread_over: str | None = given(checks.category, default=None)
    tax_category: str | None = given(checks.category, default=None)
    tax_rates: Sequence[RateRef] | None = given(rate_refs, default=None)
    tax_behavior: TaxBehavior | None = given(behavior, default=None)
    meta: Mapping[str, object] = free(default=None)

    def check_whole(self, problems: checks.Problems) -> None:
        checks.either(problems, "amount", self.amount, "percent", self.percent)
        if self.spread_over is not None and self.taxed_itself:
            hint = "a discount is spread over lines, or taxed by itself"
            told = "no taxCategory or taxRates"
            checks.fault(problems, "conflictingFields", "spreadOver", told, self.spread_over, hint)

    @property
    def taxed_itself(self) -> bool:
        """Whether it is a taxed amount of its own and not spread over lines."""
        return self.tax_category is not None or self.tax_rates is not None


@value(InvalidInvoice)
class Charge:
    """An addition (shipping, handling): an `amount`, or a `percent` of the lines after discounts.

    `strategy` says how it is taxed: `own` (by its `tax_category` or `tax_rates`), `proportional` (as the
    lines are, by net), `highest` or `principal` (as one line or rate set is). None: `own` where it
    states a category or rates, or the invoice states rates; else `proportional`. On a line, only the
    figures count.
    """

    amount: MaybeExactly = given(checks.number, default=None)
    percent: MaybeExactly = given(checks.number, default=None)
    description: str | None = given(checks.long_text, default=None)
    strategy: Strategy | None = given(checks.choice(*get_args(Strategy)), default=None)
    tax_category: str | None = given(checks.category, default=None)
    tax_rates: Sequence[RateRef] | None = given(rate_refs, default=None)
    tax_behavior: TaxBehavior | None = given(behavior, default=None)
    meta: Mapping[str, object] = free(default=None)

    def taxed_itself(self, invoice_rates: Sequence[RateRef] | None) -> bool:
        """Whether it is taxed by rates of its own, those that the invoice states included."""
        if self.strategy is not None:
            return self.strategy == "own"
        rates = (self.tax_category, self.tax_rates, invoice_rates)
        return any(one is not None for one in rates)

    def check_whole(self, problems: checks.Problems) -> None:
        checks.either(problems, "amount", self.amount, "percent", self.percent)
        stated = self.tax_category is not None or self.tax_rates is not None
        if stated and self.strategy not in (None, "own"):
            hint = "a category or rates of its own mean the strategy own"
            checks.fault(problems, "conflictingFields", "strategy", "own", self.strategy, hint)


@value(InvalidInvoice)
class Payment:
    """What has been paid, a voucher that is money included: lowers what is due, never the tax."""

    amount: Exactly = given(checks.number)
    kind: PaymentKind = given(checks.choice(*get_args(PaymentKind)), default="prepaid")
    meta: Mapping[str, object] = free(default=None)
