"""Find, launch, or connect to a Chromium, and leave nothing of it behind.

Two processes are started: Playwright's driver (Node.js) and, by the driver, Chromium. Neither sees
a `UPSTOX_*` variable, neither has a secret on its command line, and both are gone when
`open_browser` ends, however it ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import importlib.util
import json
import logging
import os
import re
import shlex
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from upstox_browser_login.errors import BrowserError, ConfigurationError
from upstox_browser_login.redaction import redactor
from upstox_browser_login.settings import PREFIX, Settings

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright

logger = logging.getLogger(__name__)

CLOSE_SECONDS = 5.0
"""How long a browser and its driver may take to close before they are killed."""

INSTALL = "upstox-browser-login install-browser"

ARGUMENTS = (
    "--disable-crash-reporter",
    "--disable-domain-reliability",
    "--no-pings",
)
"""What Playwright does not pass by itself. `--disable-breakpad`, `--no-first-run`,
`--disable-background-networking`, `--disable-dev-shm-usage` and many more it does."""

_OURS_ALONE = ("--user-data-dir", "--remote-debugging-pipe")


@dataclass(frozen=True)
class Chromium:
    """A Chromium on this machine: a file, or a channel that Playwright knows the place of.

    `kind` is one of "setting", "playwright headless shell", "playwright chromium", "system
    headless shell", "system chromium", "Google Chrome", "Microsoft Edge", "channel". `version` is
    known once it has been launched.
    """

    path: Path | None
    channel: str | None
    kind: str
    version: str | None = None

    def __str__(self) -> str:
        return f"channel {self.channel}" if self.path is None else str(self.path)


@dataclass(frozen=True)
class OpenBrowser:
    """A browser that is ready. Make a new context in it: the default one may be somebody's own.

    `chromium` is None and `sandbox` False where the browser is `remote`, since nobody here knows.
    A remote browser was not started by us, so `blocked_hosts` does not hold in it.
    """

    browser: Browser
    chromium: Chromium | None
    version: str
    sandbox: bool
    remote: bool


# --- finding ---------------------------------------------------------------------------------


def _runnable(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK) and not _is_snap_stub(path)


def _is_snap_stub(path: Path) -> bool:
    """Whether `path` is Ubuntu's script that only tells people to install a snap."""
    if path.stat().st_size > 10_000:
        return False
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return False
    return "/snap/bin/chromium" in text and not os.access("/snap/bin/chromium", os.X_OK)


@dataclass(frozen=True)
class Machine:
    """Where this machine keeps its programs; tests describe another."""

    platform: str = sys.platform
    env: Mapping[str, str] = field(default_factory=lambda: os.environ)
    which: Callable[[str], str | None] = shutil.which
    runnable: Callable[[Path], bool] = _runnable
    home: Path = field(default_factory=Path.home)

    def on_path(self, names: Sequence[str]) -> Iterator[Path]:
        """Find the programs of these names on PATH."""
        for name in names:
            found = self.which(name)
            if found is not None and self.runnable(Path(found)):
                yield Path(found)

    def first_of(self, paths: Sequence[Path]) -> Iterator[Path]:
        """Pick those of these files that can be run."""
        return (path for path in paths if self.runnable(path))


def candidates(
    settings: Settings, *, headed: bool | None = None, machine: Machine | None = None
) -> Iterator[Chromium]:
    """Every Chromium that fits, best first.

    A setting leaves no other choice. Otherwise a headless shell comes before a full browser, for
    it starts in half the time, and Playwright's own before the system's, for it is of the version
    that this Playwright was tested with. `headed` (by default `settings.headed`) needs a full one.
    """
    machine = machine or Machine()
    if settings.browser_path is not None:
        path = _path_of_setting(settings.browser_path, machine)
        if path is not None:
            yield Chromium(path, None, "setting")
        return
    if settings.browser_channel:
        yield Chromium(None, settings.browser_channel, "channel")
        return
    seen = set()
    for chromium in _found(machine, headed=settings.headed if headed is None else headed):
        if chromium.path not in seen:
            seen.add(chromium.path)
            yield chromium


def _found(machine: Machine, *, headed: bool) -> Iterator[Chromium]:
    if not headed:
        for path in _playwrights_own("chromium-headless-shell", machine):
            yield Chromium(path, None, "playwright headless shell")
        for path in _system_headless_shells(machine):
            yield Chromium(path, None, "system headless shell")
    for path in _playwrights_own("chromium", machine):
        yield Chromium(path, None, "playwright chromium")
    for kind, path in _system_browsers(machine):
        yield Chromium(path, None, kind)


def _path_of_setting(path: Path, machine: Machine) -> Path | None:
    path = path.expanduser()
    if machine.runnable(path):
        return path
    # A bare name, as people write it: `chromium`.
    return next(machine.on_path([str(path)]), None) if len(path.parts) == 1 else None


def _package_folder() -> Path | None:
    """Find the driver's package inside the installed Playwright, without importing that."""
    spec = importlib.util.find_spec("playwright")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "driver" / "package"


def _browsers_folder(machine: Machine) -> Path | None:
    """Where Playwright puts the browsers that it downloads (`registryDirectory` in its source)."""
    chosen = machine.env.get("PLAYWRIGHT_BROWSERS_PATH", "")
    if chosen == "0":
        package = _package_folder()
        return None if package is None else package / ".local-browsers"
    if chosen:
        return Path(machine.env.get("INIT_CWD") or Path.cwd()) / chosen
    if machine.platform == "darwin":
        cache_folder = machine.home / "Library" / "Caches"
    elif machine.platform == "win32":
        local = machine.env.get("LOCALAPPDATA")
        cache_folder = Path(local) if local else machine.home / "AppData" / "Local"
    else:
        cache_folder = Path(machine.env.get("XDG_CACHE_HOME") or machine.home / ".cache")
    return cache_folder / "ms-playwright"


_IN_FOLDER = {
    # The newer name of each, then those of older Playwrights.
    "chromium-headless-shell": (
        "*/chrome-headless-shell",
        "*/chrome-headless-shell.exe",
        "*/headless_shell",
        "*/headless_shell.exe",
    ),
    "chromium": (
        "*/chrome",
        "*/chrome.exe",
        "*/*.app/Contents/MacOS/Google Chrome for Testing",
        "*/*.app/Contents/MacOS/Chromium",
    ),
}


def _playwrights_own(name: str, machine: Machine) -> Iterator[Path]:
    """Find what `playwright install` has put into its folder, of the revision it needs now.

    Read from Playwright's own list: its API tells only of the full Chromium, and only after the
    driver has been started.
    """
    folder = _browsers_folder(machine)
    if folder is None:
        return
    for revision in _revisions(name):
        home = folder / f"{name.replace('-', '_')}-{revision}"
        if not (home / "INSTALLATION_COMPLETE").exists():
            continue
        for pattern in _IN_FOLDER[name]:
            yield from machine.first_of(sorted(home.glob(pattern)))


@cache
def _revisions(name: str) -> tuple[str, ...]:
    package = _package_folder()
    if package is None:
        return ()
    try:
        listed = json.loads((package / "browsers.json").read_text("utf-8"))["browsers"]
        entry = next(each for each in listed if each["name"] == name)
        return (entry["revision"], *entry.get("revisionOverrides", {}).values())
    except (OSError, ValueError, LookupError, TypeError, StopIteration):
        logger.debug("Playwright's list of browsers cannot be read.")
        return ()


def _system_headless_shells(machine: Machine) -> Iterator[Path]:
    yield from machine.on_path(
        ("chromium-headless-shell", "headless_shell", "chrome-headless-shell")
    )
    if machine.platform.startswith("linux"):
        # Fedora's `chromium-headless` puts nothing on PATH.
        yield from machine.first_of(
            [
                Path(lib) / "chromium-browser" / "headless_shell"
                for lib in ("/usr/lib64", "/usr/lib")
            ]
        )


_LINUX = (
    ("system chromium", ("chromium", "chromium-browser"), "/snap/bin/chromium"),
    ("Google Chrome", ("google-chrome-stable", "google-chrome"), "/opt/google/chrome/chrome"),
    (
        "Microsoft Edge",
        ("microsoft-edge-stable", "microsoft-edge"),
        "/opt/microsoft/msedge/msedge",
    ),
)
_MAC = (
    ("system chromium", "Chromium"),
    ("Google Chrome", "Google Chrome"),
    ("Microsoft Edge", "Microsoft Edge"),
)
_WINDOWS = (
    ("system chromium", "Chromium/Application/chrome.exe"),
    ("Google Chrome", "Google/Chrome/Application/chrome.exe"),
    ("Microsoft Edge", "Microsoft/Edge/Application/msedge.exe"),
)


def _system_browsers(machine: Machine) -> Iterator[tuple[str, Path]]:
    if machine.platform == "darwin":
        for kind, name in _MAC:
            inside = Path("Applications", f"{name}.app", "Contents", "MacOS", name)
            for path in machine.first_of([Path("/") / inside, machine.home / inside]):
                yield kind, path
    elif machine.platform == "win32":
        variables = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        folders = [Path(machine.env[name]) for name in variables if machine.env.get(name)]
        for kind, inside_windows in _WINDOWS:
            for path in machine.first_of([folder / inside_windows for folder in folders]):
                yield kind, path
    else:
        for kind, names, place in _LINUX:
            for path in (*machine.on_path(names), *machine.first_of([Path(place)])):
                yield kind, path


def find_chromium(
    settings: Settings, *, headed: bool | None = None, machine: Machine | None = None
) -> Chromium:
    """Find the Chromium that `open_browser` tries first.

    Raises `BrowserError` BROWSER_MISSING.
    """
    return _choices(settings, headed=headed, machine=machine)[0]


def _choices(
    settings: Settings, *, headed: bool | None, machine: Machine | None = None
) -> list[Chromium]:
    """List all candidates. Raises `BrowserError` BROWSER_MISSING where there is none."""
    headed = settings.headed if headed is None else headed
    found = list(candidates(settings, headed=headed, machine=machine))
    if not found:
        raise _missing(settings, headed=headed, machine=machine)
    path = found[0].path
    if headed and settings.browser_path is not None and path and _is_headless_shell(path):
        raise BrowserError(
            f"UPSTOX_BROWSER_PATH names {path}, a headless shell, which cannot show a window.",
            code="BROWSER_MISSING",
            hint="Name a full Chromium there, or leave UPSTOX_HEADED out.",
        )
    return found


def _is_headless_shell(path: Path) -> bool:
    return re.search(r"headless[-_]shell", path.name) is not None


def _missing(settings: Settings, *, headed: bool, machine: Machine | None) -> BrowserError:
    if settings.browser_path is not None:
        path = settings.browser_path.expanduser()
        what = "is not a program that can be run" if path.exists() else "does not exist"
        return BrowserError(
            f"UPSTOX_BROWSER_PATH names {path}, which {what}.",
            code="BROWSER_MISSING",
            hint=f"Correct UPSTOX_BROWSER_PATH, or leave it out and run `{INSTALL}`.",
        )
    if not headed:
        return BrowserError(
            "No Chromium was found on this machine.",
            code="BROWSER_MISSING",
            hint=f"Run `{INSTALL}`.",
        )
    shell = next(candidates(settings, headed=False, machine=machine), None)
    only = f" ({shell} is a headless shell)" if shell else ""
    return BrowserError(
        f"No Chromium that can show a window was found on this machine{only}.",
        code="BROWSER_MISSING",
        hint=f"Run `{INSTALL} --headed`, or leave UPSTOX_HEADED out.",
    )


# --- arguments and environment ---------------------------------------------------------------


def arguments(settings: Settings, blocked_hosts: Sequence[str] = ()) -> list[str]:
    """Collect what Chromium is given on its command line, on top of Playwright's own.

    `blocked_hosts` are "host" or "host:port". Raises `ConfigurationError` for a
    UPSTOX_BROWSER_ARGS that cannot work, `ValueError` for a host that is none.
    """
    users = shlex.split(settings.browser_args or "")
    for argument in users:
        if not argument.startswith("-") or argument.startswith(_OURS_ALONE):
            raise ConfigurationError(
                "UPSTOX_BROWSER_ARGS: only options are possible there, and neither "
                f"{' nor '.join(_OURS_ALONE)}."
            )
    hosts = [_spelled_for_chromium(host) for host in blocked_hosts]
    if not hosts:
        return [*ARGUMENTS, *users]
    rules = [f"MAP {host} ~NOTFOUND" for host in hosts]
    # Of a repeated switch Chromium takes the last: the user's would undo ours, so they are joined.
    users = _joined(users, "--host-resolver-rules", rules, ",")
    if any(argument.startswith("--proxy-server=") for argument in users):
        # A proxy resolves names itself, and would be told of the host: go directly, to nowhere.
        users = _joined(users, "--proxy-bypass-list", hosts, ";")
    return [*ARGUMENTS, *users]


def _joined(switches: list[str], name: str, items: Sequence[str], separator: str) -> list[str]:
    given = [each.partition("=")[2] for each in switches if each.startswith(f"{name}=")]
    others = [each for each in switches if not each.startswith(f"{name}=")]
    return [*others, f"{name}={separator.join([*items, *given[-1:]])}"]


def _spelled_for_chromium(host: str) -> str:
    """Spell a host as Chromium compares it: lower case, punycode, IPv6 in brackets."""
    name, colon, port = host.rpartition(":")
    if not colon or not port.isdigit() or (":" in name and not name.endswith("]")):
        name, colon, port = host, "", ""
    bare = name.strip("[]")
    try:
        spelled = f"[{bare}]" if ip_address(bare).version == 6 else bare
    except ValueError:
        try:
            spelled = bare.lower() if bare.isascii() else bare.encode("idna").decode("ascii")
        except UnicodeError:
            spelled = ""
    # A blank or a comma would end the rule and start another.
    if not re.fullmatch(r"[A-Za-z0-9._*-]+|\[[0-9a-f:.]+\]", spelled):
        raise ValueError("not the name of a host")
    return f"{spelled}{colon}{port}"


# Playwright's debug output prints what is typed, unredacted; SELENIUM_REMOTE_* would send the
# login, credentials and all, to a browser elsewhere without anybody having asked for it.
_UNWANTED = re.compile(rf"{PREFIX}.*|DEBUG|DEBUG_FILE|PWDEBUG|SELENIUM_REMOTE_.*", re.IGNORECASE)


def clean_environment(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """Copy an environment (by default ours) without what a child must not see or heed."""
    env = os.environ if env is None else env
    return {name: value for name, value in env.items() if not _UNWANTED.fullmatch(name)}


def _browser_environment(blocked_hosts: Sequence[str]) -> dict[str, str]:
    env = clean_environment()
    if blocked_hosts:
        # As with --proxy-bypass-list: on Linux Chromium takes its proxy from these variables.
        hosts = [_spelled_for_chromium(host) for host in blocked_hosts]
        present = env.get("no_proxy") or env.get("NO_PROXY") or ""
        env["no_proxy"] = ",".join([*hosts, *filter(None, [present])])
        env.pop("NO_PROXY", None)
    return env


def no_core_dumps() -> None:
    """Let neither this process nor its children write their memory to a file when they crash.

    The soft limit only, so that a child of the user's own can lift it. Does nothing on Windows,
    which has no such files.
    """
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (_core_limit(hard), hard))


def _core_limit(hard: int) -> int:
    # On Linux a limit of 0 does not stop a core_pattern that pipes to a program; 1 does (core(5)
    # and do_coredump() in the kernel), and is too little for a file as well.
    return 1 if sys.platform == "linux" and hard != 0 else 0


# --- the driver ------------------------------------------------------------------------------

_starting: ContextVar[_Driver | None] = ContextVar("starting", default=None)
_patching = threading.Lock()


def _watch_driver_starts() -> None:
    """Let a `_Driver` choose the environment of the Node.js process, and know that process.

    Playwright starts its driver with `os.environ` and offers no say in it. Changing `os.environ`
    for that moment would pull settings from under other threads, and an own transport would have
    to be written anew for every version. So the two functions that matter are wrapped, once; a
    context variable makes the wrapping inert for anybody else's Playwright in this process.
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
            if driver is not None:
                driver.transport = transport
            await connect(transport)

        module.get_driver_env, module.PipeTransport.connect = get_driver_env, connect_and_tell
        module._upstox_browser_login = True  # noqa: SLF001


def _transport_module() -> Any:
    # The name since 1.6x, then the one before.
    for name in ("playwright._impl.transport", "playwright._impl._transport"):
        with contextlib.suppress(ImportError):
            module = importlib.import_module(name)
            if hasattr(module, "get_driver_env") and hasattr(module, "PipeTransport"):
                return module
    return None


class _Driver:
    """Playwright's Node.js process, and what it started."""

    def __init__(self) -> None:
        # Traces and profiles pass through here. If the driver is killed it cannot clean up, and a
        # trace holds what was typed.
        self._folder = Path(tempfile.mkdtemp(prefix="upstox-browser-login-"))
        self._start: asyncio.Task[Playwright] | None = None
        self.transport: Any = None
        self.browser: Browser | None = None
        self.browser_pid: int | None = None

    def environment(self, env: Mapping[str, str]) -> dict[str, str]:
        """Choose what the Node.js process is to see of `env`."""
        folder = str(self._folder)
        return {**clean_environment(env), "TMPDIR": folder, "TEMP": folder, "TMP": folder}

    async def start(self, seconds: float) -> Playwright:
        """Start the process. Raises `BrowserError` BROWSER_CRASHED."""
        from playwright.async_api import async_playwright

        _watch_driver_starts()
        token = _starting.set(self)
        try:
            # A task of its own: cancelled half-way, Playwright would lose sight of its process.
            self._start = asyncio.create_task(async_playwright().start())
        finally:
            _starting.reset(token)
        await asyncio.wait({self._start}, timeout=seconds)
        if not self._start.done():
            raise _driver_failed(f"did not start within {seconds:.0f} s")
        try:
            playwright = self._start.result()
        except Exception as error:  # noqa: BLE001  (Playwright raises it bare)
            raise _driver_failed(f"did not start: {_short(str(error))}") from None
        self._no_core_dumps()
        return playwright

    @property
    def _process(self) -> asyncio.subprocess.Process | None:
        return getattr(self.transport, "_proc", None)

    def _no_core_dumps(self) -> None:
        if sys.platform == "linux" and self._process is not None:
            import resource

            with contextlib.suppress(OSError, ValueError):
                _, hard = resource.prlimit(self._process.pid, resource.RLIMIT_CORE)
                limits = (_core_limit(hard), hard)
                resource.prlimit(self._process.pid, resource.RLIMIT_CORE, limits)

    async def was_lost(self, error: Exception) -> bool:
        """Tell whether `error` came of a driver or a browser that has gone away by itself."""
        # The calls that were under way fail a moment before the end itself is noticed.
        tries = 20 if "closed" in str(error) else 1
        for _ in range(tries):
            process = self._process
            if process is not None and process.returncode is not None:
                return True
            if self.browser is not None and not self.browser.is_connected():
                return True
            await asyncio.sleep(0.01)
        return False

    async def stop(self) -> None:
        """End the driver and what it started, within `CLOSE_SECONDS` and a little."""
        work = asyncio.create_task(self._stop_gently())
        try:
            await asyncio.wait({work}, timeout=CLOSE_SECONDS)
            if not self._ended_gently(work):
                self._kill()
                await asyncio.wait({work}, timeout=1)
                work.cancel()
        finally:
            # Also when the whole event loop is being torn down (a second Ctrl-C).
            if not self._ended_gently(work):
                self._kill()
            self._forget_errors()
            shutil.rmtree(self._folder, ignore_errors=True)

    def _ended_gently(self, work: asyncio.Task[None]) -> bool:
        return work.done() and (self._process is None or self._process.returncode == 0)

    async def _stop_gently(self) -> None:
        if self._start is None:
            return
        await asyncio.wait({self._start})
        if self._start.cancelled() or self._start.exception() is not None:
            return
        from playwright.async_api import Error

        if self.browser is not None:
            with contextlib.suppress(Error):
                await self.browser.close()
        await self._start.result().stop()

    def _kill(self) -> None:
        logger.debug("The browser did not close by itself; killing it.")
        if self.browser_pid is not None:
            _kill_group(self.browser_pid)
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    def _forget_errors(self) -> None:
        """Read what Playwright leaves unread, which asyncio would report on stderr."""
        future: asyncio.Future[None] | None = getattr(self.transport, "on_error_future", None)
        if future is not None and future.done() and not future.cancelled():
            future.exception()


def _kill_group(pid: int) -> None:
    """Kill a Chromium and its children. Playwright makes each launch a process group of its own."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            os.kill(pid, signal.SIGTERM)  # TerminateProcess; the children follow
        elif os.getpgid(pid) != os.getpgrp():
            os.killpg(os.getpgid(pid), signal.SIGKILL)


async def _to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Wait for `work` even while being cancelled, and be cancelled afterwards."""
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


@asynccontextmanager
async def _running_driver(seconds: float) -> AsyncIterator[tuple[_Driver, Playwright]]:
    driver = _Driver()
    try:
        yield driver, await driver.start(seconds)
    finally:
        await _to_the_end(driver.stop())


# --- opening ---------------------------------------------------------------------------------


@asynccontextmanager
async def open_browser(
    settings: Settings,
    *,
    blocked_hosts: Sequence[str] = (),
    timeout: float,
    headed: bool | None = None,
    chromium: Chromium | None = None,
) -> AsyncIterator[OpenBrowser]:
    """Open a browser for the length of the block; afterwards none of its processes is left.

    `timeout` is in seconds and covers all until the browser is ready. `blocked_hosts` ("host" or
    "host:port") cannot be reached from a browser that is launched here, proxy or not. `headed` is
    by default `settings.headed`; `chromium` launches that one instead of the first that fits.

    Raises `BrowserError` (BROWSER_MISSING, BROWSER_CRASHED, BROWSER_UNREACHABLE), and
    `ConfigurationError` for a UPSTOX_BROWSER_ARGS that cannot work.
    """
    deadline = time.monotonic() + timeout
    url = None if settings.browser_url is None else settings.browser_url.get_secret_value()
    headed = settings.headed if headed is None else headed
    launch = _Launch(
        choices=[],
        headed=headed,
        args=arguments(settings, blocked_hosts),
        env=_browser_environment(blocked_hosts),
        deadline=deadline,
    )
    if url is None or chromium is not None:
        launch.choices += [chromium] if chromium else _choices(settings, headed=headed)
        _require_display(headed=headed)
        url = None
    async with _running_driver(timeout) as (driver, playwright):
        if url is not None:
            opened = await _connect(driver, playwright, url, deadline)
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
                raise _lost(opened, error) from None
            raise


def _require_display(*, headed: bool) -> None:
    if headed and sys.platform == "linux":
        if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            return
        raise _no_display()


def _no_display() -> BrowserError:
    return BrowserError(
        "There is no display to show the browser on (DISPLAY and WAYLAND_DISPLAY lead to none).",
        code="BROWSER_CRASHED",
        hint="Leave UPSTOX_HEADED (--headed) out, or run the command under `xvfb-run`.",
    )


def _milliseconds(deadline: float) -> float:
    # Playwright takes 0 for "no limit".
    return max(1.0, (deadline - time.monotonic()) * 1000)


@dataclass
class _Launch:
    """One wish for a browser of our own."""

    choices: list[Chromium]
    headed: bool
    args: list[str]
    env: dict[str, str]
    deadline: float
    seconds: float = field(init=False)

    def __post_init__(self) -> None:
        self.seconds = self.deadline - time.monotonic()

    async def first_that_runs(self, driver: _Driver, playwright: Playwright) -> OpenBrowser:
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
        assert failure is not None  # noqa: S101  (`_choices` returns at least one)
        raise failure

    async def _launch(
        self, driver: _Driver, playwright: Playwright, chromium: Chromium
    ) -> OpenBrowser:
        from playwright.async_api import Error

        sandbox = not _is_root()
        while True:
            try:
                driver.browser = browser = await playwright.chromium.launch(
                    executable_path=chromium.path,
                    channel=chromium.channel,
                    args=self.args,
                    env=dict(self.env),
                    headless=not self.headed,
                    chromium_sandbox=sandbox,
                    timeout=_milliseconds(self.deadline),
                    # A Ctrl-C reaches the driver too, which would exit before we have said
                    # good-bye. SIGTERM and SIGHUP it may answer: a whole service is being stopped.
                    handle_sigint=False,
                )
            except Error as error:
                if sandbox and _is_sandbox_trouble(str(error)):
                    sandbox = False
                    _warn_of_no_sandbox()
                    continue
                raise _launch_error(chromium, error, self.seconds) from None
            driver.browser_pid = await _pid(browser, self.deadline)
            logger.debug(
                "%s %s (%s), sandbox %s", chromium.kind, browser.version, chromium, sandbox
            )
            chromium = replace(chromium, version=browser.version)
            return OpenBrowser(browser, chromium, browser.version, sandbox, remote=False)


def _is_root() -> bool:
    # Chromium refuses its sandbox to root on Linux.
    return sys.platform == "linux" and os.geteuid() == 0


def _is_sandbox_trouble(message: str) -> bool:
    return (
        re.search(r"sandboxing failed|No usable sandbox|without --no-sandbox", message) is not None
    )


@cache
def _warn_of_no_sandbox() -> None:
    """Say it once a process."""
    logger.warning(
        "Chromium's sandbox cannot be used here (no user namespaces for this user); the login "
        "page is opened without it."
    )


async def _pid(browser: Browser, deadline: float) -> int | None:
    """Chromium's process, as Chromium itself tells: the same way on every platform."""
    from playwright.async_api import Error

    try:
        async with asyncio.timeout(_milliseconds(deadline) / 1000):
            session = await browser.new_browser_cdp_session()
            processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
            await session.detach()
    except (Error, TimeoutError, LookupError):
        return None
    return next((each["id"] for each in processes if each["type"] == "browser"), None)


async def _connect(
    driver: _Driver, playwright: Playwright, url: str, deadline: float
) -> OpenBrowser:
    from playwright.async_api import Error

    seconds = deadline - time.monotonic()
    chromium = playwright.chromium
    connect = (
        chromium.connect if urlsplit(url).scheme in {"ws", "wss"} else chromium.connect_over_cdp
    )
    try:
        driver.browser = browser = await connect(url, timeout=_milliseconds(deadline))
    except Error as error:
        raise _connect_error(url, error, seconds) from None
    return OpenBrowser(browser, None, browser.version, sandbox=False, remote=True)


# --- errors ----------------------------------------------------------------------------------


def _lost(opened: OpenBrowser, error: Exception) -> BrowserError:
    logger.debug("%s", _short(str(error)))
    if opened.remote:
        return BrowserError(
            "The connection to the browser of UPSTOX_BROWSER_URL was lost.",
            code="BROWSER_UNREACHABLE",
        )
    return BrowserError(
        f"Chromium ({opened.chromium}) ended in the middle of the work.", code="BROWSER_CRASHED"
    )


def _short(text: str, limit: int = 160) -> str:
    """Take the first line of a foreign text, fit for a message."""
    line = next(iter(redactor.redact(text).strip().splitlines()), "")
    line = re.sub(r"\x1b\[[0-9;]*m", "", line).removeprefix("BrowserType.launch: ").rstrip(".")
    return line if len(line) <= limit else f"{line[:limit]}…"


def _driver_failed(what: str) -> BrowserError:
    return BrowserError(
        f"Playwright's driver {what}.",
        code="BROWSER_CRASHED",
        hint="Run again; if it stays, reinstall it: `pip install --force-reinstall playwright`.",
    )


def _launch_error(chromium: Chromium, error: Exception, seconds: float) -> BrowserError:
    from playwright.async_api import TimeoutError as PlaywrightTimeoutError

    text = str(error)
    if isinstance(error, PlaywrightTimeoutError):
        return BrowserError(
            f"Chromium ({chromium}) was not ready within {seconds:.0f} s.", code="BROWSER_CRASHED"
        )
    if "Missing X server" in text or "without having a XServer" in text:
        return _no_display()
    library = re.search(r"error while loading shared libraries: ([^\s:]+)", text)
    if library:
        return BrowserError(
            f"Chromium ({chromium}) cannot run: the library {library[1]} is missing.",
            code="BROWSER_MISSING",
            hint=(
                "Run `playwright install-deps chromium` as root, or on Debian `apt-get install "
                f"chromium-headless-shell`, or `{INSTALL}`."
            ),
        )
    if re.search(r"is not found at|Unsupported chromium channel", text):
        return BrowserError(
            f"UPSTOX_BROWSER_CHANNEL names {chromium.channel}, which is not installed.",
            code="BROWSER_MISSING",
            hint=f"Correct UPSTOX_BROWSER_CHANNEL, or leave it out and run `{INSTALL}`.",
        )
    if re.search(r"doesn't exist|\bspawn\b.* (ENOENT|EACCES|ENOEXEC|EPERM)", text):
        return BrowserError(
            f"{chromium} is not a program that can be run.",
            code="BROWSER_MISSING",
            hint=f"Run `{INSTALL}`, or correct UPSTOX_BROWSER_PATH if that is set.",
        )
    return BrowserError(
        f"Chromium ({chromium}) ended as it was started: {_telling_line(text)}.",
        code="BROWSER_CRASHED",
    )


def _telling_line(text: str) -> str:
    """Pick the line of Chromium's own output that says why it ended."""
    output = re.findall(r"^\s*(?:- )?\[pid=\d+\]\[err\] (.*\S)", text, re.MULTILINE)
    for sign in ("FATAL", "ERROR", ""):
        # What it said last; and not D-Bus, which it misses on every server and does not need.
        telling = [line for line in output if sign in line and "dbus" not in line.lower()]
        if telling:
            return _short(re.sub(r"^\[[^\]]*\]\s*", "", telling[-1]))
    ended = re.search(r"<process did exit: exitCode=(\w+), signal=(\w+)>", text)
    if ended:
        return f"exit status {ended[1]}" if ended[2] == "null" else f"signal {ended[2]}"
    return _short(text)


_REASONS = (
    ("ECONNREFUSED", "nothing listens there"),
    ("ENOTFOUND|EAI_AGAIN", "its name cannot be resolved"),
    ("EHOSTUNREACH|ENETUNREACH", "there is no way to it"),
    ("ECONNRESET|socket hang up|EPIPE", "it hung up"),
    ("certificate|CERT_", "its certificate is not trusted"),
    ("EPROTO|SSL|wrong version number", "it does not speak TLS"),
)


def _connect_error(url: str, error: Exception, seconds: float) -> BrowserError:
    """Tell of host and port only: an address may hold a token anywhere else."""
    from playwright.async_api import TimeoutError as PlaywrightTimeoutError

    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme in {"wss", "https"} else 80)
    host = parts.hostname or ""
    where = f"{f'[{host}]' if ':' in host else host}:{port}"
    # No part of the address is to be taken for a reason.
    text = re.sub(r"\w+://\S*", "", str(error).partition("Call log:")[0])
    versions = re.search(r"server version: v(\S+).*?client version: v(\S+)", text, re.DOTALL)
    if versions:
        theirs, ours = versions.groups()
        return BrowserError(
            f"The Playwright server at {where} is of version {theirs}, but this one is {ours}.",
            code="BROWSER_UNREACHABLE",
            hint=f"Run the same on both sides: `npx playwright@{ours} run-server` there.",
        )
    status = re.search(r"(?:status|response:?|error:?)\s+([1345]\d\d)\b", text)
    if isinstance(error, PlaywrightTimeoutError):
        reason = f"it did not answer within {seconds:.0f} s"
    elif status:
        reason = f"it answered with HTTP status {status[1]}"
    else:
        reason = next(
            (said for pattern, said in _REASONS if re.search(pattern, text)),
            "it did not answer as a browser does",
        )
    return BrowserError(
        f"The browser at {where} (UPSTOX_BROWSER_URL) cannot be reached: {reason}.",
        code="BROWSER_UNREACHABLE",
    )
