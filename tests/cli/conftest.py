"""Fixtures of the command line: a folder to work in, with a file of rates."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli import RATES, Done, command

Answer = Callable[..., Done]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder; it holds `rates.json`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rates.json").write_text(json.dumps(RATES))
    return tmp_path


@pytest.fixture
def rates(here: Path) -> Path:
    return here / "rates.json"


@pytest.fixture
def answer(rates: Path) -> Answer:
    """`calculate` of documents, or of text, with `rates.json` and more options."""

    def answer(*options: str, given: object) -> Done:
        text = given if isinstance(given, bytes | list) else [given]
        return command("calculate", "-", "--rates", rates, *options, given=text)

    return answer
