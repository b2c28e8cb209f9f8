"""What a failed call of a submission means."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.page.looks import asked, ended
from tests.page.views import (
    BLANK,
    CARRIES_CODE,
    CARRIES_NUMBER,
    CARRIES_PIN,
    CODE_FORM,
    CODE_SENT,
    CODE_TYPED,
    LOCK,
    NUMBER_FORM,
    NUMBER_SENT,
    PIN_FORM,
    PIN_SENT,
    PIN_TYPED,
    SEALED,
    SETTINGS,
    code,
    complaining,
    end,
    filled,
    view,
)
from upstox_browser_login.page.decide import decide
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Control, Look, Text
from upstox_browser_login.page.next import Again, End, Wait
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.wire.answers import Answer
from upstox_browser_login.page.wire.calls import Call


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
    # Of what its server has no word for, the page may tell.
    later = 94.1 if meaning == "unknown" else 92.2
    step = end(decide(view(BLANK, refused, sent=sent, now=later)))
    assert (step.meaning, step.purpose) == (meaning, sent.last)
    assert step.said == Said(*answer)


_EMPTIED, _FILLED = PIN_FORM, filled(PIN_FORM)


_MARKED = replace(_FILLED, fields=(replace(_FILLED.fields[0], invalid=True),))


_COVERED = replace(_MARKED, fields=(replace(_MARKED.fields[0], covered=True),))


@pytest.mark.parametrize(
    ("look", "said", "meaning"),
    [
        (_MARKED, None, "pin refused"),
        (_MARKED, Said("Unprocessable", "99"), "pin refused"),
        # The page empties the PIN where the session is lost.
        (_EMPTIED, None, "unknown"),
        (_FILLED, None, "unknown"),
        (_COVERED, None, "unknown"),
        (BLANK, None, "unknown"),
        # Something else is the reason.
        (_MARKED, Said("Our system is busy"), "unknown"),
        (_MARKED, Said("User is logged in elsewhere"), "unknown"),
        (_MARKED, Said("Risk check failed"), "unknown"),
        (_MARKED, Said("Upgrade to the latest version"), "unknown"),
        (_MARKED, Said("Invalid origin", "77"), "unknown"),
    ],
)
def test_a_failure_without_a_word_refuses_where_the_page_marks_the_field(
    look: Look, said: Said | None, meaning: str
) -> None:
    call = ended(CARRIES_PIN, 92.0, ok=False, said=said)
    assert isinstance(decide(view(look, call, sent=PIN_SENT, now=93.9)), Wait) or said is not None
    assert end(decide(view(look, call, sent=PIN_SENT, now=94.1))).meaning == meaning


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (200, "pin refused"),
        (400, "pin refused"),
        (422, "pin refused"),
        *((each, "unknown") for each in (401, 403, 404, 408, 409, 410, 419, 423, 440)),
    ],
)
def test_a_marked_field_refuses_nothing_where_the_status_tells_of_the_session(
    status: int, meaning: str
) -> None:
    call = ended(CARRIES_PIN, 92.0, status, ok=False)
    assert end(decide(view(_MARKED, call, sent=PIN_SENT, now=96.0))).meaning == meaning


def test_a_marked_field_refuses_nothing_while_the_page_asks_for_more() -> None:
    """It may renew the session, and send the PIN by itself then."""
    call = ended(CARRIES_PIN, 92.0, ok=False)
    assert end(decide(view(_MARKED, call, asked("10", 93.0), sent=PIN_SENT, now=96.0))).meaning == (
        "unknown"
    )


def test_a_code_that_is_refused_by_its_mark_alone_may_be_followed_by_one_more() -> None:
    call = ended(CARRIES_CODE, 92.0, ok=False, said=Said("Unprocessable", "99"))
    assert isinstance(decide(view(CODE_FORM, call, sent=CODE_SENT, now=94.1)), Again)
    second = replace(CODE_SENT, codes=2, refused_codes=1)
    step = end(decide(view(CODE_FORM, call, sent=second, now=94.1)))
    assert (step.meaning, step.said) == ("code refused", Said("Unprocessable", "99"))


@pytest.mark.parametrize(
    ("call", "complaints"),
    [
        # The page names another reason, the answer is not Upstox's own, or another call failed.
        (ended(CARRIES_PIN, 92.0, ok=False), complaining("Something went wrong")),
        (ended(CARRIES_PIN, 92.0, 403, ok=False, is_json=False, text="Forbidden"), {}),
        (ended(replace(CARRIES_PIN, carries=frozenset()), 92.0, ok=False), {}),
    ],
)
def test_a_marked_field_alone_is_no_refusal(call: Call, complaints: dict[str, Any]) -> None:
    step = end(decide(view(_MARKED, call, sent=PIN_SENT, now=96.0, **complaints)))
    assert step.meaning != "pin refused"


@pytest.mark.parametrize(
    ("answer", "text", "meaning"),
    [
        # Its server has a number alone, or a part of the page: what the page says of it counts.
        ({"ok": False, "said": Said("no message", "AUTH-17")}, "Incorrect PIN", "pin refused"),
        ({"ok": False}, "Incorrect PIN", "pin refused"),
        ({"ok": None, "status": 422, "is_json": False}, "Incorrect PIN", "pin refused"),
        ({"ok": False, "said": Said("no message", "AUTH-17")}, "Your PIN", "unknown"),
        # It says that something else is the reason, whatever the page makes of that.
        ({"ok": False, "said": Said("Gateway timed out", "7")}, "Incorrect PIN", "unknown"),
        ({"ok": False, "status": 503, "said": Said("x", "7")}, "Incorrect PIN", "unknown"),
        ({"ok": None, "status": 503, "is_json": False}, "Incorrect PIN", "trouble"),
    ],
)
def test_the_page_says_what_a_failure_means_for_which_its_server_has_no_word(
    answer: dict[str, Any], text: str, meaning: str
) -> None:
    call = ended(CARRIES_PIN, 92.0, **({"status": 200} | answer))
    said = complaining(text, at=92.1)
    assert end(decide(view(PIN_FORM, call, sent=PIN_SENT, now=94.1, **said))).meaning == meaning


FAULT = {"ok": None, "is_json": False, "text": "<faultstring>That isn't right</faultstring>"}
GATEWAY = {"ok": None, "is_json": False, "text": "<html><h1>Bad Gateway</h1></html>"}


@pytest.mark.parametrize(
    ("status", "answer", "text", "meaning"),
    [
        (500, FAULT, "That PIN isn't right. You have 4 attempts left.", "pin refused"),
        (500, FAULT, "Too many attempts. Please try again after 10 minutes.", "rate limited"),
        (500, FAULT, LOCK, "locked"),
        (500, FAULT, "Something went wrong", "trouble"),
        (500, FAULT, "Your session has expired", "trouble"),
        (502, GATEWAY, "Incorrect PIN", "trouble"),
        (503, {"ok": None, "is_json": False, "text": "We'll be back soon"}, LOCK, "maintenance"),
    ],
)
def test_a_fault_that_only_the_page_can_read_means_what_the_page_says_at_its_form(
    status: int, answer: dict[str, Any], text: str, meaning: str
) -> None:
    """A server of SOAP refuses with a status of 500."""
    call = ended(CARRIES_PIN, 92.0, status, **answer)
    said = complaining(text, at=92.1, where="field")
    assert end(decide(view(PIN_FORM, call, sent=PIN_SENT, now=92.3, **said))).meaning == meaning
    elsewhere = complaining(text, at=92.1, where="elsewhere")
    step = decide(view(PIN_FORM, call, sent=PIN_SENT, now=94.1, **elsewhere))
    assert end(step).meaning in {"trouble", "maintenance"}


def test_the_page_has_a_moment_to_read_a_fault() -> None:
    call = ended(CARRIES_PIN, 92.0, 500, **FAULT)
    assert isinstance(decide(view(PIN_FORM, call, sent=PIN_SENT, now=93.9)), Wait)
    assert code(decide(view(PIN_FORM, call, sent=PIN_SENT, now=94.1))) == "SERVER_ERROR"


def test_a_fault_that_refuses_the_code_may_be_followed_by_one_more() -> None:
    call = ended(CARRIES_CODE, 92.0, 500, **FAULT)
    said = complaining("Incorrect OTP", at=92.1, where="field")
    assert isinstance(decide(view(CODE_FORM, call, sent=CODE_SENT, now=92.3, **said)), Again)


@pytest.mark.parametrize(
    ("title", "text", "meaning"),
    [
        ("You've been signed out", "Please start again.", "session lost"),
        ("Sorry", "Your session has expired. Please log in again.", "session lost"),
        ("We are upgrading our systems", "Come back at six.", "maintenance"),
        ("Sorry", "Ask us if you have been signed out.", "challenge"),
        ("Forbidden", "Request 77a1", "challenge"),
    ],
)
@pytest.mark.parametrize("status", [401, 403])
def test_the_words_of_a_page_count_before_its_status_alone(
    status: int, title: str, text: str, meaning: str
) -> None:
    answer = {"ok": None, "is_json": False, "text": "<html>"}
    call = ended(replace(CARRIES_PIN, kind="document", main=True), 92.0, status, **answer)
    look = Look(ready=True, texts=(Text(title, head=True), Text(text)))
    told: dict[str, Any] = complaining(text, at=92.1, where="field")
    step = end(decide(view(look, call, sent=PIN_SENT, now=94.1, **told)))
    assert (step.meaning, step.fresh_start) == (meaning, False)


@pytest.mark.parametrize(
    ("said", "meaning"), [(None, "session lost"), (Said("no message", "77"), "unknown")]
)
def test_a_page_says_that_the_session_is_lost_where_an_answer_has_no_number(
    said: Said | None, meaning: str
) -> None:
    """A number that nobody knows may be a refusal."""
    call = ended(CARRIES_PIN, 92.0, 401, ok=False, said=said)
    told = complaining("Your session has expired", at=92.1)
    assert end(decide(view(PIN_FORM, call, sent=PIN_SENT, now=94.1, **told))).meaning == meaning


@pytest.mark.parametrize(
    ("status", "tag", "goes_on"), [(422, "a", False), (422, "button", True), (200, "a", True)]
)
def test_a_code_that_is_refused_on_an_errors_own_page_has_no_second_try(
    status: int, tag: str, *, goes_on: bool
) -> None:
    """No form is there, and no button that leads to one."""
    answer = {"ok": None, "is_json": False, "text": "<html>"}
    document = ended(asked("1", 80.0, kind="document", main=True), 81.0, 200)
    call = ended(replace(CARRIES_CODE, kind="document", main=True), 92.0, status, **answer)
    if status == 200:
        document, call = call, ended(CARRIES_CODE, 92.0, 422, **answer)
    look = Look(ready=True, controls=(Control(4, tag=tag, words="Contact us"),))
    said = complaining("That code isn't right.", at=92.1, where="field")
    step = decide(view(look, document, call, sent=CODE_SENT, now=94.1, **said))
    assert isinstance(step, Again) if goes_on else end(step).meaning == "code refused"


def test_a_failure_that_may_be_another_calls_is_waited_out() -> None:
    """Nobody can see what it carried: the page may go on."""
    failed = ended(SEALED, 92.0, 404)
    assert isinstance(decide(view(PIN_FORM, failed, sent=PIN_SENT, now=93.9)), Wait)
    assert code(decide(view(PIN_FORM, failed, sent=PIN_SENT, now=94.1))) == "SERVER_ERROR"


@pytest.mark.parametrize(("said", "step"), [("PIN not OK", End), ("Order not found", Wait)])
def test_a_failure_is_the_forms_where_its_words_refuse_the_pin(said: str, step: type) -> None:
    """Though nobody can see what the call carried, and no button was pressed before it."""
    failed = ended(replace(SEALED, path="/v9/check"), 92.0, ok=False, said=Said(said))
    sent = replace(PIN_SENT, pressed_at=None)
    assert isinstance(decide(view(PIN_FORM, failed, sent=sent, now=97.0)), step)


def test_the_page_may_send_the_number_again_after_trouble() -> None:
    """Libraries repeat a call after a 502 by themselves; a number is no secret of the account."""
    failed = ended(CARRIES_NUMBER, 92.0, 502, ok=None, is_json=False)
    broke = replace(CARRIES_NUMBER, ended=92.0, failure="ERR_CONNECTION_RESET")
    busy = ended(CARRIES_NUMBER, 92.0, 429, ok=False, said=Said("Too many requests, slow down"))
    for each, expected in ((failed, "SERVER_ERROR"), (broke, "NETWORK"), (busy, "RATE_LIMITED")):
        assert isinstance(decide(view(NUMBER_FORM, each, sent=NUMBER_SENT, now=93.9)), Wait)
        assert code(decide(view(NUMBER_FORM, each, sent=NUMBER_SENT, now=94.1))) == expected
    again = asked("9", at=92.3, carries=frozenset({"mobile"}))
    assert isinstance(decide(view(NUMBER_FORM, failed, again, sent=NUMBER_SENT, now=99.0)), Wait)
    refused = ended(CARRIES_NUMBER, 92.0, ok=False, said=Said("Invalid number", "1017016"))
    assert code(decide(view(NUMBER_FORM, refused, sent=NUMBER_SENT, now=92.2))) == "MOBILE_REJECTED"
    # A page that never leaves off does not hold up the login until its time is over.
    often = [replace(failed, id=str(each), at=91.1 + each / 10) for each in range(4)]
    assert code(decide(view(NUMBER_FORM, *often, sent=NUMBER_SENT, now=92.2))) == "SERVER_ERROR"
    # What became of a code is not known.
    lost = ended(CARRIES_CODE, 92.0, 502, ok=None, is_json=False)
    assert code(decide(view(CODE_FORM, lost, sent=CODE_SENT, now=92.2))) == "SERVER_ERROR"


def test_a_call_that_the_page_repeats_by_itself_is_no_refusal() -> None:
    renewed = ended(CARRIES_PIN, 92.0, 401, ok=False, said=Said("expired", "4000001"))
    assert isinstance(decide(view(PIN_FORM, renewed, sent=PIN_SENT)), Wait)


@pytest.mark.parametrize(
    ("look", "call"),
    [
        (filled(PIN_FORM), SETTINGS),
        (filled(PIN_FORM), replace(SETTINGS, failure="ERR_FAILED", answer=None)),
        (filled(CODE_FORM), replace(SETTINGS, status=204, answer=Answer(204, None))),
    ],
)
def test_a_call_that_may_be_about_something_else_refuses_nothing(look: Look, call: Call) -> None:
    """Where nothing was pressed, the page has the rest of its time to go on."""
    typed_in = PIN_TYPED if look.fields[0].masked else CODE_TYPED
    call = replace(call, at=90.5)
    assert isinstance(decide(view(look, call, sent=typed_in, now=96.0, idle_since=91.5)), Wait)
    late = end(decide(view(look, call, sent=typed_in, now=110.0, idle_since=91.5)))
    assert (late.kind, late.meaning) == ("unanswered", "outdated")


def test_what_failed_before_the_press_has_not_come_of_it() -> None:
    before, after = (replace(SETTINGS, at=at, ended=at + 0.3) for at in (90.5, 91.2))
    assert isinstance(decide(view(filled(PIN_FORM), before, sent=PIN_SENT)), Wait)
    assert code(decide(view(filled(PIN_FORM), after, sent=PIN_SENT))) == "UNEXPECTED"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"ok": False, "said": Said("Incorrect PIN. 4 attempts left.")}, "PIN_REJECTED"),
        ({"ok": False, "said": Said("Your account is locked")}, "ACCOUNT_LOCKED"),
    ],
)
@pytest.mark.parametrize("path", ["/login/open/v4/auth/2fa", "/v2/check"])
def test_a_refusal_counts_though_nobody_could_see_what_was_sent_by_itself(
    path: str, answer: dict[str, Any], expected: str
) -> None:
    refused = replace(ended(SEALED, 91.5, **answer), path=path)
    assert code(decide(view(filled(PIN_FORM), refused, sent=PIN_TYPED))) == expected


def test_a_login_whose_own_call_broke_after_it_was_sent_by_itself_says_so() -> None:
    broke = replace(SEALED, ended=91.5, failure="ERR_CONNECTION_RESET")
    assert code(decide(view(filled(PIN_FORM), broke, sent=PIN_TYPED))) == "NETWORK"
    busy = ended(SEALED, 91.5, 429)
    assert code(decide(view(filled(PIN_FORM), busy, sent=PIN_TYPED))) == "RATE_LIMITED"


def test_a_code_of_the_logins_own_refuses_what_was_sent_by_itself() -> None:
    """Though nobody can read what the call held."""
    refused = ended(SEALED, 91.5, ok=False, said=Said("x", "1017106"))
    assert code(decide(view(filled(PIN_FORM), refused, sent=PIN_TYPED))) == "PIN_REJECTED"
