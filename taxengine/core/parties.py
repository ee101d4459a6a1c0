"""Parties: the merchant who sells and the customer who buys, as far as tax asks about them.

>>> Customer(tax_status="exempt").tax_status
'exempt'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, get_args

from taxengine.core import checks
from taxengine.core.errors import InvalidInvoice
from taxengine.core.place import Address, check_country
from taxengine.core.rates import TaxType
from taxengine.core.tables.territories import ONE_REGISTRATION
from taxengine.core.territories import located
from taxengine.core.values import Texts, free, given, value

Scheme = Literal["oss", "nonUnionOss", "ioss"]
TaxStatus = Literal["taxable", "exempt", "reverseCharge"]

# A registration for GST is one for the taxes that make it up, or that it is a part of; of GST and HST there
# is one registration (Canada: Excise Tax Act, section 240).
_COVERED: Mapping[str | None, str] = {"gst": "hst cgst sgst igst", "hst": "gst"}


class _Dated:
    """What is stated for a place and a period."""

    __slots__ = ()
    country: Any  # required by some, optional for others
    state: str | None
    valid_from: date | None
    valid_until: date | None

    def check_whole(self, problems: checks.Problems) -> None:
        checks.period(problems, self.valid_from, self.valid_until)
        if self.state is not None and self.country is None:
            checks.fault(problems, "missingField", "country", "the country of the state", None)

    def in_force(self, tax_date: date) -> bool:
        """Whether it holds on that date."""
        since, until = self.valid_from, self.valid_until
        return (since is None or since <= tax_date) and (until is None or tax_date < until)

    @property
    def area(self) -> str | None:
        """The area of its place."""
        return self.country and located(self.country, self.state)[0]

    def at(self, area: str | None, state: str | None) -> bool:
        """Whether its place is, or contains, that area and state (by code, else by folded name)."""
        if self.country is None:
            return True
        own_area, own_state = located(self.country, self.state)
        return own_area == area and own_state in (None, state)


@value(InvalidInvoice)
class TaxId:
    """A tax number; its form is not checked here."""

    type: str = given(checks.text)
    value: str = given(checks.text)
    meta: Mapping[str, object] = free(default=None)


@value(InvalidInvoice)
class Registration(_Dated):
    """Where, for which tax and since when a merchant is registered.

    Without a `type` it covers every tax of the place; `gst` covers hst, cgst, sgst and igst; `hst`, gst.
    `scheme="oss"` says that the merchant reports cross-border sales within the EU by the one-stop shop;
    `nonUnionOss` and `ioss` (imports) are the other two (Directive 2006/112/EC, Title XII, Chapter 6).
    """

    country: str = given(checks.refusing(check_country))
    state: str | None = given(checks.text, default=None)
    type: TaxType | str | None = given(checks.member(TaxType), default=None)
    scheme: Scheme | None = given(checks.choice(*get_args(Scheme)), default=None)
    valid_from: date | None = given(checks.day, default=None)
    valid_until: date | None = given(checks.day, default=None)
    meta: Mapping[str, object] = free(default=None)

    def at(self, area: str | None, state: str | None) -> bool:
        """Whether it is for that area and state; one of France is for three of its departments overseas."""
        own = () if self.state else ONE_REGISTRATION.get(self.country, ())
        return area in own or _Dated.at(self, area, state)

    def covers(self, kind: str) -> bool:
        """Whether it is a registration for that kind of tax.

        >>> Registration(country="IN", type="gst").covers("igst")
        True
        """
        return self.type in (None, kind) or kind in _COVERED.get(self.type, "").split()


@value(InvalidInvoice)
class Certificate(_Dated):
    """An exemption of the customer's: everywhere, or in a place, for some taxes, categories and dates."""

    country: str | None = given(checks.refusing(check_country), default=None)
    state: str | None = given(checks.text, default=None)
    types: Sequence[TaxType | str] = given(checks.sequence(checks.member(TaxType)), default=())
    tax_categories: Texts = given(checks.categories, default=())
    valid_from: date | None = given(checks.day, default=None)
    valid_until: date | None = given(checks.day, default=None)
    number: str | None = given(checks.text, default=None)
    meta: Mapping[str, object] = free(default=None)

    def covers(self, area: str | None, state: str | None, category: str | None, tax_date: date) -> bool:
        """Whether it speaks of a sale of that category, at that place, on that date."""
        if not self.in_force(tax_date) or not self.at(area, state):
            return False
        if not self.tax_categories:
            return True
        return category is not None and any(checks.covers(own, category) for own in self.tax_categories)


@value(InvalidInvoice)
class Merchant:
    """The party that sells. `registrations` None: not stated, and so not asked about."""

    name: str | None = given(checks.long_text, default=None)
    address: Address | None = given(checks.instance(Address), default=None)
    tax_ids: Sequence[TaxId] = given(checks.many(TaxId), default=())
    registrations: Sequence[Registration] | None = given(checks.many(Registration), default=None)
    meta: Mapping[str, object] = free(default=None)

    def check_whole(self, problems: checks.Problems) -> None:
        if self.registrations is not None and not self.registrations:
            hint = "leave the field out where registrations are not to be asked about"
            checks.fault(problems, "invalidValue", "registrations", "at least one registration", [], hint)


@value(InvalidInvoice)
class Customer:
    """The party that buys: where it is, and whether it pays tax at all."""

    id: str | None = given(checks.text, default=None)
    name: str | None = given(checks.long_text, default=None)
    address: Address | None = given(checks.instance(Address), default=None)
    tax_status: TaxStatus = given(checks.choice(*get_args(TaxStatus)), default="taxable")
    tax_ids: Sequence[TaxId] = given(checks.many(TaxId), default=())
    certificates: Sequence[Certificate] = given(checks.many(Certificate), default=())
    meta: Mapping[str, object] = free(default=None)
