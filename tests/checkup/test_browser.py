"""The check of the browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness import FakeClock
from upstox_browser_login.browser.find import playwrights_version
from upstox_browser_login.checkup.browser import Started, check_browser, judged
from upstox_browser_login.settings import Settings


@pytest.mark.parametrize(
    ("version", "meant", "state", "told"),
    [
        ("150.0.1.2", "151.0.0.0", "ok", "starts in 0.4 s"),
        ("150.0.1.2", None, "ok", "starts"),
        ("odd", "151.0.0.0", "ok", "starts"),
        ("120.0.1.2", "151.0.0.0", "warning", "31 versions older"),
        ("170.0.1.2", "151.0.0.0", "warning", "19 versions newer"),
    ],
)
def test_version(version: str, meant: str | None, state: str, told: str) -> None:
    found = judged(Started(version, "/usr/bin/chromium", 0.41), meant)
    assert found.state == state
    assert told in found.message


def test_the_version_that_playwright_was_tested_with_is_known() -> None:
    assert (playwrights_version() or "").split(".")[0].isdigit()


async def test_no_browser(tmp_path: Path) -> None:
    settings = Settings(browser_path=tmp_path / "none")
    found = await check_browser(settings, FakeClock())
    assert found.error is not None
    assert (found.state, found.error.code) == ("error", "BROWSER_MISSING")
