"""Browser: the page as Chromium shows it: no complaint, no request, nothing cut off, nothing run."""

from __future__ import annotations

import http.server
import json
import re
import subprocess
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli import invoice
from tests.cli.test_page import PLANTED, full, page, planted_rates

pytestmark = [pytest.mark.needs_chromium, pytest.mark.xdist_group("chromium")]

QUIET = [
    "--headless",
    "--no-sandbox",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
]


class Browser:
    """Chromium with a profile of its own."""

    def __init__(self, path: str, folder: Path) -> None:
        self._path, self._folder = path, folder

    def run(self, address: str, *options: str) -> subprocess.CompletedProcess[bytes]:
        profile = f"--user-data-dir={self._folder / 'profile'}"
        line = [self._path, *QUIET, profile, *options, address]
        done = subprocess.run(line, capture_output=True, timeout=90, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done

    def complaints(self, address: str, *options: str) -> list[str]:
        """What it says on its console, loading the page."""
        said = self.run(address, *options, "--dump-dom").stderr.decode(errors="replace")
        return [line for line in said.splitlines() if "CONSOLE" in line]

    def screenshot(self, address: str, width: int, height: int) -> list[bytes]:
        """The rows of pixels, three bytes each."""
        target = self._folder / "page.png"
        self.run(address, f"--screenshot={target}", f"--window-size={width},{height}")
        return pixels(target.read_bytes())


def pixels(png: bytes) -> list[bytes]:
    """The rows of a picture in the one layout that Chromium writes: eight bits, RGB or RGBA."""
    chunks, at = [], 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        chunks.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += 12 + length
    head = next(data for kind, data in chunks if kind == b"IHDR")
    width, size = int.from_bytes(head[:4]), {2: 3, 6: 4}[head[9]]
    data = zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT"))
    rows, before = [], bytes(width * size)
    for start in range(0, len(data), width * size + 1):
        before = _unfiltered(data[start], data[start + 1 : start + 1 + width * size], before, size)
        rows.append(before)
    return [b"".join(row[at : at + 3] for at in range(0, len(row), size)) for row in rows]


def _unfiltered(kind: int, row: bytes, before: bytes, size: int) -> bytes:
    done = bytearray(row)
    for at, value in enumerate(row):
        left = done[at - size] if at >= size else 0
        corner = before[at - size] if at >= size else 0
        guess = left + before[at] - corner
        paeth = min((left, before[at], corner), key=lambda one: abs(guess - one))
        done[at] = (value + (0, left, before[at], (left + before[at]) // 2, paeth)[kind]) % 256
    return bytes(done)


@pytest.fixture
def browser(chromium: str, tmp_path: Path) -> Browser:
    return Browser(chromium, tmp_path)


@pytest.fixture
def rates(here: Path) -> Path:
    return planted_rates(here / "planted.json", "VAT")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """The folder, served on loopback, and every request that came."""
    asked: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(tmp_path))

        def log_message(self, *_: object) -> None:
            asked.append(self.path)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


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
