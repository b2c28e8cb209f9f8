"""The page itself, in a real Chromium, driven by hand."""

from __future__ import annotations

import base64
import json
import re

import pyotp
import pytest
from playwright.sync_api import Page, Route, expect

from tests.harness import variants

from .tabs import Open, callbacks, go, send_code, send_mobile, send_pin, settle

EVENTS = "/tracking-proxy/open/mp/events"


def test_the_good_day(tab: Page, opened: Open) -> None:
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    replica = opened()
    expect(tab).to_have_title("Login to Upstox")
    expect(tab.get_by_role("heading", name="Let\u2019s get started")).to_be_visible()
    expect(tab).to_have_url(f"{replica.login_url}/")
    expect(tab.locator("#mobileNum")).to_be_focused()
    send_mobile(tab, replica)
    expect(tab.get_by_role("heading", name="Verify your number")).to_be_visible()
    expect(tab.get_by_text("Enter the 6-digit OTP received on 98****1234")).to_be_visible()
    expect(tab.get_by_text("Enter OTP or TOTP")).to_be_visible()
    expect(tab.get_by_text(re.compile(r"Resend OTP \([12]:\d\ds\)"))).to_be_visible()
    tab.fill("#otpNum", pyotp.TOTP(replica.account.totp_secret).now())
    tab.click("#continueBtn")
    expect(tab.get_by_role("heading", name="Hi Asha")).to_be_visible()
    expect(tab.get_by_text("Signed in as 9876501234.")).to_be_visible()
    with tab.expect_request(re.compile("callback")) as caught:
        send_pin(tab, replica)
    assert re.search(r"\?tenant=7&code=[A-Za-z0-9]{6}&state=st-8$", caught.value.url)
    pin = replica.log.of("pin")[0]
    assert pin.query["client_id"].startswith("IND-")
    assert base64.b64decode(pin.body["data"]["inputText"]) == b"024680"
    assert re.fullmatch(r"WPRO-\w{10}", pin.headers["x-request-id"])
    assert pin.headers["x-device-details"]
    assert replica.counts.codes_issued == 1
    assert errors == []


def test_routes_see_the_hop_but_not_what_it_redirects_to(tab: Page, opened: Open) -> None:
    replica = opened()
    routed: list[str] = []

    def note(route: Route) -> None:
        routed.append(route.request.url)
        route.continue_()

    tab.route("https://callback.invalid/**", note)
    tab.route(f"{replica.api_url}/**", note)
    send_code(tab, replica)
    with tab.expect_request(re.compile("callback")):
        send_pin(tab, replica)
    assert [url.partition("?")[0] for url in routed] == [
        f"{replica.api_url}/login/authorization/redirect"
    ]


def test_labels_buttons_and_masks(tab: Page, opened: Open) -> None:
    replica = opened()
    number, button = tab.locator("#mobileNum"), tab.locator("#getOtp")
    expect(tab.get_by_label("Enter mobile number")).to_have_count(0)
    assert number.get_attribute("maxlength") == "10"
    for wrong in ("987650123", "1234567890", "98765x1234"):
        number.fill(wrong)
        expect(button).to_be_disabled()
    expect(number).to_have_value("987651234")
    expect(tab.get_by_text("Enter a 10-digit mobile number.")).to_be_visible()
    number.fill("1234567890")
    wrong_number = tab.get_by_text("Make sure your mobile number was entered correctly.")
    expect(wrong_number).to_be_visible()
    number.fill(replica.account.mobile)
    expect(wrong_number).to_be_hidden()
    button.click()
    code = tab.locator("#otpNum")
    expect(tab.locator("#continueBtn")).to_be_disabled()
    code.press_sequentially("123456")
    expect(code).to_have_value("123-456")
    code.fill("123")
    tab.click("#continueBtn")
    expect(tab.get_by_text("It should be a 6-digit OTP.")).to_be_visible()
    code.fill(pyotp.TOTP(replica.account.totp_secret).now())
    code.press("Enter")
    pin = tab.get_by_label("Enter 6-digit PIN")
    expect(pin).to_have_attribute("type", "password")
    expect(tab.locator("#pinContinueBtn")).to_be_disabled()
    pin.fill("1")
    expect(tab.locator("#pinContinueBtn")).to_be_enabled()
    assert replica.counts.otp_requests == 1


@pytest.mark.variant  # of test_renamed_everything_leaves_nothing_to_hold_on_to
def test_class_names_are_generated(tab: Page, opened: Open) -> None:
    opened()
    one = tab.locator("#getOtp").get_attribute("class")
    opened()
    two = tab.locator("#getOtp").get_attribute("class")
    assert one
    assert two
    assert one != two
    assert "button" not in one


@pytest.mark.variant  # of test_trouble_is_a_toast
def test_a_toast_comes_and_goes(tab: Page, opened: Open) -> None:
    replica = opened("wrong-otp", "toast-short")
    send_code(tab, replica)
    toast = tab.get_by_text(re.compile(r"incorrect OTP.*\[1017093\]"))
    expect(toast).to_be_visible()
    expect(toast).to_have_count(0)
    expect(tab.locator("#otpNum")).to_have_value(re.compile(r"^\d{3}-\d{3}$"))


@pytest.mark.variant  # of test_a_blocked_code_is_said_twice_and_stays in test_complaints.py
def test_a_blocked_code_stays_blocked(tab: Page, opened: Open) -> None:
    send_code(tab, opened("otp-blocked"))
    expect(tab.get_by_role("alert")).to_contain_text("exceeded the maximum number of attempts")
    expect(tab.locator("#otpNum")).to_be_disabled()
    expect(tab.locator("#continueBtn")).to_be_disabled()
    expect(tab.get_by_text(re.compile(r"Resend OTP \((10:00|9:59)s\)"))).to_be_visible()


@pytest.mark.variant  # of test_a_locked_pin_is_said_twice_and_stays in test_complaints.py
def test_a_locked_pin_stays_locked(tab: Page, opened: Open) -> None:
    replica = opened("locked")
    send_code(tab, replica)
    send_pin(tab, replica)
    expect(tab.get_by_role("alert")).to_contain_text("your account has been locked")
    expect(tab.locator("#pinCode")).to_be_disabled()
    expect(tab.get_by_role("button", name="Unlock account")).to_be_enabled()


@pytest.mark.variant  # of test_trouble_is_a_toast
def test_a_wrong_pin_is_a_toast(tab: Page, opened: Open) -> None:
    replica = opened("wrong-pin")
    send_code(tab, replica)
    send_pin(tab, replica)
    expect(tab.get_by_text("You have entered an incorrect PIN [1017106]")).to_be_visible()
    expect(tab.locator("#pinCode")).to_have_value(replica.account.pin)


@pytest.mark.parametrize(
    ("scenario", "toast"),
    [
        ("http=otp:500", "Something went wrong [500]"),
        *variants(
            ("truncated=otp", "Request aborted [500]"),
            ("html=otp", "Request aborted [500]"),
            ("html=otp:502", "Request aborted [500]"),
            ("reset=otp", "Request aborted [500]"),
            ("garbage=otp", "Request aborted [500]"),
            ("error=otp:1017069", "[1017069]"),
        ),
    ],
)
def test_trouble_is_a_toast(tab: Page, opened: Open, scenario: str, toast: str) -> None:
    replica = opened(scenario)
    tab.fill("#mobileNum", replica.account.mobile)
    tab.click("#getOtp")
    expect(tab.get_by_text(toast)).to_be_visible()
    expect(tab.locator("#getOtp")).to_be_enabled()


def test_a_browser_that_has_logged_in_is_remembered(tab: Page, opened: Open) -> None:
    replica = opened()
    send_code(tab, replica)
    with tab.expect_request(re.compile("callback")):
        send_pin(tab, replica)
    second = tab.context.new_page()  # the first is still busy with its error page
    go(second, replica)
    expect(second.get_by_text("Signed in as 9876501234.")).to_be_visible()
    with second.expect_request(re.compile("callback")):
        send_pin(second, replica)
    assert replica.counts.otp_requests == 1
    assert replica.counts.codes_issued == 2


def test_a_reload_begins_again(tab: Page, opened: Open) -> None:
    replica = opened()
    send_mobile(tab, replica)
    tab.reload()
    settle(tab)
    expect(tab.locator("#mobileNum")).to_have_value("")
    send_code(tab, replica)
    with tab.expect_request(re.compile("callback")):
        send_pin(tab, replica)


@pytest.mark.parametrize("step", ["otp", *variants("mobile", "pin")])
def test_a_late_render_drops_what_was_typed(tab: Page, opened: Open, step: str) -> None:
    replica = opened(f"late-rerender={step}")
    box, button = {
        "mobile": ("#mobileNum", "#getOtp"),
        "otp": ("#otpNum", "#continueBtn"),
        "pin": ("#pinCode", "#pinContinueBtn"),
    }[step]
    if step == "otp":
        send_mobile(tab, replica)
    if step == "pin":
        send_code(tab, replica)
    first = tab.locator(box).element_handle()
    assert first is not None
    tab.fill(box, "9876501234" if step == "mobile" else "123456")
    expect(tab.locator(button)).to_be_disabled()
    expect(tab.locator(box)).to_have_value("")
    assert not first.evaluate("element => element.isConnected")
    tab.fill(box, "9876501234" if step == "mobile" else "123456")
    expect(tab.locator(button)).to_be_enabled()


@pytest.mark.variant  # of "overlay" in tests/browser/test_scenarios.py
def test_an_overlay_covers_the_form_until_it_is_closed(tab: Page, opened: Open) -> None:
    opened("overlay")
    button = tab.get_by_role("button", name="Close")
    middle = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('#modalRoot')"
    expect(tab.get_by_role("button", name="Got it")).to_be_visible()
    assert tab.evaluate(f"{middle} !== null")
    button.click()
    assert tab.evaluate(f"{middle} === null")


@pytest.mark.parametrize(
    ("scenario", "text"),
    [
        ("unknown-page", "Your yearly video verification is due"),
        *variants(("create-pin", "Create a new 6-digit PIN"), ("chooser", "Choose an account")),
    ],
)
def test_pages_after_the_code(tab: Page, opened: Open, scenario: str, text: str) -> None:
    send_code(tab, opened(scenario))
    expect(tab.get_by_role("heading", name=text)).to_be_visible()


@pytest.mark.variant  # of the fault matrix, row "account chooser"
def test_the_chosen_account_goes_on_to_the_pin(tab: Page, opened: Open) -> None:
    send_code(tab, opened("chooser"))
    tab.get_by_role("button", name="ASHA RAO").click()
    expect(tab.locator("#pinCode")).to_be_visible()


@pytest.mark.parametrize(
    ("button", "word"), [("Deny", "error=access_denied"), *variants(("Allow", "code="))]
)
def test_consent(tab: Page, opened: Open, button: str, word: str) -> None:
    replica = opened("consent")
    send_code(tab, replica)
    send_pin(tab, replica)
    with tab.expect_request(re.compile("callback")) as caught:
        tab.get_by_role("button", name=button).click()
    assert word in caught.value.url


@pytest.mark.variant  # of the fault matrix, row "password"
def test_a_password(tab: Page, opened: Open) -> None:
    replica = opened("password")
    tab.fill("#mobileNum", replica.account.mobile)
    tab.click("#getOtp")
    tab.fill("#password", replica.account.password)
    tab.click("#passwordContinueBtn")
    tab.fill("#otpNum", pyotp.TOTP(replica.account.totp_secret).now())
    tab.click("#continueBtn")
    expect(tab.locator("#pinCode")).to_be_visible()


@pytest.mark.variant  # of "qr-layout" in tests/browser/test_scenarios.py
def test_the_layout_with_a_qr_code(tab: Page, opened: Open) -> None:
    tab.clock.install()
    replica = opened("qr-layout")
    for title in ("Login with mobile number", "Login with QR code"):
        expect(tab.get_by_role("heading", name=title)).to_be_visible()
    send_mobile(tab, replica)
    tab.clock.run_for(121_000)
    resend = tab.get_by_text("Resend OTP", exact=True)
    assert resend.evaluate("element => element.tagName") == "DIV"
    resend.click()
    expect(tab.get_by_text(re.compile(r"Resend OTP \("))).to_be_visible()
    assert replica.counts.otp_requests == 2
    tab.fill("#otpNum", pyotp.TOTP(replica.account.totp_secret).now())
    tab.click("#continueBtn")
    expect(tab.locator("#pinCode")).to_be_visible()
    expect(tab.get_by_text("Hi Asha")).to_have_count(0)


def test_a_resend_button_without_totp(tab: Page, opened: Open) -> None:
    tab.clock.install()
    replica = opened("totp-not-enabled")
    send_mobile(tab, replica)
    expect(tab.get_by_text("Enter OTP", exact=True)).to_be_visible()
    offer = tab.get_by_text("Try TOTP?")
    assert offer.evaluate("element => element.tagName") == "DIV"
    tab.clock.run_for(121_000)
    expect(tab.get_by_role("button", name="Resend OTP")).to_be_visible()


def test_a_country_selector(tab: Page, opened: Open) -> None:
    replica = opened("country-selector")
    expect(tab.get_by_label("Country code")).to_have_value("+91")
    send_mobile(tab, replica)
    assert replica.log.of("otp")[0].body["data"]["countryIsdCode"] == "+91"


@pytest.mark.variant  # of "renamed-ids" in tests/browser/test_scenarios.py
def test_renamed_ids_keep_the_texts(tab: Page, opened: Open) -> None:
    opened("renamed-ids")
    expect(tab.get_by_role("button", name="Get OTP")).to_be_visible()
    expect(tab.locator("#mobileNum, #getOtp, #mobile-number-form")).to_have_count(0)


@pytest.mark.variant  # of "changed-texts" in tests/browser/test_scenarios.py
def test_changed_texts_keep_the_ids(tab: Page, opened: Open) -> None:
    replica = opened("changed-texts")
    expect(tab).to_have_title("Sign in")
    expect(tab.get_by_text("Get OTP")).to_have_count(0)
    send_code(tab, replica)
    expect(tab.get_by_label("Secret number")).to_be_visible()
    with tab.expect_request(re.compile("callback")):
        send_pin(tab, replica)


def test_renamed_everything_leaves_nothing_to_hold_on_to(tab: Page, opened: Open) -> None:
    opened("renamed-everything")
    box = tab.get_by_role("textbox")
    expect(box).to_have_count(1)
    expect(tab.locator("form, label, #mobileNum, [maxlength]")).to_have_count(0)
    expect(tab.get_by_text(re.compile("OTP|mobile|Continue"))).to_have_count(0)
    box.fill("9876501234")
    tab.get_by_role("button").click()
    expect(tab.get_by_text("Pushti")).to_be_visible()


@pytest.mark.variant  # of test_a_foreign_frame_in_the_forms_place in tests/page
def test_frames_of_others(tab: Page, opened: Open) -> None:
    replica = opened("foreign-frame")
    frame = tab.frame_locator("iframe").locator("#mobileNum")
    expect(frame).to_be_visible()
    assert all("localhost" in each.url for each in tab.frames[1:])
    replica.set("captcha")
    go(tab, replica)
    expect(tab.frame_locator("iframe").get_by_text("I'm not a robot")).to_be_visible()
    tab.fill("#mobileNum", replica.account.mobile)
    expect(tab.locator("#getOtp")).to_be_disabled()


@pytest.mark.variant  # of test_a_foreign_login_page in tests/page
def test_a_foreign_login_works_for_those_who_fall_for_it(tab: Page, opened: Open) -> None:
    replica = opened("foreign-login")
    assert tab.url.startswith("http://localhost:")
    send_code(tab, replica)
    with tab.expect_request(re.compile("callback")):
        send_pin(tab, replica)


@pytest.mark.variant  # of "meta-redirect" in tests/browser/test_scenarios.py
@pytest.mark.parametrize("scenario", ["script-redirect", "meta-redirect", "hop-chain"])
def test_other_ways_back(tab: Page, opened: Open, scenario: str) -> None:
    replica = opened(scenario)
    seen = callbacks(tab)
    send_code(tab, replica)
    with tab.expect_request(re.compile(r"callback\.invalid")):
        send_pin(tab, replica)
    assert "?tenant=7&code=" in seen[0]


@pytest.mark.variant  # of test_routes_see_the_hop_but_not_what_it_redirects_to
def test_a_loop_ends_in_the_browser(tab: Page, opened: Open) -> None:
    replica = opened()
    replica.set("redirect-loop=authorize")
    with pytest.raises(Exception, match="ERR_TOO_MANY_REDIRECTS"):
        go(tab, replica)


@pytest.mark.variant  # of test_who_is_told_the_number in tests/page
def test_third_parties_can_be_blocked_without_harm(tab: Page, opened: Open) -> None:
    replica = opened()
    tab.wait_for_load_state("networkidle")
    paths = {entry.path for entry in replica.log}
    assert {"/pixel.gif", "/fonts/replica-sans.woff2", f"{EVENTS}/track/"} <= paths
    replica.reset()
    tab.route(
        re.compile(r"/pixel\.gif|/fonts/|/tracking-proxy/|gtm\.js"), lambda route: route.abort()
    )
    go(tab, replica)
    send_mobile(tab, replica)
    assert not {"/pixel.gif", f"{EVENTS}/track/"} & {entry.path for entry in replica.log}


def test_analytics_tell_who_has_come(tab: Page, opened: Open) -> None:
    """The profile id and the phone number go out, once the code was right."""
    replica = opened()
    with tab.expect_response(re.compile("/engage/")):
        send_code(tab, replica)
    (entry,) = [each for each in replica.log if each.path == f"{EVENTS}/engage/"]
    (told,) = json.loads(entry.body["data"])
    assert told["$distinct_id"] == replica.account.profile_id
    assert told["$set"]["$phone"] == "+919876501234"
