"""Replaying: sealed results of a folder, computed again with the network and the store out of reach.

As a script it is run by other Pythons: `python tests/recalculation/replaying.py FOLDER`. An audit hook
refuses sockets, other processes, databases, and every file that is written or lies beside the folder and
the installation. Each result must have the digest that stands in `digests` for it.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "providers")]

from taxengine.documents import encode  # noqa: E402  # after the path
from taxengine.recalculation import replay  # noqa: E402  # after the path
from taxengine.recalculation.files import documents  # noqa: E402  # after the path
from tests.recalculation import KEY  # noqa: E402  # after the path

FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "sqlite3.", "urllib.", "ftplib.", "http.")


def no_way_out(folder: Path) -> None:
    """From here on nothing but the folder is read, and nothing is written."""
    inside = (str(folder), str(ROOT), sys.prefix, sys.base_prefix)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(FORBIDDEN):
            raise PermissionError(f"{event} {arguments!r}")
        if event == "open":
            path, mode = arguments[0], arguments[1]
            writes = isinstance(mode, str) and set(mode) & set("wax+")
            if isinstance(path, str) and (writes or not path.startswith(inside)):
                raise PermissionError(f"open {path!r} {mode!r}")

    sys.addaudithook(hook)


def replayed(folder: Path) -> tuple[int, int]:
    """How many there are, and how many are the same to the last byte."""
    digests = (folder / "digests").read_text(encoding="ascii").split()
    count = same = 0
    for _, line in documents([str(folder)]):
        assert isinstance(line, bytes)
        key = KEY if b'"seal":"hmac-' in line[-120:] else None
        same += sha256(encode(replay(line, key=key))).hexdigest() == digests[count]
        count += 1
    return count, same if count == len(digests) else -1


if __name__ == "__main__":
    where = Path(sys.argv[1]).resolve()
    no_way_out(where)
    total, alike = replayed(where)
    print(f"{total} {alike}")
    sys.exit(total != alike)
