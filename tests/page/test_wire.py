"""What is made of the browser's network events: calls, what they carry, and Upstox's clock."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from upstox_browser_login.page.wire import (
    Answer,
    Call,
    Traffic,
    Wire,
    body_of,
    repeats_itself,
    said_of,
)
from upstox_browser_login.page.words import Said

MAIN = "main"
SERVICE = "https://service.upstox.com"
PIN, NUMBER = "135790", "9876501234"
NOON = 1_800_000_000.0


@dataclass
class Network:
    """Chromium's side of a wire: tells its events, and answers with bodies."""

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


async def listen() -> tuple[Wire, Network]:
    """A wire, and the network that it hears."""
    network = Network()
    wire = Wire(
        trusted=trusted,
        now=lambda: network.now,
        monotonic=lambda: network.monotonic,
        changed=lambda: None,
    )
    await wire.listen(network, MAIN)
    return wire, network


def only(wire: Wire) -> Call:
    (call,) = wire.traffic.calls
    return call


# -- calls -----------------------------------------------------------------------------------------


ASKS_TO_GET = {"Access-Control-Request-Method": "GET"}


@pytest.mark.parametrize(
    ("kind", "request_", "expected", "posts", "main"),
    [
        ("Document", {}, "document", False, True),
        ("Document", {"frame": "inner"}, "document", False, False),
        ("Document", {"method": "POST"}, "document", True, True),
        ("Fetch", {"method": "POST"}, "data", True, False),
        ("XHR", {}, "data", False, False),
        ("Script", {}, "part", False, False),
        ("Stylesheet", {}, "part", False, False),
        ("Ping", {}, "other", True, False),
        ("EventSource", {}, "other", False, False),
        ("Fetch", {"method": "PUT"}, "data", True, False),
        # The browser's own question before a request.
        ("Fetch", {"method": "OPTIONS"}, "other", True, False),
        ("Fetch", {"method": "OPTIONS", "headers": ASKS_TO_GET}, "other", False, False),
    ],
)
async def test_a_call(
    kind: str, request_: dict[str, Any], expected: str, posts: bool, main: bool
) -> None:
    wire, network = await listen()
    network.asks("1", f"{SERVICE}/login/a", kind, **request_)
    call = only(wire)
    assert (call.kind, call.posts, call.main) == (expected, posts, main)
    assert (call.place, call.at, call.pending) == ("service.upstox.com/login/a", 10.0, True)
    assert call.trusted


async def test_an_address_shows_no_query_and_no_user() -> None:
    wire, network = await listen()
    network.asks("1", f"https://me:secret@evil.example:81/x?code={PIN}#y")
    assert only(wire).place == "evil.example:81/x"
    assert not only(wire).trusted


@pytest.mark.parametrize("url", ["data:text/plain,x", "blob:https://login.upstox.com/1", "about:x"])
async def test_what_goes_nowhere_is_no_call(url: str) -> None:
    wire, network = await listen()
    network.asks("1", url)
    network.answers("1")
    network.tell("loadingFinished", requestId="1")
    network.tell("loadingFailed", requestId="1", errorText="x")
    assert wire.traffic.calls == ()


async def test_a_call_ends_when_it_has_come() -> None:
    wire, network = await listen()
    network.asks("1", f"{SERVICE}/login/a")
    network.answers("1", 204)
    assert (only(wire).status, only(wire).pending) == (204, True)
    network.monotonic = 12.0
    network.tell("loadingFinished", requestId="1")
    assert (only(wire).ended, only(wire).pending, only(wire).broke) == (12.0, False, False)
    assert wire.lines == ["GET service.upstox.com/login/a 204"]


async def test_each_hop_of_a_redirect_is_a_call() -> None:
    """The first carried the PIN, and its name goes on to the second."""
    wire, network = await listen()
    wire.look_out_for("pin", PIN)
    network.asks("1", f"{SERVICE}/login/a?p={PIN}", "Document")
    hop = {"status": 302, "headers": {}}
    network.asks("1", "https://api-v2.upstox.com/hop", "Document", hop=hop)
    network.asks("1", "https://callback.example/cb", "Document", hop=hop)
    first, second, third = wire.traffic.calls
    assert {first.id, second.id, third.id} > {"1"}
    assert third.id == "1"
    assert [bool(each.carries) for each in (first, second, third)] == [True, False, False]
    assert [each.pending for each in (first, second, third)] == [False, False, True]
    assert len(wire.lines) == 2


async def test_one_request_that_is_told_twice_is_one_call() -> None:
    """By the gate before it is sent, and by the window when it is."""
    wire, network = await listen()
    wire.look_out_for("pin", PIN)
    request = {"url": f"{SERVICE}/login/a", "method": "POST", "postData": f"p={PIN}"}
    wire.asked("1", request, "Fetch")
    network.asks("1", f"{SERVICE}/login/a", method="POST")
    assert only(wire).carries == {"pin"}


async def test_the_page_itself_is_the_newest_document_that_was_answered() -> None:
    wire, network = await listen()
    for number, status in (("1", 200), ("2", 503)):
        network.asks(number, f"https://login.upstox.com/{number}", "Document")
        network.answers(number, status)
    network.asks("3", "https://login.upstox.com/3", "Document")
    network.asks("4", "https://login.upstox.com/4", "Document", frame="inner")
    network.answers("4")
    document = wire.traffic.document
    assert document is not None
    assert document.id == "2"


# -- failures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "broke", "blocked"),
    [
        ({"errorText": "net::ERR_CONNECTION_RESET"}, True, False),
        ({}, True, False),
        ({"errorText": "net::ERR_ABORTED", "canceled": True}, False, False),
        ({"errorText": "net::ERR_FAILED", "blockedReason": "inspector"}, False, True),
    ],
)
async def test_a_call_that_failed(told: dict[str, Any], broke: bool, blocked: bool) -> None:
    wire, network = await listen()
    network.asks("1", f"{SERVICE}/login/a", method="POST")
    network.tell("loadingFailed", requestId="1", **told)
    call = only(wire)
    assert (call.broke, call.blocked, call.pending) == (broke, blocked, False)
    assert (call not in wire.traffic.since(0)) == blocked


async def test_an_answer_that_was_read_in_full_is_no_failure() -> None:
    """It was kept from a page of another origin."""
    wire, network = await listen()
    network.asks("1", f"{SERVICE}/login/a", method="POST")
    wire.answered("1", 200, b'{"success": true}')
    network.tell("loadingFailed", requestId="1", errorText="net::ERR_FAILED")
    assert not only(wire).broke
    assert only(wire).answer == Answer(200, ok=True, is_json=True)


async def test_what_a_worker_was_answered_is_not_waited_for() -> None:
    """Its end is told to nobody; what ends later is known by what was told of its beginning."""
    wire, network = await listen()
    network.asks("1", f"{SERVICE}/login/a", method="POST")
    for call_id in ("1", "of a worker"):
        wire.asked(call_id, {"url": f"{SERVICE}/login/a", "method": "POST"}, "Fetch")
        wire.answered(call_id, 200, b"half an answ")
    assert [each.pending for each in wire.traffic.calls] == [True, False]


async def test_what_was_blocked_is_not_waited_for() -> None:
    wire, _ = await listen()
    wire.asked("1", {"url": f"{SERVICE}/mx/engage", "method": "POST"}, "Fetch", blocked=True)
    assert only(wire).blocked
    assert not only(wire).pending
    assert wire.traffic.since(0) == ()


# -- what is carried -------------------------------------------------------------------------------

BASE64 = base64.b64encode(PIN.encode()).decode()


@pytest.mark.parametrize(
    ("body", "carries"),
    [
        (PIN, True),
        (f'{{"pin": "{PIN}"}}', True),
        (f"pin={BASE64}", True),
        (f"pin={quote(BASE64, safe='')}", True),
        (f"data={quote(json.dumps({'pin': PIN}))}", True),
        ("135-790", True),
        ("135 790", True),
        (f"at={PIN}1700000", False),
        (f"at=17{PIN}", False),
        ("135791", False),
        ("", False),
    ],
)
async def test_a_pin_is_noticed_in_each_of_its_spellings(body: str, carries: bool) -> None:
    wire, network = await listen()
    wire.look_out_for("pin", PIN)
    network.asks("1", f"{SERVICE}/login/a", method="POST", postData=body)
    assert only(wire).carries == ({"pin"} if carries else set())
    assert wire.traffic.carriers("pin") == wire.traffic.calls * carries


@pytest.mark.parametrize("number", [NUMBER, f"91{NUMBER}", f"+91{NUMBER}", f"%2B91{NUMBER}"])
async def test_a_number_is_noticed_with_the_code_of_the_country(number: str) -> None:
    wire, network = await listen()
    wire.look_out_for("mobile", NUMBER)
    network.asks("1", f"{SERVICE}/login/a?m={number}")
    assert only(wire).carries == {"mobile"}


async def test_a_credential_is_noticed_wherever_it_goes() -> None:
    """In a beacon, a picture, a socket, a worker's request; at any host."""
    wire, network = await listen()
    wire.look_out_for("pin", PIN)
    network.asks("1", f"https://evil.example/x?{PIN}", "Image")
    network.asks("2", f"{SERVICE}/login/a", "Ping", method="POST", postData=PIN)
    network.tell("webSocketCreated", requestId="3", url="wss://evil.example/s")
    network.tell("webSocketFrameSent", requestId="3", response={"payloadData": f"pin {PIN}"})
    wire.asked("4", {"url": f"{SERVICE}/w", "method": "POST", "postData": PIN}, "Fetch")
    assert [each.kind for each in wire.traffic.carriers("pin")] == [
        "other",
        "other",
        "socket",
        "data",
    ]


async def test_each_frame_of_a_socket_is_a_call_that_owes_nothing() -> None:
    wire, network = await listen()
    wire.look_out_for("pin", PIN)
    network.tell("webSocketCreated", requestId="1", url="wss://evil.example/s?x=1")
    for _ in range(2):
        network.tell("webSocketFrameSent", requestId="1", response={"payloadData": "hidden"})
    for call in wire.traffic.calls:
        assert (call.kind, call.place, call.posts) == ("socket", "evil.example/s", True)
        assert not call.pending
        assert not call.same
    assert len(wire.traffic.calls) == 2


async def test_a_web_transport_counts_as_sent() -> None:
    """What is sent over it is told to nobody."""
    wire, network = await listen()
    wire.look_out_for("pin", PIN)
    network.tell("webTransportCreated", transportId="1", url=f"https://evil.example/t?{PIN}")
    call = only(wire)
    assert (call.kind, call.place, call.posts) == ("socket", "evil.example/t", True)
    assert call.carries == {"pin"}
    assert not call.pending


def test_the_body_of_a_request() -> None:
    parts = [{"bytes": base64.b64encode(each).decode()} for each in (b"one ", b"two")]
    assert body_of({"postData": "ü"}) == "ü".encode()
    assert body_of({"postDataEntries": [*parts, {"bytes": "x"}, {}]}) == b"one two"
    assert body_of({}) == body_of({"postDataEntries": None}) == b""


async def test_the_same_bytes_from_before_a_credential_cannot_hold_it() -> None:
    """A heartbeat; but what is sent twice after the typing may hold it both times."""
    wire, network = await listen()
    wire.look_out_for("mobile", NUMBER)
    network.asks("1", f"{SERVICE}/graph", method="POST", postData="alive")
    wire.look_out_for("pin", PIN)
    for number, body in enumerate(("alive", "hidden", "hidden"), 2):
        network.asks(str(number), f"{SERVICE}/graph", method="POST", postData=body)
    network.asks("5", f"{SERVICE}/graph?x=1", method="POST", postData="alive")
    network.asks("6", f"{SERVICE}/graph", method="PUT", postData="alive")
    assert [each.same for each in wire.traffic.calls] == [False, True, False, False, False, False]


@pytest.mark.parametrize(("url", "leaks"), [("https://evil.example/", True), (SERVICE, False)])
async def test_a_leak_is_a_credential_for_another_host(url: str, leaks: bool) -> None:
    wire, _ = await listen()
    assert not wire.leaks(url, PIN.encode())
    wire.look_out_for("pin", PIN)
    assert wire.leaks(url, PIN.encode()) is leaks
    assert wire.leaks(f"{url}/x?p={BASE64}", b"") is leaks
    assert not wire.leaks(url, b"nothing")


# -- analytics -------------------------------------------------------------------------------------

EVENT = json.dumps({"event": "PIN shown", "phone": NUMBER})
NOTHING = json.dumps({"event": "PIN shown"})


@pytest.mark.parametrize(
    ("url", "kind", "body", "blocked"),
    [
        (f"{SERVICE}/tracking-proxy/open/mp/engage/", "Fetch", NOTHING, True),
        (f"{SERVICE}/v2/engage", "XHR", NOTHING, True),
        (f"{SERVICE}/rum", "Ping", NOTHING, False),
        (f"{SERVICE}/v2/events", "Fetch", EVENT, True),
        (f"{SERVICE}/v2/events", "Fetch", NOTHING, False),
        (f"{SERVICE}/v2/events", "Fetch", NUMBER, False),
        ("https://wzrkt.com/a?x", "Fetch", "", True),
        ("https://www.google-analytics.com/g.js", "Script", "", True),
        ("https://www.googletagmanager.com/", "Document", "", True),
        ("https://in1.clevertap-prod.com/a", "Image", "", True),
        # Paths of pages and scripts are Upstox's to choose.
        ("https://login.upstox.com/analytics/main.js", "Script", "", False),
        ("https://login.upstox.com/track", "Document", "", False),
        ("https://elsewhere.example/telemetry", "Fetch", "", True),
        ("https://elsewhere.example/login/telemetry", "Fetch", "", True),
        # Never a call of the login itself.
        (f"{SERVICE}/login/open/v1/track/device", "Fetch", EVENT, False),
        (f"{SERVICE}/login/open/v1/leads/engage/", "Fetch", EVENT, False),
        (f"{SERVICE}/login/v2/collect", "Ping", EVENT, False),
    ],
)
async def test_what_is_analytics(url: str, kind: str, body: str, blocked: bool) -> None:
    wire, _ = await listen()
    wire.look_out_for("mobile", NUMBER)
    assert wire.is_analytics(url, kind, "POST", body.encode()) is blocked


@given(st.from_regex(r"/login/[a-z/]{0,30}", fullmatch=True), st.binary())
def test_no_call_of_the_login_is_analytics(path: str, body: bytes) -> None:
    async def run() -> None:
        wire, _ = await listen()
        wire.look_out_for("mobile", NUMBER)
        sent = body + EVENT.encode()
        for kind in ("Fetch", "XHR", "Ping", "Other"):
            assert not wire.is_analytics(SERVICE + path, kind, "POST", sent)

    asyncio.run(run())


# -- Upstox's clock --------------------------------------------------------------------------------


def dated(seconds: float, **headers: str) -> dict[str, Any]:
    """Headers of an answer from so many seconds ahead."""
    date = format_datetime(datetime.fromtimestamp(NOON + seconds, UTC), usegmt=True)
    return {"headers": {"Date": date} | headers}


async def test_the_clock_is_read_from_answers() -> None:
    """In the middle of the second that the header tells."""
    wire, network = await listen()
    assert wire.traffic.skew is None
    network.asks("1", f"{SERVICE}/login/a")
    network.answers("1", **dated(77))
    assert wire.traffic.skew == 77.5


@pytest.mark.parametrize(
    ("url", "kind", "response"),
    [
        ("https://elsewhere.example/a", "Fetch", dated(77)),
        (f"{SERVICE}/a.js", "Script", dated(77)),
        (f"{SERVICE}/a", "Fetch", dated(77, Age="70")),
        (f"{SERVICE}/a", "Fetch", dated(77) | {"fromDiskCache": True}),
        (f"{SERVICE}/a", "Fetch", dated(90_000)),
        (f"{SERVICE}/a", "Fetch", {"headers": {"date": "soon"}}),
        (f"{SERVICE}/a", "Fetch", {"headers": {"date": ""}}),
        (f"{SERVICE}/a", "Fetch", {"headers": {}}),
    ],
)
async def test_an_answer_that_may_be_old_tells_no_time(
    url: str, kind: str, response: dict[str, Any]
) -> None:
    wire, network = await listen()
    network.asks("1", url, kind)
    network.answers("1", **response)
    assert wire.traffic.skew is None


async def test_the_answer_to_a_post_is_believed_however_far_off_it_is() -> None:
    """No cache answers it. Afterwards nothing else is believed."""
    wire, network = await listen()
    network.asks("1", f"{SERVICE}/a", method="POST")
    network.answers("1", **dated(900_000))
    network.asks("2", f"{SERVICE}/b")
    network.answers("2", **dated(0))
    assert wire.traffic.skew == 900_000.5


async def test_a_hop_tells_the_time_too() -> None:
    wire, network = await listen()
    network.asks("1", f"{SERVICE}/a", "Document")
    network.asks("1", f"{SERVICE}/b", "Document", hop={"status": 302} | dated(-30))
    assert wire.traffic.skew == -29.5


# -- answers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "body", "ok", "meaning"),
    [
        (200, {"success": True, "data": {}}, True, "unknown"),
        (200, {"success": False}, False, "unknown"),
        (200, {"status": "error"}, False, "unknown"),
        (200, {"success": False, "error": {"code": 1017106, "message": "x"}}, False, "pin refused"),
        (401, {"errors": [{"errorCode": "1017106", "message": "x"}]}, False, "pin refused"),
        (400, {"error": "Invalid OTP"}, False, "code refused"),
        (500, {"error": {"code": "1017999", "message": "x"}}, False, "unknown"),
        (429, {"error": {"code": "1017106"}}, False, "rate limited"),
        (503, {}, False, "trouble"),
        (200, [1], None, "unknown"),
        (500, [1], False, "trouble"),
        (200, "<p>hello", None, "trouble"),
        (502, "<p>bad gateway", None, "trouble"),
        (403, "<p>no", None, "challenge"),
        (200, "<title>Just a moment", None, "challenge"),
        (503, "We are under maintenance", None, "maintenance"),
    ],
)
def test_an_answer(status: int, body: Any, ok: bool | None, meaning: str) -> None:
    raw = body if isinstance(body, str) else json.dumps(body)
    answer = Answer.read(status, raw.encode())
    assert answer.ok is ok
    assert answer.meaning == meaning


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, None),
        ({"error": None}, None),
        ({"error": {}}, None),
        ({"errors": []}, None),
        ({"error": 7}, None),
        ({"error": "No"}, Said("No")),
        ({"error": {"code": 1, "message": "No"}}, Said("No", "1")),
        ({"error": {"code": "500", "message": "No"}}, Said("No", status=500)),
        ({"error": {"message": ["No"]}}, Said("no message")),
        (
            {"errors": [{"error_code": "UDAPI1", "description": "No"}, {"message": "x"}]},
            Said("No", "UDAPI1"),
        ),
        ({"error": {"message": "x" * 999, "code": "y" * 99}}, Said("x" * 300, "y" * 20)),
    ],
)
def test_the_message_of_an_error(told: dict[str, Any], said: Said | None) -> None:
    assert said_of(told) == said


@given(st.integers(100, 599), st.binary() | st.text().map(str.encode))
@example(200, b"[" * 100_000)
@example(200, b'{"data": {"accounts": "x", "userProfile": 1}, "errors": [null]}')
def test_any_body_is_an_answer(status: int, body: bytes) -> None:
    answer = Answer.read(status, body)
    assert answer.ok is not True or status < 400
    assert len(answer.text) <= 4000


def test_what_an_answer_says_of_the_customer() -> None:
    data = {
        "userType": "LEAD",
        "isTotpEnabled": True,
        "accounts": [{}, {}],
        "userProfile": {"name": "Asha"},
        "validateOTPToken": "t0ken-t0ken",
        "other": 1,
    }
    answer = Answer.read(200, json.dumps({"success": True, "data": data}).encode())
    assert answer.facts == {
        "userType": "LEAD",
        "isTotpEnabled": True,
        "accounts": 2,
        "knows the user": True,
        "asks for a code": True,
    }


def test_the_newest_word_counts_and_only_of_trusted_hosts() -> None:
    def call(number: str, at: float, status: str, *, of_upstox: bool = True) -> Call:
        answer = Answer(200, ok=True, facts={"customerStatus": status})
        return Call(
            number, 1.0, "POST", "h", "/p", "data", of_upstox, answer=answer, answered_at=at
        )

    calls = (call("1", 9.0, "ACTIVE"), call("2", 5.0, "DORMANT"))
    assert Traffic(calls).facts == {"customerStatus": "ACTIVE"}
    foreign = call("3", 20.0, "DORMANT", of_upstox=False)
    assert Traffic((*calls, foreign)).facts == {"customerStatus": "ACTIVE"}


def test_after_which_answers_a_page_asks_again_by_itself() -> None:
    assert repeats_itself(Answer(401, ok=False, said=Said("x", "4000001")))
    assert not repeats_itself(Answer(401, ok=False, said=Said("x", "1017106")))
    assert not repeats_itself(Answer(401, ok=False))


@pytest.mark.parametrize(
    ("url", "kind", "request_", "typing", "read"),
    [
        (f"{SERVICE}/login/a", "Fetch", {"method": "POST"}, True, True),
        (f"{SERVICE}/login/a", "XHR", {"method": "POST"}, True, True),
        (f"{SERVICE}/login/a?p={PIN}", "Fetch", {}, True, True),
        (f"{SERVICE}/login/a", "Fetch", {}, True, False),
        (f"{SERVICE}/login/a", "Fetch", {"method": "POST"}, False, False),
        (f"{SERVICE}/login/a", "Document", {"method": "POST"}, True, False),
        (f"{SERVICE}/login/a", "Fetch", {"method": "OPTIONS"}, True, False),
        ("https://evil.example/a", "Fetch", {"method": "POST"}, True, False),
    ],
)
async def test_which_answers_are_read_before_the_page_has_them(
    url: str, kind: str, request_: dict[str, Any], typing: bool, read: bool
) -> None:
    wire, network = await listen()
    if typing:
        wire.look_out_for("pin", PIN)
    network.asks("1", url, kind, **request_)
    assert wire.answers_a_form("1") is read
    assert not wire.answers_a_form("2")


@pytest.mark.parametrize("encoded", [True, False])
async def test_the_page_that_is_an_error_is_read(encoded: bool) -> None:
    wire, network = await listen()
    text = "<p>down for maintenance"
    body = base64.b64encode(text.encode()).decode() if encoded else text
    network.body = {"body": body, "base64Encoded": encoded}
    network.asks("1", "https://login.upstox.com/", "Document")
    network.answers("1", 503)
    network.tell("loadingFinished", requestId="1")
    await asyncio.gather(*wire._tasks)
    answer = only(wire).answer
    assert answer is not None
    assert (answer.status, answer.text) == (503, text)
    assert not only(wire).pending


async def test_a_page_that_cannot_be_read_has_an_empty_answer() -> None:
    wire, network = await listen()
    network.asks("1", "https://login.upstox.com/", "Document")
    network.answers("1", 503)
    network.tell("loadingFinished", requestId="1")
    await asyncio.gather(*wire._tasks)
    assert only(wire).answer == Answer(503, ok=None)


@pytest.mark.parametrize(("url", "status"), [("https://login.upstox.com/", 200), (SERVICE, 404)])
async def test_no_other_page_is_read(url: str, status: int) -> None:
    wire, network = await listen()
    network.asks("1", url, "Document", frame=MAIN if status == 200 else "inner")
    network.answers("1", status)
    network.tell("loadingFinished", requestId="1")
    assert not [each for each, _ in network.sent if "Body" in each]
    assert not only(wire).pending


async def test_a_code_of_before_is_not_sent_again() -> None:
    """By a page that keeps on sending the refused one, after the next one was typed."""
    wire, _ = await listen()

    def has_left(call_id: str, code: str) -> bool:
        request = {"url": f"{SERVICE}/login/a?v={code}", "method": "GET"}
        return wire.has_left(call_id, request)

    wire.look_out_for("code", "111222")
    assert not has_left("1", "111222")
    wire.look_out_for("code", "333444")
    assert has_left("2", "111222")
    assert not has_left("3", "333444")
    assert has_left("4", "333444")
    assert not has_left("1", "111222"), "the very request that carried it"


async def test_a_page_that_asks_again_by_itself_may_do_so_once() -> None:
    """Upstox answers 4000001 to an old session: the page renews it and sends the PIN again.

    A server that always says so would get the PIN without end, and five refused ones lock.
    """
    wire, network = await listen()
    wire.look_out_for("pin", PIN)
    refused = json.dumps({"errors": [{"errorCode": "4000001", "message": "Expired."}]})
    left = []
    for number in ("1", "2", "3", "4"):
        request = {"url": f"{SERVICE}/login/pin", "method": "POST", "postData": PIN}
        left.append(wire.has_left(number, request))
        network.asks(number, f"{SERVICE}/login/pin", "Fetch", method="POST", postData=PIN)
        wire.answered(number, 401, refused.encode())
    assert left == [False, False, True, True]


SPELT = [
    PIN,
    BASE64,
    BASE64.rstrip("="),
    BASE64[:4] + "\\n" + BASE64[4:],
    "".join(f"\\u{ord(each):04x}" for each in BASE64),
    '["1","3","5","7","9","0"]',
    "1 3 5-7.9,0",
    base64.b64encode(f'{{"pin":"{PIN}"}}'.encode()).decode(),
    PIN.encode().hex(),
    PIN.encode("utf-16").decode("latin-1"),
    BASE64.encode("utf-16-be").decode("latin-1"),
    f'{{"pin":"{PIN}"}}'.encode("utf-16-le").decode("latin-1"),
    base64.b64encode(f'{{"pin":"{PIN}"}}'.encode("utf-16")).decode(),
    base64.b64encode(PIN.encode("utf-16-le")).decode(),
]


@pytest.mark.parametrize("text", SPELT)
async def test_a_pin_leaves_once_however_it_is_written(text: str) -> None:
    """Five refused PINs lock the account, and a page may write it in many ways."""
    wire, _ = await listen()
    wire.look_out_for("pin", PIN)
    for number, body in enumerate((PIN, text)):
        request = {"url": f"{SERVICE}/login/pin", "method": "POST", "postData": body}
        wire.asked(str(number), request, "Fetch")
        assert wire.has_left(str(number), request) == (number > 0)
    header = {"url": f"{SERVICE}/login/pin", "method": "GET", "headers": {"x-p": text}}
    assert wire.has_left("header", header)


@pytest.mark.parametrize("text", ["9135790", "1764135790", "13579", "[1,3,5,79,1]", "x" * 90])
async def test_other_digits_are_no_pin(text: str) -> None:
    wire, _ = await listen()
    wire.look_out_for("pin", PIN)
    assert not wire.leaks("https://evil.example/", text.encode())
