"""What it means that a submission has failed."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from upstox_browser_login.page.decide import decide
from upstox_browser_login.page.endings import error_of
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Look, Text
from upstox_browser_login.page.next import Again, End, Fill, Press, Wait
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.wire.answers import Answer
from upstox_browser_login.page.wire.calls import Call

from .looks import asked, ended, screen_of
from .views import (
    BLANK,
    CARRIES_CODE,
    CARRIES_NUMBER,
    CARRIES_PIN,
    CODE_FORM,
    CODE_SENT,
    CODE_TYPED,
    LOADS,
    NUMBER_FORM,
    NUMBER_SENT,
    NUMBER_TYPED,
    PIN_FORM,
    PIN_SENT,
    PIN_TAKEN,
    PIN_TYPED,
    SEALED,
    STRANGE,
    UNREAD,
    code,
    complaining,
    complaint,
    end,
    filled,
    view,
    with_button,
)

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


def test_a_text_far_from_the_form_refuses_a_pin_only_where_its_call_has_failed() -> None:
    said = complaining("Incorrect PIN", at=92.1, where="elsewhere")
    for ok, meaning in ((False, "pin refused"), (None, "outdated")):
        call = ended(CARRIES_PIN, 92.0, ok=ok)
        step = end(decide(view(PIN_FORM, call, sent=PIN_SENT, now=110.0, **said)))
        assert step.meaning == meaning


def test_a_form_that_stays_after_an_answer_that_is_no_json_has_failed() -> None:
    """A page that is drawn of its server's parts goes on; one that is not says nothing at all."""
    call = ended(CARRIES_PIN, 92.0, ok=None, is_json=False)
    assert isinstance(decide(view(PIN_FORM, call, sent=PIN_SENT, now=92.5)), Wait)
    assert end(decide(view(PIN_FORM, call, sent=PIN_SENT, now=94.1))).meaning == "trouble"
    said = complaining("Incorrect PIN", at=92.1)
    assert (
        end(decide(view(PIN_FORM, call, sent=PIN_SENT, now=93.0, **said))).meaning == "pin refused"
    )
    # What else stands there may be the next part.
    assert isinstance(decide(view(BLANK, call, sent=PIN_SENT, now=94.1)), Wait)


def test_words_that_refused_a_code_refuse_the_next_one_where_they_stay() -> None:
    """A page that is told so by no JSON shows the same words for both."""
    call = ended(CARRIES_CODE, 92.0, ok=None, is_json=False)
    look = replace(CODE_FORM, texts=(Text("Wrong OTP", field=2),))
    again = replace(CODE_SENT, codes=2, refused_codes=1)
    told: dict[str, Any] = {"sent": again, "refused": frozenset({"wrong otp"})}
    assert isinstance(decide(view(look, call, now=93.0, **told)), Wait)
    assert end(decide(view(look, call, now=96.1, **told))).meaning == "code refused"
    # A toast stands for three seconds, and an answer that says so as well needs no longer.
    denied = ended(CARRIES_CODE, 92.0, ok=None, denies=True)
    assert isinstance(decide(view(look, denied, now=93.9, **told)), Wait)
    assert end(decide(view(look, denied, now=94.1, **told))).meaning == "code refused"
    refused = ended(CARRIES_CODE, 92.0, ok=False)
    assert end(decide(view(look, refused, now=92.2, **told))).meaning == "code refused"
    # What stood beside them then is no word about a code.
    number = Text("This number is not registered with us", field=2)
    both = replace(look, texts=(number, *look.texts))
    told["refused"] |= {"this number is not registered with us"}
    for each in (call, refused):
        assert end(decide(view(both, each, now=96.1, **told))).meaning == "code refused"
    alone = replace(look, texts=(number,))
    assert end(decide(view(alone, call, now=96.1, **told))).meaning == "trouble"
    # Other words do not, nor do these where the server says that it is in trouble.
    other = replace(look, texts=(Text("Wrong OTP? Ask for help", field=2),))
    assert end(decide(view(other, call, now=96.1, **told))).meaning == "trouble"
    trouble = ended(CARRIES_CODE, 92.0, 503, ok=False)
    assert end(decide(view(look, trouble, now=96.1, **told))).meaning == "trouble"


def test_the_form_after_an_answer_that_is_no_json_is_filled() -> None:
    call = ended(CARRIES_NUMBER, 92.0, ok=None, is_json=False)
    assert isinstance(decide(view(CODE_FORM, call, sent=NUMBER_SENT, now=92.5)), Fill)


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_in_trouble_refuses_nothing(status: int) -> None:
    call = ended(CARRIES_PIN, 92.0, status, ok=False, said=Said("That PIN isn't known", "999"))
    assert end(decide(view(BLANK, call, sent=PIN_SENT, now=92.2))).meaning == "unknown"


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


@pytest.mark.parametrize("sent", [CODE_SENT, PIN_SENT])
def test_a_text_far_from_the_form_is_believed_where_the_answer_denies_as_well(sent: Sent) -> None:
    carrier, text, form, expected = (
        (CARRIES_CODE, "Code mismatch", CODE_FORM, "code refused")
        if sent is CODE_SENT
        else (CARRIES_PIN, "Wrong PIN", PIN_FORM, "pin refused")
    )
    said = complaining(text, at=92.0, where="elsewhere")
    for denies in (True, False):
        call = ended(carrier, 92.0, ok=None, denies=denies)
        step = decide(view(form, call, sent=sent, now=94.5, **said))
        meaning = "code refused" if isinstance(step, Again) else getattr(step, "meaning", None)
        assert meaning == (expected if denies else None)


@pytest.mark.parametrize(
    ("carrier", "words", "form", "sent", "meaning"),
    [
        (CARRIES_CODE, "Incorrect OTP", CODE_FORM, CODE_SENT, "code refused"),
        (CARRIES_PIN, "Incorrect PIN", PIN_FORM, PIN_SENT, "pin refused"),
        (CARRIES_PIN, "Your account is locked", PIN_FORM, PIN_SENT, "locked"),
        # Of another credential, or nothing that is known: the page has to say more.
        (CARRIES_PIN, "Incorrect mobile number", PIN_FORM, PIN_SENT, None),
        (CARRIES_CODE, "Incorrect PIN", CODE_FORM, CODE_SENT, None),
        (CARRIES_PIN, "Nope", PIN_FORM, PIN_SENT, None),
    ],
)
def test_an_answer_that_denies_alone_is_believed_once_the_page_keeps_its_form(
    carrier: Call, words: str, form: Look, sent: Sent, meaning: str | None
) -> None:
    call = ended(carrier, 92.0, ok=None, denies=True, denial=Said(words))
    assert isinstance(decide(view(form, call, sent=sent, now=93.5)), Wait)
    step = decide(view(form, call, sent=sent, now=96.1))
    told = "code refused" if isinstance(step, Again) else getattr(step, "meaning", None)
    assert told == meaning
    # The next form says that it was taken all the same.
    if sent is CODE_SENT:
        assert isinstance(decide(view(PIN_FORM, call, sent=sent, now=93.5)), Fill | Wait)


def test_the_page_may_send_the_number_again_after_trouble() -> None:
    """Libraries repeat a call after a 502 by themselves; a number is no secret of the account."""
    failed = ended(CARRIES_NUMBER, 92.0, 502, ok=None, is_json=False)
    broke = replace(CARRIES_NUMBER, ended=92.0, failure="ERR_CONNECTION_RESET")
    for each, expected in ((failed, "SERVER_ERROR"), (broke, "NETWORK")):
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


SETTINGS = ended(asked("20", 91.2, path="/v2/settings"), 91.5, 404, ok=False)


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


def test_calls_that_fail_for_ever_hold_up_no_login_whose_pin_was_taken() -> None:
    polls = [replace(SETTINGS, id=f"p{n}", at=92.0 + 5 * n, ended=92.5 + 5 * n) for n in range(40)]
    step = decide(view(BLANK, TAKEN, *polls, sent=PIN_TAKEN, now=292.0, idle_since=290.0))
    assert isinstance(step, End)


def test_a_code_of_the_logins_own_refuses_what_was_sent_by_itself() -> None:
    """Though nobody can read what the call held."""
    refused = ended(SEALED, 91.5, ok=False, said=Said("x", "1017106"))
    assert code(decide(view(filled(PIN_FORM), refused, sent=PIN_TYPED))) == "PIN_REJECTED"


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


# -- what the page says ----------------------------------------------------------------------------


def test_of_an_answer_that_no_page_can_read_the_wire_tells() -> None:
    """The page makes up what it says of that."""
    garbage = ended(CARRIES_NUMBER, 92.0, ok=None, is_json=False)
    told = complaining("Request aborted [500]", at=93.0)
    step = end(decide(view(NUMBER_FORM, garbage, sent=NUMBER_SENT, **told)))
    assert (step.meaning, step.message) == (
        "trouble",
        "Upstox answered the page with something that is not JSON.",
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


def test_what_the_page_says_counts_more_than_an_answer_that_is_no_json() -> None:
    """Though it says so only as the time for that is over."""
    no_json = replace(UNREAD, answer=Answer(200, None, text="<p>"))
    told = complaining("You have entered an incorrect PIN", at=93.4)
    assert isinstance(decide(view(PIN_FORM, no_json, sent=PIN_SENT, now=93.6, **told)), Wait)
    assert code(decide(view(PIN_FORM, no_json, sent=PIN_SENT, now=94.0, **told))) == "PIN_REJECTED"
    assert code(decide(view(PIN_FORM, no_json, sent=PIN_SENT, now=93.6))) == "SERVER_ERROR"


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
        view(PIN_FORM, UNREAD, sent=PIN_SENT, complaints=(vague, clear), complained_at=95.0),
    )
    assert code(step) == "ACCOUNT_LOCKED"


def test_a_complaint_that_nobody_knows_ends_nothing() -> None:
    told = complaining("Good morning")
    assert isinstance(decide(view(PIN_FORM, sent=PIN_SENT, **told)), Wait)


# -- what the page refuses by itself ---------------------------------------------------------------


WRONG_NUMBER = "Please enter a valid mobile number"
FILLED = filled(NUMBER_FORM, 10)
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


def test_what_refuses_goes_before_something_went_wrong() -> None:
    told = (complaint("Something went wrong"), complaint("You have entered an incorrect PIN"))
    step = decide(view(PIN_FORM, UNREAD, sent=PIN_SENT, complaints=told, complained_at=95.0))
    assert end(step).meaning == "pin refused"


@pytest.mark.parametrize(("look", "sent"), [(CODE_FORM, CODE_SENT), (PIN_FORM, PIN_SENT)])
def test_words_on_the_number_are_no_answer_to_what_came_after_it(look: Look, sent: Sent) -> None:
    step = decide(view(look, sent=sent, now=92.0, stood=1.0, **complaining(WRONG_NUMBER, 91.1)))
    assert isinstance(step, Wait)


LOCK = "Due to too many incorrect PIN attempts, your account has been locked."
ACCEPTED = replace(CODE_SENT, accepted=frozenset({"mobile", "otp"}))


@pytest.mark.parametrize("number", ["", " [1017090]"])
@pytest.mark.parametrize("where", ["message", "dialog"])
@pytest.mark.parametrize("sent", [NUMBER_SENT, ACCEPTED])
def test_no_words_of_a_page_lock_an_account_that_was_sent_no_pin(
    number: str, where: str, sent: Sent
) -> None:
    """A text alone is none; Upstox's number in it makes it no more."""
    told = complaining(f"{LOCK}{number}", where=where)
    for look in (STRANGE, NUMBER_FORM, CODE_FORM):
        step = decide(view(look, sent=sent, now=120.0, stood=9.0, **told))
        assert not (isinstance(step, End) and step.meaning == "locked")


@pytest.mark.parametrize("text", ["You have entered an incorrect PIN", "Invalid OTP", LOCK])
def test_words_on_what_was_not_sent_are_no_answer_to_the_number(text: str) -> None:
    step = decide(view(FILLED, sent=NUMBER_SENT, now=92.5, stood=1.0, **complaining(text, 91.1)))
    assert isinstance(step, Wait)


def test_words_on_a_lock_that_follow_a_pin_lock_the_account() -> None:
    step = decide(view(PIN_FORM, UNREAD, sent=PIN_SENT, stood=3.0, **complaining(LOCK)))
    assert code(step) == "ACCOUNT_LOCKED"


@pytest.mark.parametrize("text", ["You have entered an incorrect PIN", LOCK, "x [1017106]"])
def test_what_no_server_has_heard_of_is_not_refused(text: str) -> None:
    """The page may speak of something older; what it says is told, and nothing is booked."""
    told = complaining(text)
    assert isinstance(decide(view(PIN_FORM, sent=PIN_SENT, now=109.0, **told)), Wait)
    step = decide(view(PIN_FORM, sent=PIN_SENT, now=111.0, **told))
    assert (code(step), end(step).kind) == ("PAGE_NOT_RECOGNISED", "no reaction")
    said = error_of(end(step), "pin", "https://login.upstox.com/").message
    assert "It sent nothing, and says: " in said


_AFTER_FIVE = "After 5 wrong tries, your account is locked for 24 hours"
_TEN_DIGITS = "Mobile number must have 10 digits"


@pytest.mark.parametrize(
    ("look", "sent", "call", "text", "meaning"),
    [
        (filled(PIN_FORM), PIN_SENT, CARRIES_PIN, _AFTER_FIVE, "locked"),
        (filled(NUMBER_FORM, 10), NUMBER_SENT, CARRIES_NUMBER, _TEN_DIGITS, "mobile refused"),
    ],
)
def test_what_holds_for_everybody_refuses_only_what_the_server_has_failed(
    look: Look, sent: Sent, call: Call, text: str, meaning: str
) -> None:
    told = complaining(text, at=92.0)
    beside = complaining(text, at=92.0, where="field")
    failed, unread = ended(call, 92.0, ok=False), ended(call, 92.0, ok=None)
    assert end(decide(view(look, failed, sent=sent, **told))).meaning == meaning
    assert end(decide(view(look, failed, sent=sent, **beside))).meaning == meaning
    # Where nobody can read the answer, only what the page marks as a message is one.
    assert end(decide(view(look, unread, sent=sent, **told))).meaning == meaning
    assert isinstance(decide(view(look, unread, sent=sent, **beside)), Wait)
    for nothing_sent in (told, beside):
        assert isinstance(decide(view(look, sent=sent, **nothing_sent)), Wait)


def test_a_lock_that_the_server_words_as_a_rule_is_one() -> None:
    refused = ended(CARRIES_PIN, 92.0, ok=False, said=Said(_AFTER_FIVE))
    assert end(decide(view(PIN_FORM, refused, sent=PIN_SENT))).meaning == "locked"


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
