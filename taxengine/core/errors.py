"""Errors: everything the engine refuses, drawn as one tree.

    TaxEngineError
    ├── InvalidInput (ValueError, TypeError)   exit 3: what was given cannot be read or has no answer
    │   ├── InvalidInvoice
    │   ├── InvalidRate
    │   └── InvalidPolicy
    ├── Undetermined (LookupError)             exit 4: some tax cannot be decided; says what is missing
    │   └── AmbiguousRates
    ├── ProviderError                          exit 5: a provider failed, refused, or answered nonsense
    │   ├── ProviderUnavailable (ConnectionError)
    │   ├── ProviderRefused (ValueError)
    │   ├── NotConnected (LookupError)
    │   ├── ProviderProtocolError (ValueError)
    │   └── StatedAmountMismatch (ArithmeticError)
    ├── MissingExtra (ImportError)             exit 2: a feature whose extra is not installed
    └── InvariantBroken (ArithmeticError)      exit 1: a bug; the result is withheld

>>> raise InvalidInvoice([Problem("missingField", "lines: expected at least one line, got none", "lines")])
Traceback (most recent call last):
...
taxengine.core.errors.InvalidInvoice: lines: expected at least one line, got none
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, NamedTuple

_NO_DATA: Mapping[str, object] = {}


class Problem(NamedTuple):
    """One thing that is wrong: a stable code, a sentence, the path in the document, what to do.

    `data` carries the values behind the sentence (`{"rates": ["a", "b"]}`), JSON types only.
    """

    code: str
    message: str
    path: str = ""
    hint: str = ""
    data: Mapping[str, object] = _NO_DATA

    def __hash__(self) -> int:
        return hash(self[:4])

    def within(self, prefix: str) -> Problem:
        """The same problem seen from outside: `quantity` within `lines[2]` is `lines[2].quantity`.

        The sentence follows where it begins with the path.
        """
        if not prefix:
            return self
        joint = "" if not self.path or self.path.startswith("[") else "."
        path = f"{prefix}{joint}{self.path}"
        told = self.message
        if self.path and (told.startswith((f"{self.path}:", f"{self.path}."))):
            told = f"{prefix}{joint}{told}"
        return self._replace(path=path, message=told)

    def to_dict(self) -> dict[str, object]:
        """The problem as the error document shows it."""
        shown: dict[str, object] = {"code": self.code, "path": self.path, "message": self.message}
        if self.hint:
            shown["hint"] = self.hint
        return shown | {key: value for key, value in self.data.items() if key not in shown}


class TaxEngineError(Exception):
    """The root: every error of this engine has a `code`, the `problems` behind it, an `exit_code`."""

    exit_code: ClassVar[int] = 1
    mixed_code: ClassVar[str] = "error"

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))

    @property
    def code(self) -> str:
        """The problems' code where they agree, else the error's own."""
        codes = {problem.code for problem in self.problems}
        return codes.pop() if len(codes) == 1 else self.mixed_code

    def within(self, prefix: str) -> TaxEngineError:
        """The same error with every path prefixed."""
        return type(self)([problem.within(prefix) for problem in self.problems])

    def __reduce__(self) -> tuple[type[TaxEngineError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)

    def to_dict(self) -> dict[str, object]:
        """The `error` object of the error document."""
        return {
            "code": self.code,
            "message": str(self),
            "problems": [problem.to_dict() for problem in self.problems],
        }


class InvalidInput(TaxEngineError, ValueError, TypeError):
    """What was given cannot be read, or has no answer. A float is one; so it is a TypeError too."""

    exit_code = 3
    mixed_code = "invalidInput"


class InvalidInvoice(InvalidInput):
    """An invoice, or a part of one."""

    mixed_code = "invalidInvoice"


class InvalidRate(InvalidInput):
    """A rate, or a table of them."""

    mixed_code = "invalidRates"


class InvalidPolicy(InvalidInput):
    """A policy, or the name of a preset."""

    mixed_code = "invalidPolicy"


class Undetermined(TaxEngineError, LookupError):
    """Some tax cannot be decided; each problem says what is missing and where to add it."""

    exit_code = 4
    mixed_code = "undetermined"


class AmbiguousRates(Undetermined):
    """Two rates claim one line and nothing says which; both are named."""

    mixed_code = "ambiguousRates"


class ProviderError(TaxEngineError):
    """A provider failed, refused, or answered what it should not."""

    exit_code = 5
    mixed_code = "providerError"


class ProviderUnavailable(ProviderError, ConnectionError):
    """It did not answer in time; try again later."""


class ProviderRefused(ProviderError, ValueError):
    """It will not answer this question; change the input."""


class NotConnected(ProviderError, LookupError):
    """No provider of that name is installed or connected."""


class ProviderProtocolError(ProviderError, ValueError):
    """It answered something that it should not; nothing is guessed."""


class StatedAmountMismatch(ProviderError, ArithmeticError):
    """An amount that it stated is more than a minor unit off its own rate and taxable amount."""


class MissingExtra(TaxEngineError, ImportError):
    """A feature whose packages are not installed; says which `pip install` brings them."""

    exit_code = 2
    mixed_code = "missingExtra"


class InvariantBroken(TaxEngineError, ArithmeticError):
    """A result does not add up: a bug of the engine; the result is withheld."""

    mixed_code = "invariantBroken"
