"""What closes a screen between the forms, and what only stood beside the last form."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    CODE_TAKEN,
    NUMBER_TAKEN,
    OTP,
    PIN_IS_SET,
    SILENT,
    page,
    screen_of,
)
from upstox_browser_login.page.here import Form, Sent, Way
from upstox_browser_login.page.look import Control, Look, Text
from upstox_browser_login.page.recognise import recognise


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
