"""Chromium's DevTools protocol, as far as the page's rooms need it."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Protocol


class Session(Protocol):
    """The part of Playwright's CDP session that is needed here."""

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        """Call a method of Chromium's."""

    def on(self, event: Any, f: Callable[..., Any]) -> None:
        """Hear of an event."""


def start(work: Coroutine[Any, Any, None], tasks: set[asyncio.Task[None]]) -> None:
    """Begin what an event asks for, without letting the sender of events wait for it.

    `tasks` holds it until it is done, since asyncio may drop a task that nobody holds.
    """
    task = asyncio.ensure_future(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def body_in(told: Mapping[str, Any], most: int | None = None) -> bytes:
    """The body that Chromium tells of an answer. Raises `ValueError` where it is damaged.

    Of one that has more than `most` bytes only so many are decoded that this can be seen.
    """
    text = str(told.get("body", ""))
    if told.get("base64Encoded"):
        return base64.b64decode(text if most is None else text[: (most // 3 + 1) * 4])
    return (text if most is None else text[: most + 1]).encode()
