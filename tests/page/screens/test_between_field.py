"""Screens between the forms that speak of a code or PIN, and have no field for it."""

from __future__ import annotations

import pytest

from tests.page.looks import ASKS_FOR_CODE, CODE_TAKEN, NUMBER_TAKEN, PIN_IS_SET, screen_of
from upstox_browser_login.page.here import Nothing, Way
from upstox_browser_login.page.recognise import recognise


@pytest.mark.parametrize(
    "title",
    [
        "Enter TOTP",
        "Enter the OTP sent to your phone",
        "Please enter your 6-digit PIN",
        "Enter mobile number",
        "Verify OTP",
        "6-digit PIN",
        "PIN dalein",
        "ओटीपी दर्ज करें",
    ],
)
@pytest.mark.parametrize("words", [("Continue",), ("Log in",), ("Continue", "Log in")])
def test_a_form_whose_field_is_not_seen_is_not_sent(title: str, words: tuple[str, ...]) -> None:
    """It may not be drawn yet, or where nobody can look: an empty PIN may count as a wrong one."""
    for sent, traffic in ((NUMBER_TAKEN, ASKS_FOR_CODE), (CODE_TAKEN, PIN_IS_SET)):
        assert isinstance(recognise(screen_of(title, *words), traffic, sent), Nothing)


@pytest.mark.parametrize(
    ("title", "pressed"),
    [
        ("Your OTP is on its way", "Continue"),
        ("OTP verified", "Continue"),
        ("Enter your PIN less often", "Not now"),
        ("Security code", "Got it"),
    ],
)
def test_a_screen_that_only_speaks_of_a_code_or_pin_is_passed(title: str, pressed: str) -> None:
    here = recognise(screen_of(title, pressed), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == pressed
