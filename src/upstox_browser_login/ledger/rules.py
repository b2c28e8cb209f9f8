"""What follows from the state of a ledger: may a login be tried, and if not, what lifts that."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from upstox_browser_login.errors import LoginBlockedError
from upstox_browser_login.token import IST

from .fingerprint import Match, PinKey
from .parts import LONGEST_COOL_DOWN, SentPin
from .state import State

FIRST_COOL_DOWN = 600.0
"""Seconds without a login after a refused code, or after a rate limit that states no wait.

Source: Upstox's text of 1017069, "Kindly, try again after 10 mins."
"""

MAX_UNKNOWN_PINS = 2
"""So many PINs of unknown fate count as refused."""

MAX_PINS = 3
"""Refused or of unknown fate, since the last login. Upstox locks the account at the fifth, and
where a connection breaks Chromium sends a PIN a second time: from three, one submission could be
the fifth."""

FUTURE_WINDOWS = 10
"""Windows: a code of one further ahead was sent under a wrong clock and does not count."""

UNLOCK = "`upstox-browser-login unlock`"


class Block(Struct, frozen=True):
    """Why no login is tried, until when (None: until a person acts), and what lifts it.

    `code` is that of the error, `RATE_LIMITED` for a wait that Upstox asked for, `COOLING_DOWN`
    for one of our own. `until` is in India time.
    """

    code: Literal["COOLING_DOWN", "RATE_LIMITED", "ACCOUNT_LOCKED"]
    reason: str
    until: datetime | None
    hint: str
    upstox_code: str | None = None
    of_pin: bool = False
    """It is about one PIN, and does not stand in the way of another."""


def stop_at(block: Block | None) -> None:
    """Raise `LoginBlockedError` for a block."""
    if block is not None:
        error = LoginBlockedError(
            block.reason, code=block.code, hint=block.hint, upstox_code=block.upstox_code
        )
        error.until = None if block.until is None else block.until.timestamp()
        raise error


def cool_down_after(failures: int) -> float:
    """Count the seconds without a login after so many runs in a row ended with a refused code.

    10 minutes, doubling, to a day.
    """
    return min(FIRST_COOL_DOWN * 2.0 ** min(failures - 1, 20), LONGEST_COOL_DOWN)


def account_block(state: State) -> Block | None:
    """Tell what stands in the way of any login, whatever its PIN and however long one waits."""
    if state.locked is not None:
        return Block(
            "ACCOUNT_LOCKED",
            f"Upstox has locked this account (seen at {_text(state.locked.at)}).",
            None,
            "Unlock the account in the Upstox app (Forgot PIN, with PAN and OTP), then run "
            f"{UNLOCK}.",
            "1017090",
        )
    sent = sum(each.times for each in state.pins)
    if sent >= MAX_PINS:
        return Block(
            "COOLING_DOWN",
            f"{sent} PINs in a row were refused or never answered; Upstox locks the account at "
            "the fifth, and a broken connection may send one twice.",
            None,
            f"Log in once in the Upstox app to be sure of the PIN, then run {UNLOCK}.",
        )
    return None


def pin_block(state: State, pin: str | None, key: PinKey) -> Block | None:
    """Tell what stands in the way of this PIN; of any that was sent before where it is None.

    A refused PIN stays refused until a login succeeds, also when others are tried in between. One
    that was recorded with another key than `key` counts as this PIN: nobody can tell.
    """
    refused = [each for each in state.pins if each.refused]
    unknown = [each for each in state.pins if not each.refused]
    for each in reversed(refused):
        match = _match(each, pin, key)
        if match != "other":
            return _refused_block(each, match, "a PIN" if pin is None else "this PIN")
    if len(unknown) < MAX_UNKNOWN_PINS:
        return None
    if any(_match(each, pin, key) != "other" for each in unknown):
        return Block(
            "COOLING_DOWN",
            f"The PIN was sent {len(unknown)} times, at last at {_text(unknown[-1].at)}, and "
            "Upstox was not seen to take it: it may have been refused.",
            None,
            "Make sure of UPSTOX_PIN_CODE, for instance by a login in the Upstox app; then run "
            f"{UNLOCK}, or correct the PIN.",
            of_pin=True,
        )
    return None


def _match(sent: SentPin, pin: str | None, key: PinKey) -> Match:
    return "same" if pin is None else key.compare(pin, sent.fingerprint)


def _refused_block(sent: SentPin, match: Match, called: str) -> Block:
    at = _text(sent.at)
    if match == "same":
        reason = f"Upstox refused {called} at {at}; it is not sent a second time."
        hint = (
            f"Correct UPSTOX_PIN_CODE, which lifts this by itself; {UNLOCK} lifts it for a "
            "PIN that is right after all. Five refused PINs lock the account."
        )
    else:
        reason = (
            f"Upstox refused a PIN at {at}, which may have been this one: it was recorded with "
            "another UPSTOX_CLIENT_SECRET, or by an older version, and cannot be compared."
        )
        hint = (
            "Make sure of UPSTOX_PIN_CODE, for instance by a login in the Upstox app; then run "
            f"{UNLOCK}. Five refused PINs lock the account."
        )
    return Block("COOLING_DOWN", reason, None, hint, "1017106", of_pin=True)


def time_block(state: State, now: float, *, past: str | None = None) -> Block | None:
    """Tell what stands in the way for a while; the cool-down of the run `past` is left out."""
    cool_downs = [each for each in state.failed_runs if each.run != past and each.until > now]
    cool_down = max(cool_downs, key=lambda each: each.until, default=None)
    limit = state.rate_limit
    if limit is not None and limit.until > max(now, 0.0 if cool_down is None else cool_down.until):
        until = _text(limit.until)
        return Block(
            "RATE_LIMITED",
            f"Upstox was asked too often; no login is tried before {until}.",
            moment(limit.until),
            _wait_until(until),
            limit.upstox_code,
        )
    if cool_down is None:
        return None
    until = _text(cool_down.until)
    if state.brought_dead_token(cool_down.run):
        dead = state.dead_tokens
        times = f" {dead} times in a row" if dead > 1 else ""
        return Block(
            "COOLING_DOWN",
            f"Upstox gave out a token that was dead already{times}; no login is tried before "
            f"{until}.",
            moment(cool_down.until),
            f"Check the machine's clock. {_wait_until(until)}",
        )
    refused = sum(not state.brought_dead_token(each.run) for each in state.failed_runs)
    runs = f" in {refused} runs in a row" if refused > 1 else ""
    if state.failed_by_password(cool_down.run):
        return Block(
            "COOLING_DOWN",
            f"Upstox has not taken the password{runs}; no login is tried before {until}.",
            moment(cool_down.until),
            f"Check UPSTOX_PASSWORD. {_wait_until(until)}",
        )
    return Block(
        "COOLING_DOWN",
        f"Upstox refused the TOTP code{runs}; no login is tried before {until}.",
        moment(cool_down.until),
        "Compare `upstox-browser-login totp` with your authenticator app, and check the machine's "
        f"clock. {_wait_until(until)}",
    )


def _wait_until(until: str) -> str:
    return f"Wait until {until}, or lift it with {UNLOCK}."


def code_block(state: State, code: str, window: int, period: int) -> Block | None:
    """Tell what stands in the way of a code: it, or one of its window or a later one, was sent."""
    spent = [
        each.window
        for each in state.codes
        if each.period == period and window <= each.window <= window + FUTURE_WINDOWS
    ]
    if not spent and not state.was_sent(code):
        return None
    return Block(
        "COOLING_DOWN",
        "This TOTP code was sent before; one code is never sent twice.",
        moment((max(spent, default=window) + 1) * period),
        f"Run again in {period} seconds.",
    )


def run_block(what: str) -> Block:
    """Make the block of another try in the same run."""
    return Block("COOLING_DOWN", f"{what} in this run.", None, "Start a new login.")


def moment(at: float) -> datetime:
    """Turn seconds of the epoch into India time."""
    return datetime.fromtimestamp(at, IST)


def _text(at: float) -> str:
    return f"{moment(at):%Y-%m-%d %H:%M:%S} IST"
