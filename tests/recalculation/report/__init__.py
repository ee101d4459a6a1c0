"""Report: rows as a recalculation writes them, made up by a generator, for the tests of the report."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, NamedTuple

TOTALS = ("net", "tax", "gross", "withheld", "payable")


class Law(NamedTuple):
    """A rate before and after, by its share in thousandths, in a place; why it changed."""

    currency: str
    digits: int
    country: str
    state: str | None
    id: str
    before: int
    after: int
    cause: str
    weight: int


LAWS = [
    Law("EUR", 2, "DE", None, "de-standard", 190, 160, "rate", 40),
    Law("EUR", 2, "DE", None, "de-reduced", 70, 50, "rate", 20),
    Law("EUR", 2, "AT", None, "at-20", 200, 200, "rounding", 10),
    Law("EUR", 2, "FR", None, "fr-20", 200, 200, "policy", 10),
    Law("EUR", 2, "IE", None, "ie-standard", 230, 210, "rate", 6),
    Law("EUR", 2, "NL", None, "nl-21", 210, 90, "taxability", 4),
    Law("EUR", 2, "ES", "CN", "igic", 70, 65, "place", 3),
    Law("EUR", 2, "IT", None, "it-22", 220, 221, "provider", 3),
    Law("USD", 2, "US", "TX", "us-tx", 62, 82, "place", 12),
    Law("USD", 2, "US", "CA", "us-ca", 72, 73, "rate", 10),
    Law("USD", 2, "US", "NY", "us-ny", 40, 0, "taxability", 8),
    Law("JPY", 0, "JP", None, "jp-10", 80, 100, "rate", 3),
]


def spelt(amount: int, digits: int) -> str:
    """Minor units as a document writes them."""
    sign, whole = "-" if amount < 0 else "", str(abs(amount)).rjust(digits + 1, "0")
    return f"{sign}{whole[:-digits]}.{whole[-digits:]}" if digits else sign + whole


def totals(net: int, tax: int, withheld: int, digits: int) -> dict[str, str]:
    amounts = (net, tax, net + tax, withheld, net + tax - withheld)
    return {name: spelt(amount, digits) for name, amount in zip(TOTALS, amounts, strict=True)}


def document(
    id: str,
    number: int,
    *,
    net: int,
    before: int | None,
    after: int | None,
    withheld: int = 0,
    cause: str = "rate",
    law: Law = LAWS[0],
    date: str = "2020-07-15",
    kind: str = "invoice",
) -> dict[str, Any]:
    """A row whose tax was `before` and would be `after`; `withheld` is what would be withheld besides."""
    old, new, digits = before or 0, after or 0, law.digits
    sides = [None if tax is None else totals(net, tax, 0, digits) for tax in (before, after)]
    if sides[1] is not None:
        sides[1] = totals(net, new, withheld, digits)
    figures = [net * (after is not None) - net * (before is not None), new - old, withheld]
    causes, taxes = [], []
    if new != old or withheld or None in (before, after):
        line = None if cause.startswith("only") else "1"
        told = {"tax": spelt(new - old, digits), "withheld": spelt(withheld, digits)}
        causes = [{"cause": cause, "line": line, **told}]
    if new != old:
        fields = {"name": None, "type": "valueAddedTax", "country": law.country, "state": law.state}
        for side, share in (("before", law.before), ("after", law.after)):
            amount = old if side == "before" else new
            other = "after" if side == "before" else "before"
            if amount or law.before == law.after:
                tax = {"taxRate": law.id, **fields, "percentageDecimal": f"0.{share:03}", "withheld": False}
                taxes.append({**tax, side: spelt(amount, digits), other: spelt(0, digits)})
    if withheld:
        kept = {"taxRate": "kept", "name": "Kept", "type": "withholding", "country": law.country}
        shown = {"before": spelt(0, digits), "after": spelt(withheld, digits)}
        taxes.append({**kept, "state": None, "percentageDecimal": None, "withheld": True, **shown})
    difference = totals(figures[0], figures[1], figures[2], digits)
    place = {"file": f"{date[:7]}.jsonl", "number": number}
    return {
        "format": 1, "invoice": id, "kind": kind, "currency": law.currency, "taxDate": date, "place": place,
        "before": sides[0], "after": sides[1], "difference": difference, "causes": causes, "taxes": taxes,
    }  # fmt: skip


def refusal(id: str | None, number: int, code: str, message: str) -> dict[str, Any]:
    problems = [{"code": code, "path": "", "message": message}]
    return {
        "format": 1,
        "invoice": id,
        "place": {"file": "2020-07.jsonl", "number": number},
        "error": {"code": code, "message": message, "problems": problems},
    }


def rows(count: int, *, seed: int = 1, laws: list[Law] = LAWS) -> Iterator[dict[str, Any]]:
    """Rows of a year and a half: mostly small sums, a few large ones; some credit notes, some refused."""
    chance = random.Random(seed)
    weights = [law.weight for law in laws]
    for number in range(1, count + 1):
        law = chance.choices(laws, weights)[0]
        name, net = f"inv_{number:07}", int(chance.lognormvariate(9, 1.3))
        month = chance.randrange(18)
        date = f"{2020 + month // 12}-{month % 12 + 1:02}-{chance.randint(1, 28):02}"
        draw = chance.random()
        if draw < 0.004:
            code = chance.choice(["noRate", "noRate", "sealBroken", "unknownState"])
            yield refusal(
                name, number, code, f"customer.address: expected a rate for {law.country}, got none"
            )
            continue
        before, after = (net * law.before + 500) // 1000, (net * law.after + 500) // 1000
        cause = law.cause
        if draw < 0.35 or not "2020-07" <= date[:7] <= "2020-12":
            after = before
        elif cause in ("rounding", "policy"):
            after = before + chance.choice([-1, 0, 0, 1])
        known: dict[str, Any] = {"before": before, "after": after, "cause": cause}
        if draw > 0.998:
            known = {"before": None, "after": after, "cause": "onlyAfter"}
        elif draw > 0.996:
            known = {"before": before, "after": None, "cause": "onlyBefore"}
        kind = "creditNote" if chance.random() < 0.05 else "invoice"
        yield document(name, number, net=net, law=law, date=date, kind=kind, **known)
