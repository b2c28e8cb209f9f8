"""What lets our own app in, and nobody else."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    CODE_TAKEN,
    NUMBER_TAKEN,
    PIN_IS_SET,
    SILENT,
    screen_of,
    screen_that_says,
)
from tests.page.views import PIN_TAKEN
from upstox_browser_login.page.here import Sent, Stop, Way
from upstox_browser_login.page.look import Control, Text
from upstox_browser_login.page.recognise import recognise


@pytest.mark.parametrize("sent", [Sent(), NUMBER_TAKEN])
def test_no_app_is_let_in_before_anybody_has_logged_in(sent: Sent) -> None:
    look = screen_of("TradeBot wants access to your Upstox account", "Allow", "Deny")
    here = recognise(look, SILENT, sent)
    assert (isinstance(here, Way) and here.name == "approval") == sent.mobile


@pytest.mark.parametrize(
    ("text", "lets"),
    [
        ("Permissions for Drift Trader: read holdings, place orders", True),
        ("Permissions for Drift Trader: see your profile and funds", True),
        ("Permissions for Drift Trader: your files", False),
        ("Permissions for Drift Trader: your location", False),
        ("Permissions for a debit mandate", False),
    ],
)
def test_an_app_is_let_in_and_nothing_else(text: str, lets: bool) -> None:
    look = screen_of("Drift Trader", "Authorise", "Reject")
    look = replace(look, texts=(*look.texts, Text(text)))
    here = recognise(look, SILENT, replace(CODE_TAKEN, pin=True))
    assert (isinstance(here, Way) and here.name == "approval") is lets


@pytest.mark.parametrize(
    ("title", "lets"),
    [
        ("my-algo wants to use your Upstox account", True),
        ("my-algo wants to use your bank account", False),
        ("Upstox wants to use your location", False),
        ("A partner wants to use your Upstox account to contact you", False),
    ],
)
def test_an_app_that_wants_to_use_the_account_is_let_in(title: str, lets: bool) -> None:
    look = screen_of(title, "Cancel", "Allow access")
    here = recognise(look, SILENT, replace(CODE_TAKEN, pin=True))
    assert (isinstance(here, Way) and here.name == "approval") is lets


def test_an_app_that_cannot_withdraw_is_let_in() -> None:
    look = screen_of("TradeBot wants access to your Upstox account", "Allow", "Deny")
    look = replace(look, texts=(*look.texts, Text("It cannot withdraw or transfer funds.")))
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.name == "approval"


@pytest.mark.parametrize(
    ("text", "lets"),
    [
        ("It will sell all your holdings.", False),
        ("Sell 10 shares of TCS", False),
        ("It then closes all your positions.", False),
        ("It will place orders on your behalf.", True),
        ("It can sell your holdings.", True),
        ("This will link your Upstox account to TradeBot.", True),
    ],
)
def test_no_app_is_let_in_where_that_carries_something_out(text: str, *, lets: bool) -> None:
    look = screen_that_says("TradeBot wants to access your account", text, "Allow", "Deny")
    here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True))
    assert isinstance(here, Way if lets else Stop)
    assert here.name == ("approval" if lets else "agreement")


@pytest.mark.parametrize(
    ("title", "words", "way"),
    [
        ("Drift wants to access your Upstox account", ["Cancel", "Continue"], "approval"),
        # Without a no, or where more is asked for, to go on is not to allow it.
        ("Drift wants to access your Upstox account", ["Help", "Continue"], ""),
        ("Drift wants to access your Upstox account and withdraw", ["Cancel", "Continue"], ""),
        ("Drift wants to access your Upstox account and trade", ["Cancel", "Continue"], "approval"),
        ("Authorise Drift Trader", ["Cancel", "Continue"], ""),
    ],
)
def test_to_go_on_lets_an_app_in_where_one_may_call_it_off(
    title: str, words: list[str], way: str
) -> None:
    here = recognise(screen_of(title, *words), PIN_IS_SET, replace(CODE_TAKEN, pin=True))
    assert (here.name if isinstance(here, Way) and here.name == "approval" else "") == way


@pytest.mark.parametrize(
    ("head", "text", "words", "way"),
    [
        (
            "my-algo is asking for access",
            "Place, modify and cancel orders",
            ["Go back", "Allow"],
            1,
        ),
        (
            "Connect to my-algo?",
            "It will be able to place orders.",
            ["Connect", "Do not connect"],
            0,
        ),
        ("my-algo asks for access", "", ["Skip to content", "Allow", "Deny"], 1),
        ("Grant my-algo access to trade", "Until 3:30 am.", ["Grant access", "Deny"], 0),
        ("Allow my-algo to use your account", "", ["Not now", "Allow"], 1),
        ("Drift Trader को अपने Upstox खाते का उपयोग करने दें?", "", ["रद्द करें", "अनुमति दें"], 1),
        ("AlgoOne is asking to link with Upstox", "", ["Link", "Cancel"], 0),
        ("Let AlgoOne trade for you?", "", ["Yes, let it", "No"], 0),
        ("Authorise AlgoOne", "This app can place orders.", ["Authorise", "Cancel"], 0),
        ("Sign in to AlgoOne with Upstox", "", ["Continue as Asha", "Cancel"], 0),
        ("AlgoOne wants access to your Upstox account", "Track positions", ["Allow", "Deny"], 0),
        ("AlgoOne needs your permission", "To trade for you", ["Give permission", "Not now"], 0),
        ("App access", "“AlgoOne” will be able to: place orders", ["Approve", "Reject"], 0),
        ("AlgoOne ko apne account ka access dein?", "", ["Access dein", "Mana karein"], 0),
        (
            "Authorise AlgoOne",
            "AlgoOne would like to view holdings and place orders for you.",
            ["Authorise", "Cancel"],
            0,
        ),
        # Who is asked is no other person.
        (
            "AlgoOne wants access to your Upstox account",
            "Hi asha@example.com",
            ["Allow", "Deny"],
            0,
        ),
        # Nor is who has made the app, or an app that is called like a person.
        (
            "Authorize Drift Trader",
            "by you@drift.example would like permission to access your account",
            ["Authorize Drift Trader", "Cancel"],
            0,
        ),
        ("Guardian Algo wants access to your Upstox account", "", ["Allow", "Deny"], 0),
        ("Family Office wants access to your Upstox account", "", ["Allow", "Deny"], 0),
        ("Spouse planner wants to use your Upstox account", "", ["Allow", "Deny"], 0),
        # What it may not do is no reason to refuse it.
        ("my-algo wants access to your Upstox account", "It can’t withdraw.", ["Allow", "Deny"], 0),  # noqa: RUF001
    ],
)
def test_our_app_is_let_in_where_it_is_to_trade(
    head: str, text: str, words: list[str], way: int
) -> None:
    look = screen_of(head, *words)
    here = recognise(replace(look, texts=(*look.texts, Text(text))), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert (here.name, here.control.words) == ("approval", words[way])


@pytest.mark.parametrize("words", [["Cancel", "Help"], ["Allow once", "Allow always", "Deny"]])
def test_an_app_that_cannot_plainly_be_let_in_is_not_refused(words: list[str]) -> None:
    """That would refuse this login, which a person may want to go on."""
    head = "Drift wants access to your Upstox account and trade"
    here = recognise(screen_of(head, *words), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Stop)
    assert here.name == "agreement"


@pytest.mark.parametrize(
    ("head", "text", "words"),
    [
        ("Connect your bank account to Upstox", "", ["Connect", "Later"]),
        ("Allow Upstox to place orders for you", "Smart baskets", ["Allow", "Not now"]),
        ("Good news", "You will be able to trade longer.", ["Confirm", "Later"]),
        ("Want Upstox AI to trade for you?", "", ["Yes, start", "No thanks"]),
        ("Let experts trade for you", "", ["Yes, let them", "Skip"]),
        ("Authorise your broker to place orders on your behalf", "", ["Authorise", "Not now"]),
        ("Grant Upstox permission", "To fetch your Aadhaar", ["Allow", "Deny"]),
        ("Turn off third-party access", "", ["Confirm", "Cancel"]),
        ("Third-party access", "Remove access of my-algo?", ["Confirm", "Cancel"]),
        ("Connect my-algo to your Upstox account", "", ["Connect", "Skip"]),
        ("Allow Ravi (joint holder) to use your account", "", ["Allow", "Deny"]),
        ("Allow your wife to use your account", "", ["Allow", "Deny"]),
        ("Ravi wants to use your Upstox account", "He is your co-holder", ["Allow", "Not now"]),
        ("Get the app", "It will be able to tell of your orders", ["Yes, text it", "Not now"]),
    ],
)
def test_what_is_no_app_is_not_let_in(head: str, text: str, words: list[str]) -> None:
    look = screen_of(head, *words)
    here = recognise(replace(look, texts=(*look.texts, Text(text))), PIN_IS_SET, CODE_TAKEN)
    assert not (isinstance(here, Way) and here.control.words == words[0])


@pytest.mark.parametrize(
    ("title", "text", "words", "lets"),
    [
        ("Authorise QuantPilot", "Orders and positions", ["Deny access", "Grant access"], True),
        ("Authorise QuantPilot?", "Scopes: orders, portfolio", ["Decline", "Authorise"], True),
        ("Allow QuantPilot?", "This app places orders", ["Reject", "Allow"], True),
        # No app is spoken of, or no trading, or something is done by it.
        ("Authorise QuantPilot?", "Orders, portfolio", ["Decline", "Authorise"], False),
        ("Authorise QuantPilot", "Your profile", ["Deny access", "Grant access"], False),
        ("Authorise sale of holdings", "by the app", ["Decline", "Authorise"], False),
        ("Allow order modifications", "in the app", ["Decline", "Allow"], False),
        ("Orders and positions", "An app", ["Deny access", "Grant access"], False),
    ],
)
def test_an_app_that_asks_by_its_controls_is_let_in(
    title: str, text: str, words: list[str], *, lets: bool
) -> None:
    look = screen_of(title, *words)
    look = replace(look, texts=(*look.texts, Text(text)))
    here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True))
    assert (isinstance(here, Way) and here.name == "approval") == lets
    assert not (isinstance(here, Way) and not lets and here.control.words == words[1])


def test_an_app_that_moves_money_is_neither_let_in_nor_kept_out() -> None:
    text = "QuantPilot | wants to move money between your bank and trading accounts"
    look = screen_of(text, "Allow withdrawals", "Cancel")
    here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True))
    assert isinstance(here, Stop)
    assert here.name == "agreement"


@pytest.mark.parametrize(
    ("text", "pressed"), [("Trade with Kite Sutra?", False), ("Share your location?", True)]
)
def test_a_no_is_not_pressed_where_it_may_keep_our_own_app_out(text: str, *, pressed: bool) -> None:
    look = screen_of(text, "Allow", "No")
    here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True))
    assert isinstance(here, Way) == pressed


def test_an_app_is_not_called_off_where_to_go_on_would_let_it_in() -> None:
    text = "By continuing, QuantPilot will be able to view your profile and place orders"
    look = screen_of(text, "Continue", "Cancel")
    here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True))
    assert not isinstance(here, Way)


@pytest.mark.parametrize(
    "text",
    [
        "Someone in Delhi | wants to see your orders",
        "A new device | wants to see your orders",
        "The person who has your login | wants to manage your portfolio",
        "Your advisor | wants to place orders",
    ],
)
def test_nobody_is_let_in_who_is_no_app(text: str) -> None:
    here = recognise(screen_of(text, "Allow", "Deny"), PIN_IS_SET, replace(CODE_TAKEN, pin=True))
    assert not (isinstance(here, Way) and here.control.words == "Allow")


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Activate margin trading?", "Allow MTF"),
        ("9 of 10 traders lose money", "Grant F&O access"),
        ("Get alerts for your orders", "Allow notifications"),
        ("Pay later on trades", "Approve credit line"),
        ("Invest every month", "Let’s go"),  # noqa: RUF001
    ],
)
def test_a_no_is_pressed_where_what_is_offered_is_no_app(text: str, yes: str) -> None:
    here = recognise(screen_of(text, yes, "No"), PIN_IS_SET, replace(CODE_TAKEN, pin=True))
    assert isinstance(here, Way)
    assert here.control.words == "No"


_APP = "TradeBot wants to access your Upstox account"


@pytest.mark.parametrize(
    ("words", "pressed"),
    [
        (["Allow and activate F&O", "Cancel"], None),
        (["Allow & subscribe, ₹99 a month", "Cancel"], None),
        (["Allow and activate F&O", "Allow", "Cancel"], "Allow"),
        (["Allow and turn off TOTP", "Cancel"], None),
        (["Allow & make it my default", "Cancel"], None),
        (["Accept agreement", "Cancel"], None),
        (["Allow trading", "Cancel"], "Allow trading"),
        (["Allow and continue", "Cancel"], "Allow and continue"),
        (["Allow orders & holdings", "Cancel"], "Allow orders & holdings"),
        (["Allow & redirect", "Cancel"], "Allow & redirect"),
        (["Connect & start trading", "Cancel"], "Connect & start trading"),
        (["Allow and start MTF", "Cancel"], None),
    ],
)
def test_no_app_is_let_in_by_what_takes_a_product_as_well(
    words: list[str], pressed: str | None
) -> None:
    here = recognise(screen_of(_APP, *words), SILENT, replace(CODE_TAKEN, pin=True))
    if pressed is None:
        assert isinstance(here, Stop)
        assert here.name == "agreement"
    else:
        assert isinstance(here, Way)
        assert here.control.words == pressed


@pytest.mark.parametrize(
    ("box", "lets"),
    [
        ("Also activate MTF", False),
        ("Insure my account for ₹49", False),
        ("Funds and margin", True),
        ("Orders", True),
        # What the app may do then is what is asked for.
        ("Place F&O orders", True),
        ("Buy/sell orders", True),
        # Whatever it names, to read it takes nothing.
        ("IPO applications (read)", True),
        ("SIPs (view only)", True),
        ("IPO applications (write)", False),
        ("IPO applications (read, write)", False),
        ("View IPO applications (read)", True),
        ("Place an order for 10 INFY at ₹1500", False),
    ],
)
@pytest.mark.parametrize("kind", ["checkbox", "radio"])
def test_no_app_is_let_in_beside_a_ticked_box_that_takes_something(
    box: str, lets: bool, kind: str
) -> None:
    look = screen_of(_APP, "Allow", "Deny")
    ticked = Control(9, tag="input", type=kind, words=box, chosen=True)
    for chosen in (True, False):
        boxed = replace(look, controls=(*look.controls, replace(ticked, chosen=chosen)))
        here = recognise(boxed, SILENT, replace(CODE_TAKEN, pin=True))
        assert isinstance(here, Way if lets or not chosen else Stop)


@pytest.mark.parametrize(
    "title",
    [
        "iPhone 15 in Patna wants to access your Upstox account",
        "Approve login on another device? It asks to access your Upstox account",
        "Allow Mint, a research analyst, to access your Upstox account",
        "Three apps want access to your Upstox account",
    ],
)
def test_nobody_is_let_in_who_is_not_the_one_app(title: str) -> None:
    here = recognise(screen_of(title, "Allow", "Deny"), SILENT, replace(CODE_TAKEN, pin=True))
    assert not isinstance(here, Way)


@pytest.mark.parametrize(
    ("title", "text", "lets"),
    [
        ("Granting Kiran access", "", False),
        ("Grant Kiran access to trade", "You can revoke it in the Upstox app.", False),
        ("Link Priya with your Upstox account", "", False),
        ("Kiran Rao wants access to your account", "View holdings", False),
        ("Let Kiran in", "This gives access to your orders", False),
        ("Allow Priya to manage your Upstox account", "", False),
        ("Permissions for Priya: read holdings, place orders", "", False),
        ("Let Kiran trade for you?", "", False),
        ("Sign in to Kiran with Upstox", "", False),
        ("Kiran Rao", "wants to see your orders", False),
        # A word for an app, or a name that programs have, says that it is one.
        ("Granting Kiran access", "Only allow apps that you trust.", True),
        ("Granting Kiran access", "It will be able to place orders.", True),
        ("Kiran wants access to your Upstox account", "By allowing you agree to its terms.", True),
        ("Permissions for Priya", "Third-party access ends at 3:30 AM.", True),
        ("Granting Kiran Algo access", "", True),
        ("Link kiran-trades with your Upstox account", "", True),
        ("Streak wants access to your Upstox account", "", True),
        ("Nova wants to access your Upstox account", "View holdings", True),
        # One that gets access without a name is whoever began this login.
        ("Authorise access to your Upstox account", "", True),
    ],
)
def test_nobody_is_let_in_who_may_be_a_person(title: str, text: str, *, lets: bool) -> None:
    here = recognise(
        screen_that_says(title, text, "Allow", "Deny"), SILENT, replace(CODE_TAKEN, pin=True)
    )
    assert isinstance(here, Way if lets else Stop)
    assert here.name == ("approval" if lets else "agreement")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Allow F&O", "API: orders"),
        ("Allow auto square-off", "Applications: positions"),
        ("Allow shares to be lent", "Access to holdings"),
        ("Approve API key change", "API: positions, orders"),
        ("Approve removal of QuantPilot", "app, orders"),
        ("Approve request of 7ABC12", "access to portfolio"),
        ("Authorise QuantPilot and remove Streak", "App: orders"),
        ("Authorise a new IP address", "for API orders"),
        ("Connect Google Pay", "App for your orders"),
        ("Connect Rohan", "access to holdings and orders"),
        ("Grant access to Asha", "Portfolio, orders"),
        ("Approve sign-in", "App access from Chrome on Windows | See your portfolio"),
        ("Allow access from a new device", "App for iPhone | Portfolio and orders"),
        ("Allow this app to track you", "Your portfolio"),
        ("Allow third-party access to my tax data", "app: portfolio"),
    ],
)
def test_a_title_that_names_no_app_lets_nobody_in(title: str, text: str) -> None:
    for words in (["Deny", "Approve"], ["Decline", "Allow"], ["Deny access", "Grant access"]):
        look = screen_of(title, *words)
        look = replace(look, texts=(*look.texts, *map(Text, text.split(" | "))))
        here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True))
        assert not (isinstance(here, Way) and here.control.words == words[1])


@pytest.mark.parametrize("title", ["Authorise QuantPilot", "Let Streak in?", "Connect kite-clone"])
def test_our_app_is_not_kept_out_by_what_it_may_not_do(title: str) -> None:
    look = screen_of(title, "Decline", "Allow")
    text = Text("It can view your portfolio and place orders. It cannot withdraw money.")
    here = recognise(replace(look, texts=(*look.texts, text)), PIN_IS_SET, PIN_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == "Allow"


def test_no_app_is_let_in_by_going_on_beside_what_takes_something() -> None:
    """Where nothing says to allow it, and to go on does."""
    look = screen_of("Drift wants to access your Upstox account", "Cancel", "Continue")
    sent = replace(CODE_TAKEN, pin=True)
    assert isinstance(recognise(look, SILENT, sent), Way)
    box = Control(9, tag="input", type="checkbox", words="Activate MTF", chosen=True)
    ticked = replace(look, controls=(*look.controls, box))
    agrees = Text("By continuing you agree to the margin agreement.")
    for taking in (ticked, replace(look, texts=(*look.texts, agrees))):
        assert isinstance(recognise(taking, SILENT, sent), Stop)


def test_an_app_that_moves_money_is_neither_let_in_nor_refused() -> None:
    look = screen_of("AlgoOne wants to withdraw funds for you", "Allow", "Deny")
    here = recognise(look, PIN_IS_SET, replace(CODE_TAKEN, pin=True))
    assert isinstance(here, Stop)


@pytest.mark.parametrize(
    ("title", "words", "lets"),
    [
        ("SIP Tracker wants to access your Upstox account", "Allow SIP Tracker", True),
        ("F&O Desk wants to access your Upstox account", "Authorise F&O Desk", True),
        ("SIP Tracker wants to access your Upstox account", "Allow SIP", False),
        ("SIP Tracker wants to access your Upstox account", "Allow SIP Tracker and a SIP", False),
        # A product's own name is no app's.
        ("SIP wants to access your Upstox account", "Allow SIP", False),
        ("Streak wants to access your Upstox account", "Allow SIP", False),
        ("Your SIP Tracker wants to access your Upstox account", "Allow SIP Tracker", False),
        ("Plus Auto Pay wants to access your Upstox account", "Allow Plus Auto Pay", False),
        ("Allow MyApp to access your Upstox account?", "Allow", True),
        ("Allow Asha to access your Upstox account?", "Allow", False),
        ("Asha Knapp wants to access your account", "Allow", False),
        ("Link QuantPilot with your Upstox account", "Link account", True),
        ("Link Paytm with your Upstox account", "Link account", False),
        ("Connect CAMS with your Upstox account", "Connect", False),
    ],
)
def test_an_app_may_be_named_like_a_product(title: str, words: str, *, lets: bool) -> None:
    here = recognise(screen_of(title, words, "Deny"), SILENT, replace(CODE_TAKEN, pin=True))
    assert (isinstance(here, Way) and here.name == "approval") is lets


@pytest.mark.parametrize(
    ("small_print", "lets"),
    [
        ("Upstox (RKSV Securities India Pvt. Ltd.) is registered with SEBI as an adviser.", True),
        ("RKSV is registered with SEBI as a stock broker and research analyst.", True),
        ("Streak is registered with SEBI as a research analyst.", True),
        ("Streak AI Technologies is a SEBI-registered research analyst.", True),
        ("Streak has a friend who is registered with SEBI. Research analysts trade.", False),
        ("Asha Rao is registered with SEBI as a research analyst.", False),
        ("Upstox lets a research analyst trade who is registered with SEBI.", False),
    ],
)
def test_what_the_broker_is_registered_as_is_no_other_persons_access(
    small_print: str, *, lets: bool
) -> None:
    look = screen_of("Streak wants to access your Upstox account", "Allow", "Deny")
    look = replace(look, texts=(*look.texts, Text(small_print)))
    here = recognise(look, SILENT, replace(CODE_TAKEN, pin=True))
    assert isinstance(here, Way) is lets


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        ("Permission request", "See your holdings and orders", ["Accept", "Decline"]),
        ("Review access", "The tool that you came from can read your portfolio", ["OK", "Deny"]),
        ("Review permissions", "Nova can read your portfolio", ["Continue", "Cancel"]),
        ("Log in to Nova", "Nova will get access to your orders", ["Allow", "Deny"]),
    ],
)
def test_no_app_is_refused_that_may_be_ours(title: str, text: str, words: list[str]) -> None:
    """That would refuse this login."""
    look = screen_of(title, *words)
    here = recognise(replace(look, texts=(*look.texts, Text(text))), PIN_IS_SET, CODE_TAKEN)
    assert not (isinstance(here, Way) and here.control.words in {"Decline", "Deny", "Cancel"})


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Review access", "Nova Trader is asking to: view holdings, place orders"),
        ("Connect to Nova Trader", "You are connecting your Upstox account to Nova Trader"),
    ],
)
@pytest.mark.parametrize("words", [["Allow", "Deny"], ["I agree", "Cancel"], ["Accept", "Decline"]])
def test_our_app_is_let_in_however_it_asks(title: str, text: str, words: list[str]) -> None:
    look = screen_of(title, *words)
    here = recognise(replace(look, texts=(*look.texts, Text(text))), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert (here.name, here.control.words) == ("approval", words[0])


@pytest.mark.parametrize(
    "title", ["Approve basket", "Allow GTT changes", "Allow access by your broker", "Approve order"]
)
def test_words_of_an_apps_access_let_nothing_else_in(title: str) -> None:
    look = screen_of(title, "Allow", "Deny")
    told = Text("App access: see your holdings and place orders")
    here = recognise(replace(look, texts=(*look.texts, told)), PIN_IS_SET, CODE_TAKEN)
    assert not (isinstance(here, Way) and here.control.words == "Allow")


@pytest.mark.parametrize(
    ("title", "scopes"),
    [
        ("Authorise Nova app", ["View your profile", "Place and modify orders"]),
        ("Authorise Nova Trade app?", ["See your holdings"]),
        ("Authorise Algo app", ["Place and modify orders"]),
        ("Approve algo", ["In the app", "Place and modify orders"]),
        ("Authorise Nova app", ["View your profile", "Withdraw funds"]),
        ("Authorise Nova app", ["Sell all your holdings today"]),
        ("Authorise Nova app", ["Cancel all your open orders"]),
        ("Authorise Nova app", ["Place buy orders of 100 RELIANCE"]),
        ("Authorise margin app", ["Place and modify orders"]),
        ("Authorise Nova", ["Place and modify orders"]),
    ],
)
def test_an_app_that_is_only_called_one_is_not_let_in_beside_what_calls_it_off(
    title: str, scopes: list[str]
) -> None:
    look = screen_of(title, "Cancel", "Authorise")
    look = replace(look, texts=(*look.texts, *map(Text, scopes)))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert not (isinstance(here, Way) and here.control.words == "Authorise")


@pytest.mark.parametrize(
    ("title", "text", "lets"),
    [
        ("Nova Trader", "would like to connect to your Upstox account", True),
        ("AlgoOne", "wants to access your account: view funds, place orders", True),
        ("Sign in to Nova Trader", "with your Upstox account. It will see your orders.", True),
        ("Asha Rao", "would like to connect to your Upstox account", False),
        ("Nova Trader", "Cancel if it would like to connect to your Upstox account", False),
    ],
)
def test_what_a_title_begins_may_end_in_the_text_below(
    title: str, text: str, *, lets: bool
) -> None:
    look = screen_of(title, "Continue", "Cancel")
    look = replace(look, texts=(look.texts[0], Text(text), *look.texts[1:]))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert (isinstance(here, Way) and here.control.words == "Continue") is lets


@pytest.mark.parametrize("no", ["No", "Close"])
def test_no_app_is_turned_away_that_may_be_our_own(no: str) -> None:
    """Also by a no that is none of those which a request for access has."""
    look = screen_of("TradeBot wants access to your Upstox account", "Wheels up", no)
    assert not isinstance(recognise(look, PIN_IS_SET, PIN_TAKEN), Way)
    look = screen_of("TradeBot has news for you", "Wheels up", no)
    assert isinstance(recognise(look, PIN_IS_SET, PIN_TAKEN), Way)
