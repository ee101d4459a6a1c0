"""Tally: every sum is what an independent one says, to the cent, and what does not add up is refused."""

from __future__ import annotations

import copy
import pickle
from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

import pytest

from taxengine.core.errors import InvalidInput, InvariantBroken
from taxengine.recalculation.report import tally as module
from taxengine.recalculation.report.tally import Tally
from tests.recalculation.report import LAWS, TOTALS, document, refusal, rows


def tallied(given: Any) -> Tally:
    tally = Tally()
    for row in given:
        tally.add(row)
    tally.check()
    return tally


def sign(row: dict[str, Any]) -> int:
    return -1 if row["kind"] == "creditNote" else 1


def test_totals_are_those_of_an_independent_sum() -> None:
    given = list(rows(3000))
    tally = tallied(given)
    done = [row for row in given if "error" not in row]
    for code, currency in tally.currencies.items():
        mine = [row for row in done if row["currency"] == code]
        assert currency.documents == len(mine)
        for at, name in enumerate(TOTALS):
            for side in ("before", "after", "difference"):
                whole = sum(sign(row) * Decimal(row[side][name]) for row in mine if row[side])
                assert Decimal(getattr(currency, side)[at]).scaleb(-currency.reader.digits) == whole
    assert tally.refused == len(given) - len(done)
    assert {code: one.documents for code, one in tally.codes.kept.items()} == Counter(
        row["error"]["code"] for row in given if "error" in row
    )


def test_causes_places_and_rates_are_those_of_an_independent_sum() -> None:
    given = [row for row in rows(3000) if row.get("currency") == "EUR"]
    euros = tallied(given).currencies["EUR"]
    sums: dict[str, Counter[Any]] = defaultdict(Counter)
    for row in given:
        for cause in row["causes"]:
            sums["causes"][cause["cause"]] += sign(row) * int(cause["tax"].replace(".", ""))
        for tax in row["taxes"]:
            change = int(tax["after"].replace(".", "")) - int(tax["before"].replace(".", ""))
            sums["places"][tax["country"], tax["state"] or ""] += sign(row) * change
            sums["rates"][tax["taxRate"], tax["percentageDecimal"]] += sign(row) * change
    assert {key: one.tax for key, one in euros.causes.kept.items()} == sums["causes"]
    assert {key: one.tax for key, one in euros.places.kept.items()} == sums["places"]
    assert {(key.id, key.percentage): one.tax for key, one in euros.rates.kept.items()} == sums["rates"]


def test_a_credit_note_counts_negatively() -> None:
    sold = document("a", 1, net=10000, before=1900, after=1600)
    tally = tallied([sold, document("b", 2, net=10000, before=1900, after=1600, kind="creditNote")])
    euros = tally.currencies["EUR"]
    assert [euros.before, euros.after, euros.difference] == [[0] * 5] * 3
    (rate,) = euros.causes.kept.values()
    assert (rate.documents, rate.more, rate.less) == (2, 300, -300)
    assert {at: one.documents for at, one in euros.bins.items()} == {8: 1, -8: 1}


def test_what_is_withheld_is_a_sum_of_its_own() -> None:
    euros = tallied([document("a", 1, net=10000, before=1900, after=1900, withheld=500)]).currencies["EUR"]
    assert euros.difference == [0, 0, 0, 500, -500]
    assert [(one.tax, one.withheld) for one in euros.rates.kept.values()] == [(0, 500)]
    assert [row.id for row in euros.largest] == ["a"]


def test_a_document_of_one_side_alone_is_a_difference_of_all_it_has() -> None:
    gone = document("a", 1, net=10000, before=1900, after=None, cause="onlyBefore")
    come = document("b", 2, net=10000, before=None, after=1600, cause="onlyAfter")
    euros = tallied([gone, come]).currencies["EUR"]
    assert (euros.changed, euros.only_before, euros.only_after) == (2, 1, 1)
    assert euros.difference == [0, -300, -300, 0, -300]


def test_tax_that_moved_between_rates_is_a_change_without_a_difference() -> None:
    row = document("a", 1, net=10000, before=1900, after=1900)
    tax = {"name": None, "type": "vat", "country": "DE", "state": None, "percentageDecimal": "0.19"}
    row["taxes"] = [
        {"taxRate": "old", **tax, "withheld": False, "before": "19.00", "after": "0.00"},
        {"taxRate": "new", **tax, "withheld": False, "before": "0.00", "after": "19.00"},
    ]
    euros = tallied([row]).currencies["EUR"]
    assert (euros.changed, euros.moved, euros.largest) == (1, 1, [])
    assert sorted(one.tax for one in euros.rates.kept.values()) == [-1900, 1900]
    assert [(one.documents, one.tax) for one in euros.places.kept.values()] == [(1, 0)]


def test_of_very_many_places_the_rest_is_one_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 3)
    euros = tallied(rows(3000)).currencies["EUR"]
    assert [len(one.kept) for one in (euros.causes, euros.places, euros.rates, euros.months)] == [3] * 4
    assert euros.places.others.documents > 0
    assert euros.months.others.documents > 0
    assert sum(one.tax for one in euros.places.all()) == euros.difference[1]


def test_the_largest_are_kept_and_of_equals_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 3)
    taxes = [500, -900, 100, 500, -500, 0, 2000]
    given = [document(f"d{at}", at, net=10000, before=1000, after=1000 + tax) for at, tax in enumerate(taxes)]
    assert [row.id for row in tallied(given).currencies["EUR"].largest] == ["d6", "d1", "d0"]


def test_explanations_are_wanted_of_the_largest_of_each_currency_in_turn() -> None:
    yen = next(law for law in LAWS if law.currency == "JPY")
    given = [document(f"e{at}", at, net=10000, before=1900, after=1600 + at) for at in range(5)]
    given += [document("y", 9, net=1000, before=80, after=100, law=yen)]
    tally = tallied(given)
    assert tally.explain(3) == [("2020-07.jsonl", 0), ("2020-07.jsonl", 9), ("2020-07.jsonl", 1)]
    assert len(tally.explain()) == 6


def test_only_the_first_refusals_are_kept_but_all_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REFUSALS", 2)
    tally = tallied(refusal(None, at, f"code{at % 2}", "x" * 9999) for at in range(5))
    assert (tally.refused, tally.currencies) == (5, {})
    assert [one.number for one in tally.refusals] == [0, 1]
    assert max(len(one.message) for one in tally.refusals) < 200
    assert {code: one.documents for code, one in tally.codes.kept.items()} == {"code0": 3, "code1": 2}


GOOD = document("a", 1, net=10000, before=1900, after=1600)


def changed(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The good row, one thing in it another."""
    row = copy.deepcopy(GOOD)
    inner: Any = row
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return row


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("format",), 2, "format: expected 1, got 2"),
        (("before", "tax"), "19.0", "expected a number with 2 decimals, got '19.0'"),
        (("before", "tax"), "19,00", "expected a number"),
        (("before", "tax"), "1_9.00", "expected a number"),
        (("before", "tax"), "１９.00", "expected a number"),
        (("before", "tax"), "9" * 19 + ".00", "expected a number"),
        (("before", "tax"), 19, "expected a number"),
        (("before", "tax"), "19.00 0.00", "expected a number"),
        (("causes", 0, "tax"), "", "expected a number"),
        (("causes", 0, "cause"), 5, "has no len"),
        (("taxDate",), "2020-13-01", "taxDate: expected a date, got '2020-13-01'"),
        (("taxDate",), None, "expected string"),
        (("before",), {}, "no 'net' in it"),
        (("taxes", 0), "x", "indices must be"),
        (("place",), {"file": 1, "number": 1}, "place: expected a file and a number, got 1 and 1"),
        (("currency",), "EURO", "EURO"),
        (("currency",), [], "unhashable"),
    ],
)
def test_a_row_that_is_none_is_refused_whole(path: tuple[Any, ...], value: Any, told: str) -> None:
    tally = Tally()
    tally.add(GOOD)
    held = pickle.dumps(tally)
    with pytest.raises(InvalidInput, match=r".") as caught:
        tally.add(changed(path, value))
    assert told in str(caught.value)
    assert pickle.dumps(tally) == held


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("after", "tax"), "16.01"),
        (("difference", "net"), "0.01"),
        (("causes", 0, "tax"), "-2.99"),
        (("causes", 0, "withheld"), "0.01"),
        (("causes",), []),
        (("taxes",), []),
        (("taxes", 0, "withheld"), True),
        (("before",), None),
    ],
)
def test_a_row_whose_parts_do_not_add_up_is_refused_whole(path: tuple[Any, ...], value: Any) -> None:
    tally = Tally()
    tally.add(GOOD)
    held = pickle.dumps(tally)
    with pytest.raises(InvariantBroken, match=r"^'a' \('2020-07.jsonl', 1\): expected its "):
        tally.add(changed(path, value))
    assert pickle.dumps(tally) == held


@pytest.mark.parametrize("name", ["causes", "places", "rates", "months", "bins", "codes", "after"])
def test_a_cent_that_goes_astray_is_seen(name: str) -> None:
    tally = tallied([GOOD, refusal("r", 2, "noRate", "none")])
    euros = tally.currencies["EUR"]
    if name == "codes":
        next(iter(tally.codes.kept.values())).documents += 1
    elif name == "after":
        euros.after[0] += 1
    elif name == "bins":
        euros.bins[-8].tax += 1
    elif name == "months":
        next(iter(euros.months.kept.values())).after += 1
    else:
        next(iter(getattr(euros, name).kept.values())).more += 1
    with pytest.raises(InvariantBroken, match="expected a sum of"):
        tally.check()


def test_a_pickled_tally_goes_on_where_it_was() -> None:
    given = list(rows(400))
    half = pickle.loads(pickle.dumps(tallied(given[:200])))
    for row in given[200:]:
        half.add(row)
    half.check()
    whole = tallied(given)
    assert half.refusals == whole.refusals
    for code, currency in whole.currencies.items():
        other = half.currencies[code]
        assert (other.difference, other.largest) == (currency.difference, currency.largest)
