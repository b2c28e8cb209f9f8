"""What a press of each control of a screen does, and which screens are gone on from."""

from __future__ import annotations

from time import process_time

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    CODE_TAKEN,
    NUMBER_TAKEN,
    OTP,
    PIN_IS_SET,
    SILENT,
    screen_of,
    screen_that_says,
)
from upstox_browser_login.page.here import Nothing, Sent, Way
from upstox_browser_login.page.look import Control, Look, Text
from upstox_browser_login.page.marks import NO_MARKS
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.screens.presses import read_screen


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        ("That code isn't right. Check your phone's time.", True),
        ("Your account is locked", False),
        ("Too many attempts. Try again after 10 mins.", False),
        ("Something else", False),
    ],
)
def test_a_box_that_tells_of_a_refused_code_is_closed_to_type_the_next(
    text: str, *, closes: bool
) -> None:
    field = replace(OTP, covered=True)
    look = replace(
        screen_of("", "Try again"), fields=(field,), texts=(Text(text), Text("Enter OTP or TOTP"))
    )
    refused = replace(NUMBER_TAKEN, codes=1, refused_codes=1, last=None)
    assert isinstance(recognise(look, ASKS_FOR_CODE, refused), Way) == closes
    # Before any was refused it is not known what to try again.
    assert not isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)


@pytest.mark.parametrize(
    ("other", "leads"),
    [
        (Control(n=30, type="radio", words="Wheels up"), True),
        (Control(n=30, type="checkbox", words="Wheels up", chosen=True), True),
        (Control(n=30, words="Wheels up"), False),
    ],
)
def test_a_choice_in_unknown_words_is_no_answer_to_the_screen(other: Control, leads: bool) -> None:
    """Another control beside "Continue" may be the no to what is offered."""
    look = screen_of("Ready for lift-off", "Continue")
    look = replace(look, controls=(*look.controls, other))
    assert isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way) is leads


@pytest.mark.parametrize(
    "question",
    [
        "Is your address still the same?",
        "Is this nominee still right?",
        "Is your income more than 5 lakh?",
    ],
)
def test_a_question_about_a_person_is_not_answered_by_going_on(question: str) -> None:
    look = screen_of(question, "Continue")
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way)


def test_what_corrects_the_number_is_moot_until_its_code_was_taken() -> None:
    look = screen_of("A message for 98****1234", "Change number", "Next")
    assert isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way)


@pytest.mark.parametrize(
    ("title", "words", "leads"),
    [
        ("You’re all set, Asha", ["Back to My Algo"], True),  # noqa: RUF001
        ("Login successful", ["Go back to My Algo"], True),
        ("Login complete", ["Cancel", "Return now"], True),
        ("Login successful", ["Back to the website"], False),
        ("Login successful", ["Back to My Algo", "Open my account"], False),
        ("Something is missing", ["Back to My Algo"], False),
    ],
)
def test_the_end_of_a_login_leads_back_to_an_app_of_any_name(
    title: str, words: list[str], *, leads: bool
) -> None:
    taken = replace(CODE_TAKEN, pin=True, accepted=frozenset({"mobile", "otp", "pin"}))
    here = recognise(screen_of(title, *words), PIN_IS_SET, taken)
    assert (isinstance(here, Way) and here.control.words == words[-1]) is leads


@pytest.mark.parametrize(
    ("title", "text", "words", "way"),
    [
        # Nothing on these screens has a question mark, and the no may lock the account.
        ("Login alert", "Chrome on Windows, Mumbai", ["Yes", "No"], None),
        ("Unrecognised device", "Chrome on Windows", ["No", "Yes, continue"], None),
        ("Security alert", "Someone tried to sign in from Lagos", ["Confirm", "Deny"], None),
        ("Account activity", "Your PIN was reset", ["Yes", "No"], None),
        ("Notice", "A payout of ₹5,000 was requested", ["Approve", "Deny"], None),
        ("New login just now", "Your password was changed", ["Yes, it was me", "Report"], None),
        ("Do you recognise this device?", "iPhone in Pune", ["Yes", "No"], None),
        ("Do you recognise this device?", "Chrome on Linux", ["Yes", "No"], "Yes"),
        ("New login just now", "Chrome on Linux", ["No", "Yes, continue"], "Yes, continue"),
        ("PIN changed", "Your PIN was changed on 2 Nov", ["Close", "Not you?"], "Close"),
        ("Is this you?", "Asha R, UCC 7A••12", ["Not you?", "Yes, continue"], "Yes, continue"),
        ("Is this you?", "Chrome in Lagos, UCC 7A••12", ["Not you?", "Yes, continue"], None),
        ("Was this you?", "Chrome on Linux", ["Yes", "Don't recognise it"], None),
        ("Security alert", "Chrome on Linux", ["Details", "Don't know it"], None),
        ("Security alert", "Chrome on Linux", ["Details", "Don't show again"], "Don't show again"),
        # A question about something else, and an offer.
        ("New login", "Trust this new device?", ["Yes", "No"], "No"),
        ("Stay signed in", "", ["Yes", "No"], "No"),
        ("Dark mode", "", ["Yes, try it", "No"], "No"),
    ],
)
def test_who_did_something_is_answered_only_for_this_login(
    title: str, text: str, words: list[str], way: str | None
) -> None:
    look = screen_of(title, *words)
    look = replace(look, title="Login to Upstox", texts=(*look.texts, Text(text)))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == way


@pytest.mark.parametrize(
    "words", [["Start"], ["Okay, start"], ["Go ahead", "Stop"], ["OK", "Cancel"], ["Done"]]
)
def test_a_screen_of_an_unknown_kind_is_not_begun(words: list[str]) -> None:
    for title in ("Voice trading", "Guest mode", "Silent hours"):
        assert not isinstance(recognise(screen_of(title, *words), PIN_IS_SET, CODE_TAKEN), Way)
    here = recognise(screen_of("Your session will last till 3:30 AM", "OK"), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)


@pytest.mark.parametrize("modal", [True, False])
@pytest.mark.parametrize(
    ("below", "words"),
    [
        ("Welcome back, Asha", ["OK", "Cancel"]),
        ("Risk disclosure", ["Done"]),
        ("New device detected. Is this you?", ["OK", "Cancel"]),
        ("Is this your number? 98****1234", ["Confirm", "Edit"]),
        ("Is this your number? 98****1234", ["Yes", "No"]),
        ("Congratulations on 5 years", ["Great!", "Back"]),
        ("No action is needed", ["OK"]),
    ],
)
def test_a_dialog_is_passed_for_nothing_that_the_page_below_it_says(
    below: str, words: list[str], *, modal: bool
) -> None:
    look = screen_of("Voice trading", *words, modal=modal)
    look = replace(
        look,
        texts=(Text(below, head=True), *(replace(each, dialog=7) for each in look.texts)),
        controls=tuple(replace(each, dialog=7) for each in look.controls),
    )
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert not (isinstance(here, Way) and here.control.words in {"Confirm", "Great!", words[0]})


def test_what_only_says_that_a_screen_was_read_may_stand_beside_a_link() -> None:
    look = screen_of("F&O charts are running slow", "Status page", "Okay, got it")
    link = replace(look.controls[0], tag="a")
    for sent in (Sent(), NUMBER_TAKEN, CODE_TAKEN):
        here = recognise(replace(look, controls=(link, look.controls[1])), PIN_IS_SET, sent)
        assert isinstance(here, Way)
        assert here.control.words == "Okay, got it"
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way)


def test_before_the_number_the_only_way_on_does_nothing_for_anybody() -> None:
    look = screen_of("System upgrade this weekend", "Continue")
    assert isinstance(recognise(look, SILENT, Sent()), Way)
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way)
    for words in ("Upgrade", "I agree", "Get the app"):
        assert not isinstance(recognise(screen_of("System upgrade", words), SILENT, Sent()), Way)


@pytest.mark.parametrize("title", ["New order window", "GTT on every chart", "Sell in one tap"])
def test_news_before_the_number_is_passed_whatever_it_is_about(title: str) -> None:
    """The page knows nobody yet in whose name anything could be done; later it does."""
    look = screen_of(title, "Done")
    assert isinstance(recognise(look, SILENT, Sent()), Way)
    assert isinstance(recognise(look, SILENT, NUMBER_TAKEN), Nothing)


def test_the_ways_to_prove_oneself_are_no_choice_for_the_account() -> None:
    """They may be drawn a moment later."""
    look = screen_of("Choose how you want to verify", "Continue")
    assert isinstance(recognise(look, SILENT, Sent(mobile=True)), Nothing)


def test_the_page_below_a_dialog_says_nothing_of_its_kind() -> None:
    dialog = (Text("Swap", head=True, dialog=1), Text("INFY for TCS", dialog=1))
    look = Look(
        ready=True,
        modal=True,
        title="Login to Upstox",
        texts=(Text("Welcome back", head=True), *dialog),
        controls=tuple(Control(n, words=each, dialog=1) for n, each in enumerate(("OK", "Cancel"))),
    )
    assert not isinstance(recognise(look, SILENT, CODE_TAKEN), Way)
    news = replace(look, texts=(*look.texts, Text("What's new", dialog=1)))
    assert isinstance(recognise(news, SILENT, CODE_TAKEN), Way)


@pytest.mark.parametrize(
    ("title", "text", "words", "passed"),
    [
        ("Taking you to Drift Trader", "If nothing happens,", "click here", True),
        ("Login successful", "Redirecting", "Click here if you are not redirected", True),
        ("Login successful", "Offers for you", "Click here", False),
        ("Taking you to Drift Trader", "If nothing happens,", "Click here to pay", False),
    ],
)
def test_a_screen_that_leads_on_by_itself_is_left_by_the_link_for_where_it_does_not(
    title: str, text: str, words: str, *, passed: bool
) -> None:
    look = screen_of(title, words)
    here = recognise(replace(look, texts=(*look.texts, Text(text))), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way) is passed


def test_a_modal_that_tells_of_a_refused_code_is_closed_though_no_field_is_seen_behind_it() -> None:
    look = replace(
        screen_of("Oops!", "OK", modal=True), texts=(Text("You have entered an incorrect OTP."),)
    )
    look = replace(look, controls=tuple(replace(each, dialog=3) for each in look.controls))
    refused = replace(NUMBER_TAKEN, codes=1, refused_codes=1, last=None)
    assert isinstance(recognise(look, ASKS_FOR_CODE, refused), Way)
    assert not isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)


def _seconds_for(many: int) -> float:
    """The least time of the processor for a page of so many texts and as many controls."""
    texts = tuple(Text(f"Text {n} of a long page") for n in range(many))
    controls = tuple(Control(n + 1, words=f"Offer {n} of today") for n in range(many))
    look = Look(ready=True, texts=(Text("News", head=True), *texts), controls=controls)
    taken = []
    for _ in range(3):
        began = process_time()
        read_screen(look, NUMBER_TAKEN, NO_MARKS)
        taken.append(process_time() - began)
    return min(taken)


def test_a_page_of_eight_times_as_much_takes_some_eight_times_as_long() -> None:
    """And not 64 times, as where each control is looked for in each text."""
    _seconds_for(5)
    assert _seconds_for(480) < 24 * _seconds_for(60)


def test_the_small_print_of_a_check_for_robots_keeps_nobody_from_the_app() -> None:
    """Whether the PIN was accepted may not be known there."""
    print_ = (
        "This site is protected by reCAPTCHA and the Google Privacy Policy and Terms of Service"
    )
    sent = replace(CODE_TAKEN, pin=True)
    look = screen_that_says("You’re logged in", f"{print_} apply.", "Back to your app")  # noqa: RUF001
    assert isinstance(recognise(look, PIN_IS_SET, sent), Way)
    for text in ("Our new Terms of Service apply.", f"{print_} apply. New terms of use apply too."):
        terms = screen_that_says("You’re logged in", text, "Back to your app")  # noqa: RUF001
        assert not isinstance(recognise(terms, PIN_IS_SET, sent), Way)


@pytest.mark.parametrize(
    ("title", "text", "words", "passed"),
    [
        ("New sign-in noticed", "Chrome on Linux, just now", "All good, continue", True),
        ("New sign-in noticed", "Chrome on Linux, just now", "Looks right", True),
        ("New sign-in noticed", "Chrome on Linux, just now", "This is me", True),
        ("New sign-in noticed", "Chrome on Linux, just now", "All fine", True),
        ("We noticed a new sign-in", "This browser", "Yes, all good", True),
        # Another login, or something that was done.
        ("New sign-in noticed", "Chrome on Linux, yesterday", "All good, continue", False),
        ("New sign-in noticed", "iPhone, just now", "Looks right", False),
        ("New bank account added", "Just now", "All good", False),
        ("Your nominee was changed", "Just now, from a new device", "Looks right", False),
        ("Your withdrawal of ₹500", "Just now", "All good, continue", False),
    ],
)
def test_one_owns_up_to_this_login_by_saying_that_all_is_well(
    title: str, text: str, words: str, *, passed: bool
) -> None:
    look = screen_that_says(title, text, "Secure my account", words)
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == (words if passed else None)


@pytest.mark.parametrize("words", ["Dismiss", "Close", "\u2715 Dismiss", "\u2715"])
def test_news_of_what_was_redesigned_is_closed(words: str) -> None:
    """A word such as "e-sign" is none within another one."""
    title, text = "Option chain, redesigned", "Greeks on one page"
    look = screen_that_says(title, text, words, "Take the tour")
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == words
