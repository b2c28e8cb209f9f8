"""A server of Upstox's that a changed page sends to in its own ways, and what it was sent."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from benchmarks.drift import socket_line

KEY = 0x5A
PLACE = "/login/own"
"""Below it a login blocks nothing as analytics."""

READ: dict[str, Callable[[str], str]] = {
    "plain": str,
    "json": lambda text: str(json.loads(text)["v"]),
    "form": lambda text: parse_qs(text)["v"][0],
    "base64": lambda text: base64.b64decode(text).decode(),
    "reversed": lambda text: text[::-1],
    "xored": lambda text: "".join(chr(byte ^ KEY) for byte in bytes.fromhex(text)),
}
"""How each kind of payload is read, those too of which a login cannot know what they hold."""

DRAWN = """<form method="post" action="{place}/form"><h1>{title}</h1>
<label>{label} <input id="{id}" name="v" inputmode="numeric" maxlength="6"></label>
<button>Continue</button></form>"""
FORMS = {
    "pin": {"title": "Enter PIN", "label": "Enter 6-digit PIN", "id": "pinCode"},
    "otp": {"title": "Verify", "label": "Enter OTP or TOTP", "id": "otpNum"},
}
REFUSED = {"pin": "You have entered an incorrect PIN", "otp": "You have entered an incorrect OTP."}


@dataclass
class Collector:
    """What arrived, decoded. `form` and `after` say how the page goes on after a navigation."""

    form: str
    after: str
    port: int = 0
    got: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the page sends to; the login trusts it, since it is on the API's host."""
        return f"http://127.0.0.1:{self.port}{PLACE}"

    def take(self, coding: str, payload: str) -> None:
        """Decode what arrived."""
        self.got.append(READ[coding](payload))

    def document(self, method: str, payload: str) -> str:
        """The page that follows on a navigation."""
        drawn = DRAWN.format(place=PLACE, **FORMS[self.form])
        match self.after:
            case "drawn anew":
                return drawn
            case "refused":
                return f'{drawn}<p role="alert">{REFUSED[self.form]}</p>'
            case "repeated":
                coding = "plain" if method == "get" else "form"
                return (
                    f'<form method="{method}" action="{PLACE}/{coding}">'
                    f'<input type="hidden" name="v" value="{payload}"></form><p>Please wait</p>'
                    "<script>setTimeout(() => document.forms[0].submit(), 200)</script>"
                )
        return "<p>Please wait</p>"


@contextmanager
def collecting(form: str, after: str) -> Iterator[Collector]:
    """Serve for the length of the block."""
    collector = Collector(form, after)

    class Handler(_Handler):
        collects = collector

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False  # a socket of the page may outlive the test
        collector.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield collector
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    collects: Collector
    protocol_version = "HTTP/1.1"

    def do_OPTIONS(self) -> None:
        self._send(b"", "text/plain")

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        coding = parts.path.rpartition("/")[2]
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self._line(coding)
            return
        if not parts.path.startswith(PLACE):
            self._send(b"", "text/plain", 404)
            return
        payload = parse_qs(parts.query)["v"][0]
        self.collects.take(coding, payload)
        self._answer("get", payload)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        coding = urlsplit(self.path).path.rpartition("/")[2]
        self.collects.take(coding, body)
        self._answer("post", READ[coding](body))

    def _answer(self, method: str, payload: str) -> None:
        wanted = self.headers.get("Sec-Fetch-Dest", "")
        if wanted == "document":
            self._send(self.collects.document(method, payload).encode(), "text/html")
        elif "event-stream" in self.headers.get("Accept", ""):
            # It asks again a moment after this has ended.
            self._send(b"retry: 100\ndata: {}\n\n", "text/event-stream")
        elif wanted == "script":
            self._send(b"", "text/javascript")
        else:
            self._send(json.dumps(self._reply()).encode(), "application/json")

    def _reply(self) -> dict[str, Any]:
        if self.collects.after != "refused":
            return {"success": True, "data": {}}
        code = {"pin": 1017106, "otp": 1017093}[self.collects.form]
        message = REFUSED[self.collects.form]
        return {"success": False, "error": {"code": code, "message": message}}

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Access-Control-Allow-Origin", "*"),
            ("Access-Control-Allow-Headers", "content-type"),
            ("Cache-Control", "no-store"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _line(self, coding: str) -> None:
        self.send_response(101)
        for name, value in (
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", socket_line.accept_key(self.headers["Sec-WebSocket-Key"])),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True

        def answer(text: str) -> str:
            self.collects.take(coding, text)
            return json.dumps(self._reply())

        socket_line.serve(cast("Any", self.rfile), cast("Any", self.wfile), answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
