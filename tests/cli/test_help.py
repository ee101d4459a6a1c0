"""Help: every page of it has an example that works as it stands; commands of others are found."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import click
import pytest

import taxengine.cli
from taxengine.cli.app import BUILT_IN, app
from taxengine.core.errors import Problem, ProviderRefused
from taxengine.core.version import __version__
from taxengine.documents import schema
from tests.cli import FROM_HERE, command, process


def commands(group: click.Group = app, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command, by the words that it is typed with."""
    yield path
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from commands(found, (*path, name))
        else:
            yield (*path, name)


ALL = list(commands())


def test_there_are_the_commands_of_the_contract() -> None:
    rates = {("rates", name) for name in ("list", "check", "convert", "match", "diff", "packs")}
    audit = {("audit", name) for name in ("seal", "replay", "recalculate", "compare", "refund")}
    alone = {("calculate",), ("check",), ("schema",)}
    assert set(ALL) == {(), *alone, ("rates",), *rates, ("audit",), *audit}


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_the_example_of_each_help_works_in_an_empty_folder(
    path: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = command(*path, "--help").out.decode()
    example = re.search(r"\n  Example:\n((?:    .+\n|\n)+)", shown)
    assert example is not None, shown
    script = "\n".join(line[4:] for line in example[1].splitlines())
    bash = f'set -e\ntaxengine() {{ "{sys.executable}" -m taxengine.cli "$@"; }}\n{script}'
    ran = subprocess.run(["bash", "-c", bash], capture_output=True, env=FROM_HERE, check=False, text=True)
    sums = re.sub(r"^(1 replayed the same, 0 not|EUR: 1 document, .*)\n", "", ran.stderr)
    assert (ran.returncode, sums) == (0, "")
    assert ran.stdout or any(list(tmp_path.glob(f"*{end}")) for end in ("schema.json", ".csv", ".jsonl"))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_is_there_by_its_short_name_and_fits_a_screen(path: tuple[str, ...]) -> None:
    shown = command(*path, "-h")
    assert (shown.code, shown.err) == (0, "")
    assert max(map(len, shown.out.decode().splitlines())) <= 110


def test_the_exit_codes_are_in_the_help() -> None:
    shown = command("--help").out.decode()
    for code in range(6):
        assert f"\n    {code}  " in shown


def test_without_a_command_there_is_help_and_a_usage_error() -> None:
    done = command()
    assert (done.code, done.out) == (2, b"")
    assert "Commands:" in done.err


def test_the_version_is_told() -> None:
    assert command("--version").out.decode() == f"taxengine {__version__}\n"


def test_a_misspelt_option_is_told_in_one_line() -> None:
    done = command("calculate", "-", "--explan")
    assert (done.code, done.out) == (2, b"")
    assert done.err.splitlines()[0].startswith("taxengine calculate: No such option")


@pytest.mark.parametrize("name", ["calculation", "error", "invoice", "policy", "rate", "rates"])
def test_each_schema_is_printed(name: str) -> None:
    assert command("schema", name).json() == schema(name)


def test_an_unknown_schema_is_a_usage_error_with_a_suggestion() -> None:
    done = command("schema", "invoce")
    assert (done.code, done.out) == (2, b"")
    assert done.err.splitlines()[0] == (
        "taxengine schema: Invalid value for NAME: "
        "expected one of calculation, compared, error, invoice, policy, rate, rates, sealed, "
        "got 'invoce'; did you mean invoice?"
    )


def test_the_module_is_the_command() -> None:
    assert process("--version").out == f"taxengine {__version__}\n".encode()


def test_main_leaves_with_the_code_of_the_run() -> None:
    with pytest.raises(SystemExit) as left:
        taxengine.cli.main(["calculate", "/nonesuch"])
    assert left.value.code == 2


def test_a_shell_may_ask_for_completions() -> None:
    done = process(
        env={"_TAXENGINE_COMPLETE": "bash_complete", "COMP_WORDS": "taxengine ra", "COMP_CWORD": "1"}
    )
    assert done.out == b"plain,rates\n"


# ---- the extra ----


def test_a_missing_package_of_the_extra_is_one_line_and_any_other_shows_itself(tmp_path: Path) -> None:
    """The absence of the extra's own package, and nothing else, says what to install."""
    start = "import sys; sys.modules[{!r}] = None; from taxengine.cli import main; main({!r})"
    for missing, arguments in (("click", ["--help"]), ("babel", ["calculate", "-", "--format", "table"]),
                               ("jinja2", ["calculate", "-", "--format", "html"])):  # fmt: skip
        line = [sys.executable, "-c", start.format(missing, arguments)]
        done = subprocess.run(line, capture_output=True, env=FROM_HERE, input=b"[]", check=False, text=False)
        assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
        assert b"pip install 'taxengine[cli]'" in done.stderr
    (tmp_path / "click").mkdir()
    (tmp_path / "click" / "__init__.py").write_text("import nonesuch_of_click")
    broken = {"PYTHONPATH": f"{tmp_path}:{FROM_HERE['PYTHONPATH']}"}
    done = process("--help", env=broken)
    assert done.code == 1
    assert done.err.splitlines()[-1] == "ModuleNotFoundError: No module named 'nonesuch_of_click'"


# ---- commands of other packages ----


@click.command("greet")
@click.option("--fail", default="")
def greet(fail: str) -> int:
    """Say hello."""
    if fail == "refused":
        raise ProviderRefused(Problem("providerRefused", "not today"))
    if fail:
        raise RuntimeError(fail)
    click.echo("hello")
    return 0


NOT_A_COMMAND = "text"


@pytest.fixture
def plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    here = "tests.cli.test_help"
    points = [
        EntryPoint("greet", f"{here}:greet", "taxengine.commands"),
        EntryPoint("absent", "nonesuch:command", "taxengine.commands"),
        EntryPoint("text", f"{here}:NOT_A_COMMAND", "taxengine.commands"),
        EntryPoint("calculate", f"{here}:greet", "taxengine.commands"),
    ]

    def entry_points(*, group: str) -> list[EntryPoint]:
        return [point for point in points if point.group == group]

    monkeypatch.setattr(importlib.metadata, "entry_points", entry_points)


def test_a_command_of_another_package_is_found_and_run(plugins: None) -> None:
    assert command("greet").out == b"hello\n"
    assert "greet" in command("--help").out.decode()
    assert "Say hello" in command("greet", "--help").out.decode()


def test_our_own_commands_keep_their_names(plugins: None) -> None:
    assert "The tax of invoices" in command("calculate", "--help").out.decode()
    assert set(BUILT_IN) == {"audit", "calculate", "check", "rates", "schema"}


@pytest.mark.parametrize(
    ("name", "why"), [("absent", "No module named 'nonesuch'"), ("text", "expected a click command")]
)
def test_a_broken_command_of_another_package_breaks_nothing_else(plugins: None, name: str, why: str) -> None:
    assert command("--help").code == 0
    done = command(name, "--any", "thing")
    assert done.code == 2
    assert why in done.err
    assert "Traceback" not in done.err


def test_what_a_command_of_another_package_raises_is_told_as_our_own(plugins: None) -> None:
    assert command("greet", "--fail", "refused").code == 5
    done = command("greet", "--fail", "deep inside")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "unexpected RuntimeError: deep inside" in done.err
    assert "Traceback" in command("--debug", "greet", "--fail", "x").err
