"""Territories: the area that taxes a place, decided before anything else.

Mostly the country. A territory that is taxed apart is an area of its own, so that no rate of its country
reaches it, nor one of its own the country; another is taxed as a country that is not its own. An address
may say which by its country, its state or its postal code, and so may a rate: all meet in one area.

>>> territory_of("ES", "CN", None, None).area, territory_of("ES", None, "35001", None).area
('IC', 'IC')
>>> territory_of("MC", None, "98000", None).area, territory_of("ES", None, "28001", None)
('FR', None)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from taxengine.core.postal import PostalPattern
from taxengine.core.states import canonical_state, folded
from taxengine.core.tables.territories import TERRITORIES, Territory

_SPELT: dict[tuple[str, str | None], Territory] = {}
_CODES: dict[str, dict[str, Territory]] = defaultdict(dict)
_SHARED: dict[tuple[str, str], Territory] = {}
for _one in TERRITORIES:
    for _spelling in _one.spelt.split():
        _country, _, _state = _spelling.partition("-")
        _SPELT[_country, _state or None] = _one
    for _code in _one.codes.split():
        _CODES[_code[:2]][_code[2:]] = _one
    if _one.shared:
        _SHARED[_one.shared[:2], _one.shared[2:]] = _one
_LENGTHS = {country: sorted({len(code) for code in codes}, reverse=True) for country, codes in _CODES.items()}
TERRITORIAL = frozenset({country for country, _ in _SPELT} | set(_CODES))
"""Countries whose addresses and rates may be a territory's: nobody else pays for the question."""


def territory_of(country: str, state: str | None, code: str | None, city: str | None) -> Territory | None:
    """The territory of an address, by its country, else its state, else its normalised postal code."""
    found = _SPELT.get((country, None)) or _SPELT.get((country, state))
    if found is not None or code is None:
        return found
    found = _by_code(country, code)
    if found is None and (country, code) in _SHARED:
        old = _SHARED[country, code]
        return old if city == old.town else None
    return found


def _by_code(country: str, code: str) -> Territory | None:
    codes = _CODES.get(country)
    if codes is None:
        return None
    return next((codes[code[:size]] for size in _LENGTHS[country] if code[:size] in codes), None)


def territory_of_rate(
    country: str, state: str | None, patterns: Sequence[PostalPattern]
) -> tuple[Territory | None, bool]:
    """The territory that a rate is of, and whether its postal patterns say no more than that.

    Patterns in several territories, or in one and outside, are of none: they hold for what lies in the
    country itself.

    >>> from taxengine.core.postal import parse_patterns
    >>> found, whole = territory_of_rate("ES", None, parse_patterns("ES", "35*, 38000..38999"))
    >>> found.name, whole
    ('Canary Islands', True)
    """
    spelt = _SPELT.get((country, None)) or _SPELT.get((country, state))
    if spelt is not None or not patterns:
        return spelt, False
    found = {_of_pattern(pattern) for pattern in patterns}
    territory = found.pop() if len(found) == 1 else None
    if territory is None:
        return None, False
    own = [code for code, one in _CODES[country].items() if one is territory]
    return territory, all(any(_covers(pattern, code) for pattern in patterns) for code in own)


def _of_pattern(pattern: PostalPattern) -> Territory | None:
    country, low, high = pattern.country, pattern.low, pattern.high
    found = _by_code(country, low) or _SHARED.get((country, low))
    if found is None or low == high:
        return found
    size = next(size for size in _LENGTHS[country] if low[:size] in _CODES[country])
    first, last = low[:size], high[:size]
    if first == last:
        return found
    among = range(int(first), int(last) + 1) if first.isdecimal() else ()
    inside = among and all(_CODES[country].get(f"{one:0{size}}") is found for one in among)
    return found if inside else None


def _covers(pattern: PostalPattern, code: str) -> bool:
    """Whether a pattern covers all postal codes that begin so."""
    if pattern.kind == "prefix" or pattern.low == pattern.high:
        return code.startswith(pattern.low)
    lowest, highest = code.ljust(len(pattern.low), "0"), code.ljust(len(pattern.high), "9")
    return pattern.low <= lowest and highest <= pattern.high


@lru_cache(maxsize=4096)
def located(country: str, state: str | None) -> tuple[str, str | None]:
    """The area and the state that a country and a state mean, as a registration or certificate names them.

    >>> located("ES", "Canarias"), located("IC", None), located("MC", None), located("US", "Texas")
    (('IC', 'CN'), ('IC', 'CN'), ('FR', None), ('US', 'TX'))
    """
    code = None if state is None else canonical_state(country, state)
    found = _SPELT.get((country, None)) or _SPELT.get((country, code))
    if found is not None:
        return found.area, found.state
    return country, code or (None if state is None else folded(state))
