"""Launching and connecting, and what is said when that fails."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.async_api import Browser, Error

from tests.harness import variants
from tests.ports import closed_port
from tests.shared_browser import children
from upstox_browser_login.browser import find, launch
from upstox_browser_login.browser.driver import Driver
from upstox_browser_login.browser.find import Chromium, find_chromium
from upstox_browser_login.browser.launch import open_browser
from upstox_browser_login.errors import BrowserError, ConfigurationError
from upstox_browser_login.redaction import redactor
from upstox_browser_login.settings import Settings

from .processes import (
    chromium_elsewhere,
    chromium_of,
    driver_of,
    entries,
    gone,
    posix,
    script,
    wait_until,
)

pytestmark = pytest.mark.usefixtures("clean")


@pytest.mark.browser
async def test_launch(clean: Path) -> None:
    async with open_browser(Settings(), timeout=60) as opened:
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


@pytest.mark.browser
@posix
async def test_missing_library(tmp_path: Path) -> None:
    """A browser without its libraries: one sentence, and what to install."""
    path = script(
        tmp_path / "chromium",
        'echo "$0: error while loading shared libraries: libnss3.so: cannot open" >&2; exit 127',
    )
    with pytest.raises(BrowserError, match=r"the library libnss3\.so is missing") as caught:
        async with open_browser(Settings(browser_path=path), timeout=60):
            pass
    assert caught.value.code == "BROWSER_MISSING"
    assert "apt-get install" in caught.value.hint


@pytest.mark.browser
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
        async with open_browser(Settings(browser_path=path), timeout=60):
            pass
    assert caught.value.code == "BROWSER_CRASHED"
    assert caught.value.message.endswith("starting: Check failed: pin [redacted].")
    assert "UPSTOX_BROWSER_PATH" in (caught.value.hint or ""), "it may be any program"


@pytest.mark.browser
@posix
async def test_killed_at_the_start(tmp_path: Path) -> None:
    path = script(tmp_path / "chromium", "kill -9 $$")
    with pytest.raises(BrowserError, match="signal SIGKILL"):
        async with open_browser(Settings(browser_path=path), timeout=60):
            pass


@pytest.mark.browser
@posix
async def test_start_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_milliseconds", lambda _: 500.0)
    path = script(tmp_path / "chromium", "exec sleep 100")
    started = time.monotonic()
    with pytest.raises(BrowserError, match=r"was not ready within \d+ s") as caught:
        async with open_browser(Settings(browser_path=path), timeout=60):
            pass
    assert caught.value.code == "BROWSER_CRASHED"
    assert time.monotonic() - started < 60
    assert gone(children())


@pytest.mark.browser
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
        find, "candidates", lambda *_, **__: iter([Chromium(broken, None, "first"), good])
    )
    async with open_browser(Settings(), timeout=60) as opened:
        assert opened.chromium is not None
        assert opened.chromium.path == good.path


@pytest.mark.browser
async def test_channel_that_is_not_installed() -> None:
    with pytest.raises(BrowserError, match="UPSTOX_BROWSER_CHANNEL names no-such") as caught:
        async with open_browser(Settings(browser_channel="no-such"), timeout=60):
            pass
    assert caught.value.code == "BROWSER_MISSING"


@pytest.mark.skipif(sys.platform != "linux", reason="displays of X11 and Wayland")
async def test_headed_without_a_display(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    path = script(tmp_path / "chromium", "exit 0")
    with pytest.raises(ConfigurationError, match="no display") as caught:
        async with open_browser(Settings(browser_path=path, headed=True), timeout=60):
            pass
    # Xvfb alone helps nobody who is to type in the window.
    for way in ("a machine with a screen", "UPSTOX_TRACE=on", "`xvfb-run`"):
        assert way in caught.value.hint
    assert children() == []


LAST_WORDS = {
    "no usable sandbox": "No usable sandbox!",
    "SUID helper": (
        "[7:7:0719/133546.609929:FATAL:setuid_sandbox_host.cc(158)] The SUID sandbox helper binary "
        "was found, but is not configured correctly. Rather than run without sandboxing I am "
        "aborting now. You need to make sure that /opt/chrome-sandbox is owned by root."
    ),
    "namespace": (
        "Failed to move to new namespace: PID namespaces supported, Network namespace supported, "
        "but failed: errno = Operation not permitted"
    ),
    "zygote host": (
        "[7:7:0311/120334.394798:FATAL:content/browser/zygote_host/zygote_host_impl_linux.cc:207] "
        "Check failed: . : Operation not permitted (1)"
    ),
    "AppArmor": (
        "[7:7:0311/120334.394798:FATAL:sandbox/linux/services/credentials.cc:131] Check failed: . "
        ": Permission denied (13)"
    ),
}
"""What Chromium's last words are where it may not have a sandbox, as people have reported them."""


@pytest.mark.parametrize("words", LAST_WORDS.values(), ids=LAST_WORDS)
def test_chromiums_last_words_tell_of_its_sandbox(words: str) -> None:
    assert launch._is_sandbox_trouble(words)


@pytest.mark.browser
@posix
@pytest.mark.parametrize(
    "name", ["SUID helper", *variants(*sorted({*LAST_WORDS} - {"SUID helper"}))]
)
async def test_sandbox_is_tried_and_left_out_with_a_warning(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    words = LAST_WORDS[name]
    real = find_chromium(Settings()).path
    path = script(
        tmp_path / "chromium",
        f'case "$*" in *--no-sandbox*) exec {real} "$@";; esac; echo "{words}" >&2; exit 1',
    )
    monkeypatch.setattr(launch, "_is_root", lambda: False)
    launch._warn_of_no_sandbox.cache_clear()
    for _ in range(2):
        async with open_browser(Settings(browser_path=path), timeout=60) as opened:
            assert not opened.sandbox
    assert caplog.text.count("sandbox cannot be used") == 1


@pytest.mark.browser
@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="root on Linux")
async def test_root_is_told_that_there_is_no_sandbox(caplog: pytest.LogCaptureFixture) -> None:
    """Once a process: Chromium refuses its sandbox to root."""
    launch._warn_of_root.cache_clear()
    for _ in range(2):
        async with open_browser(Settings(), timeout=20) as opened:
            assert not opened.sandbox
    assert caplog.text.count("Run it as an ordinary user") == 1


@pytest.mark.browser
@posix
async def test_another_crash_does_not_take_the_sandbox_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A Chromium with a sandbox speaks of its zygote too; it is not started again without one."""
    starts = tmp_path / "starts"
    path = script(
        tmp_path / "chromium",
        f'echo "$*" >> {starts}\n'
        "echo '[7:7:0101/000000.1:ERROR:zygote_host_impl_linux.cc(279)] Failed to adjust OOM score "
        "of renderer with pid 9: Permission denied (13)' >&2\n"
        "echo '[7:7:0101/000000.1:FATAL:memory.cc(22)] Out of memory.' >&2; exit 1",
    )
    monkeypatch.setattr(launch, "_is_root", lambda: False)
    with pytest.raises(BrowserError, match="Out of memory") as caught:
        async with open_browser(Settings(browser_path=path), timeout=60):
            pass
    assert caught.value.code == "BROWSER_CRASHED"
    assert "--no-sandbox" not in starts.read_text()
    assert caplog.text == ""


@pytest.mark.browser
@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="root on Linux")
async def test_chromiums_own_refusal_to_root_is_understood(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As real Chromium and Playwright word it, so that a new wording is noticed."""
    monkeypatch.setattr(launch, "_is_root", lambda: False)
    async with open_browser(Settings(), timeout=60) as opened:
        assert not opened.sandbox


@pytest.mark.browser
@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="root on Linux")
async def test_root_goes_without_sandbox_at_once(caplog: pytest.LogCaptureFixture) -> None:
    launch._warn_of_root()
    caplog.clear()  # the only warning, and said by now
    caplog.set_level(logging.WARNING)
    async with open_browser(Settings(), timeout=60) as opened:
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


@pytest.mark.browser
@posix
async def test_connect_over_cdp(tmp_path: Path) -> None:
    """A new context; and closing must leave somebody else's browser and pages alone."""
    command = chromium_elsewhere(str(find_chromium(Settings()).path), tmp_path / "profile")
    async with foreign(*command) as process:
        socket = await line_with(process, r"ws://127\.0\.0\.1:\d+\S+")
        # Of its own address, and of the one that hosted browsers give.
        for url in (f"http://{urlsplit(socket).netloc}", f"cdp+{socket}"):
            settings = Settings(browser_url=url)
            mine = {each.pid for each in children()}
            async with open_browser(settings, timeout=60) as opened:
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


@pytest.mark.browser
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
        async with open_browser(settings, timeout=60) as opened:
            assert opened.remote
            page = await opened.browser.new_page()
            assert await page.evaluate("1 + 1") == 2
        assert process.returncode is None

        async def work() -> None:
            async with open_browser(settings, timeout=60) as opened:
                page = await opened.browser.new_page()
                process.kill()
                await page.wait_for_selector("#never")

        # A connection that breaks in the middle.
        with pytest.raises(BrowserError, match="was lost") as caught:
            await work()
        assert caught.value.code == "BROWSER_UNREACHABLE"


@asynccontextmanager
async def answering(answer: bytes | None, heard: list[bytes] | None = None) -> AsyncIterator[int]:
    """Give every request the same answer, or none."""
    done = asyncio.Event()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            if heard is not None:
                heard.append(head)
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


REFUSES, SILENT = http("401 Unauthorized"), None


@pytest.mark.browser
@pytest.mark.parametrize(
    ("scheme", "answer", "said"),
    [
        ("ws", REFUSES, "HTTP status 401"),
        ("http", SILENT, r"did not answer within \d+ s"),
        *variants(
            ("http", REFUSES, "HTTP status 401"), ("ws", SILENT, r"did not answer within \d+ s")
        ),
    ],
)
async def test_connection_that_fails(
    monkeypatch: pytest.MonkeyPatch, scheme: str, answer: bytes | None, said: str
) -> None:
    """Host and port are told; what else an address holds may be a secret."""
    monkeypatch.setattr(launch, "_milliseconds", lambda _: 500.0)
    async with answering(answer) as port:
        url = f"{scheme}://john:hunter22@127.0.0.1:{port}/pathtoken?token=abcdef"
        with pytest.raises(BrowserError, match=said) as caught:
            async with open_browser(Settings(browser_url=url), timeout=60):
                pass
    assert caught.value.code == "BROWSER_UNREACHABLE"
    assert f" 127.0.0.1:{port} " in caught.value.message
    assert not re.search("john|hunter|pathtoken|abcdef", str(caught.value))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["ws", "cdp+ws"])
async def test_headers_reach_the_browser_elsewhere(scheme: str) -> None:
    """As hosted browsers ask for them; what is in them is told to nobody else."""
    heard: list[bytes] = []
    headers = '{"Authorization": "Bearer h34der-of-mine", "X-Project": "seven"}'
    async with answering(http("403 Forbidden"), heard) as port:
        settings = Settings(browser_url=f"{scheme}://127.0.0.1:{port}/x", browser_headers=headers)
        with pytest.raises(BrowserError, match="HTTP status 403") as caught:
            async with open_browser(settings, timeout=60):
                pass
    assert f" 127.0.0.1:{port} " in caught.value.message
    assert "h34der" not in str(caught.value)
    assert redactor.redact("Bearer h34der-of-mine") == "[redacted]"
    assert b"GET /x HTTP/1.1" in heard[0]
    lines = {line.lower() for line in heard[0].split(b"\r\n")}
    assert {b"authorization: bearer h34der-of-mine", b"x-project: seven"} <= lines


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["ws", *variants("http")])
async def test_nobody_listens(scheme: str) -> None:
    with closed_port() as port, pytest.raises(BrowserError, match="nothing listens there"):
        async with open_browser(Settings(browser_url=f"{scheme}://127.0.0.1:{port}"), timeout=60):
            pass


@pytest.mark.browser
async def test_version_mismatch() -> None:
    async with answering(MISMATCH) as port:
        with pytest.raises(BrowserError, match=r"is of version 1\.40, but this one is 1\.99") as it:
            async with open_browser(Settings(browser_url=f"ws://127.0.0.1:{port}"), timeout=60):
                pass
    assert "npx playwright@1.99 run-server" in it.value.hint


@pytest.mark.browser
async def test_playwrights_error_in_the_body_is_not_ours_to_change() -> None:
    with pytest.raises(Error, match="boom"):
        async with open_browser(Settings(), timeout=60) as opened:
            await (await opened.browser.new_page()).evaluate("() => { throw new Error('boom') }")


@pytest.mark.browser
@posix
@pytest.mark.parametrize("victim", ["driver", *variants("chromium")])
async def test_death_in_the_middle_is_told_as_such(victim: str) -> None:
    """Whatever the flow was waiting for, the error says that the browser died."""

    async def work() -> None:
        async with open_browser(Settings(), timeout=60) as opened:
            page = await opened.browser.new_page()
            (chromium_of if victim == "chromium" else driver_of)(children()).kill()
            await page.wait_for_selector("#never")

    with pytest.raises(BrowserError, match="ended in the middle") as caught:
        await work()
    assert caught.value.code == "BROWSER_CRASHED"
    gc.collect()


class Asked:
    """A Chromium that tells which process it is."""

    async def new_browser_cdp_session(self) -> Asked:
        return self

    async def send(self, _method: str) -> dict[str, list[dict[str, object]]]:
        return {"processInfo": [{"type": "GPU", "id": 12}, {"type": "browser", "id": 11}]}


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone tells the children of a process")
@pytest.mark.parametrize(
    ("starts", "children", "leads"),
    [
        ("setsid sleep 60 & wait", 1, True),
        ("sleep 60 & wait", 1, False),
        ("exec sleep 60", 0, False),
        ("setsid sleep 60 & setsid sleep 60 & wait", 2, False),
    ],
)
async def test_the_only_child_is_chromium_where_it_leads_a_group(
    starts: str, children: int, *, leads: bool
) -> None:
    """A script in front of Node.js has Node.js for its only child; then Chromium is asked."""
    process = psutil.Popen(["sh", "-c", starts])
    try:

        def asleep() -> list[psutil.Process]:
            return [each for each in process.children() if each.name() == "sleep"]

        assert wait_until(lambda: process.is_running() and len(asleep()) == children)
        chromium = asleep()
        drives = Driver()
        drives.transport = SimpleNamespace(_proc=process)
        await launch._find_pid(drives, cast("Browser", Asked()))
        assert drives.browser_pid == (chromium[0].pid if leads else 11)
    finally:
        for each in [*process.children(), process]:
            each.kill()
        process.wait()
