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

RATES_HELP = "The rates that may apply: a file, or pack:eu,ca for rates that ship."
PACK = "pack:"
"""What begins the names of packs where a file of rates may stand."""


def paths(context: click.Context, parameter: click.Parameter, given: Any) -> Any:
    """Paths of files, or `-` for standard input; all of them are looked at before any is read."""
    for path in given if isinstance(given, tuple) else (given,):
        try:
            if path is not None:
                check_path(path)
        except UnfitPath as error:
            raise click.BadParameter(str(error), context, parameter) from None
    return given


def rates_path(context: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    """The path of a file of rates, or `pack:` with the names of packs, all of which there are."""
    from taxengine.packs import named

    try:
        if given is not None and given.startswith(PACK):
            named(*pack_names(given))
            return given
    except InvalidInput as error:
        hint = error.problems[0].hint
        raise click.BadParameter(f"{error}; {hint}", context, parameter) from None
    checked: str | None = paths(context, parameter, given)
    return checked


def pack_names(given: str) -> list[str]:
    """The names in `pack:eu,ca`."""
    return [name.strip() for name in given.removeprefix(PACK).split(",")]


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
    """The rates of a file, of standard input, or of packs."""
    if path.startswith(PACK):
        with naming(path):
            return RatesFile(list(table_of(path)), [])
    with naming(path), whole(path) as file:
        return read_any(file)


def table_of(path: str | None) -> RateTable:
    """The table of a rates file, or of packs; an empty one without a file."""
    if path is None:
        return RateTable(())
    with naming(path):
        if path.startswith(PACK):
            from taxengine.packs import load  # here, since most bring their own rates

            return load(*pack_names(path))
        return RateTable(rates_of(path).rates)


@contextmanager
def naming(path: str) -> Iterator[None]:
    """Tell of which file a refusal speaks."""
    try:
        yield
    except TaxEngineError as error:
        raise RefusedFile("standard input" if path == "-" else path, error) from error
