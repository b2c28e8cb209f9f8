"""Nothing goes on from a screen on which that would have something done."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    CODE_TAKEN,
    LOGGED_IN,
    NUMBER_TAKEN,
    PIN_IS_SET,
    SILENT,
    screen_of,
    screen_that_says,
)
from upstox_browser_login.page.here import Sent, Stop, Way
from upstox_browser_login.page.look import Look, Text
from upstox_browser_login.page.recognise import recognise


def test_figures_of_losses_are_passed_on_no_screen_that_activates_something() -> None:
    look = screen_of("Activate F&O, where 91% made net losses", "Read the study", "Okay, continue")
    assert isinstance(recognise(look, SILENT, NUMBER_TAKEN), Stop)


@pytest.mark.parametrize(
    ("title", "goes"),
    [
        ("Choose your theme", True),
        ("Pick a home screen", True),
        ("All set! You can pick stocks now", True),
        ("Welcome. Please choose your bank", False),
        ("Select your risk profile", False),
        ("Who gets your shares?", False),
        ("Decide where dividends go", False),
        ("Set your trading limit", False),
        ("Select your mode of holding", False),
        ("Choose nominee display name", False),
        # News that only speaks of choosing.
        ("Choose wisely: beware of fraud", True),
        ("Choose better, choose Upstox", True),
        ("Now choose your stocks faster", True),
        ("Select any scrip to see its depth", True),
        ("Pick of the week", True),
        ("Set your alarm! Market opens at 9", True),
        ("Choose dark or light", True),
    ],
)
def test_to_go_on_chooses_nothing_for_the_account(title: str, *, goes: bool) -> None:
    look = screen_of(title, "Continue")
    here = recognise(look, SILENT, Sent(mobile=True))
    assert isinstance(here, Way if goes else Stop)
    # Before the number there is no account.
    assert isinstance(recognise(look, SILENT, Sent()), Way)


def test_to_go_on_beside_a_no_is_to_declare() -> None:
    look = screen_of("Notice: you are no citizen of the USA", "Decline", "Continue")
    here = recognise(look, SILENT, CODE_TAKEN)
    assert isinstance(here, Stop)
    assert here.name == "agreement"


_SETTLED = "As per SEBI rules, unused funds of ₹1,204.50 go back to your bank on Friday."


@pytest.mark.parametrize(
    "words",
    [
        "View dashboard",
        "Explore now",
        "Keep going",
        "Start trading",
        "Open Upstox",
        "I have read and understood",
        "Continue to your trades",
        "Ignore",
    ],
)
@pytest.mark.parametrize(
    ("title", "text", "passed"),
    [
        ("Markets are closed on 25 Dec", "Happy holidays", True),
        ("Risk disclosure", "9 out of 10 individual traders incurred net losses", True),
        ("Updated terms", "Please accept the new terms", False),
        ("Running account settlement", _SETTLED, False),
        ("Running account settlement", f"{_SETTLED} No action is needed unless you object.", False),
        ("Withdraw funds", "No action is needed until Friday.", False),
        ("Nominee declaration", "You have not nominated anyone", False),
        ("Log out of other devices?", "3 sessions", False),
        ("Win a car", "Enter the lucky draw", False),
        ("Activate F&O", "Trade derivatives today", False),
    ],
)
def test_a_screen_to_be_read_is_passed_and_none_that_has_something_done(
    words: str, title: str, text: str, *, passed: bool
) -> None:
    look = screen_of(title, words)
    here = recognise(replace(look, texts=(*look.texts, Text(text))), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way) is passed


_DEEDS = [
    ("Withdraw ₹5,000 to HDFC ****1234",),
    ("Your account will be permanently closed.",),
    ("Once closed, your account cannot be reopened.",),
    ("Cancel 3 pending orders",),
    ("Your F&O segment will be activated",),
    ("Activate F&O segment",),
    ("Revoke access of Streak",),
    ("Apply for IPO of Zepto: 2 lots",),
    ("Place GTT: TCS 10 @ 3,900",),
    ("Lend your 10 TCS shares",),
    ("Add ₹5,000 from HDFC",),
    ("Adding Kiran Rao as nominee",),
    ("Mobile number change to 98******10",),
    ("Amount", "₹5,000", "To", "HDFC ****1234"),
    ("Action", "SELL", "Symbol", "TCS"),
    ("Payee", "Ravi"),
    ("MTF will be activated",),
    ("Margin pledge will be enabled.",),
    ("Your e-mail will change to kiran@x.in",),
    ("Your bank will be changed to HDFC.",),
    ("Start basket: 5 orders",),
    ("Run strategy Momentum: 3 trades",),
    ("Convert MIS to CNC: 10 TCS",),
]


_NEWS = [
    ("Withdraw funds faster with instant payouts",),
    ("Your withdrawal of ₹5,000 was processed yesterday.",),
    ("₹5,000 was credited to HDFC ****1234 on 12 May.",),
    ("Your bank account HDFC ****1234 is verified",),
    ("Your number was changed on 2 May",),
    ("Nominee added: Kiran Rao",),
    ("Activate F&O in minutes, free of charge",),
    ("Your F&O segment was activated yesterday",),
    ("IPO of Zepto opens on 2 May",),
    ("You will be redirected to My Algo",),
    ("MTF can be activated at any time",),
    ("Your e-mail was changed to kiran@x.in",),
    ("Baskets may hold 20 orders",),
    ("Convert MIS to CNC before 3:20 pm",),
    ("You can convert MIS to CNC in one tap",),
]


def _screen(told: tuple[str, ...], *words: str, modal: bool) -> Look:
    look = screen_of("Good to know", *words, modal=modal)
    below = replace(look, texts=(*look.texts, *map(Text, told)))
    if not modal:
        return below
    texts = tuple(replace(each, dialog=5) for each in below.texts)
    return replace(
        below, texts=texts, controls=tuple(replace(each, dialog=5) for each in look.controls)
    )


@pytest.mark.parametrize("modal", [False, True])
@pytest.mark.parametrize("words", ["Continue", "Got it"])
@pytest.mark.parametrize(
    ("told", "leads"), [*((each, False) for each in _DEEDS), *((each, True) for each in _NEWS)]
)
def test_nothing_goes_on_from_a_screen_that_tells_what_it_carries_out(
    told: tuple[str, ...], words: str, *, modal: bool, leads: bool
) -> None:
    """Whatever its heading says. It can still be passed by."""
    here = recognise(_screen(told, words, modal=modal), PIN_IS_SET, LOGGED_IN)
    assert isinstance(here, Way) == leads
    here = recognise(_screen(told, words, "Not now", modal=modal), PIN_IS_SET, LOGGED_IN)
    assert isinstance(here, Way)


def test_what_lies_below_a_dialog_is_not_carried_out_by_it() -> None:
    look = _screen(("Markets close at noon",), "Got it", modal=True)
    look = replace(look, texts=(*look.texts, Text("Payee"), Text("Ravi")))
    assert isinstance(recognise(look, PIN_IS_SET, LOGGED_IN), Way)


@pytest.mark.parametrize(
    "told",
    [
        "Your brokerage plan changes to ₹30 per order",
        "Your account moves to the new plan.",
        "Your contract notes will now go to your app.",
        "We'll log you out of 2 other devices",
        "We will sign you out of all devices.",
        "Continuing logs you out everywhere.",
        "Your limits go up to ₹5 lakh",
        "From now on your orders are placed by Momentum",
        "You move to monthly settlement",
        "You will be moved to another branch",
        "We will share your portfolio with Mint",
        "Your number becomes 98******10",
    ],
)
@pytest.mark.parametrize("words", ["Continue", "OK"])
def test_nothing_goes_on_to_what_changes_in_the_account(told: str, words: str) -> None:
    for look in (screen_that_says("Good to know", told, words), screen_of(told, words)):
        assert not isinstance(recognise(look, PIN_IS_SET, LOGGED_IN), Way)
    read = screen_that_says("Good to know", told, "Got it")
    assert isinstance(recognise(read, PIN_IS_SET, LOGGED_IN), Way)


@pytest.mark.parametrize(
    ("title", "told", "goes"),
    [
        ("Important update", "Confirm you are an Indian tax resident.", False),
        ("Update", "Confirm your nominee: Asha (wife)", False),
        ("Notice", "Please confirm your address: 12 MG Road.", False),
        ("Confirm your income", "Your income range is 5-10 lakh.", False),
        ("Welcome back", "Verify your details. Occupation: salaried.", False),
        ("Security update", "You confirm that your details are right.", False),
        ("Important update", "We verify every login.", True),
        ("Security update", "Confirm it's you whenever we ask.", True),
    ],
)
def test_nothing_is_confirmed_for_a_person(title: str, told: str, *, goes: bool) -> None:
    here = recognise(screen_that_says(title, told, "Continue"), PIN_IS_SET, LOGGED_IN)
    assert isinstance(here, Way) == goes


@pytest.mark.parametrize(
    "told",
    [
        "Your watchlist moves to the top",
        "Markets change to new hours on Friday",
        "We log you out after a day",
        "If your number changes to another one, tell us",
        "Continuing here logs you out there.",
        "You will be moved to the app now",
        "We will never share your portfolio",
        "From now on you can see your orders here",
        "From now on you find your charts here",
    ],
)
def test_what_changes_for_everybody_is_read_and_left(told: str) -> None:
    look = screen_that_says("Good to know", told, "Continue")
    assert isinstance(recognise(look, PIN_IS_SET, LOGGED_IN), Way)


@pytest.mark.parametrize(
    ("title", "goes"),
    [
        ("Use WhatsApp for your contract notes", False),
        ("Become a guide of our club", False),
        ("Become a better trader", True),
        ("Join us on Sunday", True),
        ("Publish your returns", False),
        ("Let Asha see your holdings", False),
        ("Show your name to others", False),
        ("Turn your account into a family account", False),
        ("Join the club of copy traders", False),
        ("Make the most of your charts", True),
        ("Use your PIN to log in", True),
        ("Let us show you around", True),
        ("Make sure that you trade safely", True),
    ],
)
def test_a_title_in_the_imperative_offers_something(title: str, *, goes: bool) -> None:
    """To go on is to take it, once the page knows somebody."""
    look = screen_of(title, "Continue", "View demo")
    assert isinstance(recognise(look, PIN_IS_SET, LOGGED_IN), Way) is goes
    read = screen_of(title, "Got it")
    assert isinstance(recognise(read, PIN_IS_SET, LOGGED_IN), Way)
    assert isinstance(recognise(screen_of(title, "Next"), SILENT, Sent()), Way)


@pytest.mark.parametrize(
    ("title", "text", "words", "passed"),
    [
        (
            "Your tax P&L for FY 2025-26 is ready",
            "F&O turnover, dividends",
            ["Download report", "Take me to my app"],
            True,
        ),
        ("Your contract note is ready", "", ["Download", "Continue"], True),
        ("Your ledger for October is now available", "", ["View", "Go to dashboard"], True),
        ("Your loan is ready", "", ["View", "Continue"], False),
        ("Your withdrawal is ready", "", ["View", "Continue"], False),
        ("Your report is ready", "Continue places 4 orders.", ["View", "Continue"], False),
    ],
)
def test_a_paper_that_is_ready_is_left_where_it_is(
    title: str, text: str, words: list[str], *, passed: bool
) -> None:
    here = recognise(screen_that_says(title, text, *words), PIN_IS_SET, LOGGED_IN)
    assert (here.control.words if isinstance(here, Way) else None) == (
        words[-1] if passed else None
    )


@pytest.mark.parametrize(
    ("text", "words", "passed"),
    [
        (f"{_SETTLED} No action is needed from your side.", "Okay, thanks", True),
        (f"{_SETTLED} You don't need to do anything.", "Got it", True),
        (f"{_SETTLED} You don't need to do anything.", "Alright", True),
        (_SETTLED, "Alright", False),
        ("Unused funds of ₹1,240 go to your bank A/c 8841. No action is needed.", "Okay", True),
        ("You settle your dues. No action is needed.", "Okay", False),
        (f"{_SETTLED} By OK you waive a claim. No action is needed.", "OK", False),
        ("A charge of ₹300 will be debited. No action is needed.", "Okay", False),
        (f"{_SETTLED} No action is needed from your side.", "Settle now", False),
        (f"{_SETTLED} No action is needed unless you object.", "Got it", False),
        (f"{_SETTLED} No action is needed. By acknowledging you consent.", "Got it", False),
    ],
)
def test_what_is_done_anyway_is_not_done_by_who_has_read_of_it(
    text: str, words: str, *, passed: bool
) -> None:
    look = screen_that_says("Running account settlement", text, words)
    assert isinstance(recognise(look, PIN_IS_SET, LOGGED_IN), Way) is passed


@pytest.mark.parametrize(
    "title", ["Convert your account to BSDA", "Pledge your holdings", "Turn on autopay"]
)
def test_what_a_title_asks_for_is_done_though_no_action_is_needed(title: str) -> None:
    look = screen_that_says(title, "No further action is required.", "Got it")
    assert not isinstance(recognise(look, PIN_IS_SET, LOGGED_IN), Way)
