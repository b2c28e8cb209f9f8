"""What a no says: to an offer that all stays as it is, to anything else something of the person."""

from __future__ import annotations

import pytest

from tests.page.looks import CODE_TAKEN, LOGGED_IN, PIN_IS_SET, screen_of, screen_that_says
from upstox_browser_login.page.here import Stop, Way
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.screens.stakes import asks_for_a_person


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Did you place 3 orders yesterday?", "INFY, TCS, SBIN"),
        ("Do you have a US tax number?", ""),
        ("Have you been debarred by SEBI?", ""),
        ("Is your income above ₹10 lakh?", ""),
        ("Was this order yours?", "10 TCS"),
        ("Does your bank allow UPI?", ""),
        ("Any changes to your address?", ""),
        ("Trading as a business?", ""),
        ("Your nominee is Asha Rao. Correct?", ""),
        ("Do you agree?", "Our charges go up."),
        ("Do you wish to nominate?", ""),
        ("Kya aapne kal 3 order diye?", ""),
        ("क्या आपने कल 3 ऑर्डर दिए?", ""),
        ("Are you happy with these terms?", ""),
        # A no gives up what a person has, or what protects it.
        ("Do you want to use OTP for each login?", ""),
        ("Shall we ask for your TPIN each time?", ""),
        ("Keep F&O active?", ""),
        ("Renew your SIP?", ""),
        ("Do you want to keep your SIP?", ""),
        ("Would you like to continue with Plus?", ""),
        # A title that asks nothing is answered as well.
        ("Orders of yesterday", "INFY, TCS, SBIN"),
        ("All your details are up to date", ""),
    ],
)
@pytest.mark.parametrize(
    "words", [("Yes", "No"), ("Yes", "Nope"), ("Haan", "Nahi"), ("Yes, I do", "No, I don't")]
)
def test_a_bare_no_that_states_something_is_left_to_a_person(
    title: str, text: str, words: tuple[str, str]
) -> None:
    look = screen_that_says(title, text, *words)
    assert not isinstance(recognise(look, PIN_IS_SET, LOGGED_IN), Way)
    assert asks_for_a_person(look)


@pytest.mark.parametrize(
    "title",
    [
        "Do you want dark mode?",
        "Want weekly tips?",
        "Would you like a tour?",
        "Interested in our newsletter?",
        "Was this page useful?",
        "Are you enjoying Upstox?",
        "Shall we remember this device?",
        "Remember this browser?",
        "Is this your own computer?",
        "Can we call you about margin?",
        "Add two-step login?",
        "Turn on notifications?",
        "Stay signed in?",
        "Stay signed in",
        "Kya aap alerts chahte hain?",
        "क्या आप सूचना चाहते हैं?",
    ],
)
@pytest.mark.parametrize("words", [("Yes", "No"), ("Haan", "Nahi")])
def test_a_bare_no_declines_an_offer(title: str, words: tuple[str, str]) -> None:
    look = screen_of(title, *words)
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == words[1]
    assert not asks_for_a_person(look)


@pytest.mark.parametrize("words", ["Continue", "OK, continue"])
def test_nothing_goes_on_beside_a_no_that_states_something(words: str) -> None:
    """To go on there is to say yes."""
    here = recognise(screen_of("Do you accept the risk?", words, "No"), PIN_IS_SET, LOGGED_IN)
    assert isinstance(here, Stop)
    assert here.meaning == "denied"
    here = recognise(screen_of("Do you accept it?", words, "No", "Skip"), PIN_IS_SET, LOGGED_IN)
    assert isinstance(here, Way)
    assert here.control.words == "Skip"


def test_what_keeps_a_thing_answers_the_question_whether_to_keep_it() -> None:
    here = recognise(screen_of("Keep F&O active?", "Keep it active"), PIN_IS_SET, LOGGED_IN)
    assert not isinstance(here, Way)
    look = screen_of("Continue with margin funding?", "Continue", "Close facility")
    here = recognise(look, PIN_IS_SET, LOGGED_IN)
    assert isinstance(here, Stop)
    assert here.meaning == "denied"


@pytest.mark.parametrize(
    "words",
    [
        "Close facility",
        "Close line",
        "Close position",
        "Cancel credit",
        "Cancel facility",
        "Hide my name",
        "Close preview of account",
    ],
)
def test_what_a_person_has_is_not_closed(words: str) -> None:
    for title in ("What's new", "Your credit line"):
        look = screen_of(title, "Review", words)
        assert not isinstance(recognise(look, PIN_IS_SET, LOGGED_IN), Way)


@pytest.mark.parametrize(
    "words",
    [
        "Close",
        "Cancel",
        "Close this",
        "Close this window",
        "Close dialog",
        "Close the popup",
        "Close banner",
        "Close message",
        "Cancel this message",
        "Close greeting",
        "Close for now",
        "Hide tips",
        "Close and continue",
        "Cancel, use PIN",
    ],
)
def test_the_screen_itself_is_closed(words: str) -> None:
    here = recognise(screen_of("New charts", "See them", words), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == words


@pytest.mark.parametrize(
    ("title", "text", "waits"),
    [
        ("UPI mandate request", "IPO of ABC Ltd", True),
        ("Approve your payout", "₹5,000 to HDFC", True),
        ("Payment request", "₹500 from Ravi", True),
        ("e-DIS authorisation pending", "10 TCS sold today", True),
        ("Nominee request", "Asha asks to be your nominee", True),
        ("Family account", "Ravi invites you", True),
        ("10 TCS", "On the way to another depository", "Approve"),
        ("SIP of ₹500", "Due tomorrow", "Authorise it"),
        ("Buyback offer", "Until Friday", True),
        ("New charts", "Try them today", False),
        ("Stay up to date", "Upstox wants to send you notifications", False),
        ("Trade with margin", "Pay a part of your orders", False),
    ],
)
@pytest.mark.parametrize(("yes", "no"), [("Yes", "Reject"), ("Yes", "Decline")])
def test_what_was_asked_of_a_person_is_only_put_off(
    title: str, text: str, yes: str, no: str, *, waits: bool | str
) -> None:
    """A no would refuse it in the person's name."""
    yes = waits if isinstance(waits, str) else yes
    for sent in (CODE_TAKEN, LOGGED_IN):
        look = screen_that_says(title, text, yes, no)
        here = recognise(look, PIN_IS_SET, sent)
        declines = isinstance(here, Way) and here.control.words == no
        assert declines is not bool(waits)
        look = screen_that_says(title, text, yes, no, "Later")
        here = recognise(look, PIN_IS_SET, sent)
        assert isinstance(here, Way)
        assert here.control.words == ("Later" if waits else here.control.words)
