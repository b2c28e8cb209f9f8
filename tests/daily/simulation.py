"""Weeks of a machine that does the daily login, under a clock that is moved.

The plan, the loop and the logins are real, in a real browser; the replica stands in for Upstox, and
has the same clock. What is simulated is the time that passes while nothing happens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from msgspec.structs import replace

from tests.harness import Desk, Notes
from upstox_browser_login.daily.loop import Daily
from upstox_browser_login.daily.plan import Stop, Wait, Wishes, due_on, offset_of
from upstox_browser_login.daily.record import Notice, Records
from upstox_browser_login.daily.trouble import Trouble
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import LoginResult
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import account_key, open_ledger_documents, open_store, token_key
from upstox_browser_login.token import IST, Token

STEP = dt.timedelta(minutes=30)
"""How far the clock is moved where the loop would look again after 30 s: a machine that dozes."""

EARLY = dt.time(3, 30), dt.time(3, 50)
"""When it does not doze."""

OPEN, CLOSE = dt.time(9, 15), dt.time(15, 30)


class Restart(Exception):  # noqa: N818  (no error)
    """The machine is started anew."""


class Over(Exception):  # noqa: N818
    """The simulated time is over."""


def trouble_of(desk: Desk) -> Trouble:
    """What is told of the settings of this machine."""
    records = Records.of_source(desk.home / "state", None, desk.home / ".env")
    return Trouble(records, desk.clock.time)


def ledger_of(desk: Desk, settings: Settings) -> Ledger:
    """What a run on this machine tells the ledger of that account."""
    return Ledger(
        open_ledger_documents(settings),
        account_key(settings),
        settings.client_secret,
        now=desk.clock.time,
    )


@dataclass
class Machine:
    """One machine, and all that happens to it."""

    desk: Desk
    replica: Replica
    end: dt.datetime
    wishes: Wishes = field(default_factory=lambda: Wishes(trading_days=True))
    happens: list[tuple[dt.datetime, Callable[[], None]]] = field(default_factory=list)
    tries: list[dt.datetime] = field(default_factory=list)
    failures: list[tuple[dt.datetime, str]] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notices: list[tuple[dt.datetime, Notice]] = field(default_factory=list)
    good: dict[dt.datetime, bool] = field(default_factory=dict)
    """Whether Upstox accepted the stored token, at the open and the close of every day."""

    @property
    def now(self) -> dt.datetime:
        return self.desk.clock.now().astimezone(IST)

    def due(self, day: dt.datetime) -> dt.datetime:
        """When the day's login of this account is due."""
        account = self.replica.account
        offset = offset_of(account.mobile, account.client_secret)
        return due_on(day.date(), replace(self.wishes, offset=offset))

    def at(self, moment: dt.datetime, action: Callable[[], None]) -> None:
        self.happens.append((moment, action))

    def between(self, begin: dt.datetime, end: dt.datetime, *scenarios: str) -> None:
        """Upstox is in another mood for a while."""
        self.at(begin, lambda: self.replica.set(*scenarios))
        self.at(end, self.replica.set)

    def sleeps(self, begin: dt.datetime, end: dt.datetime) -> None:
        """The machine is suspended."""

        def sleep() -> None:
            self.desk.clock.offset += (end - self.now).total_seconds()

        self.at(begin, sleep)

    def restarts(self, moment: dt.datetime) -> None:
        def restart() -> None:
            raise Restart

        self.at(moment, restart)

    def is_revoked(self) -> None:
        """The user logs in elsewhere."""
        token = self.token()
        assert token is not None
        self.replica._world.state.mint.revoke(token.access_token.get_secret_value())

    def run(self) -> None:
        self.happens.sort(key=lambda each: each[0])
        while True:
            settings = self.desk.settings(self.replica)
            daily = Daily(
                settings,
                self.wishes,
                self,
                self._wait,
                trouble_of(self.desk),
                clock=self.desk.clock,
                sender=self,
            )
            try:
                daily.run()
            except Restart:
                continue
            except Over:
                return

    def _wait(self, seconds: float) -> None:
        """Let time pass, and whatever happens in it."""
        until = self.now + STEP
        early, late = (dt.datetime.combine(self.now.date(), each, IST) for each in EARLY)
        if early <= self.now < late:
            until = self.now + dt.timedelta(seconds=max(seconds, 1.0))
        elif self.now < early < until:
            until = early
        for moment in self._looks(until):
            self._move_to(moment)
            self.good[moment] = self._is_good()
        while self.happens and self.happens[0][0] <= until:
            moment, action = self.happens.pop(0)
            self._move_to(moment)
            action()
        self._move_to(until)
        if self.now >= self.end:
            raise Over

    def _looks(self, until: dt.datetime) -> list[dt.datetime]:
        moments = [dt.datetime.combine(self.now.date(), each, IST) for each in (OPEN, CLOSE)]
        return [each for each in moments if self.now < each <= until]

    def _move_to(self, moment: dt.datetime) -> None:
        ahead = (moment - self.now).total_seconds()
        if ahead > 0:
            self.desk.clock.offset += ahead

    def token(self) -> Token | None:
        settings = self.desk.settings(self.replica)
        return open_store(settings).load(token_key(settings))

    def _is_good(self) -> bool:
        token = self.token()
        mint = self.replica._world.state.mint
        return token is not None and mint.is_good(token.access_token.get_secret_value())

    def good_on(self, day: dt.date) -> list[bool]:
        return [good for moment, good in sorted(self.good.items()) if moment.date() == day]

    def tries_on(self, day: dt.date) -> int:
        return sum(each.date() == day for each in self.tries)

    def told(self) -> list[tuple[dt.date, str]]:
        return [(moment.date(), notice.kind) for moment, notice in self.notices]

    # -- what the loop talks to --------------------------------------------------------------------

    def planned(self, action: Wait | Stop) -> None:
        self.waits.append(action.text)

    def has_token(self, token: Token) -> None: ...

    def log_in(self, login: Callable[..., LoginResult]) -> LoginResult:
        self.tries.append(self.now)
        return login(progress=Notes())

    def logged_in(self, result: LoginResult) -> str | None: ...

    def failed(self, error: UpstoxError) -> None:
        self.failures.append((self.now, error.code))

    def warn(self, text: str) -> None:
        self.warnings.append(text)

    def send(self, notice: Notice) -> bool:
        self.notices.append((self.now, notice))
        return True
