"""Presets: each gives the figures of its source, and is told from `default`; the page is up to date."""

from __future__ import annotations

import pytest

from taxengine.core.policy import PRESETS, Policy
from tests.docs.presets import ALIASES, OWN, PAGE, TELLING, WORKED, page, published, reproduces, tax_of


def test_each_preset_has_its_cases_and_is_an_alias_or_told_from_default() -> None:
    assert set(OWN) == set(PRESETS)
    assert {"default", *ALIASES, *TELLING, *WORKED} == set(PRESETS)
    for name in ALIASES:
        assert "the same as default" in PRESETS[name].source
        assert Policy.preset(name).rounding == Policy.preset("default").rounding


@pytest.mark.usefixtures("shared_path")
@pytest.mark.parametrize("preset", TELLING)
def test_a_published_case_tells_a_preset_from_default(preset: str) -> None:
    case, expressed = published()[TELLING[preset]]
    assert reproduces(preset, case, expressed)
    assert not reproduces("default", case, expressed)


@pytest.mark.parametrize("preset", WORKED)
def test_an_example_tells_a_preset_from_default(preset: str) -> None:
    told = WORKED[preset]
    assert tax_of(preset, told) == told.tax
    assert tax_of("default", told) == told.by_default
    assert told.tax != told.by_default


@pytest.mark.usefixtures("shared_path")
@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_gives_the_figures_of_its_own_cases_but_for_those_that_are_known(preset: str) -> None:
    own = [one for one in published().values() if OWN[preset](one[0])]
    missed = [case["id"] for case, expressed in own if not reproduces(preset, case, expressed)]
    assert len(missed) <= 1, missed


@pytest.mark.usefixtures("shared_path")
def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python tests/docs/presets.py, and read the diff"
