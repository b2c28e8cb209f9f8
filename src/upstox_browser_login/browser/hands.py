"""Hands: find what is visible, type where it is safe, press once."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from contextlib import suppress

from playwright.async_api import ElementHandle, Locator, Page
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from upstox_browser_login.errors import PageChangedError

from . import page as known
from .origins import Origins
from .page import Mark, State
from .redirect import RedirectTrap
from .run import Narrator, address
from .watch import Watcher

log = logging.getLogger(__name__)

ACTION_MS = 8_000
"""How long one action may take, milliseconds."""


KEY_SECONDS = 0.06
"""Between two characters, where a person watches."""

STAY_SECONDS = 2.0
"""A form that has sent its number by itself has gone, or is empty, after this long."""

_IN_VIEW = """field => {
    const box = field.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    return x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight &&
        field.checkVisibility({opacityProperty: true, visibilityProperty: true});
}"""


class Hands:
    """The hands of one login on one page."""

    def __init__(
        self,
        page: Page,
        *,
        origins: Origins,
        trap: RedirectTrap,
        watcher: Watcher,
        narrator: Narrator,
        slowly: bool,
    ) -> None:
        self._page = page
        self._origins = origins
        self._trap = trap
        self._watcher = watcher
        self._narrator = narrator
        self._slowly = slowly
        self.has_pressed = False
        """Whether the last form's button was pressed: what is in it may leave at any moment."""

    def check(self) -> None:
        """Raise where the page is gone, or has led to a foreign place."""
        self._watcher.check_alive()
        if self._trap.strayed is not None:
            raise self._trap.strayed

    async def any_visible(self, marks: tuple[Mark, ...], *, but: str | None = None) -> bool:
        """Whether anything is visible that `marks` find and the selector `but` does not fit."""
        locator = marks[0].on(self._page)
        for mark in marks[1:]:
            locator = locator.or_(mark.on(self._page))
        if but is not None:
            locator = locator.and_(self._page.locator(f":not({but})"))
        return await locator.filter(visible=True).count() > 0

    async def in_view(self, marks: tuple[Mark, ...]) -> bool:
        """Whether the first of what is visible can be seen without scrolling, and not through."""
        try:
            handle = await (await self.first(marks)).element_handle(timeout=ACTION_MS)
            return bool(await handle.evaluate(_IN_VIEW))
        except PlaywrightTimeoutError:
            return False

    async def first(self, marks: tuple[Mark, ...]) -> Locator:
        """The first of `marks` that is visible."""
        for mark in marks:
            locator = mark.on(self._page).filter(visible=True)
            if await locator.count() > 0:
                return locator.first
        raise PlaywrightTimeoutError("none of the marks is visible")

    async def fill(self, state: State, text: str, *, once: bool = False) -> Locator | None:
        """Type `text` where it belongs, on a trusted origin only; answer the enabled button.

        A page that draws its form anew may drop what was typed: then it is typed again, which
        is safe as long as nothing was submitted. None where the page has sent it by itself, or,
        with `once`, where it may have: then it is not typed a second time.
        Raises Playwright's `TimeoutError` where the form goes away or takes no input.
        """
        if state.entry is None:
            raise AssertionError(state.name)
        self.has_pressed = False
        self._watcher.look_out_for(text, state)
        for attempt in range(4):
            if attempt and once and self._watcher.may_have_sent():
                return None
            field = await self.first(state.entry.field)
            handle = await field.element_handle(timeout=ACTION_MS)
            await self._require_trusted(handle)
            await self._require_own(handle, state)
            try:
                await self._type(handle, text, keys=attempt > 1)
                button = await self.first(state.entry.button)
                await self._wait_enabled(button)
                if await self._holds(field, text):
                    # A number that was only looked up while it was typed stays in its form.
                    sent = self._watcher.has_sent() and (once or not await self._stays(field, text))
                    return None if sent else button
            except PlaywrightError as error:
                log.debug("typing again: %s", error.message.splitlines()[0])
                self.check()
                if self._watcher.has_sent():
                    return None
        raise PlaywrightTimeoutError("the form does not keep what is typed")

    async def submit(self, button: Locator | None) -> None:
        """Press the button, unless the page needed none."""
        if button is None:
            self._narrator.seen("submitted", "by the page itself, as soon as it was typed")
            return
        # What the page said of half a number is no answer to the whole.
        self._watcher.forget()
        await self.click(button)

    async def _type(self, handle: ElementHandle, text: str, *, keys: bool) -> None:
        # Never with the keyboard: its keys go to whatever has the focus, were it a foreign frame.
        if keys or self._slowly:
            for end in range(len(text)):
                await handle.fill(text[:end], timeout=ACTION_MS)
                await asyncio.sleep(KEY_SECONDS if self._slowly else 0)
        await handle.fill(text, timeout=ACTION_MS)

    async def _require_trusted(self, handle: ElementHandle) -> None:
        """Raise unless the element's own document is on a trusted origin, and the main one."""
        frame = await handle.owner_frame()
        origin = await handle.evaluate("element => element.ownerDocument.defaultView.origin")
        if frame is None or frame.parent_frame is not None:
            raise PageChangedError("The form lies in a frame.", code="UNTRUSTED_ORIGIN")
        if not self._origins.trusted(str(origin)) or not self._origins.trusted(frame.url):
            raise PageChangedError(
                f"The form is on {address(str(origin))}, which is not Upstox's.",
                code="UNTRUSTED_ORIGIN",
            )

    @staticmethod
    async def _require_own(handle: ElementHandle, state: State) -> None:
        """Raise where the field is another form's by its id, whatever is written beside it."""
        if await handle.evaluate("(field, ids) => field.matches(ids)", known.is_anothers(state)):
            raise PageChangedError(f"What reads like the {state.name} form is another one.")

    async def _stays(self, field: Locator, text: str) -> bool:
        """Whether the form stands as it was for as long as a page takes to go on."""
        ends = time.monotonic() + STAY_SECONDS
        while time.monotonic() < ends:
            self._watcher.changed.clear()
            if not await self._holds(field, text):
                return False
            with suppress(TimeoutError):
                await asyncio.wait_for(self._watcher.changed.wait(), 0.3)
        return True

    async def _holds(self, field: Locator, text: str) -> bool:
        value = await field.input_value(timeout=ACTION_MS)
        if value == text:
            return True
        # The OTP box shows 123-456.
        return text.isdigit() and re.sub(r"\D", "", value).endswith(text)

    async def _wait_enabled(self, button: Locator) -> None:
        handle = await button.element_handle(timeout=ACTION_MS)
        await handle.wait_for_element_state("enabled", timeout=1_500)

    async def click(self, button: Locator) -> None:
        """Press once. What covers the button is dismissed first; a press is never repeated."""
        for left in reversed(range(5)):
            try:
                await button.click(trial=True, timeout=1_500)
                break
            except PlaywrightTimeoutError:
                # Covered, or the machine is just slow: trying it presses nothing.
                if not await self.dismiss_overlay() and not left:
                    raise
        self.has_pressed = True
        await button.click(timeout=ACTION_MS, no_wait_after=True)

    async def dismiss_overlay(self, closers: tuple[Mark, ...] = known.OVERLAY_CLOSERS) -> bool:
        """Close what covers the page, if anything does; whether there was something."""
        for mark in closers:
            closer = mark.on(self._page).filter(visible=True)
            if await closer.count() > 0:
                try:
                    await closer.first.click(timeout=1_500, no_wait_after=True)
                except PlaywrightTimeoutError:
                    continue  # it is there, and cannot be pressed
                self._narrator.seen("overlay", "dismissed")
                return True
        return False
