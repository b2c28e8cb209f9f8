"""Write a file whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from .private import CREATE_FLAGS, FILE_MODE, make_folder, set_mode

STALE_SECONDS = 3600.0
"""A temporary file older than this belongs to a process that was killed: no write takes so long."""

MORE = 8_192
"""Bytes by which a file that takes a token may grow. Tokens have one or two thousand."""

T = TypeVar("T")

_NOT_REPLACEABLE = {errno.EBUSY, errno.EROFS, errno.EACCES}
"""A file that is a mount of its own, and a folder in which nothing new can be made."""

_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{16}\.ubl-tmp")

# Windows refuses to replace, or to open, a file at the very moment another process has it open.
_TRIES = 40 if sys.platform == "win32" else 1
_PAUSE = 0.025


def write_atomically(
    path: Path,
    data: bytes,
    mode: int = FILE_MODE,
    *,
    owner: tuple[int, int] | None = None,
    now: Callable[[], float] = time.time,
) -> None:
    """Make `data` the content of `path`: readers, and a crash, see the old content or the new.

    The file has `mode` from its first byte, whatever the umask; missing folders are made 0700. It
    belongs to this user, unless `owner` (POSIX user and group) says otherwise.
    A symbolic link at `path` is replaced, not followed. A failed write keeps the old file and
    leaves no other behind; what killed writers left in the folder is removed. Raises `OSError`.
    """
    with _temporary(path, data, mode, owner, now()) as temporary:
        patiently(lambda: os.replace(temporary, path))  # noqa: PTH105  (as below: one way, os)
    _sync_folder(path.parent)


def write_where_possible(
    path: Path, data: bytes, mode: int, *, owner: tuple[int, int] | None = None
) -> None:
    """As `write_atomically`, but a file that cannot be replaced is written in place.

    Containers mount a single file, which can be written and not replaced. A failed write puts the
    old content back; a crash in the middle may leave a part of each. Raises `OSError`.
    """
    try:
        write_atomically(path, data, mode, owner=owner)
    except OSError as error:
        if error.errno not in _NOT_REPLACEABLE or not _is_own_file(path):
            raise
        _write_in_place(path, data)


def check_write(path: Path, mode: int, *, owner: tuple[int, int] | None = None) -> None:
    """Try whether `write_where_possible` would work; what stands at `path` is not changed.

    There has to be room for the old content and a token beside it. Raises `OSError` where it would
    not work.
    """
    # Of these two, something new could be made beside them, and could not take their place.
    if os.path.ismount(path) and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    if sys.platform != "win32" and path.exists() and os.statvfs(path).f_flag & os.ST_RDONLY:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))
    size = (path.stat().st_size if path.is_file() else 0) + MORE
    try:
        # Random, which no file system can keep in less room than it needs.
        with _temporary(path, os.urandom(size), mode, owner, time.time()) as temporary:
            temporary.unlink()
    except OSError as error:
        if error.errno not in _NOT_REPLACEABLE or not _is_own_file(path):
            raise
        # Written in place it would grow where it is, which cannot be tried without changing it.
        if sys.platform != "win32":
            found = os.statvfs(path)
            if found.f_bavail * found.f_frsize < MORE:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None


def _is_own_file(path: Path) -> bool:
    """Whether there is a file that this user may write."""
    return path.is_file() and os.access(path, os.W_OK)


def _write_in_place(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        old = _read_all(descriptor)
        try:
            _overwrite(descriptor, data)
        except BaseException:
            # The old content had room there before, so that it has room now.
            _overwrite(descriptor, old)
            raise
    finally:
        os.close(descriptor)


def _read_all(descriptor: int) -> bytes:
    pieces = []
    while piece := os.read(descriptor, 65_536):
        pieces.append(piece)
    return b"".join(pieces)


def _overwrite(descriptor: int, data: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    _write_all(descriptor, data)
    os.ftruncate(descriptor, len(data))
    os.fsync(descriptor)


@contextmanager
def _temporary(
    path: Path, data: bytes, mode: int, owner: tuple[int, int] | None, now: float
) -> Iterator[Path]:
    """A file beside `path` with this content, which a failure within the block removes."""
    make_folder(path.parent)
    _sweep(path.parent, now)
    temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}.ubl-tmp")
    try:
        _write(temporary, data, mode, owner)
        yield temporary
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def patiently(action: Callable[[], T]) -> T:
    """What `action` returns; on Windows tried for a second while another process has the file.

    Raises `OSError`.
    """
    for _ in range(_TRIES - 1):
        try:
            return action()
        except PermissionError:
            time.sleep(_PAUSE)
    return action()


def _write(path: Path, data: bytes, mode: int, owner: tuple[int, int] | None) -> None:
    descriptor = os.open(path, CREATE_FLAGS, mode)
    try:
        if owner is not None and hasattr(os, "fchown"):
            # Before the mode, of which a change of owner may take bits away.
            os.fchown(descriptor, *owner)
        # The umask may have taken bits that an `.env` file had.
        set_mode(descriptor, mode)
        _write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where a folder can be synced at all."""
    if sys.platform == "win32":
        return
    # The new content is in place: a file system that cannot sync folders has not failed us.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep(folder: Path, now: float) -> None:
    """Remove the temporary files of writers that were killed."""
    # A folder that cannot be listed may be written all the same, and another may be sweeping too.
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name) and _age(entry, now) > STALE_SECONDS:
                Path(entry.path).unlink(missing_ok=True)


def _age(entry: os.DirEntry[str], now: float) -> float:
    try:
        return now - entry.stat(follow_symlinks=False).st_mtime
    except FileNotFoundError:
        return 0.0
