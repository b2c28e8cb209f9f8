"""A screen between the forms, and the one control that leads past it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    AT,
    CODE_TAKEN,
    LOGGED_IN,
    NUMBER_TAKEN,
    OTP,
    PIN_IS_SET,
    SEARCH,
    SILENT,
    page,
    screen_of,
    screen_that_says,
)
from upstox_browser_login.page.here import Form, Nothing, Sent, Stop, Way
from upstox_browser_login.page.look import Control, Field, Look, Text
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


@pytest.mark.parametrize(
    ("title", "words", "way"),
    [
        # What passes it by goes before what says no, and that before what goes on.
        ("Was this login easy?", ["No", "Skip"], "Skip"),
        ("Verify your e-mail", ["Verify now", "Skip for now"], "Skip for now"),
        ("Add a nominee", ["Add now", "Remind me tomorrow"], "Remind me tomorrow"),
        ("Your PIN is 180 days old", ["Change PIN", "Keep current PIN"], "Keep current PIN"),
        ("Your weekly report", ["View report", "Skip to dashboard"], "Skip to dashboard"),
        ("5 years with Upstox!", ["Share", "Yay, continue!"], "Yay, continue!"),
        ("ਨਾਮਜ਼ਦ", ["ਜੋੜੋ", "ਹੁਣ ਨਹੀਂ"], "ਹੁਣ ਨਹੀਂ"),
        ("সেবি", ["বুঝেছি"], "বুঝেছি"),
        ("Get the app", ["Download", "Stay on web"], "Stay on web"),
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


@pytest.mark.parametrize("title", ["AlgoOne", "AlgoOne is new here"])
def test_an_app_that_is_asked_for_is_refused_by_no_press(title: str) -> None:
    look = screen_of(title, "Cancel", "Continue")
    told = Text("Wants to access your account: view funds, place orders")
    look = replace(look, texts=(*look.texts, told))
    assert not isinstance(recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True)), Way)


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


def test_a_start_screen_leads_to_the_customers_login() -> None:
    look = screen_of("Welcome", "Log in to the partner portal", "Log in to Upstox")
    here = recognise(look, SILENT, Sent())
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("start screen", 2)


@pytest.mark.parametrize(
    ("field", "words", "passes"),
    [
        (Field(n=9, type="email", label="E-mail", at=AT), "Skip", True),
        (Field(n=9, placeholder="Referral code", at=AT), "I don't have a code", True),
        (Field(n=9, type="email", label="E-mail", at=AT), "Continue", False),
        (Field(n=9, type="email", label="E-mail", at=AT), "Skip and accept the terms", False),
        # Nobody knows what it asks for, or it is one of a login's.
        (Field(n=9, label="Sanket", at=AT), "Skip", False),
        (replace(OTP, n=9), "Skip", False),
        (Field(n=9, masked=True, label="Name", at=AT), "Skip", False),
    ],
)
def test_a_screen_that_asks_for_something_else_is_passed_by(
    field: Field, words: str, *, passes: bool
) -> None:
    look = replace(screen_of("One more thing", words), fields=(field,))
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert (isinstance(here, Way) and here.control.words == words) is passes


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("Yes, log me in", True),
        ("Existing customer? Log in", True),
        ("I already trade with Upstox Log in to your account", True),
        ("Take me to login", True),
        ("Log in with a passkey", False),
    ],
)
def test_what_leads_from_a_start_screen_to_the_login(words: str, leads: bool) -> None:
    here = recognise(screen_of("Welcome", words, "Sign up"), SILENT, Sent())
    assert isinstance(here, Way) == leads


def test_a_cross_that_is_only_drawn_closes_a_dialog_and_nothing_else() -> None:
    cross = Control(n=1, icon=True, dialog=3, at=(800, 100, 32, 32))
    offer = Control(n=2, words="Claim offer", dialog=3, at=(500, 300, 120, 40))
    told = (Text("3 months of Plus free", head=True, dialog=3),)

    def pressed(*controls: Control) -> int | None:
        here = recognise(
            Look(ready=True, controls=controls, texts=told, modal=True), SILENT, Sent()
        )
        return here.control.n if isinstance(here, Way) else None

    assert pressed(cross, offer) == cross.n
    assert pressed(replace(cross, at=(800, 400, 32, 32)), offer) is None
    assert pressed(replace(cross, at=(500, 100, 120, 40)), offer) is None
    assert pressed(cross, replace(cross, n=4), offer) is None
    assert pressed(replace(cross, dialog=0), replace(offer, dialog=0)) is None
    # Beside what corrects, or on a screen that orders something, it may be the tick that confirms.
    assert pressed(cross, replace(offer, words="Edit")) is None
    told = (Text("Review your order", head=True, dialog=3),)
    assert pressed(cross, offer) is None


ORDER = Field(n=5, masked=True, label="6-digit PIN", heading="BUY 5 TCS", at=AT)


@pytest.mark.parametrize(
    ("field", "sent", "passed"),
    [
        # The PIN was taken: what asks for one now confirms something else.
        (ORDER, True, True),
        (ORDER, False, False),
        # The number was taken: a second one is somebody else's.
        (Field(n=5, label="Nominee’s mobile number", at=AT), False, True),  # noqa: RUF001
        (Field(n=5, label="Something", at=AT), False, False),
    ],
)
def test_a_screen_is_passed_whose_field_the_login_has_no_use_for(
    field: Field, *, sent: bool, passed: bool
) -> None:
    look = replace(screen_of("Finish your order?", "Place order", "Not now"), fields=(field,))
    done = replace(CODE_TAKEN, pin=True, last="pin", accepted=frozenset({"mobile", "otp", "pin"}))
    here = recognise(look, PIN_IS_SET, done if sent else CODE_TAKEN)
    assert (isinstance(here, Way) and here.control.words == "Not now") == passed


def test_our_own_app_is_not_passed_by_where_it_may_be_named() -> None:
    field = Field(n=5, label="Name this connection (optional)", at=AT)
    done = replace(CODE_TAKEN, pin=True, last="pin", accepted=frozenset({"mobile", "otp", "pin"}))
    title = "Trade with Kite Sutra wants access to your Upstox account"
    asks = replace(screen_of(title, "Allow", "Not now"), fields=(field,))
    assert isinstance(recognise(asks, PIN_IS_SET, done), Nothing)
    other = replace(screen_of("Name your list", "Save", "Not now"), fields=(field,))
    assert isinstance(recognise(other, PIN_IS_SET, done), Way)


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


@pytest.mark.parametrize("label", ["Code sent to your mobile number", "Code on your phone"])
def test_no_form_for_a_code_is_passed_by_whose_words_name_the_number(label: str) -> None:
    look = replace(screen_of("Check", "Verify", "Skip"), fields=(Field(n=5, label=label, at=AT),))
    assert not isinstance(recognise(look, PIN_IS_SET, NUMBER_TAKEN), Way)


def test_no_field_is_passed_by_where_that_declares_something() -> None:
    field = Field(n=5, type="search", label="Search", at=AT)
    look = replace(screen_that_says("Your income", "", "Save", "Skip"), fields=(field,))
    assert isinstance(recognise(look, SILENT, LOGGED_IN), Way)
    said = Text("If you skip, we record it as below ₹1 lakh.")
    look = replace(look, texts=(*look.texts, said))
    assert not isinstance(recognise(look, SILENT, LOGGED_IN), Way)


@pytest.mark.parametrize(
    ("field", "words", "form", "begins"),
    [
        (SEARCH, ("Log in", "Open free account"), 0, True),
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


def test_the_cross_that_stood_beside_the_last_form_passes_no_screen_of_the_same_dialog() -> None:
    look = screen_of("Number verified", "Close", "Continue", modal=True)
    look = replace(look, controls=tuple(replace(each, dialog=3) for each in look.controls))
    pressed = []
    for stood in (frozenset[str](), frozenset({"Close"})):
        here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, stood=stood))
        assert isinstance(here, Way)
        pressed.append(here.control.words)
    assert pressed == ["Close", "Continue"]


@pytest.mark.parametrize("no", ["Close", "Skip"])
@pytest.mark.parametrize(
    ("title", "yes"),
    [
        ("Start a free trial", "Continue"),
        ("Set up a passkey", "OK"),
        ("Trust this device", "Continue"),
        ("Turn on two-step verification", "Next"),
        ("Sync your contacts", "Continue"),
    ],
)
def test_no_offer_is_taken_because_its_no_has_the_words_of_one_beside_the_last_form(
    title: str, yes: str, no: str
) -> None:
    here = recognise(
        screen_of(title, yes, no, modal=True),
        PIN_IS_SET,
        replace(CODE_TAKEN, stood=frozenset({no})),
    )
    assert isinstance(here, Way)
    assert here.control.words == no


@pytest.mark.parametrize(
    ("title", "yes"),
    [
        ("What is new", "Got it"),
        ("New device detected", "Continue"),
        ("Risk disclosures on derivatives", "I understand"),
        ("Your number is verified", "Continue"),
        ("Great! OTP verified", "Next"),
        ("Verification successful", "Proceed"),
    ],
)
def test_what_only_tells_is_passed_by_no_cross_of_the_last_form(title: str, yes: str) -> None:
    look = screen_of(title, "Close", yes, modal=True)
    here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, stood=frozenset({"Close"})))
    assert isinstance(here, Way)
    assert here.control.words == yes


@pytest.mark.parametrize(
    ("text", "closes"), [("You have entered an incorrect OTP.", True), ("Something else", False)]
)
def test_a_box_that_tells_of_a_refused_code_is_closed_though_it_covers_nothing(
    text: str, *, closes: bool
) -> None:
    """It would stand over the next form."""
    told = (Text("Oops!", head=True, dialog=4), Text(text, dialog=4))
    look = replace(page(OTP), texts=told)
    look = replace(look, controls=(*look.controls, Control(n=7, words="Okay", dialog=4)))
    refused = replace(NUMBER_TAKEN, codes=1, refused_codes=1, last=None)
    here = recognise(look, ASKS_FOR_CODE, refused)
    assert (isinstance(here, Way) and here.control.n == 7) is closes
    assert closes or isinstance(here, Form)


@pytest.mark.parametrize(
    "title",
    [
        "Enter TOTP",
        "Enter the OTP sent to your phone",
        "Please enter your 6-digit PIN",
        "Enter mobile number",
        "Verify OTP",
        "6-digit PIN",
        "PIN dalein",
        "ओटीपी दर्ज करें",
    ],
)
@pytest.mark.parametrize("words", [("Continue",), ("Log in",), ("Continue", "Log in")])
def test_a_form_whose_field_is_not_seen_is_not_sent(title: str, words: tuple[str, ...]) -> None:
    """It may not be drawn yet, or where nobody can look: an empty PIN may count as a wrong one."""
    for sent, traffic in ((NUMBER_TAKEN, ASKS_FOR_CODE), (CODE_TAKEN, PIN_IS_SET)):
        assert isinstance(recognise(screen_of(title, *words), traffic, sent), Nothing)


@pytest.mark.parametrize(
    ("title", "pressed"),
    [
        ("Your OTP is on its way", "Continue"),
        ("OTP verified", "Continue"),
        ("Enter your PIN less often", "Not now"),
        ("Security code", "Got it"),
    ],
)
def test_a_screen_that_only_speaks_of_a_code_or_pin_is_passed(title: str, pressed: str) -> None:
    here = recognise(screen_of(title, pressed), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == pressed
