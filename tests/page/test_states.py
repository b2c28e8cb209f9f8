"""The table of the page: more than one kind of evidence for each form, and no pattern too wide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import get_args

import pytest
from msgspec.structs import asdict

from upstox_browser_login.errors import Step
from upstox_browser_login.page import states
from upstox_browser_login.page.pattern import Pattern
from upstox_browser_login.page.states.buttons import NOT_GO
from upstox_browser_login.page.states.fields import (
    CREATES_PIN,
    KNOWN,
    PURPOSES,
    SIGNED_IN_AS,
    STEPS,
    Purpose,
)
from upstox_browser_login.page.states.passing import DECLINE
from upstox_browser_login.page.states.screens import PATHS, SCREENS, Screen
from upstox_browser_login.page.states.screens import screen as screen_of
from upstox_browser_login.page.states.terms import AGREE
from upstox_browser_login.page.words import ENDINGS


def patterns() -> Iterator[tuple[str, Pattern]]:
    """Each pattern of the table and its name."""
    for purpose, each in KNOWN.items():
        for part, value in asdict(each).items():
            if isinstance(value, Pattern):
                yield f"{purpose} {part}", value
    for screen in SCREENS:
        if screen.says is not None:
            yield screen.name, screen.says
    for table in iter_modules(states.__path__):
        for name, value in vars(import_module(f"{states.__name__}.{table.name}")).items():
            if isinstance(value, Pattern):
                yield f"{table.name} {name}", value


PATTERNS = [pytest.param(each, id=name) for name, each in patterns()]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_pattern_matches_nothing_in_particular(pattern: Pattern) -> None:
    """It would match every page, and be evidence for anything."""
    for text in ("", " ", ".", "-", "Qwrtz", "123"):
        assert pattern.search(text) is None


def test_the_forms_are_all_there_in_the_order_of_a_login() -> None:
    assert get_args(Purpose) == PURPOSES == tuple(KNOWN) == tuple(STEPS)
    assert set(STEPS.values()) <= set(get_args(Step))


@pytest.mark.parametrize(
    ("purpose", "names", "words"),
    [
        ("mobile", ("mobile num", "mobilenum", "tel"), ("Enter mobile number", "Phone no")),
        ("otp", ("otp num", "totp"), ("Enter OTP or TOTP", "Verification code")),
        ("pin", ("pin code", "mpin"), ("Enter 6-digit PIN", "MPIN")),
        ("password", ("password",), ("Enter your password",)),
    ],
)
def test_a_form_is_known_by_ids_and_by_words(
    purpose: Purpose, names: tuple[str, ...], words: tuple[str, ...]
) -> None:
    """Upstox may change one of them on any day."""
    for name in names:
        assert KNOWN[purpose].identity.search(name)
        others = [each for each in PURPOSES if each != purpose]
        assert not [each for each in others if KNOWN[each].identity.search(name)]
    for text in words:
        assert KNOWN[purpose].words.search(text)
        assert not KNOWN[purpose].against.search(text)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_ends_a_login_or_leads_on(screen: Screen) -> None:
    assert screen.step in get_args(Step)
    assert screen_of(screen.name) is screen
    if screen.meaning is None:
        assert screen.message == ""
    else:
        assert screen.meaning in ENDINGS
        assert screen.message.endswith(".")


def test_names_are_unique_and_addresses_lead_to_screens_that_end_a_login() -> None:
    names = [each.name for each in SCREENS]
    assert len(set(names)) == len(names)
    for path, name in PATHS:
        assert path.startswith("/")
        assert screen_of(name).meaning is not None


@pytest.mark.parametrize(
    "text",
    [
        "Signed in as 9876501234.",
        "signed in as +91 98765 01234",
        "Signed in as +919876501234",
        "Signed in as: 98765-01234",
    ],
)
def test_whose_pin(text: str) -> None:
    match = SIGNED_IN_AS.search(text)
    assert match is not None
    assert re.sub(r"\D", "", match[1]) == "9876501234"


@pytest.mark.parametrize("text", ["Signed in as 98****1234.", "Signed in as ASHA", "Hi Asha"])
def test_a_masked_number_tells_nothing(text: str) -> None:
    assert SIGNED_IN_AS.search(text) is None


@pytest.mark.parametrize("text", ["Reset PIN", "Forgot PIN? Reset PIN", "Enter 6-digit PIN"])
def test_a_pin_page_is_not_taken_for_one_that_creates_a_pin(text: str) -> None:
    assert CREATES_PIN.search(text) is None


@pytest.mark.parametrize("text", ["Create a new 6-digit PIN", "Set your PIN", "Confirm your PIN"])
def test_a_form_that_creates_a_pin(text: str) -> None:
    assert CREATES_PIN.search(text)


@pytest.mark.parametrize("text", ["I agree", "Accept and continue", "I accept the new terms"])
def test_what_binds_a_person_says_neither_yes_nor_no(text: str) -> None:
    assert AGREE.search(text)
    assert DECLINE.search(text) is None


@pytest.mark.parametrize("text", ["Resend OTP", "Forgot PIN?", "Log in with QR code", "Show PIN"])
def test_what_sends_no_form(text: str) -> None:
    assert NOT_GO.search(text)


def test_no_class_names() -> None:
    """Those of the page are generated, and change with every build of it."""
    for _, pattern in patterns():
        assert re.search(r"\bk-|\bcss-|__[a-z]", pattern.pattern) is None


def test_most_of_recognition_needs_no_browser(request: pytest.FixtureRequest) -> None:
    """At least 60 % of its tests are of pure functions; `make test` prints the share."""
    mine = [
        value
        for item in request.session.items
        for name, value in item.user_properties
        if name == "browser"
    ]
    whole = len({item.path for item in request.session.items if item.path.parent.name == "page"})
    if whole < 15:
        pytest.skip("the share is of all files of tests/page, and not all are run here")
    assert mine.count(False) >= 0.6 * len(mine)
