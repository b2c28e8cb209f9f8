"""What the settings are called, and which of them a task needs."""

from __future__ import annotations

PREFIX = "UPSTOX_"
APP = "upstox-browser-login"

NEEDED_FOR_LOGIN = (
    "username",
    "pin_code",
    "totp_secret",
    "client_id",
    "client_secret",
    "redirect_uri",
)
NEEDED_FOR_TOKEN_KEY = ("username", "client_id")


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()
