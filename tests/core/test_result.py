"""Result: a calculation is not made unless it adds up, is not changed, and shows itself the same way."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from taxengine.core.calculation import calculate
from taxengine.core.determination import Determination, NotTaxed, Taxed
from taxengine.core.errors import InvalidInvoice, InvariantBroken
from taxengine.core.figures import Totals
from taxengine.core.policy import Policy
from taxengine.core.reasons import Reason
from taxengine.core.result import Calculation, Record, check_totals
from taxengine.core.stack import applied
from taxengine.core.values import replace
from tests.conftest import ROOT
from tests.core.corruption import accepted, corruptions, is_built, sound
from tests.core.samples import EXAMPLES, asked, determined, invoice, line, policies, rate

SOUND = sound()


@pytest.mark.parametrize("name", [name for name, _ in corruptions(SOUND)])
def test_what_does_not_add_up_is_never_built(name: str) -> None:
    assert not is_built(SOUND, dict(corruptions(SOUND))[name])


def test_what_adds_up_is_built() -> None:
    assert is_built(SOUND, (SOUND.lines, SOUND.adjustments, SOUND.taxes, SOUND.totals))
    assert accepted() == []


def test_without_assertions_the_same_is_refused() -> None:
    command = [sys.executable, "-O", "-m", "tests.core.corruption"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "assert: False" in done.stdout


def test_the_totals_are_those_of_the_lines() -> None:
    totals = Totals(*map(Decimal, ("1", "2", "3", "0", "0", "0", "3")))
    check_totals(totals, Decimal(1), Decimal(2), Decimal(3))
    for wrong in ((1, 2, 4), (2, 1, 3), (1, 1, 2)):
        with pytest.raises(InvariantBroken):
            check_totals(totals, *map(Decimal, wrong))


def test_a_calculation_is_immutable() -> None:
    for name in ("totals", "lines", "provenance", "other"):
        with pytest.raises(AttributeError):
            setattr(SOUND, name, None)
    for part in (SOUND.totals, SOUND.lines[0], SOUND.taxes[0], SOUND.provenance):
        with pytest.raises(AttributeError):
            part.tax = Decimal(0)  # type: ignore[misc, union-attr]


def test_two_rates_of_one_id_are_not_put_together() -> None:
    one, other = SOUND.taxes[0], SOUND.taxes[0]._replace(rate=applied(rate("a", "0.07")))
    assert one.plus(one).tax == 2 * one.tax
    with pytest.raises(InvalidInvoice) as caught:
        one.plus(other)
    assert caught.value.code == "duplicateId"


COPIES: list[Any] = [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))]


@pytest.mark.parametrize("copied", COPIES)
def test_a_copy_is_equal_and_knows_its_document(copied: Any) -> None:
    again = copied(SOUND)
    assert again == SOUND
    assert hash(again) == hash(SOUND)
    assert again.to_dict() == SOUND.to_dict()
    assert copied(again).to_dict() == SOUND.to_dict()


def test_calculations_of_other_figures_or_other_documents_are_not_equal() -> None:
    other = calculate(SOUND.source.invoice, SOUND.source, policy="en16931")  # type: ignore[union-attr, arg-type]
    assert other != SOUND
    assert SOUND != 5
    of = invoice(line("10.00"))
    twin = replace(of, id="j")
    one, two = (calculate(each, determined(each, Taxed([rate()]))) for each in (of, twin))
    assert one.totals == two.totals
    assert one != two


@EXAMPLES
@given(asked(), policies)
def test_a_document_is_json_and_always_of_the_same_shape(of: Determination, policy: Policy) -> None:
    try:
        done = calculate(of.invoice, of, policy=policy)
    except InvalidInvoice:
        return
    shown = done.to_dict()
    assert json.loads(json.dumps(shown)) == shown
    assert list(shown) == [
        "format", "invoice", "kind", "currency", "taxDate", "lines", "adjustments", "taxes", "totals",
        "warnings", "policy", "provenance",
    ]  # fmt: skip
    kinds = {type(held) for held in held_by(shown)}
    assert kinds <= {str, bool, int, type(None)}
    assert shown == done.to_dict()


def held_by(value: Any) -> Iterator[object]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from held_by(one)
    else:
        yield value


ROW = (
    "taxRate", "name", "type", "level", "country", "state", "jurisdiction", "percentageDecimal", "inclusive",
    "taxable", "tax", "reason", "withheld", "vatCategoryCode", "vatexCode",
)  # fmt: skip


def test_a_document_spells_each_figure_as_text_with_its_digits() -> None:
    shown: Any = SOUND.to_dict()
    assert shown["lines"][0]["amount"] == "10.00"
    assert shown["totals"] == {
        "net": "33.99", "tax": "4.00", "gross": "37.99", "withheld": "0.59", "paid": "5.00",
        "cashRounding": "0.00", "payable": "32.40",
    }  # fmt: skip
    rows = [*shown["taxes"], *[row for one in shown["lines"] for row in one["taxes"]]]
    assert all(tuple(row) == ROW for row in rows)
    assert shown["taxes"][0] == {
        "taxRate": "a", "name": None, "type": "valueAddedTax", "level": None, "country": "DE",
        "state": None, "jurisdiction": None, "percentageDecimal": "0.19", "inclusive": False,
        "taxable": "11.71", "tax": "2.22", "reason": "standardRated", "withheld": False,
        "vatCategoryCode": "S", "vatexCode": None,
    }  # fmt: skip


def test_what_has_no_percentage_shows_none_and_a_level_shows_its_word() -> None:
    of = invoice(line("10.00"))
    fee = rate("f", None, amount_per_unit="1", level="city")
    (row,) = calculate(of, determined(of, Taxed([fee]))).taxes
    assert row.percentage_decimal is None
    assert (row.to_dict()["percentageDecimal"], row.to_dict()["level"]) == (None, "city")
    assert SOUND.taxes[0].percentage_decimal == Decimal("0.19")


def test_a_calculation_tells_its_totals_at_a_glance() -> None:
    expected = "Calculation(invoice='i', currency='EUR', net=33.99, tax=4.00, gross=37.99, withheld=0.59"
    assert repr(SOUND).startswith(expected)


def test_a_calculation_that_was_read_keeps_what_its_document_said() -> None:
    record = Record(
        SOUND.head, SOUND.warnings, SOUND.provenance._replace(provider="elsewhere", degraded=True)
    )
    read = Calculation(
        lines=SOUND.lines, adjustments=SOUND.adjustments, taxes=SOUND.taxes, totals=SOUND.totals,
        policy=SOUND.policy, source=record,
    )  # fmt: skip
    assert read.provenance.provider == "elsewhere"
    assert read.head == SOUND.head
    assert read.warnings == SOUND.warnings == ()


def test_a_line_that_is_not_taxed_shows_its_reason() -> None:
    of = invoice(line("10.00"))
    done = calculate(of, determined(of, NotTaxed(Reason.CUSTOMER_EXEMPT)))
    (shown,) = done.to_dict()["lines"]  # type: ignore[misc]
    assert (shown["reason"], shown["taxes"], shown["net"], shown["gross"]) == (
        "customerExempt",
        [],
        "10.00",
        "10.00",
    )
