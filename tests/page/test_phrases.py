"""What the texts are made of by which a page refuses, locks, or tells a rule."""

from __future__ import annotations

import re

import pytest

from upstox_browser_login.page.pattern import Pattern
from upstox_browser_login.page.phrases import (
    A_RULE,
    IS_LOCKED,
    OF_OTHERS,
    OTHER_ACCOUNTS,
    OTP,
    PIN,
    WRONG,
    Gated,
    Refusal,
    asked_anew,
)


def says(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Incorrect", True),
        ("does not match", True),
        ("isn't valid", True),
        ("doesn't look right", True),
        ("galat", True),
        ("गलत", True),
        ("no longer valid", True),
        # Something else than what was typed, or it would be so.
        ("something went wrong", False),
        ("kuch galat", False),
        ("the earlier OTP is no longer valid", False),
        ("no longer valid once you log in", False),
        ("will be rejected", False),
        ("all is well", False),
    ],
)
def test_words_of_a_refusal(text: str, wrong: bool) -> None:
    assert says(WRONG, text) is wrong


@pytest.mark.parametrize(
    ("text", "anew"),
    [
        ("Enter the correct PIN", True),
        ("Try again with a valid PIN", True),
        ("Sahi PIN daalein", True),
        ("That isn't the right PIN", True),
        ("Correct PIN", False),
        ("Sent to the correct PIN pad", False),
        ("Enter the PIN", False),
    ],
)
def test_a_right_one_that_is_asked_for_refuses_the_one_that_was_typed(
    text: str, anew: bool
) -> None:
    assert says(asked_anew(PIN), text) is anew


@pytest.mark.parametrize(
    ("pattern", "text", "named"),
    [
        (PIN, "MPIN", True),
        (PIN, "m-pin", True),
        (PIN, "opinion", False),
        (OTP, "TOTP", True),
        (OTP, "one-time password", True),
        (OTP, "laptop", False),
    ],
)
def test_credentials_are_named_by_words_of_their_own(pattern: str, text: str, named: bool) -> None:
    assert says(pattern, text) is named


@pytest.mark.parametrize(
    ("text", "locked"),
    [
        ("Your account has been locked", True),
        ("We have temporarily blocked your account", True),
        ("Account locked.", True),
        ("Your account is locked for 24 hours", True),
        # It has not come, is asked, or is for one use alone.
        ("or your account is locked", False),
        ("Account locked?", False),
        ("Your account is frozen for debits", False),
        ("if you are locked out, call us", False),
    ],
)
def test_an_account_is_locked_now(text: str, locked: bool) -> None:
    assert (IS_LOCKED.search(text) is not None) is locked


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Your promo code is wrong", "your is wrong"),
        ("Invalid UPI PIN", "invalid"),
        ("Your bank account is blocked", "your is blocked"),
        ("Daily limit reached: 20 orders", ""),
        ("Daily limit of OTPs reached", "daily limit of otps reached"),
        ("Invalid OTP", "invalid otp"),
    ],
)
def test_what_is_said_of_others_says_nothing_of_what_was_sent(text: str, rest: str) -> None:
    """What is left of it comes in small letters."""
    assert " ".join(OF_OTHERS.without(text).split()) == rest


def test_other_accounts_are_none_of_the_logins() -> None:
    assert OTHER_ACCOUNTS.search("Your MTF account is inactive")
    assert OTHER_ACCOUNTS.search("Your demat account is inactive") is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("After 5 wrong PINs your account is locked", True),
        ("Maximum of 5 attempts", True),
        ("You have reached the maximum of 5 attempts", False),
        ("Your account has been locked after 5 wrong PINs", False),
    ],
)
def test_what_holds_for_everybody(text: str, rule: bool) -> None:
    assert (A_RULE.search(text) is not None) is rule


def test_a_gated_pattern_is_sought_only_where_its_gate_fits() -> None:
    gated = Gated(Pattern("wrong"), "PIN")
    assert gated.search("wrong PIN")
    assert gated.search("right PIN") is None
    assert Refusal("PIN").search("Incorrect PIN")
    assert Refusal("PIN").search("Your PIN") is None
