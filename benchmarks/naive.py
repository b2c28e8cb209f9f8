"""`python -m benchmarks.naive --browser PATH`: a login as scripts on forums do it.

It trusts the ids of the page, checks nothing, and stops at the token. Settings come from the same
`UPSTOX_*` variables as the product's. It is what the product's time and memory are compared with.
"""

from __future__ import annotations

import argparse
import os
from urllib.parse import parse_qs, urlencode, urlsplit

import pyotp
from playwright.sync_api import Page, sync_playwright

from benchmarks.exchange import token_for


def code_from_page(page: Page) -> str:
    """Fill in the three forms; answer the code of the redirect."""
    asked = {
        "response_type": "code",
        "client_id": os.environ["UPSTOX_CLIENT_ID"],
        "redirect_uri": os.environ["UPSTOX_REDIRECT_URI"],
        "state": "naive",
    }
    base = os.environ["UPSTOX_API_BASE_URL"]
    page.goto(f"{base}/v2/login/authorization/dialog?{urlencode(asked)}")
    page.locator("#mobileNum").fill(os.environ["UPSTOX_USERNAME"])
    page.locator("#getOtp").click()
    page.locator("#otpNum").fill(pyotp.TOTP(os.environ["UPSTOX_TOTP_SECRET"]).now())
    page.locator("#continueBtn").click()
    page.locator("#pinCode").fill(os.environ["UPSTOX_PIN_CODE"])
    start = asked["redirect_uri"]
    with page.expect_request(lambda request: request.url.startswith(start)) as redirect:
        page.locator("#pinContinueBtn").click()
    return parse_qs(urlsplit(redirect.value.url).query)["code"][0]


def main() -> None:
    """Log in and print whose token it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--browser", required=True)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.browser, headless=True)
        code = code_from_page(browser.new_page())
        browser.close()
    print(token_for(code))


if __name__ == "__main__":
    main()
