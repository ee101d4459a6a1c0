"""Recalculating: what a sealed result would be with other rates, another policy or another provider.

The result itself stays as it was.

>>> from taxengine.core.calculation import calculate
>>> from taxengine.core.invoice import Line
>>> from taxengine.core.parties import Customer
>>> from taxengine.core.place import Address
>>> from taxengine.core.rates import TaxRate
>>> from taxengine.recalculation.replaying import seal
>>> def german(percentage: str) -> RateTable:
...     return RateTable([TaxRate(id=f"de-{percentage}", country="DE", type="valueAddedTax",
...                               percentage_decimal=percentage, inclusive=False)])
>>> lines = [Line(id="1", amount="100.00", tax_category="books")]
>>> invoice = Invoice(id="inv_1", currency="EUR", tax_date=date(2020, 7, 15), lines=lines,
...                   customer=Customer(address=Address(country="DE")))
>>> done = seal(calculate(invoice, german("0.19")))
>>> recalculate(done, rates=german("0.16")).totals.tax
Decimal('16.00')
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple

from taxengine.core import checks
from taxengine.core.calculation import calculate
from taxengine.core.determination import Determination
from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.invoice import Invoice
from taxengine.core.matching import determine
from taxengine.core.policy import Policy
from taxengine.core.provider import TaxProvider, ask
from taxengine.core.reckoning import Reckoning, keyed
from taxengine.core.result import Calculation, Refunded
from taxengine.core.table import RateTable
from taxengine.core.terms import decides_by_kind
from taxengine.core.values import replace
from taxengine.recalculation.party import TAX_IDS
from taxengine.recalculation.replaying import replay
from taxengine.recalculation.sealed import Sealed, read_sealed


class Change(NamedTuple):
    """What is not as it was: other rates, another policy, another provider, what becomes of a missing rate.

    None leaves it as it was sealed; without rates and provider what was determined then stands.
    """

    rates: RateTable | None = None
    policy: Policy | str | None = None
    provider: TaxProvider | None = None
    missing_rate: str | None = None


def recalculate(
    document: str | bytes | Mapping[str, object] | Sealed,
    *,
    rates: RateTable | None = None,
    policy: Policy | str | None = None,
    provider: TaxProvider | None = None,
    missing_rate: str | None = None,
    as_of: date | None = None,
    key: bytes | None = None,
) -> Calculation:
    """What the sealed result would be with other `rates`, another `policy`, or another `provider`.

    What is not given stays as it was sealed: without rates and provider what was determined then, without
    a policy that of then. The invoice is the one that was sealed, its tax date as well. A provider that
    the invoice was bound to binds it no more. `as_of`: of the rates, those that were known on that day.
    The document is replayed first.

    Raises what `replay` raises; `InvalidInput`, `partyTakenOut`, where the place of supply would rest on
    tax ids that are no longer there; and what `calculate` raises.
    """
    if rates is not None and provider is not None:
        told = "rates: expected rates or a provider, got both"
        raise InvalidInput(Problem("conflictingFields", told, "rates"))
    if as_of is not None:
        if type(as_of) is not date:
            told = f"as_of: expected a date, got {checks.shown(as_of)}"
            raise InvalidInput(Problem("invalidDate", told, "as_of"))
        if rates is None:
            told = "as_of: expected rates, of which to take those known then, got none"
            raise InvalidInput(Problem("missingField", told, "rates"))
        rates = known_on(rates, as_of)
    if missing_rate is not None and rates is None:
        told = "missing_rate: expected rates, of which one may be missing, got none"
        raise InvalidInput(Problem("missingField", told, "rates"))
    done = read_sealed(document, key=key)
    return recalculated(done, replay(done), Change(rates, policy, provider, missing_rate))


def recalculated(done: Sealed, before: Calculation, change: Change) -> Calculation:
    """`recalculate`, of a result that was replayed."""
    law = before.source
    if isinstance(law, Refunded):
        return _refunded(before, law, recalculated(done, law.of, change))
    if not isinstance(law, Determination):
        told = "calculation: expected one that was replayed, got one that was read from a document"
        raise InvalidInput(Problem("invalidType", told))
    invoice, policy = law.invoice, before.policy if change.policy is None else change.policy
    if change.rates is not None or change.provider is not None:
        _check_party(done, law, change)
        if invoice.provider is not None:
            invoice = replace(invoice, provider=None)
        law = _determined(invoice, law, change)
    return calculate(invoice, law, policy=policy)


def _refunded(before: Calculation, source: Refunded, of: Calculation) -> Calculation:
    """The refund of an invoice that has come out otherwise: of the same part of each line.

    So refunds that add up to an invoice add up to what it would have been.
    """
    ways = [(policy.rounding.mode, policy.cash_increment) for policy in (of.policy, source.of.policy)]
    if of[:4] == source.of[:4] and ways[0] == ways[1]:
        return before
    done: list[Calculation] = []
    for one in (*source.previous, before):
        shares = {key: line.share for key, line in keyed(one).items() if line.share}
        done.append(Reckoning(of, done).by_shares(shares))
    return done[-1]


def _determined(invoice: Invoice, before: Determination, change: Change) -> Determination:
    if change.provider is not None:
        return ask(change.provider, invoice)
    missing = change.missing_rate or before.missing_rate
    return determine(invoice, change.rates, sourcing=before.sourcing, missing_rate=missing)


def _check_party(done: Sealed, law: Determination, change: Change) -> None:
    """Where the tax ids of the customer may decide, they must be there; a provider may ask for anything."""
    taken = () if done.party is not None else done.content.get("party", {}).get("fields", ())
    merchant = law.invoice.merchant
    registrations = None if merchant is None else merchant.registrations
    if taken and change.provider is not None:
        told = (
            f"party: expected all that the invoice says, which {change.provider.name} may ask for, got less"
        )
        hint = "recalculate the document that still has its party block"
        raise InvalidInput(Problem("partyTakenOut", told, "party", hint))
    if TAX_IDS in taken and decides_by_kind(law.sourcing, registrations):
        told = f"{TAX_IDS}: expected the tax ids, on which the place of supply rests, got none"
        hint = "recalculate the document that still has its party block"
        raise InvalidInput(Problem("partyTakenOut", told, TAX_IDS, hint))


def known_on(rates: RateTable, day: date) -> RateTable:
    """The rates that were known on a day, of UTC: those whose `created` is not after it.

    Raises `InvalidInput` where a rate does not say when it was created.
    """
    unsaid = [rate.id for rate in rates if rate.created is None]
    if unsaid:
        told = f"rates: expected each with created, when it became known, got none on {', '.join(unsaid[:5])}"
        raise InvalidInput(Problem("missingField", told, "created", data={"rates": unsaid[:100]}))
    return RateTable(rate for rate in rates if _day(str(rate.created)) <= day)


def _day(stamp: str) -> date:
    """The day of a time, in UTC where it names its offset."""
    told = datetime.fromisoformat(stamp)
    return told.date() if told.tzinfo is None else told.astimezone(UTC).date()
