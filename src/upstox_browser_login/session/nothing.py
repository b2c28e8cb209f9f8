"""Stands for the ledger, the authenticator and the audience where the page is only looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Page

    from upstox_browser_login.errors import Step
    from upstox_browser_login.page.next import Next
    from upstox_browser_login.page.view import View


class NoCodes:
    """No code is ever asked for: nothing is typed."""

    period = 30

    async def code(self, window: int) -> str:
        """Refuse: a look types nothing."""
        raise AssertionError(window)


class NothingBooked:
    """A ledger of nothing: no credential is sent, so there is nothing to remember."""

    def last_window(self, period: int, *, now: float | None = None) -> int | None:
        """No code was sent."""
        del period, now
        return None

    def was_sent(self, code: str) -> bool:
        """No code was sent."""
        del code
        return False

    def sending_code(self, code: str, window: int, period: int) -> None:
        """Refuse: a look sends nothing."""
        del code, window, period
        raise AssertionError

    def code_refused(self, *, final: bool) -> None:
        """No code was sent."""

    def code_broke_off(self) -> None:
        """No code was sent."""

    def sending_password(self) -> None:
        """Refuse: a look sends nothing."""
        raise AssertionError

    def code_accepted(self) -> None:
        """No code was sent."""

    def sending_pin(self, pin: str) -> None:
        """Refuse: a look sends nothing."""
        del pin
        raise AssertionError

    def pin_refused(self, pin: str) -> None:
        """No PIN was sent."""

    def pin_refused_by_hand(self, pin: str) -> None:
        """No person types."""

    def pin_carried(self, times: int) -> None:
        """No PIN was sent."""

    def pin_withdrawn(self) -> None:
        """No PIN was sent."""

    def pin_accepted(self) -> None:
        """No PIN was sent."""

    def rate_limited(self, seconds: float | None, upstox_code: str | None) -> None:
        """The look tells it, and a login would meet it again."""

    def account_locked(self) -> None:
        """The look tells it, and a login would meet it again."""


class NothingTold:
    """An audience that is not there: what a look has to tell comes at its end."""

    async def step(self, step: Step) -> None:
        """Nobody watches."""

    def seen(self, state: str, detail: str) -> None:
        """Nobody watches."""

    def warn(self, text: str) -> None:
        """Nobody watches."""

    def sends(self, step: Step) -> None:
        """Nothing is typed."""

    def waits(self, text: str) -> None:
        """Nobody watches."""

    def trouble(self) -> None:
        """Nobody watches."""

    async def opened(self, page: Page) -> None:
        """Nobody watches."""

    def decided(self, view: View, step: Next) -> None:
        """Nobody watches."""

    async def before(self, view: View, step: Next) -> bool:
        """Nobody watches, so nothing takes time."""
        del view, step
        return False
