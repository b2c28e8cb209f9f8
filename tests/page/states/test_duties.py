"""What a screen asks of a person, tells, or leaves to them."""

from __future__ import annotations

import pytest

from upstox_browser_login.page.states.duties import (
    DECLARES,
    MUST_BE_DONE,
    NEEDS_NOTHING,
    NOTHING_TO_DO,
    STAYS_AS_IT_IS,
    TELLS_MORE,
    TRIES_AGAIN,
    WANTS_A_PERSON,
)


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("No action is needed.", True),
        ("There is nothing to do", True),
        ("You don't need to do anything", True),
        ("Aapko kuch nahi karna hai", True),
        ("आपको कुछ नहीं करना है", True),
        ("Take action now", False),
        ("Do you need to do anything?", False),
    ],
)
def test_a_screen_says_that_it_asks_for_nothing(text: str, nothing: bool) -> None:
    assert (NEEDS_NOTHING.search(text) is not None) is nothing
    assert not nothing or NOTHING_TO_DO.search(text)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Your KYC is validated", True),
        ("Your KYC was successful", True),
        ("Your details are up to date", True),
        # It is not done yet, or not any more.
        ("Your KYC was not successful", False),
        ("Your KYC is completed only once you upload a selfie", False),
        ("Your KYC is due again, it was verified in 2019", False),
        ("Please complete your KYC", False),
    ],
)
def test_what_is_done_asks_for_nothing_more(text: str, done: bool) -> None:
    assert (NOTHING_TO_DO.search(text) is not None) is done


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Your orders are not affected", True),
        ("your holdings stay safe", True),
        ("Open orders remain as they are", True),
        ("Only your holdings stay safe", False),
        ("Your holdings stay safe but your baskets go", False),
        ("Your orders are affected", False),
    ],
)
def test_what_is_named_only_to_say_that_it_stays_as_it_is(text: str, stays: bool) -> None:
    assert (STAYS_AS_IT_IS.search(text) is not None) is stays


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("Complete your KYC", True),
        ("Upload a selfie", True),
        ("Update your income", True),
        ("Choose a plan", True),
        ("e-sign your form", True),
        ("Designed for you, redesigned by you", False),
        ("Verify your number", False),
        ("Risk disclosure", False),
    ],
)
def test_what_only_a_person_can_do(text: str, wants: bool) -> None:
    assert (WANTS_A_PERSON.search(text) is not None) is wants


@pytest.mark.parametrize(
    ("text", "declares"),
    [
        ("Are you registered under GST?", True),
        ("Are you an NRI?", True),
        ("FATCA declaration", True),
        ("Are you a tax resident of another country?", True),
        ("Are you there?", False),
        ("Are you an existing customer?", False),
    ],
)
def test_a_no_may_be_a_statement(text: str, declares: bool) -> None:
    assert (DECLARES.search(text) is not None) is declares


@pytest.mark.parametrize(
    ("words", "explains"),
    [
        ("Learn more", True),
        ("Why?", True),
        ("Contact support", True),
        ("Continue", False),
        ("और जानें", True),
        ("மேலும் அறிய", True),
        ("aur jaanein", True),
        ("और पैसे जोड़ें", False),
    ],
)
def test_what_only_explains_a_screen(words: str, explains: bool) -> None:
    assert (TELLS_MORE.search(words) is not None) is explains


@pytest.mark.parametrize(
    ("words", "again"), [("Try again", True), ("Reload", True), ("दोबारा", True), ("Go", False)]
)
def test_what_tries_once_more(words: str, again: bool) -> None:
    assert (TRIES_AGAIN.search(words) is not None) is again


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("You can't trade until you choose", True),
        ("Your KYC has to be redone before you go on", True),
        ("Nomination is mandatory", True),
        ("Verify your e-mail to continue", True),
        ("Confirm which address is right", True),
        ("You can trade now", False),
        ("Before you trade", False),
    ],
)
def test_a_screen_that_lets_nobody_on_without_it(text: str, must: bool) -> None:
    assert (MUST_BE_DONE.search(text) is not None) is must
