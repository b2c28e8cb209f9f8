"""Every error that leaves this project, in one tree.

::

    UpstoxError                     1   UNEXPECTED
    ├── ConfigurationError          3   CONFIGURATION
    ├── NotLoggedInError            4   NO_VALID_TOKEN, TOKEN_REVOKED
    ├── CredentialsRejectedError    5   MOBILE_REJECTED, TOTP_REJECTED, TOTP_NOT_ENABLED,
    │                                   PIN_REJECTED, CLIENT_REJECTED, ACCOUNT_INACTIVE
    ├── LoginBlockedError           6   ACCOUNT_LOCKED, RATE_LIMITED, ACTION_REQUIRED, COOLING_DOWN
    ├── PageChangedError            7   PAGE_NOT_RECOGNISED, CHALLENGE, UNTRUSTED_ORIGIN
    ├── BrowserError                8   BROWSER_MISSING, BROWSER_CRASHED, BROWSER_UNREACHABLE
    ├── UpstoxUnavailableError      9   NETWORK, TIMEOUT, MAINTENANCE, SERVER_ERROR, SESSION_LOST
    ├── TokenExchangeError          10  CODE_REJECTED, STATE_MISMATCH,
    │                                   AUTHORIZATION_DENIED, BAD_RESPONSE
    ├── StoreError                  11  STORE_UNREADABLE, STORE_UNWRITABLE
    └── InterruptedLoginError       130 or 143   INTERRUPTED

The number is the command's exit status. The first code of a class is its default.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from .printable import one_line
from .redaction import redactor

Step = Literal["open", "mobile", "totp", "pin", "redirect", "exchange", "store"]

_HINTS = {
    "UNEXPECTED": (
        "Run again with --debug; if it stays, report it with what that tells, and with the "
        "evidence where some was kept."
    ),
    "CONFIGURATION": "Run `upstox-browser-login check-env` to see every setting and its rule.",
    "NO_VALID_TOKEN": "Run `upstox-browser-login login`.",
    "TOKEN_REVOKED": "Run `upstox-browser-login login` for a new token.",
    "MOBILE_REJECTED": "Check UPSTOX_USERNAME: the 10-digit mobile number registered with Upstox.",
    "TOTP_REJECTED": (
        "Compare `upstox-browser-login totp` with your authenticator app; if they differ, "
        "UPSTOX_TOTP_SECRET or UPSTOX_TOTP_COMMAND has another seed. Check the machine's clock too."
    ),
    "TOTP_NOT_ENABLED": "Enable TOTP in the Upstox app (Profile, Security), then run again.",
    "PIN_REJECTED": (
        "Correct UPSTOX_PIN_CODE before another try: five refused PINs lock the account."
    ),
    "CLIENT_REJECTED": (
        "Compare UPSTOX_CLIENT_ID, UPSTOX_CLIENT_SECRET and UPSTOX_REDIRECT_URI with the app in "
        "Upstox's developer console, character by character."
    ),
    "ACCOUNT_INACTIVE": "Open the Upstox app and reactivate the account or the API app.",
    "ACCOUNT_LOCKED": (
        "Unlock the account in the Upstox app (Forgot PIN, with PAN and OTP), then run "
        "`upstox-browser-login unlock`."
    ),
    "RATE_LIMITED": "Wait 10 minutes before the next try.",
    "ACTION_REQUIRED": "Log in once by hand, do what the page asks for, then run again.",
    "COOLING_DOWN": (
        "Correct the setting that was refused or wait; `upstox-browser-login status` tells until "
        "when, `upstox-browser-login unlock` lifts it."
    ),
    "PAGE_NOT_RECOGNISED": (
        "Upstox may have changed its page: update upstox-browser-login, or report it. Where "
        "evidence was kept, its screenshot shows the page."
    ),
    "CHALLENGE": (
        "Run `upstox-browser-login login --watch` and give the proof yourself in the window that "
        "opens, or run from a home connection instead of a data centre."
    ),
    "UNTRUSTED_ORIGIN": "Check UPSTOX_API_BASE_URL and the network you are on.",
    "BROWSER_MISSING": "Run `upstox-browser-login install-browser`.",
    "BROWSER_CRASHED": "Run again; if it stays, give the machine more memory (and /dev/shm).",
    "BROWSER_UNREACHABLE": "Check UPSTOX_BROWSER_URL and that the browser there is running.",
    "NETWORK": "Check the connection to Upstox and run again.",
    "TIMEOUT": "Run again, or raise UPSTOX_TIMEOUT.",
    "MAINTENANCE": "Upstox is under maintenance; run again later.",
    "SERVER_ERROR": "Upstox has trouble; run again in a few minutes.",
    "SESSION_LOST": "Upstox dropped the login half-way; run again.",
    "CODE_REJECTED": "The authorization code is spent or too old; run the login again.",
    "STATE_MISMATCH": "The answer does not belong to this login; run it again and be wary.",
    "AUTHORIZATION_DENIED": "Approve the app in Upstox, then run again.",
    "BAD_RESPONSE": "Upstox answered in a way this version does not know: run again, report it.",
    "STORE_UNREADABLE": "Run `upstox-browser-login login`: it moves the damaged token aside.",
    "STORE_UNWRITABLE": "Make UPSTOX_STATE_DIR (or the token store) writable, then run again.",
    "INTERRUPTED": "Run again when you are ready.",
}


class UpstoxError(Exception):
    """Anything that went wrong, told so that a person can act on it.

    `code` is stable and for programs, `message` says what happened, `hint` what to do,
    `upstox_code` is Upstox's own number where it gave one, `step` where in the login it happened,
    `trace` the evidence folder of a failed browser login. None of them holds a secret.
    """

    exit_code: ClassVar[int] = 1
    codes: ClassVar[tuple[str, ...]] = ("UNEXPECTED",)

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        hint: str | None = None,
        upstox_code: str | None = None,
        step: Step | None = None,
        trace: str | None = None,
    ) -> None:
        self.code = code or self.codes[0]
        if self.code not in self.codes:
            raise ValueError(f"{type(self).__name__} has no code {self.code}")
        # Upstox's words, most of the time: here they enter what people see.
        self.message = redactor.redact(one_line(message))
        self.hint = redactor.redact(one_line(hint)) if hint else _HINTS[self.code]
        self.upstox_code = None if upstox_code is None else redactor.redact(one_line(upstox_code))
        self.step = step
        self.trace = trace
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{with_upstox_code(self.message, self.upstox_code)} ({self.hint})"

    def __reduce__(self) -> tuple[object, ...]:
        # The default would call the class with the message alone and lose the code.
        return (_rebuild, (type(self), self.message, self.__dict__.copy()))


def with_upstox_code(message: str, code: str | None) -> str:
    """A message for people with Upstox's own code behind it, unless that stands in it."""
    return f"{message} [{code}]" if code and code not in message else message


def _rebuild(cls: type[UpstoxError], message: str, state: dict[str, object]) -> UpstoxError:
    # Not by `cls(message)`: a subclass may be made of something else than a message.
    error = cls.__new__(cls, message)
    Exception.__init__(error, message)
    error.__dict__.update(state)
    return error


class ConfigurationError(UpstoxError):
    """A setting is missing or breaks its rule. Nothing was started."""

    exit_code = 3
    codes = ("CONFIGURATION",)


class NotLoggedInError(UpstoxError):
    """No valid token is stored, or Upstox no longer accepts it."""

    exit_code = 4
    codes = ("NO_VALID_TOKEN", "TOKEN_REVOKED")


class CredentialsRejectedError(UpstoxError):
    """Upstox refused what was given. Trying again unchanged can lock the account."""

    exit_code = 5
    codes = (
        "MOBILE_REJECTED",
        "TOTP_REJECTED",
        "TOTP_NOT_ENABLED",
        "PIN_REJECTED",
        "CLIENT_REJECTED",
        "ACCOUNT_INACTIVE",
    )


class LoginBlockedError(UpstoxError):
    """A login may not be tried now: Upstox, or our own ledger, says stop.

    `until` is the time (epoch seconds) at which it may be tried again, None where a person
    must act first.
    """

    exit_code = 6
    codes = ("ACCOUNT_LOCKED", "RATE_LIMITED", "ACTION_REQUIRED", "COOLING_DOWN")
    until: float | None = None


class PageChangedError(UpstoxError):
    """The page is not one that may be typed into."""

    exit_code = 7
    codes = ("PAGE_NOT_RECOGNISED", "CHALLENGE", "UNTRUSTED_ORIGIN")


class BrowserError(UpstoxError):
    """No browser, or it died."""

    exit_code = 8
    codes = ("BROWSER_MISSING", "BROWSER_CRASHED", "BROWSER_UNREACHABLE")


class UpstoxUnavailableError(UpstoxError):
    """Upstox, or the way to it, did not work."""

    exit_code = 9
    codes = ("NETWORK", "TIMEOUT", "MAINTENANCE", "SERVER_ERROR", "SESSION_LOST")


class TokenExchangeError(UpstoxError):
    """The authorization code did not become a token. It is spent."""

    exit_code = 10
    codes = ("CODE_REJECTED", "STATE_MISMATCH", "AUTHORIZATION_DENIED", "BAD_RESPONSE")


class StoreError(UpstoxError):
    """The token store, or the ledger, cannot be read or written."""

    exit_code = 11
    codes = ("STORE_UNREADABLE", "STORE_UNWRITABLE")
    damaged: bool = False
    """Whether it is the stored token that is damaged: it can be removed."""
    mended_by_login: bool = False
    """Whether a login moves what is wrong out of the way."""
    unanswered: bool = False
    """Whether the store itself failed: what is in it may be whole, and be read in a moment."""


class InterruptedLoginError(UpstoxError):
    """A person or the system asked to stop (exit status 130 for Ctrl-C, 143 for SIGTERM)."""

    exit_code = 130
    codes = ("INTERRUPTED",)
