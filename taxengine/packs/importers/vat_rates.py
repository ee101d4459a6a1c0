"""VAT rates: the JSON of the ibericode/vat-rates project, the rates of the EU and GB as many shops have them.

    {"items": {"ES": [{"effective_from": "0000-01-01", "rates": {"standard": 21, "super_reduced": 4},
                       "exceptions": [{"name": "Ceuta", "postcode": "5100[1-5]", "standard": 0}]}]}}

`standard` is for everything, another class for the tax category of its name (`superReduced`). An
exception of 0 lies outside the scope and takes VAT out there. A rate keeps its id through the years.

>>> ceuta = {"name": "Ceuta", "postcode": "5100[1-3]", "standard": 0}
>>> reading = Reading(lambda findings: rates_of({"items": {"ES": [
...     {"effective_from": "0000-01-01", "rates": {"standard": 21}, "exceptions": [ceuta]}]}}, findings))
>>> for rate in reading: print(rate.id, rate.percentage_decimal, rate.treatment, rate.jurisdiction)
vat-ES-standard 0.21 standard None
vat-ES-ceuta 0.00 outsideScope 51001, 51002, 51003
>>> reading.report[0].message
'items.ES[0]: taken as in force since 2019-01-01, since the source does not say since when'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any, NamedTuple
from unicodedata import normalize

from taxengine.core.arithmetic import exactly
from taxengine.core.errors import InvalidInput
from taxengine.core.money import decimal_of
from taxengine.core.rates import TaxRate, TaxType, Treatment
from taxengine.documents.fields import day, name_of, note, repeated
from taxengine.documents.parsing import Repeated
from taxengine.packs.importers.reading import Findings, Reading
from taxengine.packs.importers.rows import COUNTRIES, FilePath, json_of

HISTORY_FROM = date(2019, 1, 1)
"""Since when the rates of this file are known to be right; it says 0000-01-01 where it does not know."""

_ALWAYS = "0000-01-01"
_ATOM = re.compile(r"(?:([0-9])|(\\d)|\[([-0-9]+)\])(?:\{([0-9])(,?)\})?")
_DIGITS = "0123456789"
_MOST_CODES = 1000


class _Period(NamedTuple):
    country: str
    path: str
    valid_from: date
    valid_until: date | None
    data: Mapping[str, Any]


class _Reader:
    """Reads one file: the rates, what is wrong, and what was left out or changed."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.problems = findings.problems

    def read(self, document: object) -> Iterator[TaxRate]:
        for country, listed in self._object(self._object(document, "").get("items"), "items").items():
            known = COUNTRIES.get(str(country), str(country))
            for period in self._periods(known, listed, f"items{_inner(country)}"):
                yield from self._rates(period)
                path = f"{period.path}.exceptions"
                for index, exception in enumerate(self._list(period.data.get("exceptions", []), path)):
                    yield from self._exception(period, exception, f"{path}[{index}]")

    def _periods(self, country: str, listed: object, path: str) -> Iterator[_Period]:
        """The periods of a country, the latest first; each ends where the next begins."""
        dated: list[tuple[date, str, Mapping[str, Any]]] = []
        for index, found in enumerate(self._list(listed, path)):
            data = self._object(found, f"{path}[{index}]")
            since = data.get("effective_from")
            if since == _ALWAYS:
                dated.append((date.min, f"{path}[{index}]", data))
            else:
                read = day(self.problems, since, f"{path}[{index}].effective_from")
                if isinstance(read, date):
                    dated.append((read, f"{path}[{index}]", data))
        until: date | None = None
        for since, inner, data in sorted(dated, key=lambda one: one[0], reverse=True):
            if since > date.min:
                yield _Period(country, inner, since, until, data)
            elif until is not None and until <= HISTORY_FROM:
                self.findings.skip(f"left out, since it ended before {HISTORY_FROM}", inner)
            else:
                told = f"taken as in force since {HISTORY_FROM}, since the source does not say since when"
                self.findings.change(told, inner)
                yield _Period(country, inner, HISTORY_FROM, until, data)
            until = since

    def _rates(self, period: _Period) -> Iterator[TaxRate]:
        path = f"{period.path}.rates"
        for name, percent in self._object(period.data.get("rates"), path).items():
            one = _camel(str(name))
            if one == "standard":
                yield from self._rate(period, one, percent, f"{path}{_inner(name)}")
            else:
                fields = {"tax_categories": (one,), "treatment": Treatment.REDUCED}
                yield from self._rate(period, one, percent, f"{path}{_inner(name)}", **fields)

    def _exception(self, period: _Period, found: object, path: str) -> Iterator[TaxRate]:
        exception = self._object(found, path)
        name, percent = str(exception.get("name", "")), exception.get("standard")
        patterns = postal_patterns(str(exception.get("postcode", "")))
        if patterns is None:
            self.findings.skip("left out, since its postcode is no pattern of ours", f"{path}, {name!a}")
            return
        for other in sorted(exception.keys() - {"name", "postcode", "standard"}):
            told = "left out, since only standard is known of an exception"
            self.findings.skip(told, f"{path}{_inner(other)}")
        fields: dict[str, Any] = {"jurisdiction": patterns}
        if str(percent).strip("0") in ("", "."):
            fields |= {"treatment": Treatment.OUTSIDE_SCOPE, "replaces": (TaxType.VAT,)}
        yield from self._rate(period, name, percent, f"{path}.standard", **fields)

    def _rate(
        self, period: _Period, name: str, percent: object, path: str, **fields: Any
    ) -> Iterator[TaxRate]:
        try:
            yield TaxRate(
                id=f"vat-{period.country}-{_slug(name)}",
                name=f"{period.country} {name}",
                country=period.country,
                type=TaxType.VAT,
                percentage_decimal=_hundredth(percent),
                inclusive=None,
                valid_from=period.valid_from,
                valid_until=period.valid_until,
                **fields,
            )
        except InvalidInput as error:
            self.problems.extend(problem.within(path) for problem in error.problems)

    def _object(self, value: object, path: str) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            note(self.problems, "invalidType", path, "an object", value)
            return {}
        if isinstance(value, Repeated):
            self.problems.extend(repeated(key).within(path) for key in value.keys_again)
        return value

    def _list(self, value: object, path: str) -> list[Any]:
        if not isinstance(value, list):
            note(self.problems, "invalidType", path, "a list", value)
            return []
        return value


def rates_of(document: object, findings: Findings) -> Iterator[TaxRate]:
    """The rates of the document."""
    return _Reader(findings).read(document)


def read(path: FilePath) -> Reading:
    """The rates of a file of the vat-rates project."""
    return Reading(lambda findings: rates_of(json_of(path), findings))


@exactly
def _hundredth(percent: object) -> Any:
    return decimal_of(percent).scaleb(-2)


def _inner(key: object) -> str:
    name = name_of(key)
    return name if name.startswith("[") else f".{name}"


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def _slug(name: str) -> str:
    """A name as a part of an id: ASCII, hyphens for what is no letter or digit.

    >>> _slug("Büsingen am Hochrhein"), _slug("superReduced"), _slug("Campione d'Italia")
    ('busingen-am-hochrhein', 'superReduced', 'campione-d-italia')
    """
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall("[A-Za-z0-9]+", plain if plain[:1].islower() else plain.lower())
    return "-".join(words) or "unnamed"


def postal_patterns(regex: str) -> str | None:
    """A regular expression over digits as our patterns, anchored at the start; None where it is more.

    >>> postal_patterns("(35\\\\d{3}|5100[1-2])"), postal_patterns("9[0-1]\\\\d{2,}"), postal_patterns("9.*")
    ('35000..35999, 51001, 51002', '90*, 91*', None)
    """
    inner = regex[1:-1] if regex.startswith("(") and regex.endswith(")") else regex
    codes: list[str] = []
    for alternative in inner.split("|"):
        found = _codes(alternative)
        if found is None or len(codes) + len(found) > _MOST_CODES:
            return None
        codes.extend(found)
    return ", ".join(codes)


def _codes(regex: str) -> list[str] | None:
    """The patterns of one alternative: digits, sets of them and `\\d`, counted, the last one perhaps open."""
    choices: list[str] = []
    position, is_open = 0, False
    while position < len(regex):
        atom = _ATOM.match(regex, position)
        if atom is None or is_open:
            return None
        digit, any_digit, among, times, more = atom.groups()
        allowed = _DIGITS if any_digit else digit or _members(among)
        choices.extend([allowed] * int(times or 1))
        is_open = bool(more)
        position = atom.end()
    free = 0
    while choices and choices[-1] == _DIGITS:
        choices.pop()
        free += 1
    if not choices or "" in choices or (is_open and not free):
        return None
    ways = 1
    for allowed in choices:
        ways *= len(allowed)
    if ways > _MOST_CODES:
        return None
    starts = ["".join(digits) for digits in product(*choices)]
    if is_open:
        return [f"{start}*" for start in starts]
    return [f"{start}{'0' * free}..{start}{'9' * free}" if free else start for start in starts]


def _members(among: str) -> str:
    """The digits of a set: `1-3` and `123` are the same."""
    spelt = re.sub("([0-9])-([0-9])", lambda pair: _DIGITS[int(pair[1]) : int(pair[2]) + 1], among)
    return spelt if spelt.isdigit() else ""
