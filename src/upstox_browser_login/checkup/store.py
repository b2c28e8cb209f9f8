"""The store and its lock, the token in it, and what past logins stand in the way with."""

from __future__ import annotations

from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import StoreError, UpstoxError, UpstoxUnavailableError
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.ledger.rules import stop_at
from upstox_browser_login.session.standing import with_fitting_hint
from upstox_browser_login.settings import NEEDED_FOR_TOKEN_KEY, Settings
from upstox_browser_login.store import (
    TokenStore,
    account_key,
    open_ledger_documents,
    open_store,
    token_key,
)
from upstox_browser_login.token import Token

from .check import Check, failed, fine, noted, skipped, warned


def check_store(settings: Settings, clock: Clock) -> tuple[Check, TokenStore | None]:
    """Whether a token could be kept: a document is written, and removed again."""
    name = "store"
    began = clock.monotonic()
    try:
        store = open_store(settings)
        store.check_writable()
        ledger = open_ledger_documents(settings)
        ledger.check_writable()
    except UpstoxError as error:
        return failed(name, error), None
    took = clock.monotonic() - began
    message = f"{store.kind}: a document was written, read and removed in {took:.2f} s."
    return fine(name, message), store


def check_lock(store: TokenStore, key: str) -> Check:
    """Whether the lock of a login can be taken, is held, and is free again afterwards."""
    name = "lock"
    try:
        with store.lock(key, 0.0) as held:
            kept = held.is_held()
        with store.lock(key, 0.0):
            pass
    except UpstoxUnavailableError:
        return warned(
            name,
            "Another login has the lock.",
            "Wait until it is done; end the other upstox-browser-login if it hangs.",
        )
    except UpstoxError as error:
        return failed(name, error)
    if not kept:
        lost = StoreError(
            f"The {store.kind} store takes the lock away from the one who holds it.",
            code="STORE_UNWRITABLE",
        )
        return failed(name, lost)
    return fine(name, "The lock that keeps two logins apart could be taken, held and released.")


def check_token(store: TokenStore, settings: Settings, clock: Clock) -> tuple[Check, Token | None]:
    """What is stored; the token is answered where it is valid by this machine's clock."""
    name = "token"
    if any(getattr(settings, each) is None for each in NEEDED_FOR_TOKEN_KEY):
        return skipped(name, "The mobile number or the client id is not set."), None
    try:
        with with_fitting_hint(settings):
            token = store.load(token_key(settings))
    except UpstoxError as error:
        return noted(name, error), None
    if token is None:
        return fine(name, "None is stored; the next command that needs one logs in."), None
    left = token.seconds_left(clock.now())
    if left <= 0:
        return fine(name, "The stored one has expired; a login gets the next."), None
    hours, minutes = divmod(int(left // 60), 60)
    return fine(name, f"A valid one is stored, for {hours} h {minutes} min more."), token


def check_ledger(settings: Settings, clock: Clock, *, readable: bool = True) -> Check:
    """Whether past refusals stand in the way of a login. `readable`: the store could be used."""
    name = "past logins"
    if not readable:
        return warned(name, "What became of them is not known: the store could not be used.")
    if settings.username is None:
        return skipped(name, "The mobile number is not set.")
    pin = None if settings.pin_code is None else settings.pin_code.get_secret_value()
    try:
        documents = open_ledger_documents(settings)
        account = account_key(settings)
        ledger = Ledger(documents, account, settings.client_secret, now=clock.time)
        stop_at(ledger.block(pin))
    except UpstoxError as error:
        return failed(name, error)
    return fine(name, "None stands in the way: a login may be tried.")
