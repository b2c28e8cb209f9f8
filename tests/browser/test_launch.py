"""Finding, launching, connecting, and above all: leaving nothing behind."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path

import psutil
import pytest
from playwright.async_api import Error, async_playwright

from upstox_browser_login.browser import launch
from upstox_browser_login.browser.launch import (
    Chromium,
    Machine,
    arguments,
    candidates,
    clean_environment,
    find_chromium,
    open_browser,
)
from upstox_browser_login.errors import BrowserError, ConfigurationError
from upstox_browser_login.settings import Settings

SECRETS = {
    "UPSTOX_PIN_CODE": "908172",
    "UPSTOX_CLIENT_SECRET": "s3cr3t-of-the-app",
    "upstox_password": "lower-case-counts-too",
}
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and /proc")


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No settings from outside, and a folder for temporary files that can be looked into."""
    for name in list(os.environ):
        if name.upper().startswith("UPSTOX_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def children() -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if child.status() != psutil.STATUS_ZOMBIE:
                found.append(child)
    return found


def wait_until(true: Callable[[], bool], seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def entries(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def gone(processes: list[psutil.Process], seconds: float = 5) -> bool:
    def all_gone() -> bool:
        return all(
            not each.is_running() or each.status() == psutil.STATUS_ZOMBIE for each in processes
        )

    def look() -> bool:
        try:
            return all_gone()
        except psutil.NoSuchProcess:
            return False

    return wait_until(look, seconds)


def executable(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def script(path: Path, body: str) -> Path:
    return executable(path, f"#!/bin/sh\n{body}\n")


def driver_of(processes: list[psutil.Process]) -> psutil.Process:
    return next(each for each in processes if "run-driver" in each.cmdline())


def chromium_of(processes: list[psutil.Process]) -> psutil.Process:
    """Chromium's main process: the last in the chain of wrappers that is no helper."""
    return [
        each
        for each in processes
        if any("--remote-debugging-pipe" in word for word in each.cmdline())
        and not any(word.startswith("--type=") for word in each.cmdline())
    ][-1]


# --- finding ---------------------------------------------------------------------------------


def machine(tmp_path: Path, *programs: str, platform: str = "linux", **env: str) -> Machine:
    """Describe a machine whose PATH holds `programs` and which has no other places."""
    folder = tmp_path / "bin"
    for name in programs:
        script(folder / name, "exit 0")
    env.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "pw"))
    return Machine(
        platform=platform,
        env=env,
        which=lambda name: shutil.which(name, path=str(folder)),
        runnable=lambda path: path.is_relative_to(tmp_path) and launch._runnable(path),
        home=tmp_path / "home",
    )


def downloaded(folder: Path, name: str, inside: str, *, complete: bool = True) -> Path:
    """Put a browser there as `playwright install` leaves it."""
    revision = launch._revisions(name)[0]
    home = folder / f"{name.replace('-', '_')}-{revision}"
    path = script(home / inside, "exit 0")
    if complete:
        (home / "INSTALLATION_COMPLETE").touch()
    return path


def kinds(found: Iterator[Chromium]) -> list[str]:
    return [each.kind for each in found]


ALL = ("chromium-headless-shell", "chromium", "google-chrome", "microsoft-edge")


def test_order_headless(tmp_path: Path) -> None:
    """Shells first, Playwright's before the system's."""
    shell = downloaded(tmp_path / "pw", "chromium-headless-shell", "x/chrome-headless-shell")
    downloaded(tmp_path / "pw", "chromium", "chrome-linux64/chrome")
    here = machine(tmp_path, *ALL)
    assert kinds(candidates(Settings(), machine=here)) == [
        "playwright headless shell",
        "system headless shell",
        "playwright chromium",
        "system chromium",
        "Google Chrome",
        "Microsoft Edge",
    ]
    assert find_chromium(Settings(), machine=here).path == shell


def test_order_headed(tmp_path: Path) -> None:
    """No shell can show a window."""
    downloaded(tmp_path / "pw", "chromium-headless-shell", "x/chrome-headless-shell")
    here = machine(tmp_path, *ALL)
    expected = ["system chromium", "Google Chrome", "Microsoft Edge"]
    assert kinds(candidates(Settings(headed=True), machine=here)) == expected
    assert kinds(candidates(Settings(), headed=True, machine=here)) == expected


def test_unfinished_download_is_no_browser(tmp_path: Path) -> None:
    downloaded(
        tmp_path / "pw", "chromium-headless-shell", "x/chrome-headless-shell", complete=False
    )
    assert kinds(candidates(Settings(), machine=machine(tmp_path))) == []


def test_other_revision_is_not_this_playwrights(tmp_path: Path) -> None:
    home = tmp_path / "pw" / "chromium_headless_shell-1"
    script(home / "x" / "chrome-headless-shell", "exit 0")
    (home / "INSTALLATION_COMPLETE").touch()
    assert kinds(candidates(Settings(), machine=machine(tmp_path))) == []


@pytest.mark.parametrize(
    ("platform", "env", "folder"),
    [
        ("linux", {}, "home/.cache/ms-playwright"),
        ("linux", {"XDG_CACHE_HOME": "cache"}, "cache/ms-playwright"),
        ("darwin", {}, "home/Library/Caches/ms-playwright"),
        ("win32", {}, "home/AppData/Local/ms-playwright"),
        ("win32", {"LOCALAPPDATA": "local"}, "local/ms-playwright"),
    ],
)
def test_playwrights_folder(
    tmp_path: Path, platform: str, env: dict[str, str], folder: str
) -> None:
    env = {name: str(tmp_path / value) for name, value in env.items()}
    path = downloaded(tmp_path / folder, "chromium-headless-shell", "x/headless_shell")
    here = machine(tmp_path, platform=platform, PLAYWRIGHT_BROWSERS_PATH="", **env)
    assert find_chromium(Settings(), machine=here).path == path


async def test_playwrights_folder_is_the_one_that_playwright_means() -> None:
    """Our reading of its rules against its own word."""
    async with async_playwright() as playwright:
        told = Path(playwright.chromium.executable_path)
    folder = launch._browsers_folder(Machine())
    assert folder is not None
    assert told.is_relative_to(folder / f"chromium-{launch._revisions('chromium')[0]}")
    assert told.match(launch._IN_FOLDER["chromium"][0])


def test_mac(tmp_path: Path) -> None:
    inside = "home/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    path = script(tmp_path / inside, "exit 0")
    here = machine(tmp_path, platform="darwin")
    assert find_chromium(Settings(), machine=here) == Chromium(path, None, "Google Chrome")


def test_windows(tmp_path: Path) -> None:
    path = script(tmp_path / "local/Google/Chrome/Application/chrome.exe", "exit 0")
    edge = script(tmp_path / "x86/Microsoft/Edge/Application/msedge.exe", "exit 0")
    env = {"LOCALAPPDATA": str(tmp_path / "local"), "PROGRAMFILES(X86)": str(tmp_path / "x86")}
    here = machine(tmp_path, platform="win32", **env)
    assert [each.path for each in candidates(Settings(), machine=here)] == [path, edge]


def test_snap_stub_is_no_browser(tmp_path: Path) -> None:
    """Ubuntu's `chromium-browser` package is a script that tells people to install a snap."""
    here = machine(tmp_path)
    stub = 'if ! [ -x /snap/bin/chromium ]; then exit 1; fi\nexec /snap/bin/chromium "$@"'
    script(tmp_path / "bin" / "chromium-browser", stub)
    assert kinds(candidates(Settings(), machine=here)) == []


def test_setting_leaves_no_other_choice(tmp_path: Path) -> None:
    here = machine(tmp_path, *ALL)
    mine = script(tmp_path / "mine", "exit 0")
    settings = Settings(browser_path=mine, browser_channel="chrome")
    assert list(candidates(settings, machine=here)) == [Chromium(mine, None, "setting")]


def test_setting_may_be_a_name_on_path(tmp_path: Path) -> None:
    found = find_chromium(Settings(browser_path=Path("chromium")), machine=machine(tmp_path, *ALL))
    assert (found.path, found.kind) == (tmp_path / "bin" / "chromium", "setting")


def test_channel() -> None:
    found = find_chromium(Settings(browser_channel="chrome"))
    assert found == Chromium(None, "chrome", "channel")


def test_path_that_does_not_exist_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(BrowserError, match=r"UPSTOX_BROWSER_PATH.*does not exist") as caught:
        find_chromium(Settings(browser_path=tmp_path / "nope"), machine=machine(tmp_path, *ALL))
    assert caught.value.code == "BROWSER_MISSING"


def test_path_that_cannot_run_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a program")
    with pytest.raises(BrowserError, match=r"UPSTOX_BROWSER_PATH.*not a program that can be run"):
        find_chromium(Settings(browser_path=tmp_path / "text"))


def test_path_to_a_headless_shell_cannot_be_headed(tmp_path: Path) -> None:
    shell = script(tmp_path / "chromium-headless-shell", "exit 0")
    with pytest.raises(BrowserError, match="cannot show a window"):
        find_chromium(Settings(browser_path=shell, headed=True))


def test_nothing_found_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(BrowserError) as caught:
        find_chromium(Settings(), machine=machine(tmp_path))
    assert caught.value.code == "BROWSER_MISSING"
    assert "`upstox-browser-login install-browser`" in caught.value.hint


def test_only_a_shell_but_headed_names_the_option(tmp_path: Path) -> None:
    with pytest.raises(BrowserError, match="is a headless shell") as caught:
        find_chromium(Settings(headed=True), machine=machine(tmp_path, "headless_shell"))
    assert "`upstox-browser-login install-browser --headed`" in caught.value.hint


# --- arguments and environment ---------------------------------------------------------------


def test_arguments_end_with_the_users() -> None:
    given = arguments(Settings(browser_args="--lang=hi --user-agent='a b'"))
    assert given == [*launch.ARGUMENTS, "--lang=hi", "--user-agent=a b"]


@pytest.mark.parametrize("given", ["--user-data-dir=/x", "--remote-debugging-pipe", "https://x"])
def test_arguments_that_cannot_work(given: str) -> None:
    with pytest.raises(ConfigurationError, match="UPSTOX_BROWSER_ARGS"):
        arguments(Settings(browser_args=given))


def test_blocked_hosts_are_joined_with_the_users_rules() -> None:
    settings = Settings(
        browser_args="--host-resolver-rules='MAP a b' --proxy-server=http://p:1 "
        "--proxy-bypass-list=c"
    )
    assert arguments(settings, ["X.example", "127.0.0.1:80"])[len(launch.ARGUMENTS) :] == [
        "--proxy-server=http://p:1",
        "--host-resolver-rules=MAP x.example ~NOTFOUND,MAP 127.0.0.1:80 ~NOTFOUND,MAP a b",
        "--proxy-bypass-list=x.example;127.0.0.1:80;c",
    ]


@pytest.mark.parametrize(
    ("host", "spelled"),
    [
        ("Example.COM", "example.com"),
        ("bücher.example:8080", "xn--bcher-kva.example:8080"),
        ("::1", "[::1]"),
        ("[::1]:99", "[::1]:99"),
        ("127.0.0.1:5000", "127.0.0.1:5000"),
    ],
)
def test_spelling_of_hosts(host: str, spelled: str) -> None:
    assert launch._spelled_for_chromium(host) == spelled


@pytest.mark.parametrize("host", ["", "a b", "a,MAP * c", "a:b", "http://x/"])
def test_no_host(host: str) -> None:
    with pytest.raises(ValueError, match="not the name of a host"):
        arguments(Settings(), [host])


def test_clean_environment() -> None:
    env = {
        **SECRETS,
        "UPSTOX_PIN_CODE_FILE": "/run/secrets/pin",
        "DEBUG": "pw:protocol",
        "SELENIUM_REMOTE_URL": "http://elsewhere",
        "HTTPS_PROXY": "http://proxy",
        "NODE_EXTRA_CA_CERTS": "/ca.pem",
    }
    assert clean_environment(env) == {
        "HTTPS_PROXY": "http://proxy",
        "NODE_EXTRA_CA_CERTS": "/ca.pem",
    }


@posix
def test_no_core_dumps() -> None:
    """In a process of its own, for a limit cannot always be taken back."""
    code = """
        import resource
        from upstox_browser_login.browser.launch import no_core_dumps
        before = resource.getrlimit(resource.RLIMIT_CORE)[1]
        no_core_dumps()
        soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        print(soft <= 1, hard == before)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "True"]


# --- launching -------------------------------------------------------------------------------


async def test_launch(clean: Path) -> None:
    async with open_browser(Settings(), timeout=20) as opened:
        page = await opened.browser.new_page()
        assert await page.evaluate("1 + 1") == 2
        assert opened.version.split(".")[0].isdigit()
        assert opened.chromium is not None
        assert opened.chromium.version == opened.version
        assert not opened.remote
        started = children()
        assert driver_of(started).pid != chromium_of(started).pid
        # Profiles and traces lie in a folder of ours that nobody else may read.
        (folder,) = entries(clean)
        assert sys.platform == "win32" or folder.stat().st_mode & 0o077 == 0
    assert gone(started)
    assert entries(clean) == []


@posix
async def test_children_see_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in an environment nor on a command line; and no child may dump its memory."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    async with open_browser(settings, timeout=20, blocked_hosts=["redirect.example"]) as opened:
        await opened.browser.new_page()
        started = children()
        assert len(started) >= 3
        for child in started:
            # A sandboxed helper may end, or may not be looked into.
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                names = {name.upper() for name in child.environ()}
                assert not {name for name in names if name.startswith("UPSTOX_")}
                seen = " ".join([*child.cmdline(), *child.environ().values()])
                assert not [secret for secret in SECRETS.values() if secret in seen]
                if sys.platform == "linux":
                    assert child.rlimit(psutil.RLIMIT_CORE)[0] <= 1
    assert os.environ["UPSTOX_PIN_CODE"] == SECRETS["UPSTOX_PIN_CODE"]


async def test_another_playwright_in_this_process_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with open_browser(Settings(), timeout=20):
        pass
    monkeypatch.setenv("UPSTOX_PIN_CODE", "908172")
    async with async_playwright():
        assert driver_of(children()).environ()["UPSTOX_PIN_CODE"] == "908172"


async def test_unknown_playwright_still_works(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Should a later Playwright rename its private parts: a warning, and no worse."""
    monkeypatch.setattr(launch, "_transport_module", lambda: None)
    monkeypatch.setattr(launch, "_starting", ContextVar("another", default=None))
    async with open_browser(Settings(), timeout=20):
        started = children()
    assert gone(started)
    assert "This Playwright is unknown" in caplog.text


@asynccontextmanager
async def listener() -> AsyncIterator[tuple[int, list[bytes]]]:
    """Serve, and keep the first line of what is sent."""
    seen: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            seen.append(await reader.readline())
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], seen


async def test_blocked_host_is_not_reached() -> None:
    async with listener() as (port, seen), listener() as (open_port, seen_open):
        blocked = [f"127.0.0.1:{port}", "blocked.example"]
        async with open_browser(Settings(), timeout=20, blocked_hosts=blocked) as opened:
            for url in (f"http://127.0.0.1:{port}/?code=x", "http://blocked.example/"):
                page = await opened.browser.new_page()
                with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
                    await page.goto(url)
            page = await opened.browser.new_page()
            await page.goto(f"http://127.0.0.1:{open_port}/")
    assert seen == []
    assert seen_open


@pytest.mark.parametrize("by", ["argument", "environment"])
async def test_blocked_host_is_not_told_to_a_proxy(
    monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """A proxy resolves names itself: the resolver's rules alone do not hold behind one."""
    async with listener() as (port, seen):
        proxy = f"http://127.0.0.1:{port}"
        settings = Settings()
        if by == "argument":
            settings = Settings(browser_args=f"--proxy-server={proxy}")
        elif sys.platform == "linux":
            monkeypatch.setenv("http_proxy", proxy)
            monkeypatch.setenv("https_proxy", proxy)
            monkeypatch.setenv("no_proxy", "unrelated.example")
        else:
            pytest.skip("only on Linux does Chromium heed these variables")
        async with open_browser(settings, timeout=20, blocked_hosts=["Blocked.example"]) as opened:
            for scheme in ("http", "https"):
                page = await opened.browser.new_page()
                with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
                    await page.goto(f"{scheme}://blocked.example/?code=x")
            assert seen == []
            page = await opened.browser.new_page()
            await page.goto("http://open.example/")
        assert b"GET http://open.example/ HTTP/1.1\r\n" in seen
        assert not [line for line in seen if b"blocked" in line]


@posix
async def test_missing_library(tmp_path: Path) -> None:
    """A browser without its libraries: one sentence, and what to install."""
    path = script(
        tmp_path / "chromium",
        'echo "$0: error while loading shared libraries: libnss3.so: cannot open" >&2; exit 127',
    )
    with pytest.raises(BrowserError, match=r"the library libnss3\.so is missing") as caught:
        async with open_browser(Settings(browser_path=path), timeout=20):
            pass
    assert caught.value.code == "BROWSER_MISSING"
    assert "apt-get install" in caught.value.hint


@posix
async def test_crash_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The telling line, without secrets and without the command line."""
    monkeypatch.setenv("UPSTOX_PIN_CODE", "908172")
    path = script(
        tmp_path / "chromium",
        "echo '[1:1:0101/000000.1:ERROR:dbus/bus.cc(1)] Failed to connect to the bus' >&2\n"
        "echo '[1:1:0101/000000.1:FATAL:zygote.cc(9)] Check failed: pin 908172' >&2\n"
        "echo 'trace #1' >&2; exit 1",
    )
    with pytest.raises(BrowserError) as caught:
        async with open_browser(Settings(browser_path=path), timeout=20):
            pass
    assert caught.value.code == "BROWSER_CRASHED"
    assert caught.value.message.endswith("started: Check failed: pin [redacted].")


@posix
async def test_killed_at_the_start(tmp_path: Path) -> None:
    path = script(tmp_path / "chromium", "kill -9 $$")
    with pytest.raises(BrowserError, match="signal SIGKILL"):
        async with open_browser(Settings(browser_path=path), timeout=20):
            pass


@posix
async def test_start_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_milliseconds", lambda _: 500.0)
    path = script(tmp_path / "chromium", "exec sleep 60")
    started = time.monotonic()
    with pytest.raises(BrowserError, match=r"was not ready within \d+ s") as caught:
        async with open_browser(Settings(browser_path=path), timeout=20):
            pass
    assert caught.value.code == "BROWSER_CRASHED"
    assert time.monotonic() - started < 5
    assert gone(children())


@posix
async def test_driver_that_does_not_answer(
    tmp_path: Path, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "CLOSE_SECONDS", 0.2)
    node = script(tmp_path / "node", "exec sleep 60")
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(node))
    with pytest.raises(BrowserError, match="driver did not start within"):
        async with open_browser(Settings(), timeout=0.5):
            pass
    assert gone(children())
    assert entries(clean) == []


async def test_driver_that_cannot_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(tmp_path / "nope"))
    with pytest.raises(BrowserError, match="driver did not start: ") as caught:
        async with open_browser(Settings(), timeout=5):
            pass
    assert caught.value.code == "BROWSER_CRASHED"
    gc.collect()


@posix
async def test_one_that_cannot_run_gives_way_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by ourselves, not named by the user: Playwright's shell without its libraries."""
    broken = script(
        tmp_path / "broken",
        "echo 'x: error while loading shared libraries: liba.so: no' >&2; exit 1",
    )
    good = find_chromium(Settings())
    monkeypatch.setattr(
        launch, "candidates", lambda *_, **__: iter([Chromium(broken, None, "first"), good])
    )
    async with open_browser(Settings(), timeout=20) as opened:
        assert opened.chromium is not None
        assert opened.chromium.path == good.path


async def test_channel_that_is_not_installed() -> None:
    with pytest.raises(BrowserError, match="UPSTOX_BROWSER_CHANNEL names no-such") as caught:
        async with open_browser(Settings(browser_channel="no-such"), timeout=20):
            pass
    assert caught.value.code == "BROWSER_MISSING"


@pytest.mark.skipif(sys.platform != "linux", reason="displays of X11 and Wayland")
async def test_headed_without_a_display(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    path = script(tmp_path / "chromium", "exit 0")
    with pytest.raises(BrowserError, match="no display") as caught:
        async with open_browser(Settings(browser_path=path, headed=True), timeout=20):
            pass
    assert "xvfb-run" in caught.value.hint
    assert children() == []


@posix
async def test_sandbox_is_tried_and_left_out_with_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = find_chromium(Settings()).path
    path = script(
        tmp_path / "chromium",
        f'case "$*" in *--no-sandbox*) exec {real} "$@";; esac; echo "No usable sandbox!" >&2;'
        "exit 1",
    )
    monkeypatch.setattr(launch, "_is_root", lambda: False)
    launch._warn_of_no_sandbox.cache_clear()
    for _ in range(2):
        async with open_browser(Settings(browser_path=path), timeout=20) as opened:
            assert not opened.sandbox
    assert caplog.text.count("sandbox cannot be used") == 1


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="root on Linux")
async def test_chromiums_own_refusal_to_root_is_understood(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As real Chromium and Playwright word it, so that a new wording is noticed."""
    monkeypatch.setattr(launch, "_is_root", lambda: False)
    async with open_browser(Settings(), timeout=20) as opened:
        assert not opened.sandbox


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="root on Linux")
async def test_root_goes_without_sandbox_at_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    async with open_browser(Settings(), timeout=20) as opened:
        assert not opened.sandbox
    assert caplog.text == ""


# --- connecting ------------------------------------------------------------------------------


@asynccontextmanager
async def foreign(*command: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.PIPE
    )
    family = [psutil.Process(process.pid)]
    try:
        yield process
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            family += family[0].children(recursive=True)
        for each in reversed(family):
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        await process.communicate()


async def line_with(process: asyncio.subprocess.Process, pattern: str) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(10):
        async for line in process.stdout:
            found = re.search(pattern, line.decode())
            if found:
                return found[0]
    raise AssertionError(f"never said {pattern}")


@posix
async def test_connect_over_cdp(tmp_path: Path) -> None:
    """A new context; and closing must leave somebody else's browser and pages alone."""
    path = str(find_chromium(Settings()).path)
    command = [
        path,
        "--remote-debugging-port=0",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--no-sandbox",
        "--headless",
        "about:blank",
    ]
    async with foreign(*command) as process:
        url = await line_with(process, r"127\.0\.0\.1:\d+")
        settings = Settings(browser_url=f"http://{url}")
        for _ in range(2):
            mine = {each.pid for each in children()}
            async with open_browser(settings, timeout=20) as opened:
                assert opened.remote
                assert opened.chromium is None
                assert not opened.sandbox
                context = await opened.browser.new_context()
                assert context != opened.browser.contexts[0]
                await (await context.new_page()).set_content("x")
                assert len(opened.browser.contexts[0].pages) == 1
                driver = driver_of([each for each in children() if each.pid not in mine])
            assert gone([driver])
            assert process.returncode is None


@posix
async def test_connect_to_a_playwright_server(tmp_path: Path) -> None:
    from playwright._impl._driver import compute_driver_executable

    config = tmp_path / "server.json"
    config.write_text(json.dumps({"executablePath": str(find_chromium(Settings()).path)}))
    node, cli = compute_driver_executable()
    server = [node, cli, "launch-server", "--browser", "chromium", "--config", str(config)]
    async with foreign(*server) as process:
        url = await line_with(process, r"ws://\S+")
        settings = Settings(browser_url=url)
        async with open_browser(settings, timeout=20) as opened:
            assert opened.remote
            page = await opened.browser.new_page()
            assert await page.evaluate("1 + 1") == 2
        assert process.returncode is None

        async def work() -> None:
            async with open_browser(settings, timeout=20) as opened:
                page = await opened.browser.new_page()
                process.kill()
                await page.wait_for_selector("#never")

        # A connection that breaks in the middle.
        with pytest.raises(BrowserError, match="was lost") as caught:
            await work()
        assert caught.value.code == "BROWSER_UNREACHABLE"


@asynccontextmanager
async def answering(answer: bytes | None) -> AsyncIterator[int]:
    """Give every request the same answer, or none."""
    done = asyncio.Event()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            if answer is None:
                await done.wait()
            else:
                writer.write(answer)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        done.set()


def http(status: str, body: str = "no") -> bytes:
    return (
        f"HTTP/1.1 {status}\r\nContent-Length: {len(body.encode())}\r\nConnection: close\r\n\r\n"
        f"{body}"
    ).encode()


MISMATCH = http(
    "428 Precondition Required",
    "║ Playwright version mismatch: ║\n"
    "║   - server version: v1.40 ║\n"
    "║   - client version: v1.99 ║\n",
)


@pytest.mark.parametrize("scheme", ["ws", "http"])
@pytest.mark.parametrize(
    ("answer", "said"),
    [(http("401 Unauthorized"), "HTTP status 401"), (None, r"did not answer within \d+ s")],
)
async def test_connection_that_fails(
    monkeypatch: pytest.MonkeyPatch, scheme: str, answer: bytes | None, said: str
) -> None:
    """Host and port are told; what else an address holds may be a secret."""
    monkeypatch.setattr(launch, "_milliseconds", lambda _: 500.0)
    async with answering(answer) as port:
        url = f"{scheme}://john:hunter22@127.0.0.1:{port}/pathtoken?token=abcdef"
        with pytest.raises(BrowserError, match=said) as caught:
            async with open_browser(Settings(browser_url=url), timeout=20):
                pass
    assert caught.value.code == "BROWSER_UNREACHABLE"
    assert f" 127.0.0.1:{port} " in caught.value.message
    assert not re.search("john|hunter|pathtoken|abcdef", str(caught.value))


@pytest.mark.parametrize("scheme", ["ws", "http"])
async def test_nobody_listens(scheme: str) -> None:
    async with answering(None) as port:
        pass
    with pytest.raises(BrowserError, match="nothing listens there"):
        async with open_browser(Settings(browser_url=f"{scheme}://127.0.0.1:{port}"), timeout=5):
            pass


async def test_version_mismatch() -> None:
    async with answering(MISMATCH) as port:
        with pytest.raises(BrowserError, match=r"is of version 1\.40, but this one is 1\.99") as it:
            async with open_browser(Settings(browser_url=f"ws://127.0.0.1:{port}"), timeout=5):
                pass
    assert "npx playwright@1.99 run-server" in it.value.hint


# --- leaving nothing behind ------------------------------------------------------------------


async def test_exception_in_the_body(clean: Path) -> None:
    started: list[psutil.Process] = []

    async def work() -> None:
        async with open_browser(Settings(), timeout=20):
            started.extend(children())
            raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine"):
        await work()
    assert started
    assert gone(started)
    assert entries(clean) == []


async def test_playwrights_error_in_the_body_is_not_ours_to_change() -> None:
    with pytest.raises(Error, match="boom"):
        async with open_browser(Settings(), timeout=20) as opened:
            await (await opened.browser.new_page()).evaluate("() => { throw new Error('boom') }")


@pytest.mark.parametrize("after", [0.0, 0.1, 0.3, 0.4, 0.8])
async def test_cancelled(clean: Path, after: float) -> None:
    """At any moment of the start as well, and once more during the clean-up."""

    async def work() -> None:
        async with open_browser(Settings(), timeout=20):
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await asyncio.wait({task}, timeout=after)
    started = children()
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert gone(started)
    assert children() == []
    assert entries(clean) == []
    gc.collect()


@posix
@pytest.mark.parametrize("victim", ["chromium", "driver"])
@pytest.mark.parametrize("deed", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "stopped"])
async def test_process_that_dies_or_hangs(
    clean: Path, monkeypatch: pytest.MonkeyPatch, victim: str, deed: signal.Signals
) -> None:
    monkeypatch.setattr(launch, "CLOSE_SECONDS", 0.5)
    async with open_browser(Settings(), timeout=20) as opened:
        await opened.browser.new_page()
        started = children()
        (chromium_of if victim == "chromium" else driver_of)(started).send_signal(deed)
        closing = time.monotonic()
    assert time.monotonic() - closing < 3
    assert gone(started)
    assert entries(clean) == []
    gc.collect()


@posix
@pytest.mark.parametrize("victim", ["chromium", "driver"])
async def test_death_in_the_middle_is_told_as_such(victim: str) -> None:
    """Whatever the flow was waiting for, the error says that the browser died."""

    async def work() -> None:
        async with open_browser(Settings(), timeout=20) as opened:
            page = await opened.browser.new_page()
            (chromium_of if victim == "chromium" else driver_of)(children()).kill()
            await page.wait_for_selector("#never")

    with pytest.raises(BrowserError, match="ended in the middle") as caught:
        await work()
    assert caught.value.code == "BROWSER_CRASHED"
    gc.collect()


WORKER = """
    import asyncio, sys, tempfile
    from upstox_browser_login.browser.launch import open_browser
    from upstox_browser_login.settings import Settings

    tempfile.tempdir = sys.argv[1]

    async def main():
        async with open_browser(Settings(), timeout=20) as opened:
            page = await opened.browser.new_page()
            print("ready", flush=True)
            await page.wait_for_selector("#never", timeout=0)

    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        sys.exit(130)
"""


@posix
@pytest.mark.parametrize(
    ("number", "group", "status"),
    [
        pytest.param(signal.SIGINT, True, 130, id="ctrl-c"),
        pytest.param(signal.SIGTERM, False, -signal.SIGTERM, id="terminated"),
        pytest.param(signal.SIGTERM, True, -signal.SIGTERM, id="service-stopped"),
        pytest.param(signal.SIGHUP, True, -signal.SIGHUP, id="terminal-closed"),
        pytest.param(signal.SIGKILL, False, -signal.SIGKILL, id="killed"),
    ],
)
def test_signals(clean: Path, number: signal.Signals, group: bool, status: int) -> None:
    """Python ends by a signal, handled or not: within 5 s nothing is left, and nothing is said."""
    worker = [sys.executable, "-W", "error", "-c", textwrap.dedent(WORKER)]
    with subprocess.Popen(
        [*worker, str(clean)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "ready\n"
        started = psutil.Process(process.pid).children(recursive=True)
        assert len(started) >= 3
        (os.killpg if group else os.kill)(process.pid, number)
        try:
            assert process.wait(5) == status
            assert gone(started)
            assert process.stderr.read() == ""
        finally:
            process.kill()
    # Unhandled, a signal leaves our folder, but by then the driver has emptied it.
    assert [path for folder in clean.iterdir() for path in folder.iterdir()] == []
