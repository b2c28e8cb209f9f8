"""What a run of the flow is told, tells and remembers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from upstox_browser_login.errors import Step

from .page import MOBILE, OTP, PASSWORD, PIN, Complaint, State


class Attempts(Protocol):
    """The ledger's part that a flow needs. Everything is written before it is sent."""

    def last_window(self, period: int, *, now: float | None = None) -> int | None:
        """The highest window of which a code was sent."""

    def was_sent(self, code: str) -> bool:
        """Whether this very code was sent before."""

    def sending_code(self, code: str, window: int, period: int) -> None:
        """A code is about to be sent."""

    def code_refused(self, *, final: bool) -> None:
        """Upstox refused it; `final` where no other will be tried."""

    def code_broke_off(self) -> None:
        """The connection broke under it: the browser may have sent it twice."""

    def code_accepted(self) -> None:
        """Upstox took it."""

    def sending_pin(self, pin: str) -> None:
        """The PIN is about to be sent."""

    def pin_refused(self, pin: str) -> None:
        """Upstox refused it."""

    def pin_carried(self, times: int) -> None:
        """The PIN may have left so many times."""

    def pin_broke_off(self) -> None:
        """The connection broke under it: the browser may have sent it twice."""

    def pin_withdrawn(self) -> None:
        """The PIN that was announced has not left, for certain."""

    def pin_accepted(self) -> None:
        """Upstox took it."""

    def rate_limited(self, seconds: float | None, upstox_code: str | None) -> None:
        """Upstox says to wait."""

    def account_locked(self) -> None:
        """Upstox has locked the account."""


class Narrator(Protocol):
    """Who is told how the login gets on: the person before it, and the evidence."""

    async def step(self, step: Step) -> None:
        """A step begins; the one before it is done."""

    def seen(self, state: str, detail: str) -> None:
        """A state of the page was met."""

    def warn(self, text: str) -> None:
        """Something a person should know, which does not end the login."""


class SessionLostError(Exception):
    """The page fell back to its start, before a PIN was sent: a fresh start is safe."""

    def __init__(self, complaint: Complaint | None) -> None:
        super().__init__("session lost")
        self.complaint = complaint


@dataclass
class Sent:
    """What this run has submitted."""

    mobile: bool = False
    codes: int = 0
    pin: bool = False
    password: bool = False
    accepted: set[State] = field(default_factory=set)
    """The forms of which the ledger knows that what was submitted in them was accepted."""
    presses: int = 0

    def form(self, form: State) -> bool:
        """Whether something was submitted in `form`."""
        sent = {MOBILE: self.mobile, PASSWORD: self.password, OTP: self.codes > 0, PIN: self.pin}
        return sent[form]


def address(url: str) -> str:
    """An address without its query, which may hold a code."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"
