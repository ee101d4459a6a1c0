"""Browser: the page as Chromium shows it: no complaint, no request, nothing cut off, nothing run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.browser import Browser
from tests.cli import invoice
from tests.cli.test_page import PLANTED, full, page, planted_rates

pytestmark = [pytest.mark.needs_chromium, pytest.mark.xdist_group("chromium")]


@pytest.fixture
def rates(here: Path) -> Path:
    return planted_rates(here / "planted.json", "VAT")


def test_the_page_renders_without_a_complaint_and_without_a_request(
    browser: Browser, rates: Path, here: Path, served: tuple[str, list[str]]
) -> None:
    address, asked = served
    (here / "page.html").write_text(page(rates, full(), invoice("b"), {"id": "c"}))
    assert browser.complaints(f"{address}/page.html") == []
    assert {path for path in asked if path != "/favicon.ico"} == {"/page.html"}
    rows = browser.screenshot(f"{address}/page.html", 1000, 1400)
    dark = sum(any(value < 100 for value in row) for row in rows)
    assert dark > 300


def test_a_complaint_and_a_request_would_be_seen(
    browser: Browser, here: Path, served: tuple[str, list[str]]
) -> None:
    """The test above can fail: a page that breaks its own policy, and one that loads something."""
    address, asked = served
    policy = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"
    (here / "bad.html").write_text(f"<!doctype html>{policy}<p style='color:red'>x<script>alert(1)</script>")
    assert len(browser.complaints(f"{address}/bad.html")) >= 2
    (here / "loads.html").write_text("<!doctype html><img src=x.png>")
    browser.complaints(f"{address}/loads.html")
    assert "/x.png" in asked


def test_planted_names_run_nothing_and_change_no_node(browser: Browser, here: Path) -> None:
    """The document as the browser has built it holds the elements of our template and no others."""
    shown = page(planted_rates(here / "planted.json", "x"), *map(full, PLANTED))
    (here / "page.html").write_text(shown)
    assert browser.complaints(f"file://{here / 'page.html'}") == []
    dom = browser.run(f"file://{here / 'page.html'}", "--dump-dom").stdout.decode()
    for tag in ("script", "img", "svg", "a href=.javascript", "bdo", "plaintext", "iframe"):
        assert re.findall(f"<{tag}[ />]", dom) == []
    assert dom.count("<article") == len(PLANTED)
    assert dom.count("<style") == 1
    assert re.findall(r"<[a-z]+[^>]* on[a-z]+=", dom) == []


@pytest.mark.parametrize("width", [1000, 500])
def test_nothing_is_wider_than_the_window(browser: Browser, rates: Path, here: Path, width: int) -> None:
    """The column at the right edge is white from top to bottom, on a desk and on a phone."""
    wide = full("W" * 60) | {"currency": "JPY"}
    wide["lines"][0]["unitPrice"] = "123456789012"
    (here / "page.html").write_text(page(rates, wide, full("several words in a row " * 8)))
    rows = browser.screenshot(f"file://{here / 'page.html'}", width, 1600)
    assert all(row[-9:] == b"\xff" * 9 for row in rows)


def test_on_paper_every_explanation_is_open(browser: Browser, rates: Path, here: Path) -> None:
    """Folded on the screen, printed in full: the paper has more pages than it would with them folded."""
    lines = [{"id": str(number), "amount": "1", "taxCategory": "books"} for number in range(60)]
    shown = page(rates, invoice(lines=lines))
    assert "<details open>" not in shown
    (here / "page.html").write_text(shown)
    folded = re.sub(r"details::details-content \{[^}]*\}", "", shown)
    (here / "folded.html").write_text(re.sub("style-src 'sha256-[^']*'", "style-src 'unsafe-inline'", folded))
    pages = {}
    for name in ("page", "folded"):
        browser.run(
            f"file://{here / name}.html", f"--print-to-pdf={here / name}.pdf", "--no-pdf-header-footer"
        )
        pages[name] = len(re.findall(rb"/Type\s*/Page\b", (here / f"{name}.pdf").read_bytes()))
    assert pages["page"] > pages["folded"]


def test_a_page_is_read_without_colours(browser: Browser, rates: Path, here: Path) -> None:
    """Every pixel is a shade of grey: nothing is told by colour alone."""
    (here / "page.html").write_text(page(rates, full(), {"id": "c"}))
    rows = browser.screenshot(f"file://{here / 'page.html'}", 1000, 1400)
    coloured = {
        row[at : at + 3] for row in rows for at in range(0, len(row), 3) if len(set(row[at : at + 3])) > 1
    }
    assert json.dumps([list(pixel) for pixel in sorted(coloured)[:5]]) == "[]"
