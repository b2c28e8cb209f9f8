"""A token by approval on the phone: ask Upstox for it, and wait for Upstox's message."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from upstox_browser_login import api
from upstox_browser_login.api import TokenRequest
from upstox_browser_login.blocking import run_apart
from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import (
    ConfigurationError,
    StoreError,
    UpstoxUnavailableError,
)
from upstox_browser_login.redaction import install_log_redaction
from upstox_browser_login.session import LoginResult, Progress
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import TokenStore, open_store, token_key
from upstox_browser_login.store.aside import set_damaged_aside_alone
from upstox_browser_login.token import Token

from .inbox import Inbox
from .listener import Address, listening

_POLL = 0.5


def receive_token(
    settings: Settings,
    address: Address,
    *,
    asked: Callable[[TokenRequest], None],
    user_id: str | None = None,
    path: str | None = None,
    progress: Progress | None = None,
    clock: Clock | None = None,
    cancelled: threading.Event | None = None,
) -> LoginResult:
    """Ask for a token by phone (v3), listen at `address` until it comes, and store it.

    `asked` is told when the request was made, from another thread. Only a token of `user_id` is
    taken; without one, of the user whose token is stored. Messages come to `path`; without one, to
    the path of the notifier URL that Upstox names.

    Raises `ConfigurationError` where nobody knows whose token is wanted or nothing can listen at
    `address`, `UpstoxUnavailableError` (`TIMEOUT`) when the request has ended without a token, and
    what `api.request_token` raises.
    """
    install_log_redaction()
    settings.require("client_id", "client_secret", "username")
    clock = clock or Clock()
    waiting = _Waiting(settings, progress or Progress(), clock, asked)
    waiting.store.check_writable()
    owner = user_id or waiting.last_owner()
    if owner is None:
        raise ConfigurationError(
            "No token is stored yet that tells whose token to wait for, and messages are not "
            "signed: anybody could send one of another account.",
            hint="Name the user with --user-id: the UCC that the Upstox app shows in the profile.",
        )
    warning = set_damaged_aside_alone(waiting.store, waiting.key, settings.timeout)
    if warning is not None:
        waiting.progress.warning(warning)
    return run_apart(waiting.run(address, owner, path), cancelled)


class _Waiting:
    """One request and the wait for its answer."""

    def __init__(
        self,
        settings: Settings,
        progress: Progress,
        clock: Clock,
        asked: Callable[[TokenRequest], None],
    ) -> None:
        self.settings = settings
        self.progress = progress
        self.clock = clock
        self.asked = asked
        self.store: TokenStore = open_store(settings)
        self.key = token_key(settings)

    def last_owner(self) -> str | None:
        """The user of the stored token, valid or expired; None if it is damaged."""
        with suppress(StoreError):
            token = self.store.load(self.key)
            return None if token is None else token.user_id
        return None

    async def run(self, address: Address, owner: str, path: str | None) -> LoginResult:
        sock = address.bound()
        inbox = Inbox(self.settings, keep=self.keep, clock=self.clock, owner=owner, path=path)
        # Listen before asking, so that no message can be missed.
        async with listening(inbox, sock):
            request = await api.request_token(self.settings)
            inbox.expect(request)
            self.asked(request)
            await self._until(inbox, request.expires_at)
        return LoginResult(inbox.token.result(), "login", self.store.kind)

    def keep(self, token: Token) -> None:
        """Store the token. Raises `StoreError`."""
        self.store.save(self.key, token)

    async def _until(self, inbox: Inbox, end: datetime) -> None:
        """Wait for the token by wall-clock time: Upstox's limit runs while this machine sleeps."""
        while not inbox.token.done():
            left = (end - self.clock.now()).total_seconds()
            if left <= 0 and inbox.close():
                raise UpstoxUnavailableError(
                    "The request has ended: it was not approved in time, or Upstox's message did "
                    "not reach this machine.",
                    code="TIMEOUT",
                    hint=(
                        "Run again and approve it in the Upstox app. If you did, see that the "
                        "app's notifier URL leads to --listen, and that this clock is right."
                    ),
                )
            await asyncio.wait({inbox.token}, timeout=min(max(left, 0.05), _POLL))
