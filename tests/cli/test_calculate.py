"""Calculate: one document and many, in every form, with every exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from taxengine.cli import calculate as module
from taxengine.documents import read_calculation
from tests.cli import command, invoice, lines_of, process
from tests.cli.conftest import Answer


def test_one_invoice_is_answered_with_one_indented_document(answer: Answer) -> None:
    done = answer(given=json.dumps(invoice()).encode())
    assert (done.code, done.err) == (0, "")
    assert done.json()["totals"]["gross"] == "119.00"
    assert done.out.startswith(b'{\n  "format": 1,\n  "invoice": "inv_1",')
    assert read_calculation(done.out).totals.gross == 119


def test_an_invoice_over_many_lines_is_one_invoice(answer: Answer) -> None:
    done = answer(given=json.dumps(invoice(), indent=2).encode())
    assert done.json()["invoice"] == "inv_1"


def test_an_invoice_with_a_line_of_its_own_for_each_line_is_one_invoice(answer: Answer) -> None:
    spelt = json.dumps(invoice()).replace('"lines": [', '"lines": [\n').replace("}]", "}\n]")
    done = answer(given=spelt.encode())
    assert (done.code, done.json()["invoice"]) == (0, "inv_1")


def test_json_lines_are_answered_a_line_each(answer: Answer) -> None:
    done = answer(given=[invoice("a"), invoice("b")])
    assert [one["invoice"] for one in done.lines()] == ["a", "b"]


def test_json_lines_of_one_line_are_one_invoice(answer: Answer) -> None:
    done = answer(given=[invoice("a")])
    assert done.out.startswith(b'{\n  "format": 1,')


def test_an_array_is_many_even_of_one(answer: Answer) -> None:
    given = json.dumps([invoice("a")]).encode()
    assert [one["invoice"] for one in answer(given=given).lines()] == ["a"]


def test_several_files_are_many_in_their_order(here: Path, rates: Path) -> None:
    for name in ("b", "a"):
        (here / f"{name}.json").write_text(json.dumps(invoice(name)))
    done = command("calculate", "b.json", "a.json", "--rates", rates)
    assert [one["invoice"] for one in done.lines()] == ["b", "a"]


def test_json_of_many_is_an_array(answer: Answer) -> None:
    given = lines_of(invoice("a"), {"id": "b"}, invoice("c"))
    done = answer("--format", "json", given=given)
    assert [one["invoice"] for one in done.json()] == ["a", "b", "c"]
    assert "error" in done.json()[1]


def test_json_of_an_empty_array_is_an_empty_array(answer: Answer) -> None:
    assert answer("--format", "json", given=b"[]").out == b"[]\n"


def test_jsonl_of_one_is_one_line(answer: Answer) -> None:
    done = answer("--format", "jsonl", given=[invoice()])
    assert done.out.count(b"\n") == 1


def test_one_bad_invoice_does_not_stop_the_rest(answer: Answer) -> None:
    given = (
        b'{"id": "cut", "lin\n' + lines_of(invoice("a"), {"id": "b"}) + b"no json\n" + lines_of(invoice("c"))
    )
    done = answer(given=given)
    assert [one["invoice"] for one in done.lines()] == [None, "a", "b", None, "c"]
    assert [("error" in one) for one in done.lines()] == [True, False, True, True, False]
    assert done.code == 3


def test_a_first_line_that_is_no_json_does_not_stop_the_rest(answer: Answer) -> None:
    done = answer(given=b"no json\n" + lines_of(invoice("a"), invoice("b")))
    assert [one["invoice"] for one in done.lines()] == [None, "a", "b"]


def test_a_first_line_that_is_cut_short_within_a_bracket_does_not_stop_the_rest(rates: Path) -> None:
    done = command(
        "calculate",
        "-",
        "--rates",
        rates,
        given=b'{"id": "x", "lines": [\n' + lines_of(invoice("a"), invoice("b")),
    )
    assert [one["invoice"] for one in done.lines()] == [None, "a", "b"]


def test_a_broken_line_is_named_by_its_number_in_the_file(answer: Answer) -> None:
    done = answer(given=lines_of(invoice("a")) + b'\n{"id": "b",}\n')
    assert done.lines()[1]["error"]["problems"][0]["line"] == 3
    assert "standard input:3: line 3, column 11: expected JSON" in done.err


def test_blank_lines_and_a_byte_order_mark_are_no_invoices(answer: Answer) -> None:
    given = b"\xef\xbb\xbf\n \r\n" + lines_of(invoice("a")) + b"\r\n\n" + lines_of(invoice("b")).rstrip()
    assert [one["invoice"] for one in answer(given=given).lines()] == [
        "a",
        "b",
    ]


UNDETERMINED, INVALID, PROVIDER = invoice(country="FR"), {"id": "x"}, invoice(provider="sphere")


@pytest.mark.parametrize(
    ("documents", "code"),
    [
        ([invoice()], 0),
        ([invoice(), UNDETERMINED], 4),
        ([UNDETERMINED, INVALID], 4),
        ([INVALID, invoice()], 3),
        ([UNDETERMINED, PROVIDER, INVALID], 5),
    ],
)
def test_a_mixed_run_exits_with_the_highest_of_3_4_and_5(
    answer: Answer, documents: list[Any], code: int
) -> None:
    assert answer(given=documents).code == code


def test_a_bug_with_one_invoice_is_told_and_does_not_stop_the_rest(
    answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def buggy(asked: Any, *_: Any, **__: Any) -> Any:
        raise ZeroDivisionError(f"of {asked.id}")

    calculated = module.calculate_invoice
    monkeypatch.setattr(
        module,
        "calculate_invoice",
        lambda one, *a, **k: (buggy if one.id == "b" else calculated)(one, *a, **k),
    )
    given = lines_of(invoice("a"), invoice("b"), UNDETERMINED, invoice("c"))
    done = answer(given=given)
    assert done.code == 1
    assert [one["invoice"] for one in done.lines()] == ["a", "b", "inv_1", "c"]
    assert done.lines()[1]["error"]["code"] == "invariantBroken"
    assert "unexpected ZeroDivisionError: of b" in done.err
    assert "Traceback" not in done.err
    assert "Traceback" in answer("--debug", given=given).err


def test_an_invalid_document_goes_before_an_undetermined_tax(answer: Answer) -> None:
    both = invoice(country="FR", discounts=[{"amount": "1", "spreadOver": "nothing"}])
    assert answer(given=[both]).code == 3


def test_the_error_document_holds_all_problems_and_standard_error_a_sentence_for_each(answer: Answer) -> None:
    wrong = invoice(currency="XXX", line={"taxCatgory": "x", "quantity": "1e5"})
    done = answer(given=json.dumps(wrong).encode())
    error = done.json()["error"]
    paths = {problem["path"] for problem in error["problems"]}
    assert paths == {"currency", "lines[0].taxCatgory", "lines[0].quantity"}
    assert error["code"] == "invalidInvoice"
    assert done.err.count("\n") == 3
    assert all(line.startswith("taxengine: standard input") for line in done.err.splitlines())


def test_many_problems_are_all_answered_and_the_first_ones_told(answer: Answer) -> None:
    lines = [{"id": str(index), "amount": "x"} for index in range(30)]
    done = answer(given=json.dumps(invoice(lines=lines)).encode())
    assert len(done.json()["error"]["problems"]) == 30
    assert done.err.endswith("and 10 problems more\n")


def test_a_rates_file_that_is_refused_ends_the_run_with_one_error_document(
    here: Path, rates: Path, answer: Answer
) -> None:
    rates.write_text('[{"id": "a"}]')
    done = answer(given=[invoice("a"), invoice("b")])
    assert done.code == 3
    assert done.json()["invoice"] is None
    assert done.json()["error"]["problems"][0]["path"].startswith("rates[0].")
    assert str(rates) in done.err


def test_without_rates_a_rate_that_is_named_is_unknown() -> None:
    done = command("calculate", "-", given=[invoice(line={"taxRates": ["de-19"]})])
    assert (done.code, done.json()["error"]["code"]) == (4, "unknownRate")


def test_without_rates_lines_that_bear_none_are_calculated() -> None:
    done = command("calculate", "-", given=[invoice(line={"taxRates": []})])
    assert (done.code, done.json()["totals"]["gross"]) == (0, "100.00")


def test_missing_rate_untaxed_says_so(answer: Answer) -> None:
    done = answer("--missing-rate", "untaxed", given=[UNDETERMINED])
    assert (done.code, done.json()["totals"]["tax"]) == (0, "0.00")
    assert done.json()["warnings"] != []


def test_a_policy_is_a_preset_or_a_file(here: Path, answer: Answer) -> None:
    (here / "policy.json").write_text('{"preset": "en16931", "rounding": {"mode": "halfEven"}}')
    document = lines_of(invoice())
    preset = answer("--policy", "en16931", given=document).json()
    file = answer("--policy", "policy.json", given=document).json()
    assert (preset["policy"]["preset"], preset["policy"]["rounding"]["level"]) == ("en16931", "tax")
    assert (file["policy"]["preset"], file["policy"]["rounding"]["mode"]) == (None, "halfEven")


def test_a_policy_that_is_neither_is_a_usage_error_with_a_suggestion(answer: Answer) -> None:
    done = answer("--policy", "en16913", given=[invoice()])
    assert (done.code, done.out) == (2, b"")
    assert "did you mean en16931?" in done.err
    assert "presets: " in command("calculate", "-", "--policy", "?", given=[invoice()]).err


def test_a_policy_file_that_is_refused_is_named(here: Path) -> None:
    (here / "policy.json").write_text('{"rounding": {"mode": "halfup"}}')
    done = command("calculate", "-", "--policy", "policy.json", given=[invoice()])
    assert (done.code, done.json()["error"]["problems"][0]["path"]) == (3, "rounding.mode")
    assert done.err.startswith("taxengine: policy.json: ")


def test_the_explanation_is_there_where_it_is_asked_for(answer: Answer) -> None:
    given = lines_of(invoice())
    assert "explanation" not in answer(given=given).json()
    for form in ("json", "jsonl"):
        explained = answer("--explain", "--format", form, given=given)
        assert explained.json()["explanation"]["steps"]
    assert "100.00 x 0.19 = 19" in answer("--explain", "--format", "table", given=given).out.decode()


def test_the_last_of_a_repeated_option_wins(here: Path, rates: Path) -> None:
    (here / "none.json").write_text("[]")
    twice = ["--rates", "none.json", "--rates", str(rates), "--format", "table", "--format", "jsonl"]
    done = command("calculate", "-", *twice, given=[invoice()])
    assert (done.code, done.json()["totals"]["tax"]) == (0, "19.00")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["calculate"],
        ["calculate", "-", "--provider", "sphere"],
        ["calculate", "-", "--db", "sqlite://"],
        ["calculate", "-", "--format", "xml"],
        ["calculate", "-", "--missing-rate", "zero"],
        ["calculate", "-", "-"],
        ["calculate", "-", "--rates", "-"],
        ["calculate", "/nonesuch.json"],
        ["calculate", "/tmp"],
        ["calculate", "-", "--rates", "/nonesuch.json"],
        ["calculate", "-", "--rates", "pack:nowhere"],
        ["calculate", "-", "--rates", "/"],
        ["audit"],
        ["bulk"],
        ["records", "list"],
        ["provider", "status"],
        ["check"],
        ["rates"],
        ["rates", "add"],
        ["rates", "match", "-", "--country", "XX"],
        ["rates", "match", "-", "--country", "DE", "--on", "1.3.2026"],
        ["rates", "diff", "-", "-"],
        ["schema", "invoce"],
    ],
)
def test_what_is_no_command_is_a_usage_error(here: Path, arguments: list[str]) -> None:
    done = command(*arguments, given=b"[]")
    assert (done.code, done.out) == (2, b"")
    assert done.err
    assert "Traceback" not in done.err


def test_a_path_that_is_none_stops_everything_before_it_begins(here: Path, rates: Path) -> None:
    (here / "a.json").write_text(json.dumps(invoice()))
    done = command("calculate", "a.json", "nonesuch.json", "--rates", rates)
    assert (done.code, done.out) == (2, b"")
    assert "nonesuch.json" in done.err


def test_the_same_input_gives_the_same_bytes_in_any_process(here: Path, rates: Path) -> None:
    given = lines_of(invoice("a"), {"id": "b"}, UNDETERMINED)
    runs = {
        process("calculate", "-", "--rates", rates, given=given, env={"PYTHONHASHSEED": seed, "TZ": zone}).out
        for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"), ("2", "America/Lima"))
    }
    assert len(runs) == 1


def test_a_table_is_for_people(answer: Answer) -> None:
    given = lines_of(
        invoice(customer={"name": "Anna", "address": {"country": "DE"}}, payments=[{"amount": "19.00"}])
    )
    done = answer("--format", "table", given=given)
    shown = done.out.decode()
    assert "Invoice inv_1  2026-03-01  EUR  policy default\nto Anna\n" in shown
    assert "VAT  Germany  19 %   100.00  19.00  standard rate" in shown
    assert "gross          119.00 EUR" in shown
    assert "payable        100.00 EUR" in shown


def test_a_table_shows_adjustments_and_notes(answer: Answer) -> None:
    document = invoice(
        kind="creditNote",
        charges=[{"amount": "5.00", "description": "Shipping"}],
        discounts=[{"amount": "1.00", "taxCategory": "books", "description": "Loyalty"}],
        line={"amount": None, "unitPrice": "1234.5", "quantity": "2", "taxBehavior": "inclusive"},
    )
    shown = answer("--format", "table", given=[document]).out.decode()
    assert shown.startswith("Credit note inv_1")
    assert "Shipping" in shown
    assert "Loyalty" in shown
    assert "2  1,234.5  2,469.00" in shown
    assert "note: " in shown


def test_a_refusal_has_no_table(answer: Answer) -> None:
    done = answer("--format", "table", given=[UNDETERMINED])
    assert (done.code, done.out) == (4, b"")
    assert "expected a rate for FR" in done.err


def test_what_rests_on_a_misspelt_vat_id_is_refused(answer: Answer) -> None:
    sale = {
        **invoice(),
        "sourcing": "auto",
        "merchant": {"address": {"country": "DE"}, "registrations": [{"country": "DE"}]},
        "lines": [{"id": "1", "kind": "service", "taxCategory": "advice", "amount": "100.00"}],
    }
    for value, code in (("ATU13585627", 0), ("ATU13585628", 3)):
        customer = {"address": {"country": "AT"}, "taxIds": [{"type": "vat", "value": value}]}
        done = answer(given=json.dumps({**sale, "customer": customer}).encode())
        assert done.code == code
    assert done.json()["error"]["problems"][0]["code"] == "invalidTaxId"
