"""Matching: determine(), the taxes of each line of an invoice, and why each was taken or passed over.

>>> from datetime import date
>>> from taxengine.core.parties import Customer
>>> from taxengine.core.place import Address
>>> vat = TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)
>>> invoice = Invoice(id="1", currency="EUR", tax_date=date(2026, 3, 1),
...                   customer=Customer(address=Address(country="DE")),
...                   lines=[Line(id="1", amount="9.00", tax_category="books")])
>>> determination = determine(invoice, RateTable([vat]))
>>> determination.lines[0].reason.value
'standardRated'
>>> [verdict.text for verdict in trace(determination, 0)]
['place: DE, from customer.address', 'de-19: taken']
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import islice
from typing import Any, NamedTuple, get_args

from taxengine.core import checks
from taxengine.core.adjustments import Charge, Discount
from taxengine.core.determination import Determination, Notice, Outcome, TaxedIn, Unresolved
from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.invoice import Invoice, Line, Sourcing
from taxengine.core.place import Place
from taxengine.core.place_of_supply import Supply
from taxengine.core.rates import TaxRate
from taxengine.core.reasons import Reason
from taxengine.core.selection import Query, failures, spelt
from taxengine.core.sourcing import ends, kind_of, source_of
from taxengine.core.table import RateTable
from taxengine.core.taxability import OF_ALL, Treated, stated, treat
from taxengine.core.terms import Sale, Terms, decides_by_kind, objects, question, settled
from taxengine.core.vat_ids import NONE, vat_ids

MOST_VERDICTS = 50
"""How many rates an explanation names for one line."""
MOST_READ = 10_000
"""How many rates of a country it reads to find the nearest."""
_SOURCINGS = (None, *get_args(Sourcing))


def determine(
    invoice: Invoice,
    table: RateTable | None,
    *,
    sourcing: Sourcing | None = None,
    missing_rate: str = "error",
) -> Determination:
    """Which taxes apply to each line, and why; never how much, and never an error for what is missing.

    `sourcing`: else the invoice's own, else `destination`. `missing_rate="untaxed"`: a line that no rate
    matches is not taxed, with a warning. Without a table every line names its rates as objects.

    Raises `InvalidInput` for options that are none.
    """
    if not isinstance(table, RateTable) or sourcing is not None or missing_rate != "error":
        _check(table, sourcing, missing_rate)
    sourcing = sourcing or invoice.sourcing or "destination"
    terms = _terms(invoice, None, sourcing, missing_rate)
    answers: dict[Any, Any] = {} if table is None else table.answers(terms)
    # Most lines say nothing but a category, and most categories have been asked for before.
    lines: list[Outcome | None]
    if sourcing == "auto" or terms[9] is not None:  # `decides_by_kind`, spelt out where every invoice asks
        lines = [answers.get((one.tax_category, one.kind)) if one.usual else None for one in invoice.lines]
    else:
        lines = [answers.get(line.tax_category) if line.usual else None for line in invoice.lines]
    if not all(lines) or invoice.charges or invoice.discounts:
        return _Asking(invoice, table, Terms._make(terms), answers).determination(lines)
    # One outcome a line, and nothing else: there is nothing to check, which takes most of the time.
    told = (invoice, tuple(lines), "manual", (), (), (), sourcing, False, table, missing_rate, None)
    return tuple.__new__(Determination, told)


def _check(table: object, sourcing: object, missing_rate: object) -> None:
    for what, given, fits, expected in (
        ("rates", table, table is None or isinstance(table, RateTable), "a RateTable"),
        ("sourcing", sourcing, sourcing in _SOURCINGS, "destination, origin or auto"),
        ("missing_rate", missing_rate, missing_rate in ("error", "untaxed"), "error or untaxed"),
    ):
        if not fits:
            told = f"{what}: expected {expected}, got {checks.shown(given)}"
            raise InvalidInput(Problem("invalidValue", told, what))


def _terms(invoice: Invoice, line: Line | None, sourcing: Sourcing, missing_rate: str) -> tuple[Any, ...]:
    """The `Terms` of a line, or of an invoice, as a plain tuple: a key at half the price."""
    customer, merchant = invoice.customer, invoice.merchant
    to, by = ends(invoice, line, sourcing)
    registrations = None if merchant is None else merchant.registrations
    identified = customer is not None and customer.tax_ids and decides_by_kind(sourcing, registrations)
    return (
        to and to.place,
        by and by.place,
        invoice.tax_date,
        invoice.currency,
        invoice.tax_behavior,
        invoice.tax_rates,
        objects(invoice.tax_rates),
        "taxable" if customer is None else customer.tax_status,
        () if customer is None else customer.certificates,
        registrations,
        sourcing,
        missing_rate,
        vat_ids(customer.tax_ids) if customer is not None and identified else NONE,
    )


def _sale(part: Line | Charge | Discount, terms: Terms, invoice: Invoice) -> Sale:
    """What is to be taxed; a discount of the invoice does not take up the rates of its lines."""
    rates = terms.tax_rates if part.tax_rates is None and type(part) is not Discount else part.tax_rates
    behavior = part.tax_behavior or terms.tax_behavior
    asked = decides_by_kind(terms.sourcing, terms.registrations) or terms.tax_status == "reverseCharge"
    kind = kind_of(part, invoice) if asked else None
    if not isinstance(part, Line):
        return Sale(part.tax_category, rates, objects(rates), behavior, kind=kind)
    product = part.product if part.tax_category is None and rates is None else None
    return Sale(part.tax_category, rates, objects(rates), behavior, part.entered_percent, product, kind)


def taxed_at(determination: Determination, line: Line | None) -> Place | None:
    """The place that taxes a line; without a line, a charge or discount."""
    invoice, sourcing = determination.invoice, determination.sourcing
    terms = Terms._make(_terms(invoice, line, sourcing, determination.missing_rate))
    return settled(Sale(None, kind=kind_of(line, invoice)), terms)[0].place


def taxed_in(determination: Determination, line: Line | None) -> TaxedIn:
    """The country and state that tax a line; without a line, a charge or discount."""
    if determination.places is not None:
        return determination.places[None if line is None else line.id]
    place = taxed_at(determination, line)
    return None if place is None else (place.country, place.state or place.state_name)


class _Asking:
    """What no earlier invoice has answered, and what does not depend on a line's category alone."""

    __slots__ = ("answers", "invoice", "notices", "table", "terms")

    def __init__(
        self, invoice: Invoice, table: RateTable | None, terms: Terms, answers: dict[Any, Any]
    ) -> None:
        self.invoice, self.table, self.terms, self.answers = invoice, table, terms, answers
        self.notices: list[Notice] = []

    def determination(self, known: Sequence[Outcome | None]) -> Determination:
        """All outcomes, where those of some lines are known."""
        invoice = self.invoice
        return Determination(
            invoice=invoice,
            lines=[outcome or self._line(index) for index, outcome in enumerate(known)],
            discounts=[self._own(f"discounts[{index}]", one) for index, one in enumerate(invoice.discounts)],
            charges=[self._own(f"charges[{index}]", one) for index, one in enumerate(invoice.charges)],
            warnings=self.notices,
            provider="manual",
            sourcing=self.terms.sourcing,
            rates=self.table,
            missing_rate=self.terms.missing_rate,
        )

    def _line(self, index: int) -> Outcome:
        line, terms, answers = self.invoice.lines[index], self.terms, self.answers
        if line.ship_to is not None or line.ship_from is not None or line.kind == "shipping":
            terms = Terms._make(_terms(self.invoice, line, terms.sourcing, terms.missing_rate))
            answers = {} if self.table is None else self.table.answers(terms)
        sale = _sale(line, terms, self.invoice)
        treated = self._treated(sale, terms, answers)
        usual = Sale(line.tax_category, terms.tax_rates, terms.objects, terms.tax_behavior, kind=sale.kind)
        if sale == usual and treated.outcome is not None and not treated.notices:
            asked = decides_by_kind(terms.sourcing, terms.registrations)
            key = (line.tax_category, sale.kind) if asked else line.tax_category
            if sale.kind != "shipping":  # what it is depends on the other lines
                self._remember(answers, key, treated.outcome)
        return self._outcome(treated, f"lines[{index}]")

    def _own(self, path: str, part: Charge | Discount) -> Outcome | None:
        """The outcome of a charge or discount that is taxed by itself, None where it is not."""
        terms = self.terms
        if not (part.taxed_itself(terms.tax_rates) if isinstance(part, Charge) else part.taxed_itself):
            return None
        return self._outcome(self._treated(_sale(part, terms, self.invoice), terms, self.answers), path)

    def _treated(self, sale: Sale, terms: Terms, answers: dict[Any, Any]) -> Treated:
        known: Treated | None = answers.get(sale)
        if known is not None:
            return known
        treated = treat(sale, terms, self.table)
        outcome = treated.outcome
        if outcome is not None:
            # Lines with the same taxes share one outcome: so a calculation sees that they are alike.
            taxes = [(id(one.rate), one.percentage_decimal, *one[9:]) for one in outcome.stack.rates]
            same = outcome.reason, outcome.entered, *taxes
            treated = treated._replace(outcome=answers.get(same, outcome))
            self._remember(answers, same, treated.outcome)
        self._remember(answers, sale, treated)
        return treated

    def _remember(self, answers: dict[Any, Any], key: object, answer: object) -> None:
        if self.table is None:
            answers[key] = answer
        else:
            self.table.remember(answers, key, answer)

    def _outcome(self, treated: Treated, path: str) -> Outcome:
        for notice in treated.notices:
            if notice.code not in OF_ALL:
                where = _within(path, notice.path)
                self.notices.append(Notice(notice.code, where, f"{where}: {notice.message}"))
            elif notice not in self.notices:
                self.notices.append(notice)
        if treated.outcome is not None:
            return treated.outcome
        return Unresolved(*(_placed(problem, path) for problem in treated.problems))


def _placed(problem: Problem, path: str) -> Problem:
    where = _within(path, problem.path)
    return problem._replace(path=where, message=f"{where}: {problem.message}")


def _within(path: str, part: str) -> str:
    return f"{path}.{part}" if part else path


class Verdict(NamedTuple):
    """What became of a rate on a line (`taken`, `lost`, `failed` ...), or which place was asked about."""

    kind: str
    text: str
    data: Mapping[str, object]


def trace(determination: Determination, index: int, kind: str = "lines") -> list[Verdict]:
    """The place of a line, and the rates considered for it: those of the country, the nearest first.

    `kind`: "charges" or "discounts" where it is one of those, taxed by itself.
    """
    invoice, sourcing, table = determination.invoice, determination.sourcing, determination.rates
    part, outcome = getattr(invoice, kind)[index], getattr(determination, kind)[index]
    line = part if isinstance(part, Line) else None
    terms = Terms._make(_terms(invoice, line, sourcing, determination.missing_rate))
    sale = _sale(part, terms, invoice)
    if sale.tax_rates is not None:
        where = "invoice" if part.tax_rates is None else kind[:-1]
        ids = [ref.id if isinstance(ref, TaxRate) else ref for ref in sale.tax_rates]
        return [Verdict("named", f"{name}: named on the {where}", {"taxRate": name}) for name in ids]
    terms, answer = settled(sale, terms)
    query = question(sale, terms, answer)
    if isinstance(query, Problem) or not isinstance(table, RateTable) or stated(sale, terms, table):
        return []
    data = {"place": spelt(query.place), "from": source_of(invoice, terms.sourcing, query.place)}
    told = [Verdict("place", f"place: {data['place']}, from {data['from']}", data)]
    if isinstance(answer, Supply):
        code = answer.category
        text = f"rule: {answer.rule}" + (f"; VAT category {code}" if code else "")
        told.append(Verdict("rule", text, {"rule": answer.rule, "vatCategoryCode": code}))
        if answer.reason is not None:
            return told
    if isinstance(outcome, Unresolved) or outcome.reason is Reason.NOT_SUPPORTED or outcome.entered:
        return [*told, *_verdicts(table, query, None)]
    return [*told, *_verdicts(table, query, {id(one.rate) for one in outcome.stack.rates})]


def _verdicts(table: RateTable, query: Query, applied: Collection[int] | None) -> Iterator[Verdict]:
    winners, lost, rivals = table.select(query)
    decided = set()
    for one, by, how in (*((one, one, "") for one in winners), *lost):
        rate = one.rate
        decided.add(id(rate))
        data = {"taxRate": rate.id}
        if one in (rivals or ()):
            yield Verdict("tied", f"{rate.id}: nothing decides between it and another", data)
        elif one is not by:
            why = "lost to the more specific" if how == "lost" else "replaced by"
            yield Verdict(how, f"{rate.id}: {why} {by.rate.id}", {**data, "by": by.rate.id})
        elif applied is None:
            yield Verdict("matches", f"{rate.id}: matches, which does not settle the line", data)
        elif id(rate) in applied:
            yield Verdict("taken", f"{rate.id}: taken", data)
        else:
            yield Verdict("exempt", f"{rate.id}: the customer is exempt from it", data)
    near = {query.place.country, query.place.area}
    others = (
        rate for rate in table if not near.isdisjoint((rate.country, rate.area)) and id(rate) not in decided
    )
    passed_over = [(list(failures(rate, query)), rate) for rate in islice(others, MOST_READ)]
    nearest = nsmallest(MOST_VERDICTS - len(decided), passed_over, key=lambda one: (len(one[0]), one[1].id))
    for (first, *_), rate in nearest:
        yield Verdict("failed", f"{rate.id}: {first}", {"taxRate": rate.id, **first._asdict()})
