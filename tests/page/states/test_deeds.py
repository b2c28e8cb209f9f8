"""What is done for an account, costs money, or takes something away."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
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
    screen_of,
)
from upstox_browser_login.page.here import Form, Stop, Way
from upstox_browser_login.page.look import Control, Look, Text
from upstox_browser_login.page.recognise import recognise


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("Upgrade to Upstox Plus for ₹499", ""),
        ("Your plan", "₹499 is taken from your balance."),
        ("Your plan", "Autopay of Rs 99 a month begins today."),
        ("Turn off two-factor authentication", ""),
        ("Delete your account", "We are sorry to see you go."),
        ("Reset your PIN", "We will send you a link."),
        ("Activate DDPI", ""),
        ("Copy trading is here", "Your account mirrors Kiran from today."),
        ("Idle cash sweep", "Unused funds move to a liquid scheme overnight."),
        ("Power of attorney", "Upstox acts for you from now on."),
        ("Quarterly settlement", "We move your holdings to the pool account."),
        ("Upgrade your plan", ""),
        ("Pledge your holdings", "They stay yours."),
        ("Enable F&O", ""),
        ("Switch to the new brokerage", ""),
        ("Open a commodity account", "It takes a minute."),
        ("Your plan", "Rs. 1,499 annual fee"),
        ("Your plan", "99 rupees every month"),
        ("Your plan", "An annual fee of \u20b9499 applies."),
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_a_screen_that_costs_or_undoes_is_not_gone_on_with(
    head: str, text: str, marked: bool
) -> None:
    """Its control may say what it likes; to pass it by is fine."""
    look = screen_of(head, "Continue")
    look = replace(look, texts=(Text(head, head=marked), Text(text)))
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert isinstance(here, Stop)
    assert here.name == "agreement"
    skipped = recognise(
        replace(look, controls=(*look.controls, button("Not now", n=40))), SILENT, NUMBER_TAKEN
    )
    assert isinstance(skipped, Way)
    assert skipped.control.words == "Not now"


@pytest.mark.parametrize(
    ("title", "text", "orders"),
    [
        ("Your order", "Buy 10 RELIANCE at market", True),
        ("Almost there", "Sell 20 INFY at 1500", True),
        ("Review", "Quantity: 10, price: 200", True),
        ("Nominee details", "Asha 100%", True),
        ("Standing instruction", "Starts on 1 December", True),
        ("SIP of ₹500", "Starts on 1 December", True),
        ("Good to go", "We will place your order for 10 TCS", True),
        ("A change", "We’ll convert your account to BSDA", True),  # noqa: RUF001  (the page's)
        ("Review your order", "INFY 10 × 1500", True),  # noqa: RUF001  (the page's)
        ("Confirm nominee", "Ravi 100%", True),
        ("Closing your account", "Funds go to your bank", True),
        ("Your nominee", "The nominee of your account will be changed to Ravi", True),
        ("Annual meeting", "You vote FOR all resolutions by proxy", True),
        ("Raise your daily limit", "", True),
        ("Link bank account", "", True),
        ("MTF", "Your positions will be moved to margin tonight", True),
        ("Settlement", "Your funds go to your bank. You don't need to do anything.", False),
        ("Settlement", "Bank holidays will move payouts by a day", False),
        ("Add a nominee later", "", False),
        ("Connect with confidence", "Add more to your watchlist", False),
        ("Market opens at 9:15", "Orders pause from 2 to 4 am", False),
        ("Happy Diwali", "Muhurat trading from 18:00 to 19:00", False),
        ("Did you know?", "You can buy fractions soon", False),
        ("Welcome back", "We will text you 100 tips a year", False),
    ],
)
def test_no_order_is_given_by_going_on(title: str, text: str, orders: bool) -> None:
    told = (Text(title, head=True), Text(text))
    look = Look(ready=True, texts=told, controls=(Control(1, words="Continue"),))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Stop if orders else Way)
    declined = replace(look, controls=(*look.controls, Control(2, words="Not now")))
    here = recognise(declined, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.n == 2


@pytest.mark.parametrize(
    ("title", "goes"),
    [
        ("Exit all positions", False),
        ("Execute basket", False),
        ("Generate API key", False),
        ("Gift shares", False),
        ("Freeze your account", False),
        ("Loan offer", False),
        ("Add a nominee later", True),
        ("Investor charter", True),
        ("Stocks & IPOs", True),
        ("IPO season is here", True),
    ],
)
def test_to_go_on_under_a_title_that_names_a_deed_is_to_do_it(title: str, *, goes: bool) -> None:
    here = recognise(screen_of(title, "Continue"), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way if goes else Stop)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Account closure requested", ["Continue", "Cancel request"]),
        ("Finish setting up your account", ["Continue"]),
        ("Let’s open your account", ["Get started"]),  # noqa: RUF001
        # To refuse what has to be accepted ends the login.
        ("Accept to continue", ["Accept", "Decline"]),
    ],
)
def test_to_go_on_carries_out_nothing_for_the_account(title: str, words: list[str]) -> None:
    assert not isinstance(recognise(screen_of(title, *words), PIN_IS_SET, CODE_TAKEN), Way)


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
