"""One plain call: what its answers and its failures mean, told once for every endpoint."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from datetime import UTC, datetime
from typing import Any

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from tests.harness import Desk
from tests.test_refusals import envelope
from upstox_browser_login import api, http
from upstox_browser_login.errors import (
    CredentialsRejectedError,
    NotLoggedInError,
    TokenExchangeError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.http import Reply
from upstox_browser_login.replica import Replica
from upstox_browser_login.token import Token


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


def token_of(replica: Replica) -> Token:
    text = replica._world.state.mint.access_token()
    return Token.from_reply({"access_token": text}, issued_at=datetime.now(UTC))


def answer(monkeypatch: pytest.MonkeyPatch, status: int, data: Any) -> None:
    """Let Upstox answer every call like this."""

    async def call(*_: Any, **__: Any) -> Reply:
        return Reply(status, {}, b"<html>" if data is None else json.dumps(data).encode())

    monkeypatch.setattr(api, "call", call)


async def test_profile_funds_and_logout(desk: Desk, replica: Replica) -> None:
    settings, token = desk.settings(replica), token_of(replica)
    assert (await api.profile(settings, token))["user_id"] == replica.account.user_id
    assert "equity" in await api.funds(settings, token, segment="SEC")
    assert "available_to_trade" in await api.funds(settings, token, v3=True)
    assert await api.token_is_alive(settings, token)
    await api.logout(settings, token)
    assert not await api.token_is_alive(settings, token)
    # Dead already: what was wanted.
    await api.logout(settings, token)


@pytest.mark.parametrize(
    ("scenario", "alive"),
    [
        ("static-ip", True),
        ("http=profile:500", None),
        ("garbage=profile", None),
        ("html=profile:401", None),
    ],
)
async def test_whether_a_token_is_alive(scenario: str, alive: bool | None, desk: Desk) -> None:
    """Only Upstox's own word kills it: trouble on the way is no answer."""
    with Replica(scenario, clock=desk.clock.time) as replica:
        asked = api.token_is_alive(desk.settings(replica), token_of(replica))
        if alive is None:
            with pytest.raises(UpstoxError):
                await asked
        else:
            assert await asked is alive


@pytest.mark.parametrize("code", ["UDAPI100050", "UDAPI1154", "UDAPI100500", None])
async def test_only_a_dead_token_is_revoked_already(
    code: str | None, desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gateway's 401 on `logout` leaves the token alive, and so does a static IP rule's."""
    answer(monkeypatch, 401, None if code is None else envelope(code))
    done = api.logout(desk.settings(replica), token_of(replica))
    if code == "UDAPI100050":
        await done
    else:
        with pytest.raises(UpstoxError) as caught:
            await done
        assert caught.value.exit_code != NotLoggedInError.exit_code


async def test_an_error_in_a_success(
    desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HTTP 200 around an error envelope."""
    settings, token = desk.settings(replica), token_of(replica)
    answer(monkeypatch, 200, envelope("UDAPI100072", "Closed for the night"))
    with pytest.raises(UpstoxUnavailableError, match="Closed for the night") as caught:
        await api.funds(settings, token)
    assert caught.value.upstox_code == "UDAPI100072"
    answer(monkeypatch, 200, envelope("UDAPI100069", "No such app"))
    with pytest.raises(CredentialsRejectedError, match="No such app") as rejected:
        await api.request_token(settings)
    assert (rejected.value.upstox_code, rejected.value.step) == ("UDAPI100069", "exchange")
    answer(monkeypatch, 200, envelope("UDAPI100050"))
    assert not await api.token_is_alive(settings, token)


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


@pytest.mark.parametrize("asked", ["profile", "funds", "logout", "alive"])
@pytest.mark.parametrize(
    ("status", "data"), [(200, None), (200, [1]), (200, "yes"), (403, None), (404, {})]
)
async def test_a_bad_body_is_trouble_at_upstox(
    asked: str,
    status: int,
    data: Any,
    desk: Desk,
    replica: Replica,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And no error of an exchange: there was none."""
    answer(monkeypatch, status, data)
    calls: dict[str, Any] = {
        "profile": api.profile,
        "funds": api.funds,
        "logout": api.logout,
        "alive": api.token_is_alive,
    }
    with pytest.raises(UpstoxUnavailableError) as caught:
        await calls[asked](desk.settings(replica), token_of(replica))
    assert (caught.value.code, caught.value.exit_code) == ("SERVER_ERROR", 9)


@pytest.mark.parametrize("data", [{}, {"data": None}, {"data": []}])
async def test_an_answer_without_data_is_trouble_at_upstox(
    data: Any, desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, 200, data)
    for asked in (api.profile, api.funds):
        with pytest.raises(UpstoxUnavailableError, match="has no data"):
            await asked(desk.settings(replica), token_of(replica))
    with pytest.raises(TokenExchangeError, match="has no data"):
        await api.request_token(desk.settings(replica))


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
