"""Types into exactly the field that the look named, and presses exactly the control.

Both happen in the isolated world of the frame that the look came from, whose origin the browser has
told. A credential is inserted in the same task that found its field to have the focus, so that it
cannot reach another field or frame.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from typing import Any

from playwright.async_api import Error as PlaywrightError

from upstox_browser_login.errors import PageChangedError

from .cdp import Session
from .eyes import Eyes
from .look import Control, Field

log = logging.getLogger(__name__)

Wanted = Callable[[], bool]

KEYS_APART = 0.06
"""Seconds between two characters, if a person watches."""


_LEFT = re.compile("Cannot find context|context was destroyed|target navigated", re.IGNORECASE)
"""Chromium's message if the page went elsewhere before or during a call."""


class Hands:
    """Types and presses for one login in one window."""

    def __init__(self, session: Session, eyes: Eyes, *, slowly: bool = False) -> None:
        self._session = session
        self._eyes = eyes
        self._slowly = slowly

    def check(self, field: Field) -> None:
        """Raise `PageChangedError` UNTRUSTED_ORIGIN for a field that must not be typed into."""
        self._world(field.frame)
        if field.posts and not self._eyes.may_send(field.posts):
            raise PageChangedError(
                "The form would be sent to a place that is not Upstox.", code="UNTRUSTED_ORIGIN"
            )

    async def fill(
        self, field: Field, text: str, *, keys: bool = False, wanted: Wanted = lambda: True
    ) -> str:
        """Type `text`; answer "typed", or why no character was typed.

        What is typed takes the place of what the field held. With `keys` each character is a key of
        its own, and none follows once it is not `wanted` any more. Raises `PageChangedError`
        UNTRUSTED_ORIGIN if the form would be sent to strangers.
        """
        self.check(field)
        if keys or self._slowly:
            return await self._type(field, text, wanted)
        told = await self._call(field.frame, "fill", field.n, text, field.facts, left="typed")
        if told == "closed" and not field.disabled and not await self.press(field):
            # Some fields are read-only until they are pressed.
            told = await self._call(field.frame, "fill", field.n, text, field.facts, left="typed")
        return str(told)

    async def _type(self, field: Field, text: str, wanted: Wanted) -> str:
        for index, character in enumerate(text):
            facts = None if index else field.facts
            anew = index == 0
            why = await self._call(field.frame, "focus", field.n, index, text, facts, anew)
            if why:
                return "typed" if index else str(why)
            if index and not wanted():
                break
            await self._key(character, character, text=character)
            if self._slowly:
                await asyncio.sleep(KEYS_APART)
        # A look from before the last key must not decide anything.
        await self._call(field.frame, "again")
        return "typed"

    async def _key(self, key: str, code: str, *, text: str = "", number: int = 0) -> None:
        press: dict[str, Any] = {"type": "keyDown" if text else "rawKeyDown", "key": key}
        if text.isdigit():
            press |= {"code": f"Digit{text}", "windowsVirtualKeyCode": ord(text)}
        elif number:
            press |= {"code": code, "windowsVirtualKeyCode": number}
        if text:
            press |= {"text": text, "unmodifiedText": text}
        await self._session.send("Input.dispatchKeyEvent", press)
        release = {
            name: value for name, value in press.items() if not name.lower().endswith("text")
        }
        await self._session.send("Input.dispatchKeyEvent", {**release, "type": "keyUp"})

    async def enter(self, field: Field, text: str, *, wanted: Wanted = lambda: True) -> bool:
        """Press Enter in the field. False if it had no focus, or was not `wanted` any more."""
        why = await self._call(field.frame, "focus", field.n, 0, text, None)
        if why or not wanted():
            return False
        await self._key("Enter", "Enter", text="\r", number=13)
        return True

    async def blur(self, field: Field, text: str) -> None:
        """Press a key that changes nothing and leave the field: some pages read a field then."""
        if not await self._call(field.frame, "focus", field.n, 0, text, None):
            await self._key("End", "End", number=35)
        await self._call(field.frame, "blur")

    async def press(
        self,
        control: Control | Field,
        *,
        wanted: Wanted = lambda: True,
        once_drawn: bool = False,
    ) -> str:
        """Press once where a hit test finds the control or field; answer why not, or nothing.

        Whether it is still `wanted` is asked last, when the page has answered where to press and
        all that it sent before was heard. With `once_drawn` the page draws twice before it answers,
        and so has time to submit by itself what was just typed.
        """
        words = control.words if isinstance(control, Control) else None
        name = "aimOnceDrawn" if once_drawn else "aim"
        aim = await self._call(control.frame, name, control.n, words)
        if not isinstance(aim, dict):
            return "gone"
        if aim.get("why"):
            return str(aim["why"])
        foreign = control.frame and not (aim.get("own") or aim.get("choice"))
        # A frame cannot tell its own place in the window.
        where = await self._middle(control) if foreign else None
        if not wanted():
            await self._call(control.frame, "disarm")  # the guard is not needed any more
            return "not wanted"
        if aim.get("choice"):
            return await self._press_within(control, "choose")
        if foreign:
            if where is None:
                return await self._press_within(control, "click")
            aim["x"], aim["y"] = where
        stops = self._eyes.stops
        spot = {"x": aim["x"], "y": aim["y"], "button": "left", "clickCount": 1}
        await asyncio.gather(
            self._session.send("Input.dispatchMouseEvent", {**spot, "type": "mousePressed"}),
            self._session.send("Input.dispatchMouseEvent", {**spot, "type": "mouseReleased"}),
        )
        # The page mostly reports it before the browser answers. A later report is heard by the
        # caller.
        return "changed" if self._eyes.stops > stops else ""

    async def _press_within(self, control: Control | Field, name: str) -> str:
        """Press by a script in the page. It counts as made where the page leaves by it."""
        return str(await self._call(control.frame, name, control.n, left="") or "")

    async def _middle(self, control: Control | Field) -> tuple[float, float] | None:
        world = self._world(control.frame)
        if world is None:
            return None
        told = await self._ask(world, "node", control.n)
        node = None if told is None else told.get("result", {}).get("objectId")
        if node is None:
            return None
        quads = (await self._session.send("DOM.getContentQuads", {"objectId": node})).get("quads")
        if not quads:
            return None
        x, y = quads[0][0::2], quads[0][1::2]
        return sum(x) / 4, sum(y) / 4

    def _world(self, frame: str) -> int | None:
        """The world to act in; None if the page has just gone elsewhere."""
        world = self._eyes.world(frame)
        if world is None and self._eyes.has_world(frame):
            raise PageChangedError(
                "The form is in a place that is not Upstox's own login.", code="UNTRUSTED_ORIGIN"
            )
        return world

    async def _call(self, frame: str, name: str, *arguments: Any, left: str = "gone") -> Any:
        """Call one of `uplHands`; answer `left` if the page may have gone while it ran."""
        world = self._world(frame)
        if world is None:
            return "gone"
        by_value = {"returnByValue": True, "awaitPromise": True, "userGesture": True}
        told = await self._ask(world, name, *arguments, **by_value)
        if told is None:
            return left
        if "exceptionDetails" in told:
            # The exception's text is not logged, since it could quote the credential.
            log.debug("the page could not be acted on (%s)", name)
            return left  # it may have failed after the typing
        return told.get("result", {}).get("value")

    async def _ask(self, world: int, name: str, *arguments: Any, **how: bool) -> Any:
        """Chromium's answer to a call; None if the page went elsewhere before or during it."""
        code = f"function(...all) {{ return uplHands.{name}(...all); }}"
        values = [{"value": each} for each in arguments]
        call = {"functionDeclaration": code, "arguments": values, "executionContextId": world}
        try:
            return await self._session.send("Runtime.callFunctionOn", {**call, **how})
        except PlaywrightError as error:
            if _LEFT.search(error.message):
                return None
            raise
