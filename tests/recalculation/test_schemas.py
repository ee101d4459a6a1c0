"""Schemas: every sealed result and every row fits its schema, and what is misspelt does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from taxengine import refund
from taxengine.core.errors import InvalidInput, Problem
from taxengine.documents import schema
from taxengine.recalculation import recalculate, seal
from taxengine.recalculation.attribution import compare
from tests.recalculation import KEY, calculated
from tests.recalculation.golden import path_of

SEALED = jsonschema.Draft202012Validator(schema("sealed"))
COMPARED = jsonschema.Draft202012Validator(schema("compared"))


def rows() -> Iterator[dict[str, Any]]:
    """Rows as the commands write them."""
    from taxengine.cli.auditing import refused_row, shown
    from taxengine.recalculation.files import Place

    place = Place("june.jsonl", 3)
    for calculation in calculated(range(60)):
        done = seal(calculation, key=KEY)
        for policy in ("us-invoice", "en16931"):
            try:
                after = recalculate(done, policy=policy, key=KEY)
            except InvalidInput:
                continue
            told = compare(calculation, after).to_dict()
            yield {**told, "place": shown(place), "seal": done.hash}
        yield {**compare(None, calculation).to_dict(), "place": shown(place), "sealAfter": done.hash}
    yield refused_row(None, place, InvalidInput(Problem("sealBroken", "seal: ...", "seal")))


def told(validator: Any, document: object) -> list[str]:
    return [error.message for error in validator.iter_errors(document)]


def test_golden_documents_fit() -> None:
    for line in path_of(1).read_bytes().splitlines():
        assert told(SEALED, json.loads(line)) == []


def test_sealed_refunds_fit_with_and_without_the_party_block() -> None:
    for calculation in calculated(range(30)):
        try:
            first = refund(calculation, lines=[calculation.lines[0].id])
            done = seal(refund(calculation, previous=[first]))
        except InvalidInput:
            continue
        assert told(SEALED, json.loads(done.encode())) == []
        assert told(SEALED, json.loads(done.without_party().encode())) == []


def test_rows_fit() -> None:
    found = [json.loads(json.dumps(row)) for row in rows()]
    assert len(found) > 100
    assert [told(COMPARED, row) for row in found if told(COMPARED, row)] == []


@pytest.mark.parametrize("path", [
    (), ("sealed",), ("sealed", "determination"), ("sealed", "calculation"), ("sealed", "party"), ("party",),
    ("engine",), ("sealed", "determination", "outcomes", 0),
])  # fmt: skip
def test_an_unknown_field_does_not_fit(path: tuple[str | int, ...]) -> None:
    lines = path_of(1).read_bytes().splitlines()
    document = next(one for one in map(json.loads, lines) if "party" in one)
    assert told(SEALED, document) == []
    inner = document
    for step in path:
        inner = inner[step]
    inner["unknown"] = 1
    assert told(SEALED, document)
