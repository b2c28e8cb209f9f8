"""A secret that is asked for under a neutral heading, on a screen that carries something out."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    CODE_TAKEN,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    button,
    page,
    purpose,
)
from upstox_browser_login.page.here import Form
from upstox_browser_login.page.look import Field, Look, Text
from upstox_browser_login.page.recognise import recognise

HEAD = "Enter your PIN"


def taken(*told: str, head: str = HEAD, beside: tuple[str, ...] = (), title: str = "") -> str:
    """What is typed where a page tells this below the PIN and has these other controls."""
    field = replace(PIN, heading=head, below=told[:3])
    texts = (Text(head, head=True, field=PIN.n), *(Text(each, field=PIN.n) for each in told))
    controls = (button("Continue"), *(button(e, n=21 + n, type="") for n, e in enumerate(beside)))
    look = Look(ready=True, title=title, fields=(field,), controls=controls, texts=texts)
    return purpose(recognise(look, PIN_IS_SET, CODE_TAKEN))


@pytest.mark.parametrize(
    "told",
    [
        "Withdraw ₹5,000 to HDFC ****1234",
        "Sell 10 shares of TCS",
        "Sale of 10 shares of TCS",
        "Sell all holdings",
        "Sell everything",
        "SELL TCS 10 @ market",
        "Pledge 200 shares of RELIANCE for margin",
        "Your withdrawal of ₹5,000 will be processed.",
        "₹5,000 will be debited from your trading balance",
        "₹5,000 to HDFC Bank ****1234",
        "Ravi Kumar, ravi@okaxis",
        "This will close your account",
        "Your account will be permanently closed.",
        "Once closed, your account cannot be reopened.",
        "You are about to delete your API keys",
        "Entering your PIN closes your account",
        "All your holdings will be sold at market price",
        "Cancel 3 pending orders",
        "Set up autopay of ₹500 per month",
        "Confirm withdrawal",
        "Account closure request",
        "Adding Kiran Rao as nominee",
        "Linking bank account HDFC",
        "This will link your account to your wallet",
        "This will link your account to My Algo, then close your account",
        "Mobile number change to 98******10",
        "TCS के 10 शेयर बेचें",
        "Your withdrawal is waiting for your PIN",
        "For your safety, confirm this transaction with your PIN",
        "Step 3 of 3: Confirm withdrawal",
        "Nominee: Kiran Rao (100%)",
        "We need your PIN to release your funds",
        "I agree to sell my shares",
        "MTF will be activated",
        "Your e-mail will change to kiran@x.in",
        "Start basket: 5 orders",
        "Convert MIS to CNC: 10 TCS",
        "By continuing you lend your shares",
        "Your shares will be lent",
        "This lends your holdings",
    ],
)
def test_no_pin_is_typed_where_the_page_tells_what_it_carries_out(told: str) -> None:
    assert taken("Upstox", told) == "Nothing"


@pytest.mark.parametrize(
    "rows",
    [
        ("Amount", "₹5,000", "To", "HDFC"),
        ("Stock", "TCS", "Quantity", "10"),
        ("Action", "SELL", "Symbol", "TCS"),
        ("Request", "Account closure", "Reason", "Not trading"),
        ("Scheme", "Axis Bluechip", "Units", "120.5"),
        ("Payee", "Ravi", "Note", "Rent"),
        ("Nominee", "Kiran", "Share", "100%"),
    ],
)
def test_no_pin_is_typed_beside_the_summary_of_a_transaction(rows: tuple[str, ...]) -> None:
    assert taken(*rows) == "Nothing"


@pytest.mark.parametrize(
    "told",
    [
        "Withdraw funds faster with instant payouts",
        "Withdraw ₹5,000 in seconds, any time",
        "Pay zero brokerage",
        "Add money in seconds",
        "Add ₹5,000 and get ₹100 as a bonus",
        "Apply for IPOs in 2 taps",
        "Enable biometric login for quick access next time",
        "Buy all stocks and mutual funds with one tap",
        "Pay ₹20 per order, flat",
        "Buy 1 get 1: gift shares to friends",
        "Transfer all your holdings to Upstox in 3 taps",
        "Invest in gold from ₹10",
        "Refer and earn ₹500",
        "Close your positions before 3:20 PM",
        "Adding money is now instant",
        "Linking Aadhaar to PAN is mandatory",
        "Due to a holiday, your payout will be processed on 3 December.",
        "Dormant accounts will be closed on 31 March",
        "Your shares will be transferred to CDSL by 31 March",
        "Attention investors: your shares will be pledged only through the depository.",
        "Send money only to upstox@okhdfcbank",
        "Your account will be deactivated after 5 wrong PINs",
        "Your pending orders will be cancelled at 3:30 PM",
        "Never share your PIN or OTP with anyone.",
        "Beware of fake apps that ask you to transfer ₹5,000",
        "Beware of unauthorised trades: update your mobile number with your broker.",
        "Prevent unauthorised transactions in your account.",
        "Stock brokers can accept securities as margin only by way of pledge.",
        "Just write the bank account number to authorise your bank to make payment.",
        "Investments in securities market are subject to market risks.",
        "9 out of 10 individual traders in equity F&O segment incurred net losses.",
        "For complaints write to complaints.dp@upstox.com",
        "My Algo will be able to place orders and view your funds",
        "This will log you in on this device",
        "This will link your Upstox account to My Algo",
        "This will sign you out of other devices",
        "RELIANCE 2,950.10 ▲ 1.2%",
        "₹100 से शेयर खरीदें, शुरू करें",
        "MTF can be activated at any time",
        "Convert MIS to CNC before 3:20 pm",
        "Your plan changes to ₹30 per order on 1 December",
    ],
)
def test_praise_rules_and_warnings_below_the_pin_are_no_transaction(told: str) -> None:
    assert taken("Upstox", told) == "pin"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Confirm", "Nothing"),
        ("Authorise", "Nothing"),
        ("Approve request", "Nothing"),
        ("Review and confirm", "Nothing"),
        ("Refer and earn", "Nothing"),
        ("Settings", "Nothing"),
        ("Verify", "pin"),
        ("Confirm it's you", "pin"),
        ("Authorise login", "pin"),
        ("Welcome back", "pin"),
        ("Trade smarter", "pin"),
    ],
)
def test_a_pin_needs_a_word_of_the_login_under_a_heading_that_only_agrees(
    head: str, expected: str
) -> None:
    assert taken(head=head) == expected


@pytest.mark.parametrize("told", ["Enter your PIN to log in", "My Algo wants to use your account"])
def test_a_heading_that_only_agrees_may_let_somebody_in(told: str) -> None:
    assert taken(told, head="Authorise") == "pin"
    assert taken(head="Confirm", title="Log in to Upstox") == "pin"


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("Reject", "Nothing"),
        ("Cancel order", "Nothing"),
        ("Edit amount", "Nothing"),
        ("Keep my account", "Nothing"),
        ("Back to holdings", "Nothing"),
        ("Back", "pin"),
        ("Cancel", "pin"),
        ("Change number", "pin"),
        ("View plans", "pin"),
    ],
)
def test_a_way_back_to_a_deed_tells_of_it(beside: str, expected: str) -> None:
    assert taken(beside=(beside,)) == expected


@pytest.mark.parametrize("beside", ["Withdraw ₹5,000", "Sell 10 shares of TCS"])
def test_a_deed_may_stand_in_another_control_of_the_form(beside: str) -> None:
    assert taken(beside=(beside,)) == "Nothing"


@pytest.mark.parametrize("form", [9, 4])
@pytest.mark.parametrize(
    ("label", "is_for_one"),
    [
        ("Amount", True),
        ("Quantity", True),
        ("UPI ID", True),
        ("Reason for closing", True),
        ("To account", True),
        ("New e-mail", True),
        ("Referral code (optional)", False),
        ("Search", False),
    ],
)
def test_a_form_with_another_field_of_a_transaction_takes_no_pin(
    label: str, form: int, *, is_for_one: bool
) -> None:
    """Neither in its own field nor in the other one, unless that is of another form."""
    other = Field(n=8, label=label, heading=HEAD, form=form, at=(500, 240, 240, 40))
    look = page(other, replace(PIN, heading=HEAD))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert (isinstance(here, Form) and here.field.n == PIN.n) == (form != 9 or not is_for_one)
    assert not (isinstance(here, Form) and here.field.n == other.n)


@pytest.mark.parametrize("label", ["Payout PIN", "Transaction PIN", "Enter your order PIN"])
def test_the_pin_of_a_transaction_is_not_the_logins(label: str) -> None:
    look = page(replace(PIN, label=label))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == "Nothing"


def test_a_choice_of_the_form_may_be_for_a_transaction() -> None:
    reason = button("Not trading", n=21, tag="option", type="", role="option", heading="Segment")
    look = page(replace(PIN, heading=HEAD))
    look = replace(look, controls=(*look.controls, reason))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == "Nothing"
    language = replace(reason, words="English", heading="Language")
    look = replace(look, controls=(*look.controls[:1], language))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == "pin"


def test_what_is_told_of_another_forms_field_is_not_carried_out_by_the_pin() -> None:
    other = Field(n=8, label="UPI PIN", form=4, at=(900, 300, 240, 40))
    look = page(replace(PIN, heading=HEAD), other)
    for field, expected in ((other.n, "pin"), (PIN.n, "Nothing"), (0, "Nothing")):
        told = Text("Withdraw ₹5,000 to HDFC ****1234", field=field)
        here = recognise(replace(look, texts=(told,)), PIN_IS_SET, CODE_TAKEN)
        assert purpose(here) == expected


def test_a_refusal_of_an_app_or_of_cookies_is_none_of_a_deed() -> None:
    assert taken("My Algo wants to access your account", beside=("Deny",)) == "pin"
    assert taken("We use cookies", beside=("Decline",)) == "pin"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Withdraw funds | Upstox", "Nothing"),
        ("Withdraw | Upstox", "Nothing"),
        ("Upstox - Close account", "Nothing"),
        ("Confirm order", "Nothing"),
        ("Order confirmation", "Nothing"),
        ("Upstox", "pin"),
        ("Buy, sell and invest | Upstox", "pin"),
        ("Upstox - Transfer funds, trade stocks", "pin"),
        ("Log in to withdraw funds | Upstox", "pin"),
    ],
)
def test_the_title_of_the_window_may_name_the_deed(title: str, expected: str) -> None:
    assert taken(title=title) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/funds/withdraw/pin", "Nothing"),
        ("/orders/confirm", "Nothing"),
        ("/pledge/authorize", "Nothing"),
        ("/login/pin", "pin"),
        ("/orders/login", "pin"),
        ("/", "pin"),
        ("/reorder", "pin"),
    ],
)
def test_the_address_may_name_the_deed(path: str, expected: str) -> None:
    look = replace(page(replace(PIN, heading=HEAD)), path=path)
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Swipe to sell", "Nothing"), ("Place", "Nothing"), ("Slide to log in", "pin")],
)
def test_a_button_may_send_a_deed_without_its_name(words: str, expected: str) -> None:
    look = page(replace(PIN, heading=HEAD), words=words)
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == expected


@pytest.mark.parametrize("label", ["Enter OTP sent to number 98****1234", "OTP from number 56161"])
def test_a_number_of_a_message_is_no_account_for_money(label: str) -> None:
    look = page(replace(OTP, near=(), label=label))
    assert purpose(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"
