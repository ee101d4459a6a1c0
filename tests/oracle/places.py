"""Places: an address as the place that taxes, states by their canonical code, postal patterns.

>>> place({"country": "US", "state": "California", "postalCode": "94105-1234"}).state
'CA'
>>> pattern_covers("E1", "E101AA", "GB"), pattern_covers("94105", "941051234", "US")
(False, True)
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

EU = frozenset(
    ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
     "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK")
)  # fmt: skip

# Only the subdivisions that the generator names; elsewhere names are compared without case.
SUBDIVISIONS: dict[str, dict[str, str]] = {
    "US": {"CA": "California", "NY": "New York", "TX": "Texas", "WA": "Washington", "CO": "Colorado"},
    "CA": {"ON": "Ontario", "QC": "Quebec", "BC": "British Columbia", "NS": "Nova Scotia", "AB": "Alberta"},
    "IN": {"MH": "Maharashtra", "KA": "Karnataka", "DL": "Delhi", "TN": "Tamil Nadu"},
}  # fmt: skip


# The territories that the generator names: country, beginnings of postal codes, area, state.
TERRITORIES = (
    ("ES", ("35", "38"), "Canary Islands", "CN"),
    ("DE", ("27498",), "Heligoland", None),
    ("GB", ("BT",), "GB", "NIR"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """What matching compares: codes normalised, names without case; `area` is what taxes it."""

    country: str | None
    area: str | None
    state: str | None
    county: str | None
    city: str | None
    postal: str | None
    jurisdictions: frozenset[str]


def subdivision(country: str | None, text: str | None) -> str | None:
    """The canonical code of a first-level subdivision written as code or name, None where it is none."""
    if country is None or text is None:
        return None
    wanted = text.casefold()
    for code, name in SUBDIVISIONS.get(country, {}).items():
        if wanted in (code.casefold(), f"{country}-{code}".casefold(), name.casefold()):
            return code
    return None


def state_of(country: str | None, text: str | None) -> str | None:
    """A state as it is compared: its code where the country has a table, else its case-folded name."""
    if text is None:
        return None
    return subdivision(country, text) or text.casefold()


def normalise_postal(code: str) -> str:
    """Upper case, without spaces and hyphens."""
    return code.upper().replace(" ", "").replace("-", "")


def place(address: dict[str, Any]) -> Place:
    """The place that an address names."""
    country = address.get("country")
    postal = address.get("postalCode")
    county, city = address.get("county"), address.get("city")
    area, state = territory(country, [normalise_postal(postal)] if postal else [])
    return Place(
        country=country,
        area=area,
        state=state or state_of(country, address.get("state")),
        county=None if county is None else county.casefold(),
        city=None if city is None else city.casefold(),
        postal=None if postal is None else normalise_postal(postal),
        jurisdictions=frozenset(address.get("jurisdictions") or ()),
    )


def territory(country: str | None, codes: list[str]) -> tuple[str | None, str | None]:
    """The area and state of postal codes, or of the patterns of them: the country's unless all are in one."""
    for of, beginnings, area, state in TERRITORIES:
        if country == of and codes and all(code.startswith(beginnings) for code in codes):
            return area, state
    return country, None


def patterns(jurisdiction: str) -> list[str]:
    """The patterns of a rate's `jurisdiction`, normalised."""
    return [normalise_postal(part) for part in jurisdiction.split(",")]


def shape(code: str) -> str:
    """Letters and digits told apart, so that ranges compare like with like."""
    return "".join("9" if character.isdigit() else "A" for character in code)


def british_parts(code: str) -> tuple[str, bool]:
    """The outward part of a British code, and whether an inward part (digit, letter, letter) follows it."""
    inward = len(code) >= 5 and code[-3].isdigit() and code[-2:].isalpha()
    return (code[:-3] if inward else code), inward


def british_covers(pattern: str, code: str) -> bool:
    """Without an inward part a pattern means the area, all its letters, or the whole outward code."""
    if british_parts(pattern)[1]:
        return pattern == code
    outward = british_parts(code)[0]
    area = outward[: len(outward) - len(outward.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))]
    return pattern in (area, outward)


def pattern_covers(pattern: str, code: str, country: str) -> bool:
    """Whether one postal pattern covers a normalised code."""
    if pattern.endswith("*"):
        return code.startswith(pattern[:-1])
    low, dots, high = pattern.partition("..")
    if dots:
        if country == "US" and len(low) == 5:
            code = code[:5]  # a ZIP+4 lies in its ZIP5
        return shape(low) == shape(code) and low <= code <= high
    if country == "GB":
        return british_covers(pattern, code)
    if country == "US" and len(pattern) == 5:
        return pattern == code[:5]
    return pattern == code or (country == "US" and pattern == f"{code}0000")


def codes_covered(pattern: str) -> int:
    """How many ZIP+4 codes an American pattern covers."""
    if pattern.endswith("*"):
        return int(10 ** max(0, 10 - len(pattern)))
    low, dots, high = pattern.partition("..")
    each = int(10 ** (9 - len(low)))
    return (int(high) - int(low) + 1) * each if dots else each


def pattern_rank(pattern: str, country: str) -> tuple[int, int]:
    """How narrow one pattern is outside the US: exact, then ranges, then the longer prefix."""
    if pattern.endswith("*"):
        return (1, len(pattern) - 1)
    if ".." in pattern:
        return (2, 0)
    if country == "GB" and not british_parts(pattern)[1]:
        return (1, len(pattern))
    return (3, 0)


@lru_cache(maxsize=4096)
def postal_rank(jurisdiction: str, code: str | None, country: str) -> tuple[int, int] | None:
    """How narrow the patterns are that cover the code: larger is narrower; None where none covers it."""
    if code is None:
        return None
    covering = [pattern for pattern in patterns(jurisdiction) if pattern_covers(pattern, code, country)]
    if not covering:
        return None
    if country == "US":
        return (1, -sum(codes_covered(pattern) for pattern in patterns(jurisdiction)))
    return max(pattern_rank(pattern, country) for pattern in covering)
