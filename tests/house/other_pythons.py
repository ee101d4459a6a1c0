"""Other Pythons: the tests once more under each that is installed, and under `python -O`.

Each has an environment of its own. What needs the check tools or the contestants
of the benchmarks stays with the main one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROBE = (
    "import ensurepip, sys, venv\n"
    "final = sys.version_info.releaselevel == 'final'\n"
    "print(*sys.version_info[:2] if final else (), sys.executable, sep='\\n')"
)
SUITE = ["-m", "pytest", "-p", "no:cacheprovider", "--dist=loadgroup"]
LEFT_OUT = ["--ignore=tests/house", "--ignore=tests/benchmarks"]
SELECTED = ["-m", "not slow and not needs_chromium"]


def installed() -> dict[tuple[int, int], str]:
    """One interpreter for each final release from 3.11 on, from PATH, then pyenv."""
    folders = [Path(folder) for folder in os.get_exec_path()]
    folders += sorted((Path.home() / ".pyenv" / "versions").glob("*/bin"), reverse=True)
    found: dict[tuple[int, int], str] = {}
    candidates = (path for folder in folders for path in sorted(folder.glob("python3.1[1-9]")))
    for candidate in candidates:
        probe = subprocess.run([candidate, "-c", PROBE], capture_output=True, text=True, check=False)
        match probe.stdout.splitlines():  # a shim of pyenv that stands for nothing prints nothing
            case [major, minor, executable]:
                found.setdefault((int(major), int(minor)), executable)
    return found


def environment(name: str, interpreter: str) -> Path:
    """The Python of an environment with all extras and the test tools, made anew when the pins change."""
    folder = ROOT / name
    python, stamp = folder / "bin" / "python", folder / ".test"
    pins = max((ROOT / file).stat().st_mtime for file in ("pyproject.toml", "constraints.txt"))
    if not stamp.exists() or stamp.stat().st_mtime < pins:
        print(f"Setting up {name} with {interpreter}", flush=True)
        subprocess.run([interpreter, "-m", "venv", folder], check=True)
        pinned = os.environ | {"PIP_CONSTRAINT": "constraints.txt", "PIP_BUILD_CONSTRAINT": "constraints.txt"}
        install = [python, "-m", "pip", "--quiet", "--quiet", "install"]
        for what in (["pip"], ["--editable", ".[all]", "--group", "test"]):
            subprocess.run([*install, *what], cwd=ROOT, env=pinned, check=True)
        stamp.touch()
    return python


def passes(title: str, python: str | Path, arguments: list[str], **settings: str) -> bool:
    print(f"== {title}", flush=True)
    start = time.monotonic()
    command = [python, *SUITE, *LEFT_OUT, *SELECTED, "--gate=1", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | settings, check=False)
    print(
        f"== {title}: {'failed' if done.returncode else 'passed'} in {time.monotonic() - start:.0f} s",
        flush=True,
    )
    return done.returncode == 0


def main(arguments: list[str]) -> int:
    others = {version: path for version, path in installed().items() if version != sys.version_info[:2]}
    if not others:
        print("NOTICE: no other Python from 3.11 on is installed here")
    results = []
    for (major, minor), interpreter in sorted(others.items()):
        python = environment(f".venv-{major}.{minor}", interpreter)
        results.append(passes(f"Python {major}.{minor}", python, arguments))
    # By the environment, so that the workers and the commands that tests start run so too. pytest warns of
    # it; the `assert`s of the tests themselves it rewrites, and they stay.
    ignore = ["-W", "ignore:assertions not in test modules or plugins:pytest.PytestConfigWarning"]
    results.append(passes("python -O", sys.executable, [*ignore, *arguments], PYTHONOPTIMIZE="1"))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
