"""The benchmarks run, agree on their sums, and write what they promise. No test asks for a time."""

from __future__ import annotations

import doctest
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks import measuring, report, samples
from benchmarks.measuring import Contestant, Race, race, spread_of
from benchmarks.report import Report, Table, Target
from tests.house import ROOT

SUBJECTS = ["one_invoice", "importing", "documents", "boundaries", "matching"]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "run.py", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT / "tests",
    )


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a quick run of everything leaves behind, with what it printed."""
    folder = tmp_path_factory.mktemp("results")
    done = run("--quick", "--results", folder)
    assert done.returncode == 0, done.stderr
    (folder / "printed.md").write_text(done.stdout, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def results(quick: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((quick / "latest.json").read_text(encoding="utf-8"))
    return found


def test_every_subject_is_measured(results: dict[str, Any]) -> None:
    assert list(results["subjects"]) == SUBJECTS
    for subject in results["subjects"].values():
        assert all(table["rows"] for table in subject["tables"])
        assert {"what", "got", "limit", "met"} <= subject["targets"][0].keys()


def test_one_invoice_names_every_contestant_for_each_kind_of_tax(results: dict[str, Any]) -> None:
    sizes, levels = results["subjects"]["one_invoice"]["tables"]
    assert {row["tax"] for row in sizes["rows"]} == {"exclusive", "inclusive", "two stacked"}
    for row in sizes["rows"]:
        assert all(row[name] > 0 for name in ("taxengine", "with digests", "py-moneyed", "prices", "pyvat"))
        ratio = row["taxengine / py-moneyed"]
        assert ratio["low"] <= ratio["median"] <= ratio["high"]
    assert [row["level"] for row in levels["rows"]] == ["unit", "line", "lineTotal", "tax", "invoice"]


def test_the_results_tell_what_was_run_on_and_not_where(results: dict[str, Any], quick: Path) -> None:
    assert results["python"].endswith(".".join(map(str, sys.version_info[:3])))
    assert results["cpus"] == os.cpu_count()
    told = (quick / "latest.json").read_text(encoding="utf-8")
    assert not [name for name in (os.uname().nodename, str(ROOT), str(Path.home())) if name in told]


def test_the_tables_are_markdown_and_the_plot_is_svg(quick: Path) -> None:
    printed = (quick / "printed.md").read_text(encoding="utf-8")
    assert {"### One invoice", "### Matching", "### Import"} <= set(printed.splitlines())
    assert "<svg" in (quick / "latest.svg").read_text(encoding="utf-8")[:500]


def test_a_part_is_printed_and_nothing_is_written() -> None:
    def written() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in (ROOT / "benchmarks" / "results").glob("*")}

    before = written()
    done = run("--quick", "--only", "one_invoice")
    assert done.returncode == 0, done.stderr
    assert "### One invoice" in done.stdout
    assert "### Matching" not in done.stdout
    assert written() == before


@pytest.mark.parametrize("module", [measuring, report, samples])
def test_the_examples_of_the_modules_are_true(module: ModuleType) -> None:
    assert doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE).failed == 0


def test_a_ratio_is_the_median_of_the_rounds_and_not_the_ratio_of_the_medians() -> None:
    done = Race({"ours": [1.0, 9.0, 2.0], "theirs": [2.0, 9.0, 4.0]})
    assert done.ratio("ours", "theirs").median == 0.5
    assert done.difference("ours", "theirs").median == -1.0


def test_the_contestants_of_a_round_run_one_after_the_other_each_time_from_another_one() -> None:
    ran: list[str] = []
    contestants = {name: Contestant(lambda name=name: ran.append(name), once=True) for name in "abc"}
    done = race(contestants, rounds=3)
    assert "".join(ran[3:]) == "abcbcacab"  # the first three are the warm-up
    assert [len(times) for times in done.times.values()] == [3, 3, 3]


def test_one_value_has_no_spread() -> None:
    only = spread_of([3.0])
    assert (only.low, only.median, only.high) == (3.0, 3.0, 3.0)


@pytest.mark.parametrize(
    ("got", "at_least", "met"), [(1.0, False, True), (1.1, False, False), (1.1, True, True)]
)
def test_a_target_is_met_on_its_own_side(got: float, at_least: bool, met: bool) -> None:
    target = Target("it", got, 1.0, at_least=at_least)
    assert target.met is met
    assert str(target).startswith("met" if met else "MISSED")
    assert Report([Table("t", ("a",), [(1,)])], [target]).to_dict()["targets"][0]["met"] is met  # type: ignore[index]
