"""Catches the authorization code before it leaves the machine.

Three nets, each enough for its case, so that redirect_uri's host is never contacted:

1. Chromium's own `Fetch` domain pauses every *response* of the login page. A redirect is read from
   its `Location` before Chromium follows it. (Playwright's routes are not called for redirected
   requests, and fetching the hop outside of Chromium would show Upstox's gate another TLS client
   than the one that logged in.)
2. A Playwright route ends every direct request to the address: scripts, links, frames, popups.
3. The browser that we launch cannot resolve the host (see `Origins.blocked_hosts`). One that we are
   connected to can: there other windows than the login's load nothing.

A listener for requests reads the code even where only the third net held.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.async_api import BrowserContext, CDPSession, Page, Request, Route
from playwright.async_api import Error as PlaywrightError

from upstox_browser_login.errors import PageChangedError, UpstoxError
from upstox_browser_login.oauth import Redirect
from upstox_browser_login.spellings import forms_of, loose_forms, one_pattern

from .origins import Origins
from .page import BLOCKED_HOSTS, BLOCKED_TYPES, LOGIN_PATH, is_analytics

log = logging.getLogger(__name__)


class RedirectTrap:
    """The nets of one login. `caught` is done with the first redirect's address."""

    def __init__(self, origins: Origins, *, show_all: bool = False, remote: bool = False) -> None:
        self._origins = origins
        self._remote = remote
        self._page: Page | None = None
        self._main_frame: str | None = None
        self._number: re.Pattern[str] | None = None
        self._blocked_types = {"ping"} if show_all else BLOCKED_TYPES
        self._tasks: set[asyncio.Task[None]] = set()
        self.caught: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.strayed: UpstoxError | None = None
        self.on_change: Callable[[], None] = lambda: None
        self.blocked: set[str] = set()
        """Addresses that we ended ourselves, which are no failures of Upstox's."""
        self.statuses: dict[str, int] = {}
        """What was answered last, by address; Chromium keeps it from pages of another origin."""

    async def set_on(self, context: BrowserContext) -> None:
        """Set nets 2 and the listener, before the context has a page."""
        context.on("request", self._on_request)
        await context.route("**/*", self._on_route)

    async def watch(self, page: Page) -> None:
        """Set net 1 on the login's page."""
        self._page = page
        session = await page.context.new_cdp_session(page)
        tree = await session.send("Page.getFrameTree")
        self._main_frame = tree["frameTree"]["frame"]["id"]
        session.on("Fetch.requestPaused", lambda event: self._start(session, event))
        # Of every kind: Chromium follows redirects of scripts and pictures by itself as well.
        patterns = [{"urlPattern": "*", "requestStage": "Response"}]
        await session.send("Fetch.enable", {"patterns": patterns})

    def keep_back(self, number: str) -> None:
        """Let no event of the page's analytics that holds `number`, in any spelling, go out."""
        self._number = re.compile(one_pattern(forms_of(number), loose_forms(number)))

    def catch(self, url: str, *, page: bool) -> None:
        """Take the address of a redirect. Only the first counts: Chromium may ask twice.

        `page`: whether it is where a window is led, and no part of a page. The redirect URI's host
        may be one that pages have parts from, with a `code` of their own.
        """
        redirect = Redirect.of(url)  # registers code and state as secrets
        tells = redirect.code is not None or redirect.error is not None
        there = self._origins.is_answer(url)
        if not ((page or there) if tells else (page and there)):
            return
        if not self.caught.done():
            log.debug("redirect caught: %r", redirect)
            self.caught.set_result(url)
            self.on_change()

    def _on_request(self, request: Request) -> None:
        if self._origins.is_redirect(request.url):
            self.catch(request.url, page=self._is_main_document(request))

    async def _on_route(self, route: Route) -> None:
        request = route.request
        url = request.url
        try:
            if self._origins.is_redirect(url):
                self.catch(url, page=self._is_main_document(request))
                await route.abort("aborted")
            elif self._remote and self._is_window(request):
                log.debug("another window was not loaded: its redirects could not be caught")
                await route.abort("aborted")
            elif self._is_stray(request):
                self._stray(url)
                await route.abort("aborted")
            elif self._is_unwanted(request):
                self.blocked.add(url)
                await route.abort("blockedbyclient")
            else:
                await route.continue_()
        except PlaywrightError as error:
            # The page or the browser is gone; the flow learns of that by itself.
            log.debug("a request was dropped: %s", error.message.splitlines()[0])

    def _is_stray(self, request: Request) -> bool:
        return self._is_main_document(request) and self._leads_astray(request.url)

    @staticmethod
    def _is_main_document(request: Request) -> bool:
        # A request of a page that is not there yet (a popup's first) has no frame.
        try:
            return request.is_navigation_request() and request.frame.parent_frame is None
        except PlaywrightError:
            return request.is_navigation_request()

    def _is_window(self, request: Request) -> bool:
        """Whether another window than the login's is loaded by this."""
        try:
            return request.is_navigation_request() and request.frame.page is not self._page
        except PlaywrightError:
            return request.is_navigation_request()

    def _leads_astray(self, url: str) -> bool:
        return urlsplit(url).scheme in {"http", "https"} and not self._origins.trusted(url)

    def _stray(self, url: str) -> None:
        if self.strayed is None and not self.caught.done():
            parts = urlsplit(url)
            self.strayed = PageChangedError(
                f"The login page led to {parts.scheme}://{parts.netloc.rpartition('@')[2]}, which "
                "is not Upstox's.",
                code="UNTRUSTED_ORIGIN",
            )
            self.on_change()

    def _is_unwanted(self, request: Request) -> bool:
        if request.resource_type in self._blocked_types:
            return True
        parts = urlsplit(request.url)
        if BLOCKED_HOSTS.search(parts.hostname or ""):
            return True
        # Never a document or a script of Upstox's own: their paths are theirs to choose.
        if request.resource_type not in {"fetch", "xhr"}:
            return False
        return is_analytics(request.url) or self._tells_number(request)

    def _tells_number(self, request: Request) -> bool:
        """Whether this is no part of the login, and carries the mobile number."""
        if self._number is None or request.method in {"GET", "HEAD", "OPTIONS"}:
            return False
        if urlsplit(request.url).path.startswith(LOGIN_PATH):
            return False
        body = (request.post_data_buffer or b"").decode("latin-1")
        return self._number.search(f"{request.url} {body}") is not None

    def _start(self, session: CDPSession, event: dict[str, Any]) -> None:
        task = asyncio.ensure_future(self._on_paused(session, event))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _on_paused(self, session: CDPSession, event: dict[str, Any]) -> None:
        paused = {"requestId": event["requestId"]}
        # 0 where the connection broke.
        self.statuses[event["request"]["url"]] = event.get("responseStatusCode") or 0
        try:
            target = self._location(event)
            is_page = event.get("resourceType") == "Document"
            if target is not None and self._origins.is_redirect(target):
                self.catch(target, page=is_page and event.get("frameId") == self._main_frame)
                await session.send("Fetch.failRequest", {**paused, "errorReason": "Aborted"})
            elif target is not None and is_page and self._leads_astray(target):
                self._stray(target)
                await session.send("Fetch.failRequest", {**paused, "errorReason": "Aborted"})
            else:
                await session.send("Fetch.continueRequest", paused)
        except PlaywrightError as error:
            log.debug("a response was dropped: %s", error.message.splitlines()[0])

    @staticmethod
    def _location(event: dict[str, Any]) -> str | None:
        """Where a redirect leads; None where the response is none."""
        if event.get("responseStatusCode") not in {301, 302, 303, 307, 308}:
            return None
        for header in event.get("responseHeaders") or ():
            if header["name"].lower() == "location":
                # Browsers take a backslash for a slash.
                address, mark, query = header["value"].strip().partition("?")
                value = address.replace("\\", "/") + mark + query
                with suppress(ValueError):  # one that nobody can follow
                    return str(urljoin(event["request"]["url"], value))
        return None
