"""The oracle: a person who knows each change, with a mouse and a keyboard, in the same Chromium.

The page tells this person (and nobody else: it must be asked for) which element comes next and
what is to be done with it. Playwright clicks only what is seen, stands still and takes the press,
so a page that passes can be completed by anybody who finds his way on it.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyotp

from .change import TOKEN, Case
from .server import Site
from .world import MOBILE, PERIOD, PIN, SEED, World

if TYPE_CHECKING:
    from playwright.async_api import Browser, Dialog, Frame, Page

LIMIT = 20.0
STATE = "state-of-the-person"
_LOOK = 0.02


@dataclass(frozen=True)
class Passage:
    """How far the person came. `why` is empty where the page can be completed."""

    case: Case
    why: str
    seconds: float


@dataclass
class Person:
    """One visit."""

    site: Site
    case: Case
    page: Page
    limit: float = LIMIT

    async def visit(self) -> str:
        """Go from the dialog to the case's end; why that failed, or nothing."""
        world = self._world
        self.page.on("dialog", lambda dialog: asyncio.ensure_future(_accept(dialog)))
        broken: list[str] = []
        self.page.on("pageerror", lambda error: broken.append(str(error)))
        await self.page.goto(self.site.dialog(STATE))
        end = time.monotonic() + self.limit
        done: list[str] = []
        while time.monotonic() < end:
            if broken:
                return f"the page has a fault: {broken[0]}"
            if self._arrived(world):
                return ""
            step = await self._next()
            if step is None:
                await asyncio.sleep(_LOOK)
                continue
            frame, what = step
            if what.get("end"):
                return "" if self.case.expect != TOKEN else f"ended at {what['end']}"
            done.append(f"{what['screen']}: {'fill' if what.get('fill') else 'press'}")
            await self._do(frame, what)
        return f"nothing more to do after {done[-3:]}; {len(world.refusals)} refusals"

    @property
    def _world(self) -> World:
        assert self.site.world is not None
        return self.site.world

    def _arrived(self, world: World) -> bool:
        if self.case.expect != TOKEN:
            return self.case.expect in world.refusals
        wanted = {"code": world.issued[-1] if world.issued else "", "state": STATE}
        return any(wanted.items() <= each.items() for each in world.returned)

    async def _next(self) -> tuple[Frame, dict[str, Any]] | None:
        from playwright.async_api import Error

        for frame in self.page.frames:
            try:
                told = await frame.evaluate(
                    "() => { if (!window.__person) return null; const step = window.__person();"
                    " return step.wait ? null : JSON.stringify({ ...step, node: undefined }) }"
                )
            except Error:
                continue  # the document is being replaced
            if told:
                return frame, json.loads(told)
        return None

    async def _do(self, frame: Frame, what: dict[str, Any]) -> None:
        from playwright.async_api import Error

        try:
            handle = await frame.evaluate_handle("() => window.__person().node")
            element = handle.as_element()
            if element is None:
                return
            if what.get("select"):
                await element.select_option(what["select"])
            elif what.get("fill"):
                await element.click(timeout=3000)
                await self.page.keyboard.press("Control+A")
                # A person types at leisure; no page here needs that, but none must need haste.
                await self.page.keyboard.type(self._text(what["fill"]), delay=5)
            elif what.get("key"):
                await self.page.keyboard.press(what["key"])
            else:
                await element.click(timeout=3000)
        except Error:
            return  # the page has moved on meanwhile, or will be asked again
        await asyncio.sleep(_LOOK)

    def _text(self, step: str) -> str:
        window = int(self._world.clock() // PERIOD)
        code = pyotp.TOTP(SEED).generate_otp(window)
        if code in self._world.codes:
            code = pyotp.TOTP(SEED).generate_otp(window - 1)
        return {"mobile": MOBILE, "otp": code, "pin": PIN}[step]


async def _accept(dialog: Dialog) -> None:
    """Answer a dialog of the browser, unless it has gone with its page."""
    from playwright.async_api import Error

    with suppress(Error):
        await dialog.accept()


async def pass_through(
    site: Site, browser: Browser, case: Case, seed: int = 1, limit: float = LIMIT
) -> Passage:
    """Let a person complete *case*'s page within *limit* seconds."""
    world = World(case.options, time.time, site.callback, seed=seed, person=True)
    site.open(world)
    context = await browser.new_context(locale="en-IN", viewport={"width": 1280, "height": 800})
    began = time.monotonic()
    try:
        why = await Person(site, case, await context.new_page(), limit).visit()
    finally:
        await context.close()
    return Passage(case, why, time.monotonic() - began)


async def _walk(cases: Sequence[Case], told: Callable[[Passage], None], limit: float) -> None:
    from playwright.async_api import async_playwright

    # The product knows where a Chromium is; of the page nothing is asked of it.
    from upstox_browser_login.browser.find import choices
    from upstox_browser_login.settings import Settings

    chromium = choices(Settings(), headed=False)[0]

    with Site() as site:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium.path, channel=chromium.channel
            )
            for each in cases:
                told(await pass_through(site, browser, each, limit=limit))


def oracle(cases: Sequence[Case], told: Callable[[Passage], None], limit: float = LIMIT) -> None:
    """Let a person complete every page of *cases*; *told* hears how far each was passed."""
    asyncio.run(_walk(cases, told, limit))
