"""How a control says that the authenticator is used, and what else it may say of it."""

from __future__ import annotations

import pytest

from tests.page.looks import (
    ASKS_FOR_CODE,
    NUMBER_TAKEN,
    screen_of,
)
from upstox_browser_login.page.here import Way
from upstox_browser_login.page.recognise import recognise


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("Use authenticator app", True),
        ("Switch to authenticator", True),
        ("Switch to app code", True),
        ("Switch to the Upstox app code", False),
        ("WhatsApp code", False),
        ("Can’t get SMS? Use the authenticator app", True),  # noqa: RUF001
        ("I can’t use my authenticator app", False),  # noqa: RUF001
        ("Authenticator not working?", False),
        ("No access to authenticator?", False),
        ("Move authenticator to a new phone", False),
        ("Recover authenticator", False),
        ("Switch authenticator", False),
    ],
)
def test_only_what_uses_the_authenticator_is_chosen(words: str, *, chosen: bool) -> None:
    look = screen_of("Choose a method", "Text message", words)
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (isinstance(here, Way) and here.name == "method") is chosen


@pytest.mark.parametrize(
    "words",
    ["Scan QR with authenticator", "Use a new authenticator app", "Always use authenticator app"],
)
def test_what_sets_an_authenticator_up_is_no_choice_of_it(words: str) -> None:
    look = screen_of("Verify it is you", "Get SMS", words)
    assert not isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)
    look = screen_of("Verify it is you", "Get SMS", words, "Authenticator app")
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == "Authenticator app"


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("TOTP - default", True),
        ("Authenticator app (default)", True),
        ("Set TOTP as default", False),
        ("TOTP by default", False),
        ("Default: TOTP", False),
    ],
)
def test_a_way_that_is_the_default_is_one_all_the_same(words: str, *, chosen: bool) -> None:
    look = screen_of("How do you want to verify?", words, "SMS")
    assert isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way) is chosen


@pytest.mark.parametrize(
    ("title", "words", "chosen"),
    [
        ("We sent a code to your phone", "Use authenticator app", True),
        ("We sent a code to your phone", "Authenticator settings", False),
        ("We sent a code to your phone", "Pause TOTP", False),
        ("We sent a code to your phone", "TOTP off", False),
        ("We sent a code to your phone", "Authenticator: on", False),
        ("We sent a code to your phone", "Share authenticator code", False),
        ("Move your authenticator to a new phone", "Authenticator app", False),
        ("Remove the authenticator?", "Authenticator", False),
        ("Set up two-step verification", "Authenticator", False),
    ],
)
def test_a_control_that_manages_the_authenticator_is_no_way(
    title: str, words: str, *, chosen: bool
) -> None:
    """Neither by itself nor beside another way."""
    for controls in ((words,), (words, "SMS")):
        here = recognise(screen_of(title, *controls), ASKS_FOR_CODE, NUMBER_TAKEN)
        assert isinstance(here, Way) is chosen
