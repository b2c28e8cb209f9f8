"""Chromium's own protocol, as far as the page's rooms need it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Session(Protocol):
    """The part of Playwright's CDP session that is needed here."""

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        """Call a method of Chromium's."""

    def on(self, event: Any, f: Callable[..., Any]) -> None:
        """Hear of an event."""
