"""Locks between threads, in a process that somebody forks while a thread holds one.

The child has none of the other threads, so that nobody there would ever release it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable


def released_in_children(lock: threading.Lock) -> threading.Lock:
    """`lock`, for which whoever forks waits, so that a child finds it free and its data whole.

    For a lock of the whole process that is held for moments only.
    """
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(
            before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release
        )
    return lock


def renewed_in_children(renew: Callable[[], None]) -> None:
    """Let `renew` replace locks in each child, where nobody can wait until they are released."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=renew)
