"""The loop: look, ask the plan, do what it says, look again at least every half a minute."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn, Protocol

from upstox_browser_login import api
from upstox_browser_login._version import __version__
from upstox_browser_login.blocking import run_apart
from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.ledger.fingerprint import PinKey
from upstox_browser_login.printable import printable
from upstox_browser_login.session import LoginResult, login_result, token_result
from upstox_browser_login.session.tokens import forget
from upstox_browser_login.settings import Settings
from upstox_browser_login.store.file import FileDocuments
from upstox_browser_login.token import IST, Token

from . import notices
from .almanac import ask_for_days, kept_days
from .calendar import Days
from .plan import (
    Action,
    AskForDays,
    CheckToken,
    LogIn,
    Stop,
    Wait,
    Why,
    Wishes,
    decide,
    moment,
    offset_of,
)
from .present import Seen, credentials_of, look
from .record import Failed, Notice, Record, Records
from .supervisor import Supervisor
from .vitals import Vitals

log = logging.getLogger(__name__)

LONGEST_WAIT = 30.0
"""Seconds after which the plan is asked again, whatever it said."""

BEYOND_A_LOGIN = 150.0
"""Seconds that may follow a login's own limit: its browser is closed, evidence is cleaned, and the
user's own command runs."""

LOST_HINT = (
    "See what revokes the tokens: a logout, a program that logs in to the same app, a store that "
    "does not keep them. `upstox-browser-login login` tries at once."
)

_AT_ONCE = 20
"""Actions without a wait between them. More would be a plan that goes round in a circle."""


class Audience(Protocol):
    """Told of what happens, by the loop's own thread."""

    def planned(self, action: Wait | Stop) -> None:
        """What is waited for has changed."""

    def has_token(self, token: Token) -> None:
        """There is a valid token; told in every round."""

    def log_in(self, login: Callable[..., LoginResult]) -> LoginResult:
        """Call `login` with a `progress`, and return what it returns."""

    def logged_in(self, result: LoginResult) -> str | None:
        """A login has brought a token. What went wrong with what follows it, None for nothing."""

    def failed(self, error: UpstoxError) -> None:
        """A login has failed."""

    def warn(self, text: str) -> None:
        """Something a person should know."""


@dataclass
class Daily:
    """The daily login of one account.

    `wait` lets so many seconds pass, or fewer where something has happened: it is the only place
    where the loop stands still.
    """

    settings: Settings
    wishes: Wishes
    audience: Audience
    wait: Callable[[float], None]
    clock: Clock = field(default_factory=Clock)
    sender: notices.Sender | None = None
    vitals: Vitals = field(default_factory=Vitals)
    supervisor: Supervisor = field(default_factory=Supervisor)

    def __post_init__(self) -> None:
        self._last_told: tuple[type, str] | None = None
        self._refused: Token | None = None
        self.use(self.settings)

    def use(self, settings: Settings) -> None:
        """Go on with other settings; what is kept on disk is looked at anew."""
        self.settings = settings
        folder = settings.state_dir
        self._documents = FileDocuments(folder / "daily", folder / "locks")
        self._records = Records(self._documents, settings)
        self._days: Days | None = kept_days(self._documents, settings)
        if not self.wishes.once:  # a run at somebody else's time fetches no secret for it
            offset = offset_of(settings.secret("username"), settings.secret("client_secret"))
            self.wishes = replace(self.wishes, offset=offset)
        self._last_told = None

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
        for _ in range(_AT_ONCE):
            seen, action = self._ask()
            if isinstance(action, LogIn):
                try:
                    result = self._login(action, seen)
                except UpstoxError:
                    self.deliver()
                    raise
                self.deliver()
                return result
            if isinstance(action, Wait | Stop):
                self._note(action)
                self.deliver()
                return action
            self._do(action, seen)
        raise AssertionError("the plan goes round in a circle")

    def turn(self) -> Action:
        """One round: look, decide, do. A login that fails raises nothing."""
        self.supervisor.alive()
        seen, action = self._ask()
        if isinstance(action, LogIn):
            try:
                self._login(action, seen)
            except UpstoxError as error:
                self.audience.failed(error)
        else:
            self._do(action, seen)
        self.deliver()
        return action

    def deliver(self) -> None:
        """Deliver the notices that wait."""
        while self.sender is not None:
            now = self.clock.time()
            notice = notices.due(self._records.read(), now)
            if notice is None:
                return
            self.supervisor.alive()
            delivered = self.sender.send(notice)

            def told(record: Record, notice: Notice = notice, delivered: bool = delivered) -> None:
                if delivered:
                    record.outbox = [each for each in record.outbox if each != notice]
                record.notified_at = None if delivered else self.clock.time()

            self._records.change(told)

    # -- one round ---------------------------------------------------------------------------------

    def _ask(self) -> tuple[Seen, Action]:
        record = self._records.read()
        try:
            seen = look(self.settings, self.clock, record, self._days, refused=self._refused)
        except UpstoxError as error:
            # A command that should bring a secret has failed, say. Who runs this may restart it
            # again and again, and a person is told once all the same.
            self._tell_of(error)
            raise
        action = decide(seen.present, self.wishes)
        until = seen.present.token_until
        self.vitals.turned(action, until, self.clock.monotonic())
        if seen.token is not None:
            self._settle(until)
            self.audience.has_token(seen.token)
        return seen, action

    def _tell_of(self, error: UpstoxError) -> None:
        """Tell a person of an error that keeps a login from even being tried."""

        def note(record: Record) -> None:
            self._opened(record, error.code, error.message, error.hint)

        self._records.change(note)
        self.deliver()

    def _do(self, action: Action, seen: Seen) -> None:
        if isinstance(action, CheckToken) and seen.token is not None:
            self._check(seen.token)
        elif isinstance(action, AskForDays):
            self._ask_for_days()
        elif isinstance(action, Wait | Stop):
            self._note(action)

    def _settle(self, until: dt.datetime | None) -> None:
        """There is a valid token, whoever got it: what had failed is over."""
        record = self._records.read()
        if until is None or (record.incident is None and record.failed is None):
            return
        self._records.change(lambda record: self._over(record, until))

    def _over(self, record: Record, until: dt.datetime) -> None:
        notices.over(record, moment(until))
        if self.sender is None:
            record.outbox = []

    def _note(self, action: Wait | Stop) -> None:
        """Tell what is waited for, once. A block that nobody was told of is an incident."""
        told = (type(action), action.text)
        if told != self._last_told:
            self._last_told = told
            self.audience.planned(action)
            self.supervisor.status(action.text)
        if self._records.read().incident is not None:
            return
        if isinstance(action, Stop):
            code, hint = action.code, action.hint
        elif action.why is Why.LOST:
            code, hint = "TOKEN_REVOKED", LOST_HINT
        else:
            return
        self._records.change(lambda record: self._opened(record, code, action.text, hint))

    def _check(self, token: Token) -> None:
        """Ask Upstox about the token; one that it no longer accepts is forgotten."""
        alive = True
        try:
            alive = run_apart(api.token_is_alive(self.settings, token))
        except UpstoxError as error:
            log.info("Upstox could not be asked about the token: %s", error.message)
        now = self.clock.time()

        def asked(record: Record) -> None:
            record.asked_at = now

        self._records.change(asked)
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
            self._days = ask_for_days(self._documents, self.settings, now)
        except UpstoxError as error:
            self.audience.warn(f"Upstox's list of holidays is not to be had: {error.message}")

        def asked(record: Record) -> None:
            record.days_asked_at = now

        self._records.change(asked)

    # -- a login -----------------------------------------------------------------------------------

    def _login(self, action: LogIn, seen: Seen) -> LoginResult:
        if action.days_unknown:
            self.audience.warn(
                "Whether the exchange is open today is not known; a login is made all the same."
            )
        self.supervisor.status("Logging in.")
        limit = self.settings.timeout + BEYOND_A_LOGIN
        began = self.clock.monotonic()
        self.vitals.busy_until = began + limit
        self.supervisor.busy(limit)
        # Otherwise a token that another process has got by now is taken in place of a login.
        way = login_result if seen.unusable else token_result

        def login(**options: object) -> LoginResult:
            return way(self.settings, clock=self.clock, **options)  # type: ignore[arg-type]

        try:
            result = self.audience.log_in(login)
            if result.source == "login":
                self.vitals.logged_in("OK", self.clock.monotonic() - began, result.steps)
            self._succeeded(result)
        except UpstoxError as error:
            self.vitals.logged_in(error.code, self.clock.monotonic() - began)
            self._failed(error)
            raise
        finally:
            self.vitals.busy_until = 0.0
            self.supervisor.idle()
            self._last_told = None
        return result

    def _failed(self, error: UpstoxError) -> None:
        now = self.clock.now()
        credentials = PinKey(self.settings.client_secret).fingerprint(credentials_of(self.settings))

        def note(record: Record) -> None:
            before = record.failed
            today = now.astimezone(IST).date()
            same_day = (
                before is not None and dt.datetime.fromtimestamp(before.at, IST).date() == today
            )
            record.failed = Failed(
                at=now.timestamp(),
                code=error.code,
                message=error.message,
                hint=error.hint,
                step=error.step,
                upstox_code=error.upstox_code,
                # A name that is not UTF-8 could not be kept, and the failure with it.
                trace=None if error.trace is None else printable(str(Path(error.trace).absolute())),
                count=before.count + 1 if before is not None and same_day else 1,
                credentials=credentials,
                version=__version__,
            )
            self._opened(record, error.code, error.message, error.hint)

        self._records.change(note)

    def _opened(self, record: Record, code: str, text: str, hint: str) -> None:
        # Kept where nobody is to be told: whoever sets an address because it fails wants to hear.
        notices.opened(record, code, text, hint, self.clock.time())

    def _succeeded(self, result: LoginResult) -> None:
        until = result.token.expires_at
        self._settle(until)
        self.audience.has_token(result.token)
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
            if self.sender is None:
                record.outbox = []

        self._records.change(note)
