"""What a person does on the page, in a tab that is driven by hand."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pyotp
from playwright.sync_api import Page, Request

from upstox_browser_login.replica import Replica

Open = Callable[..., Replica]


def go(tab: Page, replica: Replica, *, settled: bool = True) -> None:
    """Open the dialog; *settled*: until the form has come for the second time, and stays."""
    query = {
        "response_type": "code",
        "client_id": replica.account.client_id,
        "redirect_uri": replica.account.redirect_uri,
        "state": "st-8",
    }
    tab.goto(f"{replica.api_url}/v2/login/authorization/dialog?{urlencode(query)}")
    if settled:
        settle(tab)


def settle(tab: Page) -> None:
    """Wait for what the page loads last: its first form takes no typing that lasts."""
    tab.wait_for_selector("script[src*='gtm.js']", state="attached")


def send_mobile(tab: Page, replica: Replica) -> None:
    tab.fill("#mobileNum", replica.account.mobile)
    tab.click("#getOtp")
    tab.wait_for_selector("#otpNum")


def send_code(tab: Page, replica: Replica) -> None:
    send_mobile(tab, replica)
    type_code(tab, replica)


def type_code(tab: Page, replica: Replica) -> None:
    tab.fill("#otpNum", pyotp.TOTP(replica.account.totp_secret).now())
    tab.click("#continueBtn")


def send_pin(tab: Page, replica: Replica) -> None:
    tab.fill("#pinCode", replica.account.pin)
    tab.click("#pinContinueBtn")


def callbacks(tab: Page) -> list[str]:
    seen: list[str] = []

    def note(request: Request) -> None:
        if request.url.startswith("https://callback.invalid/"):
            seen.append(request.url)

    tab.on("request", note)
    return seen
