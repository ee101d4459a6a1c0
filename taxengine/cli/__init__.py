"""Command line: the `taxengine` command. What it offers: `taxengine --help`.

>>> main(["schema", "nonesuch"])
Traceback (most recent call last):
...
SystemExit: 2
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

EXTRA = frozenset({"click", "jinja2", "babel", "pydantic", "msgspec"})
"""The packages that `pip install 'taxengine[cli]'` brings."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and leave with its exit code."""
    try:
        from taxengine.cli.app import run
    except ModuleNotFoundError as error:
        if error.name not in EXTRA:
            raise
        sys.stderr.write("taxengine: the command line needs its extra: pip install 'taxengine[cli]'\n")
        sys.exit(2)
    sys.exit(run(arguments))
