"""Pictures of recorded states, drawn of what may be kept."""

from __future__ import annotations

import asyncio
import base64
import io
import random
from typing import Any, cast

from PIL import Image
from playwright.async_api import Browser
from playwright.async_api import Error as PlaywrightError

from tests.recordings.handmade import kept, picture
from tests.shared_browser import SharedBrowser
from upstox_browser_login.recordings.capture import RawExchange
from upstox_browser_login.recordings.clean import Raw, RawPage, clean
from upstox_browser_login.recordings.pictures import draw, standalone, style_sheets


def test_no_pixel_of_a_state_s_picture_is_of_the_page(shared_browser: SharedBrowser) -> None:
    """Neither an image's, nor a drawing's, nor what a field holds."""
    red = io.BytesIO()
    Image.new("RGB", (60, 60), "#ff0000").save(red, "PNG")
    shape = "<rect width='60' height='60' fill='#f00'/>"
    html = (
        f"<img src='data:image/png;base64,{base64.b64encode(red.getvalue()).decode()}'>"
        f"<div style='width:60px;height:60px;background:url(data:image/png;base64,"
        f"{base64.b64encode(red.getvalue()).decode()})'></div>"
        f"<svg width='60' height='60'>{shape * 30}</svg>"
        "<input value='■■■' style='color:#f00'>"
        "<p style='color:#00f'>■■</p>"
    )
    cleaned, _ = kept(pages={"pin": RawPage("https://login.upstox.com/", html)})
    assert shared_browser.opened is not None
    drawing = draw(shared_browser.opened.browser, cleaned)
    made = asyncio.run_coroutine_threadsafe(drawing, shared_browser._loop).result()
    pixels = picture(made["pin"]).convert("RGB")
    found = {colour for _, colour in pixels.getcolors(1 << 24) or [] if isinstance(colour, tuple)}
    assert not [each for each in found if each[0] > 200 and each[1] < 60]
    assert (0, 0, 255) in found  # it was drawn


PAGE = "https://login.upstox.com/a/"


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    html = (
        "<script src='/a.js'></script><noscript>Turn it on</noscript><iframe src='/x'></iframe>"
        "<img src='/logo.png'><base href='https://evil.example/'><object data='/y'></object>"
        "<p>Enter PIN</p><SCRIPT>let a = '<p>'</SCRIPT >"
    )
    assert standalone(RawPage(PAGE, html), {}) == "</iframe></object><p>Enter PIN</p>"


def test_a_script_that_does_not_end_takes_the_rest_with_it() -> None:
    """As in a browser; an end tag of another kind does not end it."""
    html = "<p>Enter PIN</p><script>let a = 1</noscript><p>never seen</p>"
    assert standalone(RawPage(PAGE, html), {}) == "<p>Enter PIN</p>"


def test_the_style_sheets_of_a_page_are_put_into_it() -> None:
    sheets = {
        f"{PAGE}own.css": "p { color: red }</style><script>",
        "https://cdn.test/x.css": "a {}",
    }
    html = (
        "<link rel='stylesheet' href='own.css'><link href=\"https://cdn.test/x.css\">"
        "<link href='/unknown.css'><link rel='icon'>"
    )
    assert standalone(RawPage(PAGE, html), sheets) == (
        "<style>p { color: red }<\\/style><script></style><style>a {}</style>"
    )


def test_style_sheets_are_those_that_were_answered() -> None:
    def sheet(url: str, body: bytes | None, **more: Any) -> RawExchange:
        given: dict[str, Any] = {"status": 200, "response_body": body, **more}
        return RawExchange(0, 0.0, "browser", "stylesheet", "main", "GET", url, **given)

    cleaned, _ = kept()
    assert style_sheets(cleaned) == {}
    raw = Raw(
        [
            sheet(f"{PAGE}own.css", b"p {}"),
            sheet(f"{PAGE}empty.css", None),
            sheet(f"{PAGE}failed.css", None, status=None),
        ]
    )
    made = clean(raw, {}, began=0.0, redirect_uri=None, rng=random.Random(1))
    assert style_sheets(made) == {f"{PAGE}own.css": "p {}"}


async def test_a_recording_is_kept_without_pictures_that_cannot_be_drawn() -> None:
    class Gone:
        async def new_context(self, **_: Any) -> Any:
            raise PlaywrightError("Browser closed")

    cleaned, _ = kept(pages={"pin": RawPage(PAGE, "<p>")})
    assert await draw(cast("Browser", Gone()), cleaned) == {}
