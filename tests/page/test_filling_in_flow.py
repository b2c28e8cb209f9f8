"""When a page's first form is typed into, where only a browser can show it."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from tests.harness import Desk
from upstox_browser_login.replica import Replica

from .hops import log_in_changed

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("without_evidence")]

SETTINGS, NUMBER = "/login-config.json", "/login/open/v6/auth/1fa/otp/generate"


@pytest.mark.parametrize(
    "asks", ["fetch('/words.json').then((answer) => answer.text())", "fetch('http://127.0.0.1:9/')"]
)
@pytest.mark.parametrize("drawn_for", [100, 150])
def test_a_page_that_asks_for_more_than_settings_gets_the_number_after_them(
    drawn_for: int, asks: str, desk: Desk
) -> None:
    """The answer to something else comes before the form that the page throws away."""

    async def ask(page: Page) -> None:
        await page.add_init_script(f"{asks}.catch(() => 0)")

    with Replica(f"first-paint={drawn_for}", clock=desk.clock.time) as replica:
        code, error, _ = log_in_changed(desk, replica, ask)
        assert code == "OK", error
        asked = [each.path for each in replica.log.snapshot()]
    settings, number = (asked.index(each) for each in (SETTINGS, NUMBER))
    assert settings < number
