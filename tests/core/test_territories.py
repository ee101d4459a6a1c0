"""Territories: each is one area, however an address or a rate spells it, and its country is another."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core.errors import InvalidInvoice, Undetermined
from taxengine.core.parties import Registration
from taxengine.core.place import Address, check_country, in_eu_vat
from taxengine.core.rates import TaxRate
from taxengine.core.selection import Query, mismatch, usual_type
from taxengine.core.table import RateTable
from taxengine.core.tables.countries import COUNTRIES, EU_VAT
from taxengine.core.tables.subdivisions import SUBDIVISIONS
from taxengine.core.tables.territories import TERRITORIES
from taxengine.core.territories import TERRITORIAL

DAY = date(2026, 3, 1)
Spelling = dict[str, str]


def ways(*spellings: str) -> list[Spelling]:
    """`ES`, `ES-CN` and `ES 35001`: a country, with a state, with a postal code; a town after a comma."""
    found = []
    for spelling in spellings:
        text, _, city = spelling.partition(", ")
        country, state = text[:2], text[3:] if text[2:3] == "-" else ""
        code = "" if state else text[3:]
        fields = {"country": country, "state": state, "postal_code": code, "city": city}
        found.append({name: value for name, value in fields.items() if value})
    return found


# Directive 2006/112/EC, articles 6 and 7, and what the rows of the table name: (area, what the place keeps as
# country and state, every way to write an address, every way to write a rate).
# fmt: off
APART = {
    "Canary Islands": (
        ("IC", "ES", "CN"),
        ways("IC", "ES-CN", "ES-Canarias", "ES-GC", "ES-Santa Cruz de Tenerife", "ES 35001",
             "ES E-38670", "IC 35001"),
        ways("IC", "ES-CN", "ES-ES-CN", "ES 35*,38*", "ES 35000..35999, 38000..38999", "ES 38*,350*,35*"),
    ),
    "Ceuta": (
        ("ES-CE", "ES", "CE"),
        ways("ES-CE", "ES-Ceuta", "ES 51001", "EA 51001"),
        ways("ES-CE", "ES 51*", "EA 51*"),
    ),
    "Melilla": (
        ("ES-ML", "ES", "ML"),
        ways("ES-ML", "ES 52006", "EA 52001"),
        ways("ES-ML", "ES 52000..52999", "EA 52*"),
    ),
    "Mount Athos": (
        ("GR-69", "GR", "69"),
        ways("GR-69", "EL 63086", "GR 630 87", "GR-Mount Athos"),
        ways("GR-69", "EL 63086, 63087", "GR 63086..63087"),
    ),
    "Åland": (
        ("AX", "AX", None),
        ways("AX", "FI-01", "FI-Åland", "FI 22100", "FI FI-22150"),
        ways("AX", "FI-01", "FI 22*"),
    ),
    "Heligoland": (("DE-27498", "DE", None), ways("DE 27498", "DE D-27498"), ways("DE 27498")),
    "Büsingen": (("DE-78266", "DE", None), ways("DE 78266"), ways("DE 78266", "DE 78266..78266")),
    "Livigno": (
        ("IT-23041", "IT", None),
        ways("IT 23041", "IT 23030, Livigno", "IT I-23041"),
        ways("IT 23041", "IT 23041, 23030"),
    ),
    "Campione": (
        ("IT-22061", "IT", None),
        ways("IT 22061", "IT 22060, Campione  d'Italia"),
        ways("IT 22061", "IT 22060, 22061"),
    ),
    "Guadeloupe": (
        ("GP", "GP", None),
        ways("GP", "FR-971", "FR-FR-971", "FR-FR-GP", "FR-GP", "FR 97110", "FR F-97110", "FR-Guadeloupe"),
        ways("GP", "FR-971", "FR-GP", "FR 971*", "FR 97100..97199"),
    ),
    "Martinique": (
        ("MQ", "MQ", None),
        ways("MQ", "FR-972", "FR-MQ", "FR 97200"),
        ways("MQ", "FR-MQ", "FR 972*"),
    ),
    "Guyane": (("GF", "GF", None), ways("GF", "FR-973", "FR-GF", "FR 97300"), ways("GF", "FR-GF", "FR 973*")),
    "Réunion": (
        ("RE", "RE", None),
        ways("RE", "FR-974", "FR-RE", "FR 97400"),
        ways("RE", "FR-RE", "FR 974*"),
    ),
    "Mayotte": (
        ("YT", "YT", None),
        ways("YT", "FR-976", "FR-YT", "FR 97600"),
        ways("YT", "FR-YT", "FR 976*"),
    ),
    "Saint-Martin": (
        ("MF", "MF", None),
        ways("MF", "FR-MF", "FR 97150"),
        ways("MF", "FR-MF", "FR 97150, 978*"),
    ),
    "Saint-Barthélemy": (
        ("BL", "BL", None),
        ways("BL", "FR-BL", "FR 97133"),
        ways("BL", "FR-BL", "FR 97133,977*"),
    ),
    "Saint-Pierre": (("PM", "PM", None), ways("PM", "FR-PM", "FR 97500"), ways("PM", "FR-PM", "FR 975*")),
    "Wallis and Futuna": (("WF", "WF", None), ways("WF", "FR-WF", "FR 98600"), ways("WF", "FR 986*")),
    "French Polynesia": (("PF", "PF", None), ways("PF", "FR-PF", "FR 98714"), ways("PF", "FR 987*")),
    "New Caledonia": (("NC", "NC", None), ways("NC", "FR-NC", "FR 98800"), ways("NC", "FR 988*")),
    "French Southern Territories": (
        ("TF", "TF", None),
        ways("TF", "FR-TF", "FR 98413"),
        ways("TF", "FR 984*"),
    ),
    "Greenland": (("GL", "GL", None), ways("GL", "DK 3900", "DK DK-3911"), ways("GL", "DK 39*")),
    "Aruba": (("AW", "AW", None), ways("AW", "NL-AW"), ways("AW", "NL-AW")),
    "Curaçao": (("CW", "CW", None), ways("CW", "NL-Curaçao"), ways("CW", "NL-CW")),
    "Sint Maarten": (("SX", "SX", None), ways("SX", "NL-SX"), ways("SX", "NL-SX")),
    "Caribbean Netherlands": (("BQ", "BQ", None), ways("BQ", "NL-BQ1", "NL-Saba"), ways("BQ", "NL-BQ3")),
    "Svalbard": (
        ("SJ", "SJ", None),
        ways("SJ", "NO-21", "NO 9170", "NO N-8099"),
        ways("SJ", "NO-21", "NO 917*,8099"),
    ),
    "Jersey": (("JE", "JE", None), ways("JE", "GB JE2 3AB", "JE JE2 3AB"), ways("JE", "GB JE", "GB JE*")),
    "Guernsey": (("GG", "GG", None), ways("GG", "UK GY1 1AA"), ways("GG", "GB GY")),
}
# fmt: on

# Taxed as another country, or by it with a rate of its own.
WITHIN = {
    "Monaco": (("FR", "FR", None), ways("MC", "MC 98000", "MC-Monte-Carlo", "FR 98000"), ways("MC", "FR")),
    "Isle of Man": (("GB", "GB", None), ways("IM", "IM IM1 1AA", "GB IM1 1AA"), ways("IM", "GB")),
    "Azores": (
        ("PT", "PT", "20"),
        ways("PT-20", "PT-Açores", "PT 9500-150", "PT 9980", "PT P-9700"),
        ways("PT-20", "PT-Azores", "PT 95*,96*,97*,98*,99*", "PT 9500..9999, 9600000..9999999, 95*"),
    ),
    "Madeira": (
        ("PT", "PT", "30"),
        ways("PT-30", "PT 9000-017", "PT 9400"),
        ways("PT-30", "PT 90*, 91*, 92*, 93*, 94*"),
    ),
    "Northern Ireland": (
        ("GB", "GB", "NIR"),
        ways("GB-NIR", "UK-Northern Ireland", "GB BT1 5GS"),
        ways("GB-NIR", "GB BT", "GB BT*"),
    ),
}
ALL = APART | WITHIN


def rate(spelling: Spelling, rate_id: str = "own", **fields: object) -> TaxRate:
    where = {"jurisdiction" if name == "postal_code" else name: text for name, text in spelling.items()}
    if "city" in where:
        where["jurisdiction"] += f", {where.pop('city')}"
    given = {"type": "valueAddedTax", "percentage_decimal": "0.05", "inclusive": False, **fields}
    return TaxRate(id=rate_id, **where, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ALL)
def test_every_spelling_of_an_address_is_one_area(name: str) -> None:
    expected, spelt, _ = ALL[name]
    for way in spelt:
        place = Address(**way).place  # type: ignore[arg-type]
        assert (place.area, place.country, place.state) == expected, way
        assert place.state_name is None, way


@pytest.mark.parametrize("name", ALL)
def test_every_spelling_of_a_rate_meets_every_spelling_of_an_address(name: str) -> None:
    (area, country, _), addresses, rates = ALL[name]
    home = rate({"country": country if area != country else "SE"}, "home")
    for address, own in product(addresses, rates):
        table = RateTable([rate(own), home])
        assert [one.id for one in table.rates_for(Address(**address), DAY)] == ["own"], (address, own)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", APART)
def test_no_rate_of_the_country_reaches_a_territory_taxed_apart_nor_one_of_its_own_the_country(
    name: str,
) -> None:
    _, addresses, rates = APART[name]
    countries = {way["country"] for way in (*addresses, *rates) if set(way) > {"country"}}
    countries -= {"EA", "IC", APART[name][0][0]}
    for country in countries:
        home = RateTable([rate({"country": country})])
        for way in addresses:
            if way["country"] == country:
                assert not home.select(Query(Address(**way).place, DAY)).winners, way  # type: ignore[arg-type]
        at_home = Address(country=country).place
        for own in rates:
            failed = mismatch(rate(own), Query(at_home, DAY))
            assert failed is not None, own
            assert failed.test == "country", own


@pytest.mark.parametrize("name", APART)
def test_what_is_taxed_apart_is_no_member_state(name: str) -> None:
    area = APART[name][0][0]
    assert not in_eu_vat(area, DAY)
    assert not in_eu_vat(area, date(2015, 1, 1))


def test_the_usual_tax_of_the_spanish_territories_is_their_own() -> None:
    kinds = {
        way: usual_type(Address(**ways(way)[0]).place.area).value for way in ("IC", "ES-CE", "ES 52001", "ES")
    }  # type: ignore[arg-type]
    assert kinds == {"IC": "igic", "ES-CE": "ipsi", "ES 52001": "ipsi", "ES": "valueAddedTax"}


def test_a_rate_of_part_of_a_territory_asks_for_that_part() -> None:
    part = rate(ways("ES 350*")[0])
    assert (part.area, len(part.patterns)) == ("IC", 1)
    assert mismatch(part, Query(Address(country="ES", postal_code="35001").place, DAY)) is None
    assert str(mismatch(part, Query(Address(country="ES", state="CN").place, DAY))) == (
        "jurisdiction: expected 350*, got none"
    )
    named = rate({"country": "ES", "state": "Arona", "postal_code": "38*"})
    assert (named.area, named.state_code, named.state_name) == ("IC", None, "arona")
    assert mismatch(named, Query(Address(country="IC", city="ARONA", postal_code="38640").place, DAY)) is None


@pytest.mark.parametrize(
    "jurisdiction",
    ["35*, 28*", "35*, 51*", "3*", "35000..38999", "28001", "34999..35000", "35A..35Z", "0000A..0000B"],
)
def test_postal_patterns_that_are_not_in_one_territory_are_the_countrys(jurisdiction: str) -> None:
    assert rate({"country": "ES", "postal_code": jurisdiction}).area in ("ES", "IC")
    assert (rate({"country": "ES", "postal_code": jurisdiction}).area == "IC") is (jurisdiction == "35A..35Z")
    if jurisdiction != "35A..35Z":
        assert rate({"country": "ES", "postal_code": jurisdiction}).patterns


def test_ranges_over_neighbouring_codes_of_one_territory_are_in_it() -> None:
    assert rate({"country": "PT", "postal_code": "9500..9999"}).state_code == "20"
    assert rate({"country": "PT", "postal_code": "9400..9500"}).state_code is None
    assert rate({"country": "GB", "postal_code": "BT1..BT9"}).state_code == "NIR"
    assert rate({"country": "GB", "postal_code": "BT1..CA1"}).state_code is None
    assert rate({"country": "FR", "postal_code": "97110..97110"}).area == "GP"


def test_a_postal_code_that_a_town_shares_is_the_territorys_with_its_name_alone() -> None:
    def area(code: str, city: str | None = None) -> str:
        return Address(country="IT", postal_code=code, city=city).place.area

    assert (area("23030"), area("23030", "Chiuro"), area("23030", "LIVIGNO")) == ("IT", "IT", "IT-23041")
    assert (area("22060"), area("22060", "Campione d'Italia")) == ("IT", "IT-22061")
    old = RateTable([rate({"country": "IT", "postal_code": "23030"})])
    livigno = Address(country="IT", postal_code="23030", city="Livigno")
    assert [one.id for one in old.rates_for(livigno, DAY)] == ["own"]
    assert not old.select(Query(Address(country="IT", postal_code="23030").place, DAY)).winners


def test_the_country_goes_before_the_state_and_the_state_before_the_postal_code() -> None:
    assert Address(country="IC", postal_code="28001").place.area == "IC"
    assert Address(country="ES", state="CN", postal_code="51001").place.area == "IC"
    assert Address(country="ES", state="MD", postal_code="35001").place.area == "IC"
    assert Address(country="GP", postal_code="97200").place.area == "GP"


def test_a_reserved_code_is_a_country_and_both_spanish_towns_of_one_are_told_apart_by_postal_code() -> None:
    assert (check_country("ic"), check_country("EA")) == ("IC", "EA")
    assert Address(country="EA").place.area == "EA"
    table = RateTable([rate(way, f"{way}") for way in ways("ES-CE", "ES-ML")])
    assert not table.select(Query(Address(country="EA").place, DAY)).winners


@pytest.mark.parametrize("code", ["XI", "EU", "XX", "I C"])
def test_what_is_no_country_stays_none(code: str) -> None:
    with pytest.raises(InvalidInvoice) as caught:
        Address(country=code)
    assert [one.code for one in caught.value.problems] == ["unknownCountry"]


@pytest.mark.parametrize(
    ("registered", "address", "covered"),
    [
        (("ES", None), "ES", True),
        (("ES", None), "ES 35001", False),
        (("ES", None), "IC", False),
        (("ES", "CN"), "ES 35001", True),
        (("ES", "CN"), "ES", False),
        (("IC", None), "ES-GC", True),
        (("ES", "CE"), "ES 52001", False),
        (("FR", None), "MC", True),
        (("MC", None), "FR 75001", True),
        (("FR", None), "FR 97110", True),
        (("FR", None), "FR 97300", False),
        (("FI", None), "AX", True),
        (("GP", None), "FR 97110", True),
        (("PT", None), "PT 9500", True),
        (("PT", "20"), "PT 9500", True),
        (("PT", "20"), "PT 1000", False),
        (("GB", None), "GB BT1 5GS", True),
        (("GB", None), "IM", True),
        (("GB", None), "JE", False),
    ],
)
def test_a_registration_is_for_its_area(
    registered: tuple[str, str | None], address: str, covered: bool
) -> None:
    place = Address(**ways(address)[0]).place  # type: ignore[arg-type]
    one = Registration(country=registered[0], state=registered[1])
    assert one.at(place.area, place.state) is covered


def test_what_is_missing_in_a_territory_is_named_by_the_spelling_of_its_rates() -> None:
    hints = {}
    for way in ("ES 35001", "DE 78266", "FR 97110", "MC"):
        with pytest.raises(Undetermined) as caught:
            RateTable(()).rates_for(Address(**ways(way)[0]), DAY)  # type: ignore[arg-type]
        hints[way] = caught.value.problems[0].hint
    assert hints == {
        "ES 35001": "add a rate with country ES, state CN, type igic",
        "DE 78266": "add a rate with country DE, jurisdiction 78266, type valueAddedTax",
        "FR 97110": "add a rate with country GP, type valueAddedTax",
        "MC": "add a rate with country FR, type valueAddedTax",
    }


def test_the_table_is_in_order() -> None:
    for one in TERRITORIES:
        assert one.country in COUNTRIES, one
        assert one.source, one
        assert bool(one.shared) == bool(one.town), one
        for spelling in one.spelt.split():
            country, _, state = spelling.partition("-")
            assert country in COUNTRIES | {"IC"}, one
            codes = {row.split("=")[0].split("/")[0] for row in SUBDIVISIONS.get(country, "").split("|")}
            assert not state or state in codes, one
    spellings = [text for one in TERRITORIES for text in (*one.spelt.split(), *one.codes.split())]
    assert len(set(spellings)) == len(spellings)
    assert {one.area for one in TERRITORIES} & set(EU_VAT) == {"FR", "GB", "PT"}


@given(
    country=st.sampled_from(sorted(COUNTRIES - TERRITORIAL)),
    code=st.text("0123456789AB", min_size=2, max_size=6),
    state=st.sampled_from([None, "CN", "GP", "01"]),
)
def test_elsewhere_the_country_is_the_area(country: str, code: str, state: str | None) -> None:
    place = Address(country=country, postal_code=code, state=state).place
    assert place.area == place.country == country
    assert rate({"country": country, "postal_code": code}).area == country


@given(
    country=st.sampled_from(sorted(TERRITORIAL)),
    code=st.none()
    | st.text("0123456789", min_size=2, max_size=5)
    | st.sampled_from(["35001", "97133", "BT1 1AA"]),
    state=st.none() | st.sampled_from(["CN", "971", "01", "69", "20", "NIR", "21", "CW", "Nowhere"]),
    pattern=st.sampled_from(["35*", "9*", "971*", "27498", "BT", "39*", "35*,38*", "23030", "00..99"]),
)
def test_an_address_and_a_rate_meet_only_in_one_area(
    country: str, code: str | None, state: str | None, pattern: str
) -> None:
    place = Address(country=country, postal_code=code, state=state).place
    for one in (rate({"country": country}), rate({"country": country, "postal_code": pattern})):
        found = RateTable([one]).select(Query(place, DAY)).winners
        assert (found != []) == (mismatch(one, Query(place, DAY)) is None)
        assert not found or one.area == place.area
