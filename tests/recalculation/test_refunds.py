"""Refunds, sealed: with the invoice that they are of, replayed, recalculated, and why they would differ."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from taxengine import Address, Calculation, Customer, Invoice, Line, RateTable, TaxRate, calculate, refund
from taxengine.core.errors import TaxEngineError
from taxengine.core.reckoning import Reckoning
from taxengine.documents import encode, read_calculation
from taxengine.recalculation import recalculate, replay, seal
from taxengine.recalculation.attribution import compare
from tests.recalculation import KEY, calculated, refusal
from tests.recalculation.test_recalculating import business


def german(percentage: str) -> RateTable:
    rate = TaxRate(id="de", country="DE", type="valueAddedTax", percentage_decimal=percentage, inclusive=None)
    return RateTable([rate])


def sold(percentage: str = "0.19", **changes: Any) -> Calculation:
    given = {
        "id": "inv_1",
        "currency": "EUR",
        "tax_date": date(2026, 3, 1),
        "tax_behavior": "inclusive",
        "customer": Customer(name="Ada", address=Address(country="DE")),
        "lines": [
            Line(id="1", quantity=3, unit_price="3.33", tax_category="x"),
            Line(id="2", amount="9.99", tax_category="y"),
        ],
    }
    return calculate(Invoice(**given | changes), german(percentage))


def refunds(of: Calculation) -> list[Calculation]:
    """By lines, by an amount, and the rest: together the whole."""
    first = refund(of, lines={"1": 1})
    second = refund(of, amount="5.00", previous=[first])
    return [first, second, refund(of, previous=[first, second])]


@pytest.mark.parametrize("key", [None, KEY])
def test_a_sealed_refund_replays_to_the_same_bytes(key: bytes | None) -> None:
    for one in refunds(sold()):
        assert encode(replay(seal(one, key=key).encode(), key=key)) == encode(one)


def test_refunds_of_random_invoices_replay_under_every_policy() -> None:
    rng, count = Random(4), 0
    for of in calculated(range(300)):
        try:
            parts = [refund(of, lines=[rng.choice(of.lines).id])]
            parts.append(refund(of, previous=parts))
        except TaxEngineError:
            continue
        for one in parts:
            assert encode(replay(seal(one).encode())) == encode(one)
            count += 1
    assert count > 200


def test_a_refund_without_its_party_block_replays_without_its_input() -> None:
    one = refunds(sold())[1]
    done = seal(one)
    assert "Ada" not in done.without_party().encode().decode()
    assert str(one.provenance.input) not in done.without_party().encode().decode()
    replayed = replay(done.without_party().encode())
    assert replayed.provenance == one.provenance._replace(input=None)
    assert replayed.lines == one.lines


def test_an_original_that_was_changed_is_found() -> None:
    from taxengine.recalculation.sealed import sealed

    content = json.loads(json.dumps(seal(refunds(sold())[1]).content))
    content["refund"]["of"]["calculation"]["totals"]["tax"] = "0.01"
    assert refusal(replay, sealed(content, None, "0.1.0", None).to_dict()).code == "replayDiffers"
    content["refund"]["of"]["rules"] = 9
    assert refusal(replay, sealed(content, None, "0.1.0", None).to_dict()).code == "unknownRules"
    del content["refund"]["of"]
    assert refusal(replay, sealed(content, None, "0.1.0", None).to_dict()).code == "sealBroken"


def test_a_refund_of_a_result_that_was_read_cannot_be_sealed() -> None:
    read = read_calculation(encode(sold()))
    assert refusal(seal, refund(read, lines=["1"])).code == "invalidValue"


def test_with_the_same_rates_a_refund_is_the_same() -> None:
    for one in refunds(sold()):
        again = recalculate(seal(one), rates=german("0.190"))
        assert encode(again) == encode(one)
        assert compare(one, again).causes == ()


def test_with_other_rates_refunds_take_the_same_parts_and_add_up_to_the_other_whole() -> None:
    of, now = sold(), sold("0.16")
    again = [recalculate(seal(one), rates=german("0.16")) for one in refunds(of)]
    for name in ("net", "tax", "gross", "payable"):
        assert sum(getattr(one.totals, name) for one in again) == getattr(now.totals, name)
    first = again[0]
    assert (first.totals.gross, first.totals.tax) == (Decimal("3.33"), Decimal("0.46"))  # 3.33 / 1.16 x 0.16


def test_an_amount_is_scaled_with_what_is_left() -> None:
    of = sold(tax_behavior="exclusive", lines=[Line(id="1", amount="100.00", tax_category="x")])
    half = refund(of, amount="59.50")
    now = recalculate(seal(half), rates=german("0.16"))
    assert (now.totals.net, now.totals.gross) == (Decimal("50.00"), Decimal("58.00"))


def test_a_refund_differs_for_the_reasons_of_its_invoice() -> None:
    for one in refunds(sold()):
        comparison = compare(one, recalculate(seal(one), rates=german("0.16")))
        assert "rate" in {cause.cause for cause in comparison.causes} <= {"rate", "rounding"}
        moved = [cause.tax for cause in comparison.causes if cause.cause == "rounding"]
        assert all(abs(tax) <= Decimal("0.01") for tax in moved)
        assert sum(cause.tax for cause in comparison.causes) == comparison.difference.tax < 0


def test_a_refund_under_another_policy_and_other_rates_has_both_causes() -> None:
    lines = [Line(id=str(n), amount="0.33", tax_category="x") for n in range(6)]
    of = sold(tax_behavior="exclusive", lines=lines)
    both = compare(refund(of), recalculate(seal(refund(of)), rates=german("0.25"), policy="en16931"))
    whole = compare(of, recalculate(seal(of), rates=german("0.25"), policy="en16931"))
    assert [one.to_dict() for one in both.causes] == [one.to_dict() for one in whole.causes]
    assert {one.cause for one in whole.causes} >= {"rate", "policy"}


def test_a_unit_that_only_moves_between_refunds_is_rounding() -> None:
    """The invoice has the same tax under both modes, a third of it has not: 0.95 / 3 is 0.3166..."""
    of = sold(lines=[Line(id="1", quantity=3, unit_price="2.00", tax_category="x")])
    third = refund(of, lines={"1": 1})
    other = recalculate(seal(third), policy="default")
    down = compare(third, recalculate(seal(third), policy=of.policy.preset("jp-qualified-invoice")))
    assert compare(third, other).causes == ()
    assert [(one.cause.value, one.tax) for one in down.causes] in (
        [("rounding", Decimal("-0.01"))],
        [("policy", Decimal("-0.01"))],
    )


@pytest.mark.parametrize("behavior", ["inclusive", "exclusive"])
def test_every_share_of_a_refund_closes_under_other_rates_whatever_was_asked(behavior: str) -> None:
    rng = Random(11)
    for _ in range(60):
        amounts = [f"{rng.randrange(1, 20000) / 100:.2f}" for _ in range(rng.randrange(1, 4))]
        lines = [Line(id=str(at), amount=one, tax_category="x") for at, one in enumerate(amounts)]
        of = sold(tax_behavior=behavior, lines=lines)
        parts = [refund(of, amount=Decimal(rng.randrange(1, int(of.totals.gross * 100))) / 100)]
        parts.append(refund(of, lines=[of.lines[0].id], previous=parts) if len(of.lines) > 1 else parts.pop())
        parts.append(refund(of, previous=parts))
        again = [recalculate(seal(one), rates=german("0.16")) for one in parts]
        now = recalculate(seal(of), rates=german("0.16"))
        for name in ("net", "tax", "gross"):
            assert sum(getattr(one.totals, name) for one in again) == getattr(now.totals, name)
        assert [replay(seal(one).encode()) for one in again] == again
        same = [recalculate(seal(one), policy=of.policy) for one in parts]
        assert same == parts


def test_the_refund_of_a_sale_without_tax_by_its_tax_ids_stays_without_tax() -> None:
    """The customer's VAT id lies in the party block of the invoice; the refund has it too, or is refused."""
    of = business()
    back = seal(refund(of, lines=["1"]))
    table = RateTable(
        [TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)]
    )
    assert recalculate(back, rates=table).totals.tax == 0
    assert refusal(recalculate, back.without_party(), rates=table).code == "partyTakenOut"


def test_refunds_that_refund_other_parts_differ_in_their_amount() -> None:
    of = sold()
    one, two = refund(of, lines={"1": 1}), refund(of, lines={"1": 2})
    assert {cause.cause.value for cause in compare(one, two).causes} == {"amount"}


def test_causes_that_nearly_cancel_stay_small() -> None:
    """Of an invoice that was 1000.00 at 19 % and is 1187.56 at 16 %, 600.00 were refunded either time."""
    was = sold(tax_behavior="exclusive", lines=[Line(id="1", amount="1000.00", tax_category="x")])
    now = sold("0.16", tax_behavior="exclusive", lines=[Line(id="1", amount="1187.56", tax_category="x")])
    comparison = compare(refund(was, amount="600.00"), refund(now, amount="600.00"))
    assert comparison.difference.tax == sum(one.tax for one in comparison.causes)
    assert max(abs(one.tax) for one in comparison.causes) < 40


def test_a_forged_credit_note_of_other_figures_is_refused() -> None:
    of = sold(lines=[Line(id="1", amount="100.00", tax_category="x")])
    shown = refund(of, amount="10.00").to_dict()
    text = json.dumps(shown).replace('"10.00"', '"50.00"').replace('"1.60"', '"41.60"')
    forged = read_calculation(text.replace('"8.40"', '"8.40"'))
    error = refusal(refund, of, previous=[forged])
    assert "to be taken of line 1" in str(error)


def test_one_refund_passed_twice_is_refused() -> None:
    of = sold()
    one = refund(of, amount="1.00")
    assert refusal(refund, of, previous=[one, one]).code == "duplicateId"


def test_two_calculations_are_equal_or_not() -> None:
    one, other = sold(), sold("0.16")
    assert one == sold()
    assert not one != sold()  # noqa: SIM202  # what a tuple says of itself must not show through
    assert one != other


def test_shares_of_more_than_is_left_are_refused() -> None:
    of = sold()
    one = Reckoning(of, []).by_shares({"lines.1": Fraction(2, 3)})
    assert one.lines[0].share == Fraction(2, 3)
    error = refusal(Reckoning(of, [one]).by_shares, {"lines.1": Fraction(1, 2), "lines.2": Fraction(3, 2)})
    assert (error.code, [problem.path for problem in error.problems]) == (
        "refundTooMuch",
        ["lines.1", "lines.2"],
    )
