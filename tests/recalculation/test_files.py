"""Files: the documents of files and folders, each with its place, and pairs of two sets."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
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


def refund(
    id: str, asked: Mapping[str, object], previous: int = 0, note: str = "", indent: int | None = None
) -> bytes:
    content = {
        "refund": {"asked": asked, "previous": [{}] * previous},
        "calculation": {"invoice": id, "kind": "creditNote"},
    }
    return json.dumps({"sealed": content, "note": note}, indent=indent).encode()


def test_credit_notes_of_an_invoice_are_matched_by_what_was_asked(tmp_path: Path) -> None:
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    all_, lines = {"lines": None}, {"lines": ["1", "2"], "basis": "gross"}
    ours = [refund("a", lines), refund("a", all_, 1), refund("a", all_, 2), refund("a", all_, 2, "again")]
    reordered = {"basis": "gross", "lines": ["1", "2"]}
    theirs = [
        refund("a", all_, 2, "x"),
        refund("a", all_, 3, "y"),
        refund("a", reordered, note="z"),
        refund("a", all_, 1, "w"),
        refund("a", all_, 2, "v"),
    ]
    one.write_bytes(b"\n".join(ours))
    other.write_bytes(b"\n".join(theirs))
    told = [
        tuple(None if side is None else side[1] for side in pair) for pair in pairs([str(one)], [str(other)])
    ]
    assert told == [
        (ours[0], theirs[2]),
        (ours[1], theirs[3]),
        (ours[2], theirs[0]),
        (ours[3], theirs[4]),
        (None, theirs[1]),
    ]


def test_what_is_no_refund_is_matched_by_its_head(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    odd = refund("a", {}).replace(b'"previous": []', b'"previous": 1')
    path.write_bytes(odd + b"\n" + line("a", "creditNote"))
    told = [(before and before[1], after and after[1]) for before, after in pairs([str(path)], [str(path)])]
    assert told == [(odd, odd), (line("a", "creditNote"),) * 2]


def test_a_file_is_found_again_whatever_its_name_is(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/caf\xe9"
    os.mkdir(folder)
    with open(folder + b"/a.jsonl", "wb") as file:
        file.write(line("a") + b"\n" + line("b"))
    path = os.fsdecode(folder)
    ((one, other), (_, rest)) = pairs([f"{path}/a.jsonl"], [path])
    assert one == other == (Place(f"{path}/a.jsonl", 1), line("a"))
    assert rest is not None
    assert rest[0].shown == f"{tmp_path}/caf\\xe9/a.jsonl"
    assert str(rest[0]) == f"{tmp_path}/caf\\xe9/a.jsonl:2"


def test_a_lone_brace_makes_one_bad_line_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"{\n" + line("a") + b"\n\n" + line("b"))
    found = list(documents([str(path)]))
    assert [(place.number, text) for place, text in found] == [(1, b"{"), (2, line("a")), (4, line("b"))]
    assert [line_at(str(path), place.start) for place, _ in found] == [text for _, text in found]


def test_an_indented_document_is_found_again_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(refund("a", {}, indent=2) + b"\n")
    ((place, text),) = documents([str(path)])
    assert text == path.read_bytes() == line_at(str(path), place.start)


def test_what_is_too_long_for_one_document_is_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_INDENTED", 20)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{\n"a": 1,\n"long": "long"\n}\n' + line("a"))
    told = [text for _, text in documents([str(path)])]
    assert told == [b"{", b'"a": 1,', b'"long": "long"', b"}", line("a")]


def test_of_a_folder_only_files_are_read_whatever_the_case_of_their_ending(tmp_path: Path) -> None:
    for name in ("b.JSONL", "c.Json", "d.txt"):
        (tmp_path / name).write_bytes(line(name))
    os.mkfifo(tmp_path / "a.jsonl")
    (tmp_path / "e.jsonl").symlink_to("nowhere")
    (tmp_path / "out.jsonl.partial").mkdir()
    (tmp_path / "out.jsonl.partial" / "rows.jsonl").write_bytes(b"{}\n")
    found = list(documents([str(tmp_path)]))
    assert [Path(place.file).name for place, _ in found] == ["b.JSONL", "c.Json", "e.jsonl"]
    refused = found[-1][1]
    assert isinstance(refused, InvalidInput)
    assert "e.jsonl: No such file or directory" in str(refused)
    assert isinstance(line_at(str(tmp_path / "e.jsonl"), 0), InvalidInput)


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in it would be missing, and nobody would know."""
    scan = os.scandir

    def denied(path: str) -> object:
        if str(path).endswith("deep"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    (tmp_path / "deep").mkdir()
    monkeypatch.setattr(os, "scandir", denied)
    with pytest.raises(PermissionError):
        files_of([str(tmp_path)])
