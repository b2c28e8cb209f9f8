"""A machine whose logins end as a test says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.daily.simulation import ledger_of, trouble_of
from tests.harness import Desk, Notes
from upstox_browser_login import Settings
from upstox_browser_login.daily.loop import Daily
from upstox_browser_login.daily.plan import (
    Stop,
    Wait,
    Wishes,
)
from upstox_browser_login.daily.record import Failed, Notice, Record, Records
from upstox_browser_login.errors import (
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import LoginResult
from upstox_browser_login.store import open_store, token_key
from upstox_browser_login.token import IST, Token


class Killed(BaseException):
    """Stands for the end of the whole process."""


@dataclass
class Stage:
    """A machine whose logins end as the test says; all else is real."""

    desk: Desk
    replica: Replica
    changes: dict[str, str] = field(default_factory=dict)
    ends: list[UpstoxError | None] = field(default_factory=list)
    """What the next logins come to; None for a token."""
    trouble: str | None = None
    """What goes wrong after a login."""
    delivers: bool = True
    told: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    logins: int = 0
    killed: bool = False
    """Whether a login ends the program, which then does nothing more."""
    sends: bool = False
    """Whether a login gets as far as an accepted PIN."""
    before: Callable[[], object] | None = None
    """What happens once, after the plan wants a login and before that begins."""
    during: Callable[[], object] | None = None
    """What happens within each login."""
    _left: Failed | None = None

    def settings(self) -> Settings:
        return self.desk.settings(self.replica, **self.changes)

    def daily(self, **wishes: object) -> Daily:
        """A program that was started just now."""
        wished = Wishes(**wishes)  # type: ignore[arg-type]
        return Daily(
            self.settings(),
            wished,
            self,
            lambda _: None,
            trouble_of(self.desk),
            clock=self.desk.clock,
            sender=self,
        )

    def at(self, clock: str, *, days: int = 0) -> None:
        """Move the clock on to a time in India."""
        now = self.desk.clock.now().astimezone(IST)
        moment = dt.datetime.combine(now.date(), dt.time.fromisoformat(clock), IST)
        self.desk.clock.offset += (moment + dt.timedelta(days=days) - now).total_seconds()

    def token(self) -> Token:
        plain = self.replica._world.state.mint.access_token()
        return Token.from_reply({"access_token": plain}, issued_at=self.desk.clock.now())

    def store(self, token: Token) -> None:
        settings = self.settings()
        open_store(settings).save(token_key(settings), token)

    def planned(self, action: Wait | Stop) -> None:
        self.told.append(action.text)

    def has_token(self, token: Token) -> None: ...

    def log_in(self, login: Callable[..., LoginResult]) -> LoginResult:
        before, self.before = self.before, None
        if before is not None:
            before()
        try:
            return login(progress=Notes())
        except Killed:
            self._records.change(self._take_back)
            raise

    async def without_a_browser(self, *_: object) -> LoginResult:
        """Takes the place of a login's browser and page."""
        self.logins += 1
        if self.during is not None:
            self.during()
        if self.sends:
            self.send_credentials()
        if self.killed:
            self._left = self._records.read().failed
            raise Killed
        error = self.ends.pop(0) if self.ends else None
        if error is not None:
            raise error
        token = self.token()
        self.store(token)
        return LoginResult(token, "login", "file")

    @property
    def _records(self) -> Records:
        return Records.of_account(self.settings())

    def _take_back(self, record: Record) -> None:
        """A process that was killed has noted nothing on its way out."""
        record.failed = self._left

    def send_credentials(self) -> None:
        settings = self.settings()
        ledger = ledger_of(self.desk, settings)
        window = int(self.desk.clock.time() // 30)
        ledger.sending_code(f"{window % 1_000_000:06}", window, 30)
        ledger.code_accepted()
        ledger.sending_pin(settings.secret("pin_code"))
        ledger.pin_accepted()

    def logged_in(self, result: LoginResult) -> str | None:  # noqa: ARG002  (the loop's)
        return self.trouble

    def failed(self, error: UpstoxError) -> None:
        self.told.append(error.message)

    def warn(self, text: str) -> None:
        self.told.append(text)

    def send(self, notice: Notice) -> bool:
        self.notices.append(notice)
        return self.delivers

    @property
    def kinds(self) -> list[str]:
        return [each.kind for each in self.notices]


def outage() -> UpstoxError:
    return UpstoxUnavailableError("No way to Upstox.", code="NETWORK")
