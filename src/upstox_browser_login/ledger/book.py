"""The ledger as a login sees it: ask first, announce what is sent, tell what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from upstox_browser_login.errors import StoreError

from .keeping import Documents, Kept
from .rules import (
    FIRST_COOL_DOWN,
    FUTURE_WINDOWS,
    Block,
    account_block,
    code_block,
    cool_down_after,
    moment,
    pin_block,
    run_block,
    stop_at,
    time_block,
)
from .state import DEAD_TOKEN, LONGEST_COOL_DOWN, MAX_FAILURES, State, Wait, What


@dataclass(frozen=True)
class Event:
    """One thing that was tried. `outcome` is None while it is under way, or died on its way."""

    at: datetime
    what: What
    outcome: str | None
    upstox_code: str | None


class Ledger:
    """The ledger of one account, as one run sees it: make a new object for each login.

    `account_key` names the account (another mobile is another ledger) and is part of a document's
    name, so it must not be a secret itself. `now` is the machine's clock, epoch seconds.

    Every method raises `StoreError`: `STORE_UNREADABLE` for a damaged ledger, `STORE_UNWRITABLE`
    where an entry cannot be kept. What could not be written must not be sent. Ask
    `require_allowed` while holding the lock that keeps logins apart: the open entries of a login
    that is under way look like those of one that was killed.
    """

    def __init__(
        self, documents: Documents, account_key: str, *, now: Callable[[], float] = time.time
    ) -> None:
        self._kept = Kept(documents, f"ledger-{account_key}", now)
        self._now = now
        self._open: Literal["code", "pin"] | None = None
        self._pin_sent = False
        self._codes_refused = 0
        self._may_retry = False  # past the cool-down that this run's first refused code began
        self._gave_up = False
        self._is_alone: Callable[[], bool] | None = None

    def guarded_by(self, is_held: Callable[[], bool]) -> None:
        """Announce nothing once `is_held`, of the lock that keeps logins apart, says no."""
        self._is_alone = is_held

    def block(self, pin: str | None) -> Block | None:
        """Tell what stands in the way of a login with `pin`; with any PIN sent before for None."""
        state, now = self._kept.load(), self._now()
        if state.settle(now):
            # Kept, or a clock that was set back would begin the wait anew at every look.
            with suppress(StoreError), self._kept.edit():
                pass
        return self._block(state, now, pin)

    def require_allowed(self, pin: str | None) -> None:
        """Raise `LoginBlockedError`, with `until`, where `block` finds something."""
        stop_at(self.block(pin))

    def last_window(self, period: int, *, now: float | None = None) -> int | None:
        """Return the highest window of `period` seconds for which a code was sent, by any run.

        `now` is Upstox's time where the machine's is known to be wrong. A window more than
        `FUTURE_WINDOWS` ahead of it does not count.
        """
        horizon = int((self._now() if now is None else now) // period) + FUTURE_WINDOWS
        sent = (each.window for each in self._kept.load().codes if each.period == period)
        return max((window for window in sent if window <= horizon), default=None)

    def was_sent(self, code: str) -> bool:
        """Tell whether this code is among the last few sent; a command may print one twice."""
        return self._kept.load().was_sent(code)

    def sending_code(self, code: str, window: int, period: int) -> None:
        """Call before a code is sent. `window` is that of Upstox's clock, for a command as well.

        Raises `LoginBlockedError`, and nothing may be sent, where the code or its window is spent
        (`until`: the next window, in Upstox's time), where this run has sent the last code it
        may, or where a block has come up since `require_allowed`. Raises `StoreError` where the
        lock of `guarded_by` was lost.
        """
        with self._kept.edit() as state:
            stop_at(account_block(state) or self._time_block(state, self._now()))
            if self._gave_up:
                stop_at(run_block("The last TOTP code that may be tried was sent"))
            stop_at(code_block(state, code, window, period))
            state.add_code(code, window, period)
            state.add_entry(self._now(), "code", None)
            self._stop_unless_alone()
        self._open = "code"
        self._gave_up = self._codes_refused > 0

    def code_refused(self, *, final: bool) -> None:
        """Call when Upstox has refused the code; `final` where this run gives up on codes.

        The cool-down begins in any case, so that it stands even if the run dies before its second
        code. Where it is not final, this run alone may pass it, with one more code.
        """
        with self._kept.edit() as state:
            if not self._codes_refused or not state.code_failures:
                state.code_failures = min(state.code_failures + 1, MAX_FAILURES)
            seconds = cool_down_after(state.code_failures)
            state.cool_down = Wait(until=self._now() + seconds, seconds=seconds, upstox_code=None)
            self._tell(state, "code", "refused")
        self._codes_refused += 1
        self._gave_up = final or self._codes_refused > 1
        self._may_retry = not self._gave_up

    def code_accepted(self) -> None:
        """Call when Upstox has taken the code: the seed is right, so its cool-down ends."""
        with self._kept.edit() as state:
            state.code_failures, state.cool_down = 0, None
            self._tell(state, "code", "accepted")
        self._gave_up = False

    def sending_pin(self, pin: str) -> None:
        """Call before the PIN is sent, once a run.

        Raises `LoginBlockedError`, and nothing may be sent, where this run has sent one or where
        `block` would now find something; `StoreError` where the lock of `guarded_by` was lost.
        """
        if self._pin_sent:
            stop_at(run_block("A PIN was sent"))
        with self._kept.edit() as state:
            stop_at(self._block(state, self._now(), pin))
            state.add_pin(self._now(), pin)
            state.add_entry(self._now(), "pin", None)
            self._stop_unless_alone()
        self._pin_sent, self._open = True, "pin"

    def pin_refused(self, pin: str) -> None:
        """Call when Upstox has refused the PIN (1017106): it is not sent again."""
        with self._kept.edit() as state:
            state.refuse_pin(self._now(), pin)
            self._tell(state, "pin", "refused", "1017106")

    def pin_broke_off(self) -> None:
        """Call when the connection broke under the PIN: the browser may have sent it twice."""
        with self._kept.edit() as state:
            state.pin_broke_off()

    def pin_withdrawn(self) -> None:
        """Call where the PIN that was announced has not left, for certain; this run sends none."""
        with self._kept.edit() as state:
            unknown = [each for each in state.pins if not each.refused]
            if unknown:
                state.pins.remove(unknown[-1])
            self._tell(state, "pin", "not sent")

    def pin_accepted(self) -> None:
        """Call when Upstox has taken the PIN: those of unknown fate are forgiven."""
        with self._kept.edit() as state:
            state.pins = [each for each in state.pins if each.refused]
            self._tell(state, "pin", "accepted")

    def rate_limited(self, seconds: float | None, upstox_code: str | None) -> None:
        """Call when Upstox says "too often" (1017069, 1017078, 1017125, HTTP 429).

        `seconds` is the wait that it states; None, or nothing above 0, stands for 10 minutes. A
        PIN that was on its way stays one of unknown fate: who knows which request was meant?
        """
        stated = seconds if seconds is not None and seconds > 0 else FIRST_COOL_DOWN
        stated = min(stated, LONGEST_COOL_DOWN)
        with self._kept.edit() as state:
            wait = Wait(until=self._now() + stated, seconds=stated, upstox_code=_short(upstox_code))
            if state.rate_limit is None or state.rate_limit.until < wait.until:
                state.rate_limit = wait
            self._tell(state, self._open or "login", "rate limited", wait.upstox_code)

    def account_locked(self) -> None:
        """Call when Upstox says that the account is locked (1017090, or its alert)."""
        with self._kept.edit() as state:
            state.locked_at = self._now()
            self._tell(state, self._open or "login", "account locked", "1017090")

    def succeeded(self) -> None:
        """Call when the token is there: everything but the spent codes is forgiven."""
        with self._kept.edit() as state:
            state.forgive()
            self._tell(state, "login", "succeeded")

    def token_was_dead(self) -> None:
        """Call when the token that came was dead already: the next login would bring its like.

        The credentials were right, so what stood is forgiven. The next login waits 10 minutes,
        doubling with every such token in a row.
        """
        with self._kept.edit() as state:
            state.forgive()
            self._tell(state, "login", DEAD_TOKEN)
            seconds = cool_down_after(state.dead_tokens)
            state.cool_down = Wait(until=self._now() + seconds, seconds=seconds, upstox_code=None)

    def unlock(self) -> Block | None:
        """Lift everything but the spent codes. Returns what stood, for any PIN, or None.

        A damaged ledger is set aside and a new one begun.
        """
        with self._kept.replace_if_damaged() as (state, damage):
            if damage is None:
                # As another run would see it: no exception for a second code.
                stood = account_block(state) or pin_block(state, None)
                lifted = stood or time_block(state, self._now())
            else:
                lifted = Block("COOLING_DOWN", damage.message, None, damage.hint)
            state.forgive()
            self._tell(state, "unlock", "lifted" if lifted else "nothing stood")
        return lifted

    def history(self) -> tuple[Event, ...]:
        """List the last fifty things that were tried, oldest first. No secrets."""
        return tuple(
            Event(moment(each.at), each.what, each.outcome, each.upstox_code)
            for each in self._kept.load().entries
        )

    def _block(self, state: State, now: float, pin: str | None) -> Block | None:
        return account_block(state) or pin_block(state, pin) or self._time_block(state, now)

    def _time_block(self, state: State, now: float) -> Block | None:
        return time_block(state, now, past_cool_down=self._may_retry)

    def _stop_unless_alone(self) -> None:
        if self._is_alone is not None and not self._is_alone():
            raise StoreError(
                "The lock that keeps logins of this account apart was lost: another login may "
                "have begun, so this one sends nothing more.",
                code="STORE_UNWRITABLE",
                hint="Run again in a moment: the token of the other login may be there by then.",
                step="store",
            )

    def _tell(self, state: State, what: What, outcome: str, upstox_code: str | None = None) -> None:
        """Write an outcome into the open line of this run, or into one of its own."""
        if self._open == what:
            self._open = None
            if state.close_entry(what, outcome, upstox_code):
                return
        state.add_entry(self._now(), what, outcome, upstox_code)


def _short(text: str | None) -> str | None:
    return text[:32] if text else None
