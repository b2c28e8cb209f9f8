"""The code of a fresh TOTP window by Upstox's clock, and never the same code twice."""

from __future__ import annotations

from upstox_browser_login.totp import choose_window

from .course import Course
from .watching import check
from .window import Window

SKEW_SECONDS = 2.0
"""A smaller difference of the clocks is only the resolution of the `Date` header."""


class Codes:
    """The codes of one login. `code` is the last one that was announced."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._job = course.job
        self._skew_told = False
        self._window_number = 0
        self.code: str | None = None
        self.waits_for: str | None = None
        """Why a code is waited for, in words; None while none is."""

    def forget(self) -> None:
        """Do not use the last code again."""
        self.code = None

    async def fresh(self, window: Window) -> str:
        """A code whose window is not over. The ledger is told before it is returned."""
        period = self._job.codes.period
        current = choose_window(self._there(window), None, period).window
        if self.code is None or current != self._window_number:
            number, code = await self._next(window, period)
            check(self._course, window)
            # Before it is typed, since a page may submit by itself.
            self._job.attempts.sending_code(code, number, period)
            self._job.narrator.sends("totp")
            self._window_number, self.code = number, code
        return self.code

    async def _next(self, window: Window, period: int) -> tuple[int, str]:
        attempts = self._job.attempts
        last = attempts.last_window(period, now=self._there(window))
        while True:
            choice = choose_window(self._there(window), last, period)
            if choice.wait > 0:
                self._job.narrator.waits(f"Waiting {choice.wait:.0f} s for a fresh TOTP window.")
                self.waits_for = "a fresh TOTP window"
                await self._job.clock.sleep(choice.wait)
            self.waits_for = "the TOTP code"
            code = await self._job.codes.code(choice.window)
            self.waits_for = None
            if not attempts.was_sent(code):
                return choice.window, code
            # The command still prints the last code, or two windows happen to have the same one.
            last = choice.window

    def _there(self, window: Window) -> float:
        """Upstox's time, which decides the TOTP window; seconds of the epoch."""
        skew = window.ears.traffic.skew or 0.0
        if abs(skew) < SKEW_SECONDS:
            # Where Upstox is a little behind, its window begins later than ours, and a code that is
            # sent at once would be refused.
            return self._job.clock.time() + min(skew, 0.0)
        if not self._skew_told:
            self._skew_told = True
            self._job.narrator.warn(
                f"This machine's clock is {abs(skew):.0f} s {'behind' if skew > 0 else 'ahead of'} "
                "Upstox's; the TOTP code is corrected for it."
            )
        return self._job.clock.time() + skew
