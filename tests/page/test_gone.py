"""An end is known by its event or by what is left, whatever an error says."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from typing import Any, cast

import pytest
from playwright.async_api import Browser, Page

from upstox_browser_login.page import gone
from upstox_browser_login.page.gone import is_gone


class Target:
    """A browser or a page: what it says of itself, and who hears its events."""

    def __init__(self, *, there: bool = True) -> None:
        self.there = there
        self.heard: dict[str, list[Callable[[object], None]]] = defaultdict(list)

    def is_connected(self) -> bool:
        return self.there

    def is_closed(self) -> bool:
        return not self.there

    def on(self, event: str, hear: Callable[[object], None]) -> None:
        self.heard[event].append(hear)

    def remove_listener(self, event: str, hear: Callable[[object], None]) -> None:
        self.heard[event].remove(hear)


async def ask(browser: Target | None, page: Target | None) -> bool:
    told = await is_gone(cast("Browser | None", browser), cast("Page | None", page))
    for each in (browser, page):
        assert each is None or not any(each.heard.values())
    return told


@pytest.mark.parametrize(
    ("browser", "page"),
    [(None, None), (Target(there=False), Target()), (Target(), Target(there=False))],
)
async def test_what_has_ended_is_gone(browser: Target | None, page: Target | None) -> None:
    assert await ask(browser, page)


@pytest.mark.parametrize("event", ["disconnected", "close", "crash"])
async def test_the_event_may_come_after_the_error(event: str) -> None:
    browser, page = Target(), Target()
    asking = asyncio.ensure_future(ask(browser, page))
    await asyncio.sleep(0)
    (hear,) = (page if event != "disconnected" else browser).heard[event]
    hear(None)
    assert await asking


@pytest.mark.parametrize("page", [None, Target()])
async def test_what_is_there_is_not_gone(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gone, "EVENT_SECONDS", 0.01)
    assert not await ask(Target(), page)
