"""Chromium's Network events of one window, and the ears that hear them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from upstox_browser_login.page.ears import Ears
from upstox_browser_login.page.wire.calls import Call

MAIN = "main"
SERVICE = "https://service.upstox.com"
PIN, NUMBER = "135790", "9876501234"
NOON = 1_800_000_000.0


@dataclass
class Network:
    """Chromium's side of a window: tells its events, and answers with bodies."""

    heard: dict[str, Callable[..., Any]] = field(default_factory=dict)
    sent: list[tuple[str, Any]] = field(default_factory=list)
    body: dict[str, Any] | None = None
    now: float = NOON
    monotonic: float = 10.0

    def on(self, event: Any, f: Callable[..., Any]) -> None:
        self.heard[event] = f

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        self.sent.append((method, params))
        if method == "Network.getResponseBody" and self.body is None:
            raise ValueError("gone")
        return self.body

    def tell(self, event: str, **about: Any) -> None:
        """An event of the domain `Network`."""
        self.heard[f"Network.{event}"](about)

    def asks(self, call_id: str, url: str, kind: str = "Fetch", **request: Any) -> None:
        """A request of the window."""
        about = {"redirectResponse": request.pop("hop")} if "hop" in request else {}
        self.tell(
            "requestWillBeSent",
            requestId=call_id,
            type=kind,
            frameId=request.pop("frame", MAIN),
            request={"url": url, "method": "GET"} | request,
            **about,
        )

    def answers(self, call_id: str, status: int = 200, **response: Any) -> None:
        """The headers of its answer."""
        told = {"status": status, "headers": {}} | response
        self.tell("responseReceived", requestId=call_id, response=told)


def trusted(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and f".{parts.hostname}".endswith(".upstox.com")


async def listen() -> tuple[Ears, Network]:
    """Ears, and the network that they hear."""
    network = Network()
    ears = Ears(
        trusted=trusted,
        now=lambda: network.now,
        monotonic=lambda: network.monotonic,
        changed=lambda: None,
    )
    await ears.listen(network, MAIN)
    return ears, network


def only(ears: Ears) -> Call:
    (call,) = ears.traffic.calls
    return call
