"""The number's field is known by its place where a login begins."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    BARE,
    BELOW,
    BUSINESS,
    LED,
    MOBILE,
    SILENT,
    START,
    button,
    page,
    purpose,
)
from upstox_browser_login.page.here import Form
from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.wire.calls import Traffic

UNMARKED = replace(MOBILE, id="", maxlength=-1, near=("Enter mobile number",))


@pytest.mark.parametrize(
    ("field", "traffic", "words", "expected"),
    [
        # Its words alone are one kind of evidence; so is an id that says something else.
        (UNMARKED, SILENT, "Get OTP", "Nothing"),
        (replace(UNMARKED, id="pinCode"), SILENT, "Get OTP", "Nothing"),
        (replace(UNMARKED, prefixed=True), SILENT, "Get OTP", "mobile"),
        (replace(UNMARKED, placeholder="+91 98765 43210"), SILENT, "Get OTP", "mobile"),
        (replace(UNMARKED, placeholder="XXXXX XXXXX"), SILENT, "Get OTP", "mobile"),
        # Alone on the page that the dialog has led to, with a button that sends a login.
        (UNMARKED, LED, "Get OTP", "mobile"),
        (replace(UNMARKED, id="pinCode"), LED, "OTP bhejein", "mobile"),
        (UNMARKED, LED, "Call me", "Nothing"),
        (UNMARKED, LED, "Log in", "mobile"),
        (replace(UNMARKED, near=("E-mail, phone or UCC",)), LED, "Next", "mobile"),
        (replace(UNMARKED, near=("Client code / Mobile number",)), LED, "Continue", "mobile"),
        (replace(UNMARKED, heading="Track your application"), LED, "Continue", "Nothing"),
        (replace(UNMARKED, near=("Your details",)), LED, "Get OTP", "Nothing"),
        (replace(UNMARKED, near=("Mobile for a call back",)), LED, "Get OTP", "Nothing"),
        (replace(UNMARKED, near=("Drop your number",)), LED, "Next", "mobile"),
        (replace(UNMARKED, near=("your number, please",)), LED, "Next", "mobile"),
        (replace(UNMARKED, near=("your number, please",)), LED, "Agla step", "mobile"),
        (replace(UNMARKED, near=("your number pleases us",)), LED, "Next", "Nothing"),
        (replace(UNMARKED, near=("What is your number?",)), LED, "Next", "mobile"),
        (
            replace(UNMARKED, near=("Which number is linked to your account?",)),
            LED,
            "Next",
            "mobile",
        ),
        (replace(UNMARKED, near=("The number registered with us",)), LED, "Next", "mobile"),
        (replace(UNMARKED, near=("PAN number linked to it",)), LED, "Next", "Nothing"),
        (replace(UNMARKED, near=("Your account number is linked",)), LED, "Next", "Nothing"),
        (replace(UNMARKED, near=("Code sent to your number",)), LED, "Next", "Nothing"),
        (replace(UNMARKED, near=("Your order number",)), LED, "Next", "Nothing"),
        (replace(UNMARKED, near=("Verify your number",)), LED, "Next", "Nothing"),
        # The full stop of a shortened word makes no sentence of it.
        (replace(UNMARKED, near=("Registered mobile no.",)), LED, "Proceed", "mobile"),
        (replace(UNMARKED, near=("We ask for your mobile.",)), LED, "Proceed", "Nothing"),
        (UNMARKED, LED, "कोड भेजें", "mobile"),
    ],
)
def test_a_number_that_nothing_but_words_and_place_tell_of(
    field: Field, traffic: Traffic, words: str, expected: str
) -> None:
    assert purpose(recognise(page(field, words=words), traffic, START)) == expected


@pytest.mark.parametrize(
    ("title", "words", "others", "expected"),
    [
        ("Login to Upstox", "Find me", (), "mobile"),
        ("Login to Upstox", "Get going", ("Privacy policy", "Open an account"), "mobile"),
        ("Upstox", "Find me", (), "Nothing"),
        # The login is behind another control.
        ("Login to Upstox", "Find me", ("Log in",), "Nothing"),
        ("Login to Upstox", "Find me", ("Show the QR code",), "Nothing"),
        ("Login to Upstox", "Save my seat", ("Skip",), "Nothing"),
        ("Login to Upstox", "Save my seat", ("\u2715",), "Nothing"),
        # What is sent there is for something else.
        ("Login to Upstox", "Start my trial", (), "Nothing"),
        ("Login to Upstox", "Apply now", (), "Nothing"),
        ("Login to Upstox", "Talk to us", (), "Nothing"),
        ("Login to Upstox", "Claim it", (), "Nothing"),
    ],
)
def test_the_only_form_of_a_page_that_is_called_a_login(
    title: str, words: str, others: tuple[str, ...], expected: str
) -> None:
    """In whatever words its one button sends it."""
    look = page(UNMARKED, words=words, title=title)
    more = tuple(
        Control(30 + n, words=each, at=(1100, 20, 90, 20)) for n, each in enumerate(others)
    )
    look = replace(look, controls=(*look.controls, *more))
    assert purpose(recognise(look, LED, START)) == expected


def test_the_place_of_the_number_is_alone_on_the_page() -> None:
    look = page(UNMARKED, replace(UNMARKED, n=8, near=("Referral",)), words="Get OTP")
    assert purpose(recognise(look, LED, START)) == "Nothing"


@pytest.mark.parametrize(
    ("heading", "other", "expected"),
    [
        ("Sign in to your account", BUSINESS, "mobile"),
        ("Your account", BUSINESS, "Nothing"),
        ("Sign in to your account", replace(BUSINESS, form=9), "Nothing"),
        ("Sign in to your account", replace(BUSINESS, label="Mobile number"), "Nothing"),
    ],
)
def test_the_number_is_alone_in_its_form_where_that_is_headed_as_a_login(
    heading: str, other: Field, expected: str
) -> None:
    look = page(replace(UNMARKED, heading=heading), other, words="Proceed")
    assert purpose(recognise(look, LED, START)) == expected


AMOUNT = Field(n=8, label="Amount", type="number", length=4, form=10, at=(900, 300, 240, 40))
REFUND = replace(BUSINESS, label="Mobile number", heading="Refunds")


@pytest.mark.parametrize(
    ("other", "words", "expected"),
    [
        (AMOUNT, "Start", "mobile"),
        (replace(AMOUNT, label="Search stocks", length=0), "Start", "mobile"),
        (replace(AMOUNT, label="Have an offer code?", maxlength=6, length=0), "Use", "mobile"),
        (REFUND, "Track", "mobile"),
        # What nobody knows may be the number's own, and so may one that is filled in.
        (replace(AMOUNT, length=0), "Start", "Nothing"),
        (replace(AMOUNT, length=10), "Start", "Nothing"),
        (REFUND, "Continue", "Nothing"),
        # A field of the same form, or close by outside of any.
        (replace(AMOUNT, form=9), "Start", "Nothing"),
        (replace(AMOUNT, form=0, at=BELOW), "Start", "Nothing"),
    ],
)
def test_the_number_has_its_place_where_all_others_are_for_something_else(
    other: Field, words: str, expected: str
) -> None:
    look = page(replace(UNMARKED, form=other.form if other.form == 0 else 9), other, words="Log in")
    theirs = replace(button(words, n=21), form=10, at=(900, 360, 240, 40))
    look = replace(look, controls=(*look.controls, theirs))
    assert purpose(recognise(look, LED, START)) == expected


@pytest.mark.parametrize(
    ("near", "words", "waits", "taken"),
    [
        ("Get the download link on your phone", "Text me the link", False, "Enter mobile number"),
        ("Get the app on your phone", "Beam me up", False, "Enter mobile number"),
        # Nobody knows what this sends, and the other is sent as a login is: neither is taken.
        ("Trade on the go", "Beam me up", False, ""),
        # Upstox's own button waits for the number.
        ("Trade on the go", "Beam me up", True, "Enter mobile number"),
        ("Trade on the go", "Continue", True, ""),
        ("Trade on the go", "Continue", False, ""),
        # The login's own field may speak of news, where its button sends a login.
        ("Get alerts and log in", "Send OTP", False, "10-digit number"),
        # What calls belongs to no login, whatever stands above it.
        ("Trade on the go", "Call me", False, "Enter mobile number"),
    ],
)
def test_a_link_is_sent_to_a_number_beside_the_logins(
    near: str, words: str, waits: bool, taken: str
) -> None:
    """However well its name, words and shape fit, and wherever it stands."""
    link = Field(
        n=8, type="tel", name="mobile", maxlength=10, placeholder="10-digit number", near=(near,)
    )
    link = replace(link, at=(474, 378, 179, 42))
    login = Field(n=1, near=("Enter mobile number",), at=(810, 242, 308, 50))
    look = Look(
        ready=True,
        fields=(link, login),
        controls=(
            Control(n=20, words=words, at=(474, 424, 121, 36)),
            Control(n=21, tag="div", words="Get OTP", disabled=waits, at=(810, 310, 300, 50)),
        ),
    )
    here = recognise(look, LED, START)
    found = {"Enter mobile number": login, "10-digit number": link}.get(taken)
    assert (here.field if isinstance(here, Form) else None) == found


@pytest.mark.parametrize(
    ("control", "taken"),
    [
        (None, True),
        (Control(n=20, tag="a", words="Need help?", at=BELOW), True),
        (Control(n=20, words="➤", at=BELOW), True),
        (Control(n=20, tag="div", role="button", words="▶", at=BELOW), True),
        (Control(n=20, icon=True, at=BELOW), True),
        (Control(n=20, words="Call me", at=BELOW), False),
        (Control(n=20, words="Zap", at=BELOW), False),
        (Control(n=20, words="✕", at=BELOW), False),
        (Control(n=20, words="?", at=BELOW), False),
    ],
)
def test_a_number_that_is_alone_is_sent_by_a_sign_or_by_enter(
    control: Control | None, taken: bool
) -> None:
    look = Look(ready=True, fields=(BARE,), controls=() if control is None else (control,))
    assert isinstance(recognise(look, LED, START), Form) is taken
    assert not isinstance(recognise(look, SILENT, START), Form)


@pytest.mark.parametrize(
    "words",
    [
        "Get updates on WhatsApp",
        "Get the app link by SMS",
        "We call you back",
        "Stuck? We'll ring you back",
        "Mobile number for the call",
        "Newsletter",
    ],
)
@pytest.mark.parametrize("where", ["near", "label"])
def test_a_number_for_news_begins_no_login(where: str, words: str) -> None:
    look = Look(ready=True, fields=(BARE,))
    assert isinstance(recognise(look, LED, START), Form)
    told = (words,) if where == "near" else words
    for_news = replace(look, fields=(replace(BARE, **{where: told}),))
    assert not isinstance(recognise(for_news, LED, START), Form)


def test_a_trap_for_programs_takes_the_number_no_place() -> None:
    trap = Field(n=8, label="Mobile number", faint=True, form=9, at=(500, 240, 240, 40))
    here = recognise(page(UNMARKED, trap, words="Get OTP"), LED, START)
    assert isinstance(here, Form)
    assert here.field is UNMARKED
    # Elsewhere it may be what draws the login's own boxes.
    assert not isinstance(
        recognise(page(UNMARKED, replace(trap, form=8), words="Get OTP"), LED, START), Form
    )


@pytest.mark.parametrize(
    "told",
    [
        "Beware of fraud: no executive can contact you for OTP",
        "By continuing you agree that our representatives may contact you",
        "Our executives can help you",
    ],
)
def test_a_warning_or_an_offer_of_help_leaves_the_number_where_it_is(told: str) -> None:
    field = replace(UNMARKED, near=(*UNMARKED.near, told))
    assert purpose(recognise(page(field, words="Get OTP"), LED, START)) == "mobile"


SUPPORT = Field(
    n=50,
    type="tel",
    placeholder="Phone number",
    near=("Share your number so that an agent can continue.", "Chat with us"),
    at=(975, 699, 208, 38),
)


@pytest.mark.parametrize(
    ("support", "expected"),
    [
        (SUPPORT, "mobile"),
        # Without these words it may be the number's as well.
        (replace(SUPPORT, near=()), "Nothing"),
    ],
)
def test_the_number_of_a_chat_with_an_agent_is_no_rival(support: Field, expected: str) -> None:
    """Its messages go into a field of their own."""
    message = Field(n=51, placeholder="Message", at=(975, 737, 208, 38))
    look = page(UNMARKED, support, message, words="Get OTP")
    here = recognise(look, LED, START)
    assert purpose(here) == expected
    if isinstance(here, Form):
        assert here.field.n == UNMARKED.n
    alone = page(SUPPORT, message, words="Continue")
    assert purpose(recognise(alone, LED, START)) == "Nothing"
