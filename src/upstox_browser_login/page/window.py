"""One window of the browser, and all that listens to it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.redaction import beginning

from . import endings
from .ears import Ears
from .eyes import Eyes
from .gone import is_gone
from .hands import Hands
from .job import Job
from .look import Look
from .redirect import Gate
from .sockets import refuse_foreign

log = logging.getLogger(__name__)

T = TypeVar("T")


def ignore(_: Look | str) -> None:
    """Ignore a look, or what a dialog says."""


@dataclass(eq=False)
class Window:
    """One context with one page, and all that listens to it."""

    context: BrowserContext
    page: Page
    session: CDPSession
    eyes: Eyes
    ears: Ears
    gate: Gate
    hands: Hands
    outer: CDPSession
    job: Job
    target: Mapping[str, Any]
    """The browser's own facts about the window."""
    changed: Callable[[], None]
    """Called when there is something new."""
    crashed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the page has crashed or was closed."""
    closing: asyncio.Future[bool] | None = None
    """The closing of the page, which goes on even if nobody waits for it; whether it closed."""
    on_dialog: Callable[[str], None] = ignore
    """Told at once what a dialog of the browser says, since it may be about an earlier code."""

    async def watch(self) -> None:
        """Listen to all that happens here from now on."""
        main = str(self.target["targetId"])  # a window's main frame has the same id
        context = str(self.target.get("browserContextId", ""))
        self.page.on("crash", self.on_gone)
        self.page.on("close", self.on_gone)
        self.session.on("Page.javascriptDialogOpening", self.on_dialog_opening)
        # All at once, since each waits for the browser. The commands keep their order.
        await asyncio.gather(
            self.eyes.open(self.session, main),
            self.ears.listen(self.session, main),
            refuse_foreign(self.session, self.job.origins),
            self.gate.open(self.outer, main, context, shared=self.job.shared),
        )

    @property
    def place(self) -> str:
        """The page's address without its query, which may hold a code."""
        parts = urlsplit(self.page.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    async def unless_gone(self, work: Coroutine[Any, Any, T]) -> T:
        """Do `work`, or raise if the page goes meanwhile, since a crashed page never answers."""
        task = asyncio.ensure_future(work)
        gone = asyncio.ensure_future(self.crashed.wait())
        try:
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return await task
        finally:
            gone.cancel()
            task.cancel()
        raise self.gone()

    def gone(self) -> UpstoxError:
        """Why the page is not there any more."""
        return endings.flooded() if self.gate.flooded else endings.browser_gone()

    async def error_of(self, error: PlaywrightError) -> UpstoxError:
        """What a driver's error means: the browser is gone, or has refused something."""
        if self.crashed.is_set() or await is_gone(self.context.browser, self.page):
            return self.gone()
        return endings.browser_refused(error)

    async def close(self) -> bool:
        """Stop waiting for answers, let no request go on, and close the page; whether it closed.

        If the caller stops waiting, a busy browser still closes it later.
        """
        self.ears.close()
        self.gate.hold()
        self.closing = asyncio.ensure_future(self._close_context())
        return await asyncio.shield(self.closing)

    async def _close_context(self) -> bool:
        try:
            await self.context.close()
        except PlaywrightError as error:
            log.debug("the window did not close: %s", error.message.splitlines()[0])
            return False
        return True

    def on_gone(self, _: Page) -> None:
        """Hear that the page has crashed or was closed."""
        self.crashed.set()
        self.changed()

    def on_dialog_opening(self, event: Mapping[str, Any]) -> None:
        """Tell what a dialog of the browser says.

        Playwright dismisses it, since an open one would hold up the page.
        """
        self.on_dialog(beginning(str(event.get("message", "")), 300))
        self.changed()


async def open_window(
    job: Job, *, changed: Callable[[], None], heard: Callable[[Look], None]
) -> Window:
    """Open a window that has loaded nothing yet. `heard` is told each look at it."""
    now = job.clock.monotonic
    context = await job.new_context()
    browser = context.browser
    if browser is None:
        raise endings.browser_gone()
    page, outer = await asyncio.gather(context.new_page(), browser.new_browser_cdp_session())
    await job.narrator.opened(page)
    session = await context.new_cdp_session(page)
    target = (await session.send("Target.getTargetInfo"))["targetInfo"]
    gate: Gate
    ears = Ears(
        trusted=lambda url: gate.trusted(url),  # noqa: PLW0108  (the gate is made below)
        now=job.clock.time,
        monotonic=now,
        changed=changed,
    )
    gate = Gate(
        job.origins,
        ears,
        state=job.state,
        changed=changed,
        monotonic=now,
        show_all=job.headed,
        by_hand=job.typed is not None,
        witness=job.witness,
    )
    eyes = Eyes(trusted=gate.trusted, monotonic=now, changed=changed, returns=job.origins.returns)
    eyes.on_frames, eyes.heard = gate.set_inner_frames, heard
    hands = Hands(session, eyes, slowly=job.headed)
    return Window(context, page, session, eyes, ears, gate, hands, outer, job, target, changed)
