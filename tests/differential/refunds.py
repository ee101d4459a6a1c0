"""Refunds: random sequences of them until nothing is left, against a reckoning in whole numbers.

The reckoning shares no code with the core. It counts in minor units and fractions, from the figures of
the invoice alone, and foretells each figure of each refund. A sequence is told by its seed alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from random import Random
from typing import Any, NamedTuple

from taxengine.core.calculation import calculate
from taxengine.core.errors import InvalidInput, TaxEngineError
from taxengine.core.figures import LineAmounts, Totals
from taxengine.core.money import minor_digits
from taxengine.core.refund import refund
from taxengine.core.result import Calculation
from taxengine.core.table import RateTable
from taxengine.core.values import replace
from taxengine.documents import read_invoice, read_rates
from tests.differential.cases import case_of

PER_INVOICE = 25
"""So many sequences share an invoice, which takes longer to draw than a sequence."""
MOST_REFUNDS = 5
SYMMETRIC = ("halfUp", "halfEven", "halfDown", "up", "down")


class Invoiced(NamedTuple):
    """An invoice to refund: its calculation, the same with all signs turned, and its figures."""

    calculation: Calculation
    turned: Calculation | None
    book: Book


# ---- the reckoning ----


def rounded(exact: Fraction, mode: str) -> int:
    """The whole number that the mode makes of an exact one."""
    size, rest = divmod(abs(exact.numerator), exact.denominator)
    twice = 2 * rest - exact.denominator
    away = {
        "halfUp": twice >= 0,
        "halfDown": twice > 0,
        "halfEven": twice > 0 or (twice == 0 and size % 2 == 1),
        "up": rest > 0,
        "down": False,
        "ceiling": rest > 0 and exact > 0,
        "floor": rest > 0 and exact < 0,
    }[mode]
    return (size + away) * (1 if exact > 0 else -1)


def spread(amount: int, weights: Sequence[int], ids: Sequence[str]) -> list[int]:
    """The amount over the weights in whole numbers: what is left over goes to the largest remainders."""
    exact = [Fraction(amount * weight, sum(weights)) for weight in weights]
    parts = [int(one) for one in exact]
    over = amount - sum(parts)
    side = 1 if over > 0 else -1
    order = sorted(
        range(len(ids)), key=lambda at: (-side * (exact[at] - parts[at]), -abs(exact[at]), ids[at])
    )
    for at in order[: abs(over)]:
        parts[at] += side
    return parts


class Entry(NamedTuple):
    """A line in minor units. `rates` says of each tax whether it is in the price, and whether withheld."""

    id: str
    size: Decimal
    amount: int
    discount: int
    net: int
    gross: int
    bases: tuple[int, ...]
    taxes: tuple[int, ...]
    rates: tuple[tuple[bool, bool], ...]


class Book(NamedTuple):
    """An invoice in minor units."""

    entries: list[Entry]
    totals: dict[str, int]
    mode: str
    coin: Fraction | None
    digits: int


class Reckoning:
    """What has been taken of an invoice, and what the next refund should come to."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.parts = [Fraction(0)] * len(book.entries)
        self.taken = [[0] * (4 + 2 * len(one.taxes)) for one in book.entries]
        self.totals = dict.fromkeys(Totals._fields, 0)

    def left(self, at: int, basis: str) -> int:
        entry = self.book.entries[at]
        return (entry.net if basis == "net" else entry.gross) - self.taken[at][2 if basis == "net" else 3]

    def shares(self, request: dict[str, Any]) -> tuple[list[Fraction], list[int] | None]:
        """Which part of each line the request takes, and the amount that each gets, if it is by amount."""
        rest = [1 - part for part in self.parts]
        if "amount" in request:
            basis, amount = request["basis"], int(Decimal(request["amount"]).scaleb(self.book.digits))
            left = [self.left(at, basis) for at in range(len(rest))]
            if amount == sum(left):
                return rest, left
            given = spread(amount, left, [one.id for one in self.book.entries])
            return [
                part * Fraction(one, whole) if one else Fraction(0)
                for part, one, whole in zip(rest, given, left, strict=True)
            ], given
        wanted = request.get("lines", dict.fromkeys(one.id for one in self.book.entries))
        sizes = wanted if isinstance(wanted, dict) else dict.fromkeys(wanted)
        shares = []
        for entry, part in zip(self.book.entries, rest, strict=True):
            if entry.id not in sizes:
                shares.append(Fraction(0))
            elif sizes[entry.id] is None:
                shares.append(part)
            else:
                shares.append(Fraction(sizes[entry.id]) / Fraction(entry.size))
        return shares, None

    def take(self, request: dict[str, Any]) -> dict[str, Any]:
        """The figures of the refund, which is counted as taken: by id each line's, and the totals."""
        shares, given = self.shares(request)
        lines: dict[str, list[int]] = {}
        totals = dict.fromkeys(Totals._fields, 0)
        for at, share in enumerate(shares):
            if share:
                amount = None if given is None else given[at]
                lines[self.book.entries[at].id] = self._line(at, share, request.get("basis"), amount, totals)
        self._close(totals)
        return {"lines": lines, "totals": totals, "shares": [one for one in shares if one]}

    def _line(
        self, at: int, share: Fraction, basis: str | None, given: int | None, totals: dict[str, int]
    ) -> list[int]:
        entry, taken, mode = self.book.entries[at], self.taken[at], self.book.mode
        part = self.parts[at] = self.parts[at] + share
        count = len(entry.taxes)
        taxes = [rounded(one * part, mode) - taken[4 + count + k] for k, one in enumerate(entry.taxes)]
        charged = sum(tax for tax, (_, kept) in zip(taxes, entry.rates, strict=True) if not kept)
        inside = sum(tax for tax, (held, _) in zip(taxes, entry.rates, strict=True) if held)
        if given is None:
            net = rounded(entry.net * part, mode) - taken[2]
        else:
            net = given if basis == "net" else given - charged
        gross = net + charged
        bases = [
            net if base == entry.net else rounded(base * part, mode) - taken[4 + k]
            for k, base in enumerate(entry.bases)
        ]
        discount = rounded(entry.discount * part, mode) - taken[1]
        prices = sum(tax for tax, (held, _) in zip(entry.taxes, entry.rates, strict=True) if held)
        if entry.amount - entry.discount == entry.net + prices:
            amount = net + inside + discount
        else:
            amount = rounded(entry.amount * part, mode) - taken[0]
        figures = [amount, discount, net, gross, *bases, *taxes]
        self.taken[at] = [one + more for one, more in zip(taken, figures, strict=True)]
        totals["net"] += net
        totals["tax"] += charged
        totals["gross"] += gross
        totals["withheld"] += sum(tax for tax, (_, kept) in zip(taxes, entry.rates, strict=True) if kept)
        return figures

    def _close(self, totals: dict[str, int]) -> None:
        whole, taken, book = self.book.totals, self.totals, self.book
        for name in ("net", "tax", "gross", "withheld"):
            taken[name] += totals[name]
        if self.done:
            paid, payable = whole["paid"], whole["payable"]
        else:
            part = Fraction(taken["gross"], whole["gross"]) if whole["gross"] else Fraction(0)
            paid = rounded(whole["paid"] * min(max(part, Fraction(0)), Fraction(1)), book.mode)
            payable = taken["gross"] - taken["withheld"] - paid
            if book.coin is not None:
                payable = int(rounded(Fraction(payable) / book.coin, "halfUp") * book.coin)
        totals["paid"], totals["payable"] = paid - taken["paid"], payable - taken["payable"]
        due = totals["gross"] - totals["withheld"] - totals["paid"]
        totals["cash_rounding"] = totals["payable"] - due
        for name in ("paid", "payable", "cash_rounding"):
            taken[name] += totals[name]

    @property
    def done(self) -> bool:
        """Whether all is taken."""
        return all(part == 1 for part in self.parts)


# ---- invoices ----


def book_of(calculation: Calculation) -> Book:
    """The figures of a calculation in minor units."""
    digits = minor_digits(calculation.head.currency)
    source: Any = calculation.source
    sizes = [line.quantity for line in source.invoice.lines]
    sizes += [Decimal((one.amount > 0) - (one.amount < 0)) for one in calculation.adjustments]
    entries = []
    for line, size in zip((*calculation.lines, *calculation.adjustments), sizes, strict=True):
        amount, discount, net, gross, *pairs = units_of(line, digits)
        count = len(line.taxes)
        kinds = tuple((row.rate.inclusive, row.rate.withheld) for row in line.taxes)
        bases, taxes = tuple(pairs[:count]), tuple(pairs[count:])
        entries.append(Entry(line.id, size, amount, discount, net, gross, bases, taxes, kinds))
    coin = calculation.policy.cash_increment
    totals = dict(zip(Totals._fields, (units(one, digits) for one in calculation.totals), strict=True))
    coins = None if coin is None else Fraction(coin) * 10**digits
    return Book(entries, totals, calculation.policy.rounding.mode, coins, digits)


def units(amount: Decimal, digits: int) -> int:
    return int(amount.scaleb(digits))


def units_of(line: LineAmounts, digits: int) -> list[int]:
    """Amount, discount, net, gross, what each tax is on, and each tax."""
    own = (line.amount, line.discount, line.net, line.gross)
    rows = [row.taxable for row in line.taxes] + [row.tax for row in line.taxes]
    return [int(one.scaleb(digits)) for one in (*own, *rows)]


def turned_round(of: Calculation) -> Calculation:
    """The calculation with every sign turned, and the quantities of its lines."""

    def other(line: LineAmounts) -> LineAmounts:
        own = {name: -getattr(line, name) + 0 for name in ("amount", "discount", "net", "tax", "gross")}
        rows = tuple(row._replace(taxable=-row.taxable + 0, tax=-row.tax + 0) for row in line.taxes)
        return line._replace(**own, taxes=rows)

    source: Any = of.source
    lines = [replace(line, quantity=line.quantity.copy_negate()) for line in source.invoice.lines]
    return Calculation(
        lines=map(other, of.lines),
        adjustments=map(other, of.adjustments),
        taxes=[row._replace(taxable=-row.taxable + 0, tax=-row.tax + 0) for row in of.taxes],
        totals=Totals(*(-one + 0 for one in of.totals)),
        policy=of.policy,
        source=source._replace(invoice=replace(source.invoice, lines=lines)),
    )


@lru_cache(maxsize=8)
def invoice_of(index: int) -> Invoiced:
    """The invoice of an index; cases that are refused are passed over."""
    attempt = 0
    while True:
        document, rates = case_of(index + attempt * 10_000_019)
        document.pop("kind", None)
        attempt += 1
        try:
            calculation = calculate(read_invoice(document), RateTable(read_rates(rates)))
        except TaxEngineError:
            continue
        symmetric = calculation.policy.rounding.mode in SYMMETRIC
        turned = turned_round(calculation) if symmetric else None
        return Invoiced(calculation, turned, book_of(calculation))


# ---- sequences ----


def request_of(rng: Random, reckoning: Reckoning) -> dict[str, Any]:
    """Something that can be asked for now: lines, quantities, an amount, or all that is left."""
    entries, digits = reckoning.book.entries, reckoning.book.digits
    open_ = [at for at, part in enumerate(reckoning.parts) if part < 1]
    kind = rng.random()
    if kind < 0.45:
        basis = "net" if kind < 0.15 else "gross"
        whole = sum(reckoning.left(at, basis) for at in range(len(entries)))
        if whole:
            size = rng.randint(1, abs(whole)) * (1 if whole > 0 else -1)
            return {"amount": str(Decimal(size).scaleb(-digits)), "basis": basis}
    if kind < 0.85:
        wanted: dict[str, str | None] = {}
        for at in rng.sample(open_, rng.randint(1, len(open_))):
            rest = (1 - reckoning.parts[at]) * Fraction(entries[at].size)
            places = rng.choice((0, 0, 2, 12))
            most = int(abs(rest) * 10**places)
            size = Decimal(rng.randint(1, most) if most else 0).scaleb(-places)
            sized = most and size < 10**15 and rng.random() < 0.7
            wanted[entries[at].id] = f"{size if rest > 0 else -size:f}" if sized else None
        return {"lines": wanted if any(wanted.values()) or rng.random() < 0.5 else [*wanted]}
    return {}


def turned_request(request: dict[str, Any]) -> dict[str, Any]:
    """The request with its signs turned."""
    other = dict(request)
    if "amount" in other:
        other["amount"] = str(-Decimal(other["amount"]))
    if isinstance(other.get("lines"), dict):
        other["lines"] = {key: one and f"{-Decimal(one):f}" for key, one in other["lines"].items()}
    return other


def figures_of(one: Calculation, digits: int, side: int = 1) -> dict[str, Any]:
    """What a refund shows, in minor units, as the reckoning foretells it."""
    lines = (*one.lines, *one.adjustments)
    return {
        "lines": {line.id: [side * figure for figure in units_of(line, digits)] for line in lines},
        "totals": {
            name: side * units(amount, digits)
            for name, amount in zip(Totals._fields, one.totals, strict=True)
        },
        "shares": [line.share for line in lines],
    }


def wrong(seed: int, counts: Counter[str] | None = None) -> Iterator[str]:
    """What is wrong with the sequence of a seed, in sentences."""
    rng, invoiced = Random(seed), invoice_of(seed // PER_INVOICE)
    calculation, turned, book = invoiced
    reckoning, done, mirrored = Reckoning(book), list[Calculation](), list[Calculation]()
    mirror = turned is not None and rng.random() < 0.5
    while not reckoning.done:
        request = request_of(rng, reckoning) if len(done) < MOST_REFUNDS else {}
        rng.shuffle(done)
        one = refund(calculation, **request, previous=done)
        before = [list(taken) for taken in reckoning.taken]
        foretold = reckoning.take(request)
        if figures_of(one, book.digits) != foretold:
            yield f"seed {seed}: {request}: expected {foretold}, got {figures_of(one, book.digits)}"
            return
        yield from over(seed, reckoning, before)
        if mirror and turned is not None:
            other = refund(turned, **turned_request(request), previous=mirrored)
            if figures_of(other, book.digits, -1) != foretold:
                yield f"seed {seed}: {request} turned: expected -{foretold}, got {other}"
                return
            mirrored.append(other)
        done.append(one)
    yield from unclosed(seed, calculation, done)
    if counts is not None:
        counts["sequences"] += 1
        counts["refunds"] += len(done) + len(mirrored)


def over(seed: int, reckoning: Reckoning, before: list[list[int]]) -> Iterator[str]:
    """The taxes of which more is taken than was charged, or less than before."""
    for entry, taken, earlier in zip(reckoning.book.entries, reckoning.taken, before, strict=True):
        count = 4 + len(entry.taxes)
        for tax, now, once in zip(entry.taxes, taken[count:], earlier[count:], strict=True):
            if not min(0, tax) <= min(once * (tax >= 0) + now * (tax < 0), now) <= now <= max(0, tax):
                yield f"seed {seed}: line {entry.id}: expected up to {tax} of a tax, got {now} after {once}"


def unclosed(seed: int, of: Calculation, done: Sequence[Calculation]) -> Iterator[str]:
    """What the refunds together do not come to: figures of lines, the breakdown, or the totals."""
    wanted = {("", name): amount for name, amount in zip(Totals._fields, of.totals, strict=True)}
    for one in done:
        for name, amount in zip(Totals._fields, one.totals, strict=True):
            wanted["", name] -= amount
    found: dict[Any, Decimal] = {}
    for side, each in ((1, of), *((-1, one) for one in done)):
        for line in (*each.lines, *each.adjustments):
            for at, amount in enumerate(line[1:6]):
                found[line.id, at] = found.get((line.id, at), Decimal(0)) + side * amount
            for at, row in enumerate(line.taxes):
                for name, amount in (("taxable", row.taxable), ("tax", row.tax)):
                    found[line.id, name, at] = found.get((line.id, name, at), Decimal(0)) + side * amount
        for row in each.taxes:
            rate = row.rate
            untold = (rate.type, rate.country, rate.percentage_decimal, rate.category)
            key = rate.id, rate.reason, untold if rate.id is None else None
            found[key] = found.get(key, Decimal(0)) + side * row.tax
    for key, rest in (*wanted.items(), *found.items()):
        if rest:
            yield f"seed {seed}: {key}: expected nothing left, got {rest}"
    try:
        refund(of, previous=done)
    except InvalidInput as error:
        if error.code == "refundTooMuch":
            return
    yield f"seed {seed}: expected that no more can be refunded"
