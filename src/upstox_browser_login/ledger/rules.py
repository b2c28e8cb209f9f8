"""What follows from the state of a ledger: may a login be tried, and if not, what lifts that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from upstox_browser_login.errors import LoginBlockedError
from upstox_browser_login.token import IST

from .state import LONGEST_COOL_DOWN, State

FIRST_COOL_DOWN = 600.0
"""Seconds of peace after a refused code, and after a rate limit that states none of its own.

Source: Upstox's text of 1017069, "Kindly, try again after 10 mins."
"""

MAX_UNKNOWN_PINS = 2
"""So many PINs of unknown fate count as refused."""

MAX_PINS = 3
"""Refused or of unknown fate, since the last login. Upstox locks the account at the fifth, and
where a connection breaks Chromium sends a PIN a second time: from three, one submission could be
the fifth."""

FUTURE_WINDOWS = 10
"""A code of a window further ahead was sent under a clock that has been set right since."""

UNLOCK = "`upstox-browser-login unlock`"


@dataclass(frozen=True)
class Block:
    """Why no login is tried, until when (None: until a person acts), and what lifts it.

    `code` is that of the error, `RATE_LIMITED` for a wait that Upstox asked for, `COOLING_DOWN`
    for one of our own. `until` is in India time.
    """

    code: Literal["COOLING_DOWN", "RATE_LIMITED", "ACCOUNT_LOCKED"]
    reason: str
    until: datetime | None
    hint: str
    upstox_code: str | None = None


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
    if state.locked_at is not None:
        return Block(
            "ACCOUNT_LOCKED",
            f"Upstox has locked this account (seen at {_text(state.locked_at)}).",
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


def pin_block(state: State, pin: str | None) -> Block | None:
    """Tell what stands in the way of this PIN; of any that was sent before where it is None.

    A refused PIN stays refused until a login succeeds, also when others are tried in between.
    """
    refused = [each for each in state.pins if each.refused]
    unknown = [each for each in state.pins if not each.refused]
    if len(unknown) < MAX_UNKNOWN_PINS:
        unknown = []
    if not refused and not unknown:
        return None
    fingerprint = None if pin is None else state.fingerprint(pin)
    for each in reversed(refused):
        if fingerprint in {None, each.fingerprint}:
            return Block(
                "COOLING_DOWN",
                f"Upstox refused this PIN at {_text(each.at)}; it is not sent a second time.",
                None,
                f"Correct UPSTOX_PIN_CODE, which lifts this by itself; {UNLOCK} lifts it for a "
                "PIN that is right after all. Five refused PINs lock the account.",
                "1017106",
            )
    if fingerprint is None or any(each.fingerprint == fingerprint for each in unknown):
        return Block(
            "COOLING_DOWN",
            f"The PIN was sent {len(unknown)} times, at last at {_text(unknown[-1].at)}, and no "
            "answer was seen: it may have been refused.",
            None,
            "Make sure of UPSTOX_PIN_CODE, for instance by a login in the Upstox app; then run "
            f"{UNLOCK}, or correct the PIN.",
        )
    return None


def time_block(state: State, now: float, *, past_cool_down: bool = False) -> Block | None:
    """Tell what stands in the way for a while, `past_cool_down` without that of refused codes."""
    cool_down = None if past_cool_down else state.cool_down
    waits = [wait for wait in (cool_down, state.rate_limit) if wait and wait.until > now]
    if not waits:
        return None
    wait = max(waits, key=lambda each: each.until)
    until = _text(wait.until)
    lift = f"Wait until {until}, or lift it with {UNLOCK}."
    if wait is state.rate_limit:
        return Block(
            "RATE_LIMITED",
            f"Upstox was asked too often; no login is tried before {until}.",
            moment(wait.until),
            lift,
            wait.upstox_code,
        )
    if state.dead_tokens and not state.code_failures:
        times = f" {state.dead_tokens} times in a row" if state.dead_tokens > 1 else ""
        return Block(
            "COOLING_DOWN",
            f"Upstox gave out a token that was dead already{times}; no login is tried before "
            f"{until}.",
            moment(wait.until),
            f"Check the machine's clock. {lift}",
        )
    runs = f" in {state.code_failures} runs in a row" if state.code_failures > 1 else ""
    return Block(
        "COOLING_DOWN",
        f"Upstox refused the TOTP code{runs}; no login is tried before {until}.",
        moment(wait.until),
        "Compare `upstox-browser-login totp` with your authenticator app, and check the machine's "
        f"clock. {lift}",
    )


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
