"""What the ledger is told of a login: each outcome once, and nothing that nobody knows."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from upstox_browser_login.errors import StoreError, UpstoxUnavailableError
from upstox_browser_login.page.booking import Booking
from upstox_browser_login.page.complaints import Complaint
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.next import End
from upstox_browser_login.page.said import Said

from .looks import START, asked, ended
from .stand_ins import Told, a_course, a_window
from .views import CARRIES_CODE, CARRIES_PIN, CODE_SENT, PIN_SENT, SEALED

TAKEN = ended(CARRIES_PIN, 92.0, ok=True)
BROKEN = replace(CARRIES_PIN, id="8", ended=92.0, failure="ERR_CONNECTION_RESET")


def booking(attempts: Told, **sent: Any) -> Booking:
    course = a_course(attempts)
    course.sent = sent.get("sent", START)
    return Booking(course)


def test_a_pin_is_announced_once_and_withdrawn_if_nothing_was_typed() -> None:
    book = booking(attempts := Told())
    book.withdraw_pin()
    book.announce_pin("135790")
    book.announce_pin("135790")
    book.withdraw_pin()
    assert attempts.heard == [("sending_pin", "135790"), ("pin_withdrawn",)]


def test_no_pin_is_announced_whose_answer_would_be_cut_off() -> None:
    course = a_course(attempts := Told(), in_time=lambda: False)
    with pytest.raises(UpstoxUnavailableError, match="so the PIN was not sent") as caught:
        Booking(course).announce_pin("135790")
    assert (caught.value.code, caught.value.step) == ("TIMEOUT", "pin")
    assert attempts.heard == []


def test_a_pin_of_which_a_character_was_typed_is_not_withdrawn() -> None:
    book = booking(attempts := Told())
    book.announce_pin("135790")
    book.pin_typed = True
    book.withdraw_pin()
    assert attempts.heard == [("sending_pin", "135790")]


def test_a_password_is_announced_once() -> None:
    book = booking(attempts := Told())
    for _ in range(3):
        book.announce_password()
    assert attempts.heard == [("sending_password",)]


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        (Sent(mobile=True, codes=1, last="otp"), [("code_accepted",)]),
        (Sent(mobile=True, password=True, last="password"), [("code_accepted",)]),
        (Sent(mobile=True, password=True, accepted=frozenset({"password"})), []),
        (Sent(mobile=True), []),
    ],
)
def test_a_redirect_with_a_code_lets_a_code_or_password_in(
    sent: Sent, heard: list[tuple[str]]
) -> None:
    book = booking(attempts := Told(), sent=sent)
    book.redirected("https://callback.invalid/?code=abc&state=s")
    assert attempts.heard == heard


def test_what_the_answer_takes_is_booked_once_the_login_ends() -> None:
    book = booking(attempts := Told(), sent=PIN_SENT)
    for _ in range(2):
        book.accepted(a_window(TAKEN))
    book.count_carried(a_window(TAKEN, BROKEN))
    assert attempts.heard == []
    book.left(a_window(TAKEN))
    book.left(a_window(TAKEN))
    assert attempts.heard == [("pin_accepted",)]


TRUSTED = End("outdated", purpose="pin", accepted=True)


@pytest.mark.parametrize(
    ("said", "end", "forgiven"),
    [
        (None, TRUSTED, True),
        (Said("Incorrect PIN", "1017106"), TRUSTED, False),
        (Said("Your account has been locked"), TRUSTED, False),
        (Said("Something went wrong"), TRUSTED, True),
        (None, replace(TRUSTED, meaning="unknown", said=Said("Incorrect PIN", "1017106")), False),
    ],
)
def test_a_pin_is_not_forgiven_where_the_page_says_that_it_is_wrong(
    said: Said | None, end: End, *, forgiven: bool
) -> None:
    """The answer may have been a refusal in a format that nobody knows."""
    course = a_course(attempts := Told())
    course.sent = PIN_SENT
    book = Booking(course)
    book.accepted(a_window(TAKEN))
    if said is not None:
        course.complaints = [Complaint(said, "message")]
    book.ended(a_window(TAKEN), end)
    course.complaints = []
    book.left(a_window(TAKEN))
    assert attempts.heard == ([("pin_accepted",)] if forgiven else [])
    # The app is let in all the same.
    book.redirected("https://callback.invalid/?code=abc&state=s")
    assert attempts.heard == [("pin_accepted",)]


@pytest.mark.parametrize("said", [None, Said("Too many requests", "1017069")])
@pytest.mark.parametrize(
    ("meaning", "told"), [("locked", "account_locked"), ("pin refused", "pin_refused")]
)
def test_a_pin_is_not_forgiven_where_the_end_means_that_it_is_wrong(
    meaning: Any, told: str, said: Said | None
) -> None:
    """Whatever its words are, such as those of a limit that a refused PIN has set."""
    book = booking(attempts := Told(), sent=PIN_SENT)
    book.accepted(a_window(TAKEN))
    book.ended(a_window(TAKEN), End(meaning, said=said, purpose="pin"))
    book.left(a_window(TAKEN))
    names = [each[0] for each in attempts.heard]
    assert told in names
    assert "pin_accepted" not in names


def test_a_taken_pin_counts_as_often_as_it_may_have_left_where_it_is_denied_later() -> None:
    book = booking(attempts := Told(), sent=PIN_SENT)
    book.accepted(a_window(TAKEN))
    end = End("pin refused", said=Said("Incorrect PIN", "1017106"), purpose="pin")
    book.ended(a_window(TAKEN, BROKEN), end)
    assert attempts.heard == [("pin_carried", 3), ("pin_refused", "135790")]


@pytest.mark.parametrize(
    ("calls", "times"),
    [
        ((CARRIES_PIN,), None),
        ((BROKEN,), 2),
        ((CARRIES_PIN, BROKEN), 3),
        ((SEALED,), None),
        # Nobody can see which of them holds the PIN.
        ((SEALED, replace(BROKEN, carries=frozenset())), 2),
    ],
)
def test_a_pin_counts_as_often_as_it_may_have_left(calls: Any, times: int | None) -> None:
    book = booking(attempts := Told(), sent=PIN_SENT)
    book.count_carried(a_window(*calls))
    assert attempts.heard == ([] if times is None else [("pin_carried", times)])


REFUSED = Said("Incorrect PIN", "1017106")
STRANGE = Said("Something else", "1017999")
_CODE_REFUSED = [("code_refused", True)]
END_OF_PIN = End("pin refused", said=REFUSED, purpose="pin")


@pytest.mark.parametrize(
    ("end", "sent", "told"),
    [
        (END_OF_PIN, PIN_SENT, [("pin_refused", "135790")]),
        (END_OF_PIN, START, []),
        (End("unknown", said=STRANGE, purpose="pin"), PIN_SENT, [("pin_refused", "135790")]),
        (End("unknown", said=STRANGE, purpose="pin", accepted=True), PIN_SENT, []),
        (End("unknown", said=Said("No code"), purpose="pin"), PIN_SENT, []),
        (End("code refused", said=STRANGE, purpose="otp"), CODE_SENT, [("code_refused", True)]),
        (End("unknown", said=Said("Kuch aur"), purpose="otp"), CODE_SENT, _CODE_REFUSED),
        (End("unknown", said=Said("", status=422), purpose="otp"), CODE_SENT, _CODE_REFUSED),
        (End("unknown", said=Said("Device not supported"), purpose="otp"), CODE_SENT, []),
        (End("unknown", said=Said("Code not supported"), purpose="otp"), CODE_SENT, _CODE_REFUSED),
        (End("unknown", said=Said("", status=425), purpose="otp"), CODE_SENT, []),
        # Any of these may refuse the code.
        (End("unknown", said=Said("", status=401), purpose="otp"), CODE_SENT, _CODE_REFUSED),
        (End("unknown", said=Said("Invalid token"), purpose="otp"), CODE_SENT, _CODE_REFUSED),
        (End("unknown", said=Said("Try after a moment"), purpose="otp"), CODE_SENT, _CODE_REFUSED),
        (End("network", purpose="otp", broke=True), CODE_SENT, [("code_broke_off",)]),
        (End("locked"), START, [("account_locked",)]),
        (
            End("rate limited", said=Said("Try again in 10 minutes", "1017069")),
            START,
            [("rate_limited", 600.0, "1017069")],
        ),
    ],
)
def test_what_an_end_means_for_the_account(end: End, sent: Any, told: list[Any]) -> None:
    book = booking(attempts := Told(), sent=sent)
    book.ended(a_window(asked("1", 1.0)), end)
    assert attempts.heard == told


def test_a_ledger_that_cannot_be_written_hides_nothing() -> None:
    def full() -> None:
        raise StoreError("No space left.", code="STORE_UNWRITABLE")

    book = booking(Told({"account_locked": full}))
    book.ended(a_window(), End("locked"))


@pytest.mark.parametrize(("ok", "taken"), [(True, {"mobile", "pin"}), (False, {"pin"})])
def test_what_was_sent_before_the_last_field_of_its_form_is_taken_by_its_own_answer(
    ok: bool, taken: set[str]
) -> None:
    course = a_course(attempts := Told())
    course.sent = replace(PIN_SENT, mobile=True, accepted=frozenset())
    number = replace(TAKEN, id="3", path="/login/otp", carries=frozenset({"mobile"}))
    number = ended(number, 91.5, ok=ok)
    Booking(course).accepted(a_window(number, TAKEN))
    assert course.sent.accepted == taken
    assert attempts.heard == []


REFUSED_PIN = ended(CARRIES_PIN, 92.0, ok=False, said=REFUSED)


def test_an_answer_counts_though_the_login_ends_otherwise() -> None:
    book = booking(attempts := Told(), sent=PIN_SENT)
    book.left(a_window(REFUSED_PIN))
    book.left(a_window(REFUSED_PIN))
    assert attempts.heard == [("pin_refused", "135790")]


def test_an_answer_that_was_booked_is_not_booked_again() -> None:
    book = booking(attempts := Told(), sent=PIN_SENT)
    book.ended(a_window(REFUSED_PIN), END_OF_PIN)
    book.left(a_window(REFUSED_PIN))
    assert attempts.heard == [("pin_refused", "135790")]


def test_a_first_code_that_was_refused_counts_though_no_other_one_follows() -> None:
    refused = ended(CARRIES_CODE, 92.0, ok=False, said=Said("Invalid OTP"))
    book = booking(attempts := Told(), sent=CODE_SENT)
    book.left(a_window(refused))
    assert [name for name, *_ in attempts.heard] == ["code_refused"]


def test_how_often_a_pin_has_left_is_told_once() -> None:
    book = booking(attempts := Told(), sent=PIN_SENT)
    for _ in range(3):
        book.count_carried(a_window(BROKEN))
    assert attempts.heard == [("pin_carried", 2)]


def test_nothing_is_refused_once_the_redirect_has_come() -> None:
    book = booking(attempts := Told(), sent=PIN_SENT)
    book.redirected("https://callback.invalid/?code=abc&state=s")
    book.left(a_window(REFUSED_PIN))
    assert attempts.heard == [("pin_accepted",)]


def test_a_refused_pin_whose_answer_states_a_wait_has_both_booked() -> None:
    said = Said("Incorrect PIN. Please try again after 30 minutes")
    book = booking(attempts := Told(), sent=PIN_SENT)
    book.ended(a_window(CARRIES_PIN), End("pin refused", said=said, purpose="pin"))
    assert attempts.heard == [("pin_refused", "135790"), ("rate_limited", 1800.0, None)]
