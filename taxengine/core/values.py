"""Values: immutable input types whose fields name the checks that they must pass.

A value is a frozen, slotted, keyword-only dataclass. Each field is declared once, with its check;
whoever builds one gets every problem at once, by the names that the fields have in a document.

>>> from taxengine.core.errors import InvalidInvoice
>>> @value(InvalidInvoice)
... class Parcel:
...     count: Exactly = given(checks.number)
...     note: str | None = given(checks.text, default=None)
>>> Parcel(count="1.50").count
Decimal('1.50')
>>> Parcel(count=1.5, note="")
Traceback (most recent call last):
...
taxengine.core.errors.InvalidInvoice: count: expected a decimal number, got a float (1.5); note: expected 1 to 255 characters, got none
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, TypeVar, dataclass_transform

from taxengine.core import checks
from taxengine.core.errors import InvalidInput
from taxengine.core.money import Number

T = TypeVar("T")


# A field that is written as one type and read as another is a descriptor to a type checker. These are
# annotations only: nothing here runs.


class Exactly:
    """Written as a `Number`, read as a `Decimal`."""

    def __get__(self, owner: object, kind: object = None) -> Decimal:  # type: ignore[empty-body]
        """Read."""

    def __set__(self, owner: object, value: Number) -> None:
        """Write."""


class MaybeExactly:
    """As `Exactly`, or None."""

    def __get__(self, owner: object, kind: object = None) -> Decimal | None:
        """Read."""

    def __set__(self, owner: object, value: Number | None) -> None:
        """Write."""


class Texts:
    """Written as any texts, read as a tuple of them."""

    def __get__(self, owner: object, kind: object = None) -> tuple[str, ...]:  # type: ignore[empty-body]
        """Read."""

    def __set__(self, owner: object, value: Iterable[str]) -> None:
        """Write."""


def given(check: checks.Check, *, default: Any = MISSING) -> Any:
    """A field with its check. A default is taken as it is, unchecked."""
    return field(default=default, metadata={"check": check})


def derived(*, default: Any, init: Literal[False] = False) -> Any:
    """A field that `check_whole` fills in from the others; no part of the value's identity."""
    return field(default=default, init=init, repr=False, compare=False)


def free(*, default: None) -> Any:
    """The field for free data of the caller: an object, empty where `default` None is left."""
    return field(default=default, hash=False, metadata={"check": checks.free})


def document_name(attribute: str) -> str:
    """The name that a document gives an attribute.

    >>> document_name("allow_above_100"), document_name("tax_categories")
    ('allowAbove100', 'taxCategories')
    """
    first, *others = attribute.split("_")
    return first + "".join(other.capitalize() for other in others)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(given, derived, free))
def value(error: type[InvalidInput]) -> Callable[[type[T]], type[T]]:
    """Make a class a value that raises `error`; a method `check_whole(problems)` sees it complete.

    `check_whole` runs only where each field by itself is well.
    """

    def decorate(cls: type[T]) -> type[T]:
        made = dataclass(init=False, frozen=True, slots=True, kw_only=True)(cls)
        setattr(made, "__init__", _constructor(made, error))
        setattr(made, "_to_dict", _writer(made))
        return made

    return decorate


def _constructor(cls: type[Any], error: type[InvalidInput]) -> Callable[..., None]:
    """An `__init__` that checks and sets each field: written out, since invoices are made by the million."""
    scope: dict[str, Any] = {"error": error, "whole": getattr(cls, "check_whole", None)}
    parameters, checking, setting = [], [], []
    for one in fields(cls):
        name = one.name
        scope[f"set_{name}"] = cls.__dict__[name].__set__
        scope[f"default_{name}"] = one.default
        if "check" not in one.metadata:
            setting.append(f"set_{name}(self, default_{name})")
            continue
        scope[f"check_{name}"] = one.metadata["check"]
        absent = f"default_{name}"
        fresh = f"{{}} if {name} is None else " if one.metadata["check"] is checks.free else ""
        setting.append(f"set_{name}(self, {fresh}{name})")
        required = one.default is MISSING
        parameters.append(name if required else f"{name}={absent}")
        test = f"{name} = check_{name}(problems, {name}, {document_name(name)!r})"
        checking.append(test if required else f"if {name} is not {absent}: {test}")
    body = ["problems = []", *checking, "if problems: raise error(problems)", *setting]
    if scope["whole"] is not None:
        body += ["whole(self, problems)", "if problems: raise error(problems)"]
    made = _compiled("__init__", f"self, *, {', '.join(parameters)}", body, scope)
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _compiled(name: str, parameters: str, body: list[str], scope: dict[str, Any]) -> Any:
    source = f"def {name}({parameters}):\n" + "".join(f"    {line}\n" for line in body)
    exec(source, scope)  # noqa: S102  # of nothing but the names of a class's fields, as dataclasses do
    return scope[name]


def _writer(cls: type[Any]) -> Callable[[Any, Callable[[Decimal], str]], dict[str, Any]]:
    """What makes a document of a value, written out as `_constructor` is: each input has its digest."""
    scope: dict[str, Any] = {"_plain": _plain}
    body = ["shown = {}"]
    for one in fields(cls):
        if "check" not in one.metadata:
            continue
        name = one.name
        scope[f"default_{name}"] = {} if one.metadata["check"] is checks.free else one.default
        kept = "held" if one.metadata["check"] in _TEXTS else "_plain(held, number)"
        kept = "number(held)" if one.metadata["check"] is checks.number else kept
        body += [
            f"held = self.{name}",
            f"if held is not default_{name} and held != default_{name}: shown[{document_name(name)!r}] = {kept}",
        ]
    return _compiled("to_dict", "self, number", [*body, "return shown"], scope)


_TEXTS = (checks.text, checks.long_text)


def to_dict(one: object, number: Callable[[Decimal], str] = "{:f}".format) -> dict[str, Any]:
    """A value as a document shows it: JSON types, numbers as strings, defaults left out.

    `number` spells the numbers; `plain` gives each its one spelling.
    """
    shown: dict[str, Any] = one._to_dict(number)  # type: ignore[attr-defined]  # set by `value`
    return shown


def plain(number: Decimal) -> str:
    """A number's one spelling: no exponent, no trailing zeros.

    >>> plain(Decimal("1E+2")), plain(Decimal("0.190"))
    ('100', '0.19')
    """
    spelt = str(number)
    if "E" in spelt or "e" in spelt:  # which of the two, the caller's context says
        spelt = f"{number:f}"
    return spelt.rstrip("0").rstrip(".") if "." in spelt else spelt


def _plain(held: object, number: Callable[[Decimal], str]) -> object:
    if isinstance(held, tuple):
        return [_plain(item, number) for item in held]
    if isinstance(held, date):
        return held.isoformat()
    if isinstance(held, StrEnum):
        return held.value
    reference = getattr(held, "to_reference", None)
    if reference is not None:
        return reference()
    return held._to_dict(number) if hasattr(held, "_to_dict") else held
