"""Refund: parts of an invoice that add up to it, to the minor unit, in any order; never more than it."""

from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from taxengine import Calculation, InvalidInput, InvalidInvoice, Payment, Policy, explain, refund
from taxengine.core.adjustments import Charge, Discount
from taxengine.core.calculation import calculate
from taxengine.core.determination import Determination, Notice, NotTaxed, StatedTax, Taxed
from taxengine.core.figures import LineAmounts
from taxengine.core.money import minor_unit
from taxengine.core.parties import Customer
from taxengine.core.reasons import Reason
from taxengine.core.result import Record
from tests.core.samples import EXAMPLES, SYMMETRIC, asked, determined, invoice, line, policies, rate


def done(*lines: Any, rates: Any = None, policy: Policy | str | None = None, **more: Any) -> Calculation:
    """A calculation of these lines, all with the same rates."""
    of = invoice(*lines, **more)
    return calculate(of, determined(of, Taxed(rates or [rate()])), policy=policy)


def read(of: Calculation) -> Calculation:
    """The same, as if it was read from a document."""
    copy: Calculation = pickle.loads(pickle.dumps(of))
    return copy


def texts(of: Calculation) -> tuple[str, str, str]:
    return str(of.totals.net), str(of.totals.tax), str(of.totals.gross)


def refused(of: Any, **request: Any) -> list[tuple[str, str, str]]:
    """What is wrong with a request: the codes, the paths and the sentences."""
    with pytest.raises(InvalidInput) as caught:
        refund(of, **request)
    return [(one.code, one.path, one.message) for one in caught.value.problems]


THREE = done(line(quantity=3, unit_price="3.33"))  # 9.99 + 1.90 (1.8981) = 11.89


# ---- by hand ----


def test_a_third_then_another_then_the_last_take_the_tax_to_the_cent() -> None:
    """1.90 / 3 = 0.633 is 0.63; 1.2667 is 1.27, less 0.63 is 0.64; 1.90 less 1.27 is 0.63."""
    notes: list[Calculation] = []
    for _ in range(3):
        notes.append(refund(THREE, lines={"1": 1}, previous=notes))
    assert [texts(one) for one in notes] == [
        ("3.33", "0.63", "3.96"),
        ("3.33", "0.64", "3.97"),
        ("3.33", "0.63", "3.96"),
    ]
    assert [one.lines[0].share for one in notes] == [Fraction(1, 3)] * 3


def test_a_credit_note_says_whose_it_is_and_keeps_rates_and_policy() -> None:
    note = refund(THREE, amount="5")
    assert note.head == THREE.head._replace(kind="creditNote")
    assert note.policy is THREE.policy
    assert note.lines[0].taxes[0].rate is THREE.lines[0].taxes[0].rate
    assert note.provenance.provider == "manual"
    assert note.provenance.rates == THREE.provenance.rates
    assert note.provenance.input != THREE.provenance.input
    assert read(note) == note
    assert read(note).provenance == note.provenance


def test_of_a_gross_amount_the_net_is_the_rest() -> None:
    """5.00 of 11.89: 1.90 x 500/1189 = 0.79899 is 0.80, the net 4.20."""
    note = refund(THREE, amount="5.00")
    assert texts(note) == ("4.20", "0.80", "5.00")
    assert note.lines[0].share == Fraction(500, 1189)
    assert texts(refund(THREE, previous=[note])) == ("5.79", "1.10", "6.89")


def test_of_a_net_amount_the_gross_is_the_sum() -> None:
    """5.00 of 9.99: 1.90 x 500/999 = 0.951 is 0.95."""
    note = refund(THREE, amount=5, basis="net")
    assert texts(note) == ("5.00", "0.95", "5.95")
    assert texts(refund(THREE, amount="4.99", basis="net", previous=[note])) == ("4.99", "0.95", "5.94")


def test_an_amount_is_spread_over_what_is_left_of_all_lines() -> None:
    """11.90, 23.80 and 5.95: of 20.00, 5.7143, 11.4286 and 2.8571; the odd cents go to c and b."""
    of = done(line("10.00", "a"), line("20.00", "b"), charges=[Charge(amount="5.00", strategy="principal")])
    note = refund(of, amount="20.00")
    assert [str(one.gross) for one in (*note.lines, *note.adjustments)] == ["5.71", "11.43", "2.86"]
    assert [one.id for one in note.adjustments] == ["charge-0"]


def test_only_what_is_taken_from_is_on_the_credit_note() -> None:
    of = done(line("10.00", "a"), line("20.00", "b"), charges=[Charge(amount="5.00")])
    note = refund(of, lines=["b"])
    assert [one.id for one in (*note.lines, *note.adjustments)] == ["b"]
    rest = refund(of, previous=[note])
    assert [one.id for one in (*rest.lines, *rest.adjustments)] == ["a", "charge-0"]
    assert texts(refund(of)) == texts(of)


def test_charges_and_discounts_are_lines_of_their_own_quantity() -> None:
    own = invoice(
        line("100.00"),
        charges=[Charge(amount="5.00")],
        discounts=[Discount(amount="10.00", tax_rates=[])],
    )
    of = calculate(own, determined(own, Taxed([rate()]), discounts=[NotTaxed(Reason.NONE_STATED)]))
    note = refund(of, lines={"charge-0": "0.5", "discount-0": "-0.25"})
    assert [(one.id, str(one.net)) for one in note.adjustments] == [
        ("discount-0", "-2.50"),
        ("charge-0", "2.50"),
    ]
    assert refused(of, lines={"discount-0": "0.25"})[0][0] == "refundTooMuch"


def test_a_line_goes_before_an_adjustment_of_its_id() -> None:
    of = done(line("10.00", "charge-0"), charges=[Charge(amount="5.00")])
    note = refund(of, lines=["charge-0"])
    assert (str(note.totals.net), note.adjustments) == ("10.00", ())
    assert str(refund(of, previous=[note]).adjustments[0].net) == "5.00"


def test_the_price_before_discounts_stays_the_sum_of_its_parts() -> None:
    """19.99 with tax in it, less 1.01: of half, net 7.98 + tax 1.51 (1.515 down) + discount 0.51."""
    of = done(
        line("19.99"), rates=[rate(inclusive=True)], discounts=[Discount(amount="1.01")], policy="default"
    )
    (one,) = refund(of, lines={"1": "0.5"}).lines
    assert one.amount - one.discount == one.net + one.tax
    exact = done(line("0.005"), rates=[rate()], policy="gobl-precise")
    (one,) = exact.lines
    assert one.amount - one.discount == one.net


def test_what_is_not_the_net_of_a_line_is_taken_in_part_for_itself() -> None:
    """Half of 10.00 is taxable: 5.00; of a third, 1.67; and where amounts are exact the price is rounded."""
    of = done(line("10.00", quantity=3), rates=[rate(taxable_portion="0.5")])
    row = refund(of, lines={"1": 1}).lines[0].taxes[0]
    assert (str(row.taxable), str(row.tax)) == ("1.67", "0.32")
    exact = done(
        line("0.006", "1"), line("0.006", "2"), line("0.006", "3"), rates=[rate()], policy="odoo-globally"
    )
    (odd,) = [one for one in exact.lines if one.amount != one.net]
    assert str(refund(exact, lines=[odd.id]).lines[0].amount) == str(odd.amount)


def test_withheld_taxes_and_payments_go_back_in_part() -> None:
    """100 + 19 - 10 withheld - 30 paid; of 1/3: paid 30 x 39.66/119 = 9.998 is 10.00."""
    of = done(
        line(quantity=3, unit_price="33.33"),
        line("0.01", "2"),
        rates=[rate(), rate("w", "0.10", withheld=True, type="withholding")],
        payments=[Payment(amount="30.00")],
    )
    note = refund(of, lines={"1": 1})
    assert [str(one) for one in note.totals] == ["33.33", "6.33", "39.66", "3.33", "10.00", "0.00", "26.33"]
    rest = refund(of, previous=[note])
    assert [one + other for one, other in zip(note.totals, rest.totals, strict=True)] == [*of.totals]


def test_coins_are_rounded_as_they_add_up() -> None:
    """10.02 in coins of 0.05 is 10.00. A third, 3.34, is 3.35; two, 6.68, are 6.70; then 3.30 is the rest."""
    of = done(
        line(quantity=3, unit_price="3.34"), rates=[rate(percent="0")], policy=Policy(cash_increment="0.05")
    )
    notes: list[Calculation] = []
    for _ in range(3):
        notes.append(refund(of, lines={"1": 1}, previous=notes))
    assert [(str(one.totals.payable), str(one.totals.cash_rounding)) for one in notes] == [
        ("3.35", "0.01"),
        ("3.35", "0.01"),
        ("3.30", "-0.04"),
    ]
    assert sum(one.totals.payable for one in notes) == of.totals.payable


def test_never_more_is_paid_back_than_was_paid() -> None:
    """100 - 50 + tax; 30 paid. Of the 100 alone more gross goes back than the invoice had: 30, not 60."""
    of = done(line("100.00", "a"), line("-50.00", "b"), payments=[Payment(amount="30.00")])
    note = refund(of, lines=["a"])
    assert (str(note.totals.paid), str(note.totals.payable)) == ("30.00", "89.00")
    assert (str(refund(of, lines=["b"]).totals.paid), str(refund(of).totals.paid)) == ("0.00", "30.00")
    assert [str(one) for one in refund(of, previous=[note]).totals][-3:] == ["0.00", "0.00", "-59.50"]


def test_an_invoice_of_nothing_gives_back_what_was_paid_at_the_end() -> None:
    of = done(line("50.00", "a"), line("-50.00", "b"), payments=[Payment(amount="5.00")])
    note = refund(of, lines=["a"])
    assert str(note.totals.paid) == "0.00"
    rest = refund(of, amount="-59.50", previous=[note])
    assert str(rest.totals.paid) == "5.00"
    assert texts(refund(of, amount=0)) == ("0.00", "0.00", "0.00")


def test_negative_invoices_are_refunded_by_negative_amounts() -> None:
    of = done(line(quantity=-3, unit_price="3.33"))
    assert texts(refund(of, lines={"1": -1})) == ("-3.33", "-0.63", "-3.96")
    assert texts(refund(of, amount="-5")) == ("-4.20", "-0.80", "-5.00")
    assert refused(of, amount="5")[0][0] == "refundTooMuch"


def test_amounts_that_a_provider_stated_are_taken_in_part() -> None:
    of = invoice(line("10.00", quantity=3))
    stated = Taxed([rate()], stated=[StatedTax(Decimal("10.00"), Decimal("1.91"))])
    one = calculate(of, determined(of, stated))
    notes = [refund(one, lines={"1": 1})]
    notes.append(refund(one, previous=notes))
    assert [str(note.totals.tax) for note in notes] == ["0.64", "1.27"]


def test_a_long_chain_keeps_its_parts_short() -> None:
    """Quantities and amounts in turn, of primes: the denominators would grow for ever."""
    of = done(line(quantity="999.999999999983", unit_price="7777777.77", id_="1"), line("99.97", "2"))
    notes: list[Calculation] = []
    for at in range(60):
        request: dict[str, Any] = {"amount": "10000019.07"} if at % 2 else {"lines": {"1": "1.000000000007"}}
        notes.append(refund(of, **request, previous=notes))
        assert max(row.share.denominator for row in notes[-1].lines if row.share).bit_length() < 13_000
    assert sum(len(str(row.share)) for row in notes[-1].lines) < 3000
    notes.append(refund(of, previous=notes))
    assert sum(one.totals.tax for one in notes) == of.totals.tax
    assert sum(row.share or 0 for one in notes for row in one.lines if row.id == "1") == 1


# ---- what is read ----


def test_a_calculation_that_was_read_is_refunded_by_lines_and_amounts() -> None:
    note = refund(THREE, amount="5")
    assert refund(read(THREE), amount="5") == note
    assert refund(read(THREE), lines=["1"], previous=[read(note)]) == refund(
        THREE, lines={"1": None}, previous=[note]
    )
    ((code, path, told),) = refused(read(THREE), lines={"1": 1})
    assert (code, path) == ("invalidValue", "lines.1")
    assert told == "lines.1: expected all that is left, since the quantity is not known, got 1"


def test_a_line_of_quantity_0_is_refunded_whole() -> None:
    of = done(line("5.00", quantity=0))
    assert texts(refund(of, lines=["1"])) == texts(of)
    ((code, _, told),) = refused(of, lines={"1": 1})
    assert (code, told) == (
        "invalidValue",
        "lines.1: expected all that is left, since the quantity is 0, got 1",
    )


def test_the_warnings_of_the_whole_invoice_go_with_it() -> None:
    own = Notice("taxBehaviorDisagrees", "lines[0]", "lines[0]: told")
    whole = Notice("reverseChargeNote", "customer.taxStatus", "Reverse charge")
    of = invoice(line(), customer=Customer(tax_status="reverseCharge"))
    one = calculate(of, determined(of, Taxed([rate()]), warnings=[own, whole]))
    assert refund(one).warnings == (whole,)


# ---- what is refused ----


def test_more_than_is_left_is_refused_with_what_is_left() -> None:
    first = refund(THREE, lines={"1": "1.5"})
    with pytest.raises(InvalidInput) as caught:
        refund(THREE, lines={"1": 2}, previous=[first])
    (problem,) = caught.value.problems
    assert problem.message == "lines.1: expected a part of the 1.5 left, got 2"
    assert (problem.code, problem.data) == ("refundTooMuch", {"left": "1.5"})
    assert caught.value.exit_code == 3
    (amount,) = refused(THREE, amount="6", previous=[first])
    assert amount == (
        "refundTooMuch",
        "amount",
        "amount: expected a part of the 5.94 gross left, got 6",
    )
    assert refused(THREE, amount="6", basis="net", previous=[first])[0][2].endswith("4.99 net left, got 6")


@pytest.mark.parametrize("size", ["0", "-1", "3.000000000001"])
def test_a_quantity_is_above_zero_and_no_more_than_there_is(size: str) -> None:
    assert refused(THREE, lines={"1": size})[0][0] == "refundTooMuch"


@pytest.mark.parametrize("amount", ["0", "-1", "11.90"])
def test_an_amount_is_above_zero_and_no_more_than_there_is(amount: str) -> None:
    assert refused(THREE, amount=amount)[0][0] == "refundTooMuch"


def test_where_nothing_is_left_nothing_is_refunded() -> None:
    first = refund(THREE)
    nothing: list[dict[str, Any]] = [{}, {"lines": ["1"]}, {"amount": "0"}, {"amount": "0.01"}]
    for request in nothing:
        assert [one[0] for one in refused(THREE, **request, previous=[first])] == ["refundTooMuch"]


def test_all_that_is_wrong_with_a_request_is_told_at_once() -> None:
    of = done(line("10.00", "a"), line("20.00", "b"))
    told = refused(of, lines={"a": 2, "x": 1, "y": None})
    assert [(code, path) for code, path, _ in told] == [
        ("refundTooMuch", "lines.a"),
        ("unknownLine", "lines.x"),
        ("unknownLine", "lines.y"),
    ]
    assert told[1][2] == "lines.x: expected the id of a line, got 'x'"
    with pytest.raises(InvalidInput) as caught:
        refund(of, lines={"aa": None, "z": None})
    hints = [one.hint for one in caught.value.problems]
    assert hints == ["did you mean a?", "name one of the invoice's lines"]
    told = refused(of, lines={"a": 1.5, "b": "1,5"}, amount="x", basis="tax", previous=[1])
    assert [(code, path) for code, path, _ in told] == [
        ("invalidType", "previous[0]"),
        ("invalidValue", "basis"),
        ("invalidType", "lines.a"),
        ("invalidNumber", "lines.b"),
        ("invalidNumber", "amount"),
        ("conflictingFields", "amount"),
    ]


@pytest.mark.parametrize(
    ("request_", "code", "path"),
    [
        ({"lines": []}, "invalidValue", "lines"),
        ({"lines": {}}, "invalidType", "lines"),
        ({"lines": "1"}, "invalidType", "lines"),
        ({"lines": ["1", "1"]}, "invalidValue", "lines"),
        ({"lines": [1]}, "invalidType", "lines[0]"),
        ({"amount": "0.001"}, "invalidValue", "amount"),
        ({"amount": 1.5}, "invalidType", "amount"),
        ({"previous": 5}, "invalidType", "previous"),
    ],
)
def test_what_is_asked_for_is_lines_or_an_amount(request_: dict[str, Any], code: str, path: str) -> None:
    assert [one[:2] for one in refused(THREE, **request_)] == [(code, path)]


def test_only_an_invoice_is_refunded() -> None:
    assert refused("x")[0][:2] == ("invalidType", "calculation")
    for note in (refund(THREE), done(line(), kind="creditNote")):
        assert refused(note)[0] == (
            "invalidValue",
            "calculation",
            "calculation: expected that of an invoice, got 'creditNote'",
        )


def test_earlier_refunds_are_of_this_invoice_and_its_rates() -> None:
    other = done(line("5.00", "9"))
    cheap = done(line(quantity=3, unit_price="3.33"), rates=[rate(percent="0.07")])
    more = done(line("5.00", "1"), rates=[rate(), rate("more")])
    stray = done(line(quantity=3, unit_price="3.33"), currency="JPY")
    wrong = [THREE, refund(other), refund(cheap), refund(more), refund(stray)]
    told = refused(THREE, previous=[refund(THREE, amount="1"), *wrong])
    assert [path for _, path, _ in told] == [f"previous[{at}]" for at in range(1, 6)]
    assert told[0][2].startswith("previous[1]: expected a refund of i EUR 2026-03-01, got i invoice EUR")
    assert told[1][2].endswith("without the shares or rates of its lines 9")
    by_hand = refund(THREE)
    untold = [one._replace(share=None) for one in by_hand.lines]
    assert refused(THREE, previous=[rebuilt(by_hand, lines=untold)])[0][0] == "invalidValue"


def rebuilt(of: Calculation, **parts: Any) -> Calculation:
    own = {name: getattr(of, name) for name in ("lines", "adjustments", "taxes", "totals", "policy")}
    return Calculation(**{**own, "source": Record(of.head, of.warnings, of.provenance), **parts})


def test_earlier_refunds_do_not_exceed_the_invoice() -> None:
    assert refused(THREE, previous=[refund(THREE), refund(THREE, amount="1")]) == [
        (
            "refundTooMuch",
            "previous",
            "previous: expected at most the whole of line 1, got 1.084104289318... of it",
        )
    ]


def test_refunds_that_did_not_know_of_each_other_are_made_good_by_the_next() -> None:
    """Two thirds, each as if it was the first: 0.63 twice, so that 0.64 is left."""
    notes = [refund(THREE, lines={"1": 1}), refund(THREE, lines={"1": 1})]
    assert str(refund(THREE, previous=notes).totals.tax) == "0.64"
    over = [*notes, refund(THREE, lines={"1": 1})]
    assert refused(THREE, amount="0.01", previous=over)[0][0] == "refundTooMuch"


def test_an_id_that_stands_twice_is_no_invoice_to_refund() -> None:
    whole = done(line("5.00", "1"), line("7.00", "2"))
    twice = rebuilt(whole, lines=[one._replace(id="1") for one in whole.lines])
    assert [one[:2] for one in refused(twice)] == [("duplicateId", "lines")]


# ---- properties ----


def calculated(of: Determination, policy: Policy) -> Calculation:
    try:
        return calculate(of.invoice, of, policy=policy)
    except InvalidInvoice as error:
        assume(
            not {one.code for one in error.problems}
            <= {"spreadOverZero", "bracketsWithoutUnit", "noSoleBracket"}
        )
        raise


@st.composite
def sequences(draw: st.DrawFn, of: Calculation) -> list[Calculation]:
    """Refunds of any kinds until nothing is left."""
    notes: list[Calculation] = []
    unit, every = minor_unit(of.head.currency), (*of.lines, *of.adjustments)
    for _ in range(draw(st.integers(0, 4))):
        taken = {one.id: Fraction(0) for one in every}
        for note in notes:
            for row in (*note.lines, *note.adjustments):
                taken[row.id] += row.share or 0
        open_ = [key for key, part in taken.items() if part < 1]
        if not open_:
            return notes
        request: dict[str, Any] = {"lines": draw(st.lists(st.sampled_from(open_), min_size=1, unique=True))}
        basis = draw(st.sampled_from(("gross", "net", None)))
        if basis is not None:
            taken_of = sum((getattr(note.totals, basis) for note in notes), Decimal(0))
            left = int((getattr(of.totals, basis) - taken_of) / unit)
            if left:
                size = draw(st.integers(min(left, 1), max(left, -1)).filter(bool))
                request = {"amount": size * unit, "basis": basis}
        notes.append(refund(of, **request, previous=draw(st.permutations(notes))))
    if any(
        sum(
            (
                row.share or 0
                for note in notes
                for row in (*note.lines, *note.adjustments)
                if row.id == one.id
            ),
            Fraction(0),
        )
        < 1
        for one in every
    ):
        notes.append(refund(of, previous=notes))
    return notes


def by_id(of: Calculation) -> dict[str, LineAmounts]:
    return {one.id: one for one in (*of.lines, *of.adjustments)}


def flat(one: LineAmounts) -> list[Fraction]:
    return [Fraction(amount) for amount in (*one[1:6], *(each for row in one.taxes for each in row[1:]))]


@EXAMPLES
@given(st.data(), asked(), policies)
def test_any_refunds_in_any_order_add_up_to_each_figure(
    data: st.DataObject, of: Determination, policy: Policy
) -> None:
    whole = calculated(of, policy)
    notes = data.draw(sequences(whole))
    for key, one in by_id(whole).items():
        parts = [flat(by_id(note)[key]) for note in notes if key in by_id(note)]
        assert [sum(column) for column in zip(*parts, strict=True)] == flat(one)
    assert [sum(column) for column in zip(*(note.totals for note in notes), strict=True)] == [*whole.totals]
    for row in whole.taxes:
        key = row.rate.id, row.rate.reason
        parts_of = [one for note in notes for one in note.taxes if (one.rate.id, one.rate.reason) == key]
        assert sum(Fraction(one.tax) for one in parts_of) == Fraction(row.tax)
        assert sum(Fraction(one.taxable) for one in parts_of) == Fraction(row.taxable)


@EXAMPLES
@given(st.data(), asked(), policies)
def test_the_taxes_taken_never_exceed_those_charged(
    data: st.DataObject, of: Determination, policy: Policy
) -> None:
    whole = calculated(of, policy)
    taken = {key: [Fraction(0)] * len(one.taxes) for key, one in by_id(whole).items()}
    for note in data.draw(sequences(whole)):
        for key, one in by_id(note).items():
            taken[key] = [more + Fraction(row.tax) for more, row in zip(taken[key], one.taxes, strict=True)]
            for sum_, row in zip(taken[key], by_id(whole)[key].taxes, strict=True):
                assert min(row.tax, 0) <= sum_ <= max(row.tax, 0)


def negated(of: Calculation) -> Calculation:
    def other(one: LineAmounts) -> LineAmounts:
        rows = tuple(row._replace(taxable=0 - row.taxable, tax=0 - row.tax) for row in one.taxes)
        amounts = {name: 0 - getattr(one, name) for name in ("amount", "discount", "net", "tax", "gross")}
        return one._replace(**amounts, taxes=rows)

    return rebuilt(
        of,
        lines=[*map(other, of.lines)],
        adjustments=[*map(other, of.adjustments)],
        taxes=[row._replace(taxable=0 - row.taxable, tax=0 - row.tax) for row in of.taxes],
        totals=type(of.totals)(*(0 - one for one in of.totals)),
    )


@EXAMPLES
@given(st.data(), asked(), policies.filter(lambda one: one.rounding.mode in SYMMETRIC))
def test_what_is_negated_is_refunded_by_the_negation(
    data: st.DataObject, of: Determination, policy: Policy
) -> None:
    whole = calculated(of, policy)
    turned, others = negated(whole), list[Calculation]()
    for note in data.draw(sequences(whole)):
        requested: Any = dict(note.source.asked)  # type: ignore[union-attr]
        if "amount" in requested:
            requested["amount"] = -Decimal(requested["amount"])
        others.append(refund(turned, **requested, previous=others))
        assert others[-1] == rebuilt(
            negated(note), source=Record(note.head, note.warnings, others[-1].provenance)
        )


@EXAMPLES
@given(st.data(), asked(), policies)
def test_the_order_of_earlier_refunds_changes_nothing_and_all_is_explained(
    data: st.DataObject, of: Determination, policy: Policy
) -> None:
    notes = data.draw(sequences(whole := calculated(of, policy)))
    asked_: Any = dict(notes[-1].source.asked)  # type: ignore[union-attr]
    again = refund(whole, **asked_, previous=data.draw(st.permutations(notes[:-1])))
    assert again == notes[-1]
    assert again == refund(read(whole), **asked_, previous=[*map(read, notes[:-1])])
    story = str(explain(again))
    assert story.startswith("Credit note of invoice i, ")
    for one in by_id(again).values():
        assert f" {one.id}: {str(one.share) if one.share and one.share.denominator < 10**6 else ''}" in story
