"""Streams: answers as they are ready, in little memory; pipes that break, odd terminals and places."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from taxengine.cli import run
from taxengine.cli.printing import say, silence
from taxengine.cli.progress import Progress
from taxengine.showing.text import printable
from tests.cli import FROM_HERE, command, invoice, lines_of, process, process_of, shell

LINE = json.dumps(invoice()).encode() + b"\n"
HOSTILE = "Acme\x1b[2J\x1b]0;owned\x07\r\nline 2\x9b31m\u202egnp.exe\u2028\x7f\u200b"


def first_line(stream: IO[bytes], seconds: float = 20) -> bytes:
    """What comes within that time, without waiting for the end."""
    ready, _, _ = select.select([stream], [], [], seconds)
    assert ready, "no answer came"
    return stream.readline()


@pytest.mark.parametrize(("form", "before"), [("jsonl", 1), ("", 2)])
def test_the_first_answer_comes_before_the_input_ends(rates: Path, form: str, before: int) -> None:
    """Without `--format` the second document decides whether there are many."""
    with process_of("calculate", "-", "--rates", rates, *(["--format", form] if form else [])) as started:
        assert started.stdin is not None
        assert started.stdout is not None
        started.stdin.write(LINE * before)
        started.stdin.flush()
        assert json.loads(first_line(started.stdout))["invoice"] == "inv_1"
        started.stdin.write(LINE)
        started.stdin.close()
        assert len(started.stdout.read().splitlines()) == before
    assert started.returncode == 0


def test_memory_stays_flat_over_a_long_stream(here: Path, rates: Path) -> None:
    """Twenty times the documents take no more memory, within a few megabytes."""
    code = (
        "import resource, sys; from taxengine.cli.app import run; run(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = []
    for count in (500, 10_000):
        (here / "in.jsonl").write_bytes(LINE * count)
        arguments = ["calculate", "in.jsonl", "--rates", str(rates), "-o", f"out-{count}.jsonl"]
        line = [sys.executable, "-c", code, *arguments]
        done = subprocess.run(line, capture_output=True, check=True, env=os.environ | FROM_HERE)
        peaks.append(int(done.stdout))
        assert (here / f"out-{count}.jsonl").read_bytes().count(b"\n") == count
    assert peaks[1] - peaks[0] < 4_000


@pytest.mark.parametrize("form", ["jsonl", "json", "table", "html"])
def test_a_pipe_that_breaks_ends_the_run_quietly(here: Path, rates: Path, form: str) -> None:
    (here / "in.jsonl").write_bytes(LINE * 2_000)
    with process_of("calculate", "in.jsonl", "--rates", rates, "--format", form) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.read(10)
        started.stdout.close()
        assert started.stderr.read() == b""
    assert started.returncode == 0


def test_a_pipe_that_breaks_leaves_the_code_of_what_was_answered(here: Path, rates: Path) -> None:
    (here / "in.jsonl").write_bytes(b"{}\n" + LINE * 2_000)
    done = shell("(taxengine calculate in.jsonl --rates rates.json) | head -1; exit ${PIPESTATUS[0]}")
    assert done.code == 3
    assert len(done.lines()) == 1
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "arguments", ["--help", "calculate --help", "schema invoice", "rates list rates.json"]
)
def test_whatever_is_printed_may_have_a_broken_pipe(rates: Path, arguments: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with process_of(*arguments.split(), stdout=writing) as started:
        os.close(writing)
        _, err = started.communicate(timeout=30)
    assert (started.returncode, err) == (0, b"")


@pytest.mark.parametrize("redirection", [">&-", ">/dev/full"])
def test_a_standard_output_that_takes_nothing_is_told(rates: Path, redirection: str) -> None:
    for arguments in ("calculate - --rates rates.json", "rates list rates.json", "schema invoice"):
        done = shell(f"taxengine {arguments} {redirection}", given=LINE)
        assert (done.code, done.err.count("\n")) == (1, 1)
        assert done.err.startswith("taxengine: standard output")


def test_closed_standard_streams_do_no_harm(rates: Path) -> None:
    for redirection, code in ((">&- 2>&-", 1), ("2>&-", 0), ("<&-", 2), ("<&- >&- 2>&-", 2)):
        assert shell(f"taxengine calculate - --rates rates.json {redirection}", given=LINE).code == code


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "xx_XX.nonesuch"},
    ],
)
def test_a_terminal_that_knows_no_unicode_gets_what_it_can_show(
    rates: Path, environment: dict[str, str]
) -> None:
    document = invoice(
        customer={"name": "Müller 東京 €", "address": {"country": "DE"}}, line={"description": "Füße"}
    )
    given = json.dumps(document, ensure_ascii=False).encode()
    for form in ("table", "json", "html"):
        done = process("calculate", "-", "--rates", rates, "--format", form, given=given, env=environment)
        assert (done.code, done.err) == (0, "")
        done.out.decode("latin-1" if form == "table" else "utf-8")


def test_json_and_pages_are_utf_8_whatever_the_terminal_knows(rates: Path) -> None:
    given = json.dumps(invoice("ü")).encode()
    done = process("calculate", "-", "--rates", rates, given=given, env={"PYTHONIOENCODING": "latin-1"})
    assert done.json()["invoice"] == "ü"


def test_no_home_no_environment_and_a_folder_that_is_read_only_are_enough(here: Path, rates: Path) -> None:
    folder = here / "read-only"
    folder.mkdir()
    folder.chmod(0o555)
    arguments = [
        sys.executable,
        "-m",
        "taxengine.cli",
        "calculate",
        "-",
        "--rates",
        str(rates),
        "--format",
        "table",
    ]
    done = subprocess.run(arguments, input=LINE, capture_output=True, env=FROM_HERE, cwd=folder, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert list(folder.iterdir()) == []


# ---- terminals ----


def on_terminal(here: Path, *arguments: str, redirect: str = "") -> str:
    """What a person sees who types the command."""
    owner, terminal = pty.openpty()
    line = f"exec {sys.executable} -m taxengine.cli {' '.join(arguments)} {redirect}"
    with subprocess.Popen(
        ["bash", "-c", line],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        cwd=here,
        env=os.environ | FROM_HERE,
    ) as started:
        os.close(terminal)
        shown = _all_of(owner)
    assert started.returncode == 0
    return shown.decode()


def _all_of(owner: int) -> bytes:
    shown = b""
    try:
        while part := os.read(owner, 65536):
            shown += part
    except OSError:
        pass  # the terminal is gone
    os.close(owner)
    return shown


def test_on_a_terminal_the_answer_is_a_table(here: Path, rates: Path) -> None:
    (here / "in.json").write_bytes(LINE)
    assert on_terminal(here, "calculate", "in.json", "--rates", "rates.json").startswith(
        "Invoice inv_1  2026-03-01"
    )
    assert on_terminal(here, "rates", "list", "rates.json").startswith("id")
    assert (
        on_terminal(here, "check", "in.json", "--rates", "rates.json")
        == "invoice inv_1: nothing is missing\r\n"
    )


def test_progress_shows_on_a_terminal_only(here: Path, rates: Path) -> None:
    (here / "in.jsonl").write_bytes(LINE * 1_000)
    slowly = "> out.jsonl < <(cat in.jsonl; sleep 0.5; cat in.jsonl)"
    shown = on_terminal(here, "calculate", "-", "--rates", "rates.json", redirect=slowly)
    assert " invoices\r" in shown
    assert shown.endswith(" \r")
    assert process("calculate", "in.jsonl", "--rates", rates, "-o", "out2.jsonl").err == ""


def test_progress_is_taken_away_at_the_end() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with Progress(stream) as progress:
        progress._next = 0.0
        progress.add(1234)
        progress.add(1)
        assert stream.getvalue() == "1,234 invoices\r"
    assert stream.getvalue().rsplit("\r", 2)[1].strip() == ""


# ---- planted names ----


def controls(text: str) -> list[str]:
    """What a terminal obeys, or hides."""
    return [
        char
        for char in text
        if char != "\n" and (ord(char) < 32 or 127 <= ord(char) < 160 or char in "\u202e\u2028\u200b")
    ]


@pytest.mark.parametrize("form", ["json", "jsonl", "table"])
def test_no_name_reaches_a_terminal_as_a_command(here: Path, rates: Path, form: str) -> None:
    file = json.loads(rates.read_text())
    file[0] |= {"name": HOSTILE, "displayName": HOSTILE}
    rates.write_text(json.dumps(file))
    document = invoice(
        HOSTILE,
        customer={"name": HOSTILE, "address": {"country": "DE", "city": HOSTILE}},
        line={"id": HOSTILE, "description": HOSTILE},
        charges=[{"amount": "1", "description": HOSTILE}],
    )
    for given in (document, document | {"lines": []}, {HOSTILE: HOSTILE}, document | {"currency": HOSTILE}):
        done = command(
            "calculate",
            "-",
            "--rates",
            rates,
            "--format",
            form,
            "--explain",
            given=json.dumps(given).encode(),
        )
        assert controls(done.out.decode()) == []
        assert controls(done.err) == []
    if form == "jsonl":
        answer = command("calculate", "-", "--rates", rates, given=json.dumps(document).encode()).json()
        assert answer["invoice"] == HOSTILE
        assert answer["taxes"][0]["name"] == HOSTILE


def test_no_path_reaches_a_terminal_as_a_command(here: Path) -> None:
    for path in (HOSTILE, "\udcff\x1b[2J"):
        for arguments in (
            ["calculate", path],
            ["rates", "list", path],
            ["check", path],
            ["calculate", f"--{path}"],
            [path],
        ):
            done = command(*arguments)
            assert done.code == 2
            assert controls(done.err) == []
    (here / "x\x1b[2J\n").write_text("{}")
    assert controls(command("calculate", "x\x1b[2J\n").err) == []


def test_rates_with_planted_names_are_listed_and_compared_safely(here: Path, rates: Path) -> None:
    one = json.loads(rates.read_text())[0] | {"name": HOSTILE, "jurisdictionCode": HOSTILE, "id": HOSTILE}
    rates.write_text(json.dumps([one]))
    (here / "other.json").write_text(json.dumps([one | {"name": "x"}]))
    for arguments in (["list", "rates.json"], ["check", "rates.json"], ["diff", "rates.json", "other.json"],
                      ["match", "rates.json", "--country", "DE"]):  # fmt: skip
        for form in ("json", "jsonl", "table"):
            done = command("rates", *arguments, "--format", form)
            assert controls(done.out.decode() + done.err) == []


def test_joiners_that_spell_words_are_kept() -> None:
    assert printable("می\u200cخواهم 👨\u200d👩") == "می\u200cخواهم 👨\u200d👩"


def test_nobody_to_read_standard_error_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    say("unheard")
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)
    say("unheard")
    monkeypatch.setattr(sys, "stdout", None)
    silence()
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    silence()


def test_a_bad_invoice_costs_its_neighbours_nothing(rates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    once = run.read_one

    def counted(document: Any) -> Any:
        read.append(document)
        return once(document)

    monkeypatch.setattr(run, "read_one", counted)
    given = lines_of(*(invoice(str(number)) if number % 8 else {"id": str(number)} for number in range(24)))
    done = command("calculate", "-", "--rates", rates, "--format", "jsonl", given=given)
    assert [one["invoice"] for one in done.lines()] == [str(number) for number in range(24)]
    assert [number for number, one in enumerate(done.lines()) if "error" in one] == [0, 8, 16]
    assert len(read) <= 2 * 24
