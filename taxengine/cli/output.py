"""Output: where answers go: standard output, or a file that is written whole or not at all.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     with output(f"{folder}/answer.json", force=False) as out:
...         out.write(b"{}")
...     with output(f"{folder}/answer.json", force=False):
...         pass
Traceback (most recent call last):
...
taxengine.cli.output.UnfitPath: -o answer.json: expected a path where nothing is yet, got a file
    (use --force to replace it)
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from secrets import token_hex
from typing import IO, BinaryIO, Protocol

from taxengine.cli.printing import silence


class Output(Protocol):
    """What takes the bytes of an answer."""

    def write(self, data: bytes, /) -> object: ...
    def flush(self) -> object: ...


REPLACE = "use --force to replace it"


class UnfitPath(Exception):
    """A path that nothing can be written to; the command was not used as it is meant."""


class Unwritten(Exception):
    """What was to be written could not be: a full disk, a closed standard output."""


@contextmanager
def output(path: str | None, *, force: bool) -> Iterator[Output]:
    """Standard output where there is no path, or it is `-`; else the file, which appears at the end.

    Raises `UnfitPath` for a path that cannot be, `Unwritten` where writing fails; then the file is as it
    was before. A broken pipe is left to the caller.
    """
    if path is None or path == "-":
        if sys.stdout is None:
            raise Unwritten("standard output is closed")
        yield StandardOutput(sys.stdout.buffer)
        StandardOutput(sys.stdout.buffer).flush()
        return
    whole = WholeFile(path, force=force)
    try:
        yield whole
        whole.commit()
    finally:
        whole.close()


class StandardOutput:
    """Standard output, whose end is told apart from the errors of what is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> None:
        """Pass bytes on. Raises `BrokenPipeError` where nobody reads them, `Unwritten`."""
        with self._telling():
            self._stream.write(data)

    def flush(self) -> None:
        """Let whoever reads see what there is."""
        with self._telling():
            self._stream.flush()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            silence()
            if isinstance(error, BrokenPipeError):
                raise
            raise Unwritten(f"standard output: {error.strerror}") from error


class WholeFile:
    """A file that is complete once it has its name.

    The bytes go into a file without a name (on Linux), or with a passing one, in the same folder. It is
    on the disk before it gets the name, and so is the name before this is done.
    """

    def __init__(self, path: str, *, force: bool) -> None:
        folder, self._name = os.path.split(os.fspath(path))
        if "\0" in path or not self._name or self._name in (".", ".."):
            raise UnfitPath(f"-o: expected the path of a file, got {path!r}")
        self._path, self._force, self._passing = path, force, ""
        try:
            self._folder = os.open(folder or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise UnfitPath(f"-o: {folder!r}: {error.strerror}") from error
        try:
            self._before = standing(self._name, force=self._force, folder=self._folder)
            self._file = self._open()
        except BaseException:
            os.close(self._folder)
            raise

    def write(self, data: bytes) -> None:
        """Add bytes. Raises `Unwritten`."""
        with self._telling():
            self._file.write(data)

    def flush(self) -> None:
        """Nothing: nobody sees the file before it is whole."""

    def commit(self) -> None:
        """Put the bytes on the disk and give them their name. Raises `Unwritten`, `UnfitPath`."""
        with self._telling():
            self._file.flush()
            os.fsync(self._file.fileno())
        self._before = standing(self._name, force=self._force, folder=self._folder)
        with self._telling():
            self._give_name()
            os.fsync(self._folder)

    def close(self) -> None:
        """Let go of everything that has no name yet."""
        with suppress(OSError):
            self._file.close()
        if self._passing:
            with suppress(OSError):
                os.unlink(self._passing, dir_fd=self._folder)
        os.close(self._folder)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except FileExistsError as error:
            raise _unfit(self._name, "a path where nothing is yet", "a file", REPLACE) from error
        except OSError as error:
            raise Unwritten(f"{self._path}: {error.strerror}; nothing was written there") from error

    def _open(self) -> IO[bytes]:
        """A file without a name, else one with a passing name; readable for whom the old one was."""
        try:
            number = self._open_nameless()
            if number is None:
                self._passing = f".taxengine-{token_hex(8)}.tmp"
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
                number = os.open(self._passing, flags, 0o666, dir_fd=self._folder)
        except OSError as error:
            raise UnfitPath(f"-o: {self._path!r}: {error.strerror}") from error
        if self._before is not None:
            with suppress(OSError):
                os.fchmod(number, stat.S_IMODE(self._before.st_mode))
        return os.fdopen(number, "wb", buffering=1 << 20)

    def _open_nameless(self) -> int | None:
        nameless = getattr(os, "O_TMPFILE", None)
        if nameless is None or not os.path.isdir("/proc/self/fd"):
            return None
        with suppress(OSError):
            return os.open(".", os.O_WRONLY | nameless | os.O_CLOEXEC, 0o666, dir_fd=self._folder)
        return None

    def _give_name(self) -> None:
        """A link takes no name that is taken; a rename does."""
        nameless = f"/proc/self/fd/{self._file.fileno()}"
        if self._force and not self._passing:
            passing = f".taxengine-{token_hex(8)}.tmp"
            os.link(nameless, passing, dst_dir_fd=self._folder, follow_symlinks=True)
            self._passing = passing
        if self._force:
            os.rename(self._passing, self._name, src_dir_fd=self._folder, dst_dir_fd=self._folder)
            self._passing = ""
        elif self._passing:
            if not link_new(self._passing, self._name, folder=self._folder):
                self._passing = ""
        else:
            os.link(nameless, self._name, dst_dir_fd=self._folder, follow_symlinks=True)


def standing(path: str, *, force: bool, folder: int | None = None) -> os.stat_result | None:
    """What stands at the path, seen from the folder, where it is a file that may be replaced.

    Raises `UnfitPath` for anything else.
    """
    try:
        found = os.stat(path, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnfitPath(f"-o: {path!r}: {error.strerror}") from error
    kinds = {stat.S_IFREG: "a file", stat.S_IFDIR: "a folder", stat.S_IFLNK: "a symbolic link"}
    kind = kinds.get(stat.S_IFMT(found.st_mode), "a device or pipe")
    if kind != "a file":
        raise _unfit(path, "the path of a file", kind)
    if not force:
        raise _unfit(path, "a path where nothing is yet", kind, REPLACE)
    return found


def link_new(source: str, target: str, *, folder: int | None = None) -> bool:
    """Give a file a name that nothing has; returns whether it still has the old one, too.

    Raises `FileExistsError`.
    """
    try:
        os.link(source, target, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
            raise
        standing(target, force=False, folder=folder)
        # A file system without links. That nothing stands there was seen just now.
        os.rename(source, target, src_dir_fd=folder, dst_dir_fd=folder)
        return False
    return True


def _unfit(path: str, expected: str, got: str, hint: str = "") -> UnfitPath:
    told = f"expected {expected}, got {got}{f' ({hint})' if hint else ''}"
    return UnfitPath(f"-o {os.path.basename(path)}: {told}")
