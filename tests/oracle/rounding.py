"""Rounding: from exact taxes to whole minor units, at the level of the policy; calculation.md section 3."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from tests.oracle.policy import Policy
from tests.oracle.rows import Row, Tax
from tests.oracle.stack import under
from tests.oracle.sums import Number, allocate, round_to_int

Entry = tuple[Row, Tax]


def round_rows(rows: list[Row], policy: Policy) -> None:
    """Set what is shown of every tax, net and gross."""
    net_first = [] if policy.inclusive == "taxFirst" else net_first_rows(rows, policy)
    for row in net_first:
        row.net = round_to_int(row.net_exact, policy.mode)
        row.charged[0].shown = round_to_int(row.left, policy.mode) - row.net
    settled = {id(row.charged[0]) for row in net_first}
    charged = [(row, tax) for row in rows for tax in row.taxes if not tax.withheld and id(tax) not in settled]
    withheld = [(row, tax) for row in rows for tax in row.taxes if tax.withheld]
    round_taxes(charged, policy, group_key)
    round_taxes(withheld, policy, withheld_key)
    if policy.exact_lines:
        settle_exact(rows, policy.mode)
    else:
        settle_rounded(rows)
    for row in rows:
        for tax in row.taxes:
            base: Number = row.net + sum(one.shown for one in under(tax, row.taxes))
            if tax.charged is not None:  # of the exact net; the shown one may differ
                base = tax.charged + tax.portion * (row.net - row.net_exact)
            elif tax.portion != 1:
                base = tax.portion * base
            tax.taxable = round_to_int(base, policy.mode)


def net_first_rows(rows: list[Row], policy: Policy) -> list[Row]:
    """The rows whose net is rounded, the tax being the rest: one single tax, inclusive."""
    if policy.exact_lines or policy.level not in ("unit", "line", "lineTotal"):
        return []
    shares: dict[str, int] = defaultdict(int)
    for row in rows:
        shares[row.id] += len(row.charged)
    single = [row for row in rows if len(row.charged) == 1 and row.charged[0].inclusive]
    if policy.level == "lineTotal":  # the shares of one charge are one line there
        single = [row for row in single if shares[row.id] == 1]
    return single


def round_taxes(entries: list[Entry], policy: Policy, key: Any) -> None:
    """Round each tax, or each group of taxes once and allocate it back."""
    if policy.level == "line":
        for _, tax in entries:
            tax.shown = round_to_int(tax.exact, policy.mode)
    elif policy.level == "unit":
        for row, tax in entries:
            tax.shown = per_unit(tax.exact, row.quantity, policy.mode)
    else:
        groups: dict[Any, list[Entry]] = defaultdict(list)
        for row, tax in entries:
            groups[key(row, tax, policy)].append((row, tax))
        for group in groups.values():
            round_group(group, policy.mode)


def per_unit(exact: Number, quantity: Number, mode: str) -> int:
    """The tax of one unit, times the quantity, rounded again where that is fractional."""
    quantity = quantity or 1
    return round_to_int(round_to_int(exact / Fraction(quantity), mode) * quantity, mode)


def group_key(row: Row, tax: Tax, policy: Policy) -> Any:
    """What is rounded together: a line, a tax over the invoice, or a country and state."""
    if policy.level == "lineTotal":
        return row.id
    if policy.level == "tax" and tax.type in ("cgst", "sgst"):  # equal halves: each with those of its pair
        pair = [one for one in row.taxes if one.type in ("cgst", "sgst")]
        return tax.type, frozenset(alike(one, policy) for one in pair)
    if policy.level == "tax":
        return alike(tax, policy)
    return None if row.place is None else (row.place.country, row.place.state)


def alike(tax: Tax, policy: Policy) -> Any:
    """What makes two taxes of an invoice one."""
    if policy.group_by == "percentage":
        return (tax.type, tax.percentage, tax.reason)
    return (tax.identity, tax.reason)


def withheld_key(row: Row, tax: Tax, policy: Policy) -> Any:
    """Each withheld rate apart: a line at `lineTotal`, over the invoice above it."""
    return (row.id, tax.identity) if policy.level == "lineTotal" else tax.identity


def round_group(group: Iterable[Entry], mode: str) -> None:
    """One rounding of the exact sum, allocated back to lines and taxes."""
    group = list(group)
    exact = [tax.exact for _, tax in group]
    total = round_to_int(sum(exact), mode)
    keys = [(row.id, tie_of(row, tax), row.tie) for row, tax in group]
    for (_, tax), shown in zip(group, allocate(total, exact, keys), strict=True):
        tax.shown = shown


def tie_of(row: Row, tax: Tax) -> str:
    """The rate's id; of equal halves that of the first."""
    if tax.type not in ("cgst", "sgst"):
        return tax.id or ""
    return min(one.id or "" for one in row.taxes if one.type in ("cgst", "sgst"))


def settle_rounded(rows: list[Row]) -> None:
    """The price stands: inclusive taxes come out of it, the others on top."""
    for row in rows:
        price = round_to_int(row.left, "halfUp")  # in minor units already
        row.net = price - sum(tax.shown for tax in row.charged if tax.inclusive)
        row.gross = row.net + sum(tax.shown for tax in row.charged)


def settle_exact(rows: list[Row], mode: str) -> None:
    """The gross of rows with inclusive taxes only, and the net of the others, are sums rounded once."""
    inside = [row for row in rows if row.charged and all(tax.inclusive for tax in row.charged)]
    inside_ids = {id(row) for row in inside}
    others = [row for row in rows if id(row) not in inside_ids]
    for row, gross in zip(inside, rounded_sum([row.left for row in inside], inside, mode), strict=True):
        row.gross = gross
        row.net = gross - sum(tax.shown for tax in row.charged)
    for row, net in zip(others, rounded_sum([row.net_exact for row in others], others, mode), strict=True):
        row.net = net
        row.gross = net + sum(tax.shown for tax in row.charged)


def rounded_sum(exact: list[Number], rows: list[Row], mode: str) -> list[int]:
    """The rounded sum of exact amounts, allocated."""
    return allocate(round_to_int(sum(exact), mode), exact, [(row.id, row.tie) for row in rows])
