"""Totals: amounts that a provider states, what is payable, limits, and what each line and place comes to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from taxengine.core.adjustments import Charge, Discount, Payment
from taxengine.core.calculation import calculate
from taxengine.core.determination import Determination, NotTaxed, StatedTax, Taxed
from taxengine.core.errors import InvalidInvoice, InvalidPolicy, StatedAmountMismatch
from taxengine.core.invoice import Invoice
from taxengine.core.parties import Customer
from taxengine.core.place import Address
from taxengine.core.policy import Policy, Rounding
from taxengine.core.reasons import Reason
from tests.core.samples import determined, invoice, line, rate

TAXED = Taxed([rate()])
OF = invoice(line())


def asked(of: Invoice = OF, outcome: Any = TAXED, **more: Any) -> Determination:
    return determined(of, outcome, **more)


# ---- amounts that a provider states ----


def stated(tax: str, taxable: str = "100.00", **more: Any) -> Taxed:
    return Taxed([rate(**more)], stated=[StatedTax(Decimal(taxable), Decimal(tax))])


@pytest.mark.parametrize("policy", ["default", "en16931", "us-item", "lago", "magento-unit", "pretix"])
@pytest.mark.parametrize("tax", ["18.99", "19.00", "19.01"])
def test_a_stated_amount_within_a_unit_of_its_rate_is_the_outcome(policy: str, tax: str) -> None:
    done = calculate(OF, asked(outcome=stated(tax)), policy=policy)
    assert (str(done.totals.tax), str(done.taxes[0].taxable)) == (tax, "100.00")
    assert str(done.totals.gross) == str(Decimal(100) + Decimal(tax))


@pytest.mark.parametrize(
    ("tax", "taxable"), [("18.98", "100.00"), ("19.02", "100.00"), ("19.001", "100.00"), ("19.00", "100.001")]
)
def test_a_stated_amount_that_does_not_fit_its_own_rate_is_no_result(tax: str, taxable: str) -> None:
    with pytest.raises(StatedAmountMismatch) as caught:
        calculate(OF, asked(outcome=stated(tax, taxable)))
    assert tax in str(caught.value)
    assert taxable.rstrip("0").rstrip(".") in str(caught.value)


def test_a_stated_fixed_amount_is_not_measured_by_a_percentage() -> None:
    assert (
        str(calculate(OF, asked(outcome=stated("0.50", percent=None, amount_per_unit="0.50"))).totals.tax)
        == "0.50"
    )


# ---- totals ----


def payable(of: Invoice, increment: str | None = None) -> tuple[str, str, str]:
    totals = calculate(of, asked(of), policy=Policy(cash_increment=increment)).totals
    return str(totals.gross), str(totals.cash_rounding), str(totals.payable)


@pytest.mark.parametrize(
    ("amount", "rounding", "due"),
    [
        ("16.79", "0.02", "20.00"),  # gross 19.98
        ("-16.79", "-0.02", "-20.00"),
        ("16.82", "-0.02", "20.00"),
        ("0", "0.00", "0.00"),
    ],
)
def test_what_is_payable_is_rounded_to_coins_and_no_tax_is_touched(
    amount: str, rounding: str, due: str
) -> None:
    of = invoice(line(amount))
    assert payable(of, "0.05")[1:] == payable(of, "0.050")[1:] == (rounding, due)
    assert payable(of, "0.05")[0] == payable(of)[0]


def test_half_a_coin_is_rounded_away_from_zero_in_every_mode() -> None:
    for mode in ("floor", "down", "halfEven", "ceiling"):
        policy = Policy(rounding=Rounding(mode=mode), cash_increment="0.10")  # type: ignore[arg-type]
        for amount, due in (("100.05", "100.10"), ("-100.05", "-100.10")):
            of = invoice(line(amount))
            assert (
                str(calculate(of, asked(of, NotTaxed(Reason.NONE_STATED)), policy=policy).totals.payable)
                == due
            )


@pytest.mark.parametrize(("currency", "increment"), [("EUR", "0.025"), ("JPY", "0.05"), ("KWD", "0.0005")])
def test_a_coin_that_the_currency_cannot_pay_is_refused(currency: str, increment: str) -> None:
    of = invoice(line("100"), currency=currency)
    with pytest.raises(InvalidPolicy) as caught:
        calculate(of, asked(of), policy=Policy(cash_increment=increment))
    assert caught.value.problems[0].path == "policy.cashIncrement"


def test_payments_lower_what_is_due_however_they_are_spelt() -> None:
    of = invoice(line(), payments=[Payment(amount="10.000"), Payment(amount=Decimal("1E+1"), kind="voucher")])
    totals = calculate(of, asked(of)).totals
    assert (str(totals.paid), str(totals.gross), str(totals.payable)) == ("20.00", "119.00", "99.00")


def test_withheld_tax_lowers_what_is_due_and_lies_outside_tax_and_gross() -> None:
    withheld = Taxed([rate(), rate("w", "0.15", withheld=True, type="withholding")])
    totals = calculate(OF, asked(outcome=withheld)).totals
    assert list(map(str, totals)) == ["100.00", "19.00", "119.00", "15.00", "0.00", "0.00", "104.00"]


LARGE = "900000000000000"


@pytest.mark.parametrize("policy", ["default", "en16931"])
@pytest.mark.parametrize(
    ("of", "outcome"),
    [
        (invoice(line(LARGE, "1"), line(LARGE, "2")), TAXED),
        (invoice(line(LARGE)), Taxed([rate(percent="1")])),
        (invoice(line("100")), Taxed([rate(percent="9" * 15, withheld=True, allow_above_100=True)])),
        (invoice(line(LARGE)), Taxed([rate(percent="-0.9", inclusive=True)])),
        (invoice(line("1"), payments=[Payment(amount=LARGE), Payment(amount=LARGE)]), TAXED),
        (invoice(line("-1"), payments=[Payment(amount="999999999999999.99")]), TAXED),
    ],
)
def test_a_result_beyond_any_money_is_refused(policy: str, of: Invoice, outcome: Any) -> None:
    with pytest.raises(InvalidInvoice) as caught:
        calculate(of, asked(of, outcome), policy=policy)
    assert caught.value.code == "amountTooLarge"


# ---- lines and places ----


def test_a_percentage_typed_by_hand_is_shown_with_whether_it_was_used() -> None:
    of = invoice(line(id_="1", entered_percent="7"), line(id_="2", entered_percent="8.250"), line(id_="3"))
    done = calculate(of, determined(of, Taxed([rate("typed", "0.07")], entered=True), TAXED))
    assert [one.entered and tuple(one.entered) for one in done.lines] == [
        (7, True),
        (Decimal("8.25"), False),
        None,
    ]
    shown: Any = done.to_dict()["lines"]
    assert [one.get("enteredPercent") for one in shown] == [
        {"value": "7", "used": True},
        {"value": "8.25", "used": False},
        None,
    ]


def test_at_the_level_invoice_each_place_is_rounded_by_itself() -> None:
    def at(*states: str | None) -> str:
        lines = [
            line("0.05", str(index), ship_to=None if state is None else Address(country="US", state=state))
            for index, state in enumerate(states)
        ]
        of = invoice(*lines, charges=[Charge(amount="0.05", strategy="own")])
        done = calculate(
            of, asked(of, Taxed([rate(percent="0.1")]), charges=[Taxed([rate(percent="0.1")])]), policy="lago"
        )
        return str(done.totals.tax)

    assert at("CA", "California") == "0.02"  # 0.010, and 0.005 of the charge without an address
    assert at("CA", "NY") == "0.03"
    assert at(None, None) == "0.02"  # 0.015 in one group
    assert at("Nowhere", "nowhere ") == "0.02"


def test_the_origin_is_the_place_where_the_determination_says_so() -> None:
    two = [line("0.05", str(at), ship_from=Address(country="US", state="CA")) for at in range(2)]
    of = invoice(*two, customer=Customer(address=Address(country="DE")))
    tax = Taxed([rate(percent="0.1")])
    assert str(calculate(of, asked(of, tax, sourcing="origin"), policy="lago").totals.tax) == "0.01"


def test_charges_and_discounts_stand_as_adjustments_discounts_first() -> None:
    of = invoice(
        line(),
        charges=[Charge(amount="5"), Charge(percent="1", strategy="own")],
        discounts=[Discount(amount="2", tax_rates=[]), Discount(amount="10")],
    )
    none = NotTaxed(Reason.NONE_STATED)
    done = calculate(of, asked(of, charges=[None, none], discounts=[none, None]))
    told = [(one.id, str(one.amount), str(one.tax), one.reason.value) for one in done.adjustments]
    assert told == [
        ("discount-0", "-2.00", "0.00", "noneStated"),
        ("charge-0", "5.00", "0.95", "standardRated"),
        ("charge-1", "0.90", "0.00", "noneStated"),
    ]
    assert [(str(one.amount), str(one.discount), str(one.net)) for one in done.lines] == [
        ("100.00", "10.00", "90.00")
    ]
