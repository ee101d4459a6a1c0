"""States: the same state by code, by full code, by name."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core.states import canonical_state, folded
from taxengine.core.tables.subdivisions import SUBDIVISIONS

ROWS = [
    (country, listed.split("/"), [name for name in named.split(";") if name])
    for country, table in SUBDIVISIONS.items()
    for listed, _, named in (row.partition("=") for row in table.split("|"))
]


@pytest.mark.parametrize(
    "written",
    ["CA", "ca", "US-CA", "us-ca", "California", "california", "CALIFORNIA", " California ", "US-ca"],
)
def test_a_code_a_full_code_and_a_name_are_the_same_state(written: str) -> None:
    assert canonical_state("US", written) == "CA"


def test_each_code_and_each_name_of_the_table_finds_its_state() -> None:
    wrong = [
        (country, text)
        for country, (first, *others), names in ROWS
        for text in (first, *others, f"{country}-{first}", first.lower(), *names, *map(str.upper, names))
        if canonical_state(country, text) != first
    ]
    assert wrong == [("AZ", "CƏBRAYIL")]  # a capital I is not taken for a dotless one


def test_each_name_is_found_however_its_accents_are_encoded() -> None:
    for country, (first, *_), names in ROWS:
        for name in names:
            assert canonical_state(country, unicodedata.normalize("NFD", name)) == first
            assert canonical_state(country, unicodedata.normalize("NFC", name)) == first


def test_each_name_is_found_without_its_accents() -> None:
    letters = str.maketrans("łŁøØđĐðħĦ\u0131əƏ", "lLoOdDdhHieE", "‘’ʻ")
    letters |= str.maketrans({"æ": "ae", "Æ": "Ae", "þ": "th", "Þ": "Th"})
    for country, (first, *_), names in ROWS:
        for name in names:
            bare = unicodedata.normalize("NFD", name.translate(letters)).encode("ascii", "ignore").decode()
            assert canonical_state(country, bare) == first, (name, bare)


@pytest.mark.parametrize(
    ("country", "written", "code"),
    [
        ("IN", "Jammu & Kashmir", "JK"),
        ("IN", "Andaman&Nicobar Islands", "AN"),
        ("IN", "NCT of Delhi", "DL"),
        ("CA", "PEI", "PE"),
        ("CA", "P.E.I.", "PE"),
        ("US", "District of Columbia", "DC"),
        ("US", "Washington, D.C.", "DC"),
        ("US", "AE", "AE"),
        ("US", "Puerto Rico", "PR"),
        ("CA", "Quebec", "QC"),
        ("CA", "QUÉBEC", "QC"),
        ("CA", "british-columbia", "BC"),
        ("IN", "Maharashtra", "MH"),
        ("IN", "Orissa", "OD"),
        ("IN", "OR", "OD"),
        ("AU", "New South Wales", "NSW"),
        ("BR", "Sao Paulo", "SP"),
        ("MX", "Ciudad de Mexico", "CMX"),
        ("MX", "CDMX", "CMX"),
        ("DE", "Bayern", "BY"),
        ("DE", "Bavaria", "BY"),
        ("DE", "Baden-Wuerttemberg", "BW"),
        ("DE", "Baden Württemberg", "BW"),
        ("ES", "Canarias", "CN"),
        ("ES", "GC", "GC"),
        ("ES", "Madrid", "MD"),
        ("ES", "M", "MD"),
        ("ES", "Barcelona", "B"),
        ("ES", "Cataluña", "CT"),
        ("ES", "Catalunya", "CT"),
        ("IT", "Lombardia", "25"),
        ("IT", "MI", "MI"),
        ("IT", "Milano", "MI"),
        ("FR", "Île-de-France", "IDF"),
        ("FR", "ile de france", "IDF"),
        ("FR", "2A", "2A"),
        ("FR", "75", "75C"),
        ("GB", "Northern Ireland", "NIR"),
        ("GB", "Cymru", "WLS"),
        ("GB", "GB-SCT", "SCT"),
        ("IE", "Dublin", "D"),
        ("BE", "Brussels", "BRU"),
        ("ID", "Papua", "PA"),
        ("PT", "Azores", "20"),
        ("AE", "Dubai", "DU"),
        ("KE", "Taita-Taveta", "39"),
        ("US", "San Francisco", None),
        ("US", "", None),
        ("US", "U", None),
        ("US", "CA-CA", None),
        ("US", "US-US-CA", None),
        ("US", "CA\n", None),
        ("US", "\uff23\uff21", None),
        ("US", "\u0421\u0410", None),
        ("US", "\u0131d", None),
        ("US", "\u0131daho", None),
        ("GB", "Kent", None),
        ("HU", "Veszprém", None),
        ("AZ", "", None),
        ("MC", "CA", None),
        ("XX", "CA", None),
        ("", "CA", None),
    ],
)
def test_what_people_write_finds_the_state_or_none(country: str, written: str, code: str | None) -> None:
    assert canonical_state(country, written) == code


def test_only_ascii_letters_make_a_code() -> None:
    strange = [
        chr(point)
        for point in range(0x80, 0x2_0000)
        if chr(point).isalpha() and point not in range(0xD800, 0xE000)
    ]
    assert [
        each for each in strange if canonical_state("US", f"C{each}") or canonical_state("US", f"{each}A")
    ] == []


@given(st.text(max_size=30), st.sampled_from(["US", "ES", "DE", "MC"]))
def test_any_text_is_a_state_of_the_country_or_none(text: str, country: str) -> None:
    code = canonical_state(country, text)
    assert code is None or code in {first for of, (first, *_), _ in ROWS if of == country}


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once_for_names(name: str) -> None:
    assert folded(f" {name}\n") == folded(name)
    if name.isascii():
        assert folded(folded(name)) == folded(name) == folded(name.upper())


def test_folded_names_differ_only_where_people_see_it() -> None:
    assert folded("Zu\u0308rich") == folded("ZÜRICH")
    assert folded("Weißenburg") == folded("WEISSENBURG")
    assert folded("St.  Louis") == "st. louis"
    assert folded("San\u200bFrancisco") != folded("San Francisco")


def test_looking_a_state_up_opens_nothing() -> None:
    script = (
        "import sys; sys.path.insert(0, '.'); import taxengine.core.states as states;"
        "sys.addaudithook(lambda event, _: event in ('open', 'import') and sys.exit(event));"
        "assert states.canonical_state('BR', 'S\u00e3o Paulo') == 'SP';"
        "assert states.canonical_state('VA', 'Lazio') is None"
    )
    subprocess.run([sys.executable, "-I", "-S", "-c", script], check=True)
