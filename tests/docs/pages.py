"""Pages: the documents of the project, run block by block.

    ```python                   run, in order, in one namespace a page
    ```text                     right after it: what it prints, exactly
    ```console                  `$` commands, each with its output and its messages, exactly
    ```json NAME                a file of the page; `NAME` stands in the text before it
    ```python examples/x.py     an excerpt of that file of the project, word for word
    ```json, jsonl, toml        parsed
    ```sh                       not run here: the `make` targets and extras that it names are there

A page runs in a copy of `examples/`. A block in another language is refused.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import tomllib
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.docs.installing import ROOT, check_installing, importable, install

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
GENERATED = re.compile(r"(<!-- generated: (\S+) -->\n)(.*?)(<!-- end of generated -->\n)", re.DOTALL)
_BLOCK = re.compile(r"^```(\S*) *(.*)\n((?:(?!```).*\n)*)```$", re.MULTILINE)


class Wrong(Exception):
    """A page shows what cannot be run."""


class Block(NamedTuple):
    """A fenced block: its language, the name after it, its text, and where that stands in the page."""

    language: str
    name: str
    text: str
    line: int
    start: int
    end: int


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page that are written by hand."""
    generated = [found.span() for found in GENERATED.finditer(page)]
    for found in _BLOCK.finditer(page):
        if not any(start <= found.start() < end for start, end in generated):
            language, name, text = found.groups()
            line = page.count("\n", 0, found.start()) + 1
            yield Block(language, name.strip(), text, line, *found.span(3))


class Running:
    """One page that runs in a folder. `outputs` are the blocks that show output, each with the real one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.outputs: list[tuple[Block, str]] = []
        self._names: dict[str, Any] = {"__name__": "page"}
        self._printed: str | None = None
        self._code = 0

    def run(self, page: str) -> None:
        """Run all blocks; raises `Wrong` where one cannot be run."""
        with importable(self.folder):
            for block in blocks(page):
                printed, self._printed = self._printed, None
                try:
                    if block.name and f"`{block.name}`" not in page[: block.start]:
                        raise Wrong(f"expected the text before it to name `{block.name}`")
                    self._block(block, printed)
                except Wrong as wrong:
                    raise Wrong(f"line {block.line}: {wrong}") from None

    def _block(self, block: Block, printed: str | None) -> None:
        match block.language:
            case "text" if printed is not None:
                self.outputs.append((block, printed))
            case "console":
                self.outputs.append((block, "".join(map(self._command, _commands(block.text)))))
            case "python" | "json" | "jsonl" | "csv" | "toml" | "sh":
                _parse(block)
                if block.name:
                    self._file(block)
                elif block.language == "python":
                    self._printed = self._python(block)
            case _:
                raise Wrong(f"expected a block that can be run, got {block.language or 'no language'}")

    def _file(self, block: Block) -> None:
        if "/" in block.name:
            if block.text not in (ROOT / block.name).read_text(encoding="utf-8"):
                raise Wrong(f"expected an excerpt of {block.name}, got something else")
        else:
            (self.folder / block.name).write_text(block.text, encoding="utf-8")
        if block.name == "pyproject.toml":
            install(self.folder)

    def _python(self, block: Block) -> str:
        out = io.StringIO()
        padded = "\n" * block.line + block.text  # so that a traceback names the line of the page
        try:
            with contextlib.chdir(self.folder), contextlib.redirect_stdout(out):
                exec(compile(padded, "page", "exec"), self._names)
        except Exception:  # noqa: BLE001  # whatever it is, it is told
            raise Wrong(f"expected it to run, got\n{traceback.format_exc()}") from None
        return out.getvalue()

    def _command(self, command: str) -> str:
        """The command as shown, with what it answers; `$?` is the exit code of the one before."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        script = f"(exit {self._code})\n{command.removeprefix('$ ')}"
        done = subprocess.run(
            ["bash", "-c", script], cwd=self.folder, env={"PATH": path, "LC_ALL": "C.UTF-8"}, text=True,
            check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._code = done.returncode
        return f"{command}{done.stdout}"


def _commands(text: str) -> list[str]:
    if not text.startswith("$ "):
        raise Wrong("expected `$ ` and a command first")
    return re.findall(r"^\$ (?:.*\\\n)*.*\n", text, re.MULTILINE)  # a backslash: it goes on


def _parse(block: Block) -> None:
    try:
        match block.language:
            case "json":
                json.loads(block.text)
            case "jsonl":
                [json.loads(row) for row in block.text.splitlines()]
            case "toml":
                tomllib.loads(block.text)
            case "python":
                compile(block.text, "page", "exec")
            case "sh":
                check_installing(block.text)
    except (ValueError, SyntaxError) as error:
        raise Wrong(f"expected {block.language}, got {error}") from None
