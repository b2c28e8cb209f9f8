"""How soon a login ends whose limit of time is over, whatever holds it up."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
import redis
from msgspec.structs import force_setattr
from playwright.async_api import Page

from tests.browser.processes import chromium_elsewhere, chromium_of, driver_of, posix, script
from tests.harness import Desk, Notes
from tests.shared_browser import children, count_children_from_now
from tests.store.conftest import redis_server, redis_url
from upstox_browser_login.browser.find import find_chromium
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import login_result
from upstox_browser_login.session.parts import Deadline
from upstox_browser_login.settings import Settings, TraceMode

pytestmark = pytest.mark.browser

__all__ = ["redis_server", "redis_url"]


@pytest.fixture(autouse=True)
def children_of_the_test() -> None:
    """A server may run that is another test's as well."""
    count_children_from_now()


PROMISED = 5.0
"""Seconds beyond its limit within which a login is to end."""


@pytest.fixture(autouse=True)
def unhurried_evidence() -> None:
    """Evidence is as much in a hurry here as it is for users."""


@contextmanager
def limit_after(replica: Replica, step: str, deed: Callable[[], None]) -> Iterator[list[float]]:
    """Within the block a login's limit is over half a second after it asked for `step`.

    `deed` is done when it has asked. So the login gets that far, however busy the machine is. The
    list has the time at which the limit was over.
    """
    over_at: list[float] = []
    done = threading.Event()
    of_login = Deadline.of_login

    def look(deadline: Deadline, timeout: asyncio.Timeout) -> None:
        loop = asyncio.get_running_loop()
        if over_at:
            force_setattr(deadline, "at", over_at[0])
            timeout.reschedule(loop.time() + over_at[0] - time.monotonic())
        elif not done.is_set():
            loop.call_later(0.02, look, deadline, timeout)

    def told(deadline: Deadline) -> asyncio.Timeout:
        made = of_login(deadline)
        asyncio.get_running_loop().call_soon(look, deadline, made)
        return made

    def wait() -> None:
        while not done.wait(0.02):
            if replica.log.of(step):
                deed()
                over_at.append(time.monotonic() + 0.5)
                return

    waiting = threading.Thread(target=wait)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Deadline, "of_login", told)
        waiting.start()
        try:
            yield over_at
        finally:
            done.set()
            waiting.join()


def once(selector: str, deed: str) -> str:
    """A script that does `deed` a moment after `selector` has come, once."""
    return f"""new MutationObserver((_, watcher) => {{
      if (!document.querySelector("{selector}")) return;
      watcher.disconnect();
      setTimeout(() => {{ {deed} }}, 300);
    }}).observe(document, {{childList: true, subtree: true}})"""


LOOPS = "for (;;);"
AFTER_PIN = """addEventListener("submit", (event) => {
  if (document.querySelector("#pinCode")) setTimeout(() => { for (;;); }, 200);
}, true)"""
FLOODS = """setInterval(() => {
  for (let i = 0; i < 2000; i++) console.log("x".repeat(500), i);
  document.title = Math.random();
  fetch("?" + Math.random()).catch(() => {});
}, 1)"""
HOLDS_ITS_CLOSE = """for (const name of ["beforeunload", "pagehide", "visibilitychange", "unload"])
  addEventListener(name, (event) => { event.preventDefault(); for (;;); });
document.body.insertAdjacentHTML("beforeend", "<iframe srcdoc=''></iframe>");"""
BREEDS = """setInterval(() => {
  for (let i = 0; i < 20; i++) {
    const frame = document.createElement("iframe");
    frame.srcdoc = "<input><p>words</p>";
    document.body.append(frame);
    if (i % 2) frame.remove();
  }
}, 10)"""
GROWS = """setInterval(() => {
  for (let i = 0; i < 300; i++) document.body.append(Object.assign(document.createElement("p"),
    { textContent: "words and words ".repeat(20) }));
}, 20)"""


class Changed(Notes):
    """Lets `script` run before the page's own."""

    def __init__(self, script: str) -> None:
        super().__init__()
        self._script = script

    async def opened(self, page: Page) -> None:
        await page.add_init_script(f"if (window === top) {{ {self._script} }}")


def stopped(which: str) -> Callable[[], None]:
    """Stop the browser or its driver, as a machine that hangs would."""

    def stop() -> None:
        process = (chromium_of if which == "browser" else driver_of)(children())
        process.send_signal(signal.SIGSTOP)

    return stop


def nothing() -> None:
    """Leave the login to the page."""


@pytest.mark.parametrize(
    ("step", "script", "deed", "trace"),
    [
        pytest.param("otp", once("#otpNum", LOOPS), nothing, "on-failure", id="loops"),
        *(
            pytest.param(step, script, deed, trace, id=name, marks=pytest.mark.variant)
            for name, step, script, deed, trace in [
                ("loops-traced", "otp", once("#otpNum", LOOPS), nothing, "on"),
                ("loops-after-the-pin", "pin", AFTER_PIN, nothing, "on-failure"),
                ("loops-untraced", "otp", once("#otpNum", LOOPS), nothing, "off"),
                ("holds-its-close", "verify", once("#otpNum", HOLDS_ITS_CLOSE), nothing, "on"),
                ("floods", "otp", once("#otpNum", FLOODS), nothing, "on-failure"),
                ("floods-traced", "otp", once("#otpNum", FLOODS), nothing, "on"),
                ("breeds-frames", "otp", once("#otpNum", BREEDS), nothing, "on-failure"),
                ("grows", "otp", once("#otpNum", GROWS), nothing, "on-failure"),
                ("grows-traced", "otp", once("#otpNum", GROWS), nothing, "on"),
                ("browser-stopped", "verify", "", stopped("browser"), "on-failure"),
                ("browser-stopped-traced", "verify", "", stopped("browser"), "on"),
                ("driver-stopped", "verify", "", stopped("driver"), "on-failure"),
                ("driver-stopped-traced", "verify", "", stopped("driver"), "on"),
            ]
        ),
    ],
)
def test_a_login_ends_soon_after_its_limit(
    step: str,
    script: str,
    deed: Callable[[], None],
    trace: TraceMode,
    desk: Desk,
) -> None:
    """Evidence, windows, browser and driver have 5 s together, and nothing of them is left."""
    silent = "pin" if step == "pin" else "verify"
    with Replica(f"hang={silent}", clock=desk.clock.time) as replica:
        settings = desk.settings(replica, timeout=100, trace=trace)
        with limit_after(replica, step, deed) as over_at:
            with pytest.raises(UpstoxError) as caught:
                login_result(settings, progress=Changed(script), clock=desk.clock)
            ended = time.monotonic()
    assert caught.value.code == "TIMEOUT"
    assert 0 <= ended - over_at[0] < PROMISED
    assert children() == []
    assert (caught.value.trace is None) == (trace == "off")


@posix
def test_a_driver_that_is_killed_ends_a_login_at_once(desk: Desk) -> None:
    """As by a system that is short of memory; Playwright itself tells nobody."""
    with Replica("hang=verify", clock=desk.clock.time) as replica:
        over = threading.Event()

        def kill() -> None:
            while not over.wait(0.02):
                if replica.log.of("verify"):
                    driver_of(children()).kill()
                    return

        settings = desk.settings(replica, timeout=60, trace="on-failure")
        killing = threading.Thread(target=kill)
        killing.start()
        began = time.monotonic()
        try:
            with pytest.raises(UpstoxError) as caught:
                login_result(settings, clock=desk.clock)
        finally:
            over.set()
            killing.join()
    assert caught.value.code == "BROWSER_CRASHED"
    assert time.monotonic() - began < 15
    assert (Path(caught.value.trace or "") / "report.md").is_file()
    assert children() == []


@pytest.mark.variant
@posix
@pytest.mark.parametrize(("limit", "code"), [(5, "TIMEOUT"), (25, "BROWSER_CRASHED")])
def test_a_browser_that_never_starts_ends_a_login_in_time(
    limit: int, code: str, desk: Desk, replica: Replica, tmp_path: Path
) -> None:
    """The evidence is a report. A short limit may be too short for any browser."""
    path = script(tmp_path / "chromium", "exec sleep 60")
    settings = desk.settings(replica, timeout=limit, browser_path=path, trace="on-failure")
    began = time.monotonic()
    with pytest.raises(UpstoxError) as caught:
        login_result(settings, clock=desk.clock)
    assert caught.value.code == code
    assert (Path(caught.value.trace or "") / "report.md").is_file()
    assert limit <= time.monotonic() - began < limit + PROMISED
    assert children() == []


@contextmanager
def somebody_elses_browser(profile: Path) -> Iterator[tuple[psutil.Process, str]]:
    """A browser that is not ours to kill, and its address."""
    command = chromium_elsewhere(str(find_chromium(Settings()).path), profile)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as started:
        process = psutil.Process(started.pid)
        try:
            assert started.stderr is not None
            told = (re.search(r"ws://127\.0\.0\.1:\d+\S+", line) for line in started.stderr)
            yield process, f"cdp+{next(each[0] for each in told if each)}"
        finally:
            for each in [*process.children(recursive=True), process]:
                with suppress(psutil.NoSuchProcess):
                    each.kill()


@pytest.mark.variant
@posix
@pytest.mark.parametrize("hangs", [True, False])
def test_a_login_in_a_browser_elsewhere_ends_in_time(
    hangs: bool, desk: Desk, tmp_path: Path
) -> None:
    """It is left alone, though it hangs; what is ours goes, the driver among it."""
    with (
        somebody_elses_browser(tmp_path / "profile") as (browser, url),
        Replica("hang=verify", clock=desk.clock.time) as replica,
    ):
        settings = desk.settings(replica, timeout=100, trace="on-failure", browser_url=url)
        script = "" if hangs else once("#otpNum", LOOPS)
        deed = browser.suspend if hangs else nothing
        with limit_after(replica, "verify" if hangs else "otp", deed) as over_at:
            with pytest.raises(UpstoxError) as caught:
                login_result(settings, progress=Changed(script), clock=desk.clock)
            ended = time.monotonic()
        assert caught.value.code == "TIMEOUT"
        assert 0 <= ended - over_at[0] < PROMISED
        assert not [each for each in children() if "run-driver" in each.cmdline()]
        assert browser.is_running()


@pytest.mark.variant
def test_a_page_that_asks_for_some_hundred_parts_at_once_is_no_flood(
    desk: Desk, replica: Replica
) -> None:
    """Such as a list of all countries, each with its flag, while this process is slow."""
    parts = "for (let i = 0; i < 600; i++) fetch(`/flags/${i}.svg`).catch(() => {});"
    script = f'addEventListener("DOMContentLoaded", () => {{ {parts} }})'
    result = login_result(desk.settings(replica), progress=Changed(script), clock=desk.clock)
    assert result.source == "login"


@pytest.mark.parametrize(
    "step", ["verify", *(pytest.param(each, marks=pytest.mark.variant) for each in ("pin", "otp"))]
)
@posix
def test_a_redis_that_stops_answering_holds_up_no_login(
    step: str, desk: Desk, redis_url: str
) -> None:
    """Neither what is to be written there, nor the locks that are to be given back."""
    with redis.Redis.from_url(redis_url) as client:
        server = psutil.Process(client.info("server")["process_id"])
    with Replica(clock=desk.clock.time) as replica:
        settings = desk.settings(replica, timeout=100, token_store=redis_url)
        try:
            with limit_after(replica, step, server.suspend) as over_at:
                with pytest.raises(UpstoxError) as caught:
                    login_result(settings, clock=desk.clock)
                ended = time.monotonic()
        finally:
            server.resume()
    assert caught.value.code == "TIMEOUT"
    assert ended - over_at[0] < PROMISED
    assert {*children()} <= {server}
