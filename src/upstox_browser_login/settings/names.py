"""What the settings are called, and which of them belong together."""

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
NEEDED_BY_HAND = ("username", "client_id", "client_secret", "redirect_uri")
"""Of a login that a person types: PIN and code are the person's, the number names the token."""

NEEDED_FOR_TOKEN_KEY = ("username", "client_id")

ACCOUNT = (*NEEDED_FOR_LOGIN, "totp_command", "password")
"""Who logs in, and to which app. All of them come from the env file that a person has named."""

COMMANDS = ("totp_command",)
"""Settings whose value is a command line."""

CREDENTIALS = ("pin_code", "totp_secret", "totp_command", "client_secret", "password")
"""What somebody else's `.env` must not send elsewhere. A mobile number alone opens nothing."""

SHELL_QUOTED = (*COMMANDS, "browser_args")
"""Settings in which quotes mean something."""


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def runs_or_routes(name: str) -> bool:
    """Whether a setting runs a program, or says to which host a login goes."""
    return (
        name in COMMANDS
        or name.startswith("browser_")
        or name in {"api_base_url", "allow_untrusted_origin"}
    )


def keeps(name: str) -> bool:
    """Whether a setting says where the token, the record of logins or the evidence is kept."""
    return name in {"token_store", "state_dir", "trace_dir"}
