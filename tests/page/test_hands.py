"""A press is asked about last, when the page has answered where to press."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from msgspec.structs import replace

from tests.page.looks import PIN, button
from upstox_browser_login.page.eyes import Eyes
from upstox_browser_login.page.hands import Hands


@dataclass
class Page:
    """Chromium's side: it answers where the control is, and notes what it is told to do."""

    asked: list[str] = field(default_factory=list)
    stops: int = 0

    def on(self, event: Any, f: Callable[..., Any]) -> None:
        raise AssertionError(event, f)

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        if method != "Runtime.callFunctionOn":
            self.asked.append(method)
            return {}
        assert params is not None
        name = params["functionDeclaration"].partition("uplHands.")[2].partition("(")[0]
        self.asked.append(name)
        answer = {"why": "", "x": 1, "y": 2, "own": True} if name == "aim" else ""
        return {"result": {"value": answer}}

    def world(self, _frame: str) -> int:
        return 1


def hands_on(page: Page) -> Hands:
    return Hands(page, cast("Eyes", page))


MOUSE = ["Input.dispatchMouseEvent"] * 2
KEY = ["Input.dispatchKeyEvent"] * 2


@pytest.mark.parametrize(("wanted", "done"), [(True, MOUSE), (False, ["missed"])])
async def test_a_press_that_is_not_wanted_any_more_is_not_made(
    wanted: bool, done: list[str]
) -> None:
    """The page has sent something while it was asked; its guard lets other presses pass again."""
    page = Page()

    def is_wanted() -> bool:
        assert page.asked == ["aim"]
        return wanted

    assert bool(await hands_on(page).press(button("Continue"), wanted=is_wanted)) != wanted
    assert page.asked == ["aim", *done]


@pytest.mark.parametrize(("wanted", "done"), [(True, KEY), (False, [])])
async def test_enter_that_is_not_wanted_any_more_is_not_pressed(
    wanted: bool, done: list[str]
) -> None:
    page = Page()
    assert await hands_on(page).enter(PIN, "135790", wanted=lambda: wanted) == wanted
    assert page.asked == ["focus", *done]


class Shut(Page):
    """A page whose field opens at a press."""

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        told = await super().send(method, params)
        if self.asked[-1] == "fill":
            told = {"result": {"value": "typed" if MOUSE[0] in self.asked else "closed"}}
        return told


@pytest.mark.parametrize(
    ("closed", "told", "done"),
    [(False, "typed", ["fill", "aim", *MOUSE, "fill"]), (True, "closed", ["fill"])],
)
async def test_a_field_that_is_read_only_is_pressed_and_typed_into(
    closed: bool, told: str, done: list[str]
) -> None:
    page = Shut()
    assert await hands_on(page).fill(replace(PIN, disabled=closed), "135790") == told
    assert page.asked == done


async def test_a_field_is_left_after_a_key_that_changes_nothing() -> None:
    page = Page()
    await hands_on(page).blur(PIN, "135790")
    assert page.asked == ["focus", *KEY, "blur"]
