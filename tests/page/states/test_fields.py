"""What names each field of the login, and what names another."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from upstox_browser_login.errors import Step
from upstox_browser_login.page.states.fields import (
    CREATES_PIN,
    KNOWN,
    PURPOSES,
    SIGNED_IN_AS,
    STEPS,
    Purpose,
)
from upstox_browser_login.page.states.otp import OTP_TAKES_TOTP


@pytest.mark.parametrize(
    ("label", "takes"),
    [
        ("SMS ya app wala code", True),
        ("SMS या authenticator app का कोड", True),
        ("SMS wala code", False),
        ("SMS ya WhatsApp wala code", False),
        ("SMS ya Upstox app ka code", False),
        ("ऐप या एसएमएस का कोड", True),
        ("एसएमएस का कोड", False),
        ("व्हाट्सऐप या एसएमएस पर भेजा गया OTP", False),
        ("एसएमएस या ऐप नोटिफिकेशन से मिला OTP", False),
    ],
)
def test_a_label_in_hinglish_says_which_codes_the_box_takes(label: str, *, takes: bool) -> None:
    assert (OTP_TAKES_TOTP.search(label) is not None) == takes


def test_the_forms_are_all_there_in_the_order_of_a_login() -> None:
    assert get_args(Purpose) == PURPOSES == tuple(KNOWN) == tuple(STEPS)
    assert set(STEPS.values()) <= set(get_args(Step))


@pytest.mark.parametrize(
    ("purpose", "names", "words"),
    [
        ("mobile", ("mobile num", "mobilenum", "tel"), ("Enter mobile number", "Phone no")),
        ("otp", ("otp num", "totp"), ("Enter OTP or TOTP", "Verification code")),
        ("pin", ("pin code", "mpin"), ("Enter 6-digit PIN", "MPIN")),
        ("password", ("password",), ("Enter your password",)),
    ],
)
def test_a_form_is_known_by_ids_and_by_words(
    purpose: Purpose, names: tuple[str, ...], words: tuple[str, ...]
) -> None:
    """Upstox may change one of them on any day."""
    for name in names:
        assert KNOWN[purpose].identity.search(name)
        others = [each for each in PURPOSES if each != purpose]
        assert not [each for each in others if KNOWN[each].identity.search(name)]
    for text in words:
        assert KNOWN[purpose].words.search(text)
        assert not KNOWN[purpose].against.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Signed in as 9876501234.",
        "signed in as +91 98765 01234",
        "Signed in as +919876501234",
        "Signed in as: 98765-01234",
    ],
)
def test_whose_pin(text: str) -> None:
    match = SIGNED_IN_AS.search(text)
    assert match is not None
    assert re.sub(r"\D", "", match[1]) == "9876501234"


@pytest.mark.parametrize("text", ["Signed in as 98****1234.", "Signed in as ASHA", "Hi Asha"])
def test_a_masked_number_tells_nothing(text: str) -> None:
    assert SIGNED_IN_AS.search(text) is None


@pytest.mark.parametrize("text", ["Reset PIN", "Forgot PIN? Reset PIN", "Enter 6-digit PIN"])
def test_a_pin_page_is_not_taken_for_one_that_creates_a_pin(text: str) -> None:
    assert CREATES_PIN.search(text) is None


@pytest.mark.parametrize("text", ["Create a new 6-digit PIN", "Set your PIN", "Confirm your PIN"])
def test_a_form_that_creates_a_pin(text: str) -> None:
    assert CREATES_PIN.search(text)
