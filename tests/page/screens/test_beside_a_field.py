"""Screens that are passed although they have a field, since no login needs it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    AT,
    CODE_TAKEN,
    LOGGED_IN,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    SILENT,
    START,
    screen_of,
    screen_that_says,
)
from upstox_browser_login.page.here import Form, Nothing, Way
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.recognise import recognise


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


_LINK = Field(n=5, label="Mobile number", near=("We text you a link",), heading="Get the app")


_UPI = Field(n=5, label="UPI PIN", masked=True, maxlength=6, heading="Approve your mandate")


@pytest.mark.parametrize(
    ("field", "words", "dialog", "passed"),
    [
        (_LINK, "\u2715 Close", 4, True),
        (_LINK, "Later", 4, True),
        (_LINK, "\u2715 Close", 0, False),
        (_LINK, "Send link", 4, False),
        (_UPI, "Close", 4, False),
        (replace(_LINK, heading="Log in for the best offers"), "\u2715", 4, False),
        # Nothing of a person's is called off.
        (Field(n=5, label="Reason", heading="Cancel your SIP?"), "Cancel", 4, False),
        (Field(n=5, label="Quantity", heading="Close position"), "Close", 4, False),
        # What the login may need is not closed.
        (replace(PIN, n=5, near=("We e-mailed a code",)), "\u2715", 4, False),
        (Field(n=5, label="Last 4 digits of your PAN", maxlength=4), "\u2715", 4, False),
        (replace(PIN, n=5), "Close", 4, False),
        (replace(OTP, n=5), "\u2715", 4, False),
    ],
)
def test_a_dialog_that_texts_a_link_is_closed_before_the_login_begins(
    field: Field, words: str, dialog: int, *, passed: bool
) -> None:
    field = replace(field, dialog=dialog, form=0, at=AT)
    other = Control(n=8, words="Send link", dialog=dialog, at=(500, 360, 90, 40))
    own = Control(n=7, words=words, dialog=dialog, at=(600, 360, 90, 40))
    look = Look(ready=True, fields=(field,), controls=(own, other), modal=dialog > 0)
    begun = field.label == "Mobile number"
    here = recognise(look, SILENT if begun else PIN_IS_SET, START if begun else CODE_TAKEN)
    assert (isinstance(here, Way) and here.control.words == words) is passed


def _over_the_pin(field: Field, *words: str) -> Look:
    """A dialog with a field over the PIN's form."""
    asks = screen_of("Mandate pending", *words, modal=True)
    return replace(
        asks,
        fields=(
            replace(PIN, covered=True),
            replace(field, n=9, dialog=8, heading="Mandate pending", at=AT),
        ),
        texts=tuple(replace(each, dialog=8) for each in asks.texts),
        controls=tuple(replace(each, dialog=8) for each in asks.controls),
    )


@pytest.mark.parametrize(
    ("label", "words", "passes"),
    [
        ("UPI PIN", ("Approve", "Later"), True),
        ("Bank PIN", ("Pay", "Not now"), True),
        ("OTP from HDFC", ("Pay", "Skip"), True),
        ("UPI PIN", ("Approve", "Decline"), False),
        ("6-digit PIN", ("Confirm", "Later"), True),
        ("6-digit PIN", ("Confirm", "Reject"), False),
    ],
)
def test_a_dialog_for_another_secret_is_only_put_off(
    label: str, words: tuple[str, str], *, passes: bool
) -> None:
    for sent in (NUMBER_TAKEN, CODE_TAKEN):
        look = _over_the_pin(Field(n=9, label=label, masked=True, maxlength=6), *words)
        here = recognise(look, SILENT, sent)
        assert (isinstance(here, Way) and here.control.words == words[1]) is passes
        assert not isinstance(here, Form)


@pytest.mark.parametrize("label", ["UPI PIN", "OTP from HDFC"])
def test_a_dialog_that_is_no_modal_is_put_off_where_its_field_names_another(label: str) -> None:
    look = _over_the_pin(Field(n=9, label=label, masked=True, maxlength=6), "Approve", "Later")
    here = recognise(replace(look, modal=False), SILENT, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == "Later"
