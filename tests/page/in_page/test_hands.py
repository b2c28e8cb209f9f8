"""Typing and pressing on pages that change under it, in Chromium."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from playwright.async_api import Error

from upstox_browser_login.errors import PageChangedError
from upstox_browser_login.page import hands
from upstox_browser_login.page.hands import Hands

from .watched import START, Watched, named

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_field_that_is_read_at_a_key_alone_is_heard(watched: Watched) -> None:
    """A key is let go in it that changes nothing."""
    look = await watched.shows("<label>Mobile number <input></label><button>Go on</button>")
    await watched.page.evaluate(
        "() => document.querySelector('input').addEventListener('keyup', (event) => {"
        " window.heard = event.key + event.target.value; })"
    )
    assert await watched.hands.fill(look.fields[0], "9876501234") == "typed"
    assert await watched.page.evaluate("() => window.heard") == "End9876501234"


async def test_boxes_are_emptied_before_another_code_is_typed(watched: Watched) -> None:
    """A page may send what they hold at each change, as soon as none of them is empty."""
    boxes = "<input maxlength=1 style='width: 30px' value=7>" * 6
    look = await watched.shows(f"<div style='display: flex'>{boxes}</div><button>Go on</button>")
    await watched.page.evaluate(
        "() => { window.full = []; addEventListener('input', () => {"
        " const all = [...document.querySelectorAll('input')].map((each) => each.value).join('');"
        " if (all.length === 6) window.full.push(all); }); }"
    )
    assert await watched.hands.fill(look.fields[0], "123456") == "typed"
    assert await watched.page.evaluate("() => window.full") == ["123456"]


async def test_a_box_with_a_sign_that_nobody_sees_is_empty(watched: Watched) -> None:
    """Some pages keep one in each box, to hear of a key that deletes."""
    boxes = "<input style='width: 30px' value='\u200b'>" * 6
    look = await watched.shows(f"<div style='display: flex'>{boxes}</div><button>Go on</button>")
    await watched.page.evaluate(
        """() => addEventListener("input", ({ target }) => {
          target.value = "\u200b" + target.value.replace("\u200b", "");
        })"""
    )
    assert look.fields[0].length == 0
    assert await watched.hands.fill(look.fields[0], "123456") == "typed"
    assert (await watched.until(lambda look: look.fields[0].length)).fields[0].holds


async def test_boxes_whose_text_the_page_keeps_itself_get_a_digit_at_a_time(
    watched: Watched,
) -> None:
    """A page may take each digit a moment later, for the box that it thinks of at that moment."""
    boxes = "<input style='width: 30px'>" * 6
    look = await watched.shows(f"<div style='display: flex'>{boxes}</div><button>Go on</button>")
    await watched.page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll("input")];
          let [kept, at] = ["", 0];
          const draw = () => boxes.forEach((box, index) => { box.value = kept[index] || ""; });
          boxes.forEach((box, index) => {
            box.onfocus = () => { at = Math.min(index, kept.length); };
            box.oninput = () => queueMicrotask(() => setTimeout(() => {
              kept = kept.slice(0, at) + box.value.slice(-1) + kept.slice(at + 1);
              draw();
              boxes[Math.min(kept.length, 5)].focus();
            }));
          });
          window.kept = () => kept;
        }"""
    )
    assert await watched.hands.fill(look.fields[0], "123456") == "typed"
    await watched.until(lambda look: look.fields[0].holds)
    assert await watched.page.evaluate("new Promise((d) => setTimeout(() => d(kept())))") == (
        "123456"
    )


async def test_a_mask_knows_what_is_selected_when_the_next_code_is_typed(watched: Watched) -> None:
    """A mask may go by the selection of which the page has last told it."""
    look = await watched.shows("<label>OTP <input value='276-686'></label><button>Go on</button>")
    await watched.page.evaluate(
        """() => {
          const field = document.querySelector("input");
          let [before, start, end] = [field.value, 7, 7];
          document.onselectionchange = () => {
            [start, end] = [field.selectionStart, field.selectionEnd];
          };
          field.addEventListener("input", (event) => {
            const typed = before.slice(0, start) + event.data + before.slice(end);
            const digits = typed.replace(/\\D/g, "").slice(0, 6);
            field.value = before = digits.replace(/^(\\d{3})/, "$1-");
          });
        }"""
    )
    assert await watched.hands.fill(look.fields[0], "135790") == "typed"
    assert await watched.page.evaluate("document.querySelector('input').value") == "135-790"


@pytest.mark.parametrize(
    ("field", "held"),
    [
        ("value='+91 '", "+91 9876501234"),
        ("value='+91 _____-_____'", "+91 9876501234"),
        ("value='+91' maxlength=10", "9876501234"),
        ("value='98'", "9876501234"),
    ],
)
async def test_the_code_of_india_stays_in_a_field_that_has_room_for_it(
    field: str, held: str, watched: Watched
) -> None:
    """A mask that keeps it itself would take the number's first digits for those of the code."""
    look = await watched.shows(f"<label>Mobile <input {field}></label><button>Go on</button>")
    assert await watched.hands.fill(look.fields[0], "9876501234") == "typed"
    assert await watched.page.evaluate("document.querySelector('input').value") == held


@pytest.mark.parametrize(
    "style",
    [
        "pointer-events: none; width: 0; height: 0; opacity: 0",
        # As Bootstrap draws it.
        "pointer-events: none; position: absolute; left: 300px; clip: rect(0, 0, 0, 0)",
    ],
)
async def test_a_radio_is_open_where_its_label_is_pressed_in_its_place(
    style: str, watched: Watched
) -> None:
    look = await watched.shows(
        f"<label><input type=radio style='{style}'>Authenticator app</label><button>Go on</button>"
    )
    [radio] = [each for each in look.controls if each.type == "radio"]
    assert not radio.disabled
    assert await watched.hands.press(radio) == ""
    assert (await watched.until(lambda look: any(each.chosen for each in look.controls))).controls


@pytest.mark.parametrize(("keeps", "held"), [("value", "123456"), ("''", "")])
async def test_boxes_that_the_page_draws_anew_at_a_digit_get_the_next_one(
    keeps: str, held: str, watched: Watched
) -> None:
    """Where they do not keep what was typed they are other boxes."""
    boxes = "<input style='width: 30px'>" * 6
    look = await watched.shows(
        f"<p>Code</p><div style='display: flex'>{boxes}</div><button>Go on</button>"
    )
    await watched.page.evaluate(
        """(keeps) => {
          const row = document.querySelector("div");
          const draw = () => {
            const values = [...row.children].map((each) => (keeps === "value" ? each.value : ""));
            row.innerHTML = "<input style='width: 30px'>".repeat(6);
            [...row.children].forEach((each, index) => { each.value = values[index]; });
          };
          row.addEventListener("input", () => setTimeout(draw));
        }""",
        keeps,
    )
    assert await watched.hands.fill(look.fields[0], "123456") == "typed"
    holds = "[...document.querySelectorAll('input')].map((each) => each.value).join('')"
    drawn = f"new Promise((done) => setTimeout(() => done({holds}), 50))"
    assert await watched.page.evaluate(drawn) == held
    pressed = await watched.hands.press(look.controls[0], once_drawn=True)
    assert pressed == ("" if held else "emptied")


async def test_boxes_are_emptied_one_by_one_as_the_page_hears_of_their_focus(
    watched: Watched,
) -> None:
    """A page may take a digit out of the box that it thinks of, and close the gap."""
    boxes = "".join(f"<input maxlength=1 style='width: 30px' value={n}>" for n in range(6))
    look = await watched.shows(f"<div style='display: flex'>{boxes}</div><button>Go on</button>")
    await watched.page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll("input")];
          let [kept, at] = ["012345", 0];
          window.seen = [];
          boxes.forEach((box, index) => {
            box.onfocus = () => setTimeout(() => { at = index; });
            box.oninput = () => {
              kept = kept.slice(0, at) + box.value + kept.slice(at + 1);
              window.seen.push(kept);
              boxes.forEach((each, place) => { each.value = kept[place] || ""; });
            };
          });
        }"""
    )
    assert await watched.hands.fill(look.fields[0], "987654") == "typed"
    emptied = ["01234", "0123", "012", "01", "0", ""]
    assert (await watched.page.evaluate("window.seen"))[:6] == emptied


async def test_a_key_that_sends_or_leaves_boxes_empties_none_of_them(watched: Watched) -> None:
    boxes = "<input maxlength=1 style='width: 30px' value=7>" * 6
    look = await watched.shows(f"<div style='display: flex'>{boxes}</div><button>Go on</button>")
    await watched.hands.blur(look.fields[0], "777777")
    assert await watched.hands.enter(look.fields[0], "777777")
    held = "() => [...document.querySelectorAll('input')].map((each) => each.value).join('')"
    assert await watched.page.evaluate(held) == "777777"


async def test_a_link_that_runs_over_two_lines_is_pressed(watched: Watched) -> None:
    """The middle of its box lies between its words."""
    look = await watched.shows(
        "<div style='width: 260px; font: 16px Arial'><span style='display: inline-block; "
        "width: 220px; height: 9px'></span><a href='#' onclick='window.at = 1'>Skip this</a></div>"
    )
    link = named(look, "Skip this")
    assert not link.covered
    assert await watched.hands.press(link) == ""
    assert await watched.page.evaluate("window.at") == 1


async def test_nothing_is_typed_into_a_form_that_strangers_would_get(watched: Watched) -> None:
    watched.eyes._trusted = lambda origin: "stranger" not in origin
    look = await watched.shows(
        "<form action='https://stranger.test/'><input id=pin></form>"
        "<form action='https://upstox.com/'><input id=own></form><button>Go on</button>"
    )
    strangers, own = look.fields
    with pytest.raises(PageChangedError) as caught:
        await watched.hands.fill(strangers, "024680")
    assert caught.value.code == "UNTRUSTED_ORIGIN"
    assert await watched.hands.fill(own, "024680") == "typed"
    await watched.page.evaluate("document.getElementById('own').form.action = '//stranger.test'")
    assert await watched.hands.fill(own, "135791") == "changed"
    values = await watched.page.evaluate("[...document.forms].map((each) => each[0].value)")
    assert values == ["", "024680"]


@pytest.mark.parametrize(
    "change",
    [
        "field.labels[0].firstChild.data = 'Chat with us'",
        "field.placeholder = 'Type a message'",
        "field.id = 'chat'",
        "document.getElementById('other').append(field)",
        "field.form.action = 'https://stranger.test/'",
        "field.style.cssText = 'position: fixed; left: -999px'",
    ],
)
@pytest.mark.parametrize("at", ["before", "focus"])
async def test_a_field_that_is_another_by_now_gets_no_character(
    change: str, at: str, watched: Watched
) -> None:
    """Changed since the look that was acted on, or as soon as it has the focus."""
    look = await watched.shows(
        "<form><label>PIN <input id=pin></label><button>Go on</button></form><form id=other></form>"
    )
    await watched.page.evaluate(
        """([change, at]) => {
            const field = document.getElementById("pin");
            const act = new Function("field", change);
            if (at === "before") act(field);
            else field.addEventListener("focus", () => act(field));
            window.field = field;
        }""",
        [change, at],
    )
    assert await watched.hands.fill(look.fields[0], "024680") in {"changed", "gone", "focus"}
    assert await watched.page.evaluate("window.field.value") == ""


@pytest.mark.parametrize("when", ["before", "pointerdown"])
async def test_a_control_that_says_something_else_by_now_is_not_pressed(
    when: str, watched: Watched
) -> None:
    look = await watched.shows("<button onclick='window.pressed = 1'>Continue in 5 s</button>")
    await watched.page.evaluate(
        """(when) => {
            const button = document.querySelector("button");
            const act = () => { button.textContent = "Pay 500 now"; };
            if (when === "before") act();
            // What the browser tells as the pointer comes, before it presses.
            else addEventListener("pointerover", act, true);
        }""",
        when,
    )
    stops = watched.eyes.stops
    told = await watched.hands.press(look.controls[0])
    # That the guard in the page has stopped it may be told after the browser's answer.
    await watched.until(lambda _: told == "changed" or watched.eyes.stops > stops)
    assert await watched.page.evaluate("window.pressed") is None
    assert named(watched.eyes.look, "Pay 500 now") != look.controls[0]


async def test_a_press_that_another_button_comes_under_is_not_made(watched: Watched) -> None:
    look = await watched.shows("<button onclick='window.pressed = 1'>Continue</button>")

    class Late:
        """A window whose page has changed by the time that a press comes."""

        on = watched.session.on
        cover: asyncio.Task[None] | None = None

        async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
            if method.startswith("Input."):
                self.cover = self.cover or asyncio.ensure_future(
                    watched.page.evaluate(
                        """() => document.body.insertAdjacentHTML("beforeend", "<button "
                            + "onclick='window.paid = 1' style='position: fixed; inset: 0'>"
                            + "Pay 500 now</button>")"""
                    )
                )
                await self.cover
            return await watched.session.send(method, params)

    stops = watched.eyes.stops
    told = await Hands(Late(), watched.eyes).press(look.controls[0])
    pressed = await watched.page.evaluate("[window.pressed, window.paid]")
    # The page may tell of it only after the browser has answered the press.
    assert told in {"changed", ""}
    assert (watched.eyes.stops, pressed) == (stops + 1, [None, None])


async def test_a_press_that_the_page_has_heard_of_counts_as_made(watched: Watched) -> None:
    """It may have acted on it, though the button was gone before the press has ended."""
    look = await watched.shows("<button onpointerdown='remove()'>Continue</button><p>Hello</p>")
    assert await watched.hands.press(look.controls[0]) == ""


@pytest.mark.parametrize("once_drawn", [False, True])
async def test_what_goes_with_the_focus_moves_no_button_under_a_press(
    once_drawn: bool, watched: Watched
) -> None:
    look = await watched.shows(
        """<label>PIN <input onfocus="tip.hidden = false" onblur="tip.hidden = true"></label>
        <p id=tip hidden style="height: 90px">Never tell anybody your PIN</p>
        <button onclick="window.pressed = true">Continue</button>"""
    )
    assert await watched.hands.fill(look.fields[0], "135790") == "typed"
    look = await watched.until(lambda look: "Never" in look.says())
    assert await watched.hands.press(named(look, "Continue"), once_drawn=once_drawn) == ""
    assert await watched.page.evaluate("window.pressed") is True


@pytest.mark.parametrize("place", ["static", "fixed"])
async def test_a_button_is_scrolled_to_in_a_part_that_scrolls_by_itself(
    place: str, watched: Watched
) -> None:
    look = await watched.shows(
        f"<div style='position: {place}; height: 120px; overflow: auto'><label>PIN <input></label>"
        "<p style='height: 300px'>Never tell it</p>"
        "<button onclick='window.pressed = true'>Continue</button></div><p>About us</p>"
    )
    assert not named(look, "Continue").covered
    assert await watched.hands.press(named(look, "Continue")) == ""
    assert await watched.page.evaluate("window.pressed") is True


async def test_a_button_is_pressed_once_its_form_has_come_to_rest(watched: Watched) -> None:
    look = await watched.shows(
        "<main><button onclick='window.pressed = true'>Continue</button></main>"
    )
    slide = "[{ transform: 'translateX(400px)' }, { transform: 'none' }]"
    move = f"document.querySelector('main').animate({slide}, {{ duration: 900 }})"
    pulse = f"document.querySelector('main').animate({slide}, {{ duration: 9e5, iterations: 1e9 }})"
    await watched.page.evaluate(f"() => {{ window.run = {move} }}")
    assert await watched.hands.press(look.controls[0]) == "moving"
    await watched.page.evaluate(f"() => {{ window.run.finish(); {pulse} }}")
    assert await watched.hands.press(look.controls[0]) == ""
    assert await watched.page.evaluate("window.pressed") is True


async def test_a_page_draws_twice_before_it_is_pressed(watched: Watched) -> None:
    """So it has begun what it does by itself about a text that was just typed."""
    look = await watched.shows("<button onclick='window.seen = window.drawn'>Continue</button>")
    await watched.page.evaluate(
        """() => {
          window.drawn = 0;
          const draw = () => {
            window.drawn += 1;
            if (window.drawn < 2) requestAnimationFrame(draw);
          };
          requestAnimationFrame(draw);
        }"""
    )
    assert await watched.hands.press(look.controls[0], once_drawn=True) == ""
    assert await watched.page.evaluate("window.seen") == 2


async def test_a_form_that_has_lost_its_text_is_not_sent(watched: Watched) -> None:
    """A page may empty its field in the moment between the typing and the press."""
    look = await watched.shows(
        """<label>PIN <input></label>
        <button onclick="window.sent = document.querySelector('input').value">Continue</button>"""
    )
    empties = "() => { document.querySelector('input').value = ''; }"
    assert await watched.hands.fill(look.fields[0], "135790") == "typed"
    await watched.page.evaluate(empties)
    assert await watched.hands.press(look.controls[0], once_drawn=True) == "emptied"
    assert await watched.page.evaluate("window.sent") is None
    assert await watched.hands.fill(look.fields[0], "135790") == "typed"
    assert await watched.hands.press(look.controls[0], once_drawn=True) == ""
    assert await watched.page.evaluate("window.sent") == "135790"


async def test_the_two_draws_count_from_the_typing(watched: Watched) -> None:
    """What was decided meanwhile has taken time as well, and the page has drawn in it."""
    look = await watched.shows(
        """<label>PIN <input oninput="requestAnimationFrame(() => requestAnimationFrame(
          () => { window.drawn = true; }))"></label>
        <button onclick="window.seen = window.drawn">Continue</button>"""
    )
    assert await watched.hands.fill(look.fields[0], "135790") == "typed"
    assert await watched.hands.press(look.controls[0], once_drawn=True) == ""
    assert await watched.page.evaluate("window.seen") is True
    # Pressed again, it has no more draws to wait for.
    watch = "() => { globalThis.requestAnimationFrame = () => { globalThis.asked = true; }; }"
    world = {"executionContextId": watched.eyes.world(""), "returnByValue": True}
    await watched.session.send("Runtime.callFunctionOn", {"functionDeclaration": watch, **world})
    assert await watched.hands.press(look.controls[0], once_drawn=True) == ""
    told = {"functionDeclaration": "() => globalThis.asked === true", **world}
    asked = await watched.session.send("Runtime.callFunctionOn", told)
    assert asked["result"]["value"] is False


async def test_chromium_tells_of_a_page_that_went_elsewhere_as_the_hands_know_it(
    watched: Watched,
) -> None:
    world = watched.eyes.world("")
    waits = {"functionDeclaration": "() => new Promise(() => {})", "awaitPromise": True}
    call = {**waits, "executionContextId": world}
    waiting = asyncio.ensure_future(watched.session.send("Runtime.callFunctionOn", call))
    await watched.page.goto(f"{START}elsewhere")
    with pytest.raises(Error) as during:
        await waiting
    with pytest.raises(Error) as before:
        await watched.session.send("Runtime.callFunctionOn", call)
    for caught in (during, before):
        assert hands._LEFT.search(caught.value.message)


async def test_a_control_that_counts_down_is_pressed(watched: Watched) -> None:
    look = await watched.shows("<button onclick='window.pressed = 1'>Continue in 5 s</button>")
    await watched.page.evaluate("document.querySelector('button').textContent = 'Continue in 4 s'")
    assert await watched.hands.press(look.controls[0]) == ""
    assert await watched.page.evaluate("window.pressed") == 1
