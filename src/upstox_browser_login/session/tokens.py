"""What is done with tokens outside a login: exchanged by hand, revoked, forgotten."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress

from msgspec import Struct

from upstox_browser_login.blocking import run_apart
from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import (
    NotLoggedInError,
    StoreError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import (
    TokenStore,
    known_account_key,
    open_ledger_documents,
    open_store,
    token_key,
)
from upstox_browser_login.store.aside import set_damaged_aside_alone
from upstox_browser_login.store.states import States
from upstox_browser_login.token import Token

from .progress import LoginResult, StepTime

log = logging.getLogger(__name__)

AGAIN = "run `upstox-browser-login auth-url` again"


class ByHand:
    """A login in any browser: the dialog's address, then a token for what came of it.

    The two halves may be two objects, in two processes. `warn` is told what a person should know;
    `again` says in hints how to begin again.
    """

    def __init__(
        self, settings: Settings, *, warn: Callable[[str], None], again: str = AGAIN
    ) -> None:
        self._settings = settings
        self._warn = warn
        self._again = again
        self._states = States(settings)
        self._state: str | None = None

    def url(self) -> str:
        """The address of Upstox's dialog. Its state is remembered here alone until `keep_state`."""
        from upstox_browser_login.oauth import dialog_url, new_state

        self._state = new_state()
        return dialog_url(self._settings, self._state)

    def keep_state(self) -> None:
        """Let others on this machine know the state too. Raises `StoreError`."""
        if self._state is not None:
            self._states.put(self._state)

    def exchange(self, pasted: str, *, clock: Clock) -> LoginResult:
        """Turn a code, or the whole address that the browser ended on, into a token and store it.

        Tokens are filed by mobile number: without one in the settings, the token is only returned.
        Nothing is spent where the token could not be stored, or no way out could be had. Raises
        what `oauth.read_pasted` and `oauth.exchange` raise, and `StoreError`.
        """
        from upstox_browser_login import oauth
        from upstox_browser_login.http import prepare

        settings = self._settings
        pasted = oauth.tidy_pasted(pasted)
        code = self._code(pasted)
        store = self._writable() if settings.is_set("username") else None
        # Before the state is dropped: a wrong proxy or certificate variable must not spend it.
        client = prepare(settings.api_base_url, proxy=settings.proxy)
        if code != pasted:
            # Dropped before the exchange, so that a second address with this state is refused.
            self._forget_state()
        began = clock.monotonic()
        try:
            token = run_apart(oauth.exchange(settings, code, clock=clock, client=client))
        except UpstoxError as error:
            error.hint = error.hint.replace("run the login again", self._again)
            raise
        exchanged = clock.monotonic()
        steps = [StepTime("exchange", round(exchanged - began, 3))]
        if store is not None:
            store.save(token_key(settings), token)
            steps.append(StepTime("store", round(clock.monotonic() - exchanged, 3)))
        return LoginResult(token, "login", "none" if store is None else store.kind, tuple(steps))

    def _writable(self) -> TokenStore:
        store, key = open_store(self._settings), token_key(self._settings)
        store.check_writable()
        warning = set_damaged_aside_alone(store, key, self._settings.timeout)
        if warning is not None:
            self._warn(warning)
        return store

    def _code(self, pasted: str) -> str:
        from upstox_browser_login import oauth

        oauth.refuse_elsewhere(pasted, self._settings.redirect_uri or "")
        oauth.refuse_cut(pasted)
        if not oauth.is_address(pasted):
            return oauth.read_pasted(pasted, None)
        state = self._state or self._states.get()
        return oauth.read_pasted(pasted, state, again=self._again)

    def _forget_state(self) -> None:
        own, self._state = self._state, None
        if own is None:
            self._states.drop()
            return
        with suppress(StoreError):  # it may never have been stored
            if self._states.get() == own:
                self._states.drop()


class LoggedOut(Struct, frozen=True):
    """What a logout has done."""

    revoked: bool
    """At Upstox; a token that had expired by itself is not revoked."""
    removed: bool
    """From the store; a newer token that another login has put there stays."""


def logout(settings: Settings, *, clock: Clock) -> LoggedOut:
    """Revoke the stored token at Upstox and remove it here.

    Raises `NotLoggedInError` where none is stored, `StoreError`, and what `api.logout` raises: then
    the token stays stored.
    """
    from upstox_browser_login import api

    store = open_store(settings)
    try:
        token = store.load(token_key(settings))
    except StoreError as error:
        if error.damaged:
            error.hint = (
                "Remove it here alone: `upstox-browser-login logout --local`. Upstox cannot be "
                "told of a token that cannot be read; it dies by itself at 03:30 IST."
            )
        raise
    if token is None:
        _discard_set_aside(settings, store)
        raise _nothing_stored(store)
    dead = token.seconds_left(clock.now() - token.clock_ahead) <= 0
    if not dead:
        try:
            was_alive = run_apart(api.logout(settings, token))
        except UpstoxError as error:
            error.message += " The token is still stored, and may still be valid at Upstox."
            error.hint += " Or remove it here alone: `upstox-browser-login logout --local`."
            raise
        if was_alive:
            note_thrown_away(settings, clock)
    return LoggedOut(revoked=not dead, removed=forget(settings, token))


def logout_here(settings: Settings, *, clock: Clock) -> LoggedOut:
    """Remove the stored token, damaged or not, without telling Upstox.

    Raises `NotLoggedInError` where none is stored, and `StoreError`.
    """
    store = open_store(settings)
    if not store.delete(token_key(settings)):
        raise _nothing_stored(store)
    note_thrown_away(settings, clock)
    return LoggedOut(revoked=False, removed=True)


def note_thrown_away(settings: Settings, clock: Clock) -> None:
    """Keep in the ledger that a person has thrown a token away, so that `refresh` knows.

    Else it would take it for lost, and wait before the next login. Nothing is fetched for it; where
    it cannot be kept, that is told.
    """
    from upstox_browser_login.ledger import Ledger

    key = known_account_key(settings)
    if key is None:
        return
    try:
        Ledger(open_ledger_documents(settings), key, now=clock.time).token_thrown_away()
    except UpstoxError as error:
        log.warning("It could not be recorded that the token was thrown away: %s", error.message)


def forget(settings: Settings, token: Token) -> bool:
    """Remove `token` from the store, unless somebody has put another in its place.

    False: it was not there. Raises `StoreError`.
    """
    store, key = open_store(settings), token_key(settings)
    with store.lock(key, settings.timeout):
        stored = store.load(key)
        if stored is None or stored.access_token != token.access_token:
            return False
        store.delete(key)
    return True


def _discard_set_aside(settings: Settings, store: TokenStore) -> None:
    """Remove what was set aside where no token is stored, unless a login is about to store one."""
    key = token_key(settings)
    with suppress(UpstoxUnavailableError, StoreError), store.lock(key, 0):
        if store.load(key) is None:
            store.delete(key)


def _nothing_stored(store: TokenStore) -> NotLoggedInError:
    return NotLoggedInError(
        "No token is stored for this account, so there is nothing to log out of.",
        hint=store.why_empty
        or "If another one is meant, add its --profile or --env-file; "
        "`upstox-browser-login accounts list` shows the profiles and their tokens.",
    )
