"""login() and get_token(): whether a login is needed, and whether it may be tried."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from datetime import datetime, timedelta
from functools import cache

from msgspec.structs import replace

from upstox_browser_login.blocking import apart_until_cancelled, run_apart
from upstox_browser_login.clock import Clock
from upstox_browser_login.edge import at_the_edge
from upstox_browser_login.errors import (
    NotLoggedInError,
    StoreError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.redaction import install_log_redaction
from upstox_browser_login.settings import (
    NEEDED_BY_HAND,
    NEEDED_FOR_LOGIN,
    NEEDED_FOR_TOKEN_KEY,
    Settings,
    current_settings,
)
from upstox_browser_login.settings.deferred import fetching_within
from upstox_browser_login.store import (
    Held,
    WrittenDocuments,
    account_key,
    lock_timed_out,
    open_store,
    token_key,
)
from upstox_browser_login.store.aside import set_damaged_aside
from upstox_browser_login.store.ephemeral import warning_of
from upstox_browser_login.token import MARGIN, Token, expiry_of

from . import seams
from .parts import Deadline, Parts
from .progress import LoginResult, Progress
from .standing import doubtful_after, require_allowed, with_fitting_end, with_fitting_hint

log = logging.getLogger(__name__)

WAIT_SLICE = 1.0
"""How long to wait for a lock before looking whether the caller still wants it, seconds."""

WAITING = "Waiting for another login of this account."

Guard = Callable[[], AbstractContextManager[object]]
"""Entered round a login, while no other one of the account can be under way; it may raise."""


@at_the_edge
def login(
    settings: Settings | None = None,
    *,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> Token:
    """Log in through the browser now, store the token and return it.

    Where another login for the same token was under way when this one began, its token is
    returned instead of logging in again. Raises the errors of `upstox_browser_login.errors`.
    """
    return login_result(settings, progress=progress, clock=clock).token


def login_result(
    settings: Settings | None = None,
    *,
    progress: Progress | None = None,
    clock: Clock | None = None,
    cancelled: threading.Event | None = None,
    lasting: bool = True,
    by_hand: bool = False,
    guard: Guard = nullcontext,
) -> LoginResult:
    """As `login`, with the steps' times and where the token is kept.

    `lasting`: the state folder is meant to stay, so one that looks temporary is warned of.
    `by_hand`: a person types in the window. No PIN and no TOTP seed is needed then, and what the
    ledger holds against a login does not stop it: a person may always log in, and often that is
    what the ledger waits for.
    """
    return _obtain(
        settings or Settings(),
        progress,
        clock or seams.clock(),
        cancelled,
        fresh=True,
        lasting=lasting,
        by_hand=by_hand,
        guard=guard,
    )


def token_result(
    settings: Settings | None = None,
    *,
    progress: Progress | None = None,
    clock: Clock | None = None,
    margin: float = MARGIN,
    allow_login: bool = True,
    cancelled: threading.Event | None = None,
    guard: Guard = nullcontext,
) -> LoginResult:
    """A valid token: the stored one, or a new one where none is valid.

    Raises `NotLoggedInError` where a login would be needed and `allow_login` is false, and
    otherwise what `login` raises. A damaged stored token is an error, not a reason to log in.
    """
    looked_up = settings or current_settings()
    clock = clock or seams.clock()
    deadline = Deadline.after(looked_up.timeout, clock)
    install_log_redaction()
    if allow_login and not all(map(looked_up.is_set, NEEDED_FOR_TOKEN_KEY)):
        # No token can be looked for, so all that a login needs is named at once.
        looked_up.refuse_missing(*NEEDED_FOR_LOGIN)
    with with_fitting_hint(looked_up):
        with _fetching_within(deadline, cancelled):
            store, key = open_store(looked_up), token_key(looked_up)
        token = store.load(key)
        if token is not None and _serves(token, clock.now(), margin):
            return LoginResult(token, "store", store.kind)
        if not allow_login:
            if token is not None and _lives_all_the_same(token, looked_up, deadline):
                return LoginResult(token, "store", store.kind)
            raise NotLoggedInError(_why_none(token, clock.now()), hint=store.why_empty)
    # Not read again: an env file may be a pipe, which has nothing more to say.
    return _obtain(
        looked_up,
        progress,
        clock,
        cancelled,
        fresh=False,
        margin=margin,
        deadline=deadline,
        guard=guard,
    )


@at_the_edge
def get_token(settings: Settings | None = None, *, margin: float = MARGIN) -> Token:
    """A valid token; logs in where none is stored. Safe in threads, processes and Jupyter.

    `margin` is how many seconds the token must still live; one with less is handed out only where
    a new one would die at the same 03:30. Raises what `login` raises, and `StoreError`
    (`STORE_UNREADABLE`) where the stored token is damaged.
    """
    return token_result(settings, margin=margin).token


@at_the_edge
async def alogin(settings: Settings | None = None, *, progress: Progress | None = None) -> Token:
    """As `login`, inside an event loop. Cancelling it ends the browser."""
    return (await apart_until_cancelled(login_result, settings, progress=progress)).token


@at_the_edge
async def aget_token(settings: Settings | None = None, *, margin: float = MARGIN) -> Token:
    """As `get_token`, inside an event loop."""
    return (await apart_until_cancelled(token_result, settings, margin=margin)).token


def _obtain(
    settings: Settings,
    progress: Progress | None,
    clock: Clock,
    cancelled: threading.Event | None,
    *,
    fresh: bool,
    margin: float = MARGIN,
    lasting: bool = True,
    by_hand: bool = False,
    deadline: Deadline | None = None,
    guard: Guard = nullcontext,
) -> LoginResult:
    """Log in, unless somebody else just did: one login at a time for each token."""
    from upstox_browser_login.ledger import login_lock

    install_log_redaction()
    deadline = deadline or Deadline.after(settings.timeout, clock)
    began = time.monotonic()
    with _fetching_within(deadline, cancelled):
        settings.require(*(NEEDED_BY_HAND if by_hand else NEEDED_FOR_LOGIN))
        # Before a page is open: a command may wait until a person unlocks a password manager.
        if not by_hand:
            settings.fetch(since=began)
    progress = progress or Progress()
    for shouted in settings.loud_warnings():
        progress.warning(shouted)
    parts = Parts.usable(settings, clock, by_hand=by_hand)
    if lasting and (warning := warning_of(settings.state_dir)) is not None:
        progress.warning(warning)
    # Compared with the token from before the wait, not by time of issue: clocks may differ.
    before = _stored(parts) if fresh else None
    # Also a token that was stored just now, by a login that is still closing its browser.
    recent = clock.now() - timedelta(seconds=settings.timeout)
    tell = cache(lambda: progress.waiting(WAITING))  # once, whichever lock is waited for
    with _alone(parts.store.documents, parts.key, deadline, cancelled, tell) as held:
        if held.waited or not fresh:
            found = _stored(parts)
            newer = found is not None and (found != before or found.issued_here > recent)
            if found is not None and newer and _serves(found, clock.now(), margin):
                return LoginResult(found, "store", parts.store.kind)
            if found is not None and not fresh and _lives_all_the_same(found, settings, deadline):
                return LoginResult(found, "store", parts.store.kind)
        # Another profile or app of the same account has its own token, but the same PIN and codes.
        account = login_lock(account_key(settings))
        with (
            _alone(parts.ledger_documents, account, deadline, cancelled, tell) as alone,
            ExitStack() as stack,
        ):
            parts.ledger.guarded_by(alone.is_held)
            stack.enter_context(guard())
            # Under the lock: open entries of a login under way look like those of a killed one.
            if not by_hand:
                with _fetching_within(deadline, cancelled):
                    require_allowed(parts.ledger, settings, began=began)
            if (warning := set_damaged_aside(parts.store, parts.key)) is not None:
                progress.warning(warning)
            _stop_if(cancelled)
            if deadline.left <= 0:
                raise _no_time_for_a_browser(deadline.limit, waited=held.waited or alone.waited)
            if not by_hand:  # a person may try again whatever stands in the way
                stack.enter_context(with_fitting_end(settings, lambda: deadline.left))
            try:
                result: LoginResult = seams.run(seams.log_in(parts, deadline, progress), cancelled)
            except UpstoxError as error:
                settings.doubt(*doubtful_after(error.code))
                raise
            if not by_hand:
                settings.trust()
            return result


def _no_time_for_a_browser(limit: float, *, waited: bool) -> UpstoxUnavailableError:
    """The error of a login whose time is over before a browser was started."""
    if waited:
        return lock_timed_out(limit)
    return UpstoxUnavailableError(
        f"The login was not done within {limit:.0f} s, and did not get as far as a browser: the "
        "time went into the token store and the record of past logins.",
        code="TIMEOUT",
        hint="Raise UPSTOX_TIMEOUT, or see why UPSTOX_TOKEN_STORE or UPSTOX_STATE_DIR is slow.",
        step="store",
    )


def _serves(token: Token, now: datetime, margin: float) -> bool:
    """Whether to hand out `token`: it lives for long enough, or a new one would live no longer."""
    if token.is_valid(now, margin=margin):
        return True
    return token.seconds_left(now) > 0 and token.expires_at >= expiry_of(now)


def _why_none(token: Token | None, now: datetime) -> str:
    """Why the store has no valid token; `token` is what it has."""
    if token is None:
        return "No token is stored."
    if token.is_valid(now - token.clock_ahead):
        return (
            "The stored token has expired by this machine's clock, which is ahead of Upstox's, "
            "and Upstox did not say that it lives."
        )
    return "The stored token has expired."


def _lives_all_the_same(token: Token, settings: Settings, deadline: Deadline) -> bool:
    """Whether Upstox still accepts a token that is expired by this machine's clock.

    If this clock is ahead, a new token would seem expired, too, and every call would log in.
    """
    if not token.clock_ahead or not token.is_valid(deadline.clock.now() - token.clock_ahead):
        return False
    from upstox_browser_login.api import token_is_alive

    async def ask() -> bool:
        async with asyncio.timeout(deadline.left):
            return await token_is_alive(settings, token)

    try:
        return run_apart(ask())
    except TimeoutError:
        raise UpstoxUnavailableError(
            f"Upstox did not say within {deadline.limit:.0f} s whether the stored token lives.",
            code="TIMEOUT",
        ) from None
    except UpstoxError:  # nobody knows
        return False


@contextmanager
def _alone(
    documents: WrittenDocuments,
    name: str,
    deadline: Deadline,
    cancelled: threading.Event | None,
    tell: Callable[[], None],
) -> Iterator[Held]:
    """Hold the lock `name`. Whoever is cancelled does not wait for it any longer.

    `tell` is called where it takes longer than `WAIT_SLICE`.
    """
    waited = False
    with ExitStack() as stack:
        while True:
            slice_ = min(deadline.left, WAIT_SLICE) if waited else 0.0
            try:
                held = stack.enter_context(documents.lock(name, slice_))
            except UpstoxUnavailableError:
                if deadline.left <= 0:
                    raise lock_timed_out(deadline.limit) from None
                if not waited:
                    log.debug("waiting for the lock %s, which another process has", name)
                else:
                    tell()
                waited = True
            else:
                break
            _stop_if(cancelled)
        yield replace(held, waited=held.waited or waited)


def _fetching_within(
    deadline: Deadline, cancelled: threading.Event | None
) -> AbstractContextManager[None]:
    return fetching_within(deadline.limit, lambda: deadline.left, cancelled)


def _stop_if(cancelled: threading.Event | None) -> None:
    if cancelled is not None and cancelled.is_set():
        raise UpstoxError("The login was cancelled before it began.")


def _stored(parts: Parts) -> Token | None:
    with suppress(StoreError):
        return parts.store.load(parts.key)
    return None
