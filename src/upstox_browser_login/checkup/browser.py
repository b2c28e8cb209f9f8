"""The browser: found, started, of a version that fits."""

from __future__ import annotations

import re

from msgspec import Struct

from upstox_browser_login.browser.find import INSTALL, playwrights_version
from upstox_browser_login.browser.launch import open_browser
from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.settings import Settings

from .check import Check, failed, fine, warned

FAR = 8
"""So many versions of Chromium are half a year and more."""

START_SECONDS = 30.0


class Started(Struct, frozen=True):
    """A browser that has started."""

    version: str
    what: str
    seconds: float


async def start(settings: Settings, clock: Clock) -> Started:
    """Start the browser of a login, and end it again. Raises `BrowserError`."""
    began = clock.monotonic()
    async with open_browser(settings, blocked_hosts=(), timeout=START_SECONDS) as opened:
        what = "another machine's" if opened.chromium is None else str(opened.chromium)
        return Started(opened.version, what, clock.monotonic() - began)


async def check_browser(settings: Settings, clock: Clock) -> Check:
    """Whether the browser of a login starts, and fits the installed Playwright."""
    try:
        started = await start(settings, clock)
    except UpstoxError as error:
        return failed("browser", error)
    return judged(started, playwrights_version())


def judged(started: Started, meant: str | None) -> Check:
    """A browser that starts, beside the version that Playwright was tested with (`meant`)."""
    name = "browser"
    message = f"Chromium {started.version} ({started.what}) starts in {started.seconds:.1f} s."
    own, best = _major(started.version), _major(meant or "")
    if own is None or best is None or abs(own - best) < FAR:
        return fine(name, message)
    older = "older" if own < best else "newer"
    return warned(
        name,
        f"{message} It is {abs(own - best)} versions {older} than Playwright's own, {meant}.",
        f"Run `{INSTALL} --force`, or update " + ("it." if own < best else "Playwright."),
    )


def _major(version: str) -> int | None:
    match = re.match(r"\d+", version)
    return int(match[0]) if match else None
