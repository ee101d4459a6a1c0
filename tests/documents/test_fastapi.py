"""FastAPI: the models as they are, as the body and the answer of an endpoint."""

from __future__ import annotations

import asyncio

import httpx
from fastapi import FastAPI

from taxengine import calculate
from taxengine.documents import CalculationModel, InvoiceModel
from tests.documents.samples import SMALL

app = FastAPI()


@app.post("/calculations", response_model=CalculationModel)
def calculations(invoice: InvoiceModel) -> dict[str, object]:
    return calculate(invoice.to_core()).to_dict()


def answer_to(method: str, path: str, body: object = None) -> httpx.Response:
    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.request(method, path, json=body)

    return asyncio.run(ask())


def test_an_invoice_comes_in_and_its_calculation_goes_out() -> None:
    answer = answer_to(
        "POST", "/calculations", {**SMALL, "lines": [{"id": "1", "amount": "19.90", "taxRates": []}]}
    )
    assert answer.status_code == 200
    assert answer.json()["totals"]["payable"] == "19.90"
    assert answer.json()["format"] == 1


def test_a_bad_invoice_is_answered_with_every_problem_at_its_place() -> None:
    bad = {**SMALL, "lines": [{"id": "1", "amount": 19.9}, {"id": "2", "amout": "1"}]}
    answer = answer_to("POST", "/calculations", bad)
    assert answer.status_code == 422
    assert [(each["loc"], each["type"]) for each in answer.json()["detail"]] == [
        (["body", "lines", 0, "amount"], "invalidType"),
        (["body", "lines", 1, "amout"], "unknownField"),
        (["body", "lines", 1, "unitPrice"], "missingField"),
    ]


def test_the_interface_description_holds_the_models() -> None:
    described = answer_to("GET", "/openapi.json").json()["components"]["schemas"]
    assert "taxDate" in described["InvoiceModel"]["properties"]
    assert "totals" in described["CalculationModel"]["properties"]
