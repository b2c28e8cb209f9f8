"""A lock between the processes of one machine, which dies with its holder."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .private import FILE_MODE, make_own_folder
from .refused import reason_of, unwritable, way_out_of

_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS}
"""How a file system answers that it has no locks."""


@contextmanager
def held(folder: Path, name: str, timeout: float) -> Iterator[bool]:
    """Hold the lock `name` within the block; whether somebody else had it when we came.

    Raises `TimeoutError` after `timeout` seconds, and `StoreError`.
    """
    import filelock

    path = path_of(folder, name)
    lock = filelock.FileLock(
        path,
        mode=FILE_MODE,
        # Not bound to a thread: an event loop takes it in one worker, gives it back in another.
        thread_local=False,
        # A file that stands for a lock would outlive a holder that was killed.
        fallback_to_soft=False,
    )
    waited = False
    try:
        make_own_folder(folder)
    except OSError as error:
        raise unwritable(path, reason_of(error), way_out_of(error, folder)) from None
    try:
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            waited = True
            lock.acquire(timeout=timeout)
    except filelock.Timeout:
        raise TimeoutError from None
    except OSError as error:
        hint = _no_locks(folder) if error.errno in _NO_LOCKS else way_out_of(error, folder)
        raise unwritable(path, reason_of(error), hint) from None
    try:
        yield waited
    finally:
        lock.release()


def name_for(kind: str, path: Path) -> str:
    """The name of the lock of a file, the same by whichever path it is reached."""
    real = os.path.realpath(path).encode("utf-8", "surrogateescape")
    return f"{kind}-{hashlib.sha256(real).hexdigest()[:32]}"


def path_of(folder: Path, name: str) -> Path:
    """The file of a lock."""
    return folder / f"{name}.lock"


def _no_locks(folder: Path) -> str:
    return (
        f"The file system of {folder} has no file locks, without which two logins could run at "
        "once: set UPSTOX_STATE_DIR to a folder on a local disk, or mount the drive with locks "
        "(NFS: a running lock service, no `nolock`)."
    )
