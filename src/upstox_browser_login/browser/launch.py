"""Launch or connect to a Chromium, and leave nothing of it behind.

Two processes are started: Playwright's driver (Node.js) and, by the driver, Chromium. Neither sees
a `UPSTOX_*` variable or one that loads code into it, neither has a secret on its command line, and
both are gone when `open_browser` ends, however it ends.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from upstox_browser_login.budget import Budget
from upstox_browser_login.errors import BrowserError
from upstox_browser_login.settings import Settings
from upstox_browser_login.settings.addresses import CDP
from upstox_browser_login.settings.headers import read_headers

from .arguments import WayOut, arguments, browser_environment
from .compiled import compiled_folder
from .driver import Driver, ignored_signals, running_driver
from .failures import connect_error, launch_error, lost, no_display
from .find import Chromium, choices

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright

logger = logging.getLogger(__name__)


PID_SECONDS = 10.0
"""How long a browser may take to tell which process it is."""


class OpenBrowser(Struct, frozen=True):
    """A browser that is ready. Make a new context in it: the default one may be somebody's own.

    `chromium` is None and `sandbox` False where the browser is `remote`, since nobody here knows.
    A remote browser was not started by us, so `blocked_hosts` does not hold in it. On a
    `playwright_server` it is driven by a Playwright there: what that one writes to a disk, such as
    its traces, is out of our reach.
    """

    browser: Browser
    chromium: Chromium | None
    version: str
    sandbox: bool
    remote: bool
    playwright_server: bool = False
    shared: bool = False
    """Whether it lives on after the login: contexts in it must be closed one by one."""


@asynccontextmanager
async def open_browser(
    settings: Settings,
    *,
    blocked_hosts: Sequence[str] = (),
    timeout: float,
    headed: bool | None = None,
    chromium: Chromium | None = None,
    meanwhile: Callable[[], object] | None = None,
    closing: Callable[[], Budget] = Budget.from_now,
) -> AsyncIterator[OpenBrowser]:
    """Open a browser for the length of the block; afterwards none of its processes is left.

    `timeout` is in seconds and covers all until the browser is ready. `blocked_hosts` ("host" or
    "host:port") cannot be reached from a browser that is launched here, proxy or not. `headed` is
    by default `settings.headed`; `chromium` launches that one instead of the first that fits.
    `meanwhile` is called while the driver starts, which takes half a second. `closing` is asked,
    when the block ends, how long its end may take.

    Raises `BrowserError` (BROWSER_MISSING, BROWSER_CRASHED, BROWSER_UNREACHABLE), and
    `ConfigurationError` for a UPSTOX_BROWSER_ARGS that cannot work, and for a window where there
    is no display.
    """
    deadline = time.monotonic() + timeout
    own_proxy = settings.proxy is not None
    headed = settings.headed if headed is None else headed
    launch = _Launch(
        choices=[],
        headed=headed,
        args=arguments(settings, blocked_hosts, pictures=headed),
        env=browser_environment(blocked_hosts, own_proxy=own_proxy),
        way_out=WayOut.of(settings),
        deadline=deadline,
    )
    elsewhere = None if chromium is not None else Elsewhere.of(settings)
    if elsewhere is None:
        launch.choices += [chromium] if chromium else choices(settings, headed=headed)
        _require_display(headed=headed)
    compiled = compiled_folder(settings.state_dir)
    async with running_driver(
        timeout, compiled, meanwhile, own_proxy=own_proxy, closing=closing
    ) as (driver, playwright):
        if elsewhere is not None:
            opened = await _connect(driver, playwright, elsewhere, deadline)
        else:
            opened = await launch.first_that_runs(driver, playwright)
        from playwright.async_api import Error

        try:
            yield opened
        except Exception as error:
            # Whatever was being done, this is the reason that it failed. (Of a driver that died
            # older Playwrights tell by a bare Exception.)
            theirs = isinstance(error, Error) or "reading from the driver" in str(error)
            if theirs and await driver.was_lost(error):
                raise lost(opened.chromium, error) from None
            raise


def _require_display(*, headed: bool) -> None:
    if headed and sys.platform == "linux":
        if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            return
        raise no_display()


def _milliseconds(deadline: float) -> float:
    # Playwright takes 0 for "no limit".
    return max(1.0, (deadline - time.monotonic()) * 1000)


SWITCHED_BACK = ["--disable-ipc-flooding-protection"]
"""Arguments of Playwright's that are left out.

Without Chromium's protection from floods a page that changes its address ten thousand times a
second keeps the driver and this process busy beyond a login's limit.
"""


class _Launch(Struct):
    """One wish for a browser of our own."""

    choices: list[Chromium]
    headed: bool
    args: list[str]
    env: dict[str, str]
    way_out: WayOut | None
    deadline: float
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.seconds = self.deadline - time.monotonic()

    async def first_that_runs(self, driver: Driver, playwright: Playwright) -> OpenBrowser:
        """Launch the best choice; one that cannot be run on this machine gives way to the next."""
        failure: BrowserError | None = None
        for chromium in self.choices:
            try:
                return await self._launch(driver, playwright, chromium)
            except BrowserError as error:
                if error.code != "BROWSER_MISSING":
                    raise
                logger.debug("%s", error.message)
                failure = failure or error
        assert failure is not None  # noqa: S101  (`choices` returns at least one)
        raise failure

    async def _launch(
        self, driver: Driver, playwright: Playwright, chromium: Chromium
    ) -> OpenBrowser:
        from playwright.async_api import Error

        sandbox = not _is_root()
        if not sandbox:
            _warn_of_root()
        ignored = ignored_signals()
        while True:
            try:
                driver.browser = browser = await playwright.chromium.launch(
                    executable_path=chromium.path,
                    channel=chromium.channel,
                    args=self.args,
                    ignore_default_args=SWITCHED_BACK,
                    env=dict(self.env),
                    proxy=None if self.way_out is None else self.way_out.for_playwright,
                    headless=not self.headed,
                    chromium_sandbox=sandbox,
                    timeout=_milliseconds(self.deadline),
                    # A Ctrl-C reaches the driver too, which would exit before we have said
                    # good-bye. SIGTERM and SIGHUP it may answer: a whole service is being stopped.
                    # Not where we ignore them, or the login would go on without its browser.
                    handle_sigint=False,
                    handle_sigterm="SIGTERM" not in ignored,
                    handle_sighup="SIGHUP" not in ignored,
                )
            except Error as error:
                if sandbox and _is_sandbox_trouble(str(error)):
                    sandbox = False
                    _warn_of_no_sandbox()
                    continue
                raise launch_error(chromium, error, self.seconds) from None
            # Not waited for: it is asked only where the browser has to be killed.
            driver.finding_pid = asyncio.create_task(_find_pid(driver, browser))
            logger.debug(
                "%s %s (%s), sandbox %s", chromium.kind, browser.version, chromium, sandbox
            )
            chromium = replace(chromium, version=browser.version)
            return OpenBrowser(browser, chromium, browser.version, sandbox, remote=False)


def _is_root() -> bool:
    # Chromium refuses its sandbox to root on Linux.
    return sys.platform == "linux" and os.geteuid() == 0


_SANDBOX_TROUBLE = re.compile(
    r"sandboxing failed|No usable sandbox|without --no-sandbox|Failed to move to new namespace|"
    r"SUID sandbox helper|"
    # FATAL only: a Chromium that goes on may print lines of zygote_host_impl as well.
    r"FATAL:\S*(setuid_sandbox_host|zygote_host_impl|namespace_sandbox|credentials\.cc)"
)
"""What Playwright and Chromium say of a sandbox that this machine does not allow.

Source: content/browser/zygote_host and sandbox/linux in Chromium's code, and people's reports.
"""


def _is_sandbox_trouble(message: str) -> bool:
    return _SANDBOX_TROUBLE.search(message) is not None


@cache
def _warn_of_no_sandbox() -> None:
    """Say it once a process."""
    logger.warning(
        "Chromium's sandbox cannot be used here (no user namespaces for this user); the login "
        "page is opened without it."
    )


@cache
def _warn_of_root() -> None:
    """Say it once a process."""
    logger.warning(
        "This runs as root, to whom Chromium gives no sandbox; the login page is opened without "
        "it. Run it as an ordinary user."
    )


async def _find_pid(driver: Driver, browser: Browser) -> None:
    """Find out which process Chromium is, to be able to kill it.

    Linux is asked first, since Chromium is busy with the page. Where Linux does not tell, Chromium
    itself is asked.
    """
    from playwright.async_api import Error

    driver.browser_pid = driver.launched_pid()
    if driver.browser_pid is not None:
        return
    with suppress(Error, TimeoutError, LookupError):
        async with asyncio.timeout(PID_SECONDS):
            session = await browser.new_browser_cdp_session()
            processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
        driver.browser_pid = next(
            (each["id"] for each in processes if each["type"] == "browser"), None
        )


class Elsewhere(Struct, frozen=True):
    """A browser of `UPSTOX_BROWSER_URL`, as Playwright is told of it."""

    url: str
    headers: dict[str, str]
    server: bool
    """Whether a Playwright server is there, and not the browser itself."""

    @classmethod
    def of(cls, settings: Settings) -> Elsewhere | None:
        """Nothing where a browser is launched here."""
        if settings.browser_url is None:
            return None
        url = settings.browser_url.get_secret_value()
        given = settings.browser_headers
        headers = {} if given is None else read_headers(given.get_secret_value())
        scheme = urlsplit(url).scheme
        return cls(
            url.removeprefix("cdp+") if scheme in CDP else url, headers, scheme in {"ws", "wss"}
        )


async def _connect(
    driver: Driver, playwright: Playwright, elsewhere: Elsewhere, deadline: float
) -> OpenBrowser:
    from playwright.async_api import Error

    seconds = deadline - time.monotonic()
    chromium = playwright.chromium
    connect = chromium.connect if elsewhere.server else chromium.connect_over_cdp
    try:
        driver.browser = browser = await connect(
            elsewhere.url,
            timeout=_milliseconds(deadline),
            headers=elsewhere.headers or None,  # older Playwrights refuse an empty one
        )
    except Error as error:
        raise connect_error(elsewhere.url, error, seconds) from None
    return OpenBrowser(
        browser,
        None,
        browser.version,
        sandbox=False,
        remote=True,
        playwright_server=elsewhere.server,
        shared=True,
    )
