"""Models: the documents as pydantic models, for FastAPI and for the JSON Schemas.

A model accepts what the reader accepts and refuses what it refuses, with the same sentences.

>>> model = InvoiceModel.model_validate({"id": "inv_1", "currency": "EUR", "taxDate": "2026-03-01",
...                                      "lines": [{"id": "1", "amount": "19.90"}]})
>>> model.to_core().lines[0].amount
Decimal('19.90')

A number is text, an integer or a `Decimal`: what parses JSON for a model has made a float of 19.90
before the model sees it, so floats are refused. `read_invoice` takes the text itself.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from taxengine.core.adjustments import Charge, Discount, Payment, PaymentKind, Strategy, TaxBehavior
from taxengine.core.brackets import Bracket
from taxengine.core.invoice import Invoice, Kind, Line, LineKind, Sourcing
from taxengine.core.parties import Certificate, Customer, Merchant, Registration, Scheme, TaxId, TaxStatus
from taxengine.core.place import Address
from taxengine.core.policy import (
    PRESETS,
    Amounts,
    GroupBy,
    InclusiveOrder,
    Policy,
    Rounding,
    RoundingLevel,
    RoundingMode,
)
from taxengine.core.rates import AmountPer, BracketBy, Level, TaxRate, TaxType, Treatment, When
from taxengine.documents import reading
from taxengine.documents.contract import Document, Format, Meta, Number

Text = Annotated[str, Field(min_length=1, max_length=255)]
Text500 = Annotated[str, Field(max_length=500)]
Text1000 = Annotated[str, Field(max_length=1000)]
Country = Annotated[str, Field(pattern="^[A-Za-z]{2}$", description="ISO 3166-1 alpha-2")]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$", description="ISO 4217")]
PresetName = Annotated[str, Field(json_schema_extra={"enum": list(PRESETS)})]


class AddressModel(Document[Address]):
    """Where somebody is. Only the country is required, and only where rates are matched by place."""

    shape: ClassVar = reading.ADDRESS

    line1: Text1000 | None = None
    line2: Text1000 | None = None
    city: Text1000 | None = None
    county: Text1000 | None = None
    state: Text1000 | None = None
    postal_code: Text1000 | None = None
    country: Country
    jurisdictions: list[Text1000] | None = Field(None, description="codes that a geocoder has resolved")
    meta: Meta | None = None


class TaxIdModel(Document[TaxId]):
    """A tax number."""

    shape: ClassVar = reading.TAX_ID

    type: Text
    value: Text
    meta: Meta | None = None


class RegistrationModel(Document[Registration]):
    """Where, for which tax and since when the merchant is registered."""

    shape: ClassVar = reading.REGISTRATION

    country: Country
    state: Text | None = None
    type: TaxType | None = Field(None, description="absent: every tax of the place")
    scheme: Scheme | None = Field(None, description="oss: the one-stop shop of the EU")
    valid_from: date | None = None
    valid_until: date | None = Field(None, description="the first day on which it holds no more")
    meta: Meta | None = None


class CertificateModel(Document[Certificate]):
    """An exemption of the customer's: everywhere, or in a place, for some taxes, categories and dates."""

    shape: ClassVar = reading.CERTIFICATE

    country: Country | None = None
    state: Text | None = None
    types: list[TaxType] | None = None
    tax_categories: list[Text] | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    number: Text | None = None
    meta: Meta | None = None


class MerchantModel(Document[Merchant]):
    """The party that sells."""

    shape: ClassVar = reading.MERCHANT

    name: Text1000 | None = None
    address: AddressModel | None = None
    tax_ids: list[TaxIdModel] | None = None
    registrations: Annotated[list[RegistrationModel], Field(min_length=1)] | None = None
    meta: Meta | None = None


class CustomerModel(Document[Customer]):
    """The party that buys."""

    shape: ClassVar = reading.CUSTOMER

    id: Text | None = None
    name: Text1000 | None = None
    address: AddressModel | None = None
    tax_status: TaxStatus | None = None
    tax_ids: list[TaxIdModel] | None = None
    certificates: list[CertificateModel] | None = None
    meta: Meta | None = None


class DiscountModel(Document[Discount]):
    """A reduction: an amount, or a per cent figure of what earlier ones left."""

    shape: ClassVar = reading.DISCOUNT

    amount: Number | None = None
    percent: Number | None = Field(None, description="10 is 10 %")
    description: Text1000 | None = None
    spread_over: Text | None = Field(None, description="the tax category whose lines it lowers")
    tax_category: Text | None = None
    tax_rates: list[Text] | None = None
    tax_behavior: TaxBehavior | None = None
    meta: Meta | None = None


class ChargeModel(Document[Charge]):
    """An addition (shipping, handling): an amount, or a per cent figure of the lines."""

    shape: ClassVar = reading.CHARGE

    amount: Number | None = None
    percent: Number | None = Field(None, description="10 is 10 %")
    description: Text1000 | None = None
    strategy: Strategy | None = None
    tax_category: Text | None = None
    tax_rates: list[Text] | None = None
    tax_behavior: TaxBehavior | None = None
    meta: Meta | None = None


class PaymentModel(Document[Payment]):
    """What has been paid: lowers what is due, never the tax."""

    shape: ClassVar = reading.PAYMENT

    amount: Number
    kind: PaymentKind | None = None
    meta: Meta | None = None


class LineModel(Document[Line]):
    """One thing sold: `quantity` times `unitPrice`, or the whole line's `amount`."""

    shape: ClassVar = reading.LINE

    id: Text
    quantity: Number | None = Field(None, description="1 where it is absent")
    unit_price: Number | None = None
    amount: Number | None = None
    tax_category: Text | None = None
    tax_rates: list[Text] | None = Field(None, description="ids: exactly these; []: none applies")
    tax_behavior: TaxBehavior | None = None
    discounts: list[DiscountModel] | None = None
    charges: list[ChargeModel] | None = None
    ship_to: AddressModel | None = None
    ship_from: AddressModel | None = None
    entered_percent: Number | None = Field(None, description="a per cent figure typed by hand")
    product: Text | None = None
    kind: LineKind | None = None
    description: Text1000 | None = None
    meta: Meta | None = None


class RoundingModel(Document[Rounding]):
    """What is rounded, how, and in which groups."""

    shape: ClassVar = reading.ROUNDING

    level: RoundingLevel | None = None
    mode: RoundingMode | None = None
    inclusive: InclusiveOrder | None = None
    group_by: GroupBy | None = None
    meta: Meta | None = None


class PolicyModel(Document[Policy]):
    """How a calculation rounds: every axis, or a preset with overrides."""

    shape: ClassVar = reading.POLICY

    format: Format | None = None
    preset: PresetName | None = None
    rounding: RoundingModel | None = None
    line_amounts: Amounts | None = None
    discount_amounts: Amounts | None = None
    cash_increment: Number | None = None
    meta: Meta | None = None


class InvoiceModel(Document[Invoice]):
    """A document to be taxed."""

    shape: ClassVar = reading.INVOICE

    format: Format | None = None
    id: Text
    currency: Currency
    tax_date: date = Field(description="the date that fixes the rates")
    lines: list[LineModel] = Field(min_length=1)
    kind: Kind | None = None
    merchant: MerchantModel | None = None
    customer: CustomerModel | None = None
    discounts: list[DiscountModel] | None = None
    charges: list[ChargeModel] | None = None
    payments: list[PaymentModel] | None = None
    policy: PolicyModel | PresetName | None = None
    sourcing: Sourcing | None = None
    tax_behavior: TaxBehavior | None = None
    tax_rates: list[Text] | None = None
    provider: Text | None = None
    meta: Meta | None = None


class BracketModel(Document[Bracket]):
    """A step of a rate by the net price of one unit: `from` an amount on, or `over` it."""

    shape: ClassVar = reading.BRACKET

    from_: Number | None = None
    over: Number | None = None
    percentage_decimal: Number


class TaxRateModel(Document[TaxRate]):
    """One tax rate: the published `taxRate` object and this engine's additions to it."""

    shape: ClassVar = reading.RATE

    format: Format | None = None
    id: Annotated[str, Field(max_length=255)] | None = None
    active: bool | None = None
    country: Country
    name: Text500 | None = Field(None, description="hidden from customers")
    description: Text500 | None = None
    display_name: Text500 | None = Field(None, description="what customers may see")
    percentage: Number | None = Field(None, description="basis points: 300 is 3 %")
    percentage_decimal: Number | None = Field(None, description="a fraction: 0.03 is 3 %")
    inclusive: bool | None = Field(description="null: the line's taxBehavior decides")
    jurisdiction: Annotated[str, Field(max_length=100_000)] | None = Field(
        None, description="postal codes: 94105, 941*, 94100..94199, several with commas"
    )
    state: Annotated[str, Field(max_length=255)] | None = None
    type: TaxType
    valid_from: date | None = None
    valid_until: date | None = Field(None, description="the first day on which it holds no more")
    level: Level | None = None
    tax_categories: list[Text] | None = None
    treatment: Treatment | None = None
    compound_on: list[Text] | None = None
    replaces: list[TaxType] | None = None
    when: When | None = None
    overrides_place: bool | None = None
    jurisdiction_code: Annotated[str, Field(max_length=255)] | None = None
    by_postal_code: bool | None = None
    allow_above_100: bool | None = None
    amount_per_unit: Number | None = None
    amount_per: AmountPer | None = None
    currency: Currency | None = None
    taxable_portion: Number | None = Field(None, description="a fraction from 0 to 1")
    withheld: bool | None = None
    brackets: list[BracketModel] | None = Field(None, description="each above the one before; by currency")
    bracket_by: BracketBy | None = Field(None, description="whole: one bracket taxes all; part: each its own")
    created: Annotated[str, Field(max_length=40)] | None = None
    updated: Annotated[str, Field(max_length=40)] | None = None
    meta: Meta | None = None
