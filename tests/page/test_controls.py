"""Which control sends a field's form."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from upstox_browser_login.page.controls import (
    asks_for_a_code,
    buttons_of,
    read_words,
    sends_a_secret,
    submit_of,
)
from upstox_browser_login.page.here import Form
from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.recognise import recognise

from .looks import (
    BARE,
    BELOW,
    CODE_TAKEN,
    LED,
    MOBILE,
    OTP,
    PIN,
    PIN_IS_SET,
    START,
    button,
    purpose,
)

ELSEWHERE = (500, 900, 240, 44)
RESEND = replace(button("Resend OTP"), n=21, type="button")
ODD = button("Wheels up", type="button")
ABOVE = (500, 240, 240, 44)
IN_ROW = button("Verify", n=25, type="button", at=(748, 298, 60, 44))
LINK = Control(n=22, tag="a", role="button", words="Continue", at=BELOW)


@pytest.mark.parametrize(
    ("controls", "sends"),
    [
        ((button("Continue"),), 20),
        ((button("Jaari rakhein"),), 20),  # unknown words; the markup says so
        ((RESEND, button("Verify")), 20),
        ((RESEND,), None),
        ((button("Cancel"),), None),
        ((LINK,), 22),
        ((replace(LINK, words="Read more"),), None),
        ((replace(LINK, at=ELSEWHERE),), None),
        ((replace(button("Continue"), role="tab"),), None),
        ((replace(button("Continue"), dialog=True),), None),
        # Two that nobody can tell apart.
        ((button("Continue"), replace(button("Proceed"), n=23)), None),
        # What stands in the field's row is its own, and the other one sends all fields.
        ((IN_ROW, button("Login", disabled=True)), 25),
        ((replace(IN_ROW, words="Resend OTP"), button("Login")), 20),
        # The one button of the form, whatever it says; above it, it leads back.
        ((ODD,), 20),
        ((ODD, replace(RESEND, form=9)), 20),
        ((ODD, replace(ODD, n=24, words="Carry me over")), None),
        # Of two the one that is called after what it does.
        ((replace(ODD, id="continueBtn"), replace(ODD, n=24, words="Carry me over")), 20),
        ((replace(ODD, at=ABOVE),), None),
        ((replace(ODD, words="Wrong number?"),), None),
        ((replace(ODD, words="See how it works"),), None),
        ((replace(ODD, form=0),), None),
        ((ODD, replace(RESEND, form=9, words="Apply coupon")), None),
        ((ODD, replace(RESEND, form=9, words="Pay \u20b9354")), None),
    ],
)
def test_the_control_that_sends_a_form(controls: tuple[Control, ...], sends: int | None) -> None:
    look = Look(ready=True, fields=(OTP,), controls=controls)
    found = submit_of(buttons_of(look, OTP), OTP, "otp")
    assert (found.n if found else None) == sends


@pytest.mark.parametrize(
    ("about", "sends"),
    [
        ({"tag": "button", "words": "Done"}, True),
        ({"tag": "a", "role": "button", "words": "Continue"}, True),
        ({"tag": "a", "words": "Log in"}, False),
        ({"tag": "button", "words": "Log in", "form": 4}, False),
        ({"tag": "button", "words": "Help"}, False),
    ],
)
def test_what_stands_above_the_only_field(about: dict[str, Any], sends: bool) -> None:
    """A bar with its button does; so does the page's head, whose links lead elsewhere."""
    above = Control(n=7, at=(600, 220, 120, 40), **about)
    look = Look(ready=True, fields=(OTP,), controls=(above,))
    assert (submit_of(buttons_of(look, OTP), OTP, "otp") == above) is sends


CORNER = Control(n=7, tag="div", role="button", words="Verify", at=(1990, 900, 56, 56), fixed=True)


@pytest.mark.parametrize(
    ("others", "sends"),
    [
        ((CORNER,), True),
        # Nobody knows which of them belongs to the field.
        ((CORNER, replace(CORNER, n=8, words="Get help")), False),
        ((CORNER, button("Verify")), False),
        ((replace(CORNER, words="Chat"),), False),
        ((replace(CORNER, words="Pay now"),), False),
        ((replace(CORNER, form=4),), False),
        ((replace(CORNER, tag="a", role=""),), False),
        ((replace(CORNER, fixed=False),), False),
    ],
)
def test_what_stands_in_a_corner_of_the_window(others: tuple[Control, ...], sends: bool) -> None:
    """It belongs to the only field of the page, however far from it."""
    look = Look(ready=True, fields=(OTP,), controls=others)
    assert (submit_of(buttons_of(look, OTP), OTP, "otp") == CORNER) is sends
    two = replace(look, fields=(OTP, replace(OTP, n=11)))
    assert submit_of(buttons_of(two, OTP), OTP, "otp") != CORNER


@pytest.mark.parametrize(
    ("own", "borrows"),
    [
        (button("Withdraw"), False),
        (button("Close account", form=0), False),
        (button("Rotate keys", tag="div", type="", role="button"), False),
        (button("Sell", tag="a", type=""), False),
        (button("Show PIN", type="button"), True),
        (button("Change number", type="button"), True),
        (button("Open a demat account", tag="a", type=""), True),
    ],
)
@pytest.mark.parametrize("other", [CORNER, replace(CORNER, at=(500, 200, 240, 44), fixed=False)])
def test_a_form_that_has_a_button_for_a_deed_takes_none_from_elsewhere(
    own: Control, other: Control, *, borrows: bool
) -> None:
    look = Look(ready=True, fields=(PIN,), controls=(own, other))
    assert (submit_of(buttons_of(look, PIN), PIN, "pin") == other) is borrows
    if not borrows:
        assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == "Nothing"


def test_a_button_that_asks_for_a_code_sends_the_number() -> None:
    look = Look(ready=True, fields=(MOBILE,), controls=(button("Get OTP"),))
    assert submit_of(buttons_of(look, MOBILE), MOBILE, "mobile") is not None


@pytest.mark.parametrize(
    ("words", "goes"),
    [
        ("Finish", True),
        ("Finish later", False),
        ("That’s my PIN", True),  # noqa: RUF001
        ("That’s not my number", False),  # noqa: RUF001
        ("Use this code", True),
        ("Use another code", False),
        ("Open", True),
        ("Open a new one", False),
        ("All set", True),
    ],
)
def test_plain_words_send_a_form_where_nothing_follows_them(words: str, *, goes: bool) -> None:
    assert read_words(words).goes == goes


@pytest.mark.parametrize(
    ("words", "logs_in"),
    [
        ("Login / Sign up", True),
        ("Sign in/Register", True),
        ("Log in or sign up", True),
        ("SIGN UP | LOG IN", True),
        ("Sign up", False),
        ("Register now", False),
        ("Log in and sign up for tips", False),
    ],
)
def test_one_door_for_customers_and_others_logs_in(words: str, *, logs_in: bool) -> None:
    assert read_words(words).only_goes is logs_in
    assert read_words(words).of_another_form is not logs_in


@pytest.mark.parametrize("words", ["Send passcode", "Get one-time passcode"])
def test_a_passcode_is_a_code_that_is_asked_for(words: str) -> None:
    assert read_words(words).goes


def test_words_are_read_once_however_many_fields_there_are() -> None:
    """Read for each field, the words of a full page would hold a login up for minutes."""
    controls = tuple(
        replace(button(f"{each} continue " + "get OTP " * 20), n=30 + each) for each in range(9)
    )
    fields = tuple(replace(MOBILE, n=100 + each) for each in range(9))
    read_words.cache_clear()
    look = Look(ready=True, fields=fields, controls=controls)
    for field in fields:
        submit_of(buttons_of(look, field), field, "mobile")
    assert read_words.cache_info().misses == len(controls)


def test_a_control_outside_of_the_form_belongs_to_the_field_that_it_is_nearest_to() -> None:
    """The button of another login beside ours, where our own is no button of the markup."""
    own = Control(n=7, tag="div", words="Get OTP", form=9, at=BELOW)
    other = Field(n=5, placeholder="Partner PIN", at=(500, 460, 240, 40))
    beside = Control(n=8, type="button", words="Continue", at=(750, 460, 120, 42))
    look = Look(ready=True, fields=(MOBILE, other), controls=(own, beside))
    assert submit_of(buttons_of(look, MOBILE), MOBILE, "mobile") == own
    assert (
        submit_of(buttons_of(replace(look, controls=(beside,)), MOBILE), MOBILE, "mobile") is None
    )
    # Where no other field is nearer it may be the form's own, as in a bar below it.
    alone = replace(look, fields=(MOBILE,), controls=(beside,))
    assert submit_of(buttons_of(alone, MOBILE), MOBILE, "mobile") == beside


def test_the_button_of_a_form_with_a_field_sends_no_field_outside_of_it() -> None:
    """A login that the Enter key sends, above the form of a refund."""
    own = replace(MOBILE, form=0)
    refund = Field(n=5, label="Reference", form=11, at=(500, 400, 240, 40))
    track = replace(button("Continue", n=8), form=11, at=(500, 460, 120, 42))
    look = Look(ready=True, fields=(own, refund), controls=(track,))
    assert buttons_of(look, own) == []
    assert buttons_of(look, refund) == [track]
    # A form without a field may hold the button of one outside of it.
    assert buttons_of(replace(look, fields=(own,)), own) == [track]


@pytest.mark.parametrize(
    ("words", "goes"),
    [
        ("Let me in", True),
        ("कोड भेजें", True),
        ("Code bhejo", True),
        ("→ PIN", True),
        ("» the code", True),
        ("→ Reset PIN", False),
        ("Let me in again", False),
    ],
)
def test_words_that_send_a_form(words: str, goes: bool) -> None:
    said = read_words(words)
    assert (said.goes and not said.does_else) is goes


@pytest.mark.parametrize(
    ("words", "goes"),
    [
        ("arrow forward", True),
        ("chevron right", True),
        ("login", True),
        ("arrow back", False),
        ("chevron left", False),
        ("visibility", False),
        ("close", False),
        ("arrow forward to sign up", False),
    ],
)
def test_what_the_names_of_icons_say(words: str, goes: bool) -> None:
    said = read_words(words)
    assert (said.goes and not said.does_else) is goes


def test_a_button_above_sends_the_only_field_and_no_other() -> None:
    above = Control(n=20, words="Get OTP", at=(600, 220, 80, 36))
    here = recognise(Look(ready=True, fields=(BARE,), controls=(above,)), LED, START)
    assert isinstance(here, Form)
    assert here.button == above
    another = replace(BARE, n=2, label="Name", at=(500, 400, 240, 40))
    assert above not in buttons_of(Look(fields=(BARE, another), controls=(above,)), BARE)
    below = replace(above, n=21, at=BELOW)
    assert buttons_of(Look(fields=(BARE,), controls=(above, below)), BARE) == [below]
    foreign = replace(above, form=7)
    assert foreign not in buttons_of(Look(fields=(BARE,), controls=(foreign,)), BARE)


@pytest.mark.parametrize("sign", ["☰", "⋮", "🗑", "👁", "+", "⟳", "📋", "🎤", "✕"])
def test_a_sign_beside_a_pin_that_does_something_else_is_not_pressed(sign: str) -> None:
    beside = Control(n=30, words=sign, at=(744, 300, 32, 32))
    here = recognise(Look(ready=True, fields=(PIN,), controls=(beside,)), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Form)
    assert here.button is None


def test_the_button_of_another_group_sends_no_field() -> None:
    """Neither stands in a form; the other field, which its own button releases, is nearer to it."""
    ours = replace(PIN, form=0, at=(655, 150, 242, 40))
    payout = replace(PIN, n=30, form=0, label="", at=(264, 151, 128, 42))
    release = replace(button("Continue"), n=31, form=0, type="button", at=(392, 153, 74, 38))
    go = Control(n=32, tag="div", words="Continue", at=(613, 210, 200, 42))
    look = Look(ready=True, fields=(payout, ours), controls=(release, go))
    assert buttons_of(look, ours) == [go]
    # Of two fields of one column the lower one is nearer to the button of both.
    above = replace(MOBILE, form=0, at=(655, 60, 242, 40))
    look = replace(look, fields=(above, ours))
    assert go in buttons_of(look, above)


@pytest.mark.parametrize(
    ("about", "sends"),
    [
        ({"words": "toggle PIN visibility"}, False),
        ({"words": "Sanket"}, False),
        ({"words": "Sanket", "icon": False}, True),
        ({"words": "Sanket", "type": "submit"}, True),
    ],
)
def test_a_picture_that_sends_no_form_is_no_button_of_it(
    about: dict[str, Any], *, sends: bool
) -> None:
    values: dict[str, Any] = {
        "n": 30,
        "type": "button",
        "icon": True,
        "form": 9,
        "at": (744, 305, 24, 24),
    }
    control = Control(**(values | about))
    here = recognise(Look(ready=True, fields=(PIN,), controls=(control,)), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Form)
    assert (here.button == control) is sends


@pytest.mark.parametrize("words", ["\u00d7 Close", "Close", "Dismiss", "Close this window"])
def test_what_closes_a_form_does_not_send_it(words: str) -> None:
    """Though it is the only control beside the field: the Enter key sends the form."""
    control = Control(30, type="button", words=words, form=9, at=(744, 260, 24, 24))
    field = replace(MOBILE, heading="Log in")
    here = recognise(Look(ready=True, fields=(field,), controls=(control,)), LED, START)
    assert isinstance(here, Form)
    assert here.button is None


def _of_one_form(*words: str) -> list[Control]:
    kinds = {"Verify": "submit", "Login": "submit"}
    return [
        Control(n=30 + k, type=kinds.get(each, "button"), words=each, form=9, at=BELOW)
        for k, each in enumerate(words)
    ]


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        (("Send OTP", "Verify"), "Send OTP"),
        (("OTP भेजें", "Login"), "OTP भेजें"),
        # It sends the form itself, or is not for the first code.
        (("Get OTP",), None),
        (("Get OTP", "Need help?"), None),
        (("Get OTP", "Wheels up"), None),
        (("Resend OTP", "Verify"), None),
        (("Send gift code", "Login"), None),
        (("Generate API code", "Login"), None),
        (("Send OTP", "Get OTP by call", "Verify"), "Send OTP"),
        (("Send OTP", "Request code", "Verify"), None),
    ],
)
def test_the_button_that_has_a_code_sent_beside_the_one_that_sends_the_form(
    words: tuple[str, ...], asks: str | None
) -> None:
    found = asks_for_a_code(_of_one_form(*words), MOBILE)
    assert (found and found.words) == asks


@pytest.mark.parametrize(
    ("beside", "sends"),
    [
        (Control(n=8, tag="div", words="Get started", at=BELOW), False),
        (Control(n=8, tag="a", role="button", words="Get started", at=BELOW), False),
        (Control(n=8, tag="a", words="Products", at=BELOW), True),
        (Control(n=8, words="Resend OTP", at=BELOW), True),
    ],
)
def test_nothing_above_sends_a_field_that_may_have_a_button_of_its_own(
    beside: Control, *, sends: bool
) -> None:
    above = Control(n=7, words="Log in", at=(600, 220, 120, 40))
    look = Look(ready=True, fields=(OTP,), controls=(above, beside))
    assert (above in buttons_of(look, OTP)) is sends


@pytest.mark.parametrize(
    "words",
    [
        "Log in with QR",
        "Log in with Google",
        "Sign in using a passkey",
        "Log in by e-mail",
        "Continue with client ID",
    ],
)
@pytest.mark.parametrize("field", [MOBILE, PIN])
def test_what_logs_in_by_another_way_sends_no_form(words: str, field: Field) -> None:
    """Though it is nearer, and a real button beside one that is drawn by a script."""
    field = replace(field, form=0, heading="Log in")
    other = Control(30, type="button", words=words, at=(500, 350, 180, 40))
    own = Control(31, tag="ion-button", words="Continue", at=(500, 420, 180, 40))
    look = Look(ready=True, fields=(field,), controls=(other, own))
    traffic, sent = (LED, START) if field.n == MOBILE.n else (PIN_IS_SET, CODE_TAKEN)
    here = recognise(look, traffic, sent)
    assert isinstance(here, Form)
    assert here.button == own


@pytest.mark.parametrize(
    ("words", "sends"), [("", True), ("\u2192", True), ("Continue", True), ("Rotate keys", False)]
)
def test_a_button_without_words_sends_a_secret(words: str, sends: bool) -> None:
    """Such as a picture of an arrow; so Enter may press it."""
    assert sends_a_secret(words) is sends
