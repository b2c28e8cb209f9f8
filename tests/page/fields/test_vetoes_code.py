"""What forbids a field for a code although all else speaks for it."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    BELOW,
    LED,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    START,
    page,
    purpose,
)
from upstox_browser_login.page.fields.candidate import candidate
from upstox_browser_login.page.here import Stop
from upstox_browser_login.page.look import Field
from upstox_browser_login.page.recognise import recognise


def test_a_code_beside_one_of_a_partner_is_typed() -> None:
    partner = Field(n=7, label="Partner code (6 digits, if any)", form=OTP.form, at=BELOW)
    assert purpose(recognise(page(OTP, partner), ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Invitation code", "Continue"),
        ("Gift card", "Continue"),
        ("Code", "Redeem"),
        ("Type a message", "Continue"),
        ("Chat with us", "Get OTP"),
    ],
)
def test_a_code_goes_into_no_form_of_something_else(label: str, words: str) -> None:
    field = replace(OTP, near=(), label=label, autocomplete="one-time-code")
    assert purpose(recognise(page(field, words=words), ASKS_FOR_CODE, NUMBER_TAKEN)) == "Nothing"


@pytest.mark.parametrize("head", ["Have a voucher?", "Got an invite?", "Enter your promo code"])
def test_no_code_goes_into_a_voucher(head: str) -> None:
    field = replace(OTP, id="", near=(head,), label="Enter 6-digit code", heading=head, maxlength=6)
    assert purpose(recognise(page(field), ASKS_FOR_CODE, NUMBER_TAKEN)) != "otp"


@pytest.mark.parametrize("label", ["Digits in the picture", "Letters you see", "Captcha"])
def test_a_code_goes_into_no_captcha(label: str) -> None:
    field = replace(OTP, id="", near=(), label=label, inputmode="numeric", maxlength=6)
    assert purpose(recognise(page(field), ASKS_FOR_CODE, NUMBER_TAKEN)) == "Stop"


@pytest.mark.parametrize(
    "label",
    [
        "Enter the code you see in Google Authenticator app",
        "Type the digits you see in your phone",
        "In your authenticator app, find the code you see and type it",
    ],
)
def test_a_code_that_is_seen_in_an_app_is_no_captcha(label: str) -> None:
    field = replace(OTP, id="", near=(), label=label, inputmode="numeric", maxlength=6)
    assert not isinstance(recognise(page(field), ASKS_FOR_CODE, NUMBER_TAKEN), Stop)
    headed = replace(OTP, heading=label)
    assert purpose(recognise(page(headed), ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"


@pytest.mark.parametrize("label", ["Enter OTP sent by CDSL", "Enter OTP from your bank"])
def test_a_code_goes_into_no_box_for_that_of_somebody_else(label: str) -> None:
    look = page(replace(OTP, id="code", label=label, near=()))
    assert purpose(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)) == "Nothing"


@pytest.mark.parametrize(
    ("field", "taken"),
    [
        ({}, False),
        ({"label": "TOTP"}, True),
        ({"near": ("Enter the OTP",)}, True),
        ({"id": "otpNum"}, True),
        ({"form": 77}, True),
    ],
)
def test_a_box_of_one_form_with_the_number_is_a_codes_only_where_something_names_it(
    field: dict[str, Any], *, taken: bool
) -> None:
    """Browsers' own name for a code stands at the PIN of some kits as well."""
    bare = replace(OTP, id="", near=(), autocomplete="one-time-code", form=MOBILE.form)
    bare = replace(bare, maxlength=6, inputmode="numeric")
    number = replace(MOBILE, length=10, holds=True)
    box = replace(bare, **field)
    look = replace(page(number), fields=(number, box))
    assert candidate(box, "otp", look, START, LED).holds is taken


@pytest.mark.parametrize(
    ("label", "near", "taken"),
    [
        ("ईमेल पर भेजा गया ओटीपी दर्ज करें", "", False),
        ("ओटीपी दर्ज करें", "हमने a****@gmail.com पर कोड भेजा है।", False),
        ("OTP daalein", "a****@gmail.com par code bheja hai.", False),
        ("OTP", "மின்னஞ்சல் OTP", False),
        ("Enter the 6-digit code", "Sent to a****@gmail.com", False),
        ("Enter the 6-digit code", "Check your inbox", False),
        ("Enter OTP", "Sent to 9876543210 and a****@gmail.com", True),
        ("Enter OTP", "OTP sent to +91 98765 43210 / asha@example.com", True),
        ("Enter OTP", "OTP sent to asha9876543210@example.com", False),
        ("Enter OTP or TOTP", "Check your e-mail or your app", True),
        ("Enter OTP", "Upstox never asks for your OTP by e-mail or call", True),
        ("Enter OTP", "We sent an OTP to a****@gmail.com. Never share it.", False),
        ("ओटीपी दर्ज करें", "मोबाइल और ईमेल पर ओटीपी भेजा गया है", True),
        ("OTP daalein", "Code 98****1234 aur a****@gmail.com par bheja hai.", True),
        ("TOTP daalein", "Ya e-mail par aaya code", True),
        ("OTP daalein", "a****@gmail.com se log in", True),
    ],
)
def test_no_totp_goes_where_a_code_by_e_mail_is_asked_for(
    label: str, near: str, *, taken: bool
) -> None:
    texts = tuple(filter(None, [near]))
    field = replace(OTP, id="otpNum", label=label, near=texts, inputmode="numeric", maxlength=6)
    found = purpose(recognise(page(field), ASKS_FOR_CODE, NUMBER_TAKEN))
    assert (found == "otp") == taken


@pytest.mark.parametrize(
    ("below", "taken"),
    [
        ("We e-mailed a code to a****@gmail.com", False),
        ("No code? Get one by e-mail", True),
        ("Codes are never sent by e-mail", True),
    ],
)
def test_a_text_below_the_field_may_say_that_the_code_came_by_e_mail(
    below: str, *, taken: bool
) -> None:
    field = replace(OTP, near=("Enter OTP",), below=(below,))
    found = purpose(recognise(page(field), ASKS_FOR_CODE, NUMBER_TAKEN))
    assert (found == "otp") == taken


@pytest.mark.parametrize(
    ("near", "taken"),
    [
        ("Resend OTP on email", True),
        ("Get OTP on email instead", True),
        ("Send code by e-mail instead", True),
        ("OTP sent to your email", False),
        ("Resend OTP to a****@gmail.com", False),
        ("Check your email for the OTP", False),
    ],
)
def test_an_offer_of_a_code_by_e_mail_makes_no_box_for_one(near: str, *, taken: bool) -> None:
    box = replace(OTP, id="", label="Enter OTP", maxlength=6, near=(near,))
    here = recognise(page(box), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (purpose(here) == "otp") is taken


@pytest.mark.parametrize(
    ("near", "taken"),
    [
        ("Code changes in 21 seconds", True),
        ("The code changes every 30 seconds", True),
        ("This code changes soon", True),
        ("The code changes your bank account", False),
        ("The code changes in your profile", False),
        ("The code closes in 21 seconds", False),
    ],
)
def test_a_code_that_runs_out_does_nothing_else(near: str, *, taken: bool) -> None:
    box = replace(OTP, near=("Enter OTP or TOTP", near))
    here = recognise(page(box), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (purpose(here) == "otp") is taken
