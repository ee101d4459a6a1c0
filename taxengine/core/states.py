"""States: the first-level subdivisions of a country, by code or by name.

>>> canonical_state("US", "California"), canonical_state("US", "US-CA"), canonical_state("US", "ca")
('CA', 'CA', 'CA')
"""

from __future__ import annotations

from functools import cache, lru_cache
from unicodedata import combining, normalize

from taxengine.core.tables.subdivisions import SUBDIVISIONS

# Hyphens, dots and the like are a blank in a state's name; apostrophes of every kind are nothing; & is "and".
_MARKS = str.maketrans("-\u2013./,()", " " * 7, "'`\u2019\u2018\u02bb") | {ord("&"): " and "}
# Letters that taking the accents off leaves as they are. For the table's names alone, so that a look-alike
# (a dotless i) in what a user writes does not pass for the letter.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "ħ": "h", "\u0131": "i", "ə": "e"}
)


@lru_cache(maxsize=4096)
def canonical_state(country: str, text: str) -> str | None:
    """The code of a first-level subdivision, given as `CA`, `US-CA` or `California`; None where it is none.

    Codes are ASCII. In names neither case nor accents matter.

    In Belgium, France, Ireland, Italy, the Philippines and Spain the second level is known too (`MI` in
    Italy), since addresses carry it; in Indonesia instead of the first. Its code is its own, not that of
    the region it lies in, unless it is all of that region: Spain's `M` is `MD`. A name that two places of
    a level share is neither's: it takes the code.

    >>> canonical_state("CA", "quebec"), canonical_state("ES", "M"), canonical_state("US", "San Francisco")
    ('QC', 'MD', None)
    """
    if country not in SUBDIVISIONS:
        return None
    codes, names = _states(country)
    if text.isascii():
        code = text.strip(" ").upper().removeprefix(f"{country}-")
        if code in codes:
            return codes[code]
    spelt = _spelt(text)
    return names.get(spelt) or names.get(_unaccented(spelt))


def folded(name: str) -> str:
    """A name as it is compared: case, blanks and how an accented letter is encoded do not matter.

    >>> folded(" San  FRANCISCO ")
    'san francisco'
    """
    return normalize("NFC", " ".join(name.casefold().split()))


@cache
def _states(country: str) -> tuple[dict[str, str], dict[str, str]]:
    """A country's codes and its names, each with the canonical code."""
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in SUBDIVISIONS[country].split("|"):
        listed, _, named = row.partition("=")
        first, *others = listed.split("/")
        codes.update(dict.fromkeys((first, *others), first))
        names.update((_spelt(name), first) for name in named.split(";") if name)
    for name, code in list(names.items()):
        names.setdefault(_unaccented(name.translate(_LETTERS)), code)
    return codes, names


def _spelt(name: str) -> str:
    return folded(name.translate(_MARKS))


def _unaccented(name: str) -> str:
    return "".join(each for each in normalize("NFD", name) if not combining(each))
