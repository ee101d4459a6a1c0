"""Postal codes: how each country's are normalised, and the patterns that a rate's jurisdiction holds.

A pattern is one code, a prefix `941*`, or a range `94100..94199`; several stand with commas between.

>>> [pattern.kind for pattern in parse_patterns("US", "94105, 941*, 94100..94199")]
['exact', 'prefix', 'range']
>>> parse_patterns("GB", "E1")[0].matches(normal_postal_code("GB", "E10 5AA"))
False
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.money import shown

ANYWHERE: Final = (10**10, 0)
"""The breadth of a rate without a pattern: more than that of any pattern."""

_LONGEST = 32
_MOST_PROBLEMS = 10

# The countries of the Royal Mail's codes: an outward code (E1, SW1A), then a digit and two letters.
_BRITISH = frozenset({"GB", "GG", "IM", "JE"})
_INWARD_CODES = 10 * 26 * 26

# Countries whose codes begin with a digit, each with the letters that people write before it: the ISO code,
# or the sign on cars. LV-1010 and 1010 are one code; D-78266 is Büsingen as much as 78266 is.
_SIGNS = {
    signs.split()[0]: frozenset(signs.split())
    for signs in (
        *("AD", "AT A", "AX FI", "BE B", "BG", "CH", "CY", "CZ", "DE D", "DK", "EE", "ES E", "FI FIN"),
        *("FR F", "GR EL", "HR", "HU H", "IT I", "LI FL", "LT", "LU L", "LV", "MC F", "MD", "NL", "NO N"),
        *("PL", "PT P", "RO", "SE S", "SI SLO", "SK", "SM I", "VA V I"),
    )
}

_SPELT = re.compile(r"[0-9A-Za-z -]+").fullmatch
_SIGNED = re.compile(r"([A-Z]{1,3})([0-9][0-9A-Z]*)").fullmatch
_FULL = re.compile(r"([0-9A-Z]+)([0-9][A-Z]{2})").fullmatch
_AREA = re.compile(r"[A-Z]{1,3}").fullmatch
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?").fullmatch
_INWARD = re.compile(r"[0-9][A-Z]{0,2}").fullmatch
_BOTH = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{0,2})").fullmatch
_TWO_ZIPS = re.compile(r"[0-9]{5} ?- ?[0-9]{5}").fullmatch
_OUT = str.maketrans("", "", " -")
_SHAPES = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "9" * 10 + "A" * 26)


def normal_postal_code(country: str, text: str, path: str = "postalCode") -> str:
    """The code as it is compared: capitals and digits; spaces, hyphens and a country's sign are out.

    Its characters are checked, never its shape. Nothing is folded: a full-width digit is refused.
    Raises `InvalidInput`, `invalidPostalCode`.

    >>> normal_postal_code("GB", "sw1a 1aa"), normal_postal_code("US", "01242-0001")
    ('SW1A1AA', '012420001')
    >>> normal_postal_code("LV", "LV-1010"), normal_postal_code("DE", "D-10115")
    ('1010', '10115')
    """
    if text.isdigit() and text.isascii() and len(text) <= _LONGEST:
        return text  # most are, and a file of boundaries holds a million
    code = text.translate(_OUT).upper() if len(text) <= _LONGEST and _SPELT(text) else ""
    if not code:
        told = f"{path}: expected a postal code, got {shown(text)}"
        hint = f"up to {_LONGEST} ASCII letters, digits, spaces and hyphens"
        raise InvalidInput(Problem("invalidPostalCode", told, path, hint))
    signs = _SIGNS.get(country)
    if signs is not None and code[0].isalpha():
        signed = _SIGNED(code)
        if signed is not None and signed[1] in signs:
            return signed[2]
    return code


def postal_views(country: str, code: str) -> tuple[str, ...]:
    """A normalised code and what else it is known by: a ZIP+4's ZIP, an outward code, a ZIP's +4 of 0000.

    The Postal Service gives the +4 of 0000 to nobody. So `94105-0000` is the ZIP of an address that says
    no more, where `94105` is that and each of its ZIP+4s.

    >>> postal_views("US", "941051234"), postal_views("GB", "E105AA"), postal_views("DE", "10115")
    (('941051234', '94105'), ('E105AA', 'E10'), ('10115',))
    """
    if country == "US":
        return (code, code[:5] if len(code) == 9 else f"{code}0000")
    full = _FULL(code) if country in _BRITISH else None
    return (code,) if full is None else (code, full[1])


def postal_shape(code: str) -> str:
    """Which places of a code are digits and which letters; a range compares codes of its own shape.

    >>> postal_shape("SW1A1AA")
    'AA9A9AA'
    """
    return code.translate(_SHAPES)


class PostalPattern(NamedTuple):
    """Postal codes of one country: `exact` (`low`), `prefix` (`low`), or `range` (`low` to `high`).

    A ZIP+4 is in every pattern that its ZIP is in.

    In Great Britain, where B and BT, E1 and E10 are neighbours in the alphabet and nowhere else, a
    prefix ends where a run of letters or digits does: `BT` and `BT*` are the area BT, and B is not in
    it; `E1*` is E1 and E1W, not E10; `SW1*` is SW1A to SW1Y. `E1` and `E1 *` are the one outward code,
    `E1 6` and `E1 6*` the sector; without the space, `E16` is read as an outward code.
    """

    country: str
    kind: Literal["exact", "prefix", "range"]
    low: str
    high: str

    def matches(self, code: str) -> bool:
        """Whether a normalised code of the same country is one of them.

        >>> parse_patterns("US", "94105")[0].matches("941051234")
        True
        """
        if self.kind == "prefix":
            return code.startswith(self.low) and (self.country not in _BRITISH or self._ends(code))
        shape = postal_shape(self.low)
        exact = self.kind == "exact"  # a ZIP lies in no range of ZIP+4s
        views = [one for one in postal_views(self.country, code) if exact or len(one) <= len(code)]
        return any(self.low <= view <= self.high and postal_shape(view) == shape for view in views)

    def _ends(self, code: str) -> bool:
        """Whether the prefix ends where a run of letters or of digits in the outward code does."""
        if not (_AREA(self.low) or _OUTWARD(self.low)):
            return True
        outward = postal_views(self.country, code)[-1]
        if len(outward) <= len(self.low):
            return outward == self.low
        return outward[len(self.low)].isdigit() != self.low[-1].isdigit()

    @property
    def breadth(self) -> tuple[int, int]:
        """How much it covers, to compare with other patterns of its country: the lesser is more specific.

        In the US the number of ZIP+4 codes (a ZIP is 10 000); elsewhere exact codes, then ranges by
        their width, then the longer prefix. A British outward code is the range of its inward codes.

        >>> [pattern.breadth for pattern in parse_patterns("US", "94105-1234, 94105, 941*")]
        [(1, 0), (10000, 0), (1000000, 0)]
        """
        width = _number(self.high) - _number(self.low) + 1 if self.kind == "range" else 1
        if self.country == "US":
            return (width * 10 ** max(0, 9 - len(self.low)), 0)
        if self.kind == "exact":
            return (0, 0)
        if self.kind == "prefix":
            return (2, -len(self.low))
        outward = self.country in _BRITISH and _OUTWARD(self.low)
        return (1, width * _INWARD_CODES if outward else width)


def _number(code: str) -> int:
    """Where a code stands among those of its shape."""
    number = 0
    for character in code:
        place = int(character, 36)
        number = number * 10 + place if place < 10 else number * 26 + place - 10
    return number


def parse_patterns(country: str, text: str, path: str = "jurisdiction") -> tuple[PostalPattern, ...]:
    """The patterns in a rate's `jurisdiction`, in their order.

    Raises `InvalidInput`, `invalidPostalCode`, with a problem for each that cannot be read, up to ten.

    >>> [(each.low, each.high) for each in parse_patterns("DE", "10115, 80331..81929")]
    [('10115', '10115'), ('80331', '81929')]
    """
    patterns: list[PostalPattern] = []
    problems: list[Problem] = []
    for piece in text.split(","):
        written = piece.strip(" ")
        try:
            patterns.append(_pattern(country, written, path))
        except InvalidInput as error:
            problems.extend(error.problems)
            if len(problems) >= _MOST_PROBLEMS:
                break
    if problems:
        raise InvalidInput(problems)
    return tuple(patterns)


def _pattern(country: str, text: str, path: str) -> PostalPattern:
    if country == "US" and _TWO_ZIPS(text):
        raise _refused(text, path, f"a range is written {text[:5]}..{text[-5:]}")
    if ".." in text:
        return _range(country, text, path)
    if text == "*":
        raise _refused(text, path, "leave the field out where a rate is for the whole place")
    star = text.endswith("*")
    body = text[:-1] if star else text
    code = normal_postal_code(country, body, path)
    if country in _BRITISH:
        return _british(country, star and not body.endswith(" "), body, code)
    return PostalPattern(country, "prefix" if star else "exact", code, code)


def _british(country: str, star: bool, body: str, code: str) -> PostalPattern:
    """An area, an outward code, a sector or a whole code, by where the inward part begins."""
    outward, inward = _halves(body, code)
    if 0 < len(inward) < 3:
        low, high = (f"{code}{fill[len(inward) - 1 :]}" for fill in ("AA", "ZZ"))
        return PostalPattern(country, "range", low, high)
    if outward and not inward and not star:
        return PostalPattern(country, "range", code, code)
    prefix = _AREA(code) or (star and not inward)
    return PostalPattern(country, "prefix" if prefix else "exact", code, code)


def _halves(body: str, code: str) -> tuple[str, str]:
    """The outward and the inward part; a space says where the one ends, else the first reading that fits."""
    out, _, inward = body.strip(" ").upper().rpartition(" ")
    out = out.translate(_OUT)
    if _OUTWARD(out):
        return (out, inward) if _INWARD(inward) else ("", "")
    if _OUTWARD(code):
        return code, ""
    both = _BOTH(code)
    return (both[1], both[2]) if both else ("", "")


def _range(country: str, text: str, path: str) -> PostalPattern:
    first, _, last = text.partition("..")
    low, high = (normal_postal_code(country, end, path) for end in (first, last))
    if postal_shape(low) != postal_shape(high):
        raise _refused(text, path, "both ends have letters and digits at the same places")
    if low > high:
        raise _refused(text, path, f"the lower end comes first: {last.strip(' ')}..{first.strip(' ')}")
    if country in _BRITISH and not (_OUTWARD(low) or _FULL(low)):
        raise _refused(text, path, "both ends are outward codes (E1..E9) or whole codes")
    return PostalPattern(country, "range", low, high)


def _refused(text: str, path: str, hint: str) -> InvalidInput:
    told = f"{path}: expected postal codes such as 94105, 941* or 94100..94199, got {shown(text)}"
    return InvalidInput(Problem("invalidPostalCode", told, path, hint))
