"""The loop: look, ask the plan, do what it says, look again at least every half a minute."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import NoReturn

from msgspec.structs import replace

from upstox_browser_login import api
from upstox_browser_login.blocking import run_apart
from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import (
    InterruptedLoginError,
    LoginBlockedError,
    UpstoxError,
    with_upstox_code,
)
from upstox_browser_login.ledger import Block
from upstox_browser_login.ledger.fingerprint import PinKey
from upstox_browser_login.session import LoginResult, login_result, token_result
from upstox_browser_login.session.parts import Parts
from upstox_browser_login.session.standing import doubtful_after
from upstox_browser_login.session.tokens import forget
from upstox_browser_login.settings import NEEDED_FOR_LOGIN, Settings
from upstox_browser_login.store import token_key
from upstox_browser_login.token import Token

from . import notices
from .account import Account
from .almanac import ask_for_days
from .audience import Audience
from .outcomes import AGAIN, Again
from .plan import (
    HOURLY,
    UNANSWERED,
    Action,
    AskForDays,
    CheckToken,
    LogIn,
    Stop,
    Wait,
    Wishes,
    decide,
    fetch_again,
    moment,
)
from .present import Seen, brought, credentials_of, look
from .record import Failed, Notice, Record
from .supervisor import Supervisor
from .trouble import CANNOT_BEGIN, NOT_READ_AGAIN, Trouble
from .vitals import LONGEST_WAIT, Vitals

log = logging.getLogger(__name__)

BEYOND_A_LOGIN = 150.0
"""Seconds that may follow a login's own limit: its browser is closed, evidence is cleaned, and the
user's own command runs."""

BEYOND_FETCHING = 60.0
"""Seconds in which, once settings were fetched, the store and what is kept are looked at."""


_AT_ONCE = 20
"""Actions without a wait between them. More would be a plan that goes round in a circle."""


class _NoLongerDueError(LoginBlockedError):
    """While this program waited for another login, that one has changed what the plan says."""


@dataclass
class Daily:
    """The daily login of one account.

    `wait` lets so many seconds pass, or fewer where something has happened: it is the only place
    where the loop stands still. `trouble` is what is told of settings that cannot be used.
    """

    settings: Settings
    wishes: Wishes
    audience: Audience
    wait: Callable[[float], None]
    trouble: Trouble
    clock: Clock = field(default_factory=Clock)
    sender: notices.Sender | None = None
    vitals: Vitals = field(default_factory=Vitals)
    supervisor: Supervisor = field(default_factory=Supervisor)

    def __post_init__(self) -> None:
        self._last_told: tuple[type, str] | None = None
        self._failure_told: str | None = None
        self._refused: Token | None = None
        self._fetched_anew: dt.datetime | None = None
        self._account: Account | None = None
        self._unfetched: Wait | None = None
        self._unfetched_at = dt.datetime.min.replace(tzinfo=dt.UTC)
        self._times_unfetched = 0
        self._first_round = False

    @property
    def account(self) -> Account:
        """The account, once its settings could be fetched."""
        assert self._account is not None  # noqa: S101  (`_open` has made it)
        return self._account

    def use(self, settings: Settings, sender: notices.Sender | None) -> None:
        """Change to other settings if a login could begin with them.

        Otherwise raises `UpstoxError` and keeps the present settings.
        """
        with self._busy(settings.fetching_seconds + BEYOND_FETCHING):
            settings.require(*NEEDED_FOR_LOGIN)
            settings.fetch()
            Parts.usable(settings, self.clock)
            account = Account.of(settings, self.wishes)
        self.settings, self.sender = settings, sender
        self._begin(account)

    @contextmanager
    def trying_settings(self) -> Iterator[None]:
        """Notify a person of an error of new settings within the block, and raise it again."""
        try:
            yield
        except UpstoxError as error:
            self._note_trouble(error, NOT_READ_AGAIN)
            self.deliver()
            raise

    def _note_trouble(self, error: UpstoxError, title: str) -> None:
        """Note an error for a notice to a person, if there is an address for notices."""
        if self.sender is not None:
            self.trouble.met(error, title)

    def _begin(self, account: Account) -> None:
        self._account = account
        self._unfetched, self._times_unfetched, self._last_told = None, 0, None
        self._first_round = True

    def _goes_on(self) -> None:
        """Note, after the first round with an account, that nothing keeps the program from running.

        Not before that: an error that ends the first round will end it again after each restart.
        """
        if self._first_round:
            self._first_round = False
            self.trouble.over()

    def run(self) -> NoReturn:
        """Go on until an exception ends it, of a signal or of `wait`."""
        self.supervisor.ready()
        while True:
            action = self.turn()
            if not isinstance(action, Wait | Stop):
                continue
            seconds = LONGEST_WAIT
            if isinstance(action, Wait):
                left = (action.until - self.clock.now()).total_seconds()
                seconds = min(max(left, 0.0), LONGEST_WAIT)
            self.wait(seconds)

    def once(self) -> Wait | Stop | LoginResult:
        """Do what one run would do: the plan's actions up to the first wait, or one login.

        Raises what the login raises.
        """
        try:
            done = self._once()
        except UpstoxError as error:
            if self._account is None:
                self._note_trouble(error, CANNOT_BEGIN)
            self._goes_on()
            self.deliver()
            raise
        self._goes_on()
        self.deliver()
        return done

    def _once(self) -> Wait | Stop | LoginResult:
        self._open()
        for _ in range(_AT_ONCE):
            seen, action = self._ask()
            if isinstance(action, LogIn):
                with suppress(_NoLongerDueError):
                    return self._login(action, seen)
                continue
            self._do(action, seen)
            if isinstance(action, Wait | Stop):
                return action
        raise AssertionError("the plan goes round in a circle")

    def turn(self) -> Action:
        """One round: look, decide, do. A login or a user's command that fails raises nothing."""
        self.supervisor.alive()
        action = self._round()
        self._goes_on()
        self.deliver()
        return action

    def _round(self) -> Action:
        waits = self._unfetched
        # A machine without a clock of its own may start in the future, and be set back.
        if waits is not None and self._unfetched_at <= self.clock.now() < waits.until:
            return self._stand_still(waits)
        try:
            self._open()
            seen, action = self._ask()
        except UpstoxError as error:
            return self._stand_still(self._wait_after(error))
        self._unfetched, self._times_unfetched = None, 0
        if isinstance(action, LogIn):
            try:
                self._login(action, seen)
            except _NoLongerDueError as error:
                log.info("%s", error.message)  # the next round tells what is waited for
            except UpstoxError as error:
                self._tell_failure(error)
        else:
            self._do(action, seen)
        return action

    def _stand_still(self, waits: Wait) -> Wait:
        self.vitals.turned(waits, None, self.clock.monotonic())
        self._tell(waits)
        return waits

    def _wait_after(self, error: UpstoxError) -> Wait:
        """The wait after an error of a setting that may work later.

        Raises the error if only a person can mend it.
        """
        if self._account is None:
            self._note_trouble(error, CANNOT_BEGIN)
        if AGAIN[error.code] is not Again.SOON:
            self.deliver()
            raise error
        self._tell_failure(error)
        self._times_unfetched += 1
        self._unfetched_at = self.clock.now()
        waits = fetch_again(self._unfetched_at, self._times_unfetched, error.message)
        self._unfetched = waits
        return waits

    def deliver(self) -> None:
        """Deliver the notices that wait."""
        send = None if self.sender is None else self._send
        self.trouble.deliver(send)
        if self._account is not None:
            notices.deliver(self._account.records, send, self.clock.time)

    def _send(self, notice: Notice) -> bool:
        assert self.sender is not None  # noqa: S101  (see `deliver`)
        # The addresses for notices may have to be fetched first.
        with self._busy(notices.LONGEST_DELIVERY + self.settings.fetching_seconds):
            return self.sender.send(notice)

    @contextmanager
    def _busy(self, seconds: float) -> Iterator[None]:
        """Within the block the loop may take so long; the health checks and systemd are told so."""
        self.vitals.busy(self.clock.monotonic(), seconds)
        self.supervisor.busy(seconds)
        try:
            yield
        finally:
            self.vitals.idle(self.clock.monotonic())
            self.supervisor.idle()

    # -- one round ---------------------------------------------------------------------------------

    def _open(self) -> None:
        """Find the account. Raises `UpstoxError` where a setting for that cannot be fetched."""
        if self._account is not None:
            return
        with self._busy(self.settings.fetching_seconds + BEYOND_FETCHING):
            account = Account.of(self.settings, self.wishes)
        self._begin(account)

    def _look(self, *, alone: bool = False) -> Seen:
        records, days = self.account.records, self.account.days
        return look(
            self.settings, self.clock, records.read(), days, refused=self._refused, alone=alone
        )

    def _ask(self) -> tuple[Seen, Action]:
        try:
            seen = self._look()
            action = decide(seen.present, self.account.wishes)
            if self._has_fetched_anew(seen, action):
                seen = self._look()
                action = decide(seen.present, self.account.wishes)
        except UpstoxError as error:
            # Such as a command for the PIN that fails at night, when a password manager is locked.
            self._tell_of(error)
            raise
        until = seen.present.token_until
        self.vitals.turned(action, until, self.clock.monotonic())
        if seen.token is not None:
            self._settle(until)
            self.audience.has_token(seen.token)
        return seen, action

    def _has_fetched_anew(self, seen: Seen, action: Action) -> bool:
        """Fetch what was refused anew while it stands in the way: it may have been corrected.

        Once an hour, since a person may be asked. A login fetches it by itself.
        """
        if not isinstance(action, Stop):
            self._fetched_anew = None
            return False
        block = seen.present.block
        of_pin = isinstance(block, Block) and block.of_pin
        names = ("pin_code",) if of_pin else doubtful_after(action.code)
        origins = {name: kept for name in names if (kept := self.settings.origin(name)) is not None}
        if not origins:
            return False
        now, began = self.clock.now(), time.monotonic()
        oldest = min(each.fetched_at or 0.0 for each in origins.values())
        last = self._fetched_anew or dt.datetime.fromtimestamp(oldest, dt.UTC)
        if dt.timedelta(0) <= now - last < HOURLY:
            return False
        self._fetched_anew = now
        before = token_key(self.settings)
        with self._busy(sum(each.seconds for each in origins.values()) + BEYOND_FETCHING):
            for name in origins:
                self.settings.fetch_anew(name, since=began)
            if token_key(self.settings) != before:
                self._begin(Account.of(self.settings, self.wishes))
        return True

    def _tell_of(self, error: UpstoxError) -> None:
        """Tell a person of an error that keeps a login from even being tried."""

        def note(record: Record) -> None:
            self._opened(record, error.code, error.message, error.hint)

        self.account.records.change(note)
        self.deliver()

    def _do(self, action: Action, seen: Seen) -> None:
        if isinstance(action, CheckToken) and seen.token is not None:
            self._check(seen.token)
        elif isinstance(action, AskForDays):
            self._ask_for_days()
        elif isinstance(action, Wait | Stop):
            self._note(action)

    def _settle(self, until: dt.datetime | None) -> None:
        """A valid token ends the failure before it, whichever process has got the token."""
        record = self.account.records.read()
        if until is None or (record.incident is None and record.failed is None):
            return
        what = f"A token is there again, valid until {moment(until)}."
        self.account.records.change(lambda record: notices.over(record, what))

    def _note(self, action: Wait | Stop) -> None:
        """Show once what is waited for; notify a person of a block without an incident."""
        self._tell(action)
        record = self.account.records.read()
        if record.incident is not None:
            return
        told = notices.of_waiting(action)
        if told is None:
            return
        code, hint = told
        text = with_upstox_code(action.text, action.upstox_code)
        self.account.records.change(lambda record: self._opened(record, code, text, hint))

    def _tell_failure(self, error: UpstoxError) -> None:
        self._failure_told = error.message
        self.audience.failed(error)

    def _tell(self, action: Wait | Stop) -> None:
        told = (type(action), action.text)
        if told != self._last_told:
            self._last_told = told
            if isinstance(action, Wait) and action.failure and action.failure == self._failure_told:
                self.audience.planned(replace(action, text=action.rest, upstox_code=None))
            else:
                self.audience.planned(action)
            self.supervisor.status(action.text)

    def _check(self, token: Token) -> None:
        """Ask Upstox about the token; one that it no longer accepts is forgotten."""
        alive, again = True, HOURLY
        try:
            alive = run_apart(api.token_is_alive(self.settings, token))
        except UpstoxError as error:
            log.info("Upstox could not be asked about the token: %s", error.message)
            again = UNANSWERED
        # The plan asks again an hour after the time that is noted here.
        at = self.clock.time() - (HOURLY - again).total_seconds()

        def asked(record: Record) -> None:
            record.asked_at = at

        self.account.records.change(asked)
        if not alive:
            self.audience.warn("Upstox no longer accepts the token: it was revoked.")
            self._refused = token
            try:
                forget(self.settings, token)
            except UpstoxError as error:
                self.audience.warn(f"The revoked token is still stored: {error.message}")

    def _ask_for_days(self) -> None:
        now = self.clock.time()
        try:
            self.account.days = ask_for_days(self.account.documents, self.settings, now)
        except UpstoxError as error:
            self.audience.warn(f"Upstox's list of holidays cannot be fetched: {error.message}")

        def asked(record: Record) -> None:
            record.days_asked_at = now

        self.account.records.change(asked)

    # -- a login -----------------------------------------------------------------------------------

    def _login(self, action: LogIn, seen: Seen) -> LoginResult:
        if action.days_unknown:
            self.audience.warn(
                "Whether the exchange is open today is not known; a login is made all the same."
            )
        self.supervisor.status("Logging in.")
        limit = self.settings.timeout + self.settings.fetching_seconds + BEYOND_A_LOGIN
        began, began_at = self.clock.monotonic(), self.clock.time()
        noted: list[UpstoxError] = []
        # A login only if the stored token is unusable: another process may have got a new one.
        way = login_result if seen.unusable else token_result

        def login(**options: object) -> LoginResult:
            guard = partial(self._guard, noted)
            return way(self.settings, clock=self.clock, guard=guard, **options)  # type: ignore[arg-type]

        with self._busy(limit):
            try:
                result = self.audience.log_in(login)
                if result.source == "login":
                    self.vitals.logged_in("OK", self.clock.monotonic() - began, result.steps)
                self._succeeded(result)
            except _NoLongerDueError:
                raise
            except UpstoxError as error:
                self.vitals.logged_in(error.code, self.clock.monotonic() - began)
                if error not in noted:
                    self._failed(error, began_at)
                raise
            finally:
                self._last_told = None
        return result

    @contextmanager
    def _guard(self, noted: list[UpstoxError]) -> Iterator[None]:
        """Ask the plan once more, and note within the block how the login ends.

        All of it while this is the account's only login: another program that waits for its turn
        has to see what this one came to before it sends a PIN of its own. What is noted is added
        to `noted`. Raises `_NoLongerDueError` where the plan no longer wants a login.
        """
        if not isinstance(decide(self._look(alone=True).present, self.account.wishes), LogIn):
            raise _NoLongerDueError("Another program has tried a login meanwhile.")
        began = self.clock.time()
        # Otherwise a program that is killed in every login and restarted would send a code each
        # time.
        stopped = InterruptedLoginError(notices.STOPPED, hint=notices.STOPPED_HINT)
        self._failed(stopped, began, told=False)
        try:
            yield
        except UpstoxError as error:
            self._failed(error, began)
            noted.append(error)
            raise
        except BaseException as stop:
            if not isinstance(stop, Exception):
                # Somebody has stopped this program, which a person need not be told of.
                self._failed(InterruptedLoginError(notices.ENDED), began, told=False)
            raise

    def _failed(self, error: UpstoxError, began: float, *, told: bool = True) -> None:
        now = self.clock.time()
        credentials = PinKey(self.settings.client_secret).fingerprint(credentials_of(self.settings))

        def note(record: Record) -> None:
            record.failed = Failed.of(error, began, now, record.failed, credentials)
            if told:
                text = with_upstox_code(error.message, error.upstox_code)
                self._opened(record, error.code, text, error.hint)

        self.account.records.change(note)

    def _opened(self, record: Record, code: str, text: str, hint: str) -> None:
        # Kept even without an address for notices: one that is set later gets this failure.
        notices.opened(record, code, text, hint, self.clock.time())

    def _succeeded(self, result: LoginResult) -> None:
        until = result.token.expires_at
        self._settle(until)
        self.audience.has_token(result.token)
        if result.source == "login":
            # Before the user's own command runs, which may start this service anew.
            brought(self.settings, self.clock).add()
        trouble = self.audience.logged_in(result)
        if result.source != "login":
            return

        def note(record: Record) -> None:
            if trouble is not None and not record.after_failed:
                body = f"The login succeeded. {trouble}"
                title = f"{notices.TITLE}: UPSTOX_AFTER_LOGIN failed"
                notices.put(record, Notice(kind="after-login", title=title, body=body))
            record.after_failed = trouble is not None
            if self.settings.notify_on == "always":
                body = f"Logged in; the token is valid until {moment(until)}."
                title = f"{notices.TITLE}: logged in"
                notices.put(record, Notice(kind="success", title=title, body=body))

        self.account.records.change(note)
