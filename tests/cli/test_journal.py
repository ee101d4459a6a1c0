"""Journal: unfinished rows are one run's alone, nobody else's files are touched, no half has a name."""

from __future__ import annotations

import errno
import os
import signal
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from taxengine.cli import output as module
from taxengine.cli.journal import NOTE, ROWS, Journal
from taxengine.cli.output import UnfitPath, Unwritten
from tests.cli import command, invoice, lines_of, process_of

WORK = {"command": "replay"}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl.partial"


@pytest.fixture
def stopped(target: Path, folder: Path) -> Path:
    """The folder of work that was stopped after one row."""
    with Journal(str(target), WORK) as journal:
        journal.write(b"one\n")
    return folder


def done(target: Path, *, force: bool = False, resume: bool = False) -> bytes:
    """What stands in the file after a run that writes a row more."""
    with Journal(str(target), WORK, force=force, resume=resume) as journal:
        journal.write(b"two\n")
        journal.commit()
    assert not Path(f"{target}.partial").exists()
    return target.read_bytes()


# ---- one run at a time ----


@pytest.mark.parametrize("options", [{"force": True}, {"resume": True}, {"force": True, "resume": True}, {}])
def test_no_other_run_gets_at_rows_that_are_being_written(target: Path, options: dict[str, bool]) -> None:
    with Journal(str(target), WORK) as journal:
        journal.write(b"one\n")
        journal.flush()
        with pytest.raises(UnfitPath, match="another run is at work here"):
            Journal(str(target), WORK, **options)
        journal.write(b"two\n")
        journal.commit()
    assert target.read_bytes() == b"one\ntwo\n"


def test_rows_that_something_else_replaced_get_no_name(target: Path, folder: Path) -> None:
    with Journal(str(target), WORK) as journal:
        journal.write(b"one\n")
        (folder / ROWS).unlink()
        (folder / ROWS).write_bytes(b"half")
        with pytest.raises(Unwritten, match="no longer what was written"):
            journal.commit()
        (folder / ROWS).unlink()
        with pytest.raises(Unwritten, match="no longer what was written"):
            journal.commit()
    assert not target.exists()


def test_a_run_that_comes_as_another_ends_begins_nothing(
    target: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It opens the note, and before it has the lock the other has taken the folder away."""
    from taxengine.cli import journal as own

    def late(*_: object) -> None:
        (folder / NOTE).unlink()

    monkeypatch.setattr(own.fcntl, "flock", late)
    with pytest.raises(UnfitPath, match="another run"):
        Journal(str(target), WORK)


def test_force_beside_a_running_job_changes_nothing(here: Path, rates: Path) -> None:
    (here / "in.json").write_bytes(lines_of(invoice()))
    sealed = command("audit", "seal", "in.json", "--rates", rates).out
    (here / "sealed.jsonl").write_bytes(sealed * 400)
    work = ("audit", "replay", "sealed.jsonl", "-o", "out.jsonl")
    with process_of(*work, cwd=here) as started:
        while not (here / "out.jsonl.partial" / ROWS).exists():
            time.sleep(0.005)
        started.send_signal(signal.SIGSTOP)
        other = command(*work, "--force")
        started.send_signal(signal.SIGCONT)
        started.communicate()
    assert (other.code, started.returncode) == (2, 0)
    assert "another run is at work here" in other.err
    assert (here / "out.jsonl").read_bytes().count(b"\n") == 400


# ---- what is not ours ----


def seen(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    "held",
    [
        {"thesis.txt": b"years"},
        {NOTE: b"{}", "thesis.txt": b"years"},
        {NOTE: b'{"my": "work"}'},
        {ROWS: b"rows"},
        {ROWS: b"rows", NOTE: b'{"my": "work"}'},
    ],
)
@pytest.mark.parametrize("options", [{"force": True}, {"resume": True}, {}])
def test_a_folder_of_somebody_else_is_left_as_it_is(
    target: Path, folder: Path, held: dict[str, bytes], options: dict[str, bool]
) -> None:
    folder.mkdir()
    for name, data in held.items():
        (folder / name).write_bytes(data)
    with pytest.raises(UnfitPath, match="expected a folder of unfinished work"):
        Journal(str(target), WORK, **options)
    assert seen(folder) == held


def test_a_file_beside_our_own_is_kept_too(target: Path, stopped: Path) -> None:
    (stopped / "thesis.txt").write_bytes(b"years")
    with pytest.raises(UnfitPath, match=r"one that holds 'thesis\.txt' \(move it away"):
        Journal(str(target), WORK, force=True)
    assert (stopped / ROWS).read_bytes() == b"one\n"


def test_what_is_put_there_meanwhile_is_kept(target: Path, folder: Path) -> None:
    with Journal(str(target), WORK) as journal:
        (folder / "thesis.txt").write_bytes(b"years")
        journal.commit()
    assert seen(folder) == {"thesis.txt": b"years"}
    assert target.exists()


@pytest.mark.parametrize("force", [True, False])
def test_a_file_or_a_link_in_place_of_the_folder_is_refused(
    target: Path, folder: Path, tmp_path: Path, force: bool
) -> None:
    folder.write_bytes(b"mine")
    with pytest.raises(UnfitPath, match="expected a folder, got something else"):
        Journal(str(target), WORK, force=force)
    assert folder.read_bytes() == b"mine"
    folder.unlink()
    (tmp_path / "else").mkdir()
    folder.symlink_to("else")
    with pytest.raises(UnfitPath, match="expected a folder, got something else"):
        Journal(str(target), WORK, force=force)
    assert list((tmp_path / "else").iterdir()) == []


def test_rows_that_are_a_link_are_not_followed(target: Path, stopped: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine\n")
    (stopped / ROWS).unlink()
    (stopped / ROWS).symlink_to("../mine")
    with pytest.raises(UnfitPath):
        Journal(str(target), WORK, resume=True)
    assert (tmp_path / "mine").read_bytes() == b"mine\n"


# ---- stopped at any moment ----


def test_force_begins_again_and_resume_goes_on(target: Path, stopped: Path) -> None:
    with pytest.raises(UnfitPath, match="work was stopped here before it was done"):
        Journal(str(target), WORK)
    with pytest.raises(UnfitPath, match="other work was stopped here"):
        Journal(str(target), {"command": "compare"}, resume=True)
    assert (stopped / ROWS).read_bytes() == b"one\n"
    assert done(target, resume=True) == b"one\ntwo\n"
    with Journal(str(target), WORK, force=True) as journal:
        journal.write(b"one\n")
    assert done(target, force=True) == b"two\n"


NOTHING_YET: list[bytes | None] = [None, b"", b"{", b'{\n "taxengine": {\n  "comm']


@pytest.mark.parametrize("note", NOTHING_YET)
@pytest.mark.parametrize("options", [{"force": True}, {"resume": True}, {}])
def test_stopped_before_its_note_was_whole_it_begins(
    target: Path, folder: Path, note: bytes | None, options: dict[str, bool]
) -> None:
    folder.mkdir()
    if note is not None:
        (folder / NOTE).write_bytes(note)
    assert done(target, **options) == b"two\n"


def test_stopped_between_its_name_and_its_end_the_file_stays_whole(
    target: Path, stopped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows have two names then: to begin again does not empty what already has the first."""
    os.link(stopped / ROWS, target)
    with pytest.raises(UnfitPath, match="use --force to replace it"):
        Journal(str(target), WORK, resume=True)
    with Journal(str(target), WORK, force=True):
        assert target.read_bytes() == b"one\n"


# ---- the name ----


def test_a_file_that_is_replaced_stays_as_private_as_it_was(target: Path) -> None:
    target.write_bytes(b"old")
    target.chmod(0o600)
    assert done(target, force=True) == b"two\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.fixture
def without_links(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def none(*_: object, **__: object) -> None:
        raise OSError(errno.ENOTSUP, "no links here")

    monkeypatch.setattr(module.os, "link", none)
    return iter(())


@pytest.mark.usefixtures("without_links")
def test_where_there_are_no_links_it_is_renamed(target: Path, folder: Path) -> None:
    assert done(target) == b"two\n"
    target.unlink()
    with Journal(str(target), WORK) as journal:
        target.write_bytes(b"of somebody else")
        with pytest.raises(UnfitPath, match="use --force to replace it"):
            journal.commit()
    assert target.read_bytes() == b"of somebody else"
    assert folder.exists()


def test_a_link_refused_for_another_reason_is_told(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with Journal(str(target), WORK) as journal:
        monkeypatch.setattr(module.os, "link", full)
        with pytest.raises(Unwritten, match="No space left on device; --resume goes on"):
            journal.commit()


def test_a_file_that_appears_at_the_last_moment_is_kept(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def late(*given: object, **options: object) -> None:
        target.write_bytes(b"of somebody else")
        link(*given, **options)  # type: ignore[arg-type]

    with Journal(str(target), WORK) as journal:
        monkeypatch.setattr(module.os, "link", late)
        with pytest.raises(UnfitPath, match="use --force to replace it"):
            journal.commit()
    assert target.read_bytes() == b"of somebody else"


def test_a_device_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnfitPath, match="got a device or pipe"):
        Journal(str(tmp_path / "pipe"), WORK, force=True)
