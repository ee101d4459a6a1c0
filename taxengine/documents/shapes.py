"""Shapes: what an object of a document may hold, and the core type that it becomes.

A shape judges form only: which fields there are, and of which JSON type. What a value may be is
judged by the constructor of the core type, so that a document and Python are held to the same rules.

>>> from taxengine.core.parties import TaxId
>>> problems = []
>>> Shape.of(TaxId).read(problems, {"typ": "vat", "value": ""})
<Absent.ABSENT: 'absent'>
>>> [problem.message for problem in problems]
['typ: unknown field, did you mean type?', 'type: expected text, got none',
 'value: expected 1 to 255 characters, got none']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final

from taxengine.core import checks
from taxengine.core.adjustments import rate_refs
from taxengine.core.errors import InvalidInput, InvalidInvoice, Problem
from taxengine.core.values import ABSENT as NO_DEFAULT
from taxengine.core.values import document_name, fields_of
from taxengine.documents.fields import (
    ABSENT,
    DAY,
    FLAG,
    FREE,
    NUMBER,
    TEXT,
    TEXTS,
    Field,
    Problems,
    name_of,
    note,
    repeated,
)
from taxengine.documents.parsing import Repeated
from taxengine.documents.sound import Found, Reader

MOST_PROBLEMS: Final = 100
"""How many problems of a document are reported at once; a reader stops looking for more."""

_BY_CHECK: Final = {
    checks.number: NUMBER,
    checks.day: DAY,
    checks.flag: FLAG,
    checks.free: FREE,
    checks.texts: TEXTS,
    checks.categories: TEXTS,
    rate_refs: TEXTS,
}


class Shape:
    """One kind of object: `build` makes the core type of it, `fields` are its attributes.

    `error` is raised where a document of its own cannot be read. `nullable` are fields where null is a
    value and only absence is missing. `stand_in` are arguments that the core accepts: they take the
    place of what is missing and, where they are enough to build one, of a broken object in a list, so
    that the rest can be judged. `sound_only`: what is built does not judge its arguments and may have
    defaults, so nothing is built of an object with problems. `recurring`: see `Reader`.
    """

    __slots__ = (
        "_build", "_nullable", "_replaceable", "_required", "_sound_only", "_stand_in", "error", "fields",
        "sound",
    )  # fmt: skip

    def __init__(
        self,
        build: Callable[..., Any],
        fields: Mapping[str, Field],
        *,
        error: type[InvalidInput] = InvalidInvoice,
        required: Iterable[str] = (),
        nullable: Iterable[str] = (),
        stand_in: Mapping[str, object] | None = None,
        sound_only: bool = False,
        recurring: bool = False,
    ) -> None:
        self.error = error
        self._build = build
        self._nullable = frozenset(nullable)
        self._required = {name: fields[name].expected for name in required}
        self._stand_in = stand_in or {}
        self._replaceable = bool(stand_in) and self._required.keys() <= self._stand_in.keys()
        self._sound_only = sound_only
        self.fields = {
            document_name(attribute): (attribute, field.takes_text, field.read)
            for attribute, field in fields.items()
        }
        self.sound = (
            Reader(build, self.fields, required=self._required, nullable=self._nullable, recurring=recurring)
            if hasattr(build, "of_checked")
            else None
        )

    @classmethod
    def of(
        cls,
        kind: type[Any],
        *,
        error: type[InvalidInput] = InvalidInvoice,
        nullable: Iterable[str] = (),
        stand_in: Mapping[str, object] | None = None,
        build: Callable[..., Any] | None = None,
        **other: Field,
    ) -> Shape:
        """The shape of a core type: each field is read as its check says, text where it says nothing.

        `other` are the fields that the checks do not tell: objects, lists, and those of documents only.
        """
        own = fields_of(kind)
        told = {each.name: _BY_CHECK.get(each.check, TEXT) for each in own}
        return cls(
            build or kind,
            {**told, **other},
            error=error,
            required=[one.name for one in own if one.default is NO_DEFAULT],
            nullable=nullable,
            stand_in=stand_in,
        )

    def read(self, problems: Problems, data: Any, name: str = "") -> Any:
        """The object that `data` describes; what is wrong with it is noted within `name`."""
        if type(problems) is Found and self.sound is not None:
            return self.sound.read(problems, data)
        found: Problems = []
        if type(data) is not dict:
            if not isinstance(data, Mapping):
                note(problems, "invalidType", name, "an object", data)
                return ABSENT
            if isinstance(data, Repeated):
                found.extend(map(repeated, data.keys_again))
        given = self._fields_of(found, data)
        if not found and not (self._sound_only and self._required.keys() - given.keys()):
            try:
                return self._build(**given)
            except TypeError:
                pass  # something is missing, or refused by the core; which, is found out below
        return self._refuse(problems, found, given, name)

    def _fields_of(self, found: Problems, data: Mapping[Any, Any]) -> dict[str, Any]:
        """The fields that are there, as arguments."""
        given: dict[str, Any] = {}
        fields = self.fields
        for key, value in data.items():
            field = fields.get(key)
            if field is None:
                found.append(self.unknown(key))
                if len(found) > MOST_PROBLEMS:
                    break
                continue
            attribute, takes_text, read = field
            if takes_text and type(value) is str:
                given[attribute] = value
            elif value is not None or attribute in self._nullable:
                kept = read(found, value, key)
                if kept is not ABSENT:
                    given[attribute] = kept
        return given

    def _refuse(self, problems: Problems, found: Problems, given: dict[str, Any], name: str) -> Any:
        """Note all that is wrong, what the core says of the rest included."""
        complete = given.copy()
        noted = {problem.path for problem in found}
        for attribute, expected in self._required.items():
            if attribute not in given:
                complete[attribute] = self._stand_in.get(attribute)
                path = document_name(attribute)
                if not any(f"{each}.".replace("[", ".").startswith(f"{path}.") for each in noted):
                    found.append(Problem("missingField", f"{path}: expected {expected}, got none", path))
                    noted.add(path)
        try:
            if not (self._sound_only and found):
                found.extend(getattr(self._build(**complete), "unfit", ()))
        except InvalidInput as error:
            found.extend(problem for problem in error.problems if problem.path not in noted)
        problems.extend(problem.within(name) for problem in found)
        return self._replacement(given) if self._replaceable else ABSENT

    def _replacement(self, given: dict[str, Any]) -> Any:
        """What stands for a broken object: as far as possible one with the same identity."""
        same = {name: given[name] for name in self._required if name in given}
        try:
            return self._build(**{**self._stand_in, **same})
        except InvalidInput:
            return self._build(**self._stand_in)

    def unknown(self, key: object) -> Problem:
        """The problem of a field that there is not, with the one that may have been meant."""
        path = name_of(key)
        plain = {_folded(name): name for name in self.fields}
        near = get_close_matches(_folded(path), plain, n=1)
        if near:
            return Problem("unknownField", f"{path}: unknown field, did you mean {plain[near[0]]}?", path)
        hint = "free data goes into meta" if "meta" in self.fields else f"fields: {', '.join(self.fields)}"
        return Problem("unknownField", f"{path}: unknown field", path, hint)


def _folded(name: str) -> str:
    return name.replace("_", "").casefold()


def one(shape: Shape, expected: str = "an object") -> Field:
    """A field that holds an object."""
    return Field(shape.read, expected=expected)


def many(shape: Shape, expected: str = "a list of objects") -> Field:
    """A field that holds a list of objects."""
    read_one = shape.read

    def read(problems: Problems, values: Any, name: str) -> object:
        if not isinstance(values, (list, tuple)):
            note(problems, "invalidType", name, expected, values)
            return ABSENT
        if type(problems) is Found and shape.sound is not None:
            read_sound = shape.sound.read
            return [read_sound(problems, value) for value in values]
        built: list[Any] = []
        if not problems:
            for value in values:
                built.append(read_one(problems, value))
                if problems:
                    break
            else:
                return built
            # From the first that is wrong on, with their paths.
            problems.clear()
            built.pop()
        for index in range(len(built), len(values)):
            built.append(read_one(problems, values[index], f"{name}[{index}]"))
            if len(problems) > MOST_PROBLEMS:
                break
        return built

    return Field(read, expected=expected)
