"""Limits: hostile documents are refused in a child with little memory, quickly and in one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents.hostile import HOSTILE

ROOT = Path(__file__).resolve().parents[2]
# Time is that of the processor, so that a busy machine changes nothing.
CHILD = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
sys.path.insert(0, sys.argv[1])
from taxengine.core.errors import InvalidInput
from taxengine.documents import read_invoice
from tests.documents.hostile import HOSTILE
document = HOSTILE[sys.argv[2]][0]()
before = time.process_time()
try:
    read_invoice(document)
except InvalidInput as error:
    told = error.code
else:
    told = "read"
taken = time.process_time() - before
with open("/proc/self/status") as status:  # ru_maxrss begins with that of the parent
    most = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(told, taken < 1 or taken, most < 256 << 10)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_row_19_what_is_too_deep_or_too_large_is_refused_in_512_mb_within_a_second(name: str) -> None:
    child = [sys.executable, "-c", CHILD, str(ROOT), name]
    done = subprocess.run(child, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == [HOSTILE[name][1], "True", "True"]
