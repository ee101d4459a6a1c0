"""Sealed models: sealed results, and the rows of what would be, as pydantic models: for their schemas.

`taxengine.recalculation` makes and reads them; the seal says whether one is what it was.

>>> sorted(SealedModel.model_json_schema()["required"])
['engine', 'format', 'seal', 'sealed']
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from taxengine.core.invoice import Kind, Sourcing
from taxengine.core.rates import TaxType
from taxengine.core.reasons import Reason
from taxengine.core.values import document_name
from taxengine.documents.contract import Amount, Format
from taxengine.documents.models import InvoiceModel, PolicyModel, TaxRateModel
from taxengine.documents.result_models import (
    FaultModel,
    LineAmountsModel,
    NoticeModel,
    TaxAmountModel,
    TotalsModel,
)

Hash = Annotated[str, Field(pattern="^(hmac-)?sha256:[0-9a-f]{64}$")]
Bare = Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]


class _Model(BaseModel):
    model_config = ConfigDict(alias_generator=document_name, extra="forbid", frozen=True)


class TracedModel(_Model):
    """Who determined the taxes, and the digests; the engine's version stands beside what is sealed."""

    provider: str
    rules: int = Field(ge=1)
    input: Bare | None = Field(description="null: it lies with the party")
    rates: Bare
    degraded: bool


class FiguresModel(_Model):
    """The calculation, without the engine's version."""

    format: Format
    invoice: str
    kind: Kind
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    tax_date: date
    lines: list[LineAmountsModel]
    adjustments: list[LineAmountsModel]
    taxes: list[TaxAmountModel]
    totals: TotalsModel
    warnings: list[NoticeModel]
    policy: PolicyModel
    provenance: TracedModel


class AppliedModel(_Model):
    """A tax of an outcome: the place of its rate in `rates`, and whatever is not as that rate has it."""

    rate: int | None = None
    id: str | None = None
    name: str | None = None
    type: TaxType | None = None
    level: str | None = None
    country: str | None = None
    state: str | None = None
    jurisdiction: str | None = None
    percentage_decimal: Amount | None = None
    inclusive: bool | None = None
    reason: Reason | None = None
    withheld: bool | None = None
    category: str | None = None


class StatedModel(_Model):
    """What a provider stated for one tax."""

    taxable: Amount
    tax: Amount


class OutcomeModel(_Model):
    """What was determined for lines, told once: taxes, or none and why."""

    taxed: list[AppliedModel] | None = None
    not_taxed: list[AppliedModel] | None = None
    reason: Reason
    stated: list[StatedModel] | None = None
    entered: Literal[True] | None = None


class DeterminationModel(_Model):
    """What was determined: each line, charge and discount by the place of its outcome in `outcomes`."""

    provider: str
    sourcing: Sourcing
    missing_rate: Literal["error", "untaxed"]
    degraded: bool
    lines: list[int]
    charges: list[int | None]
    discounts: list[int | None]
    places: list[tuple[str, str | None] | None] = Field(
        description="the country and state that tax each line, and last the charges and discounts"
    )
    outcomes: list[OutcomeModel]


class BoundModel(_Model):
    """What binds the party block: its hash, and the paths of the invoice that it holds."""

    hash: Bare
    fields: list[str]


class ContentModel(_Model):
    """What is sealed of an invoice: all it takes to compute it again."""

    rules: int = Field(ge=1, description="the version of the rules that it was calculated by")
    invoice: InvoiceModel
    rates: list[TaxRateModel]
    policy: PolicyModel
    determination: DeterminationModel
    calculation: FiguresModel
    party: BoundModel | None = None


class RefundOfModel(_Model):
    """Of what, after which credit notes, and what was asked for."""

    of: ContentModel
    previous: list[FiguresModel]
    asked: dict[str, Any]


class RefundContentModel(_Model):
    """What is sealed of a refund."""

    rules: int = Field(ge=1)
    refund: RefundOfModel
    calculation: FiguresModel
    party: BoundModel | None = None


class PartyModel(_Model):
    """What can be taken out: what the invoice says of persons, by its paths."""

    salt: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    input: Bare = Field(description="the digest of the whole invoice")
    fields: dict[str, Any]


class EngineModel(_Model):
    """The engine that calculated it."""

    version: str
    hash: Hash


class SealedModel(_Model):
    """A result with all it takes to compute it again, under its seal."""

    format: Format
    sealed: ContentModel | RefundContentModel
    party: PartyModel | None = None
    engine: EngineModel
    seal: Hash


class PlaceModel(_Model):
    """Where a document stands."""

    file: str
    number: int = Field(ge=1, description="its line, from 1")


class CauseModel(_Model):
    """A part of the difference of a line, and its cause."""

    cause: str
    line: str | None
    tax: Amount
    withheld: Amount


class DifferenceModel(_Model):
    """After less before."""

    net: Amount
    tax: Amount
    gross: Amount
    withheld: Amount
    payable: Amount


class TaxDifferenceModel(_Model):
    """A row of the breakdown that differs."""

    tax_rate: str | None
    name: str | None
    type: TaxType
    country: str | None
    state: str | None
    percentage_decimal: Amount | None
    withheld: bool
    before: Amount
    after: Amount


class ComparedModel(_Model):
    """What one document was and would be, and why: a row of `audit recalculate` and `audit compare`."""

    format: Format
    invoice: str
    kind: Kind
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    tax_date: date
    before: TotalsModel | None
    after: TotalsModel | None
    difference: DifferenceModel
    causes: list[CauseModel]
    taxes: list[TaxDifferenceModel]
    place: PlaceModel
    seal: Hash | None = None
    seal_after: Hash | None = None


class UncomparedModel(_Model):
    """A document that was refused."""

    format: Format
    invoice: str | None
    place: PlaceModel
    error: FaultModel
