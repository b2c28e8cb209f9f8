"""What is left where the page, the browser or the disk fails."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import stat
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from upstox_browser_login.evidence import record as record_module
from upstox_browser_login.evidence.record import Recorder
from upstox_browser_login.evidence.scrub import Scrubber
from upstox_browser_login.evidence.shelf import evidence_in
from upstox_browser_login.redaction import Redactor

from .recorded import (
    ASHA,
    CHROMIUM,
    children,
    chromium,
    every_byte,
    names_in,
    outcome,
    record,
    report_data,
    report_in,
)

TRACE_LOGGER = "upstox_browser_login.evidence.record"


pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    pytest.mark.usefixtures("temporary", "recording_browser"),
]


async def test_a_crashed_page_and_a_closed_browser_leave_a_report(
    site: str, tmp_path: Path
) -> None:
    async with chromium(own=True) as browser:
        contexts = [await browser.new_context() for _ in range(2)]
        recorders = [Recorder("on-failure", tmp_path, redactor=Redactor()) for _ in contexts]
        pages = []
        for context, recorder in zip(contexts, recorders, strict=True):
            await recorder.prepare(context)
            pages.append(await context.new_page())
            await pages[-1].goto(site)
        async with pages[0].expect_event("crash"):
            crash = asyncio.ensure_future(pages[0].goto("chrome://crash"))
        crashed = await recorders[0].keep(pages[0], outcome("BROWSER_CRASHED"))
        crash.cancel()
        await browser.close()
        await recorders[1].group("step: pin")
        closed = await recorders[1].keep(pages[1], outcome("BROWSER_CRASHED"))
        await recorders[1].group_end()
    assert crashed is not None
    assert closed is not None
    assert (crashed / "trace.zip").exists()
    assert "left out: screenshot" in report_in(crashed)
    assert names_in(closed) == {"report.md", "report.json"}


async def test_no_browser_at_all_leaves_a_report(tmp_path: Path) -> None:
    recorder = Recorder("on-failure", tmp_path / "traces", redactor=Redactor())
    await recorder.group("step: open")
    await recorder.group_end()
    path = await recorder.keep(None, outcome("BROWSER_MISSING"))
    assert path is not None
    assert names_in(path) == {"report.md", "report.json"}
    assert [each["why"] for each in report_data(path)["missing"]] == ["there was no browser"] * 3


async def test_a_hung_page_is_not_waited_for(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_module, "ITEM_SECONDS", 0.2)
    async with chromium(own=True) as browser:
        context = await browser.new_context()
        recorder = Recorder("on-failure", tmp_path, redactor=Redactor())
        await recorder.prepare(context)
        page = await context.new_page()
        await page.goto(site)
        # Later, or Playwright's own snapshot after this call waits for the page for 3 s.
        hang = "() => { setTimeout(() => { console.log('hangs'); for (;;); }, 300) }"
        async with page.expect_console_message():
            await page.evaluate(hang)
        started = time.monotonic()
        path = await recorder.keep(page, outcome("TIMEOUT"))
        assert time.monotonic() - started < 25  # Playwright would wait for half a minute, each time
    assert path is not None
    assert (path / "trace.zip").exists()
    assert "did not answer" in report_in(path)


async def test_an_unwritable_folder_is_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, temporary: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    recorder = Recorder("on-failure", tmp_path / "file" / "traces", redactor=Redactor())
    with caplog.at_level(logging.WARNING, TRACE_LOGGER):
        assert await recorder.keep(None, outcome()) is None
    folder = tmp_path / "file" / "traces"
    (warning,) = caplog.messages
    assert warning.startswith(f"No trace was kept in {folder}: Not a directory.")
    assert "UPSTOX_TRACE_DIR" in warning
    assert not children(temporary)


async def test_a_temporary_folder_that_is_full_leaves_nothing_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(record_module, "make_raw", full)
    recorder = Recorder("on-failure", tmp_path / "traces", redactor=Redactor())
    assert await recorder.keep(None, outcome("NETWORK")) is None
    assert not children(tmp_path / "traces")


async def test_interrupted_as_it_begins_it_leaves_nothing_half_made(tmp_path: Path) -> None:
    for turns in range(5):
        recorder = Recorder("on-failure", tmp_path, redactor=Redactor())
        keeping = asyncio.ensure_future(recorder.keep(None, outcome("NETWORK")))
        for _ in range(turns):
            await asyncio.sleep(0)
        keeping.cancel()
        await asyncio.wait({keeping})
    await asyncio.sleep(0.2)  # a thread would go on
    assert [each for each in children(tmp_path) if ".partial" in str(each)] == []


async def test_a_context_that_cannot_be_recorded_is_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with chromium() as browser:
        context = await browser.new_context()
        await context.tracing.start()
        recorder = Recorder("on-failure", tmp_path, redactor=Redactor())
        with caplog.at_level(logging.WARNING, TRACE_LOGGER):
            await recorder.prepare(context)
        path = await recorder.keep(None, outcome())
    assert caplog.messages == ["This login is not recorded (Error)."]
    assert path is not None
    assert "trace: it was not recorded" in report_in(path)


async def test_what_is_not_clean_is_deleted(
    site: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    temporary: Path,
) -> None:
    """The last look does not trust the scrubbing."""

    def forgetful(_: object, raw: Path, target: Any) -> None:
        target.write(raw.read_bytes())

    monkeypatch.setattr(Scrubber, "archive", forgetful)
    with caplog.at_level(logging.WARNING, TRACE_LOGGER):
        async with chromium() as browser:
            path, _ = await record(browser, site, tmp_path / "traces")
    assert path is None
    assert "The trace was deleted: pin was still in trace.zip." in caplog.messages
    assert not any(secret in caplog.text for secret in ASHA.spellings)
    assert not children(tmp_path / "traces")
    assert not children(temporary)


async def test_cancelled_while_it_scrubs_it_finishes_and_cleans_up(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    scrubbing, go_on = threading.Event(), threading.Event()

    def slow(_: object, raw: Path, target: Any) -> None:
        scrubbing.set()
        go_on.wait(10)
        assert raw.exists()
        target.write(b"")

    monkeypatch.setattr(Scrubber, "archive", slow)
    async with chromium() as browser:
        task = asyncio.ensure_future(record(browser, site, tmp_path / "traces"))
        await asyncio.to_thread(scrubbing.wait, 30)
        task.cancel()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task
    # What has passed the last look may stay; half-made evidence and the raw trace may not.
    assert {each.name for each in evidence_in(tmp_path / "traces")} == names_in(tmp_path / "traces")
    assert not children(temporary)


async def test_killed_it_leaves_no_unscrubbed_trace_in_the_folder(
    site: str, tmp_path: Path
) -> None:
    """At the worst of moments: Playwright's own trace is written, scrubbing begins."""
    if sys.platform == "win32":
        pytest.skip("SIGKILL is of POSIX")
    program = f"""
        import asyncio, os, signal
        from pathlib import Path
        from playwright.async_api import async_playwright
        from upstox_browser_login.evidence import bundle, record
        from upstox_browser_login.redaction import redactor
        from tests.evidence.recorded import outcome

        def killed(_, raw, target):
            assert raw.stat().st_size > 1000
            os.kill(os.getpid(), signal.SIGKILL)

        async def main():
            bundle.Scrubber.archive = killed
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(
                    executable_path={CHROMIUM!r}, args=["--no-sandbox"])
                context = await browser.new_context()
                recorder = record.Recorder("on", Path("traces"))
                await recorder.prepare(context)
                page = await context.new_page()
                await page.goto({site!r})
                await page.locator("#mobileNum").fill("{ASHA.mobile}")
                await recorder.keep(page, outcome())

        asyncio.run(main())
    """
    environment = {**os.environ, "TMPDIR": str(tmp_path / "system-tmp"),
                   "PYTHONPATH": str(Path(__file__).parents[2])}  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", textwrap.dedent(program)),
        cwd=tmp_path,
        env=environment,
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await process.communicate()
    assert process.returncode == -signal.SIGKILL, errors
    assert evidence_in(tmp_path / "traces") == []
    for name, data in every_byte(tmp_path / "traces"):
        assert ASHA.mobile.encode() not in data, name
    # What Playwright wrote is where only the owner can look, and is swept away in time.
    for raw in (tmp_path / "system-tmp").glob("upstox-browser-login-raw-*"):
        assert stat.S_IMODE(raw.stat().st_mode) == 0o700
