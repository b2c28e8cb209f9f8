"""Whether a box takes the authenticator's code or that of a message."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    BELOW,
    NUMBER_TAKEN,
    OTP,
    SILENT,
    answered,
    button,
    page,
    purpose,
    screen_of,
)
from upstox_browser_login.page.here import Form, Way
from upstox_browser_login.page.look import Control
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.screens.ways import (
    is_of_a_message,
    message_is_chosen,
    totp_is_enabled,
)
from upstox_browser_login.page.wire.calls import Traffic


@pytest.mark.parametrize(
    ("label", "takes"),
    [
        ("Enter OTP or TOTP", True),
        ("Passcode (SMS or app)", True),
        ("Code from your app or SMS", True),
        ("OTP by SMS", False),
        ("Enter the 6-digit OTP", False),
        ("OTP by SMS or WhatsApp", False),
        ("OTP by Whats app or SMS", False),
        ("Code from app", True),
        ("Time-based code", True),
        # Neither an app of Upstox's own nor a code that was sent is the authenticator's.
        ("Enter the in-app code", None),
        ("Upstox Pro app code", None),
        ("The time-based code that was sent to you", None),
        ("Code from the messages app", None),
        ("Code from SMS or your auth app", True),
        ("Code from SMS or the messages app", False),
        ("Keycode (text message or generator)", True),
        ("Code", None),
    ],
)
def test_whether_a_box_takes_the_authenticators_code(label: str, takes: bool | None) -> None:
    """By its own label; the wire says nothing of the account."""
    form = Form("otp", replace(OTP, near=(label,)), None, ())
    assert totp_is_enabled(form, page(form.field), SILENT) is takes


def test_a_box_that_takes_the_authenticators_code_needs_no_other_way() -> None:
    look = replace(page(OTP), controls=(button("Continue"), Control(n=7, words="Other ways")))
    assert purpose(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"


def test_a_box_for_either_code_waits_for_the_authenticator_where_a_message_is_chosen() -> None:
    tabs = (
        Control(n=5, role="tab", words="Mobile OTP", chosen=True, at=BELOW),
        Control(n=6, role="tab", words="Authenticator", at=BELOW),
    )
    look = page(replace(OTP, near=("OTP / TOTP",)))
    here = recognise(replace(look, controls=look.controls + tabs), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.n == 6
    unmarked = tuple(replace(each, chosen=False) for each in tabs)
    here = recognise(replace(look, controls=look.controls + unmarked), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Form)


def test_a_way_that_is_chosen_says_what_the_box_takes() -> None:
    """Also where the wire said of the account that it has no authenticator."""
    field = replace(OTP, id="", near=("Your code",))
    form = Form("otp", field, None, ())
    wire = Traffic((answered("1", isTotpEnabled=False),))
    chosen = Control(n=5, type="radio", words="Code from an authenticator", chosen=True)
    assert totp_is_enabled(form, page(field), wire) is False
    look = replace(page(field), controls=(chosen,))
    assert totp_is_enabled(form, look, wire) is True
    other = replace(look, controls=(replace(chosen, chosen=False),))
    assert totp_is_enabled(form, other, wire) is False
    message = replace(form, field=replace(field, label="Code from the SMS"))
    assert totp_is_enabled(message, look, wire) is False


@pytest.mark.parametrize(
    ("control", "label", "chosen"),
    [
        (Control(n=5, role="tab", words="SMS", chosen=True), "Enter OTP", True),
        (Control(n=5, role="option", words="SMS OTP", chosen=True), "OTP sent to you", True),
        (Control(n=5, type="radio", words="WhatsApp", chosen=True), "Code", True),
        (Control(n=5, tag="button", words="Code via SMS", opens=True), "Code", True),
        (Control(n=5, role="tab", words="By text", chosen=True), "Code", True),
        (Control(n=5, role="radio", words="Phone call", chosen=True), "Code", True),
        (Control(n=5, tag="button", words="Verify by: SMS OTP", opens=True), "Code", True),
        (Control(n=5, tag="button", words="OTP on mobile 98****1234", opens=True), "Code", True),
        # Its label counts more; nothing is chosen; or that is no message.
        (Control(n=5, role="tab", words="Email support", chosen=True), "Code", False),
        (Control(n=5, tag="button", words="Alerts via SMS", opens=True), "Code", False),
        (Control(n=5, tag="button", words="Report by e-mail", opens=True), "Code", False),
        (Control(n=5, role="tab", words="SMS", chosen=True), "OTP or TOTP", False),
        (Control(n=5, role="tab", words="SMS"), "Enter OTP", False),
        (Control(n=5, role="tab", words="SMS or authenticator", chosen=True), "Code", False),
        (Control(n=5, role="tab", words="Login with mobile number", chosen=True), "Code", False),
        (Control(n=5, type="checkbox", words="SMS me offers", chosen=True), "Code", False),
        (Control(n=5, tag="button", words="English", opens=True), "Code", False),
    ],
)
def test_a_box_waits_for_a_message_where_one_is_chosen(
    control: Control, label: str, *, chosen: bool
) -> None:
    field = replace(OTP, id="", maxlength=6, near=(), label=label)
    look = page(field, words="Verify")
    look = replace(look, controls=(control, *look.controls))
    assert message_is_chosen(field, look) == chosen


@pytest.mark.parametrize(
    "words",
    ["Enter the app’s code", "Use the code in my app instead"],  # noqa: RUF001
)
def test_the_apps_code_is_the_authenticators(words: str) -> None:
    leads = Control(n=5, words=words, tag="button", at=BELOW)
    look = page(BOX_OF_SMS, words="Verify")
    here = recognise(replace(look, controls=(leads, *look.controls)), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control == leads


BOX_OF_SMS = replace(OTP, id="", near=(), placeholder="SMS code", maxlength=6, inputmode="numeric")


@pytest.mark.parametrize(
    ("near", "by_message"),
    [
        (("Enter the code we've texted to 98****1234",), True),
        (("Enter OTP", "We've texted a code to 98****1234"), False),
        (("Enter OTP or TOTP", "SMS sent to 98****1234"), False),
        (("We've texted a code.",), False),
    ],
)
def test_the_nearest_text_of_a_box_without_a_label_may_name_a_message(
    near: tuple[str, ...], by_message: bool
) -> None:
    assert is_of_a_message(replace(OTP, id="", near=near)) is by_message


def test_a_time_based_code_is_the_authenticators() -> None:
    look = screen_of("Where's your code?", "Message", "Time-based code")
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == "Time-based code"


@pytest.mark.parametrize(
    ("label", "by_message"),
    [
        ("Text code", True),
        ("Texted code", True),
        ("Phone code", True),
        ("Mobile OTP", True),
        ("Code sent to your mobile", True),
        ("Code received on phone", True),
        ("Enter the code sent to 98****1234", True),
        ("Enter the OTP we sent to +91 98765 43210", True),
        ("Code from the call", True),
        ("Code from the phone call", True),
        ("OTP via text", True),
        ("Code from your messages", True),
        ("Enter the code you received by phone", True),
        ("Enter OTP sent to +91 98765*****", True),
        ("मोबाइल पर आया OTP", True),
        ("फ़ोन पर भेजा गया कोड", True),
        ("संदेश का कोड", True),
        ("Phone par aaya code", True),
        # Neither says that it takes no other code.
        ("Enter OTP", False),
        ("Code", False),
        ("6-digit code", False),
        ("Enter OTP or TOTP", False),
        ("Code sent to your mobile, or TOTP", False),
        ("Authentication code", False),
        ("Code from the phone's authenticator", False),
        ("Code shown on your phone", False),
        ("Code from the messages app", False),
    ],
)
def test_a_label_names_the_message_that_the_code_comes_by(label: str, *, by_message: bool) -> None:
    box = replace(OTP, id="", near=())
    assert is_of_a_message(replace(box, label=label)) is by_message
    assert is_of_a_message(replace(box, placeholder=label)) is by_message
    # Nothing else tells whether the account has an authenticator.
    form = Form("otp", replace(box, label=label), None, ())
    assert (totp_is_enabled(form, page(form.field), SILENT) is False) >= by_message


def test_a_text_beside_a_box_that_names_the_phone_does_not_name_the_box() -> None:
    """Upstox's one box takes both codes, below a text on where the OTP was sent to."""
    sent_to = "Enter the 6-digit OTP received on 98****1234"
    for near in ((sent_to,), (sent_to, "Enter OTP or TOTP"), ("Enter OTP or TOTP", sent_to)):
        box = replace(OTP, near=near)
        assert not is_of_a_message(box)
        assert totp_is_enabled(Form("otp", box, None, ()), page(box), ASKS_FOR_CODE) is True


@pytest.mark.parametrize(
    ("near", "heading", "takes"),
    [
        (("We’ve texted a code to 98****1234.",), "Two-factor authentication", False),  # noqa: RUF001
        (("A code was sent to you by SMS",), "Authenticator or SMS", False),
        (("Authentication code", "We have texted a code to you"), "Log in", False),
        (("Enter OTP or TOTP", "We have texted a code to you"), "Log in", True),
        (("Enter OTP or TOTP", "SMS sent to 98****1234"), "Enter OTP or TOTP", True),
        (("6-digit code", "We have sent you a code by SMS"), "Enter OTP or TOTP", None),
        (("Authentication code",), "Two-factor authentication", True),
        (("6-digit code",), "Two-factor authentication", None),
        (("6-digit code",), "Two-step authentication", None),
        (("6-digit code",), "Multi-factor authentication code", None),
        (("6-digit code",), "Authenticator app", True),
        (("Open your authenticator app and enter the 6-digit code.",), "", True),
        # It tells of a message that nobody sent.
        (("If we texted you a code, ignore it",), "Authenticator", True),
    ],
)
def test_a_texted_code_outweighs_what_a_heading_says(
    near: tuple[str, ...], heading: str, takes: bool | None
) -> None:
    """The wire says nothing of the account."""
    box = replace(OTP, id="", near=(*near, heading), heading=heading)
    if takes is None and any("SMS" in each for each in near):
        takes = True  # the heading names both codes
    assert totp_is_enabled(Form("otp", box, None, ()), page(box), SILENT) is takes


@pytest.mark.parametrize(
    ("text", "takes"),
    [
        ("Authenticator app (TOTP) is not set up on this account.", False),
        ("TOTP isn’t enabled for your account", False),  # noqa: RUF001
        ("You have not set up an authenticator app", False),
        ("No authenticator is linked to this account", False),
        ("TOTP चालू नहीं है", False),
        ("If TOTP is not enabled, use the OTP", True),
        ("Enter the TOTP, and do not share it", True),
        ("TOTP not working?", True),
    ],
)
def test_a_sentence_that_denies_the_authenticator_names_no_box(text: str, *, takes: bool) -> None:
    box = replace(OTP, id="", label="Your code", near=(text,))
    look = page(box, texts=(text,))
    assert (totp_is_enabled(Form("otp", box, None, ()), look, SILENT) is False) is not takes
    # The wire knows the account better than such a sentence.
    assert totp_is_enabled(Form("otp", box, None, ()), look, ASKS_FOR_CODE) is True
