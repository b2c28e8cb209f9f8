"""What a press of each control of a screen does: to pass it by, to decline it, or to go on."""

from __future__ import annotations

from time import process_time

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    AT,
    CODE_TAKEN,
    LOGGED_IN,
    NUMBER_TAKEN,
    OTP,
    PIN_IS_SET,
    SILENT,
    screen_of,
    screen_that_says,
)
from upstox_browser_login.page.here import Nothing, Sent, Stop, Way
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.marks import NO_MARKS
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.screens.presses import read_screen


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        ("That code isn't right. Check your phone's time.", True),
        ("Your account is locked", False),
        ("Too many attempts. Try again after 10 mins.", False),
        ("Something else", False),
    ],
)
def test_a_box_that_tells_of_a_refused_code_is_closed_to_type_the_next(
    text: str, *, closes: bool
) -> None:
    field = replace(OTP, covered=True)
    look = replace(
        screen_of("", "Try again"), fields=(field,), texts=(Text(text), Text("Enter OTP or TOTP"))
    )
    refused = replace(NUMBER_TAKEN, codes=1, refused_codes=1, last=None)
    assert isinstance(recognise(look, ASKS_FOR_CODE, refused), Way) == closes
    # Before any was refused it is not known what to try again.
    assert not isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)


def test_what_corrects_the_number_is_moot_until_its_code_was_taken() -> None:
    look = screen_of("A message for 98****1234", "Change number", "Next")
    assert isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way)


def test_a_choice_is_kept_before_the_number_and_not_after_it() -> None:
    look = screen_of("Select your preferred language", "Save and continue")
    assert isinstance(recognise(look, SILENT, Sent()), Way)
    for title in ("Tell us about yourself", "Save your details", "Set your daily limit"):
        for sent in (Sent(), CODE_TAKEN):
            for words in ("Save and continue", "Set and continue"):
                assert not isinstance(recognise(screen_of(title, words), SILENT, sent), Way)


@pytest.mark.parametrize(
    ("title", "words", "leads"),
    [
        ("You’re all set, Asha", ["Back to My Algo"], True),  # noqa: RUF001
        ("Login successful", ["Go back to My Algo"], True),
        ("Login complete", ["Cancel", "Return now"], True),
        ("Login successful", ["Back to the website"], False),
        ("Login successful", ["Back to My Algo", "Open my account"], False),
        ("Something is missing", ["Back to My Algo"], False),
    ],
)
def test_the_end_of_a_login_leads_back_to_an_app_of_any_name(
    title: str, words: list[str], *, leads: bool
) -> None:
    taken = replace(CODE_TAKEN, pin=True, accepted=frozenset({"mobile", "otp", "pin"}))
    here = recognise(screen_of(title, *words), PIN_IS_SET, taken)
    assert (isinstance(here, Way) and here.control.words == words[-1]) is leads


def test_figures_of_losses_are_passed_on_no_screen_that_activates_something() -> None:
    look = screen_of("Activate F&O, where 91% made net losses", "Read the study", "Okay, continue")
    assert isinstance(recognise(look, SILENT, NUMBER_TAKEN), Stop)


@pytest.mark.parametrize(
    ("title", "text", "words", "way"),
    [
        # Nothing on these screens has a question mark, and the no may lock the account.
        ("Login alert", "Chrome on Windows, Mumbai", ["Yes", "No"], None),
        ("Unrecognised device", "Chrome on Windows", ["No", "Yes, continue"], None),
        ("Security alert", "Someone tried to sign in from Lagos", ["Confirm", "Deny"], None),
        ("Account activity", "Your PIN was reset", ["Yes", "No"], None),
        ("Notice", "A payout of ₹5,000 was requested", ["Approve", "Deny"], None),
        ("New login just now", "Your password was changed", ["Yes, it was me", "Report"], None),
        ("Do you recognise this device?", "iPhone in Pune", ["Yes", "No"], None),
        ("Do you recognise this device?", "Chrome on Linux", ["Yes", "No"], "Yes"),
        ("New login just now", "Chrome on Linux", ["No", "Yes, continue"], "Yes, continue"),
        ("PIN changed", "Your PIN was changed on 2 Nov", ["Close", "Not you?"], "Close"),
        ("Is this you?", "Asha R, UCC 7A••12", ["Not you?", "Yes, continue"], "Yes, continue"),
        ("Is this you?", "Chrome in Lagos, UCC 7A••12", ["Not you?", "Yes, continue"], None),
        ("Was this you?", "Chrome on Linux", ["Yes", "Don't recognise it"], None),
        ("Security alert", "Chrome on Linux", ["Details", "Don't know it"], None),
        ("Security alert", "Chrome on Linux", ["Details", "Don't show again"], "Don't show again"),
        # A question about something else, and an offer.
        ("New login", "Trust this new device?", ["Yes", "No"], "No"),
        ("Stay signed in", "", ["Yes", "No"], "No"),
        ("Dark mode", "", ["Yes, try it", "No"], "No"),
    ],
)
def test_who_did_something_is_answered_only_for_this_login(
    title: str, text: str, words: list[str], way: str | None
) -> None:
    look = screen_of(title, *words)
    look = replace(look, title="Login to Upstox", texts=(*look.texts, Text(text)))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == way


@pytest.mark.parametrize(
    "words", [["Start"], ["Okay, start"], ["Go ahead", "Stop"], ["OK", "Cancel"], ["Done"]]
)
def test_a_screen_of_an_unknown_kind_is_not_begun(words: list[str]) -> None:
    for title in ("Voice trading", "Guest mode", "Silent hours"):
        assert not isinstance(recognise(screen_of(title, *words), PIN_IS_SET, CODE_TAKEN), Way)
    here = recognise(screen_of("Your session will last till 3:30 AM", "OK"), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)


@pytest.mark.parametrize("modal", [True, False])
@pytest.mark.parametrize(
    ("below", "words"),
    [
        ("Welcome back, Asha", ["OK", "Cancel"]),
        ("Risk disclosure", ["Done"]),
        ("New device detected. Is this you?", ["OK", "Cancel"]),
        ("Is this your number? 98****1234", ["Confirm", "Edit"]),
        ("Is this your number? 98****1234", ["Yes", "No"]),
        ("Congratulations on 5 years", ["Great!", "Back"]),
        ("No action is needed", ["OK"]),
    ],
)
def test_a_dialog_is_passed_for_nothing_that_the_page_below_it_says(
    below: str, words: list[str], *, modal: bool
) -> None:
    look = screen_of("Voice trading", *words, modal=modal)
    look = replace(
        look,
        texts=(Text(below, head=True), *(replace(each, dialog=7) for each in look.texts)),
        controls=tuple(replace(each, dialog=7) for each in look.controls),
    )
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert not (isinstance(here, Way) and here.control.words in {"Confirm", "Great!", words[0]})


def test_what_only_says_that_a_screen_was_read_may_stand_beside_a_link() -> None:
    look = screen_of("F&O charts are running slow", "Status page", "Okay, got it")
    link = replace(look.controls[0], tag="a")
    for sent in (Sent(), NUMBER_TAKEN, CODE_TAKEN):
        here = recognise(replace(look, controls=(link, look.controls[1])), PIN_IS_SET, sent)
        assert isinstance(here, Way)
        assert here.control.words == "Okay, got it"
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way)


def test_before_the_number_the_only_way_on_does_nothing_for_anybody() -> None:
    look = screen_of("System upgrade this weekend", "Continue")
    assert isinstance(recognise(look, SILENT, Sent()), Way)
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way)
    for words in ("Upgrade", "I agree", "Get the app"):
        assert not isinstance(recognise(screen_of("System upgrade", words), SILENT, Sent()), Way)


@pytest.mark.parametrize("title", ["New order window", "GTT on every chart", "Sell in one tap"])
def test_news_before_the_number_is_passed_whatever_it_is_about(title: str) -> None:
    """The page knows nobody yet in whose name anything could be done; later it does."""
    look = screen_of(title, "Done")
    assert isinstance(recognise(look, SILENT, Sent()), Way)
    assert isinstance(recognise(look, SILENT, NUMBER_TAKEN), Nothing)


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


def test_the_ways_to_prove_oneself_are_no_choice_for_the_account() -> None:
    """They may be drawn a moment later."""
    look = screen_of("Choose how you want to verify", "Continue")
    assert isinstance(recognise(look, SILENT, Sent(mobile=True)), Nothing)


def test_the_page_below_a_dialog_says_nothing_of_its_kind() -> None:
    dialog = (Text("Swap", head=True, dialog=1), Text("INFY for TCS", dialog=1))
    look = Look(
        ready=True,
        modal=True,
        title="Login to Upstox",
        texts=(Text("Welcome back", head=True), *dialog),
        controls=tuple(Control(n, words=each, dialog=1) for n, each in enumerate(("OK", "Cancel"))),
    )
    assert not isinstance(recognise(look, SILENT, CODE_TAKEN), Way)
    news = replace(look, texts=(*look.texts, Text("What's new", dialog=1)))
    assert isinstance(recognise(news, SILENT, CODE_TAKEN), Way)


def test_to_go_on_beside_a_no_is_to_declare() -> None:
    look = screen_of("Notice: you are no citizen of the USA", "Decline", "Continue")
    here = recognise(look, SILENT, CODE_TAKEN)
    assert isinstance(here, Stop)
    assert here.name == "agreement"


@pytest.mark.parametrize(
    ("title", "words", "way"),
    [
        ("1 of 4: this is our new login", ("Next", "End tour"), "End tour"),
        ("Tip 1/5", ("Next tip", "Exit walkthrough"), "Exit walkthrough"),
        ("Your PIN is 180 days old", ("Change PIN", "Keep my PIN"), "Keep my PIN"),
        ("Try our new look?", ("Try the new look", "Stay on classic"), "Stay on classic"),
        ("Share your location?", ("Allow", "Block"), "Block"),
        ("Price alerts on your desktop?", ("Allow notifications", "Block"), "Block"),
        ("Muhurat trading today", ("Cool, take me in",), "Cool, take me in"),
        ("New sign-in. Was this you?", ("Allow", "Block"), None),
        ("Keep Plus for ₹99 a month", ("Keep my plan",), None),
    ],
)
def test_what_ends_a_tour_or_keeps_all_as_it_is(
    title: str, words: tuple[str, ...], way: str | None
) -> None:
    here = recognise(screen_of(title, *words), PIN_IS_SET, CODE_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == way


@pytest.mark.parametrize(
    "words",
    [
        "Leave them as they are",
        "Keep all of them",
        "Continue with it off",
        "Stay logged in on all, continue",
    ],
)
def test_what_keeps_all_as_it_is_passes_an_offer_by(words: str) -> None:
    look = screen_of("Idle holdings can be pledged for margin", "Pledge & continue", words)
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == words


def test_to_keep_what_is_paid_for_passes_nothing_by() -> None:
    look = screen_of("Your free trial of Plus", "No", "Keep all benefits")
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == "No"


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        # To pass it by does something itself.
        ("Update your income", "If you skip, we will record it as below ₹1 lakh.", ["Add", "Skip"]),
        ("Rights issue", "Skipping means that your entitlement lapses.", ["Apply", "Skip"]),
        ("Confirm your AMO order", "Decline to cancel it.", ["Confirm", "Decline"]),
        ("Quarterly settlement", "₹12,400 goes back to your bank.", ["Keep it with Upstox"]),
        # A no says something of the person.
        ("Is your address still the same?", "12 MG Road, Pune", ["Yes", "No, update"]),
        ("Is a***@mail.example still yours?", "", ["Yes", "No"]),
        ("Nominee", "If you skip, you can act later and we close your account.", ["Add", "Skip"]),
        # A control undoes something, or gives up what the login is protected by.
        ("Your trial of Plus ends today", "It goes on at ₹99 per month.", ["OK", "Cancel Plus"]),
        ("Skip PIN next time?", "We can remember this device.", ["Skip PIN"]),
        ("Make login easier", "Turn off the authenticator and use SMS.", ["Continue"]),
        # Where one of them does something, no other one is certain to do nothing.
        ("Your order", "Decline to cancel it.", ["Continue", "Decline"]),
        ("Bonus", "Not now cancels it.", ["Continue", "Not now"]),
        ("Is your address still the same?", "12 MG Road, Pune", ["Continue", "Change"]),
        ("Welcome back", "By continuing you authorise us to fetch your report.", ["Continue"]),
    ],
)
def test_no_screen_is_passed_by_what_does_something_else(
    title: str, text: str, words: list[str]
) -> None:
    look = screen_that_says(title, text, *words)
    for each in (look, replace(look, modal=True)):
        assert not isinstance(recognise(each, SILENT, LOGGED_IN), Way)


@pytest.mark.parametrize(
    ("title", "text", "words", "way"),
    [
        ("Add a passkey", "If you skip, we will ask you again later.", ["Add", "Skip"], "Skip"),
        (
            "Complete your profile",
            "You can skip this now.",
            ["Add", "Skip for now"],
            "Skip for now",
        ),
        ("What’s new", "If you close this, find it under Help.", ["Close"], "Close"),  # noqa: RUF001
        ("F&O", "If you skip, you can activate it later.", ["Activate", "Skip"], "Skip"),
        ("Add a nominee", "Skip to set this up later.", ["Add nominee", "Skip"], "Skip"),
        ("IPO open", "Dismissing this will not cancel your bid.", ["View", "Dismiss"], "Dismiss"),
        ("F&O", "If you skip this, the segment stays closed.", ["Activate", "Skip"], "Skip"),
        ("Set up Face ID", "", ["Set up", "Cancel"], "Cancel"),
        ("Dark mode", "", ["Turn on", "Keep it off"], "Keep it off"),
        ("Stay safe", "Never turn off your authenticator.", ["Got it"], "Got it"),
    ],
)
def test_what_only_puts_a_screen_off_passes_it(
    title: str, text: str, words: list[str], way: str
) -> None:
    here = recognise(screen_that_says(title, text, *words), SILENT, LOGGED_IN)
    assert isinstance(here, Way)
    assert here.control.words == way


@pytest.mark.parametrize("modal", [False, True])
@pytest.mark.parametrize(
    "title",
    [
        "We are closing your account",
        "Your account closure is scheduled",
        "Account closes in 3 days",
        "You requested closure of your demat account",
        "Your account is set to close",
        "Your account is scheduled for deletion",
        "Your demat will be closed",
        "Account closure requested",
    ],
)
@pytest.mark.parametrize(
    ("words", "pressed"),
    [
        (["Continue"], None),
        (["Proceed", "Back"], None),
        (["Cancel", "Continue"], None),
        (["Keep my account", "Continue"], None),
        (["Close"], None),
        (["Continue", "Not now"], "Not now"),
    ],
)
def test_nothing_decides_on_a_closure_of_the_account(
    title: str, words: list[str], pressed: str | None, *, modal: bool
) -> None:
    """Neither to carry it out nor to call it off."""
    here = recognise(screen_of(title, *words, modal=modal), SILENT, CODE_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == pressed


def test_a_closure_is_called_off_neither_over_a_form_nor_beside_another_field() -> None:
    look = screen_of("You requested closure of your account", "Keep my account")
    for field in (replace(OTP, covered=True), Field(n=9, type="email", label="E-mail", at=AT)):
        here = recognise(replace(look, fields=(field,)), PIN_IS_SET, CODE_TAKEN)
        assert not isinstance(here, Way)


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


@pytest.mark.parametrize(
    ("title", "text", "words", "passed"),
    [
        ("Taking you to Drift Trader", "If nothing happens,", "click here", True),
        ("Login successful", "Redirecting", "Click here if you are not redirected", True),
        ("Login successful", "Offers for you", "Click here", False),
        ("Taking you to Drift Trader", "If nothing happens,", "Click here to pay", False),
    ],
)
def test_a_screen_that_leads_on_by_itself_is_left_by_the_link_for_where_it_does_not(
    title: str, text: str, words: str, *, passed: bool
) -> None:
    look = screen_of(title, words)
    here = recognise(replace(look, texts=(*look.texts, Text(text))), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way) is passed


@pytest.mark.parametrize(
    ("title", "words", "called_off"),
    [
        ("Redirecting to MyAlgo…", ("Cancel",), False),
        ("One moment", ("Go back",), False),
        ("Set up a passkey", ("Cancel",), True),
        ("Redirecting to MyAlgo…", ("Set up a passkey", "Cancel"), True),
    ],
)
def test_what_is_under_way_is_not_called_off_where_nothing_is_offered(
    title: str, words: tuple[str, ...], *, called_off: bool
) -> None:
    """It may be the login itself, and after the PIN nothing else."""
    look = screen_of(title, *words)
    assert isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way) is called_off
    done = replace(CODE_TAKEN, pin=True, accepted=CODE_TAKEN.accepted | {"pin"})
    here = recognise(look, PIN_IS_SET, done)
    assert isinstance(here, Way) is (len(words) > 1)


def test_a_modal_that_tells_of_a_refused_code_is_closed_though_no_field_is_seen_behind_it() -> None:
    look = replace(
        screen_of("Oops!", "OK", modal=True), texts=(Text("You have entered an incorrect OTP."),)
    )
    look = replace(look, controls=tuple(replace(each, dialog=3) for each in look.controls))
    refused = replace(NUMBER_TAKEN, codes=1, refused_codes=1, last=None)
    assert isinstance(recognise(look, ASKS_FOR_CODE, refused), Way)
    assert not isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)


@pytest.mark.parametrize(
    ("title", "text", "words", "way"),
    [
        # What is going to be done may be what the person has asked for.
        ("Basket", "Your basket of 5 orders will be placed at 9:15.", ["OK", "Cancel"], None),
        ("You are covered for free", "", ["Great", "Cancel cover"], None),
        ("Your SIP is due", "", ["Skip this month"], None),
        ("Contact update", "Is kiran@x.in your e-mail?", ["Yes", "No"], None),
        ("Confirm your income", "Is it above 10 lakh?", ["Yes", "No"], None),
        ("Are you a US person?", "", ["Yes", "No"], None),
        ("Are you enjoying Upstox?", "", ["Yes", "No"], "No"),
        ("A new look", "", ["Show me", "Close story"], "Close story"),
        ("Try the dark theme", "", ["Try it", "Skip this time"], "Skip this time"),
        ("Dividends buy shares", "", ["Continue", "Cancel"], "Cancel"),
    ],
)
def test_no_screen_is_passed_by_what_decides_for_a_person(
    title: str, text: str, words: list[str], way: str | None
) -> None:
    look = screen_of(title, *words)
    look = replace(look, texts=(*look.texts, Text(text)))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == way


def _seconds_for(many: int) -> float:
    """The least time of the processor for a page of so many texts and as many controls."""
    texts = tuple(Text(f"Text {n} of a long page") for n in range(many))
    controls = tuple(Control(n + 1, words=f"Offer {n} of today") for n in range(many))
    look = Look(ready=True, texts=(Text("News", head=True), *texts), controls=controls)
    taken = []
    for _ in range(3):
        began = process_time()
        read_screen(look, NUMBER_TAKEN, NO_MARKS)
        taken.append(process_time() - began)
    return min(taken)


def test_a_page_of_eight_times_as_much_takes_some_eight_times_as_long() -> None:
    """And not 64 times, as where each control is looked for in each text."""
    _seconds_for(5)
    assert _seconds_for(480) < 24 * _seconds_for(60)


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


def test_the_small_print_of_a_check_for_robots_keeps_nobody_from_the_app() -> None:
    """Whether the PIN was accepted may not be known there."""
    print_ = (
        "This site is protected by reCAPTCHA and the Google Privacy Policy and Terms of Service"
    )
    sent = replace(CODE_TAKEN, pin=True)
    look = screen_that_says("You’re logged in", f"{print_} apply.", "Back to your app")  # noqa: RUF001
    assert isinstance(recognise(look, PIN_IS_SET, sent), Way)
    for text in ("Our new Terms of Service apply.", f"{print_} apply. New terms of use apply too."):
        terms = screen_that_says("You’re logged in", text, "Back to your app")  # noqa: RUF001
        assert not isinstance(recognise(terms, PIN_IS_SET, sent), Way)


@pytest.mark.parametrize(
    ("title", "text", "words", "passed"),
    [
        ("New sign-in noticed", "Chrome on Linux, just now", "All good, continue", True),
        ("New sign-in noticed", "Chrome on Linux, just now", "Looks right", True),
        ("New sign-in noticed", "Chrome on Linux, just now", "This is me", True),
        ("New sign-in noticed", "Chrome on Linux, just now", "All fine", True),
        ("We noticed a new sign-in", "This browser", "Yes, all good", True),
        # Another login, or something that was done.
        ("New sign-in noticed", "Chrome on Linux, yesterday", "All good, continue", False),
        ("New sign-in noticed", "iPhone, just now", "Looks right", False),
        ("New bank account added", "Just now", "All good", False),
        ("Your nominee was changed", "Just now, from a new device", "Looks right", False),
        ("Your withdrawal of ₹500", "Just now", "All good, continue", False),
    ],
)
def test_one_owns_up_to_this_login_by_saying_that_all_is_well(
    title: str, text: str, words: str, *, passed: bool
) -> None:
    look = screen_that_says(title, text, "Secure my account", words)
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == (words if passed else None)


@pytest.mark.parametrize("words", ["Dismiss", "Close", "\u2715 Dismiss", "\u2715"])
def test_news_of_what_was_redesigned_is_closed(words: str) -> None:
    """A word such as "e-sign" is none within another one."""
    title, text = "Option chain, redesigned", "Greeks on one page"
    look = screen_that_says(title, text, words, "Take the tour")
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == words


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("હા, મોકલો", "ના, આભાર"),
        ("ஆம்", "வேண்டாம், நன்றி"),
        ("হ্যাঁ", "না, ধন্যবাদ"),
        ("అవును", "వద్దు, ధన్యవాదాలు"),
        ("ಹೌದು", "ಬೇಡ, ಧನ್ಯವಾದ"),
        ("അതെ", "വേണ്ട, നന്ദി"),
        ("हो", "नको, धन्यवाद"),
        ("ਹਾਂ", "ਨਹੀਂ, ਧੰਨਵਾਦ"),
        ("ہاں", "نہیں، شکریہ"),
    ],
)
def test_a_no_with_thanks_declines_an_offer_in_the_languages_of_india(yes: str, no: str) -> None:
    here = recognise(screen_of("WhatsApp", yes, no), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == no


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
