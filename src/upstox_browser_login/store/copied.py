"""Documents that machines share, each of them with a copy at home."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TypeVar

from upstox_browser_login.errors import StoreError

from .documents import Documents, Held

T = TypeVar("T")

_log = logging.getLogger(__name__)


class CopiedDocuments:
    """The documents of `shared`, and in `copies` each as this machine has last written it.

    The shared one counts. The copy is read where there is none: the store may be another one than
    before, or a server that keeps nothing on disk was restarted. A copy that cannot be kept is no
    error, since a container may have nowhere to keep it; one that is there and cannot be read is.
    """

    def __init__(self, shared: Documents, copies: Documents) -> None:
        self._shared = shared
        self._copies = copies

    @property
    def kind(self) -> str:
        """That of the shared documents."""
        return self._shared.kind

    def where(self, name: str) -> str:
        """See `Documents.where`."""
        return self._shared.where(name)

    def read(self, name: str) -> bytes | None:
        """See `Documents.read`."""
        data = self._shared.read(name)
        return self._copies.read(name) if data is None else data

    def write(self, name: str, data: bytes, *, expires_at: datetime | None = None) -> None:
        """See `Documents.write`."""
        self._shared.write(name, data, expires_at=expires_at)
        self._tried(lambda: self._copies.write(name, data, expires_at=expires_at))

    def delete(self, name: str) -> bool:
        """See `Documents.delete`."""
        found = self._shared.delete(name)
        return bool(self._tried(lambda: self._copies.delete(name))) or found

    def set_aside(self, name: str) -> str | None:
        """See `Documents.set_aside`."""
        aside = self._shared.set_aside(name)
        copy = self._tried(lambda: self._copies.set_aside(name))
        return aside or copy

    def check_writable(self) -> None:
        """See `Documents.check_writable`."""
        self._shared.check_writable()

    def lock(self, name: str, timeout: float) -> AbstractContextManager[Held]:
        """See `Documents.lock`."""
        return self._shared.lock(name, timeout)

    def _tried(self, action: Callable[[], T]) -> T | None:
        try:
            return action()
        except StoreError as error:
            _log.debug("the copy on this machine is not kept: %s", error.message)
            return None
