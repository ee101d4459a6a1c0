"""Compare: whether two Calculation documents state the same figures, whatever the order of their tax rows."""

from fractions import Fraction
from typing import Any

Document = dict[str, Any]

AMOUNTS = ("amount", "discount", "net", "tax", "gross")
# Problems of the sum: which of several is met first is nobody's business.
OF_THE_SUM = frozenset(
    [
        "spreadOverZero",
        "invalidRateSet",
        "equalHalves",
        "amountTooLarge",
        "noSoleBracket",
        "bracketsWithoutUnit",
    ]
)


def differences(ours: Document, theirs: Document) -> list[str]:
    """Each difference as a sentence; none where the two agree. `theirs` may hold more fields."""
    if "error" in ours or "error" in theirs:
        return error_differences(ours, theirs)
    found: list[str] = []
    for part in ("lines", "adjustments"):
        if [row["id"] for row in ours[part]] != [row["id"] for row in theirs[part]]:
            found.append(f"{part}: expected {ids(ours[part])}, got {ids(theirs[part])}")
            continue
        for one, other in zip(ours[part], theirs[part], strict=True):
            found += row_differences(f"{part} {one['id']}", one, other)
    found += tax_differences("taxes", ours["taxes"], theirs["taxes"], ())
    found += [
        f"totals.{name}: expected {value}, got {theirs['totals'][name]}"
        for name, value in ours["totals"].items()
        if value != theirs["totals"][name]
    ]
    return found


def ids(rows: list[Document]) -> list[str]:
    return [row["id"] for row in rows]


def row_differences(where: str, ours: Document, theirs: Document) -> list[str]:
    found = [
        f"{where}.{name}: expected {ours[name]}, got {theirs[name]}"
        for name in (*AMOUNTS, "reason")
        if ours[name] != theirs[name]
    ]
    return found + tax_differences(f"{where}.taxes", ours["taxes"], theirs["taxes"], ("inclusive",))


def tax_differences(
    where: str, ours: list[Document], theirs: list[Document], flags: tuple[str, ...]
) -> list[str]:
    """Tax rows as a bag: amounts as their texts, percentages as numbers."""
    expected = sorted(tax_key(tax, flags) for tax in ours)
    got = sorted(tax_key(tax, flags) for tax in theirs)
    return [] if expected == got else [f"{where}: expected {expected}, got {got}"]


def tax_key(tax: Document, flags: tuple[str, ...]) -> tuple[str, ...]:
    percentage = tax["percentageDecimal"]
    return (
        tax["taxRate"] or "",
        tax["type"],
        "none" if percentage is None else str(Fraction(percentage)),
        tax["reason"],
        str(tax["withheld"]),
        tax["taxable"],
        tax["tax"],
        *(str(tax[flag]) for flag in flags),
    )


def error_differences(ours: Document, theirs: Document) -> list[str]:
    """Refusals agree in their codes, and their paths lead to the same place."""
    if "error" not in ours or "error" not in theirs:
        expected, got = ours.get("error", "figures"), theirs.get("error", "figures")
        return [f"expected {expected}, got {got}"]
    expected, got = problems(ours), problems(theirs)
    if expected and {code for code, _ in expected} <= OF_THE_SUM:
        agree = any(code == other for code, _ in expected for other, _ in got)
    else:
        agree = all(any(same(one, other) for other in got) for one in expected) and all(
            # The engine names problems of the sum beside those of the law; the oracle stops at the law.
            other[0] in OF_THE_SUM or any(same(one, other) for one in expected)
            for other in got
        )
    return [] if agree else [f"problems: expected {expected}, got {got}"]


def problems(document: Document) -> list[tuple[str, str]]:
    return sorted({(one["code"], one["path"]) for one in document["error"]["problems"]})


def same(ours: tuple[str, str], theirs: tuple[str, str]) -> bool:
    """The same code; a path may name the field within what ours names (`lines[0].taxCategory`)."""
    return ours[0] == theirs[0] and theirs[1].startswith(ours[1])
