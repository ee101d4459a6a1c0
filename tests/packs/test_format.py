"""Format: what a pack's file must be, what is refused, and what a table made of packs answers."""

from __future__ import annotations

import copy
import json
import pickle
import random
import re
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from taxengine import Address, Customer, Invoice, Line, Merchant, RateTable, TaxRate, Undetermined, calculate
from taxengine.core.errors import InvalidRate
from taxengine.core.explain import explain
from taxengine.packs import STALE_AFTER, Pack, PackTable, available, load, read
from taxengine.packs.format import read_pack
from tests.house import ROOT
from tests.packs.seal import DATA, main, sealed

TODAY = date(2026, 11, 22)
FILES = sorted(DATA.glob("*.json"))
PACKS = [read(name) for name in available()]
CLASS = re.compile(r"reduced[123]?|superReduced|parking|slab(5|12|28|40)")
PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{2})?( [0-9*.,]+)?")


def invoice(country: str = "DE", day: date = TODAY, category: str = "homeware", **address: str) -> Invoice:
    return Invoice(
        id="1", currency="EUR", tax_date=day, tax_behavior="exclusive",
        customer=Customer(address=Address(country=country, **address)),
        lines=[Line(id="1", amount="100", tax_category=category),
               Line(id="2", amount="100", tax_category=category)],
    )  # fmt: skip


def warned(one: Invoice, table: RateTable) -> list[tuple[str, str]]:
    return [(notice.code, notice.path) for notice in calculate(one, table).warnings]


# ---- the files ----


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_in_its_layout_and_sealed(path: Path) -> None:
    text = path.read_bytes()
    document = json.loads(text)
    assert sealed(document) == text
    assert document["name"] == path.stem
    assert text.count(b"\n") == 13 + len(document["rows"])


def test_the_sealer_changes_nothing_that_is_sealed(capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in FILES}
    main()
    assert {path: path.read_bytes() for path in FILES} == before
    assert len(capsys.readouterr().out.splitlines()) == len(FILES)
    assert tuple(path.stem for path in FILES) == available()


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_each_row_says_what_it_is_and_where_it_is_from(pack: Pack) -> None:
    assert (pack.licence, pack.as_of <= TODAY) == ("MIT", True)
    assert pack.without
    for row in pack.rows:
        assert row.id.startswith(f"{pack.name}-"), row
        assert PLACE.fullmatch(row.place), row
        assert row.tax_class is None or CLASS.fullmatch(row.tax_class), row
        assert re.fullmatch(r"0|0\.[0-9]{1,5}", row.percentage), row
        assert row.source.startswith(("https://", "http://")), row
        assert pack.history_from <= row.valid_from, row
        assert date(2026, 11, 22) <= row.verified <= pack.as_of, row
        assert row.called
    assert len({(row.id, row.valid_from) for row in pack.rows}) == len(pack.rows)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_each_row_is_a_rate_that_leaves_it_to_the_price_whether_it_holds_the_tax(pack: Pack) -> None:
    for row in pack.rows:
        rate = row.rate()
        assert rate.inclusive is None
        assert rate.tax_categories == (() if row.tax_class is None else (row.tax_class,))
        assert rate.percentage_decimal == Decimal(row.percentage)
        assert rate.country == row.place[:2]
        assert rate.state is None or rate.state_code == rate.state
        assert (rate.treatment == "outsideScope") == (not rate.percentage_decimal)
        assert rate.level is None


def test_versions_of_a_rate_follow_each_other_without_a_gap() -> None:
    for pack in PACKS:
        versions: dict[str, list[TaxRate]] = {}
        for row in pack.rows:
            versions.setdefault(row.id, []).append(row.rate())
        for rates in versions.values():
            for before, after in pairwise(sorted(rates, key=lambda rate: rate.valid_from or date.min)):
                assert before.valid_until == after.valid_from, after.id
                assert before.percentage_decimal != after.percentage_decimal, after.id


def test_all_packs_together_are_clean() -> None:
    assert load(*available()).check() == []


@pytest.mark.parametrize("name", available())
def test_each_pack_alone_is_clean(name: str) -> None:
    assert load(name).check() == []


# ---- a changed byte ----


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_flipped_byte_is_refused_wherever_it_is(path: Path) -> None:
    text = path.read_bytes()
    chance = random.Random(path.stem)
    everywhere = range(len(text)) if len(text) < 1500 else chance.sample(range(len(text)), 600)
    head = range(text.index(b'"rows"'))
    for at in {*everywhere, *(head if len(head) < 1500 else ())}:
        flipped = bytearray(text)
        flipped[at] ^= 1 << chance.randrange(8)
        with pytest.raises(InvalidRate) as refused:
            read_pack(bytes(flipped), path.stem)
        assert refused.value.code == "packChanged", (at, bytes(flipped[at : at + 9]))


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b"null", b'{"sha256": 1}', b"\xff", b'{"sha256": ""}'])
def test_what_is_no_pack_is_refused_in_one_sentence(text: bytes) -> None:
    with pytest.raises(InvalidRate, match="pack eu: expected the file that was published") as refused:
        read_pack(text, "eu")
    (problem,) = refused.value.problems
    assert (problem.code, problem.hint) == (
        "packChanged",
        "install taxengine again; keep your own rates apart",
    )


def test_another_format_is_refused() -> None:
    document = json.loads((DATA / "au.json").read_text())
    with pytest.raises(InvalidRate, match="pack au: expected format 1, got 2") as refused:
        read_pack(sealed(document | {"format": 2}), "au")
    assert refused.value.code == "unknownFormat"


def test_a_pack_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(InvalidRate, match=r"expected one of ae, au, ca.*, got 'cax'") as refused:
        load("eu", "cax")
    assert refused.value.problems[0].hint == "did you mean ca?"
    with pytest.raises(InvalidRate) as refused:
        read("../eu")
    assert refused.value.code == "unknownPack"
    with pytest.raises(InvalidRate, match="expected at least one of ae"):
        load()


def test_packs_need_the_standard_library_and_the_core_alone() -> None:
    code = (
        "import sys; sys.modules.update(pydantic=None, msgspec=None, click=None)\n"
        "from taxengine.packs import load\n"
        "print(len(load('eu', 'ca')) > 100, 'taxengine.documents' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert (done.stdout, done.stderr) == ("True False\n", "")


# ---- a table of packs ----


def test_a_table_of_packs_is_a_value_like_another() -> None:
    table = load("eu", "ca", "eu")
    own = TaxRate(id="own", country="FR", type="valueAddedTax", percentage_decimal="0.01", inclusive=None)
    for again in (pickle.loads(pickle.dumps(table)), copy.copy(table)):
        assert (type(again), len(again), again.digest) == (PackTable, len(table), table.digest)
    more = table.with_rate(own)
    assert (more.get("own", TODAY), len(more), len(table)) == (own, len(table) + 1, len(table))
    assert more.packs == table.packs == (read("eu"), read("ca"))
    assert len(load("eu", rates=[own])) == len(load("eu")) + 1


def test_a_pack_is_a_document_too() -> None:
    document = read("ca").to_dict()
    assert document["asOf"] == "2026-11-22"
    assert document["rows"] == json.loads((DATA / "ca.json").read_text())["rows"]


@pytest.mark.parametrize(
    ("pack", "country", "day"),
    [("eu", "DE", date(2018, 12, 31)), ("us", "US", date(2024, 12, 31)), ("in", "IN", date(2017, 7, 1))],
)
def test_before_the_history_begins_nothing_is_known(pack: str, country: str, day: date) -> None:
    with pytest.raises(Undetermined, match=f"the history of pack {pack} begins on ") as unknown:
        calculate(invoice(country, day), load("ca", pack))
    (problem, _) = unknown.value.problems
    assert problem.code == "missingRate"
    assert problem.hint.endswith(" for that date")
    assert day < read(pack).history_from


def test_a_place_that_no_pack_is_about_is_missing_and_no_more() -> None:
    with pytest.raises(Undetermined) as unknown:
        load("eu").rates_for(Address(country="BR"), date(2018, 1, 1))
    assert "history" not in str(unknown.value)


@pytest.mark.parametrize(
    ("address", "why", "hint"),
    [
        ({"country": "US"}, "the pack's rates ask for more of the address", "add state to the address"),
        (
            {"country": "IN", "state": "MH"},
            "the pack's rates ask whether the sale stays within one state",
            "add merchant",
        ),
        ({"country": "US", "state": "DC"}, None, "add a rate with country US, state DC"),
        (
            {"country": "US", "state": "Nowhere"},
            "the pack's rates ask for more of the address",
            "'nowhere' is no state of US: write its code, or its name",
        ),
        ({"country": "CA"}, "the pack's rates ask for more of the address", "add state to the address"),
        (
            {"country": "CA", "state": "Ontaro"},
            "the pack's rates ask for more of the address",
            "'ontaro' is no state of CA: write its code, or its name",
        ),
    ],
)
def test_what_an_answer_needs_is_said(address: dict[str, str], why: str | None, hint: str) -> None:
    with pytest.raises(Undetermined) as unknown:
        calculate(invoice(**address), load("us", "in", "ca"))
    problem = unknown.value.problems[0]
    assert problem.message.endswith(f"got none: {why}" if why else "got none")
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    ("country", "category", "day"),
    [
        ("HU", "reduced", TODAY),  # it has reduced1 and reduced2
        ("DE", "superReduced", TODAY),
        ("CZ", "reduced1", TODAY),
        ("CZ", "reduced", date(2023, 12, 31)),
        ("HU", "reduced.books", TODAY),
    ],
)
def test_a_class_that_is_not_there_is_no_reason_for_the_standard_rate(
    country: str, category: str, day: date
) -> None:
    with pytest.raises(Undetermined, match="the pack names no such class there and then") as unknown:
        load("eu").rates_for(Address(country=country), day, category)
    assert unknown.value.code == "missingRate"
    assert "; another category is standard" in unknown.value.problems[0].hint
    with pytest.raises(Undetermined) as unknown:
        calculate(invoice(country, day, category), load("eu"))
    assert unknown.value.code == "missingRate"


@pytest.mark.parametrize(
    ("country", "category", "day", "hint"),
    [
        ("DE", "Reduced", TODAY, "did you mean reduced? the classes there are reduced; "),
        ("DE", "reduced1", TODAY, "did you mean reduced? the classes there are reduced; "),
        ("DE", "superReduced", TODAY, "the classes there are reduced; "),
        ("FR", "super_reduced", TODAY, "did you mean superReduced? the classes there are "),
        ("FR", "superreduced.books", TODAY, "did you mean superReduced? the classes there are "),
        ("FR", "super-reducd", TODAY, "did you mean superReduced? the classes there are "),
        ("CZ", "reduced", date(2023, 12, 31), "there are no classes there; "),
        ("CZ", "Reduced", TODAY, "did you mean reduced? the classes there are reduced; "),
    ],
)
def test_a_class_that_is_not_spelt_as_there_is_refused_with_those_there(
    country: str, category: str, day: date, hint: str
) -> None:
    with pytest.raises(Undetermined) as unknown:
        load("eu").rates_for(Address(country=country), day, category)
    assert unknown.value.problems[0].hint.startswith(hint)
    assert unknown.value.problems[0].hint.endswith("; another category is standard")


def test_a_slab_of_another_number_is_refused_with_those_of_that_day() -> None:
    mumbai = Merchant(address=Address(country="IN", state="MH"))
    buyer = Customer(address=mumbai.address)
    sold = Invoice(id="1", currency="INR", tax_date=TODAY, tax_behavior="exclusive", merchant=mumbai,
                   customer=buyer, lines=[Line(id="1", tax_category="slab3", amount="100")])  # fmt: skip
    with pytest.raises(Undetermined) as unknown:
        calculate(sold, load("in"))
    hint = "did you mean slab5? the classes there are slab5, slab40; another category is standard"
    assert unknown.value.problems[0].hint == hint


@pytest.mark.parametrize("category", ["packing", "reading", "introduced", "pens", "reductions-free", "slabs"])
def test_a_category_that_only_sounds_like_a_class_is_standard(category: str) -> None:
    (rate,) = load("eu", "in").rates_for(Address(country="ES"), TODAY, category)
    assert rate.id == "eu-es-standard"


def test_an_island_from_nowhere_is_not_taxed_by_a_guess() -> None:
    """The islands' rates are for what is sold from there; an origin of the mainland is told by its region."""
    for origin in (None, Address(country="GR", postal_code="10431")):
        sold = Invoice(id="1", currency="EUR", tax_date=TODAY, merchant=Merchant(address=origin),
                       customer=Customer(address=Address(country="GR", postal_code="85300")),
                       lines=[Line(id="1", tax_category="homeware", amount="100")])  # fmt: skip
        with pytest.raises(Undetermined) as unknown:
            calculate(sold, load("eu"))
        assert unknown.value.code == "missingAddress"


def test_a_province_of_your_own_rates_is_not_asked_for_where_no_pack_asks() -> None:
    own = TaxRate(id="own", country="DE", state="BY", type="excise", percentage_decimal="0.05",
                  inclusive=None)  # fmt: skip
    assert warned(invoice("DE"), load("eu", rates=[own])) == [
        ("incompleteAddress", f"lines[{index}]") for index in range(2)
    ]
    gst = TaxRate(id="gst", country="CA", type="gst", percentage_decimal="0.05", inclusive=None,
                  jurisdiction="K1A*", replaces=["gst"])  # fmt: skip
    with pytest.raises(Undetermined):
        calculate(invoice("CA"), load("ca", rates=[gst]))
    assert {code for code, _ in warned(invoice("CA", postal_code="K1A 0B1"), load("ca", rates=[gst]))} == {
        "incompleteAddress"
    }


def test_other_categories_and_countries_of_one_rate_bear_the_standard_rate() -> None:
    table = load("eu")
    assert [one.id for one in table.rates_for(Address(country="DE"), TODAY, "books")] == ["eu-de-standard"]
    assert [one.id for one in table.rates_for(Address(country="DK"), TODAY, "reduced")] == ["eu-dk-standard"]
    assert [one.id for one in table.rates_for(Address(country="DE"), TODAY, "reduced.books")] == [
        "eu-de-reduced"
    ]
    outside = table.rates_for(Address(country="YT"), TODAY, "reduced")
    assert [one.id for one in outside] == ["eu-yt"]


def test_a_rate_of_your_own_decides_for_a_class_that_the_pack_leaves_open() -> None:
    own = TaxRate(id="own", country="HU", type="valueAddedTax", percentage_decimal="0.05", inclusive=None,
                  tax_categories=["reduced"])  # fmt: skip
    table = load("eu", rates=[own])
    assert [one.id for one in table.rates_for(Address(country="HU"), TODAY, "reduced")] == ["own"]


def test_a_refused_class_is_explained_without_calling_a_rate_taken() -> None:
    from taxengine.core.matching import determine, trace

    asked, table = invoice("HU", category="reduced"), load("eu")
    for missing_rate in ("error", "untaxed"):
        texts = [one.text for one in trace(determine(asked, table, missing_rate=missing_rate), 0)]
        assert texts[1] == "eu-hu-standard: matches, which does not settle the line"


def test_a_percentage_typed_by_hand_counts_where_the_pack_leaves_a_class_open() -> None:
    line = Line(id="1", amount="100", tax_category="reduced", entered_percent="5", tax_behavior="exclusive")
    address = Customer(address=Address(country="HU"))
    typed = Invoice(id="1", currency="HUF", tax_date=TODAY, customer=address, lines=[line])
    assert calculate(typed, load("eu")).totals.tax == 5


# ---- warnings ----


def test_a_pack_too_old_for_the_tax_date_warns_once_and_not_a_day_before() -> None:
    table, pack = load("eu", "ca"), read("eu")
    fresh, stale = pack.as_of + STALE_AFTER - timedelta(days=1), pack.as_of + STALE_AFTER
    assert warned(invoice("FR", fresh), table) == []
    assert warned(invoice("FR", stale), table) == [("staleRates", "taxDate")]
    (notice,) = calculate(invoice("FR", stale), table).warnings
    assert notice.message == (
        f"taxDate: pack eu is as of {pack.as_of}; what has changed until {stale} is not in it"
    )
    named = Invoice(id="1", currency="EUR", tax_date=stale, tax_behavior="exclusive",
                    lines=[Line(id="1", amount="1", tax_rates=["eu-de-standard"])])  # fmt: skip
    assert warned(named, table) == [("staleRates", "taxDate")]
    own = TaxRate(id="own", country="BR", type="valueAddedTax", percentage_decimal="0.1", inclusive=None)
    assert warned(invoice("BR", stale), load("eu", rates=[own])) == []


def test_a_rate_with_a_condition_says_it_once() -> None:
    table = load("us", "eu")
    (notice,) = calculate(invoice("US", state="NY"), table).warnings
    assert (notice.code, notice.path) == ("rateCaution", "")
    assert notice.message.startswith("us-ny: the rate of the state alone; taxes of counties")
    assert warned(invoice("US", state="CT"), table) == []
    assert warned(invoice("US", state="OR"), table) == []
    assert warned(invoice("US", state="AK"), table) == [("rateCaution", "")]


def test_no_sales_tax_of_the_state_is_a_reason_and_no_silent_zero() -> None:
    done = calculate(invoice("US", state="Oregon"), load("us"))
    assert {(line.tax, line.reason.value) for line in done.lines} == {(Decimal("0.00"), "outsideScope")}
    assert "outsideScope" in str(explain(done))


def test_a_zip_code_of_your_own_replaces_the_rate_of_the_state() -> None:
    own = TaxRate(id="own", country="US", state="NY", jurisdiction="10001", type="salesTax",
                  percentage_decimal="0.08875", inclusive=None)  # fmt: skip
    table = load("us", rates=[own])
    done = calculate(invoice("US", state="NY", postal_code="10001-1234"), table)
    assert [row.rate.id for row in done.taxes] == ["own"]
    assert done.warnings == ()
