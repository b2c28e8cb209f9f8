"""What the script in the page sees and presses on pages that change under it, in Chromium."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, CDPSession, Error, Page, Route, async_playwright

from upstox_browser_login.browser.find import choices
from upstox_browser_login.errors import PageChangedError
from upstox_browser_login.page import hands
from upstox_browser_login.page.eyes import Eyes
from upstox_browser_login.page.hands import Hands
from upstox_browser_login.page.look import Control, Look
from upstox_browser_login.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

START = "https://page.test/"
FORM = "<h1>Log in</h1><label>Mobile number <input></label><button>Get OTP</button>"


@dataclass
class Watched:
    """A page that is looked at, without a login."""

    page: Page
    session: CDPSession
    eyes: Eyes
    hands: Hands
    pages: dict[str, str]

    async def until(self, seen: Callable[[Look], Any]) -> Look:
        """The first look of which this holds."""
        end = time.monotonic() + 10
        while not seen(self.eyes.look):
            assert time.monotonic() < end, self.eyes.look
            await asyncio.sleep(0.01)
        return self.eyes.look

    async def shows(self, html: str) -> Look:
        """Show a body, and wait for the look at it."""
        await self.page.evaluate("(html) => { document.body.innerHTML = html; }", html)
        return await self.until(lambda look: look.controls and "Get OTP" not in look.says())


async def watching(page: Page) -> Watched:
    """Look at a page that has loaded nothing yet."""
    pages = {"/": f"<body>{FORM}</body>"}

    async def answer(route: Route) -> None:
        path = "/" + route.request.url.removeprefix(START)
        await route.fulfill(body=pages.get(path, path), content_type="text/html")

    await page.route("**/*", answer)
    session = await page.context.new_cdp_session(page)
    eyes = Eyes(trusted=lambda _: True, monotonic=time.monotonic, changed=lambda: None)
    target = (await session.send("Target.getTargetInfo"))["targetInfo"]
    await eyes.open(session, str(target["targetId"]))
    return Watched(page, session, eyes, Hands(session, eyes), pages)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def started() -> AsyncIterator[Browser]:
    """One for all: a start takes longer than a test."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=choices(Settings(), headed=False)[0].path
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def watched(started: Browser) -> AsyncIterator[Watched]:
    context = await started.new_context()
    found = await watching(await context.new_page())
    await found.page.goto(START)
    yield found
    await context.close()


def named(look: Look, words: str) -> Control:
    return next(each for each in look.controls if words in each.words)


async def test_a_document_that_is_written_anew_is_watched_and_guarded_as_before(
    watched: Watched,
) -> None:
    """`document.open()` takes all listeners away, among them the one that stops a stray press."""
    await watched.until(lambda look: look.fields)
    await watched.page.evaluate(
        """() => {
            document.open();
            document.write("<body><button onclick='window.right = 1'>Go on</button>"
                + "<button onclick='window.wrong = 1'>Delete all</button></body>");
            document.close();
        }"""
    )
    look = await watched.until(lambda look: len(look.controls) == 2)
    aim = await watched.hands._call("", "aim", named(look, "Go on").n, "Go on")
    assert aim["why"] == ""
    # The page moves another button under the press.
    await watched.page.get_by_text("Delete all").click()
    assert await watched.hands._call("", "missed") is True
    assert await watched.page.evaluate("window.wrong") is None
    assert await watched.hands.press(named(look, "Go on")) == ""
    assert await watched.page.evaluate("window.right") == 1


@pytest.mark.parametrize("part", ["html", "body"])
async def test_a_page_that_replaces_its_root_is_seen(watched: Watched, part: str) -> None:
    await watched.until(lambda look: look.fields)
    await watched.page.evaluate(
        """(part) => {
            const fresh = document.createElement(part);
            fresh.innerHTML = "<h1>Enter your PIN</h1><input type=password>";
            (part === "html" ? document.documentElement : document.body).replaceWith(fresh);
        }""",
        part,
    )
    look = await watched.until(lambda look: "PIN" in look.says() and look.fields)
    assert look.fields[0].masked


async def test_a_frame_that_replaces_its_root_is_in_view_still(watched: Watched) -> None:
    await watched.page.evaluate(
        """() => { document.body.innerHTML =
            "<iframe srcdoc='<h1>Inside</h1>' width=400 height=300></iframe>"; }"""
    )
    await watched.until(lambda look: "Inside" in look.says())
    await watched.page.evaluate(
        """() => {
            const view = document.querySelector("iframe").contentWindow;
            const [inner, old] = [view.document, view.document.documentElement];
            const fresh = inner.createElement("html");
            fresh.innerHTML = "<body><h1>Anew</h1><input></body>";
            window.gone = new Promise((told) => {
                new view.IntersectionObserver((entries) => {
                    if (entries.at(-1).isIntersecting) old.replaceWith(fresh);
                    else told();
                }).observe(old);
            });
        }"""
    )
    await watched.until(lambda look: "Anew" in look.says() and look.fields)
    # The browser tells late that the old root is out of view; what is looked at next comes after.
    await watched.page.evaluate("() => window.gone")
    await watched.page.evaluate(
        """() => {
            const inner = document.querySelector("iframe").contentDocument;
            inner.querySelector("h1").textContent = "Last";
        }"""
    )
    await watched.until(lambda look: "Last" in look.says() and look.fields)


async def test_shadow_roots_that_come_late_are_seen_at_any_depth(watched: Watched) -> None:
    await watched.page.evaluate("() => { document.body.innerHTML = '<x-card></x-card>'; }")
    await watched.page.evaluate(
        """() => {
            document.querySelector("x-card").attachShadow({ mode: "open" }).innerHTML =
                "<h1>Card</h1><x-field></x-field>";
        }"""
    )
    await watched.until(lambda look: "Card" in look.says())
    await watched.page.evaluate(
        """() => {
            const field = document.querySelector("x-card").shadowRoot.querySelector("x-field");
            const root = field.attachShadow({ mode: "open" });
            root.innerHTML = "<label>PIN <input type=password></label>";
        }"""
    )
    assert (await watched.until(lambda look: look.fields)).fields[0].label == "PIN"


async def test_a_choice_is_made_in_a_list_box(watched: Watched) -> None:
    look = await watched.shows(
        """<select aria-label="How to verify" onchange="window.chosen = this.value">
            <option value=sms>SMS</option><option value=app>Authenticator app</option></select>"""
    )
    sms, app = look.controls
    assert (sms.chosen, app.chosen) == (True, False)
    assert (app.role, app.heading) == ("option", "How to verify")
    assert await watched.hands.press(app) == ""
    await watched.until(lambda look: named(look, "Authenticator").chosen)
    assert await watched.page.evaluate("window.chosen") == "app"


async def test_what_opens_a_list_is_told_and_nothing_of_what_was_entered(watched: Watched) -> None:
    countries = "".join(f"<option>Country {number}" for number in range(40))
    look = await watched.shows(
        f"""<button aria-haspopup=listbox aria-expanded=false>SMS</button>
        <button aria-haspopup=menu aria-expanded=true>Menu</button>
        <button aria-haspopup=dialog aria-expanded=false>Authenticator app</button>
        <input role=combobox readonly value=entered aria-label=Way>
        <details><summary>More</summary><p>Hidden</p></details>
        <select>{countries}</select><input type=radio value=entered aria-label=One>"""
    )
    opens = {each.words: each.opens for each in look.controls}
    # What opens a sheet says nothing of what is chosen in it.
    shut = {"Menu": False, "Authenticator app": False, "One": False}
    assert opens == {"SMS": True, "Way": True, "More": True, **shut}
    assert "entered" not in look.to_json()
    assert not look.fields


async def test_words_are_read_without_what_nobody_sees_of_them(watched: Watched) -> None:
    look = await watched.shows(
        "<label>En\u00adter \u200bOTP <input placeholder='Co\u00adde'></label><button>Go</button>"
    )
    (field,) = look.fields
    assert (field.label, field.placeholder) == ("Enter OTP", "Code")


@pytest.mark.parametrize(
    "change",
    [
        "main.innerHTML = '<p>Loading</p>'; await later(50); main.innerHTML = form",
        "main.innerHTML = form",
        "main.firstChild.remove(); await later(0); main.append(host)",
    ],
)
async def test_a_form_that_is_drawn_anew_is_told(change: str, watched: Watched) -> None:
    draw = """async (change) => {
        const later = (ms) => new Promise((done) => setTimeout(done, ms));
        const form = '<form><label>Mobile number <input></label><button>Go on</button></form>';
        document.body.innerHTML = '<main></main>';
        const main = document.querySelector("main");
        const host = document.createElement("div");
        host.attachShadow({ mode: "open" }).innerHTML = form;
        main.innerHTML = form;
        await later(1);
        if (change) await new Function("main", "form", "host", "later",
            `return (async () => { ${change} })()`)(main, form, host, later);
        main.insertAdjacentHTML("beforeend", "<p>Done</p>");
    }"""
    await watched.page.goto("about:blank")
    await watched.page.goto(f"{START}empty")
    await watched.page.evaluate(draw, "")
    look = await watched.until(lambda look: "Done" in look.says() and look.fields)
    assert not look.redrawn
    await watched.page.goto(f"{START}empty")
    await watched.page.evaluate(draw, change)
    look = await watched.until(lambda look: "Done" in look.says() and look.fields)
    assert look.redrawn


async def test_a_field_that_shows_the_digits_of_another_script_holds_what_was_typed(
    watched: Watched,
) -> None:
    look = await watched.shows(
        """<label>मोबाइल <input oninput="value = value.replace(/[0-9]/g,
          (each) => '०१२३४५६७८९'[each])"></label><button>Next</button>"""
    )
    assert await watched.hands.fill(look.fields[0], "9876501234") == "typed"
    look = await watched.until(lambda look: look.fields[0].length == 10)
    assert look.fields[0].holds


async def test_a_field_that_holds_the_countrys_code_alone_says_so(watched: Watched) -> None:
    await watched.shows("<input value='+91 '><input value='+91 98'><button>Go</button>")
    look = await watched.until(lambda look: len(look.fields) == 2)
    assert [each.prefixed for each in look.fields] == [True, False]


async def test_a_box_of_the_countrys_code_is_a_part_of_the_number_behind_it(
    watched: Watched,
) -> None:
    await watched.shows(
        "<style>input { width: 200px } .code { width: 50px }</style>"
        "<p>Contact</p><div style='display: flex'><input class=code value='+91' readonly>"
        "<input id=number></div><div style='display: flex'><input id=wide value='+91'>"
        "<input id=other></div><button>Go</button>"
    )
    look = await watched.until(lambda look: look.fields)
    assert [each.id for each in look.fields] == ["number", "wide", "other"]
    assert set(look.fields[0].near) == {"Contact", "+91"}


@pytest.mark.variant
async def test_a_page_that_comes_back_out_of_the_cache_is_told_again() -> None:
    """Playwright turns that cache off, and a browser elsewhere may have it on."""
    path = choices(Settings(), headed=True)[0].path
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path,
            args=["--headless=new"],
            ignore_default_args=["--disable-back-forward-cache"],
        )
        found = await watching(await browser.new_page())
        await found.page.goto(START)
        await found.until(lambda look: look.fields)
        await found.page.goto(f"{START}other")
        await found.until(lambda look: "other" in look.says())
        navigated: list[str] = []
        found.session.on("Page.frameNavigated", lambda event: navigated.append(event["type"]))
        await found.page.evaluate("() => history.back()")
        await found.until(lambda look: look.fields)
        assert navigated == ["BackForwardCacheRestore"]
        assert found.eyes.world("") is not None
        await browser.close()


async def test_a_modal_that_something_covers_is_not_in_front(watched: Watched) -> None:
    veil = "<div style='position: fixed; inset: 0; background: white; z-index:"
    await watched.shows(
        f"{veil} 5'><div role=dialog aria-modal=true><button>Offer</button></div></div>"
        f"{veil} 9'><div role=dialog><p>We use cookies.</p><button>Fine</button></div></div>"
    )
    look = await watched.until(lambda look: "cookies" in look.says())
    assert not look.modal
    assert not named(look, "Fine").covered
    assert named(look, "Offer").covered


async def test_of_two_modals_side_by_side_both_are_seen(watched: Watched) -> None:
    """Else the form that opens an account would hide that of the login."""
    login = "<div role=dialog aria-modal=true><h2>Log in</h2><input><button>Go on</button>"
    other = login.replace("Log in", "Open an account")
    look = await watched.shows(f"<input placeholder=Search>{login}</div>{other}</div>")
    assert look.modal
    assert [each.heading for each in look.fields] == ["Log in", "Open an account"]
    inner = "<div role=dialog aria-modal=true><button>Fine</button></div>"
    await watched.shows(f"{login}{inner}</div>")
    look = await watched.until(lambda look: "Fine" in look.says())
    assert (look.modal, look.fields) == (True, ())


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


async def test_a_key_that_sends_or_leaves_boxes_empties_none_of_them(watched: Watched) -> None:
    boxes = "<input maxlength=1 style='width: 30px' value=7>" * 6
    look = await watched.shows(f"<div style='display: flex'>{boxes}</div><button>Go on</button>")
    await watched.hands.blur(look.fields[0], "777777")
    assert await watched.hands.enter(look.fields[0], "777777")
    held = "() => [...document.querySelectorAll('input')].map((each) => each.value).join('')"
    assert await watched.page.evaluate(held) == "777777"


async def test_a_heading_below_a_dialog_is_none_of_the_dialogs(watched: Watched) -> None:
    look = await watched.shows(
        "<h1>Open a demat account</h1><div role=dialog aria-labelledby=t><b id=t>Log in</b>"
        "<input></div><p>or</p><button>Go on</button>"
    )
    assert look.fields[0].heading == "Log in"
    assert named(look, "Go on").heading == "Open a demat account"


BAR = "<div style='position: fixed; left: 0; right: 0; background: white; z-index: 9; {}'>x</div>"
TALL = "<div style='height: {}px'></div>"
LOW = BAR.format("bottom: 0; height: 200px")
FIELD = "<label>PIN <input></label><button onclick='window.at = 1'>Continue</button>"
FAR = TALL.format(300) + FIELD + TALL.format(1400)
HEADER = (
    "<header style='position: fixed; top: 0; left: 0; right: 0; height: 60px'>{}"
    "<style>p {{ left: 0; right: 0; margin: 0 }}</style></header>"
)
AROUND = "<style>header::before { content: ''; position: fixed; inset: 0 }</style>"
SCROLLED = LOW.replace(
    ">x<", "><div style='height: 200px; overflow: auto'>" + TALL.format(900) + "x</div><"
)


@pytest.mark.parametrize(
    ("body", "covered"),
    [
        (
            TALL.format(640) + FIELD + TALL.format(400) + BAR.format("bottom: 0; height: 200px"),
            False,
        ),
        (TALL.format(640) + FIELD + LOW, True),
        (TALL.format(640) + FIELD + TALL.format(400) + BAR.format("inset: 0"), True),
        (FIELD + TALL.format(1400) + BAR.format("top: 0; height: 200px"), True),
        # What hangs out of a bar goes on covering, however far the page is scrolled.
        (FAR + HEADER.format("<div style='position: fixed; inset: 0'>x</div>"), True),
        (FAR + HEADER.format("<p style='position: absolute; top: 0; height: 700px'>x</p>"), True),
        (FAR + AROUND + HEADER.format("x"), True),
        # A bar whose own words are scrolled is as high as it looks.
        (TALL.format(640) + FIELD + TALL.format(400) + SCROLLED, False),
    ],
)
async def test_a_field_under_a_bar_is_there_where_the_page_can_be_scrolled(
    body: str, covered: bool, watched: Watched
) -> None:
    look = await watched.shows(body)
    (field,) = look.fields
    assert field.covered == covered
    assert named(look, "Continue").covered == covered


async def test_what_lies_under_a_bar_is_scrolled_from_under_it(watched: Watched) -> None:
    look = await watched.shows(TALL.format(640) + FIELD + TALL.format(400) + LOW)
    # The bar's words are near the field no more, of which there is another look first.
    while await watched.hands.fill(look.fields[0], "135790") == "changed":
        look = watched.eyes.look
    visible = "() => { const box = document.querySelector('input').getBoundingClientRect();"
    visible += " return document.elementFromPoint(box.left + 5, box.top + 5).tagName; }"
    assert await watched.page.evaluate(visible) == "INPUT"
    await watched.page.evaluate("scrollTo(0, 0)")
    look = await watched.until(lambda look: look.fields[0].length == 6)
    assert await watched.hands.press(named(look, "Continue")) == ""
    assert await watched.page.evaluate("window.at") == 1


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


async def test_a_frame_that_something_lies_over_asks_for_nothing(watched: Watched) -> None:
    frame = "<iframe title='captcha' width=300 height=80></iframe><button>Continue</button>"
    look = await watched.shows(frame)
    assert [each.title for each in look.frames] == ["captcha"]
    for over in (
        "<div role=dialog aria-modal=true><p>We use cookies.</p><button>Fine</button></div>",
        BAR.format("inset: 0") + "<button style='position: relative; z-index: 10'>Fine</button>",
    ):
        await watched.page.evaluate("(html) => { document.body.innerHTML = html; }", frame + over)
        look = await watched.until(lambda look: "Fine" in look.says())
        assert look.frames == ()
        await watched.shows(frame)


TRAPS = {
    "opacity: .2": "faint",
    "filter: opacity(0)": "faint",
    "-webkit-mask-image: linear-gradient(transparent, transparent)": "faint",
    "clip-path: inset(49%)": "covered",
    "transform: rotateY(180deg); backface-visibility: hidden": "covered",
    "position: fixed; left: calc(100vw - 4px)": "away",
    "position: absolute; z-index: -1": "covered",
    "filter: drop-shadow(0 0 1px rgb(0 0 0))": "",
}


@pytest.mark.parametrize(("style", "told"), TRAPS.items())
async def test_what_makes_a_field_hard_to_see_is_told(
    style: str, told: str, watched: Watched
) -> None:
    look = await watched.shows(
        f"<main style='background: white'><p style='{style}'><input id=trap></p></main>"
        "<button>Go on</button>"
    )
    found = [each for each in look.fields if each.id == "trap"]
    assert bool(found) == (told != "away")
    assert [(each.faint, each.covered) for each in found] == [
        (told == "faint", told == "covered") for _ in found
    ]


@pytest.mark.parametrize("clip", ["clip: rect(0, 0, 0, 0)", "clip-path: inset(50%)"])
async def test_a_field_that_is_clipped_away_is_covered_by_its_own_label(
    clip: str, watched: Watched
) -> None:
    look = await watched.shows(
        f"<form><input id=trap style='position: absolute; height: 40px; {clip}'>"
        "<label for=trap style='display: block; height: 40px'>PIN</label>"
        "<input id=pin></form><button>Go on</button>"
    )
    assert [(each.id, each.covered) for each in look.fields] == [("trap", True), ("pin", False)]


@pytest.mark.parametrize(
    ("ground", "style", "faint"),
    [
        ("white", "color: #fff; background: transparent; border: 0", True),
        ("", "color: #fefefe; background: none", True),
        ("#123", "color: #123; background: transparent", True),
        ("white", "color: transparent", True),
        ("white", "-webkit-text-fill-color: white; background: white", True),
        ("white", "width: 14px; padding: 0", True),
        ("#123", "color: white; background: transparent; border: 0", False),
        ("white", "color: #777; background: transparent; border: 0", False),
        ("linear-gradient(white, white)", "color: white; background: transparent", False),
        ("white", "", False),
    ],
)
async def test_what_nobody_could_read_in_a_field_is_told(
    ground: str, style: str, faint: bool, watched: Watched
) -> None:
    look = await watched.shows(
        f"<main style='background: {ground}'><p><input style='{style}'></p></main>"
        "<button>Go on</button>"
    )
    assert [each.faint for each in look.fields] == [faint]


@pytest.mark.parametrize(
    ("form", "posts"),
    [
        ("action='https://stranger.test/take'", "https://stranger.test"),
        ("action='//stranger.test:8443'", "https://stranger.test:8443"),
        ("action='/login'", ""),
        ("action=''", ""),
        ("", ""),
        ("action='javascript:void(0)'", ""),
        ("action='https://'", ""),
        ("action='#'><base href='https://stranger.test/'", ""),
        ("action='take'><base href='https://stranger.test/'", "https://stranger.test"),
    ],
)
async def test_where_a_form_would_be_sent_is_told(form: str, posts: str, watched: Watched) -> None:
    """Also of a field that lies elsewhere, and where one of its fields is called `action`."""
    look = await watched.shows(
        f"<form id=sent {form}><input name=action></form><input form=sent><button>Go on</button>"
    )
    assert [each.posts for each in look.fields] == [posts, posts]


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


async def test_words_that_are_slotted_into_a_button_do_not_cover_it(watched: Watched) -> None:
    """The browser says of them that they belong to the host of the button's shadow root."""
    await watched.page.evaluate(
        """() => document.body.setHTMLUnsafe(`<p>Login</p><a-button style="display: inline-block">
            <template shadowrootmode="open"><button style="height: 36px"><span><slot></slot></span>
            </button></template>Send code</a-button>`)"""
    )
    look = await watched.until(lambda look: "Send code" in look.says())
    assert not named(look, "Send code").covered
    await watched.page.evaluate("() => { document.onclick = (e) => { window.at = e.target } }")
    assert await watched.hands.press(named(look, "Send code")) == ""
    assert await watched.page.evaluate("window.at.tagName") == "A-BUTTON"


@pytest.mark.parametrize("style", ["", "opacity: 0"])
async def test_a_field_behind_drawn_boxes_is_not_covered_by_what_shows_between_them(
    style: str, watched: Watched
) -> None:
    """Its centre lies in the gap between the third box and the fourth."""
    box = "<div style='width: 40px; height: 48px; border: 1px solid; background: white'></div>"
    look = await watched.shows(
        "<p>Enter PIN</p><div style='position: relative; background: white; display: "
        "flex; gap: 12px; width: 312px'>"
        "<input id=pin maxlength=6 style='position: absolute; inset: 0; width: 312px; z-index: -1; "
        f"{style}'>"
        f"{box * 6}</div><button>Continue</button>"
    )
    assert [(each.id, each.covered) for each in look.fields] == [("pin", False)]


@pytest.mark.parametrize(
    ("style", "over"),
    [
        ("", ""),
        ("opacity: 0", ""),
        ("filter: opacity(0)", ""),
        ("", "<div style='position: fixed; inset: 0; background: white'></div>"),
    ],
)
async def test_a_field_of_a_frame_that_nobody_sees_is_covered(
    style: str, over: str, watched: Watched
) -> None:
    await watched.page.evaluate(
        """([style, over]) => {
            const size = "width=400 height=300";
            document.body.innerHTML =
                `<iframe srcdoc='<input id=inner>' ${size} style='${style}'></iframe>${over}`;
        }""",
        [style, over],
    )
    look = await watched.until(lambda look: [each for each in look.fields if each.id == "inner"])
    assert [each.covered for each in look.fields] == [bool(style or over)]


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


@pytest.mark.parametrize("height", [0, 30])
async def test_a_field_in_a_part_too_low_to_scroll_is_covered(
    height: int, watched: Watched
) -> None:
    look = await watched.shows(
        f"<div style='height: {height}px; overflow: auto'><p style='height: 90px'></p>"
        "<input id=trap></div><label>PIN <input></label><button>Continue</button>"
    )
    assert all(each.covered for each in look.fields if each.id == "trap")


@pytest.mark.parametrize(
    "above", ["position: absolute; top: -90px", "transform: translateY(-110px)"]
)
async def test_a_field_that_no_scrolling_brings_into_sight_is_covered(
    above: str, watched: Watched
) -> None:
    look = await watched.shows(
        "<div style='height: 150px'></div><div style='position: relative; height: 200px; "
        f"overflow: auto'><p style='{above}'><input id=trap></p><label>PIN <input></label></div>"
        "<button>Continue</button>"
    )
    assert [(each.id, each.covered) for each in look.fields if each.id] == [("trap", True)]


async def test_a_field_is_covered_however_far_the_page_is_scrolled(watched: Watched) -> None:
    """Of a body that hides what is too wide the style reads as if it scrolled by itself."""
    style = "html, body { height: 100%; margin: 0 } body { overflow-x: hidden }"
    over = "<div style='position: absolute; background: white; left: 0; right: 0; height: 60px'>x"
    await watched.shows(
        f"<style>{style}</style>{TALL.format(1100)}{over}</div><input id=trap>"
        f"{TALL.format(600)}<button>Continue</button>"
    )
    await watched.page.evaluate("scrollTo(0, 620)")
    look = await watched.until(lambda look: look.fields[0].covered)
    assert look.fields[0].id == "trap"


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


# -- what names a field ----------------------------------------------------------------------------


async def test_a_label_round_a_field_names_it_by_what_stands_before_it(watched: Watched) -> None:
    look = await watched.shows(
        "<label>Mobile number<input maxlength=10><small>Write to support</small></label>"
        "<label><input id=after> Phone</label><button>Next</button>"
    )
    assert [each.label for each in look.fields] == ["Mobile number", "Phone"]


async def test_a_placeholder_that_nobody_sees_is_none(watched: Watched) -> None:
    look = await watched.shows(
        "<style>.unseen::placeholder { color: transparent } .faint::placeholder { opacity: 0 }"
        "</style><input class=unseen placeholder='name@mail'><input class=faint placeholder='x'>"
        "<input placeholder='Mobile number'><button>Next</button>"
    )
    assert [each.placeholder for each in look.fields] == ["", "", "Mobile number"]


async def test_words_that_a_slot_shows_are_those_of_the_button_round_it(watched: Watched) -> None:
    await watched.page.evaluate(
        "() => document.body.setHTMLUnsafe('<my-button><template shadowrootmode=open><button>"
        "<slot name=icon></slot><slot></slot></button></template>Send code</my-button>')"
    )
    look = await watched.until(lambda look: look.controls and "Get OTP" not in look.says())
    assert named(look, "Send code").tag == "button"


async def test_what_stands_at_a_box_to_tick_names_no_field_beside_it(watched: Watched) -> None:
    look = await watched.shows(
        "<label><input type=checkbox> I have an authenticator app</label>"
        "<p>Code</p><input><button>Next</button>"
    )
    assert look.fields[0].near == ("Code",)


async def test_what_names_a_switch_names_no_field_beside_it(watched: Watched) -> None:
    look = await watched.shows(
        "<span id=l>Use authenticator app</span><div role=switch aria-labelledby=l>○</div>"
        "<p>Code</p><input><button>Next</button>"
    )
    assert look.fields[0].near == ("Code",)
    assert "Use authenticator app" in named(look, "authenticator").words


async def test_a_label_before_the_country_code_is_that_fields_and_not_the_next_ones(
    watched: Watched,
) -> None:
    look = await watched.shows(
        "<table><tr><td>Mobile number<td>+91 <input maxlength=10>"
        "<tr><td>PIN<td><input type=password></table><button>Go on</button>"
    )
    number, pin = look.fields
    assert set(number.near) == {"Mobile number", "+91"}
    assert pin.near == ("PIN",)


async def test_words_that_a_style_draws_round_a_field_are_near_it(watched: Watched) -> None:
    look = await watched.shows(
        "<style>.l::before { content: attr(data-label) } .i::before { content: '!?' }"
        " .h::before { content: 'Hidden'; display: none }</style>"
        "<div class=l data-label='Your &quot;mobile&quot;'><div class=i><input></div></div>"
        "<div class=h><input></div><div class=l data-label=Both><input><input></div>"
        "<button>Next</button>"
    )
    assert [each.near for each in look.fields] == [('Your "mobile"',), (), (), ()]


async def test_a_picture_beside_a_field_names_it_after_all_texts(watched: Watched) -> None:
    look = await watched.shows(
        "<p>Log in</p><div><svg role=img aria-label='Mobile number' width=20 height=20></svg>"
        "<input></div><div><img alt='Your PIN' width=20 height=20><input></div>"
        "<div><svg width=20 height=20><title>Your code</title></svg><input></div>"
        # One word names the picture, which is an ornament.
        "<div><svg role=img aria-label=pin width=20 height=20></svg><input></div>"
        "<div><svg role=img aria-label=Hidden style='display: none'></svg><input></div>"
        "<div><button aria-label=Show><svg></svg></button><input></div>"
    )
    assert look.fields[0].near == ("Log in", "Mobile number")
    assert [each.near for each in look.fields[1:]] == [("Your PIN",), ("Your code",), (), (), ()]


async def test_a_line_break_parts_the_words_of_a_button(watched: Watched) -> None:
    look = await watched.shows("<button>Send code<br><small>Free of charge</small></button>")
    assert look.controls[0].words == "Send code Free of charge"


async def test_a_picture_that_a_font_draws_for_a_word_is_no_text(watched: Watched) -> None:
    look = await watched.shows(
        "<h2>Verify</h2><form>"
        '<label><i class="material-icons">smartphone</i>Phone <input></label>'
        '<button type="button"><i class="material-icons">arrow_back</i></button>'
        '<button><span class="material-symbols-outlined">login</span>Sign me in</button>'
        '<button><i class="fa">&#xf061;</i></button>'
        '<button class="icon">next</button><span class="icon-label">mobile</span></form>'
    )
    assert look.fields[0].label == "Phone"
    told = [(each.words, each.icon) for each in look.controls[:3]]
    assert told == [("arrow back", True), ("Sign me in", False), ("", True)]
    assert look.controls[3].words == "next"
    assert "mobile" in look.says()
    assert "arrow" not in look.says()


async def test_what_a_fieldset_closes_is_closed(watched: Watched) -> None:
    form = "<fieldset disabled><label>Code <input></label><button>Check</button></fieldset>"
    look = await watched.shows(form)
    assert look.fields[0].disabled
    assert look.controls[0].disabled
    await watched.page.evaluate("document.querySelector('fieldset').disabled = false")
    look = await watched.until(lambda look: not look.fields[0].disabled)
    assert not look.controls[0].disabled
