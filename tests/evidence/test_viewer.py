"""Playwright's own viewer shows what was kept."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.evidence.recorded import chromium, record
from tests.harness import variants
from upstox_browser_login.evidence.viewer import viewer_command
from upstox_browser_login.redaction import MASK
from upstox_browser_login.settings import TraceMode

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    pytest.mark.usefixtures("temporary", "recording_browser"),
]


@pytest.mark.parametrize("mode", ["on-failure", *variants("on")])
async def test_playwrights_own_viewer_finds_the_step_that_failed(
    site: str, tmp_path: Path, mode: TraceMode
) -> None:
    """Served offline by the command that `traces show` runs."""
    async with chromium() as browser:
        path, _ = await record(browser, site, tmp_path, mode=mode)
        assert path is not None
        environment = {**os.environ, "PWTEST_UNDER_TEST": "1"}  # opens no window
        viewer = await asyncio.create_subprocess_exec(
            *viewer_command(path / "trace.zip"),
            stdout=asyncio.subprocess.PIPE,
            env=environment,
        )
        assert viewer.stdout is not None
        try:
            line = b""
            while b"Listening on" not in line:
                line = await viewer.stdout.readline()
                assert line or viewer.returncode is None
            page = await browser.new_page()
            await page.goto(line.decode().split()[-1])
            actions = page.get_by_role("treeitem")
            for step in ("step: open", "step: mobile", "step: totp", "step: pin"):
                await expect(actions.filter(has_text=step)).to_be_visible()
            await expect(actions.filter(has_text="failed: PIN_REJECTED")).to_be_visible()
            step = "step: pin" if mode == "on" else "failed: PIN_REJECTED"
            await actions.filter(has_text=step).click()
            shown = page.frame_locator("iframe.snapshot-visible")
            await expect(shown.get_by_text("Signed in as")).to_be_visible()
            if mode == "on-failure":
                await actions.filter(has_text="step: open").click()
                await page.keyboard.press("ArrowRight")
                await expect(
                    page.get_by_role("treeitem", name="GET login.upstox.com")
                ).to_be_visible()
                return
            # What the page posted is found under its new name.
            await page.get_by_role("tab", name="Network").click()
            await page.get_by_text("2fa", exact=True).click()
            await page.get_by_role("tab", name="Payload").click()
            payload = page.get_by_role("tabpanel", name="Payload")
            await expect(payload).to_contain_text("inputText")
            await expect(payload).to_contain_text(MASK)
        finally:
            viewer.terminate()
            await viewer.wait()
