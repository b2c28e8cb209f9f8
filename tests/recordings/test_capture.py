"""What is heard of a login is put together: hops, cookies, failures, sockets, our own call."""

from __future__ import annotations

import gzip
from typing import Any

import httpx2
import pytest

from upstox_browser_login import http
from upstox_browser_login.recordings.capture import Capture


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def capture(clock: Clock) -> Capture:
    return Capture(clock)


def paused(url: str, **more: Any) -> dict[str, Any]:
    event = {
        "requestId": "interception-1",
        "networkId": "7",
        "frameId": "main",
        "resourceType": "Document",
        "request": {"url": url, "method": "GET", "headers": {"Accept": "text/html"}},
    }
    return event | more


def answer(status: int, *headers: tuple[str, str]) -> dict[str, Any]:
    pairs = [{"name": name, "value": value} for name, value in headers]
    return paused("", responseStatusCode=status, responseHeaders=pairs)


def test_each_hop_of_a_redirect_has_its_own_cookies(capture: Capture, clock: Clock) -> None:
    capture.asked(paused("https://api.upstox.com/dialog"), None)
    clock.at += 0.5
    capture.answered(answer(302, ("Location", "/a"), ("Set-Cookie", "a=1")), None)
    capture.asked(paused("https://login.upstox.com/a"), None)
    capture.answered(answer(200, ("Content-Type", "text/html")), b"<html>")
    for cookies in ({}, {"Cookie": "a=1"}):
        capture._on_sent_headers({"requestId": "7", "headers": {":path": "/", **cookies}})
    capture._on_got_headers({"requestId": "7", "headers": {"set-cookie": "a=1"}})
    capture._on_got_headers({"requestId": "7", "headers": {"set-cookie": "b=2\nc=3"}})
    first, second = capture.whole()
    assert (first.n, second.n, second.hop_of) == (0, 1, 0)
    assert (first.at, first.took, second.at) == (0.0, 0.5, 0.5)
    assert ("Cookie", "a=1") in second.request_headers
    assert not any(name == "Cookie" for name, _ in first.request_headers)
    assert [each for each in first.response_headers if each[0] == "Set-Cookie"] == [
        ("Set-Cookie", "a=1")
    ]
    assert second.response_headers[1:] == [("set-cookie", "b=2"), ("set-cookie", "c=3")]
    assert second.response_body == b"<html>"


def test_what_was_stopped_or_failed_says_so(capture: Capture) -> None:
    capture.asked(paused("https://callback.invalid/?code=1"), "Aborted")
    capture.asked(paused("https://login.upstox.com/x", networkId="8"), None)
    capture._on_failed({"requestId": "8", "errorText": "net::ERR_CONNECTION_RESET"})
    capture.asked(paused("https://login.upstox.com/y", networkId="9"), None)
    assert [each.failed for each in capture.whole()] == [
        "blocked",
        "net::ERR_CONNECTION_RESET",
        "net::ERR_ABORTED",
    ]


def test_a_call_of_a_script_is_told_apart_by_the_network_domain(capture: Capture) -> None:
    """The gate calls all of them XHR."""
    capture.asked(paused("https://service.upstox.com/x", resourceType="XHR"), None)
    capture._on_request({"requestId": "7", "type": "Fetch"})
    assert capture.whole()[0].type == "fetch"


def test_frames_of_a_socket_are_kept_in_order(capture: Capture, clock: Clock) -> None:
    capture._on_socket({"requestId": "5", "url": "wss://login.upstox.com/qr"})
    for at, sent, frame in ((1, True, "hello"), (2, False, "QR")):
        clock.at = 100.0 + at
        event = {"requestId": "5", "response": {"opcode": 1, "payloadData": frame}}
        capture._on_frame(event, sent=sent)
    capture._on_frame(
        {"requestId": "5", "response": {"opcode": 2, "payloadData": "AA=="}}, sent=True
    )
    (socket,) = capture.sockets
    assert socket.frames == [(1, True, "hello"), (2, False, "QR"), (2, True, "(not text)")]


def test_nothing_is_heard_after_the_end(capture: Capture) -> None:
    capture.close()
    capture.asked(paused("https://login.upstox.com/x"), None)
    capture._on_socket({"requestId": "5", "url": "wss://login.upstox.com/qr"})
    assert capture.whole() == []
    assert capture.sockets == []


async def test_our_own_call_is_heard_whole(
    capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unpacked, as it is understood."""
    packed = gzip.compress(b'{"access_token":"t"}')

    def served(request: httpx2.Request) -> httpx2.Response:
        assert request.content == b"code=Lm484Z"
        headers = {"content-encoding": "gzip", "content-type": "application/json"}
        return httpx2.Response(200, headers=headers, stream=httpx2.ByteStream(packed))

    make = httpx2.AsyncClient
    monkeypatch.setattr(
        httpx2,
        "AsyncClient",
        lambda **options: make(transport=httpx2.MockTransport(served), headers=options["headers"]),
    )
    client = http.prepare("http://127.0.0.1:1", proxy=None, hears=capture)
    reply = await http.call(
        "POST", "http://127.0.0.1:1/token", proxy=None, client=client, data={"code": "Lm484Z"}
    )
    assert reply.data == {"access_token": "t"}
    (exchange,) = capture.whole()
    assert (exchange.by, exchange.method, exchange.status) == ("client", "POST", 200)
    assert exchange.request_body == b"code=Lm484Z"
    assert exchange.response_body == b'{"access_token":"t"}'
