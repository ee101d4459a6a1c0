"""App: the commands, each loaded when it is asked for, and how a run ends.

>>> run(["calculate", "/nonesuch.json"])
2
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

import click

from taxengine.cli import EXTRA
from taxengine.cli.output import UnfitPath, Unwritten, output
from taxengine.cli.printing import say, silence
from taxengine.cli.session import RefusedFile, Session, debugging
from taxengine.core.errors import TaxEngineError
from taxengine.core.version import __version__

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

BUILT_IN = {
    "audit": "taxengine.cli.audit",
    "calculate": "taxengine.cli.calculate",
    "check": "taxengine.cli.check",
    "rates": "taxengine.cli.rates",
    "schema": "taxengine.cli.schema",
}
GROUP = "taxengine.commands"
"""The entry-point group of commands that other packages bring."""

USAGE, INTERRUPTED = 2, 130


class Commands(click.Group):
    """Our commands, and those of installed packages; ours have their names first."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # the same in each
        return [*BUILT_IN, *sorted(_plugins().keys() - BUILT_IN.keys())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name in BUILT_IN:
            found = getattr(import_module(BUILT_IN[cmd_name]), cmd_name)
            return found if isinstance(found, click.Command) else None
        plugin = _plugins().get(cmd_name)
        return None if plugin is None else _loaded(plugin)


def _plugins() -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points  # takes longer than all else here, and is seldom asked

    return {found.name: found for found in entry_points(group=GROUP)}


def _loaded(plugin: EntryPoint) -> click.Command:
    """The command of a package; one that cannot be loaded says so when it is used, and not before."""
    try:
        found = plugin.load()
        if isinstance(found, click.Command):
            return found
        reason = f"expected a click command, got {type(found).__name__}"
    except Exception as error:  # noqa: BLE001  # whatever a foreign package raises, the other commands work
        reason = f"{type(error).__name__}: {error}"
    told = f"{plugin.name}: the command of {plugin.value} cannot be loaded: {reason}"

    @click.command(plugin.name, help=told, context_settings={"ignore_unknown_options": True})
    @click.argument("rest", nargs=-1, type=click.UNPROCESSED)
    def broken(rest: tuple[str, ...]) -> None:  # noqa: ARG001  # whatever it is called with
        raise click.ClickException(told)

    return broken


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, message="taxengine %(version)s")
@debugging
def app() -> None:
    """Which taxes an invoice bears, how much they are to the cent, and why.

    Answers go to standard output, everything else to standard error.

    \b
    Exit codes:
      0  all well
      1  anything else: a bug, a full disk
      2  the command was not used as it is meant, or a path is none
      3  a document is invalid
      4  some tax is undetermined: a rate, category or address is missing, or rates are ambiguous
      5  a provider failed or refused
    Of many invoices: 1 where there was a bug, else the highest of 3, 4 and 5. Where the reader of the
    output goes away (`| head -1`), the code is that of what was answered until then.

    \b
    Example:
      taxengine calculate --help
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code, whatever happens."""
    session = Session()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if "_TAXENGINE_COMPLETE" in os.environ:
        app.main(given, prog_name="taxengine")  # a shell asks for completions; leaves by itself
    try:
        with app.make_context("taxengine", given, obj=session) as context:
            app.invoke(context)
    except Exception as error:  # noqa: BLE001  # the end of the line: nothing may reach the user raw
        _tell(session, error)
    except KeyboardInterrupt:
        say("taxengine: interrupted")
        session.note(INTERRUPTED)
    return session.exit_code


def _tell(session: Session, error: Exception) -> None:
    """Say what went wrong in a line, and note the exit code."""
    match error:
        case click.exceptions.Exit():
            session.note(error.exit_code)
        case BrokenPipeError():
            silence()  # the reader of the output has had enough
        case click.ClickException():
            _tell_usage(error)
            session.note(USAGE)
        case UnfitPath():
            say(f"taxengine: {error}")
            session.note(USAGE)
        case Unwritten():
            say(f"taxengine: {error}")
            session.note(1)
        case ModuleNotFoundError() if error.name in EXTRA:
            say("taxengine: this needs the extra of the command line: pip install 'taxengine[cli]'")
            session.note(USAGE)
        case RefusedFile():
            _refuse(session, error.error, error.place)
        case TaxEngineError():
            _refuse(session, error)
        case OSError():
            say(f"taxengine: {error.filename or 'standard input'}: {error.strerror}")
            session.note(USAGE if isinstance(error, FileNotFoundError | PermissionError) else 1)
        case _:
            session.bug(error)


def _tell_usage(error: click.ClickException) -> None:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = "taxengine" if context is None else context.command_path
    say(f"{command}: {error.format_message()}")
    say(f"see {command} --help")


def _refuse(session: Session, error: TaxEngineError, place: str = "") -> None:
    """A refusal that ends the run: its sentences, and its document where answers are documents."""
    session.refuse(error, place)
    if session.answers_refusals and error.exit_code > USAGE:
        from taxengine.cli.forms import Json

        with suppress(BrokenPipeError, Unwritten), output(None, force=False) as out:
            out.write(Json().refused(None, place, error))
