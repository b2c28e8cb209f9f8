"""Documents in the memory of this process, which go with it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from upstox_browser_login.forks import released_in_children, renewed_in_children

from .documents import Held, lock_timed_out

_kept: dict[str, bytes] = {}
_locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
_changing = released_in_children(threading.Lock())

renewed_in_children(_locks.clear)


class MemoryDocuments:
    """One for the whole process, whoever opens it: a token is got once and used by all threads."""

    kind = "memory"

    @property
    def place(self) -> str:
        """See `Documents.place`."""
        return "the memory of this process"

    def where(self, name: str) -> str:
        """See `Documents.where`."""
        del name
        return "the memory of this process"

    def read(self, name: str) -> bytes | None:
        """See `Documents.read`."""
        with _changing:
            return _kept.get(name)

    def write(self, name: str, data: bytes, *, expires_at: datetime | None = None) -> None:  # noqa: ARG002  (the process has an end of its own)
        """See `Documents.write`."""
        with _changing:
            _kept[name] = data

    def delete(self, name: str) -> bool:
        """See `Documents.delete`."""
        with _changing:
            return _kept.pop(name, None) is not None

    def set_aside(self, name: str) -> str | None:
        """See `Documents.set_aside`; what is damaged here is of no use to anybody, and goes."""
        return "nothing: it was in memory" if self.delete(name) else None

    def check_writable(self) -> None:
        """See `Documents.check_writable`: there is nothing that could fail."""

    @contextmanager
    def lock(self, name: str, timeout: float) -> Iterator[Held]:
        """See `Documents.lock`; the ledger's own lock keeps other processes out."""
        with _changing:
            lock = _locks[name]
        waited = not lock.acquire(blocking=False)
        if waited and not lock.acquire(timeout=max(timeout, 0)):
            raise lock_timed_out(timeout)
        try:
            yield Held(waited)
        finally:
            lock.release()
