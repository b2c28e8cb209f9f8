"""The newest look at a window: what its trusted frames tell, put together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from upstox_browser_login.settings import is_upstox_host

from .cdp import Session
from .look import BINDING, WORLD, Look
from .script import page_script

log = logging.getLogger(__name__)

STOPPED = '{"stopped":true}'
"""What the script in the page reports when it has stopped a whole press."""


class Eyes:
    """Looks at one window. `look` is the newest look, `since` when it was told."""

    def __init__(
        self,
        *,
        trusted: Callable[[str], bool],
        monotonic: Callable[[], float],
        changed: Callable[[], None],
        returns: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._trusted = trusted
        self._returns = returns
        self._monotonic = monotonic
        self._changed = changed
        self._main = ""
        self._parents: dict[str, str] = {}
        self._worlds: dict[int, tuple[str, str]] = {}
        """The frame of each of our worlds, and its origin as the browser tells it."""
        self._looks: dict[str, Look] = {}
        self.look = Look()
        self.since = monotonic()
        self.stops = 0
        """The number of presses that the script has stopped before the page heard of them."""
        self.on_frames: Callable[[frozenset[str]], None] = lambda _: None
        self.heard: Callable[[Look], None] = lambda _: None

    async def open(self, session: Session, main_frame: str) -> None:
        """Look at the window of `session` from now on. It must not have loaded anything yet."""
        self._main = main_frame
        session.on("Runtime.executionContextCreated", self._on_world)
        session.on("Runtime.executionContextDestroyed", self._on_world_gone)
        session.on("Runtime.executionContextsCleared", lambda _: self._forget())
        session.on("Runtime.bindingCalled", self._on_told)
        session.on("Page.frameAttached", self._on_frame)
        session.on("Page.frameDetached", self._on_frame_gone)
        # They are sent in this order, and their answers are awaited together.
        await asyncio.gather(
            session.send("Page.enable"),
            session.send("Runtime.enable"),
            session.send("Runtime.addBinding", {"name": BINDING, "executionContextName": WORLD}),
            session.send(
                "Page.addScriptToEvaluateOnNewDocument",
                {"source": page_script(), "worldName": WORLD, "runImmediately": True},
            ),
        )

    def world(self, frame: str) -> int | None:
        """The world to act in for a frame that may be typed into; None if there is none."""
        return self._newest(frame)[0] if self.may_type(frame) else None

    def has_world(self, frame: str) -> bool:
        """Whether a frame has a page, on whatever origin."""
        return self._newest(frame)[0] is not None

    def frame_of(self, world: int) -> str | None:
        """The frame of one of our worlds; empty for the page itself, None for other worlds."""
        known = self._worlds.get(world)
        if known is None:
            return None
        return "" if known[0] == self._main else known[0]

    def origin(self, frame: str) -> str:
        """The origin of a frame as the browser tells it; may be empty. The page is frame ""."""
        return self._newest(frame)[1]

    def _newest(self, frame: str) -> tuple[int | None, str]:
        """The newest world of a frame and its origin; None and an empty text if there is none."""
        return next(
            (
                (world, origin)
                for world, (each, origin) in reversed(self._worlds.items())
                if each == (frame or self._main)
            ),
            (None, ""),
        )

    def may_type(self, frame: str) -> bool:
        """Whether this frame and all its parents are on trusted origins."""
        each = frame or self._main
        for _ in range(20):
            if not self._trusted(self.origin(each)):
                return False
            if each == self._main:
                return True
            each = self._parents.get(each, "")
            if not each:
                return False
        return False

    def may_send(self, origin: str) -> bool:
        """Whether a form's address may have this origin: a trusted one, or another of Upstox's.

        A script may send the form elsewhere all the same, and what would leave to another origin is
        stopped.
        """
        return self._trusted(origin) or is_upstox_host(urlsplit(origin).hostname or "")

    def _on_world(self, event: Mapping[str, Any]) -> None:
        context = event["context"]
        about = context.get("auxData") or {}
        if context.get("name") == WORLD and about.get("frameId"):
            self._worlds[int(context["id"])] = (
                str(about["frameId"]),
                str(context.get("origin", "")),
            )

    def _on_world_gone(self, event: Mapping[str, Any]) -> None:
        gone = self._worlds.pop(int(event["executionContextId"]), None)
        if gone is not None and gone[0] not in {frame for frame, _ in self._worlds.values()}:
            self._looks.pop(gone[0], None)
            self._see()

    def _forget(self) -> None:
        self._worlds.clear()
        self._looks.clear()
        self._see()

    def _on_frame(self, event: Mapping[str, Any]) -> None:
        self._parents[str(event["frameId"])] = str(event.get("parentFrameId", ""))
        self.on_frames(frozenset(self._parents))

    def _on_frame_gone(self, event: Mapping[str, Any]) -> None:
        frame = str(event["frameId"])
        self._looks.pop(frame, None)
        if event.get("reason") != "swap":
            self._parents.pop(frame, None)
        self._see()

    def _on_told(self, event: Mapping[str, Any]) -> None:
        world = self._worlds.get(int(event.get("executionContextId", -1)))
        if event.get("name") != BINDING or world is None:
            return
        if event["payload"] == STOPPED:
            self.stops += 1
            self._changed()
            return
        frame = world[0]
        try:
            look = Look.read(
                str(event["payload"]), "" if frame == self._main else frame, self._returns
            )
        except (ValueError, TypeError, RecursionError) as error:
            log.debug("%s", error)
            return
        self._looks[frame] = look
        self._see()

    def _see(self) -> None:
        main = self._looks.get(self._main)
        if main is None or not self.may_type(self._main):
            look = Look()
        else:
            inner = tuple(
                each
                for frame, each in self._looks.items()
                if frame != self._main and self.may_type(frame)
            )
            look = main.with_frames(inner)
        if look != self.look:
            self.look, self.since = look, self._monotonic()
            self.heard(look)
            self._changed()
