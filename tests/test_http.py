"""One plain call: what its answers and its failures mean, told once for every endpoint."""

from __future__ import annotations

import asyncio
import json
import ssl
import time

import httpx2
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from tests.harness import Desk, token_of
from upstox_browser_login import api, http
from upstox_browser_login.errors import (
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.http import Reply
from upstox_browser_login.replica import Replica


async def test_no_proxy_for_a_server_on_this_machine(
    replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy elsewhere would be sent a call that is for a replica here, its secrets included."""
    nobody = "http://127.0.0.1:9"
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, nobody)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert (await http.call("GET", f"{replica.api_url}/v2/user/profile", proxy=None)).status == 401
    # For any other address the proxy is asked, and is not there.
    with pytest.raises(UpstoxUnavailableError, match=r"(?i)connection") as caught:
        await http.call("GET", "http://upstox.invalid/", proxy=None)
    assert caught.value.code == "NETWORK"


@given(st.binary(), st.text() | st.sampled_from(["idna", "undefined", "hex", "utf-7", "punycode"]))
def test_any_body_in_any_charset(body: bytes, charset: str) -> None:
    headers = {"content-type": f"application/json; charset={charset}"}
    _ = Reply(200, headers, body).data


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("", "utf-8"), ("; charset=ISO-8859-1", "latin-1"), ('; charset="utf-16"; x=y', "utf-16")],
)
def test_charsets(charset: str, encoding: str) -> None:
    body = '{"name": "José"}'.encode(encoding)
    reply = Reply(200, {"content-type": f"application/json{charset}"}, body)
    assert reply.data == {"name": "José"}


@pytest.mark.parametrize("charset", ["punycode", "idna", "utf-7", "unicode_escape", "quopri"])
def test_no_charset_takes_long(charset: str) -> None:
    """Python reads some of them in a time that grows with the square of the length."""
    body = json.dumps({"name": "-é" * 150_000}, ensure_ascii=False).encode()
    began = time.process_time()
    data = Reply(200, {"content-type": f"application/json; charset={charset}"}, body).data
    assert time.process_time() - began < 1
    assert data == {"name": "-é" * 150_000}


# -- the endpoints ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("scenario", "code"), [
    ("hang=profile", "TIMEOUT"), ("drip=profile", "TIMEOUT"), ("reset=profile", "NETWORK"),
    ("truncated=profile", "NETWORK"), ("html=profile", "SERVER_ERROR"),
])  # fmt: skip
async def test_trouble_on_the_way(
    scenario: str, code: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that hangs, or sends a byte now and then, holds nobody up for ever."""
    monkeypatch.setattr(http, "READ_SECONDS", 0.7)
    monkeypatch.setattr(http, "TOTAL_SECONDS", 1.2)
    with Replica(scenario, clock=desk.clock.time) as replica, pytest.raises(UpstoxError) as caught:
        await api.profile(desk.settings(replica), token_of(replica))
    assert caught.value.code == code
    assert len(replica.log.of("profile")) == 1
    if code == "TIMEOUT":
        # The limit of these calls is fixed, so no setting is the way out.
        assert "This limit is fixed" in caught.value.hint
        assert "raise UPSTOX_TIMEOUT" not in caught.value.hint


def _errors() -> set[type[httpx2.RequestError]]:
    """All of httpx2's errors of a request."""
    found: set[type[httpx2.RequestError]] = set()
    more = {httpx2.RequestError}
    while more:
        found |= more
        more = {each for kind in more for each in kind.__subclasses__()} - found
    return found


@pytest.mark.parametrize("kind", sorted(_errors(), key=str))
def test_no_failure_is_told_by_the_name_of_a_class(kind: type[httpx2.RequestError]) -> None:
    """Many of them have no words of their own."""
    error = http._no_answer(httpx2.URL("https://api.upstox.com/"), kind(""), None, None)
    assert kind.__name__ not in error.message
    assert "Error" not in error.message


async def test_a_connection_that_breaks_is_told_in_plain_words(desk: Desk) -> None:
    with (
        Replica("reset=profile", clock=desk.clock.time) as replica,
        pytest.raises(UpstoxError) as caught,
    ):
        await api.profile(desk.settings(replica), token_of(replica))
    assert caught.value.message.startswith("The connection to 127.0.0.1 failed: ")
    assert "Error" not in caught.value.message


async def test_a_certificate_that_nobody_trusts() -> None:
    """Ends the call before a byte of it is sent."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(1))
        writer.close()

    async with await asyncio.start_server(listen, "127.0.0.1", 0, ssl=context) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(UpstoxUnavailableError, match="certificate") as caught:
            await http.call("GET", f"https://127.0.0.1:{port}/v2/user/profile", proxy=None)
    assert caught.value.code == "NETWORK"
    assert not any(heard)


async def test_a_cancelled_call_is_cancelled(desk: Desk) -> None:
    """The limit of a whole login is not taken for one of the call."""
    with Replica("hang=profile", clock=desk.clock.time) as replica, pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await api.profile(desk.settings(replica), token_of(replica))
