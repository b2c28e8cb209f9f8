"""What is true now, gathered for the plan."""

from __future__ import annotations

import datetime as dt
import logging
from contextlib import suppress

from msgspec import Struct
from pydantic import SecretStr

from upstox_browser_login._version import __version__
from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import StoreError
from upstox_browser_login.files.paths import is_file
from upstox_browser_login.ledger import LOGGED_OUT, Block, Brought, Event, Ledger
from upstox_browser_login.ledger.fingerprint import PinKey
from upstox_browser_login.settings import NEEDED_FOR_LOGIN, Settings
from upstox_browser_login.settings.names import ACCOUNT
from upstox_browser_login.store import account_key, open_ledger_documents, open_store, token_key
from upstox_browser_login.token import IST, Token

from .calendar import Days
from .plan import Failure, Present, Stop
from .record import Failed, Record

log = logging.getLogger(__name__)


class Seen(Struct, frozen=True):
    """The plan's input, with the stored token that the plan itself does not need."""

    present: Present
    token: Token | None
    """The valid token."""
    unusable: bool = False
    """What is stored as a token cannot be read, or was revoked: a login has to replace it."""


def look(
    settings: Settings,
    clock: Clock,
    record: Record,
    days: Days | None,
    *,
    refused: Token | None = None,
    alone: bool = False,
) -> Seen:
    """Look at the store, the ledger and the record. A ledger that cannot be read is a stop.

    Raises `ConfigurationError` where a login is needed and a setting for it is missing.
    `refused` is a token that Upstox no longer accepts; a stored one that equals it is not used.
    `alone`: this process holds the account's login lock, so that no other one is at a login.
    """
    now = clock.now()
    token, unread = _stored(settings)
    is_unusable = unread is not None
    if token is not None and token == refused:
        token, is_unusable = None, True
    if token is not None and token.seconds_left(now) > 0:
        checked = last_check(token, _moment(record.asked_at), now)
        until = (now + dt.timedelta(seconds=token.seconds_left(now))).astimezone(IST)
        return Seen(Present(now, token_until=until, checked_at=checked, days=days), token)
    # Only now, since each setting may be fetched by a command; the ledger needs the PIN.
    settings.require(*NEEDED_FOR_LOGIN)
    present = _without_token(settings, clock, record, days, unread, alone=alone)
    return Seen(present, None, is_unusable)


def _without_token(
    settings: Settings,
    clock: Clock,
    record: Record,
    days: Days | None,
    unread: StoreError | None,
    *,
    alone: bool,
) -> Present:
    """What decides whether to log in. `unread`: why the stored token cannot be read."""
    ledger = Ledger(
        open_ledger_documents(settings),
        account_key(settings),
        settings.client_secret,
        now=clock.time,
    )
    history: tuple[Event, ...] = ()
    times: tuple[float, ...] = ()
    block: Block | Stop | None
    failed = record.failed
    try:
        if unread is not None and unread.unanswered:
            raise unread
        history, block = ledger.history(), ledger.block(settings.secret("pin_code"))
        times = brought(settings, clock).times()
        is_interrupted = failed is not None and failed.code == "INTERRUPTED"
        if is_interrupted and not alone and ledger.is_under_way():
            failed = None  # another process is still at that login: it was not interrupted
    except StoreError as error:
        # Not a failure of the program: it looks again, and a Redis may start later than it.
        block = Stop(error.code, error.message, error.hint)
    return Present(
        clock.now(),
        block=block,
        pin_sent_at=last_pin(history),
        tries=tries(history),
        logins=logins(times, history),
        failure=failure_of(failed, settings, history),
        days=days,
        days_asked_at=_moment(record.days_asked_at),
    )


def _stored(settings: Settings) -> tuple[Token | None, StoreError | None]:
    """The stored token, and why it cannot be read."""
    try:
        return open_store(settings).load(token_key(settings)), None
    except StoreError as error:
        log.debug("the stored token cannot be read: %s", error.message)
        return None, error


def last_check(token: Token, asked: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
    """When Upstox was last asked about the token, or gave it out; None where that is not known.

    A time in the future does not count. The token's time of issue is by Upstox's clock, which may
    be ahead of this machine's, and would hide that Upstox was asked a moment ago.
    """
    past = [each for each in (token.issued_at, asked) if each is not None and each <= now]
    return max(past, default=None)


def last_pin(history: tuple[Event, ...]) -> dt.datetime | None:
    """When a PIN was last sent, whatever became of it; `unlock` forgives it.

    One that was accepted does not count either, once a person has thrown its token away here: it
    was not refused, and its token was not lost.
    """
    thrown_away = False
    for event in reversed(since_unlock(history)):
        thrown_away = thrown_away or _logged_out(event)
        if was_sent(event, "pin") and not (thrown_away and event.outcome == "accepted"):
            return event.at
    return None


def tries(history: tuple[Event, ...]) -> tuple[dt.datetime, ...]:
    """When logins sent a TOTP code or a PIN, since the last `unlock`; oldest first.

    A login whose first code was refused has sent two codes and counts as two.
    """
    since = since_unlock(history)
    codes = [each.at for each in since if was_sent(each, "code")]
    pins = [each.at for each in since if was_sent(each, "pin")]
    # A login sends a code before its PIN, so that the longer list has every login. A person may
    # have sent only one of the two.
    return tuple(sorted(codes if len(codes) > len(pins) else pins))


def brought(settings: Settings, clock: Clock) -> Brought:
    """When logins of these settings' account and app have brought a token, on any machine."""
    return Brought(open_ledger_documents(settings), token_key(settings), now=clock.time)


def logins(times: tuple[float, ...], history: tuple[Event, ...]) -> tuple[dt.datetime, ...]:
    """When logins, of those that brought a token at `times`, may have lost it; oldest first.

    Those since the last `unlock` or `logout`: what a person here has thrown away, or has replaced
    before that, was not lost.
    """
    ends = [each.at for each in history if each.what == "unlock" or _logged_out(each)]
    when = (dt.datetime.fromtimestamp(each, IST) for each in times)
    return tuple(each for each in when if not ends or each > ends[-1])


def since_unlock(history: tuple[Event, ...]) -> tuple[Event, ...]:
    """What was tried since the last `unlock`, which forgives all before it."""
    last = [number for number, each in enumerate(history, 1) if each.what == "unlock"]
    return history[last[-1] :] if last else history


def _logged_out(event: Event) -> bool:
    return event.outcome == LOGGED_OUT


def was_sent(event: Event, *credentials: str) -> bool:
    """Whether one of these ("code", "pin") was sent, or may have been."""
    return event.what in credentials and event.outcome != "not sent"


def failure_of(
    failed: Failed | None, settings: Settings, history: tuple[Event, ...]
) -> Failure | None:
    """The last failure as the plan sees it."""
    if failed is None:
        return None
    at = dt.datetime.fromtimestamp(failed.at, IST)
    key, text = PinKey(settings.client_secret), credentials_of(settings)
    changed = key.compare(text, failed.credentials) != "same" or failed.version != __version__
    unlocked = any(event.what == "unlock" and event.at > at for event in history)
    began = at if failed.began is None else dt.datetime.fromtimestamp(failed.began, IST)
    during = (event for event in history if began <= event.at <= at)
    return Failure(
        at,
        failed.code,
        failed.count,
        message=failed.message,
        hint=failed.hint,
        upstox_code=failed.upstox_code,
        spent=any(was_sent(each, "code", "pin") for each in during),
        lifted=changed or unlocked,
    )


_ABOUT = (
    *ACCOUNT,
    "allow_untrusted_origin",
    "api_base_url",
    "browser_args",
    "browser_channel",
    "browser_headers",
    "browser_path",
    "browser_url",
    "page_file",
    "proxy",
    "token_store",
)
"""The settings that can decide how a login ends; a time limit, for example, cannot."""


def credentials_of(settings: Settings) -> str:
    """The settings that decide how a login ends: once they change, a failed login is tried again.

    The page file counts by its content, since a person mends that and leaves its name as it is.
    Nothing is fetched here: a command that fails would keep the failure from being remembered.
    """
    values = [_value_of(name, settings) for name in _ABOUT]
    if settings.page_file is not None and is_file(settings.page_file):
        with suppress(OSError):
            values.append(settings.page_file.read_bytes().hex())
    return "\n".join(values)


def _value_of(name: str, settings: Settings) -> str:
    origin = settings.origin(name)
    # `look` has fetched the settings of `NEEDED_FOR_LOGIN`. Other deferred ones count by where they
    # are kept, so that the result is the same whether they were fetched or not.
    if origin is not None and (name not in NEEDED_FOR_LOGIN or settings.deferred(name)):
        return f"{origin.kind} {origin.where}"
    value = getattr(settings, name)
    value = value.get_secret_value() if isinstance(value, SecretStr) else value
    return "" if value is None else str(value)


def _moment(at: float | None) -> dt.datetime | None:
    return None if at is None else dt.datetime.fromtimestamp(at, IST)
