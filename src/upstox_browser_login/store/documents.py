"""What a store is: named documents that can be read, written whole, and locked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from msgspec import Struct

from upstox_browser_login.errors import StoreError, UpstoxUnavailableError

PROBE = b"probe" * 13_000
"""What is written to find out that a store takes a document: more than the largest one has."""


def _always() -> bool:
    return True


class Copy(Struct, frozen=True):
    """One copy of a document: where it is, for people, and how to read it (as `Documents.read`)."""

    where: str
    read: Callable[[], bytes | None]


class Held(Struct, frozen=True):
    """A lock that is held. `waited` tells whether somebody else had it when we came.

    `is_held` asks whether it is ours still: one that is a lease runs out under a holder that
    stood still for too long. `StoreError`: `STORE_UNWRITABLE`.
    """

    waited: bool
    is_held: Callable[[], bool] = _always


class WrittenDocuments(Protocol):
    """A place for named documents that are written and locked. Safe in threads and processes.

    A name consists of letters, digits, dots and dashes. Every method raises `StoreError`, which
    names the place and the reason, and holds neither a document nor a password.
    """

    @property
    def kind(self) -> str:
        """`file`, `sqlite`, `keyring`, `memory` or `redis`."""

    def where(self, name: str) -> str:
        """Where the document is, in words for a person; no password of an address."""

    def write(self, name: str, data: bytes, *, expires_at: datetime | None = None) -> None:
        """Replace the document, whole or not at all. `StoreError`: `STORE_UNWRITABLE`.

        `expires_at`: when the document is of no more use; a store may then drop it by itself.
        """

    def set_aside(self, name: str) -> str | None:
        """Move a damaged document out of the way, and say where it went; None if there is none.

        It takes the place of what was set aside before.
        `StoreError`: `STORE_UNWRITABLE`; `UpstoxUnavailableError` (`TIMEOUT`) where another login
        keeps moving it.
        """

    def check_writable(self) -> None:
        """Write a probe as large as a document and remove it; take, renew and release a lock.

        So a store that does not work is noticed before a credential is sent.
        `StoreError`: `STORE_UNWRITABLE`.
        """

    def lock(self, name: str, timeout: float) -> AbstractContextManager[Held]:
        """Be the only one, of all processes that share the store, within the block.

        The lock may be released in another thread than it was taken in, is not reentrant, and
        dies with its holder. `UpstoxUnavailableError` with `TIMEOUT` after `timeout` seconds;
        `StoreError`: `STORE_UNWRITABLE`.
        """


class Documents(WrittenDocuments, Protocol):
    """Documents of which there is one copy."""

    @property
    def place(self) -> str:
        """Where all documents are, in words for a person; no password of an address."""

    def read(self, name: str) -> bytes | None:
        """The document, None where there is none. `StoreError`: `STORE_UNREADABLE`."""

    def delete(self, name: str) -> bool:
        """Remove the document; whether there was one. `StoreError`: `STORE_UNWRITABLE`.

        What was set aside of it goes as well: it may hold a whole token of a newer version.
        """


class LedgerDocuments(WrittenDocuments, Protocol):
    """Documents that may be kept in several copies, which can be read one by one."""

    def copies(self, name: str) -> tuple[Copy, ...]:
        """Every copy of the document, without reading any of them yet."""


def only_copy(documents: Documents, name: str) -> tuple[Copy, ...]:
    """The copies of a document that is kept once."""
    return (Copy(documents.where(name), partial(documents.read, name)),)


Blame = Callable[[object, str, str | None], StoreError]
"""`unreadable` or `unwritable`: makes an error of the place, the reason and the hint."""


def utc_now() -> datetime:
    """The clock of the stores, unless a test brings another."""
    return datetime.now(UTC)


def damaged_name(name: str) -> str:
    """What a damaged document is renamed to: always the same, since no keyring lists its names."""
    return f"{name}.damaged"


def lock_timed_out(timeout: float) -> UpstoxUnavailableError:
    """The error of one who waited for a lock in vain."""
    return UpstoxUnavailableError(
        f"Another login is under way and did not finish within {timeout:g} s.",
        code="TIMEOUT",
        hint=(
            "Run again in a moment: the token may be there by then. If it stays, end the other "
            "upstox-browser-login, or raise UPSTOX_TIMEOUT."
        ),
        step="store",
    )
