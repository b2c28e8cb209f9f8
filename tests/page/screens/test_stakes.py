"""What it means to go on from a screen: nothing, or something in a person's name."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    AT,
    CODE_TAKEN,
    NUMBER_TAKEN,
    PIN,
    PIN_IS_SET,
    SILENT,
    page,
    screen_of,
)
from upstox_browser_login.page.here import Form, Nothing, Sent, Stop, Way
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.screens.stakes import asks_for_a_person


@pytest.mark.parametrize(
    ("title", "words", "text"),
    [
        # Another login than this one, for which nobody here can answer.
        (
            "Unrecognised login",
            ["It wasn't me", "Yes, it was me"],
            "Lagos, yesterday. Was this you?",
        ),
        ("New login", ["It wasn't me", "Yes, it was me"], "Lagos, 3 March, 02:10. Was this you?"),
        ("New login", ["It wasn't me", "Yes, it was me"], "Lagos. Was this you?"),
        # To decline would do something.
        ("New login blocked", ["No, block this device", "Review"], ""),
        ("New device", ["No, lock my account"], ""),
    ],
)
def test_no_answer_is_given_for_another_login(title: str, words: list[str], text: str) -> None:
    look = screen_of(title, *words)
    look = replace(look, texts=(*look.texts, Text(text)))
    assert isinstance(recognise(look, SILENT, Sent(mobile=True)), Nothing)


@pytest.mark.parametrize(
    "words",
    [
        "Continue to pay \u20b9499",
        "Proceed to payment",
        "Pay later",
        "Proceed to add funds",
        "Continue to MTF",
        "Next: place order",
        "এগিয়ে যান এবং পেমেন্ট করুন",
        "Skip and accept margin trading",
        "Skip and I agree to the new terms",
        "Hide and accept",
        "OK, delete my data",
        "Done, close my account",
        # A word of going on, a no or a skip, and a deed behind it.
        "OK, sell my shares",
        "Understood, rebalance",
        "Okay, hand over",
        "Proceed to hibernate my account",
        "Take me there and settle now",
        "Continue with my orders",
        "Proceed To Nominate Asha",
        "Skip and subscribe",
        "Skip and pay ₹499",
        "Later, sell now",
        "No, sell my shares",
        "Not now, pay by card",
        # What a person has is closed, and not the screen.
        "Close all positions",
        "Close my loan",
        "Cancel GTT",
        "Cancel the transfer",
        "Reject the nomination",
        "Dismiss my adviser",
        "Skip this month's SIP",
        # A no that states something, or takes something back.
        "No, I live abroad",
        "No, I'm not a resident",
        "No, it has moved",
        "No, undo",
        "No, keep the trial",
    ],
)
def test_no_screen_is_passed_by_what_spends_binds_or_undoes(words: str) -> None:
    assert not isinstance(recognise(screen_of("Welcome", words), SILENT, NUMBER_TAKEN), Way)


@pytest.mark.parametrize(
    ("title", "words", "asks"),
    [
        ("Your KYC has lapsed", ["Update KYC with DigiLocker", "Log out"], True),
        ("PAN not linked with Aadhaar", ["Link now", "Learn more"], True),
        ("Your KYC has to be redone before you go on", ["Redo my KYC"], True),
        ("We have to reload before you go on", ["Reload"], False),
        ("Choose your nomination status", ["Add nominees", "I do not wish to nominate"], True),
        ("One order is waiting", ["Place order", "Discard order"], True),
        ("Are you registered under GST?", ["Yes, I am", "No, I am not"], True),
        ("Confirm which address is right", ["Mumbai", "Pune"], True),
        ("₹354 is due", ["Pay ₹354"], True),
        ("We can’t let you trade until you choose", ["Monthly", "Quarterly"], True),  # noqa: RUF001
        # Nothing says that the account's owner is asked for anything.
        ("We could not log you in", ["Start again"], False),
        ("Something is wrong", ["Contact support"], False),
        ("Something is wrong", ["Update the page and try again"], False),
        ("We can’t go on until the page is loaded", ["Reload"], False),  # noqa: RUF001
        ("Choose how to verify", ["Select SMS", "Select authenticator"], False),
        ("Loading", ["Cancel"], False),
        # It may be a form of the login whose field cannot be seen.
        ("Enter your 6-digit PIN", ["Verify", "Help"], False),
        ("Verify your PIN to continue", ["1", "2", "Submit"], False),
        ("Complete the captcha to continue", ["Submit"], False),
        ("Create a new 6-digit PIN", ["Create PIN"], True),
        ("Fireworks", ["Sparkle"], False),
        ("Fireworks", [], False),
    ],
)
def test_a_screen_of_deeds_alone_is_for_a_person(title: str, words: list[str], asks: bool) -> None:
    assert asks_for_a_person(screen_of(title, *words)) is asks


@pytest.mark.parametrize(
    ("field", "asks"),
    [
        (Field(n=1, label="PAN", at=AT), True),
        (Field(n=1, label="Email code", at=AT), True),
        # It may be the login's own.
        (Field(n=1, label="Secret", at=AT), False),
        (Field(n=1, type="password", masked=True, label="PAN", at=AT), False),
    ],
)
def test_only_a_field_known_as_none_of_a_logins_is_for_a_person(field: Field, asks: bool) -> None:
    look = replace(screen_of("Confirm it is you", "Confirm"), fields=(field,))
    assert asks_for_a_person(look) is asks


@pytest.mark.parametrize(
    "words",
    [
        "I understand the risks",
        "OK, let's go",
        "Got it, I'll be careful",
        "Continue as Asha Rao 7ABC12",
        "Continue to QuantPilot",
        "Take me to my trades",
        "Go ahead, log me in",
        "Continue in 5s",
        "ठीक है, जारी रखें",
        "Samajh gaya, jaari rakhein",
        "Not now, I'll share it later",
        "No, close this",
        "Close this tip",
        "Dismiss offer",
        "Dismiss trial offer",
    ],
)
def test_a_screen_is_passed_by_what_only_goes_on_or_says_no(words: str) -> None:
    here = recognise(screen_of("What's new", words), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)


def test_a_payment_may_be_skipped() -> None:
    here = recognise(
        screen_of("Welcome", "Proceed to payment", "Skip payment"), SILENT, NUMBER_TAKEN
    )
    assert isinstance(here, Way)
    assert here.control.words == "Skip payment"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Activate margin trading",
            "By continuing you agree to our terms and conditions.",
        ),
        (
            "Margin Trading Facility",
            "By proceeding you accept Upstox's terms and conditions",
        ),
        ("Activate F&O", "By continuing you agree to the terms of use."),
        ("IPO offer", "By continuing you agree to our terms and conditions."),
        ("Welcome to Upstox Plus", "By continuing you agree to our terms of use."),
        ("Your holdings", "They are pledged. By continuing you agree to our terms of use."),
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_standing_terms_bind_beside_what_a_person_may_take(
    title: str, text: str, marked: bool
) -> None:
    look = replace(screen_of(title, "Continue"), texts=(Text(title, head=marked), Text(text)))
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert isinstance(here, Stop)
    assert (here.name, here.meaning) == ("agreement", "denied")


@pytest.mark.parametrize(
    ("title", "text", "word", "passes"),
    [
        ("Congratulations!", "You have made your first trade.", "Yay", True),
        ("Your yearly report", "Here is how you did.", "Super", True),
        ("Happy anniversary", "Three years with Upstox.", "Great, continue", True),
        ("Pledge your holdings for margin", "", "Great, continue", False),
        ("Statement", "Your margin will be enabled.", "Awesome", False),
        (
            "Thank you",
            "Your account will be upgraded to Plus at \u20b920 per order.",
            "Yay",
            False,
        ),
        ("Report", "We will sell your shares.", "Super", False),
        ("Congratulations!", "You get Upstox Plus.", "Yay", False),
        ("Your yearly report", "We'll sell what has lost.", "Super", False),
    ],
)
def test_a_glad_word_is_neutral_only_where_nothing_is_at_stake(
    title: str, text: str, word: str, passes: bool
) -> None:
    look = screen_of(title, word)
    look = replace(look, texts=(*look.texts, Text(text)))
    assert isinstance(recognise(look, SILENT, NUMBER_TAKEN), Way) is passes
    beside = replace(look, texts=(Text(f"{title}: {text}"),))
    assert isinstance(recognise(beside, SILENT, NUMBER_TAKEN), Way) is passes


@pytest.mark.parametrize(
    ("title", "text", "words", "way"),
    [
        # The only thing to press leads on, in whatever words, and nothing is at stake.
        ("All set, Asha", "You are now signed in.", ["Go to Drift Trader"], 0),
        ("Your account is protected", "Two-factor authentication is on.", ["Great!"], 0),
        ("Before you trade", "", ["I’m ready"], 0),  # noqa: RUF001  (the page's own apostrophe)
        ("Upstox is now Upstox One", "", ["Let's begin"], 0),
        # An assent before what it does, which is to go on.
        ("Heads up", "You are signed in on two devices.", ["Show", "Okay, continue"], 1),
        # What is done asks for nothing.
        ("Your KYC is validated", "No action is needed.", ["Done"], 0),
        # To call off is not to decline, where nothing is offered.
        ("You are about to log in to an app", "It uses Upstox.", ["Cancel", "Continue"], 1),
        ("Loan offer", "Insurance from us.", ["Cancel", "Continue"], 0),
        # More ways to pass by.
        ("Location is off", "", ["Turn on location", "Continue without location"], 1),
        ("A code of a friend?", "", ["Enter code", "I don't have a code"], 1),
        ("Contract notes", "", ["Opt in", "Stay with e-mail"], 1),
        ("Secure Upstox with an app lock?", "", ["Secure now", "Not required"], 1),
        ("IPO closes today", "", ["Apply with UPI", "I'm not interested"], 1),
        ("ಹೊಸ ಅಪ್ಲಿಕೇಶನ್", "", ["ಡೌನ್‌ಲೋಡ್ ಮಾಡಿ", "ಬೇಡ"], 1),
        # Whose account this is, and nothing of another login.
        ("Confirm it's you", "Asha R, 7A**12", ["Not me", "Yes, that's me"], 1),
    ],
)
def test_a_screen_that_nobody_knows_is_passed_where_nothing_is_at_stake(
    title: str, text: str, words: list[str], way: int
) -> None:
    look = screen_of(title, *words)
    look = replace(look, texts=(*look.texts, Text(text)))
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == words[way]
    assert len({each.kind for each in here.why}) == 2


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        ("Zzyzx", "", ["Qwrtz"]),
        ("Almost there", "", ["Start trial"]),
        ("Almost there", "", ["Book my slot"]),
        ("Almost there", "Your shares will be lent.", ["Great!"]),
        ("Almost there", "SIPs from today.", ["Let's roll"]),
        ("Almost there", "", ["OK, activate MTF"]),
        ("Almost there", "", ["Go paperless"]),
        ("Almost there", "", ["Move to savings"]),
        ("Almost there", "", ["Hand over to Rahul"]),
        ("Almost there", "", ["Forward to CA"]),
        ("Almost there", "", ["Enter the contest"]),
        ("Almost there", "", ["Begin tendering"]),
        ("Almost there", "", ["Yes, place my order"]),
        ("Almost there", "", ["Perfect, use my e-mail"]),
        ("How would you like to verify?", "", ["By phone, go"]),
        ("Confirm it's you", "A login was blocked yesterday.", ["Not me", "Yes, that's me"]),
        ("Confirm it's you", "Your KYC is due.", ["Not me", "Yes, that's me"]),
        ("Your KYC is validated", "Please upload a selfie.", ["Done"]),
        ("Trade without limits", "F&O is waiting.", ["Trade without limits"]),
        # What looks like a no, and leads elsewhere.
        ("One more thing", "", ["I don't have an account", "I have one"]),
        ("One more thing", "", ["Not registered? Open an account"]),
        ("One more thing", "", ["Not received? Resend"]),
        ("One more thing", "", ["Continue without 2FA", "Learn more"]),
        # To go on is to say that what stands there is right.
        ("Your address", "Pune", ["Continue", "Edit"]),
    ],
)
def test_no_only_way_is_taken_that_does_something(title: str, text: str, words: list[str]) -> None:
    look = screen_of(title, *words)
    look = replace(look, texts=(*look.texts, Text(text)))
    assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Way)


def test_what_may_undo_something_is_called_off() -> None:
    look = screen_of("Are you sure?", "Cancel", "Continue")
    text = Text("All of your settings go: reset and log out.")
    here = recognise(replace(look, texts=(*look.texts, text)), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == "Cancel"


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        # What looks like a way past is a declaration, an agreement, a payment or a share.
        ("Nominee", "", ["Add nominee", "I do not wish to nominate"]),
        ("Tax residency", "", ["I am one abroad", "I do not have any other tax residency"]),
        ("New terms", "", ["Read them", "I'm fine with the new terms"]),
        ("Data", "", ["Manage", "I'm good with sharing my data"]),
        (
            "Your plan renews",
            "\u20b9499 is charged every month.",
            ["Cancel plan", "Stay with Plus"],
        ),
        ("Your plan renews", "\u20b9499 is charged every month.", ["Cancel plan", "Keep it"]),
        ("Refer", "", ["Pass on to a friend", "Learn more"]),
        ("F&O", "", ["Activate after login", "View"]),
        # To go on does something in a person's name.
        ("Authorise the sale of 10 shares", "CDSL", ["Continue", "Learn more"]),
        ("Sale of 10 shares", "", ["Continue", "Learn more"]),
        ("Your account", "HDFC becomes your primary bank.", ["Continue", "Use another one"]),
        ("Confirm it's you to withdraw", "", ["Yes, it's me"]),
        # A yes to what is asked.
        ("Turn on notifications?", "", ["Yes, continue", "Maybe"]),
        ("Lend your shares?", "", ["Sure, let's go"]),
        ("Approve the login from Lagos?", "", ["Yes, continue", "Review"]),
        ("Be part of it", "", ["Count me in"]),
        ("The faster way", "", ["Go Pro"]),
        # What is not done wants a person still.
        ("One step", "Your KYC was not successful", ["Continue"]),
        ("One step", "Your KYC is completed only once you upload a selfie", ["Continue"]),
        # What would set an authenticator up.
        ("Safer", "", ["Connect authenticator app", "View"]),
        ("Safer", "", ["Get an authenticator app", "View"]),
        ("Safer", "", ["Authenticator app (not set up)", "SMS"]),
    ],
)
def test_nothing_is_done_in_a_persons_name(title: str, text: str, words: list[str]) -> None:
    look = screen_of(title, *words)
    look = replace(look, texts=(*look.texts, Text(text)))
    assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Way)


def test_what_acts_in_a_persons_name_is_called_off() -> None:
    here = recognise(screen_of("Sale of 10 shares", "Cancel", "Continue"), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == "Cancel"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Was this you?", "A withdrawal was requested from this device just now"),
        ("Was this you?", "Login from Chrome on Linux"),
        ("Is this you?", "Asha R, UCC 7ABC12"),
        ("Did you just log in?", ""),
        ("Is this your account?", "7ABC12"),
    ],
)
@pytest.mark.parametrize("no", ["No", "Cancel", "No, it isn't"])
def test_no_one_is_told_that_a_stranger_has_logged_in(title: str, text: str, no: str) -> None:
    """A no there may lock the account, and a yes may be about something else."""
    look = screen_of(title, no, "Yes, it was me")
    look = replace(look, texts=(*look.texts, Text(text)))
    here = recognise(look, SILENT, CODE_TAKEN)
    assert not isinstance(here, Way) or here.control.words == "Yes, it was me"


@pytest.mark.parametrize("title", ["Is this you, Asha?", "Was this you?"])
@pytest.mark.parametrize("yes", ["Yes, it's me", "Yes, continue", "Yes"])
def test_where_another_account_may_be_chosen_one_owns_up_to_this_login(
    title: str, yes: str
) -> None:
    here = recognise(screen_of(title, "Not you? Switch account", yes), SILENT, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == yes
    money = screen_of(f"{title} ₹500 was sent", "Switch account", yes)
    assert not isinstance(recognise(money, SILENT, CODE_TAKEN), Way)


def test_what_is_agreed_to_by_a_box_is_for_a_person() -> None:
    look = screen_of("Updated terms", "Continue")
    box = Control(n=90, tag="input", type="checkbox", words="I agree to the terms")
    here = recognise(replace(look, controls=(box, *look.controls)), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Stop)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("You have 2 open orders", ""),
        ("Rights issue", "You apply for 12 shares at ₹90."),
        ("Brokerage", "From now on each order costs ₹30."),
        ("Insurance", "Cover of ₹5 lakh for your portfolio"),
        ("Donation", "Round up ₹1 to charity with every order."),
        ("Your data", "It is shared with our partners."),
        ("Tax residency", "You are a tax resident of India only."),
        ("Segments", "Equity, F&O and Commodity are on."),
        ("GTT orders", "3 of them are active again."),
        ("Settlement on 5 December", "Your funds will be returned to your bank account."),
        ("Fixed deposit", "Your idle ₹50,000 earn 7 % from today."),
    ],
)
def test_that_there_is_one_thing_to_press_does_not_say_that_it_does_nothing(
    title: str, text: str
) -> None:
    told = (Text(title, head=True), Text(text)) if text else (Text(title, head=True),)
    look = Look(ready=True, texts=told, controls=(Control(1, words="Continue"),))
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way)


@pytest.mark.parametrize(
    ("title", "text", "words", "passed"),
    [
        ("Before you trade derivatives", "9 out of 10 lost ₹50,000 each.", "Noted", True),
        ("Brokerage", "From now on each order costs ₹30.", "Got it", True),
        ("Brokerage", "From now on each order costs ₹30.", "Proceed", False),
        # What goes on with a deed does so whatever its button says.
        ("Review your order", "INFY 10 at 1500", "Got it", False),
        ("SIP of ₹500", "It will be debited on the 5th of each month", "Understood", False),
    ],
)
def test_to_say_that_something_was_read_takes_nothing(
    title: str, text: str, words: str, passed: bool
) -> None:
    look = Look(
        ready=True, texts=(Text(title, head=True), Text(text)), controls=(Control(1, words=words),)
    )
    assert isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way) == passed


@pytest.mark.parametrize(
    ("box", "taken"),
    [
        ("Activate MTF for me", True),
        ("Switch me to Upstox Plus", True),
        ("Share my data with partners", True),
        ("Keep me logged in", False),
        ("Send me updates on WhatsApp", False),
        ("Tell me of new IPOs: alerts by SMS", False),
        ("Activate SIP alerts", True),
        ("I understand the risks of derivatives", False),
        ("I understand the risks and want F&O", True),
        ("I know the risks: activate derivatives", True),
        ("I agree to the terms of use", False),
    ],
)
def test_no_form_is_sent_with_a_ticked_box_that_takes_something(box: str, taken: bool) -> None:
    ticked = Control(n=90, tag="input", type="checkbox", words=box, chosen=True, form=9)
    look = page(PIN)
    here = recognise(replace(look, controls=(ticked, *look.controls)), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Stop if taken else Form)
    for other in (replace(ticked, chosen=False), replace(ticked, form=3)):
        boxed = replace(look, controls=(other, *look.controls))
        assert isinstance(recognise(boxed, PIN_IS_SET, CODE_TAKEN), Form)


@pytest.mark.parametrize(
    ("title", "text", "word"),
    [
        ("Basket ready", "Continue places 4 orders.", "Continue"),
        ("Margin shortfall", "OK pledges 100 TCS.", "OK"),
        ("Devices", "OK signs out all your phones.", "OK"),
        ("SIPs", "Continue pauses all SIPs.", "Continue"),
        ("One thing", "Tap OK to share your holdings with Mint.", "OK"),
        ("Heads up", "Tapping “OK” lets us call you about loans.", "OK"),
        ("Your plan", "You move to Plus when you continue.", "Continue"),
        ("F&O", "I understand activates F&O for you.", "I understand"),
        ("Bonus", "Not now cancels it.", "Not now"),
    ],
)
def test_no_control_is_pressed_that_does_something_as_its_screen_says(
    title: str, text: str, word: str
) -> None:
    look = screen_of(title, word)
    look = replace(look, texts=(*look.texts, Text(text)), modal=True)
    assert not isinstance(recognise(look, SILENT, replace(CODE_TAKEN, pin=True)), Way)


@pytest.mark.parametrize(
    ("title", "text", "word"),
    [
        ("Done", "Continue takes you back to the app.", "Continue"),
        ("Nearly there", "Continue to finish logging in.", "Continue"),
        ("Welcome back", "Tap Continue to go on.", "Continue"),
        ("Scheduled downtime", "OK closes this message.", "OK"),
        ("Welcome back", "By clicking Continue you agree to our Terms of Use.", "Continue"),
    ],
)
def test_a_control_is_pressed_that_leads_on_as_its_screen_says(
    title: str, text: str, word: str
) -> None:
    look = screen_of(title, word)
    look = replace(look, texts=(*look.texts, Text(text)), modal=True)
    assert isinstance(recognise(look, SILENT, replace(CODE_TAKEN, pin=True)), Way)


def test_what_stands_on_every_screen_says_nothing_of_this_one() -> None:
    look = screen_of("Authorise DDPI", "Authorise now", "Terms", "Privacy")
    assert not asks_for_a_person(look)
    assert asks_for_a_person(look, frozenset({"Terms", "Privacy"}))
    assert not asks_for_a_person(screen_of("Loading", "Terms"), frozenset({"Terms"}))
