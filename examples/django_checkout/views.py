"""Views: the checkout over HTTP."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

import json
import logging

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone

from examples.django_checkout.checkout import place_order
from taxengine import InvalidInvoice, Undetermined

log = logging.getLogger(__name__)


def checkout(request: HttpRequest) -> JsonResponse:
    """POST {number, cart: {sku: quantity}, address: {country, postalCode}}."""
    asked = json.loads(request.body)
    try:
        order = place_order(asked["number"], asked["cart"], asked["address"], timezone.localdate())
    except InvalidInvoice as error:
        # Theirs to mend: each problem has a path to stand beside, and a sentence.
        problems = [{"path": problem.path, "message": problem.message} for problem in error.problems]
        return JsonResponse({"problems": problems}, status=400)
    except Undetermined as error:
        # Ours to mend: a rate or a category is missing. The log says which and what to add.
        for problem in error.problems:
            log.error("order %s: %s (%s)", asked["number"], problem.message, problem.hint)
        return JsonResponse({"message": "We cannot take this order yet; we are looking into it."}, status=503)
    return JsonResponse({"number": order.number, "tax": str(order.tax), "gross": str(order.gross)})


urlpatterns = [path("checkout", checkout)]
