"""What shows further ways to prove oneself, such as a list or a fold."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    AT,
    BELOW,
    CODE_TAKEN,
    NUMBER_TAKEN,
    OTP,
    PIN_IS_SET,
    SILENT,
    answered,
    button,
    page,
    purpose,
    screen_of,
)
from upstox_browser_login.page.here import Form, Sent, Way
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.wire.calls import Traffic

from .test_ways import choosing
from .test_ways_box import BOX_OF_SMS


@pytest.mark.parametrize("field", [False, True])
@pytest.mark.parametrize(
    "control",
    [
        Control(n=7, role="combobox", words="SMS How would you like to verify?", opens=True),
        Control(n=7, words="SMS", opens=True),
        Control(n=7, tag="a", words="Try another way"),
        Control(n=7, tag="a", words="Verify differently"),
        Control(n=7, words="More options"),
        Control(n=7, words="Change method", opens=True),
        Control(n=7, words="Switch verification method"),
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


PASSWORD = Field(n=5, type="password", masked=True, label="Password", form=9, at=AT)


def with_tabs(*tabs: str) -> Look:
    """The form for a password, and tabs of which the first is chosen."""
    controls = (
        Control(n, role="tab", words=words, chosen=n == 7, at=(100 * n, 200, 60, 30))
        for n, words in enumerate(tabs, start=7)
    )
    look = page(PASSWORD, words="Log in")
    return replace(look, controls=(*look.controls, *controls))


@pytest.mark.parametrize("words", ["PIN", "Use PIN", "6-digit PIN", "Log in with MPIN"])
def test_the_tab_of_the_pin_is_taken_where_that_of_a_password_is_chosen(words: str) -> None:
    """A password is a setting that few accounts have."""
    look = with_tabs("Password", words)
    here = recognise(look, SILENT, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == words
    again = recognise(look, SILENT, replace(CODE_TAKEN, pressed=("pin",)))
    assert purpose(again) == "Nothing"
    taken = replace(look, controls=(*look.controls[:1], replace(look.controls[2], chosen=True)))
    assert purpose(recognise(taken, SILENT, replace(CODE_TAKEN, pressed=("pin",)))) == "Nothing"
    # Once the password was typed, its form goes on.
    typed = replace(CODE_TAKEN, password=True, last="password", field=5)
    assert not isinstance(recognise(look, SILENT, typed), Way)


@pytest.mark.parametrize(
    "tabs",
    [("Password", "Forgot PIN"), ("Password", "UPI PIN"), ("Confirm orders by", "PIN"), ("PIN",)],
)
def test_no_other_tab_is_taken_beside_the_form_for_a_password(tabs: tuple[str, ...]) -> None:
    assert purpose(recognise(with_tabs(*tabs), SILENT, CODE_TAKEN)) == "password"


def test_a_link_called_pin_beside_the_form_for_a_password_may_reset_it() -> None:
    look = page(PASSWORD, words="Log in")
    links = (Control(7, tag="a", words="password"), Control(8, tag="a", words="PIN"))
    look = replace(look, controls=(*look.controls, *links), texts=(Text("Forgot"),))
    assert purpose(recognise(look, SILENT, CODE_TAKEN)) == "password"


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


@pytest.mark.parametrize("opened", [True, False])
def test_the_authenticator_is_chosen_on_the_sheet_that_was_opened(*, opened: bool) -> None:
    """It may lie over the form of a message's code, and the way out of it is not taken."""
    look = screen_of("More help", "Send again", "Use authenticator app", "Close", modal=True)
    box = replace(OTP, label="Code", near=(), covered=True, at=(500, 100, 240, 40))
    look = replace(look, fields=(box,))
    sent = replace(NUMBER_TAKEN, pressed=("other ways",) if opened else ())
    here = recognise(look, ASKS_FOR_CODE, sent)
    assert (isinstance(here, Way) and here.name == "method") is opened


@pytest.mark.parametrize(
    ("words", "label", "expected"),
    [
        ("Didn't get a code?", "SMS code", "other ways"),
        ("Having trouble?", "SMS code", "other ways"),
        ("Haven’t received it yet?", "SMS code", "other ways"),  # noqa: RUF001
        ("OTP nahi mila?", "SMS code", "other ways"),
        ("Can’t get the text?", "SMS code", "other ways"),  # noqa: RUF001
        # It sends another one, or the box may take the authenticator's.
        ("Didn't get a code? Resend", "SMS code", ""),
        ("Resend code", "SMS code", ""),
        ("Didn't get a code?", "Code", ""),
        ("Didn't get a code?", "SMS or authenticator code", ""),
    ],
)
@pytest.mark.parametrize("head", ["", "Verify with a code", "Two-step verification"])
def test_what_asks_whether_a_messages_code_has_come_may_show_other_ways(
    words: str, label: str, expected: str, head: str
) -> None:
    """Whatever the heading says: it says nothing of which code the box takes."""
    field = replace(OTP, id="", maxlength=6, near=(), label=label, heading=head)
    look = page(field, words="Verify", texts=(head,))
    asks = Control(n=5, tag="a", words=words, at=(500, 420, 200, 30))
    look = replace(look, controls=(*look.controls, asks))
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (here.name if isinstance(here, Way) else "") == expected
    # The press may send another code, where the account is not known to have an authenticator.
    unknown = Traffic((answered("1", nextRequestInterval=120),))
    assert not isinstance(recognise(look, unknown, NUMBER_TAKEN), Way)


def test_what_asks_for_the_code_shows_other_ways_where_a_message_is_waited_for() -> None:
    look = screen_of("Waiting for the SMS", "Can’t get the code?")  # noqa: RUF001
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.name == "other ways"
    # The press may send another code, where the account is not known to have an authenticator.
    unknown = Traffic((answered("1", nextRequestInterval=120),))
    assert not isinstance(recognise(look, unknown, NUMBER_TAKEN), Way)


@pytest.mark.parametrize("label", ["SMS code", "Code", "Enter OTP"])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("SMS · 98****1234", "other ways"),
        ("Code via SMS", "other ways"),
        ("Send by: text message ▾", "other ways"),
        ("Support by WhatsApp", None),
        ("English", None),
    ],
)
def test_a_list_is_opened_in_which_a_message_is_chosen(
    words: str, expected: str | None, label: str
) -> None:
    """Whatever the heading and the label say: the box waits for what is chosen there."""
    if label == "SMS code" and expected is None:
        return  # that label alone lets other lists be opened
    opens = Control(n=5, tag="button", words=words, opens=True, at=BELOW)
    look = page(replace(OTP, id="", maxlength=6, near=(), label=label), words="Verify")
    look = replace(look, controls=(opens, *look.controls))
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (here.name if isinstance(here, Way) else None) == expected
    # It is pressed once: a list without an authenticator has none.
    pressed = replace(NUMBER_TAKEN, pressed=("other ways",))
    assert not isinstance(recognise(look, ASKS_FOR_CODE, pressed), Way)


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("I can’t access my phone", True),  # noqa: RUF001
        ("I don't have my phone", True),
        ("Resend notification", False),
        ("Lost your phone?", False),
    ],
)
def test_who_has_no_phone_at_hand_is_shown_other_ways(words: str, *, leads: bool) -> None:
    look = screen_of("Approve on your phone", "Resend notification", words)
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way) == leads
    assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Way)


def test_a_fold_beside_the_box_of_a_message_leads_to_the_authenticator() -> None:
    """What opens says elsewhere what is chosen: here that is certainly another way."""
    fold = Control(n=9, tag="summary", words="Use a code from your authenticator", opens=True)
    look = replace(page(BOX_OF_SMS), controls=(fold,))
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control == fold
    app = replace(BOX_OF_SMS, n=6, placeholder="App code")
    opened = replace(look, fields=(BOX_OF_SMS, app), controls=(replace(fold, opens=False),))
    here = recognise(opened, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Form)
    assert here.field == app


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("I can’t receive texts", "other ways"),  # noqa: RUF001
        ("Can’t receive texts?", "other ways"),  # noqa: RUF001
        ("No signal?", "other ways"),
        ("Use something else", "other ways"),
        ("SMS nahi aaya?", "other ways"),
        ("और तरीके", "other ways"),
        ("Koi aur tareeka", "other ways"),
        ("Get help with your code", "other ways"),
        ("Other options (2)", "other ways"),
        ("Get help with your order", None),
        ("No code", None),
        ("Use something else to pay", None),
        ("More ways to invest (2)", None),
    ],
)
def test_what_shows_more_ways_beside_a_messages_box(words: str, expected: str | None) -> None:
    box = replace(OTP, id="", maxlength=6, near=(), label="Text code")
    asks = Control(n=5, tag="a", words=words, at=(500, 420, 200, 30))
    look = replace(page(box, words="Verify"), controls=(button("Verify"), asks))
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (here.name if isinstance(here, Way) else None) == expected


@pytest.mark.parametrize(
    ("words", "label", "more", "opened"),
    [
        ("Log in otherwise ▾", "SMS code", (), True),
        ("Options", "SMS code", (), True),
        ("Options", "Enter OTP or TOTP", (), False),
        ("Options", "Code", (), False),
        ("Options", "SMS code", (Control(n=6, words="Menu", opens=True, at=BELOW),), False),
        ("Country: India +91", "SMS code", (), False),
        ("Help & support", "SMS code", (), False),
        ("I agree to the terms", "SMS code", (), False),
    ],
)
def test_the_only_closed_list_beside_a_messages_box_is_opened(
    words: str, label: str, more: tuple[Control, ...], *, opened: bool
) -> None:
    box = replace(OTP, id="", maxlength=6, near=(), label=label)
    fold = Control(n=5, words=words, opens=True, at=BELOW)
    look = replace(page(box, words="Verify"), controls=(button("Verify"), fold, *more))
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (isinstance(here, Way) and here.control == fold) is opened
    again = recognise(look, ASKS_FOR_CODE, replace(NUMBER_TAKEN, pressed=("other ways",)))
    assert not isinstance(again, Way)
