"""Walks Upstox's page to the redirect: look, recognise, act, wait for the next look.

Pure functions tell what is here and what to do next (`recognise`, `decide`). The watch sees and
hears, the acting does what was decided, and the booking tells the ledger.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import get_args

from msgspec import Struct
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from upstox_browser_login.errors import BrowserError, Step, UpstoxError
from upstox_browser_login.redaction import redactor

from . import endings
from .acting import Acting
from .booking import Booking
from .codes import Codes
from .course import Course
from .decide import decide
from .here import Here
from .job import Job
from .look import Look
from .next import Again, End, Fill, Key, Next, Press, Wait
from .offers import Offer, offers, summary
from .opening import load
from .outcome import outcome
from .owed import owed
from .view import View
from .watching import Watch, check
from .window import Window, ignore, open_window
from .words import ENDINGS, NO_SUCCESS

log = logging.getLogger(__name__)

ORDER: tuple[Step, ...] = get_args(Step)


class _LostError(Exception):
    """The page fell back to its start before a PIN was sent, so a fresh start is safe."""

    def __init__(self, error: UpstoxError) -> None:
        super().__init__("session lost")
        self.error = error


class Glance(Struct, frozen=True):
    """The page as a login meets it, and the first thing that the login would do."""

    view: View
    step: Next | None
    """None if the redirect came at once."""
    error: UpstoxError | None
    """Why a login would end there."""
    place: str
    """The page's address without its query."""


class Walk:
    """One login in the browser. `page` and `lines` are for the evidence."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._course = Course(job)
        self._watch = Watch(self._course)
        self._booking = Booking(self._course)
        self._codes = Codes(self._course)
        self._acting = Acting(self._course, self._booking, self._codes)
        self._window: Window | None = None
        self._last_wait = ""
        """What the last `Wait` said that the login waits for."""
        self.lines: list[str] = []
        """Requests, each as one line."""
        self.spans: list[tuple[float, float]] = []
        """When each of them began, and when it was answered."""

    # -- for the session ---------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page, once there is one."""
        return None if self._window is None else self._window.page

    @property
    def look(self) -> Look | None:
        """The newest look at the page, once there is one."""
        return None if self._window is None else self._window.eyes.look

    @property
    def looks(self) -> list[tuple[float, str, str]]:
        """When each state was recognised, its name, and the evidence for it."""
        return self._watch.looks

    @property
    def there(self) -> tuple[Offer, ...]:
        """What is on the page, each with its entry for a page file."""
        look = self.look
        return () if look is None else offers(look, self._course.sent)

    @property
    def skew(self) -> float | None:
        """Upstox's clock minus ours in seconds; None if no answer told."""
        return None if self._window is None else self._window.ears.traffic.skew

    @property
    def waits_for(self) -> str | None:
        """What is waited for, in a sentence for people; None if that is not known."""
        if self._codes.waits_for is not None:
            return f"It was still waiting for {self._codes.waits_for}."
        if self._window is None:
            return None
        waited = owed(self._course.view(self._window), loading=True)
        return f"The page still waits for {waited[0].place}." if waited else None

    # -- the walk ----------------------------------------------------------------------------------

    async def run(self) -> str:
        """Log in; answer the address of the redirect that carries our state.

        Raises every browser-side error of `errors`.
        """
        try:
            try:
                return await self._once()
            except _LostError as lost:
                # At most once, and never after a PIN.
                self._job.narrator.trouble()
                self._job.narrator.warn("Upstox dropped the login half-way; starting it once more.")
                log.debug("session lost: %s", lost.error.message)
                self._codes.forget()
                self._course.begin_again()
                try:
                    return await self._once()
                except _LostError as again:
                    raise again.error from None
        except UpstoxError as error:
            error.step = error.step or self._course.step
            raise
        except PlaywrightError as error:
            if self._window is None:
                raise  # the caller owns the browser, and finds out whether it is gone
            raise await self._window.error_of(error) from error
        except asyncio.CancelledError:
            await self._hear_of_pin()
            raise
        finally:
            self._booking.withdraw_pin()
            # What came while the login was stopped counts as well.
            if self._window is not None:
                # Later looks and dialogs are ignored while the evidence is put together.
                self._window.eyes.heard = self._window.on_dialog = ignore
                self._booking.accepted(self._window)
                self._book_left(self._window)
                self._booking.count_carried(self._window)

    async def glance(self) -> Glance:
        """Open the page as a login does, and tell the first thing that it would do.

        Nothing is typed or pressed. Raises what ends a login before the page is there.
        """
        course = self._course
        try:
            window = await self._open_window()
            await window.unless_gone(load(course, window))
            course.idle_since = course.now()
            while True:
                course.changed.clear()
                check(course, window)
                if window.gate.caught is not None:
                    return Glance(course.view(window), None, None, window.place)
                view, here = self._watch.attend(window)
                step = decide(view, here)
                if not isinstance(step, Wait):
                    error = None
                    if isinstance(step, End):
                        error = self._error_of(window, step, endings.PASTE_IT)
                    return Glance(view, step, error, window.place)
                await window.unless_gone(course.wait(step.seconds))
        except UpstoxError as error:
            error.step = error.step or course.step
            raise
        except PlaywrightError as error:
            if self._window is None:
                raise endings.browser_refused(error) from error
            raise await self._window.error_of(error) from error

    async def _hear_of_pin(self) -> None:
        """Wait a moment for the answer to a PIN that is under way, as the login is called off.

        A PIN whose outcome nobody knows would count towards the block. Where the login's limit has
        come, the answer has had its time, and the evidence needs what is left.
        """
        window, course = self._window, self._course
        if window is None or course.sent.last != "pin" or not self._job.in_time():
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(self._job.timing.called_off):
                while outcome(course.view(window)).state == "pending":
                    course.changed.clear()
                    await course.changed.wait()

    def _book_left(self, window: Window) -> None:
        """Book what Upstox has answered by now, whichever way the login ends."""
        self._booking.left(window)

    def count(self) -> None:
        """Tell the ledger what the page has sent up to now. It may go on until it is closed."""
        if self._window is not None:
            self._booking.count_carried(self._window)

    async def close(self) -> bool:
        """Close the window; whether it is closed. Its requests do not go on meanwhile.

        The gate's session ends only after that, since Chromium then sends all that it has paused.
        """
        window, self._window = self._window, None
        if window is None:
            return True
        closed = await window.close()
        self._booking.count_carried(window)
        if closed:
            with suppress(PlaywrightError):
                await window.outer.detach()
        return closed

    async def _open_window(self) -> Window:
        if not await self.close():
            # Its gate would hold the requests of another window as well.
            raise endings.browser_gone()
        window = self._window = await open_window(
            self._job, changed=self._course.changed.set, heard=self._course.hear
        )
        window.on_dialog = self._course.hear_dialog
        self.lines, self.spans = window.ears.lines, window.ears.spans
        await window.watch()
        return window

    async def _once(self) -> str:
        window = await self._open_window()
        try:
            await window.unless_gone(load(self._course, window))
            return await self._go_on(window)
        except (UpstoxError, PlaywrightError) as error:
            # Upstox's answer counts, even if the page has gone before it could show it.
            last = self._booking.last_answer(window)
            gone = isinstance(error, BrowserError | endings.FloodError | PlaywrightError)
            if isinstance(last, End) and (gone or last.meaning in NO_SUCCESS - {"unknown"}):
                await self._end(window, last)
            raise

    async def _go_on(self, window: Window) -> str:
        """Look, recognise, act, and wait for the next look, until the redirect comes."""
        course = self._course
        course.idle_since = course.now()
        while True:
            course.changed.clear()
            check(course, window)
            if window.gate.caught is not None:
                self._booking.redirected(window.gate.caught)
                return window.gate.caught
            self._acting.hear_of_stops(window)
            self._booking.accepted(window)
            if "pin" in course.sent.accepted:
                await course.enter("redirect")
            view, here = self._watch.attend(window)
            await window.unless_gone(self._act(window, view, here))

    async def _act(self, window: Window, view: View, here: Here) -> None:
        """Decide, and do it."""
        step = decide(view, here)
        self._job.narrator.decided(view, step)
        if not await self._job.narrator.before(view, step):
            await self._do(window, view, step)

    async def _do(self, window: Window, view: View, step: Next) -> None:
        match step:
            case Wait():
                if step.why != self._last_wait:
                    self._last_wait = step.why
                    log.debug("waiting: %s", step.why)
                await self._course.wait(step.seconds)
            case Fill():
                await self._acting.fill(window, view, step)
            case Press():
                await self._acting.press(window, step)
            case Key():
                await self._acting.key(window, step)
            case Again():
                self._codes.forget()
                self._booking.refused_once(step.said)
            case End():
                await self._end(window, step)

    async def _end(self, window: Window, end: End) -> None:
        """Book what the end means, and raise its error."""
        self._booking.ended(window, end)
        step: Step = end.step or self._course.step
        if ORDER.index(step) > ORDER.index(self._course.step):
            await self._course.enter(step)
        error = self._error_of(window, end)
        if end.name:
            self._job.narrator.seen(end.name, window.place)
        said = end.said.text if end.said is not None else ""
        self._job.narrator.seen(
            f"end: {ENDINGS[end.meaning].code}", "; ".join(map(str, end.why)) or said or end.message
        )
        if end.fresh_start and end.meaning == "session lost":
            raise _LostError(error)
        raise error

    def _error_of(self, window: Window, end: End, mend: str = endings.NAME_IT) -> UpstoxError:
        there = redactor.redact(summary(window.eyes.look))
        return endings.error_of(end, end.step or self._course.step, window.place, there, mend)
