"""Place of supply: the table, the page and the document say which rule decided, and its code."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli import RATES, command, invoice

RULE = "exempt intra-Community supply of goods to a business (Article 138(1), Council Directive 2006/112/EC)"
BUSINESS: dict[str, Any] = {
    "merchant": {"address": {"country": "DE"}},
    "customer": {"address": {"country": "FR"}, "taxIds": [{"type": "vat", "value": "FR40303265045"}]},
    "sourcing": "auto",
    "line": {"kind": "goods"},
}


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """An invoice to a business, and rates."""
    (tmp_path / "invoice.json").write_text(json.dumps(invoice(**BUSINESS)))
    (tmp_path / "rates.json").write_text(json.dumps(RATES))
    return [str(tmp_path / "invoice.json"), "--rates", str(tmp_path / "rates.json"), "--explain"]


def test_a_table_says_the_code_and_the_rule(files: list[str]) -> None:
    told = command("calculate", *files, "--format", "table").out.decode()
    assert "reverse charge (VAT category K)" in told
    assert f"rule: {RULE}; VAT category K" in told
    assert "not verified (VIES" in told


def test_a_page_says_the_code_and_the_rule(files: list[str]) -> None:
    told = html.unescape(command("calculate", *files, "--format", "html").out.decode())
    assert "reverse charge (VAT category K)" in told
    assert RULE in told


def test_a_document_has_the_codes_and_reads_back_with_them(files: list[str]) -> None:
    from taxengine.documents import read_calculation, write

    document = command("calculate", *files, "--format", "json").json()
    row = document["taxes"][0]
    assert (row["vatCategoryCode"], row["vatexCode"]) == ("K", "VATEX-EU-IC")
    again = json.loads(write(read_calculation(document)))
    assert again["taxes"] == document["taxes"]
    assert again["lines"] == document["lines"]
