"""What a login works with, and until when."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from upstox_browser_login.budget import Budget
from upstox_browser_login.clock import Clock
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import (
    LedgerDocuments,
    TokenStore,
    account_key,
    open_ledger_documents,
    open_store,
    token_key,
)

if TYPE_CHECKING:
    from upstox_browser_login.ledger import Ledger
    from upstox_browser_login.page.marks import Marks


AFTER_PIN_SECONDS = 4.0
"""What Upstox's answer to a PIN, the redirect and the exchange take together."""


class Deadline(Struct, frozen=True):
    """One limit for a whole login."""

    at: float
    limit: float
    clock: Clock

    @classmethod
    def after(cls, seconds: float, clock: Clock) -> Deadline:
        """The deadline `seconds` from now."""
        return cls(clock.monotonic() + seconds, seconds, clock)

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.at - self.clock.monotonic())

    def has_time_for_a_pin(self, pause: float = 0.0) -> bool:
        """Whether a login whose PIN is typed now can end in time, as far as can be foreseen.

        `pause` is how many seconds the form is looked at before it is sent.
        """
        return self.left >= min(AFTER_PIN_SECONDS, self.limit / 4) + pause

    @property
    def evidence(self) -> float:
        """Seconds that keeping evidence may take now."""
        return Budget.beyond(self.at, self.clock.monotonic).evidence

    def closing(self, waited: float = 0.0) -> Budget:
        """What closing the browser may take now: no more where much of the limit is left.

        `waited` seconds count for nothing, since a person has taken them after the login.
        """
        now = self.clock.monotonic
        return Budget.beyond(min(now(), self.at + waited), now)

    def of_login(self) -> asyncio.Timeout:
        """The limit of all that happens in the browser."""
        return asyncio.timeout(self.left)


class Parts(Struct):
    """What a login works with, made from the settings once."""

    settings: Settings
    clock: Clock
    store: TokenStore
    key: str
    ledger: Ledger
    ledger_documents: LedgerDocuments
    marks: Marks | None
    """What a person's page file adds to what is known of Upstox's page; None without a file."""
    by_hand: bool = False
    """Whether a person types in the window, and the login only watches."""

    @classmethod
    def of(cls, settings: Settings, clock: Clock, *, by_hand: bool = False) -> Parts:
        """Open the store and the ledger; nothing is contacted yet.

        Raises `ConfigurationError` for a page file with an entry that cannot be.
        """
        from upstox_browser_login.ledger import Ledger

        documents = open_ledger_documents(settings)
        return cls(
            settings,
            clock,
            open_store(settings),
            token_key(settings),
            Ledger(documents, account_key(settings), settings.client_secret, now=clock.time),
            documents,
            None if settings.page_file is None else _marks_of(settings.page_file),
            by_hand,
        )

    @classmethod
    def usable(cls, settings: Settings, clock: Clock, *, by_hand: bool = False) -> Parts:
        """As `of`, once it is seen that a token and the ledger could be kept.

        Raises `StoreError` as well.
        """
        parts = cls.of(settings, clock, by_hand=by_hand)
        parts.store.check_writable()
        parts.ledger_documents.check_writable()
        return parts


def _marks_of(page_file: Path) -> Marks:
    # All that is known of the page is read with it; otherwise that waits until the browser starts.
    from upstox_browser_login.page.marks import read_marks

    return read_marks(page_file)
