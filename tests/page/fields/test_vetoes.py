"""What forbids a field although all else speaks for it."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    AT,
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
    page,
    purpose,
)
from upstox_browser_login.page.fields.candidate import candidate
from upstox_browser_login.page.here import Form, Nothing, Stop
from upstox_browser_login.page.look import Control, Field, Text
from upstox_browser_login.page.marks import parse_marks
from upstox_browser_login.page.recognise import recognise


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
        *("Sign", "e-Sign now", "Disconnect", "Link", "Freeze", "Lock", "Set", "Turn off"),
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
        *("Authorise sale of 100 TCS", "Approve sign-in on iPhone 15", "Disconnect all apps"),
        *("Unfreeze trading", "e-Sign your KYC", "Lock this browser", "Share your PIN with us"),
        *("Change your mobile number", "Enter a 6-digit PIN of your choice"),
        *("Move your shares", "Log in and freeze your account", "Rotate your API keys"),
        *("Log out everywhere", "Trust this device", "Start SIP", "Log in on another device"),
    ],
)
def test_no_secret_goes_where_the_heading_does_more_than_to_log_in(head: str) -> None:
    look = replace(page(replace(PIN, heading=head)), texts=(Text(head, head=True),))
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Form)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("Log in to trade F&O, IPOs and SIPs", "Log in to buy & sell"),
        ("Approve this login", "Continue"),
        ("Welcome back", "Open sesame"),
        ("Welcome back", "C O N T I N U E"),
        ("Welcome back, buy & sell stocks", "Unlock & trade"),
        ("Trade at flat ₹20 per order", "Verify & proceed"),
        ("Enter PIN to place orders after login", "Agree & log in"),
        ("Invest in stocks, SIPs, IPOs", "Continue to Upstox"),
        ("Hi Asha, your orders await", "Confirm PIN"),
        ("Unlock Upstox", "Unlock"),
        ("Confirm it's you", "Confirm"),
        ("Forgot PIN?", "Sign in"),
    ],
)
def test_what_a_login_praises_forbids_no_pin(head: str, words: str) -> None:
    look = replace(page(replace(PIN, heading=head), words=words), texts=(Text(head, head=True),))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Form)
    assert here.button is not None


_CODE = replace(OTP, id="", inputmode="numeric", maxlength=6)


@pytest.mark.parametrize(
    ("heading", "label", "near", "logs_in"),
    [
        ("Pending withdrawal of ₹12,500", "PIN", "", False),
        ("Payment of ₹900", "PIN", "", False),
        ("Authorise payout", "PIN", "", False),
        ("E-sign your DDPI", "PIN", "", False),
        ("Change mobile number", "PIN", "", False),
        ("Family", "Kiran’s PIN", "", False),  # noqa: RUF001
        ("Papers", "Vault PIN", "", False),
        # What it is typed for is said, and is nothing of a login.
        ("One more step", "PIN", "To release it to your bank, enter your PIN.", False),
        ("Family", "PIN", "Enter your PIN to give Kiran access to your account", False),
        ("Nominee", "PIN", "Enter PIN to confirm Kiran Rao as your nominee", False),
        ("E-mail", "Enter PIN to change it", "", False),
        ("Welcome back", "PIN", "Enter your PIN to continue", True),
        ("Hi Asha", "PIN", "Enter your PIN to log in and start trading", True),
        ("Hi Asha", "PIN", "To keep your money safe, enter your PIN", True),
        ("Sign in", "PIN", "Enter your PIN to access your portfolio and place orders", True),
        ("Log in to trade", "PIN", "Your PIN protects withdrawals and orders", True),
        ("Hi Asha", "PIN", "Enter your PIN to approve this sign-in", True),
        ("Hi Asha", "Enter PIN to verify it's you", "", True),
        ("Hi Asha", "PIN", "Enter your PIN to confirm your identity and continue", True),
        ("Hi Asha", "PIN", "Enter your PIN to confirm your identity and pay", False),
    ],
)
def test_a_pin_is_typed_for_nothing_but_to_log_in(
    heading: str, label: str, near: str, *, logs_in: bool
) -> None:
    field = replace(PIN, id="", heading=heading, label=label, near=(near,) if near else ())
    here = recognise(page(field), PIN_IS_SET, CODE_TAKEN)
    assert (purpose(here) == "pin") is logs_in


@pytest.mark.parametrize(
    ("heading", "label", "near", "logs_in"),
    [
        ("Selling holdings?", "OTP from CDSL", "", False),
        ("Authorise with CDSL", "OTP", "", False),
        ("One more step", "OTP sent by UIDAI", "", False),
        ("Verify your e-mail", "OTP", "", False),
        ("One more step", "OTP sent to your new number", "", False),
        ("One more step", "OTP", "Your bank has sent you an OTP", False),
        ("One more step", "OTP", "Enter OTP to confirm your nominee", False),
        ("Verify your number", "OTP", "Enter the OTP sent to your mobile", True),
        ("Enter OTP", "OTP or TOTP", "Enter the 6-digit OTP received on 98****1234", True),
        ("Check your phone", "6-digit code", "To log in, enter the code we texted you", True),
        ("Verify your number", "OTP", "Never share the OTP from your bank", True),
    ],
)
def test_a_code_is_typed_for_nothing_but_to_log_in(
    heading: str, label: str, near: str, *, logs_in: bool
) -> None:
    field = replace(_CODE, heading=heading, label=label, near=(near,) if near else ())
    here = recognise(page(field), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (purpose(here) == "otp") is logs_in


@pytest.mark.parametrize(
    ("words", "sends"),
    [
        ("Authorise sale", False),
        ("Block account", False),
        ("Release", False),
        ("Approve mandate", False),
        ("Verify", True),
    ],
)
def test_no_secret_is_sent_by_what_does_a_deed(words: str, *, sends: bool) -> None:
    field = replace(PIN, id="", form=0)
    look = page(field)
    control = replace(look.controls[0], words=words, type="button", form=0)
    here = recognise(replace(look, controls=(control,)), PIN_IS_SET, CODE_TAKEN)
    assert (purpose(here) == "pin") is sends


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


@pytest.mark.parametrize("label", ["Digits in the picture", "Letters you see", "Captcha"])
def test_a_code_goes_into_no_captcha(label: str) -> None:
    field = replace(OTP, id="", near=(), label=label, inputmode="numeric", maxlength=6)
    assert purpose(recognise(page(field), ASKS_FOR_CODE, NUMBER_TAKEN)) == "Stop"


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
    "label",
    [
        "Enter the code you see in Google Authenticator app",
        "Type the digits you see in your phone",
        "In your authenticator app, find the code you see and type it",
    ],
)
def test_a_code_that_is_seen_in_an_app_is_no_captcha(label: str) -> None:
    field = replace(OTP, id="", near=(), label=label, inputmode="numeric", maxlength=6)
    assert not isinstance(recognise(page(field), ASKS_FOR_CODE, NUMBER_TAKEN), Stop)
    headed = replace(OTP, heading=label)
    assert purpose(recognise(page(headed), ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"


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


@pytest.mark.parametrize("label", ["Enter OTP sent by CDSL", "Enter OTP from your bank"])
def test_a_code_goes_into_no_box_for_that_of_somebody_else(label: str) -> None:
    look = page(replace(OTP, id="code", label=label, near=()))
    assert purpose(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)) == "Nothing"


def test_the_pin_of_a_joint_holder_is_not_ones_own() -> None:
    look = page(replace(PIN, label="Joint holder's PIN"))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == "Nothing"


def test_a_number_may_be_shared_to_log_in() -> None:
    heading = "Share your mobile number to continue"
    look = replace(page(replace(MOBILE, heading=heading)), texts=(Text(heading, head=True),))
    assert purpose(recognise(look, SILENT, START)) == "mobile"


def test_a_hyphen_makes_no_signature_of_a_sign_in() -> None:
    assert purpose(recognise(page(PIN, words="Sign-in"), PIN_IS_SET, CODE_TAKEN)) == "pin"
    assert purpose(recognise(page(PIN, words="Sign"), PIN_IS_SET, CODE_TAKEN)) == "Nothing"


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Enter your PIN to authorise the sale of 100 TCS.", False),
        ("Your PIN places the order: BUY 100 INFY.", False),
        ("Enter PIN to release your payout.", False),
        ("Enter PIN to confirm Priya as nominee.", False),
        ("Enter your PIN to turn off TOTP.", False),
        ("By entering your PIN you activate MTF.", False),
        ("Your PIN e-signs the DDPI form.", False),
        ("Enter your PIN to log in and place orders.", True),
        ("Enter PIN to view your portfolio.", True),
        ("Enter PIN to confirm that it is you.", True),
        ("Enter PIN to start trading.", True),
        ("Enter PIN to move ahead.", True),
        ("Enter PIN to connect QuantPilot.", True),
        ("Enter PIN to connect your account to QuantPilot.", True),
        ("Enter PIN to connect your spouse", False),
        ("Enter PIN to connect your savings account", False),
        ("Enter PIN to connect an account aggregator", False),
        ("Enter PIN to connect HDFC Smart", False),
        ("Enter PIN to connect WhatsApp alerts", False),
        ("Enter PIN to view your withdrawals", True),
        ("Enter PIN to access your MTF positions", True),
        ("Enter PIN to start trading in F&O", True),
        ("Enter PIN to see your offers and accept", False),
        ("Enter PIN to connect your Upstox account with QuantPilot.", True),
        ("Enter PIN to authorise access", True),
        ("Enter PIN to authorise access for Kiran", False),
        ("Enter PIN to connect your bank.", False),
        ("Enter PIN to connect a wallet.", False),
        ("Never use your PIN to sell or to link a bank for others.", True),
        ("Forgot it? Use OTP to change your PIN.", True),
    ],
)
def test_no_pin_goes_where_a_sentence_says_what_else_is_done_by_it(text: str, taken: bool) -> None:
    look = page(replace(PIN, near=(text,)), texts=(text,))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == ("pin" if taken else "Nothing")


@pytest.mark.parametrize(
    ("label", "taken"),
    [
        ("Enter TOTP to link HDFC Bank", False),
        ("TOTP to confirm your order", False),
        ("Enter TOTP to log in", True),
        ("Your TOTP code changes every 30 seconds", True),
        ("This code changes your bank account", False),
        ("Enter TOTP to continue", True),
    ],
)
def test_no_code_goes_where_its_label_says_what_else_is_done_by_it(label: str, taken: bool) -> None:
    look = page(replace(OTP, label=label, near=()))
    assert purpose(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)) == ("otp" if taken else "Nothing")


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("We have sent a code to close your account", False),
        ("We have sent a code to 98****1234 to change your bank", False),
        ("We’ve sent a code to your mobile number to transfer funds", False),  # noqa: RUF001
        ("A code was texted to asha@mail.example to gift shares", False),
        ("Enter the code we sent to update your address", False),
        ("To register a nominee, we have sent you a code", False),
        ("We sent a code to verify your e-mail", False),
        ("OTP for account closure", False),
        ("We texted a code to your number to make sure it’s really you", True),  # noqa: RUF001
        ("OTP has been sent to your WhatsApp to get you started", True),
        ("We’ve sent a code to validate your request", True),  # noqa: RUF001
        ("We have sent a code to your mobile number to verify it's you", True),
        ("We have sent you a code to log in", True),
        ("Code sent to WhatsApp", True),
        ("OTP sent to your mobile 98****1234 and your e-mail", True),
        ("Tap to send the code again", True),
        ("The OTP sent to you is valid for 10 minutes", True),
    ],
)
@pytest.mark.parametrize("heads", [False, True])
def test_no_code_goes_where_it_is_sent_for_something_else(
    text: str, *, taken: bool, heads: bool
) -> None:
    own = replace(OTP, heading=text) if heads else replace(OTP, near=("Enter OTP", text))
    look = page(replace(own, near=own.near or ("Enter OTP",)), texts=(text,))
    assert purpose(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)) == ("otp" if taken else "Nothing")


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("We’ll send a code to your mobile to close your account", False),  # noqa: RUF001
        ("We’ll send you a one-time password (OTP) to verify your mobile number.", True),  # noqa: RUF001
    ],
)
def test_no_number_goes_where_a_code_for_something_else_is_sent(text: str, *, taken: bool) -> None:
    own = replace(MOBILE, near=("Enter mobile number", "+91", text))
    assert purpose(recognise(page(own, words="Get OTP"), SILENT, START)) == (
        "mobile" if taken else "Nothing"
    )


@pytest.mark.parametrize(
    ("heading", "taken"),
    [
        ("Authorise login", True),
        ("Authorise this sign-in", True),
        ("Authorise login request", False),
        ("Authorise login on another device", False),
        ("Approve login", False),
    ],
)
def test_a_pin_authorises_this_login_and_no_other(heading: str, *, taken: bool) -> None:
    look = page(replace(PIN, heading=heading), texts=(heading,))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == ("pin" if taken else "Nothing")


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        # To log in and to have something done.
        ("Enter your PIN to access margin", False),
        ("Enter PIN to unlock F&O", False),
        ("Enter PIN to continue closing your account", False),
        ("Enter PIN to proceed with payment", False),
        ("Enter PIN to view and accept the terms", False),
        ("Enter PIN to trade 10 TCS", False),
        ("To authenticate the withdrawal enter your PIN", False),
        ("Confirm your identity to change your bank", False),
        ("Confirm your identity so we can close your account", False),
        ("Verify it's you before selling", False),
        ("You requested account closure", False),
        ("Account deletion requested. Enter PIN", False),
        ("Closing your account", False),
        ("Enter PIN to confirm your identity, then we move your shares", False),
        ("Confirm your identity, then we move your shares", False),
        ("Enter PIN to view and move your shares", False),
        ("Your shares are moved once you enter your PIN", False),
        ("Enter your PIN so that we can move your shares", False),
        ("Enter PIN to open your NPS account", False),
        ("Enter PIN to open your account with NPS", False),
        ("Enter your PIN to log in and freeze your account", False),
        ("Enter PIN to start your free trial", False),
        ("Enter PIN to enter the contest", False),
        ("Enter PIN to return shares", False),
        ("Enter PIN to check out", False),
        ("Enter PIN to continue to MTF", False),
        ("Enter PIN to open your trading account", True),
        ("Enter PIN to open Upstox", True),
        ("Enter PIN to enter the market", True),
        ("Enter PIN to return to TradeBot", True),
        ("Enter PIN to use TradeBot", True),
        ("Enter PIN to invest in stocks", True),
        ("Enter PIN to manage your SIPs", True),
        ("Enter your PIN to sign in to MTF Scanner", True),
        ("Enter your PIN to continue with IPO Tracker", True),
        ("Enter PIN to sign in to MTF Scanner and pledge", False),
        ("Funds are transferred once your bank confirms", True),
        ("We open your dashboard once you enter your PIN", True),
        ("We will log you out of other devices", True),
        ("After 5 wrong PINs we will freeze your account", True),
        ("Enter your PIN to begin a session", True),
        ("Enter your PIN to return", True),
        ("For your safety, confirm your identity", True),
        ("Freeze your account any time from the app", True),
        ("Enter your PIN to see your portfolio, funds and orders", True),
        ("Enter PIN to access your account", True),
        ("Verify it's you to continue", True),
        ("Verify your identity for security", True),
        ("If you did not request account closure, call us", True),
    ],
)
def test_a_pin_only_proves_who_logs_in(text: str, *, taken: bool) -> None:
    look = page(replace(PIN, near=(text,)), texts=(text,))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == ("pin" if taken else "Nothing")


@pytest.mark.parametrize("text", ["You requested account closure", "Closing your account"])
def test_no_code_and_no_number_closes_an_account(text: str) -> None:
    code = replace(OTP, near=("Enter OTP", text))
    assert purpose(recognise(page(code), ASKS_FOR_CODE, NUMBER_TAKEN)) == "Nothing"
    number = replace(MOBILE, near=("Enter mobile number", "+91", text))
    assert purpose(recognise(page(number, words="Get OTP"), SILENT, START)) == "Nothing"


@pytest.mark.parametrize("near", [("Payee: Kiran",), ("Amount: ₹5,000",), ("x", "You pay: 500")])
def test_no_pin_goes_beside_an_amount_and_who_gets_it(near: tuple[str, ...]) -> None:
    look = page(replace(PIN, heading="Confirm it's you", near=near), texts=near)
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == "Nothing"


@pytest.mark.parametrize(
    ("near", "box", "taken"),
    [
        (("Mobile number",), "Call me even if I\u2019m on DND", "Nothing"),
        (("Mobile number", "An expert will call you"), "Keep me signed in", "Nothing"),
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
    "words",
    [
        "Square off",
        "Exit all",
        "Send money",
        "Pledge it",
        "Donate",
        "Yes, sell",
        "OK, pay",
        "Next: pay",
        "Yes, close it",
    ],
)
def test_no_pin_is_sent_by_a_button_that_does_something(words: str) -> None:
    assert purpose(recognise(page(PIN, words=words), PIN_IS_SET, CODE_TAKEN)) == "Nothing"


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


@pytest.mark.parametrize("words", ["Account details", "Use another number", "Bad phone?"])
def test_what_stands_beside_a_pin_that_sends_itself_is_not_its_button(words: str) -> None:
    look = page(replace(PIN, form=0), words=words)
    look = replace(look, controls=(replace(look.controls[0], form=0),))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Form)
    assert here.button is None


@pytest.mark.parametrize(
    "words",
    [
        "Log me out everywhere",
        "Trust this device",
        "Rotate keys",
        "Merge accounts",
        "Port my SIM data",
        "Suspend",
        "Agree and continue",
        "Approve Rahul",
        "Roll over",
        "Becho",
        "Khata band karo",
        "भुगतान करें",
        "Swap PIN",
        "Copy PIN",
        "पिन हटाएं",
        "Manzoor hai",
        "Confirm beneficiary",
        "Verify KYC",
        "Unlock payout",
        "Confirm trade",
        "Auto-renew",
    ],
)
def test_no_secret_is_sent_by_words_that_may_do_more(words: str) -> None:
    """However well the field is named; a person's page file may say that they send the form."""
    bare = replace(page(replace(PIN, form=0)), controls=(button(words, form=0),))
    assert purpose(recognise(bare, PIN_IS_SET, CODE_TAKEN)) == "Nothing"
    assert purpose(recognise(page(PIN, words=words), PIN_IS_SET, CODE_TAKEN)) == "Nothing"
    assert purpose(recognise(page(OTP, words=words), ASKS_FOR_CODE, NUMBER_TAKEN)) == "Nothing"
    named = parse_marks(f'[[button]]\nsends = "pin"\nwords = "{words}"')
    assert purpose(recognise(page(PIN, words=words), PIN_IS_SET, CODE_TAKEN, named)) == "pin"


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("Change PIN", False),
        ("Reset my PIN", False),
        ("Cancel order", False),
        ("Change number", True),
        ("Show PIN", True),
        ("Forgot PIN?", True),
        ("Switch account", True),
    ],
)
def test_no_pin_goes_into_a_form_that_is_sent_by_what_changes_something(
    words: str, *, taken: bool
) -> None:
    """Where nothing else is marked as what sends it; a form that sends itself may have others."""
    assert (purpose(recognise(page(PIN, words=words), PIN_IS_SET, CODE_TAKEN)) == "pin") is taken


@pytest.mark.parametrize(
    "words",
    [
        "Jump in",
        "Here we go",
        "Launch Upstox",
        "Zabardast",
        "To my portfolio",
        "Almost there",
        "PIN done",
        "That's all",
        "पिन डालें",
        "पिन जमा करें",
        "PIN daalo",
        "पिन से लॉगिन करें",
        "PIN confirm karein",
        "भेजें",
        "Load my account",
        "Mere account mein jao",
        "खाता खोलें",
        "Ready to trade",
        "Verify token",
        "Verify account",
        "Yes, let me in",
    ],
)
def test_an_unknown_verb_alone_sends_the_form(words: str) -> None:
    assert purpose(recognise(page(PIN, words=words), PIN_IS_SET, CODE_TAKEN)) == "pin"
    assert purpose(recognise(page(OTP, words=words), ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"


@pytest.mark.parametrize(
    ("heading", "taken"),
    [
        ("A device in Pune wants to log in", False),
        ("Someone is trying to log in", False),
        ("Pair your TV", False),
        ("Pending login", False),
        ("Log in on TV", False),
        ("Enter PIN to approve the login from Delhi", False),
        ("Change PIN", False),
        ("Sell your shares", False),
        ("Add nominee", False),
        ("Verify this login attempt", True),
        ("Trying to log in?", True),
        ("You are logging in from a new device", True),
        ("Log in or open a demat account", True),
        ("Open a demat account or log in", True),
        ("Enter your PIN to use QuantPilot with Upstox", True),
        ("Log in on this device", True),
    ],
)
@pytest.mark.parametrize("words", ["Continue", "Confirm", "Log in"])
def test_no_secret_lets_somebody_else_in(heading: str, words: str, *, taken: bool) -> None:
    for field, traffic, sent in ((PIN, PIN_IS_SET, CODE_TAKEN), (OTP, ASKS_FOR_CODE, NUMBER_TAKEN)):
        look = page(replace(field, heading=heading), words=words, texts=(heading,))
        assert (purpose(recognise(look, traffic, sent)) != "Nothing") is taken


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("A login from Delhi is waiting for your approval", False),
        ("A new device is trying to log in", False),
        ("Your PIN lets the other device in", False),
        ("Never approve a login that is not yours", True),
        ("If someone is trying to log in, call us", True),
        ("We noticed a new device", True),
    ],
)
def test_no_pin_goes_beside_somebody_elses_login(text: str, *, taken: bool) -> None:
    look = page(replace(PIN, near=(*PIN.near, text)), texts=(text,))
    assert (purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == "pin") is taken


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
    ("title", "taken"),
    [
        ("Autopay mandate", False),
        ("Order review", False),
        ("Loan agreement", False),
        ("Withdrawal", False),
        ("Update KYC", False),
        ("Exit all positions", False),
        ("Generate API key", False),
        ("Show backup codes", False),
        ("Gift shares", False),
        ("Welcome back", True),
        ("Invest in stocks, SIPs, IPOs", True),
        ("Stocks & IPOs", True),
        ("Zero charges", True),
        ("Identity verification", True),
        ("Your orders await", True),
        ("Connect Drift Algo to your Upstox account", True),
    ],
)
def test_no_secret_goes_under_a_title_that_names_a_deed(title: str, *, taken: bool) -> None:
    """As a heading, above the heading, as the field's own name, or as a text beside it."""
    head, text = Text(title, head=True), Text(title)
    step = Text("One more step", head=True)
    for field, traffic, sent in ((PIN, PIN_IS_SET, CODE_TAKEN), (OTP, ASKS_FOR_CODE, NUMBER_TAKEN)):
        bare = replace(field, near=("Enter it here",)) if field is PIN else field
        for form, texts in (
            (replace(bare, heading=title), (head,)),
            (replace(bare, heading=step.text), (head, step)),
            (replace(bare, near=(*bare.near, title)), (text,)),
        ):
            look = replace(page(form), texts=texts)
            assert (purpose(recognise(look, traffic, sent)) != "Nothing") is taken


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


@pytest.mark.parametrize(
    ("heading", "title", "taken"),
    [
        ("IPO application", "", False),
        ("Loan against shares", "", False),
        ("Autopay mandate", "", False),
        ("Autopay mandate", "Login to Upstox", True),
        ("Invest in stocks", "", True),
    ],
)
def test_a_number_needs_a_word_of_the_login_under_a_title_that_names_a_deed(
    heading: str, title: str, *, taken: bool
) -> None:
    look = page(replace(MOBILE, heading=heading), words="Continue", title=title)
    assert (purpose(recognise(look, LED, START)) == "mobile") is taken


def test_a_number_that_stood_beside_the_code_is_no_way_back_to_the_start() -> None:
    """The form to open an account may stand on every screen."""
    field = replace(MOBILE, id="lead", form=4)
    look = page(field, words="Go on")
    sent = replace(CODE_TAKEN, field=OTP.n)
    assert purpose(recognise(look, PIN_IS_SET, sent)) == "mobile"
    assert purpose(recognise(look, PIN_IS_SET, replace(sent, beside=(field.likeness,)))) != "mobile"


@pytest.mark.parametrize(
    ("field", "taken"),
    [
        ({}, False),
        ({"label": "TOTP"}, True),
        ({"near": ("Enter the OTP",)}, True),
        ({"id": "otpNum"}, True),
        ({"form": 77}, True),
    ],
)
def test_a_box_of_one_form_with_the_number_is_a_codes_only_where_something_names_it(
    field: dict[str, Any], *, taken: bool
) -> None:
    """Browsers' own name for a code stands at the PIN of some kits as well."""
    bare = replace(OTP, id="", near=(), autocomplete="one-time-code", form=MOBILE.form)
    bare = replace(bare, maxlength=6, inputmode="numeric")
    number = replace(MOBILE, length=10, holds=True)
    box = replace(bare, **field)
    look = replace(page(number), fields=(number, box))
    assert candidate(box, "otp", look, START, LED).holds is taken
