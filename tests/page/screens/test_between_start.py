"""Screens before the number: a start screen, a question, a language."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    AT,
    CODE_TAKEN,
    NUMBER_TAKEN,
    PIN_IS_SET,
    SEARCH,
    SILENT,
    screen_of,
)
from upstox_browser_login.page.here import Nothing, Sent, Way
from upstox_browser_login.page.look import Field
from upstox_browser_login.page.recognise import recognise


@pytest.mark.parametrize(
    ("title", "words", "pressed"),
    [
        ("Do you have an Upstox account?", ["Yes, I do", "No, open one"], 0),
        ("Are you an existing customer?", ["No", "Yes"], 1),
        ("Kya aap pehle se Upstox user hain?", ["Haan", "Nahi"], 0),
        ("Kya aapka Upstox account hai?", ["Nahi", "Haan, hai"], 1),
        ("क्या आप पहले से ग्राहक हैं?", ["हाँ", "नहीं"], 0),
        ("Want to open a new account?", ["Yes", "No"], 1),
        ("Pick a language", ["हिन्दी", "English"], 1),
        ("Pick a language", ["English", "தமிழ்", "Know more"], None),
        ("Pick a language", ["English"], None),
        ("A fresh coat of paint", ["Looks good", "Give me a tour"], 0),
        ("Looks good on you", ["Try it", "Love it in blue"], None),
    ],
)
def test_a_question_before_the_number(title: str, words: list[str], pressed: int | None) -> None:
    here = recognise(screen_of(title, *words), SILENT, Sent())
    assert (here.control.n - 1 if isinstance(here, Way) else None) == pressed


def test_a_start_screen_leads_to_the_customers_login() -> None:
    look = screen_of("Welcome", "Log in to the partner portal", "Log in to Upstox")
    here = recognise(look, SILENT, Sent())
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("start screen", 2)


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("Yes, log me in", True),
        ("Existing customer? Log in", True),
        ("I already trade with Upstox Log in to your account", True),
        ("Take me to login", True),
        ("Upstox customer", True),
        ("Investor", False),
        ("I'm a trader", False),
        ("Log in with a passkey", False),
    ],
)
def test_what_leads_from_a_start_screen_to_the_login(words: str, leads: bool) -> None:
    here = recognise(screen_of("Welcome", words, "Sign up"), SILENT, Sent())
    assert isinstance(here, Way) == leads


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Ready for a premium account?", ["Yes", "Details"]),
        ("Are you a corporate client?", ["Yes", "No"]),
        ("Are you a customer?", ["Yes, call me", "Details"]),
        ("Do you still want to continue?", ["Yes", "No"]),
        ("Are you still there?", ["Yes", "No"]),
        ("Are you still here?", ["Yes", "No"]),
        ("Still with us?", ["No", "Yes"]),
        ("Need more time?", ["Yes", "No"]),
        ("Your session is about to end. Stay logged in?", ["Stay", "No"]),
        ("Continue with this login?", ["Yes", "No"]),
        ("Kya aap abhi bhi yahan hain?", ["Haan", "Nahi"]),
    ],
)
def test_no_question_is_answered_that_is_not_whether_one_is_a_customer(
    title: str, words: list[str]
) -> None:
    assert not isinstance(recognise(screen_of(title, *words), SILENT, Sent()), Way)


def test_a_language_is_chosen_before_the_number_alone() -> None:
    look = screen_of("Language", "English", "हिन्दी")
    assert isinstance(recognise(look, SILENT, Sent()), Way)
    assert isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Nothing)


@pytest.mark.parametrize("no", ["Deny", "Not now", "Cancel"])
@pytest.mark.parametrize("asks", ["", "|It may place orders and withdraw funds."])
def test_no_app_is_refused_before_the_login(no: str, asks: str) -> None:
    look = screen_of(f"TradeBot wants access to your Upstox account{asks}", "Allow", no)
    assert not isinstance(recognise(look, SILENT, Sent()), Way)


OPENS_AN_ACCOUNT = Field(
    n=8, type="tel", maxlength=10, label="Open a free account: your mobile number", at=AT
)


@pytest.mark.parametrize(
    ("field", "words", "form", "begins"),
    [
        (SEARCH, ("Log in", "Open free account"), 0, True),
        # Nor is a number for another form the login's.
        (OPENS_AN_ACCOUNT, ("Log in", "Get started"), 0, True),
        (replace(OPENS_AN_ACCOUNT, holds=True), ("Log in", "Get started"), 0, False),
        (replace(OPENS_AN_ACCOUNT, label="Your mobile number"), ("Not now", "Skip"), 0, False),
        (OPENS_AN_ACCOUNT, ("Not now", "Skip"), 0, False),
        # It sends the field's own form, or nobody knows what the field is for.
        (SEARCH, ("Log in",), 7, False),
        (replace(SEARCH, type="text", placeholder="Sanket"), ("Log in",), 0, False),
        # It leads elsewhere, or there are two of them.
        (SEARCH, ("Partner login",), 0, False),
        (SEARCH, ("Open free account",), 0, False),
        (SEARCH, ("Log in", "Sign in to your account"), 0, False),
    ],
)
def test_a_login_is_begun_beside_the_search_of_a_home_page(
    field: Field, words: tuple[str, ...], form: int, *, begins: bool
) -> None:
    shown = screen_of("Trade smarter", *words)
    look = replace(
        shown, fields=(field,), controls=tuple(replace(e, form=form) for e in shown.controls)
    )
    here = recognise(look, SILENT, Sent())
    assert (isinstance(here, Way) and here.name == "start screen") is begins
    # Later it might lead back to the start.
    assert not isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)
