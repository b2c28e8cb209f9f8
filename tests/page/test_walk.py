"""A whole walk: what counts of it whose page goes, and what a page may do in time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from playwright.async_api import Error as PlaywrightError

from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.page import walk
from upstox_browser_login.page.endings import strayed
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.timing import Timing
from upstox_browser_login.page.walk import Walk
from upstox_browser_login.page.window import Window
from upstox_browser_login.page.wire.calls import Call, Traffic

from .looks import ended
from .simulated.login import LIMIT, log_in
from .simulated.manners import Page, endings, pages
from .stand_ins import Told, a_course, a_window
from .views import CARRIES_PIN, PIN_SENT

REFUSED = ended(CARRIES_PIN, 92.0, ok=False, said=Said("x", "1017106"))


def walk_that_ends(
    by: Callable[[Window], BaseException],
    monkeypatch: pytest.MonkeyPatch,
    call: Call = REFUSED,
    **about: Any,
) -> tuple[Walk, Told]:
    """A walk whose PIN was refused a moment ago, or is under way, and that now ends otherwise."""
    window = a_window(call)

    async def gone(work: Any) -> None:
        work.close()
        raise by(window)

    async def opened() -> Window:
        return window

    async def nothing(*_: Any) -> None:
        """Load no page."""

    cast("Any", window).unless_gone = gone
    cast("Any", window).place = "https://login.upstox.com/"
    monkeypatch.setattr(walk, "load", nothing)
    login = Walk(a_course(attempts := Told(), **about).job)
    monkeypatch.setattr(login, "_open_window", opened)
    login._window = window
    login._course.sent = PIN_SENT
    login._course.step = "pin"
    return login, attempts


def flooded(window: Window) -> UpstoxError:
    cast("Any", window).gate.flooded = True
    return Window.gone(window)


@pytest.mark.parametrize(
    "by",
    [
        Window.gone,
        flooded,
        lambda _: strayed("https://upstox.com/x", None, is_upstox=True, step="pin"),
        lambda _: PlaywrightError("Target closed"),
    ],
)
async def test_a_refusal_counts_though_its_page_went_before_it_was_shown(
    by: Callable[[Window], BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    login, attempts = walk_that_ends(by, monkeypatch)
    with pytest.raises(UpstoxError) as caught:
        await login.run()
    assert caught.value.code == "PIN_REJECTED"
    assert attempts.heard.count(("pin_refused", "135790")) == 1


async def test_a_refusal_counts_though_the_login_is_called_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    login, attempts = walk_that_ends(lambda _: asyncio.CancelledError(), monkeypatch)
    with pytest.raises(asyncio.CancelledError):
        await login.run()
    assert attempts.heard.count(("pin_refused", "135790")) == 1


@pytest.mark.parametrize("in_time", [True, False])
async def test_a_login_that_is_called_off_hears_what_came_of_its_pin(
    monkeypatch: pytest.MonkeyPatch, *, in_time: bool
) -> None:
    """It waits for no answer where the login's limit has come."""
    login, attempts = walk_that_ends(
        lambda _: asyncio.CancelledError(), monkeypatch, CARRIES_PIN, in_time=lambda: in_time
    )
    running = asyncio.create_task(login.run())
    await asyncio.sleep(0.05)
    assert running.done() is not in_time
    cast("Any", login._window).ears.traffic = Traffic((REFUSED,))
    login._course.changed.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert attempts.heard.count(("pin_refused", "135790")) == in_time


async def test_a_login_that_is_called_off_does_not_wait_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    login, attempts = walk_that_ends(
        lambda _: asyncio.CancelledError(), monkeypatch, CARRIES_PIN, timing=Timing(called_off=0.05)
    )
    with pytest.raises(asyncio.CancelledError):
        await login.run()
    assert attempts.heard == []


@pytest.mark.timeout(900)  # some hundred walks, where wild inputs come in larger numbers
@given(pages())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_page_does_in_time_each_secret_leaves_once(page: Page) -> None:
    """And the ledger knows of no refusal that the server has not given, nor misses one."""
    login = log_in(page)
    world = login.world
    secrets = Counter(each for each in world.came if each[0] != "mobile")
    assert set(secrets.values()) <= {1}
    assert sum(form == "pin" for form, _ in secrets) <= 1
    assert login.took <= LIMIT + 5
    assert login.booked("code_refused") <= world.refused["otp"]
    assert login.booked("pin_refused") + login.booked("account_locked") <= world.refused["pin"]
    assert login.code in endings(page)


@pytest.mark.parametrize("closed", [True, False])
async def test_the_gate_of_a_window_is_given_back_only_once_that_has_closed(closed: bool) -> None:
    """Chromium then sends what is paused there, and a second PIN may be among it."""
    window, told = cast("Any", a_window(REFUSED)), Told()

    async def close() -> bool:
        return closed

    async def detach() -> None:
        told.detached()

    window.close, window.outer = close, SimpleNamespace(detach=detach)
    login = Walk(a_course(Told()).job)
    login._window = window
    assert await login.close() is closed
    assert told.heard == [("detached",)] * closed


async def test_no_other_window_opens_behind_the_gate_of_one_that_does_not_close(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    login, opened = Walk(a_course(Told()).job), Told()

    async def close() -> bool:
        return False

    monkeypatch.setattr(login, "close", close)
    monkeypatch.setattr(walk, "open_window", opened.open_window)
    with pytest.raises(UpstoxError) as caught:
        await login._open_window()
    assert caught.value.code == "BROWSER_CRASHED"
    assert not opened.heard
