"""Golden: sealed results of each rules version, as its first release sealed them; they are never made again.

As a script it makes those of a rules version that has none yet: `python tests/recalculation/golden.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from taxengine.core.result import Calculation
from taxengine.core.version import RULES
from taxengine.recalculation import seal
from tests.recalculation import KEY, calculated

FOLDER = Path(__file__).parent / "golden"
SEEDS = (range(3000), range(1_000_000, 1_001_000))
EACH = 3
"""How many results show each trait."""
SHORT = 7000
"""So many bytes of a document are enough to show what it shows."""


def path_of(rules: int) -> Path:
    return FOLDER / f"rules-{rules}.jsonl"


def traits(calculation: Calculation) -> set[str]:
    """What a result shows that a rule of calculation could change."""
    rounding, policy = calculation.policy.rounding, calculation.policy
    rows = [row for line in calculation.lines for row in line.taxes]
    return {
        *(f"{rounding.level} {one}" for one in (rounding.mode, rounding.inclusive, rounding.group_by)),
        *(f"{rounding.level} {one}" for one in (policy.line_amounts, policy.discount_amounts)),
        f"cash {policy.cash_increment}",
        calculation.head.currency,
        calculation.head.kind,
        *(f"{row.rate.reason} {row.rate.type}" for row in rows),
        *(f"inclusive {row.rate.inclusive}, withheld {row.rate.withheld}" for row in rows),
        *("bracket" for row in rows if row.rate.bracket),
        *(f"{len(line.taxes)} taxes" for line in calculation.lines),
        *(one.id.partition("-")[0] for one in calculation.adjustments),
        *(notice.code for notice in calculation.warnings),
        f"paid {bool(calculation.totals.paid)}",
    }


def make(path: Path) -> int:
    """As few results as show every trait, each several times."""
    shown: dict[str, int] = {}
    lines = []
    for calculation in (one for seeds in SEEDS for one in calculated(seeds)):
        new = traits(calculation)
        if any(shown.get(one, 0) < EACH for one in new):
            key = KEY if len(lines) % 4 == 0 else None
            line = seal(calculation, key=key).encode()
            if len(line) <= SHORT:
                lines.append(line)
                for one in new:
                    shown[one] = shown.get(one, 0) + 1
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\n".join(lines) + b"\n")
    return len(lines)


if __name__ == "__main__":
    if path_of(RULES).exists():
        sys.exit(f"{path_of(RULES).name} is there, and stays: a change of any amount is a new rules version")
    print(make(path_of(RULES)), "results")
