"""Presets: the page that lists them, with the published cases that each was held to.

python tests/docs/presets.py             write docs/presets.md; it needs the cases, ../shared/cases
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from taxengine.core.policy import PRESETS, Policy
from tests.building import answer
from tests.cases.adapter import Case, Expressed, NotExpressible, cases, express
from tests.cases.compare import compare
from tests.cases.known import KNOWN
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "presets.md"
DEFAULT = Policy.preset("default")

Document = dict[str, Any]


class Told(NamedTuple):
    """What tells a preset from `default`: a document, what it comes to under each, and where it is from."""

    name: str
    document: Document
    rates: list[Document]
    tax: str
    by_default: str


def _axes(case: Case) -> tuple[str, str, str]:
    rounding = case["rounding"]
    return rounding["level"], rounding["mode"], rounding.get("inclusive_first") or "tax"


def _of(start: str, level: str) -> Callable[[Case], bool]:
    return lambda case: case["id"].startswith(start) and case["rule"] == "simple" and _axes(case)[0] == level


def _by_rule(rule: str) -> Callable[[Case], bool]:
    return lambda case: case["rule"] == rule


def _simple(level: str, mode: str) -> Callable[[Case], bool]:
    return lambda case: case["rule"] == "simple" and _axes(case)[:2] == (level, mode)


# The published cases that follow the rule of each preset.
OWN: Mapping[str, Callable[[Case], bool]] = {
    "default": lambda case: case["rule"] == "simple" and _axes(case) == ("line_tax", "half_up", "tax"),
    "sylius": _of("sylius-", "line_tax"),
    "stripe": _of("docs-stripe-", "line_tax"),
    "en16931": _by_rule("en16931"),
    "peppol": _by_rule("en16931"),
    "us-item": _simple("line", "half_up"),
    "us-invoice": _simple("invoice", "half_up"),
    "jp-qualified-invoice": _simple("tax_group_rounded_lines", "down"),
    "odoo-per-line": _by_rule("odoo.per_line"),
    "odoo-globally": _by_rule("odoo.globally"),
    "gobl-precise": _by_rule("gobl.precise"),
    "gobl-currency": _by_rule("gobl.currency"),
    "lago": _of("lago-", "invoice"),
    "magento-unit": _of("magento-", "unit"),
    "pretix": _of("pretix-", "line_tax"),
    "vendure": _of("vendure-", "line_tax"),
    "zuora-net-first": _of("docs-zuora-net-", "line_tax"),
}


def _worked(name: str, line: Document, percentages: list[str], inclusive: bool, *taxes: str) -> Told:
    rates = [
        {
            "id": f"r{at}",
            "country": "US",
            "type": "salesTax",
            "percentageDecimal": one,
            "inclusive": inclusive,
        }
        for at, one in enumerate(percentages)
    ]
    ids = [one["id"] for one in rates]
    document = {
        "id": "w",
        "currency": "USD",
        "taxDate": "2026-01-01",
        "lines": [{"id": "1", "taxRates": ids, **line}],
    }
    return Told(name, document, rates, *taxes)


_TIE = _worked("52.50 with 12 % in it", {"amount": "52.50"}, ["0.12"], True, "5.62", "5.63")
# Where no published case tells a preset from `default`, an example of its rule does.
WORKED: Mapping[str, Told] = {
    "us-item": _worked(
        "0.90 at 6.25 % and 2 %", {"amount": "0.90"}, ["0.0625", "0.02"], False, "0.07", "0.08"
    ),
    "pretix": _TIE,
    "vendure": _TIE,
    "zuora-net-first": _TIE,
}
# A published case that a preset reproduces and `default` does not.
TELLING: Mapping[str, str] = {
    "en16931": "en16931-ubl-tc434-example8",
    "peppol": "en16931-ubl-tc434-example8",
    "us-invoice": "docs-my-gst-total",
    "jp-qualified-invoice": "docs-uk-round-down-vat",
    "odoo-per-line": "vendure-half-off-excl",
    "odoo-globally": "odoo18-tax_totals_summary-taxes_l10n_in_generic_helpers-02",
    "gobl-precise": "gobl-unit-fractional-qty-two-lines",
    "gobl-currency": "gobl-de-invoice-de-rounding",
    "lago": "docs-my-gst-total",
    "magento-unit": "magento-compound-unit",
}
ALIASES = ("sylius", "stripe")
"""Those that are `default` by another name."""


@cache
def published() -> dict[str, tuple[Case, Expressed]]:
    """The cases that a document can state, by id."""

    def stated() -> Iterator[tuple[str, tuple[Case, Expressed]]]:
        for case in cases():
            try:
                yield case["id"], (case, express(case))
            except NotExpressible:
                continue

    return dict(stated())


def reproduces(preset: str, case: Case, expressed: Expressed) -> bool:
    """Whether the preset's policy, and nothing of the case's own but its coins, gives its figures."""
    policy: Document = {"preset": preset}
    if "cashIncrement" in expressed.document["policy"]:
        policy["cashIncrement"] = expressed.document["policy"]["cashIncrement"]
    return not compare(case, answer({**expressed.document, "policy": policy}, expressed.rates))


def tax_of(preset: str, told: Told) -> str:
    """What the tax of a worked example comes to under a preset."""
    done = answer({**told.document, "policy": preset}, told.rates)
    return str(done["totals"]["tax"])


def _in_words(policy: Policy) -> str:
    """The axes that differ from those of `default`."""
    own, usual = policy.rounding, DEFAULT.rounding
    axes = [
        (own.level, usual.level),
        (own.mode, usual.mode),
        (own.inclusive, usual.inclusive),
        (f"by {own.group_by}", f"by {usual.group_by}"),
        (f"lines {policy.line_amounts}", f"lines {DEFAULT.line_amounts}"),
    ]
    if policy.line_amounts == "rounded":
        axes.append((f"discounts {policy.discount_amounts}", f"discounts {DEFAULT.discount_amounts}"))
    differing = [f"`{one}`" for one, other in axes[1:] if one != other]
    return ", ".join([f"`{own.level}`", *differing])


def _passed(preset: str) -> tuple[str, str]:
    """How many of its own cases a preset reproduces, and the reasons of the others."""
    own = [(case, expressed) for case, expressed in published().values() if OWN[preset](case)]
    if not own:
        return "none is published", ""
    missed = [case["id"] for case, expressed in own if not reproduces(preset, case, expressed)]
    return f"{len(own) - len(missed)} of {len(own)}", " ".join(f"`{one}`: {KNOWN[one]}." for one in missed)


def _telling(preset: str) -> str:
    if preset in TELLING:
        return f"`{TELLING[preset]}`"
    told = WORKED.get(preset)
    return "" if told is None else f"{told.name}: {told.tax}, not {told.by_default}"


def page() -> str:
    """The whole page."""
    rows = []
    for name, preset in PRESETS.items():
        passed, missed = _passed(name)
        short = f"{preset.short[:1].upper()}{preset.short[1:]}. " if preset.short else ""
        cells = (
            f"`{name}`",
            _in_words(preset.policy),
            preset.source,
            passed,
            _telling(name),
            f"{short}{missed}".strip(),
        )
        rows.append(f"| {' | '.join(cells)} |")
    return HEAD + "\n".join(rows) + "\n"


HEAD = """\
# The presets

<!-- written by tests/docs/presets.py -->

A preset is a policy with a name: whose figures it gives, and by which source. [Choose a rounding
policy](rounding.md) says what the words mean. What is not named is as in `default`: level `line`, mode
`halfUp`, `taxFirst`, by rate, line amounts and discounts rounded.

*Cases* counts the published figures that follow the rule of the preset, and how many of them it gives:
totals, lines and taxes. *Told from `default` by* is a published case, or an example, that the preset gives
and `default` does not.

| preset | rounds | source | cases | told from `default` by | known short |
|---|---|---|---|---|---|
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(PRESETS)} presets")
