"""Sealing: what a sealed result holds, what its hashes prove, and what can be taken out of it."""

from __future__ import annotations

import hashlib
import json
from copy import deepcopy
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from taxengine import (
    Address,
    Calculation,
    Certificate,
    Customer,
    Invoice,
    Line,
    Merchant,
    RateTable,
    TaxId,
    TaxRate,
    calculate,
)
from taxengine.core.errors import InvalidInput, InvariantBroken
from taxengine.documents import encode, read_calculation, read_invoice
from taxengine.recalculation import read_sealed, replay, seal
from tests.recalculation import KEY, calculated, refusal

VAT = TaxRate(id="de-19", country="DE", type="valueAddedTax", percentage_decimal="0.190", inclusive=False)
TABLE = RateTable([VAT])
PERSONAL = ("Ada Lovelace", "Acme GmbH", "Weg 1", "Hinterhaus", "DE123456789", "DE987654321", "c-17", "EX-1")


def full() -> Calculation:
    """The result of an invoice that says all there is to say of persons."""
    invoice = Invoice(
        id="inv_1",
        currency="EUR",
        tax_date=date(2026, 3, 1),
        merchant=Merchant(
            name="Acme GmbH",
            tax_ids=[TaxId(type="vat", value="DE987654321")],
            address=Address(country="DE", line1="Weg 1", postal_code="10115", city="Berlin"),
        ),
        customer=Customer(
            id="c-17",
            name="Ada Lovelace",
            tax_ids=[TaxId(type="vat", value="DE123456789")],
            certificates=[Certificate(country="FR", number="EX-1")],
            address=Address(country="DE", line1="Weg 1", line2="Hinterhaus", meta={"floor": 2}),
            meta={"segment": "b"},
        ),
        lines=[
            Line(id="1", amount="100.00", tax_category="books"),
            Line(
                id="2", amount="5.00", tax_category="books", ship_to=Address(country="DE", line1="Hinterhaus")
            ),
        ],
    )
    return calculate(invoice, TABLE)


@pytest.fixture
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(seal(full()).encode())
    return found


def test_a_sealed_result_replays_to_the_same_bytes_under_every_policy() -> None:
    for calculation in calculated(range(400)):
        for key in (None, KEY):
            done = seal(calculation, key=key)
            assert encode(replay(done.encode(), key=key)) == encode(calculation)
            assert read_sealed(done.encode(), key=key).encode() == done.encode()


def test_rates_with_brackets_replay_too() -> None:
    found = list(calculated(range(1_000_000, 1_000_200)))
    assert found
    for calculation in found:
        assert encode(replay(seal(calculation).encode())) == encode(calculation)


def test_the_seal_can_be_made_again_with_the_standard_library(document: dict[str, Any]) -> None:
    spelt = json.dumps(document["sealed"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert document["seal"] == f"sha256:{hashlib.sha256(spelt.encode()).hexdigest()}"


def test_another_engine_version_has_the_same_seal() -> None:
    """A release that changes no cent changes no hash."""
    for calculation in calculated(range(40)):
        later = calculation.traced_to(calculation.provenance._replace(engine="9.9.9"))
        one, other = seal(calculation), seal(later)
        assert {**one.content, "party": None} == {**other.content, "party": None}
        if one.party is None:
            assert one.hash == other.hash
        assert one.encode() != other.encode()


def test_the_engine_that_calculated_is_that_of_the_replay() -> None:
    calculation = full()
    older = calculation.traced_to(calculation.provenance._replace(engine="0.0.9"))
    assert replay(seal(older).encode()).provenance.engine == "0.0.9"


def test_every_flipped_byte_is_found() -> None:
    """Any bit of any byte, the engine's version and the hashes themselves included: never another figure."""
    rng = Random(54)
    documents = [seal(one, key=KEY if n % 2 else None).encode() + b"\n" for n, one in
                 enumerate([full(), *calculated(range(60))])]  # fmt: skip
    for number in range(3000):
        which = number % len(documents)
        data = bytearray(documents[which])
        at = rng.randrange(len(data))
        data[at] ^= 1 << rng.randrange(8) if number % 3 else rng.randrange(1, 256)
        error = refusal(replay, bytes(data), key=KEY if which % 2 else None)
        assert isinstance(error, InvalidInput), (which, at)


def test_a_missing_byte_and_a_doubled_one_are_found() -> None:
    data = seal(full()).encode()
    for at in range(0, len(data), 7):
        assert isinstance(refusal(replay, data[:at] + data[at + 1 :]), InvalidInput)
        assert isinstance(refusal(replay, data[:at] + data[at : at + 1] + data[at:]), InvalidInput)


def test_swapped_parts_of_two_sealed_results_are_found() -> None:
    one, other = (json.loads(seal(calculation).encode()) for calculation in calculated(range(2, 8, 4)))
    other["party"] = json.loads(seal(full()).encode())["party"]
    for name in ("sealed", "party", "engine", "seal"):
        mixed = {**one, name: other[name]}
        assert refusal(replay, mixed).code == "sealBroken", name


@pytest.mark.parametrize("name", ["format", "sealed", "engine", "seal"])
def test_a_part_that_is_missing_is_found(document: dict[str, Any], name: str) -> None:
    del document[name]
    assert refusal(replay, document).code in ("sealBroken", "unknownFormat")


def test_an_unknown_part_is_refused(document: dict[str, Any]) -> None:
    error = refusal(replay, {**document, "partyy": {}})
    assert (error.code, error.problems[0].path) == ("unknownField", "partyy")


@pytest.mark.parametrize("other", [[], 1, b"[]", {}, {"id": "inv_1"}, None])
def test_what_is_no_sealed_result_is_refused(other: Any) -> None:
    assert refusal(replay, other).code == "sealBroken"


@pytest.mark.parametrize(
    ("text", "code"), [("", "emptyDocument"), ("{", "invalidJson"), (b"\xff", "invalidText")]
)
def test_what_is_no_json_is_told_so(text: Any, code: str) -> None:
    assert refusal(replay, text).code == code


def test_a_format_that_is_not_known_is_refused(document: dict[str, Any]) -> None:
    assert refusal(replay, {**document, "format": 2}).code == "unknownFormat"


def test_a_duplicate_key_is_refused() -> None:
    data = seal(full()).encode()
    twice = data.replace(b'{"format":1,', b'{"format":1,"seal":"x",', 1)
    assert refusal(replay, twice).code == "sealBroken"


def test_a_reformatted_document_is_refused_as_bytes_and_taken_as_an_object() -> None:
    data = seal(full()).encode()
    pretty = json.dumps(json.loads(data), indent=2, sort_keys=True).encode()
    error = refusal(replay, pretty)
    assert error.code == "sealBroken"
    assert "another spelling" in str(error)
    assert replay(json.loads(pretty)).totals == full().totals


def test_a_terminal_obeys_nothing_in_a_sealed_result_and_it_still_replays() -> None:
    hostile = "\x9b2J\u202e \x1b \u00e9"
    line = Line(id="1", amount="1.00", tax_rates=[VAT], description=hostile)
    calculation = calculate(Invoice(id="inv", currency="EUR", tax_date=date(2026, 3, 1), lines=[line]))
    data = seal(calculation).encode()
    assert not any(char in data.decode() for char in hostile[:1] + "\u202e\x1b")
    assert encode(replay(data)) == encode(calculation)


# ---- keys ----


def test_a_keyed_seal_is_broken_by_whoever_has_no_key() -> None:
    """A forger who changes the content hashes it again: bare hashes hold then, the key does not."""
    forged = json.loads(seal(full(), key=KEY).encode())
    forged["sealed"]["rates"][0]["name"] = "forged"
    spelt = json.dumps(forged["sealed"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    bare = f"sha256:{hashlib.sha256(spelt.encode()).hexdigest()}"
    assert refusal(read_sealed, {**forged, "seal": bare}, key=KEY).code == "unexpectedSeal"
    assert refusal(read_sealed, {**forged, "seal": f"hmac-{bare}"}, key=KEY).code == "sealBroken"
    assert refusal(read_sealed, forged, key=KEY).code == "sealBroken"


def test_a_keyed_seal_needs_its_key_and_no_other() -> None:
    data = seal(full(), key=KEY).encode()
    assert refusal(replay, data).code == "sealKeyNeeded"
    assert refusal(replay, data, key=b"another key of some length").code == "sealBroken"


def test_the_hash_of_the_party_follows_from_nothing_that_stays(document: dict[str, Any]) -> None:
    """Neither without the key nor with it can one try names until the hash fits: the salt is not known."""
    salts = {seal(full(), key=key).to_dict()["party"]["salt"] for key in (None, None, KEY, KEY)}
    assert len(salts) == 4
    assert all(len(salt) == 32 for salt in salts)


def test_the_same_result_without_personal_data_is_the_same_bytes_without_a_key() -> None:
    line = Line(id="1", amount="1.00", tax_rates=[VAT])
    invoice = Invoice(id="1", currency="EUR", tax_date=date(2026, 3, 1), lines=[line])
    assert seal(calculate(invoice)).encode() == seal(calculate(invoice)).encode()


@pytest.mark.parametrize("key", [b"", b"short", "text of a good length", 12])
def test_a_key_that_is_none_is_refused_without_being_told(key: Any) -> None:
    error = refusal(seal, full(), key=key)
    assert error.code in ("invalidValue", "invalidType")
    assert "short" not in str(error)
    assert "text of" not in str(error)


# ---- the party block ----


def test_what_is_said_of_persons_stands_in_the_party_block_alone(document: dict[str, Any]) -> None:
    rest = json.dumps({name: held for name, held in document.items() if name != "party"})
    assert [text for text in PERSONAL if text in rest] == []
    party = json.dumps(document["party"])
    assert [text for text in PERSONAL if text not in party] == []


def test_the_digest_of_the_whole_invoice_lies_with_the_party(document: dict[str, Any]) -> None:
    """With it, and without a salt, one could try names and numbers until it fits."""
    digest = full().provenance.input
    assert document["party"]["input"] == digest
    assert str(digest) not in json.dumps({**document, "party": None})


def test_the_party_block_can_be_taken_out_and_the_seal_holds(document: dict[str, Any]) -> None:
    whole = replay(document)
    del document["party"]
    replayed = replay(document)
    assert replayed.provenance == whole.provenance._replace(input=None)
    assert replayed.lines == whole.lines
    assert replayed.totals == whole.totals
    assert read_calculation(encode(replayed)) == replayed


def test_without_party_is_the_document_without_it(document: dict[str, Any]) -> None:
    done = read_sealed(document)
    assert json.loads(done.without_party().encode()) == {k: v for k, v in document.items() if k != "party"}


@pytest.mark.parametrize(
    "change",
    [
        {"salt": "0" * 32},
        {"input": "sha256:0"},
        {"fields": {}},
        {"fields": {"customer.name": "Eve"}},
        {"x": 1},
    ],
)
def test_another_party_block_is_found(document: dict[str, Any], change: dict[str, Any]) -> None:
    changed = {**document, "party": {**document["party"], **change}}
    assert refusal(replay, changed).code == "sealBroken"


def test_a_party_block_where_none_was_sealed_is_found(document: dict[str, Any]) -> None:
    line = Line(id="1", amount="1.00", tax_rates=[VAT])
    plain = json.loads(
        seal(calculate(Invoice(id="1", currency="EUR", tax_date=date(2026, 3, 1), lines=[line]))).encode()
    )
    assert "party" not in plain
    assert refusal(replay, {**plain, "party": document["party"]}).code == "sealBroken"


# ---- what cannot be sealed or replayed ----


def test_a_calculation_that_was_read_cannot_be_sealed() -> None:
    assert refusal(seal, read_calculation(encode(full()))).code == "invalidValue"


def resealed(content: dict[str, Any]) -> dict[str, Any]:
    """A document whose hashes hold over that content: what a forger without a key to break can make."""
    from taxengine.recalculation.sealed import sealed

    return sealed(content, None, "0.1.0", None).to_dict()


def content_of(calculation: Calculation) -> dict[str, Any]:
    return deepcopy(seal(calculation).without_party().content)


def test_figures_that_do_not_follow_from_the_rest_are_named_with_their_paths() -> None:
    content = content_of(full())
    content["calculation"]["totals"]["tax"] = "19.96"
    content["calculation"]["lines"][1]["taxes"][0]["tax"] = "0.96"
    error = refusal(replay, resealed(content))
    assert error.code == "replayDiffers"
    assert [problem.path for problem in error.problems] == ["lines[1].taxes[0].tax", "totals.tax"]
    assert error.problems[1].message == "totals.tax: expected '19.96', as it was sealed, got '19.95'"


def test_a_rules_version_that_this_engine_does_not_have_is_refused() -> None:
    content = content_of(full())
    content["rules"] = 2
    error = refusal(replay, resealed(content))
    assert (error.code, error.problems[0].path) == ("unknownRules", "sealed.rules")


def test_a_broken_content_under_a_good_seal_is_refused_and_nothing_else() -> None:
    """Each part of the content left out or replaced: an error of ours, whatever it is."""
    content, tried = content_of(full()), 0
    for name in content.keys() - {"party"}:
        for other in (None, [], {}, "x", 7):
            assert isinstance(refusal(replay, resealed({**content, name: other})), InvalidInput)
            tried += 1
    for name in content["determination"]:
        for other in (None, [], {}, "x", [99], -1):
            changed = {**content, "determination": {**content["determination"], name: other}}
            try:
                replay(resealed(changed))
            except InvalidInput:
                tried += 1
    assert tried > 50


def test_nothing_is_sealed_that_would_not_replay(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the engine's own, found when there is still somebody to ask."""
    monkeypatch.setattr("taxengine.recalculation.replaying._policy", lambda _: full().policy)
    with pytest.raises(InvariantBroken, match="expected a result that replays"):
        seal(calculate(Invoice(
            id="1", currency="EUR", tax_date=date(2026, 3, 1), policy="en16931",
            lines=[Line(id=str(n), amount="0.33", tax_rates=[VAT]) for n in range(3)],
        )))  # fmt: skip


def test_numbers_of_free_data_keep_their_spelling_through_bytes_and_through_a_parser() -> None:
    text = (
        '{"id": "1", "currency": "EUR", "taxDate": "2026-03-01", '
        '"lines": [{"id": "1", "amount": "1", "taxRates": [], '
        '"meta": {"n": -0, "exact": 1.50, "small": 0.10, "whole": 7, "wide": 12345678901234567890123}}]}'
    )
    calculation = calculate(read_invoice(text))
    data = seal(calculation).encode()
    assert b'"n":-0,"exact":1.50,"small":0.10,"whole":7,"wide":12345678901234567890123' in data
    assert encode(replay(data)) == encode(calculation)
    plain = text.replace('"n": -0, ', "")
    stored = json.loads(seal(calculate(read_invoice(plain))).encode(), parse_float=Decimal)
    assert replay(stored).totals.gross == 1


@pytest.mark.parametrize(
    "text", ['{"format":1,"sealed":{"a":"\\ud800"},"engine":{"version":"1","hash":"x"},"seal":"s"}']
)
def test_what_no_file_can_hold_is_refused(text: str) -> None:
    assert refusal(replay, text).code in ("sealBroken", "invalidText")
    assert refusal(replay, json.loads(text)).code in ("sealBroken", "invalidText")
    assert refusal(
        replay, {"format": 1, "sealed": {1: 2}, "engine": {"version": "1", "hash": "x"}, "seal": "s"}
    )
