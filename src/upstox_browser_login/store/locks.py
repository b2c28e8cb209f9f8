"""A lock between the processes of one machine, which dies with its holder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .documents import Held, lock_timed_out, reason_of, unwritable, way_out_of
from .private import FILE_MODE, make_own_folder


@contextmanager
def file_lock(folder: Path, name: str, timeout: float) -> Iterator[Held]:
    """Hold the lock `name` within the block; see `Documents.lock` for the promises and errors."""
    import filelock

    path = folder / f"{name}.lock"
    # Not bound to a thread: an event loop takes it in one worker and gives it back in another.
    lock = filelock.FileLock(path, mode=FILE_MODE, thread_local=False)
    waited = False
    try:
        make_own_folder(folder)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            waited = True
            lock.acquire(timeout=timeout)
    except filelock.Timeout:
        raise lock_timed_out(timeout) from None
    except OSError as error:
        raise unwritable(path, reason_of(error), way_out_of(error, folder)) from None
    try:
        yield Held(waited)
    finally:
        lock.release()
