"""Pictures of recorded states, drawn anew from what may be kept.

The page itself is never pictured: its pixels could hold anything. Its cleaned HTML and style
sheets are drawn in a window of their own that runs no scripts and has no network.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from .clean import Cleaned, RawPage

if TYPE_CHECKING:
    from playwright.async_api import Browser

log = logging.getLogger(__name__)

SECONDS = 5.0
"""How long all pictures of a recording may take."""

_SIZE: Any = {"width": 800, "height": 600}

_LINK = re.compile(r"<link\b[^<>]*+>", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_LOADS = re.compile(r"<(?:iframe|object|embed|base|img|source)\b[^<>]*+>", re.IGNORECASE)
_SCRIPT = re.compile(
    r"<(?P<open>script|noscript)\b|</(?P<close>script|noscript)\s*+>", re.IGNORECASE
)


async def draw(browser: Browser, cleaned: Cleaned) -> dict[str, bytes]:
    """A PNG for each state of `cleaned` that can be drawn in time."""
    sheets = style_sheets(cleaned)
    pictures: dict[str, bytes] = {}
    try:
        async with asyncio.timeout(SECONDS):
            context = await browser.new_context(
                viewport=_SIZE, java_script_enabled=False, offline=True, accept_downloads=False
            )
            try:
                page = await context.new_page()
                for state, each in cleaned.pages.items():
                    await page.set_content(standalone(each, sheets), wait_until="commit")
                    pictures[state] = await page.screenshot(animations="disabled")
            finally:
                await context.close()
    except Exception as error:  # noqa: BLE001  (a recording is worth keeping without its pictures)
        log.debug("not every state was pictured: %s", type(error).__name__)
    return pictures


def style_sheets(cleaned: Cleaned) -> dict[str, str]:
    """The recorded style sheets by their addresses."""
    return {
        line["url"]: cleaned.bodies[body].decode("utf-8", "replace")
        for line in cleaned.exchanges
        if line.get("type") == "stylesheet"
        and (body := (line["response"] or {}).get("body")) is not None
    }


def standalone(page: RawPage, sheets: Mapping[str, str]) -> str:
    """The HTML of a page that loads nothing: its style sheets are in it, its scripts are not."""

    def sheet(link: re.Match[str]) -> str:
        href = _HREF.search(link[0])
        text = sheets.get(urljoin(page.url, href[1])) if href is not None else None
        # An end tag within a style sheet would end it.
        return "" if text is None else "<style>" + text.replace("</", "<\\/") + "</style>"

    return _LINK.sub(sheet, _LOADS.sub("", _without_scripts(page.html)))


def _without_scripts(html: str) -> str:
    """`html` without its scripts; one that does not end takes the rest with it, as in a browser."""
    pieces: list[str] = []
    done, within = 0, ""
    for found in _SCRIPT.finditer(html):
        if not within and found["open"]:
            within = found["open"].lower()
            pieces.append(html[done : found.start()])
        elif within and (found["close"] or "").lower() == within:
            done, within = found.end(), ""
    return "".join([*pieces, "" if within else html[done:]])
