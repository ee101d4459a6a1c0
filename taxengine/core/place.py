"""Place: addresses, postal codes, and how each country's are normalised.

>>> address = Address(country="uk", postal_code="bt1 5gs", city="Belfast")
>>> address.country, address.place.postal_code
('GB', 'BT15GS')
>>> canonical_state("US", "California"), canonical_state("US", "US-CA")
('CA', 'CA')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from taxengine.core.errors import InvalidInput, InvalidInvoice, Problem
from taxengine.core.money import shown
from taxengine.core.postal import (
    ANYWHERE,
    PostalPattern,
    best_pattern,
    normal_postal_code,
    parse_patterns,
    postal_shape,
    postal_views,
)
from taxengine.core.states import canonical_state, folded
from taxengine.core.tables.countries import ALIASES, ALPHA3, COUNTRIES, EU_VAT

__all__ = [
    "ANYWHERE",
    "Address",
    "Place",
    "PostalPattern",
    "best_pattern",
    "canonical_state",
    "check_country",
    "checked_text",
    "folded",
    "in_eu_vat",
    "normal_postal_code",
    "parse_patterns",
    "postal_shape",
    "postal_views",
]

LONGEST_TEXT = 1000

T = TypeVar("T")

_NO_COUNTRY = {
    "EU": "name the member state",
    "XI": "Northern Ireland is GB with the state NIR: XI is only the prefix of VAT numbers",
}


class Place(NamedTuple):
    """What matching asks of an address, ready to be compared: a key.

    `state` is the canonical code; where there is none, `state_name` is what was written, folded.
    """

    country: str
    state: str | None
    state_name: str | None
    county: str | None
    city: str | None
    postal_code: str | None
    jurisdictions: frozenset[str]


@dataclass(frozen=True, slots=True, init=False)
class Address:
    """Where somebody is. Only the country is required; a blank text is the same as none.

    `jurisdictions` are codes that a geocoder of the caller's has resolved. Texts are kept as they were
    written, the country as its ISO code. Raises `InvalidInvoice` with every problem found.

    >>> Address(country="U5", postal_code="94105!")
    Traceback (most recent call last):
    ...
    taxengine.core.errors.InvalidInvoice: country: expected an ISO 3166-1 country code, got 'U5';
        postalCode: expected a postal code, got '94105!'
    """

    line1: str | None
    line2: str | None
    city: str | None
    county: str | None
    state: str | None
    postal_code: str | None
    country: str
    jurisdictions: tuple[str, ...]
    meta: Mapping[str, object] = field(hash=False)
    place: Place = field(init=False, repr=False, compare=False)

    def _to_dict(self, number: object) -> dict[str, object]:
        shown = {
            "line1": self.line1,
            "line2": self.line2,
            "city": self.city,
            "county": self.county,
            "state": self.state,
            "postalCode": self.postal_code,
            "country": self.country,
            "jurisdictions": list(self.jurisdictions),
            "meta": self.meta,
        }
        return {name: held for name, held in shown.items() if held}

    def __init__(
        self,
        *,
        country: str,
        line1: str | None = None,
        line2: str | None = None,
        city: str | None = None,
        county: str | None = None,
        state: str | None = None,
        postal_code: str | None = None,
        jurisdictions: Iterable[str] = (),
        meta: Mapping[str, object] | None = None,
    ) -> None:
        put = object.__setattr__
        problems: list[Problem] = []
        put(self, "line1", _text(problems, line1, "line1"))
        put(self, "line2", _text(problems, line2, "line2"))
        put(self, "city", _text(problems, city, "city"))
        put(self, "county", _text(problems, county, "county"))
        put(self, "state", _text(problems, state, "state"))
        put(self, "postal_code", _text(problems, postal_code, "postalCode"))
        put(self, "country", _country(problems, country))
        put(self, "jurisdictions", _codes(problems, jurisdictions))
        put(self, "meta", _free(problems, meta))
        given = self.postal_code
        code = None if given is None else _kept(problems, normal_postal_code, self.country, given)
        if problems:
            raise InvalidInvoice(problems)
        put(self, "place", _place(self, code))


def _place(address: Address, code: str | None) -> Place:
    state = address.state and canonical_state(address.country, address.state)
    return Place(
        address.country,
        state,
        None if state else address.state and folded(address.state),
        address.county and folded(address.county),
        address.city and folded(address.city),
        code,
        frozenset(address.jurisdictions),
    )


def checked_text(value: object, path: str, limit: int = LONGEST_TEXT) -> str:
    """The text, without NUL and lone surrogates, which no file or database can hold.

    >>> checked_text("Zürich", "city")
    'Zürich'
    """
    if not isinstance(value, str):
        raise InvalidInput(Problem("invalidType", f"{path}: expected text, got {shown(value)}", path))
    if len(value) > limit:
        told = f"{path}: expected up to {limit} characters, got {len(value)}"
        raise InvalidInput(Problem("invalidText", told, path))
    if "\0" in value or not (value.isascii() or _encodes(value)):
        told = f"{path}: expected text without NUL and lone surrogates, got {shown(value)}"
        raise InvalidInput(Problem("invalidText", told, path))
    return value


def _encodes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_country(code: object, path: str = "country") -> str:
    """The ISO 3166-1 alpha-2 code; UK and EL, which the EU writes, become GB and GR.

    Lower case is accepted, look-alikes of other scripts are not. Raises `InvalidInput`, `unknownCountry`.

    >>> check_country("de"), check_country("EL")
    ('DE', 'GR')
    """
    if type(code) is str and code in COUNTRIES:
        return code
    if not isinstance(code, str):
        told = f"{path}: expected an ISO 3166-1 country code, got {shown(code)}"
        raise InvalidInput(Problem("invalidType", told, path, "two letters, such as DE"))
    upper = str.__str__(code).upper() if code.isascii() else ""
    upper = ALIASES.get(upper, upper)
    if upper in COUNTRIES:
        return upper
    told = f"{path}: expected an ISO 3166-1 country code, got {shown(code)}"
    raise InvalidInput(Problem("unknownCountry", told, path, _country_hint(upper)))


def _country_hint(code: str) -> str:
    if code in _NO_COUNTRY:
        return _NO_COUNTRY[code]
    at = ALPHA3.find(f"{code}=") if len(code) == 3 else -1
    return "two letters, such as DE" if at < 0 else f"did you mean {ALPHA3[at + 4 : at + 6]}?"


def in_eu_vat(country: str, on: date) -> bool:
    """Whether the country is a member state of the EU on that date.

    >>> in_eu_vat("GB", date(2020, 12, 31)), in_eu_vat("GB", date(2021, 1, 1))
    (True, False)
    """
    if country not in EU_VAT:
        return False
    since, until = EU_VAT[country]
    return since <= on.isoformat() and (not until or on.isoformat() < until)


def _kept(problems: list[Problem], door: Callable[..., T], *given: object) -> T | None:
    """What the door lets in; else None, and the problems noted."""
    try:
        return door(*given)
    except InvalidInput as error:
        problems.extend(error.problems)
        return None


def _text(problems: list[Problem], value: object, path: str) -> str | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return _kept(problems, checked_text, value, path)


def _country(problems: list[Problem], value: object) -> str:
    if value is None or value == "":
        told = "country: expected an ISO 3166-1 country code, got none"
        problems.append(Problem("missingField", told, "country", "two letters, such as DE"))
        return ""
    return _kept(problems, check_country, value, "country") or ""


def _codes(problems: list[Problem], values: object) -> tuple[str, ...]:
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        told = f"jurisdictions: expected a list of codes, got {shown(values)}"
        problems.append(Problem("invalidType", told, "jurisdictions"))
        return ()
    codes = []
    for index, value in enumerate(values):
        path = f"jurisdictions[{index}]"
        code = _kept(problems, checked_text, value, path)
        if code is not None and not code.strip():
            problems.append(Problem("invalidText", f"{path}: expected a code, got {shown(value)}", path))
        codes.append(code or "")
    return tuple(codes)


def _free(problems: list[Problem], value: object) -> Mapping[str, object]:
    if value is not None and not isinstance(value, Mapping):
        problems.append(Problem("invalidType", f"meta: expected an object, got {shown(value)}", "meta"))
    return dict(value) if isinstance(value, Mapping) else {}
