"""Browser: Chromium with a profile of its own, and the pictures it takes."""

from __future__ import annotations

import subprocess
import zlib
from pathlib import Path

QUIET = [
    "--headless",
    "--no-sandbox",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
]


class Browser:
    """Chromium with a profile of its own."""

    def __init__(self, path: str, folder: Path) -> None:
        self._path, self._folder = path, folder

    def run(self, address: str, *options: str) -> subprocess.CompletedProcess[bytes]:
        profile = f"--user-data-dir={self._folder / 'profile'}"
        line = [self._path, *QUIET, profile, *options, address]
        done = subprocess.run(line, capture_output=True, timeout=90, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done

    def complaints(self, address: str, *options: str) -> list[str]:
        """What it says on its console, loading the page."""
        said = self.run(address, *options, "--dump-dom").stderr.decode(errors="replace")
        return [line for line in said.splitlines() if "CONSOLE" in line]

    def screenshot(self, address: str, width: int, height: int) -> list[bytes]:
        """The rows of pixels, three bytes each."""
        target = self._folder / "page.png"
        self.run(address, f"--screenshot={target}", f"--window-size={width},{height}")
        return pixels(target.read_bytes())


def pixels(png: bytes) -> list[bytes]:
    """The rows of a picture in the one layout that Chromium writes: eight bits, RGB or RGBA."""
    chunks, at = [], 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        chunks.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += 12 + length
    head = next(data for kind, data in chunks if kind == b"IHDR")
    width, size = int.from_bytes(head[:4]), {2: 3, 6: 4}[head[9]]
    data = zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT"))
    rows, before = [], bytes(width * size)
    for start in range(0, len(data), width * size + 1):
        before = _unfiltered(data[start], data[start + 1 : start + 1 + width * size], before, size)
        rows.append(before)
    return [b"".join(row[at : at + 3] for at in range(0, len(row), size)) for row in rows]


def _unfiltered(kind: int, row: bytes, before: bytes, size: int) -> bytes:
    done = bytearray(row)
    for at, value in enumerate(row):
        left = done[at - size] if at >= size else 0
        corner = before[at - size] if at >= size else 0
        guess = left + before[at] - corner
        paeth = min((left, before[at], corner), key=lambda one: abs(guess - one))
        done[at] = (value + (0, left, before[at], (left + before[at]) // 2, paeth)[kind]) % 256
    return bytes(done)
