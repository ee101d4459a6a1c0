"""Browser: the report as Chromium shows it: no complaint, no request, nothing cut off, nothing run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser import Browser
from tests.cli.test_page import PLANTED
from tests.recalculation.report import document, refusal, rows
from tests.recalculation.report.test_page import planted, shown

pytestmark = [pytest.mark.needs_chromium, pytest.mark.xdist_group("chromium")]


def test_the_report_renders_without_a_complaint_and_without_a_request(
    browser: Browser, tmp_path: Path, served: tuple[str, list[str]]
) -> None:
    address, asked = served
    (tmp_path / "page.html").write_text(shown(rows(400)))
    assert browser.complaints(f"{address}/page.html") == []
    assert {path for path in asked if path != "/favicon.ico"} == {"/page.html"}
    taken = browser.screenshot(f"{address}/page.html", 1000, 1400)
    assert sum(any(value < 100 for value in row) for row in taken) > 300


def test_its_plots_are_seen(browser: Browser, tmp_path: Path) -> None:
    """Without them as pictures the same page is another: the policy lets them be."""
    text = shown(rows(400))
    (tmp_path / "page.html").write_text(text)
    (tmp_path / "blind.html").write_text(text.replace("img-src data:; ", ""))
    assert browser.complaints(f"file://{tmp_path / 'blind.html'}") != []
    taken = [browser.screenshot(f"file://{tmp_path / name}.html", 1000, 2000) for name in ("page", "blind")]
    assert taken[0] != taken[1]


def test_planted_names_run_nothing_and_change_no_node(browser: Browser, tmp_path: Path) -> None:
    """The document as the browser has built it holds the elements of our template and no others."""
    (tmp_path / "page.html").write_text(planted(" ".join(PLANTED)[:119]))
    assert browser.complaints(f"file://{tmp_path / 'page.html'}") == []
    rest = [document(f"{text}", at, net=10000, before=1900, after=1600) for at, text in enumerate(PLANTED)]
    rest += [refusal(text, at, text, text) for at, text in enumerate(PLANTED)]
    (tmp_path / "rest.html").write_text(shown(rest, {text: text for text in PLANTED}, " ".join(PLANTED)))
    assert browser.complaints(f"file://{tmp_path / 'rest.html'}") == []
    dom = browser.run(f"file://{tmp_path / 'rest.html'}", "--dump-dom").stdout.decode()
    for tag in ("script", "svg", "a href=.javascript", "bdo", "plaintext", "iframe"):
        assert re.findall(f"<{tag}[ />]", dom) == []
    assert [dom.count(f"<{tag}") for tag in ("article", "style", "details", "img")] == [
        4, 1, len(PLANTED), 4,
    ]  # fmt: skip
    assert re.findall(r"<[a-z]+[^>]* on[a-z]+=", dom) == []


@pytest.mark.parametrize(("width", "digits"), [(1000, 16), (1000, 11), (897, 12), (500, 16), (500, 8)])
def test_nothing_is_wider_than_the_window(browser: Browser, tmp_path: Path, width: int, digits: int) -> None:
    """The column at the right edge is white from top to bottom, on a desk and on a phone."""
    tax = 10 ** (digits - 1)
    huge = document("W" * 100, 1, net=10 * tax, before=tax, after=5 * tax + 1, withheld=tax // 10)
    huge["place"]["file"] = "W" * 100
    huge["taxes"][0]["name"] = "W" * 100
    told = refusal("W" * 100, 3, "W" * 100, "W" * 110)
    given = [huge, told, *(row for row in rows(20) if row.get("currency") == "EUR")]
    text = shown(given, {"W" * 60: "W" * 200}, "W" * 300).replace("<details>", "<details open>")
    (tmp_path / "page.html").write_text(text)
    taken = browser.screenshot(f"file://{tmp_path / 'page.html'}", width, 6000)
    assert all(row[-9:] == b"\xff" * 9 for row in taken)
    assert sum(any(value < 100 for value in row[::7]) for row in taken) > 1500


def test_a_report_is_read_without_colours(browser: Browser, tmp_path: Path) -> None:
    """Every pixel is a shade of grey, the plots too: nothing is told by colour alone."""
    (tmp_path / "page.html").write_text(shown(rows(400)))
    taken = browser.screenshot(f"file://{tmp_path / 'page.html'}", 1000, 2600)
    coloured = {
        row[at : at + 3] for row in taken for at in range(0, len(row), 3) if len(set(row[at : at + 3])) > 1
    }
    assert coloured == set()


def test_on_paper_every_explanation_is_open(browser: Browser, tmp_path: Path) -> None:
    """Folded on the screen, printed in full: the paper has more pages than it would with them folded."""
    given = [document(f"d{at}", at, net=10000, before=1900, after=1600) for at in range(100)]
    text = shown(given)
    (tmp_path / "page.html").write_text(text)
    folded = re.sub(r"details::details-content \{[^}]*\}", "", text)
    assert folded != text
    (tmp_path / "folded.html").write_text(
        re.sub("style-src 'sha256-[^']*'", "style-src 'unsafe-inline'", folded)
    )
    pages = {}
    for name in ("page", "folded"):
        target = tmp_path / f"{name}.pdf"
        browser.run(f"file://{tmp_path / name}.html", f"--print-to-pdf={target}", "--no-pdf-header-footer")
        pages[name] = len(re.findall(rb"/Type\s*/Page\b", target.read_bytes()))
    assert pages["page"] > pages["folded"]


def test_a_link_opens_the_explanation_that_it_leads_to(browser: Browser, tmp_path: Path) -> None:
    """The page at the address of an explanation has it open, the others folded."""
    given = [document(f"d{at}", at, net=10000, before=1900, after=1600) for at in range(3)]
    (tmp_path / "page.html").write_text(shown(given))
    dom = browser.run(f"file://{tmp_path / 'page.html'}#explanation-2", "--dump-dom").stdout.decode()
    opened = re.findall(r'<details( open="")?>\s*<summary><strong><bdi>(\w+)', dom)
    assert opened == [("", "d0"), (' open=""', "d1"), ("", "d2")]
