"""Known: the published cases that this engine does not reproduce on purpose, each with the reason."""

CARRIES = "carries each line's rounding residual into the next line, so the order of the lines decides"
EXTRACTS = "takes each inclusive tax out of the full price by itself, so stacked taxes are overstated"
NET_AND_TAX = "rounds net and tax of each rate apart, so the price paid is not the price shown"

KNOWN: dict[str, str] = {
    "docs-autocount-adaptive": f"AutoCount {CARRIES}",
    "magento-excl-multi-total": f"Magento {CARRIES}",
    "invoiceninja-item-incl-two-rates-3": f"Invoice Ninja {EXTRACTS}",
    "invoiceninja-incl-two-invoice-taxes-10-10": f"Invoice Ninja {EXTRACTS}",
    "invoiceninja-incl-line-tax-plus-two-invoice-taxes": f"Invoice Ninja {EXTRACTS}",
    "pretix-five-at-100.00-net": f"pretix's sum_by_net {NET_AND_TAX}",
    "pretix-five-at-9998-net": f"pretix's sum_by_net {NET_AND_TAX}",
    "pretix-impossible-gross-23-sum_by_net": f"pretix's sum_by_net {NET_AND_TAX}",
    "pretix-impossible-gross-23-sum_by_net_keep_gross": (
        "pretix's sum_by_net_keep_gross changes a price that no net and tax in cents can add up to; "
        "here the price stands and the tax is one cent from 7 % of the net"
    ),
    "gobl-unit-incl-6-13-hotel": (
        "GOBL takes the net of each inclusive line apart, so that net and rounded tax (803.01 + 54.00) "
        "exceed the price of 857.00 by a cent"
    ),
    "odoo18-base_lines_tax_details-dispatch_delta_on_base_lines-01": (
        "Odoo smooths the residual over the lines by magnitude, several cents on the largest; "
        "here a line's share is within one cent of its exact value. The totals agree"
    ),
    "vendure-half-off-excl": (
        "Vendure rounds the discounted price (4166.5 to 4167); by the case's policy the discount is rounded. "
        "With discountAmounts exact the figures agree"
    ),
}

# Splits by largest remainder, of `allocation.jsonl`, that settle a tie otherwise.
KNOWN_ALLOCATIONS: dict[str, str] = {
    "alloc-moneyphp-03": "1.5 and 3.5 tie: moneyphp gives the unit to the first, we to the larger share",
}
