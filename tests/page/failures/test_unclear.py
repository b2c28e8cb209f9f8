"""What an answer in an unknown format means."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.page.looks import OTP, asked, ended
from tests.page.views import (
    BLANK,
    CARRIES_CODE,
    CARRIES_NUMBER,
    CARRIES_PIN,
    CODE_FORM,
    CODE_SENT,
    LOADS,
    NUMBER_FORM,
    NUMBER_SENT,
    PIN_FORM,
    PIN_SENT,
    UNREAD,
    code,
    complaining,
    end,
    view,
)
from upstox_browser_login.page.decide import decide
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Look, Text
from upstox_browser_login.page.next import Again, Fill, Wait
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.wire.answers import Answer
from upstox_browser_login.page.wire.calls import Call


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


@pytest.mark.parametrize(
    ("carrier", "text", "form", "sent", "meaning"),
    [
        (CARRIES_NUMBER, "Invalid mobile number", NUMBER_FORM, NUMBER_SENT, "mobile refused"),
        (CARRIES_CODE, "Incorrect OTP", CODE_FORM, CODE_SENT, "code refused"),
        (CARRIES_PIN, "Incorrect PIN", PIN_FORM, PIN_SENT, "pin refused"),
        # About another form.
        (CARRIES_PIN, "Invalid mobile number", PIN_FORM, PIN_SENT, "trouble"),
        (CARRIES_NUMBER, "Incorrect PIN", NUMBER_FORM, NUMBER_SENT, "trouble"),
    ],
)
def test_a_text_far_from_a_form_that_stays_after_an_answer_in_html_is_believed(
    carrier: Call, text: str, form: Look, sent: Sent, meaning: str
) -> None:
    """Once the page has had its moment to go on."""
    call = ended(carrier, 92.0, ok=None, is_json=False)
    said = complaining(text, at=92.1, where="elsewhere")
    assert isinstance(decide(view(form, call, sent=sent, now=93.0, **said)), Wait)
    step = decide(view(form, call, sent=sent, now=94.1, **said))
    assert ("code refused" if isinstance(step, Again) else end(step).meaning) == meaning
    if meaning != "trouble":
        assert isinstance(decide(view(BLANK, call, sent=sent, now=94.1, **said)), Wait)


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


def test_words_that_refused_a_code_are_known_in_the_document_that_comes_for_the_next() -> None:
    """Its field is another one, and is like the one before it."""
    call = ended(CARRIES_CODE, 92.0, ok=None, is_json=False)
    again = replace(CODE_SENT, codes=2, refused_codes=1, field=7, likeness=OTP.likeness)
    look = replace(CODE_FORM, fields=(replace(OTP, below=("Wrong OTP",)),))
    step = decide(view(look, call, sent=again, refused=frozenset({"wrong otp"}), now=96.1))
    assert end(step).meaning == "code refused"


def test_the_form_after_an_answer_that_is_no_json_is_filled() -> None:
    call = ended(CARRIES_NUMBER, 92.0, ok=None, is_json=False)
    assert isinstance(decide(view(CODE_FORM, call, sent=NUMBER_SENT, now=92.5)), Fill)


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


def test_what_the_page_says_counts_more_than_an_answer_that_is_no_json() -> None:
    """Though it says so only as the time for that is over."""
    no_json = replace(UNREAD, answer=Answer(200, None, text="<p>"))
    told = complaining("You have entered an incorrect PIN", at=93.4)
    assert isinstance(decide(view(PIN_FORM, no_json, sent=PIN_SENT, now=93.6, **told)), Wait)
    assert code(decide(view(PIN_FORM, no_json, sent=PIN_SENT, now=94.0, **told))) == "PIN_REJECTED"
    assert code(decide(view(PIN_FORM, no_json, sent=PIN_SENT, now=93.6))) == "SERVER_ERROR"


def empty(carrier: Call, status: int = 204) -> Call:
    """What was sent has arrived, and nothing is said of it."""
    return ended(carrier, 92.0, status, ok=None, is_json=False)


def polled(*at: float, **about: Any) -> tuple[Call, ...]:
    """Requests for what came of it, which fail at first."""
    calls = (asked(f"3{each}", each, path="/status", **(LOADS | about)) for each in at)
    return tuple(ended(each, each.at + 0.1, 503, ok=False) for each in calls)


@pytest.mark.parametrize("status", [202, 204])
def test_an_answer_that_says_only_that_something_arrived_has_not_failed(status: int) -> None:
    call = empty(CARRIES_PIN, status)
    for calls in ((), polled(92.2, 93.0, 94.0, 95.0)):
        assert isinstance(decide(view(PIN_FORM, call, *calls, sent=PIN_SENT, now=96.0)), Wait)
        step = decide(view(PIN_FORM, call, *calls, sent=PIN_SENT, now=107.1))
        assert end(step).meaning == "trouble"
    said = complaining("Incorrect PIN", at=95.1)
    step = decide(view(PIN_FORM, call, sent=PIN_SENT, now=97.2, **said))
    assert end(step).meaning == "pin refused"


@pytest.mark.parametrize(
    ("text", "waits"),
    [("0|ok|4711", True), ("CgVoZWxsbw==", True), ("<p>", False), ("<soap:Envelope/>", False)],
)
def test_a_page_that_alone_reads_its_answer_has_time_to_go_on(text: str, *, waits: bool) -> None:
    call = ended(CARRIES_PIN, 92.0, ok=None, is_json=False, text=text)
    step = decide(view(PIN_FORM, call, sent=PIN_SENT, now=96.0))
    assert isinstance(step, Wait) is waits
    assert end(decide(view(PIN_FORM, call, sent=PIN_SENT, now=107.1))).meaning == "trouble"


def test_a_page_that_asks_again_at_one_place_waits_for_what_came_of_it() -> None:
    call = ended(CARRIES_PIN, 92.0, ok=None, is_json=False, text="<p>OK</p>")
    for calls, waits in (
        (polled(92.2, 93.0, 95.0), True),
        (polled(92.2), False),
        (polled(91.2, 91.4, 92.2), False),  # before the answer
        (polled(92.2, 92.4, 92.6), False),  # it has left off
        (polled(92.2, 93.0, 95.0, trusted=False), False),
    ):
        step = decide(view(PIN_FORM, call, *calls, sent=PIN_SENT, now=96.0))
        assert isinstance(step, Wait) if waits else end(step).meaning == "trouble"
