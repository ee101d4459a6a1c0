"""Samples: small values of the core, and strategies that draw any of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from taxengine.core.adjustments import Charge, Discount, Payment
from taxengine.core.brackets import Bracket
from taxengine.core.determination import Determination, NotTaxed, Outcome, Taxed
from taxengine.core.invoice import Invoice, Line
from taxengine.core.money import minor_digits
from taxengine.core.policy import Policy, Rounding
from taxengine.core.rates import TaxRate
from taxengine.core.reasons import Reason
from taxengine.core.stack import applied
from taxengine.core.values import replace

DAY = date(2026, 3, 1)
EXAMPLES = settings(max_examples=int(os.environ.get("EXAMPLES", "80")))
"""For properties over whole invoices, which take long to draw; `EXAMPLES=1000` looks further."""
LEVELS = ("unit", "line", "lineTotal", "tax", "invoice")
MODES = ("halfUp", "halfEven", "halfDown", "up", "down", "ceiling", "floor")
SYMMETRIC = ("halfUp", "halfEven", "halfDown", "up", "down")
CURRENCIES = ("EUR", "JPY", "KWD", "CLF")
KINDS = ("valueAddedTax", "salesTax", "gst", "excise", "serviceTax")


def rate(
    id_: str = "vat", percent: str | None = "0.19", inclusive: bool | None = False, **more: Any
) -> TaxRate:
    """A German rate."""
    given = {"country": "DE", "type": "valueAddedTax", **more}
    return TaxRate(id=id_, percentage_decimal=percent, inclusive=inclusive, **given)


def line(amount: str = "100.00", id_: str = "1", **more: Any) -> Line:
    """A line of one whole amount; with `quantity` and `unit_price` where those are given."""
    if "unit_price" not in more:
        more["amount"] = amount
    return Line(id=id_, **more)


def invoice(*lines: Line, currency: str = "EUR", **more: Any) -> Invoice:
    """An invoice of these lines."""
    return Invoice(id="i", currency=currency, tax_date=DAY, lines=lines, **more)


def determined(of: Invoice, *outcomes: Outcome, **more: Any) -> Determination:
    """These outcomes for the lines of an invoice; the last for all that are left."""
    lines = [outcomes[min(index, len(outcomes) - 1)] for index in range(len(of.lines))]
    return Determination(invoice=of, lines=lines, provider="manual", **more)


def decimals(places: int, most: int = 10**6) -> st.SearchStrategy[str]:
    """Numbers as text: of any sign, with up to so many decimals, often small or tied."""

    def spelt(units: int, digits: int) -> str:
        text = str(abs(units)).rjust(digits + 1, "0")
        return (
            f"{'-' * (units < 0)}{text[: len(text) - digits]}{'.' * (digits > 0)}{text[len(text) - digits :]}"
        )

    return st.builds(spelt, st.integers(-most, most), st.integers(0, places))


policies = st.builds(
    Policy,
    rounding=st.builds(
        Rounding,
        level=st.sampled_from(LEVELS),
        mode=st.sampled_from(MODES),
        inclusive=st.sampled_from(("taxFirst", "netFirst")),
        group_by=st.sampled_from(("rate", "percentage")),
    ),
    line_amounts=st.sampled_from(("rounded", "rounded", "exact")),
    discount_amounts=st.sampled_from(("rounded", "exact")),
    cash_increment=st.sampled_from((None, None, "1", "5")),
)

percentages = st.sampled_from(
    ("0.19", "0.2", "0.07", "0.0825", "0.175", "0.09975", "0.333333", "1", "-0.05", "0", "0.000001")
)


@st.composite
def rate_sets(draw: st.DrawFn, *, most: int = 4, prefix: str = "r") -> list[TaxRate]:
    """Rates that may stand on one line, in every combination that has an answer."""
    kind = draw(st.sampled_from(("inclusive", "exclusive", "any", "any")))
    rates: list[TaxRate] = []
    for index in range(draw(st.integers(0, most))):
        fixed = draw(st.sampled_from((None, None, None, "0.10", "0.005", "-0.5")))
        withheld = draw(st.sampled_from((False, False, False, True)))
        inclusive = False if withheld else draw(st.booleans()) if kind == "any" else kind == "inclusive"
        below = [one.id for one in rates if not one.withheld]
        if fixed is None and not withheld and draw(st.integers(0, 5)) == 5:
            rates.append(draw(bracketed_rates(f"{prefix}{index}", inclusive=inclusive)))
            continue
        rates.append(
            rate(
                f"{prefix}{index}",
                draw(percentages) if fixed is None else draw(st.sampled_from((None, "0.04"))),
                inclusive,
                type="withholding" if withheld else draw(st.sampled_from(KINDS)),
                withheld=withheld,
                amount_per_unit=fixed,
                amount_per=draw(st.sampled_from(("unit", "line", "invoice"))),
                taxable_portion=draw(st.sampled_from((None, None, None, "0.7", "0", "1"))),
                compound_on=below if below and draw(st.integers(0, 3)) == 3 else (),
            )
        )
    return rates


@st.composite
def bracketed_rates(draw: st.DrawFn, id_: str, *, inclusive: bool) -> TaxRate:
    """A rate whose percentage changes with the price of one unit, once or twice."""
    by = draw(st.sampled_from(("whole", "part")))
    pairs = (("0.05", "0.18"), ("0", "0.0625"), ("0.0225", "0"), ("-0.05", "0.1"))
    first, second = draw(st.sampled_from(pairs))
    if by == "whole" and second == "0":
        second = "0.01"
    if by == "part" and first in ("0.05", "-0.05"):
        first = "0"
    thresholds = draw(st.sampled_from((("5", "50"), ("0.01", "0.02"), ("110", "1600"), ("333.333", "1000"))))
    steps = []
    for at, percentage in zip(thresholds, (second, first), strict=True):
        if not steps or (percentage != "0" or by == "part"):
            name = "over" if by == "part" else draw(st.sampled_from(("from_", "over")))
            steps.append(Bracket(**{name: at, "percentage_decimal": percentage}))
    return rate(id_, first, inclusive, brackets=steps, bracket_by=by, currency="EUR")


@st.composite
def parts(draw: st.DrawFn, kind: type[Discount] | type[Charge], **more: Any) -> Any:
    """A discount or charge, of an amount or a percentage."""
    if draw(st.booleans()):
        return kind(amount=draw(decimals(3, 2000)), **more)
    return kind(percent=draw(st.sampled_from(("10", "33.33", "100", "-5", "0", "0.01"))), **more)


@st.composite
def lines(draw: st.DrawFn, id_: str, *, plain: bool = False) -> Line:
    """A line: of a price and a quantity, or of one amount, with discounts and charges of its own."""
    more: dict[str, Any] = {}
    if plain or draw(st.booleans()):
        quantity = draw(st.sampled_from(("1", "2", "3", "7", "1.5", "0.333", "-1", "-2.5", "0", "1000")))
        more = {"quantity": quantity, "unit_price": draw(decimals(6))}
    else:
        more = {"amount": draw(decimals(4))}
    if not plain:
        more["discounts"] = draw(st.lists(parts(Discount), max_size=2))
        more["charges"] = draw(st.lists(parts(Charge), max_size=1))
    return Line(id=id_, tax_category="goods", **more)


@st.composite
def asked(
    draw: st.DrawFn,
    *,
    plain: bool = False,
    adjusted: bool = True,
    sets: st.SearchStrategy[list[TaxRate]] | None = None,
) -> Determination:
    """An invoice and what was determined for it; `plain` ones are no more than prices and quantities."""
    count = draw(st.integers(1, 3))
    currency = draw(st.sampled_from(CURRENCIES))
    pool = [
        [replace(one, currency=currency) if one.brackets else one for one in rates]
        for rates in (draw(rate_sets(prefix="abc"[at]) if sets is None else sets) for at in range(count))
    ]
    outcomes = [
        Taxed([applied(one) for one in rates]) if rates else NotTaxed(Reason.NONE_STATED) for rates in pool
    ]
    names = draw(st.permutations(["1", "2", "10", "9", "a", "B"]))[: draw(st.integers(1, 6))]
    own = [line_ for name in names for line_ in [draw(lines(name, plain=plain))]]
    more: dict[str, Any] = {}
    if adjusted and not plain:
        more = draw(_adjustments(minor_digits(currency)))
    of = invoice(*own, currency=currency, **more)
    pick = st.sampled_from(outcomes)
    return Determination(
        invoice=of,
        lines=[draw(pick) for _ in own],
        provider="manual",
        discounts=[draw(pick) if one.taxed_itself else None for one in of.discounts],
        charges=[draw(pick) if one.strategy == "own" else None for one in of.charges],
    )


@st.composite
def _adjustments(draw: st.DrawFn, digits: int) -> dict[str, Any]:
    """Discounts, charges and payments of an invoice; shares of 0 lines are refused, not drawn away."""
    discounts: Sequence[Discount] = draw(
        st.lists(st.one_of(parts(Discount), parts(Discount, tax_rates=["own"])), max_size=2)
    )
    strategies = ("own", "proportional", "highest", "principal")
    charges: Sequence[Charge] = draw(
        st.lists(st.sampled_from(strategies).flatmap(lambda one: parts(Charge, strategy=one)), max_size=2)
    )
    payments = draw(st.lists(st.builds(Payment, amount=decimals(digits, 5000)), max_size=1))
    return {"discounts": discounts, "charges": charges, "payments": payments}


def minor(text: str) -> Decimal:
    """A number; short, since tests are full of them."""
    return Decimal(text)
