"""Write a file whole or not at all."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from .private import CREATE_FLAGS, FILE_MODE, make_folder, set_mode

STALE_SECONDS = 3600.0
"""A temporary file older than this belongs to a process that was killed: no write takes so long."""

T = TypeVar("T")

_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{16}\.ubl-tmp")

# Windows refuses to replace, or to open, a file at the very moment another process has it open.
_TRIES = 40 if os.name == "nt" else 1
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
    make_folder(path.parent)
    _sweep(path.parent, now())
    temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}.ubl-tmp")
    try:
        _write(temporary, data, mode, owner)
        patiently(lambda: os.replace(temporary, path))  # noqa: PTH105  (as below: one way, os)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


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
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where a folder can be synced at all."""
    if os.name != "posix":
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
