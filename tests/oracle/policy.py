"""Policy: the axes of rounding, and the presets' axes as calculation.md section 3 tabulates them.

>>> read_policy("jp-qualified-invoice").mode
'down'
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracle.sums import read


@dataclass(frozen=True, slots=True)
class Policy:
    """Every axis, spelled out."""

    level: str = "line"
    mode: str = "halfUp"
    inclusive: str = "taxFirst"
    group_by: str = "rate"
    exact_lines: bool = False
    exact_discounts: bool = False
    cash_increment: Fraction | None = None


PRESETS: dict[str, dict[str, str]] = {
    "default": {"level": "line"},
    "sylius": {"level": "line"},
    "stripe": {"level": "line"},
    "en16931": {"level": "tax", "groupBy": "percentage"},
    "peppol": {"level": "tax", "groupBy": "percentage"},
    "us-item": {"level": "lineTotal"},
    "us-invoice": {"level": "invoice"},
    "jp-qualified-invoice": {"level": "tax", "mode": "down", "groupBy": "percentage"},
    "odoo-per-line": {"level": "line", "discountAmounts": "exact"},
    "odoo-globally": {"level": "tax", "lineAmounts": "exact"},
    "gobl-precise": {"level": "tax", "lineAmounts": "exact", "groupBy": "percentage"},
    "gobl-currency": {"level": "tax", "groupBy": "percentage"},
    "lago": {"level": "invoice"},
    "magento-unit": {"level": "unit"},
    "pretix": {"level": "line", "inclusive": "netFirst"},
    "vendure": {"level": "line", "inclusive": "netFirst"},
    "zuora-net-first": {"level": "line", "inclusive": "netFirst"},
}


def preset_name(policy: Any) -> str | None:
    """The preset that a policy names, if it names one."""
    name = policy if isinstance(policy, str) else (policy or {}).get("preset")
    return name if isinstance(name, str) else None


def read_policy(policy: Any) -> Policy:
    """A document's `policy`: absent, a preset's name, or an object, perhaps a preset with overrides."""
    axes: dict[str, Any] = dict(PRESETS[preset_name(policy) or "default"])
    if isinstance(policy, dict):
        axes |= policy.get("rounding") or {}
        axes |= {
            key: policy[key] for key in ("lineAmounts", "discountAmounts", "cashIncrement") if key in policy
        }
    exact_lines = axes.get("lineAmounts") == "exact"
    increment = axes.get("cashIncrement")
    return Policy(
        level=axes["level"],
        mode=axes.get("mode", "halfUp"),
        inclusive=axes.get("inclusive", "taxFirst"),
        group_by=axes.get("groupBy", "rate"),
        exact_lines=exact_lines,
        exact_discounts=exact_lines or axes.get("discountAmounts") == "exact",
        cash_increment=None if increment is None else read(increment),
    )
