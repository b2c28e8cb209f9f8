"""What ends a wall of cookies and of other data."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    CODE_TAKEN,
    MOBILE,
    NUMBER_TAKEN,
    PIN_IS_SET,
    SILENT,
    button,
    page,
    screen_of,
)
from upstox_browser_login.page.here import Sent, Stop, Way
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.recognise import recognise


@pytest.mark.parametrize(
    ("text", "words", "way"),
    [
        ("We use cookies.", ["Yum!", "Cookie policy"], "Yum!"),
        ("ਅਸੀਂ ਕੂਕੀ ਵਰਤਦੇ ਹਾਂ", ["ਆਰਡਰ ਰੱਦ ਕਰੋ", "ਸਵੀਕਾਰ"], "ਸਵੀਕਾਰ"),
        ("We and 12 partners use trackers.", ["Accept", "Options"], "Accept"),
        ("We and 112 partners store data.", ["Accept all", "Only necessary"], "Only necessary"),
        ("Choose which cookies we may use.", ["Save my choices"], "Save my choices"),
        ("இந்த தளம் குக்கீகளைப் பயன்படுத்துகிறது", ["அமைப்புகள்", "தேவையானவை மட்டும்"], "தேவையானவை மட்டும்"),
        ("আমরা কুকি ব্যবহার করি", ["সব গ্রহণ করুন", "সেটিংস"], "সব গ্রহণ করুন"),
        ("అన్ని కుకీలను వాడుతాము", ["అంగీకరిస్తున్నాను", "తిరస్కరించు"], "తిరస్కరించు"),
        ("ಕುಕೀಗಳು", ["ಸೆಟ್ಟಿಂಗ್‌ಗಳು", "ಅಗತ್ಯ ಮಾತ್ರ"], "ಅಗತ್ಯ ಮಾತ್ರ"),
        ("Hum cookies ka istemal karte hain.", ["Sirf zaroori", "Sab chunein"], "Sirf zaroori"),
    ],
)
def test_the_end_of_a_wall_of_cookies(text: str, words: list[str], way: str) -> None:
    here = recognise(screen_of(text, *words, modal=True), SILENT, Sent())
    assert isinstance(here, Way)
    assert (here.name, here.control.words) == ("cookie wall", way)


@pytest.mark.parametrize(
    ("words", "way"),
    [
        (["Only necessary", "Everything is fine", "Cookie policy"], "Only necessary"),
        (["Sirf zaroori", "Sab theek hai"], "Sirf zaroori"),
        # It may be the form's own.
        (["Continue"], None),
        (["OK"], None),
    ],
)
def test_a_bar_of_cookies_is_answered_where_the_form_is_closed(
    words: list[str], way: str | None
) -> None:
    bar = tuple(button(each, n=30 + n, form=0) for n, each in enumerate(words))
    look = page(MOBILE, words="Get OTP")
    look = replace(look, controls=(*look.controls, *bar))
    look = replace(look, texts=(*look.texts, Text("Hum cookies use karte hain")))
    closed = replace(look, fields=tuple(replace(each, disabled=True) for each in look.fields))
    here = recognise(closed, SILENT, Sent())
    assert (here.control.words if isinstance(here, Way) else None) == way
    assert not isinstance(recognise(look, SILENT, Sent()), Way)


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("New terms for margin trading", "Please accept them. This site uses cookies as well."),
        ("Updated terms", "You accept our brokerage terms and cookies."),
    ],
)
def test_terms_are_no_wall_of_cookies(head: str, text: str) -> None:
    look = Look(
        ready=True, texts=(Text(head, head=True), Text(text)), controls=(button("I accept"),)
    )
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert isinstance(here, Stop)
    assert here.name == "agreement"


@pytest.mark.parametrize(
    ("text", "words", "way"),
    [
        ("We keep a few cookies.", ["Only what’s needed", "See all"], 0),  # noqa: RUF001
        ("Some cookies are needed.", ["Let me choose", "Accept needed ones"], 1),
        ("Technologies like cookies.", ["View preferences", "Deny"], 1),
    ],
)
def test_a_no_to_cookies_ends_their_wall_though_it_speaks_of_consent(
    text: str, words: list[str], way: int
) -> None:
    look = screen_of("Manage consent", *words, modal=True)
    here = recognise(replace(look, texts=(*look.texts, Text(text))), SILENT, Sent())
    assert isinstance(here, Way)
    assert (here.name, here.control.words) == ("cookie wall", words[way])


@pytest.mark.parametrize(
    "words", ["Accept necessary terms", "Close account", "Decline and log out"]
)
def test_no_wall_is_ended_by_what_agrees_or_leaves(words: str) -> None:
    look = screen_of("Terms of use updated", words, modal=True)
    look = replace(look, texts=(*look.texts, Text("They say how we use cookies.")))
    here = recognise(look, SILENT, NUMBER_TAKEN)
    assert not isinstance(here, Way)


@pytest.mark.parametrize(
    ("words", "sent", "pressed"),
    [
        (["Only what’s needed", "View purposes"], Sent(), "Only what’s needed"),  # noqa: RUF001
        (["I consent", "I do not consent"], Sent(), "I do not consent"),
        (["Accept", "Don't accept"], Sent(), "Don't accept"),
        # A yes agrees to something, and after the number it is about the account.
        (["Accept essential processing", "Manage"], Sent(), None),
        (["I consent to the necessary processing"], Sent(), None),
        (["Agree & close", "View purposes"], Sent(), None),
        (["Close and accept", "View purposes"], Sent(), None),
        (["Accept and continue", "View purposes"], Sent(), None),
        (["Only what’s needed", "View purposes"], NUMBER_TAKEN, None),  # noqa: RUF001
    ],
)
def test_a_notice_about_data_ends_by_a_no_alone(
    words: list[str], sent: Sent, pressed: str | None
) -> None:
    text = "Notice under the DPDP Act, 2023: we process your personal data."
    here = recognise(screen_of(text, *words, modal=True), SILENT, sent)
    assert (here.control.words if isinstance(here, Way) else None) == pressed


@pytest.mark.parametrize(
    ("words", "pressed"),
    [
        ("OK, sell my shares", False),
        ("Accept and activate my trial", False),
        ("Got it, call me", False),
        ("Only necessary, open an account", False),
        ("Close and accept", True),
        ("Accept & close", True),
        ("Save and continue", True),
    ],
)
def test_a_wall_of_cookies_is_ended_by_what_does_nothing_besides(
    words: str, *, pressed: bool
) -> None:
    look = screen_of("We use cookies", words, "Cookie settings", modal=True)
    here = recognise(look, SILENT, Sent())
    assert (isinstance(here, Way) and here.control.words == words) is pressed


@pytest.mark.parametrize(
    ("head", "text", "way"),
    [
        ("Your plan", "₹99 per month is debited from Monday. We also use cookies.", None),
        ("Activate MTF", "Cookies help us to show you margin.", None),
        ("We use cookies", "They are how we keep Upstox free of fees.", "OK"),
        ("Welcome", "We use cookies to remember you.", "OK"),
        ("Welcome", "Cookies enable core functions.", "OK"),
        ("Welcome", "Cookies are used. OK enables MTF.", None),
    ],
)
def test_no_ok_is_said_to_what_costs_beside_cookies(head: str, text: str, way: str | None) -> None:
    look = Look(
        ready=True,
        modal=True,
        texts=(Text(head, head=True, dialog=1), Text(text, dialog=1)),
        controls=(Control(1, words="OK", dialog=1),),
    )
    here = recognise(look, SILENT, CODE_TAKEN)
    assert (here.control.words if isinstance(here, Way) else None) == way


@pytest.mark.parametrize("sent", [Sent(), NUMBER_TAKEN, CODE_TAKEN])
@pytest.mark.parametrize(
    "text",
    ["", "It may withdraw funds.", "By going on you accept our cookie policy. It may pledge."],
)
@pytest.mark.parametrize("name", ["Profit Tracker", "Cookie"])
def test_an_app_that_asks_is_no_wall_of_cookies(name: str, text: str, sent: Sent) -> None:
    look = screen_of(f"{name} wants to access your Upstox account", "Allow", "Deny")
    here = recognise(replace(look, texts=(*look.texts, Text(text))), SILENT, sent)
    assert not isinstance(here, Way) or (here.name == "approval" and not text and sent.mobile)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Upstox Plus for ₹99 a month", ["Accept", "Details"]),
        ("Activate F&O", ["Yes", "Details"]),
        ("Confirm your order: BUY 5 TCS", ["OK", "Settings"]),
        ("Is your account still at HDFC?", ["Yes", "No"]),
        ("Order tracking on WhatsApp", ["Allow", "Details"]),
    ],
)
def test_a_word_of_cookies_on_another_screen_presses_nothing(title: str, words: list[str]) -> None:
    for text in ("This site uses cookies.", "We use cookies and trackers."):
        look = screen_of(title, *words)
        here = recognise(replace(look, texts=(*look.texts, Text(text))), SILENT, CODE_TAKEN)
        assert not isinstance(here, Way)


def test_a_banner_on_another_screen_ends_by_what_can_only_be_its_own() -> None:
    look = screen_of("Stocks made simple", "Open an account", "Accept", "Accept all")
    look = replace(look, texts=(*look.texts, Text("We use cookies.")))
    here = recognise(look, SILENT, Sent())
    assert isinstance(here, Way)
    assert (here.name, here.control.words) == ("cookie wall", "Accept all")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("We use cookies to show you IPOs and loans that suit you.", True),
        ("We use cookies to recommend insurance.", True),
        ("We use cookies to show you IPOs. Accept activates your loan.", False),
        ("We use cookies to show you loans and apply for one.", False),
        ("We use cookies. A loan is yours.", False),
    ],
)
def test_a_wall_of_cookies_may_name_what_they_show(text: str, *, ends: bool) -> None:
    look = Look(
        ready=True,
        modal=True,
        texts=(Text("Your privacy", head=True, dialog=1), Text(text, dialog=1)),
        controls=(Control(1, words="Accept", dialog=1), Control(2, words="Settings", dialog=1)),
    )
    assert isinstance(recognise(look, SILENT, Sent()), Way) is ends


@pytest.mark.parametrize(
    ("title", "words", "ends"),
    [
        ("Your F&O access", ["Accept", "Details"], False),
        ("Is HDFC still your bank?", ["Yes", "No"], False),
        ("Your privacy", ["Accept", "Details"], True),
        ("Your F&O access", ["Accept all", "Details"], True),
    ],
)
def test_what_lies_over_a_form_is_about_its_title(
    title: str, words: list[str], *, ends: bool
) -> None:
    """Of a banner without a title the form's own heading is the only one."""
    look = screen_of(title, *words)
    form = Field(n=9, heading="Welcome back", covered=True)
    texts = (*look.texts, Text("We use cookies."), Text("Welcome back", head=True))
    look = replace(look, fields=(form,), texts=texts)
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert (isinstance(here, Way) and here.name == "cookie wall") is ends
    banner = replace(look, texts=texts[1:])
    assert isinstance(recognise(banner, PIN_IS_SET, CODE_TAKEN), Way)


@pytest.mark.parametrize(("title", "ends"), [("Biscuits?", True), ("Confirm your order", False)])
def test_before_the_number_a_wall_may_have_any_title_that_orders_nothing(
    title: str, *, ends: bool
) -> None:
    look = screen_of(title, "Sure", modal=True)
    look = replace(look, texts=(*look.texts, Text("We use cookies.")))
    here = recognise(look, SILENT, Sent())
    assert (isinstance(here, Way) and here.name == "cookie wall") is ends
    assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Way)


@pytest.mark.parametrize(
    ("title", "words", "no"),
    [
        ("We and our trusted partners will check your credit score", ("Agree", "Skip"), "Skip"),
        ("Necessary segments are always active. Activate F&O?", ("Yes", "No"), "No"),
    ],
)
def test_partners_and_what_is_always_on_make_no_wall_of_cookies(
    title: str, words: tuple[str, ...], no: str
) -> None:
    here = recognise(screen_of(title, *words), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == no
