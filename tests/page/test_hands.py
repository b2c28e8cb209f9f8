"""What is typed and pressed: only where it may be, and only what is still wanted then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from msgspec.structs import replace
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage
from playwright.async_api import async_playwright

from tests.harness import Desk, variants
from tests.page.looks import PIN, button
from tests.page.worlds import EVIL, open_eyes
from upstox_browser_login.browser.find import find_chromium
from upstox_browser_login.errors import PageChangedError
from upstox_browser_login.page.eyes import Eyes
from upstox_browser_login.page.hands import Hands
from upstox_browser_login.page.look import Control, Field
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings


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


@pytest.mark.parametrize(("wanted", "done"), [(True, MOUSE), (False, ["disarm"])])
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


async def test_no_key_follows_once_the_page_has_sent_what_was_typed() -> None:
    """A page that takes a PIN of four digits sends it at the fourth, and again at each other."""
    page = Page()

    def is_wanted() -> bool:
        return page.asked.count("focus") <= 4

    assert await hands_on(page).fill(PIN, "135790", keys=True, wanted=is_wanted) == "typed"
    assert page.asked == [*["focus", *KEY] * 4, "focus", "again"]


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


async def test_a_control_counts_as_pressed_where_its_frame_has_gone_meanwhile() -> None:
    """Chromium says the same whether it went before the press or by it."""
    page = GoingLate()
    assert await hands_on(page).press(button("Continue", frame="partner")) == ""
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


FIELD, FRAMED = Field(n=7), Field(n=7, frame="partner")


async def test_nothing_is_typed_or_pressed_where_it_may_not_be() -> None:
    """The browser tells the origin; a field that a foreign frame tells of is not touched."""
    eyes, session = await open_eyes()
    session.tell("Page.frameAttached", frameId="partner", parentFrameId="main")
    session.world(3, "partner", EVIL)
    hands = Hands(session, eyes)
    before = len(session.sent)
    for act in (
        hands.fill(FRAMED, "024680"),
        hands.fill(FRAMED, "024680", keys=True),
        hands.enter(FRAMED, "024680"),
        hands.press(Control(n=8, frame="partner")),
    ):
        with pytest.raises(PageChangedError) as caught:
            await act
        assert caught.value.code == "UNTRUSTED_ORIGIN"
    assert len(session.sent) == before


@pytest.mark.parametrize(
    ("answers", "told", "keys"),
    [
        (["gone"], "gone", 0),
        (["focus"], "focus", 0),
        # The focus is stolen after two keys: the others are not pressed.
        (["", "", "focus"], "typed", 2),
        ([""] * 6, "typed", 6),
    ],
)
async def test_each_key_is_pressed_only_with_the_focus_in_its_field(
    answers: list[str], told: str, keys: int
) -> None:
    eyes, session = await open_eyes(*answers)
    assert await Hands(session, eyes).fill(FIELD, "024680", keys=True) == told
    pressed = [each for method, each in session.sent if method == "Input.dispatchKeyEvent"]
    assert [each["text"] for each in pressed if each["type"] == "keyDown"] == list("024680")[:keys]


async def test_enter_is_pressed_only_with_the_focus_in_the_field() -> None:
    eyes, session = await open_eyes("focus")
    assert not await Hands(session, eyes).enter(FIELD, "024680")
    assert not [method for method, _ in session.sent if method.startswith("Input.")]


@pytest.mark.parametrize(
    ("aim", "told", "pressed"),
    [
        ({"x": 5, "y": 6, "own": True}, "", [(5, 6)] * 2),
        ({"why": "covered"}, "covered", []),
        (None, "gone", []),
    ],
)
async def test_a_control_is_pressed_once_where_it_is_found(
    aim: Any, told: str, pressed: list[tuple[int, int]]
) -> None:
    eyes, session = await open_eyes(aim)
    assert await Hands(session, eyes).press(Control(n=8)) == told
    events = [each for method, each in session.sent if method == "Input.dispatchMouseEvent"]
    assert [(each["x"], each["y"]) for each in events] == pressed


FORM = """<form id="secret-pin-form"><label for="pinCode">Enter 6-digit PIN</label>
<input id="pinCode" type="password" maxlength="6"><button id="pinContinueBtn">Continue</button>
</form><iframe srcdoc="<input id=thief autofocus>"></iframe>
<script>
  const field = document.getElementById("pinCode");
  document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  const thief = () => document.querySelector("iframe").contentDocument.getElementById("thief");
  window.found = [typeof uplTell, typeof uplHands].join();
  STEAL
</script>"""


STEALS = {
    "input": 'field.addEventListener("input", () => thief().focus());',
    "focus": 'field.addEventListener("focus", () => thief().focus());',
    "keys": 'field.addEventListener("keydown", () => thief().focus());',
}


@dataclass
class Opened:
    """A page that is looked at, and the hands on it."""

    page: BrowserPage
    eyes: Eyes
    hands: Hands
    told: asyncio.Event

    async def field(self) -> Field:
        """The first field, once a look tells of it."""
        async with asyncio.timeout(20):
            while not self.eyes.look.fields:
                self.told.clear()
                await self.told.wait()
        return self.eyes.look.fields[0]


@asynccontextmanager
async def opened(desk: Desk, replica: Replica, script: str) -> AsyncIterator[Opened]:
    """The form of a PIN, with this script, on a page that is taken for Upstox's."""
    path = find_chromium(Settings(state_dir=desk.home)).path
    told = asyncio.Event()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path)
        context = await browser.new_context()
        page = await context.new_page()
        session = await context.new_cdp_session(page)
        tree = await session.send("Page.getFrameTree")
        eyes = Eyes(
            trusted=lambda url: url.startswith(replica.api_url),
            monotonic=asyncio.get_running_loop().time,
            changed=told.set,
        )
        await eyes.open(session, str(tree["frameTree"]["frame"]["id"]))
        await page.goto(f"{replica.api_url}/nowhere")
        await page.set_content(FORM.replace("STEAL", script))
        yield Opened(page, eyes, Hands(session, eyes), told)
        await browser.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("when", "keys"),
    [
        ("focus", False),
        ("input", True),
        *variants(("focus", True), ("input", False), ("keys", False), ("keys", True)),
    ],
)
async def test_typing_reaches_its_field_only(
    when: str, keys: bool, desk: Desk, replica: Replica
) -> None:
    """Whoever takes the focus gets no digit, and the page's scripts find nothing of ours."""
    async with opened(desk, replica, STEALS[when]) as window:
        told = await window.hands.fill(await window.field(), "024680", keys=keys)
        page = window.page
        typed = await page.locator("#pinCode").input_value()
        assert await page.frames[1].locator("#thief").input_value() == ""
        assert "024680".startswith(typed)
        assert typed == "024680" or told != "typed" or keys or when == "focus"
        assert await page.evaluate("window.found") == "undefined,undefined"


@pytest.mark.browser
async def test_a_look_tells_of_what_was_typed_before_anything_is_decided(
    desk: Desk, replica: Replica
) -> None:
    """Only its length, and whether it is that; a look from before would have it typed again."""
    for keys in (False, True):
        async with opened(desk, replica, "") as window:
            field = await window.field()
            assert await window.hands.fill(field, "024680", keys=keys) == "typed"
            now = window.eyes.look.fields[0]
            assert (now.n, now.length, now.holds) == (field.n, 6, True)
            assert "024680" not in repr(window.eyes.look)
