"""The authenticator is chosen among the ways to prove oneself, and the choice is sent."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    AT,
    BELOW,
    CODE_TAKEN,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    PIN_IS_SET,
    SILENT,
    START,
    button,
    page,
    screen_of,
)
from upstox_browser_login.page.here import Form, Nothing, Sent, Way
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.recognise import recognise


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


@pytest.mark.parametrize(
    ("words", "title", "chosen"),
    [
        ("Select", "Your second factors", True),
        ("Use this", "Confirm it's you", True),
        ("Remove", "Your second factors", False),
        ("Select", "Remove a two-step method", False),
    ],
)
def test_the_authenticator_is_chosen_by_the_text_of_its_row(
    words: str, title: str, *, chosen: bool
) -> None:
    rows = ("SMS, 98****1234", "Authenticator, Pixel 9", "Passkey, MacBook")
    controls = tuple(
        Control(n=k, words=words, row=f"{each} {words}", at=BELOW) for k, each in enumerate(rows, 1)
    )
    look = Look(ready=True, controls=controls, texts=(Text(title, head=True),))
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (isinstance(here, Way) and here.control.n == 2) is chosen


def _with_radios(
    *words: str, chosen: int = 0, form: int = 9, role: str = "radio", **about: Any
) -> Way | None:
    radios = tuple(
        Control(n=30 + k, role=role, words=each, form=form, at=BELOW, chosen=k == chosen)
        for k, each in enumerate(words)
    )
    look = page(replace(MOBILE, form=9), words="Get code")
    look = replace(look, controls=(*radios, *look.controls))
    here = recognise(look, SILENT, replace(START, **about))
    assert isinstance(here, Form | Way)
    return here if isinstance(here, Way) else None


@pytest.mark.parametrize(("role", "form"), [("radio", 9), ("option", 9), ("tab", 0)])
def test_the_authenticator_is_chosen_beside_the_number(role: str, form: int) -> None:
    way = _with_radios("SMS", "WhatsApp", "Authenticator app (TOTP)", role=role, form=form)
    assert way is not None
    assert (way.name, way.control.words) == ("method", "Authenticator app (TOTP)")


@pytest.mark.parametrize(
    ("words", "about"),
    [
        (("SMS", "Authenticator app"), {"chosen": 1}),
        (("SMS", "Authenticator app"), {"form": 8}),
        # These choose what to log in with.
        (("Mobile number", "Authenticator app"), {}),
        (("Mobile number", "Authenticator app"), {"role": "tab"}),
        (("Authenticator app",), {"chosen": 5}),
        (("SMS", "Authenticator app"), {"chosen": 5}),
        (("SMS", "Authenticator app"), {"mobile": True}),
        # They are about something else.
        (("SMS alerts", "Authenticator app alerts"), {}),
        (("OTP by SMS", "Client ID & TOTP"), {}),
        (("Phone support", "Authenticator support"), {}),
    ],
)
def test_nothing_is_chosen_beside_the_number(words: tuple[str, ...], about: Any) -> None:
    assert _with_radios(*words, **about) is None


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
    # Where it is the only button, it sends the choice whatever it says.
    odd = replace(go, words="Use this")
    here = recognise(choosing(chosen, odd), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.n == 9
    unclear = choosing(chosen, odd, replace(odd, n=10, words="Use that"))
    assert isinstance(recognise(unclear, SILENT, NUMBER_TAKEN), Nothing)


def test_what_is_chosen_already_is_no_way_past_a_screen() -> None:
    chosen = Control(n=7, type="radio", words="No need, thanks", chosen=True)
    look = replace(screen_of("A quick word", "Save"), controls=(chosen, Control(1, words="Save")))
    assert isinstance(recognise(look, SILENT, NUMBER_TAKEN), Nothing)
    free = replace(chosen, chosen=False)
    assert isinstance(
        recognise(replace(look, controls=(free, look.controls[1])), SILENT, NUMBER_TAKEN), Way
    )


def test_a_number_that_was_taken_hides_no_choice() -> None:
    look = choosing(replace(SMS, role="tab", chosen=True), replace(APP, role="tab"))
    link = replace(look, fields=(replace(MOBILE, n=60, near=("Your phone number",)),))
    here = recognise(link, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.n == APP.n


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
    ("words", "sent", "chosen"),
    [
        (["Message me a code", "I’ll use my authenticator", "Ring me"], NUMBER_TAKEN, True),  # noqa: RUF001
        (["SMS ద్వారా OTP", "ఆథెంటికేటర్ యాప్"], NUMBER_TAKEN, True),
        (["I use an authenticator app"], NUMBER_TAKEN, True),
        (["Set up an authenticator app"], NUMBER_TAKEN, False),
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


def test_a_chat_on_every_screen_hides_no_choice_of_the_method() -> None:
    chat = Field(n=9, placeholder="Type a message", at=AT)
    more = Control(n=7, words="Try another way")
    look = replace(choosing(more), fields=(chat,))
    stood = replace(NUMBER_TAKEN, beside=(chat.likeness,))
    here = recognise(look, ASKS_FOR_CODE, stood)
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("other ways", 7)
    assert not isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)


def test_a_choice_under_a_dialog_over_the_form_is_not_made() -> None:
    """A refusal may be told in a dialog, from under which nothing can be pressed."""
    field = replace(OTP, covered=True)
    covered = [replace(each, covered=True) for each in (SMS, APP)]
    look = replace(choosing(*covered, Control(n=7, words="OK")), fields=(field,))
    assert not isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)
    assert isinstance(recognise(choosing(SMS, APP, field=True), ASKS_FOR_CODE, NUMBER_TAKEN), Way)


def test_a_form_for_another_number_below_keeps_no_choice_from_being_sent() -> None:
    """It stood there before, and the number that was taken is asked for no more."""
    other = Field(n=9, label="Mobile number", heading="New here? Open an account", form=8, at=AT)
    chosen = replace(APP, role="radio", chosen=True)
    go = Control(n=7, words="Continue", at=BELOW)
    look = replace(choosing(replace(SMS, role="radio"), chosen, go), fields=(other,))
    here = recognise(look, ASKS_FOR_CODE, replace(NUMBER_TAKEN, beside=(other.likeness,)))
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("method chosen", 7)
    assert not isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("How should we confirm payouts?", ["Authenticator app", "SMS"]),
        ("Choose how you confirm orders", ["TOTP", "PIN", "None"]),
        ("Protect orders with TOTP", ["Use TOTP", "SMS"]),
    ],
)
def test_nothing_is_chosen_for_the_account_once_a_code_was_taken(
    title: str, words: list[str]
) -> None:
    for sent in (CODE_TAKEN, replace(CODE_TAKEN, pin=True, last="pin")):
        here = recognise(screen_of(title, *words), PIN_IS_SET, sent)
        assert not isinstance(here, Way)


@pytest.mark.parametrize(
    ("label", "form", "words", "sends"),
    [
        ("Enter the code sent by SMS", 9, "Continue", True),
        ("Enter the code sent by SMS", 9, "Download the app", False),
        ("Enter the code sent by SMS", 0, "Continue", False),
        ("Enter the code", 9, "Continue", False),
    ],
)
def test_the_choice_is_sent_beside_the_box_for_a_messages_code(
    label: str, form: int, words: str, *, sends: bool
) -> None:
    box = replace(OTP, near=(), label=label, form=form)
    chosen = replace(APP, role="radio", chosen=True)
    go = Control(n=9, words=words, at=BELOW)
    look = choosing(replace(SMS, role="radio"), chosen, go, button("Verify", form=9))
    here = recognise(replace(look, fields=(box,)), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (isinstance(here, Way) and here.control.n == 9) is sends


def test_a_control_that_offers_the_authenticator_is_taken_below_a_heading_of_any_second_step() -> (
    None
):
    head, said = "Two-factor authentication", "We have texted a code to 98****1234."
    for label in ("6-digit code", "Authentication code"):
        box = replace(OTP, id="", label=label, near=(said, head), heading=head)
        link = Control(n=7, tag="a", words="Use your authenticator app instead", at=BELOW)
        look = page(box, words="Verify", texts=(said,))
        here = recognise(
            replace(look, controls=(*look.controls, link)), ASKS_FOR_CODE, NUMBER_TAKEN
        )
        assert isinstance(here, Way)
        assert here.control == link


_SHEET = tuple(Control(n=n, tag="li", role="option", words=w) for n, w in ((2, "SMS"), (3, "TOTP")))
_NEXT = Control(n=9, words="Next", at=BELOW)
_PRESSED = replace(NUMBER_TAKEN, pressed=("method",))


@pytest.mark.parametrize(
    ("controls", "lines", "sent", "expected"),
    [
        # A list that stays open and marks nothing.
        ((*_SHEET, _NEXT), (), NUMBER_TAKEN, ("method", 3)),
        ((*_SHEET, _NEXT), (), _PRESSED, ("method chosen", 9)),
        (_SHEET, (), _PRESSED, ("method", 3)),
        ((replace(_SHEET[0], chosen=True), _SHEET[1], _NEXT), (), _PRESSED, ("method", 3)),
        # A list that has closed.
        ((_NEXT,), ("Method", "Authenticator"), _PRESSED, ("method chosen", 9)),
        ((_NEXT,), ("Method", "Authenticator"), NUMBER_TAKEN, None),
        ((_NEXT,), ("Method", "SMS"), _PRESSED, None),
        ((replace(_NEXT, words="Get a new key"),), ("Authenticator",), _PRESSED, None),
        ((_NEXT, Control(n=8, words="SMS")), ("Authenticator",), _PRESSED, None),
    ],
)
def test_a_choice_that_no_mark_tells_of_is_sent_once_it_was_made(
    controls: tuple[Control, ...],
    lines: tuple[str, ...],
    sent: Sent,
    expected: tuple[str, int] | None,
) -> None:
    title = Text("Choose where we look for your code", head=True)
    texts = (title, *map(Text, lines), *(Text(each.words, control=True) for each in controls))
    here = recognise(Look(ready=True, controls=controls, texts=texts), ASKS_FOR_CODE, sent)
    assert (None if not isinstance(here, Way) else (here.name, here.control.n)) == expected
