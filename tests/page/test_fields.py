"""What speaks for a field and against it, on looks written by hand."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from upstox_browser_login.page.controls import buttons_of
from upstox_browser_login.page.fields import MOST_FIELDS, MOST_PAIRS, candidate, candidates
from upstox_browser_login.page.here import Evidence, Form, Nothing, Sent
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.wire import Answer, Call, Traffic

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
    SILENT,
    START,
    asked,
    button,
    ended,
    page,
    purpose,
)


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


def test_a_field_stays_what_it_was_typed_into_as() -> None:
    """Once the PIN was typed, what spoke for its coming next is past: that makes it no password."""
    bare = Field(n=3, masked=True, length=6, holds=True, form=9, at=AT)
    typed = replace(CODE_TAKEN, last="pin", pin=True, field=3)
    here = recognise(page(bare, words=""), PIN_IS_SET, typed)
    assert isinstance(here, Form)
    assert here.purpose == "pin"
    emptied = replace(bare, length=0, holds=False)
    assert not isinstance(recognise(page(emptied, words=""), PIN_IS_SET, typed), Form)


BEACON = asked("9", 91.0, kind="beacon", carries=frozenset({"mobile"}))
TAKES_NUMBER = ended(BEACON, 91.5, 204)
NUMBER_LEFT = Sent(mobile=True, last="mobile", field=1, typed_at=90.0, pressed_at=90.5)
NAMED_AS_ANOTHER = replace(OTP, id="mobileNum")


@pytest.mark.parametrize(
    ("field", "call", "expected"),
    [
        (NAMED_AS_ANOTHER, TAKES_NUMBER, "otp"),
        (replace(NAMED_AS_ANOTHER, near=("Enter mobile number",)), TAKES_NUMBER, "mobile"),
        (replace(NAMED_AS_ANOTHER, near=()), TAKES_NUMBER, "Nothing"),
        # The number's own field, renamed.
        (replace(NAMED_AS_ANOTHER, n=1), TAKES_NUMBER, "Nothing"),
        (NAMED_AS_ANOTHER, BEACON, "Nothing"),
        (NAMED_AS_ANOTHER, ended(BEACON, 91.5, 500), "Nothing"),
        (NAMED_AS_ANOTHER, replace(TAKES_NUMBER, trusted=False), "Nothing"),
        (NAMED_AS_ANOTHER, replace(TAKES_NUMBER, carries=frozenset()), "Nothing"),
        (NAMED_AS_ANOTHER, replace(TAKES_NUMBER, kind="other"), "Nothing"),
        (NAMED_AS_ANOTHER, replace(TAKES_NUMBER, failure="ERR_FAILED"), "Nothing"),
    ],
)
def test_a_beacon_that_was_answered_gives_what_follows_its_place(
    field: Field, call: Call, expected: str
) -> None:
    """Beside words that name the code; nobody reads the answer to a beacon."""
    found = recognise(page(field), Traffic((call,)), NUMBER_LEFT)
    assert purpose(found) == expected


UNMARKED = replace(MOBILE, id="", maxlength=-1, near=("Enter mobile number",))
LED = Traffic((asked("0", method="GET", posts=False, kind="document", main=True, status=200),))


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
        (replace(UNMARKED, near=("What is your number?",)), LED, "Next", "mobile"),
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


def test_the_place_of_the_number_is_alone_on_the_page() -> None:
    look = page(UNMARKED, replace(UNMARKED, n=8, near=("Referral",)), words="Get OTP")
    assert purpose(recognise(look, LED, START)) == "Nothing"


BUSINESS = Field(n=8, label="Entity ID", heading="Businesses", form=10, at=(900, 300, 240, 40))


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


POSTED = replace(asked("8", 91.0, kind="document", main=True), carries=frozenset({"mobile"}))
CAME = asked("9", 91.2, method="GET", posts=False, kind="document", main=True, status=200)


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ((POSTED, CAME), "otp"),
        ((replace(POSTED, status=200, ended=91.5),), "otp"),
        ((POSTED,), "Nothing"),
        ((POSTED, replace(CAME, status=500)), "Nothing"),
        ((POSTED, replace(CAME, trusted=False)), "Nothing"),
        ((CAME,), "Nothing"),
        ((replace(POSTED, failure="ERR_FAILED"), CAME), "Nothing"),
        ((replace(POSTED, main=False), CAME), "Nothing"),
    ],
)
def test_a_code_is_asked_for_in_the_page_that_the_number_led_to(
    calls: tuple[Call, ...], expected: str
) -> None:
    """Beside words that name the code, and another login's field."""
    look = page(NAMED_AS_ANOTHER, BUSINESS)
    assert purpose(recognise(look, Traffic(calls), NUMBER_LEFT)) == expected


@pytest.mark.parametrize("label", ["Code from your auth app", "ऑथेंटिकेटर ऐप का 6 अंकों का कोड"])
def test_a_code_is_asked_for_below_the_pages_own_heading(label: str) -> None:
    field = replace(OTP, id="", near=(label, "Verify your number"))
    assert purpose(recognise(page(field, CHAT), ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"
    unknown = replace(field, id="otpNum", near=("Sanket", "Verify your number"))
    assert purpose(recognise(page(unknown), ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"


def test_a_pin_is_asked_for_in_the_page_that_the_code_led_to() -> None:
    field = replace(PIN, id="", inputmode="", maxlength=-1, masked=False, label="PIN", type="text")
    sent = Sent(mobile=True, codes=1, last="otp", field=2, typed_at=90.0)
    posted = replace(POSTED, carries=frozenset({"code"}))
    assert [e.kind for e in evidence_of(page(field), sent, posted, CAME)] == ["words", "place"]
    assert [e.kind for e in evidence_of(page(field), sent, posted)] == ["words"]


def test_a_pin_may_come_after_an_answer_that_nobody_can_read() -> None:
    field = replace(PIN, id="", inputmode="", maxlength=-1, masked=False, label="PIN", type="text")
    sent = Sent(mobile=True, codes=1, last="otp", field=2, typed_at=90.0)
    sealed = ended(asked("9", 91.0, carries=frozenset({"code"})), 92.0, ok=None)
    look = page(field)
    empty = replace(sealed, answer=Answer.read(200, b"{}"))
    assert [e.kind for e in evidence_of(look, sent, empty)] == ["words", "place"]
    without = replace(sealed, carries=frozenset())
    assert [e.kind for e in evidence_of(look, sent, sealed)] == ["words", "place"]
    assert [e.kind for e in evidence_of(look, sent, without)] == ["words"]


def evidence_of(look: Look, sent: Sent, *calls: Call) -> tuple[Evidence, ...]:
    return candidate(look.fields[0], "pin", look, sent, Traffic(calls)).evidence


def test_the_number_of_another_form_is_left_alone() -> None:
    """Its heading says so; where it looks the likelier all the same, neither is typed into."""
    own = replace(MOBILE, id="", near=("Mobile number",))
    sign_up = replace(own, n=8, type="tel", heading="Open a free demat account")
    here = recognise(page(own, sign_up, words="Get OTP"), SILENT, START)
    assert isinstance(here, Form)
    assert here.field.n == own.n
    bare = replace(own, maxlength=-1, type="tel", inputmode="")
    likelier = replace(sign_up, id="mobileNum")
    assert purpose(recognise(page(bare, likelier, words="Get OTP"), SILENT, START)) == "Nothing"
    both = replace(own, heading="Log in or sign up")
    assert purpose(recognise(page(both, sign_up, words="Get OTP"), SILENT, START)) == "mobile"


def test_the_number_of_another_form_is_left_alone_where_ours_is_covered() -> None:
    own = replace(MOBILE, id="", near=("Mobile number",))
    sign_up = replace(own, n=8, type="tel", heading="Open a free demat account")
    look = page(replace(own, covered=True), sign_up, words="Get OTP")
    assert purpose(recognise(look, SILENT, START)) == "Nothing"
    assert purpose(recognise(page(sign_up, words="Get OTP"), SILENT, START)) == "mobile"


CHAT = Field(n=70, placeholder="Type your question", at=(1000, 660, 240, 40))
PROMOTION = Field(n=71, label="Have a code from a friend?", maxlength=6, at=(500, 600, 240, 40))


@pytest.mark.parametrize("stays", [CHAT, PROMOTION])
@pytest.mark.parametrize(
    ("form", "traffic", "sent"),
    [(MOBILE, ASKS_FOR_CODE, NUMBER_TAKEN), (OTP, PIN_IS_SET, CODE_TAKEN)],
)
@pytest.mark.parametrize("is_there", [True, False])
def test_what_stands_on_every_screen_is_not_the_next_forms_field(
    stays: Field, form: Field, traffic: Traffic, sent: Sent, is_there: bool
) -> None:
    """What was sent is taken, and the page has not gone on yet, or shows that it is at work."""
    stays = replace(stays, heading="Hi Asha, verify your number")
    sent = replace(sent, beside=(stays.likeness,))
    look = page(form, stays) if is_there else Look(ready=True, fields=(stays,))
    here = recognise(look, traffic, sent)
    assert not isinstance(here, Form) or here.field.n == form.n


def test_a_field_without_a_name_is_taken_where_it_alone_has_come() -> None:
    field = replace(OTP, id="", near=(), label="Sanket")
    assert purpose(recognise(page(field), ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"
    assert purpose(recognise(page(field, CHAT), ASKS_FOR_CODE, NUMBER_TAKEN)) == "Nothing"
    stood = replace(NUMBER_TAKEN, beside=(field.likeness,))
    assert purpose(recognise(page(field), ASKS_FOR_CODE, stood)) == "Nothing"
    named = replace(field, near=("Your code",))
    assert purpose(recognise(page(named), ASKS_FOR_CODE, stood)) == "otp"


def test_a_field_that_keeps_what_was_given_is_none_that_has_come() -> None:
    field = replace(OTP, id="", near=(), label="Sanket")
    kept = replace(MOBILE, id="", disabled=True, length=10, at=BELOW)
    assert purpose(recognise(page(kept, field), ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"
    closed = replace(kept, length=0)
    assert purpose(recognise(page(closed, field), ASKS_FOR_CODE, NUMBER_TAKEN)) == "Nothing"


def test_of_two_numbers_the_one_is_meant_whose_button_has_a_code_sent() -> None:
    own = replace(MOBILE, id="", near=("Mobile number",))
    news = replace(own, n=8, form=10, at=(500, 700, 240, 40))
    look = page(own, news, words="Get OTP")
    notify = Control(n=21, type="submit", words="Notify me", form=10, at=(500, 760, 240, 44))
    here = recognise(replace(look, controls=(*look.controls, notify)), SILENT, START)
    assert isinstance(here, Form)
    assert here.field.n == own.n
    both = replace(notify, words="Get code")
    assert purpose(recognise(replace(look, controls=(*look.controls, both)), SILENT, START)) == (
        "Nothing"
    )


def test_a_page_of_very_many_fields_is_no_login() -> None:
    others = tuple(Field(n=100 + each, at=(0, 2000, 9, 9)) for each in range(MOST_FIELDS))
    assert purpose(recognise(page(MOBILE, *others[1:]), SILENT, START)) == "mobile"
    assert purpose(recognise(page(MOBILE, *others), SILENT, START)) == "Nothing"


def test_a_page_of_very_many_fields_beside_controls_is_no_login() -> None:
    """To weigh them all at each look would hold up the time-out of a login for seconds."""
    fields = (MOBILE, *(Field(n=100 + each, at=(0, 2000, 9, 9)) for each in range(9)))
    room = MOST_PAIRS // len(fields)
    others = tuple(Control(n=500 + each, words="x", at=(0, 3000, 9, 9)) for each in range(room))
    look = Look(ready=True, fields=fields, controls=(button("Get OTP"), *others[1:]))
    assert purpose(recognise(look, SILENT, START)) == "mobile"
    full = replace(look, controls=(button("Get OTP"), *others))
    assert purpose(recognise(full, SILENT, START)) == "Nothing"


def test_each_control_is_read_and_sought_once_for_a_field(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def buttons(look: Look, each: Field) -> list[Control]:
        asked.append(each.n)
        return buttons_of(look, each)

    monkeypatch.setattr("upstox_browser_login.page.fields.buttons_of", buttons)
    candidates(page(MOBILE, replace(OTP, at=BELOW)), START, SILENT)
    assert asked == [MOBILE.n, OTP.n]


FAINT = replace(PIN, n=8, faint=True)


def test_a_field_that_can_hardly_be_seen_is_none_where_another_could_be_meant() -> None:
    """Boxes for digits are often drawn by such a field, and traps for programs are as well."""
    plain = replace(PIN, id="x1", label="", near=("Enter 6-digit PIN",))
    here = recognise(page(FAINT, replace(plain, at=BELOW)), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Form)
    assert here.field.n == plain.n
    assert purpose(recognise(page(FAINT), PIN_IS_SET, CODE_TAKEN)) == "pin"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        # Postal codes have the PIN's own id.
        (replace(PIN, type="text", masked=False, label="PIN code"), "Continue"),
        (replace(PIN, type="text", masked=False, label="", near=("Pincode",)), "Continue"),
        (PIN, "Pay ₹499"),
        (PIN, "Delete account"),
        (replace(PIN, heading="Pay ₹499 for Upstox Plus"), "Continue"),
        (replace(PIN, heading="Delete your account"), "Continue"),
    ],
)
def test_a_pin_goes_into_no_form_of_something_else(field: Field, words: str) -> None:
    assert purpose(recognise(page(field, words=words), PIN_IS_SET, CODE_TAKEN)) == "Nothing"


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Invitation code", "Continue"),
        ("Gift card", "Continue"),
        ("Code", "Redeem"),
        ("Type a message", "Continue"),
        ("Chat with us", "Get OTP"),
    ],
)
def test_a_code_goes_into_no_form_of_something_else(label: str, words: str) -> None:
    field = replace(OTP, near=(), label=label, autocomplete="one-time-code")
    assert purpose(recognise(page(field, words=words), ASKS_FOR_CODE, NUMBER_TAKEN)) == "Nothing"


@pytest.mark.parametrize("text", ["Type a message", "Chat with us", "Ask us anything"])
def test_a_number_goes_into_no_chat(text: str) -> None:
    for field in (replace(MOBILE, placeholder=text), replace(MOBILE, id="", near=(text,))):
        look = page(field, words="Get OTP")
        assert purpose(recognise(look, SILENT, START)) != "mobile"


# -- words that contradict each other, or name something beside -----------------------------------

PIN_CODE_BOXES = replace(
    OTP, id="pin-input-0", boxes=6, maxlength=6, label="Please enter your pin code"
)


@pytest.mark.parametrize(
    ("field", "traffic", "expected"),
    [
        # Boxes whose library labels them so, below a text that asks for the code.
        (PIN_CODE_BOXES, ASKS_FOR_CODE, "otp"),
        # One field, where the words are as torn: neither a code nor a PIN goes there.
        (replace(PIN_CODE_BOXES, boxes=0), ASKS_FOR_CODE, "Nothing"),
        # Without the second text too much speaks for both.
        (replace(PIN_CODE_BOXES, near=()), ASKS_FOR_CODE, "Nothing"),
        # What is hidden as it is typed is no code, whatever stands near it.
        (replace(PIN, near=("2. Enter OTP",)), ASKS_FOR_CODE, "pin"),
    ],
)
def test_a_pin_never_goes_where_the_page_asks_for_a_code_as_well(
    field: Field, traffic: Traffic, expected: str
) -> None:
    assert purpose(recognise(page(field), traffic, NUMBER_TAKEN)) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Mobile number or e-mail ID", "mobile"),
        ("E-mail / Mobile number", "mobile"),
        ("Mobile number, client ID or UCC", "mobile"),
        ("E-mail linked to the mobile number", "Nothing"),
        ("E-mail", "Nothing"),
    ],
)
def test_what_a_field_takes_in_place_of_the_number_forbids_nothing(
    label: str, expected: str
) -> None:
    field = replace(MOBILE, near=(), label=label)
    assert purpose(recognise(page(field, words="Get OTP"), SILENT, START)) == expected


def test_a_password_is_no_customers_before_the_number_was_typed() -> None:
    user = Field(n=1, label="Client ID", form=9, at=AT)
    secret = Field(n=2, label="Password", type="password", masked=True, form=9, at=AT)
    assert isinstance(recognise(page(user, secret, words="Log in"), SILENT, START), Nothing)


@pytest.mark.parametrize("sms", ["Enter SMS OTP", "Code from the text message"])
def test_of_two_code_fields_the_authenticators_is_ours(sms: str) -> None:
    of_sms = replace(OTP, n=4, id="", near=(), placeholder=sms, maxlength=6)
    of_app = replace(OTP, n=5, id="", near=(), placeholder="Enter TOTP", maxlength=6)
    here = recognise(page(of_sms, of_app), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Form)
    assert here.field.n == 5
    unnamed = replace(of_sms, placeholder="Enter OTP code")
    here = recognise(page(unnamed, of_app), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Form)
    assert here.field.n == 5
    another = replace(of_app, n=4)
    assert isinstance(recognise(page(another, of_app), ASKS_FOR_CODE, NUMBER_TAKEN), Nothing)


LED = Traffic((ended(asked("d", 1.0, method="GET", kind="document", main=True, posts=False), 2.0),))
BARE = Field(n=1, label="Enter mobile number", at=AT)


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


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        (Field(n=7, label="Client code", form=9, at=(500, 240, 240, 40)), False),
        (Field(n=7, autocomplete="username", form=9, at=(500, 240, 240, 40)), False),
        (Field(n=7, label="Email", form=4, at=(500, 240, 240, 40)), True),
        (Field(n=7, label="Client code", form=9, length=6, at=(500, 240, 240, 40)), True),
        (Field(n=7, label="Client code", form=9, disabled=True, at=(500, 240, 240, 40)), True),
        (Field(n=7, label="Mobile number or client code", form=9, at=(500, 240, 240, 40)), True),
    ],
)
def test_a_secret_beside_another_name_is_another_logins(name: Field, ours: bool) -> None:
    found = candidate(PIN, "pin", page(name, PIN), CODE_TAKEN, PIN_IS_SET)
    assert found.holds is ours


def test_a_postal_code_that_stood_beside_the_code_takes_no_pin() -> None:
    postal = Field(n=5, label="Enter 6-digit PIN code", inputmode="numeric", maxlength=6, at=AT)
    for field in (postal, replace(postal, label="PIN for deliveries")):
        sent = replace(CODE_TAKEN, beside=(field.likeness,))
        assert not isinstance(recognise(page(field), PIN_IS_SET, sent), Form)


def test_a_password_that_stood_beside_the_number_is_another_logins() -> None:
    password = Field(n=5, type="password", masked=True, label="Password", form=4, at=AT)
    sent = replace(NUMBER_TAKEN, beside=(password.likeness,))
    assert candidate(password, "password", page(password), NUMBER_TAKEN, SILENT).holds
    assert not candidate(password, "password", page(password), sent, SILENT).holds
    together = replace(password, form=MOBILE.form)
    look = page(MOBILE, together)
    assert candidate(together, "password", look, sent, SILENT).holds


@pytest.mark.parametrize(
    ("field", "wants"),
    [
        (replace(MOBILE, type="search", label="Mobile number"), "mobile"),
        (replace(MOBILE, type="search", label="Search by mobile number"), "Nothing"),
        (replace(MOBILE, type="search", near=("Mobile number",)), "Nothing"),
        (replace(MOBILE, type="email", label="Mobile number"), "Nothing"),
    ],
)
def test_a_search_field_is_a_logins_where_its_own_label_says_so(field: Field, wants: str) -> None:
    assert purpose(recognise(page(field, words="Get OTP"), SILENT, START)) == wants


@pytest.mark.parametrize(("most", "wants"), [(255, "pin"), (16, "pin"), (10, "Nothing")])
def test_the_room_that_a_framework_gives_any_field_forbids_no_pin(most: int, wants: str) -> None:
    look = page(replace(PIN, maxlength=most))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == wants


@pytest.mark.parametrize("sign", ["☰", "⋮", "🗑", "👁", "+", "⟳", "📋", "🎤", "✕"])
def test_a_sign_beside_a_pin_that_does_something_else_is_not_pressed(sign: str) -> None:
    beside = Control(n=30, words=sign, at=(744, 300, 32, 32))
    here = recognise(Look(ready=True, fields=(PIN,), controls=(beside,)), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Form)
    assert here.button is None


@pytest.mark.parametrize(
    "near", ["Get updates on WhatsApp", "Get the app link by SMS", "We call you back", "Newsletter"]
)
def test_a_number_for_news_begins_no_login(near: str) -> None:
    look = Look(ready=True, fields=(BARE,))
    assert isinstance(recognise(look, LED, START), Form)
    for_news = replace(look, fields=(replace(BARE, near=(near,)),))
    assert not isinstance(recognise(for_news, LED, START), Form)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Proceed to pay ₹499",
            "Confirm payment",
            "Verify & pay",
            "Submit order",
            "Continue to buy",
        ),
        *("Verify and subscribe", "Continue with plan", "Confirm and activate", "Confirm pledge"),
        *("Submit withdrawal request", "Verify & transfer", "Authorise mandate", "Confirm nominee"),
        *("Verify & sell", "Verify and delete account", "Continue to e-sign", "Confirm SIP"),
    ],
)
def test_no_secret_goes_where_its_button_does_more_than_to_log_in(words: str) -> None:
    """A page may ask for the PIN of a customer to have an order or a payment confirmed."""
    assert not isinstance(recognise(page(PIN, words=words), PIN_IS_SET, CODE_TAKEN), Form)


@pytest.mark.parametrize(
    "head",
    [
        *("Enter PIN to pay ₹499", "Confirm your order", "Authorise payment", "Approve mandate"),
        *("Enter PIN to withdraw ₹5,000", "Verify to sell 10 INFY", "Activate F&O with your PIN"),
        *("Confirm nominee change", "Your SIP of ₹5,000 will start", "Place order"),
    ],
)
def test_no_secret_goes_where_the_heading_does_more_than_to_log_in(head: str) -> None:
    look = replace(page(replace(PIN, heading=head)), texts=(Text(head, head=True),))
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Form)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("Log in to trade F&O, IPOs and SIPs", "Log in to buy & sell"),
        ("Welcome back, buy & sell stocks", "Unlock & trade"),
        ("Trade at flat ₹20 per order", "Verify & proceed"),
        ("Enter PIN to place orders after login", "Agree & log in"),
        ("Invest in stocks, SIPs, IPOs", "Continue to Upstox"),
        ("Hi Asha, your orders await", "Confirm PIN"),
    ],
)
def test_what_a_login_praises_forbids_no_pin(head: str, words: str) -> None:
    look = replace(page(replace(PIN, heading=head), words=words), texts=(Text(head, head=True),))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Form)
    assert here.button is not None
