"""Contract: the reader, the models and the JSON Schemas accept the same documents, with equal results."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from taxengine import Invoice, Line, TaxRate, calculate, refund
from taxengine.core.errors import InvalidInput, InvalidInvoice, InvalidPolicy, InvalidRate
from taxengine.documents import (
    CalculationModel,
    ErrorModel,
    InvoiceModel,
    LineModel,
    PolicyModel,
    TaxRateModel,
    error_document,
    models,
    parse,
    read_calculation,
    read_invoice,
    read_policy,
    read_rates,
    result_models,
    schema,
    write,
    write_rates,
)
from taxengine.documents.contract import Document as Model
from taxengine.documents.schemas import _TYPES
from tests.documents.mutations import mutated
from tests.documents.samples import BRACKETED_RATE, INVOICE, POLICY, RATE, SMALL, SMALL_RATE, Document, leaves

VAT = TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)
CALCULATION: Document = json.loads(
    write(
        calculate(
            Invoice(
                id="inv_1",
                currency="EUR",
                tax_date=date(2026, 3, 1),
                lines=[
                    Line(id="1", amount="100.00", tax_rates=[VAT]),
                    Line(id="2", amount="5", tax_rates=[]),
                ],
            )
        )
    )
)


REFUNDED: Document = json.loads(write(refund(read_calculation(CALCULATION), amount="29.75")))


def one_rate(document: Any) -> TaxRate:
    (rate,) = read_rates(document)
    return rate


KINDS: dict[str, tuple[Callable[[Any], Any], type[Model[Any]], tuple[Document, ...]]] = {
    "invoice": (read_invoice, InvoiceModel, (INVOICE, SMALL)),
    "rate": (one_rate, TaxRateModel, (RATE, SMALL_RATE, BRACKETED_RATE)),
    "policy": (read_policy, PolicyModel, (POLICY, {"preset": "lago"})),
    "calculation": (read_calculation, CalculationModel, (CALCULATION, REFUNDED)),
}
VALIDATORS = {kind: jsonschema.Draft202012Validator(schema(kind)) for kind in KINDS}


def outcome(read: Callable[[], Any]) -> tuple[Any, list[tuple[str, str]]]:
    """What is read, or the codes and sentences of the refusal."""
    try:
        return read(), []
    except InvalidInput as error:
        return None, [(each.code, each.message) for each in error.problems]
    except ValidationError as error:
        return None, [(each["type"], each["msg"]) for each in error.errors()]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=300)
@given(data=st.data())
def test_reader_and_model_and_schema_agree(kind: str, data: st.DataObject) -> None:
    read, model, documents = KINDS[kind]
    document = data.draw(mutated(*documents))
    text = json.dumps(document)
    by_reader = outcome(lambda: read(text))
    by_model = outcome(lambda: model.model_validate(parse(text)).to_core())
    assert by_model == by_reader
    if not by_reader[1]:
        assert [each.message for each in VALIDATORS[kind].iter_errors(document)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_refuses_every_unknown_field_and_every_other_json_type(kind: str) -> None:
    _, _, documents = KINDS[kind]
    free = ("meta", "explanation")
    for steps, value in leaves(documents[0]):
        if any(step in free for step in steps):
            continue
        others = [{"unknown": 1}, [[]], *([] if isinstance(value, bool) else [True])]
        for other in others:
            broken = json.loads(json.dumps(documents[0]))
            inside = broken
            for step in steps[:-1]:
                inside = inside[step]
            inside[steps[-1]] = other
            assert not VALIDATORS[kind].is_valid(broken), (steps, other)
            if isinstance(inside, dict):
                inside[steps[-1]] = value
                inside["unknwon"] = 1
                assert not VALIDATORS[kind].is_valid(broken), steps


def all_models() -> list[type[Model[Any]]]:
    return [
        each
        for module in (models, result_models)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Model) and "shape" in vars(each)
    ]


@pytest.mark.parametrize("model", all_models(), ids=lambda each: each.__name__)
def test_a_model_has_the_fields_of_its_shape_and_they_are_required_alike(model: type[Model[Any]]) -> None:
    fields = {each.alias: each.is_required() for each in model.model_fields.values()}
    assert fields.keys() == model.shape.fields.keys()
    problems: list[Any] = []
    model.shape.read(problems, {})
    missing = {each.path for each in problems if each.code == "missingField"}
    assert {name for name, required in fields.items() if required} <= missing


def test_a_published_example_fits_its_schema() -> None:
    rates = read_rates([RATE, SMALL_RATE, BRACKETED_RATE])
    for document in (
        [RATE],
        RATE,
        {"rates": [RATE]},
        {"data": {"taxRates": [RATE]}},
        json.loads(write_rates(rates)),
    ):
        jsonschema.validate(document, schema("rates"))
        assert read_rates(document)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"rates": [{**RATE, "tpye": 1}]}, schema("rates"))


def test_an_error_fits_its_schema() -> None:
    for bad in ("{", "", '{"id": "i", "lines": [{}], "zzz": 1}'):
        with pytest.raises(InvalidInvoice) as refused:
            read_invoice(bad)
        document = json.loads(write(error_document("i", refused.value)))
        jsonschema.validate(document, schema("error"))
        ErrorModel.model_validate(document)
    jsonschema.validate(error_document(None, refused.value), schema("error"))


@pytest.mark.parametrize("name", sorted(_TYPES))
def test_a_schema_is_a_schema_and_always_the_same(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    assert json.dumps(schema(name)) == json.dumps(schema(name))
    assert schema(name)["title"] == name


def test_a_name_that_is_no_schema_is_refused() -> None:
    with pytest.raises(InvalidInput, match="schema: expected one of calculation, compared, error, invoice"):
        schema("invoices")
    with pytest.raises(InvalidInput, match="got 'zzz'"):
        schema("zzz")


def test_a_policy_may_be_a_name_in_its_schema() -> None:
    jsonschema.validate("en16931", schema("policy"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate("nope", schema("policy"))


def test_a_model_shows_each_problem_at_its_place() -> None:
    with pytest.raises(ValidationError) as refused:
        InvoiceModel.model_validate({**SMALL, "currency": "EURO", "lines": [{"id": "1", "taxCatgory": "x"}]})
    shown = [(each["loc"], each["type"]) for each in refused.value.errors()]
    assert shown == [
        (("lines", 0, "taxCatgory"), "unknownField"),
        (("lines", 0, "unitPrice"), "missingField"),
        (("currency",), "unknownCurrency"),
    ]
    assert refused.value.errors()[2]["ctx"] == {"hint": "did you mean EUR?"}


def test_a_model_refuses_floats_since_they_are_not_what_was_written() -> None:
    for validate in (
        lambda: InvoiceModel.model_validate({**SMALL, "lines": [{"id": "1", "amount": 19.9}]}),
        lambda: InvoiceModel.model_validate_json(
            '{"id":"1","currency":"EUR","taxDate":"2026-03-01","lines":[{"id":"1","amount":19.9}]}'
        ),
    ):
        with pytest.raises(ValidationError, match=r"got a float \(19.9\)"):
            validate()


def test_a_model_writes_what_it_read() -> None:
    model = InvoiceModel.model_validate(INVOICE)
    shown = model.model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert shown == INVOICE
    assert read_invoice(shown) == model.to_core()
    assert InvoiceModel.model_validate(model) is model
    assert (
        CalculationModel.model_validate(CALCULATION).model_dump(
            mode="json", by_alias=True, exclude_unset=True
        )
        == CALCULATION
    )


def test_a_changed_model_is_judged_again() -> None:
    model = InvoiceModel.model_validate(SMALL).model_copy(update={"currency": "XXX"})
    with pytest.raises(InvalidInvoice, match="currency"):
        model.to_core()
    with pytest.raises(InvalidRate):
        TaxRateModel.model_validate(SMALL_RATE).model_copy(update={"country": "ZZ"}).to_core()
    with pytest.raises(InvalidPolicy):
        PolicyModel.model_validate({}).model_copy(update={"preset": "nope"}).to_core()


def test_a_model_is_a_field_of_other_models() -> None:
    class Request(BaseModel):
        line: LineModel
        note: str

    made = Request.model_validate({"line": {"id": "1", "amount": 3}, "note": "x"})
    assert made.line.to_core() == Line(id="1", amount=3)
    assert made.line.amount == Decimal(3)
    with pytest.raises(ValidationError) as refused:
        Request.model_validate({"line": {"id": "1", "amount": "x"}, "note": "x"})
    assert refused.value.errors()[0]["loc"] == ("line", "amount")
