"""A page that is looked at by the script in it, without a login."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession, Page, Route

from upstox_browser_login.page.eyes import Eyes
from upstox_browser_login.page.hands import Hands
from upstox_browser_login.page.look import Control, Look

START = "https://page.test/"
FORM = "<h1>Log in</h1><label>Mobile number <input></label><button>Get OTP</button>"


@dataclass
class Watched:
    """A page that is looked at, without a login."""

    page: Page
    session: CDPSession
    eyes: Eyes
    hands: Hands
    pages: dict[str, str]

    async def until(self, seen: Callable[[Look], Any]) -> Look:
        """The first look of which this holds."""
        end = time.monotonic() + 10
        while not seen(self.eyes.look):
            assert time.monotonic() < end, self.eyes.look
            await asyncio.sleep(0.01)
        return self.eyes.look

    async def shows(self, html: str) -> Look:
        """Show a body, and wait for the look at it."""
        await self.page.evaluate("(html) => { document.body.innerHTML = html; }", html)
        return await self.until(lambda look: look.controls and "Get OTP" not in look.says())


async def watching(page: Page) -> Watched:
    """Look at a page that has loaded nothing yet."""
    pages = {"/": f"<body>{FORM}</body>"}

    async def answer(route: Route) -> None:
        path = "/" + route.request.url.removeprefix(START)
        await route.fulfill(body=pages.get(path, path), content_type="text/html")

    await page.route("**/*", answer)
    session = await page.context.new_cdp_session(page)
    eyes = Eyes(trusted=lambda _: True, monotonic=time.monotonic, changed=lambda: None)
    target = (await session.send("Target.getTargetInfo"))["targetInfo"]
    await eyes.open(session, str(target["targetId"]))
    return Watched(page, session, eyes, Hands(session, eyes), pages)


def named(look: Look, words: str) -> Control:
    return next(each for each in look.controls if words in each.words)
