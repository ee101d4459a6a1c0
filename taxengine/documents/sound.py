"""Sound: documents with which nothing is wrong, read in one go.

Most are, and a stream of them is read so in half the time: each value goes through its reader and the
core's check at once. Where anything is found, no matter what, the document is read again by its shape,
which tells all that is wrong and where.

>>> from taxengine.core.parties import TaxId
>>> from taxengine.documents.fields import TEXT
>>> fields = {"type": ("type", TEXT.takes_text, TEXT.read), "value": ("value", TEXT.takes_text, TEXT.read)}
>>> reader, found = Reader(TaxId, fields, required=("type", "value")), Found()
>>> reader.read(found, {"type": "vat", "value": "DE1"}), found, found.keys
(TaxId(type='vat', value='DE1'), [], 2)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from taxengine.core import checks
from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.values import ABSENT as NO_DEFAULT
from taxengine.core.values import Field, fields_of
from taxengine.documents.fields import ABSENT, Problems, Read

MOST_KNOWN: Final = 4096
"""How many of a kind of object are remembered, where the same come again and again."""

_ONLY_TEXT: Final = {str}
_UNSOUND: Final = Problem("invalidValue", "not told: the document is read again")
_OF_DOCUMENTS: Final = Field("", "", checks.free, None, derived=True)
"""Stands for a field that the core does not know, as `format`."""

_Through = Callable[[Problems, Any, str, dict[str, Any]], None]


class Found(Problems):
    """What was found: nothing, as long as all is well. `keys` are those seen so far, in all objects."""

    __slots__ = ("keys",)

    def __init__(self) -> None:
        self.keys = 0

    def stop(self) -> object:
        """Give up."""
        self.append(_UNSOUND)
        return ABSENT


class Reader:
    """Reads one kind of value: `read(found, data)` is it, or something is found.

    `fields` are the attribute, whether text needs no reading, and the reader, by their names. `recurring`:
    the same come again and again, as addresses do, and those of texts alone are remembered.
    """

    __slots__ = ("_blank", "_doors", "_known", "_made", "_others", "_required", "read")

    def __init__(
        self,
        kind: Any,
        fields: Mapping[str, tuple[str, bool, Read]],
        *,
        required: Collection[str],
        nullable: Collection[str] = (),
        recurring: bool = False,
    ) -> None:
        own = {each.name: each for each in fields_of(kind)}
        self._doors: dict[str, tuple[str, checks.Check | None]] = {}
        self._others: dict[str, _Through] = {}
        for name, (attribute, takes_text, read) in fields.items():
            into = own.get(attribute, _OF_DOCUMENTS)
            self._doors[name] = attribute, into.check if takes_text else None
            self._others[name] = _through(read, into, attribute in nullable)
        self._blank: dict[str, Any] = kind._blank
        self._made: Callable[[dict[str, Any], Problems], Any] = kind.of_checked
        self._required = required
        self._known: dict[object, Any] = {}
        self.read = self._remembering if recurring else self._built

    def _remembering(self, found: Found, data: Any) -> Any:
        if type(data) is not dict or {*map(type, data.values())} != _ONLY_TEXT:
            return self._built(found, data)
        texts, known = tuple(data.items()), self._known
        if texts in known:
            found.keys += len(data)
            return known[texts]
        made = self._built(found, data)
        if not found:
            if len(known) >= MOST_KNOWN:
                known.clear()
            known[texts] = made
        return made

    def _built(self, found: Found, data: Any) -> Any:
        if type(data) is not dict:
            return found.stop()
        found.keys += len(data)
        doors, kept = self._doors, self._blank.copy()
        try:
            for key, value in data.items():
                attribute, check = doors[key]
                if check is not None and type(value) is str:
                    kept[attribute] = check(found, value, key)
                else:
                    self._others[key](found, value, key, kept)
            for attribute in self._required:
                if kept[attribute] is NO_DEFAULT:
                    return found.stop()
            return ABSENT if found else self._made(kept, found)
        except (KeyError, InvalidInput):
            return found.stop()


def _through(read: Read, into: Field, nullable: bool) -> _Through:
    """Reads a value, checks it as the core does, and puts it among what is kept; null is absent."""
    attribute, check, default = into.name, into.check, into.default

    def through(found: Problems, value: Any, name: str, kept: dict[str, Any]) -> None:
        if value is None and not nullable:
            return
        held = read(found, value, name)
        if held is not ABSENT:
            kept[attribute] = held if held is default else check(found, held, name)

    return through
