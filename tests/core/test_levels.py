"""Levels: what is rounded together, in which order, and how near each tax stays to its exact value."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core.arithmetic import exactly
from taxengine.core.calculation import Work, calculate
from taxengine.core.determination import Determination, NotTaxed, StatedTax, Taxed
from taxengine.core.errors import InvariantBroken
from taxengine.core.levels import Rounded, price, round_taxes, taxable_amounts
from taxengine.core.policy import Policy, Rounding
from taxengine.core.rates import TaxRate
from taxengine.core.reasons import Reason
from taxengine.core.result import Calculation
from taxengine.core.rows import Row
from tests.core.samples import LEVELS, MODES, determined, invoice, line, rate
from tests.oracle import sums

CENT = Decimal("0.01")


def policy(
    level: Any = "line", mode: Any = "halfUp", inclusive: Any = "taxFirst", group: Any = "rate", **more: Any
) -> Policy:
    return Policy(rounding=Rounding(level=level, mode=mode, inclusive=inclusive, group_by=group), **more)


def row(amount: str, *rates: TaxRate, key: str = "1", quantity: str = "1", **more: Any) -> Row:
    more = {"path": f"lines[{key}]", **more}
    return Row(
        key,
        amount=Decimal(amount),
        quantity=Decimal(quantity),
        outcome=Taxed(rates) if rates else NotTaxed(Reason.NONE_STATED),
        **more,
    )


@exactly
def done(rows: list[Row], chosen: Policy, unit: Decimal = CENT) -> list[list[str]]:
    """The taxes of each row."""
    round_taxes(rows, chosen, unit)
    price(rows, chosen, unit)
    return [list(map(str, one.taxes)) for one in rows]


TWO = (rate("a", "0.0625"), rate("b", "0.02"))


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        # 0.90 at 6.25 % and 2 % is 0.05625 and 0.018, 0.07425 in all, thrice.
        ("line", [["0.06", "0.02"]] * 3),
        ("lineTotal", [["0.05", "0.02"]] * 3),
        ("tax", [["0.06", "0.02"], ["0.06", "0.02"], ["0.05", "0.01"]]),
        ("invoice", [["0.06", "0.02"], ["0.05", "0.02"], ["0.05", "0.02"]]),
        ("unit", [["0.06", "0.02"]] * 3),
    ],
)
def test_each_level_rounds_what_it_says_together(level: str, expected: list[list[str]]) -> None:
    assert done([row("0.90", *TWO, key=key) for key in "123"], policy(level)) == expected


@pytest.mark.parametrize(
    ("quantity", "amount", "expected"),
    [
        ("3", "0.90", "0.18"),  # a unit is 0.30, its tax 0.057 and so 0.06
        ("-3", "-0.90", "-0.18"),
        ("1.5", "0.45", "0.09"),
        ("2.5", "0.75", "0.15"),
        ("0.333", "0.10", "0.02"),  # 0.06 x 0.333 is rounded again
        ("0", "0.30", "0.06"),  # counts as one
    ],
)
def test_at_the_level_unit_the_tax_of_one_is_rounded_and_multiplied(
    quantity: str, amount: str, expected: str
) -> None:
    assert done([row(amount, rate(percent="0.19"), quantity=quantity)], policy("unit")) == [[expected]]


def test_groups_are_rates_or_percentages_of_one_type_and_reason() -> None:
    rates = [
        rate("a", "0.1"),
        rate("b", "0.10"),
        rate("c", "0.1", treatment="reduced"),
        rate("d", "0.1", type="gst"),
    ]
    rows = [row("0.05", one, key=str(at)) for at, one in enumerate(rates)]
    assert done(rows, policy("tax")) == [["0.01"]] * 4
    rows = [row("0.05", one, key=str(at)) for at, one in enumerate(rates)]
    assert done(rows, policy("tax", group="percentage")) == [["0.01"], ["0.00"], ["0.01"], ["0.01"]]


def test_at_the_level_invoice_each_country_and_state_is_rounded_apart() -> None:
    places = [("US", "CA"), ("US", "CA"), ("US", "NY"), None, None]
    rows = [row("0.03", rate(percent="0.1"), key=str(at), place=place) for at, place in enumerate(places)]
    assert done(rows, policy("invoice")) == [["0.01"], ["0.00"], ["0.00"], ["0.01"], ["0.00"]]


WITHHELD = rate("w", "0.1", withheld=True, type="withholding")


@pytest.mark.parametrize(
    ("level", "expected"),
    [("line", ["0.01", "0.01"]), ("lineTotal", ["0.01", "0.01"]), ("unit", ["0.01", "0.01"]),
     ("tax", ["0.01", "0.00"]), ("invoice", ["0.01", "0.00"])],
)  # fmt: skip
def test_a_withheld_rate_is_rounded_apart(level: str, expected: list[str]) -> None:
    rows = [row("0.05", rate("a", "0.08"), WITHHELD, key=key) for key in "12"]
    assert [taxes[1] for taxes in done(rows, policy(level))] == expected
    assert [one.tax + one.net for one in rows] == [one.gross for one in rows]


# ---- the net first ----

TIE = rate("a", "0.12", True)


@pytest.mark.parametrize(("level", "rows", "tax"), [
    ("line", ["52.50"], "5.62"), ("lineTotal", ["52.50"], "5.62"), ("unit", ["52.50"], "5.62"),
    ("tax", ["52.50"], "5.63"), ("invoice", ["52.50"], "5.63"),
])  # fmt: skip
def test_net_first_rounds_the_net_at_the_levels_of_a_line(level: str, rows: list[str], tax: str) -> None:
    own = [row(amount, TIE, key=str(at)) for at, amount in enumerate(rows)]
    assert done(own, policy(level, inclusive="netFirst")) == [[tax]]
    assert [one.gross for one in own] == [Decimal("52.50")]
    assert done([row("52.50", TIE)], policy(level)) == [["5.63"]]


@pytest.mark.parametrize(
    ("rates", "taxes"),
    [
        ([TIE, WITHHELD], ["5.62", "4.69"]),  # a withheld tax does not count
        ([TIE, rate("b", "0.05")], ["5.63", "2.34"]),
        ([TIE, rate("b", "0", True)], ["5.63", "0.00"]),
        ([rate("a", "0.12")], ["6.30"]),
        ([], []),
    ],
)
def test_net_first_speaks_of_one_inclusive_tax(rates: list[TaxRate], taxes: list[str]) -> None:
    assert done([row("52.50", *rates)], policy(inclusive="netFirst")) == [taxes]


def test_net_first_is_tax_first_under_exact_line_amounts() -> None:
    assert done([row("52.50", TIE)], policy(inclusive="netFirst", line_amounts="exact")) == [["5.63"]]


def test_the_shares_of_one_charge_are_one_line_to_net_first() -> None:
    def shares(*stacks: list[TaxRate]) -> list[Row]:
        return [
            row("52.50", *own, key="c", path="charges[0]", share=str(at)) for at, own in enumerate(stacks)
        ]

    first = policy("lineTotal", inclusive="netFirst")
    assert done(shares([TIE], [rate("b", "0.05", True)]), first) == [["5.63"], ["2.50"]]
    assert done(shares([TIE], []), first) == [["5.62"], []]
    assert done(shares([TIE], []), policy(inclusive="netFirst")) == [["5.62"], []]


# ---- prices ----


def test_the_shown_price_stands_and_the_net_gives_way() -> None:
    one = row("10.00", rate("a", "0.1", True), rate("b", "0.175", True), rate("c", "0.05"))
    assert done([one], policy()) == [["0.78", "1.37", "0.39"]]
    assert (one.net, one.tax, one.gross) == (Decimal("7.85"), Decimal("2.54"), Decimal("10.39"))


def test_exact_amounts_are_summed_before_they_are_rounded() -> None:
    inside = [row("0.335", rate("a", "0.1", True), key=key) for key in "123"]
    outside = [row("0.335", rate("b", "0.1"), key=key) for key in "456"]
    done([*inside, *outside], policy("tax", line_amounts="exact"))
    assert [str(one.gross) for one in inside] == ["0.34", "0.34", "0.33"]  # 1.005 is 1.01
    assert [str(one.net) for one in outside] == ["0.34", "0.34", "0.33"]
    assert all(one.net + one.tax == one.gross for one in (*inside, *outside))


def test_what_a_tax_was_charged_on_is_shown() -> None:
    gst, part = rate("gst", "0.05"), rate("p", "0.1", taxable_portion="0.333")
    qst = rate("qst", "0.1", compound_on=["gst"])
    one = row("10.01", gst, qst, part)
    done([one], policy())
    assert list(map(str, exactly(taxable_amounts)(one, CENT, "ROUND_HALF_UP"))) == ["10.01", "10.51", "3.33"]


def test_amounts_that_a_provider_states_are_taken_as_they_are() -> None:
    stated = [StatedTax(Decimal("9.00"), Decimal("1.72"))]
    one = Row("1", "lines[0]", Decimal("10.00"), Decimal(1), Taxed([rate()], stated=stated))
    assert done([one], policy("tax")) == [["1.72"]]
    assert taxable_amounts(one, CENT, "ROUND_HALF_UP") == [Decimal("9.00")]


# ---- invariant 6, and what is told of it ----


def test_a_tax_that_strays_from_its_exact_value_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def off(value: Any, unit: Decimal, mode: str) -> Decimal:
        return Decimal(sums.round_to_int(Fraction(value) / Fraction(unit), "up") + 1) * unit

    monkeypatch.setattr("taxengine.core.levels.round_to", off)
    for level in LEVELS:
        with pytest.raises(InvariantBroken) as caught:
            done([row("1.01", rate(percent="0.1"))], policy(level))
        assert caught.value.problems[0].path == "lines[1]"


def test_each_group_is_told_with_its_members() -> None:
    told: list[Rounded] = []
    rows = [row("0.90", *TWO, key=key) for key in "12"]
    exactly(round_taxes)(rows, policy("tax"), CENT, told.append)
    assert [(len(one.cells), str(one.rounded), list(map(str, one.parts))) for one in told] == [
        (2, "0.11", ["0.06", "0.05"]),
        (2, "0.04", ["0.02", "0.02"]),
    ]
    assert [Fraction(one.exact) for one in told] == [Fraction("0.1125"), Fraction("0.036")]


def total(of: Determination, chosen: Policy) -> Calculation:
    return Work(of.invoice, of, chosen).calculation()


amounts = st.lists(st.integers(-500, 500), min_size=1, max_size=5)


@given(amounts, st.sampled_from(MODES), st.booleans())
def test_a_tax_over_the_invoice_is_the_rounded_exact_tax(
    units: list[int], mode: str, inclusive: bool
) -> None:
    of = invoice(*[line(str(Decimal(unit) / 100), str(at)) for at, unit in enumerate(units)])
    asked = determined(of, Taxed([rate("a", "0.07", inclusive)]))
    exact = Fraction(sum(units) * 7, 107 if inclusive else 100)
    for level in ("tax", "invoice"):
        answer = total(asked, policy(level, mode))
        assert Fraction(answer.totals.tax) * 100 == sums.round_to_int(exact, mode)


@given(st.sampled_from(LEVELS), st.sampled_from(MODES), st.integers(-999, 999))
def test_every_level_gives_one_line_of_one_tax_the_same(level: str, mode: str, units: int) -> None:
    of = invoice(line(str(Decimal(units) / 100)))
    asked = determined(of, Taxed([rate("a", "0.19")]))
    assert (
        total(asked, policy(level, mode)).totals == calculate(of, asked, policy=policy("line", mode)).totals
    )
