"""The unchanged traffic of a browser and of our own client, kept in memory only.

Requests and answers come from the gate, which hears every window and worker of the login. Chromium
tells the gate no cookies of a request and no socket's frames: those come from the page's own
`Network` domain and are put to the request that they belong to.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from upstox_browser_login.page.ears import TEXT_FRAME
from upstox_browser_login.page.requests import body_of

if TYPE_CHECKING:
    from playwright.async_api import Page

    from upstox_browser_login.http import Pairs

TYPES: Mapping[str, str] = {
    "Document": "document",
    "Script": "script",
    "Fetch": "fetch",
    "XHR": "xhr",
    "Stylesheet": "stylesheet",
    "Image": "image",
    "Font": "font",
}

OF_THE_CONNECTION = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers that say how a body was carried, and not what it is."""

MOST = 3000
"""So many requests, and frames of sockets, are kept of one login."""


@dataclass
class RawExchange:
    """One request and what came of it. `at` and `took` are seconds; None for what is not known."""

    n: int
    at: float
    by: Literal["browser", "client"]
    type: str
    frame: Literal["main", "child"] | None
    method: str
    url: str
    hop_of: int | None = None
    request_headers: Pairs = field(default_factory=list)
    request_body: bytes | None = None
    status: int | None = None
    response_headers: Pairs = field(default_factory=list)
    response_body: bytes | None = None
    failed: str | None = None
    took: float | None = None


@dataclass
class RawSocket:
    """A socket that the page opened, and its frames: when, whether sent, and the text."""

    n: int
    at: float
    url: str
    frames: list[tuple[float, bool, str]] = field(default_factory=list)


class Capture:
    """Hears one login. `now` is a clock that never jumps, seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.began = now()
        self.exchanges: list[RawExchange] = []
        self.sockets: list[RawSocket] = []
        self._numbers = 0
        self._main = ""
        self._by_id: dict[str, list[RawExchange]] = defaultdict(list)
        self._sent_headers: dict[str, list[Pairs]] = defaultdict(list)
        self._got_headers: dict[str, list[Pairs]] = defaultdict(list)
        self._failures: dict[str, str] = {}
        self._types: dict[str, str] = {}
        self._by_socket: dict[str, RawSocket] = {}
        self._open = True

    @property
    def at(self) -> float:
        """Seconds since the start."""
        return max(0.0, self._now() - self.began)

    def begin(self) -> None:
        """Count the time from now on."""
        self.began = self._now()

    async def open(self, page: Page) -> None:
        """Hear what the `Network` domain of this page tells."""
        session = await page.context.new_cdp_session(page)
        told = await session.send("Target.getTargetInfo")
        self._main = str(told["targetInfo"]["targetId"])
        session.on("Network.requestWillBeSent", self._on_request)
        session.on("Network.requestWillBeSentExtraInfo", self._on_sent_headers)
        session.on("Network.responseReceivedExtraInfo", self._on_got_headers)
        session.on("Network.loadingFailed", self._on_failed)
        session.on("Network.webSocketCreated", self._on_socket)
        session.on("Network.webSocketFrameSent", lambda event: self._on_frame(event, sent=True))
        session.on(
            "Network.webSocketFrameReceived", lambda event: self._on_frame(event, sent=False)
        )
        await session.send("Network.enable")

    def close(self) -> None:
        """Hear nothing any more."""
        self._open = False

    # -- the gate's witness ------------------------------------------------------------------------

    def asked(self, event: Mapping[str, Any], ended: str | None) -> None:
        """A request is about to leave; `ended` says why it does not."""
        request = event["request"]
        url = str(request["url"])
        if not self._open or not url.startswith(("http:", "https:")) or self._is_full:
            return
        call_id = _id_of(event)
        hops = self._by_id[call_id]
        frame = str(event.get("frameId", ""))
        exchange = RawExchange(
            n=self._number(),
            at=self.at,
            by="browser",
            type=TYPES.get(str(event.get("resourceType", "")), "other"),
            frame=None if not frame else "main" if frame == self._main else "child",
            method=str(request.get("method", "GET")),
            url=url,
            hop_of=hops[-1].n if hops and _leads_on(hops[-1]) else None,
            request_headers=[(str(k), str(v)) for k, v in request.get("headers", {}).items()],
            request_body=body_of(request) or None,
            failed=None if ended is None else "blocked",
        )
        hops.append(exchange)
        self.exchanges.append(exchange)

    def answered(self, event: Mapping[str, Any], body: bytes | None) -> None:
        """An answer has come, or none will."""
        exchange = self._waiting(_id_of(event))
        if exchange is None or not self._open:
            return
        exchange.took = self.at - exchange.at
        status = event.get("responseStatusCode")
        if status is None:
            exchange.failed = f"net::{event.get('responseErrorReason', 'ERR_FAILED')}"
            return
        exchange.status = int(status)
        exchange.response_headers = [
            (str(each["name"]), str(each["value"])) for each in event.get("responseHeaders") or ()
        ]
        exchange.response_body = body or None

    def _waiting(self, call_id: str) -> RawExchange | None:
        waiting = [each for each in self._by_id[call_id] if each.took is None and not each.failed]
        return waiting[-1] if waiting else None

    # -- our own client ----------------------------------------------------------------------------

    def sends(self, method: str, url: str, headers: Pairs, body: bytes) -> None:
        """Our own client sends a request."""
        self.exchanges.append(
            RawExchange(
                n=self._number(),
                at=self.at,
                by="client",
                type="fetch",
                frame=None,
                method=method,
                url=url,
                request_headers=headers,
                request_body=body or None,
            )
        )

    def hears(self, status: int, headers: Pairs, body: bytes) -> None:
        """Our own client was answered."""
        exchange = next(each for each in reversed(self.exchanges) if each.by == "client")
        exchange.took = self.at - exchange.at
        exchange.status, exchange.response_headers = status, headers
        exchange.response_body = _unpacked(headers, body) or None

    # -- what the Network domain tells -------------------------------------------------------------

    def _on_request(self, event: Mapping[str, Any]) -> None:
        # The gate calls every call of a script XHR.
        self._types[str(event["requestId"])] = TYPES.get(str(event.get("type", "")), "other")

    def _on_sent_headers(self, event: Mapping[str, Any]) -> None:
        self._sent_headers[str(event["requestId"])].append(_pairs(event.get("headers", {})))

    def _on_got_headers(self, event: Mapping[str, Any]) -> None:
        self._got_headers[str(event["requestId"])].append(_pairs(event.get("headers", {})))

    def _on_failed(self, event: Mapping[str, Any]) -> None:
        self._failures[str(event["requestId"])] = str(event.get("errorText") or "net::ERR_FAILED")

    def _on_socket(self, event: Mapping[str, Any]) -> None:
        if self._open and not self._is_full:
            socket = RawSocket(self._number(), self.at, str(event.get("url", "")))
            self._by_socket[str(event["requestId"])] = socket
            self.sockets.append(socket)

    def _on_frame(self, event: Mapping[str, Any], *, sent: bool) -> None:
        socket = self._by_socket.get(str(event["requestId"]))
        response = event.get("response", {})
        if socket is None or not self._open or len(socket.frames) >= MOST:
            return
        text = str(response.get("payloadData", ""))
        if response.get("opcode") != TEXT_FRAME:
            text = "(not text)"
        socket.frames.append((self.at, sent, text))

    def whole(self) -> list[RawExchange]:
        """Every exchange, with what the two sources say of it put together."""
        for call_id, hops in self._by_id.items():
            for index, exchange in enumerate(hops):
                if exchange.type == "xhr":
                    exchange.type = self._types.get(call_id, "xhr")
                _complete(exchange, _nth(self._sent_headers[call_id], index), requests=True)
                _complete(exchange, _nth(self._got_headers[call_id], index), requests=False)
            last = hops[-1]
            if last.failed != "blocked" and (last.failed or last.status is None):
                last.failed = self._failures.get(call_id, last.failed or "net::ERR_ABORTED")
        for each in self.exchanges:
            if each.by == "client" and each.status is None:
                each.failed = "net::ERR_CONNECTION_FAILED"
        return self.exchanges

    @property
    def _is_full(self) -> bool:
        return len(self.exchanges) + len(self.sockets) >= MOST

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers - 1


def _id_of(event: Mapping[str, Any]) -> str:
    return str(event.get("networkId") or event["requestId"])


def _leads_on(exchange: RawExchange) -> bool:
    return exchange.status is not None and 300 <= exchange.status < 400


def _pairs(headers: Mapping[str, Any]) -> Pairs:
    """Headers as pairs; one that came several times is told on several lines."""
    return [
        (str(name), value)
        for name, values in headers.items()
        if not str(name).startswith(":")
        for value in str(values).split("\n")
    ]


def _nth(told: list[Pairs], index: int) -> Pairs:
    return told[index] if index < len(told) else []


def _complete(exchange: RawExchange, more: Pairs, *, requests: bool) -> None:
    """Add the headers of `more` that are not told yet, such as cookies."""
    have = exchange.request_headers if requests else exchange.response_headers
    if not requests and exchange.status is None:
        return
    names = {name.lower() for name, _ in have}
    have += [(name, value) for name, value in more if name.lower() not in names]


def _unpacked(headers: Pairs, body: bytes) -> bytes:
    packed = any(name.lower() == "content-encoding" and "gzip" in value for name, value in headers)
    if packed:
        with suppress(zlib.error):
            return zlib.decompress(body, zlib.MAX_WBITS | 16)
    return body
