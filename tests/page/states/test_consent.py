"""What lets an app in, what it may do then, and what is another permission."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    CODE_TAKEN,
    PIN_IS_SET,
    SILENT,
    screen_of,
    screen_that_says,
)
from upstox_browser_login.page.here import Stop, Way
from upstox_browser_login.page.look import Text
from upstox_browser_login.page.recognise import recognise


@pytest.mark.parametrize(
    "text", ["contact you on WhatsApp", "share your credit report with partners", "read your SMS"]
)
def test_no_other_permission_is_given(text: str) -> None:
    look = screen_of("App permissions", "Allow", "Deny")
    here = recognise(
        replace(look, texts=(*look.texts, Text(text))), SILENT, replace(CODE_TAKEN, pin=True)
    )
    assert not (isinstance(here, Way) and here.name == "approval")


@pytest.mark.parametrize(
    ("head", "text", "words"),
    [
        ("my-algo wants access to your Upstox account", "Withdraw funds", ["Allow", "Deny"]),
        ("my-algo wants to access your Upstox account", "Move money", ["Continue", "Cancel"]),
        ("Allow my-algo to use your account?", "Transfer securities.", ["Allow access", "Cancel"]),
        ("my-algo asks for access to your Upstox account", "Add a bank account", ["Yes", "No"]),
        ("my-algo wants access to your Upstox account", "Send you marketing", ["Allow", "Deny"]),
        ("my-algo wants access to your Upstox account", "Close your account", ["Allow", "Deny"]),
        (
            "my-algo wants access to your Upstox account",
            "Don’t worry, it can transfer funds",  # noqa: RUF001
            ["Allow", "Deny"],
        ),
        (
            "my-algo wants access to your Upstox account",
            "It moves money so that you do not have to transfer it",
            ["Allow", "Deny"],
        ),
        ("Allow our advisors to place orders for you on your behalf", "", ["Allow", "Not now"]),
        ("Allow Ravi (joint holder) to use your Upstox account", "", ["Allow", "Deny"]),
        ("Ravi wants access to your Upstox account", "He will be able to trade", ["Allow", "Deny"]),
        ("Allow another user to access your Upstox account", "", ["Allow", "Deny"]),
        ("9812345678 wants access to your Upstox account", "", ["Allow", "Deny"]),
        ("ravi@example.com wants to access your Upstox account", "", ["Continue", "Cancel"]),
        ("Let your CA trade on your behalf", "", ["Allow", "Deny"]),
        ("Your nephew wants access to your Upstox account", "", ["Allow", "Deny"]),
        ("Ravi (father) wants access to your Upstox account", "", ["Allow", "Deny"]),
        ("Give your family access to your Upstox account", "", ["Allow", "Deny"]),
        ("Two people are asking for access to your Upstox account", "", ["Allow", "Deny"]),
    ],
)
def test_an_app_that_wants_more_than_to_trade_is_for_a_person(
    head: str, text: str, words: list[str]
) -> None:
    """To say no there would end the login as well, so nothing is pressed."""
    look = screen_of(head, *words)
    here = recognise(replace(look, texts=(*look.texts, Text(text))), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Stop)
    assert here.name == "agreement"
    assert "more than to trade" in str(here.why[0])


@pytest.mark.parametrize("text", ["Upstox wants access to your location", "Permission for photos"])
def test_a_permission_of_the_browser_is_declined(text: str) -> None:
    here = recognise(screen_of(text, "Allow", "Not now"), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == "Not now"


@pytest.mark.parametrize(
    ("text", "words", "way"),
    [
        (
            "The app you came from will be able to | see your orders",
            ["Let it", "Don’t let it"],  # noqa: RUF001
            "Let it",
        ),
        ("क्या इस ऐप को अनुमति दें?", ["नहीं", "अनुमति दें"], "अनुमति दें"),
        ("Connect to your app", ["Upgrade to API Plus, ₹499", "Connect", "Cancel"], "Connect"),
        (
            "You are granting QuantPilot access to: profile, orders, holdings",
            ["I approve", "Reject"],
            "I approve",
        ),
        ("Permission request from QuantPilot", ["Accept", "Decline"], "Accept"),
        ("Link QuantPilot with your Upstox account", ["Link account", "Cancel"], "Link account"),
        (
            "QuantPilot को अनुमति दें? | यह ऐप आपके खाते में ऑर्डर दे सकेगा।",
            ["मना करें", "अनुमति दें"],
            "अनुमति दें",
        ),
        (
            "Connect your account to QuantPilot | Access ends at 3:30 AM tomorrow.",
            ["Who made it?", "Connect QuantPilot", "Go back"],
            "Connect QuantPilot",
        ),
        (
            "QuantPilot ko access dein? | Yeh app orders place kar sakega.",
            ["Nahi", "Haan, access dein"],
            "Haan, access dein",
        ),
    ],
)
def test_our_own_app_is_let_in_by_other_words(text: str, words: list[str], way: str) -> None:
    here = recognise(screen_of(text, *words), PIN_IS_SET, replace(CODE_TAKEN, pin=True))
    assert isinstance(here, Way)
    assert (here.name, here.control.words) == ("approval", way)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Connect your account to WhatsApp | Access your alerts there.", ["Connect", "Cancel"]),
        ("Connect your account to QuantPilot | It charges ₹99.", ["Connect", "Cancel"]),
        ("Family access | Asha’s brother, orders", ["Deny access", "Grant access"]),  # noqa: RUF001
        ("Camera", ["Deny access", "Grant access"]),
        ("Location, for orders near you", ["Deny access", "Grant access"]),
        ("यह ऐप ऑर्डर दे सकेगा और पैसे निकाल सकेगा", ["मना करें", "अनुमति दें"]),
    ],
)
def test_new_words_of_access_let_nothing_else_in(text: str, words: list[str]) -> None:
    here = recognise(screen_of(text, *words), PIN_IS_SET, replace(CODE_TAKEN, pin=True))
    assert not (isinstance(here, Way) and here.name == "approval")


@pytest.mark.parametrize(
    "text",
    [
        "Zed Capital | wants to sell all of your holdings",
        "Basket Copy | wants to mirror the orders of Ravi",
        "Wants to liquidate your portfolio",
        "Zed Capital | wants to use your holdings as collateral",
        "Zed Capital | wants to manage your portfolio for a 2% fee",
        "क्या इस ऐप को अनुमति दें? यह पैसे निकाल सकेगा।",
    ],
)
def test_what_wants_more_than_an_app_does_is_neither_let_in_nor_kept_out(text: str) -> None:
    done = replace(CODE_TAKEN, pin=True)
    here = recognise(screen_of(text, "Allow", "Deny"), PIN_IS_SET, done)
    assert isinstance(here, Stop)
    assert here.name == "agreement"


@pytest.mark.parametrize("what", ["fetch your holdings", "track your portfolio", "execute trades"])
def test_an_app_is_let_in_that_does_what_apps_do(what: str) -> None:
    look = screen_of(f"Trade with Kite Sutra | wants to {what}", "Allow", "Deny")
    here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True))
    assert isinstance(here, Way)
    assert (here.name, here.control.words) == ("approval", "Allow")


@pytest.mark.parametrize(
    ("text", "lets"),
    [
        ("Your open positions will be squared off when you allow.", False),
        ("Pending GTT orders of other apps are cancelled.", False),
        ("Allowing it signs out ChartX and cancels its open orders.", False),
        ("Allowing replaces your registered static IP.", False),
        ("To see whether you may have a loan against your shares.", False),
        ("Discretionary management: it decides what to buy.", False),
        ("It sells your holdings as soon as you allow.", False),
        ("It turns off two-factor login.", False),
        ("It will keep your PIN.", False),
        ("Yeh aapke saare shares bech dega.", False),
        ("यह आपके सभी शेयर बेच देगा।", False),
        ("It cannot see your PIN.", True),
        ("You can disable access at any time.", True),
        ("The app’s access is revoked at 3:30 AM.", True),  # noqa: RUF001
        ("Orders of this app can be cancelled by you.", True),
        ("Your orders will be cancelled.", False),
        ("The app ChartX is disconnected.", False),
        ("It buys and sells what you tell it to.", True),
        ("It will place, modify and cancel orders, and close positions.", True),
        ("It reads open and closed positions, executed and cancelled orders.", True),
        ("It will not cancel orders of other apps.", True),
        ("By clicking Allow, you allow this app to use your information under its terms.", True),
    ],
)
def test_no_app_is_let_in_where_that_does_something_at_once(text: str, lets: bool) -> None:
    look = screen_that_says("TradeBot wants to access your Upstox account", text, "Allow", "Deny")
    here = recognise(look, SILENT, replace(CODE_TAKEN, pin=True))
    assert isinstance(here, Way if lets else Stop)


@pytest.mark.parametrize(
    ("text", "yes", "let_in"),
    [
        ("It can apply for IPOs.", "Allow", False),
        ("It can also apply for IPOs.", "Allow", False),
        ("This app can also see your holdings.", "Allow", True),
        ("It can also convert your holdings.", "Allow", False),
        ("It can take a fee.", "Allow", False),
        ("It can keep your data.", "Allow", False),
        ("It can sell your data.", "Allow", False),
        ("It may record your screen.", "Allow", False),
        ("A fee of 2% of profits is taken.", "Allow", False),
        ("F&O is activated for you.", "Allow", False),
        ("It can place orders.", "Allow withdrawals", False),
        ("It can place orders.", "Approve order", False),
        ("It can buy and sell for you, and exit positions.", "Allow", True),
        ("It can never withdraw money.", "Allow", True),
        ("It may take a few seconds.", "Allow", True),
    ],
)
def test_an_app_is_let_in_only_to_do_what_apps_are_known_to_do(
    text: str, yes: str, *, let_in: bool
) -> None:
    look = screen_of("QuantPilot wants to access your Upstox account", yes, "Deny")
    look = replace(look, texts=(*look.texts, Text(text)))
    here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True))
    assert isinstance(here, Way if let_in else Stop)
