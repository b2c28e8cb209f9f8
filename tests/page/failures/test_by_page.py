"""What the page's own messages about a submission mean."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import asked, ended
from tests.page.views import (
    BLANK,
    CARRIES_NUMBER,
    CARRIES_PIN,
    CODE_FORM,
    FILLED,
    LOADS,
    LOCK,
    NUMBER_FORM,
    NUMBER_SENT,
    NUMBER_TYPED,
    PIN_FORM,
    PIN_SENT,
    PIN_TYPED,
    STRANGE,
    TAKEN,
    UNREAD,
    WRONG_NUMBER,
    code,
    complaining,
    end,
    filled,
    view,
    with_button,
)
from upstox_browser_login.page.decide import decide
from upstox_browser_login.page.endings import error_of
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Look, Text
from upstox_browser_login.page.next import End, Press, Wait
from upstox_browser_login.page.wire.calls import Call


def test_of_an_answer_that_no_page_can_read_the_wire_tells() -> None:
    """The page makes up what it says of that."""
    garbage = ended(CARRIES_NUMBER, 92.0, ok=None, is_json=False)
    told = complaining("Request aborted [500]", at=93.0)
    step = end(decide(view(NUMBER_FORM, garbage, sent=NUMBER_SENT, **told)))
    assert (step.meaning, step.message) == (
        "trouble",
        "Upstox answered the page with something that is not JSON.",
    )
    too_long = ended(CARRIES_NUMBER, 92.0, ok=None, is_json=False, is_too_long=True)
    step = end(decide(view(NUMBER_FORM, too_long, sent=NUMBER_SENT, **told)))
    assert (step.meaning, step.message) == (
        "trouble",
        "Upstox answered the page with more than can be read.",
    )
    readable = ended(CARRIES_NUMBER, 92.0, ok=None)
    step = end(decide(view(NUMBER_FORM, readable, sent=NUMBER_SENT, **told)))
    assert (step.meaning, step.message) == ("trouble", "")


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
    early = decide(view(look, UNREAD, sent=PIN_SENT, now=95.0 + wait - 0.1, **told))
    assert isinstance(early, Wait)
    step = decide(view(look, UNREAD, sent=PIN_SENT, now=95.0 + wait + 0.1, **told))
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


def test_a_complaint_that_nobody_knows_ends_nothing() -> None:
    told = complaining("Good morning")
    assert isinstance(decide(view(PIN_FORM, sent=PIN_SENT, **told)), Wait)


IN_A_MODAL = Look(ready=True, texts=(Text(WRONG_NUMBER, dialog=3),), modal=True)


@pytest.mark.parametrize(
    ("look", "where", "sent"),
    [
        # A dialog of the browser is gone, and the button stays closed or was pressed.
        (with_button(FILLED, disabled=True), "dialog", NUMBER_TYPED),
        (FILLED, "dialog", NUMBER_SENT),
        # A modal that nothing known ends.
        (IN_A_MODAL, "dialog", NUMBER_TYPED),
        (IN_A_MODAL, "dialog", NUMBER_SENT),
        # A text far from the form, after a press that has sent nothing.
        (FILLED, "elsewhere", NUMBER_SENT),
    ],
)
def test_a_number_that_the_page_refuses_by_itself(look: Look, where: str, sent: Sent) -> None:
    complains = complaining(WRONG_NUMBER, where=where)
    assert code(decide(view(look, sent=sent, **complains))) == "MOBILE_REJECTED"


@pytest.mark.parametrize(("where", "ends"), [("dialog", True), ("message", False)])
def test_a_dialog_after_the_press_refuses_the_number_in_its_own_words(
    where: str, ends: bool
) -> None:
    told = complaining("Enter the mobile number that you registered with", where=where)
    step = decide(view(FILLED, sent=NUMBER_SENT, **told))
    assert (isinstance(step, End) and step.meaning == "mobile refused") is ends
    told = complaining("Charts are better in the app", where=where)
    assert isinstance(decide(view(FILLED, sent=NUMBER_SENT, **told)), Wait)
    told = complaining("Enter the mobile number that you registered with", where=where)
    assert isinstance(decide(view(FILLED, CARRIES_NUMBER, sent=NUMBER_SENT, **told)), Wait)


@pytest.mark.parametrize(
    ("call", "meaning"),
    [
        (replace(CARRIES_PIN, ended=92.0, failure="ERR_CONNECTION_RESET"), "network"),
        (asked("30", 91.1), None),
    ],
)
def test_a_broken_connection_tells_more_than_a_page_in_trouble(
    call: Call, meaning: str | None
) -> None:
    told = complaining("Something went wrong.", at=92.1)
    step = decide(view(PIN_FORM, call, sent=PIN_SENT, now=92.7, **told))
    assert getattr(step, "meaning", None) == meaning


@pytest.mark.parametrize(
    ("look", "where", "sent"),
    [
        # Its button may be pressed still, it has sent the number, or another form has come.
        (FILLED, "elsewhere", NUMBER_TYPED),
        (BLANK, "elsewhere", NUMBER_SENT),
        (CODE_FORM, "elsewhere", NUMBER_SENT),
        (NUMBER_FORM, "dialog", NUMBER_TYPED),
    ],
)
def test_a_number_that_is_not_surely_refused(look: Look, where: str, sent: Sent) -> None:
    step = decide(view(look, sent=sent, stood=1.0, **complaining(WRONG_NUMBER, where=where)))
    assert not (isinstance(step, End) and step.meaning == "mobile refused")


def test_a_number_on_its_way_is_not_refused_by_a_text_elsewhere() -> None:
    complains = complaining(WRONG_NUMBER, where="elsewhere")
    assert isinstance(decide(view(FILLED, CARRIES_NUMBER, sent=NUMBER_SENT, **complains)), Wait)


def test_what_was_said_before_a_press_is_no_answer_to_it_at_once() -> None:
    sent = replace(NUMBER_SENT, pressed_at=99.9, acted_at=99.9)
    complains = complaining(WRONG_NUMBER, where="dialog")
    assert isinstance(decide(view(FILLED, sent=sent, **complains)), Wait)


@pytest.mark.parametrize("text", ["You have entered an incorrect PIN", LOCK, "x [1017106]"])
def test_what_no_server_has_heard_of_is_not_refused(text: str) -> None:
    """The page may speak of something older; what it says is told, and nothing is booked."""
    told = complaining(text)
    assert isinstance(decide(view(PIN_FORM, sent=PIN_SENT, now=109.0, **told)), Wait)
    step = decide(view(PIN_FORM, sent=PIN_SENT, now=111.0, **told))
    assert (code(step), end(step).kind) == ("PAGE_NOT_RECOGNISED", "no reaction")
    said = error_of(end(step), "pin", "https://login.upstox.com/").message
    assert "It sent nothing, and says: " in said


@pytest.mark.parametrize(
    ("look", "now", "ends"),
    [
        (filled(PIN_FORM), 94.1, True),
        # The page has its moment to go on, or has gone on.
        (filled(PIN_FORM), 93.0, False),
        (PIN_FORM, 94.1, False),
        (BLANK, 94.1, False),
    ],
)
def test_a_text_far_from_a_form_that_stays_after_an_answer_that_nobody_can_read(
    look: Look, now: float, *, ends: bool
) -> None:
    """As a toast that is not marked as one."""
    call = ended(CARRIES_PIN, 92.0, ok=None)
    told = complaining("Incorrect PIN", at=92.2, where="elsewhere")
    step = decide(view(look, call, sent=PIN_SENT, now=now, **told))
    assert (isinstance(step, End) and step.meaning == "pin refused") is ends
    for text in ("What to do if a PIN is invalid", "Customers who entered an incorrect PIN"):
        news = complaining(text, at=92.2, where="elsewhere")
        step = decide(view(look, call, sent=PIN_SENT, now=now, **news))
        assert not (isinstance(step, End) and step.meaning == "pin refused")


@pytest.mark.parametrize(("emptied", "ends"), [(True, True), (False, False)])
def test_a_text_far_from_a_form_that_the_server_has_drawn_anew_refuses_what_was_sent(
    emptied: bool, ends: bool
) -> None:
    """A summary of what is wrong may stand above all of the page, next to its search."""
    call = ended(replace(CARRIES_NUMBER, kind="document", main=True), 92.0)
    look = NUMBER_FORM if emptied else filled(NUMBER_FORM, 10)
    told = complaining("Too many attempts. Try again after 10 mins.", where="elsewhere")
    step = decide(view(look, call, sent=NUMBER_SENT, **told))
    assert (isinstance(step, End) and step.meaning == "rate limited") is ends
