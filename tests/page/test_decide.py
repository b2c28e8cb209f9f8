"""What is done next is a pure function: of a look, of the traffic, of what was sent, and the time.

The clock of these tests stands at 100; forms were filled at 90 and submitted at 91.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.page.complaints import Complaint
from upstox_browser_login.page.decide import (
    MOST_SCREENS,
    Again,
    End,
    Fill,
    Key,
    Next,
    Outcome,
    Press,
    View,
    Wait,
    decide,
    left_by_itself,
    outcome,
    owed,
    own_calls,
)
from upstox_browser_login.page.endings import error_of
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Control, Look, Text
from upstox_browser_login.page.states import Purpose
from upstox_browser_login.page.timing import Timing
from upstox_browser_login.page.wire import Call, Traffic
from upstox_browser_login.page.words import Said

from .drawn import COMPLAINTS, LOOKS, SENT, TIMES, TRAFFIC
from .looks import (
    ASKS_FOR_CODE,
    BELOW,
    CODE_TAKEN,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    START,
    asked,
    button,
    ended,
    page,
)

NOW, TYPED, PRESSED = 100.0, 90.0, 91.0

NUMBER_FORM = page(MOBILE, words="Get OTP")
CODE_FORM = page(OTP)
PIN_FORM = page(PIN)
BLANK = Look(ready=True)
STRANGE = Look(ready=True, texts=(Text("Your yearly summary is ready.", head=True),))


def filled(look: Look, length: int = 6) -> Look:
    """The same look with what was typed in its field."""
    return replace(look, fields=(replace(look.fields[0], holds=True, length=length),))


def typed(before: Sent, purpose: Purpose, field: int, **about: Any) -> Sent:
    """A credential was typed, and nothing was pressed yet."""
    done: dict[str, Any] = {"last": purpose, "typed_at": TYPED, "acted_at": TYPED, "field": field}
    done |= {"codes": before.codes + 1} if purpose == "otp" else {purpose: True}
    return replace(before, **({"fills": 1, "pressed_at": None} | done | about))


def submitted(sent: Sent) -> Sent:
    """The button was pressed."""
    return replace(sent, pressed_at=PRESSED, acted_at=PRESSED)


NUMBER_TYPED = typed(START, "mobile", 1)
CODE_TYPED = typed(NUMBER_TAKEN, "otp", 2)
PIN_TYPED = typed(CODE_TAKEN, "pin", 3)
NUMBER_SENT, CODE_SENT, PIN_SENT = map(submitted, (NUMBER_TYPED, CODE_TYPED, PIN_TYPED))
PIN_TAKEN = replace(PIN_SENT, accepted=PIN_SENT.accepted | {"pin"})


def view(look: Look = BLANK, *calls: Call, sent: Sent = START, **about: Any) -> View:
    """A view at 100 of a look that has stood for ten seconds, of a page idle since it was typed."""
    heard = {"otp": ASKS_FOR_CODE, "pin": PIN_IS_SET}.get(sent.last or "", Traffic())
    if sent.last == "mobile" and "mobile" in sent.accepted:
        heard = ASKS_FOR_CODE
    if sent.last == "otp" and "otp" in sent.accepted:
        heard = PIN_IS_SET
    values: dict[str, Any] = {"now": NOW, "stood": 10.0, "idle_since": 95.0}
    traffic = Traffic((*heard.calls, *calls))
    return View(look=look, traffic=traffic, sent=sent, **(values | about))


def complaint(text: str, where: Any = "message") -> Complaint:
    return Complaint(Said.of(text), where)


def complaining(text: str, at: float = 95.0, where: Any = "message") -> dict[str, Any]:
    """What the page has complained of since `at`."""
    return {"complaints": (complaint(text, where),), "complained_at": at}


def end(step: Next) -> End:
    assert isinstance(step, End), step
    return step


def code(step: Next) -> str:
    """The code of the error that a login ends with."""
    return error_of(end(step), "pin", "https://login.upstox.com/").code


CARRIES_PIN = asked("9", 91.1, carries=frozenset({"pin"}))
CARRIES_CODE = asked("9", 91.1, carries=frozenset({"code"}))
CARRIES_NUMBER = asked("9", 91.1, carries=frozenset({"mobile"}))
SEALED = asked("9", 90.5)
"""Nobody can see what it carries."""


LOADS: dict[str, Any] = {"method": "GET", "posts": False}


# -- the good day ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("look", "sent", "purpose"),
    [
        (NUMBER_FORM, START, "mobile"),
        (CODE_FORM, NUMBER_TAKEN, "otp"),
        (PIN_FORM, CODE_TAKEN, "pin"),
    ],
)
def test_a_form_is_filled_once_its_look_has_stood(look: Look, sent: Sent, purpose: str) -> None:
    assert isinstance(decide(view(look, sent=sent, stood=0.01)), Wait)
    step = decide(view(look, sent=sent, stood=0.06))
    assert isinstance(step, Fill)
    assert (step.form.purpose, step.keys) == (purpose, False)


@pytest.mark.parametrize(
    ("look", "sent", "length"),
    [(NUMBER_FORM, NUMBER_TYPED, 10), (CODE_FORM, CODE_TYPED, 6), (PIN_FORM, PIN_TYPED, 6)],
)
def test_a_filled_form_is_submitted_once(look: Look, sent: Sent, length: int) -> None:
    step = decide(view(filled(look, length), sent=sent))
    assert isinstance(step, Press)
    assert step.purpose == sent.last
    assert isinstance(decide(view(filled(look, length), sent=submitted(sent))), Wait)


def test_a_page_that_loads_or_owes_an_answer_is_given_time() -> None:
    loading = replace(NUMBER_FORM, ready=False)
    chunk = asked("1", 99.0, method="GET", posts=False, kind="part")
    for look, calls in ((loading, ()), (NUMBER_FORM, (chunk,))):
        assert isinstance(decide(view(look, *calls, stood=2.9)), Wait)
        assert isinstance(decide(view(look, *calls, stood=3.1)), Fill)


def test_a_closed_field_is_not_filled() -> None:
    closed = replace(PIN_FORM, fields=(replace(PIN, disabled=True),))
    assert isinstance(decide(view(closed, sent=CODE_TAKEN)), Wait)


def test_a_page_that_was_just_loaded_may_be_drawn_once_more() -> None:
    """Before a secret is typed into it: many draw a form, ask for settings, and draw it anew."""
    fresh = replace(START, mobile=True)
    asks = ended(asked("1", 99.0, **LOADS), 99.8)
    look = replace(PIN_FORM, fields=(replace(PIN, id="mpin"),))
    quiet = View(NOW, look, 0.6, Traffic((*PIN_IS_SET.calls, replace(asks, ended=99.4))), fresh)
    assert isinstance(decide(quiet), Fill)
    busy = replace(quiet, traffic=Traffic((*PIN_IS_SET.calls, asks)))
    assert isinstance(decide(busy), Wait)
    assert isinstance(decide(replace(quiet, stood=0.4)), Wait)


def test_the_next_form_waits_for_the_answer_to_the_last() -> None:
    """The page may show it before Upstox has taken what was sent."""
    sent = replace(CODE_SENT, accepted=CODE_SENT.accepted | {"mobile"})
    step = decide(view(PIN_FORM, CARRIES_CODE, sent=sent))
    assert isinstance(step, Wait)


# -- what the page owes ----------------------------------------------------------------------------


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


# -- what came of the last submission --------------------------------------------------------------


def came(*calls: Call, sent: Sent = PIN_SENT) -> Outcome:
    return outcome(View(NOW, BLANK, 1.0, Traffic(calls), sent))


REFUSED: dict[str, Any] = {"ok": False, "said": Said("Incorrect PIN", "1017106")}


@pytest.mark.parametrize(
    ("calls", "state"),
    [
        ((), "none"),
        ((CARRIES_PIN,), "pending"),
        ((ended(CARRIES_PIN, 92.0, ok=True),), "taken"),
        ((ended(CARRIES_PIN, 92.0, **REFUSED),), "failed"),
        ((ended(CARRIES_PIN, 92.0, 503),), "failed"),
        ((ended(CARRIES_PIN, 92.0, ok=None, is_json=False),), "failed"),
        ((replace(CARRIES_PIN, ended=92.0, failure="ERR_CONNECTION_RESET"),), "failed"),
        ((ended(CARRIES_PIN, 92.0),), "unclear"),
        ((replace(CARRIES_PIN, kind="socket", ended=92.0),), "unclear"),
        # The second of two has no answer yet.
        ((ended(CARRIES_PIN, 92.0, **REFUSED), replace(CARRIES_PIN, id="10")), "pending"),
        ((ended(CARRIES_PIN, 92.0, ok=True), replace(CARRIES_PIN, id="10")), "taken"),
        # An encrypted PIN: whatever was posted to Upstox since may hold it.
        ((ended(SEALED, 92.0, ok=True),), "taken"),
        ((replace(SEALED, trusted=False),), "none"),
        ((replace(SEALED, same=True),), "none"),
        ((replace(SEALED, blocked=True),), "none"),
        # From before the typing.
        ((ended(replace(CARRIES_PIN, at=89.0), 92.0, ok=True),), "none"),
    ],
)
def test_outcome(calls: tuple[Call, ...], state: str) -> None:
    assert came(*calls).state == state


def test_a_number_that_is_looked_up_while_it_is_typed_is_no_submission() -> None:
    """A GET counts once the button was pressed; from then on polls that hold it count as well."""
    look_up = asked("1", 90.5, carries=frozenset({"mobile"}), **LOADS)
    for sent in (NUMBER_TYPED, NUMBER_SENT):
        assert own_calls(View(NOW, BLANK, 1.0, Traffic((look_up,)), sent)) == ()
    after = replace(look_up, at=91.5, same=True)
    assert own_calls(View(NOW, BLANK, 1.0, Traffic((after,)), NUMBER_SENT)) == (after,)


def test_calls_that_hold_it_hide_those_that_may() -> None:
    traffic = Traffic((SEALED, CARRIES_PIN))
    assert own_calls(View(NOW, BLANK, 1.0, traffic, PIN_SENT)) == (CARRIES_PIN,)


@pytest.mark.parametrize(
    ("call", "sent", "left"),
    [
        (SEALED, PIN_TYPED, True),
        (replace(SEALED, trusted=False), PIN_TYPED, True),
        (replace(SEALED, kind="socket", method="SEND"), PIN_TYPED, True),
        (replace(SEALED, kind="other"), PIN_TYPED, True),
        (replace(SEALED, kind="document"), PIN_TYPED, False),
        (replace(SEALED, kind="document", main=True), PIN_TYPED, True),
        (replace(SEALED, blocked=True), PIN_TYPED, False),
        (replace(SEALED, same=True), PIN_TYPED, False),
        (replace(SEALED, at=89.0), PIN_TYPED, False),
        (replace(SEALED, posts=False, method="GET"), PIN_TYPED, False),
        (replace(CARRIES_PIN, posts=False, method="GET", kind="other"), PIN_TYPED, True),
        (replace(CARRIES_NUMBER, posts=False, method="GET"), NUMBER_TYPED, False),
        (SEALED, PIN_SENT, False),
    ],
)
def test_left_by_itself(call: Call, sent: Sent, left: bool) -> None:
    assert left_by_itself(View(NOW, BLANK, 1.0, Traffic((call,)), sent)) is left


# -- once, and never twice -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        SEALED,
        CARRIES_PIN,
        ended(SEALED, 92.0),
        replace(SEALED, trusted=False, kind="other", host="elsewhere.example"),
        replace(SEALED, kind="socket", method="SEND", ended=90.5),
        replace(CARRIES_PIN, kind="other", posts=False, method="GET"),
        replace(SEALED, kind="data", posts=False, method="GET"),
        replace(SEALED, kind="part", posts=False, method="GET"),
    ],
    ids=["pending", "carrier", "ended", "beacon", "socket", "picture", "get", "script"],
)
def test_a_pin_is_never_filled_twice_after_traffic(call: Call) -> None:
    """A field that is empty again after anything has left may have been submitted."""
    for seconds in (91.0, 92.0, 95.0, 100.0, 130.0, 200.0):
        step = decide(view(PIN_FORM, call, sent=PIN_TYPED, now=seconds, stood=seconds - 90.6))
        assert not isinstance(step, Fill), seconds


def test_what_a_page_lost_is_typed_once_more() -> None:
    """By single keys if the field has never taken it, and not a third time."""
    step = decide(view(PIN_FORM, sent=PIN_TYPED))
    assert isinstance(step, Fill)
    assert step.keys
    other = replace(PIN_FORM, fields=(replace(PIN, n=44),))
    step = decide(view(other, sent=PIN_TYPED))
    assert isinstance(step, Fill)
    assert not step.keys
    assert end(decide(view(PIN_FORM, sent=replace(PIN_TYPED, fills=2)))).kind == "stuck"


def test_a_blocked_request_or_a_poll_is_no_reason_not_to_type_again() -> None:
    for call in (replace(SEALED, blocked=True), replace(SEALED, same=True)):
        assert isinstance(decide(view(PIN_FORM, call, sent=PIN_TYPED)), Fill)


def test_a_number_may_be_typed_again_though_the_page_has_loaded_something() -> None:
    """The first form goes as the page asks for its flags."""
    flags = ended(asked("1", 90.2, **LOADS), 90.4)
    assert isinstance(decide(view(NUMBER_FORM, flags, sent=NUMBER_TYPED)), Fill)


def test_a_number_can_lock_nobody_out_and_is_typed_four_times() -> None:
    assert isinstance(decide(view(NUMBER_FORM, sent=replace(NUMBER_TYPED, fills=3))), Fill)
    step = decide(view(NUMBER_FORM, sent=replace(NUMBER_TYPED, fills=4)))
    assert end(step).kind == "stuck"


def test_a_complaint_forbids_to_type_again() -> None:
    told = complaining("It is not to be [1017999]", at=91.0)
    assert isinstance(decide(view(PIN_FORM, sent=PIN_TYPED, now=92.0, **told)), Wait)
    step = decide(view(PIN_FORM, sent=PIN_TYPED, now=94.0, **told))
    assert end(step).kind == "stuck"


def test_nothing_is_pressed_after_the_page_has_posted_by_itself() -> None:
    """It has the rest of the time to go on; then what came of it is not known."""
    for call in (SEALED, ended(SEALED, 90.8), replace(SEALED, kind="socket", ended=90.5)):
        early = decide(view(filled(PIN_FORM), call, sent=PIN_TYPED, idle_since=90.8))
        assert isinstance(early, Wait)
    late = decide(view(filled(PIN_FORM), ended(SEALED, 90.8), sent=PIN_TYPED, idle_since=80.0))
    assert end(late).kind == "unanswered"
    assert code(late) == "TIMEOUT"


def test_a_number_that_was_only_looked_up_is_submitted() -> None:
    """By a POST, and it stands in its form: a second number does no harm."""
    look_up = ended(asked("1", 90.5, carries=frozenset({"mobile"})), 90.9, ok=True)
    look = filled(NUMBER_FORM, 10)
    assert isinstance(decide(view(look, look_up, sent=NUMBER_TYPED, stood=1.9)), Wait)
    assert isinstance(decide(view(look, look_up, sent=NUMBER_TYPED, stood=2.1)), Press)


ANOTHER_PIN_FORM = replace(PIN_FORM, fields=(replace(PIN, n=44),))
SENT_PIN = ended(CARRIES_PIN, 91.5)


@pytest.mark.parametrize("sent", [PIN_SENT, PIN_TAKEN, replace(PIN_SENT, last="otp")])
def test_a_second_pin_form_gets_no_pin(sent: Sent) -> None:
    for look in (PIN_FORM, ANOTHER_PIN_FORM):
        for seconds in (92.0, 95.0, 110.0, 150.0):
            stood = seconds - 91.5
            step = decide(view(look, SENT_PIN, sent=sent, now=seconds, stood=stood))
            assert isinstance(step, Wait | End)


def test_a_form_that_is_drawn_anew_as_it_is_pressed_is_filled_once_more() -> None:
    """Where nothing has left at all, and no more than once."""
    assert isinstance(decide(view(ANOTHER_PIN_FORM, sent=PIN_SENT, stood=0.2)), Wait)
    assert isinstance(decide(view(ANOTHER_PIN_FORM, sent=PIN_SENT)), Fill)
    twice = replace(PIN_SENT, fills=2)
    assert not isinstance(decide(view(ANOTHER_PIN_FORM, sent=twice)), Fill)
    assert not isinstance(decide(view(PIN_FORM, sent=PIN_SENT)), Fill)
    told = complaining("It is not to be [1017999]")
    assert not isinstance(decide(view(ANOTHER_PIN_FORM, sent=PIN_SENT, **told)), Fill)


def test_a_second_pin_form_is_said_to_be_one() -> None:
    step = decide(view(ANOTHER_PIN_FORM, SENT_PIN, sent=PIN_SENT))
    assert end(step).kind == "second PIN"
    assert isinstance(decide(view(ANOTHER_PIN_FORM, SENT_PIN, sent=PIN_SENT, stood=0.4)), Wait)
    assert isinstance(decide(view(PIN_FORM, SENT_PIN, sent=PIN_SENT)), Wait)


def test_a_third_code_is_never_typed() -> None:
    twice = replace(CODE_SENT, codes=2, refused_codes=2)
    for sent in (twice, replace(twice, last=None, pressed_at=None)):
        assert not isinstance(decide(view(CODE_FORM, sent=sent)), Fill)
    once = replace(CODE_SENT, refused_codes=1, last=None, pressed_at=None)
    calls = ASKS_FOR_CODE.calls
    assert isinstance(decide(view(CODE_FORM, *calls, sent=once)), Fill)


# -- pressing --------------------------------------------------------------------------------------


def with_button(look: Look, **about: Any) -> Look:
    return replace(look, controls=(button("Continue", **about),))


def test_a_closed_button_is_waited_for_then_the_field_is_left() -> None:
    """Some pages check what was typed as the field is left."""
    look = with_button(filled(PIN_FORM), disabled=True)
    assert isinstance(decide(view(look, sent=PIN_TYPED, now=91.0)), Wait)
    step = decide(view(look, sent=PIN_TYPED, now=91.3))
    assert isinstance(step, Key)
    assert step.blur
    left = replace(PIN_TYPED, blurred=True)
    assert isinstance(decide(view(look, sent=left, now=92.0)), Wait)
    assert end(decide(view(look, sent=left, now=98.0))).kind == "stuck"


def test_a_form_without_a_button_is_sent_by_enter() -> None:
    look = replace(filled(PIN_FORM), controls=())
    step = decide(view(look, sent=replace(PIN_TYPED, blurred=True)))
    assert isinstance(step, Key)
    assert not step.blur
    # Not twice: it counts as pressed.
    assert isinstance(decide(view(look, sent=PIN_SENT)), Wait)


# -- what the wire says ----------------------------------------------------------------------------


def test_a_number_of_no_customer_ends_a_login_at_once() -> None:
    lead = ended(asked("1", 80.0), 81.0, facts={"userType": "LEAD"}, ok=True)
    for look in (BLANK, PIN_FORM):
        assert code(decide(view(look, lead, stood=0.0))) == "MOBILE_REJECTED"


@pytest.mark.parametrize(
    ("sent", "carrier", "answer", "meaning"),
    [
        (NUMBER_SENT, CARRIES_NUMBER, ("Make sure", "1017016"), "mobile refused"),
        (NUMBER_SENT, CARRIES_NUMBER, ("x", "1017069"), "rate limited"),
        (CODE_SENT, CARRIES_CODE, ("x", "1017076"), "session lost"),
        (PIN_SENT, CARRIES_PIN, ("x", "1017106"), "pin refused"),
        (PIN_SENT, CARRIES_PIN, ("4 attempts left", "1017999"), "pin refused"),
        (PIN_SENT, CARRIES_PIN, ("x", "1017090"), "locked"),
        (PIN_SENT, CARRIES_PIN, ("It is not to be", "1017999"), "unknown"),
    ],
)
def test_a_refusal_ends_a_login_with_its_meaning(
    sent: Sent, carrier: Call, answer: tuple[str, str], meaning: str
) -> None:
    """The page is given a moment to show it, for whoever reads the evidence."""
    refused = ended(carrier, 92.0, ok=False, said=Said(*answer))
    assert isinstance(decide(view(BLANK, refused, sent=sent, now=92.05)), Wait)
    step = end(decide(view(BLANK, refused, sent=sent, now=92.2)))
    assert (step.meaning, step.purpose, step.unseen) == (meaning, sent.last, True)
    assert step.said == Said(*answer)


def test_a_failure_that_may_be_another_calls_is_waited_out() -> None:
    """Nobody can see what it carried: the page may go on."""
    failed = ended(SEALED, 92.0, 404)
    assert isinstance(decide(view(PIN_FORM, failed, sent=PIN_SENT, now=93.9)), Wait)
    assert code(decide(view(PIN_FORM, failed, sent=PIN_SENT, now=94.1))) == "SERVER_ERROR"


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"status": 503}, "SERVER_ERROR"),
        ({"status": 429}, "RATE_LIMITED"),
        ({"status": 403}, "CHALLENGE"),
        ({"status": None, "failure": "ERR_CONNECTION_RESET"}, "NETWORK"),
    ],
)
def test_what_the_network_says_ends_a_login(about: dict[str, Any], expected: str) -> None:
    failed = replace(CARRIES_PIN, ended=92.0, **about)
    step = decide(view(PIN_FORM, failed, sent=PIN_SENT))
    assert code(step) == expected
    assert end(step).broke == (expected == "NETWORK")


def test_a_refused_code_is_followed_by_one_more() -> None:
    refused = ended(CARRIES_CODE, 92.0, ok=False, said=Said("Invalid OTP", "1017093"))
    again = decide(view(CODE_FORM, refused, sent=CODE_SENT))
    assert isinstance(again, Again)
    assert again.said.code == "1017093"
    second = replace(CODE_SENT, codes=2, refused_codes=1)
    assert code(decide(view(CODE_FORM, refused, sent=second))) == "TOTP_REJECTED"


def test_a_code_is_refused_though_the_words_speak_of_a_pin() -> None:
    refused = ended(CARRIES_CODE, 92.0, ok=False, said=Said("Incorrect PIN", "1017999"))
    assert isinstance(decide(view(CODE_FORM, refused, sent=CODE_SENT)), Again)


def test_a_call_that_the_page_repeats_by_itself_is_no_refusal() -> None:
    renewed = ended(CARRIES_PIN, 92.0, 401, ok=False, said=Said("expired", "4000001"))
    assert isinstance(decide(view(PIN_FORM, renewed, sent=PIN_SENT)), Wait)


def test_a_session_that_was_lost_before_the_pin_may_begin_again() -> None:
    lost: dict[str, Any] = {"ok": False, "said": Said("lost", "1017076")}
    step = decide(view(BLANK, ended(CARRIES_CODE, 92.0, **lost), sent=CODE_SENT))
    assert end(step).fresh_start
    step = decide(view(BLANK, ended(CARRIES_PIN, 92.0, **lost), sent=PIN_SENT))
    assert not end(step).fresh_start
    second = replace(CODE_SENT, codes=2, refused_codes=1)
    step = decide(view(BLANK, ended(CARRIES_CODE, 92.0, **lost), sent=second))
    assert not end(step).fresh_start


# -- what comes after acceptance -------------------------------------------------------------------

APPROVES = asked("20", 93.0, path="/login/v2/oauth/authorize")
TAKEN = ended(CARRIES_PIN, 92.0, ok=True)


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


def test_a_complaint_after_acceptance_ends_a_login_where_the_page_does_not_go_on() -> None:
    told = complaining("It is not to be [1017999]")
    assert isinstance(decide(view(BLANK, TAKEN, sent=PIN_TAKEN, now=96.0, **told)), Wait)
    step = end(decide(view(BLANK, TAKEN, sent=PIN_TAKEN, now=97.1, **told)))
    assert (step.meaning, step.accepted, step.unseen) == ("unknown", True, False)


# -- what the page says ----------------------------------------------------------------------------


def test_a_number_that_the_page_itself_refuses() -> None:
    """Within ten seconds, before anything was pressed."""
    text = "Enter a valid 10-digit mobile number"
    told = complaining(text, at=90.5)
    silent = filled(with_button(NUMBER_FORM, disabled=True), 10)
    look = replace(silent, fields=tuple(replace(each, below=(text,)) for each in silent.fields))
    early = decide(view(look, sent=NUMBER_TYPED, now=93.0, **told))
    assert not isinstance(early, End)
    assert code(decide(view(look, sent=NUMBER_TYPED, now=93.6, **told))) == "MOBILE_REJECTED"
    # What was said of half a number is taken back.
    assert not isinstance(decide(view(silent, sent=NUMBER_TYPED, now=93.6, **told)), End)


def test_a_complaint_before_the_press_that_speaks_of_something_else_ends_nothing() -> None:
    told = complaining("Incorrect PIN", at=90.5)
    assert isinstance(decide(view(filled(PIN_FORM), sent=PIN_TYPED, **told)), Press)


@pytest.mark.parametrize(
    ("text", "look", "wait", "expected"),
    [
        # The form stands, or Upstox's own code is there: no doubt. Else the page may go on.
        ("You have entered an incorrect PIN", PIN_FORM, 0.5, "PIN_REJECTED"),
        ("It failed [1017106]", STRANGE, 0.5, "PIN_REJECTED"),
        ("You have entered an incorrect PIN", STRANGE, 2.0, "PIN_REJECTED"),
        ("Network Error. Try re-loading the page", STRANGE, 2.0, "NETWORK"),
        ("Request aborted [500]", STRANGE, 2.0, "SERVER_ERROR"),
    ],
)
def test_a_complaint_of_the_page(text: str, look: Look, wait: float, expected: str) -> None:
    told = complaining(text, at=95.0)
    early = decide(view(look, sent=PIN_SENT, now=95.0 + wait - 0.1, **told))
    assert isinstance(early, Wait)
    step = decide(view(look, sent=PIN_SENT, now=95.0 + wait + 0.1, **told))
    assert code(step) == expected
    assert end(step).purpose == "pin"
    # The page makes up the 500 of "Request aborted [500]".
    assert end(step).said is not None
    assert "500" not in str(error_of(end(step), "pin", "").upstox_code)


def test_the_wire_counts_more_than_what_the_page_says() -> None:
    told = complaining("You have entered an incorrect PIN", at=95.0)
    for call in (CARRIES_PIN, TAKEN):
        assert isinstance(decide(view(PIN_FORM, call, sent=PIN_SENT, **told)), Wait)


def test_a_page_that_owes_something_may_yet_go_on() -> None:
    told = complaining("Incorrect PIN", at=97.0)
    call = asked("30", 96.0, kind="part", **LOADS)
    assert isinstance(decide(view(PIN_FORM, call, sent=PIN_SENT, **told)), Wait)
    told = complaining("Incorrect PIN", at=95.0)
    assert code(decide(view(PIN_FORM, call, sent=PIN_SENT, **told))) == "PIN_REJECTED"


def test_of_several_complaints_the_one_with_a_code_tells() -> None:
    vague, clear = complaint("Something went wrong"), complaint("x [1017090]")
    step = decide(
        view(PIN_FORM, sent=PIN_SENT, complaints=(vague, clear), complained_at=95.0),
    )
    assert code(step) == "ACCOUNT_LOCKED"


def test_a_complaint_that_nobody_knows_ends_nothing() -> None:
    told = complaining("Good morning")
    assert isinstance(decide(view(PIN_FORM, sent=PIN_SENT, **told)), Wait)


# -- screens ---------------------------------------------------------------------------------------

MAINTENANCE = Look(ready=True, texts=(Text("We are under scheduled maintenance.", head=True),))
CHALLENGE = Look(ready=True, texts=(Text("Verify you are human", head=True),))


@pytest.mark.parametrize(
    ("look", "stands", "expected"),
    [(MAINTENANCE, 2.0, "MAINTENANCE"), (CHALLENGE, 6.0, "CHALLENGE")],
)
def test_a_screen_that_ends_a_login_must_stand(look: Look, stands: float, expected: str) -> None:
    assert isinstance(decide(view(look, stood=stands - 0.1)), Wait)
    assert code(decide(view(look, stood=stands + 0.1))) == expected


def test_a_screen_that_the_wire_confirms_ends_a_login_at_once() -> None:
    look = Look(
        ready=True,
        texts=(Text("Your account has been locked.", head=True),),
        controls=(Control(n=9, words="Unlock account", at=BELOW),),
    )
    said = ended(asked("1", 80.0), 81.0, ok=False, said=Said("x", "1017090"))
    assert code(decide(view(look, said, sent=CODE_TAKEN, stood=0.0))) == "ACCOUNT_LOCKED"
    assert isinstance(decide(view(look, sent=CODE_TAKEN, stood=0.0)), Wait)


def test_a_screen_ends_a_login_with_upstoxs_own_code() -> None:
    told = complaining("Try later [1017078]")
    step = end(decide(view(MAINTENANCE, sent=CODE_SENT, **told)))
    assert step.said == Said("Try later", "1017078")


NEWS = Look(
    ready=True,
    texts=(Text("What's new", head=True),),
    controls=(Control(n=31, words="Continue", at=BELOW),),
)


def test_a_screen_in_the_way_is_passed() -> None:
    assert isinstance(decide(view(NEWS, sent=NUMBER_TAKEN, stood=0.1)), Wait)
    step = decide(view(NEWS, sent=NUMBER_TAKEN))
    assert isinstance(step, Press)
    assert step.purpose is None
    assert step.way is not None
    assert step.control.n == 31


def test_a_screen_is_passed_twice_and_so_many_in_all() -> None:
    step = decide(view(NEWS, sent=NUMBER_TAKEN))
    assert isinstance(step, Press)
    assert step.way is not None
    name = step.way.name
    once = replace(NUMBER_TAKEN, pressed=(name,), acted_at=97.0)
    assert isinstance(decide(view(NEWS, sent=replace(once, acted_at=99.0))), Wait)
    assert isinstance(decide(view(NEWS, sent=once)), Press)
    for pressed in ((name,) * 2, ("another",) * MOST_SCREENS):
        ended_at = decide(view(NEWS, sent=replace(once, pressed=pressed)))
        assert end(ended_at).kind == "press"
        assert code(ended_at) == "PAGE_NOT_RECOGNISED"


def test_a_screen_waits_for_what_the_page_owes() -> None:
    call = asked("30", 99.0, kind="part", **LOADS)
    assert isinstance(decide(view(NEWS, call, sent=NUMBER_TAKEN, stood=2.9)), Wait)
    assert isinstance(decide(view(NEWS, call, sent=NUMBER_TAKEN, stood=3.1)), Press)


def test_a_box_that_takes_only_the_code_of_a_message_gets_none() -> None:
    sms = replace(CODE_FORM, fields=(replace(OTP, near=("Enter the code sent by SMS",)),))
    asks = ended(asked("1", 80.0), 81.0, facts={"isTotpEnabled": False, "nextRequestInterval": 9})
    sent = replace(NUMBER_TAKEN, last="mobile")
    seen = View(NOW, sms, 0.9, Traffic((asks,)), sent)
    assert isinstance(decide(seen), Wait)
    assert code(decide(replace(seen, stood=1.1))) == "TOTP_NOT_ENABLED"


# -- forms that stand again ------------------------------------------------------------------------


def test_an_empty_form_for_the_number_is_a_lost_session() -> None:
    step = end(decide(view(NUMBER_FORM, sent=CODE_TAKEN)))
    assert (step.meaning, step.fresh_start) == ("session lost", True)
    assert not end(decide(view(NUMBER_FORM, sent=PIN_TAKEN))).fresh_start
    assert isinstance(decide(view(NUMBER_FORM, sent=CODE_TAKEN, stood=0.4)), Wait)
    # The number is still in it: it was sent a moment ago.
    same = filled(NUMBER_FORM, 10)
    assert isinstance(decide(view(same, sent=NUMBER_TAKEN)), Wait)


@pytest.mark.parametrize("status", ["DORMANT", "INACTIVE"])
def test_an_empty_pin_form_after_the_pin_was_taken_of_a_sleeping_account(status: str) -> None:
    dormant = ended(CARRIES_PIN, 92.0, ok=True, facts={"customerStatus": status})
    step = decide(view(PIN_FORM, dormant, sent=PIN_TAKEN))
    assert code(step) == "ACCOUNT_INACTIVE"
    active = ended(CARRIES_PIN, 92.0, ok=True, facts={"customerStatus": "ACTIVE"})
    assert isinstance(decide(view(PIN_FORM, active, sent=PIN_TAKEN)), Wait)


@pytest.mark.parametrize("stood", [0.0, 1.9, 2.1, 60.0])
@pytest.mark.parametrize("idle", [0.0, 9.9, 10.1, 60.0])
def test_a_sleeping_account_is_told_of_before_a_page_that_does_not_react(
    stood: float, idle: float
) -> None:
    """However late the emptied form was drawn, and whatever its limits are."""
    dormant = ended(CARRIES_PIN, 92.0, ok=True, facts={"customerStatus": "DORMANT"})
    for unknown in (1.0, 4.0, 15.0):
        timing = Timing(unknown=unknown)
        times = {"now": NOW + idle, "idle_since": NOW, "stood": stood, "timing": timing}
        step = decide(view(PIN_FORM, dormant, sent=PIN_TAKEN, **times))
        assert isinstance(step, Wait) or code(step) == "ACCOUNT_INACTIVE"
        assert isinstance(step, End) == (stood >= timing.settle or idle >= unknown)


@pytest.mark.parametrize(
    ("look", "sent"),
    [(PIN_FORM, PIN_SENT), (PIN_FORM, PIN_TAKEN), (CODE_FORM, CODE_SENT)],
)
def test_a_page_that_does_not_react_ends_a_login(look: Look, sent: Sent) -> None:
    assert isinstance(decide(view(look, sent=sent, now=105.9)), Wait)
    step = decide(view(look, sent=sent, now=110.1, stood=0.0))
    assert end(step).kind == "no reaction"


# -- nothing that is known -------------------------------------------------------------------------


def test_an_unknown_page_ends_a_login_after_a_while() -> None:
    assert isinstance(decide(view(STRANGE, now=109.9)), Wait)
    step = decide(view(STRANGE, now=110.1))
    assert end(step).kind == "unknown"
    assert code(step) == "PAGE_NOT_RECOGNISED"


def test_a_covered_form_is_said_to_take_no_input() -> None:
    covered = replace(PIN_FORM, fields=(replace(PIN, covered=True),), controls=())
    step = decide(view(covered, sent=CODE_TAKEN, now=110.1))
    assert (end(step).kind, end(step).purpose) == ("stuck", "pin")


def test_a_page_that_loads_is_waited_for_without_a_limit() -> None:
    late = asked("1", 10.0, kind="part", trusted=False, **LOADS)
    assert isinstance(decide(view(BLANK, late, now=500.0)), Wait)
    spinning = replace(STRANGE, spinner=True)
    assert isinstance(decide(view(spinning, late, now=500.0)), Wait)
    assert end(decide(view(STRANGE, late, now=500.0))).kind == "unknown"


def test_an_answer_that_lists_several_accounts() -> None:
    several = ended(asked("1", 80.0), 81.0, ok=True, facts={"accounts": 2})
    step = decide(view(STRANGE, several, sent=CODE_TAKEN, now=98.0))
    assert code(step) == "ACTION_REQUIRED"
    one = ended(asked("1", 80.0), 81.0, ok=True, facts={"accounts": 1})
    assert isinstance(decide(view(STRANGE, one, sent=CODE_TAKEN, now=98.0)), Wait)


# -- whatever the page -----------------------------------------------------------------------------

VIEWS = st.builds(
    View,
    now=TIMES,
    look=LOOKS,
    stood=st.floats(0, 30),
    traffic=TRAFFIC,
    sent=SENT,
    complaints=COMPLAINTS,
    complained_at=st.none() | TIMES,
    idle_since=TIMES,
)


@given(VIEWS)
def test_the_same_view_gives_the_same_answer(seen: View) -> None:
    """And none raises; each end has an error with a code and a hint."""
    step = decide(seen)
    assert decide(seen) == step
    if isinstance(step, End):
        error = error_of(step, "pin", "https://login.upstox.com/")
        assert error.code
        assert error.hint
    if isinstance(step, Wait):
        assert step.seconds >= 0


@given(VIEWS)
def test_nothing_is_filled_that_was_taken_or_may_have_left(seen: View) -> None:
    step = decide(seen)
    sent = seen.sent
    if not isinstance(step, Fill):
        return
    purpose = step.form.purpose
    assert purpose not in sent.accepted
    assert not step.form.field.disabled or sent.last == purpose
    if purpose == "otp":
        assert sent.codes < 2 or sent.last == "otp"
    if sent.sent(purpose) and purpose != "otp":
        assert sent.last == purpose
    if sent.last == purpose and not (purpose == "otp" and sent.refused_codes == sent.codes):
        # Once more, where nothing can have left.
        since = [each for each in seen.traffic.since(sent.typed_at) if not each.same]
        if purpose == "mobile":
            assert sent.fills < 4
            assert not [each for each in since if each.posts or "mobile" in each.carries]
        else:
            assert sent.fills < 2
            assert not seen.complaints
            assert not since


@given(VIEWS)
def test_nothing_is_pressed_twice_or_after_it_has_left(seen: View) -> None:
    step = decide(seen)
    if isinstance(step, Press | Key) and step.purpose is not None:
        assert seen.sent.pressed_at is None
        assert step.purpose == seen.sent.last
        assert step.purpose == "mobile" or not left_by_itself(seen)


# -- parts that did not come ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        ({"status": 429}, "RATE_LIMITED"),
        ({"status": 403}, "CHALLENGE"),
        ({"status": 404}, "SERVER_ERROR"),
        ({"status": 302}, "SERVER_ERROR"),
        ({"failure": "ERR_CONNECTION_RESET"}, "NETWORK"),
        ({"status": 200}, "PAGE_NOT_RECOGNISED"),
        ({"status": 304}, "PAGE_NOT_RECOGNISED"),
        ({"status": 404, "blocked": True}, "PAGE_NOT_RECOGNISED"),
        ({"status": 404, "trusted": False}, "PAGE_NOT_RECOGNISED"),
    ],
)
def test_a_page_without_a_part_of_it_says_why(came: dict[str, Any], expected: str) -> None:
    part = replace(asked("30", 92.0, kind="part", **LOADS), ended=93.0, **came)
    assert code(decide(view(STRANGE, part, stood=60.0, idle_since=20.0))) == expected


def test_a_last_page_that_is_redirected_in_a_circle_is_trouble_of_upstox() -> None:
    """What was stopped after so many turns keeps the status of a redirect."""
    hop = asked("30", 92.0, kind="document", main=True, **LOADS)
    hop = replace(hop, ended=93.0, status=302, blocked=True)
    assert code(decide(view(BLANK, hop, stood=60.0, idle_since=20.0))) == "SERVER_ERROR"
