"""A replica whose notifier address is ours, and someone who waits there for the token."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.harness import Desk, Notes
from tests.ports import free_port
from upstox_browser_login.api import TokenRequest
from upstox_browser_login.phone.listener import Address
from upstox_browser_login.phone.webhook import receive_token
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import LoginResult
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import open_store, token_key
from upstox_browser_login.token import IST, Token

PATH = "/notify/9b1f?key=w%26x"


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        threading.Event().wait(0.01)


@dataclass
class Hall:
    """Where Upstox's message comes in."""

    desk: Desk
    replica: Replica
    port: int
    notes: Notes = field(default_factory=Notes)
    asked: threading.Event = field(default_factory=threading.Event)
    requests: list[TokenRequest] = field(default_factory=list)
    cancelled: threading.Event = field(default_factory=threading.Event)
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(30))

    @property
    def settings(self) -> Settings:
        return self.desk.settings(self.replica)

    def wait(self, **options: Any) -> Future[LoginResult]:
        """Begin to wait for the token; returns when the request was made, or failed."""
        done = self.begin(**options)
        until(lambda: self.asked.is_set() or done.done())
        return done

    def begin(self, settings: Settings | None = None, **options: Any) -> Future[LoginResult]:
        def tell(request: TokenRequest) -> None:
            self.requests.append(request)
            self.asked.set()

        return self.pool.submit(
            receive_token,
            settings or self.settings,
            Address("127.0.0.1", self.port),
            asked=tell,
            progress=self.notes,
            clock=self.desk.clock,
            cancelled=self.cancelled,
            **({"user_id": self.replica.account.user_id} | options),
        )

    def message(self, **changes: Any) -> dict[str, Any]:
        """A message as Upstox sends it, for a token that Upstox does not know."""
        now = self.desk.clock.time()
        return {
            "client_id": self.replica.account.client_id,
            "user_id": self.replica.account.user_id,
            "access_token": f"forged-{time.monotonic_ns():032}",
            "token_type": "Bearer",
            "expires_at": str(int((now + 3600) * 1000)),
            "issued_at": str(int(now * 1000)),
            "message_type": "access_token",
        } | changes

    def good_token(self) -> str:
        """A token that Upstox knows."""
        return self.replica._world.state.mint.access_token()

    def post(
        self,
        body: Any,
        *,
        method: str = "POST",
        path: str = PATH,
        content_type: str | None = "application/json",
        **options: Any,
    ) -> int:
        """Send what a stranger may send; returns the status, 0 where the door was shut."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        data = body if isinstance(body, bytes) or hasattr(body, "__next__") else json.dumps(body)
        headers = {"Content-Type": content_type} if content_type else {}
        try:
            connection.request(method, path, data, headers, **options)
            return connection.getresponse().status
        except ConnectionError:
            return 0
        finally:
            connection.close()

    def checks(self) -> int:
        """How often Upstox was asked about a token."""
        return len(self.replica.log.of("profile"))


@pytest.fixture
def hall(desk: Desk, request: pytest.FixtureRequest) -> Iterator[Hall]:
    port = free_port()
    url = f"http://127.0.0.1:{port}{PATH}"
    scenarios = getattr(request, "param", ())
    # Ten in the morning in India, so that no token dies in the middle of a test.
    now = desk.clock.now().astimezone(IST)
    desk.clock.offset = (now.replace(hour=10, minute=0) - now).total_seconds()
    with Replica(*scenarios, clock=desk.clock.time, notifier_url=url) as replica:
        made = Hall(desk, replica, port)
        try:
            yield made
        finally:
            made.cancelled.set()
            made.pool.shutdown()


def stored(hall: Hall) -> Token | None:
    settings = hall.settings
    return open_store(settings).load(token_key(settings))
