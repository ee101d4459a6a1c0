"""Tables: as generated from their oracles, and each difference from an oracle is meant."""

from __future__ import annotations

from collections import Counter
from datetime import date

import babel
import babel.core
import iso4217
import pycountry
import pytest

from taxengine.core.tables.countries import ALIASES, ALPHA3, COUNTRIES, EU_VAT
from taxengine.core.tables.currencies import CURRENCIES, CURRENT, HISTORIC, NO_CURRENCY
from taxengine.core.tables.subdivisions import SUBDIVISIONS
from tests.tables import facts, generate

ROWS = {
    country: {row.partition("=")[0]: row.partition("=")[2].split(";") for row in table.split("|")}
    for country, table in SUBDIVISIONS.items()
}


@pytest.mark.parametrize("name", sorted(generate.FILES))
def test_generating_a_table_again_gives_the_same_file(name: str) -> None:
    text = (generate.TABLES / name).read_text(encoding="utf-8")
    assert text == generate.FILES[name]()
    first = text.partition("\n")[0]
    assert first.startswith("# Source: ")
    assert first.endswith("; read 2026-11-22.")
    assert max(map(len, text.splitlines())) <= 110


def test_the_generator_writes_what_differs_and_nothing_else(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "TABLES", tmp_path)
    assert generate.main(["--check"]) == 1
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    assert generate.main([]) == 0
    assert capsys.readouterr().out.count("wrote") == 3


# ---- currencies ----


def test_list_one_is_all_there_with_its_digits() -> None:
    published = {code: row["CcyMnrUnts"] for code, row in iso4217.raw_table.items() if code}
    assert {code: str(digits) for code, digits in CURRENT.items()} == {
        code: digits for code, digits in published.items() if digits.isdigit()
    }
    assert {code for code, digits in published.items() if digits == "N.A."} == set(NO_CURRENCY) - {
        "XFO",
        "XFU",
        "XRE",
    }
    assert {currency.alpha_3 for currency in pycountry.currencies} == {*CURRENT, *NO_CURRENCY} - {
        "XFO",
        "XFU",
        "XRE",
    }


def test_a_code_is_in_one_list_only() -> None:
    assert not set(CURRENT) & set(HISTORIC)
    assert not set(CURRENCIES) & set(NO_CURRENCY)
    # 137 codes in list three, of which 8 are in list one too and 3 have no minor unit.
    assert len(HISTORIC) == 137 - 8 - 3


def test_cldr_knows_no_withdrawn_currency_of_iso_that_we_do_not() -> None:
    of_cldr = {row[0] for rows in babel.core.get_global("territory_currencies").values() for row in rows}
    # CLDR's own codes, for money that never had one of ISO's.
    own = of_cldr - {*CURRENCIES, *NO_CURRENCY}
    assert own == {
        *("ARL", "ARM", "BAN", "BGM", "BGO", "BOL", "BRZ", "CLE", "CNH", "CNX", "KRH", "KRO", "MAF", "MCF"),
        *("MDC", "MKN", "MVP", "VNN", "YUR"),
    }


def test_digits_differ_from_cldrs_where_they_are_meant_to() -> None:
    fractions = babel.core.get_global("currency_fractions")
    differ = {
        code: (digits, fractions.get(code, fractions["DEFAULT"])[0])
        for code, digits in CURRENCIES.items()
        if digits != fractions.get(code, fractions["DEFAULT"])[0]
    }
    # CLDR has the digits that are shown now that the small coins are gone; invoices are still in them.
    shown = dict.fromkeys(
        ("AFN", "ALL", "IRR", "KPW", "LAK", "LBP", "MGA", "MMK", "RSD", "SOS", "SYP", "YER"), (2, 0)
    )
    shown |= dict.fromkeys(("MRO", "SLL", "STD", "TMM", "ZMK", "ZWD"), (2, 0)) | {"IQD": (3, 0)}
    # OpenJDK, after ISO, has no minor unit where CLDR says nothing, which means 2.
    silent = dict.fromkeys(("BEF", "BYB", "GRD", "PTE", "TPE"), (0, 2))
    # Accounts in Belgian and Luxembourg francs and in pesetas: as the currency.
    silent |= dict.fromkeys(("BEC", "BEL", "ESA", "ESB", "LUC", "LUL"), (0, 2))
    assert differ == shown | silent


# ---- countries ----


def test_the_countries_are_those_of_iso_3166_and_kosovo() -> None:
    assert {country.alpha_2 for country in pycountry.countries} ^ COUNTRIES == {"XK"}
    assert len(COUNTRIES) == 250
    assert set(ALIASES.values()) <= COUNTRIES
    assert not set(ALIASES) & COUNTRIES


def test_the_hints_for_three_letters_are_right() -> None:
    pairs = [pair.split("=") for pair in ALPHA3.split()]
    assert {country.alpha_3: country.alpha_2 for country in pycountry.countries} == dict(pairs)


def test_the_eu_grew_by_treaty_and_shrank_once() -> None:
    members = {
        year: sum(
            since <= f"{year}-12-31" and (not until or until > f"{year}-12-31")
            for since, until in EU_VAT.values()
        )
        for year in (1958, 1973, 1981, 1986, 1995, 2004, 2007, 2013, 2020, 2021)
    }
    assert list(members.values()) == [6, 9, 10, 12, 15, 25, 27, 28, 28, 27]
    assert {code for code, (_, until) in EU_VAT.items() if until} == {"GB"}
    assert all(date.fromisoformat(day) for period in EU_VAT.values() for day in period if day)
    assert set(EU_VAT) <= COUNTRIES


# ---- subdivisions ----


def test_the_states_are_iso_3166_2s_first_level_and_what_is_added() -> None:
    differ: dict[str, set[str]] = {}
    for country in {row.country_code for row in pycountry.subdivisions} | set(ROWS):
        ours = {code for codes in ROWS.get(country, {}) for code in codes.split("/")}
        first = {
            row.code[3:]
            for row in pycountry.subdivisions
            if row.country_code == country and not row.parent_code
        }
        if ours != first and country not in facts.SECOND_LEVEL:
            differ[country] = ours ^ first
    assert differ == {
        "CA": {"NF", "PQ"},
        "GB": {"ABC", "AND", "ANN", "BFS", "CCG", "DRS", "FMO", "LBC", "MEA", "MUL", "NMD"},
        "IN": {"CT", "DD", "DN", "OR", "TG", "UT"},
        "MX": {"CDMX", "DF", "DIF"},
        "US": {"AA", "AE", "AP"},
    }


def test_where_addresses_carry_the_second_level_it_is_there() -> None:
    for country in facts.SECOND_LEVEL:
        listed = {
            row.code[3:]
            for row in pycountry.subdivisions
            if row.country_code == country and (row.parent_code or country not in facts.SECOND_LEVEL_ALONE)
        }
        ours = {code for codes in ROWS[country] for code in codes.split("/")}
        more = {"FR": {"75", "GP", "MQ", "GF", "RE", "YT"}, "IT": {"AO"}}
        assert ours - listed == more.get(country, set())
        assert listed <= ours


def test_the_other_codes_of_a_state_are_replaced_ones_and_places_that_are_all_or_part_of_it() -> None:
    assert {
        country: set(more)
        for country, table in ROWS.items()
        if (more := [each for each in table if "/" in each])
    } == {
        "CA": {"NL/NF", "QC/PQ"},
        "ES": {"AS/O", "CB/S", "IB/PM", "MC/MU", "MD/M", "NC/NA", "RI/LO"},
        "FR": {"75C/75", "971/GP", "972/MQ", "973/GF", "974/RE", "976/YT"},
        "GB": {"NIR/ABC/AND/ANN/BFS/CCG/DRS/FMO/LBC/MEA/MUL/NMD"},
        "IN": {"CG/CT", "DH/DD/DN", "OD/OR", "TS/TG", "UK/UT"},
        "IT": {"23/AO"},
        "MX": {"CMX/CDMX/DF/DIF"},
    }


def test_no_code_and_no_name_is_twos() -> None:
    for country, table in ROWS.items():
        codes = Counter(code for codes in table for code in codes.split("/"))
        names = Counter(name.casefold() for listed in table.values() for name in listed if name)
        assert not [text for counts in (codes, names) for text, count in counts.items() if count > 1], country


def test_places_of_one_name_are_known_by_code_alone() -> None:
    nameless = {
        f"{country}-{codes}"
        for country, table in ROWS.items()
        for codes, names in table.items()
        if names == [""]
    }
    # A city and the region around it; both are called the same, and nothing says which is meant.
    assert nameless == {
        *(
            "AZ-LA",
            "AZ-LAN",
            "AZ-SA",
            "AZ-SAK",
            "AZ-YE",
            "AZ-YEV",
            "HU-VE",
            "HU-VM",
            "LA-VI",
            "LA-VT",
            "MZ-L",
            "MZ-MPM",
        ),
        *("TW-CYI", "TW-CYQ", "TW-HSQ", "TW-HSZ", "UZ-TK", "UZ-TO"),
    }


def test_names_are_clean() -> None:
    for table in ROWS.values():
        for names in table.values():
            for name in names:
                assert name == name.strip()
                assert not set(name) & set('[]†*=|;"\\0123456789'), name
