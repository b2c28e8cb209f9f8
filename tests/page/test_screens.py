"""Screens without a field: the one way past them, or the end of a login."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from upstox_browser_login.page.here import Form, Nothing, Sent, Stop, Way
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.screens import totp_is_enabled
from upstox_browser_login.page.wire import Traffic

from .looks import (
    ASKS_FOR_CODE,
    AT,
    BELOW,
    CODE_TAKEN,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    SILENT,
    answered,
    button,
    page,
    purpose,
)


def test_a_field_that_creates_a_pin_takes_none() -> None:
    """Create PIN has the ids of the PIN form."""
    field = replace(PIN, label="", heading="Create a new 6-digit PIN")
    look = replace(page(field), texts=(Text("Create a new 6-digit PIN", head=True),))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Stop)
    assert here.meaning == "no PIN yet"


def test_a_text_alone_locks_no_account() -> None:
    text = "What if my account has been locked? Your account has been locked when five PINs fail."
    look = page(PIN, texts=(text,))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == "pin"


def test_a_lock_is_believed_where_a_control_says_so_too() -> None:
    text = Text("Your account has been locked.", live="alert")
    look = Look(
        ready=True,
        fields=(replace(PIN, disabled=True),),
        controls=(button("Unlock account"),),
        texts=(text,),
    )
    here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True, last="pin"))
    assert isinstance(here, Stop)
    assert here.meaning == "locked"


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
    here = recognise(screen(title, controls), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == pressed


@pytest.mark.parametrize("word", ["I agree", "Accept and continue", "I accept the new terms"])
def test_nothing_is_agreed_to(word: str) -> None:
    here = recognise(screen("Our terms of use have changed", (word,)), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Stop)
    assert here.meaning == "denied"


def screen(title: str, controls: tuple[str, ...]) -> Look:
    return Look(
        ready=True,
        controls=tuple(
            Control(n=30 + index, words=words, at=BELOW) for index, words in enumerate(controls)
        ),
        texts=(Text(title, head=True),),
    )


def test_the_authenticator_is_chosen() -> None:
    look = Look(
        ready=True,
        controls=(
            Control(n=1, role="radio", words="SMS to 98****1234", at=BELOW),
            Control(n=2, role="radio", words="Authenticator app", at=BELOW),
        ),
        texts=(Text("Choose a method to verify", head=True),),
    )
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.n == 2


def screen_of(title: str, *words: str, modal: bool = False) -> Look:
    """A screen without a field: a heading, and controls with these words."""
    return Look(
        ready=True,
        texts=(Text(title, head=True), *(Text(each, control=True) for each in words)),
        controls=tuple(Control(index, words=each) for index, each in enumerate(words, 1)),
        modal=modal,
    )


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
        ("Notification chalu karein?", ["Chalu karein", "Baad mein"], "Baad mein"),
        ("आपका स्वागत है", ["शुरू करें"], "शुरू करें"),
        # A screen that tells of this login is not declined: that would end it.
        ("You are logged in elsewhere", ["Cancel login", "Continue here"], "Continue here"),
        ("New device", ["Cancel", "Continue"], "Continue"),
        ("Is this your number?", ["Edit", "Confirm"], "Confirm"),
        ("Naya device mila", ["Yeh main nahi hoon", "Aage badhein"], "Aage badhein"),
        # Of no known kind, and with nothing else to press.
        ("Quarterly settlement of funds", ["Got it"], "Got it"),
        # Nothing is at stake on it, and what else stands there is no way on.
        ("Quarterly settlement of funds", ["Got it", "Open the report"], "Got it"),
    ],
)
def test_the_one_way_past_a_screen(title: str, words: list[str], way: str | None) -> None:
    here = recognise(screen_of(title, *words), SILENT, Sent(mobile=True))
    assert isinstance(here, Way)
    assert here.control.words == (way or words[-1])


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("You are logged in elsewhere", ["Log out", "Cancel login"]),
        ("We could not log you in", ["Start again"]),
        ("Your SIP mandate", ["Got it", "Open the report"]),
        ("Complete your KYC", ["Continue"]),
        ("Take a tour?", ["Start tour"]),
        ("Welcome", ["Skip to content"]),
    ],
)
def test_no_way_past_a_screen(title: str, words: list[str]) -> None:
    """What leads out of the login or does something else is not pressed."""
    here = recognise(screen_of(title, *words), SILENT, Sent(mobile=True))
    assert isinstance(here, Nothing)


@pytest.mark.parametrize(
    ("text", "words", "way"),
    [
        ("We use cookies.", ["Yum!", "Cookie policy"], "Yum!"),
        ("We and 12 partners use trackers.", ["Accept", "Options"], "Accept"),
        ("Choose which cookies we may use.", ["Save my choices"], "Save my choices"),
        ("Hum cookies ka istemal karte hain.", ["Sirf zaroori", "Sab chunein"], "Sirf zaroori"),
    ],
)
def test_the_end_of_a_wall_of_cookies(text: str, words: list[str], way: str) -> None:
    here = recognise(screen_of(text, *words, modal=True), SILENT, Sent())
    assert isinstance(here, Way)
    assert (here.name, here.control.words) == ("cookie wall", way)


@pytest.mark.parametrize(
    ("label", "takes"),
    [
        ("Enter OTP or TOTP", True),
        ("Passcode (SMS or app)", True),
        ("Code from your app or SMS", True),
        ("OTP by SMS", False),
        ("OTP by SMS or WhatsApp", False),
        ("OTP by Whats app or SMS", False),
        ("Code from app", True),
        ("Code from the messages app", None),
        ("Code", None),
    ],
)
def test_whether_a_box_takes_the_authenticators_code(label: str, takes: bool | None) -> None:
    """By its own label; the wire says nothing of the account."""
    form = Form("otp", replace(OTP, near=(label,)), None, ())
    assert totp_is_enabled(form, page(form.field), SILENT) is takes


SMS, APP = Control(n=1, words="SMS", at=BELOW), Control(n=2, words="Authenticator app", at=BELOW)
MESSAGE = replace(OTP, near=("Enter OTP",))


def choosing(*controls: Control, field: bool = False) -> Look:
    """A page that asks how to verify, with or without a box for the message's code."""
    look = page(MESSAGE) if field else Look(ready=True)
    said = Text("How would you like to verify?", head=True)
    return replace(look, controls=(*look.controls, *controls), texts=(said,))


@pytest.mark.parametrize("field", [False, True])
@pytest.mark.parametrize("role", ["option", "radio", "tab", "menuitem"])
def test_the_authenticator_is_chosen_in_a_list_of_any_kind(role: str, field: bool) -> None:
    look = choosing(replace(SMS, role=role, chosen=True), replace(APP, role=role), field=field)
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("method", 2)
    assert len({each.kind for each in here.why}) == 2


@pytest.mark.parametrize("field", [False, True])
@pytest.mark.parametrize(
    "control",
    [
        Control(n=7, role="combobox", words="SMS How would you like to verify?", opens=True),
        Control(n=7, words="SMS", opens=True),
        Control(n=7, tag="a", words="Try another way"),
        Control(n=7, words="More options"),
        Control(n=7, words="Doosra tareeka chunein"),
    ],
)
def test_what_shows_more_ways_is_pressed_once(control: Control, field: bool) -> None:
    look = choosing(control, field=field)
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("other ways", 7)
    again = recognise(look, ASKS_FOR_CODE, replace(NUMBER_TAKEN, pressed=("other ways",)))
    assert purpose(again) == ("otp" if field else "Nothing")


@pytest.mark.parametrize(
    ("control", "traffic", "sent"),
    [
        # Nobody has an authenticator, the number was not taken, or the code was.
        (
            Control(n=7, words="Try another way"),
            Traffic((answered("1", isTotpEnabled=False),)),
            NUMBER_TAKEN,
        ),
        (Control(n=7, words="Try another way"), SILENT, Sent()),
        (Control(n=7, words="Try another way"), PIN_IS_SET, CODE_TAKEN),
        # A list of countries, what it has chosen, and two lists.
        (Control(n=7, words="Country: India +91", opens=True), ASKS_FOR_CODE, NUMBER_TAKEN),
        (Control(n=7, words="Authenticator app", opens=True), ASKS_FOR_CODE, NUMBER_TAKEN),
    ],
)
def test_no_other_list_is_opened(control: Control, traffic: Traffic, sent: Sent) -> None:
    assert not isinstance(recognise(choosing(control), traffic, sent), Way)


def test_a_box_that_takes_the_authenticators_code_needs_no_other_way() -> None:
    look = replace(page(OTP), controls=(button("Continue"), Control(n=7, words="Other ways")))
    assert purpose(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"


def test_the_choice_of_the_authenticator_is_sent_where_no_field_has_come() -> None:
    chosen = replace(APP, role="radio", chosen=True)
    go = Control(n=9, words="Continue", at=BELOW)
    here = recognise(choosing(replace(SMS, role="radio"), chosen, go), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("method chosen", 9)
    assert isinstance(recognise(choosing(chosen, go), SILENT, CODE_TAKEN), Nothing)
    agrees = choosing(chosen, replace(go, words="I agree, continue"))
    assert not isinstance(recognise(agrees, SILENT, NUMBER_TAKEN), Way)
    unclear = choosing(chosen, go, replace(go, n=10, words="Verify"))
    assert isinstance(recognise(unclear, SILENT, NUMBER_TAKEN), Nothing)


@pytest.mark.parametrize(
    ("title", "words", "way"),
    [
        ("New login, just now: was this you?", ["No, secure my account", "Yes, it's me"], 1),
        ("Use your fingerprint", ["Use fingerprint", "Enter PIN"], 1),
        ("IPO open today", ["Apply", "Hide"], 1),
        ("Beware of fraud", ["I've understood"], 0),
        ("Stocks made simple", ["Create an account", "Log in now"], 1),
        ("शेयर बाज़ार अब आसान", ["खाता खोलें", "लॉगिन"], 1),
    ],
)
def test_more_ways_past_a_screen(title: str, words: list[str], way: int) -> None:
    here = recognise(screen_of(title, *words), SILENT, Sent(mobile="login" in title))
    assert isinstance(here, Way)
    assert here.control.words == words[way]


@pytest.mark.parametrize("before", [False, True])
def test_a_lock_that_was_spoken_of_before_the_pin_is_none(before: bool) -> None:
    said = Text("Account was locked", live="alert")
    look = replace(page(PIN), texts=(said,))
    sent = replace(CODE_TAKEN, pin=True, last="pin", lock_told=before)
    assert isinstance(recognise(look, PIN_IS_SET, sent), Stop) != before


def test_a_number_that_was_taken_hides_no_choice() -> None:
    look = choosing(replace(SMS, role="tab", chosen=True), replace(APP, role="tab"))
    link = replace(look, fields=(replace(MOBILE, n=60, near=("Your phone number",)),))
    here = recognise(link, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.n == APP.n


@pytest.mark.parametrize(
    ("text", "is_now"),
    [
        ("Upstox is under scheduled maintenance. We will be back soon.", True),
        ("Scheduled maintenance on Saturday 10 pm: the site will be unavailable.", False),
    ],
)
def test_maintenance_that_is_to_come_ends_nothing(text: str, is_now: bool) -> None:
    here = recognise(Look(ready=True, texts=(Text(text),)), SILENT, Sent())
    assert isinstance(here, Stop) == is_now


@pytest.mark.parametrize(
    ("title", "words", "text"),
    [
        # Another login than this one, for which nobody here can answer.
        (
            "Unrecognised login",
            ["It wasn't me", "Yes, it was me"],
            "Lagos, yesterday. Was this you?",
        ),
        ("New login", ["It wasn't me", "Yes, it was me"], "Lagos, 3 March, 02:10. Was this you?"),
        ("New login", ["It wasn't me", "Yes, it was me"], "Lagos. Was this you?"),
        # To decline would do something.
        ("New login blocked", ["No, block this device", "Review"], ""),
        ("New device", ["No, lock my account"], ""),
    ],
)
def test_no_answer_is_given_for_another_login(title: str, words: list[str], text: str) -> None:
    look = screen_of(title, *words)
    look = replace(look, texts=(*look.texts, Text(text)))
    assert isinstance(recognise(look, SILENT, Sent(mobile=True)), Nothing)


@pytest.mark.parametrize(
    ("title", "word", "text"),
    [
        ("We have updated our terms", "Continue", "By continuing you agree to them."),
        ("New terms", "Continue", "By continuing you agree to our terms and conditions."),
        ("Welcome", "Continue", "By continuing you agree to receive calls of our partners."),
        ("Welcome", "Continue", "By clicking Continue you consent to the sharing of your data."),
        ("Welcome", "Continue", "By proceeding you agree to our terms and to a monthly fee."),
        ("Welcome", "Continue", "By continuing you accept."),
        ("नई शर्तें", "जारी रखें", "जारी रखने पर आप सहमत हैं"),
        ("নতুন শর্তাবলী", "এগিয়ে যান", "এগিয়ে গেলে আপনি সম্মত হন"),
        ("புதிய விதிமுறைகள்", "தொடரவும்", "தொடர்வதன் மூலம் ஏற்கிறீர்கள்"),
    ],
)
def test_a_screen_on_which_to_go_on_is_to_agree(title: str, word: str, text: str) -> None:
    look = screen_of(title, word)
    here = recognise(replace(look, texts=(*look.texts, Text(text))), SILENT, Sent(mobile=True))
    assert isinstance(here, Stop)
    assert here.name == "agreement"


def test_a_start_screen_leads_to_the_customers_login() -> None:
    look = screen_of("Welcome", "Log in to the partner portal", "Log in to Upstox")
    here = recognise(look, SILENT, Sent())
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("start screen", 2)


@pytest.mark.parametrize(
    "words",
    [
        "I agree to the terms and use authenticator",
        "Buy an authenticator key for \u20b9499",
        "Disable TOTP",
        "Remove authenticator app",
        "Change authenticator",
        "More payment options",
        "Accept more ways to verify",
    ],
)
def test_no_way_to_prove_oneself_binds_a_person_or_undoes_something(words: str) -> None:
    look = choosing(Control(n=31, words=words), Control(n=32, words="Get a code by SMS"))
    assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Way)


@pytest.mark.parametrize(
    "words",
    [
        "Continue to pay \u20b9499",
        "Proceed to payment",
        "Pay later",
        "Proceed to add funds",
        "Continue to MTF",
        "Next: place order",
        "এগিয়ে যান এবং পেমেন্ট করুন",
        "Skip and accept margin trading",
        "Skip and I agree to the new terms",
        "Hide and accept",
        "OK, delete my data",
        "Done, close my account",
    ],
)
def test_no_screen_is_passed_by_what_spends_binds_or_undoes(words: str) -> None:
    assert not isinstance(recognise(screen_of("Welcome", words), SILENT, NUMBER_TAKEN), Way)


def test_a_payment_may_be_skipped() -> None:
    here = recognise(
        screen_of("Welcome", "Proceed to payment", "Skip payment"), SILENT, NUMBER_TAKEN
    )
    assert isinstance(here, Way)
    assert here.control.words == "Skip payment"


def test_a_page_that_says_very_much_hides_no_message() -> None:
    """Only so much of it is read, so that no look takes seconds: what is marked comes first."""
    much = tuple(Text(f"{each} {'word ' * 70}") for each in range(100))
    maintenance = Text("We are under maintenance.", live="alert")
    assert isinstance(recognise(Look(ready=True, texts=(*much, maintenance)), SILENT, Sent()), Stop)
    unmarked = replace(maintenance, live="")
    here = recognise(Look(ready=True, texts=(*much, unmarked)), SILENT, Sent())
    assert not isinstance(here, Stop)


@pytest.mark.parametrize(
    "text",
    [
        "By continuing you agree to our terms of use and privacy policy.",
        "By continuing, you agree to Upstox's Terms & Conditions, Privacy Policy",
        "By using this website you accept our cookies",
    ],
)
@pytest.mark.parametrize("head", [True, False])
def test_small_print_that_stands_on_any_page_is_no_agreement(text: str, head: bool) -> None:
    look = screen_of("Welcome back", "Continue")
    texts = (Text("Welcome back", head=head), Text(text))
    here = recognise(replace(look, texts=texts), SILENT, Sent(mobile=True))
    assert isinstance(here, Way)
    assert here.control.words == "Continue"


@pytest.mark.parametrize(
    "text",
    [
        "Your account has been locked due to too many attempts. Never share your PIN or OTP.",
        "Your account is locked for your safety because of suspected fraud.",
        "Your account was locked a few minutes ago after five wrong PINs. Unlock it below.",
        "Your account has been locked after five wrong PINs in the last session.",
        "Your account has been locked: the PINs entered earlier were incorrect.",
        "Your account has been locked. Beware of fraudsters who ask for your PIN.",
        "Your account has been locked. If you need help, call us. Have you lost your PIN?",
        "We are sorry to say that your account has been locked.",
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_a_lock_is_believed_whatever_else_the_text_warns_of(text: str, marked: bool) -> None:
    unlock = (button("Unlock account"),)
    look = Look(ready=True, controls=unlock, texts=(Text(text, head=marked),))
    here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True, last="pin"))
    assert isinstance(here, Stop)
    assert here.meaning == "locked"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Activate margin trading",
            "By continuing you agree to our terms and conditions.",
        ),
        (
            "Margin Trading Facility",
            "By proceeding you accept Upstox's terms and conditions",
        ),
        ("Activate F&O", "By continuing you agree to the terms of use."),
        ("IPO offer", "By continuing you agree to our terms and conditions."),
        ("Welcome to Upstox Plus", "By continuing you agree to our terms of use."),
        ("Your holdings", "They are pledged. By continuing you agree to our terms of use."),
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_standing_terms_bind_beside_what_a_person_may_take(
    title: str, text: str, marked: bool
) -> None:
    look = replace(screen_of(title, "Continue"), texts=(Text(title, head=marked), Text(text)))
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert isinstance(here, Stop)
    assert (here.name, here.meaning) == ("agreement", "denied")


@pytest.mark.parametrize(
    ("title", "text", "word", "passes"),
    [
        ("Congratulations!", "You have made your first trade.", "Yay", True),
        ("Your yearly report", "Here is how you did.", "Super", True),
        ("Happy anniversary", "Three years with Upstox.", "Great, continue", True),
        ("Pledge your holdings for margin", "", "Great, continue", False),
        ("Statement", "Your margin will be enabled.", "Awesome", False),
        (
            "Thank you",
            "Your account will be upgraded to Plus at \u20b920 per order.",
            "Yay",
            False,
        ),
        ("Report", "We will sell your shares.", "Super", False),
        ("Congratulations!", "You get Upstox Plus.", "Yay", False),
        ("Your yearly report", "We'll sell what has lost.", "Super", False),
    ],
)
def test_a_glad_word_is_neutral_only_where_nothing_is_at_stake(
    title: str, text: str, word: str, passes: bool
) -> None:
    look = screen_of(title, word)
    look = replace(look, texts=(*look.texts, Text(text)))
    assert isinstance(recognise(look, SILENT, NUMBER_TAKEN), Way) is passes
    beside = replace(look, texts=(Text(f"{title}: {text}"),))
    assert isinstance(recognise(beside, SILENT, NUMBER_TAKEN), Way) is passes


LOCK = "Due to too many incorrect PIN attempts, your account has been locked."
HELP = button("Unlock account", n=31, tag="a", type="", form=0)


@pytest.mark.parametrize(
    "said", [Text(LOCK, live="alert"), Text("Your account has been locked", head=True)]
)
@pytest.mark.parametrize("closed", [False, True])
def test_a_text_and_a_link_of_help_lock_nothing(said: Text, closed: bool) -> None:
    """Beside an open form the link leads to help; a field may be closed for a moment."""
    look = replace(page(replace(PIN, disabled=closed)), texts=(said,))
    if not closed:
        look = replace(look, controls=(*look.controls, HELP))
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Stop)


@pytest.mark.parametrize(
    "text",
    [
        "Messages that say “your account has been locked” are fake.",
        "Your account was locked in the session of yesterday.",
        "Your account was locked on 12 Nov and is open again.",
        "We never mail you that your account is locked.",
        "A caller says that your account is locked. Hang up.",
        "Your account was locked on 3 March. It is open.",
        "Your account was locked on 12.11.2025 and opened again.",
        "Your account was locked three days ago.",
        "What if my account has been locked? We will help.",
    ],
)
def test_a_lock_of_the_past_or_of_a_scam_is_none(text: str) -> None:
    look = Look(ready=True, texts=(Text(text, head=True),), controls=(HELP, button("OK")))
    assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Stop)


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("New terms for margin trading", "Please accept them. This site uses cookies as well."),
        ("Updated terms", "You accept our brokerage terms and cookies."),
    ],
)
def test_terms_are_no_wall_of_cookies(head: str, text: str) -> None:
    look = Look(
        ready=True, texts=(Text(head, head=True), Text(text)), controls=(button("I accept"),)
    )
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert isinstance(here, Stop)
    assert here.name == "agreement"


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("Upgrade to Upstox Plus for ₹499", ""),
        ("Your plan", "₹499 is taken from your balance."),
        ("Your plan", "Autopay of Rs 99 a month begins today."),
        ("Turn off two-factor authentication", ""),
        ("Delete your account", "We are sorry to see you go."),
        ("Reset your PIN", "We will send you a link."),
        ("Activate DDPI", ""),
        ("Upgrade your plan", ""),
        ("Pledge your holdings", "They stay yours."),
        ("Enable F&O", ""),
        ("Switch to the new brokerage", ""),
        ("Open a commodity account", "It takes a minute."),
        ("Your plan", "Rs. 1,499 annual fee"),
        ("Your plan", "99 rupees every month"),
        ("Your plan", "An annual fee of \u20b9499 applies."),
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_a_screen_that_costs_or_undoes_is_not_gone_on_with(
    head: str, text: str, marked: bool
) -> None:
    """Its control may say what it likes; to pass it by is fine."""
    look = screen_of(head, "Continue")
    look = replace(look, texts=(Text(head, head=marked), Text(text)))
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert isinstance(here, Stop)
    assert here.name == "agreement"
    skipped = recognise(
        replace(look, controls=(*look.controls, button("Not now", n=40))), SILENT, NUMBER_TAKEN
    )
    assert isinstance(skipped, Way)
    assert skipped.control.words == "Not now"


@pytest.mark.parametrize("sent", [Sent(), NUMBER_TAKEN])
def test_no_app_is_let_in_before_anybody_has_logged_in(sent: Sent) -> None:
    look = screen_of("TradeBot wants access to your Upstox account", "Allow", "Deny")
    here = recognise(look, SILENT, sent)
    assert (isinstance(here, Way) and here.name == "approval") == sent.mobile


def test_a_tab_leads_to_the_number_before_anything_was_typed() -> None:
    tabs = (
        Control(n=1, role="tab", words="Client ID", chosen=True, at=BELOW),
        Control(n=2, role="tab", words="Mobile number", at=BELOW),
    )
    fields = (Field(n=5, label="Client ID", at=AT), Field(n=6, masked=True, label="Secret", at=AT))
    look = Look(ready=True, fields=fields, controls=tabs)
    here = recognise(look, SILENT, Sent())
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("login by number", 2)
    assert not isinstance(recognise(look, SILENT, Sent(mobile=True)), Way)
    unmarked = replace(look, controls=(tabs[1],))
    assert not isinstance(recognise(unmarked, SILENT, Sent()), Way)


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("Continue with mobile number", True),
        ("Sign in using phone", True),
        ("Open an account with mobile number", False),
    ],
)
def test_what_leads_to_the_number_from_a_screen_without_a_field(words: str, leads: bool) -> None:
    here = recognise(screen_of("Upstox", words, "Continue with e-mail"), SILENT, Sent())
    assert isinstance(here, Way) == leads


@pytest.mark.parametrize(
    ("title", "text", "words", "way"),
    [
        # The only thing to press leads on, in whatever words, and nothing is at stake.
        ("All set, Asha", "You are now signed in.", ["Go to Drift Trader"], 0),
        ("Your account is protected", "Two-factor authentication is on.", ["Great!"], 0),
        ("Before you trade", "", ["I’m ready"], 0),  # noqa: RUF001  (the page's own apostrophe)
        ("Upstox is now Upstox One", "", ["Let's begin"], 0),
        # An assent before what it does, which is to go on.
        ("Heads up", "You are signed in on two devices.", ["Show", "Okay, continue"], 1),
        # What is done asks for nothing.
        ("Your KYC is validated", "No action is needed.", ["Done"], 0),
        # To call off is not to decline, where nothing is offered.
        ("You are about to log in to an app", "It uses Upstox.", ["Cancel", "Continue"], 1),
        ("Loan offer", "Insurance from us.", ["Cancel", "Continue"], 0),
        # More ways to pass by.
        ("Location is off", "", ["Turn on location", "Continue without location"], 1),
        ("A code of a friend?", "", ["Enter code", "I don't have a code"], 1),
        ("Contract notes", "", ["Opt in", "Stay with e-mail"], 1),
        ("Secure Upstox with an app lock?", "", ["Secure now", "Not required"], 1),
        ("IPO closes today", "", ["Apply with UPI", "I'm not interested"], 1),
        ("ಹೊಸ ಅಪ್ಲಿಕೇಶನ್", "", ["ಡೌನ್‌ಲೋಡ್ ಮಾಡಿ", "ಬೇಡ"], 1),
        # Whose account this is, and nothing of another login.
        ("Confirm it's you", "Asha R, 7A**12", ["Not me", "Yes, that's me"], 1),
    ],
)
def test_a_screen_that_nobody_knows_is_passed_where_nothing_is_at_stake(
    title: str, text: str, words: list[str], way: int
) -> None:
    look = screen_of(title, *words)
    look = replace(look, texts=(*look.texts, Text(text)))
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == words[way]
    assert len({each.kind for each in here.why}) == 2


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        ("Zzyzx", "", ["Qwrtz"]),
        ("Almost there", "", ["Start trial"]),
        ("Almost there", "", ["Book my slot"]),
        ("Almost there", "Your shares will be lent.", ["Great!"]),
        ("Almost there", "SIPs from today.", ["Let's roll"]),
        ("Almost there", "", ["OK, activate MTF"]),
        ("Almost there", "", ["Yes, place my order"]),
        ("Almost there", "", ["Perfect, use my e-mail"]),
        ("How would you like to verify?", "", ["By phone, go"]),
        ("Confirm it's you", "A login was blocked yesterday.", ["Not me", "Yes, that's me"]),
        ("Confirm it's you", "Your KYC is due.", ["Not me", "Yes, that's me"]),
        ("Your KYC is validated", "Please upload a selfie.", ["Done"]),
        ("Trade without limits", "F&O is waiting.", ["Trade without limits"]),
        # What looks like a no, and leads elsewhere.
        ("One more thing", "", ["I don't have an account", "I have one"]),
        ("One more thing", "", ["Not registered? Open an account"]),
        ("One more thing", "", ["Not received? Resend"]),
        ("One more thing", "", ["Continue without 2FA", "Learn more"]),
        # To go on is to say that what stands there is right.
        ("Your address", "Pune", ["Continue", "Edit"]),
    ],
)
def test_no_only_way_is_taken_that_does_something(title: str, text: str, words: list[str]) -> None:
    look = screen_of(title, *words)
    look = replace(look, texts=(*look.texts, Text(text)))
    assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Way)


def test_what_stood_beside_the_form_is_not_the_next_screens() -> None:
    """A menu, a chat and their buttons stay; the screen has one thing to press of its own."""
    look = screen_of("All set", "Prices", "Take me back to the app")
    chat = Field(n=9, placeholder="Type a message", at=AT)
    ours = replace(NUMBER_TAKEN, stood=frozenset({"Prices"}), beside=(chat.likeness,))
    look = replace(look, fields=(chat,))
    look = replace(look, controls=tuple(replace(e, at=(10, 600, 80, 30)) for e in look.controls))
    here = recognise(look, SILENT, ours)
    assert isinstance(here, Way)
    assert here.control.words == "Take me back to the app"
    assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Way)
    typed = replace(look, fields=(replace(chat, holds=True),))
    assert not isinstance(recognise(typed, SILENT, ours), Way)


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
        ("Take me to login", True),
        ("Log in with a passkey", False),
    ],
)
def test_what_leads_from_a_start_screen_to_the_login(words: str, leads: bool) -> None:
    here = recognise(screen_of("Welcome", words, "Sign up"), SILENT, Sent())
    assert isinstance(here, Way) == leads


@pytest.mark.parametrize(
    ("text", "words", "way"),
    [
        ("We keep a few cookies.", ["Only what’s needed", "See all"], 0),  # noqa: RUF001
        ("Some cookies are needed.", ["Let me choose", "Accept needed ones"], 1),
        ("Technologies like cookies.", ["View preferences", "Deny"], 1),
    ],
)
def test_a_no_to_cookies_ends_their_wall_though_it_speaks_of_consent(
    text: str, words: list[str], way: int
) -> None:
    look = screen_of("Manage consent", *words, modal=True)
    here = recognise(replace(look, texts=(*look.texts, Text(text))), SILENT, Sent())
    assert isinstance(here, Way)
    assert (here.name, here.control.words) == ("cookie wall", words[way])


@pytest.mark.parametrize(
    ("text", "lets"),
    [
        ("Permissions for Drift Trader: read holdings, place orders", True),
        ("Permissions for Drift Trader: your location", False),
        ("Permissions for a debit mandate", False),
    ],
)
def test_an_app_is_let_in_and_nothing_else(text: str, lets: bool) -> None:
    look = screen_of("Drift Trader", "Authorise", "Reject")
    look = replace(look, texts=(*look.texts, Text(text)))
    here = recognise(look, SILENT, replace(CODE_TAKEN, pin=True))
    assert (isinstance(here, Way) and here.name == "approval") is lets


@pytest.mark.parametrize(
    ("words", "sent", "chosen"),
    [
        (["Message me a code", "I’ll use my authenticator", "Ring me"], NUMBER_TAKEN, True),  # noqa: RUF001
        (["SMS ద్వారా OTP", "ఆథెంటికేటర్ యాప్"], NUMBER_TAKEN, True),
        (["OTP on mobile", "External TOTP From an app you have set up"], NUMBER_TAKEN, True),
        (["Skip", "Set up an authenticator app"], NUMBER_TAKEN, False),
        (["Later", "Authenticator app"], CODE_TAKEN, False),
    ],
)
def test_the_authenticator_is_chosen_between_number_and_code(
    words: list[str], sent: Sent, *, chosen: bool
) -> None:
    here = recognise(screen_of("Second step", *words), SILENT, sent)
    assert (isinstance(here, Way) and here.name == "method") is chosen


def test_what_may_undo_something_is_called_off() -> None:
    look = screen_of("Are you sure?", "Cancel", "Continue")
    text = Text("All of your settings go: reset and log out.")
    here = recognise(replace(look, texts=(*look.texts, text)), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == "Cancel"


def test_an_app_that_cannot_withdraw_is_let_in() -> None:
    look = screen_of("TradeBot wants access to your Upstox account", "Allow", "Deny")
    look = replace(look, texts=(*look.texts, Text("It cannot withdraw or transfer funds.")))
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.name == "approval"


def test_a_chat_on_every_screen_hides_no_choice_of_the_method() -> None:
    chat = Field(n=9, placeholder="Type a message", at=AT)
    more = Control(n=7, words="Try another way")
    look = replace(choosing(more), fields=(chat,))
    stood = replace(NUMBER_TAKEN, beside=(chat.likeness,))
    here = recognise(look, ASKS_FOR_CODE, stood)
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("other ways", 7)
    assert not isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)


def test_a_screen_is_passed_beside_a_search_that_stood_beside_the_last_form() -> None:
    """One that came with the screen, or that nobody can tell, may be what the screen is about."""
    search = Field(n=70, placeholder="Type a company's name", at=(500, 700, 240, 40))
    look = replace(screen_of("Risk disclosures", "Got it, continue"), fields=(search,))
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way)
    beside = replace(CODE_TAKEN, beside=(search.likeness,))
    assert isinstance(recognise(look, PIN_IS_SET, beside), Way)
    unnamed = replace(search, placeholder="Sanket")
    look = replace(look, fields=(unnamed,))
    beside = replace(CODE_TAKEN, beside=(unnamed.likeness,))
    assert not isinstance(recognise(look, PIN_IS_SET, beside), Way)


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        # What looks like a way past is a declaration, an agreement, a payment or a share.
        ("Nominee", "", ["Add nominee", "I do not wish to nominate"]),
        ("Tax residency", "", ["I am one abroad", "I do not have any other tax residency"]),
        ("New terms", "", ["Read them", "I'm fine with the new terms"]),
        ("Data", "", ["Manage", "I'm good with sharing my data"]),
        (
            "Your plan renews",
            "\u20b9499 is charged every month.",
            ["Cancel plan", "Stay with Plus"],
        ),
        ("Your plan renews", "\u20b9499 is charged every month.", ["Cancel plan", "Keep it"]),
        ("Refer", "", ["Pass on to a friend", "Learn more"]),
        ("F&O", "", ["Activate after login", "View"]),
        # To go on does something in a person's name.
        ("Authorise the sale of 10 shares", "CDSL", ["Continue", "Learn more"]),
        ("Sale of 10 shares", "", ["Continue", "Learn more"]),
        ("Your account", "HDFC becomes your primary bank.", ["Continue", "Use another one"]),
        ("Confirm it's you to withdraw", "", ["Yes, it's me"]),
        # A yes to what is asked.
        ("Turn on notifications?", "", ["Yes, continue", "Maybe"]),
        ("Lend your shares?", "", ["Sure, let's go"]),
        ("Approve the login from Lagos?", "", ["Yes, continue", "Review"]),
        ("Be part of it", "", ["Count me in"]),
        ("The faster way", "", ["Go Pro"]),
        # What is not done wants a person still.
        ("One step", "Your KYC was not successful", ["Continue"]),
        ("One step", "Your KYC is completed only once you upload a selfie", ["Continue"]),
        # What would set an authenticator up.
        ("Safer", "", ["Connect authenticator app", "View"]),
        ("Safer", "", ["Get an authenticator app", "View"]),
        ("Safer", "", ["Authenticator app (not set up)", "SMS"]),
    ],
)
def test_nothing_is_done_in_a_persons_name(title: str, text: str, words: list[str]) -> None:
    look = screen_of(title, *words)
    look = replace(look, texts=(*look.texts, Text(text)))
    assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Way)


def test_what_acts_in_a_persons_name_is_called_off() -> None:
    sale = screen_of("Sale of 10 shares", "Cancel", "Continue")
    asked = screen_of("Was this you?", "Cancel", "Yes, it was me")
    text = Text("A withdrawal was requested from this device just now")
    for look in (sale, replace(asked, texts=(*asked.texts, text))):
        here = recognise(look, SILENT, NUMBER_TAKEN)
        assert isinstance(here, Way)
        assert here.control.words == "Cancel"


@pytest.mark.parametrize(
    "words", ["Accept necessary terms", "Close account", "Decline and log out"]
)
def test_no_wall_is_ended_by_what_agrees_or_leaves(words: str) -> None:
    look = screen_of("Terms of use updated", words, modal=True)
    look = replace(look, texts=(*look.texts, Text("They say how we use cookies.")))
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert not isinstance(here, Way)


@pytest.mark.parametrize(
    "text", ["contact you on WhatsApp", "share your credit report with partners", "read your SMS"]
)
def test_no_other_permission_is_given(text: str) -> None:
    look = screen_of("App permissions", "Allow", "Deny")
    here = recognise(
        replace(look, texts=(*look.texts, Text(text))), SILENT, replace(CODE_TAKEN, pin=True)
    )
    assert not (isinstance(here, Way) and here.name == "approval")


@pytest.mark.parametrize("words", ["Continue", "Skip"])
def test_the_button_of_an_unknown_field_is_no_way_past_it(words: str) -> None:
    """It stood beside the last form, and may be the next one's: to send it empty is an attempt."""
    field = Field(n=5, label="Six digits", at=AT)
    control = button(words, form=0, at=(500, 440, 240, 44))
    look = Look(
        ready=True, fields=(field,), controls=(control,), texts=(Text("Welcome back", head=True),)
    )
    here = recognise(look, SILENT, replace(NUMBER_TAKEN, beside=(field.likeness,)))
    assert not isinstance(here, Way)


@pytest.mark.parametrize(
    ("label", "creates"),
    [
        ("Choose a secret 6-digit login PIN", True),
        ("Pick any six digits as your PIN", True),
        ("Create your very own trading PIN", True),
        ("PIN you set", False),
        ("PIN set by the client", False),
        ("Enter the PIN you chose", False),
    ],
)
def test_no_pin_is_typed_where_one_is_made_up(label: str, *, creates: bool) -> None:
    here = recognise(page(replace(PIN, label=label)), SILENT, CODE_TAKEN)
    assert (purpose(here) == "pin") is not creates


@pytest.mark.parametrize(
    ("title", "words", "way"),
    [
        ("1 of 4: this is our new login", ("Next", "End tour"), "End tour"),
        ("Tip 1/5", ("Next tip", "Exit walkthrough"), "Exit walkthrough"),
        ("Your PIN is 180 days old", ("Change PIN", "Keep my PIN"), "Keep my PIN"),
        ("Try our new look?", ("Try the new look", "Stay on classic"), "Stay on classic"),
        ("Share your location?", ("Allow", "Block"), "Block"),
        ("Muhurat trading today", ("Cool, take me in",), "Cool, take me in"),
        ("New sign-in. Was this you?", ("Allow", "Block"), None),
        ("Keep Plus for ₹99 a month", ("Keep my plan",), None),
    ],
)
def test_what_ends_a_tour_or_keeps_all_as_it_is(
    title: str, words: tuple[str, ...], way: str | None
) -> None:
    here = recognise(screen(title, words), PIN_IS_SET, CODE_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == way


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


def test_a_form_to_change_the_pin_that_stands_on_every_screen_ends_nothing() -> None:
    new_pin = Field(n=8, masked=True, label="New PIN", form=4, at=(900, 300, 240, 40))
    look = Look(ready=True, fields=(new_pin,), texts=(Text("Verifying"),))
    assert isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Stop)
    sent = replace(CODE_TAKEN, beside=(new_pin.likeness,))
    assert not isinstance(recognise(look, PIN_IS_SET, sent), Stop)


@pytest.mark.parametrize(
    ("title", "words", "way"),
    [
        ("Stay signed in?", ["No", "Yes"], 0),
        ("Charts are faster now", ["Close"], 0),
        ("Turn on alerts?", ["Turn on", "Maybe later"], 1),
    ],
)
@pytest.mark.parametrize(
    "box",
    [
        Control(n=90, tag="input", type="checkbox", words="Don’t show this again"),  # noqa: RUF001
        Control(n=90, role="switch", words="Not now, and never again"),
        Control(n=90, tag="div", role="checkbox", words="Skip this next time"),
    ],
)
def test_a_box_to_tick_leads_nowhere(title: str, words: list[str], way: int, box: Control) -> None:
    look = screen_of(title, *words)
    here = recognise(replace(look, controls=(box, *look.controls)), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == words[way]


def test_what_is_agreed_to_by_a_box_is_for_a_person() -> None:
    look = screen_of("Updated terms", "Continue")
    box = Control(n=90, tag="input", type="checkbox", words="I agree to the terms")
    here = recognise(replace(look, controls=(box, *look.controls)), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Stop)


def test_a_box_that_is_ticked_may_do_something() -> None:
    """Whoever goes on takes it along."""
    look = screen_of("Charts are faster now", "Done")
    box = Control(n=90, tag="input", type="checkbox", words="Send me more", chosen=True)
    ticked = replace(look, controls=(box, replace(look.controls[0], words="Looks good to me")))
    assert isinstance(recognise(ticked, SILENT, NUMBER_TAKEN), Nothing)


@pytest.mark.parametrize(
    ("title", "words", "way"),
    [
        ("Drift wants to access your Upstox account", ["Cancel", "Continue"], "approval"),
        # Without a no, or where more is asked for, to go on is not to allow it.
        ("Drift wants to access your Upstox account", ["Help", "Continue"], ""),
        ("Drift wants to access your Upstox account and trade", ["Cancel", "Continue"], ""),
    ],
)
def test_to_go_on_lets_an_app_in_where_one_may_call_it_off(
    title: str, words: list[str], way: str
) -> None:
    here = recognise(screen_of(title, *words), PIN_IS_SET, replace(CODE_TAKEN, pin=True))
    assert (here.name if isinstance(here, Way) and here.name == "approval" else "") == way


@pytest.mark.parametrize(
    ("title", "text", "orders"),
    [
        ("Your order", "Buy 10 RELIANCE at market", True),
        ("Almost there", "Sell 20 INFY at 1500", True),
        ("Review", "Quantity: 10, price: 200", True),
        ("Nominee details", "Asha 100%", True),
        ("Standing instruction", "Starts on 1 December", True),
        ("SIP of ₹500", "Starts on 1 December", True),
        ("Good to go", "We will place your order for 10 TCS", True),
        ("A change", "We’ll convert your account to BSDA", True),  # noqa: RUF001  (the page's)
        ("You have 2 open orders", "", False),
        ("Add a nominee later", "", False),
        ("Market opens at 9:15", "Orders pause from 2 to 4 am", False),
        ("Happy Diwali", "Muhurat trading from 18:00 to 19:00", False),
        ("Did you know?", "You can buy fractions soon", False),
        ("Welcome back", "We will text you 100 tips a year", False),
    ],
)
def test_no_order_is_given_by_going_on(title: str, text: str, orders: bool) -> None:
    told = (Text(title, head=True), Text(text))
    look = Look(ready=True, texts=told, controls=(Control(1, words="Continue"),))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Stop if orders else Way)
    declined = replace(look, controls=(*look.controls, Control(2, words="Not now")))
    here = recognise(declined, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.n == 2
