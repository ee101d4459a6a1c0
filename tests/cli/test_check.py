"""Check: what is missing before a bill is drawn up, all at once, without calculating."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from taxengine.cli import check as module
from tests.cli import Done, command, invoice


def check(rates: Path, given: list[Any], *options: str) -> Done:
    return command("check", "-", "--rates", rates, *options, given=given)


def codes(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(problem["code"], problem["path"]) for problem in answer["error"]["problems"]]


def test_nothing_is_missing_where_it_can_be_calculated(rates: Path) -> None:
    done = check(rates, [invoice()])
    assert (done.code, done.err) == (0, "")
    assert done.json() == {"format": 1, "invoice": "inv_1", "problems": []}
    assert check(rates, [invoice()], "--format", "table").out == b"invoice inv_1: nothing is missing\n"


def test_nothing_is_calculated(rates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An invoice with an amount that has no answer lacks nothing."""
    spread = invoice(discounts=[{"amount": "1", "spreadOver": "nothing"}])
    assert check(rates, [spread]).code == 0
    assert not hasattr(module, "calculate")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"country": "FR"}, [("missingRate", "lines[0]")]),
        ({"country": "AT"}, [("ambiguousRates", "lines[0]")]),
        ({"customer": {}}, [("missingAddress", "lines[0]")]),
        ({"line": {"taxCategory": None}}, [("missingTaxCategory", "lines[0]")]),
        ({"line": {"taxRates": ["fr-20"]}}, [("unknownRate", "lines[0].taxRates[0]")]),
    ],
)
def test_each_thing_that_is_missing_is_told(
    rates: Path, changes: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    done = check(rates, [invoice(**changes)])
    assert (done.code, codes(done.json())) == (4, found)


def test_a_payment_that_is_too_fine_is_told_with_what_is_missing(rates: Path) -> None:
    done = check(rates, [invoice(country="FR", payments=[{"amount": "0.001"}])])
    assert codes(done.json()) == [("paymentTooFine", "payments[0].amount"), ("missingRate", "lines[0]")]
    assert done.code == 3
    unread = invoice(country="FR", payments=[{"amount": "0.001"}], colour="red")
    assert codes(check(rates, [unread]).json()) == [
        ("unknownField", "colour"),
        ("paymentTooFine", "payments[0].amount"),
    ]


def test_a_missing_category_hides_neither_a_missing_address_nor_a_country_without_rates(rates: Path) -> None:
    bare = {"taxCategory": None}
    done = check(
        rates, [invoice(line=bare, customer={}), invoice(line=bare, country="FR"), invoice(line=bare)]
    )
    assert [codes(one) for one in done.lines()] == [
        [("missingTaxCategory", "lines[0]"), ("missingAddress", "lines[0]")],
        [("missingTaxCategory", "lines[0]"), ("missingRate", "lines[0]")],
        [("missingTaxCategory", "lines[0]")],
    ]


def test_all_lines_are_looked_at_and_invalid_goes_before_undetermined(rates: Path) -> None:
    lines = [
        {"id": "1", "amount": "1"},
        {"id": "2", "amount": "1", "taxCategory": "x"},
        {"id": "3", "amount": "1"},
    ]
    done = check(rates, [invoice(lines=lines), {"id": "x"}])
    assert codes(done.lines()[0]) == [("missingTaxCategory", "lines[0]"), ("missingTaxCategory", "lines[2]")]
    assert done.code == 4
    assert check(rates, [invoice(), {"id": "x"}]).code == 3


def test_an_exempt_customer_needs_no_categories(rates: Path) -> None:
    exempt = invoice(customer={"taxStatus": "exempt"}, line={"taxCategory": None})
    assert check(rates, [exempt]).code == 0


# ---- schedules ----

SCHEDULE: dict[str, Any] = {
    "customer": {"name": "Anna", "address": {"country": "DE"}},
    "merchant": {"address": {"country": "US", "state": "California"}},
    "products": [{"id": "p1", "taxCategory": "books"}],
    "countries": ["DE", "at"],
}


def schedule(here: Path, *options: str, **changes: Any) -> Done:
    (here / "schedule.json").write_text(json.dumps(SCHEDULE | changes))
    return command("check", "--schedule", "schedule.json", "--rates", "rates.json", *options)


def test_a_schedule_that_lacks_nothing_is_well(here: Path, rates: Path) -> None:
    done = schedule(here)
    assert (done.code, done.err) == (0, "")
    assert done.json() == {"format": 1, "invoice": None, "problems": []}
    assert schedule(here, "--format", "table").out == b"schedule: nothing is missing\n"


def test_all_that_a_schedule_lacks_is_told_at_once(here: Path, rates: Path) -> None:
    lacking = {
        "products": [{"id": "p1"}, {"id": "p2", "taxCategory": "x"}, {"name": "Third"}, {}],
        "countries": ["DE", "FR", "IT"],
        "customer": {"address": {"country": "ES"}},
        "merchant": None,
    }
    done = schedule(here, **lacking)
    assert done.code == 4
    assert codes(done.json()) == [
        ("missingTaxCategory", "products[0]"),
        ("missingTaxCategory", "products[2]"),
        ("missingTaxCategory", "products[3]"),
        ("missingRate", "countries[1]"),
        ("missingRate", "countries[2]"),
        ("missingRate", "customer.address"),
        ("missingAddress", "merchant.address"),
    ]
    assert done.json()["error"]["problems"][0]["product"] == "p1"
    assert done.err.count("\n") == 7


def test_an_exempt_customer_may_buy_products_without_a_category(here: Path, rates: Path) -> None:
    assert schedule(here, customer={"taxStatus": "exempt"}, products=[{"id": "p1"}]).code == 0


@pytest.mark.parametrize(
    ("address", "code", "problem"),
    [
        ({"country": "US"}, 4, ("missingAddress", "merchant.address.state")),
        ({"country": "US", "state": "Kalifornien"}, 4, ("missingAddress", "merchant.address.state")),
        ({"country": "XX"}, 3, ("unknownCountry", "merchant.address.country")),
        ({"country": "DE", "postalCode": "!"}, 3, None),
        ({"contry": "DE"}, 3, ("unknownField", "merchant.address.contry")),
    ],
)
def test_a_wrong_address_of_the_merchant_is_told(
    here: Path, rates: Path, address: dict[str, str], code: int, problem: tuple[str, str] | None
) -> None:
    done = schedule(here, merchant={"address": address})
    assert done.code == code
    assert problem is None or problem in codes(done.json())


def test_what_is_invalid_in_a_schedule_hides_nothing_that_is_missing(here: Path, rates: Path) -> None:
    done = schedule(here, products=[{"id": "p1"}, {"id": 5}], countries=["XX", "FR"], merchant={"address": 1})
    assert done.code == 3
    assert {path for _, path in codes(done.json())} == {
        "products[0]",
        "products[1].id",
        "countries[0]",
        "countries[1]",
        "merchant.address",
    }


def test_a_country_needs_a_rate_on_the_date_of_the_schedule(here: Path, rates: Path) -> None:
    file = json.loads(rates.read_text())
    file[0] |= {"validFrom": "2026-01-01", "validUntil": "2027-01-01"}
    rates.write_text(json.dumps(file))
    assert schedule(here, "--on", "2026-12-31").code == 0
    assert schedule(here, "--on", "2027-01-01").code == 4
    assert schedule(here, "--on", "2027-01-01", taxDate="2026-06-01").code == 0


def test_invoices_and_a_schedule_are_not_checked_in_one_go(here: Path, rates: Path) -> None:
    for arguments in (["check"], ["check", "rates.json", "--schedule", "rates.json"], ["check", "-", "-"],
                      ["check", "--schedule", "-", "--rates", "-"]):  # fmt: skip
        assert command(*arguments).code == 2


def test_a_schedule_that_is_no_json_is_named(here: Path, rates: Path) -> None:
    (here / "broken.json").write_text("{")
    done = command("check", "--schedule", "broken.json", "--rates", "rates.json")
    assert (done.code, done.json()["error"]["code"]) == (3, "invalidJson")
    assert done.err.startswith("taxengine: broken.json: ")
