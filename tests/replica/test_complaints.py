"""What the page says of a refusal, and where it stands afterwards."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.harness import variants
from upstox_browser_login.replica import Replica

from .tabs import Open, send_code, send_mobile, send_pin


def _go_to(step: str, tab: Page, replica: Replica) -> None:
    """Fill in the forms up to the one that makes the call *step*."""
    if step == "otp":
        tab.fill("#mobileNum", replica.account.mobile)
        tab.click("#getOtp")
        return
    send_code(tab, replica)
    if step != "verify":
        send_pin(tab, replica)


def _toast(tab: Page, code: int) -> None:
    expect(tab.locator("#root > div").first.get_by_text(f"[{code}]")).to_be_visible()


def test_toasts_stack_before_the_content(tab: Page, opened: Open) -> None:
    tab.clock.install(time=0)
    replica = opened("error=otp:1017016")
    tab.clock.pause_at(60_000)
    tab.fill("#mobileNum", replica.account.mobile)
    toasts = tab.locator("#root > div:first-child > *")
    for number in (1, 2, 3):
        tab.click("#getOtp")
        expect(toasts).to_have_count(number)
    assert tab.locator("#root > div").nth(1).locator("#mobileNum").count() == 1
    tab.clock.run_for(3000)
    expect(toasts).to_have_count(3)  # on their way out
    tab.clock.run_for(299)
    expect(toasts).to_have_count(3)
    tab.clock.run_for(2)
    expect(toasts).to_have_count(0)


def test_success_is_a_toast_too(tab: Page, opened: Open) -> None:
    send_code(tab, opened())
    expect(tab.locator("#root > div").first).to_have_text("OTP verified successfully")


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("approve", 1017084),
        *variants(
            ("verify", 1017095),
            ("otp", 1017105),
            ("pin", 1017079),
            ("verify", 1017105),
            ("pin", 1017084),
            ("approve", 1017079),
            ("otp", 1017095),
        ),
    ],
)
def test_a_lost_session_falls_back_to_the_start(
    tab: Page, opened: Open, step: str, code: int
) -> None:
    """Whichever call is answered so; soon after, the address tells of it."""
    replica = opened(f"error={step}:{code}")
    _go_to(step, tab, replica)
    _toast(tab, code)
    expect(tab.locator("#mobileNum")).to_have_value("")
    expect(tab).to_have_url(
        re.compile(rf"^{re.escape(replica.login_url)}/\?client_id=IND-\w+&platform_id=\w+$")
    )
    replica.set("no-otp-limit")
    send_mobile(tab, replica)


def test_an_expired_code_session_stays_at_the_code(tab: Page, opened: Open) -> None:
    replica = opened("error=verify:1017076")
    send_code(tab, replica)
    _toast(tab, 1017076)
    expect(tab.locator("#otpNum")).to_have_value(re.compile(r"^\d{3}-\d{3}$"))
    expect(tab.locator("#continueBtn")).to_be_enabled()


@pytest.mark.parametrize("step", ["pin", *variants("approve")])
def test_a_session_lost_at_the_pin_empties_the_form(tab: Page, opened: Open, step: str) -> None:
    replica = opened(f"error={step}:1017007")
    send_code(tab, replica)
    send_pin(tab, replica)
    _toast(tab, 1017007)
    expect(tab.locator("#pinCode")).to_have_value("")


@pytest.mark.parametrize("code", [1017078, *variants(1017125)])
def test_a_blocked_code_is_said_twice_and_stays(tab: Page, opened: Open, code: int) -> None:
    replica = opened(f"error=verify:{code}")
    send_code(tab, replica)
    _toast(tab, code)
    expect(tab.get_by_role("alert")).to_be_visible()
    expect(tab.locator("#otpNum")).to_be_disabled()
    expect(tab.locator("#otpNum")).to_have_value(re.compile(r"^\d{3}-\d{3}$"))


def test_a_locked_pin_is_said_twice_and_stays(tab: Page, opened: Open) -> None:
    replica = opened("locked")
    send_code(tab, replica)
    send_pin(tab, replica)
    _toast(tab, 1017090)
    expect(tab.get_by_role("alert")).to_contain_text("your account has been locked")
    expect(tab.locator("#pinCode")).to_be_disabled()
    expect(tab.locator("#pinCode")).to_have_value(replica.account.pin)


@pytest.mark.parametrize("step", ["otp", *variants("verify", "pin", "approve")])
@pytest.mark.parametrize("fault", ["reset={}", *variants("html={}", "html={}:502", "garbage={}")])
def test_every_call_that_fails_is_called_aborted(
    tab: Page, opened: Open, step: str, fault: str
) -> None:
    replica = opened(fault.format(step))
    _go_to(step, tab, replica)
    expect(tab.get_by_text("Request aborted [500]").last).to_be_visible()
    box = {"otp": "#mobileNum", "verify": "#otpNum"}.get(step, "#pinCode")
    expect(tab.locator(box)).to_have_value(re.compile(r"\d{3}"))


@pytest.mark.parametrize("fault", ["hang=approve", *variants("http=approve:500")])
def test_the_pin_form_is_there_while_the_approval_runs(tab: Page, opened: Open, fault: str) -> None:
    """Enabled and filled, and so it is after the approval has failed."""
    replica = opened(fault)
    send_code(tab, replica)
    with tab.expect_request(re.compile(r"/login/v2/oauth/authorize")):
        send_pin(tab, replica)
    if fault.startswith("http"):
        _toast(tab, 500)
    expect(tab.locator("#pinContinueBtn")).to_be_enabled()
    expect(tab.locator("#pinCode")).to_have_value(replica.account.pin)
    assert replica.counts.pins == 1


def test_an_expired_token_is_refreshed_once(tab: Page, opened: Open) -> None:
    replica = opened("error-once=approve:4000001")
    send_code(tab, replica)
    with tab.expect_request(re.compile("callback")):
        send_pin(tab, replica)
    steps = [entry.step for entry in replica.log if entry.step]
    assert steps[-4:] == ["approve", "refresh", "approve", "hop"]
    assert replica.counts.pins == 1


@pytest.mark.variant  # of test_an_expired_token_is_refreshed_once
def test_a_token_that_expires_again_is_said(tab: Page, opened: Open) -> None:
    replica = opened("error=approve:4000001")
    send_code(tab, replica)
    send_pin(tab, replica)
    _toast(tab, 4000001)
    assert (replica.counts.approvals, len(replica.log.of("refresh"))) == (2, 1)
