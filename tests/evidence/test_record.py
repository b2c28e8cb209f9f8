"""What is recorded of a login, and when."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest

from upstox_browser_login.evidence.record import Recorder
from upstox_browser_login.evidence.report import Request, Seen
from upstox_browser_login.evidence.verify import leaks
from upstox_browser_login.redaction import Redactor
from upstox_browser_login.settings import TraceMode

from .recorded import (
    ASHA,
    OTHER,
    chromium,
    entries,
    frames,
    log_in,
    names_in,
    outcome,
    record,
    report_data,
    report_in,
)

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    pytest.mark.usefixtures("temporary", "recording_browser"),
]


async def test_the_page_is_not_disturbed(site: str, tmp_path: Path) -> None:
    """The same document and the same behaviour with and without it; functions look native."""
    async with chromium() as browser:
        documents = []
        modes: tuple[TraceMode, ...] = ("on", "off")
        for mode in modes:
            context = await browser.new_context()
            recorder = Recorder(mode, tmp_path, redactor=Redactor())
            await recorder.prepare(context)
            page = await context.new_page()
            errors: list[object] = []
            page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108, B023
            await log_in(page, site, ASHA, recorder)
            documents.append(await page.content())
            assert await page.locator("#pinCode").input_value() == ASHA.pin
            assert "[native code]" in await page.evaluate("String(Element.prototype.attachShadow)")
            assert not errors
            await recorder.discard()
    assert documents[0] == documents[1]


# Modes


@pytest.mark.parametrize(
    ("mode", "code", "kept"),
    [("off", "PIN_REJECTED", False), ("on-failure", "OK", False), ("on", "OK", True)],
)
async def test_modes(site: str, tmp_path: Path, mode: TraceMode, code: str, kept: bool) -> None:
    async with chromium() as browser:
        path, _ = await record(
            browser, site, tmp_path / "traces", mode=mode, result=outcome(code, step=None)
        )
    assert (path is not None) is kept
    assert (tmp_path / "traces").exists() is kept
    if path is not None:
        assert path.name.endswith("-OK")
        assert "# Login succeeded" in report_in(path)


# Late


async def test_nothing_is_recorded_while_all_is_well(site: str, tmp_path: Path) -> None:
    """No script of ours in the page, no trace: they would cost as much as the login."""
    async with chromium() as browser:
        context = await browser.new_context()
        recorder = Recorder("on-failure", tmp_path, redactor=ASHA.redactor())
        await recorder.prepare(context)
        page = await context.new_page()
        await log_in(page, site, ASHA, recorder)
        assert not recorder.is_recording
        assert await page.evaluate("document.adoptedStyleSheets.length") == 0
        assert await page.evaluate("CSS.highlights.size") == 0
        # Playwright refuses a second one: so there was none.
        await context.tracing.start()
        await context.tracing.stop()
        assert not recorder.wants("OK")


async def until_it_records(recorder: Recorder) -> None:
    assert recorder.starting is not None
    await recorder.starting
    assert recorder.is_recording


async def test_the_first_trouble_starts_the_record_and_covers_the_page(
    site: str, tmp_path: Path
) -> None:
    """The page that lives, and documents that come later; with what it showed then."""
    pictures = []
    async with chromium() as browser:
        for secrets in (ASHA, OTHER):
            context = await browser.new_context()
            recorder = Recorder("on-failure", tmp_path, redactor=secrets.redactor())
            await recorder.prepare(context)
            page = await context.new_page()
            await log_in(page, site, secrets, recorder)
            await page.evaluate("document.querySelector('#toast').append(' at first')")
            recorder.trouble()
            recorder.trouble()
            await until_it_records(recorder)
            pictures.append([await page.screenshot()])
            await page.evaluate("document.querySelector('#toast').remove()")
            await page.goto(site)
            await page.locator("#mobileNum").fill(secrets.mobile)
            pictures[-1].append(await page.screenshot())
            path = await recorder.keep(page, outcome())
            assert path is not None
            assert leaks(path, secrets.redactor()) == []
            lines = entries(path / "trace.zip")
            snapshots = [json.dumps(line) for line in lines if line["type"] == "frame-snapshot"]
            assert any("at first" in each for each in snapshots)
            assert not [line for line in lines if line["type"] == "screencast-frame"]
            assert frames(path / "trace.zip") == []
            titles = [each["title"] for each in lines if each.get("method") == "tracingGroup"]
            assert titles == ["something looks wrong", "failed: PIN_REJECTED at step pin"]
    assert pictures[0] == pictures[1]


async def test_earlier_steps_and_requests_have_their_own_times(site: str, tmp_path: Path) -> None:
    async with chromium() as browser:
        context = await browser.new_context()
        recorder = Recorder("on-failure", tmp_path, redactor=Redactor())
        await recorder.prepare(context)
        page = await context.new_page()
        at = [time.monotonic()]
        await recorder.group("step: open")
        at.append(time.monotonic())
        await asyncio.sleep(0.3)
        at.append(time.monotonic())
        await recorder.group_end()
        at.append(time.monotonic())
        await recorder.group("step: pin")
        request = Request("POST login.upstox.com/2fa 200", 0.35, 0.25)
        path = await recorder.keep(page, outcome(requests=(request,)))
    assert path is not None
    lines = entries(path / "trace.zip")
    begun = {line["title"]: line for line in lines if line["type"] == "before" and "title" in line}
    ended = {line["callId"]: line["endTime"] for line in lines if line["type"] == "after"}
    opened, pin, sent = begun["step: open"], begun["step: pin"], begun[request.line]
    took = (ended[opened["callId"]] - opened["startTime"]) / 1000
    assert at[2] - at[1] - 0.02 <= took <= at[3] - at[0] + 0.02
    assert ended[opened["callId"]] <= pin["startTime"] + 0.01
    assert ended[sent["callId"]] - sent["startTime"] == pytest.approx(250)
    assert begun["failed: PIN_REJECTED at step pin"]["startTime"] >= pin["startTime"]
    assert sent["parentId"] in {opened["callId"], pin["callId"]}


async def test_the_report_for_programs_tells_what_was_seen_and_what_is_missing(
    site: str, tmp_path: Path
) -> None:
    looks = (Seen(0.5, "pin", f"words: label 'PIN {ASHA.pin}'; shape: hides a few digits"),)
    async with chromium(own=True) as browser:
        context = await browser.new_context()
        recorder = Recorder("on-failure", tmp_path, redactor=ASHA.redactor())
        await recorder.prepare(context)
        page = await context.new_page()
        await page.goto(site)
        await browser.close()
        path = await recorder.keep(page, outcome(looks=looks))
    assert path is not None
    told = report_data(path)
    assert told["schema"] == 1
    assert (told["code"], told["step"], told["upstox_code"]) == ("PIN_REJECTED", "pin", "1017106")
    assert told["steps"] == [{"step": "open", "seconds": 1.25}, {"step": "pin", "seconds": 0.5}]
    assert told["looks"] == [
        {"at": 0.5, "state": "pin",
         "why": ["words: label 'PIN [redacted]'", "shape: hides a few digits"]}
    ]  # fmt: skip
    assert told["requests"] == [
        {"at": 0.005, "seconds": 0.003, "request": "GET login.upstox.com/ 200"}
    ]
    assert {each["what"] for each in told["missing"]} == {"trace", "screenshot.png", "page.html"}
    assert set(told["files"]) == names_in(path)
    assert told["versions"]["browser"].startswith("chromium")
