"""The driver: what it is told, and above all that nothing of it is left behind."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import subprocess
import sys
import textwrap
import time
from contextvars import ContextVar
from pathlib import Path

import psutil
import pytest
from playwright.async_api import async_playwright

from tests.harness import variants
from tests.shared_browser import children
from upstox_browser_login import budget
from upstox_browser_login.browser import driver
from upstox_browser_login.browser.launch import open_browser
from upstox_browser_login.errors import BrowserError
from upstox_browser_login.evidence.folder import sweep
from upstox_browser_login.settings import Settings

from .processes import SECRETS, chromium_of, driver_of, entries, gone, posix, script

pytestmark = pytest.mark.usefixtures("clean")


@pytest.mark.browser
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


@pytest.mark.browser
@posix
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NODE_OPTIONS", "--require={spy}"),
        ("LD_PRELOAD", "{folder}/none.so"),
        *variants(
            ("NODE_PATH", "{folder}"),
            ("PYTHONSTARTUP", "{spy}"),
            ("NODE_OPTIONS", "--no-such-option"),
            ("LD_LIBRARY_PATH", "{folder}"),
        ),
    ],
)
async def test_no_foreign_code_where_the_pin_passes(
    name: str,
    value: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """What the environment would load is not loaded, does no harm, and is there for others."""
    ran = tmp_path / "ran"
    spy = tmp_path / "spy.js"
    spy.write_text(f"require('fs').appendFileSync({str(ran)!r}, process.argv.join(' '))")
    value = value.format(spy=spy, folder=tmp_path)
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("NODE_EXTRA_CA_CERTS", str(tmp_path / "company.pem"))
    (tmp_path / "company.pem").write_text("")
    async with open_browser(Settings(), timeout=60) as opened:
        await opened.browser.new_page()
        started = children()
        for child in started:
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                assert value not in child.environ().get(name, "")
        assert driver_of(started).environ()["NODE_OPTIONS"].startswith("--max-semi-space-size=")
        assert driver_of(started).environ()["NODE_EXTRA_CA_CERTS"].endswith("company.pem")
    assert not ran.exists()
    assert capfd.readouterr().err == ""
    assert os.environ[name] == value


@pytest.mark.browser
async def test_another_playwright_in_this_process_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with open_browser(Settings(), timeout=60):
        pass
    monkeypatch.setenv("UPSTOX_PIN_CODE", "908172")
    async with async_playwright():
        assert driver_of(children()).environ()["UPSTOX_PIN_CODE"] == "908172"


@pytest.mark.browser
async def test_unknown_playwright_still_works(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Should a later Playwright rename its private parts: a warning, and no worse."""
    monkeypatch.setattr(driver, "_transport_module", lambda: None)
    monkeypatch.setattr(driver, "_starting", ContextVar("another", default=None))
    async with open_browser(Settings(), timeout=60):
        started = children()
    assert gone(started)
    assert "This Playwright is unknown" in caplog.text


@pytest.mark.browser
def test_the_process_starts_before_playwright_is_read() -> None:
    """Reading Playwright's code takes as long as the process does; both happen at once."""
    program = """
        import asyncio, sys
        from upstox_browser_login.browser.driver import running_driver

        async def main():
            told = lambda: print("playwright.async_api" in sys.modules)
            async with running_driver(60, meanwhile=told) as (driver, playwright):
                print(playwright.chromium.name)

        asyncio.run(main())
    """
    told = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["False", "chromium"]
    assert told.stderr == ""


@pytest.mark.browser
@posix
async def test_driver_that_does_not_answer(
    tmp_path: Path, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "SHARES", budget.Shares(whole=0.6))
    node = script(tmp_path / "node", "exec sleep 60")
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(node))
    with pytest.raises(BrowserError, match="driver did not start within"):
        async with open_browser(Settings(), timeout=0.5):
            pass
    assert gone(children())
    assert entries(clean) == []


@pytest.mark.browser
@posix
async def test_one_that_is_killed_leaves_no_complaint_of_asyncio(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as "Unknown child process", where somebody else has read its exit status."""
    monkeypatch.setattr(budget, "SHARES", budget.Shares(whole=3, killing=2.8))
    for _ in range(4):
        async with driver.running_driver(60):
            driver_of(children()).suspend()
    assert [each for each in caplog.records if each.name == "asyncio"] == []


@pytest.mark.browser
async def test_driver_that_cannot_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "node"
    broken.write_bytes(b"no program")
    broken.chmod(0o755)
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(broken))
    with pytest.raises(BrowserError, match="driver did not start: ") as caught:
        async with open_browser(Settings(), timeout=60):
            pass
    assert caught.value.code == "BROWSER_CRASHED"
    gc.collect()


@pytest.mark.browser
async def test_exception_in_the_body(clean: Path) -> None:
    started: list[psutil.Process] = []

    async def work() -> None:
        async with open_browser(Settings(), timeout=60):
            started.extend(children())
            raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine"):
        await work()
    assert started
    assert gone(started)
    assert entries(clean) == []


@pytest.mark.browser
@pytest.mark.parametrize("after", [0.3, *variants(0.0, 0.1, 0.4, 0.8)])
async def test_cancelled(clean: Path, after: float) -> None:
    """At any moment of the start as well, and once more during the clean-up."""

    async def work() -> None:
        async with open_browser(Settings(), timeout=60):
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


@pytest.mark.browser
@pytest.mark.parametrize("after", [0.0, *variants(0.1, 0.3)])
async def test_cancelled_before_anybody_asks_for_a_driver(clean: Path, after: float) -> None:
    async def work() -> None:
        async with driver.early_driver(None):
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await asyncio.wait({task}, timeout=after)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert children() == []
    assert entries(clean) == []
    assert driver._early == []
    gc.collect()


@pytest.mark.browser
@posix
@pytest.mark.parametrize(
    ("victim", "deed"),
    [
        ("chromium", "SIGSTOP"),
        ("driver", "SIGKILL"),
        *variants(("chromium", "SIGKILL"), ("driver", "SIGSTOP")),
    ],
)
async def test_process_that_dies_or_hangs(
    clean: Path, monkeypatch: pytest.MonkeyPatch, victim: str, deed: str
) -> None:
    monkeypatch.setattr(budget, "SHARES", budget.Shares(whole=0.9))
    async with open_browser(Settings(), timeout=60) as opened:
        await opened.browser.new_page()
        started = children()
        (chromium_of if victim == "chromium" else driver_of)(started).send_signal(
            signal.Signals[deed]
        )
        closing = time.monotonic()
    assert time.monotonic() - closing < 60
    assert gone(started)
    assert entries(clean) == []
    gc.collect()


WORKER = """
    import asyncio, sys, tempfile
    from upstox_browser_login.browser.launch import open_browser
    from upstox_browser_login.settings import Settings

    tempfile.tempdir = sys.argv[1]

    async def main():
        async with open_browser(Settings(), timeout=60) as opened:
            page = await opened.browser.new_page()
            print("ready", flush=True)
            await page.wait_for_selector("#never", timeout=0)

    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        sys.exit(130)
"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "group", "status"),
    [
        ("SIGINT", True, 130),
        ("SIGKILL", False, -9),
        *variants(("SIGTERM", False, -15), ("SIGTERM", True, -15), ("SIGHUP", True, -1)),
    ],
)
def test_signals(clean: Path, name: str, group: bool, status: int) -> None:
    """Python ends by a signal, handled or not: nothing is left, and nothing is said."""
    if sys.platform == "win32":
        pytest.skip("no signals are sent so there")
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
        (os.killpg if group else os.kill)(process.pid, signal.Signals[name])
        try:
            assert process.wait(60) == status
            assert gone(started)
            told = process.stderr.read().splitlines()
            assert [line for line in told if "runs as root" not in line] == []
        finally:
            process.kill()
    # Unhandled, a signal leaves our folder, but by then the driver has emptied it.
    assert [path for folder in clean.iterdir() for path in folder.iterdir()] == []
    sweep(clean / "traces")
    assert entries(clean) == []


def test_playwright_prints_no_message_of_a_login(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """DEBUG and DEBUGP would have it print the PIN, past every redaction."""
    debug_logger = pytest.importorskip("playwright._impl.utils.debug_logger", reason="newer")
    monkeypatch.setenv("DEBUGP", "1")
    monkeypatch.setenv("DEBUG", "*")
    told = debug_logger.DebugLogger()
    monkeypatch.setattr(debug_logger, "debug_logger", told)
    assert told.is_enabled("channel")
    driver._keep_playwright_quiet()
    assert not told.is_enabled("channel")
    assert "DEBUGP" not in os.environ
    assert [each.levelname for each in caplog.records] == ["WARNING", "WARNING"]
