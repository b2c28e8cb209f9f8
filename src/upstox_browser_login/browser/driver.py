"""Playwright's driver, the Node.js process that starts Chromium: its start, and its end.

It sees no `UPSTOX_*` variable and none that loads code into it, keeps its files in a folder of
ours, and is gone with all that it started when `running_driver` ends, however that ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from upstox_browser_login.budget import Budget
from upstox_browser_login.files.environment import typing_environment, without_proxies
from upstox_browser_login.scratch import make_scratch, sweep_scratch

from .nodejs import check_nodejs

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright

logger = logging.getLogger(__name__)


def _core_limit(hard: int) -> int:
    # On Linux a limit of 0 does not stop a core_pattern that pipes to a program; 1 does (core(5)
    # and do_coredump() in the kernel), and is too little for a file as well.
    return 1 if sys.platform == "linux" and hard != 0 else 0


_starting: ContextVar[Driver | None] = ContextVar("starting", default=None)
_patching = threading.Lock()


def _watch_driver_starts() -> None:
    """Let a `Driver` choose the environment of the Node.js process, and know that process.

    Playwright starts its driver with `os.environ` and offers no say in it. Changing `os.environ`
    for that moment would pull settings from under other threads, and an own transport would have
    to be written anew for every version. So the two functions that matter are wrapped, once; a
    context variable makes the wrapping inert for anybody else's Playwright in this process.
    A `Driver` connects first, for the process; Playwright itself connects later, and is given that.
    """
    with _patching:
        module = _transport_module()
        if module is None:
            logger.warning("This Playwright is unknown: its driver sees the UPSTOX_* variables.")
            return
        if getattr(module, "_upstox_browser_login", False):
            return
        get_env, connect = module.get_driver_env, module.PipeTransport.connect

        def get_driver_env() -> dict[str, str]:
            driver = _starting.get()
            env: dict[str, str] = get_env()
            return env if driver is None else driver.environment(env)

        async def connect_and_tell(transport: Any) -> None:
            driver = _starting.get()
            if driver is None:
                await connect(transport)
                return
            first, driver.transport = driver.transport, transport
            if first is None:
                await connect(transport)
                driver.has_spawned()
                return
            # The process that is there already, and whatever else `connect` has set of it.
            known = vars(transport)
            known.update({name: each for name, each in vars(first).items() if name not in known})

        module.get_driver_env, module.PipeTransport.connect = get_driver_env, connect_and_tell
        # A mark of our own on somebody else's module.
        module._upstox_browser_login = True  # noqa: SLF001


def _keep_playwright_quiet() -> None:
    """Let Playwright's half in this process print nothing of what is typed.

    Where DEBUG or DEBUGP ask for it, it prints each message to its driver, past every redaction.
    """
    if os.environ.pop("DEBUGP", None) is not None:
        logger.warning("DEBUGP is not obeyed: Playwright would print the PIN.")
    with contextlib.suppress(ImportError, AttributeError):
        module = importlib.import_module("playwright._impl.utils.debug_logger")
        if module.debug_logger.is_enabled("channel"):
            logger.warning("DEBUG is not obeyed for Playwright's messages: they hold the PIN.")
            module.debug_logger._skips.append(re.compile("pw:channel$"))  # noqa: SLF001


def _transport_module() -> Any:
    # The name since 1.6x, then the one before.
    for name in ("playwright._impl.transport", "playwright._impl._transport"):
        with contextlib.suppress(ImportError):
            module = importlib.import_module(name)
            if hasattr(module, "get_driver_env") and hasattr(module, "PipeTransport"):
                return module
    return None


def ignored_signals() -> set[str]:
    """Name the signals that this process was told to ignore, as by `nohup` or a shell's `&`.

    They are sent to a whole group of processes, so driver and browser have to ignore them too.
    """
    numbers = {name: getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP")}
    return {
        name
        for name, number in numbers.items()
        if number is not None and signal.getsignal(number) is signal.SIG_IGN
    }


_YOUNG = "--max-semi-space-size=1"
"""MiB for objects that are new to Node.js, in place of 16: a login makes few that live on."""

_HEAP = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}
"""One heap in place of one a thread, whose large pieces go back to the system at once.

Both thresholds are glibc's own at its start, in bytes; once set, they no longer grow with each
large piece that is freed. Source: mallopt(3). Other libraries of C do not know these names.
"""

_ALONE = "--v8-pool-size=0"
"""No threads that help Node.js to compile and to clear away: a login is over before they pay."""


async def _start_playwright() -> Playwright:
    """Start the process, and read Playwright's own code while it gets ready."""
    module = _transport_module()
    if module is not None:
        # Playwright's own transport takes this process over: see `_watch_driver_starts`.
        await module.PipeTransport(asyncio.get_running_loop()).connect()
        # In a thread: others of the loop wait for the process alone.
        await asyncio.to_thread(importlib.import_module, "playwright.async_api")
    from playwright.async_api import async_playwright

    return await async_playwright().start()


class Driver:
    """Playwright's Node.js process, and what it started."""

    def __init__(
        self,
        compiled: Path | None = None,
        meanwhile: Callable[[], object] | None = None,
        *,
        own_proxy: bool = False,
    ) -> None:
        self._compiled = compiled
        self._own_proxy = own_proxy
        self.meanwhile = meanwhile
        # Traces and profiles pass through here. If the driver is killed it cannot clean up, and a
        # trace holds what was typed.
        try:
            self._folder = make_scratch()
        except OSError as error:
            from .failures import no_folder_for_driver

            raise no_folder_for_driver(error) from None
        self._start: asyncio.Task[Playwright] | None = None
        self.spawned = asyncio.Event()
        """Whether there is a process."""
        self.transport: Any = None
        self.browser: Browser | None = None
        self.browser_pid: int | None = None
        self.finding_pid: asyncio.Task[None] | None = None

    def has_spawned(self) -> None:
        """Note that the process has started; it answers about half a second later."""
        self.spawned.set()
        if self.meanwhile is not None:
            self.meanwhile()

    def environment(self, env: Mapping[str, str]) -> dict[str, str]:
        """Choose what the Node.js process is to see of `env`."""
        folder = str(self._folder)
        env = without_proxies(env) if self._own_proxy else env
        chosen = {**typing_environment(env), "TMPDIR": folder, "TEMP": folder, "TMP": folder}
        chosen |= _HEAP
        if self._compiled is not None:
            # Only our own folder: Node.js runs compiled code from it without any check.
            chosen["NODE_COMPILE_CACHE"] = str(self._compiled)
        options = [_YOUNG, _ALONE]
        if signals := ignored_signals():
            # Node.js resets ignored signals at its start; an empty handler ignores them again.
            code = "".join(f"process.on('{name}',()=>{{}});" for name in signals)
            options.append(f"--import=data:text/javascript,{quote(code)}")
        chosen["NODE_OPTIONS"] = " ".join(options)
        return chosen

    async def begin(self) -> None:
        """Start the process, which is ready when `started` says so.

        Raises `ConfigurationError` for a Node.js of the environment that is not to be trusted.
        """
        check_nodejs()
        _watch_driver_starts()
        _keep_playwright_quiet()
        token = _starting.set(self)
        try:
            # A task of its own: cancelled half-way, Playwright would lose sight of its process.
            self._start = asyncio.create_task(_start_playwright())
        finally:
            _starting.reset(token)
        # Every driver sweeps: logins without a trace must remove what killed ones left, too.
        await asyncio.to_thread(sweep_scratch)

    async def started(self, seconds: float) -> Playwright:
        """Wait until it is ready. Raises `BrowserError` BROWSER_CRASHED."""
        from .failures import driver_failed, short

        start = self._begun
        await asyncio.wait({start}, timeout=seconds)
        if not start.done():
            raise driver_failed(f"did not start within {seconds:.0f} s")
        try:
            playwright = start.result()
        except Exception as error:  # noqa: BLE001  (Playwright raises it bare)
            raise driver_failed(f"did not start: {short(str(error))}") from None
        self._no_core_dumps()
        lost: asyncio.Future[None] | None = getattr(self.transport, "on_error_future", None)
        if lost is not None:
            lost.add_done_callback(lambda _: self._tell_of_its_end())
        return playwright

    async def is_spawned(self) -> None:
        """Wait until the process has started or has failed to start."""
        spawning = asyncio.ensure_future(self.spawned.wait())
        await asyncio.wait({spawning, self._begun}, return_when=asyncio.FIRST_COMPLETED)
        spawning.cancel()

    @property
    def _begun(self) -> asyncio.Task[Playwright]:
        assert self._start is not None  # noqa: S101  (nobody asks before `begin`)
        return self._start

    @property
    def _process(self) -> asyncio.subprocess.Process | None:
        return getattr(self.transport, "_proc", None)

    @property
    def _transport(self) -> asyncio.SubprocessTransport | None:
        return getattr(self._process, "_transport", None)

    def launched_pid(self) -> int | None:
        """The process of the browser that it has launched, where the system is Linux and tells.

        Playwright makes each launch a process group of its own. A child that leads none is
        something else: Node.js itself, where PLAYWRIGHT_NODEJS_PATH names a script that waits for
        it.
        """
        if sys.platform != "linux" or self._process is None:
            return None
        pid = self._process.pid
        # One that has ended meanwhile has no group.
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
            if len(told) == 1 and os.getpgid(int(told[0])) == int(told[0]):
                return int(told[0])
        return None

    def _no_core_dumps(self) -> None:
        if sys.platform == "linux" and self._process is not None:
            import resource

            with contextlib.suppress(OSError, ValueError):
                _, hard = resource.prlimit(self._process.pid, resource.RLIMIT_CORE)
                limits = (_core_limit(hard), hard)
                resource.prlimit(self._process.pid, resource.RLIMIT_CORE, limits)

    def _tell_of_its_end(self) -> None:
        """Let browser and pages say that they are closed, as they do where a browser ends.

        Where its driver ends Playwright tells nobody, and a login would wait until its limit.
        """
        if self.browser is None:
            return
        with contextlib.suppress(AttributeError):
            # Playwright has no public call for this; it does the same where a server goes away.
            browser: Any = self.browser._impl_obj  # noqa: SLF001
            browser._is_connected = False  # noqa: SLF001
            for context in self.browser.contexts:
                for page in context.pages:
                    page._impl_obj.emit("close", page._impl_obj)  # noqa: SLF001
            browser.emit("disconnected", browser)

    async def was_lost(self, error: Exception) -> bool:
        """Tell whether the cause of `error` is that the driver or the browser ended by itself."""
        # Calls under way fail a moment before Playwright notices that the process has ended.
        tries = 20 if "closed" in str(error) else 1
        for _ in range(tries):
            process = self._process
            if process is not None and process.returncode is not None:
                return True
            if self.browser is not None and not self.browser.is_connected():
                return True
            await asyncio.sleep(0.01)
        return False

    async def stop(self, budget: Budget) -> None:
        """End the driver and what it started, within `budget`. A page can keep the driver busy."""
        work = asyncio.create_task(self._stop_gently())
        try:
            await asyncio.wait({work}, timeout=budget.closing)
            if not self._ended_gently(work):
                self._kill_browser()
                if self._transport is not None:
                    from upstox_browser_login.programs import killed  # few drivers need it

                    await killed(self._transport, budget.left)
                await asyncio.wait({work}, timeout=budget.left)
                work.cancel()
        finally:
            # Also when the whole event loop is being torn down (a second Ctrl-C).
            if not self._ended_gently(work):
                self._kill_without_loop(budget)
            self._forget_errors()
            self._remove_folder(budget)

    def _remove_folder(self, budget: Budget) -> None:
        """Remove the folder, again and again: a dying Chromium may still write into it."""
        while True:
            shutil.rmtree(self._folder, ignore_errors=True)
            if not self._folder.exists() or not budget.left:
                return
            # Not `asyncio.sleep`: the loop may be closing.
            time.sleep(0.02)

    def _ended_gently(self, work: asyncio.Task[None]) -> bool:
        return work.done() and (self._process is None or self._process.returncode == 0)

    async def _stop_gently(self) -> None:
        if self._start is None:
            return
        await asyncio.wait({self._start})
        if self._start.cancelled() or self._start.exception() is not None:
            return
        from playwright.async_api import Error

        if self.finding_pid is not None:
            self.finding_pid.cancel()
        if self.browser is not None:
            with contextlib.suppress(Error):
                await self.browser.close()
        await self._start.result().stop()

    def _kill_browser(self) -> None:
        logger.debug("The browser did not close by itself; killing it.")
        if self.browser_pid is not None:
            _kill_group(self.browser_pid)

    def _kill_without_loop(self, budget: Budget) -> None:
        """Kill where asyncio may not get to know of it: it would complain of the process later."""
        self._kill_browser()
        if self._transport is None or self._transport.get_returncode() is not None:
            return
        self._transport.close()  # kills as well
        with contextlib.suppress(Exception):
            _reap(self._transport.get_extra_info("subprocess"), budget.left)

    def _forget_errors(self) -> None:
        """Retrieve an exception that Playwright does not, which asyncio would report on stderr."""
        future: asyncio.Future[None] | None = getattr(self.transport, "on_error_future", None)
        if future is not None and future.done() and not future.cancelled():
            future.exception()


def _reap(killed: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait for a killed process to end: here for `seconds`, afterwards in a daemon thread.

    Otherwise it would stay as a zombie for as long as this process lives.
    """
    try:
        killed.wait(seconds)
    except subprocess.TimeoutExpired:
        threading.Thread(target=killed.wait, daemon=True).start()


def _kill_group(pid: int) -> None:
    """Kill a Chromium and its children. Playwright makes each launch a process group of its own."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            os.kill(pid, signal.SIGTERM)  # TerminateProcess; the children follow
        elif os.getpgid(pid) != os.getpgrp():
            os.killpg(os.getpgid(pid), signal.SIGKILL)


async def _to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Finish `work` even if cancelled meanwhile, and raise the cancellation afterwards."""
    task = asyncio.create_task(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    task.result()
    if cancelled is not None:
        raise cancelled


_early: list[tuple[asyncio.AbstractEventLoop, Driver]] = []
"""A driver that nobody has asked for yet, and the loop that it belongs to."""


@asynccontextmanager
async def early_driver(compiled: Path | None) -> AsyncIterator[None]:
    """Start a driver before it is asked for: the loop's next `running_driver` takes it over.

    The block begins once the process has started or has failed to start; `running_driver` then
    raises the failure. A driver that was not taken over ends with the block.
    """
    mine = None
    try:
        try:
            mine = asyncio.get_running_loop(), Driver(compiled)
            _early.append(mine)
            await mine[1].begin()
            await mine[1].is_spawned()
        except Exception as error:  # noqa: BLE001  (whatever it is, it will be met again)
            logger.debug("No driver was started early: %s", type(error).__name__)
        yield
    finally:
        if mine is not None and mine in _early:
            _early.remove(mine)
            await _to_the_end(mine[1].stop(Budget.from_now()))


def _taken_over() -> Driver | None:
    for each in _early:
        if each[0] is asyncio.get_running_loop() and each[1].spawned.is_set():
            _early.remove(each)
            return each[1]
    return None


@asynccontextmanager
async def running_driver(
    seconds: float,
    compiled: Path | None = None,
    meanwhile: Callable[[], object] | None = None,
    *,
    own_proxy: bool = False,
    closing: Callable[[], Budget] = Budget.from_now,
) -> AsyncIterator[tuple[Driver, Playwright]]:
    """Run the driver for the length of the block. Raises `BrowserError` BROWSER_CRASHED.

    `compiled` is where Node.js keeps what it has compiled of the driver. `meanwhile` is called once
    its process was started, and has half a second before that answers. With `own_proxy` it sees no
    proxy of the environment. `closing` is asked, when the block ends, how long its end may take.
    """
    early = _taken_over()
    driver = early or Driver(compiled, meanwhile, own_proxy=own_proxy)
    try:
        if early is None:
            await driver.begin()
        elif meanwhile is not None:
            meanwhile()
        yield driver, await driver.started(seconds)
    finally:
        await _to_the_end(driver.stop(closing()))
