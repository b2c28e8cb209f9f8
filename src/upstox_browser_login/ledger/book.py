"""The ledger as a login sees it: ask first, announce what is sent, tell what came of it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from typing import Literal

from msgspec import Struct
from pydantic import SecretStr

from upstox_browser_login.errors import StoreError, UpstoxUnavailableError

from .fingerprint import PinKey
from .keeping import Documents, Kept
from .parts import (
    LONGEST_COOL_DOWN,
    MAX_TIMES,
    Entry,
    FailedRun,
    Locked,
    RateLimit,
    SentCode,
    SentPin,
    What,
)
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
from .state import DEAD_TOKEN, LOGGED_OUT, PASSWORD, State


def login_lock(account_key: str) -> str:
    """Name the lock that keeps logins of one account apart."""
    return f"login-{account_key}"


class Event(Struct, frozen=True):
    """One thing that was tried. `outcome` is None while it is under way, or died on its way."""

    at: datetime
    what: What
    outcome: str | None
    upstox_code: str | None


class Ledger:
    """The ledger of one account, as one run sees it: make a new object for each login.

    `account_key` names the account (another mobile is another ledger) and is part of a document's
    name, so it must not be a secret itself. `client_secret` keys what PINs are recognised by;
    without it every PIN that was refused counts as the one that is asked about. `now` is the
    machine's clock, epoch seconds.

    Every method raises `StoreError`: `STORE_UNREADABLE` for a damaged ledger, `STORE_UNWRITABLE`
    where an entry cannot be kept. What could not be written must not be sent. Ask
    `require_allowed` while holding the lock `login_lock`: the open entries of a login that is
    under way look like those of one that was killed.
    """

    def __init__(
        self,
        documents: Documents,
        account_key: str,
        client_secret: SecretStr | None = None,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._documents = documents
        self._account_key = account_key
        self._kept = Kept(documents, f"ledger-{account_key}", now)
        self._key = PinKey(client_secret)
        self._now = now
        self._skew: Callable[[], float | None] = lambda: None
        self._run = secrets.token_hex(8)
        self._open: Literal["code", "pin"] | None = None
        self._pin: SentPin | None = None
        self._code: SentCode | None = None
        self._codes_refused = 0
        self._may_retry = False  # past the cool-down that this run's first refused code began
        self._gave_up = False
        self._is_alone: Callable[[], bool] | None = None

    def guarded_by(self, is_held: Callable[[], bool]) -> None:
        """Announce nothing once `is_held`, of the lock that keeps logins apart, says no."""
        self._is_alone = is_held

    def corrected_by(self, skew: Callable[[], float | None]) -> None:
        """Order what happens by Upstox's time, which is `skew` seconds ahead of `now`."""
        self._skew = skew

    def block(self, pin: str | None) -> Block | None:
        """Tell what stands in the way of a login with `pin`; with any PIN sent before for None."""
        state, now = self._kept.load(), self._now()
        if state.settle(now):
            # Written, since a clock that was set back would else start the wait anew each time.
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
            sent = state.add_code(self._stamp(state), code, window, period)
            self._add_entry(state, "code", None)
            self._stop_unless_alone()
        self._open, self._code = "code", sent
        self._gave_up = self._codes_refused > 0

    def code_broke_off(self) -> None:
        """Call when the connection broke under the code: it counts as two, all that a run has.

        The browser may have sent it again by itself.
        """
        if self._code is None:
            return
        with self._kept.edit() as state:
            state.count_code_twice(self._code)
        self._gave_up, self._may_retry = True, False

    def code_refused(self, *, final: bool) -> None:
        """Call when Upstox has refused the code; `final` where this run gives up on codes.

        The cool-down begins in any case, so that it stands even if the run dies before its second
        code. Where it is not final, this run alone may pass it, with one more code.
        """
        self._code_failed("refused", final=final)

    def _code_failed(self, outcome: str, *, final: bool) -> None:
        with self._kept.edit() as state:
            others = [
                each
                for each in state.failed_runs
                if each.run != self._run and not state.brought_dead_token(each.run)
            ]
            self._cool_down(state, len(others) + 1)
            self._tell(state, "code", outcome)
        self._codes_refused += 1
        self._gave_up = self._gave_up or final or self._codes_refused > 1
        self._may_retry = not self._gave_up

    def sending_password(self) -> None:
        """Call before a password is sent: it counts as a refused code until `code_accepted`.

        So a login that is begun again and again does not send it each time.
        """
        self._code_failed(PASSWORD, final=True)

    def code_accepted(self) -> None:
        """Call when Upstox has taken the code or the password, so that its cool-down ends."""
        with self._kept.edit() as state:
            state.accept_code(self._stamp(state))
            self._tell(state, "code", "accepted")
        self._gave_up = False

    def sending_pin(self, pin: str) -> None:
        """Call before the PIN is sent, once a run.

        Raises `LoginBlockedError`, and nothing may be sent, where this run has sent one or where
        `block` would now find something; `StoreError` where the lock of `guarded_by` was lost.
        """
        if self._pin is not None:
            stop_at(run_block("A PIN was sent"))
        with self._kept.edit() as state:
            stop_at(self._block(state, self._now(), pin))
            sent = self._sent_pin(state, pin)
            state.put_pin(sent)
            self._add_entry(state, "pin", None)
            self._stop_unless_alone()
        self._pin, self._open = sent, "pin"

    def pin_refused(self, pin: str) -> None:
        """Call when Upstox has refused the PIN (1017106): it is not sent again."""
        with self._kept.edit() as state:
            # One that was not announced, or that somebody's `unlock` has forgiven, is added.
            sent = state.pin_of(self._run) or self._sent_pin(state, pin)
            sent.refused = True
            state.put_pin(sent)
            self._tell(state, "pin", "refused", "1017106")

    def pin_refused_by_hand(self, pin: str) -> None:
        """Call when Upstox has refused a PIN that a person typed; each one counts by itself."""
        with self._kept.edit() as state:
            sent = self._sent_pin(state, pin)
            sent.run, sent.refused = secrets.token_hex(8), True
            state.put_pin(sent)
            self._add_entry(state, "pin", "refused", "1017106")

    def pin_carried(self, times: int) -> None:
        """Call when it is known how often the PIN that this run has announced may have left.

        `times` counts each request that carried it, and one whose connection broke twice. The
        ledger never counts down; 0 changes nothing: see `pin_withdrawn`.
        """
        if self._pin is None or times < 1:
            return
        with self._kept.edit() as state:
            sent = state.pin_of(self._run)
            if sent is None:
                if self._open != "pin":
                    return  # It was accepted, or has not left.
                # Somebody's `unlock` has forgiven it while it was under way.
                sent = self._pin.model_copy(update={"stamp": self._stamp(state)})
            sent.times = max(sent.times, min(times, MAX_TIMES))
            state.put_pin(sent)

    def pin_withdrawn(self) -> None:
        """Call where the PIN that was announced has not left, for certain; this run sends none."""
        with self._kept.edit() as state:
            state.drop_pin(self._run)
            self._tell(state, "pin", "not sent")

    def pin_accepted(self) -> None:
        """Call when Upstox has taken the PIN: those of unknown fate are forgiven."""
        with self._kept.edit() as state:
            state.accept_pin(self._stamp(state))
            self._tell(state, "pin", "accepted")

    def rate_limited(self, seconds: float | None, upstox_code: str | None) -> None:
        """Call when Upstox says "too often" (1017069, 1017078, 1017125, HTTP 429).

        `seconds` is the wait that it states; None, or nothing above 0, stands for 10 minutes. A
        PIN under way keeps its unknown outcome, since the limit may be about another request.
        """
        stated = seconds if seconds is not None and seconds > 0 else FIRST_COOL_DOWN
        stated = min(stated, LONGEST_COOL_DOWN)
        with self._kept.edit() as state:
            limit = RateLimit(
                stamp=self._stamp(state),
                until=self._now() + stated,
                seconds=stated,
                upstox_code=_short(upstox_code),
            )
            before = state.rate_limit
            state.rate_limit = limit if before is None else before.joined(limit)
            self._tell(state, self._open or "login", "rate limited", limit.upstox_code)

    def account_locked(self) -> None:
        """Call when Upstox says that the account is locked (1017090, or its alert)."""
        with self._kept.edit() as state:
            state.locked = Locked(stamp=self._stamp(state), at=self._now())
            self._tell(state, self._open or "login", "account locked", "1017090")

    def succeeded(self) -> None:
        """Call when the token is there: everything but the spent codes is forgiven."""
        with self._kept.edit() as state:
            state.forgive(self._stamp(state))
            self._tell(state, "login", "succeeded")

    def token_was_dead(self) -> None:
        """Call when a new token had expired already, since the next one may be expired as well.

        The credentials were right, so what stood is forgiven. The next login waits 10 minutes,
        doubling with every such token in a row.
        """
        with self._kept.edit() as state:
            state.forgive(self._stamp(state))
            self._tell(state, "login", DEAD_TOKEN)
            self._cool_down(state, state.dead_tokens)

    def token_thrown_away(self) -> None:
        """Call when a person has thrown a token away here, so that it does not count as lost.

        The ledger is read first, since without a login in it neither a lock nor a record is made.
        """
        if self._kept.load().entries:
            with self._kept.edit() as state:
                self._tell(state, "login", LOGGED_OUT)

    def unlock(self) -> Block | None:
        """Lift everything but the spent codes. Returns what stood, for any PIN, or None.

        A damaged ledger is set aside and a new one begun. Raises `UpstoxUnavailableError`
        (`TIMEOUT`) while a login is under way, whose PIN must not be forgotten, and `StoreError`
        for a ledger of another version, which stays as it is.
        """
        with self._no_login(), self._kept.replace_if_damaged() as (state, damage):
            if damage is None:
                # As another run would see it: no exception for a second code.
                stood = account_block(state) or pin_block(state, None, self._key)
                lifted = stood or time_block(state, self._now())
            else:
                lifted = Block("COOLING_DOWN", damage.message, None, damage.hint)
            state.forgive(self._stamp(state))
            self._tell(state, "unlock", "lifted" if lifted else "nothing stood")
        return lifted

    def history(self) -> tuple[Event, ...]:
        """List the last fifty things that were tried, oldest first. No secrets."""
        return tuple(
            Event(moment(each.at), each.what, each.outcome, each.upstox_code)
            for each in self._kept.load().entries
        )

    def _cool_down(self, state: State, failures: int) -> None:
        """Begin the cool-down after so many failures in a row, the one of this run included."""
        seconds = cool_down_after(failures)
        until, stamp = self._now() + seconds, self._stamp(state)
        failed = FailedRun(run=self._run, stamp=stamp, until=until, seconds=seconds)
        state.put_failed_run(failed)

    def _block(self, state: State, now: float, pin: str | None) -> Block | None:
        standing = account_block(state) or pin_block(state, pin, self._key)
        return standing or self._time_block(state, now)

    def _time_block(self, state: State, now: float) -> Block | None:
        return time_block(state, now, past=self._run if self._may_retry else None)

    def is_under_way(self) -> bool:
        """Whether a login of this account is under way, in whatever process."""
        try:
            with self._no_login():
                return False
        except UpstoxUnavailableError:
            return True

    @contextmanager
    def _no_login(self) -> Iterator[None]:
        """Keep logins of this account from beginning. Raises where one is under way."""
        with ExitStack() as stack:
            try:
                stack.enter_context(self._documents.lock(login_lock(self._account_key), 0.0))
            except UpstoxUnavailableError:
                raise UpstoxUnavailableError(
                    "A login of this account is under way, so nothing was lifted: what it has "
                    "sent must not be forgotten.",
                    code="TIMEOUT",
                    hint="Run again when that login has ended.",
                    step="store",
                ) from None
            yield

    def _stop_unless_alone(self) -> None:
        if self._is_alone is not None and not self._is_alone():
            raise StoreError(
                "The lock that keeps logins of this account apart was lost: another login may "
                "have begun, so this one sends nothing more.",
                code="STORE_UNWRITABLE",
                hint="Run again in a moment: the token of the other login may be there by then.",
                step="store",
            )

    def _stamp(self, state: State) -> int:
        return state.next_stamp(self._now() + (self._skew() or 0.0))

    def _sent_pin(self, state: State, pin: str) -> SentPin:
        return SentPin(
            run=self._run,
            stamp=self._stamp(state),
            at=self._now(),
            fingerprint=self._key.fingerprint(pin),
            refused=False,
            times=1,
        )

    def _add_entry(
        self, state: State, what: What, outcome: str | None, upstox_code: str | None = None
    ) -> None:
        state.add_entry(
            Entry(
                run=self._run,
                stamp=self._stamp(state),
                at=self._now(),
                what=what,
                outcome=outcome,
                upstox_code=upstox_code,
            )
        )

    def _tell(self, state: State, what: What, outcome: str, upstox_code: str | None = None) -> None:
        """Write an outcome into the open line of this run, or into one of its own."""
        if self._open == what:
            self._open = None
            if state.close_entry(self._run, what, outcome, upstox_code):
                return
        self._add_entry(state, what, outcome, upstox_code)


def _short(text: str | None) -> str | None:
    # JSON may hold halves of characters, and no file can.
    return text.encode("utf-8", "replace").decode()[:32] if text else None
