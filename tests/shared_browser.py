"""One browser for many logins. A start for each would cost as much as the rest of the login.

For tests of what a login does in its browser; those of the browser's start and end, and of what is
left when a login is stopped, have one of their own.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Collection, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from msgspec.structs import replace
from playwright.async_api import Browser, BrowserContext

from upstox_browser_login.browser import launch
from upstox_browser_login.errors import BrowserError
from upstox_browser_login.redaction import redactor
from upstox_browser_login.session import seams
from upstox_browser_login.settings import Settings

BLOCKED = ("callback.invalid",)
"""The redirect URI's host of a replica that was told no other: no such host in this browser."""

LEAN = "--js-flags=--jitless,--single-threaded --in-process-gpu --disable-gpu-compositing"
"""A seventh less of work, by nothing that the replica's page looks at: no script of a login runs
for long enough to be worth compiling, and nobody sees what would be drawn."""


class SharedBrowser:
    """One browser for many logins, on a loop of its own, in place of each one's own."""

    def __init__(self, args: str = "") -> None:
        self.opened: launch.OpenBrowser | None = None
        self._args = f"{LEAN} {args}"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="shared browser")
        self._close = asyncio.Event()
        self._served: Future[None] | None = None
        self._user = threading.local()
        self._drivers: set[psutil.Process] = set()

    def start(self) -> None:
        """Open it."""
        self._thread.start()
        ready = threading.Event()
        self._served = asyncio.run_coroutine_threadsafe(self._serve(ready), self._loop)
        while not ready.wait(0.1):
            if self._served.done():
                self._end()
                self._served.result()

    def stop(self) -> None:
        """Close it."""
        assert self._served is not None
        self._loop.call_soon_threadsafe(self._close.set)
        self._served.result(30)
        self._end()

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def contexts(self) -> list[BrowserContext]:
        """What is open in it."""
        return [] if self.opened is None else self.opened.browser.contexts

    def left_open(
        self, seconds: float = 30.0, *, beside: Collection[BrowserContext] = ()
    ) -> list[BrowserContext]:
        """What logins have left in it `beside` what was there before them.

        A browser that has much to do closes pages late: up to `seconds` are waited for that.
        """
        end = time.monotonic() + seconds
        while (left := [each for each in self.contexts if each not in beside]) and (
            time.monotonic() < end
        ):
            time.sleep(0.05)
        return left

    def processes(self) -> set[int]:
        """The processes that are its own: the driver's, and all below."""
        return {
            process.pid
            for driver in self._drivers
            if driver.is_running()
            for process in [driver, *driver.children(recursive=True)]
        }

    async def _serve(self, ready: threading.Event) -> None:
        settings = Settings(browser_args=self._args)
        before = set(psutil.Process().children())
        async with launch.open_browser(settings, blocked_hosts=BLOCKED, timeout=60) as opened:
            self._drivers = set(psutil.Process().children()) - before
            _draw_less(opened.browser)
            self.opened = replace(opened, shared=True)
            ready.set()
            await self._close.wait()

    def install(self, monkeypatch: pytest.MonkeyPatch, *, always: bool = False) -> None:
        """Let logins use it: `always`, or those that run within `used`."""
        own_run, own_browser = seams.run, launch.open_browser

        def run(work: Coroutine[Any, Any, Any], cancelled: threading.Event | None = None) -> Any:
            # Who may be cancelled is about the end of a browser, or of the login's own thread.
            if cancelled is not None or not (always or getattr(self._user, "shares", False)):
                return own_run(work, cancelled)
            running = asyncio.run_coroutine_threadsafe(work, self._loop)
            try:
                return running.result()
            except BaseException as error:
                running.cancel()
                redactor.error(error)
                raise

        @asynccontextmanager
        async def open_browser(
            settings: Settings, **options: Any
        ) -> AsyncIterator[launch.OpenBrowser]:
            shared = asyncio.get_running_loop() is self._loop and _will_do(settings, **options)
            if shared and self.opened is not None:
                yield self.opened
            else:
                async with own_browser(settings, **options) as opened:
                    yield opened

        monkeypatch.setattr(seams, "run", run)
        monkeypatch.setattr(launch, "open_browser", open_browser)

    @contextmanager
    def used(self) -> Iterator[None]:
        """Within the block this thread's logins use it."""
        self._user.shares = True
        try:
            yield
        finally:
            self._user.shares = False


_open: set[SharedBrowser] = set()


_older: set[psutil.Process] = set()


def count_children_from_now() -> None:
    """Let `children` leave out what runs already: a server may live as long as the session."""
    _older.clear()
    _older.update(psutil.Process().children())


def children() -> list[psutil.Process]:
    """The processes that a test has started and that still run, parents first."""
    shared = {pid for browser in _open for pid in browser.processes()}
    found: list[psutil.Process] = []
    for oldest in set(psutil.Process().children()) - _older:
        with suppress(psutil.NoSuchProcess):
            family = [oldest, *oldest.children(recursive=True)]
            found.extend(each for each in family if each.pid not in shared and _runs(each))
    return found


def _runs(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _draw_less(browser: Browser) -> None:
    """Spare what nobody looks at here, and what costs as much as all else that a login does.

    A spinner does not turn, for a person who wants no motion; and a trace holds no pictures, of
    which there are thirty a login (tests/evidence/test_picture.py and test_headed.py look at them).
    """
    new_context = browser.new_context

    async def quiet_context(**options: Any) -> BrowserContext:
        context = await new_context(**options, reduced_motion="reduce")
        start = context.tracing.start

        async def start_without_pictures(**options: Any) -> None:
            await start(**{**options, "screenshots": False})

        # By its name: mypy takes no assignment to a method that has a narrower signature.
        setattr(context.tracing, "start", start_without_pictures)  # noqa: B010
        return context

    browser.new_context = quiet_context  # type: ignore[method-assign]


def _will_do(settings: Settings, *, blocked_hosts: tuple[str, ...], **_options: Any) -> bool:
    """Whether a login with these settings would have started the like of the shared one."""
    wishes = (
        settings.browser_path,
        settings.browser_channel,
        settings.browser_url,
        settings.browser_args,
    )
    blocks_less = set(blocked_hosts) <= set(BLOCKED)  # nobody else asks for that host
    return blocks_less and not settings.headed and wishes == (None,) * 4


@contextmanager
def one_browser(temporary: Path, args: str = "") -> Iterator[SharedBrowser]:
    """Run one for the length of the block; nothing of it is left afterwards."""
    before = set(psutil.Process().children(recursive=True))
    shared = SharedBrowser(args)
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("UPSTOX_", "XDG_")):
                patch.delenv(name)
        use_temporary(temporary, patch)
        try:
            shared.start()
        except BrowserError as error:
            # On a machine with much to do Chromium itself may crash as it starts, which would fail
            # every test that shares it.
            if error.code != "BROWSER_CRASHED":
                raise
            shared = SharedBrowser(args)
            shared.start()
    _open.add(shared)
    try:
        yield shared
    finally:
        _open.remove(shared)
        shared.stop()
    assert list(temporary.iterdir()) == []
    _, alive = psutil.wait_procs(set(psutil.Process().children(recursive=True)) - before, timeout=5)
    commands = [each for each in map(_command_of, alive) if each]
    # Python's own helper stays until this process ends, once a test has started another Python.
    assert [each for each in commands if "multiprocessing.resource_tracker" not in each] == []


def _command_of(process: psutil.Process) -> str:
    """The command line of a process, empty where it has just ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def use_temporary(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let temporary files of this process and its children lie in `folder`."""
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
