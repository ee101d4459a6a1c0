"""Session: one run of the command: what went wrong in it, how that is said, and its exit code.

>>> session = Session()
>>> session.note(4)
>>> session.note(3)
>>> session.exit_code
4
>>> session.note(1)
>>> session.exit_code
1
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import Any, TypeVar

import click

from taxengine.cli.printing import say
from taxengine.core.errors import InvariantBroken, Problem, TaxEngineError

F = TypeVar("F", bound=Callable[..., Any])

MOST_SENTENCES = 20
"""How many problems of one document are told as sentences; its error document holds all."""


class Session:
    """What the commands of one run share.

    `answers_refusals`: a refusal that ends the run is also written to standard output, as a document.
    """

    def __init__(self) -> None:
        self.debug = False
        self.answers_refusals = False
        self._codes = {0}

    def note(self, code: int) -> None:
        """Something ended with that code; the run goes on."""
        self._codes.add(code)

    @property
    def exit_code(self) -> int:
        """1 where there was a bug, else the highest."""
        return 1 if 1 in self._codes else max(self._codes)

    def refuse(self, error: TaxEngineError, place: str = "", invoice: str | None = None) -> None:
        """Say what is wrong, a line a problem, each with where it is."""
        self.note(error.exit_code)
        parts = [place] if place else []
        parts += [f"invoice {invoice}"] if invoice is not None else []
        where = "".join(f"{part}: " for part in ("taxengine", ", ".join(parts)) if part)
        for problem in error.problems[:MOST_SENTENCES]:
            say(f"{where}{problem.message}{f' ({problem.hint})' if problem.hint else ''}")
        more = len(error.problems) - MOST_SENTENCES
        if more > 0:
            say(f"{where}and {more} problems more")
        if self.debug and error.__traceback__ is not None:
            traceback.print_exception(error, file=sys.stderr)

    def bug(self, error: Exception, place: str = "") -> TaxEngineError:
        """Say that something unforeseen happened; returns it as an error of the engine."""
        told = f"unexpected {type(error).__name__}: {error}"
        hint = "a bug: please report it" if self.debug else "a bug: --debug shows where, please report it"
        wrapped = InvariantBroken(Problem("invariantBroken", told, "", hint))
        self.refuse(wrapped, place)
        if self.debug:
            traceback.print_exception(error, file=sys.stderr)
        return wrapped


class RefusedFile(Exception):
    """A file of rates, a policy or a schedule that was refused: the run ends."""

    def __init__(self, place: str, error: TaxEngineError) -> None:
        super().__init__(f"{place}: {error}")
        self.place, self.error = place, error


def debugging(command: F) -> F:
    """Give a command the option `--debug`."""

    def keep(context: click.Context, _: click.Parameter, chosen: bool) -> None:
        if chosen:
            context.ensure_object(Session).debug = True

    option = click.option(
        "--debug", is_flag=True, expose_value=False, is_eager=True, callback=keep, help="Show tracebacks."
    )
    return option(command)


pass_session = click.make_pass_decorator(Session, ensure=True)
