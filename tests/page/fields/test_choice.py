"""Which of several fields is taken, and that none is where two could be meant."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    AT,
    BELOW,
    CHAT,
    CODE_TAKEN,
    LED,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    SILENT,
    START,
    button,
    ended,
    page,
    purpose,
)
from tests.page.views import CARRIES_CODE, CARRIES_NUMBER, CODE_TYPED, NUMBER_TYPED, SEALED
from upstox_browser_login.page.controls import buttons_of
from upstox_browser_login.page.fields.choice import MOST_FIELDS, MOST_PAIRS, candidates
from upstox_browser_login.page.here import Form, Nothing, Sent
from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.states.fields import Purpose
from upstox_browser_login.page.wire.calls import Call, Traffic


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


@pytest.mark.parametrize(
    ("heading", "words", "taken"),
    [
        ("Upstox, on your phone", "Text me", 1),
        ("Log in on your phone", "Text me", 0),  # either may be the login
        ("Upstox, on your phone", "Continue", 0),
    ],
)
def test_of_two_numbers_the_one_is_meant_that_is_called_and_sent_as_a_login(
    heading: str, words: str, taken: int
) -> None:
    ours = replace(MOBILE, heading="Log in")
    other = replace(MOBILE, n=11, heading=heading, form=12, at=(900, 300, 240, 40))
    look = page(ours, other, words="Next")
    theirs = Control(40, type="submit", words=words, form=12, at=(900, 360, 240, 44))
    look = replace(look, controls=(*look.controls, theirs))
    here = recognise(look, SILENT, START)
    assert (here.field.n if isinstance(here, Form) else 0) == taken


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

    monkeypatch.setattr("upstox_browser_login.page.fields.choice.buttons_of", buttons)
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


MAIL = Field(
    n=61,
    inputmode="numeric",
    maxlength=6,
    placeholder="6-digit code",
    near=("We e-mailed a 6-digit code.",),
    at=(1100, 300, 180, 36),
)


@pytest.mark.parametrize("sent", ["mobile", "otp"])
def test_no_other_form_is_filled_before_one_that_is_filled_was_sent(sent: Purpose) -> None:
    filled = replace(MOBILE if sent == "mobile" else OTP, holds=True, length=10)
    before = START if sent == "mobile" else NUMBER_TAKEN
    other = MAIL if sent == "mobile" else replace(PIN, form=0, at=(1100, 300, 180, 36))
    at_work = replace(before, last=sent, field=filled.n, mobile=True)
    here = recognise(page(filled, other), ASKS_FOR_CODE, at_work)
    assert purpose(here) == sent


def test_a_code_by_mail_that_stood_there_is_not_the_code_that_comes() -> None:
    ours = replace(OTP, id="")
    beside = replace(NUMBER_TAKEN, beside=(MAIL.likeness,))
    here = recognise(page(MAIL, ours), ASKS_FOR_CODE, beside)
    assert isinstance(here, Form)
    assert here.field is ours


def test_a_pin_form_that_is_drawn_early_takes_no_code_and_keeps_it_from_none() -> None:
    code = replace(OTP, form=0, inputmode="numeric", maxlength=6, at=(100, 400, 240, 40))
    bare = replace(PIN, id="", label="", near=("Step 3",), form=7, at=(100, 900, 240, 40))
    beside = replace(NUMBER_TAKEN, beside=(code.likeness,))
    here = recognise(page(code, bare), ASKS_FOR_CODE, beside)
    assert isinstance(here, Form)
    assert (here.purpose, here.field.n) == ("otp", code.n)


@pytest.mark.parametrize(
    ("last", "call"), [("otp", CARRIES_CODE), ("otp", SEALED), ("mobile", CARRIES_NUMBER)]
)
def test_what_the_page_has_sent_by_itself_holds_up_no_form_that_has_come(
    last: Purpose, call: Call
) -> None:
    """Steps that stand side by side keep what was typed into them; nobody can read the answer."""
    number, code, pin = (
        replace(each, form=form, at=(100, 200 * form, 240, 40))
        for form, each in enumerate((MOBILE, OTP, PIN), 1)
    )
    filled, new = (code, pin) if last == "otp" else (number, code)
    sent = CODE_TYPED if last == "otp" else NUMBER_TYPED
    heard = ASKS_FOR_CODE.calls if last == "otp" else ()
    look = page(replace(filled, holds=True, length=6), new)
    went = Traffic((*heard, ended(call, 92.0, ok=None)))
    assert purpose(recognise(look, went, sent)) == ("pin" if last == "otp" else "otp")
    assert purpose(recognise(look, Traffic(heard), sent)) == last
    # It may have sent a draft alone: what stood there before is still for something else.
    stood = replace(sent, beside=(new.likeness,))
    assert purpose(recognise(look, went, stood)) == last


@pytest.mark.parametrize(
    ("under", "expected"),
    [
        (replace(PIN, n=7, id="", covered=True), "Nothing"),
        # What is drawn below it, what lies elsewhere, and what is for something else.
        (replace(PIN, n=7, id="", covered=True, disabled=True), "pin"),
        (replace(PIN, n=7, id="", covered=True, at=(500, 600, 240, 40)), "pin"),
        (replace(PIN, n=7, id="", covered=True, label="UPI PIN"), "pin"),
    ],
)
def test_no_pin_goes_into_what_hardly_anybody_sees_over_another_field(
    under: Field, expected: str
) -> None:
    over = replace(PIN, n=8, faint=True)
    assert purpose(recognise(page(over, under), PIN_IS_SET, CODE_TAKEN)) == expected


@pytest.mark.parametrize(
    ("heading", "words", "own_heading", "taken"),
    [
        # Neither says that it is a login, or both do as much.
        ("Report a fraud", "Continue", "", 0),
        ("Report a fraud", "Continue", "Welcome", 0),
        ("Report a fraud", "Get OTP", "Welcome", 0),
        # Its own heading and button say so, and the other ones do not.
        ("Log in", "Get OTP", "Report a fraud", 8),
    ],
)
def test_no_number_is_typed_for_a_better_shape_beside_what_may_be_the_login(
    heading: str, words: str, own_heading: str, taken: int
) -> None:
    own = Field(n=1, label="Mobile number", heading=own_heading, form=9, at=AT)
    other = Field(n=8, type="tel", maxlength=10, label="Mobile number", heading=heading, form=10)
    other = replace(other, at=(500, 600, 240, 40))
    theirs = button(words, n=21, form=10, at=(500, 660, 240, 40))
    look = page(own, other)
    look = replace(look, controls=(*look.controls, theirs))
    here = recognise(look, LED, START)
    assert (here.field.n if isinstance(here, Form) else 0) == taken


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize(
    ("field", "traffic", "sent"),
    [(OTP, ASKS_FOR_CODE, NUMBER_TAKEN), (PIN, PIN_IS_SET, CODE_TAKEN)],
)
def test_no_secret_is_typed_for_a_better_shape_beside_a_form_that_is_called_the_same(
    field: Field, traffic: Traffic, sent: Sent, *, apart: bool
) -> None:
    """Where both belong to one form the better one is taken."""
    own = replace(field, inputmode="", maxlength=-1, masked=field.masked)
    twin = replace(field, n=8, name=field.id, inputmode="numeric", maxlength=6)
    twin = replace(twin, id="", form=10 if apart else 9, at=(500, 700, 240, 40))
    here = recognise(page(own, twin), traffic, sent)
    assert (here.field.n if isinstance(here, Form) else 0) == (0 if apart else 8)


def test_a_field_that_is_not_named_as_a_number_is_no_other_login() -> None:
    """Its heading alone says nothing of what is typed there."""
    own = Field(n=1, type="tel", maxlength=10, label="Mobile number", form=9, at=AT)
    client = Field(n=8, label="Client code", heading="Old login", form=10, at=(900, 300, 240, 40))
    here = recognise(page(own, client, words="Get OTP"), LED, START)
    assert isinstance(here, Form)
    assert here.field.n == 1


def test_a_field_that_holds_the_pin_is_no_codes_whatever_a_library_calls_it() -> None:
    """A library that draws boxes over one field calls each of its fields a one-time code's."""
    field = replace(PIN, id="", type="text", masked=False, autocomplete="one-time-code")
    held = replace(field, holds=True, length=6)
    sent = replace(CODE_TAKEN, pin=True, last="pin", field=field.n)
    assert purpose(recognise(page(field), PIN_IS_SET, CODE_TAKEN)) == "pin"
    assert purpose(recognise(page(held), PIN_IS_SET, sent)) == "pin"


SEND = Control(n=20, type="button", words="Send OTP", form=9, at=BELOW)
VERIFY = button("Verify", n=21)
ON_ONE_FORM = Look(
    ready=True,
    fields=(MOBILE, replace(OTP, at=(500, 300, 240, 40))),
    controls=(SEND, VERIFY),
)


def test_a_code_is_typed_once_the_numbers_own_button_has_sent_the_number() -> None:
    """A form may have both: a button that has a code sent, and one that sends the code."""

    def met(sent: Sent, *calls: Call) -> tuple[str, str]:
        here = recognise(ON_ONE_FORM, Traffic(calls), sent)
        assert isinstance(here, Form)
        assert here.button is not None
        return here.purpose, here.button.words

    pressed = replace(NUMBER_TYPED, pressed_at=91.0)
    answered = ended(CARRIES_NUMBER, 92.0, ok=None)
    assert met(START) == ("mobile", "Send OTP")
    assert met(NUMBER_TYPED) == ("mobile", "Send OTP")
    assert met(pressed) == ("mobile", "Send OTP")
    assert met(pressed, CARRIES_NUMBER) == ("mobile", "Send OTP")
    assert met(pressed, answered) == ("otp", "Verify")
    assert met(NUMBER_TAKEN, *ASKS_FOR_CODE.calls) == ("otp", "Verify")
    by_get = replace(answered, method="GET", posts=False)
    assert met(pressed, by_get) == ("otp", "Verify")
    # With one button for both they are sent together.
    together = replace(ON_ONE_FORM, controls=(button("Get OTP"),))
    here = recognise(together, SILENT, NUMBER_TYPED)
    assert isinstance(here, Form)
    assert here.purpose == "otp"


@pytest.mark.parametrize(
    ("heading", "taken"),
    [
        ("Log in to Upstox", 1),
        ("Trade with us", 0),
    ],
)
def test_a_login_with_a_heading_of_its_own_counts_before_a_better_field_elsewhere(
    heading: str, taken: int
) -> None:
    ours = Field(n=1, label="Registered number", maxlength=10, heading=heading, form=8, at=AT)
    title = "New here? Open a free demat account"
    theirs = replace(MOBILE, n=11, heading=title, form=12, at=(900, 300, 240, 40))
    controls = (button("Continue", form=8), button("Get OTP", n=40, form=12))
    look = replace(page(ours, theirs), controls=controls)
    here = recognise(look, SILENT, START)
    assert (here.field.n if isinstance(here, Form) else 0) == taken
