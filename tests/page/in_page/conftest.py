"""A browser, and a page in it that is looked at."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from upstox_browser_login.browser.find import choices
from upstox_browser_login.settings import Settings

from .watched import START, Watched, watching


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def started() -> AsyncIterator[Browser]:
    """One for all tests of a file: a start takes longer than a test."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=choices(Settings(), headed=False)[0].path
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def watched(started: Browser) -> AsyncIterator[Watched]:
    context = await started.new_context()
    found = await watching(await context.new_page())
    await found.page.goto(START)
    yield found
    await context.close()
