"""The table of the page: more than one kind of evidence for each form, and no pattern too wide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest
from msgspec.structs import asdict

from upstox_browser_login.page import phrases, states
from upstox_browser_login.page.pattern import Pattern
from upstox_browser_login.page.states import consent, cookies, fields, going_on, kinds
from upstox_browser_login.page.states.fields import KNOWN
from upstox_browser_login.page.states.screens import SCREENS


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


@pytest.mark.parametrize(
    ("table", "word"),
    [
        (kinds.BETWEEN, "Multiple accounts were found"),
        (kinds.BETWEEN, "Contours of a brisk asterisk"),
        (going_on.LEADS_ON, "A challenge"),
        (cookies.COOKIE_ACCEPT, "Book a session"),
        (consent.MOVES, "Redesigned charts"),
        (fields.ANOTHER_NAME, "Logged in successfully"),
        (phrases.SAYS_NOT, "Guard against intruders on the internet"),
    ],
)
def test_a_word_is_not_found_within_a_longer_one(table: Pattern, word: str) -> None:
    assert table.search(word) is None
