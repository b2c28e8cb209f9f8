"""Screens on which a login ends, and what only looks like one."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    CODE_TAKEN,
    LOGGED_IN,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    SILENT,
    START,
    button,
    page,
    purpose,
    screen_of,
    screen_that_says,
)
from tests.page.views import PIN_SENT
from upstox_browser_login.page.here import Form, Sent, Stop, Way
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.wire.calls import Traffic


def test_a_field_that_creates_a_pin_takes_none() -> None:
    """Create PIN has the ids of the PIN form."""
    field = replace(PIN, label="", heading="Create a new 6-digit PIN")
    look = replace(page(field), texts=(Text("Create a new 6-digit PIN", head=True),))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Stop)
    assert here.meaning == "no PIN yet"


def test_whoever_has_several_accounts_is_asked_who_they_are() -> None:
    look = screen_of("Who are you trading as?", "Asha Rao, 7ABC12", "Rao Family HUF, 9XYZ88")
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Stop)
    assert here.meaning == "several accounts"


@pytest.mark.parametrize(
    ("field", "asks"),
    [
        (Field(n=8, type="search", placeholder="Search stocks"), True),
        (Field(n=8, label="Enter 6-digit PIN"), False),
    ],
)
@pytest.mark.parametrize("title", ["Who are you trading as?", "Select an account"])
def test_a_search_above_a_choice_of_accounts_makes_no_form_of_it(
    title: str, field: Field, *, asks: bool
) -> None:
    look = screen_of(title, "Asha Rao, 7ABC12", "Rao Family HUF, 9XYZ88")
    here = recognise(replace(look, fields=(field,)), PIN_IS_SET, CODE_TAKEN)
    assert (isinstance(here, Stop) and here.meaning == "several accounts") is asks


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


@pytest.mark.parametrize("before", [False, True])
def test_a_lock_that_was_spoken_of_before_the_pin_is_none(before: bool) -> None:
    said = Text("Account was locked", live="alert")
    look = replace(page(PIN), texts=(said,))
    sent = replace(CODE_TAKEN, pin=True, last="pin", lock_told=before, pressed_at=91.0)
    assert isinstance(recognise(look, PIN_IS_SET, sent), Stop) != before
    # Nor is one of which it speaks while the PIN stands there and was not sent yet.
    typed = replace(sent, lock_told=False, pressed_at=None, typed_at=90.0)
    assert not isinstance(recognise(look, PIN_IS_SET, typed), Stop)


@pytest.mark.parametrize(
    ("text", "is_now"),
    [
        ("Upstox is under scheduled maintenance. We will be back soon.", True),
        ("Scheduled maintenance on Saturday 10 pm: the site will be unavailable.", False),
        # A part of what Upstox offers.
        ("Commodity segment is under maintenance.", False),
        ("UPI payments are temporarily unavailable.", False),
        ("Option chain: back soon", False),
        ("The commodity segment is under maintenance. We will be back soon.", True),
        ("System under maintenance, no trading for now", True),
        ("Login is temporarily unavailable for F&O users", True),
        ("Our trading platform is under maintenance", True),
        ("Fund transfers are temporarily unavailable", False),
        ("Fund transfer via UPI is temporarily unavailable", False),
        ("Chat support and QR code login are temporarily unavailable.", False),
        ("Biometric login is temporarily unavailable", False),
        ("Some features are temporarily unavailable", False),
        ("Some features are temporarily unavailable. Login is temporarily unavailable.", True),
        ("QR code login and mobile login are temporarily unavailable", True),
        ("Chat is temporarily unavailable, and so is login", True),
        ("Our services are temporarily unavailable", True),
    ],
)
def test_only_maintenance_of_the_login_and_of_now_ends_it(text: str, is_now: bool) -> None:
    here = recognise(Look(ready=True, texts=(Text(text),)), SILENT, Sent())
    assert isinstance(here, Stop) == is_now


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        ("Just a moment…", True),
        ("Just a moment... verify you are human before logging in", True),
        ("Just a moment, logging you in", False),
        ("Signing you in. Just a moment", False),
        ("Just a moment while we redirect you", False),
    ],
)
def test_a_moment_to_log_in_is_no_check_for_robots(text: str, checks: bool) -> None:
    here = recognise(Look(ready=True, texts=(Text(text),)), SILENT, Sent())
    assert isinstance(here, Stop) == checks


@pytest.mark.parametrize(
    ("head", "text", "words", "ends"),
    [
        ("Heads-up: scheduled maintenance", "Payouts will pause on Saturday.", "Noted", False),
        # It is under way, nothing is to come, or nothing leads on.
        ("We are under scheduled maintenance", "Payouts will pause on Sunday.", "Noted", True),
        ("Scheduled maintenance", "Please come back at 7:30 AM.", "Okay", True),
        ("Scheduled maintenance", "Login will be back on Sunday.", "Retry", True),
        ("Scheduled maintenance", "You can log in again tomorrow.", "OK", True),
        ("Scheduled maintenance", "Login is closed. It opens on Monday.", "OK", True),
        ("Scheduled maintenance", "We will be down on Saturday from 10 PM.", "OK", False),
    ],
)
def test_maintenance_that_a_heading_announces_ends_nothing(
    head: str, text: str, words: str, *, ends: bool
) -> None:
    look = screen_of(head, words)
    here = recognise(replace(look, texts=(*look.texts, Text(text))), SILENT, Sent())
    assert isinstance(here, Stop) == ends


@pytest.mark.parametrize(("words", "chooses"), [(["Asha", "Ravi"], True), (["Asha"], False)])
def test_a_choice_between_accounts_has_more_than_one(words: list[str], *, chooses: bool) -> None:
    """Also where no answer has told how many there are."""
    here = recognise(screen_of("Choose an account to continue", *words), SILENT, NUMBER_TAKEN)
    assert (isinstance(here, Stop) and here.name == "account chooser") == chooses


@pytest.mark.parametrize(
    ("words", "chooses"),
    [
        (["Personal · 7ABC12", "Rao Family HUF · 9XYZ88"], True),
        (["Personal · 7ABC12", "Switch account"], False),
        (["7ABC12", "Log out 7ABC12"], False),
        (["Pay ₹500", "Order 6 digits"], False),
    ],
)
def test_controls_with_a_client_code_each_are_accounts_to_choose(
    words: list[str], *, chooses: bool
) -> None:
    here = recognise(screen_of("Where to, Asha?", *words), PIN_IS_SET, CODE_TAKEN)
    assert (isinstance(here, Stop) and here.name == "account chooser") == chooses


def test_a_page_that_says_very_much_hides_no_message() -> None:
    """Only so much of it is read, so that no look takes seconds: what is marked comes first."""
    much = tuple(Text(f"{each} {'word ' * 70}") for each in range(100))
    maintenance = Text("We are under maintenance.", live="alert")
    assert isinstance(recognise(Look(ready=True, texts=(*much, maintenance)), SILENT, Sent()), Stop)
    unmarked = replace(maintenance, live="")
    here = recognise(Look(ready=True, texts=(*much, unmarked)), SILENT, Sent())
    assert not isinstance(here, Stop)


@pytest.mark.parametrize(
    "text",
    [
        "Your account has been locked due to too many attempts. Never share your PIN or OTP.",
        "Your account is locked for your safety because of suspected fraud.",
        "Your account was locked a few minutes ago after five wrong PINs. Unlock it below.",
        "Your account has been locked after five wrong PINs in the last session.",
        "Your account has been locked: the PINs entered earlier were incorrect.",
        "Your account has been locked. Beware of fraudsters who ask for your PIN.",
        "Your account has been locked. If you need help, call us. Have you lost your PIN?",
        "We are sorry to say that your account has been locked.",
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_a_lock_is_believed_whatever_else_the_text_warns_of(text: str, marked: bool) -> None:
    unlock = (button("Unlock account"),)
    look = Look(ready=True, controls=unlock, texts=(Text(text, head=marked),))
    here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True, last="pin"))
    assert isinstance(here, Stop)
    assert here.meaning == "locked"


@pytest.mark.parametrize(
    "text",
    [
        "Too many incorrect attempts. Try again after 10 minutes",
        "Too many incorrect OTP attempts. Try again later.",
    ],
)
def test_a_limit_of_attempts_is_no_lock(text: str) -> None:
    look = Look(ready=True, texts=(Text(text, live="alert"),))
    here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True, last="pin", pressed_at=1.0))
    assert not (isinstance(here, Stop) and here.meaning == "locked")


@pytest.mark.parametrize(
    "text",
    [
        "Too many incorrect attempts. Please try after 24 hours",
        "Too many incorrect pin entries. Reset PIN to continue",
        "Too many incorrect login attempts",
    ],
)
def test_too_many_refusals_are_a_lock(text: str) -> None:
    look = Look(ready=True, texts=(Text(text, live="alert"),))
    here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True, last="pin", pressed_at=1.0))
    assert isinstance(here, Stop)
    assert here.meaning == "locked"


LOCK = "Due to too many incorrect PIN attempts, your account has been locked."
HELP = button("Unlock account", n=31, tag="a", type="", form=0)


@pytest.mark.parametrize(
    "said", [Text(LOCK, live="alert"), Text("Your account has been locked", head=True)]
)
@pytest.mark.parametrize("closed", [False, True])
def test_a_text_and_a_link_of_help_lock_nothing(said: Text, closed: bool) -> None:
    """Beside an open form the link leads to help; a field may be closed for a moment."""
    look = replace(page(replace(PIN, disabled=closed)), texts=(said,))
    if not closed:
        look = replace(look, controls=(*look.controls, HELP))
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Stop)


@pytest.mark.parametrize("words", ["Unlock account", "Continue"])
@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Your account is locked", False),
        ("Account locked", False),
        ("Your account is locked. Enter your PIN to unlock it.", True),
        ("Your account is locked until you enter your PIN", True),
        ("Your account is locked until you verify your identity", False),
        ("Your account has been locked until you reset your PIN", False),
        ("Account locked. Reset your PIN to unlock your account", False),
        ("Account locked. You cannot use your PIN until you unlock it.", False),
        ("Your account is locked after 5 attempts to enter your PIN", False),
    ],
)
@pytest.mark.parametrize("at", ["alert", ""])
def test_a_lock_that_the_pin_opens_is_none(at: str, text: str, words: str, *, asks: bool) -> None:
    """A text alone is believed only beside a button that unlocks."""
    look = replace(page(PIN, words=words), texts=(Text(text, live=at, head=not at),))
    expected = "pin" if asks or words == "Continue" else "Stop"
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == expected
    # A text that stood there before the code was typed is the page's.
    told = replace(CODE_TAKEN, lock_told=True)
    assert purpose(recognise(look, PIN_IS_SET, told)) == "pin"


@pytest.mark.parametrize(
    "text",
    [
        "Messages that say “your account has been locked” are fake.",
        "Your account was locked in the session of yesterday.",
        "Your account was locked on 12 Nov and is open again.",
        "We never mail you that your account is locked.",
        "A caller says that your account is locked. Hang up.",
        "Your account was locked on 3 March. It is open.",
        "Your account was locked on 12.11.2025 and opened again.",
        "Your account was locked three days ago.",
        "What if my account has been locked? We will help.",
        "After 5 wrong PINs, your account is locked for 24 hours.",
        "Your MTF account is blocked.",
    ],
)
def test_a_lock_of_the_past_or_of_a_scam_is_none(text: str) -> None:
    look = Look(ready=True, texts=(Text(text, head=True),), controls=(HELP, button("OK")))
    assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Stop)


@pytest.mark.parametrize(
    ("label", "creates"),
    [
        ("Choose a secret 6-digit login PIN", True),
        ("Pick any six digits as your PIN", True),
        ("Create your very own trading PIN", True),
        ("PIN you set", False),
        ("PIN set by the client", False),
        ("Enter the PIN you chose", False),
    ],
)
def test_no_pin_is_typed_where_one_is_made_up(label: str, *, creates: bool) -> None:
    here = recognise(page(replace(PIN, label=label)), SILENT, CODE_TAKEN)
    assert (purpose(here) == "pin") is not creates


def test_a_form_to_change_the_pin_that_stands_on_every_screen_ends_nothing() -> None:
    new_pin = Field(n=8, masked=True, label="New PIN", form=4, at=(900, 300, 240, 40))
    look = Look(ready=True, fields=(new_pin,), texts=(Text("Verifying"),))
    assert isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Stop)
    sent = replace(CODE_TAKEN, beside=(new_pin.likeness,))
    assert not isinstance(recognise(look, PIN_IS_SET, sent), Stop)


def test_a_pin_that_may_be_changed_beside_its_form_is_set_already() -> None:
    new = replace(PIN, n=8, id="", label="New PIN", form=7, at=(500, 700, 240, 40))
    assert purpose(recognise(page(PIN, new), PIN_IS_SET, CODE_TAKEN)) == "pin"
    assert purpose(recognise(page(new), PIN_IS_SET, CODE_TAKEN)) == "Stop"


@pytest.mark.parametrize("first", [PIN, replace(OTP, length=6), replace(MOBILE, length=10)])
def test_nothing_is_typed_into_a_form_that_changes_the_pin(first: Field) -> None:
    """Its first field asks for what a login asks for as well."""
    new = replace(PIN, n=8, id="", label="New PIN", at=(500, 380, 240, 40))
    here = recognise(page(first, new), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Stop)
    assert here.name == "create PIN"


def asks_twice(heading: str, first: str, second: str, **about: Any) -> Look:
    """A form of two fields, one below the other."""
    one = replace(PIN, id="", label=first, heading=heading, **about)
    other = replace(one, n=4, label=second, at=(500, 380, 240, 40))
    return replace(page(one, other), texts=(Text(heading, head=True),))


@pytest.mark.parametrize("sent", [CODE_TAKEN, PIN_SENT])
@pytest.mark.parametrize(
    ("heading", "first", "second"),
    [
        ("Create a PIN", "New PIN", "Confirm PIN"),
        ("Set new PIN", "New PIN", "Confirm PIN"),
        ("Your PIN has expired", "New PIN", "Confirm PIN"),
        ("Your PIN has expired", "6-digit PIN", "Enter it again"),
        ("Your PIN has expired, choose a new one", "", ""),
        ("Welcome", "6-digit PIN", "Once more"),
    ],
)
def test_a_pin_that_is_asked_for_twice_is_a_new_one(
    sent: Sent, heading: str, first: str, second: str
) -> None:
    """Whatever the page says above it, also in place of the PIN that was set before."""
    here = recognise(asks_twice(heading, first, second), PIN_IS_SET, sent)
    assert isinstance(here, Stop)
    assert here.name == "create PIN"


@pytest.mark.parametrize(("label", "creates"), [("Confirm PIN", True), ("Date of birth", False)])
def test_a_field_that_shows_a_new_pin_must_be_named_as_one(label: str, *, creates: bool) -> None:
    """What else is asked for under the heading is none."""
    shown: dict[str, Any] = {"masked": False, "type": "tel"}
    one = replace(PIN, id="", label=label, heading="Create a PIN", **shown)
    here = recognise(page(one), PIN_IS_SET, CODE_TAKEN)
    assert (isinstance(here, Stop) and here.name == "create PIN") is creates


@pytest.mark.parametrize(
    ("first", "second"),
    [("Password", "PIN, to confirm"), ("Code from your app", "PIN, to confirm"), ("PIN", "")],
)
def test_two_secrets_in_one_form_are_not_one_new_pin(first: str, second: str) -> None:
    here = recognise(asks_twice("Welcome", first, second), PIN_IS_SET, CODE_TAKEN)
    assert not isinstance(here, Stop)


def test_a_new_pin_that_has_a_button_of_its_own_is_only_offered() -> None:
    new = replace(PIN, n=8, id="", label="New PIN", at=(500, 380, 240, 40))
    change = button("Change and log in", n=21, type="button", at=(500, 440, 240, 40))
    offered = page(PIN, new)
    offered = replace(offered, controls=(*offered.controls, change))
    assert purpose(recognise(offered, PIN_IS_SET, CODE_TAKEN)) == "pin"


def test_a_screen_that_only_opens_an_account_is_for_who_has_none() -> None:
    look = screen_of("Welcome to Upstox", "Open account")
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert isinstance(here, Stop)
    assert here.meaning == "no customer"


@pytest.mark.parametrize(
    ("sent", "traffic"),
    [(CODE_TAKEN, SILENT), (LOGGED_IN, SILENT), (NUMBER_TAKEN, PIN_IS_SET)],
)
def test_an_account_that_is_offered_to_a_customer_says_nothing_of_the_number(
    sent: Sent, traffic: Traffic
) -> None:
    """Told as a refusal, it would send its owner to look for a wrong number."""
    look = screen_of("Open a demat account", "Open account")
    assert not isinstance(recognise(look, traffic, sent), Stop)


def test_an_account_that_is_offered_on_a_screen_to_skip_is_advertised() -> None:
    look = screen_of("Open a family account", "Open account", "Skip")
    assert isinstance(recognise(look, SILENT, NUMBER_TAKEN), Way)


FOOT = (
    Text("Upstox Securities Pvt. Ltd. ·", footer=True),
    Text("Help", control=True, footer=True),
    Text("Open an account", control=True, footer=True),
)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("You're in", ()),
        ("We are looking at your papers", ()),
        ("Our charges change on 1 December", ("I've read this",)),
        ("Our terms have changed", ("I accept",)),
    ],
)
def test_the_foot_of_a_site_says_nothing_of_the_number(title: str, words: tuple[str, ...]) -> None:
    look = screen_of(title, *words)
    foot = tuple(Control(n, tag="a", words=each.text) for n, each in enumerate(FOOT[1:], 50))
    look = replace(look, texts=look.texts + FOOT, controls=look.controls + foot)
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert not (isinstance(here, Stop) and here.meaning == "no customer")


def test_links_and_what_stands_above_the_heading_offer_no_account_in_its_stead() -> None:
    """They are the same on every page of a site."""
    bar = (Text("Open demat account", control=True), Text("Please wait", head=True))
    link, press = (Control(5, tag=tag, words=bar[0].text) for tag in ("a", "button"))
    for control, texts in ((link, bar[::-1]), (press, bar)):
        look = Look(ready=True, texts=texts, controls=(control,))
        assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Stop)
    look = Look(ready=True, texts=bar[::-1], controls=(press,))
    assert isinstance(recognise(look, SILENT, NUMBER_TAKEN), Stop)
    stood = replace(NUMBER_TAKEN, stood=frozenset({press.words}))
    assert not isinstance(recognise(look, SILENT, stood), Stop)


def test_a_page_that_goes_on_by_itself_only_advertises_an_account() -> None:
    look = screen_that_says("Almost there", "Taking you back to your app…", "Open account")
    assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Stop)
    look = screen_that_says("Almost there", "It takes five minutes.", "Open account")
    assert isinstance(recognise(look, SILENT, NUMBER_TAKEN), Stop)


@pytest.mark.parametrize(
    ("title", "stops"),
    [
        ("You're not an Upstox customer yet", True),
        ("This number isn't registered", True),
        ("Not registered", True),
        ("Not registered?", False),
        ("Your nominee is not registered", False),
        ("You're not registered for DDPI", False),
    ],
)
def test_a_heading_says_that_the_number_is_no_customers(title: str, *, stops: bool) -> None:
    here = recognise(screen_of(title, "Continue"), SILENT, NUMBER_TAKEN)
    assert (isinstance(here, Stop) and here.meaning == "no customer") is stops


@pytest.mark.parametrize(
    ("title", "stops"),
    [
        ("Your account is dormant", True),
        ("Your demat account is inactive", True),
        ("Your MTF account is inactive", False),
        ("Your bank account is inactive", False),
    ],
)
def test_another_account_that_is_inactive_is_not_ones_own(title: str, stops: bool) -> None:
    here = recognise(screen_of(title, "Reactivate", "Later"), PIN_IS_SET, CODE_TAKEN)
    assert (isinstance(here, Stop) and here.meaning == "inactive") is stops


@pytest.mark.parametrize(
    ("text", "stops"), [("Maximum 3 attempts", False), ("Too many attempts", True)]
)
def test_a_limit_that_holds_for_everybody_blocks_no_code(text: str, *, stops: bool) -> None:
    look = page(replace(OTP, disabled=True), texts=(text,))
    assert isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Stop) is stops


def test_no_account_is_locked_before_upstox_knows_whose_it_is() -> None:
    """A card of help beside the number's form has such a heading and a button as well."""
    look = page(MOBILE)
    look = replace(
        look,
        controls=(*look.controls, button("Unlock account")),
        texts=(*look.texts, Text("Account locked", head=True)),
    )
    assert isinstance(recognise(look, SILENT, START), Form)
    look = Look(
        ready=True, controls=(button("Unlock account"),), texts=(Text("Account locked", head=True),)
    )
    assert not isinstance(recognise(look, SILENT, START), Stop)
    assert isinstance(recognise(look, SILENT, replace(NUMBER_TAKEN, pin=True)), Stop)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/reactivate-account", "reactivate account"),
        ("/open-account/mobile", "account opening"),
        ("/login/open-account", None),
        ("/", None),
    ],
)
def test_an_address_of_the_login_tells_what_its_page_is(path: str, name: str | None) -> None:
    """A script may lead there without asking for a page."""
    here = recognise(
        replace(screen_of("Hello, Asha", "Wheels up"), path=path), SILENT, NUMBER_TAKEN
    )
    assert (here.name if isinstance(here, Stop) else None) == name
