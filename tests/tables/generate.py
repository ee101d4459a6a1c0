"""Tables: writes `taxengine/core/tables/` from the packages that the tests hold it to.

    python -m tests.tables.generate            writes the files
    python -m tests.tables.generate --check    says which of them differ, and exits 1

pycountry and iso4217 are the oracles. What no package publishes is in `facts.py`, with its source.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

import iso4217
import pycountry

from tests.tables import facts

TABLES = Path(__file__).parents[2] / "taxengine" / "core" / "tables"


def currencies() -> str:
    """`currencies.py`."""
    listed = {code: row["CcyMnrUnts"] for code, row in iso4217.raw_table.items() if code}
    current = {code: int(digits) for code, digits in listed.items() if digits != "N.A."}
    historic = {code: facts.HISTORIC_DIGITS.get(code, 2) for code in facts.LIST_THREE.split()}
    source = (
        f"ISO 4217 of {iso4217.__published__} (iso4217 {iso4217.__version__}); list three's digits: OpenJDK"
    )
    return "".join(
        (
            _head(source, "Currencies: ISO 4217 codes and how many digits their minor units have."),
            _table(
                "CURRENT: dict[str, int]", (f'"{code}": {digits}' for code, digits in sorted(current.items()))
            ),
            _note("List one: in use, funds codes among them."),
            _table(
                "HISTORIC: dict[str, int]",
                (f'"{code}": {digits}' for code, digits in sorted(historic.items())),
            ),
            _note("List three: withdrawn, yet old invoices are in them. A code is in one list only."),
            "CURRENCIES: dict[str, int] = CURRENT | HISTORIC\n\n",
            _table(
                "NO_CURRENCY: dict[str, str]",
                (f'"{code}": "{what}"' for code, what in facts.NO_MINOR_UNIT.items()),
            ),
            _note("Codes without a minor unit, in which nothing is invoiced, and what they are.").rstrip(
                "\n"
            ),
            "\n",
        )
    )


def countries() -> str:
    """`countries.py`."""
    codes = sorted({country.alpha_2 for country in pycountry.countries} | set(facts.USER_ASSIGNED))
    alpha3 = sorted((country.alpha_3, country.alpha_2) for country in pycountry.countries)
    source = f"ISO 3166-1 (pycountry {version('pycountry')}); EU: treaties of accession and withdrawal"
    return "".join(
        (
            _head(source, "Countries: ISO 3166-1 codes, what is accepted beside them, and the EU's members."),
            _table("COUNTRIES: frozenset[str]", (f'"{code}"' for code in codes), "frozenset({", "})"),
            _note("ISO 3166-1 alpha-2, and XK: user-assigned, yet Kosovo taxes and invoices under it."),
            _table(
                "ALIASES: dict[str, str]", (f'"{alias}": "{code}"' for alias, code in facts.ALIASES.items())
            ),
            _note("What the EU writes, and what ISO does."),
            f"ALPHA3 = (\n{_texts([f'{three}={two}' for three, two in alpha3])})\n",
            _note("Alpha-3 codes, for a hint."),
            _table(
                "EU_VAT: dict[str, tuple[str, str]]",
                (f'"{code}": {_pair(period)}' for code, period in facts.eu_vat()),
            ),
            _note("Member states: from the first date, until the second (none: still).").rstrip("\n"),
            "\n",
        )
    )


def subdivisions() -> str:
    """`subdivisions.py`."""
    source = f"ISO 3166-2 (pycountry {version('pycountry')}) and tests/tables/facts.py"
    noun = "Subdivisions: the states of each country, as `code/other code=name;other name|...`."
    rows = []
    for country in sorted({row.country_code for row in pycountry.subdivisions}):
        table = "|".join(_subdivisions(country))
        cuts = (table[at : at + 98] for at in range(0, len(table), 98))
        rows.append(f'    "{country}": (\n' + "".join(f'        "{cut}"\n' for cut in cuts) + "    ),\n")
    return "".join(
        (
            _head(source, noun, "# ruff: noqa: RUF001 - names are spelt as ISO spells them"),
            "SUBDIVISIONS: dict[str, str] = {\n",
            *rows,
            '}\n"""The first level; in some countries the second too: facts.py says which, and why."""\n',
        )
    )


def _head(source: str, noun: str, more: str = "") -> str:
    """Line 1 states the source and the date; the formatter keeps off."""
    lines = [
        f"# Source: {source}; read 2026-11-22.",
        "# Written by tests/tables/generate.py. The formatter keeps off:",
    ]
    return "\n".join([*lines, "# fmt: off", *([more] if more else []), f'"""{noun}"""', "", ""])


def _note(text: str) -> str:
    return f'"""{text}"""\n\n'


def _table(name: str, items: Iterable[str], start: str = "{", end: str = "}") -> str:
    """A literal, as many items on a line as fit."""
    lines, line = [], "   "
    for item in items:
        if len(line) + len(item) + 2 > 110:
            lines.append(line)
            line = "   "
        line += f" {item},"
    return "\n".join([f"{name} = {start}", *lines, line, f"{end}\n"])


def _texts(words: list[str]) -> str:
    """Words in string literals with a space after each, as many on a line as fit."""
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) + 8 > 110:
            lines.append(line)
            line = ""
        line += f"{word} "
    return "".join(f'    "{each}"\n' for each in [*lines, line])


def _pair(period: tuple[str, str]) -> str:
    return f'("{period[0]}", "{period[1]}")'


def _subdivisions(country: str) -> Iterator[str]:
    """The rows of a country: each code, the codes that are the same place, the names that are its alone."""
    listed = [row for row in pycountry.subdivisions if row.country_code == country]
    children = Counter(row.parent_code for row in listed if row.parent_code)
    levels: list[dict[str, list[str]]] = [{}, {}]
    codes: dict[str, list[str]] = {}
    for row in sorted(listed, key=lambda row: (row.parent_code is not None, row.code)):
        code, parent = row.code[3:], (row.parent_code or "")[3:]
        wanted = facts.SECOND_LEVEL if parent else {country} - facts.SECOND_LEVEL_ALONE
        if country in wanted:
            whole = parent in levels[0] and children[row.parent_code] == 1
            codes.setdefault(parent if whole else code, []).append(code)
            names = levels[bool(parent) and not whole].setdefault(parent if whole else code, [])
            names += [row.name] if row.name not in names else []
    for code, (more_codes, more_names) in facts.MORE_SUBDIVISIONS.get(country, {}).items():
        codes.setdefault(code, [code]).extend(more_codes)
        levels[code in levels[1]].setdefault(code, []).extend(more_names)
    taken: set[str] = set()
    for level in levels:
        claimed = _claims(level, taken)
        taken.update(name for names in claimed.values() for name in names)
        yield from (f"{'/'.join(codes[code])}={';'.join(names)}" for code, names in claimed.items())


def _claims(level: dict[str, list[str]], taken: set[str]) -> dict[str, list[str]]:
    """The names that mean one code of the level: whole names first, then parts of names."""
    wholes = {code: {name for each in names for name in _wholes(each)} for code, names in level.items()}
    parts = {
        code: {name for each in names for name in _parts(each)} - wholes[code]
        for code, names in level.items()
    }
    whole_count = Counter(name for names in wholes.values() for name in names)
    part_count = Counter(name for names in parts.values() for name in names)
    return {
        code: [
            *sorted(name for name in wholes[code] - taken if whole_count[name] == 1),
            *sorted(name for name in parts[code] - taken if not whole_count[name] and part_count[name] == 1),
        ]
        for code in level
    }


def _wholes(name: str) -> list[str]:
    """The names in `A [B]` and `A / B`, without the codes and marks that pycountry leaves in them."""
    found = re.split(r"\[|\]|\s/\s", unicodedata.normalize("NFC", name))
    found = [re.sub(r"\s*\b[A-Z]{2}-[A-Z0-9]{2,3}$", "", each).strip(" /†*") for each in found]
    return [each for each in found if each and not each[0].islower()] or [name]


def _parts(name: str) -> Iterator[str]:
    """The other ways to write one name: `A (b)` as A, and `A, b of` as A and as b of A."""
    for whole in _wholes(name):
        short = whole.split(" (")[0]
        yield short
        head, comma, tail = short.partition(", ")
        if comma and "," not in tail and " and " not in tail and " y " not in tail:
            yield from (head, f"{tail} {head}")


FILES = {"currencies.py": currencies, "countries.py": countries, "subdivisions.py": subdivisions}


def main(arguments: list[str]) -> int:
    """Writes the files that differ, or only says which."""
    different = []
    for name, generate in FILES.items():
        path, text = TABLES / name, generate()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            different.append(name)
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8")
                print(f"wrote {name}")
    if "--check" in arguments:
        print(f"differ: {', '.join(different)}" if different else "all as generated")
        return bool(different)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
