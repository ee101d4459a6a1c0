"""Result models: what is answered for an invoice, a calculation or an error, as pydantic models.

>>> from datetime import date
>>> from taxengine import Invoice, Line, calculate
>>> lines = [Line(id="1", amount="19.90", tax_rates=[])]
>>> calculation = calculate(Invoice(id="inv_1", currency="EUR", tax_date=date(2026, 3, 1), lines=lines))
>>> model = CalculationModel.model_validate(calculation.to_dict())
>>> model.to_core() == calculation, model.model_dump(mode="json", by_alias=True)["totals"]["gross"]
(True, '19.90')
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from taxengine.core.brackets import Within
from taxengine.core.determination import Notice
from taxengine.core.figures import Entered, LineAmounts, TaxAmount, Totals
from taxengine.core.invoice import Kind
from taxengine.core.provenance import Provenance
from taxengine.core.rates import Level, TaxType
from taxengine.core.reasons import Reason
from taxengine.core.result import Calculation
from taxengine.documents import calculations
from taxengine.documents.contract import Amount, Document, Format
from taxengine.documents.models import PolicyModel


class WithinModel(Document[Within]):
    """The bracket of a rate that one unit of a line lies in, by its bounds."""

    shape: ClassVar = calculations.BRACKET

    from_: Amount | None = None
    over: Amount | None = None
    below: Amount | None = None
    up_to: Amount | None = None


class TaxAmountModel(Document[TaxAmount]):
    """One tax of a line, or one row of the breakdown."""

    shape: ClassVar = calculations.TAX

    tax_rate: str | None = Field(None, description="the rate's id; null: no rate of the table")
    name: str | None = None
    type: TaxType
    level: Level | None = None
    country: str | None = Field(None, description="null: a percentage typed by hand, at no place")
    state: str | None = None
    jurisdiction: str | None = None
    percentage_decimal: Amount | None = Field(
        None, description="null: a fixed amount only, or several brackets"
    )
    inclusive: bool
    taxable: Amount
    tax: Amount
    reason: Reason
    withheld: bool = Field(description="true: outside every total of tax")
    vat_category_code: str | None = None
    vatex_code: str | None = None
    bracket: WithinModel | None = Field(None, description="for rates with brackets")


class EnteredModel(Document[Entered]):
    """A percentage typed by hand, and whether it was used."""

    shape: ClassVar = calculations.ENTERED

    value: Amount
    used: bool


class LineAmountsModel(Document[LineAmounts]):
    """The figures of a line, or of a charge or discount that is taxed by itself."""

    shape: ClassVar = calculations.LINE_AMOUNTS

    id: str
    amount: Amount = Field(description="before invoice discounts")
    discount: Amount = Field(description="its share of invoice discounts, positive when it lowers")
    net: Amount
    tax: Amount
    gross: Amount
    reason: Reason
    taxes: list[TaxAmountModel]
    entered_percent: EnteredModel | None = None
    share: Annotated[str, Field(pattern=r"^[0-9]{1,4000}(/[0-9]{1,4000})?$")] | None = Field(
        None, description="of a credit note: which part it takes of the invoice's line"
    )


class TotalsModel(Document[Totals]):
    """The sums: payable = gross - withheld - paid + cashRounding."""

    shape: ClassVar = calculations.TOTALS

    net: Amount
    tax: Amount
    gross: Amount
    withheld: Amount
    paid: Amount
    cash_rounding: Amount
    payable: Amount


class NoticeModel(Document[Notice]):
    """What is worth a look, though nothing is wrong with the figures."""

    shape: ClassVar = calculations.NOTICE

    code: str
    path: str
    message: str


class ProvenanceModel(Document[Provenance]):
    """Who determined the taxes, and the digests of what went in."""

    shape: ClassVar = calculations.PROVENANCE

    provider: str
    engine: str
    rules: int = Field(ge=0)
    input: str | None = Field(description="null: taken out of a sealed result")
    rates: str
    degraded: bool


class CalculationModel(Document[Calculation]):
    """The answer for an invoice."""

    shape: ClassVar = calculations.CALCULATION

    format: Format | None = None
    invoice: str
    kind: Kind
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    tax_date: date
    lines: list[LineAmountsModel]
    adjustments: list[LineAmountsModel] = Field(description="charges and discounts taxed by themselves")
    taxes: list[TaxAmountModel] = Field(description="the breakdown: one row a rate and reason")
    totals: TotalsModel
    warnings: list[NoticeModel]
    policy: PolicyModel
    provenance: ProvenanceModel
    explanation: dict[str, Any] | None = None


class ProblemModel(BaseModel):
    """One thing that is wrong; further fields are the values behind the sentence."""

    model_config = ConfigDict(extra="allow", frozen=True)

    code: str
    path: str
    message: str
    hint: str | None = None


class FaultModel(BaseModel):
    """All that is wrong with a document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    message: str
    problems: list[ProblemModel]


class ErrorModel(BaseModel):
    """What is answered for an invoice that was refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    invoice: str | None
    error: FaultModel
