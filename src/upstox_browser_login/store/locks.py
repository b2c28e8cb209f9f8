"""A lock between the processes of one machine, which dies with its holder."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from upstox_browser_login.files.private import FILE_MODE, make_own_folder
from upstox_browser_login.files.refused import reason_of, unwritable, way_out_of

from .documents import Held, lock_timed_out

_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS}
"""How a file system answers that it has no locks."""


@contextmanager
def file_lock(folder: Path, name: str, timeout: float) -> Iterator[Held]:
    """Hold the lock `name` within the block; see `Documents.lock` for the promises and errors."""
    import filelock

    path = _path(folder, name)
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
        raise lock_timed_out(timeout) from None
    except OSError as error:
        hint = _no_locks(folder) if error.errno in _NO_LOCKS else way_out_of(error, folder)
        raise unwritable(path, reason_of(error), hint) from None
    try:
        yield Held(waited)
    finally:
        lock.release()


def check_lock(folder: Path) -> None:
    """Find out that a lock can be taken and released below `folder`. Raises `StoreError`."""
    name = f"probe-{os.urandom(8).hex()}"
    try:
        with file_lock(folder, name, 0.0):
            pass
    finally:
        with suppress(OSError):
            _path(folder, name).unlink(missing_ok=True)


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.lock"


def _no_locks(folder: Path) -> str:
    return (
        f"The file system of {folder} has no file locks, without which two logins could run at "
        "once: set UPSTOX_STATE_DIR to a folder on a local disk, or mount the drive with locks "
        "(NFS: a running lock service, no `nolock`)."
    )
