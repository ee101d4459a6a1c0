"""Options: what several commands take, and the checks of paths.

>>> command = click.Command("example")
>>> paths(click.Context(command), click.Argument(["file"]), "/nonesuch")
Traceback (most recent call last):
...
click.exceptions.BadParameter: '/nonesuch': No such file or directory
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import click

from taxengine.cli.importing import read_any, whole
from taxengine.cli.inputs import check_path
from taxengine.cli.output import UnfitPath
from taxengine.cli.session import RefusedFile
from taxengine.core.errors import InvalidInput, TaxEngineError
from taxengine.core.place import check_country
from taxengine.core.table import RateTable
from taxengine.documents.fields import day
from taxengine.documents.rates_files import RatesFile

F = TypeVar("F", bound=Callable[..., Any])


def paths(context: click.Context, parameter: click.Parameter, given: Any) -> Any:
    """Paths of files, or `-` for standard input; all of them are looked at before any is read."""
    for path in given if isinstance(given, tuple) else (given,):
        try:
            if path is not None:
                check_path(path)
        except UnfitPath as error:
            raise click.BadParameter(str(error), context, parameter) from None
    return given


def day_of(context: click.Context, parameter: click.Parameter, given: str | None) -> date | None:
    """A date, where one is given."""
    found = None if given is None else day([], given, "")
    if isinstance(found, date) or given is None:
        return found if isinstance(found, date) else None
    told = f"expected a date such as 2026-03-01, got {given!a}"
    raise click.BadParameter(told, context, parameter)


def country_of(context: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    """The code of a country, where one is given."""
    try:
        return None if given is None else check_country(given)
    except InvalidInput as error:
        raise click.BadParameter(str(error), context, parameter) from None


def output_options(command: F) -> F:
    """Give a command `-o FILE` and `--force`."""
    force = click.option("--force", is_flag=True, help="Let -o replace a file.")
    path = click.option(
        "-o", "--output", "target", metavar="FILE", help="Write to a new file, whole or not at all."
    )
    return path(force(command))


def on_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def today() -> date:
    """The date here; only where a person leaves the date out, and it is shown."""
    return datetime.now(tz=UTC).astimezone().date()


def rates_of(path: str) -> RatesFile:
    """The rates of a file, or of standard input."""
    with naming(path), whole(path) as file:
        return read_any(file)


def table_of(path: str | None) -> RateTable:
    """The table of a rates file; an empty one without a file."""
    if path is None:
        return RateTable(())
    read = rates_of(path)
    with naming(path):
        return RateTable(read.rates)


@contextmanager
def naming(path: str) -> Iterator[None]:
    """Tell of which file a refusal speaks."""
    try:
        yield
    except TaxEngineError as error:
        raise RefusedFile("standard input" if path == "-" else path, error) from error
