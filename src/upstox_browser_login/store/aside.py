"""Moves a damaged token out of the way before a new one is stored."""

from __future__ import annotations

from upstox_browser_login.errors import StoreError

from .tokens import TokenStore


def set_damaged_aside(store: TokenStore, key: str) -> str | None:
    """Move the stored token away if it is damaged; return a warning then.

    For a holder of the token's lock: a login may otherwise store a good one before it is moved.
    Raises `StoreError` where it can be neither read nor moved, or where the store does not answer.
    """
    try:
        store.load(key)
    except StoreError as error:
        if error.unanswered:
            raise
        where = store.set_aside(key)
        if where is None:
            store.load(key)  # it may be gone with a database that a login has moved meanwhile
            return None
        return f"The stored token was damaged; it is kept as {where}."
    return None


def set_damaged_aside_alone(store: TokenStore, key: str, timeout: float) -> str | None:
    """Do the same for one who does not hold the token's lock, which is waited for if need be.

    Also raises `UpstoxUnavailableError` (`TIMEOUT`) where a login holds the lock for longer.
    """
    try:
        store.load(key)
    except StoreError:
        with store.lock(key, timeout):
            return set_damaged_aside(store, key)
    return None
