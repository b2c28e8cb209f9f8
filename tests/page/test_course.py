"""What a login remembers of the page before it types."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace

from upstox_browser_login.page.here import Form, Sent
from upstox_browser_login.page.look import Field
from upstox_browser_login.page.marks import Marks, TextMark
from upstox_browser_login.page.recognise import recognise

from .looks import CODE_TAKEN, OTP, PIN, PIN_IS_SET, page
from .stand_ins import Told, a_course


def _after_the_code(before: Field) -> str:
    """What is made of the PIN's field in a form of its own, that stood beside the code's so."""
    course = a_course(Told())
    code = replace(OTP, form=2, at=(500, 100, 240, 40))
    course.sent = replace(CODE_TAKEN, field=code.n)
    course.stood_before(page(code, before), code)
    after = page(replace(code, disabled=True, length=6), replace(before, disabled=False))
    here = recognise(after, PIN_IS_SET, course.sent)
    return here.purpose if isinstance(here, Form) else type(here).__name__


def test_a_step_that_was_closed_and_is_opened_has_come() -> None:
    """Steps may stand side by side; each is opened when the one before it is done."""
    assert _after_the_code(replace(PIN, disabled=True)) == "pin"
    assert _after_the_code(PIN) == "Nothing"


def test_a_dialog_counts_for_what_was_sent_when_it_came() -> None:
    """One about a refused code may come while the next code is waited for."""
    course = a_course(Told())
    course.hear_dialog("Invalid OTP entered.")
    assert course.complaints == []
    course.sent = replace(course.sent, last="otp")
    course.hear_dialog("Invalid OTP entered.")
    assert [each.where for each in course.complaints] == ["dialog"]


def test_a_dialog_of_the_browser_means_what_the_page_file_says() -> None:
    course = a_course(Told())
    entry = TextMark("pin refused", "not that one")
    course.job = replace(course.job, marks=Marks(texts=(entry,)))
    course.sent = replace(course.sent, last="pin")
    course.hear_dialog("Nope, not that one.")
    assert [each.meaning for each in course.complaints] == ["pin refused"]


def test_a_new_window_forgets_all_but_what_was_sent() -> None:
    course = a_course(Told())
    course.sent = replace(
        CODE_TAKEN, field=7, beside=("x",), headings=frozenset({"Upstox"}), lock_told=True, codes=2
    )
    course.hear_dialog("Something went wrong")
    course.begin_again()
    assert course.sent == Sent(codes=2, refused_codes=2)
    assert course.complaints == []


@pytest.mark.parametrize("turns", range(6))
async def test_no_cancellation_is_lost_that_comes_with_a_change(turns: int) -> None:
    """A page that is never at rest must not outlive the login's limit."""
    course = a_course(Told())

    async def for_ever() -> None:
        while True:
            course.changed.clear()
            await course.wait(60)

    waits = asyncio.ensure_future(for_ever())
    await asyncio.sleep(0)
    course.changed.set()
    for _ in range(turns):
        await asyncio.sleep(0)
    waits.cancel()
    await asyncio.wait({waits}, timeout=1)
    was_cancelled = waits.cancelled()
    waits.cancel()
    assert was_cancelled
