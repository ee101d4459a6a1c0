"""Money: currencies and their minor units; the one door for numbers.

Numbers come in as `Decimal`, text or `int`, by one grammar: up to 15 digits, and up to 12 decimals.
A float is refused, since it is not the number that was written.

>>> decimal_of("19.99"), minor_unit("JPY"), minor_unit("KWD")
(Decimal('19.99'), Decimal('1'), Decimal('0.001'))
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias

from taxengine.core.errors import InvalidInput, Problem
from taxengine.core.tables.currencies import CURRENCIES, CURRENT, NO_CURRENCY

Number: TypeAlias = Decimal | str | int
"""What is taken for a number: never a float."""

INTEGER_DIGITS = 15
DECIMALS = 12

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?").fullmatch
_LONGEST = len("-") + INTEGER_DIGITS + len(".") + DECIMALS
_BOUND = 10**INTEGER_DIGITS
_UNITS = {digits: Decimal((0, (1,), -digits)) for digits in sorted(set(CURRENCIES.values()))}
_MINOR_UNITS = {code: _UNITS[digits] for code, digits in CURRENCIES.items()}

_SHORT: dict[str, Decimal] = {}
_WIDEST = 60
_LIMITS = f"at most {INTEGER_DIGITS} digits before the point and {DECIMALS} after it"
_NOT_FINITE = "a number is finite: leave the field out where there is none"
# The first pattern found in a refused text gives the hint; compiled then, since few texts ever are refused.
_HINTS = (
    (r"^$", "leave the field out where there is no number"),
    (r"(?i)nan|inf", _NOT_FINITE),
    (r"\s", "write it without spaces and line ends"),
    (r"[^\x00-\x7f]", "write ASCII digits 0 to 9, a point, and - for a minus"),
    (r"_", "write it without underscores"),
    (r"^\+", "write it without a plus sign"),
    (r"(?i)^[-0-9.]*[0-9.]e", "write the number out, without an exponent"),
    (r",.*\.|,.*,|\..*,", "write a point before the decimals, and nothing between thousands: 1234.56"),
    (r",", "write a point before the decimals: 19.99, not 19,99"),
    (r"%", "write the number alone: 19 % is percent 19, and percentageDecimal 0.19"),
    (r"^-?\.|\.$", "write a digit before the point and one after it: 0.5"),
    (r"^-?[0-9]+(\.[0-9]+)?$", _LIMITS),
    (r"", "write the number alone"),
)


def decimal_of(value: object, path: str = "") -> Decimal:
    """The number that `value` is, exactly; no exponent above zero, and no negative zero.

    Raises `InvalidInput`: `invalidType` for what is no `Decimal`, text or `int`, and `invalidNumber`.

    >>> decimal_of(-3), decimal_of("0.10"), decimal_of(Decimal("1E+5")), decimal_of("-0")
    (Decimal('-3'), Decimal('0.10'), Decimal('100000'), Decimal('0'))
    >>> decimal_of("19,99", "lines[0].amount")
    Traceback (most recent call last):
    ...
    taxengine.core.errors.InvalidInput: lines[0].amount: expected a decimal number, got '19,99'
    """
    if type(value) is str:
        known = _SHORT.get(value)
        if known is not None:
            return known
        if len(value) <= _LONGEST and _NUMBER(value):
            number = Decimal(value)
            number = number or number.copy_abs()
            if len(value) < 4:  # quantities, mostly: there are few, and they come again and again
                _SHORT[value] = number
            return number
    elif (exact := _exact(value, path)) is not None:
        return exact
    raise InvalidInput(_refusal(value, path))


def _exact(value: object, path: str) -> Decimal | None:
    """What is no plain text, as a number; None where it is none."""
    if type(value) is Decimal:
        return _plain(value)
    if type(value) is int:
        return Decimal(value) if -_BOUND < value < _BOUND else None
    if isinstance(value, str):
        return decimal_of(str.__str__(value), path)
    if isinstance(value, Decimal):
        return decimal_of(Decimal(value), path)
    if isinstance(value, int) and not isinstance(value, bool):
        return decimal_of(int.__int__(value), path)
    return None


def _plain(value: Decimal) -> Decimal | None:
    """The value in the door's grammar, None where it does not fit. Nothing here asks for a precision."""
    text = str(value)
    if len(text) <= _LONGEST and _NUMBER(text):
        return value or value.copy_abs()
    if not value.is_finite():
        return None
    sign, digits, exponent = value.as_tuple()
    if (
        not isinstance(exponent, int)
        or exponent < -DECIMALS
        or (value and value.adjusted() >= INTEGER_DIGITS)
    ):
        return None
    if not value:
        return Decimal((0, (0,), min(exponent, 0)))
    return Decimal((sign, digits + (0,) * exponent, 0)) if exponent > 0 else value


def _refusal(value: object, path: str) -> Problem:
    what = path or "number"
    hint = 'pass amounts as a string, such as "19.99", or a Decimal'
    if isinstance(value, bool) or not isinstance(value, (Decimal, str, int)):
        told = shown(value)
        if isinstance(value, (bool, float)):
            told = f"a {type(value).__name__} ({told})"
        if isinstance(value, float):
            hint += ": a float cannot hold 0.1"
        return Problem("invalidType", f"{what}: expected a decimal number, got {told}", path, hint)
    told = shown(value)
    if isinstance(value, str):
        start = value[: 2 * _LONGEST]
        hint = next(hint for pattern, hint in _HINTS if re.search(pattern, start))
    elif isinstance(value, Decimal) and not value.is_finite():
        hint = _NOT_FINITE
    else:
        hint = _LIMITS
    return Problem("invalidNumber", f"{what}: expected a decimal number, got {told}", path, hint)


def shown(value: object) -> str:
    """A value as an error prints it: short, on one line, in ASCII; of what is no text or number, the type.

    >>> shown("\\u0661\\n"), shown("9" * 80)[-9:], shown(["19.99"]), shown([])
    ("'\\\\u0661\\\\n'", "99999'...", 'a list', 'an empty list')
    """
    if isinstance(value, str):
        printed = ascii(str.__str__(value[: _WIDEST + 1]))
        return printed if len(printed) <= _WIDEST else f"{printed[: _WIDEST - 4]}{printed[0]}..."
    if isinstance(value, int) and value.bit_length() > 128:
        # Printing a huge integer is slow, and past 4300 digits Python refuses to.
        return f"an integer of {value.bit_length()} bits"
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return float.__repr__(value)
    if isinstance(value, Decimal):
        printed = Decimal.__str__(value)
        return printed if len(printed) <= _WIDEST else f"{printed[: _WIDEST - 3]}..."
    empty = "empty " if isinstance(value, (list, tuple, dict)) and not value else ""
    noun = f"{empty}{type(value).__name__}"
    return f"an {noun}" if noun[:1] in "aeiou" else f"a {noun}"


def check_currency(code: object, path: str = "currency") -> str:
    """The code of a currency that can be invoiced in; else raises `InvalidInput`, `unknownCurrency`.

    >>> check_currency("EUR")
    'EUR'
    >>> check_currency("eur")
    Traceback (most recent call last):
    ...
    taxengine.core.errors.InvalidInput: currency: expected an ISO 4217 currency code, got 'eur'
    """
    if isinstance(code, str):
        code = str.__str__(code)
        if code in CURRENCIES:
            return code
    what = path or "currency"
    told = f"{what}: expected an ISO 4217 currency code, got {shown(code)}"
    if not isinstance(code, str):
        raise InvalidInput(Problem("invalidType", told, path, "three capital letters, such as EUR"))
    raise InvalidInput(Problem("unknownCurrency", told, path, _currency_hint(code)))


def _currency_hint(code: str) -> str:
    if code in NO_CURRENCY:
        return f"{code} is {NO_CURRENCY[code]}: name the currency of the amounts"
    near = _near(code.strip().upper()) if len(code) <= 8 and code.isascii() else []
    if near:
        return f"did you mean {' or '.join(near[:3])}?"
    return "three capital letters, such as EUR"


def _near(code: str) -> list[str]:
    """What may have been meant: the code itself, a common name's, two letters swapped, one letter off."""
    if code in CURRENCIES or code in _COMMON:
        return [_COMMON.get(code, code)]
    if len(code) != 3:
        return []
    swaps = (code[1] + code[0] + code[2], code[0] + code[2] + code[1])
    swapped = [each for each in swaps if each in CURRENT]
    return swapped or [
        each for each in CURRENT if sum(one != other for one, other in zip(code, each, strict=True)) == 1
    ]


_COMMON = {
    "CNH": "CNY",
    "EURO": "EUR",
    "GBX": "GBP",
    "NTD": "TWD",
    "RMB": "CNY",
    "SFR": "CHF",
    "UKP": "GBP",
    "US$": "USD",
}


def minor_digits(currency: str) -> int:
    """How many decimals the currency's amounts have, by ISO 4217.

    >>> minor_digits("EUR"), minor_digits("CLF"), minor_digits("ITL")
    (2, 4, 0)
    """
    digits = CURRENCIES.get(currency)
    return CURRENCIES[check_currency(currency)] if digits is None else digits


def minor_unit(currency: str) -> Decimal:
    """The smallest amount of the currency.

    >>> minor_unit("EUR")
    Decimal('0.01')
    """
    unit = _MINOR_UNITS.get(currency)
    return _MINOR_UNITS[check_currency(currency)] if unit is None else unit
