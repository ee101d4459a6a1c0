"""Keys: the secret that seals are made with, from the environment or a file, never from the command line.

>>> import os, tempfile
>>> with tempfile.NamedTemporaryFile() as file:
...     _ = file.write(b"a secret of many bytes\\n"), file.flush()
...     key_in(file.name)
b'a secret of many bytes'
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from typing import Any, TypeVar

import click

from taxengine.core.errors import InvalidInput

F = TypeVar("F", bound=Callable[..., Any])

VARIABLE = "TAXENGINE_SEAL_KEY"
_LONGEST = 4096


def key_in(path: str) -> bytes:
    """The key that a file holds, without the one line break at its end.

    Raises `UsageError` for a file that others may read, and for a key that is too short or too long.
    """
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                told = f"--key-file: {path!r} may be read by others: chmod 600 {path}"
                raise click.UsageError(told)
            held = file.read(_LONGEST + 1)
            if len(held) > _LONGEST:
                told = f"--key-file: {path!r}: expected a key of at most {_LONGEST} bytes, got more"
                raise click.UsageError(told)
            ending = b"\r\n" if held.endswith(b"\r\n") else b"\n"
            return _checked(held.removesuffix(ending), "--key-file")
    except OSError as error:
        raise click.UsageError(f"--key-file: {path!r}: {error.strerror}") from None


def _checked(key: bytes, source: str) -> bytes:
    from taxengine.recalculation.hashing import check_key

    try:
        check_key(key)
    except InvalidInput as error:
        problem = error.problems[0]
        raise click.UsageError(f"{source}: {problem.message}; {problem.hint}") from None
    return key


def _key(_: click.Context, __: click.Parameter, path: str | None) -> bytes | None:
    if path is not None:
        return key_in(path)
    told = os.environ.get(VARIABLE)
    if told == "":
        raise click.UsageError(f"{VARIABLE}: expected a key, got nothing: set it, or unset it")
    return None if told is None else _checked(os.fsencode(told), VARIABLE)


def key_option(command: F) -> F:
    """Give a command `--key-file`, and the environment's key without it."""
    option = click.option(
        "--key-file",
        "key",
        metavar="FILE",
        callback=_key,
        help=f"The key of the seals, in a file that only you may read; or in {VARIABLE}.",
    )
    return option(command)
