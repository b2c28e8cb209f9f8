"""What is done about a press that was not made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from msgspec.structs import replace

from upstox_browser_login.errors import PageChangedError
from upstox_browser_login.page.acting import MOST_CHANGES, Acting
from upstox_browser_login.page.booking import Booking
from upstox_browser_login.page.codes import Codes
from upstox_browser_login.page.course import Course
from upstox_browser_login.page.hands import Hands as HandsOfALogin
from upstox_browser_login.page.here import Form
from upstox_browser_login.page.job import Account
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.next import Fill, Key, Press
from upstox_browser_login.page.window import Window
from upstox_browser_login.page.wire.calls import Call, Traffic

from .looks import MOBILE, PIN, asked
from .stand_ins import Told, a_course, a_window

PRESS = Press(Control(3, words="Get OTP"), purpose="mobile")


class Hands:
    """Presses nothing, and says why; an empty answer is a press that was made."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)

    async def press(self, control: Control, **_: Any) -> str:
        assert control == PRESS.control
        return self._answers.pop(0)


def a_login(*answers: str) -> tuple[Acting, Course, Window]:
    course = a_course(Told())
    course.changed.set()  # so that nothing is waited for
    window = a_window()
    cast("Any", window).hands = Hands(*answers)
    booking = Booking(course)
    return Acting(course, booking, Codes(course)), course, window


async def test_a_control_that_is_another_one_at_each_press_is_given_up_on() -> None:
    acting, course, window = a_login(*["changed"] * (MOST_CHANGES + 1))
    for _ in range(MOST_CHANGES):
        await acting.press(window, PRESS)
        assert course.sent.pressed_at is None, "it was not submitted"
    with pytest.raises(PageChangedError, match=r"mobile form.* whenever it is pressed") as caught:
        await acting.press(window, PRESS)
    assert caught.value.code == "PAGE_NOT_RECOGNISED"


async def test_a_press_that_is_made_ends_the_count() -> None:
    often = ["changed"] * MOST_CHANGES
    acting, course, window = a_login(*often, "", *often)
    for made in [*often, "", *often]:
        before = course.sent.pressed_at
        await acting.press(window, PRESS)
        assert (course.sent.pressed_at != before) == (not made)


async def test_a_control_that_is_covered_or_gone_may_come_again() -> None:
    """A page that loads may cover its form for as long as it likes."""
    reasons = ["covered", "gone", "disabled", "not wanted"] * MOST_CHANGES
    acting, course, window = a_login(*reasons)
    for _ in reasons:
        await acting.press(window, PRESS)
    assert course.sent.pressed_at is None


async def test_a_pin_for_a_form_that_is_not_typed_into_is_not_announced() -> None:
    course, window = a_course(attempts := Told()), a_window()
    course.step = "pin"
    eyes = SimpleNamespace(world=lambda _: 1, may_send=lambda _: False)
    cast("Any", window).hands = HandsOfALogin(cast("Any", None), cast("Any", eyes))
    acting = Acting(course, booking := Booking(course), Codes(course))
    field = Field(1, posts="https://strangers.example")
    form = Form("pin", field, Control(2), ())
    with pytest.raises(PageChangedError) as caught:
        await acting.fill(window, cast("Any", SimpleNamespace(look=Look())), Fill(form))
    booking.withdraw_pin()
    assert caught.value.code == "UNTRUSTED_ORIGIN"
    assert attempts.heard == []


async def test_a_press_whose_stop_is_heard_of_late_is_taken_back() -> None:
    """The browser has answered before the page told that its guard had let nothing through."""
    acting, course, window = a_login("", "")
    window.eyes.stops = 4
    for _ in range(2):
        await acting.press(window, PRESS)
        acting.hear_of_stops(window)
        assert course.sent.pressed_at is not None, "no stop was told"
        window.eyes.stops += 1
        acting.hear_of_stops(window)
        assert course.sent.pressed_at is None


async def test_a_stop_in_another_window_takes_no_press_back() -> None:
    acting, course, window = a_login("")
    await acting.press(window, PRESS)
    later = a_window()
    later.eyes.stops = 1
    acting.hear_of_stops(later)
    assert course.sent.pressed_at is not None


@pytest.mark.parametrize("blur", [True, False])
async def test_a_key_in_the_passwords_form_is_pressed_where_the_password_stands(
    blur: bool,
) -> None:
    course, window = a_course(Told()), a_window()
    course.job = replace(course.job, account=Account("9876501234", "135790", "correct horse"))
    codes = Codes(course)
    codes.code = "123456"
    told: list[str] = []

    async def hear(_: Field, text: str, **__: Any) -> bool:
        told.append(text)
        return True

    cast("Any", window).hands = SimpleNamespace(blur=hear, enter=hear)
    await Acting(course, Booking(course), codes).key(window, Key(PIN, "password", blur=blur))
    assert told == ["correct horse"]


class Typing(Hands):
    """Types, or answers why not."""

    def check(self, field: Field) -> None:
        """Every field may be typed into."""

    async def fill(self, *_: Any, **__: Any) -> str:
        return self._answers.pop(0)


def a_form(*answers: str) -> tuple[Acting, Course, Window, Fill]:
    acting, course, window = a_login()
    course.step = "mobile"
    ears = cast("Any", window).ears
    cast("Any", window).hands = Typing(*answers)
    cast("Any", window).gate.typing = lambda: None
    ears.look_out_for = lambda *_: None
    return acting, course, window, Fill(Form("mobile", MOBILE, None, ()))


async def test_what_appears_while_a_code_is_waited_for_is_none_of_its_refusals() -> None:
    """A fresh TOTP window may be half a minute away: the page says much meanwhile."""
    acting, course, window, step = a_form("typed")
    decided_by = course.view(window)
    window.eyes.look = Look(texts=(Text("Invalid OTP entered."),))
    await acting.fill(window, decided_by, step)
    assert "invalid otp entered." in course.before


async def test_a_field_that_takes_nothing_is_looked_at_anew_before_the_next_try() -> None:
    acting, course, window, step = a_form("gone")
    course.changed.clear()
    waited = asyncio.ensure_future(acting.fill(window, course.view(window), step))
    await asyncio.sleep(0)
    assert not waited.done(), "it waits for what is new"
    course.changed.set()
    await waited
    assert course.sent.last is None


@pytest.mark.parametrize(
    ("call", "is_wanted"),
    [
        (asked("9", 100.0), False),
        # Strangers are told nothing that could be a PIN, and what was sent before holds none.
        (asked("9", 100.0, trusted=False), True),
        (asked("9", 100.0, same=True), True),
        (asked("9", 99.0), True),
    ],
)
async def test_no_key_follows_once_the_page_has_sent_something_to_upstox(
    call: Call, is_wanted: bool
) -> None:
    acting, course, window, _ = a_form("typed")
    course.step = "pin"
    wants: list[bool] = []

    class Typist(Typing):
        async def fill(self, *_: Any, wanted: Callable[[], bool], **__: Any) -> str:
            cast("Any", window).ears.traffic = Traffic((call,))
            wants.append(wanted())
            return "typed"

    cast("Any", window).hands = Typist()
    await acting.fill(window, course.view(window), Fill(Form("pin", PIN, None, ())))
    assert wants == [is_wanted]
