"""Determine: what of an invoice is to be taxed, and the treatment of each."""

from tests.oracle.amounts import has_own_rates
from tests.oracle.charges import strategy_of
from tests.oracle.checks import Problem
from tests.oracle.rows import Document, Refused, Treatment
from tests.oracle.taxability import Case, Item, place_that_taxes, treat


def case_of(document: Document, rates: list[Document], missing_rate: str) -> Case:
    customer, merchant = document.get("customer") or {}, document.get("merchant") or {}
    case = Case(
        date=document["taxDate"],
        sourcing=document.get("sourcing") or "destination",
        status=customer.get("taxStatus") or "taxable",
        certificates=customer.get("certificates") or [],
        registrations=merchant.get("registrations") or [],
        rates=rates,
        missing_rate=missing_rate,
    )
    for rate in rates:
        case.by_id[rate["id"]].append(rate)
    return case


def treat_all(document: Document, case: Case, found: list[Problem]) -> dict[str, Treatment]:
    """The treatment of each line and of each adjustment of its own by its path; all problems at once.

    `found` are problems of the document that say nothing of how it is taxed.
    """
    items = []
    for i, line in enumerate(document["lines"]):
        items.append(item_of(f"lines[{i}]", line, document, case))
        defaults(items[-1], document)
    for i, discount in enumerate(document.get("discounts") or ()):
        if has_own_rates(discount):
            items.append(item_of(f"discounts[{i}]", discount, document, case))
    for i, charge in enumerate(document.get("charges") or ()):
        if strategy_of(charge, document) == "own":
            items.append(item_of(f"charges[{i}]", charge, document, case))
            defaults(items[-1], document)
    treatments: dict[str, Treatment] = {}
    problems = [*found]
    for item in items:
        try:
            treatments[item.path] = treat(item, case)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(*problems)
    return treatments


def defaults(item: Item, document: Document) -> None:
    """The invoice's rates are those of its lines and charges that name none."""
    if item.rate_ids is None:
        item.rate_ids = document.get("taxRates")


def item_of(path: str, entry: Document, document: Document, case: Case) -> Item:
    """What is to be taxed, with its places; an adjustment states none of its own."""
    customer, merchant = document.get("customer") or {}, document.get("merchant") or {}
    destination = case.place(entry.get("shipTo"), customer.get("address"))
    origin = case.place(entry.get("shipFrom"), merchant.get("address"))
    where, undecided = place_that_taxes(origin, destination, case)
    return Item(
        path=path,
        category=entry.get("taxCategory"),
        rate_ids=entry.get("taxRates"),
        behavior=entry.get("taxBehavior") or document.get("taxBehavior"),
        entered=entry.get("enteredPercent"),
        origin=origin,
        destination=destination,
        where=where,
        undecided=undecided,
    )
