"""Place: an address says everything that is wrong with it, and what matching compares."""

from __future__ import annotations

import copy
import pickle
import unicodedata
from datetime import date
from decimal import localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core import place
from taxengine.core.errors import InvalidInput, InvalidInvoice, Problem
from taxengine.core.place import Address, Place, check_country, in_eu_vat
from taxengine.core.tables.countries import ALIASES, COUNTRIES, EU_VAT
from taxengine.core.values import replace

WHOLE = Address(
    line1="1 Main St",
    line2="Floor 3",
    city="San  Francisco",
    county="SAN FRANCISCO",
    state="California",
    postal_code="94105-1234",
    country="us",
    jurisdictions=["06075", "06"],
    meta={"source": {"geocoder": True}},
)
TEXTS = {"line1": "line1", "line2": "line2", "city": "city", "county": "county", "state": "state"}


def problems(**fields: object) -> dict[str, Problem]:
    with pytest.raises(InvalidInvoice) as caught:
        Address(**{"country": "US", **fields})  # type: ignore[arg-type]
    return {problem.path: problem for problem in caught.value.problems}


# ---- addresses ----


def test_an_address_keeps_what_was_written_and_knows_its_place() -> None:
    assert (WHOLE.country, WHOLE.state, WHOLE.postal_code) == ("US", "California", "94105-1234")
    assert WHOLE.jurisdictions == ("06075", "06")
    assert WHOLE.place == Place(
        country="US",
        state="CA",
        state_name=None,
        county="san francisco",
        city="san francisco",
        postal_code="941051234",
        jurisdictions=frozenset({"06", "06075"}),
        area="US",
    )


def test_only_the_country_is_required() -> None:
    address = Address(country="CH")
    assert repr(address) == "Address(country='CH')"
    assert address.place == ("CH", None, None, None, None, None, frozenset(), "CH")
    with pytest.raises(TypeError):
        Address()  # type: ignore[call-arg]


def test_a_blank_text_is_the_same_as_none() -> None:
    blank = Address(country="DE", line1="", line2=" ", city="\t", county="", state="", postal_code=" \n")
    assert blank == Address(country="DE")
    assert blank.place == Address(country="DE").place


def test_the_same_place_is_one_key_however_it_is_written() -> None:
    ways = [
        Address(country="US", state="CA", city="San Francisco", postal_code="94105"),
        Address(country="us", state="us-ca", city="SAN FRANCISCO", postal_code=" 94105"),
        Address(
            country="US", state="California", city=" san  francisco", postal_code="94105", line1="elsewhere"
        ),
    ]
    assert len({way.place for way in ways}) == 1
    assert len(set(ways)) == 3


def test_a_state_without_a_code_is_compared_by_its_name() -> None:
    assert Address(country="US", state="San  FRANCISCO").place[1:3] == (None, "san francisco")
    assert Address(country="VA", state="Città").place[1:3] == (None, "città")


def test_an_address_is_a_value() -> None:
    assert replace(WHOLE) == WHOLE
    moved = replace(WHOLE, city="Oakland", postal_code=None)
    assert (moved.city, moved.place.city, moved.place.postal_code, moved.line1) == (
        "Oakland",
        "oakland",
        None,
        "1 Main St",
    )
    with pytest.raises(InvalidInvoice):
        replace(WHOLE, country="XX")
    for made in (pickle.loads(pickle.dumps(WHOLE)), copy.copy(WHOLE), copy.deepcopy(WHOLE)):
        assert made == WHOLE
        assert hash(made) == hash(WHOLE)
        assert made.place == WHOLE.place
    assert replace(WHOLE, meta={}) != WHOLE
    assert hash(WHOLE) == hash(replace(WHOLE, meta={}))
    with pytest.raises(AttributeError):
        WHOLE.city = "Oakland"  # type: ignore[misc]
    assert repr(Address(country="DE")) == "Address(country='DE')"
    assert "place" not in repr(WHOLE)


def test_what_the_caller_does_later_changes_nothing() -> None:
    meta, codes = {"a": 1}, ["06"]
    address = Address(country="US", meta=meta, jurisdictions=codes)
    meta["a"] = 2
    codes.append("07")
    assert (address.meta, address.jurisdictions) == ({"a": 1}, ("06",))


def test_everything_that_is_wrong_is_said_at_once() -> None:
    found = problems(
        country="ZZ", city="a\0b", county=7, state="\ud800", line1="x" * 1001, postal_code="9410\u0665",
        jurisdictions=["", 6, "06"], meta=[],
    )  # fmt: skip
    assert {path: problem.code for path, problem in found.items()} == {
        "line1": "invalidText",
        "city": "invalidText",
        "county": "invalidType",
        "state": "invalidText",
        "country": "unknownCountry",
        "jurisdictions[0]": "invalidText",
        "jurisdictions[1]": "invalidType",
        "meta": "invalidType",
        "postalCode": "invalidPostalCode",
    }
    assert list(found) == ["line1", "city", "county", "state", "postalCode", "country", *list(found)[6:]]
    assert all(problem.message.startswith(f"{path}: expected ") for path, problem in found.items())
    assert all(problem.message.isascii() for problem in found.values())


@pytest.mark.parametrize("field", [*TEXTS, "postal_code"])
@pytest.mark.parametrize("text", ["\0", "a\0", "\ud800", "x\udfffy", "x" * 1001, b"x", 1, 1.5, ["x"]])
def test_no_field_takes_what_no_file_can_hold(field: str, text: object) -> None:
    ((path, problem),) = problems(**{field: text}).items()
    assert path == TEXTS.get(field, "postalCode")
    assert problem.code in ("invalidText", "invalidType", *(["invalidPostalCode"] * (field == "postal_code")))


@given(st.text(min_size=1, max_size=100))
def test_any_other_text_is_kept_as_it_is(text: str) -> None:
    if "\0" not in text and text.strip():
        assert Address(country="DE", city=text).city == text


@pytest.mark.parametrize("meta", [[], "x", 1, {1: 2}, {"a": {"b": {1, 2}}}, {"a": float("nan")}])
def test_free_data_is_what_json_can_hold(meta: object) -> None:
    assert [problem.code for problem in problems(meta=meta).values()] == ["invalidType"]


def test_direction_marks_and_emoji_are_kept() -> None:
    assert Address(country="DE", city="\u202eBerlin \U0001f3f3\ufe0f").city == "\u202eBerlin \U0001f3f3\ufe0f"


@pytest.mark.parametrize("codes", ["06075", b"06", {"06": 1}, {"06"}, 6, None])
def test_jurisdictions_are_a_list(codes: object) -> None:
    assert problems(jurisdictions=codes)["jurisdictions"].code == "invalidType"


@pytest.mark.parametrize("country", [None, ""])
def test_a_missing_country_is_said_to_be_missing(country: object) -> None:
    assert problems(country=country)["country"].code == "missingField"


def test_an_address_does_not_touch_the_callers_decimal_context() -> None:
    with localcontext() as context:
        before = repr(context)
        replace(WHOLE, postal_code="1")
        assert repr(context) == before


# ---- countries ----


def refused(code: object) -> Problem:
    with pytest.raises(InvalidInput) as caught:
        check_country(code)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_a_country_passes_in_either_case(code: str) -> None:
    assert check_country(code) == check_country(code.lower()) == check_country(code.capitalize()) == code


def test_what_the_eu_writes_becomes_what_iso_does() -> None:
    assert {alias: check_country(alias.lower()) for alias in ALIASES} == {"EL": "GR", "UK": "GB"}


def confusables() -> list[str]:
    """What looks like, folds to or expands to ASCII letters, and what people add by accident."""
    letters = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    alike = set("\u0131\u00ad\u200b\u00a0 \n\t\0\r09_-.ИКАВЕМНОРСТУХаеорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
    for each in map(chr, range(0x80, 0x2_0000)):
        forms = (unicodedata.normalize("NFKD", each), each.upper(), each.lower(), each.casefold())
        if any(set(form) <= letters and len(form) <= 2 for form in forms):
            alike.add(each)
    return sorted(alike)


def test_of_all_confusable_pairs_only_listed_codes_pass() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    assert {f"{a}{b}".upper() for a in letters for b in letters if passes(f"{a}{b}")} == COUNTRIES | set(
        ALIASES
    )
    strange = confusables()
    assert len(strange) > 900
    pairs = [pair for one in strange for other in "UKEGBDRS" for pair in (f"{one}{other}", f"{other}{one}")]
    pairs += [f"{one}{other}" for one in strange[:150] for other in strange[-150:]] + strange
    assert len(pairs) > 20_000
    assert [pair for pair in pairs if passes(pair)] == []


def passes(code: str) -> bool:
    try:
        return check_country(code) in COUNTRIES
    except InvalidInput:
        return False


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("\uff27\uff22", "two letters"),
        ("\u0421\u0410", "two letters"),
        ("\u00df", "two letters"),
        ("\ufb01", "two letters"),
        ("\u0131t", "two letters"),
        ("DE\n", "two letters"),
        (" DE", "two letters"),
        ("Germany", "two letters"),
        ("D", "two letters"),
        ("ZZ", "two letters"),
        ("USA", "did you mean US?"),
        ("deu", "did you mean DE?"),
        ("=AF", "two letters"),
        ("ABW", "did you mean AW?"),
        ("ZWE", "did you mean ZW?"),
        ("W=A", "two letters"),
        ("XI", "the prefix of VAT numbers"),
        ("EU", "name the member state"),
        ("D" * 100_000, "two letters"),
    ],
)
def test_an_unknown_country_is_told_what_may_have_been_meant(code: str, hint: str) -> None:
    problem = refused(code)
    assert (problem.code, problem.path) == ("unknownCountry", "country")
    assert hint in problem.hint
    assert "did you" in hint or "did you" not in problem.hint
    assert problem.message.isascii()


@pytest.mark.parametrize("code", [None, 276, b"DE", ["DE"], True, 0.5])
def test_a_country_is_text(code: object) -> None:
    assert refused(code).code == "invalidType"


def test_a_country_may_be_a_subclass_of_text() -> None:
    class Code(str):
        __slots__ = ()

    assert type(check_country(Code("uk"))) is str


@pytest.mark.parametrize(
    ("country", "day", "inside"),
    [
        ("DE", date(2026, 1, 1), True),
        ("GB", date(2020, 12, 31), True),
        ("GB", date(2021, 1, 1), False),
        ("HR", date(2013, 6, 30), False),
        ("HR", date(2013, 7, 1), True),
        ("CH", date(2026, 1, 1), False),
        ("NO", date(9999, 12, 31), False),
        ("XI", date(2026, 1, 1), False),
    ],
)
def test_membership_of_the_eu_has_its_dates(country: str, day: date, inside: bool) -> None:
    assert in_eu_vat(country, day) is inside


def test_the_eu_has_27_members_today() -> None:
    assert len([country for country in EU_VAT if in_eu_vat(country, date(2026, 11, 22))]) == 27


def test_all_that_others_use_is_named() -> None:
    assert sorted(place.__all__, key=str) == place.__all__
    assert all(hasattr(place, name) for name in place.__all__)
