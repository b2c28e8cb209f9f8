"""What the page owes, and what it only seems to owe."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from upstox_browser_login.page.decide import decide
from upstox_browser_login.page.next import Fill, Wait
from upstox_browser_login.page.outcome import outcome
from upstox_browser_login.page.owed import owed
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.calls import Call, Traffic

from .looks import START, asked, ended
from .views import BLANK, LOADS, NOW, PIN_FORM, PIN_SENT, view


@pytest.mark.parametrize(
    ("call", "waited", "loading"),
    [
        (asked("1", 99.0), True, True),
        (asked("1", 99.0, kind="part", **LOADS), True, True),
        (asked("1", 99.0, kind="document", **LOADS), True, True),
        (asked("1", 99.0, kind="other", **LOADS), False, False),
        (asked("1", 99.0, kind="socket"), False, False),
        (asked("1", 99.0, blocked=True), False, False),
        (ended(asked("1", 99.0), 99.5), False, False),
        # A foreign host is waited for no longer than ten seconds, unless nothing else is shown.
        (asked("1", 91.0, trusted=False), True, True),
        (asked("1", 89.0, trusted=False), False, True),
        # So is what began before the last submission, after twenty.
        (asked("1", 81.0), True, True),
        (asked("1", 79.0), False, True),
        # Its headers have come; nobody reads the rest.
        (asked("1", 97.0, status=200), False, False),
        (asked("1", 97.0, status=200, kind="document"), True, True),
    ],
)
def test_what_is_owed(call: Call, waited: bool, loading: bool) -> None:
    seen = View(NOW, BLANK, 1.0, Traffic((call,)), PIN_SENT)
    assert owed(seen) == [call] * waited
    assert owed(seen, loading=True) == [call] * loading


def test_a_polled_place_is_not_waited_for() -> None:
    """But where it holds a credential it is."""
    polls = tuple(asked(str(number), 99.0) for number in range(4))
    assert owed(View(NOW, BLANK, 1.0, Traffic(polls), PIN_SENT)) == []
    carrier = replace(polls[3], carries=frozenset({"pin"}))
    assert owed(View(NOW, BLANK, 1.0, Traffic((*polls[:3], carrier)), PIN_SENT)) == [carrier]


def test_what_is_answered_again_and_again_does_not_hold_a_page_loading() -> None:
    """But what is asked again because it does not come is what the page waits for."""
    asks = tuple(asked(str(number), 96.0, method="GET", posts=False) for number in range(5))
    answers = tuple(ended(each, 97.0) for each in asks[:4])
    for first, waited in ((asks[:4], 5), (answers, 0)):
        traffic = Traffic((*first, asks[4]))
        assert len(owed(View(NOW, BLANK, 1.0, traffic, PIN_SENT), loading=True)) == waited


def test_signs_of_life_after_a_submission_are_no_answer_that_is_pending() -> None:
    beats = [asked(str(number), 96.0 + number / 2) for number in range(5)]
    calls = (*(ended(each, each.at + 0.1, 404) for each in beats[:4]), beats[4])
    came = outcome(View(NOW, BLANK, 1.0, Traffic(calls), replace(PIN_SENT, pressed_at=95.0)))
    assert came.state != "pending"


REPEATED = frozenset({"pin"})


@pytest.mark.parametrize(
    ("first", "waited"),
    [
        (ended(asked("1", 91.0, carries=REPEATED), 92.0), False),
        # It was stopped, or it was another credential's.
        (asked("1", 91.0, carries=REPEATED, blocked=True), True),
        (ended(asked("1", 91.0, carries=frozenset({"code"})), 92.0), True),
        # The hop before, which led to this one.
        (ended(asked("2#1", 91.0, carries=REPEATED), 92.0, status=307), True),
        # The page was told to ask again.
        (ended(asked("1", 91.0, carries=REPEATED), 92.0, ok=False, said=Said("", "4000001")), True),
    ],
)
def test_what_a_page_sends_again_is_not_waited_for(first: Call, waited: bool) -> None:
    """It is being stopped; a page that does so for ever would never be idle."""
    again = asked("2", 99.0, carries=REPEATED)
    seen = View(NOW, BLANK, 1.0, Traffic((first, again)), PIN_SENT)
    assert owed(seen) == [again] * waited


def test_a_page_that_never_rests_is_typed_into_all_the_same() -> None:
    """One that asks for something again and again would keep a remembered browser's PIN waiting."""
    polls = tuple(
        ended(asked(str(number), NOW - number / 10), NOW - number / 10) for number in range(1, 9)
    )
    seen = view(PIN_FORM, *polls, sent=START)
    assert isinstance(decide(replace(seen, stood=1.0)), Wait)
    assert isinstance(decide(replace(seen, stood=4.0)), Fill)
