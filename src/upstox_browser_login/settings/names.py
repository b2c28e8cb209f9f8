"""What the settings are called, and which of them belong together."""

from __future__ import annotations

from upstox_browser_login.files.environment import APP, PREFIX

__all__ = ["APP", "PREFIX"]

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

OF_THE_FILE_FIRST = ("proxy",)
"""Settings in which an env file that a person has named goes before the environment.

Upstox may know an app by one address only, so the way out belongs to the account.
"""

FOR_NOTICES = ("notify_urls", "notify_on")
"""Settings that `refresh` alone uses."""

NOT_FOR_A_LOGIN = ("after_login", *FOR_NOTICES)
"""Settings that a login can do without: what they name is used when it has ended, or not at all.

One that breaks its rule is left out of the settings, and stops only a command that would use it.
"""

INSTEAD = (("totp_secret", "totp_command"),)
"""Settings of which one stands in place of the other, so that one place may not set both."""

COMMANDS = ("totp_command", "after_login")
"""Settings whose value is a command line."""

CREDENTIALS = ("pin_code", "totp_secret", "totp_command", "client_secret", "password")
"""What somebody else's `.env` must not send elsewhere. A mobile number alone opens nothing."""

ADDRESSES = ("token_store", "browser_url", "proxy")
"""Settings that may be an address with a password in it."""

SHELL_QUOTED = (*COMMANDS, "browser_args")
"""Settings in which quotes mean something."""

LONGEST_LOGIN = 600
"""Seconds: the most that UPSTOX_TIMEOUT may be."""

FILE, COMMAND, KEYRING = "_FILE", "_COMMAND", "_KEYRING"
"""What stands behind the name of a setting where its value is kept elsewhere."""


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def runs_or_routes(name: str) -> bool:
    """Whether a setting runs a program, says where something goes, or what a page is taken for."""
    return (
        name in COMMANDS
        or name.startswith("browser_")
        or name in {"api_base_url", "allow_untrusted_origin", "notify_urls", "page_file", "proxy"}
    )


def keeps(name: str) -> bool:
    """Whether a setting says where the token, the record of logins or the evidence is kept."""
    return name in {"token_store", "state_dir", "trace_dir"}
