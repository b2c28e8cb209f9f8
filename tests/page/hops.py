"""Ways to the redirect and away from it, and somebody's server that listens there."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from playwright.async_api import Page, Route

from tests.harness import Attempt, Desk, Notes
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import login_result


@dataclass
class Listener:
    """Somebody's server: counts the connections that it accepts, says nothing."""

    family: socket.AddressFamily = socket.AF_INET
    host: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    accepted: list[Any] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._socket = socket.socket(self.family)
        self._socket.bind((self.host, 0))
        self._socket.listen()
        self.port: int = self._socket.getsockname()[1]
        self._last = socket.socket(self.family)
        self._last.bind((self.host, 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def _serve(self) -> None:
        while True:
            connection, peer = self._socket.accept()
            if peer == self._last.getsockname():
                connection.close()
                return
            self.accepted.append(peer)
            with contextlib.suppress(OSError), connection:
                connection.settimeout(2)
                if self.tls is not None:
                    with self.tls.wrap_socket(connection, server_side=True) as wrapped:
                        wrapped.recv(4096)

    def __exit__(self, *_: object) -> None:
        # Connections are accepted in the order in which they came: after ours there is none left.
        with self._last:
            self._last.connect(self._socket.getsockname())
            self._thread.join(10)
        self._socket.close()


def assert_logged_in(attempt: Attempt, replica: Replica) -> None:
    assert attempt.code == "OK", attempt.error
    assert replica.counts.exchanges == 1
    assert replica.counts.codes_issued == 1
    assert len({entry.body["code"] for entry in replica.log.of("token")}) == 1


class Changed(Notes):
    """Lets a test change the page before it is loaded."""

    def __init__(self, change: Callable[[Page], Any]) -> None:
        super().__init__()
        self._change = change

    async def opened(self, page: Page) -> None:
        await self._change(page)


def log_in_changed(
    desk: Desk, replica: Replica, change: Callable[[Page], Any], **changes: Any
) -> tuple[str, UpstoxError | None, Changed]:
    notes = Changed(change)
    try:
        login_result(desk.settings(replica, **changes), progress=notes, clock=desk.clock)
    except UpstoxError as error:
        return error.code, error, notes
    return "OK", None, notes


def fetching(how: str) -> Callable[[Page], Any]:
    """Make the page's last step fetch the hop, where Upstox's page goes there."""

    async def change(page: Page) -> None:
        async def script(route: Route) -> None:
            answer = await route.fetch()
            text = await answer.text()
            assert "window.location.replace(answer.redirectUri)" in text
            await route.fulfill(
                response=answer,
                body=text.replace("window.location.replace(answer.redirectUri)", how),
            )

        await page.route("**/static/js/main.*.js", script)

    return change


HOWS = {
    "fetch": "fetch(answer.redirectUri, {mode: 'no-cors'}).catch(() => {})",
    "xhr": "{ const x = new XMLHttpRequest(); x.open('GET', answer.redirectUri); x.send(); }",
    "link": "{ const a = document.createElement('a'); a.href = answer.redirectUri; a.click(); }",
    "form": "{ const f = document.createElement('form'); f.action = answer.redirectUri;"
    " for (const [k, v] of new URL(answer.redirectUri).searchParams)"
    " { const i = document.createElement('input'); i.name = k; i.value = v; f.append(i); }"
    " document.body.append(f); f.submit(); }",
    "frame": "{ const f = document.createElement('iframe'); f.src = answer.redirectUri;"
    " document.body.append(f); }",
    "script": "{ const s = document.createElement('script'); s.src = answer.redirectUri;"
    " document.body.append(s); }",
    "worker": "new Worker(URL.createObjectURL(new Blob("
    "[`fetch('${answer.redirectUri}', {mode: 'no-cors'}).catch(() => 0)`])))",
}
"""Ways of the login page to the hop, which leads to the redirect URI."""
