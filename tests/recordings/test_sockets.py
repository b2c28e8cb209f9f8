"""Frames of the page's sockets are in a recording, with stand-ins in place of what is personal."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
from benchmarks.drift import socket_line

from tests.harness import Desk, leaks_below, secrets_of
from upstox_browser_login.recordings.record import record
from upstox_browser_login.replica import Replica
from upstox_browser_login.replica import login as pages
from upstox_browser_login.replica.pages import bundle

SAYS = """const line = new WebSocket("ws://127.0.0.1:{port}/login/line");
line.onopen = () => line.send(JSON.stringify({{hello: "Upstox", mobileNumber: "{mobile}"}}));
"""


@contextmanager
def answering(answer: Callable[[str], str]) -> Iterator[int]:
    """Serve sockets that answer each text with another; the port is what the block gets."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(101)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
            key = self.headers["Sec-WebSocket-Key"]
            self.send_header("Sec-WebSocket-Accept", socket_line.accept_key(key))
            self.end_headers()
            self.close_connection = True
            socket_line.serve(cast("Any", self.rfile), cast("Any", self.wfile), answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.usefixtures("sharing")
def test_what_a_socket_of_the_page_carries_is_recorded(
    desk: Desk, replica: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, email = replica.account, "kavita.iyer@mail.invalid"
    heard: list[str] = []

    def answer(text: str) -> str:
        heard.append(text)
        return json.dumps({"of": json.loads(text)["mobileNumber"], "email": email})

    with answering(answer) as port:
        text = SAYS.format(port=port, mobile=account.mobile) + bundle()
        monkeypatch.setattr(f"{pages.__name__}.bundle", lambda: text)
        made = record(desk.settings(replica, trace="off"), tmp_path, "line")
    assert made.error is None
    assert len(heard) == 1
    kept = made.keep("line")
    lines = map(json.loads, (kept / "exchanges.jsonl").read_text("utf-8").splitlines())
    (line,) = (each for each in lines if each["kind"] == "socket")
    assert line["url"] == f"ws://127.0.0.1:{port}/login/line"
    sent, received = line["frames"]
    assert (sent["sent"], received["sent"]) == (True, False)
    assert 0 < sent["at"] <= received["at"]
    mobile = json.loads((kept / "recording.json").read_text("utf-8"))["account"]["username"]
    assert json.loads(sent["text"]) == {"hello": "Upstox", "mobileNumber": mobile}
    answered = json.loads(received["text"])
    assert answered["of"] == mobile
    assert answered["email"].endswith(".invalid")
    assert leaks_below(kept, secrets_of(replica) | {email: "e-mail"}) == {}
