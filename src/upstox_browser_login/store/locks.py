"""The lock of a document, where that is a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from upstox_browser_login.files import locks

from .documents import Held, lock_timed_out


@contextmanager
def file_lock(folder: Path, name: str, timeout: float) -> Iterator[Held]:
    """Hold the lock `name` within the block; see `Documents.lock` for the promises and errors."""
    with ExitStack() as stack:
        try:
            waited = stack.enter_context(locks.held(folder, name, timeout))
        except TimeoutError:
            raise lock_timed_out(timeout) from None
        yield Held(waited)


def check_lock(folder: Path) -> None:
    """Find out that a lock can be taken and released below `folder`. Raises `StoreError`."""
    name = f"probe-{os.urandom(8).hex()}"
    try:
        with file_lock(folder, name, 0.0):
            pass
    finally:
        with suppress(OSError):
            locks.path_of(folder, name).unlink(missing_ok=True)
