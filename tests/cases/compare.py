"""Compare: a published case's figures against those of a calculation, at the case's precision."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from tests.cases.adapter import Case

Figures = dict[str, Any]

LINE_FIGURES = (("net", "net"), ("tax", "tax"), ("gross", "gross"), ("total", "amount"))


def expected(case: Case) -> Figures:
    """What was published, in our terms, and only what is there."""
    published = case["expected"]
    totals = {name: published[name] for name in ("net", "tax", "gross", "withheld") if name in published}
    if "cash_total" in published:
        totals["payable"] = published["cash_total"]
    if "cash_rounding" in published:
        totals["cashRounding"] = published["cash_rounding"]
    return {
        "totals": totals,
        "payable": payables(published),
        "sums": {
            name: published[name]
            for name in ("line_total", "discount_total", "charge_total")
            if name in published
        },
        "lines": [
            {ours: line[theirs] for theirs, ours in LINE_FIGURES if theirs in line}
            for line in published.get("lines") or ()
        ],
        "by_tax": summed("name", published.get("by_tax") or ()),
        "by_group": summed("group", published.get("by_group") or ()),
    }


def summed(field: str, rows: Iterable[Figures]) -> dict[str, Figures]:
    """The published rows by name; an e-invoice may print several of one name, for its exemption reasons."""
    sums: dict[str, Figures] = {}
    for row in rows:
        name = row[field].removesuffix("@0")
        known = sums.get(name, {})
        sums[name] = {key: known.get(key, 0) + Fraction(row[key]) for key in ("base", "tax") if key in row}
    return sums


def payables(published: Figures) -> set[Fraction]:
    """The payables that the case may mean: after what was prepaid or before; a stated adjustment aside."""
    if "due" in published:
        return {Fraction(published["due"])}
    if "payable" not in published:
        return set()
    stated = Fraction(published["payable"]) - Fraction(published.get("rounding") or "0")
    return {stated, stated - Fraction(published.get("prepaid") or "0")}


def compare(case: Case, calculation: Figures) -> list[str]:
    """Each difference as `what: expected X, got Y`; none where the case is reproduced."""
    if "error" in calculation:
        return [f"refused: {calculation['error']}"]
    half = Fraction(case.get("compare_unit") or case["unit"]) / 2
    differences = [
        f"{what}: expected {published}, got {ours}"
        for what, published, ours in pairs(case, calculation)
        if abs(Fraction(published) - Fraction(ours)) > half
    ]
    allowed, got = expected(case)["payable"], Fraction(calculation["totals"]["payable"])
    if allowed and got not in allowed:
        differences.append(f"payable: expected {' or '.join(map(str, sorted(allowed)))}, got {got}")
    return differences


def pairs(case: Case, calculation: Figures) -> Iterator[tuple[str, Any, Any]]:
    """What is compared: a name, the published figure, ours."""
    wanted = expected(case)
    for name, published in wanted["totals"].items():
        yield name, published, calculation["totals"][name]
    for name, published in wanted["sums"].items():
        yield name, published, sum_of(name, calculation)
    for i, line in enumerate(wanted["lines"]):
        for name, published in line.items():
            yield f"lines[{i}].{name}", published, calculation["lines"][i][name]
    for name, row in wanted["by_tax"].items():
        rows = rows_of({name}, calculation)
        yield f"{name}.tax", row["tax"], total(rows, "tax")
        if "base" in row:
            yield f"{name}.base", row["base"], total(rows, "taxable")
    for group, row in wanted["by_group"].items():
        members = {
            tax["name"] for line in case["lines"] for tax in line["taxes"] if tax.get("group") == group
        }
        yield f"{group}.tax", row["tax"], total(rows_of(members, calculation), "tax")


def sum_of(name: str, calculation: Figures) -> Fraction:
    """The sum of the line amounts, of the invoice's discounts, or of its charges."""
    if name == "line_total":
        return total(calculation["lines"], "amount")
    kind = name.removesuffix("_total")
    own = total([row for row in calculation["adjustments"] if row["id"].startswith(kind)], "amount")
    return total(calculation["lines"], "discount") - own if kind == "discount" else own


def rows_of(names: set[str], calculation: Figures) -> list[Figures]:
    """The breakdown's rows of the taxes of these names: ids are names, numbered where one is used twice."""
    return [
        row for row in calculation["taxes"] if row["taxRate"].partition("#")[0].removesuffix("@0") in names
    ]


def total(rows: list[Figures], field: str) -> Fraction:
    return sum((Fraction(row[field]) for row in rows), Fraction(0))
