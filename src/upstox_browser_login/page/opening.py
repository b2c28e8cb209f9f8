"""Loads the page, which may be tried again safely, since loading it sends no credential."""

from __future__ import annotations

import logging
import re
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError

from upstox_browser_login.errors import UpstoxError, UpstoxUnavailableError

from .course import Course
from .watching import check
from .window import Window
from .wire.calls import in_words


class _PassingTroubleError(Exception):
    """The page did not load, for a reason that may pass by itself."""

    def __init__(self, error: UpstoxError | None) -> None:
        super().__init__("the page did not load")
        self.error = error


async def load(course: Course, window: Window) -> None:
    """Load the page, and try again after trouble that may pass by itself."""
    narrator = course.job.narrator
    course.step = "open"
    await narrator.step("open")
    try:
        await _load_once(course, window)
    except _PassingTroubleError as trouble:
        await _load_again(course, window, trouble)


async def _load_again(course: Course, window: Window, trouble: _PassingTroubleError) -> None:
    """Load the page twice more at most. The first try has met `trouble`."""
    import stamina  # most logins load their page at once

    # Without a logger of its own, stamina would print its events.
    if not logging.getLogger("stamina").handlers:
        logging.getLogger("stamina").addHandler(logging.NullHandler())
    narrator = course.job.narrator
    try:
        async for attempt in stamina.retry_context(
            on=_PassingTroubleError, attempts=3, timeout=20.0, wait_initial=0.5, wait_max=4.0
        ):
            with attempt:
                if attempt.num == 1:
                    raise trouble
                narrator.trouble()
                narrator.warn("The login page did not load; trying again.")
                await _load_once(course, window)
    except _PassingTroubleError as last:
        # A gateway's error page is left for the watch to read.
        if last.error is not None:
            raise last.error from None


async def _load_once(course: Course, window: Window) -> None:
    gate, address = window.gate, course.job.dialog_url
    try:
        response = await window.page.goto(address, wait_until="commit", timeout=0)
    except PlaywrightError as error:
        if gate.caught is not None or gate.strayed is not None or gate.other is not None:
            return
        check(course, window)
        raised = await _open_error(window, address, error)
        if raised.code == "NETWORK" and "net::ERR_CERT" not in error.message:
            raise _PassingTroubleError(raised) from None
        raise raised from None
    if response is not None and response.status in {502, 503, 504}:
        raise _PassingTroubleError(None)


async def _open_error(window: Window, address: str, error: PlaywrightError) -> UpstoxError:
    host = urlsplit(address).netloc
    match = re.search(r"net::(ERR_[A-Z0-9_]+)", error.message)
    if match is None:
        return await window.error_of(error)
    reason = in_words(match[1])
    if re.search("PROXY|PROXIES|TUNNEL|SOCKS", match[1]):
        return UpstoxUnavailableError(
            f"The browser's proxy gives no way to {host}: {reason}.",
            code="NETWORK",
            hint=(
                "Check the proxy's address, user name and password in UPSTOX_PROXY, or where "
                "that is not set in HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, or the "
                "--proxy-server of UPSTOX_BROWSER_ARGS."
            ),
        )
    if "CERT" in match[1] or "SSL" in match[1]:
        return UpstoxUnavailableError(
            f"The connection to {host} is not secure: {reason}.",
            code="NETWORK",
            hint="Check the machine's clock, and whether a proxy or an antivirus program answers "
            "in Upstox's place.",
        )
    if match[1] == "ERR_TOO_MANY_REDIRECTS":
        return UpstoxUnavailableError(
            f"{host} redirects in a circle.", code="SERVER_ERROR", step="open"
        )
    return UpstoxUnavailableError(f"{host} cannot be reached: {reason}.", code="NETWORK")
