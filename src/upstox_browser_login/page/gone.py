"""Whether a browser or its page is gone, by its own state and not by an error's words."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from playwright.async_api import Browser, Page

EVENT_SECONDS = 1.0
"""The event that something has closed may come so long after the errors it causes."""


async def is_gone(browser: Browser | None, page: Page | None) -> bool:
    """Whether the thing that an action has failed on is closed, crashed, or without its browser."""
    if browser is None or not browser.is_connected() or (page is not None and page.is_closed()):
        return True
    ended = asyncio.Event()

    def end(_: object) -> None:
        ended.set()

    browser.on("disconnected", end)
    if page is not None:
        page.on("close", end)
        page.on("crash", end)
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(EVENT_SECONDS):
                await ended.wait()
    finally:
        browser.remove_listener("disconnected", end)
        if page is not None:
            page.remove_listener("close", end)
            page.remove_listener("crash", end)
    return ended.is_set()
