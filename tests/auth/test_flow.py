"""What httpx and httpx2 send again, and what they do not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.auth.sending import (
    CLIENTS,
    PROFILE,
    Send,
    dead_token,
    keep,
)
from tests.harness import Desk
from upstox_browser_login import (
    Settings,
    Token,
)
from upstox_browser_login.auth.bearer import Bearer, header_of
from upstox_browser_login.replica import Replica
from upstox_browser_login.store import open_store, token_key


@pytest.mark.parametrize("client", [each for each in CLIENTS if each != "requests"])
def test_a_refusal_of_a_request_that_went_without_it(
    client: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The API's twin may have the token, but a redirect to it has stripped it off."""
    _, module, auth = CLIENTS[client]
    settings = Settings(username="9876501234", client_id="an-app", state_dir=tmp_path)
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    token = Token.from_reply({"access_token": "a.live.token"}, issued_at=an_hour_ago)
    # Of a day, whatever the time is now.
    token = token.model_copy(update={"expires_at": an_hour_ago + timedelta(days=1)})
    keep(settings, token)
    monkeypatch.setattr(Bearer, "is_dead", lambda *_: pytest.fail("it was asked about"))
    seen: list[tuple[str, str | None]] = []

    def answer(request: Any) -> Any:
        seen.append((request.url.host, request.headers.get("authorization")))
        if request.url.host == "api.upstox.com":
            there = f"https://api-v2.upstox.com{request.url.path}"
            return module.Response(302, headers={"location": there})
        body = {"status": "error", "errors": [{"errorCode": "UDAPI100050"}]}
        return module.Response(401, json=body)

    transport = module.MockTransport(answer)
    options = {"auth": auth(settings), "transport": transport, "follow_redirects": True}
    url = f"https://api.upstox.com{PROFILE}"

    async def send() -> Any:
        async with module.AsyncClient(**options) as web:
            return await web.get(url)

    if "async" in client:
        response = asyncio.run(send())
    else:
        with module.Client(**options) as web:
            response = web.get(url)
    assert response.status_code == 401
    assert seen == [("api.upstox.com", header_of(token)), ("api-v2.upstox.com", None)]
    assert open_store(settings).load(token_key(settings)) == token


def test_a_body_in_memory_is_sent_again(
    send: Send, replica: Replica, desk: Desk, settings: Settings, logins: list[Token]
) -> None:
    keep(settings, dead_token(desk))
    answer = send("GET", replica.api_url + PROFILE, json={"quantity": 7})
    assert answer.history == [401]
    assert [entry.body for entry in replica.log.of("profile")] == [{"quantity": 7}] * 2
    assert len(logins) == 1


@pytest.mark.parametrize("client", CLIENTS)
def test_a_stream_is_not_sent_twice(
    client: str, replica: Replica, desk: Desk, settings: Settings, logins: list[Token]
) -> None:
    """But the dead token is forgotten, so that the next request has a new one."""
    keep(settings, dead_token(desk))

    async def pieces() -> AsyncIterator[bytes]:
        yield b"a piece"

    run, module, auth = CLIENTS[client]
    body: Any = pieces() if "async" in client else iter([b"a piece"])
    answer = run(module, auth(settings), "GET", replica.api_url + PROFILE, content=body)
    assert (answer.status, answer.history) == (401, [])
    assert logins == []
    assert open_store(settings).load(token_key(settings)) is None
