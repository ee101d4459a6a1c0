"""Seal: write the files of packs in their one layout, each with the SHA-256 of its bytes.

python tests/packs/seal.py     after a row has been edited; then read the diff, line by line
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from taxengine.packs.format import digest_of  # noqa: E402  # after the path that it needs

DATA = ROOT / "taxengine" / "packs" / "data"
UNSEALED = "0" * 64


def sealed(document: Mapping[str, Any]) -> bytes:
    """The document in its layout: the header a field a line, the rows one a line."""
    head = {**document, "sha256": UNSEALED}
    rows = ",\n".join(f"  {spelt(row)}" for row in head.pop("rows"))
    lines = ",\n".join(f" {spelt(name)}: {spelt(value)}" for name, value in head.items())
    text = f'{{\n{lines},\n "rows": [\n{rows}\n ]\n}}\n'.encode()
    return text.replace(UNSEALED.encode(), digest_of(text, UNSEALED.encode()).encode())


def spelt(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    for path in sorted(DATA.glob("*.json")):
        path.write_bytes(sealed(json.loads(path.read_text(encoding="utf-8"))))
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
