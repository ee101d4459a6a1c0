"""Rates files: every format that is read, told apart by what is in it, and written again."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine import TaxRate
from taxengine.core.errors import InvalidInput, InvalidRate
from taxengine.documents import read_rates, read_rates_file, write_rates
from taxengine.documents.rates_csv import _FORMULA
from tests.documents.mutations import mutated
from tests.documents.samples import BRACKETED_RATE, RATE, SMALL_RATE, Document

RATES = [RATE, {**SMALL_RATE, "id": "de-19"}, BRACKETED_RATE]
# The published example of the object, its trailing comma mended.
PUBLISHED = """{"data": {"taxRates": [{
  "id": "taxRate_0123456789abcdef0123456789abcdef", "active": true, "country": "US",  "name": "SF",
  "description": "",
  "percentageDecimal": 0.03, "percentage": "300", "inclusive": false, "jurisdiction": "01242",
  "state": "San Francisco", "type": "salesTax", "meta": {}, "created": "2024-01-01T00:00:00.000Z",
  "updated": "2024-01-01T00:00:00.000Z"}]}}"""


def problems_of(document: Any) -> list[tuple[str, str, object]]:
    with pytest.raises(InvalidRate) as refused:
        read_rates(document)
    return [(each.code, each.path, each.data.get("line")) for each in refused.value.problems]


def test_the_published_object_is_read_however_it_is_wrapped() -> None:
    (rate,) = read_rates(PUBLISHED)
    assert rate.percentage_decimal == Decimal("0.03")
    assert rate.jurisdiction == "01242"
    assert rate.description is None
    one = json.loads(PUBLISHED.replace("0.03", '"0.03"'))["data"]["taxRates"][0]
    for document in (
        one,
        [one],
        {"rates": [one]},
        {"data": {"taxRates": [one]}},
        {"format": 1, "rates": [one]},
    ):
        assert read_rates(document) == read_rates(json.dumps(document)) == [rate]
        assert read_rates(json.dumps(document, indent=2).encode()) == [rate]
    for empty in ([], {"rates": []}):
        assert read_rates(empty) == []


def test_json_lines_are_read_one_a_line() -> None:
    lines = "\n".join(json.dumps(each) for each in RATES)
    assert read_rates(lines) == read_rates(f"\n{lines}\n\n  \n") == read_rates(RATES)
    assert read_rates(lines.replace("\n", "\r\n").encode()) == read_rates(RATES)
    assert read_rates(b"\xef\xbb\xbf" + lines.encode()) == read_rates(RATES)


def test_the_problems_of_json_lines_name_the_rate_and_the_line() -> None:
    good = json.dumps(SMALL_RATE)
    bad = [good, "", '{"country": "ZZ"}', "{", "[1]", good, '{"tpye": 1}']
    found = problems_of("\n".join(bad))
    assert ("unknownCountry", "rates[1].country", 3) in found
    assert ("missingField", "rates[1].inclusive", 3) in found
    assert ("invalidJson", "rates[2]", 4) in found
    assert ("invalidType", "rates[3]", 5) in found
    assert ("unknownField", "rates[5].tpye", 7) in found
    assert len(problems_of("\n".join([good, *["{}"] * 500]))) == 100


def test_the_problems_of_a_list_name_the_rate() -> None:
    assert problems_of([SMALL_RATE, {**SMALL_RATE, "percentageDecimal": "19"}]) == [
        ("percentageAbove100", "rates[1].percentageDecimal", None)
    ]
    assert problems_of({"data": {"taxRates": [1]}}) == [("invalidType", "data.taxRates[0]", None)]
    assert problems_of({"data": {}}) == [("missingField", "data.taxRates", None)]
    assert problems_of({"rates": [], "rats": 1}) == [("unknownField", "rats", None)]
    assert problems_of({"rates": [], "format": 2}) == [("unknownFormat", "format", None)]
    assert problems_of("3") != []
    assert problems_of(3) == [("invalidType", "rates", None)]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_rates_are_read_back_as_they_were_written(form: Any, tmp_path: Path) -> None:
    rates = read_rates(RATES)
    spelt = write_rates(rates, form)
    assert read_rates(spelt) == rates
    assert write_rates(read_rates(spelt), form) == spelt
    path = tmp_path / "rates.any"
    path.write_bytes(spelt.encode())
    assert read_rates_file(path).rates == read_rates_file(str(path)).rates == rates
    assert read_rates_file(path).report == []


def test_a_form_that_there_is_not_is_refused() -> None:
    with pytest.raises(InvalidInput, match="format: expected one of json, jsonl, csv, got 'xml'"):
        write_rates([], "xml")  # type: ignore[arg-type]


def test_an_empty_file_a_binary_one_and_one_that_is_missing_are_told_apart(tmp_path: Path) -> None:
    for content, code in (
        (b"", "emptyDocument"),
        (b"\n \n", "emptyDocument"),
        (b"\x89PNG\r\n", "invalidText"),
    ):
        path = tmp_path / "x"
        path.write_bytes(content)
        with pytest.raises(InvalidRate) as refused:
            read_rates_file(path)
        assert refused.value.code == code
    with pytest.raises(FileNotFoundError):
        read_rates_file(tmp_path / "none")
    with pytest.raises(IsADirectoryError):
        read_rates_file(tmp_path)


def test_a_document_that_goes_on_after_its_end_is_no_list_of_lines() -> None:
    assert problems_of('[{"a":1}]\n[{"a":1}]') == [("invalidJson", "", 2)]
    assert problems_of('{\n"a": 1,\n}')[0] == ("invalidJson", "", 2)
    assert problems_of('\n\n{\n"a": 1,\n}')[0] == ("invalidJson", "", 4)


HEADER = "id,country,type,percentageDecimal,inclusive"


def test_csv_has_the_names_of_the_json_in_any_order() -> None:
    rows = "type,inclusive,percentageDecimal,country,active,taxCategories,jurisdiction,meta,validFrom\n"
    rows += 'gst,TRUE,0.05,CA,False,food;books,"K1A, K1B*","{""a"": [1, 2.50]}",2026-01-01\n'
    (rate,) = read_rates(rows)
    assert (rate.inclusive, rate.active, rate.tax_categories) == (True, False, ("food", "books"))
    assert [(each.kind, each.low) for each in rate.patterns] == [("exact", "K1A"), ("prefix", "K1B")]
    assert rate.meta == {"a": [1, 2.5]}


def test_an_empty_cell_is_absent_but_for_inclusive_where_it_is_null() -> None:
    (rate,) = read_rates(f"{HEADER},name,active\nde,DE,valueAddedTax,0.19,,,\n")
    assert (rate.inclusive, rate.name, rate.active) == (None, None, True)
    assert problems_of("id,country,type,percentageDecimal\nde,DE,gst,0.1\n") == [
        ("missingField", "rates[0].inclusive", 2)
    ]


def test_the_problems_of_csv_name_the_rate_and_the_line() -> None:
    rows = [
        f"{HEADER},meta,active,taxCategories",
        "a,DE,gst,0.19,,,,",
        ",,,,,,,",
        'b,DE,gst,"0,19",,,,',
        "c,DE,vat,0.19,maybe,,,",
        "d,DE,gst",
        "e,DE,gst,0.19,,{,1,[1",
        "f,DE,gst,0.19,,[],,[1]",
    ]
    assert problems_of("\n".join(rows)) == [
        ("invalidNumber", "rates[1].percentageDecimal", 4),
        ("invalidType", "rates[2].inclusive", 5),
        ("invalidValue", "rates[2].type", 5),
        ("invalidCsv", "rates[3]", 6),
        ("invalidJson", "rates[4].meta", 7),
        ("invalidJson", "rates[4].taxCategories", 7),
        ("invalidType", "rates[4].active", 7),
        ("invalidType", "rates[5].meta", 8),
        ("invalidType", "rates[5].taxCategories[0]", 8),
    ]
    assert len(problems_of("\n".join([HEADER, *["a,ZZ,gst,0.1,"] * 500]))) == 100


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("id,contry,id\n", [("unknownField", "contry", None), ("duplicateKey", "id", None)]),
        ("id;country;type\n", [("invalidCsv", "", None)]),
        ("Hello, world\n", [("unknownField", "['Hello']", None), ("unknownField", "[' world']", None)]),
        (f'{HEADER}\n"a"b,DE,gst,0.1,\n', [("invalidCsv", "", 2)]),
        (f'{HEADER}\n"a,DE,gst,0.1,\n', [("invalidCsv", "", 2)]),
        (f"{HEADER}\na,DE,gst,0.1,\rb,DE,gst,0.1,\n", [("invalidCsv", "", 2)]),
    ],
)
def test_csv_of_another_make_is_refused_once_and_clearly(
    text: str, problem: list[tuple[str, str, object]]
) -> None:
    found = problems_of(text)
    assert [(code, line) for code, _, line in found] == [(code, line) for code, _, line in problem]


@pytest.mark.parametrize(("sign", "told"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_a_file_without_commas_says_what_to_do(sign: str, told: str) -> None:
    with pytest.raises(InvalidRate) as refused:
        read_rates(f"{sign.join(HEADER.split(','))}\nde{sign}DE\n")
    (problem,) = refused.value.problems
    assert (problem.code, problem.message) == (
        "invalidCsv",
        f"line 1: expected CSV with commas between its cells, got {told}",
    )
    assert "save it with commas" in problem.hint


@pytest.mark.parametrize("form", ["{}", "[{}]", "{0}\n{0}\n"])
def test_an_invoice_in_the_place_of_rates_is_told_so(form: str) -> None:
    text = json.dumps({"id": "1", "currency": "EUR", "taxDate": "2026-03-01", "lines": []})
    with pytest.raises(InvalidRate, match="expected rates, got what looks like an invoice") as refused:
        read_rates(form.replace("{0}", text).replace("{}", text))
    (problem,) = refused.value.problems
    assert "--rates" in problem.hint


def test_a_file_that_is_no_utf_8_says_on_which_line() -> None:
    with pytest.raises(InvalidRate, match="line 2: expected UTF-8 text, got the byte 0xE9"):
        read_rates(f"{HEADER},name\na,DE,gst,0.1,,caf\xe9\n".encode("latin-1"))


def test_a_cell_may_hold_line_ends() -> None:
    rates = [
        TaxRate(id="a", country="DE", type="gst", percentage_decimal=0, inclusive=None, name="x\r\ny\nz\rw")
    ]
    assert read_rates(write_rates(rates, "csv")) == rates


def test_only_columns_that_are_used_are_written() -> None:
    assert write_rates(read_rates(SMALL_RATE | {"id": "r"}), "csv").splitlines() == [
        "id,country,percentageDecimal,inclusive,type",
        "r,DE,0.19,,valueAddedTax",
    ]
    assert write_rates([], "csv") == "id,country,percentageDecimal,inclusive,type\r\n"


DANGEROUS = [
    "=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", " =x", "'=x", "''=x", "\uff1dx", "\uff0bx", "\uff0dx",
    "\uff20x", "\ufeff=x", "\u200b=x", "\xa0=x", "' -x",
]  # fmt: skip
TEXT_FIELDS = (
    "id",
    "name",
    "description",
    "displayName",
    "jurisdictionCode",
    "state",
    "compoundOn",
)


@pytest.mark.parametrize("text", DANGEROUS)
def test_row_99_no_text_cell_begins_as_a_formula_and_each_is_read_back(text: str) -> None:
    fields = {name: [text, "b"] if name == "compoundOn" else text for name in TEXT_FIELDS}
    rates = read_rates({**SMALL_RATE, **fields})
    spelt = write_rates(rates, "csv")
    row = dict(zip(*csv.reader(io.StringIO(spelt)), strict=True))
    for name in TEXT_FIELDS:
        assert row[name].startswith("'")
    assert read_rates(spelt) == rates


def test_row_99_numbers_stay_numbers() -> None:
    (rate,) = read_rates({**SMALL_RATE, "percentageDecimal": "-0.19"})
    assert ",-0.19," in write_rates([rate], "csv")


def test_row_106_the_patterns_over_cells_are_linear() -> None:
    for hostile in ("'" * 100_000, " " * 100_000 + "x", "\t" * 100_000, "' " * 50_000):
        _FORMULA(hostile)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20)
cells = (
    texts | st.sampled_from(DANGEROUS) | st.text(st.sampled_from("'=;,[\"]\n\r a"), min_size=1, max_size=6)
)


@given(
    texts=st.lists(cells, min_size=3, max_size=3), lists=st.lists(cells, min_size=1, max_size=3, unique=True)
)
def test_row_99_any_text_survives_csv(texts: list[str], lists: list[str]) -> None:
    rates = [
        TaxRate(
            id=texts[0],
            name=texts[1],
            display_name=texts[2],
            country="DE",
            type="gst",
            percentage_decimal="-0.1",
            inclusive=None,
            compound_on=lists,
            meta={texts[0]: lists},
        )
    ]
    assert read_rates(write_rates(rates, "csv")) == rates


@given(mutated(RATE, SMALL_RATE, BRACKETED_RATE))
def test_row_23_every_rate_is_the_same_through_every_format(document: Document) -> None:
    try:
        rates = read_rates(document)
    except InvalidInput:
        return
    for form in ("json", "jsonl", "csv"):
        assert read_rates(write_rates(rates, form)) == rates  # type: ignore[arg-type]


@given(st.text() | st.binary())
def test_any_text_is_read_or_refused_as_rates(document: Any) -> None:
    with suppress(InvalidRate):
        read_rates(document)
