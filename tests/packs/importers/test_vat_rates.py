"""VAT rates: the file of the ibericode project, with its territories and its unanchored patterns."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from taxengine import Address, Customer, Invoice, Line, RateTable, calculate
from taxengine.core.determination import Notice
from taxengine.core.errors import InvalidRate
from taxengine.core.rates import TaxRate
from taxengine.documents import read_rates, write_rates
from taxengine.packs.importers.reading import Reading
from taxengine.packs.importers.vat_rates import postal_patterns, rates_of, read
from tests.packs.importers import written

Document = dict[str, Any]


def read_vat_rates(document: Document) -> tuple[list[TaxRate], list[Notice]]:
    reading = Reading(lambda findings: rates_of(document, findings))
    return list(reading), reading.report


def file_of(country: str, *periods: Document) -> Document:
    return {"version": 1, "items": {country: list(periods)}}


def period(since: str = "2020-01-01", **fields: Any) -> Document:
    return {"effective_from": since, "rates": {"standard": 20}, **fields}


def test_standard_is_for_everything_and_a_class_for_its_category() -> None:
    rates, report = read_vat_rates(
        file_of(
            "IE", period(rates={"standard": 23, "super_reduced": "4.8", "parking": "13.5", "reduced1": 9})
        )
    )
    shown = {each.id: (each.percentage_decimal, each.tax_categories, each.treatment) for each in rates}
    assert shown == {
        "vat-IE-standard": (Decimal("0.23"), (), "standard"),
        "vat-IE-superReduced": (Decimal("0.048"), ("superReduced",), "reduced"),
        "vat-IE-parking": (Decimal("0.135"), ("parking",), "reduced"),
        "vat-IE-reduced1": (Decimal("0.09"), ("reduced1",), "reduced"),
    }
    assert all(each.inclusive is None and each.type == "valueAddedTax" for each in rates)
    assert report == []


def test_a_period_ends_where_the_next_begins_and_a_rate_keeps_its_id() -> None:
    rates, _ = read_vat_rates(file_of("DE", period("2020-07-01"), period("2021-01-01"), period("2019-06-01")))
    assert {each.id for each in rates} == {"vat-DE-standard"}
    assert [(str(each.valid_from), str(each.valid_until)) for each in rates] == [
        ("2021-01-01", "None"),
        ("2020-07-01", "2021-01-01"),
        ("2019-06-01", "2020-07-01"),
    ]


def test_year_0_becomes_the_beginning_of_the_known_history_and_is_reported() -> None:
    rates, report = read_vat_rates(file_of("AT", period("2020-01-01"), period("0000-01-01")))
    assert rates[1].valid_from == date(2019, 1, 1)
    assert [(each.code, each.path) for each in report] == [("changed", "items.AT[1]")]
    rates, report = read_vat_rates(file_of("AT", period("2016-01-01"), period("0000-01-01")))
    assert [str(each.valid_from) for each in rates] == ["2016-01-01"]
    assert [(each.code, each.path) for each in report] == [("skipped", "items.AT[1]")]


def test_an_exception_of_0_lies_outside_the_scope_and_takes_vat_out() -> None:
    exceptions = [
        {"name": "Ceuta", "postcode": "5100[1-5]", "standard": 0},
        {"name": "Büsingen am Hochrhein", "postcode": "78266", "standard": "0.0"},
        {"name": "Madeira", "postcode": "9[0-4]\\d{2,}", "standard": 22},
    ]
    rates, _ = read_vat_rates(file_of("ES", period(exceptions=exceptions)))
    shown = [(each.id, each.treatment, each.replaces, each.jurisdiction) for each in rates[1:]]
    assert shown == [
        ("vat-ES-ceuta", "outsideScope", ("valueAddedTax",), "51001, 51002, 51003, 51004, 51005"),
        ("vat-ES-busingen-am-hochrhein", "outsideScope", ("valueAddedTax",), "78266"),
        ("vat-ES-madeira", "standard", (), "90*, 91*, 92*, 93*, 94*"),
    ]


def test_what_cannot_be_said_in_our_words_is_left_out_and_reported() -> None:
    exceptions = [
        {"name": "Odd", "postcode": "9.*", "standard": 0},
        {"name": "日本", "postcode": "123", "standard": 5, "reduced": 1},
    ]
    rates, report = read_vat_rates(file_of("ES", period(exceptions=exceptions)))
    assert [each.id for each in rates] == ["vat-ES-standard", "vat-ES-unnamed"]
    assert [(each.code, each.path) for each in report] == [
        ("skipped", "items.ES[0].exceptions[0], 'Odd'"),
        ("skipped", "items.ES[0].exceptions[1].reduced"),
    ]
    assert report[0].message.endswith("'Odd': left out, since its postcode is no pattern of ours")


@pytest.mark.parametrize(
    ("regex", "patterns"),
    [
        ("78266", "78266"),
        ("(35\\d{3}|38\\d{3})", "35000..35999, 38000..38999"),
        ("(5107[0-1]|51081)", "51070, 51071, 51081"),
        ("699[123]", "6991, 6992, 6993"),
        ("971\\d{2,}", "971*"),
        ("9[5-9]\\d{2,}", "95*, 96*, 97*, 98*, 99*"),
        ("1\\d2", "102, 112, 122, 132, 142, 152, 162, 172, 182, 192"),
        ("1{3}", "111"),
        ("", None),
        ("\\d{5}", None),
        ("1[a-c]", None),
        ("1[9-1]", None),
        ("1{2,}", None),
        ("1\\d{2,}3", None),
        ("^123$", None),
        ("(1|(2))", None),
        ("1\\d{4}2", None),
        ("|".join(["1\\d{2}2"] * 11), None),
        ("BT\\d", None),
    ],
)
def test_a_regular_expression_over_digits_becomes_our_patterns_or_none(
    regex: str, patterns: str | None
) -> None:
    assert postal_patterns(regex) == patterns


def test_row_106_a_hostile_pattern_takes_no_time() -> None:
    for hostile in (
        "\\d{9}" * 20_000,
        "[0-9]" * 20_000,
        "(" * 100_000,
        "1|" * 50_000,
        "[" + "-" * 100_000 + "]",
    ):
        assert postal_patterns(hostile) is None


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"items": 1}, "items"),
        ({"items": {"DE": 1}}, "items.DE"),
        ({"items": {"DE": [1]}}, "items.DE[0]"),
        (file_of("DE", {"rates": {}}), "items.DE[0].effective_from"),
        (file_of("DE", period("2020-1-1")), "items.DE[0].effective_from"),
        (file_of("DE", period(rates=1)), "items.DE[0].rates"),
        (file_of("DE", period(rates={"standard": "x"})), "items.DE[0].rates.standard"),
        (file_of("DE", period(rates={"standard": 1900})), "items.DE[0].rates.standard.percentageDecimal"),
        (file_of("DE", period(exceptions=1)), "items.DE[0].exceptions"),
        (
            file_of("DE", period(exceptions=[{"name": "x", "postcode": "1"}])),
            "items.DE[0].exceptions[0].standard",
        ),
        (file_of("Germany", period()), "items.Germany[0].rates.standard.country"),
        (file_of("DE", period(), period()), "items.DE[1].rates.standard.validUntil"),
    ],
)
def test_a_file_that_is_none_is_refused_by_its_path(tmp_path: Path, document: Document, path: str) -> None:
    with pytest.raises(InvalidRate) as refused:
        list(read(written(tmp_path, json.dumps(document))))
    assert path in [each.path for each in refused.value.problems]


def test_greece_and_britain_are_known_by_their_other_codes_too() -> None:
    assert [one.country for one in read_vat_rates(file_of("EL", period()))[0]] == ["GR"]
    assert [one.country for one in read_vat_rates(file_of("UK", period()))[0]] == ["GB"]


def test_row_16_a_key_that_stands_twice_is_refused_here_too(tmp_path: Path) -> None:
    text = json.dumps(file_of("DE", period())).replace('"standard": 20', '"standard": 20, "standard": 0')
    with pytest.raises(InvalidRate, match=r"items.DE\[0\].rates.standard: expected the key once"):
        list(read(written(tmp_path, text)))
    with pytest.raises(InvalidRate, match=r"^items: expected the key once"):
        list(read(written(tmp_path, '{"items": {}, "items": {}}')))


def test_the_real_file_gives_rates_that_a_table_takes(shared_path: Path) -> None:
    reading = read(shared_path / "data" / "vat" / "ibericode_vat-rates.json")
    rates = list(reading)
    assert len(rates) == 163
    assert [(each.code, each.message.count("items.")) for each in reading.report] == [
        ("changed", 5),
        ("skipped", 5),
    ]
    assert " and 15 more: taken as in force since 2019-01-01" in reading.report[0].message
    assert read_rates(write_rates(rates, "csv")) == rates
    table = RateTable(rates)

    def tax(country: str, postal_code: str, category: str, on: date) -> tuple[str, str]:
        invoice = Invoice(
            id="i",
            currency="EUR",
            tax_date=on,
            customer=Customer(address=Address(country=country, postal_code=postal_code)),
            lines=[Line(id="1", amount="100.00", tax_category=category, tax_behavior="exclusive")],
        )
        line = calculate(invoice, table).lines[0]
        return f"{line.tax:f}", line.reason.value

    assert tax("DE", "10115", "saas", date(2026, 3, 1)) == ("19.00", "standardRated")
    assert tax("DE", "10115", "saas", date(2020, 8, 1)) == ("16.00", "standardRated")
    assert tax("DE", "10115", "reduced", date(2026, 3, 1)) == ("7.00", "reducedRated")
    assert tax("DE", "78266", "saas", date(2026, 3, 1)) == ("0.00", "outsideScope")
    assert tax("ES", "35001", "saas", date(2026, 3, 1)) == ("0.00", "outsideScope")
    assert tax("PT", "9000-001", "saas", date(2026, 3, 1)) == ("22.00", "standardRated")
    assert tax("PT", "1190-123", "saas", date(2026, 3, 1)) == ("23.00", "standardRated")
    assert tax("AT", "6691", "saas", date(2026, 3, 1)) == ("19.00", "standardRated")
    assert tax("FR", "97100", "saas", date(2026, 3, 1)) == ("8.50", "standardRated")
