"""What a failure after an accepted submission means."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.page.looks import asked, ended, screen_of
from tests.page.views import (
    BLANK,
    CARRIES_CODE,
    CARRIES_PIN,
    CODE_SENT,
    PIN_FORM,
    PIN_SENT,
    PIN_TAKEN,
    SEALED,
    SETTINGS,
    TAKEN,
    UNREAD,
    code,
    complaining,
    end,
    view,
)
from upstox_browser_login.page.decide import decide
from upstox_browser_login.page.next import End, Fill, Wait
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.wire.calls import Call

APPROVES = asked("20", 93.0, path="/login/v2/oauth/authorize")


@pytest.mark.parametrize(
    ("failed", "expected"),
    [
        (ended(APPROVES, 94.0, ok=False, said=Said("No", "1017106")), "UNEXPECTED"),
        (ended(APPROVES, 94.0, ok=False, said=Said("No", "1017105")), "SESSION_LOST"),
        (ended(APPROVES, 94.0, 500), "SERVER_ERROR"),
        (replace(APPROVES, ended=94.0, failure="ERR_CONNECTION_RESET"), "NETWORK"),
    ],
)
def test_what_fails_after_the_pin_was_taken_is_no_refusal_of_it(
    failed: Call, expected: str
) -> None:
    assert isinstance(decide(view(PIN_FORM, TAKEN, failed, sent=PIN_TAKEN, now=95.0)), Wait)
    step = decide(view(PIN_FORM, TAKEN, failed, sent=PIN_TAKEN, now=96.1))
    assert code(step) == expected
    assert end(step).accepted
    assert not end(step).broke


def test_a_page_that_asks_again_after_a_failure_is_waited_for() -> None:
    failed = ended(APPROVES, 94.0, 500)
    again = replace(APPROVES, id="21", at=95.0)
    assert isinstance(decide(view(BLANK, TAKEN, failed, again, sent=PIN_TAKEN)), Wait)


def test_a_page_that_goes_on_is_not_ended_by_a_call_that_failed() -> None:
    failed = ended(asked("20", 93.0, path="/login/open/v1/leads"), 94.0, 404)
    sent = replace(CODE_SENT, accepted=frozenset({"mobile", "otp"}))
    step = decide(view(PIN_FORM, ended(CARRIES_CODE, 92.0, ok=True), failed, sent=sent))
    assert isinstance(step, Fill)


def test_calls_that_fail_for_ever_hold_up_no_login_whose_pin_was_taken() -> None:
    polls = [replace(SETTINGS, id=f"p{n}", at=92.0 + 5 * n, ended=92.5 + 5 * n) for n in range(40)]
    step = decide(view(BLANK, TAKEN, *polls, sent=PIN_TAKEN, now=292.0, idle_since=290.0))
    assert isinstance(step, End)


def test_what_failed_before_the_answer_that_took_the_pin_ends_nothing() -> None:
    taken = replace(TAKEN, ended=95.0, answered_at=95.0)
    failed = replace(SETTINGS, path="/login/v2/oauth/authorize", ended=94.9)
    assert isinstance(decide(view(BLANK, taken, failed, sent=PIN_TAKEN, now=98.0)), Wait)
    after = replace(failed, ended=95.5)
    assert code(decide(view(BLANK, taken, after, sent=PIN_TAKEN, now=98.0))) == "UNEXPECTED"


@pytest.mark.parametrize(("seconds", "ends"), [(106.0, False), (107.0, True)])
def test_what_else_fails_after_the_pin_was_taken_leaves_the_page_time(
    seconds: float, ends: bool
) -> None:
    failed = replace(SETTINGS, ended=92.0)
    step = decide(view(BLANK, TAKEN, failed, sent=PIN_TAKEN, now=seconds, idle_since=105.0))
    assert isinstance(step, End) == ends
    approves = replace(APPROVES, id="30", at=91.1)
    owes = view(BLANK, TAKEN, approves, failed, sent=PIN_TAKEN, now=seconds, idle_since=105.0)
    assert isinstance(decide(owes), Wait)


def test_a_complaint_after_acceptance_ends_a_login_where_the_page_does_not_go_on() -> None:
    told = complaining("It is not to be [1017999]")
    assert isinstance(decide(view(BLANK, TAKEN, sent=PIN_TAKEN, now=96.0, **told)), Wait)
    step = end(decide(view(BLANK, TAKEN, sent=PIN_TAKEN, now=97.1, **told)))
    assert (step.meaning, step.accepted) == ("unknown", True)


def test_a_taken_pin_that_is_said_to_have_expired_is_for_a_person_to_change() -> None:
    look = screen_of("Your PIN has expired. You cannot log in until you set a new one.", "Set PIN")
    told = complaining("Your PIN has expired")
    step = decide(view(look, TAKEN, sent=PIN_TAKEN, now=97.1, **told))
    assert isinstance(step, Wait)
    step = end(decide(view(look, TAKEN, sent=PIN_TAKEN, now=200.0, **told)))
    assert (step.meaning, step.accepted) == ("denied", False)


@pytest.mark.parametrize(
    ("failed", "expected"),
    [
        (ended(APPROVES, 94.0, ok=False, said=Said("No", "1017105")), "SESSION_LOST"),
        (ended(APPROVES, 94.0, 500), "SERVER_ERROR"),
        (replace(APPROVES, ended=94.0, failure="ERR_CONNECTION_RESET"), "NETWORK"),
        (ended(APPROVES, 94.0, 400, ok=False, said=Said("No", "UDAPI100068")), "CLIENT_REJECTED"),
    ],
)
@pytest.mark.parametrize("pin", [UNREAD, ended(replace(SEALED, at=91.1), 92.0, ok=None)])
@pytest.mark.parametrize("told", [{}, complaining("Something went wrong.", at=94.1)])
def test_a_page_that_lets_the_app_in_has_taken_an_answer_for_a_yes(
    failed: Call, expected: str, pin: Call, told: dict[str, Any]
) -> None:
    """Nobody else could read that answer, so no refusal of the PIN is booked either."""
    calls = (replace(pin, ended=92.0), failed)
    assert isinstance(decide(view(PIN_FORM, *calls, sent=PIN_SENT, now=95.0, **told)), Wait)
    step = decide(view(PIN_FORM, *calls, sent=PIN_SENT, now=96.1, **told))
    assert code(step) == expected
    assert end(step).accepted


@pytest.mark.parametrize(
    ("failed", "expected"),
    [
        (ended(APPROVES, 94.0, ok=False, said=Said("No", "1017106")), "PIN_REJECTED"),
        (ended(APPROVES, 94.0, ok=False, said=Said("No", "1017090")), "ACCOUNT_LOCKED"),
    ],
)
def test_a_failure_to_let_the_app_in_may_speak_of_the_pin_itself(
    failed: Call, expected: str
) -> None:
    step = decide(view(PIN_FORM, UNREAD, failed, sent=PIN_SENT, now=96.1))
    assert (code(step), end(step).accepted) == (expected, False)


def test_an_answer_that_denies_the_pin_is_no_yes_whatever_fails_later() -> None:
    denied = ended(CARRIES_PIN, 92.0, ok=None, denies=True, denial=Said("Incorrect PIN"))
    failed = ended(APPROVES, 94.0, 500)
    step = decide(view(PIN_FORM, denied, failed, sent=PIN_SENT, now=96.5))
    assert code(step) == "PIN_REJECTED"


def test_what_else_fails_after_an_answer_that_nobody_could_read_ends_nothing_at_once() -> None:
    failed = ended(asked("20", 93.0, path="/login/open/v1/leads"), 94.0, 404)
    step = decide(view(PIN_FORM, UNREAD, failed, sent=PIN_SENT, now=96.5))
    assert isinstance(step, Wait)


def test_a_page_that_says_no_after_an_answer_that_nobody_could_read_is_believed() -> None:
    failed = ended(APPROVES, 94.0, 500)
    told = complaining("You have entered an incorrect PIN", at=94.1)
    step = decide(view(PIN_FORM, UNREAD, failed, sent=PIN_SENT, now=96.5, **told))
    assert code(step) == "PIN_REJECTED"
