"""A press is asked about last, when the page has answered where to press."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from msgspec.structs import replace
from playwright.async_api import Error as PlaywrightError

from tests.page.looks import PIN, button
from upstox_browser_login.errors import PageChangedError
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
        answer = {"why": "", "x": 1, "y": 2, "own": True} if name.startswith("aim") else ""
        return {"result": {"value": answer}}

    def world(self, _frame: str) -> int | None:
        return 1

    def has_world(self, _frame: str) -> bool:
        return True


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


async def test_a_press_waits_for_the_page_to_draw_where_that_is_asked_for() -> None:
    page = Page()
    assert await hands_on(page).press(button("Continue"), once_drawn=True) == ""
    assert page.asked == ["aimOnceDrawn", *MOUSE]


# -- a page that goes elsewhere --------------------------------------------------------------------


class Going(Page):
    """A page that goes elsewhere while it is asked, as Chromium tells of it."""

    says = ""

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        await super().send(method, params)
        raise PlaywrightError(f"Protocol error ({method}): {self.says}")


@pytest.mark.parametrize(
    "says",
    [
        "Cannot find context with specified id",
        "Execution context was destroyed.",
        "Inspected target navigated or closed",
    ],
)
async def test_a_page_that_has_gone_is_acted_on_no_more(says: str) -> None:
    """It may have gone after the first character, so a credential counts as typed."""
    page = Going()
    page.says = says
    hands = hands_on(page)
    assert await hands.fill(PIN, "135790") == "typed"
    assert await hands.press(button("Continue"), once_drawn=True) == "gone"
    assert not await hands.enter(PIN, "135790")
    assert page.asked == ["fill", "aimOnceDrawn", "focus"]


class GoingLate(Going):
    """One that goes once it has told where to press, in a frame whose place it does not know."""

    says = "Cannot find context with specified id"

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        if params is not None and "uplHands.aim(" in params["functionDeclaration"]:
            told = await Page.send(self, method, params)
            told["result"]["value"]["own"] = False
            return told
        return await super().send(method, params)


async def test_a_control_of_a_frame_that_has_gone_is_not_pressed() -> None:
    page = GoingLate()
    assert await hands_on(page).press(button("Continue", frame="partner")) == "gone"
    assert page.asked == ["aim", "node", "click"]


async def test_what_else_the_browser_refuses_is_an_error() -> None:
    page = Going()
    page.says = "Internal error"
    with pytest.raises(PlaywrightError, match="Internal error"):
        await hands_on(page).press(button("Continue"))


class Between(Page):
    """A window between two pages; `has_page` tells of one that is not trusted."""

    has_page = False

    def world(self, _frame: str) -> int | None:
        return None

    def has_world(self, _frame: str) -> bool:
        return self.has_page


async def test_between_two_pages_nothing_is_done() -> None:
    page = Between()
    assert await hands_on(page).fill(PIN, "135790") == "gone"
    assert await hands_on(page).press(button("Continue")) == "gone"
    page.has_page = True
    with pytest.raises(PageChangedError) as caught:
        await hands_on(page).fill(PIN, "135790")
    assert caught.value.code == "UNTRUSTED_ORIGIN"
    assert page.asked == []
