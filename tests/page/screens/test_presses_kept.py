"""Controls that leave all as it is, and those that give up what protects the account."""

from __future__ import annotations

import pytest

from tests.page.looks import LOGGED_IN, PIN_IS_SET, screen_of
from upstox_browser_login.page.here import Way
from upstox_browser_login.page.recognise import recognise


@pytest.mark.parametrize(
    "words",
    [
        "Skip OTP next time",
        "Skip TPIN",
        "Skip verification",
        "Skip e-mail verification",
        "Skip order confirmation",
        "Skip two-step login for 30 days",
        "Skip 2FA",
        "Skip the PIN from now on",
        "No more OTPs",
        "No PIN",
        "Don't ask for OTP again",
        "Never ask for my PIN",
    ],
)
def test_nothing_that_protects_the_account_is_given_up(words: str) -> None:
    for title in ("Fewer steps", "What's new", "Log in faster"):
        look = screen_of(title, words, "Learn more")
        assert not isinstance(recognise(look, PIN_IS_SET, LOGGED_IN), Way)
