"""Values: immutable, checked as a whole, and told by the names that a document gives their fields."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from taxengine.core import checks
from taxengine.core.errors import InvalidInvoice, Problem
from taxengine.core.spelling import canonical, to_dict
from taxengine.core.values import (
    Exactly,
    MaybeExactly,
    Texts,
    derived,
    document_name,
    free,
    given,
    replace,
    value,
)


class Size(StrEnum):
    LARGE = "large"


@dataclass(frozen=True)
class Named:
    id: str

    def to_reference(self) -> str:
        return self.id


def named(problems: checks.Problems, values: Any, path: str) -> tuple[Named, ...]:
    return tuple(values)


@value(InvalidInvoice)
class Inner:
    count: MaybeExactly = given(checks.number, default=None)


@value(InvalidInvoice)
class Parcel:
    weight_net: Exactly = given(checks.number)
    note: str | None = given(checks.text, default=None)
    marks: Texts = given(checks.texts, default=())
    sent: date | None = given(checks.day, default=None)
    size: Size | str | None = given(checks.member(Size), default=None)
    inner: Inner | None = given(checks.instance(Inner), default=None)
    all_inner: tuple[Inner, ...] = given(checks.sequence(checks.instance(Inner)), default=())
    of: tuple[Named, ...] | None = given(named, default=None)
    meta: Mapping[str, object] | None = free(default=None)
    heavy: bool = derived(default=False)

    def check_whole(self, problems: checks.Problems) -> None:
        if self.weight_net < 0:
            problems.append(Problem("invalidValue", "weightNet: expected a weight, got less", "weightNet"))
        object.__setattr__(self, "heavy", self.weight_net > 100)


def refused(**arguments: Any) -> InvalidInvoice:
    with pytest.raises(InvalidInvoice) as caught:
        Parcel(**arguments)
    return caught.value


def test_every_problem_of_the_fields_is_told_at_once_by_the_names_of_a_document() -> None:
    error = refused(weight_net=1.5, note="", marks=["a", 2], sent="today", size="larg", all_inner=[5])
    paths = [problem.path for problem in error.problems]
    assert paths == ["weightNet", "note", "marks[1]", "sent", "size", "allInner[0]"]


def test_the_whole_is_judged_only_where_each_field_is_well() -> None:
    assert [one.path for one in refused(weight_net="-1").problems] == ["weightNet"]
    assert [one.path for one in refused(weight_net="-1", note="").problems] == ["note"]


def test_a_field_that_is_required_or_unknown_is_named_as_python_does() -> None:
    with pytest.raises(TypeError, match="weight_net"):
        Parcel()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="wieght"):
        Parcel(weight_net=1, wieght=2)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="positional"):
        Parcel(1)  # type: ignore[misc]


def test_none_is_no_number_where_a_number_is_required() -> None:
    assert [one.code for one in refused(weight_net=None).problems] == ["invalidType"]


@pytest.mark.parametrize("name", [one.name for one in Parcel._declared])  # type: ignore[attr-defined]
def test_a_value_is_immutable(name: str) -> None:
    parcel = Parcel(weight_net=1)
    with pytest.raises(AttributeError):
        setattr(parcel, name, None)
    with pytest.raises(AttributeError):
        delattr(parcel, name)
    with pytest.raises(AttributeError):
        parcel.other = 1  # type: ignore[attr-defined]


def test_what_the_caller_does_later_changes_nothing() -> None:
    marks, meta = ["a"], {"k": 1}
    parcel = Parcel(weight_net=1, marks=marks, meta=meta)
    marks.append("b")
    meta["k"] = 2
    assert (parcel.marks, parcel.meta) == (("a",), {"k": 1})


def test_values_of_the_same_fields_are_equal_whatever_is_derived() -> None:
    one, other = Parcel(weight_net="200"), Parcel(weight_net="200.00")
    assert one == other
    assert hash(one) == hash(other)
    assert one.heavy
    assert "heavy" not in repr(one)
    assert Parcel(weight_net=1, meta={"a": []}) != Parcel(weight_net=1)
    assert hash(Parcel(weight_net=1, meta={"a": []})) == hash(Parcel(weight_net=1))


def test_a_changed_copy_is_checked_again() -> None:
    parcel = Parcel(weight_net=1)
    assert replace(parcel, weight_net=200).heavy
    with pytest.raises(InvalidInvoice):
        replace(parcel, weight_net=-1)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_copy_is_the_same(copied: Any) -> None:
    parcel = Parcel(weight_net="200", marks=["a"], meta={"k": [1]})
    again = copied(parcel)
    assert again == parcel
    assert again.heavy


def test_a_document_leaves_out_what_is_as_it_would_be_anyway() -> None:
    assert to_dict(Parcel(weight_net="1.50")) == {"weightNet": "1.50"}
    assert to_dict(Inner()) == {}
    assert to_dict(Parcel(weight_net=1, marks=(), meta={}, note=None)) == {"weightNet": "1"}


def test_a_document_spells_every_kind_of_field() -> None:
    parcel = Parcel(
        weight_net=Decimal("1E+3"),
        note="n",
        marks=["a"],
        sent=date(2026, 3, 1),
        size="large",
        inner=Inner(count="2.0"),
        all_inner=[Inner(), Inner(count=Decimal("0.0000001"))],
        of=[Named("x")],
        meta={"k": [1]},
    )
    expected = {
        "weightNet": "1000",
        "note": "n",
        "marks": ["a"],
        "sent": "2026-03-01",
        "size": "large",
        "inner": {"count": "2.0"},
        "allInner": [{}, {"count": "0.0000001"}],
        "of": ["x"],
        "meta": {"k": [1]},
    }
    assert to_dict(parcel) == expected
    assert '"inner":{"count":"2"}' in canonical(parcel)


def test_the_fields_stand_in_the_order_in_which_they_are_declared() -> None:
    document = to_dict(Parcel(note="n", weight_net=1, sent=date(2026, 3, 1), marks=["a"]))
    assert list(document) == ["weightNet", "note", "marks", "sent"]


@pytest.mark.parametrize(
    ("attribute", "name"),
    [("id", "id"), ("tax_date", "taxDate"), ("allow_above_100", "allowAbove100"), ("line1", "line1")],
)
def test_a_document_names_an_attribute_in_camel_case(attribute: str, name: str) -> None:
    assert document_name(attribute) == name


def test_no_field_is_taken_out() -> None:
    with pytest.raises(AttributeError, match="stays"):
        del Parcel(weight_net=1).note
