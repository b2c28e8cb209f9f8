"""A screen between the forms, and the one control that leads past it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    CODE_TAKEN,
    NUMBER_TAKEN,
    PIN_IS_SET,
    SILENT,
    screen_of,
)
from upstox_browser_login.page.here import Nothing, Sent, Stop, Way
from upstox_browser_login.page.look import Text
from upstox_browser_login.page.recognise import recognise


@pytest.mark.parametrize(
    ("title", "controls", "pressed"),
    [
        ("Add a nominee", ("Add nominee", "Skip"), "Skip"),
        ("Stay signed in?", ("Yes", "No"), "No"),
        ("Risk disclosure", ("I understand",), "I understand"),
        ("What's new", ("Continue",), "Continue"),
        ("Sign in faster with a passkey", ("Create passkey", "Not now"), "Not now"),
    ],
)
def test_screens_in_the_way(title: str, controls: tuple[str, ...], pressed: str) -> None:
    here = recognise(screen_of(title, *controls), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == pressed


def test_a_link_that_hands_our_app_the_code_is_followed_in_whatever_words() -> None:
    """Only after the PIN, and only the one."""
    sent = replace(CODE_TAKEN, pin=True, accepted=frozenset({"mobile", "otp", "pin"}))
    look = screen_of("Your one-time code", "Copy it", "પાછા જાઓ", "Help")
    first, second, third = look.controls
    leads = replace(look, controls=(first, replace(second, returns=True), third))
    here = recognise(leads, PIN_IS_SET, sent)
    assert isinstance(here, Way)
    assert here.control.words == "પાછા જાઓ"
    both = replace(leads, controls=(replace(first, returns=True), *leads.controls[1:]))
    assert not isinstance(recognise(both, PIN_IS_SET, sent), Way)
    assert not isinstance(recognise(leads, SILENT, CODE_TAKEN), Way)
    assert not isinstance(recognise(look, PIN_IS_SET, sent), Way)


@pytest.mark.parametrize(
    ("title", "words", "way"),
    [
        # What passes it by goes before what says no, and that before what goes on.
        ("Was this login easy?", ["No", "Skip"], "Skip"),
        ("Verify your e-mail", ["Verify now", "Skip for now"], "Skip for now"),
        ("Add a nominee", ["Add now", "Remind me tomorrow"], "Remind me tomorrow"),
        ("Your PIN is 180 days old", ["Change PIN", "Keep current PIN"], "Keep current PIN"),
        ("Your PIN expires in 12 days", ["Change PIN now", "Continue"], "Continue"),
        ("Your weekly report", ["View report", "Skip to dashboard"], "Skip to dashboard"),
        ("5 years with Upstox!", ["Share", "Yay, continue!"], "Yay, continue!"),
        ("ਨਾਮਜ਼ਦ", ["ਜੋੜੋ", "ਹੁਣ ਨਹੀਂ"], "ਹੁਣ ਨਹੀਂ"),
        ("সেবি", ["বুঝেছি"], "বুঝেছি"),
        ("Get the app", ["Download", "Stay on web"], "Stay on web"),
        ("10 years of Upstox", ["Tap anywhere to continue"], "Tap anywhere to continue"),
        ("Be the first to try our beta", ["Join the beta", "Count me out"], "Count me out"),
        ("A newer version is here", ["Update now", "Continue with this version"], None),
        ("Take a tour?", ["Start tour", "Skip tour"], "Skip tour"),
        ("Keep me signed in", ["Keep me signed in", "Just this once"], "Just this once"),
        ("Say hi to dark mode", ["Try it", "Not my thing"], "Not my thing"),
        ("Keep me logged in?", ["Keep me logged in", "Not on this one"], "Not on this one"),
        (
            "F&O: 91% of individual traders made net losses",
            ["Read the study", "Okay, continue"],
            "Okay, continue",
        ),
        ("Your week in trades", ["Sign me up", "Nah, skip it"], "Nah, skip it"),
        ("Did this login look right? Just now", ["Secure account", "Yes, it’s me"], "Yes, it’s me"),  # noqa: RUF001
        ("Open orders stay as they are", ["Alright, continue"], "Alright, continue"),
        ("A notice of new GST rates", ["Close", "Read more"], "Close"),
        ("New login just now", ["No, not mine", "Continue"], "Continue"),
        ("Use a passkey", ["Turn on", "Carry on with my PIN"], "Carry on with my PIN"),
        ("ಹೊಸ ವೈಶಿಷ್ಟ್ಯಗಳು", ["ಪ್ರಯತ್ನಿಸಿ", "ಸ್ಕಿಪ್ ಮಾಡಿ"], "ಸ್ಕಿಪ್ ಮಾಡಿ"),
        ("Forget your PIN", ["Set it up", "I'll stick with my PIN"], "I'll stick with my PIN"),
        ("How did you hear of us?", ["Submit", "I'd rather not say"], "I'd rather not say"),
        ("You're all set", ["Return now"], "Return now"),
        ("Notification chalu karein?", ["Chalu karein", "Baad mein"], "Baad mein"),
        ("आपका स्वागत है", ["शुरू करें"], "शुरू करें"),
        # A screen that tells of this login is not declined: that would end it.
        ("You are logged in elsewhere", ["Cancel login", "Continue here"], "Continue here"),
        ("New device", ["Cancel", "Continue"], "Continue"),
        ("We don't recognise this device", ["Continue", "Cancel"], "Continue"),
        ("Is this your number?", ["Edit", "Confirm"], "Confirm"),
        ("Naya device mila", ["Yeh main nahi hoon", "Aage badhein"], "Aage badhein"),
        # Of no known kind, and with nothing else to press.
        ("Quarterly settlement of funds", ["Got it"], "Got it"),
        ("DP charges are ₹20", ["See all charges", "Got it, continue"], "Got it, continue"),
        ("Your orders are not affected", ["Go ahead now"], "Go ahead now"),
        # Nothing is at stake on it, and what else stands there is no way on.
        ("Quarterly settlement of funds", ["Got it", "Open the report"], "Got it"),
        ("Heavy traffic, messages may be delayed", ["I’ll wait"], "I’ll wait"),  # noqa: RUF001
        ("Happy Diwali!", ["Start trading"], "Start trading"),
        (
            "You’re signed in on 2 other devices",  # noqa: RUF001
            ["Sign out everywhere else", "Keep me signed in there"],
            "Keep me signed in there",
        ),
        # The number that is shown was typed by the login itself.
        ("We’ve sent a code to 98****1234", ["Change number", "Enter code"], "Enter code"),  # noqa: RUF001
        ("OTP sent", ["Edit number", "Next"], "Next"),
        # It leads to the form that a login has next, whatever else is said.
        ("OTP sent! It will reach you soon", ["Enter OTP"], "Enter OTP"),
        ("We texted you a code", ["I got it", "I didn’t get it"], "I got it"),  # noqa: RUF001
        ("ओटीपी भेजा गया", ["ओटीपी दर्ज करें"], "ओटीपी दर्ज करें"),
        ("OTP verify ho gaya", ["Aage badhein"], "Aage badhein"),
        ("Your browser is out of date", ["Continue anyway", "Update browser"], "Continue anyway"),
        ("Switch to dark mode?", ["Switch", "Keep light mode"], "Keep light mode"),
        ("Log out of other devices?", ["Log out all", "Stay logged in"], "Stay logged in"),
        ("You’re about to leave Upstox", ["Continue"], "Continue"),  # noqa: RUF001
        ("Do you still want to continue?", ["Cancel", "Continue"], "Continue"),
        ("SEBI advisory", ["I have read this"], "I have read this"),
        ("Is this your own computer?", ["Yes, it's mine", "No, it's shared"], "No, it's shared"),
        ("Your KYC is due", ["Refresh it now", "Nudge me next week"], "Nudge me next week"),
        ("Naya theme?", ["Jodein", "Filhaal nahi"], "Filhaal nahi"),
        ("Your risk profile", ["Begin", "I'll get to it"], "I'll get to it"),
        ("SEBI ki salah", ["Samajh gayi, aage badhein"], None),
        ("Notifications?", ["Haan, chalu karo", "Abhi ke liye rehne do"], "Abhi ke liye rehne do"),
        ("नोटिफ़िकेशन?", ["हाँ", "रहने दें"], "रहने दें"),
        ("Our new charts", ["See them", "Stick with what I have"], "Stick with what I have"),
        ("10 mein se 9 traders ko nuksaan hua", ["Samajh gaya, aage chalein"], None),
        ("10 में से 9 ट्रेडरों को नुकसान", ["समझ गया, आगे बढ़ें"], None),
        ("Basket orders with one swipe", ["Next slide", "Jump straight in"], "Jump straight in"),
        ("Open your authenticator app", ["I'm ready"], "I'm ready"),
        ("5 mistakes new traders make", ["Read now", "Go to my account"], "Go to my account"),
        ("Need a hand?", ["Book a call", "I'll explore on my own"], "I'll explore on my own"),
    ],
)
def test_the_one_way_past_a_screen(title: str, words: list[str], way: str | None) -> None:
    here = recognise(screen_of(title, *words), SILENT, Sent(mobile=True))
    assert isinstance(here, Way)
    assert here.control.words == (way or words[-1])


@pytest.mark.parametrize(
    ("title", "text", "words", "way"),
    [
        ("पासकी", "", ["पासकी बनाएँ", "अभी रहने दें"], "अभी रहने दें"),
        ("Passkey", "", ["Banayein", "Filhaal rehne dein"], "Filhaal rehne dein"),
        (
            "Welcome back!",
            "",
            ["Continue as Asha", "Log in to a different account"],
            "Continue as Asha",
        ),
        (
            "New device detected",
            "If this is you, there is nothing to do.",
            ["This is me", "Secure my account"],
            "This is me",
        ),
        (
            "Signing in from a new place?",
            "No action is needed if it was you.",
            ["It wasn't me", "All good"],
            "All good",
        ),
        (
            "Login alert",
            "You’ve just logged in from a browser we haven’t seen.",  # noqa: RUF001
            ["Yes, this was me", "No, secure my account"],
            "Yes, this was me",
        ),
        ("पासकी", "", ["पासकी तयार करा", "आत्ता नको"], "आत्ता नको"),
        # It may be another login than this one, or an order of somebody.
        ("New device detected", "", ["This is me", "Secure my account"], None),
        (
            "New device detected",
            "Signed in 2 hours ago. If this is you, there is nothing to do.",
            ["This is me", "Secure my account"],
            None,
        ),
    ],
)
def test_a_screen_is_passed_in_new_words(
    title: str, text: str, words: list[str], way: str | None
) -> None:
    look = screen_of(title, *words)
    here = recognise(replace(look, texts=(*look.texts, Text(text))), PIN_IS_SET, CODE_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == way


@pytest.mark.parametrize("title", ["AlgoOne", "AlgoOne is new here"])
def test_an_app_that_is_asked_for_is_refused_by_no_press(title: str) -> None:
    look = screen_of(title, "Cancel", "Continue")
    told = Text("Wants to access your account: view funds, place orders")
    look = replace(look, texts=(*look.texts, told))
    assert not isinstance(recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True)), Way)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("You are logged in elsewhere", ["Log out", "Cancel login"]),
        ("We could not log you in", ["Start again"]),
        ("Your SIP mandate", ["Got it", "Open the report"]),
        ("Complete your KYC", ["Continue"]),
        ("Take a tour?", ["Start tour"]),
        ("Welcome", ["Skip to content"]),
        # Away from the login, or away with the orders.
        ("You are done", ["Return to the website"]),
        ("2 orders expire today", ["Renew both", "Cancel both"]),
        # A no declares something as well.
        ("Are you registered under GST?", ["Yes", "No"]),
        ("Was this you?", ["No, secure account"]),
        # To let a thing be done once, or to take the least of what is offered, is to take it.
        ("Authorise your holdings for sale", ["Every time", "Just this once"]),
        ("Enable margin trading", ["Always", "Only for today"]),
        ("Plus for ₹499, Basic for ₹99", ["Continue with Plus", "Continue with Basic"]),
        ("Pick your brokerage", ["Continue with Plus", "Continue with standard"]),
        # Nor is it neutral to leave a choice for the account to what is set already.
        ("Choose who gets your shares", ["Continue with default", "Change"]),
        ("Select your risk profile", ["Continue with standard", "Edit"]),
        ("New terms", ["Noted", "Read more"]),
        # What stays as it is says nothing of the rest.
        ("Going on will delete your baskets, your holdings stay safe", ["Continue"]),
        ("Is this you? Asha R", ["Yes, continue", "No, use another number"]),
        # What the number is for besides.
        ("Is this number correct? It replaces your old one", ["Yes", "Edit"]),
        ("Is this number right for nominee alerts?", ["Yes", "Edit"]),
        ("नए डिवाइस से लॉगिन। क्या यह आप ही हैं?", ["हाँ, मैं ही हूँ", "नहीं, ब्लॉक करें"]),
        ("Naye device se login, abhi abhi. Kya yeh aap hain? Agar nahi to PIN badlein", ["Haan"]),
        # What a person would rather not do, or stays with at a price, may be a declaration.
        ("Your nominees", ["Add", "I'd rather not nominate"]),
        ("Your plan", ["See plans", "I'll stick with Pro"]),
        # A no that does something besides.
        ("Do you still use 98****1234?", ["Yes, continue", "No, I've a new number"]),
        ("Your free trial ends today", ["Keep Plus", "Cancel trial"]),
        ("Your address is MG Road, Pune", ["Looks good", "Edit"]),
        ("Basket orders with one swipe", ["Jump straight in"]),
        ("Closing your account", ["Cancel request"]),
        # Nobody knows what is agreed to by a mere yes, and to call it off may end the login.
        ("Swap INFY for TCS", ["OK"]),
        ("Your papers", ["OK", "Cancel"]),
        ("Move to the Zed plan", ["Next slide", "Continue"]),
        # To keep what an app may do is to allow it.
        ("Streak wants to access your Upstox account", ["Return to app store", "Keep access"]),
        ("Streak has access to your account", ["Remove", "Keep it"]),
        ("Streak’s access ends today", ["Remove", "Keep access"]),  # noqa: RUF001
        ("Streak", ["Return to app store"]),
        ("You’re all set", ["Go to the marketplace"]),  # noqa: RUF001
        # A rate is taken by it.
        ("Welcome", ["Lock in"]),
        ("Welcome", ["Lock it in"]),
    ],
)
def test_no_way_past_a_screen(title: str, words: list[str]) -> None:
    """What leads out of the login or does something else is not pressed."""
    here = recognise(screen_of(title, *words), SILENT, Sent(mobile=True))
    assert isinstance(here, (Nothing, Stop))


@pytest.mark.parametrize(
    ("title", "words", "way"),
    [
        ("New login, just now: was this you?", ["No, secure my account", "Yes, it's me"], 1),
        ("First time on this computer? Just now", ["No, secure my account", "Yes, it's me"], 1),
        ("Recognise this sign-in? Just now", ["No, freeze my account", "Yes, that's me"], 1),
        (
            "Naye device se login, abhi abhi. Kya yeh aap hi hain?",
            ["Nahi, block karein", "Haan, main hi hoon"],
            1,
        ),
        ("Use your fingerprint", ["Use fingerprint", "Enter PIN"], 1),
        ("IPO open today", ["Apply", "Hide"], 1),
        ("How likely are you to recommend us?", ["0", "10", "I’d rather not say"], 2),  # noqa: RUF001
        ("Where did you hear of us?", ["From a friend", "Prefer not to say"], 1),
        ("Beware of fraud", ["I've understood"], 0),
        ("Stocks made simple", ["Create an account", "Log in now"], 1),
        ("शेयर बाज़ार अब आसान", ["खाता खोलें", "लॉगिन"], 1),
    ],
)
def test_more_ways_past_a_screen(title: str, words: list[str], way: int) -> None:
    here = recognise(screen_of(title, *words), SILENT, Sent(mobile="login" in title))
    assert isinstance(here, Way)
    assert here.control.words == words[way]
