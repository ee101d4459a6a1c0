"""Determination: three outcomes a line, and nothing that could be lost between them."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import Any

import pytest

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.determination import Determination, Notice, NotTaxed, StatedTax, Taxed, Unresolved
from taxengine.core.errors import InvalidInput, InvalidInvoice, InvalidRate, Problem
from taxengine.core.reasons import Reason
from taxengine.core.stack import applied
from tests.core.samples import invoice, line, rate

TAXED = Taxed([rate()])
EXEMPT = NotTaxed(Reason.CUSTOMER_EXEMPT)


def problems(error: type[InvalidInput], make: Any) -> list[tuple[str, str]]:
    with pytest.raises(error) as caught:
        make()
    return [(one.code, one.path) for one in caught.value.problems]


def test_the_rates_of_a_line_are_rates() -> None:
    assert problems(InvalidRate, lambda: Taxed([5])) == [("invalidType", "")]  # type: ignore[list-item]
    assert problems(InvalidRate, lambda: Taxed(["de-19"])) == [("invalidType", "")]  # type: ignore[list-item]


def test_a_rate_that_leaves_it_to_the_line_says_on_which_side_it_is() -> None:
    open_ = rate(inclusive=None)
    assert problems(InvalidRate, lambda: Taxed([open_])) == [("missingTaxBehavior", "")]
    assert Taxed([applied(open_, inclusive=True)]).stack.inclusive == (0,)
    assert Taxed([rate(inclusive=None, withheld=True)]).stack.inclusive == ()


def test_stated_amounts_are_numbers_one_for_each_rate() -> None:
    stated = Taxed([rate()], stated=[StatedTax(Decimal(1), Decimal("0.19"))])
    assert stated.stated == (StatedTax(Decimal(1), Decimal("0.19")),)
    assert TAXED.stated is None
    assert problems(InvalidRate, lambda: Taxed([rate()], stated=[])) == [("invalidRateSet", "")]
    for wrong in (1.0, True, "NaN", Decimal("Infinity"), None, (1, 2)):
        numbers: Any = StatedTax(Decimal(1), wrong)  # type: ignore[arg-type]
        assert (
            problems(InvalidInput, lambda given=numbers: Taxed([rate()], stated=[given]))[0][1]
            == "stated.tax"
        )


def test_what_is_not_taxed_may_have_rows_that_show_it() -> None:
    row = applied(rate(percent="0"))._replace(rate=None, id=None, reason=Reason.REVERSE_CHARGE)
    one = NotTaxed(Reason.REVERSE_CHARGE, [row])
    assert (one.reason, one.stack.rates, one.stated, one.entered) == (
        Reason.REVERSE_CHARGE,
        (row,),
        None,
        False,
    )
    assert EXEMPT.stack.rates == ()


@pytest.mark.parametrize("stated", [[("1", "2")], [None], [Decimal(1)], 5, StatedTax(Decimal(1), Decimal(1))])
def test_what_is_no_stated_tax_is_refused(stated: Any) -> None:
    assert problems(InvalidRate, lambda: Taxed([rate()], stated=stated)) == [("invalidType", "stated")]


def test_a_percentage_that_was_typed_by_hand_is_marked() -> None:
    assert Taxed([rate()], entered=True).entered
    assert not TAXED.entered


def made(of: Any, **more: Any) -> Determination:
    return Determination(**{"invoice": of, "lines": [TAXED] * len(of.lines), "provider": "p", **more})


def test_there_is_one_outcome_for_each_line() -> None:
    of = invoice(line(id_="1"), line(id_="2"))
    assert made(of, lines=iter([TAXED, EXEMPT])).lines == (TAXED, EXEMPT)
    assert problems(InvalidInvoice, lambda: made(of, lines=[TAXED])) == [("invalidValue", "lines")]
    assert problems(InvalidInvoice, lambda: made(of, charges=[TAXED])) == [("invalidValue", "charges")]
    assert problems(InvalidInvoice, lambda: made(of, discounts=[None])) == [("invalidValue", "discounts")]


OWN_DISCOUNT, SPREAD = Discount(amount=1, tax_category="a"), Discount(amount=1)


@pytest.mark.parametrize(
    ("charge", "defaults", "own"),
    [
        (Charge(amount=1, strategy="own"), None, True),
        (Charge(amount=1, tax_category="a"), None, True),
        (Charge(amount=1, tax_rates=[]), None, True),
        (Charge(amount=1), ["r"], True),
        (Charge(amount=1), None, False),
        (Charge(amount=1, strategy="proportional"), ["r"], False),
        (Charge(amount=1, strategy="highest"), None, False),
        (Charge(amount=1, strategy="principal"), None, False),
    ],
)
def test_a_charge_has_an_outcome_where_it_is_taxed_by_itself_and_nowhere_else(
    charge: Charge, defaults: list[str] | None, own: bool
) -> None:
    of = invoice(line(), charges=[charge], tax_rates=defaults)
    right, wrong = ([TAXED], [None]) if own else ([None], [TAXED])
    assert made(of, charges=right).charges == tuple(right)
    assert problems(InvalidInvoice, lambda: made(of, charges=wrong)) == [("invalidValue", "charges[0]")]


def test_a_discount_has_an_outcome_where_it_is_taxed_by_itself_and_nowhere_else() -> None:
    of = invoice(line(), discounts=[SPREAD, OWN_DISCOUNT])
    assert made(of, discounts=[None, EXEMPT]).discounts == (None, EXEMPT)
    lost = [("invalidValue", "discounts[0]"), ("invalidValue", "discounts[1]")]
    assert problems(InvalidInvoice, lambda: made(of, discounts=[TAXED, None])) == lost
    assert problems(InvalidInvoice, lambda: made(of)) == lost[1:]


def test_an_unresolved_line_is_an_outcome_too() -> None:
    problem = Problem("missingRate", "no rate", "lines[0]")
    assert made(invoice(line()), lines=[Unresolved(problem)]).lines[0].problems == (problem,)  # type: ignore[union-attr]


def test_the_rest_is_kept_as_it_was_said() -> None:
    notice = Notice("rateOfAnotherPlace", "lines[0]", "told")
    one = made(
        invoice(line()), warnings=[notice], sourcing="origin", degraded=True, rates=5, missing_rate="untaxed"
    )
    assert (one.warnings, one.sourcing, one.degraded, one.rates) == ((notice,), "origin", True, 5)
    assert (one.provider, one.missing_rate) == ("p", "untaxed")
    assert notice.to_dict() == {"code": "rateOfAnotherPlace", "path": "lines[0]", "message": "told"}


def test_a_determination_survives_a_pickle() -> None:
    of = made(invoice(line()), lines=[NotTaxed(Reason.CUSTOMER_EXEMPT)], provider="p", degraded=True)
    again = pickle.loads(pickle.dumps(of))
    assert type(again) is Determination
    assert (again.invoice, again.provider, again.degraded) == (of.invoice, "p", True)
    assert [one.reason for one in again.lines] == [Reason.CUSTOMER_EXEMPT]


def test_an_outcome_is_one_of_the_three() -> None:
    with pytest.raises(InvalidInvoice, match="Taxed, NotTaxed or Unresolved"):
        Determination(invoice=invoice(line()), lines=[5], provider="manual")  # type: ignore[list-item]


@pytest.mark.parametrize(
    "build",
    [
        lambda: Taxed([]),
        lambda: Taxed([rate("a"), rate("a")]),
        lambda: NotTaxed(Reason.STANDARD_RATED),
        lambda: NotTaxed("nonsense"),  # type: ignore[arg-type]
        Unresolved,
        lambda: Unresolved("x"),  # type: ignore[arg-type]
    ],
)
def test_an_outcome_that_would_be_a_silent_zero_or_a_double_tax_is_refused(build: Any) -> None:
    with pytest.raises(InvalidRate):
        build()
