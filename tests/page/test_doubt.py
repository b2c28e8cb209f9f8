"""In doubt, a login stops: what was announced counts, and nothing is typed a second time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from playwright.async_api import Page, async_playwright

from tests.harness import Desk, FakeClock, Notes, variants
from upstox_browser_login.browser.find import find_chromium
from upstox_browser_login.errors import PageChangedError
from upstox_browser_login.page.eyes import Eyes
from upstox_browser_login.page.hands import Hands
from upstox_browser_login.page.look import BINDING, WORLD, Control, Field, Look
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import token_result
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import open_store, token_key
from upstox_browser_login.token import IST, Token

# -- what a page may tell --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "{",
        "null",
        "[]",
        '"look"',
        "7",
        '{"broken": "Error: no"}',
        '{"fields": [null]}',
        '{"fields": ["x"]}',
        '{"fields": [{}]}',
        '{"texts": [{}]}',
        '{"texts": 7}',
        '{"controls": {"n": 1}}',
        '{"frames": [[]]}',
        pytest.param("[" * 100_000, id="deep"),
    ],
)
def test_what_is_no_look(payload: str) -> None:
    """Whoever told it, the look before it stands."""
    with pytest.raises((ValueError, TypeError, RecursionError)):
        Look.read(payload)


def test_a_look_is_no_longer_than_it_can_be() -> None:
    """No text of a page is kept whole, and nothing that has no name."""
    text = "x" * 1_000_000
    told = {
        "path": text,
        "title": text,
        "ready": "yes",
        "spinner": 1,
        "fields": [{"n": 1, "id": text, "near": [text, text], "value": "135790", "frame": "other"}],
        "texts": [{"text": text, "live": text}],
    }
    look = Look.read(json.dumps(told), "ours")
    assert max(map(len, (look.path, look.title, look.fields[0].id, look.texts[0].text))) <= 400
    assert [len(each) for each in look.fields[0].near] == [400, 400]
    assert look.fields[0].frame == "ours"
    assert not hasattr(look.fields[0], "value")
    assert (look.ready, look.spinner) == (False, False)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["fields", "controls", "texts", "frames", "n", "text", "at", "ready"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


class Session:
    """A CDP session whose events a test tells, and whose calls it answers."""

    def __init__(self, *answers: Any) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self._heard: dict[str, Callable[..., Any]] = {}
        self._answers = list(answers)

    def on(self, event: Any, f: Callable[..., Any]) -> None:
        self._heard[event] = f

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        self.sent.append((method, params or {}))
        if method == "Runtime.callFunctionOn" and self._answers:
            return {"result": {"value": self._answers.pop(0)}}
        return {}

    def tell(self, event: str, **about: Any) -> None:
        self._heard[event](about)

    def world(self, number: int, frame: str, origin: str, name: str = WORLD) -> None:
        """A world of scripts begins."""
        context = {"id": number, "name": name, "origin": origin, "auxData": {"frameId": frame}}
        self.tell("Runtime.executionContextCreated", context=context)

    def says(self, world: int, payload: str, name: str = BINDING) -> None:
        """A world tells something."""
        self.tell("Runtime.bindingCalled", name=name, executionContextId=world, payload=payload)


UPSTOX, EVIL = "https://login.upstox.com", "https://evil.example"


async def open_eyes(*answers: Any) -> tuple[Eyes, Session]:
    """Eyes on a window whose page is Upstox's, with our world in it."""
    session = Session(*answers)
    eyes = Eyes(trusted=lambda url: url == UPSTOX, monotonic=lambda: 5.0, changed=lambda: None)
    await eyes.open(session, "main")
    session.world(1, "main", UPSTOX)
    session.world(2, "main", UPSTOX, name="")
    return eyes, session


def telling(text: str) -> str:
    return json.dumps({"ready": True, "texts": [{"text": text}]})


async def test_only_our_world_of_a_trusted_frame_is_heard() -> None:
    eyes, session = await open_eyes()
    session.tell("Page.frameAttached", frameId="partner", parentFrameId="main")
    session.world(3, "partner", EVIL)
    session.says(1, telling("Hello"))
    assert eyes.look.says() == "Hello"
    # The page's own scripts, a foreign frame, a world that is gone, and another function.
    session.says(2, telling("Your account is locked"))
    session.says(3, telling("Your account is locked"))
    session.says(9, telling("Your account is locked"))
    session.says(1, telling("Your account is locked"), name="another")
    assert eyes.look.says() == "Hello"
    session.tell("Page.frameAttached", frameId="form", parentFrameId="main")
    session.world(4, "form", UPSTOX)
    session.says(4, telling("Enter PIN"))
    assert eyes.look.says() == "Hello\nEnter PIN"


async def test_a_trusted_frame_within_a_foreign_one_is_not_heard() -> None:
    eyes, session = await open_eyes()
    session.says(1, telling("Hello"))
    session.tell("Page.frameAttached", frameId="partner", parentFrameId="main")
    session.tell("Page.frameAttached", frameId="form", parentFrameId="partner")
    session.world(3, "partner", EVIL)
    session.world(4, "form", UPSTOX)
    session.says(4, telling("Enter PIN"))
    assert eyes.look.says() == "Hello"
    assert not eyes.may_type("form")
    assert eyes.world("form") is None


async def test_nothing_is_seen_of_a_page_that_is_not_upstoxs() -> None:
    eyes, session = await open_eyes()
    session.says(1, telling("Hello"))
    session.tell("Runtime.executionContextsCleared")
    assert eyes.look == Look()
    session.world(5, "main", EVIL)
    session.says(5, telling("Enter PIN"))
    assert eyes.look == Look()
    assert eyes.world("") is None


@given(JSON.map(json.dumps) | st.text(max_size=20))
@example("[" * 100_000)
@example(json.dumps({"fields": [{"n": "x", "at": "y", "near": 7, "maxlength": None}]}))
def test_whatever_is_told_the_eyes_stay_open(payload: str) -> None:
    async def run() -> None:
        eyes, session = await open_eyes()
        session.says(1, telling("Hello"))
        session.says(1, payload)
        session.says(1, telling("Bye"))
        assert eyes.look.says() == "Bye"

    asyncio.run(run())


# -- hands -----------------------------------------------------------------------------------------

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


# -- in the browser --------------------------------------------------------------------------------

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

    page: Page
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


# -- what was not accepted is not sent again -------------------------------------------------------


@pytest.mark.usefixtures("sharing")
def test_a_refused_password_is_not_sent_again(desk: Desk) -> None:
    """A restart loop with a wrong password sends it once; then it cools down."""
    with Replica("password", clock=desk.clock.time) as replica:
        first = desk.log_in(replica, password="not the password")
        second = desk.log_in(replica, password="not the password")
        sent = [entry for entry in replica.log.of("password") if entry.method == "POST"]
        visits = replica.counts.otp_requests
    assert (first.code, second.code) == ("PIN_REJECTED", "COOLING_DOWN"), first.error
    assert first.error is not None
    assert "UPSTOX_PASSWORD" in first.error.hint
    assert len(sent) == 1
    assert visits == 1


@pytest.mark.parametrize(("at", "margin"), [((2, 45), 3600.0), ((3, 29), 60.0)])
def test_no_login_where_a_new_token_would_live_no_longer(
    at: tuple[int, int], margin: float, desk: Desk
) -> None:
    """Shortly before 03:30 the stored token is as good as any that a login could get."""
    now = datetime(2026, 11, 25, *at, 5, tzinfo=IST)
    clock = FakeClock((now - datetime.now(UTC)).total_seconds())
    with Replica(clock=clock.time) as replica:
        settings = desk.settings(replica)
        token = Token.from_reply({"access_token": "e" * 40}, issued_at=now - timedelta(hours=3))
        open_store(settings).save(token_key(settings), token)
        found = token_result(settings, progress=Notes(), clock=clock, margin=margin)
        assert found.source == "store"
        assert found.token == token
        assert replica.counts.otp_requests == 0
