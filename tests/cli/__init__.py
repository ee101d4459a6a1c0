"""Command line: tests of the `taxengine` command, inside this process and as a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from taxengine.cli.app import run as run_app

ROOT = Path(__file__).resolve().parent.parent.parent
FROM_HERE = {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'providers'}"}


def rate(id: str, country: str, fraction: str) -> dict[str, Any]:
    """A rate of VAT that comes on top of prices."""
    return {
        "id": id,
        "country": country,
        "type": "valueAddedTax",
        "percentageDecimal": fraction,
        "inclusive": False,
    }


RATES = [rate("de-19", "DE", "0.19"), rate("at-20", "AT", "0.20"), rate("at-10", "AT", "0.10")]
"""A rate for Germany; two for Austria that tie."""


class Done(NamedTuple):
    """How a run ended."""

    code: int
    out: bytes
    err: str

    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        """The documents on standard output, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def invoice(id: str = "inv_1", *, country: str = "DE", **changes: Any) -> dict[str, Any]:
    """A document of one line of 100.00 in the category books."""
    line = {"id": "1", "amount": "100.00", "taxCategory": "books"} | changes.pop("line", {})
    document = {
        "id": id,
        "currency": "EUR",
        "taxDate": "2026-03-01",
        "customer": {"address": {"country": country}},
        "lines": [line],
    }
    return document | changes


def command(*arguments: str | Path, given: bytes | list[Any] = b"") -> Done:
    """Run inside this process; `given` comes from standard input, a list as JSON Lines."""
    text = given if isinstance(given, bytes) else lines_of(*given)
    out, err, stdin = (io.TextIOWrapper(io.BytesIO(text), encoding="utf-8") for text in (b"", b"", text))
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in (("stdin", stdin), ("stdout", out), ("stderr", err)):
            patch.setattr(sys, name, stream)
        code = run_app([str(argument) for argument in arguments])
        out.flush()
        err.flush()
    written = [stream.detach().getvalue() for stream in (out, err)]  # type: ignore[attr-defined]
    return Done(code, written[0], written[1].decode())


def process_of(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    """Start the real command."""
    environment = (
        os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'providers'}"} | options.pop("env", {})
    )
    return subprocess.Popen(
        [sys.executable, "-m", "taxengine.cli", *arguments],
        env=environment,
        **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )


def shell(script: str, *, given: bytes = b"") -> Done:
    """Run a line of bash, in which `taxengine` is the real command."""
    line = f'taxengine() {{ exec "{sys.executable}" -m taxengine.cli "$@"; }}; {script}'
    environment = os.environ | FROM_HERE
    done = subprocess.run(
        ["bash", "-c", line], input=given, capture_output=True, env=environment, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr.decode())


def lines_of(*documents: Any) -> bytes:
    """JSON Lines."""
    return b"".join(json.dumps(one).encode() + b"\n" for one in documents)


def process(*arguments: str | Path, given: bytes = b"", **options: Any) -> Done:
    """Run the real command to its end."""
    with process_of(*arguments, **options) as started:
        out, err = started.communicate(given, timeout=60)
    return Done(started.returncode, out or b"", (err or b"").decode(errors="replace"))
