"""A service that answers an invoice with its taxes: one endpoint, and errors as documents.

uvicorn examples.fastapi_service.app:app
"""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from taxengine import InvalidInput, ProviderUnavailable, RateTable, TaxEngineError, Undetermined, calculate
from taxengine.documents import (
    CalculationModel,
    ErrorModel,
    InvoiceModel,
    error_document,
    invoice_id,
    read_invoice,
    read_rates_file,
)

RATES = RateTable(read_rates_file(Path(__file__).parents[1] / "rates.json").rates)
REFUSALS = {InvalidInput: 422, Undetermined: 409, ProviderUnavailable: 503}

app = FastAPI(title="Taxes")


@app.post(
    "/calculations",
    response_model=CalculationModel,
    responses={status: {"model": ErrorModel} for status in REFUSALS.values()},
)
def calculations(invoice: InvoiceModel) -> JSONResponse:
    """The taxes of the invoice, to the cent."""
    try:
        return JSONResponse(calculate(invoice.to_core(), RATES).to_dict())
    except TaxEngineError as error:
        return refusal(invoice.id, error)


@app.exception_handler(RequestValidationError)
async def unreadable(_: Request, error: RequestValidationError) -> JSONResponse:
    """What FastAPI refuses, `read_invoice` refuses too, with an error document."""
    try:
        read_invoice(error.body)
    except InvalidInput as refused:
        return refusal(invoice_id(error.body), refused)
    raise error


def refusal(invoice: str | None, error: TaxEngineError) -> JSONResponse:
    """The error document, and the status that says whose turn it is."""
    status = next((code for kind, code in REFUSALS.items() if isinstance(error, kind)), 500)
    return JSONResponse(error_document(invoice, error), status)
