"""Every installed provider keeps every promise; one that nobody asks is a failure."""

from __future__ import annotations

import pytest

from taxengine.registry import installed, load
from tests.contract.subjects import FACTORIES, uncovered
from tests.contract.suite import PROMISES, Promise


def test_every_installed_provider_is_asked() -> None:
    assert uncovered(installed(), FACTORIES) == []
    assert set(FACTORIES) <= set(installed())


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
@pytest.mark.parametrize("name", sorted(installed()))
def test_a_provider_keeps_its_promise(name: str, promise: Promise) -> None:
    subject = FACTORIES[name](load(name))
    assert subject.provider.name == name
    promise(subject)
