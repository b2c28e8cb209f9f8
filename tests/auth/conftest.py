"""Settings, clients and logins for requests with the token."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.auth.sending import CLIENTS, Send, token_of
from tests.harness import Desk, variants
from tests.replica.visitor import Visitor
from upstox_browser_login import (
    Settings,
    Token,
)
from upstox_browser_login.auth import bearer
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import LoginResult, seams
from upstox_browser_login.session.parts import Parts


@pytest.fixture
def settings(desk: Desk, replica: Replica) -> Settings:
    return desk.settings(replica)


# What is asynchronous differs in the client alone: one of the two is enough for `make test`.
@pytest.fixture(
    params=[*(each for each in CLIENTS if each != "httpx-async"), *variants("httpx-async")]
)
def send(request: pytest.FixtureRequest, settings: Settings) -> Send:
    """Send a request with each of the clients, with the auth that belongs to it."""
    run, module, auth = CLIENTS[request.param]
    return lambda *args, **options: run(module, auth(settings), *args, **options)


@pytest.fixture
def visitor(desk: Desk, replica: Replica) -> Iterator[Visitor]:
    replica.set("no-otp-limit", *replica.scenarios)
    with httpx2.Client(trust_env=False) as client:
        yield Visitor(replica, client, desk.clock.time)  # type: ignore[arg-type]


@pytest.fixture
def logins(desk: Desk, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> list[Token]:
    """Logins without a browser, to save time; the tokens that came of them."""
    made: list[Token] = []

    async def quick_login(parts: Parts, *_: Any) -> LoginResult:
        token = token_of(await asyncio.to_thread(visitor.token), desk)
        parts.store.save(parts.key, token)
        made.append(token)
        return LoginResult(token, "login", "file")

    monkeypatch.setattr(seams, "log_in", quick_login)
    monkeypatch.setattr(seams, "clock", lambda: desk.clock)
    monkeypatch.setattr(bearer, "Clock", lambda: desk.clock)
    return made
