"""Writing: the same bytes for the same value, and a value that is read back equal."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import ROUND_UP, Context, Decimal, localcontext
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given

from taxengine import Address, Customer, Invoice, Line, Policy, RateTable, Rounding, TaxRate, calculate
from taxengine.core.errors import AmbiguousRates, InvalidInput, Problem, TaxEngineError, Undetermined
from taxengine.core.policy import PRESETS
from taxengine.documents import (
    encode,
    error_document,
    parse,
    read_calculation,
    read_invoice,
    read_policy,
    read_rates,
    write,
)
from taxengine.documents.fields import WrittenNumber
from tests.building import invoice_of, rate_of
from tests.documents.mutations import mutated
from tests.documents.samples import INVOICE, POLICY, RATE, SMALL, SMALL_RATE, Document
from tests.oracle.generator import random_case

ROOT = Path(__file__).resolve().parents[2]
SEEDS = range(300)


def calculated(seed: int) -> tuple[Any, Any] | None:
    """The invoice and its calculation, None where there is none."""
    document, rates = random_case(Random(seed))
    try:
        invoice = read_invoice(json.dumps(document))
        return invoice, calculate(invoice, RateTable(read_rates(json.dumps(rates))))
    except TaxEngineError:
        return None


def outcome(read: Callable[[Any], Any], document: Any) -> Any:
    """What is read, or the codes of the refusal."""
    try:
        return read(document)
    except InvalidInput as refused:
        return sorted({each.code for each in refused.problems})


def built_rates(documents: list[Document]) -> list[TaxRate]:
    return [rate_of(each) for each in documents]


def test_random_invoices_are_read_as_python_builds_them() -> None:
    built = 0
    for seed in SEEDS:
        document, rates = random_case(Random(seed))
        invoice = outcome(invoice_of, document)
        assert outcome(read_invoice, json.dumps(document)) == invoice
        assert outcome(read_rates, json.dumps(rates)) == outcome(built_rates, rates)
        built += isinstance(invoice, Invoice)
    assert built > 200


def test_an_invoice_is_read_back_as_it_was_written() -> None:
    for seed in SEEDS:
        document, _ = random_case(Random(seed))
        try:
            invoice = read_invoice(document)
        except InvalidInput:
            continue
        assert read_invoice(write(invoice)) == invoice
        assert write(read_invoice(write(invoice))) == write(invoice)


def test_a_calculation_is_read_back_as_it_was_written() -> None:
    compared = 0
    for seed in SEEDS:
        found = calculated(seed)
        if found is None:
            continue
        spelt = write(found[1])
        again = read_calculation(spelt)
        assert write(again) == spelt
        assert again == found[1]
        assert json.loads(spelt) == found[1].to_dict()
        compared += 1
    assert compared > 100


@given(mutated(INVOICE, SMALL))
def test_whatever_invoice_is_read_is_written_and_read_again(document: Document) -> None:
    try:
        invoice = read_invoice(document)
    except InvalidInput:
        return
    assert read_invoice(write(invoice)) == invoice


@given(mutated(RATE, SMALL_RATE))
def test_whatever_rate_is_read_is_written_and_read_again(document: Document) -> None:
    try:
        rates = read_rates(document)
    except InvalidInput:
        return
    assert read_rates(write(rates[0])) == read_rates(write(rates)) == rates


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_read_back_with_its_name(name: str) -> None:
    policy = Policy.preset(name)
    assert read_policy(write(policy)) == policy
    assert read_policy(write(policy)).name == name
    invoice = read_invoice({**SMALL, "policy": name})
    assert read_invoice(write(invoice)).policy == policy


def test_a_policy_of_ones_own_is_read_back() -> None:
    policy = Policy(
        rounding=Rounding(mode="halfEven", level="tax"), line_amounts="exact", cash_increment="0.05"
    )
    assert read_policy(write(policy)) == policy
    assert read_policy(write(read_policy(POLICY))) == read_policy(POLICY)


def test_every_document_says_its_format_first() -> None:
    (rate,) = read_rates(SMALL_RATE)
    calculation = calculate(read_invoice({**SMALL, "taxRates": []}))
    for value in (read_invoice(SMALL), rate, [rate], [], Policy(), calculation):
        assert write(value).startswith('{"format":1,')
    assert write([]) == '{"format":1,"rates":[]}'


def test_what_is_written_is_utf_8_with_letters_as_they_are() -> None:
    invoice = Invoice(
        id="Zoë", currency="EUR", tax_date=date(2026, 3, 1), lines=[Line(id="\u202e", amount=1)]
    )
    assert '"id":"Zoë"' in write(invoice)
    assert encode(invoice) == write(invoice).encode()
    assert write(invoice, pretty=True).startswith('{\n  "format": 1,\n  "id": "Zoë",')
    assert json.loads(write(invoice, pretty=True)) == json.loads(write(invoice))


def test_numbers_of_free_data_are_written_as_they_were_read() -> None:
    spelt = '{"a":1.10,"b":1E5,"c":-0,"d":[123456789012345678901234567890,0.30000000000000000001],"e":7}'
    rate = parse(json.dumps({**SMALL_RATE, "id": "r", "meta": "MARK"}).replace('"MARK"', spelt))
    assert f'"meta":{spelt}' in write(read_rates(rate))  # type: ignore[arg-type]
    assert repr(WrittenNumber("1.10")) == "1.1"


@pytest.mark.parametrize(
    "bad", [float("nan"), float("inf"), b"x", {1: 2}, {"a": object()}, "\ud800", Decimal("NaN")]
)
def test_free_data_that_json_cannot_hold_is_refused_by_its_path(bad: object) -> None:
    def of_line() -> str:
        return write(invoice(lines=[Line(id="1", amount=1, meta={"x": bad})]))

    def of_address() -> str:
        return write(invoice(customer=Customer(address=Address(country="DE", meta={"x": bad}))))

    def of_rate() -> str:
        return write(TaxRate(country="DE", type="gst", percentage_decimal=0, inclusive=None, meta={"x": bad}))

    for write_one in (of_line, of_address, of_rate):
        with pytest.raises(InvalidInput, match=r"meta\.x"):
            write_one()


def invoice(**fields: Any) -> Invoice:
    lines = [Line(id="1", amount=1)]
    return Invoice(**{"id": "i", "currency": "EUR", "tax_date": date(2026, 3, 1), "lines": lines, **fields})


def test_rates_of_an_invoice_are_written_by_their_ids() -> None:
    (rate,) = read_rates({**SMALL_RATE, "id": "de-19"})
    invoice = Invoice(
        id="i", currency="EUR", tax_date=date(2026, 3, 1), lines=[Line(id="1", amount=1, tax_rates=[rate])]
    )
    assert json.loads(write(invoice))["lines"][0]["taxRates"] == ["de-19"]


def test_a_mapping_is_a_document_already() -> None:
    assert write({"b": 1, "a": [True, None, "x"]}) == '{"b":1,"a":[true,null,"x"]}'
    assert write(parse('{"a": 1.10}')) == '{"a":1.10}'  # type: ignore[arg-type]
    assert write({"a": type("Text", (str,), {})("x")}) == '{"a":"x"}'
    with pytest.raises(InvalidInput, match="a value of the type object"):
        write({"a": object()})


def test_an_error_is_a_document_with_its_code_its_sentence_and_its_problems() -> None:
    one = Problem(
        "missingRate", "lines[0]: expected a rate, got none", "lines[0]", "add one", {"country": "DE"}
    )
    other = Problem("ambiguousRates", "lines[1]: ...", "lines[1]")
    assert json.loads(write(error_document("inv_1", Undetermined(one)))) == {
        "invoice": "inv_1",
        "error": {
            "code": "missingRate",
            "message": "lines[0]: expected a rate, got none",
            "problems": [
                {
                    "code": "missingRate",
                    "path": "lines[0]",
                    "message": "lines[0]: expected a rate, got none",
                    "hint": "add one",
                    "country": "DE",
                }
            ],
        },
    }
    assert error_document(None, Undetermined([one, other]))["error"]["code"] == "undetermined"  # type: ignore[index]
    assert error_document(None, AmbiguousRates(other))["invoice"] is None


def test_row_4_the_callers_decimal_context_changes_nothing() -> None:
    texts = [json.dumps(INVOICE), json.dumps(RATE)]
    calm = [write(read_invoice(texts[0])), write(read_rates(texts[1]))]
    with localcontext(Context(prec=3, rounding=ROUND_UP, Emax=5, Emin=-5, clamp=1, traps=[])) as hostile:
        assert [write(read_invoice(texts[0])), write(read_rates(texts[1]))] == calm
        assert not any(hostile.flags.values())


SCRIPT = """
import hashlib, json, sys
from random import Random
sys.path.insert(0, sys.argv[1])
from tests.documents.test_writing import calculated
from taxengine.documents import schema, write
spelt = [write(found[1]) + write(found[0]) for seed in range(40) if (found := calculated(seed))]
spelt += [json.dumps(schema(name)) for name in ("calculation", "invoice", "rates", "policy", "error")]
print(hashlib.sha256("".join(spelt).encode()).hexdigest())
"""


def test_row_13_the_bytes_do_not_depend_on_the_hash_seed_the_time_zone_or_the_locale() -> None:
    digests = set()
    for seed, zone, locale in (
        ("0", "UTC", "C"),
        ("1", "Pacific/Apia", "tr_TR.UTF-8"),
        ("42", "Asia/Kolkata", "C.UTF-8"),
    ):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(ROOT)],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        digests.add(done.stdout)
    assert len(digests) == 1
    assert len(digests.pop().strip()) == len(hashlib.sha256(b"").hexdigest())
