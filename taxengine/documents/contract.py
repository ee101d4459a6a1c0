"""Contract: what every model has in common: it reads as the reader reads, and gives the core's value.

>>> from taxengine.core.parties import TaxId
>>> class Parcel(Document[TaxId]):
...     shape: ClassVar = Shape.of(TaxId)
...     type: str
...     value: str
>>> Parcel.model_validate({"type": "vat", "value": "DE1"}).to_core()
TaxId(type='vat', value='DE1')
>>> Parcel.model_validate({"type": "vat", "valeu": "DE1"})
Traceback (most recent call last):
...
pydantic_core._pydantic_core.ValidationError: 2 validation errors for Parcel
valeu
  valeu: unknown field, did you mean value? [type=unknownField]
value
  value: expected text, got none [type=missingField]
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Generic, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PlainSerializer,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from taxengine.core.errors import Problem
from taxengine.core.money import decimal_of
from taxengine.core.values import document_name
from taxengine.documents.fields import Problems, WrittenNumber, free
from taxengine.documents.reading import read_as
from taxengine.documents.shapes import MOST_PROBLEMS, Shape

T = TypeVar("T")

_REFUSAL: Any = PydanticCustomError  # typed to take literal text only
_STEPS = re.compile(r"\[([0-9]+)\]|([^.\[\]]+)")


def _exact(value: object) -> Decimal:
    return decimal_of(value.text if isinstance(value, WrittenNumber) else value)


Number = Annotated[
    Decimal,
    BeforeValidator(_exact),
    PlainSerializer(lambda number: f"{number:f}", return_type=str, when_used="json"),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": r"^-?[0-9]{1,15}(\.[0-9]{1,12})?$"}, {"type": "number"}]}
    ),
]
"""A number of the input, exactly as it was written."""
Amount = Annotated[
    Decimal,
    BeforeValidator(lambda value: Decimal(value.text if isinstance(value, WrittenNumber) else value)),
    PlainSerializer(lambda number: f"{number:f}", return_type=str, when_used="json"),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": r"^-?[0-9]{1,16}(\.[0-9]{1,30})?$"}, {"type": "number"}]}
    ),
]
"""A number of a result: as text, with the decimals that it has."""
Format = Annotated[Literal[1], Field(description="the version of the document")]
Meta = Annotated[dict[str, Any], Field(description="free data, returned untouched")]


class Document(BaseModel, Generic[T]):
    """A document, or a part of one, of the core type `T`."""

    model_config = ConfigDict(
        alias_generator=document_name, extra="forbid", frozen=True, hide_input_in_errors=True
    )
    shape: ClassVar[Shape]

    @model_validator(mode="wrap")
    @classmethod
    def _as_the_reader_does(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(data, cls):
            return data
        problems: Problems = []
        cls.shape.read(problems, data)
        if problems:
            details = [_detail(problem) for problem in problems[:MOST_PROBLEMS]]
            raise ValidationError.from_exception_data(cls.__name__, details, hide_input=True)
        return handler(free([], data, ""))

    def to_core(self) -> T:
        """The core's value of the document. Raises `InvalidInput` where a change has made it invalid."""
        value: T = read_as(self.shape, self.model_dump(by_alias=True, exclude_unset=True))
        return value


def _detail(problem: Problem) -> InitErrorDetails:
    steps = tuple(int(index) if index else name for index, name in _STEPS.findall(problem.path))
    context = {"hint": problem.hint} if problem.hint else None
    return InitErrorDetails(type=_REFUSAL(problem.code, problem.message, context), loc=steps, input=None)
