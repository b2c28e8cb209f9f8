"""What a page shows is told whenever it changes, and watched however it changes, in Chromium."""

from __future__ import annotations

import pytest
from playwright.async_api import async_playwright

from upstox_browser_login.browser.find import choices
from upstox_browser_login.settings import Settings

from .watched import START, Watched, named, watching

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


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
    await watched.hands._call("", "disarm")
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
