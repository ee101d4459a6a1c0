"""Story: an explanation in the sentences of a page, a part for each line.

>>> formula("6 % exclusive: 52.35 x 0.06 = 3.141, rounded halfUp: 3.14")
'6 % exclusive: 52.35 × 0.06 = 3.141, rounded half up: 3.14'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from taxengine.cli.figures import REASONS, adjustment, kind_of_tax
from taxengine.core.explain import Explanation, Step
from taxengine.core.figures import LineAmounts
from taxengine.core.invoice import Invoice
from taxengine.core.policy import Policy
from taxengine.core.result import Calculation
from taxengine.showing.figures import MINUS, signed

MOST_OPEN = 12
"""Of so many lines at most, each is told without a click."""

LEVELS = {
    "unit": "The tax of one unit is rounded, then multiplied by the quantity",
    "line": "Each tax of each line is rounded by itself",
    "lineTotal": "All taxes of a line are rounded once, and shared out among them",
    "tax": "Each tax is rounded once, over the whole invoice, and shared out to the lines",
    "invoice": "All taxes are rounded once, over the whole invoice, and shared out to the lines",
}
MODES = {
    "halfUp": "half up",
    "halfEven": "half to even",
    "halfDown": "half down",
    "up": "up",
    "down": "down",
    "ceiling": "to the ceiling",
    "floor": "to the floor",
}
PLACES = {
    "customer.address": "the customer’s address",
    "merchant.address": "the merchant’s address",
    "shipTo": "where the line is shipped to",
    "shipFrom": "where the line is shipped from",
}
SIGNS = {"x": "×", "/": "÷", "-": MINUS}
PASSED_OVER = frozenset({"failed", "lost", "replaced"})
SPREAD = frozenset({"discount", "fixed"})
APART = frozenset({*SPREAD, "warning"})


Labels = Mapping[str, str]


class Sentence(NamedTuple):
    """What it is about, what joins the two, what is said."""

    head: str
    joint: str
    text: str


def story_view(invoice: Invoice, calculation: Calculation, story: Explanation) -> dict[str, Any]:
    """The steps, sorted by what a reader looks for."""
    results = (*calculation.lines, *calculation.adjustments)
    labels = {tax.rate.id or tax.rate.type: kind_of_tax(tax) for tax in calculation.taxes}
    parts: dict[str, list[Step]] = {}
    for step in story.steps:
        if step.path.startswith(("lines[", "charges[", "discounts[")) and step.kind not in APART:
            parts.setdefault(step.path, []).append(step)
    whats = [line.description or line.product or line.tax_category or "" for line in invoice.lines]
    whats += [adjustment(invoice, row.id).description or "" for row in calculation.adjustments]
    told = zip(parts.values(), results, whats, strict=True)
    return {
        "rounding": _rounding(calculation.policy, any(tax.rate.inclusive for tax in calculation.taxes)),
        "before": [_before(step, invoice) for step in story.steps if step.kind in SPREAD],
        "open": len(results) <= MOST_OPEN,
        "parts": [_part(steps, result, what, labels) for steps, result, what in told],
        "after": [in_words(step.text) for step in story.steps if step.kind == "group"],
    }


def _before(step: Step, invoice: Invoice) -> str:
    """What fell on the lines; a discount by what it is called, too."""
    told = in_words(step.text)
    if step.kind == "discount":
        called = invoice.discounts[int(step.path[len("discounts[") : -1])].description
        told = told.replace(":", f" ({called}):", 1) if called else told
    return f"{told}."


def in_words(text: str) -> str:
    """A sentence with the ways of rounding in words, and adjustments as a person counts them.

    >>> in_words("1.00 to charge-0, rounded halfUp: 1")
    '1.00 to Charge\\xa01, rounded half up: 1'
    """
    told = re.sub(r"rounded (\w+)", lambda mode: f"rounded {MODES.get(mode[1], mode[1])}", text)
    return re.sub(r"\b(charge|discount)-[0-9]+\b", lambda row: title_of(row[0]), told)


def formula(text: str) -> str:
    """A sentence of figures, with the signs that a book has.

    >>> formula("net: -3.50 - -0.56 = -2.94; 1 x 2 / 3 = 0.666666666666...")
    'net: −3.50 − −0.56 = −2.94; 1 × 2 ÷ 3 = 0.666666666666…'
    """
    told = re.sub(r"(?<=[\d)]) ([-x/]) (?=[\d(-])", lambda sign: f" {SIGNS[sign[1]]} ", in_words(text))
    return re.sub(r"(?<![\w.])-(?=\d)", MINUS, told).replace("...", "…")


def title_of(row: str) -> str:
    """A row of `adjustments` as a person counts: `charge-0` is the first charge.

    >>> title_of("charge-0")
    'Charge\\xa01'
    """
    kind, _, index = row.partition("-")
    return f"{kind.capitalize()}\N{NO-BREAK SPACE}{int(index) + 1}"


def _rounding(policy: Policy, inclusive: bool) -> str:
    axes = policy.rounding
    told = f"{LEVELS[axes.level]}: {MODES[axes.mode]}."
    if inclusive:
        first = {
            "taxFirst": "the tax is rounded and the net is the rest",
            "netFirst": "the net is rounded and the tax is the rest",
        }
        told += f" Where a price holds its tax, {first[axes.inclusive]}."
    if policy.line_amounts == "exact":
        told += " Line amounts are carried on exactly."
    if policy.name and policy.name != "default":
        told += f" (Rounding policy {policy.name}.)"
    return told


def _part(steps: Iterable[Step], result: LineAmounts, what: str, labels: Labels) -> dict[str, Any]:
    head, *said = steps
    return {
        "title": f"Line {result.id}" if head.path.startswith("lines") else title_of(result.id),
        "what": what,
        "figure": f"{signed(result.net)} + {signed(result.tax)} = {signed(result.gross)}",
        "steps": [
            *_sentences(said, labels),
            *([] if result.taxes else [Sentence("Tax", ":", f"none, {REASONS[result.reason]}")]),
        ],
        "passed": [step.text for step in said if step.kind in PASSED_OVER],
    }


def _sentences(steps: Sequence[Step], labels: Labels) -> Iterator[Sentence]:
    taken = [str(step.data["taxRate"]) for step in steps if step.kind in ("taken", "named")]
    for step in steps:
        if step.kind in ("taken", "named"):
            if taken:
                how = "Rates that apply" if step.kind == "taken" else "Rates named on the invoice"
                yield Sentence(how, ":", ", ".join(_labelled(rate, labels) for rate in taken))
            taken = []
        elif step.kind == "place":
            source = str(step.data["from"])
            yield Sentence("Place", ":", f"{step.data['place']}, {PLACES.get(source, source)}")
        elif step.kind == "rule":
            yield Sentence("Rule", ":", str(step.data["rule"]))
        elif step.kind == "tax":
            head, _, rest = step.text.partition(", ")
            yield Sentence(labels.get(head, head), ",", formula(rest))
        elif step.kind in ("amount", "net"):
            yield Sentence(step.kind.capitalize(), ":", formula(step.text.partition(": ")[2]))
        elif step.kind not in PASSED_OVER:
            yield Sentence("", "", step.text)


def _labelled(rate: str, labels: Labels) -> str:
    return f"{labels[rate]} ({rate})" if rate in labels else rate
