"""Screens between the forms that show a mobile number, and ask whether it is right."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    CODE_TAKEN,
    NUMBER_TAKEN,
    PIN_IS_SET,
    SILENT,
    screen_of,
)
from upstox_browser_login.page.here import Sent, Way
from upstox_browser_login.page.look import Text
from upstox_browser_login.page.recognise import recognise


@pytest.mark.parametrize(
    ("text", "words", "way"),
    [
        ("+91 98****1234", ["Edit", "Yes, that’s right"], "Yes, that’s right"),  # noqa: RUF001
        ("98****1234", ["Looks right, send OTP", "Change number"], "Looks right, send OTP"),
        ("98XXXXXX34", ["बदलें", "हाँ, सही है"], "हाँ, सही है"),
        # No number is shown, nothing corrects it, or the other sends a code once more.
        ("Your e-mail", ["Edit", "Yes, that’s right"], None),  # noqa: RUF001
        ("98****1234", ["Looks right, send OTP"], None),
        ("98****1234", ["Change number", "Resend OTP"], None),
        ("98****1234", ["Change number", "I agree"], None),
        ("98****1234", ["Change number", "Send", "Call"], None),
        ("98****1234", ["Change number", "Link Aadhaar"], None),
        ("98****1234", ["Change number", "Order now"], None),
        ("98****1234", ["Change number", "Send money"], None),
        ("98****1234", ["Change number", "Yes, that is my number"], "Yes, that is my number"),
    ],
)
def test_what_stands_beside_the_correction_of_the_number_confirms_it(
    text: str, words: list[str], way: str | None
) -> None:
    look = screen_of("One moment", *words)
    look = replace(look, texts=(*look.texts, Text(text)))
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == way
    # Later it may be a nominee's number.
    assert not (way and isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way))


@pytest.mark.parametrize(
    ("title", "text", "word"),
    [
        ("WhatsApp alerts", "Turn on alerts for 98****1234?", "Yes"),
        ("Get updates on WhatsApp", "98****1234", "Yes, please"),
        ("Stay in the loop", "We will message 98****1234", "Count me in"),
        ("Upstox Plus", "98****1234. By going on you agree to pay ₹999 a year", "Continue"),
        ("Code on its way", "98****1234. By tapping Send code you subscribe to Plus", "Send code"),
        ("Get a call from our expert", "98****1234", "Sure"),
        ("Login request from 98****1234", "iPhone in Pune", "Approve"),
        ("Open your free demat account", "98****1234", "Let’s go"),  # noqa: RUF001
        ("Delete account", "of 98****1234", "Yes"),
        ("Close your account", "98****1234", "Send OTP"),
        ("Forgot PIN?", "98****1234", "Send OTP"),
        ("Refer a friend", "98****1234", "Send"),
        ("Nominee’s number", "98****1234", "Correct"),  # noqa: RUF001
        ("Terms have changed", "98****1234", "OK"),
    ],
)
def test_a_number_that_is_shown_for_something_else_is_not_confirmed(
    title: str, text: str, word: str
) -> None:
    for words in (("Edit", word), (word, "Change number")):
        look = screen_of(title, *words)
        look = replace(look, texts=(*look.texts, Text(text)))
        here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
        assert not (isinstance(here, Way) and here.control.words == word)


@pytest.mark.parametrize(
    ("text", "words", "way"),
    [
        ("98****1234", ["Use a different number", "Send OTP"], "Send OTP"),
        ("98****1234", ["Edit", "Correct"], "Correct"),
        ("Is +91 98****1234 still your number?", ["Edit", "Yes"], "Yes"),
        ("98****1234 | By continuing you agree to our Terms and Privacy Policy.", None, "Continue"),
        ("98****1234 | Trade in stocks, F&O and IPOs", None, "Continue"),
    ],
)
def test_the_number_is_confirmed_whatever_else_any_login_says(
    text: str, words: list[str] | None, way: str
) -> None:
    for modal in (False, True):
        look = screen_of("Almost there", *(words or ["Edit", "Continue"]), modal=modal)
        dialog = 7 if modal else 0
        texts = (replace(each, dialog=dialog) for each in look.texts)
        more = (Text(each, dialog=dialog) for each in text.split(" | "))
        here = recognise(replace(look, texts=(*texts, *more)), ASKS_FOR_CODE, NUMBER_TAKEN)
        assert isinstance(here, Way)
        assert here.control.words == way


@pytest.mark.parametrize("title", ["Is this number right?", "Does this number look right?"])
def test_whether_a_number_is_right_is_answered_right_after_it_was_typed(title: str) -> None:
    """Later it may be any number, such as that of a bank account."""
    look = screen_of(title, "Yes, continue", "Edit number", modal=True)
    typed = Sent(mobile=True, last="mobile", field=1)
    here = recognise(look, SILENT, typed)
    assert isinstance(here, Way)
    assert here.control.words == "Yes, continue"
    for sent in (NUMBER_TAKEN, CODE_TAKEN):
        assert not isinstance(recognise(look, PIN_IS_SET, sent), Way)
