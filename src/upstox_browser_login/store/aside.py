"""Moves a damaged token out of the way before a new one is stored."""

from __future__ import annotations

from upstox_browser_login.errors import StoreError

from .tokens import TokenStore


def set_damaged_aside(store: TokenStore, key: str) -> str | None:
    """Move the stored token away if it is damaged; return a warning then.

    Raises `StoreError` where it can be neither read nor moved, or where the store does not answer.
    """
    try:
        store.load(key)
    except StoreError as error:
        if error.unanswered:
            raise
        where = store.set_aside(key)
        if where is None:
            raise
        return f"The stored token was damaged; it is kept as {where}."
    return None
