"""Sealed options: what the commands over sealed results take.

>>> command = click.Command("example")
>>> paths_of_sealed(click.Context(command), click.Argument(["path"]), ("/nonesuch",))
Traceback (most recent call last):
...
click.exceptions.BadParameter: '/nonesuch': No such file or directory
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

import click

from taxengine.cli.options import output_options, paths
from taxengine.cli.output import UnfitPath
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


class Given(NamedTuple):
    """Paths as they were named, and the files that they stand for: those that were there at the start."""

    paths: tuple[str, ...]
    files: tuple[str, ...]


def paths_of_sealed(context: click.Context, parameter: click.Parameter, given: Any) -> Given:
    """Paths of files or folders, or `-`; all of them are looked at before any is read."""
    named: tuple[str, ...] = given if isinstance(given, tuple) else (given,)
    for path in named:
        if path == "-" or not os.path.isdir(path):
            paths(context, parameter, path)
    try:
        return Given(named, tuple(files_of(named)))
    except OSError as error:
        raise click.BadParameter(f"{error.filename!r}: {error.strerror}", context, parameter) from None


def paths_of_invoices(context: click.Context, parameter: click.Parameter, given: Any) -> Given:
    """The same for what is sealed, each file of which must be there."""
    found = paths_of_sealed(context, parameter, given)
    paths(context, parameter, found.files)
    return found


def sealed_paths(command: F) -> F:
    """Give a command the paths of sealed results."""
    return click.argument("sources", metavar="PATH...", nargs=-1, required=True, callback=paths_of_sealed)(
        command
    )


def long_work(command: F) -> F:
    """Give a command `-o`, `--force` and `--resume`."""
    told = "Go on where the same command was stopped before it was done."
    return output_options(click.option("--resume", is_flag=True, help=told)(command))


def check_again(needed: str, *given: Given) -> None:
    """Raise `UsageError` unless each can be read again, which something that was asked for needs."""
    for path in (path for one in given for path in one.paths):
        if path == "-" or not (os.path.isfile(path) or os.path.isdir(path)):
            name = "standard input" if path == "-" else repr(path)
            raise click.UsageError(f"{needed} reads its input again: name files or folders, not {name}")


def check_resume(target: str | None, resume: bool, *given: Given) -> None:
    """Raise `UsageError` where there is nothing to go on with."""
    if resume and target in (None, "-"):
        raise click.UsageError("--resume needs -o: what goes to standard output is gone")
    if resume:
        check_again("--resume", *given)


def check_outputs(read: Iterable[str | None], target: str | None, report: str | None = None) -> None:
    """Raise `UnfitPath` for an output in the place of something that is read, or of the other output."""
    inputs = [path for path in read if path not in (None, "-")]
    for option, path in (("-o", target), ("--report", report)):
        if path not in (None, "-") and any(_is_same(str(path), str(one)) for one in inputs):
            raise UnfitPath(f"{option} {path!a}: expected a file of its own, got one that is read")
    if report == "-":
        raise UnfitPath("--report: expected the path of a file, got '-', where the rows go")
    if report is not None and target is not None and os.path.realpath(report) == os.path.realpath(target):
        raise UnfitPath(f"--report {report!a}: expected a file of its own, got that of -o")


def _is_same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)
    except (OSError, ValueError):
        return False  # one of them is not there
