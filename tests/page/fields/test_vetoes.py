"""What forbids a field for the PIN, or any secret, although all else speaks for it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    AT,
    CODE_TAKEN,
    LED,
    LOGGED_IN,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    SILENT,
    START,
    answered,
    page,
    purpose,
)
from upstox_browser_login.page.fields.candidate import candidate
from upstox_browser_login.page.here import Form, Nothing
from upstox_browser_login.page.look import Field, Text
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.wire.calls import Traffic

PAYOUT = Field(
    n=60,
    type="password",
    masked=True,
    inputmode="numeric",
    maxlength=6,
    near=("Enter your 6-digit PIN to release it to HDFC ••4411.",),
    heading="Payout of ₹25,000 is waiting",
    at=(100, 900, 120, 36),
)


ASKS_FOR_PASSWORD = Traffic((*ASKS_FOR_CODE.calls, answered("2", nextStep="PASSWORD")))


@pytest.mark.parametrize(
    ("field", "words"),
    [
        # Postal codes have the PIN's own id.
        (replace(PIN, type="text", masked=False, label="PIN code"), "Continue"),
        (replace(PIN, type="text", masked=False, label="", near=("Pincode",)), "Continue"),
        (replace(PIN, type="text", masked=False, label="6-digit PIN", near=("Area PIN",)), "Save"),
        (replace(PIN, type="text", masked=False, heading="Where do you live?"), "Continue"),
        (replace(PIN, type="text", masked=False, heading="Delivery address"), "Continue"),
        (replace(PIN, type="text", masked=False, heading="Where do you stay?"), "Continue"),
        (replace(PIN, type="text", masked=False, label="पिन कोड"), "Continue"),
        (replace(PIN, type="text", masked=False, label="PIN & State"), "Continue"),
        (replace(PIN, label="DigiLocker PIN"), "Continue"),
        (replace(PIN, heading="Verify with DigiLocker"), "Continue"),
        (PIN, "Pay ₹499"),
        (PIN, "Delete account"),
        (replace(PIN, heading="Pay ₹499 for Upstox Plus"), "Continue"),
        (replace(PIN, heading="Delete your account"), "Continue"),
    ],
)
def test_a_pin_goes_into_no_form_of_something_else(field: Field, words: str) -> None:
    assert purpose(recognise(page(field, words=words), PIN_IS_SET, CODE_TAKEN)) == "Nothing"


def test_a_pin_beside_a_number_of_sub_brokers_is_theirs() -> None:
    pin = replace(PIN, id="", label="", placeholder="PIN")
    number = Field(n=7, placeholder="Registered mobile", near=("Sub-broker desk",), form=PIN.form)
    for look, expected in ((page(pin), "pin"), (page(number, pin), "Nothing")):
        assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == expected


def test_a_pin_that_is_shown_beside_a_city_is_the_citys() -> None:
    field = replace(PIN, type="text", masked=False, label="PIN")
    city = Field(n=7, label="City", form=PIN.form, at=(500, 240, 240, 40))
    assert purpose(recognise(page(field, words="Continue"), PIN_IS_SET, CODE_TAKEN)) == "pin"
    look = page(city, field, words="Continue")
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Form)


@pytest.mark.parametrize(
    "near",
    [
        "Only enter your PIN at this address",
        "Never share your PIN or address",
        "Check that the address starts with https://login.upstox.com",
        "We live for trading",
    ],
)
def test_a_pin_that_is_shown_goes_where_no_place_is_asked_for(near: str) -> None:
    field = replace(PIN, type="text", masked=False, label="6-digit PIN", near=(near,))
    assert purpose(recognise(page(field), PIN_IS_SET, CODE_TAKEN)) == "pin"


def test_a_password_is_no_customers_before_the_number_was_typed() -> None:
    user = Field(n=1, label="Client ID", form=9, at=AT)
    secret = Field(n=2, label="Password", type="password", masked=True, form=9, at=AT)
    assert isinstance(recognise(page(user, secret, words="Log in"), SILENT, START), Nothing)


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        (Field(n=7, label="Client code", form=9, at=(500, 240, 240, 40)), False),
        (Field(n=7, autocomplete="username", form=9, at=(500, 240, 240, 40)), False),
        (Field(n=7, label="Email", form=4, at=(500, 240, 240, 40)), True),
        (Field(n=7, label="Client code", form=9, length=6, at=(500, 240, 240, 40)), True),
        (Field(n=7, label="Client code", form=9, disabled=True, at=(500, 240, 240, 40)), True),
        # What only shows whose login it is, for a password manager.
        (Field(n=7, autocomplete="username", form=9, readonly=True, at=(500, 240, 240, 40)), True),
        (Field(n=7, label="Signed in as", type="email", form=9, at=(500, 240, 240, 40)), True),
        # Another login's, whose field takes text once it has the focus, or shows an example.
        (Field(n=7, label="Client ID", form=9, readonly=True, at=(500, 240, 240, 40)), False),
        (Field(n=7, label="UCC", placeholder="7A••12", form=9, at=(500, 240, 240, 40)), False),
        (Field(n=7, placeholder="as•••@a.in", type="email", form=9, at=(500, 240, 240, 40)), False),
        (Field(n=7, label="Logged in successfully", form=9, at=(500, 240, 240, 40)), True),
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


def test_no_pin_goes_into_a_box_that_stood_beside_the_last_form() -> None:
    beside = replace(CODE_TAKEN, beside=(PAYOUT.likeness,))
    assert purpose(recognise(page(PAYOUT), PIN_IS_SET, beside)) != "pin"
    assert purpose(recognise(page(PAYOUT, PIN), PIN_IS_SET, beside)) == "pin"


def test_a_second_box_of_the_same_likeness_may_be_the_form_that_has_come() -> None:
    bare = replace(PIN, id="", label="", near=("Enter 6-digit PIN",), placeholder="")
    assert bare.likeness == PAYOUT.likeness
    beside = replace(CODE_TAKEN, beside=(PAYOUT.likeness,))
    here = recognise(page(PAYOUT, bare), PIN_IS_SET, beside)
    assert isinstance(here, Form)
    assert here.field is bare


@pytest.mark.parametrize(
    "words", ["புதிய பின் அமைக்கவும்", "नया पिन बनाएँ", "కొత్త పిన్", "ಹೊಸ ಪಿನ್ ಹೊಂದಿಸಿ", "নতুন পিন"]
)
def test_a_new_pin_is_told_in_other_languages(words: str) -> None:
    field = replace(PIN, id="", label="", heading=words)
    look = replace(page(field), texts=(Text(words, head=True),))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == "Stop"


@pytest.mark.parametrize(
    ("near", "taken"),
    [
        ("Authorise ₹15,000 a month with your UPI MPIN.", False),
        ("Use the TPIN that CDSL has sent", False),
        ("Your demat PIN, please", False),
        ("Do not type your UPI PIN or ATM PIN here.", True),
        ("Your PIN keeps your orders safe", True),
    ],
)
def test_the_pin_of_a_bank_is_not_the_logins(near: str, *, taken: bool) -> None:
    field = replace(PIN, label="MPIN", near=(near,))
    assert (purpose(recognise(page(field), PIN_IS_SET, CODE_TAKEN)) == "pin") == taken


@pytest.mark.parametrize(
    ("label", "taken"),
    [
        ("Enter MPIN of your bank", False),
        ("Netbanking PIN", False),
        ("Wallet PIN", False),
        ("Enter 6-digit PIN sent by CDSL", False),
        ("PIN for payments", False),
        ("Enter your 6-digit PIN", True),
    ],
)
def test_no_pin_is_typed_where_that_of_a_wallet_or_depository_is_asked_for(
    label: str, *, taken: bool
) -> None:
    field = replace(PIN, id="", label=label)
    assert (purpose(recognise(page(field), PIN_IS_SET, CODE_TAKEN)) == "pin") == taken


@pytest.mark.parametrize("what", ["PIN", "MPIN", "OTP"])
@pytest.mark.parametrize("of", ["HDFC", "SBI", "Google Pay", "PhonePe", "Paytm", "BHIM", "YONO"])
def test_no_pin_or_code_of_a_bank_or_wallet_is_the_logins(of: str, what: str) -> None:
    for label in (f"{of} {what}", f"Enter the {what} from your {of} app"):
        if what == "OTP":
            field = replace(OTP, id="", near=(), label=label, maxlength=6)
            assert purpose(recognise(page(field), ASKS_FOR_CODE, NUMBER_TAKEN)) != "otp"
        else:
            field = replace(PIN, id="", label=label)
            assert purpose(recognise(page(field), PIN_IS_SET, CODE_TAKEN)) != "pin"


def test_a_name_like_a_banks_is_a_persons() -> None:
    field = replace(PIN, id="", label="Enter the PIN for Asha Kotak")
    assert purpose(recognise(page(field), PIN_IS_SET, CODE_TAKEN)) == "pin"
    code = replace(OTP, id="", near=(), label="Enter OTP for Aadhaar-linked mobile", maxlength=6)
    assert purpose(recognise(page(code), ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"


@pytest.mark.parametrize(
    ("label", "taken"),
    [
        ("Password", True),
        ("Your Upstox password", True),
        ("Enter your account's password", True),
        ("Password for your Upstox demat account", True),
        ("Login password", True),
        ("Net banking password", False),
        ("Transaction password", False),
        ("Password of your bank", False),
        ("Spouse's password", False),
        ("Current password", False),
        ("Old password", False),
    ],
)
def test_no_password_but_the_logins_is_typed(label: str, *, taken: bool) -> None:
    field = Field(n=7, label=label, type="password", masked=True, form=9, at=AT)
    here = recognise(page(field), ASKS_FOR_PASSWORD, NUMBER_TAKEN)
    assert (purpose(here) == "password") == taken


def test_no_password_is_typed_once_a_pin_was_sent() -> None:
    field = Field(n=7, label="Password", type="password", masked=True, form=9, at=AT)
    for sent in (replace(CODE_TAKEN, pin=True, last="pin"), LOGGED_IN):
        assert purpose(recognise(page(field), ASKS_FOR_PASSWORD, sent)) != "password"


@pytest.mark.parametrize(
    "near",
    [
        "Forgot TPIN?",
        "It is the PIN of your Upstox app, other than the bank PIN",
        "Do not confuse it with your CDSL TPIN, which you type to sell",
    ],
)
def test_what_the_pin_is_told_apart_from_forbids_it_not(near: str) -> None:
    assert purpose(recognise(page(replace(PIN, near=(near,))), PIN_IS_SET, CODE_TAKEN)) == "pin"


@pytest.mark.parametrize(
    "praise", ["Refer a friend: ₹300 credited per month", "Invest ₹500 in a SIP today"]
)
def test_a_product_that_is_praised_beside_the_pin_forbids_it_not(praise: str) -> None:
    told = ("Enter your 6-digit PIN", "Forgot PIN?")
    field = replace(PIN, near=(*told, praise))
    assert purpose(recognise(page(field), PIN_IS_SET, CODE_TAKEN)) == "pin"
    order = replace(PIN, near=(*told, f"{praise}: enter your PIN to confirm"))
    assert purpose(recognise(page(order), PIN_IS_SET, CODE_TAKEN)) != "pin"


def test_the_pin_of_a_joint_holder_is_not_ones_own() -> None:
    look = page(replace(PIN, label="Joint holder's PIN"))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == "Nothing"


def test_a_hyphen_makes_no_signature_of_a_sign_in() -> None:
    assert purpose(recognise(page(PIN, words="Sign-in"), PIN_IS_SET, CODE_TAKEN)) == "pin"
    assert purpose(recognise(page(PIN, words="Sign"), PIN_IS_SET, CODE_TAKEN)) == "Nothing"


@pytest.mark.parametrize("near", [("Payee: Kiran",), ("Amount: ₹5,000",), ("x", "You pay: 500")])
def test_no_pin_goes_beside_an_amount_and_who_gets_it(near: tuple[str, ...]) -> None:
    look = page(replace(PIN, heading="Confirm it's you", near=near), texts=near)
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == "Nothing"


@pytest.mark.parametrize("stood", [True, False])
def test_a_heading_that_stood_beside_the_last_form_is_no_title_of_the_next(stood: bool) -> None:
    """An advertisement may stand above every form."""
    offer = "Set up SIPs from 100 rupees"
    look = page(replace(PIN, heading="Hi Asha"))
    look = replace(look, texts=(Text(offer, head=True), Text("Hi Asha", head=True)))
    sent = replace(CODE_TAKEN, headings=frozenset({offer} if stood else ()))
    assert (purpose(recognise(look, PIN_IS_SET, sent)) == "pin") is stood


def test_a_heading_of_something_else_is_none_of_the_form_below_it() -> None:
    """What can be pressed between the two is that other thing's."""
    look = page(replace(PIN, heading="Hi Asha"))
    other = (Text("Apply for IPO", head=True), Text("Apply now", control=True))
    look = replace(look, texts=(*other, Text("Hi Asha", head=True)))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == "pin"


@pytest.mark.parametrize(
    ("label", "taken"),
    [
        ("Spouse PIN", False),
        ("Enter your SIM PIN", False),
        ("Guest PIN", False),
        ("Enter the manager PIN", False),
        ("Enter your Upstox PIN", True),
        ("Security PIN", True),
        ("Key in your 6-digit PIN", True),
        ("Apna PIN", True),
        ("Memorable PIN", True),
        ("6 અંકનો PIN", True),
    ],
)
def test_only_the_logins_own_pin_is_typed(label: str, *, taken: bool) -> None:
    look = page(replace(PIN, label=label))
    assert (purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == "pin") is taken


@pytest.mark.parametrize(
    "said",
    [
        "Leave this field empty",
        "Please leave it blank",
        "Do not fill this in",
        "Don't type anything here",
        "If you are human, ignore this",
        "इसे खाली छोड़ें",
        "(optional)",
        "Second number, optional",
    ],
)
@pytest.mark.parametrize("at", ["label", "placeholder"])
def test_nothing_is_typed_where_a_field_is_to_be_left_empty(said: str, at: str) -> None:
    """A trap for programs that a person can see; the form's own field beside it is filled."""
    trap = replace(MOBILE, n=7, at=(500, 240, 240, 40), **{"label": "Mobile number", at: said})
    here = recognise(page(trap, MOBILE, words="Get OTP"), LED, START)
    assert isinstance(here, Form)
    assert here.field.n == MOBILE.n
    assert candidate(trap, "mobile", page(trap), START, LED).forbidden


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (replace(PIN, id="", label="Digits", heading="Enter the verification code"), "Nothing"),
        (replace(PIN, id="", label="One-time passcode"), "Nothing"),
        (replace(PIN, id="", label="6-digit passcode"), "pin"),
        # The field has a name of its own: the heading may have stayed from the code's form.
        (replace(PIN, heading="Enter the verification code"), "pin"),
        (replace(PIN, id="", label="Digits", heading="Enter your PIN"), "pin"),
        (replace(OTP, near=("Enter the code sent to your e-mail",)), "Nothing"),
        (replace(OTP, id="", near=("We have e-mailed you a 6-digit code.",)), "Nothing"),
        # What names a PIN, or hides what is typed, may stand below what was said of the code.
        (replace(OTP, id="", near=("Enter PIN", "We have sent a code to 98****1234.")), "pin"),
        (replace(PIN, label="", near=("We have sent a code to 98****1234.",)), "pin"),
    ],
)
def test_a_pin_goes_into_no_box_for_a_second_code(field: Field, expected: str) -> None:
    assert purpose(recognise(page(field), PIN_IS_SET, CODE_TAKEN)) == expected


@pytest.mark.parametrize(
    ("label", "heading", "taken"),
    [
        ("जन्म तिथि", "नमस्ते आशा", False),
        ("Janm tithi (DDMMYY)", "Namaste Asha", False),
        ("आधार के अंतिम 6 अंक", "केवाईसी", False),
        ("दूसरे धारक का पिन दर्ज करें", "संयुक्त खाता", False),
        ("Purana PIN daalein", "PIN badlein", False),
        ("पुराना पिन दर्ज करें", "पिन बदलें", False),
        ("Numero d'employé", "Bonjour", False),
        ("Enter the 6 digits", "Welcome back", True),
        ("अपना 6 अंकों का कोड दर्ज करें", "नमस्ते आशा", True),
        ("अपना पिन दर्ज करें", "नमस्ते आशा", True),
        ("Apna gupt ank daalein", "Namaste Asha", True),
        ("The one you chose", "Enter your PIN", True),
        ("••••••", "Welcome back", True),
        ("XXXXXX", "Welcome back", True),
        ("e.g. 123456", "Welcome back", True),
        ("اپنا پن درج کریں", "Welcome back", True),
        ("", "Welcome back", True),
    ],
)
@pytest.mark.parametrize("identity", ["pinCode", "q1"])
def test_no_pin_goes_into_a_field_of_an_unknown_name(
    label: str, heading: str, identity: str, *, taken: bool
) -> None:
    """In the words of no table it may be a birthday, which has six digits as well."""
    field = replace(PIN, id=identity, near=(), label=label, heading=heading)
    found = purpose(recognise(page(field), PIN_IS_SET, CODE_TAKEN))
    assert (found == "pin") == taken


@pytest.mark.parametrize(
    ("near", "taken"),
    [
        (("Hi asha",), True),
        (("Welcome back, Asha Rao",), True),
        (("Signed in as 9876543210",), True),
        (("नमस्ते आशा",), True),
        (("Hi asha", "Janm tithi"), False),
        (("Welcome to the birthday draw",), False),
    ],
)
def test_a_greeting_beside_the_pin_is_no_unknown_name(
    near: tuple[str, ...], *, taken: bool
) -> None:
    field = replace(PIN, label="", near=near, heading="Welcome back")
    found = purpose(recognise(page(field), PIN_IS_SET, CODE_TAKEN))
    assert (found == "pin") == taken


@pytest.mark.parametrize("identity", ["pinCode", "q1"])
@pytest.mark.parametrize(
    ("label", "near", "below", "taken"),
    [
        ("Enter 6 digits", "", "Your date of birth, DDMMYY", False),
        ("", "Enter your date of birth.", "", False),
        ("", "Enter the last 6 digits of your Aadhaar.", "", False),
        ("", "Apni janm tithi likhein.", "", False),
        ("Enter 6 digits", "", "The last 6 digits of your card", False),
        ("Enter 6 digits", "", "Use your PAN to reset a forgotten PIN.", True),
        ("Enter 6 digits", "Use your PIN, not your date of birth.", "", True),
        ("Enter 6-digit PIN", "", "Your birthday is a bad PIN", True),
        ("Enter 6 digits", "", "", True),
    ],
)
def test_no_pin_goes_where_a_sentence_asks_for_other_digits(
    label: str, near: str, below: str, identity: str, *, taken: bool
) -> None:
    field = replace(PIN, id=identity, label=label, heading="Welcome back")
    field = replace(field, near=tuple(filter(None, [near])), below=tuple(filter(None, [below])))
    assert (purpose(recognise(page(field), PIN_IS_SET, CODE_TAKEN)) == "pin") is taken


def test_no_pin_goes_into_the_search_for_a_branch() -> None:
    branch = Field(n=5, id="pinCode", label="PIN code (6 digits)", maxlength=6, form=4, at=AT)
    for field in (branch, replace(branch, label="6-digit PIN", heading="Find a branch near you")):
        assert candidate(field, "pin", page(field), CODE_TAKEN, PIN_IS_SET).forbidden
    here = recognise(page(branch, PIN), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Form)
    assert here.field.n == PIN.n
