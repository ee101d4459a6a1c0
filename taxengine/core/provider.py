"""Provider: who says which taxes apply. The protocol that each one keeps, and the one way to ask.

>>> from datetime import date
>>> from taxengine.core.determination import NotTaxed
>>> from taxengine.core.invoice import Invoice, Line
>>> from taxengine.core.reasons import Reason
>>> class Nobody:
...     name = "none"
...     capabilities = Capabilities(inclusive_prices=False)
...     def determine(self, invoice: Invoice, /) -> Determination:
...         lines = [NotTaxed(Reason.OUTSIDE_SCOPE) for _ in invoice.lines]
...         return Determination(invoice=invoice, lines=lines, provider=self.name)
>>> line = Line(id="1", amount="10.00", tax_behavior="inclusive")
>>> ask(Nobody(), Invoice(id="i", currency="EUR", tax_date=date(2026, 3, 1), lines=[line]))
Traceback (most recent call last):
...
taxengine.core.errors.ProviderRefused: lines[0].taxBehavior: expected exclusive, none takes no prices with tax
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from taxengine.core import checks
from taxengine.core.adjustments import Charge, Discount
from taxengine.core.determination import Determination, NotTaxed, Taxed, Unresolved
from taxengine.core.errors import InvalidInput, Problem, ProviderProtocolError, ProviderRefused
from taxengine.core.invoice import Invoice, Line
from taxengine.core.values import given, value


@value(InvalidInput)
class Capabilities:
    """What a provider can honour. What it cannot is refused before it is asked, never dropped.

    `past_dates`: a tax date other than today's, which the provider refuses itself, as only it has a clock;
    `inclusive_prices`: prices that hold their tax; `credit_notes`: documents of kind `creditNote`;
    `explicit_rates`: rates named on a line; `states_amounts`: its determinations hold amounts of its own;
    `records`: it keeps documents.
    """

    past_dates: bool = given(checks.flag, default=True)
    inclusive_prices: bool = given(checks.flag, default=True)
    credit_notes: bool = given(checks.flag, default=True)
    explicit_rates: bool = given(checks.flag, default=True)
    states_amounts: bool = given(checks.flag, default=False)
    records: bool = given(checks.flag, default=False)


class TaxProvider(Protocol):
    """Which taxes apply to an invoice, at what rate, and why; never how much.

    `name` is the one that it is installed under, `capabilities` what it can honour. `determine` answers
    with one outcome a line, and one for each charge and discount that is taxed by itself. A provider
    that talks to a service raises `ProviderUnavailable`, `ProviderRefused` or `ProviderProtocolError`,
    and nothing else, where the service fails, refuses, or answers nonsense.
    """

    name: str
    capabilities: Capabilities

    def determine(self, invoice: Invoice, /) -> Determination: ...


def ask(provider: TaxProvider, invoice: Invoice) -> Determination:
    """What a provider determines, the question and the answer checked.

    Raises `ProviderRefused` for what the provider cannot honour, `ProviderProtocolError` for an answer
    that is none, and what the provider raises.
    """
    problems = _beyond(provider, invoice)
    if problems:
        raise ProviderRefused(problems)
    answer = provider.determine(invoice)
    told = _nonsense(provider, invoice, answer)
    if told:
        raise ProviderProtocolError(Problem("providerProtocolError", told))
    return answer


def _beyond(provider: TaxProvider, invoice: Invoice) -> list[Problem]:
    can, name = provider.capabilities, provider.name
    problems = []
    if invoice.provider not in (None, name):
        told = f"provider: expected {invoice.provider}, which the invoice was created under, got {name}"
        problems.append(Problem("providerRefused", told, "provider"))
    if invoice.kind == "creditNote" and not can.credit_notes:
        problems.append(
            Problem("providerRefused", f"kind: expected invoice, {name} takes no credit notes", "kind")
        )
    parts: dict[str, Sequence[Line | Charge | Discount]] = {
        "lines": invoice.lines,
        "charges": invoice.charges,
        "discounts": invoice.discounts,
    }
    for path, part in ((f"{kind}[{index}]", one) for kind in parts for index, one in enumerate(parts[kind])):
        default = invoice if isinstance(part, Line) else part
        behavior = part.tax_behavior or default.tax_behavior
        if behavior == "inclusive" and not can.inclusive_prices:
            told = f"{path}.taxBehavior: expected exclusive, {name} takes no prices with tax"
            problems.append(Problem("providerRefused", told, f"{path}.taxBehavior"))
        if (part.tax_rates is not None or default.tax_rates is not None) and not can.explicit_rates:
            told = f"{path}.taxRates: expected none, {name} decides the rates itself"
            problems.append(Problem("providerRefused", told, f"{path}.taxRates"))
    return problems


def _nonsense(provider: TaxProvider, invoice: Invoice, answer: object) -> str:
    if not isinstance(answer, Determination):
        return f"{provider.name}: expected a Determination, got {type(answer).__name__}"
    if answer.invoice is not invoice:
        return f"{provider.name}: expected a determination of invoice {invoice.id}, got one of another"
    if answer.provider != provider.name:
        return f"{provider.name}: expected its own name on the determination, got {answer.provider!r}"
    kinds = (Taxed, NotTaxed, Unresolved)
    outcomes = [*answer.lines, *(one for one in (*answer.charges, *answer.discounts) if one is not None)]
    if not all(isinstance(one, kinds) for one in outcomes):
        return f"{provider.name}: expected Taxed, NotTaxed or Unresolved for each line"
    stated = any(isinstance(one, Taxed) and one.stated is not None for one in outcomes)
    if stated and not provider.capabilities.states_amounts:
        return f"{provider.name}: expected no amounts from a provider that declares none"
    return ""
