"""Sameness: one digest, whatever the hash seed, the time zone, the locale, the optimisation, the Python."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.hostile import golden
from tests.house.other_pythons import installed

SEEDS = ("0", "1", "2", "1000003", "random")
ZONES = ("UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia")
LOCALES = ("C", "C.UTF-8", "tr_TR.UTF-8")
OPTIMISED = ("", "1")


def digest(seed: str, zone: str, language: str, optimised: str, python: str = sys.executable) -> str:
    """The digest that another process prints."""
    settings = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "PYTHONOPTIMIZE": optimised}
    clean = {
        key: held for key, held in os.environ.items() if not key.startswith(("PYTHON", "COV", "LC_", "LANG"))
    }
    script = Path(golden.__file__)
    done = subprocess.run(
        [python, script], cwd=ROOT, env=clean | settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def expected() -> str:
    return golden.digest(golden.cases())


@pytest.mark.parametrize("number", range(len(SEEDS)))
def test_the_digest_is_the_same_under_every_seed_zone_and_locale(number: int, expected: str) -> None:
    """Each value of each setting at least once; `make test-all` takes every combination."""
    first = (SEEDS[number], ZONES[number % 4], LOCALES[number % 3], OPTIMISED[number % 2])
    second = (SEEDS[number], ZONES[(number + 2) % 4], LOCALES[(number + 1) % 3], OPTIMISED[(number + 1) % 2])
    assert {digest(*first), digest(*second)} == {expected}


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_the_digest_is_the_same_under_every_combination(zone: str, expected: str) -> None:
    every = {digest(seed, zone, language, off) for seed, language, off in product(SEEDS, LOCALES, OPTIMISED)}
    assert every == {expected}


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_the_digest_is_the_same_under_every_python(seed: str, expected: str) -> None:
    pythons = installed()
    assert pythons
    for number, python in enumerate(pythons.values()):
        found = digest(seed, ZONES[number % 4], LOCALES[number % 3], OPTIMISED[number % 2], python)
        assert found == expected, python


def test_what_is_digested_is_figures_stories_and_refusals() -> None:
    made = [golden.made_of(case) for case in golden.cases()]
    assert len(made) == golden.COUNT
    assert sum(b'"totals"' in one and b"Totals: net" in one for one in made) > 200
    assert sum(b'"problems"' in one for one in made) > 20
