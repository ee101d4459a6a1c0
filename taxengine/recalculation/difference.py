"""Difference: what was changed between two calculations of an invoice, and the grounds for it by law.

Three groups of things decide the tax of a line: the amounts, the law (its outcome), the policy.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.determination import Determination, Outcome, Unresolved
from taxengine.core.figures import LineAmounts
from taxengine.core.invoice import Invoice, Line
from taxengine.core.matching import taxed_at, taxed_in
from taxengine.core.place import Place
from taxengine.core.policy import Policy
from taxengine.core.rates import TaxRate
from taxengine.core.result import Calculation
from taxengine.core.sourcing import ends, kind_of, trade
from taxengine.core.stack import AppliedRate, Stack
from taxengine.recalculation.comparison import CauseName, Figures, Key, figures_of


class Group(StrEnum):
    """What is changed as a whole on the way from one calculation to the other."""

    AMOUNTS = "amounts"
    LAW = "law"
    POLICY = "policy"


class Part(NamedTuple):
    """A line, charge or discount with its outcome; None: it is taxed as the lines are."""

    item: Line | Charge | Discount
    outcome: Outcome | None

    @property
    def line(self) -> Line | None:
        """The line, where it is one."""
        return self.item if isinstance(self.item, Line) else None

    @property
    def rates(self) -> Sequence[AppliedRate]:
        """The taxes that its own outcome has."""
        return () if self.stack is None else self.stack.rates

    @property
    def stack(self) -> Stack | None:
        """The taxes that its own outcome has, with their coefficients."""
        return None if self.outcome is None or isinstance(self.outcome, Unresolved) else self.outcome.stack

    @property
    def stated(self) -> Hashable:
        """What a provider says that each tax comes to, in no order; None where it says nothing."""
        told = getattr(self.outcome, "stated", None)
        return None if told is None else frozenset(zip((one.id for one in self.rates), told, strict=True))


class Side:
    """One of the two calculations, with what it was calculated from.

    `parts` are its lines, charges, and the discounts that are taxed by themselves; `rates` the rates of
    all of them by id.
    """

    def __init__(self, calculation: Calculation, source: Determination) -> None:
        self.determination = source
        self.invoice: Invoice = source.invoice
        self.policy: Policy = calculation.policy
        self.figures: Figures = figures_of(calculation)
        self.rates: dict[str, AppliedRate] = {}
        lines = zip(self.invoice.lines, source.lines, strict=True)
        self.parts: dict[Key, Part] = {(Line, line.id): Part(line, outcome) for line, outcome in lines}
        for index, charge in enumerate(self.invoice.charges):
            self.parts[Charge, f"charge-{index}"] = Part(charge, source.charges[index])
        for index, discount in enumerate(self.invoice.discounts):
            if source.discounts[index] is not None:
                self.parts[Discount, f"discount-{index}"] = Part(discount, source.discounts[index])
        for part in self.parts.values():
            self.rates.update({one.id: one for one in part.rates if one.id is not None})

    @property
    def axes(self) -> tuple[str, ...]:
        """The policy, as far as a tax depends on it."""
        rounding = self.policy.rounding
        return (
            rounding.level, rounding.mode, rounding.inclusive, rounding.group_by, self.policy.line_amounts,
            self.policy.discount_amounts,
        )  # fmt: skip

    @property
    def amounts(self) -> tuple[Hashable, ...]:
        """All amounts of the invoice that a tax depends on, in no order of lines."""
        discounts = (
            (one.amount, one.percent, one.spread_over, one.taxed_itself) for one in self.invoice.discounts
        )
        charges = ((one.amount, one.percent) for one in self.invoice.charges)
        return (
            frozenset((line.id, amount_of(line)) for line in self.invoice.lines),
            *discounts,
            None,
            *charges,
        )

    def treatment(self, charge: Charge) -> str:
        """How a charge is taxed, said in full."""
        return "own" if charge.taxed_itself(self.invoice.tax_rates) else charge.strategy or "proportional"


def base_of(line: LineAmounts) -> tuple[Decimal, Decimal]:
    """What is taxed of a line: its amount, and its share of the discounts."""
    return line.amount, line.discount


def amount_of(item: Line | Charge | Discount) -> Hashable:
    """What the amount of a line, charge or discount is stated by."""
    if not isinstance(item, Line):
        return item.amount, item.percent
    both: tuple[Discount | Charge, ...] = (*item.discounts, *item.charges)
    parts = ((type(one), one.amount, one.percent) for one in both)
    return item.quantity, item.unit_price, item.amount, *parts


class Both:
    """The two sides next to each other: what was changed, in all and on a line."""

    def __init__(self, before: Side, after: Side) -> None:
        self.before, self.after = before, after
        self.shared = [key for key in before.parts if key in after.parts]
        sides = before, after
        self._spread = any(one.spread_over is not None for side in sides for one in side.invoice.discounts)
        self._exact = any(side.policy.line_amounts == "exact" for side in sides)
        self._by_place = any(side.policy.rounding.level == "invoice" for side in sides)
        self._laws = {key: self._grounds(key) for key in self.shared}
        self.grounds = tuple(name for name in CauseName if any(name in laws for laws in self._laws.values()))
        """The grounds of all lines."""

    def groups(self) -> Iterator[Group]:
        """The groups that were changed."""
        if self.before.amounts != self.after.amounts:
            yield Group.AMOUNTS
        if self.grounds:
            yield Group.LAW
        if self.before.axes != self.after.axes:
            yield Group.POLICY

    def own(self, group: Group, key: Key) -> tuple[CauseName, ...]:
        """The causes by which the group was changed on this line itself."""
        if group is Group.POLICY:
            return (CauseName.POLICY,)
        if group is Group.LAW:
            return self._laws[key]
        stated = amount_of(self.before.parts[key].item) != amount_of(self.after.parts[key].item)
        return (CauseName.AMOUNT,) if stated else ()

    def leans(self, key: Key) -> bool:
        """Whether the tax of a line depends on those of others by more than rounding.

        A charge may be taxed as they are; an amount that a rate asks once an invoice is spread over them. An
        exact share of a discount may lead into another bracket, though it is less than a minor unit.
        """
        parts = self.before.parts[key], self.after.parts[key]
        if self._exact and any(part.stack is not None and part.stack.bracketed for part in parts):
            return True
        return any(part.outcome is None or any(map(_once, part.rates)) for part in parts)

    def _grounds(self, key: Key) -> tuple[CauseName, ...]:
        one, other = self.before.parts[key], self.after.parts[key]
        if one.outcome is other.outcome is not None and not self._spread and not self._by_place:
            return ()
        old, new = self._law(self.before, key), self._law(self.after, key)
        if old == new:
            return ()
        providers = self.before.determination.provider, self.after.determination.provider
        if _which(one) == _which(other) and old[:2] != new[:2]:
            by_rates = providers[0] == providers[1] and old[0] != new[0]
            return (CauseName.RATE if by_rates else CauseName.PROVIDER,)
        places = _place(self.before, one) != _place(self.after, other)
        said = []
        if places and _ends(self.before, one) != _ends(self.after, other):
            said.append(CauseName.PLACE)
        if _says(self.before, one) != _says(self.after, other):
            said.append(CauseName.TAXABILITY)
        if said:
            return tuple(said)
        if providers[0] != providers[1]:
            return (CauseName.PROVIDER,)
        if places:
            return (CauseName.PLACE,)
        return (CauseName.TAXABILITY if _reasons(one) != _reasons(other) else CauseName.RATE,)

    def _law(self, side: Side, key: Key) -> tuple[Hashable, ...]:
        """All of the law that a figure of the line may depend on.

        What a provider stated is of the amount that it was stated on: on another one it says nothing.
        """
        part = side.parts[key]
        alike = base_of(self.before.figures[key]) == base_of(self.after.figures[key])
        stated = part.stated if alike else None
        place = taxed_in(side.determination, part.line) if self._by_place else None
        category = part.item.tax_category if self._spread and part.line is not None else None
        strategy = None
        if isinstance(part.item, Charge) and part.outcome is None:
            strategy = side.treatment(part.item), part.item.tax_behavior
        return law_of(part), stated, place, category, strategy


# ---- what the law answered ----


def _once(one: AppliedRate) -> bool:
    return one.rate is not None and one.rate.amount_per_unit is not None and one.rate.amount_per == "invoice"


def _name(one: AppliedRate) -> Hashable:
    return one.id, one.type, one.country, one.state, one.jurisdiction, one.reason, one.withheld


def _which(part: Part) -> Hashable:
    """Which rates apply and why, whatever their figures are."""
    return _reasons(part), frozenset(map(_name, part.rates))


def _reasons(part: Part) -> Hashable:
    if part.outcome is None or isinstance(part.outcome, Unresolved):
        return None
    return part.outcome.reason, frozenset(one.reason for one in part.rates)


def law_of(part: Part) -> Hashable:
    """An outcome, in no order of rates; names and notes of a rate are no law."""
    return _reasons(part), frozenset(
        (_name(one), one.percentage_decimal, one.inclusive, _figures(one.rate)) for one in part.rates
    )


def _figures(rate: TaxRate | None) -> Hashable:
    if rate is None:
        return None
    amount = rate.amount_per_unit, rate.amount_per if rate.amount_per_unit is not None else None
    return *amount, rate.taxable_portion, rate.compound_on, rate.brackets, rate.bracket_by


# ---- what the invoice says ----


def _ends(side: Side, part: Part) -> tuple[Place | None, Place | None]:
    """Where it goes and where it comes from."""
    to, by = ends(side.invoice, part.line, side.determination.sourcing)
    return None if to is None else to.place, None if by is None else by.place


def _place(side: Side, part: Part) -> Hashable:
    """The place that taxes, and whether the sale crosses a border on its way there."""
    crossing = trade(*_ends(side, part))
    return taxed_in(side.determination, part.line), taxed_at(side.determination, part.line), crossing


def _says(side: Side, part: Part) -> Hashable:
    """What decides whether it is taxed, the place aside."""
    item, invoice = part.item, side.invoice
    refs = invoice.tax_rates if item.tax_rates is None and not isinstance(item, Discount) else item.tax_rates
    named = None if refs is None else frozenset(one.id if isinstance(one, TaxRate) else one for one in refs)
    strategy = side.treatment(item) if isinstance(item, Charge) else None
    registrations = None if invoice.merchant is None else invoice.merchant.registrations
    return item.tax_category, named, strategy, kind_of(item, invoice), registrations, _customer(invoice)


def _customer(invoice: Invoice) -> Hashable:
    customer = invoice.customer
    if customer is None:
        return "taxable", (), ()
    certificates = tuple(
        (one.country, one.state, one.types, one.tax_categories, one.valid_from, one.valid_until)
        for one in customer.certificates
    )
    return customer.tax_status, certificates, tuple((one.type, one.value) for one in customer.tax_ids)
