"""Schedule: what is known before a bill is drawn up: the customer, the products, the countries.

>>> document = b'{"products": [{"id": "p1"}], "countries": ["DE"]}'
>>> read_schedule(document, RateTable([]), date(2026, 3, 1))
Traceback (most recent call last):
...
taxengine.core.errors.Undetermined: products[0]: expected a tax category for product 'p1', got none; \
countries[0]: expected a rate for DE on 2026-03-01, got none; merchant.address: expected an address, got none
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from taxengine.core import checks
from taxengine.core.errors import InvalidInput, InvalidInvoice, Problem, Undetermined
from taxengine.core.parties import Customer, Merchant
from taxengine.core.place import Address, canonical_state, check_country
from taxengine.core.selection import usual_type
from taxengine.core.table import RateTable
from taxengine.core.territories import located
from taxengine.core.values import Texts, free, given, value
from taxengine.documents.fields import FORMAT, TEXTS, Problems
from taxengine.documents.reading import CUSTOMER, MERCHANT, value_of
from taxengine.documents.shapes import MOST_PROBLEMS, Shape, many, one

BY_STATE = frozenset({"US", "CA", "IN"})
"""Where an address without a state does not say who taxes."""
LACKING = frozenset({"missingTaxCategory", "missingRate", "missingAddress"})


@value(InvalidInvoice)
class Product:
    """Something that will be sold."""

    id: str | None = given(checks.text, default=None)
    name: str | None = given(checks.long_text, default=None)
    tax_category: str | None = given(checks.text, default=None)
    meta: Mapping[str, object] = free(default=None)


@value(InvalidInvoice)
class Schedule:
    """Who will buy what, from whom, and where customers are."""

    customer: Customer | None = given(checks.instance(Customer), default=None)
    merchant: Merchant | None = given(checks.instance(Merchant), default=None)
    products: Sequence[Product] = given(checks.sequence(checks.instance(Product)), default=())
    countries: Texts = given(checks.texts, default=())
    tax_date: date | None = given(checks.day, default=None)
    meta: Mapping[str, object] = free(default=None)


def read_schedule(document: bytes, table: RateTable, on: date) -> Schedule:
    """The schedule, if nothing is missing or wrong.

    `on` counts where it names no date. Raises `InvalidInvoice` or `Undetermined`, with all problems.
    """
    problems: Problems = []
    built: list[Schedule] = []

    def build(**parts: object) -> Schedule:
        built.append(Schedule(**parts))  # type: ignore[arg-type]  # it checks them
        return built[-1]

    shape = Shape.of(
        Schedule, build=build, format=FORMAT, customer=one(CUSTOMER), merchant=one(MERCHANT),
        products=many(Shape.of(Product, stand_in={"tax_category": "-"})), countries=TEXTS,
    )  # fmt: skip
    shape.read(problems, value_of(document, InvalidInvoice))
    known = {problem.path.partition(".")[0].partition("[")[0] for problem in problems}
    for schedule in built[-1:]:
        found = missing(schedule, table, schedule.tax_date or on)
        problems += [problem for problem in found if problem.path.partition(".")[0] not in known]
    if problems:
        lacking = all(problem.code in LACKING for problem in problems)
        raise (Undetermined if lacking else InvalidInvoice)(problems[:MOST_PROBLEMS])
    return built[-1]


def missing(schedule: Schedule, table: RateTable, on: date) -> Iterator[Problem]:
    """What is missing: tax categories, rates, the merchant's address."""
    if schedule.customer is None or schedule.customer.tax_status != "exempt":
        for index, product in enumerate(schedule.products):
            if product.tax_category is None:
                yield _uncategorised(f"products[{index}]", product)
    places = {f"countries[{index}]": country for index, country in enumerate(schedule.countries)}
    if schedule.customer is not None and schedule.customer.address is not None:
        places["customer.address"] = schedule.customer.address.country
    for path, code in places.items():
        try:
            country = check_country(code, path)
        except InvalidInput as error:
            yield from error.problems
        else:
            if not has_rates(table, country, on):
                yield no_rate(path, country, on)
    yield from _merchant(None if schedule.merchant is None else schedule.merchant.address)


def has_rates(table: RateTable, country: str, on: date) -> bool:
    """Whether there is any rate for the country, or for what taxes it, on that day."""
    area, _ = located(country, None)
    return any(rate.area == area and rate.active and rate.in_force(on) for rate in table)


def no_rate(path: str, country: str, on: date) -> Problem:
    """The problem of a country that has no rate."""
    kind = usual_type(country).value
    told = f"{path}: expected a rate for {country} on {on}, got none"
    data = {"country": country, "type": kind, "taxDate": str(on)}
    return Problem("missingRate", told, path, f"add a rate with country {country}, type {kind}", data)


def _uncategorised(path: str, product: Product) -> Problem:
    name = product.id or product.name
    data = {} if name is None else {"product": name}
    of = "" if name is None else f" for product {checks.shown(name)}"
    told = f"{path}: expected a tax category{of}, got none"
    return Problem("missingTaxCategory", told, path, "add a taxCategory", data)


def _merchant(address: Address | None) -> Iterator[Problem]:
    path = "merchant.address"
    if address is None:
        yield Problem(
            "missingAddress", f"{path}: expected an address, got none", path, "add the merchant's address"
        )
        return
    if address.country in BY_STATE and canonical_state(address.country, address.state or "") is None:
        got = checks.shown(address.state) if address.state else "none"
        told = f"{path}.state: expected a state of {address.country}, got {got}"
        yield Problem("missingAddress", told, f"{path}.state", "taxes there are levied by the states")
