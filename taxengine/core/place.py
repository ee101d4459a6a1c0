"""Place: addresses, postal codes, and how each country's are normalised.

>>> address = Address(country="uk", postal_code="bt1 5gs", city="Belfast")
>>> address.country, address.place.postal_code
('GB', 'BT15GS')
>>> canonical_state("US", "California"), canonical_state("US", "US-CA")
('CA', 'CA')
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from taxengine.core import checks
from taxengine.core.errors import InvalidInput, InvalidInvoice, Problem
from taxengine.core.money import shown
from taxengine.core.postal import (
    ANYWHERE,
    PostalPattern,
    normal_postal_code,
    parse_patterns,
    postal_shape,
    postal_views,
)
from taxengine.core.states import canonical_state, folded
from taxengine.core.tables.countries import ALIASES, ALPHA3, COUNTRIES, EU_VAT
from taxengine.core.tables.territories import RESERVED
from taxengine.core.territories import TERRITORIAL, territory_of
from taxengine.core.values import Texts, derived, free, given, value

__all__ = [
    "ANYWHERE", "Address", "Place", "PostalPattern", "canonical_state", "check_country", "folded",
    "in_eu_vat", "normal_postal_code", "parse_patterns", "postal_shape", "postal_views",
]  # fmt: skip

_NO_COUNTRY = {
    "EU": "name the member state",
    "XI": "Northern Ireland is GB with the state NIR: XI is only the prefix of VAT numbers",
}


def check_country(code: object, path: str = "country") -> str:
    """The ISO 3166-1 alpha-2 code, or one reserved there; UK and EL, which the EU writes, become GB and GR.

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
    if upper in COUNTRIES or upper in RESERVED:
        return upper
    told = f"{path}: expected an ISO 3166-1 country code, got {shown(code)}"
    raise InvalidInput(Problem("unknownCountry", told, path, _country_hint(upper)))


def _country_hint(code: str) -> str:
    if code in _NO_COUNTRY:
        return _NO_COUNTRY[code]
    at = ALPHA3.find(f"{code}=") if len(code) == 3 else -1
    return "two letters, such as DE" if at < 0 else f"did you mean {ALPHA3[at + 4 : at + 6]}?"


def in_eu_vat(area: str, on: date) -> bool:
    """Whether the area is that of a member state of the EU on that date.

    >>> in_eu_vat("GB", date(2020, 12, 31)), in_eu_vat("GB", date(2021, 1, 1))
    (True, False)
    """
    if area not in EU_VAT:
        return False
    since, until = EU_VAT[area]
    return since <= on.isoformat() and (not until or on.isoformat() < until)


class Place(NamedTuple):
    """What matching asks of an address, ready to be compared: a key.

    `state` is the canonical code; where there is none, `state_name` is what was written, folded. `area` is
    what taxes it: the country, or a territory that is taxed apart; however an address spells a territory,
    country and state are those that stand for it.
    """

    country: str
    state: str | None
    state_name: str | None
    county: str | None
    city: str | None
    postal_code: str | None
    jurisdictions: frozenset[str]
    area: str


def _country(problems: checks.Problems, value: object, path: str) -> object:
    if value is None or value == "":
        checks.fault(
            problems, "missingField", path, "an ISO 3166-1 country code", value, "two letters, such as DE"
        )
        return value
    return _known_country(problems, value, path)


def _postal_code(problems: checks.Problems, value: object, path: str) -> object:
    """A text whose characters are those of postal codes, in whichever country."""
    if isinstance(value, str) and value and not value.isspace():
        _readable(problems, value, path)
        return value
    return checks.long_text(problems, value, path)


_known_country = checks.refusing(check_country)
_readable = checks.refusing(lambda text, path: normal_postal_code("", text, path))


@value(InvalidInvoice)
class Address:
    """Where somebody is. Only the country is required; a blank text is the same as none.

    `jurisdictions` are codes that a geocoder of the caller's has resolved. Texts are kept as they were
    written, the country as its ISO code; `place` is what is compared.

    Raises `InvalidInvoice` with every problem found.

    >>> Address(country="U5", postal_code="94105!")
    Traceback (most recent call last):
    ...
    taxengine.core.errors.InvalidInvoice: postalCode: expected a postal code, got '94105!';
        country: expected an ISO 3166-1 country code, got 'U5'
    """

    line1: str | None = given(checks.long_text, default=None)
    line2: str | None = given(checks.long_text, default=None)
    city: str | None = given(checks.long_text, default=None)
    county: str | None = given(checks.long_text, default=None)
    state: str | None = given(checks.long_text, default=None)
    postal_code: str | None = given(_postal_code, default=None)
    country: str = given(_country)
    jurisdictions: Texts = given(checks.texts, default=())
    meta: Mapping[str, object] = free(default=None)
    place: Place = derived(default=None)

    def check_whole(self, _: checks.Problems) -> None:
        put = object.__setattr__
        for name in ("line1", "line2", "city", "county", "state", "postal_code"):
            held = getattr(self, name)
            if held is not None and not held.strip():
                put(self, name, None)
        country = area = self.country
        state: str | None = canonical_state(country, self.state) if self.state else None
        names = (None if state else self.state, self.county, self.city)
        named, county, city = (folded(text) if text else None for text in names)
        code = self.postal_code and normal_postal_code(country, self.postal_code)
        if country in TERRITORIAL:
            found = territory_of(country, state, code, city)
            if found is not None:
                country, state, named, area = found.country, found.state, None, found.area
        codes = frozenset(self.jurisdictions)
        put(self, "place", Place(country, state, named, county, city, code, codes, area))
