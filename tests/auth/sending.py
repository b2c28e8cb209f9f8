"""Requests of each client, and what came of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import httpx2
import requests

from tests.harness import Desk
from upstox_browser_login import (
    Httpx2Auth,
    HttpxAuth,
    RequestsAuth,
    Settings,
    Token,
)
from upstox_browser_login.auth.bearer import Bearer
from upstox_browser_login.replica import Replica
from upstox_browser_login.store import open_store, token_key

PROFILE = "/v2/user/profile"


FUNDS = "/v2/user/get-funds-and-margin"


DIALOG = "/v2/login/authorization/dialog"


@dataclass
class Answer:
    """The part of an answer that the three libraries share."""

    status: int
    data: Any
    history: list[int]


Send = Callable[..., Answer]


def _with_httpx(module: Any, auth: Any, method: str, url: str, **options: Any) -> Answer:
    with module.Client(auth=auth, follow_redirects=True, trust_env=False) as client:
        response = client.request(method, url, **options)
    return _answer(response)


def _with_httpx_async(module: Any, auth: Any, method: str, url: str, **options: Any) -> Answer:
    async def send() -> Answer:
        async with module.AsyncClient(auth=auth, follow_redirects=True, trust_env=False) as client:
            return _answer(await client.request(method, url, **options))

    return asyncio.run(send())


def _with_requests(_module: Any, auth: Any, method: str, url: str, **options: Any) -> Answer:
    if "content" in options:
        options["data"] = options.pop("content")
    with requests.Session() as client:
        client.trust_env = False
        client.auth = auth
        return _answer(client.request(method, url, **options, timeout=10))


def _answer(response: Any) -> Answer:
    try:
        data = response.json()
    except ValueError:
        data = None
    return Answer(response.status_code, data, [each.status_code for each in response.history])


CLIENTS: dict[str, tuple[Callable[..., Answer], Any, type[Bearer]]] = {
    "httpx2": (_with_httpx, httpx2, Httpx2Auth),
    "httpx2-async": (_with_httpx_async, httpx2, Httpx2Auth),
    "httpx": (_with_httpx, httpx, HttpxAuth),
    "httpx-async": (_with_httpx_async, httpx, HttpxAuth),
    "requests": (_with_requests, requests, RequestsAuth),
}


def token_of(text: str, desk: Desk) -> Token:
    return Token.from_reply({"access_token": text}, issued_at=desk.clock.now())


def dead_token(desk: Desk) -> Token:
    """Of some time ago, and unknown to Upstox."""
    token = token_of("dead.token.here", desk)
    return token.model_copy(update={"issued_at": token.issued_at - timedelta(minutes=3)})


def keep(settings: Settings, token: Token) -> None:
    open_store(settings).save(token_key(settings), token)


def sent_tokens(replica: Replica, step: str = "profile") -> list[str | None]:
    return [entry.headers.get("authorization") for entry in replica.log.of(step)]
