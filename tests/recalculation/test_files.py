"""Files: the documents of files and folders, each with its place, and pairs of two sets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from taxengine.core.errors import InvalidInput
from taxengine.recalculation import files
from taxengine.recalculation.files import Place, documents, files_of, line_at
from taxengine.recalculation.pairs import pairs


def line(id: str, kind: str = "invoice", note: str = "") -> bytes:
    return json.dumps({"sealed": {"calculation": {"invoice": id, "kind": kind}}, "note": note}).encode()


def test_every_line_is_found_again_where_its_place_says(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n" + line("a") + b"\n  \n" + line("b") + b"\n" + line("c"))
    found = list(documents([str(path)]))
    assert [place.number for place, _ in found] == [2, 4, 5]
    assert [line_at(place.file, place.start) for place, _ in found] == [text for _, text in found]


def test_a_line_too_long_is_refused_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 100)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 100 + b"\n" + b"y" * 101 + b"\n" + b"z" * 1000 + b"\n{}\n" + b"w" * 102)
    found = list(documents([str(path)]))
    assert [type(text) for _, text in found] == [bytes, InvalidInput, InvalidInput, bytes, InvalidInput]
    for place, text in found:
        again = line_at(place.file, place.start)
        assert type(again) is type(text)
        assert not isinstance(text, bytes) or again == text


def test_an_indented_document_is_one_document(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"a": 1, "b": 2}, indent=2))
    assert [place.number for place, _ in documents([str(path)])] == [1]


def test_a_path_that_is_none_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        files_of([str(tmp_path), str(tmp_path / "none.jsonl")])


def test_pairs_are_found_by_id_and_kind_in_any_order(tmp_path: Path) -> None:
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    one.write_bytes(
        b"\n".join([line("a"), line("b"), line("b", "creditNote", "1"), line("b", "creditNote", "2")])
    )
    other.write_bytes(
        b"\n".join([line("c"), line("b", "creditNote", "x"), b"{", line("b"), line("b", "creditNote", "y")])
    )
    told = [
        tuple(None if side is None else side[1] for side in pair) for pair in pairs([str(one)], [str(other)])
    ]
    assert told == [
        (line("a"), None),
        (line("b"), line("b")),
        (line("b", "creditNote", "1"), line("b", "creditNote", "x")),
        (line("b", "creditNote", "2"), line("b", "creditNote", "y")),
        (None, line("c")),
        (None, b"{"),
    ]


def test_what_has_no_id_has_no_other(tmp_path: Path) -> None:
    one = tmp_path / "one.jsonl"
    one.write_bytes(b"[]\n")
    ((before, after),) = pairs([str(one)], [])
    assert (before, after) == ((Place(str(one), 1), b"[]"), None)
