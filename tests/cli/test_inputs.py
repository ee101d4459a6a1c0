"""Inputs: the same documents however the bytes arrive."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.cli import inputs as module
from taxengine.cli.inputs import check_path, documents, from_files, opened
from taxengine.cli.output import UnfitPath
from taxengine.core.errors import InvalidInput


class Dripping(io.BytesIO):
    """A pipe that gives so many bytes at once."""

    def __init__(self, content: bytes, at_once: int) -> None:
        super().__init__(content)
        self._at_once = at_once

    def read1(self, size: int | None = -1, /) -> bytes:
        return self.read(min(self._at_once, size or 0))


def found(content: bytes, at_once: int = 1 << 20) -> list[Any]:
    return [
        (block.place(at), one)
        for block in documents(Dripping(content, at_once), "in")
        for at, one in block.items
    ]


CONTENTS = [
    b"",
    b"\n\n",
    b"\xef\xbb\xbf",
    b'{"a": 1}',
    b'\xef\xbb\xbf{"a": 1}\n{"b": 2}\n',
    b'\n {"a": 1}\r\n\r\n{"b": "\\"{["}\n\n{"c": 3}',
    b'{"a": [\n1, 2\n]}\n',
    b'{"a": "[{"}\n{"b": 2}',
    b'{"a": "x\n{"b": 2}\n',
    b'{"a": [\n{"b": 2}\n{"c": 3}\n',
    b"no json\n{}\n",
    b"no json\nat all\n",
    b"no json\n\n",
    b"no json",
    b'[{"a": 1},\n {"b": 2}]\n',
    b"[]",
    b"[1",
    b'"text"',
    b"\0\0\n{}\n",
    '{"a": 1}\n'.encode("utf-16"),
]


@pytest.mark.parametrize("content", CONTENTS, ids=ascii)
@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_it_does_not_matter_in_which_pieces_bytes_arrive(content: bytes, at_once: int) -> None:
    assert [repr(one) for one in found(content, at_once)] == [repr(one) for one in found(content)]


@given(
    st.lists(st.sampled_from([b'{"a": "\\\\"}', b"{}", b"", b" ", b"x", b'{"u": "\xc3\xa9"}'])),
    st.integers(1, 9),
)
def test_every_line_that_is_not_blank_is_a_document(lines: list[bytes], at_once: int) -> None:
    content = b'{"first": 1}\n' + b"\n".join(lines)
    expected = [(f"in:{at}", line) for at, line in enumerate(content.split(b"\n"), start=1) if line.strip()]
    assert found(content, at_once) == expected


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (b'{"a": 1}', ["in:1"]),
        (b'{"a":\n1}', ["in"]),
        (b'[{"a": 1}, 2]', ["in[0]", "in[1]"]),
        (b"\n\n{}\n\n{}", ["in:3", "in:5"]),
        (b'{"a": [\n{}\n{}', ["in:1", "in:2", "in:3"]),
        (b'{"a": [\n{}\n]}', ["in"]),
    ],
)
def test_each_document_has_its_place(content: bytes, places: list[str]) -> None:
    assert [place for place, _ in found(content)] == places


def test_an_array_that_cannot_be_read_is_one_document_with_its_reason() -> None:
    ((place, reason),) = found(b"[1, 2,]")
    assert place == "in"
    assert isinstance(reason, InvalidInput)


def test_a_document_too_long_is_read_no_further_than_it_may_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100)
    monkeypatch.setattr(module, "AT_ONCE", 10)
    stream = io.BytesIO(b'{"a":\n' + b" " * 1000)
    ((_, cut),) = [item for block in documents(stream, "in") for item in block.items]
    assert 100 < len(cut) <= 110  # type: ignore[arg-type]  # it is bytes
    assert stream.tell() < 200


def test_a_line_too_long_is_given_cut_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100)
    for at_once in (7, 1000):
        lines = found(b'{"a": 1}\n' + b"x" * 500 + b'\n{"b": 2}', at_once)
        assert [place for place, _ in lines] == ["in:1", "in:2", "in:3"]
        assert len(lines[1][1]) > 100
    lines = found(b'{"a": 1}\n' + b"x" * 500, 7)
    assert [place for place, _ in lines] == ["in:1", "in:2"]


def test_a_stream_without_read1_is_read_too() -> None:
    class Plain:
        def __init__(self) -> None:
            self._stream = io.BytesIO(b"{}\n{}\n")
            self.read = self._stream.read

    assert [block.items for block in documents(Plain(), "in")] == [[(1, b"{}"), (2, b"{}")]]  # type: ignore[arg-type]


def test_closed_standard_input_is_no_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UnfitPath, match="closed"):
        check_path("-")


@pytest.mark.parametrize("path", ["/nonesuch", "/tmp", "a\0b", "x" * 5000, ""])
def test_a_path_that_cannot_be_read_is_refused(path: str) -> None:
    with pytest.raises(UnfitPath):
        list(from_files([path]))


def test_a_file_that_may_not_be_read_is_refused(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(module.os, "access", lambda *_: False)
        with pytest.raises(UnfitPath, match="Permission denied"):
            check_path("rates.json")
    monkeypatch.setattr(module, "check_path", lambda path: None)
    with pytest.raises(UnfitPath, match="No such file"), opened("vanished.json"):
        pass
