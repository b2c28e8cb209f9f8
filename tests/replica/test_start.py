"""The page's start: a form for a moment, the spinner, the form again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.harness import variants

from .tabs import Open, send_code, send_mobile, send_pin

# Notes what the root shows, whenever that changes, from before the page's own scripts run.
_NOTES = """
window.shown = [];
new MutationObserver(() => {
  const root = document.getElementById("root");
  if (!root || !root.textContent) return;
  const seen = root.querySelector("input") ? "form" : "no form";
  if (window.shown.at(-1)?.seen !== seen) window.shown.push({seen, at: performance.now()});
}).observe(document, {childList: true, subtree: true});
"""


def _shown(tab: Page) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = tab.evaluate("window.shown")
    return shown


@pytest.mark.parametrize("scenarios", [(), *variants((("remembered",),), (("qr-layout",),))])
def test_the_form_comes_twice(tab: Page, opened: Open, scenarios: tuple[str, ...]) -> None:
    """Painted once, gone for the spinner, and there again."""
    tab.add_init_script(_NOTES)
    opened(*scenarios, settled=False)
    tab.wait_for_function("window.shown.length === 3")
    first, spinner, second = _shown(tab)
    assert [first["seen"], spinner["seen"], second["seen"]] == ["form", "no form", "form"]
    # A timer is never early, and late on a busy machine.
    assert spinner["at"] - first["at"] >= 25


def test_the_first_paint_can_be_made_longer(tab: Page, opened: Open) -> None:
    tab.add_init_script(_NOTES)
    opened("first-paint=400", settled=False)
    tab.wait_for_function("window.shown.length === 3")
    first, spinner, _ = _shown(tab)
    assert spinner["at"] - first["at"] >= 300


def test_nothing_marks_the_spinner(tab: Page, opened: Open) -> None:
    """Logo, toast area and footer stand beside it; no role and no class name says what it is."""
    opened("hang=config", settled=False)
    expect(tab.locator("input")).to_have_count(0)
    root = tab.locator("main#root")
    expect(root).to_have_text("Replica – not Upstox")  # noqa: RUF001  (the page's own)
    markup = root.inner_html()
    assert not re.search(r"spin|load|busy|progress|role=|aria-", markup)
    assert root.locator("header").count() == 1
    assert root.locator("> div").count() == 2
    assert root.locator("> div").first.inner_html() == ""


@pytest.mark.parametrize("fault", ["http:500", *variants("garbage", "reset", "html:502")])
def test_a_config_that_fails_is_not_missed(tab: Page, opened: Open, fault: str) -> None:
    """The form comes all the same, without a word, and works."""
    name, _, status = fault.partition(":")
    replica = opened(f"{name}=config" + (f":{status}" if status else ""))
    send_code(tab, replica)
    expect(tab.locator("#root")).not_to_contain_text("went wrong")
    with tab.expect_request(re.compile("callback")):
        send_pin(tab, replica)


@pytest.mark.parametrize("scenario", ["slow-config=2", *variants("slow-config")])
def test_a_late_config_holds_the_form_up(tab: Page, opened: Open, scenario: str) -> None:
    """Without a number it is 25 s late."""
    tab.set_default_timeout(40_000)
    tab.add_init_script(_NOTES)
    replica = opened(scenario, settled=False)
    tab.wait_for_function("window.shown.length === 3")
    _, spinner, second = _shown(tab)
    late = 2000 if "=" in scenario else 25_000
    assert second["at"] - spinner["at"] >= late - 50
    send_mobile(tab, replica)


def test_what_is_typed_too_early_is_lost(tab: Page, opened: Open) -> None:
    replica = opened("first-paint=1000", "slow-config=1", settled=False)
    tab.fill("#mobileNum", "987")
    expect(tab.locator("input")).to_have_count(0)
    expect(tab.locator("#mobileNum")).to_have_value("")
    send_mobile(tab, replica)


def test_what_is_sent_too_early_counts(tab: Page, opened: Open) -> None:
    replica = opened("first-paint=1000", "slow-config=1", settled=False)
    tab.fill("#mobileNum", replica.account.mobile)
    tab.click("#getOtp")
    expect(tab.locator("#otpNum")).to_be_visible()
    assert replica.counts.otp_requests == 1
