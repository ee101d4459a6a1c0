"""Page: totals that agree with an independent sum, names that stay names, and a size that stays small."""

from __future__ import annotations

import copy
import re
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest

from taxengine.core.errors import InvariantBroken
from taxengine.core.tables.currencies import CURRENT
from taxengine.recalculation.report import page as module
from taxengine.recalculation.report import tally as tally_module
from taxengine.recalculation.report import view
from taxengine.recalculation.report.page import page
from taxengine.recalculation.report.tally import Tally
from tests.cli.test_page import PLANTED, Nodes
from tests.recalculation.report import LAWS, TOTALS, Law, document, refusal, rows

MADE = {"Engine": "taxengine 1.0", "Rates": ["one.json", "sha256:00"]}


def tallied(given: Iterable[Mapping[str, Any]]) -> Tally:
    tally = Tally()
    for row in given:
        tally.add(row)
    return tally


def shown(
    given: Iterable[Mapping[str, Any]], made: Mapping[str, object] = MADE, told: str = "19 % of 100.00"
) -> str:
    """The page, each explanation that there is room for one line on either side."""
    tally = tallied(given)
    return page(tally, made, {key: ([told], [told]) for key in tally.explain()}).decode()


class Tables(HTMLParser):
    """The cells of each table by the currency it stands under and its name."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: dict[tuple[str, str], list[list[str]]] = {}
        self._under = ""
        self._rows: list[list[str]] = []
        self._inside = self._small = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "article":
            self._under = (held["id"] or "").removeprefix("currency-")
        elif tag == "table":
            self._rows = self.tables[self._under, held["data-table"] or ""] = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._rows[-1].append("")
            self._inside = True
        self._small = tag == "small" or (self._small and tag == "bdi")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("td", "th")
        self._small = self._small and tag != "small"

    def handle_data(self, data: str) -> None:
        if self._inside and not self._small:
            self._rows[-1][-1] += data


def number(cell: str) -> Decimal:
    return Decimal(cell.replace(",", "").replace("−", "-").replace("–", "0") or "0")


def sums(given: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str], Decimal]:
    """By currency, side and total: straight from the texts of the rows."""
    found: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for row in given:
        if "error" in row:
            continue
        sign = -1 if row["kind"] == "creditNote" else 1
        for side in ("before", "after", "difference"):
            for name in TOTALS if row[side] else ():
                found[row["currency"], side, name] += sign * Decimal(row[side][name])
    return found


def test_every_table_adds_up_to_an_independent_sum() -> None:
    given = list(rows(4000))
    given.append(document("kept", 9999, net=10000, before=1900, after=1900, withheld=-512))
    expected, tables = sums(given), Tables(shown(given)).tables
    for code in ("EUR", "USD", "JPY"):
        change = expected[code, "difference", "tax"]
        _, *totals = tables[code, "totals"]
        for name, (_, *cells) in zip(TOTALS, totals, strict=True):
            sides = ("before", "after", "difference")
            assert [number(cell) for cell in cells[:3]] == [expected[code, side, name] for side in sides]
        for name in ("cause", "place", "rate"):
            head, *body, total = tables[code, name]
            at = head.index("Difference")
            assert number(total[at]) == change == sum(number(row[at]) for row in body)
            for column in range(2, len(head)):
                assert number(total[column]) == sum(number(row[column]) for row in body)
            assert number(total[2]) + number(total[3]) == change
        for name in ("month", "size"):
            _, *body, total = tables[code, name]
            assert number(total[-1]) == change
            for column in range(1, len(total)):
                assert number(total[column]) == sum(number(row[column]) for row in body)
        _, *body, others, total = tables[code, "largest"]
        assert [number(cell) for cell in total[1:4]] == [expected[code, side, "tax"] for side in sides]
        for column, cell in enumerate(total[1:4], start=2):
            assert sum(number(row[column]) for row in body) + number(others[column - 1]) == number(cell)
    head, *_, total = tables["EUR", "cause"]
    assert number(total[head.index("Withheld")]) == expected["EUR", "difference", "withheld"] != 0
    assert "Withheld" not in tables["USD", "cause"][0]
    _, *body, total = tables["refused", "refused"]
    refused = sum("error" in row for row in given)
    assert number(total[1]) == sum(number(row[1]) for row in body) == refused


def test_sums_that_are_wrong_are_never_shown() -> None:
    tally = tallied(rows(200))
    next(iter(tally.currencies["EUR"].places.kept.values())).more += 1
    with pytest.raises(InvariantBroken, match="EUR, places: expected a sum of"):
        page(tally, {}, {})


def test_a_row_that_the_page_leaves_out_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables are held to their totals by what they show, not by what the tally says alone."""
    monkeypatch.setattr(view.Changes, "tax", property(lambda one: one.more))
    with pytest.raises(InvariantBroken, match="report, EUR, by cause: expected a sum of"):
        view.parts(tallied(rows(300)).currencies["EUR"])


def test_the_page_says_what_it_would_have_been_why_and_how_it_was_made() -> None:
    given = [
        document("inv_1", 1, net=10000, before=1900, after=1600),
        document("inv_2", 2, net=5000, before=950, after=950),
        document("inv_3", 3, net=5000, before=None, after=950, cause="onlyAfter"),
        refusal("inv_4", 4, "noRate", "lines[0]: expected a rate, got none"),
    ]
    nodes = Nodes(shown(given))
    assert nodes.odd == []
    for told in (
        "Recalculation of 4 documents 1 the same · 2 changed · 1 refused",
        "EUR 6.50 more tax",
        "It was EUR 28.50",
        "It would have been EUR 35.00",
        "Difference +6.50 +22.81 %",
        "3 documents, 1 the same, 2 changed, 1 of them only after. Credit notes count negatively.",
        "Rate another percentage",
        "Only after documents that are not in the first set",
        "Germany",
        "de-standard VAT, 16 %, Germany",
        "Jul 2020 3 2 28.50 35.00 +6.50",
        "1 document without a difference of tax, not drawn.",
        "5.00 to 9.99 1 +9.50",
        "inv_1 2020-07.jsonl , 1 2020-07-15 19.00 16.00 −3.00 Rate −3.00",
        "inv_3 2020-07.jsonl , 3 2020-07-15 – 9.50 +9.50 Only after +9.50",
        "All others 1 document 9.50 9.50 0.00",
        "1 document was refused, and in no sum of this report.",
        "lines[0]: expected a rate, got none noRate · inv_4",
        "19 % of 100.00",
        "Engine taxengine 1.0",
        "Rates one.json sha256:00",
    ):
        assert told in nodes.text, told


def test_a_link_leads_to_each_explanation() -> None:
    text = shown(rows(300))
    links = re.findall(r'<a href="#(explanation-\d+)"', text)
    assert len(links) > 30
    assert re.findall(r'<div class="sides" id="([^"]*)"', text) == sorted(
        links, key=lambda one: int(one[12:])
    )
    assert set(re.findall(r'<a href="#([^"]*)"', text)) <= set(re.findall(r' id="([^"]*)"', text))


def test_an_explanation_may_be_of_one_side_or_missing() -> None:
    tally = tallied([document(f"d{at}", at, net=10000, before=1900, after=1600) for at in (1, 2)])
    text = page(tally, {}, {("2020-07.jsonl", 2): ([], ["x"]), ("other", 7): (["y"], ["z"])}).decode()
    assert text.count("<details>") == 1
    assert "Before Not there. After x" in Nodes(text).text
    assert "<details" not in page(tally, {}, {}).decode()


def test_the_alternative_text_of_each_plot_says_its_figures() -> None:
    given = [
        document("a", 1, net=10000, before=1900, after=1600),
        document("b", 2, net=10000, before=100, after=108, law=LAWS[2], cause="rounding", date="2020-09-01"),
    ]
    alts = re.findall(r'<img src="[^"]*" alt="([^"]*)"', shown(given))
    assert alts == [
        "Bar chart. By cause, in EUR: Rate −3.00; Rounding only +0.08; Total −2.92.",
        "Bar chart. By country and state, in EUR: Germany −3.00; Austria +0.08; Total −2.92.",
        "Bars in the order of time. By month, in EUR: Jul 2020 −3.00; Aug 2020 0.00; Sep 2020 +0.08.",
        "Histogram. Documents by the difference of their tax, in EUR: −2.00 to −4.99: 1; 0.05 to 0.09: 1.",
    ]


def test_without_a_difference_nothing_is_drawn() -> None:
    text = shown([document("a", 1, net=10000, before=1900, after=1900)])
    assert "<img" not in text
    assert "The same tax in all" in text
    assert "In the plots" not in text
    assert "The largest differences" not in text


def test_of_nothing_there_is_a_page_too() -> None:
    nodes = Nodes(shown([]))
    assert nodes.odd == []
    assert "Recalculation of 0 documents" in nodes.text
    assert "Nothing was calculated" in nodes.text


def test_many_places_have_one_bar_and_one_row_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally_module, "KEPT", 60)
    laws = [LAWS[8]._replace(state=f"S{at}", id=f"r{at}") for at in range(70)]
    given = [
        document(f"d{at}", at, net=10000, before=100, after=200 + at, law=law) for at, law in enumerate(laws)
    ]
    text = shown(given)
    _, *body, total = Tables(text).tables["USD", "place"]
    assert (len(body), body[-1][0].strip()) == (41, "All others (21 or more)")
    assert number(total[4]) == sum(number(row[4]) for row in body) == sums(given)["USD", "difference", "tax"]
    alt = next(one for one in re.findall(r'alt="([^"]*)"', text) if "By country" in one)
    assert alt.count(";") == 21
    assert "All others +" in alt


def test_years_of_months_are_shown_in_longer_periods(monkeypatch: pytest.MonkeyPatch) -> None:
    given = [
        document(f"d{year}", year, net=10000, before=1900, after=1600, date=f"{year:04}-05-01")
        for year in (1, 1999, 2020)
    ]
    _, *body, _ = Tables(shown(given)).tables["EUR", "month"]
    assert [row[0] for row in body] == ["0000–0099", "1900–1999", "2000–2099"]
    monkeypatch.setattr(tally_module, "KEPT", 2)
    _, *body, _ = Tables(shown(given)).tables["EUR", "month"]
    assert [row[0] for row in body] == ["0000–0099", "1900–1999", "All others"]


def test_a_rate_is_told_by_its_name_and_what_is_known_of_it() -> None:
    row = document("a", 1, net=10000, before=1900, after=1600, withheld=100)
    row["taxes"][0] |= {"name": "Standard", "percentageDecimal": "x"}
    row["taxes"][1] |= {"taxRate": None, "type": "gst", "country": None, "percentageDecimal": None}
    text = Nodes(shown([row])).text
    assert "Standard VAT, x, Germany, de-standard" in text
    assert "GST GST, No place" in text
    assert "Kept Withholding tax, Germany, kept, withheld by the customer" in text
    assert "Rate −3.00, withheld +1.00" in text
    row["causes"][0]["cause"] = "weather"
    assert "weather −3.00" in Nodes(shown([row])).text


def test_the_page_loads_nothing_and_allows_pictures_within_it_alone() -> None:
    text = shown(rows(300))
    assert re.findall(r"""\b(?:href|action|srcset|data|style|on\w+)=["'](?!#)""", text) == []
    assert set(re.findall(r'\bsrc="([^,]*),', text)) == {"data:image/svg+xml;base64"}
    assert re.findall(r"(?i)@import|url\(|https?:|<script|<link|<iframe|<object|<form|<base", text) == []
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    for picture in re.findall(r'base64,([^"]*)"', text):
        links = set(re.findall(rb'href="([^"]*)"', b64decode(picture)))
        assert all(link.startswith(b"#") for link in links)
        assert re.findall(rb"(?i)<script|<image|<foreignObject| on[a-z]+=", b64decode(picture)) == []


def planted(text: str) -> str:
    """A page in which everything that a document or a caller may write is `text`."""
    rate = {"taxRate": text, "name": text, "type": text, "country": text, "state": text}
    row = copy.deepcopy(document(text, 1, net=10000, before=1900, after=1600, cause=text))
    row["place"]["file"] = text
    row["taxes"] = [one | rate | {"percentageDecimal": text} for one in row["taxes"][:1]]
    row["taxes"][0] |= {"before": "3.00", "after": "0.00"}
    refused = refusal(text, 2, text, text)
    refused["place"]["file"] = text
    return shown([row, refused], {"Command": text, "Policy": [text, text]}, text)


@pytest.mark.parametrize("text", PLANTED, ids=ascii)
def test_a_planted_name_adds_no_node_and_shows_as_it_is(text: str) -> None:
    nodes, harmless = Nodes(planted(text)), Nodes(planted("Text"))
    assert nodes.elements == harmless.elements
    assert nodes.odd == []
    hidden = "\u202e\u2066\u2028\u200b\ufeff\x1b\x7f\x85\x9b"
    assert not set(hidden) & set(planted(text))
    if text.isascii() and text.isprintable():
        assert nodes.text.count(re.sub(r"\s+", " ", text)) > 10


def test_a_lone_surrogate_is_spelt_out() -> None:
    assert "a\\ud800b" in Nodes(planted("a\ud800b")).text


def test_the_same_rows_give_the_same_bytes() -> None:
    assert shown(rows(500)) == shown(rows(500))


def test_long_texts_and_explanations_are_cut() -> None:
    tally = tallied(
        document(f"{'<' * 3000}{at}", at, net=10000, before=1900, after=1600) for at in range(150)
    )
    told = ["<&>" * 200] * 400
    text = page(
        tally, {"x": "<" * 10**6, "y": ["<" * 10**4] * 10**4}, dict.fromkeys(tally.explain(), (told, told))
    )
    assert len(text) < 5_000_000
    assert "more lines" in text.decode()


def test_many_currencies_stay_under_five_megabytes() -> None:
    """Of each that is in use, with hundreds of rates and places: the first have plots, the others do not."""
    laws = [
        Law(code, digits, "US", f"state {at}", f"rate {at} {'<' * 90}", 100, 200, "rate", 1)
        for code, digits in CURRENT.items()
        for at in range(60)
    ]
    given = (
        document(f"{at} {'&' * 110}", at, net=10**9, before=10**6, after=10**7 + at, law=law)
        for at, law in enumerate(laws)
    )
    text = shown(given, told="<" * 10**5)
    assert text.count("<article") == len(CURRENT) + 2
    assert text.count("<img") == 4 * module.IN_FULL
    assert len(text.encode()) < 5_000_000


@pytest.mark.slow
def test_a_million_documents_are_one_small_page_that_adds_up(untraced: None) -> None:
    tally, expected = Tally(), dict.fromkeys(("EUR", "USD", "JPY"), 0)
    for row in rows(1_000_000):
        tally.add(row)
        if "error" not in row:
            change = int(row["difference"]["tax"].replace(".", ""))
            expected[row["currency"]] += -change if row["kind"] == "creditNote" else change
    text = page(tally, MADE, dict.fromkeys(tally.explain(), (["<" * 10**5], ["x"] * 10**5))).decode()
    assert len(text.encode()) < 5_000_000
    for code, change in expected.items():
        for name in ("cause", "place", "rate", "month", "size", "largest"):
            head, *_, total = Tables(text).tables[code, name]
            at = -2 if name == "largest" else head.index("Sum" if name == "size" else "Difference")
            assert number(total[at]) * (1 if code == "JPY" else 100) == change
