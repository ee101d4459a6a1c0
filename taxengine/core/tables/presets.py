# Sources: as named in each row; read 2026-11-22.
"""Presets: name, the axes that differ from the defaults, whose rule it is, and what it does not cover."""

from __future__ import annotations

from collections.abc import Mapping

_EN16931 = {"level": "tax", "group_by": "percentage"}
_NET_FIRST = {"inclusive": "netFirst"}

PRESET_ROWS: tuple[tuple[str, Mapping[str, str], str, str], ...] = (
    ("default", {}, "each tax of each line, half up", ""),
    ("sylius", {}, "Sylius 2, taxes by order items; the same as default", ""),
    (
        "stripe",
        {},
        "Stripe, manual tax rates, rounded at line items; the same as default",
        "Stripe can also round at the subtotal: that is the level tax",
    ),
    (
        "en16931",
        _EN16931,
        "EN 16931-1:2017, BR-CO-10 to BR-CO-17: line amounts rounded, tax once a category and rate",
        "a price with tax included lies outside the standard",
    ),
    ("peppol", _EN16931, "Peppol BIS Billing 3.0; the same as en16931", ""),
    (
        "us-item",
        {"level": "lineTotal"},
        "Streamlined Sales and Use Tax Agreement, section 324: item basis, state and local together",
        "",
    ),
    (
        "us-invoice",
        {"level": "invoice"},
        "Streamlined Sales and Use Tax Agreement, section 324: invoice basis, state and local together",
        "",
    ),
    (
        "jp-qualified-invoice",
        {"level": "tax", "mode": "down", "group_by": "percentage"},
        "Japan, National Tax Agency, qualified invoices since 2023-10-01: one rounding a rate and invoice",
        "the law leaves the mode to the issuer; this one cuts",
    ),
    (
        "odoo-per-line",
        {"discount_amounts": "exact"},
        "Odoo 18, tax calculation rounding method: round per line",
        "a global discount is a line of its own there; division taxes are not expressed",
    ),
    (
        "odoo-globally",
        {"level": "tax", "line_amounts": "exact"},
        "Odoo 18, tax calculation rounding method: round globally",
        "division taxes are not expressed",
    ),
    (
        "gobl-precise",
        {"level": "tax", "group_by": "percentage", "line_amounts": "exact"},
        "GOBL 0.5, rounding rule precise",
        "GOBL keeps two digits more than the currency has, this preset all",
    ),
    ("gobl-currency", _EN16931, "GOBL 0.5, rounding rule currency; the same as en16931", ""),
    ("lago", {"level": "invoice"}, "Lago, invoice amounts from fees", "a fee by itself is us-item"),
    ("magento-unit", {"level": "unit"}, "Magento 2.4, tax calculation based on the unit price", ""),
    ("pretix", _NET_FIRST, "pretix 2025, rounding by line: the net first", ""),
    ("vendure", _NET_FIRST, "Vendure 3, prices with tax; the same as pretix", ""),
    ("zuora-net-first", _NET_FIRST, "Zuora Billing, inclusive tax, net first; the same as pretix", ""),
)
