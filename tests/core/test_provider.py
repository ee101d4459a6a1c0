"""Provider: what one cannot honour is refused before it is asked; what is no answer is not taken for one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.determination import Determination, NotTaxed, StatedTax, Taxed
from taxengine.core.errors import ProviderProtocolError, ProviderRefused, ProviderUnavailable
from taxengine.core.invoice import Invoice
from taxengine.core.provider import Capabilities, ask
from taxengine.core.reasons import Reason
from tests.core.samples import determined, invoice, line, rate

OF = invoice(line(id_="1"), line(id_="2"))
OUT = NotTaxed(Reason.OUTSIDE_SCOPE)


class Answering:
    """A provider that gives the answer that it is told to."""

    name = "manual"

    def __init__(self, answer: Any = None, **can: bool) -> None:
        self.capabilities = Capabilities(**can)
        self.answer = answer
        self.asked: list[Invoice] = []

    def determine(self, invoice: Invoice, /) -> Determination:
        self.asked.append(invoice)
        if isinstance(self.answer, Exception):
            raise self.answer
        answer: Determination = determined(invoice, OUT) if self.answer is None else self.answer
        return answer


def test_an_answer_is_handed_on_as_it_is() -> None:
    answer = determined(OF, OUT)
    provider = Answering(answer)
    assert ask(provider, OF) is answer
    assert provider.asked == [OF]


INSIDE: dict[str, Any] = {"tax_behavior": "inclusive"}


@pytest.mark.parametrize(
    ("of", "cannot", "paths"),
    [
        (invoice(line(), kind="creditNote"), "credit_notes", ["kind"]),
        (invoice(line(), line(id_="2", **INSIDE)), "inclusive_prices", ["lines[1].taxBehavior"]),
        (
            invoice(line(), line(id_="2", tax_behavior="exclusive"), **INSIDE),
            "inclusive_prices",
            ["lines[0].taxBehavior"],
        ),
        (
            invoice(line(), charges=[Charge(amount=1, **INSIDE)]),
            "inclusive_prices",
            ["charges[0].taxBehavior"],
        ),
        (
            invoice(line(), discounts=[Discount(amount=1, tax_category="a", **INSIDE)]),
            "inclusive_prices",
            ["discounts[0].taxBehavior"],
        ),
        (invoice(line(tax_rates=[])), "explicit_rates", ["lines[0].taxRates"]),
        (
            invoice(line(), line(id_="2"), tax_rates=["a"]),
            "explicit_rates",
            ["lines[0].taxRates", "lines[1].taxRates"],
        ),
        (
            invoice(line(), charges=[Charge(amount=1, tax_rates=[])]),
            "explicit_rates",
            ["charges[0].taxRates"],
        ),
        (
            invoice(line(), discounts=[Discount(amount=1, tax_rates=[])]),
            "explicit_rates",
            ["discounts[0].taxRates"],
        ),
    ],
)
def test_what_a_provider_cannot_honour_is_refused_before_it_is_asked(
    of: Invoice, cannot: str, paths: list[str]
) -> None:
    provider = Answering(**{cannot: False})
    with pytest.raises(ProviderRefused) as caught:
        ask(provider, of)
    assert [one.path for one in caught.value.problems] == paths
    assert {one.code for one in caught.value.problems} == {"providerRefused"}
    assert provider.asked == []
    own = Answering()
    outcomes = {"charges": [OUT if one.tax_rates is not None else None for one in of.charges],
                "discounts": [OUT for _ in of.discounts]}  # fmt: skip
    own.answer = determined(of, OUT, **outcomes)
    assert ask(own, of) is own.answer


def test_an_invoice_of_another_provider_is_not_asked_about() -> None:
    for name, asked in (("manual", 1), ("sphere", 0)):
        provider = Answering()
        try:
            ask(provider, invoice(line(), provider=name))
        except ProviderRefused as error:
            assert [one.path for one in error.problems] == ["provider"]
        assert len(provider.asked) == asked


def test_all_that_is_refused_is_told_at_once() -> None:
    of = invoice(line(tax_rates=[], **INSIDE), kind="creditNote", provider="sphere")
    with pytest.raises(ProviderRefused) as caught:
        ask(Answering(credit_notes=False, inclusive_prices=False, explicit_rates=False), of)
    assert [one.path for one in caught.value.problems] == [
        "provider",
        "kind",
        "lines[0].taxBehavior",
        "lines[0].taxRates",
    ]


STATED = Taxed([rate()], stated=[StatedTax(Decimal("100.00"), Decimal("19.00"))])
CHARGED = invoice(line(), charges=[Charge(amount=1, strategy="own")])


@pytest.mark.parametrize(
    ("of", "answer", "told"),
    [
        (OF, 5, "expected a Determination, got int"),
        (OF, determined(invoice(line(id_="1"), line(id_="2")), OUT), "of another"),
        (OF, Determination(invoice=OF, lines=[OUT, OUT], provider="else"), "expected its own name"),
        (CHARGED, determined(CHARGED, OUT, charges=[5]), "expected Taxed, NotTaxed or Unresolved"),
        (OF, determined(OF, STATED), "expected no amounts"),
        (CHARGED, determined(CHARGED, OUT, charges=[STATED]), "expected no amounts"),
    ],
)
def test_what_is_no_answer_is_not_taken_for_one(of: Invoice, answer: Any, told: str) -> None:
    with pytest.raises(ProviderProtocolError, match=told):
        ask(Answering(answer), of)


def test_a_provider_that_declares_amounts_may_state_them() -> None:
    answer = determined(OF, STATED)
    assert ask(Answering(answer, states_amounts=True), OF) is answer


def test_what_a_provider_raises_is_raised() -> None:
    down = ProviderUnavailable([])
    with pytest.raises(ProviderUnavailable) as caught:
        ask(Answering(down), OF)
    assert caught.value is down


def test_a_provider_can_do_everything_of_its_own_unless_it_says_otherwise() -> None:
    can = Capabilities()
    assert can.past_dates
    assert can.inclusive_prices
    assert can.credit_notes
    assert can.explicit_rates
    assert not can.states_amounts
    assert not can.records
