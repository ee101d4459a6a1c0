"""Fixtures that every test may ask for, and the gate that no test is skipped quietly."""

from __future__ import annotations

import http.server
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.browser import Browser

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SHARED_IS_ABSENT = "../shared is absent"

# The same examples each time, so that red means a change; `HYPOTHESIS_PROFILE=random` looks further.
settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.register_profile("random", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


# A shell that runs the tests in the background has them ignore interrupts, and so whatever they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared_path() -> Path:
    """The published cases and data, a folder beside the checkout; without it the tests that need it skip."""
    if not SHARED.is_dir():
        pytest.skip(SHARED_IS_ABSENT)
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; its absence is a failure. As root it needs `--no-sandbox`."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "chrome"]
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium was found: `make chromium` installs it, or name it in CHROMIUM")
    return found


@pytest.fixture
def browser(chromium: str, tmp_path: Path) -> Browser:
    from tests.browser import Browser  # where it is asked for: this file stands alone in a test of the gates

    return Browser(chromium, tmp_path)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """The folder, served on loopback, and every request that came."""
    asked: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(tmp_path))

        def log_message(self, *_: object) -> None:
            asked.append(self.path)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.fixture
def untraced() -> Iterator[None]:
    """Without measuring coverage, for what takes ten times as long under it and covers nothing more.

    (The marker `no_cover` of pytest-cov stops one of the two tracers that a worker of xdist has.)
    """
    tracer = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(tracer)


# ---- the gate ----


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--gate",
        type=int,
        metavar="N",
        help="fail if a test is skipped or excused (but for ../shared being absent), or if fewer than N pass",
    )


def _complaints(config: pytest.Config) -> list[str]:
    floor = config.getoption("--gate")
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if floor is None or reporter is None or hasattr(config, "workerinput"):
        return []
    skipped = [
        report for report in reporter.stats.get("skipped", []) if SHARED_IS_ABSENT not in str(report.longrepr)
    ]
    complaints = [f"skipped: {report.nodeid}" for report in skipped]
    complaints += [f"excused: {report.nodeid}" for report in reporter.stats.get("xfailed", [])]
    passed = len(reporter.stats.get("passed", []))
    if passed < floor:
        complaints.append(f"only {passed} tests passed, and there have been {floor}")
    return complaints


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if exitstatus == pytest.ExitCode.OK and _complaints(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not SHARED.is_dir():
        terminalreporter.write_sep(
            "=", "NOTICE: ../shared is absent: the published cases were not run", yellow=True
        )
    for complaint in _complaints(config):
        terminalreporter.write_line(f"GATE: {complaint}", red=True)
