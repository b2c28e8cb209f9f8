"""What a walk is given: the account, the address, and who hears what comes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from msgspec import Struct
from playwright.async_api import BrowserContext, Page

from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import Step
from upstox_browser_login.redaction import Concealed
from upstox_browser_login.totp import CodeSource

from .marks import NO_MARKS, Marks
from .next import Next
from .origins import Origins
from .redirect import Witness
from .states.fields import Purpose
from .timing import DEFAULT, Timing
from .view import View


class Attempts(Protocol):
    """The part of the ledger that a walk needs. Everything is written before it is sent."""

    def last_window(self, period: int, *, now: float | None = None) -> int | None:
        """The highest TOTP window of which a code was sent."""

    def was_sent(self, code: str) -> bool:
        """Whether this very code was sent before."""

    def sending_code(self, code: str, window: int, period: int) -> None:
        """A code is about to be sent."""

    def code_refused(self, *, final: bool) -> None:
        """Upstox refused it; `final` where no other will be tried."""

    def code_broke_off(self) -> None:
        """The connection broke, so the browser may have sent the code twice."""

    def sending_password(self) -> None:
        """A password is about to be sent; it counts as a refused code until it is accepted."""

    def code_accepted(self) -> None:
        """Upstox took it, or the password."""

    def sending_pin(self, pin: str) -> None:
        """The PIN is about to be sent."""

    def pin_refused(self, pin: str) -> None:
        """Upstox refused it."""

    def pin_refused_by_hand(self, pin: str) -> None:
        """Upstox refused a PIN that a person has typed."""

    def pin_carried(self, times: int) -> None:
        """The PIN may have left so many times."""

    def pin_withdrawn(self) -> None:
        """The announced PIN has certainly not left."""

    def pin_accepted(self) -> None:
        """Upstox took it."""

    def rate_limited(self, seconds: float | None, upstox_code: str | None) -> None:
        """Upstox says to wait."""

    def account_locked(self) -> None:
        """Upstox has locked the account."""


class Narrator(Protocol):
    """Hears how the login gets on: the person before it, and the evidence."""

    async def step(self, step: Step) -> None:
        """A step begins; the one before it is done."""

    def seen(self, state: str, detail: str) -> None:
        """A state of the page was met."""

    def warn(self, text: str) -> None:
        """Something a person should know, which does not end the login."""

    def sends(self, step: Step) -> None:
        """The code or PIN of this step is about to be typed."""

    def waits(self, text: str) -> None:
        """The login waits for something that will surely come."""

    def trouble(self) -> None:
        """Something looks wrong, though the login may still end well."""

    async def opened(self, page: Page) -> None:
        """There is a window, in which nothing was loaded yet."""

    def decided(self, view: View, step: Next) -> None:
        """A step was decided from all that `view` holds, and is done next."""

    async def before(self, view: View, step: Next) -> bool:
        """A step is about to be done. Answers true if that took time: the walk looks again."""


class Account(Concealed, frozen=True):
    """The credentials of one account. `repr` shows none of them."""

    mobile: str
    pin: str
    password: str | None = None

    def __repr__(self) -> str:
        return "Account(…)"


class Job(Struct, frozen=True):
    """All that a walk is given."""

    account: Account
    dialog_url: str
    state: str
    origins: Origins
    codes: CodeSource
    attempts: Attempts
    narrator: Narrator
    clock: Clock
    new_context: Callable[[], Awaitable[BrowserContext]]
    ready: Callable[[], Awaitable[object]] | None = None
    """Ends when all is there that is needed after the page, or raises if it is not."""
    shared: bool = False
    """Whether others use the browser too, whose requests are not ours."""
    headed: bool = False
    pause: float | None = None
    """Seconds between the steps."""
    in_time: Callable[[], bool] = lambda: True
    """Whether a login whose PIN is sent now can end before its limit."""
    timing: Timing = DEFAULT
    witness: Witness | None = None
    """Who hears all requests and answers."""
    typed: Callable[[Purpose | None, str | None, str], None] | None = None
    """Who hears what a person types, or where that could not be read; None if nobody types."""
    marks: Marks = NO_MARKS
    """What a person's own page file adds to the tables."""
