"""Pictures of recorded states, drawn of what may be kept."""

from __future__ import annotations

import asyncio
import base64
import io

from PIL import Image

from tests.recordings.handmade import kept, picture
from tests.shared_browser import SharedBrowser
from upstox_browser_login.recordings.clean import RawPage
from upstox_browser_login.recordings.pictures import draw


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
