"""The one picture of a page at its failure, which shows no word but those known to be harmless."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from upstox_browser_login.redaction import MASK, Redactor

if TYPE_CHECKING:
    from playwright.async_api import Frame, Page

Ask = Callable[[Awaitable[Any]], Awaitable[Any]]
"""Awaits an answer of the browser; None where it does not come."""

FRAMES = 20
"""A page with more frames than this is not pictured."""

ELEMENTS = 20_000
"""Nor is one with more elements."""

_WORDS = 2000
_LONGEST = 24
_ERROR_CODE = re.compile(r"\W*(?:\[(?:UDAPI)?(?:10\d{5}|\d{3})\]|UDAPI\d{3,7})\W*")


class Told(Struct, frozen=True):
    """What the newest look at a page told: its texts, and whether parts of it cannot be seen."""

    words: tuple[str, ...] = ()
    closed: bool = False


NOTHING_TOLD = Told()


@cache
def script(name: str) -> str:
    """One of this room's scripts."""
    return files(__package__).joinpath(name).read_text("utf-8")


def legible(texts: Iterable[str], redactor: Redactor) -> list[str]:
    """The words of `texts` that may be drawn: no part of a secret, no number but an error's code.

    Numbers are left out whatever they are: their digits may be those of a secret that the page
    shows in pieces.
    """
    words: dict[str, None] = {}
    for text in texts:
        for word in redactor.redact(text).split():
            numeric = re.search(r"\d", word) and not _ERROR_CODE.fullmatch(word)
            if not numeric and MASK not in word and len(word) <= _LONGEST:
                words[word] = None
    return list(words)[:_WORDS]


async def protect(page: Page, ask: Ask) -> bool:
    """Put the privacy script into the frames of a page that lives; false where it does not answer.

    What is typed and every number are covered from then on.
    """
    frames = page.frames[: FRAMES + 1]
    main, *others = await asyncio.gather(
        *(ask(_done(frame.evaluate(script("privacy.js")))) for frame in frames)
    )
    return bool(main) and all(others)


async def _done(call: Awaitable[object]) -> bool:
    await call
    return True


async def is_too_large(page: Page) -> bool:
    """Whether to cover it would take too long."""
    count = "document.querySelectorAll('*').length"
    return len(page.frames) > FRAMES or bool(await page.evaluate(count) > ELEMENTS)


async def has_closed_parts(page: Page) -> bool:
    """Whether a part of the page is in a closed shadow root, which only the browser can see."""
    session = await page.context.new_cdp_session(page)
    try:
        tree = await session.send("DOM.getDocument", {"depth": -1, "pierce": True})
    finally:
        await session.detach()
    queue = [tree["root"]]
    while queue:
        node = queue.pop()
        if node.get("shadowRootType") == "closed":
            return True
        for name in ("children", "shadowRoots"):
            queue += node.get(name, ())
        queue += [node[name] for name in ("contentDocument", "templateContent") if name in node]
    return False


async def cover(page: Page, words: list[str], ask: Ask) -> str:
    """Hide all but `words`; answer why there is to be no picture, or nothing.

    Frames of another site stay hidden, since nobody can tell whether they have closed parts.
    """
    told = await ask(page.main_frame.evaluate(script("picture.js"), [words, ELEMENTS]))
    if not isinstance(told, int):
        return told if isinstance(told, str) else "it did not answer"
    origin = _origin(page.url)
    own = [frame for frame in page.frames[1:] if _origin(frame.url) in {origin, "about:srcdoc"}]
    await asyncio.gather(*(ask(_show(frame, words)) for frame in own))
    return ""


async def _show(frame: Frame, words: list[str]) -> None:
    """Show a frame once all but `words` is hidden in it."""
    if isinstance(await frame.evaluate(script("picture.js"), [words, ELEMENTS]), int):
        element = await frame.frame_element()
        await element.evaluate("(e) => e.style.setProperty('opacity', '1', 'important')")


def _origin(url: str) -> str:
    found = re.match(r"about:srcdoc|[a-z][a-z0-9+.-]*://[^/?#]*", url)
    return found[0] if found else ""
