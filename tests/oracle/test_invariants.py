"""The oracle and its generator: what holds for every invoice, and that every axis is reached."""

from collections import Counter
from copy import deepcopy
from fractions import Fraction
from random import Random
from typing import Any

from tests.oracle import calculate
from tests.oracle.compare import differences
from tests.oracle.generator import LEVELS, MODES, random_case
from tests.oracle.policy import read_policy

Document = dict[str, Any]


def amounts(rows: list[Document], name: str) -> Fraction:
    return sum((Fraction(row[name]) for row in rows), Fraction(0))


CASES = 1500


def test_the_figures_of_random_invoices_add_up() -> None:
    rng = Random(20260301)
    refused = 0
    for _ in range(CASES):
        document, rates = random_case(rng)
        answer = calculate(document, rates)
        if "error" in answer:
            refused += 1
            continue
        rows = answer["lines"] + answer["adjustments"]
        for row in rows:
            assert Fraction(row["net"]) + Fraction(row["tax"]) == Fraction(row["gross"])
            charged = [tax for tax in row["taxes"] if not tax["withheld"]]
            assert amounts(charged, "tax") == Fraction(row["tax"])
        for name in ("net", "tax", "gross"):
            assert amounts(rows, name) == Fraction(answer["totals"][name])
        assert amounts([tax for tax in answer["taxes"] if not tax["withheld"]], "tax") == Fraction(
            answer["totals"]["tax"]
        )
        assert not any(text.startswith("-0") and Fraction(text) == 0 for text in answer["totals"].values())
    assert refused < CASES / 4


def test_the_order_of_lines_and_rates_changes_nothing() -> None:
    rng = Random(5)
    for _ in range(CASES):
        document, rates = random_case(rng)
        answer = calculate(document, rates)
        if "error" in answer:
            continue
        turned = {**document, "lines": [{**one} for one in reversed(document["lines"])]}
        for one in turned["lines"]:
            if one.get("taxRates"):
                one["taxRates"] = one["taxRates"][::-1]
        again = calculate(turned, rates[::-1])
        again["lines"].reverse()
        assert differences(answer, again) == []


def negated(document: Document) -> Document:
    """The invoice with quantities (or whole amounts), adjustments and payments the other way round."""
    other = deepcopy(document)
    for one in other["lines"]:
        if one.get("amount") is None:
            one["quantity"] = minus(one.get("quantity", "1"))
        else:
            one["amount"] = minus(one["amount"])
            one["quantity"] = minus(one.get("quantity", "1"))
        for entry in one.get("discounts", []) + one.get("charges", []):
            if "amount" in entry:
                entry["amount"] = minus(entry["amount"])
    for name in ("discounts", "charges", "payments"):
        for entry in other.get(name, ()):
            if "amount" in entry:
                entry["amount"] = minus(entry["amount"])
    return other


def minus(text: str) -> str:
    return text[1:] if text.startswith("-") else f"-{text}"


def test_the_negated_invoice_gives_the_negated_figures() -> None:
    rng = Random(11)
    tried = 0
    for _ in range(CASES):
        document, rates = random_case(rng)
        answer = calculate(document, rates)
        mode = read_policy(document.get("policy")).mode if "error" not in answer else ""
        per_invoice = any(one.get("amountPer") == "invoice" for one in rates)
        if "error" in answer or mode in ("ceiling", "floor") or per_invoice:
            continue
        tried += 1
        other = calculate(negated(document), rates)
        for part in ("lines", "adjustments"):
            for one, two in zip(answer[part], other[part], strict=True):
                for name in ("amount", "discount", "net", "tax", "gross"):
                    assert Fraction(one[name]) == -Fraction(two[name])
    assert tried > CASES / 3


REASONS = {
    "noneStated", "customerExempt", "reverseCharge", "notCollecting", "noTaxAtLevel", "productExempt",
    "zeroRated", "reducedRated", "standardRated", "outsideScope", "mixed",
}  # fmt: skip
CODES = {
    "ambiguousRates", "amountTooLarge", "duplicateId", "equalHalves", "inactiveRate", "invalidNumber",
    "invalidRateSet", "invalidValue", "missingAddress", "missingRate", "missingTaxBehavior",
    "missingTaxCategory", "paymentTooFine", "percentageAbove100", "placeOfSupplyNeeded", "rateNotInForce",
    "spreadOverZero", "unknownCurrency", "unknownPreset", "unknownRate",
}  # fmt: skip


def test_the_generator_reaches_every_axis_reason_and_refusal() -> None:
    rng = Random(17)
    axes: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    refused = 0
    for _ in range(4 * CASES):
        document, rates = random_case(rng)
        answer = calculate(document, rates)
        if "error" in answer:
            codes.update({problem["code"] for problem in answer["error"]["problems"]})
            refused += 1
            continue
        policy = read_policy(document.get("policy"))
        axes.update(
            (policy.level, policy.mode, policy.inclusive, policy.group_by, f"exact {policy.exact_lines}")
        )
        for row in answer["lines"] + answer["adjustments"]:
            reasons.update({row["reason"], *(tax["reason"] for tax in row["taxes"])})
    assert set(reasons) == REASONS
    assert set(codes) == CODES
    wanted = {*LEVELS, *MODES, "taxFirst", "netFirst", "rate", "percentage", "exact True", "exact False"}
    assert set(axes) == wanted
    assert refused < 4 * CASES / 6
