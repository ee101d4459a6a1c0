"""Golden: sealed results of each rules version, as its first release sealed them; they are never made again.

As a script it makes those of a rules version that has none yet: `python tests/recalculation/golden.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from taxengine import (  # after the path
    Address,
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
    refund,
)
from taxengine.core.determination import StatedTax
from taxengine.core.errors import InvalidInput
from taxengine.core.result import Calculation
from taxengine.core.version import RULES
from taxengine.recalculation import seal
from tests.recalculation import KEY, calculated

FOLDER = Path(__file__).parent / "golden"
SEEDS = (range(3000), range(1_000_000, 1_001_000))
EACH = 3
"""How many results show each trait."""
SHORT = 7000
"""So many bytes of a document are enough to show what it shows."""


def path_of(rules: int) -> Path:
    return FOLDER / f"rules-{rules}.jsonl"


def traits(calculation: Calculation) -> set[str]:
    """What a result shows that a rule of calculation could change."""
    rounding, policy = calculation.policy.rounding, calculation.policy
    rows = [row for line in calculation.lines for row in line.taxes]
    return {
        *(f"{rounding.level} {one}" for one in (rounding.mode, rounding.inclusive, rounding.group_by)),
        *(f"{rounding.level} {one}" for one in (policy.line_amounts, policy.discount_amounts)),
        f"cash {policy.cash_increment}",
        calculation.head.currency,
        calculation.head.kind,
        *(f"{row.rate.reason} {row.rate.type}" for row in rows),
        *(f"inclusive {row.rate.inclusive}, withheld {row.rate.withheld}" for row in rows),
        *("bracket" for row in rows if row.rate.bracket),
        *(f"{len(line.taxes)} taxes" for line in calculation.lines),
        *(one.id.partition("-")[0] for one in calculation.adjustments),
        *(notice.code for notice in calculation.warnings),
        f"paid {bool(calculation.totals.paid)}",
        f"shared {len({line.share for line in calculation.lines})}",
    }


def with_refunds(calculations: Iterable[Calculation], every: int = 1) -> Iterator[Calculation]:
    """Each so-manieth with a refund of a line and those of all that is left, where it can be refunded."""
    for at, calculation in enumerate(calculations):
        yield calculation
        if at % every:
            continue
        with suppress(InvalidInput):
            first = refund(calculation, lines=[calculation.lines[0].id])
            yield first
            yield refund(calculation, amount=calculation.totals.gross - first.totals.gross, previous=[first])
            yield refund(calculation, previous=[first])


def special() -> Iterator[Calculation]:
    """What random invoices do not show: persons, free data, an id that decides, amounts that were stated."""
    line = Line(id="1", amount="100.00", tax_category="books", kind="goods", meta={"n": -0.0, "list": [1.50]})
    german = Registration(country="DE", meta={"since": 2019})
    ids = [TaxId(type="vat", value="FR12345678901")]
    address = Address(country="FR", line1="12 rue Exemple", city="Lyon", postal_code="69001")
    invoice = Invoice(
        id="special",
        currency="EUR",
        tax_date=date(2026, 3, 1),
        sourcing="auto",
        merchant=Merchant(name="Beispiel GmbH", address=Address(country="DE"), registrations=[german]),
        customer=Customer(id="c1", name="Exemple SA", tax_ids=ids, address=address, meta={"a": 1}),
        lines=[line],
    )
    vat = TaxRate(id="x", country="DE", type="valueAddedTax", percentage_decimal="0.19", inclusive=False)
    yield (business := calculate(invoice, RateTable([vat])))
    yield refund(business, amount="40.00")
    stated = Taxed([vat], stated=[StatedTax(Decimal("100.00"), Decimal("19.01"))])
    yield calculate(
        invoice, Determination(invoice=invoice, lines=[stated], provider="example", degraded=True)
    )
    entered = Invoice(
        id="entered",
        currency="USD",
        tax_date=date(2026, 3, 1),
        customer=Customer(name="Ann", address=Address(country="US", state="NY")),
        lines=[Line(id="1", amount="10.00", tax_category="x", entered_percent="8.875")],
    )
    yield calculate(entered, RateTable([vat]))


def make(path: Path) -> int:
    """As few results as show every trait, each several times."""
    shown: dict[str, int] = {}
    lines = [seal(one).encode() for one in special()]
    for calculation in (one for seeds in SEEDS for one in with_refunds(calculated(seeds))):
        new = traits(calculation)
        if any(shown.get(one, 0) < EACH for one in new):
            key = KEY if len(lines) % 4 == 0 else None
            line = seal(calculation, key=key).encode()
            if len(line) <= SHORT:
                lines.append(line)
                for one in new:
                    shown[one] = shown.get(one, 0) + 1
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\n".join(lines) + b"\n")
    return len(lines)


if __name__ == "__main__":
    if path_of(RULES).exists():
        sys.exit(f"{path_of(RULES).name} is there, and stays: a change of any amount is a new rules version")
    print(make(path_of(RULES)), "results")
