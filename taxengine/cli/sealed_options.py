"""Sealed options: what the commands over sealed results take.

>>> command = click.Command("example")
>>> paths_of_sealed(click.Context(command), click.Argument(["path"]), ("/nonesuch",))
Traceback (most recent call last):
...
click.exceptions.BadParameter: '/nonesuch': No such file or directory
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from taxengine.cli.options import output_options, paths
from taxengine.recalculation.files import files_of

F = TypeVar("F", bound=Callable[..., Any])

FILES = """\b
Example:
  echo '{"id": "de-19", "country": "DE", "type": "valueAddedTax",
         "percentageDecimal": "0.19", "inclusive": null}' > rates.json
  echo '{"id": "inv_1", "currency": "EUR", "taxDate": "2020-07-15", "taxBehavior": "exclusive",
         "customer": {"address": {"country": "DE"}},
         "lines": [{"id": "1", "taxCategory": "books", "unitPrice": "100.00"}]}' > invoice.json
  taxengine audit seal invoice.json --rates rates.json -o july.jsonl
"""


def paths_of_sealed(context: click.Context, parameter: click.Parameter, given: Any) -> Any:
    """Paths of files or folders, or `-`; all of them are looked at before any is read."""
    for path in given if isinstance(given, tuple) else (given,):
        if path != "-" and not os.path.isdir(path):
            paths(context, parameter, path)
    try:
        files_of(given if isinstance(given, tuple) else (given,))
    except OSError as error:
        raise click.BadParameter(f"{error.filename!r}: {error.strerror}", context, parameter) from None
    return given


def sealed_paths(command: F) -> F:
    """Give a command the paths of sealed results."""
    return click.argument("sources", metavar="PATH...", nargs=-1, required=True, callback=paths_of_sealed)(
        command
    )


def long_work(command: F) -> F:
    """Give a command `-o`, `--force` and `--resume`."""
    told = "Go on where the same command was stopped before it was done."
    return output_options(click.option("--resume", is_flag=True, help=told)(command))


def check_resume(target: str | None, resume: bool) -> None:
    if resume and target in (None, "-"):
        raise click.UsageError("--resume needs -o: what goes to standard output is gone")
