"""Records a login, and keeps what is left of the record once no secret is in it.

The order is: prevent (`privacy.js` keeps secrets out of every picture), scrub (`scrub`), verify
(`verify.leaks`). Evidence that fails the last look is deleted.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
import shutil
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from urllib.parse import unquote

from upstox_browser_login.redaction import Redactor
from upstox_browser_login.redaction import redactor as process_redactor
from upstox_browser_login.settings import TraceMode

from .folder import (
    finish,
    make_partial,
    make_raw,
    sweep,
    write_private,
)
from .report import Outcome, Seen, StepTime, report, versions
from .scrub import Scrubber, UnfitError, is_secret_name
from .verify import leaks

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page

__all__ = ["Outcome", "Recorder", "Seen", "StepTime"]

logger = logging.getLogger(__name__)

_T = TypeVar("_T")
_P = ParamSpec("_P")

ITEM_SECONDS = 5.0
"""How long each look at a page may take: a hung page answers nothing."""

STOP_SECONDS = 10.0
"""How long Playwright may take to write its trace."""

# One question, for a hung page is waited for once: is the page protected, what has it stored.
_STATE = """() => {
    const stored = [];
    try {
        for (const area of [localStorage, sessionStorage])
            for (const key of Object.keys(area)) stored.push([key, area.getItem(key)]);
    } catch { /* a page without an origin has no storage */ }
    return [document.adoptedStyleSheets.length > 0 && (typeof Highlight !== "function" ||
        CSS.highlights.has("upstox-browser-login-privacy")), stored];
}"""


def _script() -> str:
    return files(__package__).joinpath("privacy.js").read_text("utf-8")


class Recorder:
    """The record of one login.

    Nothing here raises for want of evidence: a login that failed must not fail a second time in
    another way. What cannot be kept is left out, and the log says so.
    """

    def __init__(
        self,
        mode: TraceMode,
        folder: Path,
        *,
        redactor: Redactor = process_redactor,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._mode = mode
        self._folder = folder
        self._redactor = redactor
        self._now = now
        self._context: BrowserContext | None = None
        self._tracing = False
        self._not_traced = "it was not recorded"

    async def prepare(self, context: BrowserContext, *, elsewhere: bool = False) -> None:
        """Start to record, before `context` has a page.

        No trace is made `elsewhere`, by a Playwright server: it would write all that is typed to
        its own disk, and keep it there for as long as it runs.
        """
        await asyncio.to_thread(sweep, self._folder)
        if self._mode == "off":
            return
        self._context = context
        try:
            # Without it a picture could show what is typed: no protection, no record.
            await context.add_init_script(script=_script())
            if elsewhere:
                self._not_traced = "a Playwright server would keep what is typed on its own disk"
                return
            await context.tracing.start(screenshots=True, snapshots=True, title="Login to Upstox")
        except Exception as error:  # noqa: BLE001  (Playwright's errors share no narrower base)
            logger.warning("This login is not recorded (%s).", type(error).__name__)
        else:
            self._tracing = True

    async def group(self, name: str) -> None:
        """Begin a named group of actions in the trace."""
        if self._tracing and self._context is not None:
            with contextlib.suppress(Exception):
                await self._context.tracing.group(self._redactor.redact(name))

    async def group_end(self) -> None:
        """End the group begun last."""
        if self._tracing and self._context is not None:
            with contextlib.suppress(Exception):
                await self._context.tracing.group_end()

    async def discard(self) -> None:
        """Stop to record and keep nothing."""
        if self._tracing and self._context is not None:
            self._tracing = False
            with contextlib.suppress(Exception):
                async with asyncio.timeout(STOP_SECONDS):
                    await self._context.tracing.stop()

    async def keep(self, page: Page | None, outcome: Outcome) -> Path | None:
        """Keep the evidence if the mode asks for it; None if nothing was kept.

        Takes under 30 s even of a browser that does not answer.
        """
        if self._mode == "off" or (self._mode == "on-failure" and outcome.code == "OK"):
            await self.discard()
            return None
        try:
            return await self._keep(page, outcome)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            logger.warning(
                "No trace was kept in %s: %s. "
                "Set UPSTOX_TRACE_DIR to a folder that can be written.",
                self._folder,
                reason,
            )
        except Exception as error:  # noqa: BLE001  (evidence must never hide the error it is of)
            logger.warning("No trace was kept (%s).", type(error).__name__)
        await self.discard()
        return None

    async def _keep(self, page: Page | None, outcome: Outcome) -> Path | None:
        at = self._now()
        partial = await asyncio.to_thread(make_partial, self._folder)
        # Playwright's own trace is full of secrets: it stays where nobody else looks.
        raw = await asyncio.to_thread(make_raw)
        kept = False
        try:
            bundle = _Bundle(partial, self._redactor.copy_with_digests())
            await self._gather(bundle, page, outcome, raw / "trace.zip")
            path = await _in_thread(bundle.finish, raw / "trace.zip", outcome, at)
            kept = path is not None
            return path
        finally:
            shutil.rmtree(raw, ignore_errors=True)
            if not kept:
                shutil.rmtree(partial, ignore_errors=True)

    async def _gather(
        self, bundle: _Bundle, page: Page | None, outcome: Outcome, raw: Path
    ) -> None:
        context = self._context
        if context is None:
            bundle.left_out.append("trace and screenshot: no browser was recorded")
            return
        browser = context.browser
        bundle.browser = f"{browser.browser_type.name} {browser.version}" if browser else None
        # First, so that the questions below are not in it.
        if self._tracing:
            await self.group(f"failed: {outcome.code} at step {outcome.step or '?'}")
            await self.group_end()
            self._tracing = False
            if not await _answer(_done(context.tracing.stop(path=raw)), STOP_SECONDS):
                bundle.left_out.append("trace: the browser did not hand it over")
        else:
            bundle.left_out.append(f"trace: {self._not_traced}")
        bundle.register_cookies(await _answer(context.cookies()) or [])
        if page is None and context.pages:
            page = context.pages[-1]
        if page is None or page.is_closed():
            bundle.left_out.append("screenshot: the page was gone")
        else:
            await self._look_at(page, bundle)

    @staticmethod
    async def _look_at(page: Page, bundle: _Bundle) -> None:
        protected, stored = await _answer(page.evaluate(_STATE)) or (False, [])
        bundle.register_storage(stored)
        if not protected:
            bundle.left_out.append(
                "screenshot: the page did not answer, or shows itself unprotected"
            )
            return
        limit = ITEM_SECONDS * 1000
        picture = await _answer(page.screenshot(timeout=limit, animations="disabled"))
        bundle.add("screenshot.png", picture)
        html = await _answer(page.content())
        bundle.add("page.html", html.encode("utf-8", "replace") if html else None)


class _Bundle:
    """Evidence being gathered in a folder."""

    def __init__(self, folder: Path, redactor: Redactor) -> None:
        self.left_out: list[str] = []
        self.browser: str | None = None
        self._folder = folder
        # A copy: cookies of this login are no concern of the next one's logs.
        self._redactor = redactor
        self._files: dict[str, bytes] = {}

    def register_cookies(self, cookies: list[Any]) -> None:
        for cookie in cookies:
            value = str(cookie.get("value", ""))
            if _looks_secret(value) or (len(value) >= 4 and is_secret_name(cookie.get("name", ""))):
                self._redactor.register_all({value, unquote(value)}, "cookie")

    def register_storage(self, items: list[Any]) -> None:
        for key, value in items:
            for text in _leaves(str(value)):
                if _looks_secret(text) or (is_secret_name(str(key)) and len(text) >= 6):
                    self._redactor.register(text, "stored session")

    def add(self, name: str, data: bytes | None) -> None:
        """Add what is still to be scrubbed."""
        self._files[name] = data or b""

    def _write_files(self, scrubber: Scrubber) -> None:
        clean = scrubber.files(self._files.values())
        for name, data in zip(self._files, clean, strict=True):
            if data:
                write_private(self._folder / name, data)
                continue
            self.left_out.append(f"{name}: the browser did not hand it over, or it held a secret")

    def _add_trace(self, raw: Path, scrubber: Scrubber) -> None:
        path = self._folder / "trace.zip"
        try:
            write_private(path, b"")
            with path.open("r+b") as file:
                scrubber.archive(raw, file)
        except Exception as error:  # noqa: BLE001  (a trace of a kind that is not known yet)
            path.unlink(missing_ok=True)
            reason = str(error) if isinstance(error, UnfitError) else type(error).__name__
            self.left_out.append(f"trace: it could not be scrubbed ({reason})")

    def finish(self, raw: Path, outcome: Outcome, at: datetime) -> Path | None:
        """Scrub the trace, write the report, look for secrets once more, name the folder."""
        scrubber = Scrubber(self._redactor)
        if raw.exists():
            self._add_trace(raw, scrubber)
        # After the trace, whose bodies' digests a page may hold.
        self._write_files(scrubber)
        outcome = replace(outcome, versions={**versions(self.browser), **outcome.versions})
        files = sorted([*(file.name for file in self._folder.iterdir()), "report.md"])
        text = report(outcome, at, files=files, left_out=self.left_out, redactor=self._redactor)
        write_private(self._folder / "report.md", text.encode("utf-8", "replace"))
        found = leaks(self._folder, self._redactor)
        for kind, name in found:
            logger.warning("The trace was deleted: %s was still in %s.", kind, name)
        return None if found else finish(self._folder, at, outcome.code)


def _looks_secret(value: str) -> bool:
    if not 8 <= len(value) <= 8192 or re.search(r"\s", value):
        return False
    return len(value) >= 20 or bool(re.search(r"\d", value))


def _leaves(text: str) -> Iterator[str]:
    """Yield the strings of a stored value, which often is JSON."""
    try:
        queue = [json.loads(text)]
    except ValueError:
        queue = [text]
    while queue:
        each = queue.pop()
        if isinstance(each, dict):
            queue += each.values()
        elif isinstance(each, list):
            queue += each
        elif isinstance(each, str):
            yield each


async def _in_thread(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Run `work` in a thread to its end, cancelled or not: its folders are removed next."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


async def _done(call: Awaitable[object]) -> bool:
    await call
    return True


async def _answer(call: Awaitable[_T], seconds: float = ITEM_SECONDS) -> _T | None:
    """Await a browser's answer; None if it fails or does not come in time."""
    try:
        async with asyncio.timeout(seconds):
            return await call
    except Exception as error:  # noqa: BLE001  (dead browsers answer with errors of many kinds)
        logger.debug("A browser did not answer (%s).", type(error).__name__)
        return None
