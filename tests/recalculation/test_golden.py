"""Golden documents: whatever any release has sealed replays in this one, to the last byte."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from taxengine.core.version import RULES
from taxengine.documents import encode
from taxengine.recalculation import replay
from taxengine.recalculation.hashing import is_keyed
from taxengine.recalculation.sealed import KNOWN_RULES
from tests.conftest import ROOT
from tests.recalculation import KEY
from tests.recalculation.golden import path_of, traits


def key_of(line: bytes) -> bytes | None:
    return KEY if is_keyed(json.loads(line)["seal"]) else None


@pytest.mark.parametrize("rules", sorted(KNOWN_RULES))
def test_every_rules_version_replays_what_it_sealed(rules: int) -> None:
    lines = path_of(rules).read_bytes().splitlines()
    assert len(lines) > 50
    for line in lines:
        stored = json.loads(line)
        shown = json.loads(encode(replay(line, key=key_of(line))))
        assert shown["totals"] == stored["sealed"]["calculation"]["totals"]
        assert shown["provenance"]["engine"] == stored["engine"]["version"]
        assert shown["provenance"]["rules"] == rules


def test_the_rules_of_this_release_are_known() -> None:
    assert RULES in KNOWN_RULES


def test_the_golden_documents_show_every_axis_of_the_policies() -> None:
    shown: set[str] = set()
    for line in path_of(1).read_bytes().splitlines():
        shown |= traits(replay(line, key=key_of(line)))
    for level in ("unit", "line", "lineTotal", "tax", "invoice"):
        for one in ("halfUp", "halfEven", "halfDown", "up", "down", "ceiling", "floor", "exact", "netFirst"):
            assert f"{level} {one}" in shown
    sealed = path_of(1).read_bytes()
    for part in ("stated", "enteredPercent", "refund", "share", "meta"):
        assert f'"{part}":'.encode() in sealed
    for part in ('"sourcing":"auto"', '"customer.taxIds"', '"previous":[{', '"degraded":true'):
        assert part.encode() in sealed
    assert {
        "bracket",
        "charge",
        "discount",
        "paid True",
        "cash 0.05",
        "inclusive False, withheld True",
    } <= shown


def test_golden_documents_are_never_made_again() -> None:
    """A red replay is mended by mending the engine, or by a new rules version."""
    before = path_of(RULES).read_bytes()
    script = ROOT / "tests" / "recalculation" / "golden.py"
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "a new rules version" in done.stderr
    assert path_of(RULES).read_bytes() == before
