"""What past logins leave in the way of the next one, and hints that know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec.structs import replace

from upstox_browser_login.errors import (
    BrowserError,
    CredentialsRejectedError,
    NotLoggedInError,
    StoreError,
    TokenExchangeError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.settings import Settings
from upstox_browser_login.settings.names import ACCOUNT
from upstox_browser_login.store import account_key, known_account_key, open_ledger_documents

if TYPE_CHECKING:
    from datetime import datetime

    from pydantic import SecretStr

    from upstox_browser_login.ledger import Block, Event, Ledger

_ABOUT: Mapping[str, tuple[str, ...]] = {
    "MOBILE_REJECTED": ("username",),
    "TOTP_REJECTED": ("totp_secret",),
    "PIN_REJECTED": ("pin_code", "password"),
    "CLIENT_REJECTED": ("client_id", "client_secret", "redirect_uri"),
    "BROWSER_UNREACHABLE": ("browser_url", "browser_headers"),
}
"""What an error is about, by its code."""

_SAY_RUN_AGAIN = (BrowserError, TokenExchangeError, UpstoxUnavailableError)
"""Errors whose hint is to log in again; the others say what to do about a refusal."""


def standing_block(settings: Settings) -> Block | None:
    """What stands in the way of a login with these settings. Raises `StoreError`.

    No command is run for it and no keyring asked, but for the mobile number where nothing has been
    looked up with these settings before.
    """
    return _block(settings, known_account_key(settings) or account_key(settings))


def _block(settings: Settings, key: str) -> Block | None:
    block = ledger_of(settings, key).block(None)
    if block is None:
        return None
    unfetched = [
        each.name
        for each in (settings.deferred("pin_code"), settings.deferred("client_secret"))
        if each is not None
    ]
    if unfetched and block.of_pin:
        names = " and ".join(unfetched)
        hint = (
            f"{block.hint} {names} {'is' if len(unfetched) == 1 else 'are'} not asked here, so a "
            "PIN that was corrected there is not seen: `upstox-browser-login check-env --fetch` "
            "looks whether it lifts this, and so does each login."
        )
        return replace(block, hint=hint)
    if not unfetched and settings.pin_code is not None:
        pin = settings.pin_code.get_secret_value()
        return ledger_of(settings, key, settings.client_secret).block(pin)
    return block


def ledger_of(settings: Settings, key: str, client_secret: SecretStr | None = None) -> Ledger:
    """The record of past logins of the account `key`. Without the secret it compares no PINs."""
    from upstox_browser_login.ledger import Ledger

    return Ledger(open_ledger_documents(settings), key, client_secret)


def require_allowed(ledger: Ledger, settings: Settings, *, began: float) -> None:
    """Raise `LoginBlockedError` where the ledger lets no login begin with this PIN.

    A PIN that was fetched before this login, which `began` then of `time.monotonic`, may have been
    corrected where it is kept. So it is fetched once more, and the ledger is asked about that one.
    """
    if settings.may_be_old("pin_code", began):
        block = ledger.block(settings.secret("pin_code"))
        if (block is not None and block.of_pin) or _was_corrected(ledger, settings):
            settings.fetch_anew("pin_code", since=began)
    ledger.require_allowed(settings.secret("pin_code"))


def _was_corrected(ledger: Ledger, settings: Settings) -> bool:
    """Whether a PIN that was refused, in whatever process, was corrected since it was fetched."""
    origin = settings.origin("pin_code")
    fetched = None if origin is None else origin.fetched_at
    at = corrected_at(ledger.history())
    return at is not None and (fetched is None or at.timestamp() >= fetched)


def corrected_at(history: tuple[Event, ...]) -> datetime | None:
    """When a person may last have corrected the PIN, as far as it can be told.

    That is when one was accepted, or `unlock` was run, after a refused one; while there was none
    of that, it is when the last one was refused.
    """
    at, is_refused = None, False
    for event in history:
        refuses = (event.what, event.outcome) == ("pin", "refused")
        ends = event.what == "unlock" or event.outcome in {"accepted", "succeeded"}
        if refuses or (is_refused and ends and event.what != "code"):
            at, is_refused = event.at, refuses
    return at


def doubtful_after(code: str) -> tuple[str, ...]:
    """The settings that may be wrong after an error with this code."""
    if code in _ABOUT:
        return _ABOUT[code]
    return ACCOUNT if code in CredentialsRejectedError.codes else ()


@contextmanager
def with_fitting_hint(settings: Settings) -> Iterator[None]:
    """Let no error within the block advise a login that would only be refused."""
    try:
        yield
    except (NotLoggedInError, StoreError) as error:
        advises_login = isinstance(error, NotLoggedInError) or error.mended_by_login
        if advises_login and (hint := in_place_of_login(settings)) is not None:
            error.hint = hint
        raise


SECONDS = 6.0
"""How long a record on another machine may take to answer: two copies are read in turn."""


@contextmanager
def with_fitting_end(settings: Settings, left: Callable[[], float]) -> Iterator[None]:
    """Let no failed login within the block advise another one that would only be refused.

    A login fits the hint before it keeps its evidence. Here it is fitted to what is known when the
    browser has been closed, since a connection that breaks then counts as a second PIN.
    """
    try:
        yield
    except UpstoxError as error:
        fit_hint(error, settings, left())
        raise


def fit_hint(error: UpstoxError, settings: Settings, left: float) -> None:
    """Let a failed login's error not advise another login that would only be refused.

    `left` is how many seconds the login may still take: a record on another machine, which may
    not answer, is asked only where there are enough.
    """
    # Of a limit the record knows the exact end.
    advises_login = isinstance(error, _SAY_RUN_AGAIN) or error.code == "RATE_LIMITED"
    if advises_login and (_is_near(settings) or left >= SECONDS):
        error.hint = in_place_of_login(settings) or error.hint


def _is_near(settings: Settings) -> bool:
    """Whether the record of past logins is on this machine alone, as far as can be told."""
    try:
        return open_ledger_documents(settings).kind == "file"
    except UpstoxError:
        return False


def in_place_of_login(settings: Settings) -> str | None:
    """What to do where a login would be refused; None where one may be tried, or nobody knows.

    Nothing is fetched for it.
    """
    try:
        if settings.deferred("token_store") is not None:
            return None
        key = known_account_key(settings)
        block = None if key is None else _block(settings, key)
    except UpstoxError as error:
        return f"A login would stop as well: {error.message} {error.hint}"
    return None if block is None else f"A login may not be tried: {block.reason} {block.hint}"
