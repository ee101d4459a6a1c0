"""Table: what a set of rates refuses, what it finds, and what it never changes."""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core import table as table_module
from taxengine.core.determination import Notice, Taxed, Unresolved
from taxengine.core.errors import AmbiguousRates, InvalidRate, Problem, Undetermined
from taxengine.core.index import Spans
from taxengine.core.lint import Finding
from taxengine.core.matching import determine, trace
from taxengine.core.parties import Customer
from taxengine.core.place import Address
from taxengine.core.rates import TaxRate
from taxengine.core.selection import Query, Selection, breadth_at, match, mismatch, select
from taxengine.core.table import RateTable
from tests.core.samples import DAY, invoice, line, rate
from tests.house import ROOT

Y2020, Y2021, Y2022 = (date(year, 1, 1) for year in (2020, 2021, 2022))


def us(id_: str = "us", percent: str = "0.08", **more: Any) -> TaxRate:
    return rate(id_, percent, country="US", type="salesTax", **more)


def refused(*rates: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRate) as caught:
        RateTable(rates)
    return [(problem.code, problem.path) for problem in caught.value.problems]


def codes(*rates: TaxRate) -> list[tuple[str, tuple[str, ...]]]:
    return [(finding.code, finding.rates) for finding in RateTable(rates).check()]


# ---- what is refused ----


def test_an_id_stands_once_from_a_date() -> None:
    assert refused(us(), us("other"), us()) == [("duplicateId", "rates[2].id")]


def test_versions_of_an_id_do_not_overlap() -> None:
    open_ended, later = us(valid_from=Y2020), us(valid_from=Y2021)
    assert refused(later, open_ended) == [("overlappingVersions", "rates[0].validFrom")]
    assert refused(us(valid_until=Y2021), us(valid_from=Y2020)) == [
        ("overlappingVersions", "rates[1].validFrom")
    ]


def test_versions_may_follow_each_other() -> None:
    table = RateTable([us(valid_from=Y2021), us(valid_until=Y2021)])
    assert [one.valid_from for one in table] == [Y2021, None]


def test_all_problems_are_told_at_once() -> None:
    twice = [us("a"), us("a"), us("b", valid_from=Y2020), us("b", valid_from=Y2021), "c"]
    assert [code for code, _ in refused(*twice)] == ["invalidType", "duplicateId", "overlappingVersions"]


def test_a_circle_of_compound_rates_is_refused_by_id_and_by_type() -> None:
    first = us("a", compound_on=["b"])
    assert refused(first, us("b", compound_on=["a"])) == [("compoundCycle", "rates[0].compoundOn")]
    assert refused(
        us("x"),
        us("a", compound_on=["excise"]),
        rate("b", country="US", type="excise", compound_on=["salesTax"]),
    ) == [("compoundCycle", "rates[1].compoundOn")]


def test_a_long_chain_of_compound_rates_is_none_and_a_long_circle_is_one() -> None:
    chain = [us(str(at), compound_on=[str(at + 1)]) for at in range(1500)]
    assert len(RateTable(chain)) == 1500
    assert refused(*chain, us("1500", compound_on=["0"])) == [("compoundCycle", "rates[0].compoundOn")]


def test_a_rate_charged_on_two_that_are_charged_on_a_third_is_no_circle() -> None:
    both = us("both", compound_on=["a", "b"])
    assert len(RateTable([both, us("a", compound_on=["c"]), us("b", compound_on=["c"]), us("c")])) == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"state": "CA"}, {"state": "NY"}),
        ({"valid_until": Y2021}, {"valid_from": Y2021}),
        ({"country": "DE"}, {}),
        ({"active": False}, {}),
    ],
    ids=["states", "dates", "countries", "inactive"],
)
def test_rates_that_never_meet_make_no_circle(one: dict[str, Any], other: dict[str, Any]) -> None:
    def compound(id_: str, on: str, more: dict[str, Any]) -> TaxRate:
        return rate(id_, **{"country": "US", "type": "salesTax", "compound_on": [on], **more})

    assert len(RateTable([compound("a", "b", one), compound("b", "a", other)])) == 2


def test_a_rate_charged_on_all_of_its_own_type_is_no_circle() -> None:
    assert len(RateTable([us("a", compound_on=["salesTax"]), us("b")])) == 2


def test_a_tie_is_no_reason_to_refuse_a_table() -> None:
    assert len(RateTable([us("a"), us("b")])) == 2


# ---- what it answers ----


def test_the_rates_of_an_address_on_a_date() -> None:
    table = RateTable([us("wide"), us("narrow", jurisdiction="94105"), us("food", tax_categories=["food"])])
    there = Address(country="US", postal_code="94105-1234")
    assert [one.id for one in table.rates_for(there, DAY)] == ["narrow"]
    assert [one.id for one in table.rates_for(Address(country="US"), DAY, "food.bread")] == ["food"]


def test_no_rate_and_two_rates_are_errors_that_say_what_to_do() -> None:
    table = RateTable([us("a"), us("b")])
    with pytest.raises(AmbiguousRates) as two:
        table.rates_for(Address(country="US"), DAY, "food")
    assert two.value.problems[0].data == {"rates": ["a", "b"]}
    with pytest.raises(
        Undetermined, match="expected a rate for DE 10115, category 'food' on 2026-03-01"
    ) as none:
        table.rates_for(Address(country="DE", postal_code="10115"), DAY, "food")
    assert none.value.code == "missingRate"
    assert "country DE" in none.value.problems[0].hint


def test_an_id_gives_the_version_in_force_else_another() -> None:
    old, new = us(valid_until=Y2020), us(valid_from=Y2021, valid_until=Y2022)
    table = RateTable([new, old])
    assert table.get("us", date(2019, 5, 5)) is old
    assert table.get("us", Y2021) is new
    assert table.get("us", Y2020) is old
    assert table.get("us", Y2022) is new
    assert RateTable([new]).get("us", Y2020) is new
    assert table.get("other", Y2020) is None


def test_a_table_with_one_rate_more_is_another_table() -> None:
    table = RateTable([us("a")])
    more = table.with_rate(us("b"))
    assert ([one.id for one in table], [one.id for one in more]) == (["a"], ["a", "b"])
    assert len(more) == 2
    with pytest.raises(InvalidRate):
        more.with_rate(us("b"))


def test_the_digest_knows_the_rates_and_not_their_order_or_spelling() -> None:
    one = RateTable([us("a", "0.08"), us("b")])
    assert one.digest == one.digest == RateTable([us("b"), us("a", "0.080")]).digest
    assert one.digest != RateTable([us("a", "0.081"), us("b")]).digest
    assert one.digest.startswith("sha256:")
    assert repr(one) == "RateTable(2 rates)"


@pytest.mark.parametrize("name", ["_rates", "_by_id", "_index", "digest", "check", "other"])
def test_a_table_is_immutable(name: str) -> None:
    table = RateTable([rate("a")])
    with pytest.raises(AttributeError):
        setattr(table, name, ())


def test_a_table_is_pickled_without_what_it_remembers() -> None:
    table = RateTable([us("a")])
    asked = invoice(line(tax_category="food"), customer=Customer(address=Address(country="US")))
    determine(asked, table)
    copy = pickle.loads(pickle.dumps(table))
    assert list(copy) == list(table)
    assert (copy._held, table._held > 0) == (0, True)


def test_a_table_answers_in_many_threads() -> None:
    table = RateTable([us(f"z{zip_}", jurisdiction=f"{zip_:05d}") for zip_ in range(300)])

    def ids(zip_: int) -> str | None:
        there = Customer(address=Address(country="US", postal_code=f"{zip_:05d}"))
        outcome = determine(invoice(line(tax_category="x"), customer=there), table).lines[0]
        return outcome.stack.rates[0].id  # type: ignore[union-attr]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ids, [*range(300)] * 5)) == [f"z{zip_}" for zip_ in range(300)] * 5


FORKED = """
import os
from tests.core.test_table import DAY, Address, RateTable, us

table = RateTable([us("a", state="CA"), us("b", state="NY")])
there = Address(country="US", state="NY")
table.rates_for(there, DAY)
child = os.fork()
if not child:
    os._exit([rate.id for rate in table.rates_for(there, DAY)] != ["b"])
raise SystemExit(os.waitpid(child, 0)[1])
"""


def test_a_table_answers_after_a_fork() -> None:
    assert subprocess.run([sys.executable, "-c", FORKED], cwd=ROOT, check=False).returncode == 0


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_module, "MOST_ANSWERS", 40)
    table = RateTable([us("a")])
    for index in range(100):
        there = Customer(address=Address(country="US", city=f"city {index}"))
        asked = invoice(line(tax_category=f"c{index}"), line(id_="2", tax_category="y"), customer=there)
        assert determine(asked, table).lines[0].reason == "standardRated"  # type: ignore[union-attr]
        assert sum(1 + len(answers) for answers in table._answers.values()) <= 40


# ---- what it finds ----

COUNTRIES = ("US", "GB", "DE", "FR")
CATEGORIES = ("food", "food.bread", "saas")
PATTERNS: dict[str, tuple[str, ...]] = {
    "US": (
        "94105",
        "941*",
        "94100..94149",
        "94125..94174",
        "94105-1234",
        "94105, 94110",
        "9*",
        "94105-1230..94105-1239",
    ),
    "GB": ("B", "BT1", "E1", "E10", "E1 6AN", "E1..E9", "E1 6"),
    "DE": ("10115", "101*", "10000..10999", "10100..10199"),
    "FR": ("75001", "75*"),
}
CODES = {
    "US": ("94105", "941051234", "94110", "94130", "10001"),
    "GB": ("B1 1AA", "BT1 1AA", "E1 6AN", "E10 5NP"),
    "DE": ("10115", "10999"),
    "FR": ("75001",),
}
STATES = {"US": ("CA", "New York", "San Francisco"), "GB": ("NIR",), "DE": ("BY",), "FR": ("Paris",)}
DATES = (None, Y2020, Y2021, Y2022)


@st.composite
def rates(draw: st.DrawFn, id_: str) -> TaxRate:
    country = draw(st.sampled_from(COUNTRIES))
    since, until = draw(
        st.sampled_from([(a, b) for a in DATES for b in DATES if a is None or b is None or a < b])
    )
    return rate(
        id_,
        country=country,
        type=draw(st.sampled_from(("salesTax", "gst", "hst"))),
        active=draw(st.integers(0, 9)) > 0,
        jurisdiction=draw(st.sampled_from((None, *PATTERNS[country]))),
        state=draw(st.sampled_from((None, None, *STATES[country]))),
        jurisdiction_code=draw(st.sampled_from((None, None, "J1", "J2"))),
        tax_categories=draw(st.sampled_from(((), ("food",), ("food.bread", "saas"), ("food", "food.bread")))),
        when=draw(st.sampled_from((None, None, "intrastate", "interstate"))),
        level=draw(st.sampled_from((None, "state", "city"))),
        overrides_place=draw(st.booleans()),
        replaces=draw(st.sampled_from(((), (), ("gst",)))),
        valid_from=since,
        valid_until=until,
    )


@st.composite
def queries(draw: st.DrawFn) -> Query:
    country = draw(st.sampled_from(COUNTRIES))
    address = Address(
        country=country,
        postal_code=draw(st.sampled_from((None, *CODES[country]))),
        state=draw(st.sampled_from((None, *STATES[country]))),
        city=draw(st.sampled_from((None, "SAN  francisco", "paris"))),
        county=draw(st.sampled_from((None, "San Francisco"))),
        jurisdictions=draw(st.sampled_from(((), ("J1",), ("J1", "J2")))),
    )
    day = draw(st.sampled_from((date(2019, 6, 1), Y2020, date(2020, 12, 31), Y2021, date.max)))
    trade = draw(st.sampled_from((None, "intrastate", "interstate")))
    return Query(address.place, day, draw(st.sampled_from((None, *CATEGORIES, "foodstuff"))), trade)


pools = st.integers(0, 40).flatmap(lambda size: st.tuples(*(rates(str(at)) for at in range(size))))


def plainly(pool: Sequence[TaxRate], query: Query) -> Selection:
    """The selection by reading all rates."""
    breadths = [
        (one, breadth_at(one, query.place.postal_code)) for one in pool if mismatch(one, query) is None
    ]
    return select(match(one, query, breadth) for one, breadth in breadths if breadth is not None)


@given(pools, st.lists(queries(), min_size=1, max_size=6))
def test_the_index_finds_what_reading_all_rates_finds(pool: Sequence[TaxRate], asked: list[Query]) -> None:
    table = RateTable(pool)
    for query in asked:
        assert table.select(query) == plainly(pool, query)
        assert {one.id for one, _ in table.candidates(query)} >= {
            one.id for one in pool if mismatch(one, query) is None
        }


@given(pools, queries(), st.randoms(use_true_random=False))
def test_the_order_of_rates_changes_nothing(
    pool: Sequence[TaxRate], query: Query, order: random.Random
) -> None:
    shuffled = order.sample(pool, len(pool))
    assert RateTable(pool).select(query) == RateTable(shuffled).select(query)


def test_many_versions_in_one_place_are_found_by_date() -> None:
    days = [Y2020 + timedelta(at) for at in range(101)]
    versions = [
        us(f"v{at}", valid_from=since, valid_until=until) for at, (since, until) in enumerate(pairwise(days))
    ]
    table = RateTable([*versions, us("open", valid_from=days[-1])])
    for at, day in enumerate(days[:-1]):
        assert [one.id for one in table.rates_for(Address(country="US"), day)] == [f"v{at}"]
        assert len(list(table.candidates(Query(Address(country="US").place, day)))) == 1
    assert [one.id for one in table.rates_for(Address(country="US"), date.max)] == ["open"]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1), st.integers(-1, 31))
def test_spans_hold_a_point_as_reading_all_of_them_says(ends: list[tuple[int, int]], point: int) -> None:
    spans = [(min(pair), max(pair), at) for at, pair in enumerate(ends)]
    assert sorted(Spans(spans).at(point)) == [at for low, high, at in spans if low <= point <= high]


def test_a_rate_of_many_patterns_is_as_narrow_as_all_of_them_together() -> None:
    table = RateTable(
        [us("some", jurisdiction="94105, 94107, 94110"), us("range", jurisdiction="94104..94105")]
    )
    assert [one.id for one in table.rates_for(Address(country="US", postal_code="94105"), DAY)] == ["range"]
    assert [one.id for one in table.rates_for(Address(country="US", postal_code="94107"), DAY)] == ["some"]


@pytest.mark.slow
@pytest.mark.parametrize("place", [{}, {"state": "CA"}, {"state": "CA", "postal_code": "000000005"}])
def test_a_look_up_reads_as_many_rates_in_ten_as_in_many(place: dict[str, str]) -> None:
    def read(count: int) -> int:
        zips = (us(str(at), jurisdiction=f"{at:09d}") for at in range(count))
        table = RateTable([*zips, us("s", state="CA"), us("c")])
        query = Query(Address(country="US", **place).place, DAY, "food")  # type: ignore[arg-type]
        return len(list(table.candidates(query)))

    assert read(10_000) == read(10)


# ---- what looks wrong ----


def test_a_clean_table_has_no_findings() -> None:
    germany = rate("de", valid_from=date(2007, 1, 1))
    lowered = rate("de-16", "0.16", valid_from=date(2020, 7, 1), valid_until=Y2021)
    assert codes(germany, lowered, us("ca", state="CA"), us("zip", state="CA", jurisdiction="94105")) == []


def test_a_percentage_that_looks_like_another_figure_is_found() -> None:
    odd = [us("high", "0.75", state="CA"), us("negative", "-0.01", state="NY"), us("half", "0.5", state="TX")]
    assert codes(*odd) == [("percentLooksWrong", ("high",)), ("percentLooksWrong", ("negative",))]


def test_a_state_that_is_none_is_found_unless_the_level_says_that_it_is_local() -> None:
    assert codes(us(state="San Francisco"), us("city", state="Oakland", level="city")) == [
        ("unknownPlace", ("us",))
    ]


def test_a_gap_between_versions_is_found_once() -> None:
    old, new = us(valid_until=Y2020), us(valid_from=Y2021)
    assert codes(old, new) == [("gap", ("us",))]
    finding = RateTable([new, old]).check()[0]
    assert finding == Finding("gap", "no rate from 2020-01-01 until 2021-01-01, before 'us'", ("us",))


def test_a_gap_between_the_rates_that_follow_each_other_in_a_place_is_found() -> None:
    assert codes(us("old", valid_until=Y2020), us("new", valid_from=Y2021)) == [("gap", ("old", "new"))]
    assert codes(us("old", state="CA", valid_until=Y2020), us("new", state="NY", valid_from=Y2021)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        ({"valid_until": Y2022}, {"valid_from": Y2021}),
        ({"jurisdiction": "94100..94149"}, {"jurisdiction": "94125..94174"}),
        ({"jurisdiction": "941*"}, {"jurisdiction": "94100..94199"}),
        ({"tax_categories": ["food", "books"]}, {"tax_categories": ["books"]}),
        ({"when": "intrastate"}, {}),
        ({"state": "CA", "jurisdiction": "94105"}, {"state": "CA", "tax_categories": ["food"]}),
        (
            {"state": "CA", "tax_categories": ["food"], "valid_from": Y2022},
            {"state": "CA", "jurisdiction": "94105"},
        ),
        ({"state": "CA"}, {"state": "CA", "level": "state"}),
        ({"jurisdiction_code": "J1"}, {"jurisdiction_code": "J1"}),
        ({"state": "San Francisco"}, {"state": "san francisco"}),
    ],
    ids=[
        "all",
        "dates",
        "ranges",
        "prefix",
        "categories",
        "when",
        "sides",
        "later",
        "levels",
        "codes",
        "city",
    ],
)
def test_rates_that_tie_are_found(one: dict[str, Any], other: dict[str, Any]) -> None:
    found = codes(us("a", **one), us("b", **other))
    assert [{*ids} for code, ids in found if code == "ambiguousRates"] == [{"a", "b"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"when": "intrastate"}, {"when": "interstate"}),
        ({"active": False}, {}),
        ({"jurisdiction": "941*"}, {"jurisdiction": "94105"}),
        ({"state": "CA", "jurisdiction": "94105"}, {"state": "NY", "tax_categories": ["food"]}),
        ({"state": "CA", "jurisdiction": "94105"}, {"tax_categories": ["food"], "overrides_place": True}),
        ({"level": "state"}, {"level": "city"}),
        ({"jurisdiction_code": "J1"}, {"jurisdiction_code": "J2"}),
    ],
    ids=["when", "inactive", "narrower", "states", "override", "levels", "codes"],
)
def test_rates_that_do_not_tie_are_not_found(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert [ids for code, ids in codes(us("a", **one), us("b", **other)) if code == "ambiguousRates"] == []


def test_a_crowd_of_rates_that_tie_is_asked_about_once() -> None:
    days = [Y2020 + timedelta(at) for at in range(1500)]
    tied = [us(f"r{at:04d}", valid_from=day) for at, day in enumerate(days)]
    found = codes(
        *(
            us(one.id, valid_from=one.valid_from, valid_until=Y2022 + timedelta(9000 + at))
            for at, one in enumerate(tied)
        )
    )
    assert {code for code, _ in found} == {"ambiguousRates"}
    assert 0 < len(found) < 100


def test_a_rate_that_another_always_beats_is_found() -> None:
    beaten = us("beaten", valid_from=Y2020, valid_until=Y2022)
    halves = [
        us("first", valid_from=Y2020, valid_until=Y2021),
        us("second", valid_from=Y2021, valid_until=Y2022),
    ]
    assert codes(beaten, *halves) == [("unreachable", ("beaten",))]
    assert codes(beaten, halves[0]) == []
    assert codes(beaten, halves[1]) == []


def test_a_rate_that_is_replaced_only_where_another_matches_is_not_found() -> None:
    gst = rate("gst", country="CA", type="gst", state="ON")
    narrow = rate("hst", country="CA", type="hst", state="ON", jurisdiction_code="J", replaces=["gst"])
    assert codes(gst, narrow) == []


PAIR = ("cgst", "sgst")


def here(kind: str, country: str = "CA", **more: Any) -> TaxRate:
    return rate(kind, "0.05", country=country, type=kind, **more)


@pytest.mark.parametrize(
    ("rates", "both"),
    [
        ([here("gst"), here("hst", state="ON")], ("hst", "gst")),
        ([here("gst", state="ON"), here("hst")], ("hst", "gst")),
        ([here("gst", state="ON"), here("hst", state="ON", replaces=["gst"])], ("hst", "gst")),
        ([here("pst", state="ON", replaces=["gst"]), here("hst", state="ON")], ("hst", "pst")),
        ([here("qst", state="QC"), here("hst")], ("hst", "qst")),
        ([here("rst", state="MB"), here("hst")], ("hst", "rst")),
        ([here("igst", "IN"), *(here(kind, "IN", when="intrastate") for kind in PAIR)], ("igst", "cgst")),
        ([*(here(kind, "IN") for kind in PAIR), here("igst", "IN", when="interstate")], ("igst", "cgst")),
        ([here("valueAddedTax", "FR"), here("igic", "FR", state="IDF")], ("valueAddedTax", "igic")),
        ([here("valueAddedTax", "FR"), here("ipsi", "FR", tax_categories=["x"])], ("valueAddedTax", "ipsi")),
    ],
    ids=lambda one: " ".join(one) if isinstance(one[0], str) else "",
)
def test_a_tax_beside_the_one_that_stands_for_it_is_found(
    rates: list[TaxRate], both: tuple[str, str]
) -> None:
    assert codes(*rates)[:1] == [("doubleTax", both)]
    finding = RateTable(rates).check()[0]
    assert finding.message.startswith(f"expected either {both[0]} or {both[1]} for ")
    assert finding.message.endswith(f", got {both[0]!r} and {both[1]!r}")


def test_halves_that_are_not_equal_are_found() -> None:
    central, state = (rate(kind, "0.09", country="IN", type=kind, when="intrastate") for kind in PAIR)
    lower = rate("lower", "0.06", country="IN", type="sgst", when="intrastate", state="MH", level="state")
    assert codes(central, state) == []
    assert codes(central) == [("equalHalves", ("cgst",))]
    assert codes(state) == [("equalHalves", ("sgst",))]
    assert ("equalHalves", ("cgst", "lower")) in codes(central, lower)


def test_taxes_that_take_each_others_place_are_well() -> None:
    assert codes(here("gst"), here("hst", state="ON", replaces=["gst"]), here("qst", state="QC")) == []
    halves = [here(kind, "IN", when="intrastate") for kind in ("cgst", "sgst")]
    assert codes(*halves, here("igst", "IN", when="interstate")) == []
    assert codes(here("gst"), here("igst", "IN")) == []


class Doubting(RateTable):
    """A table that knows where it ends."""

    def unanswered(self, query: Query, rates: Sequence[TaxRate]) -> Problem | None:
        if not rates:
            return Problem("missingRate", "nobody knows")
        return Problem("missingRate", "not for that") if query.tax_category == "odd" else None

    def cautions(self, rates: Sequence[TaxRate], tax_date: date) -> tuple[Notice, ...]:
        return (Notice("rateCaution", "", f"{len(rates)} on {tax_date}"),)


def test_a_table_may_know_more_than_its_rates() -> None:
    plain, doubting = RateTable([us("us")]), Doubting([us("us")])
    there, query = Address(country="US"), Query(Address(country="US").place, DAY)
    assert (plain.unanswered(query, plain), plain.cautions((), DAY)) == (None, ())  # type: ignore[arg-type]
    with pytest.raises(Undetermined, match="nobody knows"):
        doubting.rates_for(Address(country="DE"), DAY)
    with pytest.raises(Undetermined, match="not for that"):
        doubting.rates_for(there, DAY, "odd")
    assert [one.id for one in doubting.rates_for(there, DAY, "even")] == ["us"]
    customer = Customer(address=there)
    asked = determine(invoice(line(tax_category="odd"), line(id_="2", tax_category="x"),
                              line(id_="3", tax_category="y"), line(id_="4", tax_rates=["us"]),
                              customer=customer), doubting)  # fmt: skip
    odd, *others = asked.lines
    assert isinstance(odd, Unresolved)
    assert [problem.message for problem in odd.problems] == ["lines[0]: not for that"]
    assert all(isinstance(one, Taxed) for one in others)
    assert [notice.message for notice in asked.warnings] == [f"1 on {DAY}"]
    assert [verdict.text for verdict in trace(asked, 0)][1:] == [
        "us: matches, which does not settle the line"
    ]
    elsewhere = determine(invoice(line(tax_category="x"), customer=Customer(address=Address(country="DE"))),
                          doubting)  # fmt: skip
    (unknown,) = elsewhere.lines
    assert isinstance(unknown, Unresolved)
    assert unknown.problems[0].message == "lines[0]: nobody knows"


def test_what_is_told_of_an_id_holds_no_line_ends() -> None:
    odd = [us("a\nb", "0.9", state="C\x1bA"), us("c\rd", "0.9", state="C\x1bA")]
    assert all(finding.message.isprintable() for finding in RateTable(odd).check())


def test_what_is_no_list_of_rates_and_no_question_is_refused_in_a_sentence() -> None:
    with pytest.raises(InvalidRate, match=r"write RateTable|expected a list of rates"):
        RateTable(rate("a"))  # type: ignore[arg-type]
    with pytest.raises(InvalidRate, match="expected an Address and a date"):
        RateTable([rate("a")]).rates_for("DE", DAY)  # type: ignore[arg-type]


def test_questions_count_by_their_size() -> None:
    table = RateTable([us("a")])
    light, heavy = ("a", (1, 2)), ("b", tuple((str(number), frozenset({number})) for number in range(8000)))
    table.answers(light)
    held = table._held
    table.answers(heavy)
    assert table._held > held + 1000
    table.remember({}, "key", None)
    before = [table.answers(("c", number, tuple(range(60_000)))) for number in range(40)]
    assert len(before) == 40
    assert len(table._answers) < 40
