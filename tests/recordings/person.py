"""A person who logs in by hand: types and presses in the window, and knows nothing of the login."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from playwright.async_api import Error, Page

from tests.harness import Desk, Notes
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings


class Person(Notes):
    """Types at a keyboard what the account's owner knows."""

    def __init__(self, mobile: str, code: Callable[[], str], *pins: str) -> None:
        super().__init__()
        self._mobile, self._code, self._pins = mobile, code, pins
        self._task: asyncio.Task[None] | None = None

    async def opened(self, page: Page) -> None:
        self._task = asyncio.ensure_future(self._log_in(page))

    async def _log_in(self, page: Page) -> None:
        try:
            # The page draws its form, asks for its settings, and draws it anew.
            await page.locator("#mobileNum").wait_for()
            await page.wait_for_load_state("networkidle")
            await self._type(page, "#mobileNum", self._mobile, "#getOtp")
            await self._type(page, "#otpNum", self._code(), "#continueBtn")
            for pin in self._pins:
                await page.locator("#pinCode").fill("")
                await self._type(page, "#pinCode", pin, "#pinContinueBtn")
                await asyncio.sleep(0.5)
            if len(self._pins) != 1:
                await page.close()  # has given up
        except Error:
            return  # the window has closed

    async def _type(self, page: Page, field: str, text: str, button: str) -> None:
        await page.locator(field).press_sequentially(text)
        await page.locator(button).click()


class Stranger(Person):
    """Meets a page that nobody knows, and types into whatever field it has."""

    async def _log_in(self, page: Page) -> None:
        try:
            for text in (self._mobile, self._code(), *self._pins):
                field = page.locator("input:visible").first
                await field.wait_for()
                await page.wait_for_load_state("networkidle")
                await field.press_sequentially(text)
                asked = await page.locator("body").inner_text()
                await page.keyboard.press("Enter")
                await page.wait_for_function(
                    "asked => document.body.innerText !== asked", arg=asked
                )
        except Error:
            return  # the window has closed


class Distracted(Person):
    """Types into a frame of somebody else first."""

    async def _log_in(self, page: Page) -> None:
        try:
            frame = page.frame_locator("iframe[title=Login]")
            await frame.locator("input").first.press_sequentially("24680")
        except Error:
            return  # the window has closed
        await super()._log_in(page)


class Elsewhere(Person):
    """Types into a window that the page has opened first."""

    async def _log_in(self, page: Page) -> None:
        try:
            await page.locator("#mobileNum").wait_for()
            async with page.expect_popup() as opened:
                await page.evaluate("open('about:blank').document.write('<input>')")
            other = await opened.value
            await other.locator("input").press_sequentially("24680" * 4)
            await other.close()
        except Error:
            return  # the window has closed
        await super()._log_in(page)


def by_hand(desk: Desk, replica: Replica, **changes: Any) -> Settings:
    """The settings of somebody without TOTP, who has told nobody the PIN."""
    return desk.settings(replica, pin_code=None, totp_secret=None, **changes)
