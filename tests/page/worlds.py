"""A window without a browser: what the scripts in each of its frames tell its eyes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from upstox_browser_login.page.eyes import Eyes
from upstox_browser_login.page.look import BINDING, WORLD


class Session:
    """A CDP session whose events a test tells, and whose calls it answers."""

    def __init__(self, *answers: Any) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self._heard: dict[str, Callable[..., Any]] = {}
        self._answers = list(answers)

    def on(self, event: Any, f: Callable[..., Any]) -> None:
        self._heard[event] = f

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        self.sent.append((method, params or {}))
        if method == "Runtime.callFunctionOn" and self._answers:
            return {"result": {"value": self._answers.pop(0)}}
        return {}

    def tell(self, event: str, **about: Any) -> None:
        self._heard[event](about)

    def world(self, number: int, frame: str, origin: str, name: str = WORLD) -> None:
        """A world of scripts begins."""
        context = {"id": number, "name": name, "origin": origin, "auxData": {"frameId": frame}}
        self.tell("Runtime.executionContextCreated", context=context)

    def says(self, world: int, payload: str, name: str = BINDING) -> None:
        """A world tells something."""
        self.tell("Runtime.bindingCalled", name=name, executionContextId=world, payload=payload)


UPSTOX, EVIL = "https://login.upstox.com", "https://evil.example"


async def open_eyes(*answers: Any) -> tuple[Eyes, Session]:
    """Eyes on a window whose page is Upstox's, with our world in it."""
    session = Session(*answers)
    eyes = Eyes(trusted=lambda url: url == UPSTOX, monotonic=lambda: 5.0, changed=lambda: None)
    await eyes.open(session, "main")
    session.world(1, "main", UPSTOX)
    session.world(2, "main", UPSTOX, name="")
    return eyes, session


def telling(text: str) -> str:
    return json.dumps({"ready": True, "texts": [{"text": text}]})
