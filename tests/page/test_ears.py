"""What is heard of a window becomes calls."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

import pytest

from upstox_browser_login.page.wire.answers import Answer

from .network import MAIN, PIN, SERVICE, Network, listen, only

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
        ("Ping", {}, "beacon", True, False),
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
    ears, network = await listen()
    network.asks("1", f"{SERVICE}/login/a", kind, **request_)
    call = only(ears)
    assert (call.kind, call.posts, call.main) == (expected, posts, main)
    assert (call.place, call.at, call.pending) == ("service.upstox.com/login/a", 10.0, True)
    assert call.trusted


async def test_an_address_shows_no_query_and_no_user() -> None:
    ears, network = await listen()
    network.asks("1", f"https://me:secret@evil.example:81/x?code={PIN}#y")
    assert only(ears).place == "evil.example:81/x"
    assert not only(ears).trusted


@pytest.mark.parametrize("url", ["data:text/plain,x", "blob:https://login.upstox.com/1", "about:x"])
async def test_what_goes_nowhere_is_no_call(url: str) -> None:
    ears, network = await listen()
    network.asks("1", url)
    network.answers("1")
    network.tell("loadingFinished", requestId="1")
    network.tell("loadingFailed", requestId="1", errorText="x")
    assert ears.traffic.calls == ()


async def test_a_call_ends_when_it_has_come() -> None:
    ears, network = await listen()
    network.asks("1", f"{SERVICE}/login/a")
    network.answers("1", 204)
    assert (only(ears).status, only(ears).pending) == (204, True)
    network.monotonic = 12.0
    network.tell("loadingFinished", requestId="1")
    assert (only(ears).ended, only(ears).pending, only(ears).broke) == (12.0, False, False)
    assert ears.lines == ["GET service.upstox.com/login/a 204"]


async def test_each_hop_of_a_redirect_is_a_call() -> None:
    """The first carried the PIN, and its name goes on to the second."""
    ears, network = await listen()
    ears.look_out_for("pin", PIN)
    network.asks("1", f"{SERVICE}/login/a?p={PIN}", "Document")
    hop = {"status": 302, "headers": {}}
    network.asks("1", "https://api-v2.upstox.com/hop", "Document", hop=hop)
    network.asks("1", "https://callback.example/cb", "Document", hop=hop)
    first, second, third = ears.traffic.calls
    assert {first.id, second.id, third.id} > {"1"}
    assert third.id == "1"
    assert [bool(each.carries) for each in (first, second, third)] == [True, False, False]
    assert [each.pending for each in (first, second, third)] == [False, False, True]
    assert len(ears.lines) == 2


async def test_one_request_that_is_told_twice_is_one_call() -> None:
    """By the gate before it is sent, and by the window when it is."""
    ears, network = await listen()
    ears.look_out_for("pin", PIN)
    request = {"url": f"{SERVICE}/login/a", "method": "POST", "postData": f"p={PIN}"}
    ears.asked("1", request, "Fetch")
    network.asks("1", f"{SERVICE}/login/a", method="POST")
    assert only(ears).carries == {"pin"}


async def test_the_page_itself_is_the_newest_document_that_was_answered() -> None:
    ears, network = await listen()
    for number, status in (("1", 200), ("2", 503)):
        network.asks(number, f"https://login.upstox.com/{number}", "Document")
        network.answers(number, status)
    network.asks("3", "https://login.upstox.com/3", "Document")
    network.asks("4", "https://login.upstox.com/4", "Document", frame="inner")
    network.answers("4")
    document = ears.traffic.document
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
    ears, network = await listen()
    network.asks("1", f"{SERVICE}/login/a", method="POST")
    network.tell("loadingFailed", requestId="1", **told)
    call = only(ears)
    assert (call.broke, call.blocked, call.pending) == (broke, blocked, False)
    assert (call not in ears.traffic.since(0)) == blocked


async def test_an_answer_that_was_read_in_full_is_no_failure() -> None:
    """It was kept from a page of another origin."""
    ears, network = await listen()
    network.asks("1", f"{SERVICE}/login/a", method="POST")
    ears.answered("1", 200, b'{"success": true, "data": {}}')
    network.tell("loadingFailed", requestId="1", errorText="net::ERR_FAILED")
    assert not only(ears).broke
    assert only(ears).answer == Answer(200, ok=True, is_json=True)


@pytest.mark.parametrize("whole", [True, False])
async def test_half_an_answer_is_a_failure_though_chromium_reports_it_as_finished(
    whole: bool,
) -> None:
    ears, network = await listen()
    network.asks("1", f"{SERVICE}/login/a", method="POST")
    ears.answered("1", 200, b'{"success": tr', whole=whole)
    assert only(ears).pending
    network.tell("loadingFinished", requestId="1")
    assert not only(ears).pending
    assert only(ears).broke is not whole


async def test_what_a_worker_was_answered_is_not_waited_for() -> None:
    """Its end is told to nobody; what ends later is known by what was told of its beginning."""
    ears, network = await listen()
    network.asks("1", f"{SERVICE}/login/a", method="POST")
    for call_id in ("1", "of a worker"):
        ears.asked(call_id, {"url": f"{SERVICE}/login/a", "method": "POST"}, "Fetch")
        ears.answered(call_id, 200, b"half an answ")
    assert [each.pending for each in ears.traffic.calls] == [True, False]


async def test_what_was_blocked_is_not_waited_for() -> None:
    ears, _ = await listen()
    ears.asked("1", {"url": f"{SERVICE}/mx/engage", "method": "POST"}, "Fetch", blocked=True)
    assert only(ears).blocked
    assert not only(ears).pending
    assert ears.traffic.since(0) == ()


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
    ears, network = await listen()
    if typing:
        ears.look_out_for("pin", PIN)
    network.asks("1", url, kind, **request_)
    assert ears.answers_a_form("1") is read
    assert not ears.answers_a_form("2")


@pytest.mark.parametrize("encoded", [True, False])
async def test_the_page_that_is_an_error_is_read(encoded: bool) -> None:
    ears, network = await listen()
    text = "<p>down for maintenance"
    body = base64.b64encode(text.encode()).decode() if encoded else text
    network.body = {"body": body, "base64Encoded": encoded}
    network.asks("1", "https://login.upstox.com/", "Document")
    network.answers("1", 503)
    network.tell("loadingFinished", requestId="1")
    await asyncio.gather(*ears._tasks)
    answer = only(ears).answer
    assert answer is not None
    assert (answer.status, answer.text) == (503, text)
    assert not only(ears).pending


async def test_a_page_that_cannot_be_read_has_an_empty_answer() -> None:
    ears, network = await listen()
    network.asks("1", "https://login.upstox.com/", "Document")
    network.answers("1", 503)
    network.tell("loadingFinished", requestId="1")
    await asyncio.gather(*ears._tasks)
    assert only(ears).answer == Answer(503, ok=None)


@pytest.mark.parametrize(("url", "status"), [("https://login.upstox.com/", 200), (SERVICE, 404)])
async def test_no_other_page_is_read(url: str, status: int) -> None:
    ears, network = await listen()
    network.asks("1", url, "Document", frame=MAIN if status == 200 else "inner")
    network.answers("1", status)
    network.tell("loadingFinished", requestId="1")
    assert not [each for each, _ in network.sent if "Body" in each]
    assert not only(ears).pending


# -- no more than can be gone through --------------------------------------------------------------


async def test_of_a_page_that_asks_without_an_end_the_newest_calls_are_remembered() -> None:
    """All are gone through at each decision: thousands of them hold up the time-out."""
    ears, network = await listen()
    network.asks("page", f"{SERVICE}/", "Document")
    network.asks("pin", f"{SERVICE}/login/a?v={PIN}", "Fetch", method="POST")
    network.asks("post", f"{SERVICE}/login/b", "Fetch", method="POST")
    for number in range(1200):
        network.asks(str(number), f"{SERVICE}/x/{number}", "Fetch")
    told = [each.id for each in ears.traffic.calls]
    assert len(told) <= 500
    assert {"page", "pin", "post", "1199"} <= set(told)


async def test_what_was_posted_since_a_credential_was_typed_is_not_forgotten() -> None:
    """It may hold that one sealed, so that nobody sees which call it is."""
    ears, network = await listen()
    _post(network, "before", f"{SERVICE}/login/a")
    network.monotonic += 1
    ears.look_out_for("pin", PIN)
    _post(network, "sealed", f"{SERVICE}/login/b")
    _post(network, "foreign", "https://elsewhere.example/b")
    for number in range(1200):
        _post(network, str(number), f"https://elsewhere.example/x/{number}")
    told = {each.id for each in ears.traffic.calls}
    assert len(told) <= 500
    assert {"before", "sealed", "1199"} <= told
    assert "foreign" not in told


async def test_calls_of_other_hosts_are_forgotten_first() -> None:
    ears, network = await listen()
    network.asks("own", f"{SERVICE}/x", "Fetch")
    _post(network, "posted", f"{SERVICE}/y")
    for number in range(499):
        network.asks(str(number), f"https://elsewhere.example/{number}", "Fetch", method="POST")
    told = {each.id for each in ears.traffic.calls}
    assert {"own", "posted"} <= told
    assert "0" not in told


async def test_what_is_posted_without_an_end_is_remembered_up_to_a_limit() -> None:
    """The call that holds a credential in sight is remembered all the same."""
    ears, network = await listen()
    ears.look_out_for("pin", PIN)
    for number in range(1200):
        _post(network, str(number), f"{SERVICE}/login/{number}")
    network.asks("pin", f"{SERVICE}/login/a?v={PIN}", "Fetch", method="POST")
    told = [each.id for each in ears.traffic.calls]
    assert len(told) == 1001
    assert {"0", "999", "pin"} <= set(told)


def _post(network: Network, call_id: str, url: str) -> None:
    """Post something, and be answered."""
    network.asks(call_id, url, "Fetch", method="POST")
    network.answers(call_id)
    network.tell("loadingFinished", requestId=call_id)
