"""Reading: what an invoice, a rate or a policy may hold, and every problem of one that may not, at once."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core.checks import DEEPEST
from taxengine.core.errors import InvalidInput, InvalidInvoice, InvalidPolicy, InvalidRate, Problem
from taxengine.core.invoice import Invoice, Line
from taxengine.core.policy import PRESETS, Policy
from taxengine.documents.rates_files import read_rates
from taxengine.documents.reading import INVOICE as INVOICE_SHAPE
from taxengine.documents.reading import LINE as LINE_SHAPE
from taxengine.documents.reading import RATE as RATE_SHAPE
from taxengine.documents.reading import invoice_id, read_invoice, read_policy
from taxengine.documents.writing import write
from tests.documents.samples import (
    BRACKETED_RATE,
    INVOICE,
    LINE,
    POLICY,
    RATE,
    SMALL,
    SMALL_RATE,
    Document,
    Steps,
    changed,
    leaves,
    objects,
    path_of,
    without,
)

ENVELOPES = {"invoice": (INVOICE, read_invoice), "rate": (RATE, read_rates), "policy": (POLICY, read_policy)}
EVERY = [
    pytest.param(kind, steps, value, id=f"{kind}.{path_of(steps)}")
    for kind, (document, _) in ENVELOPES.items()
    for steps, value in leaves(document)
]
FREE = "meta"


def read(kind: str, document: object) -> Any:
    return ENVELOPES[kind][1](json.dumps(document))  # type: ignore[operator]


def problems_of(kind: str, document: object) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as refused:
        read(kind, document) if not isinstance(document, str) else ENVELOPES[kind][1](document)  # type: ignore[operator]
    return refused.value.problems


def line(**fields: object) -> Document:
    return {**SMALL, "lines": [{"id": "1", "amount": "1.00", **fields}]}


def test_a_document_with_every_field_is_read() -> None:
    invoice = read_invoice(json.dumps(INVOICE))
    assert invoice.lines[0].unit_price == Decimal("19.99")
    assert invoice.tax_date == date(2026, 3, 1)
    assert invoice.customer is not None
    assert invoice.customer.name == "Zoë"
    assert invoice.merchant is not None
    assert invoice.merchant.registrations is not None
    assert invoice.merchant.registrations[0].scheme == "oss"
    assert invoice.meta == {"order": "o-1"}
    assert invoice.lines[1].tax_rates == ()


def test_text_bytes_and_what_a_parser_made_of_them_are_read_alike() -> None:
    text = json.dumps(INVOICE)
    assert read_invoice(text) == read_invoice(text.encode()) == read_invoice(INVOICE)
    assert read_invoice(MappingProxyType(INVOICE)) == read_invoice(INVOICE)
    python = {**SMALL, "taxDate": date(2026, 3, 1), "lines": ({"id": "1", "amount": Decimal("19.90")},)}
    assert read_invoice(python) == read_invoice(SMALL)


def test_row_15_what_is_read_is_not_changed_and_not_kept() -> None:
    document = json.loads(json.dumps(INVOICE))
    invoice = read_invoice(document)
    assert document == INVOICE
    document["lines"][0]["meta"]["nested"]["list"].append("later")
    document["meta"]["order"] = "later"
    assert invoice == read_invoice(INVOICE)


def test_free_data_of_a_policy_is_kept_and_a_preset_stays_what_it_is() -> None:
    plain = read_policy({"preset": "en16931"})
    noted = read_policy({"preset": "en16931", "meta": {"a": [1]}, "rounding": {"meta": {"b": 2}}})
    assert (noted.name, noted.meta, noted.rounding.meta) == ("en16931", {"a": [1]}, {"b": 2})
    assert (plain.name, plain.meta) == ("en16931", {})
    assert read_policy(write(noted)) == noted
    assert read_policy({"preset": "en16931", "meta": {"a": 1}, "cashIncrement": "1"}).name is None


@pytest.mark.parametrize(
    "document",
    [SMALL_RATE, {"rates": [SMALL_RATE]}, {"data": {"taxRates": [SMALL_RATE]}}, {"format": 1, "rates": []}],
)
def test_rates_in_the_place_of_an_invoice_are_told_so(document: Document) -> None:
    (problem,) = problems_of("invoice", document)
    assert problem.message == "document: expected an invoice, got what looks like rates"
    assert "--rates FILE" in problem.hint


@pytest.mark.parametrize("document", [{}, {"lines": [], "rates": []}, {"country": "DE"}])
def test_an_invoice_that_is_wrong_is_not_taken_for_rates(document: Document) -> None:
    assert "currency" in [problem.path for problem in problems_of("invoice", document)]


@pytest.mark.parametrize(("kind", "steps", "value"), EVERY)
def test_null_is_the_same_as_absent(kind: str, steps: Steps, value: object) -> None:
    if FREE in steps or isinstance(steps[-1], int) or steps == ("inclusive",):
        return
    document: Document = ENVELOPES[kind][0]  # type: ignore[assignment]
    results = []
    for other in (changed(document, steps, None), without(document, steps)):
        try:
            results.append(repr(read(kind, other)))
        except InvalidInput as error:
            results.append(str(error))
    assert results[0] == results[1]


def test_a_rates_inclusive_may_be_null_and_may_not_be_absent() -> None:
    assert read_rates(SMALL_RATE)[0].inclusive is None
    (problem,) = problems_of("rate", without(SMALL_RATE, ("inclusive",)))
    assert problem.code == "missingField"
    assert problem.message == "inclusive: expected true, false or null, got none"


def test_row_16_a_key_that_stands_twice_is_refused_at_any_depth_with_its_path() -> None:
    for kind, (document, _) in ENVELOPES.items():
        for steps, found in objects(document):
            if not found:
                continue
            name = next(iter(found))
            marked = json.dumps(changed({"": document}, ("", *steps), {**found, "again!": 1})[""])
            again = marked.replace('"again!": 1', f'"{name}": {json.dumps(found[name])}')
            problems = problems_of(kind, again)
            assert [(each.code, each.path) for each in problems] == [
                ("duplicateKey", path_of((*steps, name)))
            ]


def numbers(document: object) -> list[Steps]:
    names = {"amount", "percent", "unitPrice", "quantity", "enteredPercent", "cashIncrement", "percentage"}
    names |= {"percentageDecimal", "amountPerUnit", "taxablePortion"}
    return [steps for steps, _ in leaves(document) if steps[-1] in names and FREE not in steps]


NUMBERS = [(kind, steps) for kind, (document, _) in ENVELOPES.items() for steps in numbers(document)]


@pytest.mark.parametrize(
    ("kind", "steps"), NUMBERS, ids=lambda each: each if isinstance(each, str) else path_of(each)
)
def test_row_17_a_number_is_exact_as_text_and_as_a_json_number(kind: str, steps: Steps) -> None:
    document: Document = ENVELOPES[kind][0]  # type: ignore[assignment]
    marked = json.dumps(changed(document, steps, "MARK"))
    spelt = next(str(value) for each, value in leaves(document) if each == steps)
    assert ENVELOPES[kind][1](marked.replace('"MARK"', spelt)) == read(kind, document)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("kind", "steps"), NUMBERS, ids=lambda each: each if isinstance(each, str) else path_of(each)
)
def test_rows_1_and_2_what_is_no_plain_number_is_refused_by_its_path(kind: str, steps: Steps) -> None:
    document: Document = ENVELOPES[kind][0]  # type: ignore[assignment]
    marked = json.dumps(changed(document, steps, "MARK"))
    spellings = ["1e5", "1E400", "NaN", "Infinity", "-Infinity", "9" * 5000, "1." + "0" * 13, "1" * 16]
    quoted = ["19,99", "sNaN", "inf", "١٢.٥", "1_0", " 1", "1\n", "+1", ".5", "5.", "", "0x1", "1e1000000"]
    for spelling in [*spellings, *(json.dumps(each) for each in [*spellings, *quoted])]:
        problems = problems_of(kind, marked.replace('"MARK"', spelling))
        assert [(each.code, each.path) for each in problems] == [("invalidNumber", path_of(steps))], spelling
    for wrong in ("true", "[]", "{}"):
        problems = problems_of(kind, marked.replace('"MARK"', wrong))
        assert [(each.code, each.path) for each in problems] == [("invalidType", path_of(steps))]


def test_row_3_a_float_that_a_parser_made_is_refused_with_what_to_do() -> None:
    with pytest.raises(
        InvalidInvoice, match=r"lines\[0\].amount: expected a decimal number, got a float \(19.9\)"
    ):
        read_invoice(line(amount=19.9))


def texts(document: object) -> list[Steps]:
    return [
        steps
        for steps, value in leaves(document)
        if isinstance(value, str) and steps not in numbers(document) and FREE not in steps
    ]


TEXTS = [(kind, steps) for kind, (document, _) in ENVELOPES.items() for steps in texts(document)]
DATES = ("taxDate", "validFrom", "validUntil")


@pytest.mark.parametrize(
    ("kind", "steps"), TEXTS, ids=lambda each: each if isinstance(each, str) else path_of(each)
)
def test_row_20_a_lone_surrogate_or_nul_in_any_text_is_refused_by_its_path(kind: str, steps: Steps) -> None:
    document: Document = ENVELOPES[kind][0]  # type: ignore[assignment]
    for bad in ("a\ud800", "\udfff", "a\0b", "\0"):
        problems = problems_of(kind, changed(document, steps, bad))
        assert [each.path for each in problems] == [path_of(steps)]
        assert problems[0].message.isascii()


@pytest.mark.parametrize(
    ("kind", "steps"), TEXTS, ids=lambda each: each if isinstance(each, str) else path_of(each)
)
def test_a_number_or_a_flag_is_no_text(kind: str, steps: Steps) -> None:
    document: Document = ENVELOPES[kind][0]  # type: ignore[assignment]
    for bad in (12, 1.5, True, [], {"a": 1}):
        problems = problems_of(kind, changed(document, steps, bad))
        expected = "invalidDate" if steps[-1] in DATES else "invalidType"
        assert [(each.code, each.path) for each in problems] == [(expected, path_of(steps))]


def test_an_id_that_is_a_number_says_to_quote_it() -> None:
    (problem,) = problems_of("invoice", {**SMALL, "id": 12})
    assert problem.message == "id: expected text, got the number 12"
    assert problem.hint == 'write it in quotes: "12"'
    huge: tuple[Any, ...] = (
        json.dumps({**SMALL, "id": 0}).replace("0,", "9" * 5000 + ","),
        {**SMALL, "id": 10**5000},
    )
    for document in huge:
        with pytest.raises(InvalidInvoice, match=r"^id: expected text, got .{1,80}$") as refused:
            read_invoice(document)
        assert refused.value.problems[0].hint == ""


@pytest.mark.parametrize("kind", ENVELOPES)
def test_free_data_is_returned_untouched(kind: str) -> None:
    if kind == "policy":
        return
    spelt = '{"n": 1.10, "e": 1E5, "z": -0, "big": 123456789012345678901234567890,'
    spelt += ' "t": "\u202e\\n", "x": [null, {}]}'
    document = json.dumps(changed(ENVELOPES[kind][0], (FREE,), "MARK")).replace('"MARK"', spelt)  # type: ignore[arg-type]
    read_one = ENVELOPES[kind][1](document)  # type: ignore[operator]
    meta = (read_one[0] if kind == "rate" else read_one).meta
    assert meta == {
        "n": 1.1,
        "e": 1e5,
        "z": 0,
        "big": 123456789012345678901234567890,
        "t": "\u202e\n",
        "x": [None, {}],
    }
    assert meta["n"].text == "1.10"
    assert json.loads(json.dumps(meta)) == meta


@pytest.mark.parametrize(
    ("spelt", "code", "path"),
    [
        ('"a\\ud800"', "invalidText", "meta.x"),
        ('["\\u0000"]', "invalidText", "meta.x[0]"),
        ('{"\\ud800": 1}', "invalidText", "meta.x['\\ud800']"),
        ('{"a b": {"c": 1, "c": 2}}', "duplicateKey", "meta.x['a b'].c"),
        ("NaN", "invalidNumber", "meta.x"),
        ("1e999", "invalidNumber", "meta.x"),
        ("9" * 65, "invalidNumber", "meta.x"),
        ("[" * 110 + "]" * 110, "documentTooDeep", "meta.x" + "[0]" * (DEEPEST - 1)),
    ],
)
def test_free_data_that_no_other_program_could_read_is_refused(spelt: str, code: str, path: str) -> None:
    document = json.dumps({**SMALL, "meta": {"x": "MARK"}}).replace('"MARK"', spelt)
    assert [(each.code, each.path) for each in problems_of("invoice", document)] == [(code, path)]


def test_free_data_from_python_is_what_json_can_hold() -> None:
    meta = {"d": Decimal("1.10"), "f": 1.5, "t": ("a",), "n": None}
    invoice = read_invoice({**SMALL, "meta": meta})
    assert invoice.meta == {"d": 1.1, "f": 1.5, "t": ["a"], "n": None}
    for bad in (date(2026, 1, 1), {1: 2}, {1}, Decimal("sNaN"), float("inf"), b"x"):
        with pytest.raises(InvalidInvoice, match=r"^meta\.x"):
            read_invoice({**SMALL, "meta": {"x": bad}})


def test_row_21_a_misspelt_field_is_refused_with_the_one_that_was_meant() -> None:
    (problem,) = problems_of("invoice", changed(INVOICE, ("lines", 0, "taxCatgory"), "x"))
    assert problem.code == "unknownField"
    assert problem.message == "lines[0].taxCatgory: unknown field, did you mean taxCategory?"


def one_edit(name: str) -> st.SearchStrategy[str]:
    """Names one letter off."""
    letters = st.sampled_from("abcdefghijklmnopqrstuvwxyzABC_0")
    at = st.integers(0, len(name) - 1)
    return st.one_of(
        at.map(lambda i: name[:i] + name[i + 1 :]),
        st.tuples(at, letters).map(lambda each: name[: each[0]] + each[1] + name[each[0] + 1 :]),
        st.tuples(at, letters).map(lambda each: name[: each[0]] + each[1] + name[each[0] :]),
        at.map(lambda i: name[:i] + name[i : i + 2][::-1] + name[i + 2 :]),
    )


PLACES = [
    (kind, steps, name)
    for kind, (document, _) in ENVELOPES.items()
    for steps, found in objects(document)
    for name in found
    if FREE not in steps
]


@given(st.sampled_from(PLACES).flatmap(lambda place: st.tuples(st.just(place), one_edit(place[2]))))
def test_row_21_a_field_one_letter_off_is_refused_by_its_path(
    drawn: tuple[tuple[str, Steps, str], str],
) -> None:
    (kind, steps, name), misspelt = drawn
    document: Any = {"": ENVELOPES[kind][0]}
    for step in ("", *steps):
        document = document[step]
    if misspelt in document or not misspelt:
        return
    known = {"invoice": INVOICE_SHAPE, "rate": RATE_SHAPE}
    if not steps and kind in known and misspelt in known[kind].fields:
        return
    renamed = {misspelt if each == name else each: value for each, value in document.items()}
    top = changed({"": ENVELOPES[kind][0]}, ("", *steps), renamed)[""]
    found = [each for each in problems_of(kind, top) if each.code == "unknownField"]
    assert len(found) == 1
    assert path_of((*steps, misspelt)) == found[0].path or "[" in found[0].path


@pytest.mark.parametrize("name", ["unit_price", "UnitPrice", "unitprice", "unit_Price"])
def test_another_way_to_write_a_name_is_a_misspelling_with_the_right_suggestion(name: str) -> None:
    problems = problems_of("invoice", {**SMALL, "lines": [{"id": "1", name: "1.00"}]})
    assert problems[0].message == f"lines[0].{name}: unknown field, did you mean unitPrice?"


def test_a_field_that_is_like_none_says_where_free_data_goes() -> None:
    assert problems_of("invoice", {**SMALL, "zzz": 1})[0].hint == "free data goes into meta"
    with pytest.raises(InvalidRate) as caught:
        read_rates({"rates": [], "zzz": 1})
    assert caught.value.problems[0].hint == "fields: format, rates"


@pytest.mark.parametrize("key", ["", "a b", "\ud800", "x" * 300, "ключ", "a\nb"])
def test_a_strange_key_is_shown_in_ascii_on_one_line(key: str) -> None:
    (problem,) = problems_of("invoice", {**SMALL, key: 1})
    assert problem.code == "unknownField"
    assert problem.message.isascii()
    assert len(problem.message) < 150


def test_a_key_that_is_no_text_is_unknown() -> None:
    with pytest.raises(InvalidInvoice, match=r"^\[12\]: unknown field"):
        read_invoice({**SMALL, 12: 1})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("percentage", "decimal", "agrees"),
    [
        ("300", "0.03", True),
        (300, "0.03", True),
        ("300", 0.03, True),
        (300.0, "0.030", True),
        ("1900", "0.19", True),
        ("3", "0.03", False),
        ("0.03", "0.03", False),
        ("300", "3", False),
        ("300", "0.0300000001", False),
        ("-300", "0.03", False),
    ],
)
def test_row_22_percentage_is_in_basis_points_and_must_agree(
    percentage: Any, decimal: Any, agrees: bool
) -> None:
    document = {**SMALL_RATE, "percentage": percentage, "percentageDecimal": decimal, "allowAbove100": True}
    if agrees:
        assert read("rate", document)[0].percentage_decimal == Decimal("0.03") or decimal == "0.19"
    else:
        (problem,) = problems_of("rate", document)
        assert (problem.code, problem.path) == ("percentageDisagrees", "percentage")


def test_row_22_300_is_never_read_as_300_per_cent() -> None:
    (problem,) = problems_of("rate", {**without(SMALL_RATE, ("percentageDecimal",)), "percentage": "300"})
    assert problem.code == "missingField"
    assert "basis points" in problem.hint


def test_row_23_a_postal_code_stays_text_with_its_zero() -> None:
    (rate,) = read("rate", {**SMALL_RATE, "country": "US", "jurisdiction": "01242"})
    assert rate.jurisdiction == "01242"
    (problem,) = problems_of("rate", {**SMALL_RATE, "country": "US", "jurisdiction": 1242})
    assert problem.message == "jurisdiction: expected text, got the number 1242"


BROKEN = [
    {},
    [],
    1,
    None,
    {"lines": 1},
    {**SMALL, "lines": []},
    {**SMALL, "lines": [1, None, {}]},
    {**SMALL, "currency": "XXX", "taxDate": "2026-13-01", "id": ""},
    {**SMALL, "merchant": {"registrations": []}},
    {**SMALL, "policy": "nope"},
    {**SMALL, "policy": {"preset": "nope"}},
    {**SMALL, "format": 2},
]


@pytest.mark.parametrize("document", BROKEN, ids=str)
def test_row_24_every_rejection_has_a_code_a_path_and_a_sentence(document: object) -> None:
    problems = problems_of("invoice", document)
    assert problems
    for problem in problems:
        assert problem.code.isidentifier()
        assert problem.message.startswith(f"{problem.path or 'document'}: ")
        assert set(problem.to_dict()) >= {"code", "path", "message"}
    assert len({(each.path, each.code) for each in problems}) == len(problems)


def test_all_problems_of_a_document_are_told_at_once() -> None:
    document = {
        "format": 3,
        "curency": "EUR",
        "taxDate": "01.03.2026",
        "lines": [
            {"id": "a", "amount": "19,99"},
            {"id": "a", "unitPrice": "1.00", "quantity": True, "taxCatgory": "x"},
            {"amount": "1.00", "shipTo": {"country": "Germany", "postalCode": 10115}},
            {"id": "a", "amount": "1.00", "discounts": [{"amount": "1", "percent": "1"}, {"percent": "x"}]},
        ],
        "customer": {"taxStatus": "exmpt", "taxIds": [{"type": "vat"}, "DE1"]},
        "payments": [{"amount": "1.00"}, {"amount": "x"}],
        "meta": {"a": "\0"},
    }
    assert [(each.path, each.code) for each in problems_of("invoice", document)] == [
        ("format", "unknownFormat"),
        ("curency", "unknownField"),
        ("taxDate", "invalidDate"),
        ("lines[0].amount", "invalidNumber"),
        ("lines[1].quantity", "invalidType"),
        ("lines[1].taxCatgory", "unknownField"),
        ("lines[2].shipTo.postalCode", "invalidType"),
        ("lines[2].shipTo.country", "unknownCountry"),
        ("lines[2].id", "missingField"),
        ("lines[3].discounts[0].amount", "conflictingFields"),
        ("lines[3].discounts[1].percent", "invalidNumber"),
        ("customer.taxIds[0].value", "missingField"),
        ("customer.taxIds[1]", "invalidType"),
        ("customer.taxStatus", "invalidValue"),
        ("payments[1].amount", "invalidNumber"),
        ("meta.a", "invalidText"),
        ("id", "missingField"),
        ("currency", "missingField"),
    ]


def test_a_broken_line_hides_no_duplicate_of_another() -> None:
    lines = [{"id": "1", "amount": "1"}, {"id": "2", "amount": "x"}, {"id": "1", "amount": "1"}, {"id": "2"}]
    assert [(each.path, each.code) for each in problems_of("invoice", {**SMALL, "lines": lines})] == [
        ("lines[1].amount", "invalidNumber"),
        ("lines[3].unitPrice", "missingField"),
        ("lines[2].id", "duplicateId"),
        ("lines[3].id", "duplicateId"),
    ]


def test_two_lines_without_an_id_are_no_duplicates() -> None:
    document = {**SMALL, "lines": [{"amount": "1"}, {"amount": "1"}, {"id": 3, "amount": "1"}]}
    assert [(each.path, each.code) for each in problems_of("invoice", document)] == [
        ("lines[0].id", "missingField"),
        ("lines[1].id", "missingField"),
        ("lines[2].id", "invalidType"),
    ]


def test_a_hundred_problems_are_told_and_no_more() -> None:
    assert len(problems_of("invoice", {**SMALL, **{f"x{index}": 1 for index in range(5000)}})) == 100
    many_lines = {**SMALL, "lines": [{"id": str(index)} for index in range(5000)]}
    assert len(problems_of("invoice", many_lines)) == 100


@pytest.mark.parametrize(
    "spelt",
    ["2026-3-1", "20260301", "2026-W09-7", "2026-060", "2026-03-01T00:00:00Z", "2026-03-01 ", "2026-02-29",
     "0000-01-01", "٢٠٢٦-03-01", "2026-03-01\n", "01.03.2026", "", "today"],
)  # fmt: skip
def test_a_date_is_written_in_one_way(spelt: str) -> None:
    (problem,) = problems_of("invoice", {**SMALL, "taxDate": spelt})
    assert (problem.code, problem.path) == ("invalidDate", "taxDate")
    assert problem.message.startswith("taxDate: expected a date such as 2026-03-01, got '")


@pytest.mark.parametrize(
    ("spelt", "known"),
    [("1", True), ("null", True), ("2", False), ('"1"', False), ("true", False), ("1.0", False)],
)
def test_format_1_is_known_and_no_other(spelt: str, known: bool) -> None:
    document = json.dumps({**SMALL, "format": "MARK"}).replace('"MARK"', spelt)
    if known:
        assert read_invoice(document) == read_invoice(SMALL)
    else:
        (problem,) = problems_of("invoice", document)
        assert problem.code == "unknownFormat"
        assert "1" in problem.message


def test_a_policy_is_a_name_an_object_or_a_preset_with_overrides() -> None:
    assert read_invoice({**SMALL, "policy": "en16931"}).policy == Policy.preset("en16931")
    for name, preset in PRESETS.items():
        assert read_policy(json.dumps(name)) == preset.policy
        assert read_policy({"preset": name}).name == name
    policy = read_policy({"preset": "en16931", "rounding": {"mode": "halfEven"}, "cashIncrement": "0.05"})
    assert policy.rounding.level == "tax"
    assert policy.rounding.group_by == "percentage"
    assert policy.rounding.mode == "halfEven"
    assert policy.cash_increment == Decimal("0.05")
    assert policy.name is None
    assert read_policy({}) == Policy()
    assert read_policy({"rounding": None, "preset": None, "cashIncrement": None}) == Policy()


def test_the_problems_of_a_policy_have_its_paths() -> None:
    policy = {"rounding": {"mode": "half-up", "levl": "tax"}, "cashIncrement": "-1", "lineAmounts": "exacct"}
    problems = problems_of("invoice", {**SMALL, "policy": policy})
    assert [(each.path, each.code) for each in problems] == [
        ("policy.rounding.levl", "unknownField"),
        ("policy.rounding.mode", "invalidValue"),
        ("policy.lineAmounts", "invalidValue"),
    ]
    (problem,) = problems_of("policy", {"preset": "en16391"})
    assert (problem.path, problem.hint) == ("preset", "did you mean en16931?")
    with pytest.raises(InvalidPolicy, match=r"^policy: expected the name of a preset"):
        read_policy('"nope"')
    (problem,) = problems_of("invoice", {**SMALL, "policy": 1})
    assert problem.message == "policy: expected an object or the name of a preset, got the number 1"


def test_each_reader_raises_the_error_of_its_kind_also_for_what_is_no_json() -> None:
    for text in ("", "{", '{"zzz": 1}', "[1]"):
        with pytest.raises(InvalidInvoice):
            read_invoice(text)
        with pytest.raises(InvalidPolicy):
            read_policy(text)
        with pytest.raises(InvalidRate):
            read_rates(text)


def test_row_105_ids_that_look_alike_stay_apart() -> None:
    ids = ["é", "e\u0301", "É", "a", "A", "a\u200b"]
    invoice = read_invoice({**SMALL, "lines": [{"id": each, "amount": "1"} for each in ids]})
    assert [one.id for one in invoice.lines] == ids


def test_the_id_of_a_refused_invoice_is_found_where_it_can_be() -> None:
    assert invoice_id(json.dumps({"id": "inv_7", "lines": 1})) == "inv_7"
    assert invoice_id({"id": "inv_7"}) == "inv_7"
    for document in ("", "[]", '{"id": 7}', '{"id": "a\\u0000"}', "{}", b"\xff"):
        assert invoice_id(document) is None


def test_a_list_is_a_list() -> None:
    for name in ("taxRates", "lines", "discounts"):
        for bad in ("x", 1, {"a": 1}, True):
            problems = problems_of("invoice", {**SMALL, name: bad})
            assert [(each.code, each.path) for each in problems] == [("invalidType", name)]


def test_a_flag_is_true_or_false() -> None:
    (problem,) = problems_of("rate", {**SMALL_RATE, "active": "true"})
    assert problem.hint == "write true or false, without quotes"
    for bad in (1, 0, "yes", [], {}):
        (problem,) = problems_of("rate", {**SMALL_RATE, "active": bad})
        assert (problem.code, problem.path) == ("invalidType", "active")


def test_the_reader_knows_every_field_of_the_core() -> None:
    assert set(INVOICE_SHAPE.fields) == set(INVOICE)
    assert set(RATE_SHAPE.fields) == {*RATE, *BRACKETED_RATE}
    assert set(LINE_SHAPE.fields) == {*LINE, "amount"}
    assert isinstance(read_invoice(SMALL), Invoice)
    assert isinstance(read_invoice(SMALL).lines[0], Line)
