"""Page: one html file that needs nothing else, says what a bookkeeper asks, and runs nothing it is told."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from taxengine.cli import page as module
from taxengine.cli.page import Page
from taxengine.core.errors import InvariantBroken
from tests.cli import RATES, command, invoice, rate

VOID = frozenset({"meta", "br", "link", "img", "input", "hr", "base", "embed", "source"})
PLANTED = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "</title><h1>x</h1>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- comment",
    "--><b>",
    "]]>",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "{{ 7*7 }} {% for x in y %} {# c #}",
    "<svg/onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<plaintext>",
    "\u202eevil\u202c \u2066x\u2069",
    "a\u2028b\u2029c\u0085d",
    "x\x1b[2Jy\x7f\x9b",
    "<bdo dir=rtl>x</bdo>",
    "\ufeff\u200bhidden",
    "ＬＯＮＧ" * 20,
]


class Nodes(HTMLParser):
    """The elements with their attributes, the text, and whether the tags match."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.odd: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.odd += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(sorted(name for name, _ in attrs))))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.odd.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.odd.append(f"comment {data}")

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.texts))


def page(rates: Path, *documents: Any) -> str:
    done = command("calculate", "-", "--rates", rates, "--format", "html", given=list(documents))
    assert done.out.endswith(b"</html>\n")
    return done.out.decode()


def full(text: str = "Text") -> dict[str, Any]:
    """An invoice in which everything that a person may write is `text`."""
    address = {"line1": text, "line2": text, "city": text, "country": "DE"}
    return invoice(
        f"id {text}",
        merchant={"name": text, "address": address, "taxIds": [{"type": text, "value": text}]},
        customer={"id": text, "name": text, "address": address, "taxIds": [{"type": text, "value": text}]},
        line={
            "id": text,
            "amount": None,
            "unitPrice": "19.99",
            "quantity": "3",
            "description": text,
            "product": f"{text}.",
            "discounts": [{"percent": "10", "description": text}],
            "charges": [{"amount": "1.00", "description": text}],
        },
        charges=[{"amount": "5.00", "description": text}],
        discounts=[{"percent": "3", "description": text}, {"amount": "1", "taxCategory": "books"}],
        payments=[{"amount": "10.00"}],
        meta={"note": text},
    )


def planted_rates(path: Path, text: str) -> Path:
    own = {"id": f"x{text}", "displayName": text, "name": "SECRET", "taxCategories": ["books", text]}
    other = {"id": f"y{text}", "displayName": text, "taxCategories": ["other"], "name": "SECRET"}
    path.write_text(json.dumps([RATES[0] | own, RATES[0] | other, rate("at", "AT", "0.2")]))
    return path


def test_the_page_says_who_what_how_much_and_why(rates: Path) -> None:
    nodes = Nodes(page(rates, full()))
    assert nodes.odd == []
    for told in (
        "Invoice id Text",
        "Tax date 1 March 2026",
        "amounts in EUR",
        "Germany",
        "3 × 19.99",
        "− 10 %",
        "+ 1.00 Text 54.97 − 1.65 discount",
        "VAT 19 %",
        "Charge 1",
        "Discount 2",
        "Paid",
        "−10.00",
        "Payable",
        "How each figure came about",
        "Each tax of each line is rounded by itself: half up.",
        "DE, the customer’s address",
        "Rates that apply : VAT (de-19)",
        "× 0.19 =",
        "rounded half up",
        "Spread Discount 1 (Text): 1.65 (3 % of 54.97) over the lines by amount;",
        "allocated: 1.65 to line Text.",
        "Calculated by taxengine",
        "sha256:",
    ):
        assert told in nodes.text, told


def test_a_name_that_customers_are_not_to_see_is_never_on_the_page(rates: Path) -> None:
    named = RATES[0] | {"name": "SECRET", "displayName": "Umsatzsteuer"}
    unnamed = rate("de-7", "DE", "0.07") | {"name": "SECRET", "taxCategories": ["food"]}
    rates.write_text(json.dumps([named, unnamed]))
    shown = page(rates, invoice(), invoice(line={"taxRates": ["de-19", "de-7"]}), invoice(country="AT"))
    assert "SECRET" not in shown
    assert "Umsatzsteuer" in shown


def test_the_page_loads_nothing_and_allows_nothing(rates: Path) -> None:
    shown = page(rates, full())
    assert re.findall(r"""\b(?:src|href|action|srcset|data|style|on\w+)=["']?(?!#)""", shown) == []
    assert (
        re.findall(r"(?i)@import|url\(|https?:|<script|<link|<img|<iframe|<object|<form|<base", shown) == []
    )
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', shown)
    (style,) = re.findall(r"<style>(.*?)</style>", shown, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize("text", PLANTED, ids=ascii)
def test_a_planted_name_adds_no_node_and_shows_as_it_is(here: Path, text: str) -> None:
    """The same elements and attributes as with a harmless name, and the name as text."""
    harmless = Nodes(page(planted_rates(here / "a.json", "Text"), full(), {"id": "Text", "Text": 1}))
    nodes = Nodes(page(planted_rates(here / "b.json", text), full(text), {"id": text, text: 1}))
    assert nodes.elements == harmless.elements
    assert nodes.odd == []
    hidden = "\u202e\u2066\u2028\u200b\ufeff\x1b\x7f\x85\x9b"
    assert not set(hidden) & set(nodes.text)
    if text.isascii() and text.isprintable():
        assert nodes.text.count(re.sub(r"\s+", " ", text)) > 10
    assert "SECRET" not in nodes.text


def test_a_refused_invoice_is_shown_with_its_problems(rates: Path) -> None:
    nodes = Nodes(page(rates, invoice("bad", country="FR", line={"taxCatgory": "x"}, currency="XXX")))
    assert nodes.odd == []
    for told in (
        "Invoice bad was refused",
        "The document is invalid: standard input:1",
        "2 problems",
        "lines[0].taxCatgory: unknown field, did you mean taxCategory?",
        "unknownCurrency",
    ):
        assert told in nodes.text
    one = Nodes(page(rates, invoice("bad", country="FR"))).text
    for told in (
        "Some tax is undetermined:",
        "1 problem",
        "expected a rate for FR",
        "add a rate with country FR",
    ):
        assert told in one
    assert "A document was refused" in Nodes(page(rates, {"no": "id"})).text


def test_a_page_of_several_lists_them_first(rates: Path) -> None:
    nodes = Nodes(
        page(rates, invoice("a", customer={"name": "Anna", "address": {"country": "DE"}}), {"id": "b"})
    )
    listed = nodes.text.split("Invoice a", 1)[0]
    for told in ("2 invoices", "1 calculated", "1 refused", "Anna", "EUR 119.00"):
        assert told in listed
    assert sorted(re.findall(r'(?:id|href)="#?(invoice-\d)"', page(rates, invoice("a"), {"id": "b"}))) == [
        "invoice-1", "invoice-1", "invoice-2", "invoice-2",
    ]  # fmt: skip


def test_a_page_of_none_says_so(rates: Path) -> None:
    done = command("calculate", "-", "--rates", rates, "--format", "html", given=b"[]")
    assert "0 invoices" in Nodes(done.out.decode()).text


def test_warnings_and_states_are_visible(rates: Path) -> None:
    behavior = Nodes(page(rates, invoice(line={"taxBehavior": "inclusive"})))
    assert "Worth a look Line 1: the price is inclusive" in behavior.text
    exempt = Nodes(page(rates, invoice(customer={"taxStatus": "exempt"}, kind="creditNote")))
    for told in (
        "Credit note inv_1",
        "exempt from tax",
        "No tax: customer exempt.",
        "Tax : none, customer exempt",
    ):
        assert told in exempt.text


def test_inclusive_mixed_withheld_and_fixed_taxes_say_what_they_are(rates: Path) -> None:
    rates.write_text(json.dumps([
        rate("open", "DE", "0.19") | {"inclusive": None},
        rate("kept", "DE", "0.10") | {"type": "withholding", "withheld": True, "taxCategories": ["x"]},
        rate("bag", "DE", "0") | {"type": "excise", "percentageDecimal": None, "amountPerUnit": "0.25"},
    ]))  # fmt: skip
    lines = [
        {"id": "1", "amount": "10.00", "taxRates": ["open"], "taxBehavior": "inclusive"},
        {"id": "2", "amount": "10.00", "taxRates": ["open", "bag"], "taxBehavior": "exclusive"},
        {"id": "3", "amount": "10.00", "taxRates": ["kept"]},
    ]
    shown = Nodes(page(rates, invoice(lines=lines))).text
    for told in (
        "VAT 19 % incl.",
        "partly inside the price",
        "Excise 0.25 per unit",
        "withheld by the customer",
        "Withheld by the customer",
        "the tax is rounded and the net is the rest",
        "Net : 10.00 − 1.60 = 8.40",
        "Rates named on the invoice",
    ):
        assert told in shown
    inside = Nodes(page(rates, invoice(lines=lines[:1], policy="en16931"))).text
    assert ", inside the price" in inside
    assert "(Rounding policy en16931.)" in inside


def test_what_is_rounded_together_is_told_together(rates: Path) -> None:
    lines = [
        {"id": str(at), "quantity": "0.5", "unitPrice": "0.33", "taxCategory": "books"} for at in range(3)
    ]
    policy = {"rounding": {"level": "tax"}, "lineAmounts": "exact"}
    shown = Nodes(page(rates, invoice(lines=lines, policy=policy))).text
    for told in (
        "Rounded together",
        "together: 0.09405, rounded half up: 0.09",
        "carried on exactly",
    ):
        assert told in shown


def test_a_long_invoice_is_folded_and_a_short_one_open(rates: Path) -> None:
    lines = [{"id": str(number), "amount": "1", "taxCategory": "books"} for number in range(13)]
    assert "<details open>" in page(rates, invoice())
    assert "<details open>" not in page(rates, invoice(lines=lines))


def test_a_long_page_goes_through_a_temporary_file(rates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [invoice(str(number)) for number in range(20)]
    whole = page(rates, *documents)
    monkeypatch.setattr(module, "IN_MEMORY", 1000)
    assert page(rates, *documents) == whole


def test_a_page_without_explanations_is_a_bug(rates: Path) -> None:
    with pytest.raises(InvariantBroken):
        Page().calculated(None, None, None)  # type: ignore[arg-type]  # neither is looked at
