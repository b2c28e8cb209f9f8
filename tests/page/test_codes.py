"""A code is of a fresh window, is never sent twice, and is announced before it is typed."""

from __future__ import annotations

from typing import Any

import pytest

from upstox_browser_login.errors import PageChangedError
from upstox_browser_login.page.codes import Codes

from .stand_ins import NOON, Printed, StillClock, Told, a_course, a_window

WINDOW = int(NOON // 30)


def ledger(last: int | None = None, *sent: str) -> Told:
    answers: dict[str, Any] = {
        "last_window": lambda *_, **__: last,
        "was_sent": lambda code: code in sent,
    }
    return Told(answers)


async def test_a_code_is_announced_once_for_its_window() -> None:
    attempts = ledger()
    course = a_course(attempts)
    codes, window = Codes(course), a_window()
    code = await codes.fresh(window)
    assert await codes.fresh(window) == code
    assert attempts.heard == [("sending_code", code, WINDOW, 30)]
    narrator: Any = course.job.narrator
    assert narrator.heard == [("sends", "totp")]


async def test_a_window_that_was_used_is_waited_out() -> None:
    course = a_course(attempts := ledger(last=WINDOW))
    await Codes(course).fresh(a_window())
    assert [each[2] for each in attempts.heard] == [WINDOW + 1]


async def test_a_command_that_prints_an_old_code_is_asked_again() -> None:
    """In the next window: the code that it prints was sent before."""
    printed = Printed(lambda window: "111111" if window == WINDOW else "222222")
    course = a_course(attempts := ledger(None, "111111"), printed)
    assert await Codes(course).fresh(a_window()) == "222222"
    assert [each[1] for each in attempts.heard] == ["222222"]


async def test_a_window_that_ends_meanwhile_needs_another_code() -> None:
    course = a_course(attempts := ledger())
    codes, window = Codes(course), a_window()
    first = await codes.fresh(window)
    assert isinstance(course.job.clock, StillClock)
    course.job.clock.at += 30
    assert await codes.fresh(window) != first
    assert [each[2] for each in attempts.heard] == [WINDOW, WINDOW + 1]


async def test_upstoxs_clock_decides() -> None:
    """The machine's own is 100 s behind."""
    course = a_course(attempts := ledger())
    await Codes(course).fresh(a_window(skew=100.0))
    assert [each[2] for each in attempts.heard] == [int((NOON + 100) // 30)]


async def test_nothing_is_announced_on_a_page_that_has_gone_elsewhere() -> None:
    course = a_course(attempts := ledger())
    with pytest.raises(PageChangedError):
        await Codes(course).fresh(a_window(strayed="https://evil.example"))
    assert attempts.heard == []
