"""Generator: seeded random invoices with their rates, over every axis of the specification.

>>> from random import Random
>>> random_case(Random(7)) == random_case(Random(7))
True
"""

from random import Random
from typing import Any

from tests.oracle.breaker import break_one
from tests.oracle.policy import PRESETS
from tests.oracle.rate_pools import Document, rate_pool
from tests.oracle.sums import MINOR_DIGITS
from tests.oracle.texts import PERCENTS, QUANTITIES, SMALL, minor, pick, price
from tests.oracle.worlds import CATEGORIES, EU_ADDRESSES, US_ADDRESSES, WORLDS, shuffled

LINE_COUNTS = (1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8)
LINE_IDS = ("1", "2", "10", "9", "a", "B", "x-1", "01")
CURRENCIES = ("USD", "USD", "EUR", "EUR", "JPY", "KWD", "CLF")
LEVELS = ("unit", "line", "lineTotal", "tax", "invoice")
MODES = ("halfUp", "halfUp", "halfEven", "halfDown", "up", "down", "ceiling", "floor")
INCREMENTS = {0: ("1", "5", "10"), 2: ("0.05", "0.1", "1"), 3: ("0.005", "0.05"), 4: ("0.01",)}
DATES = ("2026-03-01", "2026-03-01", "2020-07-01", "2020-12-31", "2021-01-01", "2013-12-31")
STRATEGIES = ("proportional", "proportional", "highest", "principal")
PRESET_NAMES = tuple(PRESETS)


def random_case(rng: Random, *, matched: bool | None = None) -> tuple[Document, list[Document]]:
    """An invoice and the rates for it: rates named by id, or matched by place (`matched`), or either."""
    if matched is None:
        matched = rng.random() < 0.45
    currency = pick(rng, CURRENCIES)
    document: Document = {"id": "inv", "currency": currency, "taxDate": "2026-03-01"}
    rates = match_some(rng, document) if matched else name_some(rng, document)
    digits = MINOR_DIGITS[currency]
    if rng.random() < 0.85:
        document["policy"] = policy(rng, digits)
    if rng.random() < 0.1:
        document["kind"] = "creditNote"
    if rng.random() < 0.2:
        document["payments"] = [
            {"amount": minor(rng, digits), "kind": pick(rng, ("voucher", "prepaid"))}
            for _ in range(1 + (rng.random() < 0.3))
        ]
    if rng.random() < 0.03:
        break_one(rng, document, rates)
    return document, rates


def policy(rng: Random, digits: int) -> Any:
    """A preset's name, or an object with some axes, perhaps upon a preset."""
    if rng.random() < 0.25:
        return pick(rng, PRESET_NAMES)
    rounding = {"level": pick(rng, LEVELS), "mode": pick(rng, MODES)}
    if rng.random() < 0.3:
        rounding["inclusive"] = "netFirst"
    if rng.random() < 0.4:
        rounding["groupBy"] = "percentage"
    axes: Document = {"rounding": rounding}
    if rng.random() < 0.1:
        axes["preset"] = pick(rng, PRESET_NAMES)
    if rng.random() < 0.3:
        axes["lineAmounts"] = "exact"
    if rng.random() < 0.2:
        axes["discountAmounts"] = "exact"
    if rng.random() < 0.15:
        axes["cashIncrement"] = pick(rng, INCREMENTS[digits])
    return axes


def base_line(rng: Random, line_id: str) -> Document:
    """A line's amounts: quantity and price or the whole amount, discounts, charges."""
    line: Document = {"id": line_id}
    kind = rng.random()
    if kind < 0.15:
        line["amount"] = price(rng)
        if kind < 0.07:
            line["quantity"] = pick(rng, QUANTITIES)
    else:
        line["unitPrice"] = price(rng)
        if kind < 0.7:
            line["quantity"] = pick(rng, QUANTITIES) if kind < 0.5 else str(1 + int(rng.random() * 9))
    if rng.random() < 0.2:
        line["discounts"] = [portion(rng) for _ in range(1 + (rng.random() < 0.3))]
    if rng.random() < 0.1:
        line["charges"] = [portion(rng)]
    return line


def portion(rng: Random) -> Document:
    return {"amount": pick(rng, SMALL)} if rng.random() < 0.4 else {"percent": pick(rng, PERCENTS)}


def line_ids(rng: Random) -> list[str]:
    count = pick(rng, LINE_COUNTS)
    first = int(rng.random() * len(LINE_IDS))
    return [LINE_IDS[(first + 3 * i) % len(LINE_IDS)] for i in range(count)]


def name_some(rng: Random, document: Document) -> list[Document]:
    """Lines that name their rates."""
    pool = rate_pool(rng)
    ids = [rate["id"] for rate in pool]
    unsaid = any(rate["inclusive"] is None for rate in pool)
    if unsaid and rng.random() < 0.95:
        document["taxBehavior"] = pick(rng, ("inclusive", "exclusive"))
    default = rng.random() < 0.1
    if default:
        document["taxRates"] = some(rng, ids)
    lines = document["lines"] = [base_line(rng, line_id) for line_id in line_ids(rng)]
    favourite = some(rng, ids)
    for line in lines:
        if not (default and rng.random() < 0.8):
            line["taxRates"] = favourite if rng.random() < 0.5 else some(rng, ids)
        if rng.random() < 0.15:
            line["taxBehavior"] = pick(rng, ("inclusive", "exclusive"))
        if rng.random() < 0.3:
            line["taxCategory"] = pick(rng, CATEGORIES)
    if rng.random() < 0.3:
        place_explicit(rng, document, lines)
    if rng.random() < 0.06:
        exempt_some(rng, document, pool)
    adjust(rng, document, ids)
    return pool


def some(rng: Random, ids: list[str]) -> list[str]:
    """None to four of the ids, in any order."""
    count = min(pick(rng, (1, 1, 1, 1, 2, 2, 2, 3, 4, 0)), len(ids))
    return rng.sample(ids, count)


def place_explicit(rng: Random, document: Document, lines: list[Document]) -> None:
    """Addresses where none are needed: level `invoice` rounds by them."""
    addresses = US_ADDRESSES if rng.random() < 0.7 else EU_ADDRESSES
    if rng.random() < 0.6:
        document["customer"] = {"address": pick(rng, addresses)}
    if rng.random() < 0.3:
        document["merchant"] = {"address": pick(rng, addresses)}
    if rng.random() < 0.2:
        document["sourcing"] = pick(rng, ("origin", "destination"))
    for line in lines:
        if rng.random() < 0.3:
            line[pick(rng, ("shipTo", "shipTo", "shipFrom"))] = pick(rng, addresses)


def exempt_some(rng: Random, document: Document, rates: list[Document]) -> None:
    """A customer's status, or certificates."""
    customer = document["customer"] = dict(document.get("customer") or {})
    kind = rng.random()
    if kind < 0.25:
        customer["taxStatus"] = pick(rng, ("exempt", "reverseCharge", "taxable"))
        return
    certificate: Document = {"number": "c"}
    of = pick(rng, rates)
    if rng.random() < 0.7:
        certificate["country"] = of["country"]
    if rng.random() < 0.5:
        certificate["types"] = [of["type"]]
    if (
        rng.random() < 0.25
        and "country" in certificate
        and of.get("state") in ("CA", "ON", "CA-QC", "New York")
    ):
        certificate["state"] = of["state"]
    if rng.random() < 0.25:
        certificate["taxCategories"] = [pick(rng, CATEGORIES)]
    if rng.random() < 0.2:
        certificate["validUntil"] = pick(rng, ("2020-01-01", "2026-03-01", "2026-03-02"))
    customer["certificates"] = [certificate]


def adjust(rng: Random, document: Document, ids: list[str]) -> None:
    """Discounts and charges of the invoice, with rates by id (`ids`) or by category (no ids)."""
    if rng.random() < 0.3:
        document["discounts"] = [discount(rng, ids) for _ in range(1 + (rng.random() < 0.3))]
    if rng.random() < 0.3:
        document["charges"] = [charge(rng, ids) for _ in range(1 + (rng.random() < 0.3))]


def discount(rng: Random, ids: list[str]) -> Document:
    entry: Document = {"amount": price(rng)} if rng.random() < 0.5 else {"percent": pick(rng, PERCENTS)}
    kind = rng.random()
    if kind < 0.12:
        entry["spreadOver"] = pick(rng, CATEGORIES)
    elif kind < 0.35:
        name_rates(rng, entry, ids)
    return entry


def charge(rng: Random, ids: list[str]) -> Document:
    entry: Document = {"amount": price(rng)} if rng.random() < 0.7 else {"percent": pick(rng, PERCENTS)}
    kind = rng.random()
    if kind < 0.55:
        entry["strategy"] = pick(rng, STRATEGIES)
    elif kind < 0.9:
        name_rates(rng, entry, ids)
        if rng.random() < 0.3:
            entry["strategy"] = "own"
    return entry


def name_rates(rng: Random, entry: Document, ids: list[str]) -> None:
    if ids:
        entry["taxRates"] = some(rng, ids)
    else:
        entry["taxCategory"] = pick(rng, CATEGORIES)


def match_some(rng: Random, document: Document) -> list[Document]:
    """Lines that name a tax category, in one of the worlds."""
    build, addresses, origins = pick(rng, WORLDS)
    rates = shuffled(rng, build(rng))
    document["taxDate"] = pick(rng, DATES)
    if rng.random() < 0.98:
        document["customer"] = {"address": pick(rng, addresses)}
    if rng.random() < 0.85:
        document["merchant"] = {"address": pick(rng, addresses)}
    if origins and rng.random() < 0.15:
        document["sourcing"] = "origin"
    if rng.random() < 0.95:
        document["taxBehavior"] = pick(rng, ("inclusive", "exclusive"))
    if rng.random() < 0.3:
        register(rng, document, rates)
    lines = document["lines"] = [base_line(rng, line_id) for line_id in line_ids(rng)]
    for line in lines:
        if rng.random() < 0.995:
            line["taxCategory"] = pick(rng, CATEGORIES)
        if rng.random() < 0.08:
            line["taxRates"] = [pick(rng, rates)["id"]] if rng.random() < 0.7 else []
        if rng.random() < 0.1:
            line["shipTo"] = pick(rng, addresses)
        if rng.random() < 0.05:
            line["shipFrom"] = pick(rng, addresses)
        if rng.random() < 0.1:
            line["taxBehavior"] = pick(rng, ("inclusive", "exclusive"))
        if rng.random() < 0.1:
            line["enteredPercent"] = pick(rng, ("7", "8.25", "0", "57.31", "19"))
    if rng.random() < 0.12:
        exempt_some(rng, document, rates)
    adjust(rng, document, [])
    return rates


def register(rng: Random, document: Document, rates: list[Document]) -> None:
    """Where the merchant is registered: here, in part of it, or elsewhere."""
    merchant = document["merchant"] = dict(document.get("merchant") or {})
    registrations: list[Document] = []
    for _ in range(1 + int(rng.random() * 3)):
        of = pick(rng, rates)
        registration: Document = {"country": of["country"]}
        if rng.random() < 0.4:
            registration["type"] = of["type"] if of["type"] != "withholding" else "valueAddedTax"
        if of["country"] in ("US", "CA") and rng.random() < 0.3:
            registration["state"] = pick(rng, ("CA", "California") if of["country"] == "US" else ("ON", "QC"))
        if of["country"] in ("DE", "FR", "ES") and rng.random() < 0.3:
            registration["scheme"] = "oss"
        if rng.random() < 0.1:
            registration["validFrom"] = pick(rng, ("2020-12-31", "2026-03-01", "2026-03-02"))
        registrations.append(registration)
    merchant["registrations"] = registrations
