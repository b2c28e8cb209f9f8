"""What forbids a field for the mobile number although all else speaks for it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    AT,
    CODE_TAKEN,
    LED,
    MOBILE,
    OTP,
    PIN_IS_SET,
    SILENT,
    START,
    page,
    purpose,
)
from upstox_browser_login.page.fields.candidate import candidate
from upstox_browser_login.page.here import Form
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.recognise import recognise


def test_a_number_whose_own_row_ends_with_another_forms_button_is_not_typed() -> None:
    """Though the login's button stands below it as well, and neither is in a form."""
    number = replace(MOBILE, id="", label="", placeholder="Mobile number", form=0)
    look = page(number, words="Get OTP")
    look = replace(look, controls=tuple(replace(each, form=0) for each in look.controls))
    assert purpose(recognise(look, SILENT, START)) == "mobile"
    left, top, width, _ = number.at
    link = Control(31, words="Send link", at=(left + width + 8, top + 4, 80, 34))
    look = replace(look, controls=(link, *look.controls))
    assert not isinstance(recognise(look, SILENT, START), Form)


@pytest.mark.parametrize(
    ("head", "taken"),
    [
        ("Claim your gift", "Nothing"),
        ("Win a ₹500 voucher", "Nothing"),
        ("Get your free guide", "Nothing"),
        ("Unlock exclusive rewards", "Nothing"),
        ("Log in to claim your gift", "mobile"),
        ("Get started", "mobile"),
        ("Unlock your account", "mobile"),
        ("Trade and win", "mobile"),
    ],
)
def test_a_number_is_no_way_to_claim_something(head: str, taken: str) -> None:
    """Though it is the only form of the page, and its button has a code sent."""
    look = page(replace(MOBILE, heading=head), words="Get OTP", texts=(head,))
    assert purpose(recognise(look, SILENT, START)) == taken


@pytest.mark.parametrize(
    ("words", "beside", "taken"),
    [
        ("Save my seat", "Not today", "Nothing"),
        ("Save my seat", "Take me to login", "Nothing"),
        ("Save my seat", "Privacy policy", "mobile"),
        ("Get OTP", "Not today", "mobile"),
        ("Continue", "Log in", "mobile"),
    ],
)
def test_a_number_is_typed_into_no_form_that_can_be_passed_by(
    words: str, beside: str, taken: str
) -> None:
    """However well it is named, unless its button sends a login."""
    look = page(MOBILE, words=words)
    other = Control(31, tag="a", words=beside, at=(1100, 20, 90, 20))
    if beside == "Take me to login":  # it may be of the very form
        other = replace(other, tag="button", type="button", form=9, at=(750, 360, 120, 44))
    look = replace(look, controls=(*look.controls, other))
    assert purpose(recognise(look, SILENT, START)) == taken


@pytest.mark.parametrize(
    ("head", "words", "taken"),
    [
        ("Free IPO guide", "Skip, take me to login", "Nothing"),
        ("Open a free demat account", "Log in instead", "Way"),
        ("Register for Saturday's webinar", "Skip to login", "Nothing"),
        ("Get your tax P&L", "Skip", "Nothing"),
        ("Get your tax P&L report", "Privacy policy", "mobile"),
        ("Trade smarter", "Skip", "mobile"),
        ("Namaste", "Existing user? Login", "mobile"),
        ("Log in to Upstox", "Skip", "mobile"),
        ("Enter your mobile number", "Skip", "mobile"),
        ("Upstox", "Log in", "mobile"),
        ("", "Skip", "mobile"),
    ],
)
def test_no_number_goes_into_an_offer_that_has_a_code_sent(
    head: str, words: str, taken: str
) -> None:
    """Its button says the same as a login's, but no login can be skipped."""
    look = page(replace(MOBILE, heading=head), words="Get OTP", texts=(head,) if head else ())
    skips = Control(31, tag="a", words=words, heading=head, at=(500, 420, 200, 30))
    assert purpose(recognise(look, SILENT, START)) == "mobile"
    look = replace(look, controls=(*look.controls, skips))
    assert purpose(recognise(look, SILENT, START)) == taken


@pytest.mark.parametrize(
    "other",
    [
        Field(n=7, tag="textarea", label="What went wrong?", form=9, at=(500, 240, 240, 40)),
        Field(n=7, label="Your name", form=9, at=(500, 240, 240, 40)),
    ],
)
def test_a_number_is_typed_into_no_form_that_takes_a_message_or_a_name(other: Field) -> None:
    assert purpose(recognise(page(MOBILE, other), SILENT, START)) != "mobile"
    assert purpose(recognise(page(MOBILE, replace(other, form=8)), SILENT, START)) == "mobile"


@pytest.mark.parametrize(
    ("heading", "words", "logs_in"),
    [
        ("Request a call back", "Submit", False),
        ("Raise a complaint", "Continue", False),
        ("Need help?", "Continue", False),
        ("Welcome", "Call me", False),
        ("Check IPO allotment", "Continue", False),
        ("Get the app", "Send", False),
        ("Unsubscribe", "Confirm", False),
        ("Add an alternate number", "Continue", False),
        ("Block your account", "Get OTP", False),
        ("Forgot PIN", "Continue", False),
        # Such a heading may stand above the login of a page without one.
        ("Get the app", "Get OTP", True),
        ("Get the app, or log in", "Continue", True),
        ("Welcome", "Continue", True),
    ],
)
def test_a_number_is_typed_for_no_other_errand(heading: str, words: str, *, logs_in: bool) -> None:
    field = replace(MOBILE, id="", heading=heading)
    here = recognise(page(field, words=words), SILENT, START)
    assert (purpose(here) == "mobile") is logs_in


@pytest.mark.parametrize(
    "head",
    [
        "Block my account",
        "Forgot PIN",
        "Lost your authenticator?",
        "Raise a complaint",
        "Stop calls",
        "Recharge",
    ],
)
def test_no_number_goes_where_the_heading_names_another_deed(head: str) -> None:
    look = page(replace(MOBILE, heading=head), words="Get OTP", texts=(head,))
    assert purpose(recognise(look, SILENT, START)) == "Nothing"


def test_a_number_may_be_shared_to_log_in() -> None:
    heading = "Share your mobile number to continue"
    look = replace(page(replace(MOBILE, heading=heading)), texts=(Text(heading, head=True),))
    assert purpose(recognise(look, SILENT, START)) == "mobile"


@pytest.mark.parametrize(
    ("near", "box", "taken"),
    [
        (("Mobile number",), "Call me even if I\u2019m on DND", "Nothing"),
        (("Mobile number", "An expert will call you"), "Keep me signed in", "Nothing"),
        (("Mobile number", "I'll get an agent to call you"), "Keep me signed in", "Nothing"),
        (("Mobile number", "Leave your number"), "Keep me signed in", "Nothing"),
        (("Mobile number", "Never leave your number with strangers"), "Stay", "mobile"),
        (("Mobile number", "Our team never calls you"), "Keep me signed in", "mobile"),
        (("Mobile number", "If our team calls you, hang up"), "Keep me signed in", "mobile"),
        (("Mobile number",), "Call me with the code", "mobile"),
        (("Mobile number",), "Keep me signed in", "mobile"),
    ],
)
def test_no_number_goes_where_somebody_calls_it(
    near: tuple[str, ...], box: str, taken: str
) -> None:
    """Though its button has a code sent."""
    look = page(replace(MOBILE, near=near), words="Get OTP to confirm", texts=near)
    tick = Control(31, words=box, type="checkbox", form=9, at=(500, 345, 14, 14))
    look = replace(look, controls=(*look.controls, tick))
    assert purpose(recognise(look, SILENT, START)) == taken


@pytest.mark.parametrize(
    ("heading", "title", "taken"),
    [
        ("Portfolio review", "", False),
        ("Get tips from experts", "Upstox", False),
        ("Emergency contact", "", False),
        ("Your details", "", False),
        # The page is called a login, whatever it praises.
        ("Get tips from experts", "Login to Upstox", True),
        ("Trade smarter", "", True),
        ("Log in for your portfolio review", "", True),
        ("Built for experts", "", True),
        ("Trusted by experts", "", True),
        ("Score more with Upstox", "", True),
    ],
)
def test_a_number_needs_a_word_of_the_login_under_a_heading_of_an_errand(
    heading: str, title: str, *, taken: bool
) -> None:
    look = page(replace(MOBILE, heading=heading), words="Get OTP", texts=(heading,), title=title)
    assert (purpose(recognise(look, SILENT, START)) == "mobile") is taken


@pytest.mark.parametrize(
    ("heading", "dialog", "typed"),
    [
        ("Open a free demat account", 4, False),
        # It may be the heading of all that stands on the page.
        ("Open a free demat account", 0, True),
        ("Log in or open an account", 4, True),
        ("Log in", 4, True),
    ],
)
def test_no_number_goes_into_a_dialog_that_opens_an_account(
    heading: str, dialog: int, *, typed: bool
) -> None:
    field = replace(MOBILE, heading=heading, dialog=dialog)
    look = replace(page(field, words="Get started"), modal=dialog != 0)
    assert (purpose(recognise(look, SILENT, START)) == "mobile") is typed


@pytest.mark.parametrize(
    ("label", "taken"),
    [
        ("Beneficiary mobile", False),
        ("Payee mobile number", False),
        ("Witness phone", False),
        ("Enter your old mobile number", False),
        ("Your Upstox mobile number", True),
        ("Enter 10-digit mobile number", True),
        ("Registered phone number", True),
        ("Indian mobile number", True),
        ("Preferred mobile number", True),
    ],
)
def test_only_the_persons_own_number_is_typed(label: str, *, taken: bool) -> None:
    look = page(replace(MOBILE, near=(label, "+91")), words="Get OTP")
    assert (purpose(recognise(look, LED, START)) == "mobile") is taken


def test_a_number_that_stood_beside_the_code_is_no_way_back_to_the_start() -> None:
    """The form to open an account may stand on every screen."""
    field = replace(MOBILE, id="lead", form=4)
    look = page(field, words="Go on")
    sent = replace(CODE_TAKEN, field=OTP.n)
    assert purpose(recognise(look, PIN_IS_SET, sent)) == "mobile"
    assert purpose(recognise(look, PIN_IS_SET, replace(sent, beside=(field.likeness,)))) != "mobile"


@pytest.mark.parametrize(
    ("before", "taken"),
    [
        ("New to Upstox?", "mobile"),
        ("Don't have an account?", "mobile"),
        ("अकाउंट नहीं है?", "mobile"),
        ("Ready to invest?", "Nothing"),
        ("Free for a year!", "Nothing"),
    ],
)
@pytest.mark.parametrize("form", [0, 9])
def test_a_link_that_answers_a_question_sends_no_form(form: int, before: str, taken: str) -> None:
    """The button may come once the number stands there, or the form be sent by Enter."""
    field = replace(MOBILE, form=form, heading="Log in to Upstox")
    link = Control(5, tag="a", words="Open account", at=(640, 420, 100, 20))
    texts = (Text("Enter mobile number"), Text(before), Text("Open account", control=True))
    look = Look(ready=True, fields=(field,), controls=(link,), texts=texts)
    assert purpose(recognise(look, LED, START)) == taken
    # Without a word of a login the form may be the link's own.
    other = replace(look, fields=(replace(field, heading="Get started"),))
    assert purpose(recognise(other, LED, START)) == "Nothing"


@pytest.mark.parametrize(
    ("label", "taken"),
    [
        ("Open a free account: your mobile number", False),
        ("Your mobile number, to register", False),
        ("Mobile number for the download link", False),
        ("Registered mobile number", True),
        ("Mobile number you used to open your account", True),
        ("Mobile number you gave to register", True),
        ("Mobile number to log in or register", True),
    ],
)
def test_no_number_goes_into_a_field_that_is_named_as_another_forms(
    label: str, *, taken: bool
) -> None:
    field = replace(MOBILE, label=label, near=("+91",))
    assert (purpose(recognise(page(field, words="Continue"), LED, START)) == "mobile") is taken
    sentence = replace(MOBILE, near=(f"{label} is", f"{label} is +91, if you please."))
    found = candidate(sentence, "mobile", page(sentence), START, LED)
    assert found.forbidden is not taken


@pytest.mark.parametrize(
    ("heading", "words", "taken"),
    [
        ("", "Send", "Nothing"),
        ("Log in to Upstox", "Send", "mobile"),
        ("We text you a code", "Send", "mobile"),
        ("", "Send OTP", "mobile"),
        ("", "Continue", "mobile"),
    ],
)
def test_no_number_goes_into_what_may_be_a_chat(heading: str, words: str, taken: str) -> None:
    """Until the login's own form is drawn, a chat has the only field for a number."""
    chat = Field(n=1, type="tel", placeholder="Your mobile number", maxlength=10, heading=heading)
    assert purpose(recognise(page(replace(chat, at=AT), words=words), SILENT, START)) == taken
