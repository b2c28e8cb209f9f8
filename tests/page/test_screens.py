"""Screens without a field: the one way past them, or the end of a login."""

from __future__ import annotations

from dataclasses import replace

import pytest

from upstox_browser_login.page.here import Form, Nothing, Sent, Stop, Way
from upstox_browser_login.page.look import Control, Look, Text
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.screens import totp_is_enabled

from .looks import (
    ASKS_FOR_CODE,
    BELOW,
    CODE_TAKEN,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    SILENT,
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
        ("Quarterly settlement of funds", ["Got it", "Open the report"]),
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
        ("Code", None),
    ],
)
def test_whether_a_box_takes_the_authenticators_code(label: str, takes: bool | None) -> None:
    """By its own label; the wire says nothing of the account."""
    form = Form("otp", replace(OTP, near=(label,)), None, ())
    assert totp_is_enabled(form, page(form.field), SILENT) is takes
