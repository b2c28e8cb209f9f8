"""The table: what a failed login means for the next one."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Again(Enum):
    """When a login is tried again after a failure."""

    SOON = "soon"
    """It may pass by itself: again after a pause."""
    LATER = "after an hour and more"
    """It may pass by itself, and each try costs a TOTP code or a PIN: few of them, far apart."""
    LEDGER = "when the ledger allows it"
    """The ledger knows until when, or which setting has to change; a pause follows all the same."""
    TOMORROW = "on the next day"
    """Nobody knows whether it passes, and another try costs something: once a day."""
    NEVER = "when a person has acted"
    """It does not pass until a setting changes."""


AGAIN: Mapping[str, Again] = {
    "NETWORK": Again.SOON,
    "TIMEOUT": Again.SOON,
    "MAINTENANCE": Again.SOON,
    "SERVER_ERROR": Again.SOON,
    "SESSION_LOST": Again.SOON,
    "BROWSER_CRASHED": Again.SOON,
    "BROWSER_UNREACHABLE": Again.SOON,
    # Nothing reaches Upstox without a browser, and an upgrade of the machine may be replacing it.
    "BROWSER_MISSING": Again.SOON,
    # Of the exchange, before which Upstox has accepted a code and a PIN.
    "CODE_REJECTED": Again.LATER,
    "BAD_RESPONSE": Again.LATER,
    # Nothing is sent where the store does not work: a full disk may be emptied at any time.
    "STORE_UNREADABLE": Again.SOON,
    "STORE_UNWRITABLE": Again.SOON,
    # Often a command that should print a secret or a code, and which works later with the same
    # settings: a password manager was locked, or the network away.
    "CONFIGURATION": Again.SOON,
    "RATE_LIMITED": Again.LEDGER,
    "COOLING_DOWN": Again.LEDGER,
    "PIN_REJECTED": Again.LEDGER,
    "ACCOUNT_LOCKED": Again.LEDGER,
    # Its cool-down ends after minutes, but another seed is not to be hoped for, and Upstox counts.
    "TOTP_REJECTED": Again.TOMORROW,
    "TOTP_NOT_ENABLED": Again.TOMORROW,
    "ACCOUNT_INACTIVE": Again.TOMORROW,
    "ACTION_REQUIRED": Again.TOMORROW,
    "PAGE_NOT_RECOGNISED": Again.TOMORROW,
    "CHALLENGE": Again.TOMORROW,
    "STATE_MISMATCH": Again.TOMORROW,
    "AUTHORIZATION_DENIED": Again.TOMORROW,
    "UNEXPECTED": Again.TOMORROW,
    "NO_VALID_TOKEN": Again.SOON,
    "TOKEN_REVOKED": Again.SOON,
    "MOBILE_REJECTED": Again.NEVER,
    "CLIENT_REJECTED": Again.NEVER,
    "UNTRUSTED_ORIGIN": Again.NEVER,
    "INTERRUPTED": Again.SOON,
}
"""By the error's code. `tests/daily/test_outcomes.py` sees that none is missing."""


def again_after(code: str, *, spent: bool) -> Again:
    """When to try again after a failure. `spent`: its login has sent a TOTP code or a PIN.

    A newer version may have left a code that this one does not know.
    """
    again = AGAIN.get(code, Again.TOMORROW)
    return Again.LATER if spent and again is Again.SOON else again


def needs_a_person(code: str) -> bool:
    """Whether the failure is one that does not pass by itself, or seldom does."""
    if code == "CONFIGURATION":
        return True
    again = again_after(code, spent=False)
    return again not in {Again.SOON, Again.LATER} and code != "RATE_LIMITED"
