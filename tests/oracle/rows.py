"""Rows: what is taxed (a line, an adjustment, or a share of a charge) and the taxes on it."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.places import Place
from tests.oracle.sums import Number, decimal_text, number, read

Document = dict[str, Any]
ONE = Fraction(1)

COVERED_BY_GST = frozenset(("gst", "hst", "cgst", "sgst", "igst"))
COUNTRY_TYPES = {
    "US": "salesTax",
    "AU": "gst",
    "CA": "gst",
    "IN": "gst",
    "NZ": "gst",
    "SG": "gst",
    "JP": "jct",
    "Canary Islands": "igic",
}


class Refused(Exception):
    """The invoice has no answer: problems of (code, path)."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__(problems)
        self.problems = problems


def usual_type(where: Place | None) -> str:
    """The tax type of a place where no rate names one."""
    return COUNTRY_TYPES.get((where and where.area) or "", "valueAddedTax")


@dataclass(slots=True, eq=False)
class Tax:
    """One tax on one row; `a` and `b` as in calculation.md section 2, amounts in minor units."""

    id: str | None
    type: str
    country: str | None
    percentage: Fraction | None
    inclusive: bool
    reason: str
    withheld: bool = False
    level: str | None = None
    fixed: Fraction | None = None  # major units
    fixed_per: str = "unit"
    portion: Fraction = ONE
    compound_on: frozenset[str] = frozenset()
    steps: tuple[tuple[Fraction, bool, Fraction], ...] = ()  # threshold, whether over it, percentage
    by_part: bool = False
    bracket: int | None = None  # how many steps were reached
    charged: Number | None = None  # by part: what of the exact net is charged
    a: Number = 0
    b: Number = 0
    exact: Number = 0
    shown: int = 0
    taxable: int = 0

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes two taxes the same rate: the id; without one, what is known of it."""
        if self.id is not None:
            return (self.id,)
        return ("", self.type, self.country or "", self.percentage_text or "")

    @property
    def percentage_text(self) -> str | None:
        return None if self.percentage is None else decimal_text(self.percentage)


REASONS = {
    "reduced": "reducedRated",
    "zero": "zeroRated",
    "exempt": "productExempt",
    "outsideScope": "outsideScope",
}


def tax_of_rate(rate: Document, inclusive: bool) -> Tax:
    """A rate on a row."""
    text, fixed = rate.get("percentageDecimal"), rate.get("amountPerUnit")
    percentage = None if text is None else read(text)
    reason = REASONS.get(rate.get("treatment") or "standard") or (
        "zeroRated" if percentage == 0 else "standardRated"
    )
    portion = rate.get("taxablePortion")
    return Tax(
        id=rate["id"],
        type=rate["type"],
        country=rate["country"],
        percentage=percentage,
        inclusive=inclusive,
        reason=reason,
        withheld=bool(rate.get("withheld")),
        level=rate.get("level"),
        fixed=None if fixed is None else read(fixed),
        fixed_per=rate.get("amountPer") or "unit",
        portion=ONE if portion is None else read(portion),
        compound_on=frozenset(rate.get("compoundOn") or ()),
        steps=tuple(map(step, rate.get("brackets") or ())),
        by_part=rate.get("bracketBy") == "part",
    )


def step(bracket: Document) -> tuple[Fraction, bool, Fraction]:
    """A step of a rate: its threshold, whether one must be over it, its percentage."""
    beyond = "over" in bracket
    return read(bracket["over" if beyond else "from"]), beyond, read(bracket["percentageDecimal"])


@dataclass(slots=True, eq=False)
class Treatment:
    """What the law says of a row: taxes, or the reason why there are none."""

    taxes: list[Tax]
    untaxed: str | None = None

    @property
    def reason(self) -> str:
        """The reason of the taxes, `mixed` where they differ."""
        if self.untaxed is not None:
            return self.untaxed
        taxes = [tax for tax in self.taxes if not tax.withheld] or self.taxes
        if any(tax.type == "salesTax" and tax.level and tax.reason != "noTaxAtLevel" for tax in taxes):
            taxes = [tax for tax in taxes if tax.reason != "noTaxAtLevel"]
        return one_reason({tax.reason for tax in taxes})


def one_reason(reasons: set[str]) -> str:
    """The only reason, or `mixed`."""
    return reasons.pop() if len(reasons) == 1 else "mixed"


@dataclass(slots=True, eq=False)
class Row:
    """A line, a discount or charge with rates of its own, or one share of a charge."""

    id: str
    path: str
    quantity: Number
    amount: Number  # in minor units, before discounts of the invoice
    place: Place | None
    treatment: Treatment
    category: str | None = None
    adjustment: bool = False
    tie: str = ""  # tells the shares of one charge apart
    discount: Number = 0
    net_exact: Number = 0
    net: int = 0
    gross: int = 0
    taxes: list[Tax] = field(init=False)

    def __post_init__(self) -> None:
        self.taxes = self.treatment.taxes

    @property
    def left(self) -> Number:
        """The amount less its share of the invoice's discounts."""
        return self.amount - self.discount

    @property
    def charged(self) -> list[Tax]:
        """The taxes that the customer pays to the merchant: those not withheld."""
        return [tax for tax in self.taxes if not tax.withheld]


def entered_tax(percent: Any, where: Place, inclusive: bool) -> Tax:
    """A percentage typed by hand, in per cent."""
    return Tax(None, usual_type(where), where.country, read(percent) / 100, inclusive, "standardRated")


def reverse_charge(where: Place | None) -> Tax:
    """The one row of a line whose tax the customer accounts for."""
    return Tax(None, usual_type(where), where and where.country, number("0"), False, "reverseCharge")
