"""What is heard of a person who types, in Chromium."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

import pytest
from playwright.async_api import Page

from tests.shared_browser import SharedBrowser
from upstox_browser_login.page.by_hand import hear


@pytest.mark.usefixtures("sharing")
def test_keys_that_no_field_takes_are_heard(shared_browser: SharedBrowser) -> None:
    """A page may draw a field of its own, and may take the keys of a real one."""
    page = """<div tabindex=0 id=drawn onkeydown="this.textContent += '*'"></div>
    <input id=taken onkeydown="event.preventDefault()"><input id=plain>"""

    async def type_there(tab: Page) -> None:
        for name in ("drawn", "taken", "plain"):
            await tab.locator(f"#{name}").focus()
            await tab.keyboard.type("24")
            # Each key is told by a timer, which the next field's events could overtake.
            await tab.evaluate("() => new Promise((done) => setTimeout(done, 20))")

    assert heard_on(page, type_there, shared_browser) == ["2", "24"] * 3


@pytest.mark.usefixtures("sharing")
def test_the_digits_of_a_keypad_on_the_screen_are_heard(shared_browser: SharedBrowser) -> None:
    """By their text, or by the label of a picture; what else is clicked is not."""
    page = """<button>1</button><div><span><b>9</b></span></div>
    <button aria-label="3"><svg width=20 height=20></svg></button>
    <button id=go>Continue</button><p id=text>Step 2 of 3</p>"""

    async def click_there(tab: Page) -> None:
        for name in ("text=1", "b", "[aria-label='3']", "#go", "text=1", "#text", "b"):
            await tab.locator(name).first.click()

    assert heard_on(page, click_there, shared_browser) == [
        "1",
        "19",
        "193",
        "1931",
        "9319",
        "19319",
    ]


KEYPAD = """<button>1</button><button>2<span>ABC</span></button>
<button aria-label="Digit 3">&#9679;</button><button><img alt=four width=20 height=20></button>
<button onpointerdown="this.outerHTML = '<button>7</button>'">5</button>
<button>&#9003;</button>"""
MASKED = """<input id=stars oninput="pin += event.data; value = '*'.repeat(value.length)">
<input id=taken onbeforeinput="event.preventDefault(); pin += event.data">
<input class=box><input class=box><input class=box><input class=box><input id=plain>
<script>let pin = "";
for (const box of document.querySelectorAll(".box"))
  box.oninput = () => box.nextElementSibling.focus();
</script>"""
POURED = """<input id=pasted onpaste="event.preventDefault()">
<div id=drawn tabindex=0>Paste it</div><input id=plain>
<span id=from draggable=true
  ondragstart="event.dataTransfer.setData('text', '864209')">PIN</span>
<p id=to ondragover="event.preventDefault()" ondrop="event.preventDefault()">here</p>"""


@pytest.mark.usefixtures("sharing")
def test_the_digits_of_another_screen_are_told_by_themselves(shared_browser: SharedBrowser) -> None:
    """So that a PIN is not taken for the longer one that it is with digits of the code before."""
    page = """<h1>Enter the code sent to you</h1><b>1</b><b>2</b><i>Please wait</i>
    <script>let count = 0; addEventListener("click", () => {
      count += 1;
      document.querySelector("i").textContent = `Resend in ${9 - count} s`;
      if (count === 6) document.querySelector("h1").textContent = "Welcome! Choose your secret PIN";
      if (count === 6) document.querySelector("i").remove();
    });</script>"""

    async def click_there(tab: Page) -> None:
        for place in (0, 1, 0, 1, 0, 1, 0, 0, 1, 1):
            await tab.locator("b").nth(place).click()

    heard = heard_on(page, click_there, shared_browser)
    assert {"121212", "121122"} <= set(heard), "it may be one screen all the same"
    assert heard[-1] == "1122"


@pytest.mark.usefixtures("sharing")
def test_a_keypad_is_heard_however_its_keys_are_labelled(shared_browser: SharedBrowser) -> None:
    """With letters below, by a label or a picture, drawn anew when pressed, and corrected."""

    async def click_there(tab: Page) -> None:
        keys = tab.locator("button")
        for place in (0, 1, 2, 3, 4, 5, 0, 0):
            await keys.nth(place).click(force=True)

    heard = heard_on(KEYPAD, click_there, shared_browser)
    assert {"12345", "123411"} <= set(heard)


@pytest.mark.usefixtures("sharing")
def test_what_a_page_hides_as_it_is_typed_is_heard(shared_browser: SharedBrowser) -> None:
    """Stars in the place of each character, characters that no field gets, a box for each."""

    async def type_there(tab: Page) -> None:
        for name, text in (("#stars", "135791"), ("#taken", "864209"), (".box", "2468")):
            await tab.locator(name).first.focus()
            await tab.keyboard.type(text)

    assert {"135791", "864209", "2468"} <= set(heard_on(MASKED, type_there, shared_browser))


@pytest.mark.usefixtures("sharing")
def test_what_is_typed_before_a_busy_page_runs_its_timers_is_heard(
    shared_browser: SharedBrowser,
) -> None:
    """A page that is busy gets the keys of two fields at once, and runs its timers after them."""
    page = """<input id=taken onbeforeinput="event.preventDefault(); rest()"><input id=plain>
    <div id=drawn tabindex=0 onkeydown="rest()"></div>
    <script>let rest = () => { const until = performance.now() + 300;
      while (performance.now() < until); rest = () => {}; };</script>"""

    async def type_there(tab: Page) -> None:
        session = await tab.context.new_cdp_session(tab)
        for name, text in (("#taken", "864209"), ("#drawn", "135791")):
            await tab.locator(name).focus()
            keys = [*text, "Tab", "2"]
            await asyncio.gather(
                *(
                    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **key_of(key)})
                    for key in keys
                )
            )

    assert {"135791", "864209"} <= set(heard_on(page, type_there, shared_browser))


def key_of(key: str) -> dict[str, Any]:
    """What a key is in the protocol."""
    if key == "Tab":
        return {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
    return {"key": key, "text": key, "windowsVirtualKeyCode": ord(key)}


@pytest.mark.usefixtures("sharing")
def test_what_is_pasted_or_dropped_where_no_field_takes_it_is_heard(
    shared_browser: SharedBrowser,
) -> None:
    async def pour(tab: Page) -> None:
        await tab.locator("#plain").fill("135791")
        for name in ("#pasted", "#drawn"):
            await tab.locator("#plain").press("ControlOrMeta+a")
            await tab.locator("#plain").press("ControlOrMeta+c")
            await tab.locator(name).focus()
            await tab.keyboard.press("ControlOrMeta+v")
        await tab.locator("#from").drag_to(tab.locator("#to"))

    heard = heard_on(POURED, pour, shared_browser)
    assert heard.count("135791") == 4
    assert "864209" in heard


@pytest.mark.usefixtures("sharing")
def test_a_page_that_writes_itself_anew_is_heard_as_before(shared_browser: SharedBrowser) -> None:
    async def type_there(tab: Page) -> None:
        await tab.evaluate("document.open(); document.write('<input id=new>'); document.close()")
        await tab.locator("#new").press_sequentially("135791", delay=50)

    heard = heard_on("<input id=old>", type_there, shared_browser)
    assert heard[-1] == "135791"


def heard_on(
    page: str, act: Callable[[Page], Awaitable[None]], shared_browser: SharedBrowser
) -> list[str]:
    """What is heard while somebody acts on a page."""
    told: list[dict[str, Any]] = []

    async def go() -> None:
        assert shared_browser.opened is not None
        context = await shared_browser.opened.browser.new_context()
        try:
            tab = await context.new_page()
            session = await context.new_cdp_session(tab)
            session.on(
                "Runtime.bindingCalled", lambda event: told.append(json.loads(event["payload"]))
            )
            await session.send("Page.enable")
            await session.send("Runtime.enable")
            await hear(session)
            await tab.goto("data:text/html," + quote(page))
            await act(tab)
            # What is heard is told by a timer, so that the page's own listeners run before.
            await tab.evaluate("new Promise((done) => setTimeout(done))")
        finally:
            await context.close()

    asyncio.run_coroutine_threadsafe(go(), shared_browser._loop).result()
    return [each["text"] for each in told]
