"""What binds a person by agreeing: terms, and small print."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    CODE_TAKEN,
    NUMBER_TAKEN,
    PIN,
    PIN_IS_SET,
    SILENT,
    page,
    screen_of,
)
from upstox_browser_login.page.here import Form, Sent, Stop, Way
from upstox_browser_login.page.look import Text
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.states.passing import DECLINE
from upstox_browser_login.page.states.terms import AGREE


@pytest.mark.parametrize(
    ("text", "lets"),
    [
        # How the app is used is a part of letting it in.
        ("By allowing you agree to its terms", True),
        ("By clicking Allow, you agree to AlgoOne’s Terms of Use and Privacy Policy", True),  # noqa: RUF001
        ("By continuing you agree to our Terms of Service and Privacy Policy", True),
        # So is the access.
        ("By clicking Allow, you agree to grant AlgoOne access to your account", True),
        ("By continuing, you consent to let AlgoOne place orders on your behalf", True),
        ("By allowing AlgoOne you agree that it can read your orders", True),
        ("By clicking Allow Access, you allow the actions listed above.", True),
        ("By allowing you agree to the margin trading terms", False),
        ("By allowing you agree to the SIP terms", False),
        ("By clicking Allow you agree to our terms and to weekly investments", False),
        ("By clicking Allow you agree to the terms and to copy trading", False),
        ("By allowing you agree to the terms and to give up your tax benefits", False),
        ("By allowing, you agree that we may sell your shares under the terms", False),
        ("By clicking Allow you agree to 0.1% of what you trade", False),
        ("By connecting you consent to calls", False),
        ("By authorising, you accept the new brokerage agreement", False),
    ],
)
def test_our_app_is_let_in_under_its_own_terms_and_no_others(text: str, lets: bool) -> None:
    look = screen_of("AlgoOne is asking for access", "Allow", "Deny")
    here = recognise(replace(look, texts=(*look.texts, Text(text))), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way if lets else Stop)
    assert here.name == ("approval" if lets else "agreement")


@pytest.mark.parametrize("words", ["मला मान्य आहे", "আমি সম্মত", "సమ్మతిస్తున్నాను, అంగీకరిస్తున్నాను"])
def test_to_agree_in_another_language_is_for_a_person(words: str) -> None:
    # Of a KYC too, on whose screen nothing else is answered.
    here = recognise(screen_of("Share your KYC", words, "PDF"), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Stop)
    assert here.name == "agreement"


@pytest.mark.parametrize(
    "words", ["ইংরাজি", "सामान्य", "नामंजूर", "অসম্মত", "અસહમત", "ਅਸਹਿਮਤ", "نامنظور"]
)
def test_words_that_hold_those_of_agreement_agree_to_nothing(words: str) -> None:
    here = recognise(screen_of("Notice", words), PIN_IS_SET, CODE_TAKEN)
    assert not isinstance(here, Stop)


@pytest.mark.parametrize("word", ["I agree", "Accept and continue", "I accept the new terms"])
def test_nothing_is_agreed_to(word: str) -> None:
    here = recognise(screen_of("Our terms of use have changed", word), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Stop)
    assert here.meaning == "denied"


@pytest.mark.parametrize(
    ("title", "word", "text"),
    [
        ("We have updated our terms", "Continue", "By continuing you agree to them."),
        ("New terms", "Continue", "By continuing you agree to our terms and conditions."),
        ("Welcome", "Continue", "By continuing you agree to receive calls of our partners."),
        ("Welcome", "Continue", "By clicking Continue you consent to the sharing of your data."),
        ("Welcome", "Continue", "By proceeding you agree to our terms and to a monthly fee."),
        ("Welcome", "Continue", "By continuing you accept."),
        ("Rights & Obligations", "Continue", "Going on means that you agree to them."),
        ("Welcome back", "Continue", "Continuing means you agree to the new charges."),
        ("Welcome back", "Continue", "If you go on, you accept the changes."),
        ("Welcome back", "Continue", "Proceeding will be taken as your consent to new charges."),
        ("Naye niyam", "Aage badhein", "Aage badhne ka matlab hai ki aap inse sehmat hain."),
        ("Naye charges", "Jaari rakhein", "Jaari rakhne par aap naye brokerage se sehmat hain."),
        ("Nayi sharton", "Continue", "Continue karke aap unhe maan rahe hain."),
        ("Welcome back", "Aage badhein", "Aage badhkar aap in badlaavon ko accept karte hain."),
        ("नई शर्तें", "जारी रखें", "जारी रखने पर आप सहमत हैं"),
        ("नए नियम", "आगे बढ़ें", "आगे बढ़ने का मतलब है कि आप इन्हें मानते हैं"),
        ("सूचना", "आगे बढ़ें", "आगे बढ़ने का अर्थ है कि आप नए शुल्क से सहमत हैं"),
        ("নতুন শর্তাবলী", "এগিয়ে যান", "এগিয়ে গেলে আপনি সম্মত হন"),
        ("புதிய விதிமுறைகள்", "தொடரவும்", "தொடர்வதன் மூலம் ஏற்கிறீர்கள்"),
    ],
)
def test_a_screen_on_which_to_go_on_is_to_agree(title: str, word: str, text: str) -> None:
    look = screen_of(title, word)
    here = recognise(replace(look, texts=(*look.texts, Text(text))), SILENT, Sent(mobile=True))
    assert isinstance(here, Stop)
    assert here.name == "agreement"


@pytest.mark.parametrize(
    "text",
    [
        "By continuing you agree to our terms of use and privacy policy.",
        "By continuing, you agree to Upstox's Terms & Conditions, Privacy Policy",
        "By using this website you accept our cookies",
        "Continuing means you agree to our terms of use.",
        "Continuing your session as Asha.",
    ],
)
@pytest.mark.parametrize("head", [True, False])
def test_small_print_that_stands_on_any_page_is_no_agreement(text: str, head: bool) -> None:
    look = screen_of("Welcome back", "Continue")
    texts = (Text("Welcome back", head=head), Text(text))
    here = recognise(replace(look, texts=texts), SILENT, Sent(mobile=True))
    assert isinstance(here, Way)
    assert here.control.words == "Continue"


def test_small_print_in_hinglish_is_no_agreement_under_a_title_of_another_thing() -> None:
    text = Text("Aage badhkar aap hamari sharton se sehmat hain.")
    look = screen_of("Welcome back", "Aage badhein")
    here = recognise(replace(look, texts=(*look.texts, text)), SILENT, Sent(mobile=True))
    assert isinstance(here, Way)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("By continuing you agree to activate margin trading.", True),
        ("By continuing you accept the MTF agreement.", True),
        ("By logging in you authorise us to move you to the Plus plan.", True),
        ("By continuing, you agree to our Terms of Use & Privacy Policy.", False),
        ("By proceeding, you authorise Upstox to contact you by call and SMS.", False),
        ("By continuing you agree to receive updates, and to activate MTF.", True),
        # A product is named, and nothing is done.
        ("By signing in you consent to updates on IPOs, plans and loans by SMS.", False),
        ("By logging in, I agree to the brokerage charges and fees.", False),
        ("By logging in, you accept the risk disclosure on futures and options.", False),
        ("By entering your number you agree to be contacted about margin trading.", False),
        ("Log in to activate margin trading.", False),
        # A document is named for what it is about, and what is denied is not done.
        ("By continuing, you agree to our Terms, Pledge Policy and Fund Transfer Policy.", False),
        ("By proceeding I agree to the Guidance Note for margin trading facility.", False),
        ("By proceeding, you agree that Upstox does not sell your personal data.", False),
        ("By continuing you agree to the terms and to not share your PIN with anyone.", False),
        ("By continuing you agree to the Terms, which do not constitute advice to buy.", False),
        ("By continuing you agree to transfer funds as per the Fund Transfer Policy.", True),
        ("By continuing you agree that we do not sell data but activate MTF.", True),
        ("By continuing you do not object, and agree to subscribe.", True),
    ],
)
def test_no_form_is_sent_whose_small_print_takes_a_product(text: str, taken: bool) -> None:
    here = recognise(page(PIN, texts=(text,)), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Stop if taken else Form)


@pytest.mark.parametrize("text", ["I agree", "Accept and continue", "I accept the new terms"])
def test_what_binds_a_person_says_neither_yes_nor_no(text: str) -> None:
    assert AGREE.search(text)
    assert DECLINE.search(text) is None
