"""Documents that machines share, each of them with a copy at home."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import TypeVar

from upstox_browser_login.errors import StoreError

from .documents import Copy, Held, LedgerDocuments

T = TypeVar("T")

_log = logging.getLogger(__name__)

_lock_warned = threading.Event()
"""Whether this process has told that this machine's lock cannot be taken."""


class CopiedDocuments:
    """The documents of `shared`, and in `own` the copies that this machine keeps.

    Both are read, and whoever reads them puts them together: a server may go back in time, or be
    another one than before, and programs of this machine may use the copies alone. Both are locked
    and both are written. A copy that cannot be written is no error, since a container may have
    nowhere to keep it; one that is there and cannot be read is.
    """

    def __init__(self, shared: LedgerDocuments, own: LedgerDocuments) -> None:
        self._shared = shared
        self._own = own

    @property
    def kind(self) -> str:
        """That of the shared documents."""
        return self._shared.kind

    def where(self, name: str) -> str:
        """See `WrittenDocuments.where`."""
        return self._shared.where(name)

    def copies(self, name: str) -> tuple[Copy, ...]:
        """See `LedgerDocuments.copies`."""
        return (*self._shared.copies(name), *self._own.copies(name))

    def write(self, name: str, data: bytes, *, expires_at: datetime | None = None) -> None:
        """See `WrittenDocuments.write`."""
        self._shared.write(name, data, expires_at=expires_at)
        self._tried(lambda: self._own.write(name, data, expires_at=expires_at))

    def set_aside(self, name: str) -> str | None:
        """See `WrittenDocuments.set_aside`."""
        aside = self._shared.set_aside(name)
        copy = self._tried(lambda: self._own.set_aside(name))
        return " and ".join(each for each in (aside, copy) if each) or None

    def check_writable(self) -> None:
        """See `WrittenDocuments.check_writable`.

        What is wrong with the copies is logged as a warning.
        """
        self._shared.check_writable()
        try:
            self._own.check_writable()
        except StoreError as error:
            _log.warning(
                "This machine keeps no copy of its own of the record of past logins, so a server "
                "that forgets could let a refused PIN be sent again: %s %s",
                error.message,
                error.hint,
            )

    @contextmanager
    def lock(self, name: str, timeout: float) -> Iterator[Held]:
        """See `WrittenDocuments.lock`: this machine's lock and the shared one.

        Programs of this machine that keep the document in files alone take the first of them.
        """
        with ExitStack() as stack:
            # In this order everywhere, or two could wait for one another.
            own = self._own_lock(stack, name, timeout)
            shared = stack.enter_context(self._shared.lock(name, timeout))
            locks = [shared] if own is None else [own, shared]
            yield Held(
                any(lock.waited for lock in locks), lambda: all(lock.is_held() for lock in locks)
            )

    def _own_lock(self, stack: ExitStack, name: str, timeout: float) -> Held | None:
        """The lock of this machine, None where it cannot be taken, as in some containers.

        That is told once in a process: programs of this machine that keep files alone, or another
        Redis, are not kept out then.
        """
        try:
            return stack.enter_context(self._own.lock(name, timeout))
        except StoreError as error:
            log = _log.debug if _lock_warned.is_set() else _log.warning
            _lock_warned.set()
            log(
                "This machine's own lock cannot be taken, so only programs with the same Redis are "
                "kept from logging in at the same time: %s %s",
                error.message,
                error.hint,
            )
            return None

    def _tried(self, action: Callable[[], T]) -> T | None:
        try:
            return action()
        except StoreError as error:
            _log.debug("the copy on this machine is not kept: %s", error.message)
            return None
