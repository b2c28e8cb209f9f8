"""What is written at a field names it, or names another."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    CHAT,
    CODE_TAKEN,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    SILENT,
    START,
    page,
    purpose,
)
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Field
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.wire.calls import Traffic


@pytest.mark.parametrize("label", ["Code from your auth app", "ऑथेंटिकेटर ऐप का 6 अंकों का कोड"])
def test_a_code_is_asked_for_below_the_pages_own_heading(label: str) -> None:
    field = replace(OTP, id="", near=(label, "Verify your number"))
    assert purpose(recognise(page(field, CHAT), ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"
    unknown = replace(field, id="otpNum", near=("Sanket", "Verify your number"))
    assert purpose(recognise(page(unknown), ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"


@pytest.mark.parametrize("text", ["Type a message", "Chat with us", "Ask us anything"])
def test_a_number_goes_into_no_chat(text: str) -> None:
    for field in (replace(MOBILE, placeholder=text), replace(MOBILE, id="", near=(text,))):
        look = page(field, words="Get OTP")
        assert purpose(recognise(look, SILENT, START)) != "mobile"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Caller’s mobile number", "Nothing"),  # noqa: RUF001  (the page's own apostrophe)
        ("Your father's mobile number", "Nothing"),
        ("Account holder's mobile number", "mobile"),
        ("What's your mobile number?", "mobile"),
        ("10 digit mobile number, without the country code", "mobile"),
        ("Country code of the mobile number", "Nothing"),
    ],
)
def test_a_number_goes_into_no_field_for_somebody_elses(label: str, expected: str) -> None:
    look = page(replace(MOBILE, id="", near=(), label=label), words="Get OTP")
    assert purpose(recognise(look, SILENT, START)) == expected


PIN_CODE_BOXES = replace(
    OTP, id="pin-input-0", boxes=6, maxlength=6, label="Please enter your pin code"
)


@pytest.mark.parametrize(
    ("field", "traffic", "expected"),
    [
        # Boxes whose library labels them so, below a text that asks for the code.
        (PIN_CODE_BOXES, ASKS_FOR_CODE, "otp"),
        # No answer can be read, and no code was typed yet.
        (PIN_CODE_BOXES, SILENT, "otp"),
        (replace(PIN_CODE_BOXES, boxes=0), SILENT, "Nothing"),
        # One field, where the words are as torn: neither a code nor a PIN goes there.
        (replace(PIN_CODE_BOXES, boxes=0), ASKS_FOR_CODE, "Nothing"),
        # Without the second text too much speaks for both.
        (replace(PIN_CODE_BOXES, near=()), ASKS_FOR_CODE, "Nothing"),
        # What is hidden as it is typed is no code, whatever stands near it.
        (replace(PIN, near=("2. Enter OTP",)), ASKS_FOR_CODE, "pin"),
    ],
)
def test_a_pin_never_goes_where_the_page_asks_for_a_code_as_well(
    field: Field, traffic: Traffic, expected: str
) -> None:
    assert purpose(recognise(page(field), traffic, NUMBER_TAKEN)) == expected


@pytest.mark.parametrize("told", ["Use OTP", "OTP verified", "Never share your OTP"])
def test_a_pin_may_stand_beside_a_text_on_codes(told: str) -> None:
    field = replace(PIN_CODE_BOXES, boxes=0, label="Enter your PIN", near=(told,))
    assert purpose(recognise(page(field), SILENT, NUMBER_TAKEN)) == "pin"
    # Unless the answer to the number asks for a code.
    assert purpose(recognise(page(field), ASKS_FOR_CODE, NUMBER_TAKEN)) != "pin"


def test_a_pin_that_also_speaks_of_the_code_is_typed_once_the_code_was() -> None:
    field = replace(PIN_CODE_BOXES, near=("Enter PIN", "6-digit OTP"))
    assert purpose(recognise(page(field), SILENT, CODE_TAKEN)) == "pin"
    assert purpose(recognise(page(field), PIN_IS_SET, NUMBER_TAKEN)) == "pin"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Mobile number or e-mail ID", "mobile"),
        ("E-mail / Mobile number", "mobile"),
        ("Mobile number, client ID or UCC", "mobile"),
        ("E-mail linked to the mobile number", "Nothing"),
        ("E-mail", "Nothing"),
    ],
)
def test_what_a_field_takes_in_place_of_the_number_forbids_nothing(
    label: str, expected: str
) -> None:
    field = replace(MOBILE, near=(), label=label)
    assert purpose(recognise(page(field, words="Get OTP"), SILENT, START)) == expected


@pytest.mark.parametrize(
    ("near", "taken"),
    [
        (("New to Upstox?",), True),
        (("We noticed a new device",), True),
        (("Set up biometric login",), True),
        (("Never share your PIN on email",), True),
        (("Change PIN",), False),
        (("Your new passcode",), False),
        (("ATM",), False),
    ],
)
def test_what_is_new_beside_a_pin_that_has_a_name_is_something_else(
    near: tuple[str, ...], *, taken: bool
) -> None:
    look = page(replace(PIN, near=near))
    assert (purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == "pin") is taken
    nameless = replace(PIN, label="", near=("New",))
    assert purpose(recognise(page(nameless), PIN_IS_SET, CODE_TAKEN)) == "Nothing"


@pytest.mark.parametrize(
    ("near", "heading", "taken"),
    [
        (("+91", "Country code"), "", True),
        (("Need support?",), "", True),
        (("We'll send you an OTP",), "", True),
        (("Alternate number",), "", False),
        (("Emergency contact",), "Emergency contact", False),
    ],
)
def test_what_stands_farther_than_the_numbers_name_is_not_about_it(
    near: tuple[str, ...], heading: str, *, taken: bool
) -> None:
    field = replace(MOBILE, label="Mobile number", near=near, heading=heading)
    assert (purpose(recognise(page(field), SILENT, START)) == "mobile") is taken


def test_a_promise_of_a_code_does_not_name_the_field_of_the_number() -> None:
    field = replace(MOBILE, near=("We'll send you an OTP", "Enter mobile number"))
    assert purpose(recognise(page(field), SILENT, START)) == "mobile"


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ("This site is protected by reCAPTCHA", "pin"),
        ("Do not share your PIN, even with our staff", "pin"),
        ("Enter the captcha", "Stop"),
        ("Partner login", "Nothing"),
        ("Authorised person login", "Nothing"),
        ("Only authorised persons may log in", "pin"),
    ],
)
def test_a_warning_or_a_notice_beside_a_field_names_no_other_form(near: str, expected: str) -> None:
    look = page(replace(PIN, near=(near,)))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == expected


NUMBERED_BOXES = replace(
    PIN, id="", boxes=6, label="OTP Input 1", near=("Enter your 6-digit PIN", "Hi Asha")
)


@pytest.mark.parametrize(
    ("field", "traffic", "sent", "expected"),
    [
        (NUMBERED_BOXES, PIN_IS_SET, CODE_TAKEN, "pin"),
        # As long as a code is awaited it is neither: the code is none of what hides a PIN.
        (NUMBERED_BOXES, ASKS_FOR_CODE, NUMBER_TAKEN, "Nothing"),
        (NUMBERED_BOXES, SILENT, START, "Nothing"),
        (replace(NUMBERED_BOXES, near=(), heading="Login"), ASKS_FOR_CODE, NUMBER_TAKEN, "Nothing"),
        (replace(NUMBERED_BOXES, near=("Enter OTP",)), ASKS_FOR_CODE, NUMBER_TAKEN, "otp"),
        # What a person reads names the code as well.
        (replace(NUMBERED_BOXES, near=("Enter the OTP", "PIN")), PIN_IS_SET, CODE_TAKEN, "Nothing"),
        # Farther away stands the name of the step before.
        (replace(NUMBERED_BOXES, near=("Enter PIN", "OTP")), PIN_IS_SET, CODE_TAKEN, "pin"),
        # A label without a number is the page's own.
        (replace(NUMBERED_BOXES, label="OTP"), PIN_IS_SET, CODE_TAKEN, "Nothing"),
    ],
)
def test_what_a_library_calls_its_boxes_counts_for_less_than_what_a_person_reads(
    field: Field, traffic: Traffic, sent: Sent, expected: str
) -> None:
    assert purpose(recognise(page(field), traffic, sent)) == expected
