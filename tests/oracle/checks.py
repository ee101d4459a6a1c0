"""Checks: what makes an invoice invalid, as far as the generator breaks one."""

from collections.abc import Iterator
from typing import Any

from tests.oracle.policy import PRESETS, preset_name
from tests.oracle.rows import Document
from tests.oracle.sums import MINOR_DIGITS, is_number, read

Problem = tuple[str, str]


def problems_of(document: Document) -> list[Problem]:
    """All problems of the document itself."""
    problems = [("invalidNumber", path) for path, text in numbers(document) if bad_number(text)]
    digits = MINOR_DIGITS.get(document["currency"])
    if digits is None:
        problems.append(("unknownCurrency", "currency"))
    name = preset_name(document.get("policy"))
    if name is not None and name not in PRESETS:
        problems.append(("unknownPreset", "policy"))
    if (document.get("merchant") or {}).get("registrations") == []:
        problems.append(("invalidValue", "merchant.registrations"))
    seen = set()
    for i, line in enumerate(document["lines"]):
        entered = line.get("enteredPercent", "0")
        if not bad_number(entered) and abs(read(entered)) > 100:
            problems.append(("percentageAbove100", f"lines[{i}].enteredPercent"))
        if line["id"] in seen:
            problems.append(("duplicateId", f"lines[{i}].id"))
        seen.add(line["id"])
    if digits is not None:
        for i, payment in enumerate(document.get("payments") or ()):
            amount = payment["amount"]
            if not bad_number(amount) and (read(amount) * 10**digits).denominator != 1:
                problems.append(("paymentTooFine", f"payments[{i}].amount"))
    return problems


def bad_number(value: Any) -> bool:
    return isinstance(value, str) and not is_number(value)


def numbers(document: Document) -> Iterator[tuple[str, Any]]:
    """The numbers of an invoice with their paths."""
    for name in ("lines", "discounts", "charges", "payments"):
        for i, entry in enumerate(document.get(name) or ()):
            path = f"{name}[{i}]"
            for field in ("quantity", "unitPrice", "amount", "percent", "enteredPercent"):
                if field in entry:
                    yield f"{path}.{field}", entry[field]
            if name == "lines":
                for inner in ("discounts", "charges"):
                    for j, part in enumerate(entry.get(inner) or ()):
                        for field in ("amount", "percent"):
                            if field in part:
                                yield f"{path}.{inner}[{j}].{field}", part[field]
