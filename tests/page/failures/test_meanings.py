"""What a failure means for the login: its end, or the second code."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.page.looks import ended
from tests.page.views import (
    BLANK,
    CARRIES_CODE,
    CARRIES_NUMBER,
    CARRIES_PIN,
    CODE_FORM,
    CODE_SENT,
    NUMBER_FORM,
    NUMBER_SENT,
    PIN_FORM,
    PIN_SENT,
    code,
    end,
    view,
)
from upstox_browser_login.page.decide import decide
from upstox_browser_login.page.next import Again
from upstox_browser_login.page.said import Said


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_in_trouble_refuses_nothing(status: int) -> None:
    call = ended(CARRIES_PIN, 92.0, status, ok=False, said=Said("That PIN isn't known", "999"))
    assert end(decide(view(BLANK, call, sent=PIN_SENT, now=92.2))).meaning == "unknown"


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"status": 503}, "SERVER_ERROR"),
        ({"status": 429}, "RATE_LIMITED"),
        ({"status": 403}, "CHALLENGE"),
        ({"status": None, "failure": "ERR_CONNECTION_RESET"}, "NETWORK"),
    ],
)
def test_what_the_network_says_ends_a_login(about: dict[str, Any], expected: str) -> None:
    failed = replace(CARRIES_PIN, ended=92.0, **about)
    step = decide(view(PIN_FORM, failed, sent=PIN_SENT))
    assert code(step) == expected
    assert end(step).broke == (expected == "NETWORK")


def test_a_refused_code_is_followed_by_one_more() -> None:
    refused = ended(CARRIES_CODE, 92.0, ok=False, said=Said("Invalid OTP", "1017093"))
    again = decide(view(CODE_FORM, refused, sent=CODE_SENT))
    assert isinstance(again, Again)
    assert again.said.code == "1017093"
    second = replace(CODE_SENT, codes=2, refused_codes=1)
    assert code(decide(view(CODE_FORM, refused, sent=second))) == "TOTP_REJECTED"


def test_a_code_is_refused_though_the_words_speak_of_a_pin() -> None:
    refused = ended(CARRIES_CODE, 92.0, ok=False, said=Said("Incorrect PIN", "1017999"))
    assert isinstance(decide(view(CODE_FORM, refused, sent=CODE_SENT)), Again)


def test_a_session_that_was_lost_before_the_pin_may_begin_again() -> None:
    lost: dict[str, Any] = {"ok": False, "said": Said("lost", "1017076")}
    step = decide(view(BLANK, ended(CARRIES_CODE, 92.0, **lost), sent=CODE_SENT))
    assert end(step).fresh_start
    step = decide(view(BLANK, ended(CARRIES_PIN, 92.0, **lost), sent=PIN_SENT))
    assert not end(step).fresh_start
    second = replace(CODE_SENT, codes=2, refused_codes=1)
    step = decide(view(BLANK, ended(CARRIES_CODE, 92.0, **lost), sent=second))
    assert not end(step).fresh_start


@pytest.mark.parametrize(
    "text",
    [
        "Incorrect PIN. Account will be locked after maximum attempts.",
        "Incorrect PIN, 2 attempts left. Try again after 30 minutes.",
        "Incorrect PIN. You have exhausted 3 out of 5 attempts.",
        "Invalid PIN. Your session has expired, please login again.",
        "PIN is invalid or your session expired",
    ],
)
def test_a_refused_pin_is_told_whatever_else_the_answer_says(text: str) -> None:
    """After a wait or a lost session the same PIN would be sent once more."""
    refused = ended(CARRIES_PIN, 92.0, ok=False, said=Said(text))
    assert code(decide(view(PIN_FORM, refused, sent=PIN_SENT))) == "PIN_REJECTED"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Too many requests. Try again in 5 minutes", "RATE_LIMITED"),
        ("Your session has expired, please log in again", "SESSION_LOST"),
        ("PIN validation failed due to server error", "SERVER_ERROR"),
        ("PIN verification failed due to a technical error", "SERVER_ERROR"),
        ("We couldn't verify your PIN right now. Please try again.", "UNEXPECTED"),
    ],
)
def test_what_refuses_no_pin_is_not_told_as_that(text: str, expected: str) -> None:
    failed = ended(CARRIES_PIN, 92.0, ok=False, said=Said(text))
    assert code(decide(view(PIN_FORM, failed, sent=PIN_SENT))) == expected


@pytest.mark.parametrize(
    "text", ["OTP generation failed", "Invalid OTP request", "Invalid OTP", "Unable to send OTP"]
)
def test_the_answer_to_the_number_refuses_no_code(text: str) -> None:
    """None was sent, so the seed must not be suspected."""
    failed = ended(CARRIES_NUMBER, 92.0, ok=False, said=Said(text))
    assert code(decide(view(NUMBER_FORM, failed, sent=NUMBER_SENT))) in {
        "SERVER_ERROR",
        "UNEXPECTED",
    }
