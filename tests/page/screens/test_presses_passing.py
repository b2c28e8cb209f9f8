"""What passes a screen by, declines what it offers, or keeps all as it is."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    AT,
    CODE_TAKEN,
    LOGGED_IN,
    OTP,
    PIN_IS_SET,
    SILENT,
    screen_of,
    screen_that_says,
)
from upstox_browser_login.page.here import Sent, Way
from upstox_browser_login.page.look import Field, Text
from upstox_browser_login.page.recognise import recognise


def test_a_choice_is_kept_before_the_number_and_not_after_it() -> None:
    look = screen_of("Select your preferred language", "Save and continue")
    assert isinstance(recognise(look, SILENT, Sent()), Way)
    for title in ("Tell us about yourself", "Save your details", "Set your daily limit"):
        for sent in (Sent(), CODE_TAKEN):
            for words in ("Save and continue", "Set and continue"):
                assert not isinstance(recognise(screen_of(title, words), SILENT, sent), Way)


@pytest.mark.parametrize(
    ("title", "words", "way"),
    [
        ("1 of 4: this is our new login", ("Next", "End tour"), "End tour"),
        ("Tip 1/5", ("Next tip", "Exit walkthrough"), "Exit walkthrough"),
        ("Your PIN is 180 days old", ("Change PIN", "Keep my PIN"), "Keep my PIN"),
        ("Your PIN has expired", ("Change PIN now", "Continue"), None),
        ("Try our new look?", ("Try the new look", "Stay on classic"), "Stay on classic"),
        ("Share your location?", ("Allow", "Block"), "Block"),
        ("Price alerts on your desktop?", ("Allow notifications", "Block"), "Block"),
        ("Trusted device request", ("Allow", "Block", "Allow notifications"), None),
        ("Muhurat trading today", ("Cool, take me in",), "Cool, take me in"),
        ("New sign-in. Was this you?", ("Allow", "Block"), None),
        ("Keep Plus for ₹99 a month", ("Keep my plan",), None),
    ],
)
def test_what_ends_a_tour_or_keeps_all_as_it_is(
    title: str, words: tuple[str, ...], way: str | None
) -> None:
    here = recognise(screen_of(title, *words), PIN_IS_SET, CODE_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == way


@pytest.mark.parametrize(
    "words",
    [
        "Leave them as they are",
        "Keep all of them",
        "Continue with it off",
        "Stay logged in on all, continue",
    ],
)
def test_what_keeps_all_as_it_is_passes_an_offer_by(words: str) -> None:
    look = screen_of("Idle holdings can be pledged for margin", "Pledge & continue", words)
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == words


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Quarterly settlement", "It goes to your bank on Friday."),
        ("Your SIP runs tomorrow", ""),
        ("Order placed", "10 TCS at market"),
        ("Expiry day", "You have 2 open positions."),
    ],
)
@pytest.mark.parametrize("read", ["Got it", "OK", "View"])
@pytest.mark.parametrize(
    "words",
    [
        "Keep for trading",
        "Keep it open",
        "Leave as delivery",
        "Leave it to Upstox",
        "Skip SIP",
        "Skip this payment",
        "Skip for this month",
        "Skip and exit",
        "SIP छोड़ें",
        "Square off tomorrow",
        "Redeem later",
        "Cancel",
        "Do not place",
        "रद्द करें",
    ],
)
def test_what_prevents_what_happens_by_itself_passes_nothing_by(
    title: str, text: str, read: str, words: str
) -> None:
    here = recognise(screen_that_says(title, text, words, read), PIN_IS_SET, LOGGED_IN)
    assert not (isinstance(here, Way) and here.control.words == words)


@pytest.mark.parametrize("words", ["Keep for trading", "Skip SIP", "Leave as delivery"])
def test_ok_beside_what_prevents_it_may_have_it_done(words: str) -> None:
    look = screen_that_says("Your SIP runs tomorrow", "", words, "OK")
    assert not isinstance(recognise(look, PIN_IS_SET, LOGGED_IN), Way)


@pytest.mark.parametrize(
    "words", ["Sell for now", "Exit this time", "Pause for now", "Buy tomorrow"]
)
def test_what_does_something_for_now_passes_nothing_by(words: str) -> None:
    assert not isinstance(recognise(screen_of("Welcome", words), PIN_IS_SET, LOGGED_IN), Way)


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        ("Security update", "Use OTP by SMS in place of TOTP.", "Keep TOTP"),
        ("IPO: Tata Tech", "Apply now", "Skip IPO"),
        ("Use face unlock from now on?", "", "Keep PIN"),
        ("Try the new look?", "", "Keep classic"),
        ("New version", "", "Skip update"),
        ("Charts moved here", "", "Skip onboarding"),
        ("Order pad", "Buy and sell here", "Skip tutorial"),
    ],
)
def test_what_keeps_or_skips_still_passes_an_offer_by(title: str, text: str, words: str) -> None:
    here = recognise(screen_that_says(title, text, "OK", words), PIN_IS_SET, LOGGED_IN)
    assert isinstance(here, Way)
    assert here.control.words == words


@pytest.mark.parametrize(
    ("title", "text", "words", "pressed"),
    [
        ("Your PIN expires in 12 days", "", ("Change PIN now", "Continue"), "Continue"),
        ("Your PIN expires in 5 days", "", ("Continue", "Cancel"), "Cancel"),
        ("Your PIN expires in 5 days", "Change it now?", ("OK",), None),
        ("Your PIN expires in 5 days", "Choose a new PIN.", ("OK",), None),
        ("Verify", "A PIN was sent to you. The PIN expires in 5 minutes.", ("OK",), None),
        ("Set UPI PIN", "UPI PIN expires in 5 minutes", ("Continue", "Cancel"), "Cancel"),
    ],
)
def test_a_notice_that_the_pin_expires_soon_is_gone_on_from(
    title: str, text: str, words: tuple[str, ...], pressed: str | None
) -> None:
    here = recognise(screen_that_says(title, text, *words), PIN_IS_SET, CODE_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == pressed


def test_to_end_all_ends_no_tour() -> None:
    look = screen_that_says("Done?", "You have 3 open positions.", "Exit all", "Not yet")
    here = recognise(look, PIN_IS_SET, LOGGED_IN)
    assert isinstance(here, Way)
    assert here.control.words == "Not yet"


def test_to_keep_what_is_paid_for_passes_nothing_by() -> None:
    look = screen_of("Your free trial of Plus", "No", "Keep all benefits")
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == "No"


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        # To pass it by does something itself.
        ("Update your income", "If you skip, we will record it as below ₹1 lakh.", ["Add", "Skip"]),
        ("Rights issue", "Skipping means that your entitlement lapses.", ["Apply", "Skip"]),
        ("Confirm your AMO order", "Decline to cancel it.", ["Confirm", "Decline"]),
        ("Quarterly settlement", "₹12,400 goes back to your bank.", ["Keep it with Upstox"]),
        # A no says something of the person.
        ("Is your address still the same?", "12 MG Road, Pune", ["Yes", "No, update"]),
        ("Is a***@mail.example still yours?", "", ["Yes", "No"]),
        ("Nominee", "If you skip, you can act later and we close your account.", ["Add", "Skip"]),
        # A control undoes something, or gives up what the login is protected by.
        ("Your trial of Plus ends today", "It goes on at ₹99 per month.", ["OK", "Cancel Plus"]),
        ("Skip PIN next time?", "We can remember this device.", ["Skip PIN"]),
        ("Make login easier", "Turn off the authenticator and use SMS.", ["Continue"]),
        # Where one of them does something, no other one is certain to do nothing.
        ("Your order", "Decline to cancel it.", ["Continue", "Decline"]),
        ("Bonus", "Not now cancels it.", ["Continue", "Not now"]),
        ("Is your address still the same?", "12 MG Road, Pune", ["Continue", "Change"]),
        ("Welcome back", "By continuing you authorise us to fetch your report.", ["Continue"]),
    ],
)
def test_no_screen_is_passed_by_what_does_something_else(
    title: str, text: str, words: list[str]
) -> None:
    look = screen_that_says(title, text, *words)
    for each in (look, replace(look, modal=True)):
        assert not isinstance(recognise(each, SILENT, LOGGED_IN), Way)


@pytest.mark.parametrize(
    ("title", "text", "words", "way"),
    [
        ("Add a passkey", "If you skip, we will ask you again later.", ["Add", "Skip"], "Skip"),
        (
            "Complete your profile",
            "You can skip this now.",
            ["Add", "Skip for now"],
            "Skip for now",
        ),
        ("What’s new", "If you close this, find it under Help.", ["Close"], "Close"),  # noqa: RUF001
        ("F&O", "If you skip, you can activate it later.", ["Activate", "Skip"], "Skip"),
        ("Add a nominee", "Skip to set this up later.", ["Add nominee", "Skip"], "Skip"),
        ("IPO open", "Dismissing this will not cancel your bid.", ["View", "Dismiss"], "Dismiss"),
        ("F&O", "If you skip this, the segment stays closed.", ["Activate", "Skip"], "Skip"),
        ("Set up Face ID", "", ["Set up", "Cancel"], "Cancel"),
        ("Dark mode", "", ["Turn on", "Keep it off"], "Keep it off"),
        ("Stay safe", "Never turn off your authenticator.", ["Got it"], "Got it"),
    ],
)
def test_what_only_puts_a_screen_off_passes_it(
    title: str, text: str, words: list[str], way: str
) -> None:
    here = recognise(screen_that_says(title, text, *words), SILENT, LOGGED_IN)
    assert isinstance(here, Way)
    assert here.control.words == way


@pytest.mark.parametrize("modal", [False, True])
@pytest.mark.parametrize(
    "title",
    [
        "We are closing your account",
        "Your account closure is scheduled",
        "Account closes in 3 days",
        "You requested closure of your demat account",
        "Your account is set to close",
        "Your account is scheduled for deletion",
        "Your demat will be closed",
        "Account closure requested",
    ],
)
@pytest.mark.parametrize(
    ("words", "pressed"),
    [
        (["Continue"], None),
        (["Proceed", "Back"], None),
        (["Cancel", "Continue"], None),
        (["Keep my account", "Continue"], None),
        (["Close"], None),
        (["Continue", "Not now"], "Not now"),
    ],
)
def test_nothing_decides_on_a_closure_of_the_account(
    title: str, words: list[str], pressed: str | None, *, modal: bool
) -> None:
    """Neither to carry it out nor to call it off."""
    here = recognise(screen_of(title, *words, modal=modal), SILENT, CODE_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == pressed


def test_a_closure_is_called_off_neither_over_a_form_nor_beside_another_field() -> None:
    look = screen_of("You requested closure of your account", "Keep my account")
    for field in (replace(OTP, covered=True), Field(n=9, type="email", label="E-mail", at=AT)):
        here = recognise(replace(look, fields=(field,)), PIN_IS_SET, CODE_TAKEN)
        assert not isinstance(here, Way)


@pytest.mark.parametrize(
    ("title", "words", "called_off"),
    [
        ("Redirecting to MyAlgo…", ("Cancel",), False),
        ("One moment", ("Go back",), False),
        ("Set up a passkey", ("Cancel",), True),
        ("Redirecting to MyAlgo…", ("Set up a passkey", "Cancel"), True),
    ],
)
def test_what_is_under_way_is_not_called_off_where_nothing_is_offered(
    title: str, words: tuple[str, ...], *, called_off: bool
) -> None:
    """It may be the login itself, and after the PIN nothing else."""
    look = screen_of(title, *words)
    assert isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way) is called_off
    done = replace(CODE_TAKEN, pin=True, accepted=CODE_TAKEN.accepted | {"pin"})
    here = recognise(look, PIN_IS_SET, done)
    assert isinstance(here, Way) is (len(words) > 1)


@pytest.mark.parametrize(
    ("title", "text", "words", "way"),
    [
        # What is going to be done may be what the person has asked for.
        ("Basket", "Your basket of 5 orders will be placed at 9:15.", ["OK", "Cancel"], None),
        ("You are covered for free", "", ["Great", "Cancel cover"], None),
        ("Your SIP is due", "", ["Skip this month"], None),
        ("Contact update", "Is kiran@x.in your e-mail?", ["Yes", "No"], None),
        ("Confirm your income", "Is it above 10 lakh?", ["Yes", "No"], None),
        ("Are you a US person?", "", ["Yes", "No"], None),
        ("Are you enjoying Upstox?", "", ["Yes", "No"], "No"),
        ("A new look", "", ["Show me", "Close story"], "Close story"),
        ("Try the dark theme", "", ["Try it", "Skip this time"], "Skip this time"),
        ("Dividends buy shares", "", ["Continue", "Cancel"], "Cancel"),
    ],
)
def test_no_screen_is_passed_by_what_decides_for_a_person(
    title: str, text: str, words: list[str], way: str | None
) -> None:
    look = screen_of(title, *words)
    look = replace(look, texts=(*look.texts, Text(text)))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == way


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("હા, મોકલો", "ના, આભાર"),
        ("ஆம்", "வேண்டாம், நன்றி"),
        ("হ্যাঁ", "না, ধন্যবাদ"),
        ("అవును", "వద్దు, ధన్యవాదాలు"),
        ("ಹೌದು", "ಬೇಡ, ಧನ್ಯವಾದ"),
        ("അതെ", "വേണ്ട, നന്ദി"),
        ("हो", "नको, धन्यवाद"),
        ("ਹਾਂ", "ਨਹੀਂ, ਧੰਨਵਾਦ"),
        ("ہاں", "نہیں، شکریہ"),
    ],
)
def test_a_no_with_thanks_declines_an_offer_in_the_languages_of_india(yes: str, no: str) -> None:
    here = recognise(screen_of("WhatsApp", yes, no), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == no
