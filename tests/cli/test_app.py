"""App: however a run ends, there is one line for a person and one code for a script."""

from __future__ import annotations

import errno
import json
import sys
from pathlib import Path

import pytest

import taxengine.cli
from taxengine.cli import options
from taxengine.cli.app import run
from taxengine.core.errors import MissingExtra, Problem
from tests.cli import command, invoice
from tests.cli.conftest import Answer


@pytest.mark.parametrize(
    ("raised", "code", "told"),
    [
        (
            PermissionError(errno.EACCES, "Permission denied", "rates.json"),
            2,
            "rates.json: Permission denied",
        ),
        (OSError(errno.EIO, "Input/output error", "rates.json"), 1, "rates.json: Input/output error"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (MemoryError(), 1, "unexpected MemoryError"),
        (
            MissingExtra(Problem("missingExtra", "documents need pydantic: pip install")),
            2,
            "documents need pydantic",
        ),
        (ModuleNotFoundError("No module named 'babel'", name="babel"), 2, "pip install 'taxengine[cli]'"),
        (ModuleNotFoundError("No module named 'other'", name="other"), 1, "No module named 'other'"),
    ],
)
def test_whatever_ends_a_run_is_told_in_one_line(
    answer: Answer, monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: int, told: str
) -> None:
    def read(_: object) -> object:
        raise raised

    monkeypatch.setattr(options, "read_any", read)
    done = answer(given=[invoice()])
    assert (done.code, done.out, done.err.count("\n")) == (code, b"", 1)
    assert told in done.err


class Broken:
    """A standard output that nobody reads, or that is full."""

    encoding = "utf-8"

    def __init__(self, code: int) -> None:
        self.code = code
        self.buffer = self

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        raise OSError("no file")

    def write(self, _: bytes) -> int:
        raise OSError(self.code, "broken")

    def flush(self) -> None:
        raise OSError(self.code, "broken")


@pytest.mark.parametrize(("code", "ends_with"), [(errno.EPIPE, 0), (errno.ENOSPC, 1)])
def test_an_output_that_breaks_ends_the_run(
    rates: Path, here: Path, monkeypatch: pytest.MonkeyPatch, code: int, ends_with: int
) -> None:
    (here / "in.json").write_text(json.dumps(invoice()))
    monkeypatch.setattr(sys, "stdout", Broken(code))
    assert run(["calculate", "in.json", "--rates", str(rates)]) == ends_with
    rates.write_text("[{}]")
    assert run(["calculate", "in.json", "--rates", str(rates)]) == 3


def test_main_runs_what_was_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["taxengine", "--version"])
    with pytest.raises(SystemExit) as left:
        taxengine.cli.main()
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("taxengine ")


def test_main_without_its_packages_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "taxengine.cli.app")
    for name, ends in (("click", SystemExit), ("taxengine.core.version", ModuleNotFoundError)):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, name, None)
            with pytest.raises(ends):
                taxengine.cli.main(["--help"])
    assert capsys.readouterr().err.count("pip install 'taxengine[cli]'") == 1


def test_a_shell_may_ask_for_completions_here_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (
        ("_TAXENGINE_COMPLETE", "bash_complete"),
        ("COMP_WORDS", "taxengine ra"),
        ("COMP_CWORD", "1"),
    ):
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit):
        run([])
    assert capsys.readouterr().out == "plain,rates\n"


def test_the_sentence_of_a_missing_rate_names_the_document(answer: Answer) -> None:
    done = answer(given=[invoice("a"), invoice("b", country="FR")])
    assert done.err.startswith("taxengine: standard input:2, invoice b: lines[0]: expected a rate for FR")
    assert command("calculate", "nonesuch").err.endswith("see taxengine calculate --help\n")
