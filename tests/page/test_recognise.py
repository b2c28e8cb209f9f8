"""Recognition is a pure function: looks written by hand, and looks that hypothesis has changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.page.complaints import complaints_of
from upstox_browser_login.page.here import Form, Here, Nothing, Sent, Stop, Way
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.wire import Traffic

from .drawn import LOOKS
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
    START,
    button,
    page,
)

SILENT = Traffic()


def purpose(here: Here) -> str:
    return here.purpose if isinstance(here, Form) else type(here).__name__


@pytest.mark.parametrize(
    ("look", "traffic", "sent", "expected"),
    [
        (page(MOBILE, words="Get OTP"), SILENT, START, "mobile"),
        (page(OTP), ASKS_FOR_CODE, NUMBER_TAKEN, "otp"),
        (page(PIN), PIN_IS_SET, CODE_TAKEN, "pin"),
    ],
)
def test_the_forms_of_a_login(look: Look, traffic: Traffic, sent: Sent, expected: str) -> None:
    here = recognise(look, traffic, sent)
    assert isinstance(here, Form)
    assert here.purpose == expected
    assert here.button is not None
    assert len({each.kind for each in here.why}) >= 2


@pytest.mark.parametrize(
    ("field", "words", "traffic", "sent", "expected"),
    [
        # Without ids, with other words.
        (replace(MOBILE, id="f-81", near=("Your phone",)), "Next", SILENT, START, "mobile"),
        (
            replace(MOBILE, id="", near=(), placeholder="मोबाइल नंबर"),
            "आगे बढ़ें",
            SILENT,
            START,
            "mobile",
        ),
        (
            replace(OTP, id="", near=("OTP daalein",)),
            "Aage badhein",
            ASKS_FOR_CODE,
            NUMBER_TAKEN,
            "otp",
        ),
        (replace(PIN, id="", label="MPIN"), "Log in", PIN_IS_SET, CODE_TAKEN, "pin"),
        # Identity speaks for, never against.
        (replace(PIN, id="password"), "Continue", PIN_IS_SET, CODE_TAKEN, "pin"),
        (replace(OTP, id="pinCode"), "Continue", ASKS_FOR_CODE, NUMBER_TAKEN, "otp"),
        # Boxes.
        (replace(OTP, id="", boxes=6, maxlength=6), "Verify", ASKS_FOR_CODE, NUMBER_TAKEN, "otp"),
    ],
)
def test_forms_in_other_shapes(
    field: Field, words: str, traffic: Traffic, sent: Sent, expected: str
) -> None:
    assert purpose(recognise(page(field, words=words), traffic, sent)) == expected


@pytest.mark.parametrize(
    ("look", "sent"),
    [
        # One kind of evidence is not enough.
        (page(Field(n=1, id="mobileNum", at=AT), words="?"), START),
        (page(Field(n=1, near=("Enter mobile number",), at=AT), words="?"), START),
        # Words at the field forbid.
        (page(replace(MOBILE, near=("Nominee's mobile number",)), words="Get OTP"), START),
        # Two that nobody can tell apart.
        (page(MOBILE, replace(MOBILE, n=4), words="Get OTP"), START),
        # The id says PIN and the wire says code; nothing else speaks.
        (page(Field(n=3, id="pinCode", label="Secret", at=AT)), NUMBER_TAKEN),
    ],
)
def test_doubt_is_unknown(look: Look, sent: Sent) -> None:
    traffic = ASKS_FOR_CODE if sent.mobile else SILENT
    assert isinstance(recognise(look, traffic, sent), Nothing)


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


def test_a_success_with_a_frightening_word_is_heard_as_text_only_where_marked() -> None:
    """A help text is no complaint; a message with Upstox's code is one."""
    look = page(OTP, texts=("Never share an incorrect OTP with anybody.",))
    assert complaints_of(look, frozenset(), OTP.n + 1) == []
    told = replace(look, texts=(Text("You have entered an incorrect PIN [1017106]"),))
    (complaint,) = complaints_of(told, frozenset(), OTP.n)
    assert complaint.meaning == "pin refused"


STATES = st.sampled_from([(SILENT, START), (ASKS_FOR_CODE, NUMBER_TAKEN), (PIN_IS_SET, CODE_TAKEN)])


@given(LOOKS, STATES)
def test_no_form_is_taken_on_one_kind_of_evidence(look: Look, state: tuple[Traffic, Sent]) -> None:
    """Whatever the page: two kinds agree, none forbids, and the same look gives the same answer."""
    here = recognise(look, *state)
    assert here == recognise(look, *state)
    if isinstance(here, Form):
        assert not any(each.weight < 0 for each in here.why)
        assert len({each.kind for each in here.why}) >= 2
        assert not here.field.covered
        assert here.field in look.fields


@given(LOOKS, STATES)
def test_ids_alone_change_no_veto(look: Look, state: tuple[Traffic, Sent]) -> None:
    """Identity never speaks against: a form is not lost by an id of its own purpose."""
    here = recognise(look, *state)
    names = {"mobile": "mobileNum", "otp": "otpNum", "pin": "pinCode", "password": "password"}
    if isinstance(here, Form) and len(look.fields) == 1:
        named = replace(look, fields=(replace(here.field, id=names[here.purpose]),))
        assert purpose(recognise(named, *state)) == here.purpose


def test_a_field_stays_what_it_was_typed_into_as() -> None:
    """Once the PIN was typed, what spoke for its coming next is past: that makes it no password."""
    bare = Field(n=3, masked=True, length=6, holds=True, form=9, at=AT)
    typed = replace(CODE_TAKEN, last="pin", pin=True, field=3)
    here = recognise(page(bare, words=""), PIN_IS_SET, typed)
    assert isinstance(here, Form)
    assert here.purpose == "pin"
    emptied = replace(bare, length=0, holds=False)
    assert not isinstance(recognise(page(emptied, words=""), PIN_IS_SET, typed), Form)


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
    here = recognise(screen_of(title, *words), Traffic(), Sent(mobile=True))
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
    here = recognise(screen_of(title, *words), Traffic(), Sent(mobile=True))
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
    here = recognise(screen_of(text, *words, modal=True), Traffic(), Sent())
    assert isinstance(here, Way)
    assert (here.name, here.control.words) == ("cookie wall", way)
