"""Rates: what a tax rate says, and where and when it applies.

>>> TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False).type
<TaxType.VAT: 'valueAddedTax'>
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, get_args

from taxengine.core import checks
from taxengine.core.arithmetic import ZERO, exactly
from taxengine.core.brackets import Bracket, check_brackets
from taxengine.core.errors import InvalidRate, Problem
from taxengine.core.money import check_currency
from taxengine.core.place import PostalPattern, canonical_state, check_country, folded, parse_patterns
from taxengine.core.spelling import canonical, plain, to_dict
from taxengine.core.territories import TERRITORIAL, territory_of_rate
from taxengine.core.values import MaybeExactly, Texts, derived, free, given, value

AmountPer = Literal["unit", "line", "invoice"]
When = Literal["intrastate", "interstate"]
BracketBy = Literal["whole", "part"]


class TaxType(StrEnum):
    """Kinds of tax: the two of the published rate object, and those that other countries levy."""

    SALES_TAX = "salesTax"
    VAT = "valueAddedTax"
    GST = "gst"
    HST = "hst"
    PST = "pst"
    QST = "qst"
    RST = "rst"
    JCT = "jct"
    IGST = "igst"
    CGST = "cgst"
    SGST = "sgst"
    IGIC = "igic"
    IPSI = "ipsi"
    LEASE_TAX = "leaseTax"
    AMUSEMENT_TAX = "amusementTax"
    COMMUNICATIONS_TAX = "communicationsTax"
    SERVICE_TAX = "serviceTax"
    RETAIL_DELIVERY_FEE = "retailDeliveryFee"
    EXCISE = "excise"
    WITHHOLDING = "withholding"


HALVES = frozenset({TaxType.CGST, TaxType.SGST})
"""The two that are equal by law wherever both are levied."""


class Level(StrEnum):
    """The authority that levies a rate, from the widest to the narrowest."""

    COUNTRY = "country"
    STATE = "state"
    COUNTY = "county"
    CITY = "city"
    DISTRICT = "district"


class Treatment(StrEnum):
    """What a rate does to what it matches. Exempt, zero-rated and outside the scope are not the same."""

    STANDARD = "standard"
    REDUCED = "reduced"
    ZERO = "zero"
    EXEMPT = "exempt"
    OUTSIDE_SCOPE = "outsideScope"


UNTAXED = frozenset({Treatment.ZERO, Treatment.EXEMPT, Treatment.OUTSIDE_SCOPE})


def _flag_or_none(problems: checks.Problems, value: object, path: str) -> bool | None:
    return None if value is None else checks.flag(problems, value, path)


def _text(limit: int) -> checks.Check:
    def check(problems: checks.Problems, value: object, path: str) -> str | None:
        return checks.text(problems, value, path, limit) if value != "" else None

    return check


def _stamp(problems: checks.Problems, value: object, path: str) -> str | None:
    if not isinstance(value, str):
        return checks.text(problems, value, path)
    try:
        datetime.fromisoformat(value or "2000-01-01")
    except ValueError:
        checks.fault(problems, "invalidDate", path, "a time such as 2026-03-01T12:00:00Z", value)
    return value or None


@value(InvalidRate)
class TaxRate:
    """One rate: the published `taxRate` object and this engine's additions to it.

    `percentage_decimal` is a fraction ("0.19" is 19 %); `amount_per_unit` is in major units of
    `currency` (the invoice's, where None). `inclusive`: True, the price holds the tax; False, it comes
    on top; None, the line's `tax_behavior` decides. `valid_from` and `valid_until` are half-open.
    `percentage` repeats the fraction in basis points and must agree with it. Without an `id` one is
    derived from the content, so that the same rate has the same id for ever. `by_postal_code`: at an
    address whose jurisdictions nobody has resolved, the postal codes stand for `jurisdiction_code`.
    `brackets` change the percentage with the net price of one unit; the rate's own holds below the first.
    The bracket that the price lies in taxes all of it (`bracket_by` "whole"), or each part of it bears its
    own ("part").

    Raises `InvalidRate` with every problem found.
    """

    _unspelt = ("created", "updated", "percentage")
    id: str = given(checks.text, default="")
    active: bool = given(checks.flag, default=True)
    country: str = given(checks.refusing(check_country))
    name: str | None = given(_text(500), default=None)
    description: str | None = given(_text(500), default=None)
    display_name: str | None = given(_text(500), default=None)
    percentage: MaybeExactly = given(checks.number, default=None)
    percentage_decimal: MaybeExactly = given(checks.number, default=None)
    inclusive: bool | None = given(_flag_or_none)
    jurisdiction: str | None = given(_text(100_000), default=None)
    state: str | None = given(_text(255), default=None)
    type: TaxType | str = given(checks.member(TaxType))
    valid_from: date | None = given(checks.day, default=None)
    valid_until: date | None = given(checks.day, default=None)
    level: Level | str | None = given(checks.member(Level), default=None)
    tax_categories: Texts = given(checks.categories, default=())
    treatment: Treatment | str = given(checks.member(Treatment), default=Treatment.STANDARD)
    compound_on: Texts = given(checks.texts, default=())
    replaces: Sequence[TaxType | str] = given(checks.sequence(checks.member(TaxType)), default=())
    when: When | None = given(checks.choice(*get_args(When)), default=None)
    overrides_place: bool = given(checks.flag, default=False)
    jurisdiction_code: str | None = given(_text(255), default=None)
    by_postal_code: bool = given(checks.flag, default=False)
    allow_above_100: bool = given(checks.flag, default=False)
    amount_per_unit: MaybeExactly = given(checks.number, default=None)
    amount_per: AmountPer = given(checks.choice(*get_args(AmountPer)), default="unit")
    currency: str | None = given(checks.refusing(check_currency), default=None)
    taxable_portion: MaybeExactly = given(checks.number, default=None)
    withheld: bool = given(checks.flag, default=False)
    brackets: Sequence[Bracket] = given(checks.many(Bracket), default=())
    bracket_by: BracketBy = given(checks.choice(*get_args(BracketBy)), default="whole")
    created: str | None = given(_stamp, default=None)
    updated: str | None = given(_stamp, default=None)
    meta: Mapping[str, object] = free(default=None)
    patterns: tuple[PostalPattern, ...] = derived(default=())
    """`jurisdiction`, read; empty where it spells a whole territory; filled in here."""
    area: str = derived(default="")
    """What taxes the places that it is for: its country, or a territory of it; filled in here."""
    hashed: str | None = derived(default=None)
    """The digest, once it is known."""
    state_code: str | None = derived(default=None)
    """`state` as the code of a first-level subdivision, None where it is something else; filled in here."""
    state_name: str | None = derived(default=None)
    """`state` where it is no code: that of a city or county, folded; filled in here."""

    @exactly
    def check_whole(self, problems: checks.Problems) -> None:
        checks.period(problems, self.valid_from, self.valid_until)
        self._check_figures(problems)
        if self.brackets:
            check_brackets(problems, self)
        elif self.bracket_by == "part":
            checks.fault(problems, "missingField", "brackets", "brackets, which bracketBy is about", None)
        put = object.__setattr__
        put(self, "area", self.country)
        if self.jurisdiction is not None:
            read = checks.refusing(lambda text, path: parse_patterns(self.country, text, path))
            put(self, "patterns", read(problems, self.jurisdiction, "jurisdiction") or ())
        if self.state is not None:
            state = canonical_state(self.country, self.state)
            put(self, "state_code", state)
            put(self, "state_name", None if state else folded(self.state))
        if self.country in TERRITORIAL:
            self._settle()
        if not self.id:
            put(self, "id", f"taxRate_{self.digest[:32]}")
            put(self, "hashed", None)

    def _settle(self) -> None:
        """Where it is of a territory, the area and state that every spelling of it has."""
        territory, whole = territory_of_rate(self.country, self.state_code, self.patterns)
        if territory is not None:
            put = object.__setattr__
            put(self, "area", territory.area)
            put(self, "patterns", () if whole else self.patterns)
            if self.state_name is None:
                put(self, "state_code", territory.state)

    def _check_figures(self, problems: checks.Problems) -> None:
        fault = checks.fault
        rate, points, portion = self.percentage_decimal, self.percentage, self.taxable_portion
        if rate is None and (self.amount_per_unit is None or points is not None):
            hint = "percentage is in basis points and only repeats percentageDecimal" if points else ""
            fault(problems, "missingField", "percentageDecimal", "a fraction such as 0.19", None, hint)
        if rate is not None and points is not None and points != rate.scaleb(4):
            told = f"{plain(rate.scaleb(4))} basis points, as percentageDecimal {rate:f} says"
            hint = "percentage is in basis points: 300 is 3 %, as percentageDecimal 0.03 is"
            fault(problems, "percentageDisagrees", "percentage", told, f"{points:f}", hint)
        for path, one in self.percentages():
            if one > 1 and not self.allow_above_100:
                hint = f"write {plain(one.scaleb(-2))} for {one:f} %, or set allowAbove100"
                fault(problems, "percentageAbove100", path, "a fraction up to 1", f"{one:f}", hint)
        if portion is not None and not ZERO <= portion <= 1:
            fault(problems, "invalidValue", "taxablePortion", "a fraction from 0 to 1", f"{portion:f}")
        if self.withheld and self.inclusive:
            hint = "a withheld tax lies outside the price: inclusive is false"
            fault(problems, "invalidRateSet", "inclusive", "false where withheld is true", True, hint)
        if self.treatment in UNTAXED and (rate or self.amount_per_unit):
            path = "percentageDecimal" if rate else "amountPerUnit"
            told = f"zero where the treatment is {self.treatment}"
            fault(problems, "invalidRateSet", path, told, f"{rate or self.amount_per_unit:f}")

    def percentages(self) -> Iterator[tuple[str, Decimal]]:
        """The rate's own percentage, where it has one, and those of its brackets, each with its path."""
        if self.percentage_decimal is not None:
            yield "percentageDecimal", self.percentage_decimal
        for index, step in enumerate(self.brackets):
            yield f"brackets[{index}].percentageDecimal", step.percentage_decimal

    def __hash__(self) -> int:
        return hash((self.id, self.valid_from))

    def in_force(self, tax_date: date) -> bool:
        """Whether `tax_date` lies in the rate's validity.

        >>> from datetime import date
        >>> TaxRate(country="DE", type="valueAddedTax", percentage_decimal="0.16", inclusive=None,
        ...         valid_from=date(2020, 7, 1), valid_until=date(2021, 1, 1)).in_force(date(2021, 1, 1))
        False
        """
        since, until = self.valid_from, self.valid_until
        return (since is None or since <= tax_date) and (until is None or tax_date < until)

    def to_dict(self) -> dict[str, object]:
        """The rate as the document shows it: JSON types, numbers as strings, defaults left out."""
        return to_dict(self)

    def to_reference(self) -> str:
        """How a document that uses the rate names it."""
        return self.id

    @property
    def digest(self) -> str:
        """SHA-256 of the rate; number spelling, `percentage`, `created` and `updated` do not matter."""
        known = self.hashed
        if known is None:
            from hashlib import sha256  # here, since it is dear to import and most never ask

            known = sha256(canonical(self).encode()).hexdigest()
            object.__setattr__(self, "hashed", known)
        return known


def unequal_halves(rates: Sequence[TaxRate]) -> Problem | None:
    """What is wrong where CGST and SGST are not at the same percentages, or one is without the other."""
    halves = [rate for rate in rates if rate.type in HALVES]
    told = [[one for each in halves if each.type == kind for _, one in each.percentages()] for kind in HALVES]
    if sorted(told[0]) == sorted(told[1]):
        return None
    got = " and ".join(f"{checks.shown(rate.id)} of {rate.type}" for rate in halves)
    expected = f"expected cgst and sgst of the same percentages, as the law has them, got {got}"
    return Problem("equalHalves", expected, "", "give both the same percentages and places")


def foreign(rates: Iterable[TaxRate], currency: str) -> Problem | None:
    """What is wrong where a rate has amounts in another currency."""
    for rate in rates:
        own = rate.currency if rate.amount_per_unit is not None or rate.brackets else None
        if own not in (None, currency):
            told = f"expected amounts in {currency}, got rate {checks.shown(rate.id)} in {own}"
            hint = f"add a rate with its amounts in {currency}"
            return Problem("rateCurrency", told, "", hint, {"rates": [rate.id]})
    return None
