"""Values: immutable input types whose fields name the checks that they must pass.

A value is frozen and keyword-only, as a dataclass can be, without what `dataclasses` costs to import.
Each field is declared once, with its check; whoever builds one gets every problem at once, by the names
that the fields have in a document.

>>> from taxengine.core.errors import InvalidInvoice
>>> @value(InvalidInvoice)
... class Parcel:
...     count: Exactly = given(checks.number)
...     note: str | None = given(checks.text, default=None)
>>> Parcel(count="1.50").count
Decimal('1.50')
>>> Parcel(count="x", note=2)
Traceback (most recent call last):
...
taxengine.core.errors.InvalidInvoice: count: expected a decimal number, got 'x'; note: expected text, got 2
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, TypeVar, dataclass_transform

from taxengine.core import checks
from taxengine.core.errors import InvalidInput
from taxengine.core.money import Number

T = TypeVar("T")
ABSENT: Final = object()
"""The default of a field that has none."""
_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})
_new, _set = object.__new__, object.__setattr__


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


class Field(NamedTuple):
    """A field of a value: its name, the one that a document gives it, its check and its default."""

    name: str
    document: str
    check: checks.Check
    default: Any
    derived: bool


def given(check: checks.Check, *, default: Any = ABSENT) -> Any:
    """A field with its check. A default is taken as it is, unchecked."""
    return Field("", "", check, default, derived=False)


def derived(*, default: Any, init: Literal[False] = False) -> Any:
    """A field that `check_whole` fills in from the others; no part of the value's identity."""
    return Field("", "", checks.free, default, derived=not init)


def free(*, default: None) -> Any:
    """The field for free data of the caller: an object, empty where `default` None is left."""
    return Field("", "", checks.free, default, derived=False)


def document_name(attribute: str) -> str:
    """The name that a document gives an attribute.

    >>> document_name("allow_above_100"), document_name("tax_categories")
    ('allowAbove100', 'taxCategories')
    """
    first, *others = attribute.split("_")
    return first + "".join(other.capitalize() for other in others)


def fields_of(kind: type[Any]) -> tuple[Field, ...]:
    """The fields of a class of values, without those derived."""
    return tuple(one for one in kind._declared if not one.derived)


def replace(one: T, **changes: Any) -> T:
    """The same value with some fields changed, checked as any is."""
    kept = {each.name: getattr(one, each.name) for each in fields_of(type(one))}
    return type(one)(**{**kept, **changes})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(given, derived, free))
def value(error: type[InvalidInput]) -> Callable[[type[T]], type[T]]:
    """Make a class a value that raises `error`; a method `check_whole(problems)` sees it complete.

    `check_whole` runs only where each field by itself is well.
    """

    def decorate(cls: type[T]) -> type[T]:
        declared = [(name, cls.__dict__[name]) for name in cls.__annotations__]
        fields = tuple(one._replace(name=name, document=document_name(name)) for name, one in declared)
        told = [one for one in fields if not one.derived]
        made: Any = cls
        for one in fields:
            delattr(made, one.name)
        made._declared, made._error = fields, error
        free_data = {one.name: _NOTHING for one in told if one.check is checks.free}
        made._blank = {one.name: one.default for one in fields} | free_data
        made._told = attrgetter(*(one.name for one in told))
        made._hashed = attrgetter(*(one.name for one in told if one.check is not checks.free))
        for name, method in _METHODS.items():
            if name not in cls.__dict__:
                setattr(made, name, method)
        made.check_whole = getattr(cls, "check_whole", None)
        made.of_checked = staticmethod(_checked(made))
        made.__init__ = _constructor(made)
        return cls

    return decorate


def _eq(self: Any, other: Any) -> bool:
    return type(other) is type(self) and bool(self._told(self) == self._told(other))


def _hash(self: Any) -> int:
    return hash(self._hashed(self))


def _repr(self: Any) -> str:
    """Only what differs from the defaults: most of a value is."""
    told = [
        f"{one.name}={getattr(self, one.name)!r}"
        for one in fields_of(type(self))
        if getattr(self, one.name) != one.default and getattr(self, one.name) != {}
    ]
    return f"{type(self).__qualname__}({', '.join(told)})"


def _sealed(self: object, name: str, _: object) -> None:
    raise AttributeError(f"{type(self).__name__} is immutable: {name} stays as it is")


def _unsealed(self: object, name: str) -> None:
    raise AttributeError(f"{type(self).__name__} is immutable: {name} stays")


def _state(self: Any) -> dict[str, Any]:
    return {name: held for name, held in self.__dict__.items() if held is not _NOTHING}


def _restore(self: Any, state: dict[str, Any]) -> None:
    _set(self, "__dict__", self._blank | state)


def _checked(cls: Any) -> Callable[[dict[str, Any], checks.Problems], Any]:
    whole = cls.check_whole

    def of_checked(checked: dict[str, Any], problems: checks.Problems) -> Any:
        """One of fields that have passed their checks, the blank ones among them; it keeps the dict.

        What is wrong with it as a whole is noted.
        """
        made = _new(cls)
        _set(made, "__dict__", checked)
        if whole is not None:
            whole(made, problems)
        return made

    return of_checked


_METHODS: dict[str, Any] = {
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _sealed,
    "__delattr__": _unsealed,
    "__getstate__": _state,
    "__setstate__": _restore,
    "__replace__": replace,
}


def _constructor(cls: Any) -> Callable[..., None]:
    """An `__init__` that checks and sets each field: written out, since invoices are made by the million."""
    scope: dict[str, Any] = {"error": cls._error, "whole": cls.check_whole, "put": _set, "blank": cls._blank}
    parameters, body = [], ["problems, kept = [], blank.copy()"]
    for name, document, check, default, _ in fields_of(cls):
        scope |= {f"default_{name}": default, f"check_{name}": check}
        test = f"kept[{name!r}] = check_{name}(problems, {name}, {document!r})"
        required = default is ABSENT
        parameters.append(name if required else f"{name}=default_{name}")
        body.append(test if required else f"if {name} is not default_{name}: {test}")
    body += ["if problems: raise error(problems)", "put(self, '__dict__', kept)"]
    if scope["whole"] is not None:
        body += ["whole(self, problems)", "if problems: raise error(problems)"]
    made: Callable[..., None] = compiled("__init__", f"self, *, {', '.join(parameters)}", body, scope)
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def compiled(name: str, parameters: str, body: list[str], scope: dict[str, Any]) -> Any:
    """A function of these lines."""
    source = f"def {name}({parameters}):\n" + "".join(f"    {line}\n" for line in body)
    exec(source, scope)  # noqa: S102  # of nothing but the names of a class's fields, as dataclasses do
    return scope[name]
