"""What a user's own `Progress` is told of a login, and what it may ask for."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page

from tests.harness import Desk
from upstox_browser_login import Progress
from upstox_browser_login.errors import Step, UpstoxError
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import login_result
from upstox_browser_login.session.login import Watcher

pytestmark = pytest.mark.usefixtures("sharing")


class Told(Progress):
    """Keeps the order in which it is told."""

    def __init__(self, *, inspect: bool = False) -> None:
        self.told: list[str] = []
        self._inspect = inspect

    def step_started(self, step: Step) -> None:
        self.told.append(f"{step} started")

    def step_done(self, step: Step, seconds: float) -> None:
        assert seconds >= 0
        self.told.append(f"{step} done")

    def failed(self, error: UpstoxError) -> None:
        self.told.append(f"failed: {error.code}")

    async def pause(self) -> bool:
        self.told.append("pause")
        return self._inspect

    async def hold(self, error: UpstoxError) -> None:
        self.told.append(f"hold: {error.code}")


def test_a_login_that_fails_is_told_in_words(desk: Desk) -> None:
    told = Told()
    with Replica("wrong-pin", clock=desk.clock.time) as replica, pytest.raises(UpstoxError):
        login_result(desk.settings(replica, trace="off"), progress=told, clock=desk.clock)
    steps: tuple[Step, ...] = ("open", "mobile", "totp")
    walked = [f"{step} {what}" for step in steps for what in ("started", "done")]
    walked.remove("open started")
    assert [each for each in told.told if each not in {"pause", "open started"}] == [
        *walked,
        "pin started",
        "failed: PIN_REJECTED",
        "hold: PIN_REJECTED",
    ]
    assert told.told.count("pause") == 1
    assert told.told.index("pause") < told.told.index("open done")


@pytest.mark.parametrize("inspect", [False, True])
def test_the_inspector_is_opened_for_whoever_asks(
    inspect: bool, desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is loaded; a browser without a window has no inspector to open."""
    loaded: list[int] = []

    async def pause(_page: Page) -> None:
        loaded.append(len(replica.log))

    monkeypatch.setattr("playwright.async_api._generated.Page.pause", pause)
    progress = Told(inspect=inspect)
    login_result(desk.settings(replica), progress=progress, clock=desk.clock)
    assert loaded == ([0] if inspect else [])
    assert not [each for each in progress.told if each.startswith(("failed", "hold"))]


class ClosesTheWindow(Watcher):
    """A person who closes the window in place of pressing Enter."""

    def __init__(self) -> None:
        self.cancelled = False

    async def opened(self, page: Page) -> None:
        self._page = page

    async def hold(self, error: UpstoxError) -> None:  # noqa: ARG002
        try:
            await self._page.close()
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise


def test_a_window_that_is_closed_is_held_no_longer(desk: Desk) -> None:
    person = ClosesTheWindow()
    with (
        Replica("wrong-pin", clock=desk.clock.time) as replica,
        pytest.raises(UpstoxError) as caught,
    ):
        login_result(desk.settings(replica, trace="off"), progress=person, clock=desk.clock)
    assert caught.value.code == "PIN_REJECTED"
    assert person.cancelled
