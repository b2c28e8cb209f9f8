"""Which of the page's messages is about what was sent last."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import ended
from tests.page.views import (
    CARRIES_NUMBER,
    CARRIES_PIN,
    CODE_FORM,
    CODE_SENT,
    FILLED,
    LOCK,
    NUMBER_FORM,
    NUMBER_SENT,
    PIN_FORM,
    PIN_SENT,
    STRANGE,
    UNREAD,
    WRONG_NUMBER,
    code,
    complaining,
    complaint,
    end,
    filled,
    view,
)
from upstox_browser_login.page.decide import decide
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Look
from upstox_browser_login.page.next import End, Wait
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.wire.calls import Call


def test_a_text_far_from_the_form_refuses_a_pin_only_where_its_call_has_failed() -> None:
    said = complaining("Incorrect PIN", at=92.1, where="elsewhere")
    for ok, meaning in ((False, "pin refused"), (None, "outdated")):
        call = ended(CARRIES_PIN, 92.0, ok=ok)
        step = end(decide(view(PIN_FORM, call, sent=PIN_SENT, now=110.0, **said)))
        assert step.meaning == meaning


def test_of_several_complaints_the_one_with_a_code_tells() -> None:
    vague, clear = complaint("Something went wrong"), complaint("x [1017090]")
    step = decide(
        view(PIN_FORM, UNREAD, sent=PIN_SENT, complaints=(vague, clear), complained_at=95.0),
    )
    assert code(step) == "ACCOUNT_LOCKED"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Oops! Please check your PIN and try again", True),
        # These hold for everybody, whenever they are said.
        ("After 5 wrong PINs your account is locked", False),
        ("If your PIN is wrong, you can reset it", False),
    ],
)
def test_what_is_said_only_after_a_try_refuses_it_beside_its_field(text: str, ends: bool) -> None:
    told = complaining(text, at=92.1, where="field")
    step = decide(view(PIN_FORM, UNREAD, sent=PIN_SENT, **told))
    assert (isinstance(step, End) and step.meaning == "pin refused") is ends
    # Nothing has left: the page may say so of any PIN.
    step = decide(view(PIN_FORM, sent=PIN_SENT, **told))
    assert not (isinstance(step, End) and step.meaning == "pin refused")


def test_what_refuses_goes_before_something_went_wrong() -> None:
    told = (complaint("Something went wrong"), complaint("You have entered an incorrect PIN"))
    step = decide(view(PIN_FORM, UNREAD, sent=PIN_SENT, complaints=told, complained_at=95.0))
    assert end(step).meaning == "pin refused"


@pytest.mark.parametrize(("look", "sent"), [(CODE_FORM, CODE_SENT), (PIN_FORM, PIN_SENT)])
def test_words_on_the_number_are_no_answer_to_what_came_after_it(look: Look, sent: Sent) -> None:
    step = decide(view(look, sent=sent, now=92.0, stood=1.0, **complaining(WRONG_NUMBER, 91.1)))
    assert isinstance(step, Wait)


@pytest.mark.parametrize(
    ("accepted", "carries", "meaning"),
    [
        ((), {"mobile", "pin"}, "mobile refused"),
        (("mobile",), {"mobile", "pin"}, "unknown"),
        ((), {"pin"}, "unknown"),
    ],
)
def test_words_on_the_number_are_an_answer_to_a_form_that_sent_it_as_well(
    accepted: tuple[str, ...], carries: set[str], meaning: str
) -> None:
    call = ended(replace(CARRIES_PIN, carries=frozenset(carries)), 92.0, 422, ok=False)
    sent = replace(PIN_SENT, accepted=frozenset(accepted))
    told = complaining("We couldn't find an Upstox account with this mobile number.", 92.1)
    assert end(decide(view(PIN_FORM, call, sent=sent, now=94.1, **told))).meaning == meaning
    pin = complaining("Incorrect PIN", 92.1)
    assert code(decide(view(PIN_FORM, call, sent=sent, now=94.1, **pin))) == "PIN_REJECTED"


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
