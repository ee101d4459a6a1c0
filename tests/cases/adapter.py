"""Adapter: a published case as an invoice document with its rates, and its figures in our terms.

The cases lie beside the project, in ../shared/cases; their README says how a case becomes a document.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"

CURRENCIES = {"0.01": "USD", "1": "JPY", "0.001": "KWD"}
LEVELS = {
    "unit": "unit",
    "line_tax": "line",
    "line": "lineTotal",
    "tax_group_rounded_lines": "tax",
    "tax_group": "tax",
    "invoice": "invoice",
}
MODES = {"half_up": "halfUp", "half_even": "halfEven", "half_down": "halfDown", "down": "down", "up": "up",
         "ceil": "ceiling", "floor": "floor"}  # fmt: skip

Case = dict[str, Any]
Document = dict[str, Any]


class NotExpressible(Exception):
    """The case states what an invoice document has no words for."""


@dataclass(frozen=True)
class Expressed:
    """A case as the engine reads it."""

    document: Document
    rates: list[Document]


def cases() -> Iterator[Case]:
    """Every published case but for the allocations, in a fixed order."""
    for path in sorted(CASES.glob("*.jsonl")):
        if path.name != "allocation.jsonl":
            yield from read_cases(path)


def read_cases(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def express(case: Case) -> Expressed:
    """The case as a document and its rates; raises NotExpressible with the reason."""
    _refuse(case)
    return _Writer(case).write()


def _refuse(case: Case) -> None:
    """The README's list of what is not expressible."""
    if case["unit"] is None or case["rounding"]["level"] == "none":
        raise NotExpressible("unrounded results")
    if case["unit"] not in CURRENCIES:
        raise NotExpressible("a unit of another step")
    for field in ("tax_rows", "document_discount_percent", "rounding_adjustment"):
        if case.get(field) is not None:
            raise NotExpressible(field)
    for line in case["lines"]:
        names = [tax["name"] for tax in line["taxes"]]
        if len(names) != len(set(names)):
            raise NotExpressible("the same tax twice on a line")
        for tax in line["taxes"]:
            for field in ("division", "reverse_charge", "informative"):
                if tax.get(field):
                    raise NotExpressible(field)
    for discount in case.get("invoice_discounts") or ():
        if discount.get("amount") is None and discount.get("taxes"):
            raise NotExpressible("a percentage document discount with taxes of its own")


def decimal_text(value: Fraction) -> str:
    """A finite decimal as text; one that is not finite, or too fine for a document, is not expressible."""
    for places in range(13):
        units = value * 10**places
        if units.denominator == 1:
            text = str(abs(units.numerator)).rjust(places + 1, "0")
            whole, fraction = text[: len(text) - places], text[len(text) - places :]
            return f"{'-' if value < 0 else ''}{whole}{'.' if places else ''}{fraction}"
    raise NotExpressible("a price that is not a finite decimal")


class _Writer:
    """Writes one case; rates get an id for each distinct tax."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.rates: dict[Any, Document] = {}

    def write(self) -> Expressed:
        case = self.case
        document: Document = {
            "id": case["id"],
            "currency": CURRENCIES[case["unit"]],
            "taxDate": "2026-01-01",
            "policy": policy_of(case),
            "lines": [self.line(i, line) for i, line in enumerate(case["lines"])],
        }
        adjusted = [self.adjustment(entry, "discount") for entry in case.get("invoice_discounts") or ()]
        charged = [self.adjustment(entry, "charge") for entry in case.get("invoice_charges") or ()]
        if adjusted:
            document["discounts"] = adjusted
        if charged:
            document["charges"] = charged
        prepaid = case["expected"].get("prepaid")
        if prepaid is not None and Fraction(prepaid) != 0:
            document["payments"] = [{"amount": decimal_text(Fraction(prepaid)), "kind": "prepaid"}]
        return Expressed(document, list(self.rates.values()))

    def line(self, i: int, line: Document) -> Document:
        quantity = decimal_text(Fraction(line["quantity"].rstrip(".")))
        base = Fraction((line.get("price_base_quantity") or "1").rstrip("."))
        written: Document = {
            "id": f"{i:03}",
            "quantity": quantity,
            "unitPrice": decimal_text(Fraction(line["unit_price"]) / base),
            "taxRates": self.rate_ids(line["taxes"]),
        }
        for name in ("discounts", "charges"):
            if line.get(name):
                written[name] = [entry_of(entry, Fraction(quantity)) for entry in line[name]]
        return written

    def rate_ids(self, taxes: list[Document]) -> list[str]:
        ids: list[str] = []
        affecting: list[str] = []
        for tax in taxes:
            below = affecting if tax.get("base_affected", True) else []
            rate_id = self.rate_id(tax, below)
            ids.append(rate_id)
            if tax.get("affects_next"):
                affecting = [*affecting, rate_id]
            if tax.get("surcharge_percent") is not None:
                surcharge = {
                    "name": tax["name"] + "+",
                    "percent": tax["surcharge_percent"],
                    "inclusive": False,
                }
                ids.append(self.rate_id(surcharge, []))
        return ids

    def rate_id(self, tax: Document, below: list[str]) -> str:
        inclusive, withheld = bool(tax.get("inclusive")), bool(tax.get("withheld"))
        percent, fixed = tax.get("percent"), tax.get("fixed")
        key = (tax["name"], percent, fixed, inclusive, withheld, tuple(below))
        known = self.rates.get(key)
        if known is not None:
            return str(known["id"])
        number = sum(rate["name"] == tax["name"] for rate in self.rates.values())
        rate: Document = {
            "id": tax["name"] if number == 0 else f"{tax['name']}#{number}",
            "name": tax["name"],
            "country": "DE",
            "type": "withholding" if withheld else "valueAddedTax",
            "inclusive": inclusive,
        }
        if fixed is not None:
            rate["amountPerUnit"] = fixed
        if percent is not None or fixed is None:
            rate["percentageDecimal"] = decimal_text(Fraction(percent or "0") / 100)
        if withheld:
            rate["withheld"] = True
        if below:
            rate["compoundOn"] = list(below)
        self.rates[key] = rate
        return str(rate["id"])

    def adjustment(self, entry: Document, kind: str) -> Document:
        if entry.get("amount") is not None:
            written: Document = {"amount": decimal_text(Fraction(entry["amount"]))}
        else:
            written = {"percent": decimal_text(Fraction(entry["percent"]))}
        if entry.get("prorate"):
            return written
        taxes = entry.get("taxes") or []
        written["taxRates"] = [self.known_rate(tax) or self.rate_id(tax, []) for tax in taxes]
        return written

    def known_rate(self, tax: Document) -> str | None:
        """The taxes of a document discount are the lines' of the same name and percentage."""
        for (name, percent, *_), rate in self.rates.items():
            if name == tax["name"] and percent == tax.get("percent"):
                return str(rate["id"])
        return None


def entry_of(entry: Document, quantity: Fraction) -> Document:
    """A line's discount or charge: a stated amount comes first; a percentage may have another base."""
    if entry.get("amount") is not None:
        return {"amount": decimal_text(Fraction(entry["amount"]))}
    if entry.get("rate") is not None:
        return {"amount": decimal_text(Fraction(entry["rate"]) * quantity)}
    return {"percent": decimal_text(Fraction(entry["percent"]))}


def policy_of(case: Case) -> Document:
    """The rounding of a case as a policy, no preset named."""
    rounding = case["rounding"]
    level = rounding["level"]
    axes = {"level": LEVELS[level], "mode": MODES[rounding["mode"]]}
    if rounding.get("inclusive_first") == "net":
        axes["inclusive"] = "netFirst"
    exact = level in ("tax_group", "invoice") and rounding.get("line_net") != "currency"
    policy: Document = {"rounding": axes}
    if exact:
        policy["lineAmounts"] = "exact"
    elif rounding.get("discount_first") is False:
        policy["discountAmounts"] = "exact"
    if case.get("cash_rounding"):
        policy["cashIncrement"] = case["cash_rounding"]["increment"]
    return policy
