"""Schemas: the JSON Schema of every document, generated from its model.

What a schema refuses, the reader refuses; the reader refuses more, such as a currency that there is not.

>>> schema("invoice")["required"]
['id', 'currency', 'taxDate', 'lines']
>>> schema("invoce")
Traceback (most recent call last):
...
taxengine.core.errors.InvalidInput: schema: expected one of calculation, compared, error, invoice, policy,
    rate, rates, sealed, got 'invoce'
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.values import document_name
from taxengine.documents.contract import Format
from taxengine.documents.fields import in_words
from taxengine.documents.models import InvoiceModel, PolicyModel, PresetName, TaxRateModel
from taxengine.documents.result_models import CalculationModel, ErrorModel
from taxengine.documents.sealed_models import ComparedModel, SealedModel, UncomparedModel

_STRICT = ConfigDict(alias_generator=document_name, extra="forbid")


class _Rates(BaseModel):
    """A list of rates, as it is written."""

    model_config = _STRICT

    format: Format | None = None
    rates: list[TaxRateModel]


class _TaxRates(BaseModel):
    model_config = _STRICT

    tax_rates: list[TaxRateModel]


class _Published(BaseModel):
    """A list of rates, as the published interface answers it."""

    model_config = _STRICT

    format: Format | None = None
    data: _TaxRates


_TYPES: Final[dict[str, Any]] = {
    "calculation": CalculationModel,
    "compared": ComparedModel | UncomparedModel,
    "error": ErrorModel,
    "invoice": InvoiceModel,
    "policy": PolicyModel | PresetName,
    "rate": TaxRateModel,
    "rates": _Rates | _Published | list[TaxRateModel] | TaxRateModel,
    "sealed": SealedModel,
}


class _Schema(GenerateJsonSchema):
    """Without what repeats itself: a title that is the field's name, and null where a field is absent."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  # no field's title says more
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        return {name: value for name, value in made.items() if (name, value) != ("default", None)}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a document by its name: `invoice`, `calculation`, `sealed` ..."""
    kind = _TYPES.get(name)
    if kind is None:
        near = get_close_matches(name, _TYPES, n=1)
        hint = f"did you mean {near[0]}?" if near else ""
        told = f"schema: expected one of {', '.join(_TYPES)}, got {in_words(name)}"
        raise InvalidInput(Problem("invalidValue", told, "schema", hint))
    made = TypeAdapter(kind).json_schema(by_alias=True, schema_generator=_Schema)
    return {"$schema": GenerateJsonSchema.schema_dialect, **made, "title": name}
