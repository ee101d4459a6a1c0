"""Recalculating: what would be, by other rates, another policy, another provider, another day's knowledge."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from taxengine import (
    Address,
    Calculation,
    Capabilities,
    Customer,
    Determination,
    Invoice,
    Line,
    Merchant,
    RateTable,
    Registration,
    Taxed,
    TaxId,
    TaxRate,
    calculate,
)
from taxengine.core.determination import StatedTax
from taxengine.core.values import replace
from taxengine.documents import encode, read_calculation
from taxengine.recalculation import recalculate, replay, seal
from taxengine.recalculation.recalculating import Change, recalculated
from taxengine.recalculation.sealed import read_sealed
from tests.recalculation import calculated, refusal


def rate(id: str, percentage: str, country: str = "DE", **more: Any) -> TaxRate:
    return TaxRate(
        id=id, country=country, type="valueAddedTax", percentage_decimal=percentage, inclusive=False, **more
    )


def sold(**changes: Any) -> Calculation:
    given = {
        "id": "inv_1",
        "currency": "EUR",
        "tax_date": date(2026, 3, 1),
        "customer": Customer(address=Address(country="DE")),
        "lines": [Line(id="1", amount="100.00", tax_category="books")],
    }
    return calculate(Invoice(**given | changes), RateTable([rate("de-19", "0.19")]))


class Elsewhere:
    """A provider that says 10 % of everything."""

    name = "elsewhere"
    capabilities = Capabilities()

    def determine(self, invoice: Invoice, /) -> Determination:
        lines = [Taxed([rate("x", "0.10")]) for _ in invoice.lines]
        return Determination(invoice=invoice, lines=lines, provider=self.name)


def test_nothing_changed_is_the_same_result_under_every_policy() -> None:
    for calculation in calculated(range(100)):
        again = recalculate(seal(calculation))
        assert (again.lines, again.totals) == (calculation.lines, calculation.totals)


def test_the_sealed_result_stays_as_it_was() -> None:
    done = seal(sold())
    before = done.encode()
    assert str(recalculate(done, rates=RateTable([rate("de", "0.10")])).totals.tax) == "10.00"
    assert done.encode() == before


def test_another_provider_answers_for_the_same_invoice() -> None:
    bound = seal(sold(provider="manual"))
    now = recalculate(bound, provider=Elsewhere())
    assert (str(now.totals.tax), now.provenance.provider) == ("10.00", "elsewhere")
    assert recalculate(seal(now), rates=RateTable([rate("de-19", "0.19")])).totals.tax == 19


def test_rates_and_a_provider_exclude_each_other() -> None:
    error = refusal(recalculate, seal(sold()), rates=RateTable([]), provider=Elsewhere())
    assert error.code == "conflictingFields"


def test_a_day_of_knowledge_needs_rates_that_say_when_they_were_created() -> None:
    assert refusal(recalculate, seal(sold()), as_of=date(2026, 1, 1)).code == "missingField"
    error = refusal(recalculate, seal(sold()), rates=RateTable([rate("a", "0.1")]), as_of=date(2026, 1, 1))
    assert (error.code, error.problems[0].path) == ("missingField", "created")


def test_what_was_not_known_on_the_day_is_not_used() -> None:
    table = RateTable(
        [
            rate("early", "0.19", created="2026-01-01T09:00:00Z"),
            rate("late", "0.07", created="2026-02-01T09:00:00+00:00", tax_categories=["books"]),
        ]
    )
    for day, tax in ((date(2026, 1, 31), "19.00"), (date(2026, 2, 1), "7.00")):
        assert str(recalculate(seal(sold()), rates=table, as_of=day).totals.tax) == tax
    assert refusal(recalculate, seal(sold()), rates=table, as_of=date(2025, 12, 31)).code == "missingRate"


def business() -> Calculation:
    """A business in France buys goods from Germany: no tax, which rests on its VAT id."""
    return sold(
        sourcing="auto",
        merchant=Merchant(address=Address(country="DE"), registrations=[Registration(country="DE")]),
        customer=Customer(address=Address(country="FR"), tax_ids=[TaxId(type="vat", value="FR12345678901")]),
        lines=[Line(id="1", amount="100.00", tax_category="books", kind="goods")],
    )


def test_without_its_tax_ids_a_sale_across_a_border_is_not_guessed() -> None:
    done = seal(business())
    table = RateTable([rate("de-19", "0.19"), rate("fr-20", "0.20", "FR")])
    assert str(recalculate(done, rates=table).totals.tax) == "0.00"
    without = read_sealed(done.without_party().encode())
    error = refusal(recalculate, without, rates=table)
    assert (error.code, error.problems[0].path) == ("partyTakenOut", "customer.taxIds")
    assert encode(replay(without))  # what was determined stands
    assert str(recalculate(without, policy="us-invoice").totals.tax) == "0.00"
    assert error.problems[0].hint


def test_what_does_not_rest_on_tax_ids_is_recalculated_without_them() -> None:
    customer = Customer(address=Address(country="DE"), tax_ids=[TaxId(type="vat", value="DE123456789")])
    without = seal(sold(customer=customer)).without_party()
    assert str(recalculate(without, rates=RateTable([rate("de", "0.10")])).totals.tax) == "10.00"


def test_a_day_that_is_none_is_refused() -> None:
    for odd in ("2026-01-01", datetime(2026, 1, 1)):
        error = refusal(recalculate, seal(sold()), rates=RateTable([]), as_of=odd)
        assert error.code == "invalidDate"


def test_a_missing_rate_is_a_question_of_the_rates() -> None:
    assert refusal(recalculate, seal(sold()), missing_rate="untaxed").code == "missingField"
    now = recalculate(seal(sold()), rates=RateTable([]), missing_rate="untaxed")
    assert now.lines[0].reason.value == "notSupported"


def test_a_provider_is_not_asked_about_less_than_the_invoice_said() -> None:
    done = seal(sold(customer=Customer(name="Ada", address=Address(country="DE"))))
    assert str(recalculate(done, provider=Elsewhere()).totals.tax) == "10.00"
    error = refusal(recalculate, done.without_party(), provider=Elsewhere())
    assert (error.code, error.problems[0].path) == ("partyTakenOut", "party")


def test_what_a_provider_stated_and_what_was_typed_by_hand_replay() -> None:
    calculation = sold()
    vat, invoice = rate("x", "0.19"), calculation.source.invoice  # type: ignore[union-attr]
    stated = Taxed([vat], stated=[StatedTax(Decimal("100.00"), Decimal("19.01"))])
    law = Determination(invoice=invoice, lines=[stated], provider="example", degraded=True)
    assert str(replay(seal(calculate(invoice, law)).encode()).totals.tax) == "19.01"
    line = Line(id="1", amount="10.00", tax_category="x", entered_percent="8.875")
    typed = calculate(replace(invoice, lines=[line]), RateTable([]))
    assert encode(replay(seal(typed).encode())) == encode(typed)


def test_only_what_was_replayed_is_recalculated() -> None:
    read = read_calculation(encode(sold()))
    assert refusal(recalculated, seal(sold()), read, Change(policy="en16931")).code == "invalidType"
