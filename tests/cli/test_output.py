"""Output: a file is written whole or not at all, at the path that was typed and nowhere else."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import stat
import time
from contextlib import suppress
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest

from taxengine.cli import output as module
from taxengine.cli.output import UnfitPath, Unwritten, WholeFile, output
from tests.cli import command, invoice, process, process_of

OLD = b"what was there before"


@pytest.fixture
def source(here: Path) -> Path:
    (here / "in.json").write_text(json.dumps(invoice()))
    return here / "in.json"


@pytest.fixture
def long_source(here: Path) -> Path:
    with (here / "in.jsonl").open("w") as file:
        for number in range(2000):
            file.write(json.dumps(invoice(f"inv_{number}")) + "\n")
    return here / "in.jsonl"


def calculate(source: Path, rates: Path, *more: str | Path) -> Any:
    return command("calculate", source, "--rates", rates, *more)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_file_holds_what_standard_output_would(source: Path, rates: Path, here: Path) -> None:
    done = calculate(source, rates, "-o", "out.json")
    assert (done.code, done.out, done.err) == (0, b"", "")
    assert (here / "out.json").read_bytes() == calculate(source, rates).out
    assert sorted(os.listdir(here)) == ["in.json", "out.json", "rates.json"]


def test_a_dash_is_standard_output(source: Path, rates: Path) -> None:
    assert calculate(source, rates, "-o", "-").out == calculate(source, rates).out


def test_refusals_go_where_answers_go(here: Path, rates: Path) -> None:
    (here / "bad.json").write_text("{}")
    done = calculate(here / "bad.json", rates, "-o", "out.json")
    assert (done.code, done.out) == (3, b"")
    assert json.loads((here / "out.json").read_bytes())["error"]


def test_a_run_that_cannot_begin_writes_no_file(source: Path, rates: Path, here: Path) -> None:
    rates.write_text("[{}]")
    done = calculate(source, rates, "-o", "out.json")
    assert (done.code, done.json()["invoice"]) == (3, None)
    assert not (here / "out.json").exists()


def test_an_existing_file_is_refused_without_force(source: Path, rates: Path, here: Path) -> None:
    (here / "out.json").write_bytes(OLD)
    done = calculate(source, rates, "-o", "out.json")
    assert (done.code, done.out) == (2, b"")
    assert "out.json" in done.err
    assert "--force" in done.err
    assert (here / "out.json").read_bytes() == OLD


def test_force_replaces_a_file_and_keeps_who_may_read_it(source: Path, rates: Path, here: Path) -> None:
    (here / "out.json").write_bytes(OLD)
    (here / "out.json").chmod(0o640)
    assert calculate(source, rates, "-o", "out.json", "--force").code == 0
    assert json.loads((here / "out.json").read_bytes())["invoice"] == "inv_1"
    assert stat.S_IMODE((here / "out.json").stat().st_mode) == 0o640
    assert calculate(source, rates, "-o", "new.json", "--force").code == 0


def test_a_new_file_may_be_read_by_whom_the_mask_says(source: Path, rates: Path, here: Path) -> None:
    before = os.umask(0o027)
    try:
        calculate(source, rates, "-o", "out.json")
    finally:
        os.umask(before)
    assert stat.S_IMODE((here / "out.json").stat().st_mode) == 0o640


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_what_is_no_file_is_refused_even_with_force(
    source: Path, rates: Path, here: Path, force: list[str]
) -> None:
    (here / "folder").mkdir()
    (here / "target").write_bytes(OLD)
    (here / "link").symlink_to("target")
    (here / "dangling").symlink_to("nowhere")
    os.mkfifo(here / "pipe")
    paths = [
        "folder",
        "folder/",
        "link",
        "dangling",
        "pipe",
        "/dev/null",
        "/dev/full",
        ".",
        "..",
        "no/file",
        "target/file",
    ]
    for path in [*paths, "", "x" * 256]:
        done = calculate(source, rates, "-o", path, *force)
        assert (done.code, done.out) == (2, b""), path
        assert "-o" in done.err
    assert (here / "target").read_bytes() == OLD
    assert not (here / "nowhere").exists()


PLAIN = ["out", "..", ".", "-x", "--force", "~", "$HOME", "a b", "é", "名", "e\u0301"]
ODD = ["\u202egnp", "\x1b[2J", "a\nb", "a\rb", "\x7f", "'", '"', "*", "?", "a" * 255, "a" * 256, "\udcff"]
FOREIGN = ["CON", "nul.json", "a:b", "a|b", "`id`", "%2e%2e", "..%2f", "&&", ";", "C:", "\\\\server"]
FOLDERS = ["out", "..", ".", "-x", "~", "$HOME", "sub", "sub/..", "loop"]
INSIDE = [f"{folder}/{name}" for folder, name in product(FOLDERS, [*PLAIN, *ODD[:8]])]


def test_200_names_are_written_just_there_or_refused(tmp_path: Path, rates: Path, source: Path) -> None:
    """A name that is accepted makes one new file, just there; one that is refused changes nothing."""
    names = [*PLAIN, *ODD, *FOREIGN, *INSIDE]
    assert len(names) > 200
    inside = tmp_path / "inside"
    (inside / "sub").mkdir(parents=True)
    (inside / "loop").symlink_to("loop")
    (tmp_path / "out").write_bytes(OLD)
    written = 0
    os.chdir(inside)
    for name in names:
        before = snapshot(tmp_path)
        done = calculate(source, rates, "-o", name)
        after = snapshot(tmp_path)
        assert "Traceback" not in done.err
        assert not any(ord(char) < 32 or ord(char) == 127 for char in done.err.replace("\n", ""))
        if done.code == 0:
            written += 1
            (new,) = after.keys() - before.keys()
            assert os.path.samefile(tmp_path / new, inside / name)
            (tmp_path / new).unlink()
        else:
            assert done.code == 2
            assert after == before
    assert written > 50
    assert (tmp_path / "out").read_bytes() == OLD


def test_a_symlink_that_appears_during_the_run_is_not_followed(here: Path) -> None:
    (here / "victim").write_bytes(OLD)
    out = WholeFile(str(here / "out"), force=True)
    out.write(b"new")
    (here / "out").symlink_to(here / "victim")
    with pytest.raises(UnfitPath, match="symbolic link"):
        out.commit()
    out.close()
    assert (here / "victim").read_bytes() == OLD


def test_a_file_that_appears_at_the_last_moment_is_not_replaced(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, nameless in (("one", True), ("two", False)):
        if not nameless:
            monkeypatch.delattr(module.os, "O_TMPFILE")
        out = WholeFile(str(here / name), force=False)
        out.write(b"new")
        link = os.link

        def late(*arguments: Any, _name: str = name, _link: Any = link, **options: Any) -> None:
            (here / _name).write_bytes(OLD)
            _link(*arguments, **options)

        with monkeypatch.context() as patch:
            patch.setattr(module.os, "link", late)
            with pytest.raises(UnfitPath):
                out.commit()
        out.close()
        assert (here / name).read_bytes() == OLD
    assert sorted(os.listdir(here)) == ["one", "rates.json", "two"]


def test_a_folder_that_moves_during_the_run_takes_the_file_along(here: Path) -> None:
    """The folder is held, so that nothing put in its place gets the file."""
    (here / "folder").mkdir()
    with output(str(here / "folder" / "out"), force=False) as out:
        out.write(b"new")
        (here / "folder").rename(here / "moved")
        (here / "folder").mkdir()
    assert (here / "moved" / "out").read_bytes() == b"new"
    assert os.listdir(here / "folder") == []


@pytest.mark.parametrize("force", [False, True])
def test_without_nameless_files_a_passing_name_does(
    here: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    monkeypatch.delattr(module.os, "O_TMPFILE")
    with output(str(here / "out"), force=force) as out:
        out.write(b"new")
        (passing,) = [name for name in os.listdir(here) if name.endswith(".tmp")]
        assert passing.startswith(".taxengine-")
    assert (here / "out").read_bytes() == b"new"
    assert sorted(os.listdir(here)) == ["out", "rates.json"]


def test_a_file_system_without_links_gets_a_rename(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.delattr(module.os, "O_TMPFILE")
    monkeypatch.setattr(module.os, "link", no_links)
    with output(str(here / "out"), force=False) as out:
        out.write(b"new")
    assert (here / "out").read_bytes() == b"new"


@pytest.mark.parametrize("call", ["fsync", "link", "rename"])
@pytest.mark.parametrize("nameless", [True, False])
def test_an_error_at_any_step_leaves_old_or_new(
    here: Path, monkeypatch: pytest.MonkeyPatch, call: str, nameless: bool
) -> None:
    if not nameless:
        monkeypatch.delattr(module.os, "O_TMPFILE")
    real = getattr(os, call)
    for fails_at in (1, 2):
        counter = count(1)

        def failing(*given: Any, _counter: Any = counter, _at: int = fails_at, **options: Any) -> Any:
            if next(_counter) == _at:
                raise OSError(errno.EIO, "broken disk")
            return real(*given, **options)

        (here / "out").write_bytes(OLD)
        with monkeypatch.context() as patch, suppress(Unwritten):
            patch.setattr(module.os, call, failing)
            with output(str(here / "out"), force=True) as out:
                out.write(b"new")
        assert (here / "out").read_bytes() in (OLD, b"new")
        assert sorted(os.listdir(here)) == ["out", "rates.json"]


def test_the_bytes_are_on_the_disk_before_they_have_a_name(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = []
    for name in ("fsync", "link", "rename"):
        real = getattr(os, name)
        monkeypatch.setattr(
            module.os, name, lambda *a, _real=real, _name=name, **k: (steps.append(_name), _real(*a, **k))[1]
        )
    with output(str(here / "out"), force=False) as out:
        out.write(b"new")
    with output(str(here / "out"), force=True) as out:
        out.write(b"newer")
    assert steps == ["fsync", "link", "fsync", "fsync", "link", "rename", "fsync"]


# ---- disks that are full, processes that are killed ----


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


@pytest.mark.parametrize("before", [None, OLD])
def test_a_full_disk_leaves_what_was_there(
    long_source: Path, rates: Path, here: Path, before: bytes | None
) -> None:
    if before is not None:
        (here / "out").write_bytes(before)
    done = process("calculate", long_source, "--rates", rates, "-o", "out", "--force", preexec_fn=limited)
    assert done.code == 1
    assert done.err == "taxengine: out: File too large; nothing was written there\n"
    assert ((here / "out").read_bytes() if before else None) == before
    assert sorted(os.listdir(here)) == sorted(["in.jsonl", "rates.json", *(["out"] if before else [])])


@pytest.mark.parametrize("before", [None, OLD])
def test_kill_9_leaves_old_or_new(long_source: Path, rates: Path, here: Path, before: bytes | None) -> None:
    """At any moment: the end of the input is held back, so that the first half is killed in the middle."""
    whole = process("calculate", long_source, "--rates", rates).out
    for step in range(8):
        (here / "out").unlink(missing_ok=True)
        if before is not None:
            (here / "out").write_bytes(before)
        with process_of("calculate", "-", "--rates", rates, "-o", "out", "--force") as started:
            assert started.stdin is not None
            started.stdin.write(long_source.read_bytes())
            started.stdin.flush()
            if step >= 4:
                started.stdin.close()
            time.sleep(0.25 + step % 4 * 0.1)
            started.send_signal(signal.SIGKILL)
        found = (here / "out").read_bytes() if (here / "out").exists() else None
        assert found == before if step < 4 else found in (before, whole)
        assert [name for name in os.listdir(here) if name.endswith(".tmp")] == []


def test_an_interrupted_run_leaves_nothing(rates: Path, here: Path) -> None:
    with process_of("calculate", "-", "--rates", rates, "-o", "out") as started:
        assert started.stdin is not None
        started.stdin.write(json.dumps(invoice()).encode() + b"\n")
        started.stdin.flush()
        time.sleep(1.0)
        started.send_signal(signal.SIGINT)
        _, err = started.communicate(timeout=30)
    assert (started.returncode, err) == (130, b"taxengine: interrupted\n")
    assert not (here / "out").exists()
