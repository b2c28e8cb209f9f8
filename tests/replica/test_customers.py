"""Customers that are not like the others: no PIN, no account, asleep, no cookie."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.harness import variants

from .tabs import Open, send_code, send_pin


def test_a_first_pin_is_created_in_the_pin_form(tab: Page, opened: Open) -> None:
    """By its ids it is the form of the PIN; one field, asked for twice."""
    replica = opened("create-pin")
    send_code(tab, replica)
    expect(tab.get_by_role("heading", name="Create a new 6-digit PIN")).to_be_visible()
    assert tab.locator("#secret-pin-form input").count() == 1
    send_pin(tab, replica)
    expect(tab.get_by_role("heading", name="Verify your 6-digit PIN")).to_be_visible()
    expect(tab.locator("#pinCode")).to_have_value("")
    assert len(replica.log.of("create-pin")) == 0
    tab.fill("#pinCode", "135791")
    tab.click("#pinContinueBtn")
    expect(tab.get_by_text("Both PINs should be the same.")).to_be_visible()
    with tab.expect_request(re.compile("callback")):
        send_pin(tab, replica)
    (entry,) = replica.log.of("create-pin")
    assert entry.path.endswith("/2fa/secret-pin/set")
    assert replica.counts.pins == 0


@pytest.mark.parametrize("scenario", ["lead=verify", *variants("lead")])
def test_no_customer_leaves_for_account_opening(tab: Page, opened: Open, scenario: str) -> None:
    replica = opened(scenario)
    send_code(tab, replica)
    expect(tab).to_have_url(f"{replica.third_party_url}/new-demat-account/profile")
    expect(tab.get_by_role("heading", name="Open your free demat account")).to_be_visible()
    (entry,) = replica.log.of("lead")
    assert entry.path.endswith("/leads/2fa")


@pytest.mark.parametrize("status", ["dormant", *variants("inactive")])
def test_a_sleeping_customer_of_an_api_app_passes(tab: Page, opened: Open, status: str) -> None:
    replica = opened(status)
    send_code(tab, replica)
    with tab.expect_request(re.compile("callback")):
        send_pin(tab, replica)


@pytest.mark.parametrize("status", ["dormant", *variants("inactive")])
def test_a_sleeping_customer_of_upstox_s_own_app_gets_an_empty_form(
    tab: Page, opened: Open, status: str
) -> None:
    """The address that the page goes to is none of its own, so it bounces, without a word."""
    replica = opened(status, "internal-app", "toast-short")
    tab.evaluate(
        """() => {
          window.pushed = [];
          const push = history.pushState.bind(history);
          history.pushState = (...all) => { window.pushed.push(all[2]); push(...all); };
        }"""
    )
    send_code(tab, replica)
    send_pin(tab, replica)
    expect(tab.locator("#pinCode")).to_have_value("")
    assert tab.evaluate("window.pushed") == ["/reactivate-account"]
    expect(tab).to_have_url(f"{replica.login_url}/")
    expect(tab.locator("#root > div").first).to_have_text("")
    assert replica.counts.approvals == 0


def test_without_its_cookie_the_page_goes_back_to_the_start(tab: Page, opened: Open) -> None:
    replica = opened("no-expiry-cookie")
    send_code(tab, replica)
    expect(tab.locator("#mobileNum")).to_have_value("")
    replica.set("no-otp-limit")
    cookies = {each["name"]: each for each in tab.context.cookies()}
    assert "auth_identity_token_expiry" not in cookies
    assert cookies["auth_identity_token"]["httpOnly"]


def test_scripts_can_read_when_the_code_s_success_ends(tab: Page, opened: Open) -> None:
    send_code(tab, opened())
    expect(tab.locator("#pinCode")).to_be_visible()
    assert re.search(r"auth_identity_token_expiry=\d{13}", tab.evaluate("document.cookie"))


def test_newer_calls_tell_more(tab: Page, opened: Open) -> None:
    replica = opened("newer-calls")
    with tab.expect_response(re.compile("/otp-totp/verify")) as answered:
        send_code(tab, replica)
    assert "/v5/" in answered.value.url
    (account,) = answered.value.json()["data"]["accounts"]
    assert account["userId"] == replica.account.user_id
    assert replica.log.of("otp")[0].body["data"]["countryIsdCode"] == "+91"
    with tab.expect_request(re.compile("callback")):
        send_pin(tab, replica)
    assert "/v4/" in replica.log.of("pin")[0].path
