"""Place of supply: each rule of the VAT Directive, with its article, and nothing decided by a guess."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import NamedTuple, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core.adjustments import Charge, Discount
from taxengine.core.calculation import calculate
from taxengine.core.determination import Determination, Unresolved
from taxengine.core.explain import explain
from taxengine.core.invoice import Invoice, Line, LineKind, Sourcing
from taxengine.core.matching import determine, trace
from taxengine.core.parties import Customer, Merchant, Registration, Scheme, TaxId
from taxengine.core.place import Address, in_eu_vat
from taxengine.core.place_of_supply import of_union
from taxengine.core.policy import Policy, Rounding
from taxengine.core.rates import TaxRate
from taxengine.core.table import RateTable
from taxengine.core.tables.countries import EU_VAT
from taxengine.core.tables.origin_states import ORIGIN_STATES
from taxengine.core.vat_codes import vat_codes
from taxengine.core.vat_ids import VatIds, vat_ids

DAY = date(2026, 3, 1)
KINDS: tuple[LineKind, ...] = ("goods", "service", "digital", "shipping")
MEMBERS = sorted(country for country in EU_VAT if in_eu_vat(country, DAY))
EU, UNTAXED = "Council Directive 2006/112/EC", {"reverseCharge", "zeroRated", "outsideScope"}


def vat(country: str, **fields: object) -> TaxRate:
    given = {"type": "valueAddedTax", "percentage_decimal": "0.2", "inclusive": False}
    return TaxRate(id=country.lower(), country=country, **{**given, **fields})  # type: ignore[arg-type]


TABLE = RateTable(
    [
        *(vat(country) for country in sorted({*MEMBERS, "GB", "CH", "AX", "GP", "RE"})),
        vat("IC", type="igic", percentage_decimal="0.07"),
        TaxRate(id="us", country="US", type="salesTax", percentage_decimal="0.05", inclusive=False),
    ]
)


def at(text: str | None) -> Address | None:
    """`DE`, `GB-NIR`, `DE 78266`."""
    if text is None:
        return None
    country, state = text[:2], text[3:] if text[2:3] == "-" else None
    return Address(country=country, state=state, postal_code=text[3:] if text[2:3] == " " else None)


def registrations(text: str | None) -> list[Registration] | None:
    """`DE, GB-NIR, oss`: none, several, or schemes."""
    if text is None:
        return None
    found = []
    for one in text.split(", "):
        scheme = one if one in get_args(Scheme) else None
        country, _, state = ("IE" if scheme else one).partition("-")
        scheme, state = ("oss", "") if state == "oss" else (scheme, state)
        found.append(Registration(country=country, state=state or None, scheme=scheme))  # type: ignore[arg-type]
    return found


class Got(NamedTuple):
    """What became of a line: its rate, its reason, the codes of EN 16931; or the code of its problem."""

    rate: str | None
    reason: str
    category: str | None = None
    vatex: str | None = None


def invoice(
    by: str | None,
    to: str | None,
    kind: LineKind | None,
    *,
    registered: str | None = None,
    ids: tuple[str, ...] = (),
    on: date = DAY,
    sourcing: Sourcing | None = "auto",
    **fields: object,
) -> Invoice:
    lines = fields.pop("lines", None) or [Line(id="1", amount="100", tax_category="x", kind=kind)]
    numbers = [TaxId(type="ein" if one[0].isdigit() else "vat", value=one) for one in ids]
    return Invoice(
        id="i",
        currency="EUR",
        tax_date=on,
        sourcing=sourcing,
        merchant=Merchant(address=at(by), registrations=registrations(registered)),
        customer=Customer(address=at(to), tax_ids=numbers),
        lines=lines,  # type: ignore[arg-type]
        **fields,  # type: ignore[arg-type]
    )


def outcome_of(determination: Determination, index: int = 0) -> Got:
    outcome = determination.lines[index]
    if isinstance(outcome, Unresolved):
        return Got(None, outcome.problems[0].code)
    rows = outcome.stack.rates
    codes = vat_codes(rows[0]) if rows else (None, None)
    return Got(rows[0].id if rows else None, outcome.reason.value, *codes)


def sold(by: str | None, to: str | None, kind: LineKind | None, **fields: object) -> Got:
    return outcome_of(determine(invoice(by, to, kind, **fields), TABLE))  # type: ignore[arg-type]


def taxed(country: str) -> Got:
    return Got(country.lower(), "standardRated", "S")


NEEDED = Got(None, "placeOfSupplyNeeded")
K = Got(None, "reverseCharge", "K", "VATEX-EU-IC")
AE = Got(None, "reverseCharge", "AE", "VATEX-EU-AE")
G = Got(None, "zeroRated", "G", "VATEX-EU-G")
OUT = Got(None, "outsideScope", "O", "VATEX-EU-O")
EXPORT = Got(None, "zeroRated", "G")
SCOPE = Got(None, "outsideScope", "O")
ACT = "Value Added Tax Act 1994"
IGIC = Got("ic", "standardRated", "L")

# (the law, from, to, kind, what is stated, what comes of it). Articles are of Directive 2006/112/EC, as
# consolidated; EUR-Lex 02006L0112.
CASES = [
    # goods within the EU
    ("Articles 32 and 59c", "DE", "FR", "goods", {}, taxed("DE")),
    ("Articles 32 and 59c", "DE", "FR", "goods", {"registered": "DE"}, taxed("DE")),
    ("Article 33(a)", "DE", "FR", "goods", {"registered": "DE, FR"}, taxed("FR")),
    ("Article 33(a)", "DE", "FR", "goods", {"registered": "DE, oss"}, taxed("FR")),
    ("Article 34", "DE", "FR", "goods", {"registered": "DE, oss", "on": date(2021, 6, 30)}, taxed("DE")),
    ("Article 33(a)", "DE", "FR", "goods", {"registered": "DE, oss", "on": date(2021, 7, 1)}, taxed("FR")),
    ("Article 33", "DE", "FR", "goods", {"registered": "DE, FR", "on": date(2021, 6, 30)}, taxed("FR")),
    ("Article 138(1)", "DE", "FR", "goods", {"registered": "DE", "ids": ("FR12345678901",)}, K),
    ("Article 138(1)", "DE", "FR", "goods", {"registered": "DE, oss", "ids": ("NL123456789B01",)}, K),
    ("Article 138(1)", "DE", "GR", "shipping", {"ids": ("EL123456789",)}, K),
    ("Articles 32 and 138(1)(b)", "DE", "FR", "goods", {"ids": ("DE123456789",)}, taxed("DE")),
    ("Article 33(a)", "DE", "MC", "goods", {"registered": "DE, oss"}, taxed("FR")),
    ("Article 33(a)", "DE", "PT 9500", "goods", {"registered": "DE, oss"}, taxed("PT")),
    # services within the EU
    ("Article 45", "DE", "FR", "service", {"registered": "DE, FR, oss"}, taxed("DE")),
    ("Articles 44 and 196", "DE", "FR", "service", {"registered": "DE", "ids": ("FR12345678901",)}, AE),
    ("Articles 44 and 196", "DE", "FR", "digital", {"registered": "DE", "ids": ("FR12345678901",)}, AE),
    ("Articles 45 and 59c", "DE", "FR", "digital", {"registered": "DE"}, taxed("DE")),
    ("Article 58", "DE", "FR", "digital", {"registered": "DE, oss"}, taxed("FR")),
    ("Article 58(2)", "DE", "FR", "digital", {"on": date(2019, 1, 1)}, taxed("DE")),
    ("Article 58", "DE", "FR", "digital", {"on": date(2018, 12, 31)}, taxed("FR")),
    # out of the EU
    ("Article 146(1)", "DE", "CH", "goods", {"registered": "DE"}, G),
    ("Article 146(1)", "DE", "US", "shipping", {}, G),
    ("Article 146(1)", "DE", "CH", "goods", {"ids": ("1-2",)}, G),
    ("registered", "DE", "CH", "goods", {"registered": "DE, CH"}, taxed("CH")),
    ("Article 45", "DE", "CH", "service", {"registered": "DE"}, taxed("DE")),
    ("Article 44", "DE", "CH", "service", {"registered": "DE", "ids": ("CHE-123",)}, OUT),
    ("Article 44", "DE", "US", "digital", {"ids": ("12-3456789",)}, OUT),
    ("Article 58", "DE", "US", "digital", {"registered": "DE"}, OUT),
    ("Article 44", "DE", "CH", "service", {"registered": "DE, CH", "ids": ("CHE-123",)}, taxed("CH")),
    ("Article 58", "DE", "CH", "digital", {"registered": "DE, CH"}, taxed("CH")),
    # into the EU
    ("Article 32", "US", "FR", "goods", {"registered": "FR"}, taxed("FR")),
    ("Article 33(c)", "CH", "FR", "goods", {"registered": "ioss"}, taxed("FR")),
    ("Article 33(c)", "CH", "FR", "goods", {"registered": "ioss", "on": date(2021, 6, 30)}, NEEDED),
    ("Article 33(c)", "US", "FR", "goods", {"registered": "oss"}, NEEDED),
    ("Article 32", "US", "FR", "goods", {}, NEEDED),
    ("Article 369b", "US", "FR", "goods", {"registered": "FR-oss"}, NEEDED),
    ("Article 33(c)", "CH", "FR", "goods", {"registered": "ioss", "ids": ("FR12345678901",)}, NEEDED),
    ("Articles 44 and 196", "US", "FR", "service", {"ids": ("FR12345678901",)}, AE),
    ("Articles 44 and 196", "CH", "FR", "digital", {"ids": ("FR12345678901",), "registered": "CH"}, AE),
    ("Article 58", "US", "FR", "digital", {"registered": "oss"}, taxed("FR")),
    ("Article 58", "US", "FR", "digital", {"registered": "nonUnionOss"}, taxed("FR")),
    ("Articles 45 and 59c", "DE", "FR", "digital", {"registered": "DE, nonUnionOss"}, taxed("DE")),
    ("Article 58", "US", "FR", "digital", {}, taxed("FR")),
    ("Article 58", "US", "FR", "digital", {"registered": "US"}, NEEDED),
    ("Article 45", "US", "FR", "service", {"registered": "US"}, NEEDED),
    # out of Great Britain, by its own law
    (f"{ACT}, section 30(6)", "GB", "US", "goods", {"registered": "GB"}, EXPORT),
    (f"{ACT}, section 30(6)", "GB", "CH", "goods", {}, EXPORT),
    (f"{ACT}, section 30(6)", "GB", "FR", "goods", {"registered": "GB"}, EXPORT),
    (f"{ACT}, section 30(6)", "GB", "FR", "shipping", {"ids": ("FR12345678901",)}, EXPORT),
    (f"{ACT}, section 30(6)", "IM", "JE", "goods", {"registered": "GB"}, EXPORT),
    ("registered", "GB", "CH", "goods", {"registered": "GB, CH"}, taxed("CH")),
    ("Article 32", "GB", "FR", "goods", {"registered": "GB, FR"}, taxed("FR")),
    ("Article 33(c)", "GB", "FR", "goods", {"registered": "GB, ioss"}, taxed("FR")),
    (f"{ACT}, section 7A(2)(b)", "GB", "FR", "service", {"registered": "GB"}, taxed("GB")),
    (f"{ACT}, section 7A(2)(b)", "GB", "US", "service", {"registered": "GB"}, taxed("GB")),
    (f"{ACT}, section 7A(2)(b)", "GB-NIR", "US", "service", {"registered": "GB"}, taxed("GB")),
    (f"{ACT}, section 7A(2)(b)", "GB", "US", "service", {"registered": "US"}, NEEDED),
    (f"{ACT}, section 7A(2)(a)", "GB", "US", "service", {"ids": ("12-3456789",)}, SCOPE),
    (f"{ACT}, section 7A(2)(a)", "GB", "CH", "digital", {"ids": ("CHE-123",), "registered": "GB"}, SCOPE),
    (f"{ACT}, section 7A(2)(a)", "GB", "CH", "service", {"ids": ("1-2",), "registered": "CH"}, taxed("CH")),
    (f"{ACT}, Schedule 4A", "GB", "US", "digital", {"registered": "GB"}, SCOPE),
    (f"{ACT}, Schedule 4A", "GB", "CH", "digital", {"registered": "GB, CH"}, taxed("CH")),
    ("kind", "GB", "US", None, {"registered": "GB"}, NEEDED),
    # Great Britain and Northern Ireland
    ("Article 146(1)", "DE", "GB", "goods", {"registered": "DE"}, G),
    ("Article 34", "DE", "GB", "goods", {"on": date(2020, 12, 31)}, taxed("DE")),
    ("Article 138(1)", "DE", "GB", "goods", {"on": date(2020, 12, 31), "ids": ("GB123456789",)}, K),
    ("Protocol, article 8", "DE", "GB-NIR", "goods", {"registered": "DE"}, taxed("DE")),
    ("Protocol, article 8", "DE", "GB BT1 5GS", "goods", {"registered": "DE, oss"}, taxed("GB")),
    ("Protocol, article 8", "DE", "GB-NIR", "goods", {"registered": "DE", "ids": ("XI123456789",)}, K),
    ("Protocol, article 8", "DE", "GB-NIR", "goods", {"ids": ("GB123456789",)}, NEEDED),
    ("Protocol, article 8", "GB-NIR", "FR", "goods", {"registered": "GB"}, taxed("GB")),
    ("Protocol, article 8", "GB-NIR", "FR", "goods", {"ids": ("FR12345678901",), "registered": "GB"}, K),
    ("Protocol, article 8", "GB-NIR", "US", "goods", {"registered": "GB"}, G),
    ("Protocol, article 8", "US", "GB-NIR", "goods", {}, NEEDED),
    ("Article 45", "DE", "GB-NIR", "service", {"registered": "DE"}, taxed("DE")),
    ("Article 44", "DE", "GB-NIR", "service", {"ids": ("XI123456789",)}, OUT),
    ("outside", "CH", "GB-NIR", "digital", {"registered": "GB"}, taxed("GB")),
    ("outside", "CH", "GB-NIR", "digital", {}, NEEDED),
    ("within", "GB", "GB-NIR", "goods", {"registered": "GB"}, taxed("GB")),
    ("Articles 44 and 196", "GB", "DE", "service", {"ids": ("XI123456789",)}, NEEDED),
    # territories: articles 6 and 7
    ("Article 146(1)", "ES", "IC", "goods", {"registered": "ES"}, G),
    ("Article 146(1)", "DE", "ES 35001", "goods", {}, G),
    ("Article 146(1)", "DE", "DE 78266", "goods", {}, G),
    ("Article 146(1)", "FI", "AX", "goods", {}, G),
    ("Article 146(1)", "FR", "FR 97110", "goods", {}, G),
    ("Article 58", "ES", "ES-CN", "digital", {"registered": "ES"}, OUT),
    ("registered", "ES", "ES-CN", "digital", {"registered": "ES, ES-CN"}, IGIC),
    ("Article 45", "ES", "ES-CN", "service", {"registered": "ES"}, taxed("ES")),
    ("Article 44", "ES", "ES-CN", "service", {"ids": ("ESB12345678",)}, OUT),
    ("within", "IC", "ES-GC", "goods", {}, IGIC),
    ("Article 146(1)", "FR", "RE", "goods", {"registered": "FR"}, G),
    ("registered", "FR", "RE", "goods", {"registered": "FR, RE"}, taxed("RE")),
    ("Article 58", "FR", "RE", "digital", {"registered": "FR"}, taxed("RE")),
    ("Article 44", "FR", "FR 97110", "service", {"registered": "FR", "ids": ("12-3",)}, taxed("GP")),
    ("within", "RE", "RE", "service", {"registered": "FR"}, taxed("RE")),
    ("Article 58", "FI", "AX", "digital", {"registered": "FI"}, taxed("AX")),
    ("Article 58", "FR", "GF", "digital", {"registered": "FR"}, OUT),
    ("Article 32", "IC", "ES", "goods", {}, NEEDED),
    ("Articles 44 and 196", "IC", "ES", "service", {"ids": ("ESB12345678",)}, AE),
    # elsewhere
    ("within", "DE", "DE", None, {}, taxed("DE")),
    ("within", "DE", "DE", "goods", {"ids": ("DE123456789",)}, taxed("DE")),
    ("where the customer is", "US", "CH", "goods", {"registered": "US, CH"}, taxed("CH")),
    ("where the customer is", "CH", "US-CA", "service", {"registered": "US"}, Got("us", "standardRated")),
    ("no rule of here", "US", "CH", "goods", {}, NEEDED),
    ("no rule of here", "US", "CH", None, {"registered": "US"}, NEEDED),
    ("no rule of here", "CH", "GB", "digital", {"registered": "CH"}, NEEDED),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]} to {case[2]}, {case[3]}: {case[0]}")
def test_each_case_is_taxed_as_its_article_says(
    case: tuple[str, str, str, LineKind, dict[str, object], Got],
) -> None:
    law, by, to, kind, stated, expected = case
    determination = determine(invoice(by, to, kind, **stated), TABLE)  # type: ignore[arg-type]
    assert outcome_of(determination) == expected
    if expected != NEEDED and law[0] in "AV":
        (rule,) = [one for one in trace(determination, 0) if one.kind == "rule"]
        assert law in rule.text


BELOW = (
    "distance sale of goods below the threshold: at the origin, since no registration of FR nor scheme oss"
)
BELOW += " is stated"


def test_the_explanation_says_which_rule_decided_and_the_code() -> None:
    business = invoice("DE", "FR", "goods", ids=("FR12345678901",))
    text = f"exempt intra-Community supply of goods to a business (Article 138(1), {EU})"
    story = str(explain(calculate(business, TABLE)))
    assert f"  rule: {text}; VAT category K\n" in story
    told = [one.text for one in trace(determine(invoice("DE", "FR", "goods"), TABLE), 0)]
    assert told[:3] == [
        "place: DE, from merchant.address",
        f"rule: {BELOW} (Articles 32 and 59c, {EU})",
        "de: taken",
    ]


def test_what_rests_on_a_tax_id_says_that_nobody_has_verified_it_and_the_invoice_gets_its_words_once() -> (
    None
):
    lines = [Line(id=str(index), amount="1", tax_category="x", kind="service") for index in range(3)]
    of = calculate(invoice("DE", "FR", None, ids=("FR12345678901",), lines=lines), TABLE)
    assert [(one.code, one.path) for one in of.warnings] == [
        ("reverseChargeNote", "customer.taxIds"),
        ("taxIdNotVerified", "customer.taxIds"),
    ]
    assert of.warnings[0].message == (
        f"Service to a business of a member state: reverse charge (Articles 44 and 196, {EU})"
    )
    assert "not verified (VIES" in of.warnings[1].message
    assert [(row.taxable, row.tax) for row in of.taxes] == [(3, 0)]
    export = calculate(invoice("DE", "US", "goods"), TABLE)
    assert [(one.code, one.message) for one in export.warnings] == [
        ("exportNote", f"Export of goods (Article 146(1), {EU})")
    ]


@pytest.mark.parametrize(
    ("by", "to", "doubtful"),
    [
        ("DE", "GB", True),
        ("GB", "FR", True),
        ("GB", "US", False),
        ("DE", "GB E1 6AN", False),
        ("GB-SCT", "FR", False),
        ("DE", "CH", False),
    ],
)
def test_an_address_that_may_be_in_northern_ireland_is_no_export_without_a_warning(
    by: str, to: str, doubtful: bool
) -> None:
    of = determine(invoice(by, to, "goods"), TABLE)
    assert outcome_of(of).category == "G"
    assert ([one.path for one in of.warnings if one.code == "incompleteAddress"] == ["lines[0]"]) is doubtful


def test_northern_ireland_is_known_by_its_districts() -> None:
    for code in ["NIR", "ABC", "AND", "ANN", "BFS", "CCG", "DRS", "FMO", "LBC", "MEA", "MUL", "NMD"]:
        assert Address(country="GB", state=code).place.state == "NIR"
        assert sold("DE", f"GB-{code}", "goods", ids=("XI123456789",)) == K


def test_the_row_of_a_sale_that_is_not_taxed_is_of_the_country_whose_rule_it_is() -> None:
    for to, ids, country in (("FR", ("FR12345678901",), "FR"), ("US", (), "DE")):
        (row,) = calculate(invoice("DE", to, "goods", ids=ids), TABLE).taxes
        shown = row.to_dict()
        assert (shown["country"], shown["percentageDecimal"], shown["tax"]) == (country, "0", "0.00")
        assert shown["taxRate"] is None


def test_goods_and_services_on_one_invoice_go_by_their_own_rules_and_rows() -> None:
    lines = [
        Line(id="1", amount="10", tax_category="x", kind="goods"),
        Line(id="2", amount="20", tax_category="x", kind="service"),
        Line(id="3", amount="30", tax_category="x", kind="shipping"),
    ]
    of = calculate(invoice("DE", "FR", None, ids=("FR12345678901",), lines=lines), TABLE)
    rows = [row.to_dict() for row in of.taxes]
    assert [(row["vatCategoryCode"], row["taxable"]) for row in rows] == [("K", "40.00"), ("AE", "20.00")]
    consumer = determine(invoice("DE", "FR", None, registered="DE, oss", lines=lines), TABLE)
    assert [outcome_of(consumer, index).rate for index in range(3)] == ["fr", "de", "fr"]


def test_a_line_without_a_kind_is_not_guessed_at_unless_every_kind_gives_the_same() -> None:
    assert sold("DE", "FR", None) == taxed("DE")
    assert sold("DE", "FR", None, registered="DE, oss") == NEEDED
    assert sold("DE", "FR", None, ids=("FR12345678901",)) == NEEDED
    assert sold("DE", "US", None) == NEEDED
    outcome = determine(invoice("DE", "US", None), TABLE).lines[0]
    assert isinstance(outcome, Unresolved)
    assert outcome.problems[0].hint == "state kind on the line: goods, service or digital"
    assert sold("IC", "DE", None, registered="IC") == NEEDED


def test_charges_and_discounts_that_are_taxed_by_themselves_are_part_of_what_is_sold() -> None:
    own = {
        "charges": [Charge(amount="5", strategy="own", tax_category="x")],
        "discounts": [Discount(amount="1", tax_category="x")],
    }
    goods = [Line(id=kind, amount="10", tax_category="x", kind=kind) for kind in ("goods", "shipping")]
    of = calculate(invoice("DE", "US", None, lines=goods, **own), TABLE)
    assert [row.to_dict()["vatCategoryCode"] for line in of.adjustments for row in line.taxes] == ["G", "G"]
    mixed = [Line(id=kind, amount="10", tax_category="x", kind=kind) for kind in ("goods", "service")]
    determination = determine(invoice("DE", "US", None, lines=mixed, **own), TABLE)
    assert all(isinstance(one, Unresolved) for one in (*determination.charges, *determination.discounts))


def carriage(*lines: Line, **fields: object) -> list[Got]:
    """What becomes of the lines, and of shipping after them."""
    shipping = Line(id="s", amount="5", tax_category="x", kind="shipping")
    of = determine(invoice("DE", "FR", None, lines=[*lines, shipping], **fields), TABLE)  # type: ignore[arg-type]
    return [outcome_of(of, index) for index in range(len(lines) + 1)]


def sent(kind: LineKind, to: str | None = None, by: str | None = None) -> Line:
    at_ids = f"{kind}{to}{by}"
    return Line(id=at_ids, amount="10", tax_category="x", kind=kind, ship_to=at(to), ship_from=at(by))


def test_shipping_goes_where_the_goods_go_and_by_their_rule() -> None:
    assert carriage(sent("goods", "CH"), sent("service")) == [G, taxed("DE"), G]
    assert carriage(sent("goods", "DE 10115"), sent("goods", "DE 80331")) == [taxed("DE")] * 3
    assert carriage(sent("goods", "CH"), sent("goods", "DE")) == [G, taxed("DE"), NEEDED]
    assert carriage(sent("goods", "US-CA"), sent("goods", "US-TX")) == [G, G, NEEDED]
    business = {"ids": ("FR12345678901",)}
    assert carriage(sent("service"), **business) == [AE, AE]
    assert carriage(**business) == [K]
    assert carriage(sent("service"), sent("digital"), registered="DE, oss")[2] == NEEDED
    own = determine(invoice("DE", "FR", None, lines=[sent("goods", "CH"), sent("shipping", "DE")]), TABLE)
    assert [outcome_of(own, index) for index in (0, 1)] == [G, taxed("DE")]
    told = [one.text for one in trace(determine(invoice("DE", "CH", "shipping"), TABLE), 0)]
    assert told[0] == "place: DE, from merchant.address"


def test_shipping_beside_other_lines_on_another_invoice_is_asked_about_again() -> None:
    for _ in range(2):
        assert carriage(sent("goods"), sourcing=None, registered="DE") == [taxed("DE")] * 2
        assert carriage(sent("goods"), sourcing=None, registered="DE", ids=("FR12345678901",)) == [K, K]
        assert carriage(sent("service"), sourcing=None, registered="DE", ids=("FR12345678901",)) == [AE, AE]
        several = carriage(sent("goods", "CH"), sent("goods"), sourcing=None, registered="DE, CH")
        assert several == [taxed("CH"), taxed("DE"), taxed("DE")]


def test_a_service_is_where_the_parties_are_and_not_where_its_line_is_sent() -> None:
    def of(line: Line, to: str | None = "FR") -> Got:
        return outcome_of(determine(invoice("DE", to, None, lines=[line], ids=("FR12345678901",)), TABLE))

    assert of(sent("service", "CH")) == of(sent("digital", "DE")) == of(sent("service", None, "US")) == AE
    assert of(sent("service", "FR"), None) == AE
    assert of(sent("service", "FR 75001", "DE 10115")) == AE
    assert of(sent("goods", "CH")) == G


ORIGIN = "add merchant.address, or a shipFrom on the line"
REGISTER = "add a registration of DE; or state the taxRates that apply"
CORRECT = "correct customer.taxIds; without any the customer is a consumer"
ABROAD = "add a registration of the destination; or state sourcing, or taxRates, [] for none"
IMPORT = "add a registration of the destination, or scheme ioss; where the customer does, taxRates []"


@pytest.mark.parametrize(
    ("by", "to", "stated", "code", "hint"),
    [
        ("DE", None, {}, "missingAddress", "add customer.address, or a shipTo on the line"),
        (None, "FR", {}, "missingAddress", ORIGIN),
        (None, "US", {"registered": "DE"}, "missingAddress", ORIGIN),
        (None, "US-TX", {}, "missingAddress", ORIGIN),
        ("DE", "FR", {"registered": "IT"}, "placeOfSupplyNeeded", REGISTER),
        ("DE", "US", {"registered": "IT"}, "placeOfSupplyNeeded", REGISTER),
        ("DE", "FR", {"registered": "IT", "ids": ("FR12345678901",)}, "placeOfSupplyNeeded", REGISTER),
        ("DE", "FR", {"ids": ("GB123456789",)}, "placeOfSupplyNeeded", CORRECT),
        ("DE", "FR", {"ids": ("FR",)}, "placeOfSupplyNeeded", CORRECT),
        ("US", "FR", {}, "placeOfSupplyNeeded", IMPORT),
        ("US", "CH", {}, "placeOfSupplyNeeded", ABROAD),
        (None, "US", {"registered": "GB"}, "missingAddress", ORIGIN),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(
    by: str | None, to: str | None, stated: dict[str, object], code: str, hint: str
) -> None:
    outcome = determine(invoice(by, to, "goods", **stated), TABLE).lines[0]  # type: ignore[arg-type]
    assert isinstance(outcome, Unresolved)
    assert [(one.code, one.path, one.hint) for one in outcome.problems] == [(code, "lines[0]", hint)]
    assert trace(determine(invoice(by, to, "goods", **stated), TABLE), 0) == []  # type: ignore[arg-type]


def test_a_service_to_a_customer_with_an_id_of_the_merchants_own_state_is_not_guessed_at() -> None:
    assert sold("DE", "FR", "service", ids=("DE123456789",)) == NEEDED
    assert sold("DE", "FR", "digital", ids=("DE123456789",)) == NEEDED


def test_a_merchant_who_is_nowhere_registered_is_not_asked() -> None:
    assert sold(None, "US", "goods") == Got("us", "standardRated")
    assert sold("DE", "FR", "goods") == taxed("DE")


STATED = "Reverse charge: the customer accounts for the tax, as stated"
OF_GOODS = f"Intra-Community supply of goods (Article 138(1), {EU})"
OF_SERVICES = f"Reverse charge: the customer accounts for the tax (Articles 44 and 196, {EU})"


@pytest.mark.parametrize(
    ("kind", "by", "to", "code", "words"),
    [
        ("goods", "DE", "FR", "K", OF_GOODS),
        ("shipping", "DE", "GB-NIR", "K", OF_GOODS),
        ("service", "DE", "FR", "AE", OF_SERVICES),
        ("digital", "US", "FR", "AE", OF_SERVICES),
        ("service", "DE", "GB-NIR", "AE", STATED),
        ("service", "DE", "DE", "AE", STATED),
        (None, "DE", "FR", "AE", STATED),
        ("goods", "DE", "DE", "AE", STATED),
        ("goods", None, "DE", "AE", STATED),
        ("goods", "DE", None, "AE", STATED),
        ("goods", "US", "DE", "AE", STATED),
        ("goods", "DE", "CH", None, STATED),
        ("goods", "CH", "AU", None, STATED),
    ],
)
def test_a_reverse_charge_that_is_stated_has_the_code_and_the_words_that_are_true_of_it(
    kind: LineKind | None, by: str | None, to: str | None, code: str | None, words: str
) -> None:
    of = Invoice(
        id="i",
        currency="EUR",
        tax_date=DAY,
        merchant=Merchant(address=at(by)),
        customer=Customer(address=at(to), tax_status="reverseCharge"),
        lines=[Line(id="1", amount="1", tax_category="x", kind=kind)],
    )
    determination = determine(of, TABLE)
    assert outcome_of(determination)[:3] == (None, "reverseCharge", code)
    assert [one.message for one in determination.warnings] == [words]


def test_with_the_default_sourcing_the_place_of_supply_decides_what_no_registration_does() -> None:
    stated: dict[str, object] = {"sourcing": None, "registered": "DE"}
    assert sold("DE", "FR", "goods", **stated) == taxed("DE")
    assert sold("DE", "FR", "service", **stated) == taxed("DE")
    assert sold("DE", "FR", "goods", ids=("FR12345678901",), **stated) == K
    assert sold("DE", "FR", "service", ids=("FR12345678901",), **stated) == AE
    assert sold("DE", "FR", None, ids=("FR12345678901",), **stated) == NEEDED
    assert sold("DE", "FR", "goods", sourcing=None, ids=("FR12345678901",)) == taxed("FR")


def ruled(*sale: object, **fields: object) -> str:
    of = determine(invoice(*sale, **fields), TABLE)  # type: ignore[arg-type]
    (rule,) = [one.text for one in trace(of, 0) if one.kind == "rule"]
    return rule


def test_with_the_default_sourcing_the_one_stop_shop_is_for_goods_and_digital_services_to_consumers() -> None:
    shop: dict[str, object] = {"sourcing": None, "registered": "DE, oss"}
    business: dict[str, object] = {**shop, "ids": ("FR12345678901",)}
    for kind, article in (("goods", "Article 33(a)"), ("digital", "Article 58"), (None, "scheme oss")):
        assert sold("DE", "FR", kind, **shop) == taxed("FR")
        assert article in ruled("DE", "FR", kind, **shop)
    assert sold("DE", "FR", "service", **shop) == taxed("DE")
    assert "Article 45" in ruled("DE", "FR", "service", **shop)
    assert [sold("DE", "FR", kind, **business) for kind in KINDS] == [K, AE, AE, K]
    assert sold("DE", "FR", None, **business) == NEEDED
    assert sold("DE", "FR", "goods", ids=("GB123456789",), **shop) == NEEDED


def test_with_the_default_sourcing_a_registration_of_the_destination_taxes_all_there() -> None:
    there: dict[str, object] = {"sourcing": None, "registered": "DE, FR"}
    assert {sold("DE", "FR", kind, **there) for kind in (*KINDS, None)} == {taxed("FR")}
    assert ruled("DE", "FR", "goods", **there).endswith(f"(Article 33(a), {EU})")
    assert ruled("DE", "FR", "service", **there) == "rule: registered in FR: where the customer is"
    assert sold("DE", "FR", "goods", ids=("FR12345678901",), **there) == taxed("FR")


def test_taxes_rounded_over_the_invoice_are_grouped_by_the_place_that_taxes() -> None:
    lines = [
        Line(id="1", amount="0.12", tax_category="x", kind="service"),
        Line(id="2", amount="0.12", tax_category="x", kind="goods"),
    ]
    policy = Policy(rounding=Rounding(level="invoice"))
    parted = calculate(invoice("DE", "FR", None, registered="DE, oss", lines=lines), TABLE, policy=policy)
    together = calculate(invoice("DE", "FR", None, registered="DE", lines=lines), TABLE, policy=policy)
    assert (str(parted.totals.tax), str(together.totals.tax)) == ("0.04", "0.05")


# ---- the United States, Canada, India ----


def american(by: str | None, to: str) -> str:
    sales_tax = {"type": "salesTax", "percentage_decimal": "0.08", "inclusive": False}
    rates = [
        TaxRate(id=code, country="US", jurisdiction=code, **sales_tax)  # type: ignore[arg-type]
        for code in ("78701", "75201", "94105", "90012")
    ]
    addresses = {
        "Austin": Address(country="US", state="TX", postal_code="78701"),
        "Dallas": Address(country="US", state="Texas", postal_code="75201"),
        "San Francisco": Address(country="US", state="CA", postal_code="94105"),
        "Los Angeles": Address(country="US", state="CA", postal_code="90012"),
        None: None,
    }
    of = Invoice(
        id="i",
        currency="USD",
        tax_date=DAY,
        sourcing="auto",
        merchant=Merchant(address=addresses[by]),
        customer=Customer(address=addresses[to]),
        lines=[Line(id="1", amount="1", tax_category="x")],
    )
    return str(outcome_of(determine(of, RateTable(rates))).rate)


def test_inside_a_state_that_sources_at_the_origin_the_origin_decides() -> None:
    """Texas Tax Code § 321.203; California's districts: 18 California Code of Regulations § 1823."""
    assert american("Austin", "Dallas") == "78701"
    assert american("San Francisco", "Dallas") == "75201"
    assert american("San Francisco", "Los Angeles") == "90012"
    assert american(None, "Los Angeles") == "90012"
    assert american(None, "Dallas") == "None"


def test_the_table_of_origin_states_names_what_says_so() -> None:
    assert set(ORIGIN_STATES) == {"AZ", "IL", "MO", "MS", "OH", "PA", "TN", "TX", "UT", "VA"}
    assert all(ORIGIN_STATES.values())


def test_canada_is_by_the_province_of_destination_and_india_by_the_state() -> None:
    """Excise Tax Act, Schedule IX; Integrated Goods and Services Tax Act 2017, sections 7, 8 and 10."""
    canada = [
        TaxRate(
            id="hst-on", country="CA", state="ON", type="hst", percentage_decimal="0.13", inclusive=False
        ),
        TaxRate(
            id="hst-ns", country="CA", state="NS", type="hst", percentage_decimal="0.14", inclusive=False
        ),
    ]
    of = invoice("CA-ON", "CA-NS", "goods")
    assert outcome_of(determine(of, RateTable(canada))).rate == "hst-ns"
    (rule,) = [one for one in trace(determine(of, RateTable(canada)), 0) if one.kind == "rule"]
    assert rule.text == "rule: where the customer is (Excise Tax Act, Schedule IX: the province)"
    halves = [
        TaxRate(
            id=kind, country="IN", type=kind, percentage_decimal="0.09", inclusive=False, when="intrastate"
        )
        for kind in ("cgst", "sgst")
    ]
    india = RateTable(
        [
            *halves,
            TaxRate(
                id="igst",
                country="IN",
                type="igst",
                percentage_decimal="0.18",
                inclusive=False,
                when="interstate",
            ),
        ]
    )
    for to, expected in (("IN-MH", ["cgst", "sgst"]), ("IN-KA", ["igst"])):
        determination = determine(invoice("IN-MH", to, "goods"), india)
        outcome = determination.lines[0]
        assert not isinstance(outcome, Unresolved)
        assert [one.id for one in outcome.stack.rates] == expected


# ---- VAT ids ----


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("vat", "DE123456789", VatIds(("DE",), None, True)),
        ("EU VAT", "el 123.456-789", VatIds(("GR",), None, True)),
        ("eu_vat", "ATU12345678", VatIds(("AT",), None, True)),
        ("vat", "XI123456789", VatIds(("XI",), None, True)),
        ("vat", "123456789", VatIds((), "123456789", True)),
        ("vat", "CHE123456789", VatIds((), "CHE123456789", True)),
        ("vat", "DEUTSCH", VatIds((), "DEUTSCH", True)),
        ("vat", "DE１２３４５６７８９", VatIds((), "DE１２３４５６７８９", True)),
        ("eori", "DE1234567", VatIds((), "DE1234567", True)),
        ("ein", "12-3456789", VatIds((), None, True)),
        ("private", "12-3456789", VatIds((), None, True)),
        ("PRIVATE", "12-3456789", VatIds((), None, True)),
        *(
            (kind, "DE123456789", VatIds(("DE",), None, True))
            for kind in (
                "vatId",
                "VATID",
                "euVat",
                "EUVAT",
                "customerVAT",
                "valueAddedTax",
                "value added tax",
            )
        ),
    ],
)
def test_a_vat_id_is_known_by_its_type_and_its_prefix(kind: str, value: str, expected: VatIds) -> None:
    assert vat_ids([TaxId(type=kind, value=value)]) == expected


def test_vat_ids_of_several_states_are_put_together() -> None:
    ids = [TaxId(type="vat", value=value) for value in ("FR12345678901", "DE123456789", "FR12345678902", "?")]
    assert vat_ids(ids) == VatIds(("DE", "FR"), "?", True)
    assert vat_ids([]) == VatIds()


# ---- properties ----


@pytest.mark.parametrize("by", MEMBERS)
def test_every_pair_of_member_states_goes_by_the_same_rules(by: str) -> None:
    for to, kind, above, business in product(MEMBERS, KINDS, (True, False), (True, False)):
        prefix = "EL" if to == "GR" else to
        ids = (f"{prefix}123456789",) if business else ()
        got = sold(by, to, kind, registered=f"{by}, oss" if above else by, ids=ids)
        expected = taxed(to if above and kind != "service" else by)
        if by != to and business:
            expected = K if kind in ("goods", "shipping") else AE
        assert got == (taxed(by) if by == to else expected), (to, kind, above, business)


PLACES = ("DE", "FR", "GB", "GB-NIR", "CH", "US-TX", "US-CA", "IC", "DE 78266", "MC", "AX")


REGISTERED = ("DE", "FR", "GB", "ES-CN", "US", *get_args(Scheme))
IDS = ("DE123456789", "FR12345678901", "XI123456789", "GB123456789", "12-3456789")


@given(
    by=st.none() | st.sampled_from(PLACES),
    to=st.sampled_from(PLACES),
    kind=st.none() | st.sampled_from(KINDS),
    registered=st.none() | st.lists(st.sampled_from(REGISTERED), min_size=1, max_size=3),
    ids=st.lists(st.sampled_from(IDS), max_size=2),
    sourcing=st.sampled_from([None, "destination", "auto"]),
    on=st.sampled_from([DAY, date(2020, 12, 31), date(2021, 6, 30), date(2018, 6, 1)]),
)  # fmt: skip
def test_across_a_border_of_the_eu_nothing_is_untaxed_without_a_rule_that_says_so(
    by: str | None,
    to: str,
    kind: LineKind | None,
    registered: list[str] | None,
    ids: list[str],
    sourcing: Sourcing | None,
    on: date,
) -> None:
    """Within the EU by each sourcing, into it and out of it by `auto`."""
    stated = None if registered is None else ", ".join(registered)
    of = invoice(by, to, kind, registered=stated, ids=tuple(ids), on=on, sourcing=sourcing)
    determination = determine(of, TABLE)
    got = outcome_of(determination)
    ends = [one.place for one in (at(by), at(to)) if one is not None]
    goods = kind not in ("service", "digital")
    inside = [one for one in ends if of_union(one, on, goods=goods)]
    apart = len({one.area for one in ends}) > 1
    if apart and inside and (sourcing == "auto" or len(inside) > 1):
        assert got.reason != "notCollecting" or not any(one in MEMBERS for one in registered or ())
    if apart and inside and sourcing == "auto":
        assert got.reason != "notCollecting"
    if got.reason in UNTAXED:
        (rule,) = [one for one in trace(determination, 0) if one.kind == "rule"]
        assert "Article" in rule.text or ACT in rule.text
        assert got.category in ("K", "AE", "G", "O")
        assert {one.code for one in determination.warnings} or got.category == "O"
