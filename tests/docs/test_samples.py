"""Samples: those that the docs show for Django and FastAPI, each as its users would meet it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

GB = {
    "id": "inv_1",
    "currency": "GBP",
    "taxDate": "2026-03-02",
    "taxBehavior": "inclusive",
    "customer": {"address": {"country": "GB"}},
    "lines": [{"id": "1", "taxCategory": "homeware", "quantity": 3, "unitPrice": "19.99"}],
}


# ---- FastAPI ----


def posted(body: object) -> httpx.Response:
    from examples.fastapi_service.app import app

    content = {"content": body} if isinstance(body, bytes) else {"json": body}

    async def post() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.post("/calculations", **content)

    return asyncio.run(post())


def test_the_service_answers_an_invoice_with_its_calculation() -> None:
    answer = posted(GB)
    assert answer.status_code == 200
    assert answer.json()["totals"]["tax"] == "10.00"
    assert answer.json()["totals"]["gross"] == "59.97"


@pytest.mark.parametrize(
    ("body", "status", "invoice", "code", "path"),
    [
        (b'{"id": "inv_1",}', 422, None, "invalidJson", ""),
        ({**GB, "lines": [{"id": "1", "amount": 19.9}]}, 422, "inv_1", "invalidType", "lines[0].amount"),
        ({**GB, "taxdate": "2026-03-02"}, 422, "inv_1", "unknownField", "taxdate"),
        ({**GB, "lines": [{"id": "1", "amount": "1.00"}]}, 409, "inv_1", "missingTaxCategory", "lines[0]"),
        ({**GB, "customer": {"address": {"country": "FR"}}}, 409, "inv_1", "missingRate", "lines[0]"),
        ({**GB, "policy": "en1693"}, 422, "inv_1", "unknownPreset", "policy"),
    ],
)
def test_the_service_answers_a_refusal_with_an_error_document(
    body: object, status: int, invoice: str | None, code: str, path: str
) -> None:
    answer = posted(body)
    told = answer.json()
    assert (answer.status_code, told["invoice"], told["error"]["code"]) == (status, invoice, code)
    assert told["error"]["problems"][0]["path"] == path


def test_the_service_describes_its_answers() -> None:
    from examples.fastapi_service.app import app

    answers = app.openapi()["paths"]["/calculations"]["post"]["responses"]
    assert {"200", "409", "422", "503"} <= answers.keys()


# ---- Django ----


@pytest.fixture(scope="module")
def shop() -> Iterator[Any]:
    """A client of the shop, with an empty database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "examples.django_checkout.settings"
    import django  # type: ignore[import-untyped]
    from django.core.management import call_command  # type: ignore[import-untyped]

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    from django.test import Client  # type: ignore[import-untyped]

    from examples.django_checkout.models import Product

    Product.objects.create(sku="lamp", price="19.99", tax_category="homeware")
    Product.objects.create(sku="atlas", price="34.00", tax_category="books")
    Product.objects.create(sku="mystery", price="5.00", tax_category=None)
    yield Client()
    del os.environ["DJANGO_SETTINGS_MODULE"]


def ordered(shop: Any, number: str, cart: dict[str, object], country: str = "GB") -> Any:
    body = {"number": number, "cart": cart, "address": {"country": country}}
    return shop.post("/checkout", body, content_type="application/json")


def test_the_shop_keeps_the_calculation_with_the_order(shop: Any) -> None:
    from examples.django_checkout.models import Order
    from taxengine.documents import read_calculation

    assert ordered(shop, "A-1", {"lamp": 3, "atlas": 1}).json() == {
        "number": "A-1",
        "tax": "10.00",
        "gross": "93.97",
    }
    kept = Order.objects.get(number="A-1")
    assert read_calculation(kept.calculation).totals.gross == kept.gross
    assert [line["reason"] for line in kept.calculation["lines"]] == ["standardRated", "zeroRated"]


def test_the_shop_tells_the_customer_what_is_wrong_with_the_order(shop: Any) -> None:
    answer = ordered(shop, "A-2", {"atlas": 1, "lamp": 1.5})
    assert answer.status_code == 400
    assert [problem["path"] for problem in answer.json()["problems"]] == ["lines[1].quantity"]


@pytest.mark.parametrize(
    ("cart", "country", "told"),
    [
        ({"lamp": 1}, "FR", "expected a rate for FR"),
        ({"mystery": 1}, "GB", "expected a tax category for product 'mystery'"),
    ],
)
def test_the_shop_takes_no_order_that_it_cannot_tax(
    shop: Any, caplog: pytest.LogCaptureFixture, cart: dict[str, object], country: str, told: str
) -> None:
    from examples.django_checkout.models import Order

    assert ordered(shop, "A-3", cart, country).status_code == 503
    assert told in caplog.text
    assert not Order.objects.filter(number="A-3").exists()
