"""A form is filled once and submitted once."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from upstox_browser_login.page.decide import decide
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Control, Look, Text
from upstox_browser_login.page.next import End, Fill, Key, Press, Wait
from upstox_browser_login.page.timing import Timing
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.calls import Call, Traffic

from .looks import (
    ASKS_FOR_CODE,
    CODE_TAKEN,
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
from .views import (
    BLANK,
    CARRIES_CODE,
    CARRIES_PIN,
    CODE_FORM,
    CODE_SENT,
    CODE_TYPED,
    LOADS,
    NOW,
    NUMBER_FORM,
    NUMBER_SENT,
    NUMBER_TYPED,
    PIN_FORM,
    PIN_SENT,
    PIN_TAKEN,
    PIN_TYPED,
    SEALED,
    STRANGE,
    code,
    complaining,
    end,
    filled,
    submitted,
    view,
    with_button,
)

# -- the good day ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("look", "sent", "purpose", "rest"),
    [
        # Many pages draw their first form for a moment and then anew.
        (NUMBER_FORM, START, "mobile", Timing().first),
        (CODE_FORM, NUMBER_TAKEN, "otp", Timing().rest),
        (PIN_FORM, CODE_TAKEN, "pin", Timing().rest),
    ],
)
def test_a_form_is_filled_once_its_look_has_stood(
    look: Look, sent: Sent, purpose: str, rest: float
) -> None:
    assert isinstance(decide(view(look, sent=sent, stood=rest - 0.01)), Wait)
    step = decide(view(look, sent=sent, stood=rest + 0.01))
    assert isinstance(step, Fill)
    assert (step.form.purpose, step.keys) == (purpose, False)


SETTINGS = ended(
    asked("settings", at=90.0, method="GET", path="/login-config.json", posts=False, trusted=False),
    at=91.0,
)


DRAWN_ANEW = replace(NUMBER_FORM, redrawn=True)


@pytest.mark.parametrize(
    ("heard", "rest"),
    [
        (SETTINGS, Timing().rest),
        (replace(SETTINGS, status=None, failure="ERR_FAILED"), Timing().rest),
        (replace(SETTINGS, blocked=True), Timing().first),
        (replace(SETTINGS, method="POST", posts=True), Timing().first),
        (replace(SETTINGS, kind="part"), Timing().first),
    ],
)
def test_a_first_form_stands_for_a_moment_only_once_the_page_has_its_settings(
    heard: Call, rest: float
) -> None:
    assert isinstance(decide(view(DRAWN_ANEW, heard, stood=rest - 0.01)), Wait)
    assert isinstance(decide(view(DRAWN_ANEW, heard, stood=rest + 0.01)), Fill)


def test_an_answer_to_something_else_is_not_taken_for_the_settings() -> None:
    """The page may ask for more than those, before it has drawn its first form."""
    first = Timing().first
    assert isinstance(decide(view(NUMBER_FORM, SETTINGS, stood=first - 0.01)), Wait)
    assert isinstance(decide(view(NUMBER_FORM, SETTINGS, stood=first + 0.01)), Fill)


@pytest.mark.parametrize("form", [NUMBER_FORM, DRAWN_ANEW])
def test_a_form_is_left_for_a_moment_when_the_settings_come(form: Look) -> None:
    """The page draws it anew with them."""
    just_now = replace(SETTINGS, ended=NOW - Timing().rest / 2)
    assert isinstance(decide(view(form, just_now, stood=1.0)), Wait)


def test_a_page_that_asks_again_and_again_is_not_waited_for() -> None:
    just_now = replace(SETTINGS, ended=NOW - Timing().rest / 2)
    assert isinstance(decide(view(DRAWN_ANEW, just_now, stood=Timing().patience)), Fill)


def _with_keypad(keys: int, *words: str) -> Look:
    shown = (*map(str, range(keys)), *words)
    pad = tuple(Control(n=60 + k, words=each) for k, each in enumerate(shown))
    look = with_button(filled(PIN_FORM), covered=True)
    return replace(look, controls=(*look.controls, *pad))


def test_a_keypad_over_the_button_is_sent_away_once() -> None:
    left = replace(PIN_TYPED, blurred=True)
    step = decide(view(_with_keypad(10, "Done"), sent=left))
    assert isinstance(step, Press)
    assert step.way is not None
    assert (step.way.name, step.control.words) == ("keypad", "Done")
    for look, sent in [
        (_with_keypad(10, "Done"), replace(left, pressed=("keypad",))),
        (_with_keypad(10, "Done", "Close"), left),
        (_with_keypad(10, "Delete"), left),
        (_with_keypad(3, "Done"), left),
        (with_button(_with_keypad(10, "Done")), left),
    ]:
        pressed = decide(view(look, sent=sent))
        assert not (isinstance(pressed, Press) and pressed.way is not None)


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
    boxes = replace(PIN_FORM, fields=(replace(PIN, boxes=6, length=1),))
    step = decide(view(boxes, sent=PIN_TYPED))
    assert isinstance(step, Fill)
    assert step.keys
    other = replace(PIN_FORM, fields=(replace(PIN, n=44),))
    step = decide(view(other, sent=PIN_TYPED))
    assert isinstance(step, Fill)
    assert not step.keys
    assert end(decide(view(PIN_FORM, sent=replace(PIN_TYPED, fills=2)))).kind == "stuck"


def test_a_secret_is_typed_again_only_once_the_page_has_rested() -> None:
    """It may have emptied the field as it took what it is only about to send."""
    for seconds, stood in ((90.9, 0.8), (95.0, 0.2)):
        step = decide(view(PIN_FORM, sent=PIN_TYPED, now=seconds, stood=stood, idle_since=90.0))
        assert isinstance(step, Wait)
    spins = replace(PIN_FORM, spinner=True)
    assert isinstance(decide(view(spins, sent=PIN_TYPED)), Wait)
    number = view(NUMBER_FORM, sent=NUMBER_TYPED, now=90.9, stood=0.8, idle_since=90.0)
    assert isinstance(decide(number), Fill)


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


def test_a_number_that_was_lost_as_it_was_sent_is_typed_once_more() -> None:
    assert isinstance(decide(view(NUMBER_FORM, sent=NUMBER_SENT)), Fill)
    left = view(NUMBER_FORM, asked("1", 91.2), sent=NUMBER_SENT)
    assert not isinstance(decide(left), Fill)


def test_a_second_pin_form_is_said_to_be_one() -> None:
    """Once the page had time to go on after the answer, however long the form has stood."""
    early = view(ANOTHER_PIN_FORM, SENT_PIN, sent=PIN_SENT, idle_since=98.5)
    assert isinstance(decide(early), Wait)
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


def test_a_closed_button_is_waited_for_then_the_field_is_left() -> None:
    """Some pages check what was typed as the field is left."""
    look = with_button(filled(PIN_FORM), disabled=True)
    assert isinstance(decide(view(look, sent=PIN_TYPED, now=91.0)), Wait)
    step = decide(view(look, sent=PIN_TYPED, now=91.3))
    assert isinstance(step, Key)
    assert step.blur
    left = replace(PIN_TYPED, blurred=True)
    twice = replace(left, fills=2)
    assert isinstance(decide(view(look, sent=left, now=91.9)), Wait)
    assert isinstance(decide(view(look, sent=twice, now=92.0)), Wait)
    assert end(decide(view(look, sent=twice, now=98.0))).kind == "stuck"


@pytest.mark.parametrize(
    ("look", "sent", "length"),
    [(NUMBER_FORM, NUMBER_TYPED, 10), (CODE_FORM, CODE_TYPED, 6), (PIN_FORM, PIN_TYPED, 6)],
)
def test_what_a_closed_button_has_not_heard_is_typed_once_more_by_keys(
    look: Look, sent: Sent, length: int
) -> None:
    """The page counts keys, or it was drawn by a server and not awake yet."""
    closed = with_button(filled(look, length), disabled=True)
    left = replace(sent, blurred=True)
    step = decide(view(closed, sent=left))
    assert isinstance(step, Fill)
    assert step.keys
    assert not isinstance(decide(view(closed, sent=replace(left, fills=2))), Fill)
    assert not isinstance(decide(view(closed, SEALED, sent=left)), Fill)
    told = complaining("Invalid number")
    assert not isinstance(decide(view(closed, sent=left, **told)), Fill)


CODE_ACCEPTED = replace(CODE_SENT, accepted=CODE_SENT.accepted | {"otp"})
SECOND_CODE = page(replace(OTP, n=77, near=("New device: enter OTP",)))
"""A second code is asked for, such as for a new device."""


@pytest.mark.parametrize("sent", [CODE_ACCEPTED, PIN_TAKEN])
def test_a_second_code_after_an_accepted_one_is_for_a_person(sent: Sent) -> None:
    assert isinstance(decide(view(SECOND_CODE, sent=sent, now=109.9)), Wait)
    step = end(decide(view(SECOND_CODE, sent=sent, now=115.1, stood=15.1)))
    assert code(step) == "ACTION_REQUIRED"
    assert "New device: enter OTP" in step.message


@pytest.mark.parametrize(
    ("look", "sent"),
    [
        # The first code's own field, its answer not read, and what somebody types there.
        (CODE_FORM, CODE_ACCEPTED),
        (SECOND_CODE, PIN_SENT),
        (filled(SECOND_CODE), CODE_ACCEPTED),
    ],
)
def test_only_an_empty_box_of_its_own_asks_for_a_second_code(look: Look, sent: Sent) -> None:
    step = decide(view(look, sent=sent, now=115.1, stood=15.1))
    assert code(step) == "PAGE_NOT_RECOGNISED"


def test_no_secret_is_typed_again_while_the_page_is_at_work() -> None:
    left = replace(PIN_TYPED, blurred=True)
    closed = with_button(filled(PIN_FORM), disabled=True)
    assert not isinstance(decide(view(replace(closed, spinner=True), sent=left)), Fill)
    assert not isinstance(decide(view(closed, sent=left, stood=3.9)), Fill)
    assert not isinstance(decide(view(closed, sent=left, now=93.9)), Fill)
    without = replace(filled(PIN_FORM), controls=())
    assert not isinstance(decide(view(without, sent=left)), Fill)


@pytest.mark.parametrize(
    ("words", "chosen", "meant"),
    [
        ("I agree to the new terms", False, "ACTION_REQUIRED"),
        ("I agree to the new terms", True, "PAGE_NOT_RECOGNISED"),
        ("Show PIN", False, "PAGE_NOT_RECOGNISED"),
    ],
)
def test_a_box_by_which_one_agrees_beside_a_closed_button_is_for_a_person(
    words: str, chosen: bool, meant: str
) -> None:
    box = Control(n=33, tag="input", type="checkbox", words=words, chosen=chosen, form=PIN.form)
    look = with_button(filled(PIN_FORM), disabled=True)
    look = replace(look, controls=(*look.controls, box))
    twice = replace(PIN_TYPED, blurred=True, fills=2)
    assert code(decide(view(look, sent=twice, now=98.0))) == meant


def test_a_form_without_a_button_is_sent_by_enter() -> None:
    look = replace(filled(PIN_FORM), controls=())
    step = decide(view(look, sent=replace(PIN_TYPED, blurred=True)))
    assert isinstance(step, Key)
    assert not step.blur
    # Not twice: it counts as pressed.
    assert isinstance(decide(view(look, sent=PIN_SENT)), Wait)


@pytest.mark.parametrize(
    "words", ["Confirm and reset PIN", "Log out", "Remove this device", "Resend OTP", "Forgot PIN?"]
)
def test_enter_is_not_pressed_where_it_presses_what_does_something_else(words: str) -> None:
    look = replace(filled(PIN_FORM), controls=(button(words, n=31),))
    typed = replace(PIN_TYPED, blurred=True)
    assert isinstance(decide(view(look, sent=typed, now=92.0)), Wait)
    assert end(decide(view(look, sent=typed, now=98.0))).kind == "stuck"
    opens = replace(look, controls=(button("Open my account", n=31),))
    assert isinstance(decide(view(opens, sent=typed, now=92.0)), Key)
    apart = replace(look, controls=(button(words, n=31, type="button"),))
    assert isinstance(decide(view(apart, sent=typed, now=92.0)), Key)


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


DORMANT = {"customerStatus": "DORMANT"}
IN_AN_APPS_LOGIN = {"customerStatus": "INACTIVE", "isExternalClientOAuthApp": True}
AT_WORK = replace(BLANK, spinner=True, texts=(Text("Taking you back"),))


@pytest.mark.parametrize(
    ("look", "facts", "patience"),
    [
        (PIN_FORM, DORMANT, 2.0),
        (STRANGE, DORMANT, 2.0),
        # The page takes no notice of that, or is at work, and may only be slow.
        (PIN_FORM, IN_AN_APPS_LOGIN, 15.0),
        (STRANGE, IN_AN_APPS_LOGIN, 15.0),
        (AT_WORK, DORMANT, 15.0),
    ],
)
def test_how_long_the_page_of_a_sleeping_account_may_stand(
    look: Look, facts: dict[str, Any], patience: float
) -> None:
    taken = ended(CARRIES_PIN, 92.0, ok=True, facts=facts)
    for stood in (patience - 0.1, patience + 0.1):
        times = {"now": NOW + stood, "idle_since": NOW, "stood": stood}
        step = decide(view(look, taken, sent=PIN_TAKEN, **times))
        assert isinstance(step, End) == (stood > patience)
        assert isinstance(step, Wait) or code(step) == "ACCOUNT_INACTIVE"


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


def test_a_number_that_stays_beside_a_later_form_is_no_way_back() -> None:
    kept = replace(NUMBER_FORM.fields[0], n=40, length=10)
    look = replace(CODE_FORM, fields=(kept, replace(CODE_FORM.fields[0], disabled=True)))
    assert isinstance(decide(view(look, sent=CODE_SENT, stood=3.0)), Wait)
    gone = replace(CODE_FORM, fields=(kept,))
    assert end(decide(view(gone, sent=CODE_SENT, stood=3.0))).meaning == "session lost"


@pytest.mark.parametrize(
    ("about", "filled_in"),
    [
        ({"label": "SMS code"}, False),
        ({"label": "SMS code", "near": ("I have an authenticator app",)}, False),
        ({"placeholder": "Code from the text message"}, False),
        ({"label": "Code from SMS or authenticator app"}, True),
        ({"label": "Enter OTP"}, True),
    ],
)
def test_the_box_of_a_message_takes_no_code_of_the_authenticator(
    about: dict[str, Any], filled_in: bool
) -> None:
    """Whatever the wire says of the account; that nobody takes a TOTP is not said either."""
    look = page(replace(OTP, near=(), **about) if "near" not in about else replace(OTP, **about))
    step = decide(view(look, sent=NUMBER_TAKEN))
    assert isinstance(step, Fill) == filled_in
    if not filled_in:
        assert isinstance(step, Wait)
        assert code(decide(view(look, sent=NUMBER_TAKEN, stood=16.0))) == "PAGE_NOT_RECOGNISED"


def test_no_totp_is_typed_where_a_message_is_chosen() -> None:
    """What is chosen says what the page waits for, and the wire only that there are other ways."""
    chosen = Control(n=5, role="tab", words="SMS", chosen=True)
    look = page(replace(OTP, near=(), label="Enter OTP"))
    look = replace(look, controls=(chosen, *look.controls))
    assert isinstance(decide(view(look, sent=NUMBER_TAKEN)), Wait)
    assert code(decide(view(look, sent=NUMBER_TAKEN, stood=16.0))) == "PAGE_NOT_RECOGNISED"
    other = replace(look, controls=(replace(chosen, chosen=False), *look.controls[1:]))
    assert isinstance(decide(view(other, sent=NUMBER_TAKEN)), Fill)
