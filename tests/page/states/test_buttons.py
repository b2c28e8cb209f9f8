"""What a control says that sends a form, and what sends none."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    CODE_TAKEN,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    button,
    page,
    purpose,
)
from upstox_browser_login.page.here import Form
from upstox_browser_login.page.marks import parse_marks
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.states.buttons import NOT_GO, NOT_HERE


@pytest.mark.parametrize("words", ["Account details", "Use another number", "Bad phone?"])
def test_what_stands_beside_a_pin_that_sends_itself_is_not_its_button(words: str) -> None:
    look = page(replace(PIN, form=0), words=words)
    look = replace(look, controls=(replace(look.controls[0], form=0),))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Form)
    assert here.button is None


@pytest.mark.parametrize(
    "words",
    [
        "Log me out everywhere",
        "Trust this device",
        "Rotate keys",
        "Merge accounts",
        "Port my SIM data",
        "Suspend",
        "Agree and continue",
        "Approve Rahul",
        "Roll over",
        "Becho",
        "Khata band karo",
        "भुगतान करें",
        "Swap PIN",
        "Copy PIN",
        "पिन हटाएं",
        "Manzoor hai",
        "Confirm beneficiary",
        "Verify KYC",
        "Unlock payout",
        "Confirm trade",
        "Auto-renew",
    ],
)
def test_no_secret_is_sent_by_words_that_may_do_more(words: str) -> None:
    """However well the field is named; a person's page file may say that they send the form."""
    bare = replace(page(replace(PIN, form=0)), controls=(button(words, form=0),))
    assert purpose(recognise(bare, PIN_IS_SET, CODE_TAKEN)) == "Nothing"
    assert purpose(recognise(page(PIN, words=words), PIN_IS_SET, CODE_TAKEN)) == "Nothing"
    assert purpose(recognise(page(OTP, words=words), ASKS_FOR_CODE, NUMBER_TAKEN)) == "Nothing"
    named = parse_marks(f'[[button]]\nsends = "pin"\nwords = "{words}"')
    assert purpose(recognise(page(PIN, words=words), PIN_IS_SET, CODE_TAKEN, named)) == "pin"


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("Change PIN", False),
        ("Reset my PIN", False),
        ("Cancel order", False),
        ("Change number", True),
        ("Show PIN", True),
        ("Forgot PIN?", True),
        ("Switch account", True),
    ],
)
def test_no_pin_goes_into_a_form_that_is_sent_by_what_changes_something(
    words: str, *, taken: bool
) -> None:
    """Where nothing else is marked as what sends it; a form that sends itself may have others."""
    assert (purpose(recognise(page(PIN, words=words), PIN_IS_SET, CODE_TAKEN)) == "pin") is taken


@pytest.mark.parametrize(
    "words",
    [
        "Jump in",
        "Here we go",
        "Launch Upstox",
        "Zabardast",
        "To my portfolio",
        "Almost there",
        "PIN done",
        "That's all",
        "पिन डालें",
        "पिन जमा करें",
        "PIN daalo",
        "पिन से लॉगिन करें",
        "PIN confirm karein",
        "भेजें",
        "Load my account",
        "Mere account mein jao",
        "खाता खोलें",
        "Ready to trade",
        "Verify token",
        "Verify account",
        "Yes, let me in",
    ],
)
def test_an_unknown_verb_alone_sends_the_form(words: str) -> None:
    assert purpose(recognise(page(PIN, words=words), PIN_IS_SET, CODE_TAKEN)) == "pin"
    assert purpose(recognise(page(OTP, words=words), ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"


@pytest.mark.parametrize(
    "text", ["Resend OTP", "Forgot PIN?", "I don't remember my PIN", "PIN yaad nahi", "Show PIN"]
)
def test_what_sends_no_form(text: str) -> None:
    assert NOT_GO.search(text)


@pytest.mark.parametrize(
    ("words", "is_another"),
    [
        ("Register", True),
        ("Register now", True),
        ("Refer & earn", True),
        ("Registered mobile number", False),
        ("Preferred language", False),
        ("Referral code", True),
    ],
)
def test_a_word_that_only_begins_as_another_forms_is_none(words: str, *, is_another: bool) -> None:
    assert (NOT_HERE.search(words) is not None) is is_another
