"""Controls that leave all as it is, and those that give up what protects the account."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import CODE_TAKEN, LOGGED_IN, PIN_IS_SET, screen_of, screen_that_says
from upstox_browser_login.page.here import Here, Way
from upstox_browser_login.page.recognise import recognise


def _pressed(here: Here) -> str | None:
    return here.control.words if isinstance(here, Way) else None


@pytest.mark.parametrize(
    ("title", "words", "way"),
    [
        (
            "Stay signed in on this computer?",
            ["Stay signed in", "Sign me out when I close the browser"],
            1,
        ),
        ("Stay signed in?", ["Stay signed in", "Always log me out"], 1),
        ("Keep me logged in", ["Keep me logged in", "Log me out after 30 minutes"], 1),
        ("Stay logged in?", ["Stay logged in", "Log me out if idle"], 1),
        ("Stay logged in?", ["Stay logged in for 30 days", "Log out automatically"], 1),
        ("Stay signed in?", ["Stay signed in", "No, sign me out on exit"], 1),
        # To log out at once ends this login or another one, so that one stays.
        ("Log out of other devices?", ["Log out all", "Stay logged in"], 1),
        ("Idle for a while", ["Log out", "Stay logged in"], 1),
        # It is no answer to an offer, or does something besides.
        ("Your session", ["Log out after 5 minutes", "Log out after 1 hour"], None),
        ("Stay signed in?", ["Log me out if this wasn't me"], None),
        ("Stay signed in?", ["Log me out when I leave, and sell my shares"], None),
    ],
)
def test_who_wants_to_be_logged_out_later_is_not_remembered(
    title: str, words: list[str], way: int | None
) -> None:
    here = recognise(screen_of(title, *words), PIN_IS_SET, CODE_TAKEN)
    assert _pressed(here) == (None if way is None else words[way])


@pytest.mark.parametrize(
    "words",
    [
        "Skip OTP next time",
        "Skip TPIN",
        "Skip verification",
        "Skip e-mail verification",
        "Skip order confirmation",
        "Skip two-step login for 30 days",
        "Skip 2FA",
        "Skip the PIN from now on",
        "No more OTPs",
        "No PIN",
        "Don't ask for OTP again",
        "Never ask for my PIN",
    ],
)
def test_nothing_that_protects_the_account_is_given_up(words: str) -> None:
    for title in ("Fewer steps", "What's new", "Log in faster"):
        look = screen_of(title, words, "Learn more")
        assert not isinstance(recognise(look, PIN_IS_SET, LOGGED_IN), Way)


@pytest.mark.parametrize(
    ("words", "way"),
    [
        (["Skip OTP next time", "Ask me each time"], 1),
        (["Skip TPIN", "Use TPIN"], 1),
        (["Skip the PIN from now on", "Ask for my PIN"], 1),
        (["Add", "Skip for now, use PIN"], 1),
        (["Add", "Skip"], 1),
        (["Verify", "Skip for now"], 1),
        # Only beside what would give it up.
        (["Sell with DDPI", "Use TPIN"], None),
    ],
)
def test_what_protects_the_account_is_kept(words: list[str], way: int | None) -> None:
    here = recognise(screen_of("Fewer steps", *words), PIN_IS_SET, LOGGED_IN)
    assert _pressed(here) == (None if way is None else words[way])


def test_no_sale_goes_on_by_what_keeps_the_tpin() -> None:
    look = screen_that_says("Fewer steps", "Sell 10 TCS", "Skip TPIN", "Use TPIN")
    assert _pressed(recognise(look, PIN_IS_SET, LOGGED_IN)) is None


@pytest.mark.parametrize(
    ("title", "words", "way"),
    [
        ("Use WhatsApp for your contract notes", ["Continue", "Keep e-mail"], 1),
        ("Turn your account into a family account", ["Proceed", "Stay individual"], 1),
        ("Publish your returns", ["Next", "Keep secret"], 1),
        ("Make HDFC your main bank", ["Next", "Keep ICICI"], 1),
        ("Wednesday", ["Continue", "Stay single"], 1),
        # What is kept costs money, is somebody's name for more, or is another login.
        ("Your SIP ends", ["Continue", "Keep mandate"], None),
        ("Family view", ["Next", "Keep Plus"], None),
        ("Public profile", ["Continue", "Stay updated"], None),
        ("You are closing your account", ["Continue", "Stay customer"], None),
        ("₹99 is charged every month", ["Continue", "Stay classy"], None),
        ("You are logged in elsewhere", ["Continue here", "Keep that one"], 0),
    ],
)
def test_one_thing_stays_as_it_is_beside_what_goes_on(
    title: str, words: list[str], way: int | None
) -> None:
    here = recognise(screen_of(title, *words), PIN_IS_SET, CODE_TAKEN)
    assert _pressed(here) == (None if way is None else words[way])


@pytest.mark.parametrize(
    ("beside", "goes"),
    [
        # They may be the no to what is offered.
        ("Mail is fine", False),
        ("Purple instead", False),
        ("Just me", False),
        ("I like paper", False),
        # They explain, lead back, or do something that going on does not.
        ("Learn more", True),
        ("மேலும் அறிய", True),
        ("Back", True),
        ("Watch the film", True),
        ("Manage apps", True),
        ("Status page", True),
        ("Update browser", True),
        ("Retry", True),
        ("", True),
    ],
)
def test_nothing_goes_on_beside_a_control_that_nobody_understands(
    beside: str, *, goes: bool
) -> None:
    look = screen_of("Wednesday", "Continue", beside)
    assert _pressed(recognise(look, PIN_IS_SET, CODE_TAKEN)) == ("Continue" if goes else None)
    known = screen_of("What's new", "Continue", beside)
    assert _pressed(recognise(known, PIN_IS_SET, CODE_TAKEN)) == "Continue"


def test_what_stands_at_the_foot_or_beside_every_form_answers_nothing() -> None:
    look = screen_of("Wednesday", "Continue", "Grievances")
    assert _pressed(recognise(look, PIN_IS_SET, CODE_TAKEN)) is None
    foot = tuple(replace(e, footer=e.text == "Grievances") for e in look.texts)
    assert _pressed(recognise(replace(look, texts=foot), PIN_IS_SET, CODE_TAKEN)) == "Continue"
    stood = replace(CODE_TAKEN, stood=frozenset({"Grievances"}))
    assert _pressed(recognise(look, PIN_IS_SET, stood)) == "Continue"


@pytest.mark.parametrize(
    "words",
    [
        "I prefer my PIN",
        "Keep PIN",
        "Go with PIN",
        "Type PIN instead",
        "Stick to PIN",
        "PIN is fine",
        "My PIN is enough",
        "PIN hi theek hai",
        "No, I'd rather use my PIN",
    ],
)
def test_the_pin_is_kept_where_another_proof_is_offered(words: str) -> None:
    for title in ("Log in with your face or fingerprint next time", "A passkey is faster"):
        here = recognise(screen_of(title, "Turn on", words), PIN_IS_SET, CODE_TAKEN)
        assert _pressed(here) == words


@pytest.mark.parametrize(
    "words",
    [
        "Change PIN",
        "Replace my PIN",
        "Stop using PIN",
        "No PIN",
        "Forget my PIN",
        "Use passkey with PIN",
        "Set my PIN",
        "Use TPIN",
    ],
)
def test_the_pin_is_not_changed_where_another_proof_is_offered(words: str) -> None:
    title = "Log in with your face or fingerprint next time"
    here = recognise(screen_of(title, "Turn on", words), PIN_IS_SET, CODE_TAKEN)
    assert _pressed(here) is None


def test_the_pin_passes_nothing_by_where_no_other_proof_is_offered() -> None:
    here = recognise(screen_of("Margin", "Turn on", "I prefer my PIN"), PIN_IS_SET, CODE_TAKEN)
    assert _pressed(here) is None
