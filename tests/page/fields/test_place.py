"""What was sent and answered before gives the next field its place."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    AT,
    BUSINESS,
    CODE_TAKEN,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    asked,
    ended,
    page,
    purpose,
)
from tests.page.views import (
    CARRIES_NUMBER,
    CARRIES_PIN,
    NUMBER_TYPED,
    PIN_SENT,
    PIN_TYPED,
    SEALED,
)
from upstox_browser_login.page.fields.candidate import candidate
from upstox_browser_login.page.fields.place import went_by_itself
from upstox_browser_login.page.here import Evidence, Form, Sent
from upstox_browser_login.page.look import Field, Look
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.wire.answers import Answer
from upstox_browser_login.page.wire.calls import Call, Traffic


def test_a_field_stays_what_it_was_typed_into_as() -> None:
    """Once the PIN was typed, what spoke for its coming next is past: that makes it no password."""
    bare = Field(n=3, masked=True, length=6, holds=True, form=9, at=AT)
    typed = replace(CODE_TAKEN, last="pin", pin=True, field=3)
    here = recognise(page(bare, words=""), PIN_IS_SET, typed)
    assert isinstance(here, Form)
    assert here.purpose == "pin"
    emptied = replace(bare, length=0, holds=False)
    assert not isinstance(recognise(page(emptied, words=""), PIN_IS_SET, typed), Form)


def test_an_emptied_field_stays_what_it_was_typed_into_as_while_nothing_was_sent() -> None:
    """What spoke for its coming next speaks no more once the PIN was typed."""
    drawn_anew = Field(n=8, type="password", masked=True, label="Enter 6-digit PIN", at=AT)
    sent = replace(NUMBER_TAKEN, codes=1, pin=True, last="pin", field=3, typed_at=90.0)
    sent = replace(sent, likeness=drawn_anew.likeness)
    look = Look(ready=True, fields=(drawn_anew,))

    def found(look: Look, *since: Call) -> str:
        return purpose(recognise(look, Traffic((*ASKS_FOR_CODE.calls, *since)), sent))

    assert found(look) == "pin"
    assert found(look, asked("9", 91.0, same=True)) == "pin"
    assert found(look, asked("9", 91.0)) == "Nothing"
    assert found(replace(look, fields=(replace(drawn_anew, maxlength=4),))) == "Nothing"


@pytest.mark.parametrize(("n", "expected"), [(3, "pin"), (8, "Nothing")])
def test_an_emptied_field_whose_name_stands_beside_it_stays_what_it_was(
    n: int, expected: str
) -> None:
    """That it is the very one says as much as a label would."""
    field = Field(n=n, type="password", masked=True, near=("Enter 6-digit PIN",), at=AT)
    sent = replace(NUMBER_TAKEN, codes=1, pin=True, last="pin", field=3, typed_at=90.0)
    look = Look(ready=True, fields=(field,))
    sent = replace(sent, likeness=field.likeness)
    assert purpose(recognise(look, ASKS_FOR_CODE, sent)) == expected
    for another in ({"near": ("Year of birth",)}, {"heading": "Your year of birth"}):
        look = Look(ready=True, fields=(replace(field, **another),))
        assert purpose(recognise(look, ASKS_FOR_CODE, sent)) != "pin"


BEACON = asked("9", 91.0, kind="beacon", carries=frozenset({"mobile"}))
TAKES_NUMBER = ended(BEACON, 91.5, 204)
NUMBER_LEFT = Sent(mobile=True, last="mobile", field=1, typed_at=90.0, pressed_at=90.5)
NAMED_AS_ANOTHER = replace(OTP, id="mobileNum")


@pytest.mark.parametrize(
    ("field", "call", "expected"),
    [
        (NAMED_AS_ANOTHER, TAKES_NUMBER, "otp"),
        (replace(NAMED_AS_ANOTHER, near=("Enter mobile number",)), TAKES_NUMBER, "mobile"),
        (replace(NAMED_AS_ANOTHER, near=()), TAKES_NUMBER, "Nothing"),
        # The number's own field, renamed.
        (replace(NAMED_AS_ANOTHER, n=1), TAKES_NUMBER, "Nothing"),
        (NAMED_AS_ANOTHER, BEACON, "Nothing"),
        (NAMED_AS_ANOTHER, ended(BEACON, 91.5, 500), "Nothing"),
        (NAMED_AS_ANOTHER, replace(TAKES_NUMBER, trusted=False), "Nothing"),
        (NAMED_AS_ANOTHER, replace(TAKES_NUMBER, carries=frozenset()), "Nothing"),
        (NAMED_AS_ANOTHER, replace(TAKES_NUMBER, kind="other"), "Nothing"),
        (NAMED_AS_ANOTHER, replace(TAKES_NUMBER, failure="ERR_FAILED"), "Nothing"),
    ],
)
def test_a_beacon_that_was_answered_gives_what_follows_its_place(
    field: Field, call: Call, expected: str
) -> None:
    """Beside words that name the code; nobody reads the answer to a beacon."""
    found = recognise(page(field), Traffic((call,)), NUMBER_LEFT)
    assert purpose(found) == expected


POSTED = replace(asked("8", 91.0, kind="document", main=True), carries=frozenset({"mobile"}))
CAME = asked("9", 91.2, method="GET", posts=False, kind="document", main=True, status=200)


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ((POSTED, CAME), "otp"),
        ((replace(POSTED, status=200, ended=91.5),), "otp"),
        ((POSTED,), "Nothing"),
        ((POSTED, replace(CAME, status=500)), "Nothing"),
        ((POSTED, replace(CAME, trusted=False)), "Nothing"),
        ((CAME,), "Nothing"),
        ((replace(POSTED, failure="ERR_FAILED"), CAME), "Nothing"),
        ((replace(POSTED, main=False), CAME), "Nothing"),
    ],
)
def test_a_code_is_asked_for_in_the_page_that_the_number_led_to(
    calls: tuple[Call, ...], expected: str
) -> None:
    """Beside words that name the code, and another login's field."""
    look = page(NAMED_AS_ANOTHER, BUSINESS)
    assert purpose(recognise(look, Traffic(calls), NUMBER_LEFT)) == expected


def test_a_pin_is_asked_for_in_the_page_that_the_code_led_to() -> None:
    field = replace(PIN, id="", inputmode="", maxlength=-1, masked=False, label="PIN", type="text")
    sent = Sent(mobile=True, codes=1, last="otp", field=2, typed_at=90.0)
    posted = replace(POSTED, carries=frozenset({"code"}))
    assert [e.kind for e in evidence_of(page(field), sent, posted, CAME)] == ["words", "place"]
    assert [e.kind for e in evidence_of(page(field), sent, posted)] == ["words"]


def test_a_pin_may_come_after_an_answer_that_nobody_can_read() -> None:
    field = replace(PIN, id="", inputmode="", maxlength=-1, masked=False, label="PIN", type="text")
    sent = Sent(mobile=True, codes=1, last="otp", field=2, typed_at=90.0)
    sealed = ended(asked("9", 91.0, carries=frozenset({"code"})), 92.0, ok=None)
    look = page(field)
    empty = replace(sealed, answer=Answer.read(200, b"{}"))
    assert [e.kind for e in evidence_of(look, sent, empty)] == ["words", "place"]
    without = replace(sealed, carries=frozenset())
    assert [e.kind for e in evidence_of(look, sent, sealed)] == ["words", "place"]
    assert [e.kind for e in evidence_of(look, sent, without)] == ["words"]


def evidence_of(look: Look, sent: Sent, *calls: Call) -> tuple[Evidence, ...]:
    return candidate(look.fields[0], "pin", look, sent, Traffic(calls)).evidence


BOTH_LEFT = replace(NUMBER_LEFT, pin=True, last="pin")
BOTH_POSTED = replace(POSTED, carries=frozenset({"pin"}))


@pytest.mark.parametrize(
    ("calls", "sent", "expected"),
    [
        ((BOTH_POSTED, CAME), BOTH_LEFT, "otp"),
        ((BOTH_POSTED,), BOTH_LEFT, "Nothing"),
        ((BOTH_POSTED, replace(CAME, status=500)), BOTH_LEFT, "Nothing"),
        ((BOTH_POSTED, replace(CAME, trusted=False)), BOTH_LEFT, "Nothing"),
        # No code follows a PIN that came after one, or that was sent without the number.
        ((BOTH_POSTED, CAME), replace(BOTH_LEFT, codes=1), "Nothing"),
        ((BOTH_POSTED, CAME), replace(BOTH_LEFT, mobile=False), "Nothing"),
    ],
)
def test_a_code_is_asked_for_in_the_page_that_the_number_and_pin_led_to(
    calls: tuple[Call, ...], sent: Sent, expected: str
) -> None:
    look = page(NAMED_AS_ANOTHER, BUSINESS)
    assert purpose(recognise(look, Traffic(calls), sent)) == expected


@pytest.mark.parametrize(
    ("call", "sent", "went"),
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
def test_what_a_page_sends_before_any_press_went_by_itself(
    call: Call, sent: Sent, went: bool
) -> None:
    assert went_by_itself(sent, Traffic((call,))) is went
