"""A provider by a third party: one file and one entry-point line, found by the registry, held to the suite.

The package is the one of docs/write-a-provider.md, as an installer would leave it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from taxengine import Determination, Invoice, NotTaxed, Reason, Taxed, TaxRate
from taxengine.core.errors import NotConnected
from taxengine.registry import installed, load
from tests.contract.subjects import FACTORIES, OF_THE_DOCS, Subject, uncovered
from tests.contract.suite import PROMISES, Promise
from tests.docs.installing import ROOT, importable, install
from tests.docs.pages import blocks

FILES = ("taxengine_house.py", "pyproject.toml")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Path]:
    """The package of the page, installed."""
    page = (ROOT / "docs" / "write-a-provider.md").read_text(encoding="utf-8")
    shown = {block.name: block.text for block in blocks(page) if block.name}
    assert set(shown) == set(FILES)
    for name, text in shown.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    install(tmp_path)
    with importable(tmp_path):
        yield tmp_path


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_the_provider_of_the_docs_keeps_its_promise(promise: Promise) -> None:
    subject = OF_THE_DOCS["house"](load("house"))
    assert subject.provider.name == "house"
    promise(subject)


def test_it_is_one_file_and_one_line(house: Path) -> None:
    entries = (house / "pyproject.toml").read_text(encoding="utf-8").split('"taxengine.providers"]\n')[1]
    assert entries.strip() == 'house = "taxengine_house:HouseProvider"'
    assert sorted(path.name for path in house.glob("*.py")) == ["taxengine_house.py"]


def test_a_provider_is_there_for_as_long_as_it_is_installed(house: Path) -> None:
    assert "house" in installed()
    (house / "taxengine_house-1.0.dist-info" / "entry_points.txt").unlink()
    with pytest.raises(NotConnected) as caught:
        load("house")
    assert caught.value.problems[0].hint == "installed: manual"


@pytest.mark.usefixtures("house")
def test_a_name_nearly_right_is_told() -> None:
    with pytest.raises(NotConnected) as caught:
        load("hause")
    assert (caught.value.code, caught.value.problems[0].hint) == ("notConnected", "did you mean house?")
    assert isinstance(caught.value, LookupError)


@pytest.mark.usefixtures("house")
def test_an_installed_provider_that_nobody_asks_is_a_failure() -> None:
    assert uncovered(installed(), FACTORIES) == ["house"]
    assert uncovered(installed(), {**FACTORIES, **OF_THE_DOCS}) == []


# ---- a suite that cannot fail would prove nothing ----


def breaking(subject: Subject, **methods: Any) -> Subject:
    """The same provider with something about it broken."""
    kind = type(subject.provider)
    broken = type(kind.__name__, (kind,), methods)
    provider = object.__new__(broken)
    provider.__dict__.update(subject.provider.__dict__)
    return subject._replace(provider=provider)


def answering(change: Any) -> Any:
    def determine(self: Any, invoice: Invoice, /) -> Determination:
        return change(super(type(self), self).determine(invoice))  # type: ignore[no-any-return]

    return determine


def remade(of: Determination, **changes: Any) -> Determination:
    return Determination(**{**of._asdict(), **changes})


NOUGHT = Taxed([TaxRate(id="0", country="FR", type="valueAddedTax", percentage_decimal="0", inclusive=False)])
asked = iter(range(10**6))


def now_and_then(of: Determination) -> Determination:
    percent = f"0.{next(asked) + 1}"
    rate = TaxRate(id="r", country="DE", type="valueAddedTax", percentage_decimal=percent, inclusive=False)
    return remade(of, lines=[Taxed([rate])] * len(of.lines))


BROKEN: dict[str, dict[str, Any]] = {
    "a tax of zero for what is not known": {
        "determine": answering(lambda of: remade(of, lines=[NOUGHT] * len(of.lines)))
    },
    "no tax for what is not known": {
        "determine": answering(lambda of: remade(of, lines=[NotTaxed(Reason.NOT_SUPPORTED)] * len(of.lines)))
    },
    "another name on the answer": {"determine": answering(lambda of: remade(of, provider="else"))},
    "another answer each time": {"determine": answering(now_and_then)},
    "no answer": {"determine": lambda self, invoice: None},
    "an error of its own": {"determine": lambda self, invoice: {}["nothing"]},
    "no capabilities": {"capabilities": None},
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_provider_does_not_pass(broken: str) -> None:
    subject = breaking(FACTORIES["manual"](load("manual")), **BROKEN[broken])
    failed = 0
    for promise in PROMISES:
        try:
            promise(subject)
        except (Exception, pytest.fail.Exception):  # noqa: BLE001  # however it fails
            failed += 1
    assert failed
