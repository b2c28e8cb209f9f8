"""What a no says: to an offer that all stays as it is, to anything else something of the person."""

from __future__ import annotations

import pytest

from tests.page.looks import CODE_TAKEN, LOGGED_IN, PIN_IS_SET, screen_of
from upstox_browser_login.page.here import Way
from upstox_browser_login.page.recognise import recognise


@pytest.mark.parametrize(
    "words",
    [
        "Close facility",
        "Close line",
        "Close position",
        "Cancel credit",
        "Cancel facility",
        "Hide my name",
        "Close preview of account",
    ],
)
def test_what_a_person_has_is_not_closed(words: str) -> None:
    for title in ("What's new", "Your credit line"):
        look = screen_of(title, "Review", words)
        assert not isinstance(recognise(look, PIN_IS_SET, LOGGED_IN), Way)


@pytest.mark.parametrize(
    "words",
    [
        "Close",
        "Cancel",
        "Close this",
        "Close this window",
        "Close dialog",
        "Close the popup",
        "Close banner",
        "Close message",
        "Cancel this message",
        "Close greeting",
        "Close for now",
        "Hide tips",
        "Close and continue",
        "Cancel, use PIN",
    ],
)
def test_the_screen_itself_is_closed(words: str) -> None:
    here = recognise(screen_of("New charts", "See them", words), PIN_IS_SET, CODE_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == words
