"""Records a login, and keeps what is left of the record once no secret is in it.

The order is: prevent (`privacy.js` and `picture.js` keep secrets out of every picture), scrub
(`scrub`), verify (`verify`). Evidence that fails the last look is deleted.

A login that goes well is not recorded: that would cost as much as the login itself. Its steps are
kept in memory, and the record starts when something first looks wrong.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from upstox_browser_login.blocking import to_the_end
from upstox_browser_login.budget import Budget
from upstox_browser_login.files.refused import reason_of
from upstox_browser_login.redaction import Redactor
from upstox_browser_login.redaction import redactor as process_redactor
from upstox_browser_login.settings import TraceMode

from .earlier import Step
from .folder import make_partial, make_raw, sweep
from .picture import (
    NOTHING_TOLD,
    Told,
    cover,
    has_closed_parts,
    is_too_large,
    legible,
    protect,
    script,
)

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page

    from .bundle import Bundle
    from .report import Outcome

logger = logging.getLogger(__name__)

_T = TypeVar("_T")

NOTHING_MORE: Mapping[str, str] = MappingProxyType({})

ITEM_SECONDS = 1.0
"""How long each look at a page may take: a hung page answers nothing."""


OF_A_RECORDING = 30.0
"""How long it may take to keep a recording, seconds.

Its trace is of the whole login, and a person has asked for it and waits.
"""

ASKING = 0.6
"""The part of the time that the browser is asked for; the rest is for cleaning what it gave."""
TRACE = 0.5
"""The part of the time that the browser may take to hand over its trace."""

_STORED = """() => {
    const stored = [];
    try {
        for (const area of [localStorage, sessionStorage])
            for (const key of Object.keys(area)) stored.push([key, area.getItem(key)]);
    } catch { /* a page without an origin has no storage */ }
    return stored;
}"""


class Recorder:
    """The record of one login.

    Nothing here raises for want of evidence: a login that failed must not fail a second time in
    another way. What cannot be kept is left out, and the report says so.
    """

    def __init__(
        self,
        mode: TraceMode,
        folder: Path,
        *,
        redactor: Redactor = process_redactor,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        elapsed: Callable[[], float] | None = None,
    ) -> None:
        """`elapsed` tells the seconds since the login began, by the clock that times requests.

        With another clock a request could seem to be older than the step that it belongs to.
        """
        began = time.monotonic()
        self._elapsed = elapsed or (lambda: time.monotonic() - began)
        self._mode = mode
        self._folder = folder
        self._redactor = redactor
        self._now = now
        self._context: BrowserContext | None = None
        self._elsewhere = False
        self._troubled = False
        self.starting: asyncio.Task[None] | None = None
        """The start of a record, where something looked wrong."""
        self._tracing = False
        self._traced_from = 0.0
        self._not_traced = "it was not recorded"
        self._steps: list[Step] = []

    @property
    def is_recording(self) -> bool:
        """Whether a trace is being made."""
        return self._tracing

    def wants(self, code: str) -> bool:
        """Whether to keep evidence of a login that ended with this code ("OK" if it went well)."""
        return self._mode == "on" or (self._mode == "on-failure" and code != "OK")

    async def prepare(self, context: BrowserContext, *, elsewhere: bool = False) -> None:
        """Get `context` before it has a page; with `--trace on`, record it from its start.

        No trace is made `elsewhere`, by a Playwright server: it would write all that is typed to
        its own disk, and keep it there for as long as it runs.
        """
        await asyncio.to_thread(sweep, self._folder)
        if self._mode == "off":
            return
        await self._started()
        self._context, self._elsewhere, self._tracing = context, elsewhere, False
        if self._mode == "on" or self._troubled:
            await self._start(context)

    def trouble(self) -> None:
        """Something looks wrong: record from now on."""
        if self._mode != "on-failure" or self._troubled:
            return
        self._troubled = True
        if self._context is not None:
            self.starting = asyncio.ensure_future(self._start(self._context, mark=True))

    async def _started(self) -> None:
        """Wait until a record that is being started has started."""
        starting, self.starting = self.starting, None
        if starting is not None:
            await asyncio.wait({starting}, timeout=2 * ITEM_SECONDS)
            starting.cancel()

    async def _start(
        self, context: BrowserContext, *, answers: bool = True, mark: bool = False
    ) -> None:
        """Start to record, once what is typed is covered. `answers`: the page is not stuck."""
        whole = self._mode == "on"
        try:
            # A page that is stuck would hold up all of this; nothing of it will be shown.
            if answers:
                await context.add_init_script(script=script("privacy.js"))
                if context.pages:
                    await protect(context.pages[-1], _answer)
            if self._elsewhere:
                self._not_traced = "a Playwright server would keep what is typed on its own disk"
                return
            self._traced_from = self._elapsed()
            # A screencast that starts late could show what a field holds.
            await context.tracing.start(
                screenshots=whole, snapshots=answers, title="Login to Upstox"
            )
        except Exception as error:  # noqa: BLE001  (Playwright's errors share no narrower base)
            # Where the tab has crashed meanwhile, the driver takes the record for begun anyway.
            await _answer(context.tracing.stop())
            level = logging.DEBUG if mark else logging.WARNING  # it is tried again at the end
            logger.log(level, "This login is not recorded (%s).", type(error).__name__)
            return
        self._tracing = True
        if mark:
            await self._mark(context, "something looks wrong")

    async def _mark(self, context: BrowserContext, name: str, *, ask: bool = True) -> bool:
        """Let the trace have the page as it is now, and tell whether the page answers.

        Playwright keeps the page at each call that asks it something.
        """
        answer = None
        with contextlib.suppress(Exception):
            await context.tracing.group(self._redactor.redact(name))
            if ask and context.pages:
                answer = await _answer(context.pages[-1].evaluate("() => true"))
            await context.tracing.group_end()
        return answer is True

    async def group(self, name: str) -> None:
        """Begin a step."""
        self._steps.append(Step(name, self._elapsed()))
        if self._mode == "on" and self._tracing and self._context is not None:
            with contextlib.suppress(Exception):
                await self._context.tracing.group(self._redactor.redact(name))

    async def group_end(self) -> None:
        """End the step begun last."""
        if self._steps:
            self._steps[-1].ended = self._elapsed()
        if self._mode == "on" and self._tracing and self._context is not None:
            with contextlib.suppress(Exception):
                await self._context.tracing.group_end()

    async def discard(self) -> None:
        """Stop recording and keep nothing. A trace that does not stop ends with the browser."""
        await self._started()
        if self._tracing and self._context is not None:
            self._tracing = False
            await _answer(self._context.tracing.stop())

    async def keep(
        self,
        page: Page | None,
        outcome: Outcome,
        *,
        told: Told = NOTHING_TOLD,
        more: Mapping[str, str] = NOTHING_MORE,
        seconds: float | None = None,
    ) -> Path | None:
        """Keep the evidence, which `wants` says whether to do; None where it cannot be kept.

        `told` is what the newest look at the page saw, `more` are files by their names, cleaned and
        verified like the others. It takes no longer than `seconds`, by default those of evidence
        at the login's limit, even where a browser does not answer.
        """
        self._troubled = True  # from here on no record may begin
        try:
            seconds = Budget.from_now().evidence if seconds is None else seconds
            return await self._keep(page, outcome, told, more, seconds)
        except OSError as error:
            reason = reason_of(error)
            logger.warning(
                "No trace was kept in %s: %s. "
                "Set UPSTOX_TRACE_DIR to a folder of this user's that can be written.",
                self._folder,
                reason,
            )
        except Exception as error:  # noqa: BLE001  (evidence must never hide the error it is of)
            logger.warning("No trace was kept (%s).", type(error).__name__)
        await self.discard()
        return None

    async def _keep(
        self,
        page: Page | None,
        outcome: Outcome,
        told: Told,
        more: Mapping[str, str],
        seconds: float,
    ) -> Path | None:
        # Imported only for a failure, so that no login's start waits for it.
        from .bundle import Bundle

        at, ends = self._now(), time.monotonic() + seconds
        # Not in a thread: one that is interrupted there would leave its folder.
        partial = make_partial(self._folder)
        raw: Path | None = None
        kept = False
        try:
            # Playwright's own trace is full of secrets: it stays where nobody else looks.
            raw = make_raw()
            bundle = Bundle(partial, self._redactor.copy_with_digests())
            for name, text in more.items():
                bundle.add(name, text.encode("utf-8", "replace"))
            gathering = asyncio.ensure_future(
                self._gather(
                    bundle, page, outcome, raw / "trace.zip", told, seconds=seconds * TRACE
                )
            )
            try:
                await asyncio.wait({gathering}, timeout=seconds * ASKING)
                if not gathering.done():
                    bundle.miss("all that is not here", "the browser took too long")
            finally:
                gathering.cancel()
                await asyncio.gather(gathering, return_exceptions=True)
            left = max(0.0, ends - time.monotonic())
            path = await to_the_end(bundle.finish, raw / "trace.zip", outcome, at, left * 0.7)
            kept = path is not None
            return path
        finally:
            if raw is not None:
                shutil.rmtree(raw, ignore_errors=True)
            if not kept:
                shutil.rmtree(partial, ignore_errors=True)

    async def _gather(
        self,
        bundle: Bundle,
        page: Page | None,
        outcome: Outcome,
        raw: Path,
        told: Told,
        *,
        seconds: float,
    ) -> None:
        context = self._context
        if context is None:
            for what in ("trace", "screenshot.png", "page.html"):
                bundle.miss(what, "there was no browser")
            return
        browser = context.browser
        bundle.browser = f"{browser.browser_type.name} {browser.version}" if browser else None
        if page is None and context.pages:
            page = context.pages[-1]
        there = page is not None and not page.is_closed()
        await self._started()
        answers = await self._mark_failure(context, page if there else None, outcome)
        await self._end_trace(bundle, context, raw, seconds)
        bundle.register_cookies(await _answer(context.cookies()) or [])
        if page is None or not there:
            for what in ("screenshot.png", "page.html"):
                bundle.miss(what, "the page was gone")
        elif not answers:
            for what in ("screenshot.png", "page.html"):
                bundle.miss(what, "the page did not answer")
        else:
            await self._look_at(page, bundle, told)

    async def _mark_failure(
        self, context: BrowserContext, page: Page | None, outcome: Outcome
    ) -> bool:
        """Show the failure in the record, begun now at the latest. True: the page answers."""
        name = f"failed: {outcome.code} at step {outcome.step or '?'}"
        name = "done" if outcome.code == "OK" else name
        if self._tracing:
            return await self._mark(context, name, ask=page is not None) and page is not None
        answers = page is not None and await _answer(page.evaluate("() => true")) is True
        if self._mode == "on-failure":
            await _answer(self._start(context, answers=answers), 2 * ITEM_SECONDS)
            if self.is_recording:
                await self._mark(context, name, ask=answers)
        return answers

    async def _end_trace(
        self, bundle: Bundle, context: BrowserContext, raw: Path, seconds: float
    ) -> None:
        """Write the trace, before further calls for the evidence are recorded in it."""
        if not self._tracing:
            bundle.miss("trace", self._not_traced)
            return
        self._tracing = False
        if not await _answer(_done(context.tracing.stop(path=raw)), seconds):
            bundle.miss("trace", "the browser did not hand it over")
        elif self._mode != "on":
            steps = [replace(each, ended=each.ended or self._elapsed()) for each in self._steps]
            bundle.steps_before(self._traced_from, steps)

    @staticmethod
    async def _look_at(page: Page, bundle: Bundle, told: Told) -> None:
        stored = await _answer(page.evaluate(_STORED))
        if stored is None:
            for what in ("screenshot.png", "page.html"):
                bundle.miss(what, "the page did not answer")
            return
        bundle.register_storage(stored)
        html = await _answer(page.content())
        bundle.add("page.html", html.encode("utf-8", "replace") if html else None)
        # Last, since it changes how the page looks.
        why = await _cover(page, legible(told.words, bundle.redactor), closed=told.closed)
        if why:
            bundle.miss("screenshot.png", why)
            return
        seconds = 2 * ITEM_SECONDS
        call = page.screenshot(timeout=seconds * 1000, animations="disabled")
        bundle.add("screenshot.png", await _answer(call, seconds))


async def _cover(page: Page, words: list[str], *, closed: bool) -> str:
    """Cover a page for its picture; answer why there is to be none, or nothing."""
    if await _answer(is_too_large(page)) is not False:
        return "it is too large"
    if closed or await _answer(has_closed_parts(page)) is not False:
        return "a part of the page is, or may be, in a closed shadow root, where nobody can look"
    return await cover(page, words, _answer)


async def _done(call: Awaitable[object]) -> bool:
    await call
    return True


async def _answer(call: Awaitable[_T], seconds: float | None = None) -> _T | None:
    """Await a browser's answer; None if it fails or does not come in time."""
    try:
        async with asyncio.timeout(ITEM_SECONDS if seconds is None else seconds):
            return await call
    except Exception as error:  # noqa: BLE001  (dead browsers answer with errors of many kinds)
        logger.debug("A browser did not answer (%s).", type(error).__name__)
        return None
