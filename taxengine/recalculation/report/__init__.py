"""Report: what a recalculation changed, as one html page: `tally` folds the rows, `page` writes the page.

Needs the extra `report` (jinja2, babel, matplotlib), and says so before a long recalculation, not after it.
"""

from __future__ import annotations

from importlib.util import find_spec

from taxengine.core.errors import MissingExtra, Problem

for _package in ("babel", "jinja2", "matplotlib"):
    # Only their own absence is told so: whatever else goes wrong in an import shows as itself.
    if find_spec(_package) is None:
        raise MissingExtra(
            Problem("missingExtra", f"the report needs {_package}: pip install 'taxengine[report]'")
        )
