"""Mutations: documents that are valid, or broken in up to three places, for Hypothesis."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from tests.documents.samples import Document, leaves, objects

POOL: list[Any] = [
    None, True, False, 0, 1, -3, 12.5, "", "1", "-0.00", "19.99", "19,99", "1e5", "0.03", "2", "x",
    "a\0", "\ud800", "2026-03-01", "2019-12-31", "2026-02-30", "USD", "EUR", "JPY", "XXX", "US", "DE",
    "uk", "ZZ", "r1", "en16931", "nope", "inclusive", "exclusive", "own", "halfEven", "exact", "taxable",
    "line", "state", "standard", "exempt", "salesTax", "94105", "941*", "z" * 256, "y" * 1001,
    [], ["r1"], ["r1", "r1"], ["a", 1], [None], {}, {"a": 1}, {"country": "US"}, {"amount": "1.00"},
    [{"amount": "1.00"}], [{"id": "9", "amount": "1.00"}],
]  # fmt: skip
# Each drawn value is a copy, so that nothing comes to hold itself.
values = st.sampled_from(POOL).map(lambda value: json.loads(json.dumps(value)))


@st.composite
def mutated(draw: st.DrawFn, *documents: Document) -> Document:
    """A document with up to three values replaced, fields taken away, or fields added."""
    document = json.loads(json.dumps(draw(st.sampled_from(documents))))
    for _ in range(draw(st.integers(0, 3))):
        what = draw(st.sampled_from(["replace", "replace", "remove", "add"]))
        if what == "replace":
            places = [steps for steps, _ in leaves(document)]
            if places:
                steps = draw(st.sampled_from(places))
                inside_of(document, steps[:-1])[steps[-1]] = draw(values)
            continue
        found = [each for _, each in objects(document) if each]
        if not found:
            continue
        one = draw(st.sampled_from(found))
        if what == "remove":
            del one[draw(st.sampled_from(sorted(one)))]
        else:
            one[draw(st.sampled_from(["kind", "amount", "percent", "meta", "taxCategory", "tpye"]))] = draw(
                values
            )
    return document


def inside_of(document: Any, steps: tuple[str | int, ...]) -> Any:
    """What the steps lead to."""
    for step in steps:
        document = document[step]
    return document
