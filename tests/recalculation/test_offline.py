"""Offline: sealed results replay where there is no network, no store, and no rates any more."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from taxengine.documents import encode
from taxengine.recalculation import seal
from tests.recalculation import KEY, calculated, replaying


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sealed results, and the digests of what must come out."""
    lines, digests = [], []
    for number, calculation in enumerate(calculated(range(60))):
        lines.append(seal(calculation, key=KEY if number % 3 == 0 else None).encode() + b"\n")
        digests.append(sha256(encode(calculation)).hexdigest())
    (tmp_path / "results.jsonl").write_bytes(b"".join(lines))
    (tmp_path / "digests").write_text("\n".join(digests))
    return tmp_path


def run(folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *before, replaying.__file__, str(folder)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_replay_reaches_for_nothing_outside(folder: Path) -> None:
    done = run(folder)
    count, same = map(int, done.stdout.split())
    assert (done.returncode, count) == (0, same), done.stderr
    assert count > 40


def test_a_result_that_differs_and_one_that_is_missing_are_counted(folder: Path) -> None:
    digests = (folder / "digests").read_text().split()
    (folder / "digests").write_text("\n".join(["0" * 64, *digests[1:]]))
    assert run(folder).returncode == 1
    (folder / "digests").write_text("\n".join([*digests, "0" * 64]))
    assert run(folder).returncode == 1


@pytest.mark.parametrize(
    "reach",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import sqlite3; sqlite3.connect(':memory:')",
        "import subprocess; subprocess.run(['true'])",
        "open('/etc/hostname')",
        "open('digests', 'a')",
    ],
)
def test_reaching_out_would_be_seen(folder: Path, reach: str) -> None:
    """The hook can fail a replay."""
    script = (
        f"import runpy; m = runpy.run_path({replaying.__file__!r}); m['no_way_out'](m['Path']('.')); {reach}"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )
    assert "PermissionError" in done.stderr
